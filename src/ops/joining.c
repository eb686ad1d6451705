/* Concatenation and stacking: cat, stack, hstack, vstack, dstack, column_stack. */
#include "ops/join.h"

#include "core/arena.h"
#include "core/checked.h"
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/operand.h"
#include "ops/program.h"
#include "ops/promote.h"

#include <string.h>

/* Items are joined as they are, or given axes first. */
typedef enum
{
  FORM_CAT,
  FORM_STACK,
  FORM_HSTACK,
  FORM_VSTACK,
  FORM_DSTACK,
  FORM_COLUMN_STACK,
} Form;

enum
{
  TENSORS,
  DIM,
  DTYPE,
  CASTING,
};

/* One of what is joined. */
typedef struct
{
  const ScopeValue *value; /* NULL: an item of the one tensor that was given instead of a list */
  int operand;             /* among the failure's operands */
  ScopeShape given;        /* its shape */
  ScopeShape shape;        /* as it takes part */
  ScopeDtype dtype;
  bool left_out;               /* PyTorch: a tensor of one axis of size 0 goes with anything */
  int8_t axis[SCOPE_MAX_RANK]; /* of the shape as it takes part, for each given axis */
} Item;

typedef struct
{
  const ScopeCall *call;
  Form form;
  bool unbound; /* the items are those of one tensor's first axis */
  bool flat;    /* NumPy's axis=None */
  int items;
  Item *item;
  const Item *first; /* that is not left out; NULL when all are */
  int axis;
  ScopeShape result;
  ScopeDtype dtype;
} Joined;

/* ---- what is joined ------------------------------------------------------------------------- */

static const char *
torch_name (Form form)
{
  static const char *const names[] = {
    [FORM_CAT] = "torch.cat()", [FORM_STACK] = "stack",   [FORM_HSTACK] = "hstack",
    [FORM_VSTACK] = "vstack",   [FORM_DSTACK] = "dstack", [FORM_COLUMN_STACK] = "column_stack",
  };
  return names[form];
}

static bool
refuse_empty (const Joined *joined, ScopeFailure *failure)
{
  const ScopeCall *call = joined->call;
  bool stack = joined->form == FORM_STACK;
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = call->value[TENSORS].span;
  scope_failure_explain (failure, "There is nothing to join: the list is empty.");
  switch (call->dialect)
    {
    case SCOPE_NUMPY:
      return scope_failure_say (failure, "ValueError", "need at least one array to %s",
                                stack ? "stack" : "concatenate");
    case SCOPE_JAX:
      return scope_failure_say (failure, "ValueError", "Need at least one array to %s.",
                                stack ? "stack" : "concatenate");
    case SCOPE_TENSORFLOW:
      if (stack)
        return scope_failure_say (failure, "IndexError", "list index out of range");
      return scope_failure_say (failure, "ValueError",
                                "List argument 'values' to 'ConcatV2' Op with length 0 shorter "
                                "than minimum length 2.");
    default:
      if (joined->form == FORM_CAT)
        return scope_failure_say (failure, "RuntimeError",
                                  "torch.cat(): expected a non-empty list of Tensors");
      return scope_failure_say (failure, "RuntimeError", "%s expects a non-empty TensorList",
                                torch_name (joined->form));
    }
}

static bool
refuse_item (const ScopeCall *call, int i, const ScopeValue *value, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = value->span;
  if (call->dialect == SCOPE_PYTORCH)
    {
      const char *type = scope_value_type_name (call, value);
      scope_failure_explain (failure, "Only tensors can be joined, not %s.", type);
      return scope_failure_say (failure, "TypeError",
                                "expected Tensor as element %d in argument 0, but got %s", i, type);
    }
  scope_failure_begin (failure, SCOPE_RULE_UNKNOWN);
  scope_failure_explain (failure, "Shapescope does not know lists of numbers in a list to join "
                                  "yet; define them as a tensor.");
  return false;
}

static bool
refuse_list (const ScopeCall *call, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[TENSORS];
  const char *type = scope_value_type_name (call, value);
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = value->span;
  scope_failure_explain (failure, "A list or tuple of tensors was expected, not %s.", type);
  switch (call->dialect)
    {
    case SCOPE_PYTORCH:
      return scope_failure_say (
          failure, "TypeError",
          "%s(): argument 'tensors' (position 1) must be tuple of Tensors, not %s",
          scope_call_function (call), type);
    case SCOPE_NUMPY:
      return scope_failure_say (failure, "TypeError",
                                "dispatcher for __array_function__ did not return an iterable");
    default:
      return scope_failure_say (failure, "TypeError", "'%s' object is not iterable", type);
    }
}

