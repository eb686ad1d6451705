/* What PyTorch's argument parser makes of a call's arguments. The rules follow
 * torch/csrc/utils/python_arg_parser.cpp and invalid_arguments.cpp of PyTorch 1.13. */
#include "ops/argument.h"
#include "ops/hash-order.h"
#include "ops/program.h"
#include "ops/signature-lines.h"

#include <string.h>

/* ---- one signature ---------------------------------------------------------------- */

static bool
is_scalar_tensor (const ScopeGiven *given, const ScopeValue *value, ScopeKind most)
{
  if (value->kind != SCOPE_VALUE_TENSOR)
    return false;
  ScopeKind kind = scope_dtype_kind (scope_call_dtype (given->call, value));
  return scope_call_shape (given->call, value)->rank == 0 && kind <= most
         && (kind != SCOPE_KIND_BOOL || most > SCOPE_KIND_SIGNED);
}

/* An int of a list: PyTorch looks at the first for being one, at the others while it converts. */
static bool
is_index (const ScopeGiven *given, const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_INT || value->kind == SCOPE_VALUE_SIZE
         || is_scalar_tensor (given, value, SCOPE_KIND_SIGNED);
}

static bool
is_ints_type (const ScopeSignatureField *field)
{
  return scope_signature_is (field->type, field->type_length, "tuple of ints")
         || scope_signature_is (field->type, field->type_length, "tuple of SymInts");
}

static bool
is_tensors_type (const ScopeSignatureField *field)
{
  return scope_signature_is (field->type, field->type_length, "tuple of Tensors");
}

static bool
is_number_type (const ScopeSignatureField *field)
{
  return scope_signature_is (field->type, field->type_length, "float")
         || scope_signature_is (field->type, field->type_length, "Number");
}

static bool
takes_sequence (const ScopeGiven *given, const ScopeSignatureField *field, const ScopeValue *value)
{
  if (!scope_value_is_sequence (value))
    return is_ints_type (field) && field->size > 0
           && (value->kind == SCOPE_VALUE_INT || value->kind == SCOPE_VALUE_SIZE);
  return is_tensors_type (field) || value->items == 0 || is_index (given, &value->item[0]);
}

/* Whether a parameter of PyTorch's takes a value. */
static bool
takes (const ScopeGiven *given, const ScopeSignatureField *field, const ScopeValue *value)
{
  const char *type = field->type;
  int length = field->type_length;
  if (scope_signature_is (type, length, "Tensor"))
    return value->kind == SCOPE_VALUE_TENSOR
           || (field->takes_number && scope_value_is_number (value));
  if (is_ints_type (field) || is_tensors_type (field))
    return takes_sequence (given, field, value);
  if (scope_signature_is (type, length, "int"))
    return is_index (given, value);
  if (is_number_type (field))
    return scope_value_is_number (value) || is_scalar_tensor (given, value, SCOPE_KIND_COMPLEX);
  if (scope_signature_is (type, length, "bool"))
    return value->kind == SCOPE_VALUE_BOOL;
  if (scope_signature_is (type, length, "str"))
    return value->kind == SCOPE_VALUE_STRING;
  if (scope_signature_is (type, length, "name"))
    return value->kind == SCOPE_VALUE_STRING || value->kind == SCOPE_VALUE_NONE;
  if (scope_signature_is (type, length, "tuple of names"))
    return (field->size > 0
            && (value->kind == SCOPE_VALUE_STRING || value->kind == SCOPE_VALUE_NONE))
           || (scope_value_is_sequence (value)
               && (value->items == 0 || value->item[0].kind == SCOPE_VALUE_STRING
                   || value->item[0].kind == SCOPE_VALUE_NONE));
  if (scope_signature_is (type, length, "torch.dtype"))
    return value->kind == SCOPE_VALUE_DTYPE;
  return true;
}

static bool
refuse_missing (const ScopeGiven *given,
                const ScopeSignatureLine *line,
                int from,
                ScopeFailure *failure)
{
  ScopeText names = { 0 };
  int missing = 0;
  for (int i = from; i < line->fields; i++)
    if (!line->field[i].optional)
      scope_text_printf (&names, "%s\"%.*s\"", missing++ > 0 ? ", " : "",
                         line->field[i].name_length, line->field[i].name);
  SCOPE_REFUSE_CALL (failure, given->call->span,
                     "%.*s() missing %d required positional argument%s: %s", line->function_length,
                     line->function, missing, missing == 1 ? "s" : "", /* PyTorch has it reversed */
                     scope_text_string (&names));
  scope_text_clear (&names);
  return false;
}

