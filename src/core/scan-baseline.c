/* The scan's loops with the vectors that every processor has. */
#include "core/scan-kernels.h"

#include <math.h>
#include <string.h>

#define LANES 2

#if defined(__SSE2__)
#include <emmintrin.h>
#define LEAST(a, b) ((Vector)_mm_min_pd ((__m128d)(a), (__m128d)(b)))
#define MOST(a, b)  ((Vector)_mm_max_pd ((__m128d)(a), (__m128d)(b)))
#else
#define CHOOSE(mask, a, b) ((Vector)(((mask) & (Mask)(a)) | (~(mask) & (Mask)(b))))
#define LEAST(a, b)        CHOOSE ((a) < (b), a, b)
#define MOST(a, b)         CHOOSE ((a) > (b), a, b)
typedef int64_t Mask __attribute__ ((vector_size (LANES * sizeof (double))));
#endif

#include "core/scan-kernels.inc.h"

const ScopeScanKernels scope_scan_baseline = SCAN_KERNELS;
