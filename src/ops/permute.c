/* Orders of axes: permute, transpose, swapaxes, t, T, mT, movedim, rollaxis. */
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/ints.h"
#include "ops/operand.h"
#include "ops/reorder.h"

#include <string.h>

enum
{
  PERMUTE, /* an order of all axes */
  REVERSE, /* the same, backwards when no order is given */
  ATTRIBUTE_T,
};

enum
{
  MATRIX_T,       /* .t (): at most two axes */
  MATRIX_MT,      /* .mT */
  MATRIX_MH,      /* .mH: real numbers are their own conjugates */
  MATRIX_H,       /* .H: two axes */
  MATRIX_ADJOINT, /* .adjoint () */
};

static bool
reverse (const ScopeCall *call, ScopeResult *result)
{
  int rank = scope_call_shape (call, &call->value[0])->rank;
  int8_t source[SCOPE_MAX_RANK];
  for (int axis = 0; axis < rank; axis++)
    source[axis] = (int8_t)(rank - 1 - axis);
  return scope_reorder_set (call, result, &call->value[0], source, rank);
}

static bool
exchange (const ScopeCall *call, ScopeResult *result, int a, int b)
{
  int rank = scope_call_shape (call, &call->value[0])->rank;
  int8_t source[SCOPE_MAX_RANK];
  for (int axis = 0; axis < rank; axis++)
    source[axis] = (int8_t)(axis == a ? b : axis == b ? a : axis);
  return scope_reorder_set (call, result, &call->value[0], source, rank);
}

static bool
expect_tensor (const ScopeCall *call, ScopeOutput *input, ScopeFailure *failure)
{
  return scope_operand (call, 0, input, failure);
}

/* ---- permute --------------------------------------------------------------------------------- */

static bool
refuse_length (const ScopeCall *call, const ScopeInts *dims, int rank, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_RANK);
  failure->span = call->value[1].span;
  scope_failure_explain (failure, "The tensor has %d axes, but the order names %d.", rank,
                         dims->count);
  switch (call->dialect)
    {
    case SCOPE_NUMPY:
      return scope_failure_say (failure, "ValueError", "axes don't match array");
    case SCOPE_TENSORFLOW:
      return scope_say_tensorflow (
          failure, "Transpose",
          "transpose expects a vector of size %d. But input(1) is a vector "
          "of size %d",
          rank, dims->count);
    case SCOPE_JAX:
      return false;
    default:
      return scope_failure_say (
          failure, "RuntimeError",
          "permute(sparse_coo): number of dimensions in the tensor input does not match the length "
          "of the desired ordering of dimensions i.e. input.dim() = %d is not equal to len(dims) = "
          "%d",
          rank, dims->count);
    }
}

/* JAX and TensorFlow look at the whole order and say that it is none. */
static bool
refuse_order (const ScopeCall *call,
              const ScopeShape *shape,
              const ScopeInts *dims,
              int twice,
              ScopeFailure *failure)
{
  ScopeText order = { 0 }, sizes = { 0 };
  if (failure->rule != SCOPE_RULE_RANK)
    {
      scope_failure_begin (failure, SCOPE_RULE_AXIS);
      failure->span = call->value[1].span;
      scope_failure_explain (failure, "Axis %d is named twice.", twice);
    }
  switch (call->dialect)
    {
    case SCOPE_NUMPY:
      return scope_failure_say (failure, "ValueError", "repeated axis in transpose");
    case SCOPE_PYTORCH:
      return scope_failure_say (failure, "RuntimeError",
                                "permute(): duplicate dims are not allowed.");
    case SCOPE_JAX:
      scope_ints_print (dims, SCOPE_SHAPE_TUPLE, &order);
      scope_shape_print (shape, SCOPE_SHAPE_TUPLE, &sizes);
      scope_failure_say (failure, "TypeError",
                         "transpose permutation isn't a permutation of operand dimensions, got "
                         "permutation %s for operand shape %s.",
                         scope_text_string (&order), scope_text_string (&sizes));
      break;
    default:
      {
        bool named[SCOPE_MAX_RANK] = { false };
        int missing = 0;
        for (int i = 0; i < dims->count; i++)
          named[dims->value[i]] = true;
        while (named[missing])
          missing++;
        scope_ints_print (dims, SCOPE_SHAPE_TIGHT_LIST, &order);
        const char *inner = scope_text_string (&order) + 1;
        scope_say_tensorflow (failure, "Transpose", "%d is missing from {%.*s}.", missing,
                              (int)strlen (inner) - 1, inner);
      }
    }
  scope_text_clear (&order);
  scope_text_clear (&sizes);
  return false;
}

