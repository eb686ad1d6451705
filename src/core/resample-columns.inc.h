/* Sums along the rows: an output's taps are neighbours. Needs what resample-kernels.inc.h defines.
 */

/* Outputs [begin, end) one by one; elements that do not exist are the nearest that do. */
static void
N (columns_clamped) (const ScopeColumns *columns, int64_t begin, int64_t end, const T *in, T *out)
{
  int64_t channels = columns->channels, step = columns->table->tap_step;
  int64_t last = columns->table->in - 1;
  for (int64_t j = begin; j < end; j++)
    {
      int64_t pixel = channels == 1 ? j : j / channels, place = columns->first[pixel];
      const T *from = in + (channels == 1 ? 0 : j % channels), *weight = columns->weight;
      T sum = weight == NULL ? (T)0 : (T)-0.0;
      if (weight != NULL)
        weight += pixel * columns->weight_stride;
      int32_t taps = columns->taps[pixel];
      if (step == 1 && place >= 0 && place + taps <= last + 1)
        {
          from += (place - columns->input) * channels;
          for (int32_t k = 0; k < taps; k++, from += channels)
            sum += weight == NULL ? *from : *from * weight[k];
        }
      else
        for (int32_t k = 0; k < taps; k++, place += step)
          {
            int64_t there = place < 0 ? 0 : place > last ? last : place;
            T element = from[(there - columns->input) * channels];
            sum += weight == NULL ? element : element * weight[k];
          }
      out[j] = sum;
    }
}

/* The same where all elements exist; called with a constant for `taps` where all have few. */
static inline __attribute__ ((always_inline)) void
N (columns_inside) (const ScopeColumns *columns, int32_t taps, const T *in, T *out)
{
  int64_t step = columns->shift, channels = columns->channels, channel = 0, pixel = 0;
  const T *weight = columns->weight;
  pixel = columns->begin / channels;
  weight = weight == NULL ? NULL : weight + pixel * columns->weight_stride;
  for (int64_t j = columns->begin; j < columns->end; j++)
    {
      const T *from = in + columns->start[j];
      int32_t count = taps != 0 ? taps : columns->taps[pixel];
      T sum = weight == NULL ? from[0] + (T)0 : from[0] * weight[0];
      for (int32_t k = 1; k < count; k++)
        sum += weight == NULL ? from[k * step] : from[k * step] * weight[k];
      out[j] = sum;
      if (++channel == channels)
        {
          channel = 0;
          pixel++;
          weight = weight == NULL ? NULL : weight + columns->weight_stride;
        }
    }
}

/* … of one channel, with weights. */
static inline __attribute__ ((always_inline)) void
N (columns_few) (const ScopeColumns *columns, int32_t taps, const T *in, T *out)
{
  int64_t stride = columns->weight_stride, step = columns->shift;
  const int32_t *start = columns->start;
  const T *weight = (const T *)columns->weight + columns->begin * stride;
  for (int64_t j = columns->begin, end = columns->end; j < end; j++, weight += stride)
    {
      const T *from = in + start[j];
      T sum = from[0] * weight[0];
      for (int32_t k = 1; k < taps; k++)
        sum += from[k * step] * weight[k];
      out[j] = sum;
    }
}

static void
N (columns_plain) (const ScopeColumns *columns, const T *in, T *out)
{
  bool few = columns->channels == 1 && columns->weight != NULL && columns->most == columns->least;
  if (few && columns->most == 2)
    N (columns_few) (columns, 2, in, out);
  else if (few && columns->most == 4)
    N (columns_few) (columns, 4, in, out);
  else
    N (columns_inside) (columns, 0, in, out);
}

/* ---- outputs as far apart as their elements, with the same weights ------------------------------
 */

static inline __attribute__ ((always_inline)) N (Vector)
    N (sum_shifted) (const T *from, int64_t step, const T *weight, int32_t taps)
{
  N (Vector) sum = N (all) (weight == NULL ? (T)0 : (T)-0.0);
  for (int32_t k = 0; k < taps; k++)
    sum += weight == NULL ? N (load) (from + k * step) : N (load) (from + k * step) * weight[k];
  return sum;
}

