/* Norms of matrices: the largest row or column sum, singular values and their sum. */
#pragma once

#include "ops/reduce.h"

typedef enum
{
  SCOPE_MATRIX_NONE,     /* not a matrix norm: the plan is an ordinary reduction */
  SCOPE_MATRIX_COLUMNS,  /* the largest sum of magnitudes of a column (order 1) */
  SCOPE_MATRIX_ROWS,     /* the same of a row (order ∞) */
  SCOPE_MATRIX_SPECTRAL, /* the largest singular value (order 2) */
  SCOPE_MATRIX_NUCLEAR,  /* the sum of the singular values */
} ScopeMatrixNorm;

typedef struct
{
  ScopeReduce reduce; /* first: with SCOPE_MATRIX_NONE the plan of scope_reduce_read */
  ScopeMatrixNorm norm;
  bool least; /* the least instead of the largest: negative orders */
  int row_axis, column_axis;
} ScopeNorm;

bool scope_norm_read (const ScopeNode *node,
                      ScopeReader *reader,
                      const ScopeRegion *region,
                      const ScopeBuffer *out,
                      ScopeError *error);

/* The singular values of a real rows × columns matrix, C order, by one-sided Jacobi rotations
 * (Hestenes 1958); there are min (rows, columns) of them, in no order. `matrix` is overwritten. */
void scope_singular_values (double *matrix, int64_t rows, int64_t columns, double *values);
