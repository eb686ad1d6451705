/* Products: a missing transpose, exchanged factors, axes to flatten before a layer, vectors that
 * should be matrices, a function that takes batches. */
#include "advice/finder.h"

#include "core/checked.h"

#include <string.h>

typedef struct
{
  int first, second; /* the operands that are the factors */
  int a, b;          /* the axes of both factors that are summed over */
  int64_t in_a, in_b;
} Summed;

/* linear and inner sum over the second factor's last axis. */
static bool
find_summed (const ScopeFinder *finder, Summed *summed)
{
  summed->first = scope_finder_is (finder, "addmm baddbmm addbmm addmv") ? 1 : 0;
  summed->second = summed->first + 1;
  const ScopeShape *a = scope_finder_shape (finder, summed->first);
  const ScopeShape *b = scope_finder_shape (finder, summed->second);
  if (a == NULL || b == NULL || a->rank == 0 || b->rank == 0)
    return false;
  bool last = b->rank == 1 || scope_finder_is (finder, "linear inner vdot");
  summed->a = a->rank - 1;
  summed->b = last ? b->rank - 1 : b->rank - 2;
  summed->in_a = a->size[summed->a];
  summed->in_b = b->size[summed->b];
  return true;
}

/* `B @ A` */
static void
offer_swap (ScopeFinder *finder, const Summed *summed)
{
  const ScopeOperand *operand = finder->failure->operand;
  ScopeSpan left = operand[summed->first].span, right = operand[summed->second].span;
  ScopeText a = { 0 }, b = { 0 };
  ScopeEdits edits = { 0 };
  scope_finder_print_operand (finder, summed->first, true, &a);
  scope_finder_print_operand (finder, summed->second, true, &b);
  scope_edits_replace (&edits, left.begin, left.end, scope_text_string (&b));
  scope_edits_replace (&edits, right.begin, right.end, scope_text_string (&a));
  ScopeText snippet = { 0 };
  scope_text_printf (&snippet, "%s @ %s", scope_text_string (&b), scope_text_string (&a));
  ScopeRemedy *remedy =
      scope_finder_offer_edits (finder, SCOPE_REMEDY_SWAP, &edits, scope_text_string (&snippet));
  if (remedy != NULL)
    {
      scope_text_append (&remedy->title, scope_finder_say (finder, "Exchange the factors"));
      scope_finder_judge (finder, remedy, 0.8, SCOPE_BADGE_REORDERS,
                          SCOPE_TEXT ("multiplies the other way round; every value counts, the "
                                      "result is another one"));
    }
  scope_text_clear (&a);
  scope_text_clear (&b);
  scope_text_clear (&snippet);
}

/* The general product in the place of one that takes only matrices, only batches, only vectors. */
static void
offer_matmul (ScopeFinder *finder)
{
  static const char *const general[SCOPE_N_DIALECTS] = { "torch.matmul", "np.matmul", "tf.matmul",
                                                         "jnp.matmul" };
  const ScopeSyntax *call = scope_finder_syntax (finder);
  if (!scope_finder_is (finder, "mm bmm mv dot vdot") || call == NULL
      || call->kind != SCOPE_SYNTAX_CALL)
    return;
  const ScopeSyntax *function = &finder->program->expression->node[call->child[0]];
  bool method = function->kind == SCOPE_SYNTAX_ATTRIBUTE && finder->node->spelling->name[0] == '.';
  ScopeSpan span = function->span;
  if (method)
    span.begin = span.end - (int32_t)strlen (function->text);
  const char *name = method ? "matmul" : general[finder->node->dialect];
  ScopeRemedy *remedy = scope_finder_offer_text (finder, SCOPE_REMEDY_SWAP, span, name);
  if (remedy == NULL)
    return;
  scope_text_append (&remedy->title, scope_finder_say (finder, "Use matmul"));
  scope_finder_judge (finder, remedy, 0.82, SCOPE_BADGE_EXACT,
                      SCOPE_TEXT ("the general product takes vectors, matrices and batches of "
                                  "them; every value stays"));
}

/* The axes from some one on to the end hold as many values as the layer takes. */
static void
offer_flatten (ScopeFinder *finder, const Summed *summed)
{
  const ScopeShape *a = scope_finder_shape (finder, summed->first);
  int64_t count = 1;
  for (int axis = a->rank - 1; axis >= 0; axis--)
    {
      if (!scope_checked_mul (count, a->size[axis], &count))
        return;
      if (count == summed->in_b && axis < a->rank - 1)
        {
          scope_change_flatten (finder, summed->first, axis, a->rank - 1, 0.97);
          return;
        }
    }
  /* Rows that were cut too short: (64, 512) for a layer of 2048 may be (16, 2048). */
  if (summed->in_b > 1 && count % summed->in_b == 0 && count > summed->in_b && a->rank == 2
      && summed->in_b > summed->in_a)
    scope_change_reshape (
        finder, summed->first,
        &(ScopeShape){ .rank = 2, .size = { count / summed->in_b, summed->in_b } }, 0.3);
}

/* An axis elsewhere has the size that is summed over: it goes to the end (channels first to
 * channels last). */
static void
offer_move (ScopeFinder *finder, const Summed *summed)
{
  const ScopeShape *a = scope_finder_shape (finder, summed->first);
  for (int axis = a->rank - 2; axis >= 0; axis--)
    {
      int order[SCOPE_MAX_RANK], at = 0;
      if (a->size[axis] != summed->in_b || a->rank < 3)
        continue;
      for (int i = 0; i < a->rank; i++)
        if (i != axis)
          order[at++] = i;
      order[at] = axis;
      scope_change_permute (finder, summed->first, order, axis == 1 ? 0.78 : 0.72);
    }
}

