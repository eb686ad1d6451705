/* Inside the making of a stage: shared by stage*.c; nobody else. */
#pragma once

#include "scene/stage.h"

typedef struct
{
  ScopeStage *stage;
  const ScopeProgram *program;
  const ScopeNode *node;
  const ScopeAlignment *alignment;
  const char *(*translate) (const char *text);
  ScopeTensor *const *tensors;
  int n_tensors;
} ScopeStageMaking;

/* A step that begins as the last one looks. NULL when there is no room, which does not happen. */
ScopeStageStep *scope_stage_add (ScopeStageMaking *making, const char *title);
int scope_stage_operands (const ScopeStage *stage);
/* The first step of most rules, and the last one: every value in its place. */
ScopeStageStep *scope_stage_write_shapes (ScopeStageMaking *making);
ScopeStageStep *scope_stage_show_result (ScopeStageMaking *making, const char *title);
/* A sentence with the result's shape in it. */
void scope_stage_say_result (ScopeStageMaking *making, ScopeStageStep *step, const char *format);
/* The whole tensors shown, boxes of tensor r placed in their columns. */
void scope_stage_place (ScopeStageMaking *making, ScopeStageStep *step, int r);
void scope_stage_show (ScopeStageMaking *making, ScopeStageStep *step, int r);
/* `A has shape (3, 1)`, `B has shape (4,)`, … */
void scope_stage_say_shapes (ScopeStageMaking *making, ScopeText *out);
const char *scope_stage_name (const ScopeStageMaking *making, int r);
/* Adds the step that says why it fails. */
void scope_stage_add_failure (ScopeStageMaking *making);
/* Of the result's cells that are a source's value unchanged, finds where they come from. */
void scope_stage_find_flights (ScopeStageMaking *making);
/* Lights one cell of the result and what it comes from, and writes the formula if it has one. False
 * when nothing is known about it. */
bool scope_stage_light (ScopeStageMaking *making, ScopeStageStep *step);
void scope_stage_unlight (ScopeStageStep *step);

/* The input axis each of the result's axes runs along, −1 for none; how far a step goes; and where
 * the result's first cell comes from. False when the operation cannot be followed. */
typedef struct
{
  int axis[SCOPE_MAX_RANK];
  int64_t step[SCOPE_MAX_RANK];
  int64_t first[SCOPE_MAX_RANK];
} ScopeStageMap;
bool scope_stage_map (const ScopeStageMaking *making, ScopeStageMap *out);

/* The steps of each kind. */
void scope_stage_tell_broadcast (ScopeStageMaking *making);
void scope_stage_tell_concat (ScopeStageMaking *making);
void scope_stage_tell_stack (ScopeStageMaking *making);
void scope_stage_tell_rule (ScopeStageMaking *making);
