/* A machine with one state per place in the text; linear in its length. */
#include "files/csv-reader.h"

#include <string.h>

enum
{
  CHUNK_BYTES = 256 * 1024,
  STYLE_BYTES = 64 * 1024, /* of the first line that are looked at */
  MAX_CELL = 4096,
};

typedef enum
{
  LINE_BEGINS,
  CELL_BEGINS,
  PLAIN,
  QUOTED,
  QUOTE_IN_QUOTED, /* the end of the quotes, or the first of two */
  AFTER_QUOTED,
  COMMENT,
} State;

typedef struct
{
  ScopeMappedFile *file;
  char separator;
  ScopeCsvCell cell;
  gpointer data;
  GError **error;
  State state;
  gint64 row, column;
  gint64 line;           /* in the text, for messages */
  gboolean after_return; /* the last character was CR: an LF belongs to it */
  gsize length;
  char text[MAX_CELL];
} Machine;

static gboolean
wrong (Machine *self, const char *what)
{
  return scope_file_fail (self->error, SCOPE_FILE_ERROR_CSV, scope_mapped_file_name (self->file),
                          "%s in line %" G_GINT64_FORMAT ", column %" G_GINT64_FORMAT
                          ". Correct it there.",
                          what, self->line, self->column + 1);
}

static gboolean
add (Machine *self, char character)
{
  if (self->length == MAX_CELL)
    return wrong (self, "a cell of more than 4096 bytes stands");
  self->text[self->length++] = character;
  return TRUE;
}

static gboolean
is_blank (char character)
{
  return character == ' ' || character == '\t';
}

/* Hands over the cell; spaces count as part of quoted text only. */
static gboolean
end_cell (Machine *self)
{
  gsize end = self->length;
  while (self->state == PLAIN && end > 0 && is_blank (self->text[end - 1]))
    end--;
  self->length = 0;
  return self->cell (self->row, self->column++, self->text, end, self->data, self->error);
}

static gboolean
end_line (Machine *self)
{
  gboolean counts = self->state != LINE_BEGINS && self->state != COMMENT;
  /* With blanks as separators those at the end of a line separate nothing. */
  gboolean open = !(self->separator == ' ' && self->state == CELL_BEGINS);
  if (counts && open && !end_cell (self))
    return FALSE;
  if (counts)
    self->row++;
  self->column = 0;
  self->line++;
  self->state = LINE_BEGINS;
  return TRUE;
}

static gboolean
take_separator (Machine *self)
{
  if (self->separator == ' ' && (self->state == CELL_BEGINS || self->state == LINE_BEGINS))
    return TRUE;
  if (self->state == LINE_BEGINS)
    self->state = CELL_BEGINS;
  if (!end_cell (self))
    return FALSE;
  self->state = CELL_BEGINS;
  return TRUE;
}

static gboolean
take_in_quotes (Machine *self, char character)
{
  if (character == '"')
    {
      self->state = QUOTE_IN_QUOTED;
      return TRUE;
    }
  self->line += character == '\n';
  return add (self, character);
}

/* Any character outside quotes that is neither separator nor end of line. */
static gboolean
take_plain (Machine *self, char character)
{
  switch (self->state)
    {
    case LINE_BEGINS:
    case CELL_BEGINS:
      if (is_blank (character))
        return TRUE;
      if (self->state == LINE_BEGINS && character == '#')
        self->state = COMMENT;
      else if (character == '"')
        self->state = QUOTED;
      else
        {
          self->state = PLAIN;
          return add (self, character);
        }
      return TRUE;
    case AFTER_QUOTED:
      return is_blank (character) || wrong (self, "text stands after a closing quote");
    case COMMENT:
      return TRUE;
    default:
      return add (self, character);
    }
}

