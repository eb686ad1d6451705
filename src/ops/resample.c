/* `resample`: every filter, grid and library's rules that Shapescope knows, in a spelling of its
 * own. What frameworks call by a name of theirs is in interpolate.c, resize.c, pictures.c. */
#include "core/checked.h"
#include "ops/axis.h"
#include "ops/promote.h"
#include "ops/python-words.h"
#include "ops/resampling.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

enum
{
  INPUT,
  SIZE,
  SCALE_FACTOR,
  MODE,
  ALIGN_CORNERS,
  ANTIALIAS,
  PRESET,
  AXES,
  GRID,
  CUBIC_A,
  EXCLUDE,
  NEAREST,
  ROI,
  EXTRAPOLATION,
};

typedef enum
{
  PYTORCH_1 = 1,
  PYTORCH_2 = 2,
  OPENCV = 4,
  PILLOW = 8,
  TENSORFLOW = 16,
  TENSORFLOW_1 = 32,
  ONNX = 64,
  PYTORCH = PYTORCH_1 | PYTORCH_2,
  EVERY = 127,
} Preset;

static const struct
{
  const char *name, *title;
  Preset preset;
} presets[] = {
  { "pytorch", "PyTorch", PYTORCH_1 },
  { "pytorch-2", "PyTorch 2", PYTORCH_2 },
  { "opencv", "OpenCV", OPENCV },
  { "pillow", "Pillow", PILLOW },
  { "tensorflow", "TensorFlow", TENSORFLOW },
  { "tensorflow-1", "TensorFlow 1", TENSORFLOW_1 },
  { "onnx", "ONNX", ONNX },
};

static const struct
{
  const char *names; /* separated by spaces; the first is the canonical one */
  ScopeResampleFilter filter;
  int presets;
} modes[] = {
  { "nearest", SCOPE_FILTER_NEAREST, EVERY },
  { "nearest-exact nearest_exact", SCOPE_FILTER_NEAREST_EXACT, PYTORCH | OPENCV },
  { "linear bilinear trilinear triangle", SCOPE_FILTER_LINEAR, EVERY },
  { "cubic bicubic tricubic", SCOPE_FILTER_CUBIC, EVERY },
  { "area", SCOPE_FILTER_AREA, PYTORCH | OPENCV | TENSORFLOW | TENSORFLOW_1 },
  { "box", SCOPE_FILTER_STEP, PYTORCH | PILLOW },
  { "hermite", SCOPE_FILTER_HERMITE, PYTORCH },
  { "hamming", SCOPE_FILTER_HAMMING, PYTORCH | PILLOW },
  { "catmull-rom catmull_rom catrom", SCOPE_FILTER_CATMULL_ROM, PYTORCH },
  { "mitchell mitchellcubic", SCOPE_FILTER_MITCHELL, PYTORCH | TENSORFLOW },
  { "gaussian", SCOPE_FILTER_GAUSSIAN, PYTORCH | TENSORFLOW },
  { "lanczos3 lanczos", SCOPE_FILTER_LANCZOS3, PYTORCH | PILLOW | TENSORFLOW },
  { "lanczos4", SCOPE_FILTER_LANCZOS4, PYTORCH | OPENCV },
  { "lanczos5", SCOPE_FILTER_LANCZOS5, PYTORCH | TENSORFLOW },
};

static const struct
{
  const char *name;
  ScopeGrid grid;
  bool corners;
} grids[] = {
  { "half_pixel", SCOPE_GRID_HALF_PIXEL, false },
  { "pytorch_half_pixel", SCOPE_GRID_PYTORCH, false },
  { "half_pixel_symmetric", SCOPE_GRID_SYMMETRIC, false },
  { "asymmetric", SCOPE_GRID_ASYMMETRIC, false },
  { "align_corners", SCOPE_GRID_HALF_PIXEL, true },
  { "tf_crop_and_resize", SCOPE_GRID_CROP, false },
};

