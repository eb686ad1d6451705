/* Taking elements into a reduction, and its result. Floats are added with compensation (Neumaier
 * 1974) in double, so that the order of the blocks does not show. */
#include "ops/reduce-step.h"

#include <math.h>
#include <string.h>

typedef ScopeReduceState State;
typedef ScopeReduce Plan;

typedef struct
{
  double real, imaginary;
} Complex;

ScopeDtype
scope_reduce_carrier (ScopeDtype cast)
{
  switch (scope_dtype_kind (cast))
    {
    case SCOPE_KIND_COMPLEX:
      return SCOPE_COMPLEX128;
    case SCOPE_KIND_FLOAT:
      return SCOPE_FLOAT64;
    case SCOPE_KIND_UNSIGNED:
      return SCOPE_UINT64;
    default:
      return SCOPE_INT64;
    }
}

/* ---- sums ------------------------------------------------------------------------------------ */

static inline void
add_compensated (double *sum, double *small, double value)
{
  double total = *sum + value;
  if (isfinite (total))
    *small += fabs (*sum) >= fabs (value) ? (*sum - total) + value : (value - total) + *sum;
  *sum = total;
}

/* Some numbers side by side. */
enum
{
  LANES = 8,
  PAIRS = LANES / 2,
};
typedef double Lanes __attribute__ ((vector_size (LANES * sizeof (double))));
typedef double Pair __attribute__ ((vector_size (2 * sizeof (double))));
typedef int64_t PairMask __attribute__ ((vector_size (2 * sizeof (int64_t))));

/* Whole vectors of numbers as sums that do not wait for each other, each compensated without a
 * branch (Knuth's two-sum); returns how many were taken. */
static int64_t
sum_lanes (State *state, const double *value, int64_t count)
{
  Lanes sum = { 0 }, small = { 0 };
  int64_t i = 0;
  for (; i + LANES <= count; i += LANES)
    {
      Lanes next;
      memcpy (&next, value + i, sizeof next);
      Lanes total = sum + next, back = total - sum;
      small += (sum - (total - back)) + (next - back);
      sum = total;
    }
  for (int l = 0; l < LANES && i > 0; l++)
    {
      add_compensated (&state->real, &state->small, sum[l]);
      if (isfinite (sum[l]) && isfinite (small[l]))
        state->small += small[l];
    }
  state->seen += i;
  return i;
}

static void
sum_real (State *state, const Plan *plan, const void *element, int64_t count, int64_t first)
{
  const double *value = element;
  int64_t done = !plan->skip_nan && count >= 4 * LANES ? sum_lanes (state, value, count) : 0;
  for (int64_t i = done; i < count; i++)
    {
      if (plan->skip_nan && isnan (value[i]))
        continue;
      add_compensated (&state->real, &state->small, value[i]);
      state->seen++;
    }
}

static void
sum_complex (State *state, const Plan *plan, const void *element, int64_t count, int64_t first)
{
  const Complex *value = element;
  for (int64_t i = 0; i < count; i++)
    {
      if (plan->skip_nan && (isnan (value[i].real) || isnan (value[i].imaginary)))
        continue;
      add_compensated (&state->real, &state->small, value[i].real);
      add_compensated (&state->imaginary, &state->small_too, value[i].imaginary);
      state->seen++;
    }
}

static void
sum_integer (State *state, const Plan *plan, const void *element, int64_t count, int64_t first)
{
  const uint64_t *value = element;
  uint64_t sum = (uint64_t)state->integer;
  for (int64_t i = 0; i < count; i++)
    sum += value[i];
  state->integer = (int64_t)sum;
  state->seen += count;
}

/* ---- products -------------------------------------------------------------------------------- */

static void
prod_real (State *state, const Plan *plan, const void *element, int64_t count, int64_t first)
{
  const double *value = element;
  double product = state->seen > 0 ? state->real : 1;
  for (int64_t i = 0; i < count; i++)
    if (!plan->skip_nan || !isnan (value[i]))
      product *= value[i];
  state->real = product;
  state->seen += count;
}

