/* A plane of values as sharp squares, with its axes' edges, values, marks and colour bar. */
#pragma once

#include "paint/color-scale.h"
#include "paint/theme.h"
#include "scene/provenance.h"

/* Where cells stand: cell (r, c) covers x + c·cell_width … x + (c+1)·cell_width; CSS pixels. A
 * pixel belongs to the cell that its middle lies in: drawing and picking both ask for that. */
typedef struct
{
  double x, y; /* of the map's top left corner */
  double cell_width, cell_height;
  gint64 rows, columns;
  double width, height; /* of the map: columns·cell_width, rows·cell_height */
} ScopeHeatmapGeometry;

/* How many cells to read (max_rows and max_columns of scope_plane_read) so that a plane of rows ×
 * columns elements, fitted into a box, has no cell smaller than a pixel: smaller ones would be
 * skipped. The box in device pixels. */
void scope_heatmap_room (gint64 rows,
                         gint64 columns,
                         double width,
                         double height,
                         gint64 *max_rows,
                         gint64 *max_columns);
/* Fits a plane's cells into a box, with square elements where the aspect allows (at most 4 : 1 out
 * of square so that a 1280 × 256 map stays readable; more only for a strip of 24 pixels), centred,
 * from 3 pixels a cell on in whole pixels. A plane without cells gets an empty map as large as the
 * box. */
ScopeHeatmapGeometry
scope_heatmap_fit (const ScopePlane *plane, double x, double y, double width, double height);
gboolean scope_heatmap_pick (const ScopeHeatmapGeometry *geometry,
                             double x,
                             double y,
                             gint64 *row,
                             gint64 *column);

/* The element of the plane under a point of its map: not only the cell, which may cover several. */
gboolean scope_heatmap_pick_element (const ScopePlane *plane,
                                     const ScopeHeatmapGeometry *geometry,
                                     double x,
                                     double y,
                                     gint64 *row,
                                     gint64 *column);

/* How closely a plane is looked at, and what of it: the same for any size of plane and screen. */
typedef struct
{
  double zoom;      /* 1: all of it, fitted */
  long double x, y; /* what stands in the middle of the box, 0…1 of columns and rows */
} ScopeHeatmapViewport;

/* Where a plane of rows × columns elements stands that is seen through a box; CSS pixels. */
typedef struct
{
  double x, y, width, height; /* what is seen of the map */
  double across, down;        /* an element */
  long double left, top;      /* the element at x, y, with its fraction */
  gint64 rows, columns;
} ScopeHeatmapWindow;

/* Looks at a plane that `fit` fits as a whole, through a box: enlarged until an element takes 192
 * pixels. At a zoom of 1 it is `fit`. `scale`: device pixels to a CSS pixel, which the map keeps to
 * while it is moved. */
ScopeHeatmapWindow scope_heatmap_window (const ScopePlane *plane,
                                         const ScopeHeatmapGeometry *fit,
                                         const ScopeHeatmapViewport *viewport,
                                         double x,
                                         double y,
                                         double width,
                                         double height,
                                         double scale);
/* The largest zoom that makes a difference, and the one that gives an element so many pixels. */
double scope_heatmap_most_zoom (const ScopePlane *plane, const ScopeHeatmapGeometry *fit);
double
scope_heatmap_zoom_for (const ScopePlane *plane, const ScopeHeatmapGeometry *fit, double pixels);
/* The viewport with another zoom at which the element under a point stays there; and the one that
 * is moved by so many pixels. */
ScopeHeatmapViewport scope_heatmap_zoom_at (const ScopeHeatmapWindow *window,
                                            const ScopePlane *plane,
                                            const ScopeHeatmapGeometry *fit,
                                            const ScopeHeatmapViewport *viewport,
                                            double zoom,
                                            double x,
                                            double y);
ScopeHeatmapViewport scope_heatmap_move_by (const ScopeHeatmapWindow *window,
                                            const ScopeHeatmapViewport *viewport,
                                            double x,
                                            double y);
/* Where the cells of a plane, or of a part of it, stand in a window. */
ScopeHeatmapGeometry scope_heatmap_place (const ScopeHeatmapWindow *window,
                                          const ScopePlane *plane);
/* The elements that are seen, and how many of them a cell may cover so that none is smaller than a
 * device pixel. */
ScopePlanePart scope_heatmap_seen (const ScopeHeatmapWindow *window,
                                   double scale,
                                   gint64 *row_block,
                                   gint64 *column_block);

/* A region of a plane to point out, in elements of the plane; half-open. */
typedef struct
{
  gint64 row_begin, row_end, column_begin, column_end;
  gboolean hatch_rest; /* hatch everything outside: it is left out */
} ScopeHeatmapMark;

typedef struct
{
  const ScopeHeatmapMark *mark;
  int marks;
  const ScopeProvenance *provenance;  /* of the plane: what its elements are; NULL: not told */
  int row_from_end, column_from_end;  /* for the axes' colours on the edges; 0: no edge */
  const char *row_name, *column_name; /* in the middle of the edges; NULL: nothing */
  gboolean values;                    /* write values into cells where they have room */
  int digits;                         /* significant ones of those values; 0: 4 */
  double resolution;                  /* device pixels to a CSS pixel, where `cr` records for later;
                                         0: unknown */
  /* Cells that another cell comes from, with their share in it. */
  const struct ScopeHeatmapSource *source;
  int sources;
} ScopeHeatmapDecoration;

/* An element that a value comes from. */
typedef struct ScopeHeatmapSource
{
  gint64 row, column;
  double weight; /* NAN: it takes part, but not with a weight */
} ScopeHeatmapSource;

/* The room that the edges with their indices take left of and above the map, in CSS pixels. */
void scope_heatmap_margins (const ScopePlane *plane,
                            const ScopeHeatmapDecoration *decoration,
                            const ScopeTheme *theme,
                            cairo_t *cr,
                            double *left,
                            double *top);

/* What names and colours of joined operands take right of and below the map; 0 for nothing. */
void scope_heatmap_operands_room (const ScopeHeatmapDecoration *decoration,
                                  const ScopeTheme *theme,
                                  cairo_t *cr,
                                  double *right,
                                  double *bottom);

/* The map as an ARGB32 surface, one pixel a cell: made once, drawn with the nearest filter. NULL
 * when memory runs out or there is no cell. Free with cairo_surface_destroy. */
cairo_surface_t *scope_heatmap_raster (const ScopePlane *plane, const ScopeColorScale *scale);

/* A plane or a part of it in a window, and its raster. */
typedef struct
{
  const ScopePlane *plane;
  cairo_surface_t *raster;
} ScopeHeatmapLayer;

/* Draws what is seen through a window: the layers one over the other, each where it has cells. */
void scope_heatmap_paint_window (const ScopeHeatmapLayer *layer,
                                 int layers,
                                 const ScopeColorScale *scale,
                                 const ScopeHeatmapWindow *window,
                                 const ScopeHeatmapDecoration *decoration,
                                 const ScopeTheme *theme,
                                 cairo_t *cr);

/* Draws only what `cr` is clipped to, so that a map may be zoomed without bound. `raster` may be
 * NULL (nothing but edges is drawn, and a sentence says that there are no values). */
void scope_heatmap_paint (const ScopePlane *plane,
                          cairo_surface_t *raster,
                          const ScopeColorScale *scale,
                          const ScopeHeatmapGeometry *geometry,
                          const ScopeHeatmapDecoration *decoration,
                          const ScopeTheme *theme,
                          cairo_t *cr);
