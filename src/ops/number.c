/* Python's arithmetic on numbers, sizes and tuples while shapes are checked. */
#include "core/checked.h"
#include "ops/builder.h"

#include <math.h>
#include <string.h>

static bool
is_number (const ScopeValue *value)
{
  return scope_value_is_int (value) || value->kind == SCOPE_VALUE_FLOAT
         || value->kind == SCOPE_VALUE_SIZE;
}

static bool
is_plain (const ScopeValue *value)
{
  return is_number (value) || scope_value_is_sequence (value) || value->kind == SCOPE_VALUE_STRING
         || value->kind == SCOPE_VALUE_NONE || value->kind == SCOPE_VALUE_DTYPE;
}

static double
as_double (const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_FLOAT ? value->number : (double)value->integer;
}

static ScopeValue
fail (ScopeBuilder *builder, ScopeSpan span, const char *exception, const char *words)
{
  ScopeValue failed;
  ScopeFailure *failure = scope_builder_fail (builder, span, SCOPE_RULE_ARGUMENT, &failed);
  scope_failure_both (failure, exception, "%s", words);
  return failed;
}

static ScopeValue
too_large (ScopeBuilder *builder, ScopeSpan span)
{
  ScopeValue failed;
  ScopeFailure *failure = scope_builder_fail (builder, span, SCOPE_RULE_LIMIT, &failed);
  scope_failure_explain (failure, "This number does not fit 64 bits.");
  return failed;
}

static bool
is_true (const ScopeValue *value)
{
  switch (value->kind)
    {
    case SCOPE_VALUE_FLOAT:
      return value->number != 0;
    case SCOPE_VALUE_TUPLE:
    case SCOPE_VALUE_LIST:
      return value->items > 0;
    case SCOPE_VALUE_STRING:
      return value->text[0] != '\0';
    case SCOPE_VALUE_NONE:
      return false;
    default:
      return value->integer != 0;
    }
}

bool
scope_number_unary (ScopeBuilder *builder,
                    const char *sign,
                    const ScopeValue *a,
                    ScopeSpan span,
                    ScopeValue *out)
{
  if (strcmp (sign, "not") == 0 && is_plain (a))
    *out = scope_value_truth (!is_true (a), span);
  else if (!is_number (a))
    return false;
  else if (a->kind == SCOPE_VALUE_FLOAT && sign[0] != '~')
    *out = scope_value_float (sign[0] == '-' ? -a->number : a->number, span);
  else if (a->kind == SCOPE_VALUE_FLOAT)
    *out = fail (builder, span, "TypeError", "bad operand type for unary ~: 'float'");
  else if (a->kind == SCOPE_VALUE_SIZE)
    *out = scope_value_int (sign[0] == '+' ? a->integer : SCOPE_SIZE_UNKNOWN, span);
  else if (sign[0] == '-' && a->integer == INT64_MIN)
    *out = too_large (builder, span);
  else
    *out = scope_value_int (sign[0] == '-'   ? -a->integer
                            : sign[0] == '~' ? ~a->integer
                                             : a->integer,
                            span);
  return true;
}

static int64_t
floor_divide (int64_t a, int64_t b)
{
  int64_t quotient = a / b;
  return (a % b != 0) && ((a % b < 0) != (b < 0)) ? quotient - 1 : quotient;
}

/* a ** b for b ≥ 0; false on overflow. */
static bool
power (int64_t a, int64_t b, int64_t *out)
{
  int64_t result = 1;
  if (a == 0 || a == 1 || a == -1)
    {
      *out = b == 0 ? 1 : a == -1 ? (b % 2 == 0 ? 1 : -1) : a;
      return true;
    }
  for (int64_t i = 0; i < b; i++) /* |a| ≥ 2: overflows after at most 63 rounds */
    if (!scope_checked_mul (result, a, &result))
      return false;
  *out = result;
  return true;
}