static inline __attribute__ ((always_inline)) void
N (row_shifted) (const ScopeColumns *columns, int32_t taps, const T *in, T *out)
{
  int64_t x = columns->begin, shift = columns->start[x] - x, step = columns->shift;
  int64_t last = columns->end - LANES;
  const T *weight = columns->lane_weight;
  for (; x <= last; x += LANES)
    N (store) (out + x, N (sum_shifted) (in + x + shift, step, weight, taps));
  if (x < columns->end)
    N (store) (out + last, N (sum_shifted) (in + last + shift, step, weight, taps));
}

static void
N (columns_shifted) (const ScopeColumns *columns, const T *in, T *out)
{
  if (columns->most == 1)
    N (row_shifted) (columns, 1, in, out);
  else if (columns->most == 2)
    N (row_shifted) (columns, 2, in, out);
  else if (columns->most == 4)
    N (row_shifted) (columns, 4, in, out);
  else
    N (row_shifted) (columns, columns->most, in, out);
}

/* ---- a lane for each output ------------------------------------------------------------------ */

#ifdef PICK2

static inline __attribute__ ((always_inline)) N (Vector)
    N (pick) (const N (Vector) * vector, int vectors, N (Places) places)
{
  if (vectors == 1)
    return PICK1 (vector[0], places);
#ifdef PICK4
  if (vectors == 4)
    return PICK4 (vector[0], vector[1], vector[2], vector[3], places);
#endif
  return PICK2 (vector[0], vector[1], places);
}

/* One block of `rows` rows: the constants `vectors`, `taps` (0: many), `rows`, `weighted`. */
static inline __attribute__ ((always_inline)) void
N (sum_lanes) (const ScopeColumns *columns,
               int64_t block,
               int vectors,
               int32_t taps,
               int rows,
               bool weighted,
               const T *const *in,
               T *const *out)
{
  int64_t at = columns->uniform ? 0 : block;
  int32_t most = taps != 0 ? taps : columns->most, least = taps != 0 ? taps : columns->least;
  const T *weight = (const T *)columns->lane_weight + at * most * LANES;
  int64_t from = columns->block_from[block], to = columns->block_to[block];
  N (Places) places;
  memcpy (&places, (const INT *)columns->place + at * LANES, sizeof places);
  N (Vector) vector[4][4], sum[4];
  for (int r = 0; r < rows; r++)
    {
      for (int i = 0; i < vectors; i++)
        vector[r][i] = N (load) (in[r] + from + i * LANES);
      sum[r] = N (pick) (vector[r], vectors, places);
    }
  N (Vector) by = weighted ? N (load) (weight) : N (all) (0);
  for (int r = 0; r < rows; r++)
    sum[r] = weighted ? sum[r] * by : sum[r] + by;
  for (int32_t k = 1; k < least; k++)
    {
      places += (INT)columns->channels;
      if (weighted)
        by = N (load) (weight + k * LANES);
      for (int r = 0; r < rows; r++)
        {
          N (Vector) picked = N (pick) (vector[r], vectors, places);
          sum[r] += weighted ? picked * by : picked;
        }
    }
  /* Outputs with fewer taps add −0. */
  const INT *kept = (const INT *)columns->kept + at * (most - least) * LANES;
  for (int32_t k = least; k < most; k++, kept += LANES)
    {
      N (Places) keep, none;
      memcpy (&keep, kept, sizeof keep);
      N (Vector) minus = N (all) ((T)-0.0);
      memcpy (&none, &minus, sizeof none);
      none &= ~keep;
      places += (INT)columns->channels;
      if (weighted)
        by = N (load) (weight + k * LANES);
      for (int r = 0; r < rows; r++)
        {
          N (Vector) picked = N (pick) (vector[r], vectors, places & keep);
          N (Vector) product = weighted ? picked * by : picked;
          sum[r] += (N (Vector)) (((N (Places))product & keep) | none);
        }
    }
  int64_t outputs = columns->end - columns->begin;
  for (int r = 0; r < rows; r++)
    if (outputs < LANES)
      N (store_some) (out[r] + to, (int)outputs, sum[r]);
    else
      N (store) (out[r] + to, sum[r]);
}

