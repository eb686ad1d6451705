/* PyTorch's norms: what each function takes, and what it says. */
#include "ops/norm-rules.h"
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/torch-product.h"

#include <math.h>
#include <string.h>

static const char *
type_word (ScopeDtype dtype)
{
  return scope_dtype_word (SCOPE_PYTORCH, dtype);
}

static bool
is_inexact (ScopeDtype dtype)
{
  ScopeKind kind = scope_dtype_kind (dtype);
  return kind == SCOPE_KIND_FLOAT || kind == SCOPE_KIND_COMPLEX;
}

/* ---- torch.norm -------------------------------------------------------------------------------
 */

static bool
refuse_old_type (const ScopeNormCall *norm, ScopeDtype dtype, const char *which)
{
  scope_norm_fail (norm, SCOPE_RULE_TYPE);
  scope_failure_explain (norm->failure, "PyTorch gives norms of floats only, not of %s.",
                         scope_dtype_name (dtype));
  return scope_failure_say (norm->failure, "RuntimeError",
                            "norm(): %s dtype should be either floating point or complex. Got %s "
                            "instead.",
                            which, type_word (dtype));
}

/* The Frobenius norm of two axes is a sum of squares and its root, written out. */
static bool
frobenius_pair (const ScopeNormCall *norm, ScopeAxes *axes, ScopeResult *result)
{
  for (int i = 0; i < 2; i++)
    if (!scope_norm_axis (norm, norm->dim[i], true, &axes->axis[i]))
      return false;
  if (axes->axis[0] == axes->axis[1])
    {
      scope_norm_fail (norm, SCOPE_RULE_AXIS);
      return scope_failure_both (norm->failure, "RuntimeError",
                                 "Expected dims to be different, got [%lld, %lld] instead",
                                 (long long)norm->dim[0], (long long)norm->dim[1]);
    }
  if (!is_inexact (norm->input.dtype))
    {
      scope_norm_fail (norm, SCOPE_RULE_TYPE);
      scope_failure_explain (norm->failure, "PyTorch gives norms of floats only, not of %s.",
                             scope_dtype_name (norm->input.dtype));
      return scope_failure_say (
          norm->failure, "RuntimeError",
          "result.scalar_type() == toRealValueType(self.scalar_type()) "
          "INTERNAL ASSERT FAILED at "
          "\"./aten/src/ATen/native/LinearAlgebra.cpp\":2694, please report a "
          "bug to PyTorch. ");
    }
  if (norm->input.dtype == SCOPE_FLOAT16)
    return scope_torch_has_no_kernel ("sqrt_vml_cpu", SCOPE_FLOAT16, norm->failure);
  axes->given = true;
  axes->count = 2;
  axes->has[axes->axis[0]] = axes->has[axes->axis[1]] = true;
  return scope_norm_of_vectors (norm, axes, 2, norm->input.dtype, result);
}

static bool
torch_frobenius (const ScopeNormCall *norm, ScopeResult *result)
{
  ScopeAxes axes = { 0 };
  if (norm->has_dtype)
    {
      scope_norm_fail (norm, SCOPE_RULE_ARGUMENT);
      return scope_failure_both (norm->failure, "ValueError",
                                 "dtype argument is not supported in frobenius norm");
    }
  if (norm->has_dim && norm->dims > 2)
    {
      scope_norm_fail (norm, SCOPE_RULE_RANK);
      return scope_failure_both (norm->failure, "RuntimeError",
                                 "Expected at most 2 dimensions, but got %d dimensions instead.",
                                 norm->dims);
    }
  if (norm->has_dim && norm->dims == 2)
    return frobenius_pair (norm, &axes, result);
  if (!is_inexact (norm->input.dtype))
    return refuse_old_type (norm, norm->input.dtype, "input");
  return scope_norm_axes (norm, &axes)
         && scope_norm_of_vectors (norm, &axes, 2, norm->input.dtype, result);
}

