/* The raster's kernels with AVX-512 VBMI, which looks up 64 bytes at once; compiled for it, called
 * only where it is. */
#include "core/checked.h"
#include "core/raster-guess.h"
#include "core/raster-kernels.h"

#include <immintrin.h>
#include <math.h>
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

/* The pixels of 64 colours' numbers that were packed from four registers: packing keeps to 128-bit
 * lanes, and so does what undoes it. */
static inline void
colors_of (const Look *look, __m512i at, __m512i *pixel)
{
  __mmask64 upper = _mm512_movepi8_mask (at);
  __m512i blue = pick (look->table[0], at, upper), green = pick (look->table[1], at, upper);
  __m512i red = pick (look->table[2], at, upper), opaque = _mm512_set1_epi8 (-1);
  __m512i bg = _mm512_unpacklo_epi8 (blue, green), ra = _mm512_unpacklo_epi8 (red, opaque);
  __m512i bg2 = _mm512_unpackhi_epi8 (blue, green), ra2 = _mm512_unpackhi_epi8 (red, opaque);
  pixel[0] = _mm512_unpacklo_epi16 (bg, ra);
  pixel[1] = _mm512_unpackhi_epi16 (bg, ra);
  pixel[2] = _mm512_unpacklo_epi16 (bg2, ra2);
  pixel[3] = _mm512_unpackhi_epi16 (bg2, ra2);
}

static inline void
look_up (const Look *look, const int32_t *place, uint32_t *out, bool stream)
{
  __m512i pixel[4];
  if (__builtin_expect (look->color != NULL, false))
    for (int i = 0; i < 4; i++)
      pixel[i] = _mm512_i32gather_epi32 (_mm512_load_si512 (place + 16 * i), look->color, 4);
  else
    {
      __m512i low = _mm512_packus_epi32 (_mm512_load_si512 (place), _mm512_load_si512 (place + 16));
      __m512i high =
          _mm512_packus_epi32 (_mm512_load_si512 (place + 32), _mm512_load_si512 (place + 48));
      colors_of (look, _mm512_packus_epi16 (low, high), pixel);
    }
  for (int i = 0; i < 4; i++)
    store (out + 16 * i, pixel[i], stream);
}

#include "core/raster-convert.inc.h"
#include "core/raster-kernels.inc.h"

/* ---- up to 256 colours ----------------------------------------------------------------------- */

/* A place in 65536ths of a colour, which a float holds exactly: its third byte is the colour unless
 * what is behind is next to nothing. `bias` is in it, so that it is next to nothing on both sides.
 */
enum
{
  UNIT = 65536,
  ALL = 0xFFFF,   /* of 16 values */
  LEAST_BIAS = 4, /* more than what rounding to units does */
  MOST_BIAS = UNIT / 8,
};

/* More than a place may be off, half a power of two; 0 when none is off at all. */
static int
bias_of (double sure)
{
  int bias = sure < 1 ? LEAST_BIAS : 0;
  while (bias > 0 && bias < (0.5 - sure) * UNIT + LEAST_BIAS)
    bias *= 2;
  return bias;
}

typedef struct
{
  __m512 origin, scale, bias, half, top, low, high, least;
  __m512i near;
  int whole_bias;
  bool zero_is_right;
} ConstantsFloat;

static inline ConstantsFloat
constants_float (const ScopeRaster *raster)
{
  int bias = bias_of (raster->for_float.sure);
  return (ConstantsFloat){ .origin = _mm512_set1_ps (raster->for_float.origin),
                           .scale = _mm512_set1_ps (raster->for_float.scale * UNIT),
                           .bias = _mm512_set1_ps ((float)bias),
                           .half = _mm512_set1_ps (UNIT / 2),
                           .top = _mm512_set1_ps (raster->for_float.top * UNIT),
                           .low = _mm512_set1_ps (raster->for_float.low),
                           .high = _mm512_set1_ps (raster->for_float.high),
                           .least = _mm512_set1_ps (raster->for_float.least),
                           .near = _mm512_set1_epi32 (bias > 0 ? UNIT - 2 * bias : -1),
                           .whole_bias = bias };
}

/* The places of 16 values; adds to those that are unsure, takes from those that are inside. */
static inline __m512i
guess_quick_float (const ConstantsFloat *constant,
                   const float *value,
                   unsigned *unsure,
                   unsigned *inside)
{
  __m512 x = _mm512_loadu_ps (value);
  __m512 at =
      _mm512_fmadd_ps (_mm512_sub_ps (x, constant->origin), constant->scale, constant->bias);
  at = _mm512_min_ps (_mm512_max_ps (at, constant->half), constant->top);
  __m512i place = _mm512_cvttps_epi32 (at);
  __mmask16 above = _mm512_cmp_ps_mask (x, constant->low, _CMP_GE_OQ);
  *inside &= _mm512_mask_cmp_ps_mask (above, x, constant->high, _CMP_LE_OQ);
  *unsure |= _mm512_testn_epi32_mask (place, constant->near);
  return place;
}

