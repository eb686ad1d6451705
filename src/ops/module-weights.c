/* Layers with weights: linear, convolutions, embedding, PReLU. The weights are made up as PyTorch
 * makes them before any training: uniform between bounds that follow from the sizes; which numbers
 * exactly is nobody's promise. What the constructors refuse is said when the layer is called. */
#include "core/arena.h"
#include "ops/argument.h"
#include "ops/module-weights.h"
#include "ops/operand.h"
#include "ops/python-words.h"

#include <math.h>
#include <string.h>

static bool
refuse (const ScopeCall *call,
        const ScopeValue *value,
        ScopeFailure *failure,
        const char *exception,
        const char *words)
{
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  if (scope_value_given (value))
    failure->span = value->span;
  return scope_failure_both (failure, exception, "%s", words);
}

/* ---- making weights ------------------------------------------------------------------------- */

/* Calls a function that makes a tensor of some sizes; its type is the layer's. */
bool
scope_weights_make (const ScopeCall *call,
                    ScopeFailure *failure,
                    const char *function,
                    const int64_t *size,
                    int sizes,
                    ScopeValue *out)
{
  const ScopeValue *dtype = scope_module_parameter (call, "dtype");
  ScopeArgument *argument = scope_arena_alloc (call->arena, 2 * sizeof *argument);
  if (argument == NULL)
    return scope_call_out_of_memory (call);
  /* The numbers follow from where the layer is written, not from where it is called. */
  ScopeCall written = *call;
  written.span = call->value[call->op->module].span;
  argument[0] = (ScopeArgument){ .value = scope_compose_ints (call, size, sizes) };
  argument[1] = (ScopeArgument){ .name = "dtype", .value = *dtype };
  if (!scope_compose (&written, failure, function, argument, 1 + (dtype->kind == SCOPE_VALUE_DTYPE),
                      out))
    return false;
  out->span = scope_module_span (call);
  return true;
}

/* Uniform between −bound and bound. */
static bool
make_uniform (const ScopeCall *call,
              ScopeFailure *failure,
              const int64_t *size,
              int sizes,
              double bound,
              ScopeValue *out)
{
  ScopeValue zero_to_one, wide;
  if (!scope_weights_make (call, failure, "torch.rand", size, sizes, &zero_to_one)
      || !SCOPE_COMPOSE (call, failure, &wide, "torch.mul", zero_to_one,
                         scope_compose_float (call, 2 * bound))
      || !SCOPE_COMPOSE (call, failure, out, "torch.sub", wide, scope_compose_float (call, bound)))
    return false;
  out->span = scope_module_span (call);
  return true;
}

/* A size that a constructor hands to torch.empty. */
static bool
take_size (const ScopeCall *call, const char *name, int place, int64_t *out, ScopeFailure *failure)
{
  const ScopeValue *value = scope_module_parameter (call, name);
  if (scope_torch_is_int (value))
    {
      *out = value->integer;
      return true;
    }
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = value->span;
  return scope_failure_both (failure, "TypeError",
                             "empty(): argument 'size' must be tuple of SymInts, but found element "
                             "of type %s at pos %d",
                             scope_value_type_name (call, value), place);
}

static bool
is_set (const ScopeCall *call, const char *name, bool initial)
{
  const ScopeValue *value = scope_module_parameter (call, name);
  return scope_value_is_int (value) ? value->integer != 0
                                    : value->kind != SCOPE_VALUE_NONE && initial;
}

static bool
make_bias (const ScopeCall *call,
           ScopeFailure *failure,
           int64_t size,
           double bound,
           ScopeValue *out)
{
  if (is_set (call, "bias", true))
    return make_uniform (call, failure, &size, 1, bound, out);
  *out = scope_compose_none (call);
  return true;
}

/* 1 / √ of the inputs that one output adds up. */
static double
bound_of (const int64_t *size, int sizes)
{
  double inputs = 1;
  for (int i = 1; i < sizes; i++)
    inputs *= (double)size[i];
  return inputs > 0 ? 1 / sqrt (inputs) : 0;
}

/* ---- linear --------------------------------------------------------------------------------- */

