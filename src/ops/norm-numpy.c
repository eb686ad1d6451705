/* NumPy's norms. */
#include "ops/norm-rules.h"
#include "ops/promote.h"

#include <math.h>
#include <string.h>

static bool
numpy_vector (const ScopeNormCall *norm,
              const ScopeAxes *axes,
              ScopeDtype cast,
              ScopeResult *result)
{
  if (norm->word != NULL)
    {
      scope_norm_fail (norm, SCOPE_RULE_ARGUMENT);
      return scope_failure_both (norm->failure, "ValueError",
                                 norm->call->dialect == SCOPE_JAX
                                     ? "Invalid order '%s' for vector norm."
                                     : "Invalid norm order '%s' for vectors",
                                 norm->word);
    }
  int axis = axes->given ? axes->axis[0] : 0;
  if (isinf (norm->order) && norm->input.shape.rank > 0 && norm->input.shape.size[axis] == 0)
    {
      scope_norm_fail (norm, SCOPE_RULE_SIZE);
      return scope_failure_both (norm->failure, "ValueError",
                                 "zero-size array to reduction operation %s which has no identity",
                                 norm->order > 0 ? "maximum" : "minimum");
    }
  return scope_norm_of_vectors (norm, axes, norm->order, cast, result);
}

static bool
numpy_matrix (const ScopeNormCall *norm, int row, int column, ScopeDtype cast, ScopeResult *result)
{
  double size = fabs (norm->order);
  bool fro = norm->word != NULL ? strcmp (norm->word, "fro") == 0 || strcmp (norm->word, "f") == 0
                                : !norm->has_order;
  bool nuc = norm->word != NULL && strcmp (norm->word, "nuc") == 0;
  if (row == column)
    {
      scope_norm_fail (norm, SCOPE_RULE_AXIS);
      return scope_failure_both (norm->failure, "ValueError", "Duplicate axes given.");
    }
  if (norm->word != NULL ? !fro && !nuc : !fro && size != 1 && size != 2 && !isinf (size))
    {
      scope_norm_fail (norm, SCOPE_RULE_ARGUMENT);
      return scope_failure_both (norm->failure, "ValueError", "Invalid norm order for matrices.");
    }
  if (fro)
    {
      ScopeAxes axes = { .given = true, .count = 2, .axis = { row, column } };
      axes.has[row] = axes.has[column] = true;
      return scope_norm_of_vectors (norm, &axes, 2, cast, result);
    }
  if (cast == SCOPE_FLOAT16 && (nuc || size == 2))
    {
      scope_norm_fail (norm, SCOPE_RULE_TYPE);
      return scope_failure_both (norm->failure, "TypeError",
                                 "array type float16 is unsupported in linalg");
    }
  const ScopeShape *shape = &norm->input.shape;
  ScopeMatrixNorm which = nuc         ? SCOPE_MATRIX_NUCLEAR
                          : size == 2 ? SCOPE_MATRIX_SPECTRAL
                          : size == 1 ? SCOPE_MATRIX_COLUMNS
                                      : SCOPE_MATRIX_ROWS;
  bool none = which == SCOPE_MATRIX_SPECTRAL ? shape->size[row] == 0 || shape->size[column] == 0
              : which == SCOPE_MATRIX_ROWS   ? shape->size[row] == 0
                                             : shape->size[column] == 0;
  if (none && !nuc)
    {
      scope_norm_fail (norm, SCOPE_RULE_SIZE);
      return scope_failure_both (norm->failure, "ValueError",
                                 "zero-size array to reduction operation %s which has no identity",
                                 norm->order > 0 ? "maximum" : "minimum");
    }
  return scope_norm_of_matrices (norm, which, norm->order < 0, row, column, cast, result);
}

bool
scope_numpy_norm (const ScopeNormCall *norm, ScopeResult *result)
{
  int rank = norm->input.shape.rank, dims = norm->has_dim ? norm->dims : rank;
  ScopeDtype cast = scope_promote_inexact (norm->call->dialect, norm->input.dtype);
  ScopeAxes axes = { 0 };
  bool is_fro =
      norm->word != NULL && (strcmp (norm->word, "fro") == 0 || strcmp (norm->word, "f") == 0);
  bool is_two = norm->word == NULL && norm->has_order && norm->order == 2;
  if (!norm->has_dim && (!norm->has_order || (is_fro && rank == 2) || (is_two && rank == 1)))
    return scope_norm_of_vectors (norm, &axes, 2, cast, result);
  if (dims != 1 && dims != 2)
    {
      scope_norm_fail (norm, SCOPE_RULE_RANK);
      return scope_failure_both (norm->failure, "ValueError",
                                 "Improper number of dimensions to norm.");
    }
  if (dims == 1)
    {
      /* The word of a wrong order comes before that of a wrong axis. */
      if (norm->has_dim && norm->word == NULL)
        {
          if (!scope_norm_axis (norm, norm->dim[0], false, &axes.axis[0]))
            return false;
          axes.given = axes.has[axes.axis[0]] = true;
          axes.count = 1;
        }
      return numpy_vector (norm, &axes, cast, result);
    }
  int row = 0, column = 1;
  if (norm->has_dim
      && (!scope_norm_axis (norm, norm->dim[0], false, &row)
          || !scope_norm_axis (norm, norm->dim[1], false, &column)))
    return false;
  return numpy_matrix (norm, row, column, cast, result);
}