static inline __attribute__ ((always_inline)) void
N (rows_of_lanes) (const ScopeColumns *columns,
                   int32_t taps,
                   int rows,
                   bool weighted,
                   const T *const *in,
                   T *const *out,
                   ScopeFetch *fetch,
                   int lines)
{
  for (int64_t block = 0; block < columns->blocks; block++)
    {
      scope_fetch (fetch, lines);
      switch (columns->block_vectors[block])
        {
        case 1:
          N (sum_lanes) (columns, block, 1, taps, rows, weighted, in, out);
          break;
        case 2:
          N (sum_lanes) (columns, block, 2, taps, rows, weighted, in, out);
          break;
#ifdef PICK4
        default:
          for (int r = 0; r < rows; r += 2)
            N (sum_lanes) (columns, block, 4, taps, rows < 2 ? 1 : 2, weighted, in + r, out + r);
#endif
        }
    }
}

static void
N (columns_lanes) (const ScopeColumns *columns,
                   int rows,
                   const T *const *in,
                   T *const *out,
                   ScopeFetch *fetch,
                   int lines)
{
  bool weighted = columns->lane_weight != NULL;
  for (int r = 0; r < rows;)
    {
      int here = rows - r >= 4 ? 4 : 1;
#define RUN(taps, rows) N (rows_of_lanes) (columns, taps, rows, true, in + r, out + r, fetch, lines)
      if (weighted && columns->most == columns->least && columns->most == 2)
        here == 4 ? RUN (2, 4) : RUN (2, 1);
      else if (weighted && columns->most == columns->least && columns->most == 4)
        here == 4 ? RUN (4, 4) : RUN (4, 1);
      else if (weighted)
        here == 4 ? RUN (0, 4) : RUN (0, 1);
#undef RUN
      else if (here == 4)
        N (rows_of_lanes) (columns, 0, 4, false, in + r, out + r, fetch, lines);
      else
        N (rows_of_lanes) (columns, 0, 1, false, in + r, out + r, fetch, lines);
      r += here;
    }
}
#endif

/* ---- whole ratios: every ratio-th element ------------------------------------------------------
 */

#if LANES == 2
#define EVEN 0, 2
#define ODD  1, 3
#elif LANES == 4
#define EVEN 0, 2, 4, 6
#define ODD  1, 3, 5, 7
#elif LANES == 8
#define EVEN 0, 2, 4, 6, 8, 10, 12, 14
#define ODD  1, 3, 5, 7, 9, 11, 13, 15
#else
#define EVEN 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30
#define ODD  1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31
#endif

/* `ratio` vectors, side by side, to as many whose elements stood `ratio` apart; a power of 2. */
static inline __attribute__ ((always_inline)) void
N (part) (const T *from, int ratio, T *to, int64_t pitch)
{
  N (Vector) vector[8], other[8];
  for (int i = 0; i < ratio; i++)
    vector[i] = N (load) (from + i * LANES);
  for (int width = 1; width < ratio; width *= 2)
    {
      for (int i = 0; i < ratio / 2; i++)
        {
          other[i] = __builtin_shufflevector (vector[2 * i], vector[2 * i + 1], EVEN);
          other[i + ratio / 2] = __builtin_shufflevector (vector[2 * i], vector[2 * i + 1], ODD);
        }
      for (int i = 0; i < ratio; i++)
        vector[i] = other[i];
    }
  for (int i = 0; i < ratio; i++)
    N (store) (to + i * pitch, vector[i]);
}

#ifdef PICK_APART
/* Bits of the lanes whose number leaves `rest` when divided by `ratio`. */
static inline __attribute__ ((always_inline)) unsigned
N (lanes_of) (int ratio, int rest)
{
  unsigned lanes = 0;
  for (int l = rest; l < LANES; l += ratio)
    lanes |= 1u << l;
  return lanes;
}

/* The same for an odd ratio. The elements of one phase stand in as many vectors, but no two of them
 * in the same lane: that is element q of vector m = (phase − q) / LANES modulo the ratio. So lanes
 * are gathered first, and ordered then. */
static inline __attribute__ ((always_inline)) void
N (part_odd) (const N (Vector) * vector, int ratio, const INT *places, T *to, int64_t pitch)
{
  int inverse = 1;
  while (inverse * LANES % ratio != 1)
    inverse++;
  for (int phase = 0; phase < ratio; phase++)
    {
      N (Vector) gathered = vector[phase * inverse % ratio]; /* right for lane 0 */
      for (int rest = 1; rest < ratio; rest++)
        gathered = BLEND (N (lanes_of) (ratio, rest), gathered,
                          vector[(phase + ratio - rest) * inverse % ratio]);
      N (Places) at;
      memcpy (&at, places + phase * LANES, sizeof at);
      N (store) (to + phase * pitch, PICK1 (gathered, at));
    }
}

