/* One tensor value looked at: its plane is read by a worker, at once by samples where all of it
 * takes long, then exactly. */
#include "model/picture-private.h"

#include <glib/gi18n-lib.h>

enum
{
  BUSY_AFTER = 300,     /* milliseconds until waiting is shown */
  PROGRESS_EVERY = 250, /* milliseconds */
  RESOLUTION_MOST = 4096,
};

/* ---- how good it is ------------------------------------------------------------------------- */

/* Says that what is shown is a sample, and how far the rest is. */
static void
update_quality (ScopePicture *self)
{
  gboolean sampled = self->plane != NULL && self->plane->sampled;
  gboolean refining = sampled && self->reading != NULL && self->current;
  double progress = refining ? scope_evaluation_get_progress (self->reading) : -1;
  char *quality = NULL;

  if (refining && progress >= 0)
    /* TRANSLATORS: what a picture shows while all values are being read: 37 % so far */
    quality =
        g_strdup_printf (_ ("From a sample; reading all values: %d %%"), (int)(100 * progress));
  else if (refining)
    quality = g_strdup (_ ("From a sample; more is being read…"));
  else if (sampled)
    quality = g_strdup (_ ("From a sample of the values"));
  scope_picture_take_string (self, &self->quality, quality, PROP_QUALITY);
}

static gboolean
still_refining (gpointer data)
{
  update_quality (data);
  return G_SOURCE_CONTINUE;
}

static void
set_busy (ScopePicture *self, gboolean busy)
{
  g_clear_handle_id (&self->busy_source, g_source_remove);
  if (self->busy == busy)
    return;
  self->busy = busy;
  scope_picture_notify (self, PROP_BUSY);
}

