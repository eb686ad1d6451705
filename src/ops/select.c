/* where, masked_fill, clamp, lerp, addcmul, addcdiv: element by element operations of three
 * operands. */
#include "ops/select.h"

#include "ops/argument.h"
#include "ops/arithmetic.h"
#include "ops/broadcast.h"
#include "ops/program.h"
#include "ops/promote.h"
#include "ops/stride.h"

#include <math.h>
#include <string.h>

enum
{
  MOST = 3
};

/* A call while it is being judged: its operands in the order of the loop. */
typedef struct
{
  const ScopeCall *call;
  ScopeFailure *failure;
  int operands;
  const ScopeValue *value[MOST];
  const ScopeShape *shape[MOST];
  ScopeMixed mixed[MOST];
  const ScopeKernelName *name;
  ScopeShape result;
} Judged;

static void
begin (Judged *judged, const ScopeCall *call, ScopeFailure *failure, const ScopeKernelName *name)
{
  *judged = (Judged){ .call = call, .failure = failure, .name = name };
}

static void
add_operand (Judged *judged, const ScopeValue *value)
{
  int i = judged->operands++;
  judged->value[i] = value;
  judged->shape[i] = scope_call_shape (judged->call, value);
  judged->mixed[i] = scope_mixed_from_value (judged->call, value);
}

static bool
is_complex (ScopeDtype dtype)
{
  return scope_dtype_kind (dtype) == SCOPE_KIND_COMPLEX;
}

static bool
refuse (const Judged *judged, const char *exception, const char *words)
{
  scope_failure_begin (judged->failure, SCOPE_RULE_TYPE);
  return scope_failure_both (judged->failure, exception, "%s", words);
}

static bool
refuse_kernel (const Judged *judged, const char *kernel, ScopeDtype dtype)
{
  scope_failure_begin (judged->failure, SCOPE_RULE_TYPE);
  return scope_failure_both (judged->failure, "RuntimeError", "\"%s\" not implemented for '%s'",
                             kernel, scope_dtype_word (SCOPE_PYTORCH, dtype));
}

static bool
broadcast (Judged *judged)
{
  int place[MOST];
  scope_broadcast_places (judged->failure, judged->value, judged->operands, place);
  return scope_broadcast (judged->call, judged->shape, place, judged->operands, judged->name,
                          &judged->result, judged->failure);
}

/* An operation in place keeps the shape of operand `target`. */
static bool
broadcast_into (Judged *judged, int target)
{
  if (!broadcast (judged))
    return false;
  const ScopeShape *shape = judged->shape[target];
  if (!judged->call->spelling->in_place || scope_shape_equal (shape, &judged->result))
    return true;
  ScopeText a = { 0 }, b = { 0 };
  scope_shape_print (shape, SCOPE_SHAPE_LIST, &a);
  scope_shape_print (&judged->result, SCOPE_SHAPE_LIST, &b);
  scope_failure_begin (judged->failure, SCOPE_RULE_BROADCAST);
  scope_broadcast_explain_into (judged->call, shape, &judged->result, judged->failure);
  scope_failure_say (judged->failure, "RuntimeError",
                     "output with shape %s doesn't match the broadcast shape %s",
                     scope_text_string (&a), scope_text_string (&b));
  scope_text_clear (&a);
  scope_text_clear (&b);
  return false;
}

static bool
promote (const Judged *judged, int first, int operands, ScopeDtype *dtype)
{
  if (scope_promote (judged->call->dialect, judged->mixed + first, operands, dtype))
    return true;
  scope_failure_begin (judged->failure, SCOPE_RULE_TYPE);
  return scope_failure_both (
      judged->failure,
      judged->call->dialect == SCOPE_TENSORFLOW ? "InvalidArgumentError" : "TypeError",
      "the operands' types %s and %s have no common one",
      scope_dtype_word (judged->call->dialect, judged->mixed[first].dtype),
      scope_dtype_word (judged->call->dialect, judged->mixed[first + operands - 1].dtype));
}

/* Sets the result and its plan; `plan` holds the loop's own parts. */
static bool
finish (const Judged *judged, ScopeElementwise plan, ScopeDtype dtype, ScopeResult *result)
{
  plan.inputs = judged->operands;
  plan.dialect = judged->call->dialect;
  for (int i = 0; i < judged->operands; i++)
    scope_result_add_input (judged->call, result, judged->value[i]);
  scope_result_set (result, &judged->result, dtype);
  result->output.stride =
      scope_stride_elementwise (judged->call, judged->value, judged->operands, &judged->result);
  result->plan = (void *)scope_elementwise_keep (judged->call, &plan);
  return true;
}

