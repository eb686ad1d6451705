/* A[…] = value, copy_, fill_, np.copyto: the target with some cells replaced. */
#include "core/arena.h"
#include "core/checked.h"
#include "ops/argument.h"
#include "ops/broadcast.h"
#include "ops/elementwise.h"
#include "ops/program.h"
#include "ops/promote.h"
#include "ops/stride.h"
#include "ops/subscript-read.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum
{
  TARGET,
  INDEX,
  VALUE,
};

/* Variants of spellings. */
enum
{
  ITEM,   /* A[…] = value */
  COPY,   /* A.copy_ (value) */
  FILL,   /* A.fill_ (value) */
  COPYTO, /* np.copyto (A, value) */
};

typedef struct
{
  ScopeSubscript subscript;
  ScopeShape value; /* as it takes part: superfluous leading ones removed */
} Plan;

/* ---- the value ------------------------------------------------------------------------------ */

static bool
refuse_torch_kind (const ScopeCall *call, ScopeFailure *failure)
{
  ScopeDtype dtype = scope_call_dtype (call, &call->value[TARGET]);
  return scope_call_refuse (call, VALUE, failure, "can't assign a %s to a %s",
                            scope_value_type_name (call, &call->value[VALUE]),
                            scope_torch_type_string (dtype));
}

static bool
refuse_numpy_kind (const ScopeCall *call, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[VALUE];
  ScopeDtype dtype = scope_call_dtype (call, &call->value[TARGET]);
  bool whole = scope_dtype_kind (dtype) <= SCOPE_KIND_SIGNED;
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = value->span;
  if (value->kind == SCOPE_VALUE_STRING && whole)
    return scope_failure_both (failure, "ValueError",
                               "invalid literal for int() with base 10: '%s'", value->text);
  if (value->kind == SCOPE_VALUE_STRING)
    return scope_failure_both (failure, "ValueError", "could not convert string to float: '%s'",
                               value->text);
  return scope_failure_both (
      failure, "TypeError",
      whole ? "int() argument must be a string, a bytes-like object or a real number, not '%s'"
            : "float() argument must be a string or a real number, not '%s'",
      scope_value_type_name (call, value));
}

/* A tensor or a number; PyTorch's number must fit the target's type. */
static bool
check_value (const ScopeCall *call, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[VALUE];
  if (!scope_value_is_operand (value))
    return call->dialect == SCOPE_NUMPY ? refuse_numpy_kind (call, failure)
                                        : refuse_torch_kind (call, failure);
  if (call->dialect != SCOPE_PYTORCH || value->kind == SCOPE_VALUE_TENSOR)
    return true;
  ScopeMixed number = scope_mixed_from_value (call, value);
  ScopeDtype dtype = scope_call_dtype (call, &call->value[TARGET]);
  return !scope_torch_overflows (&number, dtype)
         || scope_torch_refuse_overflow (value, dtype, failure);
}

/* Leading axes of size 1 removed: all of them (PyTorch), or down to `rank` (NumPy). */
static ScopeShape
strip_leading_ones (const ScopeShape *shape, int rank)
{
  int ones = 0;
  while (ones < shape->rank && shape->rank - ones > rank && shape->size[ones] == 1)
    ones++;
  ScopeShape stripped = { .rank = shape->rank - ones };
  memcpy (stripped.size, shape->size + ones, (size_t)stripped.rank * sizeof stripped.size[0]);
  return stripped;
}

/* ---- shapes --------------------------------------------------------------------------------- */

typedef struct
{
  const ScopeCall *call;
  const ScopeSubscript *subscript;
  ScopeShape value;    /* stripped */
  ScopeShape original; /* of the value */
  ScopeFailure *failure;
} Fitting;

/* The sentence for people; the operands become the indexed part and the value. */
static void
explain (const Fitting *fitting)
{
  ScopeFailure *failure = fitting->failure;
  scope_failure_begin (failure, SCOPE_RULE_BROADCAST);
  failure->operands = 2;
  failure->operand[0].shape = fitting->subscript->shape;
  /* The value as written, as long as what is too long of it are leading ones. */
  bool longer = fitting->value.rank > fitting->subscript->shape.rank;
  const ScopeShape *value = longer ? &fitting->value : &fitting->original;
  failure->operand[1] = (ScopeOperand){ fitting->call->value[VALUE].span, *value };
  scope_broadcast_explain_into (fitting->call, &fitting->subscript->shape, value, failure);
}

