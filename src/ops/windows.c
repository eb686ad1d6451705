/* Windows along axes: Tensor.unfold, sliding_window_view, F.unfold (im2col) and F.fold (col2im). */
#include "core/arena.h"
#include "core/checked.h"
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/compose.h"
#include "ops/operand.h"
#include "ops/program.h"
#include "ops/python-words.h"
#include "ops/signature.h"
#include "ops/stride.h"
#include "ops/torch-product.h"

#include <inttypes.h>
#include <string.h>

/* ---- Tensor.unfold -------------------------------------------------------------------------- */

enum
{
  VIEW_INPUT,
  VIEW_DIM,
  VIEW_SIZE,
  VIEW_STEP,
};

/* out[…, i, …, k] = in[…, i · step + k, …]; the window is the last axis. */
typedef struct
{
  int axis;
  int64_t step;
  bool scalar; /* the input has no axes; it is taken as one element */
} Windows;

/* The strides of a view in which the windows' axis is stepped and repeated at the end. */
static void
set_stride (const ScopeCall *call, ScopeOutput *output, const Windows *plan, int rank)
{
  int64_t stride[SCOPE_MAX_RANK + 1];
  scope_call_stride (call, &call->value[VIEW_INPUT], stride);
  if (rank == 0)
    stride[0] = 1;
  stride[output->shape.rank - 1] = stride[plan->axis];
  if (output->shape.rank > 1 && !plan->scalar
      && __builtin_mul_overflow (stride[plan->axis], plan->step, &stride[plan->axis]))
    return;
  output->stride = scope_stride_keep (call, &output->shape, stride);
}

static bool
finish_windows (const ScopeCall *call,
                const ScopeShape *shape,
                const Windows *plan,
                ScopeResult *result)
{
  Windows *kept = scope_arena_alloc (call->arena, sizeof *kept);
  if (kept == NULL)
    return scope_call_out_of_memory (call);
  *kept = *plan;
  scope_result_add_input (call, result, &call->value[VIEW_INPUT]);
  scope_result_set (result, shape, scope_call_dtype (call, &call->value[VIEW_INPUT]));
  set_stride (call, &result->output, plan, scope_call_shape (call, &call->value[VIEW_INPUT])->rank);
  result->plan = kept;
  return true;
}

static bool
window_view_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeShape shape = *scope_call_shape (call, &call->value[VIEW_INPUT]);
  Windows plan = { .step = 1, .scalar = shape.rank == 0 };
  int64_t dim = 0, size = 0;
  ScopeAxisStyle style = { .scalar_has_one = true };
  if (!scope_call_int (call, VIEW_DIM, &dim, failure)
      || !scope_call_int (call, VIEW_SIZE, &size, failure)
      || !scope_call_int (call, VIEW_STEP, &plan.step, failure)
      || !scope_axis_find (call, VIEW_DIM, &style, dim, shape.rank, &plan.axis, failure))
    return false;
  int64_t there = plan.scalar ? 1 : shape.size[plan.axis];
  if (scope_size_is_known (there) && size > there)
    return scope_refuse (call, VIEW_SIZE, failure, SCOPE_RULE_SIZE, "RuntimeError",
                         "maximum size for tensor at dimension %d is %" PRId64
                         " but size is %" PRId64,
                         plan.axis, there, size);
  if (plan.step <= 0)
    return scope_refuse (call, VIEW_STEP, failure, SCOPE_RULE_STEP, "RuntimeError",
                         "step is %" PRId64 " but must be > 0", plan.step);
  if (size < 0 && scope_size_is_known (size))
    return scope_refuse (call, VIEW_SIZE, failure, SCOPE_RULE_SIZE, "RuntimeError",
                         "a window has at least 0 elements, not %" PRId64, size);
  if (shape.rank == SCOPE_MAX_RANK)
    return scope_refuse (call, -1, failure, SCOPE_RULE_LIMIT, "RuntimeError",
                         "tensor has too many (>64) dims");
  if (!plan.scalar)
    shape.size[plan.axis] = scope_size_is_known (there) && scope_size_is_known (size)
                                ? (there - size) / plan.step + 1
                                : SCOPE_SIZE_UNKNOWN;
  shape.size[shape.rank++] = size;
  return finish_windows (call, &shape, &plan, result);
}

