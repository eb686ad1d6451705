/* Repeating: expand, broadcast_to, repeat, tile, repeat_interleave. */
#include "ops/repeating.h"

#include "core/arena.h"
#include "core/checked.h"
#include "ops/argument.h"
#include "ops/operand.h"
#include "ops/place.h"
#include "ops/program.h"
#include "ops/python-words.h"
#include "ops/torch-expand.h"
#include "ops/stride.h"

#include <string.h>

/* ---- sizes as arguments --------------------------------------------------------------------- */

bool
scope_repeat_sizes (const ScopeCall *call,
                    int parameter,
                    int64_t *size,
                    int *sizes,
                    ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[parameter];
  /* A list among written-out arguments is the list: PyTorch does not look at the others. */
  if (scope_value_is_sequence (value) && value->items > 0
      && scope_value_is_sequence (&value->item[0]) && call->dialect == SCOPE_PYTORCH)
    value = &value->item[0];
  const ScopeValue *item = scope_value_is_sequence (value) ? value->item : value;
  int items = scope_value_is_sequence (value) ? value->items : 1;
  if (items > SCOPE_MAX_RANK)
    {
      scope_failure_begin (failure, SCOPE_RULE_LIMIT);
      failure->span = value->span;
      scope_failure_explain (failure, "Shapescope follows at most %d axes.", SCOPE_MAX_RANK);
      return false;
    }
  for (int i = 0; i < items; i++)
    {
      bool tensor = item[i].kind == SCOPE_VALUE_TENSOR;
      if (item[i].kind == SCOPE_VALUE_FLOAT && item[i].number == 1)
        {
          size[i] = 1; /* np.tile (A, 1.0) changes nothing, and so does not look closer */
          continue;
        }
      if (!tensor && !scope_value_is_int (&item[i]) && item[i].kind != SCOPE_VALUE_SIZE)
        return scope_call_refuse (call, parameter, failure, "sizes are integers, not %s",
                                  scope_value_type_name (call, &item[i]));
      size[i] = tensor ? SCOPE_SIZE_UNKNOWN : item[i].integer;
    }
  *sizes = items;
  return true;
}

/* ---- expand --------------------------------------------------------------------------------- */

/* The input's axes are the last of the result's; an axis of size 1 stays where it is. */
static bool
stretch (const ScopeCall *call,
         const ScopeOutput *input,
         const ScopeShape *shape,
         ScopeResult *result)
{
  ScopePlacing *plan = scope_placing_new (call, &input->shape, shape->rank - input->shape.rank);
  if (plan == NULL)
    return false;
  for (int i = 0; i < input->shape.rank; i++)
    if (input->shape.size[i] == 1)
      plan->rule[i].step = 0;
  scope_result_add_input (call, result, &call->value[SCOPE_REPEAT_INPUT]);
  scope_result_set (result, shape, input->dtype);
  result->output.stride = scope_stride_expanded (call, &call->value[SCOPE_REPEAT_INPUT], shape);
  result->plan = plan;
  return true;
}

static bool
refuse_too_many_axes (ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_LIMIT);
  scope_failure_explain (failure, "The result would have more than %d axes.", SCOPE_MAX_RANK);
  return false;
}

static bool
infer_expand (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  ScopeShape shape;
  int64_t size[SCOPE_MAX_RANK];
  int sizes = 0;
  if (!scope_operand_or_number (call, SCOPE_REPEAT_INPUT, &input, failure))
    return false;
  if (call->spelling->variant == SCOPE_REPEAT_AS)
    {
      ScopeOutput other;
      if (!scope_operand (call, SCOPE_REPEAT_SIZES, &other, failure))
        return false;
      sizes = other.shape.rank;
      memcpy (size, other.shape.size, sizeof size);
    }
  else if (call->dialect != SCOPE_PYTORCH)
    {
      if (!scope_broadcast_to (call, &input, &shape, failure))
        return false;
      return stretch (call, &input, &shape, result);
    }
  else if (!scope_repeat_sizes (call, SCOPE_REPEAT_SIZES, size, &sizes, failure))
    return false;
  return scope_torch_expand_sizes (&input, size, sizes, &shape, failure)
         && stretch (call, &input, &shape, result);
}

/* ---- repeat and tile ------------------------------------------------------------------------ */

