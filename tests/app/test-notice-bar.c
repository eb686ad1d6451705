/* A message stays until it is dismissed. */
#include "window-test.h"

#include "app/model-box.h"
#include "app/notice-bar.h"

static GtkWidget *
make_notice (gpointer item, gpointer data)
{
  return scope_notice_bar_new (data, item);
}

static void
test_dismiss (void)
{
  ScopeSession *session = scope_session_new ();
  GtkWidget *box = g_object_new (SCOPE_TYPE_MODEL_BOX, NULL);
  GtkWidget *window, *bar;

  scope_model_box_bind (SCOPE_MODEL_BOX (box), scope_session_get_notices (session), make_notice,
                        session);
  window = scope_test_window (box, 400, 200);
  scope_session_add_notice (session, "a.npy: broken");
  scope_session_add_notice (session, "b.npy: broken");
  bar = scope_test_find (box, SCOPE_TYPE_NOTICE_BAR);
  scope_assert_label (bar, "a.npy: broken");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_ROLE_ALERT);
  scope_assert_named (box);
  g_assert_true (gtk_widget_activate_action (bar, "notice.dismiss", NULL));
  bar = scope_test_find (box, SCOPE_TYPE_NOTICE_BAR);
  scope_assert_label (bar, "b.npy: broken");
  scope_assert_dies (window, bar);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/notice-bar/dismiss", test_dismiss);
  return g_test_run ();
}
