/* What the tests of widgets share. */
#include "window-test.h"

#include "app/environment.h"

enum
{
  MOMENT = 60 /* milliseconds: a few frames */
};

void
scope_window_test_init (int *argc, char ***argv)
{
  scope_environment_init ((*argv)[0]);
  gtk_test_init (argc, argv, NULL);
  adw_init ();
}

static gboolean
stop_waiting (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

void
scope_test_settle (void)
{
  gboolean over = FALSE;

  g_timeout_add (MOMENT, stop_waiting, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

void
scope_test_wait (gboolean (*done) (gpointer data), gpointer data)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (!done (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      scope_test_settle ();
    }
}

GtkWidget *
scope_test_window (GtkWidget *child, int width, int height)
{
  GtkWidget *window = adw_window_new ();

  adw_window_set_content (ADW_WINDOW (window), child);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  scope_test_settle ();
  return window;
}

static void
collect (GtkWidget *root, GType type, const char *css_class, GPtrArray *found)
{
  if ((type == G_TYPE_INVALID || g_type_is_a (G_OBJECT_TYPE (root), type))
      && (css_class == NULL || gtk_widget_has_css_class (root, css_class)))
    g_ptr_array_add (found, root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, type, css_class, found);
}

GPtrArray *
scope_test_find_all (GtkWidget *root, GType type)
{
  GPtrArray *found = g_ptr_array_new ();

  collect (root, type, NULL, found);
  return found;
}

GtkWidget *
scope_test_find (GtkWidget *root, GType type)
{
  g_autoptr (GPtrArray) found = scope_test_find_all (root, type);

  return found->len > 0 ? g_ptr_array_index (found, 0) : NULL;
}

GtkWidget *
scope_test_find_class (GtkWidget *root, const char *css_class)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  collect (root, G_TYPE_INVALID, css_class, found);
  return found->len > 0 ? g_ptr_array_index (found, 0) : NULL;
}

/* Whether a control says what it is: by a label of its own or by its text. */
static gboolean
is_named (GtkWidget *widget)
{
  if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
      || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                           GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return TRUE;
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_label (GTK_BUTTON (widget)) != NULL;
  if (GTK_IS_CHECK_BUTTON (widget))
    return gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)) != NULL;
  return FALSE;
}

/* The kinds of control a person acts on, as far as they are not parts of another. */
static gboolean
is_control (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (GTK_IS_DROP_DOWN (parent) || GTK_IS_SPIN_BUTTON (parent) || GTK_IS_MENU_BUTTON (parent)
      || ADW_IS_SPLIT_BUTTON (parent) || GTK_IS_WINDOW_CONTROLS (parent)
      || GTK_IS_TREE_VIEW (parent)) /* the hidden heads in the list of an entry's completion */
    return FALSE;
  return GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_ENTRY (widget)
         || GTK_IS_DROP_DOWN (widget) || GTK_IS_SPIN_BUTTON (widget) || GTK_IS_SCALE (widget)
         || GTK_IS_TEXT_VIEW (widget) || GTK_IS_MENU_BUTTON (widget);
}

void
scope_assert_named (GtkWidget *root)
{
  g_autoptr (GPtrArray) all = scope_test_find_all (root, GTK_TYPE_WIDGET);

  for (guint i = 0; i < all->len; i++)
    {
      GtkWidget *widget = g_ptr_array_index (all, i);

      if (is_control (widget) && !is_named (widget))
        g_error ("a %s in %s has no name for assistive technology", G_OBJECT_TYPE_NAME (widget),
                 G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
    }
}

void
scope_assert_dies (GtkWidget *window, GtkWidget *widget)
{
  gpointer weak = widget;

  g_object_add_weak_pointer (G_OBJECT (widget), &weak);
  gtk_window_destroy (GTK_WINDOW (window));
  scope_test_settle ();
  g_assert_null (weak);
}

cairo_surface_t *
scope_test_draw (GtkWidget *widget)
{
  GdkPaintable *paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  GskRenderNode *node;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node != NULL)
    {
      gsk_render_node_draw (node, cr);
      gsk_render_node_unref (node);
    }
  cairo_destroy (cr);
  g_object_unref (paintable);
  cairo_surface_flush (surface);
  return surface;
}

int
scope_test_count_drawn (GtkWidget *widget)
{
  cairo_surface_t *surface = scope_test_draw (widget);
  const guchar *data = cairo_image_surface_get_data (surface);
  int pitch = cairo_image_surface_get_stride (surface);
  int count = 0;
  guint32 ground = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      {
        guint32 pixel = ((const guint32 *)(gconstpointer)(data + y * pitch))[x];

        if (pixel >> 24 == 0xff && ground == 0)
          ground = pixel;
        if (pixel >> 24 != 0 && pixel != ground)
          count++;
      }
  cairo_surface_destroy (surface);
  return count;
}
