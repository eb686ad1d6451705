/* Hazards of legal lines: the search, and choosing the most worrying. */
#include "advice/hazard-parts.h"

#include "advice/edit.h"
#include "advice/form.h"
#include "core/checked.h"

#include <stdlib.h>
#include <string.h>

/* ---- for the files that look ---------------------------------------------------------------- */

ScopeHazard *
scope_lookout_add (ScopeLookout *lookout, const ScopeNode *node, const char *kind, ScopeWorry worry)
{
  /* Each is checked with what it offers: of many alike, two say enough. */
  int alike = 0;
  for (int i = 0; i < lookout->found; i++)
    alike += strcmp (lookout->hazard[i].kind, kind) == 0;
  if (lookout->found == SCOPE_MOST_FOUND || alike == SCOPE_MOST_ALIKE)
    return NULL;
  ScopeHazard *hazard = &lookout->hazard[lookout->found];
  lookout->worry[lookout->found++] = worry;
  *hazard = (ScopeHazard){ .kind = kind, .node = node->number };
  return hazard;
}

void
scope_lookout_fix_text (ScopeLookout *lookout,
                        ScopeHazard *hazard,
                        const char *text,
                        const char *snippet)
{
  ScopeCheckOptions options = { .dialect = lookout->program->dialect };
  ScopeProgram *program =
      scope_program_new (text, strlen (text), lookout->tensor, lookout->tensors, &options, NULL);
  int statement = lookout->program->node[hazard->node]->statement;
  int failure = program != NULL ? program->first_failure : 0;
  if (program != NULL && (failure < 0 || program->node[failure]->statement > statement))
    {
      scope_text_append (&hazard->fix, text);
      scope_text_append (&hazard->snippet, snippet);
    }
  scope_program_unref (program);
}

void
scope_lookout_fix (ScopeLookout *lookout, ScopeHazard *hazard, ScopeSpan span, const char *by)
{
  ScopeEdits edits = { 0 };
  ScopeText text = { 0 };
  scope_edits_replace (&edits, span.begin, span.end, by);
  scope_edits_apply (&edits, lookout->program->expression->source, &text);
  if (!edits.failed)
    scope_lookout_fix_text (lookout, hazard, scope_text_string (&text), by);
  scope_edits_clear (&edits);
  scope_text_clear (&text);
}

void
scope_lookout_fix_argument (ScopeLookout *lookout,
                            ScopeHazard *hazard,
                            const char *parameter,
                            const char *value)
{
  const ScopeOp *op = lookout->program->node[hazard->node]->op;
  ScopeText text = { 0 }, snippet = { 0 };
  int number = 0;
  while (op->parameter[number].name != NULL && strcmp (op->parameter[number].name, parameter) != 0)
    number++;
  scope_text_printf (&snippet, "%s=%s", parameter, value);
  if (op->parameter[number].name != NULL
      && scope_form_write (lookout->program, hazard->node, number, value, lookout->tensor,
                           lookout->tensors, &text, NULL))
    scope_lookout_fix_text (lookout, hazard, scope_text_string (&text),
                            scope_text_string (&snippet));
  scope_text_clear (&text);
  scope_text_clear (&snippet);
}

bool
scope_node_is (const ScopeNode *node, const char *const *names)
{
  if (node == NULL || node->op == NULL)
    return false;
  for (; *names != NULL; names++)
    if (strcmp (node->op->name, *names) == 0)
      return true;
  return false;
}

const ScopeValue *
scope_node_argument (const ScopeNode *node, const char *parameter)
{
  if (node->op == NULL || node->value == NULL)
    return NULL;
  for (int i = 0; node->op->parameter[i].name != NULL; i++)
    if (strcmp (node->op->parameter[i].name, parameter) == 0)
      return scope_value_given (&node->value[i]) ? &node->value[i] : NULL;
  return NULL;
}

const ScopeNode *
scope_node_operand (const ScopeNode *node, int parameter)
{
  if (node->op == NULL || node->value == NULL || node->value[parameter].kind != SCOPE_VALUE_TENSOR)
    return NULL;
  return node->program->node[node->value[parameter].node];
}

