/* Operations whose outputs come from windows of their input: the windows of a block are read, gaps
 * left out, and a function computes the block. */
#pragma once

#include "core/resample.h"
#include "ops/op.h"

/* One axis of what is read. */
typedef struct
{
  const ScopeResampleTable *table; /* which elements each output reads; NULL: just its own */
  ScopeResampleTable *owned;       /* `table` when it is only for this reading */
  int64_t output;                  /* the table's output that is the region's first element */
  int64_t start, step, count;      /* of the region; forwards where there is a table */
  int64_t block;                   /* elements of a block */
  bool together;                   /* a block has all of them */
  int64_t out_stride;
} ScopeFootprintSide;

typedef struct ScopeFootprintReading ScopeFootprintReading;

/* A block whose input has been read. */
typedef struct
{
  const ScopeFootprintReading *reading;
  const int64_t *at;                       /* its first output in the region */
  const int64_t *count;                    /* outputs along each axis */
  const ScopeResampleFootprint *footprint; /* of axes with a table; indices count input elements */
  const void *in;                          /* dense */
  int64_t inputs[SCOPE_MAX_RANK];          /* elements along each axis */
  int64_t in_stride[SCOPE_MAX_RANK];
  void *out;
  int64_t out_stride[SCOPE_MAX_RANK]; /* any, negative ones too */
} ScopeFootprintBlock;

struct ScopeFootprintReading
{
  const ScopeNode *node;
  ScopeReader *reader;
  int input;
  ScopeDtype reads; /* the type that blocks are read in */
  ScopeDtype makes; /* the type that blocks are computed in; converted to the node's */
  int rank;         /* of the node; the input has as many axes */
  ScopeFootprintSide side[SCOPE_MAX_RANK];
  char *out;
  bool (*compute) (const ScopeFootprintBlock *block, ScopeError *error);
  void *data; /* the operation's own */
};

/* Starts reading `region` of a node; every axis is kept. */
void scope_footprint_begin (ScopeFootprintReading *reading,
                            const ScopeNode *node,
                            ScopeReader *reader,
                            const ScopeRegion *region,
                            const ScopeBuffer *out);
/* Turns an axis forwards, before its table is made for start, step and count of the side returned:
 * a negative step becomes a negative stride of the output. */
ScopeFootprintSide *scope_footprint_axis (ScopeFootprintReading *reading, int axis);
/* Reads and computes all blocks, then frees the tables that are owned. Errors: TOO_BIG (one output
 * alone reads too much), and those of reading. */
bool scope_footprint_read (ScopeFootprintReading *reading, ScopeError *error);
void scope_footprint_end (ScopeFootprintReading *reading);

/* Counts `index` up over [0, count); false when all were visited. */
bool scope_next_index (int64_t *index, const int64_t *count, int rank);
