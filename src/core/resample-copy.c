/* Resampling that only copies elements (nearest): any type, bit by bit. */
#include "core/resample-kernels.h"

#include "core/checked.h"

#include <stdlib.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum
{
  STREAM_BYTES = 16 << 20, /* larger results are written past the caches */
  AT_ONCE = 64,            /* elements between looks at the row that comes next */
};

bool
scope_resample_block_copies (const ScopeResampleBlock *block)
{
  for (int a = 0; a < block->rank; a++)
    if (block->axis[a].table != NULL && !scope_resample_copies (&block->axis[a].table->axis))
      return false;
  return true;
}

typedef struct
{
  const ScopeResampleBlock *block;
  int64_t rows; /* outputs of all axes but the last */
  int parts;
  bool stream; /* past the caches */
} Copying;

/* The place in the input of output `index` of an axis, in elements. */
static int64_t
source_of (const ScopeBlockAxis *axis, int64_t index)
{
  if (axis->table != NULL)
    index = axis->table->first[axis->output + index] - axis->input;
  return index * axis->in_stride;
}

#define GATHER(bytes, type)                                                                        \
  static void gather_##bytes (const ScopeBlockAxis *axis, const void *in, void *out)               \
  {                                                                                                \
    for (int64_t x = 0; x < axis->outputs; x++)                                                    \
      ((type *)out)[x * axis->out_stride] = ((const type *)in)[source_of (axis, x)];               \
  }

typedef struct
{
  uint64_t half[2];
} Sixteen;

GATHER (1, uint8_t)
GATHER (2, uint16_t)
GATHER (4, uint32_t)
GATHER (8, uint64_t)
GATHER (16, Sixteen)

/* Rows of neighbours: what comes next is fetched meanwhile. */
#define GATHER_ROW(bytes, type)                                                                    \
  static void gather_row_##bytes (const ScopeBlockAxis *axis, const void *in, void *out,           \
                                  const char *soon)                                                \
  {                                                                                                \
    const int64_t *first = axis->table->first + axis->output;                                      \
    const type *from = (const type *)in - axis->input;                                             \
    for (int64_t x = 0; x < axis->outputs; x += AT_ONCE)                                           \
      {                                                                                            \
        int64_t end = scope_min (x + AT_ONCE, axis->outputs);                                      \
        const char *next = soon + (first[x] - axis->input) * bytes;                                \
        int64_t span = (first[end - 1] - first[x] + 1) * bytes;                                    \
        for (int64_t i = 0; soon != NULL && i < span && i < 64 * AT_ONCE; i += 64)                 \
          __builtin_prefetch (next + i, 0, 2);                                                     \
        for (int64_t i = x; i < end; i++)                                                          \
          ((type *)out)[i] = from[first[i]];                                                       \
      }                                                                                            \
  }

GATHER_ROW (1, uint8_t)
GATHER_ROW (2, uint16_t)
GATHER_ROW (4, uint32_t)
GATHER_ROW (8, uint64_t)

/* The same where most elements come four times and more: places ascend or descend. */
static void
repeat_row_4 (const ScopeBlockAxis *axis, const void *in, void *out)
{
  const int64_t *first = axis->table->first + axis->output;
  const uint32_t *from = (const uint32_t *)in - axis->input;
  uint32_t *to = out;
  for (int64_t x = 0; x < axis->outputs;)
    {
      uint32_t element = from[first[x]], four[4] = { element, element, element, element };
      if (x + 4 <= axis->outputs && first[x + 3] == first[x])
        {
          memcpy (to + x, four, sizeof four);
          x += 4;
        }
      else
        to[x++] = element;
    }
}

/* Whether most elements come four times and more. */
static bool
repeats (const ScopeBlockAxis *axis)
{
  const int64_t *first = axis->table->first + axis->output;
  int64_t span = first[axis->outputs - 1] - first[0];
  return (span < 0 ? -span : span) < axis->outputs / 4 + 1;
}

