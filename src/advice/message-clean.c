/* Cleaning a pasted text: colours, prefixes, quotes, line wraps. One pass, linear. */
#include "advice/message-parts.h"

#include <stdlib.h>
#include <string.h>

enum
{
  LONGEST_PREFIX = 64, /* that a log puts before each line */
  LONGEST_TAG = 160,   /* one that names a file */
};

/* ---- the text with its lines ---------------------------------------------------------------- */

typedef struct
{
  const char *bytes;
  size_t length;
  ScopePaste *paste;
  bool line_begins; /* nothing but prefixes was seen on this line */
  size_t common;    /* bytes that a log puts before each line */
  size_t line;      /* where this line begins */
  size_t above;     /* and the one above it */
  bool fresh;       /* a log's prefix was not looked for behind what stood here so far */
  bool escaped;     /* the text is one line: `\\n` in it are its line breaks */
} Cleaner;

static bool
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

static void
put (Cleaner *self, char c, size_t origin)
{
  self->paste->line[self->paste->length] = c;
  self->paste->origin[self->paste->length++] = (uint32_t)origin;
}

/* The bytes at `at` that begin with `text`, or 0. */
static size_t
starts (const Cleaner *self, size_t at, const char *text)
{
  size_t length = strlen (text);
  return at + length <= self->length && memcmp (self->bytes + at, text, length) == 0 ? length : 0;
}

/* The length of `31;1m` at `at` (at most a dozen digits and semicolons and a letter), or 0. */
static size_t
color_code (const Cleaner *self, size_t at, bool any_letter)
{
  size_t i = at;
  while (i < self->length && i < at + 16
         && (is_digit (self->bytes[i]) || self->bytes[i] == ';'
             || (any_letter && self->bytes[i] == '?')))
    i++;
  if (i >= self->length)
    return 0;
  char c = self->bytes[i];
  bool ends = any_letter ? (c >= '@' && c <= '~') : c == 'm';
  return ends && (any_letter || i > at) ? i + 1 - at : 0;
}

/* An escape sequence with its ESC, however that is written; its length or 0. */
static size_t
escape_sequence (const Cleaner *self, size_t at)
{
  static const char *const escapes[] = { "\x1b",    "\\x1b", "\\033",       "\\e",
                                         "\\u001b", "^[",    "\xe2\x90\x9b" /* ␛ */ };
  for (size_t k = 0; k < sizeof escapes / sizeof escapes[0]; k++)
    {
      size_t begin = starts (self, at, escapes[k]);
      if (begin == 0)
        continue;
      if (at + begin < self->length && self->bytes[at + begin] == '[')
        {
          size_t code = color_code (self, at + begin + 1, true);
          return code > 0 ? begin + 1 + code : begin + 1;
        }
      if (k == 0)
        return at + 1 < self->length && self->bytes[at + 1] == '(' ? 3 : 1;
    }
  return 0;
}

/* What is left of an escape sequence that lost its ESC: `[1;31m`, `;31m`. */
static size_t
broken_escape (const Cleaner *self, size_t at)
{
  if (self->bytes[at] == '[')
    {
      size_t code = color_code (self, at + 1, false);
      if (code > 0)
        return code + 1;
      char next = at + 2 < self->length ? self->bytes[at + 2] : '\0';
      bool word = (next >= 'a' && next <= 'z') || is_digit (next) || next == '_';
      return starts (self, at, "[m") > 0 && !word ? 2 : 0;
    }
  if (self->bytes[at] == ';' && at + 1 < self->length && is_digit (self->bytes[at + 1]))
    return color_code (self, at + 1, false) > 0 ? 1 + color_code (self, at + 1, false) : 0;
  return 0;
}

/* The length of a prefix of a line that is not part of what was said: quoting, pytest's `E`, boxes
 * that frame a traceback, a rank. */
