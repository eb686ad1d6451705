/* Reading and tracing what is joined along one axis. */
#include "ops/join.h"

#include "core/arena.h"
#include "core/checked.h"
#include "ops/flat.h"
#include "ops/program.h"

enum
{
  BLOCK_BYTES = 1 << 18 /* of scratch for what is joined flat */
};

ScopeJoinPlan *
scope_join_plan_new (const ScopeCall *call, int axis, int pieces)
{
  ScopeJoinPlan *plan =
      scope_arena_alloc (call->arena, sizeof *plan + (size_t)pieces * sizeof plan->piece[0]);
  if (plan == NULL)
    {
      ((ScopeProgram *)call->program)->out_of_memory = true;
      return NULL;
    }
  plan->axis = axis;
  return plan;
}

/* The piece that holds a place of the joined axis, and where it begins. */
static const ScopeJoinPiece *
find_piece (const ScopeJoinPlan *plan, int64_t place, int64_t *begin)
{
  int low = 0, high = plan->pieces - 1;
  while (low < high)
    {
      int middle = low + (high - low) / 2;
      if (place < plan->piece[middle].end)
        high = middle;
      else
        low = middle + 1;
    }
  *begin = low > 0 ? plan->piece[low - 1].end : 0;
  return &plan->piece[low];
}

/* How many of `count` places from `place` on, `step` apart, stay in begin…end−1. */
static int64_t
places_within (int64_t place, int64_t step, int64_t count, int64_t begin, int64_t end)
{
  if (step > 0)
    return scope_min (count, (end - 1 - place) / step + 1);
  if (step < 0)
    return scope_min (count, (place - begin) / -step + 1);
  return count;
}

/* Places start, start + step … of an input in C order. */
static bool
read_flat_piece (const ScopeNode *node,
                 ScopeReader *reader,
                 const ScopeJoinPiece *piece,
                 const ScopeRegion *part,
                 const ScopeBuffer *out,
                 ScopeError *error)
{
  int64_t bytes = (int64_t)scope_dtype_bytes (node->dtype);
  int64_t block = scope_min (part->count[0], BLOCK_BYTES / bytes);
  void *scratch = scope_read_alloc (reader, block * bytes, error);
  bool done = scratch != NULL;
  for (int64_t at = 0; done && at < part->count[0]; at += block)
    {
      int64_t count = scope_min (block, part->count[0] - at);
      int64_t step = part->step[0] != 0 ? part->step[0] : 1;
      done = scope_read_flat (node, reader, piece->input, part->start[0] + at * part->step[0], step,
                              count, node->dtype, scratch, error);
      if (done)
        scope_dtype_convert (node->dtype, scratch, 1, node->dtype,
                             (char *)out->data + at * out->stride[0] * bytes, out->stride[0],
                             count);
    }
  scope_read_free (reader, scratch);
  return done;
}

/* Reads the part of a region that lies in one piece. */
static bool
read_piece (const ScopeNode *node,
            ScopeReader *reader,
            const ScopeJoinPiece *piece,
            const ScopeRegion *part,
            const ScopeBuffer *out,
            ScopeError *error)
{
  ScopeRegion region = { .rank = piece->rank };
  ScopeBuffer buffer = { .data = out->data };
  int first = piece->item >= 0;
  region.rank += first;
  if (first)
    {
      region.start[0] = piece->item;
      region.step[0] = 1;
      region.count[0] = 1;
      buffer.stride[0] = 0;
    }
  for (int i = 0; i < piece->rank; i++)
    {
      int axis = piece->axis[i];
      region.start[first + i] = part->start[axis];
      region.step[first + i] = part->step[axis];
      region.count[first + i] = part->count[axis];
      buffer.stride[first + i] = out->stride[axis];
    }
  return scope_read_input_into (node, reader, piece->input, &region, node->dtype, &buffer, error);
}

bool
scope_join_read (const ScopeNode *node,
                 ScopeReader *reader,
                 const ScopeRegion *region,
                 const ScopeBuffer *out,
                 ScopeError *error)
{
  const ScopeJoinPlan *plan = node->plan;
  int axis = plan->axis;
  int64_t step = region->step[axis];
  int64_t bytes = (int64_t)scope_dtype_bytes (node->dtype);
  for (int64_t done = 0; done < region->count[axis];)
    {
      int64_t begin, place = region->start[axis] + done * step;
      const ScopeJoinPiece *piece = find_piece (plan, place, &begin);
      ScopeRegion part = *region;
      ScopeBuffer buffer = *out;
      part.start[axis] = place - begin;
      part.count[axis] = places_within (place, step, region->count[axis] - done, begin, piece->end);
      buffer.data = (char *)out->data + done * out->stride[axis] * bytes;
      if (!scope_read_go_on (reader, error)
          || !(plan->flat ? read_flat_piece : read_piece) (node, reader, piece, &part, &buffer,
                                                           error))
        return false;
      done += part.count[axis];
    }
  return true;
}

bool
scope_join_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const ScopeJoinPlan *plan = node->plan;
  int64_t begin, source[SCOPE_MAX_RANK];
  const ScopeJoinPiece *piece = find_piece (plan, index[plan->axis], &begin);
  if (plan->flat)
    {
      scope_flat_index (&node->program->node[node->input[piece->input]]->shape, index[0] - begin,
                        source);
      return trace->add (trace, piece->input, source, 1);
    }
  int first = piece->item >= 0;
  source[0] = piece->item;
  for (int i = 0; i < piece->rank; i++)
    source[first + i] = index[piece->axis[i]] - (piece->axis[i] == plan->axis ? begin : 0);
  return trace->add (trace, piece->input, source, 1);
}
