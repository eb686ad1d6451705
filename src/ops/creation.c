/* Tensors made in an expression: zeros, full, arange, eye, rand, tensor literals. Shapes and types;
 * the values are creation-values.c's. */
#include "ops/creation.h"

#include "core/arena.h"
#include "core/checked.h"
#include "ops/argument.h"
#include "ops/elementwise.h"
#include "ops/program.h"
#include "ops/promote.h"
#include "ops/python-words.h"
#include "ops/stride.h"

#include <math.h>
#include <string.h>

/* ---- shapes and types ----------------------------------------------------------------------- */

static bool
refuse_negative (const ScopeCall *call,
                 const ScopeShape *shape,
                 int64_t size,
                 ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_SIZE);
  scope_failure_explain (failure, "A size cannot be negative: %lld.", (long long)size);
  if (call->dialect != SCOPE_PYTORCH)
    return scope_failure_say (failure, "ValueError", "negative dimensions are not allowed");
  ScopeText sizes = { 0 };
  scope_text_append (&sizes, "[");
  for (int i = 0; i < shape->rank; i++)
    scope_text_printf (&sizes, "%s%lld", i > 0 ? ", " : "", (long long)shape->size[i]);
  scope_failure_say (failure, "RuntimeError",
                     "Trying to create tensor with negative dimension %lld: %s]", (long long)size,
                     scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return false;
}

/* One size: an int, an unknown one, or a tensor without axes, whose value is not known. */
static bool
read_size (const ScopeCall *call,
           const ScopeValue *value,
           bool lone,
           int64_t *out,
           ScopeFailure *failure)
{
  bool truth = value->kind == SCOPE_VALUE_BOOL && lone && call->dialect == SCOPE_NUMPY;
  if ((scope_value_is_int (value) || value->kind == SCOPE_VALUE_SIZE) && !truth)
    {
      *out = value->integer;
      return true;
    }
  if (value->kind == SCOPE_VALUE_TENSOR && scope_call_shape (call, value)->rank == 0)
    {
      *out = SCOPE_SIZE_UNKNOWN;
      return true;
    }
  ScopeText repr = { 0 };
  scope_python_repr (value, &repr);
  const char *type = scope_value_type_name (call, value);
  if (lone && (truth || value->kind == SCOPE_VALUE_FLOAT))
    scope_python_refuse (failure, value, "TypeError",
                         "expected a sequence of integers or a single integer, got '%s'",
                         scope_text_string (&repr));
  else
    scope_python_refuse (failure, value, "TypeError",
                         "'%s' object cannot be interpreted as an integer", type);
  scope_text_clear (&repr);
  return false;
}

static bool
read_shape (const ScopeCall *call, const ScopeValue *value, ScopeShape *out, ScopeFailure *failure)
{
  bool sequence = scope_value_is_sequence (value);
  bool nothing = value->kind == SCOPE_VALUE_NONE || !scope_value_given (value);
  int items = nothing ? 0 : sequence ? value->items : 1;
  if (items > SCOPE_MAX_RANK)
    return scope_python_refuse (failure, value, "ValueError",
                                "maximum supported dimension for an ndarray is 32, found %d",
                                items);
  out->rank = items;
  for (int i = 0; i < items; i++)
    if (!read_size (call, sequence ? &value->item[i] : value, !sequence, &out->size[i], failure))
      return false;
  return true;
}

/* Unknown sizes are far below any negative one that a person writes. */
static bool
check_sizes (const ScopeCall *call,
             const ScopeValue *value,
             const ScopeShape *shape,
             ScopeFailure *failure)
{
  for (int i = 0; i < shape->rank; i++)
    if (shape->size[i] < 0 && shape->size[i] > INT64_MIN / 2)
      {
        refuse_negative (call, shape, shape->size[i], failure);
        failure->span = value->span;
        return false;
      }
  return true;
}

