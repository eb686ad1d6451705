/* A colour bar: its colours from low to high, round ticks, triangles where values lie beyond. */
#include "paint/colorbar.h"

#include "paint/palette.h"
#include "paint/text.h"
#include "scene/number.h"

#include <math.h>

enum
{
  MOST_TICKS = 32
};

#define BAR_WIDTH 14.0 /* CSS pixels */
#define TICK      4.0
#define SPACE     3.0

/* ---- ticks ---------------------------------------------------------------------------------- */

/* Multiples of 1, 2 or 5 · 10ⁿ. */
int
scope_ticks (double low, double high, int most, double *out)
{
  if (!(isfinite (low) && isfinite (high)) || most < 1)
    return 0;
  if (low > high)
    {
      double swap = low;
      low = high;
      high = swap;
    }
  if (low == high)
    {
      out[0] = low;
      return 1;
    }

  /* Halved, a range of all doubles stays finite. */
  double rough = (high / 2 - low / 2) / most * 2;
  if (!(rough > 0))
    {
      out[0] = low;
      return 1;
    }
  double power = pow (10, floor (log10 (rough)));
  static const double factor[] = { 1, 2, 5, 10, 20, 50 };
  for (gsize i = 0; i < G_N_ELEMENTS (factor); i++)
    {
      double step = factor[i] * power;
      double first = ceil (low / step - 1e-9), last = floor (high / step + 1e-9);
      if (!(last - first + 1 <= most) || !isfinite (step))
        continue;
      int n = 0;
      for (double k = first; k <= last && n < most; k++)
        out[n++] = k * step + 0.0; /* no −0 */
      return n;
    }
  return 0;
}

/* Powers of ten, every k-th. */
static int
log_ticks (double low, double high, int most, double *out)
{
  double first = ceil (log10 (low) - 1e-9), last = floor (log10 (high) + 1e-9);
  double every = fmax (1, ceil ((last - first + 1) / most));
  int n = 0;
  for (double k = first; k <= last && n < most; k += every)
    out[n++] = pow (10, k);
  return n >= 2 ? n : scope_ticks (low, high, most, out);
}

/* 0, and every k-th power of ten to both sides, from the largest in range down to the threshold. */
static int
symlog_ticks (const ScopeColorScale *scale, int most, double *out)
{
  int n = 0;
  double least = ceil (log10 (scale->threshold) - 1e-9);
  double below = scale->low < 0 ? floor (log10 (-scale->low) + 1e-9) : least - 1;
  double above = scale->high > 0 ? floor (log10 (scale->high) + 1e-9) : least - 1;
  double decades = fmax (below - least + 1, 0) + fmax (above - least + 1, 0);
  double every = fmax (1, ceil (decades / fmax (most - 1, 1)));
  for (double k = below; k >= least && n < most; k -= every)
    out[n++] = -pow (10, k);
  if (scale->low <= 0 && scale->high >= 0 && n < most)
    out[n++] = 0;
  for (double k = above - every * floor ((above - least) / every); k <= above && n < most;
       k += every)
    out[n++] = pow (10, k);
  return n >= 2 ? n : scope_ticks (scale->low, scale->high, most, out);
}

static int
ticks_of (const ScopeColorScale *scale, int most, double *out)
{
  most = CLAMP (most, 2, MOST_TICKS);
  if (scale->low == scale->high || scale->norm == SCOPE_NORM_LINEAR)
    return scope_ticks (scale->low, scale->high, most, out);
  return scale->norm == SCOPE_NORM_LOG ? log_ticks (scale->low, scale->high, most, out)
                                       : symlog_ticks (scale, most, out);
}

/* As many digits as tell neighbouring ticks apart. */
static int
digits_of (const double *tick, int ticks)
{
  double largest = 0, step = INFINITY;
  for (int i = 0; i < ticks; i++)
    largest = fmax (largest, fabs (tick[i]));
  for (int i = 1; i < ticks; i++)
    step = fmin (step, fabs (tick[i] - tick[i - 1]));
  if (!(isfinite (step) && step > 0 && largest > 0))
    return 6;
  return CLAMP ((int)ceil (log10 (largest / step) - 1e-9) + 2, 3, 17);
}

static char *
tick_text (double tick, int digits)
{
  ScopeText text = { 0 };
  scope_number_print (tick, digits, 1e6, &text);
  char *copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return copy;
}

