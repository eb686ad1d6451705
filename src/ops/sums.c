/* Sums, means and products along axes; counts, and whether all or any elements are true. */
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/reduction.h"
#include "ops/torch-product.h"

static const ScopeReductionStyle sum_style = { .tensorflow = "Sum" };
static const ScopeReductionStyle mean_style = { .strict_scalar = true, .tensorflow = "Mean" };
static const ScopeReductionStyle nan_style = { 0 };
static const ScopeReductionStyle prod_style = { .tensorflow = "Prod" };
static const ScopeReductionStyle all_style = { .tensorflow = "All" };
static const ScopeReductionStyle any_style = { .tensorflow = "Any" };
static const ScopeReductionStyle count_style = { .tensorflow = "Sum" };
static const ScopeReductionStyle logsumexp_style = { .tensorflow = "Max" };

/* ---- types ----------------------------------------------------------------------------------- */

static bool
is_whole (ScopeDtype dtype)
{
  return dtype == SCOPE_BOOL || scope_dtype_is_integer (dtype);
}

/* What a dialect adds up elements of a type as: wide integers, but in TensorFlow their own type. */
static ScopeDtype
summed_type (ScopeDialect dialect, ScopeDtype dtype)
{
  bool is_unsigned = scope_dtype_kind (dtype) == SCOPE_KIND_UNSIGNED;
  size_t bytes = scope_dtype_bytes (dtype);
  if (!is_whole (dtype) || dialect == SCOPE_TENSORFLOW)
    return dtype;
  if (dialect == SCOPE_PYTORCH)
    return SCOPE_INT64;
  if (dialect == SCOPE_JAX)
    return bytes >= 4 ? dtype : is_unsigned ? SCOPE_UINT32 : SCOPE_INT32;
  return is_unsigned ? SCOPE_UINT64 : SCOPE_INT64;
}

static bool
refuse_bool (const char *kernel, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  scope_failure_explain (failure, "TensorFlow does not add up booleans; cast them first.");
  return scope_say_tensorflow (
      failure, kernel,
      "Value for attr 'T' of bool is not in the list of allowed values: float, double, int32, "
      "uint8, int16, int8, complex64, int64, qint8, quint8, qint32, bfloat16, qint16, quint16, "
      "uint16, complex128, half, uint32, uint64");
}

/* ---- sum, prod ------------------------------------------------------------------------------- */

enum
{
  SUM,
  NANSUM,
  PROD,
  NANPROD,
};

enum
{
  P_DTYPE = SCOPE_REDUCTION_OWN
};

static bool
torch_sum_types (const ScopeCall *call,
                 const ScopeOutput *input,
                 ScopeDtype cast,
                 ScopeFailure *failure)
{
  int variant = call->spelling->variant;
  bool complex_nansum = variant == NANSUM && scope_dtype_kind (input->dtype) == SCOPE_KIND_COMPLEX;
  if (complex_nansum)
    {
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      return scope_failure_both (failure, "RuntimeError", "nansum does not support complex inputs");
    }
  if (scope_shape_is_empty (&input->shape))
    return true;
  if (variant == PROD && (cast == SCOPE_FLOAT16 || cast == SCOPE_BFLOAT16))
    return scope_torch_has_no_kernel ("prod_cpu", cast, failure);
  return variant != NANSUM || is_whole (input->dtype) || scope_dtype_is_float (cast)
         || scope_torch_has_no_kernel ("nansum_cpu", cast, failure);
}

static bool
sum_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  int variant = call->spelling->variant;
  bool product = variant == PROD || variant == NANPROD;
  const ScopeReductionStyle *style = variant == NANSUM ? &nan_style
                                     : product         ? &prod_style
                                                       : &sum_style;
  ScopeOutput input;
  ScopeAxes axes;
  bool given;
  ScopeDtype dtype = SCOPE_FLOAT32;
  if (!scope_operand (call, SCOPE_REDUCTION_INPUT, &input, failure)
      || !scope_call_element_type (call, P_DTYPE, &given, &dtype, failure))
    return false;
  if (!given)
    dtype = summed_type (call->dialect, input.dtype);
  if (call->dialect == SCOPE_TENSORFLOW && input.dtype == SCOPE_BOOL)
    return refuse_bool (style->tensorflow, failure);
  if (!scope_reduction_axes (call, style, &input.shape, &axes, failure)
      || (call->dialect == SCOPE_PYTORCH && !torch_sum_types (call, &input, dtype, failure)))
    return false;
  ScopeReduce *plan = scope_reduction_plan (call, &input.shape, &axes,
                                            product ? SCOPE_REDUCE_PROD : SCOPE_REDUCE_SUM, dtype);
  if (plan == NULL)
    return false;
  plan->skip_nan = variant == NANSUM || variant == NANPROD;
  return scope_reduction_finish (call, result, plan, dtype);
}

