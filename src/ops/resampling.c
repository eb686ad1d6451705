/* Reading and tracing of resampled tensors: footprints are read block by block. */
#include "ops/resampling.h"

#include "core/arena.h"
#include "core/checked.h"
#include "ops/program.h"

#include <assert.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum
{
  BLOCK_BYTES = 16 << 20,      /* what is read of the input at once */
  LEAST_BLOCK_BYTES = 1 << 16, /* when the budget is tight */
  KEPT_OUTPUTS = 1 << 16,      /* longer axes get tables for what is asked only */
  KEPT_BYTES = 8 << 20,
  COLUMN_GAP = 256, /* reading this many elements more is cheaper than reading twice */
  TABLE_BYTES = 1 << 28,
};

/* One axis of the plan. */
typedef struct
{
  bool resampled;
  ScopeResampleAxis rule;
  _Atomic (ScopeResampleTable *) kept; /* of the whole axis, once it was needed */
} PlannedAxis;

struct ScopeResampling
{
  int rank;
  ScopeDtype compute;
  PlannedAxis *axis;
};

static void
free_tables (void *data)
{
  ScopeResampling *plan = data;
  for (int a = 0; a < plan->rank; a++)
    scope_resample_table_free (atomic_load (&plan->axis[a].kept));
}

ScopeResampling *
scope_resampling_new (const ScopeCall *call, int rank, ScopeDtype compute)
{
  ScopeResampling *plan = scope_arena_alloc (call->arena, sizeof *plan);
  if (plan == NULL)
    return NULL;
  plan->rank = rank;
  plan->compute = compute;
  plan->axis = scope_arena_alloc (call->arena, (size_t)(rank + 1) * sizeof *plan->axis);
  if (plan->axis == NULL || !scope_arena_own (call->arena, plan, free_tables))
    return NULL;
  return plan;
}

void
scope_resampling_set (ScopeResampling *plan, int axis, const ScopeResampleAxis *rule)
{
  assert (axis >= 0 && axis < plan->rank);
  plan->axis[axis].resampled = true;
  plan->axis[axis].rule = *rule;
}

/* ---- one reading ---------------------------------------------------------------------------- */

/* An axis of the region that is read. */
typedef struct
{
  const ScopeResampleTable *table; /* NULL: kept */
  ScopeResampleTable *owned;       /* `table` when it is only for this reading */
  int64_t output;                  /* table's output of the region's first element */
  int64_t count;                   /* elements of the region */
  int64_t start, step;             /* of a kept axis: the region itself */
  int64_t block;                   /* elements of a block */
  int64_t out_stride;
} Side;

typedef struct
{
  const ScopeNode *node;
  ScopeReader *reader;
  ScopeDtype compute;
  int rank;
  Side side[SCOPE_MAX_RANK];
  char *out;
  bool converts; /* the node's type is not the one computed in */
} Reading;

/* The table of a whole axis, made once. Two readers may make it at the same time: one stays. */
static const ScopeResampleTable *
kept_table (PlannedAxis *axis, ScopeError *error)
{
  ScopeResampleTable *table = atomic_load (&axis->kept);
  if (table != NULL)
    return table;
  ScopeResampleTable *fresh =
      scope_resample_table_new (&axis->rule, 0, 1, axis->rule.out, KEPT_BYTES, error);
  if (fresh == NULL)
    return NULL;
  if (atomic_compare_exchange_strong (&axis->kept, &table, fresh))
    return fresh;
  scope_resample_table_free (fresh);
  return table;
}

static bool
prepare_side (PlannedAxis *axis, Side *side, ScopeError *error)
{
  int64_t bytes;
  bool keep =
      side->step == 1 && axis->rule.out <= KEPT_OUTPUTS
      && scope_checked_mul (scope_resample_most_taps (&axis->rule) * 8 + 16, axis->rule.out, &bytes)
      && bytes <= KEPT_BYTES;
  if (keep)
    {
      side->output = side->start;
      side->table = kept_table (axis, error);
      return side->table != NULL;
    }
  side->owned = scope_resample_table_new (&axis->rule, side->start, side->step, side->count,
                                          TABLE_BYTES, error);
  side->output = 0;
  side->table = side->owned;
  return side->table != NULL;
}

/* Turns the region into sides. Resampled axes are read forwards; a negative step becomes a negative
 * stride of the output. */
