/* Reading error messages: choosing the words that decide, and what they say in which field. */
#include "advice/message-parts.h"

#include "core/checked.h"

#include <stdlib.h>
#include <string.h>

enum
{
  QUOTED = 60 /* characters before the words that decided that are shown with them, at most */
};

/* ---- fields --------------------------------------------------------------------------------- */

static void
set_number (ScopeMessageNumber *number, int64_t value)
{
  *number = (ScopeMessageNumber){ value != SCOPE_SIZE_UNKNOWN, value };
}

static void
set_pair (ScopeMessagePair *pair, int64_t first, int64_t second)
{
  *pair = (ScopeMessagePair){ true, { first, second } };
}

static void
take_number (const ScopeFinding *finding, ScopeHole hole, ScopeMessageNumber *number)
{
  if (finding->filled[hole])
    set_number (number, finding->number[hole]);
}

static void
take_pair (const ScopeFinding *finding, ScopeHole first, ScopeHole second, ScopeMessagePair *pair)
{
  if (finding->filled[first] || finding->filled[second])
    set_pair (pair, finding->filled[first] ? finding->number[first] : SCOPE_SIZE_UNKNOWN,
              finding->filled[second] ? finding->number[second] : SCOPE_SIZE_UNKNOWN);
}

static void
take_word (const ScopePaste *paste, const ScopeFinding *finding, ScopeHole hole, ScopeText *text)
{
  if (!finding->filled[hole])
    return;
  ScopeTight at = finding->at[hole];
  scope_text_clear (text);
  scope_text_append_bytes (text, paste->tight + at.begin, at.end - at.begin);
}

/* ---- spans and words ------------------------------------------------------------------------ */

static const struct
{
  ScopeHole hole;
  const char *what;
} shown[] = {
  { SCOPE_HOLE_A, "a" },           { SCOPE_HOLE_B, "b" },
  { SCOPE_HOLE_SHAPES, "shapes" }, { SCOPE_HOLE_REMAPPED, "shapes" },
  { SCOPE_HOLE_X, "sizes" },       { SCOPE_HOLE_Y, "sizes" },
  { SCOPE_HOLE_AXIS, "axis" },     { SCOPE_HOLE_AXIS_B, "axis_b" },
  { SCOPE_HOLE_CAT, "cat_axis" },  { SCOPE_HOLE_HAVE, "numel" },
  { SCOPE_HOLE_WANT, "numel" },    { SCOPE_HOLE_RANK_A, "ranks" },
  { SCOPE_HOLE_RANK_B, "ranks" },  { SCOPE_HOLE_INDEX, "index" },
  { SCOPE_HOLE_PARAM, "param" },   { SCOPE_HOLE_LABEL, "label" },
  { SCOPE_HOLE_SPLITS, "splits" }, { SCOPE_HOLE_GROUPS, "groups" },
  { SCOPE_HOLE_TF_OP, "tf_op" },   { SCOPE_HOLE_NODE_OP, "node_op" },
};

static void
add_span (ScopeMessage *message, const ScopePaste *paste, const char *what, ScopeTight at)
{
  if (message->spans == SCOPE_MESSAGE_SPANS || at.begin >= at.end)
    return;
  size_t last = paste->place[at.end - 1];
  message->span[message->spans++] =
      (ScopeMessageSpan){ what, paste->origin[paste->place[at.begin]], paste->origin[last + 1] };
}

static void
take_spans (ScopeMessage *message, const ScopePaste *paste, const ScopeFinding *finding)
{
  add_span (message, paste, "message", finding->whole);
  for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
    if (finding->filled[shown[i].hole])
      add_span (message, paste, shown[i].what, finding->at[shown[i].hole]);
}

