/* The rule of one resampled axis: which elements an output comes from, and their weights. PyTorch's
 * rules and the windows that others share stand here, other libraries' in files of their own.
 *
 * Follows ATen/native/cpu/UpSampleKernel.cpp and UpSample.h of PyTorch 1.13 (and, where
 * SCOPE_COORDINATES_TORCH_2 asks for it, of 2.x) operation by operation, because coordinates that
 * are rounded elsewhere land on other elements. */
#include "core/resample-rules.h"

#include "core/checked.h"

#include <assert.h>
#include <math.h>

/* A value as the axis's arithmetic holds it. */
static double
rounded (ScopeArithmetic arithmetic, double value)
{
  switch (arithmetic)
    {
    case SCOPE_ARITHMETIC_FLOAT64:
    case SCOPE_ARITHMETIC_WHOLE:
      return value;
    case SCOPE_ARITHMETIC_BYTES:
      return round (value * 0x1p22) * 0x1p-22;
    case SCOPE_ARITHMETIC_BFLOAT16:
      return (double)scope_bfloat16_to_float (scope_bfloat16_from_double ((double)(float)value));
    case SCOPE_ARITHMETIC_FLOAT16:
      return (double)scope_float16_to_float (scope_float16_from_double ((double)(float)value));
    case SCOPE_ARITHMETIC_FLOAT32:
    default:
      return (double)(float)value;
    }
}

/* Input elements per output element. */
static double
axis_scale (const ScopeResampleAxis *axis)
{
  ScopeArithmetic arithmetic = axis->arithmetic;
  double in = (double)axis->in, out = (double)axis->out;
  if (axis->align_corners)
    {
      in -= 1;
      out -= 1;
      if (axis->out <= 1)
        return 0;
    }
  else if (axis->factor > 0)
    {
      return rounded (arithmetic, 1.0 / axis->factor);
    }
  return rounded (arithmetic, rounded (arithmetic, in) / rounded (arithmetic, out));
}

/* Where the middle of an output lies between the input's elements. */
static double
source_coordinate (const ScopeResampleAxis *axis, int64_t output)
{
  double scale = axis_scale (axis);
  if (axis->coordinates == SCOPE_COORDINATES_TORCH_2
      && axis->arithmetic != SCOPE_ARITHMETIC_FLOAT64)
    {
      float narrow = (float)scale;
      if (axis->align_corners)
        return (double)(narrow * (float)output);
      return (double)(narrow * ((float)output + 0.5f) - 0.5f);
    }
  double place =
      axis->align_corners ? scale * (double)output : fma (scale, (double)output + 0.5, -0.5);
  if (axis->arithmetic == SCOPE_ARITHMETIC_BFLOAT16)
    return (double)(float)place;
  return place;
}

/* torch narrows before it floors. */
static int64_t
floor_narrow (double value)
{
  return scope_resample_whole ((double)floorf ((float)value));
}

static int64_t
nearest_element (const ScopeResampleAxis *axis, int64_t output)
{
  int64_t element;
  if (axis->shortcut && axis->filter == SCOPE_FILTER_NEAREST && axis->out == axis->in)
    return output;
  if (axis->shortcut && axis->filter == SCOPE_FILTER_NEAREST && axis->out / 2 == axis->in
      && axis->out % 2 == 0)
    return output >> 1;

  ScopeResampleAxis plain = *axis;
  plain.align_corners = false;
  if (axis->filter == SCOPE_FILTER_NEAREST)
    element = floor_narrow (axis_scale (&plain) * (double)output);
  else
    element = floor_narrow (fmax (source_coordinate (&plain, output), 0) + 0.5);
  return scope_min (element, axis->in - 1);
}

/* LINEAR and CUBIC without antialiasing: the element left of the sample, and how far the sample
 * lies beyond it. */
static int64_t
left_element (const ScopeResampleAxis *axis, int64_t output, double *beyond)
{
  double place = source_coordinate (axis, output);
  bool linear = axis->filter == SCOPE_FILTER_LINEAR;
  if (linear)
    place = fmax (place, 0);
  int64_t element = linear && axis->coordinates == SCOPE_COORDINATES_TORCH_1
                        ? scope_resample_whole (place)
                        : floor_narrow (place);
  if (axis->coordinates == SCOPE_COORDINATES_TORCH_2)
    element = scope_min (element, axis->in - 1);
  double rest = place - (double)element;
  if (axis->coordinates == SCOPE_COORDINATES_TORCH_2)
    rest = fmin (fmax (rest, 0), 1);
  *beyond = rounded (axis->arithmetic, rest);
  return element;
}

