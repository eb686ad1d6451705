/* Axes of one place come and go: squeeze, unsqueeze, expand_dims, atleast_1d … */
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/ints.h"
#include "ops/operand.h"
#include "ops/reorder.h"

#include "core/arena.h"
#include "ops/program.h"

#include <string.h>

/* ---- squeeze --------------------------------------------------------------------------------- */

/* Dimensions by name, which these tensors do not have. */
static bool
refuse_name (const ScopeCall *call, int rank, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[1];
  scope_failure_begin (failure, SCOPE_RULE_AXIS);
  failure->span = value->span;
  scope_failure_explain (failure, "The axes of this tensor have numbers, not names.");
  if (value->kind == SCOPE_VALUE_NONE)
    return scope_failure_say (failure, "RuntimeError",
                              "Please look up dimensions by name, got: name = None.");
  ScopeText names = { 0 };
  for (int axis = 0; axis < rank; axis++)
    scope_text_append (&names, axis > 0 ? ", None" : "None");
  scope_failure_say (failure, "RuntimeError", "Name '%s' not found in Tensor[%s].", value->text,
                     scope_text_string (&names));
  scope_text_clear (&names);
  return false;
}

static bool
refuse_long_axis (const ScopeCall *call,
                  const ScopeShape *shape,
                  const ScopeAxes *axes,
                  ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_SIZE);
  failure->span = call->value[1].span;
  int first = -1;
  for (int axis = 0; axis < shape->rank; axis++)
    if (axes->has[axis] && scope_sizes_differ (shape->size[axis], 1))
      {
        scope_failure_add_axis (failure, shape->rank, axis, shape->size[axis], 1);
        first = first < 0 ? axis : first;
      }
  scope_failure_explain (failure, "Axis %d has %lld places; only an axis of one can be dropped.",
                         first, (long long)shape->size[first]);
  if (call->dialect == SCOPE_NUMPY)
    return scope_failure_say (
        failure, "ValueError",
        "cannot select an axis to squeeze out which has size not equal to one");
  if (call->dialect == SCOPE_TENSORFLOW)
    return scope_say_tensorflow (failure, "Squeeze",
                                 "Can not squeeze dim[%d], expected a dimension of 1, got %lld",
                                 first, (long long)shape->size[first]);
  ScopeText sizes = { 0 }, dimensions = { 0 };
  ScopeInts ints = { .count = axes->count };
  for (int i = 0; i < axes->count; i++)
    ints.value[i] = axes->axis[i];
  scope_shape_print (shape, SCOPE_SHAPE_TUPLE, &sizes);
  scope_ints_print (&ints, SCOPE_SHAPE_TUPLE, &dimensions);
  scope_failure_say (failure, "ValueError",
                     "cannot select an axis to squeeze out which has size not equal to one, got "
                     "shape=%s and dimensions=%s",
                     scope_text_string (&sizes), scope_text_string (&dimensions));
  scope_text_clear (&sizes);
  scope_text_clear (&dimensions);
  return false;
}

static bool
find_squeezed (const ScopeCall *call, int rank, ScopeAxes *axes, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[1];
  ScopeAxisStyle style = { .scalar_has_one =
                               call->dialect == SCOPE_PYTORCH || call->dialect == SCOPE_NUMPY };
  bool numpy = call->dialect == SCOPE_NUMPY;
  if (numpy && value->kind == SCOPE_VALUE_BOOL)
    return scope_call_refuse (call, 1, failure, "an integer is required for the axis");
  for (int i = 0; numpy && value->kind == SCOPE_VALUE_TUPLE && i < value->items; i++)
    if (value->item[i].kind == SCOPE_VALUE_BOOL)
      return scope_call_refuse (call, 1, failure, "integers are required for the axis tuple");
  if (scope_axes_find (call, 1, &style, rank, axes, failure))
    return true;
  if (call->dialect == SCOPE_TENSORFLOW && failure->rule == SCOPE_RULE_AXIS)
    scope_say_tensorflow (
        failure, "Squeeze", "Tried to squeeze dim index %lld for tensor with %d dimensions.",
        (long long)(scope_value_is_sequence (value) ? value->item[0].integer : value->integer),
        rank);
  return false;
}