/* size · repeats; unknown when either is, or when it leaves int64. */
static int64_t
times (int64_t size, int64_t repeats)
{
  int64_t product;
  if (repeats == 1)
    return size;
  if (size == 0 || repeats == 0)
    return 0;
  bool known = scope_size_is_known (size)
               && (scope_size_is_known (repeats) || scope_size_is_negative (repeats));
  return known && scope_checked_mul (size, repeats, &product) ? product : SCOPE_SIZE_UNKNOWN;
}

static bool
refuse_negative (const ScopeShape *shape, ScopeFailure *failure)
{
  int axis = 0;
  while (axis < shape->rank && !scope_size_is_negative (shape->size[axis]))
    axis++;
  if (axis == shape->rank)
    return true;
  ScopeText sizes = { 0 };
  scope_torch_sizes_print (shape->size, shape->rank, &sizes);
  scope_failure_begin (failure, SCOPE_RULE_SIZE);
  scope_failure_explain (failure, "A tensor cannot be repeated a negative number of times.");
  scope_failure_say (failure, "RuntimeError",
                     "Trying to create tensor with negative dimension %lld: %s",
                     (long long)shape->size[axis], scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return false;
}

/* A result of `repeats` copies along the result's axes; missing axes of the input are 1. */
static bool
repeat_whole (const ScopeCall *call,
              const ScopeOutput *input,
              const int64_t *repeats,
              const ScopeShape *shape,
              ScopeResult *result)
{
  int missing = shape->rank - input->shape.rank;
  ScopePlacing *plan = scope_placing_new (call, &input->shape, missing);
  if (plan == NULL)
    return false;
  for (int i = 0; i < input->shape.rank; i++)
    if (input->shape.size[i] == 1)
      plan->rule[i].step = 0;
    else if (repeats[i + missing] != 1)
      plan->rule[i].kind = SCOPE_PLACE_MODULO;
  scope_result_add_input (call, result, &call->value[SCOPE_REPEAT_INPUT]);
  scope_result_set (result, shape, input->dtype);
  result->plan = plan;
  return true;
}

/* Puts ones in front of the shorter of the input's sizes and the numbers of repeats. */
static bool
align_repeats (const ScopeOutput *input, int64_t *repeats, int *count, ScopeShape *shape)
{
  int rank = *count > input->shape.rank ? *count : input->shape.rank;
  if (rank > SCOPE_MAX_RANK)
    return false;
  int missing = rank - *count, absent = rank - input->shape.rank;
  memmove (repeats + missing, repeats, (size_t)*count * sizeof *repeats);
  for (int i = 0; i < missing; i++)
    repeats[i] = 1;
  shape->rank = *count = rank;
  for (int i = 0; i < rank; i++)
    shape->size[i] = times (i < absent ? 1 : input->shape.size[i - absent], repeats[i]);
  return true;
}

static bool
infer_repeat (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  ScopeShape shape;
  int64_t repeats[SCOPE_MAX_RANK];
  int count = 0;
  if (!scope_operand_or_number (call, SCOPE_REPEAT_INPUT, &input, failure))
    return false;
  bool torch = call->dialect == SCOPE_PYTORCH;
  if (!torch && !scope_tile_check (call, &input, failure))
    return false;
  if (!scope_repeat_sizes (call, SCOPE_REPEAT_SIZES, repeats, &count, failure))
    return false;
  if (torch && call->spelling->variant == SCOPE_REPEAT_STRICT && count < input.shape.rank)
    {
      scope_failure_begin (failure, SCOPE_RULE_RANK);
      failure->span = call->value[SCOPE_REPEAT_SIZES].span;
      scope_failure_explain (failure,
                             "The tensor has %d axes and %d numbers are given; every axis "
                             "needs one.",
                             input.shape.rank, count);
      return scope_failure_say (failure, "RuntimeError",
                                "Number of dimensions of repeat dims can not be smaller than "
                                "number of dimensions of tensor");
    }
  if (!align_repeats (&input, repeats, &count, &shape))
    return refuse_too_many_axes (failure);
  if (torch
      && (!refuse_negative (&shape, failure) || !scope_torch_fits (&shape, input.dtype, failure)))
    return false;
  return repeat_whole (call, &input, repeats, &shape, result);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeParameter expand_parameters[] = {
  [SCOPE_REPEAT_INPUT] = { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what is stretched" },
  [SCOPE_REPEAT_SIZES] = { "size", SCOPE_TAKES_SHAPE, NULL, NULL,
                           "the result's sizes; -1 keeps that of the tensor" },
  { NULL },
};

static const ScopeParameter expand_as_parameters[] = {
  [SCOPE_REPEAT_INPUT] = { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what is stretched" },
  [SCOPE_REPEAT_SIZES] = { "other", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor of that shape" },
  { NULL },
};

static const ScopeParameter repeat_parameters[] = {
  [SCOPE_REPEAT_INPUT] = { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what is repeated" },
  [SCOPE_REPEAT_SIZES] = { "repeats", SCOPE_TAKES_SHAPE, NULL, NULL, "how often along each axis" },
  { NULL },
};

static const ScopeSpelling expand_spellings[] = {
  { ".expand", SCOPE_PYTORCH, "input *size | -implicit", SCOPE_REPEAT_STRICT,
    .signature = "(tuple of SymInts size, *, bool implicit=False)" },
  { NULL },
};

static const ScopeSpelling expand_as_spellings[] = {
  { ".expand_as", SCOPE_PYTORCH, "input other", SCOPE_REPEAT_AS, .signature = "(Tensor other)" },
  { NULL },
};

static const ScopeSpelling broadcast_to_spellings[] = {
  { "torch.broadcast_to", SCOPE_PYTORCH, "input size", SCOPE_REPEAT_STRICT,
    .signature = "(Tensor input, tuple of ints size)" },
  { ".broadcast_to", SCOPE_PYTORCH, "input *size", SCOPE_REPEAT_STRICT,
    .signature = "(tuple of ints size)" },
  { "np.broadcast_to", SCOPE_NUMPY, "input=array size=shape -subok", SCOPE_REPEAT_STRICT,
    .signature = "def broadcast_to(array, shape, subok=False)" },
  { "tf.broadcast_to", SCOPE_TENSORFLOW, "input size=shape -name", SCOPE_REPEAT_STRICT },
  { "jnp.broadcast_to", SCOPE_JAX, "input=array size=shape", SCOPE_REPEAT_STRICT },
  { NULL },
};

static const ScopeSpelling repeat_spellings[] = {
  { ".repeat", SCOPE_PYTORCH, "input *repeats", SCOPE_REPEAT_STRICT,
    .signature = "(tuple of SymInts repeats)" },
  { NULL },
};

static const ScopeSpelling tile_spellings[] = {
  { "torch.tile", SCOPE_PYTORCH, "input repeats=dims", SCOPE_REPEAT_TILE,
    .signature = "(Tensor input, tuple of ints dims)" },
  { ".tile", SCOPE_PYTORCH, "input *repeats=dims", SCOPE_REPEAT_TILE,
    .signature = "(tuple of ints dims)" },
  { "np.tile", SCOPE_NUMPY, "input=A repeats=reps", SCOPE_REPEAT_TILE,
    .signature = "def tile(A, reps)" },
  { "tf.tile", SCOPE_TENSORFLOW, "input repeats=multiples -name", SCOPE_REPEAT_TILE },
  { "jnp.tile", SCOPE_JAX, "input=A repeats=reps", SCOPE_REPEAT_TILE },
  { NULL },
};

#define REPEATING(title, words, spellings, table, how)                                             \
  {                                                                                                \
    .name = title, .group = "joining", .about = words, .spelling = spellings, .parameter = table,  \
    .infer = how, .read = scope_place_read, .trace = scope_place_trace                             \
  }

const ScopeOp scope_ops_repeating[] = {
  REPEATING ("expand",
             "Stretches axes of size 1, and adds axes in front, without copying.",
             expand_spellings,
             expand_parameters,
             infer_expand),
  REPEATING ("expand_as",
             "Stretches a tensor to the shape of another.",
             expand_as_spellings,
             expand_as_parameters,
             infer_expand),
  REPEATING ("broadcast_to",
             "Stretches a tensor to a shape.",
             broadcast_to_spellings,
             expand_parameters,
             infer_expand),
  REPEATING ("repeat",
             "Lays copies of a tensor side by side, so many along each axis.",
             repeat_spellings,
             repeat_parameters,
             infer_repeat),
  REPEATING ("tile",
             "Lays copies of a tensor side by side; missing numbers are 1.",
             tile_spellings,
             repeat_parameters,
             infer_repeat),
  { NULL },
};
