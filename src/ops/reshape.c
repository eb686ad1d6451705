/* Other shapes of as many elements: reshape, view, flatten, ravel, unflatten. */
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/ints.h"
#include "ops/operand.h"
#include "ops/regroup.h"
#include "ops/stride.h"

#include "core/arena.h"
#include "core/checked.h"

#include <stdlib.h>
#include <string.h>

enum
{
  RESHAPE,
  VIEW,
};

/* The elements of a shape; unknown when a size is or the product leaves int64. */
static int
count_of (const ScopeShape *shape)
{
  return scope_sizes_product (shape->size, shape->rank);
}

/* ---- the sizes asked for --------------------------------------------------------------------- */

typedef struct
{
  const ScopeCall *call;
  int parameter; /* that holds the sizes */
  ScopeFailure *failure;
  const ScopeShape *input;
  const ScopeInts *sizes;
} Asked;

static void
begin (const Asked *asked, ScopeRule rule)
{
  scope_failure_begin (asked->failure, rule);
  asked->failure->span = asked->call->value[asked->parameter].span;
}

static void
print_sizes (const Asked *asked, ScopeShapeStyle style, ScopeText *text)
{
  if (!asked->sizes->sequence && style == SCOPE_SHAPE_TUPLE && asked->sizes->count == 1)
    scope_text_printf (text, "%lld", (long long)asked->sizes->value[0]);
  else
    scope_ints_print (asked->sizes, style, text);
}

/* (2,newaxis): NumPy leaves out what is unknown in front. */
static void
print_numpy (const ScopeInts *sizes, ScopeText *text)
{
  int i = 0;
  while (i < sizes->count && sizes->value[i] < 0)
    i++;
  scope_text_append (text, "(");
  for (int first = i; i < sizes->count; i++)
    {
      if (i > first)
        scope_text_append (text, ",");
      if (sizes->value[i] < 0)
        scope_text_append (text, "newaxis");
      else
        scope_text_printf (text, "%lld", (long long)sizes->value[i]);
    }
  scope_text_append (text, sizes->count == 1 && sizes->value[0] >= 0 ? ",)" : ")");
}

static bool
refuse_two_unknown (const Asked *asked, int first, int second)
{
  begin (asked, SCOPE_RULE_ARGUMENT);
  scope_failure_explain (asked->failure, "Only one size can be left open with -1.");
  ScopeText text = { 0 };
  switch (asked->call->dialect)
    {
    case SCOPE_NUMPY:
      return scope_failure_say (asked->failure, "ValueError",
                                "can only specify one unknown dimension");
    case SCOPE_TENSORFLOW:
      return scope_say_tensorflow (asked->failure, "Reshape",
                                   "Only one input size may be -1, not both %d and %d", first,
                                   second);
    case SCOPE_JAX:
      print_sizes (asked, SCOPE_SHAPE_TUPLE, &text);
      scope_failure_say (asked->failure, "TypeError",
                         "can only specify one unknown axis size with a `-1` value, got %s",
                         scope_text_string (&text));
      scope_text_clear (&text);
      return false;
    default:
      return scope_failure_say (asked->failure, "RuntimeError",
                                "only one dimension can be inferred");
    }
}

static bool
refuse_negative (const Asked *asked, int axis)
{
  long long size = asked->sizes->value[axis];
  begin (asked, SCOPE_RULE_SIZE);
  scope_failure_explain (asked->failure, "A size cannot be %lld; -1 leaves it open.", size);
  if (asked->call->dialect == SCOPE_TENSORFLOW)
    return scope_say_tensorflow (asked->failure, "Reshape",
                                 "Size %d must be non-negative, not %lld", axis, size);
  if (asked->call->dialect == SCOPE_JAX)
    {
      ScopeText text = { 0 };
      scope_ints_print (asked->sizes, SCOPE_SHAPE_TUPLE, &text);
      scope_failure_say (asked->failure, "TypeError",
                         "Shapes must have non-negative entries; got %s.",
                         scope_text_string (&text));
      scope_text_clear (&text);
      return false;
    }
  return scope_failure_say (asked->failure, "RuntimeError", "invalid shape dimension %lld", size);
}

