/* The same elements again: copies, devices, and other types. */
#include "ops/argument.h"
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/reorder.h"
#include "ops/stride.h"
#include "ops/view-type.h"

#include "ops/program.h"

#include <math.h>
#include <string.h>

enum
{
  KEEP,       /* the tensor itself */
  COPY,       /* a copy that keeps the order of the axes: torch.clone, np.copy */
  COPY_C,     /* ndarray.copy: C order unless `order` says otherwise */
  CONTIGUOUS, /* C order */
  AT_LEAST_1, /* np.ascontiguousarray: C order, one axis at least */
  FORTRAN,    /* np.asfortranarray: the first axis fastest, one axis at least */
};

/* ---- results --------------------------------------------------------------------------------- */

static void
fortran_strides (const ScopeShape *shape, int64_t *stride)
{
  int64_t next = 1;
  for (int axis = 0; axis < shape->rank; axis++)
    {
      stride[axis] = next;
      next = scope_sizes_product ((int64_t[]){ next, shape->size[axis] }, 2);
    }
}

/* The input, with its axes laid out as `layout` says. */
static bool
finish (const ScopeCall *call, ScopeResult *result, int layout, ScopeDtype dtype)
{
  const ScopeValue *value = &call->value[0];
  int8_t source[SCOPE_MAX_RANK];
  int rank = scope_call_shape (call, value)->rank;
  for (int axis = 0; axis < rank; axis++)
    source[axis] = (int8_t)axis;
  if (rank == 0 && (layout == AT_LEAST_1 || layout == FORTRAN))
    source[rank++] = -1;
  if (!scope_reorder_set (call, result, value, source, rank))
    return false;

  ScopeOutput *output = &result->output;
  int64_t own[SCOPE_MAX_RANK], stride[SCOPE_MAX_RANK];
  bool same = output->dtype == dtype && layout == KEEP;
  output->dtype = dtype;
  if (same || output->stride == NULL)
    {
      if (layout == FORTRAN)
        {
          fortran_strides (&output->shape, stride);
          output->stride = scope_stride_keep (call, &output->shape, stride);
        }
      return true;
    }
  scope_call_stride (call, value, own);
  if (layout == FORTRAN)
    fortran_strides (&output->shape, stride);
  else if (layout == KEEP || layout == COPY)
    scope_stride_of_copy (&output->shape, own, stride);
  else
    scope_stride_dense (&output->shape, stride);
  output->stride = scope_stride_keep (call, &output->shape, stride);
  return true;
}

/* JAX has no 64-bit types unless it is told to. */
static ScopeDtype
within_jax (ScopeDtype dtype)
{
  switch (dtype)
    {
    case SCOPE_FLOAT64:
      return SCOPE_FLOAT32;
    case SCOPE_INT64:
      return SCOPE_INT32;
    case SCOPE_UINT64:
      return SCOPE_UINT32;
    case SCOPE_COMPLEX128:
      return SCOPE_COMPLEX64;
    default:
      return dtype;
    }
}

static bool
expect_input (const ScopeCall *call, ScopeOutput *input, ScopeFailure *failure)
{
  return call->dialect == SCOPE_PYTORCH ? scope_operand (call, 0, input, failure)
                                        : scope_operand_or_number (call, 0, input, failure);
}

/* A conversion that rounds or cuts is not linear. */
static bool
convert_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const ScopeReorderPlan *plan = node->plan;
  ScopeDtype from = node->program->node[node->input[0]]->dtype;
  bool cuts = from != node->dtype && !scope_numpy_casts_safely (from, node->dtype)
              && !(scope_dtype_is_float (from) && scope_dtype_is_float (node->dtype));
  int64_t source[SCOPE_MAX_RANK] = { 0 };
  for (int axis = 0; axis < node->shape.rank; axis++)
    if (plan->source[axis] >= 0)
      source[plan->source[axis]] = index[axis];
  return trace->add (trace, 0, source, cuts ? NAN : 1);
}

/* ---- copies ---------------------------------------------------------------------------------- */

static bool
copy_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  const ScopeValue *order = &call->value[1];
  int layout = call->spelling->variant;
  if (!expect_input (call, &input, failure))
    return false;
  if (order->kind == SCOPE_VALUE_STRING)
    {
      char letter = order->text[0] >= 'a' ? (char)(order->text[0] - 32) : order->text[0];
      if (letter == '\0' || order->text[1] != '\0' || strchr ("CFAK", letter) == NULL)
        {
          scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
          failure->span = order->span;
          return scope_failure_both (failure, "ValueError",
                                     "order must be one of 'C', 'F', 'A', or 'K' (got '%s')",
                                     order->text);
        }
      layout = letter == 'C' ? CONTIGUOUS : letter == 'F' ? FORTRAN : COPY;
    }
  else if (call->dialect == SCOPE_NUMPY && order->kind != SCOPE_VALUE_ABSENT
           && order->kind != SCOPE_VALUE_NONE)
    return scope_call_refuse (call, 1, failure, "order must be str, not %s",
                              scope_value_type_name (call, order));
  if (layout == FORTRAN && input.shape.rank == 0 && call->spelling->variant != FORTRAN)
    layout = COPY;
  return finish (call, result, layout == COPY_C ? CONTIGUOUS : layout, input.dtype);
}

