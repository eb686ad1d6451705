/* Picking elements by index: gather, take_along_dim, index_select, take. */
#include "core/arena.h"
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/broadcast.h"
#include "ops/operand.h"
#include "ops/picked.h"
#include "ops/promote.h"

#include <string.h>

enum
{
  P_INPUT,
  P_DIM,
  P_INDEX,
  P_MODE,
};

typedef struct
{
  const ScopeCall *call;
  ScopeOutput input, index;
  ScopePicked *plan;
  ScopeShape out;
  ScopeFailure *failure;
} Pick;

static bool
fail (const Pick *pick, ScopeRule rule)
{
  scope_failure_begin (pick->failure, rule);
  return false;
}

static bool
is_none (const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_ABSENT || value->kind == SCOPE_VALUE_NONE;
}

static const char *
type_word (ScopeDtype dtype)
{
  return scope_dtype_word (SCOPE_PYTORCH, dtype);
}

/* The dim of PyTorch's functions, which take 0 and −1 of a scalar too. */
static bool
torch_axis (const Pick *pick, int64_t *dim, int *axis)
{
  const ScopeAxisStyle style = { .scalar_has_one = true };
  *dim = 0;
  return scope_call_int (pick->call, P_DIM, dim, pick->failure)
         && scope_axis_find (pick->call, P_DIM, &style, *dim, pick->input.shape.rank, axis,
                             pick->failure);
}

static int64_t
size_or_one (const ScopeShape *shape, int axis)
{
  return shape->rank > 0 ? shape->size[axis] : 1;
}

/* An index into nothing is outside, whatever it says. */
static bool
refuse_nothing (const Pick *pick, int64_t size)
{
  if (size != 0 || scope_shape_is_empty (&pick->index.shape))
    return true;
  fail (pick, SCOPE_RULE_INDEX);
  scope_failure_explain (pick->failure,
                         "Axis %d has no elements, so there is nothing to pick from it.",
                         pick->plan->axis);
  if (pick->call->dialect == SCOPE_NUMPY)
    return scope_failure_say (pick->failure, "IndexError",
                              "index 0 is out of bounds for axis %d with size 0", pick->plan->axis);
  return scope_failure_say (pick->failure, "RuntimeError",
                            "index 0 is out of bounds for dimension %d with size 0",
                            pick->plan->axis);
}

/* ---- gather -----------------------------------------------------------------------------------
 */

static bool
gather_shapes (const Pick *pick)
{
  const ScopeShape *source = &pick->input.shape, *index = &pick->index.shape;
  int rank = source->rank > 0 ? source->rank : 1, first = -1;
  if (rank != (index->rank > 0 ? index->rank : 1))
    {
      fail (pick, SCOPE_RULE_RANK);
      scope_failure_explain (pick->failure, "The index has %d axes, but the tensor has %d.",
                             index->rank, source->rank);
      return scope_failure_say (
          pick->failure, "RuntimeError",
          "Index tensor must have the same number of dimensions as input tensor");
    }
  for (int axis = 0; axis < rank; axis++)
    {
      int64_t wanted = size_or_one (index, axis), there = size_or_one (source, axis);
      if (axis == pick->plan->axis || !scope_size_is_known (wanted) || !scope_size_is_known (there)
          || wanted <= there)
        continue;
      if (first < 0)
        {
          fail (pick, SCOPE_RULE_MATCH);
          first = axis;
        }
      scope_failure_add_axis (pick->failure, rank, axis, there, wanted);
    }
  if (first < 0)
    return true;
  ScopeText text = { 0 };
  scope_shape_print (index, SCOPE_SHAPE_LIST, &text);
  scope_text_append (&text, " to be smaller than self ");
  scope_shape_print (source, SCOPE_SHAPE_LIST, &text);
  scope_failure_explain (pick->failure,
                         "Along axis %d the index has %lld elements, more than the tensor's %lld; "
                         "only along axis %d may it be longer.",
                         first, (long long)size_or_one (index, first),
                         (long long)size_or_one (source, first), pick->plan->axis);
  scope_failure_say (pick->failure, "RuntimeError",
                     "Size does not match at dimension %d expected index %s apart from dimension "
                     "%d",
                     first, scope_text_string (&text), pick->plan->axis);
  scope_text_clear (&text);
  return false;
}

