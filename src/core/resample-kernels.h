/* What the files of resampling share: the inner loops, one set for each kind of arithmetic. */
#pragma once

#include "core/resample.h"

/* One axis of one tile. Element k of output j stands at clamp (first[j] + k·tap_step − base). */
typedef struct
{
  const int64_t *first;
  const int32_t *taps;
  const void *weight; /* of output 0; NULL adds elements up */
  int64_t weight_stride;
  int tap_step;
  int64_t base;
  int64_t inputs, outputs;
} ScopePass;

/* Every sum starts with the first product and adds the others in order, so that all variants give
 * equal bits. */
typedef struct
{
  /* Output `output` of an axis whose elements are `pitch` apart, for `length` neighbours. */
  void (*across) (const ScopePass *pass,
                  int64_t output,
                  const void *in,
                  int64_t pitch,
                  void *out,
                  int64_t length);
  /* All outputs of an axis whose elements are neighbours. */
  void (*along) (const ScopePass *pass, const void *in, void *out);
  /* Divides `length` sums by a number each, or all by the same (step 0). */
  void (*divide) (void *sum, const int32_t *divisor, int64_t step, int64_t length);
} ScopeKernels;

extern const ScopeKernels scope_kernels_float;
extern const ScopeKernels scope_kernels_double;
extern const ScopeKernels scope_kernels_bfloat16;
extern const ScopeKernels scope_kernels_whole;
extern const ScopeKernels scope_kernels_bytes;

static inline int64_t
scope_pass_clamp (const ScopePass *pass, int64_t place)
{
  return place < 0 ? 0 : place >= pass->inputs ? pass->inputs - 1 : place;
}

/* The outputs [*begin, *end) whose taps need no clamping and stand side by side. */
static inline void
scope_pass_inside (const ScopePass *pass, int64_t *begin, int64_t *end)
{
  int64_t low = 0, high = pass->tap_step == 1 ? pass->outputs : 0;
#define SCOPE_INSIDE(j)                                                                            \
  (pass->first[j] >= pass->base                                                                    \
   && pass->first[j] - pass->base <= pass->inputs - (int64_t)pass->taps[j])
  while (low < high && !SCOPE_INSIDE (low))
    low++;
  while (high > low && !SCOPE_INSIDE (high - 1))
    high--;
#undef SCOPE_INSIDE
  *begin = low;
  *end = high;
}

/* Drops axes of one kept element and merges kept neighbours that stand as one. */
void scope_resample_simplify (const ScopeResampleBlock *block, ScopeResampleBlock *out);
/* Whether no output of a block is more than a copy of one element. */
bool scope_resample_block_copies (const ScopeResampleBlock *block);
/* Resamples such a block, which is simplified and not empty. */
void scope_resample_copy (const ScopeResampleBlock *block, ScopeExecutor *executor);
