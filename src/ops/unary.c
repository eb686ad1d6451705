/* Element by element functions of one operand: signs, roundings, exponentials, activations. */
#include "ops/unary.h"

#include "ops/argument.h"
#include "ops/program.h"
#include "ops/promote.h"
#include "ops/stride.h"

#include <math.h>
#include <string.h>

enum
{
  INPUT,
  FIRST_NUMBER, /* further parameters are numbers of the function */
};

typedef struct
{
  const ScopeCall *call;
  const ScopeUnary *unary;
  ScopeFunction function;
  ScopeMixed operand;
  bool in_place;
  double number[2];
  ScopeDtype loop, gives, dtype;
  ScopeFailure *failure;
} Judged;

static bool
is_whole (ScopeDtype dtype)
{
  return scope_dtype_kind (dtype) <= SCOPE_KIND_SIGNED;
}

static bool
is_complex (ScopeDtype dtype)
{
  return scope_dtype_kind (dtype) == SCOPE_KIND_COMPLEX;
}

/* ---- arguments ------------------------------------------------------------------------------ */

static bool
refuse_operand (const ScopeCall *call, ScopeFailure *failure)
{
  const char *type = scope_value_type_name (call, &call->value[INPUT]);
  const char *name = scope_call_function (call);
  if (call->spelling->variant == SCOPE_UNARY_OPERATOR)
    return scope_call_refuse (call, INPUT, failure, "bad operand type for unary %c: '%s'", name[0],
                              type);
  if (call->dialect == SCOPE_PYTORCH)
    return scope_torch_refuse_kind (call, INPUT, "input", 1, "Tensor", failure);
  if (call->dialect == SCOPE_NUMPY && call->value[INPUT].kind == SCOPE_VALUE_NONE)
    return scope_call_refuse (
        call, INPUT, failure,
        "loop of ufunc does not support argument 0 of type NoneType which has no callable %s "
        "method",
        name);
  return scope_call_refuse (call, INPUT, failure, "%s() takes a tensor, not %s", name, type);
}

static bool
check_operand (const ScopeCall *call, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[INPUT];
  if (value->kind == SCOPE_VALUE_TENSOR)
    return true;
  bool numbers = call->dialect != SCOPE_PYTORCH && scope_value_is_number (value);
  return numbers || refuse_operand (call, failure);
}

/* A default as the table writes it: a number, with or without a sign. */
static double
initial_number (const char *text)
{
  bool negative = text[0] == '-';
  double value = 0;
  scope_text_read_double (text + negative, strlen (text + negative), &value);
  return negative ? -value : value;
}

static bool
read_number (const Judged *judged, int parameter, double *out)
{
  const ScopeCall *call = judged->call;
  const ScopeValue *value = &call->value[parameter];
  bool torch = call->dialect == SCOPE_PYTORCH;
  if (torch && scope_value_given (value) && !scope_value_is_number (value))
    return scope_torch_refuse_kind (call, parameter, call->op->parameter[parameter].name,
                                    parameter + 1, "Number", judged->failure);
  return scope_call_number (call, parameter, out, judged->failure);
}

/* The function's numbers in the order of its parameters. */
static bool
read_numbers (Judged *judged)
{
  const ScopeParameter *parameter = &judged->call->op->parameter[FIRST_NUMBER];
  for (int i = 0; i < 2 && parameter[i].name != NULL; i++)
    {
      if (parameter[i].takes == SCOPE_TAKES_CHOICE)
        continue;
      if (parameter[i].initial != NULL)
        judged->number[i] = initial_number (parameter[i].initial);
      if (!read_number (judged, FIRST_NUMBER + i, &judged->number[i]))
        return false;
    }
  return true;
}

