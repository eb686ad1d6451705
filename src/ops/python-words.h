/* How Python and PyTorch's argument parser speak of values in their messages. */
#pragma once

#include "ops/op.h"

/* repr (value): `(8, 2.5)`, `[3]`, `None`, `'nearest'`. */
void scope_python_repr (const ScopeValue *value, ScopeText *text);
/* type (value).__name__: `int`, `NoneType`, `tuple`, `Tensor`. */
const char *scope_python_type (const ScopeValue *value);
/* Whether a value is an int of PyTorch's argument parser: an int or an unknown size, not a bool. */
bool scope_torch_is_int (const ScopeValue *value);
/* Fails as an argument of the wrong kind: rule ARGUMENT at the value. */
bool scope_python_refuse (ScopeFailure *failure,
                          const ScopeValue *value,
                          const char *exception,
                          const char *format,
                          ...) __attribute__ ((format (printf, 4, 5)));
/* `Storage size calculation overflowed with sizes=[…]` when the result has too many bytes: rule
 * LIMIT. True when it fits or sizes are unknown. */
bool scope_torch_fits (const ScopeShape *shape, ScopeDtype dtype, ScopeFailure *failure);
