/* An operation as a form: reading and writing the arguments of a call, an operator, an index. */
#include "advice/form.h"

#include <string.h>

static const ScopeSyntax *
syntax_of (const ScopeProgram *program, int32_t number)
{
  return &program->expression->node[number];
}

static bool
is_method (const ScopeSpelling *spelling)
{
  return spelling->name[0] == '.';
}

/* The byte at which a character begins. */
static size_t
byte_of (const char *source, int32_t character)
{
  const char *at = source;
  for (; *at != '\0' && character > 0; character--)
    do
      at++;
    while (((unsigned char)*at & 0xC0) == 0x80);
  return (size_t)(at - source);
}

static bool
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* ---- where the arguments stand -------------------------------------------------------------- */

/* What is written for a parameter. */
typedef struct
{
  bool given;
  bool keyword;    /* as name=value */
  bool rest;       /* as several positional arguments, or as what may be several */
  bool operand;    /* of an operator, a method or an index: brackets may be needed */
  int position;    /* among the positional arguments of a call, its method's object left out */
  ScopeSpan span;  /* of the value */
  ScopeSpan whole; /* the same with its name */
} Place;

typedef struct
{
  const ScopeProgram *program;
  const ScopeNode *node;
  const ScopeSyntax *syntax;
  bool call;      /* arguments can be added */
  int positional; /* arguments of a call, its method's object left out */
  Place place[SCOPE_MAX_PARAMETERS];
} Places;

static void
place_operand (Places *places, int parameter, const ScopeSyntax *operand)
{
  places->place[parameter] =
      (Place){ .given = true, .operand = true, .span = operand->span, .whole = operand->span };
}

/* The value's own span lacks the brackets around it: what stands behind the = counts. */
static ScopeSpan
keyword_value (const ScopeProgram *program, const ScopeSyntax *keyword)
{
  const char *source = program->expression->source;
  size_t byte = byte_of (source, keyword->span.begin) + strlen (keyword->text);
  int32_t character =
      keyword->span.begin + (int32_t)scope_text_characters (keyword->text, strlen (keyword->text));
  while (is_space (source[byte]) || source[byte] == '=')
    {
      byte++;
      character++;
    }
  return (ScopeSpan){ character, keyword->span.end };
}

static void
place_argument (Places *places, const ScopeSyntax *argument, int position)
{
  const ScopeNode *node = places->node;
  bool rest = false;
  if (argument->kind == SCOPE_SYNTAX_KEYWORD)
    {
      int parameter = scope_spelling_find (node->op, node->spelling, argument->text);
      if (parameter >= 0)
        places->place[parameter] = (Place){ .given = true,
                                            .keyword = true,
                                            .span = keyword_value (places->program, argument),
                                            .whole = argument->span };
      return;
    }
  int parameter = scope_spelling_parameter (node->op, node->spelling,
                                            position + (is_method (node->spelling) ? 1 : 0), &rest);
  places->positional = position + 1;
  if (parameter < 0)
    return;
  Place *place = &places->place[parameter];
  ScopeSpan span = argument->span;
  if (place->given && rest)
    span.begin = place->span.begin;
  else
    place->position = position;
  *place = (Place){
    .given = true, .rest = rest, .position = place->position, .span = span, .whole = span
  };
}

static void
place_arguments (Places *places)
{
  const ScopeProgram *program = places->program;
  const ScopeSyntax *function = syntax_of (program, places->syntax->child[0]);
  places->call = true;
  if (is_method (places->node->spelling) && function->kind == SCOPE_SYNTAX_ATTRIBUTE)
    place_operand (places, 0, syntax_of (program, function->child[0]));
  for (int i = 1; i < places->syntax->children; i++)
    {
      const ScopeSyntax *argument = syntax_of (program, places->syntax->child[i]);
      if (argument->kind == SCOPE_SYNTAX_STAR)
        break; /* it is not said how many there are */
      place_argument (places, argument, i - 1);
    }
}

