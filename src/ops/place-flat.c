/* Places found on the input in C order, as if it had one axis. */
#include "ops/place.h"

#include "core/checked.h"
#include "core/cut.h"
#include "ops/flat.h"
#include "ops/program.h"

#include <string.h>

enum
{
  BLOCK_ELEMENTS = 1 << 15
};

/* One block of the result: its cells in C order, the input's place for each. */
typedef struct
{
  const ScopeNode *node;
  ScopeReader *reader;
  int64_t *place;
  int64_t count;
  char *element; /* what was read, for each cell */
} Block;

static void
find_places (Block *block, const ScopeRegion *region)
{
  const ScopeFlatPlacing *plan = block->node->plan;
  int64_t index[SCOPE_MAX_RANK], at[SCOPE_MAX_RANK] = { 0 };
  for (int64_t i = 0; i < block->count; i++)
    {
      for (int axis = 0; axis < region->rank; axis++)
        index[axis] = region->start[axis] + at[axis] * region->step[axis];
      block->place[i] = scope_place_of (&plan->rule, scope_flat_place (&block->node->shape, index));
      for (int axis = region->rank - 1; axis >= 0 && ++at[axis] == region->count[axis]; axis--)
        at[axis] = 0;
    }
}

/* Reads everything from the lowest to the highest place and picks. */
static bool
read_covering (const Block *block, int64_t low, int64_t count, ScopeError *error)
{
  ScopeDtype dtype = block->node->dtype;
  int64_t bytes = (int64_t)scope_dtype_bytes (dtype);
  char *all = scope_read_alloc (block->reader, count * bytes, error);
  if (all == NULL)
    return false;
  bool done = scope_read_flat (block->node, block->reader, 0, low, 1, count, dtype, all, error);
  for (int64_t i = 0; done && i < block->count; i++)
    memcpy (block->element + i * bytes, all + (block->place[i] - low) * bytes, (size_t)bytes);
  scope_read_free (block->reader, all);
  return done;
}

/* Places far apart: evenly spaced ones together. */
static bool
read_runs (const Block *block, ScopeError *error)
{
  ScopeDtype dtype = block->node->dtype;
  int64_t bytes = (int64_t)scope_dtype_bytes (dtype);
  for (int64_t first = 0; first < block->count;)
    {
      int64_t step = first + 1 < block->count ? block->place[first + 1] - block->place[first] : 1;
      int64_t run = 1;
      while (step != 0 && first + run < block->count
             && block->place[first + run] - block->place[first + run - 1] == step)
        run++;
      if (!scope_read_flat (block->node, block->reader, 0, block->place[first],
                            step != 0 ? step : 1, run, dtype, block->element + first * bytes,
                            error))
        return false;
      first += run;
    }
  return true;
}

static void
write_cells (const Block *block, const ScopeRegion *region, const ScopeBuffer *out)
{
  ScopeDtype dtype = block->node->dtype;
  int64_t bytes = (int64_t)scope_dtype_bytes (dtype), at[SCOPE_MAX_RANK] = { 0 };
  int last = region->rank - 1;
  int64_t row = last >= 0 ? region->count[last] : 1;
  for (int64_t i = 0; i < block->count; i += row)
    {
      int64_t to = 0;
      for (int axis = 0; axis < last; axis++)
        to += at[axis] * out->stride[axis];
      scope_dtype_convert (dtype, block->element + i * bytes, 1, dtype,
                           (char *)out->data + to * bytes, last >= 0 ? out->stride[last] : 1, row);
      for (int axis = last - 1; axis >= 0 && ++at[axis] == region->count[axis]; axis--)
        at[axis] = 0;
    }
}

static bool
read_block (const ScopeNode *node,
            ScopeReader *reader,
            const ScopeRegion *region,
            const ScopeBuffer *out,
            ScopeError *error)
{
  Block block = { .node = node, .reader = reader };
  int64_t bytes = (int64_t)scope_dtype_bytes (node->dtype);
  if (!scope_region_count (region, &block.count, error))
    return false;
  void *memory =
      scope_read_alloc (reader, block.count * (bytes + (int64_t)sizeof (int64_t)), error);
  if (memory == NULL)
    return false;
  block.place = memory;
  block.element = (char *)(block.place + block.count);
  find_places (&block, region);
  int64_t low = block.place[0], high = low;
  for (int64_t i = 1; i < block.count; i++)
    {
      low = scope_min (low, block.place[i]);
      high = scope_max (high, block.place[i]);
    }
  bool done = high - low <= 4 * block.count + 64
                  ? read_covering (&block, low, high - low + 1, error)
                  : read_runs (&block, error);
  if (done)
    write_cells (&block, region, out);
  scope_read_free (reader, memory);
  return done;
}

bool
scope_flat_place_read (const ScopeNode *node,
                       ScopeReader *reader,
                       const ScopeRegion *region,
                       const ScopeBuffer *out,
                       ScopeError *error)
{
  ScopeCut cut = scope_cut_begin (region, BLOCK_ELEMENTS);
  do
    {
      ScopeRegion block = scope_cut_block (&cut, region);
      ScopeBuffer part = *out;
      part.data = (char *)out->data
                  + scope_cut_offset (&cut, out->stride) * (int64_t)scope_dtype_bytes (node->dtype);
      if (!scope_read_go_on (reader, error) || !read_block (node, reader, &block, &part, error))
        return false;
    }
  while (scope_cut_next (&cut, region));
  return true;
}

bool
scope_flat_place_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const ScopeFlatPlacing *plan = node->plan;
  int64_t source[SCOPE_MAX_RANK];
  int64_t place = scope_place_of (&plan->rule, scope_flat_place (&node->shape, index));
  scope_flat_index (&node->program->node[node->input[0]]->shape, place, source);
  return trace->add (trace, 0, source, 1);
}
