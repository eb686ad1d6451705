/* Concatenation and stacking: cat, stack, hstack, vstack, dstack, column_stack. */
#include "ops/joining.h"

#include "core/arena.h"
#include "core/checked.h"
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/operand.h"
#include "ops/program.h"
#include "ops/promote.h"

#include <string.h>

/* ---- what is joined ------------------------------------------------------------------------- */

/* The items of the one tensor that stands for a list. */
static bool
gather_unbound (ScopeJoined *joined, ScopeFailure *failure)
{
  const ScopeCall *call = joined->call;
  const ScopeValue *value = &call->value[SCOPE_JOIN_ARGUMENT_TENSORS];
  const ScopeShape *shape = scope_call_shape (call, value);
  if (shape->rank == 0)
    return scope_join_refuse_list (call, failure);
  int64_t items = shape->size[0];
  if (!scope_size_is_known (items) || items > SCOPE_MAX_INPUTS)
    {
      scope_failure_begin (failure, SCOPE_RULE_LIMIT);
      scope_failure_explain (failure,
                             "One tensor is joined here along its first axis, which must "
                             "have a known size of at most %d.",
                             SCOPE_MAX_INPUTS);
      return false;
    }
  joined->unbound = true;
  joined->items = (int)items;
  joined->item = scope_arena_alloc (call->arena, (size_t)(items + 1) * sizeof *joined->item);
  if (joined->item == NULL)
    return scope_call_out_of_memory (call);
  for (int i = 0; i < joined->items; i++)
    {
      ScopeJoinItem *item = &joined->item[i];
      item->dtype = scope_call_dtype (call, value);
      item->given.rank = shape->rank - 1;
      memcpy (item->given.size, shape->size + 1, (size_t)item->given.rank * sizeof (int64_t));
    }
  return true;
}

static bool
gather (ScopeJoined *joined, ScopeFailure *failure)
{
  const ScopeCall *call = joined->call;
  const ScopeValue *list = &call->value[SCOPE_JOIN_ARGUMENT_TENSORS];
  if (list->kind == SCOPE_VALUE_TENSOR && call->dialect != SCOPE_PYTORCH)
    return gather_unbound (joined, failure);
  if (!scope_value_is_sequence (list))
    return scope_join_refuse_list (call, failure);
  if (list->items > SCOPE_MAX_INPUTS)
    {
      scope_failure_begin (failure, SCOPE_RULE_LIMIT);
      scope_failure_explain (failure, "Shapescope joins at most %d tensors.", SCOPE_MAX_INPUTS);
      return false;
    }
  joined->items = list->items;
  joined->item = scope_arena_alloc (call->arena, (size_t)(list->items + 1) * sizeof *joined->item);
  if (joined->item == NULL)
    return scope_call_out_of_memory (call);
  int tensors = 0;
  for (int i = 0; i < joined->items; i++)
    {
      ScopeJoinItem *item = &joined->item[i];
      item->value = &list->item[i];
      bool number = scope_value_is_number (item->value) && call->dialect != SCOPE_PYTORCH;
      if (item->value->kind != SCOPE_VALUE_TENSOR && !number)
        return scope_join_refuse_item (call, i, item->value, failure);
      item->operand = number ? -1 : tensors++;
      item->given = *scope_call_shape (call, item->value);
      item->dtype = scope_call_dtype (call, item->value);
    }
  return true;
}

/* ---- how it takes part ---------------------------------------------------------------------- */

/* The shape with axes of size 1 put in: `at[i]` is the new place of the given axis i. */
static void
place_axes (ScopeJoinItem *item, int rank, const int *at)
{
  item->shape.rank = rank;
  for (int i = 0; i < rank; i++)
    item->shape.size[i] = 1;
  for (int i = 0; i < item->given.rank; i++)
    {
      item->shape.size[at[i]] = item->given.size[i];
      item->axis[i] = (int8_t)at[i];
    }
}

/* hstack and its kin see at least one, two or three axes. */
static void
widen (ScopeJoinForm form, ScopeJoinItem *item)
{
  int at[SCOPE_MAX_RANK];
  int rank = item->given.rank;
  for (int i = 0; i < rank; i++)
    at[i] = i;
  if (form == SCOPE_JOIN_HSTACK && rank == 0)
    rank = 1;
  else if ((form == SCOPE_JOIN_VSTACK || form == SCOPE_JOIN_DSTACK
            || form == SCOPE_JOIN_COLUMN_STACK)
           && rank < 2)
    {
      at[0] = form == SCOPE_JOIN_COLUMN_STACK ? 0 : 1;
      rank = 2;
    }
  if (form == SCOPE_JOIN_DSTACK && rank == 2)
    rank = 3;
  place_axes (item, rank, at);
}

