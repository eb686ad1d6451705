/* For tests in scene: programs over tensors of given values, and golden files of words. */
#pragma once

#include "core/generator.h"
#include "ops/program.h"
#include "scene/subject.h"

#include <gio/gio.h>
#include <string.h>

/* A dense tensor of given doubles in another type. */
static inline ScopeTensor *
tensor_of (const char *name, ScopeDtype dtype, const ScopeShape *shape, const double *value)
{
  ScopeError error;
  gint64 count;
  void *data;
  g_assert_true (scope_shape_count (shape, &count, &error));
  ScopeStorage *storage = scope_storage_new_owned (dtype, count, 1 << 26, &data, &error);
  g_assert_nonnull (storage);
  scope_dtype_convert (SCOPE_FLOAT64, value, 1, dtype, data, 1, count);
  ScopeTensor *tensor = scope_tensor_new (name, dtype, shape, NULL, storage, &error);
  g_assert_nonnull (tensor);
  scope_storage_unref (storage);
  return tensor;
}

/* A tensor made up: `zoneplate:float32[4, 4]`. */
static inline ScopeTensor *
tensor_from_text (const char *name, const char *text)
{
  ScopeTensorText parsed;
  ScopeError error;
  g_assert_true (scope_tensor_text_parse (text, strlen (text), &parsed, &error));
  ScopeStorage *storage = scope_generator_new (parsed.fill, parsed.dtype, &parsed.shape, &error);
  g_assert_nonnull (storage);
  ScopeTensor *tensor = scope_tensor_new (name, parsed.dtype, &parsed.shape, NULL, storage, &error);
  g_assert_nonnull (tensor);
  scope_storage_unref (storage);
  return tensor;
}

/* An expression over one tensor, which it takes. */
static inline ScopeProgram *
program_of (const char *source, ScopeTensor *tensor)
{
  ScopeError error;
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeProgram *program = scope_program_new (source, strlen (source), &tensor, 1, &options, &error);
  if (program == NULL)
    g_error ("%s: %s", source, error.sentence);
  g_assert_cmpint (program->result, >=, 0);
  g_assert_cmpint (program->first_failure, <, 0);
  scope_tensor_unref (tensor);
  return program;
}

static inline ScopeSubject
result_of (const ScopeProgram *program)
{
  return (ScopeSubject){ program, program->result };
}

/* The lines of a golden file. */
static inline char **
golden_lines (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GZlibDecompressor) unpack = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) plain =
      g_converter_input_stream_new (G_INPUT_STREAM (stream), G_CONVERTER (unpack));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_output_stream_splice (memory, plain, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
  gsize size = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory));
  g_autofree char *text =
      g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)), size);
  return g_strsplit (g_strchomp (text), "\n", -1);
}

/* Words of a line, one after the other. */
static inline double
next_number (char ***word)
{
  const char *text = *(*word)++;
  g_assert_nonnull (text);
  return g_ascii_strtod (text, NULL);
}

static inline double *
next_numbers (char ***word, gint64 count)
{
  double *value = g_new (double, count);
  for (gint64 i = 0; i < count; i++)
    value[i] = next_number (word);
  return value;
}