static bool
read_dtype (const ScopeCall *call, int parameter, ScopeDtype *out, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[parameter];
  if (!scope_value_given (value) || value->kind == SCOPE_VALUE_NONE)
    return true;
  if (value->kind == SCOPE_VALUE_DTYPE)
    *out = value->dtype;
  else if (value->kind != SCOPE_VALUE_STRING
           || !scope_dtype_parse (value->text, strlen (value->text), out))
    {
      ScopeText repr = { 0 };
      scope_python_repr (value, &repr);
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      failure->span = value->span;
      if (value->kind == SCOPE_VALUE_STRING)
        scope_failure_both (failure, "TypeError", "data type %s not understood",
                            scope_text_string (&repr));
      else
        scope_failure_both (failure, "TypeError", "Cannot interpret '%s' as a data type",
                            scope_text_string (&repr));
      scope_text_clear (&repr);
      return false;
    }
  return true;
}

static bool
finish (const ScopeCall *call,
        const ScopeCreation *plan,
        const ScopeShape *shape,
        ScopeDtype dtype,
        ScopeResult *result,
        ScopeFailure *failure)
{
  if (call->dialect == SCOPE_PYTORCH && !scope_torch_fits (shape, dtype, failure))
    return false;
  int64_t count;
  if (scope_shape_is_known (shape) && !scope_shape_count (shape, &count, NULL))
    {
      scope_failure_begin (failure, SCOPE_RULE_LIMIT);
      scope_failure_explain (failure, "This shape has more elements than 64 bits count.");
      return scope_failure_say (failure, "ValueError", "Maximum allowed dimension exceeded");
    }
  ScopeCreation *kept = scope_arena_alloc (call->arena, sizeof *kept);
  if (kept == NULL)
    return false;
  *kept = *plan;
  scope_result_set (result, shape, dtype);
  result->plan = kept;
  return true;
}

/* ---- zeros, ones, empty, full --------------------------------------------------------------- */

/* The number that a tensor is filled with, and the type it gives of itself. */
static bool
read_fill (const ScopeCall *call, int parameter, ScopeCreation *plan, ScopeDtype *dtype)
{
  const ScopeValue *value = &call->value[parameter];
  bool real = value->kind == SCOPE_VALUE_FLOAT;
  if (!scope_value_is_number (value))
    return false;
  plan->kind = real ? SCOPE_KIND_FLOAT : SCOPE_KIND_SIGNED;
  plan->start = value->number;
  plan->integer[0] = value->integer;
  *dtype = real                              ? scope_default_float (call->dialect)
           : value->kind == SCOPE_VALUE_BOOL ? SCOPE_BOOL
                                             : scope_default_int (call->dialect);
  return true;
}

static bool
check_fill (const ScopeCall *call, int parameter, ScopeDtype dtype, ScopeFailure *failure)
{
  ScopeMixed number = scope_mixed_from_value (call, &call->value[parameter]);
  return call->dialect != SCOPE_PYTORCH || !scope_torch_overflows (&number, dtype)
         || scope_torch_refuse_overflow (&call->value[parameter], dtype, failure);
}

static bool
is_op (const ScopeCall *call, const char *name)
{
  return strcmp (call->op->name, name) == 0;
}

/* The method A.new_zeros has A first: everything else stands one further. */
bool
scope_fill_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  int fill = is_op (call, "full") ? SCOPE_CREATE_SECOND : -1;
  int type = fill >= 0 ? SCOPE_CREATE_THIRD : SCOPE_CREATE_SECOND, like = type + 1;
  ScopeCreation plan = { .kind = SCOPE_KIND_SIGNED, .integer = { is_op (call, "ones") } };
  ScopeDtype dtype = scope_default_float (call->dialect);
  ScopeShape shape;
  bool method = call->spelling->variant == SCOPE_CREATE_METHOD;
  if (fill >= 0 && !read_fill (call, fill, &plan, &dtype))
    return scope_call_refuse (call, fill, failure, "full() takes a number to fill with, not %s",
                              scope_value_type_name (call, &call->value[fill]));
  if (method)
    dtype = scope_call_dtype (call, &call->value[like]);
  const ScopeValue *size = &call->value[SCOPE_CREATE_FIRST];
  return read_shape (call, size, &shape, failure) && read_dtype (call, type, &dtype, failure)
         && check_sizes (call, size, &shape, failure)
         && (fill < 0 || check_fill (call, fill, dtype, failure))
         && finish (call, &plan, &shape, dtype, result, failure);
}