static bool
refuse_kind (const ScopeGiven *given,
             const ScopeSignatureLine *line,
             const ScopeSignatureField *field,
             const ScopeValue *value,
             int position,
             ScopeFailure *failure)
{
  ScopeText place = { 0 };
  if (position >= 0)
    scope_text_printf (&place, " (position %d)", position + 1);
  SCOPE_REFUSE_CALL (failure, value->span, "%.*s(): argument '%.*s'%s must be %.*s, not %s",
                     line->function_length, line->function, field->name_length, field->name,
                     scope_text_string (&place), field->type_length, field->type,
                     scope_given_type (given, value));
  scope_text_clear (&place);
  return false;
}

static bool
refuse_keywords (const ScopeGiven *given, const ScopeSignatureLine *line, ScopeFailure *failure)
{
  for (int i = given->positional; i < given->arguments; i++)
    {
      const ScopeArgument *argument = &given->argument[i];
      int field = 0;
      while (field < line->fields
             && !scope_signature_is (line->field[field].name, line->field[field].name_length,
                                     argument->name))
        field++;
      if (field == line->fields)
        return SCOPE_REFUSE_CALL (failure, argument->value.span,
                                  "%.*s() got an unexpected keyword argument '%s'",
                                  line->function_length, line->function, argument->name);
      if (field < given->positional)
        return SCOPE_REFUSE_CALL (failure, argument->value.span,
                                  "%.*s() got multiple values for argument '%s'",
                                  line->function_length, line->function, argument->name);
    }
  return false;
}

/* A list of tensors that has something else in it is refused before other signatures are tried. */
static bool
refuse_element (const ScopeGiven *given,
                const ScopeSignatureField *field,
                const ScopeValue *value,
                int number,
                ScopeFailure *failure)
{
  if (!is_tensors_type (field) || !scope_value_is_sequence (value))
    return false;
  for (int i = 0; i < value->items; i++)
    if (value->item[i].kind != SCOPE_VALUE_TENSOR)
      {
        SCOPE_REFUSE_CALL (failure, value->item[i].span,
                           "expected Tensor as element %d in argument %d, but got %s", i, number,
                           scope_given_type (given, &value->item[i]));
        return true;
      }
  return false;
}

typedef enum
{
  MATCHES,
  DIFFERS, /* another signature may match */
  REFUSED, /* `failure` is filled */
} Match;

/* One signature as PyTorch tries it; with `say` the failure tells why it does not match. */
static Match
match_torch (const ScopeGiven *given,
             const ScopeSignatureLine *line,
             bool say,
             ScopeFailure *failure)
{
  bool rest = line->positional == 1 && line->fields > 0 && is_ints_type (&line->field[0]);
  if (given->positional > line->positional && !rest)
    return say && !scope_refuse_too_many (given, line, failure) ? REFUSED : DIFFERS;
  int position = 0, keywords = given->arguments - given->positional;
  for (int i = 0; i < line->fields; i++)
    {
      const ScopeSignatureField *field = &line->field[i];
      const ScopeValue *value = NULL;
      bool by_name = position >= given->positional;
      if (!by_name && field->keyword_only)
        return say && !scope_refuse_too_many (given, line, failure) ? REFUSED : DIFFERS;
      if (!by_name)
        value = &given->argument[position].value;
      else
        value = scope_given_keyword (given, field);

      if (value == NULL && !field->optional)
        return say && !refuse_missing (given, line, i, failure) ? REFUSED : DIFFERS;
      bool none = value != NULL && value->kind == SCOPE_VALUE_NONE && field->takes_none;
      if (value != NULL && !none)
        {
          if (refuse_element (given, field, value, i, failure))
            return REFUSED;
          if (!takes (given, field, value))
            {
              if (rest && position == 0 && !by_name && is_index (given, value))
                {
                  position = given->positional;
                  continue;
                }
              return say
                             && !refuse_kind (given, line, field, value, by_name ? -1 : position,
                                              failure)
                         ? REFUSED
                         : DIFFERS;
            }
        }
      position += !by_name;
      keywords -= by_name && value != NULL;
    }
  if (keywords > 0)
    return say && !refuse_keywords (given, line, failure) ? REFUSED : DIFFERS;
  return MATCHES; /* further arguments behind a list that may be written out are not looked at */
}

