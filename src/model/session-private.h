/* What the files of the session share. */
#pragma once

#include "model/history.h"
#include "model/session.h"

struct _ScopeSession
{
  GObject parent_instance;

  ScopeHistory *history;
  ScopeEvaluator *evaluator;
  GCancellable *opening; /* files under way */

  char *expression;               /* what stands in the bar */
  char *problem;                  /* NULL when it is the scene's expression */
  int problem_begin, problem_end; /* characters, −1 when it has no place */
  gboolean stale;

  ScopeReport *report;
  GListStore *tensors;
  GListStore *remedies;
  GListStore *hazards;
  GListStore *steps;
  guint hidden_steps;   /* that are not in the list */
  GListStore *pictures; /* of the tensors, then of the result */
  GListStore *notices;
  ScopePicture *result;
  ScopeEvaluation *tracing; /* the chosen element to where it comes from, else NULL */
  GPtrArray *pictured;      /* ScopeTensor of each tensor's picture */

  int remedy;
  char *wanted_remedy; /* title of what the user chose; "" for none; NULL: the best there is */
  ScopeProgram *shown; /* a reference, or NULL */
  int shown_node;
  ScopeResizeMode resize_mode; /* of remedies that resample */
  gboolean align_corners;

  gboolean linking; /* views are being brought in line, or made anew */

  ScopeDialect code_dialect;
  char *failing_code;
  char *fitting_code;
};

enum
{
  PROP_0,
  PROP_SCENE,
  PROP_REPORT,
  PROP_EXPRESSION,
  PROP_PROBLEM,
  PROP_STALE,
  PROP_STATE,
  PROP_VERDICT,
  PROP_HAZARDS,
  PROP_DIALECT,
  PROP_CODE_DIALECT,
  PROP_FAILING_CODE,
  PROP_FITTING_CODE,
  PROP_TENSORS,
  PROP_STEPS,
  PROP_HIDDEN_STEPS,
  PROP_REMEDIES,
  PROP_REMEDY,
  PROP_HAS_REMEDY,
  PROP_REMEDY_RESAMPLES,
  PROP_CAUTION,
  PROP_RESIZE_MODE,
  PROP_ALIGN_CORNERS,
  PROP_PICTURES,
  PROP_NOTICES,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  N_PROPS
};

void scope_session_notify (ScopeSession *self, int property);
const char *scope_session_translate (const char *text);
ScopeTensorItem *scope_session_get_item (ScopeSession *self, guint i);

/* session.c: makes `scene` (taken) the current one, as an edit to undo, and looks at it. A NULL
 * scene is memory that ran out: a notice. */
void scope_session_adopt (ScopeSession *self, ScopeScene *scene, const char *tag);
void scope_session_update_stale (ScopeSession *self);
/* Asks which tensor of a file is meant. */
void scope_session_emit_choose (ScopeSession *self, ScopeFileChoice *choice);
/* session-text.c */
void scope_session_set_problem (ScopeSession *self, const ScopeError *error);
void scope_session_store_expression (ScopeSession *self, const char *expression);
/* session-link.c: the view of each picture follows that of the others from now on. */
/* Lights up where the chosen element of the result comes from, now and whenever it changes. */
void scope_session_update_origins (ScopeSession *self);
void scope_session_follow_result (ScopeSession *self);
void scope_session_link_picture (ScopeSession *self, ScopePicture *picture);
/* session-look.c: checks the current scene and shows everything anew. */
void scope_session_look (ScopeSession *self);
/* session-look.c: after another remedy was chosen. */
void scope_session_look_at_remedy (ScopeSession *self);
/* session-steps.c: after a new report. */
void scope_session_look_at_steps (ScopeSession *self);
/* session-code.c */
void scope_session_update_code (ScopeSession *self);
