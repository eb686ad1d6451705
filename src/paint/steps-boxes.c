/* The sizes of a stage as boxes in columns, with the signs below them. */
#include "paint/steps-picture.h"

#include "paint/sign.h"

#include <math.h>

static double
column_x (const ScopeStepsDrawing *drawing, double column)
{
  const ScopeStepsGeometry *geometry = drawing->geometry;
  return geometry->boxes_x + column * (geometry->box_width + geometry->column_gap);
}

/* The result's row stands below the signs. */
static double
row_y (const ScopeStepsDrawing *drawing, double row)
{
  const ScopeStepsGeometry *geometry = drawing->geometry;
  int result = drawing->stage->result;
  double last = result < 0 ? drawing->stage->tensors : result;
  double extra = result < 0 ? 0 : geometry->signs_height * CLAMP (row - last + 1, 0, 1);
  return geometry->boxes_y + row * (geometry->box_height + geometry->row_gap) + extra;
}

static double
signs_middle (const ScopeStepsDrawing *drawing)
{
  const ScopeStepsGeometry *geometry = drawing->geometry;
  int rows = drawing->stage->tensors - (drawing->stage->result >= 0 ? 1 : 0);
  return geometry->boxes_y + rows * (geometry->box_height + geometry->row_gap)
         + (geometry->signs_height - geometry->row_gap) / 2;
}

/* Judged from the trailing end: columns come one after another. */
static double
sweep (const ScopeStepsDrawing *drawing, int column)
{
  int columns = drawing->stage->columns;
  double t = drawing->progress * columns - (columns - 1 - column);
  return CLAMP (t, 0, 1);
}

static double
mark_share (const ScopeStepsDrawing *drawing, int column)
{
  ScopeMark before = drawing->from->mark[column], after = drawing->to->mark[column];
  if (drawing->from == drawing->to || before == after)
    return after != SCOPE_MARK_NONE;
  if (before == SCOPE_MARK_NONE)
    return sweep (drawing, column);
  return scope_steps_share (drawing, TRUE, after != SCOPE_MARK_NONE);
}

/* ---- columns -------------------------------------------------------------------------------- */

static void
paint_mark (ScopeStepsDrawing *drawing, int column)
{
  double alpha = mark_share (drawing, column);
  ScopeMark mark = drawing->to->mark[column] != SCOPE_MARK_NONE ? drawing->to->mark[column]
                                                                : drawing->from->mark[column];
  gboolean fails = mark == SCOPE_MARK_FAILS;
  ScopeColor color =
      fails ? scope_theme_failure (drawing->theme) : scope_theme_foreground (drawing->theme);
  if (mark == SCOPE_MARK_NONE || alpha <= 0)
    return;
  color.alpha = alpha;
  scope_sign_paint (drawing->pen.cr, mark,
                    column_x (drawing, column) + drawing->geometry->box_width / 2,
                    signs_middle (drawing), (fails ? 1.3 : 1.0) * drawing->em, color,
                    (fails ? 2.2 : 1.5) * drawing->line);
}

/* Around the operands of a column that is spoken of or fails. */
static void
paint_frame (ScopeStepsDrawing *drawing, int column)
{
  const ScopeStepsGeometry *geometry = drawing->geometry;
  double framed =
      scope_steps_share (drawing, drawing->from->framed[column], drawing->to->framed[column]);
  gboolean fails = drawing->to->mark[column] == SCOPE_MARK_FAILS;
  double alpha = fails ? mark_share (drawing, column) : framed;
  ScopeColor color = fails ? scope_theme_failure (drawing->theme)
                           : scope_theme_axis (drawing->theme, column - drawing->stage->columns);
  cairo_t *cr = drawing->pen.cr;
  if (alpha <= 0)
    return;
  double margin = 0.42 * geometry->column_gap;
  double marked = scope_steps_share (drawing, drawing->from->mark[column] != SCOPE_MARK_NONE,
                                     drawing->to->mark[column] != SCOPE_MARK_NONE);
  double below = margin - geometry->signs_height / 2;
  double bottom = signs_middle (drawing) + below + (0.9 * drawing->em - below) * marked;
  scope_round_rectangle (cr, column_x (drawing, column) - margin, geometry->boxes_y - margin,
                         geometry->box_width + 2 * margin, bottom - geometry->boxes_y + margin,
                         0.6 * drawing->em);
  color.alpha = 0.10 * alpha;
  scope_color_set (cr, color);
  cairo_fill_preserve (cr);
  color.alpha = alpha;
  scope_color_set (cr, color);
  cairo_set_line_width (cr, 1.6 * drawing->line);
  cairo_stroke (cr);
}