static bool
prepare (Reading *reading,
         const ScopeNode *node,
         const ScopeRegion *region,
         const ScopeBuffer *out,
         ScopeError *error)
{
  const ScopeResampling *plan = node->plan;
  size_t element = scope_dtype_bytes (node->dtype);
  reading->rank = plan->rank;
  reading->compute = plan->compute;
  reading->converts = plan->compute != node->dtype;
  reading->out = out->data;
  for (int a = 0; a < plan->rank; a++)
    {
      Side *side = &reading->side[a];
      *side = (Side){ .count = region->count[a],
                      .start = region->start[a],
                      .step = region->step[a],
                      .out_stride = out->stride[a] };
      if (!plan->axis[a].resampled)
        continue;
      if (side->step < 0)
        {
          int64_t last = side->count - 1;
          side->start += last * side->step;
          side->step = -side->step;
          reading->out += last * side->out_stride * (int64_t)element;
          side->out_stride = -side->out_stride;
        }
      if (!prepare_side (&plan->axis[a], side, error))
        return false;
    }
  return true;
}

static void
clear_sides (Reading *reading)
{
  for (int a = 0; a < reading->rank; a++)
    scope_resample_table_free (reading->side[a].owned);
}

/* ---- blocks --------------------------------------------------------------------------------- */

static int64_t
gap_of (const Reading *reading, int axis)
{
  return axis == reading->rank - 1 ? COLUMN_GAP : 0;
}

