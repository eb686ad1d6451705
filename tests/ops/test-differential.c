/* Replays what PyTorch and NumPy said about random expressions (tests/oracle/differential.py):
 * verdict, shapes and types must agree always, exception types and messages to the byte in 99 of
 * 100 cases of a group, values as far as a case holds them. SCOPE_DIFFERENTIAL=FILE replays another
 * file, SCOPE_DIFFERENTIAL_SHOW=N shows the first N differences. */
#include "core/tensor.h"
#include "core/generator.h"
#include "ops/program.h"

#include <gio/gio.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

/* Differences that are accepted, each with its reason. `message` is the beginning of the
 * framework's message; the case then counts neither way. */
static const struct
{
  const char *message, *reason;
} accepted[] = {
#include "accepted-differences.inc"
  { NULL, NULL },
};

typedef struct
{
  int cases, fits, messages;                   /* of the framework */
  int verdicts, shapes, dtypes, words, values; /* how many differ */
  int accepted, unread;
  int shown, show;
} Tally;

static char *
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

static ScopeShape
shape_of (const json_t *list)
{
  ScopeShape shape = { .rank = (int)json_array_size (list) };
  for (int i = 0; i < shape.rank; i++)
    shape.size[i] = json_integer_value (json_array_get (list, (size_t)i));
  return shape;
}

/* A ramp in C order; of bool: 0, 1, 0, 1 … */
static ScopeTensor *
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

static void
show (Tally *tally, const json_t *record, const char *what, const char *expected, const char *got)
{
  if (tally->shown++ >= tally->show)
    return;
  g_autofree char *tensors = json_dumps (json_object_get (record, "tensors"), JSON_COMPACT);
  g_test_message ("%s: %s | %s | %s\n    expected %s\n    got      %s", what,
                  json_string_value (json_object_get (record, "dialect")),
                  json_string_value (json_object_get (record, "expression")), tensors, expected,
                  got);
}

static gboolean
is_accepted (const char *message)
{
  for (int i = 0; accepted[i].message != NULL; i++)
    if (g_str_has_prefix (message, accepted[i].message))
      return TRUE;
  return FALSE;
}

static double
number_of (const json_t *value)
{
  if (json_is_string (value))
    return g_ascii_strtod (json_string_value (value), NULL);
  if (json_is_boolean (value))
    return json_is_true (value);
  return json_number_value (value);
}

/* Reads node `node` whole and compares with the framework's values. Types of few bits are compared
 * as coarsely as they are. */
static void
compare_values (Tally *tally,
                const json_t *record,
                const ScopeProgram *program,
                int number,
                const json_t *values)
{
  const ScopeNode *node = program->node[number];
  if (!json_is_array (values) || json_array_size (values) == 0
      || scope_dtype_kind (node->dtype) == SCOPE_KIND_COMPLEX)
    return;
  size_t count = json_array_size (values);
  size_t bytes = scope_dtype_bytes (node->dtype);
  g_autofree char *data = g_malloc0 (count * bytes);
  ScopeRegion all = scope_region_all (&node->shape);
  ScopeBuffer buffer = scope_buffer_dense (&all, data);
  ScopeError error = { 0 };
  if (!scope_program_read (program, number, &all, &buffer, NULL, &error))
    {
      tally->unread++;
      show (tally, record, "unread", "values", error.sentence);
      return;
    }
  double tolerance = node->dtype == SCOPE_FLOAT64         ? 1e-11
                     : node->dtype == SCOPE_FLOAT32       ? 2e-5
                     : scope_dtype_is_float (node->dtype) ? 2e-2
                                                          : 0;
  for (size_t i = 0; i < count; i++)
    {
      ScopeNumber element = scope_dtype_load (node->dtype, data + i * bytes);
      ScopeKind kind = scope_dtype_kind (node->dtype);
      double got = kind == SCOPE_KIND_FLOAT    ? element.f
                   : kind == SCOPE_KIND_SIGNED ? (double)element.i
                                               : (double)element.u;
      double expected = number_of (json_array_get (values, i));
      gboolean same = isnan (expected) ? isnan (got)
                      : isinf (expected)
                          ? got == expected
                          : fabs (got - expected) <= tolerance * fmax (1, fabs (expected));
      if (same)
        continue;
      tally->values++;
      g_autofree char *a = g_strdup_printf ("[%zu] = %.17g", i, expected);
      g_autofree char *b = g_strdup_printf ("%.17g", got);
      show (tally, record, "value", a, b);
      return;
    }
}

static void
compare_fitting (Tally *tally, const json_t *record, const ScopeProgram *program)
{
  const json_t *shapes = json_object_get (record, "shapes");
  const json_t *dtypes = json_object_get (record, "dtypes");
  const json_t *values = json_object_get (record, "values");
  for (size_t i = 0; i < json_array_size (shapes); i++)
    {
      ScopeShape expected = shape_of (json_array_get (shapes, i));
      const char *dtype = json_string_value (json_array_get (dtypes, i));
      int number = program->result + (int)i;
      ScopeText a = { 0 }, b = { 0 };
      scope_shape_print (&expected, SCOPE_SHAPE_LIST, &a);
      gboolean there = program->result >= 0 && number < program->nodes
                       && program->node[number]->state == SCOPE_NODE_FITS;
      if (there)
        scope_shape_print (&program->node[number]->shape, SCOPE_SHAPE_LIST, &b);
      gboolean same = there && scope_shape_equal (&expected, &program->node[number]->shape);
      if (!same)
        {
          tally->shapes++;
          show (tally, record, "shape", scope_text_string (&a),
                there ? scope_text_string (&b) : "nothing");
        }
      else if (strcmp (dtype, scope_dtype_name (program->node[number]->dtype)) != 0)
        {
          tally->dtypes++;
          show (tally, record, "dtype", dtype, scope_dtype_name (program->node[number]->dtype));
        }
      else
        compare_values (tally, record, program, number, json_array_get (values, i));
      scope_text_clear (&a);
      scope_text_clear (&b);
      if (!same)
        return;
    }
}

