/* Times frames of the Compare page: nine linked tiles that are panned and zoomed together in a
 * 1920 × 1080 window, a zone plate of 1280 × 1280 resampled to 1024 × 1024. Run under Xvfb by
 * build-aux/bench. */
#include "frame-times.h"

#include "app/compare-page.h"
#include "app/environment.h"
#include "app/heatmap-view.h"
#include "app/tile-card.h"
#include "model/comparison.h"

#include <adwaita.h>
#include <math.h>

enum
{
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
} Bench;

/* The first tile is moved, the others follow. */
static void
move (gpointer data, int movement, double t)
{
  Bench *self = data;
  ScopeHeatmapViewport viewport = { 1, 0.5L + 0.2L * sin (t), 0.5L + 0.2L * cos (0.7 * t) };
  viewport.zoom = movement == 0 ? 4 : movement == 1 ? 32 : exp (2 * (1 - cos (0.8 * t)));
  scope_heatmap_view_set_viewport (SCOPE_HEATMAP_VIEW (self->first), &viewport);
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
  frame_times_run (self->page, names, MOVEMENTS, FRAMES, move, self, self->loop);
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
  frame_times_window (self.page);
  g_timeout_add (500, start, &self);
  g_main_loop_run (self.loop);
  return 0;
}
