/* Statistics in one pass over pieces, and the line that tells them. */
#include "scene/statistics.h"

#include "core/checked.h"
#include "scene/number.h"

#include <math.h>
#include <string.h>

ScopeStatisticsSum
scope_statistics_begin (double factor)
{
  return (ScopeStatisticsSum){
    .kernels = scope_scan_kernels (), .factor = factor, .min = NAN, .max = NAN, .min_positive = NAN
  };
}

/* ---- one piece ------------------------------------------------------------------------------ */

enum
{
  PIECE = 1024, /* stays in the fastest cache for the second pass */
};

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
  const ScopeScanKernels *kernels = sum->kernels;
  double kept[PIECE];
  Piece piece = { .finite = count };
  ScopeScan scan = kernels->scan (value, count, sum->factor);
  /* Also when finite ones are too large to be added. */
  if (!isfinite (scan.sum))
    {
      piece.finite = keep_finite (sum, value, count, kept);
      value = kept;
      scan = kernels->scan (value, piece.finite, sum->factor);
    }
  sum->count += count;
  if (piece.finite == 0)
    return;
  piece.low = scan.low;
  piece.high = scan.high;
  piece.positive = scan.low > 0     ? scan.low
                   : scan.high <= 0 ? (double)INFINITY
                                    : kernels->least_positive (value, piece.finite);
  piece.mean = scan.sum / (double)piece.finite;
  piece.squares = kernels->squares (value, piece.finite, sum->factor, piece.mean);
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