/* ---- mean ------------------------------------------------------------------------------------ */

enum
{
  MEAN,
  NANMEAN,
};

static bool
torch_mean_types (const ScopeCall *call,
                  const ScopeOutput *input,
                  bool given,
                  ScopeDtype dtype,
                  ScopeFailure *failure)
{
  if (call->spelling->variant == NANMEAN)
    {
      if (scope_dtype_is_float (input->dtype))
        return true;
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      return scope_failure_both (
          failure, "RuntimeError",
          "nanmean(): expected input to have floating point dtype but got %s",
          scope_dtype_word (SCOPE_PYTORCH, input->dtype));
    }
  ScopeDtype used = given ? dtype : input->dtype;
  if (!is_whole (used))
    return true;
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  scope_failure_explain (failure,
                         "PyTorch gives no mean of %s: say which type it should have, as in "
                         "dtype=torch.float32, or convert with .float().",
                         scope_dtype_name (used));
  return scope_failure_say (failure, "RuntimeError",
                            "mean(): could not infer output dtype. %s dtype must be either a "
                            "floating point or complex dtype. Got: %s",
                            given ? "Optional" : "Input", scope_dtype_word (SCOPE_PYTORCH, used));
}

static bool
mean_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  bool nan = call->spelling->variant == NANMEAN;
  ScopeReductionStyle style = nan ? nan_style : mean_style;
  ScopeOutput input;
  ScopeAxes axes;
  bool given, numpy = call->dialect == SCOPE_NUMPY;
  ScopeDtype dtype = SCOPE_FLOAT32;
  if (!scope_operand (call, SCOPE_REDUCTION_INPUT, &input, failure)
      || !scope_call_element_type (call, P_DTYPE, &given, &dtype, failure))
    return false;
  if (call->dialect == SCOPE_PYTORCH && !torch_mean_types (call, &input, given, dtype, failure))
    return false;
  /* NumPy's nanmean of integers is its mean. */
  style.strict_scalar = !nan || is_whole (input.dtype);
  if (!scope_reduction_axes (call, &style, &input.shape, &axes, failure))
    return false;
  if (nan && call->dialect == SCOPE_PYTORCH && given && !scope_dtype_is_float (dtype))
    return scope_torch_has_no_kernel ("nansum_cpu", dtype, failure);
  ScopeDtype cast = given ? dtype : input.dtype;
  if (!given)
    {
      dtype = call->dialect == SCOPE_TENSORFLOW
                  ? input.dtype
                  : scope_promote_inexact (call->dialect, input.dtype);
      /* NumPy adds small floats up as float32. */
      cast = numpy && dtype == SCOPE_FLOAT16 ? SCOPE_FLOAT32 : dtype;
    }
  ScopeReduce *plan = scope_reduction_plan (call, &input.shape, &axes, SCOPE_REDUCE_MEAN, cast);
  if (plan == NULL)
    return false;
  plan->skip_nan = nan;
  plan->rounds_sum = call->dialect == SCOPE_PYTORCH;
  return scope_reduction_finish (call, result, plan, dtype);
}

/* ---- all, any, count_nonzero -------------------------------------------------------------------
 */

enum
{
  ALL,
  ANY,
};

static bool
truth_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  bool all = call->spelling->variant == ALL;
  const ScopeReductionStyle *style = all ? &all_style : &any_style;
  ScopeOutput input;
  ScopeAxes axes;
  if (!scope_operand (call, SCOPE_REDUCTION_INPUT, &input, failure)
      || !scope_reduction_axes (call, style, &input.shape, &axes, failure))
    return false;
  if (call->dialect == SCOPE_TENSORFLOW && input.dtype != SCOPE_BOOL)
    {
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      scope_failure_explain (failure, "TensorFlow wants booleans here, not %s.",
                             scope_dtype_name (input.dtype));
      return scope_failure_say (failure, "InvalidArgumentError",
                                "cannot compute %s as input #0(zero-based) was expected to be a "
                                "bool tensor but is a %s tensor [Op:%s] name: ",
                                style->tensorflow, scope_dtype_word (SCOPE_TENSORFLOW, input.dtype),
                                style->tensorflow);
    }
  ScopeReduce *plan = scope_reduction_plan (call, &input.shape, &axes,
                                            all ? SCOPE_REDUCE_ALL : SCOPE_REDUCE_ANY, input.dtype);
  if (plan == NULL)
    return false;
  bool bytes = call->dialect == SCOPE_PYTORCH && input.dtype == SCOPE_UINT8;
  return scope_reduction_finish (call, result, plan, bytes ? SCOPE_UINT8 : SCOPE_BOOL);
}

