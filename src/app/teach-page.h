/* Broadcasting, step by step, for a class: the page of one session. */
#pragma once

#include "model/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_TEACH_PAGE (scope_teach_page_get_type ())
G_DECLARE_FINAL_TYPE (ScopeTeachPage, scope_teach_page, SCOPE, TEACH_PAGE, GtkWidget)

void scope_teach_page_set_session (ScopeTeachPage *self, ScopeSession *session);

G_END_DECLS