static const struct
{
  const char *name;
  ScopeNearest nearest;
} nearest_modes[] = {
  { "round_prefer_floor", SCOPE_NEAREST_HALF_DOWN },
  { "round_prefer_ceil", SCOPE_NEAREST_HALF_UP },
  { "floor", SCOPE_NEAREST_FLOOR },
  { "ceil", SCOPE_NEAREST_CEIL },
};

/* A call as it is understood. */
typedef struct
{
  const ScopeCall *call;
  ScopeFailure *failure;
  const ScopeShape *shape;
  ScopeDtype dtype;
  int preset; /* index of presets */
  int mode;   /* index of modes */
  bool antialias;
  ScopeResampleAxis rule; /* what all axes share */
  int axes, axis[SCOPE_MAX_RANK];
  int64_t size[SCOPE_MAX_RANK]; /* by place in `axis` */
  double factor[SCOPE_MAX_RANK];
  double begin[SCOPE_MAX_RANK], end[SCOPE_MAX_RANK]; /* of the crop */
  double extrapolation;
} Request;

/* ---- words ---------------------------------------------------------------------------------- */

static bool
refuse (Request *request, int parameter, const char *sentence, const char *a, const char *b)
{
  scope_failure_begin (request->failure, SCOPE_RULE_ARGUMENT);
  request->failure->span = request->call->value[parameter].span;
  scope_failure_explain (request->failure, sentence, a, b);
  return false;
}

static bool
is_word (const char *words, const char *word)
{
  size_t length = strlen (word);
  for (const char *at = words; length > 0 && (at = strstr (at, word)) != NULL; at += length)
    if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
      return true;
  return false;
}

static bool
is_given (const Request *request, int parameter)
{
  const ScopeValue *value = &request->call->value[parameter];
  return scope_value_given (value) && value->kind != SCOPE_VALUE_NONE;
}

static Preset
preset_of (const Request *request)
{
  return presets[request->preset].preset;
}

#define LOOK_UP(table, field, text, index)                                                         \
  do                                                                                               \
    {                                                                                              \
      size_t count = sizeof table / sizeof table[0];                                               \
      for (index = 0; index < (int)count && !is_word (table[index].field, text); index++)          \
        ;                                                                                          \
      if (index == (int)count)                                                                     \
        index = -1;                                                                                \
    }                                                                                              \
  while (0)

/* ---- what was asked for --------------------------------------------------------------------- */

static bool
find_mode (Request *request)
{
  const char *preset = "pytorch", *mode = "linear";
  if (!scope_call_string (request->call, PRESET, &preset, request->failure)
      || !scope_call_string (request->call, MODE, &mode, request->failure))
    return false;
  LOOK_UP (presets, name, preset, request->preset);
  if (request->preset < 0)
    return refuse (request, PRESET,
                   "There is no preset '%s': pytorch, pytorch-2, opencv, pillow, tensorflow, "
                   "tensorflow-1 or onnx.%s",
                   preset, "");
  LOOK_UP (modes, names, mode, request->mode);
  if (request->mode < 0)
    return refuse (request, MODE,
                   "There is no mode '%s': nearest, nearest-exact, linear, cubic, area, box, "
                   "hermite, hamming, catmull-rom, mitchell, gaussian, lanczos3, lanczos4 or "
                   "lanczos5.%s",
                   mode, "");
  if (!(modes[request->mode].presets & (int)preset_of (request)))
    return refuse (request, MODE, "%s has no mode '%s'.", presets[request->preset].title, mode);
  return true;
}

/* Antialiasing, where the library leaves a choice. */
static bool
find_antialias (Request *request)
{
  Preset preset = preset_of (request);
  const char *title = presets[request->preset].title;
  ScopeResampleFilter filter = modes[request->mode].filter;
  bool given = is_given (request, ANTIALIAS);
  bool fixed = filter <= SCOPE_FILTER_NEAREST_EXACT || filter == SCOPE_FILTER_AREA;
  bool always = preset == PILLOW && !fixed;
  request->antialias = always;
  if (given && !scope_call_bool (request->call, ANTIALIAS, &request->antialias, request->failure))
    return false;
  if (always && !request->antialias)
    return refuse (request, ANTIALIAS, "%s always widens its filters when it shrinks.%s", title,
                   "");
  if (request->antialias && fixed)
    return refuse (request, ANTIALIAS, "The mode '%s' has no filter that could widen.%s",
                   modes[request->mode].names, "");
  if (request->antialias && (preset == OPENCV || preset == TENSORFLOW_1))
    return refuse (request, ANTIALIAS, "%s does not widen its filters; its mode 'area' averages.%s",
                   title, "");
  return true;
}

