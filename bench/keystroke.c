/* Times the window: from the start of the process to the first frame, and from a keystroke in a
 * shape entry to the frame that shows its picture. Medians over many; run under Xvfb by
 * build-aux/bench. */
#include "app/application.h"
#include "app/environment.h"
#include "app/window.h"

#include <stdlib.h>

enum
{
  KEYSTROKES = 60,
  PAUSE_MS = 40, /* between keystrokes: a person is no faster, and the frame clock comes to rest */
};

typedef struct
{
  GMainLoop *loop;
  GtkWindow *window;
  gint64 started; /* monotonic µs */
  gint64 rows;    /* of B, as typed last */
  gint64 struck;  /* of the keystroke that waits for its frame, or 0 */
  double taken[KEYSTROKES];
  int count;
  gboolean drawn;
} Bench;

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Whether B's picture shows the shape that was typed, and no picture waits for its values. */
static gboolean
is_shown (Bench *self)
{
  GListModel *pictures =
      scope_session_get_pictures (scope_window_get_session (SCOPE_WINDOW (self->window)));
  for (guint i = 0; i < g_list_model_get_n_items (pictures); i++)
    {
      g_autoptr (ScopePicture) picture = g_list_model_get_item (pictures, i);
      const ScopePlane *plane = scope_picture_get_plane (picture);
      if (scope_picture_get_stale (picture) || plane == NULL)
        return FALSE;
      if (g_strcmp0 (scope_picture_get_name (picture), "B") == 0 && plane->rows != self->rows)
        return FALSE;
    }
  return TRUE;
}

/* The entry of B's shape: the one that holds it. */
static GtkWidget *
find_entry (GtkWidget *widget)
{
  if (GTK_IS_ENTRY (widget)
      && g_str_has_prefix (gtk_editable_get_text (GTK_EDITABLE (widget)), "[1, 1, 128"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_entry (child);
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Alternates two shapes, one character apart. */
static gboolean
strike (gpointer data)
{
  Bench *self = data;
  GtkWidget *entry = find_entry (GTK_WIDGET (self->window));
  if (entry == NULL)
    g_error ("the window has no shape entry");
  self->rows = self->count % 2 == 0 ? 1281 : 1280;
  g_autofree char *text = g_strdup_printf ("[1, 1, %d, 256]", (int)self->rows);
  self->struck = g_get_monotonic_time ();
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  return G_SOURCE_REMOVE;
}

static void
after_paint (GdkFrameClock *clock, gpointer data)
{
  Bench *self = data;
  gint64 now = g_get_monotonic_time ();
  if (!self->drawn)
    {
      self->drawn = TRUE;
      g_print ("start of the process to the first frame       %8.1f ms\n",
               (double)(now - self->started) / 1000);
      g_timeout_add (1000, strike, self);
      return;
    }
  if (self->struck == 0 || !is_shown (self))
    return;
  self->taken[self->count++] = (double)(now - self->struck) / 1000;
  self->struck = 0;
  if (self->count < KEYSTROKES)
    g_timeout_add (PAUSE_MS, strike, self);
  else
    g_main_loop_quit (self->loop);
}

static void
realized (GtkWidget *window, gpointer data)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint),
                    data);
}

/* When the process started, on the monotonic clock: what the kernel says, to 10 ms, or handed over
 * exactly by the caller. */
static gint64
process_start (void)
{
  const char *given = g_getenv ("BENCH_START_US");
  return given != NULL ? g_ascii_strtoll (given, NULL, 10) : g_get_monotonic_time ();
}

int
main (int argc, char **argv)
{
  Bench self = { .started = process_start () };
  scope_environment_init (argv[0]);
  g_autoptr (ScopeApplication) application = scope_application_new ();
  g_autoptr (GError) error = NULL;
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.window = GTK_WINDOW (scope_window_new (GTK_APPLICATION (application), NULL));
  gtk_window_set_default_size (self.window, 1180, 1060); /* all pictures in view */
  g_signal_connect (self.window, "realize", G_CALLBACK (realized), &self);
  gtk_window_present (self.window);
  g_main_loop_run (self.loop);

  qsort (self.taken, KEYSTROKES, sizeof *self.taken, compare);
  g_print ("keystroke in a shape entry to its picture     %8.2f ms (median of %d; %.2f … %.2f)\n",
           self.taken[KEYSTROKES / 2], KEYSTROKES, self.taken[0], self.taken[KEYSTROKES - 1]);
  return 0;
}
