/* Which two axes of a tensor are shown, and where the others stand. */
#include "scene/view.h"

#include <assert.h>
#include <math.h>
#include <string.h>

ScopeView
scope_view_default (const ScopeShape *shape)
{
  return (ScopeView){
    .rank = shape->rank,
    .row_axis = shape->rank >= 2 ? shape->rank - 2 : -1,
    .column_axis = shape->rank - 1,
    .range = SCOPE_RANGE_SLICE,
    .low = 0,
    .high = 1,
    .norm = SCOPE_NORM_LINEAR,
    .palette = SCOPE_PALETTE_AUTO,
    .aggregate = SCOPE_AGGREGATE_MEAN,
  };
}

/* The last axis of `rank` that is not `taken` (−1: none is), or −1. */
static int
last_axis_but (int rank, int taken)
{
  int axis = rank - 1;
  return axis >= 0 && axis == taken ? axis - 1 : axis;
}

static int64_t
fit_index (int64_t index, int64_t size)
{
  if (index < 0 || size == 0)
    return 0;
  /* An index into an unknown size is kept until the size is known. */
  return scope_size_is_known (size) && index >= size ? size - 1 : index;
}

/* A set of axes counted from the end, without those that are not there or are shown. */
static uint64_t
shift_axes (uint64_t axes, int shift, const ScopeView *fitted)
{
  uint64_t shifted = 0;
  for (int axis = 0; axis < fitted->rank; axis++)
    if (axis != fitted->row_axis && axis != fitted->column_axis && axis - shift >= 0
        && axis - shift < SCOPE_MAX_RANK && scope_axis_in (axes, axis - shift))
      shifted |= UINT64_C (1) << axis;
  return shifted;
}

ScopeView
scope_view_fit (const ScopeView *view, const ScopeShape *shape)
{
  assert (view->rank >= 0 && view->rank <= SCOPE_MAX_RANK);
  ScopeView fitted = *view;
  int shift = shape->rank - view->rank;

  int column = view->column_axis < 0 ? -1 : view->column_axis + shift;
  int row = view->row_axis < 0 ? -1 : view->row_axis + shift;
  if (column < 0 || column >= shape->rank)
    column = last_axis_but (shape->rank, row < shape->rank ? row : -1);
  if (row < 0 || row >= shape->rank || row == column)
    row = last_axis_but (shape->rank, column);

  /* A vector has columns only. */
  if (column < 0 && row >= 0)
    {
      column = row;
      row = -1;
    }
  fitted.rank = shape->rank;
  fitted.column_axis = column;
  fitted.row_axis = row;

  fitted.over_axes = shift_axes (view->over_axes, shift, &fitted);
  fitted.facet_axes = shift_axes (view->facet_axes, shift, &fitted) & ~fitted.over_axes;
  memset (fitted.index, 0, sizeof fitted.index);
  for (int axis = 0; axis < shape->rank; axis++)
    {
      int before = axis - shift;
      if (before >= 0 && before < view->rank)
        fitted.index[axis] = fit_index (view->index[before], shape->size[axis]);
    }
  return fitted;
}

/* Whether a subscript behind `name` would bind to its last part only. */
static bool
needs_parentheses (const char *name)
{
  int depth = 0;
  for (const char *c = name; *c != '\0'; c++)
    {
      if (*c == '(' || *c == '[')
        depth++;
      else if (*c == ')' || *c == ']')
        depth--;
      else if (depth == 0 && strchr ("+-*/%@&|^~<>= ", *c) != NULL)
        return true;
    }
  return false;
}

/* `.max((0, 2))`: the axes counted in what the subscript leaves. */
static void
print_over (const ScopeView *view, const ScopeShape *shape, ScopeText *out)
{
  static const char *const method[SCOPE_N_AGGREGATES] = {
    [SCOPE_AGGREGATE_MEAN] = "mean",
    [SCOPE_AGGREGATE_MIN] = "min",
    [SCOPE_AGGREGATE_MAX] = "max",
    [SCOPE_AGGREGATE_EXTREME] = "absmax",
  };
  int count = 0, written = 0, kept = 0;
  for (int axis = 0; axis < shape->rank; axis++)
    count += scope_axis_in (view->over_axes, axis);
  if (count == 0)
    return;
  scope_text_printf (out, ".%s(%s", method[view->over], count > 1 ? "(" : "");
  for (int axis = 0; axis < shape->rank; axis++)
    {
      bool over = scope_axis_in (view->over_axes, axis);
      if (over)
        scope_text_printf (out, written++ > 0 ? ", %d" : "%d", kept);
      kept += over || axis == view->row_axis || axis == view->column_axis;
    }
  scope_text_append (out, count > 1 ? "))" : ")");
}

void
scope_view_caption (const ScopeView *view,
                    const char *name,
                    const ScopeShape *shape,
                    ScopeText *out)
{
  bool transposed = view->row_axis > view->column_axis;
  bool parentheses = (shape->rank > 0 || transposed) && needs_parentheses (name);
  scope_text_printf (out, parentheses ? "(%s)" : "%s", name);
  if (shape->rank == 0)
    return;

  scope_text_append (out, "[");
  for (int axis = 0; axis < shape->rank; axis++)
    {
      if (axis > 0)
        scope_text_append (out, ", ");
      if (axis == view->row_axis || axis == view->column_axis
          || scope_axis_in (view->over_axes | view->facet_axes, axis))
        scope_text_append (out, ":");
      else
        scope_text_printf (out, "%lld", (long long)view->index[axis]);
    }
  scope_text_append (out, "]");
  print_over (view, shape, out);
  scope_text_append (out, transposed ? ".T" : "");
}
