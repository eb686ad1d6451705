/* Layers without weights: each is a function of torch.nn.functional with some of its arguments
 * fixed. The list of them. */
#include "ops/argument.h"
#include "ops/module-forward.h"
#include "ops/python-words.h"

#include <string.h>

/* What a layer calls, and the parameters it hands on: `name`, or `keyword=name`. */
typedef struct
{
  const char *function, *pass;
} Recipe;

static const Recipe recipes[] = {
  { "F.relu", "" },
  { "F.leaky_relu", "negative_slope" },
  { "F.elu", "alpha" },
  { "F.selu", "" },
  { "F.celu", "alpha" },
  { "F.gelu", "approximate" },
  { "F.silu", "" },
  { "F.mish", "" },
  { "torch.sigmoid", "" },
  { "torch.tanh", "" },
  { "F.softmax", "dim" },
  { "F.log_softmax", "dim" },
  { "F.softmin", "dim" },
  { "F.softplus", "beta threshold" },
  { "F.softsign", "" },
  { "F.softshrink", "lambd" },
  { "F.hardshrink", "lambd" },
  { "F.tanhshrink", "" },
  { "F.hardtanh", "min_val max_val" },
  { "F.hardsigmoid", "" },
  { "F.hardswish", "" },
  { "F.logsigmoid", "" },
  { "F.relu6", "" },
  { "F.threshold", "threshold value" },
  { "F.glu", "dim" },
  { "F.dropout", "p" },
  { "F.dropout1d", "p" },
  { "F.dropout2d", "p" },
  { "F.dropout3d", "p" },
  { "F.dropout", "p" },
  { "F.max_pool1d", "kernel_size stride padding dilation ceil_mode return_indices" },
  { "F.max_pool2d", "kernel_size stride padding dilation ceil_mode return_indices" },
  { "F.max_pool3d", "kernel_size stride padding dilation ceil_mode return_indices" },
  { "F.avg_pool1d", "@kernel_size @stride @padding @ceil_mode @count_include_pad" },
  { "F.avg_pool2d",
    "@kernel_size @stride @padding @ceil_mode @count_include_pad divisor_override" },
  { "F.avg_pool3d",
    "@kernel_size @stride @padding @ceil_mode @count_include_pad divisor_override" },
  { "F.adaptive_avg_pool1d", "@output_size" },
  { "F.adaptive_avg_pool2d", "@output_size" },
  { "F.adaptive_avg_pool3d", "@output_size" },
  { "F.adaptive_max_pool1d", "@output_size return_indices" },
  { "F.adaptive_max_pool2d", "@output_size return_indices" },
  { "F.adaptive_max_pool3d", "@output_size return_indices" },
  { "torch.flatten", "!start_dim !end_dim" },
  { ".unflatten", "dim sizes=unflattened_size" },
  { "torch.clone", "" },
  { "F.pixel_shuffle", "upscale_factor" },
  { "F.pixel_unshuffle", "downscale_factor" },
  { "F.channel_shuffle", "groups" },
  { "F.interpolate", "size scale_factor mode align_corners recompute_scale_factor" },
  { "F.fold", "output_size kernel_size dilation padding stride" },
  { "F.unfold", "kernel_size dilation padding stride" },
  { "F.mse_loss", "reduction" },
  { "F.l1_loss", "reduction" },
  { "F.cross_entropy", "weight ignore_index reduction label_smoothing" },
  { "F.nll_loss", "weight ignore_index reduction" },
  { "F.binary_cross_entropy", "weight reduction" },
  { "F.binary_cross_entropy_with_logits", "weight reduction pos_weight" },
  { "F.smooth_l1_loss", "reduction beta" },
  { "F.huber_loss", "reduction delta" },
  { "F.kl_div", "reduction log_target" },
  { "F.cosine_similarity", "dim eps" },
  { "F.pairwise_distance", "p eps keepdim" },
};

/* ---- forward -------------------------------------------------------------------------------- */

static bool
forward (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const Recipe *recipe = &recipes[call->spelling->variant];
  ScopeValue value;
  return scope_module_pass (call, failure, recipe->function, recipe->pass, &value)
         && scope_compose_finish (call, result, &value);
}

/* ---- constructors --------------------------------------------------------------------------- */