/* Every shape gets a new axis, of size 1. */
static void
open_axis (ScopeJoinItem *item, int axis)
{
  int at[SCOPE_MAX_RANK];
  for (int i = 0; i < item->given.rank; i++)
    at[i] = i < axis ? i : i + 1;
  place_axes (item, item->given.rank + 1, at);
}

static bool
is_legacy_empty (const ScopeShape *shape)
{
  return shape->rank == 1 && shape->size[0] == 0;
}

/* ---- the axis ------------------------------------------------------------------------------- */

/* The number given as axis; 0 when there is none. */
static bool
read_axis (const ScopeJoined *joined, int64_t *axis, ScopeFailure *failure)
{
  const ScopeValue *value = &joined->call->value[SCOPE_JOIN_ARGUMENT_DIM];
  bool numpy = joined->call->dialect == SCOPE_NUMPY;
  *axis = 0;
  if (!scope_value_given (value))
    return true;
  bool serves = value->kind == SCOPE_VALUE_INT
                || (value->kind == SCOPE_VALUE_BOOL && numpy && joined->form == SCOPE_JOIN_STACK);
  if (!serves)
    return scope_join_refuse_axis_kind (joined, failure);
  *axis = value->integer;
  return true;
}

static bool
find_axis (ScopeJoined *joined, int64_t axis, int rank, ScopeFailure *failure)
{
  const ScopeAxisStyle style = { 0 };
  int parameter = scope_value_given (&joined->call->value[SCOPE_JOIN_ARGUMENT_DIM])
                      ? SCOPE_JOIN_ARGUMENT_DIM
                      : -1;
  if (scope_axis_find (joined->call, parameter, &style, axis, rank, &joined->axis, failure))
    return true;
  if (joined->call->dialect == SCOPE_TENSORFLOW)
    return scope_join_say_tensorflow_axis (joined, axis, rank, failure);
  return false;
}

/* ---- what must agree ------------------------------------------------------------------------ */

/* The frameworks go through the items one by one: what they name is the first item that differs
 * from the first one, in its number of axes or a size. */
static bool
check_items (const ScopeJoined *joined, ScopeFailure *failure)
{
  const ScopeShape *first = &joined->first->shape;
  bool ranks_first = joined->call->dialect == SCOPE_JAX;
  for (int i = 0; ranks_first && i < joined->items; i++)
    if (joined->item[i].shape.rank != first->rank)
      return scope_join_refuse_rank (joined, &joined->item[i], failure);
  for (int i = 0; i < joined->items; i++)
    {
      const ScopeJoinItem *item = &joined->item[i];
      if (item->left_out)
        continue;
      if (item->shape.rank != first->rank)
        return scope_join_refuse_rank (joined, item, failure);
      for (int axis = 0; axis < first->rank; axis++)
        if (axis != joined->axis && scope_sizes_differ (first->size[axis], item->shape.size[axis]))
          return scope_join_refuse_sizes (joined, failure);
    }
  return true;
}

/* ---- stack: all shapes are equal ------------------------------------------------------------ */

static bool
shapes_differ (const ScopeShape *a, const ScopeShape *b)
{
  bool differ = a->rank != b->rank;
  for (int axis = 0; !differ && axis < a->rank; axis++)
    differ = scope_sizes_differ (a->size[axis], b->size[axis]);
  return differ;
}

static bool
check_stack (ScopeJoined *joined, ScopeFailure *failure)
{
  for (int i = 1; i < joined->items; i++)
    if (shapes_differ (&joined->first->given, &joined->item[i].given))
      return scope_join_refuse_stack (joined, &joined->item[i], failure);
  return true;
}

