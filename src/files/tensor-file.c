/* Finding out what a person means by a text, and which format a file has. */
#include "files/tensor-file.h"

#include "core/literal.h"
#include "files/file-format.h"

#include <string.h>

static const ScopeFileFormat *const formats[] = {
  &scope_format_npy, &scope_format_npz, &scope_format_safetensors,
  &scope_format_png, &scope_format_csv,
};

/* ---- lists ---------------------------------------------------------------------------------- */

static void
info_free (gpointer data)
{
  ScopeTensorInfo *info = data;
  g_free (info->name);
  g_free (info->dtype);
  g_free (info->note);
  g_free (info);
}

GPtrArray *
scope_tensor_info_array_new (void)
{
  return g_ptr_array_new_with_free_func (info_free);
}

ScopeTensorInfo *
scope_tensor_info_new (const char *name, const char *dtype, const ScopeShape *shape)
{
  ScopeTensorInfo *info = g_new0 (ScopeTensorInfo, 1);
  info->name = g_strdup (name);
  info->dtype = g_strdup (dtype);
  info->bytes = -1;
  info->order = 'C';
  if (shape != NULL)
    info->shape = *shape;
  return info;
}

void
scope_tensor_info_add_note (ScopeTensorInfo *info, const char *note)
{
  if (note == NULL)
    return;
  char *joined = info->note == NULL ? g_strdup (note) : g_strconcat (info->note, "; ", note, NULL);
  g_free (info->note);
  info->note = joined;
}

/* ---- files ---------------------------------------------------------------------------------- */

enum
{
  SNIFFED_BYTES = 512
};

/* A file whose content fits nothing: its name says which format's error helps most. */
static const ScopeFileFormat *
choose_by_ending (const ScopeFileHead *head)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *ending = g_strconcat (".", formats[i]->id, NULL);
      if (scope_head_ends (head, ending))
        return formats[i];
    }
  return NULL;
}

static const ScopeFileFormat *
recognize (const ScopeFileHead *head, gboolean by_name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i]->by_name == by_name && formats[i]->recognize (head))
      return formats[i];
  return NULL;
}

static const ScopeFileFormat *
choose_format (ScopeMappedFile *file, const char *path, GError **error)
{
  guint8 bytes[SNIFFED_BYTES];
  ScopeFileHead head = { .bytes = bytes,
                         .length = (gsize)MIN (scope_mapped_file_bytes (file), SNIFFED_BYTES),
                         .file_bytes = scope_mapped_file_bytes (file),
                         .path = path };
  const char *name = scope_mapped_file_name (file);
  if (!scope_mapped_file_copy (file, 0, head.length, bytes, error))
    return NULL;

  const ScopeFileFormat *recognized = recognize (&head, FALSE);
  if (recognized != NULL)
    return recognized;
  if (!scope_head_refuse_mark (&head, name, error))
    return NULL;
  recognized = recognize (&head, TRUE);
  if (recognized != NULL)
    return recognized;
  if (!scope_head_refuse_ending (&head, name, error))
    return NULL;
  const ScopeFileFormat *format = choose_by_ending (&head);
  if (format != NULL)
    return format;

  g_autofree char *shown = scope_file_escape (bytes, head.length, 16);
  if (head.length == 0)
    scope_file_fail (error, SCOPE_FILE_ERROR_TRUNCATED, name, "the file is empty. Save it again.");
  else
    scope_file_fail (
        error, SCOPE_FILE_ERROR_MAGIC, name,
        "it is no tensor file that Shapescope knows; it begins with '%s'. Save the array "
        "with np.save.",
        shown);
  return NULL;
}

ScopeTensor *
scope_tensor_file_open (GFile *file,
                        const char *name,
                        const char *member,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (ScopeMappedFile) mapped = scope_mapped_file_open (file, error);
  if (mapped == NULL)
    return NULL;
  g_autofree char *path = g_file_get_path (file);
  const ScopeFileFormat *format = choose_format (mapped, path, error);
  return format == NULL ? NULL : format->open (mapped, name, member, cancellable, error);
}

GPtrArray *
scope_tensor_file_list (GFile *file, const char **format, GCancellable *cancellable, GError **error)
{
  g_autoptr (ScopeMappedFile) mapped = scope_mapped_file_open (file, error);
  if (mapped == NULL)
    return NULL;
  g_autofree char *path = g_file_get_path (file);
  const ScopeFileFormat *chosen = choose_format (mapped, path, error);
  if (chosen == NULL)
    return NULL;
  GPtrArray *list = chosen->list (mapped, cancellable, error);
  if (list != NULL)
    *format = chosen->id;
  return list;
}

/* ---- texts ---------------------------------------------------------------------------------- */

/* The file that a text names, with its member after `::`; NULL when there is none. */
static GFile *
find_file (const char *text, char **member)
{
  g_autofree char *home = NULL;
  if (g_str_has_prefix (text, "~/"))
    text = home = g_build_filename (g_get_home_dir (), text + 2, NULL);
  if (g_str_has_prefix (text, "file://"))
    {
      g_autofree char *path = g_filename_from_uri (text, NULL, NULL);
      if (path != NULL)
        return g_file_new_for_path (path);
    }
  if (text[0] != '\0' && g_file_test (text, G_FILE_TEST_EXISTS))
    return g_file_new_for_path (text);

  const char *separator = strstr (text, "::");
  if (separator == NULL)
    return NULL;
  g_autofree char *path = g_strndup (text, (gsize)(separator - text));
  if (path[0] == '\0' || !g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  *member = g_strdup (separator + 2);
  return g_file_new_for_path (path);
}

/* Whether a text that is neither file nor shape was meant as a path. */
static gboolean
looks_like_path (const char *text)
{
  if (strchr (text, '/') != NULL || strstr (text, "::") != NULL || text[0] == '~')
    return TRUE;
  const char *dot = strrchr (text, '.');
  if (dot == NULL || dot == text || !g_ascii_isalpha (dot[1]))
    return FALSE;
  for (const char *c = dot + 1; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c))
      return FALSE;
  return TRUE;
}

/* Says that neither reading of the text worked. */
static void
fail_text (const char *text, const ScopeError *failed, GError **error)
{
  g_autofree char *shown = scope_file_display_name (text);
  g_autofree char *sentence = scope_file_visible_text (failed->sentence);
  if (looks_like_path (text))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 "%s: there is no such file. Check the name.", shown);
  else
    g_set_error (
        error, SCOPE_FILE_ERROR, SCOPE_FILE_ERROR_TEXT,
        "%s: %s. Write a shape such as 1,1,256,256, a literal such as [[1, 2]], or the name "
        "of a file.",
        shown, sentence);
}

ScopeTensor *
scope_tensor_open (const char *name,
                   const char *text,
                   gboolean *is_file,
                   ScopeError *span_error,
                   GError **error)
{
  g_autofree char *member = NULL;
  g_autoptr (GFile) file = find_file (text, &member);
  if (is_file != NULL)
    *is_file = file != NULL || looks_like_path (text);
  if (file != NULL)
    return scope_tensor_file_open (file, name, member, NULL, error);

  ScopeError failed = { .axis = -1, .begin = -1, .end = -1 };
  ScopeTensor *tensor = scope_tensor_from_text (name, text, strlen (text), &failed);
  if (tensor == NULL)
    {
      if (span_error != NULL && !looks_like_path (text))
        *span_error = failed;
      fail_text (text, &failed, error);
    }
  return tensor;
}
