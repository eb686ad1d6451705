/* Resampling kernels with AVX-512; compiled for it, called only where it is. Compiled twice, with
 * SCOPE_WIDE for doubles: together they take minutes. */
#include "core/checked.h"
#include "core/resample-kernels.h"

#include <immintrin.h>
#include <string.h>

#define VECTOR_BYTES       64
#define STREAM(to, vector) _mm512_stream_si512 ((__m512i *)(void *)(to), (__m512i)(vector))

#define SPREADING 0x9D /* classes: quiet and signalling NaN, −0, both infinities */

#ifndef SCOPE_WIDE

#define T                float
#define INT              int32_t
#define T_BYTES          4
#define N(name)          name##_float
#define PICK1(a, places) ((Vector_float)_mm512_permutexvar_ps ((__m512i)(places), (__m512)(a)))
#define PICK2(a, b, places)                                                                        \
  ((Vector_float)_mm512_permutex2var_ps ((__m512)(a), (__m512i)(places), (__m512)(b)))
#define PICK4(a, b, c, d, places)                                                                  \
  ((Vector_float)_mm512_mask_blend_ps (                                                            \
      _mm512_test_epi32_mask ((__m512i)(places), _mm512_set1_epi32 (32)),                          \
      (__m512)PICK2 (a, b, places), (__m512)PICK2 (c, d, places)))
#define BLEND(lanes, a, b)                                                                         \
  ((Vector_float)_mm512_mask_blend_ps ((__mmask16)(lanes), (__m512)(a), (__m512)(b)))
#define SPREADS(vector) ((unsigned)_mm512_fpclass_ps_mask ((__m512)(vector), SPREADING))
#define PICK_APART
#define LOAD_SOME(from, count)                                                                     \
  ((Vector_float)_mm512_maskz_loadu_ps ((__mmask16)((1u << (count)) - 1), from))
#define STORE_SOME(to, count, vector)                                                              \
  _mm512_mask_storeu_ps (to, (__mmask16)((1u << (count)) - 1), (__m512)(vector))
#include "core/resample-kernels.inc.h"

const ScopeKernels scope_kernels_avx512_float = {
  rows_float, columns_float, divide_float, is_plain_float, 4, 6, { 16, 4, 1, true }
};

#else

#define T                double
#define INT              int64_t
#define T_BYTES          8
#define N(name)          name##_double
#define PICK1(a, places) ((Vector_double)_mm512_permutexvar_pd ((__m512i)(places), (__m512d)(a)))
#define PICK2(a, b, places)                                                                        \
  ((Vector_double)_mm512_permutex2var_pd ((__m512d)(a), (__m512i)(places), (__m512d)(b)))
#define PICK4(a, b, c, d, places)                                                                  \
  ((Vector_double)_mm512_mask_blend_pd (                                                           \
      _mm512_test_epi64_mask ((__m512i)(places), _mm512_set1_epi64 (16)),                          \
      (__m512d)PICK2 (a, b, places), (__m512d)PICK2 (c, d, places)))
#define BLEND(lanes, a, b)                                                                         \
  ((Vector_double)_mm512_mask_blend_pd ((__mmask8)(lanes), (__m512d)(a), (__m512d)(b)))
#define SPREADS(vector) ((unsigned)_mm512_fpclass_pd_mask ((__m512d)(vector), SPREADING))
#define PICK_APART
#define LOAD_SOME(from, count)                                                                     \
  ((Vector_double)_mm512_maskz_loadu_pd ((__mmask8)((1u << (count)) - 1), from))
#define STORE_SOME(to, count, vector)                                                              \
  _mm512_mask_storeu_pd (to, (__mmask8)((1u << (count)) - 1), (__m512d)(vector))
#include "core/resample-kernels.inc.h"

const ScopeKernels scope_kernels_avx512_double = {
  rows_double, columns_double, divide_double, is_plain_double, 4, 6, { 8, 4, 1, true }
};

#endif
