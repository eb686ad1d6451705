/* Generators: each kind's formula, any element from its index alone, the size of nothing. */
#include "core/generator.h"
#include "core/letters.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* The formula of the header, in double precision. */
static double
formula (ScopeFillKind kind, double parameter, gint64 index, gint64 rows, gint64 columns)
{
  gint64 column = index % columns;
  gint64 row = index / columns % rows;
  double x = (double)column - ((double)columns - 1) / 2;
  double y = (double)row - ((double)rows - 1) / 2;
  switch (kind)
    {
    case SCOPE_FILL_RAMP:
      return (double)index;
    case SCOPE_FILL_ONES:
      return 1;
    case SCOPE_FILL_IDENTITY:
      return row == column;
    case SCOPE_FILL_CHECKERBOARD:
      return (row / (gint64)parameter + column / (gint64)parameter) % 2;
    case SCOPE_FILL_ZONEPLATE:
      return cos (G_PI * (x * x + y * y) / (double)MAX (rows, columns));
    case SCOPE_FILL_IMPULSE:
      return row == rows / 2 && column == columns / 2;
    case SCOPE_FILL_STEP:
      return column >= columns / 2;
    case SCOPE_FILL_SINE:
      return sin (2 * G_PI * (double)column / parameter);
    case SCOPE_FILL_SIEMENS:
      return fmod (floor (atan2 (y, x) * 36 / G_PI + 1e-9) + 36, 2);
    case SCOPE_FILL_TEXT:
      return scope_letters_ink (row, column);
    case SCOPE_FILL_CONSTANT:
      return parameter;
    default:
      return 0;
    }
}

static const struct
{
  const char *name;
  ScopeFillKind kind;
  double given, parameter; /* as given, as it serves */
} fills[] = {
  { "ramp", SCOPE_FILL_RAMP, NAN, 0 },
  { "zeros", SCOPE_FILL_ZEROS, NAN, 0 },
  { "ones", SCOPE_FILL_ONES, NAN, 0 },
  { "identity", SCOPE_FILL_IDENTITY, NAN, 0 },
  { "checkerboard", SCOPE_FILL_CHECKERBOARD, NAN, 8 },
  { "checkerboard-3", SCOPE_FILL_CHECKERBOARD, 3, 3 },
  { "zoneplate", SCOPE_FILL_ZONEPLATE, NAN, 0 },
  { "impulse", SCOPE_FILL_IMPULSE, NAN, 0 },
  { "step", SCOPE_FILL_STEP, NAN, 0 },
  { "sine", SCOPE_FILL_SINE, NAN, 16 },
  { "sine-7.5", SCOPE_FILL_SINE, 7.5, 7.5 },
  { "siemens", SCOPE_FILL_SIEMENS, NAN, 0 },
  { "text", SCOPE_FILL_TEXT, NAN, 0 },
  { "constant", SCOPE_FILL_CONSTANT, -2.5, -2.5 },
};

static const ScopeShape shapes[] = {
  { 0 }, { 1, { 37 } }, { 2, { 12, 17 } }, { 3, { 2, 19, 12 } }, { 4, { 3, 1, 5, 1 } },
};

static void
read_element (ScopeStorage *storage, gint64 index, void *out)
{
  g_assert_true (storage->klass->read (storage, index, 1, 1, out, NULL));
}

static void
test_formula (gconstpointer data)
{
  gsize k = GPOINTER_TO_SIZE (data);
  for (gsize s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      const ScopeShape *shape = &shapes[s];
      ScopeStorage *storage = scope_generator_new ((ScopeFill){ fills[k].kind, fills[k].given },
                                                   SCOPE_FLOAT64, shape, NULL);
      g_assert_nonnull (storage);
      gint64 columns = shape->rank > 0 ? shape->size[shape->rank - 1] : 1;
      gint64 rows = shape->rank > 1 ? shape->size[shape->rank - 2] : 1;
      for (gint64 i = 0; i < storage->count; i++)
        {
          double value = -99;
          read_element (storage, i, &value);
          g_assert_cmpfloat_with_epsilon (
              value, formula (fills[k].kind, fills[k].parameter, i, rows, columns), 1e-12);
        }
      scope_storage_unref (storage);
    }
}

/* Reading with any step is reading one by one, in every type. */
static void
test_steps (gconstpointer data)
{
  gsize k = GPOINTER_TO_SIZE (data);
  g_autoptr (GRand) random = g_rand_new_with_seed (31);
  for (int dtype = 0; dtype < SCOPE_N_DTYPES; dtype++)
    {
      gsize bytes = scope_dtype_bytes ((ScopeDtype)dtype);
      ScopeShape shape = { 3, { 3, 40, 23 } };
      ScopeStorage *storage = scope_generator_new ((ScopeFill){ (ScopeFillKind)k, NAN },
                                                   (ScopeDtype)dtype, &shape, NULL);
      g_autofree char *all = g_malloc (2760 * bytes);
      g_assert_true (storage->klass->read (storage, 0, 1, 2760, all, NULL));
      for (int round = 0; round < 20; round++)
        {
          gint64 index = g_rand_int_range (random, 0, 2760);
          gint64 step = g_rand_int_range (random, -100, 100);
          gint64 count = step == 0 ? 7 : step < 0 ? index / -step + 1 : (2759 - index) / step + 1;
          g_autofree char *some = g_malloc ((gsize)count * bytes);
          g_assert_true (storage->klass->read (storage, index, step, count, some, NULL));
          for (gint64 i = 0; i < count; i++)
            g_assert_cmpmem (some + (gsize)i * bytes, bytes,
                             all + (gsize)(index + i * step) * bytes, bytes);
        }
      scope_storage_unref (storage);
    }
}