/* Where the sentence around byte `at` of the lines begins, if that is near: behind `Error: `. */
static size_t
sentence_begin (const ScopePaste *paste, size_t at)
{
  for (size_t i = at; i > 0 && at - i < QUOTED; i--)
    if (paste->line[i - 1] == '\n' || (i > 1 && memcmp (paste->line + i - 2, ": ", 2) == 0))
      return i;
  return at < QUOTED ? 0 : at;
}

/* The words of the message, white space as single spaces. */
static void
take_quote (ScopeMessage *message, const ScopePaste *paste, ScopeTight at)
{
  if (at.begin >= at.end)
    return;
  bool space = false;
  size_t begin = sentence_begin (paste, paste->place[at.begin]);
  while (paste->line[begin] == ' ' || paste->line[begin] == '\n')
    begin++;
  for (size_t i = begin; i <= paste->place[at.end - 1]; i++)
    {
      char c = paste->line[i];
      bool white = c == ' ' || c == '\t' || c == '\n' || c == SCOPE_MARKED_LINE;
      if (white)
        space = true;
      else
        {
          if (space)
            scope_text_append (&message->quote, " ");
          space = false;
          scope_text_append_bytes (&message->quote, &c, 1);
        }
    }
}

/* ---- conventions ---------------------------------------------------------------------------- */

static void
set_shape (bool *has, ScopeShape *shape, const ScopeShape *from)
{
  *has = true;
  *shape = *from;
}

static void
take_shapes (ScopeMessage *message, const ScopeFinding *finding)
{
  const ScopeMessageShapes *list = &finding->shapes;
  bool named = finding->filled[SCOPE_HOLE_A] || finding->filled[SCOPE_HOLE_B];
  if (finding->filled[SCOPE_HOLE_A])
    set_shape (&message->has_a, &message->a, &finding->a);
  if (finding->filled[SCOPE_HOLE_B])
    set_shape (&message->has_b, &message->b, &finding->b);
  bool is_list = finding->filled[SCOPE_HOLE_SHAPES] || finding->filled[SCOPE_HOLE_REMAPPED];
  if (is_list && list->count > 0)
    set_shape (&message->has_a, &message->a, &list->shape[0]);
  /* A shape that is asked for is b only when it is not the operands' core shape alone. */
  if (is_list && list->count > 1)
    set_shape (&message->has_b, &message->b, &list->shape[1]);
  if (is_list && list->count > 2)
    message->shapes = *list;
  if (!is_list && named && list->count > 0)
    {
      message->shapes.count = 0;
      if (message->has_a)
        message->shapes.shape[message->shapes.count++] = message->a;
      if (message->has_b)
        message->shapes.shape[message->shapes.count++] = message->b;
      for (int i = 0; i < list->count && message->shapes.count < SCOPE_MESSAGE_SHAPES; i++)
        message->shapes.shape[message->shapes.count++] = list->shape[i];
    }
  message->remapped = finding->remapped;
  if (finding->row->flags & SCOPE_ROW_CAT_0)
    set_number (&message->cat_axis, 0);
  if (finding->row->flags & SCOPE_ROW_CAT_1)
    set_number (&message->cat_axis, 1);
  if ((finding->row->flags & SCOPE_ROW_REMAPPED) && finding->filled[SCOPE_HOLE_B]
      && finding->remapped.count > 1) /* what is asked for is only the core of a product */
    message->op = "matmul";
  if (finding->filled[SCOPE_HOLE_SPLITS])
    set_shape (&message->has_splits, &message->splits, &finding->splits);
}

static int
longer_rank (const ScopeMessage *message)
{
  int rank = message->has_a ? message->a.rank : 0;
  return message->has_b && message->b.rank > rank ? message->b.rank : rank;
}

/* The axis from the front; a negative one stays as axis_raw and counts from the end of what is
 * known. */
