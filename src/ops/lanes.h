/* Reading tensors lane by lane: a lane is what lies along one axis, or the whole in C order. */
#pragma once

#include "ops/blocks.h"
#include "ops/program.h"

enum
{
  SCOPE_LANES_FLAT = -1 /* instead of an axis: one lane of all elements */
};

/* The lanes of an input that a region of a result asks for, block by block. */
typedef struct
{
  const ScopeNode *node;
  ScopeReader *reader;
  int input;
  ScopeShape shape;  /* of the input */
  int axis;          /* of the lanes, or SCOPE_LANES_FLAT */
  ScopeRegion other; /* of the other axes; what it says of `axis` is not looked at */
  ScopeBlocks lanes; /* the present block of the other axes */
} ScopeLanes;

/* Begins with the first block of at most `limit` lanes. `other` has the input's rank (rank 0 for a
 * flat lane). */
void scope_lanes_begin (ScopeLanes *lanes,
                        const ScopeNode *node,
                        ScopeReader *reader,
                        int input,
                        int axis,
                        const ScopeRegion *other,
                        int64_t limit);
bool scope_lanes_next (ScopeLanes *lanes);
/* The number of elements of a lane. */
int64_t scope_lanes_length (const ScopeLanes *lanes);
/* Elements first … first + count − 1 of every lane of the block, converted to `dtype`: the lanes
 * one after the other. */
bool scope_lanes_read (const ScopeLanes *lanes,
                       int64_t first,
                       int64_t count,
                       ScopeDtype dtype,
                       void *out,
                       ScopeError *error);
/* Where element 0 of a region's buffer begins for lane number `lane` of the block, in elements:
 * the sum of the strides of the other axes. */
int64_t scope_lanes_place (const ScopeLanes *lanes, const ScopeBuffer *out, int64_t lane);
