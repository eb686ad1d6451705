/* Reading by index, in blocks: the indices of a block, then the part of the source they span. */
#include "ops/picked.h"

#include "core/checked.h"
#include "ops/blocks.h"
#include "ops/flat.h"
#include "ops/operand.h"

#include <math.h>
#include <string.h>

enum
{
  BLOCK_ELEMENTS = 1 << 16, /* of the result at once */
  SPAN_ELEMENTS = 1 << 20,  /* of the source at once; wider spans are read one by one */
};

enum
{
  OUTSIDE = -1 /* an index that is filled */
};

typedef struct
{
  const ScopeNode *node;
  const ScopePicked *plan;
  ScopeReader *reader;
  const ScopeRegion *region;
  const ScopeBuffer *out;
  ScopeBlocks block;
  ScopeRegion here;                    /* the block as a region of the result */
  int64_t index_step[SCOPE_MAX_RANK];  /* by axis of the result, in the block's indices */
  int64_t source_step[SCOPE_MAX_RANK]; /* the same in the span of the source */
  int64_t *index;
  int64_t least, greatest; /* of the indices of the block; least > greatest: none */
  ScopeError *error;
} Work;

/* ---- which axis is which -----------------------------------------------------------------------
 */

/* The axes of the index among those of the result: they begin at `axis`. */
static int
first_index_axis (const ScopePicked *plan)
{
  return plan->along || plan->flat ? 0 : plan->axis;
}

/* The axis of the result that stands for an axis of the source other than `axis`. */
static int
result_axis (const ScopePicked *plan, int source_axis)
{
  if (plan->along || source_axis < plan->axis)
    return source_axis;
  return source_axis + plan->index.rank - 1;
}

static int64_t
limit_of (const ScopePicked *plan)
{
  if (plan->flat)
    return scope_sizes_product (plan->source.size, plan->source.rank);
  return plan->source.rank > 0 ? plan->source.size[plan->axis] : 1;
}

/* ---- indices ----------------------------------------------------------------------------------
 */

static bool
refuse_index (const Work *work, int64_t index, int64_t limit)
{
  long long i = index, n = limit;
  switch (work->plan->words)
    {
    case SCOPE_INDEX_WORDS_SELF:
      return scope_fail (work->error, SCOPE_ERROR_DATA, -1, "index out of range in self");
    case SCOPE_INDEX_WORDS_TAKE:
      return scope_fail (work->error, SCOPE_ERROR_DATA, -1,
                         "out of range: tried to access index %lld on a tensor of %lld elements.",
                         i, n);
    case SCOPE_INDEX_WORDS_NUMPY:
      return scope_fail (work->error, SCOPE_ERROR_DATA, -1,
                         "index %lld is out of bounds for axis %d with size %lld", i,
                         work->plan->flat ? 0 : work->plan->axis, n);
    default:
      return scope_fail (work->error, SCOPE_ERROR_DATA, -1,
                         "index %lld is out of bounds for dimension %d with size %lld", i,
                         work->plan->axis, n);
    }
}

/* An index as a place of the source. */
static bool
settle_index (const Work *work, int64_t *index, int64_t limit)
{
  int64_t i = *index;
  bool below = i < 0 && work->plan->negative && work->plan->mode == SCOPE_INDEX_RAISE;
  if (below)
    i += limit;
  if (i >= 0 && i < limit)
    {
      *index = i;
      return true;
    }
  switch (work->plan->mode)
    {
    case SCOPE_INDEX_WRAP:
      i %= limit;
      *index = i < 0 ? i + limit : i;
      return true;
    case SCOPE_INDEX_CLIP:
      *index = i < 0 ? 0 : limit - 1;
      return true;
    case SCOPE_INDEX_FILL:
      i = *index < 0 ? *index + limit : *index;
      *index = i >= 0 && i < limit ? i : OUTSIDE;
      return true;
    default:
      return refuse_index (work, *index, limit);
    }
}

/* The region of the index behind the block, and its steps by axis of the result. */
static int64_t
index_region (Work *work, ScopeRegion *from)
{
  const ScopePicked *plan = work->plan;
  int first = first_index_axis (plan);
  int64_t count = 1;
  memset (work->index_step, 0, sizeof work->index_step);
  from->rank = plan->index.rank;
  for (int axis = plan->index.rank - 1; axis >= 0; axis--)
    {
      int at = first + axis;
      bool stretched =
          plan->along && plan->index.size[axis] == 1 && work->node->shape.size[at] != 1;
      from->start[axis] = stretched ? 0 : work->here.start[at];
      from->step[axis] = stretched ? 1 : work->here.step[at];
      from->count[axis] = stretched ? 1 : work->here.count[at];
      work->index_step[at] = stretched ? 0 : count;
      count *= from->count[axis];
    }
  return count;
}

