/* A small tensor cell by cell. Repeated values are grey dashed ghosts, as NumPy's manual draws
 * them; a value that is taken over unchanged comes from where it was. */
#include "paint/sign.h"
#include "paint/steps-picture.h"

#include <math.h>

typedef struct
{
  ScopeStepsDrawing *drawing;
  const ScopeStageTensor *tensor;
  int r;
  double x, y;   /* of its first cell */
  double growth; /* 0…1: how far the repeated values are out */
  double alpha;
} Cells;

typedef struct
{
  double x, y, alpha;
  gboolean ghost;
  ScopeColor fill;
  double lit, hatched; /* how much of each */
  const char *value;
} Cell;

static void
paint_one (const Cells *cells, const Cell *cell)
{
  ScopeStepsDrawing *drawing = cells->drawing;
  const ScopeTheme *theme = drawing->theme;
  cairo_t *cr = drawing->pen.cr;
  double em = drawing->em, gap = 0.16 * em, radius = 0.4 * em;
  double width = drawing->geometry->cell_width - gap, height = drawing->geometry->cell_height - gap;
  double x = cell->x + gap / 2, y = cell->y + gap / 2;
  const double dash[] = { 0.28 * em, 0.2 * em };
  ScopeColor ink = scope_theme_foreground (theme);
  ScopeColor edge = scope_color_mix (ink, cell->fill, 0.5), fill = cell->fill;
  if (cell->ghost)
    {
      ink = scope_theme_dim (theme);
      edge = scope_color_mix (ink, scope_theme_background (theme), 0.75);
      fill = scope_color_mix (fill, scope_theme_background (theme), 0.3);
    }
  if (cell->lit > 0)
    edge = scope_color_mix (scope_theme_foreground (theme), edge, cell->lit);
  fill.alpha = edge.alpha = cell->alpha;
  ink.alpha = cell->alpha * (1 - 0.55 * cell->hatched);
  scope_round_rectangle (cr, x, y, width, height, radius);
  scope_color_set (cr, fill);
  cairo_fill (cr);
  if (cell->hatched > 0)
    {
      ScopeColor faint = scope_theme_dim (theme);
      faint.alpha = 0.45 * cell->hatched * cell->alpha;
      scope_hatch (cr, x, y, width, height, radius, 0.4 * em, 0.8 * drawing->line, faint);
    }
  scope_round_rectangle (cr, x, y, width, height, radius);
  scope_color_set (cr, edge);
  cairo_set_line_width (cr, (1.1 + 1.7 * cell->lit) * drawing->line);
  if (cell->ghost)
    cairo_set_dash (cr, dash, 2, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  ScopeTextStyle style = { .size = 1.05 * em,
                           .mono = TRUE,
                           .bold = !cell->ghost,
                           .color = ink,
                           .anchor = SCOPE_ANCHOR_MIDDLE };
  if (cell->value[0] != '\0')
    scope_pen_write (&drawing->pen, &style, cell->value, x + width / 2, y + height / 2);
}

static double
look_share (const Cells *cells, int own, ScopeLook look)
{
  const ScopeStepsDrawing *drawing = cells->drawing;
  if (drawing->picture->blank)
    return 0;
  return scope_steps_share (drawing, drawing->from->look[cells->r][own] == look,
                            drawing->to->look[cells->r][own] == look);
}

/* Where a result's value comes from, when it is one operand's and just arriving. */
static gboolean
find_origin (const Cells *cells, int own, double *x, double *y, ScopeColor *fill)
{
  const ScopeStepsDrawing *drawing = cells->drawing;
  const ScopeStepsGeometry *geometry = drawing->geometry;
  int source = cells->tensor->result ? cells->tensor->source[own] : -1;
  if (source < 0)
    return FALSE;
  const ScopeStageTensor *from = &drawing->stage->tensor[source];
  int place = cells->tensor->source_cell[own];
  *x = geometry->tensor_x[source] + place % from->own_columns * geometry->cell_width;
  *y = geometry->tensor_y + place / from->own_columns * geometry->cell_height;
  *fill = scope_steps_fill (drawing->theme, source, FALSE);
  return TRUE;
}

static void
paint_cell (const Cells *cells, int row, int column)
{
  const ScopeStepsDrawing *drawing = cells->drawing;
  const ScopeStepsGeometry *geometry = drawing->geometry;
  const ScopeStageTensor *tensor = cells->tensor;
  int own_row = tensor->own_rows == 1 ? 0 : row;
  int own_column = tensor->own_columns == 1 ? 0 : column;
  int own = own_row * tensor->own_columns + own_column;
  gboolean ghost = own_row != row || own_column != column;
  double share = ghost ? cells->growth : 1;
  Cell cell = { .x = cells->x + (own_column + (column - own_column) * share) * geometry->cell_width,
                .y = cells->y + (own_row + (row - own_row) * share) * geometry->cell_height,
                .alpha = cells->alpha * share,
                .ghost = ghost,
                .fill = scope_steps_fill (drawing->theme, cells->r, tensor->result),
                .value = tensor->value[own] };
  double from_x, from_y;
  ScopeColor fill;
  if (cell.alpha <= 0)
    return;
  if (!ghost)
    {
      cell.lit = look_share (cells, own, SCOPE_LOOK_LIT);
      cell.hatched = look_share (cells, own, SCOPE_LOOK_HATCHED);
    }
  if (find_origin (cells, own, &from_x, &from_y, &fill))
    {
      cell.fill = fill;
      cell.x = from_x + (cell.x - from_x) * cells->alpha;
      cell.y = from_y + (cell.y - from_y) * cells->alpha;
      cell.alpha = fmin (1, 4 * cells->alpha);
    }
  paint_one (cells, &cell);
}

/* ---- edges ---------------------------------------------------------------------------------- */

/* A line along the upper or the left edge in its axis's colour, with the size at its middle. */
static void
paint_edge (const Cells *cells, gboolean upper, int from_end, int64_t size, double length)
{
  ScopeStepsDrawing *drawing = cells->drawing;
  cairo_t *cr = drawing->pen.cr;
  double em = drawing->em, off = 0.35 * em;
  int column = drawing->stage->columns + from_end;
  gboolean fails = column >= 0 && drawing->to->mark[column] == SCOPE_MARK_FAILS
                   && !drawing->picture->blank
                   && drawing->progress + (drawing->from == drawing->to) > 0.5;
  ScopeColor color =
      fails ? scope_theme_failure (drawing->theme) : scope_theme_axis (drawing->theme, from_end);
  ScopeText text = { 0 };
  ScopeTextStyle style = {
    .size = 0.9 * em, .mono = TRUE, .bold = TRUE, .anchor = SCOPE_ANCHOR_MIDDLE
  };
  color.alpha = cells->alpha;
  style.color = color;
  scope_size_print (size, &text);
  scope_color_set (cr, color);
  cairo_set_line_width (cr, (fails ? 3 : 2) * drawing->line);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, cells->x + (upper ? 0.1 * em : -off), cells->y + (upper ? -off : 0.1 * em));
  if (upper)
    cairo_rel_line_to (cr, length - 0.2 * em, 0);
  else
    cairo_rel_line_to (cr, 0, length - 0.2 * em);
  cairo_stroke (cr);
  scope_pen_write (&drawing->pen, &style, scope_text_string (&text),
                   cells->x + (upper ? length / 2 : -off - 0.75 * em),
                   cells->y + (upper ? -off - 0.75 * em : length / 2));
  scope_text_clear (&text);
}