/* Two shapes in the dialect's writing, as the arguments of `format`. */
static bool
say_two (const Fitting *fitting,
         const char *exception,
         const char *format,
         const ScopeShape *a,
         const ScopeShape *b,
         ScopeShapeStyle style)
{
  ScopeText first = { 0 }, second = { 0 };
  scope_shape_print (a, style, &first);
  scope_shape_print (b, style, &second);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  scope_failure_say (fitting->failure, exception, format, scope_text_string (&first),
                     scope_text_string (&second));
#pragma GCC diagnostic pop
  scope_text_clear (&first);
  scope_text_clear (&second);
  return false;
}

/* at::expand's words; the last axis that fails is named. */
static bool
say_torch_expand (const Fitting *fitting)
{
  const ScopeShape *target = &fitting->subscript->shape, *value = &fitting->value;
  if (value->rank > target->rank)
    {
      ScopeText a = { 0 }, b = { 0 };
      scope_shape_print (value, SCOPE_SHAPE_LIST, &a);
      scope_shape_print (target, SCOPE_SHAPE_LIST, &b);
      ScopeDtype dtype = scope_call_dtype (fitting->call, &fitting->call->value[VALUE]);
      scope_failure_say (fitting->failure, "RuntimeError",
                         "expand(%s{%s}, size=%s): the number of sizes provided (%d) "
                         "must be greater or equal to the number of dimensions in the tensor (%d)",
                         scope_torch_type_string (dtype), scope_text_string (&a),
                         scope_text_string (&b), target->rank, value->rank);
      scope_text_clear (&a);
      scope_text_clear (&b);
      return false;
    }
  int missing = target->rank - value->rank;
  for (int axis = target->rank - 1; axis >= missing; axis--)
    {
      int64_t a = target->size[axis], b = value->size[axis - missing];
      if (a == b || b == 1 || !scope_size_is_known (a) || !scope_size_is_known (b))
        continue;
      char format[256];
      snprintf (format, sizeof format,
                "The expanded size of the tensor (%lld) must match the existing size (%lld) at "
                "non-singleton dimension %d.  Target sizes: %%s.  Tensor sizes: %%s",
                (long long)a, (long long)b, axis);
      return say_two (fitting, "RuntimeError", format, target, value, SCOPE_SHAPE_LIST);
    }
  return false;
}

static bool
fit_torch (const Fitting *fitting)
{
  const ScopeSubscript *subscript = fitting->subscript;
  if (!scope_broadcast_fits (&fitting->value, &subscript->shape))
    {
      explain (fitting);
      return subscript->advanced
                 ? say_two (fitting, "RuntimeError",
                            "shape mismatch: value tensor of shape %s cannot be broadcast to "
                            "indexing result of shape %s",
                            &fitting->value, &subscript->shape, SCOPE_SHAPE_LIST)
                 : say_torch_expand (fitting);
    }
  return true;
}

/* index_put_ casts nothing, unless it is a masked fill with one element. */
static bool
check_torch_types (const Fitting *fitting)
{
  const ScopeCall *call = fitting->call;
  const ScopeSubscript *subscript = fitting->subscript;
  ScopeDtype to = scope_call_dtype (call, &call->value[TARGET]);
  ScopeDtype from = scope_call_dtype (call, &call->value[VALUE]);
  if (!subscript->advanced || call->value[VALUE].kind != SCOPE_VALUE_TENSOR || to == from)
    return true;
  int64_t count = 0;
  bool one = scope_shape_count (&fitting->original, &count, NULL) && count == 1;
  int arrays = 0, masks = 0;
  for (int i = 0; i < subscript->takes; i++)
    if (subscript->take[i].kind == SCOPE_TAKE_ARRAY)
      {
        arrays++;
        masks += subscript->array[subscript->take[i].array].from_mask;
      }
  if (one && arrays == 1 && masks == 1)
    return true;
  scope_failure_begin (fitting->failure, SCOPE_RULE_TYPE);
  return scope_failure_both (fitting->failure, "RuntimeError",
                             "Index put requires the source and destination dtypes match, got %s "
                             "for the destination and %s for the source.",
                             scope_dtype_word (SCOPE_PYTORCH, to),
                             scope_dtype_word (SCOPE_PYTORCH, from));
}

