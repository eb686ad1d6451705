/* A slider for each axis of a picture that is not shown and has more than one place. */
#pragma once

#include "model/picture.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_AXIS_SLIDERS (scope_axis_sliders_get_type ())
G_DECLARE_FINAL_TYPE (ScopeAxisSliders, scope_axis_sliders, SCOPE, AXIS_SLIDERS, GtkWidget)

/* Hidden while there is nothing to slide. NULL: nothing. */
void scope_axis_sliders_set_picture (ScopeAxisSliders *self, ScopePicture *picture);

G_END_DECLS
