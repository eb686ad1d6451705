/* The figure of a comparison, from what its tiles show. */
#include "app/compare-export.h"

#include "paint/compare-figure.h"
#include "paint/figure.h"

#include <glib/gi18n.h>

enum
{
  FIGURE_SCALE = 2, /* pixels of a PNG, and cells of any figure, for each CSS pixel */
};

/* ---- plots ---------------------------------------------------------------------------------- */

/* What the plots are made of; returns how many tiles. The view is the first picture's that has
 * values. */
static int
plotted_tiles (ScopeComparison *comparison, ScopePlottedTile *plotted, ScopeView *view)
{
  GListModel *tiles = scope_comparison_get_tiles (comparison);
  int count = 0;

  *view = (ScopeView){ .row_axis = -1, .column_axis = -1 };
  for (guint i = 0; i < g_list_model_get_n_items (tiles); i++)
    {
      g_autoptr (ScopeComparisonTile) tile = g_list_model_get_item (tiles, i);
      ScopeTile *read = scope_comparison_tile_get_tile (tile);

      plotted[count++] = (ScopePlottedTile){ .tile = read, .color = (int)i };
      if (read != NULL && view->rank == 0)
        *view = scope_view_fit (scope_picture_get_view (scope_comparison_tile_get_picture (tile)),
                                scope_tile_shape (read));
    }
  return count;
}

ScopeComparePlots *
scope_compare_export_plots (ScopeComparison *comparison)
{
  ScopePlottedTile plotted[SCOPE_COMPARISON_TILES];
  ScopeReading reading = { 0 };
  ScopeView view;
  double place;
  gboolean column = scope_comparison_get_profile (comparison, &place);
  int count = plotted_tiles (comparison, plotted, &view);

  return scope_compare_plots_new (plotted, count, (int)scope_comparison_get_reference (comparison),
                                  &view, column, place, &reading);
}

/* ---- the figure ----------------------------------------------------------------------------- */

/* What a tile shows, read as finely as the figure has room for; NULL when it cannot be read. */
static ScopePlane *
read_plane (ScopeComparisonTile *tile, const ScopeCompareFigure *figure)
{
  const ScopeView *look = scope_picture_get_view (scope_comparison_tile_get_picture (tile));
  ScopeReading reading = { 0 };
  ScopeSubject shown;
  const ScopeShape *shape;
  ScopeView view;
  ScopeError error;
  gint64 rows, columns;

  if (scope_comparison_tile_get_problem (tile) != NULL
      || !scope_comparison_tile_get_shown (tile, &shown))
    return NULL;
  shape = scope_subject_shape (&shown);
  view = scope_view_fit (look, shape);
  scope_compare_figure_room (figure, view.row_axis < 0 ? 1 : shape->size[view.row_axis],
                             view.column_axis < 0 ? 1 : shape->size[view.column_axis], FIGURE_SCALE,
                             &rows, &columns);
  return scope_plane_read (shown.program, shown.node, &view, rows, columns, 0, &reading, &error);
}

static void
fill_tile (ScopeComparisonTile *tile, ScopeCompareTile *out)
{
  ScopePicture *picture = scope_comparison_tile_get_picture (tile);
  const char *problem = scope_comparison_tile_get_problem (tile);

  *out = (ScopeCompareTile){
    .title = scope_comparison_tile_get_title (tile),
    .call = scope_comparison_tile_get_call (tile),
    .badge = scope_comparison_tile_get_badge (tile),
    .note = scope_comparison_tile_get_note (tile),
    .view = *scope_picture_get_view (picture),
    .reference = scope_comparison_tile_get_is_reference (tile),
  };
  out->problem = problem != NULL ? problem : scope_picture_get_problem (picture);
}

/* NULL of what needs no words. */
static const char *
name_of_view (ScopeCompareView view)
{
  return view == SCOPE_COMPARE_DIFFERENCE  ? _ ("Difference to the reference")
         : view == SCOPE_COMPARE_ABSOLUTE  ? _ ("Magnitude of the difference to the reference")
         : view == SCOPE_COMPARE_OVERSHOOT ? _ ("How far values lie beyond the source’s range")
                                           : NULL;
}

gboolean
scope_compare_export_figure (ScopeComparison *comparison,
                             const ScopeComparePlots *plots,
                             const char *path,
                             const ScopeTheme *theme,
                             GError **error)
{
  GListModel *tiles = scope_comparison_get_tiles (comparison);
  g_autofree char *title = scope_comparison_get_title (comparison);
  ScopeCompareTile tile[SCOPE_COMPARISON_TILES];
  ScopePlot plot[3] = { plots->profile, plots->kernel, plots->response };
  ScopeCompareFigure figure = { .theme = theme,
                                .title = title,
                                .subtitle = name_of_view (scope_comparison_get_view (comparison)),
                                .conventions = scope_comparison_get_conventions (comparison),
                                .tile = tile,
                                .one_range = scope_comparison_get_one_range (comparison),
                                .plot = plot,
                                .plots = plots->kernel.n_series > 0 ? 3 : 1,
                                .samples = plots->samples.rows > 0 ? &plots->samples : NULL };
  ScopePlane *plane[SCOPE_COMPARISON_TILES] = { NULL };
  double width, height;
  gboolean written;

  figure.tiles = (int)g_list_model_get_n_items (tiles);
  for (int i = 0; i < figure.tiles; i++)
    {
      g_autoptr (ScopeComparisonTile) item = g_list_model_get_item (tiles, (guint)i);

      fill_tile (item, &tile[i]);
      tile[i].plane = plane[i] = read_plane (item, &figure);
    }
  scope_compare_figure_measure (&figure, &width, &height);
  written = scope_figure_write (path, width, height, FIGURE_SCALE, theme,
                                scope_compare_figure_paint, &figure, error);
  for (int i = 0; i < figure.tiles; i++)
    scope_plane_free (plane[i]);
  return written;
}
