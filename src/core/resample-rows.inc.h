/* Sums down the columns: an output is a row, its taps are rows. Needs what resample-kernels.inc.h
 * defines. */

/* Registers hold the sums of so many outputs, of so many vectors each. */
#define GROUP (VECTOR_BYTES == 64 ? 4 : 2)
#define CHUNK 4

/* Rows [from, to) count for the outputs low…high of a group. */
typedef struct
{
  int32_t from, to;
  int code; /* low · GROUP + high */
} N (Segment);

static int
N (segments) (const ScopeRows *rows, N (Segment) * segment)
{
  int low = 0, high = 0, count = 0, last = rows->outputs - 1;
  int32_t end = rows->first[last] + rows->taps[last];
  for (int32_t row = 0; row < end;)
    {
      while (low < last && rows->first[low] + rows->taps[low] <= row)
        low++;
      while (high < last && rows->first[high + 1] <= row)
        high++;
      int32_t until = rows->first[low] + rows->taps[low];
      if (high < last && rows->first[high + 1] < until)
        until = rows->first[high + 1];
      segment[count++] = (N (Segment)){ row, until, low * GROUP + high };
      row = until;
    }
  return count;
}

/* `chunk` vectors, or the first `some` elements of one; constants but for `some`. */
static inline __attribute__ ((always_inline)) void
N (load_chunk) (const T *from, int chunk, int some, N (Vector) * vector)
{
  if (some != 0)
    vector[0] = N (load_some) (from, some);
  else
    for (int i = 0; i < chunk; i++)
      vector[i] = N (load) (from + i * LANES);
}

static inline __attribute__ ((always_inline)) void
N (store_chunk) (T *to, int chunk, int some, bool stream, const N (Vector) * vector)
{
  if (some != 0)
    N (store_some) (to, some, vector[0]);
  else
    for (int i = 0; i < chunk; i++)
      if (stream)
        STREAM (to + i * LANES, vector[i]);
      else
        N (store) (to + i * LANES, vector[i]);
}

/* ---- one output ------------------------------------------------------------------------------ */

static inline __attribute__ ((always_inline)) void
N (single_chunk) (const ScopeRows *rows,
                  int32_t taps,
                  bool weighted,
                  bool stream,
                  int64_t x,
                  int chunk,
                  int some)
{
  const T *const *row = (const T *const *)(const void *)rows->row + rows->first[0];
  const T *weight = rows->weight[0];
  N (Vector) sum[CHUNK], element[CHUNK];
  N (load_chunk) (row[0] + x, chunk, some, sum);
  if (chunk > 1)
    scope_fetch (rows->fetch, rows->lines);
  for (int i = 0; i < chunk; i++)
    sum[i] = weighted ? sum[i] * weight[0] : sum[i] + (T)0;
  for (int32_t k = 1; k < taps; k++)
    {
      N (load_chunk) (row[k] + x, chunk, some, element);
      if (chunk > 1)
        scope_fetch (rows->fetch, rows->lines);
      for (int i = 0; i < chunk; i++)
        sum[i] += weighted ? element[i] * weight[k] : element[i];
    }
  N (store_chunk) ((T *)rows->out[0] + x, chunk, some, stream, sum);
}

/* Called with constants for `taps` where there are few. */
static inline __attribute__ ((always_inline)) void
N (single) (const ScopeRows *rows, int32_t taps, bool weighted, bool stream)
{
  int64_t x = 0, length = rows->length;
  for (; x <= length - CHUNK * LANES; x += CHUNK * LANES)
    {
      N (single_chunk) (rows, taps, weighted, stream, x, CHUNK, 0);
    }
  if (x < length && length >= CHUNK * LANES)
    N (single_chunk) (rows, taps, weighted, false, length - CHUNK * LANES, CHUNK, 0);
  else
    {
      for (; x <= length - LANES; x += LANES)
        N (single_chunk) (rows, taps, weighted, false, x, 1, 0);
      if (x < length)
        N (single_chunk) (rows, taps, weighted, false, x, 1, (int)(length - x));
    }
}

/* ---- some outputs of the same few rows ----------------------------------------------------------
 */

static inline __attribute__ ((always_inline)) void
N (shared_chunk) (const ScopeRows *rows,
                  int outputs,
                  int32_t taps,
                  bool stream,
                  int64_t x,
                  int chunk,
                  int some)
{
  for (int i = 0; i < chunk; i++)
    {
      int64_t at = x + i * LANES;
      N (Vector) element[4], sum[SCOPE_SHARED];
      for (int k = 0; k < taps; k++)
        N (load_chunk) ((const T *)rows->row[k] + at, 1, some, &element[k]);
      for (int g = 0; g < outputs; g++)
        {
          const T *weight = rows->weight[g];
          sum[g] = element[0] * weight[0];
          for (int k = 1; k < taps; k++)
            sum[g] += element[k] * weight[k];
        }
      for (int g = 0; g < outputs; g++)
        N (store_chunk) ((T *)rows->out[g] + at, 1, some, stream, &sum[g]);
    }
}

/* `outputs` and `taps` are constants. */
static inline __attribute__ ((always_inline)) void
N (shared) (const ScopeRows *rows, int outputs, int32_t taps, bool stream)
{
  ScopeRows own = *rows; /* which no store can change */
  T weight[SCOPE_SHARED][4];
  for (int g = 0; g < outputs; g++)
    {
      for (int k = 0; k < taps; k++)
        weight[g][k] = ((const T *)rows->weight[g])[k];
      own.weight[g] = weight[g];
    }
  const void *row[4];
  for (int k = 0; k < taps; k++)
    row[k] = rows->row[k];
  own.row = row;
  int64_t x = 0, length = rows->length;
  for (; x <= length - CHUNK * LANES; x += CHUNK * LANES)
    {
      scope_fetch (rows->fetch, rows->lines * taps);
      N (shared_chunk) (&own, outputs, taps, stream, x, CHUNK, 0);
    }
  for (; x <= length - LANES; x += LANES)
    N (shared_chunk) (&own, outputs, taps, stream, x, 1, 0);
  if (x < length && length >= LANES) /* some are made once more */
    N (shared_chunk) (&own, outputs, taps, false, length - LANES, 1, 0);
  else if (x < length)
    N (shared_chunk) (&own, outputs, taps, false, x, 1, (int)(length - x));
}

