/* Templates of NumPy. */
#include "advice/message-parts.h"

#define NUMPY(op, flags, pattern)                                                                  \
  {                                                                                                \
    pattern, "numpy", op, flags                                                                    \
  }

enum
{
  WARNING = SCOPE_ROW_WARNING,
  WEAK = SCOPE_ROW_WEAK,
  NUMEL = SCOPE_ROW_NUMEL,
  LEADING = SCOPE_ROW_NOTE_LEADING,
};

static const ScopeMessageRow rows[] = {
  /* broadcasting, assigning */
  NUMPY ("broadcast",
         SCOPE_ROW_REMAPPED,
         "operands could not be broadcast together with remapped shapes [original-\\>remapped]: "
         "{remapped} <and requested shape {b}|>"),
  NUMPY ("broadcast",
         0,
         "operands could not be broadcast together with shapes {shapes} and requested shape {b}"),
  NUMPY ("broadcast", 0, "operands could not be broadcast together with shapes {shapes}"),
  NUMPY ("repeat", 0, "operands could not be broadcast together with shape ({x},) ({y},)"),
  NUMPY ("broadcast", WEAK, "operands could not be broadcast together"),
  NUMPY ("broadcast",
         SCOPE_ROW_IN_PLACE,
         "non-broadcastable output operand with shape {a} doesn't match the broadcast shape {b}"),
  NUMPY ("broadcast",
         0,
         "shape mismatch: objects cannot be broadcast to a single shape. Mismatch is between arg "
         "{index} with shape {a} and arg {n} with shape {b}"),
  NUMPY ("broadcast", WEAK, "shape mismatch: objects cannot be broadcast to a single shape"),
  NUMPY ("broadcast", WEAK, "input operand has more dimensions than allowed by the axis remapping"),
  NUMPY ("broadcast", WEAK, "array is not broadcastable to correct shape"),
  NUMPY ("broadcast", WEAK, "elementwise comparison failed"),
  NUMPY ("assign", 0, "could not broadcast input array from shape {a} into shape {b}"),
  NUMPY ("assign",
         0,
         "value array of shape {a} could not be broadcast to indexing result of shape {b}"),
  NUMPY ("assign",
         0,
         "shape mismatch: value array of shape {a} could not be broadcast to indexing result of "
         "shape {b}"),
  NUMPY ("assign",
         0,
         "NumPy boolean array indexing assignment cannot assign {x} input values to the {y} output "
         "values where the mask is true"),
  NUMPY ("assign", WEAK, "setting an array element with a sequence"),

  /* indexing */
  NUMPY ("index",
         0,
         "shape mismatch: indexing arrays could not be broadcast together with shapes {shapes}"),
  NUMPY (
      "index",
      0,
      "boolean index did not match indexed array along axis {axis}; size of axis is {x} but size "
      "of corresponding boolean axis is {y}"),
  NUMPY ("index",
         0,
         "boolean index did not match indexed array along dimension {axis}; dimension is {x} but "
         "corresponding boolean dimension is {y}"),
  NUMPY ("index", 0, "{index} is out of bounds for axis {axis} with size {size}"),
  NUMPY ("index", 0, "{index} is out of bounds for array with size {size}"),
  NUMPY ("index", 0, "{index} is out of bounds for size {size}"),
  NUMPY ("index", 0, "{index} out-of-bounds in add.reduceat [0, {size})"),
  NUMPY ("axis", 0, "{index} is out of bounds for array of dimension {rank_a}"),
  NUMPY ("index",
         0,
         "too many indices for array: array is {rank_a}-dimensional, but {rank_b} were indexed"),
  NUMPY ("index", WEAK, "too many indices for array"),

  /* joining */
  NUMPY ("cat",
         0,
         "all the input array dimensions <except|> for the concatenation axis must match exactly, "
         "but along dimension {axis}, the array at index {n} has size {x} and the array at index "
         "{index} has size {y}"),
  NUMPY ("cat",
         WEAK,
         "all the input array dimensions <except|> for the concatenation axis must match exactly"),
  NUMPY ("cat",
         0,
         "all the input arrays must have same number of dimensions, but the array at index {n} has "
         "{rank_a} dimension(s) and the array at index {index} has {rank_b} dimension(s)"),
  NUMPY ("cat", WEAK, "all the input arrays must have same number of dimensions"),
  NUMPY ("stack", WEAK, "all input arrays must have the same shape"),
  NUMPY ("split", WEAK, "array split does not result in an equal division"),

  /* reshaping, reordering */
  NUMPY ("reshape", NUMEL | LEADING, "cannot reshape array of size {have} into shape {b}"),
  NUMPY ("reshape", WEAK, "total size of new array must be unchanged"),
  NUMPY ("transpose", WEAK, "axes don't match array"),
  NUMPY ("squeeze", WEAK, "cannot select an axis to squeeze out which has size not equal to one"),

  /* products */
  NUMPY ("matmul",
         0,
         "matmul: Input operand {index} has a mismatch in its core dimension {n}, with gufunc "
         "signature {*} (size {y} is different from {x})"),
  NUMPY ("matmul",
         0,
         "matmul: Output operand {index} has a mismatch in its core dimension {n}, with gufunc "
         "signature {*} (size {y} is different from {x})"),
  NUMPY ("matmul",
         0,
         "matmul: Input operand {index} does not have enough dimensions (has {rank_a}, gufunc core "
         "with signature {*} requires {rank_b})"),
  NUMPY ("linalg",
         0,
         "put operand {index} has a mismatch in its core dimension {n}, with gufunc signature {*} "
         "(size {y} is different from {x})"),
  NUMPY ("linalg",
         0,
         "put operand {index} does not have enough dimensions (has {rank_a}, gufunc core with "
         "signature {*} requires {rank_b})"),
  /* CuPy writes brackets twice */
  { "shapes ((<{a},|{a}>)) and ((<{b},|{b}>)) not aligned: {x} (dim {axis}) != {y} (dim {axis_b})",
    "cupy", "matmul", 0 },
  { "shapes ((<{a},|{a}>)) and ((<{b},|{b}>)) not aligned", "cupy", "matmul", SCOPE_ROW_INNER },
  NUMPY ("matmul", 0, "shapes {a} and {b} not aligned: {x} (dim {axis}) != {y} (dim {axis_b})"),
  NUMPY ("matmul", WEAK, "matrices are not aligned"),
  NUMPY ("matmul", WEAK, "objects are not aligned"),
  NUMPY ("tensordot", WEAK, "shape-mismatch for sum"),
  NUMPY ("einsum",
         0,
         "Size of label '{label}' for operand {index} ({y}) does not match previous terms ({x})"),
  NUMPY ("einsum", WEAK, "einstein sum subscripts string contains too many subscripts for operand"),
  NUMPY ("einsum", WEAK, "operand has more dimensions than subscripts given in einstein sum"),
  NUMPY ("linalg", WEAK, "Last 2 dimensions of the array must be square"),
  NUMPY ("linalg", 0, "{rank_a}-dimensional array given. Array must be {*} two-dimensional"),
  NUMPY ("cross", WEAK, "incompatible dimensions for cross product"),
  NUMPY ("vectorize", 0, "inconsistent size for core dimension '{label}': {y} vs {x}"),

  /* others */
  NUMPY ("array",
         0,
         "The requested array has an inhomogeneous shape after {n} dimensions. The detected shape "
         "was {a} + inhomogeneous part"),
  NUMPY ("testing", 0, "(shapes {a}, {b} mismatch)"),
  NUMPY ("mask", 0, "Mask and data not compatible: data size is {x}, mask size is {y}"),
  NUMPY ("mask", WEAK, "mask and data must be the same size"),
  NUMPY ("array", WEAK, "array-shape mismatch in array"),
  NUMPY ("array", WEAK, "all keys need to be the same shape"),
  NUMPY ("array", WEAK, "weights should have the same shape as a"),
  NUMPY ("array", WEAK, "x and y must have the same length"),
  NUMPY ("array", WEAK, "expected x and y to have same length"),
  NUMPY ("array", WEAK, "x and y must have same first dimension"),
  NUMPY ("array", WEAK, "object too deep for desired array"),
  NUMPY (
      "delete",
      0,
      "boolean array argument obj to delete must be one dimensional and match the axis length of "
      "{x}"),
};

const ScopeMessageTable scope_message_numpy = { rows, sizeof rows / sizeof rows[0] };
