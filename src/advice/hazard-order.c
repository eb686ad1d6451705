/* Hazards of order: a reshape where a permute was meant, square matrices that fit either way. */
#include "advice/hazard-parts.h"

#include "advice/phrase.h"

#include <inttypes.h>
#include <string.h>

/* ---- finding the permutation that a reshape stands for -------------------------------------- */

enum
{
  MOST_AXES = 6, /* whose orders are all tried */
};

/* Sizes without those of 1, with the axes they belong to. */
typedef struct
{
  int axes;
  int axis[MOST_AXES];
  int64_t size[MOST_AXES];
} Sizes;

static bool
take_sizes (const ScopeShape *shape, Sizes *out)
{
  *out = (Sizes){ 0 };
  for (int i = 0; i < shape->rank; i++)
    {
      if (shape->size[i] == 1)
        continue;
      if (out->axes == MOST_AXES || shape->size[i] <= 0)
        return false;
      out->axis[out->axes] = i;
      out->size[out->axes++] = shape->size[i];
    }
  return true;
}

/* Whether neighbours of `fine` join to `coarse`. */
static bool
joins (const int64_t *fine, int fines, const int64_t *coarse, int coarses)
{
  int at = 0;
  for (int i = 0; i < coarses; i++)
    {
      int64_t product = 1;
      while (at < fines && product < coarse[i])
        product *= fine[at++]; /* at most the count of the tensor */
      if (product != coarse[i])
        return false;
    }
  return at == fines;
}

/* The next order, in the order of dictionaries; false after the last. */
static bool
next_order (int *order, int n)
{
  int i = n - 2;
  while (i >= 0 && order[i] > order[i + 1])
    i--;
  if (i < 0)
    return false;
  int j = n - 1;
  while (order[j] < order[i])
    j--;
  int held = order[i];
  order[i] = order[j];
  order[j] = held;
  for (int a = i + 1, b = n - 1; a < b; a++, b--)
    {
      held = order[a];
      order[a] = order[b];
      order[b] = held;
    }
  return true;
}

/* Finds an order of `fine` in which neighbours join to `coarse`, the first that is another than it
 * has. */
static bool
find_order (const Sizes *fine, const Sizes *coarse, int *order)
{
  int64_t ordered[MOST_AXES];
  for (int i = 0; i < fine->axes; i++)
    order[i] = i;
  while (next_order (order, fine->axes))
    {
      for (int i = 0; i < fine->axes; i++)
        ordered[i] = fine->size[order[i]];
      if (joins (ordered, fine->axes, coarse->size, coarse->axes))
        return true;
    }
  return false;
}

/* ---- saying it ------------------------------------------------------------------------------ */

static void
print_index (const int64_t *index, int rank, ScopeText *out)
{
  scope_text_append (out, "[");
  for (int i = 0; i < rank; i++)
    scope_text_printf (out, "%s%" PRId64, i > 0 ? ", " : "", index[i]);
  scope_text_append (out, "]");
}

/* The place of flat element `flat`. */
static void
unravel (int64_t flat, const ScopeShape *shape, int64_t *index)
{
  for (int i = shape->rank - 1; i >= 0; i--)
    {
      index[i] = shape->size[i] > 0 ? flat % shape->size[i] : 0;
      flat = shape->size[i] > 0 ? flat / shape->size[i] : 0;
    }
}

static int64_t
ravel (const int64_t *index, const int64_t *size, int axes)
{
  int64_t flat = 0;
  for (int i = 0; i < axes; i++)
    flat = flat * size[i] + index[i];
  return flat;
}

/* An element that reshape and permute put to different places. `split` are the input's elementary
 * axes, `order` theirs afterwards; both flat places follow from them. */
static bool
find_witness (const Sizes *split, const int *order, int64_t *before, int64_t *permuted)
{
  int64_t index[MOST_AXES], size[MOST_AXES], moved[MOST_AXES];
  for (int one = split->axes - 1; one >= 0; one--)
    {
      for (int i = 0; i < split->axes; i++)
        {
          index[i] = i == one;
          size[i] = split->size[order[i]];
          moved[i] = order[i] == one;
        }
      *before = ravel (index, split->size, split->axes);
      *permuted = ravel (moved, size, split->axes);
      if (*before != *permuted)
        return true;
    }
  return false;
}

/* Two axes that change places, small enough to be drawn. */
static ScopeScramble
make_picture (const Sizes *split, const int *order)
{
  for (int i = 0; i + 1 < split->axes; i++)
    for (int k = i + 1; k < split->axes; k++)
      if (order[i] > order[k])
        {
          int64_t rows = split->size[order[k]], columns = split->size[order[i]];
          bool small = rows <= 4 && columns <= 4 && split->axes == 2;
          return (ScopeScramble){ small ? (int)rows : 2, small ? (int)columns : 3 };
        }
  return (ScopeScramble){ 0 };
}

/* The elementary axes of the input: its own, or the output's where those split them. */
typedef struct
{
  Sizes split; /* axis: of the input when it is not split, else counts on */
  bool splits;
  int order[MOST_AXES];
} Exchange;

