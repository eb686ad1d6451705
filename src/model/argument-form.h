/* The operation under focus as a form: choosing another one and changing its arguments rewrite the
 * expression, which it follows when that is typed. Knows nothing of a window. */
#pragma once

#include "model/parameter-item.h"
#include "model/session.h"

G_BEGIN_DECLS

#define SCOPE_TYPE_ARGUMENT_FORM (scope_argument_form_get_type ())
G_DECLARE_FINAL_TYPE (ScopeArgumentForm, scope_argument_form, SCOPE, ARGUMENT_FORM, GObject)

/* Follows `session`, which it keeps. */
ScopeArgumentForm *scope_argument_form_new (ScopeSession *session);

/* The operation whose arguments are shown: the first that fails, else the last; NULL for none. */
const ScopeOp *scope_argument_form_get_op (ScopeArgumentForm *self);
GListModel *
scope_argument_form_get_parameters (ScopeArgumentForm *self); /* of ScopeParameterItem */
/* Writes an expression that does `op` to the scene's tensors: a step to undo. FALSE when the
 * dialect has no spelling of it. */
gboolean scope_argument_form_choose (ScopeArgumentForm *self, const ScopeOp *op);

G_END_DECLS
