/* Reading shapes and integers, however they are spelled, from a cleaned text. */
#include "advice/message-parts.h"

#include <string.h>

enum
{
  WORD = 32,    /* longest name in front of a bracket or as a size */
  BRACKETS = 4, /* deepest: `ShapedArray(float32[2,3])`, `torch.Size([2, 3])` */
  WRAP = 60,    /* characters of a line that a terminal broke, at least */
  TAIL = 48,    /* characters between a shape and the bracket around it, as `, weak_type=True` */
};

static bool
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

static bool
is_letter (char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Whether nothing but a line break stands before the character at `at`, and a full line before
 * that: a terminal broke the line, in a number too. */
static bool
is_wrap (const ScopePaste *paste, size_t at)
{
  size_t end = at > 0 ? (size_t)paste->place[at - 1] + 1 : 0;
  if (end < WRAP || paste->line[end] != '\n' || paste->place[at] != end + 1)
    return false;
  return memchr (paste->line + end - WRAP, '\n', WRAP) == NULL;
}

/* Behind the digits at `at`. A space ends a number; where a line is broken it goes on if a bracket,
 * a comma or a cross follows, so that the next line is not one of its own (a time, say). */
static size_t
digits_end (const ScopePaste *paste, size_t at)
{
  size_t i = at, whole = 0;
  for (; is_digit (paste->tight[i]); i++)
    {
      if (i == at || paste->gap[i] == 0)
        continue;
      if (whole > 0 || !is_wrap (paste, i))
        break;
      whole = i;
    }
  char next = paste->tight[i];
  bool goes_on = next == ')' || next == ']' || next == 'x' || next == ',';
  return whole > 0 && !goes_on ? whole : i;
}

/* Digits at `at`; *end is behind them. */
static bool
scan_digits (const ScopePaste *paste, size_t at, size_t *end, int64_t *out)
{
  if (!is_digit (paste->tight[at]))
    return false;
  int64_t value = 0;
  bool overflow = false;
  size_t i = at, stop = digits_end (paste, at);
  for (; i < stop; i++)
    {
      int digit = paste->tight[i] - '0';
      if (value > (INT64_MAX - digit) / 10)
        overflow = true;
      else
        value = value * 10 + digit;
    }
  *out = overflow ? SCOPE_SIZE_UNKNOWN : value;
  *end = i;
  return true;
}

bool
scope_message_scan_integer (const ScopePaste *paste, size_t *place, int64_t *out)
{
  size_t i = *place, end;
  bool negative = paste->tight[i] == '-';
  int64_t value;
  if (!scan_digits (paste, i + negative, &end, &value))
    return false;
  if (paste->tight[end] == 'L' && !is_letter (paste->tight[end + 1])) /* Python 2 */
    end++;
  *out = negative && value != SCOPE_SIZE_UNKNOWN ? -value : value;
  *place = end;
  return true;
}

/* A name as `s0`, `None`, `Base.OneTo`; its length or 0. */
static size_t
scan_name (const ScopePaste *paste, size_t at)
{
  size_t i = at;
  if (!is_letter (paste->tight[i]))
    return 0;
  while (i < at + WORD
         && (is_letter (paste->tight[i]) || is_digit (paste->tight[i]) || paste->tight[i] == '.')
         && (i == at || paste->gap[i] == 0 || is_wrap (paste, i)))
    i++;
  return i - at;
}

static bool
name_is (const ScopePaste *paste, size_t at, size_t length, const char *name)
{
  return strlen (name) == length && memcmp (paste->tight + at, name, length) == 0;
}

/* Behind a symbol that may stand in `B x F`, `s0x12`: a capital or one of dynamo's. */
static size_t
symbol_end (const ScopePaste *paste, size_t at)
{
  const char *text = paste->tight;
  if (text[at] >= 'A' && text[at] <= 'Z')
    return at + 1;
  if ((text[at] != 's' && text[at] != 'u') || !is_digit (text[at + 1]))
    return at;
  for (at++; is_digit (text[at]);)
    at++;
  return at;
}

static bool
size_begins (const ScopePaste *paste, size_t at)
{
  char c = paste->tight[at];
  return is_digit (c) || c == '?' || c == '*' || c == '-'
         || memcmp (paste->tight + at, "None", 4) == 0;
}

/* Whether a cross and a further size, which may be a symbol, stand at `at`. */
static bool
cross_follows (const ScopePaste *paste, size_t at)
{
  if (paste->tight[at] != 'x')
    return false;
  size_t end = symbol_end (paste, at + 1);
  return size_begins (paste, at + 1) || (end > at + 1 && !is_letter (paste->tight[end]))
         || (end > at + 1 && (paste->gap[end] || paste->tight[end] == 'x'));
}

/* Behind the further terms of what stands in the place of a size, as `+ 1` and `*s53`. */
static size_t
terms_end (const ScopePaste *paste, size_t at)
{
  for (;;)
    {
      char sign = paste->tight[at];
      size_t term = at + 1, end = term + scan_name (paste, term);
      if (sign != '+' && sign != '-' && sign != '*')
        return at;
      while (end == term || is_digit (paste->tight[end]))
        {
          if (!is_digit (paste->tight[end]))
            return at;
          end++;
        }
      at = end;
    }
}

/* `3`, `None`, `?`, `*`, `s0`, `Dimension(3)`, `Base.OneTo(3)`, `newaxis`. */
static bool
scan_size (const ScopePaste *paste, size_t *place, bool names, int64_t *out)
{
  size_t i = *place;
  char c = paste->tight[i];
  if (is_digit (c) || (c == '-' && is_digit (paste->tight[i + 1])))
    {
      if (!scope_message_scan_integer (paste, &i, out))
        return false;
      char next = paste->tight[i];
      if (next == '.' && is_digit (paste->tight[i + 1]) && paste->gap[i + 1] == 0)
        return false;                                              /* not a size: 0.5 */
      if (names && next == '*' && is_letter (paste->tight[i + 1])) /* a product with a symbol */
        {
          i = terms_end (paste, i);
          *out = SCOPE_SIZE_UNKNOWN;
        }
      *place = i;
      return true;
    }
  *out = SCOPE_SIZE_UNKNOWN;
  if (c == '?' || c == '*')
    {
      *place = i + 1;
      return true;
    }
  if (c == ':' && (paste->tight[i + 1] == ',' || paste->tight[i + 1] == ']'))
    {
      *place = i + 1;
      return true;
    }
  size_t symbol = symbol_end (paste, i);
  if (symbol > i && (cross_follows (paste, symbol) || (i > 0 && cross_follows (paste, i - 1))))
    {
      *place = symbol;
      return true;
    }
  size_t length = scan_name (paste, i);
  if (length == 0)
    return false;
  if (name_is (paste, i, length, "newaxis"))
    *out = -1;
  else if (!names && !name_is (paste, i, length, "None"))
    return false;
  *place = i + length;
  if (paste->tight[*place] == '(') /* Dimension(3), Base.OneTo(3) */
    {
      size_t inner = *place + 1;
      if (!scope_message_scan_integer (paste, &inner, out))
        {
          *out = SCOPE_SIZE_UNKNOWN;
          inner += scan_name (paste, inner);
        }
      if (paste->tight[inner] != ')')
        return false;
      *place = inner + 1;
    }
  else
    *place = terms_end (paste, *place);
  return true;
}

/* What stands between two sizes; its length, or −1 when nothing does. */
static int
scan_separator (const ScopePaste *paste, size_t at, bool bracketed)
{
  const char *text = paste->tight + at;
  if (text[0] == ',' || text[0] == ';')
    return 1;
  if (cross_follows (paste, at))
    return 1;
  if (memcmp (text, "-by-", 4) == 0)
    return 4;
  if (bracketed && (paste->gap[at] & SCOPE_GAP_SPACE) && is_digit (text[0])) /* [2 3] */
    return 0;
  return -1;
}

static char
closing (char open)
{
  return open == '(' ? ')' : open == '[' ? ']' : '}';
}

/* Opens brackets with the names in front of them; how many, and which, in `close`. */
static int
open_brackets (const ScopePaste *paste, size_t *place, char close[BRACKETS])
{
  int open = 0;
  size_t i = *place;
  while (open < BRACKETS)
    {
      size_t name = scan_name (paste, i);
      char c = paste->tight[i + name];
      if (c != '(' && c != '[' && c != '{')
        break;
      if (open > 0 && name > 0 && close[open - 1] == ')' && c == '('
          && (name_is (paste, i, name, "Dimension") || name_is (paste, i, name, "Base.OneTo")
              || name_is (paste, i, name, "OneTo")))
        break;
      if (open > 0 && name_is (paste, i, name, "Dimension"))
        break;
      close[open++] = closing (c);
      i += name + 1;
    }
  *place = i;
  return open;
}

static bool
close_brackets (const ScopePaste *paste, size_t *place, const char *close, int open)
{
  size_t i = *place;
  for (int k = open - 1; k >= 0; k--)
    {
      if (paste->tight[i] == close[k])
        {
          i++;
          continue;
        }
      size_t stop = i + TAIL;
      if (k == open - 1 || paste->tight[i] != ',')
        return k < open - 1 && close[k] == ')' && k == 0 ? (*place = i, true) : false;
      while (i < stop && paste->tight[i] != '\0' && paste->tight[i] != close[k])
        i++;
      if (paste->tight[i] != close[k])
        return false;
      i++;
    }
  *place = i;
  return true;
}

/* `1.3.768.768)`, as OpenVINO writes shapes; two numbers alone would be one with a fraction. */
static bool
scan_dotted (const ScopePaste *paste, size_t *place, ScopeShape *out)
{
  size_t i = *place;
  out->rank = 0;
  while (out->rank < SCOPE_MAX_RANK && scan_digits (paste, i, &i, &out->size[out->rank]))
    {
      out->rank++;
      if (paste->tight[i] != '.')
        break;
      i++;
    }
  bool whole = out->rank > 2 && paste->tight[i] == ')';
  *place = whole ? i : *place;
  return whole;
}

bool
scope_message_scan_shape (const ScopePaste *paste, size_t *place, ScopeShape *out)
{
  size_t i = *place;
  if ((paste->tight[i] == 'u' || paste->tight[i] == 'b')
      && (paste->tight[i + 1] == '(' || paste->tight[i + 1] == '[')) /* u'(2, 3)' */
    i++;
  char close[BRACKETS];
  int open = open_brackets (paste, &i, close);
  bool braces = open > 0 && close[open - 1] == '}';
  out->rank = 0;
  if (open > 0 && paste->tight[i] == close[open - 1])
    {
      if (braces) /* `{}` in a format that a traceback repeats */
        return false;
      return close_brackets (paste, &i, close, open) ? (*place = i, true) : false;
    }
  size_t symbol = symbol_end (paste, i);
  if (open == 0 && !is_digit (paste->tight[i]) && paste->tight[i] != '?'
      && memcmp (paste->tight + i, "None", 4) != 0
      && (symbol == i || !cross_follows (paste, symbol)))
    return false;

  if (open > 0 && close[open - 1] == ')' && scan_dotted (paste, &i, out))
    return close_brackets (paste, &i, close, open) ? (*place = i, true) : false;
  out->rank = 0;
  bool crosses = false; /* 2x3: a comma behind it belongs to the sentence */
  for (;;)
    {
      int64_t size;
      if (out->rank == SCOPE_MAX_RANK || !scan_size (paste, &i, open > 0 && !braces, &size))
        return false;
      out->size[out->rank++] = size;
      int separator = scan_separator (paste, i, open > 0);
      if (separator < 0 || (crosses && open == 0 && paste->tight[i] == ','))
        break;
      crosses = crosses || paste->tight[i] == 'x';
      char next = paste->tight[i + (size_t)separator];
      if (open > 0 && next == close[open - 1]) /* (3,) */
        {
          i += (size_t)separator;
          break;
        }
      if (open == 0 && !size_begins (paste, i + (size_t)separator) && paste->tight[i] != 'x')
        break; /* a comma of the sentence */
      i += (size_t)separator;
    }
  if (!close_brackets (paste, &i, close, open))
    return false;
  *place = i;
  return true;
}
