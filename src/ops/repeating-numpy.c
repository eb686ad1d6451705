/* What NumPy, JAX and TensorFlow refuse to stretch and to repeat. */
#include "ops/repeating.h"

#include "core/checked.h"
#include "ops/argument.h"
#include "ops/operand.h"
#include "ops/python-words.h"
#include "ops/torch-expand.h"

#include <string.h>

enum
{
  NUMPY_MAX_RANK = 32
};

/* ---- broadcast_to --------------------------------------------------------------------------- */

/* The items of a shape argument: a sequence's, a string's characters, or the one value. */
static const ScopeValue *
items_of (const ScopeValue *value, int *items)
{
  *items = scope_value_is_sequence (value) ? value->items : 1;
  return scope_value_is_sequence (value) ? value->item : value;
}

/* tuple (shape) is compared with 0 and handed to an iterator. */
static bool
check_numpy_sizes (const ScopeCall *call, const ScopeOutput *input, ScopeFailure *failure)
{
  int items;
  const ScopeValue *shape = &call->value[SCOPE_REPEAT_SIZES];
  const ScopeValue *item = items_of (shape, &items);
  bool empty = items == 0 || (shape->kind == SCOPE_VALUE_STRING && shape->text[0] == '\0');
  if (empty && input->shape.rank > 0)
    {
      scope_failure_begin (failure, SCOPE_RULE_RANK);
      failure->span = shape->span;
      scope_failure_explain (failure, "An array with %d axes cannot be stretched to a scalar.",
                             input->shape.rank);
      return scope_failure_say (failure, "ValueError",
                                "cannot broadcast a non-scalar to a scalar array");
    }
  for (int i = 0; i < items; i++)
    if (!scope_value_is_number (&item[i]) && item[i].kind != SCOPE_VALUE_TENSOR)
      return scope_python_refuse (failure, shape, "TypeError",
                                  "'<' not supported between instances of '%s' and 'int'",
                                  scope_value_type_name (call, &item[i]));
  for (int i = 0; i < items; i++)
    if (item[i].kind == SCOPE_VALUE_FLOAT ? item[i].number < 0
                                          : scope_size_is_negative (item[i].integer))
      {
        scope_failure_begin (failure, SCOPE_RULE_SIZE);
        failure->span = shape->span;
        scope_failure_explain (failure, "A size cannot be negative.");
        return scope_failure_say (failure, "ValueError",
                                  "all elements of broadcast shape must be non-negative");
      }
  for (int i = 0; i < items; i++)
    if (item[i].kind == SCOPE_VALUE_BOOL)
      return scope_python_refuse (failure, shape, "TypeError", "an integer is required");
    else if (item[i].kind == SCOPE_VALUE_FLOAT)
      return scope_python_refuse (failure, shape, "TypeError",
                                  "'float' object cannot be interpreted as an integer");
  return true;
}

static bool
say_broadcast_rank (const ScopeCall *call,
                    const ScopeOutput *input,
                    const ScopeShape *shape,
                    ScopeFailure *failure)
{
  ScopeText a = { 0 }, b = { 0 };
  bool tuple = call->dialect == SCOPE_JAX;
  scope_shape_print (&input->shape, tuple ? SCOPE_SHAPE_TUPLE : SCOPE_SHAPE_TIGHT_LIST, &a);
  scope_shape_print (shape, tuple ? SCOPE_SHAPE_TUPLE : SCOPE_SHAPE_TIGHT_LIST, &b);
  if (call->dialect == SCOPE_NUMPY)
    scope_failure_say (failure, "ValueError",
                       "input operand has more dimensions than allowed by the axis remapping");
  else if (tuple)
    scope_failure_say (failure, "ValueError",
                       "Cannot broadcast to shape with fewer dimensions: arr_shape=%s shape=%s",
                       scope_text_string (&a), scope_text_string (&b));
  else
    scope_say_tensorflow (failure, "BroadcastTo",
                          "Rank of input (%d) must be no greater than rank of output shape (%d).",
                          input->shape.rank, shape->rank);
  scope_text_clear (&a);
  scope_text_clear (&b);
  return false;
}

