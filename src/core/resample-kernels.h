/* What the files of resampling share: the inner loops, one set for each kind of arithmetic and each
 * level of the processor. Every sum adds its products in the order of the taps, one rounding an
 * operation, so that all variants give equal bits. */
#pragma once

#include "core/cpu.h"
#include "core/resample.h"

enum
{
  SCOPE_LINE = 64,           /* bytes that are fetched at a time: a line of a cache */
  SCOPE_GROUP = 4,           /* outputs made at once from rows that they share, at most */
  SCOPE_SHARED = 6,          /* the same of outputs that read the same few rows */
  SCOPE_MOST_LANES = 16,     /* elements of a vector */
  SCOPE_WIDEST_VECTOR = 64,  /* bytes */
  SCOPE_ROW_SPAN = 256,      /* elements turned at once, rows being lanes */
  SCOPE_MOST_TURNED = 4096,  /* taps; more are summed one output at a time */
  SCOPE_PHASE_STRIP = 256,   /* outputs whose elements are taken apart at once */
  SCOPE_PHASE_TAPS = 64,     /* taps of those, at most */
  SCOPE_MOST_RATIO = 8,      /* elements from one output's to the next's */
  SCOPE_SLACK = 4 * 16 + 16, /* elements around a row of scratch memory that may be read */
};

/* ---- memory that is needed soon ---------------------------------------------------------------
 */

/* Rows that are read after this: fetched line by line meanwhile, because memory is slow to begin.
 */
typedef struct
{
  const char *row;
  int64_t pitch; /* from one row to the next, in bytes */
  int64_t bytes; /* of a row */
  int64_t at;    /* within the row */
  int64_t rows;  /* left, this one included */
} ScopeFetch;

/* Lines beyond the end of a row are fetched in vain: looking closer costs more. */
static inline __attribute__ ((always_inline)) void
scope_fetch (ScopeFetch *fetch, int lines)
{
  if (fetch->rows <= 0)
    return;
  const char *line = fetch->row + fetch->at;
  for (int i = 0; i < lines; i++)
    __builtin_prefetch (line + SCOPE_LINE * i, 0, 2);
  fetch->at += SCOPE_LINE * lines;
  if (fetch->at >= fetch->bytes)
    {
      fetch->at = 0;
      fetch->row += fetch->pitch;
      fetch->rows--;
    }
}

/* ---- outputs that are rows --------------------------------------------------------------------
 */

/* Output g is the sum of row[first[g] + k] times weight[g][k]. */
typedef struct
{
  int outputs; /* 1, or more: up to SCOPE_GROUP or SCOPE_SHARED, weighted, neither beginning nor
                  ending before their forerunner does, nor beginning after it ended */
  const void *const *row;
  int32_t first[SCOPE_SHARED], taps[SCOPE_SHARED];
  const void *weight[SCOPE_SHARED]; /* NULL adds rows up */
  void *out[SCOPE_SHARED];
  int64_t length; /* elements of a row */
  bool stream;    /* the results are not read again soon: caches are better left alone */
  ScopeFetch *fetch;
  int lines; /* to fetch for every four vectors of each row that is read */
} ScopeRows;

/* ---- outputs that stand in a row --------------------------------------------------------------
 */

/* How most outputs of a row are made; all ways give the same bits. */
typedef enum
{
  SCOPE_COLUMNS_PLAIN,   /* one by one */
  SCOPE_COLUMNS_SHIFTED, /* their elements stand as they do, weights are the same */
  SCOPE_COLUMNS_LANES,   /* a lane for each: elements are picked from few vectors */
  SCOPE_COLUMNS_WHOLE,   /* the same weights, a whole ratio: elements are put apart first */
  SCOPE_COLUMNS_TURNED,  /* a lane for each row */
} ScopeColumnsKind;

/* What the instructions of a level are good at. */
typedef struct
{
  int lanes;      /* of a vector */
  int picks;      /* vectors that a lane can be picked from: 0, 2, 4 */
  int blend_cost; /* instructions to pick from two */
  bool apart;     /* any ratio can be put apart, not only 2, 4 and 8 */
} ScopeColumnsAbility;

/* The outputs output…output+pixels−1 of a table, `channels` neighbours each, prepared for one kind
 * of vectors: what depends on neither rows nor values. */
typedef struct
{
  /* What it was made from. */
  const ScopeResampleTable *table;
  int64_t output, pixels;
  int64_t input, window; /* rows hold the elements input…input+window−1, times channels */
  int64_t channels;
  bool wide, few_rows;
  ScopeColumnsAbility ability;

  ScopeColumnsKind kind;
  int64_t outputs;    /* pixels · channels */
  int64_t begin, end; /* of `kind`; the others are made one by one */
  int64_t readable;   /* elements of a row that `kind` may read: window · channels, or more … */
  bool padded;        /* … so that narrow rows are copied first */
  const int64_t *first; /* [pixels], of the table */
  const int32_t *taps;
  const void *weight; /* NULL adds elements up */
  int64_t weight_stride;
  int32_t *start;      /* [outputs] the first element, from `input` on */
  int32_t most, least; /* taps of those in [begin, end) */
  const void *lane_weight;

  int64_t shift; /* SHIFTED: from one tap to the next */
  int ratio;     /* WHOLE */
  int64_t same;  /* the output is the input from this element on, if that is plain; or −1 */

  /* LANES: blocks of vectors; of WHOLE, where ratios are put apart: `place` alone. */
  int64_t blocks;
  bool uniform; /* all have the places, weights and counts of the first */
  int64_t *block_from, *block_to;
  uint8_t *block_vectors;
  void *place;    /* [block][lane] an output's first element, from block_from on */
  void *kept;     /* [block][tap − least][lane] all bits set where an output has the tap */
  size_t scratch; /* bytes that the kernel needs */
  void *memory;
} ScopeColumns;

