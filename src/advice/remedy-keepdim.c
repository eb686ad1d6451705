/* A reduction whose axis should have stayed (`A - A.mean(1)`), and broadcasting the other way. */
#include "advice/finder.h"

#include "ops/bind.h"

#include <string.h>

enum
{
  REDUCTIONS = 6, /* before the failure that are looked at */
};

static int
find_parameter (const ScopeNode *node, const char *name)
{
  for (int i = 0; node->op->parameter[i].name != NULL; i++)
    if (strcmp (node->op->parameter[i].name, name) == 0)
      return i;
  return -1;
}

/* Whether `node` takes away axes that it was asked to reduce. */
static bool
drops_axes (const ScopeNode *node)
{
  if (node->op == NULL || node->value == NULL || node->part != 0 || node->state != SCOPE_NODE_FITS
      || node->syntax < 0
      || node->program->expression->node[node->syntax].kind != SCOPE_SYNTAX_CALL)
    return false;
  int keepdim = find_parameter (node, "keepdim"), dim = find_parameter (node, "dim");
  if (keepdim < 0 || dim < 0)
    return false;
  const ScopeValue *kept = &node->value[keepdim], *axes = &node->value[dim];
  return scope_value_given (axes) && axes->kind != SCOPE_VALUE_NONE
         && (!scope_value_given (kept) || (kept->kind == SCOPE_VALUE_BOOL && kept->integer == 0));
}

static void
keep_axes (ScopeFinder *finder, const ScopeNode *node)
{
  const ScopeSyntax *call = &finder->program->expression->node[node->syntax];
  int keepdim = find_parameter (node, "keepdim");
  size_t length;
  const char *name = scope_spelling_keyword (node->op, node->spelling, keepdim, &length);
  if (name == NULL)
    return;
  ScopeText put = { 0 }, snippet = { 0 };
  ScopeSpan span = { call->span.end - 1, call->span.end - 1 };
  if (scope_value_given (&node->value[keepdim]))
    {
      span = node->value[keepdim].span;
      scope_text_append (&put, "True");
    }
  else
    {
      scope_text_append (&put, ", ");
      scope_text_append_bytes (&put, name, length);
      scope_text_append (&put, "=True");
    }
  scope_program_print_span (finder->program, (ScopeSpan){ call->span.begin, span.begin }, &snippet);
  scope_text_append (&snippet, scope_text_string (&put));
  scope_program_print_span (finder->program, (ScopeSpan){ span.end, call->span.end }, &snippet);
  ScopeEdits edits = { 0 };
  scope_edits_replace (&edits, span.begin, span.end, scope_text_string (&put));
  ScopeRemedy *remedy =
      scope_finder_offer_edits (finder, SCOPE_REMEDY_KEEPDIM, &edits, scope_text_string (&snippet));
  if (remedy != NULL)
    {
      scope_text_append (&remedy->title,
                         scope_finder_say (finder, SCOPE_TEXT ("Keep the reduced axis")));
      scope_finder_judge (finder, remedy, 0.97, SCOPE_BADGE_EXACT,
                          SCOPE_TEXT ("keeps the reduced axis with size 1, so that it lines up; no "
                                      "value changes"));
      remedy->bytes = 0;
    }
  scope_text_clear (&put);
  scope_text_clear (&snippet);
}

void
scope_remedy_keepdim (ScopeFinder *finder)
{
  if (finder->failure->axes == 0 && finder->failure->rule != SCOPE_RULE_RANK)
    return;
  int looked_at = 0;
  for (int i = finder->node->number - 1; i >= 0 && looked_at < REDUCTIONS; i--)
    if (drops_axes (finder->program->node[i]))
      {
        keep_axes (finder, finder->program->node[i]);
        looked_at++;
      }
}

/* ---- the other way -------------------------------------------------------------------------- */

/* Whether `from` stretches to `to`. */
static bool
stretches (const ScopeShape *from, const ScopeShape *to)
{
  if (from->rank > to->rank)
    return false;
  for (int i = 1; i <= from->rank; i++)
    if (from->size[from->rank - i] != to->size[to->rank - i] && from->size[from->rank - i] != 1)
      return false;
  return true;
}