/* Copies what a region of a written index holds. */
static void
copy_given (const ScopePicked *plan, const ScopeRegion *from, int64_t *index, int64_t count)
{
  int64_t at[SCOPE_MAX_RANK] = { 0 }, cell[SCOPE_MAX_RANK];
  for (int64_t i = 0; i < count; i++)
    {
      for (int axis = 0; axis < from->rank; axis++)
        cell[axis] = from->start[axis] + at[axis] * from->step[axis];
      index[i] = plan->given[scope_flat_place (&plan->index, cell)];
      scope_index_next (from->rank, from->count, at);
    }
}

/* Whether the index is taken as a vector though it is not one. */
static bool
is_flattened (const Work *work)
{
  return work->node->program->node[work->node->input[1]]->shape.rank != work->plan->index.rank;
}

/* Reads the indices of the block; they are work->index afterwards, which the caller frees. */
static bool
read_indices (Work *work)
{
  ScopeRegion from;
  int64_t count = index_region (work, &from), limit = limit_of (work->plan);
  work->index =
      scope_read_alloc (work->reader, (count + 1) * (int64_t)sizeof *work->index, work->error);
  if (work->index == NULL)
    return false;
  if (work->plan->given != NULL)
    copy_given (work->plan, &from, work->index, count);
  else if (is_flattened (work))
    {
      bool vector = from.rank > 0;
      if (!scope_read_flat (work->node, work->reader, 1, vector ? from.start[0] : 0,
                            vector ? from.step[0] : 1, count, SCOPE_INT64, work->index,
                            work->error))
        return false;
    }
  else if (!scope_read_input_as (work->node, work->reader, 1, &from, SCOPE_INT64, work->index,
                                 work->error))
    return false;
  work->least = INT64_MAX;
  work->greatest = -1;
  for (int64_t i = 0; i < count; i++)
    {
      if (!settle_index (work, &work->index[i], limit))
        return false;
      if (work->index[i] == OUTSIDE)
        continue;
      work->least = scope_min (work->least, work->index[i]);
      work->greatest = scope_max (work->greatest, work->index[i]);
    }
  return true;
}

/* ---- the source -------------------------------------------------------------------------------
 */

/* The part of the source that the block spans; returns how many elements it has. */
static double
source_region (Work *work, ScopeRegion *from, int64_t *span_step)
{
  const ScopePicked *plan = work->plan;
  memset (work->source_step, 0, sizeof work->source_step);
  from->rank = plan->source.rank;
  *span_step = 1;
  if (plan->flat)
    return (double)(work->greatest - work->least + 1);
  int64_t step = 1;
  double elements = 1;
  for (int axis = plan->source.rank - 1; axis >= 0; axis--)
    {
      from->step[axis] = 1;
      if (axis == plan->axis)
        {
          from->start[axis] = work->least;
          from->count[axis] = work->greatest - work->least + 1;
          *span_step = step;
        }
      else
        {
          int at = result_axis (plan, axis);
          bool stretched = plan->source.size[axis] == 1 && work->node->shape.size[at] != 1;
          from->start[axis] = stretched ? 0 : work->here.start[at];
          from->step[axis] = stretched ? 1 : work->here.step[at];
          from->count[axis] = stretched ? 1 : work->here.count[at];
          work->source_step[at] = stretched ? 0 : step;
        }
      elements *= (double)from->count[axis];
      if (elements > SPAN_ELEMENTS)
        return elements;
      step *= from->count[axis];
    }
  return elements;
}

/* One element, read by itself. */
static bool
read_single (Work *work, const int64_t *cell, int64_t place, void *out)
{
  const ScopePicked *plan = work->plan;
  ScopeRegion from = { .rank = plan->source.rank };
  if (plan->flat)
    scope_flat_index (&plan->source, place, from.start);
  for (int axis = 0; axis < from.rank; axis++)
    {
      from.step[axis] = from.count[axis] = 1;
      if (plan->flat)
        continue;
      bool stretched = axis != plan->axis && plan->source.size[axis] == 1;
      from.start[axis] = axis == plan->axis ? place
                         : stretched        ? 0
                                            : cell[result_axis (plan, axis)];
    }
  ScopeBuffer buffer = { .data = out };
  return scope_read_input (work->node, work->reader, 0, &from, &buffer, work->error);
}

static void
fill (const Work *work, void *out)
{
  scope_dtype_store (work->node->dtype, out, SCOPE_KIND_FLOAT, (ScopeNumber){ .f = NAN });
}