/* ---- painting ------------------------------------------------------------------------------- */

static ScopeTextStyle
tick_style (const ScopeTheme *theme)
{
  return (ScopeTextStyle){ .size = 0.73 * theme->text_size, .color = scope_theme_dim (theme) };
}

/* How many ticks a bar of this height has room for. */
static int
most_ticks (double height, const ScopeTheme *theme)
{
  return (int)CLAMP (height / (2.6 * theme->text_size), 2, 9);
}

double
scope_colorbar_width (const ScopeColorScale *scale, const ScopeTheme *theme, cairo_t *cr)
{
  ScopePen pen;
  ScopeTextStyle style = tick_style (theme);
  double widest = 0;
  scope_pen_init (&pen, cr, theme);
  /* The number of ticks depends on the height, their widths hardly: the widest of all. */
  for (int most = 2; most <= 9; most++)
    {
      double tick[MOST_TICKS];
      int ticks = ticks_of (scale, most, tick);
      int digits = digits_of (tick, ticks);
      for (int i = 0; i < ticks; i++)
        {
          g_autofree char *text = tick_text (tick[i], digits);
          widest = fmax (widest, scope_pen_width (&pen, &style, text));
        }
    }
  scope_pen_clear (&pen);
  return ceil (BAR_WIDTH + TICK + SPACE + widest);
}

/* A stripe for each colour, from the lowest: each covers what is above it too, so that no seams
 * show between them. */
static void
fill_stripes (const guint32 *stripe, int stripes, double x, double y, double height, cairo_t *cr)
{
  for (int i = 0; i < stripes; i++)
    {
      scope_color_set (cr, scope_color_unpack (stripe[i]));
      cairo_rectangle (cr, x, y, BAR_WIDTH, height * (stripes - i) / stripes);
      cairo_fill (cr);
    }
}

/* The same as a picture a pixel wide, which is drawn in one go; viewers of SVG would smooth it. */
static void
stretch_stripes (const guint32 *stripe, int stripes, double x, double y, double height, cairo_t *cr)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1, stripes);
  guchar *data = cairo_image_surface_get_data (image);
  int stride = cairo_image_surface_get_stride (image);
  if (data == NULL)
    {
      cairo_surface_destroy (image);
      return;
    }
  for (int i = 0; i < stripes; i++)
    *(guint32 *)(void *)(data + (stripes - 1 - i) * stride) = stripe[i];
  cairo_surface_mark_dirty (image);

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_rectangle (cr, 0, 0, BAR_WIDTH, height);
  cairo_scale (cr, BAR_WIDTH, height / stripes);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_surface_destroy (image);
}

static void
paint_stripes (const ScopeColorScale *scale, double x, double y, double height, cairo_t *cr)
{
  int count;
  const guint32 *color = scope_palette_colors (scale->palette, &count);
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_target (cr));
  if (scale->low == scale->high)
    count = 1;
  int stripes = count == 1 ? 1 : (int)fmin (count, fmax (2 * height, 2));
  g_autofree guint32 *stripe = g_new (guint32, (gsize)stripes);
  for (int i = 0; i < stripes; i++)
    stripe[i] = color[(gsize)i * (gsize)count / (gsize)stripes];
  if (type == CAIRO_SURFACE_TYPE_IMAGE || type == CAIRO_SURFACE_TYPE_RECORDING)
    stretch_stripes (stripe, stripes, x, y, height, cr);
  else
    fill_stripes (stripe, stripes, x, y, height, cr);
}

/* A triangle beyond an end of the bar: there are values out there. */
static void
paint_beyond (const ScopeColorScale *scale,
              double x,
              double y,
              double tip,
              guint32 color,
              const ScopeTheme *theme,
              cairo_t *cr)
{
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + BAR_WIDTH / 2, y + tip);
  cairo_line_to (cr, x + BAR_WIDTH, y);
  cairo_close_path (cr);
  scope_color_set (cr, scope_color_unpack (color));
  cairo_fill_preserve (cr);
  scope_color_set (cr, scope_theme_dim (theme));
  cairo_set_line_width (cr, 0.5 * scope_theme_line (theme));
  cairo_stroke (cr);
}

