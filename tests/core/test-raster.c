/* Every variant of the raster against the definition: the table of values that colours begin with.
 */
#include "core/raster-kernels.h"

#include <float.h>
#include <glib.h>
#include <math.h>
#include <string.h>

static const struct
{
  const char *name;
  ScopeCpuLevel level;
} variants[] = {
  { "baseline", SCOPE_CPU_BASELINE },
#ifdef __x86_64__
  { "avx2", SCOPE_CPU_AVX2 },
  { "avx512", SCOPE_CPU_AVX512 },
  { "avx512vbmi", SCOPE_CPU_AVX512_VBMI },
#endif
};

/* What the processor can run, whatever SCOPE_CPU allows. */
static bool
can_run (ScopeCpuLevel level)
{
  g_autofree char *cap = g_strdup (g_getenv ("SCOPE_CPU"));
  g_unsetenv ("SCOPE_CPU");
  bool can = scope_cpu_level () >= level;
  if (cap != NULL)
    g_setenv ("SCOPE_CPU", cap, TRUE);
  return can;
}

/* ---- scales --------------------------------------------------------------------------------- */

typedef enum
{
  EVEN,        /* colours begin at equal distances, rounded anyhow */
  GROWING,     /* at equal ratios; nothing below the least positive number has a place */
  LOGARITHMIC, /* the same with a guess */
  SYMMETRIC,   /* even up to ± 1, then at equal ratios */
  SHAKEN,      /* near equal distances, the guess being up to a fifth off */
  CONSTANT,    /* none but colour 0 */
} Spacing;

static const struct
{
  const char *name;
  Spacing spacing;
  int colors;
  double low, high;
} scales[] = {
  { "unit", EVEN, 256, 0, 1 },
  { "around-zero", EVEN, 256, -1, 1 },
  { "bytes", EVEN, 256, 0, 255 },
  { "whole-numbers", EVEN, 256, 0, 256 },
  { "odd", EVEN, 256, -0.37, 2.9101 },
  { "far-from-zero", EVEN, 256, 1000, 1000.01 },
  { "between-floats", EVEN, 256, 1000.00001, 1000.01 },
  { "neighbours", EVEN, 256, 1, 1 + 4 * DBL_EPSILON },
  { "two-sided", EVEN, 510, -3, 7 },
  { "few", EVEN, 7, 0.1, 0.9 },
  { "one", EVEN, 1, 0, 1 },
  { "most", EVEN, SCOPE_RASTER_COLORS, 0, 1 },
  { "small", EVEN, 256, 0, 1e-40 },
  { "denormal", EVEN, 256, 0, 1e-310 },
  { "all-floats", EVEN, 256, -FLT_MAX, FLT_MAX },
  { "all-doubles", EVEN, 256, -DBL_MAX, DBL_MAX },
  { "all-integers", EVEN, 256, -9223372036854775808.0, 9223372036854775807.0 },
  { "logarithmic", GROWING, 256, 1e-3, 1e5 },
  { "guessed", LOGARITHMIC, 256, 1e-3, 1e5 },
  { "guessed-small", LOGARITHMIC, 510, 1e-44, 1e-30 },
  { "guessed-narrow", LOGARITHMIC, 256, 5, 5.03 },
  { "guessed-widest", LOGARITHMIC, 256, DBL_TRUE_MIN, DBL_MAX },
  { "symmetric", SYMMETRIC, 256, -1000, 1000 },
  { "symmetric-beyond", SYMMETRIC, 256, -1e4, -2 },
  { "symmetric-within", SYMMETRIC, 510, -0.5, 0.25 },
  { "shaken", SHAKEN, 256, -5, 11 },
  { "shaken-two-sided", SHAKEN, 510, 0, 1 },
  { "constant", CONSTANT, 256, 3, 3 },
};

/* ± the value, or beyond 1 the logarithm to base 2 and 1. */
static double
symmetric (double value)
{
  double magnitude = fabs (value);
  return copysign (magnitude <= 1 ? magnitude : 1 + log2 (magnitude), value);
}

static double
inverse_symmetric (double value)
{
  double magnitude = fabs (value);
  return copysign (magnitude <= 1 ? magnitude : exp2 (magnitude - 1), value);
}

