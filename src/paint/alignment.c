/* Where the parts of an alignment stand. */
#include "paint/alignment-words.h"

#include <math.h>

/* How much is said when there is little room. */
typedef enum
{
  DETAIL_ALL,    /* axis 2 · −2, words beside every sign, 1 → 256 */
  DETAIL_BRIEF,  /* 2 · −2, words beside failures only */
  DETAIL_SHRUNK, /* long sizes in smaller type, their middle left out */
  N_DETAILS
} Detail;

/* The smallest room for what a column says, without the cell's padding. */
static double
words_width (ScopeAlignmentPicture *picture, int column, Detail detail)
{
  g_auto (GStrv) words = scope_alignment_sign_words (picture->alignment, column);
  ScopeTextStyle style = scope_alignment_sign_style (picture);
  gboolean fails = picture->alignment->column[column] == SCOPE_MARK_FAILS;
  double icon = 1.4 * scope_alignment_sign_size (picture);
  if (words[0][0] == '\0')
    return 0;
  if (detail != DETAIL_ALL && !fails)
    return icon;
  style.bold = fails;

  /* Sizes of many digits take two lines rather than a wide column. */
  double width = icon + scope_pen_width (&picture->pen, &style, words[0]);
  for (int i = 1; width > 9 * picture->em && words[i][0] != '\0'; i++)
    width = icon + scope_pen_width (&picture->pen, &style, words[i]);
  return width;
}

static double
cell_width (ScopeAlignmentPicture *picture, int r, int column, Detail detail)
{
  const ScopeAlignedCell *cell = &scope_alignment_row (picture->alignment, r)->cell[column];
  if (!cell->present)
    return 0;

  ScopeTextStyle style = scope_alignment_size_style (picture);
  g_autofree char *size = scope_alignment_size_text (cell->size);
  double width = scope_pen_width (&picture->pen, &style, size);
  if (detail == DETAIL_SHRUNK)
    width = fmin (0.7 * width, 3.4 * picture->em);
  if (cell->mark == SCOPE_MARK_CONTRACTED || cell->mark == SCOPE_MARK_JOINED)
    width += 1.8 * scope_alignment_sign_size (picture);

  g_autofree char *becomes = scope_alignment_becomes_text (picture->alignment, r, column);
  if (becomes != NULL && detail == DETAIL_ALL)
    width += 1.9 * picture->em + scope_pen_width (&picture->pen, &style, becomes);
  return width;
}

static double
header_width (ScopeAlignmentPicture *picture, int column, Detail detail)
{
  ScopeTextStyle style = scope_alignment_number_style (picture);
  g_autofree char *number =
      scope_alignment_number_text (picture->alignment, column, detail != DETAIL_ALL);
  double width = scope_pen_width (&picture->pen, &style, number);
  if (picture->axis_names != NULL && picture->axis_names[column] != NULL)
    {
      style = scope_alignment_axis_style (picture);
      double name = scope_pen_width (&picture->pen, &style, picture->axis_names[column]);
      width = fmax (width, fmin (name, 6 * picture->em));
    }
  return width;
}

static double
column_width (ScopeAlignmentPicture *picture, int column, Detail detail)
{
  double padding = scope_alignment_cell_padding (picture, detail != DETAIL_ALL);
  double width = 3.2 * picture->em - 2 * padding;
  for (int r = 0; r < scope_alignment_row_count (picture->alignment); r++)
    width = fmax (width, cell_width (picture, r, column, detail));
  width = fmax (width + 2 * padding, words_width (picture, column, detail));
  return ceil (fmax (width, header_width (picture, column, detail)));
}

/* The names' column: name and role on one line, or below each other when that is too wide. */
static double
names_width (ScopeAlignmentPicture *picture, double most)
{
  ScopeTextStyle style[2] = { scope_alignment_name_style (picture),
                              scope_alignment_role_style (picture) };
  double name = 0, role = 0, with_role = 0;
  for (int r = 0; r < scope_alignment_row_count (picture->alignment); r++)
    {
      const ScopeAlignedRow *row = scope_alignment_row (picture->alignment, r);
      double width = scope_pen_width (&picture->pen, &style[0], scope_text_string (&row->name));
      name = fmax (name, width);
      if (row->role.length == 0)
        continue;
      with_role = fmax (with_role, width + 0.5 * picture->em);
      role =
          fmax (role, scope_pen_width (&picture->pen, &style[1], scope_text_string (&row->role)));
    }
  double one_line = fmax (name, with_role + role);
  return ceil (one_line <= most ? one_line : fmin (fmax (name, role), most));
}

/* ---- choosing columns ----------------------------------------------------------------------- */

