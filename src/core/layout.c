/* Where the elements of a strided view stand; integers only. */
#include "core/layout.h"

#include "core/checked.h"

bool
scope_layout_dense (const ScopeShape *shape, bool fortran, ScopeLayout *out, ScopeError *error)
{
  int64_t count;
  if (!scope_shape_count (shape, &count, error))
    return false;
  out->rank = shape->rank;
  out->offset = 0;
  int64_t stride = 1;
  for (int i = 0; i < shape->rank; i++)
    {
      int axis = fortran ? i : shape->rank - 1 - i;
      out->size[axis] = shape->size[axis];
      out->stride[axis] = stride;
      /* The product of the sizes that are not zero was just checked. */
      stride *= scope_max (shape->size[axis], 1);
    }
  return true;
}

/* As PySlice_AdjustIndices clamps a bound: into 0…size, or −1…size−1 backwards. */
static int64_t
clamp_bound (int64_t bound, int64_t size, bool backwards)
{
  if (bound < 0)
    bound += size;
  if (bound < 0)
    return backwards ? -1 : 0;
  if (bound >= size)
    return backwards ? size - 1 : size;
  return bound;
}

bool
scope_slice_resolve (ScopeSlice slice,
                     int64_t size,
                     int64_t *start,
                     int64_t *step,
                     int64_t *count,
                     ScopeError *error)
{
  int64_t by = slice.has_step ? slice.step : 1;
  if (by == 0)
    return scope_fail (error, SCOPE_ERROR_STEP, -1, "the step of a slice cannot be 0");
  bool backwards = by < 0;
  int64_t first = backwards ? size - 1 : 0;
  int64_t past = backwards ? -1 : size;
  if (slice.has_start)
    first = clamp_bound (slice.start, size, backwards);
  if (slice.has_stop)
    past = clamp_bound (slice.stop, size, backwards);

  /* Both bounds are in −1…size, so their difference is an int64; the step's magnitude is not. */
  uint64_t stride = backwards ? -(uint64_t)by : (uint64_t)by;
  int64_t distance = backwards ? first - past : past - first;
  *count = distance <= 0 ? 0 : (int64_t)(((uint64_t)distance - 1) / stride) + 1;
  *start = first;
  *step = by;
  return true;
}

bool
scope_layout_slice (const ScopeLayout *in,
                    int axis,
                    ScopeSlice slice,
                    ScopeLayout *out,
                    ScopeError *error)
{
  if (axis < 0 || axis >= in->rank)
    return scope_fail (error, SCOPE_ERROR_AXIS, axis, "there is no axis %d", axis);
  int64_t start, step, count;
  if (!scope_slice_resolve (slice, in->size[axis], &start, &step, &count, error))
    {
      if (error != NULL)
        error->axis = axis;
      return false;
    }
  *out = *in;
  out->size[axis] = count;
  /* Products are only formed where an element stands, which the layout holds to be an int64. */
  if (count > 0)
    out->offset += start * in->stride[axis];
  if (count > 1)
    out->stride[axis] = step * in->stride[axis];
  return true;
}

ScopeRegion
scope_region_all (const ScopeShape *shape)
{
  ScopeRegion region;
  region.rank = shape->rank;
  for (int i = 0; i < shape->rank; i++)
    {
      region.start[i] = 0;
      region.step[i] = 1;
      region.count[i] = shape->size[i];
    }
  return region;
}

bool
scope_region_count (const ScopeRegion *region, int64_t *count, ScopeError *error)
{
  int64_t product = 1;
  for (int i = 0; i < region->rank; i++)
    if (region->count[i] == 0)
      {
        *count = 0;
        return true;
      }
  for (int i = 0; i < region->rank; i++)
    if (!scope_checked_mul (product, region->count[i], &product))
      return scope_fail (error, SCOPE_ERROR_OVERFLOW, i,
                         "more than 2^63−1 elements were asked for");
  *count = product;
  return true;
}
