/* A program of several statements, step by step: what each leaves, and which fails first. */
#include "advice/steps.h"

#include <stdlib.h>
#include <string.h>

enum
{
  MAX_PARTS = 8,   /* of a tuple that are written */
  MAX_NESTING = 2, /* of tuples in tuples */
};

/* ---- texts ---------------------------------------------------------------------------------- */

/* Cuts the text after so many characters and says so. */
static void
shorten (ScopeText *text, int64_t characters)
{
  size_t at = 0;
  for (int64_t seen = 0; at < text->length; at++)
    if (((unsigned char)text->data[at] & 0xC0) != 0x80 && seen++ == characters)
      break;
  if (at == text->length)
    return;
  text->length = at;
  text->data[at] = '\0';
  scope_text_append (text, "…");
}

/* A statement over several lines on one: a line break and the blanks around it become a space, at a
 * bracket's inside nothing. */
static void
print_statement (const ScopeProgram *program, ScopeSpan span, ScopeText *out)
{
  ScopeText text = { 0 };
  scope_program_print_span (program, span, &text);
  const char *rest = scope_text_string (&text);
  for (;;)
    {
      size_t line = strcspn (rest, "\r\n"), end = line;
      bool last = rest[line] == '\0';
      while (!last && end > 0 && (rest[end - 1] == ' ' || rest[end - 1] == '\t'))
        end--;
      scope_text_append_bytes (out, rest, end);
      if (last)
        break;
      char before = end > 0 ? rest[end - 1] : '\0';
      rest += line + strspn (rest + line, " \t\r\n");
      bool bracket = before != '\0' && strchr ("([{", before) != NULL;
      bracket = bracket || (rest[0] != '\0' && strchr (")]}", rest[0]) != NULL);
      scope_text_append (out, bracket ? "" : " ");
    }
  out->failed |= text.failed;
  scope_text_clear (&text);
  shorten (out, SCOPE_STEP_CHARACTERS);
}

static bool
holds_tensors (const ScopeValue *value)
{
  if (!scope_value_is_sequence (value) || value->items == 0)
    return false;
  for (int i = 0; i < value->items; i++)
    if (value->item[i].kind != SCOPE_VALUE_TENSOR)
      return false;
  return true;
}

static void
print_value (const ScopeProgram *program, const ScopeValue *value, int nesting, ScopeText *out);

static void
print_parts (const ScopeProgram *program, const ScopeValue *value, int nesting, ScopeText *out)
{
  if (nesting >= MAX_NESTING)
    {
      scope_text_append (out, "…");
      return;
    }
  for (int i = 0; i < value->items; i++)
    {
      scope_text_append (out, i > 0 ? ", " : "");
      if (i == MAX_PARTS)
        {
          scope_text_printf (out, "… (%d)", value->items);
          return;
        }
      print_value (program, &value->item[i], nesting + 1, out);
    }
}

static void
print_value (const ScopeProgram *program, const ScopeValue *value, int nesting, ScopeText *out)
{
  bool list = value->kind == SCOPE_VALUE_LIST;
  switch (value->kind)
    {
    case SCOPE_VALUE_TENSOR:
      scope_shape_print (&program->node[value->node]->shape, SCOPE_SHAPE_LIST, out);
      break;
    case SCOPE_VALUE_BOOL:
      scope_text_append (out, value->integer != 0 ? "True" : "False");
      break;
    case SCOPE_VALUE_INT:
      scope_text_printf (out, "%lld", (long long)value->integer);
      break;
    case SCOPE_VALUE_SIZE:
      scope_size_print (value->integer, out);
      break;
    case SCOPE_VALUE_FLOAT:
      scope_text_append_double (out, value->number);
      break;
    case SCOPE_VALUE_TUPLE:
    case SCOPE_VALUE_LIST:
      scope_text_append (out, list ? "[" : "(");
      print_parts (program, value, nesting, out);
      scope_text_append (out, list ? "]" : value->items == 1 ? ",)" : ")");
      break;
    case SCOPE_VALUE_DTYPE:
      scope_text_append (out, scope_dtype_name (value->dtype));
      break;
    case SCOPE_VALUE_STRING:
      scope_text_printf (out, "'%s'", value->text);
      break;
    case SCOPE_VALUE_NONE:
      scope_text_append (out, "None");
      break;
    default:
      scope_text_append (out, "…");
      break;
    }
}

