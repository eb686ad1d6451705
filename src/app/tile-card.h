/* A tile of the comparison: title, call, heatmap, metrics, and the menu that changes it. */
#pragma once

#include "model/comparison.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_TILE_CARD (scope_tile_card_get_type ())
G_DECLARE_FINAL_TYPE (ScopeTileCard, scope_tile_card, SCOPE, TILE_CARD, GtkWidget)

/* Property "share": how much of its width shows the tile itself, the rest shows the reference;
 * changed by dragging when "draggable". */
GtkWidget *scope_tile_card_new (ScopeComparison *comparison, ScopeComparisonTile *tile);
/* Its heatmaps: of the tile and of the reference over it. */
/* The words below the maps take as much room in all cards, so that the maps are equally large. */
void scope_tile_card_align (ScopeTileCard *self, GtkSizeGroup *calls, GtkSizeGroup *feet);
GtkWidget *scope_tile_card_get_heatmap (ScopeTileCard *self);
GtkWidget *scope_tile_card_get_other (ScopeTileCard *self);

G_END_DECLS