/* ---- windows -------------------------------------------------------------------------------- */

static bool
is_window (const ScopeResampleAxis *axis)
{
  return axis->antialias || axis->filter >= SCOPE_FILTER_LANCZOS3
         || (axis->coordinates == SCOPE_COORDINATES_PILLOW && !scope_resample_copies (axis));
}

typedef struct
{
  double center, support, inverse; /* rounded to the arithmetic */
} Window;

static Window
window_at (const ScopeResampleAxis *axis, int64_t output)
{
  ScopeArithmetic arithmetic = axis->arithmetic;
  double scale = axis_scale (axis);
  double radius = scope_filter_radius (axis->filter);
  bool widens = scale >= 1 && !axis->fixed_width;
  return (Window){
    .center = rounded (arithmetic, scale * ((double)output + 0.5)),
    .support = rounded (arithmetic, widens ? radius * scale : radius),
    .inverse = rounded (arithmetic, widens ? 1.0 / scale : 1.0),
  };
}

static ScopeTaps
window_taps (const ScopeResampleAxis *axis, int64_t output)
{
  ScopeArithmetic arithmetic = axis->arithmetic;
  Window window = window_at (axis, output);
  double low = rounded (arithmetic, window.center - window.support) + 0.5;
  double high = rounded (arithmetic, window.center + window.support) + 0.5;
  int64_t begin = scope_min (scope_max (scope_resample_whole (low), 0), axis->in - 1);
  int64_t end = scope_min (scope_resample_whole (high), axis->in);
  int64_t count = scope_max (end - begin, 1);
  if (axis->coordinates == SCOPE_COORDINATES_TORCH_2)
    count = scope_min (count, 2 * (int64_t)ceilf ((float)window.support) + 1);
  return (ScopeTaps){ .first = begin, .count = count, .step = 1 };
}

static void
window_weights (const ScopeResampleAxis *axis, int64_t output, ScopeTaps taps, double *weight)
{
  ScopeArithmetic arithmetic = axis->arithmetic;
  Window window = window_at (axis, output);
  double total = 0;
  for (int64_t k = 0; k < taps.count; k++)
    {
      double element = rounded (arithmetic, (double)(k + taps.first));
      double from_center = rounded (arithmetic, element - window.center) + 0.5;
      double x = rounded (arithmetic, from_center * window.inverse);
      weight[k] = rounded (arithmetic, scope_filter_at (axis->filter, x));
      total = rounded (arithmetic, total + weight[k]);
    }
  for (int64_t k = 0; total != 0 && k < taps.count; k++)
    weight[k] = rounded (arithmetic, weight[k] / total);
}

/* ---- cubic ---------------------------------------------------------------------------------- */

/* a·b + c rounded once, as the compiler contracted torch's kernels; the half types have no such
 * instruction and round twice. */
static double
multiply_add (ScopeArithmetic arithmetic, double a, double b, double c)
{
  switch (arithmetic)
    {
    case SCOPE_ARITHMETIC_FLOAT32:
      return (double)fmaf ((float)a, (float)b, (float)c);
    case SCOPE_ARITHMETIC_FLOAT64:
    case SCOPE_ARITHMETIC_WHOLE:
    case SCOPE_ARITHMETIC_BYTES:
      return fma (a, b, c);
    case SCOPE_ARITHMETIC_BFLOAT16:
    case SCOPE_ARITHMETIC_FLOAT16:
    default:
      return rounded (arithmetic, rounded (arithmetic, a * b) + c);
    }
}

/* Keys' cubic with A = −0.75 at distances x < 1 and 1 ≤ x < 2. */
static double
cubic_near (ScopeArithmetic arithmetic, double x)
{
  double inner = rounded (arithmetic, multiply_add (arithmetic, 1.25, x, -2.25) * x);
  return multiply_add (arithmetic, inner, x, 1);
}

static double
cubic_far (ScopeArithmetic arithmetic, double x)
{
  double inner = multiply_add (arithmetic, -0.75, x, 3.75);
  inner = multiply_add (arithmetic, inner, x, -6);
  return multiply_add (arithmetic, inner, x, 3);
}