static bool
construct_dropout (const ScopeCall *call, ScopeFailure *failure)
{
  int place = (int)(scope_module_parameter (call, "p") - call->value);
  const ScopeValue *p = &call->value[place];
  double share = p->kind == SCOPE_VALUE_FLOAT ? p->number : (double)p->integer;
  if (!scope_value_is_number (p) || (share >= 0 && share <= 1))
    return true;
  ScopeText text = { 0 };
  scope_python_repr (p, &text);
  scope_refuse (call, place, failure, SCOPE_RULE_SIZE, "ValueError",
                "dropout probability has to be between 0 and 1, but got %s",
                scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

/* Unflatten._require_tuple_int. */
static bool
construct_shaping (const ScopeCall *call, ScopeFailure *failure)
{
  const ScopeValue *sizes = scope_module_parameter (call, "unflattened_size");
  int place = (int)(sizes - call->value);
  if (!scope_value_given (sizes))
    return true;
  if (!scope_value_is_sequence (sizes))
    return scope_refuse (call, place, failure, SCOPE_RULE_ARGUMENT, "TypeError",
                         "unflattened_size must be a tuple of ints, but found type %s",
                         scope_python_type (sizes));
  for (int i = 0; i < sizes->items; i++)
    if (!scope_value_is_int (&sizes->item[i]) && sizes->item[i].kind != SCOPE_VALUE_SIZE)
      return scope_refuse (call, place, failure, SCOPE_RULE_ARGUMENT, "TypeError",
                           "unflattened_size must be tuple of ints, but found element of type %s "
                           "at pos %d",
                           scope_python_type (&sizes->item[i]), i);
  return true;
}

/* ---- the list ------------------------------------------------------------------------------- */

static const ScopeParameter activation_layer_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what the layer is called with" },
  { "inplace", SCOPE_TAKES_BOOL, "False", NULL, "kept for PyTorch; there is no difference here" },
  { "negative_slope", SCOPE_TAKES_NUMBER, "0.01", NULL, "slope of negative values" },
  { "alpha", SCOPE_TAKES_NUMBER, "1.0", NULL, "how far negative values reach" },
  { "approximate", SCOPE_TAKES_STRING, "none", NULL, "none or tanh" },
  { "dim", SCOPE_TAKES_AXIS, "None", NULL, "the axis" },
  { "beta", SCOPE_TAKES_NUMBER, "1", NULL, "steepness, or where a loss becomes linear" },
  { "threshold", SCOPE_TAKES_NUMBER, "20", NULL, "where it begins" },
  { "lambd", SCOPE_TAKES_NUMBER, "0.5", NULL, "values nearer to 0 become 0" },
  { "min_val", SCOPE_TAKES_NUMBER, "-1.0", NULL, "the least value" },
  { "max_val", SCOPE_TAKES_NUMBER, "1.0", NULL, "the greatest value" },
  { "value", SCOPE_TAKES_NUMBER, "None", NULL, "what takes the place of smaller values" },
  { NULL },
};

static const ScopeSpelling activation_layer_spellings[] = {
  { "nn.ReLU", SCOPE_PYTORCH, "inplace", 0,
    .signature = "def ReLU.__init__(self, inplace=False)\ndef ReLU.forward(self, input)" },
  { "nn.LeakyReLU", SCOPE_PYTORCH, "negative_slope inplace", 1,
    .signature = "def LeakyReLU.__init__(self, negative_slope=0.01, inplace=False)\ndef "
                 "LeakyReLU.forward(self, input)" },
  { "nn.ELU", SCOPE_PYTORCH, "alpha inplace", 2,
    .signature = "def ELU.__init__(self, alpha=1.0, inplace=False)\ndef ELU.forward(self, input)" },
  { "nn.SELU", SCOPE_PYTORCH, "inplace", 3,
    .signature = "def SELU.__init__(self, inplace=False)\ndef SELU.forward(self, input)" },
  { "nn.CELU", SCOPE_PYTORCH, "alpha inplace", 4,
    .signature =
        "def CELU.__init__(self, alpha=1.0, inplace=False)\ndef CELU.forward(self, input)" },
  { "nn.GELU", SCOPE_PYTORCH, "approximate", 5,
    .signature = "def GELU.__init__(self, approximate='none')\ndef GELU.forward(self, input)" },
  { "nn.SiLU", SCOPE_PYTORCH, "inplace", 6,
    .signature = "def SiLU.__init__(self, inplace=False)\ndef SiLU.forward(self, input)" },
  { "nn.Mish", SCOPE_PYTORCH, "inplace", 7,
    .signature = "def Mish.__init__(self, inplace=False)\ndef Mish.forward(self, input)" },
  { "nn.Sigmoid", SCOPE_PYTORCH, "", 8,
    .signature = "def Module.__init__(self)\ndef Sigmoid.forward(self, input)" },
  { "nn.Tanh", SCOPE_PYTORCH, "", 9,
    .signature = "def Module.__init__(self)\ndef Tanh.forward(self, input)" },
  { "nn.Softmax", SCOPE_PYTORCH, "dim", 10,
    .signature = "def Softmax.__init__(self, dim=None)\ndef Softmax.forward(self, input)" },
  { "nn.LogSoftmax", SCOPE_PYTORCH, "dim", 11,
    .signature = "def LogSoftmax.__init__(self, dim=None)\ndef LogSoftmax.forward(self, input)" },
  { "nn.Softmin", SCOPE_PYTORCH, "dim", 12,
    .signature = "def Softmin.__init__(self, dim=None)\ndef Softmin.forward(self, input)" },
  { "nn.Softplus", SCOPE_PYTORCH, "beta threshold", 13,
    .signature =
        "def Softplus.__init__(self, beta=1, threshold=20)\ndef Softplus.forward(self, input)" },
  { "nn.Softsign", SCOPE_PYTORCH, "", 14,
    .signature = "def Module.__init__(self)\ndef Softsign.forward(self, input)" },
  { "nn.Softshrink", SCOPE_PYTORCH, "lambd", 15,
    .signature = "def Softshrink.__init__(self, lambd=0.5)\ndef Softshrink.forward(self, input)" },
  { "nn.Hardshrink", SCOPE_PYTORCH, "lambd", 16,
    .signature = "def Hardshrink.__init__(self, lambd=0.5)\ndef Hardshrink.forward(self, input)" },
  { "nn.Tanhshrink", SCOPE_PYTORCH, "", 17,
    .signature = "def Module.__init__(self)\ndef Tanhshrink.forward(self, input)" },
  { "nn.Hardtanh", SCOPE_PYTORCH, "min_val max_val inplace", 18,
    .signature = "def Hardtanh.__init__(self, min_val=-1.0, max_val=1.0, inplace=False)\ndef "
                 "Hardtanh.forward(self, input)" },
  { "nn.Hardsigmoid", SCOPE_PYTORCH, "inplace", 19,
    .signature =
        "def Hardsigmoid.__init__(self, inplace=False)\ndef Hardsigmoid.forward(self, input)" },
  { "nn.Hardswish", SCOPE_PYTORCH, "inplace", 20,
    .signature =
        "def Hardswish.__init__(self, inplace=False)\ndef Hardswish.forward(self, input)" },
  { "nn.LogSigmoid", SCOPE_PYTORCH, "", 21,
    .signature = "def Module.__init__(self)\ndef LogSigmoid.forward(self, input)" },
  { "nn.ReLU6", SCOPE_PYTORCH, "inplace", 22,
    .signature = "def ReLU6.__init__(self, inplace=False)\ndef Hardtanh.forward(self, input)" },
  { "nn.Threshold", SCOPE_PYTORCH, "threshold value inplace", 23,
    .signature = "def Threshold.__init__(self, threshold, value, inplace=False)\ndef "
                 "Threshold.forward(self, input)" },
  { "nn.GLU", SCOPE_PYTORCH, "dim", 24,
    .signature = "def GLU.__init__(self, dim=-1)\ndef GLU.forward(self, input)" },
  { NULL },
};

static const ScopeParameter dropout_layer_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what the layer is called with" },
  { "p", SCOPE_TAKES_NUMBER, "0.5", NULL, "share that is dropped, or the order of the norm" },
  { "inplace", SCOPE_TAKES_BOOL, "False", NULL, "kept for PyTorch; there is no difference here" },
  { NULL },
};