/* Whether the index is one mask of all axes, which NumPy treats by itself. */
static bool
is_full_mask (const Fitting *fitting)
{
  const ScopeSubscript *subscript = fitting->subscript;
  const ScopeValue *index = &fitting->call->value[INDEX];
  if (index->kind == SCOPE_VALUE_TUPLE && index->items != 1)
    return false;
  for (int i = 0; i < subscript->takes; i++)
    if (subscript->take[i].kind != SCOPE_TAKE_ARRAY
        || !subscript->array[subscript->take[i].array].from_mask)
      return false;
  return subscript->takes > 0;
}

/* One value for all places where the mask is true, or one for each. */
static bool
fit_full_mask (const Fitting *fitting)
{
  const ScopeShape *value = &fitting->original;
  int64_t truths = fitting->subscript->shape.size[0];
  if (value->rank > 1)
    {
      explain (fitting);
      return scope_failure_say (fitting->failure, "TypeError",
                                "NumPy boolean array indexing assignment requires a 0 or "
                                "1-dimensional input, input has %d dimensions",
                                value->rank);
    }
  if (value->rank == 0 || value->size[0] == 1 || value->size[0] == truths
      || !scope_size_is_known (truths) || !scope_size_is_known (value->size[0]))
    return true;
  explain (fitting);
  return scope_failure_say (fitting->failure, "ValueError",
                            "NumPy boolean array indexing assignment cannot assign %lld input "
                            "values to the %lld output values where the mask is true",
                            (long long)value->size[0], (long long)truths);
}

static bool
is_empty (const ScopeShape *shape)
{
  for (int axis = 0; axis < shape->rank; axis++)
    if (shape->size[axis] == 0)
      return true;
  return false;
}

/* NumPy reshapes a value of too many axes to its last ones; of an empty value that works whatever
 * the axes before are. */
static bool
fits_reshaped (const Fitting *fitting)
{
  const ScopeShape *value = &fitting->original, *target = &fitting->subscript->shape;
  int more = value->rank - target->rank;
  if (more <= 0 || !is_empty (value))
    return false;
  ScopeShape last = { .rank = target->rank };
  memcpy (last.size, value->size + more, (size_t)last.rank * sizeof last.size[0]);
  return is_empty (&last) && scope_broadcast_fits (&last, target);
}

/* One cell of an array takes what Python can make a number of: arrays of one element, and for bool
 * also empty ones. */
static bool
fit_one_cell (const Fitting *fitting)
{
  const ScopeCall *call = fitting->call;
  ScopeKind kind = scope_dtype_kind (scope_call_dtype (call, &call->value[TARGET]));
  bool complex =
      kind < SCOPE_KIND_COMPLEX && kind > SCOPE_KIND_BOOL && fitting->original.rank > 0
      && scope_dtype_kind (scope_call_dtype (call, &call->value[VALUE])) == SCOPE_KIND_COMPLEX;
  int64_t count;
  if (!scope_shape_count (&fitting->original, &count, NULL) || (count == 1 && !complex)
      || (count == 0 && kind == SCOPE_KIND_BOOL))
    return true;
  explain (fitting);
  if (kind == SCOPE_KIND_COMPLEX)
    return scope_failure_say (fitting->failure, "TypeError",
                              "only length-1 arrays can be converted to Python scalars");
  return scope_failure_say (fitting->failure, "ValueError",
                            "setting an array element with a sequence.");
}

static bool
fit_numpy (const Fitting *fitting)
{
  const ScopeSubscript *subscript = fitting->subscript;
  const ScopeValue *index = &fitting->call->value[INDEX];
  bool all_integers =
      !subscript->advanced
      && (subscript->takes > 0 || (scope_value_is_sequence (index) && index->items == 0));
  for (int i = 0; i < subscript->takes; i++)
    all_integers = all_integers && subscript->take[i].kind == SCOPE_TAKE_ONE;
  if (is_full_mask (fitting))
    return fit_full_mask (fitting);
  if (all_integers && fitting->call->spelling->variant == ITEM)
    return fit_one_cell (fitting);
  if (scope_broadcast_fits (&fitting->value, &subscript->shape))
    return true;
  if (subscript->advanced && fits_reshaped (fitting))
    return true;
  explain (fitting);
  if (subscript->advanced)
    return say_two (fitting, "ValueError",
                    "shape mismatch: value array of shape %s could not be broadcast to indexing "
                    "result of shape %s",
                    &fitting->original, &subscript->shape, SCOPE_SHAPE_TIGHT_TUPLE);
  return say_two (fitting, "ValueError",
                  "could not broadcast input array from shape %s into shape %s", &fitting->value,
                  &subscript->shape, SCOPE_SHAPE_TIGHT_TUPLE);
}

/* ---- infer ---------------------------------------------------------------------------------- */

