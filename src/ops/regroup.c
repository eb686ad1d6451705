/* Reading a tensor in another shape. Both shapes fall into the same groups of neighbouring axes of
 * equal products ([2,3|4] and [6|4]); within a group, the places asked for are runs at a constant
 * distance, and a run is cut into boxes of the tensor's own axes. */
#include "ops/regroup.h"

#include <string.h>

/* Axes begin…end−1 of each shape, in the order they are counted through. */
typedef struct
{
  int from, from_end, to, to_end;
} Group;

typedef struct
{
  int64_t count, distance, stride; /* distance in places of the group, stride in the buffer */
} Loop;

typedef struct
{
  const ScopeRegroup *regroup;
  ScopeShape from, to; /* in counting order */
  ScopeRegion region;  /* of `to`, in counting order */
  int64_t stride[SCOPE_MAX_RANK];
  const ScopeBuffer *out;
  int64_t bytes;
  ScopeRegroupRead read;
  void *data;
  ScopeError *error;

  int groups;
  Group group[2 * SCOPE_MAX_RANK];
  /* The box being put together, in counting order. */
  int64_t start[SCOPE_MAX_RANK], count[SCOPE_MAX_RANK], step[SCOPE_MAX_RANK];
  int64_t box_stride[SCOPE_MAX_RANK];
} Reading;

/* A run of places within a group: first, first + distance, … */
typedef struct
{
  int64_t first, distance, count, stride;
} Run;

static bool read_group (Reading *reading, int group, int64_t offset);

void
scope_regroup_set (ScopeRegroup *regroup, const ScopeShape *from)
{
  regroup->from = *from;
  for (int axis = 0; axis < SCOPE_MAX_RANK; axis++)
    regroup->from_order[axis] = regroup->to_order[axis] = (int8_t)axis;
}

static ScopeShape
ordered (const ScopeShape *shape, const int8_t *order)
{
  ScopeShape result = { .rank = shape->rank };
  for (int axis = 0; axis < shape->rank; axis++)
    result.size[axis] = shape->size[order[axis]];
  return result;
}

/* No size is 0: an empty region is never read. */
static void
find_groups (Reading *reading)
{
  const ScopeShape *from = &reading->from, *to = &reading->to;
  int i = 0, k = 0;
  while (i < from->rank || k < to->rank)
    {
      Group group = { .from = i, .to = k };
      int64_t a = i < from->rank ? from->size[i++] : 1;
      int64_t b = k < to->rank ? to->size[k++] : 1;
      while (a != b)
        if (a < b)
          a *= from->size[i++];
        else
          b *= to->size[k++];
      group.from_end = i;
      group.to_end = k;
      reading->group[reading->groups++] = group;
    }
}

/* ---- runs into boxes ------------------------------------------------------------------------- */

/* The box is complete in all groups. */
static bool
read_box (Reading *reading, int64_t offset)
{
  ScopeRegion region = { .rank = reading->from.rank };
  ScopeBuffer buffer = { .data = (char *)reading->out->data + offset * reading->bytes };
  for (int i = 0; i < region.rank; i++)
    {
      int axis = reading->regroup->from_order[i];
      region.start[axis] = reading->start[i];
      region.step[axis] = reading->step[i];
      region.count[axis] = reading->count[i];
      buffer.stride[axis] = reading->box_stride[i];
    }
  return reading->read (reading->data, &region, &buffer, reading->error);
}

static void
set_axis (Reading *reading, int axis, int64_t start, int64_t step, int64_t count, int64_t stride)
{
  reading->start[axis] = start;
  reading->step[axis] = step;
  reading->count[axis] = count;
  reading->box_stride[axis] = stride;
}

static bool read_run (Reading *reading, int group, int axis, Run run, int64_t offset);

/* A run that crosses rows of `inner` places, row by row; rows that look alike are one box. */
static bool
read_rows (Reading *reading, int group, int axis, int64_t inner, Run run, int64_t offset)
{
  bool alike = inner % run.distance == 0;
  int64_t in_row = alike ? inner / run.distance : 0;
  while (run.count > 0)
    {
      int64_t row = run.first / inner, place = run.first % inner;
      int64_t here = (inner - 1 - place) / run.distance + 1, rows = 1;
      if (here > run.count)
        here = run.count;
      if (alike && here == in_row)
        rows = run.count / in_row;
      set_axis (reading, axis, row, 1, rows, here * run.stride);
      Run part = { place, run.distance, here, run.stride };
      if (!read_run (reading, group, axis + 1, part, offset))
        return false;
      run.first += rows * here * run.distance;
      run.count -= rows * here;
      offset += rows * here * run.stride;
    }
  return true;
}

/* Places a run in the group's axes from `axis` on. Recursion is bounded by the ranks. */
static bool
read_run (Reading *reading, int group, int axis, Run run, int64_t offset)
{
  const Group *axes = &reading->group[group];
  if (axis == axes->from_end)
    return read_group (reading, group + 1, offset);
  int64_t inner = 1;
  for (int i = axis + 1; i < axes->from_end; i++)
    inner *= reading->from.size[i];
  int64_t place = run.first % inner;
  if (run.count == 1 || place + (run.count - 1) * run.distance < inner)
    {
      set_axis (reading, axis, run.first / inner, 1, 1, 0);
      run.first = place;
      return read_run (reading, group, axis + 1, run, offset);
    }
  if (run.distance % inner == 0)
    {
      set_axis (reading, axis, run.first / inner, run.distance / inner, run.count, run.stride);
      Run rest = { place, 1, 1, 0 };
      return read_run (reading, group, axis + 1, rest, offset);
    }
  return read_rows (reading, group, axis, inner, run, offset);
}

