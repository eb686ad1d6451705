/* A picture's plane as a heatmap with its colour bar; one cell of it at a time is told. It is
 * looked at through a viewport: wheel and keys zoom, drag pans. */
#pragma once

#include "model/picture.h"
#include "paint/heatmap.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_HEATMAP_VIEW (scope_heatmap_view_get_type ())
G_DECLARE_FINAL_TYPE (ScopeHeatmapView, scope_heatmap_view, SCOPE, HEATMAP_VIEW, GtkWidget)

/* NULL shows nothing. */
void scope_heatmap_view_set_picture (ScopeHeatmapView *self, ScopePicture *picture);
/* Whether the colour bar is there: pictures in the same colours need only one. */
void scope_heatmap_view_set_show_bar (ScopeHeatmapView *self, gboolean show_bar);

/* The same viewport shows the same share of pictures of any size, so that several can be looked at
 * together; the signal "viewport-changed" tells. What is too close or too far is clamped. */
void scope_heatmap_view_set_viewport (ScopeHeatmapView *self, const ScopeHeatmapViewport *viewport);
/* Gives the keyboard to the chosen cell. */
void scope_heatmap_view_focus (ScopeHeatmapView *self);
const ScopeHeatmapViewport *scope_heatmap_view_get_viewport (ScopeHeatmapView *self);

G_END_DECLS
