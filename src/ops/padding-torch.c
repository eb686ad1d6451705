/* What F.pad of PyTorch 1.13 takes and refuses, by the order of its checks. */
#include "ops/padding.h"

#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/python-words.h"
#include "ops/torch-expand.h"

#include <math.h>
#include <string.h>

#define refuse(pad, failure, rule, sentence, ...)                                                  \
  (scope_failure_begin (failure, rule),                                                            \
   (failure)->span = (pad)->call->value[SCOPE_PAD_WIDTHS].span,                                    \
   scope_failure_explain (failure, sentence), scope_failure_say (failure, __VA_ARGS__))

/* Widths as PyTorch writes them: pairs from the last axis on. */
typedef struct
{
  int64_t width[2 * SCOPE_MAX_RANK];
  int widths;
} Widths;

static bool
read_widths (const ScopePad *pad, Widths *widths, ScopeFailure *failure)
{
  const ScopeValue *value = &pad->call->value[SCOPE_PAD_WIDTHS];
  int limit = 2 * pad->input.shape.rank;
  widths->widths = value->items;
  for (int i = 0; i < value->items && i < limit; i++)
    widths->width[i] =
        value->item[i].kind == SCOPE_VALUE_TENSOR ? SCOPE_SIZE_UNKNOWN : value->item[i].integer;
  if (value->items % 2 != 0)
    return refuse (pad, failure, SCOPE_RULE_COUNT, "Widths come in pairs: before and behind.",
                   "RuntimeError", "Padding length must be divisible by 2");
  if (value->items > limit)
    return refuse (pad, failure, SCOPE_RULE_RANK, "There are more pairs of widths than axes.",
                   "RuntimeError", "Padding length too large");
  return true;
}

static void
place_widths (ScopePad *pad, const Widths *widths)
{
  for (int i = 0; i < widths->widths / 2; i++)
    {
      int axis = pad->input.shape.rank - 1 - i;
      pad->before[axis] = widths->width[2 * i];
      pad->behind[axis] = widths->width[2 * i + 1];
    }
}

/* ---- constant ------------------------------------------------------------------------------- */

/* narrow (axis, start, length) of an axis of *size elements, as PyTorch checks it. */
static bool
narrow (const ScopePad *pad, int64_t start, int64_t length, int64_t *size, ScopeFailure *failure)
{
  int64_t axes = *size > 0 ? *size : 1;
  if (start != *size && (start < -axes || start >= axes))
    return refuse (pad, failure, SCOPE_RULE_SIZE, "More is cut off than the axis has.",
                   "IndexError",
                   "Dimension out of range (expected to be in range of [%lld, %lld], but got %lld)",
                   (long long)-axes, (long long)axes - 1, (long long)start);
  if (length < 0 || start > *size - length)
    return refuse (pad, failure, SCOPE_RULE_SIZE, "More is cut off than the axis has.",
                   "RuntimeError", "start (%lld) + length (%lld) exceeds dimension size (%lld).",
                   (long long)start, (long long)length, (long long)*size);
  *size = length;
  return true;
}

/* First everything is cut off that is to be. */
static bool
cut_off (const ScopePad *pad, const Widths *widths, ScopeFailure *failure)
{
  int rank = pad->input.shape.rank;
  for (int axis = rank - widths->widths / 2; axis < rank; axis++)
    {
      int64_t size = pad->input.shape.size[axis];
      int64_t before = pad->before[axis], behind = pad->behind[axis];
      if (!scope_size_is_known (size))
        continue;
      if (before < 0
          && !narrow (pad, -before, (int64_t)((uint64_t)size + (uint64_t)before), &size, failure))
        return false;
      if (behind < 0
          && !narrow (pad, 0, (int64_t)((uint64_t)size + (uint64_t)behind), &size, failure))
        return false;
    }
  return true;
}

static bool
check_constant_sizes (const ScopePad *pad, const Widths *widths, ScopeFailure *failure)
{
  int rank = pad->input.shape.rank;
  for (int axis = rank - widths->widths / 2; axis < rank; axis++)
    {
      int64_t size = scope_padded_size (pad, axis);
      if (scope_size_is_known (pad->input.shape.size[axis]) && size <= 0)
        return refuse (pad, failure, SCOPE_RULE_SIZE, "The padded axis would have no elements.",
                       "RuntimeError",
                       "The input size %lld, plus negative padding %lld and %lld resulted in a "
                       "negative output size, which is invalid. Check dimension %d of your input.",
                       (long long)pad->input.shape.size[axis], (long long)pad->before[axis],
                       (long long)pad->behind[axis], axis);
    }
  return true;
}