static inline __mmask16
placed_float (const ConstantsFloat *constant, const float *value)
{
  return _mm512_cmp_ps_mask (_mm512_loadu_ps (value), constant->least, _CMP_GE_OQ);
}

typedef struct
{
  __m512d origin, scale, bias, half, top, low, high, least;
  __m512i near;
  int whole_bias;
  bool zero_is_right;
} ConstantsDouble;

static inline ConstantsDouble
constants_double (const ScopeRaster *raster)
{
  int bias = bias_of (raster->for_double.sure);
  return (ConstantsDouble){ .origin = _mm512_set1_pd (raster->for_double.origin),
                            .scale = _mm512_set1_pd (raster->for_double.scale * UNIT),
                            .bias = _mm512_set1_pd (bias),
                            .half = _mm512_set1_pd (UNIT / 2),
                            .top = _mm512_set1_pd (raster->for_double.top * UNIT),
                            .low = _mm512_set1_pd (raster->for_double.low),
                            .high = _mm512_set1_pd (raster->for_double.high),
                            .least = _mm512_set1_pd (raster->for_double.least),
                            .near = _mm512_set1_epi32 (bias > 0 ? UNIT - 2 * bias : -1),
                            .whole_bias = bias };
}

static inline __m256i
guess_half_double (const ConstantsDouble *constant, const double *value, unsigned *inside)
{
  __m512d x = _mm512_loadu_pd (value);
  __m512d at =
      _mm512_fmadd_pd (_mm512_sub_pd (x, constant->origin), constant->scale, constant->bias);
  at = _mm512_min_pd (_mm512_max_pd (at, constant->half), constant->top);
  __mmask8 above = _mm512_cmp_pd_mask (x, constant->low, _CMP_GE_OQ);
  *inside &= _mm512_mask_cmp_pd_mask (above, x, constant->high, _CMP_LE_OQ);
  return _mm512_cvttpd_epi32 (at);
}

static inline __m512i
guess_quick_double (const ConstantsDouble *constant,
                    const double *value,
                    unsigned *unsure,
                    unsigned *inside)
{
  unsigned within = ALL;
  __m256i low = guess_half_double (constant, value, &within);
  __m256i high = guess_half_double (constant, value + 8, &within);
  __m512i place = _mm512_inserti64x4 (_mm512_castsi256_si512 (low), high, 1);
  *inside &= within | (ALL ^ 0xFF);
  *unsure |= _mm512_testn_epi32_mask (place, constant->near);
  return place;
}

static inline __mmask16
placed_double (const ConstantsDouble *constant, const double *value)
{
  unsigned low = _mm512_cmp_pd_mask (_mm512_loadu_pd (value), constant->least, _CMP_GE_OQ);
  unsigned high = _mm512_cmp_pd_mask (_mm512_loadu_pd (value + 8), constant->least, _CMP_GE_OQ);
  return (__mmask16)(low | high << 8);
}

/* Decides places that are unsure: the nearest beginning of a color does, and what is 0 needs none
 * where its place is known to be right, since there may be many of it. */
static __attribute__ ((noinline)) void
settle_float (const ScopeRaster *raster,
              const ConstantsFloat *constant,
              const float *value,
              __m512i *place)
{
  __m512 x = _mm512_loadu_ps (value);
  __mmask16 unsure = _mm512_testn_epi32_mask (*place, constant->near);
  if (constant->zero_is_right)
    unsure = _mm512_mask_cmp_ps_mask (unsure, x, _mm512_setzero_ps (), _CMP_NEQ_UQ);
  if (unsure == 0)
    return;
  __m512i nearest = _mm512_add_epi32 (*place, _mm512_set1_epi32 (UNIT / 2 - constant->whole_bias));
  nearest = _mm512_srli_epi32 (nearest, 16);
  __m512 first = _mm512_mask_i32gather_ps (x, unsure, nearest, raster->for_float.first, 4);
  __mmask16 before = _mm512_cmp_ps_mask (x, first, _CMP_NGE_UQ);
  nearest = _mm512_mask_sub_epi32 (nearest, before, nearest, _mm512_set1_epi32 (1));
  *place = _mm512_mask_slli_epi32 (*place, unsure, nearest, 16);
}

