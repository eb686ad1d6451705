/* Functions of one element: the loops behind abs, exp, relu and so on. */
#pragma once

#include "ops/elementwise.h"

typedef enum
{
  SCOPE_NEGATE,
  SCOPE_KEEP, /* the element itself */
  SCOPE_INVERT,
  SCOPE_ABSOLUTE,
  SCOPE_SIGN,
  SCOPE_SQUARE,
  SCOPE_FLOOR,
  SCOPE_CEIL,
  SCOPE_TRUNC,
  SCOPE_ROUND,          /* halves to even */
  SCOPE_ROUND_DECIMALS, /* to real[0] decimals */
  SCOPE_FRAC,
  SCOPE_EXP,
  SCOPE_EXP2,
  SCOPE_EXPM1,
  SCOPE_LOG,
  SCOPE_LOG2,
  SCOPE_LOG10,
  SCOPE_LOG1P,
  SCOPE_SQRT,
  SCOPE_RSQRT,
  SCOPE_CBRT,
  SCOPE_RECIPROCAL,
  SCOPE_SIN,
  SCOPE_COS,
  SCOPE_TAN,
  SCOPE_ASIN,
  SCOPE_ACOS,
  SCOPE_ATAN,
  SCOPE_SINH,
  SCOPE_COSH,
  SCOPE_TANH,
  SCOPE_ASINH,
  SCOPE_ACOSH,
  SCOPE_ATANH,
  SCOPE_SIGMOID,
  SCOPE_LOGIT,
  SCOPE_ERF,
  SCOPE_ERFC,
  SCOPE_LGAMMA,
  SCOPE_DEG2RAD,
  SCOPE_RAD2DEG,
  SCOPE_IS_NAN,
  SCOPE_IS_INFINITE,
  SCOPE_IS_FINITE,
  SCOPE_SIGN_BIT,
  SCOPE_LOGICAL_NOT,
  SCOPE_NAN_TO_NUM, /* NaN to 0, infinities to the largest number of the type */
  SCOPE_RELU,
  SCOPE_HARDTANH,   /* real[0] ≤ x ≤ real[1] */
  SCOPE_LEAKY_RELU, /* slope real[0] */
  SCOPE_ELU,        /* alpha real[0] */
  SCOPE_SELU,
  SCOPE_CELU, /* alpha real[0] */
  SCOPE_GELU, /* by tanh when integer[0] is set */
  SCOPE_SILU,
  SCOPE_MISH,
  SCOPE_SOFTPLUS, /* beta real[0], linear above real[1] */
  SCOPE_SOFTSIGN,
  SCOPE_TANHSHRINK,
  SCOPE_HARDSIGMOID,
  SCOPE_HARDSWISH,
  SCOPE_LOGSIGMOID,
  SCOPE_HARDSHRINK, /* lambda real[0] */
  SCOPE_SOFTSHRINK, /* lambda real[0] */
  SCOPE_THRESHOLD,  /* real[1] where x ≤ real[0] */
  SCOPE_N_FUNCTIONS
} ScopeFunction;

/* Whether the function gives bool whatever it takes. */
static inline bool
scope_function_tests (ScopeFunction function)
{
  return function >= SCOPE_IS_NAN && function <= SCOPE_LOGICAL_NOT;
}

/* The loop for elements of type `loop`; NULL when the function makes no sense there. The absolute
 * value of a complex number is a real one. */
ScopeElementwiseRun scope_function_run (ScopeFunction function, ScopeDtype loop);
