/* tf.image.resize, TensorFlow 1's functions for it, and jax.image.resize. TensorFlow's and JAX's
 * rules and words are read in their sources (python/ops/image_ops_impl.py, core/kernels/image;
 * jax/_src/image/scale.py). */
#include "core/checked.h"
#include "ops/promote.h"
#include "ops/python-words.h"
#include "ops/resampling.h"

#include <math.h>
#include <string.h>

enum
{
  IMAGE,
  SIZE,
  METHOD,
  ANTIALIAS,
  PRESERVE,
  ALIGN_CORNERS,
  HALF_PIXEL,
};

/* Which function was written. */
enum
{
  ANY_METHOD,
  TENSORFLOW_1, /* the first of TensorFlow 1's, in the order of `methods_1` */
};

static const ScopeResampleFilter methods_1[] = { SCOPE_FILTER_NEAREST, SCOPE_FILTER_LINEAR,
                                                 SCOPE_FILTER_CUBIC, SCOPE_FILTER_BOX };

typedef struct
{
  const char *name; /* other spellings follow, separated by spaces */
  bool tensorflow, jax;
  ScopeResampleFilter filter;
} Method;

static const Method methods[] = {
  { "nearest", true, true, SCOPE_FILTER_NEAREST_EXACT },
  { "bilinear", true, true, SCOPE_FILTER_LINEAR },
  { "linear trilinear triangle", false, true, SCOPE_FILTER_LINEAR },
  { "bicubic", true, true, SCOPE_FILTER_CUBIC },
  { "cubic tricubic", false, true, SCOPE_FILTER_CUBIC },
  { "lanczos3", true, true, SCOPE_FILTER_LANCZOS3 },
  { "lanczos5", true, true, SCOPE_FILTER_LANCZOS5 },
  { "area", true, false, SCOPE_FILTER_BOX },
  { "mitchellcubic", true, false, SCOPE_FILTER_MITCHELL },
  { "gaussian", true, false, SCOPE_FILTER_GAUSSIAN },
};

static bool
is_word (const char *words, const char *word)
{
  size_t length = strlen (word);
  for (const char *at = words; length > 0 && (at = strstr (at, word)) != NULL; at += length)
    if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
      return true;
  return false;
}

static const Method *
find_method (const ScopeCall *call, const char *name, ScopeFailure *failure)
{
  bool jax = call->dialect == SCOPE_JAX;
  for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
    if ((jax ? methods[i].jax : methods[i].tensorflow) && is_word (methods[i].name, name))
      return &methods[i];
  if (jax)
    scope_python_refuse (failure, &call->value[METHOD], "ValueError",
                         "Unknown resize method \"%s\"", name);
  else
    scope_python_refuse (failure, &call->value[METHOD], "ValueError",
                         "Resize method is not implemented: %s", name);
  return NULL;
}

/* The rule of an axis. Without antialiasing TensorFlow's bilinear has two taps; everything else is
 * a window that is cut off at the edges. */
static ScopeResampleAxis
rule_of (const ScopeCall *call,
         const Method *method,
         bool antialias,
         int64_t in,
         int64_t out,
         ScopeDtype dtype)
{
  bool copies = method->filter == SCOPE_FILTER_NEAREST_EXACT;
  bool plain =
      method->filter == SCOPE_FILTER_LINEAR && call->dialect == SCOPE_TENSORFLOW && !antialias;
  bool wide = !copies && dtype == SCOPE_FLOAT64;
  bool table = method->filter == SCOPE_FILTER_CUBIC && call->dialect == SCOPE_TENSORFLOW
               && !antialias; /* not a window, but weights from a table */
  return (ScopeResampleAxis){
    .in = in,
    .out = out,
    .filter = method->filter,
    .antialias = !copies && !plain,
    .fixed_width = !antialias,
    .arithmetic = wide ? SCOPE_ARITHMETIC_FLOAT64 : SCOPE_ARITHMETIC_FLOAT32,
    .coordinates = table ? SCOPE_COORDINATES_TENSORFLOW : SCOPE_COORDINATES_TORCH_2,
  };
}

