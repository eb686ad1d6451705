/* What many numbers are like: extremes, sums, squares, in an order of adding that never depends on
 * the processor. */
#pragma once

#include "core/cpu.h"
#include "core/dtype.h"

#include <stdbool.h>
#include <stdint.h>

enum
{
  SCOPE_SCAN_LANES = 16, /* number i is added to sum i mod 16, and these are halved in the end */
  SCOPE_SCAN_WINDOW = 7, /* numbers of a side of what is compared at once */
  SCOPE_SCAN_MOMENTS = 5,
};

/* Of finite numbers; when there is another, `sum` is not finite and nothing else counts. */
typedef struct
{
  double low, high; /* ∞ and −∞ of none */
  double sum;       /* Σ x·factor */
} ScopeScan;

/* The loops for one level of the processor; all give the same bits. */
typedef struct
{
  ScopeScan (*scan) (const double *value, int64_t count, double factor);
  /* Σ (x·factor − mean)² */
  double (*squares) (const double *value, int64_t count, double factor, double mean);
  /* The smallest that is above 0, or ∞. */
  double (*least_positive) (const double *value, int64_t count);
  /* Of each of `count` columns the sums of x, y, x², y² and xy of SCOPE_SCAN_WINDOW rows, `pitch`
   * apart. */
  void (*sum_moments) (const double *x,
                       const double *y,
                       int64_t pitch,
                       int64_t count,
                       double *const *moment);
  /* The structural similarity of `windows` neighbouring windows from the sums of their columns,
   * with the variances of samples: (2 ux uy + c1) (2 vxy + c2) / ((ux² + uy² + c1) (vx + vy + c2)).
   */
  void (*similarities) (double *const *moment, int64_t windows, double c1, double c2, double *out);
  /* Neighbours of a type as doubles, as scope_dtype_convert has them; NULL: not of this type. Both
   * aligned. */
  void (*widen[SCOPE_N_DTYPES]) (const void *from, double *to, int64_t count);
} ScopeScanKernels;

/* Those of the best level, and of one that the processor has. */
const ScopeScanKernels *scope_scan_kernels (void);
const ScopeScanKernels *scope_scan_kernels_at (ScopeCpuLevel level);