static bool
squeeze_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  ScopeAxes axes = { 0 };
  if (!scope_operand (call, 0, &input, failure))
    return false;
  const ScopeShape *shape = &input.shape;
  const ScopeValue *dim = &call->value[1];
  if (call->dialect == SCOPE_PYTORCH
      && (dim->kind == SCOPE_VALUE_STRING || dim->kind == SCOPE_VALUE_NONE))
    return refuse_name (call, shape->rank, failure);
  if (!find_squeezed (call, shape->rank, &axes, failure))
    return false;
  if (call->dialect == SCOPE_TENSORFLOW && axes.count == 0)
    axes.given = false; /* an empty list means all */

  int8_t source[SCOPE_MAX_RANK];
  int rank = 0;
  for (int axis = 0; axis < shape->rank; axis++)
    {
      bool wanted = !axes.given || axes.has[axis];
      if (axes.given && wanted && call->dialect != SCOPE_PYTORCH
          && scope_sizes_differ (shape->size[axis], 1))
        return refuse_long_axis (call, shape, &axes, failure);
      bool unknown =
          axes.given && !scope_size_is_known (shape->size[axis]) && call->dialect != SCOPE_PYTORCH;
      if (!wanted || (shape->size[axis] != 1 && !unknown))
        source[rank++] = (int8_t)axis;
    }
  return scope_reorder_set (call, result, &call->value[0], source, rank);
}

/* ---- unsqueeze ------------------------------------------------------------------------------- */

/* An axis or several: a list is as good as a tuple, but a float or None is neither. */
static bool
find_new_axes (const ScopeCall *call, ScopeInts *ints, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[1];
  bool sequence = scope_value_is_sequence (value);
  const ScopeValue *item = sequence ? value->item : value;
  int items = sequence ? value->items : 1;
  memset (ints, 0, sizeof *ints);
  ints->given = true;
  ints->sequence = sequence;
  if (items > SCOPE_MAX_RANK)
    return scope_ints_find (call, 1, ints, failure);
  for (int i = 0; i < items; i++)
    {
      if (call->dialect == SCOPE_NUMPY && item[i].kind == SCOPE_VALUE_FLOAT)
        return scope_call_refuse (call, 1, failure, "integer argument expected, got float");
      if (!scope_value_is_int (&item[i]))
        return scope_refuse_integer (call, 1, &item[i], failure);
      ints->value[ints->count++] = item[i].integer;
    }
  return true;
}

static bool
refuse_rank (const ScopeCall *call, int rank, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_RANK);
  failure->span = call->value[1].span;
  scope_failure_explain (failure, "The result would have %d axes; %d are the most.", rank,
                         SCOPE_MAX_RANK);
  return false;
}

static bool
find_places (const ScopeCall *call,
             const ScopeInts *ints,
             int rank,
             int *axis,
             ScopeFailure *failure)
{
  static const ScopeAxisStyle style = { 0 };
  if (call->dialect == SCOPE_NUMPY)
    return scope_ints_axes (call, 1, NULL, ints, rank, axis, failure);
  bool seen[SCOPE_MAX_RANK] = { false };
  for (int i = 0; i < ints->count; i++)
    {
      if (!scope_axis_find (call, 1, &style, ints->value[i], rank, &axis[i], failure))
        {
          if (call->dialect == SCOPE_TENSORFLOW)
            scope_say_tensorflow (failure, "ExpandDims",
                                  "Tried to expand dim index %lld for tensor with %d dimensions.",
                                  (long long)ints->value[i], rank - ints->count);
          return false;
        }
      if (seen[axis[i]])
        {
          scope_failure_begin (failure, SCOPE_RULE_AXIS);
          scope_failure_explain (failure, "Axis %d is named twice.", axis[i]);
          return scope_failure_say (failure, "ValueError", "repeated axis in expand_dims: %d",
                                    axis[i]);
        }
      seen[axis[i]] = true;
    }
  return true;
}

