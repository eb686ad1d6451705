/* Paste error: a message is pasted, what it says is shown and corrected, then it becomes the
 * scene. */
#pragma once

#include "model/pasted-message.h"
#include "model/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_PASTE_DIALOG (scope_paste_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ScopePasteDialog, scope_paste_dialog, SCOPE, PASTE_DIALOG, AdwWindow)

/* Begins with `text`; NULL: with what the clipboard holds, if that is a message about shapes. */
GtkWidget *scope_paste_dialog_new (ScopeSession *session, const char *text);
ScopePastedMessage *scope_paste_dialog_get_message (ScopePasteDialog *self);

G_END_DECLS
