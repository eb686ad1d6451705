/* A heatmap around its cells: edges with indices, marks, seams, and what stands there when there is
 * nothing to show. */
#include "paint/heatmap-map.h"

#include "paint/sign.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define EDGE_WIDTH 3.0 /* CSS pixels */
#define EDGE_SPACE 2.0

static ScopeTextStyle
index_style (const ScopeTheme *theme)
{
  return (ScopeTextStyle){ .size = 0.73 * theme->text_size,
                           .mono = FALSE,
                           .color = scope_theme_dim (theme) };
}

void
scope_heatmap_margins (const ScopePlane *plane,
                       const ScopeHeatmapDecoration *decoration,
                       const ScopeTheme *theme,
                       cairo_t *cr,
                       double *left,
                       double *top)
{
  ScopePen pen;
  ScopeTextStyle style = index_style (theme);
  scope_pen_init (&pen, cr, theme);
  *left = *top = 0;
  double edge = EDGE_WIDTH + 2 * EDGE_SPACE;
  if (decoration->row_from_end != 0)
    {
      g_autofree char *last = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (plane->rows - 1, 0));
      double name =
          decoration->row_name == NULL ? 0 : scope_pen_width (&pen, &style, decoration->row_name);
      *left = ceil (edge + fmax (scope_pen_width (&pen, &style, last), name) + 3);
    }
  if (decoration->column_from_end != 0)
    *top = ceil (edge + 1.25 * style.size);
  scope_pen_clear (&pen);
}

/* ---- edges ---------------------------------------------------------------------------------- */

/* Texts at the ends and in the middle of an edge, as many as have room. */
typedef struct
{
  const char *first, *middle, *last; /* middle: NULL for none; last: NULL when it is the first */
  double at;                         /* across the edge */
} EdgeTexts;

static void
write_down (ScopeHeatmapPicture *picture, const EdgeTexts *texts)
{
  ScopeTextStyle style = index_style (picture->theme);
  ScopePen *pen = &picture->pen;
  double y = picture->geometry->y, length = picture->geometry->height;
  double line = 1.25 * style.size;
  style.anchor = SCOPE_ANCHOR_END;
  if (texts->last == NULL || length < 2 * line)
    {
      scope_pen_write (pen, &style, texts->first, texts->at, y + length / 2);
      return;
    }
  scope_pen_write (pen, &style, texts->first, texts->at, y + line / 2);
  scope_pen_write (pen, &style, texts->last, texts->at, y + length - line / 2);
  if (texts->middle != NULL && length >= 4 * line)
    scope_pen_write (pen, &style, texts->middle, texts->at, y + length / 2);
}

static void
write_across (ScopeHeatmapPicture *picture, const EdgeTexts *texts)
{
  ScopeTextStyle style = index_style (picture->theme);
  ScopePen *pen = &picture->pen;
  double x = picture->geometry->x, length = picture->geometry->width;
  const char *last = texts->last == NULL ? texts->first : texts->last;
  double widths[2] = { scope_pen_width (pen, &style, texts->first),
                       scope_pen_width (pen, &style, last) };
  style.anchor = SCOPE_ANCHOR_MIDDLE;
  if (texts->last == NULL || widths[0] + widths[1] + style.size > length)
    {
      g_autofree char *range = texts->last == NULL
                                   ? g_strdup (texts->first)
                                   : g_strdup_printf ("%s … %s", texts->first, last);
      scope_pen_write (pen, &style, range, x + length / 2, texts->at);
      return;
    }
  if (texts->middle != NULL
      && 2 * fmax (widths[0], widths[1]) + scope_pen_width (pen, &style, texts->middle)
                 + 2 * style.size
             <= length)
    scope_pen_write (pen, &style, texts->middle, x + length / 2, texts->at);
  style.anchor = SCOPE_ANCHOR_START;
  scope_pen_write (pen, &style, texts->first, x, texts->at);
  style.anchor = SCOPE_ANCHOR_END;
  scope_pen_write (pen, &style, last, x + length, texts->at);
}

