/* Shifting elements around the end: roll. */
#include "core/arena.h"
#include "core/checked.h"
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/numpy-axes.h"
#include "ops/operand.h"
#include "ops/place.h"
#include "ops/program.h"
#include "ops/python-words.h"

#include <math.h>

enum
{
  INPUT,
  SHIFTS,
  DIMS,
};

typedef struct
{
  const ScopeCall *call;
  ScopeOutput input;
  bool flat;                     /* over all elements in C order */
  int64_t shift[SCOPE_MAX_RANK]; /* by axis, reduced; shift[0] when flat */
  bool floats;                   /* NumPy: one of the shifts is a float, and so all become */
  double sum[SCOPE_MAX_RANK];    /* then by axis */
  bool unknown;                  /* a shift stands in a tensor */
} Roll;

/* (a + b) mod size, without leaving int64. */
static int64_t
add_shift (int64_t a, int64_t b, int64_t size)
{
  if (size <= 0)
    return 0;
  b %= size;
  b = b < 0 ? b + size : b;
  return a >= size - b ? a - (size - b) : a + b;
}

static int64_t
size_along (const Roll *roll, int axis)
{
  return roll->flat ? scope_sizes_product (roll->input.shape.size, roll->input.shape.rank)
                    : roll->input.shape.size[axis];
}

/* ---- PyTorch -------------------------------------------------------------------------------- */

static bool
add_torch_shift (Roll *roll, int64_t shift, int64_t dim, ScopeFailure *failure)
{
  const ScopeAxisStyle style = { 0 };
  int axis;
  if (scope_shape_is_empty (&roll->input.shape))
    return true; /* returned as it is: the axis is not looked at */
  if (!scope_axis_find (roll->call, DIMS, &style, dim, roll->input.shape.rank, &axis, failure))
    return false;
  roll->shift[axis] = add_shift (roll->shift[axis], shift, size_along (roll, axis));
  return true;
}

static bool
read_torch (Roll *roll, ScopeFailure *failure)
{
  int64_t shift[SCOPE_MAX_RANK], dim[SCOPE_MAX_RANK];
  int shifts = 0, dims = 0;
  if (!scope_call_ints (roll->call, SHIFTS, shift, &shifts, failure)
      || !scope_call_ints (roll->call, DIMS, dim, &dims, failure))
    return false;
  dims = dims < 0 ? 0 : dims;
  if (shifts == 0)
    {
      scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
      failure->span = roll->call->value[SHIFTS].span;
      scope_failure_explain (failure, "A shift must be given.");
      return scope_failure_say (failure, "RuntimeError", "`shifts` required");
    }
  if (dims == 0 && shifts == 1)
    {
      roll->flat = true;
      roll->shift[0] = add_shift (0, shift[0], size_along (roll, 0));
      return true;
    }
  if (dims != shifts)
    {
      scope_failure_begin (failure, SCOPE_RULE_COUNT);
      failure->span = roll->call->value[SHIFTS].span;
      scope_failure_explain (failure, "%d shifts are given for %d axes.", shifts, dims);
      return scope_failure_say (failure, "RuntimeError",
                                "shifts and dimensions must align. shifts: %d, dims:%d", shifts,
                                dims);
    }
  for (int i = 0; i < dims; i++)
    if (!add_torch_shift (roll, shift[i], dim[i], failure))
      return false;
  return true;
}

/* ---- NumPy ---------------------------------------------------------------------------------- */

static bool
refuse_depth (const Roll *roll, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = roll->call->value[SHIFTS].span;
  scope_failure_explain (failure, "Shifts are a number or a list of numbers.");
  return scope_failure_say (failure, "ValueError",
                            "'shift' and 'axis' should be scalars or 1D sequences");
}

static bool
refuse_counts (const Roll *roll, int shifts, int axes, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_COUNT);
  failure->span = roll->call->value[SHIFTS].span;
  scope_failure_explain (failure, "%d shifts are given for %d axes.", shifts, axes);
  return scope_failure_say (failure, "ValueError",
                            "shape mismatch: objects cannot be broadcast to a single shape.  "
                            "Mismatch is between arg 0 with shape (%d,) and arg 1 with shape "
                            "(%d,).",
                            shifts, axes);
}

/* shifts[axis] += item. */
static bool
add_numpy_shift (Roll *roll, const ScopeValue *item, int axis, ScopeFailure *failure)
{
  const ScopeValue *shifts = &roll->call->value[SHIFTS];
  if (item->kind == SCOPE_VALUE_TENSOR || item->kind == SCOPE_VALUE_SIZE)
    roll->unknown = true;
  else if (roll->floats && scope_value_is_number (item))
    roll->sum[axis] += item->kind == SCOPE_VALUE_FLOAT ? item->number : (double)item->integer;
  else if (scope_value_is_int (item))
    roll->shift[axis] = add_shift (roll->shift[axis], item->integer, size_along (roll, axis));
  else
    return scope_python_refuse (
        failure, shifts, "TypeError", "unsupported operand type(s) for +=: 'int' and '%s'",
        item->kind == SCOPE_VALUE_STRING ? "numpy.str_" : scope_value_type_name (roll->call, item));
  return true;
}

/* A shift that is a float cannot cut a slice, unless it vanishes modulo the size. */
static bool
check_floats (const Roll *roll, int axes, ScopeFailure *failure)
{
  for (int axis = 0; axis < axes; axis++)
    {
      int64_t size = scope_max (1, size_along (roll, axis));
      if (fmod (roll->sum[axis], (double)size) != 0)
        return scope_python_refuse (failure, &roll->call->value[SHIFTS], "TypeError",
                                    "slice indices must be integers or None or have an __index__ "
                                    "method");
    }
  return true;
}

