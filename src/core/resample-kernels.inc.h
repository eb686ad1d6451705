/* The kernels of one element type for one width of vectors. Needs T, T_BYTES (its size), INT (the
 * integer of that size), N (a name with the type's suffix), VECTOR_BYTES, and STREAM (to, vector),
 * which stores past the caches. PICK1, PICK2 (vectors, places), if defined, choose lanes of one or
 * two vectors by places that are a vector of integers. */

#define LANES (VECTOR_BYTES / T_BYTES)

typedef T N (Vector) __attribute__ ((vector_size (VECTOR_BYTES)));
typedef INT N (Places) __attribute__ ((vector_size (VECTOR_BYTES)));

static inline N (Vector) N (load) (const T *from)
{
  N (Vector) vector;
  memcpy (&vector, from, sizeof vector);
  return vector;
}

static inline void
N (store) (T *to, N (Vector) vector)
{
  memcpy (to, &vector, sizeof vector);
}

/* Elements before the first whole vector of `out`, when it is worth streaming to it. */
static inline int64_t
N (lead) (const T *out, int64_t length, bool *stream)
{
  int64_t lead = (int64_t)(-(uintptr_t)out % VECTOR_BYTES / T_BYTES);
  *stream = *stream && length >= lead + 4 * LANES && (uintptr_t)out % T_BYTES == 0;
  return *stream ? lead : 0;
}

/* The bytes of `vectors` vectors at element x of the rows that are needed soon. */
static inline void
N (fetch) (const ScopeSoon *soon, int64_t x, int vectors)
{
  for (int r = 0; r < soon->rows; r++)
    for (int i = 0; i < vectors * VECTOR_BYTES; i += 64)
      __builtin_prefetch (soon->row + r * soon->pitch + x * T_BYTES + i, 0, 2);
}

/* ---- across --------------------------------------------------------------------------------- */

static inline T
N (sum_one) (const T *const *row, const T *weight, int32_t taps, int64_t x)
{
  T sum = weight == NULL ? row[0][x] + (T)0 : row[0][x] * weight[0];
  for (int32_t k = 1; k < taps; k++)
    sum += weight == NULL ? row[k][x] : row[k][x] * weight[k];
  return sum;
}

static inline N (Vector)
    N (sum_vector) (const T *const *row, const T *weight, int32_t taps, int64_t x)
{
  N (Vector)
  sum = weight == NULL ? N (load) (row[0] + x) + (T)0 : N (load) (row[0] + x) * weight[0];
  for (int32_t k = 1; k < taps; k++)
    sum += weight == NULL ? N (load) (row[k] + x) : N (load) (row[k] + x) * weight[k];
  return sum;
}

/* One row of results from `taps` rows; called with constants, so that loops over taps unroll. */
static inline __attribute__ ((always_inline)) void
N (across_rows) (const T *const *row,
                 const T *weight,
                 int32_t taps,
                 T *out,
                 int64_t length,
                 bool stream,
                 const ScopeSoon *soon)
{
  int64_t x = 0, lead = N (lead) (out, length, &stream);
  for (; x < lead; x++)
    out[x] = N (sum_one) (row, weight, taps, x);
  if (stream)
    for (; x <= length - LANES; x += LANES)
      STREAM (out + x, N (sum_vector) (row, weight, taps, x));
  else
    for (; x <= length - LANES; x += LANES)
      {
        N (fetch) (soon, x, 1);
        N (store) (out + x, N (sum_vector) (row, weight, taps, x));
      }
  for (; x < length; x++)
    out[x] = N (sum_one) (row, weight, taps, x);
}

/* Any number of taps: four vectors of sums at a time stay in registers. `clamped`: rows may lie
 * outside. */
