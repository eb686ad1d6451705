/* Filling and freeing a verdict; the names of rules and dialects. */
#include "ops/verdict.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct
{
  const char *name, *title;
} dialects[SCOPE_N_DIALECTS] = {
  [SCOPE_PYTORCH] = { "pytorch", "PyTorch" },
  [SCOPE_NUMPY] = { "numpy", "NumPy" },
  [SCOPE_TENSORFLOW] = { "tensorflow", "TensorFlow" },
  [SCOPE_JAX] = { "jax", "JAX" },
};

static const char *const rules[] = {
  [SCOPE_RULE_NONE] = "none",           [SCOPE_RULE_BROADCAST] = "broadcast",
  [SCOPE_RULE_RANK] = "rank",           [SCOPE_RULE_AXIS] = "axis",
  [SCOPE_RULE_MATCH] = "match",         [SCOPE_RULE_COUNT] = "count",
  [SCOPE_RULE_CONTRACT] = "contract",   [SCOPE_RULE_DIVIDE] = "divide",
  [SCOPE_RULE_INDEX] = "index",         [SCOPE_RULE_STEP] = "step",
  [SCOPE_RULE_SIZE] = "size",           [SCOPE_RULE_ARGUMENT] = "argument",
  [SCOPE_RULE_TYPE] = "type",           [SCOPE_RULE_PATTERN] = "pattern",
  [SCOPE_RULE_READ_ONLY] = "read-only", [SCOPE_RULE_NAME] = "name",
  [SCOPE_RULE_UNKNOWN] = "unknown",     [SCOPE_RULE_LIMIT] = "limit",
};
_Static_assert(sizeof rules / sizeof rules[0] == SCOPE_N_RULES, "every rule has a name");

const char *
scope_dialect_name (ScopeDialect dialect)
{
  assert (dialect >= 0 && dialect < SCOPE_N_DIALECTS);
  return dialects[dialect].name;
}

const char *
scope_dialect_title (ScopeDialect dialect)
{
  assert (dialect >= 0 && dialect < SCOPE_N_DIALECTS);
  return dialects[dialect].title;
}

bool
scope_dialect_parse (const char *name, ScopeDialect *out)
{
  for (int i = 0; i < SCOPE_N_DIALECTS; i++)
    if (strcmp (name, dialects[i].name) == 0)
      {
        *out = (ScopeDialect)i;
        return true;
      }
  return false;
}

const char *
scope_rule_name (ScopeRule rule)
{
  assert (rule < SCOPE_N_RULES);
  return rules[rule];
}

void
scope_failure_begin (ScopeFailure *failure, ScopeRule rule)
{
  failure->rule = rule;
  failure->axes = 0;
  failure->exception = "";
  scope_text_clear (&failure->sentence);
  scope_text_clear (&failure->message);
}

void
scope_failure_add_axis (ScopeFailure *failure, int rank, int axis, int64_t size_a, int64_t size_b)
{
  assert (axis >= 0 && axis < rank && failure->axes < SCOPE_MAX_RANK);
  failure->axis[failure->axes++] = (ScopeFailingAxis){
    .axis = axis,
    .from_end = axis - rank,
    .size = { size_a, size_b },
    .operand = { 0, 1 },
  };
}

/* vprintf into a growing text. */
static void
append_formatted (ScopeText *text, const char *format, va_list arguments)
{
  char small[1024];
  va_list again;
  va_copy (again, arguments);
  int length = vsnprintf (small, sizeof small, format, arguments);
  if (length >= 0 && (size_t)length < sizeof small)
    scope_text_append_bytes (text, small, (size_t)length);
  else if (length >= 0)
    {
      char *large = malloc ((size_t)length + 1);
      if (large == NULL)
        text->failed = true;
      else
        {
          vsnprintf (large, (size_t)length + 1, format, again);
          scope_text_append_bytes (text, large, (size_t)length);
          free (large);
        }
    }
  va_end (again);
}

void
scope_failure_explain (ScopeFailure *failure, const char *format, ...)
{
  if (failure->translate != NULL)
    format = failure->translate (format);

  va_list arguments;
  va_start (arguments, format);
  scope_text_clear (&failure->sentence);
  append_formatted (&failure->sentence, format, arguments);
  va_end (arguments);
}

bool
scope_failure_say (ScopeFailure *failure, const char *exception, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  failure->exception = exception;
  scope_text_clear (&failure->message);
  append_formatted (&failure->message, format, arguments);
  va_end (arguments);
  return false;
}

void
scope_failure_both_va (ScopeFailure *failure,
                       const char *exception,
                       const char *format,
                       va_list arguments)
{
  va_list again;
  va_copy (again, arguments);
  failure->exception = exception;
  scope_text_clear (&failure->message);
  append_formatted (&failure->message, format, arguments);
  scope_text_clear (&failure->sentence);
  append_formatted (&failure->sentence,
                    failure->translate != NULL ? failure->translate (format) : format, again);
  va_end (again);
}

bool
scope_failure_both (ScopeFailure *failure, const char *exception, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  scope_failure_both_va (failure, exception, format, arguments);
  va_end (arguments);
  return false;
}

void
scope_failure_free (ScopeFailure *failure)
{
  if (failure == NULL)
    return;
  scope_text_clear (&failure->sentence);
  scope_text_clear (&failure->message);
  free (failure);
}