/* The same for 3, 5, 6 and 7; constants. */
static inline __attribute__ ((always_inline)) void
N (part_any) (const T *from, int ratio, const INT *places, T *to, int64_t pitch)
{
  N (Vector) vector[8], even[4], odd[4];
  for (int i = 0; i < ratio; i++)
    vector[i] = N (load) (from + i * LANES);
  if (ratio % 2 == 1)
    {
      N (part_odd) (vector, ratio, places, to, pitch);
      return;
    }
  for (int i = 0; i < ratio / 2; i++)
    {
      even[i] = __builtin_shufflevector (vector[2 * i], vector[2 * i + 1], EVEN);
      odd[i] = __builtin_shufflevector (vector[2 * i], vector[2 * i + 1], ODD);
    }
  N (part_odd) (even, ratio / 2, places, to, 2 * pitch);
  N (part_odd) (odd, ratio / 2, places, to + pitch, 2 * pitch);
}
#endif

static inline __attribute__ ((always_inline)) void
N (part_row) (const ScopeColumns *columns,
              int ratio,
              const T *in,
              int64_t from,
              int64_t count,
              T *phases,
              int64_t pitch)
{
  int64_t whole = scope_min (count, (columns->readable - from) / ratio), last = whole - LANES;
  for (int64_t x = 0; x < whole && last >= 0; x += LANES)
    {
      int64_t at = scope_min (x, last); /* at the end some are taken once more */
#ifdef PICK_APART
      if (ratio != 2 && ratio != 4 && ratio != 8)
        N (part_any) (in + from + at * ratio, ratio, columns->place, phases + at, pitch);
      else
#endif
        N (part) (in + from + at * ratio, ratio, phases + at, pitch);
    }
  for (int64_t x = last >= 0 ? whole : 0; x < count; x++)
    for (int phase = 0; phase < ratio && from + x * ratio + phase < columns->readable; phase++)
      phases[phase * pitch + x] = in[from + x * ratio + phase];
}

static inline __attribute__ ((always_inline)) void
N (columns_phases) (const ScopeColumns *columns,
                    int ratio,
                    const T *in,
                    T *out,
                    T *phases,
                    ScopeFetch *fetch,
                    int lines)
{
  const T *weight = columns->lane_weight, *tap[SCOPE_PHASE_TAPS];
  int32_t taps = columns->most;
  int64_t more = (taps - 1) / ratio, pitch = SCOPE_PHASE_STRIP + SCOPE_PHASE_TAPS;
  for (int32_t k = 0; k < taps; k++)
    tap[k] = phases + k % ratio * pitch + k / ratio;
  for (int64_t j = columns->begin; j < columns->end; j += SCOPE_PHASE_STRIP)
    {
      int64_t count = scope_min (SCOPE_PHASE_STRIP, columns->end - j), x = 0;
      if (count < LANES) /* there is as much before: at least a vector is computed */
        {
          j -= LANES - count;
          count = LANES;
        }
      scope_fetch (fetch, lines * (int)(count / LANES));
      N (part_row) (columns, ratio, in, columns->start[j], count + more, phases, pitch);
      while (x < count) /* at the end some are made once more */
        if (count >= 4 * LANES)
          {
            N (Vector) sum[4];
            x = scope_min (x, count - 4 * LANES);
            for (int i = 0; i < 4; i++)
              sum[i] = N (load) (tap[0] + x + i * LANES) * weight[0];
            for (int32_t k = 1; k < taps; k++)
              for (int i = 0; i < 4; i++)
                sum[i] += N (load) (tap[k] + x + i * LANES) * weight[k];
            for (int i = 0; i < 4; i++)
              N (store) (out + j + x + i * LANES, sum[i]);
            x += 4 * LANES;
          }
        else
          {
            x = scope_min (x, count - LANES);
            N (Vector) sum = N (load) (tap[0] + x) * weight[0];
            for (int32_t k = 1; k < taps; k++)
              sum += N (load) (tap[k] + x) * weight[k];
            N (store) (out + j + x, sum);
            x += LANES;
          }
    }
}

