/* Reads planes and single elements in worker threads; whoever asked can wait a moment, cancel, or
 * be told later. */
#include "model/evaluator.h"

#include "core/checked.h"
#include "core/executor.h"
#include "scene/number.h"

#include <string.h>

enum
{
  EFFORT_AT_FIRST = 1 << 20, /* elements, or what costs as much: about a frame's time */
  EFFORT_OF_PART_AT_FIRST = 2 << 20,
  EFFORT_OF_PART = 16 << 20,
  EFFORT_OF_LARGE = 64 << 20, /* of what is too large to be read */
};

/* Larger planes stay sampled: reading all of them would take minutes. */
#define EXACT_MOST (G_GINT64_CONSTANT (1) << 32)

struct _ScopeEvaluator
{
  gatomicrefcount references;
  GThreadPool *threads;
  GThreadPool *slow_threads; /* one at a time, so that what is quick finds a processor */
  ScopeExecutor *executor;   /* may be NULL: each request keeps to its own thread */
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
  int version; /* under the lock, as the next five: how many results there have been */
  gboolean finished;
  ScopePlane *plane;
  ScopePyramid *pyramid;
  ScopeText text;
  ScopeError error;

  int reported; /* main context only: the version that was, G_MAXINT when none must be */
  ScopeProgress progress;
  gint64 found_row, found_column; /* of NAN; the worker's until it has finished, as the next */
  ScopeProvenance *provenance;
  ScopeOrigins *origins;
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
  scope_pyramid_unref (self->pyramid);
  scope_provenance_free (self->provenance);
  scope_origins_free (self->origins);
  scope_text_clear (&self->text);
  scope_program_unref (self->request.program);
  scope_pyramid_unref (self->request.pyramid);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->finished_cond);
  g_free (self);
}

