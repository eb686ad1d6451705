/* The whole text of a label that had to shorten it, as its tooltip. */
#pragma once

#include <gtk/gtk.h>

/* A handler of a label's "query-tooltip". (A tooltip-text that follows the label would ask the
 * display where the pointer is at each change.) */
gboolean scope_whole_text_query (GtkWidget *label,
                                 int x,
                                 int y,
                                 gboolean keyboard,
                                 GtkTooltip *tooltip,
                                 gpointer data);
