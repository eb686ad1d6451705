/* Frames reach an X server in shared memory. Cairo takes that from the kernel when there is none
 * with room, eight frames at once, and gives it back when nothing is left in it: after every
 * frame. The kernel clears it anew page by page, both sides map it anew and wait for each other,
 * which took half of a frame's time. Something small that stays in that memory keeps it. */
#include "app/frame-memory.h"

#ifdef GDK_WINDOWING_X11

#include <cairo-xlib.h>
#include <gdk/x11/gdkx.h>

enum
{
  SMALL = 16, /* pixels a side: enough for shared memory to be used at all */
};

/* Of a display: its frames share what they are handed over in. */
typedef struct
{
  gint64 pixels;          /* of a frame that has room */
  cairo_surface_t *small; /* what keeps it */
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_clear_pointer (&kept->small, cairo_surface_destroy);
  g_free (kept);
}

static void
kept_forget (GdkDisplay *display)
{
  g_object_set_data (G_OBJECT (display), "scope-frame-memory", NULL);
}

static Kept *
get_kept (GdkDisplay *display)
{
  Kept *kept = g_object_get_data (G_OBJECT (display), "scope-frame-memory");

  if (kept != NULL)
    return kept;
  kept = g_new0 (Kept, 1);
  g_object_set_data_full (G_OBJECT (display), "scope-frame-memory", kept, kept_free);
  /* Before Xlib's own end, which takes the memory along. */
  g_signal_connect (display, "closed", G_CALLBACK (kept_forget), NULL);
  return kept;
}

/* Puts something small beside a frame's memory, which is given back. */
static void
keep (Kept *kept, GdkDisplay *display, int width, int height)
{
  Display *x_display = gdk_x11_display_get_xdisplay (display);
  GdkX11Screen *screen = gdk_x11_display_get_screen (display);
  int number = gdk_x11_screen_get_screen_number (screen);
  cairo_surface_t *root = cairo_xlib_surface_create (
      x_display, RootWindow (x_display, number), DefaultVisual (x_display, number), width, height);
  cairo_surface_t *frame =
      cairo_surface_create_similar_image (root, CAIRO_FORMAT_RGB24, width, height);

  g_clear_pointer (&kept->small, cairo_surface_destroy);
  kept->small = cairo_surface_create_similar_image (root, CAIRO_FORMAT_RGB24, SMALL, SMALL);
  kept->pixels = (gint64)width * height;
  cairo_surface_destroy (frame);
  cairo_surface_destroy (root);
}

void
scope_frame_memory_keep (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;
  int scale, width, height;
  Kept *kept;

  if (surface == NULL || !GDK_IS_X11_SURFACE (surface)
      || !GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (native)))
    return;
  scale = gdk_surface_get_scale_factor (surface);
  width = gdk_surface_get_width (surface) * scale;
  height = gdk_surface_get_height (surface) * scale;
  kept = get_kept (gdk_surface_get_display (surface));
  if (width > 0 && height > 0 && (gint64)width * height > kept->pixels)
    keep (kept, gdk_surface_get_display (surface), width, height);
}

#else

void
scope_frame_memory_keep (GtkWidget *widget)
{
}

#endif
