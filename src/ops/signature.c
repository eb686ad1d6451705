/* Reading the signatures of spellings, and holding arguments against them. */
#include "ops/signature.h"

#include "ops/argument.h"
#include "ops/signature-lines.h"

#include <string.h>

bool
scope_signature_is (const char *text, int length, const char *word)
{
  return (size_t)length == strlen (word) && strncmp (text, word, (size_t)length) == 0;
}

/* ---- reading signatures --------------------------------------------------------------------- */

static bool
starts (const char *text, const char *end, const char *word)
{
  size_t length = strlen (word);
  return (size_t)(end - text) >= length && strncmp (text, word, length) == 0;
}

/* `int dim=0` in text…end. */
static ScopeSignatureField
read_field (const char *text, const char *end, ScopeSignatureStyle style)
{
  ScopeSignatureField field = { 0 };
  const char *equals = memchr (text, '=', (size_t)(end - text));
  const char *name_end = equals != NULL ? equals : end;
  const char *name = name_end;
  while (name > text && name[-1] != ' ')
    name--;
  field.name = name;
  field.name_length = (int)(name_end - name);
  field.optional = equals != NULL;
  field.takes_none =
      equals != NULL && scope_signature_is (equals + 1, (int)(end - equals - 1), "None");
  if (style != SCOPE_STYLE_TORCH)
    return field;

  field.type = text;
  const char *type_end = name - 1;
  if (type_end > text && type_end[-1] == '?')
    {
      field.takes_none = true;
      type_end--;
    }
  if (type_end > text && type_end[-1] == ']')
    {
      field.size = type_end[-2] - '0';
      type_end -= 3;
    }
  field.type_length = (int)(type_end - text);
  return field;
}

/* `name(int a, *, int b=0)` in text…end. */
static void
read_line (const ScopeCall *call, const char *text, const char *end, ScopeSignatureLine *line)
{
  *line =
      (ScopeSignatureLine){ .style = SCOPE_STYLE_TORCH, .function = scope_call_function (call) };
  static const struct
  {
    const char *word;
    ScopeSignatureStyle style;
  } styles[] = {
    { "def ", SCOPE_STYLE_PYTHON }, { "c ", SCOPE_STYLE_C },     { "npy ", SCOPE_STYLE_NPY },
    { "args ", SCOPE_STYLE_ARGS },  { "any ", SCOPE_STYLE_ANY }, { "ufunc ", SCOPE_STYLE_UFUNC },
  };
  for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++)
    if (starts (text, end, styles[i].word))
      {
        line->style = styles[i].style;
        text += strlen (styles[i].word);
        break;
      }
  line->hidden = starts (text, end, "hidden ");
  text += line->hidden ? strlen ("hidden ") : 0;
  bool numbers = starts (text, end, "numbers ");
  text += numbers ? strlen ("numbers ") : 0;
  const char *open = memchr (text, '(', (size_t)(end - text));
  if (open > text)
    line->function = text;
  line->function_length = open > text ? (int)(open - text) : (int)strlen (line->function);

  bool keyword_only = false;
  for (const char *at = open + 1; at < end - 1;)
    {
      const char *comma = at;
      while (comma < end - 1 && !(comma[0] == ',' && comma[1] == ' '))
        comma++;
      if (comma - at == 1 && *at == '*')
        keyword_only = true;
      else if (line->fields < SCOPE_SIGNATURE_FIELDS)
        {
          ScopeSignatureField field = read_field (at, comma, line->style);
          if (field.name_length > 2 && field.name[0] == '*')
            keyword_only = field.optional = true; /* **kwargs */
          field.keyword_only = keyword_only;
          field.takes_number = numbers;
          line->positional += !keyword_only;
          line->required += !field.optional;
          line->field[line->fields++] = field;
        }
      at = comma + 2;
    }
}

static int
read_lines (const ScopeCall *call, const char *text, ScopeSignatureLine *line)
{
  int lines = 0;
  while (*text != '\0' && lines < SCOPE_SIGNATURE_LINES)
    {
      const char *end = strchr (text, '\n');
      if (end == NULL)
        end = text + strlen (text);
      read_line (call, text, end, &line[lines++]);
      text = *end == '\n' ? end + 1 : end;
    }
  return lines;
}