static bool
refuse_immutable (const ScopeCall *call, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_READ_ONLY);
  if (call->dialect == SCOPE_TENSORFLOW)
    {
      scope_failure_explain (failure, "A TensorFlow tensor cannot be assigned to; "
                                      "tf.tensor_scatter_nd_update makes a changed copy.");
      return scope_failure_say (failure, "TypeError",
                                "'%s' object does not support item assignment",
                                scope_value_type_name (call, &call->value[TARGET]));
    }
  scope_failure_explain (failure, "A JAX array cannot be assigned to; x.at[index].set (value) "
                                  "makes a changed copy.");
  return scope_failure_say (
      failure, "TypeError",
      "'<class '%s'>' object does not support item assignment. JAX arrays are immutable. Instead "
      "of ``x[idx] = y``, use ``x = x.at[idx].set(y)`` or another .at[] method: "
      "https://jax.readthedocs.io/en/latest/_autosummary/jax.numpy.ndarray.at.html",
      scope_value_type_name (call, &call->value[TARGET]));
}

static bool
finish (const ScopeCall *call, Plan *plan, ScopeResult *result)
{
  const ScopeSubscript *subscript = &plan->subscript;
  scope_result_add_input (call, result, &call->value[TARGET]);
  scope_result_add_input (call, result, &call->value[VALUE]);
  for (int i = 0; i < subscript->tensors; i++)
    scope_result_add_input (call, result, subscript->tensor[i]);
  scope_result_set (result, scope_call_shape (call, &call->value[TARGET]),
                    scope_call_dtype (call, &call->value[TARGET]));
  result->output.stride = scope_stride_same (call, &call->value[TARGET]);
  result->plan = plan;
  return true;
}

/* PyTorch's A.copy_ (B) broadcasts as operations do, and has their words. */
static bool
fit_copy (const Fitting *fitting)
{
  static const ScopeKernelName name = { "Assign", "copy" };
  const ScopeShape *shape[2] = { &fitting->subscript->shape, &fitting->original };
  ScopeShape result;
  if (!scope_broadcast (fitting->call, shape, NULL, 2, &name, &result, fitting->failure))
    return false;
  if (scope_broadcast_fits (&fitting->original, shape[0]))
    return true;
  explain (fitting);
  return say_two (fitting, "RuntimeError",
                  "output with shape %s doesn't match the broadcast shape %s", shape[0], &result,
                  SCOPE_SHAPE_LIST);
}

static bool
fit_fill (const Fitting *fitting)
{
  if (fitting->original.rank == 0)
    return true;
  explain (fitting);
  return scope_failure_say (fitting->failure, "RuntimeError",
                            "fill_ only supports 0-dimension value tensor but got tensor with %d "
                            "dimensions.",
                            fitting->original.rank);
}

/* np.copyto casts within a kind only. */
static bool
check_copyto_types (const ScopeCall *call, ScopeFailure *failure)
{
  ScopeMixed value = scope_mixed_from_value (call, &call->value[VALUE]);
  ScopeDtype to = scope_call_dtype (call, &call->value[TARGET]), from = value.dtype;
  if (value.scalar)
    from = scope_numpy_smallest (&value, to);
  if (scope_numpy_casts_same_kind (from, to))
    return true;
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  if (value.scalar)
    return scope_failure_both (failure, "TypeError",
                               "Cannot cast scalar from dtype('%s') to dtype('%s') according to "
                               "the rule 'same_kind'",
                               scope_dtype_name (value.dtype), scope_dtype_name (to));
  return scope_failure_both (failure, "TypeError",
                             "Cannot cast array data from dtype('%s') to dtype('%s') according to "
                             "the rule 'same_kind'",
                             scope_dtype_name (from), scope_dtype_name (to));
}

/* `A[False] = …` does nothing at all in PyTorch. */
static bool
is_torch_nothing (const ScopeCall *call)
{
  const ScopeValue *index = &call->value[INDEX];
  return call->dialect == SCOPE_PYTORCH && index->kind == SCOPE_VALUE_BOOL && index->integer == 0;
}

/* PyTorch takes `A[True]` for `A[None]`. */
static const ScopeValue *
simple_index (const ScopeCall *call)
{
  static const ScopeValue everything = { .kind = SCOPE_VALUE_ELLIPSIS };
  static const ScopeValue new_axis = { .kind = SCOPE_VALUE_NONE };
  const ScopeValue *index = &call->value[INDEX];
  if (call->spelling->variant != ITEM)
    return &everything;
  return call->dialect == SCOPE_PYTORCH && index->kind == SCOPE_VALUE_BOOL ? &new_axis : index;
}

