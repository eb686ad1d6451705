/* What the generators of remedies share: candidates are edited texts, checked by the engine before
 * anything is said of them. */
#include "advice/finder.h"

#include "core/checked.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

const char *
scope_finder_say (const ScopeFinder *finder, const char *text)
{
  return finder->options->translate != NULL ? finder->options->translate (text) : text;
}

static const char LAYER[] = "_layer";

bool
scope_finder_is_layer (const ScopeFinder *finder)
{
  const char *name = finder->node->op != NULL ? finder->node->op->name : "";
  size_t length = strlen (name), suffix = strlen (LAYER);
  return length > suffix && strcmp (name + length - suffix, LAYER) == 0;
}

bool
scope_finder_is (const ScopeFinder *finder, const char *names)
{
  if (finder->node->op == NULL)
    return false;
  const char *name = finder->node->op->name;
  size_t length = strlen (name);
  if (scope_finder_is_layer (finder))
    length -= strlen (LAYER);
  for (const char *at = names; *at != '\0'; at += strspn (at, " "))
    {
      size_t word = strcspn (at, " ");
      if (word == length && strncmp (at, name, length) == 0)
        return true;
      at += word;
    }
  return false;
}

bool
scope_finder_compares (const ScopeFinder *finder)
{
  const ScopeOp *op = finder->node->op;
  return op != NULL
         && (op->align == SCOPE_ALIGN_BROADCAST || op->align == SCOPE_ALIGN_ASSIGN
             || op->align == SCOPE_ALIGN_JOIN || op->align == SCOPE_ALIGN_MATCH);
}

const ScopeShape *
scope_finder_shape (const ScopeFinder *finder, int operand)
{
  if (operand < 0 || operand >= finder->failure->operands
      || !scope_shape_is_known (&finder->failure->operand[operand].shape))
    return NULL;
  return &finder->failure->operand[operand].shape;
}

const ScopeValue *
scope_finder_argument (const ScopeFinder *finder, const char *name)
{
  const ScopeOp *op = finder->node->op;
  if (op == NULL || finder->node->value == NULL)
    return NULL;
  for (int i = 0; op->parameter[i].name != NULL; i++)
    if (strcmp (op->parameter[i].name, name) == 0 && scope_value_given (&finder->node->value[i]))
      return &finder->node->value[i];
  return NULL;
}

/* Whether the text of a span can take `[…]` behind it without brackets. */
static bool
is_primary (const ScopeProgram *program, ScopeSpan span)
{
  const ScopeExpression *expression = program->expression;
  for (int i = 0; i < expression->nodes; i++)
    {
      const ScopeSyntax *syntax = &expression->node[i];
      if (syntax->span.begin == span.begin && syntax->span.end == span.end
          && (syntax->kind == SCOPE_SYNTAX_NAME || syntax->kind == SCOPE_SYNTAX_CALL
              || syntax->kind == SCOPE_SYNTAX_SUBSCRIPT || syntax->kind == SCOPE_SYNTAX_ATTRIBUTE))
        return true;
    }
  return false;
}

void
scope_finder_print_operand (const ScopeFinder *finder, int operand, bool append, ScopeText *out)
{
  ScopeSpan span = finder->failure->operand[operand].span;
  bool brackets = append && !is_primary (finder->program, span);
  scope_text_append (out, brackets ? "(" : "");
  scope_program_print_span (finder->program, span, out);
  scope_text_append (out, brackets ? ")" : "");
}

const ScopeSyntax *
scope_finder_statement (const ScopeFinder *finder)
{
  const ScopeExpression *expression = finder->program->expression;
  return &expression->node[expression->statement[finder->node->statement]];
}

const ScopeSyntax *
scope_finder_syntax (const ScopeFinder *finder)
{
  return finder->node->syntax < 0 ? NULL : &finder->program->expression->node[finder->node->syntax];
}

int
scope_finder_own_axis (const ScopeFinder *finder, int operand, int column)
{
  int rank = 0;
  for (int i = 0; i < finder->failure->operands; i++)
    if (finder->failure->operand[i].shape.rank > rank)
      rank = finder->failure->operand[i].shape.rank;
  return column - (rank - finder->failure->operand[operand].shape.rank);
}

const ScopeFailingAxis *
scope_finder_axis (const ScopeFinder *finder, int i)
{
  return &finder->failure->axis[i];
}

/* ---- checking ------------------------------------------------------------------------------- */

/* The program of an edited text, which may fail; NULL when it does not parse. */
static ScopeProgram *
make_program (ScopeFinder *finder, const char *text)
{
  ScopeCheckOptions options = { .dialect = finder->program->dialect };
  ScopeError error = { 0 };
  if (finder->checks-- <= 0)
    return NULL;
  ScopeProgram *program =
      scope_program_new (text, strlen (text), finder->tensor, finder->tensors, &options, &error);
  if (program == NULL)
    finder->out_of_memory |= error.code == SCOPE_ERROR_MEMORY;
  return program;
}