static bool
linear (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  int64_t size[2];
  ScopeValue weight, bias, value;
  if (!take_size (call, "out_features", 1, &size[0], failure)
      || !take_size (call, "in_features", 2, &size[1], failure))
    return false;
  double bound = bound_of (size, 2);
  return make_uniform (call, failure, size, 2, bound, &weight)
         && make_bias (call, failure, size[0], bound, &bias)
         && SCOPE_COMPOSE (call, failure, &value, "F.linear", call->value[0], weight, bias)
         && scope_compose_finish (call, result, &value);
}

/* ---- convolutions --------------------------------------------------------------------------- */

/* A layer of the spatial axes that the spelling's variant says; negative when transposed. */
typedef struct
{
  const ScopeCall *call;
  ScopeFailure *failure;
  int spatial;
  bool transposed;
  int64_t in, out, groups;
  ScopeShape kernel;
  ScopeValue weight, bias;
} Conv;

/* An int stands for all axes; a tuple is taken as it is. */
static bool
read_kernel (Conv *conv)
{
  const ScopeValue *value = scope_module_parameter (conv->call, "kernel_size");
  bool sequence = scope_value_is_sequence (value);
  conv->kernel.rank = sequence ? value->items : conv->spatial;
  if (conv->kernel.rank > SCOPE_MAX_RANK - 2)
    return refuse (conv->call, value, conv->failure, "RuntimeError",
                   "A kernel of so many axes is not known.");
  for (int i = 0; i < conv->kernel.rank; i++)
    {
      const ScopeValue *item = sequence ? &value->item[i] : value;
      if (!scope_torch_is_int (item))
        {
          scope_failure_begin (conv->failure, SCOPE_RULE_ARGUMENT);
          conv->failure->span = item->span;
          return scope_failure_both (conv->failure, "TypeError",
                                     "empty(): argument 'size' must be tuple of SymInts, but found "
                                     "element of type %s at pos %d",
                                     scope_value_type_name (conv->call, item), i + 3);
        }
      conv->kernel.size[i] = item->integer;
    }
  return true;
}

static bool
check_groups (Conv *conv)
{
  const ScopeValue *groups = scope_module_parameter (conv->call, "groups");
  conv->groups = scope_torch_is_int (groups) ? groups->integer : 1;
  if (groups->kind == SCOPE_VALUE_NONE)
    return refuse (conv->call, groups, conv->failure, "TypeError",
                   "'<=' not supported between instances of 'NoneType' and 'int'");
  if (conv->groups <= 0)
    return refuse (conv->call, groups, conv->failure, "ValueError",
                   "groups must be a positive integer");
  if (scope_size_is_known (conv->in) && conv->in % conv->groups != 0)
    return refuse (conv->call, groups, conv->failure, "ValueError",
                   "in_channels must be divisible by groups");
  if (scope_size_is_known (conv->out) && conv->out % conv->groups != 0)
    return refuse (conv->call, groups, conv->failure, "ValueError",
                   "out_channels must be divisible by groups");
  return true;
}

static bool
has_strides (const ScopeValue *stride)
{
  bool sequence = scope_value_is_sequence (stride);
  for (int i = 0; sequence && i < stride->items; i++)
    if (stride->item[i].integer != 1)
      return true;
  return !sequence && scope_value_given (stride) && stride->integer != 1;
}

static bool
check_padding (const Conv *conv)
{
  const ScopeValue *padding = scope_module_parameter (conv->call, "padding");
  if (padding->kind != SCOPE_VALUE_STRING)
    return true;
  bool same = strcmp (padding->text, "same") == 0;
  if (!same && strcmp (padding->text, "valid") != 0)
    {
      scope_failure_begin (conv->failure, SCOPE_RULE_ARGUMENT);
      conv->failure->span = padding->span;
      scope_failure_explain (conv->failure, "The padding is a number, 'same' or 'valid'.");
      return scope_failure_say (conv->failure, "ValueError",
                                "Invalid padding string '%s', should be one of {'same', 'valid'}",
                                padding->text);
    }
  if (same && has_strides (scope_module_parameter (conv->call, "stride")))
    return refuse (conv->call, padding, conv->failure, "ValueError",
                   "padding='same' is not supported for strided convolutions");
  return true;
}

