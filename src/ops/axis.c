/* Finding the axes that arguments name, in the words of each dialect. */
#include "ops/axis.h"

#include "ops/argument.h"
#include "ops/operand.h"
#include "ops/program.h"

#include <string.h>

bool
scope_refuse_integer (const ScopeCall *call,
                      int parameter,
                      const ScopeValue *value,
                      ScopeFailure *failure)
{
  const char *type = scope_value_type_name (call, value);
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  if (parameter >= 0)
    failure->span = call->value[parameter].span;
  scope_failure_explain (failure, "This must be an integer, not %s.", type);
  if (value->kind == SCOPE_VALUE_TENSOR)
    return scope_failure_say (failure, "TypeError",
                              "only integer scalar arrays can be converted to a scalar index");
  return scope_failure_say (failure, "TypeError", "'%s' object cannot be interpreted as an integer",
                            type);
}

static void
explain_missing (ScopeFailure *failure, int64_t axis, int rank)
{
  if (rank == 0)
    scope_failure_explain (failure, "There is no axis %lld: a scalar has no axes.",
                           (long long)axis);
  else if (rank == 1)
    scope_failure_explain (failure, "There is no axis %lld: the tensor has one axis, 0 (or −1).",
                           (long long)axis);
  else
    scope_failure_explain (failure,
                           "There is no axis %lld: the tensor has the axes 0 to %d (or −%d to −1).",
                           (long long)axis, rank - 1, rank);
}

/* The complaint about an axis that is not there. */
static bool
say_missing (const ScopeCall *call,
             const ScopeAxisStyle *style,
             int64_t axis,
             int rank,
             ScopeFailure *failure)
{
  long long number = axis;
  int axes = rank == 0 ? 1 : rank;
  switch (call->dialect)
    {
    case SCOPE_NUMPY:
      return scope_failure_say (failure, "AxisError",
                                "%saxis %lld is out of bounds for array of dimension %d",
                                style->prefix != NULL ? style->prefix : "", number, rank);
    case SCOPE_JAX:
      return scope_failure_say (failure, "ValueError",
                                "axis %lld is out of bounds for array of dimension %d", number,
                                rank);
    case SCOPE_TENSORFLOW:
      if (style->tensorflow == NULL)
        return false;
      return scope_say_tensorflow (failure, style->tensorflow,
                                   "Invalid reduction dimension (%lld for input with %d "
                                   "dimension(s)",
                                   number, rank);
    default:
      if (rank == 0 && !style->scalar_has_one)
        return scope_failure_say (failure, "IndexError",
                                  "Dimension specified as %lld but tensor has no dimensions",
                                  number);
      return scope_failure_say (
          failure, "IndexError",
          "Dimension out of range (expected to be in range of [%d, %d], but got %lld)", -axes,
          axes - 1, number);
    }
}

bool
scope_axis_find (const ScopeCall *call,
                 int parameter,
                 const ScopeAxisStyle *style,
                 int64_t axis,
                 int rank,
                 int *out,
                 ScopeFailure *failure)
{
  int axes = rank == 0 && style->scalar_has_one ? 1 : rank;
  if (axis >= -axes && axis < axes)
    {
      *out = (int)(axis < 0 ? axis + axes : axis);
      return true;
    }
  scope_failure_begin (failure, SCOPE_RULE_AXIS);
  if (parameter >= 0)
    failure->span = call->value[parameter].span;
  explain_missing (failure, axis, rank);
  return say_missing (call, style, axis, rank, failure);
}

static bool
refuse_repeated (const ScopeCall *call, int parameter, int axis, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_AXIS);
  failure->span = call->value[parameter].span;
  scope_failure_explain (failure, "Axis %d is named twice.", axis);
  switch (call->dialect)
    {
    case SCOPE_NUMPY:
      return scope_failure_say (failure, "ValueError", "duplicate value in 'axis'");
    case SCOPE_JAX:
      {
        ScopeText text = { 0 };
        scope_program_print_span (call->program, call->value[parameter].span, &text);
        scope_failure_say (failure, "ValueError", "duplicate value in 'axis': %s",
                           scope_text_string (&text));
        scope_text_clear (&text);
        return false;
      }
    case SCOPE_TENSORFLOW:
      return scope_failure_say (failure, "InvalidArgumentError",
                                "Invalid reduction arguments: Axes contains duplicate dimension: "
                                "%d",
                                axis);
    default:
      return scope_failure_say (failure, "RuntimeError",
                                "dim %d appears multiple times in the list of dims", axis);
    }
}

static bool
refuse_numpy_axis (const ScopeCall *call,
                   int parameter,
                   const ScopeAxisStyle *style,
                   const ScopeValue *value,
                   ScopeFailure *failure)
{
  if (value->kind == SCOPE_VALUE_BOOL)
    return scope_call_refuse (call, parameter, failure, "an integer is required");
  if (value->kind == SCOPE_VALUE_FLOAT && style->whole_floats)
    return scope_call_refuse (call, parameter, failure, "integer argument expected, got float");
  return scope_refuse_integer (call, parameter, value, failure);
}

bool
scope_axes_find (const ScopeCall *call,
                 int parameter,
                 const ScopeAxisStyle *style,
                 int rank,
                 ScopeAxes *out,
                 ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[parameter];
  memset (out, 0, sizeof *out);
  if (value->kind == SCOPE_VALUE_ABSENT || value->kind == SCOPE_VALUE_NONE)
    return true;
  bool numpy = call->dialect == SCOPE_NUMPY;
  bool sequence = value->kind == SCOPE_VALUE_TUPLE || (!numpy && scope_value_is_sequence (value));
  const ScopeValue *item = sequence ? value->item : value;
  int items = sequence ? value->items : 1;

  /* A single axis of a scalar may be 0; NumPy's tuples of axes are stricter. */
  ScopeAxisStyle here = *style;
  here.scalar_has_one = style->scalar_has_one && (!numpy || !sequence);
  out->given = true;
  for (int i = 0; i < items; i++)
    {
      int axis;
      /* Where NumPy counts the elements first, True is 1 to it. */
      if (numpy && item[i].kind == SCOPE_VALUE_BOOL && style->whole_floats
          && !scope_axis_find (call, parameter, &here, item[i].integer, rank, &axis, failure))
        return false;
      if (numpy && item[i].kind != SCOPE_VALUE_INT)
        return refuse_numpy_axis (call, parameter, style, &item[i], failure);
      if (!scope_value_is_int (&item[i]))
        return scope_call_refuse (call, parameter, failure,
                                  "%s(): argument '%s' must be tuple of ints, not %s",
                                  call->op->name, call->op->parameter[parameter].name,
                                  scope_value_type_name (call, &item[i]));
      if (!scope_axis_find (call, parameter, &here, item[i].integer, rank, &axis, failure))
        return false;
      if (out->has[axis])
        return refuse_repeated (call, parameter, axis, failure);
      out->has[axis] = true;
      out->axis[out->count++] = axis;
    }
  return true;
}
