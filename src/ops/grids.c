/* meshgrid, broadcast_tensors, broadcast_arrays, block_diag. */
#include "core/checked.h"
#include "ops/argument.h"
#include "ops/broadcast.h"
#include "ops/compose.h"
#include "ops/operand.h"
#include "ops/program.h"
#include "ops/promote.h"

#include <string.h>

enum
{
  TENSORS,
  INDEXING,
  SPARSE,
};

static bool
is_torch (const ScopeCall *call)
{
  return call->dialect == SCOPE_PYTORCH;
}

/* The tensors given, each a tensor. */
static bool
read_tensors (const ScopeCall *call, ScopeFailure *failure, const ScopeValue **item, int *items)
{
  const ScopeValue *given = &call->value[TENSORS];
  bool sequence = scope_value_is_sequence (given);
  *item = sequence ? given->item : given;
  *items = sequence ? given->items : given->kind == SCOPE_VALUE_TENSOR;
  for (int i = 0; i < *items; i++)
    {
      const ScopeValue *value = &(*item)[i];
      if (value->kind == SCOPE_VALUE_TENSOR || (!is_torch (call) && scope_value_is_number (value)))
        continue;
      return scope_refuse (call, TENSORS, failure, SCOPE_RULE_ARGUMENT, "TypeError",
                           "expected Tensor as element %d in argument 0, but got %s", i,
                           scope_value_type_name (call, value));
    }
  return true;
}

/* ---- meshgrid ------------------------------------------------------------------------------- */

static bool
read_indexing (const ScopeCall *call, ScopeFailure *failure, bool *swapped)
{
  const ScopeValue *value = &call->value[INDEXING];
  *swapped = !is_torch (call);
  if (!scope_value_given (value) || value->kind == SCOPE_VALUE_NONE)
    return true;
  const char *text = value->kind == SCOPE_VALUE_STRING ? value->text : "";
  *swapped = strcmp (text, "xy") == 0;
  if (*swapped || strcmp (text, "ij") == 0)
    return true;
  if (is_torch (call))
    return scope_refuse (
        call, INDEXING, failure, SCOPE_RULE_ARGUMENT, "RuntimeError",
        "torch.meshgrid: indexing must be one of \"xy\" or \"ij\", but received: %s", text);
  return scope_refuse (call, INDEXING, failure, SCOPE_RULE_ARGUMENT, "ValueError",
                       "Valid values for `indexing` are 'xy' and 'ij'.");
}

static bool
check_grid (const ScopeCall *call, ScopeFailure *failure, const ScopeValue *item, int items)
{
  if (items == 0)
    return scope_refuse (call, -1, failure, SCOPE_RULE_ARGUMENT, "RuntimeError",
                         "meshgrid expects a non-empty TensorList");
  for (int i = 0; i < items; i++)
    if (scope_call_dtype (call, &item[i]) != scope_call_dtype (call, &item[0]))
      return scope_refuse (call, TENSORS, failure, SCOPE_RULE_TYPE, "RuntimeError",
                           "meshgrid expects all tensors to have the same dtype");
  for (int i = 0; i < items; i++)
    {
      int rank = scope_call_shape (call, &item[i])->rank;
      if (rank > 1)
        {
          scope_failure_begin (failure, SCOPE_RULE_RANK);
          failure->span = item[i].span;
          scope_failure_explain (failure, "A grid is made of tensors of one axis; this has %d.",
                                 rank);
          return scope_failure_say (failure, "RuntimeError",
                                    "torch.meshgrid: Expected 0D or 1D tensor in the tensor list");
        }
    }
  return true;
}

static bool
meshgrid_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *item;
  int items;
  bool swapped,
      sparse = scope_value_is_int (&call->value[SPARSE]) && call->value[SPARSE].integer != 0;
  if (!read_tensors (call, failure, &item, &items) || !read_indexing (call, failure, &swapped)
      || (is_torch (call) && !check_grid (call, failure, item, items)))
    return false;
  if (items > SCOPE_MAX_RANK)
    return scope_refuse (call, -1, failure, SCOPE_RULE_LIMIT, "RuntimeError",
                         "tensor has too many (>64) dims");
  ScopeValue grid[SCOPE_MAX_RANK];
  int64_t all[SCOPE_MAX_RANK];
  const char *reshape = is_torch (call) ? "torch.reshape" : "np.reshape";
  const char *stretch = is_torch (call) ? "torch.broadcast_to" : "np.broadcast_to";
  for (int i = 0; i < items; i++)
    {
      const ScopeShape *shape = scope_call_shape (call, &item[i]);
      int axis = swapped && items > 1 && i < 2 ? 1 - i : i;
      all[axis] = scope_sizes_product (shape->size, shape->rank);
    }
  for (int i = 0; i < items; i++)
    {
      int64_t size[SCOPE_MAX_RANK];
      int axis = swapped && items > 1 && i < 2 ? 1 - i : i;
      for (int a = 0; a < items; a++)
        size[a] = a == axis ? all[a] : 1;
      if (!SCOPE_COMPOSE (call, failure, &grid[i], reshape, item[i],
                          scope_compose_ints (call, size, items))
          || (!sparse
              && !SCOPE_COMPOSE (call, failure, &grid[i], stretch, grid[i],
                                 scope_compose_ints (call, all, items))))
        return false;
    }
  ScopeValue tuple = scope_compose_tuple (call, grid, items);
  return scope_compose_finish (call, result, &tuple);
}