/* ---- where ---------------------------------------------------------------------------------- */

enum
{
  WHERE_CONDITION,
  WHERE_INPUT,
  WHERE_OTHER,
};

static bool
check_where (const ScopeCall *call, ScopeFailure *failure)
{
  bool torch = call->dialect == SCOPE_PYTORCH;
  for (int i = 0; i < 3; i++)
    {
      const ScopeValue *value = &call->value[i];
      if (value->kind == SCOPE_VALUE_TENSOR
          || (scope_value_is_number (value) && !(torch && i == WHERE_CONDITION)
              && !(torch && call->method)))
        continue;
      if (call->dialect == SCOPE_NUMPY && !scope_value_given (value))
        return scope_call_refuse (call, i, failure, "%s",
                                  "either both or neither of x and y should be given");
      return scope_call_refuse (call, i, failure, "where() takes tensors and numbers, not %s",
                                scope_value_type_name (call, value));
    }
  return true;
}

/* where (condition): the places where it is true, one list for each axis. */
static bool
infer_places (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *condition = &call->value[WHERE_CONDITION];
  if (condition->kind != SCOPE_VALUE_TENSOR)
    return scope_call_refuse (call, WHERE_CONDITION, failure, "where() takes a tensor, not %s",
                              scope_value_type_name (call, condition));
  int rank = scope_call_shape (call, condition)->rank;
  int outputs = rank > 0 ? rank : 1;
  if (!scope_result_set_many (call, result, outputs, failure))
    return false;
  for (int i = 0; i < outputs && result->many != NULL; i++)
    result->many[i] = (ScopeOutput){ .shape = { .rank = 1, .size = { SCOPE_SIZE_UNKNOWN } },
                                     .dtype = SCOPE_INT64 };
  scope_result_add_input (call, result, condition);
  return true;
}

static bool
where_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  static const ScopeKernelName name = { "SelectV2", "select" };
  if (!scope_value_given (&call->value[WHERE_INPUT])
      && !scope_value_given (&call->value[WHERE_OTHER]) && !call->method)
    return infer_places (call, result, failure);
  if (!check_where (call, failure))
    return false;
  Judged judged;
  begin (&judged, call, failure, &name);
  for (int i = 0; i < 3; i++)
    add_operand (&judged, &call->value[i]);

  ScopeDtype condition = judged.mixed[0].dtype, dtype;
  bool torch = call->dialect == SCOPE_PYTORCH;
  if (!promote (&judged, 1, 2, &dtype))
    return false;
  for (int i = 1; i < 3 && torch; i++)
    if (judged.mixed[i].number && scope_torch_overflows (&judged.mixed[i], dtype))
      return scope_torch_refuse_overflow (judged.value[i], dtype, failure);
  if (torch && condition != SCOPE_BOOL && condition != SCOPE_UINT8)
    {
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      return scope_failure_both (
          failure, "RuntimeError",
          "where expected condition to be a boolean tensor, but got a tensor with dtype %s",
          scope_dtype_word (SCOPE_PYTORCH, condition));
    }
  if (!broadcast (&judged))
    return false;
  ScopeElementwise plan = {
    .loop = { SCOPE_BOOL, dtype, dtype },
    .result = dtype,
    .weight = { NAN, NAN, NAN },
    .run = scope_selection_run (SCOPE_CHOOSE, dtype),
  };
  return finish (&judged, plan, dtype, result);
}

/* ---- masked_fill ---------------------------------------------------------------------------- */

static bool
check_fill_rank (const ScopeCall *call, const ScopeValue *value, ScopeFailure *failure)
{
  int rank = scope_call_shape (call, value)->rank;
  if (rank == 0)
    return true;
  scope_failure_begin (failure, SCOPE_RULE_RANK);
  return scope_failure_both (failure, "RuntimeError",
                             "masked_fill_ only supports a 0-dimensional value tensor, but got "
                             "tensor with %d dimension(s).",
                             rank);
}

