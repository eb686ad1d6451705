/* The page as a whole: everything is there, named, and dies. */
#include "window-test.h"

#include "app/debug-page.h"
#include "app/picture-card.h"
#include "app/tensor-card.h"

static ScopeSession *session;
static GtkWidget *page;

static GtkWidget *
begin (int width, int height)
{
  session = scope_session_new ();
  page = g_object_new (SCOPE_TYPE_DEBUG_PAGE, "session", session, NULL);
  return scope_test_window (page, width, height);
}

static void
end (GtkWidget *window)
{
  scope_assert_dies (window, page);
  g_assert_finalize_object (session);
}

static guint
count (GType type)
{
  g_autoptr (GPtrArray) found = scope_test_find_all (page, type);

  return found->len;
}

static void
test_parts (void)
{
  GtkWidget *window = begin (1180, 760);

  g_assert_cmpuint (count (SCOPE_TYPE_TENSOR_CARD), ==, 2);
  g_assert_cmpuint (count (SCOPE_TYPE_PICTURE_CARD), ==, 3);
  scope_assert_named (page);
  scope_session_add_tensor (session);
  g_assert_cmpuint (count (SCOPE_TYPE_TENSOR_CARD), ==, 3);
  g_assert_cmpuint (count (SCOPE_TYPE_PICTURE_CARD), ==, 4);
  scope_session_undo (session);
  g_assert_cmpuint (count (SCOPE_TYPE_TENSOR_CARD), ==, 2);
  end (window);
}

/* The page never asks for more than a small window has. */
static void
test_small (void)
{
  GtkWidget *window = begin (720, 460);
  int width, height;

  gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (page, GTK_ORIENTATION_VERTICAL, 720, &height, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 720);
  g_assert_cmpint (height, <=, 460);
  end (window);
}

static void
test_hint (void)
{
  GtkWidget *window = begin (1180, 760);
  GtkWidget *hint = scope_test_find_class (page, "hint");

  g_assert_false (gtk_widget_get_visible (hint));
  g_object_set (page, "show-hint", TRUE, NULL);
  g_assert_true (gtk_widget_get_visible (hint));
  gtk_widget_activate_action (page, "page.dismiss-hint", NULL);
  g_assert_false (gtk_widget_get_visible (hint));
  /* Nor does it stay once something was changed. */
  g_object_set (page, "show-hint", TRUE, NULL);
  scope_session_set_expression (session, "A + A");
  g_assert_false (gtk_widget_get_visible (hint));
  end (window);
}

/* Another session takes the place of the first, which dies. */
static void
test_retarget (void)
{
  GtkWidget *window = begin (1180, 760);
  ScopeSession *second = scope_session_new ();

  scope_session_set_expression (second, "A + A");
  scope_debug_page_set_session (SCOPE_DEBUG_PAGE (page), second);
  scope_test_settle ();
  g_assert_finalize_object (session);
  session = second;
  g_assert_cmpuint (count (SCOPE_TYPE_PICTURE_CARD), ==, 3);
  end (window);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/debug-page/parts", test_parts);
  g_test_add_func ("/debug-page/small", test_small);
  g_test_add_func ("/debug-page/hint", test_hint);
  g_test_add_func ("/debug-page/retarget", test_retarget);
  return g_test_run ();
}