/* A region for each place in the window: the windows' own axis cannot be stepped along with the
 * axis they slide on. */
static bool
read_windows (const ScopeNode *node,
              ScopeReader *reader,
              const ScopeRegion *region,
              const ScopeBuffer *out,
              ScopeError *error)
{
  const Windows *plan = node->plan;
  int last = node->shape.rank - 1;
  int64_t bytes = (int64_t)scope_dtype_bytes (node->dtype);
  for (int64_t k = 0; k < region->count[last]; k++)
    {
      ScopeRegion source = *region;
      ScopeBuffer buffer = *out;
      int64_t place = region->start[last] + k * region->step[last];
      source.rank = last;
      if (!plan->scalar)
        {
          source.start[plan->axis] = region->start[plan->axis] * plan->step + place;
          source.step[plan->axis] = region->step[plan->axis] * plan->step;
        }
      buffer.data = (char *)out->data + k * out->stride[last] * bytes;
      if (!scope_read_go_on (reader, error)
          || !scope_read_input (node, reader, 0, &source, &buffer, error))
        return false;
    }
  return true;
}

static bool
trace_windows (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const Windows *plan = node->plan;
  int last = node->shape.rank - 1;
  int64_t source[SCOPE_MAX_RANK];
  memcpy (source, index, (size_t)last * sizeof *source);
  if (!plan->scalar)
    source[plan->axis] = index[plan->axis] * plan->step + index[last];
  return trace->add (trace, 0, source, 1);
}

/* ---- sliding_window_view -------------------------------------------------------------------- */

enum
{
  SLIDING_INPUT,
  SLIDING_SHAPE,
  SLIDING_AXIS,
};

/* Windows on each axis given: one view after the other. */
static bool
sliding_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  int64_t size[SCOPE_MAX_RANK], axis[SCOPE_MAX_RANK];
  int sizes, axes;
  ScopeValue value = call->value[SLIDING_INPUT];
  if (value.kind != SCOPE_VALUE_TENSOR)
    return scope_call_refuse (call, SLIDING_INPUT, failure, "This must be an array.");
  int rank = scope_call_shape (call, &value)->rank;
  if (!scope_call_ints (call, SLIDING_SHAPE, size, &sizes, failure)
      || !scope_call_ints (call, SLIDING_AXIS, axis, &axes, failure))
    return false;
  for (int i = 0; i < sizes; i++)
    if (size[i] < 0 && scope_size_is_known (size[i]))
      return scope_refuse (call, SLIDING_SHAPE, failure, SCOPE_RULE_SIZE, "ValueError",
                           "`window_shape` cannot contain negative values");
  if (axes < 0 && sizes != rank)
    return scope_refuse (call, SLIDING_SHAPE, failure, SCOPE_RULE_COUNT, "ValueError",
                         "Since axis is `None`, must provide window_shape for all dimensions of "
                         "`x`; got %d window_shape elements and `x.ndim` is %d.",
                         sizes, rank);
  for (int i = 0; i < sizes && (axes < 0 || i < axes); i++)
    {
      int found = i;
      if (axes >= 0
          && !scope_axis_find (call, SLIDING_AXIS, &(ScopeAxisStyle){ 0 }, axis[i], rank, &found,
                               failure))
        return false;
      axis[i] = found;
    }
  if (axes >= 0 && axes != sizes)
    return scope_refuse (call, SLIDING_AXIS, failure, SCOPE_RULE_COUNT, "ValueError",
                         "Must provide matching length window_shape and axis; got %d window_shape "
                         "elements and %d axes elements.",
                         sizes, axes);
  for (int i = 0; i < sizes; i++)
    {
      int64_t there = scope_call_shape (call, &value)->size[axis[i]];
      if (scope_size_is_known (there) && size[i] > there)
        return scope_refuse (call, SLIDING_SHAPE, failure, SCOPE_RULE_SIZE, "ValueError",
                             "window shape cannot be larger than input array shape");
      if (!SCOPE_COMPOSE (call, failure, &value, ".unfold", value,
                          scope_compose_int (call, axis[i]), scope_compose_int (call, size[i]),
                          scope_compose_int (call, 1)))
        return false;
    }
  return scope_compose_finish (call, result, &value);
}

