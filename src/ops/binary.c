/* Element by element operations of two operands: + − * /, comparisons, logic, and their functions.
 */
#include "ops/binary.h"

#include "ops/argument.h"
#include "ops/program.h"
#include "ops/promote.h"
#include "ops/stride.h"

#include <math.h>
#include <string.h>

/* A call while it is being judged. */
typedef struct
{
  const ScopeCall *call;
  const ScopeBinary *binary;
  ScopeArithmetic operation;
  const char *kernel; /* PyTorch's, or NULL */
  const char *ufunc;  /* NumPy's */
  const ScopeValue *value[2];
  const ScopeShape *shape[2];
  ScopeMixed mixed[2];
  bool in_place;
  ScopeShape result;
  ScopeDtype loop;  /* what is computed in */
  ScopeDtype gives; /* what the loop gives */
  ScopeDtype dtype; /* of the result */
} Judged;

/* ---- operands ------------------------------------------------------------------------------- */

static bool
refuse_operator (const ScopeCall *call, ScopeFailure *failure)
{
  const char *a = scope_value_type_name (call, &call->value[INPUT]);
  const char *b = scope_value_type_name (call, &call->value[OTHER]);
  const char *sign = call->spelling->name;
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  bool compares = (sign[0] == '<' && sign[1] != '<') || (sign[0] == '>' && sign[1] != '>');
  if (compares)
    return scope_failure_both (failure, "TypeError",
                               "'%s' not supported between instances of '%s' and '%s'", sign, a, b);
  const ScopeValue *first = &call->value[INPUT];
  if (strcmp (sign, "+") == 0
      && (scope_value_is_sequence (first) || first->kind == SCOPE_VALUE_STRING))
    return scope_failure_both (failure, "TypeError", "can only concatenate %s (not \"%s\") to %s",
                               a, b, a);
  return scope_failure_both (failure, "TypeError",
                             "unsupported operand type(s) for %s: '%s' and '%s'",
                             strcmp (sign, "**") == 0 ? "** or pow()" : sign, a, b);
}

static bool
check_operands (const ScopeCall *call, ScopeFailure *failure)
{
  if (scope_value_is_operand (&call->value[INPUT]) && scope_value_is_operand (&call->value[OTHER]))
    return true;
  if (call->spelling->variant == OPERATOR)
    return refuse_operator (call, failure);
  int wrong = scope_value_is_operand (&call->value[INPUT]) ? OTHER : INPUT;
  return scope_call_refuse (call, wrong, failure, "%s() takes tensors and numbers, not %s",
                            scope_call_function (call),
                            scope_value_type_name (call, &call->value[wrong]));
}

/* ---- shapes --------------------------------------------------------------------------------- */

/* NumPy's list of operands in place has the output at its end. */
static bool
say_numpy_in_place (Judged *judged, ScopeFailure *failure)
{
  ScopeText list = { 0 };
  const ScopeShape *shape[3] = { judged->shape[0], judged->shape[1], judged->shape[0] };
  for (int i = 0; i < 3; i++)
    {
      scope_shape_print (shape[i], SCOPE_SHAPE_TIGHT_TUPLE, &list);
      scope_text_append (&list, " ");
    }
  scope_failure_say (failure, "ValueError",
                     "operands could not be broadcast together with shapes %s",
                     scope_text_string (&list));
  scope_text_clear (&list);
  return false;
}

/* The result of an operation in place must have the target's shape. */
static bool
check_target (Judged *judged, ScopeFailure *failure)
{
  const ScopeShape *target = judged->shape[0], *result = &judged->result;
  bool same = target->rank == result->rank;
  for (int axis = 0; axis < target->rank && same; axis++)
    same = target->size[axis] == result->size[axis] || !scope_size_is_known (target->size[axis])
           || !scope_size_is_known (result->size[axis]);
  if (same)
    return true;

  bool numpy = judged->call->dialect == SCOPE_NUMPY;
  ScopeText a = { 0 }, b = { 0 };
  scope_shape_print (target, numpy ? SCOPE_SHAPE_TIGHT_TUPLE : SCOPE_SHAPE_LIST, &a);
  scope_shape_print (result, numpy ? SCOPE_SHAPE_TIGHT_TUPLE : SCOPE_SHAPE_LIST, &b);
  scope_failure_begin (failure, SCOPE_RULE_BROADCAST);
  scope_broadcast_explain_into (judged->call, target, result, failure);
  if (numpy)
    scope_failure_say (failure, "ValueError",
                       "non-broadcastable output operand with shape %s doesn't match the broadcast "
                       "shape %s",
                       scope_text_string (&a), scope_text_string (&b));
  else
    scope_failure_say (failure, "RuntimeError",
                       "output with shape %s doesn't match the broadcast shape %s",
                       scope_text_string (&a), scope_text_string (&b));
  scope_text_clear (&a);
  scope_text_clear (&b);
  return false;
}