static ScopeValue
integers (ScopeBuilder *builder, const char *sign, int64_t a, int64_t b, ScopeSpan span)
{
  int64_t result = 0;
  bool fits = true;
  bool divides = sign[0] == '/' || sign[0] == '%';
  if (divides && b == 0)
    return fail (builder, span, "ZeroDivisionError",
                 strcmp (sign, "/") == 0 ? "division by zero"
                                         : "integer division or modulo by zero");
  if (strcmp (sign, "+") == 0)
    fits = scope_checked_add (a, b, &result);
  else if (strcmp (sign, "-") == 0)
    fits = scope_checked_sub (a, b, &result);
  else if (strcmp (sign, "*") == 0)
    fits = scope_checked_mul (a, b, &result);
  else if (strcmp (sign, "/") == 0)
    return scope_value_float ((double)a / (double)b, span);
  else if (divides && a == INT64_MIN && b == -1)
    fits = sign[0] == '%';
  else if (strcmp (sign, "//") == 0)
    result = floor_divide (a, b);
  else if (strcmp (sign, "%") == 0)
    result = a - floor_divide (a, b) * b;
  else if (strcmp (sign, "**") == 0)
    {
      if (b < 0)
        return scope_value_float (pow ((double)a, (double)b), span);
      fits = power (a, b, &result);
    }
  else if (strcmp (sign, "&") == 0)
    result = a & b;
  else if (strcmp (sign, "|") == 0)
    result = a | b;
  else if (strcmp (sign, "^") == 0)
    result = a ^ b;
  else if (b < 0)
    return fail (builder, span, "ValueError", "negative shift count");
  else if (strcmp (sign, ">>") == 0)
    result = b > 62 ? (a < 0 ? -1 : 0) : a >> b;
  else
    fits = b < 63 && scope_checked_mul (a, INT64_C (1) << b, &result);
  return fits ? scope_value_int (result, span) : too_large (builder, span);
}

static ScopeValue
floats (ScopeBuilder *builder, const char *sign, double a, double b, ScopeSpan span)
{
  if ((sign[0] == '/' || sign[0] == '%') && b == 0)
    return fail (builder, span, "ZeroDivisionError",
                 strcmp (sign, "/") == 0 ? "float division by zero" : "float modulo");
  if (strcmp (sign, "+") == 0)
    return scope_value_float (a + b, span);
  if (strcmp (sign, "-") == 0)
    return scope_value_float (a - b, span);
  if (strcmp (sign, "*") == 0)
    return scope_value_float (a * b, span);
  if (strcmp (sign, "/") == 0)
    return scope_value_float (a / b, span);
  if (strcmp (sign, "//") == 0)
    return scope_value_float (floor (a / b), span);
  if (strcmp (sign, "%") == 0)
    return scope_value_float (a - floor (a / b) * b, span);
  if (strcmp (sign, "**") == 0)
    return scope_value_float (pow (a, b), span);
  return fail (builder, span, "TypeError", "unsupported operand type(s): 'float'");
}

static bool
equal (const ScopeValue *a, const ScopeValue *b)
{
  if (is_number (a) && is_number (b))
    return a->kind != SCOPE_VALUE_FLOAT && b->kind != SCOPE_VALUE_FLOAT
               ? a->integer == b->integer
               : as_double (a) == as_double (b);
  if (scope_value_is_sequence (a) && a->kind == b->kind && a->items == b->items)
    {
      for (int i = 0; i < a->items; i++)
        if (!equal (&a->item[i], &b->item[i]))
          return false;
      return true;
    }
  if (a->kind == SCOPE_VALUE_STRING && b->kind == SCOPE_VALUE_STRING)
    return strcmp (a->text, b->text) == 0;
  if (a->kind == SCOPE_VALUE_DTYPE && b->kind == SCOPE_VALUE_DTYPE)
    return a->dtype == b->dtype;
  return a->kind == SCOPE_VALUE_NONE && b->kind == SCOPE_VALUE_NONE;
}

