/* Where an axis that is not shown stands: its name, a slider, the index. */
#pragma once

#include "model/picture.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_AXIS_SLIDER (scope_axis_slider_get_type ())
G_DECLARE_FINAL_TYPE (ScopeAxisSlider, scope_axis_slider, SCOPE, AXIS_SLIDER, GtkWidget)

/* For axis `axis` of what `picture` shows now; a new shape takes a new slider. */
/* Dragged by its name onto a heatmap of the picture it becomes the axis of its rows or columns. */
GtkWidget *scope_axis_slider_new (ScopePicture *picture, int axis);
ScopePicture *scope_axis_slider_get_picture (ScopeAxisSlider *self);
int scope_axis_slider_get_axis (ScopeAxisSlider *self);

G_END_DECLS
