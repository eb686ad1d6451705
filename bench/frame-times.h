/* Times the real frames of a window's frame clock, each from its first signal to its last: layout,
 * drawing and handing the pixels over. */
#pragma once

#include <gtk/gtk.h>

enum
{
  FRAME_TIMES_WARM_UP = 20, /* frames before a movement counts */
  FRAME_TIMES_MOST = 400,
};

/* Called before each frame; `seconds` run at 60 frames a second, however long frames take. */
typedef void (*FrameMove) (gpointer data, int movement, double seconds);

/* A window of 1920 × 1080 without decoration. */
void frame_times_window (GtkWidget *child);

/* Moves a widget that is shown by each of the movements for so many frames, prints a line for each
 * and ends the loop. */
void frame_times_run (GtkWidget *widget,
                      const char *const *names,
                      int movements,
                      int frames,
                      FrameMove move,
                      gpointer data,
                      GMainLoop *until);
