/* Reads planes and single elements in worker threads; whoever asked can wait a moment, cancel, or
 * be told later. */
#include "model/evaluator.h"

#include "core/executor.h"

#include <string.h>

struct _ScopeEvaluator
{
  gatomicrefcount references;
  GThreadPool *threads;
  ScopeExecutor *executor; /* may be NULL: each request keeps to its own thread */
  GMainContext *context;
};

/* Shared by the asker, the worker and the source that reports; freed with the last of them. */
struct _ScopeEvaluation
{
  gatomicrefcount references;
  ScopeEvaluator *evaluator; /* not a reference: whoever asks holds one while it waits */
  ScopeEvaluatorRequest request;
  ScopeEvaluationDone done;
  gpointer data;
  _Atomic int cancelled;

  GMutex lock;
  GCond finished_cond;
  gboolean finished; /* under the lock, as the next three */
  ScopePlane *plane;
  ScopeText text;
  ScopeError error;

  gboolean reported; /* main context only: `done` was called or must not be */
};

static ScopeEvaluation *
evaluation_ref (ScopeEvaluation *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

static void
evaluation_unref (ScopeEvaluation *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  scope_plane_free (self->plane);
  scope_text_clear (&self->text);
  scope_program_unref (self->request.program);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->finished_cond);
  g_free (self);
}

static void
evaluation_report (ScopeEvaluation *self)
{
  if (self->reported)
    return;

  self->reported = TRUE;
  self->done (self, self->data);
}

static gboolean
report_in_context (gpointer data)
{
  evaluation_report (data);
  return G_SOURCE_REMOVE;
}

static void
post_report (ScopeEvaluation *self)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, report_in_context, evaluation_ref (self),
                         (GDestroyNotify)evaluation_unref);
  g_source_attach (source, self->evaluator->context);
  g_source_unref (source);
}

static void
read_single (const ScopeEvaluatorRequest *request,
             const ScopeReading *reading,
             ScopeText *text,
             ScopeError *error)
{
  const ScopeNode *node = request->program->node[request->node];
  ScopeRegion region = { .rank = node->shape.rank };
  guint64 element[2] = { 0 }; /* the widest element is a complex128 */
  ScopeBuffer buffer;

  for (int i = 0; i < region.rank; i++)
    {
      region.start[i] = request->index[i];
      region.step[i] = 1;
      region.count[i] = 1;
    }
  buffer = scope_buffer_dense (&region, element);
  if (scope_program_read (request->program, request->node, &region, &buffer, reading, error))
    scope_dtype_print (node->dtype, element, text);
}

static void
work (gpointer data, gpointer pool_data)
{
  ScopeEvaluation *self = data;
  ScopeEvaluator *evaluator = pool_data;
  const ScopeEvaluatorRequest *request = &self->request;
  ScopeReading reading = { .executor = evaluator->executor, .cancelled = &self->cancelled };
  ScopeError error = { 0 };
  ScopePlane *plane = NULL;
  ScopeText text = { 0 };

  if (self->cancelled)
    scope_fail (&error, SCOPE_ERROR_CANCELLED, -1, "cancelled");
  else if (request->single)
    read_single (request, &reading, &text, &error);
  else
    plane = scope_plane_read (request->program, request->node, &request->view, request->max_rows,
                              request->max_columns, 0, &reading, &error);

  g_mutex_lock (&self->lock);
  self->plane = plane;
  self->text = text;
  self->error = error;
  self->finished = TRUE;
  g_cond_signal (&self->finished_cond);
  g_mutex_unlock (&self->lock);

  if (!self->cancelled)
    post_report (self);
  evaluation_unref (self);
}

ScopeEvaluator *
scope_evaluator_new (void)
{
  ScopeEvaluator *self = g_new0 (ScopeEvaluator, 1);
  int processors = (int)g_get_num_processors ();

  g_atomic_ref_count_init (&self->references);
  self->context = g_main_context_ref_thread_default ();
  self->executor = processors > 1 ? scope_thread_pool_new (0) : NULL;
  /* One more than needed for the usual three pictures, so that one that is slow to notice its
   * cancel does not hold up its successor. */
  self->threads = g_thread_pool_new (work, self, MAX (processors, 2) + 2, FALSE, NULL);

  return self;
}

ScopeEvaluator *
scope_evaluator_ref (ScopeEvaluator *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
scope_evaluator_unref (ScopeEvaluator *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_thread_pool_free (self->threads, FALSE, TRUE);
  if (self->executor != NULL)
    scope_thread_pool_free (self->executor);
  g_main_context_unref (self->context);
  g_free (self);
}

ScopeEvaluation *
scope_evaluator_read (ScopeEvaluator *evaluator,
                      const ScopeEvaluatorRequest *request,
                      ScopeEvaluationDone done,
                      gpointer data)
{
  ScopeEvaluation *self = g_new0 (ScopeEvaluation, 1);

  g_atomic_ref_count_init (&self->references);
  self->evaluator = evaluator;
  self->request = *request;
  self->request.program = scope_program_ref (request->program);
  self->done = done;
  self->data = data;
  g_mutex_init (&self->lock);
  g_cond_init (&self->finished_cond);

  g_thread_pool_push (evaluator->threads, evaluation_ref (self), NULL);

  return self;
}

gboolean
scope_evaluation_wait (ScopeEvaluation *self, gint64 microseconds)
{
  gint64 deadline = g_get_monotonic_time () + microseconds;
  gboolean finished;

  g_mutex_lock (&self->lock);
  while (!self->finished)
    if (!g_cond_wait_until (&self->finished_cond, &self->lock, deadline))
      break;
  finished = self->finished;
  g_mutex_unlock (&self->lock);

  if (finished)
    evaluation_report (self);

  return finished;
}

void
scope_evaluation_cancel (ScopeEvaluation *self)
{
  if (self == NULL)
    return;

  self->cancelled = 1;
  self->reported = TRUE;
  evaluation_unref (self);
}

ScopePlane *
scope_evaluation_steal_plane (ScopeEvaluation *self)
{
  return g_steal_pointer (&self->plane);
}

const char *
scope_evaluation_get_text (ScopeEvaluation *self)
{
  return self->text.length > 0 ? scope_text_string (&self->text) : NULL;
}

const ScopeError *
scope_evaluation_get_error (ScopeEvaluation *self)
{
  return &self->error;
}
