/* A plot: title, two axes with round ticks, lines, a legend beside them. */
#include "paint/plot.h"

#include "paint/colorbar.h"
#include "paint/text.h"
#include "scene/number.h"

#include <math.h>

enum
{
  MOST_TICKS = 12
};

typedef struct
{
  const ScopePlot *plot;
  const ScopeTheme *theme;
  ScopePen pen;
  double em;
  ScopePlotArea area;
  double legend; /* width */
  double x_tick[MOST_TICKS], y_tick[MOST_TICKS];
  int x_ticks, y_ticks;
} Layout;

/* ---- lines ---------------------------------------------------------------------------------- */

ScopeColor
scope_series_color (const ScopeTheme *theme, int color)
{
  return scope_theme_axis (theme, -1 - color);
}

int
scope_series_dashes (int color, const double **dashes)
{
  static const double patterns[][4] = { { 0 }, { 7, 3 }, { 2, 2 }, { 8, 2, 2, 2 } };
  static const int lengths[] = { 0, 2, 2, 4 };
  int pattern = (color + color / 8) % (int)G_N_ELEMENTS (lengths); /* there are eight colours */
  *dashes = patterns[pattern];
  return lengths[pattern];
}

static void
set_line (cairo_t *cr, const ScopeTheme *theme, int color, gboolean heavy)
{
  const double *dashes;
  int n = scope_series_dashes (color, &dashes);
  scope_color_set (cr, scope_series_color (theme, color));
  cairo_set_dash (cr, dashes, n, 0);
  cairo_set_line_width (cr, scope_theme_line (theme) * (heavy ? 2 : 1.2));
}

/* ---- ranges --------------------------------------------------------------------------------- */

static void
extend (double value, double *low, double *high)
{
  if (!isfinite (value))
    return;
  *low = fmin (*low, value);
  *high = fmax (*high, value);
}

static void
find_x_range (const ScopePlot *plot, ScopePlotArea *area)
{
  area->x_low = plot->x_low;
  area->x_high = plot->x_high;
  if (area->x_low != area->x_high)
    return;
  area->x_low = INFINITY;
  area->x_high = -INFINITY;
  for (int i = 0; i < plot->n_series; i++)
    if (plot->series[i].count > 0)
      {
        const ScopeSeries *series = &plot->series[i];
        extend (series->begin, &area->x_low, &area->x_high);
        extend (series->begin + (double)(series->count - 1) * series->step, &area->x_low,
                &area->x_high);
      }
}

/* What of the series lies in the x range. */
static void
find_y_range (const ScopePlot *plot, ScopePlotArea *area)
{
  area->y_low = plot->y_low < plot->y_high ? plot->y_low : INFINITY;
  area->y_high = plot->y_low < plot->y_high ? plot->y_high : -INFINITY;
  for (int i = 0; i < plot->n_series; i++)
    for (gint64 k = 0; k < plot->series[i].count; k++)
      {
        double x = plot->series[i].begin + (double)k * plot->series[i].step;
        if (x >= area->x_low && x <= area->x_high)
          extend (plot->series[i].value[k], &area->y_low, &area->y_high);
      }
}

/* A range that is none gets one around it. */
static void
open_range (double *low, double *high)
{
  if (!(*low <= *high))
    {
      *low = 0;
      *high = 1;
    }
  else if (*low == *high)
    {
      double size = fmax (fabs (*low) / 2, 0.5);
      *low -= size;
      *high += size;
    }
}

/* ---- layout --------------------------------------------------------------------------------- */

static ScopeTextStyle
small_style (const Layout *layout)
{
  return (ScopeTextStyle){ .size = 0.78 * layout->em, .color = scope_theme_dim (layout->theme) };
}

