/* Resampling by other libraries' conventions against their answers (tests/oracle/peers.py). */
#include "core/storage.h"
#include "core/tensor.h"
#include "ops/program.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

enum
{
  SPECIAL = 1,
  ALL = 24,
  FIELDS = 7, /* of a line, before its samples */
  LEAST_CASES = 2500,
};

#define SALT 0x5CA1AB1E

/* splitmix64 of a stream. */
static uint64_t
mix (uint64_t seed, uint64_t index)
{
  uint64_t z = seed * 0x9E3779B97F4A7C15u + 0x9E3779B97F4A7C15u * (index + 1);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

typedef struct
{
  const char *expression;
  ScopeDtype dtype;
  ScopeShape shape;
  uint32_t seed;
  int flags;
  double tolerance; /* absolute */
  double sum;
  char **sample;
} Case;

static void
fill (const Case *c, void *data, int64_t count)
{
  size_t bytes = scope_dtype_bytes (c->dtype);
  int bits = bytes == 2 ? 10 : bytes == 4 ? 23 : 52;
  for (int64_t i = 0; i < count; i++)
    {
      uint64_t z = mix (c->seed, (uint64_t)i), top = z >> (64 - 8 * bytes);
      char *to = (char *)data + (size_t)i * bytes;
      double value = (double)(z >> (63 - bits)) / (double)(UINT64_C (1) << bits) - 1;
      if (c->flags & SPECIAL && z % 37 < 3)
        value = z % 37 == 0 ? (double)NAN : z % 37 == 1 ? HUGE_VAL : -HUGE_VAL;
      if (scope_dtype_kind (c->dtype) == SCOPE_KIND_FLOAT)
        scope_dtype_convert (SCOPE_FLOAT64, &value, 1, c->dtype, to, 1, 1);
      else if (c->dtype == SCOPE_INT32)
        *(int32_t *)(void *)to = (int32_t)((int64_t)(z >> 34) - (1 << 29));
      else
        memcpy (to, &top, bytes); /* little-endian */
    }
}

static ScopeTensor *
make_tensor (const Case *c)
{
  ScopeError error;
  int64_t count;
  void *data;
  g_assert_true (scope_shape_count (&c->shape, &count, &error));
  ScopeStorage *storage = scope_storage_new_owned (c->dtype, count, 1 << 30, &data, &error);
  g_assert_nonnull (storage);
  fill (c, data, count);
  ScopeTensor *tensor = scope_tensor_new ("A", c->dtype, &c->shape, NULL, storage, &error);
  scope_storage_unref (storage);
  g_assert_nonnull (tensor);
  return tensor;
}

/* The result as doubles. */
static double *
evaluate (const Case *c, int64_t *count)
{
  ScopeError error = { 0 };
  ScopeTensor *tensor = make_tensor (c);
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeProgram *program =
      scope_program_new (c->expression, strlen (c->expression), &tensor, 1, &options, &error);
  g_assert_nonnull (program);
  if (program->first_failure >= 0)
    g_error ("%s does not fit", c->expression);
  const ScopeNode *node = program->node[program->result];
  g_assert_cmpint (node->dtype, ==, c->dtype);
  ScopeRegion all = scope_region_all (&node->shape);
  g_assert_true (scope_region_count (&all, count, &error));
  g_autofree char *data = g_malloc ((gsize)*count * scope_dtype_bytes (node->dtype) + 1);
  ScopeBuffer buffer = scope_buffer_dense (&all, data);
  if (!scope_program_read (program, program->result, &all, &buffer, NULL, &error))
    g_error ("%s: %s", c->expression, error.sentence);
  double *values = g_new (double, *count + 1);
  scope_dtype_convert (node->dtype, data, 1, SCOPE_FLOAT64, values, 1, *count);
  scope_program_unref (program);
  scope_tensor_unref (tensor);
  return values;
}

static bool
close_enough (double a, double b, double tolerance)
{
  if (isnan (a) || isnan (b))
    return isnan (a) && isnan (b);
  if (isinf (a) || isinf (b))
    return a == b;
  return fabs (a - b) <= tolerance;
}

static void report (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
report (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_test_message ("%s", text);
  g_test_fail ();
}

static void
replay (const Case *c)
{
  int64_t count;
  g_autofree double *values = evaluate (c, &count);
  int samples = (int)g_strv_length (c->sample);
  g_assert_cmpint (samples, ==, count <= ALL ? (int)count : 12);
  /* The file has nine digits of a float, seventeen of a double. */
  double digits = c->dtype == SCOPE_FLOAT64 ? 1e-15 : 1e-8;
  for (int k = 0; k < samples; k++)
    {
      int64_t at =
          count <= ALL ? k : (int64_t)(mix (c->seed ^ SALT, (uint64_t)k) % (uint64_t)count);
      double theirs = g_ascii_strtod (c->sample[k], NULL);
      if (!close_enough (values[at], theirs, c->tolerance + digits * fabs (theirs)))
        report ("%s of %s, rank %d: element %d is %.9g, not %.9g", c->expression,
                scope_dtype_name (c->dtype), c->shape.rank, (int)at, values[at], theirs);
    }
  if (c->flags & SPECIAL)
    return;
  double sum = 0;
  for (int64_t i = 0; i < count; i++)
    sum += mix (c->seed ^ SALT, (uint64_t)i) >> 63 ? -values[i] : values[i];
  sum /= (double)count;
  if (!close_enough (sum, c->sum, c->tolerance + digits * fabs (c->sum) + 1e-13))
    report ("%s of %s: the sum is %.12g, not %.12g", c->expression, scope_dtype_name (c->dtype),
            sum, c->sum);
}

static void
replay_line (const char *line)
{
  g_auto (GStrv) field = g_strsplit (line, "\t", -1);
  g_assert_cmpuint (g_strv_length (field), >, FIELDS);
  ScopeError error;
  Case c = { .expression = field[0], .sample = field + FIELDS };
  g_assert_true (scope_dtype_parse (field[1], strlen (field[1]), &c.dtype));
  g_assert_true (scope_shape_parse (field[2], strlen (field[2]), &c.shape, &error));
  c.seed = (uint32_t)g_ascii_strtoull (field[3], NULL, 10);
  c.flags = (int)g_ascii_strtoull (field[4], NULL, 10);
  c.tolerance = g_ascii_strtod (field[5], NULL);
  bool whole = scope_dtype_kind (c.dtype) != SCOPE_KIND_FLOAT;
  c.tolerance *= whole ? ldexp (1, 8 * (int)scope_dtype_bytes (c.dtype)) : 2;
  c.sum = g_ascii_strtod (field[6], NULL);
  replay (&c);
}

static void
test_peers (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (SCOPE_TESTS "/golden/peers.gz");
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GZlibDecompressor) gzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) plain =
      g_converter_input_stream_new (G_INPUT_STREAM (stream), G_CONVERTER (gzip));
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (plain);
  int cases = 0;
  for (;; cases++)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
      g_assert_no_error (error);
      if (line == NULL)
        break;
      replay_line (line);
    }
  g_assert_cmpint (cases, >=, LEAST_CASES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ops/peers/golden", test_peers);
  return g_test_run ();
}
