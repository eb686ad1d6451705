/* What CPython 3.11 makes of a call's arguments, for functions in Python and in C. */
#include "ops/signature-lines.h"

#include <string.h>

/* ---- Python's own functions ------------------------------------------------------------------ */

static int
field_by_name (const ScopeSignatureLine *line, const char *name)
{
  for (int i = 0; i < line->fields; i++)
    if (scope_signature_is (line->field[i].name, line->field[i].name_length, name))
      return i;
  return -1;
}

static bool
refuse_python_missing (const ScopeGiven *given,
                       const ScopeSignatureLine *line,
                       const bool *has,
                       bool keyword_only,
                       ScopeFailure *failure)
{
  int missing = 0, at = 0;
  for (int i = 0; i < line->fields; i++)
    missing += !has[i] && !line->field[i].optional && line->field[i].keyword_only == keyword_only;
  if (missing == 0)
    return true;
  ScopeText names = { 0 };
  for (int i = 0; i < line->fields; i++)
    if (!has[i] && !line->field[i].optional && line->field[i].keyword_only == keyword_only)
      {
        const char *comma = at == 0            ? ""
                            : at + 1 < missing ? ", "
                            : missing == 2     ? " and "
                                               : ", and ";
        scope_text_printf (&names, "%s'%.*s'", comma, line->field[i].name_length,
                           line->field[i].name);
        at++;
      }
  SCOPE_REFUSE_CALL (failure, given->call->span, "%.*s() missing %d required %s argument%s: %s",
                     line->function_length, line->function, missing,
                     keyword_only ? "keyword-only" : "positional", missing == 1 ? "" : "s",
                     scope_text_string (&names));
  scope_text_clear (&names);
  return false;
}

bool
scope_signature_python (const ScopeGiven *given,
                        const ScopeSignatureLine *line,
                        ScopeFailure *failure)
{
  bool has[SCOPE_SIGNATURE_FIELDS] = { false };
  for (int i = 0; i < given->positional && i < line->positional; i++)
    has[i] = true;
  for (int i = given->positional; i < given->arguments; i++)
    {
      const ScopeArgument *argument = &given->argument[i];
      int field = field_by_name (line, argument->name);
      if (field < 0 && field_by_name (line, "**kwargs") >= 0)
        continue;
      if (field < 0 || has[field])
        return SCOPE_REFUSE_CALL (failure, argument->value.span,
                                  field < 0 ? "%.*s() got an unexpected keyword argument '%s'"
                                            : "%.*s() got multiple values for argument '%s'",
                                  line->function_length, line->function, argument->name);
      has[field] = true;
    }
  if (given->positional > line->positional)
    return scope_refuse_too_many (given, line, failure);
  return refuse_python_missing (given, line, has, false, failure)
         && refuse_python_missing (given, line, has, true, failure);
}

/* Functions written in C that parse their arguments with PyArg_ParseTupleAndKeywords. */
bool
scope_signature_c (const ScopeGiven *given, const ScopeSignatureLine *line, ScopeFailure *failure)
{
  const char *name = line->function;
  int length = line->function_length;
  if (given->arguments > line->fields)
    return SCOPE_REFUSE_CALL (failure, given->argument[given->arguments - 1].value.span,
                              "%.*s() takes %s %d argument%s (%d given)", length, name,
                              line->required == line->fields ? "exactly" : "at most", line->fields,
                              line->fields == 1 ? "" : "s", given->arguments);
  for (int i = 0; i < line->fields; i++)
    {
      bool by_name = i >= given->positional && scope_given_keyword (given, &line->field[i]) != NULL;
      if (i >= given->positional && !by_name && !line->field[i].optional)
        return SCOPE_REFUSE_CALL (failure, given->call->span,
                                  "%.*s() missing required argument '%.*s' (pos %d)", length, name,
                                  line->field[i].name_length, line->field[i].name, i + 1);
    }
  for (int i = given->positional; i < given->arguments; i++)
    {
      const ScopeArgument *argument = &given->argument[i];
      int field = field_by_name (line, argument->name);
      if (field < 0)
        return SCOPE_REFUSE_CALL (failure, argument->value.span,
                                  "'%s' is an invalid keyword argument for %.*s()", argument->name,
                                  length, name);
      if (field < given->positional)
        return SCOPE_REFUSE_CALL (failure, argument->value.span,
                                  "argument for %.*s() given by name ('%s') and position (%d)",
                                  length, name, argument->name, field + 1);
    }
  return true;
}
