/* A plane of values as sharp squares, with its axes' edges, values, marks and colour bar. */
#pragma once

#include "paint/color-scale.h"
#include "paint/theme.h"

/* Where cells stand: cell (r, c) covers x + c·cell … x + (c+1)·cell; CSS pixels. */
typedef struct
{
  double x, y; /* of the map's top left corner */
  double cell_width, cell_height;
  gint64 rows, columns;
  double width, height; /* of the map: columns·cell_width, rows·cell_height */
} ScopeHeatmapGeometry;

/* Fits a plane's cells into a box, square where the aspect allows (at most 4 : 1 out of square so
 * that a 1280 × 256 map stays readable), centred. */
ScopeHeatmapGeometry
scope_heatmap_fit (const ScopePlane *plane, double x, double y, double width, double height);
gboolean scope_heatmap_pick (const ScopeHeatmapGeometry *geometry,
                             double x,
                             double y,
                             gint64 *row,
                             gint64 *column);

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
  gint64 seam_row, seam_column;      /* draw a seam before this row or column; −1: none */
  int row_from_end, column_from_end; /* for the axes' colours on the edges */
  gboolean values;                   /* write values into cells where they have room */
} ScopeHeatmapDecoration;

/* The map as an ARGB32 surface, one pixel a cell: made once, drawn with the nearest filter. NULL
 * when memory runs out. Free with cairo_surface_destroy. */
cairo_surface_t *scope_heatmap_raster (const ScopePlane *plane, const ScopeColorScale *scale);

void scope_heatmap_paint (const ScopePlane *plane,
                          cairo_surface_t *raster,
                          const ScopeColorScale *scale,
                          const ScopeHeatmapGeometry *geometry,
                          const ScopeHeatmapDecoration *decoration,
                          const ScopeTheme *theme,
                          cairo_t *cr);
