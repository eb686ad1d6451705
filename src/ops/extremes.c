/* The largest and the smallest along axes, their places, and the distance between them. */
#include "core/arena.h"
#include "ops/argument.h"
#include "ops/elementwise.h"
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/reduction.h"
#include "ops/registry.h"
#include "ops/torch-product.h"

enum
{
  MAX,
  MIN,
  NANMAX,
  NANMIN,
  PTP,
};

static const ScopeReductionStyle max_style = { 0 };
static const ScopeReductionStyle amax_style = { .tensorflow = "Max" };
static const ScopeReductionStyle amin_style = { .tensorflow = "Min" };

/* ---- complaints ------------------------------------------------------------------------------ */

static bool
is_complex (ScopeDtype dtype)
{
  return scope_dtype_kind (dtype) == SCOPE_KIND_COMPLEX;
}

/* PyTorch: nothing to reduce at all, and no axis named along which there would be. */
static bool
refuse_all_empty (const char *function, const char *exception, bool advice, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_SIZE);
  scope_failure_explain (failure, "The tensor has no elements, so there is none to find.");
  return scope_failure_say (
      failure, exception, "%s(): Expected reduction dim to be specified for input.numel() == 0.%s",
      function, advice ? " Specify the reduction dim with the 'dim' argument." : "");
}

static bool
refuse_empty_axis (const char *function, long long axis, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_SIZE);
  scope_failure_explain (failure, "Axis %lld has no elements, so there is none to find along it.",
                         axis);
  return scope_failure_say (failure, "IndexError",
                            "%s: Expected reduction dim %lld to have non-zero size.", function,
                            axis);
}

/* ---- amax, amin ------------------------------------------------------------------------------ */

/* PyTorch looks at the sizes of the axes of an empty tensor before anything else, and shows the
 * numbers as they were written. */
static bool
torch_amax_sizes (const ScopeCall *call, const ScopeOutput *input, ScopeFailure *failure)
{
  const ScopeValue *dim = &call->value[SCOPE_REDUCTION_DIM];
  bool sequence = scope_value_is_sequence (dim);
  int items = sequence ? dim->items : dim->kind == SCOPE_VALUE_INT ? 1 : 0;
  const char *name = call->spelling->variant == MAX ? "amax" : "amin";
  if (!scope_shape_is_empty (&input->shape))
    return true;
  if (items == 0)
    return refuse_all_empty (name, "RuntimeError", true, failure);
  const ScopeAxisStyle style = { .scalar_has_one = true };
  for (int i = 0; i < items; i++)
    {
      const ScopeValue *item = sequence ? &dim->item[i] : dim;
      int axis;
      if (!scope_axis_find (call, SCOPE_REDUCTION_DIM, &style, item->integer, input->shape.rank,
                            &axis, failure))
        return false;
      if (input->shape.size[axis] == 0)
        return refuse_empty_axis (call->spelling->variant == MAX ? "amax()" : "amin()",
                                  item->integer, failure);
    }
  return true;
}

static bool
refuse_bool_difference (ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  return scope_failure_both (failure, "TypeError",
                             "numpy boolean subtract, the `-` operator, is not supported, use the "
                             "bitwise_xor, the `^` operator, or the logical_xor function instead.");
}

static bool
amax_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  int variant = call->spelling->variant;
  bool max = variant == MAX || variant == NANMAX || variant == PTP;
  bool nan = variant == NANMAX || variant == NANMIN;
  const ScopeReductionStyle *style = max ? &amax_style : &amin_style;
  ScopeOutput input;
  ScopeAxes axes;
  if (!scope_operand (call, SCOPE_REDUCTION_INPUT, &input, failure))
    return false;
  bool torch = call->dialect == SCOPE_PYTORCH;
  if ((torch && !torch_amax_sizes (call, &input, failure))
      || !scope_reduction_axes (call, style, &input.shape, &axes, failure))
    return false;
  if (torch && is_complex (input.dtype) && !scope_shape_is_empty (&input.shape))
    return scope_torch_has_no_kernel (max ? "max_values_cpu" : "min_values_cpu", input.dtype,
                                      failure);
  ScopeReduction kind = variant == PTP ? SCOPE_REDUCE_PTP
                        : max          ? SCOPE_REDUCE_MAX
                                       : SCOPE_REDUCE_MIN;
  ScopeReduce *plan = scope_reduction_plan (call, &input.shape, &axes, kind, input.dtype);
  if (plan == NULL)
    return false;
  bool named = call->dialect == SCOPE_NUMPY || call->dialect == SCOPE_JAX;
  if (named && scope_reduction_empty_axis (plan) >= 0)
    return scope_reduction_refuse_empty (call, plan,
                                         nan   ? (max ? "fmax" : "fmin")
                                         : max ? "maximum"
                                               : "minimum",
                                         nan   ? (max ? "nanmax" : "nanmin")
                                         : max ? "max"
                                               : "min",
                                         failure);
  if (variant == PTP && input.dtype == SCOPE_BOOL && call->dialect == SCOPE_NUMPY)
    return refuse_bool_difference (failure);
  plan->skip_nan = nan;
  return scope_reduction_finish (call, result, plan, input.dtype);
}

