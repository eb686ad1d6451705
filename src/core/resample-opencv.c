/* OpenCV's rules, after modules/imgproc/src/resize.cpp of 4.6. Elements outside are the edge ones
 * (but for AREA, which has none); nothing widens when shrinking but AREA. */
#include "core/resample-rules.h"

#include "core/checked.h"

#include <math.h>

/* The ratio as given, or of the sizes; OpenCV divides by the other way round's. */
static double
growth (const ScopeResampleAxis *axis)
{
  return axis->factor > 0 ? axis->factor : (double)axis->out / (double)axis->in;
}

static double
place (const ScopeResampleAxis *axis, int64_t output)
{
  double scale = 1 / growth (axis);
  if (axis->filter == SCOPE_FILTER_NEAREST)
    return scale * (double)output;
  return (double)(float)(((double)output + 0.5) * scale - 0.5);
}

/* INTER_NEAREST_EXACT: 16 bits behind the point. */
static int64_t
exact_element (const ScopeResampleAxis *axis, int64_t output)
{
  typedef __int128 Wide;
  Wide step = (((Wide)axis->in << 16) + axis->out / 2) / axis->out;
  Wide first = step / 2 - 1;
  return (int64_t)((step * output + first) >> 16);
}

/* The two elements that AREA blends when the picture grows. */
static int64_t
cell_element (const ScopeResampleAxis *axis, int64_t output, double *beyond)
{
  double scale = 1 / growth (axis);
  double element = floor ((double)output * scale);
  float rest = (float)(((double)output + 1) - (element + 1) * growth (axis));
  *beyond = rest <= 0 ? 0 : (double)(rest - floorf (rest));
  return scope_resample_whole (element);
}

/* The element left of the sample and how far the sample lies beyond it. */
static int64_t
left_element (const ScopeResampleAxis *axis, int64_t output, double *beyond)
{
  if (axis->filter == SCOPE_FILTER_BOX)
    return cell_element (axis, output, beyond);
  float at = (float)place (axis, output);
  float element = floorf (at);
  *beyond = (double)(at - element);
  return scope_resample_whole ((double)element);
}

/* AREA that shrinks: the elements [first, last) wholly inside, and those cut before and after. */
typedef struct
{
  double begin, end, width;
  int64_t first, last;
  bool before, after;
} Cell;

static Cell
cell_of (const ScopeResampleAxis *axis, int64_t output)
{
  double scale = 1 / growth (axis);
  Cell cell = { .begin = (double)output * scale };
  cell.end = cell.begin + scale;
  cell.width = fmin (scale, (double)axis->in - cell.begin);
  cell.last = scope_min (scope_resample_whole (floor (cell.end)), axis->in - 1);
  cell.first = scope_min (scope_resample_whole (ceil (cell.begin)), cell.last);
  cell.before = (double)cell.first - cell.begin > 1e-3;
  cell.after = cell.end - (double)cell.last > 1e-3;
  return cell;
}

static bool
averages (const ScopeResampleAxis *axis)
{
  return axis->filter == SCOPE_FILTER_BOX && !axis->grows;
}

static ScopeTaps
taps (const ScopeResampleAxis *axis, int64_t output)
{
  double beyond;
  if (averages (axis))
    {
      Cell cell = cell_of (axis, output);
      int64_t first = cell.first - cell.before, last = cell.last + cell.after;
      return (ScopeTaps){ .first = first, .count = scope_max (last - first, 1), .step = 1 };
    }
  switch (axis->filter)
    {
    case SCOPE_FILTER_NEAREST:
      return (ScopeTaps){ .first = scope_min (scope_resample_whole (floor (place (axis, output))),
                                              axis->in - 1),
                          .count = 1,
                          .step = 1 };
    case SCOPE_FILTER_NEAREST_EXACT:
      return (ScopeTaps){ .first = scope_min (exact_element (axis, output), axis->in - 1),
                          .count = 1,
                          .step = 1 };
    case SCOPE_FILTER_CUBIC:
      return (
          ScopeTaps){ .first = left_element (axis, output, &beyond) - 1, .count = 4, .step = 1 };
    case SCOPE_FILTER_LANCZOS4:
      return (
          ScopeTaps){ .first = left_element (axis, output, &beyond) - 3, .count = 8, .step = 1 };
    default:
      return (ScopeTaps){ .first = left_element (axis, output, &beyond), .count = 2, .step = 1 };
    }
}