static bool
fit (const Fitting *fitting)
{
  switch (fitting->call->spelling->variant)
    {
    case COPY:
      return fit_copy (fitting);
    case FILL:
      return fit_fill (fitting);
    default:
      return fitting->call->dialect == SCOPE_NUMPY ? fit_numpy (fitting) : fit_torch (fitting);
    }
}

static bool
assign_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  if (call->dialect == SCOPE_TENSORFLOW || call->dialect == SCOPE_JAX)
    return refuse_immutable (call, failure);
  bool torch = call->dialect == SCOPE_PYTORCH;
  if (torch && !check_value (call, failure))
    return false;
  Plan *plan = scope_arena_alloc (call->arena, sizeof *plan);
  if (plan == NULL)
    return false;
  const ScopeShape *target = scope_call_shape (call, &call->value[TARGET]);
  const ScopeValue *index = simple_index (call);
  if (!scope_subscript_resolve (call, target, index, &plan->subscript, failure))
    return false;
  if (!torch && !check_value (call, failure))
    return false;

  Fitting fitting = {
    .call = call,
    .subscript = &plan->subscript,
    .original = *scope_call_shape (call, &call->value[VALUE]),
    .failure = failure,
  };
  fitting.value = strip_leading_ones (&fitting.original, torch ? 0 : plan->subscript.shape.rank);
  plan->value = fitting.value;
  if (call->spelling->variant == COPYTO && !check_copyto_types (call, failure))
    return false;
  if (!is_torch_nothing (call) && !fit (&fitting))
    return false;
  if (torch && call->spelling->variant == ITEM && !check_torch_types (&fitting))
    return false;
  if (!scope_subscript_check_written (call, target, index, &plan->subscript, failure))
    return false;
  failure->operand[0].shape = plan->subscript.shape; /* what takes part, for the alignment */
  return finish (call, plan, result);
}

/* ---- read ----------------------------------------------------------------------------------- */

/* Which cells start + i·step, i in 0…count−1, of a region's axis are among first + j·by, j in
 * 0…total−1: those with i = *i0 + k·*i_step and j = *j0 + k·*j_step, k in 0…*n−1. */
static void
intersect (int64_t start,
           int64_t step,
           int64_t count,
           int64_t first,
           int64_t by,
           int64_t total,
           int64_t *i0,
           int64_t *i_step,
           int64_t *j0,
           int64_t *j_step,
           int64_t *n)
{
  *n = *i0 = *j0 = *j_step = 0;
  *i_step = 1;
  if (total == 0 || count == 0)
    return;
  if (total == 1)
    by = 1;
  if (step == 0 || count == 1)
    {
      int64_t j = (start - first) / by;
      if ((start - first) % by != 0 || j < 0 || j >= total)
        return;
      *j0 = j;
      *n = count;
      return;
    }

  /* i·step ≡ first − start (mod by): walk i until it holds; the pattern repeats after |by|/g. */
  int64_t size = by < 0 ? -by : by, g = size, rest = step < 0 ? -step : step;
  while (rest != 0)
    {
      int64_t next = g % rest;
      g = rest;
      rest = next;
    }
  int64_t low = by > 0 ? first : first + (total - 1) * by;
  int64_t high = by > 0 ? first + (total - 1) * by : first;
  /* The range of i for which start + i·step lies between low and high. */
  int64_t a = step > 0 ? low - start : start - high, b = step > 0 ? high - start : start - low;
  int64_t pace = step < 0 ? -step : step;
  int64_t from = a <= 0 ? 0 : (a + pace - 1) / pace;
  int64_t to = b < 0 ? -1 : scope_min (b / pace, count - 1);
  int64_t period = size / g;
  for (int64_t tries = 0; tries < period && from <= to; tries++, from++)
    if ((start + from * step - first) % by == 0)
      {
        *i0 = from;
        *i_step = period;
        *n = (to - from) / period + 1;
        *j0 = (start + from * step - first) / by;
        *j_step = period * step / by;
        return;
      }
}

/* Where a slice or a single index meets an axis of the region. */
typedef struct
{
  int64_t i0, i_step; /* cells of the region: i0 + k·i_step */
  int64_t j0, j_step; /* cells of the slice */
  int64_t n;
} Meeting;

