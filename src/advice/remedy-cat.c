/* Joining: along another axis, stacked instead of joined and back, all operands brought to one rank
 * or one size. */
#include "advice/finder.h"

#include "ops/bind.h"

#include <string.h>

static const char *const stacks[SCOPE_N_DIALECTS] = {
  [SCOPE_PYTORCH] = "torch.stack",
  [SCOPE_NUMPY] = "np.stack",
  [SCOPE_TENSORFLOW] = "tf.stack",
  [SCOPE_JAX] = "jnp.stack",
};
static const char *const joins[SCOPE_N_DIALECTS] = {
  [SCOPE_PYTORCH] = "torch.cat",
  [SCOPE_NUMPY] = "np.concatenate",
  [SCOPE_TENSORFLOW] = "tf.concat",
  [SCOPE_JAX] = "jnp.concatenate",
};

/* Puts `dim=axis` into the call: in the place of what stands there, or behind the rest. */
static void
edit_axis (const ScopeFinder *finder, ScopeEdits *edits, int axis)
{
  const ScopeValue *given = scope_finder_argument (finder, "dim");
  const ScopeSyntax *call = scope_finder_syntax (finder);
  ScopeText text = { 0 };
  if (given != NULL)
    {
      scope_text_printf (&text, "%d", axis);
      scope_edits_replace (edits, given->span.begin, given->span.end, scope_text_string (&text));
    }
  else
    {
      scope_text_printf (&text, finder->node->dialect == SCOPE_PYTORCH ? ", dim=%d" : ", axis=%d",
                         axis);
      scope_edits_replace (edits, call->span.end - 1, call->span.end - 1,
                           scope_text_string (&text));
    }
  scope_text_clear (&text);
}

static int
common_rank (const ScopeFinder *finder, int *lowest)
{
  int highest = -1;
  *lowest = SCOPE_MAX_RANK;
  for (int i = 0; i < finder->failure->operands; i++)
    {
      const ScopeShape *shape = scope_finder_shape (finder, i);
      if (shape == NULL)
        return -1;
      highest = shape->rank > highest ? shape->rank : highest;
      *lowest = shape->rank < *lowest ? shape->rank : *lowest;
    }
  return highest;
}

static bool
all_equal (const ScopeFinder *finder)
{
  for (int i = 1; i < finder->failure->operands; i++)
    if (!scope_shape_equal (&finder->failure->operand[0].shape, &finder->failure->operand[i].shape))
      return false;
  return true;
}

/* How many axes of the operands are not all equal; *which is the last of them. */
static int
count_differing (const ScopeFinder *finder, int *which)
{
  int differing = 0;
  const ScopeShape *first = &finder->failure->operand[0].shape;
  for (int axis = 0; axis < first->rank; axis++)
    for (int i = 1; i < finder->failure->operands; i++)
      if (finder->failure->operand[i].shape.size[axis] != first->size[axis])
        {
          differing++;
          *which = axis;
          break;
        }
  return differing;
}

static void
join_along (ScopeFinder *finder, int axis, double likelihood)
{
  ScopeEdits edits = { 0 };
  edit_axis (finder, &edits, axis);
  ScopeText snippet = { 0 };
  scope_text_printf (&snippet, finder->node->dialect == SCOPE_PYTORCH ? "dim=%d" : "axis=%d", axis);
  ScopeRemedy *remedy =
      scope_finder_offer_edits (finder, SCOPE_REMEDY_AXIS, &edits, scope_text_string (&snippet));
  scope_text_clear (&snippet);
  if (remedy == NULL)
    return;
  scope_text_printf (&remedy->title, scope_finder_say (finder, "Join along axis %d"), axis);
  scope_text_printf (&remedy->sentence,
                     scope_finder_say (finder, "keeps every value; axis %d grows to %lld, where "
                                               "sizes may differ"),
                     axis, (long long)(axis < remedy->result.rank ? remedy->result.size[axis] : 0));
  remedy->keeps = 1;
  remedy->exact = true;
  remedy->badge = SCOPE_BADGE_EXACT;
  remedy->likelihood = likelihood;
}

/* Another function in the place of the one that is called. */
static void
call_instead (ScopeFinder *finder,
              const char *name,
              int axis,
              ScopeRemedyKind kind,
              double likelihood,
              const char *title,
              const char *sentence)
{
  const ScopeSyntax *call = scope_finder_syntax (finder);
  if (call == NULL || call->kind != SCOPE_SYNTAX_CALL)
    return;
  const ScopeSyntax *function = &finder->program->expression->node[call->child[0]];
  ScopeEdits edits = { 0 };
  scope_edits_replace (&edits, function->span.begin, function->span.end, name);
  if (axis >= 0)
    edit_axis (finder, &edits, axis);
  ScopeRemedy *remedy = scope_finder_offer_edits (finder, kind, &edits, name);
  if (remedy == NULL)
    return;
  scope_text_append (&remedy->title, scope_finder_say (finder, title));
  scope_finder_judge (finder, remedy, likelihood, SCOPE_BADGE_EXACT, sentence);
}