static const ScopeSpelling dropout_layer_spellings[] = {
  { "nn.Dropout", SCOPE_PYTORCH, "p inplace", 25,
    .signature =
        "def _DropoutNd.__init__(self, p=0.5, inplace=False)\ndef Dropout.forward(self, input)" },
  { "nn.Dropout1d", SCOPE_PYTORCH, "p inplace", 26,
    .signature =
        "def _DropoutNd.__init__(self, p=0.5, inplace=False)\ndef Dropout1d.forward(self, input)" },
  { "nn.Dropout2d", SCOPE_PYTORCH, "p inplace", 27,
    .signature =
        "def _DropoutNd.__init__(self, p=0.5, inplace=False)\ndef Dropout2d.forward(self, input)" },
  { "nn.Dropout3d", SCOPE_PYTORCH, "p inplace", 28,
    .signature =
        "def _DropoutNd.__init__(self, p=0.5, inplace=False)\ndef Dropout3d.forward(self, input)" },
  { "nn.AlphaDropout", SCOPE_PYTORCH, "p inplace", 29,
    .signature = "def _DropoutNd.__init__(self, p=0.5, inplace=False)\ndef "
                 "AlphaDropout.forward(self, input)" },
  { NULL },
};

static const ScopeParameter pooling_layer_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what the layer is called with" },
  { "kernel_size", SCOPE_TAKES_SHAPE, "None", NULL, "sizes of the window" },
  { "stride", SCOPE_TAKES_SHAPE, "None", NULL, "from one window to the next" },
  { "padding", SCOPE_TAKES_SHAPE, "0", NULL, "places added on both sides" },
  { "dilation", SCOPE_TAKES_SHAPE, "1", NULL, "from one element of the window to the next" },
  { "return_indices", SCOPE_TAKES_BOOL, "False", NULL, "gives the places of the maxima too" },
  { "ceil_mode", SCOPE_TAKES_BOOL, "False", NULL, "a last window may reach over the end" },
  { "count_include_pad", SCOPE_TAKES_BOOL, "True", NULL, "padding counts in the mean" },
  { "divisor_override", SCOPE_TAKES_NUMBER, "None", NULL, "what the sum is divided by" },
  { "output_size", SCOPE_TAKES_SHAPE, "None", NULL, "sizes of the result" },
  { NULL },
};

