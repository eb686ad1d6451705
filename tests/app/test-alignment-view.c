/* The cells of the alignment: what they say, where the focus goes, what keys change. */
#include "window-test.h"

#include "app/alignment-view.h"
#include "app/axis-cell.h"

static ScopeSession *session;
static GtkWidget *view;

static GtkWidget *
begin (const char *expression, const char *a, const char *b)
{
  GtkWidget *window;

  session = scope_session_new ();
  scope_session_edit_tensor (session, 0, a);
  scope_session_edit_tensor (session, 1, b);
  scope_session_set_expression (session, expression);
  view = g_object_new (SCOPE_TYPE_ALIGNMENT_VIEW, "session", session, NULL);
  window = scope_test_window (view, 640, 400);
  return window;
}

static void
end (GtkWidget *window)
{
  scope_assert_dies (window, view);
  g_assert_finalize_object (session);
}

static ScopeAxisCell *
get_cell (int row, int column)
{
  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (SCOPE_IS_AXIS_CELL (child) && scope_axis_cell_get_row (SCOPE_AXIS_CELL (child)) == row
        && scope_axis_cell_get_column (SCOPE_AXIS_CELL (child)) == column)
      return SCOPE_AXIS_CELL (child);
  return NULL;
}

static char *
shape_of (guint i)
{
  ScopeText text = { 0 };
  char *copy;

  scope_shape_print (&scope_session_get_scene (session)->tensor[i].tensor->shape, SCOPE_SHAPE_LIST,
                     &text);
  copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return copy;
}

static const struct
{
  const char *name, *expression, *a, *b;
  int row, column;
  const char *label;
} labels[] = {
  { "fails", "A + B", "[1, 1, 256, 256]", "[1, 1, 1280, 256]", 0, 2,
    "A, axis 2 of 4, size 256, does not fit" },
  { "equal", "A + B", "[1, 1, 256, 256]", "[1, 1, 1280, 256]", 1, 3,
    "B, axis 3 of 4, size 256, equal" },
  { "result-fails", "A + B", "[1, 1, 256, 256]", "[1, 1, 1280, 256]", 2, 2,
    "result, axis 2 of 4, size ?, does not fit" },
  { "stretched", "A + B", "[8, 1, 6, 1]", "[7, 1, 5]", 0, 1, "A, axis 1 of 4, size 1, stretched" },
  { "missing", "A + B", "[8, 1, 6, 1]", "[7, 1, 5]", 1, 0,
    "B, axis 0 of 4, size 1, missing, taken as 1" },
};

static void
test_label (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  GtkWidget *window = begin (labels[i].expression, labels[i].a, labels[i].b);
  ScopeAxisCell *cell = get_cell (labels[i].row, labels[i].column);

  scope_assert_label (cell, labels[i].label);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_ROLE_GRID_CELL);
  g_assert_cmpint (scope_test_count_drawn (view), >, 500);
  end (window);
}

static const struct
{
  const char *name;
  int row, column; /* the cell that has the focus */
  const char *action;
  int parameter;
  const char *expected; /* shape of the row's tensor */
} edits[] = {
  { "up", 0, 2, "axis.resize", 1, "[1, 1, 257, 256]" },
  { "down", 0, 2, "axis.resize", -1, "[1, 1, 255, 256]" },
  { "not-below-0", 0, 0, "axis.resize", -2, "[1, 1, 256, 256]" },
  { "insert", 0, 2, "axis.insert", 0, "[1, 1, 256, 1, 256]" },
  { "remove", 0, 2, "axis.remove", 0, "[1, 1, 256]" },
  { "move-left", 0, 2, "axis.move", -1, "[1, 256, 1, 256]" },
  { "move-right", 1, 2, "axis.move", 1, "[1, 1, 256, 1280]" },
  { "not-beyond-the-end", 0, 3, "axis.move", 1, "[1, 1, 256, 256]" },
};

