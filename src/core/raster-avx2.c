/* The raster's kernels with AVX2; compiled for it, called only where it is. */
#include "core/checked.h"
#include "core/raster-kernels.h"

#include <math.h>
#include <string.h>

#include <immintrin.h>

typedef struct
{
  const uint32_t *color;
} Look;

static inline Look
look_begin (const ScopeRaster *raster)
{
  return (Look){ raster->color };
}

static inline void
put (const uint32_t *line, uint32_t *out, bool stream)
{
  if (stream)
    {
      for (int i = 0; i < SCOPE_RASTER_CHUNK; i += 8)
        _mm256_stream_si256 ((__m256i *)(void *)(out + i),
                             _mm256_load_si256 ((const __m256i *)(const void *)(line + i)));
      return;
    }
  memcpy (out, line, SCOPE_RASTER_CHUNK * sizeof *out);
}

#include "core/raster-scalar.inc.h"

#include "core/raster-kernels.inc.h"

const ScopeRasterKernels scope_raster_avx2 = { map_float, map_double };
