/* What stands between the brackets of A[…]: which cells it takes, and what is wrong with it. */
#pragma once

#include "ops/op.h"

typedef enum
{
  SCOPE_TAKE_ONE,   /* an integer: the axis goes away */
  SCOPE_TAKE_SLICE, /* start:stop:step */
  SCOPE_TAKE_NEW,   /* None: a new axis of size 1 */
  SCOPE_TAKE_ARRAY, /* integers or a mask; True and False are masks of no axes */
} ScopeTakeKind;

/* One of the takes, which together name every axis of the input in order. */
typedef struct
{
  ScopeTakeKind kind;
  int axis;      /* of the input (the first one of a mask); −1 for NEW, True and False */
  int axes;      /* how many axes of the input: 0, 1, or a mask's rank */
  int to;        /* SLICE, NEW: axis of the result */
  int64_t start; /* ONE: the index; SLICE: the first one */
  int64_t step;  /* SLICE */
  int64_t count; /* SLICE: how many, unknown when the axis is */
  bool gap;      /* an ellipsis of no axes stands before it */
  int array;     /* ARRAY, and ONE by a 0-d tensor: which array; −1 for ONE by a number */
} ScopeTake;

/* Integers used as indices, or a mask. */
typedef struct
{
  ScopeShape shape;     /* as it takes part: a mask counts as one axis of unknown size */
  ScopeShape written;   /* its own */
  bool mask;            /* its count depends on its values */
  bool from_mask;       /* it is a mask, or the places of a written one */
  const int64_t *value; /* of a list: in C order, negative ones counted from the end already */
  int operand;          /* of a tensor: which one of `tensor`, −1 for a list */
} ScopeIndexArray;

typedef struct
{
  int takes;
  ScopeTake *take;
  int arrays;
  ScopeIndexArray *array;
  int tensors;
  const ScopeValue **tensor; /* the tensors among the indices, to be made inputs in this order */
  ScopeShape array_shape;    /* what the arrays broadcast to */
  int array_to;              /* the first axis of the result that the arrays make */
  bool advanced;             /* there are arrays (by ARRAY takes) */
  ScopeShape shape;          /* of the result */
} ScopeSubscript;

/* Resolves `index` on a tensor of `shape` for the call's dialect; everything of *out lies in the
 * call's arena. On failure fills `failure` with the dialect's words. */
bool scope_subscript_resolve (const ScopeCall *call,
                              const ScopeShape *shape,
                              const ScopeValue *index,
                              ScopeSubscript *out,
                              ScopeFailure *failure);

/* Looks at indices that are written out as lists: refuses those beyond their axis (unless nothing
 * is taken at all) and counts negative ones from the front. PyTorch and NumPy come to this after
 * everything else. */
bool scope_subscript_check_written (const ScopeCall *call,
                                    const ScopeShape *shape,
                                    const ScopeValue *index,
                                    ScopeSubscript *out,
                                    ScopeFailure *failure);