static bool
find_exchange (const ScopeShape *from, const ScopeShape *to, Exchange *out)
{
  Sizes in, result;
  if (!take_sizes (from, &in) || !take_sizes (to, &result) || in.axes < 2 || result.axes < 2
      || joins (in.size, in.axes, result.size, result.axes)
      || joins (result.size, result.axes, in.size, in.axes))
    return false;
  *out = (Exchange){ .split = in };
  if (find_order (&in, &result, out->order))
    return true;

  /* The other way round: an order of the output's axes that joins to the input's. */
  int order[MOST_AXES];
  if (!find_order (&result, &in, order))
    return false;
  out->splits = true;
  out->split.axes = result.axes;
  for (int i = 0; i < result.axes; i++)
    {
      out->split.size[i] = result.size[order[i]];
      out->split.axis[i] = i;
      out->order[order[i]] = i;
    }
  return true;
}

/* Writes the reshape as the permute that was meant: `A.permute (…)`, with a reshape before it when
 * axes are split and one behind it when they are joined. */
static void
fix_order (ScopeLookout *lookout,
           ScopeHazard *hazard,
           const ScopeNode *node,
           const Exchange *exchange)
{
  const ScopeShape *from = &scope_node_operand (node, 0)->shape;
  ScopePhrase split = { .kind = SCOPE_PHRASE_RESHAPE }, permute = { .kind = SCOPE_PHRASE_PERMUTE };
  ScopePhrase join = { .kind = SCOPE_PHRASE_RESHAPE, .rank = node->shape.rank };
  ScopeText text = { 0 }, step = { 0 };
  const Sizes *axes = &exchange->split;
  ScopeShape permuted = { 0 };
  scope_lookout_print (lookout, node->value[0].span, true, &text);
  if (exchange->splits || axes->axes < from->rank)
    {
      split.rank = axes->axes;
      for (int i = 0; i < axes->axes; i++)
        split.number[i] = axes->size[i];
    }
  permuted.rank = permute.rank = axes->axes;
  for (int i = 0; i < axes->axes; i++)
    {
      permute.number[i] = exchange->order[i];
      permuted.size[i] = axes->size[exchange->order[i]];
    }
  /* Axes of 1 are kept where they can be: they would only need a reshape. */
  if (!exchange->splits && from->rank == node->shape.rank && axes->axes < from->rank)
    {
      int next = 0;
      split.rank = 0;
      permuted.rank = permute.rank = from->rank;
      for (int i = 0; i < from->rank; i++)
        {
          bool one = from->size[i] == 1;
          permute.number[i] = one ? i : axes->axis[exchange->order[next++]];
          permuted.size[i] = from->size[permute.number[i]];
        }
    }
  const ScopePhrase *phrase[3] = { split.rank > 0 ? &split : NULL, &permute,
                                   scope_shape_equal (&permuted, &node->shape) ? NULL : &join };
  for (int i = 0; i < node->shape.rank; i++)
    join.number[i] = node->shape.size[i];
  for (int i = 0; i < 3; i++)
    if (phrase[i] != NULL)
      {
        scope_text_clear (&step);
        scope_phrase_print (phrase[i], scope_text_string (&text), node->dialect, &step);
        scope_text_clear (&text);
        scope_text_append (&text, scope_text_string (&step));
      }
  scope_lookout_fix (lookout, hazard, node->span, scope_text_string (&text));
  scope_text_clear (&text);
  scope_text_clear (&step);
}

static void
look_at_reshape (ScopeLookout *lookout, const ScopeNode *node)
{
  static const char *const reshapes[] = { "reshape", "view", "reshape_as", NULL };
  const ScopeNode *input = scope_node_is (node, reshapes) ? scope_node_operand (node, 0) : NULL;
  const ScopeValue *order = input != NULL ? scope_node_argument (node, "order") : NULL;
  Exchange exchange;
  int64_t before, permuted, place[3][SCOPE_MAX_RANK];
  if (input == NULL || !scope_shape_is_known (&input->shape) || !scope_shape_is_known (&node->shape)
      || (order != NULL && order->kind == SCOPE_VALUE_STRING && order->text[0] == 'F')
      || !find_exchange (&input->shape, &node->shape, &exchange)
      || !find_witness (&exchange.split, exchange.order, &before, &permuted))
    return;
  ScopeHazard *hazard = scope_lookout_add (lookout, node, "reshape-scramble", SCOPE_WORRY_SCRAMBLE);
  if (hazard == NULL)
    return;
  ScopeText from = { 0 }, lands = { 0 }, belongs = { 0 };
  unravel (before, &input->shape, place[0]);
  unravel (before, &node->shape, place[1]);
  unravel (permuted, &node->shape, place[2]);
  print_index (place[0], input->shape.rank, &from);
  print_index (place[1], node->shape.rank, &lands);
  print_index (place[2], node->shape.rank, &belongs);
  scope_text_printf (
      &hazard->sentence,
      translated (lookout, "reshape keeps the order of the elements and does not exchange "
                           "axes: the one at %s lands at %s. If axes were to change places "
                           "it belongs at %s: permute puts it there."),
      scope_text_string (&from), scope_text_string (&lands), scope_text_string (&belongs));
  hazard->order = make_picture (&exchange.split, exchange.order);
  fix_order (lookout, hazard, node, &exchange);
  scope_text_clear (&from);
  scope_text_clear (&lands);
  scope_text_clear (&belongs);
}

