/* Frames keep the shared memory that they reach the X server in. */
#include "window-test.h"

#include "app/heatmap-view.h"

#include <cairo-xlib.h>
#include <gdk/x11/gdkx.h>
#include <string.h>

static gboolean
has_plane (gpointer data)
{
  return scope_picture_get_plane (data) != NULL && !scope_picture_get_stale (data);
}

/* The number of the process's largest System V shared memory; 0 for none. */
static guint64
find_shared_memory (void)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) line = NULL;
  guint64 found = 0, largest = 0;

  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  line = g_strsplit (maps, "\n", -1);
  for (int i = 0; line[i] != NULL; i++)
    {
      g_auto (GStrv) field = NULL;
      char *end;
      guint64 bytes;

      if (strstr (line[i], "/SYSV") == NULL)
        continue;
      /* begin-end permissions offset device number path */
      field = g_strsplit (line[i], " ", 6);
      bytes = g_ascii_strtoull (field[0], &end, 16);
      bytes = g_ascii_strtoull (end + 1, NULL, 16) - bytes;
      if (bytes > largest)
        {
          largest = bytes;
          found = g_ascii_strtoull (field[4], NULL, 10);
        }
    }
  return found;
}

/* Whether Cairo shares memory with this display: such images have a device. */
static gboolean
can_share (void)
{
  Display *display = gdk_x11_display_get_xdisplay (gdk_display_get_default ());
  cairo_surface_t *root =
      cairo_xlib_surface_create (display, DefaultRootWindow (display),
                                 DefaultVisual (display, DefaultScreen (display)), 64, 64);
  cairo_surface_t *image = cairo_surface_create_similar_image (root, CAIRO_FORMAT_RGB24, 64, 64);
  gboolean shared = cairo_surface_get_device (image) != NULL;

  cairo_surface_destroy (image);
  cairo_surface_destroy (root);
  return shared;
}

static void
test_stays (void)
{
  ScopeSession *session;
  ScopePicture *picture;
  GtkWidget *window, *view;
  guint64 memory;

  if (!GDK_IS_X11_DISPLAY (gdk_display_get_default ()) || !can_share ())
    {
      g_test_skip ("this display shares no memory");
      return;
    }
  session = scope_session_new ();
  scope_session_edit_tensor (session, 0, "random(1):float32[256, 256]");
  picture = g_list_model_get_item (scope_session_get_pictures (session), 0);
  g_object_unref (picture);
  view = g_object_new (SCOPE_TYPE_HEATMAP_VIEW, "picture", picture, NULL);
  window = scope_test_window (view, 640, 480);
  scope_test_wait (has_plane, picture);
  scope_test_settle ();

  memory = find_shared_memory ();
  g_assert_cmpuint (memory, !=, 0);
  for (int i = 0; i < 3; i++)
    {
      gtk_widget_queue_draw (window);
      scope_test_settle ();
      g_assert_cmpuint (find_shared_memory (), ==, memory);
    }
  scope_assert_dies (window, view);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/frame-memory/stays", test_stays);
  return g_test_run ();
}
