/* From tiles to plots. */
#include "paint/compare-plots.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

/* ---- profiles ------------------------------------------------------------------------------- */

static void
clear_profile (ScopeComparePlots *plots)
{
  for (int i = 0; i < SCOPE_MOST_TILES; i++)
    {
      free (plots->profile_value[i]);
      plots->profile_value[i] = NULL;
    }
  g_clear_pointer (&plots->profile_title, g_free);
}

/* The row or column of a tile that stands at a relative place. */
static gint64
index_at (const ScopeTile *tile, const ScopeView *view, gboolean column, double place)
{
  const ScopeShape *shape = scope_tile_shape (tile);
  ScopeView fitted = scope_view_fit (view, shape);
  int axis = column ? fitted.column_axis : fitted.row_axis;
  gint64 size = axis < 0 ? 1 : shape->size[axis];
  return CLAMP ((gint64)floor (place * (double)size), 0, MAX (size - 1, 0));
}

static void
add_profile (ScopeComparePlots *plots,
             const ScopePlottedTile *plotted,
             const ScopeView *view,
             gboolean column,
             double place,
             const ScopeReading *reading)
{
  ScopePlot *plot = &plots->profile;
  ScopeError error;
  gint64 count, at = index_at (plotted->tile, view, column, place);
  double *value = scope_tile_profile (plotted->tile, view, column, at, reading, &count, &error);
  if (value == NULL)
    return;
  gint64 first = plot->n_series > 0 ? plots->profile_series[0].count : count;
  if (plot->n_series == 0)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, at);
      plots->profile_title = g_strdup_printf (
          column ? _ ("Profile along column %s") : _ ("Profile along row %s"), number);
    }
  /* Tiles of other sizes are stretched to the first one's. */
  double step = (double)first / (double)MAX (count, 1);
  plots->profile_value[plot->n_series] = value;
  plots->profile_series[plot->n_series++] = (ScopeSeries){ .name = plotted->tile->title,
                                                           .color = plotted->color,
                                                           .value = value,
                                                           .count = count,
                                                           .begin = (step - 1) / 2,
                                                           .step = step };
}

void
scope_compare_plots_set_profile (ScopeComparePlots *plots,
                                 const ScopePlottedTile *tile,
                                 int tiles,
                                 int reference,
                                 const ScopeView *view,
                                 gboolean column,
                                 double place,
                                 const ScopeReading *reading)
{
  clear_profile (plots);
  plots->profile = (ScopePlot){ .series = plots->profile_series,
                                .x_title = column ? _ ("row") : _ ("column"),
                                .emphasized = -1,
                                .legend = TRUE };
  for (int i = 0; i < MIN (tiles, SCOPE_MOST_TILES); i++)
    {
      if (tile[i].tile == NULL || !tile[i].tile->read)
        continue;
      if (i == reference)
        plots->profile.emphasized = plots->profile.n_series;
      add_profile (plots, &tile[i], view, column, place, reading);
    }
  plots->profile.title = plots->profile_title;
}

/* ---- filters -------------------------------------------------------------------------------- */

static gboolean
has_rule (const ScopePlottedTile *plotted,
          const ScopeView *view,
          gboolean column,
          ScopeResampleAxis *rule)
{
  if (plotted->tile == NULL || plotted->tile->program == NULL)
    return FALSE;
  ScopeView fitted = scope_view_fit (view, scope_tile_shape (plotted->tile));
  return scope_tile_rule (plotted->tile, column ? fitted.row_axis : fitted.column_axis, rule);
}

static void
add_curves (ScopeComparePlots *plots,
            const ScopePlottedTile *plotted,
            const ScopeResampleAxis *rule,
            double radius,
            double highest)
{
  int n = plots->kernel.n_series++;
  ScopeCurve *kernel = &plots->kernel_curve[n], *response = &plots->response_curve[n];
  plots->response.n_series++;
  scope_kernel_curve (rule, radius, kernel);
  scope_kernel_response (rule, highest, response);
  plots->kernel_series[n] = (ScopeSeries){ .name = plotted->tile->title,
                                           .color = plotted->color,
                                           .value = kernel->value,
                                           .count = SCOPE_CURVE_POINTS,
                                           .begin = kernel->begin,
                                           .step = kernel->step };
  plots->response_series[n] = plots->kernel_series[n];
  plots->response_series[n].value = response->value;
  plots->response_series[n].begin = response->begin;
  plots->response_series[n].step = response->step;
}

