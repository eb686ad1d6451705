/* Finding remedies: candidates are generated, checked by the engine, and only then offered. */
#include "advice/remedy.h"

#include "advice/finder.h"
#include "advice/report.h"
#include "core/checked.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {
  [SCOPE_REMEDY_SLICE] = "slice",
  [SCOPE_REMEDY_CROP] = "crop",
  [SCOPE_REMEDY_PAD] = "pad",
  [SCOPE_REMEDY_INTERPOLATE] = "interpolate",
  [SCOPE_REMEDY_POOL] = "pool",
  [SCOPE_REMEDY_FOLD] = "fold",
  [SCOPE_REMEDY_REPEAT] = "repeat",
  [SCOPE_REMEDY_CONCAT] = "concat",
  [SCOPE_REMEDY_STACK] = "stack",
  [SCOPE_REMEDY_UNSQUEEZE] = "unsqueeze",
  [SCOPE_REMEDY_SQUEEZE] = "squeeze",
  [SCOPE_REMEDY_PERMUTE] = "permute",
  [SCOPE_REMEDY_TRANSPOSE] = "transpose",
  [SCOPE_REMEDY_RESHAPE] = "reshape",
  [SCOPE_REMEDY_FLATTEN] = "flatten",
  [SCOPE_REMEDY_EXPAND] = "expand",
  [SCOPE_REMEDY_CHANNEL] = "channel",
  [SCOPE_REMEDY_AXIS] = "axis",
  [SCOPE_REMEDY_KEEPDIM] = "keepdim",
  [SCOPE_REMEDY_SWAP] = "swap",
  [SCOPE_REMEDY_CHAIN] = "chain",
};
_Static_assert(sizeof kinds / sizeof kinds[0] == SCOPE_N_REMEDIES, "every remedy has a name");

const char *
scope_remedy_kind_name (ScopeRemedyKind kind)
{
  assert (kind < SCOPE_N_REMEDIES);
  return kinds[kind];
}