static void
prod_complex (State *state, const Plan *plan, const void *element, int64_t count, int64_t first)
{
  const Complex *value = element;
  Complex product = { state->seen > 0 ? state->real : 1, state->imaginary };
  for (int64_t i = 0; i < count; i++)
    product = (Complex){ product.real * value[i].real - product.imaginary * value[i].imaginary,
                         product.real * value[i].imaginary + product.imaginary * value[i].real };
  state->real = product.real;
  state->imaginary = product.imaginary;
  state->seen += count;
}

static void
prod_integer (State *state, const Plan *plan, const void *element, int64_t count, int64_t first)
{
  const uint64_t *value = element;
  uint64_t product = state->seen > 0 ? (uint64_t)state->integer : 1;
  for (int64_t i = 0; i < count; i++)
    product *= value[i];
  state->integer = (int64_t)product;
  state->seen += count;
}

/* ---- extremes -------------------------------------------------------------------------------- */

/* The first extreme and its place; a NaN is more extreme than anything. */
#define EXTREME(name, type, member, better, is_nan)                                                \
  static void name (State *state, const Plan *plan, const void *element, int64_t count,            \
                    int64_t first)                                                                 \
  {                                                                                                \
    const type *value = element;                                                                   \
    for (int64_t i = 0; i < count; i++)                                                            \
      {                                                                                            \
        type best;                                                                                 \
        memcpy (&best, &state->member, sizeof best);                                               \
        bool nan = is_nan (value[i]);                                                              \
        if (nan && plan->skip_nan)                                                                 \
          continue;                                                                                \
        if (state->seen == 0 || (nan && !is_nan (best)) || (better && !is_nan (best)))             \
          {                                                                                        \
            memcpy (&state->member, &value[i], sizeof best);                                       \
            state->place = first + i;                                                              \
          }                                                                                        \
        state->seen++;                                                                             \
      }                                                                                            \
  }

/* The first place of `extreme` when every number is on its side of it; −1 when there is a NaN. */
static int64_t
place_of (const double *value, int64_t count, double extreme)
{
  if (isnan (extreme))
    return -1;
  for (int64_t i = 0; i < count; i++)
    if (value[i] == extreme)
      return i;
  return -1;
}

/* The place of the first extreme of numbers without a NaN; −1 when there is one. Vectors are those
 * that every processor has, several so that comparisons do not wait for each other. */
#define PLACE_OF_EXTREME(name, better)                                                             \
  static int64_t name (const double *value, int64_t count)                                         \
  {                                                                                                \
    Pair best[PAIRS];                                                                              \
    PairMask nan = { 0 };                                                                          \
    memcpy (best, value, sizeof best);                                                             \
    int64_t i = 0;                                                                                 \
    for (; i + LANES <= count; i += LANES)                                                         \
      for (int k = 0; k < PAIRS; k++)                                                              \
        {                                                                                          \
          Pair a, b = best[k];                                                                     \
          memcpy (&a, value + i + 2 * k, sizeof a);                                                \
          PairMask is = better;                                                                    \
          nan |= a != a;                                                                           \
          best[k] = (Pair)(((PairMask)a & is) | ((PairMask)b & ~is));                              \
        }                                                                                          \
    double extreme = best[0][0];                                                                   \
    for (int k = 0; k < LANES; k++)                                                                \
      {                                                                                            \
        double a = best[k / 2][k % 2], b = extreme;                                                \
        extreme = better ? a : b;                                                                  \
      }                                                                                            \
    bool none = nan[0] == 0 && nan[1] == 0;                                                        \
    for (; i < count; i++)                                                                         \
      {                                                                                            \
        double a = value[i], b = extreme;                                                          \
        none = none && !isnan (a);                                                                 \
        extreme = better ? a : b;                                                                  \
      }                                                                                            \
    return none ? place_of (value, count, extreme) : -1;                                           \
  }

PLACE_OF_EXTREME (place_of_greatest, a > b)
PLACE_OF_EXTREME (place_of_least, a < b)

#define NEVER(value)       false
#define NAN_COMPLEX(value) (isnan ((value).real) || isnan ((value).imaginary))
/* NumPy orders complex numbers by their real parts first. */
#define ABOVE(a, b) ((a).real > (b).real || ((a).real == (b).real && (a).imaginary > (b).imaginary))

