/* The plots of a comparison, made from its tiles: a row or column of all of them, the filters, what
 * they let through, where their samples are. */
#pragma once

#include "paint/plot.h"
#include "paint/samples.h"
#include "scene/tile.h"

enum
{
  SCOPE_MOST_TILES = 9,
};

typedef struct
{
  ScopePlot profile, kernel, response; /* without series when there is nothing to draw */
  ScopeSampleDiagram samples;          /* without rows when no tile resamples */

  ScopeSeries profile_series[SCOPE_MOST_TILES];
  ScopeSeries kernel_series[SCOPE_MOST_TILES], response_series[SCOPE_MOST_TILES];
  ScopeCurve kernel_curve[SCOPE_MOST_TILES], response_curve[SCOPE_MOST_TILES];
  ScopeSampleRow row[SCOPE_MOST_TILES];
  ScopeSamplePlaces places[SCOPE_MOST_TILES];
  double *profile_value[SCOPE_MOST_TILES];
  ScopeTile *kept[SCOPE_MOST_TILES]; /* whose titles are the series' names */
  char *profile_title;
} ScopeComparePlots;

/* A tile as a plot shows it. */
typedef struct
{
  ScopeTile *tile; /* NULL or without values: it is left out */
  int color;       /* of its series */
} ScopePlottedTile;

/* `view` is of the first tile with values. The profile is the row (column) at `place` of it: 0 is
 * the first, 1 the last. `reference` (−1: none) is drawn heavier. Freed with
 * scope_compare_plots_free. */
ScopeComparePlots *scope_compare_plots_new (const ScopePlottedTile *tile,
                                            int tiles,
                                            int reference,
                                            const ScopeView *view,
                                            gboolean column,
                                            double place,
                                            const ScopeReading *reading);
void scope_compare_plots_free (ScopeComparePlots *plots); /* NULL is fine */
/* Reads the profile of the same tiles anew, at another place. */
void scope_compare_plots_set_profile (ScopeComparePlots *plots,
                                      const ScopePlottedTile *tile,
                                      int tiles,
                                      int reference,
                                      const ScopeView *view,
                                      gboolean column,
                                      double place,
                                      const ScopeReading *reading);
