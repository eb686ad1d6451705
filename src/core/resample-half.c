/* Resampling bfloat16: floats in memory, every product and sum rounded to bfloat16, because that is
 * what torch's generic CPU kernels do and what decides the last digit. */
#include "core/resample-kernels.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* To nearest, ties to even. */
static inline float
narrow (float value)
{
  uint32_t bits;
  if (isnan (value))
    return value;
  memcpy (&bits, &value, sizeof bits);
  bits = (bits + 0x7FFFu + ((bits >> 16) & 1)) & 0xFFFF0000u;
  memcpy (&value, &bits, sizeof value);
  return value;
}

static void
rows (const ScopeRows *rows)
{
  for (int g = 0; g < rows->outputs; g++)
    for (int64_t x = 0; x < rows->length; x++)
      {
        const float *const *row = (const float *const *)(const void *)rows->row + rows->first[g];
        const float *weight = rows->weight[g];
        float sum = narrow (row[0][x] * weight[0]);
        for (int32_t k = 1; k < rows->taps[g]; k++)
          sum = narrow (sum + narrow (row[k][x] * weight[k]));
        ((float *)rows->out[g])[x] = sum;
      }
}

static float
sum_column (const ScopeColumns *columns, int64_t j, const float *in)
{
  int64_t pixel = j / columns->channels, channel = j % columns->channels;
  const float *weight = (const float *)columns->weight + pixel * columns->weight_stride;
  float sum = 0;
  for (int32_t k = 0; k < columns->taps[pixel]; k++)
    {
      float tap = in[scope_columns_element (columns, pixel, k) * columns->channels + channel];
      sum = k == 0 ? narrow (tap * weight[0]) : narrow (sum + narrow (tap * weight[k]));
    }
  return sum;
}

static void
columns (const ScopeColumns *columns,
         int rows,
         const void *const *in,
         void *const *out,
         void *scratch,
         ScopeFetch *fetch,
         int lines)
{
  for (int r = 0; r < rows; r++)
    for (int64_t j = 0; j < columns->outputs; j++)
      ((float *)out[r])[j] = sum_column (columns, j, in[r]);
}

static void
divide (void *sum, int32_t all, const int32_t *divisor, int64_t step, int64_t length)
{
  for (int64_t x = 0; x < length; x++)
    ((float *)sum)[x] = narrow (narrow (((float *)sum)[x] / (float)all) / (float)divisor[x * step]);
}

const ScopeKernels scope_kernels_bfloat16 = {
  rows, columns, divide, NULL, 1, 1, { 1, 0, 0, false }
};
