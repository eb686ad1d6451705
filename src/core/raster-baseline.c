/* The raster's kernels with the vectors that every processor has. */
#include "core/checked.h"
#include "core/raster-guess.h"
#include "core/raster-kernels.h"

#include <math.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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
#if defined(__SSE2__)
  if (stream)
    {
      for (int i = 0; i < SCOPE_RASTER_CHUNK; i += 4)
        _mm_stream_si128 ((__m128i *)(void *)(out + i),
                          _mm_load_si128 ((const __m128i *)(const void *)(line + i)));
      return;
    }
#endif
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

#define T              uint32_t
#define LANES          4
#define N(name)        name##_32
#define ZIP(a, b)      __builtin_shufflevector (a, b, 0, 4, 1, 5)
#define ZIP_REST(a, b) __builtin_shufflevector (a, b, 2, 6, 3, 7)
#include "core/raster-turn.inc.h"
#undef T
#undef LANES
#undef N
#undef ZIP
#undef ZIP_REST

#define T              uint64_t
#define LANES          2
#define N(name)        name##_64
#define ZIP(a, b)      __builtin_shufflevector (a, b, 0, 2)
#define ZIP_REST(a, b) __builtin_shufflevector (a, b, 1, 3)
#include "core/raster-turn.inc.h"
#undef T
#undef LANES
#undef N
#undef ZIP
#undef ZIP_REST

static void
spread (const uint32_t *from,
        int64_t from_columns,
        const int32_t *column,
        int64_t columns,
        uint32_t *out)
{
  spread_rest (from, column, columns, out);
}

const ScopeRasterKernels scope_raster_baseline = {
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
