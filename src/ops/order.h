/* Reading what depends on the order of the elements of a lane: sorting, the largest few, medians.
 */
#pragma once

#include "ops/program.h"

typedef enum
{
  SCOPE_ORDER_VALUES, /* the lane sorted, its first `take` elements */
  SCOPE_ORDER_PLACES, /* where they stood */
  SCOPE_ORDER_PICK,   /* the element of rank `rank` */
  SCOPE_ORDER_PICK_PLACE,
  SCOPE_ORDER_MIDDLE, /* the mean of the middle one or two */
  SCOPE_ORDER_MODE,   /* the smallest of the most frequent */
  SCOPE_ORDER_MODE_PLACE,
} ScopeOrderKind;

/* The plan of a node with one input. NaN counts as larger than anything. */
typedef struct
{
  ScopeOrderKind kind[2];    /* of each part of the result */
  ScopeShape shape;          /* of the input */
  bool lane[SCOPE_MAX_RANK]; /* the axes whose elements make up a lane, in C order */
  bool keep;                 /* PICK …: lane axes stay, with one element */
  int axis;                  /* VALUES, PLACES: the axis of the result along the lane; −1: none */
  bool descending;
  int64_t rank; /* PICK: from 0; −1: the lower median, and NaN where there is one */
  bool skip_nan;
} ScopeOrder;

bool scope_order_read (const ScopeNode *node,
                       ScopeReader *reader,
                       const ScopeRegion *region,
                       const ScopeBuffer *out,
                       ScopeError *error);
bool scope_order_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);
