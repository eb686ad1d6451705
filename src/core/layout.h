/* Where the elements of a strided view stand; integers only, never a pointer to values. */
#pragma once

#include "core/shape.h"

/* The places of a strided view: element (i0, i1, …) stands at offset + i0·stride[0] + i1·stride[1]
 * + … */
typedef struct
{
  int rank;                       /* number of axes; 0 for a scalar */
  int64_t size[SCOPE_MAX_RANK];   /* elements along each axis, ≥ 0 */
  int64_t stride[SCOPE_MAX_RANK]; /* in elements; 0 repeats, negative reverses */
  int64_t offset;                 /* in elements, of the element at 0, 0, … */
} ScopeLayout;

/* A Python slice: absent parts have `has_…` false. */
typedef struct
{
  bool has_start, has_stop, has_step;
  int64_t start, stop, step;
} ScopeSlice;

/* The elements start + i·step for i in 0…count−1 of every axis of an index space. */
typedef struct
{
  int rank;
  int64_t start[SCOPE_MAX_RANK];
  int64_t step[SCOPE_MAX_RANK]; /* 0 repeats, negative reverses */
  int64_t count[SCOPE_MAX_RANK];
} ScopeRegion;

/* The layout of a dense tensor, last axis fastest (C order) or first axis fastest (Fortran).
 * Errors: OVERFLOW, SHAPE (an unknown size). */
bool
scope_layout_dense (const ScopeShape *shape, bool fortran, ScopeLayout *out, ScopeError *error);

/* What `slice` takes of an axis of `size` elements, as Python's slice.indices: clamped, the count
 * computed without overflow for every start, stop and step of int64.
 * Errors: SCOPE_ERROR_STEP (a step of 0). */
bool scope_slice_resolve (ScopeSlice slice,
                          int64_t size,
                          int64_t *start,
                          int64_t *step,
                          int64_t *count,
                          ScopeError *error);

/* Takes `slice` of one axis. *out may be in. Errors: AXIS (no such axis), STEP (a step of 0). */
bool scope_layout_slice (const ScopeLayout *in,
                         int axis,
                         ScopeSlice slice,
                         ScopeLayout *out,
                         ScopeError *error);

/* All of a shape, whose sizes must be known. */
ScopeRegion scope_region_all (const ScopeShape *shape);
/* The number of elements asked for; a region's axes are those of a shape whose count is checked,
 * but a region with repeats may ask for more. Errors: OVERFLOW. */
bool scope_region_count (const ScopeRegion *region, int64_t *count, ScopeError *error);
