/* Three panes side by side: start, content, end. In a narrow window the end pane is hidden, and
 * lies over the content when it is asked for. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_PANES (scope_panes_get_type ())
G_DECLARE_FINAL_TYPE (ScopePanes, scope_panes, SCOPE, PANES, GtkWidget)

gboolean scope_panes_get_show_end (ScopePanes *self);
void scope_panes_set_show_end (ScopePanes *self, gboolean show_end);

G_END_DECLS
