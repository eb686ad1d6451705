/* Reading windows block by block. */
#include "ops/footprint.h"

#include "core/checked.h"
#include "core/walk.h"
#include "ops/program.h"

#include <stdlib.h>
#include <string.h>

enum
{
  BLOCK_BYTES = 16 << 20,      /* what is read of the input at once */
  LEAST_BLOCK_BYTES = 1 << 16, /* when the budget is tight */
  COLUMN_GAP = 256,            /* reading this many elements more is cheaper than reading twice */
};

void
scope_footprint_begin (ScopeFootprintReading *reading,
                       const ScopeNode *node,
                       ScopeReader *reader,
                       const ScopeRegion *region,
                       const ScopeBuffer *out)
{
  *reading = (ScopeFootprintReading){ .node = node,
                                      .reader = reader,
                                      .rank = region->rank,
                                      .out = out->data,
                                      .reads = node->dtype,
                                      .makes = node->dtype };
  for (int a = 0; a < region->rank; a++)
    reading->side[a] = (ScopeFootprintSide){ .count = region->count[a],
                                             .start = region->start[a],
                                             .step = region->step[a],
                                             .out_stride = out->stride[a] };
}

ScopeFootprintSide *
scope_footprint_axis (ScopeFootprintReading *reading, int axis)
{
  ScopeFootprintSide *side = &reading->side[axis];
  if (side->step < 0)
    {
      int64_t last = side->count - 1;
      side->start += last * side->step;
      side->step = -side->step;
      reading->out += last * side->out_stride * (int64_t)scope_dtype_bytes (reading->node->dtype);
      side->out_stride = -side->out_stride;
    }
  return side;
}

void
scope_footprint_end (ScopeFootprintReading *reading)
{
  for (int a = 0; a < reading->rank; a++)
    {
      scope_resample_table_free (reading->side[a].owned);
      reading->side[a].owned = NULL;
    }
}

/* Whether the node's type is not the one computed in. */
static bool
converts (const ScopeFootprintReading *reading)
{
  return reading->makes != reading->node->dtype;
}

/* ---- blocks --------------------------------------------------------------------------------- */

static int64_t
gap_of (const ScopeFootprintReading *reading, int axis)
{
  return axis == reading->rank - 1 ? COLUMN_GAP : 0;
}

/* Elements of the input that `count` outputs from `at` on read along an axis. */
static int64_t
inputs_of (const ScopeFootprintReading *reading, int axis, int64_t at, int64_t count)
{
  const ScopeFootprintSide *side = &reading->side[axis];
  int64_t total = 0, end = INT64_MIN, low, high;
  if (side->table == NULL)
    return count;
  for (int64_t j = at; j < at + count; j++)
    {
      scope_resample_table_span (side->table, side->output + j, 1, &low, &high);
      if (end != INT64_MIN && low - end <= gap_of (reading, axis))
        total += scope_max (high, end) - end;
      else
        total += high - low;
      end = scope_max (end, high);
    }
  return total;
}

/* The most inputs of any block of `block` outputs. */
static int64_t
most_inputs (const ScopeFootprintReading *reading, int axis, int64_t block)
{
  int64_t most = 0, count = reading->side[axis].count;
  if (reading->side[axis].table == NULL)
    return block;
  for (int64_t at = 0; at < count; at += block)
    most = scope_max (most, inputs_of (reading, axis, at, scope_min (block, count - at)));
  return most;
}

/* Halves the block along its outermost axis that can be, kept axes first. False when it is one
 * output. */
static bool
halve (ScopeFootprintReading *reading)
{
  for (int kept = 1; kept >= 0; kept--)
    for (int a = 0; a < reading->rank; a++)
      {
        ScopeFootprintSide *side = &reading->side[a];
        if ((side->table == NULL) != kept || side->block == 1 || side->together)
          continue;
        side->block = (side->block + 1) / 2;
        return true;
      }
  return false;
}

/* Chooses blocks whose input and output fit in `limit` bytes; the bytes of each go to *in_bytes and
 * *out_bytes. */
