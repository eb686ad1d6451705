/* The alignment: a column per axis from the trailing end, a row per operand, and the result. */
#pragma once

#include "advice/alignment.h"
#include "paint/theme.h"

/* Where everything stands, in CSS pixels; drawing and picking both use it. */
typedef struct
{
  double width, height;           /* of the whole picture */
  double names_width;             /* of the column of row names */
  double cell_width, cell_height; /* of one cell, all alike */
  double column_gap, row_gap;
  double header_height;
  int first_column; /* leading columns left out when there is no room: they are */
  int rank, rows;   /* summed up as `… +n axes` (`elided` columns) */
  int elided;
  gboolean has_result;
} ScopeAlignmentGeometry;

/* `axis_names` names the columns (`N`, `C`, …; NULL: none), alignment->rank of them. The picture
 * takes its natural size, but no more than max_width (0: no limit). `cr` is for measuring text. */
ScopeAlignmentGeometry scope_alignment_measure (const ScopeAlignment *alignment,
                                                const char *const *axis_names,
                                                const ScopeTheme *theme,
                                                double max_width,
                                                cairo_t *cr);
/* Draws with the top left corner at 0, 0. */
void scope_alignment_paint (const ScopeAlignment *alignment,
                            const ScopeAlignmentGeometry *geometry,
                            const char *const *axis_names,
                            const ScopeTheme *theme,
                            cairo_t *cr);
/* The cell at a point: row 0…rows−1, or `rows` for the result; column 0…rank−1. */
gboolean scope_alignment_pick (const ScopeAlignmentGeometry *geometry,
                               double x,
                               double y,
                               int *row,
                               int *column);
/* The cell's rectangle, exactly what pick says is its own. */
gboolean scope_alignment_cell (const ScopeAlignmentGeometry *geometry,
                               int row,
                               int column,
                               double *x,
                               double *y,
                               double *width,
                               double *height);
