/* Standard output and standard error of shapescope-cli. */
#include "cli/cli.h"

#include "files/file-error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

void
scope_cli_complain (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autofree char *visible = scope_cli_visible (message);
  fprintf (stderr, "shapescope-cli: %s\n", visible);
}

void
scope_cli_put (const char *text)
{
  fputs (text, stdout); /* main looks whether it arrived */
}

gboolean
scope_cli_has_colors (void)
{
  const char *refused = g_getenv ("NO_COLOR");
  const char *terminal = g_getenv ("TERM");
  return isatty (STDOUT_FILENO) && (refused == NULL || refused[0] == '\0')
         && g_strcmp0 (terminal, "dumb") != 0;
}

int
scope_cli_columns (void)
{
  struct winsize size;
  if (!isatty (STDOUT_FILENO) || ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
    return 0;
  return size.ws_col;
}

char *
scope_cli_visible (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      char *visible = scope_file_visible_text (lines[i]);
      g_free (lines[i]);
      lines[i] = visible;
    }
  return g_strjoinv ("\n", lines);
}

int
scope_cli_width (const char *text)
{
  int width = 0;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      width += g_unichar_iszerowidth (character) ? 0 : g_unichar_iswide (character) ? 2 : 1;
    }
  return width;
}
