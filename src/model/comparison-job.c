/* Reading and measuring tiles in worker threads. */
#include "model/comparison-private.h"

#include <gio/gio.h>

struct _ScopeCompareJob
{
  gatomicrefcount references;
  _Atomic int cancelled;
  ScopeTile *tile, *reference; /* reference NULL: the tile is read */
  ScopeMetricsOptions options;
  ScopeCompareJobDone done;
  gpointer data;
  gboolean success;
  ScopeMetrics metrics;
  ScopeError error;
};

static void
job_unref (gpointer data)
{
  ScopeCompareJob *self = data;

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  scope_tile_unref (self->tile);
  scope_tile_unref (self->reference);
  g_free (self);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ScopeCompareJob *self = data;
  ScopeReading reading = { .cancelled = &self->cancelled };

  if (self->cancelled)
    scope_fail (&self->error, SCOPE_ERROR_CANCELLED, -1, "cancelled");
  else if (self->reference == NULL)
    {
      self->success = scope_tile_read (self->tile, &reading);
      self->error = self->tile->error;
    }
  else
    {
      ScopeSubject test = scope_tile_subject (self->tile);
      ScopeSubject reference = scope_tile_subject (self->reference);

      self->success = scope_metrics_read (&test, &reference, &self->options, &reading,
                                          &self->metrics, &self->error);
    }
  g_task_return_boolean (task, TRUE);
}

static void
finished (GObject *source, GAsyncResult *result, gpointer data)
{
  ScopeCompareJob *self = g_task_get_task_data (G_TASK (result));

  if (!self->cancelled)
    self->done (self, self->data);
}

static ScopeCompareJob *
start (ScopeTile *tile, ScopeTile *reference, ScopeCompareJobDone done, gpointer data)
{
  ScopeCompareJob *self = g_new0 (ScopeCompareJob, 1);

  g_atomic_ref_count_init (&self->references);
  self->tile = scope_tile_ref (tile);
  self->reference = reference != NULL ? scope_tile_ref (reference) : NULL;
  self->done = done;
  self->data = data;
  return self;
}

static void
run (ScopeCompareJob *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, finished, NULL);

  g_atomic_ref_count_inc (&self->references);
  g_task_set_task_data (task, self, job_unref);
  g_task_run_in_thread (task, work);
}

ScopeCompareJob *
scope_compare_job_read (ScopeTile *tile, ScopeCompareJobDone done, gpointer data)
{
  ScopeCompareJob *self = start (tile, NULL, done, data);

  run (self);
  return self;
}

ScopeCompareJob *
scope_compare_job_measure (ScopeTile *test,
                           ScopeTile *reference,
                           const ScopeMetricsOptions *options,
                           ScopeCompareJobDone done,
                           gpointer data)
{
  ScopeCompareJob *self = start (test, reference, done, data);

  self->options = *options;
  run (self);
  return self;
}

void
scope_compare_job_cancel (ScopeCompareJob *self)
{
  if (self == NULL)
    return;
  self->cancelled = 1;
  job_unref (self);
}

gboolean
scope_compare_job_get_success (ScopeCompareJob *self)
{
  return self->success;
}

const ScopeMetrics *
scope_compare_job_get_metrics (ScopeCompareJob *self)
{
  return &self->metrics;
}

const ScopeError *
scope_compare_job_get_error (ScopeCompareJob *self)
{
  return &self->error;
}
