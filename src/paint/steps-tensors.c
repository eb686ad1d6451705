/* The tensors of a stage beside each other, the operation's sign between them. */
#include "paint/blocks.h"
#include "paint/sign.h"
#include "paint/steps-picture.h"

#include <math.h>

static gboolean
is_drawn (const ScopeStage *stage, int r)
{
  return !(stage->tensor[r].result && stage->fails);
}

static gboolean
grows (const ScopeStageTensor *tensor)
{
  return !scope_shape_equal (&tensor->shape, &tensor->grown);
}

static int64_t
largest_size (const ScopeStage *stage)
{
  int64_t largest = 1;
  for (int r = 0; r < stage->tensors; r++)
    for (int axis = 0; is_drawn (stage, r) && axis < stage->tensor[r].grown.rank; axis++)
      largest = MAX (largest, stage->tensor[r].grown.size[axis]);
  return largest;
}

/* ---- as blocks ------------------------------------------------------------------------------ */

static void
take_parts (const ScopeStepsDrawing *drawing, int r, ScopeBlockPicture *blocks)
{
  const ScopeStage *stage = drawing->stage;
  const ScopeStageTensor *tensor = &stage->tensor[r];
  int operands = stage->result < 0 ? 0 : stage->result;
  if (!tensor->result || tensor->joined_axis < 0 || operands > SCOPE_BLOCKS_PARTS)
    return;
  blocks->parts = operands;
  blocks->part_axis = tensor->joined_axis;
  for (int k = 0; k < operands; k++)
    {
      gboolean whole = stage->tensor[k].shape.rank == tensor->shape.rank;
      blocks->part_size[k] = whole ? stage->tensor[k].shape.size[tensor->joined_axis] : 1;
      blocks->part_fill[k] = scope_steps_fill (drawing->theme, k, FALSE);
    }
}

static ScopeBlockPicture
blocks_of (const ScopeStepsDrawing *drawing, int r)
{
  const ScopeStage *stage = drawing->stage;
  const ScopeStageTensor *tensor = &stage->tensor[r];
  ScopeBlockPicture blocks = { .theme = drawing->theme,
                               .line = drawing->picture->line,
                               .largest = largest_size (stage),
                               .shape = &tensor->shape,
                               .grown = grows (tensor) ? &tensor->grown : NULL,
                               .fill = scope_steps_fill (drawing->theme, r, tensor->result) };
  take_parts (drawing, r, &blocks);
  if (drawing->from == NULL)
    return blocks;
  blocks.growth = scope_steps_growth (drawing, r);
  if (tensor->has_kept && drawing->to != &stage->step[0] && drawing->progress >= 0)
    {
      blocks.kept_begin = tensor->kept_begin;
      blocks.kept_end = tensor->kept_end;
    }
  for (int i = 0; i < stage->columns && i < 31; i++)
    if (drawing->to->mark[stage->columns - 1 - i] == SCOPE_MARK_FAILS && drawing->progress >= 0)
      blocks.failing |= 1 << i;
  return blocks;
}

/* ---- measuring ------------------------------------------------------------------------------ */

static double
caption_height (const ScopeStepsDrawing *drawing)
{
  return ceil (2.2 * drawing->em);
}

/* Room for the sizes at the edges of a matrix of cells. */
static double
edge_room (const ScopeStepsDrawing *drawing)
{
  return 1.9 * drawing->em;
}

static double
cell_width (ScopeStepsDrawing *drawing)
{
  const ScopeStage *stage = drawing->stage;
  ScopeTextStyle style = { .size = 1.05 * drawing->em, .mono = TRUE, .bold = TRUE };
  double widest = 2.5 * drawing->em;
  for (int r = 0; r < stage->tensors; r++)
    for (int i = 0; i < stage->tensor[r].own_rows * stage->tensor[r].own_columns; i++)
      widest = fmax (widest, scope_pen_width (&drawing->pen, &style, stage->tensor[r].value[i])
                                 + 0.9 * drawing->em);
  return ceil (widest);
}