/* zeros_like and so on: the shape and type of a tensor. */
bool
scope_like_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  bool full = is_op (call, "full_like");
  int type = full ? SCOPE_CREATE_THIRD : SCOPE_CREATE_SECOND;
  const ScopeValue *like = &call->value[SCOPE_CREATE_FIRST];
  ScopeCreation plan = { .kind = SCOPE_KIND_SIGNED, .integer = { is_op (call, "ones_like") } };
  ScopeDtype own;
  if (!scope_value_is_operand (like))
    return scope_call_refuse (call, SCOPE_CREATE_FIRST, failure, "%s() takes a tensor, not %s",
                              scope_call_function (call), scope_value_type_name (call, like));
  ScopeDtype dtype = scope_call_dtype (call, like);
  if (full && !read_fill (call, SCOPE_CREATE_SECOND, &plan, &own))
    return scope_call_refuse (call, SCOPE_CREATE_SECOND, failure,
                              "full_like() takes a number to fill with, not %s",
                              scope_value_type_name (call, &call->value[SCOPE_CREATE_SECOND]));
  if (!read_dtype (call, type, &dtype, failure)
      || (full && !check_fill (call, SCOPE_CREATE_SECOND, dtype, failure)))
    return false;
  if (is_op (call, "rand_like") || is_op (call, "randn_like"))
    {
      bool uniform = is_op (call, "rand_like");
      plan.making = uniform ? SCOPE_MAKES_UNIFORM : SCOPE_MAKES_NORMAL;
      plan.kind = SCOPE_KIND_FLOAT;
      plan.seed = (uint64_t)call->span.begin;
      if (scope_dtype_kind (dtype) < SCOPE_KIND_FLOAT)
        {
          scope_failure_begin (failure, SCOPE_RULE_TYPE);
          return scope_failure_both (failure, "RuntimeError", "\"%s\" not implemented for '%s'",
                                     uniform ? "check_uniform_bounds" : "normal_kernel_cpu",
                                     scope_dtype_word (SCOPE_PYTORCH, dtype));
        }
    }
  if (!finish (call, &plan, scope_call_shape (call, like), dtype, result, failure))
    return false;
  if (like->kind == SCOPE_VALUE_TENSOR)
    result->output.stride =
        scope_stride_elementwise (call, &like, 1, scope_call_shape (call, like));
  return true;
}

/* ---- arange --------------------------------------------------------------------------------- */

/* start, end and step as they were given: one argument is the end. */
typedef struct
{
  const ScopeValue *part[3];
  bool known, whole;
  double real[3];
  int64_t integer[3];
} Range;

static bool
read_range (const ScopeCall *call, Range *range, ScopeFailure *failure)
{
  const ScopeValue *first = &call->value[SCOPE_CREATE_FIRST];
  const ScopeValue *second = &call->value[SCOPE_CREATE_SECOND];
  const ScopeValue *third = &call->value[SCOPE_CREATE_THIRD];
  bool lone = !scope_value_given (second) || second->kind == SCOPE_VALUE_NONE;
  *range = (Range){
    .part = { lone || !scope_value_given (first) ? NULL : first, lone ? first : second,
              scope_value_given (third) && third->kind != SCOPE_VALUE_NONE ? third : NULL },
    .known = true,
    .whole = true,
    .real = { 0, 0, 1 },
    .integer = { 0, 0, 1 },
  };
  if (!scope_value_given (range->part[1]))
    return scope_call_refuse (call, SCOPE_CREATE_FIRST, failure,
                              "arange() requires stop to be specified.");
  for (int i = 0; i < 3; i++)
    {
      const ScopeValue *part = range->part[i];
      if (part == NULL)
        continue;
      bool tensor = part->kind == SCOPE_VALUE_TENSOR && scope_call_shape (call, part)->rank == 0;
      if (!scope_value_is_number (part) && !tensor)
        return scope_python_refuse (failure, part, "TypeError",
                                    "unsupported operand type(s) for -: '%s' and 'int'",
                                    scope_value_type_name (call, part));
      range->known = range->known && !tensor && part->kind != SCOPE_VALUE_SIZE;
      range->whole =
          range->whole
          && (tensor ? scope_dtype_kind (scope_call_dtype (call, part)) < SCOPE_KIND_FLOAT
                     : part->kind != SCOPE_VALUE_FLOAT);
      range->integer[i] = part->integer;
      range->real[i] = part->kind == SCOPE_VALUE_FLOAT ? part->number : (double)part->integer;
    }
  return true;
}