/* The items of the one tensor that stands for a list. */
static bool
gather_unbound (Joined *joined, ScopeFailure *failure)
{
  const ScopeCall *call = joined->call;
  const ScopeValue *value = &call->value[TENSORS];
  const ScopeShape *shape = scope_call_shape (call, value);
  if (shape->rank == 0)
    return refuse_list (call, failure);
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
      Item *item = &joined->item[i];
      item->dtype = scope_call_dtype (call, value);
      item->given.rank = shape->rank - 1;
      memcpy (item->given.size, shape->size + 1, (size_t)item->given.rank * sizeof (int64_t));
    }
  return true;
}

static bool
gather (Joined *joined, ScopeFailure *failure)
{
  const ScopeCall *call = joined->call;
  const ScopeValue *list = &call->value[TENSORS];
  if (list->kind == SCOPE_VALUE_TENSOR && call->dialect != SCOPE_PYTORCH)
    return gather_unbound (joined, failure);
  if (!scope_value_is_sequence (list))
    return refuse_list (call, failure);
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
      Item *item = &joined->item[i];
      item->value = &list->item[i];
      bool number = scope_value_is_number (item->value) && call->dialect != SCOPE_PYTORCH;
      if (item->value->kind != SCOPE_VALUE_TENSOR && !number)
        return refuse_item (call, i, item->value, failure);
      item->operand = number ? -1 : tensors++;
      item->given = *scope_call_shape (call, item->value);
      item->dtype = scope_call_dtype (call, item->value);
    }
  return true;
}

/* ---- how it takes part ---------------------------------------------------------------------- */

/* The shape with axes of size 1 put in: `at[i]` is the new place of the given axis i. */
static void
place_axes (Item *item, int rank, const int *at)
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
widen (Form form, Item *item)
{
  int at[SCOPE_MAX_RANK];
  int rank = item->given.rank;
  for (int i = 0; i < rank; i++)
    at[i] = i;
  if (form == FORM_HSTACK && rank == 0)
    rank = 1;
  else if ((form == FORM_VSTACK || form == FORM_DSTACK || form == FORM_COLUMN_STACK) && rank < 2)
    {
      at[0] = form == FORM_COLUMN_STACK ? 0 : 1;
      rank = 2;
    }
  if (form == FORM_DSTACK && rank == 2)
    rank = 3;
  place_axes (item, rank, at);
}

/* Every shape gets a new axis, of size 1. */
static void
open_axis (Item *item, int axis)
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

static bool
refuse_axis_kind (const Joined *joined, ScopeFailure *failure)
{
  const ScopeCall *call = joined->call;
  const ScopeValue *value = &call->value[DIM];
  const char *type = scope_value_type_name (call, value);
  if (call->dialect == SCOPE_PYTORCH && value->kind == SCOPE_VALUE_NONE)
    return scope_call_refuse (call, DIM, failure, "an axis must be given");
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = value->span;
  scope_failure_explain (failure, "An axis is an integer, not %s.", type);
  if (call->dialect == SCOPE_PYTORCH)
    return scope_failure_say (failure, "TypeError", "%s(): argument 'dim' must be int, not %s",
                              scope_call_function (call), type);
  if (value->kind == SCOPE_VALUE_BOOL)
    return scope_failure_say (failure, "TypeError", "an integer is required for the axis");
  if (value->kind == SCOPE_VALUE_TENSOR)
    return scope_failure_say (failure, "TypeError",
                              "only integer scalar arrays can be converted to a scalar index");
  if (value->kind == SCOPE_VALUE_FLOAT && joined->form == FORM_STACK)
    return scope_failure_say (failure, "TypeError", "integer argument expected, got float");
  return scope_failure_say (failure, "TypeError", "'%s' object cannot be interpreted as an integer",
                            type);
}