typedef struct
{
  double room;   /* for the columns, their gaps included */
  double gap;    /* between columns */
  double elided; /* for `… +56` */
} Budget;

static double
total_width (const ScopeAlignmentGeometry *geometry, const Budget *budget)
{
  double total = 0;
  for (int i = 0, next = 0; i < geometry->columns; i++)
    {
      if (geometry->column[i] != next)
        total += budget->elided;
      total += geometry->column_width[i] + (i > 0 ? budget->gap : 0);
      next = geometry->column[i] + 1;
      if (i == geometry->columns - 1 && next < geometry->rank)
        total += budget->elided;
    }
  return total;
}

static void
insert_column (ScopeAlignmentGeometry *geometry, int column, double width)
{
  int i = geometry->columns++;
  for (; i > 0 && geometry->column[i - 1] > column; i--)
    {
      geometry->column[i] = geometry->column[i - 1];
      geometry->column_width[i] = geometry->column_width[i - 1];
    }
  geometry->column[i] = column;
  geometry->column_width[i] = width;
}

/* Failing columns first, then the others, each from the trailing end, as many as there is room
 * for; at least one. */
static void
choose_columns (ScopeAlignmentGeometry *geometry,
                const ScopeAlignment *alignment,
                const double *width,
                const Budget *budget)
{
  geometry->columns = 0;
  for (int pass = 0; pass < 2; pass++)
    for (int column = alignment->rank - 1; column >= 0; column--)
      {
        if ((alignment->column[column] == SCOPE_MARK_FAILS) != (pass == 0))
          continue;
        ScopeAlignmentGeometry with = *geometry;
        insert_column (&with, column, width[column]);
        if (with.columns > 1 && total_width (&with, budget) > budget->room)
          break;
        *geometry = with;
      }
}

/* Takes all columns when they fit, alike if possible. */
static gboolean
take_all (ScopeAlignmentGeometry *geometry,
          const double *width,
          double comfortable,
          const Budget *budget)
{
  int n = geometry->rank;
  double widest = 0, sum = 0;
  for (int column = 0; column < n; column++)
    {
      widest = fmax (widest, width[column]);
      sum += width[column];
    }
  double room = budget->room - (n - 1) * budget->gap;
  if (sum > room)
    return FALSE;

  double alike = widest > 1.6 * comfortable ? 0 /* one long size does not widen all */
                                            : floor (fmin (fmax (widest, comfortable), room / n));
  double spare = floor (fmin (room - sum, 1e6) / n);
  geometry->columns = n;
  for (int column = 0; column < n; column++)
    {
      geometry->column[column] = column;
      geometry->column_width[column] =
          widest <= alike ? alike : fmax (width[column], fmin (comfortable, width[column] + spare));
    }
  return TRUE;
}

static void
place_columns (ScopeAlignmentGeometry *geometry, double x, const Budget *budget)
{
  for (int i = 0, next = 0; i < geometry->columns; i++)
    {
      if (geometry->column[i] != next)
        x += budget->elided;
      geometry->column_x[i] = x;
      x += geometry->column_width[i] + budget->gap;
      next = geometry->column[i] + 1;
    }
}

static void
lay_out_columns (ScopeAlignmentPicture *picture,
                 ScopeAlignmentGeometry *geometry,
                 double x,
                 double room)
{
  const ScopeAlignment *alignment = picture->alignment;
  double width[SCOPE_MAX_RANK];
  Budget budget = { .room = room, .gap = 0.95 * picture->em };
  gboolean all = FALSE;
  for (int detail = DETAIL_ALL; detail < N_DETAILS && !all; detail++)
    {
      if (detail != DETAIL_ALL)
        budget.gap = 0.7 * picture->em;
      for (int column = 0; column < alignment->rank; column++)
        width[column] = column_width (picture, column, (Detail)detail);
      all = take_all (geometry, width, 6.6 * picture->em, &budget);
    }
  if (!all)
    {
      budget.elided = 3.4 * picture->em;
      for (int column = 0; column < alignment->rank; column++)
        width[column] = column_width (picture, column, DETAIL_BRIEF);
      choose_columns (geometry, alignment, width, &budget);
    }
  geometry->column_gap = budget.gap;
  place_columns (geometry, x, &budget);

  double used = total_width (geometry, &budget);
  if (alignment->rank == 0)
    {
      geometry->column_x[0] = x;
      geometry->column_width[0] = used = 6.6 * picture->em;
    }
  geometry->width = ceil (x + used + 0.6 * picture->em);
}

/* ---- the whole ------------------------------------------------------------------------------ */