static char *
tick_text (double tick, const double *ticks, int n)
{
  ScopeText text = { 0 };
  double step = n > 1 ? fabs (ticks[1] - ticks[0]) : 1;
  double largest = fmax (fabs (ticks[0]), fabs (ticks[n - 1]));
  int digits = CLAMP ((int)ceil (log10 (fmax (largest / step, 1)) - 1e-9) + 1, 2, 15);
  scope_number_print (tick, digits, 1e6, &text);
  char *copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return copy;
}

static double
widest_tick (Layout *layout)
{
  ScopeTextStyle style = small_style (layout);
  double widest = 0;
  for (int i = 0; i < layout->y_ticks; i++)
    {
      g_autofree char *text = tick_text (layout->y_tick[i], layout->y_tick, layout->y_ticks);
      widest = fmax (widest, scope_pen_width (&layout->pen, &style, text));
    }
  return widest;
}

static double
legend_width (Layout *layout, double width)
{
  ScopeTextStyle style = small_style (layout);
  double widest = 0;
  if (!layout->plot->legend)
    return 0;
  for (int i = 0; i < layout->plot->n_series; i++)
    widest = fmax (widest, scope_pen_width (&layout->pen, &style, layout->plot->series[i].name));
  return fmin (ceil (widest + 3.2 * layout->em), 0.4 * width);
}

static Layout
lay_out (const ScopePlot *plot,
         double x,
         double y,
         double width,
         double height,
         const ScopeTheme *theme,
         cairo_t *cr)
{
  Layout layout = { .plot = plot, .theme = theme, .em = theme->text_size };
  double em = layout.em;
  ScopePlotArea *area = &layout.area;
  scope_pen_init (&layout.pen, cr, theme);
  find_x_range (plot, area);
  open_range (&area->x_low, &area->x_high);
  find_y_range (plot, area);
  open_range (&area->y_low, &area->y_high);

  double above = (plot->title != NULL ? 1.7 : 0.6) * em;
  double below = (plot->x_title != NULL ? 2.5 : 1.4) * em;
  area->y = y + above;
  area->height = fmax (height - above - below, 8);
  layout.y_ticks =
      scope_ticks (area->y_low, area->y_high, (int)CLAMP (area->height / (2.2 * em), 2, MOST_TICKS),
                   layout.y_tick);
  layout.legend = legend_width (&layout, width);
  double left = ceil (widest_tick (&layout) + 0.7 * em);
  area->x = x + left;
  area->width = fmax (width - left - layout.legend - 0.6 * em, 8);
  layout.x_ticks =
      scope_ticks (area->x_low, area->x_high, (int)CLAMP (area->width / (3.4 * em), 2, MOST_TICKS),
                   layout.x_tick);
  return layout;
}

double
scope_plot_least_height (const ScopeTheme *theme)
{
  return 9 * theme->text_size;
}

ScopePlotArea
scope_plot_area (const ScopePlot *plot,
                 double x,
                 double y,
                 double width,
                 double height,
                 const ScopeTheme *theme,
                 cairo_t *cr)
{
  Layout layout = lay_out (plot, x, y, width, height, theme, cr);
  scope_pen_clear (&layout.pen);
  return layout.area;
}

/* ---- painting ------------------------------------------------------------------------------- */

static double
place_x (const ScopePlotArea *area, double value)
{
  return area->x + (value - area->x_low) / (area->x_high - area->x_low) * area->width;
}

static double
place_y (const ScopePlotArea *area, double value)
{
  return area->y + (area->y_high - value) / (area->y_high - area->y_low) * area->height;
}

