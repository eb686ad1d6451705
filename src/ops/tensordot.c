/* tensordot: products summed over pairs of axes. */
#include "ops/tensordot.h"

#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/torch-product.h"

#include <string.h>

enum
{
  P_A,
  P_B,
  P_AXES,
};

/* The pairs of axes that are summed, as written and as found. */
typedef struct
{
  int count[2];
  int64_t written[2][SCOPE_MAX_RANK];
  int axis[2][SCOPE_MAX_RANK];
} Pairs;

ScopeContraction *
scope_tensordot_plan (ScopeArena *arena,
                      const ScopeShape *a,
                      const ScopeShape *b,
                      const int *axis_a,
                      const int *axis_b,
                      int pairs,
                      ScopeDtype dtype,
                      ScopeShape *out)
{
  ScopeContraction *plan = scope_contraction_new (arena, 2);
  if (plan == NULL)
    return NULL;
  const ScopeShape *shape[2] = { a, b };
  const int *summed[2] = { axis_a, axis_b };
  int label = 0;
  out->rank = 0;
  for (int f = 0; f < 2; f++)
    {
      ScopeFactor *factor = &plan->factor[f];
      factor->rank = shape[f]->rank;
      memcpy (factor->size, shape[f]->size, sizeof factor->size);
      memset (factor->label, 0xFF, sizeof factor->label);
      for (int i = 0; i < pairs; i++)
        factor->label[summed[f][i]] = 0xFE;
      for (int axis = 0; axis < factor->rank; axis++)
        if (factor->label[axis] == 0xFF)
          {
            plan->size[label] = factor->size[axis];
            out->size[out->rank++] = factor->size[axis];
            factor->label[axis] = (uint8_t)label++;
          }
    }
  plan->outputs = label;
  for (int i = 0; i < pairs; i++, label++)
    {
      int64_t left = a->size[axis_a[i]], right = b->size[axis_b[i]];
      plan->size[label] = left == 1 ? right : scope_size_either (left, right);
      plan->factor[0].label[axis_a[i]] = plan->factor[1].label[axis_b[i]] = (uint8_t)label;
    }
  plan->labels = label;
  plan->dtype = dtype;
  return plan;
}

bool
scope_tensordot_has_room (int rank, ScopeFailure *failure)
{
  if (rank <= SCOPE_MAX_RANK)
    return true;
  scope_failure_begin (failure, SCOPE_RULE_LIMIT);
  scope_failure_explain (failure, "The result would have %d axes; Shapescope knows at most %d.",
                         rank, SCOPE_MAX_RANK);
  return false;
}

/* ---- reading the axes ------------------------------------------------------------------------ */

static bool
refuse_axes (const ScopeCall *call, ScopeFailure *failure, const char *exception)
{
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = call->value[P_AXES].span;
  failure->exception = exception;
  return false;
}

/* One side of the pairs: a list of axes, in NumPy and JAX also a single one. */
static bool
read_side (const ScopeCall *call, int side, Pairs *pairs, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[P_AXES].item[side];
  bool sequence = scope_value_is_sequence (value);
  if (!sequence && call->dialect == SCOPE_PYTORCH)
    return scope_call_refuse (
        call, P_AXES, failure,
        "tensordot(): argument 'dims_%s' (position %d) must be tuple of ints, not %s",
        side == 0 ? "self" : "other", 3 + side, scope_value_type_name (call, value));
  const ScopeValue *item = sequence ? value->item : value;
  pairs->count[side] = sequence ? value->items : 1;
  if (pairs->count[side] > SCOPE_MAX_RANK)
    return scope_call_refuse (call, P_AXES, failure, "tensordot(): too many axes");
  for (int i = 0; i < pairs->count[side]; i++)
    {
      if (!scope_value_is_int (&item[i]))
        return scope_refuse_integer (call, P_AXES, &item[i], failure);
      pairs->written[side][i] = item[i].integer;
    }
  return true;
}

/* The last `count` axes of a and the first of b. */
static bool
count_pairs (const ScopeCall *call, int64_t count, int least, Pairs *pairs, ScopeFailure *failure)
{
  if (count < 0 && call->dialect == SCOPE_PYTORCH)
    {
      refuse_axes (call, failure, "");
      return scope_failure_both (failure, "RuntimeError",
                                 "tensordot expects dims >= 0, but got dims=%lld",
                                 (long long)count);
    }
  if (count > least && call->dialect == SCOPE_JAX)
    {
      refuse_axes (call, failure, "");
      return scope_failure_both (failure, "TypeError",
                                 "Number of tensordot axes (axes %lld) exceeds input ranks",
                                 (long long)count);
    }
  if (count > least && call->dialect == SCOPE_TENSORFLOW)
    {
      refuse_axes (call, failure, "");
      return scope_failure_both (failure, "ValueError",
                                 "`axes` must not be larger than the number of dimensions of "
                                 "tensor. Received: axes=%lld",
                                 (long long)count);
    }
  /* One more than there are is enough to fail. */
  int found = count < 0 ? 0 : count > SCOPE_MAX_RANK ? SCOPE_MAX_RANK : (int)count;
  pairs->count[0] = pairs->count[1] = found;
  for (int i = 0; i < found; i++)
    {
      pairs->written[0][i] = i - count;
      pairs->written[1][i] = i;
    }
  return true;
}

