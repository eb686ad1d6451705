/* A lecture on the whole screen, for a projector: large, light, without anything around it. */
#pragma once

#include "model/lecture.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_PRESENTATION (scope_presentation_get_type ())
G_DECLARE_FINAL_TYPE (ScopePresentation, scope_presentation, SCOPE, PRESENTATION, GtkWindow)

/* Full screen on the monitor of `parent`. Space, Page Down and arrows go on, Page Up back, B blanks
 * the screen, S is a spotlight at the pointer, Escape ends it. */
GtkWidget *scope_presentation_new (ScopeLecture *lecture, GtkWindow *parent);

G_END_DECLS