void
scope_lookout_print (const ScopeLookout *lookout, ScopeSpan span, bool primary, ScopeText *out)
{
  const ScopeExpression *expression = lookout->program->expression;
  bool simple = false;
  for (int i = 0; primary && !simple && i < expression->nodes; i++)
    {
      const ScopeSyntax *syntax = &expression->node[i];
      simple =
          syntax->span.begin == span.begin && syntax->span.end == span.end
          && (syntax->kind == SCOPE_SYNTAX_NAME || syntax->kind == SCOPE_SYNTAX_CALL
              || syntax->kind == SCOPE_SYNTAX_SUBSCRIPT || syntax->kind == SCOPE_SYNTAX_ATTRIBUTE);
    }
  scope_text_append (out, primary && !simple ? "(" : "");
  scope_program_print_span (lookout->program, span, out);
  scope_text_append (out, primary && !simple ? ")" : "");
}

void
scope_lookout_print_shape (const ScopeShape *shape, ScopeText *out)
{
  scope_shape_print (shape, SCOPE_SHAPE_TUPLE, out);
}

int64_t
scope_node_bytes (const ScopeNode *node)
{
  int64_t count, bytes;
  if (!scope_shape_is_known (&node->shape))
    return -1;
  if (!scope_shape_count (&node->shape, &count, NULL)
      || !scope_checked_mul (count, (int64_t)scope_dtype_bytes (node->dtype), &bytes))
    return INT64_MAX;
  return bytes;
}

/* ---- the search ----------------------------------------------------------------------------- */

/* Of each node the first one that takes it as an input. Freed with free; NULL when memory runs
 * out. */
static int *
find_users (const ScopeProgram *program)
{
  int *user = malloc ((size_t)program->nodes * sizeof *user + 1);
  for (int i = 0; user != NULL && i < program->nodes; i++)
    user[i] = -1;
  for (int i = 0; user != NULL && i < program->nodes; i++)
    for (int k = 0; k < program->node[i]->inputs; k++)
      {
        int input = program->node[i]->input[k];
        if (input >= 0 && input < program->nodes && user[input] < 0)
          user[input] = i;
      }
  return user;
}

static void
look (ScopeLookout *lookout)
{
  const ScopeProgram *program = lookout->program;
  for (int i = 0; i < program->nodes; i++)
    {
      const ScopeNode *node = program->node[i];
      if (node->state != SCOPE_NODE_FITS || node->inner || node->op == NULL || node->part > 0)
        continue;
      scope_hazard_meeting (lookout, node);
      scope_hazard_order (lookout, node);
      scope_hazard_type (lookout, node);
      scope_hazard_resample (lookout, node);
    }
  scope_hazard_memory (lookout);
  scope_hazard_corners (lookout);
}

/* The most worrying first, of equals the one that is met first; the rest are cleared. */
static int
choose (ScopeLookout *lookout, ScopeHazard *hazard)
{
  int chosen = 0;
  bool taken[SCOPE_MOST_FOUND] = { false };
  for (int round = 0; round < lookout->found; round++)
    {
      int best = -1;
      for (int i = 0; i < lookout->found; i++)
        if (!taken[i] && (best < 0 || lookout->worry[i] > lookout->worry[best]))
          best = i;
      taken[best] = true;
      if (chosen < SCOPE_MAX_HAZARDS)
        hazard[chosen++] = lookout->hazard[best];
      else
        scope_hazard_clear (&lookout->hazard[best]);
    }
  return chosen;
}

int
scope_hazards_find (const ScopeProgram *program,
                    ScopeTensor *const *tensors,
                    int n_tensors,
                    const char *(*translate) (const char *text),
                    ScopeHazard hazard[SCOPE_MAX_HAZARDS])
{
  int *user = find_users (program);
  if (user == NULL)
    return 0;
  ScopeLookout lookout = { .program = program,
                           .tensor = tensors,
                           .tensors = n_tensors,
                           .translate = translate,
                           .user = user };
  look (&lookout);
  free (user);
  return choose (&lookout, hazard);
}

void
scope_hazard_clear (ScopeHazard *hazard)
{
  scope_text_clear (&hazard->sentence);
  scope_text_clear (&hazard->fix);
  scope_text_clear (&hazard->snippet);
}