static void
gather (const ScopeBlockAxis *axis, size_t element, const void *in, void *out, const char *soon)
{
  bool dense = axis->in_stride == 1 && axis->out_stride == 1;
  if (dense && axis->table == NULL)
    memcpy (out, in, (size_t)axis->outputs * element);
  else if (element == 1)
    (dense ? gather_row_1 (axis, in, out, soon) : gather_1 (axis, in, out));
  else if (element == 2)
    (dense ? gather_row_2 (axis, in, out, soon) : gather_2 (axis, in, out));
  else if (element == 4 && dense && repeats (axis))
    repeat_row_4 (axis, in, out);
  else if (element == 4)
    (dense ? gather_row_4 (axis, in, out, soon) : gather_4 (axis, in, out));
  else if (element == 8)
    (dense ? gather_row_8 (axis, in, out, soon) : gather_8 (axis, in, out));
  else
    gather_16 (axis, in, out);
}

void
scope_stream_copy (char *out, const char *in, size_t bytes)
{
#if defined(__SSE2__)
  size_t lead = -(uintptr_t)out % 16 < bytes ? -(uintptr_t)out % 16 : bytes;
  memcpy (out, in, lead);
  size_t at = lead;
  for (; at + 16 <= bytes; at += 16)
    {
      __m128i some;
      memcpy (&some, in + at, sizeof some);
      _mm_stream_si128 ((__m128i *)(void *)(out + at), some);
    }
  memcpy (out + at, in + at, bytes - at);
#else
  memcpy (out, in, bytes);
#endif
}

/* A row's places, in elements of the input and the output. */
static void
place_row (const ScopeResampleBlock *block, int64_t row, int64_t *from, int64_t *to)
{
  *from = *to = 0;
  for (int a = block->rank - 2; a >= 0; a--)
    {
      int64_t index = row % block->axis[a].outputs;
      row /= block->axis[a].outputs;
      *from += source_of (&block->axis[a], index);
      *to += index * block->axis[a].out_stride;
    }
}

/* Rows that come from the row before's source are copied from that row, or, streamed, from a row
 * that is kept apart. */
static void
copy_part (void *data, int part)
{
  const Copying *job = data;
  const ScopeResampleBlock *block = job->block;
  size_t element = block->element;
  const ScopeBlockAxis *inner = &block->axis[block->rank - 1];
  size_t bytes = (size_t)inner->outputs * element;
  int64_t begin = job->rows * part / job->parts, end = job->rows * (part + 1) / job->parts;
  char *apart = job->stream ? malloc (bytes) : NULL;
  int64_t from, to, next_from = 0, next_to = 0, previous_from = -1;
  char *previous = NULL;
  if (begin < end)
    place_row (block, begin, &next_from, &next_to);
  for (int64_t row = begin; row < end; row++)
    {
      from = next_from;
      to = next_to;
      if (row + 1 < end)
        place_row (block, row + 1, &next_from, &next_to);
      const char *in = block->in, *source = in + from * (int64_t)element;
      const char *soon = next_from != from ? in + next_from * (int64_t)element : NULL;
      char *target = (char *)block->out + to * (int64_t)element;
      if (apart != NULL)
        {
          if (previous == NULL || from != previous_from)
            gather (inner, element, source, apart, soon);
          scope_stream_copy (target, apart, bytes);
        }
      else if (previous != NULL && from == previous_from && inner->out_stride == 1)
        memcpy (target, previous, bytes);
      else
        gather (inner, element, source, target, soon);
      previous_from = from;
      previous = target;
    }
  free (apart);
}

void
scope_resample_copy (const ScopeResampleBlock *block, ScopeExecutor *executor)
{
  static const ScopeBlockAxis one = { .outputs = 1, .inputs = 1, .in_stride = 1, .out_stride = 1 };
  ScopeResampleBlock scalar = *block;
  if (scalar.rank == 0)
    scalar.axis[scalar.rank++] = one;
  Copying job = { .block = &scalar, .rows = 1, .parts = 1 };
  for (int a = 0; a < scalar.rank - 1; a++)
    job.rows *= scalar.axis[a].outputs;
  const ScopeBlockAxis *inner = &scalar.axis[scalar.rank - 1];
  double bytes = (double)job.rows * (double)inner->outputs * (double)block->element;
  job.stream = inner->out_stride == 1 && bytes > STREAM_BYTES && inner->outputs >= AT_ONCE;
  if (executor != NULL)
    job.parts = (int)scope_min (job.rows, 4 * (int64_t)executor->threads);
  scope_execute (executor, job.parts, copy_part, &job);
}
