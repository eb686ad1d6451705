/* Tiles side by side as one figure: what the comparison exports and `render compare` writes. */
#pragma once

#include "paint/heatmap.h"
#include "paint/plot.h"
#include "paint/samples.h"

typedef struct
{
  const char *title;       /* `bilinear · antialias` */
  const char *call;        /* that it equals */
  const char *badge;       /* beside the title: `PSNR 18.3 dB`; NULL: none */
  const char *note;        /* below the map: the other metrics; NULL: none */
  const char *problem;     /* instead of a map; NULL: there is one */
  const ScopePlane *plane; /* NULL with a problem */
  ScopeView view;          /* the range of colours follows from it */
  gboolean reference;      /* framed */
} ScopeCompareTile;

typedef struct
{
  const ScopeTheme *theme;
  const char *title;       /* of the whole */
  const char *subtitle;    /* NULL: none */
  const char *conventions; /* how the metrics are meant, at the end; NULL: nothing */
  const ScopeCompareTile *tile;
  int tiles;
  gboolean one_range;    /* all tiles have the same range of colours: one bar for all */
  const ScopePlot *plot; /* the first one as wide as the figure, the others side by side */
  int plots;
  const ScopeSampleDiagram *samples; /* NULL: none */
  double width;                      /* in CSS pixels; 0: 1120 */
} ScopeCompareFigure;

/* How many columns so many tiles stand in. */
int scope_compare_columns (int tiles);
/* The size of the figure in CSS pixels. */
void scope_compare_figure_measure (const ScopeCompareFigure *figure, double *width, double *height);
/* How many cells to read of a rows × columns plane, drawn `scale` times as fine. */
void scope_compare_figure_room (const ScopeCompareFigure *figure,
                                gint64 rows,
                                gint64 columns,
                                double scale,
                                gint64 *max_rows,
                                gint64 *max_columns);
/* Draws it; a ScopeFigurePaint. */
void scope_compare_figure_paint (cairo_t *cr, gpointer figure);