static bool
masked_fill_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  static const ScopeKernelName name = { "SelectV2", "select" };
  const ScopeValue *value = &call->value[2];
  ScopeDtype dtype = scope_call_dtype (call, &call->value[0]);
  bool in_place = call->spelling->in_place;
  if (in_place && !check_fill_rank (call, value, failure))
    return false;

  /* The mask comes first in PyTorch's words, unless the tensor is changed in place. */
  Judged judged;
  begin (&judged, call, failure, &name);
  add_operand (&judged, &call->value[in_place ? 0 : 1]);
  add_operand (&judged, &call->value[in_place ? 1 : 0]);
  if (!broadcast_into (&judged, 0) || !check_fill_rank (call, value, failure))
    return false;
  ScopeMixed number = scope_mixed_from_value (call, value);
  if (number.number && scope_torch_overflows (&number, dtype))
    return scope_torch_refuse_overflow (value, dtype, failure);

  ScopeShape shape = judged.result;
  begin (&judged, call, failure, &name);
  for (int i = 0; i < 3; i++)
    add_operand (&judged, &call->value[i]);
  judged.result = shape;
  ScopeElementwise plan = {
    .loop = { dtype, SCOPE_BOOL, dtype },
    .result = dtype,
    .weight = { NAN, NAN, NAN },
    .run = scope_selection_run (SCOPE_REPLACE, dtype),
  };
  return finish (&judged, plan, dtype, result);
}

/* ---- clamp ---------------------------------------------------------------------------------- */

enum
{
  CLAMP_INPUT,
  CLAMP_MIN,
  CLAMP_MAX,
};

static bool
is_limit (const ScopeValue *value)
{
  return scope_value_given (value) && value->kind != SCOPE_VALUE_NONE;
}

static const char *
clamp_kernel (bool tensors, bool lower, bool upper)
{
  if (tensors)
    return lower && upper ? "clamp_cpu" : NULL;
  return lower && upper ? "clamp_scalar_cpu" : lower ? "clamp_min_cpu" : "clamp_max_scalar_cpu";
}

static bool
check_torch_clamp (const Judged *judged, bool tensors, bool lower, bool upper, ScopeDtype dtype)
{
  ScopeDtype own = judged->mixed[0].dtype;
  const char *kernel = clamp_kernel (tensors, lower, upper);
  if (judged->call->spelling->in_place && !scope_torch_casts (dtype, own))
    {
      scope_failure_begin (judged->failure, SCOPE_RULE_TYPE);
      return scope_failure_both (judged->failure, "RuntimeError",
                                 "result type %s can't be cast to the desired output type %s",
                                 scope_dtype_word (SCOPE_PYTORCH, dtype),
                                 tensors ? scope_dtype_word (SCOPE_PYTORCH, own)
                                         : scope_torch_cpp_type (own));
    }
  if (kernel != NULL && scope_torch_lists ("?e", dtype))
    return refuse_kernel (judged, kernel, dtype);
  for (int i = 1; i < judged->operands; i++)
    if (judged->mixed[i].number && scope_torch_overflows (&judged->mixed[i], dtype))
      return scope_torch_refuse_overflow (judged->value[i], dtype, judged->failure);
  return true;
}

/* A number of which only the kind is known. */
static ScopeMixed
number_of_kind (ScopeDtype dtype)
{
  ScopeKind kind = scope_dtype_kind (dtype);
  return (ScopeMixed){
    .dtype = kind >= SCOPE_KIND_FLOAT ? SCOPE_FLOAT64
             : kind > SCOPE_KIND_BOOL ? SCOPE_INT64
                                      : SCOPE_BOOL,
    .scalar = true,
    .number = true,
  };
}

