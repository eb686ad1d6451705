/* Resampling against torch's answers (tests/oracle/resample.py), and its properties. */
#include "core/resample.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

enum
{
  ALIGN = 1,
  ANTIALIAS = 2,
  FACTOR = 4,
  SPECIAL = 8,
  RECOMPUTE = 16,
  ALL = 40,
};

#define SALT   0x5CA1AB1E
#define BUDGET (INT64_C (1) << 30)

/* ---- cases ---------------------------------------------------------------------------------- */

typedef struct
{
  int mode, spatial, flags, type;
  int64_t n, c, in[3], out[3];
  double factor[3];
  uint32_t seed;
} Case;

static uint64_t
mix (uint64_t seed, uint64_t index)
{
  uint64_t z = seed * 0x9E3779B97F4A7C15u + 0x9E3779B97F4A7C15u * (index + 1);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

static const ScopeDtype types[] = { SCOPE_FLOAT32, SCOPE_FLOAT64, SCOPE_BFLOAT16, SCOPE_UINT8,
                                    SCOPE_FLOAT16 };

/* The case's input as the type that is computed in: uint8, float or double. */
static void *
make_input (const Case *c, int64_t count)
{
  static const int bits[] = { 23, 52, 7, 0, 10 };
  void *data = g_malloc ((gsize)count * 8);
  for (int64_t i = 0; i < count; i++)
    {
      uint64_t z = mix (c->seed, (uint64_t)i);
      double value =
          (double)(z >> (63 - bits[c->type])) / (double)(UINT64_C (1) << bits[c->type]) - 1;
      if (c->flags & SPECIAL && z % 37 < 3)
        value = z % 37 == 0 ? (double)NAN : z % 37 == 1 ? HUGE_VAL : -HUGE_VAL;
      if (types[c->type] == SCOPE_UINT8)
        ((uint8_t *)data)[i] = (uint8_t)(z >> 56);
      else if (types[c->type] == SCOPE_FLOAT64)
        ((double *)data)[i] = value;
      else
        ((float *)data)[i] = (float)value;
    }
  return data;
}

static size_t
element_bytes (const Case *c)
{
  return types[c->type] == SCOPE_UINT8 ? 1 : types[c->type] == SCOPE_FLOAT64 ? 8 : 4;
}

static ScopeResampleAxis
rule_of (const Case *c, int axis)
{
  static const ScopeResampleFilter filters[] = { SCOPE_FILTER_NEAREST, SCOPE_FILTER_NEAREST_EXACT,
                                                 SCOPE_FILTER_LINEAR, SCOPE_FILTER_CUBIC,
                                                 SCOPE_FILTER_AREA };
  bool kept = c->flags & FACTOR && !(c->flags & RECOMPUTE) && c->mode != 4;
  bool single = c->c == 1;
  for (int a = 0; !single && a < c->spatial; a++)
    single = c->in[a] == 1 && (a == 0 || c->in[a - 1] == 1);
  ScopeResampleAxis rule = {
    .in = c->in[axis],
    .out = c->out[axis],
    .filter = filters[c->mode],
    .align_corners = c->flags & ALIGN,
    .antialias = c->flags & ANTIALIAS,
    .factor = kept ? c->factor[axis] : 0,
    .arithmetic = types[c->type] == SCOPE_FLOAT64                    ? SCOPE_ARITHMETIC_FLOAT64
                  : types[c->type] == SCOPE_BFLOAT16 && c->mode != 4 ? SCOPE_ARITHMETIC_BFLOAT16
                                                                     : SCOPE_ARITHMETIC_FLOAT32,
  };
  bool all_ones = true;
  for (int a = 0; a < c->spatial; a++)
    all_ones = all_ones && c->in[a] == 1;
  if (c->mode < 2 && c->spatial > 1 && (c->c == 1 || all_ones))
    {
      rule.shortcut = true;
      rule.arithmetic = SCOPE_ARITHMETIC_FLOAT32;
    }
  return rule;
}

/* ---- a whole case through tables and a block ------------------------------------------------- */

typedef struct
{
  ScopeResampleTable *table[3];
  ScopeResampleBlock block;
  int64_t in_count, out_count;
} Whole;

static void
whole_init (Whole *whole, const Case *c)
{
  ScopeError error;
  int rank = c->spatial + 2;
  *whole = (Whole){ .in_count = 1, .out_count = 1 };
  whole->block.rank = rank;
  whole->block.element = element_bytes (c);
  for (int a = rank - 1; a >= 0; a--)
    {
      ScopeBlockAxis *axis = &whole->block.axis[a];
      int64_t in = a == 0 ? c->n : a == 1 ? c->c : c->in[a - 2];
      int64_t out = a < 2 ? in : c->out[a - 2];
      *axis = (ScopeBlockAxis){
        .outputs = out, .inputs = in, .in_stride = whole->in_count, .out_stride = whole->out_count
      };
      if (a >= 2)
        {
          ScopeResampleAxis rule = rule_of (c, a - 2);
          whole->table[a - 2] = scope_resample_table_new (&rule, 0, 1, out, BUDGET, &error);
          g_assert_nonnull (whole->table[a - 2]);
          axis->table = whole->table[a - 2];
        }
      whole->in_count *= in;
      whole->out_count *= out;
    }
}

static void
whole_clear (Whole *whole)
{
  for (int a = 0; a < 3; a++)
    scope_resample_table_free (whole->table[a]);
}

/* ---- torch's answers ------------------------------------------------------------------------ */

typedef struct
{
  const uint8_t *at, *end;
} Reader;

static uint64_t
take (Reader *reader, int bytes)
{
  uint64_t value = 0;
  g_assert_cmpint (reader->end - reader->at, >=, bytes);
  memcpy (&value, reader->at, (size_t)bytes);
  reader->at += bytes;
  return GUINT64_FROM_LE (value);
}

static double
take_double (Reader *reader)
{
  uint64_t bits = take (reader, 8);
  double value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

static Case
take_case (Reader *reader)
{
  Case c = { 0 };
  c.mode = (int)take (reader, 1);
  c.spatial = (int)take (reader, 1);
  c.flags = (int)take (reader, 1);
  c.type = (int)take (reader, 1);
  c.n = (int64_t)take (reader, 2);
  c.c = (int64_t)take (reader, 2);
  c.seed = (uint32_t)take (reader, 4);
  for (int a = 0; a < c.spatial; a++)
    c.in[a] = (int64_t)take (reader, 4);
  for (int a = 0; a < c.spatial; a++)
    c.out[a] = (int64_t)take (reader, 4);
  for (int a = 0; c.flags & FACTOR && a < c.spatial; a++)
    c.factor[a] = take_double (reader);
  return c;
}

static double
take_element (Reader *reader, ScopeDtype type)
{
  uint8_t bytes[8];
  uint64_t bits = take (reader, (int)scope_dtype_bytes (type));
  memcpy (bytes, &bits, sizeof bytes);
  ScopeNumber number = scope_dtype_load (type, bytes);
  return scope_dtype_kind (type) == SCOPE_KIND_UNSIGNED ? (double)number.u : number.f;
}

static double
element (const Case *c, const void *data, int64_t i)
{
  switch (types[c->type])
    {
    case SCOPE_UINT8:
      return ((const uint8_t *)data)[i];
    case SCOPE_FLOAT64:
      return ((const double *)data)[i];
    case SCOPE_BFLOAT16:
      return (double)scope_bfloat16_to_float (
          scope_bfloat16_from_double ((double)((const float *)data)[i]));
    case SCOPE_FLOAT16:
      return (double)scope_float16_to_float (
          scope_float16_from_double ((double)((const float *)data)[i]));
    default:
      return (double)((const float *)data)[i];
    }
}

/* FNV-1a of the result as the case's type holds it. */
static uint64_t
checksum (const Case *c, const void *data, int64_t count)
{
  uint64_t value = 0xCBF29CE484222325u;
  size_t bytes = scope_dtype_bytes (types[c->type]);
  for (int64_t i = 0; i < count; i++)
    {
      uint8_t buffer[8];
      scope_dtype_convert (types[c->type] == SCOPE_BFLOAT16 ? SCOPE_FLOAT32 : types[c->type],
                           (const char *)data + (size_t)i * element_bytes (c), 1, types[c->type],
                           buffer, 1, 1);
      for (size_t b = 0; b < bytes; b++)
        value = (value ^ buffer[b]) * 0x100000001B3u;
    }
  return value;
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

static char *
describe (const Case *c)
{
  GString *text = g_string_new (NULL);
  g_string_printf (text, "mode %d type %d flags %d n %d c %d", c->mode, c->type, c->flags,
                   (int)c->n, (int)c->c);
  for (int a = 0; a < c->spatial; a++)
    g_string_append_printf (text, " %d→%d (%g)", (int)c->in[a], (int)c->out[a], c->factor[a]);
  return g_string_free (text, FALSE);
}

/* Of the data's range, which is 2. */
static double
tolerance_of (const Case *c)
{
  static const double tolerance[] = { 2e-6, 1e-14, 8e-3, 0, 1e-3 };
  return c->mode < 2 ? 0 : tolerance[c->type];
}

static void
replay (Reader *reader)
{
  ScopeError error;
  Whole whole;
  Case c = take_case (reader);
  g_autofree char *text = describe (&c);
  whole_init (&whole, &c);
  g_autofree void *in = make_input (&c, whole.in_count);
  g_autofree void *out = g_malloc0 ((gsize)whole.out_count * 8);
  whole.block.in = in;
  whole.block.out = out;
  g_assert_true (scope_resample_block (&whole.block, NULL, &error));

  int samples = (int)take (reader, 2);
  double tolerance = tolerance_of (&c), sum = 0;
  for (int k = 0; k < samples; k++)
    {
      int64_t at = whole.out_count <= ALL
                       ? k
                       : (int64_t)(mix (c.seed ^ SALT, (uint64_t)k) % (uint64_t)whole.out_count);
      double theirs = take_element (reader, types[c.type]), ours = element (&c, out, at);
      if (!close_enough (ours, theirs, tolerance))
        g_error ("%s: element %d is %.9g, torch says %.9g", text, (int)at, ours, theirs);
    }
  if (c.mode < 2)
    g_assert_cmphex (checksum (&c, out, whole.out_count), ==, take (reader, 8));
  else
    {
      for (int64_t i = 0; i < whole.out_count; i++)
        sum += element (&c, out, i);
      double theirs = take_double (reader), ours = sum / (double)whole.out_count;
      if (!close_enough (ours, theirs, fmax (tolerance, 1e-12)))
        g_error ("%s: the mean is %.12g, torch says %.12g", text, ours, theirs);
    }
  whole_clear (&whole);
}

static GByteArray *
unpack (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GZlibDecompressor) gzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) plain =
      g_converter_input_stream_new (G_INPUT_STREAM (stream), G_CONVERTER (gzip));
  GByteArray *bytes = g_byte_array_new ();
  guint8 buffer[65536];
  gssize got;
  while ((got = g_input_stream_read (plain, buffer, sizeof buffer, NULL, &error)) > 0)
    g_byte_array_append (bytes, buffer, (guint)got);
  g_assert_no_error (error);
  return bytes;
}

static void
test_torch (void)
{
  g_autoptr (GByteArray) bytes = unpack (SCOPE_TESTS "/golden/resample.gz");
  Reader reader = { bytes->data, bytes->data + bytes->len };
  int cases = 0;
  for (; reader.at < reader.end; cases++)
    replay (&reader);
  g_assert_cmpint (cases, >=, 5000);
}

/* ---- pictures of filters ----------------------------------------------------------------------
 */

/* The filter that is shown, at the elements' distances from the place that is shown, gives the
 * weights that are used, where nothing is cut off or clamped. */
static void
test_filters (void)
{
  static const struct
  {
    ScopeCoordinates coordinates;
    ScopeResampleFilter filter;
    bool antialias, fixed_width;
  } rules[] = {
    { SCOPE_COORDINATES_TORCH_1, SCOPE_FILTER_LINEAR, false, true },
    { SCOPE_COORDINATES_TORCH_1, SCOPE_FILTER_CUBIC, false, true },
    { SCOPE_COORDINATES_TORCH_1, SCOPE_FILTER_LINEAR, true, false },
    { SCOPE_COORDINATES_TORCH_2, SCOPE_FILTER_CUBIC, true, false },
    { SCOPE_COORDINATES_PILLOW, SCOPE_FILTER_CUBIC, false, false },
    { SCOPE_COORDINATES_PILLOW, SCOPE_FILTER_LANCZOS3, false, false },
    { SCOPE_COORDINATES_PILLOW, SCOPE_FILTER_MITCHELL, false, true },
    { SCOPE_COORDINATES_PILLOW, SCOPE_FILTER_HERMITE, false, false },
    { SCOPE_COORDINATES_OPENCV, SCOPE_FILTER_LINEAR, false, false },
    { SCOPE_COORDINATES_OPENCV, SCOPE_FILTER_CUBIC, false, false },
    { SCOPE_COORDINATES_OPENCV, SCOPE_FILTER_LANCZOS4, false, false },
    { SCOPE_COORDINATES_TENSORFLOW, SCOPE_FILTER_LINEAR, false, false },
    { SCOPE_COORDINATES_ONNX, SCOPE_FILTER_CUBIC, false, false },
    { SCOPE_COORDINATES_ONNX, SCOPE_FILTER_LINEAR, true, false },
  };
  static const int64_t sizes[][2] = { { 100, 37 }, { 100, 220 } };
  for (gsize r = 0; r < G_N_ELEMENTS (rules); r++)
    for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        ScopeResampleAxis axis = { .in = sizes[s][0],
                                   .out = sizes[s][1],
                                   .filter = rules[r].filter,
                                   .antialias = rules[r].antialias,
                                   .fixed_width = rules[r].fixed_width,
                                   .coordinates = rules[r].coordinates,
                                   .cubic_a = -0.75 };
        for (int64_t j = axis.out / 3; j < axis.out / 2; j++)
          {
            double weight[64], sum = 0;
            ScopeTaps taps = scope_resample_taps (&axis, j);
            g_assert_cmpint (taps.count, <=, 64);
            scope_resample_weights (&axis, j, taps, weight);
            double place = scope_resample_place (&axis, j);
            for (int64_t k = 0; k < taps.count; k++)
              {
                double distance = (double)(taps.first + k) - place;
                sum += scope_resample_filter (&axis, distance);
                if (fabs (distance) > scope_resample_radius (&axis) + 1e-5)
                  g_assert_cmpfloat_with_epsilon (weight[k], 0, 1e-6);
              }
            for (int64_t k = 0; k < taps.count; k++)
              {
                double distance = (double)(taps.first + k) - place;
                g_assert_cmpfloat_with_epsilon (
                    weight[k], scope_resample_filter (&axis, distance) / sum, 2e-4);
              }
          }
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/resample/torch", test_torch);
  g_test_add_func ("/core/resample/filters", test_filters);
  return g_test_run ();
}
