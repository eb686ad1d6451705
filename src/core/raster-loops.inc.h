/* The loops of the raster for one type: T, its table TABLE, N (name). Included twice by
 * raster-kernels.inc.h. The loops over a chunk are plain, so that the compiler makes them of the
 * level's vectors. */

/* The places of a chunk's colours and what was found. */
static inline unsigned N (find) (const ScopeRaster *raster, const T *value, int32_t *place);

/* Places that are right where `sure` says so, and what was found. */
#define DEFINE_GUESS(which)                                                                        \
  static inline unsigned N (guess_##which) (const ScopeRaster *raster, const T *value,             \
                                            int32_t *place)                                        \
  {                                                                                                \
    const T top = raster->TABLE.top, sure = raster->TABLE.sure;                                    \
    const T low = raster->TABLE.low, high = raster->TABLE.high, half = (T)0.5;                     \
    int unsure = 0, outside = 0;                                                                   \
    for (int i = 0; i < SCOPE_RASTER_CHUNK; i++)                                                   \
      {                                                                                            \
        T x = value[i];                                                                            \
        T at = N (scope_guess_##which) (raster, x);                                                \
        at = at > half ? at : half; /* NaN too */                                                  \
        at = at < top ? at : top;                                                                  \
        int32_t whole = (int32_t)at;                                                               \
        T away = (T)fabs (at - (T)whole - half);                                                   \
        unsure |= -(away > sure);                                                                  \
        outside |= -!(x >= low) | -!(x <= high);                                                   \
        place[i] = whole;                                                                          \
      }                                                                                            \
    return (unsure != 0 ? UNSURE : 0) | (outside != 0 ? OUTSIDE : 0);                              \
  }
DEFINE_GUESS (even)
DEFINE_GUESS (log)
#undef DEFINE_GUESS

/* Corrects places that may be one off. Nothing stands before color 0, not even NaN. */
static __attribute__ ((noinline)) void
N (decide) (const ScopeRaster *raster, const T *value, int32_t *place)
{
  for (int i = 0; i < SCOPE_RASTER_CHUNK; i++)
    {
      const T *first = &raster->TABLE.first[place[i]];
      int32_t right = place[i] + (value[i] >= first[1]) - !(value[i] >= first[0]);
      place[i] = right < 0 ? 0 : right;
    }
}

static inline void
N (mark_bad) (const ScopeRaster *raster, const T *value, uint32_t *out)
{
  const T least = raster->TABLE.least;
  const uint32_t bad = raster->bad;
  for (int i = 0; i < SCOPE_RASTER_CHUNK; i++)
    {
      uint32_t is_placed = -(uint32_t)(value[i] >= least);
      out[i] = (out[i] & is_placed) | (bad & ~is_placed);
    }
}

static inline unsigned
N (map_chunk) (const ScopeRaster *raster,
               const Look *look,
               const T *value,
               uint32_t *out,
               bool stream)
{
  int32_t place[SCOPE_RASTER_CHUNK] __attribute__ ((aligned (64)));
  unsigned found = N (find) (raster, value, place);
  if (__builtin_expect ((found & OUTSIDE) == 0, true))
    {
      look_up (look, place, out, stream);
      return found;
    }
  uint32_t line[SCOPE_RASTER_CHUNK] __attribute__ ((aligned (64)));
  look_up (look, place, line, false);
  N (mark_bad) (raster, value, line);
  put (line, out, stream);
  return found;
}

/* Fewer than a chunk. */
static __attribute__ ((noinline)) unsigned
N (map_rest) (const ScopeRaster *raster,
              const Look *look,
              const T *value,
              int64_t count,
              uint32_t *out)
{
  T filled[SCOPE_RASTER_CHUNK];
  uint32_t line[SCOPE_RASTER_CHUNK];
  if (count <= 0)
    return 0;
  for (int i = 0; i < SCOPE_RASTER_CHUNK; i++)
    filled[i] = value[i < count ? i : 0];
  unsigned found = N (map_chunk) (raster, look, filled, line, false);
  memcpy (out, line, (size_t)count * sizeof *out);
  return found;
}

/* One line; whether something in it is outside. */
static inline bool
N (map_line) (const ScopeRaster *raster,
              const Look *look,
              const T *value,
              int64_t count,
              uint32_t *out,
              bool stream)
{
  unsigned found = 0;
  int64_t i = 0;
  if (stream)
    {
      i = scope_min (pixels_to_vector (out), count);
      found |= N (map_rest) (raster, look, value, i, out);
      for (; i + SCOPE_RASTER_CHUNK <= count; i += SCOPE_RASTER_CHUNK)
        found |= N (map_chunk) (raster, look, value + i, out + i, true);
    }
  else
    for (; i + SCOPE_RASTER_CHUNK <= count; i += SCOPE_RASTER_CHUNK)
      found |= N (map_chunk) (raster, look, value + i, out + i, false);
  found |= N (map_rest) (raster, look, value + i, count - i, out + i);
  return (found & OUTSIDE) != 0;
}

static void
N (map) (const ScopeRaster *raster, const ScopeRasterLines *lines)
{
  const Look look = look_begin (raster);
  for (int64_t row = 0; row < lines->rows; row++)
    lines->outside[row] |=
        N (map_line) (raster, &look, (const T *)lines->in + row * lines->in_pitch, lines->columns,
                      lines->out + row * lines->out_pitch, lines->stream);
}

/* What numbers need beyond their colour; later lines count more. */
static void
N (sort) (const ScopeRaster *raster, const void *from, int64_t count, uint8_t *kind)
{
  const T *value = from;
  const T least = raster->TABLE.least, low = raster->TABLE.low, high = raster->TABLE.high;
  for (int64_t i = 0; i < count; i++)
    {
      T x = value[i];
      int found = x < low ? SCOPE_RASTER_UNDER : SCOPE_RASTER_PLAIN;
      found = x >= least ? found : SCOPE_RASTER_BAD;
      found = x > high ? SCOPE_RASTER_OVER : found;
      found = x == (T)INFINITY ? SCOPE_RASTER_POSITIVE_INFINITY : found;
      found = x == -(T)INFINITY ? SCOPE_RASTER_NEGATIVE_INFINITY : found;
      kind[i] = (uint8_t)found;
    }
}
