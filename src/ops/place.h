/* Results whose cells are cells of one input, found axis by axis: flipping, rolling, repeating,
 * expanding, padding. */
#pragma once

#include "ops/op.h"

/* The place on an input's axis for the place p on the result's. `size` is the input's. */
typedef enum
{
  SCOPE_PLACE_AFFINE,    /* start + step·p */
  SCOPE_PLACE_MODULO,    /* extra + (start + p) mod size */
  SCOPE_PLACE_DIVIDE,    /* ⌊p / step⌋ */
  SCOPE_PLACE_COUNTS,    /* the first i with p < end[i] */
  SCOPE_PLACE_EDGE,      /* start + p, the nearest there is */
  SCOPE_PLACE_REFLECT,   /* start + p, mirrored at the first and last element */
  SCOPE_PLACE_SYMMETRIC, /* start + p, mirrored at their outer edges */
  SCOPE_PLACE_STAGED,   /* start + p, wrapped as NumPy 1.24 does: each time around the whole of what
                           is there already, so that a wide pad need not be periodic */
  SCOPE_PLACE_CONSTANT, /* start + p; outside there is a constant */
} ScopePlaceKind;

typedef struct
{
  ScopePlaceKind kind;
  int axis; /* of the result, that p counts along; −1: p is 0 */
  int64_t size, start, step;
  const int64_t *end;   /* of COUNTS: `size` of them */
  int64_t extra;        /* of STAGED: places behind the input's last; of MODULO: see there */
  char constant[2][16]; /* of CONSTANT: the elements before and behind, in the result's type */
} ScopePlaceRule;

/* A node's plan. Axes of the result that no rule counts along repeat. Where several axes are
 * outside the constant of the last one counts. */
typedef struct
{
  bool flat; /* false: see ScopeFlatPlacing */
  int rank;  /* of the input, number 0 of the node */
  ScopePlaceRule rule[SCOPE_MAX_RANK];
} ScopePlacing;

/* A plan in the call's arena that takes every place as it is; axis i of the input is axis
 * i + `shift` of the result. NULL when memory runs out. */
ScopePlacing *scope_placing_new (const ScopeCall *call, const ScopeShape *input, int shift);

/* The place on the input's axis, −1 when it is outside. */
int64_t scope_place_of (const ScopePlaceRule *rule, int64_t p);

/* ScopeOp.read and .trace of a node whose plan is a ScopePlacing. */
bool scope_place_read (const ScopeNode *node,
                       ScopeReader *reader,
                       const ScopeRegion *region,
                       const ScopeBuffer *out,
                       ScopeError *error);
bool scope_place_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);

/* The same where one rule counts along the result and the input in C order. */
typedef struct
{
  bool flat; /* true; first in both, for operations that have either */
  ScopePlaceRule rule;
} ScopeFlatPlacing;

bool scope_flat_place_read (const ScopeNode *node,
                            ScopeReader *reader,
                            const ScopeRegion *region,
                            const ScopeBuffer *out,
                            ScopeError *error);
bool scope_flat_place_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);