static bool
judge_shapes (Judged *judged, ScopeFailure *failure)
{
  int place[2];
  scope_broadcast_places (failure, judged->value, 2, place);
  if (!scope_broadcast (judged->call, judged->shape, place, 2, &judged->binary->name,
                        &judged->result, failure))
    return judged->in_place && judged->call->dialect == SCOPE_NUMPY
               ? say_numpy_in_place (judged, failure)
               : false;
  return !judged->in_place || check_target (judged, failure);
}

static bool
refuse_type (ScopeFailure *failure, const char *exception, const char *words)
{
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  return scope_failure_both (failure, exception, "%s", words);
}

/* Two types without a common one. */
static bool
refuse_mixture (const Judged *judged, ScopeFailure *failure)
{
  ScopeDialect dialect = judged->call->dialect;
  const char *a = scope_dtype_word (dialect, judged->mixed[0].dtype);
  const char *b = scope_dtype_word (dialect, judged->mixed[1].dtype);
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  if (dialect == SCOPE_JAX)
    return scope_failure_both (
        failure, "TypePromotionError",
        "Input dtypes ('%s', '%s') have no available implicit dtype promotion path. To avoid "
        "unintended promotion, 8-bit floats do not support implicit promotion. If you'd like your "
        "inputs to be promoted to another type, you can do so explicitly using e.g. "
        "x.astype('float32')",
        a, b);
  if (dialect != SCOPE_TENSORFLOW)
    return scope_failure_both (failure, "RuntimeError",
                               "Promotion for uint16, uint32, uint64 types is not supported, "
                               "attempted to promote %s and %s",
                               a, b);
  int number = judged->mixed[0].number ? 0 : judged->mixed[1].number ? 1 : -1;
  if (number >= 0)
    {
      const ScopeValue *value = judged->value[number];
      ScopeText text = { 0 };
      if (value->kind == SCOPE_VALUE_FLOAT)
        scope_text_append_double (&text, value->number);
      else
        scope_text_printf (&text, "%lld", (long long)value->integer);
      scope_failure_both (failure, "TypeError", "Cannot convert %s to EagerTensor of dtype %s",
                          scope_text_string (&text), number == 0 ? b : a);
      scope_text_clear (&text);
      return false;
    }
  return scope_failure_both (failure, "InvalidArgumentError",
                             "cannot compute %s as input #1(zero-based) was expected to be a %s "
                             "tensor but is a %s tensor [Op:%s] name: ",
                             judged->binary->name.tensorflow, a, b,
                             judged->binary->name.tensorflow);
}

/* ---- PyTorch -------------------------------------------------------------------------------- */

static bool
is_complex (ScopeDtype dtype)
{
  return scope_dtype_kind (dtype) == SCOPE_KIND_COMPLEX;
}

static bool
is_whole (ScopeDtype dtype)
{
  return dtype == SCOPE_BOOL || scope_dtype_is_integer (dtype);
}

/* A number below zero whose type is an integer's. */
static bool
is_negative_int (const ScopeMixed *mixed)
{
  return mixed->number && mixed->dtype == SCOPE_INT64 && mixed->integer < 0;
}

