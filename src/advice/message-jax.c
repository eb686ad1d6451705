/* Templates of JAX and Flax, ONNX Runtime, ONNX and TensorRT. */
#include "advice/message-parts.h"

#define ROW(framework, op, flags, pattern)                                                         \
  {                                                                                                \
    pattern, framework, op, flags                                                                  \
  }

enum
{
  WEAK = SCOPE_ROW_WEAK,
  INNER = SCOPE_ROW_INNER,
  AT_AXIS = SCOPE_ROW_AT_AXIS,
  FROM_A = SCOPE_ROW_AXIS_FROM_A,
  PARTS = SCOPE_ROW_PARTS,
  SILENT = SCOPE_ROW_SILENT,
  NODE = SCOPE_ROW_NODE,
};

#define JAX(op, flags, pattern)      ROW ("jax", op, flags, pattern)
#define FLAX(op, flags, pattern)     ROW ("flax", op, flags, pattern)
#define ORT(op, flags, pattern)      ROW ("onnxruntime", op, (flags) | NODE, pattern)
#define ONNX(op, flags, pattern)     ROW ("onnx", op, flags, pattern)
#define TENSORRT(op, flags, pattern) ROW ("tensorrt", op, flags, pattern)

static const ScopeMessageRow rows[] = {
  JAX ("broadcast", 0, "Incompatible shapes for broadcasting: shapes={shapes}"),
  JAX ("broadcast", 0, "Incompatible shapes for broadcasting: {shapes}"),
  JAX ("broadcast", 0, "{node_op} got incompatible shapes for broadcasting: {shapes}"),
  JAX ("matmul",
       PARTS,
       "dot_general requires contracting dimensions to have the same shape, got {a} and {b}"),
  JAX ("matmul",
       PARTS | SILENT,
       "dot_general requires lhs batch dimensions and rhs batch dimensions to have the same shape, "
       "got {a} and {b}"),
  JAX ("matmul", INNER, "Incompatible shapes for dot: got {a} and {b}"),
  JAX ("matmul", 0, "Cannot infer shape for dot operation: {a} \\<dot\\> {b}"),
  JAX ("cat",
       0,
       "Cannot concatenate arrays with shapes that differ in dimensions other than the one being "
       "concatenated: <concatenating along dimension|dimension> {cat} for shapes {shapes}"),
  JAX ("cat",
       SCOPE_ROW_RANKS,
       "Cannot concatenate arrays with different numbers of dimensions: got {shapes}"),
  JAX ("stack", 0, "All input arrays must have the same shape. Got {shapes}"),
  JAX ("reshape",
       0,
       "cannot reshape array of shape {a} (size {have}) into shape {b} (size {want})"),
  JAX ("reshape",
       0,
       "cannot reshape array of shape {a} (size {have}) into shape {b} because the product of "
       "specified axis sizes ({n}) does not evenly divide {n}"),
  JAX ("reshape", 0, "reshape total size must be unchanged, got new_sizes {b} for shape {a}"),
  JAX ("conv",
       0,
       "lhs feature dimension size divided by feature_group_count must equal the rhs input feature "
       "dimension size, but {x} // {groups} != {y}"),
  JAX ("scan", 0, "scan got values with different leading axis sizes: {x}, {y}"),
  JAX ("vmap",
       AT_AXIS | FROM_A,
       "vmap got inconsistent sizes for array axes to be mapped: <*|>one axis had size {x}: axis "
       "{axis} of {*} of type {a};<*|>one axis had size {y}: axis {axis_b} of {*} of type {b}"),
  JAX (
      "vmap",
      AT_AXIS | FROM_A,
      "vmap got inconsistent sizes for array axes to be mapped: <*|><most|some> axes ({n} of them) "
      "had size {x}, e.g. axis {axis} of {*} of type {a};<*|><one axis had size {y}:|some axes "
      "({n} "
      "of them) had size {y}, e.g.> axis {axis_b} of {*} of type {b}"),
  JAX ("vmap",
       AT_AXIS | FROM_A,
       "vmap got inconsistent sizes for array axes to be mapped:{*}has <an|>shape {a} and axis "
       "{axis} "
       "is to be mapped{*}has <an|>shape {b} and axis {axis_b} is to be mapped"),
  JAX ("vmap", 0, "got inconsistent map dimension sizes: <set([|\\{>{x}, {y}"),
  JAX ("vmap", WEAK, "vmap got inconsistent sizes for array axes to be mapped"),
  JAX ("index",
       0,
       "Too many indices for array: array is {rank_a}-dimensional, but {rank_b} were indexed"),
  JAX ("index",
       0,
       "Too many indices for array: {rank_b} non-None/Ellipsis indices for dim {rank_a}"),
  JAX ("index",
       0,
       "Too many indices: {rank_a}-dimensional array indexed with {rank_b} regular ind"),
  JAX ("index",
       0,
       "boolean index did not match shape of indexed array in index {axis}: got {b}, expected {a}"),
  FLAX (
      "param",
      0,
      "For parameter '{param}' in '{*}', the given initializer is expected to generate shape {a}, "
      "but the existing parameter it received has shape {b}"),
  FLAX ("param",
        0,
        "Initializer expected to generate shape {a} but got shape {b} instead for parameter "
        "'{param}' in '{*}'"),
  FLAX ("param",
        0,
        "Inconsistent shapes between value and initializer for parameter '{param}' in '{*}': {b}, "
        "{a}"),

  ORT ("input",
       SCOPE_ROW_INDICES,
       "Got invalid dimensions for input: {param} for the following indices index: {axis} Got: {x} "
       "Expected: {y}"),
  ORT ("input", 0, "Invalid rank for input: {param} Got: {rank_a} Expected: {rank_b}"),
  ORT ("broadcast", 0, "Attempting to broadcast an axis by a dimension other than 1. {x} by {y}"),
  ORT ("reshape",
       0,
       "The input tensor cannot be reshaped to the requested shape. Input shape:{a}, requested "
       "shape:{b}"),
  ORT ("matmul", 0, "MatMul dimension mismatch. Left vector K ({x}) != right vector K ({y})"),
  ORT ("broadcast",
       AT_AXIS,
       "left operand cannot broadcast on dim {axis} LeftShape: {a}, RightShape: {b}"),
  ORT ("broadcast",
       AT_AXIS,
       "right operand cannot broadcast on dim {axis} LeftShape: {a}, RightShape: {b}"),
  ORT ("matmul", 0, "left operand cannot broadcast on dim {axis}"),
  ORT ("matmul", 0, "right operand cannot broadcast on dim {axis}"),
  ORT ("matmul", WEAK, "MatMul dimension mismatch"),
  ORT ("matmul", SCOPE_ROW_GEMM, "GEMM: Dimension mismatch, W: {b} K: {x} N:{n}"),
  ORT ("cat",
       0,
       "Non concat axis dimensions must match: Axis {axis} has mismatched dimensions of {x} and "
       "{y}"),
  ORT ("cat",
       0,
       "Ranks of input data are different, cannot concatenate them. expected rank: {rank_b} got: "
       "{rank_a}"),
  ORT ("conv",
       0,
       "Input channels C is not equal to kernel channels * group. C: {x} kernel channels: {y} "
       "group: "
       "{groups}"),
  ORT ("conv", SCOPE_ROW_RANKS, "X num_dims does not match W num_dims. X: {a} W: {b}"),
  ORT ("conv_transpose",
       0,
       "filter number not equal to input channel number. filter_number: {y} num_input_channels: "
       "{x}"),
  ORT ("conv", 0, "Status Message: Invalid input shape: {a}"),
  ORT ("einsum",
       AT_AXIS | FROM_A,
       "Input shape of operand {index} is incompatible in the dimension {axis}. The shape is: {a} "
       "Another operand has a dim value of {y} in the same dimension"),
  ORT ("layer_norm",
       0,
       "or be NumPy-broadcastable to it. X.shape={a} scale.shape={b} bias.shape={*} and "
       "axis={axis}"),
  ORT ("layer_norm",
       0,
       "Size of X.shape()[axis:] == {x}. Size of scale and bias (if provided) must match this. Got "
       "scale size of {y}"),
  ORT ("batch_norm", 0, "Invalid input {param}: 0th dimension != {x}"),
  ORT (
      "split",
      AT_AXIS | FROM_A,
      "Cannot split using values in 'split' attribute. Axis={axis} Input shape={a} NumOutputs={n} "
      "Num entries in 'split' (must equal number of outputs) was {n} Sum of sizes in 'split' (must "
      "equal size of selected axis) was {y}"),
  ORT ("transpose", 0, "perm size: {rank_b} does not match input rank: {rank_a}"),
  ORT ("expand", WEAK, "invalid expand shape"),
  ORT ("gather",
       0,
       "indices element out of data bounds, idx={index} must be within the inclusive range "
       "[{n},{n}]"),

  ONNX ("cat",
        0,
        "All inputs to Concat must have same rank. Input {index} has rank {rank_a} != {rank_b}"),
  ONNX ("matmul", WEAK, "Incompatible dimensions for matrix multiplication"),
  ONNX ("broadcast", WEAK, "[ShapeInferenceError] Incompatible dimensions"),
  ONNX ("merge",
        0,
        "Can't merge shape info. Both inferred and declared dimension have values but they differ. "
        "Inferred={x} Declared={y} Dimension={axis}"),
  ONNX ("merge",
        0,
        "Mismatch between number of <source and target|inferred and declared> dimensions. "
        "<Source={rank_a} Target|inferred={rank_a} declared|Inferred={rank_a} Declared>={rank_b}"),
  ONNX ("matmul", SILENT, "Dimension mismatch in unification between {x} and {y}"),

  TENSORRT (
      "input",
      0,
      "Static dimension mismatch while setting input shape for {param}. Set dimensions are {a}. "
      "Expected dimensions are {b}"),
  TENSORRT ("input",
            0,
            "Static dimension mismatch while setting input shape. Set dimensions are {a}. Expected "
            "dimensions are {b}"),
  TENSORRT ("input",
            0,
            "Supplied binding dimension {a} for bindings[{index}] exceed min ~ max range at index "
            "{axis}, maximum dimension in profile is {y}, minimum dimension in profile is {n}, but "
            "supplied dimension is {x}"),
  TENSORRT ("input", WEAK, "Static dimension mismatch while setting input shape"),
  TENSORRT ("broadcast",
            0,
            "dimensions not compatible for elementwise. Condition '==' violated: {x} != {y}"),
  TENSORRT ("broadcast", 0, "Instruction: CHECK_BROADCAST {x} {y}"),
  TENSORRT ("broadcast", WEAK, "dimensions not compatible for elementwise"),
  TENSORRT ("broadcast", WEAK, "broadcast dimensions must be conformable"),
  TENSORRT (
      "broadcast",
      0,
      "elementwise inputs must have same dimensions or follow broadcast rules (input dimensions "
      "were {a} and {b})"),
};

const ScopeMessageTable scope_message_jax = { rows, sizeof rows / sizeof rows[0] };
