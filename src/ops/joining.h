/* Inside joining: what is being judged, and how it is refused. */
#pragma once

#include "ops/join.h"

/* Items are joined as they are, or given axes first. */
typedef enum
{
  SCOPE_JOIN_CAT,
  SCOPE_JOIN_STACK,
  SCOPE_JOIN_HSTACK,
  SCOPE_JOIN_VSTACK,
  SCOPE_JOIN_DSTACK,
  SCOPE_JOIN_COLUMN_STACK,
} ScopeJoinForm;

enum
{
  SCOPE_JOIN_ARGUMENT_TENSORS,
  SCOPE_JOIN_ARGUMENT_DIM,
  SCOPE_JOIN_ARGUMENT_DTYPE,
  SCOPE_JOIN_ARGUMENT_CASTING,
};

/* One of what is joined. */
typedef struct
{
  const ScopeValue *value; /* NULL: an item of the one tensor that was given instead of a list */
  int operand;             /* among the failure's operands */
  ScopeShape given;        /* its shape */
  ScopeShape shape;        /* as it takes part */
  ScopeDtype dtype;
  bool left_out;               /* PyTorch: a tensor of one axis of size 0 goes with anything */
  int8_t axis[SCOPE_MAX_RANK]; /* of the shape as it takes part, for each given axis */
} ScopeJoinItem;

typedef struct
{
  const ScopeCall *call;
  ScopeJoinForm form;
  bool unbound; /* the items are those of one tensor's first axis */
  bool flat;    /* NumPy's axis=None */
  int items;
  ScopeJoinItem *item;
  const ScopeJoinItem *first; /* that is not left out; NULL when all are */
  int axis;
  ScopeShape result;
  ScopeDtype dtype;
} ScopeJoined;

/* Refusals, each in the words of the call's dialect; all return false. */
bool scope_join_refuse_empty (const ScopeJoined *joined, ScopeFailure *failure);
bool scope_join_refuse_item (const ScopeCall *call,
                             int i,
                             const ScopeValue *value,
                             ScopeFailure *failure);
bool scope_join_refuse_list (const ScopeCall *call, ScopeFailure *failure);
bool scope_join_refuse_axis_kind (const ScopeJoined *joined, ScopeFailure *failure);
bool scope_join_say_tensorflow_axis (const ScopeJoined *joined,
                                     int64_t axis,
                                     int rank,
                                     ScopeFailure *failure);
bool scope_join_refuse_rank (const ScopeJoined *joined,
                             const ScopeJoinItem *item,
                             ScopeFailure *failure);
bool scope_join_refuse_sizes (const ScopeJoined *joined, ScopeFailure *failure);
bool
scope_join_refuse_stack (ScopeJoined *joined, const ScopeJoinItem *item, ScopeFailure *failure);
bool scope_join_refuse_scalar (const ScopeJoined *joined, int i, ScopeFailure *failure);
bool scope_join_refuse_types (const ScopeJoined *joined, int i, ScopeFailure *failure);
bool scope_join_refuse_overflow (const ScopeJoined *joined, ScopeFailure *failure);