static void
compare_failing (Tally *tally, const json_t *record, const ScopeFailure *failure)
{
  const char *exception = json_string_value (json_object_get (record, "exception"));
  const char *message = json_string_value (json_object_get (record, "message"));
  tally->messages++;
  if (strcmp (exception, failure->exception) == 0
      && strcmp (message, scope_text_string (&failure->message)) == 0)
    return;
  tally->words++;
  g_autofree char *a = g_strdup_printf ("%s: %s", exception, message);
  g_autofree char *b =
      g_strdup_printf ("%s: %s", failure->exception, scope_text_string (&failure->message));
  show (tally, record, "words", a, b);
}

static void
replay (Tally *tally, const json_t *record)
{
  const char *expression = json_string_value (json_object_get (record, "expression"));
  gboolean fits = json_is_true (json_object_get (record, "fits"));
  const char *message = json_string_value (json_object_get (record, "message"));
  if (!fits && is_accepted (message))
    {
      tally->accepted++;
      return;
    }

  ScopeTensor *tensors[8];
  int n_tensors = 0;
  const char *name;
  json_t *description;
  json_object_foreach (json_object_get (record, "tensors"), name, description)
  {
    g_assert_cmpint (n_tensors, <, 8);
    tensors[n_tensors++] = make_tensor (name, description);
  }
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  g_assert_true (scope_dialect_parse (json_string_value (json_object_get (record, "dialect")),
                                      &options.dialect));
  ScopeError error = { 0 };
  ScopeProgram *program =
      scope_program_new (expression, strlen (expression), tensors, n_tensors, &options, &error);
  tally->cases++;
  tally->fits += fits;
  gboolean ours = program != NULL && program->first_failure < 0;
  const ScopeFailure *failure =
      program != NULL && !ours ? program->node[program->first_failure]->failure : NULL;
  if (ours != fits)
    {
      tally->verdicts++;
      show (tally, record, "verdict", fits ? "fits" : message,
            program == NULL ? error.sentence
            : ours          ? "fits"
                            : scope_text_string (failure->message.length > 0 ? &failure->message
                                                                             : &failure->sentence));
    }
  else if (fits)
    compare_fitting (tally, record, program);
  else
    compare_failing (tally, record, failure);

  scope_program_unref (program);
  for (int i = 0; i < n_tensors; i++)
    scope_tensor_unref (tensors[i]);
}

static void
test_group (gconstpointer data)
{
  const char *path = data;
  const char *wanted = g_getenv ("SCOPE_DIFFERENTIAL_SHOW");
  Tally tally = { .show = wanted != NULL ? (int)g_ascii_strtoll (wanted, NULL, 10) : 20 };
  g_autofree char *text = read_packed (path);
  for (char *line = text, *end; *line != '\0'; line = end + 1)
    {
      end = strchr (line, '\n');
      g_assert_nonnull (end);
      json_error_t error;
      json_t *record = json_loadb (line, (size_t)(end - line), JSON_ALLOW_NUL, &error);
      g_assert_nonnull (record);
      replay (&tally, record);
      json_decref (record);
    }
  g_test_message ("%d cases (%d fit): %d verdicts, %d shapes, %d types, %d values, %d of %d "
                  "messages differ; %d unread, %d accepted",
                  tally.cases, tally.fits, tally.verdicts, tally.shapes, tally.dtypes, tally.values,
                  tally.words, tally.messages, tally.unread, tally.accepted);
  g_assert_cmpint (tally.cases, >, 0);
  g_assert_cmpint (tally.verdicts, ==, 0);
  g_assert_cmpint (tally.shapes, ==, 0);
  g_assert_cmpint (tally.dtypes, ==, 0);
  g_assert_cmpint (tally.values, ==, 0);
  g_assert_cmpint (tally.unread, ==, 0);
  g_assert_cmpint (100 * tally.words, <=, tally.messages);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  const char *only = g_getenv ("SCOPE_DIFFERENTIAL");
  if (only != NULL)
    g_test_add_data_func ("/differential/file", only, test_group);
  else
    {
      g_autoptr (GDir) directory = g_dir_open (SCOPE_TESTS "/golden", 0, NULL);
      g_assert_nonnull (directory);
      for (const char *name; (name = g_dir_read_name (directory)) != NULL;)
        if (g_str_has_prefix (name, "differential-"))
          {
            g_autofree char *test = g_strconcat ("/differential/", name, NULL);
            g_test_add_data_func_full (test, g_build_filename (SCOPE_TESTS, "golden", name, NULL),
                                       test_group, g_free);
          }
    }
  return g_test_run ();
}
