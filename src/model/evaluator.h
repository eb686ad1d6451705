/* Reads planes and single elements in worker threads; whoever asked can wait a moment, cancel, or
 * be told later. */
#pragma once

#include "model/origins.h"
#include "scene/provenance.h"
#include "scene/pyramid.h"

#include <glib-object.h>

/* Threads and the executor they share. Belongs to one main context: the one it was made in. */
typedef struct _ScopeEvaluator ScopeEvaluator;
/* One request. */
typedef struct _ScopeEvaluation ScopeEvaluation;

ScopeEvaluator *scope_evaluator_new (void);
ScopeEvaluator *scope_evaluator_ref (ScopeEvaluator *evaluator);
/* The last one waits for the threads; requests are to be cancelled before. */
void scope_evaluator_unref (ScopeEvaluator *evaluator);

typedef enum
{
  /* The plane of the view. What takes long comes twice: sampled at once, and exact with a pyramid
   * when all of it has been read; what is too large for that stays sampled. */
  SCOPE_EVALUATE_PLANE,
  /* A part of it in given blocks, from the pyramid if there is one; what takes long comes twice,
   * at once by samples and then in more detail. */
  SCOPE_EVALUATE_PART,
  SCOPE_EVALUATE_VALUES, /* statistics and a sample of the whole tensor: a plane without cells */
  SCOPE_EVALUATE_PROVENANCE, /* what the elements of the view's plane are */
  SCOPE_EVALUATE_ORIGINS,    /* where an element comes from, of maxima and their like too */
  SCOPE_EVALUATE_NAN,        /* the next NaN of the plane behind row, column */
  SCOPE_EVALUATE_ELEMENT     /* one element as text */
} ScopeEvaluate;

/* What a request asks for; program and pyramid are kept by reference, the rest by value. */
typedef struct
{
  ScopeEvaluate what;
  ScopeProgram *program;
  int node;
  ScopeView view;
  ScopePyramid *pyramid;          /* of this view, or NULL */
  gint64 max_rows, max_columns;   /* cells at most, of a plane */
  ScopePlanePart part;            /* of PART */
  gint64 row_block, column_block; /* of PART */
  gint64 row, column;             /* of NAN: where it begins */
  gint64 index[SCOPE_MAX_RANK];   /* of ELEMENT and ORIGINS; axes that the view looks at as a whole
                                     are */
} ScopeEvaluatorRequest;

/* Called in the evaluator's main context when there is something new: once when the request has
 * finished, and before that when a first, sampled plane is there; never after a cancel. */
typedef void (*ScopeEvaluationDone) (ScopeEvaluation *evaluation, gpointer data);

/* Starts reading. `data` must outlive the request, or the request be cancelled before it goes. The
 * caller owns the result and ends it with scope_evaluation_cancel, finished or not. */
ScopeEvaluation *scope_evaluator_read (ScopeEvaluator *evaluator,
                                       const ScopeEvaluatorRequest *request,
                                       ScopeEvaluationDone done,
                                       gpointer data);
/* Waits at most so long. TRUE: it has finished. What is there by then was reported, from here. */
gboolean scope_evaluation_wait (ScopeEvaluation *evaluation, gint64 microseconds);
/* The same, but a first, sampled plane will do. */
gboolean scope_evaluation_wait_first (ScopeEvaluation *evaluation, gint64 microseconds);
/* Stops the reading, frees the request; `done` is not called any more. NULL is fine. */
void scope_evaluation_cancel (ScopeEvaluation *evaluation);

/* In or after `done`: the plane (the caller's to free, once), the pyramid it was made from (a
 * reference, once; or NULL), the element as the read-out shows it; NULL with an error. */
ScopePlane *scope_evaluation_steal_plane (ScopeEvaluation *evaluation);
/* The NaN that was found; −1, −1 for none. */
void scope_evaluation_get_found (ScopeEvaluation *evaluation, gint64 *row, gint64 *column);
/* The caller's to free, once; NULL when it cannot be told. */
ScopeProvenance *scope_evaluation_steal_provenance (ScopeEvaluation *evaluation);
ScopeOrigins *scope_evaluation_steal_origins (ScopeEvaluation *evaluation); /* the same */
ScopePyramid *scope_evaluation_steal_pyramid (ScopeEvaluation *evaluation);
gboolean scope_evaluation_get_finished (ScopeEvaluation *evaluation);
/* How much of the exact plane has been read, 0…1; −1 while nothing is known. */
double scope_evaluation_get_progress (ScopeEvaluation *evaluation);
const char *scope_evaluation_get_text (ScopeEvaluation *evaluation);
const ScopeError *scope_evaluation_get_error (ScopeEvaluation *evaluation);
