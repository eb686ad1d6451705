/* The window of two tensors: verdict and list follow, everything is named, it dies. */
#include "window-test.h"

#include "app/picture-card.h"
#include "app/two-tensors-window.h"

static ScopeSession *session;
static GtkWidget *window;

static gboolean
is_done (gpointer data)
{
  g_autoptr (ScopeTwoTensors) model = NULL;

  g_object_get (window, "model", &model, NULL);
  return !scope_two_tensors_get_busy (model);
}

static void
begin (void)
{
  session = scope_session_new ();
  scope_session_edit_tensor (session, 0, "ramp:float64[3,4]");
  scope_session_edit_tensor (session, 1, "zeros:float64[3,4]");
  window = scope_two_tensors_window_new (session);
  gtk_window_present (GTK_WINDOW (window));
  scope_test_wait (is_done, NULL);
  scope_test_settle ();
}

static void
end (void)
{
  GtkWidget *kept = g_object_ref (window);

  gtk_window_destroy (GTK_WINDOW (window));
  scope_test_settle ();
  g_assert_finalize_object (kept);
  g_assert_finalize_object (session);
}

static void
test_parts (void)
{
  GtkWidget *verdict;

  begin ();
  verdict = scope_test_find_class (window, "verdict");
  g_assert_nonnull (scope_test_find (window, SCOPE_TYPE_PICTURE_CARD));
  g_assert_true (g_str_has_prefix (gtk_label_get_text (GTK_LABEL (verdict)), "11 of 12"));
  g_assert_true (gtk_widget_has_css_class (verdict, "fails"));
  scope_assert_named (window);
  end ();
}

static void
test_fields (void)
{
  g_autoptr (GPtrArray) entries = NULL;
  GtkWidget *verdict;

  begin ();
  entries = scope_test_find_all (window, GTK_TYPE_ENTRY);
  g_assert_cmpuint (entries->len, ==, 4);
  gtk_editable_set_text (GTK_EDITABLE (entries->pdata[1]), "A");
  g_signal_emit_by_name (entries->pdata[1], "activate");
  scope_test_wait (is_done, NULL);
  verdict = scope_test_find_class (window, "verdict");
  g_assert_true (gtk_widget_has_css_class (verdict, "fits"));
  gtk_widget_activate_action (window, "two.copy", NULL);
  gtk_editable_set_text (GTK_EDITABLE (entries->pdata[1]), "A +");
  g_signal_emit_by_name (entries->pdata[1], "activate");
  g_assert_true (gtk_widget_has_css_class (entries->pdata[1], "error"));
  g_assert_false (gtk_widget_has_css_class (entries->pdata[0], "error"));
  gtk_editable_set_text (GTK_EDITABLE (entries->pdata[1]), "ones:3,4");
  g_signal_emit_by_name (entries->pdata[1], "activate");
  scope_test_wait (is_done, NULL);
  g_assert_false (gtk_widget_has_css_class (entries->pdata[1], "error"));
  end ();
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/two-tensors-window/parts", test_parts);
  g_test_add_func ("/two-tensors-window/fields", test_fields);
  return g_test_run ();
}
