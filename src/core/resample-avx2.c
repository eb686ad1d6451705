/* Resampling kernels with AVX2; compiled for it, called only where it is. Compiled twice, with
 * SCOPE_WIDE for doubles: together they take minutes. */
#include "core/checked.h"
#include "core/resample-kernels.h"

#include <immintrin.h>
#include <string.h>

#define VECTOR_BYTES       32
#define STREAM(to, vector) _mm256_stream_si256 ((__m256i *)(void *)(to), (__m256i)(vector))

#ifndef SCOPE_WIDE

/* All bits set in the first `count` lanes. */
static inline __m256i
first_of_eight (int count)
{
  return _mm256_cmpgt_epi32 (_mm256_set1_epi32 (count), _mm256_setr_epi32 (0, 1, 2, 3, 4, 5, 6, 7));
}

#define T                float
#define INT              int32_t
#define T_BYTES          4
#define N(name)          name##_float
#define PICK1(a, places) ((Vector_float)_mm256_permutevar8x32_ps ((__m256)(a), (__m256i)(places)))
#define PICK2(a, b, places)                                                                        \
  ((Vector_float)_mm256_blendv_ps (                                                                \
      _mm256_permutevar8x32_ps ((__m256)(a), (__m256i)(places)),                                   \
      _mm256_permutevar8x32_ps ((__m256)(b), (__m256i)(places)),                                   \
      _mm256_castsi256_ps (_mm256_slli_epi32 ((__m256i)(places), 28))))
#define LOAD_SOME(from, count) ((Vector_float)_mm256_maskload_ps (from, first_of_eight (count)))
#define STORE_SOME(to, count, vector)                                                              \
  _mm256_maskstore_ps (to, first_of_eight (count), (__m256)(vector))
#include "core/resample-kernels.inc.h"

const ScopeKernels scope_kernels_avx2_float = {
  rows_float, columns_float, divide_float, is_plain_float, 2, 2, { 8, 2, 3, false }
};

#else

/* All bits set in the first `count` lanes. */
static inline __m256i
first_of_four (int count)
{
  return _mm256_cmpgt_epi64 (_mm256_set1_epi64x (count), _mm256_setr_epi64x (0, 1, 2, 3));
}

#define T                      double
#define INT                    int64_t
#define T_BYTES                8
#define N(name)                name##_double
#define LOAD_SOME(from, count) ((Vector_double)_mm256_maskload_pd (from, first_of_four (count)))
#define STORE_SOME(to, count, vector)                                                              \
  _mm256_maskstore_pd (to, first_of_four (count), (__m256d)(vector))
#include "core/resample-kernels.inc.h"

const ScopeKernels scope_kernels_avx2_double = {
  rows_double, columns_double, divide_double, is_plain_double, 2, 2, { 4, 0, 0, false }
};

#endif
