/* Finding remedies: candidates are generated, checked by the engine, and only then offered. */
#include "advice/remedy.h"

#include "advice/finder.h"
#include "advice/report.h"
#include "core/checked.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum
{
  OFFERED = 8,   /* remedies at most */
  OF_A_KIND = 3, /* of one kind at most */
  ENOUGH = 2,    /* so many, the best of them likely: nothing more is tried blindly */
  CHAINS = 3,    /* of two steps at most */
};

#define LIKELY     0.5
#define MUCH_BYTES (INT64_C (64) << 20) /* memory that a remedy's sentence speaks of */

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

/* Whether the failure is one that shapes have to do with. */
static bool
is_about_shapes (const ScopeFailure *failure)
{
  return failure->rule != SCOPE_RULE_NONE && failure->rule != SCOPE_RULE_NAME
         && failure->rule != SCOPE_RULE_UNKNOWN && failure->rule != SCOPE_RULE_LIMIT
         && failure->rule != SCOPE_RULE_READ_ONLY && failure->rule != SCOPE_RULE_TYPE;
}

static double
best_likelihood (const ScopeRemedies *remedies)
{
  double best = 0;
  for (int i = 0; i < remedies->count; i++)
    if (remedies->remedy[i].likelihood > best)
      best = remedies->remedy[i].likelihood;
  return best;
}

/* What knows the pattern comes first; what tries blindly only where that found nothing good. */
static void
generate (ScopeFinder *finder)
{
  scope_remedy_slice (finder);
  scope_remedy_resize (finder);
  scope_remedy_sizes (finder);
  scope_remedy_axes (finder);
  scope_remedy_keepdim (finder);
  scope_remedy_other_way (finder);
  scope_remedy_join (finder);
  scope_remedy_cat (finder);
  scope_remedy_product (finder);
  scope_remedy_layer (finder);
  scope_remedy_resample (finder);
  scope_remedy_shape (finder);
  scope_remedy_argument (finder);
  scope_remedy_index (finder);
  scope_remedy_pattern (finder);
  if (finder->found->count < ENOUGH || best_likelihood (finder->found) < LIKELY)
    scope_remedy_search (finder);
}

static ScopeFinder
new_finder (const ScopeFinder *like, const ScopeProgram *program, ScopeRemedies *found)
{
  ScopeFinder finder = *like;
  finder.program = program;
  finder.node = program->node[program->first_failure];
  finder.failure = finder.node->failure;
  finder.found = found;
  finder.pending = NULL;
  finder.checked = NULL;
  return finder;
}

/* ---- chains --------------------------------------------------------------------------------- */

/* `first` and then `second`, which becomes the chain. Of the first sentence its first clause is
 * enough; what is shown is the whole line, for both steps stand in it. */
static void
join_steps (const ScopeFinder *finder, const ScopeRemedy *first, ScopeRemedy *second)
{
  ScopeText title = { 0 }, clause = { 0 }, sentence = { 0 };
  const char *whole = scope_text_string (&first->sentence);
  scope_text_append_bytes (&clause, whole, strcspn (whole, ";:"));
  scope_text_printf (&title, scope_finder_say (finder, "%s, and more"),
                     scope_text_string (&first->title));
  scope_text_printf (&sentence, scope_finder_say (finder, "%s; then: %s"),
                     scope_text_string (&clause), scope_text_string (&second->sentence));
  scope_text_clear (&clause);
  scope_text_clear (&second->title);
  scope_text_clear (&second->sentence);
  second->title = title;
  second->sentence = sentence;
  if (finder->program->expression->statements == 1)
    {
      scope_text_clear (&second->snippet);
      scope_text_append (&second->snippet, scope_text_string (&second->expression));
    }
  if (second->caution.length == 0)
    scope_text_append (&second->caution, scope_text_string (&first->caution));
  second->kind = SCOPE_REMEDY_CHAIN;
  second->keeps *= first->keeps;
  second->invents = first->invents > second->invents ? first->invents : second->invents;
  second->exact &= first->exact;
  if (second->badge == SCOPE_BADGE_EXACT
      || (second->badge == SCOPE_BADGE_REORDERS && first->badge != SCOPE_BADGE_EXACT))
    second->badge = first->badge;
  second->likelihood *= 0.9 * first->likelihood;
}

