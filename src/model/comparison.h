/* Ways of resampling side by side: one source, one size, up to nine tiles, and one of them the
 * reference that the others are measured against. Every setter compares, clamps, stores, then
 * notifies. */
#pragma once

#include "model/comparison-tile.h"
#include "model/session.h"

G_BEGIN_DECLS

enum
{
  SCOPE_COMPARISON_TILES = 9, /* at most */
  SCOPE_COMPARISON_LEAST = 2, /* tiles that stay */
};

#define SCOPE_TYPE_COMPARISON (scope_comparison_get_type ())
G_DECLARE_FINAL_TYPE (ScopeComparison, scope_comparison, SCOPE, COMPARISON, GObject)

/* What the tiles show. */
typedef enum
{
  SCOPE_COMPARE_VALUES,
  SCOPE_COMPARE_DIFFERENCE, /* to the reference */
  SCOPE_COMPARE_ABSOLUTE,   /* its magnitude */
  SCOPE_COMPARE_OVERSHOOT,  /* how far beyond the source's range */
  SCOPE_COMPARE_WIPE,       /* the values, and the reference beside a line */
  SCOPE_COMPARE_FLICKER,    /* the values, and the reference while something is held */
  SCOPE_N_COMPARE_VIEWS
} ScopeCompareView;

/* Begins with a zone plate of 1280 × 1280, 256 × 256 and six ways. Tensors and results of `session`
 * can be sources. */
ScopeComparison *scope_comparison_new (ScopeSession *session);

/* ---- the source ---- */

/* A line of the list of sources. */
#define SCOPE_TYPE_COMPARISON_SOURCE (scope_comparison_source_get_type ())
G_DECLARE_FINAL_TYPE (ScopeComparisonSource,
                      scope_comparison_source,
                      SCOPE,
                      COMPARISON_SOURCE,
                      GObject)

GListModel *scope_comparison_get_sources (ScopeComparison *self); /* of ScopeComparisonSource */
/* The number of the source in the list. */
void scope_comparison_set_source (ScopeComparison *self, guint source);
guint scope_comparison_get_source (ScopeComparison *self);
/* Takes a tensor of the session, by its name. FALSE when there is none. */
gboolean scope_comparison_set_source_name (ScopeComparison *self, const char *name);

/* What the last line of the list stands for: an expression over the session's tensors, a shape, a
 * literal, a file's name. A text that is wrong becomes a problem, and the last source stays. */
void scope_comparison_set_typed (ScopeComparison *self, const char *text);
const char *scope_comparison_get_typed (ScopeComparison *self); /* "" until it is chosen */
/* The characters at fault in what was typed as source; FALSE when there are none. */
gboolean scope_comparison_get_fault (ScopeComparison *self, int *begin, int *end);

/* Source, size, ways and reference that show one thing well: "shrinking", "corners" (what
 * align_corners does), "libraries", "enlarging", "filters". FALSE when there is none of this name.
 */
gboolean scope_comparison_take_ready (ScopeComparison *self, const char *name);
/* Their names, NULL after the last. */
const char *scope_comparison_ready (guint i);

/* ---- sizes ---- */

/* `256 × 256`, `256x320`, `256`; a text that is none becomes a problem, and the last size stays. */
void scope_comparison_set_size (ScopeComparison *self, const char *text);
const char *scope_comparison_get_size (ScopeComparison *self);
/* The characters at fault in it; FALSE when there are none. */
gboolean scope_comparison_get_size_fault (ScopeComparison *self, int *begin, int *end);
/* The same of a test pattern. */
void scope_comparison_set_source_size (ScopeComparison *self, const char *text);

/* ---- tiles ---- */

GListModel *scope_comparison_get_tiles (ScopeComparison *self); /* of ScopeComparisonTile */
/* FALSE when there are as many as can be. */
gboolean scope_comparison_add (ScopeComparison *self, const ScopeRecipe *recipe);
/* FALSE when too few would be left. */
gboolean scope_comparison_remove (ScopeComparison *self, guint i);
/* Moves a tile to another place; the reference stays the tile that it is. FALSE when there is none.
 */
gboolean scope_comparison_move (ScopeComparison *self, guint from, guint to);
/* Another way, or any expression over the source, in a tile's place. */
void scope_comparison_set_recipe (ScopeComparison *self, guint i, const ScopeRecipe *recipe);
void scope_comparison_set_expression (ScopeComparison *self, guint i, const char *expression);
void scope_comparison_set_reference (ScopeComparison *self, guint i);
guint scope_comparison_get_reference (ScopeComparison *self);

/* ---- how it is shown ---- */

void scope_comparison_set_view (ScopeComparison *self, ScopeCompareView view);
ScopeCompareView scope_comparison_get_view (ScopeComparison *self);
/* One range of colours for all tiles, or each its own. */
void scope_comparison_set_one_range (ScopeComparison *self, gboolean one_range);
gboolean scope_comparison_get_one_range (ScopeComparison *self);
/* Whether zoom, pan and cursor of one tile are those of all, by relative position. */
void scope_comparison_set_linked (ScopeComparison *self, gboolean linked);
gboolean scope_comparison_get_linked (ScopeComparison *self);
/* Which row or column the profile is of: 0 the first, 1 the last. It follows the cursor. */
void scope_comparison_set_profile (ScopeComparison *self, gboolean column, double place);
gboolean scope_comparison_get_profile (ScopeComparison *self, double *place);

/* ---- what came out ---- */

/* The range and limits that metrics are computed with; NAN until the source has been read. */
const ScopeMetricsOptions *scope_comparison_get_options (ScopeComparison *self);
/* How the numbers are meant, in a sentence or two; "" until they are there. */
const char *scope_comparison_get_conventions (ScopeComparison *self);
/* `A → [1, 1, 256, 256]`. Free with g_free. */
char *scope_comparison_get_title (ScopeComparison *self);
/* The table of all metrics; free with g_free. */
char *scope_comparison_get_table (ScopeComparison *self, ScopeTableStyle style);
/* How many tiles have been read and measured, or cannot be. */
guint scope_comparison_get_done (ScopeComparison *self);
/* Stops what is under way; what was shown stays. It goes on, or anything that is changed begins
 * anew. */
void scope_comparison_cancel (ScopeComparison *self);
void scope_comparison_go_on (ScopeComparison *self);
gboolean scope_comparison_get_cancelled (ScopeComparison *self);
/* Whether something is still being read or measured. */
gboolean scope_comparison_get_busy (ScopeComparison *self);

G_END_DECLS
