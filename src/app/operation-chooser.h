/* A list of all operations, in groups, to search and choose from. */
#pragma once

#include "ops/op.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_OPERATION_CHOOSER (scope_operation_chooser_get_type ())
G_DECLARE_FINAL_TYPE (ScopeOperationChooser,
                      scope_operation_chooser,
                      SCOPE,
                      OPERATION_CHOOSER,
                      GtkPopover)

/* Shows the operations that the dialect has; the signal "chosen" brings a ScopeOp as pointer. The
 * list is only made when the chooser is shown. */
void scope_operation_chooser_set_dialect (ScopeOperationChooser *self, ScopeDialect dialect);

G_END_DECLS