static bool
refuse_range (const ScopeCall *call, const Range *range, ScopeFailure *failure)
{
  bool torch = call->dialect == SCOPE_PYTORCH;
  scope_failure_begin (failure, SCOPE_RULE_SIZE);
  if (range->real[2] == 0)
    return torch ? scope_failure_both (failure, "RuntimeError", "step must be nonzero")
                 : scope_failure_both (failure, "ZeroDivisionError", "%sdivision by zero",
                                       range->whole ? "" : "float ");
  if (!isfinite (range->real[0]) || !isfinite (range->real[1]))
    {
      ScopeText text = { 0 };
      scope_text_append_double (&text, range->real[0]);
      scope_text_append (&text, " -> ");
      scope_text_append_double (&text, range->real[1]);
      scope_failure_both (failure, torch ? "RuntimeError" : "ValueError",
                          torch ? "unsupported range: %s" : "arange: cannot compute length",
                          scope_text_string (&text));
      scope_text_clear (&text);
      return false;
    }
  return scope_failure_both (failure, "RuntimeError",
                             "upper bound and larger bound inconsistent with step sign");
}

/* How many values there are; 0 when the step leads away from the end. */
static bool
count_range (const Range *range, int64_t *count)
{
  double start = range->real[0], end = range->real[1], step = range->real[2];
  if (range->whole)
    {
      int64_t span, a = range->integer[0], b = range->integer[1], by = range->integer[2];
      if (!scope_checked_sub (b, a, &span))
        return false;
      int64_t parts = span / by;
      *count = (span > 0) != (by > 0) || span == 0 ? 0 : parts + (span % by != 0);
      return true;
    }
  double parts = ceil ((end - start) / step);
  *count = parts > 0 && parts < 9e18 ? (int64_t)parts : 0;
  return parts < 9e18;
}

bool
scope_arange_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  Range range;
  bool torch = call->dialect == SCOPE_PYTORCH;
  if (!read_range (call, &range, failure))
    return false;
  ScopeDtype dtype =
      range.whole ? scope_default_int (call->dialect) : scope_default_float (call->dialect);
  if (!read_dtype (call, SCOPE_CREATE_FOURTH, &dtype, failure))
    return false;
  ScopeShape shape = { .rank = 1, .size = { SCOPE_SIZE_UNKNOWN } };
  bool away = range.known && (range.real[1] - range.real[0]) * range.real[2] < 0;
  bool finite = isfinite (range.real[0]) && isfinite (range.real[1]);
  if (range.known && (range.real[2] == 0 || !finite || (torch && away)))
    return refuse_range (call, &range, failure);
  if (range.known && !count_range (&range, &shape.size[0]))
    {
      scope_failure_begin (failure, SCOPE_RULE_LIMIT);
      return scope_failure_both (failure, torch ? "RuntimeError" : "ValueError",
                                 torch ? "invalid size, possible overflow?"
                                       : "Maximum allowed size exceeded");
    }
  ScopeCreation plan = {
    .making = SCOPE_MAKES_RANGE,
    .kind = range.whole ? SCOPE_KIND_SIGNED : SCOPE_KIND_FLOAT,
    .start = range.real[0],
    .step = range.real[2],
    .integer = { range.integer[0], range.integer[2] },
  };
  return finish (call, &plan, &shape, dtype, result, failure);
}

/* ---- linspace, logspace, eye ---------------------------------------------------------------- */

static double
number_or (const ScopeValue *value, double otherwise)
{
  if (value->kind == SCOPE_VALUE_FLOAT)
    return value->number;
  return scope_value_is_int (value) ? (double)value->integer : otherwise;
}