static void
cubic_weights (ScopeArithmetic arithmetic, double beyond, double weight[4])
{
  double rest = rounded (arithmetic, 1 - beyond);
  weight[0] = cubic_far (arithmetic, rounded (arithmetic, beyond + 1));
  weight[1] = cubic_near (arithmetic, beyond);
  weight[2] = cubic_near (arithmetic, rest);
  weight[3] = cubic_far (arithmetic, rounded (arithmetic, rest + 1));
}

/* ---- all ------------------------------------------------------------------------------------ */

static ScopeTaps
area_taps (const ScopeResampleAxis *axis, int64_t output)
{
  typedef unsigned __int128 Wide;
  Wide in = (Wide)axis->in, out = (Wide)axis->out, at = (Wide)output;
  int64_t begin = (int64_t)(at * in / out);
  int64_t end = (int64_t)(((at + 1) * in + out - 1) / out);
  return (ScopeTaps){ .first = begin, .count = end - begin, .step = 1 };
}

/* The elements that an output's cell touches, with TensorFlow's rounding of the cell's ends. */
static ScopeTaps
box_taps (const ScopeResampleAxis *axis, int64_t output)
{
  double scale = axis_scale (axis);
  double begin = rounded (axis->arithmetic, scale * (double)output);
  double end = rounded (axis->arithmetic, scale * (double)(output + 1));
  int64_t first = scope_min (scope_resample_whole (floor (begin)), axis->in - 1);
  int64_t last = scope_min (scope_resample_whole (ceil (end)), axis->in);
  return (ScopeTaps){ .first = first, .count = scope_max (last - first, 1), .step = 1 };
}

static void
box_weights (const ScopeResampleAxis *axis, int64_t output, ScopeTaps taps, double *weight)
{
  double scale = axis_scale (axis);
  double begin = rounded (axis->arithmetic, scale * (double)output);
  double end = rounded (axis->arithmetic, scale * (double)(output + 1));
  for (int64_t k = 0; k < taps.count; k++)
    {
      double low = fmax (begin, (double)(taps.first + k));
      double high = fmin (end, (double)(taps.first + k + 1));
      weight[k] = rounded (axis->arithmetic, fmax (high - low, 0) / scale);
    }
}

/* NULL: the rules of this file. */
static const ScopeResampleRules *
rules_of (const ScopeResampleAxis *axis)
{
  switch (axis->coordinates)
    {
    case SCOPE_COORDINATES_OPENCV:
      return &scope_rules_opencv;
    case SCOPE_COORDINATES_PILLOW:
      return &scope_rules_pillow;
    case SCOPE_COORDINATES_TENSORFLOW:
      return &scope_rules_tensorflow;
    case SCOPE_COORDINATES_ONNX:
      return &scope_rules_onnx;
    case SCOPE_COORDINATES_TORCH_1:
    case SCOPE_COORDINATES_TORCH_2:
    default:
      return NULL;
    }
}

ScopeTaps
scope_resample_taps (const ScopeResampleAxis *axis, int64_t output)
{
  assert (axis->in >= 1 && axis->out >= 1 && output >= 0 && output < axis->out);
  double beyond;
  const ScopeResampleRules *rules = rules_of (axis);
  if (rules != NULL)
    return rules->taps (axis, output);
  if (scope_resample_copies (axis))
    return (ScopeTaps){ .first = nearest_element (axis, output), .count = 1, .step = 1 };
  if (axis->filter == SCOPE_FILTER_AREA)
    return area_taps (axis, output);
  if (axis->filter == SCOPE_FILTER_BOX)
    return box_taps (axis, output);
  if (is_window (axis))
    return window_taps (axis, output);
  if (axis->filter == SCOPE_FILTER_CUBIC)
    return (ScopeTaps){ .first = left_element (axis, output, &beyond) - 1, .count = 4, .step = 1 };
  if (axis->in == axis->out)
    return (ScopeTaps){ .first = output, .count = 2, .step = 0 };
  return (ScopeTaps){ .first = left_element (axis, output, &beyond), .count = 2, .step = 1 };
}

