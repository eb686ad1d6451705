/* Reading of reductions: sums, extremes, spreads and norms along some axes. */
#pragma once

#include "ops/program.h"

typedef enum
{
  SCOPE_REDUCE_SUM,
  SCOPE_REDUCE_MEAN,
  SCOPE_REDUCE_PROD,
  SCOPE_REDUCE_MAX,
  SCOPE_REDUCE_MIN,
  SCOPE_REDUCE_ARGMAX, /* the place of the first largest, in C order over the axes reduced */
  SCOPE_REDUCE_ARGMIN,
  SCOPE_REDUCE_ALL,
  SCOPE_REDUCE_ANY,
  SCOPE_REDUCE_COUNT, /* of what is not zero */
  SCOPE_REDUCE_VAR,   /* parameter: what is taken off the count of elements */
  SCOPE_REDUCE_STD,
  SCOPE_REDUCE_NORM, /* parameter: p, infinities included */
  SCOPE_REDUCE_LOGSUMEXP,
  SCOPE_REDUCE_PTP, /* max − min */
  SCOPE_N_REDUCTIONS
} ScopeReduction;

/* The plan of a node with one input. */
typedef struct
{
  ScopeReduction kind[2]; /* of each part of the result */
  ScopeShape shape;       /* of the input */
  bool reduced[SCOPE_MAX_RANK];
  bool keep;       /* reduced axes stay, with one element */
  ScopeDtype cast; /* elements are converted to it before anything else */
  bool skip_nan;
  bool negative;   /* LOGSUMEXP: of −x */
  bool rounds_sum; /* the sum that a mean is made of is rounded to the type of the result first */
  bool half_steps; /* sums inside a variance are held as float16, and overflow as that does */
  bool apart;      /* the variances of real and imaginary parts are found apart, and added */
  double parameter;
  double none; /* the NORM of nothing */
} ScopeReduce;

/* The shape of the result. */
void scope_reduce_shape (const ScopeReduce *plan, ScopeShape *out);

bool scope_reduce_read (const ScopeNode *node,
                        ScopeReader *reader,
                        const ScopeRegion *region,
                        const ScopeBuffer *out,
                        ScopeError *error);
bool scope_reduce_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);