static bool
clamp_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  static const ScopeKernelName names[] = { { "ClipByValue", "clamp" },
                                           { "Maximum", "max" },
                                           { "Minimum", "min" } };
  const ScopeValue *low = &call->value[CLAMP_MIN], *high = &call->value[CLAMP_MAX];
  bool lower = is_limit (low), upper = is_limit (high), torch = call->dialect == SCOPE_PYTORCH;
  const ScopeValue *limit[2] = { lower ? low : high, high };
  int limits = lower + upper;
  for (int i = 0; i < limits; i++)
    if (!scope_value_is_operand (limit[i]))
      return scope_call_refuse (call, limit[i] == low ? CLAMP_MIN : CLAMP_MAX, failure,
                                "clip() takes numbers and tensors, not %s",
                                scope_value_type_name (call, limit[i]));
  bool mixed = torch && limits == 2 && scope_value_is_number (low) != scope_value_is_number (high);
  if (limits == 0)
    {
      scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
      return torch ? scope_failure_both (
                 failure, "RuntimeError",
                 "torch.clamp: At least one of 'min' or 'max' must not be None")
                   : scope_failure_both (failure, "ValueError", "One of max or min must be given");
    }

  Judged judged;
  begin (&judged, call, failure, &names[limits == 2 ? 0 : lower ? 1 : 2]);
  add_operand (&judged, &call->value[CLAMP_INPUT]);
  for (int i = 0; i < limits; i++)
    add_operand (&judged, limit[i]);
  bool complex = false, tensors = false;
  for (int i = 0; i < judged.operands; i++)
    {
      /* Beside a number, a tensor without axes counts as one. */
      if (mixed && i > 0 && !judged.mixed[i].number)
        judged.mixed[i] = number_of_kind (judged.mixed[i].dtype);
      complex = complex || is_complex (judged.mixed[i].dtype);
      tensors = tensors || (i > 0 && !judged.mixed[i].number);
    }
  ScopeDtype dtype;
  if (complex)
    return refuse (&judged, torch ? "RuntimeError" : "TypeError",
                   "clamp is not supported for complex types");
  if (!torch && !promote (&judged, 0, judged.operands, &dtype))
    return false;
  if (!broadcast_into (&judged, 0))
    return false;
  if (torch
      && (!promote (&judged, 0, judged.operands, &dtype)
          || !check_torch_clamp (&judged, tensors, lower, upper, dtype)))
    return false;

  ScopeElementwise plan = {
    .loop = { dtype, dtype, dtype },
    .result = dtype,
    .weight = { NAN, NAN, NAN },
    .run = limits == 2 ? scope_selection_run (SCOPE_LIMIT, dtype)
                       : scope_arithmetic_run (lower ? SCOPE_MAXIMUM : SCOPE_MINIMUM, dtype),
  };
  bool keeps = call->spelling->in_place && torch;
  return finish (&judged, plan, keeps ? judged.mixed[0].dtype : dtype, result);
}

/* ---- lerp, addcmul, addcdiv ----------------------------------------------------------------- */

static bool
lerp_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  static const ScopeKernelName name = { "Lerp", "lerp" };
  static const char *const names[] = { "input", "end", "weight" };
  Judged judged;
  begin (&judged, call, failure, &name);
  for (int i = 0; i < 3; i++)
    add_operand (&judged, &call->value[i]);
  ScopeDtype dtype = judged.mixed[0].dtype;
  for (int i = 1; i < 3; i++)
    if (!judged.mixed[i].number && judged.mixed[i].dtype != dtype)
      {
        scope_failure_begin (failure, SCOPE_RULE_TYPE);
        return scope_failure_both (
            failure, "RuntimeError", "expected dtype %s for `%s` but got dtype %s",
            scope_torch_cpp_type (dtype), names[i], scope_torch_cpp_type (judged.mixed[i].dtype));
      }
  if (!broadcast_into (&judged, 0))
    return false;
  if (scope_torch_lists ("?bBhilHILe", dtype))
    return refuse_kernel (
        &judged, judged.mixed[2].number ? "lerp_kernel_scalar" : "lerp_kernel_tensor", dtype);
  double weight = call->value[2].kind == SCOPE_VALUE_FLOAT ? call->value[2].number
                                                           : (double)call->value[2].integer;
  bool number = judged.mixed[2].number;
  ScopeElementwise plan = {
    .loop = { dtype, dtype, dtype },
    .result = dtype,
    .weight = { number ? 1 - weight : NAN, number ? weight : NAN, number ? 0 : NAN },
    .run = scope_selection_run (SCOPE_MIX, dtype),
  };
  return finish (&judged, plan, dtype, result);
}

/* A number that PyTorch takes by keyword: real and cut. */
static bool
read_factor (const ScopeCall *call, int parameter, ScopeElementwise *plan, ScopeFailure *failure)
{
  plan->real[0] = 1;
  if (!scope_call_number (call, parameter, &plan->real[0], failure))
    return false;
  plan->integer[0] = fabs (plan->real[0]) < 9e18 ? (int64_t)plan->real[0] : 0;
  return true;
}

