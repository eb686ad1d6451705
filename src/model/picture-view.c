/* One tensor value looked at: which axes, where on the others, in which colours. */
#include "model/picture-private.h"

#include <math.h>

/* ---- the view ------------------------------------------------------------------------------- */

void
scope_picture_update_caption (ScopePicture *self)
{
  ScopeText text = { 0 };

  if (self->program != NULL)
    scope_view_caption (&self->view, self->name, &self->shape, &text);
  scope_picture_take_string (self, &self->caption, scope_picture_steal_text (&text), PROP_CAPTION);
}

void
scope_picture_take_view (ScopePicture *self, const ScopeView *view)
{
  const ScopeView before = self->view;
  const struct
  {
    gboolean changes;
    int property;
  } changed[] = {
    { view->row_axis != before.row_axis, PROP_ROW_AXIS },
    { view->column_axis != before.column_axis, PROP_COLUMN_AXIS },
    { view->range != before.range, PROP_RANGE },
    { view->norm != before.norm, PROP_NORM },
    { view->palette != before.palette, PROP_PALETTE },
    { view->aggregate != before.aggregate, PROP_AGGREGATE },
    { view->whole_tensor != before.whole_tensor, PROP_WHOLE_TENSOR },
  };

  self->view = *view;
  for (gsize i = 0; i < G_N_ELEMENTS (changed); i++)
    if (changed[i].changes)
      scope_picture_notify (self, changed[i].property);
  scope_picture_notify (self, PROP_VIEW);
  if (self->given->len > 0)
    scope_picture_place_sources (self);
  scope_picture_update_caption (self);
}

void
scope_picture_set_axes (ScopePicture *self, int row_axis, int column_axis)
{
  ScopeView view;

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  view = self->view;
  if (self->shape.rank < 2)
    return;
  if (scope_picture_has_axis (self, row_axis))
    view.row_axis = row_axis;
  if (scope_picture_has_axis (self, column_axis))
    view.column_axis = column_axis;
  if (view.row_axis == view.column_axis)
    {
      if (view.row_axis != self->view.row_axis)
        view.column_axis = self->view.row_axis;
      else
        view.row_axis = self->view.column_axis;
    }
  if (view.row_axis == self->view.row_axis && view.column_axis == self->view.column_axis)
    return;

  self->cursor_row = self->cursor_column = -1;
  scope_picture_set_pin (self, -1, -1);
  /* An axis that is shown is not looked at as a whole as well. */
  view = scope_view_fit (&view, &self->shape);
  scope_picture_take_view (self, &view);
  scope_picture_drop_detail (self);
  scope_picture_read_again (self, FALSE);
}

void
scope_picture_transpose (ScopePicture *self)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  scope_picture_set_axes (self, self->view.column_axis, self->view.row_axis);
}

void
scope_picture_set_index (ScopePicture *self, int axis, gint64 index)
{
  ScopeView view;

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (!scope_picture_has_axis (self, axis) || self->shape.size[axis] < 1)
    return;
  index = CLAMP (index, 0, self->shape.size[axis] - 1);
  if (self->view.index[axis] == index)
    return;

  view = self->view;
  view.index[axis] = index;
  scope_picture_take_view (self, &view);
  if (axis == view.row_axis || axis == view.column_axis
      || scope_axis_in (view.over_axes | view.facet_axes, axis))
    return;
  scope_picture_drop_detail (self);
  scope_picture_read_again (self, FALSE);
}

gint64
scope_picture_get_index (ScopePicture *self, int axis)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), 0);

  return scope_picture_has_axis (self, axis) ? self->view.index[axis] : 0;
}

/* ---- colours -------------------------------------------------------------------------------- */

void
scope_picture_set_palette (ScopePicture *self, ScopePalette palette)
{
  ScopeView view;

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  palette = CLAMP (palette, SCOPE_PALETTE_AUTO, SCOPE_N_PALETTES - 1);
  if (self->view.palette == palette)
    return;
  view = self->view;
  view.palette = palette;
  scope_picture_take_view (self, &view);
}

void
scope_picture_set_range (ScopePicture *self, ScopeRange range)
{
  ScopeView view;

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  range = CLAMP (range, SCOPE_RANGE_SLICE, SCOPE_N_RANGES - 1);
  if (self->view.range == range)
    return;
  view = self->view;
  view.range = range;
  scope_picture_take_view (self, &view);
}

void
scope_picture_set_limits (ScopePicture *self, double low, double high)
{
  ScopeView view;

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (!isfinite (low) || !isfinite (high)
      || (self->view.range == SCOPE_RANGE_MANUAL && self->view.low == low
          && self->view.high == high))
    return;
  view = self->view;
  view.range = SCOPE_RANGE_MANUAL;
  view.low = low;
  view.high = high;
  scope_picture_take_view (self, &view);
}

void
scope_picture_set_norm (ScopePicture *self, ScopeNorm norm)
{
  ScopeView view;

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  norm = CLAMP (norm, SCOPE_NORM_LINEAR, SCOPE_N_NORMS - 1);
  if (self->view.norm == norm)
    return;
  view = self->view;
  view.norm = norm;
  scope_picture_take_view (self, &view);
}

void
scope_picture_set_whole_tensor (ScopePicture *self, gboolean whole)
{
  ScopeView view;

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (self->view.whole_tensor == !!whole)
    return;
  view = self->view;
  view.whole_tensor = whole;
  scope_picture_take_view (self, &view);
  scope_picture_update_values (self);
}

/* ---- what a cell stands for ----------------------------------------------------------------- */

void
scope_picture_set_aggregate (ScopePicture *self, ScopeAggregate aggregate)
{
  ScopeView view;

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  aggregate = CLAMP (aggregate, SCOPE_AGGREGATE_MEAN, SCOPE_N_AGGREGATES - 1);
  if (self->view.aggregate == aggregate)
    return;
  view = self->view;
  view.aggregate = aggregate;
  scope_picture_take_view (self, &view);
  scope_picture_drop_detail (self);
  scope_picture_read_again (self, FALSE);
}

void
scope_picture_set_axis_use (ScopePicture *self,
                            int axis,
                            ScopeAxisUse use,
                            ScopeAggregate aggregate)
{
  ScopeView view;
  guint64 bit;
  gboolean read;

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (!scope_picture_has_axis (self, axis) || axis == self->view.row_axis
      || axis == self->view.column_axis)
    return;
  view = self->view;
  bit = G_GUINT64_CONSTANT (1) << axis;
  view.over_axes &= ~bit;
  view.facet_axes &= ~bit;
  if (use == SCOPE_AXIS_OVER)
    {
      view.over_axes |= bit;
      view.over = aggregate;
    }
  else if (use == SCOPE_AXIS_FACETS)
    view.facet_axes = bit;
  if (view.over_axes == self->view.over_axes && view.facet_axes == self->view.facet_axes
      && view.over == self->view.over)
    return;
  read = view.over_axes != self->view.over_axes || view.over != self->view.over;
  scope_picture_take_view (self, &view);
  if (!read)
    return;
  scope_picture_drop_detail (self);
  scope_picture_read_again (self, FALSE);
}

const ScopeView *
scope_picture_get_view (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);
  return &self->view;
}
