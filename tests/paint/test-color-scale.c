/* Colours against matplotlib's own, and the choice of range and palette. */
#include "paint/color-scale.h"
#include "paint/palette.h"

#include <math.h>
#include <string.h>

static ScopePalette
palette_named (const char *name)
{
  for (int palette = 0; palette < SCOPE_N_PALETTES; palette++)
    if (g_str_equal (name, scope_palette_name ((ScopePalette)palette)))
      return (ScopePalette)palette;
  g_error ("no palette called %s", name);
}

static void
test_matplotlib (void)
{
  g_autofree char *text = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "palettes.txt", NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) line = g_strsplit (text, "\n", -1);
  int checked = 0;
  for (int i = 0; line[i] != NULL; i++)
    {
      if (line[i][0] == '#' || line[i][0] == '\0')
        continue;
      g_auto (GStrv) word = g_strsplit (line[i], " ", -1);
      g_assert_cmpuint (g_strv_length (word), ==, 7);
      ScopeColorScale scale = {
        .norm = g_str_equal (word[0], "log")      ? SCOPE_NORM_LOG
                : g_str_equal (word[0], "symlog") ? SCOPE_NORM_SYMLOG
                                                  : SCOPE_NORM_LINEAR,
        .palette = palette_named (word[1]),
        .low = g_ascii_strtod (word[2], NULL),
        .high = g_ascii_strtod (word[3], NULL),
        .threshold = g_ascii_strtod (word[4], NULL),
      };
      guint32 color = scope_color_scale_map (&scale, g_ascii_strtod (word[5], NULL));
      guint32 expected = 0xFF000000u | (guint32)g_ascii_strtoull (word[6], NULL, 16);
      if (color != expected)
        g_error ("%s: %08x", line[i], color);
      checked++;
    }
  g_assert_cmpint (checked, >, 1500);
}

static const struct
{
  const char *name;
  ScopeView view;
  double min, max;
  ScopePalette palette;
  double low, high;
} choices[] = {
  { "positive", { 0 }, 1, 5, SCOPE_PALETTE_VIRIDIS, 1, 5 },
  { "from-zero", { 0 }, 0, 5, SCOPE_PALETTE_VIRIDIS, 0, 5 },
  { "both-signs", { 0 }, -1, 5, SCOPE_PALETTE_DIVERGING, -5, 5 },
  { "chosen", { .palette = SCOPE_PALETTE_GRAY }, -1, 5, SCOPE_PALETTE_GRAY, -1, 5 },
  { "diverging-chosen",
    { .palette = SCOPE_PALETTE_DIVERGING },
    1,
    5,
    SCOPE_PALETTE_DIVERGING,
    -5,
    5 },
  { "constant", { 0 }, 3, 3, SCOPE_PALETTE_VIRIDIS, 3, 3 },
  { "manual",
    { .range = SCOPE_RANGE_MANUAL, .low = 2, .high = 3 },
    0,
    5,
    SCOPE_PALETTE_VIRIDIS,
    2,
    3 },
  { "manual-swapped",
    { .range = SCOPE_RANGE_MANUAL, .low = 3, .high = 2 },
    0,
    5,
    SCOPE_PALETTE_VIRIDIS,
    2,
    3 },
  { "manual-not-a-number",
    { .range = SCOPE_RANGE_MANUAL, .low = NAN, .high = 2 },
    0,
    5,
    SCOPE_PALETTE_VIRIDIS,
    0,
    5 },
  { "nothing-finite", { 0 }, NAN, NAN, SCOPE_PALETTE_VIRIDIS, 0, 1 },
  { "log", { .norm = SCOPE_NORM_LOG }, -2, 5, SCOPE_PALETTE_VIRIDIS, 0.5, 5 },
  { "log-without-positive", { .norm = SCOPE_NORM_LOG }, -5, -2, SCOPE_PALETTE_VIRIDIS, 1, 10 },
};