/* Whether a call is written with the spelling's last name: `Linear` of `nn.Linear (4, 10)`. */
static bool
is_call_of (const ScopeProgram *program, const ScopeSyntax *call, const ScopeSpelling *spelling)
{
  if (call->kind != SCOPE_SYNTAX_CALL)
    return false;
  const char *name = syntax_of (program, call->child[0])->text;
  const char *dot = strrchr (spelling->name, '.');
  return name != NULL && strcmp (name, dot != NULL ? dot + 1 : spelling->name) == 0;
}

/* A layer of torch.nn: its tensors stand in the call, its arguments where it is made, which may be
 * on another line. */
static void
place_layer (Places *places)
{
  const ScopeProgram *program = places->program;
  const ScopeSyntax *forward = places->syntax;
  const ScopeSyntax *constructor = syntax_of (program, forward->child[0]);
  for (int i = 0; i < places->node->op->module && i + 1 < forward->children; i++)
    {
      const ScopeSyntax *argument = syntax_of (program, forward->child[i + 1]);
      if (argument->kind == SCOPE_SYNTAX_KEYWORD || argument->kind == SCOPE_SYNTAX_STAR)
        break;
      places->place[i] = (Place){ .given = true, .span = argument->span, .whole = argument->span };
    }
  if (!is_call_of (program, constructor, places->node->spelling))
    return;
  places->syntax = constructor;
  place_arguments (places);
}

/* `A[index] = value` and `A[index]`. */
static void
place_index (Places *places, const ScopeSyntax *subscript)
{
  place_operand (places, 0, syntax_of (places->program, subscript->child[0]));
  place_operand (places, 1, syntax_of (places->program, subscript->child[1]));
  places->place[1].operand = false;
}

static bool
find_places (const ScopeProgram *program, int number, Places *places)
{
  const ScopeNode *node = number >= 0 && number < program->nodes ? program->node[number] : NULL;
  if (node == NULL || node->op == NULL || node->inner || node->spelling == NULL || node->syntax < 0)
    return false;
  *places = (Places){ .program = program, .node = node };
  const ScopeSyntax *syntax = places->syntax = syntax_of (program, node->syntax);
  switch (syntax->kind)
    {
    case SCOPE_SYNTAX_CALL:
      if (node->op->module > 0)
        place_layer (places);
      else
        place_arguments (places);
      return true;
    case SCOPE_SYNTAX_BINARY:
    case SCOPE_SYNTAX_COMPARE:
    case SCOPE_SYNTAX_AUGMENT:
      place_operand (places, 0, syntax_of (program, syntax->child[0]));
      place_operand (places, 1, syntax_of (program, syntax->child[1]));
      return true;
    case SCOPE_SYNTAX_UNARY:
    case SCOPE_SYNTAX_ATTRIBUTE:
      place_operand (places, 0, syntax_of (program, syntax->child[0]));
      return true;
    case SCOPE_SYNTAX_SUBSCRIPT:
      place_index (places, syntax);
      return true;
    case SCOPE_SYNTAX_ASSIGN:
      if (syntax->children != 2
          || syntax_of (program, syntax->child[1])->kind != SCOPE_SYNTAX_SUBSCRIPT)
        return false;
      place_index (places, syntax_of (program, syntax->child[1]));
      place_operand (places, 2, syntax_of (program, syntax->child[0]));
      places->place[2].operand = false;
      return true;
    default:
      return false;
    }
}

/* ---- reading -------------------------------------------------------------------------------- */

/* Whether the spelling that was written takes a parameter at all. */
static bool
takes_parameter (const Places *places, int parameter)
{
  size_t length;
  return places->place[parameter].given
         || (places->call
             && scope_spelling_keyword (places->node->op, places->node->spelling, parameter,
                                        &length)
                    != NULL);
}