static void
set_log_guess (ScopeRaster *raster, Spacing spacing, double low, double high)
{
  raster->logarithmic = true;
  raster->threshold = raster->slope = raster->base = spacing == SYMMETRIC ? 1 : 0;
  raster->origin = spacing == SYMMETRIC ? symmetric (low) : log2 (low);
  raster->scale =
      raster->colors / ((spacing == SYMMETRIC ? symmetric (high) : log2 (high)) - raster->origin);
}

static double
first_value (Spacing spacing, double place, double low, double high)
{
  switch (spacing)
    {
    case CONSTANT:
      return NAN;
    case GROWING:
    case LOGARITHMIC:
      return exp2 (log2 (low) * (1 - place) + log2 (high) * place);
    case SYMMETRIC:
      return inverse_symmetric (symmetric (low) * (1 - place) + symmetric (high) * place);
    default:
      return low * (1 - place) + high * place;
    }
}

static void
fill (ScopeRaster *raster, int which, GRand *rand)
{
  Spacing spacing = scales[which].spacing;
  int colors = scales[which].colors;
  double low = scales[which].low, high = scales[which].high;
  raster->colors = colors;
  raster->bad = 0xFF123456u;
  raster->least = spacing == GROWING || spacing == LOGARITHMIC ? DBL_TRUE_MIN : -INFINITY;
  raster->low = low;
  raster->high = high;
  raster->origin = low;
  raster->scale = spacing == EVEN || spacing == SHAKEN ? colors / (high - low) : 0;
  raster->logarithmic = false;
  if (spacing == LOGARITHMIC || spacing == SYMMETRIC)
    set_log_guess (raster, spacing, low, high);
  for (int k = 0; k < colors; k++)
    {
      double place = (double)k / colors;
      if (spacing == SHAKEN)
        place += g_rand_double_range (rand, -0.2, 0.2) / colors;
      raster->color[k] = 0xFF000000u | g_rand_int (rand);
      raster->first[k] = first_value (spacing, place, low, high);
    }
  scope_raster_prepare (raster);
}

static uint32_t
expect_pixel (const ScopeRaster *raster, double value)
{
  int color = 0;
  if (!(value >= raster->least))
    return raster->bad;
  while (color + 1 < raster->colors && value >= raster->first[color + 1])
    color++;
  return raster->color[color];
}

/* ---- values --------------------------------------------------------------------------------- */

/* Of all sorts: anything, what is within the scale, what colours begin with and its neighbours. */
static double
a_number (const ScopeRaster *raster, GRand *rand)
{
  static const double special[] = { NAN,           INFINITY,      -INFINITY, 0,        -0.0,
                                    FLT_TRUE_MIN,  -FLT_TRUE_MIN, FLT_MAX,   -FLT_MAX, DBL_MAX,
                                    -DBL_TRUE_MIN, DBL_TRUE_MIN,  1,         -1 };
  double share = g_rand_double (rand);
  int color = g_rand_int_range (rand, 0, raster->colors);
  switch (g_rand_int_range (rand, 0, 16))
    {
    case 0:
      return special[g_rand_int_range (rand, 0, G_N_ELEMENTS (special))];
    case 1:
      return raster->first[color];
    case 2:
      return nextafter (raster->first[color], -INFINITY);
    case 3:
      return nextafterf ((float)raster->first[color], g_rand_boolean (rand) ? INFINITY : -INFINITY);
    case 4:
      return g_rand_boolean (rand) ? raster->low : raster->high;
    case 5:
      return 3 * raster->low * (share - 0.5) + 3 * raster->high * (share - 0.5);
    case 6:
      return g_rand_int_range (rand, -3, 260);
    default:
      return raster->low * (1 - share) + raster->high * share;
    }
}

static void
fill_element (ScopeDtype dtype, char *to, const ScopeRaster *raster, GRand *rand)
{
  double number = a_number (raster, rand);
  switch (scope_dtype_kind (dtype))
    {
    case SCOPE_KIND_FLOAT:
      scope_dtype_store (dtype, to, SCOPE_KIND_FLOAT, (ScopeNumber){ .f = number });
      return;
    case SCOPE_KIND_BOOL:
      *to = (char)g_rand_boolean (rand);
      return;
    default:
      break;
    }
  /* Anything, its ends, or a small one. */
  uint64_t bits = (uint64_t)g_rand_int (rand) << 32 | g_rand_int (rand);
  int sort = g_rand_int_range (rand, 0, 8);
  unsigned width = (unsigned)scope_dtype_bytes (dtype) * 8;
  bits = sort == 0   ? UINT64_MAX
         : sort == 1 ? UINT64_MAX >> (65 - width)
         : sort == 2 ? UINT64_C (1) << (width - 1)
         : sort < 5  ? bits & 255
                     : bits;
  memcpy (to, &bits, width / 8);
}

