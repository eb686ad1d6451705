/* The loops of two-operand arithmetic, one for each operation and carrier type. */
#include "ops/arithmetic.h"

#include <complex.h>
#include <math.h>
#include <stdlib.h>

/* A loop over x and y of type T that leaves `expression` in elements of type R. */
#define LOOP(name, T, R, expression)                                                               \
  static bool name (const ScopeElementwise *plan, int64_t count, const void *const *in,            \
                    const int64_t *in_step, void *out, int64_t out_step, ScopeError *error)        \
  {                                                                                                \
    const T *a = in[0], *b = in[1];                                                                \
    const int64_t a_step = in_step[0], b_step = in_step[1];                                        \
    R *r = out;                                                                                    \
    for (int64_t i = 0; i < count; i++)                                                            \
      {                                                                                            \
        const T x = a[i * a_step], y = b[i * b_step];                                              \
        r[i * out_step] = (R)(expression);                                                         \
      }                                                                                            \
    return true;                                                                                   \
  }

/* The same for every type whose arithmetic is C's. */
#define LOOPS_REAL(name, expression)                                                               \
  LOOP (name##_i, int64_t, int64_t, expression)                                                    \
  LOOP (name##_u, uint64_t, uint64_t, expression)                                                  \
  LOOP (name##_f, float, float, expression)                                                        \
  LOOP (name##_d, double, double, expression)
#define LOOPS_TEST(name, expression)                                                               \
  LOOP (name##_b, uint8_t, uint8_t, expression)                                                    \
  LOOP (name##_i, int64_t, uint8_t, expression)                                                    \
  LOOP (name##_u, uint64_t, uint8_t, expression)                                                   \
  LOOP (name##_f, float, uint8_t, expression)                                                      \
  LOOP (name##_d, double, uint8_t, expression)
#define LOOPS_INTEGER(name, expression)                                                            \
  LOOP (name##_i, int64_t, int64_t, expression)                                                    \
  LOOP (name##_u, uint64_t, uint64_t, expression)
#define LOOPS_FLOAT(name, f_expression, d_expression)                                              \
  LOOP (name##_f, float, float, f_expression)                                                      \
  LOOP (name##_d, double, double, d_expression)

typedef double complex Complex;

/* Signed arithmetic wraps, as on every machine the frameworks run on. */
#define WRAP(x, op, y) ((int64_t)((uint64_t)(x)op (uint64_t) (y)))

/* ---- sums and products ---------------------------------------------------------------------- */

LOOP (add_i, int64_t, int64_t, WRAP (x, +, WRAP (y, *, plan->integer[1])))
LOOP (add_u, uint64_t, uint64_t, x + y * (uint64_t)plan->integer[1])
LOOP (add_f,
      float,
      float,
      plan->integer[0] ? (float)((double)x + plan->real[0] * (double)y) : x + y)
LOOP (add_d, double, double, plan->integer[0] ? fma (plan->real[0], y, x) : x + y)
LOOP (add_c, Complex, Complex, x + plan->real[0] * y)
LOOP (add_b, uint8_t, uint8_t, x | (y & (plan->integer[1] != 0)))

LOOP (subtract_i, int64_t, int64_t, WRAP (x, -, WRAP (y, *, plan->integer[1])))
LOOP (subtract_u, uint64_t, uint64_t, x - y * (uint64_t)plan->integer[1])
LOOP (subtract_f,
      float,
      float,
      plan->integer[0] ? (float)((double)x - plan->real[0] * (double)y) : x - y)
LOOP (subtract_d, double, double, plan->integer[0] ? fma (-plan->real[0], y, x) : x - y)
LOOP (subtract_c, Complex, Complex, x - plan->real[0] * y)

LOOP (multiply_i, int64_t, int64_t, WRAP (x, *, y))
LOOP (multiply_u, uint64_t, uint64_t, x *y)
LOOP (multiply_f, float, float, x *y)
LOOP (multiply_d, double, double, x *y)
LOOP (multiply_c, Complex, Complex, x *y)
LOOP (multiply_b, uint8_t, uint8_t, x &y)

LOOPS_FLOAT (divide, x / y, x / y)
LOOP (divide_c, Complex, Complex, x / y)

/* ---- integer division ----------------------------------------------------------------------- */

static bool
refuse_zero (const ScopeElementwise *plan, ScopeError *error)
{
  return scope_fail (error, SCOPE_ERROR_DATA, -1,
                     plan->dialect == SCOPE_TENSORFLOW
                         ? "Integer division by zero: TensorFlow refuses these values."
                         : "ZeroDivisionError: PyTorch refuses to divide integers by zero.");
}

typedef enum
{
  QUOTIENT_FLOOR,
  QUOTIENT_TRUNC,
  REMAINDER_FLOOR,
  REMAINDER_TRUNC
} Division;

static int64_t
divide_signed (int64_t x, int64_t y, Division division)
{
  if (y == -1)
    return division <= QUOTIENT_TRUNC ? WRAP (0, -, x) : 0;
  int64_t quotient = x / y, remainder = x % y;
  bool below = remainder != 0 && (remainder < 0) != (y < 0);
  switch (division)
    {
    case QUOTIENT_FLOOR:
      return quotient - below;
    case REMAINDER_FLOOR:
      return below ? remainder + y : remainder;
    case QUOTIENT_TRUNC:
      return quotient;
    default:
      return remainder;
    }
}

/* What a framework that goes on makes of a division by zero. */
static int64_t
divided_by_zero (const ScopeElementwise *plan, int64_t x, Division division)
{
  if (plan->dialect == SCOPE_NUMPY)
    return 0;
  return division <= QUOTIENT_TRUNC ? -1 : x;
}

#define LOOP_DIVISION(name, T, division, quotient)                                                 \
  static bool name (const ScopeElementwise *plan, int64_t count, const void *const *in,            \
                    const int64_t *in_step, void *out, int64_t out_step, ScopeError *error)        \
  {                                                                                                \
    const T *a = in[0], *b = in[1];                                                                \
    T *r = out;                                                                                    \
    bool refuses = plan->dialect == SCOPE_PYTORCH || plan->dialect == SCOPE_TENSORFLOW;            \
    for (int64_t i = 0; i < count; i++)                                                            \
      {                                                                                            \
        const T x = a[i * in_step[0]], y = b[i * in_step[1]];                                      \
        if (y == 0 && refuses)                                                                     \
          return refuse_zero (plan, error);                                                        \
        r[i * out_step] = y == 0 ? (T)divided_by_zero (plan, (int64_t)x, division) : (quotient);   \
      }                                                                                            \
    return true;                                                                                   \
  }

LOOP_DIVISION (floor_divide_i, int64_t, QUOTIENT_FLOOR, divide_signed (x, y, QUOTIENT_FLOOR))
LOOP_DIVISION (floor_divide_u, uint64_t, QUOTIENT_FLOOR, x / y)
LOOP_DIVISION (trunc_divide_i, int64_t, QUOTIENT_TRUNC, divide_signed (x, y, QUOTIENT_TRUNC))
LOOP_DIVISION (trunc_divide_u, uint64_t, QUOTIENT_TRUNC, x / y)
LOOP_DIVISION (remainder_i, int64_t, REMAINDER_FLOOR, divide_signed (x, y, REMAINDER_FLOOR))
LOOP_DIVISION (remainder_u, uint64_t, REMAINDER_FLOOR, x % y)
LOOP_DIVISION (fmod_i, int64_t, REMAINDER_TRUNC, divide_signed (x, y, REMAINDER_TRUNC))
LOOP_DIVISION (fmod_u, uint64_t, REMAINDER_TRUNC, x % y)

/* ---- division of floats to whole numbers ---------------------------------------------------- */

/* Python's float floor division (float_divmod), each step rounded to the type, as the frameworks do
 * it. */
#define FLOAT_DIVISION(T, suffix)                                                                  \
  static T floor_quotient##suffix (T x, T y)                                                       \
  {                                                                                                \
    if (y == 0)                                                                                    \
      return x / y;                                                                                \
    T remainder = fmod##suffix (x, y);                                                             \
    T quotient = (x - remainder) / y;                                                              \
    if (remainder != 0 && (y < 0) != (remainder < 0))                                              \
      quotient -= 1;                                                                               \
    if (quotient == 0)                                                                             \
      return copysign##suffix (0, x / y);                                                          \
    T whole = floor##suffix (quotient);                                                            \
    return quotient - whole > (T)0.5 ? whole + 1 : whole;                                          \
  }                                                                                                \
  static T floor_remainder##suffix (T x, T y, bool signed_zero)                                    \
  {                                                                                                \
    T remainder = fmod##suffix (x, y);                                                             \
    if (remainder == 0)                                                                            \
      return signed_zero ? copysign##suffix (0, y) : remainder;                                    \
    return (y < 0) != (remainder < 0) && remainder == remainder ? remainder + y : remainder;       \
  }

FLOAT_DIVISION (float, f)
FLOAT_DIVISION (double, )

LOOPS_FLOAT (floor_divide, floor_quotientf (x, y), floor_quotient (x, y))
LOOPS_FLOAT (trunc_divide, truncf (x / y), trunc (x / y))
LOOPS_FLOAT (remainder,
             floor_remainderf (x, y, plan->dialect == SCOPE_NUMPY),
             floor_remainder (x, y, plan->dialect == SCOPE_NUMPY))
LOOPS_FLOAT (fmod, fmodf (x, y), fmod (x, y))

/* ---- powers --------------------------------------------------------------------------------- */

static uint64_t
power_wrapping (uint64_t base, uint64_t exponent)
{
  uint64_t result = 1;
  for (; exponent != 0; exponent >>= 1, base *= base)
    if (exponent & 1)
      result *= base;
  return result;
}

static int64_t
power_signed (int64_t base, int64_t exponent)
{
  if (exponent >= 0)
    return (int64_t)power_wrapping ((uint64_t)base, (uint64_t)exponent);
  return base == 1 ? 1 : base == -1 ? (exponent % 2 == 0 ? 1 : -1) : 0;
}

static bool
power_i (const ScopeElementwise *plan,
         int64_t count,
         const void *const *in,
         const int64_t *in_step,
         void *out,
         int64_t out_step,
         ScopeError *error)
{
  const int64_t *a = in[0], *b = in[1];
  int64_t *r = out;
  for (int64_t i = 0; i < count; i++)
    {
      int64_t exponent = b[i * in_step[1]];
      if (exponent < 0 && plan->dialect == SCOPE_NUMPY)
        return scope_fail (error, SCOPE_ERROR_DATA, -1,
                           "Integers to negative integer powers are not allowed.");
      r[i * out_step] = power_signed (a[i * in_step[0]], exponent);
    }
  return true;
}

LOOP (power_u, uint64_t, uint64_t, power_wrapping (x, y))
LOOPS_FLOAT (power, pow ((double)x, (double)y), pow (x, y))
LOOP (power_c, Complex, Complex, y == 0 ? 1 : cpow (x, y))

/* ---- bits ----------------------------------------------------------------------------------- */

LOOPS_INTEGER (and, x &y)
LOOPS_INTEGER (or, x | y)
LOOPS_INTEGER (xor, x ^ y)
LOOP (and_b, uint8_t, uint8_t, x &y)
LOOP (or_b, uint8_t, uint8_t, x | y)
LOOP (xor_b, uint8_t, uint8_t, x ^ y)
LOOP (shift_left_i, int64_t, int64_t, (uint64_t)y < 64 ? (int64_t)((uint64_t)x << y) : 0)
LOOP (shift_left_u, uint64_t, uint64_t, y < 64 ? x << y : 0)
LOOP (shift_right_i, int64_t, int64_t, (uint64_t)y < 64 ? x >> y : x < 0 ? -1 : 0)
LOOP (shift_right_u, uint64_t, uint64_t, y < 64 ? x >> y : 0)

/* ---- tests ---------------------------------------------------------------------------------- */

LOOPS_TEST (less, x < y)
LOOPS_TEST (less_equal, x <= y)
LOOPS_TEST (greater, x > y)
LOOPS_TEST (greater_equal, x >= y)
LOOPS_TEST (equal, x == y)
LOOPS_TEST (not_equal, x != y)
LOOPS_TEST (logical_and, (x != 0) & (y != 0))
LOOPS_TEST (logical_or, (x != 0) | (y != 0))
LOOPS_TEST (logical_xor, (x != 0) != (y != 0))
LOOP (equal_c, Complex, uint8_t, x == y)
LOOP (not_equal_c, Complex, uint8_t, x != y)
LOOP (logical_and_c, Complex, uint8_t, (x != 0) & (y != 0))
LOOP (logical_or_c, Complex, uint8_t, (x != 0) | (y != 0))
LOOP (logical_xor_c, Complex, uint8_t, (x != 0) != (y != 0))

/* NumPy orders complex numbers by real part, then imaginary part. */
static bool
comes_before (Complex x, Complex y, bool or_equal)
{
  if (creal (x) != creal (y))
    return creal (x) < creal (y) && !isnan (cimag (x)) && !isnan (cimag (y));
  return or_equal ? cimag (x) <= cimag (y) : cimag (x) < cimag (y);
}

LOOP (less_c, Complex, uint8_t, comes_before (x, y, false))
LOOP (less_equal_c, Complex, uint8_t, comes_before (x, y, true))
LOOP (greater_c, Complex, uint8_t, comes_before (y, x, false))
LOOP (greater_equal_c, Complex, uint8_t, comes_before (y, x, true))

/* ---- the larger and the smaller ------------------------------------------------------------- */

LOOPS_INTEGER (maximum, x > y ? x : y)
LOOPS_INTEGER (minimum, x < y ? x : y)
LOOPS_FLOAT (maximum, isnan (x) || x >= y ? x : y, isnan (x) || x >= y ? x : y)
LOOPS_FLOAT (minimum, isnan (x) || x <= y ? x : y, isnan (x) || x <= y ? x : y)
LOOPS_FLOAT (fmax, fmaxf (x, y), fmax (x, y))
LOOPS_FLOAT (fmin, fminf (x, y), fmin (x, y))
LOOP (maximum_c,
      Complex,
      Complex,
      isnan (creal (x)) || isnan (cimag (x)) || comes_before (y, x, true) ? x : y)
LOOP (minimum_c,
      Complex,
      Complex,
      isnan (creal (x)) || isnan (cimag (x)) || comes_before (x, y, true) ? x : y)

/* ---- functions ------------------------------------------------------------------------------ */

static double
log_add_exp (double x, double y)
{
  if (x == y)
    return x + M_LN2; /* also both infinite */
  double difference = x - y;
  return difference > 0    ? x + log1p (exp (-difference))
         : difference <= 0 ? y + log1p (exp (difference))
                           : difference;
}

static double
log_add_exp2 (double x, double y)
{
  if (x == y)
    return x + 1;
  double difference = x - y;
  return difference > 0    ? x + log1p (exp2 (-difference)) * M_LOG2E
         : difference <= 0 ? y + log1p (exp2 (difference)) * M_LOG2E
                           : difference;
}

static double
x_log_y (double x, double y)
{
  return isnan (y) ? y : x == 0 ? 0 : x * log (y);
}

/* |n|, of INT64_MIN too. */
static uint64_t
magnitude (int64_t n)
{
  return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

static uint64_t
greatest_divisor (uint64_t x, uint64_t y)
{
  while (y != 0)
    {
      uint64_t rest = x % y;
      x = y;
      y = rest;
    }
  return x;
}

static uint64_t
least_multiple (uint64_t x, uint64_t y)
{
  return x == 0 || y == 0 ? 0 : x / greatest_divisor (x, y) * y;
}

#define STEP_AT_ZERO(x, y) (isnan ((double)(x)) ? (x) : (x) == 0 ? (y) : (x) > 0)

LOOPS_FLOAT (arctan2, atan2 ((double)x, (double)y), atan2 (x, y))
LOOPS_FLOAT (hypot, hypot ((double)x, (double)y), hypot (x, y))
LOOPS_FLOAT (logaddexp, log_add_exp ((double)x, (double)y), log_add_exp (x, y))
LOOPS_FLOAT (logaddexp2, log_add_exp2 ((double)x, (double)y), log_add_exp2 (x, y))
LOOPS_FLOAT (copysign, copysignf (x, y), copysign (x, y))
LOOPS_FLOAT (nextafter, nextafterf (x, y), nextafter (x, y))
LOOPS_FLOAT (ldexp, x *exp2 ((double)y), x *exp2 (y))
LOOPS_FLOAT (xlogy, x_log_y ((double)x, (double)y), x_log_y (x, y))
LOOPS_REAL (heaviside, STEP_AT_ZERO (x, y))
LOOP (heaviside_b, uint8_t, uint8_t, x ? 1 : y)
LOOP (gcd_i, int64_t, int64_t, greatest_divisor (magnitude (x), magnitude (y)))
LOOP (gcd_u, uint64_t, uint64_t, greatest_divisor (x, y))
LOOP (lcm_i, int64_t, int64_t, least_multiple (magnitude (x), magnitude (y)))
LOOP (lcm_u, uint64_t, uint64_t, least_multiple (x, y))

/* ---- the table ------------------------------------------------------------------------------ */

/* By carrier: bool, int64, uint64, float32, float64, complex128. */
static const ScopeElementwiseRun table[SCOPE_N_ARITHMETIC][6] = {
  [SCOPE_ADD] = { add_b, add_i, add_u, add_f, add_d, add_c },
  [SCOPE_SUBTRACT] = { NULL, subtract_i, subtract_u, subtract_f, subtract_d, subtract_c },
  [SCOPE_MULTIPLY] = { multiply_b, multiply_i, multiply_u, multiply_f, multiply_d, multiply_c },
  [SCOPE_DIVIDE] = { NULL, NULL, NULL, divide_f, divide_d, divide_c },
  [SCOPE_FLOOR_DIVIDE] = { NULL, floor_divide_i, floor_divide_u, floor_divide_f, floor_divide_d },
  [SCOPE_TRUNC_DIVIDE] = { NULL, trunc_divide_i, trunc_divide_u, trunc_divide_f, trunc_divide_d },
  [SCOPE_REMAINDER] = { NULL, remainder_i, remainder_u, remainder_f, remainder_d },
  [SCOPE_FMOD] = { NULL, fmod_i, fmod_u, fmod_f, fmod_d },
  [SCOPE_POWER] = { NULL, power_i, power_u, power_f, power_d, power_c },
  [SCOPE_AND] = { and_b, and_i, and_u },
  [SCOPE_OR] = { or_b, or_i, or_u },
  [SCOPE_XOR] = { xor_b, xor_i, xor_u },
  [SCOPE_SHIFT_LEFT] = { NULL, shift_left_i, shift_left_u },
  [SCOPE_SHIFT_RIGHT] = { NULL, shift_right_i, shift_right_u },
  [SCOPE_LESS] = { less_b, less_i, less_u, less_f, less_d, less_c },
  [SCOPE_LESS_EQUAL] = { less_equal_b, less_equal_i, less_equal_u, less_equal_f, less_equal_d,
                         less_equal_c },
  [SCOPE_GREATER] = { greater_b, greater_i, greater_u, greater_f, greater_d, greater_c },
  [SCOPE_GREATER_EQUAL] = { greater_equal_b, greater_equal_i, greater_equal_u, greater_equal_f,
                            greater_equal_d, greater_equal_c },
  [SCOPE_EQUAL] = { equal_b, equal_i, equal_u, equal_f, equal_d, equal_c },
  [SCOPE_NOT_EQUAL] = { not_equal_b, not_equal_i, not_equal_u, not_equal_f, not_equal_d,
                        not_equal_c },
  [SCOPE_LOGICAL_AND] = { logical_and_b, logical_and_i, logical_and_u, logical_and_f, logical_and_d,
                          logical_and_c },
  [SCOPE_LOGICAL_OR] = { logical_or_b, logical_or_i, logical_or_u, logical_or_f, logical_or_d,
                         logical_or_c },
  [SCOPE_LOGICAL_XOR] = { logical_xor_b, logical_xor_i, logical_xor_u, logical_xor_f, logical_xor_d,
                          logical_xor_c },
  [SCOPE_MAXIMUM] = { or_b, maximum_i, maximum_u, maximum_f, maximum_d, maximum_c },
  [SCOPE_MINIMUM] = { and_b, minimum_i, minimum_u, minimum_f, minimum_d, minimum_c },
  [SCOPE_FMAX] = { or_b, maximum_i, maximum_u, fmax_f, fmax_d, maximum_c },
  [SCOPE_FMIN] = { and_b, minimum_i, minimum_u, fmin_f, fmin_d, minimum_c },
  [SCOPE_ARCTAN2] = { NULL, NULL, NULL, arctan2_f, arctan2_d },
  [SCOPE_HYPOT] = { NULL, NULL, NULL, hypot_f, hypot_d },
  [SCOPE_LOGADDEXP] = { NULL, NULL, NULL, logaddexp_f, logaddexp_d },
  [SCOPE_LOGADDEXP2] = { NULL, NULL, NULL, logaddexp2_f, logaddexp2_d },
  [SCOPE_COPYSIGN] = { NULL, NULL, NULL, copysign_f, copysign_d },
  [SCOPE_NEXTAFTER] = { NULL, NULL, NULL, nextafter_f, nextafter_d },
  [SCOPE_GCD] = { NULL, gcd_i, gcd_u },
  [SCOPE_LCM] = { NULL, lcm_i, lcm_u },
  [SCOPE_HEAVISIDE] = { heaviside_b, heaviside_i, heaviside_u, heaviside_f, heaviside_d },
  [SCOPE_LDEXP] = { NULL, NULL, NULL, ldexp_f, ldexp_d },
  [SCOPE_XLOGY] = { NULL, NULL, NULL, xlogy_f, xlogy_d },
};

ScopeElementwiseRun
scope_arithmetic_run (ScopeArithmetic operation, ScopeDtype loop)
{
  switch (scope_carrier (loop))
    {
    case SCOPE_BOOL:
      return table[operation][0];
    case SCOPE_INT64:
      return table[operation][1];
    case SCOPE_UINT64:
      return table[operation][2];
    case SCOPE_FLOAT32:
      return table[operation][3];
    case SCOPE_FLOAT64:
      return table[operation][4];
    default:
      return table[operation][5];
    }
}
