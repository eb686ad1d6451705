/* Sizes that a call asks for: a reshape of another count, an expansion that cannot be, too few
 * numbers for the axes there are, parts that do not add up. */
#include "advice/finder.h"

#include "core/checked.h"

#include <math.h>
#include <string.h>

typedef struct
{
  ScopeSpan span; /* of the numbers as written */
  bool brackets;  /* they stand in brackets of their own */
  bool one;       /* a bare number */
  int count;
  int64_t number[SCOPE_MAX_RANK];
} Sizes;

static bool
read_sizes (const ScopeFinder *finder, const char *parameter, Sizes *sizes)
{
  const ScopeValue *value = scope_finder_argument (finder, parameter);
  if (value == NULL)
    return false;
  *sizes = (Sizes){ .span = value->span, .one = !scope_value_is_sequence (value) };
  const ScopeValue *item = sizes->one ? value : value->item;
  sizes->count = sizes->one ? 1 : value->items;
  if (sizes->count > SCOPE_MAX_RANK)
    return false;
  for (int i = 0; i < sizes->count; i++)
    {
      if (!scope_value_is_int (&item[i]))
        return false;
      sizes->number[i] = item[i].integer;
    }
  ScopeText text = { 0 };
  scope_program_print_span (finder->program, sizes->span, &text);
  const char *first = scope_text_string (&text);
  sizes->brackets = first[0] == '(' || first[0] == '[';
  scope_text_clear (&text);
  return true;
}

/* Offers other numbers in the place of those that are there. */
static ScopeRemedy *
offer_sizes (ScopeFinder *finder, ScopeRemedyKind kind, const Sizes *sizes, const Sizes *changed)
{
  ScopeText text = { 0 };
  bool brackets = sizes->brackets || (sizes->one && changed->count != 1);
  scope_text_append (&text, brackets ? "(" : "");
  for (int i = 0; i < changed->count; i++)
    scope_text_printf (&text, i > 0 ? ", %lld" : "%lld", (long long)changed->number[i]);
  scope_text_append (&text, !brackets ? "" : changed->count == 1 ? ",)" : ")");
  ScopeRemedy *remedy =
      scope_finder_offer_text (finder, kind, sizes->span, scope_text_string (&text));
  scope_text_clear (&text);
  return remedy;
}

/* ---- reshape -------------------------------------------------------------------------------- */

static void
describe_shape (ScopeFinder *finder, ScopeRemedy *remedy, double likelihood, const char *title)
{
  if (remedy == NULL)
    return;
  ScopeText shape = { 0 };
  scope_shape_print (&remedy->result, SCOPE_SHAPE_LIST, &shape);
  scope_text_append (&remedy->title, scope_finder_say (finder, title));
  scope_text_printf (
      &remedy->sentence,
      scope_finder_say (finder, "takes all values as they lie: the shape becomes %s"),
      scope_text_string (&shape));
  scope_text_clear (&shape);
  remedy->keeps = 1;
  remedy->exact = true;
  remedy->badge = SCOPE_BADGE_EXACT;
  remedy->bytes = 0;
  remedy->likelihood = likelihood;
}

/* One size is left to the framework: the batch first, then the last. */
static void
leave_one_open (ScopeFinder *finder, const Sizes *sizes, int64_t count, int64_t batch)
{
  for (int i = 0; i < sizes->count; i++)
    {
      int64_t rest = 1;
      bool known = true;
      for (int k = 0; k < sizes->count && known; k++)
        known =
            k == i || (sizes->number[k] > 0 && scope_checked_mul (rest, sizes->number[k], &rest));
      if (!known || rest < 1 || count % rest != 0)
        continue;
      Sizes changed = *sizes;
      changed.number[i] = -1;
      double likelihood = i == 0 ? 0.85 : i == sizes->count - 1 ? 0.8 : 0.6;
      if (i == 0 && sizes->number[0] == batch)
        likelihood = 0.7; /* it is right as it stands */
      describe_shape (finder, offer_sizes (finder, SCOPE_REMEDY_RESHAPE, sizes, &changed),
                      likelihood,
                      i == 0                  ? SCOPE_TEXT ("Leave the first size open")
                      : i == sizes->count - 1 ? SCOPE_TEXT ("Leave the last size open")
                                              : SCOPE_TEXT ("Leave a size between open"));
    }
}