/* ---- types ----------------------------------------------------------------------------------- */

/* NumPy's words for something that is no type. */
static bool
refuse_type (const ScopeCall *call, int parameter, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[parameter];
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  failure->span = value->span;
  scope_failure_explain (failure, "This is not the name of an element type.");
  if (value->kind == SCOPE_VALUE_STRING && call->dialect == SCOPE_PYTORCH)
    return scope_failure_say (failure, "ValueError", "invalid type: '%s'", value->text);
  if (value->kind == SCOPE_VALUE_STRING)
    return scope_failure_say (failure, "TypeError", "data type '%s' not understood", value->text);
  if (value->kind == SCOPE_VALUE_INT)
    return scope_failure_say (failure, "TypeError", "Cannot interpret '%lld' as a data type",
                              (long long)value->integer);
  return false;
}

/* A type, or its name as a text. None is NumPy's default. */
static bool
find_type (const ScopeCall *call, int parameter, ScopeDtype *out, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[parameter];
  if (value->kind == SCOPE_VALUE_ABSENT)
    return true;
  if (value->kind == SCOPE_VALUE_DTYPE)
    *out = value->dtype;
  else if (value->kind == SCOPE_VALUE_NONE)
    *out = call->dialect == SCOPE_PYTORCH ? *out : scope_default_float (call->dialect);
  else if (value->kind != SCOPE_VALUE_STRING
           || !scope_dtype_parse (value->text, strlen (value->text), out))
    return refuse_type (call, parameter, failure);
  if (call->dialect == SCOPE_JAX)
    *out = within_jax (*out);
  return true;
}

/* Whether NumPy's rule number `rule` of no, equiv, safe, same_kind, unsafe lets a type become
 * another. */
static bool
casts (size_t rule, ScopeDtype from, ScopeDtype to)
{
  return rule == 4   ? true
         : rule == 3 ? scope_numpy_casts_same_kind (from, to)
         : rule == 2 ? scope_numpy_casts_safely (from, to)
                     : from == to;
}

/* The smallest type that holds what a 0-d array is taken to hold: something small, not negative. */
static ScopeDtype
small_type (ScopeDtype from, ScopeDtype to)
{
  if (scope_dtype_is_integer (from))
    return scope_dtype_kind (to) == SCOPE_KIND_UNSIGNED ? SCOPE_UINT8 : SCOPE_INT8;
  return scope_dtype_is_float (from) ? SCOPE_FLOAT16 : from;
}

/* NumPy's `casting`. */
static bool
check_casting (const ScopeCall *call, ScopeDtype from, ScopeDtype to, ScopeFailure *failure)
{
  static const char *const rules[] = { "no", "equiv", "safe", "same_kind", "unsafe" };
  const ScopeValue *value = &call->value[2];
  const char *rule = value->kind == SCOPE_VALUE_STRING ? value->text : "unsafe";
  size_t i = 0;
  while (i < 5 && strcmp (rules[i], rule) != 0)
    i++;
  if (i == 5)
    {
      scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
      failure->span = value->span;
      return scope_failure_both (
          failure, "ValueError",
          "casting must be one of 'no', 'equiv', 'safe', 'same_kind', or 'unsafe' (got '%s')",
          rule);
    }
  bool scalar = scope_call_shape (call, &call->value[0])->rank == 0;
  bool fits = casts (i, from, to) || (scalar && casts (i, small_type (from, to), to));
  if (fits)
    return true;
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  failure->span = value->span;
  scope_failure_explain (failure, "%s does not go into %s without loss.", scope_dtype_name (from),
                         scope_dtype_name (to));
  return scope_failure_say (failure, "TypeError",
                            "Cannot cast %s from dtype('%s') to dtype('%s') according to the rule "
                            "'%s'",
                            scalar ? "scalar" : "array data", scope_dtype_name (from),
                            scope_dtype_name (to), rule);
}

static bool
astype_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  if (!expect_input (call, &input, failure))
    return false;
  ScopeDtype dtype = input.dtype;
  if (!find_type (call, 1, &dtype, failure))
    return false;
  if (call->dialect == SCOPE_NUMPY && !check_casting (call, input.dtype, dtype, failure))
    return false;
  int layout = call->dialect == SCOPE_NUMPY || dtype != input.dtype ? COPY : KEEP;
  return finish (call, result, layout, dtype);
}

