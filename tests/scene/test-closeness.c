/* Closeness against numpy.testing.assert_allclose; the list of the worst; tensors without memory.
 */
#include "scene/closeness.h"

#include "values.h"

#include <math.h>
#include <stdlib.h>

static ScopeCloseness *
compare (ScopeProgram *actual, ScopeProgram *desired, const ScopeTolerance *tolerance)
{
  ScopeSubject a = result_of (actual), b = result_of (desired);
  ScopeReading reading = { 0 };
  ScopeError error;
  ScopeCloseness *found = scope_closeness_read (&a, &b, tolerance, &reading, &error);
  if (found == NULL)
    g_error ("%s", error.sentence);
  return found;
}

/* NumPy prints eight digits; what it does not print is not compared. */
static void
assert_printed (const char *name, double ours, double theirs)
{
  if (!isnan (theirs) && !(fabs (ours - theirs) <= 1e-7 * fabs (theirs)))
    g_error ("%s: %.17g, NumPy says %.17g", name, ours, theirs);
}

static void
replay (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  char **word = words + 1;
  gint64 count = (gint64)next_number (&word);
  ScopeTolerance tolerance = { .rtol = next_number (&word), .atol = next_number (&word) };
  tolerance.equal_nan = next_number (&word) != 0;
  ScopeShape shape = { .rank = 1, .size = { count } };
  g_autofree double *x = next_numbers (&word, count);
  g_autofree double *y = next_numbers (&word, count);
  ScopeProgram *actual = program_of ("A", tensor_of ("A", SCOPE_FLOAT64, &shape, x));
  ScopeProgram *desired = program_of ("A", tensor_of ("A", SCOPE_FLOAT64, &shape, y));
  ScopeCloseness *found = compare (actual, desired, &tolerance);
  gint64 mismatched = (gint64)next_number (&word);
  if (mismatched < 0)
    g_assert_cmpint (found->nan_mismatched + found->infinite_mismatched, >, 0);
  else if (found->mismatched != mismatched)
    g_error ("%s: %" G_GINT64_FORMAT " mismatched, NumPy says %" G_GINT64_FORMAT, words[0],
             found->mismatched, mismatched);
  if (mismatched > 0)
    {
      assert_printed (words[0], found->max_abs, next_number (&word));
      assert_printed (words[0], found->max_rel, next_number (&word));
    }
  g_assert_cmpint (found->count, ==, count);
  g_assert_cmpint (found->cells, ==, MIN (found->mismatched, SCOPE_WORST_CELLS));
  free (found);
  scope_program_unref (desired);
  scope_program_unref (actual);
}

static void
test_numpy (void)
{
  g_auto (GStrv) lines = golden_lines (SCOPE_TESTS "/golden/closeness.txt.gz");
  g_assert_cmpuint (g_strv_length (lines), >=, 15);
  for (char **line = lines; *line != NULL; line++)
    replay (*line);
}

/* The worst of many, whichever way they are sorted; blocks make no difference. */
static void
test_worst (void)
{
  static const char *const texts[] = { "A * 2", "300000 - A + A - A", "A + (A % 1000)" };
  for (gsize t = 0; t < G_N_ELEMENTS (texts); t++)
    {
      ScopeProgram *actual =
          program_of (texts[t], tensor_from_text ("A", "ramp:float64[3,100000]"));
      ScopeProgram *desired = program_of ("A", tensor_from_text ("A", "ramp:float64[3,100000]"));
      ScopeTolerance tolerance = { .atol = 10 };
      ScopeCloseness *found = compare (actual, desired, &tolerance);
      g_assert_cmpint (found->cells, ==, SCOPE_WORST_CELLS);
      g_assert_cmpfloat (found->cell[0].pair.difference, ==, found->max_abs);
      for (int axis = 0; axis < 2; axis++)
        g_assert_cmpint (found->cell[0].index[axis], ==, found->max_abs_at[axis]);
      for (int i = 0; i < found->cells; i++)
        {
          const ScopeUnequalCell *cell = &found->cell[i];
          gint64 place = cell->index[0] * 100000 + cell->index[1];
          g_assert_cmpfloat (cell->pair.desired, ==, (double)place);
          if (i > 0)
            g_assert_cmpfloat (cell->pair.difference, <=, cell[-1].pair.difference);
        }
      free (found);
      scope_program_unref (desired);
      scope_program_unref (actual);
    }
}

static void
test_types (void)
{
  ScopeTolerance exact = { 0 };
  ScopeProgram *a = program_of ("A", tensor_from_text ("A", "ramp:uint8[4]"));
  ScopeProgram *b = program_of ("A", tensor_from_text ("A", "ramp:float32[4]"));
  ScopeProgram *c = program_of ("A", tensor_from_text ("A", "ramp:complex64[4]"));
  ScopeProgram *ones = program_of ("A", tensor_from_text ("A", "ones:complex64[4]"));
  ScopeCloseness *found = compare (a, b, &exact);
  g_assert_cmpint (found->mismatched, ==, 0);
  free (found);
  found = compare (c, ones, &exact);
  g_assert_cmpint (found->mismatched, ==, 3);
  g_assert_cmpfloat (found->max_abs, ==, 2);
  free (found);
  scope_program_unref (ones);
  scope_program_unref (c);
  scope_program_unref (b);
  scope_program_unref (a);
}

static void
test_edges (void)
{
  ScopeTolerance tolerance = scope_tolerance_default ();
  ScopeProgram *empty = program_of ("A", tensor_from_text ("A", "0,5"));
  ScopeProgram *scalar = program_of ("A", tensor_from_text ("A", "ones:()"));
  ScopeCloseness *found = compare (empty, empty, &tolerance);
  g_assert_cmpint (found->count, ==, 0);
  g_assert_cmpint (found->mismatched, ==, 0);
  g_assert_true (isnan (found->max_abs));
  free (found);
  found = compare (scalar, scalar, &tolerance);
  g_assert_cmpint (found->count, ==, 1);
  g_assert_cmpfloat (found->max_abs, ==, 0);
  free (found);

  ScopeSubject a = result_of (empty), b = result_of (scalar);
  ScopeReading reading = { 0 };
  ScopeError error;
  g_assert_null (scope_closeness_read (&a, &b, &tolerance, &reading, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_SHAPE);
  g_assert_nonnull (strstr (error.sentence, "[0, 5] and []"));
  tolerance.rtol = -1;
  g_assert_null (scope_closeness_read (&a, &a, &tolerance, &reading, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_ARGUMENT);
  tolerance.rtol = NAN;
  g_assert_null (scope_closeness_read (&a, &a, &tolerance, &reading, &error));
  scope_program_unref (scalar);
  scope_program_unref (empty);
}

/* A reading that is cancelled stops, however much there is. */
static void
test_cancel (void)
{
  ScopeProgram *a = program_of ("A", tensor_from_text ("A", "zeros:float32[1000000,1000000]"));
  ScopeSubject subject = result_of (a);
  _Atomic int cancelled = 1;
  ScopeReading reading = { .cancelled = &cancelled };
  ScopeTolerance tolerance = scope_tolerance_default ();
  ScopeError error;
  g_assert_null (scope_closeness_read (&subject, &subject, &tolerance, &reading, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_CANCELLED);
  scope_program_unref (a);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/closeness/numpy", test_numpy);
  g_test_add_func ("/scene/closeness/worst", test_worst);
  g_test_add_func ("/scene/closeness/types", test_types);
  g_test_add_func ("/scene/closeness/edges", test_edges);
  g_test_add_func ("/scene/closeness/cancel", test_cancel);
  return g_test_run ();
}
