/* The raster's kernels with AVX-512 VBMI, which looks up 64 bytes at once; compiled for it, called
 * only where it is. */
#include "core/checked.h"
#include "core/raster-kernels.h"

#include <immintrin.h>
#include <string.h>

enum
{
  CHANNELS = 3, /* colours are opaque */
  QUARTERS = 4, /* of a table of 256 bytes */
};

typedef struct
{
  __m512i table[CHANNELS][QUARTERS];
  const uint32_t *color; /* when there are too many for tables, else NULL */
} Look;

static inline Look
look_begin (const ScopeRaster *raster)
{
  Look look = { .color = raster->colors > 256 ? raster->color : NULL };
  for (int channel = 0; channel < CHANNELS; channel++)
    for (int quarter = 0; quarter < QUARTERS; quarter++)
      look.table[channel][quarter] = _mm512_loadu_si512 (raster->channel[channel] + 64 * quarter);
  return look;
}

static inline void
store (uint32_t *out, __m512i pixels, bool stream)
{
  if (stream)
    _mm512_stream_si512 ((__m512i *)(void *)out, pixels);
  else
    _mm512_storeu_si512 (out, pixels);
}

static inline void
put (const uint32_t *line, uint32_t *out, bool stream)
{
  for (int i = 0; i < SCOPE_RASTER_CHUNK; i += 16)
    store (out + i, _mm512_load_si512 (line + i), stream);
}

static inline __m512i
pick (const __m512i *table, __m512i place, __mmask64 upper)
{
  return _mm512_mask_blend_epi8 (upper, _mm512_permutex2var_epi8 (table[0], place, table[1]),
                                 _mm512_permutex2var_epi8 (table[2], place, table[3]));
}

/* Packing keeps to 128-bit lanes, and so does what undoes it. */
static inline void
look_up (const Look *look, const int32_t *place, uint32_t *out, bool stream)
{
  if (__builtin_expect (look->color != NULL, false))
    {
      for (int i = 0; i < SCOPE_RASTER_CHUNK; i += 16)
        store (out + i, _mm512_i32gather_epi32 (_mm512_load_si512 (place + i), look->color, 4),
               stream);
      return;
    }
  __m512i low = _mm512_packus_epi32 (_mm512_load_si512 (place), _mm512_load_si512 (place + 16));
  __m512i high =
      _mm512_packus_epi32 (_mm512_load_si512 (place + 32), _mm512_load_si512 (place + 48));
  __m512i at = _mm512_packus_epi16 (low, high);
  __mmask64 upper = _mm512_movepi8_mask (at);
  __m512i blue = pick (look->table[0], at, upper), green = pick (look->table[1], at, upper);
  __m512i red = pick (look->table[2], at, upper), opaque = _mm512_set1_epi8 (-1);
  __m512i bg = _mm512_unpacklo_epi8 (blue, green), ra = _mm512_unpacklo_epi8 (red, opaque);
  __m512i bg2 = _mm512_unpackhi_epi8 (blue, green), ra2 = _mm512_unpackhi_epi8 (red, opaque);
  store (out, _mm512_unpacklo_epi16 (bg, ra), stream);
  store (out + 16, _mm512_unpackhi_epi16 (bg, ra), stream);
  store (out + 32, _mm512_unpacklo_epi16 (bg2, ra2), stream);
  store (out + 48, _mm512_unpackhi_epi16 (bg2, ra2), stream);
}

#include "core/raster-kernels.inc.h"

const ScopeRasterKernels scope_raster_vbmi = { map_float, map_double };
