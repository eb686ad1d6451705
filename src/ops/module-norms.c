/* Layers that normalise: batch, instance, layer and group, with the weights they begin with. They
 * train unless .eval () was called, as PyTorch's do. */
#include "core/arena.h"
#include "ops/module-weights.h"
#include "ops/operand.h"
#include "ops/program.h"

#include <string.h>

/* A parameter that is a truth. */
static bool
is_set (const ScopeCall *call, const char *name, bool initial)
{
  const ScopeValue *value = scope_module_parameter (call, name);
  return scope_value_is_int (value) ? value->integer != 0
                                    : value->kind != SCOPE_VALUE_NONE && initial;
}

static ScopeValue
or_float (const ScopeCall *call, const char *name, double initial)
{
  const ScopeValue *value = scope_module_parameter (call, name);
  return scope_value_given (value) ? *value : scope_compose_float (call, initial);
}

static ScopeValue
truth (const ScopeCall *call, bool value)
{
  return (ScopeValue){ .kind = SCOPE_VALUE_BOOL, .integer = value, .span = call->span };
}

/* Ones and zeros of some sizes, or two times None. */
static bool
make_pair (const ScopeCall *call,
           ScopeFailure *failure,
           bool wanted,
           const int64_t *size,
           int sizes,
           ScopeValue *ones,
           ScopeValue *zeros)
{
  *ones = *zeros = scope_compose_none (call);
  return !wanted
         || (scope_weights_make (call, failure, "torch.ones", size, sizes, ones)
             && scope_weights_make (call, failure, "torch.zeros", size, sizes, zeros));
}

/* ---- batch and instance --------------------------------------------------------------------- */

/* _check_input_dim: ranks that a layer takes, and how it says so. */
static bool
check_rank (const ScopeCall *call, int most, int least, ScopeFailure *failure)
{
  int rank = scope_call_shape (call, &call->value[0])->rank;
  if (rank == most || rank == least)
    return true;
  scope_failure_begin (failure, SCOPE_RULE_RANK);
  failure->span = call->value[0].span;
  if (least == most)
    return scope_failure_both (failure, "ValueError", "expected %dD input (got %dD input)", most,
                               rank);
  return scope_failure_both (failure, "ValueError", "expected %dD or %dD input (got %dD input)",
                             least, most, rank);
}

static bool
read_features (const ScopeCall *call, const char *name, int64_t *out, ScopeFailure *failure)
{
  for (int i = 0; call->op->parameter[i].name != NULL; i++)
    if (strcmp (call->op->parameter[i].name, name) == 0)
      return scope_call_int (call, i, out, failure);
  return true;
}

static bool
batch (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  int spatial = call->spelling->variant;
  bool training = is_set (call, "training", true);
  bool tracks = is_set (call, "track_running_stats", true);
  int64_t features = 0;
  ScopeValue weight, bias, variance, mean, value;
  if (!read_features (call, "num_features", &features, failure)
      || !check_rank (call, spatial + 2, spatial == 1 ? 2 : spatial + 2, failure))
    return false;
  return make_pair (call, failure, is_set (call, "affine", true), &features, 1, &weight, &bias)
         && make_pair (call, failure, tracks, &features, 1, &variance, &mean)
         && SCOPE_COMPOSE (call, failure, &value, "F.batch_norm", call->value[0], mean, variance,
                           weight, bias, truth (call, training || !tracks),
                           scope_compose_float (call, 0.1), or_float (call, "eps", 1e-5))
         && scope_compose_finish (call, result, &value);
}

static bool
instance (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  int spatial = call->spelling->variant;
  bool tracks = is_set (call, "track_running_stats", false);
  bool uses_input = is_set (call, "training", true) || !tracks;
  int64_t features = 0;
  ScopeValue input = call->value[0], weight, bias, variance, mean, value;
  if (!read_features (call, "num_features", &features, failure)
      || !check_rank (call, spatial + 2, spatial + 1, failure))
    return false;
  bool batched = scope_call_shape (call, &input)->rank == spatial + 2;
  ScopeValue zero = scope_compose_int (call, 0);
  return (batched || SCOPE_COMPOSE (call, failure, &input, "torch.unsqueeze", input, zero))
         && make_pair (call, failure, is_set (call, "affine", false), &features, 1, &weight, &bias)
         && make_pair (call, failure, tracks, &features, 1, &variance, &mean)
         && SCOPE_COMPOSE (call, failure, &value, "F.instance_norm", input, mean, variance, weight,
                           bias, truth (call, uses_input), scope_compose_float (call, 0.1),
                           or_float (call, "eps", 1e-5))
         && (batched || SCOPE_COMPOSE (call, failure, &value, "torch.squeeze", value, zero))
         && scope_compose_finish (call, result, &value);
}

