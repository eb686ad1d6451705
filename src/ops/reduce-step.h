/* Inside reductions: what is remembered of the elements seen so far. */
#pragma once

#include "ops/reduce.h"

/* How elements are held while they are reduced: FLOAT64, INT64 (booleans too), UINT64 or
 * COMPLEX128. */
ScopeDtype scope_reduce_carrier (ScopeDtype cast);

/* Meaning by kind. All zero at the beginning. */
typedef struct
{
  int64_t seen;                 /* elements so far, NaNs that are skipped not counted */
  int64_t place;                /* ARGMAX, ARGMIN */
  double real, imaginary;       /* a sum, product, mean, extreme or greatest exponent */
  double small, small_too;      /* what rounding took off a sum; the sum of squares of VAR */
  double other;                 /* PTP: the least */
  int64_t integer, integer_too; /* the same of integers, UINT64's bits included */
} ScopeReduceState;

/* Takes in `count` elements of the carrier type, the first being number `first` in C order. */
typedef void (*ScopeReduceStep) (ScopeReduceState *state,
                                 const ScopeReduce *plan,
                                 const void *element,
                                 int64_t count,
                                 int64_t first);

/* NULL where a kind is not computed for a carrier. */
ScopeReduceStep scope_reduce_step (ScopeReduction kind, ScopeDtype carrier);
/* Writes the result of `total` elements as one element of `dtype`. */
void scope_reduce_finish (const ScopeReduceState *state,
                          const ScopeReduce *plan,
                          ScopeReduction kind,
                          ScopeDtype carrier,
                          int64_t total,
                          ScopeDtype dtype,
                          void *out);
