/* The stage of a lecture, drawn by the paint layer; going from step to step is animated. */
#pragma once

#include "model/lecture.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_STAGE_VIEW (scope_stage_view_get_type ())
G_DECLARE_FINAL_TYPE (ScopeStageView, scope_stage_view, SCOPE, STAGE_VIEW, GtkWidget)

/* Properties: "lecture"; "projector": as large as there is room, light, with heavy lines, title and
 * sentence in the picture. */

void scope_stage_view_set_lecture (ScopeStageView *self, ScopeLecture *lecture);
/* Where it is between the first step (0) and the last one. */
double scope_stage_view_get_position (ScopeStageView *self);

G_END_DECLS
