/* A growing UTF-8 text and numbers in and out of it, without the locale. */
#pragma once

#include "core/error.h"

#include <stddef.h>

/* Marks a text for translation where it stands apart from the function that translates it. */
#define SCOPE_TEXT(text) text

/* Zero-initialise; `data` is NUL-terminated once anything was appended. When memory runs out the
 * text stays as it is and `failed` is set, so that callers check once at the end. */
typedef struct
{
  char *data;
  size_t length;   /* bytes, without the NUL */
  size_t capacity; /* bytes */
  bool failed;
} ScopeText;

void scope_text_clear (ScopeText *text);
void scope_text_append (ScopeText *text, const char *string);
void scope_text_append_bytes (ScopeText *text, const char *bytes, size_t length);
/* printf without floats: %f and %g obey the locale, so doubles go through …_append_double. */
void scope_text_printf (ScopeText *text, const char *format, ...)
    __attribute__ ((format (printf, 2, 3)));
/* The shortest decimal text that reads back as `value`, as Python and NumPy write it: "0.1", "1.0",
 * "1e-05", "1e+16", "nan", "inf", "-inf". */
void scope_text_append_double (ScopeText *text, double value);
/* The same for a float32, so that 0.1f is "0.1". */
void scope_text_append_float (ScopeText *text, float value);
/* `value` with `digits` significant digits, as printf's %g in the C locale. */
void scope_text_append_rounded (ScopeText *text, double value, int digits);

/* A number of bytes for people: 512 B, 256 KiB, 1.25 MiB. */
void scope_text_append_bytes_count (ScopeText *text, int64_t bytes);

/* The text's bytes, "" when empty; owned by `text`. */
const char *scope_text_string (const ScopeText *text);
/* Hands the bytes over to the caller, who frees them with free(); NULL when memory ran out. */
char *scope_text_steal (ScopeText *text);

/* Reads a decimal integer of digits only from bytes[0…length). Returns the number of bytes read,
 * 0 when there is no digit (nothing is set then). *overflow says whether the value does not fit
 * int64; it is INT64_MAX then. */
size_t scope_text_read_digits (const char *bytes, size_t length, int64_t *value, bool *overflow);

/* Reads a decimal floating-point number (digits, one point, an exponent; no sign, no nan) without
 * the locale, correctly rounded: infinity when it is too large, 0 when too small. Returns the
 * number of bytes read, 0 when there is none. */
size_t scope_text_read_double (const char *bytes, size_t length, double *value);

/* The number of characters in bytes[0…length) of valid UTF-8. */
int64_t scope_text_characters (const char *bytes, size_t length);
/* The first byte that is not valid UTF-8 (overlong, surrogate, beyond U+10FFFF), or `length`. */
size_t scope_text_valid_utf8 (const char *bytes, size_t length);