static void
say_jax (const Asked *asked, int count, int known, bool open)
{
  ScopeText input = { 0 }, sizes = { 0 };
  scope_shape_print (asked->input, SCOPE_SHAPE_TUPLE, &input);
  print_sizes (asked, SCOPE_SHAPE_TUPLE, &sizes);
  if (open)
    scope_failure_say (asked->failure, "TypeError",
                       "cannot reshape array of shape %s (size %lld) into shape %s because the "
                       "product of specified axis sizes (%lld) does not evenly divide %lld",
                       scope_text_string (&input), (long long)count, scope_text_string (&sizes),
                       (long long)known, (long long)count);
  else
    scope_failure_say (asked->failure, "TypeError",
                       "cannot reshape array of shape %s (size %lld) into shape %s (size %lld)",
                       scope_text_string (&input), (long long)count, scope_text_string (&sizes),
                       (long long)known);
  scope_text_clear (&input);
  scope_text_clear (&sizes);
}

/* `known` is the product of the sizes that are given, `open` says that one is left open. */
static bool
refuse_count (const Asked *asked, int count, int known, bool open)
{
  ScopeText text = { 0 };
  begin (asked, open ? SCOPE_RULE_DIVIDE : SCOPE_RULE_COUNT);
  if (open && known == 0)
    scope_failure_explain (asked->failure,
                           "With a size of 0 beside it, the open size could be anything.");
  else if (open)
    scope_failure_explain (asked->failure,
                           "The tensor has %lld elements, which cannot be divided by %lld.",
                           (long long)count, (long long)known);
  else
    scope_failure_explain (asked->failure,
                           "The tensor has %lld elements, but the shape holds %lld.",
                           (long long)count, (long long)known);
  switch (asked->call->dialect)
    {
    case SCOPE_NUMPY:
      print_numpy (asked->sizes, &text);
      scope_failure_say (asked->failure, "ValueError",
                         "cannot reshape array of size %lld into shape %s", (long long)count,
                         scope_text_string (&text));
      break;
    case SCOPE_TENSORFLOW:
      if (open && known == 0)
        scope_say_tensorflow (asked->failure, "Reshape",
                              "reshape cannot infer the missing input size for an empty tensor "
                              "unless all specified input sizes are non-zero");
      else
        scope_say_tensorflow (asked->failure, "Reshape",
                              "Input to reshape is a tensor with %lld values, but the requested "
                              "shape %s %lld",
                              (long long)count, open ? "requires a multiple of" : "has",
                              (long long)known);
      break;
    case SCOPE_JAX:
      say_jax (asked, count, known, open);
      break;
    default:
      scope_ints_print (asked->sizes, SCOPE_SHAPE_LIST, &text);
      if (open && known == 0 && count == 0)
        scope_failure_say (asked->failure, "RuntimeError",
                           "cannot reshape tensor of 0 elements into shape %s because the "
                           "unspecified dimension size -1 can be any value and is ambiguous",
                           scope_text_string (&text));
      else
        scope_failure_say (asked->failure, "RuntimeError",
                           "shape '%s' is invalid for input of size %lld",
                           scope_text_string (&text), (long long)count);
    }
  scope_text_clear (&text);
  return false;
}

/* The product of the given sizes as the framework computes it: PyTorch's wraps round. */
static bool
multiply_known (const Asked *asked, int *known, int size)
{
  int product;
  bool fits = scope_checked_mul (*known, size, &product);
  if (!fits && asked->call->dialect == SCOPE_NUMPY)
    return false;
  *known = (int)((uint64_t)*known * (uint64_t)size);
  return true;
}

