/* Errors a user can cause: one caller-owned value, filled without allocation. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef enum
{
  SCOPE_ERROR_NONE,
  SCOPE_ERROR_SYNTAX,      /* text that cannot be parsed */
  SCOPE_ERROR_SHAPE,       /* a shape that is not one: negative, too many axes */
  SCOPE_ERROR_OVERFLOW,    /* a product or sum of sizes beyond 2^63−1 */
  SCOPE_ERROR_AXIS,        /* no such axis */
  SCOPE_ERROR_STEP,        /* a step of 0 */
  SCOPE_ERROR_ARGUMENT,    /* a wrong argument */
  SCOPE_ERROR_TYPE,        /* an element type that does not serve here */
  SCOPE_ERROR_TOO_BIG,     /* beyond the memory budget or a stated limit */
  SCOPE_ERROR_MEMORY,      /* memory that was asked for was not given */
  SCOPE_ERROR_CANCELLED,   /* the caller asked to stop */
  SCOPE_ERROR_UNSUPPORTED, /* right, but Shapescope does not know it yet */
  SCOPE_ERROR_DATA,        /* bytes that cannot be read or do not hold what they promise */
} ScopeErrorCode;

enum
{
  SCOPE_SENTENCE_BYTES = 512
};

/* Outputs of a function that fails are unchanged; the error says what, where, what to do. */
typedef struct
{
  ScopeErrorCode code;
  int axis;                            /* the axis at fault, or −1 */
  int64_t begin;                       /* characters at fault in the text, half-open, or −1 */
  int64_t end;                         /* (characters of UTF-8, not bytes) */
  char sentence[SCOPE_SENTENCE_BYTES]; /* one English sentence; cut at a character if too long */
} ScopeError;

/* Fills `error` (which may be NULL) and returns false, so that failing is one line. */
bool scope_fail (ScopeError *error, ScopeErrorCode code, int axis, const char *format, ...)
    __attribute__ ((format (printf, 4, 5)));

/* The same for characters begin…end of a text. */
bool scope_fail_at (ScopeError *error,
                    ScopeErrorCode code,
                    int64_t begin,
                    int64_t end,
                    const char *format,
                    ...) __attribute__ ((format (printf, 5, 6)));
