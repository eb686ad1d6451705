/* What the files of resampling share: the inner loops, one set for each kind of arithmetic and each
 * level of the processor. */
#pragma once

#include "core/cpu.h"
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
  int64_t most_taps; /* no output has more */
  int64_t following; /* outputs that `first` and `taps` have after these */
} ScopePass;

/* Rows that the next output reads and this one does not: fetched while this one is made, because
 * memory is slow to begin with a row. */
typedef struct
{
  const char *row; /* where the first begins */
  int64_t pitch;   /* from one to the next, in bytes */
  int rows;
} ScopeSoon;

/* What lanes in scratch memory were prepared for: tiles of one part share them. */
typedef struct
{
  const int64_t *first;
  int64_t base, inputs, outputs;
} ScopeLanesKey;

/* Every sum starts with the first product and adds the others in order, one rounding an operation,
 * so that all variants give equal bits. */
typedef struct
{
  /* Output `output` of an axis whose elements are `pitch` apart, for `length` neighbours; `stream`:
   * the result is not read again soon, so that caches are better left alone. */
  void (*across) (const ScopePass *pass,
                  int64_t output,
                  const void *in,
                  int64_t pitch,
                  void *out,
                  int64_t length,
                  bool stream,
                  ScopeSoon soon);
  /* The same for `outputs` of them, at most SCOPE_GROUP and `group`, out_pitch apart, where each
   * has weights and begins after its forerunner does and no tap is clamped; NULL: none. */
  void (*across_group) (const ScopePass *pass,
                        int64_t output,
                        int outputs,
                        const void *in,
                        int64_t pitch,
                        void *out,
                        int64_t out_pitch,
                        int64_t length,
                        bool stream,
                        ScopeSoon soon);
  int group;
  /* All outputs of an axis whose elements are neighbours, for `rows` rows. `scratch` has
   * scope_kernels_scratch bytes, aligned to 64, the first SCOPE_KEY_BYTES of which are 0 before the
   * first call; what later calls find there spares them work. */
  void (*along) (const ScopePass *pass,
                 int64_t rows,
                 const void *in,
                 int64_t in_pitch,
                 void *out,
                 int64_t out_pitch,
                 void *scratch);
  /* Divides `length` sums by a number each, or all by the same (step 0). */
  void (*divide) (void *sum, const int32_t *divisor, int64_t step, int64_t length);
} ScopeKernels;

/* [level]: float, double. Levels that were not compiled are the baseline's. */
extern const ScopeKernels scope_kernels_baseline[2];
extern const ScopeKernels scope_kernels_avx2[2];
extern const ScopeKernels scope_kernels_avx512[2];
extern const ScopeKernels scope_kernels_bfloat16;
extern const ScopeKernels scope_kernels_whole;
extern const ScopeKernels scope_kernels_bytes;

enum
{
  SCOPE_LANE_TAPS = 8,           /* up to as many taps, outputs are lanes; above, rows are */
  SCOPE_ROW_SPAN = 256,          /* elements turned at once, rows being lanes */
  SCOPE_MOST_TURNED = 4096,      /* taps; more are summed one output at a time */
  SCOPE_STRIP_BYTES = 16 * 1024, /* half of a common first-level cache */
  SCOPE_GROUP = 4,
  SCOPE_KEY_BYTES = 128,
  SCOPE_WIDEST_VECTOR = 64,
};

/* Bytes that `along` needs for as many outputs and taps. */
static inline size_t
scope_kernels_scratch (int64_t outputs, int64_t most_taps)
{
  size_t vectors = (size_t)outputs / 2 + 2; /* of two doubles: the narrowest */
  size_t lanes = most_taps > SCOPE_LANE_TAPS ? 0 : (size_t)most_taps;
  size_t turned = most_taps > SCOPE_MOST_TURNED ? 0 : (size_t)most_taps;
  size_t by_outputs = ((size_t)outputs + 16) * (4 + lanes * 8) + vectors * 16 + 512;
  size_t by_rows = (SCOPE_ROW_SPAN + turned + 64) * SCOPE_WIDEST_VECTOR;
  return (by_outputs > by_rows ? by_outputs : by_rows) + SCOPE_WIDEST_VECTOR;
}

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
