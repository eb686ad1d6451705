/* Times frames of the Compare page: nine linked tiles that are panned and zoomed together in a
 * 1920 × 1080 window, a zone plate of 1280 × 1280 resampled to 1024 × 1024. Counts real frames of
 * the window's frame clock, each from its first signal to its last, as bench/frames.c does. Run
 * under Xvfb by build-aux/bench. */
#include "app/compare-page.h"
#include "app/environment.h"
#include "app/heatmap-view.h"
#include "app/tile-card.h"
#include "model/comparison.h"

#include <adwaita.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

enum
{
  WARM_UP = 20,
  FRAMES = 200, /* of each movement */
  MOVEMENTS = 3,
};

static const char *const names[MOVEMENTS] = {
  "nine tiles, panning at 1 pixel an element",
  "nine tiles, panning at 8 pixels an element",
  "nine tiles, zooming in and out",
};

typedef struct
{
  GMainLoop *loop;
  GtkWidget *page, *first;
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

static double
now (clockid_t clock)
{
  struct timespec time;
  clock_gettime (clock, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void
report (Bench *self)
{
  qsort (self->taken, FRAMES, sizeof *self->taken, compare);
  qsort (self->cpu, FRAMES, sizeof *self->cpu, compare);
  g_print ("%-44s %6.2f ms median, %6.2f ms 99th percentile; of the processor %6.2f, %6.2f ms\n",
           names[self->movement], self->taken[FRAMES / 2], self->taken[FRAMES * 99 / 100],
           self->cpu[FRAMES / 2], self->cpu[FRAMES * 99 / 100]);
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

/* The first tile is moved, the others follow. */
static gboolean
move (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Bench *self = data;
  double t = self->frame++ / 60.0;
  ScopeHeatmapViewport viewport = { 1, 0.5L + 0.2L * sin (t), 0.5L + 0.2L * cos (0.7 * t) };
  viewport.zoom = self->movement == 0   ? 4
                  : self->movement == 1 ? 32
                                        : exp (2 * (1 - cos (0.8 * t)));
  if (self->movement < MOVEMENTS)
    scope_heatmap_view_set_viewport (SCOPE_HEATMAP_VIEW (self->first), &viewport);
  return G_SOURCE_CONTINUE;
}

static GtkWidget *
find_card (GtkWidget *root)
{
  if (SCOPE_IS_TILE_CARD (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_card (child);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
start (gpointer data)
{
  Bench *self = data;
  ScopeComparison *comparison;
  g_object_get (self->page, "comparison", &comparison, NULL);
  gboolean busy = scope_comparison_get_busy (comparison);
  g_object_unref (comparison);
  if (busy)
    return G_SOURCE_CONTINUE;
  self->first = scope_tile_card_get_heatmap (SCOPE_TILE_CARD (find_card (self->page)));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (self->page);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint), self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint), self);
  gtk_widget_add_tick_callback (self->page, move, self, NULL);
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
  ScopeComparison *comparison;
  self.loop = g_main_loop_new (NULL, FALSE);
  self.page = g_object_new (SCOPE_TYPE_COMPARE_PAGE, "session", session, NULL);
  g_object_get (self.page, "comparison", &comparison, NULL);
  scope_comparison_set_size (comparison, "1024 × 1024");
  for (int i = 0; i < 3; i++)
    gtk_widget_activate_action (self.page, "compare.add", NULL);
  g_object_unref (comparison);
  GtkWidget *window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_child (GTK_WINDOW (window), self.page);
  gtk_window_set_default_size (GTK_WINDOW (window), 1920, 1080);
  gtk_window_present (GTK_WINDOW (window));
  g_timeout_add (500, start, &self);
  g_main_loop_run (self.loop);
  return 0;
}
