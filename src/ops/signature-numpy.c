/* What NumPy's methods written in C, and C functions without keywords, make of their arguments. */
#include "ops/signature-lines.h"

#include <string.h>

static int
field_by_name (const ScopeSignatureLine *line, const char *name)
{
  for (int i = 0; i < line->fields; i++)
    if (scope_signature_is (line->field[i].name, line->field[i].name_length, name))
      return i;
  return -1;
}

/* npy_parse_arguments of NumPy 1.24. */
bool
scope_signature_npy (const ScopeGiven *given, const ScopeSignatureLine *line, ScopeFailure *failure)
{
  const char *name = line->function;
  int length = line->function_length;
  bool has[SCOPE_SIGNATURE_FIELDS] = { false };
  if (given->positional > line->positional)
    {
      ScopeSpan span = given->argument[given->positional - 1].value.span;
      if (line->required == line->positional)
        return SCOPE_REFUSE_CALL (failure, span,
                                  "%.*s() takes %d positional arguments but %d were given", length,
                                  name, line->required, given->positional);
      return SCOPE_REFUSE_CALL (failure, span,
                                "%.*s() takes from %d to %d positional arguments but %d were given",
                                length, name, line->required, line->positional, given->positional);
    }
  for (int i = 0; i < given->positional; i++)
    has[i] = true;
  for (int i = given->positional; i < given->arguments; i++)
    {
      const ScopeArgument *argument = &given->argument[i];
      int field = field_by_name (line, argument->name);
      if (field < 0)
        return SCOPE_REFUSE_CALL (failure, argument->value.span,
                                  "%.*s() got an unexpected keyword argument '%s'", length, name,
                                  argument->name);
      if (has[field])
        return SCOPE_REFUSE_CALL (
            failure, argument->value.span,
            "argument for %.*s() given by name ('%s') and position (position %d)", length, name,
            argument->name, field);
      has[field] = true;
    }
  for (int i = 0; i < line->fields; i++)
    if (!has[i] && !line->field[i].optional)
      return SCOPE_REFUSE_CALL (failure, given->call->span,
                                "%.*s() missing required argument '%.*s' (pos %d)", length, name,
                                line->field[i].name_length, line->field[i].name, i);
  return true;
}

static bool
refuse_keyword (const ScopeGiven *given, const ScopeSignatureLine *line, ScopeFailure *failure)
{
  return SCOPE_REFUSE_CALL (failure, given->argument[given->positional].value.span,
                            "%.*s() takes no keyword arguments", line->function_length,
                            line->function);
}

/* PyArg_ParseTuple: `ndarray.swapaxes` is what CPython calls it, `swapaxes` what it calls itself.
 */
bool
scope_signature_args (const ScopeGiven *given,
                      const ScopeSignatureLine *line,
                      ScopeFailure *failure)
{
  if (given->arguments > given->positional)
    return refuse_keyword (given, line, failure);
  if (line->fields == 0 && given->positional > 0)
    return SCOPE_REFUSE_CALL (failure, given->call->span, "%.*s() takes no arguments (%d given)",
                              line->function_length, line->function, given->positional);
  if (given->positional >= line->required && given->positional <= line->fields)
    return true;
  bool few = given->positional < line->required;
  int wanted = few ? line->required : line->fields, skip = line->function_length;
  while (skip > 0 && line->function[skip - 1] != '.')
    skip--;
  return SCOPE_REFUSE_CALL (failure, given->call->span, "%.*s() takes %s %d argument%s (%d given)",
                            line->function_length - skip, line->function + skip,
                            line->required == line->fields ? "exactly"
                            : few                          ? "at least"
                                                           : "at most",
                            wanted, wanted == 1 ? "" : "s", given->positional);
}

/* Any positional arguments, and the keywords named or none. */
bool
scope_signature_any (const ScopeGiven *given, const ScopeSignatureLine *line, ScopeFailure *failure)
{
  if (given->arguments > given->positional && line->fields == 0)
    return refuse_keyword (given, line, failure);
  for (int i = given->positional; i < given->arguments; i++)
    if (field_by_name (line, given->argument[i].name) < 0)
      return SCOPE_REFUSE_CALL (failure, given->argument[i].value.span,
                                "'%s' is an invalid keyword argument for this function",
                                given->argument[i].name);
  return true;
}

/* ---- universal functions -------------------------------------------------------------------- */

/* Operands by position, the outputs after them; everything else by name. */
bool
scope_signature_ufunc (const ScopeGiven *given,
                       const ScopeSignatureLine *line,
                       ScopeFailure *failure)
{
  int operands = line->required;
  if (given->positional < operands || given->positional > operands + 1)
    return SCOPE_REFUSE_CALL (failure, given->call->span,
                              "%.*s() takes from %d to %d positional arguments but %d were given",
                              line->function_length, line->function, operands, operands + 1,
                              given->positional);
  for (int i = given->positional; i < given->arguments; i++)
    {
      static const char *const keywords[] = { "out",      "where",     "axes",    "axis",
                                              "keepdims", "dtype",     "casting", "order",
                                              "subok",    "signature", "sig",     "extobj" };
      bool known = false;
      for (size_t k = 0; k < sizeof keywords / sizeof keywords[0]; k++)
        known = known || strcmp (given->argument[i].name, keywords[k]) == 0;
      if (!known)
        return SCOPE_REFUSE_CALL (failure, given->argument[i].value.span,
                                  "%.*s() got an unexpected keyword argument '%s'",
                                  line->function_length, line->function, given->argument[i].name);
    }
  return true;
}
