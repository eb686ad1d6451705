/* F.embedding: rows of a table, one for each index. */
#include "core/checked.h"
#include "ops/blocks.h"
#include "ops/operand.h"
#include "ops/program.h"
#include "ops/promote.h"
#include "ops/python-words.h"
#include "ops/signature.h"

#include <math.h>
#include <string.h>

enum
{
  INPUT,
  WEIGHT,
  PADDING,
  MAX_NORM,
};

static bool
refuse (const ScopeCall *call,
        ScopeFailure *failure,
        ScopeRule rule,
        int parameter,
        const char *exception,
        const char *message)
{
  scope_failure_begin (failure, rule);
  failure->span = call->value[parameter].span;
  return scope_failure_both (failure, exception, "%s", message);
}

/* torch.embedding (weight, input, …) is called by position. */
static bool
check_inner (const ScopeCall *call, ScopeFailure *failure)
{
  ScopeSpelling spelling = { .name = call->spelling->name,
                             .dialect = SCOPE_PYTORCH,
                             .signature = "embedding(Tensor weight, Tensor indices)" };
  ScopeArgument argument[2] = { { .value = call->value[WEIGHT] }, { .value = call->value[INPUT] } };
  ScopeCall inner = *call;
  inner.spelling = &spelling;
  inner.argument = argument;
  inner.arguments = 2;
  return scope_signature_check (&inner, argument, 2, failure);
}

/* What F.embedding asserts before. */
static bool
check_padding (const ScopeCall *call, ScopeFailure *failure)
{
  const ScopeValue *padding = &call->value[PADDING], *weight = &call->value[WEIGHT];
  if (!scope_value_is_int (padding) || weight->kind != SCOPE_VALUE_TENSOR)
    return true;
  const ScopeShape *shape = scope_call_shape (call, weight);
  int64_t at = padding->integer, rows = shape->size[0];
  if (shape->rank == 0 && at != 0)
    return refuse (call, failure, SCOPE_RULE_RANK, WEIGHT, "IndexError",
                   "Dimension specified as 0 but tensor has no dimensions");
  if (shape->rank == 0 || !scope_size_is_known (rows))
    return true;
  if ((at > 0 && at >= rows) || (at < 0 && at < -rows))
    return refuse (call, failure, SCOPE_RULE_INDEX, PADDING, "AssertionError",
                   "Padding_idx must be within num_embeddings");
  return true;
}