static bool
find_order_axis (const ScopeCall *call,
                 const ScopeInts *dims,
                 int i,
                 int rank,
                 int *out,
                 ScopeFailure *failure)
{
  static const ScopeAxisStyle style = { 0 };
  int64_t axis = dims->value[i];
  if (scope_axis_find (call, 1, &style, axis, rank, out, failure))
    return true;
  if (call->dialect == SCOPE_TENSORFLOW)
    scope_say_tensorflow (failure, "Transpose", "%lld is out of range [0 .. %d)",
                          (long long)(axis < 0 ? axis + rank : axis), rank);
  return false;
}

static bool
permute_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  ScopeInts dims;
  if (!expect_tensor (call, &input, failure) || !scope_ints_find (call, 1, &dims, failure))
    return false;
  int rank = input.shape.rank, axis[SCOPE_MAX_RANK];
  if (!dims.given)
    return reverse (call, result);
  bool jax = call->dialect == SCOPE_JAX;
  if (dims.count != rank && !jax)
    return refuse_length (call, &dims, rank, failure);

  int8_t source[SCOPE_MAX_RANK];
  bool named[SCOPE_MAX_RANK] = { false };
  int twice = -1;
  for (int i = 0; i < dims.count; i++)
    {
      if (!find_order_axis (call, &dims, i, rank, &axis[i], failure))
        return false;
      source[i] = (int8_t)axis[i];
      if (named[axis[i]] && twice < 0)
        twice = axis[i];
      named[axis[i]] = true;
      if (twice >= 0 && (call->dialect == SCOPE_NUMPY || call->dialect == SCOPE_PYTORCH))
        break;
      dims.value[i] = axis[i];
    }
  if (dims.count != rank)
    refuse_length (call, &dims, rank, failure);
  if (twice >= 0 || dims.count != rank)
    return refuse_order (call, &input.shape, &dims, twice, failure);
  return scope_reorder_set (call, result, &call->value[0], source, rank);
}

/* ---- two axes -------------------------------------------------------------------------------- */

static bool
transpose_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  int64_t dim[2] = { 0 };
  int axis[2];
  if (!expect_tensor (call, &input, failure))
    return false;
  for (int i = 0; i < 2; i++)
    {
      if (call->dialect != SCOPE_PYTORCH && !scope_value_is_int (&call->value[1 + i]))
        return scope_refuse_integer (call, 1 + i, &call->value[1 + i], failure);
      if (!scope_call_int (call, 1 + i, &dim[i], failure))
        return false;
    }
  for (int i = 0; i < 2; i++)
    {
      ScopeAxisStyle style = { .scalar_has_one = call->dialect == SCOPE_PYTORCH,
                               .prefix = i == 0 ? "axis1: " : "axis2: " };
      if (!scope_axis_find (call, 1 + i, &style, dim[i], input.shape.rank, &axis[i], failure))
        return false;
    }
  return exchange (call, result, axis[0], axis[1]);
}

/* ---- the axes of a matrix -------------------------------------------------------------------- */

static bool
refuse_rank (const ScopeCall *call, int rank, ScopeFailure *failure)
{
  static const char *const names[] = {
    [MATRIX_MT] = "tensor.mT",
    [MATRIX_MH] = "tensor.mH",
    [MATRIX_ADJOINT] = "tensor.adjoint()",
  };

  int variant = call->spelling->variant;
  scope_failure_begin (failure, SCOPE_RULE_RANK);
  scope_failure_explain (failure, "A matrix is wanted, but the tensor has %d axes.", rank);
  if (call->dialect == SCOPE_TENSORFLOW || call->dialect == SCOPE_JAX)
    return scope_failure_say (
        failure, "ValueError",
        call->dialect == SCOPE_JAX
            ? "x must be at least two-dimensional for matrix_transpose; got ndim=%d"
            : "Argument `a` should be a (batch) matrix with rank >= 2.  Received `a` = [%d axes]",
        rank);
  if (variant == MATRIX_T)
    return scope_failure_say (failure, "RuntimeError",
                              "t%s() expects a tensor with <= 2 dimensions, but self is %dD",
                              call->spelling->in_place ? "_" : "", rank);
  if (variant == MATRIX_H)
    return scope_failure_say (failure, "RuntimeError",
                              "tensor.H is only supported on matrices (2-D tensors). Got %d-D "
                              "tensor.%s",
                              rank,
                              rank > 2 ? " For batches of matrices, consider using tensor.mH" : "");
  return scope_failure_say (failure, "RuntimeError",
                            "%s is only supported on matrices or batches of matrices. Got %d-D "
                            "tensor.",
                            names[variant], rank);
}