static void
paint_number (ScopeStepsDrawing *drawing, int column)
{
  double alpha = scope_steps_share (drawing, drawing->from->numbered, drawing->to->numbered);
  int from_end = drawing->stage->columns - column;
  ScopeTextStyle style = { .size = 0.9 * drawing->em,
                           .bold = TRUE,
                           .color = scope_theme_axis (drawing->theme, -from_end),
                           .anchor = SCOPE_ANCHOR_MIDDLE };
  style.color.alpha = alpha;
  if (alpha <= 0)
    return;
  g_autofree char *number = g_strdup_printf ("%d · −%d", column, from_end);
  scope_pen_write (&drawing->pen, &style, number,
                   column_x (drawing, column) + drawing->geometry->box_width / 2,
                   drawing->geometry->boxes_y - 0.95 * drawing->em);
}

/* ---- boxes ---------------------------------------------------------------------------------- */

static void
outline (ScopeStepsDrawing *drawing,
         double x,
         double y,
         ScopeColor color,
         double line,
         gboolean dashed)
{
  cairo_t *cr = drawing->pen.cr;
  const ScopeStepsGeometry *geometry = drawing->geometry;
  const double dash[] = { 0.3 * drawing->em, 0.22 * drawing->em };
  scope_round_rectangle (cr, x, y, geometry->box_width, geometry->box_height, 0.45 * drawing->em);
  scope_color_set (cr, color);
  cairo_set_line_width (cr, line);
  if (dashed)
    cairo_set_dash (cr, dash, 2, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* The size in a box; a result that fails, or is to be found out, is a `?`. */
static void
write_size (ScopeStepsDrawing *drawing,
            const ScopeStageBox *box,
            gboolean hidden,
            ScopeColor color,
            double x,
            double y)
{
  const ScopeStepsGeometry *geometry = drawing->geometry;
  ScopeText text = { 0 };
  ScopeTextStyle style = { .size = 1.15 * drawing->em,
                           .mono = TRUE,
                           .bold = TRUE,
                           .color = color,
                           .anchor = SCOPE_ANCHOR_MIDDLE };
  if (hidden)
    return;
  scope_size_print (box->size, &text);
  scope_pen_write (&drawing->pen, &style, scope_text_string (&text), x + geometry->box_width / 2,
                   y + geometry->box_height / 2);
  scope_text_clear (&text);
}

static void
paint_box (ScopeStepsDrawing *drawing, int r, int i, double x, double y, double alpha)
{
  const ScopeStageTensor *tensor = &drawing->stage->tensor[r];
  const ScopeStageBox *box = &tensor->box[i];
  const ScopeStepsGeometry *geometry = drawing->geometry;
  int column = box->from_end + drawing->stage->columns;
  cairo_t *cr = drawing->pen.cr;
  gboolean fails = drawing->to->mark[column] == SCOPE_MARK_FAILS
                   && mark_share (drawing, column) > 0.5 && !box->filled;
  gboolean open = fails && tensor->result;
  gboolean hidden = drawing->picture->blank && (tensor->result || box->filled);
  ScopeColor ink = scope_theme_foreground (drawing->theme);
  ScopeColor edge = fails ? scope_theme_failure (drawing->theme)
                          : scope_theme_axis (drawing->theme, box->from_end);
  ScopeColor fill = fails ? scope_theme_failure_tint (drawing->theme)
                          : scope_theme_axis_tint (drawing->theme, box->from_end);
  if (box->filled)
    ink = scope_theme_dim (drawing->theme);
  if (fails)
    ink = scope_theme_failure (drawing->theme);
  edge.alpha = fill.alpha = ink.alpha = alpha;
  if (!box->filled && !open && !hidden)
    {
      scope_round_rectangle (cr, x, y, geometry->box_width, geometry->box_height,
                             0.45 * drawing->em);
      scope_color_set (cr, fill);
      cairo_fill (cr);
    }
  if (fails && !open)
    {
      ScopeColor faint = edge;
      faint.alpha = 0.35 * alpha;
      scope_hatch (cr, x, y, geometry->box_width, geometry->box_height, 0.45 * drawing->em,
                   0.5 * drawing->em, 0.8 * drawing->line, faint);
    }
  outline (drawing, x, y, edge, (fails ? 2.2 : 1.4) * drawing->line, box->filled || open || hidden);
  write_size (drawing, box, hidden, ink, x, y);
}

/* Where a box is between two steps. */
static void
paint_moving_box (ScopeStepsDrawing *drawing, int r, int i)
{
  const ScopeStageTensor *tensor = &drawing->stage->tensor[r];
  const ScopeStagePlace *before = &drawing->from->place[r][i], *after = &drawing->to->place[r][i];
  int column = tensor->box[i].from_end + drawing->stage->columns;
  double t = drawing->progress;
  double alpha = scope_steps_share (drawing, before->shown, after->shown);
  gboolean judged = tensor->result && !before->shown && after->shown
                    && drawing->to->mark[column] != SCOPE_MARK_NONE
                    && drawing->from->mark[column] == SCOPE_MARK_NONE;
  if (judged && drawing->from != drawing->to)
    alpha = sweep (drawing, column);
  if (!before->shown)
    before = after;
  if (!after->shown)
    after = before;
  if (alpha <= 0)
    return;
  paint_box (drawing, r, i,
             column_x (drawing, before->column + (after->column - before->column) * t),
             row_y (drawing, before->row)
                 + (row_y (drawing, after->row) - row_y (drawing, before->row)) * t,
             alpha);
}

/* ---- rows ----------------------------------------------------------------------------------- */

static void
write_name (ScopeStepsDrawing *drawing, int r)
{
  const ScopeStepsGeometry *geometry = drawing->geometry;
  const ScopeStageTensor *tensor = &drawing->stage->tensor[r];
  double alpha = scope_steps_share (drawing, drawing->from->named[r], drawing->to->named[r]);
  double em = drawing->em, x = geometry->boxes_x - 1.2 * em;
  double middle = row_y (drawing, r) + geometry->box_height / 2;
  gboolean role = tensor->role.length > 0;
  ScopeTextStyle style = { .size = em,
                           .bold = TRUE,
                           .color = scope_theme_foreground (drawing->theme),
                           .anchor = SCOPE_ANCHOR_END,
                           .too_long = SCOPE_TOO_LONG_OMITS_MIDDLE,
                           .max_width = geometry->names_width };
  if (alpha <= 0)
    return;
  style.color.alpha = alpha;
  scope_pen_write (&drawing->pen, &style, scope_text_string (&tensor->name), x,
                   middle - (role ? 0.55 * em : 0));
  style.color = scope_theme_dim (drawing->theme);
  style.color.alpha = alpha;
  style.bold = FALSE;
  style.size = 0.9 * em;
  if (role)
    scope_pen_write (&drawing->pen, &style, scope_text_string (&tensor->role), x,
                     middle + 0.6 * em);
  if (tensor->boxes == 0)
    {
      style.anchor = SCOPE_ANCHOR_START;
      style.size = 1.1 * em;
      style.mono = TRUE;
      scope_pen_write (&drawing->pen, &style, "( )", geometry->boxes_x, middle);
    }
}

void
scope_steps_paint_boxes (ScopeStepsDrawing *drawing)
{
  const ScopeStage *stage = drawing->stage;
  for (int column = 0; column < stage->columns; column++)
    {
      if (!drawing->picture->blank)
        paint_frame (drawing, column);
      paint_number (drawing, column);
    }
  for (int r = 0; r < stage->tensors; r++)
    {
      write_name (drawing, r);
      for (int i = 0; i < stage->tensor[r].boxes; i++)
        paint_moving_box (drawing, r, i);
    }
  for (int column = 0; column < stage->columns && !drawing->picture->blank; column++)
    paint_mark (drawing, column);
}
