/* Filling a ScopeError. */
#include "core/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void
fill (ScopeError *error,
      ScopeErrorCode code,
      int axis,
      int64_t begin,
      int64_t end,
      const char *format,
      va_list arguments)
{
  if (error == NULL)
    return;

  error->code = code;
  error->axis = axis;
  error->begin = begin;
  error->end = end;
  int wanted = vsnprintf (error->sentence, sizeof error->sentence, format, arguments);
  if (wanted < (int)sizeof error->sentence)
    return;

  /* Cut between characters, and show that something is missing. */
  size_t length = sizeof error->sentence - sizeof "…";
  while (length > 0 && ((unsigned char)error->sentence[length] & 0xC0) == 0x80)
    length--;
  memcpy (error->sentence + length, "…", sizeof "…");
}

bool
scope_fail (ScopeError *error, ScopeErrorCode code, int axis, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  fill (error, code, axis, -1, -1, format, arguments);
  va_end (arguments);
  return false;
}

bool
scope_fail_at (ScopeError *error,
               ScopeErrorCode code,
               int64_t begin,
               int64_t end,
               const char *format,
               ...)
{
  va_list arguments;
  va_start (arguments, format);
  fill (error, code, -1, begin, end, format, arguments);
  va_end (arguments);
  return false;
}
