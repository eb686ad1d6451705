/* Cells of comma-separated text (RFC 4180 and what programs make of it), one after the other. */
#pragma once

#include "files/mapped-file.h"

/* A cell's text, quotes resolved and spaces around it gone; row and column count from 1 in messages
 * and from 0 here. Returns FALSE to stop, with an error set or not. */
typedef gboolean (*ScopeCsvCell) (gint64 row,
                                  gint64 column,
                                  const char *text,
                                  gsize length,
                                  gpointer data,
                                  GError **error);

/* What separates cells. */
typedef struct
{
  char separator; /* `,` `;` TAB, or a space for any number of blanks */
  gint64 begin;   /* of the text in the file, after a byte order mark */
} ScopeCsvStyle;

/* Finds out what separates the cells: in the first line outside quotes a semicolon wins over a tab,
 * a tab over a comma, a comma over spaces. Errors: UTF8 (UTF-16 or NULs), TRUNCATED (empty),
 * CHANGED. */
gboolean scope_csv_style (ScopeMappedFile *file, ScopeCsvStyle *out, GError **error);

/* Calls `cell` for every cell; lines that are empty or begin with # are left out and not counted.
 * Lines end in LF, CR or both. The text is read in pieces, whatever the length of its lines.
 * Errors: CSV (quotes, a cell of more than 4096 bytes), CHANGED, and what `cell` says. */
gboolean scope_csv_read (ScopeMappedFile *file,
                         const ScopeCsvStyle *style,
                         ScopeCsvCell cell,
                         gpointer data,
                         GCancellable *cancellable,
                         GError **error);