static gboolean
still_waiting (gpointer data)
{
  ScopePicture *self = data;

  self->busy_source = 0;
  set_busy (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
set_current (ScopePicture *self, gboolean current)
{
  gboolean was = scope_picture_get_stale (self);

  self->current = current;
  if (was != scope_picture_get_stale (self))
    scope_picture_notify (self, PROP_STALE);
}

static void
update_statistics (ScopePicture *self)
{
  ScopeText text = { 0 };

  if (self->plane != NULL)
    scope_statistics_print (&self->plane->statistics, &self->plane_shape, &text);
  scope_picture_take_string (self, &self->statistics, scope_picture_steal_text (&text),
                             PROP_STATISTICS);
}

/* ---- reading -------------------------------------------------------------------------------- */

static void
take_plane (ScopePicture *self, ScopePlane *plane)
{
  scope_plane_free (self->plane);
  self->plane = plane;
  self->plane_view = self->view;
  self->plane_shape = self->shape;
  scope_picture_drop_old_provenance (self);
  scope_picture_clamp_cursor (self);
  if (plane == NULL || self->pin_row >= plane->rows || self->pin_column >= plane->columns)
    scope_picture_set_pin (self, -1, -1);
  scope_picture_notify (self, PROP_PLANE);
  update_statistics (self);
  scope_picture_update_readout (self);
}

void
scope_picture_stop_reading (ScopePicture *self)
{
  g_clear_pointer (&self->reading, scope_evaluation_cancel);
  g_clear_pointer (&self->element, scope_evaluation_cancel);
  g_clear_handle_id (&self->refining_source, g_source_remove);
  set_busy (self, FALSE);
}

static void
take_pyramid (ScopePicture *self, ScopePyramid *pyramid)
{
  if (pyramid == NULL)
    return;
  scope_pyramid_unref (self->pyramid);
  self->pyramid = pyramid;
}

/* The first, sampled plane, or the last. One that fails leaves the one before it. */
static void
reading_done (ScopeEvaluation *evaluation, gpointer data)
{
  ScopePicture *self = data;
  ScopePlane *plane = scope_evaluation_steal_plane (evaluation);
  gboolean finished = scope_evaluation_get_finished (evaluation);
  gboolean had_one = self->current && self->plane != NULL;
  char *problem = NULL;

  g_object_ref (self);
  set_busy (self, FALSE);
  take_pyramid (self, scope_evaluation_steal_pyramid (evaluation));
  if (plane == NULL && !had_one)
    problem = g_strdup (scope_evaluation_get_error (evaluation)->sentence);
  scope_picture_take_string (self, &self->problem, problem, PROP_PROBLEM);
  if (finished)
    {
      g_clear_handle_id (&self->refining_source, g_source_remove);
      scope_evaluation_cancel (g_steal_pointer (&self->reading));
    }
  else if (self->refining_source == 0)
    self->refining_source = g_timeout_add (PROGRESS_EVERY, still_refining, self);
  set_current (self, TRUE);
  if (plane != NULL || !had_one)
    take_plane (self, plane);
  update_quality (self);
  scope_picture_update_detail (self);
  g_object_unref (self);
}

void
scope_picture_show_nothing (ScopePicture *self, const char *reason)
{
  scope_picture_stop_reading (self);
  scope_picture_stop_tracing (self);
  scope_picture_take_string (self, &self->problem, g_strdup (reason), PROP_PROBLEM);
  set_current (self, TRUE);
  take_plane (self, NULL);
  update_quality (self);
}

void
scope_picture_start_reading (ScopePicture *self, gboolean keep)
{
  ScopeEvaluatorRequest request = { .what = SCOPE_EVALUATE_PLANE,
                                    .program = self->program,
                                    .node = self->node,
                                    .view = self->view,
                                    .max_rows = self->max_rows,
                                    .max_columns = self->max_columns };

  if (!keep)
    {
      g_clear_pointer (&self->pyramid, scope_pyramid_unref);
      scope_picture_start_tracing (self);
    }
  request.pyramid = self->pyramid;
  scope_picture_stop_reading (self);
  set_current (self, FALSE);
  self->reading = scope_evaluator_read (self->evaluator, &request, reading_done, self);
  self->busy_source = g_timeout_add (BUSY_AFTER, still_waiting, self);
  scope_picture_update_values (self);
}

void
scope_picture_settle (ScopePicture *self, gint64 deadline)
{
  gint64 now = g_get_monotonic_time ();

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (self->reading != NULL)
    scope_evaluation_wait (self->reading, MAX (deadline - now, 0));
  scope_picture_settle_tracing (self, deadline);
}

void
scope_picture_settle_first (ScopePicture *self, gint64 deadline)
{
  gint64 now = g_get_monotonic_time ();

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (self->reading != NULL)
    scope_evaluation_wait_first (self->reading, MAX (deadline - now, 0));
  scope_picture_settle_tracing (self, deadline);
}

void
scope_picture_read_again (ScopePicture *self, gboolean keep)
{
  if (self->program == NULL || self->changing || !scope_shape_is_known (&self->shape))
    return;
  scope_picture_start_reading (self, keep);
  scope_picture_settle_first (self, g_get_monotonic_time () + SCOPE_PICTURE_SETTLE);
}

void
scope_picture_cancel (ScopePicture *self)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (self->reading == NULL)
    return;
  scope_picture_stop_reading (self);
  if (!self->current)
    scope_picture_take_string (self, &self->problem,
                               g_strdup (_ ("Cancelled: this picture was not finished.")),
                               PROP_PROBLEM);
  update_quality (self);
}

/* Elements that one cell covers when `elements` are shown in at most `most` cells. */
static gint64
block_for (gint64 elements, gint64 most)
{
  return elements <= most ? 1 : (elements + most - 1) / most;
}

void
scope_picture_set_resolution (ScopePicture *self, gint64 rows, gint64 columns)
{
  gboolean same;

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  rows = CLAMP (rows, 1, RESOLUTION_MOST);
  columns = CLAMP (columns, 1, RESOLUTION_MOST);
  if (self->max_rows == rows && self->max_columns == columns)
    return;

  same = self->plane != NULL && self->current
         && block_for (self->plane->rows, rows) == self->plane->row_block
         && block_for (self->plane->columns, columns) == self->plane->column_block;
  self->max_rows = rows;
  self->max_columns = columns;
  if (!same)
    scope_picture_read_again (self, TRUE);
}
