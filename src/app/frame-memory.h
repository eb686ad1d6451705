/* The memory that finished frames are handed to an X server in. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Sees to it that frames of the size of a widget's window keep their memory from one to the next.
 * To be called when the widget is realized and when it has another size; cheap when nothing has
 * changed. Does nothing where frames go another way: without X, with OpenGL, over a network. */
void scope_frame_memory_keep (GtkWidget *widget);

G_END_DECLS