/* ---- none of several ------------------------------------------------------------------------ */

/* A signature as PyTorch prints it: without defaults. */
static void
print_line (const ScopeSignatureLine *line, ScopeText *text)
{
  bool keyword_only = false;
  scope_text_append (text, "(");
  for (int i = 0; i < line->fields; i++)
    {
      const ScopeSignatureField *field = &line->field[i];
      scope_text_append (text, i > 0 ? ", " : "");
      if (field->keyword_only && !keyword_only)
        scope_text_append (text, "*, ");
      keyword_only = field->keyword_only;
      scope_text_printf (text, "%.*s %.*s", field->type_length, field->type, field->name_length,
                         field->name);
    }
  scope_text_append (text, ")");
}

/* Keywords come in the order of a hash table. */
static const ScopeArgument *
keyword_in_order (const ScopeGiven *given, int i)
{
  const char *key[SCOPE_HASH_KEYS];
  int order[SCOPE_HASH_KEYS], keys = given->arguments - given->positional;
  if (keys > SCOPE_HASH_KEYS)
    return &given->argument[given->arguments - 1 - i];
  for (int k = 0; k < keys; k++)
    key[k] = given->argument[given->positional + k].name;
  scope_hash_order (key, keys, order);
  return &given->argument[given->positional + order[i]];
}

static void
print_given (const ScopeGiven *given, ScopeText *text)
{
  scope_text_append (text, "(");
  for (int i = 0; i < given->positional; i++)
    scope_text_printf (text, "%s%s", i > 0 ? ", " : "",
                       scope_given_type (given, &given->argument[i].value));
  int keywords = given->arguments - given->positional;
  for (int i = 0; i < keywords; i++)
    {
      const ScopeArgument *argument = keyword_in_order (given, i);
      scope_text_printf (text, "%s%s=%s%s", given->positional > 0 ? ", " : "", argument->name,
                         scope_given_type (given, &argument->value),
                         given->positional > 0 ? "" : ", ");
    }
  scope_text_append (text, ")");
}

/* Whether the printed type is the value's: what is coloured in a terminal. */
static bool
is_printed_type (const ScopeGiven *given, const ScopeSignatureField *field, const ScopeValue *value)
{
  const char *type = scope_given_type (given, value);
  if (scope_signature_is (field->type, field->type_length, "float") && strcmp (type, "int") == 0)
    return true;
  return scope_signature_is (field->type, field->type_length, type);
}

/* How many words PyTorch counts in a signature: `*` is one, and so is nothing at all. */
static int
count_parts (const ScopeSignatureLine *line)
{
  int parts = line->fields + (line->fields > line->positional);
  return parts > 0 ? parts : 1;
}

/* Parameter number `part` of the words; NULL where the word is `*` or nothing. */
static const ScopeSignatureField *
field_of_part (const ScopeSignatureLine *line, int part)
{
  int field = part > line->positional ? part - 1 : part;
  return part == line->positional || field >= line->fields ? NULL : &line->field[field];
}

/* The arguments with the marks of those that do not fit the signature's words. */
static void
print_differences (const ScopeGiven *given, const ScopeSignatureLine *line, ScopeText *text)
{
  scope_text_append (text, "(");
  for (int i = 0; i < given->arguments; i++)
    {
      const ScopeSignatureField *field = field_of_part (line, i);
      bool by_name = i >= given->positional;
      const ScopeValue *value =
          by_name && field != NULL ? scope_given_keyword (given, field) : &given->argument[i].value;
      if (value == NULL)
        value = &given->argument[i].value;
      const char *mark = field != NULL && is_printed_type (given, field, value) ? "" : "!";
      scope_text_printf (text, "%s%s", i > 0 ? ", " : "", mark);
      if (by_name && field != NULL)
        scope_text_printf (text, "%.*s=", field->name_length, field->name);
      scope_text_printf (text, "%s%s", scope_given_type (given, value), mark);
    }
  scope_text_append (text, given->positional > 0 ? ")" : ", )");
}

/* The keywords that are none of the signature's last parameters, between two texts; true when there
 * are any. */
