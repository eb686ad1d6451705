/* The kernels of one element type for one width of vectors. Needs T, T_BYTES (its size), INT (the
 * integer of that size), N (a name with the type's suffix), VECTOR_BYTES, and STREAM (to, vector),
 * which stores past the caches. Where the processor has them: PICK1, PICK2 and PICK4 (vectors,
 * places) choose lanes of one, two or four vectors by places that are a vector of integers;
 * LOAD_SOME (from, count) and STORE_SOME (to, count, vector) are of the first elements alone;
 * SPREADS (vector) has a bit set for each NaN, infinity and −0; PICK_APART says that there is BLEND
 * (lanes, a, b), whose lanes are b's where a bit is set. */

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

static inline N (Vector) N (all) (T value)
{
  N (Vector) vector;
  for (int l = 0; l < LANES; l++)
    vector[l] = value;
  return vector;
}

/* The first `count` elements of a vector; the others are 0. */
static inline __attribute__ ((always_inline)) N (Vector) N (load_some) (const T *from, int count)
{
#ifdef LOAD_SOME
  return LOAD_SOME (from, count);
#else
  N (Vector) vector = { 0 };
  for (int l = 0; l < LANES - 1; l++)
    if (l < count)
      vector[l] = from[l];
  return vector;
#endif
}

static inline __attribute__ ((always_inline)) void
N (store_some) (T *to, int count, N (Vector) vector)
{
#ifdef STORE_SOME
  STORE_SOME (to, count, vector);
#else
  for (int l = 0; l < LANES - 1; l++)
    if (l < count)
      to[l] = vector[l];
#endif
}

#include "core/resample-columns.inc.h"
#include "core/resample-rows.inc.h"

static bool
N (is_plain) (const void *row, int64_t length)
{
  const INT minus = T_BYTES == 4 ? (INT)INT32_MIN : (INT)INT64_MIN;
  const INT infinite = T_BYTES == 4 ? (INT)0x7F800000 : (INT)0x7FF0000000000000;
  const T *from = row;
  N (Places) bad = { 0 };
  int64_t x = 0;
#ifdef SPREADS
  unsigned found = 0;
  for (; x <= length - LANES; x += LANES)
    found |= SPREADS (N (load) (from + x));
  if (found != 0)
    return false;
#endif
  for (; x <= length - LANES; x += LANES)
    {
      N (Places) bits;
      memcpy (&bits, from + x, sizeof bits);
      bad |= ((bits & infinite) == infinite) | (bits == minus);
    }
  for (; x < length; x++)
    {
      INT bits;
      memcpy (&bits, from + x, sizeof bits);
      bad[0] |= (bits & infinite) == infinite || bits == minus;
    }
  INT any = 0;
  for (int l = 0; l < LANES; l++)
    any |= bad[l];
  return any == 0;
}

/* ---- means ----------------------------------------------------------------------------------- */

/* Dividing by a power of 2 is multiplying by its reciprocal. */
static inline bool
N (is_power) (int32_t number)
{
  return (number & (number - 1)) == 0;
}

static inline __attribute__ ((always_inline)) void
N (divide_by) (T *sum, T all, T each, bool multiply, bool twice, int64_t length)
{
  int64_t x = 0;
  for (; x <= length - LANES; x += LANES)
    {
      N (Vector) value = N (load) (sum + x);
      N (store) (sum + x, multiply ? value * all * each : twice ? value / all / each : value / all);
    }
  for (; x < length; x++)
    sum[x] = multiply ? sum[x] * all * each : twice ? sum[x] / all / each : sum[x] / all;
}

static void
N (divide) (void *sum_, int32_t all, const int32_t *divisor, int64_t step, int64_t length)
{
  T *sum = sum_;
  if (step == 0 && N (is_power) (all) && N (is_power) (*divisor))
    N (divide_by) (sum, 1 / (T)all, 1 / (T)*divisor, true, true, length);
  else if (step == 0 && (all == 1 || *divisor == 1))
    N (divide_by) (sum, all == 1 ? (T)*divisor : (T)all, 1, false, false, length);
  else if (step == 0)
    N (divide_by) (sum, (T)all, (T)*divisor, false, true, length);
  else
    for (int64_t x = 0; x < length; x++)
      sum[x] = sum[x] / (T)all / (T)divisor[x];
}

#undef LANES
#undef PICK_APART
