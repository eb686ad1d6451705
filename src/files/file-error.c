/* Messages about files, safe to show whatever the file holds. */
#include "files/file-error.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum
{
  NAME_CHARACTERS = 96 /* of a path in a message; a ScopeError's sentence has room for it */
};

GQuark
scope_file_error_quark (void)
{
  return g_quark_from_static_string ("scope-file-error-quark");
}

gboolean
scope_file_fail (GError **error, ScopeFileError code, const char *name, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, SCOPE_FILE_ERROR, (int)code, "%s: %s", name, what);
  return FALSE;
}

gboolean
scope_file_fail_errno (GError **error,
                       int number,
                       const char *name,
                       const char *what,
                       const char *hint)
{
  g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (number), "%s: %s: %s.%s%s", name,
               what, g_strerror (number), hint[0] != '\0' ? " " : "", hint);
  return FALSE;
}

gboolean
scope_file_fail_core (GError **error, const ScopeError *from)
{
  switch (from->code)
    {
    case SCOPE_ERROR_CANCELLED:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, from->sentence);
      break;
    case SCOPE_ERROR_DATA:
      g_set_error_literal (error, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_CHANGED, from->sentence);
      break;
    case SCOPE_ERROR_OVERFLOW:
      g_set_error_literal (error, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_OVERFLOW, from->sentence);
      break;
    case SCOPE_ERROR_SHAPE:
      g_set_error_literal (error, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_SHAPE, from->sentence);
      break;
    case SCOPE_ERROR_TOO_BIG:
    case SCOPE_ERROR_MEMORY:
      g_set_error_literal (error, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_TOO_BIG, from->sentence);
      break;
    default:
      g_set_error_literal (error, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_TEXT, from->sentence);
      break;
    }
  return FALSE;
}

const char *
scope_file_reason (const GError *error, const char *name)
{
  gsize length = strlen (name);
  gboolean named = strncmp (error->message, name, length) == 0
                   && strncmp (error->message + length, ": ", 2) == 0;
  return named ? error->message + length + 2 : error->message;
}

/* Characters that move the cursor, hide text or turn its direction. */
static gboolean
is_unsafe (gunichar character)
{
  return g_unichar_iscntrl (character) || (character >= 0x200B && character <= 0x200F)
         || (character >= 0x2028 && character <= 0x202E)
         || (character >= 0x2060 && character <= 0x206F) || character == 0xFEFF;
}

static void
append_safe (GString *text, gunichar character)
{
  if (character < 0x20)
    g_string_append_unichar (text, 0x2400 + character); /* the control pictures */
  else if (character == 0x7F)
    g_string_append_unichar (text, 0x2421);
  else if (is_unsafe (character))
    g_string_append_printf (text, "\\u%04x", character);
  else
    g_string_append_unichar (text, character);
}

char *
scope_file_display_name (const char *path)
{
  g_autofree char *valid = g_filename_display_name (path);
  glong length = g_utf8_strlen (valid, -1);
  glong head = length <= NAME_CHARACTERS ? length : NAME_CHARACTERS / 3;
  glong tail = length <= NAME_CHARACTERS ? 0 : NAME_CHARACTERS - head - 1;

  GString *text = g_string_new (NULL);
  const char *at = valid;
  for (glong i = 0; i < head; i++, at = g_utf8_next_char (at))
    append_safe (text, g_utf8_get_char (at));
  if (tail > 0)
    {
      g_string_append (text, "…");
      at = g_utf8_offset_to_pointer (valid, length - tail);
      for (glong i = 0; i < tail; i++, at = g_utf8_next_char (at))
        append_safe (text, g_utf8_get_char (at));
    }
  return g_string_free (text, FALSE);
}

char *
scope_file_visible_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *safe = g_string_new (NULL);
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    append_safe (safe, g_utf8_get_char (at));
  return g_string_free (safe, FALSE);
}

char *
scope_file_escape (const void *bytes, gsize length, gsize most)
{
  const guint8 *at = bytes;
  GString *text = g_string_new (NULL);
  for (gsize i = 0; i < MIN (length, most); i++)
    if (at[i] >= 0x20 && at[i] < 0x7F)
      g_string_append_c (text, (char)at[i]);
    else
      g_string_append_printf (text, "\\x%02x", at[i]);
  if (length > most)
    g_string_append (text, "…");
  return g_string_free (text, FALSE);
}

gint64
scope_file_memory_budget (void)
{
  gint64 pages = sysconf (_SC_PHYS_PAGES), page = sysconf (_SC_PAGESIZE);
  return pages > 0 && page > 0 ? pages / 4 * page : G_GINT64_CONSTANT (1) << 30;
}