static void
N (columns_whole) (const ScopeColumns *columns,
                   const T *in,
                   T *out,
                   T *phases,
                   ScopeFetch *fetch,
                   int lines)
{
  switch (columns->ratio)
    {
#define CASE(ratio)                                                                                \
  case ratio:                                                                                      \
    N (columns_phases) (columns, ratio, in, out, phases, fetch, lines);                            \
    break;
      CASE (2)
      CASE (4)
      CASE (8)
#ifdef PICK_APART
      CASE (3)
      CASE (5)
      CASE (6)
      CASE (7)
#endif
#undef CASE
    }
}

/* ---- a lane for each row --------------------------------------------------------------------- */

/* Within each 16 bytes of two vectors: elements taken in turn, and pairs of elements. */
#if T_BYTES == 8 && LANES == 2
#define LOW  0, 2
#define HIGH 1, 3
#elif T_BYTES == 8 && LANES == 4
#define LOW  0, 4, 2, 6
#define HIGH 1, 5, 3, 7
#elif T_BYTES == 8
#define LOW  0, 8, 2, 10, 4, 12, 6, 14
#define HIGH 1, 9, 3, 11, 5, 13, 7, 15
#elif LANES == 4
#define LOW       0, 4, 1, 5
#define HIGH      2, 6, 3, 7
#define LOW_PAIR  0, 1, 4, 5
#define HIGH_PAIR 2, 3, 6, 7
#elif LANES == 8
#define LOW       0, 8, 1, 9, 4, 12, 5, 13
#define HIGH      2, 10, 3, 11, 6, 14, 7, 15
#define LOW_PAIR  0, 1, 8, 9, 4, 5, 12, 13
#define HIGH_PAIR 2, 3, 10, 11, 6, 7, 14, 15
#else
#define LOW       0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29
#define HIGH      2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31
#define LOW_PAIR  0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29
#define HIGH_PAIR 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31
#endif
/* 16 bytes of two vectors: the even and the odd ones, or the halves. */
#if VECTOR_BYTES == 64 && T_BYTES == 4
#define EVEN_PARTS 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27
#define ODD_PARTS  4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31
#elif VECTOR_BYTES == 64
#define EVEN_PARTS 0, 1, 4, 5, 8, 9, 12, 13
#define ODD_PARTS  2, 3, 6, 7, 10, 11, 14, 15
#elif VECTOR_BYTES == 32 && T_BYTES == 4
#define EVEN_PARTS 0, 1, 2, 3, 8, 9, 10, 11
#define ODD_PARTS  4, 5, 6, 7, 12, 13, 14, 15
#elif VECTOR_BYTES == 32
#define EVEN_PARTS 0, 1, 4, 5
#define ODD_PARTS  2, 3, 6, 7
#endif

#define SMALL (16 / T_BYTES) /* elements of 16 bytes */