static void
paint_edges (const Cells *cells)
{
  const ScopeStageTensor *tensor = cells->tensor;
  const ScopeStepsGeometry *geometry = cells->drawing->geometry;
  const ScopeShape *shape = cells->growth > 0.5 ? &tensor->grown : &tensor->shape;
  double columns = tensor->own_columns + (tensor->columns - tensor->own_columns) * cells->growth;
  double rows = tensor->own_rows + (tensor->rows - tensor->own_rows) * cells->growth;
  gboolean upright = shape->rank == 1 && tensor->own_columns == 1 && tensor->own_rows > 1;
  if (shape->rank > 0 && !upright)
    paint_edge (cells, TRUE, -1, shape->size[shape->rank - 1], columns * geometry->cell_width);
  if (shape->rank > 1)
    paint_edge (cells, FALSE, -2, shape->size[shape->rank - 2], rows * geometry->cell_height);
  else if (upright)
    paint_edge (cells, FALSE, -1, shape->size[0], rows * geometry->cell_height);
}

void
scope_steps_paint_cells (ScopeStepsDrawing *drawing, int r, double alpha)
{
  const ScopeStageTensor *tensor = &drawing->stage->tensor[r];
  Cells cells = { .drawing = drawing,
                  .tensor = tensor,
                  .r = r,
                  .x = drawing->geometry->tensor_x[r],
                  .y = drawing->geometry->tensor_y,
                  .alpha = alpha };
  cells.growth = scope_steps_growth (drawing, r);
  paint_edges (&cells);
  /* Ghosts first: they come out from under the values they repeat. */
  for (int pass = 0; pass < 2; pass++)
    for (int row = 0; row < tensor->rows; row++)
      for (int column = 0; column < tensor->columns; column++)
        {
          gboolean own =
              (tensor->own_rows > 1 || row == 0) && (tensor->own_columns > 1 || column == 0);
          if (own == (pass == 1))
            paint_cell (&cells, row, column);
        }
}
