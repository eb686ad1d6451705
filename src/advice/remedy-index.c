/* Indices: too many of them, beyond the end, backwards where the framework refuses, a mask or an
 * index of another length. */
#include "advice/finder.h"

#include <string.h>

/* The syntax of the index of the failing subscript, or NULL. */
static const ScopeSyntax *
find_index (const ScopeFinder *finder)
{
  const ScopeExpression *expression = finder->program->expression;
  const ScopeSyntax *whole = scope_finder_syntax (finder);
  if (whole != NULL && whole->kind == SCOPE_SYNTAX_SUBSCRIPT)
    return &expression->node[whole->child[1]];
  const ScopeSyntax *statement = scope_finder_statement (finder);
  for (int i = 0; i < statement->children; i++)
    {
      const ScopeSyntax *child = &expression->node[statement->child[i]];
      if (child->kind == SCOPE_SYNTAX_SUBSCRIPT && child->target)
        return &expression->node[child->child[1]];
    }
  return NULL;
}

/* Whether an item of an index uses up an axis. */
static bool
takes_axis (const ScopeSyntax *item)
{
  return item->kind != SCOPE_SYNTAX_NONE && item->kind != SCOPE_SYNTAX_ELLIPSIS
         && item->kind != SCOPE_SYNTAX_ATTRIBUTE;
}

/* Leaves out the last indices, as many as are too many. */
static void
drop_indices (ScopeFinder *finder, const ScopeSyntax *index, int rank)
{
  const ScopeExpression *expression = finder->program->expression;
  if (rank == 0)
    {
      ScopeRemedy *whole = scope_finder_offer_text (finder, SCOPE_REMEDY_SLICE, index->span, "...");
      if (whole == NULL)
        return;
      scope_text_append (&whole->title, scope_finder_say (finder, "Take all of it"));
      scope_finder_judge (finder, whole, 0.8, SCOPE_BADGE_EXACT,
                          SCOPE_TEXT ("a tensor without axes is taken whole: [...]"));
      whole->bytes = 0;
      return;
    }
  if (index->kind != SCOPE_SYNTAX_TUPLE)
    return;
  int taken = 0, keep = 0;
  while (keep < index->children)
    {
      taken += takes_axis (&expression->node[index->child[keep]]);
      if (taken > rank)
        break;
      keep++;
    }
  if (keep == 0 || keep == index->children)
    return;
  ScopeSpan span = { expression->node[index->child[keep - 1]].span.end,
                     expression->node[index->child[index->children - 1]].span.end };
  ScopeRemedy *remedy = scope_finder_offer_text (finder, SCOPE_REMEDY_SLICE, span, "");
  if (remedy == NULL)
    return;
  scope_text_append (&remedy->title, scope_finder_say (finder, "Leave out indices"));
  scope_text_printf (&remedy->sentence,
                     scope_finder_say (finder, "uses as many indices as there are axes: %d"), rank);
  remedy->keeps = 1;
  remedy->exact = true;
  remedy->likelihood = 0.85;
  remedy->bytes = 0;
}

static void
describe_place (ScopeFinder *finder, ScopeRemedy *remedy, int64_t place, double likelihood)
{
  if (remedy == NULL)
    return;
  scope_text_printf (&remedy->title, scope_finder_say (finder, "Take place %lld"),
                     (long long)place);
  scope_text_append (&remedy->sentence,
                     scope_finder_say (finder, place < 0 ? SCOPE_TEXT ("takes the last place there "
                                                                       "is; places count from 0")
                                                         : SCOPE_TEXT ("takes a place that is "
                                                                       "there; places count from "
                                                                       "0")));
  remedy->keeps = 1;
  remedy->exact = true;
  remedy->likelihood = likelihood;
  remedy->bytes = 0;
}