static bool
choose_blocks (ScopeFootprintReading *reading, int64_t limit, int64_t *in_bytes, int64_t *out_bytes)
{
  double in, out;
  int64_t inputs[SCOPE_MAX_RANK], known[SCOPE_MAX_RANK];
  for (int a = 0; a < reading->rank; a++)
    {
      reading->side[a].block = reading->side[a].count;
      known[a] = 0;
    }
  for (;;)
    {
      in = (double)scope_dtype_bytes (reading->reads);
      out = (double)scope_dtype_bytes (reading->makes);
      for (int a = 0; a < reading->rank; a++)
        {
          int64_t block = reading->side[a].block;
          if (known[a] != block)
            inputs[a] = most_inputs (reading, a, block);
          known[a] = block;
          in *= (double)inputs[a];
          out *= (double)block;
        }
      out = converts (reading) ? out : 0;
      if (in + out <= (double)limit)
        break;
      if (!halve (reading))
        return false;
    }
  *in_bytes = (int64_t)in;
  *out_bytes = (int64_t)out;
  return true;
}

/* ---- reading a block ------------------------------------------------------------------------ */

bool
scope_next_index (int64_t *index, const int64_t *count, int rank)
{
  for (int a = rank - 1; a >= 0; a--)
    {
      if (++index[a] < count[a])
        return true;
      index[a] = 0;
    }
  return false;
}

typedef struct
{
  ScopeDtype from, to;
  const char *source;
  char *target;
} Conversion;

/* Operand 0 is written, operand 1 read. */
static bool
convert_run (void *data, int64_t count, const int64_t *at, const int64_t *step)
{
  const Conversion *self = data;
  scope_dtype_convert (
      self->from, self->source + at[1] * (int64_t)scope_dtype_bytes (self->from), step[1], self->to,
      self->target + at[0] * (int64_t)scope_dtype_bytes (self->to), step[0], count);
  return true;
}

static void
convert (const Conversion *self,
         int rank,
         const int64_t *count,
         const int64_t *from,
         const int64_t *to)
{
  scope_walk (rank, count, 2, (const int64_t *[]){ to, from }, (const int64_t[]){ 0, 0 },
              convert_run, (void *)self);
}

/* Reads a dense piece of the input in the type computed in. */
static bool
read_piece (const ScopeFootprintReading *reading,
            const ScopeRegion *region,
            const ScopeBuffer *buffer,
            ScopeError *error)
{
  const ScopeNode *node = reading->node;
  ScopeDtype own = node->program->node[node->input[reading->input]]->dtype;
  if (own == reading->reads)
    return scope_read_input (node, reading->reader, reading->input, region, buffer, error);

  int64_t count;
  if (!scope_region_count (region, &count, error))
    return false;
  size_t bytes = scope_dtype_bytes (own);
  char *narrow = scope_read_alloc (reading->reader, count * (int64_t)bytes, error);
  if (narrow == NULL)
    return false;
  ScopeBuffer dense = scope_buffer_dense (region, narrow);
  bool done = scope_read_input (node, reading->reader, reading->input, region, &dense, error);
  Conversion conversion = { own, reading->reads, narrow, buffer->data };
  if (done)
    convert (&conversion, region->rank, region->count, dense.stride, buffer->stride);
  scope_read_free (reading->reader, narrow);
  return done;
}

/* Reads the footprints' cross product into `in`. `at` is the block's first element in the region.
 */
static bool
read_runs (const ScopeFootprintReading *reading,
           const int64_t *at,
           const int64_t *count,
           const ScopeResampleFootprint *footprint,
           const int64_t *stride,
           char *in,
           ScopeError *error)
{
  int64_t index[SCOPE_MAX_RANK] = { 0 }, runs[SCOPE_MAX_RANK];
  int rank = reading->rank;
  size_t element = scope_dtype_bytes (reading->reads);
  for (int a = 0; a < rank; a++)
    runs[a] = reading->side[a].table != NULL ? footprint[a].runs : 1;
  do
    {
      ScopeRegion region = { .rank = rank };
      ScopeBuffer buffer = { .data = in };
      for (int a = 0; a < rank; a++)
        {
          const ScopeFootprintSide *side = &reading->side[a];
          ScopeResampleRun run = { side->start + at[a] * side->step, side->step, count[a], 0 };
          if (side->table != NULL)
            run = footprint[a].run[index[a]];
          region.start[a] = run.begin;
          region.step[a] = run.step;
          region.count[a] = run.count;
          buffer.stride[a] = stride[a];
          buffer.data = (char *)buffer.data + run.place * stride[a] * (int64_t)element;
        }
      if (!scope_read_go_on (reading->reader, error)
          || !read_piece (reading, &region, &buffer, error))
        return false;
    }
  while (scope_next_index (index, runs, rank));
  return true;
}

