/* Templates of PyTorch: broadcasting, joining, reshaping, products, indexing. */
#include "advice/message-parts.h"

#define PYTORCH(op, flags, pattern)                                                                \
  {                                                                                                \
    pattern, "pytorch", op, flags                                                                  \
  }

enum
{
  WARNING = SCOPE_ROW_WARNING,
  WEAK = SCOPE_ROW_WEAK,
  WRAPPER = SCOPE_ROW_WRAPPER,
  INNER = SCOPE_ROW_INNER,
  AT_AXIS = SCOPE_ROW_AT_AXIS,
  AXIS_0 = SCOPE_ROW_AXIS_0,
  AXIS_1 = SCOPE_ROW_AXIS_1,
  NUMEL = SCOPE_ROW_NUMEL,
  RANKS = SCOPE_ROW_RANKS,
  FOLDED = SCOPE_ROW_FOLDED,
};

/* More specific templates stand before those that begin alike. */
static const ScopeMessageRow rows[] = {
  /* around other messages */
  PYTORCH ("", WRAPPER, "Dynamo failed to run FX node with fake tensors: {*}("),
  PYTORCH ("", WRAPPER, "Failed running call_{*}("),

  /* broadcasting, expanding, assigning */
  PYTORCH ("broadcast",
           0,
           "The size of tensor a <({x})|{x}> must match the size of tensor b <({y})|{y}> at "
           "non-singleton dimension {axis}"),
  PYTORCH ("broadcast",
           0,
           "The size of tensor a <({x})|{x}> must match the size of tensor b <({y})|{y}>"),
  PYTORCH ("broadcast",
           AT_AXIS,
           "Attempting to broadcast a dimension of length {x} at {axis}<!|.|> Mismatching argument "
           "at index {index} had {a}; but expected shape should be broadcastable to {b}"),
  PYTORCH ("broadcast", 0, "Attempting to broadcast a dimension of length {x} at {axis}"),
  PYTORCH ("broadcast",
           SCOPE_ROW_IN_PLACE,
           "output with shape {a} doesn't match the broadcast shape {b}"),
  PYTORCH ("broadcast", WEAK, "Shape mismatch: objects cannot be broadcast to a single shape"),
  PYTORCH ("broadcast",
           WARNING,
           "An output with one or more elements was resized since it had shape {a}, which does not "
           "match the required output shape {b}"),
  PYTORCH ("expand",
           AT_AXIS,
           "The expanded size of the tensor ({y}) must match the existing size ({x}) at "
           "non-singleton dimension {axis}<.|> Target sizes: {b}<.|> Tensor sizes: {a}"),
  PYTORCH ("expand",
           0,
           "The expanded size of the tensor ({y}) must match the existing size ({x}) at "
           "non-singleton dimension {axis}"),
  PYTORCH ("expand",
           0,
           "The expanded size of the tensor ({size}) isn't allowed in a leading, non-existing "
           "dimension {axis}"),
  PYTORCH ("expand",
           0,
           "the number of sizes provided ({rank_b}) must be greater or equal to the number of "
           "dimensions in the tensor ({rank_a})"),
  PYTORCH ("expand",
           0,
           "{a}\\}, size={b}): the number of sizes provided ({rank_b}) must be greater "
           "or equal to the number of dimensions in the tensor ({rank_a})"),
  PYTORCH ("assign",
           0,
           "shape mismatch: value tensor of shape {a} cannot be broadcast to indexing result of "
           "shape {b}"),
  PYTORCH (
      "assign",
      0,
      "index_copy_(): Source/destination tensor must have same slice shapes. Destination slice "
      "shape: <{b}|> at dimension {axis_b} and source slice shape: <{a}|> at dimension "
      "{axis}"),
  PYTORCH ("assign",
           0,
           "index_add_(): Number of indices ({y}) should be equal to source.size(dim): ({x}), for "
           "dim: {axis}"),
  PYTORCH ("assign", WEAK, "Number of elements of source \\< number of ones in mask"),

  /* joining, splitting */
  PYTORCH ("cat",
           0,
           "Sizes of tensors must match except in dimension {cat}. Expected size {x} but got size "
           "{y} for tensor number {index} in the list"),
  PYTORCH (
      "cat",
      0,
      "Sizes of tensors must match except in dimension {cat}. Expected {x} in dimension {axis} "
      "but got {y} for tensor number {index} in the list"),
  PYTORCH (
      "cat",
      0,
      "Sizes of tensors must match except in dimension {cat}. Expected {*} in dimension {axis} "
      "to be {x} but got {y}"),
  PYTORCH ("cat",
           0,
           "Sizes of tensors must match except in dimension {cat}. Got {x} and {y} in dimension "
           "{axis} <(The offending index is {index})|>"),
  PYTORCH (
      "cat",
      0,
      "Sizes of tensors must match except in dimension {axis}. Got {x} and {y} <(The offending "
      "index is {index})|>"),
  PYTORCH ("cat", WEAK, "Sizes of tensors must match except in dimension"),
  PYTORCH ("cat", 0, "Expected size {x} but got size {y} for tensor number {index} in the list"),
  PYTORCH ("cat",
           0,
           "Tensors must have <the|> same number of dimensions: got {rank_a} and {rank_b}"),
  PYTORCH ("cat", 0, "zero-dimensional tensor (at position {index}) cannot be concatenated"),
  PYTORCH ("cat",
           0,
           "All tensors must have the same shape: {a} (except in the concatenating dimension), but "
           "found shape: {b} at position {index}"),
  PYTORCH ("stack",
           0,
           "stack expects each tensor to be equal size, but got {a} at entry {n} and {b} at entry "
           "{index}"),
  PYTORCH ("split",
           0,
           "split_with_sizes expects split_sizes to sum exactly to {size} (input tensor's size at "
           "dimension {axis}), but got split_sizes={splits}"),
  PYTORCH ("split", WEAK, "split_with_sizes expects split_sizes"),
  PYTORCH ("index", 0, "start ({index}) + length ({n}) exceeds dimension size ({size})"),
  PYTORCH ("dataset", WEAK, "Size mismatch between tensors"),

  /* reshaping, reordering */
  PYTORCH ("reshape", NUMEL, "{b}' is invalid for input of size {have}"),
  PYTORCH ("reshape", NUMEL, "{b}' is invalid for input with {have}"),
  PYTORCH ("reshape", WEAK, "view size is not compatible with input tensor's size and stride"),
  PYTORCH (
      "reshape",
      0,
      "unflatten: Provided sizes {splits} don't multiply up to the size of dim {axis} ({have})"),
  PYTORCH ("permute",
           0,
           "number of dimensions in the tensor input does not match the length of the desired "
           "ordering of dimensions i.e. input.dim() = {rank_a} is not equal to len(dims) = "
           "{rank_b}"),
  PYTORCH ("permute", WEAK, "number of dims don't match in permute"),
  PYTORCH ("axis",
           0,
           "Dimension out of range (expected to be in range of [{n}, {last}], but got {index})"),
  PYTORCH ("transpose", 0, "t() expects a tensor with \\<= 2 dimensions, but self is {rank_a}D"),
  PYTORCH ("unfold", 0, "maximum size for tensor at dimension {axis} is {x} but size is {y}"),
  PYTORCH ("roll", 0, "shifts and dimensions must align. shifts: {n}, dims:{n}"),
  PYTORCH ("reshape",
           0,
           "self.size(-1) must be divisible by {n} to view {*} (different element sizes), but got "
           "{size}"),
  PYTORCH ("pixel_shuffle",
           0,
           "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of "
           "upscale_factor, but input.size(-3)={size} is not divisible by {n}"),

  /* products */
  PYTORCH ("matmul",
           INNER | FOLDED,
           "mat1 and mat2 shapes cannot be multiplied <({a} and {b})|{a} and {b}>"),
  PYTORCH ("matmul", WEAK, "mat1 and mat2 shapes cannot be multiplied"),
  PYTORCH ("matmul", INNER | FOLDED, "size mismatch, m1: {a}, m2: {b}"),
  PYTORCH ("matmul", INNER | FOLDED, "size mismatch, t: {s}, m1: {a}, m2: {b}"),
  PYTORCH ("matmul", 0, "size mismatch, t: {s}, mat: {a}, vec: {b}"),
  PYTORCH ("matmul", INNER, "size mismatch, got {n}, {a},{b}"),
  PYTORCH ("matmul", INNER, "a and b must have same reduction dim, but got {a} X {b}"),
  PYTORCH ("matmul", 0, "mat1 must be a matrix, got {rank_a}-D tensor"),
  PYTORCH ("matmul", 0, "mat2 must be a matrix, got {rank_b}-D tensor"),
  PYTORCH ("matmul", WEAK, "mat1 dim 1 must match mat2 dim 0"),
  PYTORCH ("matmul", WEAK, "self must be a matrix"),
  PYTORCH ("matmul", WEAK, "mat2 must be a matrix"),
  PYTORCH ("matmul", 0, "matrices expected, got {rank_a}D, {rank_b}D tensors"),
  PYTORCH ("matmul",
           0,
           "inconsistent tensor size, expected tensor {a} and src {b} to have the same number of "
           "elements, but got {x} and {y} elements"),
  PYTORCH ("matmul", 0, "inconsistent tensor size, expected {*}"),
  PYTORCH ("matmul", 0, "1D tensors expected, <but got|got> {rank_a}D<, | and >{rank_b}D tensors"),
  PYTORCH ("matmul",
           SCOPE_ROW_BATCHED | SCOPE_ROW_PARTS,
           "Expected size for first two dimensions of batch2 tensor to be: {a} but got: {b}"),
  PYTORCH ("matmul", 0, "wrong matrix size, batch1: {a}, batch2: {b}"),
  PYTORCH ("matmul", WEAK, "batch1 must be a 3D tensor"),
  PYTORCH ("matmul", WEAK, "batch2 must be a 3D tensor"),
  PYTORCH ("matmul", 0, "batch1 and batch2 must have same number of batches, got {x} and {y}"),
  PYTORCH ("matmul", 0, "Incompatible matrix sizes for bmm ({a} and {b})"),
  PYTORCH (
      "tensordot",
      0,
      "contracted dimensions need to match, but first has size {x} in dim {axis} and second has "
      "size {y} in dim {axis_b}"),
  PYTORCH ("einsum",
           0,
           "einsum(): subscript {label} has size {y} for operand {index} which does not broadcast "
           "with previously seen size {x}"),
  PYTORCH ("einsum",
           0,
           "einsum()<:|> operands do not broadcast with remapped shapes [original-\\>remapped]: "
           "{remapped}"),
  PYTORCH (
      "einsum",
      0,
      "einsum(): the number of subscripts in the equation ({rank_a}) does not match the number "
      "of dimensions ({rank_b}) for operand {index}"),
  PYTORCH (
      "einsum",
      0,
      "einsum(): the number of subscripts in the equation ({rank_a}) is more than the number of "
      "dimensions ({rank_b}) for operand {index}"),
  PYTORCH ("matmul", 0, "outer: Expected 1-D argument {param}, but got {rank_a}-D"),
  PYTORCH ("cross", 0, "inputs dimension {axis} must have length 3. Got {x} and {y}"),
  PYTORCH ("linalg",
           0,
           "linalg.solve: Incompatible shapes of A and B for the equation {*} ({a} and {b})"),
  PYTORCH ("linalg", 0, "A must be batches of square matrices, but they are {x} by {y} matrices"),
  PYTORCH ("linalg", WEAK, "input.size(-2) should match other.size(-2)"),
  PYTORCH ("block_diag",
           0,
           "torch.block_diag: Input tensors must have 2 or fewer dimensions. Input {index} has "
           "{rank_a} dimensions"),
  PYTORCH ("cdist", 0, "X1 and X2 must have the same number of columns. X1: {x} X2: {y}"),
  PYTORCH ("matmul", 0, "addmm: Argument #{n} ({*}): Expected dim {axis} size {y}, got {x}"),
  PYTORCH ("arguments",
           0,
           "Expected tensor to have size {y} at dimension {axis}, but got size {x} for argument "
           "#{index} <'{param}' (while checking arguments for {node_op})|>"),
  PYTORCH ("arguments",
           0,
           "Expected {rank_b}-dimensional tensor, but got {rank_a}-dimensional tensor for argument "
           "#{index} <'{param}' (while checking arguments for {node_op})|>"),
  PYTORCH ("arguments",
           0,
           "Expected tensor to have {rank_b} dimensions, but got {rank_a} dimensions"),
  PYTORCH ("arguments", 0, "inconsistent size {a} for argument #{index} '{param}'"),

  /* indexing */
  PYTORCH ("index",
           AT_AXIS,
           "The shape of the mask {b} at index {axis_b} does not match the shape of the indexed "
           "tensor {a} at index {axis}"),
  PYTORCH ("index",
           0,
           "shape mismatch: indexing tensors could not be broadcast together with shapes {shapes}"),
  PYTORCH ("index", 0, "{index} is out of bounds for dimension {axis} with size {size}"),
  PYTORCH ("index", 0, "too many indices for tensor of dimension {rank_a}"),
  PYTORCH (
      "gather",
      0,
      "Size does not match at dimension {axis} expected index {a} to be <smaller than|no larger "
      "than> self {b} apart from dimension {n}"),
  PYTORCH (
      "scatter",
      0,
      "Expected index {a} to be <smaller than|no larger than> self {b} apart from dimension {n} "
      "and to be <smaller size than|no larger size than|no larger than> src {shape}"),
  PYTORCH ("scatter",
           0,
           "Expected index {a} to be <smaller than|no larger than> <self|src> {b} apart from "
           "dimension {n}"),
  PYTORCH ("gather", WEAK, "Index tensor must have the same number of dimensions as"),
  PYTORCH ("index", WEAK, "index_select(): Index is supposed to be a vector"),
  PYTORCH (
      "autograd",
      0,
      "Mismatch in shape: grad_output[{index}] has a shape of {a} and output[{n}] has a shape of "
      "{b}"),
  PYTORCH ("autograd", WEAK, "grad can be implicitly created only for scalar outputs"),
  PYTORCH ("gather",
           WEAK,
           "Input tensor must have same size as output tensor apart from the specified dimension"),
  PYTORCH ("creation", 0, "Trying to create tensor with negative dimension {size}: {a}"),
  PYTORCH ("array", 0, "expected sequence of length {x} at dim {axis} (got {y})"),
  PYTORCH ("meshgrid", WEAK, "Expected 0D or 1D tensor in the tensor list but got"),
};

const ScopeMessageTable scope_message_torch_shapes = { rows, sizeof rows / sizeof rows[0] };
