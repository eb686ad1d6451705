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

static inline guint32
color_of (const guint32 *color, int count, double place)
{
  if (!(place > 0))
    return isnan (place) ? SCOPE_COLOR_BAD : color[0];
  double index = place * count;
  return index >= count ? color[count - 1] : color[(int)index];
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

guint32
scope_color_scale_map (const ScopeColorScale *scale, double value)
{
  int colors;
  const guint32 *color = scope_palette_colors (scale->palette, &colors);
  Plan plan = make_plan (scale);
  return color_of (color, colors, place_of (&plan, plan.transform (value, plan.threshold)));
}

/* ---- many at once --------------------------------------------------------------------------- */

enum
{
  CHUNK = 256, /* values at once; a constant, so that the compiler unrolls the loops */
  MOST_COLORS = 512,
};

/* A palette with what is above and what has no place behind it. */
typedef struct
{
  guint32 color[MOST_COLORS + 2];
  double count;
} Table;

static void
make_table (const ScopeColorScale *scale, Table *table)
{
  int count;
  const guint32 *color = scope_palette_colors (scale->palette, &count);
  g_assert (count <= MOST_COLORS);
  memcpy (table->color, color, (gsize)count * sizeof *color);
  table->color[count] = color[count - 1];
  table->color[count + 1] = SCOPE_COLOR_BAD;
  table->count = count;
}

/* The places in the table of transformed values: the arithmetic of color_of, without branches. */
static void
find_places (const Plan *plan, const double *transformed, double count, gint32 *out)
{
  double factor = plan->factor, low = plan->low, range = plan->range;
  for (int i = 0; i < CHUNK; i++)
    {
      double at = (transformed[i] * factor - low) / range * count;
      at = at < 0 ? 0 : at;
      at = at > count ? count : at;
      at = at == at ? at : count + 1;
      out[i] = (gint32)at;
    }
}

/* Whether a value does not lie from low to high, NaN included. */
static gboolean
has_special (const double *value, double low, double high)
{
  int special = 0;
  for (int i = 0; i < CHUNK; i++)
    special |= !(value[i] >= low) | !(value[i] <= high);
  return special != 0;
}

static gboolean
map_chunk (const ScopeColorScale *scale,
           const Plan *plan,
           const Table *table,
           const double *value,
           guint32 *out)
{
  double transformed[CHUNK];
  gint32 place[CHUNK];
  const double *from = value;
  if (scale->norm != SCOPE_NORM_LINEAR)
    {
      for (int i = 0; i < CHUNK; i++)
        transformed[i] = plan->transform (value[i], plan->threshold);
      from = transformed;
    }
  find_places (plan, from, table->count, place);
  for (int i = 0; i < CHUNK; i++)
    out[i] = table->color[place[i]];
  return has_special (value, scale->low, scale->high);
}

/* A range of one value, whose place is 0. */
static gboolean
map_constant (const ScopeColorScale *scale, const double *value, gint64 count, guint32 *out)
{
  gboolean special = FALSE;
  for (gint64 i = 0; i < count; i++)
    {
      out[i] = scope_color_scale_map (scale, value[i]);
      special = special || !(value[i] >= scale->low && value[i] <= scale->high);
    }
  return special;
}

gboolean
scope_color_scale_map_row (const ScopeColorScale *scale,
                           const double *value,
                           gint64 count,
                           guint32 *out)
{
  Plan plan = make_plan (scale);
  Table table;
  gboolean special = FALSE;
  gint64 i = 0;
  if (plan.range == 0)
    return map_constant (scale, value, count, out);

  make_table (scale, &table);
  for (; i + CHUNK <= count; i += CHUNK)
    special |= map_chunk (scale, &plan, &table, value + i, out + i);
  if (i < count)
    {
      double rest[CHUNK];
      guint32 color[CHUNK];
      for (int k = 0; k < CHUNK; k++)
        rest[k] = value[i + k < count ? i + k : count - 1];
      special |= map_chunk (scale, &plan, &table, rest, color);
      memcpy (out + i, color, (gsize)(count - i) * sizeof *color);
    }
  return special;
}