static bool
arrange_stack (ScopeJoined *joined, ScopeFailure *failure)
{
  /* PyTorch and JAX look at the axis first, the others at the shapes. */
  int64_t axis;
  bool axis_first = joined->call->dialect == SCOPE_PYTORCH || joined->call->dialect == SCOPE_JAX;
  int rank = joined->first->given.rank + 1;
  if (axis_first
      && (!read_axis (joined, &axis, failure) || !find_axis (joined, axis, rank, failure)))
    return false;
  if (!check_stack (joined, failure))
    return false;
  if (!axis_first
      && (!read_axis (joined, &axis, failure) || !find_axis (joined, axis, rank, failure)))
    return false;
  if (rank > SCOPE_MAX_RANK)
    {
      scope_failure_begin (failure, SCOPE_RULE_LIMIT);
      scope_failure_explain (failure, "The result would have more than %d axes.", SCOPE_MAX_RANK);
      return false;
    }
  for (int i = 0; i < joined->items; i++)
    open_axis (&joined->item[i], joined->axis);
  return true;
}

/* ---- cat and the stacks that are cats ------------------------------------------------------- */

/* Whether an item is a scalar that the dialect refuses before all else. */
static bool
check_scalars (const ScopeJoined *joined, ScopeFailure *failure)
{
  bool all = joined->call->dialect == SCOPE_PYTORCH;
  for (int i = 0; i < (all ? joined->items : 1); i++)
    if (joined->item[i].shape.rank == 0)
      return scope_join_refuse_scalar (joined, i, failure);
  return true;
}

/* NumPy's axis=None and JAX's: everything in C order, one behind the other. */
static bool
arrange_flat (ScopeJoined *joined)
{
  joined->flat = true;
  joined->axis = 0;
  if (joined->unbound)
    { /* its items one behind the other are the tensor itself */
      const ScopeValue *value = &joined->call->value[SCOPE_JOIN_ARGUMENT_TENSORS];
      joined->unbound = false;
      joined->items = 1;
      joined->item[0].value = value;
      joined->item[0].given = *scope_call_shape (joined->call, value);
    }
  for (int i = 0; i < joined->items; i++)
    {
      ScopeJoinItem *item = &joined->item[i];
      item->shape.rank = 1;
      item->shape.size[0] = scope_sizes_product (item->given.size, item->given.rank);
    }
  return true;
}

static void
find_first (ScopeJoined *joined)
{
  bool torch = joined->call->dialect == SCOPE_PYTORCH;
  joined->first = NULL;
  for (int i = 0; i < joined->items; i++)
    {
      ScopeJoinItem *item = &joined->item[i];
      item->left_out = torch && is_legacy_empty (&item->shape);
      if (joined->first == NULL && !item->left_out)
        joined->first = item;
    }
}

static bool
arrange_cat (ScopeJoined *joined, ScopeFailure *failure)
{
  const ScopeCall *call = joined->call;
  bool may_be_flat = call->dialect == SCOPE_NUMPY || call->dialect == SCOPE_JAX;
  if (joined->form == SCOPE_JOIN_CAT && may_be_flat
      && call->value[SCOPE_JOIN_ARGUMENT_DIM].kind == SCOPE_VALUE_NONE)
    return arrange_flat (joined);

  int64_t axis;
  if (!read_axis (joined, &axis, failure))
    return false;
  for (int i = 0; i < joined->items; i++)
    widen (joined->form, &joined->item[i]);
  if (joined->form == SCOPE_JOIN_HSTACK)
    axis = joined->item[0].shape.rank == 1 ? 0 : 1;
  else if (joined->form != SCOPE_JOIN_CAT)
    axis = joined->form == SCOPE_JOIN_DSTACK ? 2 : joined->form == SCOPE_JOIN_COLUMN_STACK ? 1 : 0;
  if (!check_scalars (joined, failure))
    return false;

  find_first (joined);
  if (joined->first == NULL)
    { /* nothing but PyTorch's empty tensors: the axis is not looked at */
      joined->first = &joined->item[0];
      joined->axis = 0;
      return true;
    }
  return find_axis (joined, axis, joined->first->shape.rank, failure)
         && check_items (joined, failure);
}

/* ---- the result ----------------------------------------------------------------------------- */

