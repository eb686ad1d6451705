/* A sample of the finite values of a long stream, spread evenly over it: for histograms and
 * percentiles in one pass. */
#pragma once

#include "core/checked.h"

#include <stdbool.h>
#include <stddef.h>

enum
{
  SCOPE_SAMPLE_MOST = 1 << 16, /* values kept at most; up to so many, all are kept */
};

/* Zero-initialise; `value` belongs to the caller. One value out of every `stride` consecutive ones
 * is kept, at a place in its stretch that looks random (a fixed one would meet the same column of
 * every row); the same stream always gives the same sample. */
typedef struct
{
  double *value; /* finite ones; SCOPE_SAMPLE_MOST when allocated */
  int64_t count;
  int64_t stride; /* a power of two; 0 before the first value */
  int64_t seen;   /* values so far, finite or not */
} ScopeSample;

/* FALSE when there is no memory: the sample is as it was, without these values. */
bool scope_sample_add (ScopeSample *sample, const double *value, int64_t count);
/* Sorts the values; nothing may be added any more. */
void scope_sample_sort (ScopeSample *sample);
/* The quantile (0…1) of sorted values, linear between neighbours as numpy.quantile; NAN of none. */
double scope_quantile (const double *sorted, int64_t count, double quantile);