static void
paint_edge (ScopeHeatmapPicture *picture, gboolean down)
{
  const ScopeHeatmapGeometry *geometry = picture->geometry;
  const ScopeHeatmapDecoration *decoration = picture->decoration;
  int from_end = down ? decoration->row_from_end : decoration->column_from_end;
  gint64 size = down ? picture->plane->rows : picture->plane->columns;
  if (from_end == 0)
    return;

  double outer = EDGE_WIDTH + EDGE_SPACE;
  if (down)
    cairo_rectangle (picture->cr, geometry->x - outer, geometry->y, EDGE_WIDTH, geometry->height);
  else
    cairo_rectangle (picture->cr, geometry->x, geometry->y - outer, geometry->width, EDGE_WIDTH);
  scope_color_set (picture->cr, scope_theme_axis (picture->theme, from_end));
  cairo_fill (picture->cr);
  if (size == 0)
    return;

  const ScopePlane *plane = picture->plane;
  gint64 begin = down ? plane->row_begin : plane->column_begin;
  gint64 block = down ? plane->row_block : plane->column_block;
  gint64 cells = down ? plane->cell_rows : plane->cell_columns;
  gint64 end = cells > (size - begin) / block ? size : begin + cells * block;
  if (cells == 0)
    end = size;
  g_autofree char *first = g_strdup_printf ("%" G_GINT64_FORMAT, begin);
  g_autofree char *last = g_strdup_printf ("%" G_GINT64_FORMAT, end - 1);
  double line = 1.25 * index_style (picture->theme).size;
  EdgeTexts texts = { .first = first,
                      .middle = down ? decoration->row_name : decoration->column_name,
                      .last = end - begin > 1 ? last : NULL,
                      .at = down ? geometry->x - outer - EDGE_SPACE - 1
                                 : geometry->y - outer - EDGE_SPACE - line / 2 };
  if (down)
    write_down (picture, &texts);
  else
    write_across (picture, &texts);
}

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
  Box box = { .x = fmax (x + (double)mark->column_begin * across, geometry->x),
              .y = fmax (y + (double)mark->row_begin * down, geometry->y) };
  double right = fmin (x + (double)mark->column_end * across, geometry->x + geometry->width);
  double bottom = fmin (y + (double)mark->row_end * down, geometry->y + geometry->height);
  box.width = fmax (right - box.x, 0);
  box.height = fmax (bottom - box.y, 0);
  return box;
}

/* What the mark leaves out: veiled and hatched, readable on any palette. */
static void
hatch_rest (ScopeHeatmapPicture *picture, const Box *kept)
{
  const ScopeHeatmapGeometry *geometry = picture->geometry;
  cairo_t *cr = picture->cr;
  ScopeColor veil = scope_theme_background (picture->theme);
  ScopeColor line = scope_theme_foreground (picture->theme);
  veil.alpha = 0.55;
  line.alpha = 0.55;
  cairo_save (cr);
  cairo_rectangle (cr, geometry->x, geometry->y, geometry->width, geometry->height);
  cairo_rectangle (cr, kept->x, kept->y, kept->width, kept->height);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_clip (cr);
  scope_color_set (cr, veil);
  cairo_paint (cr);
  scope_hatch (cr, geometry->x, geometry->y, geometry->width, geometry->height, 0, 8, 1, line);
  cairo_restore (cr);
}

/* A dark line with a light one around it stands out from every palette. */
static void
stroke_twice (ScopeHeatmapPicture *picture)
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
      stroke_twice (picture);
    }
}