EXTREME (max_each, double, real, value[i] > best, isnan)
EXTREME (min_each, double, real, value[i] < best, isnan)
/* Of many numbers only the one that counts is compared. */
#define EXTREME_REAL(name, each, place_of_it)                                                      \
  static void name (State *state, const Plan *plan, const void *element, int64_t count,            \
                    int64_t first)                                                                 \
  {                                                                                                \
    int64_t place = count < 4 * LANES ? -1 : place_of_it (element, count);                         \
    if (place < 0)                                                                                 \
      {                                                                                            \
        each (state, plan, element, count, first);                                                 \
        return;                                                                                    \
      }                                                                                            \
    each (state, plan, (const double *)element + place, 1, first + place);                         \
    state->seen += count - 1;                                                                      \
  }

EXTREME_REAL (max_real, max_each, place_of_greatest)
EXTREME_REAL (min_real, min_each, place_of_least)
EXTREME (max_signed, int64_t, integer, value[i] > best, NEVER)
EXTREME (min_signed, int64_t, integer, value[i] < best, NEVER)
EXTREME (max_unsigned, uint64_t, integer, value[i] > best, NEVER)
EXTREME (min_unsigned, uint64_t, integer, value[i] < best, NEVER)

#define EXTREME_COMPLEX(name, better)                                                              \
  static void name (State *state, const Plan *plan, const void *element, int64_t count,            \
                    int64_t first)                                                                 \
  {                                                                                                \
    const Complex *value = element;                                                                \
    for (int64_t i = 0; i < count; i++)                                                            \
      {                                                                                            \
        Complex best = { state->real, state->imaginary };                                          \
        if (plan->skip_nan && NAN_COMPLEX (value[i]))                                              \
          continue;                                                                                \
        if (state->seen == 0 || (!NAN_COMPLEX (best) && (NAN_COMPLEX (value[i]) || (better))))     \
          {                                                                                        \
            state->real = value[i].real;                                                           \
            state->imaginary = value[i].imaginary;                                                 \
            state->place = first + i;                                                              \
          }                                                                                        \
        state->seen++;                                                                             \
      }                                                                                            \
  }

EXTREME_COMPLEX (max_complex, ABOVE (value[i], best))
EXTREME_COMPLEX (min_complex, ABOVE (best, value[i]))

static void
ptp_real (State *state, const Plan *plan, const void *element, int64_t count, int64_t first)
{
  State low = { .seen = state->seen, .real = state->other };
  min_real (&low, plan, element, count, first);
  max_real (state, plan, element, count, first);
  state->other = low.real;
}

static void
ptp_complex (State *state, const Plan *plan, const void *element, int64_t count, int64_t first)
{
  State low = { .seen = state->seen, .real = state->other, .imaginary = state->small };
  min_complex (&low, plan, element, count, first);
  max_complex (state, plan, element, count, first);
  state->other = low.real;
  state->small = low.imaginary;
}

#define PTP_INTEGER(name, high, low_step)                                                          \
  static void name (State *state, const Plan *plan, const void *element, int64_t count,            \
                    int64_t first)                                                                 \
  {                                                                                                \
    State low = { .seen = state->seen, .integer = state->integer_too };                            \
    low_step (&low, plan, element, count, first);                                                  \
    high (state, plan, element, count, first);                                                     \
    state->integer_too = low.integer;                                                              \
  }
PTP_INTEGER (ptp_signed, max_signed, min_signed)
PTP_INTEGER (ptp_unsigned, max_unsigned, min_unsigned)

/* ---- truth ----------------------------------------------------------------------------------- */

#define COUNT(name, type, is_zero)                                                                 \
  static void name (State *state, const Plan *plan, const void *element, int64_t count,            \
                    int64_t first)                                                                 \
  {                                                                                                \
    const type *value = element;                                                                   \
    for (int64_t i = 0; i < count; i++)                                                            \
      state->integer += !(is_zero);                                                                \
    state->seen += count;                                                                          \
  }

COUNT (count_real, double, value[i] == 0)
COUNT (count_integer, int64_t, value[i] == 0)
COUNT (count_complex, Complex, value[i].real == 0 && value[i].imaginary == 0)

/* ---- spread ---------------------------------------------------------------------------------- */

/* Mean and sum of squared distances of `count` numbers joined to those seen so far (Chan, Golub,
 * LeVeque 1979). */