static void
add_places (ScopeComparePlots *plots,
            const ScopePlottedTile *plotted,
            const ScopeResampleAxis *rule)
{
  int n = plots->samples.rows;
  /* One picture has one row of elements: of tiles with other sizes it cannot tell. */
  if (n > 0 && (plots->places[0].in != rule->in || plots->places[0].out != rule->out))
    return;
  scope_sample_places (rule, &plots->places[n]);
  plots->row[n] = (ScopeSampleRow){ .name = plotted->tile->title,
                                    .color = plotted->color,
                                    .places = &plots->places[n] };
  plots->samples.rows++;
}

static void
mark_nyquist (ScopePlot *response, const ScopeResampleAxis *rule)
{
  double nyquist = scope_kernel_nyquist (rule);
  if (rule->out < rule->in)
    response->mark[response->marks++] =
        /* TRANSLATORS: the highest frequency that the smaller result can hold */
        (ScopePlotMark){ .x = nyquist, .label = _ ("limit of the result") };
  else if (rule->out > rule->in)
    response->mark[response->marks++] =
        /* TRANSLATORS: the highest frequency that is in the source */
        (ScopePlotMark){ .x = 0.5, .label = _ ("limit of the source") };
}

static void
make_filters (ScopeComparePlots *plots,
              const ScopePlottedTile *tile,
              int tiles,
              int reference,
              const ScopeView *view,
              gboolean column)
{
  ScopeResampleAxis rule[SCOPE_MOST_TILES];
  gboolean found[SCOPE_MOST_TILES] = { FALSE };
  double radius = 0, highest = 0.5;
  int first = -1;
  for (int i = 0; i < tiles; i++)
    if ((found[i] = has_rule (&tile[i], view, column, &rule[i])))
      {
        radius = fmax (radius, scope_resample_radius (&rule[i]));
        highest = rule[i].out > rule[i].in ? 1.5 : highest;
        first = first < 0 ? i : first;
      }
  if (first < 0)
    return;
  for (int i = 0; i < tiles; i++)
    if (found[i])
      {
        if (i == reference)
          plots->kernel.emphasized = plots->response.emphasized = plots->kernel.n_series;
        add_curves (plots, &tile[i], &rule[i], ceil (radius + 0.25), highest);
        add_places (plots, &tile[i], &rule[i]);
      }
  mark_nyquist (&plots->response, &rule[first]);
}

/* ---- all ------------------------------------------------------------------------------------ */

ScopeComparePlots *
scope_compare_plots_new (const ScopePlottedTile *tile,
                         int tiles,
                         int reference,
                         const ScopeView *view,
                         gboolean column,
                         double place,
                         const ScopeReading *reading)
{
  ScopeComparePlots *plots = g_new0 (ScopeComparePlots, 1);
  tiles = MIN (tiles, SCOPE_MOST_TILES);
  plots->kernel = (ScopePlot){ .title = _ ("Kernel"),
                               .x_title = _ ("source elements from the sample"),
                               .series = plots->kernel_series,
                               .emphasized = -1,
                               .legend = TRUE };
  plots->response = (ScopePlot){ .title = _ ("Frequency response"),
                                 .x_title = _ ("cycles per source element"),
                                 .series = plots->response_series,
                                 .y_high = 1,
                                 .emphasized = -1,
                                 .legend = TRUE };
  plots->samples = (ScopeSampleDiagram){ .title = _ ("Where the samples are"), .row = plots->row };
  for (int i = 0; i < tiles; i++)
    plots->kept[i] = tile[i].tile != NULL ? scope_tile_ref (tile[i].tile) : NULL;
  make_filters (plots, tile, tiles, reference, view, column);
  scope_compare_plots_set_profile (plots, tile, tiles, reference, view, column, place, reading);
  return plots;
}

void
scope_compare_plots_free (ScopeComparePlots *plots)
{
  if (plots == NULL)
    return;
  clear_profile (plots);
  for (int i = 0; i < SCOPE_MOST_TILES; i++)
    scope_tile_unref (plots->kept[i]);
  g_free (plots);
}