static void
test_ramp_types (void)
{
  ScopeShape shape = { 1, { INT64_C (10000000000000) } };
  static const gint64 indices[] = { 0, 255, 256, 300, 65537, 16777217, 9999999999999 };
  for (gsize i = 0; i < G_N_ELEMENTS (indices); i++)
    for (int dtype = 0; dtype < SCOPE_N_DTYPES; dtype++)
      {
        ScopeStorage *storage = scope_generator_new ((ScopeFill){ SCOPE_FILL_RAMP, NAN },
                                                     (ScopeDtype)dtype, &shape, NULL);
        char got[16] = { 0 }, expected[16] = { 0 };
        read_element (storage, indices[i], got);
        scope_dtype_store ((ScopeDtype)dtype, expected, SCOPE_KIND_SIGNED,
                           (ScopeNumber){ .i = indices[i] });
        g_assert_cmpmem (got, 16, expected, 16);
        if (dtype == SCOPE_UINT8)
          g_assert_cmpint (*(guint8 *)got, ==, (guint8)indices[i]);
        if (dtype == SCOPE_FLOAT32)
          {
            float value;
            memcpy (&value, got, sizeof value);
            g_assert_true (value == (float)indices[i]);
          }
        scope_storage_unref (storage);
      }
}

/* In [0, 1), the same each time, another for another seed, and flat. */
static void
test_random (void)
{
  enum
  {
    N = 100000
  };
  static const ScopeDtype types[] = { SCOPE_FLOAT64,  SCOPE_FLOAT32,       SCOPE_FLOAT16,
                                      SCOPE_BFLOAT16, SCOPE_FLOAT8_E4M3FN, SCOPE_FLOAT8_E5M2 };
  ScopeShape shape = { 1, { N } };
  g_autofree double *first = g_new (double, N);
  for (gsize t = 0; t < G_N_ELEMENTS (types); t++)
    for (int seed = 0; seed < 3; seed++)
      {
        ScopeStorage *storage = scope_generator_new (
            (ScopeFill){ SCOPE_FILL_RANDOM, seed == 0 ? NAN : seed }, types[t], &shape, NULL);
        g_autofree char *raw = g_malloc (N * 8);
        g_autofree double *value = g_new (double, N);
        g_assert_true (storage->klass->read (storage, 0, 1, N, raw, NULL));
        scope_dtype_convert (types[t], raw, 1, SCOPE_FLOAT64, value, 1, N);
        double sum = 0, squares = 0, neighbours = 0;
        for (int i = 0; i < N; i++)
          {
            g_assert_cmpfloat (value[i], >=, 0);
            g_assert_cmpfloat (value[i], <, 1);
            sum += value[i];
            squares += value[i] * value[i];
            neighbours += i > 0 ? value[i] * value[i - 1] : 0;
          }
        if (scope_dtype_bytes (types[t]) >= 4)
          {
            g_assert_cmpfloat_with_epsilon (sum / N, 0.5, 0.005);
            g_assert_cmpfloat_with_epsilon (squares / N, 1.0 / 3, 0.005);
            g_assert_cmpfloat_with_epsilon (neighbours / N, 0.25, 0.005);
          }
        if (t == 0 && seed == 0)
          memcpy (first, value, N * sizeof *first);
        else if (seed == 0)
          for (int i = 0; i < N; i++) /* the same value, as far as the type goes */
            g_assert_cmpfloat_with_epsilon (value[i], first[i], 0.126);
        else
          g_assert_false (value[0] == first[0] && value[1] == first[1] && value[2] == first[2]);
        scope_storage_unref (storage);
      }
}

/* In an integer type the fractions and waves fill its range. */
static void
test_stretch (void)
{
  static const ScopeFillKind kinds[] = { SCOPE_FILL_RANDOM, SCOPE_FILL_ZONEPLATE, SCOPE_FILL_SINE };
  ScopeShape shape = { 2, { 256, 256 } };
  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (int dtype = SCOPE_BOOL; dtype <= SCOPE_INT64; dtype++)
      {
        ScopeStorage *storage =
            scope_generator_new ((ScopeFill){ kinds[k], NAN }, (ScopeDtype)dtype, &shape, NULL);
        gint64 low = G_MAXINT64, high = G_MININT64;
        for (gint64 i = 0; i < 65536; i++)
          {
            gint64 element = 0;
            read_element (storage, i, &element);
            ScopeNumber number = scope_dtype_load ((ScopeDtype)dtype, &element);
            low = MIN (low, number.i);
            high = MAX (high, number.i);
          }
        g_assert_cmpint (low, ==, 0);
        g_assert_cmpint (high, ==, dtype == SCOPE_BOOL ? 1 : dtype == SCOPE_INT8 ? 127 : 255);
        scope_storage_unref (storage);
      }
}

