/* A regular file mapped into memory, read under guard and watched for changes. */
#pragma once

#include "files/file-error.h"

/* Reference-counted; functions may be called from several threads at once. */
typedef struct ScopeMappedFile ScopeMappedFile;

/* Opens a regular file; anything else (FIFO, device, directory) is refused without waiting for it.
 * Costs the same for any size. */
ScopeMappedFile *scope_mapped_file_open (GFile *file, GError **error);
ScopeMappedFile *scope_mapped_file_ref (ScopeMappedFile *file);
void scope_mapped_file_unref (ScopeMappedFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScopeMappedFile, scope_mapped_file_unref)

/* As messages show it. */
const char *scope_mapped_file_name (const ScopeMappedFile *file);
gint64 scope_mapped_file_bytes (const ScopeMappedFile *file);

/* Copies bytes offset…offset+count, which must lie inside the file. Errors: CHANGED. */
gboolean scope_mapped_file_copy (ScopeMappedFile *file,
                                 gint64 offset,
                                 gsize count,
                                 void *out,
                                 GError **error);

/* `count` elements of the file from byte `offset` on, which must lie inside it, as a storage that
 * holds a reference of `file`. They need not be aligned; bool bytes other than 0 are true.
 * NULL when memory runs out. */
ScopeStorage *scope_mapped_file_storage (ScopeMappedFile *file,
                                         ScopeDtype dtype,
                                         gboolean big_endian,
                                         gint64 offset,
                                         gint64 count);
