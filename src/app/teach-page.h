/* Broadcasting, step by step, for a class: the page of one session. */
#pragma once

#include "model/lecture.h"
#include "model/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_TEACH_PAGE (scope_teach_page_get_type ())
G_DECLARE_FINAL_TYPE (ScopeTeachPage, scope_teach_page, SCOPE, TEACH_PAGE, GtkWidget)

void scope_teach_page_set_session (ScopeTeachPage *self, ScopeSession *session);
ScopeLecture *scope_teach_page_get_lecture (ScopeTeachPage *self);
/* Tells what is on the Debug page. */
void scope_teach_page_teach_scene (ScopeTeachPage *self);

G_END_DECLS