static void
N (across_many) (const ScopePass *pass,
                 int64_t first,
                 int32_t taps,
                 const T *weight,
                 const T *in,
                 int64_t pitch,
                 T *out,
                 int64_t length,
                 bool stream,
                 const ScopeSoon *soon)
{
  const T *start = in + scope_pass_clamp (pass, first) * pitch;
  int64_t x = 0, lead = N (lead) (out, length, &stream);
  for (;;)
    {
      for (; x < lead || (x < length && x > length - LANES); x++)
        {
          T sum = weight == NULL ? start[x] + (T)0 : start[x] * weight[0];
          for (int32_t k = 1; k < taps; k++)
            {
              T element = in[scope_pass_clamp (pass, first + k * pass->tap_step) * pitch + x];
              sum += weight == NULL ? element : element * weight[k];
            }
          out[x] = sum;
        }
      if (x >= length)
        return;
      lead = 0;
      int vectors = x <= length - 4 * LANES ? 4 : 1;
      N (fetch) (soon, x, vectors);
      N (Vector) sum[4];
      if (vectors == 4)
        {
          for (int i = 0; i < 4; i++)
            {
              sum[i] = N (load) (start + x + i * LANES);
              sum[i] = weight == NULL ? sum[i] + (T)0 : sum[i] * weight[0];
            }
          for (int32_t k = 1; k < taps; k++)
            {
              const T *row = in + scope_pass_clamp (pass, first + k * pass->tap_step) * pitch + x;
              if (weight == NULL)
                for (int i = 0; i < 4; i++)
                  sum[i] += N (load) (row + i * LANES);
              else
                for (int i = 0; i < 4; i++)
                  sum[i] += N (load) (row + i * LANES) * weight[k];
            }
        }
      else
        {
          sum[0] = N (load) (start + x);
          sum[0] = weight == NULL ? sum[0] + (T)0 : sum[0] * weight[0];
          for (int32_t k = 1; k < taps; k++)
            {
              N (Vector)
              element =
                  N (load) (in + scope_pass_clamp (pass, first + k * pass->tap_step) * pitch + x);
              sum[0] += weight == NULL ? element : element * weight[k];
            }
        }
      for (int i = 0; i < vectors; i++)
        if (stream)
          STREAM (out + x + i * LANES, sum[i]);
        else
          N (store) (out + x + i * LANES, sum[i]);
      x += vectors * LANES;
    }
}

static void
N (across) (const ScopePass *pass,
            int64_t output,
            const void *in_,
            int64_t pitch,
            void *out_,
            int64_t length,
            bool stream,
            ScopeSoon soon)
{
  const T *in = in_;
  T *out = out_;
  int64_t first = pass->first[output] - pass->base;
  int32_t taps = pass->taps[output];
  const T *weight =
      pass->weight == NULL ? NULL : (const T *)pass->weight + output * pass->weight_stride;
  const T *row[4];
  for (int32_t k = 0; k < taps && k < 4; k++)
    row[k] = in + scope_pass_clamp (pass, first + k * pass->tap_step) * pitch;
  if (taps == 2 && weight != NULL)
    N (across_rows) (row, weight, 2, out, length, stream, &soon);
  else if (taps == 4 && weight != NULL)
    N (across_rows) (row, weight, 4, out, length, stream, &soon);
  else
    N (across_many) (pass, first, taps, weight, in, pitch, out, length, stream, &soon);
}

/* ---- across, some outputs at once ---------------------------------------------------------------
 */

/* Vectors of registers hold this many outputs' sums. */
#define GROUP (VECTOR_BYTES == 64 ? 4 : 2)
#define CHUNK 4 /* vectors of a row at a time */

/* Rows [from, to) count for outputs [low, high] of a group; the last of them begins at `from`, and
 * the segment has one row, when `begins`. */
typedef struct
{
  int64_t from, to;
  int code; /* ((low · GROUP) + high) · 2 + begins */
} N (Segment);

typedef struct
{
  const T *in; /* where the group's first row begins */
  int64_t pitch;
  const T *weight[SCOPE_GROUP];
  int64_t first[SCOPE_GROUP]; /* rows of an output, from the group's first on */
  int segments;
  N (Segment) segment[3 * SCOPE_GROUP];
} N (Group);

