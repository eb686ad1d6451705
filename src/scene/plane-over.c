/* The one element that a minimum or maximum over axes is, exact in its own type. */
#include "core/cut.h"
#include "scene/plane.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  BLOCK = 1 << 16, /* elements read at once */
  MOST = 1 << 26,  /* that are read for one */
};

/* Every place of the axes that are looked at as a whole, one of each other. */
static ScopeRegion
region_at (const ScopeView *view, const ScopeShape *shape, int64_t row, int64_t column)
{
  ScopeRegion region = { .rank = shape->rank };
  for (int axis = 0; axis < shape->rank; axis++)
    {
      bool over = scope_axis_in (view->over_axes, axis);
      region.start[axis] = over                        ? 0
                           : axis == view->row_axis    ? row
                           : axis == view->column_axis ? column
                                                       : view->index[axis];
      region.step[axis] = 1;
      region.count[axis] = over ? shape->size[axis] : 1;
    }
  return region;
}

static uint64_t
magnitude (int64_t value)
{
  return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

/* Whether `a` takes the place of `b`, as where cells are aggregated: NaN beats all. */
static bool
beats (ScopeAggregate over, ScopeKind kind, ScopeNumber a, ScopeNumber b)
{
  bool least = over == SCOPE_AGGREGATE_MIN, largest = over == SCOPE_AGGREGATE_EXTREME;
  if (kind == SCOPE_KIND_FLOAT)
    {
      double x = largest ? fabs (a.f) : a.f, y = largest ? fabs (b.f) : b.f;
      return isnan (a.f) || (least ? x < y : x > y);
    }
  if (kind == SCOPE_KIND_SIGNED && largest)
    return magnitude (a.i) > magnitude (b.i);
  if (kind == SCOPE_KIND_SIGNED)
    return least ? a.i < b.i : a.i > b.i;
  return least ? a.u < b.u : a.u > b.u;
}

bool
scope_plane_over_is_exact (const ScopeProgram *program, int node, const ScopeView *view)
{
  const ScopeNode *read = program->node[node];
  ScopeRegion region = region_at (view, &read->shape, 0, 0);
  int64_t count;
  return view->over != SCOPE_AGGREGATE_MEAN && scope_dtype_kind (read->dtype) != SCOPE_KIND_COMPLEX
         && scope_region_count (&region, &count, NULL) && count > 0 && count <= MOST;
}

bool
scope_plane_over_element (const ScopeProgram *program,
                          int node,
                          const ScopeView *view,
                          int64_t row,
                          int64_t column,
                          void *element,
                          const ScopeReading *reading,
                          ScopeError *error)
{
  ScopeDtype dtype = program->node[node]->dtype;
  ScopeKind kind = scope_dtype_kind (dtype);
  size_t bytes = scope_dtype_bytes (dtype);
  ScopeRegion region = region_at (view, &program->node[node]->shape, row, column);
  ScopeCut cut = scope_cut_begin (&region, BLOCK);
  char *memory = malloc (BLOCK * bytes);
  bool first = true, done = memory != NULL;
  if (memory == NULL)
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left to read values.");
  do
    {
      ScopeRegion block = scope_cut_block (&cut, &region);
      ScopeBuffer buffer = scope_buffer_dense (&block, memory);
      int64_t count;
      done = scope_region_count (&block, &count, error)
             && scope_program_read (program, node, &block, &buffer, reading, error);
      for (int64_t i = 0; done && i < count; i++)
        if (first
            || beats (view->over, kind, scope_dtype_load (dtype, memory + (size_t)i * bytes),
                      scope_dtype_load (dtype, element)))
          {
            memcpy (element, memory + (size_t)i * bytes, bytes);
            first = false;
          }
    }
  while (done && scope_cut_next (&cut, &region));
  free (memory);
  return done;
}
