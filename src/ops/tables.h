/* One line per file of operations: each exports `const ScopeOp scope_ops_<file>[]`, rows ending
 * with a NULL name. In the order of the alphabet. */
#pragma once

#include "ops/op.h"

#define SCOPE_OPERATION_FILES(X)                                                                   \
  X (adaptive_pool)                                                                                \
  X (added_products)                                                                               \
  X (assign)                                                                                       \
  X (binary)                                                                                       \
  X (closeness)                                                                                    \
  X (conv)                                                                                         \
  X (convert)                                                                                      \
  X (creation)                                                                                     \
  X (cumulate)                                                                                     \
  X (diagonal)                                                                                     \
  X (distances)                                                                                    \
  X (dot)                                                                                          \
  X (edits)                                                                                        \
  X (einops)                                                                                       \
  X (einsum)                                                                                       \
  X (embedding)                                                                                    \
  X (entropy)                                                                                      \
  X (extremes)                                                                                     \
  X (finding)                                                                                      \
  X (flipping)                                                                                     \
  X (gates)                                                                                        \
  X (gather)                                                                                       \
  X (grids)                                                                                        \
  X (index)                                                                                        \
  X (instance_norm)                                                                                \
  X (interleaving)                                                                                 \
  X (interpolate)                                                                                  \
  X (joining)                                                                                      \
  X (linear)                                                                                       \
  X (losses)                                                                                       \
  X (matmul)                                                                                       \
  X (module_norms)                                                                                 \
  X (module_table)                                                                                 \
  X (module_weights)                                                                               \
  X (norm)                                                                                         \
  X (normalization)                                                                                \
  X (padding)                                                                                      \
  X (permute)                                                                                      \
  X (pictures)                                                                                     \
  X (pooling)                                                                                      \
  X (repeating)                                                                                    \
  X (resample)                                                                                     \
  X (reshape)                                                                                      \
  X (resize)                                                                                       \
  X (rolling)                                                                                      \
  X (select)                                                                                       \
  X (shuffle)                                                                                      \
  X (single)                                                                                       \
  X (softmax)                                                                                      \
  X (sort)                                                                                         \
  X (splitting)                                                                                    \
  X (spread)                                                                                       \
  X (squeeze)                                                                                      \
  X (sums)                                                                                         \
  X (tensordot)                                                                                    \
  X (unary)                                                                                        \
  X (vector_products)                                                                              \
  X (windows)

#define SCOPE_DECLARE_TABLE(file) extern const ScopeOp scope_ops_##file[];
SCOPE_OPERATION_FILES (SCOPE_DECLARE_TABLE)
#undef SCOPE_DECLARE_TABLE