bool
scope_form_read (const ScopeProgram *program, int node, ScopeForm *form)
{
  Places places;
  *form = (ScopeForm){ .node = node };
  if (!find_places (program, node, &places))
    return false;
  form->op = places.node->op;
  int parameters = scope_op_parameters (form->op);
  for (int i = 0; i < parameters; i++)
    {
      const Place *place = &places.place[i];
      if (!takes_parameter (&places, i))
        continue;
      ScopeFormField *field = &form->field[form->fields++];
      *field = (ScopeFormField){ .parameter = i, .given = place->given, .span = place->span };
      if (place->given)
        scope_program_print_span (program, place->span, &field->text);
      else if (form->op->parameter[i].initial != NULL)
        scope_text_append (&field->text, form->op->parameter[i].initial);
    }
  return true;
}

void
scope_form_clear (ScopeForm *form)
{
  for (int i = 0; i < form->fields; i++)
    scope_text_clear (&form->field[i].text);
  *form = (ScopeForm){ 0 };
}

/* ---- the value ------------------------------------------------------------------------------ */

static bool
is_primary (ScopeSyntaxKind kind)
{
  return kind == SCOPE_SYNTAX_NAME || kind == SCOPE_SYNTAX_CALL || kind == SCOPE_SYNTAX_SUBSCRIPT
         || kind == SCOPE_SYNTAX_ATTRIBUTE || kind == SCOPE_SYNTAX_LIST
         || kind == SCOPE_SYNTAX_STRING;
}

static void
bracket (ScopeText *text)
{
  ScopeText inner = *text;
  *text = (ScopeText){ 0 };
  scope_text_printf (text, "(%s)", scope_text_string (&inner));
  scope_text_clear (&inner);
}

/* An index may hold slices, which are no expressions by themselves. */
static bool
check_index (const char *value, ScopeError *error)
{
  ScopeText line = { 0 };
  scope_text_printf (&line, "x[%s]", value);
  ScopeExpression *parsed = scope_expression_parse (scope_text_string (&line), line.length, error);
  bool whole =
      parsed != NULL && parsed->statements == 1
      && parsed->node[parsed->nodes - 1].kind == SCOPE_SYNTAX_VALUE
      && parsed->node[parsed->node[parsed->nodes - 1].child[0]].kind == SCOPE_SYNTAX_SUBSCRIPT;
  if (parsed != NULL && !whole)
    scope_fail (error, SCOPE_ERROR_SYNTAX, -1, "this is not one index");
  else if (parsed == NULL && error != NULL && error->begin >= 0)
    {
      error->begin = error->begin > 2 ? error->begin - 2 : 0;
      error->end = error->end > 2 ? error->end - 2 : 0;
    }
  scope_expression_free (parsed);
  scope_text_clear (&line);
  return whole;
}

/* A shape as people write it, 2x3 or [2, 3], as the tuple that code needs. */
static bool
take_shape (ScopeText *text)
{
  ScopeShape shape;
  if (!scope_shape_parse (scope_text_string (text), text->length, &shape, NULL)
      || !scope_shape_is_known (&shape))
    return false;
  scope_text_clear (text);
  scope_shape_print (&shape, SCOPE_SHAPE_TUPLE, text);
  return true;
}

/* Checks that the text is one expression, and puts it in brackets where it needs them. */
static bool
prepare_value (const Places *places, int parameter, ScopeText *text, ScopeError *error)
{
  const Place *place = &places->place[parameter];
  const ScopeParameter *about = &places->node->op->parameter[parameter];
  const char *value = scope_text_string (text);
  bool index = (places->syntax->kind == SCOPE_SYNTAX_SUBSCRIPT
                || places->syntax->kind == SCOPE_SYNTAX_ASSIGN)
               && parameter == 1;
  if (index)
    return check_index (value, error);
  ScopeExpression *parsed = scope_expression_parse (value, text->length, error);
  if (parsed == NULL)
    return about->takes == SCOPE_TAKES_SHAPE && take_shape (text);
  const ScopeSyntax *statement =
      parsed->statements == 1 ? &parsed->node[parsed->statement[0]] : NULL;
  bool whole = statement != NULL && statement->kind == SCOPE_SYNTAX_VALUE
               && statement->span.begin == 0
               && statement->span.end == scope_text_characters (value, text->length);
  if (!whole)
    {
      scope_expression_free (parsed);
      return scope_fail (error, SCOPE_ERROR_SYNTAX, -1, "this is not one value");
    }
  const ScopeSyntax *child = &parsed->node[statement->child[0]];
  bool open_tuple = child->kind == SCOPE_SYNTAX_TUPLE && value[0] != '(';
  bool method = places->call && place->operand;
  bool needs =
      open_tuple ? !place->rest
      : place->operand
          ? !is_primary (child->kind) && child->kind != SCOPE_SYNTAX_TUPLE
                && (method
                    || (child->kind != SCOPE_SYNTAX_INTEGER && child->kind != SCOPE_SYNTAX_FLOAT))
          : false;
  scope_expression_free (parsed);
  if (needs && !(place->operand && value[0] == '(' && value[text->length - 1] == ')'))
    bracket (text);
  return true;
}

