/* torch.nn.functional.interpolate: shapes, words and types as PyTorch 1.13.1 has them. */
#include "core/checked.h"
#include "ops/adaptive.h"
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
  RECOMPUTE,
  ANTIALIAS,
};

/* Which function was written. */
enum
{
  INTERPOLATE,
  UPSAMPLE_NEAREST,
  UPSAMPLE_BILINEAR,
};

typedef struct
{
  const char *name;
  int rank; /* the only rank it takes, or 0: 3 to 5 */
  ScopeResampleFilter filter;
} Mode;

static const Mode modes[] = {
  { "nearest", 0, SCOPE_FILTER_NEAREST },  { "nearest-exact", 0, SCOPE_FILTER_NEAREST_EXACT },
  { "linear", 3, SCOPE_FILTER_LINEAR },    { "bilinear", 4, SCOPE_FILTER_LINEAR },
  { "trilinear", 5, SCOPE_FILTER_LINEAR }, { "bicubic", 4, SCOPE_FILTER_CUBIC },
  { "area", 0, SCOPE_FILTER_AREA },
};

/* A call as it is understood, step by step. */
typedef struct
{
  const ScopeCall *call;
  ScopeFailure *failure;
  const ScopeShape *shape;
  ScopeDtype dtype;
  int spatial;
  ScopeText mode_name;
  const Mode *mode; /* NULL: no such mode */
  bool align_corners, antialias;
  bool has_size, has_factor;
  bool kept; /* the factors themselves decide, not the sizes */
  int64_t size[SCOPE_MAX_RANK];
  double factor[SCOPE_MAX_RANK];
  bool huge[SCOPE_MAX_RANK]; /* Python's size is beyond int64 */
} Request;

static bool
is_given (const ScopeValue *value)
{
  return scope_value_given (value) && value->kind != SCOPE_VALUE_NONE;
}

/* Python's truth of an argument. */
static bool
is_true (const ScopeValue *value)
{
  switch (value->kind)
    {
    case SCOPE_VALUE_BOOL:
    case SCOPE_VALUE_INT:
      return value->integer != 0;
    case SCOPE_VALUE_FLOAT:
      return value->number != 0;
    case SCOPE_VALUE_STRING:
      return value->text[0] != '\0';
    case SCOPE_VALUE_TUPLE:
    case SCOPE_VALUE_LIST:
      return value->items > 0;
    case SCOPE_VALUE_ABSENT:
    case SCOPE_VALUE_NONE:
      return false;
    default:
      return true;
    }
}

static bool
is_number (const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_FLOAT || scope_value_is_int (value);
}

static bool
refuse (Request *request, int parameter, const char *message)
{
  return scope_python_refuse (request->failure, &request->call->value[parameter], "ValueError",
                              "%s", message);
}

/* ---- what was asked for --------------------------------------------------------------------- */

static void
find_mode (Request *request)
{
  const ScopeValue *value = &request->call->value[MODE];
  int variant = request->call->spelling->variant;
  if (variant == UPSAMPLE_BILINEAR)
    scope_text_append (&request->mode_name, "bilinear");
  else if (variant == UPSAMPLE_NEAREST || !scope_value_given (value))
    scope_text_append (&request->mode_name, "nearest");
  else if (value->kind == SCOPE_VALUE_STRING)
    scope_text_append (&request->mode_name, value->text);
  else
    scope_python_repr (value, &request->mode_name);
  for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++)
    if (strcmp (scope_text_string (&request->mode_name), modes[i].name) == 0)
      request->mode = &modes[i];
}