static void
N (begin_group) (const ScopePass *pass,
                 int64_t output,
                 int outputs,
                 const T *in,
                 int64_t pitch,
                 N (Group) * group)
{
  int64_t start = pass->first[output], end[SCOPE_GROUP];
  *group = (N (Group)){ .in = in + (start - pass->base) * pitch, .pitch = pitch };
  for (int g = 0; g < outputs; g++)
    {
      group->weight[g] = (const T *)pass->weight + (output + g) * pass->weight_stride;
      group->first[g] = pass->first[output + g] - start;
      end[g] = group->first[g] + pass->taps[output + g];
    }
  int low = 0, high = 0;
  for (int64_t row = 0; row < end[outputs - 1];)
    {
      while (low < high && end[low] <= row)
        low++;
      bool begins = row == group->first[high];
      int64_t until = begins ? row + 1 : end[low];
      if (high + 1 < outputs)
        until = scope_min (until, group->first[high + 1]);
      group->segment[group->segments++] =
          (N (Segment)){ row, until, (low * GROUP + high) * 2 + begins };
      row = until;
      if (high + 1 < outputs && row == group->first[high + 1])
        high++;
    }
}

static inline __attribute__ ((always_inline)) void
N (sum_segment) (const N (Group) * group,
                 const N (Segment) * segment,
                 int low,
                 int high,
                 bool begins,
                 int64_t x,
                 N (Vector) sum[GROUP][CHUNK])
{
  for (int64_t row = segment->from; row < segment->to; row++)
    {
      N (Vector) element[CHUNK];
      for (int i = 0; i < CHUNK; i++)
        element[i] = N (load) (group->in + row * group->pitch + x + i * LANES);
      for (int g = low; g <= high; g++)
        {
          T weight = group->weight[g][row - group->first[g]];
          for (int i = 0; i < CHUNK; i++)
            sum[g][i] = begins && g == high ? element[i] * weight : sum[g][i] + element[i] * weight;
        }
    }
}

/* `outputs` is a constant. */
static inline __attribute__ ((always_inline)) int64_t
N (sum_group) (const N (Group) * group,
               int outputs,
               T *out,
               int64_t out_pitch,
               int64_t length,
               bool stream,
               const ScopeSoon *soon)
{
  int64_t x = 0;
  for (; x <= length - CHUNK * LANES; x += CHUNK * LANES)
    {
      N (Vector) sum[GROUP][CHUNK];
      for (int g = 0; g < outputs; g++)
        for (int i = 0; i < CHUNK; i++)
          sum[g][i] = (N (Vector)){ 0 };
      N (fetch) (soon, x, CHUNK);
      for (int s = 0; s < group->segments; s++)
        switch (group->segment[s].code)
          {
#define CASE(low, high)                                                                            \
  case ((low)*GROUP + (high)) * 2:                                                                 \
    if ((high) < outputs)                                                                          \
      N (sum_segment) (group, &group->segment[s], low, high, false, x, sum);                       \
    break;                                                                                         \
  case ((low)*GROUP + (high)) * 2 + 1:                                                             \
    if ((high) < outputs)                                                                          \
      N (sum_segment) (group, &group->segment[s], low, high, true, x, sum);                        \
    break;
            CASE (0, 0)
            CASE (0, 1)
            CASE (1, 1)
#if VECTOR_BYTES == 64
            CASE (0, 2)
            CASE (0, 3)
            CASE (1, 2)
            CASE (1, 3)
            CASE (2, 2)
            CASE (2, 3)
            CASE (3, 3)
#endif
#undef CASE
          }
      for (int g = 0; g < outputs; g++)
        for (int i = 0; i < CHUNK; i++)
          if (stream)
            STREAM (out + g * out_pitch + x + i * LANES, sum[g][i]);
          else
            N (store) (out + g * out_pitch + x + i * LANES, sum[g][i]);
    }
  return x;
}