static bool
count_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  ScopeAxes axes;
  if (!scope_operand (call, SCOPE_REDUCTION_INPUT, &input, failure)
      || !scope_reduction_axes (call, &count_style, &input.shape, &axes, failure))
    return false;
  ScopeReduce *plan =
      scope_reduction_plan (call, &input.shape, &axes, SCOPE_REDUCE_COUNT, input.dtype);
  if (plan == NULL)
    return false;
  ScopeDtype dtype = call->dialect == SCOPE_JAX ? SCOPE_INT32 : SCOPE_INT64;
  return scope_reduction_finish (call, result, plan, dtype);
}

/* ---- logsumexp --------------------------------------------------------------------------------
 */

/* PyTorch adds the largest element back in the shape it found it in. */
static bool
refuse_no_axes (const ScopeShape *shape, ScopeFailure *failure)
{
  ScopeShape ones = { .rank = shape->rank };
  for (int axis = 0; axis < ones.rank; axis++)
    ones.size[axis] = 1;
  ScopeText text = { 0 };
  scope_shape_print (&ones, SCOPE_SHAPE_LIST, &text);
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  scope_failure_explain (failure, "PyTorch needs at least one axis here, or keepdim=True.");
  scope_failure_say (failure, "RuntimeError",
                     "output with shape [] doesn't match the broadcast shape %s",
                     scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

static bool
logsumexp_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  ScopeAxes axes;
  if (!scope_operand (call, SCOPE_REDUCTION_INPUT, &input, failure))
    return false;
  bool torch = call->dialect == SCOPE_PYTORCH;
  ScopeDtype dtype = is_whole (input.dtype) ? SCOPE_FLOAT32 : input.dtype;
  if (torch && scope_dtype_kind (dtype) == SCOPE_KIND_COMPLEX)
    {
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      return scope_failure_both (
          failure, "RuntimeError",
          "logsumexp(): Expected floating point type for result tensor, but got: %s",
          scope_dtype_word (SCOPE_PYTORCH, dtype));
    }
  if (!scope_reduction_axes (call, &logsumexp_style, &input.shape, &axes, failure))
    return false;
  if (torch && dtype == SCOPE_FLOAT16)
    return scope_torch_has_no_kernel ("exp_vml_cpu", dtype, failure);
  ScopeReduce *plan =
      scope_reduction_plan (call, &input.shape, &axes, SCOPE_REDUCE_LOGSUMEXP, dtype);
  if (plan == NULL)
    return false;
  if (torch && axes.given && axes.count == 0 && !plan->keep && input.shape.rank > 0
      && !scope_shape_is_empty (&input.shape))
    return refuse_no_axes (&input.shape, failure);
  return scope_reduction_finish (call, result, plan, dtype);
}

/* ---- the table ------------------------------------------------------------------------------- */

#define COMMON_PARAMETERS                                                                          \
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },                                       \
      { "dim", SCOPE_TAKES_AXES, "None", NULL, "the axes that go; all when left out" },            \
  {                                                                                                \
    "keepdim", SCOPE_TAKES_BOOL, "False", NULL, "keep them with one element"                       \
  }

static const ScopeParameter sum_parameters[] = {
  COMMON_PARAMETERS,
  { "dtype", SCOPE_TAKES_DTYPE, "None", NULL, "the type in which it is computed" },
  { NULL },
};
static const ScopeParameter plain_parameters[] = {
  COMMON_PARAMETERS,
  { NULL },
};

/* PyTorch's declarations. */
#define SUM_FUNCTION                                                                               \
  .signature = "(Tensor input, *, torch.dtype dtype=None)\n"                                       \
               "(Tensor input, tuple of ints[1]? dim, bool keepdim=False, *, torch.dtype "         \
               "dtype=None, Tensor out=None)\n"                                                    \
               "(Tensor input, tuple of names[1] dim, bool keepdim=False, *, torch.dtype "         \
               "dtype=None, Tensor out=None)"