static bool
read_pairs (const ScopeCall *call, int least, Pairs *pairs, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[P_AXES];
  if (!scope_value_given (value))
    return count_pairs (call, 2, least, pairs, failure);
  if (scope_value_is_int (value))
    return count_pairs (call, value->integer, least, pairs, failure);
  if (!scope_value_is_sequence (value))
    {
      ScopeText text = { 0 };
      scope_program_print_span (call->program, value->span, &text);
      refuse_axes (call, failure, "");
      scope_failure_both (failure, "RuntimeError",
                          "tensordot expects dims to be int or Tuple[List[int], List[int]] or "
                          "List[List[int]] containing two lists, but got dims=%s",
                          scope_text_string (&text));
      scope_text_clear (&text);
      return false;
    }
  if (value->items != 2)
    {
      refuse_axes (call, failure, "");
      return value->items > 2
                 ? scope_failure_both (failure, "ValueError",
                                       "too many values to unpack (expected 2)")
                 : scope_failure_both (failure, "ValueError",
                                       "not enough values to unpack (expected 2, got %d)",
                                       value->items);
    }
  return read_side (call, 0, pairs, failure) && read_side (call, 1, pairs, failure);
}

/* ---- PyTorch --------------------------------------------------------------------------------- */

static bool
refuse_repeated (const ScopeCall *call, int axis, ScopeFailure *failure)
{
  refuse_axes (call, failure, "");
  failure->rule = SCOPE_RULE_AXIS;
  return scope_failure_both (failure, "RuntimeError",
                             "dim %d appears multiple times in the list of dims", axis);
}

/* The sizes and types that are multiplied in the end: sizes that meet a 1 are summed before. */
static bool
torch_check (const ScopeCall *call,
             ScopeOutput *a,
             ScopeOutput *b,
             Pairs *pairs,
             ScopeDtype *dtype,
             ScopeFailure *failure)
{
  if (pairs->count[0] != pairs->count[1])
    {
      refuse_axes (call, failure, "");
      return scope_failure_both (failure, "RuntimeError",
                                 "both dimension lists should have same length");
    }
  const ScopeAxisStyle style = { 0 };
  ScopeOutput matrix[2] = { { { 2, { 1, 1 } }, a->dtype }, { { 2, { 1, 1 } }, b->dtype } };
  int64_t inner[SCOPE_MAX_RANK];
  int inners = 0;
  for (int i = 0; i < pairs->count[0]; i++)
    {
      if (!scope_axis_find (call, P_AXES, &style, pairs->written[0][i], a->shape.rank,
                            &pairs->axis[0][i], failure)
          || !scope_axis_find (call, P_AXES, &style, pairs->written[1][i], b->shape.rank,
                               &pairs->axis[1][i], failure))
        return false;
      int64_t left = a->shape.size[pairs->axis[0][i]], right = b->shape.size[pairs->axis[1][i]];
      if (right == 1)
        matrix[0].dtype = scope_torch_summed_type (matrix[0].dtype);
      else if (left == 1)
        matrix[1].dtype = scope_torch_summed_type (matrix[1].dtype);
      else if (scope_sizes_differ (left, right))
        {
          scope_failure_begin (failure, SCOPE_RULE_CONTRACT);
          return scope_failure_say (failure, "RuntimeError",
                                    "contracted dimensions need to match, but first has size %lld "
                                    "in dim %lld and second has size %lld in dim %lld",
                                    (long long)left, (long long)pairs->written[0][i],
                                    (long long)right, (long long)pairs->written[1][i]);
        }
      else
        inner[inners++] = scope_size_either (left, right);
    }
  const ScopeShape *shape[2] = { &a->shape, &b->shape };
  for (int side = 0; side < 2; side++)
    {
      bool has[SCOPE_MAX_RANK] = { false };
      int64_t outer[SCOPE_MAX_RANK];
      int outers = 0;
      for (int i = 0; i < pairs->count[side]; i++)
        {
          if (has[pairs->axis[side][i]])
            return refuse_repeated (call, pairs->axis[side][i], failure);
          has[pairs->axis[side][i]] = true;
        }
      for (int axis = 0; axis < shape[side]->rank; axis++)
        if (!has[axis])
          outer[outers++] = shape[side]->size[axis];
      matrix[side].shape.size[side] = scope_sizes_product (outer, outers);
      matrix[side].shape.size[1 - side] = scope_sizes_product (inner, inners);
    }
  ScopeOutput product;
  if (!scope_torch_mm (&matrix[0], &matrix[1], &product, failure))
    return false;
  *dtype = product.dtype;
  return true;
}