static bool
construct_conv (const ScopeCall *call, ScopeFailure *failure)
{
  Conv conv = { .call = call, .failure = failure };
  conv.in = scope_module_parameter (call, "in_channels")->integer;
  conv.out = scope_module_parameter (call, "out_channels")->integer;
  return check_groups (&conv) && check_padding (&conv);
}

static bool
make_kernel (Conv *conv)
{
  int64_t size[SCOPE_MAX_RANK];
  size[0] = conv->transposed ? conv->in : conv->out;
  size[1] = (conv->transposed ? conv->out : conv->in) / conv->groups;
  for (int i = 0; i < conv->kernel.rank; i++)
    size[i + 2] = conv->kernel.size[i];
  double bound = bound_of (size, conv->kernel.rank + 2);
  return make_uniform (conv->call, conv->failure, size, conv->kernel.rank + 2, bound, &conv->weight)
         && make_bias (conv->call, conv->failure, conv->out, bound, &conv->bias);
}

static bool
begin (Conv *conv, const ScopeCall *call, ScopeFailure *failure)
{
  int variant = call->spelling->variant;
  *conv = (Conv){ .call = call, .failure = failure, .groups = 1 };
  conv->transposed = variant < 0;
  conv->spatial = variant < 0 ? -variant : variant;
  return take_size (call, "in_channels", conv->transposed ? 1 : 2, &conv->in, failure)
         && take_size (call, "out_channels", conv->transposed ? 2 : 1, &conv->out, failure)
         && check_groups (conv) && read_kernel (conv) && make_kernel (conv);
}

/* The function with the layer's weights and its parameters as keywords. */
static bool
call_function (Conv *conv, ScopeValue input, bool padded, ScopeValue *out)
{
  static const char *const names[2][4] = { { NULL, "F.conv1d", "F.conv2d", "F.conv3d" },
                                           { NULL, "F.conv_transpose1d", "F.conv_transpose2d",
                                             "F.conv_transpose3d" } };
  enum
  {
    MOST = 9
  };
  ScopeArgument *argument = scope_arena_alloc (conv->call->arena, MOST * sizeof *argument);
  if (argument == NULL)
    return scope_call_out_of_memory (conv->call);
  int arguments = 0;
  argument[arguments++].value = input;
  argument[arguments++].value = conv->weight;
  argument[arguments++].value = conv->bias;
  static const char *const keywords[] = { "stride", "padding", "dilation", "groups",
                                          "output_padding" };
  for (int i = 0; i < 4 + conv->transposed; i++)
    {
      const ScopeValue *value = scope_module_parameter (conv->call, keywords[i]);
      if (scope_value_given (value) && !(padded && i == 1))
        argument[arguments++] = (ScopeArgument){ .name = keywords[i], .value = *value };
    }
  return scope_compose (conv->call, conv->failure, names[conv->transposed][conv->spatial], argument,
                        arguments, out);
}

/* padding_mode: the input is padded first. */
static bool
pad_input (const Conv *conv, const char *mode, ScopeValue *out)
{
  const ScopeValue *padding = scope_module_parameter (conv->call, "padding");
  int64_t both[6] = { 0 };
  for (int i = 0; i < conv->spatial; i++)
    {
      bool sequence = scope_value_is_sequence (padding);
      const ScopeValue *item = !sequence            ? padding
                               : i < padding->items ? &padding->item[i]
                                                    : padding->item;
      int64_t amount = item->kind == SCOPE_VALUE_INT ? item->integer : 0;
      both[2 * (conv->spatial - 1 - i)] = both[2 * (conv->spatial - 1 - i) + 1] = amount;
    }
  return SCOPE_COMPOSE (conv->call, conv->failure, out, "F.pad", conv->call->value[0],
                        scope_compose_ints (conv->call, both, 2 * conv->spatial),
                        scope_compose_string (conv->call, mode));
}

