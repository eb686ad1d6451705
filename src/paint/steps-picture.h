/* Inside the painting of a stage: shared by steps*.c; nobody else. */
#pragma once

#include "paint/steps.h"
#include "paint/text.h"

typedef struct
{
  const ScopeStepsPicture *picture;
  const ScopeStage *stage;
  const ScopeTheme *theme;
  const ScopeStepsGeometry *geometry;
  ScopePen pen;
  double em, line;
  const ScopeStageStep *from, *to; /* the steps between which it is */
  double progress;                 /* eased */
} ScopeStepsDrawing;

/* A colour for the cells of tensor r, no axis's and no failure's. */
ScopeColor scope_steps_fill (const ScopeTheme *theme, int r, gboolean result);
/* How much of it is there: of what is shown at one of two steps. */
double scope_steps_share (const ScopeStepsDrawing *drawing, gboolean before, gboolean after);
/* How far tensor r's repeated values are out. */
double scope_steps_growth (const ScopeStepsDrawing *drawing, int r);

void scope_steps_paint_boxes (ScopeStepsDrawing *drawing);
/* The tensors: cells or blocks with captions, and the signs between them. */
void scope_steps_measure_tensors (ScopeStepsDrawing *drawing, ScopeStepsGeometry *geometry);
void scope_steps_paint_tensors (ScopeStepsDrawing *drawing);
void scope_steps_paint_cells (ScopeStepsDrawing *drawing, int r, double alpha);
