/* Inside repeating: the arguments, and what NumPy, TensorFlow and JAX say of them. */
#pragma once

#include "ops/op.h"

enum
{
  SCOPE_REPEAT_INPUT,
  SCOPE_REPEAT_SIZES,
};

/* Variants of spellings. */
enum
{
  SCOPE_REPEAT_STRICT, /* a number for every axis */
  SCOPE_REPEAT_AS,     /* the sizes are another tensor's */
  SCOPE_REPEAT_TILE,   /* missing numbers are 1 */
};

/* Sizes or numbers of repeats; a scalar tensor among them is unknown. Room for SCOPE_MAX_RANK. */
bool scope_repeat_sizes (const ScopeCall *call,
                         int parameter,
                         int64_t *size,
                         int *sizes,
                         ScopeFailure *failure);

/* np.broadcast_to and its kin: the shape of the result. */
bool scope_broadcast_to (const ScopeCall *call,
                         const ScopeOutput *input,
                         ScopeShape *shape,
                         ScopeFailure *failure);
/* What np.tile and its kin refuse. */
bool scope_tile_check (const ScopeCall *call, const ScopeOutput *input, ScopeFailure *failure);