/* ---- PyTorch's max and min --------------------------------------------------------------------
 */

/* max (A, B) is maximum: the same call under its name. */
static bool
maximum_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeOp *op;
  const ScopeSpelling *spelling;
  ScopeDialect dialect;
  if (!scope_registry_find (call->spelling->variant == MAX ? "torch.maximum" : "torch.minimum",
                            SCOPE_PYTORCH, &op, &spelling, &dialect))
    return false;
  ScopeValue *value = scope_arena_alloc (call->arena, 16 * sizeof *value);
  if (value == NULL)
    return scope_call_out_of_memory (call);
  for (int i = 0; i < 16; i++)
    value[i].kind = SCOPE_VALUE_ABSENT;
  value[0] = call->value[SCOPE_REDUCTION_INPUT];
  value[1] = call->value[SCOPE_REDUCTION_DIM];
  ScopeCall other = *call;
  other.op = op;
  other.spelling = spelling;
  other.value = value;
  return op->infer (&other, result, failure);
}

static bool
max_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  bool max = call->spelling->variant == MAX;
  if (call->value[SCOPE_REDUCTION_DIM].kind == SCOPE_VALUE_TENSOR)
    return maximum_infer (call, result, failure);
  ScopeOutput input;
  ScopeAxes axes;
  if (!scope_operand (call, SCOPE_REDUCTION_INPUT, &input, failure)
      || !scope_reduction_axes (call, &max_style, &input.shape, &axes, failure))
    return false;
  if (axes.given && input.shape.rank > 0 && input.shape.size[axes.axis[0]] == 0)
    return refuse_empty_axis (max ? "max()" : "min()", axes.axis[0], failure);
  if (!axes.given && scope_shape_is_empty (&input.shape))
    return refuse_all_empty (max ? "max" : "min", "RuntimeError", true, failure);
  if (is_complex (input.dtype) && !axes.given)
    return scope_torch_has_no_kernel (max ? "max_all" : "min_all", input.dtype, failure);
  if (is_complex (input.dtype))
    {
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      return scope_failure_both (failure, "RuntimeError", "%s(): does not support complex input",
                                 max ? "max" : "min");
    }
  ScopeReduce *plan = scope_reduction_plan (call, &input.shape, &axes,
                                            max ? SCOPE_REDUCE_MAX : SCOPE_REDUCE_MIN, input.dtype);
  if (plan == NULL)
    return false;
  if (!axes.given)
    return scope_reduction_finish (call, result, plan, input.dtype);
  plan->kind[1] = max ? SCOPE_REDUCE_ARGMAX : SCOPE_REDUCE_ARGMIN;
  const ScopeDtype dtype[2] = { input.dtype, SCOPE_INT64 };
  return scope_reduction_finish_two (call, result, plan, dtype, failure);
}

static bool
is_maximum (const ScopeNode *node)
{
  return node->value[SCOPE_REDUCTION_DIM].kind == SCOPE_VALUE_TENSOR;
}

static bool
max_read (const ScopeNode *node,
          ScopeReader *reader,
          const ScopeRegion *region,
          const ScopeBuffer *out,
          ScopeError *error)
{
  return is_maximum (node) ? scope_elementwise_read (node, reader, region, out, error)
                           : scope_reduce_read (node, reader, region, out, error);
}

static bool
max_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  return is_maximum (node) ? scope_elementwise_trace (node, index, trace)
                           : scope_reduce_trace (node, index, trace);
}

/* ---- argmax, argmin ---------------------------------------------------------------------------
 */

