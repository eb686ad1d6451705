/* The clipboard's text, as far as one wants it: whoever copied a gigabyte does not fill ours. */
#pragma once

#include <gdk/gdk.h>

/* Calls `done` with at most `limit` bytes of valid UTF-8, or NULL when there is no text. `owner`
 * is kept alive until then. */
typedef void (*ScopeClipboardDone) (gpointer owner, const char *text);
void scope_clipboard_read_text (GdkClipboard *clipboard,
                                gsize limit,
                                ScopeClipboardDone done,
                                gpointer owner);