/* ---- F.unfold and F.fold -------------------------------------------------------------------- */

enum
{
  INPUT,
  KERNEL,
  DILATION,
  PADDING,
  STRIDE,
  OUTPUT, /* of fold */
};

typedef struct
{
  const ScopeCall *call;
  ScopeFailure *failure;
  ScopeShape shape; /* of the input */
  int64_t kernel[2], dilation[2], padding[2], stride[2], output[2];
  bool batched;
} Image;

/* _pair in Python, and the count that the kernel expects. */
static bool
read_pair (Image *image, int parameter, const char *name, int64_t initial, int64_t *out)
{
  const ScopeValue *value = &image->call->value[parameter];
  out[0] = out[1] = initial;
  if (!scope_value_given (value))
    return true;
  bool sequence = scope_value_is_sequence (value);
  if (!sequence)
    out[0] = out[1] = value->integer;
  else if (value->items != 2)
    return scope_refuse (image->call, parameter, image->failure, SCOPE_RULE_COUNT, "RuntimeError",
                         "It is expected %s equals to 2, but got size %d", name, value->items);
  else
    for (int i = 0; i < 2; i++)
      out[i] = value->item[i].integer;
  return true;
}

/* Ints, or sequences of them, as the compiled functions want them: im2col and col2im have their
 * sizes at other positions. */
static bool
check_kinds (Image *image, const int *order, int count, const char *function)
{
  const ScopeCall *call = image->call;
  if (call->value[INPUT].kind != SCOPE_VALUE_TENSOR)
    return scope_refuse (call, INPUT, image->failure, SCOPE_RULE_ARGUMENT, "TypeError",
                         "%s(): argument 'input' (position 1) must be Tensor, not %s", function,
                         scope_value_type_name (call, &call->value[INPUT]));
  for (int i = 0; i < count; i++)
    {
      const ScopeValue *value = &call->value[order[i]];
      bool sequence = scope_value_is_sequence (value);
      int items = !scope_value_given (value) ? 0 : sequence ? value->items : 1;
      for (int k = 0; k < items; k++)
        {
          const ScopeValue *item = sequence ? &value->item[k] : value;
          bool whole = scope_torch_is_int (item);
          if (!whole)
            return scope_refuse (call, order[i], image->failure, SCOPE_RULE_ARGUMENT, "TypeError",
                                 "%s(): argument '%s' (position %d) must be tuple of %s, not tuple",
                                 function, call->op->parameter[order[i]].name, i + 2,
                                 order[i] == OUTPUT ? "SymInts" : "ints");
        }
    }
  return true;
}

static bool
check_positive (Image *image)
{
  static const struct
  {
    int parameter;
    bool zero;
    const char *what, *height, *width;
  } rules[] = {
    { KERNEL, false, "kernel size should be greater than zero, but got", "kernel_height",
      "kernel_width" },
    { DILATION, false, "dilation should be greater than zero, but got", "dilation_height",
      "dilation_width" },
    { PADDING, true, "padding should be non-negative, but got", "pad_height", "pad_width" },
    { STRIDE, false, "stride should be greater than zero, but got", "stride_height",
      "stride_width" },
  };
  const int64_t *values[] = { image->kernel, image->dilation, image->padding, image->stride,
                              image->output };
  for (int i = 0; i < 5; i++)
    for (int k = 0; k < 2; k++)
      if (values[i][k] > INT32_MAX || values[i][k] < INT32_MIN)
        return scope_refuse (image->call, -1, image->failure, SCOPE_RULE_LIMIT, "RuntimeError",
                             "Shapescope follows windows of at most %d places; this has "
                             "%" PRId64 ".",
                             INT32_MAX, values[i][k]);
  bool folds = strcmp (image->call->op->name, "fold") == 0;
  static const int orders[2][4] = { { 0, 1, 2, 3 }, { 0, 3, 2, 1 } };
  for (int i = 0; i < 4; i++)
    {
      int r = orders[folds][i];
      const int64_t *value = values[r];
      int64_t least = rules[r].zero ? 0 : 1;
      if (value[0] < least || value[1] < least)
        return scope_refuse (image->call, rules[r].parameter, image->failure, SCOPE_RULE_SIZE,
                             "RuntimeError", "%s %s: %" PRId64 " %s: %" PRId64, rules[r].what,
                             rules[r].height, value[0], rules[r].width, value[1]);
    }
  return true;
}