static void
N (across_group) (const ScopePass *pass,
                  int64_t output,
                  int outputs,
                  const void *in_,
                  int64_t pitch,
                  void *out_,
                  int64_t out_pitch,
                  int64_t length,
                  bool stream,
                  ScopeSoon soon)
{
  const T *in = in_;
  T *out = out_;
  N (Group) group;
  N (begin_group) (pass, output, outputs, in, pitch, &group);
  bool aligned = (uintptr_t)out % VECTOR_BYTES == 0 && out_pitch % LANES == 0;
  int64_t done;
  stream = stream && aligned;
#if VECTOR_BYTES == 64
  if (outputs == 4)
    done = N (sum_group) (&group, 4, out, out_pitch, length, stream, &soon);
  else if (outputs == 3)
    done = N (sum_group) (&group, 3, out, out_pitch, length, stream, &soon);
  else
#endif
    done = N (sum_group) (&group, 2, out, out_pitch, length, stream, &soon);
  for (int g = 0; g < outputs && done < length; g++)
    N (across_many)
  (pass, group.first[g] + pass->first[output] - pass->base, pass->taps[output + g], group.weight[g],
   in + done, pitch, out + g * out_pitch + done, length - done, false, &(ScopeSoon){ 0 });
}

/* ---- along, one output after the other ------------------------------------------------------- */

static void
N (along_clamped) (const ScopePass *pass, int64_t begin, int64_t end, const T *in, T *out)
{
  for (int64_t j = begin; j < end; j++)
    {
      const T *weight =
          pass->weight == NULL ? NULL : (const T *)pass->weight + j * pass->weight_stride;
      int64_t first = pass->first[j] - pass->base;
      T sum = in[scope_pass_clamp (pass, first)];
      sum = weight == NULL ? sum + (T)0 : sum * weight[0];
      for (int32_t k = 1; k < pass->taps[j]; k++)
        {
          T element = in[scope_pass_clamp (pass, first + k * pass->tap_step)];
          sum += weight == NULL ? element : element * weight[k];
        }
      out[j] = sum;
    }
}

/* Outputs whose taps stand side by side; all have `taps` of them unless that is 0. */
static inline __attribute__ ((always_inline)) void
N (along_inside) (const ScopePass *pass,
                  int32_t taps,
                  int64_t begin,
                  int64_t end,
                  const T *in,
                  T *out)
{
  const int64_t *first = pass->first;
  int64_t stride = pass->weight_stride;
  const T *weight = pass->weight == NULL ? NULL : (const T *)pass->weight + begin * stride;
  for (int64_t j = begin; j < end; j++)
    {
      const T *from = in + (first[j] - pass->base);
      int32_t count = taps != 0 ? taps : pass->taps[j];
      T sum = weight == NULL ? from[0] + (T)0 : from[0] * weight[0];
      for (int32_t k = 1; k < count; k++)
        sum += weight == NULL ? from[k] : from[k] * weight[k];
      out[j] = sum;
      if (weight != NULL)
        weight += stride;
    }
}

/* ---- along, a lane for each output ------------------------------------------------------------
 */

/* Outputs [begin, end) have `taps` taps each, few. */
typedef struct
{
  int64_t begin, end;
  int32_t taps;
  ScopeLanesKey key; /* what they were prepared for */
  int64_t *base; /* [block] where a block's elements begin, or −1: they cannot be loaded whole */
  uint8_t *vectors; /* [block] that its elements span: 1, 2, 4, or 0: more */
  INT *place;       /* [block][lane] an output's first element, from the base on */
  T *weight;        /* [block][tap][lane] */
} N (Lanes);

static char *
N (take) (char **scratch, size_t bytes)
{
  char *memory = *scratch;
  *scratch += (bytes + SCOPE_WIDEST_VECTOR - 1) / SCOPE_WIDEST_VECTOR * SCOPE_WIDEST_VECTOR;
  return memory;
}

static void
N (prepare_block) (const ScopePass *pass, N (Lanes) * lanes, int64_t block)
{
  int64_t j = lanes->begin + block * LANES;
  int64_t base = pass->first[j] - pass->base, last = base;
  INT *place = lanes->place + block * LANES;
  for (int l = 0; l < LANES; l++)
    {
      int64_t at = pass->first[j + l] - pass->base;
      last = scope_max (last, at);
      base = scope_min (base, at);
    }
  int64_t span = last + lanes->taps - base;
  int vectors = span <= LANES ? 1 : span <= 2 * LANES ? 2 : span <= 4 * LANES ? 4 : 0;
  if (vectors * LANES > pass->inputs)
    vectors = 0;
  if (vectors != 0)
    base = scope_min (base, pass->inputs - vectors * LANES);
  for (int l = 0; l < LANES; l++)
    place[l] = (INT)(pass->first[j + l] - pass->base - base);
  lanes->base[block] = base;
  lanes->vectors[block] = (uint8_t)vectors;
  const T *weight = (const T *)pass->weight;
  for (int32_t k = 0; weight != NULL && k < lanes->taps; k++)
    for (int l = 0; l < LANES; l++)
      lanes->weight[(block * lanes->taps + k) * LANES + l] =
          weight[(j + l) * pass->weight_stride + k];
}