/* Finds the shape that the sizes mean. */
static bool
resolve (const Asked *asked, ScopeShape *out)
{
  const ScopeInts *sizes = asked->sizes;
  int count = count_of (asked->input), known = 1;
  bool guess = !scope_size_is_known (count), numpy = asked->call->dialect == SCOPE_NUMPY;
  int open = -1;
  out->rank = sizes->count;
  for (int i = 0; i < sizes->count; i++)
    {
      int size = sizes->value[i];
      out->size[i] = size;
      if (scope_int_is_unknown (size))
        guess = true;
      else if (size == -1 || (numpy && size < 0))
        {
          if (open >= 0)
            return refuse_two_unknown (asked, open, i);
          open = i;
        }
      else if (size < 0)
        return refuse_negative (asked, i);
      else if (!multiply_known (asked, &known, size))
        return refuse_count (asked, count, known, false);
    }
  if (guess)
    {
      if (open >= 0)
        out->size[open] = SCOPE_SIZE_UNKNOWN;
      return true;
    }
  bool divides = open >= 0 && known > 0 && count % known == 0;
  if (open >= 0 ? !divides : count != known)
    return refuse_count (asked, count, known, open >= 0);
  if (open >= 0)
    out->size[open] = count / known;
  return true;
}

/* ---- orders ---------------------------------------------------------------------------------- */

/* NumPy's `order`: 0 when absent or None. */
static bool
find_order (const ScopeCall *call, int parameter, char *order, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[parameter];
  *order = 'C';
  if (value->kind == SCOPE_VALUE_ABSENT || value->kind == SCOPE_VALUE_NONE)
    return true;
  if (value->kind != SCOPE_VALUE_STRING)
    return scope_call_refuse (call, parameter, failure, "order must be str, not %s",
                              scope_value_type (call, value));
  char letter = value->text[0] >= 'a' ? (char)(value->text[0] - 32) : value->text[0];
  if (value->text[0] == '\0' || value->text[1] != '\0' || strchr ("CFAK", letter) == NULL)
    {
      scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
      failure->span = value->span;
      return scope_failure_both (failure, "ValueError",
                                 "order must be one of 'C', 'F', 'A', or 'K' (got '%s')",
                                 value->text);
    }
  *order = letter;
  return true;
}

static void
reverse_order (int8_t *order, int rank)
{
  for (int i = 0; i < rank; i++)
    order[i] = (int8_t)(rank - 1 - i);
}

/* The axes from the largest stride to the smallest. */
static void
order_by_stride (const ScopeShape *shape, const int *stride, int8_t *order)
{
  for (int axis = 0; axis < shape->rank; axis++)
    {
      int place = axis;
      for (; place > 0 && llabs (stride[order[place - 1]]) < llabs (stride[axis]); place--)
        order[place] = order[place - 1];
      order[place] = (int8_t)axis;
    }
}

static bool
is_fortran (const ScopeShape *shape, const int *stride)
{
  int next = 1;
  for (int axis = 0; axis < shape->rank; axis++)
    {
      if (shape->size[axis] != 1 && stride[axis] != next)
        return false;
      next = scope_sizes_product ((int[]){ next, shape->size[axis] }, 2);
    }
  return true;
}

/* Both shapes are counted through in NumPy's order. */
static void
set_order (const ScopeCall *call, char order, ScopeRegroup *plan, int rank)
{
  int stride[SCOPE_MAX_RANK], dense[SCOPE_MAX_RANK];
  const ScopeShape *from = &plan->from;
  scope_call_stride (call, &call->value[0], stride);
  scope_stride_dense (from, dense);
  bool in_c_order = memcmp (stride, dense, (size_t)from->rank * sizeof stride[0]) == 0;
  if (order == 'F' || (order == 'A' && !in_c_order && is_fortran (from, stride)))
    {
      reverse_order (plan->from_order, from->rank);
      reverse_order (plan->to_order, rank);
    }
  else if (order == 'K' && !in_c_order)
    order_by_stride (from, stride, plan->from_order);
}

/* ---- results --------------------------------------------------------------------------------- */

static bool
finish (const ScopeCall *call,
        ScopeResult *result,
        const ScopeOutput *input,
        const ScopeShape *shape,
        char order)
{
  ScopeRegroup *plan = scope_arena_alloc (call->arena, sizeof *plan);
  if (plan == NULL)
    return scope_call_out_of_memory (call);
  scope_regroup_set (plan, &input->shape);
  if (order != 'C')
    set_order (call, order, plan, shape->rank);
  int own[SCOPE_MAX_RANK], stride[SCOPE_MAX_RANK];
  scope_call_stride (call, &call->value[0], own);
  scope_result_set (result, shape, input->dtype);
  if (order == 'F')
    {
      int next = 1;
      for (int axis = 0; axis < shape->rank; axis++)
        {
          stride[axis] = next;
          next = scope_sizes_product ((int[]){ next, shape->size[axis] }, 2);
        }
      result->output.stride = scope_stride_keep (call, shape, stride);
    }
  else if (scope_stride_view (&input->shape, own, shape, stride))
    result->output.stride = scope_stride_keep (call, shape, stride);
  result->plan = plan;
  scope_result_add_input (call, result, &call->value[0]);
  return true;
}

