/* Values in memory are those that are read; their statistics are those of all of them. */
#include "values.h"

#include "scene/materialize.h"

#include <math.h>

static const struct
{
  const char *name, *tensor, *expression;
} cases[] = {
  { "matrix", "random:float32[300,400]", "A" },
  { "expression", "zoneplate:float32[1,1,64,64]",
    "F.interpolate(A, size=(20, 20), mode=\"bicubic\")" },
  { "integers", "ramp:uint8[7,9]", "A.T" },
  { "complex", "ramp:complex64[5]", "A" },
  { "scalar", "ones:()", "A" },
  { "empty", "0,4", "A" },
};

static void
test_case (gconstpointer data)
{
  const typeof (cases[0]) *c = data;
  ScopeProgram *program = program_of (c->expression, tensor_from_text ("A", c->tensor));
  ScopeSubject subject = result_of (program);
  ScopeReading reading = { 0 };
  ScopeStatistics statistics;
  ScopeError error;
  ScopeTensor *tensor = scope_materialize (&subject, "T", 1 << 24, &reading, &statistics, &error);
  if (tensor == NULL)
    g_error ("%s", error.sentence);
  const ScopeShape *shape = scope_subject_shape (&subject);
  gint64 count;
  g_assert_true (scope_shape_count (shape, &count, &error));
  g_assert_true (scope_shape_equal (shape, &tensor->shape));
  g_assert_cmpint (statistics.count, ==, count);

  ScopeProgram *kept = program_of ("T", tensor);
  ScopeSubject values = result_of (kept);
  ScopeRegion region = scope_region_all (shape);
  g_autofree double *x = g_new0 (double, count + 1);
  g_autofree double *y = g_new0 (double, count + 1);
  double low = NAN, high = NAN;
  if (count > 0)
    {
      g_assert_true (scope_subject_read (&subject, &region, &reading, x, NULL, &error));
      g_assert_true (scope_subject_read (&values, &region, &reading, y, NULL, &error));
      g_assert_cmpmem (x, (gsize)count * sizeof *x, y, (gsize)count * sizeof *y);
    }
  for (gint64 i = 0; i < count; i++)
    {
      low = fmin (low, y[i]);
      high = fmax (high, y[i]);
    }
  if (count > 0)
    {
      g_assert_cmpfloat (statistics.min, ==, low);
      g_assert_cmpfloat (statistics.max, ==, high);
    }
  scope_program_unref (kept);
  scope_program_unref (program);
}

static void
test_too_big (void)
{
  ScopeProgram *program = program_of ("A", tensor_from_text ("A", "zeros:1000000,1000000"));
  ScopeSubject subject = result_of (program);
  ScopeReading reading = { 0 };
  ScopeError error;
  g_assert_null (scope_materialize (&subject, "T", 1 << 20, &reading, NULL, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_TOO_BIG);
  scope_program_unref (program);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/scene/materialize/%s", cases[i].name);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/scene/materialize/too-big", test_too_big);
  return g_test_run ();
}
