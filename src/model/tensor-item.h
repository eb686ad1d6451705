/* One tensor of the session as a card edits it: what stands in its fields, right or wrong. */
#pragma once

#include "core/generator.h"
#include "scene/scene.h"

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _ScopeSession ScopeSession;

#define SCOPE_TYPE_TENSOR_ITEM (scope_tensor_item_get_type ())
G_DECLARE_FINAL_TYPE (ScopeTensorItem, scope_tensor_item, SCOPE, TENSOR_ITEM, GObject)

/* Edits go to `session` (not owned; it outlives its items or disowns them). */
ScopeTensorItem *scope_tensor_item_new (ScopeSession *session, guint index);
/* The item edits nothing any more. */
void scope_tensor_item_disown (ScopeTensorItem *self);

guint scope_tensor_item_get_index (ScopeTensorItem *self);
const char *scope_tensor_item_get_name (ScopeTensorItem *self);
/* What stands in the entry: a shape, a tensor's text, a literal or a path. */
const char *scope_tensor_item_get_text (ScopeTensorItem *self);
void scope_tensor_item_set_text (ScopeTensorItem *self, const char *text);
/* Why the text cannot be taken, or NULL. */
const char *scope_tensor_item_get_problem (ScopeTensorItem *self);
ScopeFill scope_tensor_item_get_fill (ScopeTensorItem *self);
ScopeDtype scope_tensor_item_get_dtype (ScopeTensorItem *self);
gboolean scope_tensor_item_get_generated (ScopeTensorItem *self);

/* ---- for the session ---- */

/* Takes over what the scene says. A text that already says it stays as it was typed; a wrong text
 * stays as long as the scene's tensor does. */
void scope_tensor_item_sync (ScopeTensorItem *self, const ScopeSceneTensor *tensor);
/* Gives up a wrong text at the next sync. */
void scope_tensor_item_reset (ScopeTensorItem *self);
void scope_tensor_item_set_problem (ScopeTensorItem *self, const ScopeError *error);
/* The part the tensor plays in the alignment: "target", "source" or "". */
void scope_tensor_item_set_role (ScopeTensorItem *self, const char *role);

/* The canonical text of a made-up tensor: `zoneplate:float32[1, 1, 256, 256]`. Free with g_free. */
char *scope_tensor_text_compose (ScopeFill fill, ScopeDtype dtype, const ScopeShape *shape);

G_END_DECLS
