/* Pillow's rules, after src/libImaging/Resample.c and Geometry.c of 9.4: windows that widen when
 * shrinking, everything in double. Windows that no library has for tensors follow the same rules,
 * and may keep their width or align corners. */
#include "core/resample-rules.h"

#include "core/checked.h"

#include <math.h>

enum
{
  ADDED_OUTPUTS = 8192 /* above, coordinates are multiplied instead of added up */
};

static double
scale_of (const ScopeResampleAxis *axis)
{
  if (axis->align_corners)
    return axis->out > 1 ? (double)(axis->in - 1) / (double)(axis->out - 1) : 0;
  return axis->factor > 0 ? 1 / axis->factor : (double)axis->in / (double)axis->out;
}

/* The middle of an output, where element i begins at i. */
static double
center_of (const ScopeResampleAxis *axis, int64_t output)
{
  if (axis->align_corners)
    return (double)output * scale_of (axis) + 0.5;
  return ((double)output + 0.5) * scale_of (axis);
}

/* How many elements wide one of the filter is. */
static double
width_of (const ScopeResampleAxis *axis)
{
  return axis->fixed_width ? 1 : fmax (scale_of (axis), 1);
}

/* NEAREST adds the scale up from output to output; where that may end on the other side of an
 * element's edge than a product, it is added up here too. */
static double
nearest_place (const ScopeResampleAxis *axis, int64_t output)
{
  double scale = scale_of (axis), place = scale * ((double)output + 0.5);
  if (fabs (place - rint (place)) > 1e-9 * (double)axis->in || output > ADDED_OUTPUTS)
    return place;
  place = scale * 0.5;
  for (int64_t i = 0; i < output; i++)
    place += scale;
  return place;
}

static double
place (const ScopeResampleAxis *axis, int64_t output)
{
  if (axis->filter == SCOPE_FILTER_NEAREST)
    return nearest_place (axis, output);
  return center_of (axis, output) - 0.5;
}

static double
support_of (const ScopeResampleAxis *axis)
{
  return scope_filter_radius (axis->filter) * width_of (axis);
}

static ScopeTaps
taps (const ScopeResampleAxis *axis, int64_t output)
{
  if (axis->filter == SCOPE_FILTER_NEAREST)
    {
      int64_t element = scope_resample_whole (nearest_place (axis, output));
      return (ScopeTaps){ .first = scope_min (element, axis->in - 1), .count = 1, .step = 1 };
    }
  double center = center_of (axis, output), support = support_of (axis);
  int64_t first = scope_resample_whole (center - support + 0.5);
  first = scope_min (scope_max (first, 0), axis->in - 1);
  int64_t last = scope_min (scope_resample_whole (center + support + 0.5), axis->in);
  return (ScopeTaps){ .first = first, .count = scope_max (last - first, 1), .step = 1 };
}

static void
weights (const ScopeResampleAxis *axis, int64_t output, ScopeTaps taps_, double *weight)
{
  double center = center_of (axis, output), total = 0;
  double inverse = 1 / width_of (axis);
  weight[0] = 1;
  if (axis->filter == SCOPE_FILTER_NEAREST)
    return;
  for (int64_t k = 0; k < taps_.count; k++)
    {
      double distance = ((double)(k + taps_.first) - center + 0.5) * inverse;
      weight[k] = scope_filter_at (axis->filter, distance);
      total += weight[k];
    }
  for (int64_t k = 0; total != 0 && k < taps_.count; k++)
    weight[k] /= total;
}

static int64_t
most_taps (const ScopeResampleAxis *axis)
{
  if (axis->filter == SCOPE_FILTER_NEAREST)
    return 1;
  return scope_min (2 * scope_resample_whole (ceil (support_of (axis))) + 1, axis->in);
}

const ScopeResampleRules scope_rules_pillow = { place, taps, weights, most_taps };