/* Whether nothing fails up to the statement at fault. */
static bool
fits (const ScopeFinder *finder, const ScopeProgram *program)
{
  int failure = program->first_failure;
  return failure < 0 || program->node[failure]->statement > finder->node->statement;
}

ScopeProgram *
scope_finder_check (ScopeFinder *finder, const char *text)
{
  ScopeProgram *program = make_program (finder, text);
  if (program == NULL || fits (finder, program))
    return program;
  scope_program_unref (program);
  return NULL;
}

const ScopeNode *
scope_finder_result (const ScopeFinder *finder, const ScopeProgram *program)
{
  const ScopeNode *last = NULL;
  for (int i = 0; i < program->nodes; i++)
    if (program->node[i]->statement == finder->node->statement && program->node[i]->op != NULL
        && program->node[i]->state == SCOPE_NODE_FITS)
      last = program->node[i];
  return last;
}

static bool
was_offered (const ScopeRemedies *remedies, const char *text)
{
  for (int i = 0; remedies != NULL && i < remedies->count; i++)
    if (strcmp (scope_text_string (&remedies->remedy[i].expression), text) == 0)
      return true;
  return false;
}

/* Whether something else fails now than at first. */
static bool
is_progress (const ScopeFinder *finder, const ScopeNode *node)
{
  const ScopeFailure *was = finder->failure, *is = node->failure;
  if (node->op != finder->node->op || is->rule != was->rule || is->axes != was->axes
      || is->operands != was->operands)
    return true;
  for (int i = 0; i < is->operands; i++)
    if (!scope_shape_equal (&is->operand[i].shape, &was->operand[i].shape))
      return true;
  return false;
}

/* Whether a program that still fails is worth a second step: it fails in the same statement by
 * something else, not by an argument that makes no sense. */
static bool
may_go_on (const ScopeFinder *finder, const ScopeProgram *program)
{
  const ScopeNode *node = program->node[program->first_failure];
  return finder->pending != NULL && finder->pending->count < SCOPE_FINDER_PENDING
         && node->statement == finder->node->statement && node->failure != NULL
         && node->failure->operands > 0 && node->failure->rule != SCOPE_RULE_TYPE
         && node->failure->rule != SCOPE_RULE_ARGUMENT && is_progress (finder, node);
}

static int64_t
bytes_of (const ScopeNode *node)
{
  int64_t count, bytes;
  if (scope_shape_count (&node->shape, &count, NULL)
      && scope_checked_mul (count, (int64_t)scope_dtype_bytes (node->dtype), &bytes))
    return bytes;
  return 0;
}

ScopeRemedy *
scope_finder_add (ScopeFinder *finder, ScopeRemedyKind kind, const char *text)
{
  if (was_offered (finder->found, text) || was_offered (finder->pending, text)
      || strcmp (text, finder->program->expression->source) == 0)
    return NULL;
  scope_program_unref (finder->checked);
  ScopeProgram *program = finder->checked = make_program (finder, text);
  if (program == NULL)
    return NULL;
  bool done = fits (finder, program);
  const ScopeNode *result = done ? scope_finder_result (finder, program) : NULL;
  if (done ? result == NULL : !may_go_on (finder, program))
    return NULL;

  ScopeRemedies *list = done ? finder->found : finder->pending;
  ScopeRemedy *remedies = realloc (list->remedy, (size_t)(list->count + 1) * sizeof *remedies);
  if (remedies == NULL)
    {
      finder->out_of_memory = true;
      return NULL;
    }
  list->remedy = remedies;
  ScopeRemedy *remedy = &remedies[list->count++];
  *remedy = (ScopeRemedy){ .kind = kind };
  if (done)
    {
      remedy->result = result->shape;
      remedy->dtype = result->dtype;
      remedy->bytes = bytes_of (result);
    }
  scope_text_append (&remedy->expression, text);
  if (done && finder->fitting != NULL && finder->fitting->count < SCOPE_FINDER_FITTING)
    finder->fitting->program[finder->fitting->count++] = scope_program_ref (program);
  return remedy;
}

/* ---- edits ---------------------------------------------------------------------------------- */

void
scope_finder_replace (const ScopeFinder *finder, ScopeSpan span, const char *by, ScopeText *out)
{
  ScopeEdits edits = { 0 };
  scope_edits_replace (&edits, span.begin, span.end, by);
  scope_edits_apply (&edits, finder->program->expression->source, out);
  scope_edits_clear (&edits);
}

/* The node that stands at a place of an edited text, or NULL. */
static const ScopeNode *
node_at (const ScopeProgram *program, int32_t begin, int32_t end)
{
  for (int i = program->nodes - 1; i >= 0; i--)
    if (program->node[i]->span.begin == begin && program->node[i]->span.end == end
        && !program->node[i]->inner)
      return program->node[i];
  return NULL;
}

/* What is written into can only be looked at in part: a copy of it would keep nothing. */
static bool
is_written_into (const ScopeFinder *finder, int operand)
{
  const ScopeSpelling *spelling = finder->node->spelling;
  return operand == 0
         && (scope_finder_is (finder, "assign") || (spelling != NULL && spelling->in_place));
}