static ScopeResampling *
make_plan (const ScopeCall *call,
           const Method *method,
           bool antialias,
           const ScopeShape *from,
           const ScopeShape *to,
           ScopeDtype dtype)
{
  bool copies = method->filter == SCOPE_FILTER_NEAREST_EXACT;
  bool complex = scope_dtype_kind (dtype) == SCOPE_KIND_COMPLEX;
  ScopeDtype compute = copies || complex || dtype == SCOPE_FLOAT64 ? dtype : SCOPE_FLOAT32;
  ScopeResampling *plan = scope_resampling_new (call, from->rank, compute);
  for (int a = 0; plan != NULL && a < from->rank; a++)
    {
      if (from->size[a] == to->size[a])
        continue;
      ScopeResampleAxis rule = rule_of (call, method, antialias, from->size[a], to->size[a],
                                        dtype == SCOPE_COMPLEX128 ? SCOPE_FLOAT64 : dtype);
      scope_resampling_set (plan, a, &rule);
    }
  return plan;
}

/* ---- TensorFlow ----------------------------------------------------------------------------- */

/* tf.round: halves to even. */
static int64_t
kept_ratio (double factor, int64_t size)
{
  return (int64_t)rint ((double)(float)((float)factor * (float)size));
}

static bool
tensorflow_shape (const ScopeCall *call, ScopeShape *shape, ScopeFailure *failure)
{
  int64_t size[SCOPE_MAX_RANK];
  int count, first = shape->rank - 3;
  bool preserve = false;
  if (shape->rank != 3 && shape->rank != 4)
    {
      scope_failure_begin (failure, SCOPE_RULE_RANK);
      return scope_failure_both (failure, "ValueError",
                                 "'images' must have either 3 or 4 dimensions.");
    }
  if (!scope_call_ints (call, SIZE, size, &count, failure)
      || !scope_call_bool (call, PRESERVE, &preserve, failure))
    return false;
  if (count != 2 || !scope_value_is_sequence (&call->value[SIZE]))
    return scope_python_refuse (failure, &call->value[SIZE], "ValueError",
                                "'size' must be a 1-D Tensor of 2 elements: new_height, new_width");
  bool known =
      scope_size_is_known (shape->size[first]) && scope_size_is_known (shape->size[first + 1]);
  if (preserve && known && shape->size[first] > 0 && shape->size[first + 1] > 0)
    {
      double high = (double)((float)size[0] / (float)shape->size[first]);
      double wide = (double)((float)size[1] / (float)shape->size[first + 1]);
      size[0] = kept_ratio (fmin (high, wide), shape->size[first]);
      size[1] = kept_ratio (fmin (high, wide), shape->size[first + 1]);
    }
  scope_failure_begin (failure, SCOPE_RULE_SIZE);
  for (int i = 0; i < 2; i++)
    {
      bool nothing = shape->size[first + i] == 0;
      bool wrong = size[i] < 1 && size[i] > -(INT64_C (1) << 40);
      if (nothing || wrong)
        scope_failure_add_axis (failure, shape->rank, first + i, shape->size[first + i], size[i]);
      shape->size[first + i] = size[i];
    }
  if (failure->axes > 0)
    return scope_failure_both (failure, "InvalidArgumentError",
                               "input and output dimensions must be positive");
  return true;
}

/* ---- JAX ------------------------------------------------------------------------------------ */