/* What PyTorch checks before it looks at shapes. */
static bool
check_torch_first (const Judged *judged, ScopeFailure *failure)
{
  const ScopeMixed *a = &judged->mixed[0], *b = &judged->mixed[1];
  switch (judged->operation)
    {
    case SCOPE_SUBTRACT:
      if (a->dtype == SCOPE_BOOL && b->dtype == SCOPE_BOOL)
        return refuse_type (failure, "RuntimeError",
                            "Subtraction, the `-` operator, with two bool tensors is not "
                            "supported. Use the `^` or `logical_xor()` operator instead.");
      if (a->dtype == SCOPE_BOOL || b->dtype == SCOPE_BOOL)
        return refuse_type (failure, "RuntimeError",
                            "Subtraction, the `-` operator, with a bool tensor is not supported. "
                            "If you are trying to invert a mask, use the `~` or `logical_not()` "
                            "operator instead.");
      return true;
    case SCOPE_MAXIMUM:
    case SCOPE_MINIMUM:
    case SCOPE_FMAX:
    case SCOPE_FMIN:
      if (!is_complex (a->dtype) && !is_complex (b->dtype))
        return true;
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      return scope_failure_both (failure, "RuntimeError", "%s not implemented for complex tensors.",
                                 judged->ufunc);
    case SCOPE_HEAVISIDE:
      if (is_complex (a->dtype) || is_complex (b->dtype))
        return refuse_type (failure, "RuntimeError",
                            "heaviside is not yet implemented for complex tensors.");
      if (a->dtype != b->dtype)
        return refuse_type (failure, "RuntimeError",
                            "heaviside is not yet implemented for tensors with different dtypes.");
      return true;
    case SCOPE_POWER:
      if (is_whole (a->dtype) && is_negative_int (b) && judged->gives != SCOPE_FLOAT64)
        return refuse_type (failure, "RuntimeError",
                            "Integers to negative integer powers are not allowed.");
      return true;
    default:
      return true;
    }
}

static bool
check_torch_alpha (const Judged *judged, ScopeFailure *failure)
{
  const ScopeValue *alpha = &judged->call->value[ALPHA];
  bool sums = judged->operation == SCOPE_ADD || judged->operation == SCOPE_SUBTRACT;
  if (!sums || !scope_value_given (alpha))
    return true;
  if (alpha->kind == SCOPE_VALUE_BOOL && judged->loop != SCOPE_BOOL)
    return refuse_type (failure, "RuntimeError",
                        "Boolean alpha only supported for Boolean results.");
  if (alpha->kind == SCOPE_VALUE_FLOAT && is_whole (judged->loop))
    return refuse_type (failure, "RuntimeError",
                        "For integral input tensors, argument alpha must not be a floating point "
                        "number.");
  return true;
}

static bool
refuse_torch_cast (const Judged *judged, ScopeDtype from, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  return scope_failure_both (failure, "RuntimeError",
                             "result type %s can't be cast to the desired output type %s",
                             scope_dtype_word (SCOPE_PYTORCH, from),
                             scope_dtype_word (SCOPE_PYTORCH, judged->mixed[0].dtype));
}

/* x.pow_ (number) has no iterator that could cast. */
static bool
check_torch_power_in_place (const Judged *judged, ScopeFailure *failure)
{
  bool scalar = judged->operation == SCOPE_POWER && judged->mixed[1].number;
  if (!judged->in_place || !scalar || judged->loop == judged->mixed[0].dtype)
    return true;
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  return scope_failure_both (failure, "RuntimeError", "Found dtype %s but expected %s",
                             scope_dtype_word (SCOPE_PYTORCH, judged->mixed[0].dtype),
                             scope_dtype_word (SCOPE_PYTORCH, judged->loop));
}

static bool
judge_torch_float_power (Judged *judged, ScopeFailure *failure)
{
  bool complex = is_complex (judged->mixed[0].dtype) || is_complex (judged->mixed[1].dtype);
  judged->loop = judged->gives = judged->dtype = complex ? SCOPE_COMPLEX128 : SCOPE_FLOAT64;
  if (judged->in_place && judged->mixed[0].dtype != judged->loop)
    {
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      return scope_failure_both (failure, "RuntimeError",
                                 "the base given to float_power_ has dtype %s but the operation's "
                                 "result requires dtype %s",
                                 scope_dtype_word (SCOPE_PYTORCH, judged->mixed[0].dtype),
                                 scope_dtype_word (SCOPE_PYTORCH, judged->loop));
    }
  return judge_shapes (judged, failure);
}

