/* Slices: the larger operand is cut to the smaller one's size on every failing axis. */
#include "advice/finder.h"

/* What is cut of one operand. */
typedef struct
{
  int axes;
  const ScopeFailingAxis *axis[SCOPE_MAX_RANK]; /* from the front */
  int64_t from[SCOPE_MAX_RANK], to[SCOPE_MAX_RANK], start[SCOPE_MAX_RANK];
} Cut;

/* Which part is kept. */
typedef enum
{
  FIRST,
  MIDDLE,
  LAST,
} Place;

enum
{
  FEW = 3,      /* sizes off by so few are an accident of rounding: both ends are cropped */
  SMALL = 8,    /* … unless they are small themselves */
  CHANNELS = 4, /* red, green, blue, alpha */
};

static bool
find_cuts (const ScopeFinder *finder, Cut cut[2])
{
  const ScopeFailure *failure = finder->failure;
  cut[0].axes = cut[1].axes = 0;
  for (int i = 0; i < failure->axes; i++)
    {
      const ScopeFailingAxis *axis = &failure->axis[i];
      if (axis->operand[0] != 0 || axis->operand[1] != 1 || !scope_size_is_known (axis->size[0])
          || !scope_size_is_known (axis->size[1]) || axis->size[0] == 0 || axis->size[1] == 0)
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
      int64_t start = 0, stop = -1, size = finder->failure->operand[operand].shape.size[axis];
      for (int i = 0; i < cut->axes; i++)
        if (scope_finder_own_axis (finder, operand, cut->axis[i]->axis) == axis)
          {
            start = cut->start[i];
            stop = start + cut->to[i];
          }
      scope_text_append (out, axis > 0 ? ", " : "");
      bool last = start > 0 && stop == size;
      if (start > 0)
        scope_text_printf (out, "%lld", (long long)(last ? start - stop : start));
      scope_text_append (out, ":");
      if (stop >= 0 && !last)
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
print_sentence (const ScopeFinder *finder,
                Place place,
                const Cut cut[2],
                double keeps,
                ScopeText *out)
{
  static const char *const sentences[] = {
    [FIRST] = SCOPE_TEXT ("keeps the first %s (%s %%)"),
    [MIDDLE] = SCOPE_TEXT ("keeps the middle %s (%s %%)"),
    [LAST] = SCOPE_TEXT ("keeps the last %s (%s %%)"),
  };
  ScopeText list = { 0 }, percent = { 0 };
  for (int operand = 0; operand < 2; operand++)
    for (int i = 0; i < cut[operand].axes; i++)
      {
        const ScopeFailingAxis *axis = cut[operand].axis[i];
        ScopeText lines = { 0 };
        scope_finder_print_lines (finder, axis->from_end, axis->axis, &lines);
        scope_text_append (&list, list.length > 0 ? ", " : "");
        scope_text_printf (&list, scope_finder_say (finder, "%lld of %lld %s"),
                           (long long)cut[operand].to[i], (long long)cut[operand].from[i],
                           scope_text_string (&lines));
        scope_text_clear (&lines);
      }
  scope_text_append_rounded (&percent, 100 * keeps, 3);
  scope_text_printf (out, scope_finder_say (finder, sentences[place]), scope_text_string (&list),
                     scope_text_string (&percent));
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
  bool image = failure->operand[0].shape.rank > 2 && failure->operand[1].shape.rank > 2;
  bool channel = failure->axes == 1 && image && (axis->from_end == -3 || axis->from_end == -1)
                 && axis->size[0] + axis->size[1] == CHANNELS + CHANNELS - 1;
  return channel ? SCOPE_REMEDY_CHANNEL : SCOPE_REMEDY_SLICE;
}

/* How likely a cut is meant: not where operands of different ranks or both operands would lose, or
 * where all but one place would go; rather a missing axis or another order is at fault then. */
static double
weigh (const ScopeFinder *finder, const Cut cut[2], Place place)
{
  const ScopeFailure *failure = finder->failure;
  bool both = cut[0].axes > 0 && cut[1].axes > 0;
  double likelihood = place == FIRST ? 0.7 : 0.45;
  if (both
      || (failure->axes > 1 && failure->operand[0].shape.rank != failure->operand[1].shape.rank))
    likelihood = 0.3;
  for (int operand = 0; operand < 2; operand++)
    for (int i = 0; i < cut[operand].axes; i++)
      if (cut[operand].to[i] <= 1)
        likelihood = 0.25;
  return likelihood;
}

static void
describe (const ScopeFinder *finder,
          ScopeRemedy *remedy,
          int operand,
          const Cut cut[2],
          Place place)
{
  static const char *const titles[] = {
    [FIRST] = SCOPE_TEXT ("Slice %s"),
    [MIDDLE] = SCOPE_TEXT ("Take the middle of %s"),
    [LAST] = SCOPE_TEXT ("Take the end of %s"),
  };
  if (remedy->kind == SCOPE_REMEDY_CHANNEL)
    {
      scope_finder_title (finder, remedy, "Drop a channel of %s", operand);
      scope_text_append (&remedy->sentence,
                         scope_finder_say (finder, "leaves out the last channel (alpha of RGBA)"));
      remedy->likelihood = 0.9;
      return;
    }
  bool crop = remedy->kind == SCOPE_REMEDY_CROP;
  scope_finder_title (finder, remedy, crop ? SCOPE_TEXT ("Crop %s") : titles[place], operand);
  print_sentence (finder, place, cut, remedy->keeps, &remedy->sentence);
  remedy->likelihood = crop ? 0.9 : weigh (finder, cut, place);
}

/* Where a cut begins when `left` places are left out. */
static int64_t
begin_cut (Place place, int64_t left)
{
  return place == MIDDLE ? left / 2 : place == LAST ? left : 0;
}

static void
offer (ScopeFinder *finder, ScopeRemedyKind kind, Cut cut[2], Place place)
{
  ScopeEdits edits = { 0 };
  ScopeText snippet = { 0 };
  int cut_operand = cut[1].axes > 0;
  double keeps = 1;
  bool moved = false;
  for (int operand = 0; operand < 2; operand++)
    if (cut[operand].axes > 0)
      {
        for (int i = 0; i < cut[operand].axes; i++)
          {
            cut[operand].start[i] = begin_cut (place, cut[operand].from[i] - cut[operand].to[i]);
            moved |= cut[operand].start[i] > 0;
            keeps *= (double)cut[operand].to[i] / (double)cut[operand].from[i];
          }
        edit_operand (finder, operand, &cut[operand], &edits);
      }
  scope_finder_print_operand (finder, cut_operand, true, &snippet);
  print_index (finder, cut_operand, &cut[cut_operand], &snippet);
  ScopeRemedy *remedy =
      scope_finder_offer_edits (finder, kind, &edits, scope_text_string (&snippet));
  scope_text_clear (&snippet);
  if (remedy == NULL)
    return;
  remedy->keeps = keeps;
  remedy->bytes = 0; /* a view */
  remedy->badge = SCOPE_BADGE_LOSES;
  describe (finder, remedy, cut_operand, cut, moved ? place : FIRST);
}

void
scope_remedy_slice (ScopeFinder *finder)
{
  Cut cut[2];
  if (!scope_finder_compares (finder) || finder->failure->operands < 2 || !find_cuts (finder, cut))
    return;
  ScopeRemedyKind kind = judge (finder);
  offer (finder, kind, cut, kind == SCOPE_REMEDY_CROP ? MIDDLE : FIRST);
  if (kind == SCOPE_REMEDY_SLICE && finder->failure->axes == 1)
    {
      offer (finder, kind, cut, MIDDLE);
      offer (finder, kind, cut, LAST);
    }
}