/* A terabyte-sized tensor opens at once and its last element is right. */
static void
test_huge (void)
{
  ScopeShape shape = { 2, { INT64_C (1) << 31, (INT64_C (1) << 32) - 1 } };
  for (int kind = 0; kind < SCOPE_N_FILLS; kind++)
    {
      ScopeStorage *storage = scope_generator_new ((ScopeFill){ (ScopeFillKind)kind, NAN },
                                                   SCOPE_FLOAT64, &shape, NULL);
      g_assert_nonnull (storage);
      g_assert_null (storage->data);
      double value[2] = { -9, -9 };
      gint64 last = storage->count - 1;
      g_assert_true (storage->klass->read (storage, last, -last, 2, value, NULL));
      if (kind == SCOPE_FILL_RAMP)
        g_assert_true (value[0] == (double)last && value[1] == 0);
      if (kind == SCOPE_FILL_STEP)
        g_assert_true (value[0] == 1 && value[1] == 0);
      scope_storage_unref (storage);
    }
  ScopeShape wide = { 2, { 1, G_MAXINT64 } };
  ScopeStorage *storage =
      scope_generator_new ((ScopeFill){ SCOPE_FILL_IMPULSE, NAN }, SCOPE_UINT8, &wide, NULL);
  guint8 pixel[3] = { 9, 9, 9 };
  g_assert_true (storage->klass->read (storage, G_MAXINT64 / 2 - 1, 1, 3, pixel, NULL));
  g_assert_cmpint (pixel[0] * 100 + pixel[1] * 10 + pixel[2], ==, 10);
  g_assert_true (storage->klass->read (storage, 0, G_MAXINT64 / 2, 3, pixel, NULL));
  g_assert_cmpint (pixel[0] * 100 + pixel[1] * 10 + pixel[2], ==, 10);
  scope_storage_unref (storage);
}

static void
test_errors (void)
{
  ScopeError error = { 0 };
  ScopeShape large = { 2, { G_MAXINT64, 2 } };
  ScopeShape unknown = { 1, { SCOPE_SIZE_UNKNOWN } };
  g_assert_null (
      scope_generator_new ((ScopeFill){ SCOPE_FILL_RAMP, NAN }, SCOPE_FLOAT32, &large, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_OVERFLOW);
  g_assert_null (
      scope_generator_new ((ScopeFill){ SCOPE_FILL_RAMP, NAN }, SCOPE_FLOAT32, &unknown, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_SHAPE);
  ScopeShape empty = { 2, { 0, 5 } };
  ScopeStorage *storage =
      scope_generator_new ((ScopeFill){ SCOPE_FILL_RAMP, NAN }, SCOPE_FLOAT32, &empty, &error);
  g_assert_cmpint (storage->count, ==, 0);
  scope_storage_unref (storage);
}

/* The text picture has rows of ink between empty ones, and repeats. */
static void
test_letters (void)
{
  GString *line = g_string_new (NULL);
  for (int row = 0; row < 8; row++)
    {
      for (int column = 0; column < 17; column++)
        g_string_append_c (line, scope_letters_ink (row, column) ? '#' : '.');
      g_string_append_c (line, '\n');
    }
  g_assert_cmpstr (line->str, ==,
                   "#####.#...#.#####\n"
                   "..#...#...#.#....\n"
                   "..#...#...#.#....\n"
                   "..#...#####.####.\n"
                   "..#...#...#.#....\n"
                   "..#...#...#.#....\n"
                   "..#...#...#.#####\n"
                   ".................\n");
  g_string_free (line, TRUE);
  for (int row = 0; row < 100; row++)
    for (int column = 0; column < 300; column++)
      g_assert_true (scope_letters_ink (row, column) == scope_letters_ink (row + 100, column));
  for (int column = 0; column < 40; column++) /* the second line is twice as large */
    for (int row = 0; row < 20; row++)
      g_assert_true (scope_letters_ink (row + 10, column)
                     == scope_letters_ink (row / 2, column / 2));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (fills); i++)
    {
      g_autofree char *path = g_strdup_printf ("/generator/formula/%s", fills[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_formula);
    }
  for (int kind = 0; kind < SCOPE_N_FILLS; kind++)
    {
      g_autofree char *path =
          g_strdup_printf ("/generator/steps/%s", scope_fill_name ((ScopeFillKind)kind));
      g_test_add_data_func (path, GSIZE_TO_POINTER ((gsize)kind), test_steps);
    }
  g_test_add_func ("/generator/ramp-types", test_ramp_types);
  g_test_add_func ("/generator/random", test_random);
  g_test_add_func ("/generator/stretch", test_stretch);
  g_test_add_func ("/generator/huge", test_huge);
  g_test_add_func ("/generator/errors", test_errors);
  g_test_add_func ("/generator/letters", test_letters);
  return g_test_run ();
}