/* NumPy takes one axis as a C function does, and a scalar as a vector. */
static bool
numpy_one_axis (const ScopeCall *call,
                const ScopeOutput *input,
                ScopeAxes *axes,
                ScopeFailure *failure)
{
  const ScopeValue *dim = &call->value[SCOPE_REDUCTION_DIM];
  if (dim->kind == SCOPE_VALUE_ABSENT || dim->kind == SCOPE_VALUE_NONE)
    return true;
  if (dim->kind == SCOPE_VALUE_BOOL)
    return scope_call_refuse (call, SCOPE_REDUCTION_DIM, failure,
                              "an integer is required for the axis");
  if (dim->kind != SCOPE_VALUE_INT)
    return scope_refuse_integer (call, SCOPE_REDUCTION_DIM, dim, failure);
  const ScopeAxisStyle style = { 0 };
  axes->given = true;
  axes->count = 1;
  bool scalar = input->shape.rank == 0;
  if (!scope_axis_find (call, SCOPE_REDUCTION_DIM, &style, dim->integer,
                        scalar ? 1 : input->shape.rank, &axes->axis[0], failure))
    return false;
  axes->has[axes->axis[0]] = true;
  return true;
}

/* TensorFlow reduces the first axis when none is named. */
static bool
tensorflow_one_axis (const ScopeCall *call,
                     const ScopeOutput *input,
                     ScopeAxes *axes,
                     ScopeFailure *failure)
{
  const ScopeValue *dim = &call->value[SCOPE_REDUCTION_DIM];
  int64_t axis = 0, rank = input->shape.rank;
  const char *kernel = call->spelling->variant == MAX ? "ArgMax" : "ArgMin";
  if (!scope_call_int (call, SCOPE_REDUCTION_DIM, &axis, failure))
    return false;
  if (axis < -rank || axis >= rank)
    {
      scope_failure_begin (failure, SCOPE_RULE_AXIS);
      failure->span = dim->span;
      scope_failure_explain (failure, "There is no axis %lld.", (long long)axis);
      return scope_say_tensorflow (failure, kernel,
                                   "Expected dimension in the range [%lld, %lld), but got %lld",
                                   (long long)-rank, (long long)rank, (long long)axis);
    }
  axes->given = true;
  axes->count = 1;
  axes->axis[0] = (int)(axis < 0 ? axis + rank : axis);
  axes->has[axes->axis[0]] = true;
  return true;
}

static bool
arg_axes (const ScopeCall *call, const ScopeOutput *input, ScopeAxes *axes, ScopeFailure *failure)
{
  *axes = (ScopeAxes){ 0 };
  switch (call->dialect)
    {
    case SCOPE_NUMPY:
      return numpy_one_axis (call, input, axes, failure);
    case SCOPE_TENSORFLOW:
      return tensorflow_one_axis (call, input, axes, failure);
    default:
      return scope_reduction_axes (call, &max_style, &input->shape, axes, failure);
    }
}

static bool
torch_arg_checks (const ScopeCall *call,
                  const ScopeOutput *input,
                  const ScopeAxes *axes,
                  ScopeFailure *failure)
{
  bool max = call->spelling->variant == MAX, empty = scope_shape_is_empty (&input->shape);
  if (axes->given && input->shape.rank > 0 && input->shape.size[axes->axis[0]] == 0)
    return refuse_empty_axis (max ? "argmax()" : "argmin()", axes->axis[0], failure);
  if (!axes->given && empty)
    return refuse_all_empty (max ? "argmax" : "argmin", "IndexError", false, failure);
  /* Along an axis with one element there is nothing to compare. */
  bool trivial = axes->given && input->shape.rank > 0 && input->shape.size[axes->axis[0]] == 1;
  if (!empty && !trivial && (input->dtype == SCOPE_BOOL || is_complex (input->dtype)))
    return scope_torch_has_no_kernel (max ? "argmax_cpu" : "argmin_cpu", input->dtype, failure);
  return true;
}

