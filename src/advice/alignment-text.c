/* An alignment in words. */
#include "advice/alignment-text.h"

#include <string.h>

static const char *
translated (const char *(*translate) (const char *), const char *text)
{
  return translate != NULL ? translate (text) : text;
}

/* ---- why ------------------------------------------------------------------------------------ */

typedef struct
{
  const char *(*translate) (const char *);
  ScopeText first, second;
} Words;

/* Two sizes put into a translated sentence. */
static void
say_pair (Words *words, const char *format, int64_t first, int64_t second, ScopeText *out)
{
  words->first.length = words->second.length = 0;
  scope_size_print (first, &words->first);
  scope_size_print (second, &words->second);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  scope_text_printf (out, format, scope_text_string (&words->first),
                     scope_text_string (&words->second));
#pragma GCC diagnostic pop
}

/* The first size, and the first after it that is another one; the first again when all are equal.
 */
static bool
find_pair (const ScopeAlignment *alignment, int column, int64_t pair[2])
{
  int found = 0;
  for (int r = 0; r < alignment->rows && found < 2; r++)
    {
      const ScopeAlignedCell *cell = &alignment->row[r].cell[column];
      if (cell->present && (found == 0 || cell->size != pair[0]))
        pair[found++] = cell->size;
    }
  if (found == 1)
    pair[1] = pair[0];
  return found > 0;
}

static void
explain_failure (Words *words,
                 const ScopeAlignment *alignment,
                 int column,
                 const int64_t *pair,
                 ScopeText *out)
{
  bool target = alignment->rows == 2 && alignment->row[0].role.length > 0;
  bool padded = target && alignment->row[0].cell[column].mark == SCOPE_MARK_PADDED;
  if (padded)
    say_pair (words,
              translated (words->translate, "the target has no such axis, and the source has %s"),
              pair[1], pair[1], out);
  else if (target && pair[0] == 1)
    say_pair (
        words,
        translated (words->translate, "the target's 1 meets %s, and a target does not stretch"),
        pair[1], pair[1], out);
  else if (pair[0] == pair[1])
    say_pair (words, translated (words->translate, "%s is not what it has to meet"), pair[0], 0,
              out);
  else if (!alignment->compares)
    say_pair (words, translated (words->translate, "%s meets %s, and they have to be equal"),
              pair[0], pair[1], out);
  else
    say_pair (words, translated (words->translate, "%s meets %s, and neither is 1"), pair[0],
              pair[1], out);
}

static void
explain_stretch (Words *words, const int64_t *pair, bool filled, ScopeText *out)
{
  int64_t other = pair[0] == 1 ? pair[1] : pair[0];
  if (filled)
    say_pair (words,
              translated (words->translate, "%s meets the 1 that was filled in, which stretches"),
              other, other, out);
  else
    say_pair (words, translated (words->translate, "%s meets 1, and the 1 stretches to %s"), other,
              other, out);
}

void
scope_alignment_explain (const ScopeAlignment *alignment,
                         int column,
                         const char *(*translate) (const char *text),
                         ScopeText *out)
{
  Words words = { .translate = translate };
  int64_t pair[2];
  bool filled = false;
  if (!find_pair (alignment, column, pair))
    return;
  for (int r = 0; r < alignment->rows; r++)
    filled |= alignment->row[r].cell[column].mark == SCOPE_MARK_PADDED;
  switch (alignment->column[column])
    {
    case SCOPE_MARK_FAILS:
      explain_failure (&words, alignment, column, pair, out);
      break;
    case SCOPE_MARK_STRETCHED:
      explain_stretch (&words, pair, filled, out);
      break;
    case SCOPE_MARK_EQUAL:
      say_pair (&words, translated (translate, "%s meets %s, they are equal"), pair[0], pair[1],
                out);
      break;
    case SCOPE_MARK_JOINED:
      say_pair (&words, translated (translate, "here they are joined, so the sizes add up"), 0, 0,
                out);
      break;
    case SCOPE_MARK_UNKNOWN:
      say_pair (&words, translated (translate, "a size is not known, so it is taken to fit"), 0, 0,
                out);
      break;
    case SCOPE_MARK_CONTRACTED:
      say_pair (&words, translated (translate, "it is summed over"), 0, 0, out);
      break;
    case SCOPE_MARK_NONE:
    case SCOPE_MARK_PADDED:
      break;
    }
  scope_text_clear (&words.first);
  scope_text_clear (&words.second);
}

