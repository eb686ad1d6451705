/* Where the parts of a stage stand, and what is written around them. */
#include "paint/steps-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
begin (ScopeStepsDrawing *drawing, const ScopeStepsPicture *picture, cairo_t *cr)
{
  *drawing = (ScopeStepsDrawing){ .picture = picture,
                                  .stage = picture->stage,
                                  .theme = picture->theme,
                                  .em = picture->theme->text_size };
  drawing->line = scope_theme_line (picture->theme) * picture->line;
  scope_pen_init (&drawing->pen, cr, picture->theme);
}

double
scope_steps_share (const ScopeStepsDrawing *drawing, gboolean before, gboolean after)
{
  return (before ? 1 - drawing->progress : 0) + (after ? drawing->progress : 0);
}

double
scope_steps_growth (const ScopeStepsDrawing *drawing, int r)
{
  if (drawing->picture->blank)
    return 0;
  return scope_steps_share (drawing, drawing->from->grown[r], drawing->to->grown[r]);
}

ScopeColor
scope_steps_fill (const ScopeTheme *theme, int r, gboolean result)
{
  static const guint32 light[] = { 0xF0E2C8, 0xD3E1F0, 0xE5DAF0, 0xDBEAD2 };
  static const guint32 dark[] = { 0x54482F, 0x2F4357, 0x4A3C58, 0x394A32 };
  guint32 packed = (theme->dark ? dark : light)[r % (int)G_N_ELEMENTS (light)];
  if (result)
    return scope_color_mix (scope_theme_foreground (theme), scope_theme_background (theme),
                            theme->dark ? 0.14 : 0.05);
  if (theme->high_contrast)
    return scope_color_mix (scope_color_unpack (packed), scope_theme_background (theme), 0.6);
  return scope_color_unpack (packed);
}

/* ---- measuring ------------------------------------------------------------------------------ */

static ScopeTextStyle
title_style (const ScopeStepsDrawing *drawing)
{
  return (ScopeTextStyle){ .size = 1.5 * drawing->em,
                           .bold = TRUE,
                           .color = scope_theme_foreground (drawing->theme),
                           .anchor = SCOPE_ANCHOR_MIDDLE,
                           .too_long = SCOPE_TOO_LONG_ENDS };
}

static ScopeTextStyle
sentence_style (const ScopeStepsDrawing *drawing, gboolean fails, double width)
{
  return (ScopeTextStyle){ .size = 1.1 * drawing->em,
                           .color = fails ? scope_theme_failure (drawing->theme)
                                          : scope_theme_foreground (drawing->theme),
                           .anchor = SCOPE_ANCHOR_MIDDLE,
                           .too_long = SCOPE_TOO_LONG_WRAPS,
                           .max_width = width };
}

static double
size_width (ScopeStepsDrawing *drawing, int64_t size)
{
  ScopeText text = { 0 };
  ScopeTextStyle style = { .size = 1.15 * drawing->em, .mono = TRUE, .bold = TRUE };
  scope_size_print (size, &text);
  double width = scope_pen_width (&drawing->pen, &style, scope_text_string (&text));
  scope_text_clear (&text);
  return width;
}

static void
measure_boxes (ScopeStepsDrawing *drawing, ScopeStepsGeometry *geometry)
{
  const ScopeStage *stage = drawing->stage;
  double em = drawing->em, widest = 3.2 * em;
  ScopeTextStyle name = { .size = em, .bold = TRUE }, role = { .size = 0.9 * em };
  geometry->names_width = 2 * em;
  for (int r = 0; r < stage->tensors; r++)
    {
      const ScopeStageTensor *tensor = &stage->tensor[r];
      double width = scope_pen_width (&drawing->pen, &name, scope_text_string (&tensor->name));
      if (tensor->role.length > 0)
        width =
            fmax (width, scope_pen_width (&drawing->pen, &role, scope_text_string (&tensor->role)));
      geometry->names_width = fmax (geometry->names_width, fmin (width, 14 * em));
      for (int i = 0; i < tensor->boxes; i++)
        widest = fmax (widest, size_width (drawing, tensor->box[i].size) + 1.6 * em);
    }
  geometry->box_width = ceil (widest);
  geometry->box_height = ceil (2.3 * em);
  geometry->column_gap = ceil (0.8 * em);
  geometry->row_gap = ceil (0.55 * em);
  geometry->signs_height = ceil (2.1 * em);
}

static double
boxes_width (const ScopeStepsGeometry *geometry, int columns)
{
  return columns * geometry->box_width + MAX (columns - 1, 0) * geometry->column_gap;
}

