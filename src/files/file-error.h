/* The one way in which reading and writing files fails: NAME: WHAT. What to do. */
#pragma once

#include "core/error.h"
#include "files/tensor-file.h"

/* Sets `error` to "NAME: …" (`name` is a display name) and returns FALSE. The text after the colon
 * is one sentence that says what and where, and one that says what to do. */
gboolean
scope_file_fail (GError **error, ScopeFileError code, const char *name, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* The same from the system's errno, as a G_IO_ERROR: "NAME: `what`: No such file. " `hint`. */
gboolean scope_file_fail_errno (GError **error,
                                int number,
                                const char *name,
                                const char *what,
                                const char *hint);

/* Turns an error of the core into a GError, whose message is the sentence as it stands. */
gboolean scope_file_fail_core (GError **error, const ScopeError *from);

/* The message of an error without the "`name`: " it begins with, for lists that show the name. */
const char *scope_file_reason (const GError *error, const char *name);

/* A path as messages show it: valid UTF-8, control and bidirectional characters made visible, the
 * middle left out when long. Freed by the caller. */
char *scope_file_display_name (const char *path);

/* A text of any length with control and bidirectional characters made visible. */
char *scope_file_visible_text (const char *text);

/* Bytes of a file as messages show them: printable ASCII, the rest as \xNN, at most `most` of them.
 * Freed by the caller. */
char *scope_file_escape (const void *bytes, gsize length, gsize most);

/* The most bytes of one file that are kept in memory: a quarter of the computer's. */
gint64 scope_file_memory_budget (void);
