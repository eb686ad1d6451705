/* Statistics in one pass over pieces, and the line that tells them. */
#include "scene/statistics.h"

#include "scene/number.h"

#include <math.h>

ScopeStatisticsSum
scope_statistics_begin (double factor)
{
  return (ScopeStatisticsSum){ .factor = factor, .min = NAN, .max = NAN, .min_positive = NAN };
}

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

void
scope_statistics_add (ScopeStatisticsSum *sum, const double *value, int64_t count)
{
  double low = INFINITY, high = -INFINITY, positive = INFINITY, total = 0;
  int64_t finite = 0;
  for (int64_t i = 0; i < count; i++)
    {
      double x = value[i];
      if (!isfinite (x))
        {
          count_special (sum, x);
          continue;
        }
      finite++;
      low = x < low ? x : low;
      high = x > high ? x : high;
      positive = x > 0 && x < positive ? x : positive;
      total += x * sum->factor;
    }
  sum->count += count;
  if (finite == 0)
    return;

  double mean = total / (double)finite, squares = 0;
  for (int64_t i = 0; i < count; i++)
    if (isfinite (value[i]))
      {
        double away = value[i] * sum->factor - mean;
        squares += away * away;
      }

  sum->min = fmin (sum->min, low);
  sum->max = fmax (sum->max, high);
  if (isfinite (positive))
    sum->min_positive = fmin (sum->min_positive, positive);
  double before = (double)sum->finite, all = before + (double)finite;
  double apart = mean - sum->mean;
  sum->mean += apart * ((double)finite / all);
  sum->squares += squares + apart * apart * (before * (double)finite / all);
  sum->finite += finite;
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