/* gelu (x, approximate): `none` or `tanh`, in JAX and TensorFlow True or False. */
static bool
read_approximate (const Judged *judged, int64_t *by_tanh)
{
  const ScopeValue *value = &judged->call->value[FIRST_NUMBER];
  *by_tanh = judged->call->dialect == SCOPE_JAX;
  if (!scope_value_given (value))
    return true;
  if (scope_value_is_int (value))
    {
      *by_tanh = value->integer != 0;
      return true;
    }
  const char *text = value->kind == SCOPE_VALUE_STRING ? value->text : "";
  *by_tanh = strcmp (text, "tanh") == 0;
  if (*by_tanh || strcmp (text, "none") == 0)
    return true;
  scope_failure_begin (judged->failure, SCOPE_RULE_ARGUMENT);
  judged->failure->span = value->span;
  return scope_failure_both (judged->failure, "RuntimeError",
                             "approximate argument must be either none or tanh.");
}

/* ---- PyTorch -------------------------------------------------------------------------------- */

static bool
refuse (const Judged *judged, const char *exception, const char *words)
{
  scope_failure_begin (judged->failure, SCOPE_RULE_TYPE);
  return scope_failure_both (judged->failure, exception, "%s", words);
}

/* What PyTorch checks before it looks for a kernel. */
static bool
check_torch_first (const Judged *judged)
{
  ScopeDtype dtype = judged->operand.dtype;
  bool is_operator = judged->call->spelling->variant == SCOPE_UNARY_OPERATOR;
  if (judged->function == SCOPE_INVERT && is_operator && !is_whole (dtype))
    return refuse (judged, "TypeError",
                   "~ (operator.invert) is only implemented on integer and Boolean-type tensors");
  if (dtype == SCOPE_BOOL && judged->unary->truths != NULL)
    return refuse (judged, "RuntimeError", judged->unary->truths);
  if (is_complex (dtype) && judged->unary->complex != NULL)
    return refuse (judged, "RuntimeError", judged->unary->complex);
  if (is_complex (dtype) && judged->function == SCOPE_ABSOLUTE && judged->in_place)
    return refuse (judged, "RuntimeError", "In-place abs is not supported for complex tensors.");
  if (dtype == SCOPE_UINT8 && judged->function == SCOPE_HARDTANH && judged->number[0] < 0)
    return refuse (judged, "RuntimeError",
                   "cannot do hardtanh on an unsigned type with negative limits");
  return true;
}

static ScopeDtype
torch_loop (const Judged *judged)
{
  ScopeDtype dtype = judged->operand.dtype;
  switch (judged->unary->type)
    {
    case SCOPE_UNARY_INEXACT:
      return scope_promote_inexact (SCOPE_PYTORCH, dtype);
    case SCOPE_UNARY_SQUARE:
      return dtype == SCOPE_BOOL ? SCOPE_INT64 : dtype;
    case SCOPE_UNARY_FLOATS:
      return dtype == SCOPE_BOOL ? dtype : scope_promote_inexact (SCOPE_PYTORCH, dtype);
    default:
      return dtype;
    }
}

static bool
judge_torch (Judged *judged)
{
  if (!check_torch_first (judged))
    return false;
  judged->loop = torch_loop (judged);
  judged->gives = scope_function_tests (judged->function)   ? SCOPE_BOOL
                  : judged->unary->type == SCOPE_UNARY_REAL ? scope_dtype_real (judged->loop)
                                                            : judged->loop;
  judged->dtype = judged->in_place ? judged->operand.dtype : judged->gives;
  bool tests = scope_function_tests (judged->function);
  const char *from = scope_dtype_word (SCOPE_PYTORCH, judged->gives);
  const char *to = scope_dtype_word (SCOPE_PYTORCH, judged->dtype);
  if (judged->in_place && !tests && !scope_torch_casts (judged->gives, judged->dtype))
    {
      scope_failure_begin (judged->failure, SCOPE_RULE_TYPE);
      return judged->unary->type == SCOPE_UNARY_SQUARE
                 ? scope_failure_both (judged->failure, "RuntimeError",
                                       "Found dtype %s but expected %s", to, from)
                 : scope_failure_both (judged->failure, "RuntimeError",
                                       "result type %s can't be cast to the desired output type %s",
                                       from, to);
    }
  bool decimals = judged->function == SCOPE_ROUND_DECIMALS;
  const char *kernel = decimals ? "round_cpu" : judged->unary->kernel;
  const char *refuses = decimals ? "?bBhHiIlLeFD" : judged->unary->refuses;
  if (kernel == NULL || !scope_torch_lists (refuses, judged->loop))
    return true;
  scope_failure_begin (judged->failure, SCOPE_RULE_TYPE);
  return scope_failure_both (judged->failure, "RuntimeError", "\"%s\" not implemented for '%s'",
                             kernel, scope_dtype_word (SCOPE_PYTORCH, judged->loop));
}