#define SUM_METHOD                                                                                 \
  .signature = "(*, torch.dtype dtype=None)\n"                                                     \
               "(tuple of ints[1]? dim, bool keepdim=False, *, torch.dtype dtype=None)\n"          \
               "(tuple of names[1] dim, bool keepdim=False, *, torch.dtype dtype=None)"
#define NANSUM_FUNCTION                                                                            \
  .signature = "(Tensor input, tuple of ints[1]? dim=None, bool keepdim=False, *, torch.dtype "    \
               "dtype=None, Tensor out=None)"
#define NANSUM_METHOD                                                                              \
  .signature = "(tuple of ints[1]? dim=None, bool keepdim=False, *, torch.dtype dtype=None)"
#define PROD_FUNCTION                                                                              \
  .signature =                                                                                     \
      "(Tensor input, *, torch.dtype dtype=None)\n"                                                \
      "(Tensor input, int dim, bool keepdim=False, *, torch.dtype dtype=None, Tensor out=None)\n"  \
      "(Tensor input, name dim, bool keepdim=False, *, torch.dtype dtype=None, Tensor out=None)"
#define PROD_METHOD                                                                                \
  .signature = "(*, torch.dtype dtype=None)\n"                                                     \
               "(int dim, bool keepdim=False, *, torch.dtype dtype=None)\n"                        \
               "(name dim, bool keepdim=False, *, torch.dtype dtype=None)"
#define ALL_FUNCTION                                                                               \
  .signature = "(Tensor input, *, Tensor out=None)\n"                                              \
               "(Tensor input, int dim, bool keepdim=False, *, Tensor out=None)\n"                 \
               "(Tensor input, name dim, bool keepdim=False, *, Tensor out=None)"
#define ALL_METHOD                                                                                 \
  .signature = "()\n"                                                                              \
               "(int dim, bool keepdim=False)\n"                                                   \
               "(name dim, bool keepdim=False)"
#define COUNT_FUNCTION                                                                             \
  .signature = "(Tensor input, int? dim=None)\n"                                                   \
               "(Tensor input, tuple of ints dim)"
#define COUNT_METHOD                                                                               \
  .signature = "(int? dim=None)\n"                                                                 \
               "(tuple of ints dim)"
#define LOGSUMEXP_FUNCTION                                                                         \
  .signature = "(Tensor input, tuple of ints[1] dim, bool keepdim=False, *, Tensor out=None)\n"    \
               "(Tensor input, tuple of names[1] dim, bool keepdim=False, *, Tensor out=None)"
#define LOGSUMEXP_METHOD                                                                           \
  .signature = "(tuple of ints[1] dim, bool keepdim=False)\n"                                      \
               "(tuple of names[1] dim, bool keepdim=False)"

#define TORCH_SUM   "input dim=dim=axis keepdim=keepdim=keepdims | dtype -out"
#define TORCH_PLAIN "input dim=dim=axis keepdim=keepdim=keepdims | -out"
#define NUMPY_SUM   "input=a dim=axis dtype -out keepdim=keepdims -initial -where"
#define TF_PLAIN    "input=input_tensor dim=axis keepdim=keepdims -name"