/* `A += B` where only A would have to grow: a new tensor instead. */
static void
leave_place (ScopeFinder *finder, const ScopeSyntax *statement)
{
  const ScopeExpression *expression = finder->program->expression;
  const ScopeSyntax *target = &expression->node[statement->child[0]];
  const ScopeSyntax *value = &expression->node[statement->child[1]];
  if (target->kind != SCOPE_SYNTAX_NAME)
    return;
  bool plain = value->kind == SCOPE_SYNTAX_NAME || value->kind == SCOPE_SYNTAX_CALL
               || value->kind == SCOPE_SYNTAX_SUBSCRIPT;
  ScopeText text = { 0 };
  scope_text_printf (&text, "%s = %s %s %s", target->text, target->text, statement->text,
                     plain ? "" : "(");
  scope_program_print_span (finder->program, value->span, &text);
  scope_text_append (&text, plain ? "" : ")");
  ScopeEdits edits = { 0 };
  scope_edits_replace (&edits, statement->span.begin, statement->span.end,
                       scope_text_string (&text));
  ScopeRemedy *remedy =
      scope_finder_offer_edits (finder, SCOPE_REMEDY_EXPAND, &edits, scope_text_string (&text));
  if (remedy != NULL)
    {
      scope_text_printf (&remedy->title, scope_finder_say (finder, "Let %s grow"), target->text);
      scope_finder_judge (finder, remedy, 0.8, SCOPE_BADGE_EXACT,
                          SCOPE_TEXT ("makes a new tensor that both stretch to, instead of "
                                      "writing into the smaller one"));
    }
  scope_text_clear (&text);
}

/* `A.add_(B)`: the same with a method that writes in place, which loses its underscore; as a
 * statement its result takes A's name. */
static void
leave_place_of_method (ScopeFinder *finder, const ScopeSyntax *statement)
{
  const ScopeExpression *expression = finder->program->expression;
  const ScopeSyntax *call = scope_finder_syntax (finder);
  const ScopeSyntax *method =
      call != NULL && call->kind == SCOPE_SYNTAX_CALL ? &expression->node[call->child[0]] : NULL;
  if (method == NULL || method->kind != SCOPE_SYNTAX_ATTRIBUTE
      || expression->node[method->child[0]].kind != SCOPE_SYNTAX_NAME)
    return;
  ScopeEdits edits = { 0 };
  ScopeText head = { 0 };
  const char *name = expression->node[method->child[0]].text;
  scope_text_printf (&head, "%s = ", name);
  if (statement->kind == SCOPE_SYNTAX_VALUE && call == &expression->node[statement->child[0]])
    scope_edits_replace (&edits, call->span.begin, call->span.begin, scope_text_string (&head));
  scope_edits_replace (&edits, method->span.end - 1, method->span.end, "");
  scope_text_clear (&head);
  ScopeRemedy *remedy =
      scope_finder_offer_edits (finder, SCOPE_REMEDY_EXPAND, &edits, method->text);
  if (remedy == NULL)
    return;
  scope_text_printf (&remedy->title, scope_finder_say (finder, "Let %s grow"), name);
  scope_finder_judge (finder, remedy, 0.8, SCOPE_BADGE_EXACT,
                      SCOPE_TEXT ("makes a new tensor that both stretch to, instead of writing "
                                  "into the smaller one"));
}

/* `A[...] = B` where A stretches to B: the other is written into. */
static void
assign_back (ScopeFinder *finder, const ScopeSyntax *statement)
{
  const ScopeExpression *expression = finder->program->expression;
  if (statement->children != 2)
    return;
  const ScopeSyntax *value = &expression->node[statement->child[0]];
  const ScopeSyntax *target = &expression->node[statement->child[1]];
  if (value->kind != SCOPE_SYNTAX_NAME || target->kind != SCOPE_SYNTAX_SUBSCRIPT
      || expression->node[target->child[0]].kind != SCOPE_SYNTAX_NAME
      || expression->node[target->child[1]].kind != SCOPE_SYNTAX_ELLIPSIS)
    return;
  const char *name = expression->node[target->child[0]].text;
  ScopeText text = { 0 };
  scope_text_printf (&text, "%s[...] = %s", value->text, name);
  ScopeEdits edits = { 0 };
  scope_edits_replace (&edits, statement->span.begin, statement->span.end,
                       scope_text_string (&text));
  ScopeRemedy *remedy =
      scope_finder_offer_edits (finder, SCOPE_REMEDY_SWAP, &edits, scope_text_string (&text));
  if (remedy != NULL)
    {
      scope_text_append (&remedy->title, scope_finder_say (finder, "Broadcast the other way"));
      scope_text_printf (&remedy->sentence,
                         scope_finder_say (finder, "writes %s into %s instead: %s stretches, %s "
                                                   "is overwritten"),
                         name, value->text, name, value->text);
      remedy->keeps = 1;
      remedy->badge = SCOPE_BADGE_REORDERS;
      remedy->likelihood = 0.66;
      remedy->bytes = 0;
    }
  scope_text_clear (&text);
}