/* All operands of a lower rank get an axis of 1 in the same place. */
static void
raise_all (ScopeFinder *finder, int rank, int place)
{
  ScopeEdits edits = { 0 };
  ScopeText snippet = { 0 };
  for (int i = 0; i < finder->failure->operands; i++)
    {
      const ScopeOperand *operand = &finder->failure->operand[i];
      if (operand->shape.rank >= rank)
        continue;
      scope_text_clear (&snippet);
      scope_finder_print_operand (finder, i, true, &snippet);
      int at = place < operand->shape.rank ? place : operand->shape.rank;
      for (int axis = 0; axis < at; axis++)
        scope_text_append (&snippet, axis == 0 ? "[:" : ", :");
      for (int k = operand->shape.rank; k < rank; k++)
        scope_text_append (&snippet, at == 0 && k == operand->shape.rank ? "[None" : ", None");
      scope_text_append (&snippet, "]");
      scope_edits_replace (&edits, operand->span.begin, operand->span.end,
                           scope_text_string (&snippet));
    }
  ScopeRemedy *remedy = scope_finder_offer_edits (finder, SCOPE_REMEDY_UNSQUEEZE, &edits,
                                                  scope_text_string (&snippet));
  scope_text_clear (&snippet);
  if (remedy == NULL)
    return;
  scope_text_printf (&remedy->title, scope_finder_say (finder, "Give all %d axes"), rank);
  scope_finder_judge (finder, remedy, 0.93, SCOPE_BADGE_EXACT,
                      SCOPE_TEXT ("puts in axes of size 1; every value stays"));
}

/* Three operands and more: every axis but the joined one is cut to the smallest. */
static void
cut_all (ScopeFinder *finder, int rank, int joined)
{
  int64_t smallest[SCOPE_MAX_RANK], left_out = 0, all = 0;
  const ScopeFailure *failure = finder->failure;
  for (int axis = 0; axis < rank; axis++)
    {
      smallest[axis] = failure->operand[0].shape.size[axis];
      for (int i = 1; i < failure->operands; i++)
        if (failure->operand[i].shape.size[axis] < smallest[axis])
          smallest[axis] = failure->operand[i].shape.size[axis];
    }
  ScopeEdits edits = { 0 };
  ScopeText snippet = { 0 };
  for (int i = 0; i < failure->operands; i++)
    {
      const ScopeOperand *operand = &failure->operand[i];
      int64_t cut = 0;
      scope_text_clear (&snippet);
      scope_finder_print_operand (finder, i, true, &snippet);
      for (int axis = 0; axis < rank; axis++)
        {
          bool less = axis != joined && operand->shape.size[axis] > smallest[axis];
          scope_text_append (&snippet, axis == 0 ? "[:" : ", :");
          if (less)
            scope_text_printf (&snippet, "%lld", (long long)smallest[axis]);
          cut += less;
        }
      scope_text_append (&snippet, "]");
      if (cut > 0)
        scope_edits_replace (&edits, operand->span.begin, operand->span.end,
                             scope_text_string (&snippet));
      left_out += cut > 0;
      all++;
    }
  ScopeRemedy *remedy =
      scope_finder_offer_edits (finder, SCOPE_REMEDY_CROP, &edits, scope_text_string (&snippet));
  scope_text_clear (&snippet);
  if (remedy == NULL)
    return;
  scope_text_append (&remedy->title, scope_finder_say (finder, "Crop all to the smallest"));
  scope_text_printf (&remedy->sentence,
                     scope_finder_say (finder, "cuts %lld of %lld tensors to the smallest size "
                                               "there is"),
                     (long long)left_out, (long long)all);
  remedy->keeps = 1 - (double)left_out / (2 * (double)all);
  remedy->badge = SCOPE_BADGE_LOSES;
  remedy->likelihood = 0.72;
  remedy->bytes = 0;
}

void
scope_remedy_cat (ScopeFinder *finder)
{
  bool cat = scope_finder_is (finder, "cat"), stack = scope_finder_is (finder, "stack");
  const ScopeSyntax *call = scope_finder_syntax (finder);
  int lowest, rank = common_rank (finder, &lowest), axis = -1;
  if ((!cat && !stack && !scope_finder_is (finder, "hstack vstack dstack column_stack"))
      || call == NULL || call->kind != SCOPE_SYNTAX_CALL || rank < 0)
    return;
  ScopeDialect dialect = finder->node->dialect;
  if (rank > lowest)
    for (int place = 0; place <= lowest; place++)
      raise_all (finder, rank, place);
  if (rank == lowest && all_equal (finder) && cat)
    call_instead (finder, stacks[dialect], -1, SCOPE_REMEDY_STACK, 0.88,
                  SCOPE_TEXT ("Stack instead of joining"),
                  SCOPE_TEXT ("keeps every value and puts the tensors next to each other along a "
                              "new axis"));
  int differing = rank == lowest && rank > 0 ? count_differing (finder, &axis) : 0;
  if (cat && differing == 1)
    join_along (finder, axis, 0.75);
  if (stack && differing == 1)
    call_instead (finder, joins[dialect], axis, SCOPE_REMEDY_CONCAT, 0.75,
                  SCOPE_TEXT ("Join instead of stacking"),
                  SCOPE_TEXT ("keeps every value and joins them along the axis where sizes may "
                              "differ; no new axis"));
  if (finder->failure->operands > 2 && rank == lowest)
    {
      const ScopeValue *dim = scope_finder_argument (finder, "dim");
      int joined = !cat ? -1 : dim == NULL ? 0 : (int)dim->integer;
      cut_all (finder, rank, joined < 0 && cat ? joined + rank : joined);
    }
}
