/* One tile of a comparison as it is shown: its way of resampling, its values, its metrics. */
#pragma once

#include "model/picture.h"
#include "scene/metrics-text.h"
#include "scene/recipe.h"
#include "scene/tile.h"

G_BEGIN_DECLS

#define SCOPE_TYPE_COMPARISON_TILE (scope_comparison_tile_get_type ())
G_DECLARE_FINAL_TYPE (ScopeComparisonTile, scope_comparison_tile, SCOPE, COMPARISON_TILE, GObject)

/* Properties, all readable: "title", "call", "own-call" (the library's, NULL when that is "call"),
 * "badge" (its PSNR, or that it is the reference), "note" (the other metrics), "problem",
 * "reference", "busy", "number" (from 0), "picture". */

guint scope_comparison_tile_get_number (ScopeComparisonTile *self);
const char *scope_comparison_tile_get_title (ScopeComparisonTile *self);
const char *scope_comparison_tile_get_call (ScopeComparisonTile *self);
const char *scope_comparison_tile_get_badge (ScopeComparisonTile *self);
const char *scope_comparison_tile_get_note (ScopeComparisonTile *self);
const char *scope_comparison_tile_get_problem (ScopeComparisonTile *self);
gboolean scope_comparison_tile_get_is_reference (ScopeComparisonTile *self);
/* FALSE when an expression stands instead. */
gboolean scope_comparison_tile_get_recipe (ScopeComparisonTile *self, ScopeRecipe *recipe);
/* NULL until they have been measured. */
const ScopeMetrics *scope_comparison_tile_get_metrics (ScopeComparisonTile *self);
/* The tile with its values; NULL until it has been read. */
ScopeTile *scope_comparison_tile_get_tile (ScopeComparisonTile *self);

/* What `picture` shows, to be read at another fineness; FALSE when it shows nothing. */
gboolean scope_comparison_tile_get_shown (ScopeComparisonTile *self, ScopeSubject *subject);
/* What is shown: values or a difference; and the reference's values, for wipe and flicker. */
ScopePicture *scope_comparison_tile_get_picture (ScopeComparisonTile *self);
ScopePicture *scope_comparison_tile_get_other (ScopeComparisonTile *self);

G_END_DECLS
