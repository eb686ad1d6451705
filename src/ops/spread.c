/* Variances and standard deviations along axes. */
#include "ops/argument.h"
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/reduction.h"

enum
{
  P_UNBIASED = SCOPE_REDUCTION_OWN,
  P_CORRECTION,
  P_DTYPE,
};

enum
{
  VAR = 1,
  STD = 2,
  NAN_SKIPPED = 4,
  WITH_MEAN = 8,
};

/* What is taken off the count of elements. */
static bool
find_correction (const ScopeCall *call,
                 const ScopeValue *unbiased,
                 double *correction,
                 ScopeFailure *failure)
{
  *correction = call->dialect == SCOPE_PYTORCH ? 1 : 0;
  if (unbiased != NULL && scope_value_given (unbiased))
    *correction = unbiased->integer != 0;
  return scope_call_number (call, P_CORRECTION, correction, failure);
}

static bool
torch_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  int variant = call->spelling->variant;
  const ScopeReductionStyle style = { 0 };
  ScopeOutput input;
  /* A bool in the place of dim is `unbiased`. */
  bool moved = call->value[SCOPE_REDUCTION_DIM].kind == SCOPE_VALUE_BOOL;
  double correction;
  if (!scope_operand (call, SCOPE_REDUCTION_INPUT, &input, failure)
      || !find_correction (call, &call->value[moved ? SCOPE_REDUCTION_DIM : P_UNBIASED],
                           &correction, failure))
    return false;
  ScopeKind kind = scope_dtype_kind (input.dtype);
  if (kind != SCOPE_KIND_FLOAT && kind != SCOPE_KIND_COMPLEX)
    {
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      return scope_failure_both (failure, "RuntimeError",
                                 "%s only support floating point and complex dtypes",
                                 !(variant & WITH_MEAN) ? "std and var"
                                 : variant & STD        ? "std_mean"
                                                        : "var_mean");
    }
  ScopeAxes axes = { 0 };
  if (!moved && !scope_reduction_axes (call, &style, &input.shape, &axes, failure))
    return false;
  ScopeReduce *plan = scope_reduction_plan (
      call, &input.shape, &axes, variant & STD ? SCOPE_REDUCE_STD : SCOPE_REDUCE_VAR, input.dtype);
  if (plan == NULL)
    return false;
  plan->parameter = correction;
  plan->apart = kind == SCOPE_KIND_COMPLEX;
  plan->kind[1] = SCOPE_REDUCE_MEAN;
  const ScopeDtype dtype[2] = { scope_dtype_real (input.dtype), input.dtype };
  return variant & WITH_MEAN ? scope_reduction_finish_two (call, result, plan, dtype, failure)
                             : scope_reduction_finish (call, result, plan, dtype[0]);
}

static bool
var_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  if (call->dialect == SCOPE_PYTORCH)
    return torch_infer (call, result, failure);
  int variant = call->spelling->variant;
  ScopeReductionStyle style = { .tensorflow = "Mean" };
  ScopeOutput input;
  ScopeAxes axes;
  bool given;
  ScopeDtype dtype = SCOPE_FLOAT32;
  double correction;
  if (!scope_operand (call, SCOPE_REDUCTION_INPUT, &input, failure)
      || !scope_call_element_type (call, P_DTYPE, &given, &dtype, failure)
      || !find_correction (call, NULL, &correction, failure))
    return false;
  ScopeKind kind = scope_dtype_kind (input.dtype);
  bool inexact = kind == SCOPE_KIND_FLOAT || kind == SCOPE_KIND_COMPLEX;
  /* NumPy's nanvar of integers is its var. */
  style.strict_scalar = !(variant & NAN_SKIPPED) || !inexact;
  if (!scope_reduction_axes (call, &style, &input.shape, &axes, failure))
    return false;
  if (call->dialect == SCOPE_TENSORFLOW && !inexact)
    {
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      return scope_failure_both (failure, "TypeError", "Input must be either real or complex");
    }
  if (!given)
    dtype = scope_promote_inexact (call->dialect, input.dtype);
  bool small = call->dialect == SCOPE_NUMPY && dtype == SCOPE_FLOAT16;
  ScopeReduce *plan = scope_reduction_plan (call, &input.shape, &axes,
                                            variant & STD ? SCOPE_REDUCE_STD : SCOPE_REDUCE_VAR,
                                            small ? SCOPE_FLOAT32 : dtype);
  if (plan == NULL)
    return false;
  plan->half_steps = small;
  plan->parameter = correction;
  plan->skip_nan = (variant & NAN_SKIPPED) && inexact;
  return scope_reduction_finish (call, result, plan, scope_dtype_real (dtype));
}

static const ScopeParameter parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "dim", SCOPE_TAKES_AXES, "None", NULL, "the axes that go; all when left out" },
  { "keepdim", SCOPE_TAKES_BOOL, "False", NULL, "keep them with one element" },
  { "unbiased", SCOPE_TAKES_BOOL, "True", NULL, "divide by one less than the count" },
  { "correction", SCOPE_TAKES_NUMBER, "None", NULL, "what is taken off the count" },
  { "dtype", SCOPE_TAKES_DTYPE, "None", NULL, "the type in which it is computed" },
  { NULL },
};