static void
paint_grid (Layout *layout, cairo_t *cr)
{
  const ScopePlotArea *area = &layout->area;
  ScopeTextStyle style = small_style (layout);
  ScopeColor line = scope_color_mix (scope_theme_dim (layout->theme),
                                     scope_theme_background (layout->theme), 0.25);
  cairo_set_line_width (cr, 1);
  scope_color_set (cr, line);
  for (int i = 0; i < layout->y_ticks; i++)
    {
      double at = floor (place_y (area, layout->y_tick[i])) + 0.5;
      cairo_move_to (cr, area->x, at);
      cairo_line_to (cr, area->x + area->width, at);
    }
  for (int i = 0; i < layout->x_ticks; i++)
    {
      double at = floor (place_x (area, layout->x_tick[i])) + 0.5;
      cairo_move_to (cr, at, area->y + area->height);
      cairo_line_to (cr, at, area->y + area->height + 0.25 * layout->em);
    }
  cairo_stroke (cr);

  style.anchor = SCOPE_ANCHOR_END;
  for (int i = 0; i < layout->y_ticks; i++)
    {
      g_autofree char *text = tick_text (layout->y_tick[i], layout->y_tick, layout->y_ticks);
      scope_pen_write (&layout->pen, &style, text, area->x - 0.4 * layout->em,
                       place_y (area, layout->y_tick[i]));
    }
  style.anchor = SCOPE_ANCHOR_MIDDLE;
  for (int i = 0; i < layout->x_ticks; i++)
    {
      g_autofree char *text = tick_text (layout->x_tick[i], layout->x_tick, layout->x_ticks);
      scope_pen_write (&layout->pen, &style, text, place_x (area, layout->x_tick[i]),
                       area->y + area->height + 0.85 * layout->em);
    }
}

static void
paint_titles (Layout *layout, double x, double y, double width)
{
  const ScopePlotArea *area = &layout->area;
  if (layout->plot->title != NULL)
    {
      ScopeTextStyle style = { .size = 0.93 * layout->em,
                               .bold = TRUE,
                               .color = scope_theme_foreground (layout->theme),
                               .too_long = SCOPE_TOO_LONG_ENDS,
                               .max_width = width };
      scope_pen_write (&layout->pen, &style, layout->plot->title, x, y + 0.65 * layout->em);
    }
  if (layout->plot->x_title != NULL)
    {
      ScopeTextStyle style = small_style (layout);
      style.anchor = SCOPE_ANCHOR_MIDDLE;
      style.too_long = SCOPE_TOO_LONG_ENDS;
      style.max_width = area->width;
      scope_pen_write (&layout->pen, &style, layout->plot->x_title, area->x + area->width / 2,
                       area->y + area->height + 1.95 * layout->em);
    }
}

static void
paint_series (const Layout *layout, const ScopeSeries *series, gboolean heavy, cairo_t *cr)
{
  const ScopePlotArea *area = &layout->area;
  gboolean drawing = FALSE;
  set_line (cr, layout->theme, series->color, heavy);
  for (gint64 k = 0; k < series->count; k++)
    {
      double x = place_x (area, series->begin + (double)k * series->step);
      double y = place_y (area, series->value[k]);
      if (!isfinite (y))
        drawing = FALSE;
      else if (drawing)
        cairo_line_to (cr, x, y);
      else
        {
          /* A value alone between gaps is still seen. */
          cairo_move_to (cr, x - 0.01, y);
          cairo_line_to (cr, x, y);
          drawing = TRUE;
        }
    }
  cairo_stroke (cr);
}

