/* Where a value's colour is about, for the raster's kernels and for the check of how far off it can
 * be: both must guess alike. Guesses grow with the value, but for rounding in the logarithm. */
#pragma once

#include "core/raster.h"

#include <string.h>

/* log₂ (1 + t) − t over t (1 − t) for t from 0 to 1, fitted at Chebyshev's points: the logarithm is
 * off by 1.2e-6 at most and by nothing where t is 0 or 1, so that octaves join. */
#define SCOPE_LOG_FACTOR(T, t)                                                                     \
  ((T)0.442689687                                                                                  \
   + (t)                                                                                           \
         * ((T)-0.278240114                                                                        \
            + (t)                                                                                  \
                  * ((T)0.19695656                                                                 \
                     + (t)                                                                         \
                           * ((T)-0.132251739                                                      \
                              + (t) * ((T)0.0649749115 + (t) * (T)-0.0154807447)))))

/* Plain arithmetic on bits, so that loops over it become vectors. */
static inline float
scope_guess_log_float (const ScopeRaster *raster, float value)
{
  uint32_t bits, magnitude_bits, one_bits;
  float magnitude, mantissa;
  memcpy (&bits, &value, sizeof bits);
  magnitude_bits = bits & 0x7FFFFFFFu;
  one_bits = (bits & 0x007FFFFFu) | 0x3F800000u;
  memcpy (&magnitude, &magnitude_bits, sizeof magnitude);
  memcpy (&mantissa, &one_bits, sizeof mantissa);
  float t = mantissa - 1, exponent = (float)(int32_t)(magnitude_bits >> 23) - 127;
  float curved =
      raster->for_float.base + (exponent + (t + t * (1 - t) * SCOPE_LOG_FACTOR (float, t)));
  float straight = magnitude * raster->for_float.slope;
  /* Chosen by bits: a condition would keep loops from becoming vectors. */
  uint32_t is_straight = -(uint32_t)(magnitude <= raster->for_float.threshold), straight_bits,
           place_bits;
  memcpy (&straight_bits, &straight, sizeof straight_bits);
  memcpy (&place_bits, &curved, sizeof place_bits);
  place_bits = (straight_bits & is_straight) | (place_bits & ~is_straight);
  place_bits ^= bits & 0x80000000u;
  float place;
  memcpy (&place, &place_bits, sizeof place);
  return (place - raster->for_float.origin) * raster->for_float.scale;
}

static inline double
scope_guess_log_double (const ScopeRaster *raster, double value)
{
  const uint64_t sign = UINT64_C (1) << 63, fraction = (UINT64_C (1) << 52) - 1;
  uint64_t bits, magnitude_bits, one_bits, exponent_bits;
  double magnitude, mantissa, exponent;
  memcpy (&bits, &value, sizeof bits);
  magnitude_bits = bits & ~sign;
  one_bits = (bits & fraction) | UINT64_C (0x3FF0000000000000);
  /* As the last bits of 2⁵²: there is no other conversion in vectors everywhere. */
  exponent_bits = (magnitude_bits >> 52) | UINT64_C (0x4330000000000000);
  memcpy (&magnitude, &magnitude_bits, sizeof magnitude);
  memcpy (&mantissa, &one_bits, sizeof mantissa);
  memcpy (&exponent, &exponent_bits, sizeof exponent);
  double t = mantissa - 1;
  exponent -= 0x1p52 + 1023;
  double curved =
      raster->for_double.base + (exponent + (t + t * (1 - t) * SCOPE_LOG_FACTOR (double, t)));
  double straight = magnitude * raster->for_double.slope;
  /* Chosen by bits: a condition would keep loops from becoming vectors. */
  uint64_t is_straight = -(uint64_t)(magnitude <= raster->for_double.threshold), straight_bits,
           place_bits;
  memcpy (&straight_bits, &straight, sizeof straight_bits);
  memcpy (&place_bits, &curved, sizeof place_bits);
  place_bits = (straight_bits & is_straight) | (place_bits & ~is_straight);
  place_bits ^= bits & sign;
  double place;
  memcpy (&place, &place_bits, sizeof place);
  return (place - raster->for_double.origin) * raster->for_double.scale;
}

static inline float
scope_guess_even_float (const ScopeRaster *raster, float value)
{
  return (value - raster->for_float.origin) * raster->for_float.scale;
}

static inline double
scope_guess_even_double (const ScopeRaster *raster, double value)
{
  return (value - raster->for_double.origin) * raster->for_double.scale;
}