/* ---- broadcast_tensors ---------------------------------------------------------------------- */

/* np.broadcast_arrays names the first pair that does not fit. */
static bool
refuse_arrays (const ScopeCall *call, ScopeFailure *failure, const ScopeValue *item, int items)
{
  ScopeShape so_far = *scope_call_shape (call, &item[0]);
  for (int i = 1; i < items; i++)
    {
      const ScopeShape *shapes[] = { &so_far, scope_call_shape (call, &item[i]) };
      ScopeShape both;
      if (scope_broadcast_shapes (shapes, 2, &both))
        {
          so_far = both;
          continue;
        }
      int first = 0;
      for (int k = 0; k < i; k++)
        {
          const ScopeShape *pair[] = { scope_call_shape (call, &item[k]), shapes[1] };
          if (!scope_broadcast_shapes (pair, 2, &both))
            {
              first = k;
              break;
            }
        }
      ScopeText a = { 0 }, b = { 0 };
      scope_shape_print (scope_call_shape (call, &item[first]), SCOPE_SHAPE_TUPLE, &a);
      scope_shape_print (shapes[1], SCOPE_SHAPE_TUPLE, &b);
      scope_refuse (call, TENSORS, failure, SCOPE_RULE_BROADCAST, "ValueError",
                    "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is "
                    "between arg %d with shape %s and arg %d with shape %s.",
                    first, scope_text_string (&a), i, scope_text_string (&b));
      scope_text_clear (&a);
      scope_text_clear (&b);
      return false;
    }
  return true;
}

static bool
broadcast_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *item;
  static const ScopeKernelName name = { "BroadcastTo", "broadcast_in_dim" };
  const ScopeShape *shape[SCOPE_VERDICT_OPERANDS];
  ScopeValue out[SCOPE_VERDICT_OPERANDS];
  ScopeShape both;
  int items;
  if (!read_tensors (call, failure, &item, &items))
    return false;
  if (items > SCOPE_VERDICT_OPERANDS)
    return scope_refuse (call, -1, failure, SCOPE_RULE_LIMIT, "RuntimeError",
                         "Shapescope stretches at most %d tensors at once.",
                         SCOPE_VERDICT_OPERANDS);
  for (int i = 0; i < items; i++)
    shape[i] = scope_call_shape (call, &item[i]);
  if (call->dialect == SCOPE_NUMPY && items > 0 && !refuse_arrays (call, failure, item, items))
    return false;
  if (!scope_broadcast (call, shape, NULL, items, &name, &both, failure))
    return false;
  for (int i = 0; i < items; i++)
    if (!SCOPE_COMPOSE (call, failure, &out[i],
                        is_torch (call) ? "torch.broadcast_to" : "np.broadcast_to", item[i],
                        scope_compose_ints (call, both.size, both.rank)))
      return false;
  ScopeValue tuple = scope_compose_tuple (call, out, items);
  return scope_compose_finish (call, result, &tuple);
}

/* ---- block_diag ----------------------------------------------------------------------------- */

