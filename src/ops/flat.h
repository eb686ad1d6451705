/* Reading a tensor in C order, as if it had one axis. */
#pragma once

#include "ops/program.h"

/* Writes elements start, start + step, … (in C order, `count` of them, step ≥ 1 or negative) of an
 * input, converted to `dtype`, densely to `out`. */
bool scope_read_flat (const ScopeNode *node,
                      ScopeReader *reader,
                      int input,
                      int64_t start,
                      int64_t step,
                      int64_t count,
                      ScopeDtype dtype,
                      void *out,
                      ScopeError *error);

/* The index of flat element `flat` of a shape with elements. */
void scope_flat_index (const ScopeShape *shape, int64_t flat, int64_t *index);
/* The reverse. */
int64_t scope_flat_place (const ScopeShape *shape, const int64_t *index);