static bool
check_types (const ScopeCall *call, ScopeFailure *failure)
{
  ScopeDtype dtype = scope_call_dtype (call, &call->value[INPUT]);
  if (dtype == SCOPE_INT64 || dtype == SCOPE_INT32)
    return true;
  bool old = dtype != SCOPE_BFLOAT16 && dtype != SCOPE_BOOL
             && scope_dtype_kind (dtype) != SCOPE_KIND_COMPLEX;
  ScopeText text = { 0 };
  scope_text_printf (
      &text,
      "Expected tensor for argument #1 'indices' to have one of the following "
      "scalar types: Long, Int; but got %s%s%s instead (while checking arguments for "
      "embedding)",
      old ? "torch." : "CPU", scope_dtype_word (SCOPE_PYTORCH, dtype), old ? "Tensor" : "Type");
  refuse (call, failure, SCOPE_RULE_TYPE, INPUT, "RuntimeError", scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

static bool
infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  if (!check_padding (call, failure) || !check_inner (call, failure))
    return false;
  const ScopeShape *indices = scope_call_shape (call, &call->value[INPUT]);
  const ScopeShape *weight = scope_call_shape (call, &call->value[WEIGHT]);
  ScopeDtype dtype = scope_call_dtype (call, &call->value[WEIGHT]);
  const ScopeValue *norm = &call->value[MAX_NORM];
  if (scope_value_given (norm) && norm->kind != SCOPE_VALUE_NONE)
    {
      scope_failure_begin (failure, SCOPE_RULE_UNKNOWN);
      failure->span = norm->span;
      scope_failure_explain (failure, "Shapescope does not renormalise embeddings (max_norm) yet.");
      return false;
    }
  if (weight->rank != 2)
    return refuse (call, failure, SCOPE_RULE_RANK, WEIGHT, "RuntimeError", "'weight' must be 2-D");
  if (!check_types (call, failure))
    return false;
  if (weight->size[0] == 0 && !scope_shape_is_empty (indices))
    return refuse (call, failure, SCOPE_RULE_INDEX, WEIGHT, "RuntimeError",
                   "index_select(): self indexing axis dim should be positive");
  if (indices->rank == SCOPE_MAX_RANK)
    return refuse (call, failure, SCOPE_RULE_LIMIT, INPUT, "RuntimeError",
                   "tensor has too many (>64) dims");
  ScopeShape shape = *indices;
  shape.size[shape.rank++] = weight->size[1];
  if (!scope_torch_fits (&shape, dtype, failure))
    return false;
  scope_result_add_input (call, result, &call->value[INPUT]);
  scope_result_add_input (call, result, &call->value[WEIGHT]);
  scope_result_set (result, &shape, dtype);
  return true;
}

/* ---- read and trace ------------------------------------------------------------------------- */

/* One row of the table, as much of it as the region wants. */
static bool
read_row (const ScopeNode *node,
          ScopeReader *reader,
          int64_t row,
          const ScopeRegion *region,
          char *out,
          int64_t stride,
          ScopeError *error)
{
  const ScopeShape *weight = &node->program->node[node->input[1]]->shape;
  int last = region->rank - 1;
  if (row < 0 || row >= weight->size[0])
    return scope_fail (error, SCOPE_ERROR_DATA, -1,
                       "Index %lld is outside of a table of %lld rows.", (long long)row,
                       (long long)weight->size[0]);
  ScopeRegion piece = { .rank = 2,
                        .start = { row, region->start[last] },
                        .step = { 1, region->step[last] },
                        .count = { 1, region->count[last] } };
  ScopeBuffer buffer = { .data = out, .stride = { 0, stride } };
  return scope_read_input (node, reader, 1, &piece, &buffer, error);
}

static bool
read_rows (const ScopeNode *node,
           ScopeReader *reader,
           const ScopeRegion *region,
           const ScopeBuffer *out,
           ScopeError *error)
{
  int outer = region->rank - 1;
  ScopeRegion indices = *region;
  indices.rank = outer;
  int64_t count, at[SCOPE_MAX_RANK] = { 0 };
  if (!scope_region_count (&indices, &count, error)
      || !scope_checked_mul (count, (int64_t)sizeof (int64_t), &count))
    return scope_fail (error, SCOPE_ERROR_TOO_BIG, -1, "This part has too many indices.");
  int64_t *index = scope_read_alloc (reader, count, error);
  bool done =
      index != NULL && scope_read_input_as (node, reader, 0, &indices, SCOPE_INT64, index, error);
  size_t bytes = scope_dtype_bytes (node->dtype);
  const int64_t *next = index;
  do
    {
      int64_t to = 0;
      for (int a = 0; a < outer; a++)
        to += at[a] * out->stride[a];
      done = done
             && read_row (node, reader, *next++, region, (char *)out->data + to * (int64_t)bytes,
                          out->stride[outer], error);
    }
  while (done && scope_index_next (outer, region->count, at));
  scope_read_free (reader, index);
  return done;
}

/* Which row it is stands in the index, whose value is not known here. */
static bool
trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace_)
{
  return trace_->add (trace_, 0, index, (double)NAN);
}

static const ScopeParameter parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "indices of rows" },
  { "weight", SCOPE_TAKES_TENSOR, NULL, NULL, "the table: rows × features" },
  { "padding_idx", SCOPE_TAKES_INT, "None", NULL, "a row that is not trained; changes no value" },
  { "max_norm", SCOPE_TAKES_NUMBER, "None", NULL, "longer rows are shortened" },
  { NULL },
};

static const ScopeSpelling spellings[] = {
  { "F.embedding", SCOPE_PYTORCH,
    "input weight padding_idx max_norm -norm_type -scale_grad_by_freq -sparse",
    .signature = "def embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, "
                 "scale_grad_by_freq=False, sparse=False)" },
  { NULL },
};

const ScopeOp scope_ops_embedding[] = {
  { .name = "embedding",
    .group = "layers",
    .about = "looks up a row for every index",
    .spelling = spellings,
    .parameter = parameters,
    .infer = infer,
    .read = read_rows,
    .trace = trace },
  { NULL },
};