/* ---- the others ------------------------------------------------------------------------------ */

/* An axis as Python's tuples take it. */
static bool
python_axis (int64_t axis, int rank, int *out)
{
  *out = (int)(axis < 0 ? axis + rank : axis);
  return axis >= -rank && axis < rank;
}

static bool
say_mismatch (const ScopeCall *call,
              const ScopeOutput *a,
              const ScopeOutput *b,
              const Pairs *pairs,
              ScopeFailure *failure)
{
  if (call->dialect == SCOPE_NUMPY)
    return scope_failure_say (failure, "ValueError", "shape-mismatch for sum");
  ScopeShape sizes[2] = { { pairs->count[0], { 0 } }, { pairs->count[1], { 0 } } };
  for (int i = 0; i < pairs->count[0]; i++)
    {
      sizes[0].size[i] = a->shape.size[pairs->axis[0][i]];
      sizes[1].size[i] = b->shape.size[pairs->axis[1][i]];
    }
  if (call->dialect != SCOPE_JAX)
    return false;
  ScopeText text = { 0 };
  scope_shape_print (&sizes[0], SCOPE_SHAPE_TUPLE, &text);
  scope_text_append (&text, " and ");
  scope_shape_print (&sizes[1], SCOPE_SHAPE_TUPLE, &text);
  scope_failure_say (failure, "TypeError",
                     "dot_general requires contracting dimensions to have the same shape, got %s.",
                     scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

static bool
refuse_lengths (const ScopeCall *call, const Pairs *pairs, ScopeFailure *failure)
{
  refuse_axes (call, failure, "");
  scope_failure_explain (failure, "%d axes of the first are to meet %d of the second.",
                         pairs->count[0], pairs->count[1]);
  if (call->dialect == SCOPE_NUMPY)
    return scope_failure_say (failure, "ValueError", "shape-mismatch for sum");
  if (call->dialect == SCOPE_TENSORFLOW)
    return scope_failure_say (failure, "ValueError",
                              "Different number of contraction axes `a` and `b`, %d != %d.",
                              pairs->count[0], pairs->count[1]);
  return false;
}

/* NumPy, JAX and TensorFlow: sizes must be equal, 1 does not stretch. */
static bool
python_check (const ScopeCall *call,
              const ScopeOutput *a,
              const ScopeOutput *b,
              Pairs *pairs,
              ScopeFailure *failure)
{
  if (pairs->count[0] != pairs->count[1])
    return refuse_lengths (call, pairs, failure);
  const ScopeAxisStyle style = { 0 };
  const ScopeOutput *side[2] = { a, b };
  bool differ = false;
  for (int i = 0; i < pairs->count[0] && !differ; i++)
    {
      for (int s = 0; s < 2; s++)
        if (call->dialect == SCOPE_JAX)
          {
            if (!scope_axis_find (call, P_AXES, &style, pairs->written[s][i], side[s]->shape.rank,
                                  &pairs->axis[s][i], failure))
              return false;
          }
        else if (!python_axis (pairs->written[s][i], side[s]->shape.rank, &pairs->axis[s][i]))
          {
            refuse_axes (call, failure, "");
            failure->rule = SCOPE_RULE_AXIS;
            scope_failure_explain (failure, "There is no axis %lld.",
                                   (long long)pairs->written[s][i]);
            return scope_failure_say (failure, "IndexError", "tuple index out of range");
          }
      differ =
          scope_sizes_differ (a->shape.size[pairs->axis[0][i]], b->shape.size[pairs->axis[1][i]])
          && call->dialect == SCOPE_NUMPY;
    }
  for (int i = 0; i < pairs->count[0] && !differ; i++)
    differ =
        scope_sizes_differ (a->shape.size[pairs->axis[0][i]], b->shape.size[pairs->axis[1][i]]);
  if (differ)
    {
      scope_failure_begin (failure, SCOPE_RULE_CONTRACT);
      return say_mismatch (call, a, b, pairs, failure);
    }
  for (int s = 0; s < 2; s++)
    for (int i = 0; i < pairs->count[s]; i++)
      for (int k = 0; k < i; k++)
        if (pairs->axis[s][i] == pairs->axis[s][k])
          {
            refuse_axes (call, failure, "");
            failure->rule = SCOPE_RULE_AXIS;
            scope_failure_explain (failure, "Axis %d is named twice.", pairs->axis[s][i]);
            return scope_failure_say (failure, "ValueError", "axes don't match array");
          }
  return true;
}

/* ---- the operation --------------------------------------------------------------------------- */

/* All pairs that do not fit, as far as their axes exist. */
static void
explain (const ScopeCall *call,
         const ScopeOutput *a,
         const ScopeOutput *b,
         const Pairs *pairs,
         ScopeFailure *failure)
{
  if (failure->rule != SCOPE_RULE_CONTRACT)
    return;
  int rank = a->shape.rank > b->shape.rank ? a->shape.rank : b->shape.rank;
  for (int i = 0; i < pairs->count[0] && failure->axes < SCOPE_MAX_RANK; i++)
    {
      int left, right;
      if (!python_axis (pairs->written[0][i], a->shape.rank, &left)
          || !python_axis (pairs->written[1][i], b->shape.rank, &right))
        return;
      int64_t sizes[2] = { a->shape.size[left], b->shape.size[right] };
      bool stretches = call->dialect == SCOPE_PYTORCH && (sizes[0] == 1 || sizes[1] == 1);
      if (stretches || !scope_sizes_differ (sizes[0], sizes[1]))
        continue;
      if (failure->axes == 0)
        scope_failure_explain (failure,
                               "Axis %d of the first has %lld and axis %d of the second has %lld; "
                               "axes that are summed together must be equal.",
                               left, (long long)sizes[0], right, (long long)sizes[1]);
      scope_failure_add_axis (failure, rank, left + rank - a->shape.rank, sizes[0], sizes[1]);
    }
}

static bool
tensordot_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput a, b;
  if (!scope_operand (call, P_A, &a, failure) || !scope_operand (call, P_B, &b, failure))
    return false;
  Pairs pairs;
  int least = a.shape.rank < b.shape.rank ? a.shape.rank : b.shape.rank;
  if (!read_pairs (call, least, &pairs, failure))
    return false;
  ScopeDtype dtype = a.dtype;
  bool fits = call->dialect == SCOPE_PYTORCH ? torch_check (call, &a, &b, &pairs, &dtype, failure)
                                             : python_check (call, &a, &b, &pairs, failure);
  if (!fits)
    {
      explain (call, &a, &b, &pairs, failure);
      return false;
    }
  if (call->dialect != SCOPE_PYTORCH
      && !scope_promote_types (call->dialect, a.dtype, b.dtype, &dtype))
    return scope_refuse_tensorflow_types (failure, "MatMul", a.dtype, b.dtype);
  if (!scope_tensordot_has_room (a.shape.rank + b.shape.rank - 2 * pairs.count[0], failure))
    return false;
  ScopeShape out;
  result->plan = scope_tensordot_plan (call->arena, &a.shape, &b.shape, pairs.axis[0],
                                       pairs.axis[1], pairs.count[0], dtype, &out);
  if (result->plan == NULL)
    return scope_call_out_of_memory (call);
  scope_result_set (result, &out, dtype);
  scope_result_add_input (call, result, &call->value[P_A]);
  scope_result_add_input (call, result, &call->value[P_B]);
  return true;
}

static const ScopeParameter tensordot_parameters[] = {
  { "a", SCOPE_TAKES_TENSOR, NULL, NULL, "the first factor" },
  { "b", SCOPE_TAKES_TENSOR, NULL, NULL, "the second factor" },
  { "dims", SCOPE_TAKES_ANY, "2", NULL,
    "how many axes are summed (a's last with b's first), or two lists of axes" },
  { NULL },
};

static const ScopeSpelling tensordot_spellings[] = {
  { "torch.tensordot", SCOPE_PYTORCH, "a b dims -out", 0, false },
  { "np.tensordot", SCOPE_NUMPY, "a b dims=axes", 0, false },
  { "tf.tensordot", SCOPE_TENSORFLOW, "a b dims=axes | -name", 0, false },
  { "jnp.tensordot", SCOPE_JAX, "a b dims=axes | -precision", 0, false },
  { NULL },
};

const ScopeOp scope_ops_tensordot[] = {
  {
      .name = "tensordot",
      .group = "product",
      .about = "products summed over pairs of axes",
      .spelling = tensordot_spellings,
      .parameter = tensordot_parameters,
      .infer = tensordot_infer,
      .read = scope_contraction_read,
      .trace = scope_contraction_trace,
  },
  { .name = NULL },
};
