/* Lines stand where their values are, break where there is none, and nothing leaves the box. */
#include "paint/plot.h"

#include <math.h>

enum
{
  WIDTH = 420,
  HEIGHT = 220,
  AROUND = 30, /* pixels around the plot's box that must stay empty */
};

typedef struct
{
  cairo_surface_t *surface;
  cairo_t *cr;
  ScopeTheme theme;
} Canvas;

static Canvas
new_canvas (gboolean dark)
{
  Canvas canvas = { .theme = scope_theme_default (dark) };
  canvas.surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH + 2 * AROUND, HEIGHT + 2 * AROUND);
  canvas.cr = cairo_create (canvas.surface);
  return canvas;
}

static void
free_canvas (Canvas *canvas)
{
  cairo_destroy (canvas->cr);
  cairo_surface_destroy (canvas->surface);
}

static guint32
pixel_at (Canvas *canvas, int x, int y)
{
  cairo_surface_flush (canvas->surface);
  const guchar *data = cairo_image_surface_get_data (canvas->surface);
  return (
      (const guint32 *)(const void *)(data
                                      + y * cairo_image_surface_get_stride (canvas->surface)))[x];
}

static gboolean
is_near (guint32 pixel, ScopeColor color)
{
  ScopeColor found = scope_color_unpack (pixel);
  return (pixel >> 24) > 128 && fabs (found.red - color.red) < 0.15
         && fabs (found.green - color.green) < 0.15 && fabs (found.blue - color.blue) < 0.15;
}

/* Whether a pixel of the series' colour is within two pixels of a point of the area. */
static gboolean
has_line_at (Canvas *canvas, const ScopePlotArea *area, int color, double x, double y)
{
  ScopeColor wanted = scope_series_color (&canvas->theme, color);
  double at_x = area->x + (x - area->x_low) / (area->x_high - area->x_low) * area->width;
  double at_y = area->y + (area->y_high - y) / (area->y_high - area->y_low) * area->height;
  for (int dy = -2; dy <= 2; dy++)
    for (int dx = -2; dx <= 2; dx++)
      if (is_near (pixel_at (canvas, (int)at_x + dx, (int)at_y + dy), wanted))
        return TRUE;
  return FALSE;
}

static ScopePlotArea
paint (Canvas *canvas, const ScopePlot *plot)
{
  scope_plot_paint (plot, AROUND, AROUND, WIDTH, HEIGHT, &canvas->theme, canvas->cr);
  return scope_plot_area (plot, AROUND, AROUND, WIDTH, HEIGHT, &canvas->theme, canvas->cr);
}

static void
test_places (gconstpointer data)
{
  const double value[] = { 0, 1, 4, 9, 16, NAN, 36, 49, 64, 81, 100 };
  ScopeSeries series = { .name = "squares", .value = value, .count = 11, .begin = -5, .step = 1 };
  ScopePlot plot = { .title = "Squares",
                     .x_title = "x",
                     .series = &series,
                     .n_series = 1,
                     .emphasized = -1,
                     .legend = TRUE };
  Canvas canvas = new_canvas (GPOINTER_TO_INT (data));
  ScopePlotArea area = paint (&canvas, &plot);
  g_assert_cmpfloat (area.x_low, ==, -5);
  g_assert_cmpfloat (area.x_high, ==, 5);
  g_assert_cmpfloat (area.y_low, ==, 0);
  g_assert_cmpfloat (area.y_high, ==, 100);
  for (int i = 1; i < 10; i++)
    if (i != 5)
      g_assert_true (has_line_at (&canvas, &area, 0, i - 5, value[i]));
  /* Nothing joins what lies on both sides of NaN. */
  g_assert_false (has_line_at (&canvas, &area, 0, 0, 26));
  g_assert_false (has_line_at (&canvas, &area, 0, 3, 20));
  free_canvas (&canvas);
}

static const double line[] = { 1e9, 1e9 + 1, 1e9 + 3 }, flat[] = { 7, 7, 7 };
static const double none[] = { NAN, INFINITY, -INFINITY }, one[] = { 2 };

static const struct
{
  const char *name;
  ScopeSeries series[2];
  int n_series;
} odd[] = {
  { "nothing", { { 0 } }, 0 },
  { "empty-series", { { .name = "none", .value = line, .count = 0, .step = 1 } }, 1 },
  { "not-finite", { { .name = "not finite", .value = none, .count = 3, .step = 1 } }, 1 },
  { "one-value", { { .name = "one", .value = one, .count = 1, .step = 1 } }, 1 },
  { "constant", { { .name = "constant", .value = flat, .count = 3, .step = 1 } }, 1 },
  { "far-from-zero", { { .name = "far", .value = line, .count = 3, .step = 1 } }, 1 },
  { "long-names",
    { { .name = "a name that is much longer than any legend has room for, and longer",
        .value = flat,
        .count = 3,
        .step = 1 },
      { .name = "bicubic · antialias · align_corners",
        .color = 1,
        .value = line,
        .count = 3,
        .step = 1 } },
    2 },
};

static void
test_stays_inside (gconstpointer data)
{
  const typeof (odd[0]) *c = data;
  ScopePlot plot = { .title =
                         "A title that is longer than the plot is wide, so that it has to be cut",
                     .x_title =
                         "what stands below the axis, also far too long for it in this place",
                     .series = c->series,
                     .n_series = c->n_series,
                     .mark = { { .x = 1, .label = "a mark" } },
                     .marks = 1,
                     .emphasized = 0,
                     .legend = TRUE };
  Canvas canvas = new_canvas (FALSE);
  ScopePlotArea area = paint (&canvas, &plot);
  g_assert_true (isfinite (area.x_low) && area.x_low < area.x_high);
  g_assert_true (isfinite (area.y_low) && area.y_low < area.y_high);
  g_assert_cmpfloat (area.width, >, 100);
  for (int y = 0; y < HEIGHT + 2 * AROUND; y++)
    for (int x = 0; x < WIDTH + 2 * AROUND; x++)
      if (x < AROUND - 2 || y < AROUND - 2 || x > WIDTH + AROUND + 2 || y > HEIGHT + AROUND + 2)
        if (pixel_at (&canvas, x, y) != 0)
          g_error ("%s: something at %d, %d", c->name, x - AROUND, y - AROUND);
  free_canvas (&canvas);
}

/* No two of nine series look alike: colour or dashes differ. */
static void
test_nine_series (void)
{
  ScopeTheme theme = scope_theme_default (FALSE);
  for (int a = 0; a < 9; a++)
    for (int b = 0; b < a; b++)
      {
        const double *dash_a, *dash_b;
        int n_a = scope_series_dashes (a, &dash_a), n_b = scope_series_dashes (b, &dash_b);
        ScopeColor x = scope_series_color (&theme, a), y = scope_series_color (&theme, b);
        gboolean same_color = x.red == y.red && x.green == y.green && x.blue == y.blue;
        g_assert_false (same_color && n_a == n_b && dash_a == dash_b);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/paint/plot/places/light", GINT_TO_POINTER (FALSE), test_places);
  g_test_add_data_func ("/paint/plot/places/dark", GINT_TO_POINTER (TRUE), test_places);
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *path = g_strdup_printf ("/paint/plot/inside/%s", odd[i].name);
      g_test_add_data_func (path, &odd[i], test_stays_inside);
    }
  g_test_add_func ("/paint/plot/nine-series", test_nine_series);
  return g_test_run ();
}
