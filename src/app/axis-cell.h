/* One cell of the alignment: what the keyboard and assistive technology meet; it is drawn by the
 * view. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_AXIS_CELL (scope_axis_cell_get_type ())
G_DECLARE_FINAL_TYPE (ScopeAxisCell, scope_axis_cell, SCOPE, AXIS_CELL, GtkWidget)

GtkWidget *scope_axis_cell_new (void);
void scope_axis_cell_set_place (ScopeAxisCell *self, int row, int column);
int scope_axis_cell_get_row (ScopeAxisCell *self);
int scope_axis_cell_get_column (ScopeAxisCell *self);
/* What it says to assistive technology, and whether that is a failure. */
void scope_axis_cell_describe (ScopeAxisCell *self, const char *label, gboolean fails);
const char *scope_axis_cell_get_label (ScopeAxisCell *self);

G_END_DECLS