static bool
find_common_type (ScopeJoined *joined, ScopeFailure *failure)
{
  const ScopeCall *call = joined->call;
  ScopeMixed *mixed = scope_arena_alloc (call->arena, (size_t)joined->items * sizeof *mixed);
  if (mixed == NULL)
    return scope_call_out_of_memory (call);
  for (int i = 0; i < joined->items; i++)
    {
      const ScopeJoinItem *item = &joined->item[i];
      /* NumPy makes arrays of numbers; only axis=None leaves them scalars. */
      mixed[i] = scope_mixed_tensor (item->dtype, joined->flat ? item->given.rank : 1);
      if (!scope_promote (call->dialect, mixed, i + 1, &joined->dtype))
        return scope_join_refuse_types (joined, i, failure);
    }
  return true;
}

static bool
check_cast (const ScopeJoined *joined, ScopeDtype dtype, ScopeFailure *failure)
{
  const ScopeCall *call = joined->call;
  const char *casting = "same_kind";
  if (!scope_call_string (call, SCOPE_JOIN_ARGUMENT_CASTING, &casting, failure))
    return false;
  for (int i = 0; i < joined->items; i++)
    {
      ScopeDtype from = joined->item[i].dtype;
      bool may = strcmp (casting, "unsafe") == 0      ? true
                 : strcmp (casting, "same_kind") == 0 ? scope_numpy_casts_same_kind (from, dtype)
                 : strcmp (casting, "safe") == 0      ? scope_numpy_casts_safely (from, dtype)
                                                      : from == dtype;
      if (may)
        continue;
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      failure->span = call->value[SCOPE_JOIN_ARGUMENT_DTYPE].span;
      return scope_failure_both (failure, "TypeError",
                                 "Cannot cast %s from dtype('%s') to dtype('%s') according to the "
                                 "rule '%s'",
                                 joined->flat && joined->item[i].given.rank == 0 ? "scalar"
                                                                                 : "array data",
                                 scope_dtype_name (from), scope_dtype_name (dtype), casting);
    }
  return true;
}

static bool
find_type (ScopeJoined *joined, ScopeFailure *failure)
{
  const ScopeCall *call = joined->call;
  const ScopeValue *asked = &call->value[SCOPE_JOIN_ARGUMENT_DTYPE];
  if (!find_common_type (joined, failure))
    return false;
  if (!scope_value_given (asked) || asked->kind == SCOPE_VALUE_NONE)
    return true;
  ScopeDtype dtype;
  bool known = asked->kind == SCOPE_VALUE_DTYPE;
  if (known)
    dtype = asked->dtype;
  else if (asked->kind == SCOPE_VALUE_STRING)
    known = scope_dtype_parse (asked->text, strlen (asked->text), &dtype);
  if (!known)
    return scope_call_refuse (call, SCOPE_JOIN_ARGUMENT_DTYPE, failure, "data type not understood");
  joined->dtype = dtype;
  return check_cast (joined, dtype, failure);
}

static bool
find_shape (ScopeJoined *joined, ScopeFailure *failure)
{
  ScopeShape *shape = &joined->result;
  *shape = joined->first->shape;
  int64_t sum = 0, count;
  for (int i = 0; i < joined->items; i++)
    {
      const ScopeJoinItem *item = &joined->item[i];
      if (item->left_out)
        continue;
      for (int axis = 0; axis < shape->rank; axis++)
        if (axis != joined->axis)
          shape->size[axis] = scope_size_either (shape->size[axis], item->shape.size[axis]);
      int64_t size = item->shape.size[joined->axis];
      if (joined->items == 1 || !scope_size_is_known (size) || !scope_size_is_known (sum))
        sum = joined->items == 1 ? size : SCOPE_SIZE_UNKNOWN;
      else if (!scope_checked_add (sum, size, &sum))
        return scope_join_refuse_overflow (joined, failure);
    }
  shape->size[joined->axis] = sum;
  if (scope_shape_is_known (shape) && !scope_shape_count (shape, &count, NULL))
    return scope_join_refuse_overflow (joined, failure);
  return true;
}

static bool
make_plan (const ScopeJoined *joined, ScopeResult *result)
{
  const ScopeCall *call = joined->call;
  ScopeJoinPlan *plan = scope_join_plan_new (call, joined->axis, joined->items);
  if (plan == NULL)
    return false;
  plan->flat = joined->flat;
  int64_t end = 0;
  int input = joined->unbound
                  ? scope_result_add_input (call, result, &call->value[SCOPE_JOIN_ARGUMENT_TENSORS])
                  : 0;
  for (int i = 0; i < joined->items; i++)
    {
      const ScopeJoinItem *item = &joined->item[i];
      if (item->left_out)
        continue;
      ScopeJoinPiece *piece = &plan->piece[plan->pieces++];
      piece->input = joined->unbound ? input : scope_result_add_input (call, result, item->value);
      piece->item = joined->unbound ? i : -1;
      piece->rank = item->given.rank;
      memcpy (piece->axis, item->axis, sizeof piece->axis);
      end += scope_max (item->shape.size[joined->axis], 0);
      piece->end = end;
    }
  result->plan = plan;
  return true;
}

