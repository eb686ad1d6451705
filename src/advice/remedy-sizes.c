/* Remedies that change sizes with a meaning: zeros behind, averages of whole blocks, repeats. */
#include "advice/finder.h"

#include "core/checked.h"

enum
{
  FEW = 3, /* a few zeros at the end are likely; many are not */
};

static bool
compares_sizes (const ScopeFinder *finder)
{
  const ScopeFailure *failure = finder->failure;
  if (!scope_finder_compares (finder) || failure->operands != 2 || failure->axes == 0)
    return false;
  for (int i = 0; i < failure->axes; i++)
    if (failure->axis[i].operand[0] != 0 || failure->axis[i].operand[1] != 1
        || failure->axis[i].size[0] < 1 || failure->axis[i].size[1] < 1)
      return false;
  return true;
}

/* Whether every failing size of `operand` is the larger (or smaller) one. */
static bool
all_larger (const ScopeFinder *finder, int operand)
{
  for (int i = 0; i < finder->failure->axes; i++)
    if (finder->failure->axis[i].size[operand] < finder->failure->axis[i].size[!operand])
      return false;
  return true;
}

/* A target is what it is: only what is read can be changed, and only axes that it has. */
static bool
can_change (const ScopeFinder *finder, int operand)
{
  for (int i = 0; i < finder->failure->axes; i++)
    if (scope_finder_own_axis (finder, operand, finder->failure->axis[i].axis) < 0)
      return false;
  return operand == 1 || finder->node->op->align != SCOPE_ALIGN_ASSIGN;
}

/* Zeros behind the smaller operand. */
static void
offer_pad (ScopeFinder *finder, int operand)
{
  const ScopeFailure *failure = finder->failure;
  const ScopeShape *shape = &failure->operand[operand].shape;
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_PAD, .rank = shape->rank };
  double keeps = 1;
  bool few = true;
  for (int i = 0; i < failure->axes; i++)
    {
      int64_t from = failure->axis[i].size[operand], to = failure->axis[i].size[!operand];
      phrase.number[scope_finder_own_axis (finder, operand, failure->axis[i].axis)] = to - from;
      keeps *= (double)from / (double)to;
      few &= to - from <= FEW;
    }
  ScopeRemedy *remedy = scope_finder_offer (finder, SCOPE_REMEDY_PAD, operand, &phrase);
  if (remedy == NULL)
    return;
  ScopeText share = { 0 };
  scope_text_append_rounded (&share, 100 * (1 - keeps), 3);
  scope_finder_title (finder, remedy, "Pad %s", operand);
  scope_text_printf (&remedy->sentence,
                     scope_finder_say (finder, "keeps every value and puts zeros behind: %s %% of "
                                               "the padded tensor"),
                     scope_text_string (&share));
  scope_text_clear (&share);
  remedy->keeps = 1;
  remedy->invents = 1 - keeps;
  remedy->badge = SCOPE_BADGE_INVENTS;
  bool from_one = failure->axis[0].size[operand] == 1; /* rather to be stretched */
  remedy->likelihood = few && !from_one ? 0.85 : 0.3;
}

/* from = factor · to on the only failing axis: blocks are averaged. */
static void
offer_average (ScopeFinder *finder, int operand, bool near)
{
  const ScopeFailingAxis *axis = &finder->failure->axis[0];
  if (finder->failure->axes == 1)
    scope_change_average (finder, operand, scope_finder_own_axis (finder, operand, axis->axis),
                          axis->size[!operand], near, near ? 0.55 : 0.5);
}

/* The smaller operand a whole number of times. */
static void
offer_repeat (ScopeFinder *finder, int operand)
{
  const ScopeFailure *failure = finder->failure;
  const ScopeShape *shape = &failure->operand[operand].shape;
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_TILE, .rank = shape->rank };
  for (int i = 0; i < shape->rank; i++)
    phrase.number[i] = 1;
  for (int i = 0; i < failure->axes; i++)
    {
      int64_t from = failure->axis[i].size[operand], to = failure->axis[i].size[!operand];
      if (to % from != 0)
        return;
      phrase.number[scope_finder_own_axis (finder, operand, failure->axis[i].axis)] = to / from;
    }
  ScopeRemedy *remedy = scope_finder_offer (finder, SCOPE_REMEDY_REPEAT, operand, &phrase);
  if (remedy == NULL)
    return;
  scope_finder_title (finder, remedy, "Repeat %s", operand);
  scope_text_append (&remedy->sentence,
                     scope_finder_say (finder, "copies the values end to end; none is made up"));
  remedy->keeps = 1;
  remedy->badge = SCOPE_BADGE_REORDERS;
  remedy->likelihood = 0.35;
}

/* Axes of 1 that would stretch in a sum do not where tensors are joined: they are stretched first.
 */
static void
offer_expand (ScopeFinder *finder, int operand)
{
  const ScopeFailure *failure = finder->failure;
  ScopeShape to = failure->operand[operand].shape;
  if (finder->node->op->align != SCOPE_ALIGN_JOIN && finder->node->op->align != SCOPE_ALIGN_MATCH)
    return;
  for (int i = 0; i < failure->axes; i++)
    {
      int own = scope_finder_own_axis (finder, operand, failure->axis[i].axis);
      if (failure->axis[i].size[operand] != 1)
        return;
      to.size[own] = failure->axis[i].size[!operand];
    }
  scope_change_expand (finder, operand, &to, 0.8);
}

void
scope_remedy_sizes (ScopeFinder *finder)
{
  if (!compares_sizes (finder))
    return;
  for (int operand = 1; operand >= 0; operand--)
    {
      if (!can_change (finder, operand))
        continue;
      if (all_larger (finder, !operand))
        {
          offer_expand (finder, operand);
          offer_pad (finder, operand);
          offer_repeat (finder, operand);
        }
      if (all_larger (finder, operand))
        {
          offer_average (finder, operand, true);
          offer_average (finder, operand, false);
        }
    }
}