static void
take_axis (ScopeMessage *message, const ScopeFinding *finding)
{
  uint64_t flags = finding->row->flags;
  ScopeMessageNumber axis = { 0 };
  take_number (finding, SCOPE_HOLE_AXIS, &axis);
  if (flags & SCOPE_ROW_AXIS_0)
    set_number (&axis, 0);
  if (flags & SCOPE_ROW_AXIS_1)
    set_number (&axis, 1);
  if (flags & SCOPE_ROW_AXIS_LAST)
    set_number (&axis, -1);
  if ((flags & SCOPE_ROW_CHANNEL) && message->has_a && message->has_b)
    set_number (&axis, message->a.rank - message->b.rank + 1);
  if (axis.given && (flags & SCOPE_ROW_FROM_ONE))
    axis.value--;
  if (!axis.given)
    return;
  if (axis.value >= 0)
    {
      message->axis = axis;
      return;
    }
  message->axis_raw = axis;
  int rank = flags & SCOPE_ROW_AXIS_FROM_A ? (message->has_a ? message->a.rank : 0)
                                           : longer_rank (message);
  if (rank + axis.value >= 0 && rank > 0)
    set_number (&message->axis, rank + axis.value);
}

/* The size of `shape` at an axis of the frame of `rank` axes; SCOPE_SIZE_UNKNOWN outside. */
static int64_t
size_at (const ScopeShape *shape, int rank, int64_t axis)
{
  int64_t own = axis - (rank - shape->rank);
  return own >= 0 && own < shape->rank ? shape->size[own] : SCOPE_SIZE_UNKNOWN;
}

/* Only the axes that are summed over are printed, or the first two of the second tensor: those
 * wanted and those there. */
static void
take_parts (ScopeMessage *message)
{
  for (int i = 0; i < message->a.rank && message->a.rank == message->b.rank; i++)
    if (message->a.size[i] != message->b.size[i])
      {
        set_pair (&message->sizes, message->a.size[i], message->b.size[i]);
        break;
      }
  message->has_a = message->has_b = false; /* they are not the tensors' whole shapes */
}

/* The sizes that a product sums over. */
static void
take_inner (ScopeMessage *message)
{
  const ScopeShape *a = &message->a, *b = &message->b;
  if (!message->has_a || !message->has_b || a->rank < 1 || b->rank < 1)
    return;
  int64_t x = a->size[a->rank - 1], y = b->size[b->rank > 1 ? b->rank - 2 : 0];
  if (x != y)
    set_pair (&message->sizes, x, y);
}

/* The sizes that the message does not print beside the axis it names. */
static void
take_sizes_at_axis (ScopeMessage *message, uint64_t flags)
{
  bool given = message->sizes.given;
  int64_t x = given ? message->sizes.value[0] : SCOPE_SIZE_UNKNOWN;
  int64_t y = given ? message->sizes.value[1] : SCOPE_SIZE_UNKNOWN;
  if (!message->axis.given)
    return;
  bool from_front = flags & (SCOPE_ROW_AXIS_FROM_A | SCOPE_ROW_AXIS_0);
  int64_t axis = message->axis.value;
  int64_t axis_b = message->axis_b.given ? message->axis_b.value : axis;
  if (x == SCOPE_SIZE_UNKNOWN && message->has_a)
    x = size_at (&message->a, from_front ? message->a.rank : longer_rank (message), axis);
  if (y == SCOPE_SIZE_UNKNOWN && message->has_b)
    y = size_at (&message->b,
                 from_front || message->axis_b.given ? message->b.rank : longer_rank (message),
                 axis_b);
  if (given || (x != SCOPE_SIZE_UNKNOWN && y != SCOPE_SIZE_UNKNOWN))
    set_pair (&message->sizes, x, y);
}

