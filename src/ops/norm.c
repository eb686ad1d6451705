/* Norms of vectors and matrices. */
#include "ops/norm-rules.h"

#include "core/arena.h"
#include "ops/operand.h"
#include "ops/promote.h"

#include <math.h>
#include <string.h>

enum
{
  P_ORDER = SCOPE_REDUCTION_OWN,
  P_DTYPE,
};

/* Which function a spelling is. */
enum
{
  TORCH_NORM,
  LINALG_NORM,
  VECTOR_NORM,
  MATRIX_NORM,
  NUMPY_NORM,
  TENSORFLOW_NORM,
};

/* ---- reading the arguments --------------------------------------------------------------------
 */

static bool
read_dims (ScopeNormCall *norm)
{
  const ScopeValue *dim = &norm->call->value[SCOPE_REDUCTION_DIM];
  int64_t list[SCOPE_MAX_RANK];
  int count;
  if (norm->call->dialect == SCOPE_NUMPY && dim->kind == SCOPE_VALUE_FLOAT)
    {
      /* NumPy makes it an int. */
      norm->has_dim = true;
      norm->dims = 1;
      norm->dim[0] = (int64_t)dim->number;
      return true;
    }
  if (norm->call->dialect == SCOPE_NUMPY
      && (dim->kind == SCOPE_VALUE_LIST || dim->kind == SCOPE_VALUE_STRING))
    return scope_call_refuse (norm->call, SCOPE_REDUCTION_DIM, norm->failure,
                              "'axis' must be None, an integer or a tuple of integers");
  if (!scope_call_ints (norm->call, SCOPE_REDUCTION_DIM, list, &count, norm->failure))
    return false;
  norm->has_dim = count >= 0;
  norm->dims = count > 0 ? count : 0;
  memcpy (norm->dim, list, (size_t)norm->dims * sizeof *list);
  return true;
}

static bool
read_order (ScopeNormCall *norm)
{
  const ScopeValue *order = &norm->call->value[P_ORDER];
  norm->has_order = order->kind != SCOPE_VALUE_ABSENT && order->kind != SCOPE_VALUE_NONE;
  norm->order = 2;
  if (order->kind == SCOPE_VALUE_STRING)
    {
      norm->word = order->text;
      return true;
    }
  return scope_call_number (norm->call, P_ORDER, &norm->order, norm->failure);
}

/* ---- plans ------------------------------------------------------------------------------------
 */

/* Norms are computed in floats also where a dialect keeps whole numbers. */
static ScopeDtype
computed_in (ScopeDtype cast)
{
  ScopeKind kind = scope_dtype_kind (cast);
  return kind == SCOPE_KIND_FLOAT || kind == SCOPE_KIND_COMPLEX ? cast : SCOPE_FLOAT64;
}

/* A norm over all axes of `axes`, as of a vector. */
bool
scope_norm_of_vectors (const ScopeNormCall *norm,
                       const ScopeAxes *axes,
                       double order,
                       ScopeDtype cast,
                       ScopeResult *result)
{
  ScopeReduce *reduce = scope_reduction_plan (norm->call, &norm->input.shape, axes,
                                              SCOPE_REDUCE_NORM, computed_in (cast));
  ScopeNorm *plan = scope_arena_alloc (norm->call->arena, sizeof *plan);
  if (reduce == NULL || plan == NULL)
    return scope_call_out_of_memory (norm->call);
  reduce->parameter = order;
  reduce->rounds_sum = true;
  reduce->none = norm->call->dialect != SCOPE_PYTORCH && order < 0 ? INFINITY : 0;
  plan->reduce = *reduce;
  return scope_reduction_finish (norm->call, result, &plan->reduce, scope_dtype_real (cast));
}

bool
scope_norm_of_matrices (const ScopeNormCall *norm,
                        ScopeMatrixNorm which,
                        bool least,
                        int row_axis,
                        int column_axis,
                        ScopeDtype cast,
                        ScopeResult *result)
{
  ScopeAxes axes = { .given = true, .count = 2, .axis = { row_axis, column_axis } };
  axes.has[row_axis] = axes.has[column_axis] = true;
  ScopeReduce *reduce = scope_reduction_plan (norm->call, &norm->input.shape, &axes,
                                              SCOPE_REDUCE_NORM, computed_in (cast));
  ScopeNorm *plan = scope_arena_alloc (norm->call->arena, sizeof *plan);
  if (reduce == NULL || plan == NULL)
    return scope_call_out_of_memory (norm->call);
  *plan = (ScopeNorm){ *reduce, which, least, row_axis, column_axis };
  return scope_reduction_finish (norm->call, result, &plan->reduce, scope_dtype_real (cast));
}

bool
scope_norm_axis (const ScopeNormCall *norm, int64_t axis, bool scalar_has_one, int *out)
{
  const ScopeAxisStyle style = { .scalar_has_one = scalar_has_one };
  return scope_axis_find (norm->call, SCOPE_REDUCTION_DIM, &style, axis, norm->input.shape.rank,
                          out, norm->failure);
}

