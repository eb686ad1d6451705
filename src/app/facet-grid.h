/* Small multiples: a picture for each place of one axis, all in the same colours. */
#pragma once

#include "model/picture.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_FACET_GRID (scope_facet_grid_get_type ())
G_DECLARE_FINAL_TYPE (ScopeFacetGrid, scope_facet_grid, SCOPE, FACET_GRID, GtkWidget)

/* The picture whose view names the axis; NULL shows nothing. Of many places those from the axis's
 * index on are shown. */
void scope_facet_grid_set_picture (ScopeFacetGrid *self, ScopePicture *picture);

G_END_DECLS
