/* Readable in every style, and axes told apart by every eye. */
#include "paint/theme.h"

#include <math.h>

static const struct
{
  const char *name;
  gboolean dark, high_contrast;
  guint32 paper[3]; /* what GTK puts pictures on: window, view, card */
  double text, stroke, apart, neighbours;
} themes[] = {
  { "light", FALSE, FALSE, { 0xFAFAFA, 0xFFFFFF, 0xFFFFFF }, 4.5, 3, 0.065, 0.11 },
  { "dark", TRUE, FALSE, { 0x242424, 0x1E1E1E, 0x363636 }, 4.5, 3, 0.065, 0.11 },
  { "light-high-contrast", FALSE, TRUE, { 0xFAFAFA, 0xFFFFFF, 0xFFFFFF }, 7, 4.5, 0.045, 0.07 },
  { "dark-high-contrast", TRUE, TRUE, { 0x242424, 0x1E1E1E, 0x363636 }, 7, 4.5, 0.045, 0.07 },
};

enum
{
  AXES = 8
};

/* Machado, Oliveira, Fernandes 2009: what a dichromat sees, in linear RGB. */
static const double vision[4][3][3] = {
  { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
  { { 0.152286, 1.052583, -0.204868 },
    { 0.114503, 0.786281, 0.099216 },
    { -0.003882, -0.048116, 1.051998 } },
  { { 0.367322, 0.860646, -0.227968 },
    { 0.280085, 0.672501, 0.047413 },
    { -0.011820, 0.042940, 0.968881 } },
  { { 1.255528, -0.076749, -0.178779 },
    { -0.078411, 0.930809, 0.147602 },
    { 0.004733, 0.691367, 0.303900 } },
};

static double
to_linear (double c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

/* OKLab (Ottosson 2020) of a colour as `eye` sees it. */
static void
to_oklab (ScopeColor color, int eye, double lab[3])
{
  double linear[3] = { to_linear (color.red), to_linear (color.green), to_linear (color.blue) };
  double seen[3];
  for (int i = 0; i < 3; i++)
    {
      seen[i] = 0;
      for (int j = 0; j < 3; j++)
        seen[i] += vision[eye][i][j] * linear[j];
      seen[i] = CLAMP (seen[i], 0, 1);
    }
  double l = cbrt (0.4122214708 * seen[0] + 0.5363325363 * seen[1] + 0.0514459929 * seen[2]);
  double m = cbrt (0.2119034982 * seen[0] + 0.6806995451 * seen[1] + 0.1073969566 * seen[2]);
  double s = cbrt (0.0883024619 * seen[0] + 0.2817188376 * seen[1] + 0.6299787005 * seen[2]);
  lab[0] = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
  lab[1] = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
  lab[2] = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
}

static double
apart (ScopeColor a, ScopeColor b)
{
  double least = INFINITY;
  for (int eye = 0; eye < 4; eye++)
    {
      double p[3], q[3];
      to_oklab (a, eye, p);
      to_oklab (b, eye, q);
      least = MIN (least, hypot (hypot (p[0] - q[0], p[1] - q[1]), p[2] - q[2]));
    }
  return least;
}

static ScopeTheme
theme_of (int i)
{
  ScopeTheme theme = scope_theme_default (themes[i].dark);
  theme.high_contrast = themes[i].high_contrast;
  return theme;
}

static ScopeColor
color_of (guint32 rgb)
{
  return (ScopeColor){ (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0,
                       1 };
}

static void
assert_contrast (ScopeColor a, ScopeColor b, double least, const char *what)
{
  double contrast = scope_color_contrast (a, b);
  if (contrast < least)
    g_error ("%s: a contrast of %.2f is less than %.1f", what, contrast, least);
}

static void
test_text (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeTheme theme = theme_of (i);
  ScopeColor foreground = scope_theme_foreground (&theme);
  ScopeColor dim = scope_theme_dim (&theme);
  ScopeColor failure = scope_theme_failure (&theme);
  ScopeColor failure_tint = scope_theme_failure_tint (&theme);

  for (int paper = 0; paper < 4; paper++)
    {
      ScopeColor under =
          paper < 3 ? color_of (themes[i].paper[paper]) : scope_theme_background (&theme);
      assert_contrast (foreground, under, 7, "words on paper");
      assert_contrast (dim, under, themes[i].text, "dim words on paper");
      assert_contrast (failure, under, 4.5, "failure on paper");
      for (int axis = 1; axis <= AXES; axis++)
        assert_contrast (scope_theme_axis (&theme, -axis), under, themes[i].stroke,
                         "an axis's line on paper");
    }
  for (int axis = 1; axis <= AXES; axis++)
    {
      assert_contrast (foreground, scope_theme_axis_tint (&theme, -axis), themes[i].text,
                       "a size in its cell");
      assert_contrast (dim, scope_theme_axis_tint (&theme, -axis), 4.5, "a dim size in its cell");
      assert_contrast (scope_theme_axis (&theme, -axis), scope_theme_axis_tint (&theme, -axis), 2.0,
                       "a cell's outline against its fill");
    }
  assert_contrast (foreground, failure_tint, themes[i].text, "a size in a failing cell");
  assert_contrast (failure, failure_tint, 4.5, "failure on its fill");
}

static void
test_axes (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeTheme theme = theme_of (i);
  for (int a = 1; a <= AXES; a++)
    {
      ScopeColor first = scope_theme_axis (&theme, -a);
      for (int b = a + 1; b <= AXES; b++)
        g_assert_cmpfloat (apart (first, scope_theme_axis (&theme, -b)), >, themes[i].apart);
      g_assert_cmpfloat (apart (first, scope_theme_axis (&theme, -a - 1)), >, themes[i].neighbours);

      /* No red: a hue (in degrees of OKLCH) away from failure's, which lies near 25. */
      double lab[3];
      to_oklab (first, 0, lab);
      double hue = fmod (atan2 (lab[2], lab[1]) * 180 / G_PI + 360, 360);
      g_assert_cmpfloat (hue, >, 55);
      g_assert_cmpfloat (hue, <, 340);
    }
  g_assert_cmpfloat (apart (scope_theme_axis (&theme, -1), scope_theme_axis (&theme, -9)), ==, 0);
}

static void
test_mix (void)
{
  ScopeColor white = { 1, 1, 1, 1 }, black = { 0, 0, 0, 1 };
  g_assert_cmpfloat_with_epsilon (scope_color_contrast (white, black), 21, 1e-9);
  g_assert_cmpfloat_with_epsilon (scope_color_mix (white, black, 0.25).green, 0.25, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (themes); i++)
    {
      g_autofree char *text = g_strdup_printf ("/paint/theme/text/%s", themes[i].name);
      g_autofree char *axes = g_strdup_printf ("/paint/theme/axes/%s", themes[i].name);
      g_test_add_data_func (text, GINT_TO_POINTER ((int)i), test_text);
      g_test_add_data_func (axes, GINT_TO_POINTER ((int)i), test_axes);
    }
  g_test_add_func ("/paint/theme/mix", test_mix);
  return g_test_run ();
}
