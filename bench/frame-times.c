#include "frame-times.h"

#include <stdlib.h>
#include <time.h>

typedef struct
{
  GMainLoop *loop;
  const char *const *names;
  FrameMove move;
  gpointer data;
  int movements, movement;
  int frames, frame; /* of each movement; which it is */
  double began, began_cpu;
  double taken[FRAME_TIMES_MOST], cpu[FRAME_TIMES_MOST];
  int count;
} FrameTimes;

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void
report (FrameTimes *self)
{
  qsort (self->taken, (gsize)self->count, sizeof *self->taken, compare);
  qsort (self->cpu, (gsize)self->count, sizeof *self->cpu, compare);
  g_print ("%-44s %6.2f ms median, %6.2f ms 99th percentile; of the processor %6.2f, %6.2f ms\n",
           self->names[self->movement], self->taken[self->count / 2],
           self->taken[self->count * 99 / 100], self->cpu[self->count / 2],
           self->cpu[self->count * 99 / 100]);
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
  FrameTimes *self = data;
  self->began = now (CLOCK_MONOTONIC);
  self->began_cpu = now (CLOCK_THREAD_CPUTIME_ID);
}

static void
after_paint (GdkFrameClock *clock, gpointer data)
{
  FrameTimes *self = data;
  if (self->frame <= FRAME_TIMES_WARM_UP || self->count >= self->frames)
    return;
  self->cpu[self->count] = now (CLOCK_THREAD_CPUTIME_ID) - self->began_cpu;
  self->taken[self->count++] = now (CLOCK_MONOTONIC) - self->began;
  if (self->count < self->frames)
    return;
  report (self);
  self->count = 0;
  self->frame = 0;
  if (++self->movement == self->movements)
    g_main_loop_quit (self->loop);
}

static gboolean
tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  FrameTimes *self = data;
  double seconds = self->frame++ / 60.0;
  if (self->movement == self->movements)
    return G_SOURCE_REMOVE;
  self->move (self->data, self->movement, seconds);
  return G_SOURCE_CONTINUE;
}

void
frame_times_run (GtkWidget *widget,
                 const char *const *names,
                 int movements,
                 int frames,
                 FrameMove move,
                 gpointer data,
                 GMainLoop *until)
{
  FrameTimes *self = g_new0 (FrameTimes, 1);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  self->loop = until;
  self->names = names;
  self->move = move;
  self->data = data;
  self->movements = movements;
  self->frames = MIN (frames, FRAME_TIMES_MOST);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint), self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint), self);
  gtk_widget_add_tick_callback (widget, tick, self, NULL);
}

void
frame_times_window (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_set_default_size (GTK_WINDOW (window), 1920, 1080);
  gtk_window_present (GTK_WINDOW (window));
}
