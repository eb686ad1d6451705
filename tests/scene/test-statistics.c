/* Statistics of planes and tensors against NumPy's (tests/oracle/statistics.py), and one NaN among
 * a hundred million. */
#include "scene/plane.h"
#include "scene/pyramid.h"
#include "scene/sample.h"

#include <glib.h>
#include <math.h>
#include <string.h>

enum
{
  QUANTILES = 5,
  BINS = 8,
};

static const double quantiles[QUANTILES] = { 0.01, 0.25, 0.5, 0.75, 0.99 };

/* ---- values as the oracle makes them -------------------------------------------------------- */

static guint64
mix (guint64 seed, guint64 index)
{
  guint64 z = seed * 0x9E3779B97F4A7C15u + 0x9E3779B97F4A7C15u * (index + 1);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

typedef struct
{
  ScopeDtype dtype;
  ScopeShape shape;
  guint64 seed, special;
  double scale, offset;
} Made;

static double
value_at (const Made *made, guint64 index)
{
  guint64 bits = mix (made->seed, index), odd = made->special > 0 ? bits % (3 * made->special) : 3;
  double value = (double)(bits >> 11) * 0x1p-53 * made->scale + made->offset;
  if (!scope_dtype_is_float (made->dtype))
    return floor (value);
  return odd == 0 ? (double)NAN : odd == 1 ? HUGE_VAL : odd == 2 ? -HUGE_VAL : value;
}

static ScopeProgram *
program_of (ScopeTensor *tensor)
{
  ScopeError error = { 0 };
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeProgram *program = scope_program_new ("A", 1, &tensor, 1, &options, &error);
  g_assert_nonnull (program);
  scope_tensor_unref (tensor);
  return program;
}

static ScopeProgram *
make (const Made *made)
{
  ScopeError error = { 0 };
  int64_t count;
  void *data;
  g_assert_true (scope_shape_count (&made->shape, &count, &error));
  ScopeStorage *storage =
      scope_storage_new_owned (made->dtype, count, INT64_C (1) << 30, &data, &error);
  for (int64_t i = 0; i < count; i++)
    {
      double value = value_at (made, (guint64)i);
      scope_dtype_convert (SCOPE_FLOAT64, &value, 1, made->dtype,
                           (char *)data + i * (int64_t)scope_dtype_bytes (made->dtype), 1, 1);
    }
  ScopeTensor *tensor = scope_tensor_new ("A", made->dtype, &made->shape, NULL, storage, &error);
  g_assert_nonnull (tensor);
  scope_storage_unref (storage);
  return program_of (tensor);
}

/* ---- NumPy's -------------------------------------------------------------------------------- */

/* Equal, or both NaN, to `digits` of the number that counts. */
static void
assert_near (double got, double expected, double tolerance)
{
  if (isnan (expected))
    g_assert_true (isnan (got));
  else if (!(fabs (got - expected) <= tolerance))
    g_error ("%.17g where NumPy has %.17g (± %g)", got, expected, tolerance);
}

static void
compare (const ScopePlane *plane, const double *expected)
{
  const ScopeStatistics *got = &plane->statistics;
  g_assert_cmpint (got->count, ==, (gint64)expected[0]);
  g_assert_cmpint (got->nans, ==, (gint64)expected[1]);
  g_assert_cmpint (got->positive_infinities, ==, (gint64)expected[2]);
  g_assert_cmpint (got->negative_infinities, ==, (gint64)expected[3]);
  assert_near (got->min, expected[4], 0);
  assert_near (got->max, expected[5], 0);
  assert_near (got->min_positive, expected[6], 0);
  assert_near (got->mean, expected[7], 1e-14 * fmax (fabs (expected[4]), fabs (expected[5])));
  /* What a digit of the largest value is, is lost where values hardly differ. */
  assert_near (got->deviation, expected[8],
               1e-9 * expected[8] + 0x1p-52 * fmax (fabs (expected[4]), fabs (expected[5])));

  /* Of few values all are kept, of many one in so many. */
  gint64 finite = got->count - got->nans - got->positive_infinities - got->negative_infinities;
  gboolean all = got->count <= SCOPE_SAMPLE_MOST;
  double range = got->max - got->min;
  g_assert_cmpint (plane->samples, <=, SCOPE_SAMPLE_MOST);
  g_assert_cmpint (plane->samples, >=, all ? finite : SCOPE_SAMPLE_MOST / 8);
  for (int i = 0; i < QUANTILES; i++)
    assert_near (scope_quantile (plane->sample, plane->samples, quantiles[i]), expected[9 + i],
                 (all ? 1e-14 : 0.01) * fmax (range, fabs (expected[9 + i]) * all));
  gint64 bins[BINS] = { 0 };
  for (gint64 i = 0; i < plane->samples && range > 0; i++)
    {
      int bin = (int)((plane->sample[i] - got->min) / range * BINS);
      bins[CLAMP (bin, 0, BINS - 1)]++;
    }
  for (int i = 0; i < BINS && range > 0; i++)
    assert_near ((double)bins[i] / (double)plane->samples,
                 expected[9 + QUANTILES + i] / (double)finite, all ? 2.5 / (double)finite : 0.01);
}

static void
test_numpy (gconstpointer data)
{
  g_auto (GStrv) field = g_strsplit (data, " ", -1);
  double expected[9 + QUANTILES + BINS];
  Made made = { .seed = g_ascii_strtoull (field[3], NULL, 10),
                .scale = g_ascii_strtod (field[4], NULL),
                .offset = g_ascii_strtod (field[5], NULL),
                .special = g_ascii_strtoull (field[6], NULL, 10) };
  g_assert_true (scope_dtype_parse (field[1], strlen (field[1]), &made.dtype));
  g_auto (GStrv) sizes = g_strsplit (field[2], ",", -1);
  for (int i = 0; sizes[i] != NULL; i++)
    made.shape.size[made.shape.rank++] = g_ascii_strtoll (sizes[i], NULL, 10);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    expected[i] = g_ascii_strtod (field[7 + i], NULL);

  ScopeProgram *program = make (&made);
  ScopeError error = { 0 };
  ScopeReading reading = { 0 };
  ScopePlane *plane = scope_plane_of_values (program, program->result, INT64_MAX, &reading, &error);
  g_assert_nonnull (plane);
  compare (plane, expected);
  scope_plane_free (plane);

  if (made.shape.rank == 2) /* the same by way of pictures: in blocks, and piled up */
    {
      ScopeView view = scope_view_default (&made.shape);
      ScopePlaneRequest request = {
        .view = view, .max_rows = 16, .max_columns = 16, .effort = INT64_MAX, .sample = true
      };
      plane = scope_plane_make (program, program->result, &request, &reading, &error);
      g_assert_false (plane->sampled);
      compare (plane, expected);
      scope_plane_free (plane);
      ScopePyramid *pyramid =
          scope_pyramid_new (program, program->result, &view, NULL, &reading, &error);
      compare (pyramid->level[0], expected);
      scope_pyramid_unref (pyramid);
    }
  scope_program_unref (program);
}

/* ---- one among many ------------------------------------------------------------------------- */

#define MANY  G_GINT64_CONSTANT (100000000)
#define WHERE G_GINT64_CONSTANT (63000001)

static bool
read_many (ScopeStorage *storage,
           int64_t index,
           int64_t step,
           int64_t count,
           void *out,
           ScopeError *error)
{
  uint8_t *to = out;
  for (int64_t i = 0; i < count; i++)
    to[i] = (uint8_t)((index + i * step) & 0x3F);
  /* float8_e5m2: the first 64 patterns are finite, 0x7F is NaN */
  if (WHERE >= index && (WHERE - index) % step == 0 && (WHERE - index) / step < count)
    to[(WHERE - index) / step] = 0x7F;
  return true;
}

static void
forget (ScopeStorage *storage)
{
  g_free (storage);
}

static const ScopeStorageClass many_class = { read_many, forget, 0 };

static void
test_one_among_many (void)
{
  ScopeError error = { 0 };
  ScopeReading reading = { 0 };
  ScopeShape shape = { 2, { 10000, MANY / 10000 } };
  ScopeStorage *storage = g_new0 (ScopeStorage, 1);
  *storage = (ScopeStorage){
    .klass = &many_class, .references = 1, .dtype = SCOPE_FLOAT8_E5M2, .count = MANY
  };
  ScopeTensor *tensor = scope_tensor_new ("A", SCOPE_FLOAT8_E5M2, &shape, NULL, storage, &error);
  scope_storage_unref (storage);
  ScopeProgram *program = program_of (tensor);
  ScopeView view = scope_view_default (&shape);
  ScopePlaneRequest request = {
    .view = view, .max_rows = 100, .max_columns = 100, .effort = INT64_MAX, .sample = true
  };
  ScopePlane *plane = scope_plane_make (program, program->result, &request, &reading, &error);
  g_assert_nonnull (plane);
  g_assert_false (plane->sampled);
  g_assert_cmpint (plane->statistics.count, ==, MANY);
  g_assert_cmpint (plane->statistics.nans, ==, 1);

  /* Each pattern stands there as often as the others, but for the one that is lost. */
  double sum = 0, squares = 0, lost = 0;
  for (int pattern = 0; pattern < 64; pattern++)
    {
      uint8_t byte = (uint8_t)pattern;
      double value = scope_dtype_load (SCOPE_FLOAT8_E5M2, &byte).f, times = MANY / 64;
      if (pattern == (WHERE & 0x3F))
        lost = value;
      sum += value * times;
      squares += value * value * times;
    }
  double count = MANY - 1, mean = (sum - lost) / count;
  double deviation = sqrt ((squares - lost * lost) / count - mean * mean);
  g_assert_cmpfloat_with_epsilon (plane->statistics.mean, mean, 1e-12 * mean);
  g_assert_cmpfloat_with_epsilon (plane->statistics.deviation, deviation, 1e-9 * deviation);

  /* Its cell says so, and no other. */
  gint64 row = WHERE / shape.size[1] / plane->row_block;
  gint64 column = WHERE % shape.size[1] / plane->column_block;
  for (gint64 i = 0; i < plane->cell_rows * plane->cell_columns; i++)
    g_assert_true (isnan (plane->value[i]) == (i == row * plane->cell_columns + column));
  scope_plane_free (plane);
  scope_program_unref (program);
}

int
main (int argc, char **argv)
{
  g_autofree char *text = NULL;
  g_test_init (&argc, &argv, NULL);
  g_assert_true (g_file_get_contents (SCOPE_TESTS "/golden/statistics.txt", &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (g_strstrip (text), "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 2);
      g_autofree char *path = g_strconcat ("/scene/statistics/", words[0], NULL);
      g_test_add_data_func (path, lines[i], test_numpy);
    }
  g_test_add_func ("/scene/statistics/one-among-many", test_one_among_many);
  return g_test_run ();
}
