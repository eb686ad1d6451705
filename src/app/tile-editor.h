/* What a tile is, to be changed: whose conventions, which mode and options, or any expression. */
#pragma once

#include "model/comparison.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_TILE_EDITOR (scope_tile_editor_get_type ())
G_DECLARE_FINAL_TYPE (ScopeTileEditor, scope_tile_editor, SCOPE, TILE_EDITOR, GtkWidget)

GtkWidget *scope_tile_editor_new (ScopeComparison *comparison, ScopeComparisonTile *tile);

G_END_DECLS
