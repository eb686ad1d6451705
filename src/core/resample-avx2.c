/* Resampling kernels with AVX2; compiled for it, called only where it is. */
#include "core/checked.h"
#include "core/resample-kernels.h"

#include <immintrin.h>
#include <string.h>

#define VECTOR_BYTES       32
#define STREAM(to, vector) _mm256_stream_si256 ((__m256i *)(void *)(to), (__m256i)(vector))

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
#include "core/resample-kernels.inc.h"
#undef T
#undef INT
#undef T_BYTES
#undef N
#undef PICK1
#undef PICK2

#define T       double
#define INT     int64_t
#define T_BYTES 8
#define N(name) name##_double
#include "core/resample-kernels.inc.h"

const ScopeKernels scope_kernels_avx2[2] = {
  { across_float, across_group_float, 2, along_float, divide_float },
  { across_double, across_group_double, 2, along_double, divide_double },
};
