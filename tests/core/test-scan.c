/* Every variant of the scan against plain loops, to the last bit. */
#include "core/scan.h"

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
#endif
};

/* The loops of a variant, or NULL when the processor has it not, whatever SCOPE_CPU allows. */
static const ScopeScanKernels *
kernels_of (gconstpointer data)
{
  g_autofree char *cap = g_strdup (g_getenv ("SCOPE_CPU"));
  ScopeCpuLevel level = variants[GPOINTER_TO_INT (data)].level;
  g_unsetenv ("SCOPE_CPU");
  bool can = scope_cpu_level () >= level;
  if (cap != NULL)
    g_setenv ("SCOPE_CPU", cap, TRUE);
  if (!can)
    g_test_skip ("not on this processor");
  return can ? scope_scan_kernels_at (level) : NULL;
}

static double
a_number (GRand *rand, int sort)
{
  double number = g_rand_double_range (rand, -1, 1);
  switch (sort)
    {
    case 0:
      return number;
    case 1: /* all signs and sizes */
      return number * exp2 (g_rand_int_range (rand, -1060, 400));
    case 2: /* none is above 0 */
      return -fabs (number);
    case 3:
      return g_rand_boolean (rand) ? 0.0 : -0.0;
    case 4:
      return number > 0 ? DBL_MAX : -DBL_MAX;
    default:
      return number > 0.9 ? (double)NAN : number < -0.9 ? (double)INFINITY : number;
    }
}

/* Numbers i, i + 16, … are added in order, then halves to halves. */
static double
fold (double *lane)
{
  for (int half = SCOPE_SCAN_LANES / 2; half > 0; half /= 2)
    for (int i = 0; i < half; i++)
      lane[i] += lane[i + half];
  return lane[0];
}

static void
check (const ScopeScanKernels *kernels, const double *value, int count, double factor)
{
  double sum[SCOPE_SCAN_LANES] = { 0 }, square[SCOPE_SCAN_LANES] = { 0 };
  double low = INFINITY, high = -INFINITY, positive = INFINITY, mean = 0.125 * factor;
  for (int i = 0; i < count; i++)
    {
      double x = value[i], away = x * factor - mean;
      sum[i % SCOPE_SCAN_LANES] += x * factor;
      square[i % SCOPE_SCAN_LANES] += away * away;
      low = fmin (low, x);
      high = fmax (high, x);
      positive = x > 0 ? fmin (positive, x) : positive;
    }
  ScopeScan found = kernels->scan (value, count, factor);
  double expected = fold (sum), squares = kernels->squares (value, count, factor, mean);
  double expected_squares = fold (square);
  g_assert_cmpint (isfinite (found.sum), ==, isfinite (expected));
  if (!isfinite (expected))
    return;
  g_assert_cmpmem (&found.sum, sizeof found.sum, &expected, sizeof expected);
  g_assert_cmpmem (&squares, sizeof squares, &expected_squares, sizeof expected_squares);
  g_assert_cmpfloat (found.low, ==, low);
  g_assert_cmpfloat (found.high, ==, high);
  g_assert_cmpfloat (kernels->least_positive (value, count), ==, positive);
}