/* ---- NumPy ---------------------------------------------------------------------------------- */

static bool
refuse_numpy_loop (const Judged *judged, bool by_signature)
{
  const char *name = scope_dtype_name (judged->operand.dtype);
  scope_failure_begin (judged->failure, SCOPE_RULE_TYPE);
  if (by_signature)
    return scope_failure_both (judged->failure, "UFuncTypeError",
                               "ufunc '%s' did not contain a loop with signature matching types "
                               "<class 'numpy.dtype[%s%s]'> -> None",
                               judged->unary->ufunc, name,
                               judged->operand.dtype == SCOPE_BOOL ? "_" : "");
  return scope_failure_both (
      judged->failure, "TypeError",
      "ufunc '%s' not supported for the input types, and the inputs could not be safely coerced to "
      "any supported types according to the casting rule ''safe''",
      judged->unary->ufunc);
}

/* np.round leaves integers as they are; of bool it makes float16, unless decimals are asked for. */
static bool
judge_numpy_round (Judged *judged)
{
  ScopeDtype dtype = judged->operand.dtype;
  bool truths = dtype == SCOPE_BOOL;
  judged->loop = judged->gives = judged->dtype = truths ? SCOPE_FLOAT16 : dtype;
  if (!truths || judged->function != SCOPE_ROUND_DECIMALS)
    return true;
  scope_failure_begin (judged->failure, SCOPE_RULE_TYPE);
  return scope_failure_both (judged->failure, "UFuncTypeError",
                             "Cannot cast ufunc 'multiply' output from dtype('float64') to "
                             "dtype('bool') with casting rule 'same_kind'");
}

static bool
judge_numpy (Judged *judged)
{
  ScopeDtype dtype = judged->operand.dtype;
  if (judged->unary->ufunc == NULL)
    return refuse (judged, "TypeError", "NumPy has no such function.");
  if (strcmp (judged->unary->ufunc, "around") == 0)
    return judge_numpy_round (judged);
  bool is_operator = judged->call->spelling->variant == SCOPE_UNARY_OPERATOR;
  if (dtype == SCOPE_BOOL && judged->function == SCOPE_NEGATE)
    return refuse (judged, "TypeError",
                   "The numpy boolean negative, the `-` operator, is not supported, use the `~` "
                   "operator or the logical_not function instead.");
  bool keeps_truths = judged->function == SCOPE_KEEP && is_operator;
  if (dtype == SCOPE_BOOL && !keeps_truths
      && (judged->function == SCOPE_SIGN || judged->function == SCOPE_KEEP))
    return refuse_numpy_loop (judged, true);
  judged->loop = dtype;
  if (judged->unary->loops != NULL
      && !scope_numpy_loop (judged->unary->loops, &judged->operand, 1, &judged->loop))
    return refuse_numpy_loop (judged, false);
  judged->gives = scope_function_tests (judged->function)   ? SCOPE_BOOL
                  : judged->unary->type == SCOPE_UNARY_REAL ? scope_dtype_real (judged->loop)
                                                            : judged->loop;
  judged->dtype = judged->gives;
  return true;
}

/* ---- TensorFlow and JAX --------------------------------------------------------------------- */

