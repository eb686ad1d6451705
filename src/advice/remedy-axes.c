/* Remedies that leave every value and change the axes: one of 1 put in or taken out, another order,
 * another shape of as many values. */
#include "advice/finder.h"

#include "core/checked.h"

#include <string.h>

/* Whether `from` broadcasts to something with `to`; for an assignment: to `to` itself. */
static bool
would_fit (const ScopeFinder *finder, const ScopeShape *to, const ScopeShape *from)
{
  ScopeAlign align = finder->node->op->align;
  if (align == SCOPE_ALIGN_ASSIGN && from->rank > to->rank)
    return false;
  for (int i = 1; i <= from->rank && i <= to->rank; i++)
    {
      int64_t a = to->size[to->rank - i], b = from->size[from->rank - i];
      if (a != b && b != 1 && (align == SCOPE_ALIGN_ASSIGN || a != 1))
        return false;
    }
  return true;
}

/* The values stay what and where they are. */
static void
describe (const ScopeFinder *finder,
          ScopeRemedy *remedy,
          const char *title,
          const char *sentence,
          int operand,
          double likelihood)
{
  if (remedy == NULL)
    return;
  scope_finder_title (finder, remedy, title, operand);
  scope_text_append (&remedy->sentence, scope_finder_say (finder, sentence));
  remedy->keeps = 1;
  remedy->exact = true;
  remedy->bytes = 0;
  remedy->likelihood = likelihood;
}

/* `[:, None, None]`: the operand's axes, in order, find equal ones of the other; what lies between
 * is put in. */
static void
offer_unsqueeze (ScopeFinder *finder, int operand)
{
  const ScopeShape *from = &finder->failure->operand[operand].shape;
  const ScopeShape *to = &finder->failure->operand[!operand].shape;
  ScopeShape changed = { 0 };
  ScopeText index = { 0 };
  int own = 0;
  if (from->rank == 0 || from->rank >= to->rank)
    return;
  scope_text_append (&index, "[");
  for (int axis = 0; axis < to->rank; axis++)
    {
      bool taken = own < from->rank && from->size[own] == to->size[axis];
      if (!taken && own == 0)
        continue; /* a leading axis needs no word: it is filled in anyway */
      scope_text_append (&index, changed.rank > 0 ? ", " : "");
      scope_text_append (&index, taken ? ":" : "None");
      changed.size[changed.rank++] = taken ? from->size[own] : 1;
      own += taken;
    }
  scope_text_append (&index, "]");
  if (own == from->rank && changed.rank > from->rank && would_fit (finder, to, &changed))
    {
      ScopePhrase phrase = { .kind = SCOPE_PHRASE_INDEX, .text = scope_text_string (&index) };
      describe (finder, scope_finder_offer (finder, SCOPE_REMEDY_UNSQUEEZE, operand, &phrase),
                "Give %s the missing axis",
                SCOPE_TEXT ("puts in axes of size 1; every value stays"), operand, 0.95);
    }
  scope_text_clear (&index);
}

/* An axis of 1 that is too many. */
static void
offer_squeeze (ScopeFinder *finder, int operand)
{
  const ScopeShape *from = &finder->failure->operand[operand].shape;
  const ScopeShape *to = &finder->failure->operand[!operand].shape;
  if (from->rank <= to->rank)
    return;
  for (int axis = 0; axis < from->rank; axis++)
    {
      ScopeShape changed = *from;
      if (from->size[axis] != 1)
        continue;
      changed.rank--;
      memmove (changed.size + axis, changed.size + axis + 1,
               (size_t)(changed.rank - axis) * sizeof *changed.size);
      if (!would_fit (finder, to, &changed))
        continue;
      ScopePhrase phrase = { .kind = SCOPE_PHRASE_SQUEEZE, .axis = axis };
      describe (finder, scope_finder_offer (finder, SCOPE_REMEDY_SQUEEZE, operand, &phrase),
                "Take the axis of 1 out of %s",
                SCOPE_TEXT ("drops an axis of size 1; every value stays"), operand, 0.95);
      return;
    }
}

/* The same sizes in another order. */
static void
offer_permute (ScopeFinder *finder, int operand)
{
  const ScopeShape *from = &finder->failure->operand[operand].shape;
  const ScopeShape *to = &finder->failure->operand[!operand].shape;
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_PERMUTE, .rank = from->rank };
  bool used[SCOPE_MAX_RANK] = { false };
  if (from->rank != to->rank || from->rank < 2)
    return;
  for (int axis = 0; axis < to->rank; axis++)
    {
      int found = -1;
      for (int i = 0; i < from->rank && found < 0; i++)
        if (!used[i] && from->size[i] == to->size[axis])
          found = i;
      if (found < 0)
        return;
      used[found] = true;
      phrase.number[axis] = found;
    }
  ScopeRemedy *remedy = scope_finder_offer (finder, SCOPE_REMEDY_PERMUTE, operand, &phrase);
  describe (finder, remedy, "Reorder the axes of %s",
            SCOPE_TEXT ("the same sizes in another order; every value stays with its meaning"),
            operand, 0.92);
  if (remedy != NULL)
    remedy->badge = SCOPE_BADGE_REORDERS;
}

/* As many values in another shape: right only when they lie in the right order, hence last. */
static void
offer_reshape (ScopeFinder *finder, int operand)
{
  const ScopeShape *from = &finder->failure->operand[operand].shape;
  const ScopeShape *to = &finder->failure->operand[!operand].shape;
  int64_t a, b;
  if (!scope_shape_count (from, &a, NULL) || !scope_shape_count (to, &b, NULL) || a != b || a < 2
      || to->rank == 0)
    return;
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_RESHAPE, .rank = to->rank };
  memcpy (phrase.number, to->size, sizeof phrase.number);
  ScopeRemedy *remedy = scope_finder_offer (finder, SCOPE_REMEDY_RESHAPE, operand, &phrase);
  describe (finder, remedy, "Reshape %s", SCOPE_TEXT ("as many values, read in memory order"),
            operand, 0.1);
  if (remedy == NULL)
    return;
  scope_text_append (&remedy->caution,
                     scope_finder_say (finder, "This keeps the order in memory, so rows and "
                                               "columns mix unless they lie that way already."));
  remedy->badge = SCOPE_BADGE_REORDERS;
}

void
scope_remedy_axes (ScopeFinder *finder)
{
  const ScopeOp *op = finder->node->op;
  if (op == NULL || finder->failure->operands != 2
      || (op->align != SCOPE_ALIGN_BROADCAST && op->align != SCOPE_ALIGN_ASSIGN)
      || !scope_shape_is_known (&finder->failure->operand[0].shape)
      || !scope_shape_is_known (&finder->failure->operand[1].shape))
    return;
  int first = op->align == SCOPE_ALIGN_ASSIGN ? 1 : 0;
  for (int operand = 1; operand >= first; operand--)
    {
      offer_unsqueeze (finder, operand);
      offer_squeeze (finder, operand);
    }
  offer_permute (finder, 1);
  offer_reshape (finder, 1);
}
