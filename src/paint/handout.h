/* A handout: stages and exercises on pages of paper, with answers or to be filled in. Written as a
 * PDF and printed through the same painter. */
#pragma once

#include "paint/figure.h"
#include "paint/steps.h"

/* A page of A4, upright, in CSS pixels. */
#define SCOPE_HANDOUT_WIDTH  794.0
#define SCOPE_HANDOUT_HEIGHT 1123.0

typedef struct
{
  const char *question; /* `A + B with A (3, 1) and B (4,)` */
  const char *answer;
} ScopeHandoutExercise;

typedef struct
{
  const ScopeTheme *theme;
  const char *title;
  gboolean answers;
  int stages;
  const ScopeStage *const *stage;
  int exercises;
  const ScopeHandoutExercise *exercise;
} ScopeHandout;

/* How many pages it takes; at least one. */
int scope_handout_pages (const ScopeHandout *handout);
/* Draws a page into SCOPE_HANDOUT_WIDTH × SCOPE_HANDOUT_HEIGHT; a ScopePagePaint. */
void scope_handout_paint (cairo_t *cr, int page, gpointer handout);
gboolean scope_handout_write (const ScopeHandout *handout, const char *path, GError **error);