static bool
block_diag_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  enum
  {
    MOST = 256
  };
  const ScopeValue *item;
  ScopeValue row[MOST], value;
  int items;
  int64_t columns = 0, before = 0, none[2] = { 1, 0 };
  if (!read_tensors (call, failure, &item, &items))
    return false;
  if (items > MOST)
    return scope_refuse (call, -1, failure, SCOPE_RULE_LIMIT, "RuntimeError",
                         "Shapescope puts at most %d tensors together here.", MOST);
  for (int i = 0; i < items; i++)
    {
      const ScopeShape *shape = scope_call_shape (call, &item[i]);
      if (shape->rank > 2)
        return scope_refuse (call, TENSORS, failure, SCOPE_RULE_RANK, "RuntimeError",
                             "torch.block_diag: Input tensors must have 2 or fewer dimensions. "
                             "Input %d has %d dimensions",
                             i, shape->rank);
      int64_t wide = shape->rank > 0 ? shape->size[shape->rank - 1] : 1;
      if (!scope_size_is_known (wide) || !scope_checked_add (columns, wide, &columns))
        return scope_refuse (call, TENSORS, failure, SCOPE_RULE_UNKNOWN, "",
                             "Sizes must be known here.");
    }
  ScopeMixed mixed[MOST];
  ScopeDtype dtype = SCOPE_FLOAT32;
  for (int i = 0; i < items; i++)
    mixed[i] = scope_mixed_from_value (call, &item[i]);
  scope_promote (SCOPE_PYTORCH, mixed, items, &dtype);
  ScopeValue type = { .kind = SCOPE_VALUE_DTYPE, .dtype = dtype, .span = call->span };
  if (items == 0)
    return SCOPE_COMPOSE (call, failure, &value, "torch.zeros", scope_compose_ints (call, none, 2))
           && scope_compose_finish (call, result, &value);
  for (int i = 0; i < items; i++)
    {
      row[i] = item[i];
      if (!SCOPE_COMPOSE (call, failure, &row[i], ".to", row[i], type))
        return false;
      if (scope_call_shape (call, &row[i])->rank < 2
          && !SCOPE_COMPOSE (call, failure, &row[i], "torch.atleast_2d", row[i]))
        return false;
      int64_t wide = scope_call_shape (call, &row[i])->size[1];
      int64_t pad[2] = { before, columns - before - wide };
      before += wide;
      if (!SCOPE_COMPOSE (call, failure, &row[i], "F.pad", row[i],
                          scope_compose_ints (call, pad, 2)))
        return false;
    }
  ScopeValue rows = scope_compose_tuple (call, row, items);
  return SCOPE_COMPOSE (call, failure, &value, "torch.cat", rows)
         && scope_compose_finish (call, result, &value);
}

/* ---- the table ------------------------------------------------------------------------------ */

#define MANY(about)                                                                                \
  {                                                                                                \
    "tensors", SCOPE_TAKES_TENSORS, NULL, NULL, about                                              \
  }

static const ScopeParameter meshgrid_parameters[] = {
  MANY ("the places along each axis"),
  { "indexing", SCOPE_TAKES_CHOICE, "None", "xy ij", "which of the first two comes first" },
  { "sparse", SCOPE_TAKES_BOOL, "False", NULL, "stretched axes stay of size 1" },
  { NULL },
};
static const ScopeParameter many_parameters[] = { MANY ("any tensors"), { NULL } };

static const ScopeSpelling meshgrid_spellings[] = {
  { "torch.meshgrid", SCOPE_PYTORCH, "*tensors | indexing" },
  { "np.meshgrid", SCOPE_NUMPY, "*tensors | -copy sparse indexing" },
  { "tf.meshgrid", SCOPE_TENSORFLOW, "*tensors | indexing -name" },
  { "jnp.meshgrid", SCOPE_JAX, "*tensors | -copy sparse indexing" },
  { NULL },
};
static const ScopeSpelling broadcast_spellings[] = {
  { "torch.broadcast_tensors", SCOPE_PYTORCH, "*tensors" },
  { "np.broadcast_arrays", SCOPE_NUMPY, "*tensors | -subok" },
  { "jnp.broadcast_arrays", SCOPE_JAX, "*tensors" },
  { NULL },
};
static const ScopeSpelling block_diag_spellings[] = {
  { "torch.block_diag", SCOPE_PYTORCH, "*tensors" },
  { NULL },
};

const ScopeOp scope_ops_grids[] = {
  { .name = "meshgrid",
    .group = "joining",
    .about = "the places of a grid, one tensor for each axis",
    .spelling = meshgrid_spellings,
    .parameter = meshgrid_parameters,
    .infer = meshgrid_infer,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { .name = "broadcast_tensors",
    .group = "joining",
    .about = "all tensors stretched to one shape",
    .spelling = broadcast_spellings,
    .parameter = many_parameters,
    .align = SCOPE_ALIGN_BROADCAST,
    .infer = broadcast_infer,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { .name = "block_diag",
    .group = "joining",
    .about = "matrices along a diagonal, zeros elsewhere",
    .spelling = block_diag_spellings,
    .parameter = many_parameters,
    .infer = block_diag_infer,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { NULL },
};