static char *
caption_of (const ScopeStageTensor *tensor, gboolean grown)
{
  ScopeText shape = { 0 };
  scope_shape_print (&tensor->shape, SCOPE_SHAPE_TUPLE, &shape);
  if (grown && grows (tensor))
    {
      scope_text_append (&shape, " → ");
      scope_shape_print (&tensor->grown, SCOPE_SHAPE_TUPLE, &shape);
    }
  char *caption =
      g_strdup_printf ("%s  %s", scope_text_string (&tensor->name), scope_text_string (&shape));
  scope_text_clear (&shape);
  return caption;
}

static ScopeTextStyle
caption_style (const ScopeStepsDrawing *drawing)
{
  return (ScopeTextStyle){ .size = drawing->em,
                           .bold = TRUE,
                           .color = scope_theme_foreground (drawing->theme),
                           .too_long = SCOPE_TOO_LONG_OMITS_MIDDLE };
}

/* The width of one tensor, captions included, and its height without. */
static double
measure_tensor (ScopeStepsDrawing *drawing, int r, ScopeStepsGeometry *geometry, double *height)
{
  const ScopeStageTensor *tensor = &drawing->stage->tensor[r];
  ScopeTextStyle style = caption_style (drawing);
  double width;
  if (drawing->stage->cells)
    {
      width = tensor->columns * geometry->cell_width;
      *height = tensor->rows * geometry->cell_height + edge_room (drawing);
    }
  else
    {
      ScopeBlockPicture blocks = blocks_of (drawing, r);
      scope_blocks_measure (&blocks, drawing->pen.cr, &width, height);
    }
  geometry->tensor_width[r] = width;
  g_autofree char *caption = caption_of (tensor, TRUE);
  return fmax (width, fmin (scope_pen_width (&drawing->pen, &style, caption), 18 * drawing->em));
}

void
scope_steps_measure_tensors (ScopeStepsDrawing *drawing, ScopeStepsGeometry *geometry)
{
  const ScopeStage *stage = drawing->stage;
  double em = drawing->em, gap = 3.4 * em, x = edge_room (drawing);
  double margin = stage->cells ? edge_room (drawing) : 0;
  geometry->cell_width = stage->cells ? cell_width (drawing) : 0;
  geometry->cell_height = 2.3 * em;
  for (int r = 0; r < stage->tensors; r++)
    {
      double height = 0;
      if (!is_drawn (stage, r))
        continue;
      double room = measure_tensor (drawing, r, geometry, &height);
      geometry->tensor_x[r] = x;
      geometry->caption_width[r] = room + gap / 2;
      x += room + gap + margin;
      geometry->tensors_height = fmax (geometry->tensors_height, height);
    }
  geometry->tensor_x[stage->tensors] = x;
  geometry->width = stage->fails ? x + 3 * em : x - gap - margin + edge_room (drawing);
  geometry->tensor_y = caption_height (drawing) + margin;
  geometry->tensors_height += caption_height (drawing) + 0.6 * em;
}

/* ---- painting ------------------------------------------------------------------------------- */

static double
middle_y (const ScopeStepsDrawing *drawing)
{
  const ScopeStepsGeometry *geometry = drawing->geometry;
  return (geometry->tensor_y + geometry->cells_y + geometry->tensors_height) / 2;
}

static void
write_caption (ScopeStepsDrawing *drawing, int r, double alpha)
{
  const ScopeStepsGeometry *geometry = drawing->geometry;
  double growth = scope_steps_growth (drawing, r);
  ScopeTextStyle style = caption_style (drawing);
  g_autofree char *caption = caption_of (&drawing->stage->tensor[r], growth > 0.5);
  style.color.alpha = alpha;
  style.max_width = geometry->caption_width[r];
  scope_pen_write (&drawing->pen, &style, caption, geometry->tensor_x[r],
                   geometry->cells_y + 0.9 * drawing->em);
}

