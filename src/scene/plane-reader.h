/* How a plane is being read: shared by the files that read planes. */
#pragma once

#include "core/checked.h"
#include "core/scan.h"
#include "scene/plane.h"
#include "scene/sample.h"
#include "scene/statistics.h"

typedef struct ScopePlaneReader ScopePlaneReader;

/* Takes a row of `count` samples, of which `first` is the number of the first in its row of the
 * plane, into the cells of its block row. */
typedef void (*ScopeGather) (const ScopePlaneReader *reader,
                             const double *sample,
                             int64_t first,
                             int64_t count,
                             double *cell);

struct ScopePlaneReader
{
  const ScopeProgram *program;
  int node;
  ScopeDtype dtype;
  const ScopeScanKernels *kernels;
  ScopeView view;
  const ScopeReading *reading;
  ScopeProgress *progress;                         /* or NULL */
  int64_t row_begin, column_begin;                 /* the first element that is read */
  int64_t row_step, column_step;                   /* every k-th element is read */
  int64_t row_samples, column_samples;             /* of the whole plane */
  int64_t block_row_samples, block_column_samples; /* of one cell */
  /* Axes that are looked at as a whole: every k-th place of theirs is read. */
  int overs;
  int over_axis[SCOPE_MAX_RANK];
  int64_t over_step[SCOPE_MAX_RANK], over_samples[SCOPE_MAX_RANK];
  int64_t over_total; /* the product of their samples, 1 for none */
  ScopeGather gather;
  double factor; /* see ScopeStatisticsSum */
  void *raw;     /* SCOPE_PLANE_TILE elements, as they are read */
  double *tile;  /* room for as many numbers */
  double *part;  /* as many, of one place of the axes looked at as a whole; NULL without them */
  ScopeSample sample;
  bool sampling; /* fills `sample` */
  bool no_nan;   /* among the samples that are gathered next */
};

enum
{
  SCOPE_PLANE_TILE = 1 << 18, /* elements read at once when they are aggregated */
  SCOPE_PLANE_PIECE = 2048,   /* elements counted at once: whole pieces of the statistics */
};

static inline int64_t
scope_divide_up (int64_t a, int64_t b)
{
  return a / b + (a % b != 0);
}

/* What samples of a node cost, seen through a view. */
typedef struct
{
  double page, element;           /* bytes; no page: every element costs the same */
  double row_pitch, column_pitch; /* bytes from one element to the next; ∞: there is no such axis */
} ScopePlaneGround;

ScopePlaneGround scope_plane_ground (const ScopeProgram *program, int node, const ScopeView *view);
/* Every step-th element along an axis, so many. */
typedef struct
{
  int64_t step, samples;
} ScopeSteps;

/* How many elements that stand side by side could be read for a grid of samples, `times` over: more
 * where each is in a page of a file of its own. */
double scope_plane_price (const ScopePlaneGround *ground,
                          ScopeSteps row,
                          ScopeSteps column,
                          int64_t times);
/* Fills the cells that were decided on. */
bool scope_plane_fill (ScopePlaneReader *reader, ScopePlane *plane, ScopeError *error);
/* Elements as numbers; of complex ones the magnitude. */
void scope_plane_numbers (ScopeDtype dtype, const void *raw, int64_t count, double *out);
/* Counts numbers in the statistics and in the sample, if one is wanted, and notes whether NaN is
 * among them. */
bool scope_plane_count (ScopePlaneReader *reader,
                        ScopeStatisticsSum *sum,
                        const double *number,
                        int64_t count,
                        ScopeError *error);
/* What an aggregate begins with, and how it takes a row of samples in. */
ScopeGather scope_gather_of (ScopeAggregate aggregate, double *initial);