static bool
refuse_count (Request *request, int parameter)
{
  ScopeText given = { 0 }, spatial = { 0 };
  ScopeShape rest = { .rank = request->spatial };
  const ScopeShape *shape = request->shape;
  for (int a = 0; a < request->spatial; a++)
    rest.size[a] = shape->size[a + 2];
  if (rest.rank < 0)
    rest.rank = 0;
  scope_shape_print (&rest, SCOPE_SHAPE_LIST, &spatial);
  scope_python_repr (&request->call->value[parameter], &given);
  scope_failure_begin (request->failure, SCOPE_RULE_RANK);
  request->failure->span = request->call->value[parameter].span;
  bool size = parameter == SIZE;
  scope_failure_both (
      request->failure, "ValueError",
      "Input and %s must have the same number of spatial dimensions, but got input with spatial "
      "dimensions of %s and %s %s. Please provide input tensor in (N, C, d1, d2, ...,dK) format "
      "and %s format.",
      size ? "output" : "scale_factor", scope_text_string (&spatial),
      size ? "output size of" : "scale_factor of shape", scope_text_string (&given),
      size ? "output size in (o1, o2, ...,oK)" : "scale_factor in (s1, s2, ...,sK)");
  scope_text_clear (&given);
  scope_text_clear (&spatial);
  return false;
}

/* The items of `size` or `scale_factor`, one for each spatial axis. */
static bool
check_count (Request *request, int parameter)
{
  const ScopeValue *value = &request->call->value[parameter];
  if (scope_value_is_sequence (value) && value->items != request->spatial)
    return refuse_count (request, parameter);
  return true;
}

static const ScopeValue *
item_of (const Request *request, int parameter, int axis)
{
  const ScopeValue *value = &request->call->value[parameter];
  return scope_value_is_sequence (value) ? &value->item[axis] : value;
}

/* Everything that F.interpolate itself checks before it looks at the mode and the rank. */
static bool
read_arguments (Request *request)
{
  const ScopeValue *value = request->call->value;
  bool fixed = request->call->spelling->variant != INTERPOLATE;
  request->has_size = is_given (&value[SIZE]);
  request->has_factor = is_given (&value[SCALE_FACTOR]);
  find_mode (request);
  const Mode *mode = request->mode;
  bool interpolating = mode == NULL || (mode->rank != 0);
  if (!interpolating && !fixed && is_given (&value[ALIGN_CORNERS]))
    return refuse (request, ALIGN_CORNERS,
                   "align_corners option can only be set with the interpolating modes: linear | "
                   "bilinear | bicubic | trilinear");
  if (request->has_size && request->has_factor)
    return refuse (request, SCALE_FACTOR, "only one of size or scale_factor should be defined");
  if (!request->has_size && !request->has_factor)
    return refuse (request, INPUT, "either size or scale_factor should be defined");
  if (!check_count (request, request->has_size ? SIZE : SCALE_FACTOR))
    return false;
  if (request->has_size && is_true (&value[RECOMPUTE]))
    return refuse (request, RECOMPUTE,
                   "recompute_scale_factor is not meaningful with an explicit size.");
  request->kept = request->has_factor && !is_true (&value[RECOMPUTE])
                  && !(mode != NULL && mode->filter == SCOPE_FILTER_AREA);
  request->align_corners =
      request->call->spelling->variant == UPSAMPLE_BILINEAR || is_true (&value[ALIGN_CORNERS]);
  request->antialias = is_true (&value[ANTIALIAS]);
  return true;
}

/* ---- PyTorch's argument parser --------------------------------------------------------------- */

/* The function of torch._C._nn that F.interpolate calls. */
static void
print_function (const Request *request, ScopeText *text)
{
  ScopeResampleFilter filter = request->mode->filter;
  if (filter == SCOPE_FILTER_AREA)
    {
      scope_text_printf (text, "adaptive_avg_pool%dd", request->spatial);
      return;
    }
  const char *name = filter == SCOPE_FILTER_NEAREST_EXACT ? "nearest_exact"
                     : filter == SCOPE_FILTER_NEAREST     ? "nearest"
                                                          : request->mode->name;
  bool hidden = filter == SCOPE_FILTER_NEAREST_EXACT || request->antialias;
  scope_text_printf (text, "%supsample_%s%dd%s", hidden ? "_" : "", name, request->spatial,
                     request->antialias ? "_aa" : "");
}

