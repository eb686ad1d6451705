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
  double y = picture->y, length = picture->height;
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
  double x = picture->x, length = picture->width;
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
  const ScopeHeatmapDecoration *decoration = picture->decoration;
  int from_end = down ? decoration->row_from_end : decoration->column_from_end;
  gint64 begin = down ? picture->top : picture->left;
  gint64 end = down ? picture->bottom : picture->right;
  if (from_end == 0)
    return;

  double outer = EDGE_WIDTH + EDGE_SPACE;
  if (down)
    cairo_rectangle (picture->cr, picture->x - outer, picture->y, EDGE_WIDTH, picture->height);
  else
    cairo_rectangle (picture->cr, picture->x, picture->y - outer, picture->width, EDGE_WIDTH);
  scope_color_set (picture->cr, scope_theme_axis (picture->theme, from_end));
  cairo_fill (picture->cr);
  if (end <= begin)
    return;

  g_autofree char *first = g_strdup_printf ("%" G_GINT64_FORMAT, begin);
  g_autofree char *last = g_strdup_printf ("%" G_GINT64_FORMAT, end - 1);
  double line = 1.25 * index_style (picture->theme).size;
  EdgeTexts texts = { .first = first,
                      .middle = down ? decoration->row_name : decoration->column_name,
                      .last = end - begin > 1 ? last : NULL,
                      .at = down ? picture->x - outer - EDGE_SPACE - 1
                                 : picture->y - outer - EDGE_SPACE - line / 2 };
  if (down)
    write_down (picture, &texts);
  else
    write_across (picture, &texts);
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

static void
paint_map (ScopeHeatmapPicture *picture)
{
  scope_heatmap_paint_cells (picture);
  scope_heatmap_paint_values (picture);
  scope_heatmap_paint_signs (picture);
  scope_heatmap_paint_rings (picture);
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

/* What a map that is seen as a whole shows. */
static void
see_all (ScopeHeatmapPicture *picture)
{
  const ScopePlane *plane = picture->plane;
  picture->x = picture->geometry->x;
  picture->y = picture->geometry->y;
  picture->width = picture->geometry->width;
  picture->height = picture->geometry->height;
  picture->top = plane->row_begin;
  picture->left = plane->column_begin;
  picture->bottom =
      plane->cell_rows > (plane->rows - picture->top) / plane->row_block || plane->cell_rows == 0
          ? plane->rows
          : picture->top + plane->cell_rows * plane->row_block;
  picture->right = plane->cell_columns > (plane->columns - picture->left) / plane->column_block
                           || plane->cell_columns == 0
                       ? plane->columns
                       : picture->left + plane->cell_columns * plane->column_block;
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
  see_all (&picture);
  paint_edge (&picture, FALSE);
  paint_edge (&picture, TRUE);
  if (raster == NULL || geometry->rows == 0 || geometry->columns == 0)
    paint_nothing (&picture);
  else
    {
      find_visible (&picture);
      paint_map (&picture);
      scope_heatmap_paint_marks (&picture);
    }
  scope_pen_clear (&picture.pen);
  cairo_restore (cr);
}

/* Whether cells of a plane stand everywhere in the window. */
static gboolean
fills (const ScopePlane *plane, const ScopePlanePart *seen)
{
  return plane->row_begin <= seen->row_begin && plane->column_begin <= seen->column_begin
         && plane->row_begin + plane->cell_rows * plane->row_block >= seen->row_end
         && plane->column_begin + plane->cell_columns * plane->column_block >= seen->column_end;
}

/* A coarser plane stands in for a finer one that is still being read: what its large cells hold are
 * means of many elements, and to write them would be slow and false. */
static gboolean
is_fine (const ScopePlane *plane, gint64 row_block, gint64 column_block)
{
  return plane->row_block <= row_block && plane->column_block <= column_block;
}

static void
see_window (ScopeHeatmapPicture *picture,
            const ScopeHeatmapWindow *window,
            const ScopePlanePart *seen)
{
  picture->x = window->x;
  picture->y = window->y;
  picture->width = window->width;
  picture->height = window->height;
  picture->top = seen->row_begin;
  picture->bottom = seen->row_end;
  picture->left = seen->column_begin;
  picture->right = seen->column_end;
}

void
scope_heatmap_paint_window (const ScopeHeatmapLayer *layer,
                            int layers,
                            const ScopeColorScale *scale,
                            const ScopeHeatmapWindow *window,
                            const ScopeHeatmapDecoration *decoration,
                            const ScopeTheme *theme,
                            cairo_t *cr)
{
  ScopeHeatmapDecoration bare = *decoration;
  ScopeHeatmapPicture picture = {
    .scale = scale, .decoration = decoration, .theme = theme, .cr = cr
  };
  ScopeHeatmapGeometry geometry;
  gint64 row_block, column_block;
  ScopePlanePart seen = scope_heatmap_seen (window, 1, &row_block, &column_block);
  int first = layers - 1;
  bare.values = FALSE;
  cairo_save (cr);
  cairo_new_path (cr);
  scope_pen_init (&picture.pen, cr, theme);
  see_window (&picture, window, &seen);
  paint_edge (&picture, FALSE);
  paint_edge (&picture, TRUE);
  while (first > 0 && !fills (layer[first].plane, &seen))
    first--;

  cairo_save (cr);
  cairo_rectangle (cr, window->x, window->y, window->width, window->height);
  cairo_clip (cr);
  picture.geometry = &geometry;
  for (int i = first; i < layers; i++)
    {
      if (layer[i].raster == NULL)
        continue;
      picture.plane = layer[i].plane;
      picture.raster = layer[i].raster;
      picture.decoration = is_fine (picture.plane, row_block, column_block) ? decoration : &bare;
      geometry = scope_heatmap_place (window, layer[i].plane);
      find_visible (&picture);
      if (picture.first_row < picture.end_row && picture.first_column < picture.end_column)
        paint_map (&picture);
    }
  cairo_restore (cr);
  if (picture.plane != NULL)
    scope_heatmap_paint_marks (&picture);
  scope_pen_clear (&picture.pen);
  cairo_restore (cr);
}