/* ---- writing -------------------------------------------------------------------------------- */

static void
replace_span (const char *source, ScopeSpan span, const char *by, ScopeText *out)
{
  size_t begin = byte_of (source, span.begin), end = byte_of (source, span.end);
  scope_text_append_bytes (out, source, begin);
  scope_text_append (out, by);
  scope_text_append (out, source + end);
}

/* Takes an argument out, with the comma that parts it from its neighbour. */
static void
remove_span (const char *source, ScopeSpan span, ScopeText *out)
{
  size_t begin = byte_of (source, span.begin), end = byte_of (source, span.end);
  size_t before = begin;
  while (before > 0 && is_space (source[before - 1]))
    before--;
  if (before > 0 && source[before - 1] == ',')
    begin = before - 1;
  else
    {
      while (is_space (source[end]))
        end++;
      if (source[end] == ',')
        for (end++; is_space (source[end]);)
          end++;
    }
  scope_text_append_bytes (out, source, begin);
  scope_text_append (out, source + end);
}

/* Puts text before the closing bracket of the call. */
static void
add_argument (const Places *places, const char *argument, ScopeText *out)
{
  const char *source = places->program->expression->source;
  size_t end = byte_of (source, places->syntax->span.end) - 1, before = end;
  while (before > 0 && is_space (source[before - 1]))
    before--;
  const char *comma = source[before - 1] == '(' ? "" : source[before - 1] == ',' ? " " : ", ";
  scope_text_append_bytes (out, source, before);
  scope_text_append (out, comma);
  scope_text_append (out, argument);
  scope_text_append (out, source + before);
}

/* Whether the call at the same place of an edited text takes its arguments. */
static bool
takes_arguments (const Places *places,
                 const char *text,
                 ScopeTensor *const *tensors,
                 int n_tensors,
                 bool *parsed)
{
  ScopeCheckOptions options = { .dialect = places->program->dialect };
  ScopeProgram *program =
      scope_program_new (text, strlen (text), tensors, n_tensors, &options, NULL);
  bool takes = false;
  *parsed = program != NULL;
  for (int i = 0; program != NULL && i < program->nodes; i++)
    {
      const ScopeNode *node = program->node[i];
      if (node->op == places->node->op && !node->inner
          && node->span.begin == places->node->span.begin)
        takes = node->failure == NULL || node->failure->rule != SCOPE_RULE_ARGUMENT;
    }
  scope_program_unref (program);
  return takes;
}

static bool
write_keyword (const Places *places, int parameter, const char *value, ScopeText *out)
{
  size_t length;
  const char *name =
      scope_spelling_keyword (places->node->op, places->node->spelling, parameter, &length);
  if (name == NULL)
    return false;
  ScopeText argument = { 0 };
  scope_text_append_bytes (&argument, name, length);
  scope_text_printf (&argument, "=%s", value);
  add_argument (places, scope_text_string (&argument), out);
  scope_text_clear (&argument);
  return true;
}