/* A square of vectors, rows for columns: first the little squares within 16 bytes, then those. */
static inline __attribute__ ((always_inline)) void
N (turn) (N (Vector) square[LANES])
{
  N (Vector) other[LANES];
  for (int i = 0; i < LANES; i += SMALL)
    {
#if T_BYTES == 4
      N (Vector) a = __builtin_shufflevector (square[i], square[i + 1], LOW);
      N (Vector) b = __builtin_shufflevector (square[i], square[i + 1], HIGH);
      N (Vector) c = __builtin_shufflevector (square[i + 2], square[i + 3], LOW);
      N (Vector) d = __builtin_shufflevector (square[i + 2], square[i + 3], HIGH);
      square[i] = __builtin_shufflevector (a, c, LOW_PAIR);
      square[i + 1] = __builtin_shufflevector (a, c, HIGH_PAIR);
      square[i + 2] = __builtin_shufflevector (b, d, LOW_PAIR);
      square[i + 3] = __builtin_shufflevector (b, d, HIGH_PAIR);
#else
      N (Vector) a = __builtin_shufflevector (square[i], square[i + 1], LOW);
      square[i + 1] = __builtin_shufflevector (square[i], square[i + 1], HIGH);
      square[i] = a;
#endif
    }
#if VECTOR_BYTES == 64
  /* Vector SMALL·b + e has parts p = 0…3: column SMALL·p + e of rows of group b. */
  for (int e = 0; e < SMALL; e++)
    {
      N (Vector) a = __builtin_shufflevector (square[e], square[e + SMALL], EVEN_PARTS);
      N (Vector)
      b = __builtin_shufflevector (square[e + 2 * SMALL], square[e + 3 * SMALL], EVEN_PARTS);
      N (Vector) c = __builtin_shufflevector (square[e], square[e + SMALL], ODD_PARTS);
      N (Vector)
      d = __builtin_shufflevector (square[e + 2 * SMALL], square[e + 3 * SMALL], ODD_PARTS);
      other[e] = __builtin_shufflevector (a, b, EVEN_PARTS);
      other[e + SMALL] = __builtin_shufflevector (c, d, EVEN_PARTS);
      other[e + 2 * SMALL] = __builtin_shufflevector (a, b, ODD_PARTS);
      other[e + 3 * SMALL] = __builtin_shufflevector (c, d, ODD_PARTS);
    }
#elif VECTOR_BYTES == 32
  for (int e = 0; e < SMALL; e++)
    {
      other[e] = __builtin_shufflevector (square[e], square[e + SMALL], EVEN_PARTS);
      other[e + SMALL] = __builtin_shufflevector (square[e], square[e + SMALL], ODD_PARTS);
    }
#else
  for (int i = 0; i < LANES; i++)
    other[i] = square[i];
#endif
  for (int i = 0; i < LANES; i++)
    square[i] = other[i];
}

/* Elements [from, to) of LANES rows to `turned`, a vector for each. */
static void
N (turn_in) (const T *const row[LANES], int64_t from, int64_t to, T *turned, ScopeFetch *fetch)
{
  int64_t x = from;
  for (; x <= to - LANES; x += LANES, turned += LANES * LANES)
    {
      N (Vector) square[LANES];
      scope_fetch (fetch, LANES);
      for (int l = 0; l < LANES; l++)
        square[l] = N (load) (row[l] + x);
      N (turn) (square);
      for (int l = 0; l < LANES; l++)
        N (store) (turned + l * LANES, square[l]);
    }
  for (; x < to; x++, turned += LANES)
    for (int l = 0; l < LANES; l++)
      turned[l] = row[l][x];
}

static inline int32_t
N (taps_of) (const ScopeColumns *columns, int64_t j)
{
  return columns->taps[columns->channels == 1 ? j : j / columns->channels];
}

/* `many` outputs side by side, so that one's additions do not wait for each other; constants.
 * `single`: there is one channel. */
static inline __attribute__ ((always_inline)) void
N (sum_turned) (const ScopeColumns *columns,
                bool weighted,
                bool single,
                int many,
                int64_t j,
                const T *turned,
                int64_t origin,
                N (Vector) * sum)
{
  const T *at[4], *weight[4] = { NULL };
  int32_t taps[4], least = INT32_MAX;
  int64_t step = single ? LANES : columns->channels * LANES;
  for (int i = 0; i < many; i++)
    {
      int64_t pixel = single ? j + i : (j + i) / columns->channels;
      at[i] = turned + (columns->start[j + i] - origin) * LANES;
      taps[i] = columns->taps[pixel];
      least = taps[i] < least ? taps[i] : least;
      if (weighted)
        weight[i] = (const T *)columns->weight + pixel * columns->weight_stride;
      sum[i] = N (load) (at[i]);
      sum[i] = weighted ? sum[i] * weight[i][0] : sum[i] + (T)0;
    }
  for (int32_t k = 1; k < least; k++)
    for (int i = 0; i < many; i++)
      {
        N (Vector) element = N (load) (at[i] + k * step);
        sum[i] += weighted ? element * weight[i][k] : element;
      }
  for (int i = 0; i < many; i++)
    for (int32_t k = least; k < taps[i]; k++)
      {
        N (Vector) element = N (load) (at[i] + k * step);
        sum[i] += weighted ? element * weight[i][k] : element;
      }
}