static bool
conv (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  Conv conv;
  ScopeValue input = call->value[0], value;
  if (!begin (&conv, call, failure))
    return false;
  const ScopeValue *mode = scope_module_parameter (call, "padding_mode");
  const ScopeValue *padding = scope_module_parameter (call, "padding");
  bool plain = mode->kind != SCOPE_VALUE_STRING || strcmp (mode->text, "zeros") == 0;
  if (!plain && conv.transposed)
    {
      scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
      failure->span = mode->span;
      return scope_failure_both (failure, "ValueError",
                                 "Only \"zeros\" padding mode is supported for ConvTranspose%dd",
                                 conv.spatial);
    }
  if (!plain && padding->kind == SCOPE_VALUE_STRING)
    {
      scope_failure_begin (failure, SCOPE_RULE_UNKNOWN);
      failure->span = padding->span;
      scope_failure_explain (failure, "Shapescope does not know 'same' with this mode yet.");
      return false;
    }
  return (plain || pad_input (&conv, mode->text, &input))
         && call_function (&conv, input, !plain, &value)
         && scope_compose_finish (call, result, &value);
}

/* ---- embedding, PReLU ----------------------------------------------------------------------- */

static bool
embedding (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  int64_t size[2];
  ScopeValue weight, value;
  const ScopeValue *padding = scope_module_parameter (call, "padding_idx");
  if (!take_size (call, "num_embeddings", 1, &size[0], failure)
      || !take_size (call, "embedding_dim", 2, &size[1], failure)
      || !scope_weights_make (call, failure, "torch.randn", size, 2, &weight))
    return false;
  return SCOPE_COMPOSE (call, failure, &value, "F.embedding", call->value[0], weight,
                        scope_value_given (padding) ? *padding : scope_compose_none (call))
         && scope_compose_finish (call, result, &value);
}

static bool
construct_embedding (const ScopeCall *call, ScopeFailure *failure)
{
  const ScopeValue *padding = scope_module_parameter (call, "padding_idx");
  const ScopeValue *rows = scope_module_parameter (call, "num_embeddings");
  if (padding->kind != SCOPE_VALUE_INT || rows->kind != SCOPE_VALUE_INT)
    return true;
  int64_t at = padding->integer;
  return (at < rows->integer && at >= -rows->integer)
         || refuse (call, padding, failure, "AssertionError",
                    "Padding_idx must be within num_embeddings");
}