/* The divisor of `count` nearest to `wanted`; of two as near, the larger or the smaller. Bounded:
 * sizes are tried outwards from the one wanted. */
static int64_t
nearest_divisor (int64_t count, int64_t wanted, bool larger)
{
  enum
  {
    STEPS = 4096
  };
  if (count < 1)
    return 1;
  wanted = wanted < 1 ? 1 : scope_min (wanted, count);
  for (int64_t off = 0; off < STEPS; off++)
    {
      bool below = wanted - off >= 1 && count % (wanted - off) == 0;
      bool above = wanted + off <= count && count % (wanted + off) == 0;
      if (above && (larger || !below))
        return wanted + off;
      if (below)
        return wanted - off;
    }
  return 1;
}

/* Sizes near those asked for whose product is right: from the front, the last takes what is left,
 * and from the end; the nearer the likelier. */
static void
offer_factors (ScopeFinder *finder, const Sizes *sizes, int64_t count)
{
  for (int way = 0; way < 4 && sizes->count > 1 && count > 0; way++)
    {
      Sizes changed = *sizes;
      int64_t left = count;
      double off = 0;
      for (int k = 0; k < sizes->count; k++)
        {
          int i = way & 1 ? sizes->count - 1 - k : k;
          bool last = k == sizes->count - 1;
          changed.number[i] = last ? left : nearest_divisor (left, sizes->number[i], way & 2);
          left /= changed.number[i];
          if (sizes->number[i] > 0)
            off += fabs (log ((double)changed.number[i] / (double)sizes->number[i]));
        }
      describe_shape (finder, offer_sizes (finder, SCOPE_REMEDY_RESHAPE, sizes, &changed),
                      0.5 + 0.08 / (1 + off), SCOPE_TEXT ("Take the nearest sizes"));
    }
}

/* `A.reshape(-1)[:n].reshape(…)`: the shape asked for, of fewer values or with zeros behind. */
static void
offer_count (ScopeFinder *finder, const Sizes *sizes, int64_t count)
{
  int64_t wanted = 1;
  for (int i = 0; i < sizes->count; i++)
    if (sizes->number[i] < 0 || !scope_checked_mul (wanted, sizes->number[i], &wanted))
      return;
  if (wanted == count || wanted == 0 || count == 0)
    return;
  ScopeText flat = { 0 }, index = { 0 };
  ScopeText source = { 0 };
  ScopeDialect dialect = finder->node->dialect;
  scope_finder_print_operand (finder, 0, true, &source);
  ScopePhrase flatten = { .kind = SCOPE_PHRASE_RESHAPE, .rank = 1, .number = { -1 } };
  scope_phrase_print (&flatten, scope_text_string (&source), dialect, &flat);
  ScopePhrase second = { .kind = SCOPE_PHRASE_PAD, .rank = 1, .number = { wanted - count } };
  if (wanted < count)
    {
      scope_text_printf (&index, "[:%lld]", (long long)wanted);
      second = (ScopePhrase){ .kind = SCOPE_PHRASE_INDEX, .text = scope_text_string (&index) };
    }
  scope_text_clear (&source);
  scope_phrase_print (&second, scope_text_string (&flat), dialect, &source);
  ScopeRemedy *remedy =
      scope_finder_offer_text (finder, wanted < count ? SCOPE_REMEDY_SLICE : SCOPE_REMEDY_PAD,
                               finder->failure->operand[0].span, scope_text_string (&source));
  if (remedy != NULL)
    {
      scope_finder_title (finder, remedy,
                          wanted < count ? SCOPE_TEXT ("Take as many values of %s as are asked for")
                                         : SCOPE_TEXT ("Fill %s up with zeros"),
                          0);
      scope_text_printf (&remedy->sentence,
                         scope_finder_say (finder, wanted < count
                                                       ? SCOPE_TEXT ("keeps the first %lld of "
                                                                     "%lld values")
                                                       : SCOPE_TEXT ("%lld values, of which %lld "
                                                                     "were there; zeros behind")),
                         (long long)wanted, (long long)count);
      remedy->keeps = wanted < count ? (double)wanted / (double)count : 1;
      remedy->invents = wanted < count ? 0 : 1 - (double)count / (double)wanted;
      remedy->badge = wanted < count ? SCOPE_BADGE_LOSES : SCOPE_BADGE_INVENTS;
      remedy->likelihood = 0.4;
    }
  scope_text_clear (&source);
  scope_text_clear (&flat);
  scope_text_clear (&index);
}