ScopeRemedy *
scope_finder_offer (ScopeFinder *finder,
                    ScopeRemedyKind kind,
                    int operand,
                    const ScopePhrase *phrase)
{
  /* A layer's weights stand for themselves: only the layer's own numbers can be others. */
  if (operand > 0 && scope_finder_is_layer (finder)
      && finder->failure->operand[operand].span.begin == finder->node->span.begin)
    return NULL;
  if (is_written_into (finder, operand)
      && (phrase->kind != SCOPE_PHRASE_INDEX || strstr (phrase->text, "None") != NULL
          || finder->node->spelling->name[0] == '.'))
    return NULL;
  ScopeText source = { 0 }, snippet = { 0 }, text = { 0 };
  ScopeSpan span = finder->failure->operand[operand].span;
  scope_finder_print_operand (finder, operand, true, &source);
  scope_phrase_print (phrase, scope_text_string (&source), finder->node->dialect, &snippet);
  scope_finder_replace (finder, span, scope_text_string (&snippet), &text);
  ScopeRemedy *remedy = scope_finder_add (finder, kind, scope_text_string (&text));
  if (remedy != NULL)
    {
      const char *put = scope_text_string (&snippet);
      const ScopeNode *changed =
          node_at (finder->checked, span.begin,
                   span.begin + (int32_t)scope_text_characters (put, strlen (put)));
      /* Another shape of what lies in order is only another look at it. */
      const ScopeNode *was = node_at (finder->program, span.begin, span.end);
      bool view = (phrase->kind == SCOPE_PHRASE_RESHAPE || phrase->kind == SCOPE_PHRASE_FLATTEN)
                  && was != NULL && was->stride == NULL;
      if (changed != NULL && changed->state == SCOPE_NODE_FITS)
        remedy->bytes = view ? 0 : bytes_of (changed);
      scope_text_append (&remedy->snippet, put);
    }
  scope_text_clear (&source);
  scope_text_clear (&snippet);
  scope_text_clear (&text);
  return remedy;
}

ScopeRemedy *
scope_finder_offer_edits (ScopeFinder *finder,
                          ScopeRemedyKind kind,
                          ScopeEdits *edits,
                          const char *snippet)
{
  ScopeText text = { 0 };
  scope_edits_apply (edits, finder->program->expression->source, &text);
  finder->out_of_memory |= edits->failed;
  scope_edits_clear (edits);
  ScopeRemedy *remedy = scope_finder_add (finder, kind, scope_text_string (&text));
  if (remedy != NULL)
    scope_text_append (&remedy->snippet, snippet);
  scope_text_clear (&text);
  return remedy;
}

ScopeRemedy *
scope_finder_offer_text (ScopeFinder *finder, ScopeRemedyKind kind, ScopeSpan span, const char *by)
{
  ScopeText text = { 0 };
  scope_finder_replace (finder, span, by, &text);
  ScopeRemedy *remedy = scope_finder_add (finder, kind, scope_text_string (&text));
  scope_text_clear (&text);
  if (remedy != NULL)
    {
      /* The whole operation as it is written now. */
      int32_t longer = (int32_t)scope_text_characters (by, strlen (by)) - (span.end - span.begin);
      ScopeSpan whole = finder->node->span;
      if (finder->checked != NULL && whole.begin <= span.begin && whole.end >= span.end)
        scope_program_print_span (finder->checked, (ScopeSpan){ whole.begin, whole.end + longer },
                                  &remedy->snippet);
      else
        scope_text_append (&remedy->snippet, by);
    }
  return remedy;
}

/* ---- words ---------------------------------------------------------------------------------- */

void
scope_finder_title (const ScopeFinder *finder, ScopeRemedy *remedy, const char *title, int operand)
{
  ScopeText name = { 0 };
  scope_finder_print_operand (finder, operand, false, &name);
  scope_text_printf (&remedy->title, scope_finder_say (finder, title), scope_text_string (&name));
  scope_text_clear (&name);
}

void
scope_finder_print_lines (const ScopeFinder *finder, int from_end, int axis, ScopeText *out)
{
  if (from_end == -2)
    scope_text_append (out, scope_finder_say (finder, "rows"));
  else if (from_end == -1)
    scope_text_append (out, scope_finder_say (finder, "columns"));
  else
    scope_text_printf (out, scope_finder_say (finder, "places of axis %d"), axis);
}

void
scope_finder_judge (const ScopeFinder *finder,
                    ScopeRemedy *remedy,
                    double likelihood,
                    ScopeBadge badge,
                    const char *sentence)
{
  if (remedy == NULL)
    return;
  scope_text_append (&remedy->sentence, scope_finder_say (finder, sentence));
  remedy->keeps = 1;
  remedy->exact = badge == SCOPE_BADGE_EXACT || badge == SCOPE_BADGE_REORDERS;
  remedy->badge = badge;
  remedy->likelihood = likelihood;
}
