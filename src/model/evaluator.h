/* Reads planes and single elements in worker threads; whoever asked can wait a moment, cancel, or
 * be told later. */
#pragma once

#include "scene/plane.h"

#include <glib-object.h>

/* Threads and the executor they share. Belongs to one main context: the one it was made in. */
typedef struct _ScopeEvaluator ScopeEvaluator;
/* One request. */
typedef struct _ScopeEvaluation ScopeEvaluation;

ScopeEvaluator *scope_evaluator_new (void);
ScopeEvaluator *scope_evaluator_ref (ScopeEvaluator *evaluator);
/* The last one waits for the threads; requests are to be cancelled before. */
void scope_evaluator_unref (ScopeEvaluator *evaluator);

/* What a request asks for; program and view are kept (by reference, by value). */
typedef struct
{
  ScopeProgram *program;
  int node;
  ScopeView view;
  gint64 max_rows, max_columns; /* cells at most, of a plane */
  gboolean single;              /* only the element at `index` */
  gint64 index[SCOPE_MAX_RANK];
} ScopeEvaluatorRequest;

/* Called once in the evaluator's main context when the request has finished, never after a cancel.
 */
typedef void (*ScopeEvaluationDone) (ScopeEvaluation *evaluation, gpointer data);

/* Starts reading. `data` must outlive the request, or the request be cancelled before it goes. The
 * caller owns the result and ends it with scope_evaluation_cancel, finished or not. */
ScopeEvaluation *scope_evaluator_read (ScopeEvaluator *evaluator,
                                       const ScopeEvaluatorRequest *request,
                                       ScopeEvaluationDone done,
                                       gpointer data);
/* Waits at most so long. TRUE: it has finished and `done` was called, from here. */
gboolean scope_evaluation_wait (ScopeEvaluation *evaluation, gint64 microseconds);
/* Stops the reading, frees the request; `done` is not called any more. NULL is fine. */
void scope_evaluation_cancel (ScopeEvaluation *evaluation);

/* Of a finished request: the plane (the caller's to free, once) or the element as the read-out
 * shows it; NULL with an error. */
ScopePlane *scope_evaluation_steal_plane (ScopeEvaluation *evaluation);
const char *scope_evaluation_get_text (ScopeEvaluation *evaluation);
const ScopeError *scope_evaluation_get_error (ScopeEvaluation *evaluation);
