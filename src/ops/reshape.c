/* Other shapes of as many elements: reshape, view, flatten, ravel, unflatten. */
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/new-shape.h"
#include "ops/operand.h"
#include "ops/regroup.h"
#include "ops/stride.h"
#include "ops/view-type.h"

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
static int64_t
count_of (const ScopeShape *shape)
{
  return scope_sizes_product (shape->size, shape->rank);
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
                              scope_value_type_name (call, value));
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

/* The axes from the slowest to the fastest as NumPy's iterator finds them: by their strides, where
 * a stride of 0 says nothing and the axis stays where it is. */
static void
order_by_stride (const ScopeShape *shape, const int64_t *stride, int8_t *order)
{
  int rank = shape->rank;
  int8_t inner[SCOPE_MAX_RANK]; /* innermost first */
  for (int i = 0; i < rank; i++)
    {
      int8_t axis = (int8_t)(rank - 1 - i);
      int place = i;
      for (int k = i - 1; k >= 0; k--)
        {
          int64_t other = llabs (stride[inner[k]]), own = llabs (stride[axis]);
          if (other == 0 || own == 0 || shape->size[axis] == 1 || shape->size[inner[k]] == 1)
            continue;
          if (other <= own)
            break;
          place = k;
        }
      memmove (&inner[place + 1], &inner[place], (size_t)(i - place));
      inner[place] = axis;
    }
  for (int i = 0; i < rank; i++)
    order[i] = inner[rank - 1 - i];
}

/* Dense from the last axis to the first, or the other way round; axes of one place do not count. */
static bool
is_dense (const ScopeShape *shape, const int64_t *stride, bool fortran)
{
  int64_t next = 1;
  for (int i = 0; i < shape->rank; i++)
    {
      int axis = fortran ? i : shape->rank - 1 - i;
      if (shape->size[axis] != 1 && stride[axis] != next)
        return false;
      next = scope_sizes_product ((int64_t[]){ next, shape->size[axis] }, 2);
    }
  return true;
}

/* Both shapes are counted through in NumPy's order. */
static void
set_order (const ScopeCall *call, char order, ScopeRegroup *plan, int rank)
{
  int64_t stride[SCOPE_MAX_RANK];
  const ScopeShape *from = &plan->from;
  scope_call_stride (call, &call->value[0], stride);
  bool in_c_order = is_dense (from, stride, false);
  if (order == 'F' || (order == 'A' && !in_c_order && is_dense (from, stride, true)))
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
  int64_t own[SCOPE_MAX_RANK], stride[SCOPE_MAX_RANK];
  scope_call_stride (call, &call->value[0], own);
  scope_result_set (result, shape, input->dtype);
  if (order == 'F')
    {
      int64_t next = 1;
      for (int axis = 0; axis < shape->rank; axis++)
        {
          stride[axis] = next;
          next = scope_sizes_product ((int64_t[]){ next, shape->size[axis] }, 2);
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
  ScopeNewShape asked = { call, 1, failure, &input.shape, &sizes };
  return scope_new_shape_resolve (&asked, &shape) && finish (call, result, &input, &shape, order);
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
  int64_t own[SCOPE_MAX_RANK], stride[SCOPE_MAX_RANK];
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
    return scope_view_type_infer (call, call->value[1].dtype, result, failure);
  if (!scope_ints_find (call, 1, &sizes, failure))
    return false;
  ScopeNewShape asked = { call, 1, failure, &input.shape, &sizes };
  return scope_new_shape_resolve (&asked, &shape)
         && finish_view (call, result, &input, &shape, failure);
}

/* A view has a plan when its shape is another, none when its type is. */
static bool
view_read (const ScopeNode *node,
           ScopeReader *reader,
           const ScopeRegion *region,
           const ScopeBuffer *out,
           ScopeError *error)
{
  return node->plan != NULL ? scope_regroup_node_read (node, reader, region, out, error)
                            : scope_view_type_read (node, reader, region, out, error);
}

static bool
view_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  return node->plan != NULL ? scope_regroup_node_trace (node, index, trace)
                            : scope_view_type_trace (node, index, trace);
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
  ScopeNewShape asked = { call, 1, failure, &input.shape, &sizes };
  if (!scope_new_shape_resolve (&asked, &shape))
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
  int64_t dim[2] = { 0, -1 };
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
      shape.size[shape.rank++] =
          i == axis[1] ? from->size[i] : scope_sizes_product (&from->size[i], axis[1] - i + 1);
  return finish (call, result, &input, &shape, 'C');
}

/* ---- unflatten ------------------------------------------------------------------------------- */

static bool
refuse_parts (const ScopeNewShape *asked, int dim, int64_t size)
{
  ScopeText text = { 0 };
  scope_ints_print (asked->sizes, SCOPE_SHAPE_LIST, &text);
  scope_failure_begin (asked->failure, SCOPE_RULE_DIVIDE);
  asked->failure->span = asked->call->value[asked->parameter].span;
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
resolve_parts (const ScopeNewShape *asked, int dim, ScopeShape *out)
{
  int64_t size = asked->input->size[0], product = 1;
  int open = 0;
  bool negative = false;
  for (int i = 0; i < asked->sizes->count; i++)
    {
      int64_t part = asked->sizes->value[i];
      open += part == -1;
      negative = negative || (part < -1 && !scope_int_is_unknown (part));
      if (part >= 0)
        product = (int64_t)((uint64_t)product * (uint64_t)part);
    }
  if (scope_new_shape_resolve (asked, out))
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
  static const ScopeAxisStyle style = { .scalar_has_one = true };
  ScopeOutput input;
  ScopeInts sizes;
  ScopeShape parts;
  int64_t dim = 0;
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
  if (input.shape.rank == 0)
    {
      scope_failure_begin (failure, SCOPE_RULE_RANK);
      return scope_failure_both (failure, "IndexError",
                                 "Dimension specified as 0 but tensor has no dimensions");
    }
  ScopeShape one = { .rank = 1, .size = { input.shape.size[axis] } };
  ScopeNewShape asked = { call, 2, failure, &one, &sizes };
  if (!resolve_parts (&asked, axis, &parts))
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
    .read = view_read,
    .trace = view_trace },
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
