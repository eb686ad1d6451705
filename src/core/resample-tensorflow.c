/* TensorFlow's two- and four-tap rules, after core/kernels/image (image_resizer_state.h,
 * resize_bilinear_op.cc, resize_bicubic_op.cc, resize_nearest_neighbor_op.cc). Coordinates are
 * floats; cubic weights come from a table of 1024 steps. Its windows are the same as PyTorch's. */
#include "core/resample-rules.h"

#include "core/checked.h"

#include <math.h>

enum
{
  STEPS = 1024
};

static float
scale_of (const ScopeResampleAxis *axis)
{
  if (axis->align_corners && axis->out > 1)
    return (float)(axis->in - 1) / (float)(axis->out - 1);
  return (float)axis->in / (float)axis->out;
}

static double
place (const ScopeResampleAxis *axis, int64_t output)
{
  float scale = scale_of (axis);
  if (axis->grid == SCOPE_GRID_HALF_PIXEL && !axis->align_corners)
    return (double)(((float)output + 0.5f) * scale
                    - (axis->filter == SCOPE_FILTER_NEAREST ? 0 : 0.5f));
  return (double)((float)output * scale);
}

static int64_t
nearest_element (const ScopeResampleAxis *axis, int64_t output)
{
  float at = (float)place (axis, output);
  at = axis->align_corners ? roundf (at) : floorf (at);
  return scope_min (scope_max (scope_resample_whole ((double)at), 0), axis->in - 1);
}

static ScopeTaps
taps (const ScopeResampleAxis *axis, int64_t output)
{
  if (scope_resample_copies (axis))
    return (ScopeTaps){ .first = nearest_element (axis, output), .count = 1, .step = 1 };
  int64_t left = scope_resample_whole (floor (place (axis, output)));
  if (axis->filter == SCOPE_FILTER_CUBIC)
    return (ScopeTaps){ .first = left - 1, .count = 4, .step = 1 };
  return (ScopeTaps){ .first = left, .count = 2, .step = 1 };
}

/* The table's entries at `step`: the weights 0…1 and 1…2 elements away. */
static double
table_weight (double a, long step, bool far)
{
  float x = (float)((double)step / STEPS);
  if (!far)
    return (double)(float)(((a + 2) * (double)x - (a + 3)) * (double)x * (double)x + 1);
  x += 1;
  return (double)(float)(((a * (double)x - 5 * a) * (double)x + 8 * a) * (double)x - 4 * a);
}

static void
cubic_weights (const ScopeResampleAxis *axis, int64_t output, ScopeTaps taps_, double *weight)
{
  bool keys = axis->grid == SCOPE_GRID_HALF_PIXEL && !axis->align_corners;
  double a = keys ? -0.5 : -0.75;
  float at = (float)place (axis, output);
  long step = lrintf ((at - floorf (at)) * STEPS);
  float total = 0;
  for (int k = 0; k < 4; k++)
    {
      int64_t element = taps_.first + k;
      bool outside = element < 0 || element >= axis->in;
      weight[k] =
          keys && outside ? 0 : table_weight (a, k < 2 ? step : STEPS - step, k == 0 || k == 3);
      total += (float)weight[k];
    }
  for (int k = 0; keys && fabsf (total) > 1e-30f && k < 4; k++)
    weight[k] = (double)((float)weight[k] / total);
}

static void
weights (const ScopeResampleAxis *axis, int64_t output, ScopeTaps taps_, double *weight)
{
  if (axis->filter == SCOPE_FILTER_CUBIC)
    {
      cubic_weights (axis, output, taps_, weight);
      return;
    }
  float at = (float)place (axis, output), beyond = at - floorf (at);
  weight[0] = scope_resample_copies (axis) ? 1 : (double)(1 - beyond);
  if (!scope_resample_copies (axis))
    weight[1] = (double)beyond;
}

static int64_t
most_taps (const ScopeResampleAxis *axis)
{
  return scope_resample_copies (axis) ? 1 : axis->filter == SCOPE_FILTER_CUBIC ? 4 : 2;
}

const ScopeResampleRules scope_rules_tensorflow = { place, taps, weights, most_taps };
