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

/* PyTorch takes whole numbers, but not True and False. */
static bool
is_int (const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_INT || value->kind == SCOPE_VALUE_SIZE;
}

static bool
refuse_dim (const ScopeCall *call, const ScopeReductionStyle *style, ScopeFailure *failure)
{
  if (style->signatures != NULL)
    return scope_torch_refuse_arguments (call, style->signatures, failure);
  return scope_torch_refuse_argument (call, P_DIM, style->one_axis ? "int" : "tuple of ints",
                                      failure);
}

/* An axis by name: PyTorch's tensors have none unless they are given some. */
static bool
refuse_name (const ScopeCall *call,
             const ScopeReductionStyle *style,
             const ScopeValue *dim,
             ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = dim->span;
  scope_failure_explain (failure, "An axis is wanted here, as a number.");
  if (style->refuses_names)
    return scope_failure_say (
        failure, "RuntimeError",
        "%s: You passed a dimname (string) to this op in place of a dimension "
        "index but it does not yet support this behavior. Please pass a "
        "dimension index to work around this.",
        scope_call_function (call));
  if (dim->kind == SCOPE_VALUE_NONE)
    return scope_failure_say (failure, "RuntimeError",
                              "Please look up dimensions by name, got: name = None.");
  ScopeText names = { 0 };
  int rank = scope_call_shape (call, &call->value[P_INPUT])->rank;
  for (int axis = 0; axis < rank; axis++)
    scope_text_append (&names, axis > 0 ? ", None" : "None");
  scope_failure_say (failure, "RuntimeError", "Name '%s' not found in Tensor[%s].", dim->text,
                     scope_text_string (&names));
  scope_text_clear (&names);
  return false;
}

static bool
torch_dim_kind (const ScopeCall *call, const ScopeReductionStyle *style, ScopeFailure *failure)
{
  const ScopeValue *dim = &call->value[P_DIM];
  if (style->signatures != NULL && !style->has_no_names
      && (dim->kind == SCOPE_VALUE_STRING
          || (dim->kind == SCOPE_VALUE_NONE && (style->one_axis || style->needs_axis))))
    return refuse_name (call, style, dim, failure);
  if (!is_given (dim) || is_int (dim))
    return true;
  if (style->one_axis || !scope_value_is_sequence (dim))
    return refuse_dim (call, style, failure);
  for (int i = 0; i < dim->items; i++)
    if (!is_int (&dim->item[i]))
      return i == 0 ? refuse_dim (call, style, failure)
                    : scope_call_refuse (call, P_DIM, failure,
                                         "%s(): argument 'dim' must be tuple of ints, but found "
                                         "element of type %s at pos %d",
                                         scope_call_function (call),
                                         scope_value_type_name (call, &dim->item[i]), i + 1);
  return true;
}

static bool
torch_kinds (const ScopeCall *call, const ScopeReductionStyle *style, ScopeFailure *failure)
{
  const ScopeValue *dim = &call->value[P_DIM], *keep = &call->value[P_KEEPDIM];
  if (dim->kind == SCOPE_VALUE_ABSENT && style->signatures != NULL
      && (style->needs_axis || scope_value_given (keep)))
    return scope_torch_refuse_arguments (call, style->signatures, failure);
  if (scope_value_given (keep) && keep->kind != SCOPE_VALUE_BOOL)
    return style->signatures != NULL
               ? scope_torch_refuse_arguments (call, style->signatures, failure)
               : scope_torch_refuse_argument (call, P_KEEPDIM, "bool", failure);
  return torch_dim_kind (call, style, failure);
}

bool
scope_reduction_input (const ScopeCall *call,
                       const ScopeReductionStyle *style,
                       ScopeOutput *input,
                       ScopeFailure *failure)
{
  return scope_operand (call, P_INPUT, input, failure)
         && (call->dialect != SCOPE_PYTORCH || torch_kinds (call, style, failure));
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
  return scope_torch_refuse_argument (call, parameter, "torch.dtype", failure);
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
  int empty = -1;
  for (int axis = 0; axis < plan->shape.rank; axis++)
    {
      if (plan->shape.size[axis] != 0)
        continue;
      if (!plan->reduced[axis])
        return -1; /* no results, so nothing is missed */
      if (empty < 0)
        empty = axis;
    }
  return empty;
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