static void
clear_remedy (ScopeRemedy *remedy)
{
  scope_text_clear (&remedy->title);
  scope_text_clear (&remedy->expression);
  scope_text_clear (&remedy->snippet);
  scope_text_clear (&remedy->sentence);
  scope_text_clear (&remedy->caution);
  for (int dialect = 0; dialect < SCOPE_N_DIALECTS; dialect++)
    scope_text_clear (&remedy->code[dialect]);
}

/* Moves a remedy to a list; it is cleared when there is no memory. */
static bool
move_remedy (ScopeRemedy *remedy, ScopeRemedies *to)
{
  ScopeRemedy *larger = realloc (to->remedy, (size_t)(to->count + 1) * sizeof *larger);
  if (larger == NULL)
    {
      clear_remedy (remedy);
      return false;
    }
  to->remedy = larger;
  to->remedy[to->count++] = *remedy;
  *remedy = (ScopeRemedy){ 0 };
  return true;
}

/* Looks for a second step behind one that did not suffice; the best of them makes a chain, if it is
 * likelier than `worth`: what one step does as well is not done in two. */
static void
follow (ScopeFinder *finder, const ScopeRemedy *first, double worth)
{
  const char *text = scope_text_string (&first->expression);
  ScopeCheckOptions options = { .dialect = finder->program->dialect };
  ScopeProgram *program =
      scope_program_new (text, strlen (text), finder->tensor, finder->tensors, &options, NULL);
  ScopeRemedies found = { 0 };
  if (program != NULL && program->first_failure >= 0)
    {
      ScopeFinder second = new_finder (finder, program, &found);
      if (second.failure != NULL && is_about_shapes (second.failure))
        generate (&second);
      scope_program_unref (second.checked);
      finder->checks = second.checks;
      finder->out_of_memory |= second.out_of_memory;
    }
  rank_remedies (&found);
  if (found.count > 0)
    join_steps (finder, first, &found.remedy[0]);
  if (found.count > 0 && found.remedy[0].likelihood > worth)
    {
      finder->out_of_memory |= !move_remedy (&found.remedy[0], finder->found);
    }
  scope_remedies_clear (&found);
  scope_program_unref (program);
}

static void
find_chains (ScopeFinder *finder)
{
  rank_remedies (finder->pending);
  int before = finder->found->count;
  double worth = 0.75 * best_likelihood (finder->found);
  for (int i = 0; i < finder->pending->count && finder->found->count < before + CHAINS; i++)
    if (finder->pending->remedy[i].likelihood > worth)
      follow (finder, &finder->pending->remedy[i], worth);
}

/* ---- choosing ------------------------------------------------------------------------------- */

/* Whether `later` says nothing that `earlier` does not: the same text, or a reshape to what an axis
 * put in or taken out gives as well. */
static bool
repeats (const ScopeRemedy *earlier, const ScopeRemedy *later)
{
  if (strcmp (scope_text_string (&earlier->expression), scope_text_string (&later->expression))
      == 0)
    return true;
  bool axes_only = earlier->kind == SCOPE_REMEDY_UNSQUEEZE || earlier->kind == SCOPE_REMEDY_SQUEEZE
                   || earlier->kind == SCOPE_REMEDY_FLATTEN || earlier->kind == SCOPE_REMEDY_EXPAND;
  return axes_only && later->kind == SCOPE_REMEDY_RESHAPE && later->caution.length > 0
         && scope_shape_equal (&earlier->result, &later->result);
}

/* Cards are told apart by their titles: a second one of the same title gets a number. */
static void
number_title (const ScopeRemedies *remedies, int earlier, ScopeRemedy *remedy)
{
  int alike = 1;
  for (int i = 0; i < earlier; i++)
    {
      const char *title = scope_text_string (&remedies->remedy[i].title);
      size_t length = remedy->title.length;
      alike += strncmp (title, scope_text_string (&remedy->title), length) == 0
               && (title[length] == '\0' || strncmp (title + length, " (", 2) == 0);
    }
  if (alike > 1)
    scope_text_printf (&remedy->title, " (%d)", alike);
}