/* ---- reshape and view ------------------------------------------------------------------------ */

static bool
expect_input (const ScopeCall *call, ScopeOutput *input, ScopeFailure *failure)
{
  return call->dialect == SCOPE_PYTORCH ? scope_operand (call, 0, input, failure)
                                        : scope_operand_or_number (call, 0, input, failure);
}

static bool
refuse_too_many_axes (const ScopeCall *call, int rank, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_RANK);
  failure->span = call->value[1].span;
  scope_failure_explain (failure, "A tensor has at most %d axes; these are %d.", SCOPE_MAX_RANK,
                         rank);
  return false;
}

/* NumPy takes what is left out, or None, for the shape that the array has. */
static bool
numpy_sizes (const ScopeCall *call, ScopeInts *sizes, bool *same, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[1];
  *same = value->kind == SCOPE_VALUE_NONE;
  if (value->kind == SCOPE_VALUE_ABSENT)
    {
      scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
      return scope_failure_both (failure, "TypeError",
                                 "reshape() takes exactly 1 argument (0 given)");
    }
  return scope_ints_find (call, 1, sizes, failure);
}

static bool
reshape_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  ScopeInts sizes;
  ScopeShape shape;
  char order = 'C';
  bool same = false;
  if (!expect_input (call, &input, failure))
    return false;
  if (call->dialect == SCOPE_NUMPY ? !numpy_sizes (call, &sizes, &same, failure)
                                   : !scope_ints_find (call, 1, &sizes, failure))
    return false;
  if (call->dialect != SCOPE_PYTORCH && !find_order (call, 2, &order, failure))
    return false;
  if (same)
    return finish (call, result, &input, &input.shape, 'C');
  if (order == 'K')
    {
      scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
      failure->span = call->value[2].span;
      return scope_failure_both (failure, "ValueError", "order 'K' is not permitted for reshaping");
    }
  Asked asked = { call, 1, failure, &input.shape, &sizes };
  return resolve (&asked, &shape) && finish (call, result, &input, &shape, order);
}

static bool
refuse_view (ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  scope_failure_explain (failure, "The elements do not lie one after the other in memory, so this "
                                  "shape needs a copy; `reshape` makes one.");
  return scope_failure_say (
      failure, "RuntimeError",
      "view size is not compatible with input tensor's size and stride (at least one dimension "
      "spans across two contiguous subspaces). Use .reshape(...) instead.");
}

static bool
finish_view (const ScopeCall *call,
             ScopeResult *result,
             const ScopeOutput *input,
             const ScopeShape *shape,
             ScopeFailure *failure)
{
  int own[SCOPE_MAX_RANK], stride[SCOPE_MAX_RANK];
  scope_call_stride (call, &call->value[0], own);
  if (!scope_stride_view (&input->shape, own, shape, stride))
    return refuse_view (failure);
  return finish (call, result, input, shape, 'C');
}

static bool
view_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  ScopeInts sizes;
  ScopeShape shape;
  if (!scope_operand (call, 0, &input, failure))
    return false;
  if (call->value[1].kind == SCOPE_VALUE_DTYPE)
    {
      scope_failure_begin (failure, SCOPE_RULE_UNKNOWN);
      failure->span = call->value[1].span;
      scope_failure_explain (failure, "Shapescope does not know `view` with another type yet.");
      return false;
    }
  if (!scope_ints_find (call, 1, &sizes, failure))
    return false;
  Asked asked = { call, 1, failure, &input.shape, &sizes };
  return resolve (&asked, &shape) && finish_view (call, result, &input, &shape, failure);
}