bool
scope_linspace_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  bool torch = call->dialect == SCOPE_PYTORCH, powers = is_op (call, "logspace");
  const ScopeValue *steps = &call->value[SCOPE_CREATE_THIRD];
  ScopeShape shape = { .rank = 1, .size = { 50 } };
  ScopeDtype dtype = scope_default_float (call->dialect);
  bool closed = true;
  for (int i = 0; i < 2; i++)
    if (!scope_value_is_number (&call->value[i]))
      return scope_call_refuse (call, i, failure, "%s() takes numbers as its ends, not %s",
                                scope_call_function (call),
                                scope_value_type_name (call, &call->value[i]));
  if (scope_value_given (steps) && !read_size (call, steps, true, &shape.size[0], failure))
    return false;
  if (shape.size[0] < 0 && shape.size[0] > INT64_MIN / 2)
    {
      scope_failure_begin (failure, SCOPE_RULE_SIZE);
      failure->span = steps->span;
      return torch ? scope_failure_both (failure, "RuntimeError",
                                         "number of steps must be non-negative")
                   : scope_failure_both (failure, "ValueError",
                                         "Number of samples, %lld, must be non-negative.",
                                         (long long)shape.size[0]);
    }
  if (!read_dtype (call, SCOPE_CREATE_FOURTH, &dtype, failure)
      || (!powers && !scope_call_bool (call, SCOPE_CREATE_FOURTH + 1, &closed, failure)))
    return false;
  ScopeCreation plan = {
    .making = powers ? SCOPE_MAKES_POWERS : SCOPE_MAKES_SPACE,
    .kind = SCOPE_KIND_FLOAT,
    .start = number_or (&call->value[SCOPE_CREATE_FIRST], 0),
    .stop = number_or (&call->value[SCOPE_CREATE_SECOND], 0),
    .base = powers ? number_or (&call->value[SCOPE_CREATE_FOURTH + 1], 10) : 0,
    .floors = !torch && scope_dtype_kind (dtype) <= SCOPE_KIND_SIGNED,
    .closed = closed,
  };
  return finish (call, &plan, &shape, dtype, result, failure);
}

bool
scope_eye_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeShape shape = { .rank = 2 };
  ScopeCreation plan = { .making = SCOPE_MAKES_IDENTITY, .kind = SCOPE_KIND_SIGNED };
  ScopeDtype dtype = scope_default_float (call->dialect);
  const ScopeValue *columns = &call->value[SCOPE_CREATE_SECOND];
  if (!read_size (call, &call->value[SCOPE_CREATE_FIRST], false, &shape.size[0], failure))
    return false;
  shape.size[1] = shape.size[0];
  if (scope_value_given (columns) && columns->kind != SCOPE_VALUE_NONE
      && !read_size (call, columns, false, &shape.size[1], failure))
    return false;
  for (int i = 0; i < 2; i++)
    if (shape.size[i] < 0 && shape.size[i] > INT64_MIN / 2)
      {
        if (call->dialect != SCOPE_PYTORCH)
          return refuse_negative (call, &shape, shape.size[i], failure);
        scope_failure_begin (failure, SCOPE_RULE_SIZE);
        return scope_failure_both (failure, "RuntimeError",
                                   "%c must be greater or equal to 0, got %lld", i == 0 ? 'n' : 'm',
                                   (long long)shape.size[i]);
      }
  return scope_call_int (call, SCOPE_CREATE_THIRD, &plan.integer[0], failure)
         && read_dtype (call, SCOPE_CREATE_FOURTH, &dtype, failure)
         && finish (call, &plan, &shape, dtype, result, failure);
}

/* ---- rand, randn, randint ------------------------------------------------------------------- */

/* Where randint's numbers lie: [0, high) or [low, high). */
static bool
read_bounds (const ScopeCall *call, ScopeCreation *plan, ScopeFailure *failure)
{
  const ScopeValue *low = &call->value[SCOPE_CREATE_THIRD];
  const ScopeValue *high = &call->value[SCOPE_CREATE_FOURTH];
  bool lone =
      !scope_value_given (high) || high->kind == SCOPE_VALUE_NONE || scope_value_is_sequence (high);
  const ScopeValue *bound[2] = { lone ? NULL : low, lone ? low : high };
  plan->integer[0] = 0;
  plan->integer[1] = 1;
  for (int i = 0; i < 2; i++)
    if (bound[i] != NULL && scope_value_is_int (bound[i]))
      plan->integer[i] = bound[i]->integer;
  if (plan->integer[0] < plan->integer[1])
    return true;
  scope_failure_begin (failure, SCOPE_RULE_SIZE);
  if (call->dialect == SCOPE_NUMPY)
    return scope_failure_both (failure, "ValueError", "low >= high");
  return scope_failure_both (failure, "RuntimeError",
                             "random_ expects 'from' to be less than 'to', but got from=%lld >= "
                             "to=%lld",
                             (long long)plan->integer[0], (long long)plan->integer[1]);
}