/* Converts a dense block to the node's type, into the region's buffer. */
static void
store_block (const ScopeFootprintReading *reading,
             const int64_t *count,
             const char *block,
             char *out)
{
  int64_t from[SCOPE_MAX_RANK], to[SCOPE_MAX_RANK], dense = 1;
  Conversion conversion = { reading->makes, reading->node->dtype, block, out };
  for (int a = reading->rank - 1; a >= 0; a--)
    {
      from[a] = dense;
      to[a] = reading->side[a].out_stride;
      dense *= count[a];
    }
  convert (&conversion, reading->rank, count, from, to);
}

/* Reads and computes the block of `count` outputs at `at`, with `in` and `temporary` as scratch. */
static bool
read_block (const ScopeFootprintReading *reading,
            const int64_t *at,
            const int64_t *count,
            const ScopeResampleFootprint *footprint,
            char *in,
            char *temporary,
            ScopeError *error)
{
  int64_t in_stride = 1, out_stride = 1;
  ScopeFootprintBlock block = {
    .reading = reading, .at = at, .count = count, .footprint = footprint, .in = in
  };
  char *out = reading->out;
  for (int a = reading->rank - 1; a >= 0; a--)
    {
      const ScopeFootprintSide *side = &reading->side[a];
      block.inputs[a] = side->table == NULL ? count[a] : footprint[a].inputs;
      block.in_stride[a] = in_stride;
      block.out_stride[a] = converts (reading) ? out_stride : side->out_stride;
      in_stride *= block.inputs[a];
      out_stride *= count[a];
      out += at[a] * side->out_stride * (int64_t)scope_dtype_bytes (reading->node->dtype);
    }
  if (!read_runs (reading, at, count, footprint, block.in_stride, in, error))
    return false;
  block.out = converts (reading) ? temporary : out;
  if (!reading->compute (&block, error))
    return false;
  if (converts (reading))
    store_block (reading, count, temporary, out);
  return true;
}

/* All blocks, one after the other. */
static bool
read_blocks (const ScopeFootprintReading *reading, char *in, char *temporary, ScopeError *error)
{
  int64_t index[SCOPE_MAX_RANK] = { 0 }, blocks[SCOPE_MAX_RANK];
  int64_t at[SCOPE_MAX_RANK], count[SCOPE_MAX_RANK];
  ScopeResampleFootprint *footprint = calloc ((size_t)reading->rank, sizeof *footprint);
  if (footprint == NULL)
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left to read this.");
  for (int a = 0; a < reading->rank; a++)
    blocks[a] = (reading->side[a].count + reading->side[a].block - 1) / reading->side[a].block;

  bool done = true;
  do
    {
      for (int a = 0; done && a < reading->rank; a++)
        {
          const ScopeFootprintSide *side = &reading->side[a];
          at[a] = index[a] * side->block;
          count[a] = scope_min (side->block, side->count - at[a]);
          if (side->table != NULL)
            done = scope_resample_footprint (side->table, side->output + at[a], count[a],
                                             gap_of (reading, a), &footprint[a], error);
        }
      done = done && read_block (reading, at, count, footprint, in, temporary, error);
      for (int a = 0; a < reading->rank; a++)
        scope_resample_footprint_clear (&footprint[a]);
    }
  while (done && scope_next_index (index, blocks, reading->rank));
  free (footprint);
  return done;
}

bool
scope_footprint_read (ScopeFootprintReading *reading, ScopeError *error)
{
  int64_t in_bytes = 0, out_bytes = 0;
  char *memory = NULL;
  bool done = true;
  for (int64_t limit = BLOCK_BYTES; done && memory == NULL && limit >= LEAST_BLOCK_BYTES;
       limit /= 4)
    if (!choose_blocks (reading, limit, &in_bytes, &out_bytes))
      done = scope_fail (error, SCOPE_ERROR_TOO_BIG, -1,
                         "One element of this result comes from more values than fit in memory.");
    else
      memory = scope_read_alloc (reading->reader, in_bytes + out_bytes, error);
  done = done && memory != NULL && read_blocks (reading, memory, memory + in_bytes, error);
  scope_read_free (reading->reader, memory);
  scope_footprint_end (reading);
  return done;
}
