/* Normalising and looking up, with matplotlib's arithmetic. */
#include "paint/color-scale.h"

#include "paint/palette.h"
#include "scene/sample.h"

#include <math.h>
#include <string.h>

static ScopePalette
choose_palette (const ScopeView *view, const ScopeStatistics *statistics)
{
  if (view->palette != SCOPE_PALETTE_AUTO)
    return view->palette;
  gboolean both = statistics->min < 0 && statistics->max > 0;
  return both && view->norm != SCOPE_NORM_LOG ? SCOPE_PALETTE_DIVERGING : SCOPE_PALETTE_VIRIDIS;
}

/* A logarithm needs a range above 0. */
static void
make_positive (ScopeColorScale *scale, const ScopeStatistics *statistics)
{
  if (scale->low <= 0)
    scale->low = statistics->min_positive;
  if (!(scale->high > 0 && scale->low <= scale->high))
    {
      scale->low = 1;
      scale->high = 10;
    }
}

/* What mean ± 3σ or percentiles leave of the range; never beyond the values there are. */
static void
find_range (ScopeColorScale *scale,
            const ScopeView *view,
            const ScopeStatistics *statistics,
            const double *sample,
            gint64 samples)
{
  scale->low = statistics->min;
  scale->high = statistics->max;
  if (view->range == SCOPE_RANGE_DEVIATION && isfinite (statistics->deviation))
    {
      scale->low = fmax (scale->low, statistics->mean - 3 * statistics->deviation);
      scale->high = fmin (scale->high, statistics->mean + 3 * statistics->deviation);
    }
  else if (view->range == SCOPE_RANGE_PERCENTILE && samples > 0)
    {
      scale->low = scope_quantile (sample, samples, 0.01);
      scale->high = scope_quantile (sample, samples, 0.99);
    }
}

static void
choose_range (ScopeColorScale *scale,
              const ScopeView *view,
              const ScopeStatistics *statistics,
              const double *sample,
              gint64 samples)
{
  if (view->range == SCOPE_RANGE_MANUAL && isfinite (view->low) && isfinite (view->high))
    {
      scale->low = fmin (view->low, view->high);
      scale->high = fmax (view->low, view->high);
      return;
    }
  if (isnan (statistics->min))
    {
      scale->high = 1;
      return;
    }
  find_range (scale, view, statistics, sample, samples);
  if (scale->palette == SCOPE_PALETTE_DIVERGING && scale->norm != SCOPE_NORM_LOG)
    {
      scale->high = fmax (fabs (scale->low), fabs (scale->high));
      scale->low = -scale->high;
    }
}

ScopeColorScale
scope_color_scale_sampled (const ScopeView *view,
                           const ScopeStatistics *statistics,
                           const double *sample,
                           gint64 samples)
{
  ScopeColorScale scale = { .norm = view->norm, .palette = choose_palette (view, statistics) };
  choose_range (&scale, view, statistics, sample, samples);
  if (scale.norm == SCOPE_NORM_LOG)
    make_positive (&scale, statistics);
  if (scale.norm == SCOPE_NORM_SYMLOG)
    {
      scale.threshold = fmax (fabs (scale.low), fabs (scale.high)) / 1000;
      if (scale.threshold == 0)
        scale.norm = SCOPE_NORM_LINEAR;
    }
  double least = scale.norm == SCOPE_NORM_LOG ? statistics->min_positive : statistics->min;
  scale.under = statistics->negative_infinities > 0 || least < scale.low;
  scale.over = statistics->positive_infinities > 0 || statistics->max > scale.high;
  return scale;
}

ScopeColorScale
scope_color_scale (const ScopeView *view, const ScopeStatistics *statistics)
{
  return scope_color_scale_sampled (view, statistics, NULL, 0);
}

/* matplotlib's SymmetricalLogTransform of base 10 and linscale 1. */
static double
symlog (double value, double threshold)
{
  const double adjustment = 1.0 / (1.0 - 1.0 / 10.0), log_base = log (10);
  double magnitude = fabs (value);
  if (magnitude <= threshold)
    return value * adjustment;
  return copysign (threshold * (adjustment + log (magnitude / threshold) / log_base), value);
}

static double
inverse_symlog (double value, double threshold)
{
  const double adjustment = 1.0 / (1.0 - 1.0 / 10.0);
  double magnitude = fabs (value);
  if (magnitude <= threshold * adjustment)
    return value / adjustment;
  return copysign (threshold * pow (10, magnitude / threshold - adjustment), value);
}

/* A norm as a function that is applied to low, high and the value, and then linear. */
typedef double (*Transform) (double value, double threshold);

static double
linear_transform (double value, double threshold)
{
  return value;
}

static double
log_transform (double value, double threshold)
{
  return value > 0 ? log10 (value) : NAN;
}

static Transform
transform_of (ScopeNorm norm)
{
  return norm == SCOPE_NORM_LOG      ? log_transform
         : norm == SCOPE_NORM_SYMLOG ? symlog
                                     : linear_transform;
}

/* The ends of the range once transformed. A range wider than the largest double is halved, with
 * the values, so that it stays finite. */
typedef struct
{
  Transform transform;
  double threshold, low, range, factor;
} Plan;

