/* The shape that sizes with one left open mean, or why they mean none. */
#pragma once

#include "ops/ints.h"

/* Sizes asked for a tensor of other sizes and as many elements. */
typedef struct
{
  const ScopeCall *call;
  int parameter; /* that holds the sizes, for the span of a failure */
  ScopeFailure *failure;
  const ScopeShape *input;
  const ScopeInts *sizes;
} ScopeNewShape;

/* Finds the shape. False with the dialect's words when the sizes are wrong; unknown sizes fit
 * anything. */
bool scope_new_shape_resolve (const ScopeNewShape *asked, ScopeShape *out);
