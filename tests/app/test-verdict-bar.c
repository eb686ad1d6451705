/* The verdict bar says the verdict, in words, colour and to assistive technology. */
#include "window-test.h"

#include "app/verdict-bar.h"

static const struct
{
  const char *name, *expression, *a;
  const char *css_class;
} cases[] = {
  { "fails", "A + B", "[1, 1, 256, 256]", "fails" },
  { "fits", "A + A", "[1, 1, 256, 256]", "fits" },
  { "unknown", "A + A", "[?, 3]", "unknown" },
};

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeSession *session = scope_session_new ();
  GtkWidget *bar = g_object_new (SCOPE_TYPE_VERDICT_BAR, "session", session, NULL);
  GtkWidget *window = scope_test_window (bar, 400, 100);
  const char *verdict;

  scope_session_edit_tensor (session, 0, cases[i].a);
  scope_session_set_expression (session, cases[i].expression);
  verdict = scope_text_string (&scope_session_get_report (session)->verdict);
  g_assert_nonnull (scope_test_find_class (bar, cases[i].css_class));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (scope_test_find (bar, GTK_TYPE_LABEL))), ==,
                   verdict);
  scope_assert_label (bar, verdict);
  scope_assert_dies (window, bar);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/verdict-bar/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  return g_test_run ();
}
