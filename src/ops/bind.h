/* Matching a call's arguments to an operation's parameters, as Python does. */
#pragma once

#include "ops/op.h"

enum
{
  SCOPE_MAX_PARAMETERS = 16,
};

/* Fills bound[0…parameters of call->op) from the arguments, in the order call->spelling takes them;
 * what is not given is ABSENT. On failure (too many, unknown, twice, missing) fills `failure` with
 * rule ARGUMENT and returns false. */
bool scope_bind (const ScopeCall *call,
                 const ScopeArgument *argument,
                 int arguments,
                 ScopeValue *bound,
                 ScopeFailure *failure);

/* The parameter that positional argument `position` of a spelling belongs to, −1 when it takes none
 * there; *rest when it swallows all that follow. */
int scope_spelling_parameter (const ScopeOp *op,
                              const ScopeSpelling *spelling,
                              int position,
                              bool *rest);
/* What a spelling calls a parameter: *length bytes, not NUL-terminated. NULL when it has none. */
const char *scope_spelling_keyword (const ScopeOp *op,
                                    const ScopeSpelling *spelling,
                                    int parameter,
                                    size_t *length);
/* The parameter that a spelling's keyword `name` stands for; −1 when unknown or ignored. */
int scope_spelling_find (const ScopeOp *op, const ScopeSpelling *spelling, const char *name);

/* The number of an operation's parameters. */
int scope_op_parameters (const ScopeOp *op);