/* interpolateCubic, A = −0.75. */
static void
cubic_weights (float x, double *weight)
{
  const float a = -0.75f;
  float y = 1 - x;
  float w0 = ((a * (x + 1) - 5 * a) * (x + 1) + 8 * a) * (x + 1) - 4 * a;
  float w1 = ((a + 2) * x - (a + 3)) * x * x + 1;
  float w2 = ((a + 2) * y - (a + 3)) * y * y + 1;
  weight[0] = (double)w0;
  weight[1] = (double)w1;
  weight[2] = (double)w2;
  weight[3] = (double)(1.0f - w0 - w1 - w2);
}

/* interpolateLanczos4. */
static void
lanczos_weights (float x, double *weight)
{
  const double s = 0.70710678118654752440084436210485;
  const double quarter = 3.14159265358979323846 * 0.25;
  const double turn[8][2] = { { 1, 0 },  { -s, -s }, { 0, 1 },  { s, -s },
                              { -1, 0 }, { s, s },   { 0, -1 }, { -s, s } };
  double angle = -((double)x + 3) * quarter, sine = sin (angle), cosine = cos (angle);
  float sum = 0, value[8];
  for (int k = 0; k < 8; k++)
    {
      float distance = x + 3 - (float)k;
      double y = -(double)distance * quarter;
      value[k] = fabsf (distance) < 1e-6f
                     ? 1e30f /* the others vanish beside it */
                     : (float)((turn[k][0] * sine + turn[k][1] * cosine) / (y * y));
      sum += value[k];
    }
  sum = 1 / sum;
  for (int k = 0; k < 8; k++)
    weight[k] = (double)(value[k] * sum);
}

static void
cell_weights (const ScopeResampleAxis *axis, int64_t output, ScopeTaps taps_, double *weight)
{
  Cell cell = cell_of (axis, output);
  for (int64_t k = 0; k < taps_.count; k++)
    weight[k] = (double)(float)(1 / cell.width);
  if (cell.before)
    weight[0] = (double)(float)(((double)cell.first - cell.begin) / cell.width);
  if (cell.after)
    weight[taps_.count - 1] =
        (double)(float)(fmin (fmin (cell.end - (double)cell.last, 1), cell.width) / cell.width);
}

static void
weights (const ScopeResampleAxis *axis, int64_t output, ScopeTaps taps_, double *weight)
{
  double beyond = 0;
  if (scope_resample_copies (axis))
    {
      weight[0] = 1;
      return;
    }
  if (averages (axis))
    {
      cell_weights (axis, output, taps_, weight);
      return;
    }
  left_element (axis, output, &beyond);
  if (axis->filter == SCOPE_FILTER_CUBIC)
    cubic_weights ((float)beyond, weight);
  else if (axis->filter == SCOPE_FILTER_LANCZOS4)
    lanczos_weights ((float)beyond, weight);
  else
    {
      weight[0] = (double)(1.0f - (float)beyond);
      weight[1] = beyond;
    }
}

static int64_t
most_taps (const ScopeResampleAxis *axis)
{
  if (averages (axis))
    return scope_min (scope_resample_whole (1 / growth (axis)) + 3, axis->in + 1);
  return axis->filter == SCOPE_FILTER_CUBIC      ? 4
         : axis->filter == SCOPE_FILTER_LANCZOS4 ? 8
         : scope_resample_copies (axis)          ? 1
                                                 : 2;
}

const ScopeResampleRules scope_rules_opencv = { place, taps, weights, most_taps };
