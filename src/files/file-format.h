/* A kind of tensor file: a row of the table in tensor-file.c. */
#pragma once

#include "files/mapped-file.h"

/* The first bytes of a file and its name; only the bytes decide, unless a format has no mark. */
typedef struct
{
  const guint8 *bytes;
  gsize length;
  gint64 file_bytes;
  const char *path; /* as the person gave it, for the ending */
} ScopeFileHead;

typedef struct
{
  const char *id;   /* stands in JSON */
  gboolean by_name; /* it has no mark: whatever has one goes before it */
  gboolean (*recognize) (const ScopeFileHead *head);
  /* Opens `member` (NULL: the only one) as a tensor called `name`. */
  ScopeTensor *(*open) (ScopeMappedFile *file,
                        const char *name,
                        const char *member,
                        GCancellable *cancellable,
                        GError **error);
  /* ScopeTensorInfo* of every tensor, readable or not. */
  GPtrArray *(*list) (ScopeMappedFile *file, GCancellable *cancellable, GError **error);
} ScopeFileFormat;

extern const ScopeFileFormat scope_format_csv;
extern const ScopeFileFormat scope_format_npy;
extern const ScopeFileFormat scope_format_npz;
extern const ScopeFileFormat scope_format_png;
extern const ScopeFileFormat scope_format_safetensors;

/* Whether the head begins with (or has at `offset`) a mark. */
gboolean
scope_head_has (const ScopeFileHead *head, gsize offset, const char *mark, gsize mark_length);
/* Whether the path ends in one of `endings` (".csv .tsv"), whatever the case. */
gboolean scope_head_ends (const ScopeFileHead *head, const char *endings);

/* Refuse what is known but not read (pickles, HDF5, compressed files …), naming the format and the
 * safe route; TRUE when the file is none of those. By its first bytes, to be asked after the
 * formats that are read (the length of a .safetensors header may look like the mark of a pickle);
 * and by its name, when its bytes say nothing. */
gboolean scope_head_refuse_mark (const ScopeFileHead *head, const char *name, GError **error);
gboolean scope_head_refuse_ending (const ScopeFileHead *head, const char *name, GError **error);

/* A row for a list; strings are copied, `shape` may be NULL. Goes into an array made by
 * scope_tensor_info_array_new. */
ScopeTensorInfo *
scope_tensor_info_new (const char *name, const char *dtype, const ScopeShape *shape);
GPtrArray *scope_tensor_info_array_new (void);
/* Adds to the note, after "; " when there is one already. */
void scope_tensor_info_add_note (ScopeTensorInfo *info, const char *note);