/* A place beyond the end becomes the last. */
static void
clamp_places (ScopeFinder *finder, ScopeSpan within)
{
  const ScopeShape *shape = scope_finder_shape (finder, 0);
  ScopeWrittenNumber number[SCOPE_FINDER_NUMBERS];
  int numbers = scope_finder_numbers (finder, within, number);
  for (int i = 0; i < numbers; i++)
    {
      describe_place (finder,
                      scope_finder_offer_text (finder, SCOPE_REMEDY_SLICE, number[i].span, "-1"),
                      -1, 0.85);
      for (int axis = 0; shape != NULL && axis < shape->rank; axis++)
        if (shape->size[axis] > 0 && number[i].value >= shape->size[axis])
          {
            ScopeText text = { 0 };
            scope_text_printf (&text, "%lld", (long long)shape->size[axis] - 1);
            describe_place (finder,
                            scope_finder_offer_text (finder, SCOPE_REMEDY_SLICE, number[i].span,
                                                     scope_text_string (&text)),
                            shape->size[axis] - 1, 0.7);
            scope_text_clear (&text);
          }
    }
}

/* Whether a statement writes into a subscript. */
static bool
is_target (const ScopeFinder *finder, const ScopeSyntax *subscript)
{
  const ScopeSyntax *statement = scope_finder_statement (finder);
  return subscript->target || scope_finder_is (finder, "assign")
         || (statement->kind != SCOPE_SYNTAX_VALUE
             && statement->span.begin == subscript->span.begin);
}

/* `A[::-1]`, which PyTorch refuses: `A.flip(0)`. */
static void
flip_instead (ScopeFinder *finder, const ScopeSyntax *index)
{
  const ScopeExpression *expression = finder->program->expression;
  const ScopeSyntax *whole = scope_finder_syntax (finder);
  int items = index->kind == SCOPE_SYNTAX_TUPLE ? index->children : 1;
  ScopeText axes = { 0 }, text = { 0 };
  ScopeEdits edits = { 0 };
  for (int i = 0; i < items; i++)
    {
      const ScopeSyntax *item =
          index->kind == SCOPE_SYNTAX_TUPLE ? &expression->node[index->child[i]] : index;
      if (item->kind != SCOPE_SYNTAX_SLICE || item->child[2] < 0 || item->child[0] >= 0
          || item->child[1] >= 0)
        continue;
      const ScopeSyntax *step = &expression->node[item->child[2]];
      if (step->kind != SCOPE_SYNTAX_UNARY
          || expression->node[step->child[0]].kind != SCOPE_SYNTAX_INTEGER)
        continue;
      int64_t size = expression->node[step->child[0]].integer;
      scope_text_printf (&axes, axes.length > 0 ? ", %d" : "%d", i);
      scope_text_clear (&text);
      scope_text_append (&text, "::");
      scope_text_printf (&text, size == 1 ? "" : "%lld", (long long)size);
      scope_edits_replace (&edits, item->span.begin, item->span.end,
                           size == 1 ? ":" : scope_text_string (&text));
    }
  scope_text_clear (&text);
  if (edits.edits > 0 && whole != NULL && whole->kind == SCOPE_SYNTAX_SUBSCRIPT
      && !is_target (finder, whole))
    {
      scope_text_printf (&text, ".flip(%s)", scope_text_string (&axes));
      int32_t behind = finder->failure->operand[0].span.end;
      scope_edits_replace (&edits, behind, behind, scope_text_string (&text));
      ScopeRemedy *remedy = scope_finder_offer_edits (finder, SCOPE_REMEDY_PERMUTE, &edits,
                                                      scope_text_string (&text));
      if (remedy != NULL)
        {
          scope_text_append (&remedy->title, scope_finder_say (finder, "Flip first"));
          scope_finder_judge (finder, remedy, 0.92, SCOPE_BADGE_REORDERS,
                              SCOPE_TEXT ("copies the tensor in the other direction; every value "
                                          "stays"));
        }
    }
  scope_edits_clear (&edits);
  scope_text_clear (&axes);
  scope_text_clear (&text);
}