static void
write_sign (ScopeStepsDrawing *drawing, const char *sign, double x, double alpha)
{
  ScopeTextStyle style = { .size = 1.7 * drawing->em,
                           .bold = TRUE,
                           .color = scope_theme_foreground (drawing->theme),
                           .anchor = SCOPE_ANCHOR_MIDDLE };
  style.color.alpha = alpha;
  scope_pen_write (&drawing->pen, &style, sign, x, middle_y (drawing));
}

/* Between an operand and what follows it. */
static void
paint_signs (ScopeStepsDrawing *drawing)
{
  const ScopeStage *stage = drawing->stage;
  const ScopeStepsGeometry *geometry = drawing->geometry;
  double left = edge_room (drawing);
  for (int r = 0; r + 1 <= stage->tensors; r++)
    {
      gboolean last = r + 1 == (stage->result >= 0 ? stage->result : stage->tensors);
      if (stage->tensor[r].result || (last && stage->kind == SCOPE_STAGE_VALUE))
        continue;
      double end = geometry->tensor_x[r] + geometry->tensor_width[r];
      double next =
          stage->fails && last ? geometry->tensor_x[stage->tensors] : geometry->tensor_x[r + 1];
      double x = (end + next - (stage->cells && !(stage->fails && last) ? left : 0)) / 2;
      if (!last)
        write_sign (drawing, stage->sign[0] != '\0' ? stage->sign : ",", x, 1);
      else if (stage->fails)
        continue;
      else if (stage->result >= 0)
        write_sign (drawing, stage->kind == SCOPE_STAGE_ASSIGN ? "→" : "=", x,
                    scope_steps_share (drawing, drawing->from->shown[stage->result],
                                       drawing->to->shown[stage->result]));
    }
}

/* Where the result would stand. */
static void
paint_failure (ScopeStepsDrawing *drawing)
{
  const ScopeStage *stage = drawing->stage;
  double alpha = scope_steps_share (drawing, drawing->from->fails, drawing->to->fails);
  ScopeColor red = scope_theme_failure (drawing->theme);
  if (!stage->fails || alpha <= 0 || drawing->picture->blank)
    return;
  red.alpha = alpha;
  scope_sign_paint (drawing->pen.cr, SCOPE_MARK_FAILS,
                    drawing->geometry->tensor_x[stage->tensors] + 1.2 * drawing->em,
                    middle_y (drawing), 2.6 * drawing->em, red, 3 * drawing->line);
}

static void
paint_block (ScopeStepsDrawing *drawing, int r, double alpha)
{
  const ScopeStepsGeometry *geometry = drawing->geometry;
  ScopeBlockPicture blocks = blocks_of (drawing, r);
  cairo_t *cr = drawing->pen.cr;
  cairo_save (cr);
  cairo_translate (cr, geometry->tensor_x[r], geometry->tensor_y);
  if (alpha < 1)
    cairo_push_group (cr);
  scope_blocks_paint (&blocks, cr);
  if (alpha < 1)
    {
      cairo_pop_group_to_source (cr);
      cairo_paint_with_alpha (cr, alpha);
    }
  cairo_restore (cr);
}

void
scope_steps_paint_tensors (ScopeStepsDrawing *drawing)
{
  const ScopeStage *stage = drawing->stage;
  for (int r = 0; r < stage->tensors; r++)
    {
      double alpha = scope_steps_share (drawing, drawing->from->shown[r], drawing->to->shown[r]);
      if (alpha <= 0 || !is_drawn (stage, r)
          || (drawing->picture->blank && stage->tensor[r].result))
        continue;
      write_caption (drawing, r, alpha);
      if (stage->cells)
        scope_steps_paint_cells (drawing, r, alpha);
      else
        paint_block (drawing, r, alpha);
    }
  paint_signs (drawing);
  paint_failure (drawing);
}
