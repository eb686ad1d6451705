/* Tiles of one size that share the whole room: as many columns as suit their number and have room,
 * rows as high as is left. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_TILE_LAYOUT (scope_tile_layout_get_type ())
G_DECLARE_FINAL_TYPE (ScopeTileLayout, scope_tile_layout, SCOPE, TILE_LAYOUT, GtkLayoutManager)

G_END_DECLS
