/* Looking up colours one by one, which is as quick as a gather where that is slow. */

static inline void
look_up (const Look *look, const int32_t *place, uint32_t *out, bool stream)
{
  uint32_t line[SCOPE_RASTER_CHUNK] __attribute__ ((aligned (64)));
  uint32_t *to = stream ? line : out;
#pragma GCC unroll 16
  for (int i = 0; i < SCOPE_RASTER_CHUNK; i++)
    to[i] = look->color[place[i]];
  if (stream)
    put (line, out, true);
}