/* ---- one variant ---------------------------------------------------------------------------- */

enum
{
  MOST = 72 * 72,
};

typedef struct
{
  ScopeRaster raster;
  ScopeRasterWindow window;
  char *data;
  uint32_t *out, *around;
  int64_t pitch;
  bool outside[256];
} Run;

static double
number_at (const ScopeRasterWindow *window, int64_t row, int64_t column)
{
  int64_t bytes = (int64_t)scope_dtype_bytes (window->dtype);
  const char *at = (const char *)window->data
                   + (row * window->row_stride + column * window->column_stride) * bytes;
  double number;
  scope_dtype_convert (window->dtype, at, 1, SCOPE_FLOAT64, &number, 1, 1);
  return number;
}

static ScopeRasterKind
expect_kind (const ScopeRaster *raster, double value)
{
  if (isinf (value))
    return value > 0 ? SCOPE_RASTER_POSITIVE_INFINITY : SCOPE_RASTER_NEGATIVE_INFINITY;
  if (value > raster->high)
    return SCOPE_RASTER_OVER;
  if (!(value >= raster->least))
    return SCOPE_RASTER_BAD;
  return value < raster->low ? SCOPE_RASTER_UNDER : SCOPE_RASTER_PLAIN;
}

static void
check_kinds (const Run *run, int64_t row, ScopeCpuLevel level)
{
  uint8_t kind[256];
  scope_raster_sort_at (&run->raster, &run->window, row, kind, level);
  for (int64_t c = 0; c < run->window.columns; c++)
    g_assert_cmpint (kind[c], ==, expect_kind (&run->raster, number_at (&run->window, row, c)));
}

static void
check_run (Run *run, ScopeCpuLevel level, ScopeExecutor *executor)
{
  const uint32_t untouched = 0x5A5A5A5Au;
  const ScopeRasterWindow *window = &run->window;
  int64_t size = window->rows * run->pitch + 32;
  bool any = false;
  for (int64_t i = 0; i < size; i++)
    run->around[i] = untouched;
  bool said = scope_raster_map_at (&run->raster, window, run->out, run->pitch, run->outside, level,
                                   executor);
  for (int64_t r = 0; r < window->rows; r++)
    {
      bool outside = false;
      for (int64_t c = 0; c < window->columns; c++)
        {
          double value = number_at (window, r, c);
          uint32_t expected = expect_pixel (&run->raster, value);
          uint32_t *pixel = &run->out[r * run->pitch + c];
          if (*pixel != expected)
            g_error ("%s[%d, %d] = %.17g: %08x, not %08x", scope_dtype_name (window->dtype), (int)r,
                     (int)c, value, *pixel, expected);
          *pixel = untouched;
          outside |= !(value >= run->raster.low && value <= run->raster.high);
        }
      g_assert_cmpint (run->outside[r], ==, outside);
      check_kinds (run, r, level);
      any |= outside;
    }
  g_assert_cmpint (said, ==, any);
  for (int64_t i = 0; i < size; i++)
    g_assert_cmphex (run->around[i], ==, untouched);
}

static void
begin (Run *run)
{
  run->data = g_malloc ((MOST + 16) * sizeof (double));
  run->around = g_malloc ((MOST + 64) * sizeof *run->around);
}

static void
end (Run *run)
{
  g_free (run->data);
  g_free (run->around);
}

static void
fill_data (Run *run, ScopeDtype dtype, int64_t count, int shift, GRand *rand)
{
  size_t bytes = scope_dtype_bytes (dtype);
  run->window.dtype = dtype;
  run->window.data = run->data + shift;
  for (int64_t i = 0; i < count; i++)
    fill_element (dtype, run->data + shift + (size_t)i * bytes, &run->raster, rand);
}

