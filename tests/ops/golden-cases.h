/* For tests that replay tests/golden/differential-*.jsonl.gz: the files and their tensors. */
#pragma once

#include "core/generator.h"
#include "core/tensor.h"
#include "ops/program.h"

#include <gio/gio.h>
#include <jansson.h>
#include <string.h>

enum
{
  GOLDEN_TENSORS = 8
};

static inline char *
read_packed (const char *path)
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
  char *text = g_malloc (size + 1);
  memcpy (text, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)), size);
  text[size] = '\0';
  return text;
}

static inline ScopeShape
shape_of (const json_t *list)
{
  ScopeShape shape = { .rank = (int)json_array_size (list) };
  for (int i = 0; i < shape.rank; i++)
    shape.size[i] = json_integer_value (json_array_get (list, (size_t)i));
  return shape;
}

/* A ramp in C order; of bool: 0, 1, 0, 1 … */
static inline ScopeTensor *
make_tensor (const char *name, const json_t *description)
{
  const char *type = json_string_value (json_array_get (description, 0));
  ScopeShape shape = shape_of (json_array_get (description, 1));
  ScopeDtype dtype;
  g_assert_true (scope_dtype_parse (type, strlen (type), &dtype));
  int64_t count;
  g_assert_true (scope_shape_count (&shape, &count, NULL));
  void *data;
  ScopeStorage *storage = scope_storage_new_owned (dtype, count, INT64_C (1) << 32, &data, NULL);
  g_assert_nonnull (storage);
  for (int64_t i = 0; i < count; i++)
    {
      ScopeNumber number = { .i = dtype == SCOPE_BOOL ? i % 2 : i };
      scope_dtype_store (dtype, (char *)data + (size_t)i * scope_dtype_bytes (dtype),
                         SCOPE_KIND_SIGNED, number);
    }
  ScopeTensor *tensor = scope_tensor_new (name, dtype, &shape, NULL, storage, NULL);
  scope_storage_unref (storage);
  return tensor;
}

/* The record's tensors; returns how many. */
static inline int
make_tensors (const json_t *record, ScopeTensor *tensors[GOLDEN_TENSORS])
{
  int n_tensors = 0;
  const char *name;
  json_t *description;
  json_object_foreach (json_object_get (record, "tensors"), name, description)
  {
    g_assert_cmpint (n_tensors, <, GOLDEN_TENSORS);
    tensors[n_tensors++] = make_tensor (name, description);
  }
  return n_tensors;
}

/* The record's program: NULL with the error set when it does not parse. */
static inline ScopeProgram *
make_program (const json_t *record, ScopeTensor *const *tensors, int n_tensors, ScopeError *error)
{
  const char *expression = json_string_value (json_object_get (record, "expression"));
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  g_assert_true (scope_dialect_parse (json_string_value (json_object_get (record, "dialect")),
                                      &options.dialect));
  return scope_program_new (expression, strlen (expression), tensors, n_tensors, &options, error);
}

/* Calls `visit` with each record of a file. */
static inline void
visit_records (const char *path, void (*visit) (json_t *record, gpointer data), gpointer data)
{
  g_autofree char *text = read_packed (path);
  for (char *line = text, *end; *line != '\0'; line = end + 1)
    {
      end = strchr (line, '\n');
      g_assert_nonnull (end);
      json_error_t error;
      json_t *record = json_loadb (line, (size_t)(end - line), JSON_ALLOW_NUL, &error);
      g_assert_nonnull (record);
      visit (record, data);
      json_decref (record);
    }
}

/* Adds a test for each golden file, called /NAME/FILE. */
static inline void
add_golden_tests (const char *name, GTestDataFunc test)
{
  g_autoptr (GDir) directory = g_dir_open (SCOPE_TESTS "/golden", 0, NULL);
  g_assert_nonnull (directory);
  for (const char *file; (file = g_dir_read_name (directory)) != NULL;)
    if (g_str_has_prefix (file, "differential-"))
      {
        g_autofree char *path = g_strconcat ("/", name, "/", file, NULL);
        g_test_add_data_func_full (path, g_build_filename (SCOPE_TESTS, "golden", file, NULL), test,
                                   g_free);
      }
}
