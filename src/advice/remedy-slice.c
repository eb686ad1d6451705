/* Slices: the larger operand is cut to the smaller one's size on every failing axis. */
#include "advice/finder.h"

/* What is cut of one operand. */
typedef struct
{
  int axes;
  const ScopeFailingAxis *axis[SCOPE_MAX_RANK]; /* from the front */
  int64_t from[SCOPE_MAX_RANK], to[SCOPE_MAX_RANK], start[SCOPE_MAX_RANK];
} Cut;

enum
{
  FEW = 3,      /* sizes off by so few are an accident of rounding: both ends are cropped */
  SMALL = 8,    /* … unless they are small themselves */
  CHANNELS = 4, /* red, green, blue, alpha */
};

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
      int64_t start = 0, stop = -1;
      for (int i = 0; i < cut->axes; i++)
        if (scope_finder_own_axis (finder, operand, cut->axis[i]->axis) == axis)
          {
            start = cut->start[i];
            stop = start + cut->to[i];
          }
      scope_text_append (out, axis > 0 ? ", " : "");
      if (start > 0)
        scope_text_printf (out, "%lld", (long long)start);
      scope_text_append (out, ":");
      if (stop >= 0)
        scope_text_printf (out, "%lld", (long long)stop);
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
print_sentence (const ScopeFinder *finder, bool crop, const Cut *cut, double keeps, ScopeText *out)
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
  scope_text_printf (out,
                     scope_finder_say (finder, crop ? SCOPE_TEXT ("keeps the middle %s (%s %%)")
                                                    : SCOPE_TEXT ("keeps the first %s (%s %%)")),
                     scope_text_string (&list), scope_text_string (&percent));
  scope_text_clear (&list);
  scope_text_clear (&percent);
}

/* What kind of cut this is, from its sizes. */
static ScopeRemedyKind
judge (const ScopeFinder *finder)
{
  const ScopeFailure *failure = finder->failure;
  bool few = true;
  for (int i = 0; i < failure->axes; i++)
    {
      int64_t a = failure->axis[i].size[0], b = failure->axis[i].size[1];
      few &= (a > b ? a - b : b - a) <= FEW && a > SMALL && b > SMALL;
    }
  if (few)
    return SCOPE_REMEDY_CROP;
  const ScopeFailingAxis *axis = &failure->axis[0];
  bool channel = failure->axes == 1 && (axis->from_end == -3 || axis->from_end == -1)
                 && axis->size[0] + axis->size[1] == CHANNELS + CHANNELS - 1;
  return channel ? SCOPE_REMEDY_CHANNEL : SCOPE_REMEDY_SLICE;
}

static void
describe (const ScopeFinder *finder, ScopeRemedy *remedy, int operand, const Cut *cut)
{
  if (remedy->kind == SCOPE_REMEDY_CHANNEL)
    {
      scope_finder_title (finder, remedy, "Drop a channel of %s", operand);
      scope_text_append (&remedy->sentence,
                         scope_finder_say (finder, "leaves out the last channel (alpha of RGBA)"));
      remedy->likelihood = 0.9;
      return;
    }
  bool crop = remedy->kind == SCOPE_REMEDY_CROP;
  scope_finder_title (finder, remedy, crop ? SCOPE_TEXT ("Crop %s") : SCOPE_TEXT ("Slice %s"),
                      operand);
  print_sentence (finder, crop, cut, remedy->keeps, &remedy->sentence);
  remedy->likelihood = crop ? 0.9 : 0.7;
}

void
scope_remedy_slice (ScopeFinder *finder)
{
  Cut cut[2];
  if (!compares_axes (finder->node->op) || finder->failure->operands < 2
      || !find_cuts (finder, cut))
    return;

  ScopeRemedyKind kind = judge (finder);
  ScopeEdits edits = { 0 };
  ScopeText text = { 0 };
  int cut_operand = cut[1].axes > 0;
  double keeps = 1;
  for (int operand = 0; operand < 2; operand++)
    if (cut[operand].axes > 0)
      {
        for (int i = 0; i < cut[operand].axes; i++)
          {
            int64_t left = cut[operand].from[i] - cut[operand].to[i];
            cut[operand].start[i] = kind == SCOPE_REMEDY_CROP ? left / 2 : 0;
            keeps *= (double)cut[operand].to[i] / (double)cut[operand].from[i];
          }
        edit_operand (finder, operand, &cut[operand], &edits);
      }
  scope_edits_apply (&edits, finder->program->expression->source, &text);
  scope_edits_clear (&edits);

  ScopeRemedy *remedy = scope_finder_add (finder, kind, scope_text_string (&text));
  scope_text_clear (&text);
  if (remedy == NULL)
    return;
  scope_finder_print_operand (finder, cut_operand, true, &remedy->snippet);
  print_index (finder, cut_operand, &cut[cut_operand], &remedy->snippet);
  remedy->keeps = keeps;
  remedy->bytes = 0; /* a view */
  remedy->badge = SCOPE_BADGE_LOSES;
  describe (finder, remedy, cut_operand, &cut[cut_operand]);
}
