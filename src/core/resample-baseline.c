/* Resampling kernels with the vectors that every processor has. Compiled twice, with
 * SCOPE_WIDE for doubles: together they take minutes. */
#include "core/checked.h"
#include "core/resample-kernels.h"

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#define STREAM(to, vector) _mm_stream_si128 ((__m128i *)(void *)(to), (__m128i)(vector))
#else
#define STREAM(to, vector)                                                                         \
  do                                                                                               \
    {                                                                                              \
      __typeof__ (vector) kept = (vector);                                                         \
      memcpy (to, &kept, sizeof kept);                                                             \
    }                                                                                              \
  while (0)
#endif

#define VECTOR_BYTES 16

#ifndef SCOPE_WIDE

#define T       float
#define INT     int32_t
#define T_BYTES 4
#define N(name) name##_float
#include "core/resample-kernels.inc.h"

const ScopeKernels scope_kernels_baseline_float = {
  rows_float, columns_float, divide_float, is_plain_float, 2, 2, { 4, 0, 0, false }
};

#else

#define T       double
#define INT     int64_t
#define T_BYTES 8
#define N(name) name##_double
#include "core/resample-kernels.inc.h"

const ScopeKernels scope_kernels_baseline_double = {
  rows_double, columns_double, divide_double, is_plain_double, 2, 2, { 2, 0, 0, false }
};

#endif
