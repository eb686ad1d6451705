/* NumPy's .npy: read as a mapped tensor, written as a stream. */
#pragma once

#include "files/tensor-file.h"

/* What a header says, after every check that needs no data. */
typedef struct
{
  ScopeDtype dtype;
  gboolean big_endian;
  gboolean fortran;
  ScopeShape shape;
  gint64 data_offset; /* bytes from the start of the file */
  gint64 data_bytes;
  char *note; /* what is odd but read, or NULL; owned by the caller */
} ScopeNpyHeader;

enum
{
  SCOPE_NPY_HEAD_BYTES = 12 + 10000 /* all of the longest header that is read */
};

/* Parses the header in bytes[0…length) of a file of `file_bytes` bytes, whose first
 * SCOPE_NPY_HEAD_BYTES (or all, of a shorter file) the caller has read. `name` is for messages.
 * Allocates nothing that the header could name the size of. Errors: SCOPE_FILE_ERROR. */
gboolean scope_npy_parse_header (const guint8 *bytes,
                                 gsize length,
                                 gint64 file_bytes,
                                 const char *name,
                                 ScopeNpyHeader *out,
                                 GError **error);

/* The same for a list: a well-formed header whose type is not read is no failure; then *refused
 * says why, and only shape and fortran of *out are set. *type is the type as the file writes it.
 * The caller frees both. */
gboolean scope_npy_examine_header (const guint8 *bytes,
                                   gsize length,
                                   gint64 file_bytes,
                                   const char *name,
                                   ScopeNpyHeader *out,
                                   char **type,
                                   GError **refused,
                                   GError **error);

/* A tensor of what `header` describes; `storage` holds its elements in the file's order. */
ScopeTensor *scope_npy_make_tensor (const char *name,
                                    const ScopeNpyHeader *header,
                                    ScopeStorage *storage,
                                    GError **error);

/* Writes a node of a program as .npy, block by block within `reading`'s budget, to a temporary name
 * beside `path` that is renamed when whole. `progress` (may be NULL) gets shares 0…1 and returns
 * FALSE to stop (then nothing is left behind). A result that does not fit the disk is refused
 * before the first byte. Errors: G_IO_ERROR, SCOPE_FILE_ERROR. */
typedef gboolean (*ScopeProgress) (double share, gpointer data);

#include "ops/program.h"

gboolean scope_npy_write (const ScopeProgram *program,
                          int node,
                          const char *path,
                          const ScopeReading *reading,
                          ScopeProgress progress,
                          gpointer data,
                          GError **error);