static bool
matrix_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  if (!expect_tensor (call, &input, failure))
    return false;
  int rank = input.shape.rank, variant = call->spelling->variant;
  bool scalar = rank == 0 && call->dialect == SCOPE_PYTORCH;
  bool fits = variant == MATRIX_T ? rank <= 2 : variant == MATRIX_H ? rank == 2 : rank >= 2;
  if (!fits && !scalar)
    return refuse_rank (call, rank, failure);
  if (rank < 2)
    return scope_reorder_nothing (call, result, &call->value[0]);
  return exchange (call, result, rank - 2, rank - 1);
}

/* ---- movedim --------------------------------------------------------------------------------- */

static bool
refuse_counts (const ScopeCall *call,
               const ScopeInts *from,
               const ScopeInts *to,
               ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  scope_failure_explain (failure, "%d axes are to move, but %d places are named.", from->count,
                         to->count);
  if (call->dialect == SCOPE_NUMPY)
    return scope_failure_say (failure, "ValueError",
                              "`source` and `destination` arguments must have the same number of "
                              "elements");
  if (call->dialect == SCOPE_JAX)
    return scope_failure_say (failure, "ValueError", "Inconsistent number of elements: %d vs %d",
                              from->count, to->count);
  ScopeText a = { 0 }, b = { 0 };
  scope_ints_print (from, SCOPE_SHAPE_LIST, &a);
  scope_ints_print (to, SCOPE_SHAPE_LIST, &b);
  scope_failure_say (failure, "RuntimeError",
                     "movedim: Invalid source or destination dims: source (%s dims) should contain "
                     "the same number of dims as destination (%s dims)",
                     scope_text_string (&a), scope_text_string (&b));
  scope_text_clear (&a);
  scope_text_clear (&b);
  return false;
}

/* Finds axes as PyTorch does: repeated ones are looked for later. */
static bool
find_axes (const ScopeCall *call,
           int parameter,
           const ScopeInts *ints,
           int rank,
           int *axis,
           ScopeFailure *failure)
{
  static const ScopeAxisStyle style = { .scalar_has_one = true };
  for (int i = 0; i < ints->count; i++)
    if (!scope_axis_find (call, parameter, &style, ints->value[i], rank, &axis[i], failure))
      return false;
  return true;
}