static gboolean
take (Machine *self, char character)
{
  gboolean second_of_two = self->after_return && character == '\n';
  self->after_return = character == '\r' && self->state != QUOTED;
  if (second_of_two)
    return TRUE;
  if (character == '\0')
    return wrong (self, "a NUL stands");
  if (self->state == QUOTED)
    return take_in_quotes (self, character);
  if (self->state == QUOTE_IN_QUOTED)
    {
      self->state = character == '"' ? QUOTED : AFTER_QUOTED;
      if (character == '"')
        return add (self, '"');
    }
  if (character == '\n' || character == '\r')
    return end_line (self);
  if (self->state != COMMENT
      && (self->separator == ' ' ? is_blank (character) : character == self->separator))
    return take_separator (self);
  return take_plain (self, character);
}

static gboolean
finish (Machine *self)
{
  if (self->state == QUOTED)
    return wrong (self, "quotes are never closed that begin");
  if (self->state == QUOTE_IN_QUOTED)
    self->state = AFTER_QUOTED;
  return end_line (self);
}

gboolean
scope_csv_read (ScopeMappedFile *file,
                const ScopeCsvStyle *style,
                ScopeCsvCell cell,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  Machine machine = { .file = file,
                      .separator = style->separator,
                      .cell = cell,
                      .data = data,
                      .error = error,
                      .state = LINE_BEGINS,
                      .line = 1 };
  g_autofree char *chunk = g_malloc (CHUNK_BYTES);
  gint64 bytes = scope_mapped_file_bytes (file);
  for (gint64 at = style->begin; at < bytes; at += CHUNK_BYTES)
    {
      gsize length = (gsize)MIN (bytes - at, CHUNK_BYTES);
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !scope_mapped_file_copy (file, at, length, chunk, error))
        return FALSE;
      for (gsize i = 0; i < length; i++)
        if (!take (&machine, chunk[i]))
          return FALSE;
    }
  return finish (&machine);
}

/* ---- style ---------------------------------------------------------------------------------- */

/* What separates cells in the first line that is not a comment. */
static char
find_separator (const char *text, gsize length)
{
  gsize at = 0;
  while (at < length && (text[at] == '#' || text[at] == '\n' || text[at] == '\r'))
    {
      while (at < length && text[at] != '\n' && text[at] != '\r')
        at++;
      at++;
    }
  gboolean quoted = FALSE, semicolon = FALSE, tab = FALSE, comma = FALSE, space = FALSE,
           seen = FALSE;
  for (; at < length && (quoted || (text[at] != '\n' && text[at] != '\r')); at++)
    {
      quoted = quoted != (text[at] == '"');
      if (quoted)
        continue;
      semicolon = semicolon || text[at] == ';';
      comma = comma || text[at] == ',';
      tab = tab || text[at] == '\t';
      space = space || (text[at] == ' ' && seen);
      seen = seen || !is_blank (text[at]);
    }
  return semicolon ? ';' : tab ? '\t' : comma ? ',' : space ? ' ' : ',';
}

gboolean
scope_csv_style (ScopeMappedFile *file, ScopeCsvStyle *out, GError **error)
{
  const char *name = scope_mapped_file_name (file);
  gsize length = (gsize)MIN (scope_mapped_file_bytes (file), STYLE_BYTES);
  g_autofree char *text = g_malloc (length + 1);
  if (!scope_mapped_file_copy (file, 0, length, text, error))
    return FALSE;
  if (length == 0)
    return scope_file_fail (error, SCOPE_FILE_ERROR_TRUNCATED, name,
                            "the file is empty. Save it again.");
  gboolean wide =
      length >= 2 && (memcmp (text, "\xff\xfe", 2) == 0 || memcmp (text, "\xfe\xff", 2) == 0);
  if (wide || memchr (text, '\0', length) != NULL)
    return scope_file_fail (error, SCOPE_FILE_ERROR_UTF8, name, "it is %s. Save it as UTF-8 text.",
                            wide ? "UTF-16 text" : "not text: it holds NULs");
  gsize mark = length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  *out = (ScopeCsvStyle){ find_separator (text + mark, length - mark), (gint64)mark };
  return TRUE;
}