static void
take_sizes (ScopeMessage *message, const ScopeFinding *finding)
{
  uint64_t flags = finding->row->flags;
  take_pair (finding, SCOPE_HOLE_X, SCOPE_HOLE_Y, &message->sizes);
  if (flags & SCOPE_ROW_INNER)
    take_inner (message);
  if ((flags & SCOPE_ROW_COLUMNS) && message->has_a && message->has_b && message->a.rank > 0
      && message->b.rank > 0)
    set_pair (&message->sizes, message->a.size[message->a.rank - 1],
              message->b.size[message->b.rank - 1]);
  if (flags & (SCOPE_ROW_PARTS))
    take_parts (message);
  if (flags & SCOPE_ROW_AT_AXIS)
    take_sizes_at_axis (message, flags);
}

static void
take_numel (ScopeMessage *message, const ScopeFinding *finding)
{
  take_pair (finding, SCOPE_HOLE_HAVE, SCOPE_HOLE_WANT, &message->numel);
  int64_t count;
  if ((finding->row->flags & SCOPE_ROW_NUMEL) && message->numel.given && message->has_b
      && scope_shape_count (&message->b, &count, NULL))
    message->numel.value[1] = count;
}

/* More than one axis of shapes that are compared from their end differs. */
static bool
fails_more_than_once (const ScopeMessage *message)
{
  if (!message->has_a || !message->has_b || message->shapes.count > 2
      || message->remapped.count > 0)
    return false;
  bool assigns = strcmp (message->op, "assign") == 0 || strcmp (message->op, "expand") == 0;
  if (!assigns && strcmp (message->op, "broadcast") != 0)
    return false;
  int failing = 0;
  for (int i = 1; i <= message->a.rank && i <= message->b.rank; i++)
    {
      int64_t x = message->a.size[message->a.rank - i], y = message->b.size[message->b.rank - i];
      failing += x >= 0 && y >= 0 && x != y && x != 1 && (assigns || y != 1);
    }
  return failing > 1;
}

static void
add_notes (ScopeMessage *message, const ScopeFinding *finding)
{
  uint64_t flags = finding->row->flags;
  if ((flags & SCOPE_ROW_NOTE_LEADING) && message->has_b && message->b.rank == 1
      && message->b.size[0] >= 0 && message->numel.given && message->b.size[0] > 0
      && message->numel.value[0] % message->b.size[0] != 0)
    {
      scope_text_printf (&message->note,
                         "NumPy leaves out a leading -1: the target may be (-1, %lld).",
                         (long long)message->b.size[0]);
    }
  if (flags & SCOPE_ROW_INNERMOST)
    scope_text_append (&message->note, "llama.cpp lists the innermost axis first.");
  if (flags & SCOPE_ROW_FOLDED)
    scope_text_append (&message->note,
                       "PyTorch folds an input of more axes to two before it multiplies, and "
                       "transposes the weight of a linear layer.");
}

static void
fill (ScopeMessage *message, const ScopePaste *paste, const ScopeFinding *finding)
{
  message->recognized = true;
  message->framework = finding->row->framework;
  message->op = finding->row->op;
  take_shapes (message, finding);
  take_number (finding, SCOPE_HOLE_AXIS_B, &message->axis_b);
  if (message->axis_b.given && (finding->row->flags & SCOPE_ROW_FROM_ONE))
    message->axis_b.value--;
  take_number (finding, SCOPE_HOLE_CAT, &message->cat_axis);
  take_number (finding, SCOPE_HOLE_INDEX, &message->index);
  take_number (finding, SCOPE_HOLE_GROUPS, &message->groups);
  take_number (finding, SCOPE_HOLE_SIZE, &message->size);
  take_axis (message, finding);
  take_sizes (message, finding);
  take_numel (message, finding);
  take_pair (finding, SCOPE_HOLE_RANK_A, SCOPE_HOLE_RANK_B, &message->ranks);
  if ((finding->row->flags & SCOPE_ROW_RANKS) && message->has_a && message->has_b)
    set_pair (&message->ranks, message->a.rank, message->b.rank);
  if (message->ranks.given && message->ranks.value[0] == SCOPE_SIZE_UNKNOWN && message->has_a)
    message->ranks.value[0] = message->a.rank;
  if (finding->filled[SCOPE_HOLE_MINUS_1]) /* a range −n … n−1 of axes */
    set_pair (&message->ranks, finding->number[SCOPE_HOLE_MINUS_1] + 1, SCOPE_SIZE_UNKNOWN);
  take_word (paste, finding, SCOPE_HOLE_PARAM, &message->param);
  take_word (paste, finding, SCOPE_HOLE_LABEL, &message->label);
  take_word (paste, finding, SCOPE_HOLE_TF_OP, &message->tf_op);
  take_word (paste, finding, SCOPE_HOLE_NODE_OP, &message->node_op);
  scope_message_read_around (message, paste, finding);
  message->multiple = message->multiple || fails_more_than_once (message);
  add_notes (message, finding);
  take_spans (message, paste, finding);
  take_quote (message, paste, finding->whole);
}

