/* glu, prelu, dropout: activations that are more than a function of each element. */
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/compose.h"
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/python-words.h"
#include "ops/signature.h"
#include "ops/torch-product.h"

#include <string.h>

static bool
is_torch_float (ScopeDtype dtype)
{
  return dtype == SCOPE_FLOAT32 || dtype == SCOPE_FLOAT64 || dtype == SCOPE_BFLOAT16;
}

/* ---- glu ------------------------------------------------------------------------------------ */

enum
{
  GLU_INPUT,
  GLU_DIM,
};

static bool
glu (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  static const int order[] = { GLU_INPUT, GLU_DIM };
  const ScopeValue *input = &call->value[GLU_INPUT];
  if (input->kind != SCOPE_VALUE_TENSOR)
    return scope_refuse (call, GLU_INPUT, failure, SCOPE_RULE_ARGUMENT, "AttributeError",
                         "'%s' object has no attribute 'dim'", scope_value_type_name (call, input));
  const ScopeShape *shape = scope_call_shape (call, input);
  ScopeDtype dtype = scope_call_dtype (call, input);
  int64_t dim = -1;
  int axis;
  if (shape->rank == 0)
    return scope_refuse (call, GLU_INPUT, failure, SCOPE_RULE_RANK, "RuntimeError",
                         "glu does not support scalars because halving size must be even");
  if (!scope_signature_inner (call, "glu(Tensor input, int dim=-1)", order,
                              1 + scope_value_given (&call->value[GLU_DIM]), failure)
      || !scope_call_int (call, GLU_DIM, &dim, failure)
      || !scope_axis_find (call, GLU_DIM, &(ScopeAxisStyle){ 0 }, dim, shape->rank, &axis, failure))
    return false;
  int64_t size = shape->size[axis];
  if (scope_size_is_known (size) && size % 2 != 0)
    return scope_refuse (call, GLU_DIM, failure, SCOPE_RULE_DIVIDE, "RuntimeError",
                         "Halving dimension must be even, but dimension %d is size %lld", axis,
                         (long long)size);
  if (!is_torch_float (dtype))
    return scope_torch_has_no_kernel ("glu_cpu", dtype, failure);
  ScopeValue halves, gate, value;
  ScopeValue place = scope_compose_int (call, axis), two = scope_compose_int (call, 2);
  if (!SCOPE_COMPOSE (call, failure, &halves, "torch.tensor_split", *input, two, place)
      || !SCOPE_COMPOSE (call, failure, &gate, "torch.sigmoid", halves.item[1])
      || !SCOPE_COMPOSE (call, failure, &value, "torch.mul", halves.item[0], gate))
    return false;
  return scope_compose_finish (call, result, &value);
}

/* ---- prelu ---------------------------------------------------------------------------------- */

enum
{
  PRELU_INPUT,
  PRELU_WEIGHT,
};

static bool
check_prelu (const ScopeCall *call, ScopeFailure *failure)
{
  const ScopeShape *shape = scope_call_shape (call, &call->value[PRELU_INPUT]);
  const ScopeShape *weight = scope_call_shape (call, &call->value[PRELU_WEIGHT]);
  ScopeDtype dtype = scope_call_dtype (call, &call->value[PRELU_INPUT]);
  ScopeDtype other = scope_call_dtype (call, &call->value[PRELU_WEIGHT]);
  int64_t slopes = scope_sizes_product (weight->size, weight->rank);
  if (scope_sizes_differ (slopes, 1))
    {
      int64_t channels = shape->rank > 1 ? shape->size[1] : 1;
      if (shape->rank == 0)
        return scope_refuse (call, PRELU_INPUT, failure, SCOPE_RULE_RANK, "RuntimeError",
                             "Not allow zero-dim input tensor.");
      if (scope_sizes_differ (slopes, channels))
        return scope_refuse (call, PRELU_WEIGHT, failure, SCOPE_RULE_MATCH, "RuntimeError",
                             "Mismatch of parameter numbers and input channel size. Found "
                             "parameter numbers = %lld and channel size = %lld.",
                             (long long)slopes, (long long)channels);
    }
  if (weight->rank > 1)
    return scope_refuse (call, PRELU_WEIGHT, failure, SCOPE_RULE_RANK, "RuntimeError",
                         "prelu: Expected `weight` to be a scalar or 1D tensor, but got ndim = %d",
                         weight->rank);
  if (dtype != other)
    return scope_refuse (call, PRELU_WEIGHT, failure, SCOPE_RULE_TYPE, "RuntimeError",
                         "Found dtype %s but expected %s", scope_dtype_word (SCOPE_PYTORCH, other),
                         scope_dtype_word (SCOPE_PYTORCH, dtype));
  return is_torch_float (dtype) || scope_torch_has_no_kernel ("prelu_cpu", dtype, failure);
}

static bool
prelu (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  if (!check_prelu (call, failure))
    return false;
  const ScopeValue *input = &call->value[PRELU_INPUT];
  const ScopeShape *weight = scope_call_shape (call, &call->value[PRELU_WEIGHT]);
  int rank = scope_call_shape (call, input)->rank, sizes = 0;
  int64_t size[SCOPE_MAX_RANK];
  if (weight->rank == 1 && weight->size[0] != 1)
    for (sizes = 1, size[0] = weight->size[0]; sizes < rank - 1; sizes++)
      size[sizes] = 1;
  ScopeValue slope, scaled, positive, value;
  return SCOPE_COMPOSE (call, failure, &slope, "torch.reshape", call->value[PRELU_WEIGHT],
                        scope_compose_ints (call, size, sizes))
         && SCOPE_COMPOSE (call, failure, &scaled, "torch.mul", *input, slope)
         && SCOPE_COMPOSE (call, failure, &positive, "torch.gt", *input,
                           scope_compose_int (call, 0))
         && SCOPE_COMPOSE (call, failure, &value, "torch.where", positive, *input, scaled)
         && scope_compose_finish (call, result, &value);
}

