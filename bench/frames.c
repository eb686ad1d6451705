/* Times frames of a heatmap that is panned and zoomed: 4096 × 4096 float32 in a 1920 × 1080 window.
 * Run under Xvfb by build-aux/bench. */
#include "frame-times.h"

#include "app/environment.h"
#include "app/heatmap-view.h"
#include "model/session.h"

#include <adwaita.h>
#include <math.h>

enum
{
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
} Bench;

/* Where the viewport is in a frame. */
static void
move (gpointer data, int movement, double t)
{
  Bench *self = data;
  ScopeHeatmapViewport viewport = { 1, 0.5L + 0.2L * sin (t), 0.5L + 0.2L * cos (0.7 * t) };
  if (movement == 0)
    viewport.zoom = 4096.0 / 1000;
  else if (movement == 1)
    viewport.zoom = 1.1;
  else
    viewport.zoom = exp (3.5 * (1 - cos (0.8 * t)));
  scope_heatmap_view_set_viewport (SCOPE_HEATMAP_VIEW (self->view), &viewport);
}

static gboolean
start (gpointer data)
{
  Bench *self = data;
  const ScopePlane *plane = scope_picture_get_plane (self->picture);
  if (plane == NULL || plane->sampled || plane->rows != 4096)
    return G_SOURCE_CONTINUE;
  frame_times_run (self->view, names, MOVEMENTS, FRAMES, move, self, self->loop);
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
  frame_times_window (self.view);
  g_timeout_add (100, start, &self);
  g_main_loop_run (self.loop);
  return 0;
}