static const ScopeSpelling pooling_layer_spellings[] = {
  { "nn.MaxPool1d", SCOPE_PYTORCH, "kernel_size stride padding dilation return_indices ceil_mode",
    30,
    .signature = "def _MaxPoolNd.__init__(self, kernel_size, stride=None, padding=0, dilation=1, "
                 "return_indices=False, ceil_mode=False)\ndef MaxPool1d.forward(self, input)" },
  { "nn.MaxPool2d", SCOPE_PYTORCH, "kernel_size stride padding dilation return_indices ceil_mode",
    31,
    .signature = "def _MaxPoolNd.__init__(self, kernel_size, stride=None, padding=0, dilation=1, "
                 "return_indices=False, ceil_mode=False)\ndef MaxPool2d.forward(self, input)" },
  { "nn.MaxPool3d", SCOPE_PYTORCH, "kernel_size stride padding dilation return_indices ceil_mode",
    32,
    .signature = "def _MaxPoolNd.__init__(self, kernel_size, stride=None, padding=0, dilation=1, "
                 "return_indices=False, ceil_mode=False)\ndef MaxPool3d.forward(self, input)" },
  { "nn.AvgPool1d", SCOPE_PYTORCH, "kernel_size stride padding ceil_mode count_include_pad", 33,
    .signature = "def AvgPool1d.__init__(self, kernel_size, stride=None, padding=0, "
                 "ceil_mode=False, count_include_pad=True)\ndef AvgPool1d.forward(self, input)" },
  { "nn.AvgPool2d", SCOPE_PYTORCH,
    "kernel_size stride padding ceil_mode count_include_pad divisor_override", 34,
    .signature =
        "def AvgPool2d.__init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, "
        "count_include_pad=True, divisor_override=None)\ndef AvgPool2d.forward(self, input)" },
  { "nn.AvgPool3d", SCOPE_PYTORCH,
    "kernel_size stride padding ceil_mode count_include_pad divisor_override", 35,
    .signature =
        "def AvgPool3d.__init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, "
        "count_include_pad=True, divisor_override=None)\ndef AvgPool3d.forward(self, input)" },
  { "nn.AdaptiveAvgPool1d", SCOPE_PYTORCH, "output_size", 36,
    .signature = "def _AdaptiveAvgPoolNd.__init__(self, output_size)\ndef "
                 "AdaptiveAvgPool1d.forward(self, input)" },
  { "nn.AdaptiveAvgPool2d", SCOPE_PYTORCH, "output_size", 37,
    .signature = "def _AdaptiveAvgPoolNd.__init__(self, output_size)\ndef "
                 "AdaptiveAvgPool2d.forward(self, input)" },
  { "nn.AdaptiveAvgPool3d", SCOPE_PYTORCH, "output_size", 38,
    .signature = "def _AdaptiveAvgPoolNd.__init__(self, output_size)\ndef "
                 "AdaptiveAvgPool3d.forward(self, input)" },
  { "nn.AdaptiveMaxPool1d", SCOPE_PYTORCH, "output_size return_indices", 39,
    .signature = "def _AdaptiveMaxPoolNd.__init__(self, output_size, return_indices=False)\ndef "
                 "AdaptiveMaxPool1d.forward(self, input)" },
  { "nn.AdaptiveMaxPool2d", SCOPE_PYTORCH, "output_size return_indices", 40,
    .signature = "def _AdaptiveMaxPoolNd.__init__(self, output_size, return_indices=False)\ndef "
                 "AdaptiveMaxPool2d.forward(self, input)" },
  { "nn.AdaptiveMaxPool3d", SCOPE_PYTORCH, "output_size return_indices", 41,
    .signature = "def _AdaptiveMaxPoolNd.__init__(self, output_size, return_indices=False)\ndef "
                 "AdaptiveMaxPool3d.forward(self, input)" },
  { NULL },
};

