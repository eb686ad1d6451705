/* The statement, editable, with what fails underlined and what is wrong told below. */
#pragma once

#include "model/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_EXPRESSION_BAR (scope_expression_bar_get_type ())
G_DECLARE_FINAL_TYPE (ScopeExpressionBar, scope_expression_bar, SCOPE, EXPRESSION_BAR, GtkWidget)

/* Selects characters of the statement, shows them and takes the focus. Nothing while the text is
 * one that cannot be parsed: places belong to the last one that could. */
void scope_expression_bar_select (ScopeExpressionBar *self, int begin, int end);

G_END_DECLS
