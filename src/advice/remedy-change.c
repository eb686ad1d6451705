/* Changes of one operand: the words and the weights of each, wherever it is proposed. */
#include "advice/finder.h"

#include "core/checked.h"

#include <string.h>

enum
{
  FEW = 3, /* so few places more or less are an accident of rounding */
};

/* The values stay what they are. */
static ScopeRemedy *
keep_all (ScopeFinder *finder,
          ScopeRemedy *remedy,
          const char *title,
          int operand,
          double likelihood,
          ScopeBadge badge,
          const char *sentence)
{
  if (remedy == NULL)
    return NULL;
  scope_finder_title (finder, remedy, title, operand);
  scope_finder_judge (finder, remedy, likelihood, badge, sentence);
  return remedy;
}

ScopeRemedy *
scope_change_unsqueeze (ScopeFinder *finder, int operand, const int *before, double likelihood)
{
  const ScopeShape *shape = scope_finder_shape (finder, operand);
  ScopeText index = { 0 };
  int last = -1, written = 0;
  if (shape == NULL)
    return NULL;
  /* Axes behind the last new one need no word. */
  for (int axis = 0; axis <= shape->rank; axis++)
    if (before[axis] > 0)
      last = axis;
  for (int axis = 0; axis <= last; axis++)
    {
      for (int i = 0; i < before[axis]; i++)
        scope_text_append (&index, written++ > 0 ? ", None" : "[None");
      if (axis < last)
        scope_text_append (&index, written++ > 0 ? ", :" : "[:");
    }
  scope_text_append (&index, "]");
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_INDEX, .text = scope_text_string (&index) };
  ScopeRemedy *remedy =
      last < 0 ? NULL : scope_finder_offer (finder, SCOPE_REMEDY_UNSQUEEZE, operand, &phrase);
  scope_text_clear (&index);
  keep_all (finder, remedy, SCOPE_TEXT ("Give %s the missing axis"), operand, likelihood,
            SCOPE_BADGE_EXACT, SCOPE_TEXT ("puts in axes of size 1; every value stays"));
  if (remedy != NULL)
    remedy->bytes = 0;
  return remedy;
}

ScopeRemedy *
scope_change_squeeze (ScopeFinder *finder, int operand, int axis, double likelihood)
{
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_SQUEEZE, .axis = axis };
  ScopeRemedy *remedy =
      keep_all (finder, scope_finder_offer (finder, SCOPE_REMEDY_SQUEEZE, operand, &phrase),
                SCOPE_TEXT ("Take the axis of 1 out of %s"), operand, likelihood, SCOPE_BADGE_EXACT,
                SCOPE_TEXT ("drops an axis of size 1; every value stays"));
  if (remedy != NULL)
    remedy->bytes = 0;
  return remedy;
}

/* `A.T` without its `.T`. */
static ScopeRemedy *
leave_out_transpose (ScopeFinder *finder, int operand, double likelihood)
{
  const ScopeExpression *expression = finder->program->expression;
  ScopeSpan span = finder->failure->operand[operand].span;
  for (int i = 0; i < expression->nodes; i++)
    {
      const ScopeSyntax *syntax = &expression->node[i];
      if (syntax->kind != SCOPE_SYNTAX_ATTRIBUTE || syntax->span.begin != span.begin
          || syntax->span.end != span.end
          || (strcmp (syntax->text, "T") != 0 && strcmp (syntax->text, "mT") != 0))
        continue;
      ScopeSpan dot = { expression->node[syntax->child[0]].span.end, span.end };
      ScopeRemedy *remedy =
          keep_all (finder, scope_finder_offer_text (finder, SCOPE_REMEDY_TRANSPOSE, dot, ""),
                    SCOPE_TEXT ("Leave %s as it was"), operand, likelihood, SCOPE_BADGE_REORDERS,
                    SCOPE_TEXT ("leaves out the transpose; every value stays"));
      if (remedy != NULL)
        remedy->bytes = 0;
      return remedy;
    }
  return NULL;
}

ScopeRemedy *
scope_change_transpose (ScopeFinder *finder, int operand, double likelihood)
{
  const ScopeShape *shape = scope_finder_shape (finder, operand);
  if (shape == NULL || shape->rank < 2)
    return NULL;
  ScopeRemedy *plain = leave_out_transpose (finder, operand, likelihood);
  if (plain != NULL)
    return plain;
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_TRANSPOSE, .rank = shape->rank };
  ScopeRemedy *remedy =
      keep_all (finder, scope_finder_offer (finder, SCOPE_REMEDY_TRANSPOSE, operand, &phrase),
                SCOPE_TEXT ("Transpose %s"), operand, likelihood, SCOPE_BADGE_REORDERS,
                SCOPE_TEXT ("exchanges the last two axes; every value stays, nothing is copied"));
  if (remedy != NULL)
    remedy->bytes = 0;
  return remedy;
}

