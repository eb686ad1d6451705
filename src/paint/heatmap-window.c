/* Where a plane stands that is looked at through a box, and how that changes. */
#include "paint/heatmap.h"

#include <math.h>

/* An element at most, in CSS pixels. */
#define LARGEST_ELEMENT 192.0

/* ---- one axis ------------------------------------------------------------------------------- */

typedef struct
{
  double fit_begin, fit_length;   /* of the fitted map */
  double room_begin, room_length; /* of the box */
  gint64 count;                   /* elements */
  double pitch;                   /* an element */
  long double centre;             /* 0…1 */
  double scale;
  /* What follows. */
  double begin, length;
  long double first;
} Axis;

/* All of it where there is room, about where the fitted map stood; else the box's length of it,
 * beginning at a whole device pixel, so that cells keep their pixels while it is moved. */
static void
place_axis (Axis *axis)
{
  double all = axis->pitch * (double)axis->count;
  if (all <= axis->room_length)
    {
      double middle = axis->fit_begin + axis->fit_length / 2 - all / 2;
      double last = axis->room_begin + axis->room_length - all;
      axis->begin = floor (CLAMP (middle, axis->room_begin, fmax (last, axis->room_begin)));
      axis->length = all;
      axis->first = 0;
      return;
    }
  long double seen = axis->room_length / axis->pitch;
  long double first = axis->centre * axis->count - seen / 2;
  long double pixel = axis->pitch * axis->scale;
  first = CLAMP (first, 0, axis->count - seen);
  axis->begin = axis->room_begin;
  axis->length = axis->room_length;
  axis->first = floorl (first * pixel + 0.5L) / pixel;
}

/* Whole pixels where an element has several. */
static double
enlarge (double fitted, double zoom)
{
  double pitch = fmin (fitted * zoom, fmax (LARGEST_ELEMENT, fitted));
  return pitch >= 3 ? floor (pitch) : pitch;
}

/* The last cell may reach beyond the plane, so a cell's part is not quite an element's: the same
 * zoom must not depend on how the plane was cut. */
static double
fitted_across (const ScopePlane *plane, const ScopeHeatmapGeometry *fit)
{
  return fit->width / (double)MAX (plane->columns, 1);
}

static double
fitted_down (const ScopePlane *plane, const ScopeHeatmapGeometry *fit)
{
  return fit->height / (double)MAX (plane->rows, 1);
}

/* ---- the window ----------------------------------------------------------------------------- */

ScopeHeatmapWindow
scope_heatmap_window (const ScopePlane *plane,
                      const ScopeHeatmapGeometry *fit,
                      const ScopeHeatmapViewport *viewport,
                      double x,
                      double y,
                      double width,
                      double height,
                      double scale)
{
  ScopeHeatmapWindow window = { .x = fit->x,
                                .y = fit->y,
                                .width = fit->width,
                                .height = fit->height,
                                .across = fit->cell_width,
                                .down = fit->cell_height,
                                .rows = plane->rows,
                                .columns = plane->columns };
  if (plane->cell_rows == 0 || plane->cell_columns == 0)
    return window;
  window.across = fit->cell_width / (double)plane->column_block;
  window.down = fit->cell_height / (double)plane->row_block;
  if (!(viewport->zoom > 1))
    return window;

  Axis across = { .fit_begin = fit->x,
                  .fit_length = fit->width,
                  .room_begin = x,
                  .room_length = fmax (width, 1),
                  .count = plane->columns,
                  .pitch = enlarge (fitted_across (plane, fit), viewport->zoom),
                  .centre = viewport->x,
                  .scale = scale };
  Axis down = { .fit_begin = fit->y,
                .fit_length = fit->height,
                .room_begin = y,
                .room_length = fmax (height, 1),
                .count = plane->rows,
                .pitch = enlarge (fitted_down (plane, fit), viewport->zoom),
                .centre = viewport->y,
                .scale = scale };
  place_axis (&across);
  place_axis (&down);
  window.x = across.begin;
  window.width = across.length;
  window.left = across.first;
  window.across = across.pitch;
  window.y = down.begin;
  window.height = down.length;
  window.top = down.first;
  window.down = down.pitch;
  return window;
}