/* A step of 0 becomes 1. */
static void
mend_steps (ScopeFinder *finder, ScopeSpan within)
{
  ScopeWrittenNumber number[SCOPE_FINDER_NUMBERS];
  int numbers = scope_finder_numbers (finder, within, number);
  for (int i = 0; i < numbers; i++)
    {
      if (number[i].value > 0)
        continue;
      ScopeText text = { 0 };
      scope_text_printf (&text, "%lld", (long long)(number[i].value == 0 ? 1 : -number[i].value));
      ScopeRemedy *remedy = scope_finder_offer_text (finder, SCOPE_REMEDY_SLICE, number[i].span,
                                                     scope_text_string (&text));
      if (remedy != NULL)
        {
          scope_text_printf (&remedy->title, scope_finder_say (finder, "Step by %s"),
                             scope_text_string (&text));
          scope_finder_judge (finder, remedy, 0.7, SCOPE_BADGE_LOSES,
                              SCOPE_TEXT ("a step goes forward by one place at least"));
          remedy->bytes = 0;
        }
      scope_text_clear (&text);
    }
}

/* A mask or an index that does not have the length of what it indexes. */
static void
fit_mask (ScopeFinder *finder)
{
  const ScopeShape *shape = scope_finder_shape (finder, 0);
  for (int operand = 1; operand < finder->failure->operands; operand++)
    {
      const ScopeShape *mask = scope_finder_shape (finder, operand);
      if (mask == NULL || shape == NULL)
        continue;
      for (int axis = 0; axis < mask->rank && axis < shape->rank; axis++)
        if (mask->size[axis] != shape->size[axis])
          {
            scope_change_size (finder, operand, axis, shape->size[axis], 1);
            scope_change_size (finder, 0, axis, mask->size[axis], 0.9);
          }
      for (int axis = 0; axis < mask->rank; axis++)
        if (mask->size[axis] == 1)
          scope_change_squeeze (finder, operand, axis, 0.9);
    }
}

static void
mend_subscript (ScopeFinder *finder)
{
  const ScopeShape *shape = scope_finder_shape (finder, 0);
  const ScopeSyntax *index = find_index (finder);
  if (index == NULL)
    return;
  if (finder->failure->rule == SCOPE_RULE_STEP)
    {
      flip_instead (finder, index);
      mend_steps (finder, index->span);
    }
  if (finder->failure->rule != SCOPE_RULE_INDEX && finder->failure->rule != SCOPE_RULE_MATCH)
    return;
  if (shape != NULL && finder->failure->rule == SCOPE_RULE_INDEX)
    drop_indices (finder, index, shape->rank);
  if (finder->failure->rule == SCOPE_RULE_INDEX)
    clamp_places (finder, index->span);
  fit_mask (finder);
}

/* An index of fewer axes than what it picks from, or longer. */
static void
mend_picking (ScopeFinder *finder)
{
  const ScopeShape *shape = scope_finder_shape (finder, 0), *index = scope_finder_shape (finder, 1);
  if (shape == NULL || index == NULL)
    return;
  if (index->rank < shape->rank && scope_finder_is (finder, "gather take_along_dim"))
    for (int place = index->rank; place >= 0; place--)
      {
        int before[SCOPE_MAX_RANK + 1] = { 0 };
        before[place] = shape->rank - index->rank;
        scope_change_unsqueeze (finder, 1, before, 0.85);
      }
  for (int axis = 0; axis < index->rank; axis++)
    if (index->size[axis] == 1 && index->rank > 1)
      scope_change_squeeze (finder, 1, axis, 0.85);
  if (scope_finder_is (finder, "index_select"))
    scope_change_flatten (finder, 1, 0, index->rank - 1, 0.8);
  for (int axis = 0; axis < index->rank && index->rank == shape->rank; axis++)
    if (index->size[axis] > shape->size[axis])
      scope_change_size (finder, 1, axis, shape->size[axis], 0.95);
}

void
scope_remedy_index (ScopeFinder *finder)
{
  if (scope_finder_is (finder, "index assign"))
    mend_subscript (finder);
  else if (scope_finder_is (finder, "gather take_along_dim index_select take"))
    mend_picking (finder);
}