/* The type's name in C++, its least and greatest value; NULL: everything fits. */
static const char *
type_limits (ScopeDtype dtype, double *least, double *greatest)
{
  static const struct
  {
    ScopeDtype dtype;
    const char *name;
    double least, greatest;
  } limits[] = {
    { SCOPE_UINT8, "uint8_t", 0, 255 },
    { SCOPE_INT8, "int8_t", -128, 127 },
    { SCOPE_INT16, "int16_t", -32768, 32767 },
    { SCOPE_INT32, "int", -2147483648.0, 2147483647.0 },
    { SCOPE_INT64, "int64_t", -0x1p63, 0x1p63 },
    { SCOPE_FLOAT16, "at::Half", -65504, 65504 },
    { SCOPE_BFLOAT16, "at::BFloat16", -0x1.FEp127, 0x1.FEp127 },
    { SCOPE_FLOAT32, "float", -0x1.FFFFFEp127, 0x1.FFFFFEp127 },
    { SCOPE_COMPLEX64, "c10::complex<float>", -0x1.FFFFFEp127, 0x1.FFFFFEp127 },
  };
  for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
    if (limits[i].dtype == dtype)
      {
        *least = limits[i].least;
        *greatest = limits[i].greatest;
        return limits[i].name;
      }
  return NULL;
}

static bool
check_value (const ScopePad *pad, double value, ScopeFailure *failure)
{
  double least, greatest;
  const char *name = type_limits (pad->input.dtype, &least, &greatest);
  bool integer = scope_dtype_is_integer (pad->input.dtype);
  if (name == NULL || (!integer && !isfinite (value)))
    return true;
  if (!isnan (value) && value >= least && value <= greatest)
    return true;
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  failure->span = pad->call->value[SCOPE_PAD_VALUE].span;
  scope_failure_explain (failure, "The value does not fit %s.",
                         scope_dtype_name (pad->input.dtype));
  return scope_failure_say (failure, "RuntimeError",
                            "value cannot be converted to type %s without overflow", name);
}

static bool
pad_constant (ScopePad *pad, const Widths *widths, double value, ScopeFailure *failure)
{
  if (!cut_off (pad, widths, failure))
    return false;
  bool adds = false;
  for (int axis = 0; axis < pad->input.shape.rank; axis++)
    adds = adds || pad->before[axis] > 0 || pad->behind[axis] > 0;
  if (!adds)
    return true;
  ScopeShape shape = pad->input.shape;
  if (!check_constant_sizes (pad, widths, failure))
    return false;
  for (int axis = 0; axis < shape.rank; axis++)
    {
      shape.size[axis] = scope_padded_size (pad, axis);
      for (int side = 0; side < 2; side++)
        pad->value[axis][side].f = value;
    }
  pad->value_kind = SCOPE_KIND_FLOAT;
  return scope_torch_fits (&shape, pad->input.dtype, failure) && check_value (pad, value, failure);
}

/* ---- reflect and replicate ------------------------------------------------------------------- */

/* Whether the input has an axis of size 0 other than the batch's, or (for modes that see to it) any
 * without a batch. */
static bool
has_empty_axis (const ScopePad *pad, int spatial, bool batch_only)
{
  const ScopeShape *shape = &pad->input.shape;
  bool batched = shape->rank == spatial + 2;
  for (int axis = batched || batch_only ? 1 : 0; axis < shape->rank; axis++)
    if (shape->size[axis] == 0)
      return true;
  return false;
}

