/* Resampling along axes: where each output comes from, and applying that to blocks of elements.
 *
 * The reference is torch.nn.functional.interpolate on a CPU. Resampling is separable: what one axis
 * does is a ScopeResampleAxis (the rule), a ScopeResampleTable holds its indices and weights for
 * some outputs (computed once and kept), and scope_resample_block applies a table per axis. */
#pragma once

#include "core/cpu.h"
#include "core/dtype.h"
#include "core/executor.h"
#include "core/shape.h"

typedef enum
{
  SCOPE_FILTER_NEAREST,       /* rounds towards the first element; torch's `nearest` */
  SCOPE_FILTER_NEAREST_EXACT, /* the element whose cell holds the sample */
  SCOPE_FILTER_LINEAR,
  SCOPE_FILTER_CUBIC, /* A = −0.75; antialiased A = −0.5 */
  SCOPE_FILTER_AREA,  /* the mean of every element touched: adaptive average pooling */
  SCOPE_FILTER_BOX,   /* elements weigh as much as an output's cell covers of them */
  SCOPE_FILTER_LANCZOS3,
  SCOPE_FILTER_LANCZOS4,
  SCOPE_FILTER_LANCZOS5,
  SCOPE_FILTER_MITCHELL,    /* B = C = 1/3 */
  SCOPE_FILTER_GAUSSIAN,    /* σ = 1/2, cut at 3/2 */
  SCOPE_FILTER_CATMULL_ROM, /* Keys' cubic with A = −0.5 */
  SCOPE_FILTER_HERMITE,     /* the smooth step of radius 1 */
  SCOPE_FILTER_HAMMING,     /* the sinc under a raised cosine, radius 1: Pillow's */
  SCOPE_FILTER_STEP,        /* 1 up to half an element away: Pillow's BOX */
} ScopeResampleFilter;

/* In what arithmetic coordinates and weights are rounded, and elements are summed. */
typedef enum
{
  SCOPE_ARITHMETIC_FLOAT32,
  SCOPE_ARITHMETIC_FLOAT64,
  SCOPE_ARITHMETIC_BFLOAT16, /* every single operation rounded, as torch's CPU kernels do */
  SCOPE_ARITHMETIC_FLOAT16,
  SCOPE_ARITHMETIC_WHOLE, /* doubles that are whole after each axis, as Pillow's integers */
  SCOPE_ARITHMETIC_BYTES, /* the same within 0…255, weights with 22 bits behind the point */
} ScopeArithmetic;

/* Whether elements and weights are doubles in memory, not floats. */
static inline bool
scope_arithmetic_is_wide (ScopeArithmetic arithmetic)
{
  return arithmetic == SCOPE_ARITHMETIC_FLOAT64 || arithmetic >= SCOPE_ARITHMETIC_WHOLE;
}

/* Whose rules find an output's place and weights. PyTorch 2 computes source coordinates in the
 * elements' type, 1.13 in double; up to 2e-4 of a cell apart. */
typedef enum
{
  SCOPE_COORDINATES_TORCH_1,
  SCOPE_COORDINATES_TORCH_2,
  SCOPE_COORDINATES_OPENCV, /* NEAREST, NEAREST_EXACT, LINEAR, CUBIC, BOX, LANCZOS4 */
  SCOPE_COORDINATES_PILLOW, /* NEAREST; windows, which no other library rounds as little */
  /* NEAREST, LINEAR, CUBIC as TensorFlow 1 has them (ASYMMETRIC, or corners aligned), and CUBIC of
   * TensorFlow 2 without antialiasing (HALF_PIXEL). */
  SCOPE_COORDINATES_TENSORFLOW,
  SCOPE_COORDINATES_ONNX, /* NEAREST, LINEAR, CUBIC; antialias or not */
} ScopeCoordinates;

/* Where outputs stand among the input's elements, for TENSORFLOW and ONNX; align_corners goes
 * before it. */
typedef enum
{
  SCOPE_GRID_HALF_PIXEL, /* middles of cells: (i + ½)·scale − ½ */
  SCOPE_GRID_ASYMMETRIC, /* beginnings of cells: i·scale */
  SCOPE_GRID_SYMMETRIC,  /* ONNX: middles, the middle of the whole kept */
  SCOPE_GRID_PYTORCH,    /* ONNX: middles, but a single output stands before the first element */
  SCOPE_GRID_CROP,       /* ONNX: from crop_begin to crop_end of the way between the corners */
} ScopeGrid;