static bool
begin (Image *image, const ScopeCall *call, ScopeFailure *failure)
{
  static const int unfolding[] = { KERNEL, DILATION, PADDING, STRIDE };
  static const int folding[] = { OUTPUT, KERNEL, DILATION, PADDING, STRIDE };
  bool folds = strcmp (call->op->name, "fold") == 0;
  *image = (Image){ .call = call, .failure = failure };
  if (!check_kinds (image, folds ? folding : unfolding, folds ? 5 : 4, folds ? "col2im" : "im2col"))
    return false;
  image->shape = *scope_call_shape (call, &call->value[INPUT]);
  return (!folds || read_pair (image, OUTPUT, "output_size", 0, image->output))
         && read_pair (image, KERNEL, "kernel_size", 1, image->kernel)
         && read_pair (image, DILATION, "dilation", 1, image->dilation)
         && read_pair (image, PADDING, "padding", 0, image->padding)
         && read_pair (image, STRIDE, "stride", 1, image->stride) && check_positive (image);
}

/* Whether the axes after the batch have elements. */
static bool
is_filled (const Image *image, int rank)
{
  const ScopeShape *shape = &image->shape;
  if (shape->rank != rank && shape->rank != rank - 1)
    return false;
  for (int a = shape->rank == rank; a < shape->rank; a++)
    if (shape->size[a] == 0)
      return false;
  return true;
}