/* ndarray.view: the same bytes. */
static bool
view_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[1];
  ScopeDtype dtype = scope_call_dtype (call, &call->value[0]);
  if (scope_value_is_sequence (value) && value->items > 0 && value->item[0].kind == SCOPE_VALUE_INT)
    return scope_call_refuse (call, 1, failure, "Cannot interpret '%lld' as a data type",
                              (long long)value->item[0].integer);
  return find_type (call, 1, &dtype, failure)
         && scope_view_type_infer (call, dtype, result, failure);
}

/* .float (), .long () …: the variant is the type. */
static bool
cast_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  return scope_operand (call, 0, &input, failure)
         && finish (call, result, KEEP, (ScopeDtype)call->spelling->variant);
}

static bool
type_as_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input, other;
  return scope_operand (call, 0, &input, failure) && scope_operand (call, 1, &other, failure)
         && finish (call, result, KEEP, other.dtype);
}

/* ---- .to ------------------------------------------------------------------------------------- */

static bool
check_device (const ScopeCall *call, int parameter, ScopeFailure *failure)
{
  static const char devices[] =
      "cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, ort, xla, lazy, vulkan, "
      "mps, meta, hpu, privateuseone";
  const ScopeValue *value = &call->value[parameter];
  if (value->kind != SCOPE_VALUE_STRING)
    return true;
  size_t length = strcspn (value->text, ":");
  for (const char *at = devices; *at != '\0'; at += strspn (at, ", "))
    {
      size_t name = strcspn (at, ",");
      if (name == length && strncmp (at, value->text, length) == 0)
        return true;
      at += name;
    }
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = value->span;
  scope_failure_explain (failure, "`%s` is no device.", value->text);
  return scope_failure_say (failure, "RuntimeError",
                            "Expected one of %s device type at start of device string: %s", devices,
                            value->text);
}

static bool
to_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  if (!scope_operand (call, 0, &input, failure))
    return false;
  ScopeDtype dtype = input.dtype;
  for (int i = 1; i <= 2; i++)
    {
      const ScopeValue *value = &call->value[i];
      if (value->kind == SCOPE_VALUE_TENSOR)
        dtype = scope_call_dtype (call, value);
      else if (value->kind == SCOPE_VALUE_DTYPE)
        dtype = value->dtype;
      else if (!check_device (call, i, failure))
        return false;
    }
  return finish (call, result, KEEP, dtype);
}

/* ---- the tables ------------------------------------------------------------------------------ */

static const ScopeParameter copy_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "order", SCOPE_TAKES_STRING, "None", NULL, "NumPy: how the copy lies in memory" },
  { NULL },
};

static const ScopeSpelling copy_spellings[] = {
  { "torch.clone", SCOPE_PYTORCH, "input | -memory_format", COPY, false,
    "clone(Tensor input, *, torch.memory_format? memory_format=None)" },
  { ".clone", SCOPE_PYTORCH, "input | -memory_format", COPY, false,
    "clone(*, torch.memory_format? memory_format=None)" },
  { ".contiguous", SCOPE_PYTORCH, "input | -memory_format", CONTIGUOUS, false,
    "contiguous(*, torch.memory_format memory_format=torch.contiguous_format)" },
  { ".detach", SCOPE_PYTORCH, "input", KEEP, false, "args _TensorBase.detach()" },
  { "torch.detach", SCOPE_PYTORCH, "input", KEEP, false, "detach(Tensor input)" },
  { ".cpu", SCOPE_PYTORCH, "input | -memory_format", KEEP, false,
    "cpu(*, torch.memory_format? memory_format=None)" },
  { ".cuda", SCOPE_PYTORCH, "input -device -non_blocking -memory_format", KEEP, false, NULL },
  { ".requires_grad_", SCOPE_PYTORCH, "input -requires_grad", KEEP, false,
    "requires_grad_(bool requires_grad=True)" },
  { ".pin_memory", SCOPE_PYTORCH, "input -device", KEEP, false, NULL },
  { ".numpy", SCOPE_NUMPY, "input | -force", KEEP, false, NULL },
  { "torch.from_numpy", SCOPE_PYTORCH, "input", KEEP, false, NULL },
  { "np.copy", SCOPE_NUMPY, "input=a order -subok", COPY, false,
    "def copy(a, order='K', subok=False)" },
  { ".copy", SCOPE_NUMPY, "input order", COPY_C, false, "npy copy(order='C')" },
  { "np.ascontiguousarray", SCOPE_NUMPY, "input=a -dtype | -like", AT_LEAST_1, false, NULL },
  { "np.asfortranarray", SCOPE_NUMPY, "input=a -dtype | -like", FORTRAN, false, NULL },
  { "tf.identity", SCOPE_TENSORFLOW, "input -name", KEEP, false, NULL },
  { "tf.stop_gradient", SCOPE_TENSORFLOW, "input -name", KEEP, false, NULL },
  { "jnp.copy", SCOPE_JAX, "input=a order", KEEP, false, NULL },
  { ".copy", SCOPE_JAX, "input", KEEP, false, NULL },
  { "jax.lax.stop_gradient", SCOPE_JAX, "input=x", KEEP, false, NULL },
  { NULL },
};