/* Writes the block from `span`, or element by element when there is none. */
static bool
write_block (Work *work, const char *span, int64_t span_step)
{
  int rank = work->node->shape.rank;
  int64_t bytes = (int64_t)scope_dtype_bytes (work->node->dtype);
  int64_t at[SCOPE_MAX_RANK] = { 0 }, cell[SCOPE_MAX_RANK];
  for (int64_t i = 0; i < work->block.elements; i++)
    {
      int64_t index = 0, source = 0, target = 0;
      for (int axis = 0; axis < rank; axis++)
        {
          index += at[axis] * work->index_step[axis];
          source += at[axis] * work->source_step[axis];
          target += (work->block.start[axis] + at[axis]) * work->out->stride[axis];
          cell[axis] = work->here.start[axis] + at[axis] * work->here.step[axis];
        }
      char *out = (char *)work->out->data + target * bytes;
      int64_t place = work->index[index];
      if (place == OUTSIDE)
        fill (work, out);
      else if (span != NULL)
        memcpy (out, span + (source + (place - work->least) * span_step) * bytes, (size_t)bytes);
      else if (!read_single (work, cell, place, out))
        return false;
      scope_index_next (rank, work->block.here, at);
    }
  return true;
}

static bool
read_block (Work *work)
{
  ScopeRegion from;
  int64_t span_step, bytes = (int64_t)scope_dtype_bytes (work->node->dtype);
  if (!scope_read_go_on (work->reader, work->error) || !read_indices (work))
    return false;
  if (work->greatest < 0)
    return write_block (work, NULL, 0);
  double elements = source_region (work, &from, &span_step);
  if (elements > SPAN_ELEMENTS)
    return write_block (work, NULL, 0);
  char *span = scope_read_alloc (work->reader, (int64_t)elements * bytes, work->error);
  ScopeBuffer buffer = scope_buffer_dense (&from, span);
  bool done = span != NULL
              && (work->plan->flat ? scope_read_flat (work->node, work->reader, 0, work->least, 1,
                                                      work->greatest - work->least + 1,
                                                      work->node->dtype, span, work->error)
                                   : scope_read_input (work->node, work->reader, 0, &from, &buffer,
                                                       work->error));
  done = done && write_block (work, span, span_step);
  scope_read_free (work->reader, span);
  return done;
}

bool
scope_picked_read (const ScopeNode *node,
                   ScopeReader *reader,
                   const ScopeRegion *region,
                   const ScopeBuffer *out,
                   ScopeError *error)
{
  Work work = {
    .node = node, .plan = node->plan, .reader = reader, .region = region, .out = out, .error = error
  };
  scope_blocks_begin (&work.block, region->rank, region->count, BLOCK_ELEMENTS);
  do
    {
      work.here = *region;
      for (int axis = 0; axis < region->rank; axis++)
        {
          work.here.start[axis] = region->start[axis] + work.block.start[axis] * region->step[axis];
          work.here.count[axis] = work.block.here[axis];
        }
      work.index = NULL;
      bool done = read_block (&work);
      scope_read_free (reader, work.index);
      if (!done)
        return false;
    }
  while (scope_blocks_next (&work.block));
  return true;
}

/* ---- trace ------------------------------------------------------------------------------------
 */

/* The element of the index, and every element of the source that it may say. A written index says
 * which one it is. */
bool
scope_picked_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const ScopePicked *plan = node->plan;
  int first = first_index_axis (plan);
  int64_t cell[SCOPE_MAX_RANK], limit = limit_of (plan);
  for (int axis = 0; axis < plan->index.rank; axis++)
    cell[axis] = plan->along && plan->index.size[axis] == 1 ? 0 : index[first + axis];
  int64_t begin = 0, end = limit;
  if (plan->given != NULL)
    {
      begin = plan->given[scope_flat_place (&plan->index, cell)];
      begin += begin < 0 ? limit : 0;
      if (plan->mode == SCOPE_INDEX_RAISE)
        end = begin + 1;
      else
        begin = 0;
    }
  else
    {
      const ScopeShape *shape = &node->program->node[node->input[1]]->shape;
      if (shape->rank != plan->index.rank)
        scope_flat_index (shape, plan->index.rank > 0 ? cell[0] : 0, cell);
      if (!trace->add (trace, 1, cell, NAN))
        return false;
    }
  double weight = plan->given != NULL && plan->mode == SCOPE_INDEX_RAISE ? 1 : NAN;
  for (int64_t i = begin; i < end && i < limit; i++)
    {
      if (plan->flat)
        scope_flat_index (&plan->source, i, cell);
      for (int axis = 0; !plan->flat && axis < plan->source.rank; axis++)
        cell[axis] = axis == plan->axis             ? i
                     : plan->source.size[axis] == 1 ? 0
                                                    : index[result_axis (plan, axis)];
      if (!trace->add (trace, 0, cell, weight))
        return false;
    }
  return true;
}
