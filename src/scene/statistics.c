/* Statistics in one pass over pieces, and the line that tells them. */
#include "scene/statistics.h"

#include "core/checked.h"
#include "scene/number.h"

#include <math.h>
#include <string.h>

ScopeStatisticsSum
scope_statistics_begin (double factor)
{
  return (ScopeStatisticsSum){ .factor = factor, .min = NAN, .max = NAN, .min_positive = NAN };
}

/* ---- one piece ------------------------------------------------------------------------------ */

enum
{
  LANES = 2,    /* of a vector that every processor has */
  STEP = 4,     /* two vectors at once; the order of adding never depends on the processor */
  PIECE = 1024, /* stays in the fastest cache for the second pass */
};

typedef double Vector __attribute__ ((vector_size (LANES * sizeof (double))));
typedef int64_t Mask __attribute__ ((vector_size (LANES * sizeof (double))));

static inline Vector
load (const double *value)
{
  Vector vector;
  memcpy (&vector, value, sizeof vector);
  return vector;
}

/* a where the mask is set, else b */
static inline Vector
choose (Mask mask, Vector a, Vector b)
{
  return (Vector)((mask & (Mask)a) | (~mask & (Mask)b));
}

static inline Vector
spread (double value)
{
  return (Vector){ value, value };
}

/* A piece's finite values. */
typedef struct
{
  int64_t finite;
  double low, high, positive; /* ∓∞ and ∞ when there is none */
  double mean, squares;
} Piece;

static void
count_special (ScopeStatisticsSum *sum, double value)
{
  if (isnan (value))
    sum->nans++;
  else if (value > 0)
    sum->positive_infinities++;
  else
    sum->negative_infinities++;
}

/* Copies the finite values to `kept` and counts the others. */
static int64_t
keep_finite (ScopeStatisticsSum *sum, const double *value, int64_t count, double *kept)
{
  int64_t finite = 0;
  for (int64_t i = 0; i < count; i++)
    if (isfinite (value[i]))
      kept[finite++] = value[i];
    else
      count_special (sum, value[i]);
  return finite;
}

static bool
all_finite (const double *value, int64_t count)
{
  Mask bad = { 0, 0 };
  int64_t i = 0;
  for (; i + STEP <= count; i += STEP)
    {
      /* ∞ − ∞ and NaN are not equal to themselves. */
      Vector a = load (value + i), b = load (value + i + LANES);
      Vector zero = (a - a) + (b - b);
      bad |= zero != zero;
    }
  int64_t any = bad[0] | bad[1];
  for (; i < count; i++)
    any |= !isfinite (value[i]);
  return any == 0;
}

static double
sum_of (const double *value, int64_t count, double factor)
{
  Vector a = spread (0), b = spread (0);
  int64_t i = 0;
  for (; i + STEP <= count; i += STEP)
    {
      a += load (value + i) * factor;
      b += load (value + i + LANES) * factor;
    }
  for (; i < count; i++)
    a[0] += value[i] * factor;
  return (a[0] + a[1]) + (b[0] + b[1]);
}

/* Σ (x·factor − mean)² */
static double
squares_of (const double *value, int64_t count, double factor, double mean)
{
  Vector a = spread (0), b = spread (0);
  int64_t i = 0;
  for (; i + STEP <= count; i += STEP)
    {
      Vector p = load (value + i) * factor - mean;
      Vector q = load (value + i + LANES) * factor - mean;
      a += p * p;
      b += q * q;
    }
  for (; i < count; i++)
    {
      double away = value[i] * factor - mean;
      a[0] += away * away;
    }
  return (a[0] + a[1]) + (b[0] + b[1]);
}

static void
find_extremes (const double *value, int64_t count, Piece *piece)
{
  const Vector none = spread (INFINITY);
  Vector low = none, high = -none, positive = none;
  int64_t i = 0;
  for (; i + LANES <= count; i += LANES)
    {
      Vector x = load (value + i), above = choose (x > 0, x, none);
      low = choose (x < low, x, low);
      high = choose (x > high, x, high);
      positive = choose (above < positive, above, positive);
    }
  piece->low = fmin (low[0], low[1]);
  piece->high = fmax (high[0], high[1]);
  piece->positive = fmin (positive[0], positive[1]);
  for (; i < count; i++)
    {
      piece->low = fmin (piece->low, value[i]);
      piece->high = fmax (piece->high, value[i]);
      if (value[i] > 0)
        piece->positive = fmin (piece->positive, value[i]);
    }
}

