/* Remedies that leave every value and change the axes: one of 1 put in or taken out, another order,
 * another shape of as many values. */
#include "advice/finder.h"

#include "core/checked.h"

#include <string.h>

enum
{
  FEW = 3, /* sizes off by so few are an accident of rounding */
};

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

/* Whether two sizes are alike but for `off` places, an accident of rounding. */
static bool
is_near (int64_t a, int64_t b, int64_t off)
{
  return a == b || (a > 2 * off && b > 2 * off && (a > b ? a - b : b - a) <= off);
}

/* `[:, None, None]`: the operand's axes, in order, find equal ones of the other; what lies between
 * is put in. With sizes `off` by some places it is the first step of two. */
static void
offer_unsqueeze (ScopeFinder *finder, int operand, int64_t off)
{
  const ScopeShape *from = &finder->failure->operand[operand].shape;
  const ScopeShape *to = &finder->failure->operand[!operand].shape;
  ScopeShape changed = { 0 };
  int before[SCOPE_MAX_RANK + 1] = { 0 };
  int own = 0;
  if (from->rank == 0 || from->rank >= to->rank)
    return;
  for (int axis = 0; axis < to->rank; axis++)
    {
      bool taken = own < from->rank && is_near (from->size[own], to->size[axis], off);
      if (!taken && own == 0)
        continue; /* a leading axis needs no word: it is filled in anyway */
      changed.size[changed.rank++] = taken ? from->size[own] : 1;
      before[own] += !taken;
      own += taken;
    }
  if (own == from->rank && changed.rank > from->rank
      && (off > 0 || would_fit (finder, to, &changed)))
    scope_change_unsqueeze (finder, operand, before, 0.95);
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
      if (would_fit (finder, to, &changed)
          && scope_change_squeeze (finder, operand, axis, 0.95) != NULL)
        return;
    }
}

/* How many axes of `from`, in this order, differ from those of `to`. */
static int
count_misfits (const ScopeShape *from, const int *order, const ScopeShape *to)
{
  int misfits = 0;
  for (int axis = 0; axis < to->rank; axis++)
    misfits += from->size[order[axis]] != to->size[axis];
  return misfits;
}

/* The order of the operand's axes that leaves the fewest misfits, found greedily: equal sizes meet
 * first, in order, and what is left over fills the gaps. */
static int
find_order (const ScopeShape *from, const ScopeShape *to, int *order)
{
  bool used[SCOPE_MAX_RANK] = { false };
  for (int axis = 0; axis < to->rank; axis++)
    {
      order[axis] = -1;
      for (int i = 0; i < from->rank && order[axis] < 0; i++)
        if (!used[i] && from->size[i] == to->size[axis])
          order[axis] = i;
      if (order[axis] >= 0)
        used[order[axis]] = true;
    }
  for (int axis = 0; axis < to->rank; axis++)
    for (int i = 0; i < from->rank && order[axis] < 0; i++)
      if (!used[i])
        {
          order[axis] = i;
          used[i] = true;
        }
  return count_misfits (from, order, to);
}

/* The same sizes in another order; where one differs (a channel too many) as a first step. */
static void
offer_permute (ScopeFinder *finder, int operand)
{
  const ScopeShape *from = &finder->failure->operand[operand].shape;
  const ScopeShape *to = &finder->failure->operand[!operand].shape;
  int order[SCOPE_MAX_RANK];
  if (from->rank != to->rank || from->rank < 2)
    return;
  int misfits = find_order (from, to, order);
  if (misfits == 0 || (misfits == 1 && from->rank > 2 && finder->failure->axes > 1))
    scope_change_permute (finder, operand, order, 0.92);
}

/* Of axes that are too many in front, the first place each. */
static void
offer_first (ScopeFinder *finder, int operand)
{
  const ScopeShape *from = &finder->failure->operand[operand].shape;
  const ScopeShape *to = &finder->failure->operand[!operand].shape;
  int many = from->rank - to->rank;
  int64_t places = 1;
  if (many < 1)
    return;
  ScopeText index = { 0 };
  for (int axis = 0; axis < many; axis++)
    {
      scope_text_append (&index, axis == 0 ? "[0" : ", 0");
      if (from->size[axis] < 1 || !scope_checked_mul (places, from->size[axis], &places))
        places = INT64_MAX;
    }
  scope_text_append (&index, "]");
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_INDEX, .text = scope_text_string (&index) };
  ScopeRemedy *remedy = scope_finder_offer (finder, SCOPE_REMEDY_SLICE, operand, &phrase);
  scope_text_clear (&index);
  if (remedy == NULL)
    return;
  scope_finder_title (finder, remedy, SCOPE_TEXT ("Take one place of %s"), operand);
  scope_text_printf (&remedy->sentence,
                     scope_finder_say (finder, "takes the first of %lld places of the axes in "
                                               "front, which go"),
                     (long long)places);
  remedy->keeps = 1 / (double)places;
  remedy->exact = places == 1;
  remedy->badge = remedy->exact ? SCOPE_BADGE_EXACT : SCOPE_BADGE_LOSES;
  remedy->bytes = 0;
  remedy->likelihood = remedy->exact ? 0.9 : 0.35;
}

/* As many values in another shape: right only when they lie in the right order, hence last. */
static void
offer_reshape (ScopeFinder *finder, int operand)
{
  const ScopeShape *from = &finder->failure->operand[operand].shape;
  const ScopeShape *to = &finder->failure->operand[!operand].shape;
  int64_t a, b;
  if (scope_shape_count (from, &a, NULL) && scope_shape_count (to, &b, NULL) && a == b && a >= 2
      && to->rank > 0)
    scope_change_reshape (finder, operand, to, 0.1);
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
      offer_unsqueeze (finder, operand, 0);
      offer_unsqueeze (finder, operand, FEW);
      offer_squeeze (finder, operand);
    }
  if (first == 1)
    offer_first (finder, 1);
  offer_permute (finder, 1);
  offer_reshape (finder, 1);
}