static bool
print_wrong_keywords (const ScopeGiven *given,
                      const ScopeSignatureLine *line,
                      int parts,
                      const char *before,
                      const char *after,
                      ScopeText *text)
{
  int keywords = given->arguments - given->positional, wrong = 0;
  int first = parts - keywords < 0 ? 0 : parts - keywords;
  for (int k = 0; k < keywords; k++)
    {
      const char *name = keyword_in_order (given, k)->name;
      bool found = false, star = false;
      for (int i = 0; i < line->fields; i++)
        {
          star = star || line->field[i].keyword_only;
          if (i + star >= first
              && scope_signature_is (line->field[i].name, line->field[i].name_length, name))
            found = true;
        }
      if (!found)
        scope_text_printf (text, "%s%s", wrong++ > 0 ? ", " : before, name);
    }
  if (wrong > 0)
    scope_text_append (text, after);
  return wrong > 0;
}

/* The only signature that is listed; NULL when there are several. */
static const ScopeSignatureLine *
lone_line (const ScopeSignatureLine *line, int lines)
{
  const ScopeSignatureLine *lone = NULL;
  for (int i = 0; i < lines; i++)
    if (!line[i].hidden)
      {
        if (lone != NULL)
          return NULL;
        lone = &line[i];
      }
  return lone;
}

static void
print_options (const ScopeGiven *given,
               const ScopeSignatureLine *line,
               int lines,
               ScopeText *options)
{
  const ScopeSignatureLine *lone = lone_line (line, lines);
  if (lone != NULL)
    {
      print_line (lone, options);
      return;
    }
  scope_text_append (options, "one of:\n");
  for (int i = 0; i < lines; i++)
    {
      if (line[i].hidden)
        continue;
      scope_text_append (options, " * ");
      print_line (&line[i], options);
      scope_text_append (options, "\n");
      int parts = count_parts (&line[i]);
      if (given->arguments == parts
          && !print_wrong_keywords (given, &line[i], parts,
                                    "      didn't match because some of the keywords were "
                                    "incorrect: ",
                                    "\n", options))
        {
          scope_text_append (options, "      didn't match because some of the arguments have "
                                      "invalid types: ");
          print_differences (given, &line[i], options);
          scope_text_append (options, "\n");
        }
    }
}

static bool
refuse_all (const ScopeGiven *given,
            const ScopeSignatureLine *line,
            int lines,
            ScopeFailure *failure)
{
  ScopeText kinds = { 0 }, options = { 0 };
  const ScopeSignatureLine *lone = lone_line (line, lines);
  bool unknown = lone != NULL
                 && print_wrong_keywords (given, lone, count_parts (lone),
                                          "unrecognized keyword arguments: ", "", &kinds);
  if (!unknown && lone != NULL && given->arguments == count_parts (lone))
    print_differences (given, lone, &kinds);
  else if (!unknown)
    print_given (given, &kinds);
  if (!unknown)
    scope_text_append (&options, ", but expected ");
  if (!unknown)
    print_options (given, line, lines, &options);
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  scope_failure_explain (failure, "%.*s does not take these arguments: %s.", line->function_length,
                         line->function, scope_text_string (&kinds));
  scope_failure_say (failure, "TypeError",
                     "%.*s() received an invalid combination of arguments - got %s%s",
                     line->function_length, line->function, scope_text_string (&kinds),
                     scope_text_string (&options));
  scope_text_clear (&kinds);
  scope_text_clear (&options);
  return false;
}

/* ---- after a signature matched --------------------------------------------------------------- */

static bool
refuse_list_element (const ScopeGiven *given,
                     const ScopeSignatureLine *line,
                     const ScopeSignatureField *field,
                     const ScopeValue *value,
                     int position,
                     ScopeFailure *failure)
{
  return SCOPE_REFUSE_CALL (
      failure, value->span,
      "%.*s(): argument '%.*s' must be %.*s, but found element of type %s at pos %d",
      line->function_length, line->function, field->name_length, field->name, field->type_length,
      field->type, scope_given_type (given, value), position);
}

/* What is in lists of ints is only looked at now. */
static bool
convert_ints (const ScopeGiven *given, const ScopeSignatureLine *line, ScopeFailure *failure)
{
  bool rest = line->positional == 1 && line->fields > 0 && is_ints_type (&line->field[0]);
  for (int i = 0; i < line->fields; i++)
    {
      const ScopeSignatureField *field = &line->field[i];
      if (!is_ints_type (field))
        continue;
      const ScopeValue *value =
          i < given->positional ? &given->argument[i].value : scope_given_keyword (given, field);
      bool sequence = value != NULL && scope_value_is_sequence (value);
      int items = sequence ? value->items : rest ? given->positional : 0;
      for (int k = 1; k < items; k++)
        {
          const ScopeValue *item = sequence ? &value->item[k] : &given->argument[k].value;
          if (!is_index (given, item) && item->kind != SCOPE_VALUE_BOOL)
            return refuse_list_element (given, line, field, item, k + 1, failure);
        }
    }
  return true;
}

