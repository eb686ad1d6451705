/* What one window works on: its pictures show the same axes at the same places, counted from the
 * end, in the same colours. */
#include "model/session-private.h"

/* Takes over axes, indices and colours of another picture as far as there are such axes; an index
 * only where both have as many places, so that a stretched axis does not pull the others to 0. */
static void
follow (ScopePicture *picture, ScopePicture *other)
{
  const ScopeShape *shape = scope_picture_get_shape (picture);
  const ScopeShape *other_shape = scope_picture_get_shape (other);
  const ScopeView *view = scope_picture_get_view (other);
  int shift;

  if (shape == NULL || other_shape == NULL)
    return;
  shift = shape->rank - view->rank;
  if (view->row_axis + shift >= 0 && view->row_axis >= 0)
    scope_picture_set_axes (picture, view->row_axis + shift, view->column_axis + shift);
  for (int axis = MAX (shift, 0); axis < shape->rank; axis++)
    if (axis - shift != view->row_axis && axis - shift != view->column_axis
        && shape->size[axis] == other_shape->size[axis - shift])
      scope_picture_set_index (picture, axis, view->index[axis - shift]);
  scope_picture_set_palette (picture, view->palette);
  scope_picture_set_norm (picture, view->norm);
  scope_picture_set_aggregate (picture, view->aggregate);
  /* A range by hand is of one picture's values. */
  if (view->range != SCOPE_RANGE_MANUAL)
    scope_picture_set_range (picture, view->range);
}

static void
view_changed (ScopeSession *self, GParamSpec *pspec, ScopePicture *changed)
{
  guint n;

  if (self->linking || self->pictures == NULL)
    return;
  n = g_list_model_get_n_items (G_LIST_MODEL (self->pictures));
  self->linking = TRUE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ScopePicture) picture = g_list_model_get_item (G_LIST_MODEL (self->pictures), i);

      if (picture != changed)
        follow (picture, changed);
    }
  self->linking = FALSE;
}

void
scope_session_link_picture (ScopeSession *self, ScopePicture *picture)
{
  g_signal_connect_object (picture, "notify::view", G_CALLBACK (view_changed), self,
                           G_CONNECT_SWAPPED);
}
