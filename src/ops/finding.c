/* Results whose sizes follow from values: masked_select, nonzero, argwhere, flatnonzero, unique;
 * and one_hot. Their sizes are unknown while shapes are checked. */
#include "ops/argument.h"
#include "ops/broadcast.h"
#include "ops/compose.h"
#include "ops/operand.h"
#include "ops/program.h"

#include <string.h>

enum
{
  INPUT,
  SECOND,
};

static bool
is_torch (const ScopeCall *call)
{
  return call->dialect == SCOPE_PYTORCH;
}

/* A list of unknown length. */
static const ScopeShape some = { .rank = 1, .size = { SCOPE_SIZE_UNKNOWN } };

static bool
masked_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeShape *shapes[] = { scope_call_shape (call, &call->value[INPUT]),
                                 scope_call_shape (call, &call->value[SECOND]) };
  const ScopeShape *swapped[] = { shapes[1], shapes[0] };
  const int operand[2] = { 1, 0 };
  ScopeDtype mask = scope_call_dtype (call, &call->value[SECOND]);
  ScopeShape both;
  if (mask != SCOPE_BOOL && mask != SCOPE_UINT8)
    return scope_refuse (call, SECOND, failure, SCOPE_RULE_TYPE, "RuntimeError",
                         "masked_select: expected BoolTensor or ByteTensor for mask");
  return scope_broadcast (call, swapped, operand, 2, NULL, &both, failure)
         && scope_compose_unknown (call, result, &some,
                                   scope_call_dtype (call, &call->value[INPUT]));
}

/* The places of what is not 0: a row for each, or (NumPy, as_tuple) a list for each axis. */
static bool
nonzero_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *split = &call->value[SECOND];
  bool rows = strcmp (call->op->name, "argwhere") == 0
              || (is_torch (call) && !(scope_value_is_int (split) && split->integer != 0));
  if (call->value[INPUT].kind != SCOPE_VALUE_TENSOR)
    return scope_call_refuse (call, INPUT, failure, "This must be a tensor, not %s.",
                              scope_value_type_name (call, &call->value[INPUT]));
  int rank = scope_call_shape (call, &call->value[INPUT])->rank;
  ScopeShape table = { 2, { SCOPE_SIZE_UNKNOWN, rank } };
  if (rows)
    return scope_compose_unknown (call, result, &table, SCOPE_INT64);
  int lists = rank > 0 ? rank : 1;
  if (!scope_result_set_many (call, result, lists, failure))
    return false;
  for (int i = 0; i < lists && result->many != NULL; i++)
    result->many[i] = (ScopeOutput){ some, SCOPE_INT64 };
  scope_result_add_input (call, result, &call->value[INPUT]);
  return true;
}

static bool
flatnonzero_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  return scope_compose_unknown (call, result, &some, SCOPE_INT64);
}

/* Only the plain form: the different elements, sorted. */
static bool
unique_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  for (int p = SECOND; p < SECOND + 4; p++)
    {
      const ScopeValue *value = &call->value[p];
      bool set =
          (scope_value_is_int (value) && value->integer != 0) || value->kind == SCOPE_VALUE_FLOAT;
      if (!set && !(p == SECOND + 3 && scope_value_is_int (value)))
        continue;
      scope_failure_begin (failure, SCOPE_RULE_UNKNOWN);
      failure->span = value->span;
      scope_failure_explain (failure, "Shapescope knows unique only without this yet.");
      return false;
    }
  return scope_compose_unknown (call, result, &some, scope_call_dtype (call, &call->value[INPUT]));
}

/* ---- one_hot -------------------------------------------------------------------------------- */

static bool
one_hot_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *input = &call->value[INPUT];
  ScopeShape shape = *scope_call_shape (call, input);
  int64_t classes = -1;
  if (scope_call_dtype (call, input) != SCOPE_INT64)
    return scope_refuse (call, INPUT, failure, SCOPE_RULE_TYPE, "RuntimeError",
                         "one_hot is only applicable to index tensor.");
  if (!scope_call_int (call, SECOND, &classes, failure))
    return false;
  bool known = scope_size_is_known (classes) || classes > INT64_MIN / 2;
  if (known && scope_shape_is_empty (&shape) && classes <= 0)
    return scope_refuse (call, SECOND, failure, SCOPE_RULE_SIZE, "RuntimeError",
                         "Can not infer total number of classes from empty tensor.");
  if (known && classes < 1 && classes != -1)
    return scope_refuse (call, SECOND, failure, SCOPE_RULE_SIZE, "RuntimeError",
                         "Class values must be smaller than num_classes.");
  if (shape.rank == SCOPE_MAX_RANK)
    return scope_refuse (call, -1, failure, SCOPE_RULE_LIMIT, "RuntimeError",
                         "tensor has too many (>64) dims");
  if (!known || classes == -1)
    {
      shape.size[shape.rank++] = SCOPE_SIZE_UNKNOWN;
      return scope_compose_unknown (call, result, &shape, SCOPE_INT64);
    }
  ScopeValue value, numbers;
  return SCOPE_COMPOSE (call, failure, &value, "torch.unsqueeze", *input,
                        scope_compose_int (call, -1))
         && SCOPE_COMPOSE (call, failure, &numbers, "torch.arange",
                           scope_compose_int (call, classes))
         && SCOPE_COMPOSE (call, failure, &value, "torch.eq", value, numbers)
         && SCOPE_COMPOSE (call, failure, &value, ".long", value)
         && scope_compose_finish (call, result, &value);
}

