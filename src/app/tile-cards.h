/* What all cards of a comparison do together; they are the children of one box. */
#pragma once

#include "app/heatmap-view.h"

G_BEGIN_DECLS

/* Gives the keyboard to the map of card `n`, at most the last one. */
void scope_tile_cards_focus_nth (GtkWidget *box, guint n);
/* Shows in all of them, or else only in the card of `moved` and its reference's map, what `moved`
 * shows now. */
void scope_tile_cards_follow (GtkWidget *box, ScopeHeatmapView *moved, gboolean linked);
/* Whether each has a bar of colours of its own. */
void scope_tile_cards_show_bars (GtkWidget *box, gboolean show);

G_END_DECLS