ScopeRemedy *
scope_change_permute (ScopeFinder *finder, int operand, const int *order, double likelihood)
{
  const ScopeShape *shape = scope_finder_shape (finder, operand);
  if (shape == NULL || shape->rank < 2)
    return NULL;
  bool same = true, last_two = true;
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_PERMUTE, .rank = shape->rank };
  for (int i = 0; i < shape->rank; i++)
    {
      int exchanged = i == shape->rank - 1 ? i - 1 : i == shape->rank - 2 ? i + 1 : i;
      phrase.number[i] = order[i];
      same &= order[i] == i;
      last_two &= order[i] == exchanged;
    }
  if (same)
    return NULL;
  if (last_two)
    return scope_change_transpose (finder, operand, likelihood);
  ScopeRemedy *remedy =
      keep_all (finder, scope_finder_offer (finder, SCOPE_REMEDY_PERMUTE, operand, &phrase),
                SCOPE_TEXT ("Reorder the axes of %s"), operand, likelihood, SCOPE_BADGE_REORDERS,
                SCOPE_TEXT ("the same sizes in another order; every value stays with its meaning"));
  if (remedy != NULL)
    remedy->bytes = 0;
  return remedy;
}

ScopeRemedy *
scope_change_flatten (ScopeFinder *finder, int operand, int first, int last, double likelihood)
{
  const ScopeShape *shape = scope_finder_shape (finder, operand);
  int64_t joined = 1;
  if (shape == NULL || first >= last || last >= shape->rank)
    return NULL;
  for (int axis = first; axis <= last; axis++)
    if (!scope_checked_mul (joined, shape->size[axis], &joined))
      return NULL;
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_FLATTEN, .axis = first };
  for (int axis = 0; axis < shape->rank; axis++)
    if (axis <= first || axis > last)
      phrase.number[phrase.rank++] = axis == first ? joined : shape->size[axis];
  phrase.to_end = last == shape->rank - 1;
  return keep_all (finder, scope_finder_offer (finder, SCOPE_REMEDY_FLATTEN, operand, &phrase),
                   SCOPE_TEXT ("Flatten %s"), operand, likelihood, SCOPE_BADGE_EXACT,
                   SCOPE_TEXT ("joins neighbouring axes into one; every value stays in its place"));
}

ScopeRemedy *
scope_change_reshape (ScopeFinder *finder, int operand, const ScopeShape *to, double likelihood)
{
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_RESHAPE, .rank = to->rank };
  memcpy (phrase.number, to->size, sizeof phrase.number);
  ScopeRemedy *remedy =
      keep_all (finder, scope_finder_offer (finder, SCOPE_REMEDY_RESHAPE, operand, &phrase),
                SCOPE_TEXT ("Reshape %s"), operand, likelihood, SCOPE_BADGE_REORDERS,
                SCOPE_TEXT ("as many values, read in memory order"));
  if (remedy != NULL)
    {
      scope_text_append (&remedy->caution,
                         scope_finder_say (finder,
                                           "This keeps the order in memory, so rows and "
                                           "columns mix unless they lie that way already."));
    }
  return remedy;
}

/* ---- sizes ---------------------------------------------------------------------------------- */

/* `5 of 8 columns`, `(60 %)` */
static void
print_share (const ScopeFinder *finder,
             int operand,
             int axis,
             int64_t size,
             ScopeText *list,
             ScopeText *percent)
{
  const ScopeShape *shape = &finder->failure->operand[operand].shape;
  ScopeText lines = { 0 };
  scope_finder_print_lines (finder, axis - shape->rank, axis, &lines);
  scope_text_printf (list, scope_finder_say (finder, "%lld of %lld %s"), (long long)size,
                     (long long)shape->size[axis], scope_text_string (&lines));
  scope_text_append_rounded (percent, 100 * (double)size / (double)shape->size[axis], 3);
  scope_text_clear (&lines);
}

/* `[:, 2:5]`: axes behind the cut one need no word; `[…, …]` names them all when the cut is the
 * whole remedy, as in the slices of assignments. */
static void
print_cut (const ScopeShape *shape, int axis, int64_t start, int64_t size, ScopeText *out)
{
  for (int i = 0; i < shape->rank; i++)
    {
      scope_text_append (out, i == 0 ? "[" : ", ");
      if (i == axis && start > 0 && start + size == shape->size[axis])
        scope_text_printf (out, "-%lld:", (long long)size);
      else if (i == axis && start > 0)
        scope_text_printf (out, "%lld:%lld", (long long)start, (long long)(start + size));
      else if (i == axis)
        scope_text_printf (out, ":%lld", (long long)size);
      else
        scope_text_append (out, ":");
    }
  scope_text_append (out, "]");
}

