/* A place for a page that is made when it is first shown, so that the first start does not wait for
 * what is not seen yet. */
#pragma once

#include "model/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_LATE_PAGE (scope_late_page_get_type ())
G_DECLARE_FINAL_TYPE (ScopeLatePage, scope_late_page, SCOPE, LATE_PAGE, GtkWidget)

/* What stands in `self` once it is shown: a `type` with a property "session". */
void scope_late_page_set_content (ScopeLatePage *self, GType type);
void scope_late_page_set_session (ScopeLatePage *self, ScopeSession *session);
/* The page, made now if it was not yet. */
GtkWidget *scope_late_page_get_page (ScopeLatePage *self);

G_END_DECLS
