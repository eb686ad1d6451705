/* Children stand in rows of equal columns. */
#include "window-test.h"

#include "app/model-box.h"
#include "app/wrap-layout.h"

static const struct
{
  const char *name;
  guint children;
  int width;
  gboolean stretch;
  int rows, first_width, last_width; /* expected */
} cases[] = {
  { "one-row", 3, 320, FALSE, 1, 100, 100 },
  { "two-rows", 4, 210, FALSE, 2, 100, 100 },
  { "rows-filled-evenly", 4, 320, FALSE, 2, 155, 155 },
  { "last-row-as-the-others", 3, 210, FALSE, 2, 100, 100 },
  { "last-row-stretched", 3, 210, TRUE, 2, 100, 210 },
  { "narrow", 2, 100, FALSE, 2, 100, 100 },
  { "one-child", 1, 320, FALSE, 1, 320, 320 },
};

static GtkWidget *
make_child (gpointer item, gpointer data)
{
  GtkWidget *label = gtk_label_new (gtk_string_object_get_string (item));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static GtkWidget *
make_box (guint children, gboolean stretch, GListModel **model)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  GtkWidget *box = g_object_new (SCOPE_TYPE_MODEL_BOX, NULL);

  for (guint i = 0; i < children; i++)
    gtk_string_list_append (list, "x");
  gtk_widget_set_layout_manager (box, g_object_new (SCOPE_TYPE_WRAP_LAYOUT, "column-width", 100,
                                                    "spacing", 10, "stretch-last", stretch, NULL));
  scope_model_box_bind (SCOPE_MODEL_BOX (box), G_LIST_MODEL (list), make_child, NULL);
  if (model != NULL)
    *model = G_LIST_MODEL (list);
  else
    g_object_unref (list);
  return box;
}

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  GtkWidget *box = make_box (cases[i].children, cases[i].stretch, NULL);
  GtkWidget *window = scope_test_window (box, 400, 300);
  GtkWidget *first = gtk_widget_get_first_child (box), *last = gtk_widget_get_last_child (box);
  int height, row;

  gtk_widget_measure (first, GTK_ORIENTATION_VERTICAL, -1, NULL, &row, NULL, NULL);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, cases[i].width, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, ==, cases[i].rows * row + (cases[i].rows - 1) * 10);
  gtk_widget_size_allocate (box, &(GtkAllocation){ 0, 0, cases[i].width, height }, -1);
  g_assert_cmpint (gtk_widget_get_width (first), ==, cases[i].first_width);
  g_assert_cmpint (gtk_widget_get_width (last), ==, cases[i].last_width);
  scope_assert_dies (window, box);
}

static void
test_model (void)
{
  GListModel *model;
  GtkWidget *box = make_box (3, FALSE, &model);
  GtkWidget *window = scope_test_window (box, 400, 300);
  GtkWidget *second = gtk_widget_get_next_sibling (gtk_widget_get_first_child (box));
  const char *added[] = { "a", "b", NULL };

  gtk_string_list_splice (GTK_STRING_LIST (model), 1, 1, added);
  g_assert_false (gtk_widget_get_next_sibling (gtk_widget_get_first_child (box)) == second);
  g_assert_cmpstr (gtk_label_get_text (
                       GTK_LABEL (gtk_widget_get_next_sibling (gtk_widget_get_first_child (box)))),
                   ==, "a");
  gtk_string_list_splice (GTK_STRING_LIST (model), 0, 4, NULL);
  g_assert_null (gtk_widget_get_first_child (box));
  scope_assert_dies (window, box);
  g_object_unref (model);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/wrap-layout/model", test_model);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/wrap-layout/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  return g_test_run ();
}
