/* The alignment: a column per axis from the trailing end, a row per operand, and the result. */
#pragma once

#include "advice/alignment.h"
#include "paint/theme.h"

/* Where everything stands, in CSS pixels; drawing and picking both use it. When there is no room
 * for every column, those that fail and then the trailing ones are kept; a run of columns left out
 * is summed up as `… +n` before the next column that is shown. */
typedef struct
{
  double width, height; /* of the whole picture */
  double names_width;   /* of the column of row names */
  double header_height; /* axis name and number above each column */
  double cell_height;   /* of every cell */
  double row_gap;       /* between two rows */
  double signs_height;  /* between the last operand and the result: = equal, ✗ 256 ≠ 1280 */
  int rank, rows;       /* all columns, all operands */
  int columns;          /* columns shown */
  int column[SCOPE_MAX_RANK]; /* which ones, from the front */
  double column_gap;
  double column_x[SCOPE_MAX_RANK];
  double column_width[SCOPE_MAX_RANK];
  gboolean has_result;
} ScopeAlignmentGeometry;

/* `axis_names` names the columns (`N`, `C`, …; NULL: none), alignment->rank of them; a name may be
 * "". The picture takes its natural size, but no more than max_width (0: no limit) as long as one
 * column fits. `cr` is for measuring text. */
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
/* The cell's rectangle, exactly what pick says is its own. FALSE for a column that is left out. */
gboolean scope_alignment_cell (const ScopeAlignmentGeometry *geometry,
                               int row,
                               int column,
                               double *x,
                               double *y,
                               double *width,
                               double *height);
