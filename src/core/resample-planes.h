/* What is shared by the planning and the running of resampled planes. */
#pragma once

#include "core/resample-kernels.h"

#include <stdatomic.h>

/* Some outputs of a row, and the elements they are made from. */
typedef struct
{
  const ScopeColumns *columns; /* NULL: rows are only summed */
  bool kept;                   /* … with the table */
  int64_t out, outputs;        /* elements of a row of the output */
  int64_t in, inputs;          /* elements of a row of the input */
  int32_t *divisor;            /* [outputs] means: how many elements each is of, or NULL */
  int64_t divisor_step;        /* 0: all have as many */
} ScopeStrip;

typedef struct
{
  const ScopePlanes *planes;
  const ScopeKernels *kernels;
  const ScopeResampleTable *table; /* of the rows, or NULL */
  int64_t row_output, row_input;
  int64_t rows, in_pitch, out_pitch; /* output rows of a plane; pitches in bytes */
  int64_t count;                     /* planes */
  size_t element;
  int batch;
  int ring;          /* rows, a power of 2 */
  int32_t most_rows; /* pointers that one group needs */
  ScopeStrip *strip;
  int strips;
  bool stream, fetch, means, pads;
  bool same_rows; /* every row is one of the input, in order */
  size_t buffer;  /* bytes of one row of the buffer or ring */
  size_t temporary;
  size_t scratch; /* of the kernels */
  int parts;
  atomic_bool failed;
} ScopePlanesJob;

/* Bytes to whole vectors. */
static inline size_t
scope_rounded (size_t bytes)
{
  return (bytes + SCOPE_WIDEST_VECTOR - 1) / SCOPE_WIDEST_VECTOR * SCOPE_WIDEST_VECTOR;
}

/* Runs parts 0…parts−1 of a ScopePlanesJob. */
void scope_planes_part (void *job, int part);