/* The shape of another tensor: reshape_as, view_as. */
static bool
like_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input, other;
  ScopeShape shape;
  if (!scope_operand (call, 0, &input, failure) || !scope_operand (call, 1, &other, failure))
    return false;
  ScopeInts sizes = { .given = true, .sequence = true, .count = other.shape.rank };
  memcpy (sizes.value, other.shape.size, sizeof sizes.value);
  Asked asked = { call, 1, failure, &input.shape, &sizes };
  if (!resolve (&asked, &shape))
    return false;
  return call->spelling->variant == VIEW ? finish_view (call, result, &input, &shape, failure)
                                         : finish (call, result, &input, &shape, 'C');
}

/* ---- flatten and ravel ----------------------------------------------------------------------- */

/* One axis in NumPy's order. */
static bool
ravel (const ScopeCall *call, ScopeResult *result, const ScopeOutput *input, char order)
{
  ScopeShape shape = { .rank = 1, .size = { count_of (&input->shape) } };
  return finish (call, result, input, &shape, order);
}

static bool
ravel_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  char order = 'C';
  return expect_input (call, &input, failure)
         && (call->dialect == SCOPE_PYTORCH || find_order (call, 1, &order, failure))
         && ravel (call, result, &input, order);
}

static bool
flatten_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  static const ScopeAxisStyle style = { .scalar_has_one = true };
  ScopeOutput input;
  int dim[2] = { 0, -1 };
  int axis[2];
  if (!scope_operand (call, 0, &input, failure) || !scope_call_int (call, 1, &dim[0], failure)
      || !scope_call_int (call, 2, &dim[1], failure))
    return false;
  const ScopeShape *from = &input.shape;
  for (int i = 0; i < 2; i++)
    if (!scope_axis_find (call, 1 + i, &style, dim[i], from->rank, &axis[i], failure))
      return false;
  if (axis[0] > axis[1])
    {
      scope_failure_begin (failure, SCOPE_RULE_AXIS);
      return scope_failure_both (failure, "RuntimeError",
                                 "flatten() has invalid args: start_dim cannot come after end_dim");
    }
  if (from->rank == 0)
    return ravel (call, result, &input, 'C');

  ScopeShape shape = { .rank = 0 };
  for (int i = 0; i < from->rank; i++)
    if (i < axis[0] || i > axis[1])
      shape.size[shape.rank++] = from->size[i];
    else if (i == axis[0])
      shape.size[shape.rank++] = scope_sizes_product (&from->size[i], axis[1] - i + 1);
  return finish (call, result, &input, &shape, 'C');
}

/* ---- unflatten ------------------------------------------------------------------------------- */

static bool
refuse_parts (const Asked *asked, int dim, int size)
{
  ScopeText text = { 0 };
  scope_ints_print (asked->sizes, SCOPE_SHAPE_LIST, &text);
  begin (asked, SCOPE_RULE_DIVIDE);
  scope_failure_explain (asked->failure, "Axis %d has %lld places, which %s does not make up.", dim,
                         (long long)size, scope_text_string (&text));
  scope_failure_say (asked->failure, "RuntimeError",
                     "unflatten: Provided sizes %s don't multiply up to the size of dim %d (%lld) "
                     "in the input tensor",
                     scope_text_string (&text), dim, (long long)size);
  scope_text_clear (&text);
  return false;
}

/* What PyTorch says of sizes for one axis differs from what it says of a whole shape. */
static bool
resolve_parts (const Asked *asked, int dim, ScopeShape *out)
{
  int size = asked->input->size[0], product = 1;
  int open = 0;
  bool negative = false;
  for (int i = 0; i < asked->sizes->count; i++)
    {
      int part = asked->sizes->value[i];
      open += part == -1;
      negative = negative || (part < -1 && !scope_int_is_unknown (part));
      if (part >= 0)
        product = (int)((uint64_t)product * (uint64_t)part);
    }
  if (resolve (asked, out))
    return true;
  if (negative)
    return false;
  if (open > 1)
    return scope_failure_say (asked->failure, "RuntimeError",
                              "unflatten got an unexpected error:\nonly one dimension can be "
                              "inferred");
  if (open == 1 && product == 0 && size == 0)
    return false;
  return refuse_parts (asked, dim, size);
}

