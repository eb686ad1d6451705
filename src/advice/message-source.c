/* The source lines that a traceback shows. */
#include "advice/message-parts.h"

#include <string.h>

enum
{
  LONGEST_CODE = 400 /* bytes of a line that can be an expression */
};

static size_t
skip_space (const ScopePaste *paste, size_t at, size_t end)
{
  while (at < end && (paste->line[at] == ' ' || paste->line[at] == '\t'))
    at++;
  return at;
}

static size_t
skip_digits (const ScopePaste *paste, size_t at, size_t end)
{
  while (at < end && paste->line[at] >= '0' && paste->line[at] <= '9')
    at++;
  return at;
}

static bool
line_starts (const ScopePaste *paste, size_t at, size_t end, const char *text)
{
  size_t length = strlen (text);
  return at + length <= end && memcmp (paste->line + at, text, length) == 0;
}

static size_t
line_end (const ScopePaste *paste, size_t at)
{
  const char *end = memchr (paste->line + at, '\n', paste->length - at);
  return end == NULL ? paste->length : (size_t)(end - paste->line);
}

/* `----> 3 z = x + y`: begin of the code, or `end` when it is no such line. */
static size_t
behind_arrow (const ScopePaste *paste, size_t at, size_t end)
{
  size_t i = at;
  while (i < end && paste->line[i] == '-')
    i++;
  if (i < at + 2 || i >= end || paste->line[i] != '>')
    return end;
  i = skip_space (paste, i + 1, end);
  size_t digits = skip_digits (paste, i, end);
  return digits == i ? end : skip_space (paste, digits, end);
}

/* Behind the mark of the failing line, and the number and frame that may follow it. */
static size_t
behind_mark (const ScopePaste *paste, size_t at, size_t end)
{
  size_t i = skip_space (paste, at + 1, end);
  size_t digits = skip_digits (paste, i, end);
  size_t frame = skip_space (paste, digits, end);
  if (digits > i && line_starts (paste, frame, end, "\xe2\x94\x82")) /* │ */
    i = skip_space (paste, frame + 3, end);
  return i;
}

/* The code that line at…end shows or announces; `end` of it is written to *code_end. */
static size_t
code_of (const ScopePaste *paste, size_t begin, size_t end, size_t *code_end)
{
  *code_end = end;
  size_t at = skip_space (paste, begin, end);
  if (at < end && paste->line[at] == SCOPE_MARKED_LINE)
    return behind_mark (paste, at, end);
  if (line_starts (paste, at, end, "--"))
    return behind_arrow (paste, at, end);
  if (!line_starts (paste, at, end, "File ") || end >= paste->length)
    return end;
  *code_end = line_end (paste, end + 1);
  size_t code = skip_space (paste, end + 1, *code_end);
  if (line_starts (paste, code, *code_end, "File "))
    return *code_end;
  return code;
}

/* White space and the frame of a box at the end are not code. */
static size_t
without_frame (const ScopePaste *paste, size_t begin, size_t end)
{
  for (;;)
    {
      if (end > begin && (paste->line[end - 1] == ' ' || paste->line[end - 1] == '\t'))
        end--;
      else if (end >= begin + 3 && memcmp (paste->line + end - 3, "\xe2\x94\x82", 3) == 0) /* │ */
        end -= 3;
      else
        return end;
    }
}

bool
scope_message_source (const ScopePaste *paste, size_t *place, size_t *begin, size_t *end)
{
  size_t line = *place; /* goes from line begin to line begin, upwards */
  while (line > 0)
    {
      size_t stop = line; /* behind the line break of the line above */
      size_t above = stop > 0 && paste->line[stop - 1] == '\n' ? stop - 1 : stop;
      while (above > 0 && paste->line[above - 1] != '\n')
        above--;
      size_t last = line_end (paste, above);
      line = above;
      if (last > *place)
        continue; /* the rest of the line that the message stands in */
      size_t first = skip_space (paste, above, last);
      if (line_starts (paste, first, last, "Traceback (most recent call last)"))
        return false;
      *begin = code_of (paste, above, last, end);
      *end = without_frame (paste, *begin, *end);
      if (*begin >= *end || *end > *place || *end - *begin > LONGEST_CODE)
        continue;
      *place = above;
      return true;
    }
  return false;
}
