/* One tensor value looked at: what is chosen in it, where that comes from, and what of it something
 * else comes from. */
#include "model/picture-private.h"

void
scope_picture_set_pin (ScopePicture *self, gint64 row, gint64 column)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (row < 0 || column < 0 || self->plane == NULL || row >= self->plane->rows
      || column >= self->plane->columns)
    row = column = -1;
  if (self->pin_row == row && self->pin_column == column)
    return;
  self->pin_row = row;
  self->pin_column = column;
  scope_picture_update_readout (self);
  scope_picture_notify (self, PROP_PIN);
}

void
scope_picture_get_pin (ScopePicture *self, gint64 *row, gint64 *column)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  *row = self->pin_row;
  *column = self->pin_column;
}

gboolean
scope_picture_get_chosen (ScopePicture *self, gint64 *index)
{
  gint64 row, column;

  g_return_val_if_fail (SCOPE_IS_PICTURE (self), FALSE);

  row = self->pin_row >= 0 ? self->pin_row : self->cursor_row;
  column = self->pin_row >= 0 ? self->pin_column : self->cursor_column;
  if (row < 0 || self->plane == NULL || !self->current || self->plane_view.over_axes != 0)
    return FALSE;
  for (int axis = 0; axis < self->plane_shape.rank; axis++)
    index[axis] = axis == self->plane_view.row_axis             ? row
                  : axis == self->plane_view.column_axis        ? column
                  : scope_axis_in (self->view.facet_axes, axis) ? self->view.index[axis]
                                                                : self->plane_view.index[axis];
  return TRUE;
}

void
scope_picture_take_origins (ScopePicture *self, ScopeOrigins *origins)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (scope_origins_equal (self->origins, origins))
    {
      scope_origins_free (origins);
      return;
    }
  scope_origins_free (self->origins);
  self->origins = origins;
  scope_picture_notify (self, PROP_ORIGINS);
}

const ScopeOrigins *
scope_picture_get_origins (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);
  return self->origins;
}

/* Whether an element is in the plane: the axes that are not shown stand where it is. */
static gboolean
is_shown (ScopePicture *self, const ScopeOrigin *origin)
{
  for (int axis = 0; axis < self->shape.rank; axis++)
    if (axis != self->view.row_axis && axis != self->view.column_axis
        && !scope_axis_in (self->view.over_axes, axis)
        && origin->index[axis] != self->view.index[axis])
      return FALSE;
  return TRUE;
}

void
scope_picture_place_sources (ScopePicture *self)
{
  g_array_set_size (self->source, 0);
  for (guint i = 0; i < self->given->len; i++)
    {
      const ScopeOrigin *origin = &g_array_index (self->given, ScopeOrigin, i);
      ScopeSource source = {
        .row = self->view.row_axis >= 0 ? origin->index[self->view.row_axis] : 0,
        .column = self->view.column_axis >= 0 ? origin->index[self->view.column_axis] : 0,
        .weight = origin->weight,
      };

      if (is_shown (self, origin))
        g_array_append_val (self->source, source);
    }
  scope_picture_notify (self, PROP_SOURCES);
  scope_picture_notify (self, PROP_ELSEWHERE);
}

void
scope_picture_set_sources (ScopePicture *self, const ScopeOrigin *origin, guint count)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (count == 0 && self->given->len == 0)
    return;
  g_array_set_size (self->given, 0);
  if (count > 0)
    g_array_append_vals (self->given, origin, count);
  scope_picture_place_sources (self);
}

const ScopeOrigin *
scope_picture_get_given_sources (ScopePicture *self, guint *count)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);

  *count = self->given->len;
  return (const ScopeOrigin *)(gpointer)self->given->data;
}

const ScopeSource *
scope_picture_get_sources (ScopePicture *self, guint *count)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);

  *count = self->source->len;
  return (const ScopeSource *)(gpointer)self->source->data;
}
