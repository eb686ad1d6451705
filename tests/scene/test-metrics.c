/* Metrics against scikit-image's definitions, and what they leave out. */
#include "scene/metrics.h"

#include "values.h"

#include <math.h>

static ScopeMetrics
measure (ScopeProgram *test, ScopeProgram *reference, const ScopeMetricsOptions *options)
{
  ScopeSubject a = result_of (test), b = result_of (reference);
  ScopeReading reading = { 0 };
  ScopeMetrics metrics;
  ScopeError error;
  if (!scope_metrics_read (&a, &b, options, &reading, &metrics, &error))
    g_error ("%s", error.sentence);
  return metrics;
}

static void
assert_near (const char *name, double ours, double theirs)
{
  if (isnan (theirs) && isnan (ours))
    return;
  if (ours != theirs && !(fabs (ours - theirs) <= 1e-9 * fmax (fabs (theirs), 1)))
    g_error ("%s: %.17g, expected %.17g", name, ours, theirs);
}

static void
replay (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  char **word = words + 1;
  gint64 rows = (gint64)next_number (&word), columns = (gint64)next_number (&word);
  gint64 planes = (gint64)next_number (&word), count = rows * columns * planes;
  ScopeMetricsOptions options = {
    .range = next_number (&word), .low = NAN, .high = NAN, .row_axis = 1, .column_axis = 2
  };
  ScopeShape shape = { .rank = 3, .size = { planes, rows, columns } };
  g_autofree double *x = next_numbers (&word, count);
  g_autofree double *y = next_numbers (&word, count);
  ScopeProgram *reference = program_of ("A", tensor_of ("A", SCOPE_FLOAT64, &shape, x));
  ScopeProgram *test = program_of ("A", tensor_of ("A", SCOPE_FLOAT64, &shape, y));

  for (int turned = 0; turned < 2; turned++)
    {
      char **expected = word;
      options.row_axis = turned ? 2 : 1;
      options.column_axis = turned ? 1 : 2;
      ScopeMetrics found = measure (test, reference, &options);
      assert_near (words[0], found.mse, next_number (&expected));
      assert_near (words[0], found.psnr, next_number (&expected));
      assert_near (words[0], found.ssim, next_number (&expected));
      assert_near (words[0], found.max_abs, next_number (&expected));
      gint64 at = (found.max_at[0] * rows + found.max_at[1]) * columns + found.max_at[2];
      g_assert_cmpint (at, ==, (gint64)next_number (&expected));
      g_assert_cmpint (found.count, ==, count);
      g_assert_cmpint (found.nans, ==, 0);
    }
  scope_program_unref (test);
  scope_program_unref (reference);
}

static void
test_golden (void)
{
  g_auto (GStrv) lines = golden_lines (SCOPE_TESTS "/golden/metrics.txt.gz");
  g_assert_cmpuint (g_strv_length (lines), >=, 13);
  for (char **line = lines; *line != NULL; line++)
    replay (*line);
}

/* Overshoots are counted of the test alone, and rounding is none. */
static void
test_overshoot (void)
{
  const double value[] = { 0, 1, 1.0000005, 1.00001, -0.0000005, -0.00001, 7, -7 };
  ScopeShape shape = { .rank = 1, .size = { G_N_ELEMENTS (value) } };
  ScopeMetricsOptions options = {
    .range = 1, .low = 0, .high = 1, .row_axis = -1, .column_axis = 0
  };
  ScopeProgram *test = program_of ("A", tensor_of ("A", SCOPE_FLOAT64, &shape, value));
  ScopeMetrics found = measure (test, test, &options);
  g_assert_cmpint (found.over, ==, 2);
  g_assert_cmpint (found.under, ==, 2);
  g_assert_cmpfloat (found.mse, ==, 0);
  g_assert_true (isinf (found.psnr) && found.psnr > 0);
  g_assert_true (isnan (found.ssim));
  scope_program_unref (test);
}