static bool
say_broadcast_sizes (const ScopeCall *call,
                     const ScopeOutput *input,
                     const ScopeShape *shape,
                     ScopeFailure *failure)
{
  ScopeText a = { 0 }, b = { 0 };
  ScopeShapeStyle style = call->dialect == SCOPE_NUMPY ? SCOPE_SHAPE_TIGHT_TUPLE
                          : call->dialect == SCOPE_JAX ? SCOPE_SHAPE_TUPLE
                                                       : SCOPE_SHAPE_TIGHT_LIST;
  scope_shape_print (&input->shape, style, &a);
  scope_shape_print (shape, style, &b);
  if (call->dialect == SCOPE_NUMPY)
    scope_failure_say (failure, "ValueError",
                       "operands could not be broadcast together with remapped shapes "
                       "[original->remapped]: %s  and requested shape %s",
                       scope_text_string (&a), scope_text_string (&b));
  else if (call->dialect == SCOPE_JAX)
    scope_failure_say (failure, "ValueError",
                       "Incompatible shapes for broadcasting: %s and requested shape %s",
                       scope_text_string (&a), scope_text_string (&b));
  else
    scope_say_tensorflow (failure, "BroadcastTo", "Incompatible shapes: %s vs. %s",
                          scope_text_string (&a), scope_text_string (&b));
  scope_text_clear (&a);
  scope_text_clear (&b);
  return false;
}

/* Adds all axes on which the input is neither 1 nor what the shape has. */
static bool
check_stretch (const ScopeCall *call,
               const ScopeOutput *input,
               ScopeShape *shape,
               ScopeFailure *failure)
{
  int missing = shape->rank - input->shape.rank;
  if (missing < 0)
    {
      scope_failure_begin (failure, SCOPE_RULE_RANK);
      scope_failure_explain (failure, "An array with %d axes cannot be stretched to %d axes.",
                             input->shape.rank, shape->rank);
      return say_broadcast_rank (call, input, shape, failure);
    }
  bool fits = true;
  for (int i = 0; i < input->shape.rank; i++)
    {
      int64_t own = input->shape.size[i], *wanted = &shape->size[i + missing];
      if (own != 1 && scope_sizes_differ (own, *wanted))
        {
          if (fits)
            scope_failure_begin (failure, SCOPE_RULE_BROADCAST);
          fits = false;
          scope_failure_add_axis (failure, shape->rank, i + missing, *wanted, own);
        }
      else if (own != 1 && !scope_size_is_known (*wanted))
        *wanted = own;
    }
  if (fits)
    return true;
  scope_failure_explain (failure, "Axis %d has %lld where the result has %lld; only 1 stretches.",
                         failure->axis[0].axis, (long long)failure->axis[0].size[1],
                         (long long)failure->axis[0].size[0]);
  return say_broadcast_sizes (call, input, shape, failure);
}

bool
scope_broadcast_to (const ScopeCall *call,
                    const ScopeOutput *input,
                    ScopeShape *shape,
                    ScopeFailure *failure)
{
  int items;
  bool numpy = call->dialect == SCOPE_NUMPY;
  (void)items_of (&call->value[SCOPE_REPEAT_SIZES], &items);
  if (numpy && !check_numpy_sizes (call, input, failure))
    return false;
  if (numpy && items > NUMPY_MAX_RANK)
    {
      scope_failure_begin (failure, SCOPE_RULE_LIMIT);
      return scope_failure_both (failure, "ValueError",
                                 "maximum supported dimension for an ndarray is %d, found %d",
                                 NUMPY_MAX_RANK, items);
    }
  if (!scope_repeat_sizes (call, SCOPE_REPEAT_SIZES, shape->size, &shape->rank, failure)
      || !check_stretch (call, input, shape, failure))
    return false;
  int64_t count;
  if (!scope_shape_is_known (shape) || scope_shape_count (shape, &count, NULL))
    return true;
  scope_failure_begin (failure, SCOPE_RULE_LIMIT);
  scope_failure_explain (failure, "The result would have more than 2^63−1 elements.");
  return numpy ? scope_failure_say (failure, "ValueError", "iterator is too large") : false;
}

/* ---- tile ----------------------------------------------------------------------------------- */

/* What becomes of repeats that are not integers, unless all are 1. */
static bool
check_kinds (const ScopeCall *call, const ScopeOutput *input, ScopeFailure *failure)
{
  int items;
  const ScopeValue *value = &call->value[SCOPE_REPEAT_SIZES];
  const ScopeValue *item = items_of (value, &items);
  bool empty = scope_shape_is_empty (&input->shape);
  for (int i = 0; i < items; i++)
    if (item[i].kind == SCOPE_VALUE_NONE)
      return scope_python_refuse (failure, value, "TypeError",
                                  "unsupported operand type(s) for *: 'int' and 'NoneType'");
  for (int i = 0; i < items; i++)
    if (item[i].kind == SCOPE_VALUE_STRING && !empty && item[i].text[0] != '\0')
      return scope_python_refuse (failure, value, "ValueError",
                                  "invalid literal for int() with base 10: '%c'", item[i].text[0]);
  for (int i = 0; i < items; i++)
    if (!scope_value_is_int (&item[i]) && item[i].kind != SCOPE_VALUE_SIZE
        && item[i].kind != SCOPE_VALUE_TENSOR)
      return scope_python_refuse (failure, value, "TypeError",
                                  "'%s' object cannot be interpreted as an integer",
                                  scope_value_type_name (call, &item[i]));
  return true;
}