static bool
check_repeated (const ScopeCall *call,
                int parameter,
                const ScopeInts *ints,
                const int *axis,
                ScopeFailure *failure)
{
  bool seen[SCOPE_MAX_RANK] = { false };
  int twice = -1;
  for (int i = 0; i < ints->count; i++)
    {
      if (seen[axis[i]])
        twice = axis[i];
      seen[axis[i]] = true;
    }
  if (twice < 0)
    return true;
  ScopeText text = { 0 };
  scope_ints_print (ints, SCOPE_SHAPE_LIST, &text);
  scope_failure_begin (failure, SCOPE_RULE_AXIS);
  failure->span = call->value[parameter].span;
  scope_failure_explain (failure, "Axis %d is named twice.", twice);
  scope_failure_say (failure, "RuntimeError", "movedim: repeated dim in `%s` (%s)",
                     parameter == 1 ? "source" : "destination", scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

/* NumPy's normalize_axis_tuple: an int, or anything to iterate over. */
static bool
find_moves (const ScopeCall *call, int parameter, ScopeInts *out, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[parameter];
  const char *type = scope_value_type_name (call, value);
  bool iterable = scope_value_is_sequence (value) || value->kind == SCOPE_VALUE_STRING
                  || scope_value_is_int (value) || value->kind == SCOPE_VALUE_SIZE;
  if (call->dialect != SCOPE_NUMPY)
    return scope_ints_find (call, parameter, out, failure);
  if (!iterable)
    return scope_call_refuse (call, parameter, failure, "'%s' object is not iterable", type);
  for (int i = 0; scope_value_is_sequence (value) && i < value->items; i++)
    if (value->item[i].kind == SCOPE_VALUE_FLOAT)
      return scope_call_refuse (call, parameter, failure, "integer argument expected, got float");
  if (value->kind != SCOPE_VALUE_BOOL)
    return scope_ints_find (call, parameter, out, failure);
  *out = (ScopeInts){ .given = true, .count = 1, .value = { value->integer } };
  return true;
}

/* The order that puts axis from[i] at to[i] and leaves the others as they are. */
static bool
move (const ScopeCall *call, ScopeResult *result, const int *from, const int *to, int count)
{
  int rank = scope_call_shape (call, &call->value[0])->rank;
  int8_t source[SCOPE_MAX_RANK];
  bool moved[SCOPE_MAX_RANK] = { false };
  memset (source, -1, sizeof source);
  for (int i = 0; i < count; i++)
    {
      source[to[i]] = (int8_t)from[i];
      moved[from[i]] = true;
    }
  for (int place = 0, axis = 0; place < rank; place++)
    {
      if (source[place] >= 0)
        continue;
      while (moved[axis])
        axis++;
      source[place] = (int8_t)axis++;
    }
  return scope_reorder_set (call, result, &call->value[0], source, rank);
}

static bool
movedim_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  ScopeInts from, to;
  int source[SCOPE_MAX_RANK], place[SCOPE_MAX_RANK];
  if (!expect_tensor (call, &input, failure) || !find_moves (call, 1, &from, failure))
    return false;
  int rank = input.shape.rank;
  if (call->dialect == SCOPE_PYTORCH)
    {
      if (!find_moves (call, 2, &to, failure))
        return false;
      if (from.count != to.count)
        return refuse_counts (call, &from, &to, failure);
      if (!find_axes (call, 1, &from, rank, source, failure)
          || !find_axes (call, 2, &to, rank, place, failure)
          || !check_repeated (call, 1, &from, source, failure)
          || !check_repeated (call, 2, &to, place, failure))
        return false;
      if (rank == 0)
        return scope_reorder_nothing (call, result, &call->value[0]);
    }
  else if (!scope_ints_axes (call, 1, "source", &from, rank, source, failure)
           || !find_moves (call, 2, &to, failure)
           || !scope_ints_axes (call, 2, "destination", &to, rank, place, failure))
    return false;
  if (from.count != to.count)
    return refuse_counts (call, &from, &to, failure);
  return move (call, result, source, place, from.count);
}

/* ---- rollaxis -------------------------------------------------------------------------------- */

static bool
rollaxis_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  static const ScopeAxisStyle style = { 0 };
  ScopeOutput input;
  int64_t axis = 0, start = 0;
  int from;
  if (!expect_tensor (call, &input, failure))
    return false;
  if (call->value[1].kind == SCOPE_VALUE_FLOAT)
    return scope_call_refuse (call, 1, failure, "integer argument expected, got float");
  if (!scope_value_is_int (&call->value[1]))
    return scope_refuse_integer (call, 1, &call->value[1], failure);
  axis = call->value[1].integer;
  int rank = input.shape.rank;
  if (!scope_axis_find (call, 1, &style, axis, rank, &from, failure)
      || !scope_call_int (call, 2, &start, failure))
    return false;
  if (start < 0 && start >= -(INT64_C (1) << 32))
    start += rank;
  if (start < 0 || start > rank)
    {
      scope_failure_begin (failure, SCOPE_RULE_AXIS);
      failure->span = call->value[2].span;
      scope_failure_explain (failure, "The axis cannot go to %lld; places are 0 to %d.",
                             (long long)start, rank);
      if (call->dialect == SCOPE_JAX)
        return scope_failure_say (failure, "ValueError",
                                  "axis %lld is out of bounds for array of dimension %d",
                                  (long long)call->value[2].integer, rank + 1);
      return scope_failure_say (failure, "AxisError",
                                "'start' arg requires %d <= start < %d, but %lld was passed in",
                                -rank, rank + 1, (long long)start);
    }
  int place = (int)start - (from < start);
  return move (call, result, &from, &place, 1);
}

/* ---- the tables ------------------------------------------------------------------------------ */

static const ScopeParameter permute_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "dims", SCOPE_TAKES_AXES, "None", NULL, "the order of the axes; none: backwards" },
  { NULL },
};