/* Where concatenated parts meet: a line with a tooth at each end. */
static void
paint_seams (ScopeHeatmapPicture *picture)
{
  const ScopeHeatmapGeometry *geometry = picture->geometry;
  const ScopePlane *plane = picture->plane;
  gint64 row = picture->decoration->seam_row - plane->row_begin;
  gint64 column = picture->decoration->seam_column - plane->column_begin;
  double tooth = 5;
  if (row > 0 && (double)row < (double)plane->cell_rows * (double)plane->row_block)
    {
      double y = geometry->y + (double)row * geometry->cell_height / (double)plane->row_block;
      cairo_move_to (picture->cr, geometry->x - tooth, y);
      cairo_line_to (picture->cr, geometry->x + geometry->width + tooth, y);
      stroke_twice (picture);
    }
  if (column > 0 && (double)column < (double)plane->cell_columns * (double)plane->column_block)
    {
      double x = geometry->x + (double)column * geometry->cell_width / (double)plane->column_block;
      cairo_move_to (picture->cr, x, geometry->y - tooth);
      cairo_line_to (picture->cr, x, geometry->y + geometry->height + tooth);
      stroke_twice (picture);
    }
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void
paint_nothing (ScopeHeatmapPicture *picture)
{
  const ScopeHeatmapGeometry *geometry = picture->geometry;
  ScopeColor color = scope_theme_dim (picture->theme);
  const double dash[] = { 5, 4 };
  cairo_set_dash (picture->cr, dash, 2, 0);
  cairo_set_line_width (picture->cr, scope_theme_line (picture->theme));
  scope_round_rectangle (picture->cr, geometry->x + 1, geometry->y + 1,
                         fmax (geometry->width - 2, 0), fmax (geometry->height - 2, 0), 8);
  scope_color_set (picture->cr, color);
  cairo_stroke (picture->cr);
  cairo_set_dash (picture->cr, NULL, 0, 0);

  ScopeTextStyle style = { .size = 0.87 * picture->theme->text_size,
                           .color = color,
                           .anchor = SCOPE_ANCHOR_MIDDLE,
                           .too_long = SCOPE_TOO_LONG_WRAPS,
                           .max_width = fmax (geometry->width - 16, 40) };
  /* Translators: stands where a heatmap would be when a tensor has no elements */
  const char *words = picture->raster == NULL && picture->plane->cell_rows > 0
                          ? _ ("No memory is left for this picture.")
                          : _ ("No elements: one of the sizes is 0.");
  scope_pen_write (&picture->pen, &style, words, geometry->x + geometry->width / 2,
                   geometry->y + geometry->height / 2);
}

/* The cells that the clip leaves. */
static void
find_visible (ScopeHeatmapPicture *picture)
{
  const ScopeHeatmapGeometry *geometry = picture->geometry;
  double left, top, right, bottom;
  cairo_clip_extents (picture->cr, &left, &top, &right, &bottom);
  double rows = (double)geometry->rows, columns = (double)geometry->columns;
  picture->first_row = (gint64)CLAMP (floor ((top - geometry->y) / geometry->cell_height), 0, rows);
  picture->end_row = (gint64)CLAMP (ceil ((bottom - geometry->y) / geometry->cell_height), 0, rows);
  picture->first_column =
      (gint64)CLAMP (floor ((left - geometry->x) / geometry->cell_width), 0, columns);
  picture->end_column =
      (gint64)CLAMP (ceil ((right - geometry->x) / geometry->cell_width), 0, columns);
}

void
scope_heatmap_paint (const ScopePlane *plane,
                     cairo_surface_t *raster,
                     const ScopeColorScale *scale,
                     const ScopeHeatmapGeometry *geometry,
                     const ScopeHeatmapDecoration *decoration,
                     const ScopeTheme *theme,
                     cairo_t *cr)
{
  ScopeHeatmapPicture picture = { .plane = plane,
                                  .raster = raster,
                                  .scale = scale,
                                  .geometry = geometry,
                                  .decoration = decoration,
                                  .theme = theme,
                                  .cr = cr };
  cairo_save (cr);
  cairo_new_path (cr);
  scope_pen_init (&picture.pen, cr, theme);
  paint_edge (&picture, FALSE);
  paint_edge (&picture, TRUE);
  if (raster == NULL || geometry->rows == 0 || geometry->columns == 0)
    paint_nothing (&picture);
  else
    {
      find_visible (&picture);
      scope_heatmap_paint_cells (&picture);
      scope_heatmap_paint_values (&picture);
      scope_heatmap_paint_signs (&picture);
      paint_marks (&picture);
      paint_seams (&picture);
    }
  scope_pen_clear (&picture.pen);
  cairo_restore (cr);
}
