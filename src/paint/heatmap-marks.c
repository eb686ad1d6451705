/* What is pointed out on a heatmap: parts, and the cells that another comes from. */
#include "paint/heatmap-map.h"

#include "paint/sign.h"

#include <math.h>

/* A source smaller than this, in CSS pixels, has no frame of its own. */
#define SOURCE_CELL 5.0

/* ---- marks ---------------------------------------------------------------------------------- */

typedef struct
{
  double x, y, width, height;
} Box;

static Box
box_of (const ScopeHeatmapPicture *picture, const ScopeHeatmapMark *mark)
{
  const ScopeHeatmapGeometry *geometry = picture->geometry;
  double across = geometry->cell_width / (double)picture->plane->column_block;
  double down = geometry->cell_height / (double)picture->plane->row_block;
  /* Where the plane's element 0, 0 stands, seen or not. */
  double x = geometry->x - (double)picture->plane->column_begin * across;
  double y = geometry->y - (double)picture->plane->row_begin * down;
  Box box = { .x = fmax (x + (double)mark->column_begin * across, picture->x),
              .y = fmax (y + (double)mark->row_begin * down, picture->y) };
  double right = fmin (x + (double)mark->column_end * across, picture->x + picture->width);
  double bottom = fmin (y + (double)mark->row_end * down, picture->y + picture->height);
  box.width = fmax (right - box.x, 0);
  box.height = fmax (bottom - box.y, 0);
  return box;
}

/* What the mark leaves out: veiled and hatched, readable on any palette. */
static void
hatch_rest (ScopeHeatmapPicture *picture, const Box *kept)
{
  cairo_t *cr = picture->cr;
  ScopeColor veil = scope_theme_background (picture->theme);
  ScopeColor line = scope_theme_foreground (picture->theme);
  veil.alpha = 0.55;
  line.alpha = 0.55;
  cairo_save (cr);
  cairo_rectangle (cr, picture->x, picture->y, picture->width, picture->height);
  cairo_rectangle (cr, kept->x, kept->y, kept->width, kept->height);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_clip (cr);
  scope_color_set (cr, veil);
  cairo_paint (cr);
  scope_hatch (cr, picture->x, picture->y, picture->width, picture->height, 0, 8, 1, line);
  cairo_restore (cr);
}

void
scope_heatmap_stroke_twice (ScopeHeatmapPicture *picture)
{
  double line = scope_theme_line (picture->theme);
  cairo_set_line_join (picture->cr, CAIRO_LINE_JOIN_MITER);
  cairo_set_source_rgb (picture->cr, 1, 1, 1);
  cairo_set_line_width (picture->cr, 3 * line);
  cairo_stroke_preserve (picture->cr);
  cairo_set_source_rgb (picture->cr, 0.08, 0.08, 0.1);
  cairo_set_line_width (picture->cr, 1.4 * line);
  cairo_stroke (picture->cr);
}

static void
paint_marks (ScopeHeatmapPicture *picture)
{
  for (int i = 0; i < picture->decoration->marks; i++)
    {
      const ScopeHeatmapMark *mark = &picture->decoration->mark[i];
      Box box = box_of (picture, mark);
      if (mark->hatch_rest)
        hatch_rest (picture, &box);
      cairo_rectangle (picture->cr, box.x, box.y, box.width, box.height);
      scope_heatmap_stroke_twice (picture);
    }
}

/* ---- sources -------------------------------------------------------------------------------- */

/* A frame around each, the heavier the more it weighs; negative weights dashed. Cells that are too
 * small for a frame share one around them all. */
static void
paint_sources (ScopeHeatmapPicture *picture)
{
  const ScopeHeatmapDecoration *decoration = picture->decoration;
  double line = scope_theme_line (picture->theme), most = 0;
  Box all = { 0 };
  for (int i = 0; i < decoration->sources; i++)
    if (isfinite (decoration->source[i].weight))
      most = fmax (most, fabs (decoration->source[i].weight));
  for (int i = 0; i < decoration->sources; i++)
    {
      const ScopeHeatmapSource *source = &decoration->source[i];
      ScopeHeatmapMark cell = { source->row, source->row + 1, source->column, source->column + 1,
                                FALSE };
      Box box = box_of (picture, &cell);
      double share = most > 0 && isfinite (source->weight) ? fabs (source->weight) / most : 1;
      const double dash[] = { 3 * line, 2 * line };
      if (box.width <= 0 || box.height <= 0)
        continue;
      double right = fmax (all.x + all.width, box.x + box.width);
      double bottom = fmax (all.y + all.height, box.y + box.height);
      all = all.width == 0 ? box
                           : (Box){ fmin (all.x, box.x), fmin (all.y, box.y),
                                    right - fmin (all.x, box.x), bottom - fmin (all.y, box.y) };
      if (fmin (box.width, box.height) < SOURCE_CELL)
        continue;
      cairo_rectangle (picture->cr, box.x + line, box.y + line, box.width - 2 * line,
                       box.height - 2 * line);
      if (source->weight < 0)
        cairo_set_dash (picture->cr, dash, 2, 0);
      cairo_set_source_rgba (picture->cr, 1, 1, 1, 0.25 + 0.75 * share);
      cairo_set_line_width (picture->cr, (2 + 2 * share) * line);
      cairo_stroke_preserve (picture->cr);
      cairo_set_source_rgba (picture->cr, 0.08, 0.08, 0.1, 0.25 + 0.75 * share);
      cairo_set_line_width (picture->cr, (0.8 + 1.4 * share) * line);
      cairo_stroke (picture->cr);
      cairo_set_dash (picture->cr, NULL, 0, 0);
    }
  if (all.width <= 0)
    return;
  /* Never so small that it is not seen. */
  double wider = fmax (8 - all.width, 0) / 2, higher = fmax (8 - all.height, 0) / 2;
  cairo_rectangle (picture->cr, all.x - wider, all.y - higher, all.width + 2 * wider,
                   all.height + 2 * higher);
  scope_heatmap_stroke_twice (picture);
}

void
scope_heatmap_paint_marks (ScopeHeatmapPicture *picture)
{
  if (picture->decoration->provenance != NULL)
    scope_heatmap_paint_provenance (picture);
  paint_marks (picture);
  paint_sources (picture);
}
