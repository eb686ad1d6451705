/* The heatmap: sharp squares, and one cell at a time that says what it holds. */
#include "window-test.h"

#include "app/heatmap-cursor.h"
#include "app/heatmap-view.h"

static ScopeSession *session;
static ScopePicture *picture;
static GtkWidget *view;

static gboolean
has_plane (gpointer data)
{
  return scope_picture_get_plane (data) != NULL && !scope_picture_get_stale (data);
}

static GtkWidget *
begin (const char *tensor)
{
  GtkWidget *window;

  session = scope_session_new ();
  scope_session_edit_tensor (session, 0, tensor);
  picture = g_list_model_get_item (scope_session_get_pictures (session), 0);
  g_object_unref (picture);
  view = g_object_new (SCOPE_TYPE_HEATMAP_VIEW, "picture", picture, NULL);
  window = scope_test_window (view, 300, 300);
  scope_test_wait (has_plane, picture);
  return window;
}

static void
end (GtkWidget *window)
{
  scope_assert_dies (window, view);
  g_assert_finalize_object (session);
}

static GtkWidget *
get_cursor (void)
{
  return scope_test_find (view, SCOPE_TYPE_HEATMAP_CURSOR);
}

static void
test_roles (void)
{
  GtkWidget *window = begin ("ramp:float32[2, 3]");

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_ROLE_GRID);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (get_cursor ()), GTK_ACCESSIBLE_ROLE_GRID_CELL);
  scope_assert_label (view, "Heatmap of A[:, :]");
  end (window);
}

static const struct
{
  const char *name, *action;
  int rows, columns;
  const char *label;
} moves[] = {
  { "right", "heatmap.move", 0, 1, "A[0, 1] = 1.0  float32" },
  { "down", "heatmap.move", 1, 0, "A[1, 0] = 3.0  float32" },
  { "not-beyond", "heatmap.move", -1, -1, "A[0, 0] = 0.0  float32" },
  { "end", "heatmap.jump", 0, 1, "A[0, 2] = 2.0  float32" },
  { "last", "heatmap.jump", 1, 1, "A[1, 2] = 5.0  float32" },
};

static void
test_move (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  GtkWidget *window = begin ("ramp:float32[2, 3]");
  GtkWidget *cursor = get_cursor ();

  gtk_widget_grab_focus (cursor);
  scope_picture_set_cursor (picture, 0, 0);
  gtk_widget_activate_action (cursor, moves[i].action, "(ii)", moves[i].rows, moves[i].columns);
  scope_assert_label (cursor, moves[i].label);
  end (window);
}

/* Tab comes in and shows the first cell. */
static void
test_focus (void)
{
  GtkWidget *window = begin ("ramp:int64[2, 3]");

  g_assert_true (gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD));
  scope_test_settle ();
  g_assert_true (gtk_widget_has_focus (get_cursor ()));
  scope_assert_label (get_cursor (), "A[0, 0] = 0  int64");
  end (window);
}

/* Every pixel of the map is a colour of a cell: nothing is blurred between them. */
static void
test_sharp (void)
{
  GtkWidget *window = begin ("checkerboard(1):float32[4, 4]");
  cairo_surface_t *surface = scope_test_draw (view);
  const guint32 *row =
      (const guint32 *)(gconstpointer)(cairo_image_surface_get_data (surface)
                                       + cairo_image_surface_get_stride (surface) * 150);
  g_autoptr (GHashTable) colours = g_hash_table_new (NULL, NULL);
  int changes = 0;

  /* A line across the middle, within the map. */
  for (int x = 80; x < 200; x++)
    {
      g_hash_table_add (colours, GUINT_TO_POINTER (row[x]));
      changes += row[x] != row[x - 1];
    }
  g_assert_cmpint (changes, >=, 1);
  g_assert_cmpuint (g_hash_table_size (colours), <=, 40);
  cairo_surface_destroy (surface);
  end (window);
}

/* Planes of every shape and kind are drawn without complaint. */
static const struct
{
  const char *name, *tensor;
} planes[] = {
  { "scalar", "ramp:float32[]" },           { "vector", "ramp:float32[1000]" },
  { "long", "random:float32[3, 100000]" },  { "tall", "random:float32[100000, 3]" },
  { "big", "random:float32[5000, 5000]" },  { "empty", "ramp:float32[0, 5]" },
  { "bool", "checkerboard(1):bool[8, 8]" }, { "complex", "ramp:complex64[8, 8]" },
  { "one-value", "ones:float32[16, 16]" },
};

static void
test_plane (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  GtkWidget *window = begin (planes[i].tensor);

  gtk_widget_grab_focus (get_cursor ());
  scope_test_settle ();
  cairo_surface_destroy (scope_test_draw (view));
  end (window);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/heatmap-view/roles", test_roles);
  g_test_add_func ("/heatmap-view/focus", test_focus);
  g_test_add_func ("/heatmap-view/sharp", test_sharp);
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autofree char *path = g_strconcat ("/heatmap-view/move/", moves[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_move);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (planes); i++)
    {
      g_autofree char *path = g_strconcat ("/heatmap-view/plane/", planes[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_plane);
    }
  return g_test_run ();
}
