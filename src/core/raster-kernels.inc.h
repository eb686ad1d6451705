/* The raster's kernels of one level. Included by a file for each, which defines
 *   Look                             what look_up keeps in registers
 *   look_begin (raster)              makes it
 *   look_up (look, place, out, stream)  a chunk's colours
 *   put (line, out, stream)          a chunk's pixels from aligned memory. */

enum
{
  UNSURE = 1,
  OUTSIDE = 2,
};

/* Pixels before the first that a vector may be streamed to. */
static inline int64_t
pixels_to_vector (const uint32_t *out)
{
  return (int64_t)(-((uintptr_t)out / sizeof *out) % (64 / sizeof *out));
}

#define T       double
#define TABLE   for_double
#define N(name) name##_double
#include "core/raster-loops.inc.h"
#undef T
#undef TABLE
#undef N

#define T       float
#define TABLE   for_float
#define N(name) name##_float
#include "core/raster-loops.inc.h"
#undef T
#undef TABLE
#undef N

/* Halves the colors until one is left, without a branch; beyond them `first` is NaN. */
static __attribute__ ((noinline)) unsigned
search (const ScopeRaster *raster, const double *value, int32_t *place)
{
  const double *first = raster->for_double.first;
  int32_t most = raster->colors > 256 ? 256 : 128;
  int outside = 0;
  for (int i = 0; i < SCOPE_RASTER_CHUNK; i++)
    {
      double x = value[i];
      int32_t at = 0;
      for (int32_t half = most; half > 0; half /= 2)
        at += x >= first[at + half] ? half : 0;
      place[i] = at;
      outside |= !(x >= raster->low) | !(x <= raster->high);
    }
  return outside != 0 ? OUTSIDE : 0;
}

static inline unsigned
find_double (const ScopeRaster *raster, const double *value, int32_t *place)
{
  if (!raster->for_double.direct)
    return search (raster, value, place);
  unsigned found = raster->logarithmic ? guess_log_double (raster, value, place)
                                       : guess_even_double (raster, value, place);
  if (__builtin_expect ((found & UNSURE) != 0, false))
    decide_double (raster, value, place);
  return found;
}

/* Where a float is too coarse for a guess, as a double. */
static __attribute__ ((noinline)) unsigned
find_widened (const ScopeRaster *raster, const float *value, int32_t *place)
{
  double wide[SCOPE_RASTER_CHUNK];
  for (int i = 0; i < SCOPE_RASTER_CHUNK; i++)
    wide[i] = value[i];
  return find_double (raster, wide, place);
}

static inline unsigned
find_float (const ScopeRaster *raster, const float *value, int32_t *place)
{
  if (!raster->for_float.direct)
    return find_widened (raster, value, place);
  unsigned found = raster->logarithmic ? guess_log_float (raster, value, place)
                                       : guess_even_float (raster, value, place);
  if (__builtin_expect ((found & UNSURE) != 0, false))
    decide_float (raster, value, place);
  return found;
}

/* Bytes one by one. */
static bool
map_byte_line (const ScopeRasterBytes *bytes, const uint8_t *in, int64_t count, uint32_t *out)
{
  unsigned outside = 0;
  if (bytes->any_outside)
    for (int64_t i = 0; i < count; i++)
      outside |= bytes->outside[in[i]];
  for (int64_t i = 0; i < count; i++)
    out[i] = bytes->pixel[in[i]];
  return outside != 0;
}

/* Pixels one by one. */
static void
spread_rest (const uint32_t *from, const int32_t *column, int64_t columns, uint32_t *out)
{
  for (int64_t i = 0; i < columns; i++)
    out[i] = from[column[i]];
}