void
scope_resample_weights (const ScopeResampleAxis *axis,
                        int64_t output,
                        ScopeTaps taps,
                        double *weight)
{
  double beyond = 0;
  const ScopeResampleRules *rules = rules_of (axis);
  if (rules != NULL)
    {
      rules->weights (axis, output, taps, weight);
      for (int64_t k = 0; k < taps.count; k++)
        weight[k] = rounded (axis->arithmetic, weight[k]);
    }
  else if (scope_resample_copies (axis))
    weight[0] = 1;
  else if (axis->filter == SCOPE_FILTER_AREA)
    for (int64_t k = 0; k < taps.count; k++)
      weight[k] = 1.0 / (double)taps.count;
  else if (axis->filter == SCOPE_FILTER_BOX)
    box_weights (axis, output, taps, weight);
  else if (is_window (axis))
    window_weights (axis, output, taps, weight);
  else if (axis->filter == SCOPE_FILTER_CUBIC)
    {
      left_element (axis, output, &beyond);
      cubic_weights (axis->arithmetic, beyond, weight);
    }
  else
    {
      if (taps.step != 0)
        left_element (axis, output, &beyond);
      weight[1] = beyond;
      weight[0] = rounded (axis->arithmetic, 1 - beyond);
    }
}

int64_t
scope_resample_most_taps (const ScopeResampleAxis *axis)
{
  const ScopeResampleRules *rules = rules_of (axis);
  if (rules != NULL)
    return rules->most_taps (axis);
  if (scope_resample_copies (axis))
    return 1;
  if (axis->filter == SCOPE_FILTER_AREA || axis->filter == SCOPE_FILTER_BOX)
    return scope_min (axis->in / axis->out + 3, axis->in);
  if (!is_window (axis))
    return axis->filter == SCOPE_FILTER_CUBIC ? 4 : 2;
  double support = window_at (axis, 0).support;
  if (support >= (double)axis->in)
    return axis->in;
  return scope_min (2 * (int64_t)ceil (support) + 2, axis->in);
}

bool
scope_resample_copies (const ScopeResampleAxis *axis)
{
  return axis->filter == SCOPE_FILTER_NEAREST || axis->filter == SCOPE_FILTER_NEAREST_EXACT;
}

/* ---- for pictures --------------------------------------------------------------------------- */

double
scope_resample_place (const ScopeResampleAxis *axis, int64_t output)
{
  const ScopeResampleRules *rules = rules_of (axis);
  if (rules != NULL)
    return rules->place (axis, output);
  if (axis->filter == SCOPE_FILTER_NEAREST)
    return axis_scale (axis) * (double)output;
  if (is_window (axis))
    return window_at (axis, output).center - 0.5;
  if (axis->filter == SCOPE_FILTER_AREA || axis->filter == SCOPE_FILTER_BOX)
    return ((double)output + 0.5) * (double)axis->in / (double)axis->out - 0.5;
  double place = source_coordinate (axis, output);
  return axis->filter == SCOPE_FILTER_CUBIC ? place : fmax (place, 0);
}

/* Elements of the input that one element of the filter is wide. */
static double
filter_width (const ScopeResampleAxis *axis)
{
  double scale = axis_scale (axis);
  bool area = axis->filter == SCOPE_FILTER_AREA || axis->filter == SCOPE_FILTER_BOX;
  bool window = axis->coordinates == SCOPE_COORDINATES_PILLOW || rules_of (axis) == NULL;
  bool widens = area || (window ? is_window (axis) && !axis->fixed_width : axis->antialias);
  return widens ? fmax (scale, 1) : 1;
}

static bool
is_flat (const ScopeResampleAxis *axis)
{
  return scope_resample_copies (axis) || axis->filter == SCOPE_FILTER_AREA
         || axis->filter == SCOPE_FILTER_BOX || axis->filter == SCOPE_FILTER_STEP;
}

/* The coefficient of a cubic. */
static double
cubic_a (const ScopeResampleAxis *axis)
{
  if (axis->coordinates == SCOPE_COORDINATES_ONNX)
    return axis->cubic_a;
  bool keys = axis->antialias || axis->coordinates == SCOPE_COORDINATES_PILLOW
              || (axis->coordinates == SCOPE_COORDINATES_TENSORFLOW
                  && axis->grid == SCOPE_GRID_HALF_PIXEL && !axis->align_corners);
  return keys ? -0.5 : -0.75;
}

double
scope_resample_filter (const ScopeResampleAxis *axis, double distance)
{
  double x = distance / filter_width (axis);
  if (is_flat (axis))
    return fabs (x) <= 0.5 ? 1 : 0;
  if (axis->filter == SCOPE_FILTER_CUBIC)
    return scope_filter_cubic (x, cubic_a (axis));
  return scope_filter_at (axis->filter, x);
}

double
scope_resample_radius (const ScopeResampleAxis *axis)
{
  return filter_width (axis) * (is_flat (axis) ? 0.5 : scope_filter_radius (axis->filter));
}