static const ScopeParameter shaping_layer_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what the layer is called with" },
  { "start_dim", SCOPE_TAKES_AXIS, "1", NULL, "the first axis that is joined" },
  { "end_dim", SCOPE_TAKES_AXIS, "-1", NULL, "the last axis that is joined" },
  { "dim", SCOPE_TAKES_AXIS, "None", NULL, "the axis" },
  { "unflattened_size", SCOPE_TAKES_SHAPE, "None", NULL, "the sizes it becomes" },
  { "upscale_factor", SCOPE_TAKES_INT, "None", NULL, "how many times wider and higher" },
  { "downscale_factor", SCOPE_TAKES_INT, "None", NULL, "how many times narrower and lower" },
  { "groups", SCOPE_TAKES_INT, "None", NULL, "number of groups of channels" },
  { NULL },
};

static const ScopeSpelling shaping_layer_spellings[] = {
  { "nn.Flatten", SCOPE_PYTORCH, "start_dim end_dim", 42,
    .signature =
        "def Flatten.__init__(self, start_dim=1, end_dim=-1)\ndef Flatten.forward(self, input)" },
  { "nn.Unflatten", SCOPE_PYTORCH, "dim unflattened_size", 43,
    .signature =
        "def Unflatten.__init__(self, dim, unflattened_size)\ndef Unflatten.forward(self, input)" },
  { "nn.Identity", SCOPE_PYTORCH, "**", 44, .signature = "\ndef Identity.forward(self, input)" },
  { "nn.PixelShuffle", SCOPE_PYTORCH, "upscale_factor", 45,
    .signature =
        "def PixelShuffle.__init__(self, upscale_factor)\ndef PixelShuffle.forward(self, input)" },
  { "nn.PixelUnshuffle", SCOPE_PYTORCH, "downscale_factor", 46,
    .signature = "def PixelUnshuffle.__init__(self, downscale_factor)\ndef "
                 "PixelUnshuffle.forward(self, input)" },
  { "nn.ChannelShuffle", SCOPE_PYTORCH, "groups", 47,
    .signature =
        "def ChannelShuffle.__init__(self, groups)\ndef ChannelShuffle.forward(self, input)" },
  { NULL },
};

static const ScopeParameter resizing_layer_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what the layer is called with" },
  { "size", SCOPE_TAKES_SHAPE, "None", NULL, "sizes of the result" },
  { "scale_factor", SCOPE_TAKES_NUMBERS, "None", NULL, "factor of the sizes" },
  { "mode", SCOPE_TAKES_STRING, "nearest", NULL, "how values are found" },
  { "align_corners", SCOPE_TAKES_BOOL, "None", NULL, "the outermost samples stay where they are" },
  { "recompute_scale_factor", SCOPE_TAKES_BOOL, "None", NULL,
    "the factor follows from the rounded sizes" },
  { NULL },
};

static const ScopeSpelling resizing_layer_spellings[] = {
  { "nn.Upsample", SCOPE_PYTORCH, "size scale_factor mode align_corners recompute_scale_factor", 48,
    .signature =
        "def Upsample.__init__(self, size=None, scale_factor=None, mode='nearest', "
        "align_corners=None, recompute_scale_factor=None)\ndef Upsample.forward(self, input)" },
  { NULL },
};

