/* The bytes of a tensor taken for elements of another type. */
#pragma once

#include "ops/op.h"

/* infer of `.view (dtype)`: `dtype` is what call->value[1] says. */
bool scope_view_type_infer (const ScopeCall *call,
                            ScopeDtype dtype,
                            ScopeResult *result,
                            ScopeFailure *failure);
/* ScopeOp.read and .trace of such a node. */
bool scope_view_type_read (const ScopeNode *node,
                           ScopeReader *reader,
                           const ScopeRegion *region,
                           const ScopeBuffer *out,
                           ScopeError *error);
bool scope_view_type_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);