static bool
torch_nuclear (const ScopeNormCall *norm, ScopeResult *result)
{
  int rank = norm->input.shape.rank, row = 0, column = 1;
  if (norm->has_dtype)
    {
      scope_norm_fail (norm, SCOPE_RULE_ARGUMENT);
      return scope_failure_both (norm->failure, "ValueError",
                                 "dtype argument is not supported in nuclear norm");
    }
  if (!norm->has_dim && rank != 2)
    {
      scope_norm_fail (norm, SCOPE_RULE_RANK);
      return scope_failure_both (norm->failure, "RuntimeError",
                                 "Expected a tensor with 2 dimensions, but got a tensor with %d "
                                 "dimension%s instead.",
                                 rank, rank == 1 ? "" : "s");
    }
  if (norm->has_dim && norm->dims != 2)
    {
      scope_norm_fail (norm, SCOPE_RULE_ARGUMENT);
      return scope_failure_both (norm->failure, "RuntimeError",
                                 "nuclear norm requires a 'dim' argument of size 2");
    }
  if (norm->has_dim
      && (!scope_norm_axis (norm, norm->dim[0], true, &row)
          || !scope_norm_axis (norm, norm->dim[1], true, &column)))
    return false;
  if (row == column)
    {
      scope_norm_fail (norm, SCOPE_RULE_AXIS);
      return scope_failure_both (norm->failure, "RuntimeError", "duplicate or invalid dimensions");
    }
  if (!is_inexact (norm->input.dtype))
    {
      scope_norm_fail (norm, SCOPE_RULE_TYPE);
      return scope_failure_both (
          norm->failure, "RuntimeError",
          "linalg.svd: Expected a floating point or complex tensor as input. Got %s",
          type_word (norm->input.dtype));
    }
  if (norm->input.dtype == SCOPE_FLOAT16 || norm->input.dtype == SCOPE_BFLOAT16)
    return scope_torch_has_no_kernel ("linalg_svd_cpu", norm->input.dtype, norm->failure);
  return scope_norm_of_matrices (norm, SCOPE_MATRIX_NUCLEAR, false, row, column, norm->input.dtype,
                                 result);
}

bool
scope_torch_norm (const ScopeNormCall *norm, ScopeResult *result)
{
  bool absent = norm->call->value[SCOPE_NORM_ORDER].kind == SCOPE_VALUE_ABSENT;
  if (absent || (norm->word != NULL && strcmp (norm->word, "fro") == 0))
    return torch_frobenius (norm, result);
  if (norm->word != NULL && strcmp (norm->word, "nuc") == 0)
    return torch_nuclear (norm, result);
  if (norm->word != NULL)
    {
      scope_norm_fail (norm, SCOPE_RULE_ARGUMENT);
      return scope_failure_both (norm->failure, "RuntimeError",
                                 "only valid string values are 'fro' and 'nuc', found %s",
                                 norm->word);
    }
  ScopeDtype cast = norm->has_dtype ? norm->dtype : norm->input.dtype;
  if (!is_inexact (cast))
    return refuse_old_type (norm, cast, norm->has_dtype ? "the desired output" : "input");
  ScopeAxes axes;
  return scope_norm_axes (norm, &axes)
         && scope_norm_of_vectors (norm, &axes, norm->order, cast, result);
}

/* ---- torch.linalg -----------------------------------------------------------------------------
 */

/* An order as PyTorch prints it. */
static void
print_order (const ScopeNormCall *norm, ScopeText *text)
{
  const ScopeValue *order = &norm->call->value[SCOPE_NORM_ORDER];
  if (norm->word != NULL)
    scope_text_append (text, norm->word);
  else if (order->kind == SCOPE_VALUE_FLOAT)
    scope_text_append_rounded (text, norm->order, 6);
  else
    scope_text_printf (text, "%lld", (long long)norm->order);
}

static bool
linalg_type (const ScopeNormCall *norm, const char *name)
{
  ScopeDtype own = norm->input.dtype, wanted = norm->dtype, both;
  if (!norm->has_dtype)
    return true;
  bool is_complex = scope_dtype_kind (own) == SCOPE_KIND_COMPLEX;
  if (!is_inexact (wanted))
    {
      scope_norm_fail (norm, SCOPE_RULE_TYPE);
      return scope_failure_both (norm->failure, "RuntimeError",
                                 "%s: dtype should be floating point or complex, but got %s", name,
                                 type_word (wanted));
    }
  if (is_complex != (scope_dtype_kind (wanted) == SCOPE_KIND_COMPLEX))
    {
      const char *kind = is_complex ? "complex" : "real";
      scope_norm_fail (norm, SCOPE_RULE_TYPE);
      return scope_failure_both (norm->failure, "RuntimeError",
                                 "%s: dtype should be %s for %s inputs, but got %s", name, kind,
                                 kind, type_word (wanted));
    }
  if (!scope_promote_types (SCOPE_PYTORCH, own, wanted, &both) || both != wanted)
    {
      scope_norm_fail (norm, SCOPE_RULE_TYPE);
      return scope_failure_both (norm->failure, "RuntimeError",
                                 "%s: the dtype of the input (%s) should be convertible without "
                                 "narrowing to the specified dtype (%s)",
                                 name, type_word (own), type_word (wanted));
    }
  return true;
}

