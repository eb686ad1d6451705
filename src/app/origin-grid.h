/* The weights with which a chosen element comes from others, as a small table for each tensor. */
#pragma once

#include "model/picture.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_ORIGIN_GRID (scope_origin_grid_get_type ())
G_DECLARE_FINAL_TYPE (ScopeOriginGrid, scope_origin_grid, SCOPE, ORIGIN_GRID, GtkWidget)

/* Shows the origins of the picture's pinned element; is not visible without one. */
void scope_origin_grid_set_picture (ScopeOriginGrid *self, ScopePicture *picture);

G_END_DECLS
