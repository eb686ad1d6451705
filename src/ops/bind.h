/* Matching a call's arguments to an operation's parameters, as Python does. */
#pragma once

#include "ops/op.h"

/* An argument as written; `name` is NULL for a positional one. */
typedef struct
{
  const char *name;
  ScopeValue value;
} ScopeArgument;

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

/* The number of an operation's parameters. */
int scope_op_parameters (const ScopeOp *op);