static bool
torch_gather (Pick *pick)
{
  int64_t dim;
  if (!torch_axis (pick, &dim, &pick->plan->axis))
    return false;
  pick->out = pick->index.shape;
  pick->plan->along = true;
  if (scope_shape_is_empty (&pick->index.shape))
    return true;
  if (pick->index.dtype != SCOPE_INT64)
    {
      fail (pick, SCOPE_RULE_TYPE);
      scope_failure_explain (pick->failure, "PyTorch wants int64 for an index, not %s.",
                             scope_dtype_name (pick->index.dtype));
      return scope_failure_say (pick->failure, "RuntimeError",
                                "gather(): Expected dtype int64 for index");
    }
  return gather_shapes (pick)
         && refuse_nothing (pick, size_or_one (&pick->input.shape, pick->plan->axis));
}

/* ---- take_along_dim -----------------------------------------------------------------------------
 */

/* The result's shape: the index's along the axis, elsewhere both stretch. The last axis that does
 * not fit, −1 when all do. */
static int
along_shape (const Pick *pick, ScopeShape *out)
{
  int failing = -1;
  out->rank = pick->input.shape.rank;
  for (int axis = 0; axis < out->rank; axis++)
    {
      int64_t a = pick->input.shape.size[axis], b = pick->index.shape.size[axis];
      if (axis == pick->plan->axis)
        out->size[axis] = b;
      else if (!scope_broadcast_sizes (a, b, &out->size[axis]))
        failing = axis;
    }
  return failing;
}

static void
explain_along (const Pick *pick, int failing)
{
  fail (pick, SCOPE_RULE_BROADCAST);
  for (int axis = 0; axis < pick->input.shape.rank; axis++)
    {
      int64_t a = pick->input.shape.size[axis], b = pick->index.shape.size[axis], both;
      if (axis != pick->plan->axis && !scope_broadcast_sizes (a, b, &both))
        scope_failure_add_axis (pick->failure, pick->input.shape.rank, axis, a, b);
    }
  scope_failure_explain (pick->failure,
                         "Along axis %d the tensor has %lld elements and the index %lld; they must "
                         "be equal, or one of them 1.",
                         failing, (long long)pick->input.shape.size[failing],
                         (long long)pick->index.shape.size[failing]);
}

/* The whole, in C order, by an index of as many results. */
static bool
take_flat (Pick *pick, bool vector)
{
  pick->plan->flat = true;
  pick->plan->axis = 0;
  pick->out = pick->index.shape;
  if (vector)
    pick->out =
        (ScopeShape){ 1, { scope_sizes_product (pick->index.shape.size, pick->index.shape.rank) } };
  return refuse_nothing (pick,
                         scope_sizes_product (pick->input.shape.size, pick->input.shape.rank));
}

