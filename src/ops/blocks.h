/* Cutting an index space into blocks of a bounded number of elements. */
#pragma once

#include "core/shape.h"

/* Zero-initialise only through scope_blocks_begin. Blocks are whole along the last axes, in part
 * along one, and single along the first: in C order each block is one range. */
typedef struct
{
  int rank;
  int64_t count[SCOPE_MAX_RANK]; /* of the whole space */
  int64_t block[SCOPE_MAX_RANK]; /* of one block */
  int64_t start[SCOPE_MAX_RANK]; /* where the present block begins */
  int64_t here[SCOPE_MAX_RANK];  /* how much of it there is: less than `block` at the end */
  int64_t elements;              /* the product of `here` */
  int64_t first;                 /* the place of its first element in C order */
} ScopeBlocks;

/* The first block. `limit` ≥ 1. A space without elements has one block of none. */
void scope_blocks_begin (ScopeBlocks *blocks, int rank, const int64_t *count, int64_t limit);
/* The next block; false after the last. */
bool scope_blocks_next (ScopeBlocks *blocks);

/* Steps an index through `count` in C order, last axis fastest. False after the last. */
static inline bool
scope_index_next (int rank, const int64_t *count, int64_t *index)
{
  for (int axis = rank - 1; axis >= 0; axis--)
    {
      if (++index[axis] < count[axis])
        return true;
      index[axis] = 0;
    }
  return false;
}
