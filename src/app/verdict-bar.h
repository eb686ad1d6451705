/* The verdict in one sentence: whether the shapes fit, and why not. */
#pragma once

#include "model/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_VERDICT_BAR (scope_verdict_bar_get_type ())
G_DECLARE_FINAL_TYPE (ScopeVerdictBar, scope_verdict_bar, SCOPE, VERDICT_BAR, GtkWidget)

G_END_DECLS
