/* Result types of mixed operands, by dialect. */
#pragma once

#include "ops/op.h"

/* An operand as the promotion rules see it. */
typedef struct
{
  ScopeDtype dtype; /* of a Python number: BOOL, INT64 or FLOAT64 */
  bool scalar;      /* has no axes: a 0-d tensor or a number */
  bool number;      /* a Python number, which is weak in every dialect but an all-scalar NumPy */
  int64_t integer;  /* of a number of an integer type; what a 0-d tensor holds is taken to be small
                       and not negative, for infer never reads a value */
  double real;      /* of a number of type FLOAT64 */
} ScopeMixed;

/* The operand of a TENSOR or number value. */
ScopeMixed scope_mixed_from_value (const ScopeCall *call, const ScopeValue *value);
ScopeMixed scope_mixed_tensor (ScopeDtype dtype, int rank);

/* The type of a tensor with axes of type `a` combined with one of type `b`: torch.promote_types,
 * np.promote_types, JAX's lattice. False where the dialect has none (TensorFlow unless equal,
 * PyTorch's uint16…64 and 8-bit floats, JAX's 8-bit floats). */
bool scope_promote_types (ScopeDialect dialect, ScopeDtype a, ScopeDtype b, ScopeDtype *out);

/* The type of any number of operands combined: torch.result_type, np.result_type and so on.
 * False as above. TensorFlow: all tensors must agree, numbers take their type. */
bool scope_promote (ScopeDialect dialect, const ScopeMixed *operand, int operands, ScopeDtype *out);

/* The type of the floats a dialect makes by itself: float32, in NumPy float64. */
ScopeDtype scope_default_float (ScopeDialect dialect);
/* The type of the integers a dialect makes by itself: int64; in TensorFlow and JAX int32. */
ScopeDtype scope_default_int (ScopeDialect dialect);
/* What the dialect's true division makes of `dtype`: floats and complex stay. */
ScopeDtype scope_promote_inexact (ScopeDialect dialect, ScopeDtype dtype);
/* float32 of complex64 and so on; any other type is itself. */
ScopeDtype scope_dtype_real (ScopeDtype dtype);

/* NumPy's choice of an inner loop. `loops` holds the types a ufunc is written for in its order, one
 * letter each as in ufunc.types (`?bBhHiIlLefdFD`; l is int64). The first loop serves whose type
 * every operand can be cast to safely, numbers and 0-d arrays by their value where NumPy 1.24 does
 * so. (Ufuncs as add and maximum take scope_promote instead.) False when there is none. */
bool scope_numpy_loop (const char *loops, const ScopeMixed *operand, int operands, ScopeDtype *out);
/* Whether NumPy casts the scalars among the operands by their values: only when an array is of at
 * least their category (its should_use_min_scalar). */
bool scope_numpy_casts_by_value (const ScopeMixed *operand, int operands);
/* np.can_cast (from, to) with casting='safe' and 'same_kind'. */
bool scope_numpy_casts_safely (ScopeDtype from, ScopeDtype to);
bool scope_numpy_casts_same_kind (ScopeDtype from, ScopeDtype to);
/* The type that a scalar counts as when it is cast to `to`: the smallest that holds its value. */
ScopeDtype scope_numpy_smallest (const ScopeMixed *scalar, ScopeDtype to);
/* Whether PyTorch refuses to convert a number to `to`: `value cannot be converted to type … without
 * overflow`. Negative numbers wrap in unsigned types as far as their magnitude fits. */
bool scope_torch_overflows (const ScopeMixed *number, ScopeDtype to);
/* torch.can_cast: not from complex to real, from float to integer, nor to bool. */
bool scope_torch_casts (ScopeDtype from, ScopeDtype to);

/* A type's name in the dialect's messages: PyTorch's `Float`, `Long`; NumPy's `float32`;
 * TensorFlow's `float`, `int64`; JAX's `float32`. */
const char *scope_dtype_word (ScopeDialect dialect, ScopeDtype dtype);
