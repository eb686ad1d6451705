/* Why do these shapes not fit, and what would make them fit: the page of one session. */
#pragma once

#include "model/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_DEBUG_PAGE (scope_debug_page_get_type ())
G_DECLARE_FINAL_TYPE (ScopeDebugPage, scope_debug_page, SCOPE, DEBUG_PAGE, GtkWidget)

void scope_debug_page_set_session (ScopeDebugPage *self, ScopeSession *session);
/* Moves the focus to the next (1) or previous (−1) failing axis. FALSE when none fails. */
gboolean scope_debug_page_focus_failure (ScopeDebugPage *self, int direction);
/* Copies the code that is shown. FALSE when there is none. */
gboolean scope_debug_page_copy_code (ScopeDebugPage *self);

G_END_DECLS