/* What is NaN is left out and counted; so are the windows it stands in. */
static void
test_nan (void)
{
  double x[81], y[81];
  for (int i = 0; i < 81; i++)
    {
      x[i] = i % 7;
      y[i] = i % 7 + (i == 80);
    }
  x[0] = NAN;
  ScopeShape shape = { .rank = 2, .size = { 9, 9 } };
  ScopeMetricsOptions options = {
    .range = 6, .low = 0, .high = 6, .row_axis = 0, .column_axis = 1
  };
  ScopeProgram *test = program_of ("A", tensor_of ("A", SCOPE_FLOAT64, &shape, x));
  ScopeProgram *reference = program_of ("A", tensor_of ("A", SCOPE_FLOAT64, &shape, y));
  ScopeMetrics found = measure (test, reference, &options);
  g_assert_cmpint (found.nans, ==, 1);
  assert_near ("mse", found.mse, 1. / 80);
  g_assert_cmpfloat (found.max_abs, ==, 1);
  g_assert_cmpint (found.max_at[0], ==, 8);
  g_assert_cmpint (found.max_at[1], ==, 8);
  g_assert_true (found.ssim > 0 && found.ssim < 1);

  for (int i = 0; i < 81; i++)
    x[i] = NAN;
  ScopeProgram *nothing = program_of ("A", tensor_of ("A", SCOPE_FLOAT64, &shape, x));
  found = measure (nothing, reference, &options);
  g_assert_cmpint (found.nans, ==, 81);
  g_assert_true (isnan (found.mse) && isnan (found.psnr) && isnan (found.ssim));
  g_assert_true (isnan (found.max_abs));
  scope_program_unref (nothing);
  scope_program_unref (test);
  scope_program_unref (reference);
}

static void
test_shapes_and_empty (void)
{
  ScopeProgram *a = program_of ("A", tensor_from_text ("A", "2,3"));
  ScopeProgram *b = program_of ("A", tensor_from_text ("A", "3,2"));
  ScopeProgram *empty = program_of ("A", tensor_from_text ("A", "0,3"));
  ScopeProgram *scalar = program_of ("A", tensor_from_text ("A", "ones:()"));
  ScopeMetricsOptions options = {
    .range = 1, .low = 0, .high = 1, .row_axis = 0, .column_axis = 1
  };
  ScopeSubject x = result_of (a), y = result_of (b);
  ScopeReading reading = { 0 };
  ScopeMetrics found = { .count = 42 };
  ScopeError error;
  g_assert_false (scope_metrics_read (&x, &y, &options, &reading, &found, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_SHAPE);
  g_assert_cmpint (found.count, ==, 42);

  found = measure (empty, empty, &options);
  g_assert_cmpint (found.count, ==, 0);
  g_assert_true (isnan (found.mse) && isnan (found.max_abs));

  options.row_axis = options.column_axis = -1;
  found = measure (scalar, scalar, &options);
  g_assert_cmpint (found.count, ==, 1);
  g_assert_cmpfloat (found.mse, ==, 0);
  scope_program_unref (scalar);
  scope_program_unref (empty);
  scope_program_unref (b);
  scope_program_unref (a);
}

static void
test_complex (void)
{
  ScopeProgram *a = program_of ("A", tensor_from_text ("A", "ones:complex64[8,8]"));
  ScopeProgram *b = program_of ("A", tensor_from_text ("A", "zeros:complex64[8,8]"));
  ScopeMetricsOptions options = {
    .range = 1, .low = 0, .high = 1, .row_axis = 0, .column_axis = 1
  };
  ScopeMetrics found = measure (a, b, &options);
  g_assert_cmpfloat (found.mse, ==, 1);
  g_assert_true (isnan (found.ssim));
  scope_program_unref (b);
  scope_program_unref (a);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/metrics/golden", test_golden);
  g_test_add_func ("/scene/metrics/overshoot", test_overshoot);
  g_test_add_func ("/scene/metrics/nan", test_nan);
  g_test_add_func ("/scene/metrics/shapes-and-empty", test_shapes_and_empty);
  g_test_add_func ("/scene/metrics/complex", test_complex);
  return g_test_run ();
}
