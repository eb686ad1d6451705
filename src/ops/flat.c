/* Reading in C order: runs along the last axis, whole rows and planes where they are asked for. */
#include "ops/flat.h"

#include "core/checked.h"

void
scope_flat_index (const ScopeShape *shape, int64_t flat, int64_t *index)
{
  for (int axis = shape->rank - 1; axis >= 0; axis--)
    {
      index[axis] = flat % shape->size[axis];
      flat /= shape->size[axis];
    }
}

int64_t
scope_flat_place (const ScopeShape *shape, const int64_t *index)
{
  int64_t flat = 0;
  for (int axis = 0; axis < shape->rank; axis++)
    flat = flat * shape->size[axis] + index[axis];
  return flat;
}

/* A run along the last axis from `at`; returns its length. */
static int64_t
run_along_last (const ScopeShape *shape, int64_t step, int64_t left, ScopeRegion *region)
{
  int last = shape->rank - 1;
  int64_t place = region->start[last], size = shape->size[last], run = left;
  if (step > 0)
    run = (size - 1 - place) / step + 1;
  else if (step < 0)
    run = place / -step + 1;
  run = scope_min (run, left);
  region->step[last] = step;
  region->count[last] = run;
  return run;
}

/* With a step of 1: whole rows, planes … from `at`, as many as fit along one axis. Returns the
 * number of elements, 0 when `at` does not stand at the beginning of a row or too few are left. */
static int64_t
whole_slices (const ScopeShape *shape, int64_t left, ScopeRegion *region)
{
  int64_t slice = 1, best = 0;
  int best_axis = -1;
  for (int axis = shape->rank - 1; axis > 0; axis--)
    {
      slice *= shape->size[axis];
      if (region->start[axis] != 0 || slice > left)
        break;
      best = slice;
      best_axis = axis - 1;
    }
  if (best_axis < 0)
    return 0;
  int64_t slices = scope_min (left / best, shape->size[best_axis] - region->start[best_axis]);
  region->count[best_axis] = slices;
  for (int axis = best_axis + 1; axis < shape->rank; axis++)
    region->count[axis] = shape->size[axis];
  return slices * best;
}

bool
scope_read_flat (const ScopeNode *node,
                 ScopeReader *reader,
                 int input,
                 int64_t start,
                 int64_t step,
                 int64_t count,
                 ScopeDtype dtype,
                 void *out,
                 ScopeError *error)
{
  const ScopeShape *shape = &node->program->node[node->input[input]]->shape;
  int64_t bytes = (int64_t)scope_dtype_bytes (dtype);
  for (int64_t done = 0; done < count;)
    {
      ScopeRegion region = { .rank = shape->rank };
      scope_flat_index (shape, start + done * step, region.start);
      for (int axis = 0; axis < shape->rank; axis++)
        region.step[axis] = region.count[axis] = 1;
      int64_t run = shape->rank == 0 ? 1 : 0;
      if (run == 0 && step == 1)
        run = whole_slices (shape, count - done, &region);
      if (run == 0)
        run = run_along_last (shape, step, count - done, &region);
      if (!scope_read_go_on (reader, error)
          || !scope_read_input_as (node, reader, input, &region, dtype, (char *)out + done * bytes,
                                   error))
        return false;
      done += run;
    }
  return true;
}
