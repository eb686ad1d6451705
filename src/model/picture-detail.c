/* One tensor value looked at: a part of its plane in more detail than the whole has, and the values
 * of the whole tensor. */
#include "model/picture-private.h"

static gboolean
covers (const ScopePlanePart *outer, const ScopePlanePart *inner)
{
  return outer->row_begin <= inner->row_begin && outer->row_end >= inner->row_end
         && outer->column_begin <= inner->column_begin && outer->column_end >= inner->column_end;
}

/* What a plane has cells for. */
static ScopePlanePart
part_of (const ScopePlane *plane)
{
  return (ScopePlanePart){
    .row_begin = plane->row_begin,
    .row_end = MIN (plane->row_begin + plane->cell_rows * plane->row_block, plane->rows),
    .column_begin = plane->column_begin,
    .column_end =
        MIN (plane->column_begin + plane->cell_columns * plane->column_block, plane->columns),
  };
}

/* The part that is looked at, and as much again around it, so that it can be moved. */
static ScopePlanePart
widen (const ScopePlanePart *part, const ScopePlane *plane)
{
  gint64 rows = (part->row_end - part->row_begin) / 4 + 1;
  gint64 columns = (part->column_end - part->column_begin) / 4 + 1;

  return (ScopePlanePart){
    .row_begin = MAX (part->row_begin - rows, 0),
    .row_end = MIN (part->row_end + rows, plane->rows),
    .column_begin = MAX (part->column_begin - columns, 0),
    .column_end = MIN (part->column_end + columns, plane->columns),
  };
}

/* Whether a plane shows what is wanted at least as finely, of cells of whole elements. */
static gboolean
is_enough (ScopePicture *self, const ScopePlane *plane)
{
  ScopePlanePart part = part_of (plane);

  return !plane->sampled && covers (&part, &self->part) && plane->row_block <= self->row_block
         && plane->column_block <= self->column_block;
}

static void
set_detail (ScopePicture *self, ScopePlane *detail)
{
  if (self->detail == NULL && detail == NULL)
    return;
  scope_plane_free (self->detail);
  self->detail = detail;
  scope_picture_notify (self, PROP_DETAIL);
}

static void
detail_done (ScopeEvaluation *evaluation, gpointer data)
{
  ScopePicture *self = data;
  ScopePlane *plane = scope_evaluation_steal_plane (evaluation);
  gboolean finished = scope_evaluation_get_finished (evaluation);

  g_object_ref (self);
  self->detailing_more = !finished;
  if (finished)
    scope_evaluation_cancel (g_steal_pointer (&self->detailing));
  if (plane != NULL && self->part_wanted)
    {
      set_detail (self, plane);
      scope_picture_update_readout (self);
    }
  else
    scope_plane_free (plane);
  scope_picture_update_detail (self);
  g_object_unref (self);
}

/* Whether what was read last is what is wanted: as fine, and with room around it. */
static gboolean
is_up_to_date (ScopePicture *self)
{
  return self->detail != NULL && self->detailing_row_block == self->row_block
         && self->detailing_column_block == self->column_block
         && covers (&self->detailing_part, &self->part);
}

/* What is under way is let go on until there is something to see, or nothing ever would be while
 * the part moves; then only when it is still of use. */
void
scope_picture_update_detail (ScopePicture *self)
{
  ScopeEvaluatorRequest request = { .what = SCOPE_EVALUATE_PART,
                                    .program = self->program,
                                    .node = self->node,
                                    .view = self->view,
                                    .pyramid = self->pyramid,
                                    .row_block = self->row_block,
                                    .column_block = self->column_block };

  if (!self->part_wanted || self->plane == NULL || self->program == NULL || !self->current)
    return;
  if (is_enough (self, self->plane))
    {
      set_detail (self, NULL);
      return;
    }
  if (is_up_to_date (self) || (self->detailing != NULL && !self->detailing_more))
    return;
  g_clear_pointer (&self->detailing, scope_evaluation_cancel);

  request.part = widen (&self->part, self->plane);
  self->detailing_part = request.part;
  self->detailing_row_block = self->row_block;
  self->detailing_column_block = self->column_block;
  self->detailing_more = FALSE;
  self->detailing = scope_evaluator_read (self->evaluator, &request, detail_done, self);
}

void
scope_picture_drop_detail (ScopePicture *self)
{
  g_clear_pointer (&self->detailing, scope_evaluation_cancel);
  set_detail (self, NULL);
}

void
scope_picture_set_part (ScopePicture *self,
                        const ScopePlanePart *part,
                        gint64 row_block,
                        gint64 column_block)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  self->part_wanted = part != NULL;
  if (part == NULL)
    {
      scope_picture_drop_detail (self);
      return;
    }
  self->part = *part;
  self->row_block = MAX (row_block, 1);
  self->column_block = MAX (column_block, 1);
  scope_picture_update_detail (self);
}

gboolean
scope_picture_settle_part (ScopePicture *self, gint64 deadline)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), FALSE);

  while (self->detailing != NULL)
    if (!scope_evaluation_wait (self->detailing, MAX (deadline - g_get_monotonic_time (), 0)))
      return FALSE;
  return TRUE;
}

const ScopePlane *
scope_picture_get_detail (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);
  return self->detail;
}

/* ---- the whole tensor ----------------------------------------------------------------------- */

static void
values_done (ScopeEvaluation *evaluation, gpointer data)
{
  ScopePicture *self = data;

  scope_plane_free (self->values);
  self->values = scope_evaluation_steal_plane (evaluation);
  scope_evaluation_cancel (g_steal_pointer (&self->valuing));
  scope_picture_notify (self, PROP_VALUES);
}

/* Reads the whole tensor's values when the range follows them, once for each tensor. */
void
scope_picture_update_values (ScopePicture *self)
{
  ScopeEvaluatorRequest request = { .what = SCOPE_EVALUATE_VALUES,
                                    .program = self->program,
                                    .node = self->node };

  if (!self->view.whole_tensor || self->program == NULL)
    {
      g_clear_pointer (&self->valuing, scope_evaluation_cancel);
      return;
    }
  if (self->values != NULL || self->valuing != NULL || !scope_shape_is_known (&self->shape))
    return;
  self->valuing = scope_evaluator_read (self->evaluator, &request, values_done, self);
}

const ScopePlane *
scope_picture_get_values (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);
  return self->view.whole_tensor && self->values != NULL ? self->values : self->plane;
}
