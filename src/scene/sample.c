/* A sample of the finite values of a long stream, spread evenly over it. */
#include "scene/sample.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A number that looks random for each i (the finaliser of MurmurHash3, public domain). */
static uint64_t
scramble (uint64_t i)
{
  i ^= i >> 33;
  i *= UINT64_C (0xff51afd7ed558ccd);
  i ^= i >> 33;
  i *= UINT64_C (0xc4ceb9fe1a85ec53);
  return i ^ i >> 33;
}

/* The place in the stream of the value that stretch `number` keeps. Of two stretches that become
 * one, halve() keeps a value that is one of theirs. */
static int64_t
place_in (int64_t number, int64_t stride)
{
  return number * stride + (int64_t)(scramble ((uint64_t)number) & (uint64_t)(stride - 1));
}

/* Every second value goes, which one of a pair looks random. */
static void
halve (ScopeSample *sample)
{
  int64_t kept = 0;
  for (int64_t i = 0; i < sample->count; i += 2)
    {
      int64_t which = i + (int64_t)(scramble ((uint64_t)(sample->stride + i)) & 1);
      sample->value[kept++] = sample->value[which < sample->count ? which : i];
    }
  sample->count = kept;
  sample->stride *= 2;
}

bool
scope_sample_add (ScopeSample *sample, const double *value, int64_t count)
{
  if (sample->value == NULL)
    {
      sample->value = malloc (SCOPE_SAMPLE_MOST * sizeof *sample->value);
      if (sample->value == NULL)
        return false;
      sample->stride = 1;
    }

  int64_t end = sample->seen + count;
  int64_t number = sample->seen / sample->stride;
  if (sample->seen > place_in (number, sample->stride))
    number++;
  for (; place_in (number, sample->stride) < end; number++)
    {
      double kept = value[place_in (number, sample->stride) - sample->seen];
      if (!isfinite (kept))
        continue;
      if (sample->count == SCOPE_SAMPLE_MOST)
        {
          halve (sample);
          number = number / 2;
          /* The stretch that this value stands in has two pasts now: the next one decides. */
          continue;
        }
      sample->value[sample->count++] = kept;
    }
  sample->seen = end;
  return true;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Bits that are ordered as the numbers are: of negative ones all are turned, else the sign alone.
 */
static uint64_t
key_of (double value)
{
  uint64_t bits;
  memcpy (&bits, &value, sizeof bits);
  return bits ^ (bits >> 63 != 0 ? UINT64_MAX : UINT64_C (1) << 63);
}

static double
value_of (uint64_t key)
{
  uint64_t bits = key ^ (key >> 63 != 0 ? UINT64_C (1) << 63 : UINT64_MAX);
  double value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

enum
{
  DIGITS = sizeof (uint64_t), /* bytes of a key, the lowest first */
  DIGIT_VALUES = 256,
};

/* Distributes the keys by one byte, in the order they have. */
static void
distribute (const uint64_t *from, uint64_t *to, int64_t count, int digit, const int64_t *frequency)
{
  int64_t place[DIGIT_VALUES], next = 0;
  for (int value = 0; value < DIGIT_VALUES; value++)
    {
      place[value] = next;
      next += frequency[value];
    }
  for (int64_t i = 0; i < count; i++)
    to[place[from[i] >> 8 * digit & (DIGIT_VALUES - 1)]++] = from[i];
}

/* By their bytes, which is several times faster than by comparing; bytes that are the same in all
 * are passed over. `memory`: room for 2 · count keys. */
static void
sort_by_digits (double *value, int64_t count, uint64_t *memory)
{
  int64_t frequency[DIGITS][DIGIT_VALUES] = { 0 };
  uint64_t *from = memory, *to = memory + count;
  for (int64_t i = 0; i < count; i++)
    {
      from[i] = key_of (value[i]);
      for (int digit = 0; digit < DIGITS; digit++)
        frequency[digit][from[i] >> 8 * digit & (DIGIT_VALUES - 1)]++;
    }
  for (int digit = 0; digit < DIGITS; digit++)
    if (frequency[digit][from[0] >> 8 * digit & (DIGIT_VALUES - 1)] < count)
      {
        distribute (from, to, count, digit, frequency[digit]);
        uint64_t *sorted = to;
        to = from;
        from = sorted;
      }
  for (int64_t i = 0; i < count; i++)
    value[i] = value_of (from[i]);
}

void
scope_sample_sort (ScopeSample *sample)
{
  enum
  {
    FEW = 256 /* where comparing is as quick */
  };
  if (sample->count < 2)
    return;
  uint64_t *memory =
      sample->count > FEW ? malloc (2 * (size_t)sample->count * sizeof *memory) : NULL;
  if (memory != NULL)
    sort_by_digits (sample->value, sample->count, memory);
  else
    qsort (sample->value, (size_t)sample->count, sizeof *sample->value, compare);
  free (memory);
}

double
scope_quantile (const double *sorted, int64_t count, double quantile)
{
  if (count == 0)
    return NAN;
  double at = quantile * (double)(count - 1);
  int64_t below = scope_min (scope_max ((int64_t)floor (at), 0), count - 1);
  int64_t above = scope_min (below + 1, count - 1);
  double share = at - (double)below;
  /* So written, numbers of any size neither overflow nor leave their neighbours' range. */
  return sorted[below] * (1 - share) + sorted[above] * share;
}
