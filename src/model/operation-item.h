/* An operation of the table, as a list to search shows it. */
#pragma once

#include "ops/op.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_OPERATION_ITEM (scope_operation_item_get_type ())
G_DECLARE_FINAL_TYPE (ScopeOperationItem, scope_operation_item, SCOPE, OPERATION_ITEM, GObject)

/* All operations that a dialect has a spelling of, group by group. */
GListModel *scope_operation_list_new (ScopeDialect dialect);

const ScopeOp *scope_operation_item_get_op (ScopeOperationItem *self);
/* How the dialect spells it: `torch.cat`, `+`. */
const char *scope_operation_item_get_spelling (ScopeOperationItem *self);
/* Translated. */
const char *scope_operation_item_get_group (ScopeOperationItem *self);
/* Whether every word of `words` is in its names, its spellings or what it does. */
gboolean scope_operation_item_matches (ScopeOperationItem *self, const char *words);

G_END_DECLS