/* `view` of a tensor whose elements do not lie in order. */
static void
offer_reshape_for_view (ScopeFinder *finder)
{
  const ScopeSyntax *call = scope_finder_syntax (finder);
  if (call == NULL || call->kind != SCOPE_SYNTAX_CALL || finder->failure->operands < 1)
    return;
  const ScopeSyntax *function = &finder->program->expression->node[call->child[0]];
  if (function->kind != SCOPE_SYNTAX_ATTRIBUTE)
    return;
  ScopeSpan name = { function->span.end - (int32_t)strlen (function->text), function->span.end };
  ScopeRemedy *remedy =
      scope_finder_offer_text (finder, SCOPE_REMEDY_RESHAPE, name,
                               strcmp (function->text, "view_as") == 0 ? "reshape_as" : "reshape");
  if (remedy != NULL)
    {
      scope_text_append (&remedy->title, scope_finder_say (finder, "Use reshape"));
      scope_finder_judge (finder, remedy, 0.95, SCOPE_BADGE_EXACT,
                          SCOPE_TEXT ("copies where a view is not possible; every value stays"));
    }
  remedy = scope_finder_offer_text (finder, SCOPE_REMEDY_RESHAPE,
                                    (ScopeSpan){ name.begin, name.begin }, "contiguous().");
  if (remedy != NULL)
    {
      scope_text_append (&remedy->title, scope_finder_say (finder, "Copy first"));
      scope_finder_judge (finder, remedy, 0.9, SCOPE_BADGE_EXACT,
                          SCOPE_TEXT ("copies the tensor so that its elements lie in order; every "
                                      "value stays"));
    }
}

static void
mend_reshape (ScopeFinder *finder)
{
  const ScopeShape *shape = scope_finder_shape (finder, 0);
  Sizes sizes;
  int64_t count;
  if (shape == NULL || !scope_shape_count (shape, &count, NULL))
    return;
  if (scope_finder_is (finder, "view"))
    offer_reshape_for_view (finder);
  if (!read_sizes (finder, "shape", &sizes))
    return;
  leave_one_open (finder, &sizes, count, shape->rank > 0 ? shape->size[0] : -1);
  offer_factors (finder, &sizes, count);
  offer_count (finder, &sizes, count);
  Sizes all = { .count = 1, .number = { -1 } };
  describe_shape (finder, offer_sizes (finder, SCOPE_REMEDY_FLATTEN, &sizes, &all), 0.35,
                  SCOPE_TEXT ("One long axis"));
  if (shape->rank > 0 && sizes.count > 1)
    {
      Sizes batch = { .count = 2, .number = { shape->size[0], -1 } };
      describe_shape (finder, offer_sizes (finder, SCOPE_REMEDY_FLATTEN, &sizes, &batch), 0.5,
                      SCOPE_TEXT ("Keep the batch"));
    }
}

static void
mend_unflatten (ScopeFinder *finder)
{
  const ScopeShape *shape = scope_finder_shape (finder, 0);
  const ScopeValue *dim = scope_finder_argument (finder, "dim");
  Sizes sizes;
  int axis;
  if (shape == NULL || dim == NULL || !scope_value_is_int (dim)
      || !scope_shape_axis (shape, dim->integer, &axis, NULL)
      || !read_sizes (finder, "sizes", &sizes))
    return;
  leave_one_open (finder, &sizes, shape->size[axis], -1);
  offer_factors (finder, &sizes, shape->size[axis]);
}