/* ---- pieces together ------------------------------------------------------------------------ */

static void
merge (ScopeStatisticsSum *sum, const Piece *piece)
{
  double before = (double)sum->finite, more = (double)piece->finite, all = before + more;
  double apart = piece->mean - sum->mean;
  sum->min = fmin (sum->min, piece->low);
  sum->max = fmax (sum->max, piece->high);
  if (isfinite (piece->positive))
    sum->min_positive = fmin (sum->min_positive, piece->positive);
  sum->mean += apart * (more / all);
  sum->squares += piece->squares + apart * apart * (before * more / all);
  sum->finite += piece->finite;
}

static void
add_piece (ScopeStatisticsSum *sum, const double *value, int64_t count)
{
  double kept[PIECE];
  Piece piece = { .finite = count };
  if (!all_finite (value, count))
    {
      piece.finite = keep_finite (sum, value, count, kept);
      value = kept;
    }
  sum->count += count;
  if (piece.finite == 0)
    return;
  find_extremes (value, piece.finite, &piece);
  piece.mean = sum_of (value, piece.finite, sum->factor) / (double)piece.finite;
  piece.squares = squares_of (value, piece.finite, sum->factor, piece.mean);
  merge (sum, &piece);
}

void
scope_statistics_add (ScopeStatisticsSum *sum, const double *value, int64_t count)
{
  for (int64_t i = 0; i < count; i += PIECE)
    add_piece (sum, value + i, scope_min (PIECE, count - i));
}

bool
scope_statistics_overflows (const ScopeStatisticsSum *sum)
{
  return !isfinite (sum->mean) || !isfinite (sum->squares);
}

ScopeStatistics
scope_statistics_end (const ScopeStatisticsSum *sum)
{
  bool none = sum->finite == 0;
  double deviation = none ? NAN : sqrt (sum->squares / (double)sum->finite) / sum->factor;
  return (ScopeStatistics){
    .count = sum->count,
    .nans = sum->nans,
    .positive_infinities = sum->positive_infinities,
    .negative_infinities = sum->negative_infinities,
    .min = sum->min,
    .max = sum->max,
    .min_positive = sum->min_positive,
    .mean = none ? NAN : sum->mean / sum->factor,
    .deviation = deviation,
  };
}

/* ---- the line ------------------------------------------------------------------------------- */

static void
print_value (double value, ScopeText *out)
{
  scope_number_print (value, 4, 1e12, out);
}

static void
print_special (int64_t count, const char *name, ScopeText *out)
{
  if (count == 1)
    scope_text_printf (out, " %s!", name);
  else if (count > 1)
    scope_text_printf (out, " %s!×%lld", name, (long long)count);
}

void
scope_statistics_print (const ScopeStatistics *statistics, const ScopeShape *shape, ScopeText *out)
{
  scope_text_append (out, "tensor");
  scope_shape_print (shape, SCOPE_SHAPE_LIST, out);
  scope_text_printf (out, " n=%lld", (long long)statistics->count);

  int64_t special =
      statistics->nans + statistics->positive_infinities + statistics->negative_infinities;
  int64_t finite = statistics->count - special;
  if (finite == 1)
    {
      scope_text_append (out, " x=");
      print_value (statistics->min, out);
    }
  else if (finite > 1)
    {
      scope_text_append (out, " x∈[");
      print_value (statistics->min, out);
      scope_text_append (out, ", ");
      print_value (statistics->max, out);
      scope_text_append (out, "] μ=");
      print_value (statistics->mean, out);
      scope_text_append (out, " σ=");
      print_value (statistics->deviation, out);
    }
  print_special (statistics->nans, "nan", out);
  print_special (statistics->positive_infinities, "+inf", out);
  print_special (statistics->negative_infinities, "-inf", out);
}