/* The number given as axis; 0 when there is none. */
static bool
read_axis (const Joined *joined, int64_t *axis, ScopeFailure *failure)
{
  const ScopeValue *value = &joined->call->value[DIM];
  bool numpy = joined->call->dialect == SCOPE_NUMPY;
  *axis = 0;
  if (!scope_value_given (value))
    return true;
  bool serves = value->kind == SCOPE_VALUE_INT
                || (value->kind == SCOPE_VALUE_BOOL && numpy && joined->form == FORM_STACK);
  if (!serves)
    return refuse_axis_kind (joined, failure);
  *axis = value->integer;
  return true;
}

static bool
say_tensorflow_axis (const Joined *joined, int64_t axis, int rank, ScopeFailure *failure)
{
  if (joined->form == FORM_STACK)
    return scope_failure_say (failure, "ValueError", "Argument `axis` = %lld not in range [%d, %d)",
                              (long long)axis, -rank, rank);
  return scope_say_tensorflow (failure, "ConcatV2",
                               "ConcatOp : Expected concatenating dimensions in the range [%d, "
                               "%d), but got %lld",
                               -rank, rank, (long long)axis);
}

static bool
find_axis (Joined *joined, int64_t axis, int rank, ScopeFailure *failure)
{
  const ScopeAxisStyle style = { 0 };
  int parameter = scope_value_given (&joined->call->value[DIM]) ? DIM : -1;
  if (scope_axis_find (joined->call, parameter, &style, axis, rank, &joined->axis, failure))
    return true;
  if (joined->call->dialect == SCOPE_TENSORFLOW)
    return say_tensorflow_axis (joined, axis, rank, failure);
  return false;
}

/* ---- what must agree ------------------------------------------------------------------------ */

static void
name_item (const Joined *joined, const ScopeFailure *failure, const Item *item, ScopeText *text)
{
  if (item->value != NULL && item->operand >= 0 && item->operand < failure->operands)
    scope_operand_print (joined->call, failure, item->operand, text);
  else
    scope_text_printf (text, "number %d of the list", (int)(item - joined->item) + 1);
}

static bool
refuse_rank (const Joined *joined, const Item *item, ScopeFailure *failure)
{
  const Item *first = joined->first;
  ScopeText a = { 0 }, b = { 0 }, shapes[2] = { 0 };
  scope_failure_begin (failure, SCOPE_RULE_RANK);
  name_item (joined, failure, first, &a);
  name_item (joined, failure, item, &b);
  scope_failure_explain (failure,
                         "%s has %d axes and %s has %d; what is joined must have the same number "
                         "of axes.",
                         scope_text_string (&a), first->shape.rank, scope_text_string (&b),
                         item->shape.rank);
  scope_text_clear (&a);
  scope_text_clear (&b);
  int i = (int)(item - joined->item);
  switch (joined->call->dialect)
    {
    case SCOPE_NUMPY:
      return scope_failure_say (failure, "ValueError",
                                "all the input arrays must have same number of dimensions, but the "
                                "array at index 0 has %d dimension(s) and the array at index %d "
                                "has %d dimension(s)",
                                first->shape.rank, i, item->shape.rank);
    case SCOPE_TENSORFLOW:
      scope_shape_print (&first->shape, SCOPE_SHAPE_TIGHT_LIST, &shapes[0]);
      scope_shape_print (&item->shape, SCOPE_SHAPE_TIGHT_LIST, &shapes[1]);
      scope_say_tensorflow (failure, "ConcatV2",
                            "ConcatOp : Ranks of all input tensors should match: shape[0] = %s vs. "
                            "shape[%d] = %s",
                            scope_text_string (&shapes[0]), i, scope_text_string (&shapes[1]));
      break;
    case SCOPE_JAX:
      for (int k = 0; k < joined->items; k++)
        {
          scope_text_append (&shapes[0], k > 0 ? ", " : "");
          scope_shape_print (&joined->item[k].shape, SCOPE_SHAPE_TUPLE, &shapes[0]);
        }
      scope_failure_say (failure, "TypeError",
                         "Cannot concatenate arrays with different numbers of dimensions: got %s.",
                         scope_text_string (&shapes[0]));
      break;
    default:
      return scope_failure_say (failure, "RuntimeError",
                                "Tensors must have same number of dimensions: got %d and %d",
                                first->shape.rank, item->shape.rank);
    }
  scope_text_clear (&shapes[0]);
  scope_text_clear (&shapes[1]);
  return false;
}