static const ScopeSpelling permute_spellings[] = {
  { "torch.permute", SCOPE_PYTORCH, NULL, PERMUTE, false,
    "permute(Tensor input, tuple of ints dims)" },
  { ".permute", SCOPE_PYTORCH, "input *dims", PERMUTE, false, "permute(tuple of ints dims)" },
  { "np.transpose", SCOPE_NUMPY, "input=a dims=axes", REVERSE, false,
    "def transpose(a, axes=None)" },
  { "tf.transpose", SCOPE_TENSORFLOW, "input=a dims=perm -conjugate -name", REVERSE, false,
    "def transpose(a, perm=None, conjugate=False, name='transpose')" },
  { "jnp.transpose", SCOPE_JAX, "input=a dims=axes", REVERSE, false,
    "def transpose(a, axes=None)" },
  { "jnp.permute_dims", SCOPE_JAX, "input=a dims=axes", REVERSE, false,
    "def permute_dims(a, axes)" },
  { ".transpose", SCOPE_NUMPY, "input *dims", REVERSE, false, "any ndarray.transpose()" },
  { ".transpose", SCOPE_JAX, "input *dims", REVERSE, false, NULL },
  { ".T", SCOPE_PYTORCH, "input", ATTRIBUTE_T, false, NULL },
  { ".T", SCOPE_NUMPY, "input", ATTRIBUTE_T, false, NULL },
  { ".T", SCOPE_JAX, "input", ATTRIBUTE_T, false, NULL },
  { NULL },
};

static const ScopeParameter transpose_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "dim0", SCOPE_TAKES_AXIS, NULL, NULL, "one axis" },
  { "dim1", SCOPE_TAKES_AXIS, NULL, NULL, "the axis it changes places with" },
  { NULL },
};

#define SWAP_OF(name, prefix, first, second) name "(" prefix "int " first ", int " second ")"

static const ScopeSpelling transpose_spellings[] = {
  { "torch.transpose", SCOPE_PYTORCH, NULL, 0, false,
    "transpose(Tensor input, int dim0, int dim1)\n"
    "transpose(Tensor input, name dim0, name dim1)" },
  { ".transpose", SCOPE_PYTORCH, NULL, 0, false,
    "transpose(int dim0, int dim1)\ntranspose(name dim0, name dim1)" },
  { "torch.swapaxes", SCOPE_PYTORCH, "input dim0=axis0 dim1=axis1", 0, false,
    SWAP_OF ("swapaxes", "Tensor input, ", "axis0", "axis1") },
  { ".swapaxes", SCOPE_PYTORCH, "input dim0=axis0 dim1=axis1", 0, false,
    SWAP_OF ("swapaxes", "", "axis0", "axis1") },
  { "torch.swapdims", SCOPE_PYTORCH, NULL, 0, false,
    SWAP_OF ("swapdims", "Tensor input, ", "dim0", "dim1") },
  { ".swapdims", SCOPE_PYTORCH, NULL, 0, false, SWAP_OF ("swapdims", "", "dim0", "dim1") },
  { ".transpose_", SCOPE_PYTORCH, NULL, 0, true, "transpose_(int dim0, int dim1)" },
  { ".swapaxes_", SCOPE_PYTORCH, "input dim0=axis0 dim1=axis1", 0, true,
    SWAP_OF ("swapaxes_", "", "axis0", "axis1") },
  { ".swapdims_", SCOPE_PYTORCH, NULL, 0, true, SWAP_OF ("swapdims_", "", "dim0", "dim1") },
  { "np.swapaxes", SCOPE_NUMPY, "input=a dim0=axis1 dim1=axis2", 0, false,
    "def swapaxes(a, axis1, axis2)" },
  { ".swapaxes", SCOPE_NUMPY, "input dim0=axis1 dim1=axis2", 0, false,
    "args ndarray.swapaxes(axis1, axis2)" },
  { "jnp.swapaxes", SCOPE_JAX, "input=a dim0=axis1 dim1=axis2", 0, false,
    "def swapaxes(a, axis1, axis2)" },
  { ".swapaxes", SCOPE_JAX, "input dim0=axis1 dim1=axis2", 0, false, NULL },
  { NULL },
};

static const ScopeParameter matrix_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the matrix, or a batch of them" },
  { NULL },
};

