/* Count, extremes, mean and deviation of values that come in pieces. */
#pragma once

#include "core/scan.h"
#include "scene/plane.h"

/* Made by scope_statistics_begin. `factor`: every value is multiplied by it first, so that squares
 * of large ones stay finite (1, or SCOPE_STATISTICS_SMALL). */
typedef struct
{
  const ScopeScanKernels *kernels; /* those of the best level */
  double factor;
  int64_t count, finite;
  int64_t nans, positive_infinities, negative_infinities;
  double min, max, min_positive; /* NAN before the first; as given, without the factor */
  double mean, squares;          /* of the finite ones; squares: Σ (x − mean)² */
} ScopeStatisticsSum;

#define SCOPE_STATISTICS_SMALL 0x1p-520

ScopeStatisticsSum scope_statistics_begin (double factor);
/* Adds values: piece by piece its own mean and squares (two passes), then merged as Chan, Golub and
 * LeVeque 1979, so that long tensors lose no digits. */
void scope_statistics_add (ScopeStatisticsSum *sum, const double *value, int64_t count);
ScopeStatistics scope_statistics_end (const ScopeStatisticsSum *sum);
/* Whether a finite value made the mean or the deviation infinite. */
bool scope_statistics_overflows (const ScopeStatisticsSum *sum);