static Meeting
meet (const ScopeRegion *region, const ScopeTake *take, int64_t first)
{
  bool slice = take->kind == SCOPE_TAKE_SLICE;
  Meeting m;
  intersect (region->start[take->axis], region->step[take->axis], region->count[take->axis], first,
             slice ? take->step : 1, slice ? take->count : 1, &m.i0, &m.i_step, &m.j0, &m.j_step,
             &m.n);
  return m;
}

typedef struct
{
  const ScopeNode *node;
  ScopeReader *reader;
  const Plan *plan;
  const ScopeRegion *region; /* repeats no cell */
  const ScopeBuffer *out;
  ScopeError *error;
} Writing;

/* Writes the value's cells that belong to place `at` of the arrays and lie in the region. A mask's
 * own axes are left out: the caller has cut the region down to one cell of them. */
static bool
write_place (const Writing *writing, const ScopeIndexValues *values, const int64_t *at)
{
  const ScopeSubscript *subscript = &writing->plan->subscript;
  int array_rank = subscript->array_shape.rank;
  ScopeRegion part = { .rank = subscript->shape.rank };
  ScopeBuffer buffer = { .data = NULL };
  int64_t place = 0;
  for (int k = 0; k < array_rank; k++)
    {
      part.start[subscript->array_to + k] = at[k];
      part.count[subscript->array_to + k] = 1;
    }
  for (int i = 0; i < subscript->takes; i++)
    {
      const ScopeTake *take = &subscript->take[i];
      if (take->kind == SCOPE_TAKE_NEW)
        part.count[take->to] = 1;
      if (take->axis < 0 || (take->array >= 0 && subscript->array[take->array].mask))
        continue;
      bool slice = take->kind == SCOPE_TAKE_SLICE;
      int64_t first = slice ? take->start : scope_index_values_at (values, take, at, array_rank);
      Meeting m = meet (writing->region, take, first);
      if (m.n == 0)
        return true;
      place += m.i0 * writing->out->stride[take->axis];
      if (!slice)
        continue;
      part.start[take->to] = m.j0;
      part.step[take->to] = m.j_step;
      part.count[take->to] = m.n;
      buffer.stride[take->to] = m.i_step * writing->out->stride[take->axis];
    }
  buffer.data =
      (char *)writing->out->data + place * (int64_t)scope_dtype_bytes (writing->node->dtype);
  return scope_read_go_on (writing->reader, writing->error)
         && scope_read_stretched (writing->node, writing->reader, 1, &part, &buffer,
                                  writing->error);
}

static bool
write_places (const Writing *writing, const ScopeIndexValues *values)
{
  const ScopeShape *shape = &writing->plan->subscript.array_shape;
  int64_t at[SCOPE_MAX_RANK] = { 0 };
  for (int k = 0; k < shape->rank; k++)
    if (shape->size[k] == 0)
      return true;
  do
    if (!write_place (writing, values, at))
      return false;
  while (scope_next_place (at, shape->size, shape->rank));
  return true;
}

/* True when the value covers all of the region, so that the target need not be read. */
static bool
covers (const Writing *writing)
{
  const ScopeSubscript *subscript = &writing->plan->subscript;
  for (int i = 0; i < subscript->takes; i++)
    {
      const ScopeTake *take = &subscript->take[i];
      if (take->array >= 0)
        return false;
      if (take->axis >= 0
          && meet (writing->region, take, take->start).n < writing->region->count[take->axis])
        return false;
    }
  return true;
}

static bool
write_by_indices (const Writing *writing)
{
  const ScopeSubscript *subscript = &writing->plan->subscript;
  ScopeIndexValues *values = scope_read_alloc (
      writing->reader, (subscript->arrays + 1) * (int64_t)sizeof *values, writing->error);
  if (values == NULL)
    return false;
  ScopeRegion all = scope_region_all (&subscript->array_shape);
  bool done = scope_index_values_read (writing->node, writing->reader, subscript,
                                       &writing->node->shape, 2, &all, values, writing->error)
              && write_places (writing, values);
  scope_index_values_free (writing->reader, values, subscript->arrays);
  scope_read_free (writing->reader, values);
  return done;
}

/* The take of the only mask; NULL when there is none or another array beside it. */
static const ScopeTake *
lone_mask (const ScopeSubscript *subscript)
{
  const ScopeTake *mask = NULL;
  for (int i = 0; i < subscript->takes; i++)
    {
      const ScopeTake *take = &subscript->take[i];
      if (take->array < 0)
        continue;
      if (mask != NULL || !subscript->array[take->array].mask)
        return NULL;
      mask = take;
    }
  return mask;
}