static bool
refuse_shape (Image *image, const char *words)
{
  ScopeText sizes = { 0 };
  scope_shape_print (&image->shape, SCOPE_SHAPE_LIST, &sizes);
  scope_refuse (image->call, INPUT, image->failure, SCOPE_RULE_RANK, "RuntimeError", "%s%s", words,
                scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return false;
}

static int64_t
windows_along (const Image *image, int axis, int64_t size)
{
  int64_t reach = image->dilation[axis] * (image->kernel[axis] - 1) + 1;
  int64_t room = size + 2 * image->padding[axis] - reach;
  int64_t steps = room / image->stride[axis] - (room % image->stride[axis] < 0);
  return steps + 1;
}

static bool
check_types (Image *image, const char *kernel)
{
  ScopeDtype dtype = scope_call_dtype (image->call, &image->call->value[INPUT]);
  return scope_dtype_kind (dtype) > SCOPE_KIND_SIGNED
         || scope_torch_has_no_kernel (kernel, dtype, image->failure);
}

static bool
check_unfold (Image *image)
{
  const ScopeShape *shape = &image->shape;
  if (shape->rank < 3)
    {
      int rank = shape->rank;
      if (rank == 0)
        return scope_refuse (image->call, INPUT, image->failure, SCOPE_RULE_RANK, "IndexError",
                             "Dimension specified as 1 but tensor has no dimensions");
      return scope_refuse (image->call, INPUT, image->failure, SCOPE_RULE_RANK, "IndexError",
                           "Dimension out of range (expected to be in range of [%d, %d], but got "
                           "%d)",
                           -rank, rank - 1, rank);
    }
  if (!is_filled (image, 4))
    return refuse_shape (image,
                         "Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and "
                         "other non-zero dimensions for input, but got: ");
  const int64_t *size = &shape->size[shape->rank - 2];
  if (!scope_size_is_known (size[0]) || !scope_size_is_known (size[1]))
    return true;
  int64_t high = windows_along (image, 0, size[0]), wide = windows_along (image, 1, size[1]);
  if (high >= 1 && wide >= 1)
    return true;
  return scope_refuse (
      image->call, KERNEL, image->failure, SCOPE_RULE_SIZE, "RuntimeError",
      "Given input with spatial size (%" PRId64 ", %" PRId64 "), kernel_size=(%" PRId64 ", %" PRId64
      "), dilation=(%" PRId64 ", %" PRId64 "), padding=(%" PRId64 ", %" PRId64
      "), calculated shape of the array of sliding blocks as (%" PRId64 ", %" PRId64
      "), but its components must be at least one.",
      size[0], size[0] /* as PyTorch prints it */, image->kernel[0], image->kernel[1],
      image->dilation[0], image->dilation[1], image->padding[0], image->padding[1], high, wide);
}

/* Windows on one axis, dilated ones cut to every so many places. */
static bool
slide (Image *image, int axis, int along, ScopeValue *value)
{
  const ScopeCall *call = image->call;
  int64_t reach = image->dilation[along] * (image->kernel[along] - 1) + 1;
  ScopeValue last = scope_compose_int (call, -1), all = scope_compose_int (call, reach);
  ScopeValue indices;
  if (!SCOPE_COMPOSE (call, image->failure, value, ".unfold", *value,
                      scope_compose_int (call, axis), all,
                      scope_compose_int (call, image->stride[along])))
    return false;
  return image->dilation[along] == 1
         || (SCOPE_COMPOSE (call, image->failure, &indices, "torch.arange",
                            scope_compose_int (call, 0), all,
                            scope_compose_int (call, image->dilation[along]))
             && SCOPE_COMPOSE (call, image->failure, value, "torch.index_select", *value, last,
                               indices));
}

static bool
unfold_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  Image image;
  if (!begin (&image, call, failure) || !check_unfold (&image)
      || !check_types (&image, "im2col_out_cpu"))
    return false;
  const ScopeShape *shape = &image.shape;
  int first = shape->rank - 2; /* of the spatial axes */
  int64_t pads[4] = { image.padding[1], image.padding[1], image.padding[0], image.padding[0] };
  int64_t order[] = { 0, 1, 4, 5, 2, 3 }, alone[] = { 0, 3, 4, 1, 2 };
  ScopeValue value = call->value[INPUT];
  if ((image.padding[0] > 0 || image.padding[1] > 0)
      && !SCOPE_COMPOSE (call, failure, &value, "F.pad", value, scope_compose_ints (call, pads, 4)))
    return false;
  if (!slide (&image, first, 0, &value) || !slide (&image, first + 1, 1, &value)
      || !SCOPE_COMPOSE (call, failure, &value, "torch.permute", value,
                         scope_compose_ints (call, first == 2 ? order : alone, first + 4)))
    return false;
  ScopeShape out = { .rank = first + 1 };
  const ScopeShape *six = scope_call_shape (call, &value);
  out.size[0] = six->size[0];
  out.size[first - 1] = scope_sizes_product (&six->size[first - 1], 3);
  out.size[first] = scope_sizes_product (&six->size[first + 2], 2);
  return SCOPE_COMPOSE (call, failure, &value, "torch.reshape", value,
                        scope_compose_ints (call, out.size, out.rank))
         && scope_compose_finish (call, result, &value);
}