/* ---- choosing ------------------------------------------------------------------------------- */

/* A template that is repeated for each mismatch: the first of the run that ends with `last`. */
static int
first_of_run (const ScopeHits *hits, int last)
{
  int first = last;
  while (first > 0 && hits->hit[first - 1].row == hits->hit[last].row
         && hits->hit[first].place - hits->hit[first - 1].end < 200)
    first--;
  return first;
}

/* The shapes of the tensors that a wrapper prints: `FakeTensor(..., size=(8, 3))`. */
static int
wrapped_shapes (const ScopePaste *paste, size_t begin, size_t end, ScopeShape shape[2])
{
  static const char sign[] = "size=(";
  int found = 0;
  for (size_t i = begin; i + sizeof sign < end && found < 2; i++)
    {
      if (memcmp (paste->tight + i, sign, sizeof sign - 1) != 0)
        continue;
      size_t at = i + sizeof sign - 2;
      if (scope_message_scan_shape (paste, &at, &shape[found]))
        found++;
    }
  return found;
}

/* The pair of sizes in the order of a and b, where the axis tells which is whose. */
static void
orient_sizes (ScopeMessage *message)
{
  if (!message->sizes.given || !message->axis.given)
    return;
  int rank = longer_rank (message);
  int64_t x = size_at (&message->a, rank, message->axis.value);
  int64_t y = size_at (&message->b, rank, message->axis.value);
  if (x == message->sizes.value[1] && y == message->sizes.value[0])
    set_pair (&message->sizes, x, y);
}

/* An inner message of dynamo's gets the shapes of the arguments that stand around it. */
static void
add_wrapper (ScopeMessage *message, const ScopePaste *paste, const ScopeHits *hits, ScopeHit hit)
{
  bool product = strcmp (message->op, "matmul") == 0; /* a layer's weight is printed transposed */
  if (product && message->has_a && message->has_b)
    return;
  for (int i = hits->wrappers - 1; i >= 0; i--)
    {
      ScopeHit wrapper = hits->wrapper[i];
      if (wrapper.place > hit.place)
        continue;
      ScopeShape shape[2];
      if (hit.place - wrapper.place > 4000
          || wrapped_shapes (paste, wrapper.end, hit.place, shape) != 2)
        return;
      bool ranks = message->axis_raw.given && message->axis_raw.value < 0;
      set_shape (&message->has_a, &message->a, &shape[0]);
      set_shape (&message->has_b, &message->b, &shape[1]);
      if (ranks && longer_rank (message) + message->axis_raw.value >= 0)
        set_number (&message->axis, longer_rank (message) + message->axis_raw.value);
      orient_sizes (message);
      return;
    }
}