static const ScopeSpelling sum_spellings[] = {
  { "torch.sum", SCOPE_PYTORCH, TORCH_SUM, SUM, SUM_FUNCTION },
  { ".sum", SCOPE_PYTORCH, TORCH_SUM, SUM, SUM_METHOD },
  { "np.sum", SCOPE_NUMPY, NUMPY_SUM, SUM,
    .signature =
        "def sum(a, axis=None, dtype=None, out=None, keepdims=None, initial=None, where=None)" },
  { ".sum", SCOPE_NUMPY, NUMPY_SUM, SUM },
  { "tf.reduce_sum", SCOPE_TENSORFLOW, TF_PLAIN, SUM },
  { "tf.math.reduce_sum", SCOPE_TENSORFLOW, TF_PLAIN, SUM },
  { "jnp.sum", SCOPE_JAX, NUMPY_SUM, SUM },
  { ".sum", SCOPE_JAX, NUMPY_SUM, SUM },
  { NULL },
};
static const ScopeSpelling nansum_spellings[] = {
  { "torch.nansum", SCOPE_PYTORCH, TORCH_SUM, NANSUM, NANSUM_FUNCTION },
  { ".nansum", SCOPE_PYTORCH, TORCH_SUM, NANSUM, NANSUM_METHOD },
  { "np.nansum", SCOPE_NUMPY, NUMPY_SUM, NANSUM,
    .signature =
        "def nansum(a, axis=None, dtype=None, out=None, keepdims=None, initial=None, where=None)" },
  { "jnp.nansum", SCOPE_JAX, NUMPY_SUM, NANSUM },
  { NULL },
};
static const ScopeSpelling prod_spellings[] = {
  { "torch.prod", SCOPE_PYTORCH, TORCH_SUM, PROD, PROD_FUNCTION },
  { ".prod", SCOPE_PYTORCH, TORCH_SUM, PROD, PROD_METHOD },
  { "np.prod", SCOPE_NUMPY, NUMPY_SUM, PROD,
    .signature =
        "def prod(a, axis=None, dtype=None, out=None, keepdims=None, initial=None, where=None)" },
  { ".prod", SCOPE_NUMPY, NUMPY_SUM, PROD },
  { "tf.reduce_prod", SCOPE_TENSORFLOW, TF_PLAIN, PROD },
  { "tf.math.reduce_prod", SCOPE_TENSORFLOW, TF_PLAIN, PROD },
  { "jnp.prod", SCOPE_JAX, NUMPY_SUM, PROD },
  { ".prod", SCOPE_JAX, NUMPY_SUM, PROD },
  { NULL },
};
static const ScopeSpelling nanprod_spellings[] = {
  { "np.nanprod", SCOPE_NUMPY, NUMPY_SUM, NANPROD,
    .signature = "def nanprod(a, axis=None, dtype=None, out=None, keepdims=None, initial=None, "
                 "where=None)" },
  { "jnp.nanprod", SCOPE_JAX, NUMPY_SUM, NANPROD },
  { NULL },
};

#define NUMPY_MEAN "input=a dim=axis dtype -out keepdim=keepdims | -where"

static const ScopeSpelling mean_spellings[] = {
  { "torch.mean", SCOPE_PYTORCH, TORCH_SUM, MEAN, SUM_FUNCTION },
  { ".mean", SCOPE_PYTORCH, TORCH_SUM, MEAN, SUM_METHOD },
  { "np.mean", SCOPE_NUMPY, NUMPY_MEAN, MEAN,
    .signature = "def mean(a, axis=None, dtype=None, out=None, keepdims=None, *, where=None)" },
  { ".mean", SCOPE_NUMPY, NUMPY_MEAN, MEAN },
  { "tf.reduce_mean", SCOPE_TENSORFLOW, TF_PLAIN, MEAN },
  { "tf.math.reduce_mean", SCOPE_TENSORFLOW, TF_PLAIN, MEAN },
  { "jnp.mean", SCOPE_JAX, NUMPY_MEAN, MEAN },
  { ".mean", SCOPE_JAX, NUMPY_MEAN, MEAN },
  { NULL },
};
static const ScopeSpelling nanmean_spellings[] = {
  { "torch.nanmean", SCOPE_PYTORCH, TORCH_SUM, NANMEAN, NANSUM_FUNCTION },
  { ".nanmean", SCOPE_PYTORCH, TORCH_SUM, NANMEAN, NANSUM_METHOD },
  { "np.nanmean", SCOPE_NUMPY, NUMPY_MEAN, NANMEAN,
    .signature = "def nanmean(a, axis=None, dtype=None, out=None, keepdims=None, *, where=None)" },
  { "jnp.nanmean", SCOPE_JAX, NUMPY_MEAN, NANMEAN },
  { NULL },
};

#define NUMPY_ALL "input=a dim=axis -out keepdim=keepdims | -where"