/* Whether some column's words take two lines in the width that it got. */
static gboolean
needs_two_lines (ScopeAlignmentPicture *picture, const ScopeAlignmentGeometry *geometry)
{
  ScopeTextStyle style = scope_alignment_sign_style (picture);
  style.bold = TRUE;
  double icon = 1.4 * scope_alignment_sign_size (picture);
  for (int i = 0; i < geometry->columns; i++)
    {
      int column = geometry->column[i];
      if (picture->alignment->column[column] != SCOPE_MARK_FAILS)
        continue;
      g_auto (GStrv) words = scope_alignment_sign_words (picture->alignment, column);
      if (icon + scope_pen_width (&picture->pen, &style, words[0]) > geometry->column_width[i])
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_signs (const ScopeAlignment *alignment)
{
  for (int column = 0; column < alignment->rank; column++)
    if (alignment->column[column] != SCOPE_MARK_NONE)
      return TRUE;
  return FALSE;
}

static gboolean
has_axis_names (const ScopeAlignment *alignment, const char *const *axis_names)
{
  for (int column = 0; axis_names != NULL && column < alignment->rank; column++)
    if (axis_names[column] != NULL && axis_names[column][0] != '\0')
      return TRUE;
  return FALSE;
}

double
scope_alignment_row_y (const ScopeAlignmentGeometry *geometry, int r)
{
  double y = geometry->header_height + r * (geometry->cell_height + geometry->row_gap);
  return r < geometry->rows ? y : y - geometry->row_gap + geometry->signs_height;
}

ScopeAlignmentGeometry
scope_alignment_measure (const ScopeAlignment *alignment,
                         const char *const *axis_names,
                         const ScopeTheme *theme,
                         double max_width,
                         cairo_t *cr)
{
  ScopeAlignmentPicture picture = {
    .alignment = alignment, .axis_names = axis_names, .theme = theme, .em = theme->text_size
  };
  ScopeAlignmentGeometry geometry = { .rank = alignment->rank,
                                      .rows = alignment->rows,
                                      .has_result = alignment->has_result };
  double em = picture.em;
  double limit = max_width > 0 ? max_width : INFINITY;
  scope_pen_init (&picture.pen, cr, theme);

  geometry.names_width = names_width (&picture, fmin (0.26 * limit, 24 * em));
  double x = geometry.names_width + 1.3 * em;
  lay_out_columns (&picture, &geometry, x, limit - x - 0.6 * em);

  geometry.header_height = alignment->rank == 0                     ? 0.5 * em
                           : has_axis_names (alignment, axis_names) ? ceil (3.2 * em)
                                                                    : ceil (2.0 * em);
  geometry.cell_height = ceil (2.8 * em);
  geometry.row_gap = ceil (0.7 * em);
  geometry.signs_height = !has_signs (alignment)                  ? ceil (1.6 * em)
                          : needs_two_lines (&picture, &geometry) ? ceil (3.4 * em)
                                                                  : ceil (2.2 * em);
  if (alignment->hidden > 0)
    geometry.signs_height += ceil (1.6 * em);

  double bottom = scope_alignment_row_y (&geometry, geometry.rows)
                  + (geometry.has_result ? geometry.cell_height : 0);
  if (!geometry.has_result && !has_signs (alignment) && alignment->hidden == 0)
    bottom -= geometry.signs_height;
  gboolean arrow = alignment->compares && alignment->rank > 0;
  geometry.height = ceil (bottom + (arrow ? 2.9 : 0.7) * em);
  scope_pen_clear (&picture.pen);
  return geometry;
}

gboolean
scope_alignment_cell (const ScopeAlignmentGeometry *geometry,
                      int row,
                      int column,
                      double *x,
                      double *y,
                      double *width,
                      double *height)
{
  if (row < 0 || row >= geometry->rows + (geometry->has_result ? 1 : 0))
    return FALSE;
  for (int i = 0; i < geometry->columns; i++)
    if (geometry->column[i] == column)
      {
        *x = geometry->column_x[i];
        *y = scope_alignment_row_y (geometry, row);
        *width = geometry->column_width[i];
        *height = geometry->cell_height;
        return TRUE;
      }
  return FALSE;
}

gboolean
scope_alignment_pick (const ScopeAlignmentGeometry *geometry,
                      double x,
                      double y,
                      int *row,
                      int *column)
{
  for (int r = 0; r < geometry->rows + (geometry->has_result ? 1 : 0); r++)
    {
      double top = scope_alignment_row_y (geometry, r);
      if (y < top || y >= top + geometry->cell_height)
        continue;
      for (int i = 0; i < geometry->columns; i++)
        if (x >= geometry->column_x[i] && x < geometry->column_x[i] + geometry->column_width[i])
          {
            *row = r;
            *column = geometry->column[i];
            return TRUE;
          }
    }
  return FALSE;
}