/* Kernels that take a number as such convert it to the type they compute in. */
static bool
check_torch_numbers (const Judged *judged, ScopeFailure *failure)
{
  bool sums = judged->operation == SCOPE_ADD || judged->operation == SCOPE_SUBTRACT;
  const ScopeValue *alpha = sums ? &judged->call->value[ALPHA] : NULL;
  if (sums && scope_value_is_number (alpha))
    {
      ScopeMixed number = scope_mixed_from_value (judged->call, alpha);
      if (scope_torch_overflows (&number, judged->loop))
        return scope_torch_refuse_overflow (alpha, judged->loop, failure);
    }
  if (judged->operation != SCOPE_POWER)
    return true;
  if (judged->mixed[1].number && scope_torch_overflows (&judged->mixed[1], judged->loop))
    return scope_torch_refuse_overflow (judged->value[1], judged->loop, failure);
  /* number ** tensor calls torch.tensor, which has its own names for types. */
  bool makes_tensor = judged->mixed[0].number && judged->call->spelling->variant == OPERATOR
                      && is_whole (judged->loop);
  if (!makes_tensor || !scope_torch_overflows (&judged->mixed[0], judged->loop))
    return true;
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  failure->span = judged->value[0]->span;
  return scope_failure_both (failure, "RuntimeError",
                             "value cannot be converted to type %s without overflow",
                             scope_dtype_name (judged->loop));
}

static bool
judge_torch (Judged *judged, ScopeFailure *failure)
{
  if (strcmp (judged->ufunc, "float_power") == 0)
    return judge_torch_float_power (judged, failure);
  if (!check_torch_first (judged, failure) || !judge_shapes (judged, failure))
    return false;

  bool tests = scope_arithmetic_tests (judged->operation);
  ScopeMixed mixed[2] = { judged->mixed[0], judged->mixed[1] };
  /* number ** tensor makes a tensor of the number, in the type of both. */
  if (judged->operation == SCOPE_POWER && judged->call->spelling->variant == OPERATOR
      && mixed[0].number && scope_promote (SCOPE_PYTORCH, mixed, 2, &mixed[0].dtype))
    mixed[0].number = false;
  /* ldexp is x · 2.0 ** y. */
  const ScopeMixed two = { SCOPE_FLOAT64, true, true, 0, 2 };
  const ScopeMixed exponential[2] = { two, mixed[1] };
  if (judged->operation == SCOPE_LDEXP)
    (void)scope_promote (SCOPE_PYTORCH, exponential, 2, &mixed[1].dtype);
  if (!scope_promote (SCOPE_PYTORCH, mixed, 2, &judged->loop))
    return refuse_mixture (judged, failure);
  if (judged->binary->inexact && judged->operation != SCOPE_TRUNC_DIVIDE
      && judged->operation != SCOPE_FLOOR_DIVIDE)
    judged->loop = scope_promote_inexact (SCOPE_PYTORCH, judged->loop);

  judged->gives = tests ? SCOPE_BOOL : judged->loop;
  judged->dtype = judged->in_place ? mixed[0].dtype : judged->gives;
  if (!check_torch_power_in_place (judged, failure))
    return false;
  if (judged->in_place && !tests && !scope_torch_casts (judged->gives, judged->dtype))
    return refuse_torch_cast (judged, judged->gives, failure);
  if (!check_torch_alpha (judged, failure))
    return false;
  if (judged->kernel == NULL || !scope_torch_lists (judged->binary->refuses, judged->loop))
    return check_torch_numbers (judged, failure);
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  return scope_failure_both (failure, "RuntimeError", "\"%s\" not implemented for '%s'",
                             judged->kernel, scope_dtype_word (SCOPE_PYTORCH, judged->loop));
}

/* ---- NumPy ---------------------------------------------------------------------------------- */

static bool
refuse_numpy_types (const Judged *judged, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  return scope_failure_both (
      failure, "TypeError",
      "ufunc '%s' not supported for the input types, and the inputs could not be safely coerced to "
      "any supported types according to the casting rule ''safe''",
      judged->ufunc);
}

