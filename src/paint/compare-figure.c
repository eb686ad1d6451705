/* The figure of a comparison: a grid of maps, their colours, plots, the sample positions. */
#include "paint/compare-figure.h"

#include "paint/colorbar.h"
#include "paint/text.h"

#include <math.h>

typedef struct
{
  const ScopeCompareFigure *figure;
  ScopePen pen;
  cairo_t *cr;
  double em, padding, gap;
  double width, inner;
  int columns, rows;
  double tile_width, map_height;      /* map_height: of the box that a map is fitted into */
  double call;                        /* height of the calls */
  double tile_top, note, tile_height; /* heights: above the map, below it, of all */
  double bar;                         /* width of the one colour bar; 0: each tile has its own */
  double grid_y, plots_y, samples_y, conventions_y, height;
  double plot_height, samples_height, conventions_height;
} Layout;

int
scope_compare_columns (int tiles)
{
  return tiles <= 3 ? MAX (tiles, 1) : tiles == 4 ? 2 : 3;
}

/* ---- styles --------------------------------------------------------------------------------- */

static ScopeTextStyle
style_of (const Layout *layout, double size, gboolean bold, gboolean dim)
{
  const ScopeTheme *theme = layout->figure->theme;
  return (ScopeTextStyle){ .size = size * layout->em,
                           .bold = bold,
                           .color = dim ? scope_theme_dim (theme) : scope_theme_foreground (theme),
                           .too_long = SCOPE_TOO_LONG_ENDS };
}

static ScopeTextStyle
wrapped_style (const Layout *layout, double width)
{
  ScopeTextStyle style = style_of (layout, 0.8, FALSE, TRUE);
  style.too_long = SCOPE_TOO_LONG_WRAPS;
  style.max_width = fmax (width, 1);
  return style;
}

/* ---- layout --------------------------------------------------------------------------------- */

static ScopeHeatmapDecoration
decoration_of (const ScopeCompareTile *tile)
{
  return (ScopeHeatmapDecoration){
    .row_from_end = tile->view.row_axis < 0 ? 0 : tile->view.row_axis - tile->view.rank,
    .column_from_end = tile->view.column_axis < 0 ? 0 : tile->view.column_axis - tile->view.rank,
    .values = TRUE,
  };
}

static ScopeColorScale
scale_of (const ScopeCompareTile *tile)
{
  return scope_color_scale (&tile->view, &tile->plane->statistics);
}

/* Rows for each column of the tallest plane, within reason. */
static double
find_aspect (const ScopeCompareFigure *figure)
{
  double aspect = 0;
  for (int i = 0; i < figure->tiles; i++)
    if (figure->tile[i].plane != NULL)
      aspect = fmax (aspect, (double)MAX (figure->tile[i].plane->rows, 1)
                                 / (double)MAX (figure->tile[i].plane->columns, 1));
  return aspect > 0 ? CLAMP (aspect, 0.3, 1.4) : 0.6;
}

static double
find_bar (Layout *layout)
{
  const ScopeCompareFigure *figure = layout->figure;
  double widest = 0;
  for (int i = 0; i < figure->tiles; i++)
    if (figure->tile[i].plane != NULL)
      {
        ScopeColorScale scale = scale_of (&figure->tile[i]);
        widest = fmax (widest, scope_colorbar_width (&scale, figure->theme, layout->cr));
      }
  return ceil (widest);
}

/* The call, whole: it is what the tile says. */
static ScopeTextStyle
call_style (const Layout *layout)
{
  ScopeTextStyle style = wrapped_style (layout, layout->tile_width - layout->em);
  style.size = 0.7 * layout->em;
  style.mono = TRUE;
  return style;
}

static double
find_call_height (Layout *layout)
{
  const ScopeCompareFigure *figure = layout->figure;
  ScopeTextStyle style = call_style (layout);
  double highest = 0;
  for (int i = 0; i < figure->tiles; i++)
    {
      double height;
      scope_pen_measure (&layout->pen, &style, figure->tile[i].call, NULL, &height);
      highest = fmax (highest, height);
    }
  return ceil (highest);
}

static double
find_note_height (Layout *layout)
{
  const ScopeCompareFigure *figure = layout->figure;
  ScopeTextStyle style = wrapped_style (layout, layout->tile_width - layout->em);
  double highest = 0;
  for (int i = 0; i < figure->tiles; i++)
    if (figure->tile[i].note != NULL)
      {
        double height;
        scope_pen_measure (&layout->pen, &style, figure->tile[i].note, NULL, &height);
        highest = fmax (highest, height);
      }
  return highest > 0 ? ceil (highest + 0.5 * layout->em) : 0;
}