static bool
say_sizes (const Joined *joined, const Item *item, int axis, ScopeFailure *failure)
{
  const Item *first = joined->first;
  int i = (int)(item - joined->item);
  long long a = first->shape.size[axis], b = item->shape.size[axis];
  ScopeText shapes[2] = { 0 };
  switch (joined->call->dialect)
    {
    case SCOPE_NUMPY:
      return scope_failure_say (failure, "ValueError",
                                "all the input array dimensions except for the concatenation axis "
                                "must match exactly, but along dimension %d, the array at index 0 "
                                "has size %lld and the array at index %d has size %lld",
                                axis, a, i, b);
    case SCOPE_TENSORFLOW:
      scope_shape_print (&first->shape, SCOPE_SHAPE_TIGHT_LIST, &shapes[0]);
      scope_shape_print (&item->shape, SCOPE_SHAPE_TIGHT_LIST, &shapes[1]);
      scope_say_tensorflow (failure, "ConcatV2",
                            "ConcatOp : Dimension %d in both shapes must be equal: shape[0] = %s "
                            "vs. shape[%d] = %s",
                            axis, scope_text_string (&shapes[0]), i,
                            scope_text_string (&shapes[1]));
      break;
    case SCOPE_JAX:
      for (int k = 0; k < joined->items; k++)
        {
          scope_text_append (&shapes[0], k > 0 ? ", " : "");
          scope_shape_print (&joined->item[k].shape, SCOPE_SHAPE_TUPLE, &shapes[0]);
        }
      scope_failure_say (failure, "TypeError",
                         "Cannot concatenate arrays with shapes that differ in dimensions other "
                         "than the one being concatenated: concatenating along dimension %d for "
                         "shapes %s.",
                         joined->axis, scope_text_string (&shapes[0]));
      break;
    default:
      return scope_failure_say (failure, "RuntimeError",
                                "Sizes of tensors must match except in dimension %d. Expected size "
                                "%lld but got size %lld for tensor number %d in the list.",
                                joined->axis, a, b, i);
    }
  scope_text_clear (&shapes[0]);
  scope_text_clear (&shapes[1]);
  return false;
}

/* Adds every axis on which some item differs from the first, each once; returns the first of them
 * on the earliest item, for that is what the frameworks name. */
static const Item *
collect_axes (const Joined *joined, ScopeFailure *failure, int *axis_out)
{
  const Item *first = joined->first, *culprit = NULL;
  for (int axis = 0; axis < first->shape.rank; axis++)
    for (int i = 0; axis != joined->axis && i < joined->items; i++)
      {
        const Item *item = &joined->item[i];
        if (item->left_out || item->shape.rank != first->shape.rank
            || !scope_sizes_differ (first->shape.size[axis], item->shape.size[axis]))
          continue;
        scope_failure_add_axis (failure, first->shape.rank, axis, first->shape.size[axis],
                                item->shape.size[axis]);
        failure->axis[failure->axes - 1].operand[0] = (int)scope_max (first->operand, 0);
        failure->axis[failure->axes - 1].operand[1] = (int)scope_max (item->operand, 0);
        if (culprit == NULL || item < culprit)
          {
            culprit = item;
            *axis_out = axis;
          }
        break;
      }
  return culprit;
}

static bool
refuse_sizes (const Joined *joined, ScopeFailure *failure)
{
  int axis = 0;
  scope_failure_begin (failure, SCOPE_RULE_MATCH);
  const Item *item = collect_axes (joined, failure, &axis), *first = joined->first;
  ScopeText a = { 0 }, b = { 0 };
  name_item (joined, failure, first, &a);
  name_item (joined, failure, item, &b);
  int from_end = first->shape.rank - axis;
  long long sizes[2] = { first->shape.size[axis], item->shape.size[axis] };
  if (failure->axes == 1)
    scope_failure_explain (failure,
                           "Axis %d (−%d) does not fit: %s has %lld and %s has %lld; only axis %d, "
                           "along which they are joined, may differ.",
                           axis, from_end, scope_text_string (&a), sizes[0], scope_text_string (&b),
                           sizes[1], joined->axis);
  else
    scope_failure_explain (failure,
                           "%d axes do not fit, the first is axis %d (−%d): %s has %lld and %s has "
                           "%lld; only axis %d, along which they are joined, may differ.",
                           failure->axes, axis, from_end, scope_text_string (&a), sizes[0],
                           scope_text_string (&b), sizes[1], joined->axis);
  scope_text_clear (&a);
  scope_text_clear (&b);
  return say_sizes (joined, item, axis, failure);
}