/* ---- layer and group ------------------------------------------------------------------------ */

static bool
layer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  int64_t size[SCOPE_MAX_RANK];
  int sizes;
  ScopeValue weight, bias, value;
  return scope_call_ints (call, 1, size, &sizes, failure)
         && make_pair (call, failure, is_set (call, "elementwise_affine", true), size,
                       sizes < 0 ? 0 : sizes, &weight, &bias)
         && SCOPE_COMPOSE (call, failure, &value, "F.layer_norm", call->value[0],
                           scope_compose_ints (call, size, sizes < 0 ? 0 : sizes), weight, bias,
                           or_float (call, "eps", 1e-5))
         && scope_compose_finish (call, result, &value);
}

static bool
construct_group (const ScopeCall *call, ScopeFailure *failure)
{
  const ScopeValue *groups = scope_module_parameter (call, "num_groups");
  const ScopeValue *channels = scope_module_parameter (call, "num_channels");
  if (groups->kind != SCOPE_VALUE_INT || channels->kind != SCOPE_VALUE_INT)
    return true;
  if (groups->integer != 0 && channels->integer % groups->integer == 0)
    return true;
  scope_failure_begin (failure, SCOPE_RULE_DIVIDE);
  failure->span = groups->span;
  return groups->integer == 0 ? scope_failure_both (failure, "ZeroDivisionError",
                                                    "integer division or modulo by zero")
                              : scope_failure_both (failure, "ValueError",
                                                    "num_channels must be divisible by num_groups");
}

static bool
group (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  int64_t groups = 1, channels = 1;
  ScopeValue weight, bias, value;
  if (!read_features (call, "num_groups", &groups, failure)
      || !read_features (call, "num_channels", &channels, failure))
    return false;
  return make_pair (call, failure, is_set (call, "affine", true), &channels, 1, &weight, &bias)
         && SCOPE_COMPOSE (call, failure, &value, "F.group_norm", call->value[0],
                           scope_compose_int (call, groups), weight, bias,
                           or_float (call, "eps", 1e-5))
         && scope_compose_finish (call, result, &value);
}

/* ---- the list ------------------------------------------------------------------------------- */

#define INPUT                                                                                      \
  {                                                                                                \
    "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what the layer is called with"                       \
  }
#define PLACE                                                                                      \
  { "device", SCOPE_TAKES_ANY, "None", NULL, "kept for PyTorch; there is no difference here" },    \
  {                                                                                                \
    "dtype", SCOPE_TAKES_DTYPE, "None", NULL, "type of the weights"                                \
  }
#define EPS                                                                                        \
  {                                                                                                \
    "eps", SCOPE_TAKES_NUMBER, "1e-05", NULL, "added to the variance"                              \
  }
#define AFFINE(initial)                                                                            \
  {                                                                                                \
    "affine", SCOPE_TAKES_BOOL, initial, NULL, "a factor and a number for each channel"            \
  }
#define TRACKED(affine, tracks)                                                                    \
  INPUT, { "num_features", SCOPE_TAKES_INT, NULL, NULL, "channels of the input" }, EPS,            \
      { "momentum", SCOPE_TAKES_NUMBER, "0.1", NULL, "how fast the running mean follows" },        \
      AFFINE (affine),                                                                             \
      { "track_running_stats", SCOPE_TAKES_BOOL, tracks, NULL, "keeps a running mean" }, PLACE,    \
      { "training", SCOPE_TAKES_BOOL, "True", NULL, "False after .eval ()" },                      \
  {                                                                                                \
    NULL                                                                                           \
  }

static const ScopeParameter batch_parameters[] = { TRACKED ("True", "True") };
static const ScopeParameter instance_parameters[] = { TRACKED ("False", "False") };