/* gcd and lcm look for a loop of exactly the promoted type. */
static bool
refuse_numpy_signature (const Judged *judged, ScopeDtype promoted, ScopeFailure *failure)
{
  const ScopeMixed *mixed = judged->mixed;
  bool by_value = scope_numpy_casts_by_value (mixed, 2) && (mixed[0].scalar || mixed[1].scalar);
  const char *a = scope_dtype_name (by_value ? promoted : mixed[0].dtype);
  const char *b = scope_dtype_name (by_value ? promoted : mixed[1].dtype);
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  scope_failure_explain (failure, "%s does not take %s and %s.", judged->ufunc, a, b);
  ScopeText gives = { 0 };
  if (by_value)
    scope_text_printf (&gives, "<class 'numpy.dtype[%s%s]'>", a, promoted == SCOPE_BOOL ? "_" : "");
  else
    scope_text_append (&gives, "None");
  scope_failure_say (failure, "UFuncTypeError",
                     "ufunc '%s' did not contain a loop with signature matching types (<class "
                     "'numpy.dtype[%s%s]'>, <class 'numpy.dtype[%s%s]'>) -> %s",
                     judged->ufunc, a, strcmp (a, "bool") == 0 ? "_" : "", b,
                     strcmp (b, "bool") == 0 ? "_" : "", scope_text_string (&gives));
  scope_text_clear (&gives);
  return false;
}

/* Whether a node's value is an array in NumPy, not one of its scalars: what operations make of
 * arrays without axes are scalars. */
static bool
is_numpy_array (const Judged *judged, int operand)
{
  const ScopeValue *value = judged->value[operand];
  return value->kind == SCOPE_VALUE_TENSOR
         && (judged->shape[operand]->rank > 0
             || judged->call->program->node[value->node]->op == NULL);
}

/* array ** number has short cuts that keep the array's type: squares of any type, and of floats
 * also ±1, 0 and ½. */
static bool
has_numpy_power (const Judged *judged)
{
  const ScopeMixed *exponent = &judged->mixed[1];
  if (judged->operation != SCOPE_POWER || judged->call->spelling->variant != OPERATOR
      || !exponent->scalar || exponent->dtype == SCOPE_BOOL || !is_numpy_array (judged, 0))
    return false;
  /* An exponent without axes counts by its value, which is taken to be one of these. */
  if (!exponent->number)
    return !is_whole (judged->mixed[0].dtype) && !is_complex (exponent->dtype);
  bool whole = exponent->dtype == SCOPE_INT64;
  double value = whole ? (double)exponent->integer : exponent->real;
  ScopeDtype base = judged->mixed[0].dtype;
  if (!is_whole (base))
    return value == 1 || value == -1 || value == 0 || value == 0.5 || value == 2;
  return value == 2 && (whole || base == SCOPE_BOOL);
}

static bool
choose_numpy_loop (Judged *judged, ScopeFailure *failure)
{
  const ScopeMixed *mixed = judged->mixed;
  if (has_numpy_power (judged))
    {
      bool truths = mixed[0].dtype == SCOPE_BOOL;
      if (truths)
        judged->ufunc = "square"; /* which has no loop for bool */
      judged->loop = truths ? SCOPE_INT8 : mixed[0].dtype;
      return true;
    }
  if (judged->operation == SCOPE_DIVIDE && is_whole (mixed[0].dtype) && is_whole (mixed[1].dtype))
    {
      judged->loop = SCOPE_FLOAT64;
      return true;
    }
  if (judged->operation == SCOPE_GCD || judged->operation == SCOPE_LCM)
    {
      if (!scope_promote (SCOPE_NUMPY, mixed, 2, &judged->loop))
        return refuse_numpy_types (judged, failure);
      return scope_dtype_is_integer (judged->loop)
             || refuse_numpy_signature (judged, judged->loop, failure);
    }
  if (judged->operation == SCOPE_LDEXP)
    {
      /* The second operand has loops for int32 and int64 alone. */
      ScopeDtype exponent;
      if (!scope_numpy_loop ("il", &mixed[1], 1, &exponent)
          || !scope_numpy_loop ("efd", mixed, 1, &judged->loop))
        return refuse_numpy_types (judged, failure);
      return true;
    }
  bool found = judged->binary->loops != NULL
                   ? scope_numpy_loop (judged->binary->loops, mixed, 2, &judged->loop)
                   : scope_promote (SCOPE_NUMPY, mixed, 2, &judged->loop);
  return found || refuse_numpy_types (judged, failure);
}

static bool
check_numpy_cast (const Judged *judged, ScopeFailure *failure)
{
  if (!judged->in_place || scope_numpy_casts_same_kind (judged->gives, judged->dtype))
    return true;
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  return scope_failure_both (
      failure, "UFuncTypeError",
      "Cannot cast ufunc '%s' output from dtype('%s') to dtype('%s') with casting rule 'same_kind'",
      judged->ufunc, scope_dtype_name (judged->gives), scope_dtype_name (judged->dtype));
}

