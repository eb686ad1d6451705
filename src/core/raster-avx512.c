/* The raster's kernels with AVX-512; compiled for it, called only where it is. */
#include "core/checked.h"
#include "core/raster-guess.h"
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
      for (int i = 0; i < SCOPE_RASTER_CHUNK; i += 16)
        _mm512_stream_si512 ((__m512i *)(void *)(out + i),
                             _mm512_load_si512 ((const __m512i *)(const void *)(line + i)));
      return;
    }
  memcpy (out, line, SCOPE_RASTER_CHUNK * sizeof *out);
}

#include "core/raster-scalar.inc.h"

#include "core/raster-convert.inc.h"
#include "core/raster-kernels.inc.h"

static void
map_bytes (const ScopeRasterBytes *bytes, const ScopeRasterLines *lines)
{
  for (int64_t row = 0; row < lines->rows; row++)
    lines->outside[row] |= map_byte_line (bytes, (const uint8_t *)lines->in + row * lines->in_pitch,
                                          lines->columns, lines->out + row * lines->out_pitch);
}

#include "core/raster-avx512.inc.h"

const ScopeRasterKernels scope_raster_avx512 = {
  .map_float = map_float,
  .map_double = map_double,
  .map_bytes = map_bytes,
  .sort_float = sort_float,
  .sort_double = sort_double,
  .spread = spread,
  .turn_32 = turn_32,
  .turn_64 = turn_64,
  .convert = CONVERSIONS,
};
