/* A stage between two of its steps: title, sizes in boxes, tensors as cells or blocks, sentence. */
#pragma once

#include "paint/theme.h"
#include "scene/stage.h"

typedef struct
{
  const ScopeStage *stage;
  const ScopeTheme *theme;
  double line;         /* how much heavier lines are than usual; 1 */
  const char *heading; /* above the title, when it says something; NULL: none */
  gboolean says;       /* title above, sentence below; else only what is drawn */
  gboolean counts;     /* the title begins with `4 of 5` */
  gboolean wide;       /* the boxes beside the tensors, not above them */
  gboolean bare;       /* the tensors alone, without the boxes of their sizes */
  gboolean blank;      /* a handout to be filled in: signs and the result are left empty */
} ScopeStepsPicture;

/* Where everything stands, alike at every step, so that nothing jumps; in CSS pixels. */
typedef struct
{
  double width, height;
  double title_height, sentence_height, formula_height;
  double formula_x;        /* its middle */
  double boxes_x, boxes_y; /* of the first column, first row */
  double names_width;
  double box_width, box_height, column_gap, row_gap, signs_height;
  double cells_y;                           /* of the tensors, captions included */
  double cell_width, cell_height;           /* pitch */
  double tensor_x[SCOPE_STAGE_TENSORS + 1]; /* left edge of the first cell or block; the last one is
                                               that of the failure's sign */
  double tensor_width[SCOPE_STAGE_TENSORS];
  double caption_width[SCOPE_STAGE_TENSORS];
  double tensor_y; /* top edge of the first cells or blocks */
  double tensors_height;
} ScopeStepsGeometry;

/* The natural size. `cr` is for measuring text. `wanted_width`: of the sentence's lines, 0: as wide
 * as the rest. */
ScopeStepsGeometry
scope_steps_measure (const ScopeStepsPicture *picture, double wanted_width, cairo_t *cr);
/* Draws with the top left corner at 0, 0: step `step` (from 0), `progress` (0…1) of the way to the
 * next one. */
void scope_steps_paint (const ScopeStepsPicture *picture,
                        const ScopeStepsGeometry *geometry,
                        int step,
                        double progress,
                        cairo_t *cr);