static size_t
prefix (const Cleaner *self, size_t at)
{
  static const char *const signs[] = {
    "\xe2\x94\x82" /* │ */, "\xe2\x94\x83" /* ┃ */, "\xe2\x9d\xb1" /* ❱ */, "| ", "&gt;",
  };
  for (size_t k = 0; k < sizeof signs / sizeof signs[0]; k++)
    if (starts (self, at, signs[k]) > 0)
      return starts (self, at, signs[k]);
  char c = self->bytes[at];
  bool arrow = self->paste->length > 1 && self->paste->line[self->paste->length - 2] == '-';
  if (c == '>' && starts (self, at, ">>>") == 0 && !arrow) /* a broken `->` */
    return 1;
  if (starts (self, at, "E\xc2\xa0\xc2\xa0") > 0)
    return 1;
  if ((c == 'E' || c == '#') && at + 1 < self->length
      && (self->bytes[at + 1] == ' ' || self->bytes[at + 1] == '\t'))
    return c == '#' || starts (self, at, "E   ") > 0 || starts (self, at, "E\t") > 0 ? 1 : 0;
  size_t rank = starts (self, at, "[rank");
  if (rank > 0)
    {
      size_t i = at + rank;
      while (i < self->length && is_digit (self->bytes[i]))
        i++;
      if (i > at + rank && starts (self, i, "]:") > 0)
        return i + 2 - at;
    }
  return 0;
}

/* ---- what a log puts before each line ---------------------------------------------------------
 */

static size_t
line_break (const Cleaner *self, size_t at)
{
  while (at < self->length && self->bytes[at] != '\n' && self->bytes[at] != '\r')
    at++;
  return at;
}

/* How far the line at `at` is like the first `most` bytes of the text, digits being alike. */
static size_t
alike (const Cleaner *self, size_t at, size_t most)
{
  size_t i = 0;
  for (; i < most && at + i < self->length; i++)
    {
      char a = self->bytes[i], b = self->bytes[at + i];
      if (a != b && !(is_digit (a) && is_digit (b)))
        break;
    }
  return i;
}

/* What can stand before a line: `worker-1  | `, `[1,0]<stderr>:`, `(pid=3) `, `Worker 0: `, a time.
 * The length of it in the first `most` bytes of the text, or 0. */
static size_t
log_prefix (const Cleaner *self, size_t most)
{
  const char *text = self->bytes;
  char first = most > 0 ? text[0] : '\0';
  int spaces = 0;
  for (size_t i = 0; i + 1 < most; i++)
    {
      if (text[i] == ' ' && (i == 0 || text[i - 1] != ' '))
        spaces++;
      if (text[i + 1] != ' ' && !(text[i] == ':' && first == '['))
        continue;
      bool bar = text[i] == '|';
      bool bracket =
          (first == '[' && (text[i] == ']' || text[i] == ':')) || (first == '(' && text[i] == ')');
      bool name = text[i] == ':' && spaces <= 1 && i < 16;
      bool time = is_digit (first) && (text[i] == 'Z' || text[i] == ',') && i > 18;
      if (bar || bracket || name || time)
        return i + 1;
    }
  return 0;
}

/* The length of the prefix that all lines have, 0 when there is none. */
static size_t
common_prefix (const Cleaner *self)
{
  size_t most = line_break (self, 0);
  most = most < LONGEST_PREFIX ? most : LONGEST_PREFIX;
  int lines = 0;
  for (size_t at = 0; at < self->length && most > 0;)
    {
      size_t end = line_break (self, at);
      if (end > at)
        {
          lines++;
          most = alike (self, at, most);
        }
      at = end + 1;
    }
  return lines > 1 ? log_prefix (self, most) : 0;
}

/* ---- what a log puts before some lines --------------------------------------------------------
 */

/* How much of the line that is read begins as the line at `other` does, digits being alike. */
static size_t
shared (const Cleaner *self, size_t other)
{
  size_t i = 0;
  for (; i < LONGEST_TAG && self->line + i < self->length && other + i < self->length; i++)
    {
      char a = self->bytes[self->line + i], b = self->bytes[other + i];
      if (a == '\n' || (a != b && !(is_digit (a) && is_digit (b))))
        break;
    }
  return i;
}

/* Behind a time, with or without a date, or behind `at`. */
static size_t
time_end (const Cleaner *self, size_t at)
{
  size_t i = at;
  int digits = 0, colons = 0;
  for (; i < self->length && i < at + 40; i++)
    {
      char c = self->bytes[i], next = i + 1 < self->length ? self->bytes[i + 1] : '\0';
      digits += is_digit (c);
      colons += c == ':' && is_digit (next);
      bool between = c == ':' || c == '-' || c == '/' || c == '.' || c == ',' || c == '+';
      bool date_ends = (c == ' ' || c == 'T') && digits >= 4 && colons == 0 && is_digit (next);
      if (!is_digit (c) && !(between && is_digit (next)) && !date_ends)
        break;
    }
  if (digits < 6 || colons < 2)
    return at;
  return i + (i < self->length && self->bytes[i] == 'Z');
}