static const ScopeParameter window_layer_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what the layer is called with" },
  { "output_size", SCOPE_TAKES_SHAPE, "None", NULL, "sizes of the result" },
  { "kernel_size", SCOPE_TAKES_SHAPE, "None", NULL, "sizes of the window" },
  { "dilation", SCOPE_TAKES_SHAPE, "1", NULL, "from one element of the window to the next" },
  { "padding", SCOPE_TAKES_SHAPE, "0", NULL, "places added on both sides" },
  { "stride", SCOPE_TAKES_SHAPE, "1", NULL, "from one window to the next" },
  { NULL },
};

static const ScopeSpelling window_layer_spellings[] = {
  { "nn.Fold", SCOPE_PYTORCH, "output_size kernel_size dilation padding stride", 49,
    .signature = "def Fold.__init__(self, output_size, kernel_size, dilation=1, padding=0, "
                 "stride=1)\ndef Fold.forward(self, input)" },
  { "nn.Unfold", SCOPE_PYTORCH, "kernel_size dilation padding stride", 50,
    .signature = "def Unfold.__init__(self, kernel_size, dilation=1, padding=0, stride=1)\ndef "
                 "Unfold.forward(self, input)" },
  { NULL },
};

static const ScopeParameter loss_layer_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what the layer is called with" },
  { "target", SCOPE_TAKES_TENSOR, NULL, NULL, "what the input should be" },
  { "size_average", SCOPE_TAKES_BOOL, "None", NULL, "old form of reduction" },
  { "reduce", SCOPE_TAKES_BOOL, "None", NULL, "old form of reduction" },
  { "reduction", SCOPE_TAKES_CHOICE, "mean", "none mean sum", "none, mean or sum" },
  { "weight", SCOPE_TAKES_TENSOR, "None", NULL, "a weight for each class or element" },
  { "ignore_index", SCOPE_TAKES_INT, "-100", NULL, "targets with this value do not count" },
  { "label_smoothing", SCOPE_TAKES_NUMBER, "0.0", NULL,
    "share of the target given to all classes" },
  { "pos_weight", SCOPE_TAKES_TENSOR, "None", NULL, "a weight of positive examples" },
  { "beta", SCOPE_TAKES_NUMBER, "1.0", NULL, "steepness, or where a loss becomes linear" },
  { "delta", SCOPE_TAKES_NUMBER, "1.0", NULL, "where the loss becomes linear" },
  { "log_target", SCOPE_TAKES_BOOL, "False", NULL, "the target is a logarithm" },
  { NULL },
};

static const ScopeSpelling loss_layer_spellings[] = {
  { "nn.MSELoss", SCOPE_PYTORCH, "size_average reduce reduction", 51,
    .signature = "def MSELoss.__init__(self, size_average=None, reduce=None, "
                 "reduction='mean')\ndef MSELoss.forward(self, input, target)" },
  { "nn.L1Loss", SCOPE_PYTORCH, "size_average reduce reduction", 52,
    .signature = "def L1Loss.__init__(self, size_average=None, reduce=None, reduction='mean')\ndef "
                 "L1Loss.forward(self, input, target)" },
  { "nn.CrossEntropyLoss", SCOPE_PYTORCH,
    "weight size_average ignore_index reduce reduction label_smoothing", 53,
    .signature = "def CrossEntropyLoss.__init__(self, weight=None, size_average=None, "
                 "ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0)\ndef "
                 "CrossEntropyLoss.forward(self, input, target)" },
  { "nn.NLLLoss", SCOPE_PYTORCH, "weight size_average ignore_index reduce reduction", 54,
    .signature = "def NLLLoss.__init__(self, weight=None, size_average=None, ignore_index=-100, "
                 "reduce=None, reduction='mean')\ndef NLLLoss.forward(self, input, target)" },
  { "nn.BCELoss", SCOPE_PYTORCH, "weight size_average reduce reduction", 55,
    .signature = "def BCELoss.__init__(self, weight=None, size_average=None, reduce=None, "
                 "reduction='mean')\ndef BCELoss.forward(self, input, target)" },
  { "nn.BCEWithLogitsLoss", SCOPE_PYTORCH, "weight size_average reduce reduction pos_weight", 56,
    .signature =
        "def BCEWithLogitsLoss.__init__(self, weight=None, size_average=None, reduce=None, "
        "reduction='mean', pos_weight=None)\ndef BCEWithLogitsLoss.forward(self, input, target)" },
  { "nn.SmoothL1Loss", SCOPE_PYTORCH, "size_average reduce reduction beta", 57,
    .signature = "def SmoothL1Loss.__init__(self, size_average=None, reduce=None, "
                 "reduction='mean', beta=1.0)\ndef SmoothL1Loss.forward(self, input, target)" },
  { "nn.HuberLoss", SCOPE_PYTORCH, "reduction delta", 58,
    .signature = "def HuberLoss.__init__(self, reduction='mean', delta=1.0)\ndef "
                 "HuberLoss.forward(self, input, target)" },
  { "nn.KLDivLoss", SCOPE_PYTORCH, "size_average reduce reduction log_target", 59,
    .signature = "def KLDivLoss.__init__(self, size_average=None, reduce=None, reduction='mean', "
                 "log_target=False)\ndef KLDivLoss.forward(self, input, target)" },
  { NULL },
};

