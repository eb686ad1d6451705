/* Round ticks inside the range, and a bar whose words stay within its width and height. */
#include "paint/colorbar.h"

#include <math.h>
#include <string.h>

static const struct
{
  const char *name;
  double low, high;
  int most, ticks;
  double first, last;
} cases[] = {
  { "unit", 0, 1, 6, 6, 0, 1 },
  { "unit-few", 0, 1, 3, 3, 0, 1 },
  { "signs", -1, 1, 6, 5, -1, 1 },
  { "odd", 0.13, 0.87, 5, 4, 0.2, 0.8 },
  { "hundreds", 0, 255, 6, 6, 0, 250 },
  { "swapped", 1, 0, 6, 6, 0, 1 },
  { "constant", 3, 3, 5, 1, 3, 3 },
  { "tiny", 1e-30, 3e-30, 5, 5, 1e-30, 3e-30 },
  { "far-from-zero", 1e9, 1e9 + 4, 6, 5, 1e9, 1e9 + 4 },
  { "widest", -1.7e308, 1.7e308, 5, 3, -1e308, 1e308 },
  { "not-a-number", NAN, 1, 5, 0, 0, 0 },
  { "endless", 0, INFINITY, 5, 0, 0, 0 },
};

static void
test_ticks (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  double tick[16];
  int ticks = scope_ticks (cases[i].low, cases[i].high, cases[i].most, tick);
  g_assert_cmpint (ticks, ==, cases[i].ticks);
  if (ticks == 0)
    return;
  g_assert_cmpfloat_with_epsilon (tick[0], cases[i].first, fabs (cases[i].first) * 1e-12 + 1e-300);
  g_assert_cmpfloat_with_epsilon (tick[ticks - 1], cases[i].last,
                                  fabs (cases[i].last) * 1e-12 + 1e-300);
  for (int k = 1; k < ticks; k++)
    g_assert_cmpfloat (tick[k], >, tick[k - 1]);
}

/* Whatever the range: at most so many, inside, evenly spaced. */
static void
test_any_range (void)
{
  for (int round = 0; round < 20000; round++)
    {
      double low = g_test_rand_double_range (-1, 1) * pow (10, g_test_rand_int_range (-20, 20));
      double high = low + g_test_rand_double () * pow (10, g_test_rand_int_range (-20, 20));
      int most = g_test_rand_int_range (2, 10);
      double tick[16];
      int ticks = scope_ticks (low, high, most, tick);
      g_assert_cmpint (ticks, >=, 0);
      g_assert_cmpint (ticks, <=, most);
      if (high - low > fabs (high) * 1e-9)
        g_assert_cmpint (ticks, >=, 1);
      double slack = (high - low) * 1e-6 + fabs (high) * 1e-12;
      for (int k = 0; k < ticks; k++)
        {
          g_assert_cmpfloat (tick[k], >=, low - slack);
          g_assert_cmpfloat (tick[k], <=, high + slack);
        }
    }
}

static const struct
{
  const char *name;
  ScopeColorScale scale;
  double height;
} bars[] = {
  { "linear", { .low = 0, .high = 1, .palette = SCOPE_PALETTE_VIRIDIS }, 200 },
  { "long-labels", { .low = -123456.7, .high = -123456.1, .palette = SCOPE_PALETTE_GRAY }, 200 },
  { "constant", { .low = 5, .high = 5, .palette = SCOPE_PALETTE_MAGMA }, 200 },
  { "beyond",
    { .low = 0, .high = 1, .palette = SCOPE_PALETTE_VIRIDIS, .under = TRUE, .over = TRUE },
    200 },
  { "log",
    { .low = 1e-3, .high = 1e4, .norm = SCOPE_NORM_LOG, .palette = SCOPE_PALETTE_VIRIDIS },
    200 },
  { "symlog",
    { .low = -10,
      .high = 1000,
      .threshold = 1,
      .norm = SCOPE_NORM_SYMLOG,
      .palette = SCOPE_PALETTE_VIRIDIS },
    200 },
  { "short", { .low = 0, .high = 1, .palette = SCOPE_PALETTE_VIRIDIS }, 30 },
  { "very-short", { .low = 0, .high = 1, .palette = SCOPE_PALETTE_VIRIDIS }, 4 },
};

static void
test_bar (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  enum
  {
    SIDE = 300,
    X = 20,
    Y = 40
  };
  ScopeTheme theme = scope_theme_default (FALSE);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIDE, SIDE);
  cairo_t *cr = cairo_create (surface);
  double width = scope_colorbar_width (&bars[i].scale, &theme, cr);
  scope_colorbar_paint (&bars[i].scale, X, Y, width, bars[i].height, &theme, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  /* Its ink stays in its box, but for half a line around the bar. */
  const guchar *bytes = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface), right = 0;
  double slack = bars[i].height < 20 ? 12 : 1;
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      {
        guint32 pixel;
        memcpy (&pixel, bytes + y * stride + 4 * x, 4);
        if (pixel >> 24 == 0)
          continue;
        g_assert_cmpfloat (x, >=, X - 1);
        g_assert_cmpfloat (x, <, X + width + 1);
        g_assert_cmpfloat (y, >=, Y - slack);
        g_assert_cmpfloat (y, <, Y + bars[i].height + slack);
        right = MAX (right, x);
      }
  g_assert_cmpfloat (right, >, X + 20); /* a label stands there */
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/paint/colorbar/ticks/%s", cases[i].name);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_ticks);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bars); i++)
    {
      g_autofree char *path = g_strdup_printf ("/paint/colorbar/bar/%s", bars[i].name);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_bar);
    }
  g_test_add_func ("/paint/colorbar/any-range", test_any_range);
  return g_test_run ();
}