static void
place_below (Layout *layout)
{
  const ScopeCompareFigure *figure = layout->figure;
  double y =
      layout->grid_y + layout->rows * layout->tile_height + MAX (layout->rows - 1, 0) * layout->gap;
  layout->plots_y = y + layout->gap;
  layout->plot_height = 13 * layout->em;
  int lines = figure->plots == 0 ? 0 : 1 + figure->plots / 2;
  y = layout->plots_y + lines * (layout->plot_height + layout->gap);
  layout->samples_y = y;
  if (figure->samples != NULL)
    {
      layout->samples_height = scope_samples_height (figure->samples, figure->theme);
      y += layout->samples_height + layout->gap;
    }
  layout->conventions_y = y;
  if (figure->conventions != NULL)
    {
      ScopeTextStyle style = wrapped_style (layout, layout->inner);
      scope_pen_measure (&layout->pen, &style, figure->conventions, NULL,
                         &layout->conventions_height);
      y += layout->conventions_height;
    }
  layout->height = ceil (y + layout->padding);
}

static Layout
lay_out (const ScopeCompareFigure *figure, cairo_t *cr)
{
  Layout layout = { .figure = figure, .cr = cr, .em = figure->theme->text_size };
  double em = layout.em;
  scope_pen_init (&layout.pen, cr, figure->theme);
  layout.padding = 1.2 * em;
  layout.gap = 1.1 * em;
  layout.width = figure->width > 0 ? figure->width : 1120;
  layout.inner = fmax (layout.width - 2 * layout.padding, 80);
  layout.columns = scope_compare_columns (figure->tiles);
  layout.rows = (figure->tiles + layout.columns - 1) / layout.columns;
  double bar = find_bar (&layout);
  layout.bar = figure->one_range ? bar : 0;
  double grid = layout.inner - (layout.bar > 0 ? layout.bar + 0.9 * em : 0);
  layout.tile_width = floor ((grid - (layout.columns - 1) * layout.gap) / layout.columns);
  double map = layout.tile_width - em - (figure->one_range ? 0 : bar + 0.6 * em);
  layout.map_height = floor (fmax (map, 24) * find_aspect (figure));
  layout.call = find_call_height (&layout);
  layout.tile_top = layout.call + 2.3 * em;
  layout.note = find_note_height (&layout);
  layout.tile_height = layout.tile_top + layout.map_height + layout.note + 0.6 * em;
  layout.grid_y = layout.padding + 1.7 * em + (figure->subtitle != NULL ? 1.3 * em : 0);
  place_below (&layout);
  return layout;
}

void
scope_compare_figure_measure (const ScopeCompareFigure *figure, double *width, double *height)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  Layout layout = lay_out (figure, cr);
  *width = layout.width;
  *height = layout.height;
  scope_pen_clear (&layout.pen);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

void
scope_compare_figure_room (const ScopeCompareFigure *figure,
                           gint64 rows,
                           gint64 columns,
                           double scale,
                           gint64 *max_rows,
                           gint64 *max_columns)
{
  double em = figure->theme->text_size;
  double width = figure->width > 0 ? figure->width : 1120;
  double tile = width / scope_compare_columns (figure->tiles) - 3 * em;
  double side = fmax (tile, 24) * scale;
  scope_heatmap_room (rows, columns, side, 1.4 * side, max_rows, max_columns);
}

/* ---- painting ------------------------------------------------------------------------------- */

/* A card's outline; the reference's is heavy. */
static void
paint_frame (Layout *layout, double x, double y, double width, double height, gboolean heavy)
{
  const ScopeTheme *theme = layout->figure->theme;
  double radius = 0.5 * layout->em, line = heavy ? 2 * scope_theme_line (theme) : 1;
  cairo_t *cr = layout->cr;
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
  cairo_set_line_width (cr, line);
  scope_color_set (
      cr, heavy ? scope_theme_foreground (theme)
                : scope_color_mix (scope_theme_dim (theme), scope_theme_background (theme), 0.35));
  cairo_stroke (cr);
}

static void
paint_tile_words (Layout *layout, const ScopeCompareTile *tile, double x, double y)
{
  double em = layout->em, inner = layout->tile_width - em, badge = 0, height;
  ScopeTextStyle title = style_of (layout, 1, TRUE, FALSE);
  ScopeTextStyle dim = style_of (layout, 0.8, FALSE, TRUE), call = call_style (layout);
  if (tile->badge != NULL)
    {
      badge = scope_pen_width (&layout->pen, &dim, tile->badge) + 0.6 * em;
      dim.anchor = SCOPE_ANCHOR_END;
      scope_pen_write (&layout->pen, &dim, tile->badge, x + inner, y + 0.95 * em);
    }
  title.max_width = fmax (inner - badge, 1);
  scope_pen_write (&layout->pen, &title, tile->title, x, y + 0.95 * em);
  scope_pen_measure (&layout->pen, &call, tile->call, NULL, &height);
  scope_pen_write (&layout->pen, &call, tile->call, x, y + 1.75 * em + height / 2);
  if (tile->note != NULL)
    {
      ScopeTextStyle note = wrapped_style (layout, inner);
      scope_pen_write (&layout->pen, &note, tile->note, x,
                       y + layout->tile_top + layout->map_height + layout->note / 2 + 0.2 * em);
    }
}