static bool
joining_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeJoined joined = { .call = call, .form = (ScopeJoinForm)call->spelling->variant };
  if (!gather (&joined, failure))
    return false;
  /* np.concatenate looks at the axis before the list. */
  int64_t axis;
  bool numpy_cat = call->dialect == SCOPE_NUMPY && joined.form == SCOPE_JOIN_CAT
                   && call->value[SCOPE_JOIN_ARGUMENT_DIM].kind != SCOPE_VALUE_NONE;
  if (numpy_cat && !read_axis (&joined, &axis, failure))
    return false;
  if (joined.items == 0)
    return scope_join_refuse_empty (&joined, failure);
  joined.first = &joined.item[0];
  bool fits = joined.form == SCOPE_JOIN_STACK ? arrange_stack (&joined, failure)
                                              : arrange_cat (&joined, failure);
  if (!fits || !find_type (&joined, failure) || !find_shape (&joined, failure))
    return false;
  scope_result_set (result, &joined.result, joined.dtype);
  return make_plan (&joined, result);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeParameter parameters[] = {
  [SCOPE_JOIN_ARGUMENT_TENSORS] = { "tensors", SCOPE_TAKES_TENSORS, NULL, NULL, "what is joined" },
  [SCOPE_JOIN_ARGUMENT_DIM] = { "dim", SCOPE_TAKES_AXIS, "0", NULL,
                                "the axis along which they are joined" },
  [SCOPE_JOIN_ARGUMENT_DTYPE] = { "dtype", SCOPE_TAKES_DTYPE, "None", NULL,
                                  "the result's element type" },
  [SCOPE_JOIN_ARGUMENT_CASTING] = { "casting", SCOPE_TAKES_CHOICE, "\"same_kind\"",
                                    "no equiv safe same_kind unsafe",
                                    "which conversions are allowed" },
  { NULL },
};

#define TORCH_CAT                                                                                  \
  .signature = "(tuple of Tensors tensors, int dim=0, *, Tensor out=None)\n"                       \
               "(tuple of Tensors tensors, name dim, *, Tensor out=None)"
#define TORCH_STACK .signature = "(tuple of Tensors tensors, int dim=0, *, Tensor out=None)"
#define TORCH_LIST  .signature = "(tuple of Tensors tensors, *, Tensor out=None)"

static const ScopeSpelling cat_spellings[] = {
  { "torch.cat", SCOPE_PYTORCH, "tensors dim=dim=axis | -out", SCOPE_JOIN_CAT, TORCH_CAT },
  { "torch.concat", SCOPE_PYTORCH, "tensors dim=dim=axis | -out", SCOPE_JOIN_CAT, TORCH_CAT },
  { "torch.concatenate", SCOPE_PYTORCH, "tensors dim=dim=axis | -out", SCOPE_JOIN_CAT, TORCH_CAT },
  { "np.concatenate", SCOPE_NUMPY, "tensors=arrays dim=axis -out | dtype casting", SCOPE_JOIN_CAT,
    .signature = "def concatenate(arrays, axis=None, out=None, *, dtype=None, casting=None)" },
  { "tf.concat", SCOPE_TENSORFLOW, "tensors=values dim=axis -name", SCOPE_JOIN_CAT },
  { "jnp.concatenate", SCOPE_JAX, "tensors=arrays dim=axis dtype", SCOPE_JOIN_CAT },
  { NULL },
};

static const ScopeSpelling stack_spellings[] = {
  { "torch.stack", SCOPE_PYTORCH, "tensors dim=dim=axis | -out", SCOPE_JOIN_STACK, TORCH_STACK },
  { "np.stack", SCOPE_NUMPY, "tensors=arrays dim=axis -out | dtype casting", SCOPE_JOIN_STACK,
    .signature = "def stack(arrays, axis=0, out=None, *, dtype=None, casting='same_kind')" },
  { "tf.stack", SCOPE_TENSORFLOW, "tensors=values dim=axis -name", SCOPE_JOIN_STACK },
  { "jnp.stack", SCOPE_JAX, "tensors=arrays dim=axis -out dtype", SCOPE_JOIN_STACK },
  { NULL },
};

