/* Blocks of an index space. */
#include "ops/blocks.h"

#include "core/checked.h"

#include <string.h>

static void
measure (ScopeBlocks *blocks)
{
  blocks->elements = 1;
  blocks->first = 0;
  for (int axis = 0; axis < blocks->rank; axis++)
    {
      blocks->here[axis] =
          scope_min (blocks->block[axis], blocks->count[axis] - blocks->start[axis]);
      blocks->elements *= blocks->here[axis];
      blocks->first = blocks->first * blocks->count[axis] + blocks->start[axis];
    }
}

void
scope_blocks_begin (ScopeBlocks *blocks, int rank, const int64_t *count, int64_t limit)
{
  memset (blocks, 0, sizeof *blocks);
  blocks->rank = rank;
  for (int axis = rank - 1; axis >= 0; axis--)
    {
      blocks->count[axis] = count[axis];
      blocks->block[axis] = scope_max (scope_min (count[axis], limit), 1);
      limit = scope_max (limit / blocks->block[axis], 1);
      if (blocks->block[axis] < count[axis])
        limit = 1; /* so that a block is one range */
    }
  measure (blocks);
}

bool
scope_blocks_next (ScopeBlocks *blocks)
{
  for (int axis = blocks->rank - 1; axis >= 0; axis--)
    {
      blocks->start[axis] += blocks->block[axis];
      if (blocks->start[axis] < blocks->count[axis])
        {
          measure (blocks);
          return true;
        }
      blocks->start[axis] = 0;
    }
  return false;
}
