/* Resampling that only copies elements (nearest): any type, bit by bit. */
#include "core/resample-kernels.h"

#include "core/checked.h"

#include <string.h>

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

static void
gather (const ScopeBlockAxis *axis, size_t element, const void *in, void *out)
{
  if (axis->table == NULL && axis->in_stride == 1 && axis->out_stride == 1)
    memcpy (out, in, (size_t)axis->outputs * element);
  else if (element == 1)
    gather_1 (axis, in, out);
  else if (element == 2)
    gather_2 (axis, in, out);
  else if (element == 4)
    gather_4 (axis, in, out);
  else if (element == 8)
    gather_8 (axis, in, out);
  else
    gather_16 (axis, in, out);
}

/* Rows that come from the row before's source are copied from that row. */
static void
copy_part (void *data, int part)
{
  const Copying *job = data;
  const ScopeResampleBlock *block = job->block;
  int last = block->rank - 1;
  size_t element = block->element;
  const ScopeBlockAxis *inner = &block->axis[last];
  int64_t begin = job->rows * part / job->parts, end = job->rows * (part + 1) / job->parts;
  const char *previous_from = NULL;
  char *previous_to = NULL;
  for (int64_t row = begin; row < end; row++)
    {
      int64_t from = 0, to = 0, rest = row;
      for (int a = last - 1; a >= 0; a--)
        {
          int64_t index = rest % block->axis[a].outputs;
          rest /= block->axis[a].outputs;
          from += source_of (&block->axis[a], index);
          to += index * block->axis[a].out_stride;
        }
      const char *source = (const char *)block->in + from * (int64_t)element;
      char *target = (char *)block->out + to * (int64_t)element;
      if (source == previous_from && inner->out_stride == 1)
        memcpy (target, previous_to, (size_t)inner->outputs * element);
      else
        gather (inner, element, source, target);
      previous_from = source;
      previous_to = target;
    }
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
  if (executor != NULL)
    job.parts = (int)scope_min (job.rows, 4 * (int64_t)executor->threads);
  scope_execute (executor, job.parts, copy_part, &job);
}
