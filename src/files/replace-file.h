/* A file that appears whole or not at all: written without a name where the file system can, so
 * that nothing is left of it when the program is killed, else beside its name; then renamed. */
#pragma once

#include "files/file-error.h"

typedef struct ScopeReplaceFile ScopeReplaceFile;

/* Begins to write `bytes` bytes (an estimate of 0 is allowed) to `path`. Symbolic links are
 * followed first, so that the file they name is replaced and not the link. Refused before a byte is
 * written when the disk has not that much room, or when `path` is something else than a file.
 * Errors: G_IO_ERROR. */
ScopeReplaceFile *scope_replace_file_begin (const char *path, gint64 bytes, GError **error);
gboolean
scope_replace_file_write (ScopeReplaceFile *self, const void *bytes, gsize length, GError **error);
/* Makes it durable, gives it its name, and frees `self`. On failure nothing is left behind. */
gboolean scope_replace_file_commit (ScopeReplaceFile *self, GError **error);
/* Leaves everything as it was and frees `self`; NULL is fine. */
void scope_replace_file_abandon (ScopeReplaceFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeReplaceFile, scope_replace_file_abandon)