double
scope_heatmap_most_zoom (const ScopePlane *plane, const ScopeHeatmapGeometry *fit)
{
  double least = fmin (fitted_across (plane, fit), fitted_down (plane, fit));
  return least > 0 ? fmax (LARGEST_ELEMENT / least, 1) : 1;
}

double
scope_heatmap_zoom_for (const ScopePlane *plane, const ScopeHeatmapGeometry *fit, double pixels)
{
  double least = fmin (fitted_across (plane, fit), fitted_down (plane, fit));
  return least > 0 ? CLAMP (pixels / least, 1, scope_heatmap_most_zoom (plane, fit)) : 1;
}

ScopeHeatmapViewport
scope_heatmap_zoom_at (const ScopeHeatmapWindow *window,
                       const ScopePlane *plane,
                       const ScopeHeatmapGeometry *fit,
                       const ScopeHeatmapViewport *viewport,
                       double zoom,
                       double x,
                       double y)
{
  ScopeHeatmapViewport zoomed = *viewport;
  zoomed.zoom = CLAMP (zoom, 1, scope_heatmap_most_zoom (plane, fit));
  if (window->columns == 0 || window->rows == 0)
    return zoomed;
  x = CLAMP (x, window->x, window->x + window->width);
  y = CLAMP (y, window->y, window->y + window->height);
  long double column = window->left + (x - window->x) / window->across;
  long double row = window->top + (y - window->y) / window->down;
  double across = enlarge (fitted_across (plane, fit), zoomed.zoom);
  double down = enlarge (fitted_down (plane, fit), zoomed.zoom);
  double middle_x = window->x + window->width / 2, middle_y = window->y + window->height / 2;
  zoomed.x = CLAMP ((column - (x - middle_x) / across) / window->columns, 0, 1);
  zoomed.y = CLAMP ((row - (y - middle_y) / down) / window->rows, 0, 1);
  return zoomed;
}

ScopeHeatmapViewport
scope_heatmap_move_by (const ScopeHeatmapWindow *window,
                       const ScopeHeatmapViewport *viewport,
                       double x,
                       double y)
{
  ScopeHeatmapViewport moved = *viewport;
  if (window->columns == 0 || window->rows == 0)
    return moved;
  /* From where the map really stands: at its ends the middle is not where it was wanted. */
  long double seen_across = window->width / window->across;
  long double seen_down = window->height / window->down;
  long double left = window->left - x / window->across, top = window->top - y / window->down;
  left = CLAMP (left, 0, fmaxl (window->columns - seen_across, 0));
  top = CLAMP (top, 0, fmaxl (window->rows - seen_down, 0));
  moved.x = (left + seen_across / 2) / window->columns;
  moved.y = (top + seen_down / 2) / window->rows;
  return moved;
}

ScopeHeatmapGeometry
scope_heatmap_place (const ScopeHeatmapWindow *window, const ScopePlane *plane)
{
  ScopeHeatmapGeometry geometry = {
    .x = (double)(window->x - (window->left - plane->column_begin) * window->across),
    .y = (double)(window->y - (window->top - plane->row_begin) * window->down),
    .cell_width = window->across * (double)plane->column_block,
    .cell_height = window->down * (double)plane->row_block,
    .rows = plane->cell_rows,
    .columns = plane->cell_columns,
  };
  geometry.width = geometry.cell_width * (double)geometry.columns;
  geometry.height = geometry.cell_height * (double)geometry.rows;
  return geometry;
}

ScopePlanePart
scope_heatmap_seen (const ScopeHeatmapWindow *window,
                    double scale,
                    gint64 *row_block,
                    gint64 *column_block)
{
  long double right = window->left + window->width / window->across;
  long double bottom = window->top + window->height / window->down;
  *row_block = (gint64)fmax (ceil (1 / (window->down * scale) - 1e-9), 1);
  *column_block = (gint64)fmax (ceil (1 / (window->across * scale) - 1e-9), 1);
  return (ScopePlanePart){
    .row_begin = (gint64)fmaxl (floorl (window->top), 0),
    .row_end = (gint64)fminl (ceill (bottom), window->rows),
    .column_begin = (gint64)fmaxl (floorl (window->left), 0),
    .column_end = (gint64)fminl (ceill (right), window->columns),
  };
}
