/* Axes that are not there: the nearest one that is, or an axis put in. */
#include "advice/finder.h"

/* The axis nearest to one that is out of range; the same when it is in range. */
static int64_t
nearest_axis (int64_t axis, int rank)
{
  if (rank == 0)
    return 0;
  return axis >= rank ? rank - 1 : axis < -rank ? -rank : axis;
}

static void
describe (ScopeFinder *finder,
          ScopeRemedy *remedy,
          int64_t from,
          int64_t to,
          int rank,
          double likelihood)
{
  if (remedy == NULL)
    return;
  scope_text_printf (&remedy->title, scope_finder_say (finder, "Take axis %lld"), (long long)to);
  if (from == to)
    scope_text_printf (&remedy->sentence,
                       scope_finder_say (finder, "uses the axes that are there: 0 to %d"),
                       rank - 1);
  else
    scope_text_printf (&remedy->sentence,
                       scope_finder_say (finder, "there is axis %lld where %lld was asked for; "
                                                 "axes count from 0 to %d"),
                       (long long)to, (long long)from, rank - 1);
  remedy->keeps = 1;
  remedy->exact = true;
  remedy->badge = SCOPE_BADGE_EXACT;
  remedy->likelihood = likelihood;
}

/* Every axis out of range becomes the nearest that is there. */
static void
clamp_axes (ScopeFinder *finder, const ScopeWrittenNumber *number, int numbers, int rank)
{
  ScopeEdits edits = { 0 };
  ScopeText snippet = { 0 };
  int64_t from = 0, to = 0;
  for (int i = 0; i < numbers; i++)
    {
      int64_t axis = nearest_axis (number[i].value, rank);
      if (axis == number[i].value)
        continue;
      from = number[i].value;
      to = axis;
      scope_text_clear (&snippet);
      scope_text_printf (&snippet, "%lld", (long long)axis);
      scope_edits_replace (&edits, number[i].span.begin, number[i].span.end,
                           scope_text_string (&snippet));
    }
  if (edits.edits > 0)
    describe (
        finder,
        scope_finder_offer_edits (finder, SCOPE_REMEDY_AXIS, &edits, scope_text_string (&snippet)),
        from, to, rank, 0.88);
  scope_edits_clear (&edits);
  scope_text_clear (&snippet);
}

static void
try_other_axes (ScopeFinder *finder, const ScopeWrittenNumber *number, int numbers, int rank)
{
  for (int i = 0; i < numbers && rank <= SCOPE_FINDER_SEARCHED; i++)
    for (int axis = rank - 1; axis >= 0; axis--)
      {
        ScopeText text = { 0 };
        scope_text_printf (&text, "%d", axis);
        if (axis != number[i].value)
          describe (finder,
                    scope_finder_offer_text (finder, SCOPE_REMEDY_AXIS, number[i].span,
                                             scope_text_string (&text)),
                    number[i].value, axis, rank, 0.6);
        scope_text_clear (&text);
      }
}

void
scope_remedy_argument (ScopeFinder *finder)
{
  const ScopeShape *shape = scope_finder_shape (finder, 0);
  ScopeWrittenNumber number[SCOPE_FINDER_NUMBERS];
  if (finder->failure->rule != SCOPE_RULE_AXIS || shape == NULL)
    return;
  int rank = shape->rank;
  bool puts_in = scope_finder_is (finder, "unsqueeze stack");
  int numbers = scope_finder_numbers (finder, finder->failure->span, number);
  clamp_axes (finder, number, numbers, rank + puts_in);
  if (!puts_in)
    {
      int before[SCOPE_MAX_RANK + 1] = { 0 };
      before[rank] = 1;
      scope_change_unsqueeze (finder, 0, before, 0.55);
      before[rank] = 0;
      before[0] = 1;
      scope_change_unsqueeze (finder, 0, before, 0.57);
    }
  try_other_axes (finder, number, numbers, rank + puts_in);
}