static const ScopeParameter distance_layer_parameters[] = {
  { "x1", SCOPE_TAKES_TENSOR, NULL, NULL, "the first vectors" },
  { "x2", SCOPE_TAKES_TENSOR, NULL, NULL, "the second vectors" },
  { "dim", SCOPE_TAKES_AXIS, "1", NULL, "the axis" },
  { "eps", SCOPE_TAKES_NUMBER, "1e-08", NULL, "the least divisor" },
  { "p", SCOPE_TAKES_NUMBER, "2.0", NULL, "share that is dropped, or the order of the norm" },
  { "keepdim", SCOPE_TAKES_BOOL, "False", NULL, "the axis stays" },
  { NULL },
};

static const ScopeSpelling distance_layer_spellings[] = {
  { "nn.CosineSimilarity", SCOPE_PYTORCH, "dim eps", 60,
    .signature = "def CosineSimilarity.__init__(self, dim=1, eps=1e-08)\ndef "
                 "CosineSimilarity.forward(self, x1, x2)" },
  { "nn.PairwiseDistance", SCOPE_PYTORCH, "p eps keepdim", 61,
    .signature = "def PairwiseDistance.__init__(self, p=2.0, eps=1e-06, keepdim=False)\ndef "
                 "PairwiseDistance.forward(self, x1, x2)" },
  { NULL },
};

const ScopeOp scope_ops_module_table[] = {
  { .name = "activation_layer",
    .group = "modules",
    .about = "applies a function to every element",
    .spelling = activation_layer_spellings,
    .parameter = activation_layer_parameters,
    .module = 1,
    .infer = forward,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { .name = "dropout_layer",
    .group = "modules",
    .about = "sets elements to 0 while training; here as it evaluates, where nothing changes",
    .spelling = dropout_layer_spellings,
    .parameter = dropout_layer_parameters,
    .module = 1,
    .construct = construct_dropout,
    .infer = forward,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { .name = "pooling_layer",
    .group = "modules",
    .about = "the mean or maximum of every window",
    .spelling = pooling_layer_spellings,
    .parameter = pooling_layer_parameters,
    .module = 1,
    .infer = forward,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { .name = "shaping_layer",
    .group = "modules",
    .about = "rearranges what it is given",
    .spelling = shaping_layer_spellings,
    .parameter = shaping_layer_parameters,
    .module = 1,
    .construct = construct_shaping,
    .infer = forward,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { .name = "resizing_layer",
    .group = "modules",
    .about = "resamples what it is given",
    .spelling = resizing_layer_spellings,
    .parameter = resizing_layer_parameters,
    .module = 1,
    .infer = forward,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { .name = "window_layer",
    .group = "modules",
    .about = "takes windows apart or puts them together",
    .spelling = window_layer_spellings,
    .parameter = window_layer_parameters,
    .module = 1,
    .infer = forward,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { .name = "loss_layer",
    .group = "modules",
    .about = "how far an input is from its target",
    .spelling = loss_layer_spellings,
    .parameter = loss_layer_parameters,
    .module = 2,
    .infer = forward,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { .name = "distance_layer",
    .group = "modules",
    .about = "how near two lists of vectors are",
    .spelling = distance_layer_spellings,
    .parameter = distance_layer_parameters,
    .module = 2,
    .infer = forward,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { NULL },
};