static double
heading_height (const ScopeStepsDrawing *drawing)
{
  return drawing->picture->heading != NULL ? ceil (1.9 * drawing->em) : 0;
}

static void
write_heading (ScopeStepsDrawing *drawing)
{
  ScopeTextStyle style = { .size = 1.05 * drawing->em,
                           .mono = TRUE,
                           .color = scope_theme_dim (drawing->theme),
                           .anchor = SCOPE_ANCHOR_MIDDLE,
                           .too_long = SCOPE_TOO_LONG_ENDS,
                           .max_width = drawing->geometry->width };
  if (drawing->picture->heading != NULL)
    scope_pen_write (&drawing->pen, &style, drawing->picture->heading, drawing->geometry->width / 2,
                     0.8 * drawing->em);
}

/* The highest sentence decides, so that nothing jumps from step to step. */
static void
measure_words (ScopeStepsDrawing *drawing, ScopeStepsGeometry *geometry)
{
  const ScopeStage *stage = drawing->stage;
  ScopeTextStyle style = sentence_style (drawing, FALSE, geometry->width - drawing->em);
  geometry->title_height = ceil (3.0 * drawing->em) + heading_height (drawing);
  for (int k = 0; k < stage->steps; k++)
    {
      double height;
      scope_pen_measure (&drawing->pen, &style, scope_text_string (&stage->step[k].sentence), NULL,
                         &height);
      geometry->sentence_height = fmax (geometry->sentence_height, ceil (height + drawing->em));
    }
}

/* Boxes above, tensors below. Titles stand in the middle, so the boxes do, their names at the left.
 */
static void
arrange_upright (ScopeStepsDrawing *drawing,
                 ScopeStepsGeometry *geometry,
                 double boxes,
                 double rows)
{
  double em = drawing->em;

  geometry->boxes_x = floor ((geometry->width - boxes) / 2);
  geometry->boxes_y = geometry->title_height + ceil (1.7 * em);
  geometry->cells_y =
      ceil (drawing->picture->bare ? geometry->title_height : geometry->boxes_y + rows + 0.4 * em);
  geometry->formula_x = geometry->width / 2;
  geometry->height = geometry->cells_y + geometry->tensors_height + geometry->formula_height;
}

/* Boxes at the left, tensors at the right, each in the middle of the height. */
static void
arrange_beside (ScopeStepsDrawing *drawing,
                ScopeStepsGeometry *geometry,
                double boxes,
                double rows,
                double tensors)
{
  double em = drawing->em;
  double left = geometry->names_width + 1.2 * em, used = left + boxes + 2 * em + tensors;
  double first = fmax ((geometry->width - used) / 2, 0);
  double numbers = 1.7 * em, right = geometry->tensors_height + geometry->formula_height;
  double height = fmax (rows + numbers, right);

  geometry->boxes_x = floor (first + left);
  geometry->boxes_y = floor (geometry->title_height + (height - rows - numbers) / 2 + numbers);
  geometry->cells_y = floor (geometry->title_height + (height - right) / 2);
  geometry->formula_x = first + used - tensors / 2;
  geometry->height = geometry->title_height + ceil (height);
}

ScopeStepsGeometry
scope_steps_measure (const ScopeStepsPicture *picture, double wanted_width, cairo_t *cr)
{
  ScopeStepsDrawing drawing;
  ScopeStepsGeometry geometry = { 0 };
  const ScopeStage *stage = picture->stage;
  begin (&drawing, picture, cr);
  double em = drawing.em;
  measure_boxes (&drawing, &geometry);
  double boxes = boxes_width (&geometry, stage->columns);
  double names = geometry.names_width + 1.2 * em;
  double rows = stage->tensors * (geometry.box_height + geometry.row_gap) + geometry.signs_height;
  scope_steps_measure_tensors (&drawing, &geometry);
  double tensors = geometry.width;
  double needed = picture->bare   ? fmax (tensors, 20 * em)
                  : picture->wide ? names + boxes + 2 * em + tensors
                                  : fmax (fmax (names + boxes + names, tensors), 34 * em);
  geometry.width = ceil (fmax (needed, wanted_width));
  if (picture->says)
    measure_words (&drawing, &geometry);
  for (int k = 0; k < stage->steps; k++)
    if (stage->step[k].formula.length > 0)
      geometry.formula_height = ceil (2.4 * em);
  if (picture->wide && !picture->bare)
    arrange_beside (&drawing, &geometry, boxes, rows, tensors);
  else
    arrange_upright (&drawing, &geometry, boxes, rows);
  double shift = floor (geometry.formula_x - tensors / 2);
  for (int r = 0; r <= stage->tensors; r++)
    geometry.tensor_x[r] += shift;
  geometry.tensor_y += geometry.cells_y;
  geometry.height += geometry.sentence_height + ceil (0.3 * em);
  scope_pen_clear (&drawing.pen);
  return geometry;
}

