/* A window on one session: header bar, page, actions. It wires and computes nothing. */
#pragma once

#include "model/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_WINDOW (scope_window_get_type ())
G_DECLARE_FINAL_TYPE (ScopeWindow, scope_window, SCOPE, WINDOW, AdwApplicationWindow)

/* `settings` may be NULL. */
ScopeWindow *scope_window_new (GtkApplication *application, GSettings *settings);
ScopeSession *scope_window_get_session (ScopeWindow *self);

G_END_DECLS