/* ---- expand, tile --------------------------------------------------------------------------- */

static void
describe_numbers (ScopeFinder *finder,
                  ScopeRemedy *remedy,
                  double likelihood,
                  const char *title,
                  const char *sentence)
{
  if (remedy == NULL)
    return;
  scope_text_append (&remedy->title, scope_finder_say (finder, title));
  scope_finder_judge (finder, remedy, likelihood, SCOPE_BADGE_EXACT, sentence);
}

/* Sizes that the tensor has and that cannot be stretched stay; or the tensor gets axes of 1 where
 * the sizes asked for fit around it; or it is repeated. */
static void
mend_expand (ScopeFinder *finder)
{
  const ScopeShape *shape = scope_finder_shape (finder, 0);
  Sizes sizes;
  if (shape == NULL || !read_sizes (finder, "size", &sizes))
    return;
  ScopeShape to = { .rank = sizes.count };
  memcpy (to.size, sizes.number, sizeof to.size);
  if (sizes.count > shape->rank)
    for (int place = 1; place <= shape->rank; place++)
      {
        int before[SCOPE_MAX_RANK + 1] = { 0 };
        before[place] = sizes.count - shape->rank;
        scope_change_unsqueeze (finder, 0, before, 0.92);
      }
  Sizes changed = sizes;
  if (sizes.count < shape->rank)
    {
      changed.count = shape->rank;
      for (int i = 0; i < shape->rank; i++)
        {
          int from = i - (shape->rank - sizes.count);
          changed.number[i] = from >= 0 ? sizes.number[from] : shape->size[i];
        }
    }
  for (int i = 0; i < changed.count; i++)
    {
      int own = i - (changed.count - shape->rank);
      if (own < 0 || shape->size[own] == 1 || shape->size[own] == changed.number[i])
        continue;
      int64_t wanted = changed.number[i];
      if (wanted > 0)
        scope_change_size (finder, 0, own, wanted, 0.75);
      changed.number[i] = shape->size[own];
    }
  describe_numbers (finder, offer_sizes (finder, SCOPE_REMEDY_EXPAND, &sizes, &changed), 0.8,
                    SCOPE_TEXT ("Leave the sizes that are there"),
                    SCOPE_TEXT ("stretches only axes of size 1; the others stay; nothing is "
                                "copied"));
  for (int axis = 0; axis < shape->rank; axis++)
    if (shape->size[axis] == 1 && shape->rank > sizes.count)
      scope_change_squeeze (finder, 0, axis, 0.85);
}

/* Too few or too many numbers for the axes there are. */
static void
mend_counts (ScopeFinder *finder, const char *parameter, int64_t filler, ScopeRemedyKind kind)
{
  const ScopeShape *shape = scope_finder_shape (finder, 0);
  Sizes sizes;
  if (shape == NULL || !read_sizes (finder, parameter, &sizes) || sizes.count == shape->rank)
    return;
  Sizes front = sizes, back = sizes;
  if (sizes.count < shape->rank)
    {
      int more = shape->rank - sizes.count;
      front.count = back.count = shape->rank;
      for (int i = 0; i < shape->rank; i++)
        {
          front.number[i] = i < more ? filler : sizes.number[i - more];
          back.number[i] = i < sizes.count ? sizes.number[i] : filler;
        }
    }
  else
    {
      int less = sizes.count - shape->rank;
      front.count = back.count = shape->rank;
      memmove (front.number, sizes.number + less, (size_t)shape->rank * sizeof *front.number);
    }
  describe_numbers (finder, offer_sizes (finder, kind, &sizes, &front), 0.85,
                    SCOPE_TEXT ("One number for each axis, from the end"),
                    SCOPE_TEXT ("the numbers count for the last axes, the others stay as they "
                                "are"));
  describe_numbers (finder, offer_sizes (finder, kind, &sizes, &back), 0.7,
                    SCOPE_TEXT ("One number for each axis, from the front"),
                    SCOPE_TEXT ("the numbers count for the first axes, the others stay as they "
                                "are"));
}