bool
scope_random_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  bool integers = is_op (call, "randint"), uniform = is_op (call, "rand");
  ScopeCreation plan = {
    .making = integers  ? SCOPE_MAKES_INTEGERS
              : uniform ? SCOPE_MAKES_UNIFORM
                        : SCOPE_MAKES_NORMAL,
    .kind = integers ? SCOPE_KIND_SIGNED : SCOPE_KIND_FLOAT,
    .seed = (uint64_t)call->span.begin,
  };
  ScopeDtype dtype = integers ? SCOPE_INT64 : scope_default_float (call->dialect);
  ScopeShape shape;
  /* randint (high, size): the size stands where `high` does. */
  bool two = integers && !scope_value_given (&call->value[SCOPE_CREATE_FIRST])
             && scope_value_is_sequence (&call->value[SCOPE_CREATE_FOURTH]);
  const ScopeValue *size = &call->value[two ? SCOPE_CREATE_FOURTH : SCOPE_CREATE_FIRST];
  if (!read_shape (call, size, &shape, failure)
      || !read_dtype (call, SCOPE_CREATE_SECOND, &dtype, failure)
      || !check_sizes (call, size, &shape, failure)
      || (integers && !read_bounds (call, &plan, failure)))
    return false;
  if (!integers && call->dialect == SCOPE_PYTORCH && scope_dtype_kind (dtype) < SCOPE_KIND_FLOAT)
    {
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      return scope_failure_both (failure, "RuntimeError", "\"%s\" not implemented for '%s'",
                                 uniform ? "check_uniform_bounds" : "normal_kernel_cpu",
                                 scope_dtype_word (SCOPE_PYTORCH, dtype));
    }
  return finish (call, &plan, &shape, dtype, result, failure);
}

/* ---- tensors written out -------------------------------------------------------------------- */

/* Whether the elements are to be floats. */
static bool
is_real (const ScopeCall *call, const ScopeLiteral *literal)
{
  const ScopeValue *dtype = &call->value[SCOPE_CREATE_SECOND];
  return dtype->kind == SCOPE_VALUE_DTYPE ? scope_dtype_is_float (dtype->dtype)
                                          : literal->kind == SCOPE_LITERAL_FLOATS;
}

static bool
refuse_ragged (const ScopeCall *call, const ScopeLiteral *literal, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_MATCH);
  failure->span = literal->wrong->span;
  scope_failure_explain (failure, "The lists of axis %d do not all have %lld items.", literal->axis,
                         (long long)literal->expected);
  bool list = literal->got >= 0, too_deep = literal->axis == literal->shape.rank;
  if (call->dialect == SCOPE_PYTORCH)
    return too_deep && is_real (call, literal)
               ? scope_failure_say (failure, "TypeError", "must be real number, not %s",
                                    scope_value_type_name (call, literal->wrong))
           : too_deep ? scope_failure_say (failure, "TypeError",
                                           "'%s' object cannot be interpreted as an integer",
                                           scope_value_type_name (call, literal->wrong))
           : list     ? scope_failure_say (
                     failure, "ValueError", "expected sequence of length %lld at dim %d (got %lld)",
                     (long long)literal->expected, literal->axis, (long long)literal->got)
                  : scope_failure_say (failure, "TypeError", "not a sequence");
  ScopeText shape = { 0 };
  ScopeShape detected = literal->shape;
  detected.rank = literal->axis;
  scope_shape_print (&detected, SCOPE_SHAPE_TUPLE, &shape);
  scope_failure_say (failure, "ValueError",
                     "setting an array element with a sequence. The requested array has an "
                     "inhomogeneous shape after %d dimensions. The detected shape was %s + "
                     "inhomogeneous part.",
                     literal->axis, scope_text_string (&shape));
  scope_text_clear (&shape);
  return false;
}