static void
paint_ticks (const ScopeColorScale *scale,
             double x,
             double y,
             double height,
             const ScopeTheme *theme,
             cairo_t *cr)
{
  ScopePen pen;
  ScopeTextStyle style = tick_style (theme);
  double tick[MOST_TICKS], half = 0.62 * style.size;
  int ticks = ticks_of (scale, most_ticks (height, theme), tick);
  int digits = digits_of (tick, ticks);
  scope_pen_init (&pen, cr, theme);
  cairo_set_line_width (cr, scope_theme_line (theme));
  for (int i = 0; i < ticks; i++)
    {
      double place = scale->low == scale->high ? 0.5 : scope_color_scale_place (scale, tick[i]);
      double at = y + height * (1 - place);
      g_autofree char *text = tick_text (tick[i], digits);
      scope_color_set (cr, style.color);
      cairo_move_to (cr, x, at);
      cairo_line_to (cr, x + TICK, at);
      cairo_stroke (cr);
      /* The outermost labels stay beside the bar rather than be cut off. */
      double middle = height < 2 * half ? y + height / 2 : CLAMP (at, y + half, y + height - half);
      scope_pen_write (&pen, &style, text, x + TICK + SPACE, middle);
    }
  scope_pen_clear (&pen);
}

void
scope_colorbar_span (const ScopeColorScale *scale, double *y, double *height)
{
  double beyond = 0.5 * BAR_WIDTH + 1;
  if (scale->over)
    *y += beyond;
  *height = fmax (*height - (scale->over ? beyond : 0) - (scale->under ? beyond : 0), 1);
}

/* ---- the histogram -------------------------------------------------------------------------- */

enum
{
  MOST_BINS = 96
};

/* Counts into bins from low to high; returns the largest count. */
static gint64
count_bins (const ScopeColorScale *scale,
            const double *sample,
            gint64 samples,
            gint64 *bin,
            int bins)
{
  gint64 most = 0;
  for (gint64 i = 0; i < samples; i++)
    {
      double place = scope_color_scale_place (scale, sample[i]);
      if (!(place >= 0 && place <= 1))
        continue;
      int at = MIN ((int)(place * bins), bins - 1);
      most = MAX (most, ++bin[at]);
    }
  return most;
}

void
scope_histogram_paint (const ScopeColorScale *scale,
                       const double *sample,
                       gint64 samples,
                       double x,
                       double y,
                       double width,
                       double height,
                       const ScopeTheme *theme,
                       cairo_t *cr)
{
  gint64 bin[MOST_BINS] = { 0 };
  ScopeColor color = scope_theme_dim (theme);
  scope_colorbar_span (scale, &y, &height);
  int bins = CLAMP ((int)(height / 2), 1, MOST_BINS);
  if (scale->low == scale->high || samples < 2)
    return;
  gint64 most = count_bins (scale, sample, samples, bin, bins);
  if (most == 0)
    return;
  color.alpha *= 0.7;
  scope_color_set (cr, color);
  for (int i = 0; i < bins; i++)
    {
      /* What comes at all is seen. */
      double length = bin[i] == 0 ? 0 : fmax (width * (double)bin[i] / (double)most, 1);
      cairo_rectangle (cr, x + width - length, y + height * (bins - 1 - i) / bins, length,
                       height / bins);
    }
  cairo_fill (cr);
}

/* ---- the bar -------------------------------------------------------------------------------- */

void
scope_colorbar_paint (const ScopeColorScale *scale,
                      double x,
                      double y,
                      double width,
                      double height,
                      const ScopeTheme *theme,
                      cairo_t *cr)
{
  int count;
  const guint32 *color = scope_palette_colors (scale->palette, &count);
  double beyond = 0.5 * BAR_WIDTH;
  cairo_save (cr);
  cairo_new_path (cr);
  if (scale->over)
    {
      paint_beyond (scale, x, y + beyond, -beyond, color[count - 1], theme, cr);
      y += beyond + 1;
      height -= beyond + 1;
    }
  if (scale->under)
    {
      height -= beyond + 1;
      paint_beyond (scale, x, y + height + 1, beyond, color[0], theme, cr);
    }
  height = fmax (height, 1);
  paint_stripes (scale, x, y, height, cr);
  double line = 0.5 * scope_theme_line (theme);
  cairo_rectangle (cr, x, y, BAR_WIDTH, height);
  scope_color_set (cr, scope_theme_dim (theme));
  cairo_set_line_width (cr, line);
  cairo_stroke (cr);
  paint_ticks (scale, x + BAR_WIDTH, y, height, theme, cr);
  cairo_restore (cr);
}