static inline __attribute__ ((always_inline)) N (Vector)
    N (pick) (const T *from, const N (Vector) * vector, int vectors, N (Places) places)
{
#ifdef PICK2
  if (vectors == 1)
    return PICK1 (vector[0], places);
  if (vectors == 2)
    return PICK2 (vector[0], vector[1], places);
  if (vectors == 4)
    {
      N (Places) high = places >= 2 * LANES;
      N (Vector)
      a = PICK2 (vector[0], vector[1], places), b = PICK2 (vector[2], vector[3], places);
      N (Places) chosen = ((N (Places))a & ~high) | ((N (Places))b & high);
      return (N (Vector))chosen;
    }
#endif
  N (Vector) picked;
  for (int l = 0; l < LANES; l++)
    picked[l] = from[places[l]];
  return picked;
}

static inline __attribute__ ((always_inline)) N (Vector)
    N (sum_lanes) (const T *from, int vectors, N (Places) places, const T *weight, int32_t taps)
{
  N (Vector) vector[4] = { 0 };
#ifdef PICK2
  for (int i = 0; i < vectors; i++)
    vector[i] = N (load) (from + i * LANES);
#endif
  N (Vector) sum = N (pick) (from, vector, vectors, places);
  sum = weight == NULL ? sum + (T)0 : sum * N (load) (weight);
  for (int32_t k = 1; k < taps; k++)
    {
      places += 1;
      N (Vector) picked = N (pick) (from, vector, vectors, places);
      sum += weight == NULL ? picked : picked * N (load) (weight + k * LANES);
    }
  return sum;
}

/* Blocks [block, last) of one row; called with constants for `taps`. */
static inline __attribute__ ((always_inline)) void
N (row_of_lanes) (const N (Lanes) * lanes,
                  int64_t block,
                  int64_t last,
                  int32_t taps,
                  bool weighted,
                  const T *in,
                  T *out)
{
  out += lanes->begin + block * LANES;
  for (; block < last; block++, out += LANES)
    {
      N (Places) places;
      memcpy (&places, lanes->place + block * LANES, sizeof places);
      const T *weight = weighted ? lanes->weight + block * taps * LANES : NULL;
      const T *from = in + lanes->base[block];
      switch (lanes->vectors[block])
        {
        case 1:
          N (store) (out, N (sum_lanes) (from, 1, places, weight, taps));
          break;
        case 2:
          N (store) (out, N (sum_lanes) (from, 2, places, weight, taps));
          break;
        case 4:
          N (store) (out, N (sum_lanes) (from, 4, places, weight, taps));
          break;
        default:
          N (store) (out, N (sum_lanes) (from, 0, places, weight, taps));
        }
    }
}

static void
N (prepare_lanes) (const ScopePass *pass,
                   int32_t taps,
                   int64_t begin,
                   int64_t blocks,
                   N (Lanes) * lanes,
                   char *scratch)
{
  size_t count = (size_t)blocks * LANES;
  N (take) (&scratch, sizeof *lanes);
  lanes->key = (ScopeLanesKey){ pass->first, pass->base, pass->inputs, pass->outputs };
  lanes->taps = taps;
  lanes->begin = begin;
  lanes->end = begin + blocks * LANES;
  lanes->weight = (T *)(void *)N (take) (&scratch, count * (size_t)taps * sizeof (T));
  lanes->place = (INT *)(void *)N (take) (&scratch, count * sizeof (INT));
  lanes->base = (int64_t *)(void *)N (take) (&scratch, (size_t)blocks * sizeof (int64_t));
  lanes->vectors = (uint8_t *)N (take) (&scratch, (size_t)blocks);
  for (int64_t block = 0; block < blocks; block++)
    N (prepare_block) (pass, lanes, block);
}