static bool
find_grid (Request *request)
{
  Preset preset = preset_of (request);
  const char *grid = "half_pixel", *nearest = "round_prefer_floor";
  int at;
  for (int parameter = GRID; parameter <= EXTRAPOLATION; parameter++)
    if (is_given (request, parameter) && preset != ONNX)
      return refuse (request, parameter, "Only the preset 'onnx' has the argument `%s`.%s",
                     request->call->op->parameter[parameter].name, "");
  if (!scope_call_string (request->call, GRID, &grid, request->failure)
      || !scope_call_string (request->call, NEAREST, &nearest, request->failure)
      || !scope_call_number (request->call, CUBIC_A, &request->rule.cubic_a, request->failure)
      || !scope_call_bool (request->call, EXCLUDE, &request->rule.exclude_outside, request->failure)
      || !scope_call_bool (request->call, ALIGN_CORNERS, &request->rule.align_corners,
                           request->failure))
    return false;
  if (request->rule.align_corners && (preset & (OPENCV | PILLOW | TENSORFLOW)) != 0)
    return refuse (request, ALIGN_CORNERS, "%s does not align corners.%s",
                   presets[request->preset].title, "");
  LOOK_UP (grids, name, grid, at);
  if (at < 0)
    return refuse (request, GRID,
                   "There is no coordinate transformation '%s': half_pixel, pytorch_half_pixel, "
                   "half_pixel_symmetric, asymmetric, align_corners or tf_crop_and_resize.%s",
                   grid, "");
  bool crops = grids[at].grid == SCOPE_GRID_CROP;
  for (int parameter = ROI; !crops && parameter <= EXTRAPOLATION; parameter++)
    if (is_given (request, parameter))
      return refuse (request, parameter,
                     "Only the coordinate transformation 'tf_crop_and_resize' has the argument "
                     "`%s`.%s",
                     request->call->op->parameter[parameter].name, "");
  if (crops && !is_given (request, ROI))
    return refuse (request, GRID,
                   "'tf_crop_and_resize' needs a region: roi=(…), where it begins along every "
                   "axis, then where it ends.%s%s",
                   "", "");
  request->rule.grid = preset == TENSORFLOW_1 ? SCOPE_GRID_ASYMMETRIC : grids[at].grid;
  request->rule.align_corners |= grids[at].corners;
  LOOK_UP (nearest_modes, name, nearest, at);
  if (at < 0)
    return refuse (request, NEAREST,
                   "There is no nearest mode '%s': round_prefer_floor, round_prefer_ceil, floor or "
                   "ceil.%s",
                   nearest, "");
  request->rule.nearest = nearest_modes[at].nearest;
  return true;
}

/* ---- axes and sizes ------------------------------------------------------------------------- */

/* The axes: those given, or as many trailing ones as there are sizes, or the last two. */
static bool
find_axes (Request *request)
{
  static const ScopeAxisStyle style = { 0 };
  const ScopeValue *size = &request->call->value[is_given (request, SIZE) ? SIZE : SCALE_FACTOR];
  int rank = request->shape->rank;
  int wanted = scope_value_is_sequence (size) ? size->items : 0;
  ScopeAxes axes = { 0 };
  if (!scope_axes_find (request->call, AXES, &style, rank, &axes, request->failure))
    return false;
  request->axes = axes.given ? axes.count : wanted > 0 ? wanted : rank < 2 ? rank : 2;
  if (request->axes > rank || request->axes == 0)
    {
      scope_failure_begin (request->failure, SCOPE_RULE_RANK);
      request->failure->span = size->span;
      scope_failure_explain (request->failure,
                             "%d sizes are given, but the tensor has %d axes to resample.",
                             request->axes, rank);
      return false;
    }
  for (int i = 0; i < request->axes; i++)
    request->axis[i] = axes.given ? axes.axis[i] : rank - request->axes + i;
  if (wanted > 0 && wanted != request->axes)
    {
      scope_failure_begin (request->failure, SCOPE_RULE_ARGUMENT);
      request->failure->span = size->span;
      scope_failure_explain (request->failure, "%d sizes are given for %d axes.", wanted,
                             request->axes);
      return false;
    }
  return true;
}

