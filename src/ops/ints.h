/* Integers as arguments: one or a sequence of them, in the words of each dialect. */
#pragma once

#include "ops/op.h"

/* Unknown and named sizes lie below every number that a person writes. */
static inline bool
scope_int_is_unknown (int64_t value)
{
  return value < -(INT64_C (1) << 62);
}

typedef struct
{
  bool given;    /* not absent and not None */
  bool sequence; /* written as a tuple or a list */
  int count;
  int64_t value[SCOPE_MAX_RANK];
} ScopeInts;

/* An int or a sequence of ints, None and absence included. PyTorch's arguments have been checked
 * against a signature; NumPy's words are those of its C functions. */
bool scope_ints_find (const ScopeCall *call, int parameter, ScopeInts *out, ScopeFailure *failure);

/* Several axes of a tensor, as NumPy's functions written in Python find them: repeated ones are
 * refused. `name` is the argument's in the messages ("source"), NULL for none. */
bool scope_ints_axes (const ScopeCall *call,
                      int parameter,
                      const char *name,
                      const ScopeInts *ints,
                      int rank,
                      int *axis,
                      ScopeFailure *failure);

/* [0, 1], (0, 1), (0,) or 0,1: as the dialects print their lists. */
void scope_ints_print (const ScopeInts *ints, ScopeShapeStyle style, ScopeText *text);
