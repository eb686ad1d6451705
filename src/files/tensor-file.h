/* Opens a tensor from whatever a person names: text, literal or file, found out by its content. */
#pragma once

#include "core/generator.h"
#include "core/tensor.h"

#include <gio/gio.h>

/* Opens `text`, the part after NAME= of the command line or the text of a tensor card: a shape text
 * (core/generator.h), a literal (`[[1, 2], [3, 4]]`), or a path with an optional `::member`. What
 * exists as a file is a file. A literal's shape text wins: `[1, 2]` is a shape, `[[1, 2]]` a
 * literal. Errors (GError, SCOPE_FILE_ERROR or G_IO_ERROR): the file's name, the place, the reason,
 * and what to do. For texts that are no paths *span_error (may be NULL) receives
 * the characters at fault. */
ScopeTensor *scope_tensor_open (const char *name,
                                const char *text,
                                gboolean *is_file,
                                ScopeError *span_error,
                                GError **error);

/* Opens member `member` (NULL: the only one) of a tensor file. Works on the calling thread. */
ScopeTensor *scope_tensor_file_open (GFile *file,
                                     const char *name,
                                     const char *member,
                                     GCancellable *cancellable,
                                     GError **error);

/* One tensor of a file, as `shapescope-cli info` lists it. */
typedef struct
{
  char *name;  /* "" in files of one tensor */
  char *dtype; /* as a text: what cannot be read has a type too */
  ScopeShape shape;
  gint64 bytes; /* −1 when unknown */
  char order;   /* 'C' or 'F' */
  gboolean readable;
  char *note; /* why it is not readable, or what is odd; NULL */
} ScopeTensorInfo;

/* A list of ScopeTensorInfo* (free with g_ptr_array_unref); *format is static: "npy", … */
GPtrArray *scope_tensor_file_list (GFile *file,
                                   const char **format,
                                   GCancellable *cancellable,
                                   GError **error);

#define SCOPE_FILE_ERROR (scope_file_error_quark ())
GQuark scope_file_error_quark (void);
/* Which check refused. */
typedef enum
{
  SCOPE_FILE_ERROR_MAGIC,
  SCOPE_FILE_ERROR_VERSION,
  SCOPE_FILE_ERROR_TRUNCATED,
  SCOPE_FILE_ERROR_HEADER_SIZE,
  SCOPE_FILE_ERROR_HEADER_SYNTAX,
  SCOPE_FILE_ERROR_KEYS,
  SCOPE_FILE_ERROR_SHAPE,
  SCOPE_FILE_ERROR_NEGATIVE,
  SCOPE_FILE_ERROR_OVERFLOW,
  SCOPE_FILE_ERROR_RANK,
  SCOPE_FILE_ERROR_DTYPE_UNSUPPORTED,
  SCOPE_FILE_ERROR_DTYPE_INVALID,
  SCOPE_FILE_ERROR_OBJECT,
  SCOPE_FILE_ERROR_SHORT,
  SCOPE_FILE_ERROR_TRAILING,
  SCOPE_FILE_ERROR_OFFSETS,
  SCOPE_FILE_ERROR_DUPLICATE,
  SCOPE_FILE_ERROR_UTF8,
  SCOPE_FILE_ERROR_JSON,
  SCOPE_FILE_ERROR_TOO_BIG,
  SCOPE_FILE_ERROR_CHANGED,
  SCOPE_FILE_ERROR_REFUSED,
  SCOPE_FILE_ERROR_TEXT,
  SCOPE_FILE_ERROR_ZIP,
  SCOPE_FILE_ERROR_CRC,
  SCOPE_FILE_ERROR_PNG,
  SCOPE_FILE_ERROR_CSV,
} ScopeFileError;