static double
number_of (const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_FLOAT ? value->number
         : scope_value_is_int (value)     ? (double)value->integer
                                          : (double)NAN;
}

/* Where the crop begins along every axis, then where it ends. */
static bool
find_crop (Request *request)
{
  const ScopeValue *value = &request->call->value[ROI];
  if (request->rule.grid != SCOPE_GRID_CROP)
    return true;
  if (!scope_call_number (request->call, EXTRAPOLATION, &request->extrapolation, request->failure))
    return false;
  if (!scope_value_is_sequence (value) || value->items != 2 * request->axes)
    {
      scope_failure_begin (request->failure, SCOPE_RULE_ARGUMENT);
      request->failure->span = value->span;
      scope_failure_explain (request->failure,
                             "A region of %d axes is %d numbers: where it begins along every axis, "
                             "then where it ends.",
                             request->axes, 2 * request->axes);
      return false;
    }
  for (int i = 0; i < request->axes; i++)
    {
      request->begin[i] = number_of (&value->item[i]);
      request->end[i] = number_of (&value->item[request->axes + i]);
      if (!isfinite (request->begin[i]) || !isfinite (request->end[i]))
        return refuse (request, ROI,
                       "A region is made of numbers: 0 is the first element, 1 the "
                       "last.%s%s",
                       "", "");
    }
  return true;
}

/* The i-th number of `scale_factor`. */
static bool
find_factor (Request *request, int i)
{
  const ScopeValue *value = &request->call->value[SCALE_FACTOR];
  if (scope_value_is_sequence (value))
    value = &value->item[i];
  int64_t in = request->shape->size[request->axis[i]];
  double factor = number_of (value);
  if (!(factor > 0) || isinf (factor))
    return refuse (request, SCALE_FACTOR, "A scale factor must be a number above 0.%s%s", "", "");
  request->factor[i] = factor;
  bool crops = request->rule.grid == SCOPE_GRID_CROP;
  double out = floor ((double)in * (crops ? request->end[i] - request->begin[i] : 1) * factor);
  request->size[i] = !scope_size_is_known (in) ? SCOPE_SIZE_UNKNOWN
                     : out < 0x1p62            ? (int64_t)out
                                               : INT64_C (1) << 62;
  return true;
}

static bool
find_sizes (Request *request)
{
  bool sized = is_given (request, SIZE), scaled = is_given (request, SCALE_FACTOR);
  int count;
  if (sized == scaled)
    return refuse (request, sized ? SCALE_FACTOR : INPUT,
                   sized ? "Either a size or a scale factor can be given, not both.%s%s"
                         : "The new size is missing: size=(…) or scale_factor=….%s%s",
                   "", "");
  if (!find_axes (request) || !find_crop (request))
    return false;
  if (sized && !scope_call_ints (request->call, SIZE, request->size, &count, request->failure))
    return false;
  for (int i = 0; i < request->axes; i++)
    {
      if (sized && !scope_value_is_sequence (&request->call->value[SIZE]))
        request->size[i] = request->size[0];
      if (scaled && !find_factor (request, i))
        return false;
    }
  scope_failure_begin (request->failure, SCOPE_RULE_SIZE);
  for (int i = 0; i < request->axes; i++)
    {
      int64_t in = request->shape->size[request->axis[i]], out = request->size[i];
      if (in == 0 || (out < 1 && out > -(INT64_C (1) << 40)))
        scope_failure_add_axis (request->failure, request->shape->rank, request->axis[i], in, out);
    }
  if (request->failure->axes > 0)
    {
      request->failure->span = request->call->value[sized ? SIZE : SCALE_FACTOR].span;
      scope_failure_explain (request->failure,
                             "An axis can only be resampled from and to sizes above 0.");
      return false;
    }
  return true;
}