static const ScopeSpelling hstack_spellings[] = {
  { "torch.hstack", SCOPE_PYTORCH, "tensors | -out", SCOPE_JOIN_HSTACK, TORCH_LIST },
  { "np.hstack", SCOPE_NUMPY, "tensors=tup | dtype casting", SCOPE_JOIN_HSTACK,
    .signature = "def hstack(tup, *, dtype=None, casting='same_kind')" },
  { "jnp.hstack", SCOPE_JAX, "tensors=tup dtype", SCOPE_JOIN_HSTACK },
  { NULL },
};

static const ScopeSpelling vstack_spellings[] = {
  { "torch.vstack", SCOPE_PYTORCH, "tensors | -out", SCOPE_JOIN_VSTACK, TORCH_LIST },
  { "torch.row_stack", SCOPE_PYTORCH, "tensors | -out", SCOPE_JOIN_VSTACK, TORCH_LIST },
  { "np.vstack", SCOPE_NUMPY, "tensors=tup | dtype casting", SCOPE_JOIN_VSTACK,
    .signature = "def vstack(tup, *, dtype=None, casting='same_kind')" },
  { "np.row_stack", SCOPE_NUMPY, "tensors=tup | dtype casting", SCOPE_JOIN_VSTACK,
    .signature = "def vstack(tup, *, dtype=None, casting='same_kind')" },
  { "jnp.vstack", SCOPE_JAX, "tensors=tup dtype", SCOPE_JOIN_VSTACK },
  { "jnp.row_stack", SCOPE_JAX, "tensors=tup dtype", SCOPE_JOIN_VSTACK },
  { NULL },
};

static const ScopeSpelling dstack_spellings[] = {
  { "torch.dstack", SCOPE_PYTORCH, "tensors | -out", SCOPE_JOIN_DSTACK, TORCH_LIST },
  { "np.dstack", SCOPE_NUMPY, "tensors=tup", SCOPE_JOIN_DSTACK, .signature = "def dstack(tup)" },
  { "jnp.dstack", SCOPE_JAX, "tensors=tup dtype", SCOPE_JOIN_DSTACK },
  { NULL },
};

static const ScopeSpelling column_stack_spellings[] = {
  { "torch.column_stack", SCOPE_PYTORCH, "tensors | -out", SCOPE_JOIN_COLUMN_STACK, TORCH_LIST },
  { "np.column_stack", SCOPE_NUMPY, "tensors=tup", SCOPE_JOIN_COLUMN_STACK,
    .signature = "def column_stack(tup)" },
  { "jnp.column_stack", SCOPE_JAX, "tensors=tup", SCOPE_JOIN_COLUMN_STACK },
  { NULL },
};

#define JOINING(title, words, spellings, how)                                                      \
  {                                                                                                \
    .name = title, .group = "joining", .about = words, .spelling = spellings,                      \
    .parameter = parameters, .align = how, .infer = joining_infer, .read = scope_join_read,        \
    .trace = scope_join_trace                                                                      \
  }

const ScopeOp scope_ops_joining[] = {
  JOINING ("cat",
           "Joins tensors along one of their axes; the other axes must be equal.",
           cat_spellings,
           SCOPE_ALIGN_JOIN),
  JOINING ("stack",
           "Joins tensors of one shape along a new axis.",
           stack_spellings,
           SCOPE_ALIGN_MATCH),
  JOINING ("hstack",
           "Joins tensors along axis 1, of one axis along axis 0.",
           hstack_spellings,
           SCOPE_ALIGN_NONE),
  JOINING ("vstack",
           "Joins tensors as rows, along axis 0 of at least two.",
           vstack_spellings,
           SCOPE_ALIGN_NONE),
  JOINING ("dstack",
           "Joins tensors in depth, along axis 2 of at least three.",
           dstack_spellings,
           SCOPE_ALIGN_NONE),
  JOINING ("column_stack",
           "Joins tensors as columns, along axis 1 of at least two.",
           column_stack_spellings,
           SCOPE_ALIGN_NONE),
  { NULL },
};
