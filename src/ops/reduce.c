/* Reading reductions: blocks of the result, and for each of them blocks of what is reduced. */
#include "ops/reduce.h"

#include "core/checked.h"
#include "ops/blocks.h"
#include "ops/reduce-step.h"

#include <math.h>
#include <string.h>

enum
{
  BLOCK_ELEMENTS = 1 << 20, /* read at once */
  LEAST_RESULTS = 256,      /* of one block, where there are as many */
  MOST_RESULTS = 1 << 16,   /* of one block */
};

/* One block: `lanes` results, each of a lane of elements that lie together. */
typedef struct
{
  const ScopeReduce *plan;
  ScopeReduceStep step;
  ScopeReduceState *state;
  const char *element;
  size_t bytes; /* of an element as it is held */
  int64_t lanes, length, first;
  int parts;
} Block;

typedef struct
{
  const ScopeNode *node;
  const ScopeReduce *plan;
  ScopeReader *reader;
  ScopeReduction kind;
  ScopeDtype own, carrier;
  ScopeError *error;
} Work;

void
scope_reduce_shape (const ScopeReduce *plan, ScopeShape *out)
{
  out->rank = 0;
  for (int axis = 0; axis < plan->shape.rank; axis++)
    if (!plan->reduced[axis])
      out->size[out->rank++] = plan->shape.size[axis];
    else if (plan->keep)
      out->size[out->rank++] = 1;
}

/* The axis of the result that stands for an axis of the input, −1 when it is gone. */
static int
result_axis (const ScopeReduce *plan, int wanted)
{
  int at = 0;
  for (int axis = 0; axis < wanted; axis++)
    at += plan->keep || !plan->reduced[axis];
  return plan->reduced[wanted] ? -1 : at;
}

/* ---- one block ------------------------------------------------------------------------------- */

static void
step_part (void *data, int index)
{
  const Block *block = data;
  int64_t share = block->lanes / block->parts, rest = block->lanes % block->parts;
  int64_t begin = share * index + scope_min (index, rest);
  int64_t end = begin + share + (index < rest);
  for (int64_t lane = begin; lane < end; lane++)
    block->step (&block->state[lane], block->plan,
                 block->element + (size_t)(lane * block->length) * block->bytes, block->length,
                 block->first);
}

/* The region of the input behind a block of results and a block of what is reduced; its buffer has
 * the lanes one after the other. */
static void
place_block (const Work *work,
             const ScopeRegion *region,
             const ScopeBlocks *results,
             const ScopeBlocks *lane,
             ScopeRegion *out,
             ScopeBuffer *buffer)
{
  const ScopeReduce *plan = work->plan;
  out->rank = plan->shape.rank;
  int64_t within = 1, between = lane->elements;
  int reduced = lane->rank - 1;
  for (int axis = plan->shape.rank - 1; axis >= 0; axis--)
    {
      int at = result_axis (plan, axis);
      if (at < 0)
        {
          out->start[axis] = lane->start[reduced];
          out->step[axis] = 1;
          out->count[axis] = lane->here[reduced--];
          buffer->stride[axis] = within;
          within *= out->count[axis];
        }
      else
        {
          out->start[axis] = region->start[at] + results->start[at] * region->step[at];
          out->step[axis] = region->step[at];
          out->count[axis] = results->here[at];
        }
    }
  for (int axis = plan->shape.rank - 1; axis >= 0; axis--)
    if (!plan->reduced[axis])
      {
        buffer->stride[axis] = between;
        between *= out->count[axis];
      }
}

/* Converts elements as they were read to what the reduction holds: by way of `cast`. NULL when
 * memory runs out; frees what it does not return. */
static void *
convert_block (Work *work, void *raw, int64_t count)
{
  const ScopeDtype to[2] = { work->plan->cast, work->carrier };
  ScopeDtype from = work->own;
  for (int i = 0; i < 2 && raw != NULL; i++)
    {
      if (from == to[i])
        continue;
      void *converted =
          scope_read_alloc (work->reader, count * (int64_t)scope_dtype_bytes (to[i]), work->error);
      if (converted != NULL)
        scope_dtype_convert (from, raw, 1, to[i], converted, 1, count);
      scope_read_free (work->reader, raw);
      raw = converted;
      from = to[i];
    }
  return raw;
}