static void
test_choice (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeStatistics statistics = { .count = 9,
                                 .min = choices[i].min,
                                 .max = choices[i].max,
                                 .min_positive = choices[i].max > 0 ? 0.5 : NAN };
  ScopeColorScale scale = scope_color_scale (&choices[i].view, &statistics);
  g_assert_cmpint (scale.palette, ==, choices[i].palette);
  g_assert_cmpfloat (scale.low, ==, choices[i].low);
  g_assert_cmpfloat (scale.high, ==, choices[i].high);
  /* On a logarithmic scale what is not positive has no place at all. */
  double least = scale.norm == SCOPE_NORM_LOG ? statistics.min_positive : choices[i].min;
  g_assert_cmpint (scale.under, ==, least < choices[i].low);
  g_assert_cmpint (scale.over, ==, choices[i].max > choices[i].high);
}

static const struct
{
  const char *name;
  ScopeColorScale scale;
} scales[] = {
  { "linear", { .low = -3, .high = 7, .palette = SCOPE_PALETTE_VIRIDIS } },
  { "log", { .low = 1e-3, .high = 1e5, .norm = SCOPE_NORM_LOG, .palette = SCOPE_PALETTE_VIRIDIS } },
  { "symlog",
    { .low = -100,
      .high = 1000,
      .threshold = 1,
      .norm = SCOPE_NORM_SYMLOG,
      .palette = SCOPE_PALETTE_VIRIDIS } },
  { "widest", { .low = -1.7e308, .high = 1.7e308, .palette = SCOPE_PALETTE_VIRIDIS } },
};

static void
test_there_and_back (gconstpointer data)
{
  const ScopeColorScale *scale = &scales[GPOINTER_TO_INT (data)].scale;
  for (int step = 0; step <= 100; step++)
    {
      double value = scope_color_scale_value (scale, step / 100.0);
      g_assert_true (isfinite (value));
      g_assert_cmpfloat_with_epsilon (scope_color_scale_place (scale, value), step / 100.0, 1e-9);
    }
  g_assert_cmpfloat (scope_color_scale_place (scale, scale->low), ==, 0);
  g_assert_cmpfloat (scope_color_scale_place (scale, scale->high), ==, 1);
  g_assert_cmphex (scope_color_scale_map (scale, NAN), ==, SCOPE_COLOR_BAD);
  g_assert_cmphex (scope_color_scale_map (scale, INFINITY), ==, scope_palette_viridis[255]);
}

/* Many at once have the colours that each has alone: numbers of all sorts, and those at which a
 * colour begins, with their neighbours. */
static const struct
{
  const char *name;
  ScopeNorm norm;
  double low, high, threshold;
} spans[] = {
  { "unit", SCOPE_NORM_LINEAR, 0, 1, 0 },
  { "around-zero", SCOPE_NORM_LINEAR, -1, 1, 0 },
  { "random", SCOPE_NORM_LINEAR, -0.37262, 2.910183, 0 },
  { "far", SCOPE_NORM_LINEAR, 1e6, 1e6 + 0.3, 0 },
  { "constant", SCOPE_NORM_LINEAR, 3, 3, 0 },
  { "widest", SCOPE_NORM_LINEAR, -1.7e308, 1.7e308, 0 },
  { "narrowest", SCOPE_NORM_LINEAR, 0, 5e-324, 0 },
  { "neighbours", SCOPE_NORM_LINEAR, 1, 1.0000000000000007, 0 },
  { "log", SCOPE_NORM_LOG, 1e-3, 1e5, 0 },
  { "log-narrow", SCOPE_NORM_LOG, 5, 5.01, 0 },
  { "log-widest", SCOPE_NORM_LOG, 5e-324, 1.7e308, 0 },
  { "log-constant", SCOPE_NORM_LOG, 2, 2, 0 },
  { "symlog", SCOPE_NORM_SYMLOG, -100, 1000, 1 },
  { "symlog-positive", SCOPE_NORM_SYMLOG, 3, 1000, 1 },
  { "symlog-small", SCOPE_NORM_SYMLOG, -1e-300, 1e-300, 1e-303 },
};