/* ---- the table ------------------------------------------------------------------------------ */

static void
pad (ScopeText *out, int64_t count)
{
  for (int64_t i = 0; i < count; i++)
    scope_text_append (out, " ");
}

static int64_t
size_width (int64_t size)
{
  ScopeText text = { 0 };
  scope_size_print (size, &text);
  int64_t width = scope_text_characters (scope_text_string (&text), text.length);
  scope_text_clear (&text);
  return width;
}

static bool
is_written (const ScopeAlignedCell *cell)
{
  return cell->present && cell->mark != SCOPE_MARK_PADDED;
}

static bool
fails (const ScopeAlignment *alignment)
{
  for (int column = 0; column < alignment->rank; column++)
    if (alignment->column[column] == SCOPE_MARK_FAILS)
      return true;
  return false;
}

static int64_t
column_width (const ScopeAlignment *alignment, int column, bool whole)
{
  int64_t width = 1;
  for (int r = 0; r < alignment->rows + (whole ? 1 : 0); r++)
    {
      const ScopeAlignedRow *row = r < alignment->rows ? &alignment->row[r] : &alignment->result;
      int64_t own = is_written (&row->cell[column]) ? size_width (row->cell[column].size) : 0;
      width = own > width ? own : width;
    }
  return width;
}

static int64_t
name_width (const ScopeText *name)
{
  return scope_text_characters (scope_text_string (name), name->length);
}

/* Digits of the largest rank. */
static int
rank_width (const ScopeAlignment *alignment)
{
  int most = alignment->result.shape.rank;
  for (int r = 0; r < alignment->rows; r++)
    most = alignment->row[r].shape.rank > most ? alignment->row[r].shape.rank : most;
  return most < 10 ? 1 : 2;
}

/* `A      (4d array):  8 x 1 x 6 x 1` */
static void
print_row (const ScopeAlignment *alignment,
           const ScopeAlignedRow *row,
           const char *name,
           int64_t width,
           bool whole,
           ScopeText *out)
{
  scope_text_append (out, name);
  pad (out, width - scope_text_characters (name, strlen (name)));
  scope_text_printf (out, " (%*dd array):  ", rank_width (alignment), row->shape.rank);
  size_t end = out->length;
  bool begun = false;
  for (int column = 0; column < alignment->rank; column++)
    {
      const ScopeAlignedCell *cell = &row->cell[column];
      int64_t room = column_width (alignment, column, whole);
      scope_text_append (out, column == 0 ? "" : begun && is_written (cell) ? " x " : "   ");
      pad (out, room - (is_written (cell) ? size_width (cell->size) : 0));
      if (!is_written (cell))
        continue;
      scope_size_print (cell->size, out);
      begun = true;
      end = out->length;
    }
  if (!out->failed)
    {
      out->length = end; /* without spaces at the end of the line */
      out->data[end] = '\0';
    }
  scope_text_append (out, begun ? "\n" : "scalar\n");
}

/* `^` under the last digit of every size of a failing column. */
static void
print_marks (const ScopeAlignment *alignment, int64_t width, ScopeText *out)
{
  pad (out, width + 13 + rank_width (alignment));
  int64_t blank = 0;
  for (int column = 0; column < alignment->rank; column++)
    {
      int64_t room = column_width (alignment, column, false);
      blank += column > 0 ? 3 : 0;
      if (alignment->column[column] != SCOPE_MARK_FAILS)
        {
          blank += room;
          continue;
        }
      pad (out, blank);
      for (int64_t i = 0; i < room; i++)
        scope_text_append (out, "^");
      blank = 0;
    }
  scope_text_append (out, " mismatch\n");
}

void
scope_alignment_print_table (const ScopeAlignment *alignment, ScopeText *out)
{
  bool whole = alignment->has_result && !fails (alignment);
  int64_t width = whole ? 6 : 1;
  for (int r = 0; r < alignment->rows; r++)
    {
      int64_t own = name_width (&alignment->row[r].name);
      width = own > width ? own : width;
    }
  for (int r = 0; r < alignment->rows; r++)
    print_row (alignment, &alignment->row[r], scope_text_string (&alignment->row[r].name), width,
               whole, out);
  if (whole)
    print_row (alignment, &alignment->result, "Result", width, whole, out);
  else if (fails (alignment))
    print_marks (alignment, width, out);
}