static void
test_edit (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  GtkWidget *window = begin ("A + B", "[1, 1, 256, 256]", "[1, 1, 1280, 256]");
  GtkWidget *cell = GTK_WIDGET (get_cell (edits[i].row, edits[i].column));
  gboolean plain =
      g_str_equal (edits[i].action, "axis.insert") || g_str_equal (edits[i].action, "axis.remove");
  g_autofree char *shape = NULL;

  gtk_widget_grab_focus (view);
  for (int row = 0; row < edits[i].row; row++)
    gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD);
  for (int column = 0; column < edits[i].column; column++)
    gtk_widget_child_focus (view, GTK_DIR_RIGHT);
  g_assert_true (gtk_widget_has_focus (cell));
  g_assert_true (plain
                     ? gtk_widget_activate_action (cell, edits[i].action, NULL)
                     : gtk_widget_activate_action (cell, edits[i].action, "i", edits[i].parameter));
  shape = shape_of ((guint)edits[i].row);
  g_assert_cmpstr (shape, ==, edits[i].expected);
  end (window);
}

/* A missing axis becomes one when it is given a size. */
static void
test_ghost (void)
{
  GtkWidget *window = begin ("A + B", "[8, 1, 6, 1]", "[7, 1, 5]");
  g_autofree char *shape = NULL;

  gtk_widget_grab_focus (view);
  gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (get_cell (1, 0))));
  gtk_widget_activate_action (GTK_WIDGET (get_cell (1, 0)), "axis.resize", "i", 7);
  shape = shape_of (1);
  g_assert_cmpstr (shape, ==, "[8, 7, 1, 5]");
  end (window);
}

static void
test_next_failure (void)
{
  GtkWidget *window = begin ("A + B", "[2, 3, 4]", "[5, 3, 7]");

  /* A new window's focus is on the first cell, which fails. */
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (get_cell (0, 0))));
  g_assert_true (scope_alignment_view_focus_failure (SCOPE_ALIGNMENT_VIEW (view), 1));
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (get_cell (0, 2))));
  g_assert_true (scope_alignment_view_focus_failure (SCOPE_ALIGNMENT_VIEW (view), 1));
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (get_cell (0, 0))));
  g_assert_true (scope_alignment_view_focus_failure (SCOPE_ALIGNMENT_VIEW (view), -1));
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (get_cell (0, 2))));
  scope_session_set_expression (session, "A + A");
  g_assert_false (scope_alignment_view_focus_failure (SCOPE_ALIGNMENT_VIEW (view), 1));
  end (window);
}

/* Many axes are summed up, none is wider than the window. */
static void
test_rank_64 (void)
{
  GString *shape = g_string_new ("[1");
  GtkWidget *window;
  int minimum;

  for (int i = 1; i < 64; i++)
    g_string_append (shape, ", 1");
  g_string_append (shape, "]");
  window = begin ("A + B", shape->str, "[1]");
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <, 400);
  g_assert_cmpint (gtk_widget_get_width (view), <=, 640);
  g_assert_nonnull (get_cell (0, 63));
  g_string_free (shape, TRUE);
  end (window);
}

/* Without axes there is nothing to focus, and nothing goes wrong. */
static void
test_scalars (void)
{
  GtkWidget *window = begin ("A + B", "[]", "[]");

  g_assert_false (scope_alignment_view_focus_failure (SCOPE_ALIGNMENT_VIEW (view), 1));
  g_assert_false (gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD));
  end (window);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/alignment-view/ghost", test_ghost);
  g_test_add_func ("/alignment-view/next-failure", test_next_failure);
  g_test_add_func ("/alignment-view/rank-64", test_rank_64);
  g_test_add_func ("/alignment-view/scalars", test_scalars);
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autofree char *path = g_strconcat ("/alignment-view/label/", labels[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_label);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autofree char *path = g_strconcat ("/alignment-view/edit/", edits[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_edit);
    }
  return g_test_run ();
}