static const ScopeSpelling all_spellings[] = {
  { "torch.all", SCOPE_PYTORCH, TORCH_PLAIN, ALL, ALL_FUNCTION },
  { ".all", SCOPE_PYTORCH, TORCH_PLAIN, ALL, ALL_METHOD },
  { "np.all", SCOPE_NUMPY, NUMPY_ALL, ALL,
    .signature = "def all(a, axis=None, out=None, keepdims=None, *, where=None)" },
  { ".all", SCOPE_NUMPY, NUMPY_ALL, ALL },
  { "tf.reduce_all", SCOPE_TENSORFLOW, TF_PLAIN, ALL },
  { "tf.math.reduce_all", SCOPE_TENSORFLOW, TF_PLAIN, ALL },
  { "jnp.all", SCOPE_JAX, NUMPY_ALL, ALL },
  { ".all", SCOPE_JAX, NUMPY_ALL, ALL },
  { NULL },
};
static const ScopeSpelling any_spellings[] = {
  { "torch.any", SCOPE_PYTORCH, TORCH_PLAIN, ANY, ALL_FUNCTION },
  { ".any", SCOPE_PYTORCH, TORCH_PLAIN, ANY, ALL_METHOD },
  { "np.any", SCOPE_NUMPY, NUMPY_ALL, ANY,
    .signature = "def any(a, axis=None, out=None, keepdims=None, *, where=None)" },
  { ".any", SCOPE_NUMPY, NUMPY_ALL, ANY },
  { "tf.reduce_any", SCOPE_TENSORFLOW, TF_PLAIN, ANY },
  { "tf.math.reduce_any", SCOPE_TENSORFLOW, TF_PLAIN, ANY },
  { "jnp.any", SCOPE_JAX, NUMPY_ALL, ANY },
  { ".any", SCOPE_JAX, NUMPY_ALL, ANY },
  { NULL },
};
static const ScopeSpelling count_spellings[] = {
  { "torch.count_nonzero", SCOPE_PYTORCH, "input dim=dim=axis", 0, COUNT_FUNCTION },
  { ".count_nonzero", SCOPE_PYTORCH, "input dim=dim=axis", 0, COUNT_METHOD },
  { "np.count_nonzero", SCOPE_NUMPY, "input=a dim=axis | keepdim=keepdims", 0,
    .signature = "def count_nonzero(a, axis=None, *, keepdims=False)" },
  { "tf.math.count_nonzero", SCOPE_TENSORFLOW, "input dim=axis keepdim=keepdims -dtype -name", 0,
    false },
  { "jnp.count_nonzero", SCOPE_JAX, "input=a dim=axis keepdim=keepdims", 0 },
  { NULL },
};
static const ScopeSpelling logsumexp_spellings[] = {
  { "torch.logsumexp", SCOPE_PYTORCH, TORCH_PLAIN, 0, LOGSUMEXP_FUNCTION },
  { ".logsumexp", SCOPE_PYTORCH, TORCH_PLAIN, 0, LOGSUMEXP_METHOD },
  { "tf.reduce_logsumexp", SCOPE_TENSORFLOW, TF_PLAIN, 0 },
  { "tf.math.reduce_logsumexp", SCOPE_TENSORFLOW, TF_PLAIN, 0 },
  { "jax.nn.logsumexp", SCOPE_JAX, "input=a dim=axis | keepdim=keepdims", 0 },
  { "jax.scipy.special.logsumexp", SCOPE_JAX, "input=a dim=axis -b keepdim=keepdims", 0 },
  { NULL },
};

#define ROW(id, words, spellings, parameters, rule)                                                \
  {                                                                                                \
    id, "reduction", words, spellings, parameters, SCOPE_ALIGN_NONE, rule, scope_reduce_read,      \
        scope_reduce_trace                                                                         \
  }

const ScopeOp scope_ops_sums[] = {
  ROW ("sum", "the sum along axes", sum_spellings, sum_parameters, sum_infer),
  ROW ("nansum",
       "the sum along axes, leaving out what is not a number",
       nansum_spellings,
       sum_parameters,
       sum_infer),
  ROW ("mean", "the mean along axes", mean_spellings, sum_parameters, mean_infer),
  ROW ("nanmean",
       "the mean along axes of what is a number",
       nanmean_spellings,
       sum_parameters,
       mean_infer),
  ROW ("prod", "the product along axes", prod_spellings, sum_parameters, sum_infer),
  ROW ("nanprod",
       "the product along axes of what is a number",
       nanprod_spellings,
       sum_parameters,
       sum_infer),
  ROW ("all",
       "whether all elements along axes are true",
       all_spellings,
       plain_parameters,
       truth_infer),
  ROW ("any",
       "whether any element along axes is true",
       any_spellings,
       plain_parameters,
       truth_infer),
  ROW ("count_nonzero",
       "how many elements along axes are not zero",
       count_spellings,
       plain_parameters,
       count_infer),
  ROW ("logsumexp",
       "the logarithm of the sum of exponentials along axes",
       logsumexp_spellings,
       plain_parameters,
       logsumexp_infer),
  { .name = NULL },
};