static void
test_scan (gconstpointer data)
{
  enum
  {
    MOST = 1100,
  };
  const ScopeScanKernels *kernels = kernels_of (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  double value[MOST];
  for (int sort = 0; kernels != NULL && sort < 6; sort++)
    for (int count = 0; count < MOST - 3; count += count < 200 ? 1 : 97)
      {
        int begin = g_rand_int_range (rand, 0, 3);
        for (int i = 0; i < count; i++)
          value[begin + i] = a_number (rand, sort);
        check (kernels, value + begin, count, 1);
        check (kernels, value + begin, count, 0x1p-520);
      }
}

/* Sums of columns and similarities, one by one. */
static void
test_windows (gconstpointer data)
{
  enum
  {
    MOST = 220,
  };
  const ScopeScanKernels *kernels = kernels_of (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  double x[SCOPE_SCAN_WINDOW][MOST], y[SCOPE_SCAN_WINDOW][MOST], found[MOST];
  double sums[SCOPE_SCAN_MOMENTS][MOST], *moment[SCOPE_SCAN_MOMENTS];
  for (int count = SCOPE_SCAN_WINDOW; kernels != NULL && count < MOST; count++)
    {
      int windows = count - SCOPE_SCAN_WINDOW + 1, column = count / 2;
      double product = 0;
      for (int m = 0; m < SCOPE_SCAN_MOMENTS; m++)
        moment[m] = memset (sums[m], 0, sizeof sums[m]);
      for (int row = 0; row < SCOPE_SCAN_WINDOW; row++)
        for (int i = 0; i < MOST; i++)
          {
            x[row][i] = a_number (rand, 0);
            y[row][i] = g_rand_int_range (rand, 0, 50) == 0 ? (double)NAN : a_number (rand, 0);
            product += i == column ? x[row][i] * y[row][i] : 0;
          }
      kernels->sum_moments (x[0], y[0], MOST, count, moment);
      g_assert_true (isnan (product) ? isnan (sums[4][column]) : sums[4][column] == product);
      g_assert_cmpfloat (sums[0][count], ==, 0);
      kernels->similarities (moment, windows, 0.01, 0.02, found);
      for (int i = 0; i < windows; i++)
        {
          double mean[SCOPE_SCAN_MOMENTS], sample = 49.0 / 48.0;
          for (int m = 0; m < SCOPE_SCAN_MOMENTS; m++)
            {
              mean[m] = 0;
              for (int k = 0; k < SCOPE_SCAN_WINDOW; k++)
                mean[m] += sums[m][i + k];
              mean[m] /= 49;
            }
          double ux = mean[0], uy = mean[1], vx = sample * (mean[2] - ux * ux);
          double vy = sample * (mean[3] - uy * uy), vxy = sample * (mean[4] - ux * uy);
          double expected = (2 * ux * uy + 0.01) * (2 * vxy + 0.02)
                            / ((ux * ux + uy * uy + 0.01) * (vx + vy + 0.02));
          g_assert_cmpint (isnan (found[i]), ==, isnan (expected));
          g_assert_true (isnan (expected) || memcmp (&found[i], &expected, sizeof expected) == 0);
        }
    }
}

/* Any bits of every type that is widened. */
static void
test_widen (gconstpointer data)
{
  enum
  {
    MOST = 210,
  };
  const ScopeScanKernels *kernels = kernels_of (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  uint64_t bits[MOST];
  double found[MOST], expected[MOST];
  int types = 0;
  for (int dtype = 0; kernels != NULL && dtype < SCOPE_N_DTYPES; dtype++)
    {
      if (kernels->widen[dtype] == NULL)
        continue;
      types++;
      size_t bytes = scope_dtype_bytes ((ScopeDtype)dtype);
      for (int count = 0; count <= 200; count++)
        {
          int begin = g_rand_int_range (rand, 0, 8);
          for (int i = 0; i < MOST; i++)
            {
              bits[i] = (uint64_t)g_rand_int (rand) << 32 | g_rand_int (rand);
              bits[i] = i % 7 == 0 ? UINT64_MAX : i % 7 == 1 ? UINT64_C (1) << 63 : bits[i];
              expected[i] = found[i] = 77;
            }
          const char *from = (const char *)bits + (size_t)begin * bytes;
          kernels->widen[dtype](from, found, count);
          scope_dtype_convert ((ScopeDtype)dtype, from, 1, SCOPE_FLOAT64, expected, 1, count);
          for (int i = 0; i < MOST; i++)
            if (!(isnan (found[i]) && isnan (expected[i])))
              g_assert_cmpmem (&found[i], sizeof found[i], &expected[i], sizeof expected[i]);
        }
    }
  g_assert_true (kernels == NULL || types >= 9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int v = 0; v < (int)G_N_ELEMENTS (variants); v++)
    {
      g_autofree char *scan = g_strdup_printf ("/core/scan/%s/numbers", variants[v].name);
      g_autofree char *windows = g_strdup_printf ("/core/scan/%s/windows", variants[v].name);
      g_autofree char *widen = g_strdup_printf ("/core/scan/%s/widen", variants[v].name);
      g_test_add_data_func (scan, GINT_TO_POINTER (v), test_scan);
      g_test_add_data_func (windows, GINT_TO_POINTER (v), test_windows);
      g_test_add_data_func (widen, GINT_TO_POINTER (v), test_widen);
    }
  return g_test_run ();
}