static bool
check_fold (Image *image, int64_t *high, int64_t *wide)
{
  const ScopeShape *shape = &image->shape;
  if (!is_filled (image, 3))
    return refuse_shape (image,
                         "Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch "
                         "size and non-zero dimensions for input, but got: ");
  int channels = shape->rank - 2;
  int64_t area = image->kernel[0] * image->kernel[1], rows = shape->size[channels];
  if (scope_size_is_known (rows) && rows % area != 0)
    return scope_refuse (image->call, KERNEL, image->failure, SCOPE_RULE_DIVIDE, "RuntimeError",
                         "Expected size of input's dimension 1 to be divisible by the product of "
                         "kernel_size, but got input.size(1)=%" PRId64 " and kernel_size=(%" PRId64
                         ", %" PRId64 ").",
                         rows, image->kernel[0], image->kernel[1]);
  *high = windows_along (image, 0, image->output[0]);
  *wide = windows_along (image, 1, image->output[1]);
  int64_t columns = shape->size[channels + 1];
  if (scope_sizes_differ (*high * *wide, columns))
    return scope_refuse (
        image->call, OUTPUT, image->failure, SCOPE_RULE_COUNT, "RuntimeError",
        "Given output_size=(%" PRId64 ", %" PRId64 "), kernel_size=(%" PRId64 ", %" PRId64
        "), dilation=(%" PRId64 ", %" PRId64 "), padding=(%" PRId64 ", %" PRId64
        "), stride=(%" PRId64 ", %" PRId64
        "), expected size of input's dimension 2 to match the calculated number of sliding blocks "
        "%" PRId64 " * %" PRId64 " = %" PRId64 ", but got input.size(2)=%" PRId64 ".",
        image->output[0], image->output[1], image->kernel[0], image->kernel[1], image->dilation[0],
        image->dilation[1], image->padding[0], image->padding[1], image->stride[0],
        image->stride[1], *high, *wide, *high * *wide, columns);
  return true;
}

/* Adding up what overlaps is a transposed convolution whose kernels have a single 1. */
static bool
add_windows (Image *image, int64_t high, int64_t wide, ScopeValue *value)
{
  const ScopeCall *call = image->call;
  ScopeFailure *failure = image->failure;
  const int64_t *k = image->kernel, *s = image->stride, *p = image->padding, *d = image->dilation;
  int64_t area = k[0] * k[1], rows = image->shape.size[image->shape.rank - 2];
  int64_t channels = scope_size_is_known (rows) ? rows / area : SCOPE_SIZE_UNKNOWN;
  bool batched = image->shape.rank == 3;
  int64_t in[4] = { image->shape.size[0], rows, high, wide };
  int64_t kernel[4] = { area, 1, k[0], k[1] }, times[4] = { channels, 1, 1, 1 }, more[2];
  for (int a = 0; a < 2; a++)
    more[a] =
        image->output[a] - (((a == 0 ? high : wide) - 1) * s[a] - 2 * p[a] + d[a] * (k[a] - 1) + 1);
  ScopeValue ones, weight, none = scope_compose_none (call);
  if (!SCOPE_COMPOSE (call, failure, value, "torch.reshape", *value,
                      scope_compose_ints (call, batched ? in : in + 1, batched ? 4 : 3))
      || !SCOPE_COMPOSE (call, failure, &ones, "torch.eye", scope_compose_int (call, area))
      || !SCOPE_COMPOSE (call, failure, &weight, "torch.reshape", ones,
                         scope_compose_ints (call, kernel, 4))
      || !SCOPE_COMPOSE (call, failure, &weight, "torch.tile", weight,
                         scope_compose_ints (call, times, 4))
      || !SCOPE_COMPOSE (call, failure, &weight, ".type_as", weight, *value))
    return false;
  return SCOPE_COMPOSE (call, failure, value, "F.conv_transpose2d", *value, weight, none,
                        scope_compose_ints (call, s, 2), scope_compose_ints (call, p, 2),
                        scope_compose_ints (call, more, 2), scope_compose_int (call, channels),
                        scope_compose_ints (call, d, 2));
}