static bool
read_numpy (Roll *roll, ScopeFailure *failure)
{
  const ScopeCall *call = roll->call;
  const ScopeValue *value = &call->value[SHIFTS], *dims = &call->value[DIMS];
  int rank = roll->input.shape.rank;
  ScopeAxes axes = { .count = 1 }; /* without axes: axis 0 of what is flat */
  roll->flat = !scope_value_given (dims) || dims->kind == SCOPE_VALUE_NONE;
  if (!roll->flat && !scope_numpy_axes_find (call, DIMS, rank, true, &axes, failure))
    return false;

  bool sequence = scope_value_is_sequence (value);
  const ScopeValue *item = sequence ? value->item : value;
  int shifts = sequence ? value->items : 1;
  for (int i = 0; i < shifts; i++)
    {
      if (scope_value_is_sequence (&item[i]))
        return refuse_depth (roll, failure);
      roll->floats = roll->floats || item[i].kind == SCOPE_VALUE_FLOAT;
    }
  bool several = sequence && shifts != 1;
  if (several && axes.count != 1 && axes.count != shifts)
    return refuse_counts (roll, shifts, axes.count, failure);
  int pairs = several ? shifts : axes.count;
  for (int i = 0; i < pairs; i++)
    if (!add_numpy_shift (roll, &item[several ? i : 0], axes.axis[axes.count == 1 ? 0 : i],
                          failure))
      return false;
  if (rank == 0 && !roll->flat)
    return scope_python_refuse (failure, dims, "ValueError",
                                "not enough values to unpack (expected 2, got 0)");
  return check_floats (roll, roll->flat ? 1 : rank, failure);
}

/* ---- the result ----------------------------------------------------------------------------- */

static bool
make_plan (const Roll *roll, ScopeResult *result)
{
  const ScopeCall *call = roll->call;
  if (roll->flat)
    {
      ScopeFlatPlacing *plan = scope_arena_alloc (call->arena, sizeof *plan);
      if (plan == NULL)
        return scope_call_out_of_memory (call);
      plan->flat = true;
      plan->rule = (ScopePlaceRule){ .kind = SCOPE_PLACE_MODULO,
                                     .size = size_along (roll, 0),
                                     .start = -roll->shift[0] };
      result->plan = plan;
      return true;
    }
  ScopePlacing *plan = scope_placing_new (call, &roll->input.shape, 0);
  if (plan == NULL)
    return false;
  for (int axis = 0; axis < plan->rank; axis++)
    if (roll->shift[axis] != 0)
      {
        plan->rule[axis].kind = SCOPE_PLACE_MODULO;
        plan->rule[axis].start = -roll->shift[axis];
      }
  result->plan = plan;
  return true;
}

static bool
infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  Roll roll = { .call = call };
  if (!scope_operand_or_number (call, INPUT, &roll.input, failure)
      || !(call->dialect == SCOPE_PYTORCH ? read_torch : read_numpy) (&roll, failure))
    return false;
  scope_result_add_input (call, result, &call->value[INPUT]);
  scope_result_set (result, &roll.input.shape, roll.input.dtype);
  return roll.unknown || make_plan (&roll, result);
}

/* Both kinds of plan begin with whether they are flat. */
static bool
is_flat (const ScopeNode *node)
{
  return *(const bool *)node->plan;
}

static bool
read (const ScopeNode *node,
      ScopeReader *reader,
      const ScopeRegion *region,
      const ScopeBuffer *out,
      ScopeError *error)
{
  if (node->plan == NULL)
    return scope_fail (error, SCOPE_ERROR_UNSUPPORTED, -1,
                       "How far this rolls stands in a tensor; write the number.");
  return (is_flat (node) ? scope_flat_place_read : scope_place_read) (node, reader, region, out,
                                                                      error);
}

static bool
trace (const ScopeNode *node, const int64_t *index, ScopeTrace *to)
{
  if (node->plan == NULL)
    return true;
  return (is_flat (node) ? scope_flat_place_trace : scope_place_trace) (node, index, to);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeParameter parameters[] = {
  [INPUT] = { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what is shifted" },
  [SHIFTS] = { "shifts", SCOPE_TAKES_NUMBERS, NULL, NULL, "how far, towards the end" },
  [DIMS] = { "dims", SCOPE_TAKES_AXES, "None", NULL, "the axes; without, all elements in C order" },
  { NULL },
};

static const ScopeSpelling spellings[] = {
  { "torch.roll", SCOPE_PYTORCH, "input shifts dims",
    .signature = "(Tensor input, tuple of ints[1] shifts, tuple of ints[1] dims=None)" },
  { ".roll", SCOPE_PYTORCH, "input shifts dims",
    .signature = "(tuple of ints[1] shifts, tuple of ints[1] dims=None)" },
  { "np.roll", SCOPE_NUMPY, "input=a shifts=shift dims=axis",
    .signature = "def roll(a, shift, axis=None)" },
  { "tf.roll", SCOPE_TENSORFLOW, "input shifts=shift dims=axis -name" },
  { "jnp.roll", SCOPE_JAX, "input=a shifts=shift dims=axis" },
  { NULL },
};

const ScopeOp scope_ops_rolling[] = {
  { .name = "roll",
    .group = "joining",
    .about = "Shifts elements along axes; what leaves at the end comes in at the beginning.",
    .spelling = spellings,
    .parameter = parameters,
    .infer = infer,
    .read = read,
    .trace = trace },
  { NULL },
};