static void
join_spread (const double *value,
             int64_t count,
             int step,
             int64_t seen,
             double *mean,
             double *squares)
{
  double sum = 0, small = 0, local = 0;
  for (int64_t i = 0; i < count; i++)
    add_compensated (&sum, &small, value[i * step]);
  double middle = (sum + small) / (double)count;
  for (int64_t i = 0; i < count; i++)
    local += (value[i * step] - middle) * (value[i * step] - middle);
  double total = (double)(seen + count), distance = middle - *mean;
  *squares += local;
  if (seen > 0)
    *squares += distance * distance * ((double)seen * (double)count / total);
  *mean = seen > 0 ? *mean + distance * ((double)count / total) : middle;
}

static void
spread_real (State *state, const Plan *plan, const void *element, int64_t count, int64_t first)
{
  const double *value = element;
  if (!plan->skip_nan)
    {
      join_spread (value, count, 1, state->seen, &state->real, &state->small);
      state->seen += count;
      return;
    }
  for (int64_t i = 0; i < count; i++)
    if (!isnan (value[i]))
      join_spread (&value[i], 1, 1, state->seen++, &state->real, &state->small);
}

static void
spread_complex (State *state, const Plan *plan, const void *element, int64_t count, int64_t first)
{
  const double *value = element;
  join_spread (value, count, 2, state->seen, &state->real, &state->small);
  join_spread (value + 1, count, 2, state->seen, &state->imaginary, &state->small_too);
  state->seen += count;
}

/* ---- norms and exponentials --------------------------------------------------------------------
 */

static inline void
add_to_norm (State *state, double p, double size)
{
  if (isinf (p))
    {
      bool better = p > 0 ? size > state->real : size < state->real;
      if (state->seen == 0 || isnan (size) || (better && !isnan (state->real)))
        state->real = size;
    }
  else if (p == 0)
    state->real += size != 0;
  else
    add_compensated (&state->real, &state->small,
                     p == 1   ? size
                     : p == 2 ? size * size
                              : pow (size, p));
  state->seen++;
}

static void
norm_real (State *state, const Plan *plan, const void *element, int64_t count, int64_t first)
{
  const double *value = element;
  for (int64_t i = 0; i < count; i++)
    add_to_norm (state, plan->parameter, fabs (value[i]));
}

static void
norm_complex (State *state, const Plan *plan, const void *element, int64_t count, int64_t first)
{
  const Complex *value = element;
  for (int64_t i = 0; i < count; i++)
    add_to_norm (state, plan->parameter, hypot (value[i].real, value[i].imaginary));
}

/* state->other is the greatest so far, state->real the sum of exp (x − greatest). */
static void
logsumexp_real (State *state, const Plan *plan, const void *element, int64_t count, int64_t first)
{
  const double *value = element;
  for (int64_t i = 0; i < count; i++)
    {
      double x = plan->negative ? -value[i] : value[i];
      if (state->seen++ == 0)
        state->other = -INFINITY;
      if (x == state->other && !isinf (x))
        state->real += 1;
      else if (x == INFINITY || x > state->other)
        {
          state->real = x == INFINITY ? 1 : state->real * exp (state->other - x) + 1;
          state->other = x;
        }
      else if (x != -INFINITY && state->other != INFINITY)
        state->real += exp (x - state->other);
      else if (isnan (x))
        state->real = x;
    }
}

/* ---- the tables ------------------------------------------------------------------------------ */

enum
{
  REAL,
  SIGNED,
  UNSIGNED,
  COMPLEX,
  N_CARRIERS
};

static const ScopeReduceStep steps[SCOPE_N_REDUCTIONS][N_CARRIERS] = {
  [SCOPE_REDUCE_SUM] = { sum_real, sum_integer, sum_integer, sum_complex },
  [SCOPE_REDUCE_MEAN] = { sum_real, sum_integer, sum_integer, sum_complex },
  [SCOPE_REDUCE_PROD] = { prod_real, prod_integer, prod_integer, prod_complex },
  [SCOPE_REDUCE_MAX] = { max_real, max_signed, max_unsigned, max_complex },
  [SCOPE_REDUCE_MIN] = { min_real, min_signed, min_unsigned, min_complex },
  [SCOPE_REDUCE_ARGMAX] = { max_real, max_signed, max_unsigned, max_complex },
  [SCOPE_REDUCE_ARGMIN] = { min_real, min_signed, min_unsigned, min_complex },
  [SCOPE_REDUCE_ALL] = { count_real, count_integer, count_integer, count_complex },
  [SCOPE_REDUCE_ANY] = { count_real, count_integer, count_integer, count_complex },
  [SCOPE_REDUCE_COUNT] = { count_real, count_integer, count_integer, count_complex },
  [SCOPE_REDUCE_VAR] = { spread_real, NULL, NULL, spread_complex },
  [SCOPE_REDUCE_STD] = { spread_real, NULL, NULL, spread_complex },
  [SCOPE_REDUCE_NORM] = { norm_real, NULL, NULL, norm_complex },
  [SCOPE_REDUCE_LOGSUMEXP] = { logsumexp_real, NULL, NULL, NULL },
  [SCOPE_REDUCE_PTP] = { ptp_real, ptp_signed, ptp_unsigned, ptp_complex },
};

