/* The operation as a form: choosing one rewrites the expression. */
#pragma once

#include "model/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_OPERATION_FORM (scope_operation_form_get_type ())
G_DECLARE_FINAL_TYPE (ScopeOperationForm, scope_operation_form, SCOPE, OPERATION_FORM, GtkWidget)

G_END_DECLS