static bool
infer_added (const ScopeCall *call,
             ScopeSelection selection,
             const char *kernel,
             ScopeResult *result,
             ScopeFailure *failure)
{
  static const ScopeKernelName name = { "AddV2", "add" };
  Judged judged;
  begin (&judged, call, failure, &name);
  /* In the old order the factor stood before the tensors. */
  int first = scope_value_is_number (&call->value[1]) ? 2 : 1;
  add_operand (&judged, &call->value[0]);
  add_operand (&judged, &call->value[first]);
  add_operand (&judged, &call->value[first + 1]);
  ScopeDtype dtype;
  bool whole = scope_dtype_kind (judged.mixed[1].dtype) <= SCOPE_KIND_SIGNED
               && scope_dtype_kind (judged.mixed[2].dtype) <= SCOPE_KIND_SIGNED;
  if (selection == SCOPE_ADD_QUOTIENT && whole)
    return refuse (&judged, "RuntimeError",
                   "Integer division with addcdiv is no longer supported, and in a future  release "
                   "addcdiv will perform a true division of tensor1 and tensor2. The historic "
                   "addcdiv behavior can be implemented as (input + value * torch.trunc(tensor1 / "
                   "tensor2)).to(input.dtype) for integer inputs and as (input + value * tensor1 / "
                   "tensor2) for float inputs. The future addcdiv behavior is just the latter "
                   "implementation: (input + value * tensor1 / tensor2), for all dtypes.");
  if (!broadcast_into (&judged, 0) || !promote (&judged, 0, 3, &dtype))
    return false;
  ScopeDtype own = judged.mixed[0].dtype;
  if (call->spelling->in_place && !scope_torch_casts (dtype, own))
    {
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      return scope_failure_both (
          failure, "RuntimeError", "result type %s can't be cast to the desired output type %s",
          scope_dtype_word (SCOPE_PYTORCH, dtype), scope_dtype_word (SCOPE_PYTORCH, own));
    }
  if (scope_torch_lists ("?e", dtype))
    return refuse_kernel (&judged, kernel, dtype);
  ScopeElementwise plan = {
    .loop = { dtype, dtype, dtype },
    .result = dtype,
    .weight = { NAN, NAN, NAN },
    .run = scope_selection_run (selection, dtype),
  };
  return read_factor (call, first == 1 ? 3 : 1, &plan, failure)
         && finish (&judged, plan, call->spelling->in_place ? own : dtype, result);
}

static bool
addcmul_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  return infer_added (call, SCOPE_ADD_PRODUCT, "addcmul_cpu_out", result, failure);
}

static bool
addcdiv_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  return infer_added (call, SCOPE_ADD_QUOTIENT, "addcdiv_cpu_out", result, failure);
}

/* ---- reading -------------------------------------------------------------------------------- */

static bool
where_read (const ScopeNode *node,
            ScopeReader *reader,
            const ScopeRegion *region,
            const ScopeBuffer *out,
            ScopeError *error)
{
  if (node->inputs == 3)
    return scope_elementwise_read (node, reader, region, out, error);
  return scope_fail (error, SCOPE_ERROR_UNSUPPORTED, -1,
                     "How many places there are depends on values; this cannot be read.");
}

static bool
where_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  return node->inputs != 3 || scope_elementwise_trace (node, index, trace);
}

/* ---- the table ------------------------------------------------------------------------------ */

#define FORM(name, dialect, takes, signature)                                                      \
  {                                                                                                \
    name, dialect, takes, 0, false, signature                                                      \
  }
#define FUNCTION(name, takes, signature) FORM ("torch." name, SCOPE_PYTORCH, takes, signature)
#define METHOD(name, takes, signature)   FORM ("." name, SCOPE_PYTORCH, takes, signature)
#define IN_PLACE(name, takes, signature)                                                           \
  {                                                                                                \
    "." name, SCOPE_PYTORCH, takes, 0, true, signature                                             \
  }
#define END                                                                                        \
  {                                                                                                \
    NULL, 0, NULL, 0, false, NULL                                                                  \
  }

