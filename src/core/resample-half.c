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

/* One output of elements `pitch` apart. */
static float
sum_taps (const ScopePass *pass, int64_t output, const float *in, int64_t pitch)
{
  int64_t first = pass->first[output] - pass->base;
  const float *weight = (const float *)pass->weight + output * pass->weight_stride;
  float sum = narrow (in[scope_pass_clamp (pass, first) * pitch] * weight[0]);
  for (int32_t k = 1; k < pass->taps[output]; k++)
    {
      float tap = in[scope_pass_clamp (pass, first + k * pass->tap_step) * pitch];
      sum = narrow (sum + narrow (tap * weight[k]));
    }
  return sum;
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
    ((float *)out)[x] = sum_taps (pass, output, (const float *)in + x, pitch);
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
  const float *in = in_;
  float *out = out_;
  for (int64_t row = 0; row < rows; row++, in += in_pitch, out += out_pitch)
    for (int64_t j = 0; j < pass->outputs; j++)
      out[j] = sum_taps (pass, j, in, 1);
}

static void
divide (void *sum, const int32_t *divisor, int64_t step, int64_t length)
{
  for (int64_t x = 0; x < length; x++)
    ((float *)sum)[x] = narrow (((float *)sum)[x] / (float)divisor[x * step]);
}

const ScopeKernels scope_kernels_bfloat16 = { across, NULL, 1, along, divide };