static Plan
make_plan (const ScopeColorScale *scale)
{
  Plan plan = { .transform = transform_of (scale->norm),
                .threshold = scale->threshold,
                .factor = 1 };
  plan.low = plan.transform (scale->low, scale->threshold);
  double high = plan.transform (scale->high, scale->threshold);
  if (!isfinite (high - plan.low))
    {
      plan.factor = 0.5;
      plan.low *= 0.5;
      high *= 0.5;
    }
  plan.range = high - plan.low;
  return plan;
}

static inline double
place_of (const Plan *plan, double transformed)
{
  if (plan->range == 0)
    return isnan (transformed) ? NAN : 0;
  return (transformed * plan->factor - plan->low) / plan->range;
}

/* The number of a place's color; −1 where there is no place. */
static inline int
color_at (double place, int count)
{
  if (!(place > 0))
    return isnan (place) ? -1 : 0;
  double index = place * count;
  return index >= count ? count - 1 : (int)index;
}

double
scope_color_scale_place (const ScopeColorScale *scale, double value)
{
  Plan plan = make_plan (scale);
  return place_of (&plan, plan.transform (value, plan.threshold));
}

double
scope_color_scale_value (const ScopeColorScale *scale, double place)
{
  Plan plan = make_plan (scale);
  double transformed = (plan.low + place * plan.range) / plan.factor;
  if (scale->norm == SCOPE_NORM_LOG)
    return pow (10, transformed);
  return scale->norm == SCOPE_NORM_SYMLOG ? inverse_symlog (transformed, scale->threshold)
                                          : transformed;
}

static inline int
color_of (const Plan *plan, double value, int count)
{
  return color_at (place_of (plan, plan->transform (value, plan->threshold)), count);
}

guint32
scope_color_scale_map (const ScopeColorScale *scale, double value)
{
  int colors;
  const guint32 *color = scope_palette_colors (scale->palette, &colors);
  Plan plan = make_plan (scale);
  int found = color_of (&plan, value, colors);
  return found < 0 ? SCOPE_COLOR_BAD : color[found];
}

/* ---- many at once --------------------------------------------------------------------------- */

/* Numbers that are ordered as doubles are, neighbours one apart. */
static gint64
key_of (double value)
{
  gint64 bits;
  memcpy (&bits, &value, sizeof bits);
  return bits >= 0 ? bits : -(bits & G_MAXINT64);
}

static double
value_of (gint64 key)
{
  gint64 bits = key >= 0 ? key : -key;
  double value;
  memcpy (&value, &bits, sizeof value);
  return key >= 0 ? value : -value;
}

/* The smallest value that has `color` or a higher one, looked for from a guess on in growing steps:
 * colors never fall while values grow. */
static double
first_of (const Plan *plan, int color, int count, double guess)
{
  const gint64 least = key_of (-INFINITY), most = key_of (INFINITY), longest = G_MAXINT64 / 16;
  gint64 above = CLAMP (key_of (guess), least, most), below = above;
  for (gint64 step = 1; below > least && color_of (plan, value_of (below), count) >= color;
       step = MIN (2 * step, longest))
    {
      above = below;
      below = below < least + step ? least : below - step;
    }
  for (gint64 step = 1; above < most && color_of (plan, value_of (above), count) < color;
       step = MIN (2 * step, longest))
    {
      below = above;
      above = above > most - step ? most : above + step;
    }
  while (above - below > 1)
    {
      gint64 middle = below + (above - below) / 2;
      if (color_of (plan, value_of (middle), count) >= color)
        above = middle;
      else
        below = middle;
    }
  return value_of (above);
}

/* The norm of a value once more, in terms of the logarithm to base 2, for a quick guess. */
static void
set_guess (const ScopeColorScale *scale, const Plan *plan, int count, ScopeRaster *raster)
{
  const double adjustment = 1.0 / (1.0 - 1.0 / 10.0);
  raster->logarithmic = scale->norm != SCOPE_NORM_LINEAR;
  raster->threshold = raster->slope = raster->base = 0;
  if (scale->norm == SCOPE_NORM_SYMLOG)
    {
      raster->threshold = scale->threshold;
      raster->slope = adjustment / (scale->threshold * log10 (2));
      raster->base = adjustment / log10 (2) - log2 (scale->threshold);
    }
  /* Transformed values times this are what the logarithm to base 2 gives. */
  double factor = scale->norm == SCOPE_NORM_SYMLOG ? 1 / (scale->threshold * log10 (2))
                  : scale->norm == SCOPE_NORM_LOG  ? 1 / log10 (2)
                                                   : 1;
  raster->origin = scale->norm == SCOPE_NORM_LINEAR ? scale->low : plan->low * factor;
  raster->scale = plan->range > 0 ? count / plan->range * plan->factor / factor : 0;
}

void
scope_color_scale_raster (const ScopeColorScale *scale, ScopeRaster *raster)
{
  Plan plan = make_plan (scale);
  int count;
  const guint32 *color = scope_palette_colors (scale->palette, &count);
  g_assert (count <= SCOPE_RASTER_COLORS);
  raster->colors = count;
  memcpy (raster->color, color, (gsize)count * sizeof *color);
  raster->bad = SCOPE_COLOR_BAD;
  raster->least = scale->norm == SCOPE_NORM_LOG ? value_of (1) : -INFINITY;
  raster->low = scale->low;
  raster->high = scale->high;
  set_guess (scale, &plan, count, raster);
  for (int k = 1; k < count; k++)
    raster->first[k] =
        plan.range > 0
            ? first_of (&plan, k, count, scope_color_scale_value (scale, (double)k / count))
            : NAN;
  scope_raster_prepare (raster);
}