static const ScopeSpelling where_spellings[] = {
  FUNCTION ("where",
            "condition input=self=input other -out",
            "(Tensor condition)\n(Tensor condition, Tensor input, Tensor other, *, Tensor "
            "out=None)\n(Tensor condition, Number self, Tensor other)\n(Tensor condition, Tensor "
            "input, Number other)\n(Tensor condition, Number self, Number other)"),
  METHOD ("where", "input condition other", "(Tensor condition, Tensor other)"),
  FORM ("np.where", SCOPE_NUMPY, "condition input=x other=y", NULL),
  FORM ("tf.where", SCOPE_TENSORFLOW, "condition input=x other=y -name", NULL),
  FORM ("jnp.where", SCOPE_JAX, "condition input=x other=y", NULL),
  END,
};

#define FILL_METHOD "(Tensor mask, Tensor value)\n(Tensor mask, Number value)"

static const ScopeSpelling masked_fill_spellings[] = {
  FUNCTION ("masked_fill",
            "input=input=x=a=x1 mask value",
            "(Tensor input, Tensor mask, Tensor value)\n(Tensor input, Tensor mask, Number value)"),
  METHOD ("masked_fill", "input mask value", FILL_METHOD),
  IN_PLACE ("masked_fill_", "input mask value", FILL_METHOD),
  END,
};

#define LIMITS_FUNCTION                                                                            \
  "(Tensor input, Tensor min=None, Tensor max=None, *, Tensor out=None)\n(Tensor input, Number "   \
  "min=None, Number max=None, *, Tensor out=None)"
#define LIMITS_METHOD "(Tensor min=None, Tensor max=None)\n(Number min=None, Number max=None)"
#define MIN_FUNCTION                                                                               \
  "(Tensor input, Tensor min, *, Tensor out=None)\n(Tensor input, Number min, *, Tensor out=None)"
#define MIN_METHOD "(Tensor min)\n(Number min)"
#define MAX_FUNCTION                                                                               \
  "(Tensor input, Tensor max, *, Tensor out=None)\n(Tensor input, Number max, *, Tensor out=None)"
#define MAX_METHOD "(Tensor max)\n(Number max)"

static const ScopeSpelling clamp_spellings[] = {
  FUNCTION ("clamp", "input=input=x=a=x1 min max | -out", LIMITS_FUNCTION),
  METHOD ("clamp", "input min max", LIMITS_METHOD),
  IN_PLACE ("clamp_", "input min max", LIMITS_METHOD),
  FUNCTION ("clip", "input=input=x=a=x1 min max | -out", LIMITS_FUNCTION),
  METHOD ("clip", "input min max", LIMITS_METHOD),
  IN_PLACE ("clip_", "input min max", LIMITS_METHOD),
  FUNCTION ("clamp_min", "input=input=x=a=x1 min | -out", MIN_FUNCTION),
  METHOD ("clamp_min", "input min", MIN_METHOD),
  IN_PLACE ("clamp_min_", "input min", MIN_METHOD),
  FUNCTION ("clamp_max", "input=input=x=a=x1 max | -out", MAX_FUNCTION),
  METHOD ("clamp_max", "input max", MAX_METHOD),
  IN_PLACE ("clamp_max_", "input max", MAX_METHOD),
  FORM ("np.clip",
        SCOPE_NUMPY,
        "input=a min=a_min max=a_max -out",
        "def clip(a, a_min, a_max, out=None)"),
  FORM (".clip", SCOPE_NUMPY, "input min max -out", NULL),
  FORM ("tf.clip_by_value",
        SCOPE_TENSORFLOW,
        "input=t min=clip_value_min max=clip_value_max -name",
        NULL),
  FORM ("jnp.clip", SCOPE_JAX, "input=a min=a_min max=a_max -out", NULL),
  END,
};

#define LERP_METHOD "(Tensor end, Tensor weight)\n(Tensor end, Number weight)"

static const ScopeSpelling lerp_spellings[] = {
  FUNCTION ("lerp",
            "input=input=x=a=x1 end weight | -out",
            "(Tensor input, Tensor end, Tensor weight, *, Tensor out=None)\n(Tensor input, Tensor "
            "end, Number weight, *, Tensor out=None)"),
  METHOD ("lerp", "input end weight", LERP_METHOD),
  IN_PLACE ("lerp_", "input end weight", LERP_METHOD),
  END,
};

#define ADDED_FUNCTION                                                                             \
  "(Tensor input, Tensor tensor1, Tensor tensor2, *, Number value=1, Tensor out=None)\nhidden "    \
  "(Tensor input, Number value, Tensor tensor1, Tensor tensor2)"