ScopeReduceStep
scope_reduce_step (ScopeReduction kind, ScopeDtype carrier)
{
  int column = carrier == SCOPE_FLOAT64  ? REAL
               : carrier == SCOPE_INT64  ? SIGNED
               : carrier == SCOPE_UINT64 ? UNSIGNED
                                         : COMPLEX;
  return steps[kind][column];
}

/* ---- the result ------------------------------------------------------------------------------ */

static void
store_real (ScopeDtype dtype, void *out, double value)
{
  scope_dtype_store (dtype, out, SCOPE_KIND_FLOAT, (ScopeNumber){ .f = value });
}

static void
store_integer (ScopeDtype dtype, void *out, ScopeDtype carrier, int64_t value)
{
  ScopeKind kind = carrier == SCOPE_UINT64 ? SCOPE_KIND_UNSIGNED : SCOPE_KIND_SIGNED;
  scope_dtype_store (dtype, out, kind, (ScopeNumber){ .i = value });
}

static void
store_complex (ScopeDtype dtype, void *out, double real, double imaginary)
{
  scope_dtype_store (dtype, out, SCOPE_KIND_COMPLEX,
                     (ScopeNumber){ .f = real, .imaginary = imaginary });
}

/* A sum as the type it was added up in holds it: integers wrap, small floats overflow. */
static double
as_held (ScopeDtype cast, ScopeKind kind, ScopeNumber sum)
{
  unsigned char element[16];
  if (scope_dtype_kind (cast) == SCOPE_KIND_COMPLEX)
    return sum.f;
  scope_dtype_store (cast, element, kind, sum);
  ScopeNumber held = scope_dtype_load (cast, element);
  switch (scope_dtype_kind (cast))
    {
    case SCOPE_KIND_FLOAT:
      return held.f;
    case SCOPE_KIND_SIGNED:
      return (double)held.i;
    default:
      return (double)held.u;
    }
}

static double
as_half (double value)
{
  return as_held (SCOPE_FLOAT16, SCOPE_KIND_FLOAT, (ScopeNumber){ .f = value });
}

static double
norm_of (const State *state, const Plan *plan)
{
  double p = plan->parameter;
  if (state->seen == 0)
    return plan->none;
  if (isinf (p))
    return state->real;
  double sum = isfinite (state->real) ? state->real + state->small : state->real;
  if (plan->rounds_sum)
    sum = as_held (plan->cast, SCOPE_KIND_FLOAT, (ScopeNumber){ .f = sum });
  return p == 0 || p == 1 ? sum : p == 2 ? sqrt (sum) : pow (sum, 1 / p);
}

static double
spread_of (const State *state, const Plan *plan, bool root)
{
  double freedom = (double)state->seen - plan->parameter;
  double share = freedom > 0 ? freedom : 0;
  double variance = (state->small + state->small_too) / share;
  if (plan->apart)
    variance = state->small / share + state->small_too / share;
  if (plan->half_steps)
    {
      double sum = as_half (state->real * (double)state->seen);
      variance = as_half ((isfinite (sum) ? as_half (state->small) : INFINITY) / share);
    }
  if (state->seen == 0 || (plan->skip_nan && freedom <= 0))
    variance = NAN;
  return root ? sqrt (variance) : variance;
}