/* Whether it was done. */
static bool
N (rows_shared) (const ScopeRows *rows, bool stream)
{
  int outputs = rows->outputs;
  int32_t taps = rows->taps[0];
  if (outputs < 2 || rows->first[outputs - 1] != 0 || (taps != 2 && taps != 4))
    return false;
  for (int g = 1; g < outputs; g++)
    if (rows->taps[g] != taps)
      return false;
  switch (outputs * 2 + (taps == 4))
    {
#define CASE(outputs, taps)                                                                        \
  case (outputs)*2 + (taps) / 4:                                                                   \
    stream ? N (shared) (rows, outputs, taps, true) : N (shared) (rows, outputs, taps, false);     \
    return true;
      CASE (2, 2)
      CASE (2, 4)
#if VECTOR_BYTES == 64
      CASE (3, 2)
      CASE (3, 4)
      CASE (4, 2)
      CASE (4, 4)
      CASE (5, 2)
      CASE (5, 4)
      CASE (6, 2)
      CASE (6, 4)
#endif
#undef CASE
    }
  return false;
}

/* ---- some outputs at once ---------------------------------------------------------------------
 */

static inline __attribute__ ((always_inline)) void
N (sum_segment) (const ScopeRows *rows,
                 const N (Segment) * segment,
                 int low,
                 int high,
                 int64_t x,
                 int chunk,
                 int some,
                 N (Vector) sum[GROUP][CHUNK])
{
  for (int32_t r = segment->from; r < segment->to; r++)
    {
      N (Vector) element[CHUNK];
      N (load_chunk) ((const T *)rows->row[r] + x, chunk, some, element);
      if (chunk > 1)
        scope_fetch (rows->fetch, rows->lines);
      for (int g = low; g <= high; g++)
        {
          T weight = ((const T *)rows->weight[g])[r - rows->first[g]];
          for (int i = 0; i < chunk; i++)
            sum[g][i] += element[i] * weight;
        }
    }
}

/* A sum begins with −0, which changes nothing that is added to it. */
static inline __attribute__ ((always_inline)) void
N (group_chunk) (const ScopeRows *rows,
                 const N (Segment) * segment,
                 int segments,
                 int outputs,
                 bool stream,
                 int64_t x,
                 int chunk,
                 int some)
{
  N (Vector) sum[GROUP][CHUNK];
  for (int g = 0; g < outputs; g++)
    for (int i = 0; i < chunk; i++)
      sum[g][i] = N (all) ((T)-0.0);
  for (int s = 0; s < segments; s++)
    switch (segment[s].code)
      {
#define CASE(low, high)                                                                            \
  case (low)*GROUP + (high):                                                                       \
    if ((high) < outputs)                                                                          \
      N (sum_segment) (rows, &segment[s], low, high, x, chunk, some, sum);                         \
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
    N (store_chunk) ((T *)rows->out[g] + x, chunk, some, stream, sum[g]);
}

/* `outputs` is a constant. */
static inline __attribute__ ((always_inline)) void
N (group) (const ScopeRows *rows, int outputs, bool stream)
{
  N (Segment) segment[2 * SCOPE_GROUP];
  int segments = N (segments) (rows, segment);
  int64_t x = 0, length = rows->length;
  for (; x <= length - CHUNK * LANES; x += CHUNK * LANES)
    {
      N (group_chunk) (rows, segment, segments, outputs, stream, x, CHUNK, 0);
    }
  if (x < length && length >= CHUNK * LANES) /* some are made once more */
    N (group_chunk) (rows, segment, segments, outputs, false, length - CHUNK * LANES, CHUNK, 0);
  else
    {
      for (; x <= length - LANES; x += LANES)
        N (group_chunk) (rows, segment, segments, outputs, false, x, 1, 0);
      if (x < length)
        N (group_chunk) (rows, segment, segments, outputs, false, x, 1, (int)(length - x));
    }
}

static void
N (rows) (const ScopeRows *rows)
{
  bool stream = rows->stream, weighted = rows->weight[0] != NULL;
  int32_t taps = rows->taps[0];
  for (int g = 0; g < rows->outputs; g++)
    stream = stream && (uintptr_t)rows->out[g] % VECTOR_BYTES == 0;
  if (N (rows_shared) (rows, stream))
    return;
  if (rows->outputs == 1 && taps == 2 && weighted)
    stream ? N (single) (rows, 2, true, true) : N (single) (rows, 2, true, false);
  else if (rows->outputs == 1 && taps == 4 && weighted)
    stream ? N (single) (rows, 4, true, true) : N (single) (rows, 4, true, false);
  else if (rows->outputs == 1 && weighted)
    N (single) (rows, taps, true, stream);
  else if (rows->outputs == 1)
    N (single) (rows, taps, false, stream);
#if VECTOR_BYTES == 64
  else if (rows->outputs == 4)
    stream ? N (group) (rows, 4, true) : N (group) (rows, 4, false);
  else if (rows->outputs == 3)
    N (group) (rows, 3, stream);
#endif
  else
    N (group) (rows, 2, stream);
}

#undef GROUP
#undef CHUNK