#define ADDED_METHOD                                                                               \
  "(Tensor tensor1, Tensor tensor2, *, Number value=1)\nhidden (Number value, Tensor tensor1, "    \
  "Tensor tensor2)"

static const ScopeSpelling addcmul_spellings[] = {
  FUNCTION ("addcmul", "input=input=x=a=x1 tensor1 tensor2 value -out", ADDED_FUNCTION),
  METHOD ("addcmul", "input tensor1 tensor2 value", ADDED_METHOD),
  IN_PLACE ("addcmul_", "input tensor1 tensor2 value", ADDED_METHOD),
  END,
};
static const ScopeSpelling addcdiv_spellings[] = {
  FUNCTION ("addcdiv", "input=input=x=a=x1 tensor1 tensor2 value -out", ADDED_FUNCTION),
  METHOD ("addcdiv", "input tensor1 tensor2 value", ADDED_METHOD),
  IN_PLACE ("addcdiv_", "input tensor1 tensor2 value", ADDED_METHOD),
  END,
};

static const ScopeParameter where_parameters[] = {
  { "condition", SCOPE_TAKES_TENSOR, NULL, NULL, "where it is true, `input` counts" },
  { "input", SCOPE_TAKES_TENSOR, "None", NULL, "what counts where the condition is true" },
  { "other", SCOPE_TAKES_TENSOR, "None", NULL, "what counts elsewhere" },
  { NULL, 0, NULL, NULL, NULL },
};
static const ScopeParameter masked_fill_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what is filled" },
  { "mask", SCOPE_TAKES_TENSOR, NULL, NULL, "where it is true" },
  { "value", SCOPE_TAKES_NUMBER, NULL, NULL, "what it is filled with" },
  { NULL, 0, NULL, NULL, NULL },
};
static const ScopeParameter clamp_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what is limited" },
  { "min", SCOPE_TAKES_TENSOR, "None", NULL, "lower limit" },
  { "max", SCOPE_TAKES_TENSOR, "None", NULL, "upper limit" },
  { NULL, 0, NULL, NULL, NULL },
};
static const ScopeParameter lerp_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "where it begins" },
  { "end", SCOPE_TAKES_TENSOR, NULL, NULL, "where it ends" },
  { "weight", SCOPE_TAKES_TENSOR, NULL, NULL, "how far it has gone, 0 to 1" },
  { NULL, 0, NULL, NULL, NULL },
};
static const ScopeParameter added_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what is added to" },
  { "tensor1", SCOPE_TAKES_TENSOR, NULL, NULL, "first factor, or dividend" },
  { "tensor2", SCOPE_TAKES_TENSOR, NULL, NULL, "second factor, or divisor" },
  { "value", SCOPE_TAKES_NUMBER, "1", NULL, "what the product or quotient is multiplied with" },
  { NULL, 0, NULL, NULL, NULL },
};

#define OPERATION(id, parameters, class, line)                                                     \
  .name = #id, .group = class, .about = line, .spelling = id##_spellings, .parameter = parameters, \
  .align = SCOPE_ALIGN_BROADCAST, .infer = id##_infer

const ScopeOp scope_ops_select[] = {
  {
      OPERATION (where, where_parameters, "selection", "one of two values, by a condition"),
      .read = where_read,
      .trace = where_trace,
  },
  {
      OPERATION (masked_fill, masked_fill_parameters, "selection", "a value where a mask is true"),
      .read = scope_elementwise_read,
      .trace = scope_elementwise_trace,
  },
  {
      OPERATION (clamp, clamp_parameters, "selection", "no less and no more than two limits"),
      .read = scope_elementwise_read,
      .trace = scope_elementwise_trace,
  },
  {
      OPERATION (lerp, lerp_parameters, "arithmetic", "from one tensor to another by a weight"),
      .read = scope_elementwise_read,
      .trace = scope_elementwise_trace,
  },
  {
      OPERATION (addcmul, added_parameters, "arithmetic", "input + value · tensor1 · tensor2"),
      .read = scope_elementwise_read,
      .trace = scope_elementwise_trace,
  },
  {
      OPERATION (addcdiv, added_parameters, "arithmetic", "input + value · tensor1 / tensor2"),
      .read = scope_elementwise_read,
      .trace = scope_elementwise_trace,
  },
  { .name = NULL },
};
