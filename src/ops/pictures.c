/* cv2.resize of OpenCV 4.6 and Image.resize of Pillow 9.4: height × width × channels. */
#include "core/checked.h"
#include "ops/program.h"
#include "ops/python-words.h"
#include "ops/resampling.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* ---- OpenCV --------------------------------------------------------------------------------- */

enum
{
  SRC,
  DSIZE,
  FX,
  FY,
  INTERPOLATION,
};

/* In the order of their numbers. */
static const struct
{
  const char *name;
  ScopeResampleFilter filter;
} flags[] = {
  { "INTER_NEAREST", SCOPE_FILTER_NEAREST },
  { "INTER_LINEAR", SCOPE_FILTER_LINEAR },
  { "INTER_CUBIC", SCOPE_FILTER_CUBIC },
  { "INTER_AREA", SCOPE_FILTER_BOX },
  { "INTER_LANCZOS4", SCOPE_FILTER_LANCZOS4 },
  { "INTER_LINEAR_EXACT", SCOPE_FILTER_LINEAR },
  { "INTER_NEAREST_EXACT", SCOPE_FILTER_NEAREST_EXACT },
};

/* Pillow's, in the order of their numbers. */
static const struct
{
  const char *name;
  ScopeResampleFilter filter;
} filters[] = {
  { "NEAREST", SCOPE_FILTER_NEAREST }, { "LANCZOS", SCOPE_FILTER_LANCZOS3 },
  { "BILINEAR", SCOPE_FILTER_LINEAR }, { "BICUBIC", SCOPE_FILTER_CUBIC },
  { "BOX", SCOPE_FILTER_STEP },        { "HAMMING", SCOPE_FILTER_HAMMING },
};

/* The last part of a dotted name, or "". */
static const char *
last_part (const ScopeValue *value)
{
  if (value->kind != SCOPE_VALUE_NAME)
    return "";
  const char *dot = strrchr (value->text, '.');
  return dot != NULL ? dot + 1 : value->text;
}

static bool
refuse_size (const ScopeCall *call,
             int parameter,
             const ScopeShape *shape,
             const int64_t *size,
             ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_SIZE);
  failure->span = call->value[parameter].span;
  for (int i = 0; i < 2; i++)
    if (shape->size[i] == 0 || (size[i] < 1 && size[i] > -(INT64_C (1) << 40)))
      scope_failure_add_axis (failure, shape->rank, i, shape->size[i], size[i]);
  if (failure->axes == 0)
    return false;
  scope_failure_explain (failure, "An axis can only be resampled from and to sizes above 0.");
  return true;
}

/* height and width of a (width, height) pair. */
static bool
find_pair (const ScopeCall *call, int parameter, int64_t size[2], ScopeFailure *failure)
{
  int64_t given[SCOPE_MAX_RANK];
  int count;
  if (!scope_call_ints (call, parameter, given, &count, failure))
    return false;
  if (count != 2)
    {
      scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
      failure->span = call->value[parameter].span;
      scope_failure_explain (failure, "The new size is a pair: (width, height).");
      return false;
    }
  size[0] = given[1];
  size[1] = given[0];
  return true;
}

/* dsize, or the sizes that fx and fy make. */
static bool
opencv_size (const ScopeCall *call,
             const ScopeShape *shape,
             int64_t size[2],
             double factor[2],
             ScopeFailure *failure)
{
  bool given =
      scope_value_given (&call->value[DSIZE]) && call->value[DSIZE].kind != SCOPE_VALUE_NONE;
  factor[0] = factor[1] = 0;
  if (given)
    return find_pair (call, DSIZE, size, failure);
  if (!scope_call_number (call, FX, &factor[1], failure)
      || !scope_call_number (call, FY, &factor[0], failure))
    return false;
  for (int i = 0; i < 2; i++)
    {
      double wanted = rint ((double)shape->size[i] * factor[i]);
      if (!(factor[i] > 0))
        {
          scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
          scope_failure_both (failure, "cv2.error",
                              "OpenCV(4.6.0) ./modules/imgproc/src/resize.cpp:4055: error: "
                              "(-215:Assertion failed) %s > 0 in function 'resize'\n",
                              i == 1 ? "inv_scale_x" : "inv_scale_y");
          return false;
        }
      size[i] = !scope_size_is_known (shape->size[i]) ? SCOPE_SIZE_UNKNOWN
                : wanted < 0x1p31                     ? (int64_t)wanted
                                                      : INT32_MAX;
    }
  return true;
}