static bool
all_are_one (const ScopeValue *item, int items)
{
  for (int i = 0; i < items; i++)
    {
      bool one = (scope_value_is_int (&item[i]) && item[i].integer == 1)
                 || (item[i].kind == SCOPE_VALUE_FLOAT && item[i].number == 1);
      if (!one)
        return false;
    }
  return true;
}

static bool
refuse_negative (const ScopeCall *call, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_SIZE);
  failure->span = call->value[SCOPE_REPEAT_SIZES].span;
  scope_failure_explain (failure, "An array cannot be repeated a negative number of times.");
  return false;
}

/* reshape (shape) of no elements to a shape with negative sizes: each of them is unknown to it. */
static bool
say_reshape (const int64_t *size, int sizes, ScopeFailure *failure)
{
  int negative = 0, first = 0;
  for (int i = 0; i < sizes; i++)
    negative += size[i] < 0;
  if (negative > 1)
    return scope_failure_say (failure, "ValueError", "can only specify one unknown dimension");
  while (first < sizes - 1 && size[first] < 0)
    first++;
  ScopeText text = { 0 };
  for (int i = first; i < sizes; i++)
    if (size[i] < 0)
      scope_text_append (&text, ",newaxis");
    else
      scope_text_printf (&text, "%s%lld", i > first ? "," : "", (long long)size[i]);
  scope_failure_say (failure, "ValueError", "cannot reshape array of size 0 into shape (%s%s)",
                     scope_text_string (&text), sizes == 1 ? "," : "");
  scope_text_clear (&text);
  return false;
}

/* NumPy repeats axis by axis while there are elements, and at last reshapes. */
static bool
check_numpy_repeats (const ScopeCall *call, const ScopeOutput *input, ScopeFailure *failure)
{
  int items;
  const ScopeValue *item = items_of (&call->value[SCOPE_REPEAT_SIZES], &items);
  int rank = items > input->shape.rank ? items : input->shape.rank;
  int64_t size[2 * SCOPE_MAX_RANK];
  bool empty = scope_shape_is_empty (&input->shape), negative = false;
  for (int i = 0; i < rank && i < 2 * SCOPE_MAX_RANK; i++)
    {
      int given = i - (rank - items), own = i - (rank - input->shape.rank);
      int64_t repeats =
          given < 0 || item[given].kind == SCOPE_VALUE_TENSOR ? 1 : item[given].integer;
      int64_t before = own < 0 ? 1 : input->shape.size[own];
      if (scope_size_is_negative (repeats) && !empty)
        {
          refuse_negative (call, failure);
          return scope_failure_say (failure, "ValueError", "negative dimensions are not allowed");
        }
      empty = empty || repeats == 0;
      size[i] = before == 0 || repeats == 0                  ? 0
                : scope_size_is_negative (repeats)           ? -1
                : before < 0 || before > INT64_MAX / repeats ? 1
                                                             : before * repeats;
      negative = negative || size[i] < 0;
    }
  if (!negative)
    return true;
  refuse_negative (call, failure);
  return say_reshape (size, rank, failure);
}

static bool
check_tensorflow_repeats (const ScopeCall *call, const ScopeOutput *input, ScopeFailure *failure)
{
  int items;
  const ScopeValue *item = items_of (&call->value[SCOPE_REPEAT_SIZES], &items);
  if (items != input->shape.rank)
    {
      scope_failure_begin (failure, SCOPE_RULE_RANK);
      failure->span = call->value[SCOPE_REPEAT_SIZES].span;
      scope_failure_explain (failure,
                             "The tensor has %d axes and %d numbers are given; every axis "
                             "needs one.",
                             input->shape.rank, items);
      return scope_say_tensorflow (failure, "Tile",
                                   "Expected multiples argument to be a vector of length %d but "
                                   "got length %d",
                                   input->shape.rank, items);
    }
  for (int i = 0; i < items; i++)
    if (scope_value_is_int (&item[i]) && item[i].integer < 0)
      {
        refuse_negative (call, failure);
        return scope_say_tensorflow (failure, "Tile", "Expected multiples[%d] >= 0, but got %lld",
                                     i, (long long)item[i].integer);
      }
  return true;
}

bool
scope_tile_check (const ScopeCall *call, const ScopeOutput *input, ScopeFailure *failure)
{
  if (call->dialect == SCOPE_TENSORFLOW)
    return check_tensorflow_repeats (call, input, failure);
  int items;
  const ScopeValue *item = items_of (&call->value[SCOPE_REPEAT_SIZES], &items);
  if (all_are_one (item, items))
    return true;
  return check_kinds (call, input, failure) && check_numpy_repeats (call, input, failure);
}
