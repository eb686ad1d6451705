/* Cards side by side. */
#include "app/tile-cards.h"

#include "app/tile-card.h"

void
scope_tile_cards_focus_nth (GtkWidget *box, guint n)
{
  GtkWidget *card = gtk_widget_get_first_child (box);

  while (n-- > 0 && card != NULL && gtk_widget_get_next_sibling (card) != NULL)
    card = gtk_widget_get_next_sibling (card);
  if (card != NULL)
    gtk_widget_child_focus (scope_tile_card_get_heatmap (SCOPE_TILE_CARD (card)),
                            GTK_DIR_TAB_FORWARD);
}

static ScopeHeatmapView *
map_of (GtkWidget *card)
{
  return SCOPE_HEATMAP_VIEW (scope_tile_card_get_heatmap (SCOPE_TILE_CARD (card)));
}

/* The reference's, of wipe and flicker. */
static ScopeHeatmapView *
other_of (GtkWidget *card)
{
  return SCOPE_HEATMAP_VIEW (scope_tile_card_get_other (SCOPE_TILE_CARD (card)));
}

void
scope_tile_cards_follow (GtkWidget *box, ScopeHeatmapView *moved, gboolean linked)
{
  ScopeHeatmapViewport viewport = *scope_heatmap_view_get_viewport (moved);
  GtkWidget *own = gtk_widget_get_ancestor (GTK_WIDGET (moved), SCOPE_TYPE_TILE_CARD);

  for (GtkWidget *card = gtk_widget_get_first_child (box); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    if (linked || card == own)
      {
        scope_heatmap_view_set_viewport (map_of (card), &viewport);
        scope_heatmap_view_set_viewport (other_of (card), &viewport);
      }
}

void
scope_tile_cards_show_bars (GtkWidget *box, gboolean show)
{
  for (GtkWidget *card = gtk_widget_get_first_child (box); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    {
      scope_heatmap_view_set_show_bar (map_of (card), show);
      scope_heatmap_view_set_show_bar (other_of (card), show);
    }
}