static bool
refuse_linalg_type (const ScopeNormCall *norm, const char *name)
{
  scope_norm_fail (norm, SCOPE_RULE_TYPE);
  return scope_failure_both (norm->failure, "RuntimeError",
                             "%s: Expected a floating point or complex tensor as input. Got %s",
                             name, type_word (norm->input.dtype));
}

/* Norms of nothing that have no value: infinite and negative orders. */
static bool
vector_sizes (const ScopeNormCall *norm)
{
  bool undefined = norm->order < 0 || norm->order == INFINITY;
  if (!undefined || !scope_shape_is_empty (&norm->input.shape))
    return true;
  ScopeText order = { 0 };
  print_order (norm, &order);
  bool whole = !norm->has_dim || norm->dims == 0, done = !whole;
  if (whole)
    {
      scope_norm_fail (norm, SCOPE_RULE_SIZE);
      scope_failure_both (
          norm->failure, "RuntimeError",
          "linalg.vector_norm cannot compute the %s norm on an empty tensor because "
          "the operation does not have an identity",
          scope_text_string (&order));
    }
  for (int i = 0; done && i < norm->dims; i++)
    {
      int axis;
      done = scope_norm_axis (norm, norm->dim[i], false, &axis);
      if (done && norm->input.shape.size[axis] == 0)
        {
          scope_norm_fail (norm, SCOPE_RULE_SIZE);
          done = scope_failure_both (
              norm->failure, "RuntimeError",
              "linalg.vector_norm cannot compute the %s norm on the dimension %lldbecause this "
              "dimension is empty and the operation does not have an identity",
              scope_text_string (&order), (long long)norm->dim[i]);
        }
    }
  scope_text_clear (&order);
  return done;
}

bool
scope_linalg_vector_norm (const ScopeNormCall *norm, ScopeResult *result)
{
  ScopeAxes axes;
  if (!is_inexact (norm->input.dtype))
    return refuse_linalg_type (norm, "linalg.vector_norm");
  return vector_sizes (norm) && linalg_type (norm, "linalg.vector_norm")
         && scope_norm_axes (norm, &axes)
         && scope_norm_of_vectors (norm, &axes, norm->order,
                                   norm->has_dtype ? norm->dtype : norm->input.dtype, result);
}

static bool
refuse_order (const ScopeNormCall *norm)
{
  ScopeText order = { 0 };
  if (norm->word != NULL)
    scope_text_append (&order, norm->word);
  else
    scope_text_append_rounded (&order, norm->order, 6);
  scope_norm_fail (norm, SCOPE_RULE_ARGUMENT);
  scope_failure_both (norm->failure, "RuntimeError", "linalg.matrix_norm: Order %s not supported.",
                      scope_text_string (&order));
  scope_text_clear (&order);
  return false;
}

/* The two axes of a matrix, −2 and −1 or 0 and 1 where none were named. */
static bool
matrix_axes (const ScopeNormCall *norm, bool front, int *row, int *column)
{
  int64_t dim[2] = { front ? 0 : -2, front ? 1 : -1 };
  if (norm->has_dim && norm->dims != 2)
    {
      ScopeText list = { 0 };
      for (int i = 0; i < norm->dims; i++)
        scope_text_printf (&list, "%s%lld", i > 0 ? " " : "", (long long)norm->dim[i]);
      scope_norm_fail (norm, SCOPE_RULE_ARGUMENT);
      scope_failure_both (norm->failure, "RuntimeError",
                          "linalg.matrix_norm: dim must be a 2-tuple. Got %s",
                          scope_text_string (&list));
      scope_text_clear (&list);
      return false;
    }
  if (norm->has_dim)
    memcpy (dim, norm->dim, sizeof dim);
  if (!scope_norm_axis (norm, dim[0], true, row) || !scope_norm_axis (norm, dim[1], true, column))
    return false;
  if (*row == *column)
    {
      scope_norm_fail (norm, SCOPE_RULE_AXIS);
      return scope_failure_both (norm->failure, "RuntimeError",
                                 "linalg.matrix_norm: dims must be different. Got (%d, %d)", *row,
                                 *column);
    }
  return true;
}

