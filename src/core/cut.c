/* Cutting a region into blocks of bounded size. */
#include "core/cut.h"

#include "core/checked.h"

ScopeCut
scope_cut_begin (const ScopeRegion *region, int64_t elements)
{
  ScopeCut cut = { .axis = region->rank - 1, .piece = 1 };
  int64_t whole = 1;
  for (; cut.axis > 0 && region->count[cut.axis] <= elements / whole; cut.axis--)
    whole *= region->count[cut.axis];
  if (cut.axis >= 0)
    cut.piece = scope_max (1, scope_min (elements / whole, region->count[cut.axis]));
  return cut;
}

bool
scope_cut_next (ScopeCut *cut, const ScopeRegion *region)
{
  for (int axis = cut->axis; axis >= 0; axis--)
    {
      int64_t by = axis == cut->axis ? cut->piece : 1;
      if (by < region->count[axis] - cut->at[axis])
        {
          cut->at[axis] += by;
          return true;
        }
      cut->at[axis] = 0;
    }
  return false;
}

ScopeRegion
scope_cut_block (const ScopeCut *cut, const ScopeRegion *region)
{
  ScopeRegion block = *region;
  for (int axis = 0; axis <= cut->axis; axis++)
    {
      block.start[axis] += cut->at[axis] * region->step[axis];
      block.count[axis] =
          axis < cut->axis ? 1 : scope_min (cut->piece, region->count[axis] - cut->at[axis]);
    }
  return block;
}

int64_t
scope_cut_offset (const ScopeCut *cut, const int64_t *stride)
{
  int64_t offset = 0;
  for (int axis = 0; axis <= cut->axis; axis++)
    offset += cut->at[axis] * stride[axis];
  return offset;
}

int64_t
scope_cut_elements (const ScopeCut *cut, const ScopeRegion *region)
{
  int64_t elements = cut->piece;
  for (int axis = cut->axis + 1; axis < region->rank; axis++)
    elements *= region->count[axis];
  return elements;
}
