/* F.instance_norm: every channel of every item of a batch is a batch of its own, which is how
 * PyTorch computes it (ATen/native/Normalization.cpp). */
#include "core/checked.h"
#include "ops/argument.h"
#include "ops/compose.h"
#include "ops/operand.h"

#include <inttypes.h>

enum
{
  INPUT,
  MEAN,
  VARIANCE,
  WEIGHT,
  BIAS,
  USE_INPUT,
  MOMENTUM,
  EPS,
};

/* _verify_spatial_size in Python. */
static bool
check_spatial_size (const ScopeCall *call, const ScopeShape *shape, ScopeFailure *failure)
{
  ScopeText sizes = { 0 };
  bool single = true;
  scope_shape_print (shape, SCOPE_SHAPE_LIST, &sizes);
  for (int a = 2; a < shape->rank; a++)
    single = single && shape->size[a] == 1;
  if (single)
    {
      scope_failure_begin (failure, SCOPE_RULE_SIZE);
      failure->span = call->value[INPUT].span;
      scope_failure_both (
          failure, "ValueError",
          "Expected more than 1 spatial element when training, got input size torch.Size(%s)",
          scope_text_string (&sizes));
    }
  scope_text_clear (&sizes);
  return !single;
}

/* A parameter once for every item of the batch. */
static bool
repeat (const ScopeCall *call, ScopeFailure *failure, int parameter, int64_t times, ScopeValue *out)
{
  *out = scope_compose_none (call);
  const ScopeValue *value = &call->value[parameter];
  return value->kind != SCOPE_VALUE_TENSOR
         || SCOPE_COMPOSE (call, failure, out, ".repeat", *value,
                           scope_compose_ints (call, &times, 1));
}

/* The running mean and variance are written back as items × channels, whether they changed or not.
 */
static bool
check_written_back (const ScopeCall *call, const ScopeShape *shape, ScopeFailure *failure)
{
  for (int p = MEAN; p <= VARIANCE; p++)
    {
      if (call->value[p].kind != SCOPE_VALUE_TENSOR)
        continue;
      const ScopeShape *own = scope_call_shape (call, &call->value[p]);
      int64_t have = scope_sizes_product (own->size, own->rank), all;
      if (!scope_sizes_differ (have, shape->size[1]) || !scope_size_is_known (shape->size[0])
          || !scope_checked_mul (have, shape->size[0], &all))
        continue;
      return scope_refuse (call, p, failure, SCOPE_RULE_COUNT, "RuntimeError",
                           "shape '[%" PRId64 ", %" PRId64 "]' is invalid for input of size "
                           "%" PRId64,
                           shape->size[0], shape->size[1], all);
    }
  return true;
}

static bool
refuse_scalar (ScopeFailure *failure, int rank)
{
  scope_failure_begin (failure, SCOPE_RULE_RANK);
  if (rank == 0)
    return scope_failure_both (failure, "IndexError",
                               "Dimension specified as 0 but tensor has no dimensions");
  return scope_failure_both (
      failure, "IndexError",
      "Dimension out of range (expected to be in range of [-1, 0], but got 1)");
}

static bool
infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *own = &call->value[USE_INPUT];
  bool uses_input = !scope_value_is_int (own) || own->integer != 0;
  ScopeShape shape = *scope_call_shape (call, &call->value[INPUT]);
  if (uses_input && !check_spatial_size (call, &shape, failure))
    return false;
  if (!uses_input
      && (call->value[MEAN].kind != SCOPE_VALUE_TENSOR
          || call->value[VARIANCE].kind != SCOPE_VALUE_TENSOR))
    {
      scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
      return scope_failure_both (
          failure, "RuntimeError",
          "Expected running_mean and running_var to be defined when use_input_stats is false");
    }
  if (shape.rank < 2)
    return refuse_scalar (failure, shape.rank);
  ScopeShape wide = shape;
  wide.size[0] = 1;
  wide.size[1] = scope_sizes_product (shape.size, 2);
  ScopeValue input, mean, variance, weight, bias, normal, value;
  return SCOPE_COMPOSE (call, failure, &input, "torch.reshape", call->value[INPUT],
                        scope_compose_ints (call, wide.size, wide.rank))
         && repeat (call, failure, MEAN, shape.size[0], &mean)
         && repeat (call, failure, VARIANCE, shape.size[0], &variance)
         && repeat (call, failure, WEIGHT, shape.size[0], &weight)
         && repeat (call, failure, BIAS, shape.size[0], &bias)
         && SCOPE_COMPOSE (
             call, failure, &normal, "F.batch_norm", input, mean, variance, weight, bias,
             (ScopeValue){ .kind = SCOPE_VALUE_BOOL, .integer = uses_input, .span = call->span },
             scope_compose_float (call, 0.1),
             scope_value_given (&call->value[EPS]) ? call->value[EPS]
                                                   : scope_compose_float (call, 1e-5))
         && check_written_back (call, &shape, failure)
         && SCOPE_COMPOSE (call, failure, &value, "torch.reshape", normal,
                           scope_compose_ints (call, shape.size, shape.rank))
         && scope_compose_finish (call, result, &value);
}

static const ScopeParameter parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "a batch of channels of anything" },
  { "running_mean", SCOPE_TAKES_TENSOR, "None", NULL, "a mean for each channel" },
  { "running_var", SCOPE_TAKES_TENSOR, "None", NULL, "a variance for each channel" },
  { "weight", SCOPE_TAKES_TENSOR, "None", NULL, "a factor for each channel" },
  { "bias", SCOPE_TAKES_TENSOR, "None", NULL, "a number for each channel" },
  { "use_input_stats", SCOPE_TAKES_BOOL, "True", NULL, "mean and variance are the input's own" },
  { "momentum", SCOPE_TAKES_NUMBER, "0.1", NULL, "how fast the running ones follow" },
  { "eps", SCOPE_TAKES_NUMBER, "1e-05", NULL, "added to the variance" },
  { NULL },
};

static const ScopeSpelling spellings[] = {
  { "F.instance_norm", SCOPE_PYTORCH,
    .signature = "def instance_norm(input, running_mean=None, running_var=None, weight=None, "
                 "bias=None, use_input_stats=True, momentum=0.1, eps=1e-05)" },
  { NULL },
};

const ScopeOp scope_ops_instance_norm[] = {
  { .name = "instance_norm",
    .group = "layers",
    .about = "mean 0 and variance 1 over the spatial axes of every channel",
    .spelling = spellings,
    .parameter = parameters,
    .infer = infer,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { NULL },
};