static bool
refuse_empty_reflect (const ScopePad *pad, int spatial, ScopeFailure *failure)
{
  ScopeText sizes = { 0 };
  ScopeDtype dtype = pad->input.dtype;
  bool legacy = dtype != SCOPE_BOOL && dtype != SCOPE_BFLOAT16
                && scope_dtype_kind (dtype) != SCOPE_KIND_COMPLEX;
  scope_text_printf (&sizes, legacy ? "torch.%sTensor{" : "CPU%sType{",
                     scope_dtype_word (SCOPE_PYTORCH, dtype));
  for (int axis = 0; axis < pad->input.shape.rank; axis++)
    {
      scope_text_append (&sizes, axis > 0 ? "," : "");
      scope_size_print (pad->input.shape.size[axis], &sizes);
    }
  refuse (pad, failure, SCOPE_RULE_SIZE, "An axis without elements has nothing to mirror.",
          "RuntimeError", "%dD or %dD (batch mode) tensor expected for input, but got: [ %s} ]",
          spatial + 1, spatial + 2, scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return false;
}

static bool
refuse_empty (const ScopePad *pad, int spatial, ScopeFailure *failure)
{
  ScopeText sizes = { 0 };
  scope_shape_print (&pad->input.shape, SCOPE_SHAPE_LIST, &sizes);
  refuse (pad, failure, SCOPE_RULE_SIZE, "An axis without elements has nothing to repeat.",
          "RuntimeError",
          "Expected %dD or %dD (batch mode) tensor with possibly 0 batch size and other non-zero "
          "dimensions for input, but got: %s",
          spatial + 1, spatial + 2, scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return false;
}

/* A mirrored width is smaller than the axis. */
static bool
check_reflect_widths (const ScopePad *pad, int spatial, ScopeFailure *failure)
{
  const ScopeShape *shape = &pad->input.shape;
  for (int i = 0; i < spatial; i++)
    {
      int axis = shape->rank - 1 - i;
      int64_t size = shape->size[axis];
      if (!scope_size_is_known (size) || (pad->before[axis] < size && pad->behind[axis] < size))
        continue;
      ScopeText sizes = { 0 };
      if (spatial == 2)
        scope_text_printf (&sizes, "%d", shape->rank);
      else
        scope_shape_print (shape, SCOPE_SHAPE_LIST, &sizes);
      refuse (pad, failure, SCOPE_RULE_SIZE, "No more can be mirrored than the axis has.",
              "RuntimeError",
              "Argument #%d: Padding size should be less than the corresponding input dimension, "
              "but got: padding (%lld, %lld) at dimension %d of input %s",
              4 + 2 * i, (long long)pad->before[axis], (long long)pad->behind[axis], axis,
              scope_text_string (&sizes));
      scope_text_clear (&sizes);
      return false;
    }
  return true;
}

/* `input (H: 3, W: 4)is too small. …`: the two modes and the numbers of axes differ in blanks. */
static bool
refuse_too_small (const ScopePad *pad, int spatial, bool reflect, ScopeFailure *failure)
{
  static const char letters[] = "WHD";
  ScopeText in = { 0 }, out = { 0 };
  for (int i = spatial - 1; i >= 0; i--)
    {
      int axis = pad->input.shape.rank - 1 - i;
      scope_text_printf (&in, "%c: %lld%s", letters[i], (long long)pad->input.shape.size[axis],
                         i == 0                     ? ""
                         : i == 2 /* after the D */ ? " "
                                                    : ", ");
      scope_text_printf (&out, "%s%c: %lld", i == spatial - 1 ? "" : " ", letters[i],
                         (long long)scope_padded_size (pad, axis));
    }
  refuse (pad, failure, SCOPE_RULE_SIZE, "The result would have no elements.", "RuntimeError",
          reflect && spatial == 1    ? "2input (%s)is too small. Calculated output %s"
          : reflect && spatial == 2  ? "input (%s)is too small. Calculated output %s"
          : !reflect && spatial == 2 ? "input (%s ) is too small. Calculated output %s"
                                     : "input (%s) is too small. Calculated output %s",
          scope_text_string (&in), scope_text_string (&out));
  scope_text_clear (&in);
  scope_text_clear (&out);
  return false;
}

/* The result must have a place along some axis, and none along none. */
static bool
check_result (const ScopePad *pad, int spatial, bool reflect, ScopeFailure *failure)
{
  ScopeShape shape = pad->input.shape;
  bool any = false;
  int negative = -1;
  for (int axis = 0; axis < shape.rank; axis++)
    {
      bool known = scope_size_is_known (shape.size[axis]);
      shape.size[axis] = scope_padded_size (pad, axis);
      if (axis < shape.rank - spatial)
        continue;
      any = any || !known || shape.size[axis] >= 1;
      if (known && shape.size[axis] < 0 && negative < 0)
        negative = axis;
    }
  if (!any)
    return refuse_too_small (pad, spatial, reflect, failure);
  if (negative < 0)
    return true;
  if (reflect && spatial == 2)
    return refuse (pad, failure, SCOPE_RULE_SIZE, "A size cannot be negative.", "RuntimeError",
                   "numel: integer multiplication overflow");
  ScopeText sizes = { 0 };
  scope_torch_sizes_print (shape.size, shape.rank, &sizes);
  refuse (pad, failure, SCOPE_RULE_SIZE, "A size cannot be negative.", "RuntimeError",
          "Trying to create tensor with negative dimension %lld: %s",
          (long long)shape.size[negative], scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return false;
}

static bool
check_kernel (const ScopePad *pad, int spatial, bool reflect, ScopeFailure *failure)
{
  ScopeDtype dtype = pad->input.dtype;
  bool narrow_floats = reflect && spatial == 3; /* the only kernel written for them */
  if (dtype == SCOPE_FLOAT32 || dtype == SCOPE_FLOAT64 || dtype == SCOPE_COMPLEX64
      || dtype == SCOPE_COMPLEX128
      || (narrow_floats && (dtype == SCOPE_FLOAT16 || dtype == SCOPE_BFLOAT16)))
    return true;
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  scope_failure_explain (failure, "PyTorch pads %s only with constants or around the end.",
                         scope_dtype_name (dtype));
  return scope_failure_say (failure, "RuntimeError", "\"%s_pad%dd%s\" not implemented for '%s'",
                            reflect ? "reflection" : "replication", spatial,
                            reflect && spatial < 3 ? "" : "_cpu",
                            scope_dtype_word (SCOPE_PYTORCH, dtype));
}

static bool
pad_mirrored (const ScopePad *pad, int spatial, bool reflect, ScopeFailure *failure)
{
  bool legacy = reflect && spatial < 3;
  if (has_empty_axis (pad, spatial, legacy))
    return legacy ? refuse_empty_reflect (pad, spatial, failure)
                  : refuse_empty (pad, spatial, failure);
  return (!reflect || check_reflect_widths (pad, spatial, failure))
         && check_result (pad, spatial, reflect, failure)
         && check_kernel (pad, spatial, reflect, failure);
}

/* ---- circular ------------------------------------------------------------------------------- */

static bool
pad_circular (const ScopePad *pad, const Widths *widths, ScopeFailure *failure)
{
  const ScopeShape *shape = &pad->input.shape;
  int spatial = shape->rank - 2;
  if (widths->widths != 2 * spatial)
    return refuse (pad, failure, SCOPE_RULE_COUNT,
                   "Circular padding takes a pair of widths for every axis but the first two.",
                   "RuntimeError", "Invalid padding size, expected %d but got %d", 2 * spatial,
                   widths->widths);
  for (int axis = 2; axis < shape->rank; axis++)
    {
      int64_t size = shape->size[axis];
      if (!scope_size_is_known (size))
        continue;
      if (pad->before[axis] > size || pad->behind[axis] > size)
        return refuse (pad, failure, SCOPE_RULE_SIZE, "A width is larger than the axis.",
                       "RuntimeError", "Padding value causes wrapping around more than once.");
      if (scope_padded_size (pad, axis) < 0)
        return refuse (pad, failure, SCOPE_RULE_SIZE, "More is cut off than the axis has.",
                       "RuntimeError", "Negative padding value is resulting in an empty dimension");
    }
  return true;
}

/* ---- all ------------------------------------------------------------------------------------ */

static bool
find_mode (ScopePad *pad, const char *mode, ScopeFailure *failure)
{
  static const struct
  {
    const char *name;
    ScopePlaceKind kind;
  } modes[] = {
    { "constant", SCOPE_PLACE_CONSTANT },
    { "reflect", SCOPE_PLACE_REFLECT },
    { "replicate", SCOPE_PLACE_EDGE },
    { "circular", SCOPE_PLACE_MODULO },
  };
  for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++)
    if (strcmp (mode, modes[i].name) == 0)
      {
        pad->kind = modes[i].kind;
        return true;
      }
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = pad->call->value[SCOPE_PAD_MODE].span;
  return scope_failure_both (failure, "NotImplementedError", "Unrecognised padding mode %s", mode);
}

bool
scope_pad_torch (ScopePad *pad, ScopeFailure *failure)
{
  Widths widths;
  const char *mode = "constant";
  const ScopeValue *given = &pad->call->value[SCOPE_PAD_VALUE];
  double value = 0;
  if (!scope_call_string (pad->call, SCOPE_PAD_MODE, &mode, failure)
      || !find_mode (pad, mode, failure) || !read_widths (pad, &widths, failure))
    return false;
  place_widths (pad, &widths);
  if (given->kind != SCOPE_VALUE_TENSOR
      && !scope_call_number (pad->call, SCOPE_PAD_VALUE, &value, failure))
    return false;
  if (pad->kind == SCOPE_PLACE_CONSTANT)
    {
      pad->unread = given->kind == SCOPE_VALUE_TENSOR;
      return pad_constant (pad, &widths, value, failure);
    }
  if (value != 0)
    return refuse (pad, failure, SCOPE_RULE_ARGUMENT, "Only constant padding takes a value.",
                   "RuntimeError", "Padding mode \"%s\" doesn't take in value argument", mode);
  int spatial = widths.widths / 2, rank = pad->input.shape.rank;
  if (spatial < 1 || spatial > 3 || (rank != spatial + 1 && rank != spatial + 2))
    return refuse (pad, failure, SCOPE_RULE_RANK,
                   "This mode pads one to three axes of a tensor with one or two more.",
                   "NotImplementedError",
                   "Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now");
  if (pad->kind == SCOPE_PLACE_MODULO)
    return pad_circular (pad, &widths, failure);
  return pad_mirrored (pad, spatial, pad->kind == SCOPE_PLACE_REFLECT, failure);
}