/* `Tensor, !list!, !NoneType!`: the kinds of what was passed, wrong ones marked when `mark`. */
static void
print_kinds (const Request *request, bool mark, ScopeText *text)
{
  const ScopeValue *value = request->call->value;
  const char *sign = mark ? "!" : "";
  const char *size = "NoneType", *factor = "NoneType";
  if (request->has_size)
    size = scope_value_is_sequence (&value[SIZE]) ? scope_python_type (&value[SIZE]) : "list";
  else if (!request->kept)
    size = "list";
  if (request->kept)
    factor = scope_value_is_sequence (&value[SCALE_FACTOR])
                 ? scope_python_type (&value[SCALE_FACTOR])
                 : "list";
  scope_text_printf (text, "Tensor, %s%s%s, ", sign, size, sign);
  if (request->mode->rank != 0)
    {
      bool given = is_given (&value[ALIGN_CORNERS]);
      bool wrong = given && value[ALIGN_CORNERS].kind != SCOPE_VALUE_BOOL;
      const char *kind = given ? scope_python_type (&value[ALIGN_CORNERS]) : "bool";
      const char *here = wrong ? sign : "";
      scope_text_printf (text, "%s%s%s, ", here, kind, here);
    }
  scope_text_printf (text, "%s%s%s", sign, factor, sign);
}

static bool
refuse_combination (Request *request, int parameter)
{
  static const char *const scales[] = { "", "float scales", "float scales_h, float scales_w",
                                        "float scales_d, float scales_h, float scales_w" };
  ScopeText function = { 0 }, kinds = { 0 }, marked = { 0 };
  const char *align = request->mode->rank != 0 ? "bool align_corners, " : "";
  print_function (request, &function);
  print_kinds (request, false, &kinds);
  print_kinds (request, true, &marked);
  scope_python_refuse (
      request->failure, &request->call->value[parameter], "TypeError",
      "%s() received an invalid combination of arguments - got (%s), but expected one of:\n"
      " * (Tensor input, tuple of SymInts output_size, %stuple of floats scale_factors)\n"
      "      didn't match because some of the arguments have invalid types: (%s)\n"
      " * (Tensor input, tuple of SymInts output_size, %s%s, *, Tensor out)\n",
      scope_text_string (&function), scope_text_string (&kinds), align, scope_text_string (&marked),
      align, scales[request->spatial]);
  scope_text_clear (&function);
  scope_text_clear (&kinds);
  scope_text_clear (&marked);
  return false;
}

/* A list whose first item is right and another is not is told item by item. */
static bool
refuse_item (Request *request, int parameter, int axis)
{
  ScopeText function = { 0 };
  print_function (request, &function);
  bool size = parameter == SIZE;
  scope_python_refuse (request->failure, &request->call->value[parameter], "TypeError",
                       "%s(): argument '%s' must be tuple of %s, but found element of type %s at "
                       "pos %d",
                       scope_text_string (&function), size ? "output_size" : "scale_factors",
                       size ? "SymInts" : "floats",
                       scope_python_type (item_of (request, parameter, axis)), axis + 1);
  scope_text_clear (&function);
  return false;
}

/* Sizes that Python can hold and PyTorch cannot. */
static bool
check_huge (Request *request)
{
  for (int a = 0; a < request->spatial; a++)
    if (request->huge[a])
      {
        ScopeText function = { 0 };
        print_function (request, &function);
        bool symbolic = request->mode->filter != SCOPE_FILTER_AREA || request->spatial == 2;
        scope_python_refuse (request->failure, &request->call->value[SCALE_FACTOR], "TypeError",
                             "%s(): argument 'output_size' must be tuple of %s, but found element "
                             "of type int at pos %d",
                             scope_text_string (&function), symbolic ? "SymInts" : "ints", a + 1);
        scope_text_clear (&function);
        return false;
      }
  return true;
}

static bool
check_types (Request *request)
{
  const ScopeValue *value = request->call->value;
  bool align = request->mode->rank != 0 && is_given (&value[ALIGN_CORNERS])
               && value[ALIGN_CORNERS].kind != SCOPE_VALUE_BOOL;
  if (align)
    return refuse_combination (request, ALIGN_CORNERS);
  for (int a = 0; request->has_size && a < request->spatial; a++)
    {
      const ScopeValue *item = item_of (request, SIZE, a);
      /* Only the first item is looked at closely enough to tell a bool. */
      if (!scope_torch_is_int (item) && !(a > 0 && item->kind == SCOPE_VALUE_BOOL))
        return a == 0 ? refuse_combination (request, SIZE) : refuse_item (request, SIZE, a);
    }
  for (int a = 0; request->kept && a < request->spatial; a++)
    if (!is_number (item_of (request, SCALE_FACTOR, a)))
      return a == 0 ? refuse_combination (request, SCALE_FACTOR)
                    : refuse_item (request, SCALE_FACTOR, a);
  return true;
}

