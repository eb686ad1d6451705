/* The whole text of a label that had to shorten it, as its tooltip. */
#include "app/whole-text.h"

gboolean
scope_whole_text_query (GtkWidget *label,
                        int x,
                        int y,
                        gboolean keyboard,
                        GtkTooltip *tooltip,
                        gpointer data)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (GTK_LABEL (label)));
  return TRUE;
}
