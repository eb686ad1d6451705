/* Drawing an alignment into its geometry. Whatever a colour says, a sign, a word, hatching or a
 * dashed line says too. */
#include "paint/alignment-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef ScopeAlignmentPicture Picture;

static void
set_dashed (cairo_t *cr, double em)
{
  const double dash[] = { 0.3 * em, 0.22 * em };
  cairo_set_dash (cr, dash, 2, 0);
}

static void
outline (Picture *picture,
         double x,
         double y,
         double width,
         double height,
         ScopeColor color,
         double line,
         gboolean dashed)
{
  cairo_t *cr = picture->pen.cr;
  scope_round_rectangle (cr, x + line / 2, y + line / 2, width - line, height - line,
                         0.5 * picture->em);
  scope_color_set (cr, color);
  cairo_set_line_width (cr, line);
  if (dashed)
    set_dashed (cr, picture->em);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
fill (Picture *picture, double x, double y, double width, double height, ScopeColor color)
{
  scope_round_rectangle (picture->pen.cr, x, y, width, height, 0.5 * picture->em);
  scope_color_set (picture->pen.cr, color);
  cairo_fill (picture->pen.cr);
}

/* ---- a cell --------------------------------------------------------------------------------- */

/* Writes a size centred on x, smaller and then without its middle when it is too long. */
static void
write_size (Picture *picture,
            const char *text,
            ScopeTextStyle style,
            double x,
            double y,
            double room)
{
  double width = scope_pen_width (&picture->pen, &style, text);
  if (width > room)
    {
      style.size *= fmax (0.7, room / width);
      style.max_width = room;
      style.too_long = SCOPE_TOO_LONG_OMITS_MIDDLE;
    }
  scope_pen_write (&picture->pen, &style, text, x, y);
}

/* `1 → 256`; false when there is no room for it. */
static gboolean
write_becomes (Picture *picture,
               const char *size,
               const char *becomes,
               const ScopeTextStyle *style,
               double x,
               double y,
               double room)
{
  double em = picture->em, arrow = 0.8 * em, space = 0.45 * em;
  double left = scope_pen_width (&picture->pen, style, size);
  double right = scope_pen_width (&picture->pen, style, becomes);
  double all = left + right + arrow + 2 * space;
  if (all > room)
    return FALSE;

  ScopeTextStyle dim = *style;
  dim.color = scope_theme_dim (picture->theme);
  dim.bold = FALSE;
  scope_pen_write (&picture->pen, style, size, x - all / 2 + left / 2, y);
  scope_sign_paint (picture->pen.cr, SCOPE_MARK_STRETCHED, x - all / 2 + left + space + arrow / 2,
                    y, arrow, dim.color, scope_theme_line (picture->theme));
  scope_pen_write (&picture->pen, &dim, becomes, x + all / 2 - right / 2, y);
  return TRUE;
}

static void
write_cell (Picture *picture, int r, int column, double x, double y, double width)
{
  const ScopeAlignedCell *cell = &scope_alignment_row (picture->alignment, r)->cell[column];
  ScopeTextStyle style = scope_alignment_size_style (picture);
  double room = width - scope_alignment_cell_padding (picture, TRUE);
  g_autofree char *size = scope_alignment_size_text (cell->size);
  g_autofree char *becomes = scope_alignment_becomes_text (picture->alignment, r, column);
  if (cell->mark == SCOPE_MARK_PADDED)
    style.color = scope_theme_dim (picture->theme);
  if (cell->mark == SCOPE_MARK_FAILS)
    style.color = scope_theme_failure (picture->theme);

  if (becomes != NULL && write_becomes (picture, size, becomes, &style, x, y, room))
    return;
  if (cell->mark == SCOPE_MARK_CONTRACTED || cell->mark == SCOPE_MARK_JOINED)
    {
      double icon = scope_alignment_sign_size (picture);
      double text = scope_pen_width (&picture->pen, &style, size);
      double shift = fmin (0.9 * icon, fmax (0, (room - text) / 2));
      scope_sign_paint (picture->pen.cr, cell->mark, x + shift - fmin (text, room) / 2 - icon, y,
                        icon, scope_theme_dim (picture->theme), scope_theme_line (picture->theme));
      x += shift;
    }
  write_size (picture, size, style, x, y, room);
}

/* Hatched, with a plate under the size so that it stays readable. */
static void
paint_failing_cell (Picture *picture,
                    double x,
                    double y,
                    double width,
                    double height,
                    const char *size)
{
  ScopeColor red = scope_theme_failure (picture->theme);
  ScopeColor tint = scope_theme_failure_tint (picture->theme);
  ScopeColor faint = red;
  double em = picture->em;
  ScopeTextStyle style = scope_alignment_size_style (picture);
  faint.alpha = picture->theme->high_contrast ? 0.8 : 0.45;
  fill (picture, x, y, width, height, tint);
  scope_hatch (picture->pen.cr, x, y, width, height, 0.5 * em, 0.5 * em,
               0.8 * scope_theme_line (picture->theme), faint);

  double plate = fmin (scope_pen_width (&picture->pen, &style, size) + 0.7 * em, width - 0.3 * em);
  fill (picture, x + (width - plate) / 2, y + 0.55 * em, plate, height - 1.1 * em, tint);
  outline (picture, x, y, width, height, red, 2 * scope_theme_line (picture->theme), FALSE);
}

static void
paint_cell (Picture *picture, int r, int column, double x, double y, double width, double height)
{
  const ScopeAlignment *alignment = picture->alignment;
  const ScopeAlignedCell *cell = &scope_alignment_row (alignment, r)->cell[column];
  int from_end = column - alignment->rank;
  double line = scope_theme_line (picture->theme);
  gboolean fails = cell->mark == SCOPE_MARK_FAILS;
  if (!cell->present)
    return;

  g_autofree char *size = scope_alignment_size_text (cell->size);
  if (fails && r < alignment->rows)
    paint_failing_cell (picture, x, y, width, height, size);
  else if (fails)
    {
      fill (picture, x, y, width, height, scope_theme_background (picture->theme));
      outline (picture, x, y, width, height, scope_theme_failure (picture->theme), 1.5 * line,
               TRUE);
    }
  else if (cell->mark == SCOPE_MARK_PADDED)
    outline (picture, x, y, width, height, scope_theme_axis (picture->theme, from_end), line, TRUE);
  else
    {
      gboolean joined = cell->mark == SCOPE_MARK_JOINED;
      fill (picture, x, y, width, height, scope_theme_axis_tint (picture->theme, from_end));
      outline (picture, x, y, width, height, scope_theme_axis (picture->theme, from_end),
               joined ? 1.8 * line : line, FALSE);
    }
  write_cell (picture, r, column, x + width / 2, y + height / 2, width);
}

/* ---- rows ----------------------------------------------------------------------------------- */

/* The widest role, for which every name leaves room when both stand on one line. */
static double
roles_width (Picture *picture)
{
  ScopeTextStyle style = scope_alignment_role_style (picture);
  double widest = 0;
  for (int r = 0; r < scope_alignment_row_count (picture->alignment); r++)
    {
      const ScopeAlignedRow *row = scope_alignment_row (picture->alignment, r);
      if (row->role.length > 0)
        widest =
            fmax (widest, scope_pen_width (&picture->pen, &style, scope_text_string (&row->role)));
    }
  return widest;
}

/* `A target`: on one line when there is room, else below each other. */
static void
paint_row_name (Picture *picture, const ScopeAlignmentGeometry *geometry, int r, double middle)
{
  const ScopeAlignedRow *row = scope_alignment_row (picture->alignment, r);
  const char *name = scope_text_string (&row->name), *role = scope_text_string (&row->role);
  ScopeTextStyle name_style = scope_alignment_name_style (picture);
  ScopeTextStyle role_style = scope_alignment_role_style (picture);
  ScopePen *pen = &picture->pen;
  double x = geometry->names_width, em = picture->em;
  name_style.max_width = role_style.max_width = geometry->names_width;

  if (role[0] == '\0')
    {
      scope_pen_write (pen, &name_style, name, x, middle);
      return;
    }
  double left = x - roles_width (picture);
  if (scope_pen_width (pen, &name_style, name) <= left - 0.5 * em + 0.01)
    {
      role_style.anchor = SCOPE_ANCHOR_START;
      scope_pen_write (pen, &name_style, name, left - 0.5 * em, middle);
      scope_pen_write (pen, &role_style, role, left, middle);
    }
  else
    {
      scope_pen_write (pen, &name_style, name, x, middle - 0.6 * em);
      scope_pen_write (pen, &role_style, role, x, middle + 0.6 * em);
    }
}

static void
paint_scalar (Picture *picture, const ScopeAlignmentGeometry *geometry, double y)
{
  int last = MAX (geometry->columns - 1, 0);
  double x = geometry->column_x[last], width = geometry->column_width[last];
  ScopeColor color = scope_theme_dim (picture->theme);
  ScopeTextStyle style = { .size = 0.93 * picture->em,
                           .color = scope_theme_foreground (picture->theme),
                           .anchor = SCOPE_ANCHOR_MIDDLE,
                           .too_long = SCOPE_TOO_LONG_ENDS,
                           .max_width = width };
  outline (picture, x, y, width, geometry->cell_height, color, scope_theme_line (picture->theme),
           FALSE);
  /* Translators: a tensor without axes */
  scope_pen_write (&picture->pen, &style, _ ("scalar"), x + width / 2,
                   y + geometry->cell_height / 2);
}

static void
paint_rows (Picture *picture, const ScopeAlignmentGeometry *geometry)
{
  for (int r = 0; r < scope_alignment_row_count (picture->alignment); r++)
    {
      double top = scope_alignment_row_y (geometry, r);
      paint_row_name (picture, geometry, r, top + geometry->cell_height / 2);
      if (scope_alignment_row_is_scalar (picture->alignment, r))
        paint_scalar (picture, geometry, top);
      for (int i = 0; i < geometry->columns; i++)
        paint_cell (picture, r, geometry->column[i], geometry->column_x[i], top,
                    geometry->column_width[i], geometry->cell_height);
    }
}

/* ---- columns -------------------------------------------------------------------------------- */

static void
paint_header (Picture *picture, const ScopeAlignmentGeometry *geometry, int i)
{
  int column = geometry->column[i];
  double width = geometry->column_width[i], x = geometry->column_x[i] + width / 2;
  double room = width + 0.8 * geometry->column_gap, em = picture->em;
  double bottom = geometry->header_height - 0.45 * em;

  ScopeTextStyle style = scope_alignment_number_style (picture);
  g_autofree char *number = scope_alignment_number_text (picture->alignment, column, FALSE);
  if (scope_pen_width (&picture->pen, &style, number) > room)
    {
      g_free (number);
      number = scope_alignment_number_text (picture->alignment, column, TRUE);
    }
  scope_pen_write (&picture->pen, &style, number, x, bottom - 0.65 * em);

  const char *name = picture->axis_names == NULL ? NULL : picture->axis_names[column];
  if (name != NULL && name[0] != '\0')
    {
      style = scope_alignment_axis_style (picture);
      style.max_width = room;
      scope_pen_write (&picture->pen, &style, name, x, bottom - 1.95 * em);
    }
}

/* A sign and the longest of its words that has room. */
static void
paint_sign (Picture *picture, const ScopeAlignmentGeometry *geometry, int i)
{
  const ScopeAlignment *alignment = picture->alignment;
  ScopeMark mark = alignment->column[geometry->column[i]];
  if (mark == SCOPE_MARK_NONE)
    return;

  gboolean fails = mark == SCOPE_MARK_FAILS;
  double em = picture->em, icon = scope_alignment_sign_size (picture);
  double extra = alignment->hidden > 0 ? ceil (1.6 * em) : 0;
  double bottom = scope_alignment_row_y (geometry, geometry->rows);
  double middle = bottom - (geometry->signs_height - extra) / 2;
  double room = geometry->column_width[i] + (fails ? 0 : 0.6 * geometry->column_gap) - 1.4 * icon;
  ScopeTextStyle style = scope_alignment_sign_style (picture);
  style.bold = fails;
  if (fails)
    style.color = scope_theme_failure (picture->theme);

  g_auto (GStrv) words = scope_alignment_sign_words (alignment, geometry->column[i]);
  int w = 0;
  double width = scope_pen_width (&picture->pen, &style, words[0]);
  while (width > room && words[w + 1] != NULL)
    width = scope_pen_width (&picture->pen, &style, words[++w]);

  double all = icon + (width > 0 ? 0.4 * icon + width : 0);
  double x = geometry->column_x[i] + (geometry->column_width[i] - all) / 2;
  scope_sign_paint (picture->pen.cr, mark, x + icon / 2, middle, icon, style.color,
                    1.2 * scope_theme_line (picture->theme));
  scope_pen_write (&picture->pen, &style, words[w], x + 1.4 * icon, middle);
}

/* Framed from the first operand to the result. */
static void
paint_failing_frame (Picture *picture, const ScopeAlignmentGeometry *geometry, int i)
{
  if (picture->alignment->column[geometry->column[i]] != SCOPE_MARK_FAILS)
    return;

  double margin = fmin (0.5 * picture->em, 0.42 * geometry->column_gap);
  double line = 1.4 * scope_theme_line (picture->theme);
  double top = geometry->header_height - margin;
  double bottom = scope_alignment_row_y (geometry, geometry->rows) + margin
                  + (geometry->has_result ? geometry->cell_height : -0.4 * picture->em);
  ScopeColor red = scope_theme_failure (picture->theme), wash = red;
  wash.alpha = 0.07;
  double x = geometry->column_x[i] - margin, width = geometry->column_width[i] + 2 * margin;
  fill (picture, x, top, width, bottom - top, wash);
  outline (picture, x, top, width, bottom - top, red, line, FALSE);
}

/* `… +56` for columns begin…end that are left out, centred on x; says if one of them fails. */
static void
paint_elided (Picture *picture,
              const ScopeAlignmentGeometry *geometry,
              int begin,
              int end,
              double x)
{
  double em = picture->em;
  gboolean fails = FALSE;
  for (int column = begin; column < end; column++)
    fails |= picture->alignment->column[column] == SCOPE_MARK_FAILS;

  ScopeTextStyle style = scope_alignment_number_style (picture);
  g_autofree char *count = g_strdup_printf ("… +%d", end - begin);
  scope_pen_write (&picture->pen, &style, count, x, geometry->header_height - 1.1 * em);
  style.size = em;
  for (int r = 0; r < scope_alignment_row_count (picture->alignment); r++)
    scope_pen_write (&picture->pen, &style, "…", x,
                     scope_alignment_row_y (geometry, r) + geometry->cell_height / 2);
  if (fails)
    scope_sign_paint (picture->pen.cr, SCOPE_MARK_FAILS, x,
                      scope_alignment_row_y (geometry, geometry->rows) - geometry->signs_height / 2,
                      scope_alignment_sign_size (picture), scope_theme_failure (picture->theme),
                      1.2 * scope_theme_line (picture->theme));
}

static void
paint_all_elided (Picture *picture, const ScopeAlignmentGeometry *geometry)
{
  double half = 1.7 * picture->em + geometry->column_gap / 2;
  int next = 0;
  for (int i = 0; i < geometry->columns; i++)
    {
      if (geometry->column[i] != next)
        paint_elided (picture, geometry, next, geometry->column[i], geometry->column_x[i] - half);
      next = geometry->column[i] + 1;
    }
  if (next < geometry->rank && geometry->columns > 0)
    {
      int last = geometry->columns - 1;
      paint_elided (picture, geometry, next, geometry->rank,
                    geometry->column_x[last] + geometry->column_width[last] + half);
    }
}

/* ---- below ---------------------------------------------------------------------------------- */

static void
paint_arrow (Picture *picture, const ScopeAlignmentGeometry *geometry)
{
  if (!picture->alignment->compares || geometry->columns == 0)
    return;

  int last = geometry->columns - 1;
  double em = picture->em;
  double left = geometry->column_x[0];
  double right = geometry->column_x[last] + geometry->column_width[last];
  double y = geometry->height - 1.75 * em;
  ScopeTextStyle style = scope_alignment_number_style (picture);
  scope_color_set (picture->pen.cr, style.color);
  cairo_set_line_width (picture->pen.cr, scope_theme_line (picture->theme));
  cairo_set_line_cap (picture->pen.cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (picture->pen.cr, CAIRO_LINE_JOIN_ROUND);
  scope_arrow (picture->pen.cr, right, y, left, y, 0.5 * em);
  cairo_stroke (picture->pen.cr);

  /* Translators: below an arrow from the last axis to the first */
  const char *words = _ ("compared from the trailing end");
  double width = scope_pen_width (&picture->pen, &style, words);
  double x = fmax ((left + right) / 2, width / 2);
  if (x + width / 2 > geometry->width)
    x = geometry->width - width / 2;
  style.max_width = geometry->width;
  style.too_long = SCOPE_TOO_LONG_ENDS;
  scope_pen_write (&picture->pen, &style, words, x, y + 0.95 * em);
}

static void
paint_hidden (Picture *picture, const ScopeAlignmentGeometry *geometry)
{
  int hidden = picture->alignment->hidden;
  if (hidden == 0)
    return;
  ScopeTextStyle style = scope_alignment_role_style (picture);
  style.anchor = SCOPE_ANCHOR_START;
  /* Translators: operands of an operation that are not drawn */
  g_autofree char *words = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "and %d more operand", "and %d more operands", (gulong)hidden),
      hidden);
  scope_pen_write (&picture->pen, &style, words, geometry->column_x[0],
                   scope_alignment_row_y (geometry, geometry->rows) - geometry->signs_height
                       + 0.95 * picture->em);
}

void
scope_alignment_paint (const ScopeAlignment *alignment,
                       const ScopeAlignmentGeometry *geometry,
                       const char *const *axis_names,
                       const ScopeTheme *theme,
                       cairo_t *cr)
{
  Picture picture = {
    .alignment = alignment, .axis_names = axis_names, .theme = theme, .em = theme->text_size
  };
  cairo_save (cr);
  cairo_new_path (cr);
  scope_pen_init (&picture.pen, cr, theme);

  for (int i = 0; i < geometry->columns; i++)
    paint_failing_frame (&picture, geometry, i);
  for (int i = 0; i < geometry->columns; i++)
    {
      paint_header (&picture, geometry, i);
      paint_sign (&picture, geometry, i);
    }
  paint_all_elided (&picture, geometry);
  paint_rows (&picture, geometry);
  paint_hidden (&picture, geometry);
  paint_arrow (&picture, geometry);

  scope_pen_clear (&picture.pen);
  cairo_restore (cr);
}