const char *
scope_finder_say (const ScopeFinder *finder, const char *text)
{
  return finder->options->translate != NULL ? finder->options->translate (text) : text;
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

ScopeProgram *
scope_finder_check (ScopeFinder *finder, const char *text)
{
  ScopeCheckOptions options = { .dialect = finder->program->dialect };
  ScopeError error = { 0 };
  ScopeProgram *program =
      scope_program_new (text, strlen (text), finder->tensor, finder->tensors, &options, &error);
  if (program == NULL)
    {
      finder->out_of_memory |= error.code == SCOPE_ERROR_MEMORY;
      return NULL;
    }
  int failure = program->first_failure;
  if (failure < 0 || program->node[failure]->statement > finder->node->statement)
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

ScopeRemedy *
scope_finder_add (ScopeFinder *finder, ScopeRemedyKind kind, const char *text)
{
  ScopeProgram *program = scope_finder_check (finder, text);
  const ScopeNode *result = program != NULL ? scope_finder_result (finder, program) : NULL;
  ScopeRemedies *found = finder->found;
  ScopeRemedy *remedies =
      result == NULL ? NULL
                     : realloc (found->remedy, (size_t)(found->count + 1) * sizeof *remedies);
  if (remedies == NULL)
    {
      finder->out_of_memory |= result != NULL;
      scope_program_unref (program);
      return NULL;
    }
  found->remedy = remedies;
  ScopeRemedy *remedy = &remedies[found->count++];
  *remedy = (ScopeRemedy){ .kind = kind, .result = result->shape, .dtype = result->dtype };
  int64_t count;
  if (!scope_shape_count (&result->shape, &count, NULL)
      || !scope_checked_mul (count, (int64_t)scope_dtype_bytes (result->dtype), &remedy->bytes))
    remedy->bytes = 0;
  scope_text_append (&remedy->expression, text);
  for (int dialect = 0; dialect < SCOPE_N_DIALECTS; dialect++)
    scope_code_write (program, (ScopeDialect)dialect, &remedy->code[dialect]);
  scope_program_unref (program);
  return remedy;
}

void
scope_finder_translate (ScopeFinder *finder,
                        const char *text,
                        const char *name,
                        const ScopeShape *shape,
                        ScopeDialect dialect,
                        ScopeText *out)
{
  ScopeTensor **tensors = malloc ((size_t)(finder->tensors + 1) * sizeof *tensors);
  ScopeTensor *extra = scope_tensor_new (name, SCOPE_FLOAT32, shape, NULL, NULL, NULL);
  ScopeProgram *program = NULL;
  if (tensors != NULL && extra != NULL)
    {
      ScopeCheckOptions options = { .dialect = finder->program->dialect };
      for (int i = 0; i < finder->tensors; i++)
        tensors[i] = finder->tensor[i];
      tensors[finder->tensors] = extra;
      program =
          scope_program_new (text, strlen (text), tensors, finder->tensors + 1, &options, NULL);
    }
  if (program != NULL)
    scope_code_write (program, dialect, out);
  else
    finder->out_of_memory = true;
  scope_program_unref (program);
  scope_tensor_unref (extra);
  free (tensors);
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

static const char placeholder[] = "changed_operand";

/* `statement` holds the placeholder: writes it in a dialect, with the phrase in its place. */
static void
write_phrase (ScopeFinder *finder,
              const char *statement,
              const ScopeShape *shape,
              const ScopePhrase *phrase,
              const char *source,
              ScopeDialect dialect,
              ScopeText *out)
{
  ScopeText line = { 0 };
  scope_finder_translate (finder, statement, placeholder, shape, dialect, &line);
  const char *whole = scope_text_string (&line), *place = strstr (whole, placeholder);
  scope_text_clear (out);
  if (place != NULL)
    {
      scope_text_append_bytes (out, whole, (size_t)(place - whole));
      scope_phrase_print (phrase, source, dialect, out);
      scope_text_append (out, place + sizeof placeholder - 1);
    }
  scope_text_clear (&line);
}

/* Fills the code of a remedy that puts a phrase in an operand's place. */
static void
write_phrases (ScopeFinder *finder,
               ScopeRemedy *remedy,
               ScopeSpan span,
               const ScopePhrase *phrase,
               const char *source)
{
  const char *snippet = scope_text_string (&remedy->snippet);
  int32_t length = (int32_t)scope_text_characters (snippet, remedy->snippet.length);
  ScopeProgram *program = scope_finder_check (finder, scope_text_string (&remedy->expression));
  const ScopeNode *changed =
      program != NULL ? node_at (program, span.begin, span.begin + length) : NULL;
  ScopeText statement = { 0 };
  scope_finder_replace (finder, span, placeholder, &statement);
  for (int dialect = 0; changed != NULL && dialect < SCOPE_N_DIALECTS; dialect++)
    write_phrase (finder, scope_text_string (&statement), &changed->shape, phrase, source,
                  (ScopeDialect)dialect, &remedy->code[dialect]);
  scope_text_clear (&statement);
  scope_program_unref (program);
}

void
scope_finder_replace (const ScopeFinder *finder, ScopeSpan span, const char *by, ScopeText *out)
{
  ScopeEdits edits = { 0 };
  scope_edits_replace (&edits, span.begin, span.end, by);
  scope_edits_apply (&edits, finder->program->expression->source, out);
  scope_edits_clear (&edits);
}

ScopeRemedy *
scope_finder_offer (ScopeFinder *finder,
                    ScopeRemedyKind kind,
                    int operand,
                    const ScopePhrase *phrase)
{
  ScopeText source = { 0 }, snippet = { 0 }, text = { 0 };
  ScopeSpan span = finder->failure->operand[operand].span;
  scope_finder_print_operand (finder, operand, true, &source);
  scope_phrase_print (phrase, scope_text_string (&source), finder->node->dialect, &snippet);
  scope_finder_replace (finder, span, scope_text_string (&snippet), &text);
  ScopeRemedy *remedy = scope_finder_add (finder, kind, scope_text_string (&text));
  if (remedy != NULL)
    {
      scope_text_append (&remedy->snippet, scope_text_string (&snippet));
      write_phrases (finder, remedy, span, phrase, scope_text_string (&source));
    }
  scope_text_clear (&source);
  scope_text_clear (&snippet);
  scope_text_clear (&text);
  return remedy;
}

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

/* The likelier first; where they are alike, in the order they were thought of. Few: by insertion.
 */
static void
rank_remedies (ScopeRemedies *remedies)
{
  for (int i = 1; i < remedies->count; i++)
    {
      ScopeRemedy moved = remedies->remedy[i];
      int at = i;
      for (; at > 0 && remedies->remedy[at - 1].likelihood < moved.likelihood; at--)
        remedies->remedy[at] = remedies->remedy[at - 1];
      remedies->remedy[at] = moved;
    }
}

bool
scope_remedies_find (const ScopeProgram *program,
                     ScopeTensor *const *tensors,
                     int n_tensors,
                     const ScopeRemedyOptions *options,
                     ScopeRemedies *out)
{
  *out = (ScopeRemedies){ 0 };
  if (program->first_failure < 0)
    return true;
  const ScopeNode *node = program->node[program->first_failure];
  ScopeFinder finder = {
    .program = program,
    .tensor = tensors,
    .tensors = n_tensors,
    .options = options,
    .node = node,
    .failure = node->failure,
    .found = out,
  };
  scope_remedy_slice (&finder);
  scope_remedy_resize (&finder);
  scope_remedy_sizes (&finder);
  scope_remedy_axes (&finder);
  scope_remedy_join (&finder);
  rank_remedies (out);
  return !finder.out_of_memory;
}

void
scope_remedies_clear (ScopeRemedies *remedies)
{
  for (int i = 0; i < remedies->count; i++)
    {
      ScopeRemedy *remedy = &remedies->remedy[i];
      scope_text_clear (&remedy->title);
      scope_text_clear (&remedy->expression);
      scope_text_clear (&remedy->snippet);
      scope_text_clear (&remedy->sentence);
      scope_text_clear (&remedy->caution);
      for (int dialect = 0; dialect < SCOPE_N_DIALECTS; dialect++)
        scope_text_clear (&remedy->code[dialect]);
    }
  free (remedies->remedy);
  *remedies = (ScopeRemedies){ 0 };
}
