/* Marks what is wrong in an entry: a red line under the characters at fault. */
#pragma once

#include <gtk/gtk.h>

/* Characters begin…end (half-open) of its text; all of them when begin is negative; nothing and no
 * frame when not `wrong`. Assistive technology is told too. */
void scope_entry_mark_fault (GtkEntry *entry, gboolean wrong, int begin, int end);
