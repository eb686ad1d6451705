/* Templates of TensorFlow and Keras. */
#include "advice/message-parts.h"

#define TENSORFLOW(op, flags, pattern)                                                             \
  {                                                                                                \
    pattern, "tensorflow", op, flags                                                               \
  }
#define KERAS(op, flags, pattern)                                                                  \
  {                                                                                                \
    pattern, "keras", op, flags                                                                    \
  }

enum
{
  WEAK = SCOPE_ROW_WEAK,
  INNER = SCOPE_ROW_INNER,
  AT_AXIS = SCOPE_ROW_AT_AXIS,
  FROM_A = SCOPE_ROW_AXIS_FROM_A,
  AXIS_0 = SCOPE_ROW_AXIS_0,
  AXIS_LAST = SCOPE_ROW_AXIS_LAST,
  RANKS = SCOPE_ROW_RANKS,
  /* The operation is the one that the message names. */
  NAMED = SCOPE_ROW_NAMED,
  MULTIPLE_OF = SCOPE_ROW_MULTIPLE_OF,
};

static const ScopeMessageRow rows[] = {
  /* broadcasting */
  TENSORFLOW ("broadcast", NAMED, "Incompatible shapes: {a} vs. {b}"),
  TENSORFLOW ("broadcast", NAMED, "Incompatible shapes: {a} vs {b}"),
  TENSORFLOW ("broadcast", WEAK | NAMED, "required broadcastable shapes"),
  TENSORFLOW ("broadcast", NAMED, "Dimensions must be equal, but are {x} and {y}"),
  TENSORFLOW (
      "broadcast",
      NAMED,
      "Dimension {axis} in both shapes must be equal, but are {x} and {y}<.|> Shapes are {a} "
      "and {b}"),
  TENSORFLOW ("broadcast",
              NAMED,
              "Dimension {axis} in both shapes must be equal, but are {x} and {y}"),
  TENSORFLOW ("broadcast", NAMED, "Shapes must be equal rank, but are {rank_a} and {rank_b}"),
  TENSORFLOW ("rank",
              NAMED,
              "Shape must be <rank|at least rank|at most rank> {rank_b} but is rank {rank_a}"),
  TENSORFLOW ("broadcast", NAMED, "Dimension must be {y} but is {x}"),
  TENSORFLOW ("shapes", 0, "Shapes {a} and {b} are incompatible"),
  TENSORFLOW ("shapes", 0, "Shapes {a} and {b} are not compatible"),
  TENSORFLOW ("shapes", 0, "Shapes {a} and {b} must have the same rank"),
  TENSORFLOW ("shapes", 0, "Dimensions {x} and {y} are not compatible"),
  TENSORFLOW ("axis", 0, "Expected dimension in the range [{n}, {rank_a}), but got {index}"),
  TENSORFLOW ("shapes", 0, "{a} must have rank <at least|at most|> {rank_b}"),
  TENSORFLOW ("bias",
              0,
              "Must provide as many biases as the last dimension of the input tensor: {a} vs. {b}"),

  /* products */
  TENSORFLOW ("matmul", INNER, "Matrix size-incompatible: In[0]: {a}, In[1]: {b}"),
  TENSORFLOW ("matmul", 0, "In[0] and In[1] must have compatible batch dimensions: {a} vs. {b}"),
  TENSORFLOW ("matmul", 0, "In[0] mismatch In[1] shape: {x} vs. {y}: {a} {b} {n} {n}"),
  TENSORFLOW ("matmul", 0, "In[0] mismatch In[1] shape: {x} vs. {y}: {a} {b}"),
  TENSORFLOW ("matmul", 0, "In[0] and In[1] ndims must be == 2: {rank_a}"),
  TENSORFLOW ("matmul", 0, "In[0] and In[1] has different ndims: {a} vs. {b}"),

  /* joining, reshaping, indexing */
  TENSORFLOW ("cat",
              0,
              "Dimensions of inputs should match: shape[0] = {a} vs. shape[{index}] = {b}"),
  TENSORFLOW ("cat",
              0,
              "Dimension {axis} in both shapes must be equal: shape[0] = {a} vs. shape[{index}] = "
              "{b}"),
  TENSORFLOW (
      "cat",
      RANKS,
      "Ranks of all <input tensors|inputs> should match: shape[0] = {a} vs. shape[{index}] = "
      "{b}"),
  TENSORFLOW ("stack",
              0,
              "Shapes of all inputs must match: values[0].shape = {a} != values[{index}].shape = "
              "{b}"),
  TENSORFLOW (
      "reshape",
      0,
      "Input to reshape is a tensor with {have} values, but the requested shape has {want}"),
  TENSORFLOW ("reshape",
              MULTIPLE_OF,
              "Input to reshape is a tensor with {have} values, but the requested shape requires a "
              "multiple of {want}"),
  TENSORFLOW ("reshape",
              0,
              "Input to reshape is a tensor with {have} dense values, but the requested shape <has "
              "{want}|requires a multiple of {want}>. input_shape={a} output_shape={b}"),
  TENSORFLOW ("reshape", 0, "Input has {have} values, which isn't the same as {want}"),
  TENSORFLOW ("reshape",
              0,
              "Cannot reshape a tensor with {have} elements to shape {b} ({want} elements)"),
  TENSORFLOW ("reshape",
              SCOPE_ROW_NUMEL,
              "Cannot reshape a tensor with {have} elements to shape {b}"),
  TENSORFLOW ("queue", 0, "Shape mismatch in tuple component {index}. Expected {a}, got {b}"),
  TENSORFLOW ("index", 0, "slice index {index} of dimension {axis} out of bounds"),
  TENSORFLOW ("split",
              0,
              "Number of ways to split should evenly divide the split dimension, but got split_dim "
              "{axis} (size = {size}) and num_split {n}"),
  TENSORFLOW ("split", 0, "Dimension size must be evenly divisible by {n} but is {size}"),

  /* assigning, feeding */
  TENSORFLOW ("assign",
              0,
              "Assign requires shapes of both tensors to match. lhs shape= {a} rhs shape= {b}"),
  TENSORFLOW (
      "assign",
      0,
      "Cannot assign value to variable '{param}': Shape mismatch. The variable shape {a}, and "
      "the assigned value shape {b} are incompatible"),
  TENSORFLOW ("assign",
              0,
              "Cannot assign to variable {param} due to variable shape {a} and value shape {b} are "
              "incompatible"),
  TENSORFLOW ("feed",
              0,
              "Cannot feed value of shape {a} for Tensor <u|>'{param}', which has shape {b}"),

  TENSORFLOW (
      "input",
      0,
      "Cannot set tensor: Dimension mismatch. Got {x} but expected {y} for dimension {axis} "
      "of input {index}"),
  TENSORFLOW ("input",
              0,
              "Cannot set tensor: Dimension mismatch. Got {rank_a} but expected {rank_b} for input "
              "{index}"),

  /* layers, losses */
  TENSORFLOW (
      "loss",
      AXIS_0 | AT_AXIS,
      "logits and labels must have the same first dimension, got logits shape {a} and labels "
      "shape {b}"),
  TENSORFLOW ("loss",
              0,
              "logits and labels must be broadcastable: logits_size={a} labels_size={b}"),
  TENSORFLOW ("loss", 0, "logits and labels must be same size: logits_size={a} labels_size={b}"),
  TENSORFLOW ("loss", 0, "logits and labels must have the same shape<, received|> ({a} vs {b})"),
  TENSORFLOW ("loss", 0, "logits and targets must have the same shape<, received|> ({a} vs {b})"),
  TENSORFLOW (
      "loss",
      0,
      "Rank mismatch: Rank of labels (received {rank_b}) should equal rank of logits minus 1 "
      "(received {rank_a})"),
  TENSORFLOW ("conv", 0, "input depth must be evenly divisible by filter depth: {x} vs {y}"),
  TENSORFLOW ("conv", 0, "input and filter must have the same depth: {x} vs {y}"),
  TENSORFLOW ("conv",
              NAMED,
              "Depth of input ({x}) is not a multiple of input depth of filter ({y})"),
  TENSORFLOW ("conv", NAMED, "Negative dimension size caused by subtracting {y} from {x}"),

  /* Keras: layers' inputs */
  KERAS ("input",
         AT_AXIS | FROM_A,
         "{index} of layer '{param}' is incompatible with the layer<::|:> expected axis {axis} of "
         "input shape to have value {y}<,|> but received input with shape {a}"),
  KERAS (
      "input",
      AT_AXIS | FROM_A,
      "of layer '{param}' is incompatible with the layer<::|:> expected axis {axis} of input shape "
      "to have value {y}<,|> but received input with shape {a}"),
  KERAS ("input",
         0,
         "{index} of layer '{param}' is incompatible with the layer<::|:> expected "
         "<min_ndim|max_ndim|ndim>={rank_b}, found ndim={rank_a}<. Full shape received: {a}|>"),
  KERAS ("input",
         0,
         "of layer '{param}' is incompatible with the layer<::|:> expected "
         "<min_ndim|max_ndim|ndim>={rank_b}, found ndim={rank_a}<. Full shape received: {a}|>"),
  KERAS (
      "input",
      0,
      "{index} of layer '{param}' is incompatible with the layer<::|:> expected shape={b}, found "
      "shape={a}"),
  KERAS ("input",
         0,
         "of layer '{param}' is incompatible with the layer<::|:> expected shape={b}, found "
         "shape={a}"),
  KERAS ("input",
         AT_AXIS | FROM_A,
         "{index} is incompatible with layer {param}: expected axis {axis} of input shape to have "
         "value {y} but got shape {a}"),
  KERAS ("input",
         0,
         "{index} is incompatible with layer {param}: expected <min_ndim|max_ndim|ndim>={rank_b}, "
         "found ndim={rank_a}"),
  KERAS ("input",
         0,
         "{index} is incompatible with layer {param}: expected shape={b}, found shape={a}"),
  KERAS (
      "input",
      0,
      "Error when checking {*}: expected {param} to have {rank_b} dimensions, but got array with "
      "shape {a}"),
  KERAS (
      "input",
      0,
      "Error when checking {*}: expected {param} to have shape {b} but got array with shape {a}"),
  KERAS ("input", 0, "{param} to have {rank_b} dimensions, but got array with shape {a}"),
  KERAS ("input", 0, "{param} to have shape {b}<,|> but got array with shape {a}"),
  KERAS ("input",
         0,
         "Invalid input shape for input {*} Expected shape {b}, but input has incompatible shape "
         "{a}"),
  KERAS ("input",
         AXIS_0 | SCOPE_ROW_LENGTHS,
         "Data cardinality is ambiguous: x sizes: {x}<y sizes: {y}|,>"),
  KERAS ("input", AXIS_0, "same number of samples. 'x' sizes: {x} 'y' sizes: {y}"),
  KERAS ("input",
         AXIS_0,
         "Input arrays should have the same number of samples as target arrays. Found {x} input "
         "samples and {y} target samples"),

  /* Keras: losses */
  KERAS ("loss", 0, "You are passing a target array of shape {b} while using as loss"),
  KERAS ("loss", 0, "A target array with shape {b} was passed for an output of shape {a}"),
  KERAS ("loss",
         0,
         "Arguments `target` and `output` must have the same shape. Received: target.shape={b}, "
         "output.shape={a}"),
  KERAS ("loss",
         0,
         "Arguments `target` and `output` must have the same <rank (ndim)|shape up until the last "
         "dimension>{*}: target.shape={b}, output.shape={a}"),

  /* Keras: merging, operations, weights */
  KERAS ("broadcast", 0, "Inputs have incompatible shapes. Received shapes {a} and {b}"),
  KERAS ("broadcast", 0, "Operands could not be broadcast together with shapes {a} {b}"),
  KERAS (
      "cat",
      0,
      "layer requires inputs with matching shapes except for the <concatenation|concat> axis<.|:> "
      "<Received: input_shape=|Got inputs shapes:|Received: input_shape:|Received:|input_shape=> "
      "{shapes}"),
  KERAS ("cat",
         0,
         "mode can only merge layers with matching output shapes except for the concat axis. Layer "
         "shapes: {shapes}"),
  KERAS ("broadcast",
         0,
         "Only tensors of same shape can be merged by layer {*} Got input shapes: {shapes}"),
  KERAS ("broadcast",
         0,
         "Only layers of same output shape can be merged using {*} mode. Layer shapes: {shapes}"),
  KERAS (
      "matmul",
      0,
      "Incompatible input shapes: axis values {x} (at axis {axis}) != {y} (at axis {axis_b}). Full "
      "input shapes: {a}, {b}"),
  KERAS (
      "broadcast",
      0,
      "Cannot broadcast shape, the failure dim has value {x}, which cannot be broadcasted to {y}. "
      "Input shapes are: {a} and {b}"),
  KERAS ("matmul",
         INNER,
         "Inner dimensions (`x1.shape[-1]` and `x2.shape[-2]`) must be equal, but received "
         "`x1.shape={a}` and `x2.shape={b}`"),
  KERAS ("reshape",
         0,
         "The total size of the tensor must be unchanged. Received: input_shape={a}, "
         "<newshape|target_shape>={b}"),
  KERAS ("reshape",
         0,
         "total size of new array must be unchanged, input_shape = {a}, output_shape = {b}"),
  KERAS ("load_state_dict",
         0,
         "weight shape {a} <is|> not compatible with provided weight shape {b}"),
  KERAS ("load_state_dict", 0, "Layer shape {a} not compatible with weight shape {b}"),
  KERAS ("load_state_dict",
         0,
         "Shape mismatch in layer #{n} (named {*}) for weight {param}. Weight expects shape {a}. "
         "Received saved weight with shape {b}"),
  KERAS ("assign",
         0,
         "The shape of the target variable and the shape of the target value in "
         "`variable.assign(value)` must match. variable.shape={a}, Received: value.shape={b}"),
  KERAS ("conv",
         0,
         "The number of input channels must match the kernel's input channels. Received: input "
         "channels={x}, kernel input channels={y}"),
  KERAS (
      "conv",
      0,
      "Computed output size would be negative. Received: `inputs shape={a}`, `kernel shape={b}`"),
};

const ScopeMessageTable scope_message_tensorflow = { rows, sizeof rows / sizeof rows[0] };
