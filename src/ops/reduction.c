/* Arguments, plans and complaints that all reductions share. */
#include "ops/reduction.h"

#include "core/arena.h"
#include "ops/argument.h"
#include "ops/operand.h"

#include <string.h>

enum
{
  P_INPUT = SCOPE_REDUCTION_INPUT,
  P_DIM = SCOPE_REDUCTION_DIM,
  P_KEEPDIM = SCOPE_REDUCTION_KEEPDIM,
};

static bool
is_given (const ScopeValue *value)
{
  return value->kind != SCOPE_VALUE_ABSENT && value->kind != SCOPE_VALUE_NONE;
}

bool
scope_reduction_axes (const ScopeCall *call,
                      const ScopeReductionStyle *style,
                      const ScopeShape *shape,
                      ScopeAxes *axes,
                      ScopeFailure *failure)
{
  ScopeAxisStyle axis_style = {
    .scalar_has_one =
        call->dialect == SCOPE_PYTORCH || (call->dialect == SCOPE_NUMPY && !style->strict_scalar),
    .whole_floats = style->strict_scalar,
    .tensorflow = style->tensorflow,
  };
  return scope_axes_find (call, P_DIM, &axis_style, shape->rank, axes, failure);
}

bool
scope_call_element_type (const ScopeCall *call,
                         int parameter,
                         bool *given,
                         ScopeDtype *out,
                         ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[parameter];
  *given = is_given (value);
  if (!*given)
    return true;
  if (value->kind == SCOPE_VALUE_DTYPE)
    {
      *out = value->dtype;
      return true;
    }
  if (value->kind == SCOPE_VALUE_STRING && call->dialect != SCOPE_PYTORCH
      && scope_dtype_parse (value->text, strlen (value->text), out))
    return true;
  if (call->dialect == SCOPE_NUMPY && value->kind == SCOPE_VALUE_INT)
    return scope_call_refuse (call, parameter, failure, "Cannot interpret '%lld' as a data type",
                              (long long)value->integer);
  return scope_call_refuse (call, parameter, failure,
                            "%s(): argument 'dtype' must be torch.dtype, not %s",
                            scope_call_function (call), scope_value_type_name (call, value));
}

ScopeReduce *
scope_reduction_plan (const ScopeCall *call,
                      const ScopeShape *shape,
                      const ScopeAxes *axes,
                      ScopeReduction kind,
                      ScopeDtype cast)
{
  ScopeReduce *plan = scope_arena_alloc (call->arena, sizeof *plan);
  if (plan == NULL)
    {
      scope_call_out_of_memory (call);
      return NULL;
    }
  bool all = !axes->given || (call->dialect == SCOPE_PYTORCH && axes->count == 0);
  for (int axis = 0; axis < shape->rank; axis++)
    plan->reduced[axis] = all || axes->has[axis];
  const ScopeValue *keep = &call->value[P_KEEPDIM];
  plan->keep = scope_value_is_int (keep) && keep->integer != 0;
  plan->shape = *shape;
  plan->kind[0] = kind;
  plan->cast = cast;
  return plan;
}

bool
scope_reduction_finish (const ScopeCall *call,
                        ScopeResult *result,
                        ScopeReduce *plan,
                        ScopeDtype dtype)
{
  ScopeShape out;
  scope_reduce_shape (plan, &out);
  scope_result_set (result, &out, dtype);
  scope_result_add_input (call, result, &call->value[P_INPUT]);
  result->plan = plan;
  return true;
}

bool
scope_reduction_finish_two (const ScopeCall *call,
                            ScopeResult *result,
                            ScopeReduce *plan,
                            const ScopeDtype *dtype,
                            ScopeFailure *failure)
{
  ScopeShape out;
  scope_reduce_shape (plan, &out);
  if (!scope_result_set_many (call, result, 2, failure))
    return false;
  if (result->many != NULL)
    for (int part = 0; part < 2; part++)
      result->many[part] = (ScopeOutput){ out, dtype[part] };
  scope_result_add_input (call, result, &call->value[P_INPUT]);
  result->plan = plan;
  return true;
}

int
scope_reduction_empty_axis (const ScopeReduce *plan)
{
  for (int axis = 0; axis < plan->shape.rank; axis++)
    if (plan->reduced[axis] && plan->shape.size[axis] == 0)
      return axis;
  return -1;
}

void
scope_reduction_explain_empty (const ScopeReduce *plan, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_SIZE);
  int axis = scope_reduction_empty_axis (plan);
  if (axis >= 0)
    scope_failure_explain (failure, "Axis %d has no elements, so there is none to find along it.",
                           axis);
}

bool
scope_reduction_refuse_empty (const ScopeCall *call,
                              const ScopeReduce *plan,
                              const char *numpy,
                              const char *jax,
                              ScopeFailure *failure)
{
  scope_reduction_explain_empty (plan, failure);
  return scope_failure_say (failure, "ValueError",
                            "zero-size array to reduction operation %s which has no identity",
                            call->dialect == SCOPE_NUMPY ? numpy : jax);
}