/* Behind a mark that is none but a log's: a time, `[1,0]<stderr>:`, glog's `E1013 15:52:48.898000
 * 59860 x.py:12]`, or behind `at`. */
static size_t
evident_end (const Cleaner *self, size_t at)
{
  size_t end = time_end (self, at);
  if (end > at)
    return end;
  char c = self->bytes[at];
  if (c == '[')
    {
      size_t i = at + 1;
      while (i < self->length && i < at + 16
             && (is_digit (self->bytes[i]) || self->bytes[i] == ','))
        i++;
      size_t stream = starts (self, i, "]<stderr>:") + starts (self, i, "]<stdout>:");
      return i > at + 1 && stream > 0 ? i + stream : at;
    }
  if (strchr ("EWIFV", c) == NULL || at + 6 >= self->length || self->bytes[at + 5] != ' ')
    return at;
  for (size_t i = at + 1; i < at + 5; i++)
    if (!is_digit (self->bytes[i]))
      return at;
  size_t i = time_end (self, at + 6);
  if (i == at + 6)
    return at;
  size_t stop = i + LONGEST_TAG < self->length ? i + LONGEST_TAG : self->length;
  while (i < stop && self->bytes[i] != ']' && self->bytes[i] != '\n')
    i++;
  return i < stop && self->bytes[i] == ']' ? i + 1 : at;
}

/* Behind what is a log's where a time stands before it: `ERROR:`, `[INFO]`, `stderr F`, or behind
 * `at`. */
static size_t
level_end (const Cleaner *self, size_t at)
{
  static const char *const words[] = {
    "ERROR", "WARNING", "WARN",   "INFO", "DEBUG", "CRITICAL", "FATAL",
    "TRACE", "stderr",  "stdout", "F",    "P",     "-",
  };
  for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
    {
      size_t bracket = self->bytes[at] == '[', length = starts (self, at + bracket, words[k]);
      size_t end = at + bracket + length;
      if (length == 0 || (bracket && starts (self, end, "]") == 0))
        continue;
      end += bracket;
      if (end < self->length && (self->bytes[end] == ' ' || self->bytes[end] == ':'))
        return end + (self->bytes[end] == ':');
    }
  return at;
}

/* Behind what may be a log's where another line has it too: a level, `[worker-3]`, `(pid=3)`,
 * `trainer-1  |`, or behind `at`. */
static size_t
usual_end (const Cleaner *self, size_t at)
{
  size_t level = level_end (self, at);
  if (level > at)
    return level;
  char open = self->bytes[at], close = open == '[' ? ']' : open == '(' ? ')' : '|';
  bool named = open == '[' || open == '(', letters = false;
  for (size_t i = at; i < self->length && i < at + LONGEST_PREFIX && self->bytes[i] != '\n'; i++)
    {
      char c = self->bytes[i];
      if (i > at && strchr ("([{,", c) != NULL) /* a shape */
        break;
      letters = letters || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/';
      if (c == close)
        {
          bool colon = i + 1 < self->length && self->bytes[i + 1] == ':';
          return letters && (i > at || named) ? i + 1 + colon : at;
        }
    }
  return at;
}

