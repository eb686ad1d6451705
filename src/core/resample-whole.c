/* Resampling whole numbers as Pillow does: doubles in memory, and each pass leaves whole numbers,
 * halves away from 0. Weights of bytes have 22 bits behind the point (resample-table.c), so that
 * their sums are exact. */
#include "core/resample-kernels.h"

#include <math.h>

static double
to_byte (double value)
{
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

static inline __attribute__ ((always_inline)) void
sum_rows (const ScopeRows *rows, bool bytes)
{
  for (int g = 0; g < rows->outputs; g++)
    for (int64_t x = 0; x < rows->length; x++)
      {
        const double *const *row = (const double *const *)(const void *)rows->row + rows->first[g];
        const double *weight = rows->weight[g];
        double sum = row[0][x] * weight[0];
        for (int32_t k = 1; k < rows->taps[g]; k++)
          sum += row[k][x] * weight[k];
        ((double *)rows->out[g])[x] = bytes ? to_byte (round (sum)) : round (sum);
      }
}

static inline __attribute__ ((always_inline)) void
sum_columns (const ScopeColumns *columns, const double *in, double *out, bool bytes)
{
  for (int64_t j = 0; j < columns->outputs; j++)
    {
      int64_t pixel = j / columns->channels, channel = j % columns->channels;
      const double *weight = (const double *)columns->weight + pixel * columns->weight_stride;
      double sum = -0.0; /* changes nothing that is added */
      for (int32_t k = 0; k < columns->taps[pixel]; k++)
        sum +=
            in[scope_columns_element (columns, pixel, k) * columns->channels + channel] * weight[k];
      out[j] = bytes ? to_byte (round (sum)) : round (sum);
    }
}

static void
rows_whole (const ScopeRows *rows)
{
  sum_rows (rows, false);
}

static void
rows_bytes (const ScopeRows *rows)
{
  sum_rows (rows, true);
}

static void
columns_whole (const ScopeColumns *columns,
               int rows,
               const void *const *in,
               void *const *out,
               void *scratch,
               ScopeFetch *fetch,
               int lines)
{
  for (int r = 0; r < rows; r++)
    sum_columns (columns, in[r], out[r], false);
}

static void
columns_bytes (const ScopeColumns *columns,
               int rows,
               const void *const *in,
               void *const *out,
               void *scratch,
               ScopeFetch *fetch,
               int lines)
{
  for (int r = 0; r < rows; r++)
    sum_columns (columns, in[r], out[r], true);
}

static void
divide (void *sum, int32_t all, const int32_t *divisor, int64_t step, int64_t length)
{
  for (int64_t x = 0; x < length; x++)
    ((double *)sum)[x] = round (round (((double *)sum)[x] / all) / divisor[x * step]);
}

const ScopeKernels scope_kernels_whole = { rows_whole, columns_whole,     divide, NULL, 1,
                                           1,          { 1, 0, 0, false } };
const ScopeKernels scope_kernels_bytes = { rows_bytes, columns_bytes,     divide, NULL, 1,
                                           1,          { 1, 0, 0, false } };