static bool
take_block (Work *work,
            const ScopeRegion *region,
            const ScopeBlocks *results,
            const ScopeBlocks *lane,
            ScopeReduceState *state)
{
  ScopeRegion from;
  ScopeBuffer buffer;
  place_block (work, region, results, lane, &from, &buffer);
  int64_t count = results->elements * lane->elements;
  void *raw =
      scope_read_alloc (work->reader, count * (int64_t)scope_dtype_bytes (work->own), work->error);
  if (raw == NULL)
    return false;
  buffer.data = raw;
  if (!scope_read_go_on (work->reader, work->error)
      || !scope_read_input (work->node, work->reader, 0, &from, &buffer, work->error))
    {
      scope_read_free (work->reader, raw);
      return false;
    }
  raw = convert_block (work, raw, count);
  if (raw == NULL)
    return false;
  ScopeExecutor *executor = scope_read_executor (work->reader);
  Block block = {
    .plan = work->plan,
    .step = scope_reduce_step (work->kind, work->carrier),
    .state = state,
    .element = raw,
    .bytes = scope_dtype_bytes (work->carrier),
    .lanes = results->elements,
    .length = lane->elements,
    .first = lane->first,
    .parts = executor != NULL ? executor->threads : 1,
  };
  scope_execute (executor, block.parts, step_part, &block);
  scope_read_free (work->reader, raw);
  return true;
}

/* ---- results --------------------------------------------------------------------------------- */

static void
store_results (const Work *work,
               const ScopeBlocks *results,
               const ScopeReduceState *state,
               int64_t total,
               const ScopeBuffer *out)
{
  ScopeDtype dtype = work->node->dtype;
  int64_t bytes = (int64_t)scope_dtype_bytes (dtype), index[SCOPE_MAX_RANK] = { 0 };
  for (int64_t i = 0; i < results->elements; i++)
    {
      int64_t target = 0;
      for (int axis = 0; axis < results->rank; axis++)
        target += (results->start[axis] + index[axis]) * out->stride[axis];
      scope_reduce_finish (&state[i], work->plan, work->kind, work->carrier, total, dtype,
                           (char *)out->data + target * bytes);
      scope_index_next (results->rank, results->here, index);
    }
}

/* The sizes of the axes that are reduced, in order. */
static int
reduced_sizes (const ScopeReduce *plan, int64_t *size)
{
  int axes = 0;
  for (int axis = 0; axis < plan->shape.rank; axis++)
    if (plan->reduced[axis])
      size[axes++] = plan->shape.size[axis];
  return axes;
}

static int64_t
product (const int64_t *size, int sizes)
{
  int64_t count = 1;
  for (int i = 0; i < sizes; i++)
    if (size[i] == 0)
      return 0;
  for (int i = 0; i < sizes; i++)
    if (!scope_checked_mul (count, size[i], &count))
      return INT64_MAX;
  return count;
}

static bool
reduce_block (Work *work,
              const ScopeRegion *region,
              const ScopeBlocks *results,
              const int64_t *size,
              int axes,
              const ScopeBuffer *out)
{
  int64_t total = product (size, axes);
  ScopeReduceState *state =
      scope_read_alloc (work->reader, results->elements * (int64_t)sizeof *state, work->error);
  if (state == NULL)
    return false;
  memset (state, 0, (size_t)results->elements * sizeof *state);
  bool done = true;
  if (total > 0)
    {
      ScopeBlocks lane;
      scope_blocks_begin (&lane, axes, size, scope_max (BLOCK_ELEMENTS / results->elements, 1));
      do
        done = take_block (work, region, results, &lane, state);
      while (done && scope_blocks_next (&lane));
    }
  if (done)
    store_results (work, results, state, total, out);
  scope_read_free (work->reader, state);
  return done;
}