/* Writes where `truth`, dense over the mask's part of the region, is set. */
static bool
write_truths (const Writing *writing, const ScopeTake *mask, const uint8_t *truth)
{
  ScopeRegion cell = *writing->region;
  ScopeBuffer target = *writing->out;
  Writing one = *writing;
  one.region = &cell;
  one.out = &target;
  int64_t at[SCOPE_MAX_RANK] = { 0 }, zero[SCOPE_MAX_RANK] = { 0 };
  const int64_t *count = writing->region->count + mask->axis;
  do
    {
      if (!*truth++)
        continue;
      int64_t place = 0;
      for (int k = 0; k < mask->axes; k++)
        {
          int axis = mask->axis + k;
          cell.start[axis] = writing->region->start[axis] + at[k] * writing->region->step[axis];
          cell.count[axis] = 1;
          place += at[k] * writing->out->stride[axis];
        }
      target.data =
          (char *)writing->out->data + place * (int64_t)scope_dtype_bytes (writing->node->dtype);
      if (!write_place (&one, NULL, zero))
        return false;
    }
  while (scope_next_place (at, count, mask->axes));
  return true;
}

/* A[mask] = value: the value's cell does not depend on how many truths came before, unless it has
 * as many cells as there are truths. */
static bool
write_by_mask (const Writing *writing, const ScopeTake *mask)
{
  const ScopeSubscript *subscript = &writing->plan->subscript;
  const ScopeShape *value = &writing->plan->value;
  int own = subscript->array_to - (subscript->shape.rank - value->rank);
  if (own >= 0 && value->size[own] != 1)
    return scope_fail (writing->error, SCOPE_ERROR_UNSUPPORTED, -1,
                       "Which value goes where depends on the values of the mask; Shapescope does "
                       "not read that yet.");
  ScopeRegion sub = { .rank = mask->axes };
  for (int k = 0; k < mask->axes; k++)
    {
      sub.start[k] = writing->region->start[mask->axis + k];
      sub.step[k] = writing->region->step[mask->axis + k];
      sub.count[k] = writing->region->count[mask->axis + k];
    }
  int64_t count;
  if (!scope_region_count (&sub, &count, writing->error))
    return false;
  uint8_t *truth = scope_read_alloc (writing->reader, count + 1, writing->error);
  bool done = truth != NULL
              && scope_read_input_as (writing->node, writing->reader, 2, &sub, SCOPE_BOOL, truth,
                                      writing->error)
              && write_truths (writing, mask, truth);
  scope_read_free (writing->reader, truth);
  return done;
}

static bool
read_once (const Writing *writing)
{
  bool nothing = is_empty (&writing->plan->subscript.shape) || is_empty (&writing->plan->value);
  if (nothing)
    return scope_read_input (writing->node, writing->reader, 0, writing->region, writing->out,
                             writing->error);
  if (!covers (writing)
      && !scope_read_input (writing->node, writing->reader, 0, writing->region, writing->out,
                            writing->error))
    return false;
  const ScopeTake *mask = lone_mask (&writing->plan->subscript);
  return mask != NULL ? write_by_mask (writing, mask) : write_by_indices (writing);
}

/* A region that repeats cells is read once for each repeat. */
static bool
assign_read (const ScopeNode *node,
             ScopeReader *reader,
             const ScopeRegion *region,
             const ScopeBuffer *out,
             ScopeError *error)
{
  ScopeRegion single = *region;
  int64_t count[SCOPE_MAX_RANK], at[SCOPE_MAX_RANK] = { 0 };
  for (int axis = 0; axis < region->rank; axis++)
    {
      count[axis] = region->step[axis] == 0 ? region->count[axis] : 1;
      single.count[axis] = region->step[axis] == 0 ? 1 : region->count[axis];
    }
  ScopeBuffer buffer = *out;
  Writing writing = { node, reader, node->plan, &single, &buffer, error };
  do
    {
      int64_t place = 0;
      for (int axis = 0; axis < region->rank; axis++)
        place += at[axis] * out->stride[axis];
      buffer.data = (char *)out->data + place * (int64_t)scope_dtype_bytes (node->dtype);
      if (!read_once (&writing))
        return false;
    }
  while (scope_next_place (at, count, region->rank));
  return true;
}

/* ---- trace ---------------------------------------------------------------------------------- */

/* Whether cell `index` of the target is the one that place `at` of the arrays takes; then the
 * value's cell stands in `cell`. */