/* The length of what a log put before the line that is read, from `at` on. */
static size_t
log_tags (const Cleaner *self, size_t at)
{
  char c = self->bytes[at];
  if (!is_digit (c) && c != '[' && c != '(' && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z'))
    return 0;
  const char *close = memchr (self->bytes + at, '\n', self->length - at);
  size_t above = self->above < self->line ? shared (self, self->above) : 0;
  size_t below = close == NULL ? 0 : shared (self, (size_t)(close - self->bytes) + 1);
  size_t common = self->line + (above > below ? above : below);
  size_t end = at;
  for (size_t i = at; i < self->length;)
    {
      size_t next = evident_end (self, i);
      if (next == i && i > at)
        next = level_end (self, i);
      if (next == i && (next = usual_end (self, i)) > common)
        break;
      if (next == i)
        break;
      end = next;
      for (i = next; i < self->length && self->bytes[i] == ' ';)
        i++;
    }
  return end - at;
}

static bool
has_prefix (const Cleaner *self, size_t at)
{
  return alike (self, at, self->common) == self->common;
}

/* ---- characters -------------------------------------------------------------------------------
 */

typedef struct
{
  const char *from, *to;
} Spelling;

/* Characters of several bytes that are written plainly. */
static const Spelling spellings[] = {
  { "\xc3\x97", "x" },     /* × */
  { "\xe2\x88\x92", "-" }, /* minus */
  { "\xe2\x80\x90", "-" }, /* hyphen */
  { "\xe2\x80\x91", "-" }, /* hyphen that does not break */
  { "\xe2\x80\x93", "-" }, /* en dash */
  { "\xe2\x80\x94", "-" }, /* em dash */
  { "\xe2\x80\x98", "'" },   { "\xe2\x80\x99", "'" },  { "\xe2\x80\x9a", "'" },
  { "\xe2\x80\x9c", "'" },   { "\xe2\x80\x9d", "'" },  { "\xe2\x80\x9e", "'" },
  { "\xc2\xab", "'" },       { "\xc2\xbb", "'" },      { "\xc2\xb4", "'" },
  { "\xe2\x80\xb2", "'" }, /* prime */
  { "\xe2\x80\xa6", "..." }, { "\xe2\x86\x92", "->" }, { "\xc2\xa0", " " },
  { "\xe2\x80\xaf", " " },   { "\xe2\x80\x89", " " },  { "\xe3\x80\x80", " " },
  { "\xe2\x80\x8b", "" },    { "\xe2\x80\x8c", "" },   { "\xe2\x80\x8d", "" },
  { "\xe2\x81\xa0", "" },    { "\xef\xbb\xbf", "" },   { "\xc2\xad", "" }, /* soft hyphen */
  { "\xef\xbc\x88", "(" },   { "\xef\xbc\x89", ")" },  { "\xef\xbc\x8c", "," },
  { "\xef\xbc\x9a", ":" },   { "&gt;", ">" },          { "&lt;", "<" },
  { "&amp;", "&" },          { "&quot;", "'" },        { "&#39;", "'" },
  { "&#x27;", "'" },         { "&nbsp;", " " },        { "&times;", "x" },
};

static size_t
spell (Cleaner *self, size_t at)
{
  unsigned char c = (unsigned char)self->bytes[at];
  if (c < 0x80 && c != '&')
    return 0;
  for (size_t k = 0; k < sizeof spellings / sizeof spellings[0]; k++)
    {
      size_t length = starts (self, at, spellings[k].from);
      if (length == 0)
        continue;
      for (const char *to = spellings[k].to; *to != '\0'; to++)
        put (self, *to, at);
      return length;
    }
  return 0;
}

/* One character beyond ASCII; a byte that is not UTF-8 becomes one that matches nothing, but
 * Latin-1's × is read as x. */
static size_t
copy_character (Cleaner *self, size_t at)
{
  unsigned char c = (unsigned char)self->bytes[at];
  size_t length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc2 ? 2 : 1;
  if (length > 1 && at + length <= self->length
      && scope_text_valid_utf8 (self->bytes + at, length) == length)
    {
      for (size_t i = 0; i < length; i++)
        put (self, self->bytes[at + i], at);
      return length;
    }
  put (self, c == 0xd7 ? 'x' : '\x01', at);
  return 1;
}

static size_t
take_line_begin (Cleaner *self, size_t at)
{
  char c = self->bytes[at];
  if (at == self->line && self->common > 0 && has_prefix (self, at))
    {
      put (self, ' ', at);
      return self->common;
    }
  if (c == ' ' || c == '\t')
    {
      put (self, c, at);
      return 1;
    }
  if (self->fresh)
    {
      self->fresh = false;
      size_t tags = log_tags (self, at);
      if (tags > 0)
        {
          put (self, ' ', at);
          return tags;
        }
    }
  size_t length = prefix (self, at);
  self->fresh = length > 0;
  if (length == 0)
    {
      self->line_begins = false;
      return 0;
    }
  if (starts (self, at, ">    ") > 0 || starts (self, at, "\xe2\x9d\xb1") > 0)
    put (self, SCOPE_MARKED_LINE, at); /* pytest and rich (❱) point at the failing line so */
  put (self, ' ', at);
  return length;
}

static size_t
take (Cleaner *self, size_t at)
{
  char c = self->bytes[at];
  size_t length = 0;
  if (c == '\x1b' || c == '\\' || c == '^' || c == '\xe2')
    length = escape_sequence (self, at);
  else if (c == '[' || c == ';')
    length = broken_escape (self, at);
  if (length > 0)
    return length;
  bool written = self->escaped && (starts (self, at, "\\n") > 0 || starts (self, at, "\\r") > 0);
  if (c == '\r' || c == '\n' || written)
    {
      put (self, '\n', at);
      self->line_begins = self->fresh = true;
      self->above = self->line;
      self->line = at + (written || starts (self, at, "\r\n") > 0 ? 2 : 1);
      return written || starts (self, at, "\r\n") > 0 ? 2 : 1;
    }
  if (self->line_begins && (length = take_line_begin (self, at)) > 0)
    return length;
  if ((length = spell (self, at)) > 0)
    return length;
  if ((unsigned char)c >= 0x80)
    return copy_character (self, at);
  put (self, (unsigned char)c < ' ' && c != '\t' ? '\x01' : c, at);
  return 1;
}

/* ---- the text without white space ----------------------------------------------------------- */

/* The length of white space at `at` of the lines, escapes as `\n` included; 0 when it is none. */
static size_t
white_space (const ScopePaste *paste, size_t at, uint8_t *gap)
{
  char c = paste->line[at], next = paste->line[at + 1];
  if (c == '\n' || (c == '\\' && (next == 'n' || next == 'r')))
    {
      *gap |= SCOPE_GAP_SPACE | SCOPE_GAP_LINE;
      return c == '\n' ? 1 : 2;
    }
  if (c == ' ' || c == '\t' || c == SCOPE_MARKED_LINE || (c == '\\' && next == 't'))
    {
      *gap |= SCOPE_GAP_SPACE;
      return c == '\\' ? 2 : 1;
    }
  if (c == '\'' || c == '"' || c == '`')
    {
      *gap |= SCOPE_GAP_QUOTE;
      return 1;
    }
  if (c == '\\' && (next == '\'' || next == '"' || next == '\\'))
    return 1;
  return 0;
}

/* The frame of a box may close a line. */
static size_t
right_frame (const ScopePaste *paste, size_t at)
{
  if (memcmp (paste->line + at, "\xe2\x94\x82", 3) != 0)
    return 0;
  return paste->line[at + 3] == '\n' || paste->line[at + 3] == '\0' ? 3 : 0;
}

static void
squeeze (ScopePaste *paste)
{
  uint8_t gap = SCOPE_GAP_SPACE | SCOPE_GAP_LINE;
  for (size_t i = 0; i < paste->length;)
    {
      size_t length = white_space (paste, i, &gap);
      if (length == 0 && paste->line[i] == '\xe2' && i + 3 <= paste->length)
        length = right_frame (paste, i);
      if (length > 0)
        {
          i += length;
          continue;
        }
      paste->tight[paste->tights] = paste->line[i];
      paste->folded[paste->tights] = scope_message_fold (paste->line[i]);
      paste->place[paste->tights] = (uint32_t)i;
      paste->gap[paste->tights++] = gap;
      gap = 0;
      i++;
    }
  memset (paste->tight + paste->tights, 0, 40); /* scanners look ahead */
  memset (paste->folded + paste->tights, 0, 40);
  paste->place[paste->tights] = (uint32_t)paste->length;
  paste->gap[paste->tights] = SCOPE_GAP_SPACE | SCOPE_GAP_LINE;
}

bool
scope_paste_make (ScopePaste *paste, const char *bytes, size_t length)
{
  *paste = (ScopePaste){ 0 };
  size_t most = 2 * length + 64; /* a marked line and a prefix are written as two characters */
  paste->line = malloc (most);
  paste->origin = malloc (most * sizeof *paste->origin);
  paste->tight = malloc (most);
  paste->folded = malloc (most);
  paste->place = malloc (most * sizeof *paste->place);
  paste->gap = malloc (most);
  if (paste->line == NULL || paste->origin == NULL || paste->tight == NULL || paste->folded == NULL
      || paste->place == NULL || paste->gap == NULL)
    return false;
  bool escaped = length > 0 && memchr (bytes, '\n', length - 1) == NULL;
  Cleaner cleaner = {
    .bytes = bytes, .length = length, .paste = paste, .line_begins = true, .fresh = true
  };
  cleaner.escaped = escaped;
  cleaner.common = common_prefix (&cleaner);
  for (size_t i = 0; i < length;)
    i += take (&cleaner, i);
  memset (paste->line + paste->length, 0, 32);
  paste->origin[paste->length] = (uint32_t)length;
  squeeze (paste);
  return true;
}

void
scope_paste_free (ScopePaste *paste)
{
  free (paste->line);
  free (paste->origin);
  free (paste->tight);
  free (paste->folded);
  free (paste->place);
  free (paste->gap);
}
