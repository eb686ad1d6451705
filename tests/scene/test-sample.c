/* Samples keep everything of what is short, and an even share of what is long. */
#include "scene/sample.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>

static void
test_short (void)
{
  double value[] = { 3, NAN, 1, INFINITY, 2, -INFINITY };
  ScopeSample sample = { 0 };
  g_assert_true (scope_sample_add (&sample, value, 4));
  g_assert_true (scope_sample_add (&sample, value + 4, 2));
  scope_sample_sort (&sample);
  g_assert_cmpint (sample.count, ==, 3);
  for (int i = 0; i < 3; i++)
    g_assert_cmpfloat (sample.value[i], ==, i + 1);
  free (sample.value);
}

/* Whatever the period of the data: columns of an image come as often as they are there. */
static void
test_long (void)
{
  enum
  {
    ROW = 4096,
    ROWS = 3000
  };
  double row[ROW];
  int often[16] = { 0 };
  ScopeSample sample = { 0 };
  for (int i = 0; i < ROW; i++)
    row[i] = i;
  for (int r = 0; r < ROWS; r++)
    g_assert_true (scope_sample_add (&sample, row, ROW));
  g_assert_cmpint (sample.seen, ==, (gint64)ROW * ROWS);
  g_assert_cmpint (sample.count, >, SCOPE_SAMPLE_MOST / 4);
  g_assert_cmpint (sample.count, <=, SCOPE_SAMPLE_MOST);
  for (gint64 i = 0; i < sample.count; i++)
    often[(int)sample.value[i] / (ROW / 16)]++;
  for (int i = 0; i < 16; i++)
    g_assert_cmpfloat_with_epsilon (often[i] * 16.0 / (double)sample.count, 1, 0.1);
  scope_sample_sort (&sample);
  g_assert_cmpfloat_with_epsilon (scope_quantile (sample.value, sample.count, 0.25), ROW / 4.0,
                                  0.02 * ROW);
  free (sample.value);
}

/* As numpy.quantile has it. */
/* ---- sorting -------------------------------------------------------------------------------- */

static double
random_double (int i)
{
  return g_test_rand_double_range (-1, 1) * (i % 3 == 0 ? 1e300 : i % 3 == 1 ? 1e-300 : 1);
}

static double
few_values (int i)
{
  return g_test_rand_int_range (0, 3) - 1;
}

static double
falling (int i)
{
  return -i;
}

static double
zeros (int i)
{
  return i % 2 == 0 ? 0.0 : -0.0;
}

static double
floats (int i)
{
  return (float)g_test_rand_double ();
}

static const struct
{
  const char *name;
  double (*value) (int i);
  int count;
} orders[] = {
  { "random", random_double, SCOPE_SAMPLE_MOST },
  { "random-few", random_double, 100 },
  { "just-more", random_double, 257 },
  { "few-values", few_values, SCOPE_SAMPLE_MOST },
  { "falling", falling, 5000 },
  { "zeros", zeros, 1000 },
  { "floats", floats, 30000 },
  { "two", falling, 2 },
  { "one", falling, 1 },
};

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void
test_sort (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  int count = orders[i].count;
  g_autofree double *expected = g_new (double, count);
  ScopeSample sample = { 0 };

  for (int k = 0; k < count; k++)
    expected[k] = orders[i].value (k);
  g_assert_true (scope_sample_add (&sample, expected, count));
  g_assert_cmpint (sample.count, ==, count);
  qsort (expected, (size_t)count, sizeof *expected, compare);
  scope_sample_sort (&sample);
  for (int k = 0; k < count; k++)
    g_assert_cmpfloat (sample.value[k], ==, expected[k]);
  free (sample.value);
}

static const struct
{
  double quantile, expected;
} quantiles[] = { { 0, 1 }, { 1, 10 }, { 0.5, 3.5 }, { 0.25, 1.75 }, { 0.9, 8.5 } };

static void
test_quantiles (void)
{
  double sorted[] = { 1, 2, 5, 10 };
  for (gsize i = 0; i < G_N_ELEMENTS (quantiles); i++)
    g_assert_cmpfloat_with_epsilon (scope_quantile (sorted, 4, quantiles[i].quantile),
                                    quantiles[i].expected, 1e-12);
  g_assert_true (isnan (scope_quantile (sorted, 0, 0.5)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/sample/short", test_short);
  g_test_add_func ("/scene/sample/long", test_long);
  g_test_add_func ("/scene/sample/quantiles", test_quantiles);
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *path = g_strdup_printf ("/scene/sample/sort/%s", orders[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_sort);
    }
  return g_test_run ();
}