/* PyTorch's declarations. */
#define VAR_FUNCTION                                                                               \
  .signature = "(Tensor input, tuple of ints[1]? dim, *, int? correction, bool keepdim=False, "    \
               "Tensor out=None)\n"                                                                \
               "(Tensor input, tuple of ints[1]? dim, bool unbiased=True, bool keepdim=False, *, " \
               "Tensor out=None)\n"                                                                \
               "(Tensor input, bool unbiased=True)\n"                                              \
               "(Tensor input, tuple of names[1] dim, *, int? correction, bool keepdim=False, "    \
               "Tensor out=None)\n"                                                                \
               "(Tensor input, tuple of names[1] dim, bool unbiased=True, bool keepdim=False, *, " \
               "Tensor out=None)"
#define VAR_MEAN_FUNCTION                                                                          \
  .signature = "(Tensor input, tuple of ints[1]? dim, *, int? correction, bool keepdim=False)\n"   \
               "(Tensor input, tuple of ints[1]? dim, bool unbiased=True, bool keepdim=False)\n"   \
               "(Tensor input, bool unbiased=True)\n"                                              \
               "(Tensor input, tuple of names[1] dim, *, int? correction, bool keepdim=False)\n"   \
               "(Tensor input, tuple of names[1] dim, bool unbiased=True, bool keepdim=False)"
#define VAR_METHOD                                                                                 \
  .signature = "(tuple of ints[1]? dim, *, int? correction, bool keepdim=False)\n"                 \
               "(tuple of ints[1]? dim, bool unbiased=True, bool keepdim=False)\n"                 \
               "(bool unbiased=True)\n"                                                            \
               "(tuple of names[1] dim, *, int? correction, bool keepdim=False)\n"                 \
               "(tuple of names[1] dim, bool unbiased=True, bool keepdim=False)"

#define TORCH "input dim=dim=axis unbiased keepdim=keepdim=keepdims | correction -out"
#define NUMPY "input=a dim=axis dtype -out correction=ddof keepdim=keepdims | -where"
#define TF    "input=input_tensor dim=axis keepdim=keepdims -name"

static const ScopeSpelling var_spellings[] = {
  { "torch.var", SCOPE_PYTORCH, TORCH, VAR, VAR_FUNCTION },
  { ".var", SCOPE_PYTORCH, TORCH, VAR, VAR_METHOD },
  { "np.var", SCOPE_NUMPY, NUMPY, VAR,
    .signature =
        "def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=None, *, where=None)" },
  { ".var", SCOPE_NUMPY, NUMPY, VAR },
  { "tf.math.reduce_variance", SCOPE_TENSORFLOW, TF, VAR },
  { "jnp.var", SCOPE_JAX, NUMPY, VAR },
  { ".var", SCOPE_JAX, NUMPY, VAR },
  { NULL },
};
static const ScopeSpelling std_spellings[] = {
  { "torch.std", SCOPE_PYTORCH, TORCH, STD, VAR_FUNCTION },
  { ".std", SCOPE_PYTORCH, TORCH, STD, VAR_METHOD },
  { "np.std", SCOPE_NUMPY, NUMPY, STD,
    .signature =
        "def std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=None, *, where=None)" },
  { ".std", SCOPE_NUMPY, NUMPY, STD },
  { "tf.math.reduce_std", SCOPE_TENSORFLOW, TF, STD },
  { "jnp.std", SCOPE_JAX, NUMPY, STD },
  { ".std", SCOPE_JAX, NUMPY, STD },
  { NULL },
};
static const ScopeSpelling nanvar_spellings[] = {
  { "np.nanvar", SCOPE_NUMPY, NUMPY, VAR | NAN_SKIPPED,
    .signature =
        "def nanvar(a, axis=None, dtype=None, out=None, ddof=0, keepdims=None, *, where=None)" },
  { "jnp.nanvar", SCOPE_JAX, NUMPY, VAR | NAN_SKIPPED },
  { NULL },
};
static const ScopeSpelling nanstd_spellings[] = {
  { "np.nanstd", SCOPE_NUMPY, NUMPY, STD | NAN_SKIPPED,
    .signature =
        "def nanstd(a, axis=None, dtype=None, out=None, ddof=0, keepdims=None, *, where=None)" },
  { "jnp.nanstd", SCOPE_JAX, NUMPY, STD | NAN_SKIPPED },
  { NULL },
};
static const ScopeSpelling var_mean_spellings[] = {
  { "torch.var_mean", SCOPE_PYTORCH, TORCH, VAR | WITH_MEAN, VAR_MEAN_FUNCTION },
  { NULL },
};
static const ScopeSpelling std_mean_spellings[] = {
  { "torch.std_mean", SCOPE_PYTORCH, TORCH, STD | WITH_MEAN, VAR_MEAN_FUNCTION },
  { NULL },
};

#define ROW(id, words, spellings)                                                                  \
  {                                                                                                \
    id, "reduction", words, spellings, parameters, SCOPE_ALIGN_NONE, var_infer, scope_reduce_read, \
        scope_reduce_trace                                                                         \
  }

const ScopeOp scope_ops_spread[] = {
  ROW ("var", "the variance along axes", var_spellings),
  ROW ("std", "the standard deviation along axes", std_spellings),
  ROW ("nanvar", "the variance along axes of what is a number", nanvar_spellings),
  ROW ("nanstd", "the standard deviation along axes of what is a number", nanstd_spellings),
  ROW ("var_mean", "the variance and the mean along axes", var_mean_spellings),
  ROW ("std_mean", "the standard deviation and the mean along axes", std_mean_spellings),
  { .name = NULL },
};