/* Returns the outputs that were made: [begin, …). */
static int64_t
N (along_lanes) (const ScopePass *pass,
                 int32_t taps,
                 int64_t begin,
                 int64_t end,
                 int64_t rows,
                 const T *in,
                 int64_t in_pitch,
                 T *out,
                 int64_t out_pitch,
                 char *scratch)
{
  N (Lanes) *lanes = (N (Lanes) *)(void *)scratch;
  ScopeLanesKey key = { pass->first, pass->base, pass->inputs, pass->outputs };
  int64_t blocks = (end - begin) / LANES;
  if (memcmp (&lanes->key, &key, sizeof key) != 0)
    N (prepare_lanes) (pass, taps, begin, blocks, lanes, scratch);
  bool weighted = pass->weight != NULL;
  /* As many blocks at a time as keep weights and places in the first cache. */
  int64_t strip = SCOPE_STRIP_BYTES / ((taps + 1) * VECTOR_BYTES);
  for (int64_t block = 0; block < blocks; block += strip)
    {
      int64_t last = scope_min (block + strip, blocks);
      for (int64_t row = 0; row < rows; row++)
        {
          const T *from = in + row * in_pitch;
          T *to = out + row * out_pitch;
          if (weighted && taps == 2)
            N (row_of_lanes) (lanes, block, last, 2, true, from, to);
          else if (weighted && taps == 4)
            N (row_of_lanes) (lanes, block, last, 4, true, from, to);
          else
            N (row_of_lanes) (lanes, block, last, taps, weighted, from, to);
        }
    }
  return lanes->end;
}

/* ---- along, a lane for each row ----------------------------------------------------------------
 */

/* Two vectors' lower and upper halves, taken in turn. */
#if LANES == 2
#define LOWER 0, 2
#define UPPER 1, 3
#elif LANES == 4
#define LOWER 0, 4, 1, 5
#define UPPER 2, 6, 3, 7
#elif LANES == 8
#define LOWER 0, 8, 1, 9, 2, 10, 3, 11
#define UPPER 4, 12, 5, 13, 6, 14, 7, 15
#else
#define LOWER 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define UPPER 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#endif

/* A square of vectors, rows for columns. */
static inline __attribute__ ((always_inline)) void
N (turn) (N (Vector) square[LANES])
{
  N (Vector) other[LANES];
  for (int width = 1; width < LANES; width *= 2)
    {
      for (int i = 0; i < LANES / 2; i++)
        {
          other[2 * i] = __builtin_shufflevector (square[i], square[i + LANES / 2], LOWER);
          other[2 * i + 1] = __builtin_shufflevector (square[i], square[i + LANES / 2], UPPER);
        }
      for (int i = 0; i < LANES; i++)
        square[i] = other[i];
    }
}