ScopeRemedy *
scope_change_cut (ScopeFinder *finder,
                  int operand,
                  int axis,
                  int64_t start,
                  int64_t size,
                  double likelihood)
{
  const ScopeShape *shape = scope_finder_shape (finder, operand);
  if (shape == NULL || axis < 0 || axis >= shape->rank || size < 1 || start < 0
      || start + size > shape->size[axis] || size == shape->size[axis])
    return NULL;
  bool end = start > 0 && start + size == shape->size[axis];
  bool few = shape->size[axis] - size <= FEW && size > 2 * FEW;
  ScopeText index = { 0 };
  print_cut (shape, axis, start, size, &index);
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_INDEX, .text = scope_text_string (&index) };
  ScopeRemedy *remedy =
      scope_finder_offer (finder, few ? SCOPE_REMEDY_CROP : SCOPE_REMEDY_SLICE, operand, &phrase);
  scope_text_clear (&index);
  if (remedy == NULL)
    return NULL;
  ScopeText list = { 0 }, percent = { 0 };
  print_share (finder, operand, axis, size, &list, &percent);
  scope_finder_title (finder, remedy,
                      end         ? SCOPE_TEXT ("Take the end of %s")
                      : start > 0 ? SCOPE_TEXT ("Take the middle of %s")
                      : few       ? SCOPE_TEXT ("Crop %s")
                                  : SCOPE_TEXT ("Slice %s"),
                      operand);
  scope_text_printf (&remedy->sentence,
                     scope_finder_say (finder, end ? SCOPE_TEXT ("keeps the last %s (%s %%)")
                                               : start > 0
                                                   ? SCOPE_TEXT ("keeps the middle %s (%s %%)")
                                                   : SCOPE_TEXT ("keeps the first %s (%s %%)")),
                     scope_text_string (&list), scope_text_string (&percent));
  scope_text_clear (&list);
  scope_text_clear (&percent);
  remedy->keeps = shape->size[axis] > 0 ? (double)size / (double)shape->size[axis] : 1;
  remedy->badge = SCOPE_BADGE_LOSES;
  remedy->bytes = 0;
  remedy->likelihood = few ? likelihood + 0.2 * (0.9 - likelihood) : likelihood;
  return remedy;
}

ScopeRemedy *
scope_change_pick (ScopeFinder *finder, int operand, int axis, double likelihood)
{
  const ScopeShape *shape = scope_finder_shape (finder, operand);
  if (shape == NULL || axis < 0 || axis >= shape->rank || shape->size[axis] < 1)
    return NULL;
  ScopeText index = { 0 };
  for (int i = 0; i < axis; i++)
    scope_text_append (&index, i == 0 ? "[:" : ", :");
  scope_text_append (&index, axis == 0 ? "[0]" : ", 0]");
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_INDEX, .text = scope_text_string (&index) };
  ScopeRemedy *remedy = scope_finder_offer (finder, SCOPE_REMEDY_SLICE, operand, &phrase);
  scope_text_clear (&index);
  if (remedy == NULL)
    return NULL;
  scope_finder_title (finder, remedy, SCOPE_TEXT ("Take one place of %s"), operand);
  scope_text_printf (&remedy->sentence,
                     scope_finder_say (finder, "takes the first of %lld places of axis %d, which "
                                               "goes"),
                     (long long)shape->size[axis], axis);
  remedy->keeps = 1 / (double)shape->size[axis];
  remedy->exact = shape->size[axis] == 1;
  remedy->badge = remedy->exact ? SCOPE_BADGE_EXACT : SCOPE_BADGE_LOSES;
  remedy->bytes = 0;
  remedy->likelihood = remedy->exact ? 0.9 * likelihood + 0.1 : likelihood;
  return remedy;
}

ScopeRemedy *
scope_change_pad (ScopeFinder *finder, int operand, int axis, int64_t size, double likelihood)
{
  const ScopeShape *shape = scope_finder_shape (finder, operand);
  if (shape == NULL || axis < 0 || axis >= shape->rank || size <= shape->size[axis])
    return NULL;
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_PAD, .rank = shape->rank };
  phrase.number[axis] = size - shape->size[axis];
  ScopeRemedy *remedy = scope_finder_offer (finder, SCOPE_REMEDY_PAD, operand, &phrase);
  if (remedy == NULL)
    return NULL;
  double made_up = 1 - (double)shape->size[axis] / (double)size;
  ScopeText share = { 0 };
  scope_text_append_rounded (&share, 100 * made_up, 3);
  scope_finder_title (finder, remedy, SCOPE_TEXT ("Pad %s"), operand);
  scope_text_printf (&remedy->sentence,
                     scope_finder_say (finder, "keeps every value and puts zeros behind: %s %% of "
                                               "the padded tensor"),
                     scope_text_string (&share));
  scope_text_clear (&share);
  remedy->keeps = 1;
  remedy->invents = made_up;
  remedy->badge = SCOPE_BADGE_INVENTS;
  remedy->likelihood =
      size - shape->size[axis] <= FEW ? likelihood + 0.5 * (0.9 - likelihood) : likelihood;
  return remedy;
}

