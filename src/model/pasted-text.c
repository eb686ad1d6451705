/* Long lines of a pasted text, broken for showing and joined for reading. */
#include "model/pasted-message.h"

#include <string.h>

/* A zero-width space before a line's end says that the break is ours. */
#define MARK        "\xE2\x80\x8B"
#define MARKED_LINE MARK "\n"

char *
scope_pasted_text_break (const char *text, gsize limit)
{
  GString *out = g_string_new (NULL);
  gsize length = strnlen (text, limit);
  const char *end = text + length, *from = text;
  int characters = 0;

  for (const char *at = text; at < end; at++)
    {
      gboolean begins = ((guchar)*at & 0xC0) != 0x80;

      if (*at == '\n')
        characters = -1;
      else if (begins && characters >= SCOPE_PASTED_LINE)
        {
          g_string_append_len (out, from, at - from);
          g_string_append (out, MARKED_LINE);
          from = at;
          characters = 0;
        }
      characters += begins;
    }
  /* A character that the limit cuts is left out. */
  while (end > from && *end != '\0' && ((guchar)*end & 0xC0) == 0x80)
    end--;
  g_string_append_len (out, from, end - from);
  return g_string_free (out, FALSE);
}

char *
scope_pasted_text_join (const char *shown)
{
  GString *out = g_string_new (NULL);
  const char *mark;

  for (; (mark = strstr (shown, MARKED_LINE)) != NULL; shown = mark + strlen (MARKED_LINE))
    g_string_append_len (out, shown, mark - shown);
  g_string_append (out, shown);
  return g_string_free (out, FALSE);
}