/* Python's name of the type, so that a list of numbers is not taken for a shape. */
static const char *
type_name (const ScopeValue *value)
{
  switch (value->kind)
    {
    case SCOPE_VALUE_BOOL:
      return "bool ";
    case SCOPE_VALUE_INT:
    case SCOPE_VALUE_SIZE:
      return "int ";
    case SCOPE_VALUE_FLOAT:
      return "float ";
    case SCOPE_VALUE_STRING:
      return "str ";
    case SCOPE_VALUE_TUPLE:
      return "tuple ";
    case SCOPE_VALUE_LIST:
      return "list ";
    case SCOPE_VALUE_DTYPE:
      return "dtype ";
    default:
      return "";
    }
}

static void
print_outcome (const ScopeProgram *program, const ScopeValue *value, ScopeText *out)
{
  if (holds_tensors (value))
    print_parts (program, value, 0, out);
  else
    {
      scope_text_append (out, type_name (value));
      print_value (program, value, 0, out);
    }
  shorten (out, SCOPE_STEP_CHARACTERS);
}

static void
print_failure (const ScopeFailure *failure, ScopeText *out)
{
  const ScopeText *words = failure->sentence.length > 0 ? &failure->sentence : &failure->message;
  scope_text_append (out, scope_text_string (words));
}

/* ---- states --------------------------------------------------------------------------------- */

static bool
is_known (const ScopeProgram *program, const ScopeValue *value)
{
  if (value->kind == SCOPE_VALUE_TENSOR)
    return scope_shape_is_known (&program->node[value->node]->shape);
  for (int i = 0; holds_tensors (value) && i < value->items; i++)
    if (!is_known (program, &value->item[i]))
      return false;
  return value->kind != SCOPE_VALUE_SIZE;
}

/* The first failing node of every statement, −1 for none: one walk over the nodes. */
static int *
find_failures (const ScopeProgram *program)
{
  int statements = program->expression->statements;
  int *failing = malloc ((size_t)statements * sizeof *failing);
  if (failing == NULL)
    return NULL;
  for (int s = 0; s < statements; s++)
    failing[s] = -1;
  for (int i = program->nodes - 1; i >= 0; i--)
    if (program->node[i]->state == SCOPE_NODE_FAILS)
      failing[program->node[i]->statement] = i;
  return failing;
}

static bool
make_step (const ScopeProgram *program, int statement, int failing, ScopeStep *step)
{
  const ScopeExpression *expression = program->expression;
  const ScopeValue *outcome = &program->outcome[statement];
  step->number = statement + 1;
  step->span = expression->node[expression->statement[statement]].span;
  print_statement (program, step->span, &step->text);
  if (failing >= 0)
    {
      const ScopeFailure *failure = program->node[failing]->failure;
      step->state = SCOPE_STEP_FAILS;
      step->misfit = failure->axes > 0;
      step->first_failure = failing == program->first_failure;
      print_failure (failure, &step->result);
    }
  else if (outcome->kind == SCOPE_VALUE_FAILED)
    step->state = SCOPE_STEP_SKIPPED;
  else
    {
      step->state = is_known (program, outcome) ? SCOPE_STEP_FITS : SCOPE_STEP_UNKNOWN;
      print_outcome (program, outcome, &step->result);
    }
  return !step->text.failed && !step->result.failed;
}

/* ---- the list ------------------------------------------------------------------------------- */

bool
scope_steps_list (const ScopeProgram *program, ScopeSteps *out)
{
  int total = program->expression->statements;
  int count = total < SCOPE_MAX_STEPS ? total : SCOPE_MAX_STEPS;
  *out = (ScopeSteps){ 0 };
  if (total < 2)
    return true;

  int *failing = find_failures (program);
  ScopeSteps steps = { .total = total, .hidden = total - count };
  steps.step = calloc ((size_t)count, sizeof *steps.step);
  bool done = failing != NULL && steps.step != NULL;
  int first = program->first_failure >= 0 ? program->node[program->first_failure]->statement : -1;
  for (; done && steps.count < count; steps.count++)
    {
      int statement = steps.count == count - 1 && first >= count ? first : steps.count;
      done = make_step (program, statement, failing[statement], &steps.step[steps.count]);
    }
  free (failing);
  if (done)
    *out = steps;
  else
    scope_steps_clear (&steps);
  return done;
}

void
scope_steps_clear (ScopeSteps *steps)
{
  for (int i = 0; i < steps->count; i++)
    {
      scope_text_clear (&steps->step[i].text);
      scope_text_clear (&steps->step[i].result);
    }
  free (steps->step);
  *steps = (ScopeSteps){ 0 };
}