static const ScopeSpelling matrix_spellings[] = {
  { ".mT", SCOPE_PYTORCH, NULL, MATRIX_MT, false, NULL },
  { ".mT", SCOPE_JAX, NULL, MATRIX_MT, false, NULL },
  { ".mH", SCOPE_PYTORCH, NULL, MATRIX_MH, false, NULL },
  { ".H", SCOPE_PYTORCH, NULL, MATRIX_H, false, NULL },
  { "torch.t", SCOPE_PYTORCH, NULL, MATRIX_T, false, "t(Tensor input)" },
  { ".t", SCOPE_PYTORCH, NULL, MATRIX_T, false, "args _TensorBase.t()" },
  { ".t_", SCOPE_PYTORCH, NULL, MATRIX_T, true, "args _TensorBase.t_()" },
  { "torch.adjoint", SCOPE_PYTORCH, NULL, MATRIX_ADJOINT, false, "adjoint(Tensor input)" },
  { ".adjoint", SCOPE_PYTORCH, NULL, MATRIX_ADJOINT, false, "args _TensorBase.adjoint()" },
  { "tf.linalg.matrix_transpose", SCOPE_TENSORFLOW, "input=a -name -conjugate", MATRIX_MT, false,
    NULL },
  { "jnp.matrix_transpose", SCOPE_JAX, "input=x", MATRIX_MT, false, NULL },
  { NULL },
};

static const ScopeParameter movedim_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "source", SCOPE_TAKES_AXES, NULL, NULL, "the axes to move" },
  { "destination", SCOPE_TAKES_AXES, NULL, NULL, "where they go" },
  { NULL },
};

#define MOVE_OF(name, prefix)                                                                      \
  name "(" prefix "int source, int destination)\n" name "(" prefix                                 \
       "tuple of ints source, tuple of ints destination)"

static const ScopeSpelling movedim_spellings[] = {
  { "torch.movedim", SCOPE_PYTORCH, NULL, 0, false, MOVE_OF ("movedim", "Tensor input, ") },
  { "torch.moveaxis", SCOPE_PYTORCH, NULL, 0, false, MOVE_OF ("moveaxis", "Tensor input, ") },
  { ".movedim", SCOPE_PYTORCH, NULL, 0, false, MOVE_OF ("movedim", "") },
  { ".moveaxis", SCOPE_PYTORCH, NULL, 0, false, MOVE_OF ("moveaxis", "") },
  { "np.moveaxis", SCOPE_NUMPY, "input=a source destination", 0, false,
    "def moveaxis(a, source, destination)" },
  { "jnp.moveaxis", SCOPE_JAX, "input=a source destination", 0, false,
    "def moveaxis(a, source, destination)" },
  { NULL },
};

static const ScopeParameter rollaxis_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "axis", SCOPE_TAKES_AXIS, NULL, NULL, "the axis to move" },
  { "start", SCOPE_TAKES_INT, "0", NULL, "the axis it goes before" },
  { NULL },
};

static const ScopeSpelling rollaxis_spellings[] = {
  { "np.rollaxis", SCOPE_NUMPY, "input=a axis start", 0, false, "def rollaxis(a, axis, start=0)" },
  { "jnp.rollaxis", SCOPE_JAX, "input=a axis start", 0, false, "def rollaxis(a, axis, start=0)" },
  { NULL },
};

const ScopeOp scope_ops_permute[] = {
  { .name = "permute",
    .group = "reordering",
    .about = "puts the axes in another order",
    .spelling = permute_spellings,
    .parameter = permute_parameters,
    .infer = permute_infer,
    .read = scope_reorder_read,
    .trace = scope_reorder_trace },
  { .name = "transpose",
    .group = "reordering",
    .about = "exchanges two axes",
    .spelling = transpose_spellings,
    .parameter = transpose_parameters,
    .infer = transpose_infer,
    .read = scope_reorder_read,
    .trace = scope_reorder_trace },
  { .name = "matrix_transpose",
    .group = "reordering",
    .about = "exchanges the last two axes",
    .spelling = matrix_spellings,
    .parameter = matrix_parameters,
    .infer = matrix_infer,
    .read = scope_reorder_read,
    .trace = scope_reorder_trace },
  { .name = "movedim",
    .group = "reordering",
    .about = "moves axes to other places; the rest keep their order",
    .spelling = movedim_spellings,
    .parameter = movedim_parameters,
    .infer = movedim_infer,
    .read = scope_reorder_read,
    .trace = scope_reorder_trace },
  { .name = "rollaxis",
    .group = "reordering",
    .about = "moves one axis before another",
    .spelling = rollaxis_spellings,
    .parameter = rollaxis_parameters,
    .infer = rollaxis_infer,
    .read = scope_reorder_read,
    .trace = scope_reorder_trace },
  { NULL },
};
