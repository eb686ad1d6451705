/* Slices: the larger operand is cut to the smaller one's size on every failing axis. */
#include "advice/finder.h"

/* What is cut of one operand. */
typedef struct
{
  int axes;
  const ScopeFailingAxis *axis[SCOPE_MAX_RANK]; /* from the front */
  int64_t from[SCOPE_MAX_RANK], to[SCOPE_MAX_RANK];
} Cut;

static bool
compares_axes (const ScopeOp *op)
{
  return op != NULL
         && (op->align == SCOPE_ALIGN_BROADCAST || op->align == SCOPE_ALIGN_ASSIGN
             || op->align == SCOPE_ALIGN_JOIN || op->align == SCOPE_ALIGN_MATCH);
}

static bool
find_cuts (const ScopeFinder *finder, Cut cut[2])
{
  const ScopeFailure *failure = finder->failure;
  cut[0].axes = cut[1].axes = 0;
  for (int i = 0; i < failure->axes; i++)
    {
      const ScopeFailingAxis *axis = &failure->axis[i];
      if (axis->operand[0] != 0 || axis->operand[1] != 1 || !scope_size_is_known (axis->size[0])
          || !scope_size_is_known (axis->size[1]))
        return false;
      int larger = axis->size[1] > axis->size[0];
      Cut *one = &cut[larger];
      one->from[one->axes] = axis->size[larger];
      one->to[one->axes] = axis->size[!larger];
      one->axis[one->axes++] = axis;
    }
  return failure->axes > 0;
}

/* `[:, :, :256, :]` for the operand's own axes. */
static void
print_index (const ScopeFinder *finder, int operand, const Cut *cut, ScopeText *out)
{
  int rank = finder->failure->operand[operand].shape.rank;
  scope_text_append (out, "[");
  for (int axis = 0; axis < rank; axis++)
    {
      scope_text_append (out, axis > 0 ? ", :" : ":");
      for (int i = 0; i < cut->axes; i++)
        if (scope_finder_own_axis (finder, operand, cut->axis[i]->axis) == axis)
          scope_text_printf (out, "%lld", (long long)cut->to[i]);
    }
  scope_text_append (out, "]");
}

/* The index of an assignment's target is replaced when it takes everything, else another is put
 * behind it. */
static void
edit_operand (const ScopeFinder *finder, int operand, const Cut *cut, ScopeEdits *edits)
{
  ScopeSpan span = finder->failure->operand[operand].span;
  ScopeText text = { 0 };
  bool target = operand == 0 && finder->node->op->align == SCOPE_ALIGN_ASSIGN;
  scope_finder_print_operand (finder, operand, true, &text);
  print_index (finder, operand, cut, &text);
  if (target)
    {
      const ScopeSyntax *statement = scope_finder_statement (finder);
      for (int i = 0; i < statement->children; i++)
        {
          const ScopeSyntax *child = &finder->program->expression->node[statement->child[i]];
          if (child->kind == SCOPE_SYNTAX_SUBSCRIPT && child->span.begin == span.begin)
            span = child->span;
        }
    }
  scope_edits_replace (edits, span.begin, span.end, scope_text_string (&text));
  scope_text_clear (&text);
}

/* `keeps the first 256 of 1280 rows (20 %)` */
static void
print_sentence (const ScopeFinder *finder, const Cut *cut, double keeps, ScopeText *out)
{
  ScopeText list = { 0 }, percent = { 0 };
  for (int i = 0; i < cut->axes; i++)
    {
      const ScopeFailingAxis *axis = cut->axis[i];
      ScopeText lines = { 0 };
      scope_finder_print_lines (finder, axis->from_end, axis->axis, &lines);
      scope_text_append (&list, i > 0 ? ", " : "");
      scope_text_printf (&list, scope_finder_say (finder, "%lld of %lld %s"), (long long)cut->to[i],
                         (long long)cut->from[i], scope_text_string (&lines));
      scope_text_clear (&lines);
    }
  scope_text_append_rounded (&percent, 100 * keeps, 3);
  scope_text_printf (out, scope_finder_say (finder, "keeps the first %s (%s %%)"),
                     scope_text_string (&list), scope_text_string (&percent));
  scope_text_clear (&list);
  scope_text_clear (&percent);
}

void
scope_remedy_slice (ScopeFinder *finder)
{
  Cut cut[2];
  if (!compares_axes (finder->node->op) || finder->failure->operands < 2
      || !find_cuts (finder, cut))
    return;

  ScopeEdits edits = { 0 };
  ScopeText text = { 0 };
  int cut_operand = cut[1].axes > 0;
  double keeps = 1;
  for (int operand = 0; operand < 2; operand++)
    if (cut[operand].axes > 0)
      {
        edit_operand (finder, operand, &cut[operand], &edits);
        for (int i = 0; i < cut[operand].axes; i++)
          keeps *= (double)cut[operand].to[i] / (double)cut[operand].from[i];
      }
  scope_edits_apply (&edits, finder->program->expression->source, &text);
  scope_edits_clear (&edits);

  ScopeRemedy *remedy = scope_finder_add (finder, SCOPE_REMEDY_SLICE, scope_text_string (&text));
  scope_text_clear (&text);
  if (remedy == NULL)
    return;
  ScopeText name = { 0 };
  scope_finder_print_operand (finder, cut_operand, false, &name);
  scope_text_printf (&remedy->title, scope_finder_say (finder, "Slice %s"),
                     scope_text_string (&name));
  scope_text_clear (&name);
  scope_finder_print_operand (finder, cut_operand, true, &remedy->snippet);
  print_index (finder, cut_operand, &cut[cut_operand], &remedy->snippet);
  print_sentence (finder, &cut[cut_operand], keeps, &remedy->sentence);
  remedy->keeps = keeps;
  remedy->bytes = 0; /* a view */
  remedy->badge = SCOPE_BADGE_LOSES;
}