static __attribute__ ((noinline)) void
settle_double (const ScopeRaster *raster,
               const ConstantsDouble *constant,
               const double *value,
               __m512i *place)
{
  const __m256i nearest_of = _mm256_set1_epi32 (UNIT / 2 - constant->whole_bias);
  const __m256i near = _mm512_castsi512_si256 (constant->near);
  __m256i half[2] = { _mm512_castsi512_si256 (*place), _mm512_extracti64x4_epi64 (*place, 1) };
  for (int k = 0; k < 2; k++)
    {
      __m512d x = _mm512_loadu_pd (value + 8 * k);
      __mmask8 unsure = _mm256_testn_epi32_mask (half[k], near);
      if (constant->zero_is_right)
        unsure = _mm512_mask_cmp_pd_mask (unsure, x, _mm512_setzero_pd (), _CMP_NEQ_UQ);
      if (unsure == 0)
        continue;
      __m256i nearest = _mm256_srli_epi32 (_mm256_add_epi32 (half[k], nearest_of), 16);
      __m512d first = _mm512_mask_i32gather_pd (x, unsure, nearest, raster->for_double.first, 8);
      __mmask8 before = _mm512_cmp_pd_mask (x, first, _CMP_NGE_UQ);
      nearest = _mm256_mask_sub_epi32 (nearest, before, nearest, _mm256_set1_epi32 (1));
      half[k] = _mm256_mask_slli_epi32 (half[k], unsure, nearest, 16);
    }
  *place = _mm512_inserti64x4 (_mm512_castsi256_si512 (half[0]), half[1], 1);
}

/* The third byte of each place, in the order that unpacking undoes: of each register four, and so
 * on. */
static inline __m512i
gather_bytes (const __m512i *place)
{
  __m512i low =
      _mm512_packus_epi32 (_mm512_srli_epi32 (place[0], 16), _mm512_srli_epi32 (place[1], 16));
  __m512i high =
      _mm512_packus_epi32 (_mm512_srli_epi32 (place[2], 16), _mm512_srli_epi32 (place[3], 16));
  return _mm512_packus_epi16 (low, high);
}

/* Whether the place of 0 is right as it is guessed. */
#define DEFINE_IS_ZERO_RIGHT(T, Constants)                                                         \
  static bool is_zero_right_##T (const ScopeRaster *raster, const Constants *constant)             \
  {                                                                                                \
    T zero[16] = { 0 };                                                                            \
    unsigned unsure = 0, inside = ALL;                                                             \
    __m512i place = guess_quick_##T (constant, zero, &unsure, &inside), settled = place;           \
    settle_##T (raster, constant, zero, &settled);                                                 \
    place = _mm512_srli_epi32 (_mm512_xor_si512 (place, settled), 16);                             \
    return _mm512_test_epi32_mask (place, place) == 0;                                             \
  }
DEFINE_IS_ZERO_RIGHT (float, ConstantsFloat)
DEFINE_IS_ZERO_RIGHT (double, ConstantsDouble)
#undef DEFINE_IS_ZERO_RIGHT