bool
scope_reduce_read (const ScopeNode *node,
                   ScopeReader *reader,
                   const ScopeRegion *region,
                   const ScopeBuffer *out,
                   ScopeError *error)
{
  const ScopeReduce *plan = node->plan;
  Work work = { node,
                plan,
                reader,
                plan->kind[node->part],
                node->program->node[node->input[0]]->dtype,
                scope_reduce_carrier (plan->cast),
                error };
  int64_t size[SCOPE_MAX_RANK];
  int axes = reduced_sizes (plan, size);
  int64_t length = scope_max (product (size, axes), 1);

  ScopeBlocks results;
  int64_t limit = scope_max (BLOCK_ELEMENTS / length, LEAST_RESULTS);
  scope_blocks_begin (&results, region->rank, region->count, scope_min (limit, MOST_RESULTS));
  do
    if (!reduce_block (&work, region, &results, size, axes, out))
      return false;
  while (scope_blocks_next (&results));
  return true;
}

/* ---- trace ----------------------------------------------------------------------------------- */

/* How each element counts: in sums the same, in anything else not linearly. Integers that wrap and
 * conversions that round are not linear either. */
static double
weight_of (const ScopeNode *node, const ScopeReduce *plan, int64_t total)
{
  ScopeReduction kind = plan->kind[node->part];
  ScopeDtype own = node->program->node[node->input[0]]->dtype;
  bool sum = kind == SCOPE_REDUCE_SUM || kind == SCOPE_REDUCE_MEAN;
  bool inexact = scope_dtype_kind (plan->cast) == SCOPE_KIND_FLOAT
                 || scope_dtype_kind (plan->cast) == SCOPE_KIND_COMPLEX;
  bool wide = plan->cast == SCOPE_INT64 || plan->cast == SCOPE_UINT64;
  bool integers = own == SCOPE_BOOL || scope_dtype_is_integer (own);
  if (!sum || plan->skip_nan || !(inexact || (wide && integers))
      || (kind == SCOPE_REDUCE_MEAN && !inexact) || node->dtype == SCOPE_BOOL)
    return NAN;
  return kind == SCOPE_REDUCE_SUM ? 1 : 1 / (double)total;
}

/* The cell that a maximum or minimum is, or that its place is told of, when values may be read. */
static bool
trace_winner (const ScopeNode *node,
              const ScopeReduce *plan,
              const int64_t *index,
              ScopeTrace *trace,
              bool *more)
{
  ScopeReduction kind = plan->kind[node->part];
  ScopeRegion region = { .rank = plan->shape.rank };
  int64_t winner, cell[SCOPE_MAX_RANK];
  bool own = plan->cast == node->program->node[node->input[0]]->dtype;
  bool largest = kind == SCOPE_REDUCE_MAX || kind == SCOPE_REDUCE_ARGMAX;
  bool place = kind == SCOPE_REDUCE_ARGMAX || kind == SCOPE_REDUCE_ARGMIN;
  if ((kind != SCOPE_REDUCE_MIN && !largest && !place) || !own || plan->skip_nan)
    return false;
  for (int axis = 0; axis < region.rank; axis++)
    {
      region.start[axis] = plan->reduced[axis] ? 0 : index[result_axis (plan, axis)];
      region.step[axis] = 1;
      region.count[axis] = plan->reduced[axis] ? plan->shape.size[axis] : 1;
    }
  if (!scope_trace_extreme (node, trace, &region, largest, &winner))
    return false;
  for (int axis = region.rank - 1; axis >= 0; axis--)
    {
      cell[axis] = region.start[axis] + winner % region.count[axis];
      winner /= region.count[axis];
    }
  *more = trace->add (trace, 0, cell, place ? NAN : 1);
  return true;
}

bool
scope_reduce_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const ScopeReduce *plan = node->plan;
  int64_t size[SCOPE_MAX_RANK], at[SCOPE_MAX_RANK] = { 0 }, cell[SCOPE_MAX_RANK];
  int axes = reduced_sizes (plan, size);
  int64_t total = product (size, axes);
  double weight = weight_of (node, plan, total);
  bool more;
  if (total == 0)
    return true;
  if (trace_winner (node, plan, index, trace, &more))
    return more;
  do
    {
      int reduced = 0;
      for (int axis = 0; axis < plan->shape.rank; axis++)
        cell[axis] = plan->reduced[axis] ? at[reduced++] : index[result_axis (plan, axis)];
      if (!trace->add (trace, 0, cell, weight))
        return false;
    }
  while (scope_index_next (axes, size, at));
  return true;
}