/* Keeps the best of a ranked list, not too many of one kind. */
static void
choose (ScopeRemedies *remedies)
{
  int kept = 0, of_kind[SCOPE_N_REMEDIES] = { 0 };
  for (int i = 0; i < remedies->count; i++)
    {
      ScopeRemedy *remedy = &remedies->remedy[i];
      bool wanted = kept < OFFERED && of_kind[remedy->kind] < OF_A_KIND;
      for (int k = 0; k < kept && wanted; k++)
        wanted = !repeats (&remedies->remedy[k], remedy);
      if (!wanted)
        {
          clear_remedy (remedy);
          continue;
        }
      of_kind[remedy->kind]++;
      number_title (remedies, kept, remedy);
      if (kept != i)
        remedies->remedy[kept] = *remedy;
      kept++;
    }
  remedies->count = kept;
}

/* What a remedy copies is said where it is much. */
static void
say_bytes (const ScopeFinder *finder, ScopeRemedy *remedy)
{
  if (remedy->bytes < MUCH_BYTES)
    return;
  ScopeText size = { 0 };
  scope_text_append_bytes_count (&size, remedy->bytes);
  scope_text_printf (&remedy->sentence, scope_finder_say (finder, "; needs %s more memory"),
                     scope_text_string (&size));
  scope_text_clear (&size);
}

/* The program of a remedy: the one that was checked, or made again. */
static ScopeProgram *
find_program (ScopeFinder *finder, const ScopeRemedy *remedy)
{
  const char *text = scope_text_string (&remedy->expression);
  for (int i = 0; i < finder->fitting->count; i++)
    if (strcmp (finder->fitting->program[i]->expression->source, text) == 0)
      return scope_program_ref (finder->fitting->program[i]);
  ScopeCheckOptions options = { .dialect = finder->program->dialect };
  ScopeProgram *program =
      scope_program_new (text, strlen (text), finder->tensor, finder->tensors, &options, NULL);
  finder->out_of_memory |= program == NULL;
  return program;
}

static void
write_code (ScopeFinder *finder, ScopeRemedy *remedy)
{
  ScopeProgram *program = find_program (finder, remedy);
  for (int dialect = 0; program != NULL && dialect < SCOPE_N_DIALECTS; dialect++)
    scope_code_write (program, (ScopeDialect)dialect, &remedy->code[dialect]);
  scope_program_unref (program);
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
  ScopeFinder common = { .tensor = tensors, .tensors = n_tensors, .options = options };
  ScopeFinder finder = new_finder (&common, program, out);
  if (finder.failure == NULL || !is_about_shapes (finder.failure))
    return true;
  ScopeRemedies pending = { 0 };
  ScopePrograms fitting = { 0 };
  finder.pending = &pending;
  finder.fitting = &fitting;
  int most = SCOPE_FINDER_LEAST + SCOPE_FINDER_WORK / (1 + program->expression->nodes);
  finder.checks = (int)scope_min (SCOPE_FINDER_CHECKS, most);
  generate (&finder);
  finder.checks = (int)scope_min (SCOPE_FINDER_CHAINS, most);
  if (best_likelihood (out) < LIKELY)
    find_chains (&finder);
  rank_remedies (out);
  choose (out);
  for (int i = 0; i < out->count; i++)
    {
      say_bytes (&finder, &out->remedy[i]);
      write_code (&finder, &out->remedy[i]);
    }
  scope_program_unref (finder.checked);
  for (int i = 0; i < fitting.count; i++)
    scope_program_unref (fitting.program[i]);
  scope_remedies_clear (&pending);
  return !finder.out_of_memory;
}

void
scope_remedies_clear (ScopeRemedies *remedies)
{
  for (int i = 0; i < remedies->count; i++)
    clear_remedy (&remedies->remedy[i]);
  free (remedies->remedy);
  *remedies = (ScopeRemedies){ 0 };
}
