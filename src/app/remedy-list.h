/* The ways to make it fit, best first; the chosen one is previewed and can be applied. */
#pragma once

#include "model/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_REMEDY_LIST (scope_remedy_list_get_type ())
G_DECLARE_FINAL_TYPE (ScopeRemedyList, scope_remedy_list, SCOPE, REMEDY_LIST, GtkWidget)

void scope_remedy_list_set_session (ScopeRemedyList *self, ScopeSession *session);

G_END_DECLS