bool
scope_norm_axes (const ScopeNormCall *norm, ScopeAxes *axes)
{
  const ScopeReductionStyle style = { .strict_scalar = true };
  return scope_reduction_axes (norm->call, &style, &norm->input.shape, axes, norm->failure);
}

/* tf.norm: any axes; "euclidean" is 2. */
static bool
tensorflow_norm (ScopeNormCall *norm, ScopeResult *result)
{
  ScopeAxes axes;
  if (norm->word != NULL)
    norm->order = 2;
  return scope_norm_axes (norm, &axes)
         && scope_norm_of_vectors (norm, &axes, norm->order, norm->input.dtype, result);
}

/* ---- the operation ----------------------------------------------------------------------------
 */

static bool
norm_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeNormCall norm = { .call = call, .failure = failure };
  if (!scope_operand (call, SCOPE_REDUCTION_INPUT, &norm.input, failure) || !read_dims (&norm)
      || !read_order (&norm)
      || !scope_call_element_type (call, P_DTYPE, &norm.has_dtype, &norm.dtype, failure))
    return false;
  switch (call->spelling->variant)
    {
    case TORCH_NORM:
      return scope_torch_norm (&norm, result);
    case LINALG_NORM:
      return scope_linalg_norm (&norm, result);
    case VECTOR_NORM:
      return scope_linalg_vector_norm (&norm, result);
    case MATRIX_NORM:
      return scope_linalg_matrix_norm (&norm, false, result);
    case TENSORFLOW_NORM:
      return tensorflow_norm (&norm, result);
    default:
      return scope_numpy_norm (&norm, result);
    }
}

static const ScopeParameter parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "dim", SCOPE_TAKES_AXES, "None", NULL, "the axes that go; all when left out" },
  { "keepdim", SCOPE_TAKES_BOOL, "False", NULL, "keep them with one element" },
  { "p", SCOPE_TAKES_ANY, "None", NULL, "the order: 2, 1, inf, 'fro', 'nuc' …" },
  { "dtype", SCOPE_TAKES_DTYPE, "None", NULL, "the type in which it is computed" },
  { NULL },
};

#define LINALG_TYPES                                                                               \
  "tuple of ints[1]? dim=None, bool keepdim=False, *, torch.dtype dtype=None, Tensor out=None)"

static const ScopeSpelling norm_spellings[] = {
  { "torch.norm", SCOPE_PYTORCH, "input p dim keepdim -out dtype", TORCH_NORM,
    .signature = "def norm(input, p='fro', dim=None, keepdim=False, out=None, dtype=None)" },
  { ".norm", SCOPE_PYTORCH, "input p dim keepdim dtype", TORCH_NORM,
    .signature = "def Tensor.norm(self, p='fro', dim=None, keepdim=False, dtype=None)" },
  { "torch.linalg.norm", SCOPE_PYTORCH,
    "input p=ord dim=dim=axis keepdim=keepdim=keepdims | dtype -out", LINALG_NORM,
    .signature = "linalg_norm(Tensor input, Number? ord=None, " LINALG_TYPES
                 "\n(Tensor input, str ord, " LINALG_TYPES },
  { "torch.linalg.vector_norm", SCOPE_PYTORCH,
    "input p=ord dim=dim=axis keepdim=keepdim=keepdims | dtype -out", VECTOR_NORM,
    .signature = "linalg_vector_norm(Tensor input, Number ord=2, " LINALG_TYPES },
  { "torch.linalg.matrix_norm", SCOPE_PYTORCH,
    "input p=ord dim=dim=axis keepdim=keepdim=keepdims | dtype -out", MATRIX_NORM,
    .signature = "linalg_matrix_norm(Tensor input, Number ord, tuple of ints dim=None, bool "
                 "keepdim=False, *, torch.dtype dtype=None, Tensor out=None)\n"
                 "(Tensor input, str ord='fro', tuple of ints dim=None, bool keepdim=False, *, "
                 "torch.dtype dtype=None, Tensor out=None)" },
  { "np.linalg.norm", SCOPE_NUMPY, "input=x p=ord dim=axis keepdim=keepdims", NUMPY_NORM,
    .signature = "def norm(x, ord=None, axis=None, keepdims=False)" },
  { "jnp.linalg.norm", SCOPE_JAX, "input=x p=ord dim=axis keepdim=keepdims", NUMPY_NORM },
  { "tf.norm", SCOPE_TENSORFLOW, "input=tensor p=ord dim=axis keepdim=keepdims -name",
    TENSORFLOW_NORM },
  { "tf.linalg.norm", SCOPE_TENSORFLOW, "input=tensor p=ord dim=axis keepdim=keepdims -name",
    TENSORFLOW_NORM },
  { NULL },
};

const ScopeOp scope_ops_norm[] = {
  { "norm", "reduction", "how large a vector or matrix is", norm_spellings, parameters,
    SCOPE_ALIGN_NONE, norm_infer, scope_norm_read, scope_reduce_trace },
  { .name = NULL },
};