static bool
fold_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  Image image;
  int64_t high = 0, wide = 0;
  if (!begin (&image, call, failure) || !check_fold (&image, &high, &wide)
      || !check_types (&image, "col2im_out_cpu"))
    return false;
  ScopeValue value = call->value[INPUT];
  ScopeDtype dtype = scope_call_dtype (call, &value);
  if (scope_dtype_kind (dtype) == SCOPE_KIND_COMPLEX)
    {
      scope_failure_begin (failure, SCOPE_RULE_UNKNOWN);
      scope_failure_explain (failure, "Shapescope does not fold complex numbers yet.");
      return false;
    }
  bool narrow = dtype != SCOPE_FLOAT32 && dtype != SCOPE_FLOAT64;
  if (narrow && !SCOPE_COMPOSE (call, failure, &value, ".float", value))
    return false;
  return add_windows (&image, high, wide, &value)
         && (!narrow
             || SCOPE_COMPOSE (call, failure, &value, ".type_as", value, call->value[INPUT]))
         && scope_compose_finish (call, result, &value);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeParameter view_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "any tensor" },
  { "dimension", SCOPE_TAKES_AXIS, NULL, NULL, "the axis that the window slides on" },
  { "size", SCOPE_TAKES_INT, NULL, NULL, "elements of a window" },
  { "step", SCOPE_TAKES_INT, NULL, NULL, "from one window to the next" },
  { NULL },
};

static const ScopeSpelling view_spellings[] = {
  { ".unfold", SCOPE_PYTORCH, .signature = "(int dimension, int size, int step)" },
  { NULL },
};

static const ScopeParameter sliding_parameters[] = {
  { "x", SCOPE_TAKES_TENSOR, NULL, NULL, "any array" },
  { "window_shape", SCOPE_TAKES_SHAPE, NULL, NULL, "elements of a window along each axis" },
  { "axis", SCOPE_TAKES_AXES, "None", NULL, "the axes that the windows slide on" },
  { NULL },
};

static const ScopeSpelling sliding_spellings[] = {
  { "np.lib.stride_tricks.sliding_window_view", SCOPE_NUMPY,
    "x window_shape axis | -subok -writeable",
    .signature = "def sliding_window_view(x, window_shape, axis=None, *, subok=False, "
                 "writeable=False)" },
  { NULL },
};

#define SIZES                                                                                      \
  { "kernel_size", SCOPE_TAKES_SHAPE, NULL, NULL, "sizes of the window" },                         \
      { "dilation", SCOPE_TAKES_SHAPE, "1", NULL, "from one element of the window to the next" },  \
      { "padding", SCOPE_TAKES_SHAPE, "0", NULL, "zeros on both sides" },                          \
  {                                                                                                \
    "stride", SCOPE_TAKES_SHAPE, "1", NULL, "from one window to the next"                          \
  }

static const ScopeParameter unfold_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "an image with channels, or a batch of them" },
  SIZES,
  { NULL },
};

static const ScopeParameter fold_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "windows as columns, or a batch of them" },
  SIZES,
  { "output_size", SCOPE_TAKES_SHAPE, NULL, NULL, "sizes of the image" },
  { NULL },
};

static const ScopeSpelling unfold_spellings[] = {
  { "F.unfold", SCOPE_PYTORCH,
    .signature = "def unfold(input, kernel_size, dilation=1, padding=0, stride=1)" },
  { NULL },
};

static const ScopeSpelling fold_spellings[] = {
  { "F.fold", SCOPE_PYTORCH, "input output_size kernel_size dilation padding stride",
    .signature = "def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1)" },
  { NULL },
};

const ScopeOp scope_ops_windows[] = {
  { .name = "window_view",
    .group = "windows",
    .about = "windows along an axis as a new last axis",
    .spelling = view_spellings,
    .parameter = view_parameters,
    .infer = window_view_infer,
    .read = read_windows,
    .trace = trace_windows },
  { .name = "sliding_window_view",
    .group = "windows",
    .about = "windows along axes as new last axes",
    .spelling = sliding_spellings,
    .parameter = sliding_parameters,
    .infer = sliding_infer,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { .name = "unfold",
    .group = "windows",
    .about = "the windows of an image as columns",
    .spelling = unfold_spellings,
    .parameter = unfold_parameters,
    .infer = unfold_infer,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { .name = "fold",
    .group = "windows",
    .about = "adds columns up to the image whose windows they are",
    .spelling = fold_spellings,
    .parameter = fold_parameters,
    .infer = fold_infer,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { NULL },
};