static bool
refuse_item (const ScopeCall *call, const ScopeLiteral *literal, ScopeFailure *failure)
{
  const ScopeValue *wrong = literal->wrong;
  if (wrong == NULL || wrong->kind == SCOPE_VALUE_TENSOR || wrong->kind == SCOPE_VALUE_SIZE)
    {
      scope_failure_begin (failure, SCOPE_RULE_UNKNOWN);
      scope_failure_explain (failure, "Shapescope does not know lists of tensors as tensors yet; "
                                      "stack joins them.");
      return false;
    }
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = wrong->span;
  scope_failure_explain (failure, "A tensor is made of numbers, not of %s.",
                         scope_value_type_name (call, wrong));
  if (call->dialect == SCOPE_PYTORCH && wrong->kind == SCOPE_VALUE_STRING)
    return scope_failure_say (failure, "TypeError", "new(): invalid data type 'str'");
  return scope_failure_say (failure, "RuntimeError", "Could not infer dtype of %s",
                            scope_value_type_name (call, wrong));
}

/* PyTorch refuses whole numbers that the type asked for cannot hold. */
static bool
check_written (const ScopeCall *call,
               const ScopeLiteral *literal,
               ScopeDtype dtype,
               ScopeFailure *failure)
{
  if (call->dialect != SCOPE_PYTORCH || !scope_dtype_is_integer (dtype)
      || literal->kind == SCOPE_LITERAL_FLOATS)
    return true;
  for (int64_t i = 0; i < literal->count; i++)
    {
      ScopeMixed number = { SCOPE_INT64, true, true, literal->integer[i], 0 };
      if (!scope_torch_overflows (&number, dtype))
        continue;
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      return scope_failure_both (failure, "RuntimeError",
                                 "value cannot be converted to type %s without overflow",
                                 scope_dtype_name (dtype));
    }
  return true;
}

/* A copy of a tensor, perhaps in another type. */
static bool
copy_tensor (const ScopeCall *call, ScopeDtype dtype, ScopeResult *result)
{
  const ScopeValue *data = &call->value[SCOPE_CREATE_FIRST];
  ScopeDtype own = scope_call_dtype (call, data);
  ScopeElementwise plan = {
    .inputs = 1,
    .loop = { own },
    .result = own,
    .weight = { own == dtype ? 1 : NAN },
    .run = scope_elementwise_copy (own),
    .dialect = call->dialect,
  };
  scope_result_add_input (call, result, data);
  scope_result_set (result, scope_call_shape (call, data), dtype);
  result->output.stride = scope_stride_elementwise (call, &data, 1, scope_call_shape (call, data));
  result->plan = (void *)scope_elementwise_keep (call, &plan);
  return true;
}

bool
scope_tensor_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *data = &call->value[SCOPE_CREATE_FIRST];
  if (data->kind == SCOPE_VALUE_TENSOR)
    {
      ScopeDtype dtype = scope_call_dtype (call, data);
      return read_dtype (call, SCOPE_CREATE_SECOND, &dtype, failure)
             && copy_tensor (call, dtype, result);
    }
  ScopeCreation plan = { .making = SCOPE_MAKES_LITERAL };
  switch (scope_literal_read (call, data, &plan.literal))
    {
    case SCOPE_LITERAL_RAGGED:
      return refuse_ragged (call, &plan.literal, failure);
    case SCOPE_LITERAL_OTHER:
      return refuse_item (call, &plan.literal, failure);
    default:
      break;
    }
  bool real = plan.literal.kind == SCOPE_LITERAL_FLOATS;
  plan.kind = real ? SCOPE_KIND_FLOAT : SCOPE_KIND_SIGNED;
  ScopeDtype dtype = scope_literal_dtype (&plan.literal, call->dialect);
  if (call->spelling->variant == SCOPE_CREATE_METHOD)
    dtype = scope_call_dtype (call, &call->value[SCOPE_CREATE_THIRD]);
  return read_dtype (call, SCOPE_CREATE_SECOND, &dtype, failure)
         && check_written (call, &plan.literal, dtype, failure)
         && finish (call, &plan, &plan.literal.shape, dtype, result, failure);
}
