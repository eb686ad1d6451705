/* The alignment of a session's operands, drawn by the paint layer, its cells edited by keyboard. */
#pragma once

#include "model/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_ALIGNMENT_VIEW (scope_alignment_view_get_type ())
G_DECLARE_FINAL_TYPE (ScopeAlignmentView, scope_alignment_view, SCOPE, ALIGNMENT_VIEW, GtkWidget)

void scope_alignment_view_set_session (ScopeAlignmentView *self, ScopeSession *session);
/* Moves the focus to the next (1) or previous (−1) failing axis, round and round. FALSE when none
 * fails. */
gboolean scope_alignment_view_focus_failure (ScopeAlignmentView *self, int direction);

G_END_DECLS
