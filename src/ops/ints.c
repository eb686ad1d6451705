/* Integers as arguments. */
#include "ops/ints.h"

#include "ops/argument.h"
#include "ops/axis.h"

#include <string.h>

enum
{
  NUMPY_MAX_RANK = 32
};

static bool
refuse (const ScopeCall *call,
        int parameter,
        ScopeFailure *failure,
        const char *exception,
        const char *words)
{
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = call->value[parameter].span;
  scope_failure_explain (failure, "This must be an integer or a tuple of integers.");
  return scope_failure_say (failure, exception, "%s", words);
}

/* What NumPy's converter says of something that is no sequence and no integer. */
static bool
refuse_single (const ScopeCall *call, int parameter, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[parameter];
  ScopeText words = { 0 };
  scope_text_append (&words, "expected a sequence of integers or a single integer, got '");
  if (value->kind == SCOPE_VALUE_FLOAT)
    scope_text_append_double (&words, value->number);
  else if (value->kind == SCOPE_VALUE_BOOL)
    scope_text_append (&words, value->integer != 0 ? "True" : "False");
  else if (value->kind == SCOPE_VALUE_ELLIPSIS)
    scope_text_append (&words, "Ellipsis");
  scope_text_append (&words, "'");
  refuse (call, parameter, failure, "TypeError", scope_text_string (&words));
  scope_text_clear (&words);
  return false;
}

static bool
refuse_item (const ScopeCall *call, int parameter, const ScopeValue *item, ScopeFailure *failure)
{
  if (call->dialect == SCOPE_NUMPY && item->kind == SCOPE_VALUE_BOOL)
    return refuse (call, parameter, failure, "TypeError", "an integer is required");
  return scope_refuse_integer (call, parameter, item, failure);
}

static bool
refuse_length (const ScopeCall *call, int parameter, int items, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_RANK);
  failure->span = call->value[parameter].span;
  scope_failure_explain (failure, "A tensor has at most %d axes; these are %d.",
                         call->dialect == SCOPE_NUMPY ? NUMPY_MAX_RANK : SCOPE_MAX_RANK, items);
  if (call->dialect == SCOPE_NUMPY)
    return scope_failure_say (failure, "ValueError",
                              "maximum supported dimension for an ndarray is %d, found %d",
                              NUMPY_MAX_RANK, items);
  return false;
}

bool
scope_ints_find (const ScopeCall *call, int parameter, ScopeInts *out, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[parameter];
  bool numpy = call->dialect == SCOPE_NUMPY;
  memset (out, 0, sizeof *out);
  if (value->kind == SCOPE_VALUE_ABSENT || value->kind == SCOPE_VALUE_NONE)
    return true;
  out->given = true;
  out->sequence = scope_value_is_sequence (value);
  if (numpy && value->kind == SCOPE_VALUE_STRING && value->text[0] != '\0')
    return scope_refuse_integer (call, parameter, value, failure);
  if (!out->sequence && value->kind != SCOPE_VALUE_INT && value->kind != SCOPE_VALUE_SIZE)
    return numpy ? refuse_single (call, parameter, failure)
                 : scope_refuse_integer (call, parameter, value, failure);

  const ScopeValue *item = out->sequence ? value->item : value;
  int items = out->sequence ? value->items : 1;
  if (items > (numpy ? NUMPY_MAX_RANK : SCOPE_MAX_RANK))
    return refuse_length (call, parameter, items, failure);
  for (int i = 0; i < items; i++)
    {
      bool is_int = item[i].kind == SCOPE_VALUE_INT || item[i].kind == SCOPE_VALUE_SIZE
                    || (!numpy && item[i].kind == SCOPE_VALUE_BOOL);
      if (!is_int)
        return refuse_item (call, parameter, &item[i], failure);
      out->value[out->count++] = item[i].integer;
    }
  return true;
}

bool
scope_ints_axes (const ScopeCall *call,
                 int parameter,
                 const char *name,
                 const ScopeInts *ints,
                 int rank,
                 int *axis,
                 ScopeFailure *failure)
{
  char prefix[32] = "";
  if (name != NULL)
    {
      size_t length = strlen (name);
      memcpy (prefix, name, length);
      memcpy (prefix + length, ": ", 3);
    }
  ScopeAxisStyle style = { .prefix = name != NULL ? prefix : NULL };
  bool seen[SCOPE_MAX_RANK] = { false }, repeated = false;
  for (int i = 0; i < ints->count; i++)
    {
      if (!scope_axis_find (call, parameter, &style, ints->value[i], rank, &axis[i], failure))
        return false;
      repeated = repeated || seen[axis[i]];
      seen[axis[i]] = true;
    }
  if (!repeated)
    return true;

  scope_failure_begin (failure, SCOPE_RULE_AXIS);
  failure->span = call->value[parameter].span;
  scope_failure_explain (failure, "An axis is named twice.");
  if (name != NULL)
    return scope_failure_say (failure, "ValueError", "repeated axis in `%s` argument", name);
  return scope_failure_say (failure, "ValueError", "repeated axis");
}

void
scope_ints_print (const ScopeInts *ints, ScopeShapeStyle style, ScopeText *text)
{
  bool list = style == SCOPE_SHAPE_LIST || style == SCOPE_SHAPE_TIGHT_LIST;
  bool tight = style == SCOPE_SHAPE_TIGHT_LIST || style == SCOPE_SHAPE_TIGHT_TUPLE;
  scope_text_append (text, list ? "[" : "(");
  for (int i = 0; i < ints->count; i++)
    {
      scope_text_append (text, i == 0 ? "" : tight ? "," : ", ");
      if (scope_int_is_unknown (ints->value[i]))
        scope_size_print (ints->value[i], text);
      else
        scope_text_printf (text, "%lld", (long long)ints->value[i]);
    }
  scope_text_append (text, !list && ints->count == 1 ? ",)" : list ? "]" : ")");
}