/* A warning above the error may state the shapes that the error leaves out. */
static bool
add_warning (ScopeMessage *message,
             const ScopePaste *paste,
             const ScopeHits *hits,
             ScopeHit hit,
             ScopeFinding *finding)
{
  if (message->has_a || message->has_b || !message->sizes.given || !message->axis.given)
    return true;
  for (int i = hits->warnings - 1; i >= 0; i--)
    {
      ScopeEffort effort = { 0 };
      if (hits->warning[i].place > hit.place)
        continue;
      if (!scope_message_match (paste, scope_message_row (hits->warning[i].row),
                                hits->warning[i].place, finding, &effort)
          || !finding->filled[SCOPE_HOLE_A] || !finding->filled[SCOPE_HOLE_B])
        continue;
      int rank = finding->a.rank > finding->b.rank ? finding->a.rank : finding->b.rank;
      int64_t x = size_at (&finding->a, rank, message->axis.value);
      int64_t y = size_at (&finding->b, rank, message->axis.value);
      bool same = x == message->sizes.value[0] && y == message->sizes.value[1];
      bool swapped = y == message->sizes.value[0] && x == message->sizes.value[1];
      if (!same && !swapped) /* of another line */
        return true;
      set_pair (&message->sizes, x, y);
      set_shape (&message->has_a, &message->a, &finding->a);
      set_shape (&message->has_b, &message->b, &finding->b);
      add_span (message, paste, "a", finding->at[SCOPE_HOLE_A]);
      add_span (message, paste, "b", finding->at[SCOPE_HOLE_B]);
      return true;
    }
  return true;
}

/* Reads the hit that decides into `message`. */
static bool
read_hits (ScopeMessage *message, const ScopePaste *paste, const ScopeHits *hits)
{
  ScopeFinding *finding = malloc (sizeof *finding);
  if (finding == NULL)
    return false;
  ScopeHit hit;
  if (hits->hits > 0)
    {
      int last = hits->hits - 1;
      if (scope_message_row (hits->hit[last].row)->flags & SCOPE_ROW_EACH)
        {
          int first = first_of_run (hits, last);
          set_number (&message->count, last - first + 1);
          last = first;
        }
      hit = hits->hit[last];
    }
  else
    hit = hits->warnings > 0 ? hits->warning[hits->warnings - 1] : hits->faint[hits->weak - 1];

  ScopeEffort effort = { 0 };
  bool matched =
      scope_message_match (paste, scope_message_row (hit.row), hit.place, finding, &effort);
  bool done = true;
  if (matched)
    {
      uint64_t finding_flags = finding->row->flags;
      scope_message_extend (finding, paste);
      fill (message, paste, finding);
      add_wrapper (message, paste, hits, hit);
      done = add_warning (message, paste, hits, hit, finding)
             && scope_message_express (message, paste, paste->place[hit.place],
                                       paste->place[hit.end - 1] + 1, finding_flags);
    }
  free (finding);
  return done && !message->quote.failed && !message->note.failed;
}

bool
scope_message_read (const char *bytes, size_t length, ScopeMessage *out)
{
  memset (out, 0, sizeof *out);
  out->cut = length > SCOPE_MESSAGE_BYTES;
  if (out->cut)
    length = SCOPE_MESSAGE_BYTES;
  ScopePaste paste;
  ScopeHits *hits = malloc (sizeof *hits);
  bool done =
      scope_paste_make (&paste, bytes, length) && hits != NULL && scope_message_find (&paste, hits);
  if (done)
    {
      out->steps = hits->steps;
      if (hits->hits + hits->warnings + hits->weak > 0)
        done = read_hits (out, &paste, hits);
    }
  scope_paste_free (&paste);
  free (hits);
  if (!done)
    scope_message_clear (out);
  return done;
}

void
scope_message_clear (ScopeMessage *message)
{
  scope_text_clear (&message->param);
  scope_text_clear (&message->label);
  scope_text_clear (&message->axes);
  scope_text_clear (&message->tf_op);
  scope_text_clear (&message->node_op);
  scope_text_clear (&message->note);
  scope_text_clear (&message->quote);
  scope_text_clear (&message->expression);
  scope_text_clear (&message->source);
  scope_text_clear (&message->place);
  memset (message, 0, sizeof *message);
}
