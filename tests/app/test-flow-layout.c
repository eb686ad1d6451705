/* Children stand in lines, as many in each as have room. */
#include "window-test.h"

#include "app/flow-layout.h"

static const struct
{
  const char *name;
  int width;
  gboolean expands; /* the first child */
  int x[3], y[3], child_width[3];
} cases[] = {
  { "one-line", 400, FALSE, { 0, 188, 300 }, { 0, 0, 0 }, { 100, 100, 100 } },
  { "first-expands", 400, TRUE, { 0, 188, 300 }, { 0, 0, 0 }, { 176, 100, 100 } },
  { "two-lines", 250, FALSE, { 0, 0, 150 }, { 0, 26, 26 }, { 250, 100, 100 } },
  { "three-lines", 150, FALSE, { 0, 0, 0 }, { 0, 26, 52 }, { 150, 150, 150 } },
  { "exactly-one-line", 324, FALSE, { 0, 112, 224 }, { 0, 0, 0 }, { 100, 100, 100 } },
};

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *child;
  GtkWidget *window = scope_test_window (box, 400, 300);
  int height, k = 0;

  gtk_widget_set_layout_manager (box, g_object_new (SCOPE_TYPE_FLOW_LAYOUT, NULL));
  for (int n = 0; n < 3; n++)
    {
      child = gtk_fixed_new ();
      gtk_widget_set_size_request (child, 100, 20);
      gtk_widget_set_hexpand (child, n == 0 && cases[i].expands);
      gtk_box_append (GTK_BOX (box), child);
    }
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, cases[i].width, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, ==, cases[i].y[2] + 20);
  gtk_widget_allocate (box, cases[i].width, height, -1, NULL);
  for (child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child), k++)
    {
      graphene_rect_t bounds;

      g_assert_true (gtk_widget_compute_bounds (child, box, &bounds));
      g_assert_cmpfloat (bounds.origin.x, ==, cases[i].x[k]);
      g_assert_cmpfloat (bounds.origin.y, ==, cases[i].y[k]);
      g_assert_cmpfloat (bounds.size.width, ==, cases[i].child_width[k]);
    }
  scope_assert_dies (window, box);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/flow-layout/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  return g_test_run ();
}
