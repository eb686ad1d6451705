/* Axes as NumPy's normalize_axis_tuple takes them. */
#include "ops/numpy-axes.h"

#include "ops/argument.h"
#include "ops/python-words.h"

static bool
check_item (const ScopeCall *call, int parameter, const ScopeValue *item, ScopeFailure *failure)
{
  if (scope_value_is_int (item))
    return true;
  const ScopeValue *value = &call->value[parameter];
  if (item->kind == SCOPE_VALUE_FLOAT)
    return scope_python_refuse (failure, value, "TypeError",
                                "integer argument expected, got float");
  return scope_python_refuse (failure, value, "TypeError",
                              "'%s' object cannot be interpreted as an integer",
                              scope_value_type_name (call, item));
}

/* What Python makes of a value that is neither an int nor a sequence of them; true when it is an
 * empty string, which has no items to complain about. */
static bool
check_kind (const ScopeCall *call, const ScopeValue *value, ScopeFailure *failure)
{
  if (value->kind == SCOPE_VALUE_STRING && value->text[0] == '\0')
    return true;
  if (value->kind == SCOPE_VALUE_STRING)
    return scope_python_refuse (failure, value, "TypeError",
                                "'str' object cannot be interpreted as an integer");
  return scope_python_refuse (failure, value, "TypeError", "'%s' object is not iterable",
                              scope_value_type_name (call, value));
}

bool
scope_numpy_axes_find (const ScopeCall *call,
                       int parameter,
                       int rank,
                       bool duplicates,
                       ScopeAxes *out,
                       ScopeFailure *failure)
{
  const ScopeAxisStyle style = { 0 };
  const ScopeValue *value = &call->value[parameter];
  bool sequence = scope_value_is_sequence (value);
  const ScopeValue *item = sequence ? value->item : value;
  int items = sequence ? value->items : 1;
  *out = (ScopeAxes){ .given = true };
  if (!sequence && !scope_value_is_int (value))
    return check_kind (call, value, failure);
  for (int i = 0; i < items; i++)
    {
      int axis;
      if (!check_item (call, parameter, &item[i], failure)
          || !scope_axis_find (call, parameter, &style, item[i].integer, rank, &axis, failure))
        return false;
      if (out->has[axis] && !duplicates)
        {
          scope_failure_begin (failure, SCOPE_RULE_AXIS);
          failure->span = value->span;
          scope_failure_explain (failure, "Axis %d is named twice.", axis);
          return scope_failure_say (failure, "ValueError", "repeated axis");
        }
      if (out->count == SCOPE_MAX_RANK)
        return scope_call_refuse (call, parameter, failure, "at most %d axes", SCOPE_MAX_RANK);
      out->has[axis] = true;
      out->axis[out->count++] = axis;
    }
  return true;
}