static bool
takes_cell (const ScopeSubscript *subscript, const int64_t *index, const int64_t *at, int64_t *cell)
{
  for (int k = 0; k < subscript->array_shape.rank; k++)
    cell[subscript->array_to + k] = at[k];
  for (int i = 0; i < subscript->takes; i++)
    {
      const ScopeTake *take = &subscript->take[i];
      if (take->kind == SCOPE_TAKE_NEW)
        cell[take->to] = 0;
      if (take->axis < 0)
        continue;
      int64_t first =
          take->kind == SCOPE_TAKE_ARRAY ? scope_written_index (subscript, take, at) : take->start;
      int64_t away = index[take->axis] - first;
      if (take->kind != SCOPE_TAKE_SLICE)
        {
          if (away != 0)
            return false;
          continue;
        }
      int64_t steps = take->step == 1 ? away : away / take->step;
      if (steps * take->step != away || steps < 0 || steps >= take->count)
        return false;
      cell[take->to] = steps;
    }
  return true;
}

static bool
trace_value (const ScopeNode *node, const int64_t *cell, double weight, ScopeTrace *trace)
{
  const Plan *plan = node->plan;
  const ScopeShape *shape = &node->program->node[node->input[1]]->shape;
  int missing = plan->subscript.shape.rank - shape->rank;
  int64_t own[SCOPE_MAX_RANK];
  for (int axis = 0; axis < shape->rank; axis++)
    own[axis] = shape->size[axis] == 1 ? 0 : cell[axis + missing];
  return trace->add (trace, 1, own, weight);
}

/* 1, unless the value is rounded or cut when it is stored. */
static double
value_weight (const ScopeNode *node)
{
  ScopeDtype from = node->program->node[node->input[1]]->dtype;
  bool whole = scope_dtype_kind (node->dtype) <= SCOPE_KIND_SIGNED;
  return whole && !scope_numpy_casts_safely (from, node->dtype) ? NAN : 1;
}

static bool
depends_on_values (const ScopeSubscript *subscript)
{
  for (int i = 0; i < subscript->takes; i++)
    if (subscript->take[i].array >= 0 && subscript->array[subscript->take[i].array].operand >= 0)
      return true;
  return false;
}

static bool
assign_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const Plan *plan = node->plan;
  const ScopeSubscript *subscript = &plan->subscript;
  /* Index tensors decide by their values, which are not read here. */
  if (depends_on_values (subscript))
    return trace->add (trace, 0, index, NAN);
  int64_t at[SCOPE_MAX_RANK], cell[SCOPE_MAX_RANK], found[SCOPE_MAX_RANK];
  bool taken = false, empty = false;
  for (int k = 0; k < subscript->array_shape.rank; k++)
    {
      at[k] = 0;
      empty = empty || subscript->array_shape.size[k] == 0;
    }
  if (!empty)
    do
      if (takes_cell (subscript, index, at, cell)) /* the last one wins */
        {
          taken = true;
          memcpy (found, cell, (size_t)subscript->shape.rank * sizeof *found);
        }
    while (scope_next_place (at, subscript->array_shape.size, subscript->array_shape.rank));
  return taken ? trace_value (node, found, value_weight (node), trace)
               : trace->add (trace, 0, index, 1);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeSpelling spellings[] = {
  { "[]=", SCOPE_DIALECT_DEFAULT, "target index value", ITEM, false },
  { ".copy_", SCOPE_PYTORCH, "target value=src -non_blocking", COPY, true },
  { ".fill_", SCOPE_PYTORCH, "target value", FILL, true },
  { "np.copyto", SCOPE_NUMPY, "target=dst value=src -casting -where", COPYTO, true },
  { NULL, 0, NULL, 0, false },
};

static const ScopeParameter parameters[] = {
  { "target", SCOPE_TAKES_TENSOR, NULL, NULL, "what is assigned to" },
  { "index", SCOPE_TAKES_ANY, "...", NULL, "which part of it" },
  { "value", SCOPE_TAKES_TENSOR, NULL, NULL, "what it is set to; it stretches to the part" },
  { NULL, 0, NULL, NULL, NULL },
};

const ScopeOp scope_ops_assign[] = {
  {
      .name = "assign",
      .group = "indexing",
      .about = "a part of a tensor set to a value: A[0, 1:5] = B",
      .spelling = spellings,
      .parameter = parameters,
      .align = SCOPE_ALIGN_ASSIGN,
      .infer = assign_infer,
      .read = assign_read,
      .trace = assign_trace,
  },
  { .name = NULL },
};
