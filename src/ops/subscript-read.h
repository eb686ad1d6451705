/* Following a resolved subscript to cells; for index.c and assign.c. */
#pragma once

#include "ops/subscript.h"

/* The values of the arrays of a subscript over a part of the shape they broadcast to. */
typedef struct
{
  int64_t *value; /* dense, in C order, of the input's own part; NULL: none */
  int64_t step[SCOPE_MAX_RANK];
} ScopeIndexValues;

/* Reads the arrays over `part`, a region of subscript->array_shape; values[subscript->arrays].
 * `first_input` is the node's input that the first index tensor is. Counted from the front and
 * checked against `shape`. Errors: DATA (beyond the axis) and those of reading. */
bool scope_index_values_read (const ScopeNode *node,
                              ScopeReader *reader,
                              const ScopeSubscript *subscript,
                              const ScopeShape *shape,
                              int first_input,
                              const ScopeRegion *part,
                              ScopeIndexValues *values,
                              ScopeError *error);
void scope_index_values_free (ScopeReader *reader, ScopeIndexValues *values, int arrays);

/* The index that `take` has at place `at` of the part that was read. */
int64_t scope_index_values_at (const ScopeIndexValues *values,
                               const ScopeTake *take,
                               const int64_t *at,
                               int rank);

/* The next place of a box of `count`, in C order; false after the last. */
bool scope_next_place (int64_t *at, const int64_t *count, int rank);

/* The index that a written list has at place `at` of the shape that the arrays broadcast to. */
int64_t
scope_written_index (const ScopeSubscript *subscript, const ScopeTake *take, const int64_t *at);