static void
test_sizes (gconstpointer data)
{
  int variant = GPOINTER_TO_INT (data) % (int)G_N_ELEMENTS (variants);
  int scale = GPOINTER_TO_INT (data) / (int)G_N_ELEMENTS (variants);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  Run run = { 0 };
  if (!can_run (variants[variant].level))
    {
      g_test_skip ("not on this processor");
      return;
    }
  begin (&run);
  fill (&run.raster, scale, rand);
  for (int columns = 0; columns <= 200; columns++)
    {
      static const ScopeDtype types[] = { SCOPE_FLOAT32, SCOPE_FLOAT64 };
      ScopeDtype dtype = types[columns % 2];
      /* Sometimes not even where an element may begin. */
      int shift = g_rand_int_range (rand, 0, columns % 5 == 0 ? 8 : 1)
                  + (int)scope_dtype_bytes (dtype) * g_rand_int_range (rand, 0, 8);
      run.window.rows = 1 + columns % 3;
      run.window.columns = run.window.row_stride = columns;
      run.window.column_stride = 1;
      run.pitch = columns + columns % 4;
      run.out = run.around + g_rand_int_range (rand, 0, 16);
      fill_data (&run, dtype, run.window.rows * columns, shift, rand);
      check_run (&run, variants[variant].level, NULL);
    }
  end (&run);
}