static bool
jax_shape (const ScopeCall *call, ScopeShape *shape, ScopeFailure *failure)
{
  ScopeShape wanted;
  if (!scope_call_ints (call, SIZE, wanted.size, &wanted.rank, failure))
    return false;
  if (wanted.rank != shape->rank)
    {
      ScopeText given = { 0 }, own = { 0 };
      wanted.rank = wanted.rank < 0 ? 0 : wanted.rank;
      scope_shape_print (&wanted, SCOPE_SHAPE_TUPLE, &given);
      scope_shape_print (shape, SCOPE_SHAPE_TUPLE, &own);
      scope_failure_begin (failure, SCOPE_RULE_RANK);
      failure->span = call->value[SIZE].span;
      scope_failure_both (failure, "ValueError",
                          "shape must have length equal to the number of dimensions of x;  %s vs "
                          "%s",
                          scope_text_string (&given), scope_text_string (&own));
      scope_text_clear (&given);
      scope_text_clear (&own);
      return false;
    }
  scope_failure_begin (failure, SCOPE_RULE_SIZE);
  for (int a = 0; a < shape->rank; a++)
    if ((wanted.size[a] < 0 && wanted.size[a] > -(INT64_C (1) << 40))
        || (shape->size[a] == 0 && wanted.size[a] != 0))
      scope_failure_add_axis (failure, shape->rank, a, shape->size[a], wanted.size[a]);
  if (failure->axes > 0)
    {
      scope_failure_explain (failure, "An axis can only be resized from and to sizes above 0.");
      return false;
    }
  *shape = wanted;
  return true;
}

/* ---- TensorFlow 1 -----------------------------------------------------------------------------
 */

/* tf.compat.v1.image.resize_bilinear and its like: half pixels are an option, off as a rule. */
static ScopeResampleAxis
rule_1 (ScopeResampleFilter filter, bool corners, bool half, int64_t in, int64_t out)
{
  bool window = filter == SCOPE_FILTER_BOX;
  return (ScopeResampleAxis){
    .in = in,
    .out = out,
    .filter = filter,
    .align_corners = corners,
    .grid = half ? SCOPE_GRID_HALF_PIXEL : SCOPE_GRID_ASYMMETRIC,
    .arithmetic = SCOPE_ARITHMETIC_FLOAT32,
    .coordinates = window ? SCOPE_COORDINATES_TORCH_2 : SCOPE_COORDINATES_TENSORFLOW,
  };
}

static bool
infer_1 (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeResampleFilter filter = methods_1[call->spelling->variant - TENSORFLOW_1];
  const ScopeValue *image = &call->value[IMAGE];
  bool corners = false, half = false, copies = filter == SCOPE_FILTER_NEAREST;
  if (image->kind != SCOPE_VALUE_TENSOR)
    return scope_call_refuse (call, IMAGE, failure, "resize() needs a tensor, not %s",
                              scope_python_type (image));
  const ScopeShape *from = scope_call_shape (call, image);
  ScopeShape shape = *from;
  ScopeDtype own = scope_call_dtype (call, image);
  if (from->rank != 4)
    {
      scope_failure_begin (failure, SCOPE_RULE_RANK);
      return scope_failure_both (failure, "ValueError", "Shape must be rank 4 but is rank %d",
                                 from->rank);
    }
  if (!scope_call_bool (call, ALIGN_CORNERS, &corners, failure)
      || !scope_call_bool (call, HALF_PIXEL, &half, failure)
      || !tensorflow_shape (call, &shape, failure))
    return false;
  if (corners && half)
    {
      scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
      failure->span = call->value[HALF_PIXEL].span;
      return scope_failure_both (failure, "InvalidArgumentError",
                                 "If half_pixel_centers is True, align_corners must be False.");
    }
  ScopeDtype dtype = copies ? own : SCOPE_FLOAT32;
  scope_result_add_input (call, result, image);
  scope_result_set (result, &shape, dtype);
  if (!scope_shape_is_known (&shape) || !scope_shape_is_known (from))
    return true;
  ScopeResampling *plan = scope_resampling_new (call, from->rank, dtype);
  for (int a = 1; plan != NULL && a < 3; a++)
    {
      ScopeResampleAxis rule = rule_1 (filter, corners, half, from->size[a], shape.size[a]);
      scope_resampling_set (plan, a, &rule);
    }
  result->plan = plan;
  return true;
}

/* ---- infer ---------------------------------------------------------------------------------- */

