/* The figure of a plane: caption, map, colour bar, how cells were made, statistics. */
#include "paint/composition.h"

#include "paint/colorbar.h"
#include "paint/text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  const ScopeHeatmapFigure *figure;
  ScopePen pen;
  double em, padding;
  double left, top;    /* edges of the map */
  double caption, bar; /* height of the caption, width of the colour bar */
  double lines;        /* height of the texts below */
  double width, height;
  char *below;
  ScopeTextStyle caption_style, below_style;
  ScopeColorScale scale;
  ScopeHeatmapGeometry geometry;
} Layout;

/* One cell is the mean of 5 × 1 elements; and the statistics. */
static char *
text_below (const ScopeHeatmapFigure *figure)
{
  const ScopePlane *plane = figure->plane;
  ScopeText statistics = { 0 };
  scope_statistics_print (&plane->statistics, figure->shape, &statistics);
  g_autoptr (GString) text = g_string_new (scope_text_string (&statistics));
  scope_text_clear (&statistics);

  const char *const aggregates[] = {
    /* Translators: how several numbers become one colour; stands in “%s of 5 × 1 elements” */
    [SCOPE_AGGREGATE_MEAN] = _ ("mean"),
    [SCOPE_AGGREGATE_MIN] = _ ("minimum"),
    [SCOPE_AGGREGATE_MAX] = _ ("maximum"),
    [SCOPE_AGGREGATE_EXTREME] = _ ("largest magnitude"),
  };
  if (plane->row_block > 1 || plane->column_block > 1)
    {
      g_autofree char *blocks =
          g_strdup_printf ("%" G_GINT64_FORMAT " × %" G_GINT64_FORMAT, (gint64)plane->row_block,
                           (gint64)plane->column_block);

      g_string_append_c (text, '\n');
      /* Translators: the first word is mean, minimum, maximum or largest magnitude, the second
         like 5 × 1 */
      g_string_append_printf (text, _ ("each cell: %s of %s elements"),
                              aggregates[figure->view.aggregate], blocks);
    }
  if (plane->sampled)
    {
      g_string_append (text, ", ");
      g_string_append (text, _ ("from a sample"));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static double
limit_of (double given, double otherwise)
{
  return given > 0 ? given : otherwise;
}

/* The room inside the paddings that the caller grants. */
static void
find_limits (const Layout *layout, double *width, double *height)
{
  *width = limit_of (layout->figure->max_width, 640) - 2 * layout->padding;
  *height = limit_of (layout->figure->max_height, 520) - 2 * layout->padding;
}

static void
choose_styles (Layout *layout, double width)
{
  const ScopeTheme *theme = layout->figure->theme;
  layout->caption_style = (ScopeTextStyle){ .size = 1.1 * layout->em,
                                            .mono = TRUE,
                                            .bold = TRUE,
                                            .color = scope_theme_foreground (theme),
                                            .too_long = SCOPE_TOO_LONG_OMITS_MIDDLE,
                                            .max_width = fmax (width, 1) };
  layout->below_style = (ScopeTextStyle){ .size = 0.8 * layout->em,
                                          .color = scope_theme_dim (theme),
                                          .too_long = SCOPE_TOO_LONG_WRAPS,
                                          .max_width = fmax (width, 1) };
}

/* The map in what the rest leaves; an empty one needs little. */
static void
fit_map (Layout *layout, double width, double height)
{
  const ScopePlane *plane = layout->figure->plane;
  width = fmax (width, 24);
  height = fmax (height, 24);
  if (plane->cell_rows == 0 || plane->cell_columns == 0)
    {
      width = fmin (width, 24 * layout->em);
      height = fmin (height, 8 * layout->em);
    }
  layout->geometry = scope_heatmap_fit (plane, 0, 0, width, height);
}

/* Everything but the map has its natural size; the map takes what is left, and the figure then
 * closes around it. */
static Layout
lay_out (const ScopeHeatmapFigure *figure, cairo_t *cr)
{
  Layout layout = { .figure = figure, .em = figure->theme->text_size };
  double width, height, below, em = layout.em;
  layout.padding = 1.1 * em;
  layout.caption = 2 * em;
  layout.scale = scope_color_scale (&figure->view, &figure->plane->statistics);
  layout.below = text_below (figure);
  scope_pen_init (&layout.pen, cr, figure->theme);
  find_limits (&layout, &width, &height);
  choose_styles (&layout, width);
  scope_heatmap_margins (figure->plane, &figure->decoration, figure->theme, cr, &layout.left,
                         &layout.top);
  layout.bar = scope_colorbar_width (&layout.scale, figure->theme, cr);
  scope_pen_measure (&layout.pen, &layout.below_style, layout.below, &below, &layout.lines);

  double beside = layout.left + 0.9 * em + layout.bar;
  double around = layout.caption + layout.top + 0.7 * em + layout.lines;
  fit_map (&layout, width - beside, height - around);

  double caption = scope_pen_width (&layout.pen, &layout.caption_style, figure->caption);
  if (figure->note != NULL)
    caption += em + scope_pen_width (&layout.pen, &layout.below_style, figure->note);
  double inner = fmax (beside + layout.geometry.width, fmax (below, caption));
  inner = fmin (fmax (inner, 1), fmax (width, beside + layout.geometry.width));
  layout.width = ceil (inner + 2 * layout.padding);
  layout.height = ceil (around + layout.geometry.height + 2 * layout.padding);

  double spare = inner - beside - layout.geometry.width;
  layout.geometry.x = floor (layout.padding + layout.left + spare / 2);
  layout.geometry.y = ceil (layout.padding + layout.caption + layout.top);
  return layout;
}

static void
clear (Layout *layout)
{
  scope_pen_clear (&layout->pen);
  g_free (layout->below);
}

void
scope_heatmap_figure_measure (const ScopeHeatmapFigure *figure, double *width, double *height)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  Layout layout = lay_out (figure, cr);
  *width = layout.width;
  *height = layout.height;
  clear (&layout);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

void
scope_heatmap_figure_room (const ScopeHeatmapFigure *figure,
                           gint64 rows,
                           gint64 columns,
                           double scale,
                           gint64 *max_rows,
                           gint64 *max_columns)
{
  double em = figure->theme->text_size;
  double width = limit_of (figure->max_width, 640) - 12 * em;
  double height = limit_of (figure->max_height, 520) - 10 * em;
  scope_heatmap_room (rows, columns, fmax (width, 24) * scale, fmax (height, 24) * scale, max_rows,
                      max_columns);
}

static void
paint_caption (Layout *layout)
{
  const ScopeHeatmapFigure *figure = layout->figure;
  double middle = layout->padding + 0.7 * layout->em;
  ScopeTextStyle style = layout->caption_style;
  style.max_width = layout->width - 2 * layout->padding;
  scope_pen_write (&layout->pen, &style, figure->caption, layout->padding, middle);
  if (figure->note == NULL)
    return;
  ScopeTextStyle note = layout->below_style;
  note.anchor = SCOPE_ANCHOR_END;
  note.too_long = SCOPE_TOO_LONG_OVERFLOWS;
  double used = scope_pen_width (&layout->pen, &style, figure->caption) + layout->em
                + scope_pen_width (&layout->pen, &note, figure->note);
  if (used <= style.max_width)
    scope_pen_write (&layout->pen, &note, figure->note, layout->width - layout->padding, middle);
}

void
scope_heatmap_figure_paint (cairo_t *cr, gpointer data)
{
  const ScopeHeatmapFigure *figure = data;
  Layout layout = lay_out (figure, cr);
  const ScopeHeatmapGeometry *geometry = &layout.geometry;
  cairo_surface_t *raster = scope_heatmap_raster (figure->plane, &layout.scale);
  cairo_save (cr);
  paint_caption (&layout);
  scope_heatmap_paint (figure->plane, raster, &layout.scale, geometry, &figure->decoration,
                       figure->theme, cr);
  if (raster != NULL)
    {
      scope_colorbar_paint (&layout.scale, geometry->x + geometry->width + 0.9 * layout.em,
                            geometry->y, layout.bar, geometry->height, figure->theme, cr);
      cairo_surface_destroy (raster);
    }
  scope_pen_write (&layout.pen, &layout.below_style, layout.below, layout.padding,
                   layout.height - layout.padding - layout.lines / 2);
  cairo_restore (cr);
  clear (&layout);
}
