/* Two tensors of a session compared: the verdict's words, the worst cells, what is wrong. */
#include "model/two-tensors.h"

#include <string.h>

static ScopeSession *session;
static ScopeTwoTensors *two;

static void
settle (void)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (scope_two_tensors_get_busy (two))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
begin (const char *a, const char *b)
{
  session = scope_session_new ();
  scope_session_edit_tensor (session, 0, a);
  scope_session_edit_tensor (session, 1, b);
  two = scope_two_tensors_new (session);
  settle ();
}

static void
end (void)
{
  g_assert_finalize_object (two);
  g_object_unref (session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
assert_text (const char *property, const char *expected)
{
  g_autofree char *text = NULL;

  g_object_get (two, property, &text, NULL);
  if (expected == NULL)
    g_assert_null (text);
  else if (text == NULL || strstr (text, expected) == NULL)
    g_error ("%s is '%s', without '%s'", property, text, expected);
}

static guint
cells (void)
{
  return g_list_model_get_n_items (scope_two_tensors_get_cells (two));
}

static void
test_equal (void)
{
  gboolean equal;

  begin ("ramp:float32[3,4]", "ramp:float64[3,4]");
  g_object_get (two, "equal", &equal, NULL);
  g_assert_true (equal);
  assert_text ("verdict", "All 12 elements are equal");
  assert_text ("problem", NULL);
  g_assert_cmpuint (cells (), ==, 0);
  end ();
}

static void
test_different (void)
{
  g_autofree char *table = NULL;
  gint64 row, column;

  begin ("ramp:float64[3,4]", "zeros:float64[3,4]");
  assert_text ("verdict", "11 of 12 elements (91.7 %)");
  assert_text ("details", "Max absolute difference: 11 at [2, 3].");
  g_assert_cmpuint (cells (), ==, 11);
  table = scope_two_tensors_get_table (two);
  g_assert_true (
      g_str_has_prefix (table, "index\tactual\tdesired\tabs\trel\n[2, 3]\t11.0\t0.0\t11\t"));

  scope_picture_settle (scope_two_tensors_get_picture (two),
                        g_get_monotonic_time () + 10 * G_USEC_PER_SEC);
  scope_two_tensors_point_out (two, 1);
  scope_picture_get_cursor (scope_two_tensors_get_picture (two), &row, &column);
  g_assert_cmpint (row, ==, 2);
  g_assert_cmpint (column, ==, 2);

  /* A tolerance that is wide enough, one that is none. */
  g_object_set (two, "atol", "11", NULL);
  settle ();
  assert_text ("verdict", "All 12 elements");
  g_object_set (two, "atol", "-1", NULL);
  settle ();
  assert_text ("problem", "A tolerance is a number");
  assert_text ("verdict", NULL);
  g_object_set (two, "atol", "0", "desired", "A + 1", NULL);
  settle ();
  assert_text ("verdict", "12 of 12 elements (100 %)");
  end ();
}

static void
test_problems (void)
{
  int begin_at, end_at;

  begin ("3,4", "4,3");
  assert_text ("problem", "The shapes [3, 4] and [4, 3] differ");
  g_object_set (two, "desired", "Q", NULL);
  settle ();
  assert_text ("problem", "Q");
  g_assert_cmpstr (scope_two_tensors_get_fault (two, &begin_at, &end_at), ==, "desired");
  g_assert_cmpint (begin_at, ==, 0);
  g_assert_cmpint (end_at, ==, 1);
  g_object_set (two, "desired", "B.T", "actual", "A @", NULL);
  settle ();
  g_assert_null (scope_two_tensors_get_result (two));
  g_object_set (two, "actual", "A", NULL);
  settle ();
  assert_text ("problem", NULL);
  g_assert_null (scope_two_tensors_get_fault (two, &begin_at, &end_at));
  g_assert_nonnull (scope_two_tensors_get_result (two));
  /* What is no tensor of the session: a literal, a fill. */
  g_object_set (two, "actual", "[[1, 2], [3, 4]]", "desired", "ones:2,2", NULL);
  settle ();
  assert_text ("verdict", "3 of 4 elements");
  g_assert_nonnull (scope_picture_get_shape (scope_two_tensors_get_picture (two)));
  g_object_set (two, "actual", "A", "desired", "B.T", NULL);
  settle ();

  /* What changes on the Debug page is compared again. */
  scope_session_edit_tensor (session, 1, "5,5");
  settle ();
  assert_text ("problem", "[3, 4] and [5, 5]");
  end ();
}

static void
test_nan (void)
{
  begin ("zeros:float64[2]", "zeros:float64[2]");
  g_object_set (two, "actual", "A / A", "desired", "B / B", NULL);
  settle ();
  assert_text ("verdict", "All 2 elements");
  g_object_set (two, "equal-nan", FALSE, NULL);
  settle ();
  assert_text ("verdict", "2 of 2 elements");
  assert_text ("details", "NaN without a partner: 2.");
  end ();
}

/* A comparison of terabytes that is dropped stops. */
static void
test_dropped (void)
{
  session = scope_session_new ();
  scope_session_edit_tensor (session, 0, "zeros:float32[1000000,1000000]");
  scope_session_edit_tensor (session, 1, "zeros:float32[1000000,1000000]");
  two = scope_two_tensors_new (session);
  g_assert_true (scope_two_tensors_get_busy (two));
  end ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/two-tensors/equal", test_equal);
  g_test_add_func ("/two-tensors/different", test_different);
  g_test_add_func ("/two-tensors/problems", test_problems);
  g_test_add_func ("/two-tensors/nan", test_nan);
  g_test_add_func ("/two-tensors/dropped", test_dropped);
  return g_test_run ();
}
