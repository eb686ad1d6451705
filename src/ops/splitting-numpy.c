/* How NumPy and JAX split. */
#include "ops/splitting.h"

#include "core/checked.h"
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/operand.h"
#include "ops/python-words.h"

#include <math.h>
#include <string.h>

/* axis indexes the tuple of sizes. */
static bool
find_numpy_axis (ScopeSplit *split, ScopeFailure *failure)
{
  const ScopeCall *call = split->call;
  const ScopeValue *value = &call->value[SCOPE_SPLIT_DIM];
  int64_t axis = 0;
  int rank = split->input.shape.rank;
  if (value->kind == SCOPE_VALUE_TENSOR)
    return scope_refuse_integer (call, SCOPE_SPLIT_DIM, value, failure);
  if (scope_value_given (value) && !scope_value_is_int (value))
    {
      scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
      failure->span = value->span;
      return scope_failure_both (failure, "TypeError",
                                 "tuple indices must be integers or slices, not %s",
                                 scope_value_type_name (call, value));
    }
  if (scope_value_given (value))
    axis = value->integer;
  if (axis < -rank || axis >= rank)
    {
      const ScopeAxisStyle style = { 0 };
      (void)scope_axis_find (call, scope_value_given (value) ? SCOPE_SPLIT_DIM : -1, &style, axis,
                             rank, &split->axis, failure);
      return call->dialect == SCOPE_JAX
                 ? false
                 : scope_failure_say (failure, "IndexError", "tuple index out of range");
    }
  split->axis = (int)(axis < 0 ? axis + rank : axis);
  split->size = split->input.shape.size[split->axis];
  return true;
}

static bool
refuse_unequal (const ScopeSplit *split, int64_t parts, ScopeFailure *failure)
{
  const ScopeCall *call = split->call;
  scope_failure_begin (failure, SCOPE_RULE_DIVIDE);
  failure->span = call->value[SCOPE_SPLIT_SIZES].span;
  scope_failure_explain (failure,
                         "Axis %d of size %lld cannot be cut into %lld equal parts; array_split "
                         "makes them as equal as can be.",
                         split->axis, (long long)split->size, (long long)parts);
  return scope_failure_say (failure, "ValueError",
                            "array split does not result in an equal division");
}

static bool
cut_numpy_sections (ScopeSplit *split,
                    double sections,
                    bool whole,
                    ScopeResult *result,
                    ScopeFailure *failure)
{
  const ScopeCall *call = split->call;
  bool equal = split->form != SCOPE_FORM_TENSOR_SPLIT;
  int64_t parts = (int64_t)sections;
  if (equal && sections == 0)
    return scope_python_refuse (failure, &call->value[SCOPE_SPLIT_SIZES], "ZeroDivisionError", "%s",
                                whole ? "integer modulo by zero" : "float modulo");
  if (equal && scope_size_is_known (split->size)
      && (whole ? split->size % parts != 0 : fmod ((double)split->size, sections) != 0))
    return refuse_unequal (split, parts, failure);
  if (parts <= 0)
    {
      scope_failure_begin (failure, SCOPE_RULE_SIZE);
      failure->span = call->value[SCOPE_SPLIT_SIZES].span;
      scope_failure_explain (failure, "There must be at least one part.");
      return scope_failure_say (failure, "ValueError", "number sections must be larger than 0.");
    }
  return scope_split_cut_evenly (split, parts, result, failure);
}

static bool
cut_numpy_places (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeCall *call = split->call;
  const ScopeValue *places = &call->value[SCOPE_SPLIT_SIZES];
  for (int i = 0; i < places->items; i++)
    {
      const ScopeValue *item = &places->item[i];
      if (!scope_value_is_int (item) && item->kind != SCOPE_VALUE_NONE)
        return scope_python_refuse (
            failure, &call->value[SCOPE_SPLIT_SIZES], "TypeError", "%s",
            "slice indices must be integers or None or have an __index__ method");
    }
  return scope_split_cut_at (split, places, result, failure);
}

static bool
check_named_rank (const ScopeSplit *split, ScopeFailure *failure)
{
  static const char letters[] = {
    [SCOPE_FORM_HSPLIT] = 'h', [SCOPE_FORM_VSPLIT] = 'v', [SCOPE_FORM_DSPLIT] = 'd'
  };
  int least = split->form - SCOPE_FORM_HSPLIT + 1, rank = split->input.shape.rank;
  if (split->form < SCOPE_FORM_HSPLIT || split->form > SCOPE_FORM_DSPLIT || rank >= least)
    return true;
  scope_failure_begin (failure, SCOPE_RULE_RANK);
  scope_failure_explain (failure, "The array has %d axes; at least %d are needed.", rank, least);
  return scope_failure_say (failure, "ValueError",
                            "%csplit only works on arrays of %d or more "
                            "dimensions",
                            letters[split->form], least);
}

bool
scope_split_numpy (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeCall *call = split->call;
  const ScopeValue *sizes = &call->value[SCOPE_SPLIT_SIZES];
  bool named = split->form >= SCOPE_FORM_HSPLIT && split->form <= SCOPE_FORM_DSPLIT;
  if (!check_named_rank (split, failure))
    return false;
  if (named)
    {
      split->axis = split->form == SCOPE_FORM_HSPLIT   ? split->input.shape.rank > 1
                    : split->form == SCOPE_FORM_VSPLIT ? 0
                                                       : 2;
      split->size = split->input.shape.size[split->axis];
    }
  else if (!find_numpy_axis (split, failure))
    return false;

  if (scope_value_is_sequence (sizes))
    return cut_numpy_places (split, result, failure);
  if (sizes->kind == SCOPE_VALUE_STRING)
    return scope_python_refuse (
        failure, &call->value[SCOPE_SPLIT_SIZES], "TypeError", "%s",
        "slice indices must be integers or None or have an __index__ method");
  if (sizes->kind == SCOPE_VALUE_TENSOR)
    {
      if (scope_call_shape (call, sizes)->rank > 0
          && scope_dtype_kind (scope_call_dtype (call, sizes)) >= SCOPE_KIND_FLOAT
          && scope_sizes_differ (scope_call_shape (call, sizes)->size[0], 0))
        return scope_python_refuse (
            failure, &call->value[SCOPE_SPLIT_SIZES], "TypeError", "%s",
            "slice indices must be integers or None or have an __index__ method");
      return scope_split_cut_at_tensor (split, result, failure);
    }
  if (!scope_value_is_number (sizes))
    return scope_python_refuse (
        failure, &call->value[SCOPE_SPLIT_SIZES], "TypeError", "%s",
        split->form == SCOPE_FORM_TENSOR_SPLIT
            ? "int() argument must be a string, a bytes-like object or a real "
              "number, not 'NoneType'"
            : "unsupported operand type(s) for %: 'int' and 'NoneType'");
  if (sizes->kind == SCOPE_VALUE_SIZE)
    return scope_split_refuse_unknown (split, failure);
  bool whole = sizes->kind != SCOPE_VALUE_FLOAT;
  return cut_numpy_sections (split, whole ? (double)sizes->integer : sizes->number, whole, result,
                             failure);
}
