/* The scan's loops with AVX2; compiled for it, called only where it is. */
#include "core/scan-kernels.h"

#include <immintrin.h>
#include <math.h>
#include <string.h>

#define LANES       4
#define LEAST(a, b) ((Vector)_mm256_min_pd ((__m256d)(a), (__m256d)(b)))
#define MOST(a, b)  ((Vector)_mm256_max_pd ((__m256d)(a), (__m256d)(b)))

#include "core/scan-kernels.inc.h"

const ScopeScanKernels scope_scan_avx2 = SCAN_KERNELS;
