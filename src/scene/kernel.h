/* What a resampling rule looks like: its filter, its frequency response, where its samples are. */
#pragma once

#include "core/resample.h"

enum
{
  SCOPE_CURVE_POINTS = 401,
  SCOPE_SAMPLE_PLACES = 96,
};

/* Value i stands at begin + i·step. */
typedef struct
{
  double begin, step;
  double value[SCOPE_CURVE_POINTS];
} ScopeCurve;

/* The filter from −radius to radius, in elements of the source around a sample, scaled so that the
 * area under it is 1: what a source element of a large source weighs. */
void scope_kernel_curve (const ScopeResampleAxis *rule, double radius, ScopeCurve *out);
/* How much of a wave of f cycles per source element gets through, f from 0 to `highest`:
 * |∫ h(x) exp(−2πi f x) dx| ÷ |∫ h(x) dx| of the filter h. */
void scope_kernel_response (const ScopeResampleAxis *rule, double highest, ScopeCurve *out);
/* The frequency beyond which `out` elements cannot hold a wave, in cycles per source element. */
double scope_kernel_nyquist (const ScopeResampleAxis *rule);

/* Where the samples near both ends of an axis are. The elements [0, head) and [in − tail, in) are
 * shown; when all are, head is `in` and tail 0. */
typedef struct
{
  int64_t in, out;
  int64_t head, tail;
  int samples;
  int64_t output[SCOPE_SAMPLE_PLACES]; /* ascending */
  double place[SCOPE_SAMPLE_PLACES];   /* of its sample: element i lies from i − ½ to i + ½ */
} ScopeSamplePlaces;

void scope_sample_places (const ScopeResampleAxis *rule, ScopeSamplePlaces *out);
