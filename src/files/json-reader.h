/* JSON read token by token from memory: nothing is kept that the caller does not keep, so that a
 * header of 100 MB costs no more than itself. As strict as RFC 8259; nesting is bounded. */
#pragma once

#include "files/file-error.h"

typedef struct
{
  const char *begin, *at, *end; /* UTF-8, which the caller has checked */
  gint64 offset;                /* of `begin` in the file, for messages */
  const char *name;             /* of the file, for messages */
  GError **error;
} ScopeJsonReader;

/* Says that the JSON is wrong here; returns FALSE. */
gboolean scope_json_wrong (ScopeJsonReader *in, const char *what);

/* The next character after white space, NUL at the end. */
char scope_json_peek (ScopeJsonReader *in);
/* Takes `character` when it comes next. */
gboolean scope_json_take (ScopeJsonReader *in, char character);

/* Reads a string; the text is freed by the caller, may hold NULs and is NUL-terminated besides.
 * Errors: JSON, UTF8 (half a surrogate pair). */
gboolean scope_json_string (ScopeJsonReader *in, char **text, gsize *length);
/* Reads a whole number of digits alone; anything else fails with `code` (JSON or SHAPE), what does
 * not fit int64 with OVERFLOW, what does not fit 64 bits at all with `code` again. */
gboolean scope_json_size (ScopeJsonReader *in, ScopeFileError code, gint64 *size);
/* Reads any value and forgets it. */
gboolean scope_json_skip (ScopeJsonReader *in);

/* After an item of an array or object: a comma (then *more) or `closing`. */
gboolean scope_json_next (ScopeJsonReader *in, char closing, gboolean *more);
