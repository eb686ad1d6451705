/* The statements in a row, each with the shape after it, the first failing one marked. */
#pragma once

#include "model/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_STEP_STRIP (scope_step_strip_get_type ())
G_DECLARE_FINAL_TYPE (ScopeStepStrip, scope_step_strip, SCOPE, STEP_STRIP, GtkWidget)

/* Hidden while there is only one statement. */
void scope_step_strip_set_session (ScopeStepStrip *self, ScopeSession *session);

G_END_DECLS