ScopeRemedy *
scope_change_repeat (ScopeFinder *finder, int operand, int axis, int64_t times, double likelihood)
{
  const ScopeShape *shape = scope_finder_shape (finder, operand);
  if (shape == NULL || axis < 0 || axis >= shape->rank || times < 2)
    return NULL;
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_TILE, .rank = shape->rank };
  for (int i = 0; i < shape->rank; i++)
    phrase.number[i] = i == axis ? times : 1;
  return keep_all (finder, scope_finder_offer (finder, SCOPE_REMEDY_REPEAT, operand, &phrase),
                   SCOPE_TEXT ("Repeat %s"), operand, likelihood, SCOPE_BADGE_REORDERS,
                   SCOPE_TEXT ("copies the values end to end; none is made up"));
}

ScopeRemedy *
scope_change_average (ScopeFinder *finder,
                      int operand,
                      int axis,
                      int64_t size,
                      bool near,
                      double likelihood)
{
  const ScopeShape *shape = scope_finder_shape (finder, operand);
  if (shape == NULL || axis < 0 || axis >= shape->rank || shape->rank >= SCOPE_MAX_RANK || size < 2
      || shape->size[axis] % size != 0 || shape->size[axis] / size < 2)
    return NULL;
  int64_t from = shape->size[axis], factor = from / size;
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_FOLD_MEAN, .rank = shape->rank + 1 };
  phrase.axis = near ? axis + 1 : axis;
  for (int i = 0; i < phrase.rank; i++)
    phrase.number[i] = i < axis           ? shape->size[i]
                       : i > axis + 1     ? shape->size[i - 1]
                       : i == phrase.axis ? factor
                                          : size;
  ScopeRemedy *remedy =
      scope_finder_offer (finder, near ? SCOPE_REMEDY_POOL : SCOPE_REMEDY_FOLD, operand, &phrase);
  if (remedy == NULL)
    return NULL;
  scope_finder_title (finder, remedy,
                      near ? SCOPE_TEXT ("Pool %s") : SCOPE_TEXT ("Fold and average %s"), operand);
  scope_text_printf (
      &remedy->sentence,
      scope_finder_say (finder,
                        near ? SCOPE_TEXT (
                            "%lld = %lld × %lld: averages each %lld neighbours; every value counts")
                             : SCOPE_TEXT ("%lld = %lld × %lld: lays %lld blocks over each other "
                                           "and averages them; every value counts")),
      (long long)from, (long long)(near ? size : factor), (long long)(near ? factor : size),
      (long long)factor);
  remedy->keeps = 1;
  remedy->invents = 1;
  remedy->badge = SCOPE_BADGE_INVENTS;
  remedy->likelihood = likelihood;
  return remedy;
}

ScopeRemedy *
scope_change_expand (ScopeFinder *finder, int operand, const ScopeShape *to, double likelihood)
{
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_EXPAND, .rank = to->rank };
  memcpy (phrase.number, to->size, sizeof phrase.number);
  ScopeRemedy *remedy =
      keep_all (finder, scope_finder_offer (finder, SCOPE_REMEDY_EXPAND, operand, &phrase),
                SCOPE_TEXT ("Expand %s"), operand, likelihood, SCOPE_BADGE_EXACT,
                SCOPE_TEXT ("repeats axes of size 1 without a copy; every value stays"));
  if (remedy != NULL)
    remedy->bytes = 0;
  return remedy;
}

void
scope_change_size (ScopeFinder *finder, int operand, int axis, int64_t size, double weight)
{
  const ScopeShape *shape = scope_finder_shape (finder, operand);
  if (shape == NULL || axis < 0 || axis >= shape->rank || size < 0)
    return;
  int64_t from = shape->size[axis];
  if (from > size)
    {
      scope_change_cut (finder, operand, axis, 0, size, 0.7 * weight);
      scope_change_average (finder, operand, axis, size, true, 0.5 * weight);
      scope_change_average (finder, operand, axis, size, false, 0.45 * weight);
    }
  else if (from < size)
    {
      scope_change_pad (finder, operand, axis, size, 0.4 * weight);
      if (from > 0 && size % from == 0)
        scope_change_repeat (finder, operand, axis, size / from, 0.45 * weight);
    }
}