static bool
infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  if (call->spelling->variant >= TENSORFLOW_1)
    return infer_1 (call, result, failure);
  bool jax = call->dialect == SCOPE_JAX;
  const char *name = "bilinear";
  bool antialias = jax;
  const ScopeValue *image = &call->value[IMAGE];
  if (image->kind != SCOPE_VALUE_TENSOR)
    return scope_call_refuse (call, IMAGE, failure, "resize() needs a tensor, not %s",
                              scope_python_type (image));
  if (jax && !scope_value_given (&call->value[METHOD]))
    return scope_call_refuse (call, METHOD, failure,
                              "resize() missing 1 required positional argument: 'method'");
  const ScopeShape *from = scope_call_shape (call, image);
  ScopeShape shape = *from;
  if (!(jax ? jax_shape : tensorflow_shape) (call, &shape, failure)
      || !scope_call_string (call, METHOD, &name, failure)
      || !scope_call_bool (call, ANTIALIAS, &antialias, failure))
    return false;
  const Method *method = find_method (call, name, failure);
  if (method == NULL)
    return false;

  bool copies = method->filter == SCOPE_FILTER_NEAREST_EXACT;
  ScopeDtype own = scope_call_dtype (call, image);
  ScopeDtype dtype = copies ? own : jax ? scope_promote_inexact (SCOPE_JAX, own) : SCOPE_FLOAT32;
  if (!jax && (own == SCOPE_BOOL || scope_dtype_kind (own) == SCOPE_KIND_COMPLEX))
    {
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      scope_failure_explain (failure, "TensorFlow resizes numbers, not %s.",
                             scope_dtype_name (own));
      return false;
    }
  scope_result_add_input (call, result, image);
  scope_result_set (result, &shape, dtype);
  if (scope_shape_is_known (&shape) && scope_shape_is_known (from))
    result->plan = make_plan (call, method, antialias, from, &shape, dtype);
  return true;
}

static const ScopeParameter parameters[] = {
  { "image", SCOPE_TAKES_TENSOR, NULL, NULL,
    "TensorFlow: height × width × channels, a batch axis in front or not; JAX: any axes" },
  { "size", SCOPE_TAKES_SHAPE, NULL, NULL,
    "TensorFlow: the new height and width; JAX: all sizes of the result" },
  { "method", SCOPE_TAKES_CHOICE, "'bilinear'",
    "nearest bilinear bicubic area lanczos3 lanczos5 mitchellcubic gaussian",
    "how values between the input's are found" },
  { "antialias", SCOPE_TAKES_BOOL, "None", NULL,
    "the filter widens when shrinking (TensorFlow: False, JAX: True)" },
  { "preserve_aspect_ratio", SCOPE_TAKES_BOOL, "False", NULL,
    "the new size is the largest that keeps the ratio" },
  { "align_corners", SCOPE_TAKES_BOOL, "False", NULL,
    "TensorFlow 1: the corner elements keep their places" },
  { "half_pixel_centers", SCOPE_TAKES_BOOL, "False", NULL,
    "TensorFlow 1: elements are cells, not their corners" },
  { NULL },
};

static const ScopeSpelling spellings[] = {
  { "tf.image.resize", SCOPE_TENSORFLOW,
    "image=images size method preserve_aspect_ratio antialias -name" },
#define TF1(function, number)                                                                      \
  {                                                                                                \
    "tf.compat.v1.image." function, SCOPE_TENSORFLOW,                                              \
        "image=images size align_corners -name half_pixel_centers", TENSORFLOW_1 + number          \
  }
  TF1 ("resize_nearest_neighbor", 0),
  TF1 ("resize_bilinear", 1),
  TF1 ("resize_bicubic", 2),
  TF1 ("resize_area", 3),
#undef TF1
  { "jax.image.resize", SCOPE_JAX, "image size=shape method antialias -precision" },
  { NULL },
};

const ScopeOp scope_ops_resize[] = {
  { .name = "resize",
    .group = "resampling",
    .about = "resamples an image as TensorFlow and JAX do",
    .spelling = spellings,
    .parameter = parameters,
    .infer = infer,
    .read = scope_resampling_read,
    .trace = scope_resampling_trace },
  { NULL },
};
