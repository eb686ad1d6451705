/* What AVX-512 does alike with VBMI and without: turning tiles, showing pixels several times. */

#define T       uint32_t
#define LANES   16
#define N(name) name##_32
#define ZIP(a, b)                                                                                  \
  __builtin_shufflevector (a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define ZIP_REST(a, b)                                                                             \
  __builtin_shufflevector (a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#include "core/raster-turn.inc.h"
#undef T
#undef LANES
#undef N
#undef ZIP
#undef ZIP_REST

#define T              uint64_t
#define LANES          8
#define N(name)        name##_64
#define ZIP(a, b)      __builtin_shufflevector (a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define ZIP_REST(a, b) __builtin_shufflevector (a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#include "core/raster-turn.inc.h"
#undef T
#undef LANES
#undef N
#undef ZIP
#undef ZIP_REST

/* Sixteen pixels show no more than sixteen neighbours, the first of which the first shows. */
static void
spread (const uint32_t *from,
        int64_t from_columns,
        const int32_t *column,
        int64_t columns,
        uint32_t *out)
{
  int64_t i = 0;
  for (; i + 16 <= columns && column[i] + 16 <= from_columns; i += 16)
    {
      __m512i place = _mm512_loadu_si512 (column + i);
      place = _mm512_sub_epi32 (place, _mm512_set1_epi32 (column[i]));
      _mm512_storeu_si512 (out + i,
                           _mm512_permutexvar_epi32 (place, _mm512_loadu_si512 (from + column[i])));
    }
  spread_rest (from, column + i, columns - i, out + i);
}
