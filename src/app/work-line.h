/* Says that a comparison is still being read, after a moment, with a way to stop it; and afterwards
 * that it was stopped, with a way to go on. Otherwise it is not seen. */
#pragma once

#include "model/comparison.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_WORK_LINE (scope_work_line_get_type ())
G_DECLARE_FINAL_TYPE (ScopeWorkLine, scope_work_line, SCOPE, WORK_LINE, GtkWidget)

void scope_work_line_set_comparison (ScopeWorkLine *self, ScopeComparison *comparison);

G_END_DECLS