static bool
is_empty (const ScopeShape *shape)
{
  for (int axis = 0; axis < shape->rank; axis++)
    if (shape->size[axis] == 0)
      return true;
  return false;
}

static bool
judge_numpy (Judged *judged, ScopeFailure *failure)
{
  if (judged->operation == SCOPE_SUBTRACT && judged->mixed[0].dtype == SCOPE_BOOL
      && judged->mixed[1].dtype == SCOPE_BOOL)
    return refuse_type (failure, "TypeError",
                        "numpy boolean subtract, the `-` operator, is not supported, use the "
                        "bitwise_xor, the `^` operator, or the logical_xor function instead.");
  if (!choose_numpy_loop (judged, failure))
    return false;
  judged->gives = scope_arithmetic_tests (judged->operation) ? SCOPE_BOOL : judged->loop;
  judged->dtype = judged->in_place ? judged->mixed[0].dtype : judged->gives;
  if (!check_numpy_cast (judged, failure) || !judge_shapes (judged, failure))
    return false;
  if (judged->operation == SCOPE_POWER && is_whole (judged->loop)
      && is_negative_int (&judged->mixed[1]) && !is_empty (&judged->result))
    return refuse_type (failure, "ValueError",
                        "Integers to negative integer powers are not allowed.");
  return true;
}

/* ---- TensorFlow and JAX --------------------------------------------------------------------- */

/* The kinds of types that an operation takes in TensorFlow and JAX. */
static bool
takes_kind (ScopeArithmetic operation, ScopeDialect dialect, ScopeDtype dtype)
{
  switch (operation)
    {
    case SCOPE_AND:
    case SCOPE_OR:
    case SCOPE_XOR:
      return is_whole (dtype);
    case SCOPE_SHIFT_LEFT:
    case SCOPE_SHIFT_RIGHT:
    case SCOPE_GCD:
    case SCOPE_LCM:
      return scope_dtype_is_integer (dtype);
    case SCOPE_LOGICAL_AND:
    case SCOPE_LOGICAL_OR:
    case SCOPE_LOGICAL_XOR:
      return dialect != SCOPE_TENSORFLOW || dtype == SCOPE_BOOL;
    case SCOPE_EQUAL:
    case SCOPE_NOT_EQUAL:
      return true;
    case SCOPE_LESS:
    case SCOPE_LESS_EQUAL:
    case SCOPE_GREATER:
    case SCOPE_GREATER_EQUAL:
      return dialect == SCOPE_JAX || (dtype != SCOPE_BOOL && !is_complex (dtype));
    case SCOPE_MAXIMUM:
    case SCOPE_MINIMUM:
      return dialect == SCOPE_JAX || (dtype != SCOPE_BOOL && !is_complex (dtype));
    case SCOPE_ADD:
    case SCOPE_MULTIPLY:
      return dialect == SCOPE_JAX || dtype != SCOPE_BOOL;
    case SCOPE_FLOOR_DIVIDE:
    case SCOPE_REMAINDER:
    case SCOPE_FMOD:
      return !is_complex (dtype) && (dialect == SCOPE_JAX || dtype != SCOPE_BOOL);
    default:
      return dtype != SCOPE_BOOL || (dialect == SCOPE_JAX && operation != SCOPE_SUBTRACT);
    }
}

static bool
refuse_kernel_type (const Judged *judged, ScopeFailure *failure)
{
  const char *word = scope_dtype_word (judged->call->dialect, judged->loop);
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  if (judged->call->dialect == SCOPE_JAX)
    return scope_failure_both (failure, "TypeError", "%s does not accept dtype %s at position 0.",
                               judged->binary->name.jax, word);
  const char *kernel = judged->binary->name.tensorflow;
  if (strncmp (kernel, "Logical", 7) == 0)
    return scope_failure_both (failure, "InvalidArgumentError",
                               "cannot compute %s as input #0(zero-based) was expected to be a "
                               "bool tensor but is a %s tensor [Op:%s] name: ",
                               kernel, word, kernel);
  return scope_failure_both (
      failure, "InvalidArgumentError",
      "Value for attr 'T' of %s is not in the list of allowed values of %s [Op:%s] name: ", word,
      kernel, kernel);
}

