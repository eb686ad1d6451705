/* The values of one picture: a window of two axes, aggregated to at most so many cells. */
#pragma once

#include "ops/program.h"
#include "scene/view.h"

typedef struct
{
  int64_t count; /* elements counted, NaN and ±∞ included */
  int64_t nans, positive_infinities, negative_infinities;
  double min, max;        /* of the finite ones; NAN when there is none */
  double min_positive;    /* the smallest finite one above 0, for a logarithmic range; or NAN */
  double mean, deviation; /* of the finite ones; population deviation */
} ScopeStatistics;

typedef struct
{
  ScopeDtype dtype;
  int64_t rows, columns;           /* of the whole plane, in elements; 1 for missing axes */
  int64_t row_begin, column_begin; /* the element that the first cell begins with */
  int64_t row_block, column_block; /* elements that one cell covers, ≥ 1 */
  int64_t cell_rows, cell_columns; /* cells; the last ones may cover less */
  double *value;                   /* cell_rows × cell_columns, aggregated; a cell with one NaN in
                                      it is NaN. The magnitude of complex elements */
  void *element;  /* the same cells exact in `dtype` when the blocks are 1 × 1, else
                     NULL */
  bool sampled;   /* blocks were too large to read whole: every k-th element counts */
  double *sample; /* finite values of what was read, sorted: all of them when there are
                     at most SCOPE_SAMPLE_MOST; or NULL */
  int64_t samples;
  ScopeStatistics statistics; /* of what was read */
  _Atomic int shares;         /* how many hold it beside the first */
} ScopePlane;

/* How far a reading is; read from any thread. */
typedef struct
{
  _Atomic int64_t done, total; /* elements; total is 0 before it begins */
} ScopeProgress;

/* A part of a plane, in elements; half-open. */
typedef struct
{
  int64_t row_begin, row_end, column_begin, column_end;
} ScopePlanePart;

/* What is to be read. Zero-initialise. */
typedef struct
{
  ScopeView view;                  /* fitted to the shape first */
  const ScopePlanePart *part;      /* NULL: all; what of it is not there is left out */
  int64_t row_block, column_block; /* elements of a cell; 0: as few as the next two allow */
  int64_t max_rows, max_columns;   /* cells at most, where blocks are not given */
  int64_t effort;                  /* elements read at most, about; 0: 16 Mi. One that is alone
                                      in a page of a file counts as many */
  bool sample;                     /* fill plane->sample */
  ScopeProgress *progress;         /* or NULL */
} ScopePlaneRequest;

/* Reads a plane of a node that fits. Blocks begin at whole multiples of their size, wherever the
 * part begins: nothing flickers while it is moved. An empty tensor has no cells. Beyond the effort
 * it samples and says so; where not even an element a cell can be read, blocks are multiples of
 * what was asked for. Axes of view.over_axes are aggregated over; the plane then has no `element`.
 * Errors: those of scope_program_read. Freed with scope_plane_free. */
ScopePlane *scope_plane_make (const ScopeProgram *program,
                              int node,
                              const ScopePlaneRequest *request,
                              const ScopeReading *reading,
                              ScopeError *error);

/* Reads the plane of `view`, fitted, of a node that fits. At most max_rows × max_columns cells;
 * blocks grow until it is so; an empty tensor has none. Reads at most about `effort` elements (0:
 * 16 Mi); beyond that it samples and says so. Errors: those of scope_program_read. Freed with
 * scope_plane_free. */
ScopePlane *scope_plane_read (const ScopeProgram *program,
                              int node,
                              const ScopeView *view,
                              int64_t max_rows,
                              int64_t max_columns,
                              int64_t effort,
                              const ScopeReading *reading,
                              ScopeError *error);

/* The same for a part of the plane (what of it is not there is left out), so that a picture of a
 * large tensor can be zoomed to its elements. Blocks begin at whole multiples of their size,
 * wherever the part begins: nothing flickers while it is moved, and there may be one row and one
 * column of cells more. */
ScopePlane *scope_plane_read_part (const ScopeProgram *program,
                                   int node,
                                   const ScopeView *view,
                                   const ScopePlanePart *part,
                                   int64_t max_rows,
                                   int64_t max_columns,
                                   int64_t effort,
                                   const ScopeReading *reading,
                                   ScopeError *error);
/* Statistics and a sample of a whole node that fits, every axis of it, in a plane without cells.
 * Reads at most about `effort` elements, 0: 16 Mi. */
ScopePlane *scope_plane_of_values (const ScopeProgram *program,
                                   int node,
                                   int64_t effort,
                                   const ScopeReading *reading,
                                   ScopeError *error);
/* The first NaN of the plane behind *row, *column (−1: from the beginning), row by row; from the
 * beginning again when there is none. −1, −1 when there is none at all. Reads element by element
 * until it is found. Errors: those of scope_program_read. */
bool scope_plane_find_nan (const ScopeProgram *program,
                           int node,
                           const ScopeView *view,
                           int64_t *row,
                           int64_t *column,
                           const ScopeReading *reading,
                           ScopeError *error);
/* What axes looked at as a whole come to at one place of the plane of `view`, fitted, exact in the
 * node's type: where they are a minimum, a maximum or the largest magnitude, which is one of the
 * elements, of numbers that have an order, and few enough to be read. `element` has room for one.
 * Errors: those of scope_program_read. */
bool scope_plane_over_is_exact (const ScopeProgram *program, int node, const ScopeView *view);
bool scope_plane_over_element (const ScopeProgram *program,
                               int node,
                               const ScopeView *view,
                               int64_t row,
                               int64_t column,
                               void *element,
                               const ScopeReading *reading,
                               ScopeError *error);
/* Another holder of a plane, which nobody changes any more; each ends with scope_plane_free. */
ScopePlane *scope_plane_ref (const ScopePlane *plane);
void scope_plane_free (ScopePlane *plane); /* NULL is fine */

/* The statistics line lovely-tensors users know:
 * `tensor[2, 6] n=12 x∈[-3.5, 2.1] μ=0.1 σ=1.2 nan! +inf!`. */
void
scope_statistics_print (const ScopeStatistics *statistics, const ScopeShape *shape, ScopeText *out);
