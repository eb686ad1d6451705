/* Which tensor of a file is meant: a list to search and choose from. */
#pragma once

#include "model/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_MEMBER_DIALOG (scope_member_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ScopeMemberDialog, scope_member_dialog, SCOPE, MEMBER_DIALOG, AdwWindow)

/* The tensor that is chosen goes to `session`. */
GtkWidget *scope_member_dialog_new (ScopeSession *session, ScopeFileChoice *choice);

G_END_DECLS