/* The type that JAX's and TensorFlow's functions of real numbers compute in. */
static bool
is_inexact (ScopeArithmetic operation)
{
  return operation == SCOPE_DIVIDE || (operation >= SCOPE_ARCTAN2 && operation <= SCOPE_NEXTAFTER)
         || operation >= SCOPE_HEAVISIDE;
}

static bool
judge_published (Judged *judged, ScopeFailure *failure)
{
  ScopeDialect dialect = judged->call->dialect;
  if (!scope_promote (dialect, judged->mixed, 2, &judged->loop))
    return refuse_mixture (judged, failure);
  if (!takes_kind (judged->operation, dialect, judged->loop)
      && !(judged->operation == SCOPE_DIVIDE && dialect == SCOPE_JAX))
    return refuse_kernel_type (judged, failure);
  if (is_inexact (judged->operation) && (dialect == SCOPE_JAX || judged->operation == SCOPE_DIVIDE))
    judged->loop = scope_promote_inexact (dialect, judged->loop);
  /* jnp computes with bool as with int32 where bool has no such arithmetic. */
  bool as_int = judged->loop == SCOPE_BOOL && dialect == SCOPE_JAX
                && scope_arithmetic_run (judged->operation, SCOPE_BOOL) == NULL;
  if (as_int)
    judged->loop = SCOPE_INT32;
  judged->gives = scope_arithmetic_tests (judged->operation) ? SCOPE_BOOL : judged->loop;
  judged->dtype = judged->gives;
  return judge_shapes (judged, failure);
}

/* ---- the operation -------------------------------------------------------------------------- */

/* Division's rounding_mode makes it another operation. */
static bool
choose_rounding (Judged *judged, ScopeFailure *failure)
{
  const ScopeValue *mode = &judged->call->value[ROUNDING];
  if (judged->operation != SCOPE_DIVIDE || !scope_value_given (mode)
      || mode->kind == SCOPE_VALUE_NONE)
    return true;
  const char *text = mode->kind == SCOPE_VALUE_STRING ? mode->text : "";
  if (strcmp (text, "floor") == 0)
    {
      judged->operation = SCOPE_FLOOR_DIVIDE;
      judged->kernel = "div_floor_cpu";
      return true;
    }
  if (strcmp (text, "trunc") == 0)
    {
      judged->operation = SCOPE_TRUNC_DIVIDE;
      judged->kernel = "div_trunc_cpu";
      return true;
    }
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = mode->span;
  return scope_failure_both (
      failure, "RuntimeError",
      "div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '%s'", text);
}

/* Python asks a tensor to compare itself with a number the other way round. */
static const char *
reflected_kernel (ScopeArithmetic operation, const char *kernel)
{
  switch (operation)
    {
    case SCOPE_LESS:
      return "gt_cpu";
    case SCOPE_LESS_EQUAL:
      return "ge_cpu";
    case SCOPE_GREATER:
      return "lt_cpu";
    case SCOPE_GREATER_EQUAL:
      return "le_cpu";
    default:
      return kernel;
    }
}

/* How the result changes with each operand, for trace. */
static void
set_weights (const Judged *judged, ScopeElementwise *plan)
{
  double alpha = plan->integer[0] ? plan->real[0] : 1;
  bool floats = !is_whole (judged->loop);
  plan->weight[0] = plan->weight[1] = NAN;
  if (judged->operation != SCOPE_ADD && judged->operation != SCOPE_SUBTRACT)
    {
      /* A product with a number, a quotient by one: linear in the tensor. */
      for (int i = 0; i < 2; i++)
        {
          const ScopeMixed *number = &judged->mixed[1 - i];
          double factor = number->dtype == SCOPE_FLOAT64 ? number->real : (double)number->integer;
          if (!number->number || !floats)
            continue;
          if (judged->operation == SCOPE_MULTIPLY)
            plan->weight[i] = factor;
          else if (judged->operation == SCOPE_DIVIDE && i == 0 && factor != 0)
            plan->weight[i] = 1 / factor;
        }
      return;
    }
  if (judged->loop == SCOPE_BOOL)
    return;
  plan->weight[0] = 1;
  plan->weight[1] = judged->operation == SCOPE_ADD ? alpha : -alpha;
}