static bool
arg_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  bool max = call->spelling->variant == MAX, torch = call->dialect == SCOPE_PYTORCH;
  ScopeOutput input;
  ScopeAxes axes;
  if (!scope_operand (call, SCOPE_REDUCTION_INPUT, &input, failure)
      || !arg_axes (call, &input, &axes, failure)
      || (torch && !torch_arg_checks (call, &input, &axes, failure)))
    return false;
  ScopeReduce *plan = scope_reduction_plan (
      call, &input.shape, &axes, max ? SCOPE_REDUCE_ARGMAX : SCOPE_REDUCE_ARGMIN, input.dtype);
  if (plan == NULL)
    return false;
  int empty = scope_reduction_empty_axis (plan);
  if (empty >= 0 && call->dialect == SCOPE_TENSORFLOW)
    {
      ScopeText text = { 0 };
      scope_shape_print (&input.shape, SCOPE_SHAPE_TIGHT_LIST, &text);
      scope_reduction_explain_empty (plan, failure);
      scope_say_tensorflow (failure, max ? "ArgMax" : "ArgMin",
                            "Reduction axis %d is empty in shape %s", empty,
                            scope_text_string (&text));
      scope_text_clear (&text);
      return false;
    }
  if (empty >= 0)
    {
      scope_reduction_explain_empty (plan, failure);
      return scope_failure_say (failure, "ValueError", "attempt to get arg%s of an empty sequence",
                                max ? "max" : "min");
    }
  return scope_reduction_finish (call, result, plan,
                                 call->dialect == SCOPE_JAX ? SCOPE_INT32 : SCOPE_INT64);
}

/* ---- aminmax ----------------------------------------------------------------------------------
 */

static bool
aminmax_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  ScopeAxes axes;
  if (!scope_operand (call, SCOPE_REDUCTION_INPUT, &input, failure)
      || !scope_reduction_axes (call, &max_style, &input.shape, &axes, failure))
    return false;
  if (axes.given && input.shape.rank > 0 && input.shape.size[axes.axis[0]] == 0)
    return refuse_empty_axis ("aminmax", axes.axis[0], failure);
  if (!axes.given && scope_shape_is_empty (&input.shape))
    {
      scope_failure_begin (failure, SCOPE_RULE_SIZE);
      return scope_failure_both (failure, "RuntimeError",
                                 "aminmax(): cannot compute aminmax over an empty dimension as the "
                                 "operation has no identity.");
    }
  if (is_complex (input.dtype) || input.dtype == SCOPE_FLOAT16
      || (axes.given && input.dtype == SCOPE_BFLOAT16))
    return scope_torch_has_no_kernel ("aminmax_cpu", input.dtype, failure);
  ScopeReduce *plan =
      scope_reduction_plan (call, &input.shape, &axes, SCOPE_REDUCE_MIN, input.dtype);
  if (plan == NULL)
    return false;
  plan->kind[1] = SCOPE_REDUCE_MAX;
  const ScopeDtype dtype[2] = { input.dtype, input.dtype };
  if (!scope_reduction_finish_two (call, result, plan, dtype, failure))
    return false;
  /* PyTorch keeps an axis that a scalar does not have. */
  if (axes.given && plan->keep && input.shape.rank == 0 && result->many != NULL)
    for (int part = 0; part < 2; part++)
      result->many[part].shape = (ScopeShape){ 1, { 1 } };
  return true;
}

/* ---- the table ------------------------------------------------------------------------------- */

static const ScopeParameter parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "dim", SCOPE_TAKES_AXES, "None", NULL, "the axes that go; all when left out" },
  { "keepdim", SCOPE_TAKES_BOOL, "False", NULL, "keep them with one element" },
  { NULL },
};
static const ScopeParameter one_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "dim", SCOPE_TAKES_AXIS, "None", NULL, "the axis that goes; all when left out" },
  { "keepdim", SCOPE_TAKES_BOOL, "False", NULL, "keep it with one element" },
  { NULL },
};

/* PyTorch's declarations. */
#define MAX_FUNCTION                                                                               \
  .signature = "(Tensor input)\n"                                                                  \
               "(Tensor input, Tensor other, *, Tensor out=None)\n"                                \
               "(Tensor input, int dim, bool keepdim=False, *, tuple of Tensors out=None)\n"       \
               "(Tensor input, name dim, bool keepdim=False, *, tuple of Tensors out=None)"
#define MAX_METHOD                                                                                 \
  .signature = "()\n"                                                                              \
               "(Tensor other)\n"                                                                  \
               "(int dim, bool keepdim=False)\n"                                                   \
               "(name dim, bool keepdim=False)"
#define AMAX_FUNCTION                                                                              \
  .signature = "(Tensor input, tuple of ints[1] dim=None, bool keepdim=False, *, Tensor out=None)"
#define AMAX_METHOD .signature = "(tuple of ints[1] dim=None, bool keepdim=False)"
#define ARGMAX_FUNCTION                                                                            \
  .signature = "(Tensor input, int? dim=None, bool keepdim=False, *, Tensor out=None)"
