/* Resampling whole numbers as Pillow does: doubles in memory, and each pass leaves whole numbers,
 * halves away from 0. Weights of bytes have 22 bits behind the point (resample-table.c), so that
 * their sums are exact. */
#include "core/resample-kernels.h"

#include <math.h>

static double
sum_taps (const ScopePass *pass, int64_t output, const double *in, int64_t pitch)
{
  int64_t first = pass->first[output] - pass->base;
  const double *weight = (const double *)pass->weight + output * pass->weight_stride;
  double sum = in[scope_pass_clamp (pass, first) * pitch] * weight[0];
  for (int32_t k = 1; k < pass->taps[output]; k++)
    sum += in[scope_pass_clamp (pass, first + k * pass->tap_step) * pitch] * weight[k];
  return round (sum);
}

static void
across (const ScopePass *pass,
        int64_t output,
        const void *in,
        int64_t pitch,
        void *out,
        int64_t length,
        bool stream,
        ScopeSoon soon)
{
  for (int64_t x = 0; x < length; x++)
    ((double *)out)[x] = sum_taps (pass, output, (const double *)in + x, pitch);
}

static void
along (const ScopePass *pass,
       int64_t rows,
       const void *in_,
       int64_t in_pitch,
       void *out_,
       int64_t out_pitch,
       void *scratch)
{
  const double *in = in_;
  double *out = out_;
  for (int64_t row = 0; row < rows; row++, in += in_pitch, out += out_pitch)
    for (int64_t j = 0; j < pass->outputs; j++)
      out[j] = sum_taps (pass, j, in, 1);
}

static double
to_byte (double value)
{
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

static void
across_bytes (const ScopePass *pass,
              int64_t output,
              const void *in,
              int64_t pitch,
              void *out,
              int64_t length,
              bool stream,
              ScopeSoon soon)
{
  for (int64_t x = 0; x < length; x++)
    ((double *)out)[x] = to_byte (sum_taps (pass, output, (const double *)in + x, pitch));
}

static void
along_bytes (const ScopePass *pass,
             int64_t rows,
             const void *in_,
             int64_t in_pitch,
             void *out_,
             int64_t out_pitch,
             void *scratch)
{
  const double *in = in_;
  double *out = out_;
  for (int64_t row = 0; row < rows; row++, in += in_pitch, out += out_pitch)
    for (int64_t j = 0; j < pass->outputs; j++)
      out[j] = to_byte (sum_taps (pass, j, in, 1));
}

static void
divide (void *sum, const int32_t *divisor, int64_t step, int64_t length)
{
  for (int64_t x = 0; x < length; x++)
    ((double *)sum)[x] = round (((double *)sum)[x] / divisor[x * step]);
}

const ScopeKernels scope_kernels_whole = { across, NULL, 1, along, divide };
const ScopeKernels scope_kernels_bytes = { across_bytes, NULL, 1, along_bytes, divide };
