/* Templates of PyTorch: layers, losses, resampling, state dicts. */
#include "advice/message-parts.h"

#define PYTORCH(op, flags, pattern)                                                                \
  {                                                                                                \
    pattern, "pytorch", op, flags                                                                  \
  }

enum
{
  WARNING = SCOPE_ROW_WARNING,
  WEAK = SCOPE_ROW_WEAK,
  AXIS_0 = SCOPE_ROW_AXIS_0,
  AXIS_1 = SCOPE_ROW_AXIS_1,
  AXIS_LAST = SCOPE_ROW_AXIS_LAST,
  CHANNEL = SCOPE_ROW_CHANNEL,
  EACH = SCOPE_ROW_EACH,
};

static const ScopeMessageRow rows[] = {
  /* convolutions */
  PYTORCH ("conv",
           CHANNEL,
           "Given groups={groups}, weight of size {b}, expected input<|:|of size>{a} to have {y} "
           "channels, but got {x} channels instead"),
  PYTORCH ("conv",
           CHANNEL,
           "Given groups={groups}, weight {b}, expected input<|:|of size>{a} to have {y} "
           "channels, but got {x} channels instead"),
  PYTORCH ("conv",
           0,
           "Given groups={groups}, weight of size {b}, expected bias to be 1-dimensional with {n} "
           "elements, but got bias of size {a} instead"),
  PYTORCH ("conv_transpose",
           CHANNEL,
           "Given transposed={n}, weight of size {b}, expected input<|:|of size>{a} to have {y} "
           "channels, but got {x} channels instead"),
  PYTORCH (
      "conv",
      CHANNEL,
      "Given groups={groups}, weight{b}, so expected input{a} to have {y} channels, but got {x} "
      "channels instead"),
  PYTORCH (
      "conv",
      SCOPE_ROW_AXIS_1,
      "Need input of dimension {n} and input.size[1] == {y} but got input to be of shape: {a}"),
  PYTORCH ("conv",
           0,
           "Given weight of size {b}, expected bias to be 1-dimensional with {n} elements, but got "
           "bias of size {a} instead"),
  PYTORCH ("conv",
           0,
           "Given groups={groups}, expected weight to be at least {n} at dimension {n}, but got "
           "weight of size {b} instead"),
  PYTORCH (
      "conv",
      0,
      "Given groups={groups}, expected weight to be divisible by {n} at dimension {n}, but got "
      "weight of size {b} instead"),
  PYTORCH (
      "conv",
      0,
      "Expected {rank_b}-dimensional input for {n}-dimensional weight<of size|><{spaced}|{b}>, "
      "but got {rank_a}-dimensional input of size {a} instead"),
  PYTORCH (
      "conv",
      0,
      "Expected {rank_b}-dimensional input for {n}-dimensional weight<of size|><{spaced}|{b}>, "
      "but got input of size {a} instead"),
  PYTORCH (
      "conv",
      0,
      "Expected {n}D (unbatched) or {n}D (batched) input <to {node_op}, but|, but> got input of "
      "size: {a}"),
  PYTORCH ("conv",
           0,
           "Expected {n}D or {n}D (batch mode) tensor <with {*} for input, but got|for input, but "
           "got|expected for input, but got>: {a}"),
  PYTORCH ("pool",
           0,
           "non-empty {n}D or {n}D (batch mode) tensor expected for input <, but got: {a}|>"),
  PYTORCH ("conv", 0, "Calculated padded input size per channel: ({a}). Kernel size: ({b})"),
  PYTORCH ("conv", 0, "Calculated input size: ({a}). Kernel size: ({b})"),
  PYTORCH ("pool",
           0,
           "Given input size: ({a}). Calculated output size: ({b}). Output size is too small"),
  PYTORCH (
      "fold",
      0,
      "Given input with spatial size {a}, kernel_size={b}, {*} calculated shape of the array of "
      "sliding blocks as {shape}"),
  PYTORCH (
      "fold",
      0,
      "Expected size of input's dimension {axis} to be divisible by the product of kernel_size, "
      "but got input.size({n})={size} and kernel_size={s}"),
  PYTORCH ("conv", 0, "Expected input batch to have {y} channels, but got {x} channels"),

  /* normalisation, activation */
  PYTORCH ("batch_norm", AXIS_1, "running_mean should contain {x} elements not {y}"),
  PYTORCH ("batch_norm", AXIS_1, "running_var should contain {x} elements not {y}"),
  PYTORCH ("batch_norm", AXIS_1, "weight should contain {x} elements not {y}"),
  PYTORCH ("batch_norm",
           0,
           "Expected more than 1 value per channel when training, got input size {a}"),
  PYTORCH ("batch_norm", 0, "expected {n}D or {n}D input (got {rank_a}D input)"),
  PYTORCH ("batch_norm", 0, "expected {rank_b}D input (got {rank_a}D input)"),
  PYTORCH ("layer_norm",
           0,
           "Given normalized_shape={a}, expected input with shape {*}, but got input of size {b}"),
  PYTORCH ("group_norm",
           0,
           "Expected number of channels in input to be divisible by num_groups, but got input of "
           "shape {a} and num_groups={groups}"),
  PYTORCH ("group_norm", WEAK, "num_channels must be divisible by num_groups"),
  PYTORCH (
      "prelu",
      0,
      "Mismatch of parameter numbers and input channel size. Found parameter numbers = {y} and "
      "channel size = {x}"),

  /* recurrent layers, attention */
  PYTORCH ("rnn", AXIS_LAST, "input.size(-1) must be equal to input_size. Expected {y}, got {x}"),
  PYTORCH ("rnn", 0, "Expected hidden[{index}] size {a}, got {b}"),
  PYTORCH ("rnn", 0, "Expected hidden size {a}, got {b}"),
  PYTORCH ("rnn", 0, "Expected cell size {a}, got {b}"),
  PYTORCH ("rnn", 0, "input must have {rank_b} dimensions, got {rank_a}"),
  PYTORCH ("rnn", 0, "input has inconsistent input_size: got {x} expected {y}"),
  PYTORCH ("rnn", 0, "input has inconsistent input_size: got {x}, expected {y}"),
  PYTORCH ("rnn", 0, "hidden{*} has inconsistent hidden_size: got {x}, expected {y}"),
  PYTORCH ("rnn", 0, "Input batch size {x} doesn't match hidden{*} batch size {y}"),
  PYTORCH ("rnn",
           0,
           "Expected `len(lengths)` to be equal to batch_size, but got {x} (batch_size={y})"),
  PYTORCH ("attention", 0, "was expecting embedding dimension of {y}, but got {x}"),
  PYTORCH ("attention", 0, "The shape of the {n}D attn_mask is {a}, but should be {b}"),
  PYTORCH ("attention", 0, "The size of the {n}D attn_mask is not correct"),
  PYTORCH ("attention", 0, "key shape {a} does not match value shape {b}"),
  PYTORCH ("attention", 0, "expecting key_padding_mask shape of {a}, but got {b}"),
  PYTORCH ("attention", 0, "key's sequence and batch dims {a} do not match value's {b}"),

  /* losses */
  PYTORCH ("loss", AXIS_0, "Expected input batch_size ({x}) to match target batch_size ({y})"),
  PYTORCH ("loss", 0, "size mismatch (got input: {a}<,|> target: {b}"),
  PYTORCH ("loss", 0, "Expected target size {a}, got {b}"),
  PYTORCH ("loss",
           0,
           "only batches of spatial targets supported (3D tensors) but got targets of <dimension: "
           "{rank_b}|size: {b}|size: : {b}>"),
  PYTORCH ("loss",
           0,
           "only batches of spatial targets supported (non-empty 3D tensors) but got targets of "
           "size: <:|> {b}"),
  PYTORCH ("loss", WEAK, "0D or 1D target tensor expected, multi-target not supported"),
  PYTORCH ("loss", WEAK, "multi-target not supported"),
  PYTORCH ("loss",
           SCOPE_ROW_ELEMENTWISE,
           "Using a target size ({b}) that is different to the input size ({a}) is deprecated"),
  PYTORCH ("loss",
           WARNING | SCOPE_ROW_ELEMENTWISE,
           "Using a target size ({b}) that is different to the input size ({a})"),
  PYTORCH ("loss", SCOPE_ROW_ELEMENTWISE, "Target size ({b}) must be the same as input size ({a})"),
  PYTORCH (
      "loss",
      0,
      "weight tensor should be defined either for all {y} classes or no classes but got weight "
      "tensor of shape: {a}"),
  PYTORCH ("loss", 0, "weight tensor should be defined either for all or no classes"),
  PYTORCH ("bilinear",
           0,
           "bilinear(): input{n} size does not match weight size: got {x} but expected {y}"),

  /* resampling, padding */
  PYTORCH ("interpolate",
           0,
           "Input and output must have the same number of spatial dimensions, but got input with "
           "spatial dimensions of {a} and output size of {b}"),
  PYTORCH ("interpolate",
           0,
           "Input and output sizes should be greater than 0, but got input (H: {n}, W: {n}) output "
           "(H: {n}, W: {n})"),
  PYTORCH ("interpolate", 0, "Non-empty {n}D data tensor expected but got a tensor with sizes {a}"),
  PYTORCH ("grid_sample",
           AXIS_0,
           "expected grid and input to have same batch size, but got input with sizes {a} and grid "
           "with sizes {b}"),
  PYTORCH ("pad",
           0,
           "Padding size should be less than the corresponding input dimension, but got: padding "
           "({n}, {n}) at dimension {axis} of input <{a}|{n}>"),

  /* state dicts */
  PYTORCH (
      "load_state_dict",
      EACH,
      "size mismatch for {param}: copying a param with shape {a} from checkpoint, the shape in "
      "current model is {b}"),
  PYTORCH ("load_state_dict",
           EACH,
           "size mismatch for {param}: copying a param of {a} from checkpoint, where the shape is "
           "{b} in current model"),
  PYTORCH ("load_state_dict", 0, "Attempted to load weight ({a}) into parameter ({b})"),
  PYTORCH ("load_state_dict",
           0,
           "While copying the parameter named {param}, whose dimensions in the model are {b} and "
           "whose dimensions in the checkpoint are {a}"),
};

const ScopeMessageTable scope_message_torch_layers = { rows, sizeof rows / sizeof rows[0] };