#define ARGMAX_METHOD .signature = "(int? dim=None, bool keepdim=False)"
#define AMINMAX_FUNCTION                                                                           \
  .signature = "(Tensor input, *, int? dim=None, bool keepdim=False, tuple of Tensors out=None)"
#define AMINMAX_METHOD .signature = "(*, int? dim=None, bool keepdim=False)"

#define TORCH     "input dim=dim=axis keepdim=keepdim=keepdims | -out"
#define TORCH_MAX "input dim=dim=axis=other keepdim=keepdim=keepdims | -out"
#define NUMPY     "input=a dim=axis -out keepdim=keepdims -initial -where"
#define NUMPY_ARG "input=a dim=axis -out | keepdim=keepdims"
#define TF        "input=input_tensor dim=axis keepdim=keepdims -name"

static const ScopeSpelling amax_spellings[] = {
  { "torch.amax", SCOPE_PYTORCH, TORCH, MAX, AMAX_FUNCTION },
  { ".amax", SCOPE_PYTORCH, TORCH, MAX, AMAX_METHOD },
  { "np.max", SCOPE_NUMPY, NUMPY, MAX,
    .signature = "def amax(a, axis=None, out=None, keepdims=None, initial=None, where=None)" },
  { "np.amax", SCOPE_NUMPY, NUMPY, MAX,
    .signature = "def amax(a, axis=None, out=None, keepdims=None, initial=None, where=None)" },
  { ".max", SCOPE_NUMPY, NUMPY, MAX },
  { "tf.reduce_max", SCOPE_TENSORFLOW, TF, MAX },
  { "tf.math.reduce_max", SCOPE_TENSORFLOW, TF, MAX },
  { "jnp.max", SCOPE_JAX, NUMPY, MAX },
  { "jnp.amax", SCOPE_JAX, NUMPY, MAX },
  { ".max", SCOPE_JAX, NUMPY, MAX },
  { NULL },
};
static const ScopeSpelling amin_spellings[] = {
  { "torch.amin", SCOPE_PYTORCH, TORCH, MIN, AMAX_FUNCTION },
  { ".amin", SCOPE_PYTORCH, TORCH, MIN, AMAX_METHOD },
  { "np.min", SCOPE_NUMPY, NUMPY, MIN,
    .signature = "def amin(a, axis=None, out=None, keepdims=None, initial=None, where=None)" },
  { "np.amin", SCOPE_NUMPY, NUMPY, MIN,
    .signature = "def amin(a, axis=None, out=None, keepdims=None, initial=None, where=None)" },
  { ".min", SCOPE_NUMPY, NUMPY, MIN },
  { "tf.reduce_min", SCOPE_TENSORFLOW, TF, MIN },
  { "tf.math.reduce_min", SCOPE_TENSORFLOW, TF, MIN },
  { "jnp.min", SCOPE_JAX, NUMPY, MIN },
  { "jnp.amin", SCOPE_JAX, NUMPY, MIN },
  { ".min", SCOPE_JAX, NUMPY, MIN },
  { NULL },
};
static const ScopeSpelling nanmax_spellings[] = {
  { "np.nanmax", SCOPE_NUMPY, NUMPY, NANMAX,
    .signature = "def nanmax(a, axis=None, out=None, keepdims=None, initial=None, where=None)" },
  { "jnp.nanmax", SCOPE_JAX, NUMPY, NANMAX },
  { NULL },
};
static const ScopeSpelling nanmin_spellings[] = {
  { "np.nanmin", SCOPE_NUMPY, NUMPY, NANMIN,
    .signature = "def nanmin(a, axis=None, out=None, keepdims=None, initial=None, where=None)" },
  { "jnp.nanmin", SCOPE_JAX, NUMPY, NANMIN },
  { NULL },
};
static const ScopeSpelling ptp_spellings[] = {
  { "np.ptp", SCOPE_NUMPY, "input=a dim=axis -out keepdim=keepdims", PTP,
    .signature = "def ptp(a, axis=None, out=None, keepdims=None)" },
  { ".ptp", SCOPE_NUMPY, "input=a dim=axis -out keepdim=keepdims", PTP },
  { "jnp.ptp", SCOPE_JAX, "input=a dim=axis -out keepdim=keepdims", PTP },
  { NULL },
};
static const ScopeSpelling max_spellings[] = {
  { "torch.max", SCOPE_PYTORCH, TORCH_MAX, MAX, MAX_FUNCTION },
  { ".max", SCOPE_PYTORCH, TORCH_MAX, MAX, MAX_METHOD },
  { NULL },
};
static const ScopeSpelling min_spellings[] = {
  { "torch.min", SCOPE_PYTORCH, TORCH_MAX, MIN, MAX_FUNCTION },
  { ".min", SCOPE_PYTORCH, TORCH_MAX, MIN, MAX_METHOD },
  { NULL },
};
static const ScopeSpelling argmax_spellings[] = {
  { "torch.argmax", SCOPE_PYTORCH, TORCH, MAX, ARGMAX_FUNCTION },
  { ".argmax", SCOPE_PYTORCH, TORCH, MAX, ARGMAX_METHOD },
  { "np.argmax", SCOPE_NUMPY, NUMPY_ARG, MAX,
    .signature = "def argmax(a, axis=None, out=None, *, keepdims=None)" },
  { ".argmax", SCOPE_NUMPY, NUMPY_ARG, MAX },
  { "tf.argmax", SCOPE_TENSORFLOW, "input dim=axis -output_type -name", MAX },
  { "tf.math.argmax", SCOPE_TENSORFLOW, "input dim=axis -output_type -name", MAX },
  { "jnp.argmax", SCOPE_JAX, "input=a dim=axis -out keepdim=keepdims", MAX },
  { ".argmax", SCOPE_JAX, "input=a dim=axis -out keepdim=keepdims", MAX },
  { NULL },
};
static const ScopeSpelling argmin_spellings[] = {
  { "torch.argmin", SCOPE_PYTORCH, TORCH, MIN, ARGMAX_FUNCTION },
  { ".argmin", SCOPE_PYTORCH, TORCH, MIN, ARGMAX_METHOD },
  { "np.argmin", SCOPE_NUMPY, NUMPY_ARG, MIN,
    .signature = "def argmin(a, axis=None, out=None, *, keepdims=None)" },
  { ".argmin", SCOPE_NUMPY, NUMPY_ARG, MIN },
  { "tf.argmin", SCOPE_TENSORFLOW, "input dim=axis -output_type -name", MIN },
  { "tf.math.argmin", SCOPE_TENSORFLOW, "input dim=axis -output_type -name", MIN },
  { "jnp.argmin", SCOPE_JAX, "input=a dim=axis -out keepdim=keepdims", MIN },
  { ".argmin", SCOPE_JAX, "input=a dim=axis -out keepdim=keepdims", MIN },
  { NULL },
};
static const ScopeSpelling aminmax_spellings[] = {
  { "torch.aminmax", SCOPE_PYTORCH, "input | dim=dim=axis keepdim=keepdim=keepdims -out", 0,
    AMINMAX_FUNCTION },
  { ".aminmax", SCOPE_PYTORCH, "input | dim=dim=axis keepdim=keepdim=keepdims", 0, AMINMAX_METHOD },
  { NULL },
};