static bool
unsqueeze_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  ScopeInts ints;
  int axis[SCOPE_MAX_RANK];
  bool takes = call->dialect == SCOPE_PYTORCH ? scope_operand (call, 0, &input, failure)
                                              : scope_operand_or_number (call, 0, &input, failure);
  if (!takes || !find_new_axes (call, &ints, failure))
    return false;
  int rank = input.shape.rank + ints.count;
  if (rank > SCOPE_MAX_RANK)
    return refuse_rank (call, rank, failure);
  if (!find_places (call, &ints, rank, axis, failure))
    return false;

  int8_t source[SCOPE_MAX_RANK] = { 0 };
  for (int i = 0; i < ints.count; i++)
    source[axis[i]] = -1;
  for (int place = 0, from = 0; place < rank; place++)
    if (source[place] == 0)
      source[place] = (int8_t)from++;
  return scope_reorder_set (call, result, &call->value[0], source, rank);
}

/* ---- atleast_1d … ---------------------------------------------------------------------------- */

/* The axes of a tensor of `rank` axes made to have at least `least`. */
static int
sources_at_least (int least, int rank, int8_t *source)
{
  static const int8_t of_vector[] = { -1, 0, -1 }, of_matrix[] = { 0, 1, -1 };
  if (rank >= least)
    {
      for (int axis = 0; axis < rank; axis++)
        source[axis] = (int8_t)axis;
      return rank;
    }
  memset (source, -1, (size_t)least);
  if (rank == 1)
    memcpy (source, of_vector, (size_t)least);
  else if (rank == 2)
    memcpy (source, of_matrix, (size_t)least);
  return least;
}

static bool
atleast_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[0];
  bool sequence = scope_value_is_sequence (value);
  const ScopeValue *item = sequence ? value->item : value;
  int items = sequence ? value->items : 1;
  for (int i = 0; i < items; i++)
    if (item[i].kind != SCOPE_VALUE_TENSOR
        && (call->dialect == SCOPE_PYTORCH || !scope_value_is_int (&item[i]))
        && (call->dialect == SCOPE_PYTORCH || item[i].kind != SCOPE_VALUE_FLOAT))
      return scope_call_refuse (call, 0, failure,
                                "expected Tensor as element %d in argument 0, but "
                                "got %s",
                                i, scope_value_type_name (call, &item[i]));

  ScopeReorderPlan *plans = scope_arena_alloc (call->arena, (size_t)(items + 1) * sizeof *plans);
  if (plans == NULL)
    return scope_call_out_of_memory (call);
  if (!scope_result_set_many (call, result, items, failure))
    return false;
  result->tuple = items != 1;
  result->plan = plans;
  for (int i = 0; i < items && i < result->outputs; i++)
    {
      int8_t source[SCOPE_MAX_RANK];
      int rank = scope_call_shape (call, &item[i])->rank;
      rank = sources_at_least (call->spelling->variant, rank, source);
      scope_reorder_plan (call, &item[i], source, rank, &plans[i], &result->many[i]);
      scope_result_add_input (call, result, &item[i]);
    }
  return true;
}

/* ---- the tables ------------------------------------------------------------------------------ */

static const ScopeParameter squeeze_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "dim", SCOPE_TAKES_AXES, "None", NULL, "the axis to drop; none: all of one place" },
  { NULL },
};

