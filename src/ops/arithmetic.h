/* The arithmetic of two operands, as each framework does it: the loops behind + − * / and so on. */
#pragma once

#include "ops/elementwise.h"

typedef enum
{
  SCOPE_ADD, /* x + real[0]·y when integer[0] is set (torch's alpha), else x + y */
  SCOPE_SUBTRACT,
  SCOPE_MULTIPLY,
  SCOPE_DIVIDE,
  SCOPE_FLOOR_DIVIDE, /* Python's: towards −∞ */
  SCOPE_TRUNC_DIVIDE, /* C's: towards 0 */
  SCOPE_REMAINDER,    /* Python's: the sign of the divisor */
  SCOPE_FMOD,         /* C's: the sign of the dividend */
  SCOPE_POWER,
  SCOPE_AND,
  SCOPE_OR,
  SCOPE_XOR,
  SCOPE_SHIFT_LEFT,
  SCOPE_SHIFT_RIGHT,
  SCOPE_LESS,
  SCOPE_LESS_EQUAL,
  SCOPE_GREATER,
  SCOPE_GREATER_EQUAL,
  SCOPE_EQUAL,
  SCOPE_NOT_EQUAL,
  SCOPE_LOGICAL_AND,
  SCOPE_LOGICAL_OR,
  SCOPE_LOGICAL_XOR,
  SCOPE_MAXIMUM, /* NaN when either is */
  SCOPE_MINIMUM,
  SCOPE_FMAX, /* the other when one is NaN */
  SCOPE_FMIN,
  SCOPE_ARCTAN2,
  SCOPE_HYPOT,
  SCOPE_LOGADDEXP,
  SCOPE_LOGADDEXP2,
  SCOPE_COPYSIGN,
  SCOPE_NEXTAFTER,
  SCOPE_GCD,
  SCOPE_LCM,
  SCOPE_HEAVISIDE,
  SCOPE_LDEXP,
  SCOPE_XLOGY,
  SCOPE_N_ARITHMETIC
} ScopeArithmetic;

/* Whether the operation gives bool whatever it takes. */
static inline bool
scope_arithmetic_tests (ScopeArithmetic operation)
{
  return operation >= SCOPE_LESS && operation <= SCOPE_LOGICAL_XOR;
}

/* The loop for operands of type `loop`; NULL when the operation makes no sense there. Integer
 * results wrap when they are stored; division of integers by zero is an error in PyTorch and
 * TensorFlow, 0 in NumPy, −1 in JAX. */
ScopeElementwiseRun scope_arithmetic_run (ScopeArithmetic operation, ScopeDtype loop);
