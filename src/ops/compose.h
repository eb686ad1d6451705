/* Operations made of others: their infer calls those, and the result is read and traced through
 * them. The nodes in between are `inner`. */
#pragma once

#include "ops/op.h"

/* Calls `spelling` (`torch.add`, or a method, `.repeat`) with arguments in its order. On failure
 * `failure` holds that call's words and operands, and false is returned. */
bool scope_compose (const ScopeCall *call,
                    ScopeFailure *failure,
                    const char *spelling,
                    const ScopeArgument *argument,
                    int arguments,
                    ScopeValue *out);

/* The same with values by position: SCOPE_COMPOSE (call, failure, &sum, "torch.add", a, b). */
bool scope_compose_values (const ScopeCall *call,
                           ScopeFailure *failure,
                           const char *spelling,
                           const ScopeValue *value,
                           int values,
                           ScopeValue *out);
#define SCOPE_COMPOSE(call, failure, out, spelling, ...)                                           \
  scope_compose_values (call, failure, spelling, (const ScopeValue[]){ __VA_ARGS__ },              \
                        sizeof ((const ScopeValue[]){ __VA_ARGS__ }) / sizeof (ScopeValue), out)

/* The end of infer: the call gives `value`, a tensor or a tuple of them. */
bool scope_compose_finish (const ScopeCall *call, ScopeResult *result, const ScopeValue *value);

/* The end of infer where sizes follow from values: the call gives one tensor that is not read. */
bool scope_compose_unknown (const ScopeCall *call,
                            ScopeResult *result,
                            const ScopeShape *shape,
                            ScopeDtype dtype);

/* Values to compose with; they stand where the call stands. */
ScopeValue scope_compose_int (const ScopeCall *call, int64_t integer);
ScopeValue scope_compose_float (const ScopeCall *call, double number);
ScopeValue scope_compose_none (const ScopeCall *call);
ScopeValue scope_compose_string (const ScopeCall *call, const char *text);
/* A tuple of whole numbers, in the arena. */
ScopeValue scope_compose_ints (const ScopeCall *call, const int64_t *integer, int count);

/* `count` values as a tuple, in the arena. */
ScopeValue scope_compose_tuple (const ScopeCall *call, const ScopeValue *value, int count);
/* value[…, begin:end, …] along an axis. */
bool scope_compose_slice (const ScopeCall *call,
                          ScopeFailure *failure,
                          int axis,
                          int64_t begin,
                          int64_t end,
                          ScopeValue *value);

/* ScopeOp.read and .trace of such operations. */
bool scope_compose_read (const ScopeNode *node,
                         ScopeReader *reader,
                         const ScopeRegion *region,
                         const ScopeBuffer *out,
                         ScopeError *error);
bool scope_compose_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);
