/* The parts of a heatmap's drawing that have files of their own. */
#pragma once

#include "paint/heatmap.h"
#include "paint/text.h"

/* What is drawn, and the cells that the clip leaves: rows first_row…end_row, half-open. */
typedef struct
{
  const ScopePlane *plane;
  cairo_surface_t *raster;
  const ScopeColorScale *scale;
  const ScopeHeatmapGeometry *geometry;
  const ScopeHeatmapDecoration *decoration;
  const ScopeTheme *theme;
  ScopePen pen;
  cairo_t *cr;
  gint64 first_row, end_row, first_column, end_column;
  /* What is seen of the map, and the elements at its ends. */
  double x, y, width, height;
  gint64 top, bottom, left, right; /* half-open */
} ScopeHeatmapPicture;

/* What a value needs beyond its colour, as scope_raster_sort has it. */
typedef enum
{
  SCOPE_CELL_PLAIN = SCOPE_RASTER_PLAIN,
  /* NaN, or nothing above 0 on a logarithmic scale */
  SCOPE_CELL_BAD = SCOPE_RASTER_BAD,
  SCOPE_CELL_POSITIVE_INFINITY = SCOPE_RASTER_POSITIVE_INFINITY,
  SCOPE_CELL_NEGATIVE_INFINITY = SCOPE_RASTER_NEGATIVE_INFINITY,
  SCOPE_CELL_OVER = SCOPE_RASTER_OVER, /* above the range */
  SCOPE_CELL_UNDER = SCOPE_RASTER_UNDER,
} ScopeCellKind;

enum
{
  SCOPE_HEATMAP_FEW = 64, /* cells that are pointed out when they are too small to see */
};

/* What a raster's cells need beyond their colours. */
typedef struct
{
  guint8 *kind;                  /* ScopeCellKind of each cell; NULL when all are plain */
  guint8 *in_row;                /* whether a row has one that is not */
  gint64 bads;                   /* how many are BAD */
  gint64 bad[SCOPE_HEATMAP_FEW]; /* the first of them: numbers of cells */
} ScopeHeatmapSpecials;

/* Of a raster that scope_heatmap_raster made. */
const ScopeHeatmapSpecials *scope_heatmap_specials (cairo_surface_t *raster);
/* Whether some cell is not plain. */
gboolean scope_heatmap_has_special (const ScopeHeatmapPicture *picture);

/* The cells as squares; to SVG and PDF as vectors or an image that stays sharp. */
void scope_heatmap_paint_cells (ScopeHeatmapPicture *picture);
/* Rings around the few NaN among cells that are too small to be seen. */
void scope_heatmap_paint_rings (ScopeHeatmapPicture *picture);
/* Parts and sources. */
void scope_heatmap_paint_marks (ScopeHeatmapPicture *picture);
/* What is mixed or made up, where operands meet, and on the edges what they are called. */
void scope_heatmap_paint_provenance (ScopeHeatmapPicture *picture);
/* A dark line with a light one around it along the path, which stands out from every palette. */
void scope_heatmap_stroke_twice (ScopeHeatmapPicture *picture);
/* Signs on cells that are not plain, where cells are large enough. */
void scope_heatmap_paint_signs (ScopeHeatmapPicture *picture);
/* Values in cells that have room for them. */
void scope_heatmap_paint_values (ScopeHeatmapPicture *picture);