/* A vector where a matrix is wanted, a matrix where a batch is, and an axis of 1 too many. */
static void
offer_axes (ScopeFinder *finder, const Summed *summed)
{
  static const struct
  {
    int operand, place;
  } tried[] = { { 1, 1 }, { 0, 0 }, { 1, 0 }, { 0, 1 } };
  for (int i = 0; i < 4; i++)
    {
      int operand = tried[i].operand == 0 ? summed->first : summed->second;
      const ScopeShape *shape = scope_finder_shape (finder, operand);
      int before[SCOPE_MAX_RANK + 1] = { 0 };
      if (shape == NULL || shape->rank > 3 || (tried[i].place == 1 && shape->rank != 1))
        continue;
      before[tried[i].place] = 1;
      scope_change_unsqueeze (finder, operand, before, i < 2 ? 0.86 : 0.84);
    }
  for (int operand = summed->first; operand <= summed->second; operand++)
    {
      const ScopeShape *shape = scope_finder_shape (finder, operand);
      for (int axis = 0; shape != NULL && axis < shape->rank; axis++)
        if (shape->size[axis] == 1)
          scope_change_squeeze (finder, operand, axis, 0.85);
    }
}

static void
offer_sizes (ScopeFinder *finder, const Summed *summed)
{
  if (summed->in_a == summed->in_b)
    return;
  ScopeRemedy *cut =
      summed->in_b > summed->in_a
          ? scope_change_cut (finder, summed->second, summed->b, 0, summed->in_a, 0.7)
          : NULL;
  if (cut != NULL && scope_finder_is (finder, "matmul mm linear"))
    scope_text_printf (&cut->caution,
                       scope_finder_say (finder, "If this is a layer's weight, make the layer for "
                                                 "%lld features instead (in_features=%lld)."),
                       (long long)summed->in_a, (long long)summed->in_a);
  scope_change_size (finder, summed->second, summed->b, summed->in_a,
                     summed->in_b > summed->in_a ? 1 : 0.85);
  scope_change_size (finder, summed->first, summed->a, summed->in_b,
                     summed->in_a > summed->in_b ? 0.97 : 0.8);
}

/* The other axes are a batch: what broadcasting would do for sums. */
static void
offer_batches (ScopeFinder *finder, const Summed *summed)
{
  const ScopeShape *a = scope_finder_shape (finder, summed->first);
  const ScopeShape *b = scope_finder_shape (finder, summed->second);
  for (int i = 0; i < finder->failure->axes; i++)
    {
      const ScopeFailingAxis *axis = &finder->failure->axis[i];
      int own_a = a->rank + axis->from_end, own_b = b->rank + axis->from_end;
      if (own_a == summed->a || own_a < 0 || own_b < 0 || own_a >= a->rank || own_b >= b->rank)
        continue;
      scope_change_size (finder, summed->second, own_b, a->size[own_a], 0.9);
      scope_change_size (finder, summed->first, own_a, b->size[own_b], 0.88);
    }
}

/* A weight is a matrix and its bias a vector as long as it has rows. */
static void
mend_linear (ScopeFinder *finder)
{
  const ScopeShape *weight = scope_finder_shape (finder, 1), *bias = scope_finder_shape (finder, 2);
  const ScopeShape *input = scope_finder_shape (finder, 0);
  int before[SCOPE_MAX_RANK + 1] = { 0 };
  if (weight == NULL || input == NULL)
    return;
  if (input->rank == 0)
    {
      before[0] = 1;
      scope_change_unsqueeze (finder, 0, before, 0.9);
    }
  if (weight->rank < 2)
    {
      before[0] = 2 - weight->rank;
      scope_change_unsqueeze (finder, 1, before, 0.9);
      ScopeShape matrix = { .rank = 2, .size = { 1, 1 } };
      if (bias != NULL && bias->rank == 1)
        matrix.size[0] = bias->size[0];
      if (input->rank > 0)
        matrix.size[1] = input->size[input->rank - 1];
      scope_change_expand (finder, 1, &matrix, 0.6);
    }
  if (weight->rank > 2)
    {
      scope_change_flatten (finder, 1, 0, weight->rank - 2, 0.75);
      scope_change_flatten (finder, 1, 1, weight->rank - 1, 0.7);
      scope_change_pick (finder, 1, 0, 0.6);
    }
  if (bias == NULL || weight->rank != 2)
    return;
  if (bias->rank > 1)
    scope_change_flatten (finder, 2, 0, bias->rank - 1, 0.8);
  else if (bias->rank == 1)
    scope_change_size (finder, 2, 0, weight->size[0], 1);
}

void
scope_remedy_product (ScopeFinder *finder)
{
  Summed summed;
  if (scope_finder_is (finder, "linear"))
    mend_linear (finder);
  if (!scope_finder_is (finder, "matmul mm bmm mv dot inner vdot linear addmm "
                                "baddbmm addbmm addmv")
      || finder->failure->operands < 2 || !find_summed (finder, &summed))
    return;
  offer_flatten (finder, &summed);
  scope_change_transpose (finder, summed.second, 0.94);
  scope_change_transpose (finder, summed.first, 0.9);
  if (!scope_finder_is (finder, "linear"))
    offer_swap (finder, &summed);
  offer_matmul (finder);
  offer_axes (finder, &summed);
  offer_move (finder, &summed);
  offer_sizes (finder, &summed);
  if (!scope_finder_is (finder, "dot vdot mv"))
    offer_batches (finder, &summed);
}