/* ---- permute -------------------------------------------------------------------------------- */

static bool
is_order (const int64_t *order, int count)
{
  bool seen[SCOPE_MAX_RANK] = { false };
  for (int i = 0; i < count; i++)
    {
      int64_t axis = order[i] < 0 ? order[i] + count : order[i];
      if (axis < 0 || axis >= count || seen[axis])
        return false;
      seen[axis] = true;
    }
  return true;
}

/* The order given is that of fewer axes (a batch came in front, or channels behind) or of more, or
 * it names an axis twice. */
static void
mend_permute (ScopeFinder *finder)
{
  const ScopeShape *shape = scope_finder_shape (finder, 0);
  Sizes sizes;
  if (shape == NULL || !read_sizes (finder, "dims", &sizes))
    return;
  int more = shape->rank - sizes.count;
  if (more > 0 && is_order (sizes.number, sizes.count))
    {
      Sizes front = sizes, back = sizes;
      front.count = back.count = shape->rank;
      for (int i = 0; i < shape->rank; i++)
        {
          int64_t own = i >= more ? sizes.number[i - more] : 0;
          int64_t first = i < sizes.count ? sizes.number[i] : i;
          front.number[i] = i < more ? i : (own < 0 ? own : own + more);
          back.number[i] = first < 0 ? first + sizes.count : first;
        }
      describe_numbers (
          finder, offer_sizes (finder, SCOPE_REMEDY_PERMUTE, &sizes, &front), 0.9,
          SCOPE_TEXT ("Leave the axes in front"),
          SCOPE_TEXT ("the order counts for the last axes; the batch in front stays"));
      describe_numbers (finder, offer_sizes (finder, SCOPE_REMEDY_PERMUTE, &sizes, &back), 0.7,
                        SCOPE_TEXT ("Leave the axes behind"),
                        SCOPE_TEXT ("the order counts for the first axes; those behind stay"));
    }
  if (more < 0 && is_order (sizes.number, sizes.count))
    {
      int before[SCOPE_MAX_RANK + 1] = { 0 };
      before[0] = -more;
      scope_change_unsqueeze (finder, 0, before, 0.85);
      Sizes fewer = { .count = 0 };
      for (int i = 0; i < sizes.count; i++)
        {
          int64_t axis = sizes.number[i] < 0 ? sizes.number[i] + sizes.count : sizes.number[i];
          if (axis >= -more)
            fewer.number[fewer.count++] = axis + more;
        }
      describe_numbers (
          finder, offer_sizes (finder, SCOPE_REMEDY_PERMUTE, &sizes, &fewer), 0.88,
          SCOPE_TEXT ("Leave out the batch"),
          SCOPE_TEXT ("the same order without the axis in front, which is not there"));
    }
  /* Every axis once: what is right stays, gaps are filled in order. */
  Sizes once = { .count = shape->rank };
  bool used[SCOPE_MAX_RANK] = { false };
  for (int i = 0; i < shape->rank; i++)
    {
      int64_t axis = i < sizes.count ? sizes.number[i] : -1 - shape->rank;
      axis = axis < 0 ? axis + shape->rank : axis;
      once.number[i] = axis >= 0 && axis < shape->rank && !used[axis] ? axis : -1;
      if (once.number[i] >= 0)
        used[axis] = true;
    }
  for (int i = 0; i < shape->rank; i++)
    for (int axis = 0; axis < shape->rank && once.number[i] < 0; axis++)
      if (!used[axis])
        {
          once.number[i] = axis;
          used[axis] = true;
        }
  describe_numbers (finder, offer_sizes (finder, SCOPE_REMEDY_PERMUTE, &sizes, &once), 0.6,
                    SCOPE_TEXT ("Every axis once"),
                    SCOPE_TEXT ("names every axis once; what was right stays"));
}

/* ---- split ---------------------------------------------------------------------------------- */

