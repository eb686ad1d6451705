/* A tensor that a pasted message speaks of, as its entry edits it. */
#pragma once

#include "core/generator.h"
#include "core/tensor.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_PASTED_TENSOR (scope_pasted_tensor_get_type ())
G_DECLARE_FINAL_TYPE (ScopePastedTensor, scope_pasted_tensor, SCOPE, PASTED_TENSOR, GObject)

ScopePastedTensor *
scope_pasted_tensor_new (const char *name, ScopeDtype dtype, const ScopeShape *shape);

const char *scope_pasted_tensor_get_name (ScopePastedTensor *self);
/* A shape or a tensor's text, as in a tensor's card. What cannot be read becomes the problem. */
void scope_pasted_tensor_set_text (ScopePastedTensor *self, const char *text);
const char *scope_pasted_tensor_get_text (ScopePastedTensor *self);
/* Why the text is no shape, or NULL. */
const char *scope_pasted_tensor_get_problem (ScopePastedTensor *self);
/* Whether some size is not known. */
gboolean scope_pasted_tensor_get_open (ScopePastedTensor *self);
/* The last text that could be read: the tensor, without values where a size is not known, and the
 * text it is made from. NULL when memory runs out. */
ScopeTensor *scope_pasted_tensor_make (ScopePastedTensor *self, char **origin);

G_END_DECLS