static bool
torch_along (Pick *pick)
{
  int64_t dim;
  if (is_none (&pick->call->value[P_DIM]))
    {
      if (pick->index.dtype != SCOPE_INT64 && !scope_shape_is_empty (&pick->index.shape))
        {
          fail (pick, SCOPE_RULE_TYPE);
          return scope_failure_both (pick->failure, "RuntimeError",
                                     "gather(): Expected dtype int64 for index");
        }
      return take_flat (pick, true);
    }
  if (pick->input.shape.rank != pick->index.shape.rank)
    {
      fail (pick, SCOPE_RULE_RANK);
      return scope_failure_both (pick->failure, "RuntimeError",
                                 "torch.take_along_dim(): input and indices should have the same "
                                 "number of dimensions, but got %d dimensions for input, and %d "
                                 "dimensions for indices",
                                 pick->input.shape.rank, pick->index.shape.rank);
    }
  if (pick->index.dtype != SCOPE_INT64)
    {
      fail (pick, SCOPE_RULE_TYPE);
      return scope_failure_both (
          pick->failure, "RuntimeError",
          "torch.take_along_dim(): dtype of indices should be Long but got %s",
          type_word (pick->index.dtype));
    }
  if (!torch_axis (pick, &dim, &pick->plan->axis))
    return false;
  if (pick->input.shape.rank == 0)
    {
      fail (pick, SCOPE_RULE_AXIS);
      return scope_failure_both (pick->failure, "IndexError",
                                 "Dimension specified as %d but tensor has no dimensions",
                                 pick->plan->axis);
    }
  int failing = along_shape (pick, &pick->out);
  if (failing < 0)
    return scope_shape_is_empty (&pick->out)
           || refuse_nothing (pick, pick->input.shape.size[pick->plan->axis]);
  explain_along (pick, failing);
  return scope_failure_say (pick->failure, "RuntimeError",
                            "The size of tensor a (%lld) must match the size of tensor b (%lld) at "
                            "non-singleton dimension %d",
                            (long long)pick->input.shape.size[failing],
                            (long long)pick->index.shape.size[failing], failing);
}

