/* Curves of known filters; samples where align_corners puts them. */
#include "scene/kernel.h"

#include <glib.h>
#include <math.h>

static ScopeResampleAxis
axis_of (ScopeResampleFilter filter, gint64 in, gint64 out, gboolean align, gboolean antialias)
{
  return (ScopeResampleAxis){ .in = in,
                              .out = out,
                              .filter = filter,
                              .align_corners = align,
                              .antialias = antialias,
                              .fixed_width = !antialias };
}

static double
value_at (const ScopeCurve *curve, double x)
{
  gint64 i = llround ((x - curve->begin) / curve->step);
  g_assert_cmpint (i, >=, 0);
  g_assert_cmpint (i, <, SCOPE_CURVE_POINTS);
  return curve->value[i];
}

/* The triangle: 1 in the middle; its response is sinc². Antialiased it is five times as wide. */
static void
test_linear (void)
{
  for (int antialias = 0; antialias < 2; antialias++)
    {
      double width = antialias ? 5 : 1;
      ScopeResampleAxis rule = axis_of (SCOPE_FILTER_LINEAR, 50, 10, FALSE, antialias);
      ScopeCurve kernel, response;
      scope_kernel_curve (&rule, 5, &kernel);
      g_assert_cmpfloat_with_epsilon (value_at (&kernel, 0), 1 / width, 1e-3);
      g_assert_cmpfloat_with_epsilon (value_at (&kernel, width / 2), 0.5 / width, 1e-3);
      g_assert_cmpfloat_with_epsilon (value_at (&kernel, -width / 2), 0.5 / width, 1e-3);
      if (!antialias)
        g_assert_cmpfloat (value_at (&kernel, 2), ==, 0);
      scope_kernel_response (&rule, 0.5, &response);
      for (double f = 0; f <= 0.5; f += 0.05)
        {
          double x = G_PI * f * width;
          double expected = f == 0 ? 1 : pow (sin (x) / x, 2);
          g_assert_cmpfloat_with_epsilon (value_at (&response, f), expected, 2e-3);
        }
      g_assert_cmpfloat_with_epsilon (scope_kernel_nyquist (&rule), 0.1, 1e-12);
    }
}

/* Every filter lets a constant through and has an area of 1. */
static void
test_area_is_one (void)
{
  for (int filter = 0; filter <= SCOPE_FILTER_STEP; filter++)
    for (int down = 0; down < 2; down++)
      {
        gboolean antialias = filter != SCOPE_FILTER_NEAREST && filter != SCOPE_FILTER_NEAREST_EXACT
                             && filter != SCOPE_FILTER_AREA && filter != SCOPE_FILTER_BOX && down;
        ScopeResampleAxis rule =
            axis_of ((ScopeResampleFilter)filter, down ? 60 : 20, down ? 20 : 60, FALSE, antialias);
        ScopeCurve kernel, response;
        scope_kernel_curve (&rule, scope_resample_radius (&rule) + 0.5, &kernel);
        double sum = 0;
        for (int i = 0; i < SCOPE_CURVE_POINTS; i++)
          sum += kernel.value[i] * kernel.step;
        g_assert_cmpfloat_with_epsilon (sum, 1, 0.02);
        scope_kernel_response (&rule, 1, &response);
        g_assert_cmpfloat_with_epsilon (response.value[0], 1, 1e-12);
      }
}

static const struct
{
  const char *name;
  gint64 in, out;
  gboolean align;
  double first, second, last;
} places[] = {
  { "half-pixel", 8, 4, FALSE, 0.5, 2.5, 6.5 },
  { "align-corners", 8, 4, TRUE, 0, 7. / 3, 7 },
  { "up", 4, 8, FALSE, -0.25, 0.25, 3.25 },
  { "large", 1280, 256, FALSE, 2, 7, 1277 },
  { "large-align-corners", 1280, 256, TRUE, 0, 1279. / 255, 1279 },
  { "one", 9, 1, FALSE, 4, NAN, 4 },
};

static void
test_places (gconstpointer data)
{
  const typeof (places[0]) *c = data;
  ScopeResampleAxis rule = axis_of (SCOPE_FILTER_CUBIC, c->in, c->out, c->align, FALSE);
  ScopeSamplePlaces found;
  scope_sample_places (&rule, &found);
  g_assert_cmpint (found.samples, >=, 1);
  g_assert_cmpint (found.output[0], ==, 0);
  g_assert_cmpint (found.output[found.samples - 1], ==, c->out - 1);
  g_assert_cmpfloat_with_epsilon (found.place[0], c->first, 1e-3);
  if (!isnan (c->second))
    g_assert_cmpfloat_with_epsilon (found.place[1], c->second, 1e-3);
  g_assert_cmpfloat_with_epsilon (found.place[found.samples - 1], c->last, 1e-3);
  for (int i = 1; i < found.samples; i++)
    g_assert_cmpint (found.output[i], >, found.output[i - 1]);
  g_assert_cmpint (found.head + found.tail, <=, c->in);
  if (c->in > 24)
    g_assert_cmpint (found.tail, >, 0);
  else
    g_assert_cmpint (found.head, ==, c->in);
}

/* Any sizes: no more places than there is room for, and each near an element that is shown. */
static void
test_any_sizes (void)
{
  for (int round = 0; round < 2000; round++)
    {
      gint64 in = (gint64)exp (g_test_rand_double_range (0, 20));
      gint64 out = (gint64)exp (g_test_rand_double_range (0, 20));
      ScopeResampleAxis rule = axis_of (SCOPE_FILTER_LINEAR, in, out, g_test_rand_bit (), FALSE);
      ScopeSamplePlaces found;
      scope_sample_places (&rule, &found);
      g_assert_cmpint (found.samples, <=, SCOPE_SAMPLE_PLACES);
      for (int i = 0; i < found.samples; i++)
        {
          double place = found.place[i];
          g_assert_true (place <= (double)found.head || place >= (double)(in - found.tail) - 1);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/kernel/linear", test_linear);
  g_test_add_func ("/scene/kernel/area-is-one", test_area_is_one);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_strdup_printf ("/scene/kernel/places/%s", places[i].name);
      g_test_add_data_func (path, &places[i], test_places);
    }
  g_test_add_func ("/scene/kernel/any-sizes", test_any_sizes);
  return g_test_run ();
}