/* ---- sizes ---------------------------------------------------------------------------------- */

/* in × factor as C++ casts it. */
static int64_t
truncated (double value)
{
  return value > -0x1p63 && value < 0x1p63 ? (int64_t)value : INT64_MIN;
}

static bool
recompute_size (Request *request, int axis, int64_t in)
{
  const ScopeValue *item = item_of (request, SCALE_FACTOR, axis);
  double size = floor ((double)in * request->factor[axis]);
  if (isnan (size))
    return scope_python_refuse (request->failure, item, "ValueError",
                                "cannot convert float NaN to integer");
  if (isinf (size))
    return scope_python_refuse (request->failure, item, "OverflowError",
                                "cannot convert float infinity to integer");
  request->size[axis] = truncated (size);
  request->huge[axis] = !(size >= -0x1p63 && size < 0x1p63);
  return true;
}

/* Python multiplies the size by the factor itself. */
static bool
refuse_product (Request *request, const ScopeValue *item)
{
  if (item->kind == SCOPE_VALUE_STRING || scope_value_is_sequence (item))
    return scope_python_refuse (request->failure, item, "TypeError",
                                "can't multiply sequence by non-int of type 'float'");
  return scope_python_refuse (request->failure, item, "TypeError",
                              "unsupported operand type(s) for *: 'float' and '%s'",
                              scope_python_type (item));
}

/* The output's spatial sizes; unknown where the input's are. */
static bool
find_sizes (Request *request)
{
  for (int a = 0; a < request->spatial; a++)
    {
      const ScopeValue *item = item_of (request, request->has_size ? SIZE : SCALE_FACTOR, a);
      int64_t in = request->shape->size[a + 2];
      if (request->has_size)
        {
          request->size[a] = scope_value_is_int (item) || item->kind == SCOPE_VALUE_SIZE
                                 ? item->integer
                                 : SCOPE_SIZE_UNKNOWN;
          continue;
        }
      if (!is_number (item) && request->kept)
        continue; /* told by check_types, when the mode gets there */
      if (!is_number (item))
        return refuse_product (request, item);
      request->factor[a] = item->kind == SCOPE_VALUE_FLOAT ? item->number : (double)item->integer;
      if (!scope_size_is_known (in))
        request->size[a] = SCOPE_SIZE_UNKNOWN;
      else if (request->kept)
        request->size[a] = truncated ((double)in * request->factor[a]);
      else if (!recompute_size (request, a, in))
        return false;
    }
  return true;
}

/* A size below 1 that is known; named sizes are negative numbers too. */
static bool
is_unusable (int64_t size)
{
  return size == 0 || (size < 0 && size > -(INT64_C (1) << 40));
}

static bool
refuse_sizes (Request *request)
{
  const ScopeShape *shape = request->shape;
  static const char letters[] = "DHW";
  ScopeText in = { 0 }, out = { 0 };
  scope_failure_begin (request->failure, SCOPE_RULE_SIZE);
  for (int a = 0; a < request->spatial; a++)
    {
      char letter = letters[3 - request->spatial + a];
      scope_text_printf (&in, "%s%c: ", a > 0 ? ", " : "", letter);
      scope_text_printf (&out, "%s%c: ", a > 0 ? ", " : "", letter);
      scope_size_print (shape->size[a + 2], &in);
      if (request->size[a] < 0)
        scope_text_printf (&out, "%" PRId64, request->size[a]);
      else
        scope_size_print (request->size[a], &out);
      if (shape->size[a + 2] == 0 || is_unusable (request->size[a]))
        scope_failure_add_axis (request->failure, shape->rank, a + 2, shape->size[a + 2],
                                request->size[a]);
    }
  scope_failure_both (request->failure, "RuntimeError",
                      "Input and output sizes should be greater than 0, but got input (%s) %s"
                      "output (%s)",
                      scope_text_string (&in), request->spatial == 1 ? "and " : "",
                      scope_text_string (&out));
  scope_text_clear (&in);
  scope_text_clear (&out);
  return false;
}