/* The loop of a sum whose alpha is a tensor. */
static bool
refuse_alpha (const ScopeElementwise *plan,
              int64_t count,
              const void *const *in,
              const int64_t *in_step,
              void *out,
              int64_t out_step,
              ScopeError *error)
{
  return scope_fail (error, SCOPE_ERROR_UNSUPPORTED, -1,
                     "The value of alpha is in a tensor; Shapescope does not read that yet.");
}

static bool
make_plan (const Judged *judged, ScopeResult *result)
{
  const ScopeCall *call = judged->call;
  const ScopeValue *alpha = &call->value[ALPHA];
  bool sums = judged->operation == SCOPE_ADD || judged->operation == SCOPE_SUBTRACT;
  ScopeElementwise plan = {
    .inputs = 2,
    .loop = { judged->loop, judged->loop },
    .result = judged->gives,
    .run = scope_arithmetic_run (judged->operation, judged->loop),
    .dialect = call->dialect,
    .real = { 1 },
    .integer = { 0, 1 },
  };
  if (judged->operation == SCOPE_LDEXP && call->dialect == SCOPE_NUMPY)
    plan.loop[1] = judged->loop == SCOPE_FLOAT16 ? SCOPE_FLOAT32 : judged->loop;
  if (sums && scope_value_is_number (alpha))
    {
      plan.integer[0] = 1;
      plan.real[0] = alpha->kind == SCOPE_VALUE_FLOAT ? alpha->number : (double)alpha->integer;
      plan.integer[1] = alpha->integer;
    }
  if (sums && alpha->kind == SCOPE_VALUE_TENSOR)
    plan.run = refuse_alpha;
  set_weights (judged, &plan);
  for (int i = 0; i < 2; i++)
    scope_result_add_input (call, result, judged->value[i]);
  scope_result_set (result, &judged->result, judged->dtype);
  result->output.stride = judged->in_place
                              ? scope_stride_same (call, judged->value[0])
                              : scope_stride_elementwise (call, judged->value, 2, &judged->result);
  result->plan = (void *)scope_elementwise_keep (call, &plan);
  return true;
}

/* PyTorch's old order: add (input, alpha, other). */
static void
restore_order (ScopeCall *call, ScopeValue *value)
{
  bool sums = call->op->parameter[ALPHA].name != NULL
              && strcmp (call->op->parameter[ALPHA].name, "alpha") == 0;
  if (!sums || call->value[ALPHA].kind != SCOPE_VALUE_TENSOR
      || !scope_value_is_number (&call->value[OTHER]))
    return;
  value[INPUT] = call->value[INPUT];
  value[OTHER] = call->value[ALPHA];
  value[ALPHA] = call->value[OTHER];
  call->value = value;
}

bool
scope_binary_infer (const ScopeCall *written, ScopeResult *result, ScopeFailure *failure)
{
  ScopeCall copy = *written;
  const ScopeCall *call = &copy;
  ScopeValue ordered[ALPHA + 1];
  restore_order (&copy, ordered);
  const ScopeBinary *binary = scope_binary_of (call->op);
  if (!check_operands (call, failure))
    return false;

  bool mutable = call->dialect == SCOPE_PYTORCH || call->dialect == SCOPE_NUMPY;
  int first = call->spelling->variant == REVERSED ? OTHER : INPUT;
  Judged judged = {
    .call = call,
    .binary = binary,
    .operation = binary->operation,
    .kernel = binary->kernel,
    .ufunc = binary->ufunc,
    .value = { &call->value[first], &call->value[OTHER - first] },
    .in_place = call->spelling->in_place && mutable,
  };
  for (int i = 0; i < 2; i++)
    {
      judged.shape[i] = scope_call_shape (call, judged.value[i]);
      judged.mixed[i] = scope_mixed_from_value (call, judged.value[i]);
    }
  if (call->spelling->variant == OPERATOR && judged.mixed[0].number)
    judged.kernel = reflected_kernel (judged.operation, judged.kernel);
  if (!choose_rounding (&judged, failure))
    return false;

  bool fits = call->dialect == SCOPE_PYTORCH ? judge_torch (&judged, failure)
              : call->dialect == SCOPE_NUMPY ? judge_numpy (&judged, failure)
                                             : judge_published (&judged, failure);
  return fits && make_plan (&judged, result);
}