/* ---- dropout -------------------------------------------------------------------------------- */

enum
{
  DROPOUT_INPUT,
  DROPOUT_P,
  DROPOUT_TRAINING,
};

/* As when it evaluates: nothing is dropped. What training refuses is refused. */
static bool
dropout (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *p = &call->value[DROPOUT_P], *training = &call->value[DROPOUT_TRAINING];
  const ScopeValue *input = &call->value[DROPOUT_INPUT];
  bool trains = !scope_value_is_int (training) || training->integer != 0;
  double share = 0.5;
  if (p->kind == SCOPE_VALUE_STRING)
    return scope_refuse (call, DROPOUT_P, failure, SCOPE_RULE_ARGUMENT, "TypeError",
                         "'<' not supported between instances of 'str' and 'float'");
  if (!scope_call_number (call, DROPOUT_P, &share, failure))
    return false;
  if (share < 0 || share > 1)
    {
      ScopeText text = { 0 };
      scope_python_repr (p, &text);
      scope_refuse (call, DROPOUT_P, failure, SCOPE_RULE_SIZE, "ValueError",
                    "dropout probability has to be between 0 and 1, but got %s",
                    scope_text_string (&text));
      scope_text_clear (&text);
      return false;
    }
  if (input->kind != SCOPE_VALUE_TENSOR)
    return scope_torch_refuse_kind (call, DROPOUT_INPUT, "input", 1, "Tensor", failure);
  const ScopeShape *shape = scope_call_shape (call, input);
  ScopeDtype dtype = scope_call_dtype (call, input);
  bool drops = trains && share > 0 && share < 1 && !scope_shape_is_empty (shape);
  if (drops && scope_dtype_kind (dtype) <= SCOPE_KIND_SIGNED)
    return scope_refuse (call, DROPOUT_INPUT, failure, SCOPE_RULE_TYPE, "RuntimeError",
                         "result type Float can't be cast to the desired output type %s",
                         scope_dtype_word (SCOPE_PYTORCH, dtype));
  if (drops && scope_dtype_kind (dtype) == SCOPE_KIND_COMPLEX)
    return scope_torch_has_no_kernel ("bernoulli_scalar_cpu_", dtype, failure);
  if (drops && call->spelling->variant == 2 && shape->rank < 2)
    return scope_refuse (call, DROPOUT_INPUT, failure, SCOPE_RULE_RANK, "RuntimeError",
                         "Feature dropout requires at least 2 dimensions in the input");
  ScopeValue value;
  return SCOPE_COMPOSE (call, failure, &value, "torch.clone", *input)
         && scope_compose_finish (call, result, &value);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeParameter glu_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "values, and their gates behind them" },
  { "dim", SCOPE_TAKES_AXIS, "-1", NULL, "the axis that is halved" },
  { NULL },
};

static const ScopeSpelling glu_spellings[] = {
  { "F.glu", SCOPE_PYTORCH, .signature = "def glu(input, dim=-1)" },
  { NULL },
};

static const ScopeParameter prelu_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "any tensor; axis 1 are channels" },
  { "weight", SCOPE_TAKES_TENSOR, NULL, NULL, "one slope, or one for each channel" },
  { NULL },
};

static const ScopeSpelling prelu_spellings[] = {
  { "F.prelu", SCOPE_PYTORCH, .signature = "(Tensor input, Tensor weight)" },
  { "torch.prelu", SCOPE_PYTORCH, .signature = "(Tensor input, Tensor weight)" },
  { ".prelu", SCOPE_PYTORCH, .signature = "(Tensor weight)" },
  { NULL },
};

static const ScopeParameter dropout_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "any tensor" },
  { "p", SCOPE_TAKES_NUMBER, "0.5", NULL, "the share that is dropped while training" },
  { "training", SCOPE_TAKES_BOOL, "True", NULL, "whether it trains; here nothing is dropped" },
  { NULL },
};

#define DROPOUT(name, variant)                                                                     \
  {                                                                                                \
    "F." name, SCOPE_PYTORCH, "input p training -inplace", variant,                                \
        .signature = "def " name "(input, p=0.5, training=True, inplace=False)"                    \
  }
static const ScopeSpelling dropout_spellings[] = {
  DROPOUT ("dropout", 0),
  DROPOUT ("dropout1d", 2),
  DROPOUT ("dropout2d", 2),
  DROPOUT ("dropout3d", 2),
  { "F.alpha_dropout", SCOPE_PYTORCH, "input p training -inplace", 0,
    .signature = "def alpha_dropout(input, p=0.5, training=False, inplace=False)" },
  { "torch.dropout", SCOPE_PYTORCH, "input p training=train", 0,
    .signature = "(Tensor input, float p, bool train)" },
  { NULL },
};

#define ROW(title, words)                                                                          \
  {                                                                                                \
    .name = #title, .group = "functions", .about = words, .spelling = title##_spellings,           \
    .parameter = title##_parameters, .infer = title, .read = scope_compose_read,                   \
    .trace = scope_compose_trace                                                                   \
  }

const ScopeOp scope_ops_gates[] = {
  ROW (glu, "one half of an axis times the sigmoid of the other"),
  ROW (prelu, "negative values times a slope"),
  ROW (dropout, "drops values while training; here nothing, as when it evaluates"),
  { NULL },
};