static void
paint_map (Layout *layout, const ScopeCompareTile *tile, double x, double y, double width)
{
  const ScopeTheme *theme = layout->figure->theme;
  ScopeHeatmapDecoration decoration = decoration_of (tile);
  ScopeColorScale scale = scale_of (tile);
  double left, top, bar = 0;
  if (!layout->figure->one_range)
    bar = ceil (scope_colorbar_width (&scale, theme, layout->cr)) + 0.6 * layout->em;
  scope_heatmap_margins (tile->plane, &decoration, theme, layout->cr, &left, &top);
  ScopeHeatmapGeometry geometry =
      scope_heatmap_fit (tile->plane, x + left, y + top, fmax (width - left - bar, 24),
                         fmax (layout->map_height - top, 24));
  cairo_surface_t *raster = scope_heatmap_raster (tile->plane, &scale);
  scope_heatmap_paint (tile->plane, raster, &scale, &geometry, &decoration, theme, layout->cr);
  if (bar > 0 && raster != NULL)
    scope_colorbar_paint (&scale, geometry.x + geometry.width + 0.6 * layout->em, geometry.y,
                          bar - 0.6 * layout->em, geometry.height, theme, layout->cr);
  if (raster != NULL)
    cairo_surface_destroy (raster);
}

static void
paint_tile (Layout *layout, int i)
{
  const ScopeCompareTile *tile = &layout->figure->tile[i];
  double em = layout->em;
  double x = layout->padding + (i % layout->columns) * (layout->tile_width + layout->gap);
  double y = layout->grid_y + (int)(i / layout->columns) * (layout->tile_height + layout->gap);
  paint_frame (layout, x, y, layout->tile_width, layout->tile_height, tile->reference);
  paint_tile_words (layout, tile, x + em / 2, y);
  if (tile->plane != NULL)
    paint_map (layout, tile, x + em / 2, y + layout->tile_top, layout->tile_width - em);
  else if (tile->problem != NULL)
    {
      ScopeTextStyle style = wrapped_style (layout, layout->tile_width - 2 * em);
      style.anchor = SCOPE_ANCHOR_MIDDLE;
      scope_pen_write (&layout->pen, &style, tile->problem, x + layout->tile_width / 2,
                       y + layout->tile_top + layout->map_height / 2);
    }
}

static void
paint_bar (Layout *layout)
{
  const ScopeCompareFigure *figure = layout->figure;
  if (layout->bar == 0)
    return;
  for (int i = 0; i < figure->tiles; i++)
    if (figure->tile[i].plane != NULL)
      {
        ScopeColorScale scale = scale_of (&figure->tile[i]);
        double height = layout->rows * layout->tile_height + (layout->rows - 1) * layout->gap;
        scope_colorbar_paint (&scale, layout->padding + layout->inner - layout->bar,
                              layout->grid_y + 0.7 * layout->em, layout->bar,
                              height - 1.4 * layout->em, figure->theme, layout->cr);
        return;
      }
}

/* The first plot over the whole width, then two in a row. */
static void
paint_plots (Layout *layout)
{
  const ScopeCompareFigure *figure = layout->figure;
  double half = (layout->inner - layout->gap) / 2, step = layout->plot_height + layout->gap;
  for (int i = 0; i < figure->plots; i++)
    {
      gboolean wide = i == 0 || (i == figure->plots - 1 && i % 2 == 1);
      double x = layout->padding + (i > 0 && i % 2 == 0 ? half + layout->gap : 0);
      scope_plot_paint (&figure->plot[i], x, layout->plots_y + (i + 1) / 2 * step,
                        wide ? layout->inner : half, layout->plot_height, figure->theme,
                        layout->cr);
    }
}

void
scope_compare_figure_paint (cairo_t *cr, gpointer data)
{
  const ScopeCompareFigure *figure = data;
  Layout layout = lay_out (figure, cr);
  double em = layout.em;
  ScopeTextStyle title = style_of (&layout, 1.2, TRUE, FALSE);
  ScopeTextStyle subtitle = style_of (&layout, 0.85, FALSE, TRUE);
  cairo_save (cr);
  title.max_width = subtitle.max_width = layout.inner;
  scope_pen_write (&layout.pen, &title, figure->title, layout.padding, layout.padding + 0.6 * em);
  if (figure->subtitle != NULL)
    scope_pen_write (&layout.pen, &subtitle, figure->subtitle, layout.padding,
                     layout.padding + 2.0 * em);
  for (int i = 0; i < figure->tiles; i++)
    paint_tile (&layout, i);
  paint_bar (&layout);
  paint_plots (&layout);
  if (figure->samples != NULL)
    scope_samples_paint (figure->samples, layout.padding, layout.samples_y, layout.inner,
                         layout.samples_height, figure->theme, cr);
  if (figure->conventions != NULL)
    {
      ScopeTextStyle style = wrapped_style (&layout, layout.inner);
      scope_pen_write (&layout.pen, &style, figure->conventions, layout.padding,
                       layout.conventions_y + layout.conventions_height / 2);
    }
  cairo_restore (cr);
  scope_pen_clear (&layout.pen);
}