/* Elements of the input that `count` outputs from `at` on read along an axis. */
static int64_t
inputs_of (const Reading *reading, int axis, int64_t at, int64_t count)
{
  const Side *side = &reading->side[axis];
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
most_inputs (const Reading *reading, int axis, int64_t block)
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
halve (Reading *reading)
{
  for (int kept = 1; kept >= 0; kept--)
    for (int a = 0; a < reading->rank; a++)
      {
        Side *side = &reading->side[a];
        if ((side->table == NULL) != kept || side->block == 1)
          continue;
        side->block = (side->block + 1) / 2;
        return true;
      }
  return false;
}

/* Chooses blocks whose input and output fit in `limit` bytes; the bytes of each go to *in_bytes and
 * *out_bytes. */
static bool
choose_blocks (Reading *reading, int64_t limit, int64_t *in_bytes, int64_t *out_bytes)
{
  double element = (double)scope_dtype_bytes (reading->compute), in, out;
  int64_t inputs[SCOPE_MAX_RANK], known[SCOPE_MAX_RANK];
  for (int a = 0; a < reading->rank; a++)
    {
      reading->side[a].block = reading->side[a].count;
      known[a] = 0;
    }
  for (;;)
    {
      in = out = element;
      for (int a = 0; a < reading->rank; a++)
        {
          int64_t block = reading->side[a].block;
          if (known[a] != block)
            inputs[a] = most_inputs (reading, a, block);
          known[a] = block;
          in *= (double)inputs[a];
          out *= (double)block;
        }
      out = reading->converts ? out : 0;
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

/* Counts `index` up; false when all of [0, count) were visited. */
static bool
next_index (int64_t *index, const int64_t *count, int rank)
{
  for (int a = rank - 1; a >= 0; a--)
    {
      if (++index[a] < count[a])
        return true;
      index[a] = 0;
    }
  return false;
}

/* Reads a dense piece of the input in the type computed in. */
static bool
read_piece (const Reading *reading,
            const ScopeRegion *region,
            const ScopeBuffer *buffer,
            ScopeError *error)
{
  const ScopeNode *node = reading->node;
  ScopeDtype own = node->program->node[node->input[0]]->dtype;
  if (own == reading->compute)
    return scope_read_input (node, reading->reader, 0, region, buffer, error);

  int64_t count, index[SCOPE_MAX_RANK] = { 0 };
  if (!scope_region_count (region, &count, error))
    return false;
  size_t bytes = scope_dtype_bytes (own), wide = scope_dtype_bytes (reading->compute);
  char *narrow = scope_read_alloc (reading->reader, count * (int64_t)bytes, error);
  if (narrow == NULL)
    return false;
  ScopeBuffer dense = scope_buffer_dense (region, narrow);
  bool done = scope_read_input (node, reading->reader, 0, region, &dense, error);
  int last = region->rank - 1;
  do
    {
      int64_t from = 0, to = 0;
      for (int a = 0; a < region->rank; a++)
        {
          from += index[a] * dense.stride[a];
          to += index[a] * buffer->stride[a];
        }
      if (done)
        scope_dtype_convert (own, narrow + (size_t)from * bytes, 1, reading->compute,
                             (char *)buffer->data + to * (int64_t)wide, buffer->stride[last],
                             region->count[last]);
    }
  while (next_index (index, region->count, last));
  scope_read_free (reading->reader, narrow);
  return done;
}

/* Reads the footprints' cross product into `in`. `at` is the block's first element in the region.
 */
static bool
read_runs (const Reading *reading,
           const int64_t *at,
           const int64_t *count,
           const ScopeResampleFootprint *footprint,
           const int64_t *stride,
           char *in,
           ScopeError *error)
{
  int64_t index[SCOPE_MAX_RANK] = { 0 }, runs[SCOPE_MAX_RANK];
  int rank = reading->rank;
  size_t element = scope_dtype_bytes (reading->compute);
  for (int a = 0; a < rank; a++)
    runs[a] = reading->side[a].table != NULL ? footprint[a].runs : 1;
  do
    {
      ScopeRegion region = { .rank = rank };
      ScopeBuffer buffer = { .data = in };
      for (int a = 0; a < rank; a++)
        {
          const Side *side = &reading->side[a];
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
  while (next_index (index, runs, rank));
  return true;
}

/* Converts a dense block to the node's type, into the region's buffer. */
static void
store_block (const Reading *reading, const int64_t *count, const char *block, char *out)
{
  int64_t index[SCOPE_MAX_RANK] = { 0 };
  int last = reading->rank - 1;
  size_t wide = scope_dtype_bytes (reading->compute);
  size_t element = scope_dtype_bytes (reading->node->dtype);
  do
    {
      int64_t to = 0;
      for (int a = 0; a < last; a++)
        to += index[a] * reading->side[a].out_stride;
      scope_dtype_convert (reading->compute, block, 1, reading->node->dtype,
                           out + to * (int64_t)element, reading->side[last].out_stride,
                           count[last]);
      block += (size_t)count[last] * wide;
    }
  while (next_index (index, count, last));
}

/* Complex numbers are resampled as pairs: one more kept axis. */
static void
split_complex (ScopeResampleBlock *block)
{
  for (int a = 0; a < block->rank; a++)
    {
      block->axis[a].in_stride *= 2;
      block->axis[a].out_stride *= 2;
    }
  block->axis[block->rank++] =
      (ScopeBlockAxis){ .outputs = 2, .inputs = 2, .in_stride = 1, .out_stride = 1 };
  block->element /= 2;
}

/* Resamples the block of `count` outputs at `at`, with `in` and `temporary` as scratch. */
static bool
read_block (const Reading *reading,
            const int64_t *at,
            const int64_t *count,
            ScopeResampleFootprint *footprint,
            char *in,
            char *temporary,
            ScopeError *error)
{
  int64_t stride[SCOPE_MAX_RANK], in_stride = 1, out_stride = 1;
  ScopeResampleBlock block = { .rank = reading->rank,
                               .in = in,
                               .element = scope_dtype_bytes (reading->compute) };
  char *out = reading->out;
  for (int a = reading->rank - 1; a >= 0; a--)
    {
      const Side *side = &reading->side[a];
      bool kept = side->table == NULL;
      int64_t inputs = kept ? count[a] : footprint[a].inputs;
      stride[a] = in_stride;
      block.axis[a] = (ScopeBlockAxis){
        .table = kept ? NULL : &footprint[a].table,
        .outputs = count[a],
        .inputs = inputs,
        .in_stride = in_stride,
        .out_stride = reading->converts ? out_stride : side->out_stride,
      };
      in_stride *= inputs;
      out_stride *= count[a];
      out += at[a] * side->out_stride * (int64_t)scope_dtype_bytes (reading->node->dtype);
    }
  if (!read_runs (reading, at, count, footprint, stride, in, error))
    return false;
  block.out = reading->converts ? temporary : out;
  if (scope_dtype_kind (reading->compute) == SCOPE_KIND_COMPLEX)
    split_complex (&block);
  if (!scope_resample_block (&block, scope_read_executor (reading->reader), error))
    return false;
  if (reading->converts)
    store_block (reading, count, temporary, out);
  return true;
}

/* All blocks, one after the other. */
static bool
read_blocks (const Reading *reading, char *in, char *temporary, ScopeError *error)
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
          const Side *side = &reading->side[a];
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
  while (done && next_index (index, blocks, reading->rank));
  free (footprint);
  return done;
}

/* torch's mean of nothing. */
static bool
is_mean_of_nothing (const ScopeResampling *plan)
{
  for (int a = 0; a < plan->rank; a++)
    if (plan->axis[a].resampled && plan->axis[a].rule.in == 0)
      return true;
  return false;
}

static void
fill_nan (const ScopeNode *node, const ScopeRegion *region, const ScopeBuffer *out)
{
  static const double nan = NAN;
  int64_t index[SCOPE_MAX_RANK] = { 0 };
  size_t element = scope_dtype_bytes (node->dtype);
  do
    {
      int64_t to = 0;
      for (int a = 0; a < region->rank; a++)
        to += index[a] * out->stride[a];
      scope_dtype_convert (SCOPE_FLOAT64, &nan, 1, node->dtype,
                           (char *)out->data + to * (int64_t)element, 1, 1);
    }
  while (next_index (index, region->count, region->rank));
}

bool
scope_resampling_read (const ScopeNode *node,
                       ScopeReader *reader,
                       const ScopeRegion *region,
                       const ScopeBuffer *out,
                       ScopeError *error)
{
  if (is_mean_of_nothing (node->plan))
    {
      fill_nan (node, region, out);
      return true;
    }
  Reading reading = { .node = node, .reader = reader };
  bool done = prepare (&reading, node, region, out, error);
  int64_t in_bytes = 0, out_bytes = 0;
  char *memory = NULL;
  for (int64_t limit = BLOCK_BYTES; done && memory == NULL && limit >= LEAST_BLOCK_BYTES;
       limit /= 4)
    if (!choose_blocks (&reading, limit, &in_bytes, &out_bytes))
      done = scope_fail (error, SCOPE_ERROR_TOO_BIG, -1,
                         "One element of this result comes from more values than fit in memory.");
    else
      memory = scope_read_alloc (reader, in_bytes + out_bytes, error);
  done = done && memory != NULL;
  if (done)
    done = read_blocks (&reading, memory, memory + in_bytes, error);
  scope_read_free (reader, memory);
  clear_sides (&reading);
  return done;
}

/* ---- trace ---------------------------------------------------------------------------------- */

enum
{
  TRACED_TAPS = 1 << 16 /* of one axis */
};

/* The elements of one axis with their weights; clamped ones are merged. */
typedef struct
{
  int64_t first;
  int64_t count;
  double *weight;
} TracedAxis;

/* The input elements of output `at`, merged. False when memory runs out. */
static bool
trace_axis (const PlannedAxis *axis, int64_t at, TracedAxis *traced)
{
  *traced = (TracedAxis){ .first = at, .count = 1 };
  ScopeTaps taps = { .first = at, .count = 1, .step = 1 };
  if (axis->resampled)
    taps = scope_resample_taps (&axis->rule, at);
  double *raw = calloc ((size_t)taps.count, sizeof *raw);
  traced->weight = calloc ((size_t)taps.count, sizeof *raw);
  if (raw == NULL || traced->weight == NULL)
    {
      free (raw);
      return false;
    }
  if (axis->resampled)
    {
      scope_resample_weights (&axis->rule, at, taps, raw);
      traced->first = scope_resample_tap (&axis->rule, taps, 0);
      traced->count = scope_resample_tap (&axis->rule, taps, taps.count - 1) - traced->first + 1;
      for (int64_t k = 0; k < taps.count; k++)
        traced->weight[scope_resample_tap (&axis->rule, taps, k) - traced->first] += raw[k];
    }
  else
    traced->weight[0] = 1;
  free (raw);
  return true;
}

bool
scope_resampling_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const ScopeResampling *plan = node->plan;
  TracedAxis axis[SCOPE_MAX_RANK] = { 0 };
  int64_t at[SCOPE_MAX_RANK] = { 0 }, count[SCOPE_MAX_RANK], cell[SCOPE_MAX_RANK];
  bool going = !is_mean_of_nothing (plan);
  for (int a = 0; a < plan->rank && going; a++)
    {
      going = (!plan->axis[a].resampled
               || scope_resample_most_taps (&plan->axis[a].rule) <= TRACED_TAPS)
              && trace_axis (&plan->axis[a], index[a], &axis[a]);
      count[a] = axis[a].count;
    }
  if (going)
    do
      {
        double weight = 1;
        for (int a = 0; a < plan->rank; a++)
          {
            cell[a] = axis[a].first + at[a];
            weight *= axis[a].weight[at[a]];
          }
        going = trace->add (trace, 0, cell, weight);
      }
    while (going && next_index (at, count, plan->rank));
  for (int a = 0; a < plan->rank; a++)
    free (axis[a].weight);
  return going;
}