/* Kept with a table: what was prepared first of the whole of it. */
struct ScopePrepared
{
  _Atomic (ScopeColumns *) columns;
};

/* The element that tap k of a pixel reads, from `input` on. */
static inline int64_t
scope_columns_element (const ScopeColumns *columns, int64_t pixel, int32_t k)
{
  int64_t place = columns->first[pixel] + (int64_t)k * columns->table->tap_step;
  int64_t last = columns->table->in - 1;
  return (place < 0 ? 0 : place > last ? last : place) - columns->input;
}

/* ---- kernels ----------------------------------------------------------------------------------
 */

typedef struct
{
  void (*rows) (const ScopeRows *rows);
  /* All outputs of `rows` rows; `lines` are fetched for every vector. `scratch` has
   * columns->scratch bytes, aligned as the widest vector. */
  void (*columns) (const ScopeColumns *columns,
                   int rows,
                   const void *const *in,
                   void *const *out,
                   void *scratch,
                   ScopeFetch *fetch,
                   int lines);
  /* Divides `length` sums by `all`, then by a number each, or all by the same (step 0). */
  void (*divide) (void *sum, int32_t all, const int32_t *divisor, int64_t step, int64_t length);
  /* Whether a row has neither NaN nor infinities nor −0: then each of its elements times 0, added
   * to another, leaves that as it is. */
  bool (*is_plain) (const void *row, int64_t length);
  int group, shared; /* how many outputs `rows` takes */
  ScopeColumnsAbility ability;
} ScopeKernels;

/* [level]: float, double. Levels that were not compiled are the baseline's. */
extern const ScopeKernels scope_kernels_baseline_float, scope_kernels_baseline_double;
extern const ScopeKernels scope_kernels_avx2_float, scope_kernels_avx2_double;
extern const ScopeKernels scope_kernels_avx512_float, scope_kernels_avx512_double;
extern const ScopeKernels scope_kernels_bfloat16;
extern const ScopeKernels scope_kernels_whole;
extern const ScopeKernels scope_kernels_bytes;

/* Prepares outputs of a table for rows of elements input…input+window−1. `rows`: how many there
 * will be, about. NULL: MEMORY. Freed with scope_columns_free. */
ScopeColumns *scope_columns_new (const ScopeResampleTable *table,
                                 int64_t output,
                                 int64_t pixels,
                                 int64_t input,
                                 int64_t window,
                                 int64_t channels,
                                 int64_t rows,
                                 const ScopeKernels *kernels,
                                 ScopeError *error);
void scope_columns_free (ScopeColumns *columns);
/* The same, kept with its table when it is the whole of it, which *kept says; else the caller
 * frees it. */
const ScopeColumns *scope_columns_kept (const ScopeResampleTable *table,
                                        int64_t output,
                                        int64_t pixels,
                                        int64_t input,
                                        int64_t window,
                                        int64_t channels,
                                        int64_t rows,
                                        const ScopeKernels *kernels,
                                        bool *kept,
                                        ScopeError *error);

/* Outputs of `table` from `output` on, at most `most`, as rows that are made at once: sets outputs,
 * first, taps and weight, and returns how many rows they read: row[r] is element
 * scope_rows_element (table, output, r). */
int32_t scope_rows_begin (ScopeRows *rows,
                          const ScopeKernels *kernels,
                          const ScopeResampleTable *table,
                          int64_t output,
                          int64_t most);
static inline int64_t
scope_rows_element (const ScopeResampleTable *table, int64_t output, int64_t row)
{
  int64_t place = table->first[output] + row * table->tap_step, last = table->in - 1;
  return place < 0 ? 0 : place > last ? last : place;
}

/* The element that is all of an output, because the others weigh nothing; or −1. */
int64_t scope_resample_only (const ScopeResampleTable *table, int64_t output);

/* Drops axes of one kept element and merges kept neighbours that stand as one. */
void scope_resample_simplify (const ScopeResampleBlock *block, ScopeResampleBlock *out);
/* Whether no output of a block is more than a copy of one element. */
bool scope_resample_block_copies (const ScopeResampleBlock *block);
/* Resamples such a block, which is simplified and not empty. */
void scope_resample_copy (const ScopeResampleBlock *block, ScopeExecutor *executor);
/* Copies past the caches. */
void scope_stream_copy (char *out, const char *in, size_t bytes);

/* A block whose resampled axes are one of rows, one of columns, or both. */
typedef struct
{
  const ScopeResampleBlock *block; /* simplified */
  const ScopeKernels *kernels;
  int row_axis, column_axis; /* or −1 */
  int64_t channels;          /* neighbours that stand within the column axis */
  bool rows_first;
} ScopePlanes;

/* Whether a block is such a one; sets all but `kernels` and `rows_first`. */
bool scope_planes_begin (ScopePlanes *planes, const ScopeResampleBlock *block);
bool scope_planes_run (const ScopePlanes *planes, ScopeExecutor *executor, ScopeError *error);