static void
evaluation_report (ScopeEvaluation *self)
{
  int version;

  g_mutex_lock (&self->lock);
  version = self->version;
  g_mutex_unlock (&self->lock);
  if (self->reported >= version)
    return;

  self->reported = version;
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

/* What axes that are looked at as a whole come to at one place: an element of the tensor, exact, or
 * a mean, a double. */
static void
read_over (const ScopeEvaluatorRequest *request,
           const ScopeReading *reading,
           ScopeText *text,
           ScopeError *error)
{
  gint64 row = request->view.row_axis >= 0 ? request->index[request->view.row_axis] : 0;
  gint64 column = request->view.column_axis >= 0 ? request->index[request->view.column_axis] : 0;
  ScopePlanePart part = { row, row + 1, column, column + 1 };
  ScopePlaneRequest wanted = {
    .view = request->view, .part = &part, .row_block = 1, .column_block = 1
  };
  const ScopeNode *node = request->program->node[request->node];
  ScopeView view = scope_view_fit (&request->view, &node->shape);
  ScopePlane *plane;
  guint64 element[2] = { 0 };

  if (scope_plane_over_is_exact (request->program, request->node, &view))
    {
      if (scope_plane_over_element (request->program, request->node, &view, row, column, element,
                                    reading, error))
        scope_dtype_print (node->dtype, element, text);
      return;
    }
  plane = scope_plane_make (request->program, request->node, &wanted, reading, error);
  if (plane == NULL)
    return;
  if (plane->sampled)
    scope_text_append (text, "≈");
  if (plane->cell_rows * plane->cell_columns == 1)
    scope_number_print (plane->value[0], 9, 1e15, text);
  scope_plane_free (plane);
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

  if (scope_view_fit (&request->view, &node->shape).over_axes != 0)
    {
      read_over (request, reading, text, error);
      return;
    }
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

/* Hands over what there is now. Takes plane, pyramid and text. */
static void
put_result (ScopeEvaluation *self,
            ScopePlane *plane,
            ScopePyramid *pyramid,
            ScopeText text,
            const ScopeError *error,
            gboolean finished)
{
  g_mutex_lock (&self->lock);
  scope_plane_free (self->plane);
  self->plane = plane;
  self->pyramid = pyramid;
  self->text = text;
  self->error = *error;
  self->version++;
  self->finished = finished;
  g_cond_signal (&self->finished_cond);
  g_mutex_unlock (&self->lock);

  if (!self->cancelled)
    post_report (self);
}

static ScopeReading
reading_of (ScopeEvaluation *self)
{
  return (ScopeReading){ .executor = self->evaluator->executor, .cancelled = &self->cancelled };
}

/* ---- planes --------------------------------------------------------------------------------- */

/* How many elements the plane of a view has altogether. */
static gint64
count_elements (const ScopeEvaluatorRequest *request)
{
  const ScopeShape *shape = &request->program->node[request->node]->shape;
  ScopeView view = scope_view_fit (&request->view, shape);
  gint64 count = 1;

  for (int axis = 0; axis < shape->rank; axis++)
    if ((axis == view.row_axis || axis == view.column_axis || scope_axis_in (view.over_axes, axis))
        && !scope_checked_mul (count, shape->size[axis], &count))
      return G_MAXINT64;
  return count;
}

static ScopePlane *
read_plane (ScopeEvaluation *self, gint64 effort, ScopeError *error)
{
  const ScopeEvaluatorRequest *request = &self->request;
  ScopeReading reading = reading_of (self);
  ScopePlaneRequest wanted = { .view = request->view,
                               .max_rows = request->max_rows,
                               .max_columns = request->max_columns,
                               .effort = effort,
                               .sample = true };

  return scope_plane_make (request->program, request->node, &wanted, &reading, error);
}

/* Blocks of a whole plane in at most so many cells. */
static ScopePlane *
plane_of (const ScopePyramid *pyramid, const ScopeEvaluatorRequest *request, ScopeError *error)
{
  const ScopePlane *base = pyramid->level[0];
  gint64 rows = (base->rows - 1) / MAX (request->max_rows, 1) + 1;
  gint64 columns = (base->columns - 1) / MAX (request->max_columns, 1) + 1;
  ScopePlane *plane = scope_pyramid_plane (pyramid, NULL, rows, columns);

  if (plane == NULL)
    scope_fail (error, SCOPE_ERROR_MEMORY, -1, "%s", "There is no memory left for the picture.");
  return plane;
}

/* The second time: everything is read, or as much as is reasonable. */
static void
refine (gpointer data, gpointer pool_data)
{
  ScopeEvaluation *self = data;
  const ScopeEvaluatorRequest *request = &self->request;
  ScopeReading reading = reading_of (self);
  ScopeError error = { 0 };
  ScopePyramid *pyramid = NULL;
  ScopePlane *plane = NULL;

  if (self->cancelled)
    scope_fail (&error, SCOPE_ERROR_CANCELLED, -1, "%s", "cancelled");
  else if (count_elements (request) <= EXACT_MOST)
    {
      pyramid = scope_pyramid_new (request->program, request->node, &request->view, &self->progress,
                                   &reading, &error);
      plane = pyramid != NULL ? plane_of (pyramid, request, &error) : NULL;
    }
  else
    plane = read_plane (self, EFFORT_OF_LARGE, &error);
  put_result (self, plane, pyramid, (ScopeText){ 0 }, &error, TRUE);
  evaluation_unref (self);
}

static void
begin_plane (ScopeEvaluation *self)
{
  const ScopeEvaluatorRequest *request = &self->request;
  gint64 elements = count_elements (request);
  gboolean large = request->pyramid == NULL && elements > EFFORT_AT_FIRST;
  ScopeError error = { 0 };
  ScopePlane *plane = request->pyramid != NULL ? plane_of (request->pyramid, request, &error)
                                               : read_plane (self, EFFORT_AT_FIRST, &error);

  if (plane == NULL)
    large = FALSE;
  put_result (self, plane, NULL, (ScopeText){ 0 }, &error, !large);
  if (large)
    g_thread_pool_push (self->evaluator->slow_threads, evaluation_ref (self), NULL);
}

static ScopePlane *
read_part (ScopeEvaluation *self, gint64 effort, ScopeError *error)
{
  const ScopeEvaluatorRequest *request = &self->request;
  const ScopePlane *base = request->pyramid != NULL ? request->pyramid->level[0] : NULL;
  ScopeReading reading = reading_of (self);
  ScopePlaneRequest wanted = { .view = request->view,
                               .part = &request->part,
                               .row_block = request->row_block,
                               .column_block = request->column_block,
                               .effort = effort };

  /* Elements themselves come from the tensor: they are wanted exactly. */
  if (base != NULL && request->row_block * request->column_block > 1
      && request->row_block >= base->row_block && request->column_block >= base->column_block)
    return scope_pyramid_plane (request->pyramid, &request->part, request->row_block,
                                request->column_block);
  return scope_plane_make (request->program, request->node, &wanted, &reading, error);
}

/* At once by samples where all of it takes long, then in more detail. The last result is the
 * caller's to put. */
static ScopePlane *
read_part_twice (ScopeEvaluation *self, ScopeError *error)
{
  ScopePlane *plane = read_part (self, EFFORT_OF_PART_AT_FIRST, error);

  if (plane == NULL || !plane->sampled || self->cancelled)
    return plane;
  put_result (self, plane, NULL, (ScopeText){ 0 }, error, FALSE);
  return read_part (self, EFFORT_OF_PART, error);
}

static void
find_nan (ScopeEvaluation *self, const ScopeReading *reading, ScopeError *error)
{
  const ScopeEvaluatorRequest *request = &self->request;

  self->found_row = request->row;
  self->found_column = request->column;
  if (!scope_plane_find_nan (request->program, request->node, &request->view, &self->found_row,
                             &self->found_column, reading, error))
    self->found_row = self->found_column = -1;
}

/* ---- the rest ------------------------------------------------------------------------------- */

static void
work (gpointer data, gpointer pool_data)
{
  ScopeEvaluation *self = data;
  const ScopeEvaluatorRequest *request = &self->request;
  ScopeReading reading = reading_of (self);
  ScopeError error = { 0 };
  ScopePlane *plane = NULL;
  ScopeText text = { 0 };

  if (self->cancelled)
    scope_fail (&error, SCOPE_ERROR_CANCELLED, -1, "%s", "cancelled");
  else if (request->what == SCOPE_EVALUATE_PLANE)
    {
      begin_plane (self);
      evaluation_unref (self);
      return;
    }
  else if (request->what == SCOPE_EVALUATE_ELEMENT)
    read_single (request, &reading, &text, &error);
  else if (request->what == SCOPE_EVALUATE_PART)
    plane = read_part_twice (self, &error);
  else if (request->what == SCOPE_EVALUATE_PROVENANCE)
    self->provenance =
        scope_provenance_new (request->program, request->node, &request->view, &self->cancelled);
  else if (request->what == SCOPE_EVALUATE_ORIGINS)
    self->origins = scope_origins_new (request->program, request->node, request->index, &reading);
  else if (request->what == SCOPE_EVALUATE_NAN)
    find_nan (self, &reading, &error);
  else
    plane = scope_plane_of_values (request->program, request->node, 0, &reading, &error);
  put_result (self, plane, NULL, text, &error, TRUE);
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
  self->slow_threads = g_thread_pool_new (refine, self, 1, FALSE, NULL);

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
  g_thread_pool_free (self->slow_threads, FALSE, TRUE);
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
  if (request->pyramid != NULL)
    scope_pyramid_ref (request->pyramid);
  self->done = done;
  self->data = data;
  g_mutex_init (&self->lock);
  g_cond_init (&self->finished_cond);

  g_thread_pool_push (evaluator->threads, evaluation_ref (self), NULL);

  return self;
}

static gboolean
wait_for (ScopeEvaluation *self, gint64 microseconds, gboolean first)
{
  gint64 now = g_get_monotonic_time ();
  gint64 deadline = microseconds < G_MAXINT64 - now ? now + microseconds : G_MAXINT64;
  gboolean finished;

  g_mutex_lock (&self->lock);
  while (!self->finished && !(first && self->version > 0))
    if (!g_cond_wait_until (&self->finished_cond, &self->lock, deadline))
      break;
  finished = self->finished;
  g_mutex_unlock (&self->lock);

  evaluation_report (self);

  return finished;
}

gboolean
scope_evaluation_wait (ScopeEvaluation *self, gint64 microseconds)
{
  return wait_for (self, microseconds, FALSE);
}

gboolean
scope_evaluation_wait_first (ScopeEvaluation *self, gint64 microseconds)
{
  return wait_for (self, microseconds, TRUE);
}

void
scope_evaluation_cancel (ScopeEvaluation *self)
{
  if (self == NULL)
    return;

  self->cancelled = 1;
  self->reported = G_MAXINT;
  evaluation_unref (self);
}

ScopePlane *
scope_evaluation_steal_plane (ScopeEvaluation *self)
{
  ScopePlane *plane;

  g_mutex_lock (&self->lock);
  plane = g_steal_pointer (&self->plane);
  g_mutex_unlock (&self->lock);
  return plane;
}

ScopePyramid *
scope_evaluation_steal_pyramid (ScopeEvaluation *self)
{
  ScopePyramid *pyramid;

  g_mutex_lock (&self->lock);
  pyramid = g_steal_pointer (&self->pyramid);
  g_mutex_unlock (&self->lock);
  return pyramid;
}

ScopeProvenance *
scope_evaluation_steal_provenance (ScopeEvaluation *self)
{
  return g_steal_pointer (&self->provenance);
}

ScopeOrigins *
scope_evaluation_steal_origins (ScopeEvaluation *self)
{
  return g_steal_pointer (&self->origins);
}

void
scope_evaluation_get_found (ScopeEvaluation *self, gint64 *row, gint64 *column)
{
  *row = self->found_row;
  *column = self->found_column;
}

gboolean
scope_evaluation_get_finished (ScopeEvaluation *self)
{
  gboolean finished;

  g_mutex_lock (&self->lock);
  finished = self->finished;
  g_mutex_unlock (&self->lock);
  return finished;
}

double
scope_evaluation_get_progress (ScopeEvaluation *self)
{
  gint64 total = self->progress.total;

  return total > 0 ? CLAMP ((double)self->progress.done / (double)total, 0, 1) : -1;
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