/* NumPy makes one index of each axis, and shows them. */
static bool
say_numpy_along (const Pick *pick)
{
  ScopeText text = { 0 };
  for (int axis = 0; axis < pick->input.shape.rank; axis++)
    {
      ScopeShape shape = { .rank = pick->input.shape.rank };
      for (int k = 0; k < shape.rank; k++)
        shape.size[k] = k == axis ? pick->input.shape.size[k] : 1;
      scope_shape_print (axis == pick->plan->axis ? &pick->index.shape : &shape,
                         SCOPE_SHAPE_TIGHT_TUPLE, &text);
      scope_text_append (&text, " ");
    }
  scope_failure_say (
      pick->failure, "IndexError",
      "shape mismatch: indexing arrays could not be broadcast together with shapes %s",
      scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

static bool
numpy_along (Pick *pick)
{
  const ScopeValue *dim = &pick->call->value[P_DIM];
  bool flat = is_none (dim), numpy = pick->call->dialect == SCOPE_NUMPY;
  const ScopeAxisStyle style = { 0 };
  int64_t axis = 0;
  if (numpy && dim->kind == SCOPE_VALUE_FLOAT)
    return scope_call_refuse (pick->call, P_DIM, pick->failure,
                              "integer argument expected, got float");
  if (!scope_call_int (pick->call, P_DIM, &axis, pick->failure)
      || (!flat
          && !scope_axis_find (pick->call, P_DIM, &style, axis, pick->input.shape.rank,
                               &pick->plan->axis, pick->failure)))
    return false;
  if (!scope_dtype_is_integer (pick->index.dtype))
    {
      fail (pick, SCOPE_RULE_TYPE);
      return scope_failure_both (pick->failure, numpy ? "IndexError" : "TypeError",
                                 numpy ? "`indices` must be an integer array"
                                       : "take_along_axis indices must be of integer type");
    }
  if ((flat ? 1 : pick->input.shape.rank) != pick->index.shape.rank)
    {
      fail (pick, SCOPE_RULE_RANK);
      return scope_failure_both (pick->failure, "ValueError",
                                 "`indices` and `arr` must have the same number of dimensions");
    }
  if (flat)
    return take_flat (pick, true);
  int failing = along_shape (pick, &pick->out);
  if (failing < 0)
    return scope_shape_is_empty (&pick->out)
           || refuse_nothing (pick, pick->input.shape.size[pick->plan->axis]);
  explain_along (pick, failing);
  return numpy && say_numpy_along (pick);
}

/* ---- index_select -----------------------------------------------------------------------------
 */

static bool
torch_select (Pick *pick)
{
  int64_t dim;
  const ScopeShape *source = &pick->input.shape;
  if (!torch_axis (pick, &dim, &pick->plan->axis))
    return false;
  if (pick->index.shape.rank > 1)
    {
      fail (pick, SCOPE_RULE_RANK);
      return scope_failure_both (pick->failure, "IndexError",
                                 "index_select(): Index is supposed to be a vector");
    }
  if (pick->index.dtype != SCOPE_INT64 && pick->index.dtype != SCOPE_INT32)
    {
      fail (pick, SCOPE_RULE_TYPE);
      return scope_failure_both (pick->failure, "RuntimeError",
                                 "index_select(): Expected dtype int32 or int64 for index");
    }
  bool none = scope_shape_is_empty (&pick->index.shape);
  if (source->rank > 0 && source->size[pick->plan->axis] == 0 && !none)
    {
      fail (pick, SCOPE_RULE_INDEX);
      return source->rank > 1
                 ? scope_failure_both (pick->failure, "RuntimeError",
                                       "index_select(): self indexing axis dim should be positive")
                 : scope_failure_both (pick->failure, "IndexError", "index out of range in self");
    }
  pick->out = *source;
  pick->plan->words = SCOPE_INDEX_WORDS_SELF;
  if (source->rank > 0)
    pick->out.size[pick->plan->axis] = pick->index.shape.rank > 0 ? pick->index.shape.size[0] : 1;
  /* A scalar index, and the index into a scalar, are vectors of one. */
  pick->plan->index =
      (ScopeShape){ source->rank > 0, { source->rank > 0 ? pick->out.size[pick->plan->axis] : 1 } };
  return true;
}

/* ---- take -------------------------------------------------------------------------------------
 */

static bool
torch_take (Pick *pick)
{
  if (pick->index.dtype != SCOPE_INT64)
    {
      fail (pick, SCOPE_RULE_TYPE);
      return scope_failure_both (pick->failure, "RuntimeError",
                                 "take(): Expected a long tensor for index, but got %s",
                                 type_word (pick->index.dtype));
    }
  if (scope_shape_is_empty (&pick->input.shape) && !scope_shape_is_empty (&pick->index.shape))
    {
      fail (pick, SCOPE_RULE_INDEX);
      return scope_failure_both (pick->failure, "IndexError",
                                 "take(): tried to take from an empty tensor");
    }
  pick->plan->negative = true;
  pick->plan->words = SCOPE_INDEX_WORDS_TAKE;
  return take_flat (pick, false);
}

static bool
read_mode (Pick *pick)
{
  const ScopeValue *mode = &pick->call->value[P_MODE];
  pick->plan->mode = pick->call->dialect == SCOPE_JAX ? SCOPE_INDEX_FILL : SCOPE_INDEX_RAISE;
  if (mode->kind != SCOPE_VALUE_STRING)
    return true;
  switch (mode->text[0])
    {
    case 'w':
    case 'W':
      pick->plan->mode = SCOPE_INDEX_WRAP;
      return true;
    case 'c':
    case 'C':
      pick->plan->mode = SCOPE_INDEX_CLIP;
      return true;
    case 'r':
    case 'R':
    case 'f':
      return true;
    default:
      fail (pick, SCOPE_RULE_ARGUMENT);
      pick->failure->span = mode->span;
      return scope_failure_both (pick->failure, "ValueError",
                                 "clipmode must be one of 'clip', 'raise', or 'wrap' (got '%s')",
                                 mode->text);
    }
}

/* One axis, as NumPy's C functions take it; a scalar is a vector of one to them. */
static bool
numpy_take_axis (Pick *pick, bool *flat)
{
  const ScopeValue *dim = &pick->call->value[P_DIM];
  bool numpy = pick->call->dialect == SCOPE_NUMPY;
  *flat = is_none (dim) && pick->call->dialect != SCOPE_TENSORFLOW;
  if (numpy && dim->kind == SCOPE_VALUE_BOOL)
    return scope_call_refuse (pick->call, P_DIM, pick->failure,
                              "an integer is required for the axis");
  if (numpy && !*flat && dim->kind != SCOPE_VALUE_INT)
    return scope_refuse_integer (pick->call, P_DIM, dim, pick->failure);
  int64_t axis = 0;
  const ScopeAxisStyle style = { 0 };
  int rank = pick->input.shape.rank == 0 && numpy ? 1 : pick->input.shape.rank;
  if (!scope_call_int (pick->call, P_DIM, &axis, pick->failure)
      || (!*flat
          && !scope_axis_find (pick->call, P_DIM, &style, axis, rank, &pick->plan->axis,
                               pick->failure)))
    return false;
  *flat = *flat || pick->input.shape.rank == 0;
  return true;
}

/* Written indices are checked at once. */
static bool
check_given (const Pick *pick, int64_t size)
{
  int64_t count = scope_sizes_product (pick->index.shape.size, pick->index.shape.rank);
  if (pick->plan->given == NULL || pick->plan->mode != SCOPE_INDEX_RAISE
      || !scope_size_is_known (size))
    return true;
  for (int64_t i = 0; i < count; i++)
    {
      int64_t index = pick->plan->given[i];
      if (index >= -size && index < size)
        continue;
      fail (pick, SCOPE_RULE_INDEX);
      pick->failure->span = pick->call->value[P_INDEX].span;
      return scope_failure_both (
          pick->failure, "IndexError", "index %lld is out of bounds for axis %d with size %lld",
          (long long)index, pick->plan->flat ? 0 : pick->plan->axis, (long long)size);
    }
  return true;
}

static bool
numpy_take (Pick *pick)
{
  bool flat, numpy = pick->call->dialect == SCOPE_NUMPY;
  if (!numpy_take_axis (pick, &flat))
    return false;
  if (numpy && pick->plan->given == NULL
      && !scope_numpy_casts_safely (pick->index.dtype, SCOPE_INT64))
    {
      fail (pick, SCOPE_RULE_TYPE);
      return scope_failure_both (pick->failure, "TypeError",
                                 "Cannot cast %s from dtype('%s') to dtype('int64') according to "
                                 "the rule 'safe'",
                                 pick->index.shape.rank == 0 ? "scalar" : "array data",
                                 scope_dtype_name (pick->index.dtype));
    }
  if (!read_mode (pick))
    return false;
  pick->plan->negative = pick->call->dialect != SCOPE_TENSORFLOW;
  const ScopeShape *source = &pick->input.shape, *index = &pick->index.shape;
  int64_t size =
      flat ? scope_sizes_product (source->size, source->rank) : source->size[pick->plan->axis];
  if (size == 0 && numpy && !scope_shape_is_empty (index))
    {
      fail (pick, SCOPE_RULE_INDEX);
      return scope_failure_both (pick->failure, "IndexError",
                                 "cannot do a non-empty take from an empty axes.");
    }
  if (flat)
    {
      pick->plan->flat = true;
      pick->plan->axis = 0;
      pick->out = *index;
      return check_given (pick, size);
    }
  if (source->rank - 1 + index->rank > SCOPE_MAX_RANK)
    {
      fail (pick, SCOPE_RULE_LIMIT);
      scope_failure_explain (pick->failure, "The result would have more than %d axes.",
                             SCOPE_MAX_RANK);
      return false;
    }
  ScopeShape *out = &pick->out;
  out->rank = 0;
  for (int axis = 0; axis < source->rank; axis++)
    if (axis != pick->plan->axis)
      out->size[out->rank++] = source->size[axis];
    else
      for (int k = 0; k < index->rank; k++)
        out->size[out->rank++] = index->size[k];
  return check_given (pick, size);
}

/* ---- the index --------------------------------------------------------------------------------
 */

static bool
is_whole (const ScopeValue *value)
{
  return scope_value_is_int (value) || value->kind == SCOPE_VALUE_FLOAT;
}

static int64_t
whole (const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_FLOAT ? (int64_t)value->number : value->integer;
}

/* An index written in the text: a number, a list of numbers, or a list of such lists. */
static bool
read_given (Pick *pick, const ScopeValue *value)
{
  bool list = scope_value_is_sequence (value);
  bool nested = list && value->items > 0 && scope_value_is_sequence (&value->item[0]);
  int rows = list ? value->items : 1, columns = nested ? value->item[0].items : 1;
  int64_t *given =
      scope_arena_alloc (pick->call->arena, ((size_t)rows * (size_t)columns + 1) * sizeof *given);
  if (given == NULL)
    return scope_call_out_of_memory (pick->call);
  for (int i = 0; i < rows; i++)
    {
      const ScopeValue *row = list ? &value->item[i] : value;
      if (nested && (!scope_value_is_sequence (row) || row->items != columns))
        return scope_call_refuse (pick->call, P_INDEX, pick->failure,
                                  "the rows of the index differ in length");
      for (int k = 0; k < columns; k++)
        {
          const ScopeValue *item = nested ? &row->item[k] : row;
          if (!is_whole (item))
            return scope_call_refuse (pick->call, P_INDEX, pick->failure,
                                      "an index must be made of integers");
          given[i * columns + k] = whole (item);
        }
    }
  pick->plan->given = given;
  pick->index.shape = (ScopeShape){ list + nested, { rows, columns } };
  pick->index.dtype = SCOPE_INT64;
  return true;
}

static bool
read_index (Pick *pick)
{
  const ScopeValue *value = &pick->call->value[P_INDEX];
  bool written = pick->call->dialect != SCOPE_PYTORCH && value->kind != SCOPE_VALUE_TENSOR;
  if (written && (scope_value_is_sequence (value) || is_whole (value)))
    return read_given (pick, value);
  return scope_operand (pick->call, P_INDEX, &pick->index, pick->failure);
}

/* ---- the operations ---------------------------------------------------------------------------
 */

enum
{
  GATHER,
  ALONG,
  SELECT,
  TAKE,
};

static bool
check (Pick *pick)
{
  bool torch = pick->call->dialect == SCOPE_PYTORCH;
  switch (pick->call->spelling->variant)
    {
    case GATHER:
      return torch_gather (pick);
    case ALONG:
      pick->plan->along = true;
      pick->plan->negative = !torch;
      return torch ? torch_along (pick) : numpy_along (pick);
    case SELECT:
      return torch_select (pick);
    default:
      return torch ? torch_take (pick) : numpy_take (pick);
    }
}

static bool
gather_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  Pick pick = { .call = call, .failure = failure };
  pick.plan = scope_arena_alloc (call->arena, sizeof *pick.plan);
  if (pick.plan == NULL)
    return scope_call_out_of_memory (call);
  if (!scope_operand (call, P_INPUT, &pick.input, failure) || !read_index (&pick))
    return false;
  ScopePicked *plan = pick.plan;
  plan->source = pick.input.shape;
  plan->index = pick.index.shape;
  plan->words = call->dialect == SCOPE_NUMPY ? SCOPE_INDEX_WORDS_NUMPY : SCOPE_INDEX_WORDS_TORCH;
  if (!check (&pick))
    return false;
  if (plan->flat)
    {
      /* The result's axes are the index's, or one of all of them. */
      plan->along = false;
      if (pick.out.rank != plan->index.rank)
        plan->index = pick.out;
    }
  scope_result_set (result, &pick.out, pick.input.dtype);
  scope_result_add_input (call, result, &call->value[P_INPUT]);
  if (plan->given == NULL)
    scope_result_add_input (call, result, &call->value[P_INDEX]);
  result->plan = plan;
  return true;
}

static const ScopeParameter parameters[] = {
  [P_INPUT] = { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor that is picked from" },
  [P_DIM] = { "dim", SCOPE_TAKES_AXIS, "None", NULL, "the axis along which the index counts" },
  [P_INDEX] = { "index", SCOPE_TAKES_TENSOR, NULL, NULL, "which elements, in the result's order" },
  [P_MODE] = { "mode", SCOPE_TAKES_ANY, "None", NULL, "what an index outside means" },
  { NULL },
};

static const ScopeSpelling gather_spellings[] = {
  { "torch.gather", SCOPE_PYTORCH, "input dim=dim=axis index | -sparse_grad -out", GATHER,
    .signature = "(Tensor input, int dim, Tensor index, *, bool sparse_grad=False, Tensor "
                 "out=None)\n"
                 "(Tensor input, name dim, Tensor index, *, bool sparse_grad=False, Tensor "
                 "out=None)" },
  { ".gather", SCOPE_PYTORCH, "input dim=dim=axis index | -sparse_grad", GATHER,
    .signature = "(int dim, Tensor index, *, bool sparse_grad=False)\n"
                 "(name dim, Tensor index, *, bool sparse_grad=False)" },
  { NULL },
};
static const ScopeSpelling along_spellings[] = {
  { "torch.take_along_dim", SCOPE_PYTORCH, "input index=indices dim=dim=axis | -out", ALONG,
    .signature = "(Tensor input, Tensor indices, int? dim=None, *, Tensor out=None)" },
  { ".take_along_dim", SCOPE_PYTORCH, "input index=indices dim=dim=axis", ALONG,
    .signature = "(Tensor indices, int? dim=None)" },
  { "np.take_along_axis", SCOPE_NUMPY, "input=arr index=indices dim=axis", ALONG,
    .signature = "def take_along_axis(arr, indices, axis)" },
  { "jnp.take_along_axis", SCOPE_JAX, "input=arr index=indices dim=axis -mode -fill_value", ALONG },
  { NULL },
};
static const ScopeSpelling select_spellings[] = {
  { "torch.index_select", SCOPE_PYTORCH, "input dim=dim=axis index | -out", SELECT,
    .signature = "(Tensor input, int dim, Tensor index, *, Tensor out=None)\n"
                 "(Tensor input, name dim, Tensor index, *, Tensor out=None)" },
  { ".index_select", SCOPE_PYTORCH, "input dim=dim=axis index", SELECT,
    .signature = "(int dim, Tensor index)\n(name dim, Tensor index)" },
  { NULL },
};
static const ScopeSpelling take_spellings[] = {
  { "torch.take", SCOPE_PYTORCH, "input index | -out", TAKE,
    .signature = "(Tensor input, Tensor index, *, Tensor out=None)" },
  { ".take", SCOPE_PYTORCH, "input index", TAKE, .signature = "(Tensor index)" },
  { "np.take", SCOPE_NUMPY, "input=a index=indices dim=axis -out mode", TAKE,
    .signature = "def take(a, indices, axis=None, out=None, mode='raise')" },
  { ".take", SCOPE_NUMPY, "input index=indices dim=axis -out mode", TAKE },
  { "tf.gather", SCOPE_TENSORFLOW,
    "input=params index=indices -validate_indices dim=axis -batch_dims -name", TAKE },
  { "jnp.take", SCOPE_JAX, "input=a index=indices dim=axis -out mode", TAKE },
  { ".take", SCOPE_JAX, "input index=indices dim=axis -out mode", TAKE },
  { NULL },
};

#define ROW(name, words, spellings)                                                                \
  {                                                                                                \
    name, "selection", words, spellings, parameters, SCOPE_ALIGN_NONE, gather_infer,               \
        scope_picked_read, scope_picked_trace                                                      \
  }

const ScopeOp scope_ops_gather[] = {
  ROW ("gather",
       "elements whose place along an axis an index says, one for each of its own",
       gather_spellings),
  ROW ("take_along_dim", "the same, with sizes of 1 stretching", along_spellings),
  ROW ("index_select", "slices of an axis, in the order of an index", select_spellings),
  ROW ("take", "elements or slices by index", take_spellings),
  { .name = NULL },
};
