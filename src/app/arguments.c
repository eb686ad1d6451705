/* What the command line says: an expression, definitions NAME=TENSOR, files. */
#include "app/arguments.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
is_letter (char c)
{
  return g_ascii_isalpha (c) || c == '_';
}

/* The = of NAME=TENSOR, or NULL: `A == B` and `A[0] = B` are expressions, and so is `A = B` with
 * its spaces. */
static const char *
find_definition (const char *argument)
{
  const char *c = argument;

  if (!is_letter (*c))
    return NULL;
  while (is_letter (*c) || g_ascii_isdigit (*c))
    c++;
  return c[0] == '=' && c[1] != '=' && c[1] != ' ' && c[1] != '\0' ? c : NULL;
}

static char *
resolve (const char *path, const char *folder)
{
  return folder != NULL && !g_path_is_absolute (path) ? g_build_filename (folder, path, NULL)
                                                      : g_strdup (path);
}

static gboolean
is_file (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* A text that names a file, perhaps with ::member, as an absolute path; any other as it is. */
static char *
resolve_text (const char *text, const char *folder)
{
  const char *member = strstr (text, "::");
  g_autofree char *path =
      member != NULL ? g_strndup (text, (gsize)(member - text)) : g_strdup (text);
  g_autofree char *whole = resolve (path, folder);

  return is_file (whole) ? g_strconcat (whole, member, NULL) : g_strdup (text);
}

static gboolean
read_one (ScopeArguments *out, const char *argument, const char *folder, GError **error)
{
  const char *equals = find_definition (argument);
  g_autofree char *path = resolve (argument, folder);

  if (is_file (path))
    g_ptr_array_add (out->files, g_file_new_for_path (path));
  else if (g_str_has_prefix (argument, "file://"))
    g_ptr_array_add (out->files, g_file_new_for_uri (argument));
  else if (equals != NULL)
    {
      g_ptr_array_add (out->names, g_strndup (argument, (gsize)(equals - argument)));
      g_ptr_array_add (out->texts, resolve_text (equals + 1, folder));
    }
  else if (out->expression == NULL)
    out->expression = g_strdup (argument);
  else
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("“%s” is neither a file nor NAME=TENSOR, and “%s” is already the expression."
                      " Several statements are one argument, separated by “;”."),
                   argument, out->expression);
      return FALSE;
    }
  return TRUE;
}

gboolean
scope_arguments_read (const char *const *arguments,
                      const char *folder,
                      ScopeArguments *out,
                      GError **error)
{
  out->expression = NULL;
  out->names = g_ptr_array_new_with_free_func (g_free);
  out->texts = g_ptr_array_new_with_free_func (g_free);
  out->files = g_ptr_array_new_with_free_func (g_object_unref);

  for (; *arguments != NULL; arguments++)
    if (!read_one (out, *arguments, folder, error))
      {
        scope_arguments_clear (out);
        return FALSE;
      }
  g_ptr_array_add (out->names, NULL);
  g_ptr_array_add (out->texts, NULL);
  return TRUE;
}

void
scope_arguments_clear (ScopeArguments *arguments)
{
  g_clear_pointer (&arguments->expression, g_free);
  g_clear_pointer (&arguments->names, g_ptr_array_unref);
  g_clear_pointer (&arguments->texts, g_ptr_array_unref);
  g_clear_pointer (&arguments->files, g_ptr_array_unref);
}