static bool
unflatten_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  static const ScopeAxisStyle style = { 0 };
  ScopeOutput input;
  ScopeInts sizes;
  ScopeShape parts;
  int dim = 0;
  int axis;
  if (!scope_operand (call, 0, &input, failure) || !scope_call_int (call, 1, &dim, failure)
      || !scope_axis_find (call, 1, &style, dim, input.shape.rank, &axis, failure)
      || !scope_ints_find (call, 2, &sizes, failure))
    return false;
  if (sizes.count == 0)
    {
      scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
      failure->span = call->value[2].span;
      return scope_failure_both (failure, "RuntimeError", "unflatten: sizes must be non-empty");
    }
  ScopeShape one = { .rank = 1, .size = { input.shape.size[axis] } };
  Asked asked = { call, 2, failure, &one, &sizes };
  if (!resolve_parts (&asked, (int)dim, &parts))
    return false;
  int rank = input.shape.rank - 1 + parts.rank;
  if (rank > SCOPE_MAX_RANK)
    return refuse_too_many_axes (call, rank, failure);
  ScopeShape shape = { .rank = 0 };
  for (int i = 0; i < input.shape.rank; i++)
    if (i != axis)
      shape.size[shape.rank++] = input.shape.size[i];
    else
      for (int k = 0; k < parts.rank; k++)
        shape.size[shape.rank++] = parts.size[k];
  return finish_view (call, result, &input, &shape, failure);
}

/* ---- the tables ------------------------------------------------------------------------------ */

static const ScopeParameter reshape_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "shape", SCOPE_TAKES_SHAPE, "None", NULL, "the new sizes; -1: whatever remains" },
  { "order", SCOPE_TAKES_STRING, "'C'", NULL, "NumPy: 'C' the last axis fastest, 'F' the first" },
  { NULL },
};

static const ScopeSpelling reshape_spellings[] = {
  { "torch.reshape", SCOPE_PYTORCH, "input shape", RESHAPE, false,
    "reshape(Tensor input, tuple of SymInts shape)" },
  { ".reshape", SCOPE_PYTORCH, "input *shape", RESHAPE, false, "reshape(tuple of SymInts shape)" },
  { "np.reshape", SCOPE_NUMPY, "input=a shape=newshape order", RESHAPE, false,
    "def reshape(a, newshape, order='C')" },
  { ".reshape", SCOPE_NUMPY, "input *shape | order", RESHAPE, false, "any reshape(order)" },
  { "tf.reshape", SCOPE_TENSORFLOW, "input=tensor shape -name", RESHAPE, false,
    "def reshape(tensor, shape, name=None)" },
  { "jnp.reshape", SCOPE_JAX, "input=a shape=shape=newshape order | -copy", RESHAPE, false, NULL },
  { ".reshape", SCOPE_JAX, "input *shape | order", RESHAPE, false, NULL },
  { NULL },
};

static const ScopeParameter view_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "shape", SCOPE_TAKES_SHAPE, NULL, NULL, "the new sizes; -1: whatever remains" },
  { NULL },
};

static const ScopeSpelling view_spellings[] = {
  { ".view", SCOPE_PYTORCH, "input *shape=size=dtype", VIEW, false,
    "view(torch.dtype dtype)\nview(tuple of SymInts size)" },
  { NULL },
};

static const ScopeParameter like_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "other", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor whose shape it takes" },
  { NULL },
};

static const ScopeSpelling like_spellings[] = {
  { ".reshape_as", SCOPE_PYTORCH, NULL, RESHAPE, false, "reshape_as(Tensor other)" },
  { ".view_as", SCOPE_PYTORCH, NULL, VIEW, false, "view_as(Tensor other)" },
  { NULL },
};

static const ScopeParameter flatten_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "start_dim", SCOPE_TAKES_AXIS, "0", NULL, "the first axis to join" },
  { "end_dim", SCOPE_TAKES_AXIS, "-1", NULL, "the last axis to join" },
  { NULL },
};

#define FLATTEN_SIGNATURES(input)                                                                  \
  "flatten(" input "int start_dim, int end_dim, name out_dim)\n"                                   \
  "flatten(" input "int start_dim=0, int end_dim=-1)\n"                                            \
  "flatten(" input "name start_dim, name end_dim, name out_dim)\n"                                 \
  "flatten(" input "tuple of names dims, name out_dim)"