/* `A.expand_as(B)` where only B stretches to A. */
static void
expand_back (ScopeFinder *finder)
{
  ScopeText a = { 0 }, b = { 0 };
  ScopeEdits edits = { 0 };
  const ScopeFailure *failure = finder->failure;
  scope_finder_print_operand (finder, 0, true, &a);
  scope_finder_print_operand (finder, 1, true, &b);
  for (int i = 0; i < 2; i++)
    scope_edits_replace (&edits, failure->operand[i].span.begin, failure->operand[i].span.end,
                         scope_text_string (i == 0 ? &b : &a));
  ScopeText snippet = { 0 };
  scope_text_printf (&snippet, "%s.expand_as(%s)", scope_text_string (&b), scope_text_string (&a));
  ScopeRemedy *remedy =
      scope_finder_offer_edits (finder, SCOPE_REMEDY_SWAP, &edits, scope_text_string (&snippet));
  if (remedy != NULL)
    {
      scope_text_append (&remedy->title, scope_finder_say (finder, "Broadcast the other way"));
      scope_finder_judge (finder, remedy, 0.75, SCOPE_BADGE_EXACT,
                          SCOPE_TEXT ("stretches the other one, which can be stretched"));
      remedy->bytes = 0;
    }
  scope_text_clear (&a);
  scope_text_clear (&b);
  scope_text_clear (&snippet);
}

/* `A.fill_(B)` takes one value; `A.copy_(B)` takes a tensor and stretches it. */
static void
copy_instead (ScopeFinder *finder)
{
  const ScopeSyntax *call = scope_finder_syntax (finder);
  if (call == NULL || call->kind != SCOPE_SYNTAX_CALL || finder->node->spelling == NULL
      || strcmp (finder->node->spelling->name, ".fill_") != 0)
    return;
  const ScopeSyntax *function = &finder->program->expression->node[call->child[0]];
  ScopeSpan name = { function->span.end - (int32_t)strlen ("fill_"), function->span.end };
  ScopeRemedy *remedy = scope_finder_offer_text (finder, SCOPE_REMEDY_EXPAND, name, "copy_");
  if (remedy == NULL)
    return;
  scope_text_append (&remedy->title, scope_finder_say (finder, "Copy instead of filling"));
  scope_finder_judge (finder, remedy, 0.85, SCOPE_BADGE_EXACT,
                      SCOPE_TEXT ("fill_ takes one value; copy_ takes a tensor and stretches it"));
  remedy->bytes = 0;
}

void
scope_remedy_other_way (ScopeFinder *finder)
{
  copy_instead (finder);

  const ScopeShape *a = scope_finder_shape (finder, 0), *b = scope_finder_shape (finder, 1);
  if (a == NULL || b == NULL || finder->failure->operands != 2)
    return;
  const ScopeSyntax *statement = scope_finder_statement (finder);
  if (statement->kind == SCOPE_SYNTAX_AUGMENT)
    leave_place (finder, statement);
  else if (finder->node->spelling != NULL && finder->node->spelling->in_place)
    leave_place_of_method (finder, statement);
  else if (scope_finder_is (finder, "expand_as") && stretches (b, a))
    expand_back (finder);
  else if (scope_finder_is (finder, "assign") && stretches (a, b)
           && statement->kind == SCOPE_SYNTAX_ASSIGN)
    assign_back (finder, statement);
}