static bool
opencv_flag (const ScopeCall *call, int *flag, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[INTERPOLATION];
  int count = (int)(sizeof flags / sizeof flags[0]);
  *flag = 1;
  if (!scope_value_given (value))
    return true;
  if (scope_value_is_int (value) && value->integer >= 0 && value->integer < count)
    *flag = (int)value->integer;
  else
    for (*flag = 0; *flag < count && strcmp (last_part (value), flags[*flag].name) != 0; ++*flag)
      ;
  if (*flag < count)
    return true;
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = value->span;
  return scope_failure_both (failure, "cv2.error",
                             "OpenCV(4.6.0) ./modules/imgproc/src/resize.cpp:3927: error: (-5:Bad "
                             "argument) Unknown interpolation method in function 'resize'\n");
}

/* Which types OpenCV has at all, and which its filters take. */
static bool
opencv_takes (ScopeDtype dtype, int flag, ScopeFailure *failure)
{
  bool byte = dtype == SCOPE_INT8 || dtype == SCOPE_INT32;
  bool any = dtype == SCOPE_UINT8 || dtype == SCOPE_UINT16 || dtype == SCOPE_INT16
             || dtype == SCOPE_FLOAT32 || dtype == SCOPE_FLOAT64;
  if (any || (byte && (flag == 0 || flag >= 5)))
    return true;
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  if (byte)
    return scope_failure_both (failure, "cv2.error",
                               "OpenCV(4.6.0) ./modules/imgproc/src/resize.cpp:3930: error: "
                               "(-215:Assertion failed) func != 0 in function 'resize'\n");
  scope_failure_explain (failure, "OpenCV does not resize %s.", scope_dtype_name (dtype));
  return false;
}

static ScopeResampling *
opencv_plan (const ScopeCall *call,
             const ScopeShape *shape,
             const int64_t *size,
             const double *factor,
             int flag,
             ScopeDtype dtype)
{
  bool copies = flags[flag].filter <= SCOPE_FILTER_NEAREST_EXACT;
  ScopeDtype compute = copies ? dtype : scope_resampling_compute (dtype);
  ScopeResampling *plan = scope_resampling_new (call, shape->rank, compute);
  if (plan == NULL || (shape->size[0] == size[0] && shape->size[1] == size[1]))
    return plan;
  if (!copies)
    scope_resampling_round (plan, false);
  bool grows = false;
  for (int a = 0; a < 2; a++)
    grows |= factor[a] > 0 ? factor[a] > 1 : size[a] > shape->size[a];
  for (int a = 0; a < 2; a++)
    {
      ScopeResampleAxis rule = {
        .in = shape->size[a],
        .out = size[a],
        .filter = flags[flag].filter,
        .factor = factor[a],
        .arithmetic =
            compute == SCOPE_FLOAT64 ? SCOPE_ARITHMETIC_FLOAT64 : SCOPE_ARITHMETIC_FLOAT32,
        .coordinates = SCOPE_COORDINATES_OPENCV,
        .grows = grows,
      };
      scope_resampling_set (plan, a, &rule);
    }
  return plan;
}

static bool
opencv_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *input = &call->value[SRC];
  int64_t size[2];
  double factor[2];
  int flag;
  if (input->kind != SCOPE_VALUE_TENSOR)
    return scope_call_refuse (call, SRC, failure, "resize() needs an array, not %s",
                              scope_python_type (input));
  const ScopeShape *shape = scope_call_shape (call, input);
  ScopeDtype dtype = scope_call_dtype (call, input);
  if (shape->rank != 2 && shape->rank != 3)
    {
      scope_failure_begin (failure, SCOPE_RULE_RANK);
      scope_failure_explain (failure,
                             "OpenCV resizes height × width or height × width × channels, "
                             "not %d axes.",
                             shape->rank);
      return false;
    }
  if (!opencv_flag (call, &flag, failure) || !opencv_size (call, shape, size, factor, failure)
      || refuse_size (call, DSIZE, shape, size, failure) || !opencv_takes (dtype, flag, failure))
    return false;
  ScopeShape out = *shape;
  out.size[0] = size[0];
  out.size[1] = size[1];
  out.rank = shape->rank == 3 && shape->size[2] == 1 ? 2 : shape->rank; /* OpenCV drops it */
  if (!scope_torch_fits (&out, dtype, failure))
    return false;
  scope_result_add_input (call, result, input);
  scope_result_set (result, &out, dtype);
  if (scope_shape_is_known (&out) && scope_shape_is_known (shape))
    result->plan = opencv_plan (call, shape, size, factor, flag, dtype);
  return true;
}

