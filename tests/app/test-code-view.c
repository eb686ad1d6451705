/* The side panel: the code in four frameworks. */
#include "window-test.h"

#include "app/code-view.h"

static ScopeSession *session;
static GtkWidget *view;

static GtkWidget *
begin (void)
{
  session = scope_session_new ();
  view = g_object_new (SCOPE_TYPE_CODE_VIEW, "session", session, NULL);
  return scope_test_window (view, 340, 400);
}

static void
end (GtkWidget *window)
{
  scope_assert_dies (window, view);
  g_assert_finalize_object (session);
}

/* The text of the nth code, as it is drawn; free with g_free. */
static char *
get_code (guint n)
{
  g_autoptr (GPtrArray) views = scope_test_find_all (view, GTK_TYPE_TEXT_VIEW);
  char *text;

  g_object_get (gtk_text_view_get_buffer (g_ptr_array_index (views, n)), "text", &text, NULL);
  return text;
}

static void
test_code (void)
{
  GtkWidget *window = begin ();
  g_autofree char *failing = get_code (0);
  g_autofree char *fitting = get_code (1);

  scope_assert_named (view);
  g_assert_true (g_str_has_prefix (failing, "A[...] = B\n# RuntimeError: The expanded size of the "
                                            "tensor (256) must match"));
  g_assert_cmpstr (fitting, ==, "A[...] = B[:, :, :256, :]");
  end (window);
}

static void
test_tabs (void)
{
  GtkWidget *window = begin ();
  g_autoptr (GPtrArray) tabs = scope_test_find_all (view, GTK_TYPE_TOGGLE_BUTTON);
  g_autofree char *failing = NULL;

  g_assert_cmpuint (tabs->len, ==, SCOPE_N_DIALECTS);
  g_assert_true (gtk_toggle_button_get_active (g_ptr_array_index (tabs, SCOPE_PYTORCH)));
  gtk_toggle_button_set_active (g_ptr_array_index (tabs, SCOPE_NUMPY), TRUE);
  g_assert_cmpint (scope_session_get_code_dialect (session), ==, SCOPE_NUMPY);
  g_assert_cmpint (scope_session_get_dialect (session), ==, SCOPE_PYTORCH);
  failing = get_code (0);
  g_assert_nonnull (strstr (failing, "# ValueError: could not broadcast input array"));
  scope_session_set_dialect (session, SCOPE_JAX);
  g_assert_true (gtk_toggle_button_get_active (g_ptr_array_index (tabs, SCOPE_JAX)));
  end (window);
}

static void
read_done (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  *(char **)data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static gboolean
is_set (gpointer data)
{
  return *(char **)data != NULL;
}

static void
test_copy (void)
{
  GtkWidget *window = begin ();
  char *copied = NULL;

  g_assert_true (scope_code_view_copy (SCOPE_CODE_VIEW (view)));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (view), NULL, read_done, &copied);
  scope_test_wait (is_set, &copied);
  g_assert_cmpstr (copied, ==, "A[...] = B[:, :, :256, :]");
  g_free (copied);
  end (window);
}

/* (n,) with (n, 1) fits and is hardly meant. */
static void
test_hazard (void)
{
  GtkWidget *window = begin ();

  g_assert_null (scope_test_find_class (view, "hazard"));
  scope_session_edit_tensor (session, 0, "[100]");
  scope_session_edit_tensor (session, 1, "[100, 1]");
  scope_session_set_expression (session, "A - B");
  g_assert_nonnull (scope_test_find_class (view, "hazard"));
  scope_assert_named (view);
  g_signal_emit_by_name (scope_test_find_class (view, "fix"), "clicked");
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A[:, None] - B");
  g_assert_null (scope_test_find_class (view, "hazard"));
  scope_session_undo (session);
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A - B");
  g_assert_nonnull (scope_test_find_class (view, "hazard"));
  end (window);
}

/* The code below warnings that are there from the beginning is seen. */
static void
test_below (void)
{
  GtkWidget *window;
  g_autoptr (GPtrArray) views = NULL;

  session = scope_session_new ();
  scope_session_edit_tensor (session, 0, "[2, 3]");
  scope_session_set_expression (session, "A.reshape(3, 2)");
  view = g_object_new (SCOPE_TYPE_CODE_VIEW, "session", session, NULL);
  window = scope_test_window (view, 300, 600);
  scope_test_settle ();
  views = scope_test_find_all (view, GTK_TYPE_TEXT_VIEW);
  g_assert_cmpint (gtk_widget_get_height (g_ptr_array_index (views, 1)), >=, 12);
  end (window);
}

/* A reshape that scrambles shows what lands where. */
static void
test_scramble (void)
{
  GtkWidget *window = begin ();
  GtkWidget *picture;

  scope_session_edit_tensor (session, 0, "[2, 3]");
  scope_session_set_expression (session, "A.reshape(3, 2)");
  picture = scope_test_find_class (view, "scramble");
  g_assert_true (gtk_widget_get_visible (picture));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (picture)), "3  4  5"));
  end (window);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/code-view/code", test_code);
  g_test_add_func ("/code-view/tabs", test_tabs);
  g_test_add_func ("/code-view/copy", test_copy);
  g_test_add_func ("/code-view/hazard", test_hazard);
  g_test_add_func ("/code-view/below", test_below);
  g_test_add_func ("/code-view/scramble", test_scramble);
  return g_test_run ();
}