/* ---- the plan ------------------------------------------------------------------------------- */

static void
set_coordinates (Request *request)
{
  Preset preset = preset_of (request);
  ScopeResampleAxis *rule = &request->rule;
  ScopeResampleFilter filter = modes[request->mode].filter;
  rule->filter = filter;
  rule->antialias = request->antialias;
  rule->fixed_width = !request->antialias;
  rule->coordinates = preset == PYTORCH_1      ? SCOPE_COORDINATES_TORCH_1
                      : preset == OPENCV       ? SCOPE_COORDINATES_OPENCV
                      : preset == PILLOW       ? SCOPE_COORDINATES_PILLOW
                      : preset == ONNX         ? SCOPE_COORDINATES_ONNX
                      : preset == TENSORFLOW_1 ? SCOPE_COORDINATES_TENSORFLOW
                                               : SCOPE_COORDINATES_TORCH_2;
  if (filter == SCOPE_FILTER_AREA && !(preset & PYTORCH))
    rule->filter = SCOPE_FILTER_BOX;
  if (rule->filter == SCOPE_FILTER_BOX && preset == TENSORFLOW_1)
    rule->coordinates = SCOPE_COORDINATES_TORCH_2;
  if (preset & PYTORCH && filter >= SCOPE_FILTER_LANCZOS3)
    rule->coordinates = SCOPE_COORDINATES_PILLOW; /* PyTorch has none of these */
  if (preset == TENSORFLOW && filter == SCOPE_FILTER_NEAREST)
    rule->filter = SCOPE_FILTER_NEAREST_EXACT;
  if (preset == TENSORFLOW && filter == SCOPE_FILTER_CUBIC && !request->antialias)
    rule->coordinates = SCOPE_COORDINATES_TENSORFLOW;
  for (int i = 0; i < request->axes; i++)
    rule->grows |= request->factor[i] > 0
                       ? request->factor[i] > 1
                       : request->size[i] > request->shape->size[request->axis[i]];
}

static ScopeResampling *
make_plan (Request *request)
{
  bool copies = modes[request->mode].filter <= SCOPE_FILTER_NEAREST_EXACT;
  bool pillow = preset_of (request) == PILLOW;
  ScopeDtype compute = scope_resampling_compute (request->dtype);
  bool wide = compute == SCOPE_FLOAT64 || compute == SCOPE_COMPLEX128;
  request->rule.arithmetic = wide ? SCOPE_ARITHMETIC_FLOAT64 : SCOPE_ARITHMETIC_FLOAT32;
  if (pillow)
    compute = scope_resampling_compute_pillow (request->dtype, &request->rule.arithmetic);
  compute = copies ? request->dtype : compute;
  ScopeResampling *plan = scope_resampling_new (request->call, request->shape->rank, compute);
  set_coordinates (request);
  if (plan != NULL && !copies)
    scope_resampling_round (plan, pillow);
  if (plan != NULL && request->rule.grid == SCOPE_GRID_CROP)
    scope_resampling_extrapolate (plan, request->extrapolation);
  for (int i = 0; plan != NULL && i < request->axes; i++)
    {
      int a = request->axis[i];
      ScopeResampleAxis rule = request->rule;
      bool same = request->shape->size[a] == request->size[i];
      if (same && request->factor[i] == 0 && !(preset_of (request) & (PYTORCH | ONNX)))
        continue;
      rule.in = request->shape->size[a];
      rule.out = request->size[i];
      rule.factor = request->factor[i];
      rule.crop_begin = request->begin[i];
      rule.crop_end = request->end[i];
      if (rule.filter == SCOPE_FILTER_AREA || preset_of (request) & (PILLOW | TENSORFLOW))
        rule.factor = 0;
      scope_resampling_set (plan, a, &rule);
    }
  return plan;
}