/* What upsample_*d checks of sizes. */
static bool
check_upsample (Request *request)
{
  const ScopeShape *shape = request->shape;
  for (int a = 0; a < request->spatial; a++)
    if (request->size[a] == INT64_MIN && request->kept && scope_size_is_known (shape->size[a + 2]))
      return scope_python_refuse (
          request->failure, item_of (request, SCALE_FACTOR, a), "RuntimeError",
          "IntArrayRef contains an int that cannot be represented as a SymInt: %" PRId64,
          INT64_MIN);
  for (int a = 0; a < request->spatial; a++)
    if (shape->size[a + 2] == 0 || is_unusable (request->size[a]))
      return refuse_sizes (request);
  if (shape->size[1] != 0)
    return true;
  ScopeText sizes = { 0 };
  scope_shape_print (shape, SCOPE_SHAPE_LIST, &sizes);
  scope_failure_begin (request->failure, SCOPE_RULE_SIZE);
  scope_failure_add_axis (request->failure, shape->rank, 1, 0, 0);
  scope_failure_both (request->failure, "RuntimeError",
                      "Non-empty %dD data tensor expected but got a tensor with sizes %s",
                      shape->rank, scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return false;
}

/* ---- types ---------------------------------------------------------------------------------- */

/* Whether a dense tensor also counts as channels-last: with one channel it does. */
static bool
is_channels_last (const ScopeShape *shape)
{
  int64_t expected = 1;
  int order[5] = { 1 }, axes = 1;
  for (int a = shape->rank - 1; a >= 2; a--)
    order[axes++] = a;
  order[axes++] = 0;
  for (int i = 0; i < axes; i++)
    {
      int64_t stride = 1, size = shape->size[order[i]];
      for (int a = order[i] + 1; a < shape->rank; a++)
        if (!scope_checked_mul (stride, scope_max (shape->size[a], 1), &stride))
          return false;
      if (size == 1)
        continue;
      if (stride != expected || !scope_checked_mul (expected, size, &expected))
        return false;
    }
  return true;
}

static bool
refuse_type (Request *request, const char *kernel)
{
  scope_failure_begin (request->failure, SCOPE_RULE_TYPE);
  return scope_failure_both (request->failure, "RuntimeError", "\"%s\" not implemented for '%s'",
                             kernel, scope_dtype_word (SCOPE_PYTORCH, request->dtype));
}

static bool
check_type (Request *request)
{
  ScopeDtype dtype = request->dtype;
  ScopeResampleFilter filter = request->mode->filter;
  bool half =
      dtype == SCOPE_BFLOAT16 && !request->antialias && filter != SCOPE_FILTER_NEAREST_EXACT;
  bool byte = dtype == SCOPE_UINT8
              && (filter == SCOPE_FILTER_NEAREST || filter == SCOPE_FILTER_NEAREST_EXACT);
  if (dtype == SCOPE_FLOAT32 || dtype == SCOPE_FLOAT64 || half || byte)
    return true;
  bool last = request->spatial > 1 && is_channels_last (request->shape);
  bool nearest = filter == SCOPE_FILTER_NEAREST || filter == SCOPE_FILTER_NEAREST_EXACT;
  if (request->antialias)
    return refuse_type (request, "compute_indices_weights_aa");
  if (filter == SCOPE_FILTER_CUBIC)
    return refuse_type (request, "compute_indices_weights_cubic");
  if (nearest && last)
    return refuse_type (request, request->spatial == 2 ? "upsample_nearest2d_channels_last"
                                                       : "upsample_nearest3d_channels_last");
  if (nearest)
    return refuse_type (request, "compute_indices_weights_nearest");
  if (last)
    return refuse_type (request, request->spatial == 2 ? "upsample_bilinear2d_channels_last"
                                                       : "upsample_trilinear3d_channels_last");
  return refuse_type (request, "compute_indices_weights_linear");
}

/* ---- infer ---------------------------------------------------------------------------------- */

/* The mode must exist and take an input of this rank. */
static bool
check_mode (Request *request)
{
  const Mode *mode = request->mode;
  int rank = request->shape->rank;
  if (request->antialias && !(rank == 4 && mode != NULL && mode->rank == 4))
    return refuse (request, ANTIALIAS,
                   "Anti-alias option is only supported for bilinear and bicubic modes");
  if (mode != NULL && rank >= 3 && rank <= 5 && (mode->rank == 0 || mode->rank == rank))
    return true;
  scope_failure_begin (request->failure, SCOPE_RULE_RANK);
  if (mode != NULL && rank >= 3 && rank <= 5 && mode->filter == SCOPE_FILTER_LINEAR)
    return scope_failure_both (request->failure, "NotImplementedError",
                               "Got %dD input, but %s mode needs %dD input", rank, mode->name,
                               mode->rank);
  return scope_failure_both (
      request->failure, "NotImplementedError",
      "Input Error: Only 3D, 4D and 5D input Tensors supported (got %dD) for the modes: nearest | "
      "linear | bilinear | bicubic | trilinear | area | nearest-exact (got %s)",
      rank, scope_text_string (&request->mode_name));
}

static ScopeArithmetic
arithmetic_of (const Request *request, bool shortcut)
{
  if (shortcut)
    return SCOPE_ARITHMETIC_FLOAT32;
  if (request->dtype == SCOPE_FLOAT64)
    return SCOPE_ARITHMETIC_FLOAT64;
  return request->dtype == SCOPE_BFLOAT16 ? SCOPE_ARITHMETIC_BFLOAT16 : SCOPE_ARITHMETIC_FLOAT32;
}

static ScopeResampling *
make_plan (const Request *request)
{
  ScopeResampleFilter filter = request->mode->filter;
  bool copies = filter == SCOPE_FILTER_NEAREST || filter == SCOPE_FILTER_NEAREST_EXACT;
  bool shortcut = copies && request->spatial > 1 && is_channels_last (request->shape);
  ScopeDtype compute = copies || request->dtype == SCOPE_FLOAT64 ? request->dtype : SCOPE_FLOAT32;
  ScopeResampling *plan = scope_resampling_new (request->call, request->shape->rank, compute);
  for (int a = 0; plan != NULL && a < request->spatial; a++)
    {
      ScopeResampleAxis rule = {
        .in = request->shape->size[a + 2],
        .out = request->size[a],
        .filter = filter,
        .align_corners = request->align_corners && request->mode->rank != 0,
        .antialias = request->antialias,
        .shortcut = shortcut,
        .factor = request->kept ? request->factor[a] : 0,
        .arithmetic = arithmetic_of (request, shortcut),
      };
      scope_resampling_set (plan, a + 2, &rule);
    }
  return plan;
}

static bool
infer_area (Request *request, ScopeResult *result)
{
  const ScopeCall *call = request->call;
  const ScopeValue *argument = &call->value[request->has_size ? SIZE : SCALE_FACTOR];
  ScopeAdaptive adaptive = {
    .call = call,
    .shape = request->shape,
    .dtype = request->dtype,
    .spatial = request->spatial,
    .argument = argument,
    .container = request->has_size && scope_value_is_sequence (argument) && request->spatial == 1
                     ? scope_python_type (argument)
                     : "list",
  };
  for (int a = 0; a < request->spatial; a++)
    adaptive.item[a] = request->has_size
                           ? *item_of (request, SIZE, a)
                           : (ScopeValue){ .kind = scope_size_is_known (request->shape->size[a + 2])
                                                       ? SCOPE_VALUE_INT
                                                       : SCOPE_VALUE_SIZE,
                                           .integer = request->size[a] };
  ScopeShape shape;
  if (!scope_adaptive_average (&adaptive, &shape, request->failure))
    return false;
  scope_result_add_input (call, result, &call->value[INPUT]);
  scope_result_set (result, &shape, request->dtype);
  if (scope_shape_is_known (&shape) && scope_shape_is_known (request->shape))
    result->plan = scope_adaptive_plan (&adaptive, &shape);
  return true;
}

/* PyTorch makes a list of indices for each axis of the result, of eight bytes each, even when the
 * result has no elements. */
static bool
check_indices (Request *request, const ScopeShape *shape)
{
  ScopeShape list = { .rank = shape->rank };
  for (int a = 0; a < list.rank; a++)
    list.size[a] = 1;
  for (int a = 2; a < shape->rank; a++)
    {
      if (!scope_size_is_known (shape->size[a]))
        continue;
      list.size[a] = shape->size[a];
      if (!scope_torch_fits (&list, SCOPE_INT64, request->failure))
        return false;
      list.size[a] = 1;
    }
  return true;
}

static bool
infer_request (Request *request, ScopeResult *result)
{
  const ScopeCall *call = request->call;
  if (!read_arguments (request) || !find_sizes (request) || !check_mode (request)
      || !check_huge (request))
    return false;
  if (request->mode->filter == SCOPE_FILTER_AREA)
    return infer_area (request, result);
  if (!check_types (request) || !check_upsample (request))
    return false;
  ScopeShape shape = *request->shape;
  for (int a = 0; a < request->spatial; a++)
    shape.size[a + 2] = request->size[a];
  if (!scope_torch_fits (&shape, request->dtype, request->failure)
      || !check_indices (request, &shape) || !check_type (request))
    return false;
  scope_result_add_input (call, result, &call->value[INPUT]);
  scope_result_set (result, &shape, request->dtype);
  if (scope_shape_is_known (&shape) && scope_shape_is_known (request->shape))
    result->plan = make_plan (request);
  return true;
}

static bool
infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *input = &call->value[INPUT];
  if (input->kind != SCOPE_VALUE_TENSOR)
    return scope_python_refuse (failure, input, "AttributeError",
                                "'%s' object has no attribute "
                                "'dim'",
                                scope_python_type (input));
  Request request = {
    .call = call,
    .failure = failure,
    .shape = scope_call_shape (call, input),
    .dtype = scope_call_dtype (call, input),
  };
  request.spatial = request.shape->rank - 2;
  bool fits = infer_request (&request, result);
  scope_text_clear (&request.mode_name);
  return fits;
}