/* ---- the table ------------------------------------------------------------------------------ */

#define ANY                                                                                        \
  {                                                                                                \
    "input", SCOPE_TAKES_TENSOR, NULL, NULL, "any tensor"                                          \
  }

static const ScopeParameter masked_parameters[] = { ANY,
                                                    { "mask", SCOPE_TAKES_TENSOR, NULL, NULL,
                                                      "which elements are taken" },
                                                    { NULL } };
static const ScopeParameter nonzero_parameters[] = { ANY,
                                                     { "as_tuple", SCOPE_TAKES_BOOL, "False", NULL,
                                                       "a list for each axis" },
                                                     { NULL } };
static const ScopeParameter plain_parameters[] = { ANY, { NULL } };
static const ScopeParameter unique_parameters[] = {
  ANY,
  { "return_index", SCOPE_TAKES_BOOL, "False", NULL, "gives their first places too" },
  { "return_inverse", SCOPE_TAKES_BOOL, "False", NULL, "gives the way back too" },
  { "return_counts", SCOPE_TAKES_BOOL, "False", NULL, "gives their numbers too" },
  { "dim", SCOPE_TAKES_AXIS, "None", NULL, "compares items of an axis" },
  { NULL },
};
static const ScopeParameter one_hot_parameters[] = { ANY,
                                                     { "num_classes", SCOPE_TAKES_INT, "-1", NULL,
                                                       "the size of the new axis" },
                                                     { NULL } };

static const ScopeSpelling masked_spellings[] = {
  { "torch.masked_select", SCOPE_PYTORCH, "input mask | -out",
    .signature = "(Tensor input, Tensor mask, *, Tensor out=None)" },
  { ".masked_select", SCOPE_PYTORCH, .signature = "(Tensor mask)" },
  { NULL },
};
static const ScopeSpelling nonzero_spellings[] = {
  { "torch.nonzero", SCOPE_PYTORCH, "input | as_tuple -out" },
  { ".nonzero", SCOPE_PYTORCH, "input | as_tuple" },
  { "np.nonzero", SCOPE_NUMPY, "input=a", .signature = "def nonzero(a)" },
  { ".nonzero", SCOPE_NUMPY, "input" },
  { "jnp.nonzero", SCOPE_JAX, "input=a" },
  { NULL },
};
static const ScopeSpelling argwhere_spellings[] = {
  { "torch.argwhere", SCOPE_PYTORCH, "input", .signature = "(Tensor input)" },
  { ".argwhere", SCOPE_PYTORCH, "input", .signature = "()" },
  { "np.argwhere", SCOPE_NUMPY, "input=a", .signature = "def argwhere(a)" },
  { NULL },
};
static const ScopeSpelling flatnonzero_spellings[] = {
  { "np.flatnonzero", SCOPE_NUMPY, "input=a", .signature = "def flatnonzero(a)" },
  { NULL },
};
static const ScopeSpelling unique_spellings[] = {
  { "torch.unique", SCOPE_PYTORCH, "input -sorted return_inverse return_counts dim" },
  { ".unique", SCOPE_PYTORCH, "input -sorted return_inverse return_counts dim" },
  { "np.unique", SCOPE_NUMPY, "input=ar return_index return_inverse return_counts dim=axis" },
  { NULL },
};
static const ScopeSpelling one_hot_spellings[] = {
  { "F.one_hot", SCOPE_PYTORCH, .signature = "(Tensor input, int num_classes=-1)" },
  { NULL },
};

#define ROW(title, words, id, decide, table)                                                       \
  {                                                                                                \
    .name = title, .group = "finding", .about = words, .spelling = id##_spellings,                 \
    .parameter = table, .infer = decide##_infer, .read = scope_compose_read,                       \
    .trace = scope_compose_trace                                                                   \
  }
const ScopeOp scope_ops_finding[] = {
  ROW ("masked_select", "the elements where a mask is true", masked, masked, masked_parameters),
  ROW ("nonzero", "the places of what is not 0", nonzero, nonzero, nonzero_parameters),
  ROW ("argwhere",
       "the places of what is not 0, a row for each",
       argwhere,
       nonzero,
       plain_parameters),
  ROW ("flatnonzero", "the same, counted in C order", flatnonzero, flatnonzero, plain_parameters),
  ROW ("unique", "the different elements", unique, unique, unique_parameters),
  ROW ("one_hot", "a new axis with a 1 where the class is", one_hot, one_hot, one_hot_parameters),
  { NULL },
};