static bool
infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *input = &call->value[INPUT];
  if (input->kind != SCOPE_VALUE_TENSOR)
    return scope_call_refuse (call, INPUT, failure, "resample() needs a tensor, not %s",
                              scope_python_type (input));
  Request request = {
    .call = call,
    .failure = failure,
    .shape = scope_call_shape (call, input),
    .dtype = scope_call_dtype (call, input),
    .rule = { .cubic_a = -0.75 },
  };
  if (!find_mode (&request) || !find_antialias (&request) || !find_grid (&request)
      || !find_sizes (&request))
    return false;
  if (request.dtype == SCOPE_BOOL && modes[request.mode].filter > SCOPE_FILTER_NEAREST_EXACT)
    {
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      scope_failure_explain (failure, "Truth values cannot be mixed: only the modes nearest and "
                                      "nearest-exact resample them.");
      return false;
    }
  ScopeShape shape = *request.shape;
  for (int i = 0; i < request.axes; i++)
    shape.size[request.axis[i]] = request.size[i];
  if (!scope_torch_fits (&shape, request.dtype, failure))
    return false;
  scope_result_add_input (call, result, input);
  scope_result_set (result, &shape, request.dtype);
  if (scope_shape_is_known (&shape) && scope_shape_is_known (request.shape))
    result->plan = make_plan (&request);
  return true;
}

static const ScopeParameter parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "a tensor with any axes" },
  { "size", SCOPE_TAKES_SHAPE, "None", NULL,
    "the new sizes, one for each resampled axis; one int for all" },
  { "scale_factor", SCOPE_TAKES_NUMBERS, "None", NULL, "or how many times larger they become" },
  { "mode", SCOPE_TAKES_CHOICE, "'linear'",
    "nearest nearest-exact linear cubic area box hermite hamming catmull-rom mitchell gaussian "
    "lanczos3 lanczos4 lanczos5",
    "how values between the input's are found" },
  { "align_corners", SCOPE_TAKES_BOOL, "False", NULL, "the corner elements keep their places" },
  { "antialias", SCOPE_TAKES_BOOL, "False", NULL,
    "the filter widens when shrinking (pillow: always)" },
  { "preset", SCOPE_TAKES_CHOICE, "'pytorch'",
    "pytorch pytorch-2 opencv pillow tensorflow tensorflow-1 onnx", "whose conventions are kept" },
  { "axes", SCOPE_TAKES_AXES, "None", NULL,
    "the axes to resample; as many trailing ones as there are sizes, else the last two" },
  { "coordinate_transformation_mode", SCOPE_TAKES_CHOICE, "'half_pixel'",
    "half_pixel pytorch_half_pixel half_pixel_symmetric asymmetric align_corners "
    "tf_crop_and_resize",
    "onnx: where outputs stand among the inputs" },
  { "cubic_coeff_a", SCOPE_TAKES_NUMBER, "-0.75", NULL, "onnx: the coefficient of cubic" },
  { "exclude_outside", SCOPE_TAKES_BOOL, "False", NULL,
    "onnx: elements outside do not count, instead of being the edge's" },
  { "nearest_mode", SCOPE_TAKES_CHOICE, "'round_prefer_floor'",
    "round_prefer_floor round_prefer_ceil floor ceil", "onnx: which element is the nearest" },
  { "roi", SCOPE_TAKES_NUMBERS, "None", NULL,
    "onnx, tf_crop_and_resize: where the region begins along every axis, then where it ends" },
  { "extrapolation_value", SCOPE_TAKES_NUMBER, "0.0", NULL,
    "onnx, tf_crop_and_resize: what stands outside" },
  { NULL },
};

static const ScopeSpelling spellings[] = {
  { "resample", SCOPE_DIALECT_DEFAULT,
    "input size scale_factor mode align_corners antialias preset axes=axes=axis=dim "
    "coordinate_transformation_mode cubic_coeff_a exclude_outside nearest_mode roi "
    "extrapolation_value" },
  { NULL },
};

const ScopeOp scope_ops_resample[] = {
  { .name = "resample",
    .group = "resampling",
    .about = "resamples any axes with any filter, by the conventions of any library",
    .spelling = spellings,
    .parameter = parameters,
    .infer = infer,
    .read = scope_resampling_read,
    .trace = scope_resampling_trace },
  { NULL },
};
