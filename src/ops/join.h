/* Joining pieces along one axis: what concatenation, stacking and their kin read and trace. */
#pragma once

#include "ops/op.h"

/* Where a piece comes from. A piece has the result's axes but for its size along the joined one. */
typedef struct
{
  int input;    /* of the node */
  int64_t item; /* the piece is this item of the input's first axis; −1: all of it */
  int64_t end;  /* places of the joined axis up to and with this piece */
  int rank;     /* of the input, the item's axis not counted */
  int8_t axis[SCOPE_MAX_RANK]; /* the result's axis of each of the input's */
} ScopeJoinPiece;

typedef struct
{
  int axis;
  bool flat; /* every piece is its input in C order; the result has one axis */
  int pieces;
  ScopeJoinPiece piece[];
} ScopeJoinPlan;

/* A plan without pieces, with room for `pieces`, in the call's arena; NULL when memory runs out. */
ScopeJoinPlan *scope_join_plan_new (const ScopeCall *call, int axis, int pieces);

/* ScopeOp.read and .trace of a node whose plan is a ScopeJoinPlan. */
bool scope_join_read (const ScopeNode *node,
                      ScopeReader *reader,
                      const ScopeRegion *region,
                      const ScopeBuffer *out,
                      ScopeError *error);
bool scope_join_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);
