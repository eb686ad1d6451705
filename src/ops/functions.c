/* The loops of functions of one element, one for each function and carrier type. */
#include "ops/functions.h"

#include <complex.h>
#include <float.h>
#include <math.h>

/* A loop over x of type T that leaves `expression` in elements of type R. */
#define LOOP(name, T, R, expression)                                                               \
  static bool name (const ScopeElementwise *plan, int64_t count, const void *const *in,            \
                    const int64_t *in_step, void *out, int64_t out_step, ScopeError *error)        \
  {                                                                                                \
    const T *a = in[0];                                                                            \
    R *r = out;                                                                                    \
    for (int64_t i = 0; i < count; i++)                                                            \
      {                                                                                            \
        const T x = a[i * in_step[0]];                                                             \
        r[i * out_step] = (R)(expression);                                                         \
      }                                                                                            \
    return true;                                                                                   \
  }

#define LOOPS_INTEGER(name, signed_expression, unsigned_expression)                                \
  LOOP (name##_i, int64_t, int64_t, signed_expression)                                             \
  LOOP (name##_u, uint64_t, uint64_t, unsigned_expression)
/* float32 is computed in float64 and rounded once. */
#define LOOPS_FLOAT(name, function)                                                                \
  LOOP (name##_f, float, float, function ((double)x))                                              \
  LOOP (name##_d, double, double, function (x))
#define LOOPS_COMPLEX(name, function)                                                              \
  LOOPS_FLOAT (name, function)                                                                     \
  LOOP (name##_c, Complex, Complex, c##function (x))
/* The same with the plan's numbers. */
#define LOOPS_PLAN(name, function)                                                                 \
  LOOP (name##_f, float, float, function (plan, (double)x))                                        \
  LOOP (name##_d, double, double, function (plan, x))
#define LOOPS_TEST(name, f_expression)                                                             \
  LOOP (name##_f, float, uint8_t, f_expression)                                                    \
  LOOP (name##_d, double, uint8_t, f_expression)

typedef double complex Complex;

#define NEGATIVE(x) ((int64_t)(0 - (uint64_t)(x)))

/* ---- arithmetic ----------------------------------------------------------------------------- */

LOOPS_INTEGER (negate, NEGATIVE (x), 0 - x)
LOOPS_FLOAT (negate, -)
LOOP (negate_c, Complex, Complex, -x)
LOOP (keep_b, uint8_t, uint8_t, x)
LOOPS_INTEGER (keep, x, x)
LOOPS_FLOAT (keep, +)
LOOP (keep_c, Complex, Complex, x)
LOOP (invert_b, uint8_t, uint8_t, !x)
LOOPS_INTEGER (invert, ~x, ~x)
LOOPS_INTEGER (absolute, x < 0 ? NEGATIVE (x) : x, x)
LOOPS_FLOAT (absolute, fabs)

/* The absolute value goes where the framework's real type is held: float32 or float64. */
static bool
absolute_c (const ScopeElementwise *plan,
            int64_t count,
            const void *const *in,
            const int64_t *in_step,
            void *out,
            int64_t out_step,
            ScopeError *error)
{
  const Complex *a = in[0];
  for (int64_t i = 0; i < count; i++)
    {
      double size = cabs (a[i * in_step[0]]);
      if (plan->result == SCOPE_FLOAT64)
        ((double *)out)[i * out_step] = size;
      else
        ((float *)out)[i * out_step] = (float)size;
    }
  return true;
}

static double
sign (double x)
{
  return isnan (x) ? x : (x > 0) - (x < 0);
}

static Complex
csign (Complex x)
{
  return x == 0 ? 0 : x / cabs (x);
}

LOOPS_INTEGER (sign, (x > 0) - (x < 0), x > 0)
LOOPS_COMPLEX (sign, sign)
LOOPS_INTEGER (square, (int64_t)((uint64_t)x *(uint64_t)x), x *x)
LOOP (square_f, float, float, x *x)
LOOP (square_d, double, double, x *x)
LOOP (square_c, Complex, Complex, x *x)

/* NumPy's of integers: 1/x without its fraction; of 0 what a conversion of infinity gives. */
static int64_t
integer_of_infinity (ScopeDtype dtype)
{
  return dtype == SCOPE_INT64 ? INT64_MIN : dtype == SCOPE_INT32 ? INT32_MIN : 0;
}

LOOPS_INTEGER (reciprocal, x == 0 ? integer_of_infinity (plan->result) : 1 / x, x == 0 ? 0 : 1 / x)
LOOP (reciprocal_f, float, float, 1 / x)
LOOP (reciprocal_d, double, double, 1 / x)
LOOP (reciprocal_c, Complex, Complex, 1 / x)

/* ---- rounding ------------------------------------------------------------------------------- */

static double
fraction (double x)
{
  return x - trunc (x);
}

static double
round_decimals (const ScopeElementwise *plan, double x)
{
  double decimals = plan->real[0], scale = pow (10, fabs (decimals));
  return decimals >= 0 ? rint (x * scale) / scale : rint (x / scale) * scale;
}

static Complex
crint (Complex x)
{
  return rint (creal (x)) + I * rint (cimag (x));
}

LOOPS_FLOAT (floor, floor)
LOOPS_FLOAT (ceil, ceil)
LOOPS_FLOAT (trunc, trunc)
LOOPS_COMPLEX (round, rint)
LOOPS_PLAN (round_decimals, round_decimals)
LOOP (round_decimals_i, int64_t, int64_t, round_decimals (plan, (double)x))
LOOP (round_decimals_u, uint64_t, uint64_t, round_decimals (plan, (double)x))
LOOPS_FLOAT (frac, fraction)

/* ---- functions ------------------------------------------------------------------------------ */

static Complex
cexp2_ (Complex x)
{
  return cexp (x * M_LN2);
}

#define cexp2 cexp2_

static Complex
cexpm1_ (Complex x)
{
  return cexp (x) - 1;
}

#define cexpm1 cexpm1_

static Complex
clog2_ (Complex x)
{
  return clog (x) / M_LN2;
}

#define clog2 clog2_

static Complex
clog10_ (Complex x)
{
  return clog (x) / M_LN10;
}

#define clog10 clog10_

static Complex
clog1p_ (Complex x)
{
  return clog (1 + x);
}

#define clog1p clog1p_

static double
rsqrt (double x)
{
  return 1 / sqrt (x);
}

static Complex
crsqrt (Complex x)
{
  return 1 / csqrt (x);
}

static double
sigmoid (double x)
{
  return 1 / (1 + exp (-x));
}

static Complex
csigmoid (Complex x)
{
  return 1 / (1 + cexp (-x));
}

static double
logit (double x)
{
  return log (x / (1 - x));
}

/* lgamma itself writes a global. */
static double
log_gamma (double x)
{
  int gamma_sign;
  return lgamma_r (x, &gamma_sign);
}

static double
to_radians (double x)
{
  return x * (M_PI / 180);
}

static double
to_degrees (double x)
{
  return x * (180 / M_PI);
}

LOOPS_COMPLEX (exp, exp)
LOOPS_COMPLEX (exp2, exp2)
LOOPS_COMPLEX (expm1, expm1)
LOOPS_COMPLEX (log, log)
LOOPS_COMPLEX (log2, log2)
LOOPS_COMPLEX (log10, log10)
LOOPS_COMPLEX (log1p, log1p)
LOOPS_COMPLEX (sqrt, sqrt)
LOOPS_COMPLEX (rsqrt, rsqrt)
LOOPS_FLOAT (cbrt, cbrt)
LOOPS_COMPLEX (sin, sin)
LOOPS_COMPLEX (cos, cos)
LOOPS_COMPLEX (tan, tan)
LOOPS_COMPLEX (asin, asin)
LOOPS_COMPLEX (acos, acos)
LOOPS_COMPLEX (atan, atan)
LOOPS_COMPLEX (sinh, sinh)
LOOPS_COMPLEX (cosh, cosh)
LOOPS_COMPLEX (tanh, tanh)
LOOPS_COMPLEX (asinh, asinh)
LOOPS_COMPLEX (acosh, acosh)
LOOPS_COMPLEX (atanh, atanh)
LOOPS_COMPLEX (sigmoid, sigmoid)
LOOPS_FLOAT (logit, logit)
LOOPS_FLOAT (erf, erf)
LOOPS_FLOAT (erfc, erfc)
LOOPS_FLOAT (lgamma, log_gamma)
LOOPS_FLOAT (deg2rad, to_radians)
LOOPS_FLOAT (rad2deg, to_degrees)

/* ---- tests ---------------------------------------------------------------------------------- */

LOOP (never_b, uint8_t, uint8_t, x & 0)
LOOP (never_i, int64_t, uint8_t, x & 0)
LOOP (always_b, uint8_t, uint8_t, x | 1)
LOOP (always_i, int64_t, uint8_t, (x & 0) + 1)
LOOPS_TEST (is_nan, isnan (x) != 0)
LOOP (is_nan_c, Complex, uint8_t, isnan (creal (x)) || isnan (cimag (x)))
LOOPS_TEST (is_infinite, isinf (x) != 0)
LOOP (is_infinite_c, Complex, uint8_t, isinf (creal (x)) || isinf (cimag (x)))
LOOPS_TEST (is_finite, isfinite (x) != 0)
LOOP (is_finite_c, Complex, uint8_t, isfinite (creal (x)) && isfinite (cimag (x)))
LOOP (sign_bit_i, int64_t, uint8_t, x < 0)
LOOPS_TEST (sign_bit, signbit (x) != 0)
LOOP (logical_not_b, uint8_t, uint8_t, !x)
LOOP (logical_not_i, int64_t, uint8_t, x == 0)
LOOP (logical_not_u, uint64_t, uint8_t, x == 0)
LOOPS_TEST (logical_not, x == 0)
LOOP (logical_not_c, Complex, uint8_t, x == 0)

/* ---- activations ---------------------------------------------------------------------------- */

static double
largest (ScopeDtype dtype)
{
  return dtype == SCOPE_FLOAT16    ? 65504
         : dtype == SCOPE_BFLOAT16 ? 0x1.fep127
         : dtype == SCOPE_FLOAT32  ? (double)FLT_MAX
                                   : DBL_MAX;
}

static double
nan_to_num (const ScopeElementwise *plan, double x)
{
  return isnan (x) ? 0 : isinf (x) ? copysign (largest (plan->result), x) : x;
}

static double
relu (double x)
{
  return isnan (x) || x > 0 ? x : 0;
}

static double
hardtanh (const ScopeElementwise *plan, double x)
{
  double raised = x < plan->real[0] ? plan->real[0] : x;
  return raised > plan->real[1] ? plan->real[1] : raised;
}

static double
leaky_relu (const ScopeElementwise *plan, double x)
{
  return x > 0 ? x : x * plan->real[0];
}

static double
elu (const ScopeElementwise *plan, double x)
{
  return x > 0 ? x : plan->real[0] * expm1 (x);
}

/* Self-normalizing neural networks, Klambauer et al. 2017. */
static double
selu (double x)
{
  const double alpha = 1.6732632423543772848170429916717;
  const double scale = 1.0507009873554804934193349852946;
  return scale * (x > 0 ? x : alpha * expm1 (x));
}

static double
celu (const ScopeElementwise *plan, double x)
{
  return x > 0 ? x : plan->real[0] * expm1 (x / plan->real[0]);
}

/* Gaussian error linear units, Hendrycks and Gimpel 2016. */
static double
gelu (const ScopeElementwise *plan, double x)
{
  if (plan->integer[0])
    return 0.5 * x * (1 + tanh (M_SQRT1_2 * M_2_SQRTPI * (x + 0.044715 * x * x * x)));
  return 0.5 * x * (1 + erf (x * M_SQRT1_2));
}

static double
silu (double x)
{
  return x / (1 + exp (-x));
}

static Complex
csilu (Complex x)
{
  return x / (1 + cexp (-x));
}

static double
mish (double x)
{
  return x * tanh (log1p (exp (x)));
}

static double
softplus (const ScopeElementwise *plan, double x)
{
  double beta = plan->real[0];
  return x * beta > plan->real[1] ? x : log1p (exp (x * beta)) / beta;
}

static double
softsign (double x)
{
  return x / (1 + fabs (x));
}

static Complex
csoftsign (Complex x)
{
  return x / (1 + cabs (x));
}

static double
tanhshrink (double x)
{
  return x - tanh (x);
}

static Complex
ctanhshrink (Complex x)
{
  return x - ctanh (x);
}

static double
hardsigmoid (double x)
{
  return fmin (fmax (x + 3, 0), 6) / 6;
}

static double
hardswish (double x)
{
  return x * fmin (fmax (x + 3, 0), 6) / 6;
}

static double
logsigmoid (double x)
{
  return fmin (x, 0) - log1p (exp (-fabs (x)));
}

static double
hardshrink (const ScopeElementwise *plan, double x)
{
  return x >= -plan->real[0] && x <= plan->real[0] ? 0 : x;
}

static double
softshrink (const ScopeElementwise *plan, double x)
{
  double lambda = plan->real[0];
  return x > lambda ? x - lambda : x < -lambda ? x + lambda : 0;
}

static double
threshold (const ScopeElementwise *plan, double x)
{
  return x <= plan->real[0] ? plan->real[1] : x;
}

LOOPS_PLAN (nan_to_num, nan_to_num)
LOOPS_INTEGER (relu, x > 0 ? x : 0, x)
LOOPS_FLOAT (relu, relu)
LOOPS_PLAN (hardtanh, hardtanh)
LOOP (hardtanh_i, int64_t, int64_t, hardtanh (plan, (double)x))
LOOPS_PLAN (leaky_relu, leaky_relu)
LOOPS_PLAN (elu, elu)
LOOPS_FLOAT (selu, selu)
LOOPS_PLAN (celu, celu)
LOOPS_PLAN (gelu, gelu)
LOOPS_COMPLEX (silu, silu)
LOOPS_FLOAT (mish, mish)
LOOPS_PLAN (softplus, softplus)
LOOPS_COMPLEX (softsign, softsign)
LOOPS_COMPLEX (tanhshrink, tanhshrink)
LOOPS_FLOAT (hardsigmoid, hardsigmoid)
LOOPS_FLOAT (hardswish, hardswish)
LOOPS_FLOAT (logsigmoid, logsigmoid)
LOOPS_PLAN (hardshrink, hardshrink)
LOOPS_PLAN (softshrink, softshrink)
LOOPS_PLAN (threshold, threshold)
LOOP (threshold_i, int64_t, int64_t, threshold (plan, (double)x))

/* ---- the table ------------------------------------------------------------------------------ */

#define FLOATS(name)                                                                               \
  {                                                                                                \
    NULL, NULL, NULL, name##_f, name##_d                                                           \
  }
#define INEXACT(name)                                                                              \
  {                                                                                                \
    NULL, NULL, NULL, name##_f, name##_d, name##_c                                                 \
  }
#define NUMBERS(name)                                                                              \
  {                                                                                                \
    NULL, name##_i, name##_u, name##_f, name##_d, name##_c                                         \
  }
#define TESTS(name, on_bool, on_integer)                                                           \
  {                                                                                                \
    on_bool, on_integer, on_integer, name##_f, name##_d, name##_c                                  \
  }

/* By carrier: bool, int64, uint64, float32, float64, complex128. */
static const ScopeElementwiseRun table[SCOPE_N_FUNCTIONS][6] = {
  [SCOPE_NEGATE] = NUMBERS (negate),
  [SCOPE_KEEP] = { keep_b, keep_i, keep_u, keep_f, keep_d, keep_c },
  [SCOPE_INVERT] = { invert_b, invert_i, invert_u },
  [SCOPE_ABSOLUTE] = { keep_b, absolute_i, absolute_u, absolute_f, absolute_d, absolute_c },
  [SCOPE_SIGN] = { keep_b, sign_i, sign_u, sign_f, sign_d, sign_c },
  [SCOPE_SQUARE] = NUMBERS (square),
  [SCOPE_FLOOR] = { NULL, keep_i, keep_u, floor_f, floor_d },
  [SCOPE_CEIL] = { NULL, keep_i, keep_u, ceil_f, ceil_d },
  [SCOPE_TRUNC] = { NULL, keep_i, keep_u, trunc_f, trunc_d },
  [SCOPE_ROUND] = { NULL, keep_i, keep_u, round_f, round_d, round_c },
  [SCOPE_ROUND_DECIMALS] = { NULL, round_decimals_i, round_decimals_u, round_decimals_f,
                             round_decimals_d, round_c },
  [SCOPE_FRAC] = FLOATS (frac),
  [SCOPE_EXP] = INEXACT (exp),
  [SCOPE_EXP2] = INEXACT (exp2),
  [SCOPE_EXPM1] = INEXACT (expm1),
  [SCOPE_LOG] = INEXACT (log),
  [SCOPE_LOG2] = INEXACT (log2),
  [SCOPE_LOG10] = INEXACT (log10),
  [SCOPE_LOG1P] = INEXACT (log1p),
  [SCOPE_SQRT] = INEXACT (sqrt),
  [SCOPE_RSQRT] = INEXACT (rsqrt),
  [SCOPE_CBRT] = FLOATS (cbrt),
  [SCOPE_RECIPROCAL] = NUMBERS (reciprocal),
  [SCOPE_SIN] = INEXACT (sin),
  [SCOPE_COS] = INEXACT (cos),
  [SCOPE_TAN] = INEXACT (tan),
  [SCOPE_ASIN] = INEXACT (asin),
  [SCOPE_ACOS] = INEXACT (acos),
  [SCOPE_ATAN] = INEXACT (atan),
  [SCOPE_SINH] = INEXACT (sinh),
  [SCOPE_COSH] = INEXACT (cosh),
  [SCOPE_TANH] = INEXACT (tanh),
  [SCOPE_ASINH] = INEXACT (asinh),
  [SCOPE_ACOSH] = INEXACT (acosh),
  [SCOPE_ATANH] = INEXACT (atanh),
  [SCOPE_SIGMOID] = INEXACT (sigmoid),
  [SCOPE_LOGIT] = FLOATS (logit),
  [SCOPE_ERF] = FLOATS (erf),
  [SCOPE_ERFC] = FLOATS (erfc),
  [SCOPE_LGAMMA] = FLOATS (lgamma),
  [SCOPE_DEG2RAD] = FLOATS (deg2rad),
  [SCOPE_RAD2DEG] = FLOATS (rad2deg),
  [SCOPE_IS_NAN] = TESTS (is_nan, never_b, never_i),
  [SCOPE_IS_INFINITE] = TESTS (is_infinite, never_b, never_i),
  [SCOPE_IS_FINITE] = TESTS (is_finite, always_b, always_i),
  [SCOPE_SIGN_BIT] = { never_b, sign_bit_i, never_i, sign_bit_f, sign_bit_d },
  [SCOPE_LOGICAL_NOT] = { logical_not_b, logical_not_i, logical_not_u, logical_not_f, logical_not_d,
                          logical_not_c },
  [SCOPE_NAN_TO_NUM] = { keep_b, keep_i, keep_u, nan_to_num_f, nan_to_num_d },
  [SCOPE_RELU] = { NULL, relu_i, relu_u, relu_f, relu_d },
  [SCOPE_HARDTANH] = { NULL, hardtanh_i, NULL, hardtanh_f, hardtanh_d },
  [SCOPE_LEAKY_RELU] = FLOATS (leaky_relu),
  [SCOPE_ELU] = FLOATS (elu),
  [SCOPE_SELU] = FLOATS (selu),
  [SCOPE_CELU] = FLOATS (celu),
  [SCOPE_GELU] = FLOATS (gelu),
  [SCOPE_SILU] = INEXACT (silu),
  [SCOPE_MISH] = FLOATS (mish),
  [SCOPE_SOFTPLUS] = FLOATS (softplus),
  [SCOPE_SOFTSIGN] = INEXACT (softsign),
  [SCOPE_TANHSHRINK] = INEXACT (tanhshrink),
  [SCOPE_HARDSIGMOID] = FLOATS (hardsigmoid),
  [SCOPE_HARDSWISH] = FLOATS (hardswish),
  [SCOPE_LOGSIGMOID] = FLOATS (logsigmoid),
  [SCOPE_HARDSHRINK] = FLOATS (hardshrink),
  [SCOPE_SOFTSHRINK] = FLOATS (softshrink),
  [SCOPE_THRESHOLD] = { NULL, threshold_i, NULL, threshold_f, threshold_d },
};

ScopeElementwiseRun
scope_function_run (ScopeFunction function, ScopeDtype loop)
{
  switch (scope_carrier (loop))
    {
    case SCOPE_BOOL:
      return table[function][0];
    case SCOPE_INT64:
      return table[function][1];
    case SCOPE_UINT64:
      return table[function][2];
    case SCOPE_FLOAT32:
      return table[function][3];
    case SCOPE_FLOAT64:
      return table[function][4];
    default:
      return table[function][5];
    }
}