static const ScopeParameter astype_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "dtype", SCOPE_TAKES_DTYPE, NULL, NULL, "the type of the result" },
  { "casting", SCOPE_TAKES_CHOICE, "'unsafe'", "no equiv safe same_kind unsafe",
    "NumPy: how much may be lost" },
  { NULL },
};

static const ScopeSpelling astype_spellings[] = {
  { ".type", SCOPE_PYTORCH, "input dtype -non_blocking", 0, false, NULL },
  { ".astype", SCOPE_NUMPY, "input dtype -order casting -subok -copy", 0, false,
    "npy astype(dtype, order=K, casting=unsafe, subok=True, copy=True)" },
  { "tf.cast", SCOPE_TENSORFLOW, "input=x dtype -name", 0, false, "def cast(x, dtype, name=None)" },
  { ".astype", SCOPE_JAX, "input dtype", 0, false, NULL },
  { "jnp.astype", SCOPE_JAX, "input=x dtype | -copy", 0, false, NULL },
  { NULL },
};

static const ScopeParameter view_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "dtype", SCOPE_TAKES_DTYPE, "None", NULL, "the type that its bytes are taken for" },
  { NULL },
};

static const ScopeSpelling view_spellings[] = {
  { ".view", SCOPE_NUMPY, "input dtype", 0, false, "npy view(dtype=None, type=None)" },
  { NULL },
};

static const ScopeParameter cast_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { NULL },
};

#define CAST(name, dtype)                                                                          \
  {                                                                                                \
    "." name, SCOPE_PYTORCH, "input | -memory_format", dtype, false,                               \
        name "(*, torch.memory_format? memory_format=None)"                                        \
  }

static const ScopeSpelling cast_spellings[] = {
  CAST ("float", SCOPE_FLOAT32),
  CAST ("double", SCOPE_FLOAT64),
  CAST ("half", SCOPE_FLOAT16),
  CAST ("bfloat16", SCOPE_BFLOAT16),
  CAST ("long", SCOPE_INT64),
  CAST ("int", SCOPE_INT32),
  CAST ("short", SCOPE_INT16),
  CAST ("char", SCOPE_INT8),
  CAST ("byte", SCOPE_UINT8),
  CAST ("bool", SCOPE_BOOL),
  CAST ("cfloat", SCOPE_COMPLEX64),
  CAST ("cdouble", SCOPE_COMPLEX128),
  { NULL },
};

static const ScopeParameter type_as_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "other", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor whose type it takes" },
  { NULL },
};

static const ScopeSpelling type_as_spellings[] = {
  { ".type_as", SCOPE_PYTORCH, NULL, 0, false, "type_as(Tensor other)" },
  { NULL },
};

static const ScopeParameter to_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "target", SCOPE_TAKES_ANY, "None", NULL, "a type, a device, or a tensor that has both" },
  { "dtype", SCOPE_TAKES_DTYPE, "None", NULL, "the type, after a device" },
  { NULL },
};

static const ScopeSpelling to_spellings[] = {
  { ".to", SCOPE_PYTORCH, "input target=device=other dtype -non_blocking -copy | -memory_format", 0,
    false, NULL },
  { NULL },
};

#define ROW(title, text, table, inferring)                                                         \
  {                                                                                                \
    .name = title, .group = "types and copies", .about = text, .spelling = table##_spellings,      \
    .parameter = table##_parameters, .infer = inferring, .read = scope_reorder_read,               \
    .trace = convert_trace                                                                         \
  }

const ScopeOp scope_ops_convert[] = {
  ROW ("copy", "the same tensor, in memory of its own or on another device", copy, copy_infer),
  ROW ("astype", "the same numbers in another type", astype, astype_infer),
  {
      .name = "view_type",
      .group = "types and copies",
      .about = "the same bytes taken for another type",
      .spelling = view_spellings,
      .parameter = view_parameters,
      .infer = view_infer,
      .read = scope_view_type_read,
      .trace = scope_view_type_trace,
  },
  ROW ("cast", "the same numbers in the type that the method is named for", cast, cast_infer),
  ROW ("type_as", "the same numbers in the type of another tensor", type_as, type_as_infer),
  ROW ("to", "the same numbers in another type or on another device", to, to_infer),
  { NULL },
};