/* True when the sign is a comparison of plain values; *out is set. */
static bool
compare (ScopeBuilder *builder,
         const char *sign,
         const ScopeValue *a,
         const ScopeValue *b,
         ScopeSpan span,
         ScopeValue *out)
{
  bool less = sign[0] == '<' && sign[1] != '<', greater = sign[0] == '>' && sign[1] != '>';
  if (strcmp (sign, "==") == 0 || strcmp (sign, "is") == 0)
    *out = scope_value_truth (equal (a, b), span);
  else if (strcmp (sign, "!=") == 0 || strcmp (sign, "is not") == 0)
    *out = scope_value_truth (!equal (a, b), span);
  else if (!less && !greater)
    return false;
  else if (!is_number (a) || !is_number (b))
    *out = fail (builder, span, "TypeError", "These values have no order.");
  else
    {
      double x = as_double (a), y = as_double (b);
      bool same = sign[1] == '=' && x == y;
      *out = scope_value_truth (same || (less ? x < y : x > y), span);
    }
  return true;
}

/* Tuples and lists: + joins, * repeats. */
static ScopeValue
sequences (ScopeBuilder *builder,
           const char *sign,
           const ScopeValue *a,
           const ScopeValue *b,
           ScopeSpan span)
{
  const ScopeValue *sequence = scope_value_is_sequence (a) ? a : b;
  const ScopeValue *other = sequence == a ? b : a;
  int64_t times = 1, count = 0;
  bool joins = strcmp (sign, "+") == 0 && scope_value_is_sequence (other) && a->kind == b->kind;
  bool repeats = strcmp (sign, "*") == 0 && scope_value_is_int (other);
  if (!joins && !repeats)
    return fail (builder, span, "TypeError", "This operator does not take a tuple or a list.");
  if (repeats)
    times = scope_max (other->integer, 0);
  if (!scope_checked_mul (times, sequence->items, &count) || count > SCOPE_MAX_INPUTS)
    return too_large (builder, span);
  if (joins)
    count += other->items;

  ScopeValue *items =
      scope_arena_alloc (builder->program->arena, (size_t)(count + 1) * sizeof *items);
  ScopeValue value = { .kind = sequence->kind, .item = items, .span = span };
  if (items == NULL)
    {
      builder->program->out_of_memory = true;
      return scope_value_failed (span);
    }
  const ScopeValue *parts[2] = { joins ? a : sequence, b };
  for (int64_t t = 0; t < (joins ? 2 : times); t++)
    for (int i = 0; i < parts[joins ? t : 0]->items; i++)
      items[value.items++] = parts[joins ? t : 0]->item[i];
  return value;
}

bool
scope_number_binary (ScopeBuilder *builder,
                     const char *sign,
                     const ScopeValue *a,
                     const ScopeValue *b,
                     ScopeSpan span,
                     ScopeValue *out)
{
  if (!is_plain (a) || !is_plain (b))
    return false;
  if (strcmp (sign, "and") == 0)
    *out = is_true (a) ? *b : *a;
  else if (strcmp (sign, "or") == 0)
    *out = is_true (a) ? *a : *b;
  else if (compare (builder, sign, a, b, span, out))
    return true;
  else if (scope_value_is_sequence (a) || scope_value_is_sequence (b))
    *out = sequences (builder, sign, a, b, span);
  else if (!is_number (a) || !is_number (b) || strcmp (sign, "@") == 0)
    *out = fail (builder, span, "TypeError", "This operator does not take these values.");
  else if (a->kind == SCOPE_VALUE_SIZE || b->kind == SCOPE_VALUE_SIZE)
    *out = scope_value_int (SCOPE_SIZE_UNKNOWN, span);
  else if (a->kind == SCOPE_VALUE_FLOAT || b->kind == SCOPE_VALUE_FLOAT)
    *out = floats (builder, sign, as_double (a), as_double (b), span);
  else
    *out = integers (builder, sign, a->integer, b->integer, span);
  return true;
}
