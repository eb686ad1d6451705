/* Ways of resampling side by side: the page of one session. */
#pragma once

#include "model/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_COMPARE_PAGE (scope_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (ScopeComparePage, scope_compare_page, SCOPE, COMPARE_PAGE, GtkWidget)

void scope_compare_page_set_session (ScopeComparePage *self, ScopeSession *session);

G_END_DECLS