/* ---- its picture ---------------------------------------------------------------------------- */

/* One row of a block of numbers, filled up with spaces to `width` characters. */
static void
print_row (const ScopeScramble *order, int block, int row, int width, ScopeText *out)
{
  int rows = block == 0 ? order->rows : order->columns;
  int columns = block == 0 ? order->columns : order->rows, written = 0;
  for (int i = 0; row < rows && i < columns; i++)
    {
      int number = block == 2 ? i * rows + row : row * columns + i;
      ScopeText text = { 0 };
      scope_text_printf (&text, "%s%2d", i > 0 ? " " : "", number);
      written += (int)text.length;
      scope_text_append (out, scope_text_string (&text));
      scope_text_clear (&text);
    }
  for (; written < width; written++)
    scope_text_append (out, " ");
}

void
scope_hazard_print_order (const ScopeHazard *hazard,
                          const char *(*translate) (const char *text),
                          ScopeText *out)
{
  const ScopeScramble *order = &hazard->order;
  const ScopeLookout lookout = { .translate = translate };
  const char *const heading[] = { translated (&lookout, "before"), "reshape", "permute" };
  int width[3], lines = order->rows > order->columns ? order->rows : order->columns;
  for (int i = 0; order->rows > 0 && i < 3; i++)
    {
      int characters = (int)scope_text_characters (heading[i], strlen (heading[i]));
      int numbers = 3 * (i == 0 ? order->columns : order->rows) - 1;
      width[i] = (characters > numbers ? characters : numbers) + 3;
      scope_text_append (out, heading[i]);
      for (int k = characters; i < 2 && k < width[i]; k++)
        scope_text_append (out, " ");
    }
  for (int row = 0; order->rows > 0 && row < lines; row++)
    {
      scope_text_append (out, "\n");
      for (int i = 0; i < 3; i++)
        print_row (order, i, row, i < 2 ? width[i] : 0, out);
    }
}

/* ---- square matrices ------------------------------------------------------------------------ */

static bool
is_square (const ScopeNode *node)
{
  int rank = node->shape.rank;
  return rank >= 2 && node->shape.size[rank - 1] > 1
         && node->shape.size[rank - 1] == node->shape.size[rank - 2];
}

/* Who transposes has thought of it. */
static bool
is_transposed (const ScopeNode *node)
{
  static const char *const names[] = { "permute",  "transpose", "matrix_transpose", "movedim",
                                       "rollaxis", "eye",       "rearrange",        NULL };
  return scope_node_is (node, names);
}

static bool
is_said (const ScopeLookout *lookout, const char *kind)
{
  for (int i = 0; i < lookout->found; i++)
    if (strcmp (lookout->hazard[i].kind, kind) == 0)
      return true;
  return false;
}

static void
look_at_product (ScopeLookout *lookout, const ScopeNode *node)
{
  static const char *const products[] = { "matmul", "mm", "bmm", "dot", NULL };
  if (!scope_node_is (node, products) || is_said (lookout, "square-matrices"))
    return;
  const ScopeNode *a = scope_node_operand (node, 0), *b = scope_node_operand (node, 1);
  if (a == NULL || b == NULL || !is_square (a) || !is_square (b) || is_transposed (a)
      || is_transposed (b) || a->shape.size[a->shape.rank - 1] != b->shape.size[b->shape.rank - 1])
    return;
  ScopeHazard *hazard = scope_lookout_add (lookout, node, "square-matrices", SCOPE_WORRY_SQUARE);
  if (hazard == NULL)
    return;
  int64_t size = a->shape.size[a->shape.rank - 1];
  scope_text_printf (&hazard->sentence,
                     translated (lookout, "Both matrices are %lld × %lld: the product fits with "
                                          "and without a transpose, so a missing "
                                          "one goes unnoticed. Make sure which is meant."),
                     (long long)size, (long long)size);
  ScopePhrase phrase = { .kind = SCOPE_PHRASE_PERMUTE, .rank = b->shape.rank };
  for (int i = 0; i < phrase.rank; i++)
    phrase.number[i] = i < phrase.rank - 2 ? i : i == phrase.rank - 2 ? i + 1 : i - 1;
  ScopeText source = { 0 }, text = { 0 };
  scope_lookout_print (lookout, node->value[1].span, true, &source);
  if (b->shape.rank == 2 && node->dialect != SCOPE_TENSORFLOW)
    scope_text_printf (&text, "%s.T", scope_text_string (&source));
  else
    scope_phrase_print (&phrase, scope_text_string (&source), node->dialect, &text);
  scope_lookout_fix (lookout, hazard, node->value[1].span, scope_text_string (&text));
  scope_text_clear (&source);
  scope_text_clear (&text);
}

void
scope_hazard_order (ScopeLookout *lookout, const ScopeNode *node)
{
  look_at_reshape (lookout, node);
  look_at_product (lookout, node);
}
