/* The rules of ONNX's Resize, after onnx/reference/ops/op_resize.py and docs/Operators.md. Elements
 * outside are the edge ones; the antialiased filters keep theirs there too, unlike PyTorch's. */
#include "core/resample-rules.h"

#include "core/checked.h"

#include <math.h>

/* Output elements per input element. */
static double
growth (const ScopeResampleAxis *axis)
{
  return axis->factor > 0 ? axis->factor : (double)axis->out / (double)axis->in;
}

static double
place (const ScopeResampleAxis *axis, int64_t output)
{
  double scale = growth (axis), in = (double)axis->in, out = scale * in, at = (double)output;
  if (axis->align_corners)
    return out == 1 ? 0 : at * (in - 1) / (out - 1);
  switch (axis->grid)
    {
    case SCOPE_GRID_ASYMMETRIC:
      return at / scale;
    case SCOPE_GRID_SYMMETRIC:
      return in / 2 * (1 - (double)axis->out / out) + (at + 0.5) / scale - 0.5;
    case SCOPE_GRID_PYTORCH:
      return out == 1 ? -0.5 : (at + 0.5) / scale - 0.5;
    case SCOPE_GRID_CROP:
      {
        double length = axis->crop_end - axis->crop_begin, begin = axis->crop_begin * (in - 1);
        return begin
               + (axis->out == 1 ? length * (in - 1) / 2
                                 : at * length * (in - 1) / ((double)axis->out - 1));
      }
    case SCOPE_GRID_HALF_PIXEL:
    default:
      return (at + 0.5) / scale - 0.5;
    }
}

/* The element left of the sample, and the distance to it in (0, 1]. */
static int64_t
left_element (const ScopeResampleAxis *axis, int64_t output, double *beyond)
{
  double at = place (axis, output), left = floor (at);
  if (at == left)
    left -= 1;
  *beyond = at - left;
  return left > -0x1p62 ? scope_resample_whole (left) : -(INT64_C (1) << 62);
}

static int64_t
nearest_element (const ScopeResampleAxis *axis, int64_t output)
{
  double beyond;
  int64_t left = left_element (axis, output, &beyond);
  bool right = beyond == 1 || axis->nearest == SCOPE_NEAREST_CEIL
               || (axis->nearest == SCOPE_NEAREST_HALF_DOWN && beyond > 0.5)
               || (axis->nearest == SCOPE_NEAREST_HALF_UP && beyond >= 0.5);
  return scope_min (scope_max (left + right, 0), axis->in - 1);
}

/* Taps left of the sample, as many as right of it. */
static int64_t
half_width (const ScopeResampleAxis *axis)
{
  double radius = axis->filter == SCOPE_FILTER_CUBIC ? 2 : 1;
  if (!axis->antialias)
    return (int64_t)radius;
  return -scope_resample_whole (floor (-radius / fmin (growth (axis), 1)));
}

static ScopeTaps
taps (const ScopeResampleAxis *axis, int64_t output)
{
  double beyond;
  if (scope_resample_copies (axis))
    return (ScopeTaps){ .first = nearest_element (axis, output), .count = 1, .step = 1 };
  int64_t half = half_width (axis), left = left_element (axis, output, &beyond);
  return (ScopeTaps){ .first = left + 1 - half, .count = 2 * half, .step = 1 };
}

static void
weights (const ScopeResampleAxis *axis, int64_t output, ScopeTaps taps_, double *weight)
{
  double beyond, total = 0, shrink = axis->antialias ? fmin (growth (axis), 1) : 1;
  int64_t left = left_element (axis, output, &beyond);
  weight[0] = 1;
  if (scope_resample_copies (axis))
    return;
  for (int64_t k = 0; k < taps_.count; k++)
    {
      int64_t element = taps_.first + k;
      double distance = ((double)(element - left) - beyond) * shrink;
      bool outside = axis->exclude_outside && (element < 0 || element >= axis->in);
      weight[k] = outside ? 0
                  : axis->filter == SCOPE_FILTER_CUBIC
                      ? scope_filter_cubic (distance, axis->cubic_a)
                      : fmax (1 - fabs (distance), 0);
      total += weight[k];
    }
  for (int64_t k = 0; (axis->antialias || axis->exclude_outside) && k < taps_.count; k++)
    weight[k] /= total;
}

static int64_t
most_taps (const ScopeResampleAxis *axis)
{
  return scope_resample_copies (axis) ? 1 : 2 * half_width (axis);
}

const ScopeResampleRules scope_rules_onnx = { place, taps, weights, most_taps };