static void
check_colors (const ScopeColorScale *scale, const double *value, int count, const guint32 *out)
{
  for (int i = 0; i < count; i++)
    if (out[i] != scope_color_scale_map (scale, value[i]))
      g_error ("%s %.17g: %08x alone, %08x among others", scope_palette_name (scale->palette),
               value[i], scope_color_scale_map (scale, value[i]), out[i]);
}

static void
test_many (gconstpointer data)
{
  enum
  {
    MOST = 8192,
  };
  int span = GPOINTER_TO_INT (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32)span);
  g_autofree double *value = g_new (double, MOST);
  g_autofree guint32 *out = g_new (guint32, MOST);
  for (int palette = 1; palette < SCOPE_N_PALETTES; palette++)
    {
      ScopeColorScale scale = { .norm = spans[span].norm,
                                .low = spans[span].low,
                                .high = spans[span].high,
                                .threshold = spans[span].threshold,
                                .palette = (ScopePalette)palette };
      ScopeRaster raster;
      int count = 0;
      scope_color_scale_raster (&scale, &raster);
      for (int k = 1; k < raster.colors; k++)
        for (int step = -3; step <= 3; step++)
          {
            double at = raster.first[k];
            for (int i = 0; i < ABS (step); i++)
              at = nextafter (at, step < 0 ? -INFINITY : INFINITY);
            value[count++] = at;
          }
      static const double special[] = { NAN, INFINITY, -INFINITY, 0, -0.0, 1e308, -1e308, 5e-324 };
      for (gsize i = 0; i < G_N_ELEMENTS (special); i++)
        value[count++] = special[i];
      while (count < MOST)
        {
          double place = g_rand_double_range (rand, -0.1, 1.1);
          value[count++] = scope_color_scale_value (&scale, place);
        }
      ScopeRasterWindow window = {
        .dtype = SCOPE_FLOAT64, .data = value, .rows = 1, .columns = count, .column_stride = 1
      };
      scope_raster_map (&raster, &window, out, count, NULL, NULL);
      check_colors (&scale, value, count, out);
      /* The same as floats, whose own arithmetic is coarser. */
      float narrow[MOST];
      for (int i = 0; i < count; i++)
        value[i] = narrow[i] = (float)value[i];
      window.dtype = SCOPE_FLOAT32;
      window.data = narrow;
      scope_raster_map (&raster, &window, out, count, NULL, NULL);
      check_colors (&scale, value, count, out);
    }
}

/* Zero is neutral, and equal magnitudes are equally far from it. */
static void
test_diverging (void)
{
  const uint32_t *color = scope_palette_diverging;
  for (int i = 0; i < 256; i++)
    {
      g_assert_cmphex (color[i] >> 24, ==, 0xFF);
      int red = color[i] >> 16 & 255, blue = color[i] & 255;
      if (i < 120)
        g_assert_cmpint (blue, >, red);
      if (i > 135)
        g_assert_cmpint (red, >, blue);
      /* Red belongs to failure: orange keeps a good part of green. */
      g_assert_cmpint (color[i] >> 8 & 255, >=, i < 128 ? 0 : red * 45 / 100);
    }
}

static void
test_names (void)
{
  for (int palette = 1; palette < SCOPE_N_PALETTES; palette++)
    {
      int count;
      const uint32_t *color = scope_palette_colors ((ScopePalette)palette, &count);
      g_assert_true (color != NULL && count >= 256);
      g_assert_cmpint (palette_named (scope_palette_name ((ScopePalette)palette)), ==, palette);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paint/color-scale/matplotlib", test_matplotlib);
  g_test_add_func ("/paint/color-scale/diverging", test_diverging);
  g_test_add_func ("/paint/color-scale/names", test_names);
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autofree char *path = g_strdup_printf ("/paint/color-scale/choice/%s", choices[i].name);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_choice);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/paint/color-scale/there-and-back/%s", scales[i].name);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_there_and_back);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autofree char *path = g_strdup_printf ("/paint/color-scale/many/%s", spans[i].name);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_many);
    }
  return g_test_run ();
}