/* Functions that are declared with names of axes but do not know what to do with them. */
static bool
has_no_names (const ScopeSignatureLine *line)
{
  static const char *const names[] = { "all", "any", "sort", "argsort", "gather", "index_select" };
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (scope_signature_is (line->function, line->function_length, names[i]))
      return true;
  return false;
}

/* Tensors here have no named axes. */
static bool
refuse_axis_name (const ScopeGiven *given,
                  const ScopeSignatureLine *line,
                  const ScopeValue *value,
                  ScopeFailure *failure)
{
  if (scope_value_is_sequence (value) && value->items > 0)
    value = &value->item[0];
  scope_failure_begin (failure, SCOPE_RULE_AXIS);
  failure->span = value->span;
  scope_failure_explain (failure, "Axes are numbered here; they have no names.");
  if (has_no_names (line))
    return scope_failure_say (failure, "RuntimeError",
                              "%.*s: You passed a dimname (string) to this op in place of a "
                              "dimension index but it does not yet support this behavior. Please "
                              "pass a dimension index to work around this.",
                              line->function_length, line->function);
  if (value->kind == SCOPE_VALUE_NONE)
    return scope_failure_say (failure, "RuntimeError",
                              "Please look up dimensions by name, got: name = None.");
  const ScopeValue *tensor = &given->argument[given->call->method ? -1 : 0].value;
  for (int i = 0; i < given->arguments && tensor->kind != SCOPE_VALUE_TENSOR; i++)
    {
      tensor = &given->argument[i].value;
      if (scope_value_is_sequence (tensor) && tensor->items > 0)
        tensor = &tensor->item[0];
    }
  ScopeText names = { 0 };
  for (int i = 0; i < scope_call_shape (given->call, tensor)->rank; i++)
    scope_text_append (&names, i > 0 ? ", None" : "None");
  scope_failure_say (failure, "RuntimeError", "Name '%s' not found in Tensor[%s].", value->text,
                     scope_text_string (&names));
  scope_text_clear (&names);
  return false;
}

static bool
check_names (const ScopeGiven *given, const ScopeSignatureLine *line, ScopeFailure *failure)
{
  for (int i = 0; i < line->fields; i++)
    if (scope_signature_is (line->field[i].type, line->field[i].type_length, "name")
        || scope_signature_is (line->field[i].type, line->field[i].type_length, "tuple of names"))
      {
        const ScopeValue *value = i < given->positional
                                      ? &given->argument[i].value
                                      : scope_given_keyword (given, &line->field[i]);
        if (value != NULL)
          return refuse_axis_name (given, &line[0], value, failure);
      }
  return true;
}

bool
scope_signature_torch (const ScopeGiven *given,
                       const ScopeSignatureLine *line,
                       int lines,
                       ScopeFailure *failure)
{
  /* Methods without parameters are CPython's own METH_NOARGS. */
  if (lines == 1 && line->fields == 0 && given->call->method && given->arguments > 0)
    {
      ScopeSpan span = given->argument[0].value.span;
      if (given->positional < given->arguments)
        return SCOPE_REFUSE_CALL (failure, span, "_TensorBase.%.*s() takes no keyword arguments",
                                  line->function_length, line->function);
      return SCOPE_REFUSE_CALL (failure, span, "_TensorBase.%.*s() takes no arguments (%d given)",
                                line->function_length, line->function, given->arguments);
    }
  if (lines == 1)
    return match_torch (given, line, true, failure) == MATCHES
           && convert_ints (given, line, failure);
  for (int i = 0; i < lines; i++)
    {
      Match match = match_torch (given, &line[i], false, failure);
      if (match == REFUSED)
        return false;
      if (match == MATCHES)
        return check_names (given, &line[i], failure) && convert_ints (given, &line[i], failure);
    }

  int plausible = -1, count = 0;
  for (int i = 0; i < lines; i++)
    if (!line[i].hidden && given->arguments >= line[i].required
        && given->arguments <= line[i].fields)
      {
        plausible = i;
        count++;
      }
  if (count == 1 && match_torch (given, &line[plausible], true, failure) == REFUSED)
    return false;
  return refuse_all (given, line, lines, failure);
}