/* A largest sum needs sums: the axis along which it is sought must have some. */
static bool
matrix_sizes (const ScopeNormCall *norm, ScopeMatrixNorm which, int row, int column)
{
  const ScopeShape *shape = &norm->input.shape;
  bool singular = which == SCOPE_MATRIX_SPECTRAL;
  int summed = which == SCOPE_MATRIX_COLUMNS ? row : column;
  int sought = which == SCOPE_MATRIX_COLUMNS ? column : row;
  int64_t count =
      singular ? (shape->size[row] < shape->size[column] ? shape->size[row] : shape->size[column])
               : shape->size[sought];
  if (which == SCOPE_MATRIX_NUCLEAR || count != 0)
    return true;
  const ScopeValue *keep = &norm->call->value[SCOPE_REDUCTION_KEEPDIM];
  bool keeps = scope_value_is_int (keep) && keep->integer != 0;
  int shown = singular ? -1 : sought - (!keeps && summed < sought);
  scope_norm_fail (norm, SCOPE_RULE_SIZE);
  scope_failure_explain (norm->failure, "The matrix has no elements, so there is none to find.");
  return scope_failure_say (norm->failure, "IndexError",
                            "%s(): Expected reduction dim %d to have non-zero size.",
                            norm->order > 0 ? "amax" : "amin", shown);
}

bool
scope_linalg_matrix_norm (const ScopeNormCall *norm, bool front, ScopeResult *result)
{
  double size = fabs (norm->order);
  bool fro = norm->word != NULL ? strcmp (norm->word, "fro") == 0 : !norm->has_order;
  bool nuc = norm->word != NULL && strcmp (norm->word, "nuc") == 0;
  if (norm->word != NULL ? !fro && !nuc : !fro && size != 1 && size != 2 && !isinf (size))
    return refuse_order (norm);
  if (norm->input.shape.rank < 2)
    {
      scope_norm_fail (norm, SCOPE_RULE_RANK);
      return scope_failure_both (
          norm->failure, "RuntimeError",
          "linalg.matrix_norm: The input tensor A must have at least 2 dimensions.");
    }
  if (!is_inexact (norm->input.dtype))
    return refuse_linalg_type (norm, "linalg.matrix_norm");
  bool low = norm->input.dtype == SCOPE_FLOAT16 || norm->input.dtype == SCOPE_BFLOAT16;
  bool singular = nuc || (!fro && size == 2);
  if (low && singular)
    {
      scope_norm_fail (norm, SCOPE_RULE_TYPE);
      return scope_failure_both (norm->failure, "RuntimeError",
                                 "linalg.matrix_norm: Low precision dtypes not supported. Got %s",
                                 type_word (norm->input.dtype));
    }
  int row, column;
  if (!matrix_axes (norm, front, &row, &column) || !linalg_type (norm, "linalg.matrix_norm"))
    return false;
  ScopeDtype cast = norm->has_dtype ? norm->dtype : norm->input.dtype;
  if (fro)
    {
      ScopeAxes axes = { .given = true, .count = 2, .axis = { row, column } };
      axes.has[row] = axes.has[column] = true;
      return scope_norm_of_vectors (norm, &axes, 2, cast, result);
    }
  ScopeMatrixNorm which = nuc         ? SCOPE_MATRIX_NUCLEAR
                          : size == 2 ? SCOPE_MATRIX_SPECTRAL
                          : size == 1 ? SCOPE_MATRIX_COLUMNS
                                      : SCOPE_MATRIX_ROWS;
  return matrix_sizes (norm, which, row, column)
         && scope_norm_of_matrices (norm, which, norm->order < 0, row, column, cast, result);
}

bool
scope_linalg_norm (const ScopeNormCall *norm, ScopeResult *result)
{
  int rank = norm->input.shape.rank;
  if (norm->has_dim && norm->dims != 1 && norm->dims != 2)
    {
      ScopeText text = { 0 };
      for (int i = 0; i < norm->dims; i++)
        scope_text_printf (&text, "%s%lld", i > 0 ? ", " : "", (long long)norm->dim[i]);
      scope_norm_fail (norm, SCOPE_RULE_ARGUMENT);
      scope_failure_both (
          norm->failure, "RuntimeError",
          norm->word != NULL /* as PyTorch writes it */
              ? "linalg.norm: If dim is specified, it mut be of length 1 or 2. Got [%s]"
              : "linalg.norm: If dim is specified, it must be of length 1 or 2. Got [%s]",
          scope_text_string (&text));
      scope_text_clear (&text);
      return false;
    }
  if (!norm->has_dim && norm->has_order && rank != 1 && rank != 2)
    {
      scope_norm_fail (norm, SCOPE_RULE_RANK);
      return scope_failure_both (norm->failure, "RuntimeError",
                                 "linalg.norm: If dim is not specified but ord is, the input must "
                                 "be 1D or 2D. Got %dD.",
                                 rank);
    }
  bool matrix =
      norm->word != NULL || (norm->has_order && (norm->has_dim ? norm->dims == 2 : rank == 2));
  return matrix ? scope_linalg_matrix_norm (norm, true, result)
                : scope_linalg_vector_norm (norm, result);
}
