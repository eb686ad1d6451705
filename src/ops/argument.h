/* What Python and the frameworks say about arguments of the wrong kind. */
#pragma once

#include "ops/op.h"

/* The name of a value's type in Python: `int`, `str`, `Tensor`, `numpy.ndarray` … */
const char *scope_value_type_name (const ScopeCall *call, const ScopeValue *value);

/* A number of Python: int, bool, float or an unknown size. */
bool scope_value_is_number (const ScopeValue *value);
static inline bool
scope_value_is_operand (const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_TENSOR || scope_value_is_number (value);
}

/* torch.Tensor.type () as messages print it: `torch.FloatTensor`, `CPUBoolType`. */
const char *scope_torch_type_string (ScopeDtype dtype);

/* c10's name of a type in C++: `long int`, `c10::Half`. */
const char *scope_torch_cpp_type (ScopeDtype dtype);

/* Whether a list of types in letters, as NumPy's with `y` for bfloat16, holds `dtype`. */
bool scope_torch_lists (const char *letters, ScopeDtype dtype);

/* PyTorch: "value cannot be converted to type … without overflow". Returns false. */
bool scope_torch_refuse_overflow (const ScopeValue *value, ScopeDtype to, ScopeFailure *failure);

/* The function as the framework's messages call it: `add` of `torch.add` and `.add`. */
const char *scope_call_function (const ScopeCall *call);

/* torch: "add(): argument 'other' (position 2) must be Tensor, not str". `place` counts the
 * arguments written in the brackets, from 1; a method's object is not among them. Returns false. */
bool scope_torch_refuse_kind (const ScopeCall *call,
                              int parameter,
                              const char *name,
                              int place,
                              const char *wanted,
                              ScopeFailure *failure);

/* A refusal in the framework's words at a parameter (−1, or one that was not given: the whole
 * call), which serve as the sentence too. Returns false. */
bool scope_refuse (const ScopeCall *call,
                   int parameter,
                   ScopeFailure *failure,
                   ScopeRule rule,
                   const char *exception,
                   const char *format,
                   ...) __attribute__ ((format (printf, 6, 7)));