/* ---- looking at arguments ----------------------------------------------------------------------
 */

const char *
scope_given_type (const ScopeGiven *given, const ScopeValue *value)
{
  return scope_value_type_name (given->call, value);
}

/* PyTorch's other names of a parameter, which stand for it as keywords. */
static const char *const *
numpy_names (const ScopeSignatureField *field)
{
  static const char *const axis[] = { "axis", NULL }, *const keepdims[] = { "keepdims", NULL };
  static const char *const input[] = { "x", "a", "x1", NULL }, *const other[] = { "x2", NULL };
  static const char *const none[] = { NULL };
  if (scope_signature_is (field->name, field->name_length, "dim"))
    return axis;
  if (scope_signature_is (field->name, field->name_length, "keepdim"))
    return keepdims;
  if (scope_signature_is (field->name, field->name_length, "input"))
    return input;
  return scope_signature_is (field->name, field->name_length, "other") ? other : none;
}

const ScopeValue *
scope_given_keyword (const ScopeGiven *given, const ScopeSignatureField *field)
{
  const char *const *others = numpy_names (field);
  for (const char *const *name = others; name == others || name[-1] != NULL; name++)
    for (int i = given->positional; i < given->arguments; i++)
      {
        const char *written = given->argument[i].name;
        bool own = name == others && scope_signature_is (field->name, field->name_length, written);
        bool other = name != others && strcmp (name[-1], written) == 0;
        if (own || other)
          return &given->argument[i].value;
      }
  return NULL;
}

bool
scope_refuse_too_many (const ScopeGiven *given,
                       const ScopeSignatureLine *line,
                       ScopeFailure *failure)
{
  int least = 0, most = line->positional;
  for (int i = 0; i < most; i++)
    least += !line->field[i].optional;
  if (line->style == SCOPE_STYLE_TORCH)
    least = line->required;
  const char *name = line->function;
  int length = line->function_length, n = given->positional;
  ScopeSpan span = given->argument[n - 1].value.span;
  if (least != most)
    return SCOPE_REFUSE_CALL (failure, span,
                              "%.*s() takes from %d to %d positional arguments but %d were given",
                              length, name, least, most, n);
  return SCOPE_REFUSE_CALL (failure, span, "%.*s() takes %d positional argument%s but %d %s given",
                            length, name, most, most == 1 ? "" : "s", n, n == 1 ? "was" : "were");
}

bool
scope_signature_holds (const ScopeCall *call,
                       const char *signature,
                       const ScopeArgument *argument,
                       int arguments,
                       ScopeFailure *failure)
{
  ScopeSignatureLine line[SCOPE_SIGNATURE_LINES];
  int lines = read_lines (call, signature, line);
  ScopeGiven given = { .call = call, .argument = argument, .arguments = arguments };
  while (given.positional < given.arguments && given.argument[given.positional].name == NULL)
    given.positional++;
  switch (line[0].style)
    {
    case SCOPE_STYLE_PYTHON:
      return scope_signature_python (&given, line, failure);
    case SCOPE_STYLE_C:
      return scope_signature_c (&given, line, failure);
    case SCOPE_STYLE_NPY:
      return scope_signature_npy (&given, line, failure);
    case SCOPE_STYLE_ARGS:
      return scope_signature_args (&given, line, failure);
    case SCOPE_STYLE_ANY:
      return scope_signature_any (&given, line, failure);
    case SCOPE_STYLE_UFUNC:
      return scope_signature_ufunc (&given, line, failure);
    default:
      return scope_signature_torch (&given, line, lines, failure);
    }
}

bool
scope_signature_check (const ScopeCall *call,
                       const ScopeArgument *argument,
                       int arguments,
                       ScopeFailure *failure)
{
  const char *signature = call->spelling->signature;
  if (signature == NULL)
    return true;
  int object = call->method && strncmp (signature, "def ", 4) != 0;
  return scope_signature_holds (call, signature, argument + object, arguments - object, failure);
}