/* ---- regions into runs ----------------------------------------------------------------------- */

/* The loops of a region over a group's axes, outermost first, neighbours that go on merged. */
static int
find_loops (const Reading *reading, const Group *group, Loop *loop, int64_t *first)
{
  int loops = 0;
  int64_t distance[SCOPE_MAX_RANK], next = 1;
  *first = 0;
  for (int axis = group->to_end - 1; axis >= group->to; axis--)
    {
      distance[axis] = next;
      next *= reading->to.size[axis];
      *first += reading->region.start[axis] * distance[axis];
    }
  for (int axis = group->to; axis < group->to_end; axis++)
    {
      Loop inner = { reading->region.count[axis], reading->region.step[axis] * distance[axis],
                     reading->stride[axis] };
      Loop *outer = loops > 0 ? &loop[loops - 1] : NULL;
      if (inner.count == 1)
        continue;
      if (outer != NULL && outer->distance == inner.count * inner.distance
          && outer->stride == inner.count * inner.stride)
        *outer = (Loop){ outer->count * inner.count, inner.distance, inner.stride };
      else
        loop[loops++] = inner;
    }
  return loops;
}

static bool
read_group (Reading *reading, int group, int64_t offset)
{
  if (group == reading->groups)
    return read_box (reading, offset);
  Loop loop[SCOPE_MAX_RANK];
  int64_t first, at[SCOPE_MAX_RANK] = { 0 };
  int loops = find_loops (reading, &reading->group[group], loop, &first);
  Run run = { 0, 1, 1, 0 };
  if (loops > 0)
    {
      loops--;
      run = (Run){ 0, loop[loops].distance, loop[loops].count, loop[loops].stride };
    }
  if (run.distance < 0)
    {
      int64_t last = run.count - 1;
      first += last * run.distance;
      offset += last * run.stride;
      run.distance = -run.distance;
      run.stride = -run.stride;
    }
  for (;;)
    {
      run.first = first;
      if (!read_run (reading, group, reading->group[group].from, run, offset))
        return false;
      int i = loops - 1;
      for (; i >= 0; i--)
        {
          first += loop[i].distance;
          offset += loop[i].stride;
          if (++at[i] < loop[i].count)
            break;
          first -= loop[i].count * loop[i].distance;
          offset -= loop[i].count * loop[i].stride;
          at[i] = 0;
        }
      if (i < 0)
        return true;
    }
}

bool
scope_regroup_read (const ScopeRegroup *regroup,
                    const ScopeShape *to,
                    const ScopeRegion *region,
                    size_t bytes,
                    const ScopeBuffer *out,
                    ScopeRegroupRead read,
                    void *data,
                    ScopeError *error)
{
  Reading reading = {
    .regroup = regroup,
    .from = ordered (&regroup->from, regroup->from_order),
    .to = ordered (to, regroup->to_order),
    .region = { .rank = region->rank },
    .out = out,
    .bytes = (int64_t)bytes,
    .read = read,
    .data = data,
    .error = error,
  };
  for (int i = 0; i < to->rank; i++)
    {
      int axis = regroup->to_order[i];
      reading.region.start[i] = region->start[axis];
      reading.region.step[i] = region->step[axis];
      reading.region.count[i] = region->count[axis];
      reading.stride[i] = out->stride[axis];
    }
  find_groups (&reading);
  return read_group (&reading, 0, 0);
}

void
scope_regroup_index (const ScopeRegroup *regroup,
                     const ScopeShape *to,
                     const int64_t *index,
                     int64_t *from)
{
  int64_t place = 0;
  for (int i = 0; i < to->rank; i++)
    place = place * to->size[regroup->to_order[i]] + index[regroup->to_order[i]];
  for (int i = regroup->from.rank - 1; i >= 0; i--)
    {
      int axis = regroup->from_order[i];
      from[axis] = place % regroup->from.size[axis];
      place /= regroup->from.size[axis];
    }
}

/* ---- nodes ----------------------------------------------------------------------------------- */

typedef struct
{
  const ScopeNode *node;
  ScopeReader *reader;
} Input;

static bool
read_input (void *data, const ScopeRegion *region, const ScopeBuffer *out, ScopeError *error)
{
  const Input *input = data;
  return scope_read_input_into (input->node, input->reader, 0, region, input->node->dtype, out,
                                error);
}

bool
scope_regroup_node_read (const ScopeNode *node,
                         ScopeReader *reader,
                         const ScopeRegion *region,
                         const ScopeBuffer *out,
                         ScopeError *error)
{
  Input input = { node, reader };
  return scope_regroup_read (node->plan, &node->shape, region, scope_dtype_bytes (node->dtype), out,
                             read_input, &input, error);
}

bool
scope_regroup_node_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  int64_t from[SCOPE_MAX_RANK];
  scope_regroup_index (node->plan, &node->shape, index, from);
  return trace->add (trace, 0, from, 1);
}
