/* Walking several strided views of one shape at once: the loop is planned before it runs. */
#pragma once

#include "core/layout.h"

enum
{
  SCOPE_WALK_OPERANDS = 6
};

/* One run of the innermost axis: operand k starts at element at[k] and advances step[k]. Returns
 * false to stop the walk. */
typedef bool (*ScopeWalkRun) (void *data, int64_t count, const int64_t *at, const int64_t *step);

/* Visits every index of a shape exactly once. stride[k] holds operand k's stride on every axis.
 * Axes of size 1 are dropped, neighbours merged, and the axis on which operand 0 moves least is
 * innermost; the order in which indices are visited is therefore unspecified. False when `run`
 * stopped it. */
bool scope_walk (int rank,
                 const int64_t *count,
                 int operands,
                 const int64_t *const *stride,
                 const int64_t *offset,
                 ScopeWalkRun run,
                 void *data);