static const ScopeParameter parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "batch × channels × 1 to 3 spatial axes" },
  { "size", SCOPE_TAKES_SHAPE, "None", NULL, "the spatial sizes of the result" },
  { "scale_factor", SCOPE_TAKES_NUMBERS, "None", NULL, "or how many times larger they become" },
  { "mode", SCOPE_TAKES_CHOICE, "'nearest'",
    "nearest nearest-exact linear bilinear bicubic trilinear area",
    "how values between the input's are found" },
  { "align_corners", SCOPE_TAKES_BOOL, "None", NULL, "the corner elements keep their places" },
  { "recompute_scale_factor", SCOPE_TAKES_BOOL, "None", NULL,
    "the rounded sizes decide, not the factor" },
  { "antialias", SCOPE_TAKES_BOOL, "False", NULL, "the filter widens when shrinking" },
  { NULL },
};

static const ScopeSpelling spellings[] = {
  { "F.interpolate", SCOPE_PYTORCH },
  { "F.upsample", SCOPE_PYTORCH, "input size scale_factor mode align_corners" },
  { "F.upsample_nearest", SCOPE_PYTORCH, "input size scale_factor", UPSAMPLE_NEAREST },
  { "F.upsample_bilinear", SCOPE_PYTORCH, "input size scale_factor", UPSAMPLE_BILINEAR },
  { NULL },
};

const ScopeOp scope_ops_interpolate[] = {
  { .name = "interpolate",
    .group = "resampling",
    .about = "resamples the spatial axes to another size",
    .spelling = spellings,
    .parameter = parameters,
    .infer = infer,
    .read = scope_resampling_read,
    .trace = scope_resampling_trace },
  { NULL },
};
