/* The one cell of a heatmap that has the focus; the heatmap places and names it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_HEATMAP_CURSOR (scope_heatmap_cursor_get_type ())
G_DECLARE_FINAL_TYPE (ScopeHeatmapCursor, scope_heatmap_cursor, SCOPE, HEATMAP_CURSOR, GtkWidget)

GtkWidget *scope_heatmap_cursor_new (void);

G_END_DECLS
