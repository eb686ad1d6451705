/* The scan's loops with AVX-512; compiled for it, called only where it is. */
#include "core/scan-kernels.h"

#include <immintrin.h>
#include <math.h>
#include <string.h>

#define LANES       8
#define LEAST(a, b) ((Vector)_mm512_min_pd ((__m512d)(a), (__m512d)(b)))
#define MOST(a, b)  ((Vector)_mm512_max_pd ((__m512d)(a), (__m512d)(b)))

#include "core/scan-kernels.inc.h"

const ScopeScanKernels scope_scan_avx512 = SCAN_KERNELS;