#define FEATURES "num_features eps momentum affine track_running_stats device dtype"
#define BATCH(n)                                                                                   \
  {                                                                                                \
    "nn.BatchNorm" #n "d", SCOPE_PYTORCH, FEATURES, n,                                             \
        .signature = "def _BatchNorm.__init__(self, num_features, eps=1e-05, momentum=0.1, "       \
                     "affine=True, track_running_stats=True, device=None, dtype=None)\n"           \
                     "def _BatchNorm.forward(self, input)"                                         \
  }
#define INSTANCE(n)                                                                                \
  {                                                                                                \
    "nn.InstanceNorm" #n "d", SCOPE_PYTORCH, FEATURES, n,                                          \
        .signature = "def _InstanceNorm.__init__(self, num_features, eps=1e-05, momentum=0.1, "    \
                     "affine=False, track_running_stats=False, device=None, dtype=None)\n"         \
                     "def _InstanceNorm.forward(self, input)"                                      \
  }

static const ScopeSpelling batch_spellings[] = { BATCH (1), BATCH (2), BATCH (3), { NULL } };
static const ScopeSpelling instance_spellings[] = { INSTANCE (1),
                                                    INSTANCE (2),
                                                    INSTANCE (3),
                                                    { NULL } };

static const ScopeParameter layer_parameters[] = {
  INPUT,
  { "normalized_shape", SCOPE_TAKES_SHAPE, NULL, NULL, "sizes of the last axes" },
  EPS,
  { "elementwise_affine", SCOPE_TAKES_BOOL, "True", NULL,
    "a factor and a number for each element" },
  PLACE,
  { NULL },
};

static const ScopeSpelling layer_spellings[] = {
  { "nn.LayerNorm", SCOPE_PYTORCH, "normalized_shape eps elementwise_affine device dtype", 0,
    .signature = "def LayerNorm.__init__(self, normalized_shape, eps=1e-05, "
                 "elementwise_affine=True, device=None, dtype=None)\n"
                 "def LayerNorm.forward(self, input)" },
  { NULL },
};

static const ScopeParameter group_parameters[] = {
  INPUT,
  { "num_groups", SCOPE_TAKES_INT, NULL, NULL, "channels are split into so many groups" },
  { "num_channels", SCOPE_TAKES_INT, NULL, NULL, "channels of the input" },
  EPS,
  AFFINE ("True"),
  PLACE,
  { NULL },
};

static const ScopeSpelling group_spellings[] = {
  { "nn.GroupNorm", SCOPE_PYTORCH, "num_groups num_channels eps affine device dtype", 0,
    .signature = "def GroupNorm.__init__(self, num_groups, num_channels, eps=1e-05, affine=True, "
                 "device=None, dtype=None)\ndef GroupNorm.forward(self, input)" },
  { NULL },
};

static const ScopeSpelling sequential_spellings[] = {
  { "nn.Sequential", SCOPE_PYTORCH, "", 0, .signature = "def Sequential.__init__(self)" },
  { NULL },
};

static const ScopeParameter sequential_parameters[] = { INPUT, { NULL } };

#define LAYER(title, words, id, ...)                                                               \
  {                                                                                                \
    __VA_ARGS__.name = title, .group = "modules", .about = words, .spelling = id##_spellings,      \
    .parameter = id##_parameters, .infer = id, .read = scope_compose_read,                         \
    .trace = scope_compose_trace, .module = 1                                                      \
  }

const ScopeOp scope_ops_module_norms[] = {
  LAYER ("batch_norm_layer", "mean 0 and variance 1 for every channel of a batch", batch, ),
  LAYER ("instance_norm_layer",
         "mean 0 and variance 1 for every channel of every item",
         instance, ),
  LAYER ("layer_norm_layer", "mean 0 and variance 1 over the last axes", layer, ),
  LAYER ("group_norm_layer",
         "mean 0 and variance 1 for groups of channels",
         group,
         .construct = construct_group, ),
  { .name = "sequential",
    .group = "modules",
    .about = "calls layers one after the other",
    .spelling = sequential_spellings,
    .parameter = sequential_parameters,
    .module = 1 }, /* module.c calls its layers */
  { NULL },
};
