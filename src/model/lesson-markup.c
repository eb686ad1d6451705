/* The Markdown of lessons as Pango's markup. */
#include "model/lesson.h"

#include <string.h>

static void
append_escaped (GString *out, const char *text, gsize length)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize)length);

  g_string_append (out, escaped);
}

/* `code`, **bold**, *emphasis*: a mark without its partner is itself. */
static void
append_inline (GString *out, const char *text, gsize length)
{
  static const struct
  {
    const char *mark, *element;
    gboolean nests;
  } spans[] = { { "`", "tt", FALSE }, { "**", "b", TRUE }, { "*", "i", TRUE } };
  const char *end = text + length, *plain = text;

  for (const char *at = text; at < end;)
    {
      gsize taken = 0;

      for (gsize i = 0; i < G_N_ELEMENTS (spans) && taken == 0; i++)
        {
          gsize mark = strlen (spans[i].mark);
          const char *from = at + mark, *to;

          if ((gsize)(end - at) <= 2 * mark || strncmp (at, spans[i].mark, mark) != 0
              || g_ascii_isspace (*from))
            continue;
          to = g_strstr_len (from, end - from, spans[i].mark);
          if (to == NULL || to == from)
            continue;
          append_escaped (out, plain, (gsize)(at - plain));
          g_string_append_printf (out, "<%s>", spans[i].element);
          if (spans[i].nests)
            append_inline (out, from, (gsize)(to - from));
          else
            append_escaped (out, from, (gsize)(to - from));
          g_string_append_printf (out, "</%s>", spans[i].element);
          taken = (gsize)(to - at) + mark;
          plain = at + taken;
        }
      at += taken > 0 ? taken : 1;
    }
  append_escaped (out, plain, (gsize)(end - plain));
}

typedef struct
{
  GString *out;
  GString *paragraph; /* lines that belong together */
  gboolean code;      /* between fences */
  gboolean in_list;
} Writer;

static void
end_paragraph (Writer *self, gboolean list)
{
  if (self->paragraph->len > 0)
    {
      if (self->out->len > 0)
        g_string_append (self->out, list && self->in_list ? "\n" : "\n\n");
      append_inline (self->out, self->paragraph->str, self->paragraph->len);
      g_string_truncate (self->paragraph, 0);
      self->in_list = list;
    }
}

static gboolean
begins_item (const char *line)
{
  return (line[0] == '-' || line[0] == '*') && line[1] == ' ';
}

static void
take_line (Writer *self, const char *line)
{
  const char *text = line;
  gboolean list = g_str_has_prefix (self->paragraph->str, "• ");

  if (g_str_has_prefix (line, "```"))
    {
      end_paragraph (self, list);
      self->code = !self->code;
      if (self->code && self->out->len > 0)
        g_string_append_c (self->out, '\n');
      return;
    }
  if (self->code)
    {
      g_string_append (self->out, "\n<tt>");
      append_escaped (self->out, line, strlen (line));
      g_string_append (self->out, "</tt>");
      return;
    }
  while (*text == ' ')
    text++;
  if (*text == '\0')
    {
      end_paragraph (self, list);
      return;
    }
  if (begins_item (text))
    {
      end_paragraph (self, list);
      g_string_append (self->paragraph, "• ");
      text += 2;
    }
  else if (self->paragraph->len > 0)
    g_string_append_c (self->paragraph, ' ');
  g_string_append (self->paragraph, text);
}

char *
scope_lesson_markup (const char *markdown)
{
  Writer self = { .out = g_string_new (NULL), .paragraph = g_string_new (NULL) };
  g_auto (GStrv) lines = g_strsplit (markdown, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    take_line (&self, lines[i]);
  end_paragraph (&self, g_str_has_prefix (self.paragraph->str, "• "));
  g_string_free (self.paragraph, TRUE);
  while (self.out->len > 0 && self.out->str[0] == '\n')
    g_string_erase (self.out, 0, 1);
  return g_string_free (self.out, FALSE);
}