/* ---- Pillow --------------------------------------------------------------------------------- */

enum
{
  PICTURE,
  SIZE,
  RESAMPLE,
};

/* The type of the picture that Image.fromarray makes. False when Pillow has none. */
static bool
picture_type (const ScopeShape *shape, ScopeDtype dtype, ScopeDtype *out)
{
  bool colors = shape->rank == 3 && shape->size[2] >= 2 && shape->size[2] <= 4;
  *out = dtype;
  if (dtype == SCOPE_UINT8)
    return shape->rank == 2 || colors
           || (shape->rank == 3 && !scope_size_is_known (shape->size[2]));
  if (shape->rank != 2)
    return false;
  switch (dtype)
    {
    case SCOPE_BOOL:
    case SCOPE_UINT16:
    case SCOPE_FLOAT32:
    case SCOPE_INT32:
      return true;
    case SCOPE_INT8:
    case SCOPE_INT16:
    case SCOPE_UINT32:
      *out = SCOPE_INT32;
      return true;
    case SCOPE_FLOAT64:
      *out = SCOPE_FLOAT32;
      return true;
    default:
      return false;
    }
}

static bool
picture_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *input = &call->value[PICTURE];
  if (input->kind != SCOPE_VALUE_TENSOR)
    return scope_python_refuse (failure, input, "AttributeError",
                                "'%s' object has no attribute '__array_interface__'",
                                scope_python_type (input));
  const ScopeShape *shape = scope_call_shape (call, input);
  ScopeDtype dtype = scope_call_dtype (call, input), own;
  if (!picture_type (shape, dtype, &own))
    {
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      scope_failure_explain (failure,
                             "Pillow makes pictures of uint8 with 1, 2, 3 or 4 channels (the last "
                             "axis; none for 1), and of other types with two axes, not of %s with "
                             "%d axes.",
                             scope_dtype_name (dtype), shape->rank);
      scope_failure_say (failure, "TypeError", "Cannot handle this data type");
      return false;
    }
  scope_result_add_input (call, result, input);
  scope_result_set (result, shape, own);
  result->plan = scope_resampling_new (call, shape->rank, own);
  return true;
}

static bool
pillow_filter (const ScopeCall *call, ScopeDtype dtype, int *filter, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[RESAMPLE];
  int count = (int)(sizeof filters / sizeof filters[0]);
  *filter = dtype == SCOPE_UINT16 ? 0 : 3;
  if (scope_value_given (value) && value->kind != SCOPE_VALUE_NONE)
    {
      if (scope_value_is_int (value) && value->integer >= 0 && value->integer < count)
        *filter = (int)value->integer;
      else
        for (*filter = 0; *filter < count && strcmp (last_part (value), filters[*filter].name) != 0;
             ++*filter)
          ;
      if (*filter == count)
        {
          scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
          failure->span = value->span;
          scope_failure_explain (failure, "Pillow's filters are Image.NEAREST, BOX, BILINEAR, "
                                          "HAMMING, BICUBIC and LANCZOS.");
          return false;
        }
    }
  if (dtype == SCOPE_BOOL)
    *filter = 0;
  if (dtype != SCOPE_UINT16 || *filter == 0)
    return true;
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  return scope_failure_both (failure, "ValueError", "image has wrong mode");
}

/* Whether a value is a picture: what Image.fromarray made, or a picture resized. */
static bool
is_picture (const ScopeCall *call, const ScopeValue *value)
{
  if (value->kind != SCOPE_VALUE_TENSOR)
    return false;
  const ScopeNode *node = call->program->node[value->node];
  return node->op != NULL
         && (node->op->infer == picture_infer || strcmp (node->op->name, "picture_resize") == 0);
}