/* ---- words ---------------------------------------------------------------------------------- */

static void
write_words (ScopeStepsDrawing *drawing, const ScopeStageStep *step, int number, double alpha)
{
  const ScopeStepsGeometry *geometry = drawing->geometry;
  double middle = geometry->width / 2;
  ScopeTextStyle style = title_style (drawing);
  style.max_width = geometry->width;
  if (step->fails)
    style.color = scope_theme_failure (drawing->theme);
  style.color.alpha = alpha;
  /* Translators: which step of how many, and what it does: 4 of 5 – Judge each axis */
  g_autofree char *title =
      drawing->picture->counts ? g_strdup_printf (
          _ ("%d of %d – %s"), number + 1, drawing->stage->steps, scope_text_string (&step->title))
                               : g_strdup (scope_text_string (&step->title));
  scope_pen_write (&drawing->pen, &style, title, middle,
                   heading_height (drawing) + 1.1 * drawing->em);
  style = sentence_style (drawing, step->fails, geometry->width - drawing->em);
  style.color.alpha = alpha;
  double height;
  const char *sentence = scope_text_string (&step->sentence);
  scope_pen_measure (&drawing->pen, &style, sentence, NULL, &height);
  scope_pen_write (&drawing->pen, &style, sentence, middle,
                   geometry->height - geometry->sentence_height + 0.5 * drawing->em + height / 2);
}

static void
write_formula (ScopeStepsDrawing *drawing, const ScopeStageStep *step, double alpha)
{
  const ScopeStepsGeometry *geometry = drawing->geometry;
  ScopeTextStyle style = { .size = 1.25 * drawing->em,
                           .mono = TRUE,
                           .bold = TRUE,
                           .color = scope_theme_foreground (drawing->theme),
                           .anchor = SCOPE_ANCHOR_MIDDLE,
                           .too_long = SCOPE_TOO_LONG_ENDS,
                           .max_width = geometry->width };
  if (step->formula.length == 0 || alpha <= 0)
    return;
  style.color.alpha = alpha;
  scope_pen_write (&drawing->pen, &style, scope_text_string (&step->formula), geometry->formula_x,
                   geometry->cells_y + geometry->tensors_height + geometry->formula_height / 2);
}

/* Words of two steps do not lie over each other: one goes in the first half, the other comes in the
 * second. */
static void
write_all (ScopeStepsDrawing *drawing, int step)
{
  double t = drawing->progress;
  const ScopeStageStep *now = t < 0.5 ? drawing->from : drawing->to;
  int number = t < 0.5 ? step : MIN (step + 1, drawing->stage->steps - 1);
  double alpha = drawing->from == drawing->to ? 1 : fabs (1 - 2 * t);
  if (drawing->picture->says)
    {
      write_heading (drawing);
      write_words (drawing, now, number, alpha);
    }
  if (!drawing->picture->blank)
    write_formula (drawing, now, alpha);
}

/* ---- the whole ------------------------------------------------------------------------------ */

void
scope_steps_paint (const ScopeStepsPicture *picture,
                   const ScopeStepsGeometry *geometry,
                   int step,
                   double progress,
                   cairo_t *cr)
{
  ScopeStepsDrawing drawing;
  const ScopeStage *stage = picture->stage;
  if (stage->steps == 0)
    return;
  step = CLAMP (step + (progress >= 1 ? 1 : 0), 0, stage->steps - 1);
  progress = progress >= 1 ? 0 : progress;
  cairo_save (cr);
  cairo_new_path (cr);
  begin (&drawing, picture, cr);
  drawing.geometry = geometry;
  drawing.from = &stage->step[step];
  drawing.to = &stage->step[MIN (step + 1, stage->steps - 1)];
  drawing.progress = drawing.from == drawing.to ? 0 : CLAMP (progress, 0, 1);
  if (drawing.progress == 0)
    drawing.to = drawing.from;
  if (!picture->bare)
    scope_steps_paint_boxes (&drawing);
  scope_steps_paint_tensors (&drawing);
  write_all (&drawing, step);
  scope_pen_clear (&drawing.pen);
  cairo_restore (cr);
}