static void
finish_mean (const State *state,
             const Plan *plan,
             ScopeDtype carrier,
             double real,
             double imaginary,
             ScopeDtype dtype,
             void *out)
{
  double share = (double)state->seen;
  if (carrier == SCOPE_COMPLEX128)
    store_complex (dtype, out, real / share, imaginary / share);
  else if (carrier == SCOPE_FLOAT64)
    store_real (dtype, out,
                (plan->rounds_sum
                     ? as_held (plan->cast, SCOPE_KIND_FLOAT, (ScopeNumber){ .f = real })
                     : real)
                    / share);
  else
    store_real (dtype, out,
                as_held (plan->cast,
                         carrier == SCOPE_UINT64 ? SCOPE_KIND_UNSIGNED : SCOPE_KIND_SIGNED,
                         (ScopeNumber){ .i = state->integer })
                    / share);
}

static void
finish_sum (const State *state,
            const Plan *plan,
            ScopeReduction kind,
            ScopeDtype carrier,
            ScopeDtype dtype,
            void *out)
{
  double real = isfinite (state->real) ? state->real + state->small : state->real;
  double imaginary =
      isfinite (state->imaginary) ? state->imaginary + state->small_too : state->imaginary;
  if (kind == SCOPE_REDUCE_MEAN)
    finish_mean (state, plan, carrier, real, imaginary, dtype, out);
  else if (carrier == SCOPE_FLOAT64)
    store_real (dtype, out, real);
  else if (carrier == SCOPE_COMPLEX128)
    store_complex (dtype, out, real, imaginary);
  else
    store_integer (dtype, out, carrier, state->integer);
}

/* A number as the carrier holds it: products and extremes. */
static void
finish_value (const State *state, ScopeDtype carrier, ScopeDtype dtype, double none, void *out)
{
  if (carrier == SCOPE_FLOAT64)
    store_real (dtype, out, state->seen > 0 ? state->real : none);
  else if (carrier == SCOPE_COMPLEX128)
    store_complex (dtype, out, state->seen > 0 ? state->real : none, state->imaginary);
  else
    store_integer (dtype, out, carrier, state->seen > 0 ? state->integer : (int64_t)none);
}

void
scope_reduce_finish (const ScopeReduceState *state,
                     const ScopeReduce *plan,
                     ScopeReduction kind,
                     ScopeDtype carrier,
                     int64_t total,
                     ScopeDtype dtype,
                     void *out)
{
  switch (kind)
    {
    case SCOPE_REDUCE_SUM:
    case SCOPE_REDUCE_MEAN:
      finish_sum (state, plan, kind, carrier, dtype, out);
      break;
    case SCOPE_REDUCE_PROD:
      finish_value (state, carrier, dtype, 1, out);
      break;
    case SCOPE_REDUCE_MAX:
    case SCOPE_REDUCE_MIN:
      finish_value (state, carrier, dtype, carrier == SCOPE_FLOAT64 ? NAN : 0, out);
      break;
    case SCOPE_REDUCE_ARGMAX:
    case SCOPE_REDUCE_ARGMIN:
      store_integer (dtype, out, SCOPE_INT64, state->place);
      break;
    case SCOPE_REDUCE_ALL:
      store_integer (dtype, out, SCOPE_INT64, state->integer == total);
      break;
    case SCOPE_REDUCE_ANY:
      store_integer (dtype, out, SCOPE_INT64, state->integer > 0);
      break;
    case SCOPE_REDUCE_COUNT:
      store_integer (dtype, out, SCOPE_INT64, state->integer);
      break;
    case SCOPE_REDUCE_VAR:
    case SCOPE_REDUCE_STD:
      store_real (dtype, out, spread_of (state, plan, kind == SCOPE_REDUCE_STD));
      break;
    case SCOPE_REDUCE_NORM:
      store_real (dtype, out, norm_of (state, plan));
      break;
    case SCOPE_REDUCE_LOGSUMEXP:
      store_real (dtype, out, state->seen == 0 ? -INFINITY : state->other + log (state->real));
      break;
    case SCOPE_REDUCE_PTP:
      if (carrier == SCOPE_FLOAT64)
        store_real (dtype, out, state->real - state->other);
      else if (carrier == SCOPE_COMPLEX128)
        store_complex (dtype, out, state->real - state->other, state->imaginary - state->small);
      else
        store_integer (dtype, out, carrier,
                       (int64_t)((uint64_t)state->integer - (uint64_t)state->integer_too));
      break;
    case SCOPE_N_REDUCTIONS:
      break;
    }
}
