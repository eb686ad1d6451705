/* Lanes of an input. */
#include "ops/lanes.h"

#include "ops/flat.h"
#include "ops/operand.h"

#include <string.h>

void
scope_lanes_begin (ScopeLanes *lanes,
                   const ScopeNode *node,
                   ScopeReader *reader,
                   int input,
                   int axis,
                   const ScopeRegion *other,
                   int64_t limit)
{
  *lanes = (ScopeLanes){ .node = node, .reader = reader, .input = input, .axis = axis };
  lanes->shape = node->program->node[node->input[input]]->shape;
  lanes->other = *other;
  if (axis == SCOPE_LANES_FLAT)
    lanes->other.rank = 0;
  else if (lanes->other.rank > 0)
    {
      lanes->other.count[axis] = lanes->other.step[axis] = 1;
      lanes->other.start[axis] = 0;
    }
  scope_blocks_begin (&lanes->lanes, lanes->other.rank, lanes->other.count, limit);
}

bool
scope_lanes_next (ScopeLanes *lanes)
{
  return scope_blocks_next (&lanes->lanes);
}

int64_t
scope_lanes_length (const ScopeLanes *lanes)
{
  if (lanes->axis == SCOPE_LANES_FLAT)
    return scope_sizes_product (lanes->shape.size, lanes->shape.rank);
  return lanes->shape.rank > 0 ? lanes->shape.size[lanes->axis] : 1;
}

/* Reads the block into `raw` in the input's own type. */
static bool
read_raw (const ScopeLanes *lanes, int64_t first, int64_t count, void *raw, ScopeError *error)
{
  ScopeRegion region = { .rank = lanes->shape.rank };
  ScopeBuffer buffer = { .data = raw };
  int64_t stride = count;
  for (int axis = region.rank - 1; axis >= 0; axis--)
    if (axis == lanes->axis)
      {
        region.start[axis] = first;
        region.step[axis] = 1;
        region.count[axis] = count;
        buffer.stride[axis] = 1;
      }
    else
      {
        region.step[axis] = lanes->other.step[axis];
        region.start[axis] =
            lanes->other.start[axis] + lanes->lanes.start[axis] * lanes->other.step[axis];
        region.count[axis] = lanes->lanes.here[axis];
        buffer.stride[axis] = stride;
        stride *= region.count[axis];
      }
  return scope_read_input (lanes->node, lanes->reader, lanes->input, &region, &buffer, error);
}

bool
scope_lanes_read (const ScopeLanes *lanes,
                  int64_t first,
                  int64_t count,
                  ScopeDtype dtype,
                  void *out,
                  ScopeError *error)
{
  if (!scope_read_go_on (lanes->reader, error))
    return false;
  if (lanes->axis == SCOPE_LANES_FLAT)
    return scope_read_flat (lanes->node, lanes->reader, lanes->input, first, 1, count, dtype, out,
                            error);
  ScopeDtype own = lanes->node->program->node[lanes->node->input[lanes->input]]->dtype;
  if (own == dtype)
    return read_raw (lanes, first, count, out, error);
  int64_t elements = lanes->lanes.elements * count;
  void *raw = scope_read_alloc (lanes->reader, elements * (int64_t)scope_dtype_bytes (own), error);
  bool done = raw != NULL && read_raw (lanes, first, count, raw, error);
  if (done)
    scope_dtype_convert (own, raw, 1, dtype, out, 1, elements);
  scope_read_free (lanes->reader, raw);
  return done;
}

int64_t
scope_lanes_place (const ScopeLanes *lanes, const ScopeBuffer *out, int64_t lane)
{
  int64_t place = 0;
  for (int axis = lanes->other.rank - 1; axis >= 0; axis--)
    {
      int64_t here = lanes->lanes.here[axis];
      if (axis != lanes->axis)
        place += (lanes->lanes.start[axis] + lane % here) * out->stride[axis];
      lane /= here;
    }
  return place;
}