static bool
pillow_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *input = &call->value[PICTURE];
  int64_t size[2];
  int filter;
  if (!is_picture (call, input))
    {
      scope_failure_begin (failure, SCOPE_RULE_UNKNOWN);
      scope_failure_explain (failure, "Shapescope knows `.resize` of Pillow's pictures only: "
                                      "Image.fromarray (A).resize ((width, height)).");
      return false;
    }
  const ScopeShape *shape = scope_call_shape (call, input);
  ScopeDtype dtype = scope_call_dtype (call, input);
  if (!find_pair (call, SIZE, size, failure) || refuse_size (call, SIZE, shape, size, failure)
      || !pillow_filter (call, dtype, &filter, failure))
    return false;
  ScopeShape out = *shape;
  out.size[0] = size[0];
  out.size[1] = size[1];
  if (!scope_torch_fits (&out, dtype, failure))
    return false;
  scope_result_add_input (call, result, input);
  scope_result_set (result, &out, dtype);
  if (!scope_shape_is_known (&out) || !scope_shape_is_known (shape))
    return true;
  bool copies = filter == 0;
  ScopeArithmetic arithmetic;
  ScopeDtype compute = scope_resampling_compute_pillow (dtype, &arithmetic);
  ScopeResampling *plan = scope_resampling_new (call, shape->rank, copies ? dtype : compute);
  if (plan != NULL && !copies)
    scope_resampling_round (plan, true);
  bool alpha = shape->rank == 3 && (shape->size[2] == 2 || shape->size[2] == 4);
  if (plan != NULL && alpha && !copies && (shape->size[0] != size[0] || shape->size[1] != size[1]))
    scope_resampling_alpha (plan);
  for (int a = 0; plan != NULL && a < 2; a++)
    {
      ScopeResampleAxis rule = {
        .in = shape->size[a],
        .out = size[a],
        .filter = filters[filter].filter,
        .arithmetic = arithmetic,
        .coordinates = SCOPE_COORDINATES_PILLOW,
      };
      if (shape->size[a] != size[a])
        scope_resampling_set (plan, a, &rule);
    }
  result->plan = plan;
  return true;
}

/* ---- tables --------------------------------------------------------------------------------- */

static const ScopeParameter opencv_parameters[] = {
  { "src", SCOPE_TAKES_TENSOR, NULL, NULL, "height × width, or height × width × channels" },
  { "dsize", SCOPE_TAKES_SHAPE, "None", NULL, "the new (width, height)" },
  { "fx", SCOPE_TAKES_NUMBER, "0", NULL, "or how many times wider" },
  { "fy", SCOPE_TAKES_NUMBER, "0", NULL, "and how many times higher" },
  { "interpolation", SCOPE_TAKES_ANY, "cv2.INTER_LINEAR", NULL,
    "cv2.INTER_NEAREST, LINEAR, CUBIC, AREA, LANCZOS4, LINEAR_EXACT or NEAREST_EXACT" },
  { NULL },
};

static const ScopeSpelling opencv_spellings[] = {
  { "cv2.resize", SCOPE_NUMPY, "src dsize -dst fx fy interpolation" },
  { NULL },
};

static const ScopeParameter picture_parameters[] = {
  { "obj", SCOPE_TAKES_TENSOR, NULL, NULL, "height × width, or height × width × channels" },
  { NULL },
};

static const ScopeSpelling picture_spellings[] = {
  { "Image.fromarray", SCOPE_NUMPY, "obj -mode" },
  { NULL },
};

static const ScopeParameter pillow_parameters[] = {
  { "picture", SCOPE_TAKES_TENSOR, NULL, NULL, "what Image.fromarray made" },
  { "size", SCOPE_TAKES_SHAPE, NULL, NULL, "the new (width, height)" },
  { "resample", SCOPE_TAKES_ANY, "None", NULL,
    "Image.NEAREST, BOX, BILINEAR, HAMMING, BICUBIC (as a rule) or LANCZOS" },
  { NULL },
};

static const ScopeSpelling pillow_spellings[] = {
  { ".resize", SCOPE_NUMPY, "picture size resample" },
  { NULL },
};

const ScopeOp scope_ops_pictures[] = {
  { .name = "opencv_resize",
    .group = "resampling",
    .about = "resamples a picture as OpenCV does",
    .spelling = opencv_spellings,
    .parameter = opencv_parameters,
    .infer = opencv_infer,
    .read = scope_resampling_read,
    .trace = scope_resampling_trace },
  { .name = "picture",
    .group = "resampling",
    .about = "takes an array for a picture of Pillow's",
    .spelling = picture_spellings,
    .parameter = picture_parameters,
    .infer = picture_infer,
    .read = scope_resampling_read,
    .trace = scope_resampling_trace },
  { .name = "picture_resize",
    .group = "resampling",
    .about = "resamples a picture as Pillow does",
    .spelling = pillow_spellings,
    .parameter = pillow_parameters,
    .infer = pillow_infer,
    .read = scope_resampling_read,
    .trace = scope_resampling_trace },
  { NULL },
};
