/* The side panel: hazards, the code that fails and the code that fits, in one framework. */
#pragma once

#include "model/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_CODE_VIEW (scope_code_view_get_type ())
G_DECLARE_FINAL_TYPE (ScopeCodeView, scope_code_view, SCOPE, CODE_VIEW, GtkWidget)

/* Puts the code that fits, else the code that fails, on the clipboard. FALSE when there is none. */
gboolean scope_code_view_copy (ScopeCodeView *self);

G_END_DECLS
