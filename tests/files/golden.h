/* Tests over a folder of golden files and its cases.txt: a line is path[::member], TAB, `ok` or an
 * error's name, TAB, what is expected. */
#pragma once

#include "files/file-error.h"

#include <string.h>

typedef struct
{
  const char *folder;
  char *file, *outcome, *expected;
} GoldenCase;

static inline int
golden_code (const char *name)
{
  static const struct
  {
    const char *name;
    ScopeFileError code;
  } codes[] = {
#define CODE(code) { #code, SCOPE_FILE_ERROR_##code }
    CODE (MAGIC),
    CODE (VERSION),
    CODE (TRUNCATED),
    CODE (HEADER_SIZE),
    CODE (HEADER_SYNTAX),
    CODE (KEYS),
    CODE (SHAPE),
    CODE (NEGATIVE),
    CODE (OVERFLOW),
    CODE (RANK),
    CODE (DTYPE_UNSUPPORTED),
    CODE (DTYPE_INVALID),
    CODE (OBJECT),
    CODE (SHORT),
    CODE (TRAILING),
    CODE (OFFSETS),
    CODE (DUPLICATE),
    CODE (UTF8),
    CODE (JSON),
    CODE (TOO_BIG),
    CODE (CHANGED),
    CODE (REFUSED),
    CODE (TEXT),
    CODE (ZIP),
    CODE (CRC),
    CODE (PNG),
    CODE (CSV),
#undef CODE
  };
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (strcmp (codes[i].name, name) == 0)
      return (int)codes[i].code;
  g_error ("no error is called %s", name);
}

static inline GByteArray *
golden_bytes (const char *hexadecimal)
{
  GByteArray *bytes = g_byte_array_new ();
  for (; g_ascii_isxdigit (hexadecimal[0]); hexadecimal += 2)
    {
      guint8 byte = (guint8)(g_ascii_xdigit_value (hexadecimal[0]) * 16
                             + g_ascii_xdigit_value (hexadecimal[1]));
      g_byte_array_append (bytes, &byte, 1);
    }
  return bytes;
}

/* `expected` is "type [sizes] hexadecimal". */
static inline void
golden_compare (const ScopeTensor *tensor, const char *expected)
{
  g_auto (GStrv) part = g_strsplit (expected, " ", 3);
  ScopeText shape = { 0 };
  scope_shape_print (&tensor->shape, SCOPE_SHAPE_TIGHT_LIST, &shape);
  g_assert_cmpstr (scope_dtype_name (tensor->dtype), ==, part[0]);
  g_assert_cmpstr (scope_text_string (&shape), ==, part[1]);
  scope_text_clear (&shape);

  g_autoptr (GByteArray) values = golden_bytes (part[2]);
  ScopeRegion region = scope_region_all (&tensor->shape);
  gint64 count = 0;
  g_assert_true (scope_region_count (&region, &count, NULL));
  gsize length = (gsize)count * scope_dtype_bytes (tensor->dtype);
  g_autofree void *data = g_malloc (length + 1);
  ScopeBuffer buffer = scope_buffer_dense (&region, data);
  ScopeError error = { 0 };
  g_assert_true (scope_tensor_read (tensor, &region, &buffer, &error));
  g_assert_cmpmem (data, length, values->data, values->len);
}

static inline void
golden_free (gpointer data)
{
  GoldenCase *self = data;
  g_free (self->file);
  g_free (self->outcome);
  g_free (self->expected);
  g_free (self);
}

static inline void
golden_test (gconstpointer data)
{
  const GoldenCase *self = data;
  g_autofree char *path = g_build_filename (self->folder, self->file, NULL);
  g_autoptr (GError) error = NULL;
  ScopeTensor *tensor = scope_tensor_open ("A", path, NULL, NULL, &error);
  if (strcmp (self->outcome, "ok") == 0)
    {
      g_assert_no_error (error);
      golden_compare (tensor, self->expected);
      scope_tensor_unref (tensor);
      return;
    }
  g_assert_null (tensor);
  g_assert_error (error, SCOPE_FILE_ERROR, golden_code (self->outcome));
  g_assert_nonnull (strstr (error->message, self->expected));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

/* Adds a test for every line of <folder>/cases.txt; gives their number. */
static inline int
golden_add (const char *prefix, const char *folder)
{
  g_autofree char *cases = g_build_filename (folder, "cases.txt", NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (cases, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  int count = 0;
  for (; lines[count] != NULL && lines[count][0] != '\0'; count++)
    {
      char **part = g_strsplit (lines[count], "\t", 3);
      g_assert_cmpint (g_strv_length (part), ==, 3);
      GoldenCase *self = g_new (GoldenCase, 1);
      *self = (GoldenCase){ folder, part[0], part[1], part[2] };
      g_free (part);
      g_autofree char *name = g_strdup (self->file);
      g_autofree char *path =
          g_strdup_printf ("%s/%d-%s", prefix, count, g_strdelimit (name, "/", '-'));
      g_test_add_data_func_full (path, self, golden_test, golden_free);
    }
  return count;
}
