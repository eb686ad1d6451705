/* Three panes; in a narrow window the last one lies over the middle. */
#include "window-test.h"

#include "app/panes.h"

static GtkWidget *panes, *start, *content, *end;

static GtkWidget *
make_window (int width)
{
  start = gtk_label_new ("start");
  content = gtk_label_new ("content");
  end = gtk_label_new ("end");
  panes = g_object_new (SCOPE_TYPE_PANES, "start", start, "content", content, "end", end, NULL);
  return scope_test_window (panes, width, 400);
}

static gboolean
is_over (void)
{
  graphene_rect_t of_content, of_end;

  g_assert_true (gtk_widget_compute_bounds (content, panes, &of_content));
  g_assert_true (gtk_widget_compute_bounds (end, panes, &of_end));
  return graphene_rect_intersection (&of_content, &of_end, NULL);
}

static void
test_wide (void)
{
  GtkWidget *window = make_window (1180);

  g_assert_true (scope_panes_get_show_end (SCOPE_PANES (panes)));
  g_assert_true (gtk_widget_get_child_visible (end));
  g_assert_false (is_over ());
  scope_panes_set_show_end (SCOPE_PANES (panes), FALSE);
  scope_test_settle ();
  g_assert_false (gtk_widget_get_child_visible (end));
  scope_assert_dies (window, panes);
}

static void
test_narrow (void)
{
  GtkWidget *window = make_window (720);
  gboolean narrow;

  g_object_get (panes, "narrow", &narrow, NULL);
  g_assert_true (narrow);
  g_assert_false (scope_panes_get_show_end (SCOPE_PANES (panes)));
  g_assert_false (gtk_widget_get_child_visible (end));
  scope_panes_set_show_end (SCOPE_PANES (panes), TRUE);
  scope_test_settle ();
  g_assert_true (gtk_widget_get_child_visible (end));
  g_assert_true (is_over ());
  scope_assert_dies (window, panes);
}

static void
count (GObject *object, GParamSpec *pspec, int *times)
{
  (*times)++;
}

static void
test_setter (void)
{
  GtkWidget *window = make_window (1180);
  int times = 0;

  g_signal_connect (panes, "notify::show-end", G_CALLBACK (count), &times);
  scope_panes_set_show_end (SCOPE_PANES (panes), TRUE);
  g_assert_cmpint (times, ==, 0);
  scope_panes_set_show_end (SCOPE_PANES (panes), FALSE);
  scope_panes_set_show_end (SCOPE_PANES (panes), FALSE);
  g_assert_cmpint (times, ==, 1);
  scope_assert_dies (window, panes);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/panes/wide", test_wide);
  g_test_add_func ("/panes/narrow", test_narrow);
  g_test_add_func ("/panes/setter", test_setter);
  return g_test_run ();
}