static bool
prelu (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *count = scope_module_parameter (call, "num_parameters");
  const ScopeValue *slope = scope_module_parameter (call, "init");
  int64_t size = 1;
  ScopeValue ones, weight, value;
  if (scope_value_given (count) && !take_size (call, "num_parameters", 1, &size, failure))
    return false;
  return scope_weights_make (call, failure, "torch.ones", &size, 1, &ones)
         && SCOPE_COMPOSE (call, failure, &weight, "torch.mul", ones,
                           scope_value_is_number (slope) ? *slope
                                                         : scope_compose_float (call, 0.25))
         && SCOPE_COMPOSE (call, failure, &value, "F.prelu", call->value[0], weight)
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

static const ScopeParameter linear_parameters[] = {
  INPUT,
  { "in_features", SCOPE_TAKES_INT, NULL, NULL, "size of the input's last axis" },
  { "out_features", SCOPE_TAKES_INT, NULL, NULL, "size of the result's last axis" },
  { "bias", SCOPE_TAKES_BOOL, "True", NULL, "adds a number to each output" },
  PLACE,
  { NULL },
};

static const ScopeSpelling linear_spellings[] = {
  { "nn.Linear", SCOPE_PYTORCH, "in_features out_features bias device dtype", 0,
    .signature = "def Linear.__init__(self, in_features, out_features, bias=True, device=None, "
                 "dtype=None)\ndef Linear.forward(self, input)" },
  { NULL },
};

static const ScopeParameter conv_parameters[] = {
  INPUT,
  { "in_channels", SCOPE_TAKES_INT, NULL, NULL, "channels of the input" },
  { "out_channels", SCOPE_TAKES_INT, NULL, NULL, "channels of the result" },
  { "kernel_size", SCOPE_TAKES_SHAPE, NULL, NULL, "sizes of the kernel" },
  { "stride", SCOPE_TAKES_SHAPE, "1", NULL, "from one place of the kernel to the next" },
  { "padding", SCOPE_TAKES_ANY, "0", NULL, "places added on both sides, 'same' or 'valid'" },
  { "output_padding", SCOPE_TAKES_SHAPE, "0", NULL, "what the result has more at the end" },
  { "dilation", SCOPE_TAKES_SHAPE, "1", NULL, "from one element of the kernel to the next" },
  { "groups", SCOPE_TAKES_INT, "1", NULL, "channels are split into so many groups" },
  { "bias", SCOPE_TAKES_BOOL, "True", NULL, "adds a number to each output channel" },
  { "padding_mode", SCOPE_TAKES_CHOICE, "zeros", "zeros reflect replicate circular",
    "what stands in the padding" },
  PLACE,
  { NULL },
};

#define CONV(n)                                                                                    \
  {                                                                                                \
    "nn.Conv" #n "d", SCOPE_PYTORCH,                                                               \
        "in_channels out_channels kernel_size stride padding dilation groups bias padding_mode "   \
        "device dtype",                                                                            \
        n,                                                                                         \
        .signature = "def Conv" #n "d.__init__(self, in_channels, out_channels, kernel_size, "     \
                     "stride=1, padding=0, dilation=1, groups=1, bias=True, "                      \
                     "padding_mode='zeros', device=None, dtype=None)\n"                            \
                     "def Conv" #n "d.forward(self, input)"                                        \
  }
#define TRANSPOSED(n)                                                                              \
  {                                                                                                \
    "nn.ConvTranspose" #n "d", SCOPE_PYTORCH,                                                      \
        "in_channels out_channels kernel_size stride padding output_padding groups bias dilation " \
        "padding_mode device dtype",                                                               \
        -n,                                                                                        \
        .signature =                                                                               \
            "def ConvTranspose" #n "d.__init__(self, in_channels, out_channels, kernel_size, "     \
            "stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, "             \
            "padding_mode='zeros', device=None, dtype=None)\n"                                     \
            "def ConvTranspose" #n "d.forward(self, input, output_size=None)"                      \
  }

static const ScopeSpelling conv_spellings[] = {
  CONV (1), CONV (2), CONV (3), TRANSPOSED (1), TRANSPOSED (2), TRANSPOSED (3), { NULL },
};

static const ScopeParameter embedding_parameters[] = {
  INPUT,
  { "num_embeddings", SCOPE_TAKES_INT, NULL, NULL, "rows of the table" },
  { "embedding_dim", SCOPE_TAKES_INT, NULL, NULL, "size of a row" },
  { "padding_idx", SCOPE_TAKES_INT, "None", NULL, "the row that stays as it is" },
  PLACE,
  { NULL },
};

static const ScopeSpelling embedding_spellings[] = {
  { "nn.Embedding", SCOPE_PYTORCH,
    "num_embeddings embedding_dim padding_idx -max_norm -norm_type -scale_grad_by_freq -sparse "
    "-_weight device dtype",
    0,
    .signature = "def Embedding.__init__(self, num_embeddings, embedding_dim, padding_idx=None, "
                 "max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False, "
                 "_weight=None, device=None, dtype=None)\ndef Embedding.forward(self, input)" },
  { NULL },
};

static const ScopeParameter prelu_parameters[] = {
  INPUT,
  { "num_parameters", SCOPE_TAKES_INT, "1", NULL, "1, or the number of channels" },
  { "init", SCOPE_TAKES_NUMBER, "0.25", NULL, "slope of negative values" },
  PLACE,
  { NULL },
};

static const ScopeSpelling prelu_spellings[] = {
  { "nn.PReLU", SCOPE_PYTORCH, "num_parameters init device dtype", 0,
    .signature = "def PReLU.__init__(self, num_parameters=1, init=0.25, device=None, dtype=None)\n"
                 "def PReLU.forward(self, input)" },
  { NULL },
};

#define LAYER(title, words, id, ...)                                                               \
  {                                                                                                \
    __VA_ARGS__.name = title, .group = "modules", .about = words, .spelling = id##_spellings,      \
    .parameter = id##_parameters, .infer = id, .read = scope_compose_read,                         \
    .trace = scope_compose_trace, .module = 1                                                      \
  }

const ScopeOp scope_ops_module_weights[] = {
  LAYER ("linear_layer", "multiplies the last axis by a matrix and adds a bias", linear, ),
  LAYER ("conv_layer", "slides kernels over the spatial axes", conv, .construct = construct_conv, ),
  LAYER ("embedding_layer",
         "rows of a table, one for each index",
         embedding,
         .construct = construct_embedding, ),
  LAYER ("prelu_layer", "multiplies negative values by slopes", prelu, ),
  { NULL },
};
