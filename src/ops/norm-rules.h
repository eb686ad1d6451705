/* Inside norms: shared by norm, norm-torch and norm-numpy. */
#pragma once

#include "ops/matrix-norm.h"
#include "ops/reduction.h"

/* The place of the order among the parameters. */
enum
{
  SCOPE_NORM_ORDER = SCOPE_REDUCTION_OWN,
};

/* What is known of a call. */
typedef struct
{
  const ScopeCall *call;
  ScopeOutput input;
  bool has_dim;
  int dims;
  int64_t dim[SCOPE_MAX_RANK]; /* as written */
  bool has_order;              /* not None */
  const char *word;            /* an order that is a word: "fro" */
  double order;
  bool has_dtype;
  ScopeDtype dtype;
  ScopeFailure *failure;
} ScopeNormCall;

static inline bool
scope_norm_fail (const ScopeNormCall *norm, ScopeRule rule)
{
  scope_failure_begin (norm->failure, rule);
  return false;
}

/* A norm over all axes of `axes`, as of a vector. */
bool scope_norm_of_vectors (const ScopeNormCall *norm,
                            const ScopeAxes *axes,
                            double order,
                            ScopeDtype cast,
                            ScopeResult *result);
/* A norm of the matrices along two axes. */
bool scope_norm_of_matrices (const ScopeNormCall *norm,
                             ScopeMatrixNorm which,
                             bool least,
                             int row_axis,
                             int column_axis,
                             ScopeDtype cast,
                             ScopeResult *result);
/* One axis as written. */
bool scope_norm_axis (const ScopeNormCall *norm, int64_t axis, bool scalar_has_one, int *out);
/* All axes as written. */
bool scope_norm_axes (const ScopeNormCall *norm, ScopeAxes *axes);

/* torch.norm; torch.linalg.norm, vector_norm and matrix_norm (`front`: of axes 0 and 1, not of the
 * last two). */
bool scope_torch_norm (const ScopeNormCall *norm, ScopeResult *result);
bool scope_linalg_norm (const ScopeNormCall *norm, ScopeResult *result);
bool scope_linalg_vector_norm (const ScopeNormCall *norm, ScopeResult *result);
bool scope_linalg_matrix_norm (const ScopeNormCall *norm, bool front, ScopeResult *result);
/* np.linalg.norm, and JAX's. */
bool scope_numpy_norm (const ScopeNormCall *norm, ScopeResult *result);
