/* One parameter of the operation under focus: its name and the control that fits. */
#pragma once

#include "model/parameter-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_PARAMETER_ROW (scope_parameter_row_get_type ())
G_DECLARE_FINAL_TYPE (ScopeParameterRow, scope_parameter_row, SCOPE, PARAMETER_ROW, GtkWidget)

GtkWidget *scope_parameter_row_new (ScopeParameterItem *item);

G_END_DECLS
