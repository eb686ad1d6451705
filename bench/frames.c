/* Times frames of a heatmap that is panned and zoomed: 4096 × 4096 float32 in a 1920 × 1080 window.
 * Counts real frames of the window's frame clock, each from its first signal to its last: layout,
 * drawing and handing the pixels over. Run under Xvfb by build-aux/bench. */
#include "app/environment.h"
#include "app/heatmap-view.h"
#include "model/session.h"

#include <adwaita.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

enum
{
  WARM_UP = 20,
  FRAMES = 300, /* of each movement */
  MOVEMENTS = 3,
};

static const char *const names[MOVEMENTS] = {
  "panning at 1 pixel an element",
  "panning zoomed out, 4 elements a pixel",
  "zooming in and out at the pointer",
};

typedef struct
{
  GMainLoop *loop;
  GtkWidget *view;
  ScopePicture *picture;
  int movement, frame;
  double began, began_cpu;
  double taken[FRAMES], cpu[FRAMES];
  int count;
} Bench;

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void
report (Bench *self)
{
  qsort (self->taken, FRAMES, sizeof *self->taken, compare);
  qsort (self->cpu, FRAMES, sizeof *self->cpu, compare);
  g_print ("%-40s %6.2f ms median, %6.2f ms 99th percentile; of the processor %6.2f, %6.2f ms\n",
           names[self->movement], self->taken[FRAMES / 2], self->taken[FRAMES * 99 / 100],
           self->cpu[FRAMES / 2], self->cpu[FRAMES * 99 / 100]);
}

/* Milliseconds of a clock: of the wall, or of this thread on a processor, which other programs on
 * the machine do not lengthen. */
static double
now (clockid_t clock)
{
  struct timespec time;
  clock_gettime (clock, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void
before_paint (GdkFrameClock *clock, gpointer data)
{
  Bench *self = data;
  self->began = now (CLOCK_MONOTONIC);
  self->began_cpu = now (CLOCK_THREAD_CPUTIME_ID);
}

static void
after_paint (GdkFrameClock *clock, gpointer data)
{
  Bench *self = data;
  if (self->frame <= WARM_UP || self->count >= FRAMES)
    return;
  self->cpu[self->count] = now (CLOCK_THREAD_CPUTIME_ID) - self->began_cpu;
  self->taken[self->count++] = now (CLOCK_MONOTONIC) - self->began;
  if (self->count < FRAMES)
    return;
  report (self);
  self->count = 0;
  self->frame = 0;
  if (++self->movement == MOVEMENTS)
    g_main_loop_quit (self->loop);
}

/* Where the viewport is in a frame. */
static gboolean
move (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Bench *self = data;
  double t = self->frame++ / 60.0;
  ScopeHeatmapViewport viewport = { 1, 0.5L + 0.2L * sin (t), 0.5L + 0.2L * cos (0.7 * t) };
  if (self->movement == 0)
    viewport.zoom = 4096.0 / 1000;
  else if (self->movement == 1)
    viewport.zoom = 1.1;
  else
    viewport.zoom = exp (3.5 * (1 - cos (0.8 * t)));
  if (self->movement < MOVEMENTS)
    scope_heatmap_view_set_viewport (SCOPE_HEATMAP_VIEW (self->view), &viewport);
  return G_SOURCE_CONTINUE;
}

static gboolean
start (gpointer data)
{
  Bench *self = data;
  const ScopePlane *plane = scope_picture_get_plane (self->picture);
  if (plane == NULL || plane->sampled || plane->rows != 4096)
    return G_SOURCE_CONTINUE;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (self->view);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint), self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint), self);
  gtk_widget_add_tick_callback (self->view, move, self, NULL);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  Bench self = { 0 };
  scope_environment_init (argv[0]);
  gtk_init ();
  adw_init ();
  ScopeSession *session = scope_session_new ();
  scope_session_edit_tensor (session, 0, "random(1):float32[4096, 4096]");
  self.loop = g_main_loop_new (NULL, FALSE);
  self.picture = g_list_model_get_item (scope_session_get_pictures (session), 0);
  self.view = g_object_new (SCOPE_TYPE_HEATMAP_VIEW, "picture", self.picture, NULL);
  GtkWidget *window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_child (GTK_WINDOW (window), self.view);
  gtk_window_set_default_size (GTK_WINDOW (window), 1920, 1080);
  gtk_window_present (GTK_WINDOW (window));
  g_timeout_add (100, start, &self);
  g_main_loop_run (self.loop);
  return 0;
}