/* Positional, with the defaults of those before it that are not there. */
static bool
write_positional (const Places *places, int parameter, const char *value, ScopeText *out)
{
  const ScopeNode *node = places->node;
  int object = is_method (node->spelling) ? 1 : 0, fills = 0, found = -1;
  bool rest;
  ScopeText argument = { 0 };
  for (int i = places->positional; i < SCOPE_MAX_PARAMETERS; i++)
    {
      found = scope_spelling_parameter (node->op, node->spelling, i + object, &rest);
      if (found < 0 || found == parameter)
        break;
      const char *initial = node->op->parameter[found].initial;
      if (initial == NULL || places->place[found].given)
        break;
      scope_text_printf (&argument, "%s, ", initial);
      fills++;
    }
  bool reached = found == parameter;
  if (reached)
    {
      scope_text_append (&argument, value);
      add_argument (places, scope_text_string (&argument), out);
    }
  scope_text_clear (&argument);
  return reached;
}

static bool
add_value (const Places *places,
           int parameter,
           const char *value,
           ScopeTensor *const *tensors,
           int n_tensors,
           ScopeText *out,
           ScopeError *error)
{
  bool (*const ways[]) (const Places *, int, const char *, ScopeText *) = { write_keyword,
                                                                            write_positional };
  ScopeText best = { 0 };
  for (int i = 0; places->call && i < 2; i++)
    {
      ScopeText text = { 0 };
      bool parsed = false;
      bool takes =
          ways[i](places, parameter, value, &text)
          && takes_arguments (places, scope_text_string (&text), tensors, n_tensors, &parsed);
      if (takes || (parsed && best.length == 0))
        {
          scope_text_clear (&best);
          best = text;
        }
      else
        scope_text_clear (&text);
      if (takes)
        break;
    }
  bool found = best.length > 0;
  if (found)
    scope_text_append_bytes (out, scope_text_string (&best), best.length);
  scope_text_clear (&best);
  return found
         || scope_fail (error, SCOPE_ERROR_ARGUMENT, -1, "%s takes no %s",
                        places->node->spelling->name, places->node->op->parameter[parameter].name);
}

static bool
remove_value (const Places *places, int parameter, ScopeText *out, ScopeError *error)
{
  const Place *place = &places->place[parameter];
  const ScopeParameter *about = &places->node->op->parameter[parameter];
  const char *source = places->program->expression->source;
  if (!place->given)
    {
      scope_text_append (out, source);
      return true;
    }
  bool forward = parameter < places->node->op->module;
  if (about->initial == NULL || place->operand || forward || !places->call)
    return scope_fail (error, SCOPE_ERROR_ARGUMENT, -1, "%s must be given", about->name);
  bool last = place->keyword || place->rest || place->position == places->positional - 1;
  if (last)
    remove_span (source, place->whole, out);
  else
    replace_span (source, place->span, about->initial, out);
  return true;
}

/* The value without the white space around it. */
static void
append_trimmed (ScopeText *text, const char *value)
{
  size_t length = strlen (value);
  while (length > 0 && is_space (value[length - 1]))
    length--;
  while (length > 0 && is_space (*value))
    {
      value++;
      length--;
    }
  scope_text_append_bytes (text, value, length);
}

bool
scope_form_write (const ScopeProgram *program,
                  int node,
                  int parameter,
                  const char *value,
                  ScopeTensor *const *tensors,
                  int n_tensors,
                  ScopeText *out,
                  ScopeError *error)
{
  Places places;
  if (!find_places (program, node, &places))
    return scope_fail (error, SCOPE_ERROR_ARGUMENT, -1, "there is no operation");
  ScopeText text = { 0 };
  append_trimmed (&text, value);
  bool done;
  if (text.length == 0)
    done = remove_value (&places, parameter, out, error);
  else if (!prepare_value (&places, parameter, &text, error))
    done = false;
  else if (places.place[parameter].given)
    {
      replace_span (program->expression->source, places.place[parameter].span,
                    scope_text_string (&text), out);
      done = true;
    }
  else
    done =
        add_value (&places, parameter, scope_text_string (&text), tensors, n_tensors, out, error);
  if (done && (text.failed || out->failed))
    done = scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for this text.");
  scope_text_clear (&text);
  return done;
}
