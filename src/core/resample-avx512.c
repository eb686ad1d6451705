/* Resampling kernels with AVX-512; compiled for it, called only where it is. */
#include "core/checked.h"
#include "core/resample-kernels.h"

#include <immintrin.h>
#include <string.h>

#define VECTOR_BYTES       64
#define STREAM(to, vector) _mm512_stream_si512 ((__m512i *)(void *)(to), (__m512i)(vector))

#define T                float
#define INT              int32_t
#define T_BYTES          4
#define N(name)          name##_float
#define PICK1(a, places) ((Vector_float)_mm512_permutexvar_ps ((__m512i)(places), (__m512)(a)))
#define PICK2(a, b, places)                                                                        \
  ((Vector_float)_mm512_permutex2var_ps ((__m512)(a), (__m512i)(places), (__m512)(b)))
#include "core/resample-kernels.inc.h"
#undef T
#undef INT
#undef T_BYTES
#undef N
#undef PICK1
#undef PICK2

#define T                double
#define INT              int64_t
#define T_BYTES          8
#define N(name)          name##_double
#define PICK1(a, places) ((Vector_double)_mm512_permutexvar_pd ((__m512i)(places), (__m512d)(a)))
#define PICK2(a, b, places)                                                                        \
  ((Vector_double)_mm512_permutex2var_pd ((__m512d)(a), (__m512i)(places), (__m512d)(b)))
#include "core/resample-kernels.inc.h"

const ScopeKernels scope_kernels_avx512[2] = {
  { across_float, across_group_float, 4, along_float, divide_float },
  { across_double, across_group_double, 4, along_double, divide_double },
};