static const ScopeSpelling flatten_spellings[] = {
  { "torch.flatten", SCOPE_PYTORCH, NULL, 0, false, FLATTEN_SIGNATURES ("Tensor input, ") },
  { ".flatten", SCOPE_PYTORCH, NULL, 0, false, FLATTEN_SIGNATURES ("") },
  { NULL },
};

static const ScopeParameter ravel_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "order", SCOPE_TAKES_STRING, "'C'", NULL,
    "NumPy: 'C' the last axis fastest, 'F' the first, 'K' as it lies in memory" },
  { NULL },
};

static const ScopeSpelling ravel_spellings[] = {
  { "torch.ravel", SCOPE_PYTORCH, "input", 0, false, "ravel(Tensor input)" },
  { ".ravel", SCOPE_PYTORCH, "input", 0, false, "args _TensorBase.ravel()" },
  { "np.ravel", SCOPE_NUMPY, "input=a order", 0, false, "def ravel(a, order='C')" },
  { ".ravel", SCOPE_NUMPY, "input order", 0, false, "npy ravel(order='C')" },
  { ".flatten", SCOPE_NUMPY, "input order", 0, false, "npy flatten(order='C')" },
  { "jnp.ravel", SCOPE_JAX, "input=a order", 0, false, "def ravel(a, order='C')" },
  { ".ravel", SCOPE_JAX, "input order", 0, false, NULL },
  { ".flatten", SCOPE_JAX, "input order", 0, false, NULL },
  { NULL },
};

static const ScopeParameter unflatten_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "dim", SCOPE_TAKES_AXIS, NULL, NULL, "the axis to split" },
  { "sizes", SCOPE_TAKES_SHAPE, NULL, NULL, "the sizes it is split into; -1: whatever remains" },
  { NULL },
};

static const ScopeSpelling unflatten_spellings[] = {
  { "torch.unflatten", SCOPE_PYTORCH, NULL, 0, false,
    "unflatten(Tensor input, int dim, tuple of ints sizes)\n"
    "unflatten(Tensor input, name dim, tuple of ints sizes, tuple of names names)" },
  { ".unflatten", SCOPE_PYTORCH, NULL, 0, false, "def Tensor.unflatten(self, dim, sizes)" },
  { NULL },
};

const ScopeOp scope_ops_reshape[] = {
  { .name = "reshape",
    .group = "reshaping",
    .about = "gives the elements another shape, in the same order",
    .spelling = reshape_spellings,
    .parameter = reshape_parameters,
    .infer = reshape_infer,
    .read = scope_regroup_node_read,
    .trace = scope_regroup_node_trace },
  { .name = "view",
    .group = "reshaping",
    .about = "gives the elements another shape without a copy",
    .spelling = view_spellings,
    .parameter = view_parameters,
    .infer = view_infer,
    .read = scope_regroup_node_read,
    .trace = scope_regroup_node_trace },
  { .name = "reshape_as",
    .group = "reshaping",
    .about = "gives the elements the shape of another tensor",
    .spelling = like_spellings,
    .parameter = like_parameters,
    .infer = like_infer,
    .read = scope_regroup_node_read,
    .trace = scope_regroup_node_trace },
  { .name = "flatten",
    .group = "reshaping",
    .about = "joins neighbouring axes into one",
    .spelling = flatten_spellings,
    .parameter = flatten_parameters,
    .infer = flatten_infer,
    .read = scope_regroup_node_read,
    .trace = scope_regroup_node_trace },
  { .name = "ravel",
    .group = "reshaping",
    .about = "joins all axes into one",
    .spelling = ravel_spellings,
    .parameter = ravel_parameters,
    .infer = ravel_infer,
    .read = scope_regroup_node_read,
    .trace = scope_regroup_node_trace },
  { .name = "unflatten",
    .group = "reshaping",
    .about = "splits an axis into several",
    .spelling = unflatten_spellings,
    .parameter = unflatten_parameters,
    .infer = unflatten_infer,
    .read = scope_regroup_node_read,
    .trace = scope_regroup_node_trace },
  { NULL },
};