/* Parts that do not add up: the last takes what is left; or a number of parts that divides. */
static void
mend_split (ScopeFinder *finder)
{
  const ScopeShape *shape = scope_finder_shape (finder, 0);
  const ScopeValue *dim = scope_finder_argument (finder, "dim");
  Sizes sizes;
  int axis = scope_finder_is (finder, "hsplit") && shape != NULL && shape->rank > 1 ? 1
             : scope_finder_is (finder, "dsplit")                                   ? 2
                                                                                    : 0;
  if (shape == NULL || shape->rank <= axis || !read_sizes (finder, "sizes", &sizes))
    return;
  if (dim != NULL
      && (!scope_value_is_int (dim) || !scope_shape_axis (shape, dim->integer, &axis, NULL)))
    return;
  if (sizes.one)
    {
      Sizes parts = sizes;
      parts.number[0] = nearest_divisor (shape->size[axis], sizes.number[0], false);
      describe_numbers (finder, offer_sizes (finder, SCOPE_REMEDY_SLICE, &sizes, &parts), 0.8,
                        SCOPE_TEXT ("Parts of one size"),
                        SCOPE_TEXT ("the nearest number of parts that divides the axis; every "
                                    "value stays"));
      return;
    }
  Sizes last = sizes;
  int64_t sum = 0;
  for (int i = 0; i + 1 < sizes.count; i++)
    sum += sizes.number[i];
  if (sizes.count > 0 && sum <= shape->size[axis])
    {
      last.number[sizes.count - 1] = shape->size[axis] - sum;
      describe_numbers (finder, offer_sizes (finder, SCOPE_REMEDY_SLICE, &sizes, &last), 0.85,
                        SCOPE_TEXT ("Let the last part take the rest"),
                        SCOPE_TEXT ("the sizes add up to the axis; every value stays"));
      sum += sizes.number[sizes.count - 1];
    }
  if (sum < shape->size[axis] && sum >= 0 && sizes.count < SCOPE_MAX_RANK)
    {
      last = sizes;
      last.number[last.count++] = shape->size[axis] - sum;
      describe_numbers (finder, offer_sizes (finder, SCOPE_REMEDY_SLICE, &sizes, &last), 0.8,
                        SCOPE_TEXT ("A further part for the rest"),
                        SCOPE_TEXT ("the sizes add up to the axis; every value stays"));
    }
  else
    scope_change_size (finder, 0, axis, sum, 0.6);
}

/* `np.split` wants equal parts; `np.array_split` does not. */
static void
offer_array_split (ScopeFinder *finder)
{
  static const char *const uneven[SCOPE_N_DIALECTS] = {
    [SCOPE_PYTORCH] = "torch.tensor_split",
    [SCOPE_NUMPY] = "np.array_split",
    [SCOPE_TENSORFLOW] = NULL,
    [SCOPE_JAX] = "jnp.array_split",
  };
  const ScopeSyntax *call = scope_finder_syntax (finder);
  const char *name = uneven[finder->node->dialect];
  if (name == NULL || call == NULL || call->kind != SCOPE_SYNTAX_CALL
      || finder->node->spelling->name[0] == '.')
    return;
  const ScopeSyntax *function = &finder->program->expression->node[call->child[0]];
  describe_numbers (finder,
                    scope_finder_offer_text (finder, SCOPE_REMEDY_SLICE, function->span, name),
                    0.84, SCOPE_TEXT ("Parts nearly alike"),
                    SCOPE_TEXT ("cuts into parts as equal as can be; every value stays"));
}

void
scope_remedy_shape (ScopeFinder *finder)
{
  if (scope_finder_is (finder, "reshape view"))
    mend_reshape (finder);
  else if (scope_finder_is (finder, "unflatten"))
    mend_unflatten (finder);
  else if (scope_finder_is (finder, "expand broadcast_to"))
    mend_expand (finder);
  else if (scope_finder_is (finder, "repeat tile"))
    mend_counts (finder, "repeats", 1, SCOPE_REMEDY_REPEAT);
  else if (scope_finder_is (finder, "permute"))
    mend_permute (finder);
  else if (scope_finder_is (finder, "split hsplit vsplit dsplit"))
    {
      mend_split (finder);
      if (scope_finder_is (finder, "split"))
        offer_array_split (finder);
    }
}
