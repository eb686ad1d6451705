/* How the dialects refuse to join. */
#include "ops/joining.h"

#include "core/checked.h"
#include "ops/argument.h"
#include "ops/operand.h"
#include "ops/program.h"
#include "ops/promote.h"

#include <stdio.h>

typedef struct
{
  char text[48];
} WrapperName;

/* TensorFlow's name of the kernel's wrapper: `ConcatV2_N_2`. */
static const char *
wrapper (const ScopeJoined *joined, const char *kernel, WrapperName *name)
{
  snprintf (name->text, sizeof name->text, "%s_N_%d", kernel, joined->items);
  return name->text;
}

static const char *
torch_name (ScopeJoinForm form)
{
  static const char *const names[] = {
    [SCOPE_JOIN_CAT] = "torch.cat()", [SCOPE_JOIN_STACK] = "stack",
    [SCOPE_JOIN_HSTACK] = "hstack",   [SCOPE_JOIN_VSTACK] = "vstack",
    [SCOPE_JOIN_DSTACK] = "dstack",   [SCOPE_JOIN_COLUMN_STACK] = "column_stack",
  };
  return names[form];
}

bool
scope_join_refuse_empty (const ScopeJoined *joined, ScopeFailure *failure)
{
  const ScopeCall *call = joined->call;
  bool stack = joined->form == SCOPE_JOIN_STACK;
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = call->value[SCOPE_JOIN_ARGUMENT_TENSORS].span;
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
      if (joined->form == SCOPE_JOIN_CAT)
        return scope_failure_say (failure, "RuntimeError",
                                  "torch.cat(): expected a non-empty list of Tensors");
      return scope_failure_say (failure, "RuntimeError", "%s expects a non-empty TensorList",
                                torch_name (joined->form));
    }
}

bool
scope_join_refuse_item (const ScopeCall *call,
                        int i,
                        const ScopeValue *value,
                        ScopeFailure *failure)
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

bool
scope_join_refuse_list (const ScopeCall *call, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[SCOPE_JOIN_ARGUMENT_TENSORS];
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

bool
scope_join_refuse_axis_kind (const ScopeJoined *joined, ScopeFailure *failure)
{
  const ScopeCall *call = joined->call;
  const ScopeValue *value = &call->value[SCOPE_JOIN_ARGUMENT_DIM];
  const char *type = scope_value_type_name (call, value);
  if (call->dialect == SCOPE_PYTORCH && value->kind == SCOPE_VALUE_NONE)
    return scope_call_refuse (call, SCOPE_JOIN_ARGUMENT_DIM, failure, "an axis must be given");
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
  if (value->kind == SCOPE_VALUE_FLOAT && joined->form == SCOPE_JOIN_STACK)
    return scope_failure_say (failure, "TypeError", "integer argument expected, got float");
  return scope_failure_say (failure, "TypeError", "'%s' object cannot be interpreted as an integer",
                            type);
}

bool
scope_join_say_tensorflow_axis (const ScopeJoined *joined,
                                int64_t axis,
                                int rank,
                                ScopeFailure *failure)
{
  if (joined->form == SCOPE_JOIN_STACK)
    return scope_failure_say (failure, "ValueError", "Argument `axis` = %lld not in range [%d, %d)",
                              (long long)axis, -rank, rank);
  return scope_say_tensorflow_node (
      failure, wrapper (joined, "ConcatV2", &(WrapperName){ "" }), "ConcatV2", "concat",
      "ConcatOp : Expected concatenating dimensions in the range [%d, "
      "%d), but got %lld",
      -rank, rank, (long long)axis);
}

static void
name_item (const ScopeJoined *joined,
           const ScopeFailure *failure,
           const ScopeJoinItem *item,
           ScopeText *text)
{
  if (item->value != NULL && item->operand >= 0 && item->operand < failure->operands)
    scope_operand_print (joined->call, failure, item->operand, text);
  else
    scope_text_printf (text, "number %d of the list", (int)(item - joined->item) + 1);
}

bool
scope_join_refuse_rank (const ScopeJoined *joined, const ScopeJoinItem *item, ScopeFailure *failure)
{
  const ScopeJoinItem *first = joined->first;
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
      scope_say_tensorflow_node (
          failure, wrapper (joined, "ConcatV2", &(WrapperName){ "" }), "ConcatV2", "concat",
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
say_sizes (const ScopeJoined *joined, const ScopeJoinItem *item, int axis, ScopeFailure *failure)
{
  const ScopeJoinItem *first = joined->first;
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
      scope_say_tensorflow_node (
          failure, wrapper (joined, "ConcatV2", &(WrapperName){ "" }), "ConcatV2", "concat",
          "ConcatOp : Dimension %d in both shapes must be equal: shape[0] = %s "
          "vs. shape[%d] = %s",
          axis, scope_text_string (&shapes[0]), i, scope_text_string (&shapes[1]));
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
static const ScopeJoinItem *
collect_axes (const ScopeJoined *joined, ScopeFailure *failure, int *axis_out)
{
  const ScopeJoinItem *first = joined->first, *culprit = NULL;
  for (int axis = 0; axis < first->shape.rank; axis++)
    for (int i = 0; axis != joined->axis && i < joined->items; i++)
      {
        const ScopeJoinItem *item = &joined->item[i];
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

bool
scope_join_refuse_sizes (const ScopeJoined *joined, ScopeFailure *failure)
{
  int axis = 0;
  scope_failure_begin (failure, SCOPE_RULE_MATCH);
  const ScopeJoinItem *item = collect_axes (joined, failure, &axis), *first = joined->first;
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

static bool
say_stack (const ScopeJoined *joined, const ScopeJoinItem *item, ScopeFailure *failure)
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
      scope_say_tensorflow_node (failure, wrapper (joined, "Pack", &(WrapperName){ "" }), "Pack",
                                 "stack",
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

bool
scope_join_refuse_stack (ScopeJoined *joined, const ScopeJoinItem *item, ScopeFailure *failure)
{
  const ScopeJoinItem *first = joined->first;
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

bool
scope_join_refuse_scalar (const ScopeJoined *joined, int i, ScopeFailure *failure)
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
      return scope_say_tensorflow_node (failure, wrapper (joined, "ConcatV2", &(WrapperName){ "" }),
                                        "ConcatV2", "concat",
                                        "ConcatOp : Expected concatenating dimensions in the range "
                                        "[%d, %d), but got %d",
                                        0, 0, 0);
    default:
      return scope_failure_say (failure, "RuntimeError",
                                "zero-dimensional tensor (at position %d) cannot be concatenated",
                                i);
    }
}

bool
scope_join_refuse_types (const ScopeJoined *joined, int i, ScopeFailure *failure)
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
        joined->form == SCOPE_JOIN_STACK ? "Pack" : "ConcatV2", i,
        scope_dtype_word (SCOPE_TENSORFLOW, a), scope_dtype_word (SCOPE_TENSORFLOW, b),
        joined->form == SCOPE_JOIN_STACK ? "Pack" : "ConcatV2",
        joined->form == SCOPE_JOIN_STACK ? "stack" : "concat");
  return false;
}

bool
scope_join_refuse_overflow (const ScopeJoined *joined, ScopeFailure *failure)
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