/* Columns [from, to) of LANES rows to `turned`, a vector a column. */
static void
N (turn_in) (const T *const row[LANES], int64_t from, int64_t to, T *turned)
{
  int64_t x = from;
  for (; x <= to - LANES; x += LANES, turned += LANES * LANES)
    {
      N (Vector) square[LANES];
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

/* Four outputs side by side, so that one's additions do not wait for each other. */
static inline __attribute__ ((always_inline)) void
N (sum_four) (const ScopePass *pass, int64_t j, const T *turned, int64_t origin, N (Vector) sum[4])
{
  const T *at[4], *weight[4];
  int32_t least = INT32_MAX;
  for (int i = 0; i < 4; i++)
    {
      at[i] = turned + (pass->first[j + i] - pass->base - origin) * LANES;
      weight[i] =
          pass->weight == NULL ? NULL : (const T *)pass->weight + (j + i) * pass->weight_stride;
      least = pass->taps[j + i] < least ? pass->taps[j + i] : least;
      sum[i] = N (load) (at[i]);
      sum[i] = weight[i] == NULL ? sum[i] + (T)0 : sum[i] * weight[i][0];
    }
  if (pass->weight == NULL)
    for (int32_t k = 1; k < least; k++)
      for (int i = 0; i < 4; i++)
        sum[i] += N (load) (at[i] + k * LANES);
  else
    for (int32_t k = 1; k < least; k++)
      for (int i = 0; i < 4; i++)
        sum[i] += N (load) (at[i] + k * LANES) * weight[i][k];
  for (int i = 0; i < 4; i++)
    for (int32_t k = least; k < pass->taps[j + i]; k++)
      {
        N (Vector) element = N (load) (at[i] + k * LANES);
        sum[i] += weight[i] == NULL ? element : element * weight[i][k];
      }
}

static inline N (Vector)
    N (sum_turned) (const ScopePass *pass, int64_t j, const T *turned, int64_t origin)
{
  const T *at = turned + (pass->first[j] - pass->base - origin) * LANES;
  const T *weight = pass->weight == NULL ? NULL : (const T *)pass->weight + j * pass->weight_stride;
  N (Vector) sum = N (load) (at);
  sum = weight == NULL ? sum + (T)0 : sum * weight[0];
  for (int32_t k = 1; k < pass->taps[j]; k++)
    sum += weight == NULL ? N (load) (at + k * LANES) : N (load) (at + k * LANES) * weight[k];
  return sum;
}

/* Outputs [begin, end) of LANES rows from their turned elements. */
static void
N (sum_rows) (const ScopePass *pass,
              int64_t begin,
              int64_t end,
              const T *turned,
              int64_t origin,
              int rows,
              T *const out[LANES])
{
  int64_t j = begin;
  for (; j <= end - LANES; j += LANES)
    {
      N (Vector) square[LANES];
#if LANES >= 4
      for (int i = 0; i < LANES; i += 4)
        N (sum_four) (pass, j + i, turned, origin, square + i);
#else
      for (int i = 0; i < LANES; i++)
        square[i] = N (sum_turned) (pass, j + i, turned, origin);
#endif
      N (turn) (square);
      for (int l = 0; l < rows; l++)
        N (store) (out[l] + j, square[l]);
    }
  for (; j < end; j++)
    {
      N (Vector) sum = N (sum_turned) (pass, j, turned, origin);
      for (int l = 0; l < rows; l++)
        out[l][j] = sum[l];
    }
}

/* Where the elements of [begin, end) end, and the outputs whose elements fit in `span` columns. */
static int64_t
N (fitting) (const ScopePass *pass, int64_t begin, int64_t end, int64_t span, int64_t *last)
{
  int64_t origin = pass->first[begin], j = begin;
  *last = origin;
  for (; j < end; j++)
    {
      int64_t stop = scope_max (*last, pass->first[j] + pass->taps[j]);
      if ((j > begin && stop - origin > span) || pass->first[j] < origin)
        break;
      *last = stop;
    }
  return j;
}

static void
N (along_rows) (const ScopePass *pass,
                int64_t begin,
                int64_t end,
                int64_t rows,
                const T *in,
                int64_t in_pitch,
                T *out,
                int64_t out_pitch,
                char *scratch)
{
  T *turned = (T *)(void *)scratch;
  memset (scratch, 0, SCOPE_KEY_BYTES); /* lanes are no longer prepared there */
  int64_t span = SCOPE_ROW_SPAN + pass->most_taps;
  for (int64_t row = 0; row < rows; row += LANES)
    {
      const T *from[LANES];
      T *to[LANES];
      int here = (int)scope_min (rows - row, LANES);
      for (int l = 0; l < LANES; l++)
        {
          int64_t at = row + (l < here ? l : here - 1);
          from[l] = in + at * in_pitch;
          to[l] = out + at * out_pitch;
        }
      for (int64_t j = begin; j < end;)
        {
          int64_t last, next = N (fitting) (pass, j, end, span, &last);
          int64_t origin = pass->first[j] - pass->base;
          N (turn_in) (from, origin, last - pass->base, turned);
          N (sum_rows) (pass, j, next, turned, origin, here, to);
          j = next;
        }
    }
}

/* An axis that keeps its size: every output is its own element, twice, because the framework counts
 * it so and 0·∞ is not 0. */
static void
N (along_same) (const ScopePass *pass,
                int64_t rows,
                const T *in,
                int64_t in_pitch,
                T *out,
                int64_t out_pitch)
{
  T one = ((const T *)pass->weight)[0], zero = ((const T *)pass->weight)[1];
  in += pass->first[0] - pass->base;
  for (int64_t row = 0; row < rows; row++, in += in_pitch, out += out_pitch)
    {
      int64_t x = 0;
      for (; x <= pass->outputs - LANES; x += LANES)
        N (store) (out + x, N (load) (in + x) * one + N (load) (in + x) * zero);
      for (; x < pass->outputs; x++)
        out[x] = in[x] * one + in[x] * zero;
    }
}

static bool
N (is_same) (const ScopePass *pass)
{
  int64_t last = pass->outputs - 1;
  const T *weight = pass->weight;
  bool same = pass->tap_step == 0 && pass->most_taps == 2 && weight != NULL
              && pass->first[0] >= pass->base && pass->first[last] - pass->base < pass->inputs;
  for (int64_t j = 0; same && j <= last; j++)
    same = pass->first[j] == pass->first[0] + j && pass->taps[j] == 2
           && weight[j * pass->weight_stride] == weight[0]
           && weight[j * pass->weight_stride + 1] == weight[1];
  return same;
}

/* ---- along -------------------------------------------------------------------------------------
 */

/* How many taps all outputs of [begin, end) have, or 0: they differ. */
static int32_t
N (even_taps) (const ScopePass *pass, int64_t begin, int64_t end)
{
  for (int64_t j = begin + 1; j < end; j++)
    if (pass->taps[j] != pass->taps[begin])
      return 0;
  return begin < end ? pass->taps[begin] : 0;
}

static void
N (along) (const ScopePass *pass,
           int64_t rows,
           const void *in_,
           int64_t in_pitch,
           void *out_,
           int64_t out_pitch,
           void *scratch)
{
  const T *in = in_;
  T *out = out_;
  int64_t begin, end, done;
  if (N (is_same) (pass))
    {
      N (along_same) (pass, rows, in, in_pitch, out, out_pitch);
      return;
    }
  scope_pass_inside (pass, &begin, &end);
  done = begin;
  int32_t even = N (even_taps) (pass, begin, end);
  bool lanes = even > 0 && even <= SCOPE_LANE_TAPS && pass->inputs < INT32_MAX;
  if (rows >= 4 && lanes)
    done = N (along_lanes) (pass, even, begin, end, rows, in, in_pitch, out, out_pitch, scratch);
  else if (rows >= 4 && pass->most_taps <= SCOPE_MOST_TURNED)
    {
      N (along_rows) (pass, begin, end, rows, in, in_pitch, out, out_pitch, scratch);
      done = end;
    }
  for (int64_t row = 0; row < rows; row++, in += in_pitch, out += out_pitch)
    {
      N (along_clamped) (pass, 0, begin, in, out);
      if (even == 2)
        N (along_inside) (pass, 2, done, end, in, out);
      else if (even == 4)
        N (along_inside) (pass, 4, done, end, in, out);
      else
        N (along_inside) (pass, 0, done, end, in, out);
      N (along_clamped) (pass, end, pass->outputs, in, out);
    }
}

static inline __attribute__ ((always_inline)) void
N (divide_by) (T *sum, const int32_t *divisor, int64_t step, int64_t length)
{
  int64_t x = 0;
  for (; x <= length - LANES; x += LANES)
    {
      N (Vector) by;
      for (int l = 0; l < LANES; l++)
        by[l] = (T)divisor[(x + l) * step];
      N (store) (sum + x, N (load) (sum + x) / by);
    }
  for (; x < length; x++)
    sum[x] /= (T)divisor[x * step];
}

static void
N (divide) (void *sum, const int32_t *divisor, int64_t step, int64_t length)
{
  if (step == 0)
    N (divide_by) (sum, divisor, 0, length);
  else
    N (divide_by) (sum, divisor, 1, length);
}

#undef LANES
#undef GROUP
#undef CHUNK
#undef LOWER
#undef UPPER