/* A chunk whose places stay in registers; whether all is inside. */
#define DEFINE_QUICK(T, Constants)                                                                 \
  static inline bool quick_##T (const ScopeRaster *raster, const Look *look,                       \
                                const Constants *constant, const T *value, uint32_t *out,          \
                                bool stream)                                                       \
  {                                                                                                \
    __m512i place[4], pixel[4];                                                                    \
    unsigned unsure = 0, inside = ALL;                                                             \
    _Pragma ("GCC unroll 4") for (int i = 0; i < 4; i++) place[i] =                                \
        guess_quick_##T (constant, value + 16 * i, &unsure, &inside);                              \
    if (__builtin_expect (unsure != 0, false))                                                     \
      _Pragma ("GCC unroll 4") for (int i = 0; i < 4; i++)                                         \
      {                                                                                            \
        __m512i settled = place[i];                                                                \
        settle_##T (raster, constant, value + 16 * i, &settled);                                   \
        place[i] = settled;                                                                        \
      }                                                                                            \
    colors_of (look, gather_bytes (place), pixel);                                                 \
    if (__builtin_expect (inside != ALL, false))                                                   \
      _Pragma ("GCC unroll 4") for (int i = 0; i < 4; i++) pixel[i] = _mm512_mask_mov_epi32 (      \
          _mm512_set1_epi32 ((int)raster->bad), placed_##T (constant, value + 16 * i), pixel[i]);  \
    _Pragma ("GCC unroll 4") for (int i = 0; i < 4; i++) store (out + 16 * i, pixel[i], stream);   \
    return inside == ALL;                                                                          \
  }                                                                                                \
                                                                                                   \
  static inline bool quick_line_##T (const ScopeRaster *raster, const Look *look,                  \
                                     const Constants *constant, const T *value, int64_t count,     \
                                     uint32_t *out, bool stream)                                   \
  {                                                                                                \
    int64_t i = stream ? scope_min (pixels_to_vector (out), count) : 0;                            \
    bool inside = (map_rest_##T (raster, look, value, i, out) & OUTSIDE) == 0;                     \
    if (stream)                                                                                    \
      for (; i + SCOPE_RASTER_CHUNK <= count; i += SCOPE_RASTER_CHUNK)                             \
        inside &= quick_##T (raster, look, constant, value + i, out + i, true);                    \
    else                                                                                           \
      for (; i + SCOPE_RASTER_CHUNK <= count; i += SCOPE_RASTER_CHUNK)                             \
        inside &= quick_##T (raster, look, constant, value + i, out + i, false);                   \
    return inside & ((map_rest_##T (raster, look, value + i, count - i, out + i) & OUTSIDE) == 0); \
  }                                                                                                \
                                                                                                   \
  static void map_quick_##T (const ScopeRaster *raster, const ScopeRasterLines *lines)             \
  {                                                                                                \
    if (!raster->for_##T.direct || raster->logarithmic || raster->colors > 256                     \
        || bias_of (raster->for_##T.sure) > MOST_BIAS)                                             \
      {                                                                                            \
        map_##T (raster, lines);                                                                   \
        return;                                                                                    \
      }                                                                                            \
    const Look look = look_begin (raster);                                                         \
    Constants constant = constants_##T (raster);                                                   \
    constant.zero_is_right = is_zero_right_##T (raster, &constant);                                \
    for (int64_t row = 0; row < lines->rows; row++)                                                \
      lines->outside[row] |=                                                                       \
          !quick_line_##T (raster, &look, &constant, (const T *)lines->in + row * lines->in_pitch, \
                           lines->columns, lines->out + row * lines->out_pitch, lines->stream);    \
  }
DEFINE_QUICK (float, ConstantsFloat)
DEFINE_QUICK (double, ConstantsDouble)
#undef DEFINE_QUICK

/* ---- bytes ----------------------------------------------------------------------------------- */

/* Looked up as they are; in the order that unpacking undoes. */
static void
map_bytes (const ScopeRasterBytes *bytes, const ScopeRasterLines *lines)
{
  const __m512i order = _mm512_setr_epi32 (0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  Look look = { .color = NULL };
  __m512i outside[QUARTERS];
  for (int quarter = 0; quarter < QUARTERS; quarter++)
    {
      for (int channel = 0; channel < CHANNELS; channel++)
        look.table[channel][quarter] = _mm512_loadu_si512 (bytes->channel[channel] + 64 * quarter);
      outside[quarter] = _mm512_loadu_si512 (bytes->outside + 64 * quarter);
    }
  for (int64_t row = 0; row < lines->rows; row++)
    {
      const uint8_t *in = (const uint8_t *)lines->in + row * lines->in_pitch;
      uint32_t *out = lines->out + row * lines->out_pitch;
      int64_t i = lines->stream ? scope_min (pixels_to_vector (out), lines->columns) : 0;
      bool beyond = map_byte_line (bytes, in, i, out);
      __m512i found = _mm512_setzero_si512 ();
      for (; i + SCOPE_RASTER_CHUNK <= lines->columns; i += SCOPE_RASTER_CHUNK)
        {
          __m512i at = _mm512_loadu_si512 (in + i), pixel[4];
          found = _mm512_or_si512 (found, pick (outside, at, _mm512_movepi8_mask (at)));
          colors_of (&look, _mm512_permutexvar_epi32 (order, at), pixel);
          if (lines->stream)
            for (int k = 0; k < 4; k++)
              store (out + i + 16 * k, pixel[k], true);
          else
            for (int k = 0; k < 4; k++)
              store (out + i + 16 * k, pixel[k], false);
        }
      beyond |= _mm512_test_epi8_mask (found, found) != 0;
      lines->outside[row] |= beyond | map_byte_line (bytes, in + i, lines->columns - i, out + i);
    }
}

#include "core/raster-avx512.inc.h"

const ScopeRasterKernels scope_raster_vbmi = {
  .map_float = map_quick_float,
  .map_double = map_quick_double,
  .map_bytes = map_bytes,
  .sort_float = sort_float,
  .sort_double = sort_double,
  .spread = spread,
  .turn_32 = turn_32,
  .turn_64 = turn_64,
  .convert = CONVERSIONS,
};