/* Outputs [begin, end) of LANES rows, `rows` of which count, from their turned elements. */
static inline __attribute__ ((always_inline)) void
N (sum_rows) (const ScopeColumns *columns,
              bool weighted,
              bool single,
              int64_t begin,
              int64_t end,
              const T *turned,
              int64_t origin,
              int rows,
              T *const *out)
{
  int64_t j = begin;
  for (; j <= end - LANES; j += LANES)
    {
      N (Vector) square[LANES];
      for (int i = 0; i < LANES; i += LANES < 4 ? LANES : 4)
        N (sum_turned)
      (columns, weighted, single, LANES < 4 ? LANES : 4, j + i, turned, origin, square + i);
      N (turn) (square);
      for (int l = 0; l < rows; l++)
        N (store) (out[l] + j, square[l]);
    }
  for (; j < end; j++)
    {
      N (Vector) sum[1];
      N (sum_turned) (columns, weighted, single, 1, j, turned, origin, sum);
      for (int l = 0; l < rows; l++)
        out[l][j] = sum[0][l];
    }
}

/* Where the elements of outputs from `begin` on end, and the outputs whose elements fit in a
 * window that begins at `origin`. */
static int64_t
N (fitting) (const ScopeColumns *columns, int64_t begin, int64_t origin, int64_t *last)
{
  int64_t span = SCOPE_ROW_SPAN + columns->most * columns->channels, j = begin;
  *last = origin;
  for (; j < columns->end; j++)
    {
      int64_t final = columns->start[j] + (N (taps_of) (columns, j) - 1) * columns->channels + 1;
      int64_t stop = scope_max (*last, final);
      if ((j > begin && stop - origin > span) || columns->start[j] < origin)
        break;
      *last = stop;
    }
  return j;
}

static void
N (columns_turned) (const ScopeColumns *columns,
                    int rows,
                    const T *const *in,
                    T *const *out,
                    T *turned,
                    ScopeFetch *fetch)
{
  const T *from[LANES];
  for (int row = 0; row < rows; row += LANES)
    {
      int here = (int)scope_min (rows - row, LANES);
      for (int l = 0; l < LANES; l++)
        from[l] = in[row + (l < here ? l : here - 1)];
      for (int64_t j = columns->begin; j < columns->end;)
        {
          /* The next pixel's channels may begin before this channel does. */
          int64_t origin = scope_max (columns->start[j] - (columns->channels - 1), 0), last;
          int64_t next = N (fitting) (columns, j, origin, &last);
          N (turn_in) (from, origin, last, turned, fetch);
          if (columns->weight != NULL && columns->channels == 1)
            N (sum_rows) (columns, true, true, j, next, turned, origin, here, out + row);
          else if (columns->weight != NULL)
            N (sum_rows) (columns, true, false, j, next, turned, origin, here, out + row);
          else
            N (sum_rows) (columns, false, false, j, next, turned, origin, here, out + row);
          j = next;
        }
    }
}

/* ---- all ------------------------------------------------------------------------------------- */

static void
N (columns) (const ScopeColumns *columns,
             int rows,
             const void *const *in_,
             void *const *out_,
             void *scratch,
             ScopeFetch *fetch,
             int lines)
{
  const T *const *in = (const T *const *)(const void *)in_;
  T *const *out = (T *const *)(const void *)out_;
  for (int r = 0; r < rows; r++)
    {
      N (columns_clamped) (columns, 0, columns->begin, in[r], out[r]);
      N (columns_clamped) (columns, columns->end, columns->outputs, in[r], out[r]);
    }
  switch (columns->kind)
    {
    case SCOPE_COLUMNS_SHIFTED:
      for (int r = 0; r < rows; r++)
        N (columns_shifted) (columns, in[r], out[r]);
      break;
#ifdef PICK2
    case SCOPE_COLUMNS_LANES:
      N (columns_lanes) (columns, rows, in, out, fetch, lines);
      break;
#endif
    case SCOPE_COLUMNS_WHOLE:
      for (int r = 0; r < rows; r++)
        N (columns_whole) (columns, in[r], out[r], scratch, fetch, lines);
      break;
    case SCOPE_COLUMNS_TURNED:
      N (columns_turned) (columns, rows, in, out, scratch, fetch);
      break;
    default:
      for (int r = 0; r < rows; r++)
        N (columns_plain) (columns, in[r], out[r]);
    }
}

#undef EVEN
#undef ODD
#undef LOW
#undef HIGH
#undef LOW_PAIR
#undef HIGH_PAIR
#undef EVEN_PARTS
#undef ODD_PARTS
#undef SMALL