static const ScopeSpelling squeeze_spellings[] = {
  { "torch.squeeze", SCOPE_PYTORCH, "input dim=dim=axis", 0, false,
    "squeeze(Tensor input)\nsqueeze(Tensor input, int dim)\nsqueeze(Tensor input, name dim)" },
  { ".squeeze", SCOPE_PYTORCH, "input dim=dim=axis", 0, false,
    "squeeze()\nsqueeze(int dim)\nsqueeze(name dim)" },
  { ".squeeze_", SCOPE_PYTORCH, "input dim=dim=axis", 0, true,
    "squeeze_()\nsqueeze_(int dim)\nsqueeze_(name dim)" },
  { "np.squeeze", SCOPE_NUMPY, "input=a dim=axis", 0, false, "def squeeze(a, axis=None)" },
  { ".squeeze", SCOPE_NUMPY, "input dim=axis", 0, false, "npy squeeze(axis=None)" },
  { "tf.squeeze", SCOPE_TENSORFLOW, "input dim=axis -name", 0, false,
    "def squeeze_v2(input, axis=None, name=None)" },
  { "jnp.squeeze", SCOPE_JAX, "input=a dim=axis", 0, false, "def squeeze(a, axis=None)" },
  { ".squeeze", SCOPE_JAX, "input dim=axis", 0, false, NULL },
  { NULL },
};

static const ScopeParameter unsqueeze_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "dim", SCOPE_TAKES_AXES, NULL, NULL, "where the new axis is to be" },
  { NULL },
};

static const ScopeSpelling unsqueeze_spellings[] = {
  { "torch.unsqueeze", SCOPE_PYTORCH, "input dim=dim=axis", 0, false,
    "unsqueeze(Tensor input, int dim)" },
  { ".unsqueeze", SCOPE_PYTORCH, "input dim=dim=axis", 0, false, "unsqueeze(int dim)" },
  { ".unsqueeze_", SCOPE_PYTORCH, "input dim=dim=axis", 0, true, "unsqueeze_(int dim)" },
  { "np.expand_dims", SCOPE_NUMPY, "input=a dim=axis", 0, false, "def expand_dims(a, axis)" },
  { "tf.expand_dims", SCOPE_TENSORFLOW, "input dim=axis -name", 0, false,
    "def expand_dims_v2(input, axis, name=None)" },
  { "jnp.expand_dims", SCOPE_JAX, "input=a dim=axis", 0, false, "def expand_dims(a, axis)" },
  { NULL },
};

static const ScopeParameter atleast_parameters[] = {
  { "tensors", SCOPE_TAKES_ANY, NULL, NULL, "one or more tensors" },
  { NULL },
};

#define AT_LEAST_IN(path, dialect)                                                                 \
  { path "atleast_1d", dialect, "*tensors", 1 }, { path "atleast_2d", dialect, "*tensors", 2 },    \
  {                                                                                                \
    path "atleast_3d", dialect, "*tensors", 3                                                      \
  }

static const ScopeSpelling atleast_spellings[] = {
  AT_LEAST_IN ("torch.", SCOPE_PYTORCH),
  AT_LEAST_IN ("np.", SCOPE_NUMPY),
  AT_LEAST_IN ("jnp.", SCOPE_JAX),
  { NULL },
};

const ScopeOp scope_ops_squeeze[] = {
  { .name = "squeeze",
    .group = "reshaping",
    .about = "drops axes of one place",
    .spelling = squeeze_spellings,
    .parameter = squeeze_parameters,
    .infer = squeeze_infer,
    .read = scope_reorder_read,
    .trace = scope_reorder_trace },
  { .name = "unsqueeze",
    .group = "reshaping",
    .about = "adds an axis of one place",
    .spelling = unsqueeze_spellings,
    .parameter = unsqueeze_parameters,
    .infer = unsqueeze_infer,
    .read = scope_reorder_read,
    .trace = scope_reorder_trace },
  { .name = "atleast",
    .group = "reshaping",
    .about = "adds axes of one place until there are enough",
    .spelling = atleast_spellings,
    .parameter = atleast_parameters,
    .infer = atleast_infer,
    .read = scope_reorder_read,
    .trace = scope_reorder_trace },
  { NULL },
};