#define ROW(id, words, spellings, parameters, rule)                                                \
  {                                                                                                \
    id, "reduction", words, spellings, parameters, SCOPE_ALIGN_NONE, rule, scope_reduce_read,      \
        scope_reduce_trace                                                                         \
  }

const ScopeOp scope_ops_extremes[] = {
  ROW ("amax", "the largest along axes", amax_spellings, parameters, amax_infer),
  ROW ("amin", "the smallest along axes", amin_spellings, parameters, amax_infer),
  ROW ("nanmax",
       "the largest along axes of what is a number",
       nanmax_spellings,
       parameters,
       amax_infer),
  ROW ("nanmin",
       "the smallest along axes of what is a number",
       nanmin_spellings,
       parameters,
       amax_infer),
  ROW ("ptp",
       "the distance between the largest and the smallest",
       ptp_spellings,
       parameters,
       amax_infer),
  { "max", "reduction", "the largest along an axis and its place, or the larger of two tensors",
    max_spellings, one_parameters, SCOPE_ALIGN_NONE, max_infer, max_read, max_trace },
  { "min", "reduction", "the smallest along an axis and its place, or the smaller of two tensors",
    min_spellings, one_parameters, SCOPE_ALIGN_NONE, max_infer, max_read, max_trace },
  ROW ("argmax",
       "the place of the largest along an axis",
       argmax_spellings,
       one_parameters,
       arg_infer),
  ROW ("argmin",
       "the place of the smallest along an axis",
       argmin_spellings,
       one_parameters,
       arg_infer),
  ROW ("aminmax",
       "the smallest and the largest along an axis",
       aminmax_spellings,
       one_parameters,
       aminmax_infer),
  { .name = NULL },
};