static void
paint_lines (const Layout *layout, cairo_t *cr)
{
  const ScopePlot *plot = layout->plot;
  const ScopePlotArea *area = &layout->area;
  cairo_save (cr);
  cairo_rectangle (cr, area->x, area->y - 2, area->width, area->height + 4);
  cairo_clip (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  for (int i = 0; i < plot->n_series; i++)
    if (i != plot->emphasized)
      paint_series (layout, &plot->series[i], FALSE, cr);
  if (plot->emphasized >= 0 && plot->emphasized < plot->n_series)
    paint_series (layout, &plot->series[plot->emphasized], TRUE, cr);
  cairo_restore (cr);
}

/* Something of the background, so that lines do not cross the words. */
static void
paint_behind (Layout *layout,
              const ScopeTextStyle *style,
              const char *text,
              double x,
              double middle,
              cairo_t *cr)
{
  double width, height;
  ScopeColor color = scope_theme_background (layout->theme);
  color.alpha = 0.8;
  scope_pen_measure (&layout->pen, style, text, &width, &height);
  scope_color_set (cr, color);
  cairo_rectangle (cr, style->anchor == SCOPE_ANCHOR_END ? x - width : x, middle - height / 2,
                   width, height);
  cairo_fill (cr);
}

static void
paint_marks (Layout *layout, cairo_t *cr)
{
  const ScopePlotArea *area = &layout->area;
  static const double dashes[] = { 4, 3 };
  for (int i = 0; i < layout->plot->marks; i++)
    {
      const ScopePlotMark *mark = &layout->plot->mark[i];
      double x = place_x (area, mark->x);
      if (!(mark->x >= area->x_low && mark->x <= area->x_high))
        continue;
      cairo_save (cr);
      cairo_set_dash (cr, dashes, 2, 0);
      cairo_set_line_width (cr, scope_theme_line (layout->theme));
      scope_color_set (cr, scope_theme_dim (layout->theme));
      cairo_move_to (cr, x, area->y);
      cairo_line_to (cr, x, area->y + area->height);
      cairo_stroke (cr);
      cairo_restore (cr);
      if (mark->label == NULL)
        continue;
      ScopeTextStyle style = small_style (layout);
      gboolean left = x > area->x + 0.6 * area->width;
      style.anchor = left ? SCOPE_ANCHOR_END : SCOPE_ANCHOR_START;
      style.too_long = SCOPE_TOO_LONG_ENDS;
      style.max_width = 0.6 * area->width;
      paint_behind (layout, &style, mark->label, x + (left ? -0.35 : 0.35) * layout->em,
                    area->y + 0.6 * layout->em, cr);
      scope_pen_write (&layout->pen, &style, mark->label, x + (left ? -0.35 : 0.35) * layout->em,
                       area->y + 0.6 * layout->em);
    }
}

static void
paint_legend (Layout *layout, cairo_t *cr)
{
  const ScopePlotArea *area = &layout->area;
  double em = layout->em, x = area->x + area->width + 0.9 * em;
  double room = area->height + 1.5 * em;
  double line = fmin (1.35 * em, room / MAX (layout->plot->n_series, 1));
  if (!layout->plot->legend)
    return;
  for (int i = 0; i < layout->plot->n_series; i++)
    {
      const ScopeSeries *series = &layout->plot->series[i];
      double y = area->y + (i + 0.5) * line;
      ScopeTextStyle style = small_style (layout);
      style.size = fmin (style.size, 0.8 * line);
      style.color = scope_theme_foreground (layout->theme);
      style.bold = i == layout->plot->emphasized;
      style.too_long = SCOPE_TOO_LONG_ENDS;
      style.max_width = fmax (layout->legend - 2.9 * em, 1);
      cairo_save (cr);
      set_line (cr, layout->theme, series->color, TRUE);
      cairo_move_to (cr, x, y);
      cairo_line_to (cr, x + 1.6 * em, y);
      cairo_stroke (cr);
      cairo_restore (cr);
      scope_pen_write (&layout->pen, &style, series->name, x + 2 * em, y);
    }
}

void
scope_plot_paint (const ScopePlot *plot,
                  double x,
                  double y,
                  double width,
                  double height,
                  const ScopeTheme *theme,
                  cairo_t *cr)
{
  Layout layout = lay_out (plot, x, y, width, height, theme, cr);
  cairo_save (cr);
  paint_grid (&layout, cr);
  paint_lines (&layout, cr);
  paint_marks (&layout, cr);
  paint_titles (&layout, x, y, width);
  paint_legend (&layout, cr);
  cairo_restore (cr);
  scope_pen_clear (&layout.pen);
}