static bool
refuse_published (const Judged *judged)
{
  const char *word = scope_dtype_word (judged->call->dialect, judged->loop);
  const char *jax = judged->unary->jax != NULL ? judged->unary->jax : judged->call->op->name;
  const char *kernel =
      judged->unary->tensorflow != NULL ? judged->unary->tensorflow : judged->call->op->name;
  scope_failure_begin (judged->failure, SCOPE_RULE_TYPE);
  if (judged->call->dialect == SCOPE_JAX)
    return scope_failure_both (judged->failure, "TypeError", "%s does not accept dtype %s.", jax,
                               word);
  return scope_failure_both (judged->failure, "InvalidArgumentError",
                             "Value for attr 'T' of %s is not in the list of allowed values of %s "
                             "[Op:%s] name: ",
                             word, kernel, kernel);
}

static bool
judge_published (Judged *judged)
{
  ScopeDialect dialect = judged->call->dialect;
  if (!scope_promote (dialect, &judged->operand, 1, &judged->loop))
    return refuse_published (judged);
  bool floats = judged->unary->type == SCOPE_UNARY_INEXACT
                || scope_function_run (judged->function, judged->loop) == NULL;
  if (floats && is_whole (judged->loop) && judged->function != SCOPE_INVERT)
    {
      if (dialect == SCOPE_TENSORFLOW)
        return refuse_published (judged);
      judged->loop = scope_promote_inexact (dialect, judged->loop);
    }
  if (scope_function_run (judged->function, judged->loop) == NULL)
    return refuse_published (judged);
  judged->gives = scope_function_tests (judged->function)   ? SCOPE_BOOL
                  : judged->unary->type == SCOPE_UNARY_REAL ? scope_dtype_real (judged->loop)
                                                            : judged->loop;
  judged->dtype = judged->gives;
  return true;
}

/* ---- the operation -------------------------------------------------------------------------- */

/* Where the function is linear, so that trace can say with what weight. */
static double
weight (ScopeFunction function)
{
  return function == SCOPE_NEGATE    ? -1
         : function == SCOPE_KEEP    ? 1
         : function == SCOPE_DEG2RAD ? M_PI / 180
         : function == SCOPE_RAD2DEG ? 180 / M_PI
                                     : NAN;
}

bool
scope_unary_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  if (!check_operand (call, failure))
    return false;
  const ScopeUnary *unary = scope_unary_of (call->op);
  Judged judged = {
    .call = call,
    .unary = unary,
    .function = unary->function,
    .operand = scope_mixed_from_value (call, &call->value[INPUT]),
    .in_place = call->spelling->in_place && call->dialect == SCOPE_PYTORCH,
    .failure = failure,
  };
  int64_t by_tanh = 0;
  if (!read_numbers (&judged)
      || (unary->function == SCOPE_GELU && !read_approximate (&judged, &by_tanh)))
    return false;
  if (unary->function == SCOPE_ROUND && judged.number[0] != 0)
    judged.function = SCOPE_ROUND_DECIMALS;
  bool fits = call->dialect == SCOPE_PYTORCH ? judge_torch (&judged)
              : call->dialect == SCOPE_NUMPY ? judge_numpy (&judged)
                                             : judge_published (&judged);
  if (!fits)
    return false;

  ScopeElementwise plan = {
    .inputs = 1,
    .loop = { judged.loop },
    .result = judged.gives,
    .weight = { is_whole (judged.loop) && unary->function != SCOPE_KEEP
                    ? NAN
                    : weight (judged.function) },
    .run = scope_function_run (judged.function, judged.loop),
    .dialect = call->dialect,
    .real = { judged.number[0], judged.number[1] },
    .integer = { by_tanh },
  };
  scope_result_add_input (call, result, &call->value[INPUT]);
  scope_result_set (result, scope_call_shape (call, &call->value[INPUT]), judged.dtype);
  const ScopeValue *input = &call->value[INPUT];
  result->output.stride = judged.in_place
                              ? scope_stride_same (call, input)
                              : scope_stride_elementwise (call, &input, 1, &result->output.shape);
  result->plan = (void *)scope_elementwise_keep (call, &plan);
  return true;
}
