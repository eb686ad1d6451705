/* A picture's plane as a heatmap with its colour bar; one cell of it at a time is told. */
#pragma once

#include "model/picture.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_HEATMAP_VIEW (scope_heatmap_view_get_type ())
G_DECLARE_FINAL_TYPE (ScopeHeatmapView, scope_heatmap_view, SCOPE, HEATMAP_VIEW, GtkWidget)

void scope_heatmap_view_set_picture (ScopeHeatmapView *self, ScopePicture *picture);

G_END_DECLS
