/* Whole figures: what `render` writes, the window exports and a printer gets. */
#pragma once

#include "paint/alignment.h"
#include "paint/figure.h"
#include "paint/heatmap.h"
#include "paint/steps.h"

/* The expression, the verdict and the alignment. */
typedef struct
{
  const ScopeTheme *theme;
  const char *title;               /* the expression as written; several lines are fine */
  const char *sentence;            /* the verdict; NULL: none */
  gboolean fails;                  /* the sentence tells of a failure */
  const ScopeAlignment *alignment; /* NULL: none */
  const char *const *axis_names;   /* as scope_alignment_measure takes them */
  double max_width;                /* in CSS pixels; 0: no limit */
} ScopeAlignmentFigure;

/* The size of the figure in CSS pixels. */
void
scope_alignment_figure_measure (const ScopeAlignmentFigure *figure, double *width, double *height);
/* Draws it; a ScopeFigurePaint. */
void scope_alignment_figure_paint (cairo_t *cr, gpointer figure);

/* A caption such as `A[0, 0, :, :]`, the map with its edges, the colour bar, and below how cells
 * were made and the statistics. */
typedef struct
{
  const ScopeTheme *theme;
  const char *caption;
  const char *note;        /* beside the caption: `float32`; NULL: none */
  const ScopeShape *shape; /* of the whole tensor */
  const ScopePlane *plane;
  ScopeView view; /* the aggregate is said, and the range of colours follows from it */
  ScopeHeatmapDecoration decoration;
  double max_width, max_height; /* in CSS pixels; 0: 640 and 520 */
} ScopeHeatmapFigure;

void scope_heatmap_figure_measure (const ScopeHeatmapFigure *figure, double *width, double *height);
void scope_heatmap_figure_paint (cairo_t *cr, gpointer figure);
/* How many cells to read for such a figure of a rows × columns plane, drawn `scale` times as fine
 * (a PNG's scale; 2 for SVG and PDF). */
void scope_heatmap_figure_room (const ScopeHeatmapFigure *figure,
                                gint64 rows,
                                gint64 columns,
                                double scale,
                                gint64 *max_rows,
                                gint64 *max_columns);

/* A stage: the operation as written, then one step or all of them one below another. */
typedef struct
{
  const ScopeTheme *theme;
  const ScopeStage *stage;
  const char *title; /* NULL: none */
  int step;          /* from 0; −1: all */
  gboolean bare;     /* the last step's tensors alone, without sizes in boxes and sentences */
  double line;       /* how much heavier lines are than usual; 1 */
} ScopeStepsFigure;

void scope_steps_figure_measure (const ScopeStepsFigure *figure, double *width, double *height);
void scope_steps_figure_paint (cairo_t *cr, gpointer figure);
