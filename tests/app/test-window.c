/* The window: actions do what they say, and it dies when it is closed. */
#include "window-test.h"

#include "app/window.h"

static ScopeWindow *window;
static ScopeSession *session;

static void
begin (void)
{
  window = scope_window_new (NULL, NULL);
  session = scope_window_get_session (window);
  gtk_window_present (GTK_WINDOW (window));
  scope_test_settle ();
}

static void
end (void)
{
  gpointer weak_window = window, weak_session = session;

  g_object_add_weak_pointer (G_OBJECT (window), &weak_window);
  g_object_add_weak_pointer (G_OBJECT (session), &weak_session);
  gtk_window_destroy (GTK_WINDOW (window));
  scope_test_settle ();
  g_assert_null (weak_window);
  g_assert_null (weak_session);
}

static gboolean
act (const char *action)
{
  return gtk_widget_activate_action (GTK_WIDGET (window), action, NULL);
}

/* Whether what a button does can be done now. */
static gboolean
can (const char *action)
{
  g_autoptr (GPtrArray) buttons = scope_test_find_all (GTK_WIDGET (window), GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (buttons, i);
      const char *name = gtk_actionable_get_action_name (GTK_ACTIONABLE (button));

      if (g_strcmp0 (name, action) == 0)
        return gtk_widget_get_sensitive (button);
    }
  g_assert_not_reached ();
}

static void
test_named (void)
{
  begin ();
  scope_assert_named (GTK_WIDGET (window));
  end ();
}

static void
test_undo (void)
{
  begin ();
  g_assert_false (can ("win.undo"));
  scope_session_set_expression (session, "A + B");
  g_assert_true (can ("win.undo"));
  act ("win.undo");
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A[...] = B");
  g_assert_false (can ("win.undo"));
  g_assert_true (can ("win.redo"));
  act ("win.redo");
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A + B");
  /* A wrong text can be undone though the history has nothing before it. */
  act ("win.undo");
  scope_session_set_expression (session, "A + (");
  g_assert_true (can ("win.undo"));
  act ("win.undo");
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A[...] = B");
  end ();
}

static void
test_apply (void)
{
  begin ();
  g_assert_true (can ("win.apply-remedy"));
  act ("win.apply-remedy");
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A[...] = B[:, :, :256, :]");
  g_assert_false (can ("win.apply-remedy"));
  end ();
}

static void
test_others (void)
{
  static const char *const actions[] = {
    "win.swap-tensors", "win.add-tensor",   "win.copy-code",        "win.next-failure",
    "win.transpose",    "win.side-panel",   "win.previous-failure", "win.side-panel",
    "win.fullscreen",   "win.apply-remedy", "win.next-failure",     "win.undo"
  };

  begin ();
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      act (actions[i]);
      scope_test_settle ();
    }
  g_assert_cmpint (scope_session_get_scene (session)->tensors, >=, 2);
  end ();
}

static void
test_side_panel (void)
{
  gboolean shown;

  begin ();
  g_object_get (window, "side-panel", &shown, NULL);
  g_assert_true (shown);
  act ("win.side-panel");
  g_object_get (window, "side-panel", &shown, NULL);
  g_assert_false (shown);
  end ();
}

static void
test_pages (void)
{
  static const char *const names[] = { "compare", "teach", "debug" };
  g_autofree char *shown = NULL;

  begin ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_clear_pointer (&shown, g_free);
      gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", names[i]);
      scope_test_settle ();
      g_object_get (window, "visible-page", &shown, NULL);
      g_assert_cmpstr (shown, ==, names[i]);
      scope_assert_named (GTK_WIDGET (window));
    }
  /* The side panel is the debug page's. */
  g_assert_true (can ("win.side-panel"));
  /* No page has this name. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "elsewhere");
  g_clear_pointer (&shown, g_free);
  g_object_get (window, "visible-page", &shown, NULL);
  g_assert_cmpstr (shown, ==, "debug");
  end ();
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/window/named", test_named);
  g_test_add_func ("/window/undo", test_undo);
  g_test_add_func ("/window/apply", test_apply);
  g_test_add_func ("/window/others", test_others);
  g_test_add_func ("/window/side-panel", test_side_panel);
  g_test_add_func ("/window/pages", test_pages);
  return g_test_run ();
}