/* Every type, in rows, turned, flipped, with steps and repeated. */
static void
test_types (gconstpointer data)
{
  int variant = GPOINTER_TO_INT (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  Run run = { 0 };
  if (!can_run (variants[variant].level))
    {
      g_test_skip ("not on this processor");
      return;
    }
  begin (&run);
  for (int dtype = 0; dtype < SCOPE_N_DTYPES; dtype++)
    for (int way = 0; way < 6; way++)
      {
        static const int64_t strides[][2] = { { 70, 1 },  { 1, 70 },  { -70, 1 },
                                              { 70, -1 }, { -1, 70 }, { 0, 1 } };
        if (scope_dtype_kind ((ScopeDtype)dtype) == SCOPE_KIND_COMPLEX)
          continue;
        size_t bytes = scope_dtype_bytes ((ScopeDtype)dtype);
        fill (&run.raster, g_rand_int_range (rand, 0, G_N_ELEMENTS (scales)), rand);
        fill_data (&run, (ScopeDtype)dtype, 70 * 70, 0, rand);
        run.window.rows = g_rand_int_range (rand, 1, 70);
        run.window.columns = g_rand_int_range (rand, 1, 70);
        run.window.row_stride = strides[way][0];
        run.window.column_stride = strides[way][1];
        int64_t first = (strides[way][0] < 0 ? -69 * strides[way][0] : 0)
                        + (strides[way][1] < 0 ? -69 * strides[way][1] : 0);
        run.window.data = run.data + (size_t)first * bytes;
        run.pitch = run.window.columns + 1;
        run.out = run.around + 3;
        check_run (&run, variants[variant].level, NULL);
      }
  end (&run);
}

/* Rows so many that they are streamed past the caches and shared out give the same picture. */
static void
test_large (gconstpointer data)
{
  enum
  {
    ROWS = 2100,
    COLUMNS = 2051,
  };
  int variant = GPOINTER_TO_INT (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);
  g_autofree float *value = g_new (float, ROWS *COLUMNS);
  g_autofree uint32_t *out = g_new0 (uint32_t, ROWS * COLUMNS);
  bool outside[ROWS];
  ScopeRaster raster;
  if (!can_run (variants[variant].level))
    {
      g_test_skip ("not on this processor");
      return;
    }
  fill (&raster, 4, rand);
  for (int i = 0; i < ROWS * COLUMNS; i++)
    value[i] = i < 4096 ? (float)a_number (&raster, rand) : value[(i - 4096) * 7 % 4099];
  ScopeExecutor *pool = scope_thread_pool_new (3);
  for (int turned = 0; turned < 2; turned++)
    {
      ScopeRasterWindow window = { .dtype = SCOPE_FLOAT32,
                                   .data = value,
                                   .rows = turned ? COLUMNS : ROWS,
                                   .columns = turned ? ROWS : COLUMNS,
                                   .row_stride = turned ? 1 : COLUMNS,
                                   .column_stride = turned ? COLUMNS : 1 };
      g_assert_true (scope_raster_map_at (&raster, &window, out, window.columns, outside,
                                          variants[variant].level, pool));
      for (int64_t r = 0; r < window.rows; r += 1 + r % 3)
        {
          bool expected = false;
          for (int64_t c = 0; c < window.columns; c++)
            {
              float x = value[r * window.row_stride + c * window.column_stride];
              expected |= !(x >= raster.low && x <= raster.high);
              if ((r + c) % 16 == 0)
                g_assert_cmphex (out[r * window.columns + c], ==, expect_pixel (&raster, x));
            }
          g_assert_cmpint (outside[r], ==, expected);
        }
    }
  scope_thread_pool_free (pool);
}

/* Pixels shown several times, once, and some not at all. */
static void
test_spread (gconstpointer data)
{
  enum
  {
    CELLS = 90,
    WIDEST = 200,
    ROWS = 5,
  };
  ScopeCpuLevel level = variants[GPOINTER_TO_INT (data)].level;
  g_autoptr (GRand) rand = g_rand_new_with_seed (19);
  if (!can_run (level))
    {
      g_test_skip ("not on this processor");
      return;
    }
  /* As large as it must be, so that reading beyond it is found. */
  g_autofree uint32_t *from = g_new (uint32_t, 3 * CELLS);
  for (int i = 0; i < 3 * CELLS; i++)
    from[i] = g_rand_int (rand);
  for (int columns = 0; columns <= WIDEST; columns++)
    for (int way = 0; way < 4; way++)
      {
        static const double pitches[] = { 1, 0.45, 0.97, 2.3 };
        const int64_t row[ROWS] = { 0, 0, 1, 2, 2 };
        int32_t column[WIDEST];
        uint32_t out[ROWS * (WIDEST + 1)];
        int count = MIN (columns, (int)(CELLS / pitches[way]));
        double begin = g_rand_double_range (rand, 0, CELLS - count * pitches[way] + 1e-9);
        for (int x = 0; x < count; x++)
          column[x] = MIN ((int32_t)(begin + x * pitches[way]), CELLS - 1);
        ScopeRasterSpread spread = { .from = from,
                                     .from_pitch = CELLS,
                                     .from_columns = CELLS,
                                     .row = row,
                                     .column = column,
                                     .rows = ROWS,
                                     .columns = count };
        memset (out, 0x5A, sizeof out);
        scope_raster_spread_at (&spread, out, WIDEST + 1, level);
        for (int y = 0; y < ROWS; y++)
          for (int x = 0; x <= WIDEST; x++)
            g_assert_cmphex (out[y * (WIDEST + 1) + x], ==,
                             x < count ? from[row[y] * CELLS + column[x]] : 0x5A5A5A5Au);
      }
}

/* Guesses are taken where they are right. */
static void
test_direct (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (17);
  static const struct
  {
    const char *name;
    bool of_floats, of_doubles;
  } expected[] = {
    { "unit", true, true },
    { "around-zero", true, true },
    { "odd", true, true },
    { "far-from-zero", true, true },
    { "between-floats", false, true },
    { "neighbours", false, false },
    { "all-doubles", false, false },
    { "logarithmic", false, false },
    { "constant", false, false },
    { "shaken", true, true },
    { "guessed", true, true },
    { "symmetric", true, true },
    { "guessed-narrow", true, true },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    for (int which = 0; which < (int)G_N_ELEMENTS (scales); which++)
      if (g_str_equal (scales[which].name, expected[i].name))
        {
          ScopeRaster raster;
          fill (&raster, which, rand);
          g_assert_cmpint (raster.for_float.direct, ==, expected[i].of_floats);
          g_assert_cmpint (raster.for_double.direct, ==, expected[i].of_doubles);
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  int count = (int)G_N_ELEMENTS (variants);
  for (int v = 0; v < count; v++)
    {
      for (int scale = 0; scale < (int)G_N_ELEMENTS (scales); scale++)
        {
          g_autofree char *path =
              g_strdup_printf ("/core/raster/%s/sizes/%s", variants[v].name, scales[scale].name);
          g_test_add_data_func (path, GINT_TO_POINTER (scale * count + v), test_sizes);
        }
      g_autofree char *types = g_strdup_printf ("/core/raster/%s/types", variants[v].name);
      g_test_add_data_func (types, GINT_TO_POINTER (v), test_types);
      g_autofree char *spread = g_strdup_printf ("/core/raster/%s/spread", variants[v].name);
      g_test_add_data_func (spread, GINT_TO_POINTER (v), test_spread);
      g_autofree char *large = g_strdup_printf ("/core/raster/%s/large", variants[v].name);
      g_test_add_data_func (large, GINT_TO_POINTER (v), test_large);
    }
  g_test_add_func ("/core/raster/direct", test_direct);
  return g_test_run ();
}