/* ONNX: to which neighbour a place between two elements belongs. */
typedef enum
{
  SCOPE_NEAREST_HALF_DOWN, /* the nearer, halfway the left */
  SCOPE_NEAREST_HALF_UP,
  SCOPE_NEAREST_FLOOR,
  SCOPE_NEAREST_CEIL,
} ScopeNearest;

/* The rule of one axis. */
typedef struct
{
  int64_t in, out; /* sizes, ≥ 1 */
  ScopeResampleFilter filter;
  bool align_corners; /* LINEAR, CUBIC: the first and last elements keep their places */
  bool antialias;     /* LINEAR, CUBIC: the filter is a window as the named ones from LANCZOS3 on
                         are: it widens when shrinking, and outside the input it is cut off and the
                         rest scaled to a sum of 1 */
  bool fixed_width;   /* of windows: they do not widen */
  bool shortcut;      /* NEAREST: out = in copies and out = 2·in halves whatever the factor says,
                         as torch does for one channel (channels-last memory) */
  double factor;      /* a kept scale factor, or 0: the sizes decide */
  ScopeArithmetic arithmetic;
  ScopeCoordinates coordinates;
  ScopeGrid grid;
  ScopeNearest nearest;
  double crop_begin, crop_end; /* of CROP: 0 is the first element, 1 the last */
  double cubic_a;              /* ONNX: of CUBIC, −0.75 as a rule */
  bool exclude_outside;        /* ONNX: elements outside weigh nothing, the rest is scaled to 1 */
  bool grows; /* OPENCV's BOX: some axis of the picture grows, so that cells are blended
                 instead of averaged */
} ScopeResampleAxis;

/* The input elements of one output: first + k·step for k in 0…count−1, each moved to the nearest
 * that exists. A clamped element takes part several times: with infinities that matters. */
typedef struct
{
  int64_t first;
  int64_t count; /* ≥ 1 */
  int step;      /* 1; 0 when all are the same element */
} ScopeTaps;

ScopeTaps scope_resample_taps (const ScopeResampleAxis *axis, int64_t output);
/* The weights of scope_resample_taps, rounded to the axis's arithmetic. AREA divides afterwards
 * instead (by the count), so its weights are shown here and not used. */
void scope_resample_weights (const ScopeResampleAxis *axis,
                             int64_t output,
                             ScopeTaps taps,
                             double *weight);
/* The element that tap k reads, 0…in−1. */
static inline int64_t
scope_resample_tap (const ScopeResampleAxis *axis, ScopeTaps taps, int64_t k)
{
  int64_t place = taps.first + k * taps.step;
  return place < 0 ? 0 : place >= axis->in ? axis->in - 1 : place;
}
/* Where output's sample is taken, in elements of the input: element i is at i. Of NEAREST the place
 * whose element is looked for (its floor, except in ONNX). */
double scope_resample_place (const ScopeResampleAxis *axis, int64_t output);
/* The continuous filter behind the weights, for pictures of it: what an element weighs that lies
 * `distance` elements right of the sample, before the sum is scaled to 1. It is 0 beyond the
 * radius. Of AREA and BOX the cell of an output. */
double scope_resample_filter (const ScopeResampleAxis *axis, double distance);
double scope_resample_radius (const ScopeResampleAxis *axis);
/* No output of the axis has more taps. */
int64_t scope_resample_most_taps (const ScopeResampleAxis *axis);
/* Whether every output is a plain copy of one element (NEAREST, NEAREST_EXACT). */
bool scope_resample_copies (const ScopeResampleAxis *axis);

/* Indices and weights of the outputs start + j·step, j in 0…count−1. Immutable. */
typedef struct
{
  ScopeResampleAxis axis;
  int64_t start, step, count;
  int64_t in;     /* elements that exist: axis.in, or those of a footprint */
  int64_t *first; /* [count] of ScopeTaps */
  int32_t *taps;  /* [count] of ScopeTaps */
  int tap_step;   /* of ScopeTaps */
  bool ascending; /* neither first nor end of an output's elements lies before its forerunner's */
  int64_t stride; /* weights from one output to the next */
  void *weight;   /* [count × stride] float or (wide) double; NULL for copies and AREA */
  void *memory;   /* the block all of it lies in */
  struct ScopePrepared *prepared; /* what was made of it for the kernels; NULL: nothing is kept */
} ScopeResampleTable;

