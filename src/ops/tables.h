/* One line per file of operations: each exports `const ScopeOp scope_ops_<file>[]`, rows ending
 * with a NULL name. */
#pragma once

#include "ops/op.h"

#define SCOPE_OPERATION_FILES(X)                                                                   \
  /* elementwise, assignment, indexing, creation */                                                \
  X (binary)                                                                                       \
  /* joining, splitting, repeating, padding */                                                     \
  /* reshaping and reordering */                                                                   \
  /* products, reductions, selection */                                                            \
  X (matmul)                                                                                       \
  X (dot)                                                                                          \
  X (tensordot)                                                                                    \
  /* resampling, pooling, layers */                                                                \
  X (interpolate)

#define SCOPE_DECLARE_TABLE(file) extern const ScopeOp scope_ops_##file[];
SCOPE_OPERATION_FILES (SCOPE_DECLARE_TABLE)
#undef SCOPE_DECLARE_TABLE
