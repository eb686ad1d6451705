/* Aligned axes in characters: a column per axis, widths as the sizes need. */
#include "cli/text-report.h"

#include "cli/cli.h"

enum
{
  GAP = 3 /* columns between two axes */
};

/* What stands in one place: its text and how it is coloured. */
typedef enum
{
  INK_PLAIN,
  INK_DIM,
  INK_GOOD,
  INK_BAD,
} Ink;

static const char *const escapes[] = { "", "\033[2m", "\033[32m", "\033[1;31m" };

static void
put (GString *line, const char *text, Ink ink, const ScopePage *page)
{
  gboolean colored = page->colors && ink != INK_PLAIN;
  g_string_append (line, colored ? escapes[ink] : "");
  g_string_append (line, text);
  g_string_append (line, colored ? "\033[0m" : "");
}

static void
put_spaces (GString *line, int count)
{
  for (int i = 0; i < count; i++)
    g_string_append_c (line, ' ');
}

static void
put_right (GString *line, const char *text, int width, Ink ink, const ScopePage *page)
{
  put_spaces (line, width - scope_cli_width (text));
  put (line, text, ink, page);
}

static void
put_left (GString *line, const char *text, int width)
{
  g_string_append (line, text);
  put_spaces (line, width - scope_cli_width (text));
}

/* Spaces at the end of a line are not seen and only disturb comparisons. */
static void
end_line (GString *out, GString *line)
{
  gsize length = line->len;
  while (length > 0 && line->str[length - 1] == ' ')
    length--;
  g_string_append_len (out, line->str, (gssize)length);
  g_string_append_c (out, '\n');
  g_string_truncate (line, 0);
}

/* ---- what stands in the places -------------------------------------------------------------- */

static char *
axis_text (int axis)
{
  return g_strdup_printf ("axis %d", axis);
}

static char *
cell_text (const ScopeAlignedCell *cell)
{
  if (!cell->present)
    return g_strdup ("");
  ScopeText size = { 0 };
  scope_size_print (cell->size, &size);
  char *text = cell->mark == SCOPE_MARK_PADDED ? g_strdup_printf ("(%s)", scope_text_string (&size))
                                               : g_strdup (scope_text_string (&size));
  scope_text_clear (&size);
  return text;
}

static Ink
cell_ink (const ScopeAlignedCell *cell)
{
  return cell->mark == SCOPE_MARK_FAILS    ? INK_BAD
         : cell->mark == SCOPE_MARK_PADDED ? INK_DIM
                                           : INK_PLAIN;
}

static Ink
mark_ink (ScopeMark mark)
{
  return mark == SCOPE_MARK_FAILS ? INK_BAD : mark == SCOPE_MARK_NONE ? INK_PLAIN : INK_GOOD;
}

/* A result is shown when it is whole: of a failure it says no more than the marks. */
static gboolean
shows_result (const ScopeAlignment *alignment)
{
  if (!alignment->has_result)
    return FALSE;
  for (int i = 0; i < alignment->rank; i++)
    if (alignment->column[i] == SCOPE_MARK_FAILS)
      return FALSE;
  return TRUE;
}

/* ---- widths --------------------------------------------------------------------------------- */

typedef struct
{
  int name, role; /* of the operands' columns */
  int label;      /* of everything before the first axis */
  int axis;       /* of one axis, the gap before it included */
} Widths;

static void
widen (int *width, const char *text)
{
  *width = MAX (*width, scope_cli_width (text));
}

static void
widen_by_cells (int *width, const ScopeAlignment *alignment, const ScopeAlignedRow *row)
{
  for (int i = 0; i < alignment->rank; i++)
    {
      g_autofree char *text = cell_text (&row->cell[i]);
      widen (width, text);
    }
}

static Widths
measure (const ScopeAlignment *alignment)
{
  Widths widths = { 0 };
  for (int r = 0; r < alignment->rows; r++)
    {
      g_autofree char *name = scope_cli_visible (scope_text_string (&alignment->row[r].name));
      widen (&widths.name, name);
      widen (&widths.role, scope_text_string (&alignment->row[r].role));
      widen_by_cells (&widths.axis, alignment, &alignment->row[r]);
    }
  widths.label = 2 + widths.name + (widths.role > 0 ? 2 + widths.role : 0);
  if (shows_result (alignment))
    {
      widths.label =
          MAX (widths.label, 2 + scope_cli_width (scope_text_string (&alignment->result.name)));
      widen_by_cells (&widths.axis, alignment, &alignment->result);
    }
  for (int i = 0; i < alignment->rank; i++)
    {
      g_autofree char *text = axis_text (i);
      widen (&widths.axis, text);
    }
  widths.label += 2;
  widths.axis += GAP;
  return widths;
}

/* ---- lines ---------------------------------------------------------------------------------- */

static void
put_cells (GString *line,
           const ScopeAlignedRow *row,
           int begin,
           int end,
           const Widths *widths,
           const ScopePage *page)
{
  for (int i = begin; i < end; i++)
    {
      g_autofree char *text = cell_text (&row->cell[i]);
      put_right (line, text, widths->axis, cell_ink (&row->cell[i]), page);
    }
}

/* Axes begin…end with all rows. */
static void
put_band (const ScopeAlignment *alignment,
          int begin,
          int end,
          const Widths *widths,
          const ScopePage *page,
          GString *out)
{
  g_autoptr (GString) line = g_string_new (NULL);
  put_spaces (line, widths->label);
  for (int i = begin; i < end; i++)
    {
      g_autofree char *text = axis_text (i);
      put_right (line, text, widths->axis, INK_DIM, page);
    }
  end_line (out, line);

  for (int r = 0; r < alignment->rows; r++)
    {
      const ScopeAlignedRow *row = &alignment->row[r];
      g_autofree char *name = scope_cli_visible (scope_text_string (&row->name));
      put_spaces (line, 2);
      put_left (line, name, widths->name + 2);
      put_left (line, scope_text_string (&row->role), widths->label - widths->name - 4);
      put_cells (line, row, begin, end, widths, page);
      end_line (out, line);
    }

  gboolean marked = FALSE;
  put_spaces (line, widths->label);
  for (int i = begin; i < end; i++)
    {
      put_right (line, scope_mark_sign (alignment->column[i]), widths->axis,
                 mark_ink (alignment->column[i]), page);
      marked |= alignment->column[i] != SCOPE_MARK_NONE;
    }
  if (marked)
    end_line (out, line);
  g_string_truncate (line, 0);

  if (shows_result (alignment))
    {
      put_spaces (line, 2);
      put_left (line, scope_text_string (&alignment->result.name), widths->label - 2);
      put_cells (line, &alignment->result, begin, end, widths, page);
      end_line (out, line);
    }
}

void
scope_text_alignment (const ScopeAlignment *alignment, const ScopePage *page, GString *out)
{
  Widths widths = measure (alignment);
  int most = MAX (alignment->rank, 1);
  if (page->columns > 0)
    most = MAX ((page->columns - widths.label) / widths.axis, 1);

  for (int begin = 0; begin == 0 || begin < alignment->rank; begin += most)
    put_band (alignment, begin, MIN (begin + most, alignment->rank), &widths, page, out);
  if (alignment->hidden > 0)
    g_string_append_printf (out, "  and %d more\n", alignment->hidden);
}