/* `start` and `step` reach only outputs of the axis; step may be 0 or negative. Freed with
 * scope_resample_table_free. Errors: TOO_BIG (beyond `budget` bytes), MEMORY. */
ScopeResampleTable *scope_resample_table_new (const ScopeResampleAxis *axis,
                                              int64_t start,
                                              int64_t step,
                                              int64_t count,
                                              int64_t budget,
                                              ScopeError *error);
/* A table whose `first` the caller fills: each of `count` outputs reads `taps` elements, `tap_step`
 * apart, of an axis of `in` elements. For windows that are not resampling (pooling, convolution):
 * elements outside the axis are the caller's affair. Errors: TOO_BIG, MEMORY. */
ScopeResampleTable *scope_window_table_new (int64_t in,
                                            int64_t count,
                                            int64_t taps,
                                            int64_t tap_step,
                                            int64_t budget,
                                            ScopeError *error);
void scope_resample_table_free (ScopeResampleTable *table); /* NULL is fine */

/* No output of the table has more taps. */
static inline int64_t
scope_resample_table_most (const ScopeResampleTable *table)
{
  return table->stride;
}
/* The input elements [*begin, *end) that the table's outputs output…output+count−1 read. */
void scope_resample_table_span (const ScopeResampleTable *table,
                                int64_t output,
                                int64_t count,
                                int64_t *begin,
                                int64_t *end);

/* Elements begin + i·step, i in 0…count−1, of an axis; they stand from `place` on in a block. */
typedef struct
{
  int64_t begin, step, count;
  int64_t place;
} ScopeResampleRun;

/* What some outputs of a table read, with gaps left out: sparse outputs of a long axis need little
 * of it. */
typedef struct
{
  ScopeResampleTable table; /* of those outputs only; indices count the footprint's elements */
  int64_t inputs;           /* elements of all runs */
  int runs;
  ScopeResampleRun *run; /* ascending */
  ScopeResampleRun one;  /* `run` when there is one */
  int64_t *memory;
} ScopeResampleFootprint;

/* Gaps of more than `gap` elements are left out. The table, whose step is not negative, must live
 * as long as the footprint, which is freed with scope_resample_footprint_clear. Errors: MEMORY. */
bool scope_resample_footprint (const ScopeResampleTable *table,
                               int64_t output,
                               int64_t count,
                               int64_t gap,
                               ScopeResampleFootprint *out,
                               ScopeError *error);
void scope_resample_footprint_clear (ScopeResampleFootprint *footprint);

/* One axis of a block. */
typedef struct
{
  const ScopeResampleTable *table; /* NULL: the axis is kept as it is */
  int64_t output;                  /* the table's output that is first here */
  int64_t outputs;                 /* how many; of a kept axis: its size */
  int64_t input;                   /* the axis's element that the input's first element is */
  int64_t inputs;                  /* elements of the input: at least the span of the outputs */
  int64_t in_stride, out_stride;   /* in elements */
} ScopeBlockAxis;

/* Elements are float, or double when a table's arithmetic is wide; when no table has weights
 * (copies), of any type. All tables share one arithmetic. */
typedef struct
{
  int rank;
  ScopeBlockAxis axis[SCOPE_MAX_RANK];
  const void *in;
  void *out;      /* does not overlap `in` */
  size_t element; /* bytes of one element: 1, 2, 4, 8, 16 */
} ScopeResampleBlock;

/* Resamples a block. The result does not depend on how outputs are cut into blocks, nor on the
 * threads. Errors: MEMORY (scratch of a few MB a thread). */
bool
scope_resample_block (const ScopeResampleBlock *block, ScopeExecutor *executor, ScopeError *error);
/* The same with the instructions of one level, which the processor must have. */
bool scope_resample_block_at (const ScopeResampleBlock *block,
                              ScopeCpuLevel level,
                              ScopeExecutor *executor,
                              ScopeError *error);