/* The frameworks go through the items one by one: what they name is the first item that differs
 * from the first one, in its number of axes or a size. */
static bool
check_items (const Joined *joined, ScopeFailure *failure)
{
  const ScopeShape *first = &joined->first->shape;
  bool ranks_first = joined->call->dialect == SCOPE_JAX;
  for (int i = 0; ranks_first && i < joined->items; i++)
    if (joined->item[i].shape.rank != first->rank)
      return refuse_rank (joined, &joined->item[i], failure);
  for (int i = 0; i < joined->items; i++)
    {
      const Item *item = &joined->item[i];
      if (item->left_out)
        continue;
      if (item->shape.rank != first->rank)
        return refuse_rank (joined, item, failure);
      for (int axis = 0; axis < first->rank; axis++)
        if (axis != joined->axis && scope_sizes_differ (first->size[axis], item->shape.size[axis]))
          return refuse_sizes (joined, failure);
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
say_stack (const Joined *joined, const Item *item, ScopeFailure *failure)
{
  ScopeText a = { 0 }, b = { 0 };
  ScopeShapeStyle style =
      joined->call->dialect == SCOPE_PYTORCH ? SCOPE_SHAPE_LIST : SCOPE_SHAPE_TIGHT_LIST;
  int i = (int)(item - joined->item);
  scope_shape_print (&joined->first->given, style, &a);
  scope_shape_print (&item->given, style, &b);
  switch (joined->call->dialect)
    {
    case SCOPE_NUMPY:
      scope_failure_say (failure, "ValueError", "all input arrays must have the same shape");
      break;
    case SCOPE_JAX:
      scope_failure_say (failure, "ValueError", "All input arrays must have the same shape.");
      break;
    case SCOPE_TENSORFLOW:
      scope_say_tensorflow (failure, "Pack",
                            "Shapes of all inputs must match: values[0].shape = %s != "
                            "values[%d].shape = %s",
                            scope_text_string (&a), i, scope_text_string (&b));
      break;
    default:
      scope_failure_say (failure, "RuntimeError",
                         "stack expects each tensor to be equal size, but got %s at entry 0 and "
                         "%s at entry %d",
                         scope_text_string (&a), scope_text_string (&b), i);
    }
  scope_text_clear (&a);
  scope_text_clear (&b);
  return false;
}

static bool
refuse_stack (Joined *joined, const Item *item, ScopeFailure *failure)
{
  const Item *first = joined->first;
  ScopeText a = { 0 }, b = { 0 };
  bool rank = first->given.rank != item->given.rank;
  scope_failure_begin (failure, rank ? SCOPE_RULE_RANK : SCOPE_RULE_MATCH);
  name_item (joined, failure, first, &a);
  name_item (joined, failure, item, &b);
  if (rank)
    scope_failure_explain (failure,
                           "%s has %d axes and %s has %d; only tensors of one shape can be "
                           "stacked.",
                           scope_text_string (&a), first->given.rank, scope_text_string (&b),
                           item->given.rank);
  else
    {
      int axis = 0;
      joined->axis = -1;
      for (int i = 0; i < joined->items; i++)
        joined->item[i].shape = joined->item[i].given;
      (void)collect_axes (joined, failure, &axis);
      axis = failure->axis[0].axis;
      scope_failure_explain (failure,
                             "Axis %d (−%d) does not fit: %s has %lld and %s has %lld; only "
                             "tensors of one shape can be stacked.",
                             axis, first->given.rank - axis, scope_text_string (&a),
                             (long long)failure->axis[0].size[0], scope_text_string (&b),
                             (long long)failure->axis[0].size[1]);
    }
  scope_text_clear (&a);
  scope_text_clear (&b);
  return say_stack (joined, item, failure);
}

static bool
check_stack (Joined *joined, ScopeFailure *failure)
{
  for (int i = 1; i < joined->items; i++)
    if (shapes_differ (&joined->first->given, &joined->item[i].given))
      return refuse_stack (joined, &joined->item[i], failure);
  return true;
}

static bool
arrange_stack (Joined *joined, ScopeFailure *failure)
{
  /* PyTorch looks at the axis first, the others at the shapes. */
  int64_t axis;
  bool torch = joined->call->dialect == SCOPE_PYTORCH;
  int rank = joined->first->given.rank + 1;
  if (torch && (!read_axis (joined, &axis, failure) || !find_axis (joined, axis, rank, failure)))
    return false;
  if (!check_stack (joined, failure))
    return false;
  if (!torch && (!read_axis (joined, &axis, failure) || !find_axis (joined, axis, rank, failure)))
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

static bool
refuse_scalar (const Joined *joined, int i, ScopeFailure *failure)
{
  ScopeText name = { 0 };
  scope_failure_begin (failure, SCOPE_RULE_RANK);
  name_item (joined, failure, &joined->item[i], &name);
  scope_failure_explain (failure,
                         "%s is a scalar: it has no axis along which it could be joined; stack "
                         "makes one.",
                         scope_text_string (&name));
  scope_text_clear (&name);
  switch (joined->call->dialect)
    {
    case SCOPE_NUMPY:
      return scope_failure_say (failure, "ValueError",
                                "zero-dimensional arrays cannot be concatenated");
    case SCOPE_JAX:
      return scope_failure_say (failure, "ValueError",
                                "Zero-dimensional arrays cannot be concatenated.");
    case SCOPE_TENSORFLOW:
      return scope_say_tensorflow (failure, "ConcatV2",
                                   "ConcatOp : Expected concatenating dimensions in the range "
                                   "[%d, %d), but got %d",
                                   0, 0, 0);
    default:
      return scope_failure_say (failure, "RuntimeError",
                                "zero-dimensional tensor (at position %d) cannot be concatenated",
                                i);
    }
}

/* Whether an item is a scalar that the dialect refuses before all else. */
static bool
check_scalars (const Joined *joined, ScopeFailure *failure)
{
  bool all = joined->call->dialect == SCOPE_PYTORCH;
  for (int i = 0; i < (all ? joined->items : 1); i++)
    if (joined->item[i].shape.rank == 0)
      return refuse_scalar (joined, i, failure);
  return true;
}

/* NumPy's axis=None and JAX's: everything in C order, one behind the other. */
static bool
arrange_flat (Joined *joined)
{
  joined->flat = true;
  joined->axis = 0;
  for (int i = 0; i < joined->items; i++)
    {
      Item *item = &joined->item[i];
      item->shape.rank = 1;
      item->shape.size[0] = scope_sizes_product (item->given.size, item->given.rank);
    }
  return true;
}

static void
find_first (Joined *joined)
{
  bool torch = joined->call->dialect == SCOPE_PYTORCH;
  joined->first = NULL;
  for (int i = 0; i < joined->items; i++)
    {
      Item *item = &joined->item[i];
      item->left_out = torch && is_legacy_empty (&item->shape);
      if (joined->first == NULL && !item->left_out)
        joined->first = item;
    }
}

static bool
arrange_cat (Joined *joined, ScopeFailure *failure)
{
  const ScopeCall *call = joined->call;
  bool may_be_flat = call->dialect == SCOPE_NUMPY || call->dialect == SCOPE_JAX;
  if (joined->form == FORM_CAT && may_be_flat && call->value[DIM].kind == SCOPE_VALUE_NONE)
    return arrange_flat (joined);

  int64_t axis;
  if (!read_axis (joined, &axis, failure))
    return false;
  for (int i = 0; i < joined->items; i++)
    widen (joined->form, &joined->item[i]);
  if (joined->form == FORM_HSTACK)
    axis = joined->item[0].shape.rank == 1 ? 0 : 1;
  else if (joined->form != FORM_CAT)
    axis = joined->form == FORM_DSTACK ? 2 : joined->form == FORM_COLUMN_STACK ? 1 : 0;
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
refuse_types (const Joined *joined, int i, ScopeFailure *failure)
{
  const ScopeCall *call = joined->call;
  ScopeDtype a = joined->item[0].dtype, b = joined->item[i].dtype;
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  scope_failure_explain (failure,
                         "Number %d of the list is %s and the first is %s; they have no "
                         "common type.",
                         i + 1, scope_dtype_name (b), scope_dtype_name (a));
  if (call->dialect == SCOPE_TENSORFLOW)
    return scope_failure_say (
        failure, "InvalidArgumentError",
        "cannot compute %s as input #%d(zero-based) was expected to be a %s tensor but is a %s "
        "tensor [Op:%s] name: %s",
        joined->form == FORM_STACK ? "Pack" : "ConcatV2", i, scope_dtype_word (SCOPE_TENSORFLOW, a),
        scope_dtype_word (SCOPE_TENSORFLOW, b), joined->form == FORM_STACK ? "Pack" : "ConcatV2",
        joined->form == FORM_STACK ? "stack" : "concat");
  return false;
}

static bool
find_common_type (Joined *joined, ScopeFailure *failure)
{
  const ScopeCall *call = joined->call;
  ScopeMixed *mixed = scope_arena_alloc (call->arena, (size_t)joined->items * sizeof *mixed);
  if (mixed == NULL)
    return scope_call_out_of_memory (call);
  for (int i = 0; i < joined->items; i++)
    {
      const Item *item = &joined->item[i];
      /* NumPy makes arrays of numbers; only axis=None leaves them scalars. */
      mixed[i] = scope_mixed_tensor (item->dtype, joined->flat ? item->given.rank : 1);
      if (!scope_promote (call->dialect, mixed, i + 1, &joined->dtype))
        return refuse_types (joined, i, failure);
    }
  return true;
}

static bool
check_cast (const Joined *joined, ScopeDtype dtype, ScopeFailure *failure)
{
  const ScopeCall *call = joined->call;
  const char *casting = "same_kind";
  if (!scope_call_string (call, CASTING, &casting, failure))
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
      failure->span = call->value[DTYPE].span;
      return scope_failure_both (failure, "TypeError",
                                 "Cannot cast array data from dtype('%s') to dtype('%s') according "
                                 "to the rule '%s'",
                                 scope_dtype_name (from), scope_dtype_name (dtype), casting);
    }
  return true;
}

static bool
find_type (Joined *joined, ScopeFailure *failure)
{
  const ScopeCall *call = joined->call;
  const ScopeValue *asked = &call->value[DTYPE];
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
    return scope_call_refuse (call, DTYPE, failure, "data type not understood");
  joined->dtype = dtype;
  return check_cast (joined, dtype, failure);
}

static bool
refuse_overflow (const Joined *joined, ScopeFailure *failure)
{
  ScopeText sizes = { 0 };
  scope_failure_begin (failure, SCOPE_RULE_LIMIT);
  scope_shape_print (&joined->result, SCOPE_SHAPE_LIST, &sizes);
  scope_failure_explain (failure, "The result would have more than 2^63−1 elements.");
  if (joined->call->dialect == SCOPE_PYTORCH)
    scope_failure_say (failure, "RuntimeError", "Storage size calculation overflowed with sizes=%s",
                       scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return false;
}

static bool
find_shape (Joined *joined, ScopeFailure *failure)
{
  ScopeShape *shape = &joined->result;
  *shape = joined->first->shape;
  int64_t sum = 0, count;
  for (int i = 0; i < joined->items; i++)
    {
      const Item *item = &joined->item[i];
      if (item->left_out)
        continue;
      for (int axis = 0; axis < shape->rank; axis++)
        if (axis != joined->axis)
          shape->size[axis] = scope_size_either (shape->size[axis], item->shape.size[axis]);
      int64_t size = item->shape.size[joined->axis];
      if (joined->items == 1 || !scope_size_is_known (size) || !scope_size_is_known (sum))
        sum = joined->items == 1 ? size : SCOPE_SIZE_UNKNOWN;
      else if (!scope_checked_add (sum, size, &sum))
        return refuse_overflow (joined, failure);
    }
  shape->size[joined->axis] = sum;
  if (scope_shape_is_known (shape) && !scope_shape_count (shape, &count, NULL))
    return refuse_overflow (joined, failure);
  return true;
}

static bool
make_plan (const Joined *joined, ScopeResult *result)
{
  const ScopeCall *call = joined->call;
  ScopeJoinPlan *plan = scope_join_plan_new (call, joined->axis, joined->items);
  if (plan == NULL)
    return false;
  plan->flat = joined->flat;
  int64_t end = 0;
  int input = joined->unbound ? scope_result_add_input (call, result, &call->value[TENSORS]) : 0;
  for (int i = 0; i < joined->items; i++)
    {
      const Item *item = &joined->item[i];
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
  Joined joined = { .call = call, .form = (Form)call->spelling->variant };
  if (!gather (&joined, failure))
    return false;
  if (joined.items == 0)
    return refuse_empty (&joined, failure);
  joined.first = &joined.item[0];
  bool fits =
      joined.form == FORM_STACK ? arrange_stack (&joined, failure) : arrange_cat (&joined, failure);
  if (!fits || !find_type (&joined, failure) || !find_shape (&joined, failure))
    return false;
  scope_result_set (result, &joined.result, joined.dtype);
  return make_plan (&joined, result);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeParameter parameters[] = {
  [TENSORS] = { "tensors", SCOPE_TAKES_TENSORS, NULL, NULL, "what is joined" },
  [DIM] = { "dim", SCOPE_TAKES_AXIS, "0", NULL, "the axis along which they are joined" },
  [DTYPE] = { "dtype", SCOPE_TAKES_DTYPE, "None", NULL, "the result's element type" },
  [CASTING] = { "casting", SCOPE_TAKES_CHOICE, "\"same_kind\"", "no equiv safe same_kind unsafe",
                "which conversions are allowed" },
  { NULL },
};

static const ScopeSpelling cat_spellings[] = {
  { "torch.cat", SCOPE_PYTORCH, "tensors dim=dim=axis | -out", FORM_CAT },
  { "torch.concat", SCOPE_PYTORCH, "tensors dim=dim=axis | -out", FORM_CAT },
  { "torch.concatenate", SCOPE_PYTORCH, "tensors dim=dim=axis | -out", FORM_CAT },
  { "np.concatenate", SCOPE_NUMPY, "tensors=arrays dim=axis -out | dtype casting", FORM_CAT },
  { "tf.concat", SCOPE_TENSORFLOW, "tensors=values dim=axis -name", FORM_CAT },
  { "jnp.concatenate", SCOPE_JAX, "tensors=arrays dim=axis dtype", FORM_CAT },
  { NULL },
};

static const ScopeSpelling stack_spellings[] = {
  { "torch.stack", SCOPE_PYTORCH, "tensors dim=dim=axis | -out", FORM_STACK },
  { "np.stack", SCOPE_NUMPY, "tensors=arrays dim=axis -out | dtype casting", FORM_STACK },
  { "tf.stack", SCOPE_TENSORFLOW, "tensors=values dim=axis -name", FORM_STACK },
  { "jnp.stack", SCOPE_JAX, "tensors=arrays dim=axis -out dtype", FORM_STACK },
  { NULL },
};

static const ScopeSpelling hstack_spellings[] = {
  { "torch.hstack", SCOPE_PYTORCH, "tensors | -out", FORM_HSTACK },
  { "np.hstack", SCOPE_NUMPY, "tensors=tup | dtype casting", FORM_HSTACK },
  { "jnp.hstack", SCOPE_JAX, "tensors=tup dtype", FORM_HSTACK },
  { NULL },
};

static const ScopeSpelling vstack_spellings[] = {
  { "torch.vstack", SCOPE_PYTORCH, "tensors | -out", FORM_VSTACK },
  { "torch.row_stack", SCOPE_PYTORCH, "tensors | -out", FORM_VSTACK },
  { "np.vstack", SCOPE_NUMPY, "tensors=tup | dtype casting", FORM_VSTACK },
  { "np.row_stack", SCOPE_NUMPY, "tensors=tup | dtype casting", FORM_VSTACK },
  { "jnp.vstack", SCOPE_JAX, "tensors=tup dtype", FORM_VSTACK },
  { "jnp.row_stack", SCOPE_JAX, "tensors=tup dtype", FORM_VSTACK },
  { NULL },
};

static const ScopeSpelling dstack_spellings[] = {
  { "torch.dstack", SCOPE_PYTORCH, "tensors | -out", FORM_DSTACK },
  { "np.dstack", SCOPE_NUMPY, "tensors=tup", FORM_DSTACK },
  { "jnp.dstack", SCOPE_JAX, "tensors=tup dtype", FORM_DSTACK },
  { NULL },
};

static const ScopeSpelling column_stack_spellings[] = {
  { "torch.column_stack", SCOPE_PYTORCH, "tensors | -out", FORM_COLUMN_STACK },
  { "np.column_stack", SCOPE_NUMPY, "tensors=tup", FORM_COLUMN_STACK },
  { "jnp.column_stack", SCOPE_JAX, "tensors=tup", FORM_COLUMN_STACK },
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
