/* The heatmap's drawing: pixels are made in a worker when there are many, and what is finished is
 * kept until something in it changes. */
#include "app/heatmap-view-private.h"

#include "app/widget-theme.h"
#include "paint/colorbar.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

enum
{
  AT_ONCE = 1 << 18, /* cells whose pixels are made without a worker: about a millisecond */
  BAR_LEAST = 60,    /* as high as a bar is at least, if there is room */
  WIDE = 300,        /* from this width on there is room for a histogram */
  HISTOGRAM = 34,
};

/* ---- pixels --------------------------------------------------------------------------------- */

static void
shown_stop (ScopeHeatmapShown *shown)
{
  if (shown->making != NULL)
    g_cancellable_cancel (shown->making);
  g_clear_object (&shown->making);
}

static void
shown_clear (ScopeHeatmapShown *shown)
{
  shown_stop (shown);
  g_clear_pointer (&shown->raster, cairo_surface_destroy);
  g_clear_pointer (&shown->plane, scope_plane_free);
}

void
scope_heatmap_view_forget (ScopeHeatmapView *self)
{
  shown_clear (&self->overview);
  shown_clear (&self->detail);
  scope_heatmap_view_redraw (self);
}

/* Pixels in the making. They hold no widget: the worker may be the last to let go of its task, and
 * a widget must not end in a worker. */
typedef struct
{
  GWeakRef view;
  ScopePlane *plane;
  ScopeColorScale scale;
  gboolean detail;
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;

  g_weak_ref_clear (&making->view);
  scope_plane_free (making->plane);
  g_free (making);
}

static void
make_pixels (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Making *making = data;

  if (g_task_return_error_if_cancelled (task))
    return;
  g_task_return_pointer (task, scope_heatmap_raster (making->plane, &making->scale),
                         (GDestroyNotify)cairo_surface_destroy);
}

static void
show_pixels (ScopeHeatmapView *self,
             ScopeHeatmapShown *shown,
             const ScopePlane *plane,
             const ScopeColorScale *scale,
             cairo_surface_t *raster)
{
  ScopePlane *share = scope_plane_ref (plane);

  shown_clear (shown);
  shown->plane = share;
  shown->raster = raster;
  shown->scale = *scale;
  scope_heatmap_view_redraw (self);
}

static void
pixels_made (GObject *source, GAsyncResult *result, gpointer data)
{
  Making *making = g_task_get_task_data (G_TASK (result));
  g_autoptr (ScopeHeatmapView) self = g_weak_ref_get (&making->view);
  cairo_surface_t *raster;

  if (self == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  raster = g_task_propagate_pointer (G_TASK (result), NULL);
  show_pixels (self, making->detail ? &self->detail : &self->overview, making->plane,
               &making->scale, raster);
  if (making->detail)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  else
    scope_heatmap_view_shown (self);
}

static void
start_making (ScopeHeatmapView *self, ScopeHeatmapShown *shown, const ScopePlane *plane)
{
  Making *making = g_new0 (Making, 1);
  GTask *task;

  g_weak_ref_init (&making->view, self);
  shown_stop (shown);
  shown->making = g_cancellable_new ();
  making->plane = scope_plane_ref (plane);
  making->scale = self->scale;
  making->detail = shown == &self->detail;
  task = g_task_new (NULL, shown->making, pixels_made, NULL);
  g_task_set_task_data (task, making, making_free);
  g_task_run_in_thread (task, make_pixels);
  g_object_unref (task);
}

/* Makes pixels of a plane; what is small is there at once. */
static void
update_shown (ScopeHeatmapView *self, ScopeHeatmapShown *shown, const ScopePlane *plane)
{
  if (plane == NULL)
    {
      if (shown->plane != NULL)
        scope_heatmap_view_redraw (self);
      shown_clear (shown);
      return;
    }
  if (shown->plane == plane && memcmp (&shown->scale, &self->scale, sizeof self->scale) == 0)
    {
      shown_stop (shown);
      return;
    }
  if (plane->cell_rows * plane->cell_columns > AT_ONCE)
    start_making (self, shown, plane);
  else
    show_pixels (self, shown, plane, &self->scale, scope_heatmap_raster (plane, &self->scale));
}

void
scope_heatmap_view_update_rasters (ScopeHeatmapView *self)
{
  const ScopePlane *plane = scope_picture_get_plane (self->picture);
  const ScopePlane *values = scope_picture_get_values (self->picture);

  if (plane == NULL)
    {
      scope_heatmap_view_forget (self);
      return;
    }
  memset (&self->scale, 0, sizeof self->scale); /* its padding is compared */
  self->scale = scope_color_scale_sampled (scope_picture_get_view (self->picture),
                                           &values->statistics, values->sample, values->samples);
  update_shown (self, &self->overview, plane);
  update_shown (self, &self->detail, scope_picture_get_detail (self->picture));
}

/* ---- marks ---------------------------------------------------------------------------------- */

ScopeHeatmapDecoration
scope_heatmap_view_decoration (ScopeHeatmapView *self)
{
  const ScopeView *view = scope_picture_get_view (self->picture);

  return (ScopeHeatmapDecoration){
    .provenance = scope_picture_get_provenance (self->picture),
    .row_from_end = view->row_axis >= 0 ? view->row_axis - view->rank : 0,
    .column_from_end = view->column_axis >= 0 ? view->column_axis - view->rank : 0,
    .row_name = self->row_name,
    .column_name = self->column_name,
    .values = TRUE,
    .digits = self->digits,
    .resolution = gtk_widget_get_scale_factor (GTK_WIDGET (self)),
  };
}

/* The part of the plane that the footprint leaves in; FALSE when that is all of it. */
static gboolean
find_mark (ScopeHeatmapView *self, const ScopeView *view, ScopeHeatmapMark *mark)
{
  const ScopeFootprint *footprint = scope_picture_get_footprint (self->picture);
  const ScopePlane *plane = self->overview.plane;
  int row = view->row_axis, column = view->column_axis;
  gboolean outside = FALSE;

  if (footprint == NULL || !footprint->used)
    return FALSE;
  *mark = (ScopeHeatmapMark){ 0, plane->rows, 0, plane->columns, TRUE };
  for (int axis = 0; axis < footprint->rank; axis++)
    if (axis != row && axis != column)
      outside = outside || view->index[axis] < footprint->begin[axis]
                || view->index[axis] >= footprint->end[axis];
  if (row >= 0)
    {
      mark->row_begin = footprint->begin[row];
      mark->row_end = footprint->end[row];
    }
  if (column >= 0)
    {
      mark->column_begin = footprint->begin[column];
      mark->column_end = footprint->end[column];
    }
  if (outside)
    mark->row_begin = mark->row_end = mark->column_begin = mark->column_end = 0;
  return outside || mark->row_begin > 0 || mark->column_begin > 0 || mark->row_end < plane->rows
         || mark->column_end < plane->columns;
}

/* The element that is kept chosen. */
static gboolean
find_pin (ScopeHeatmapView *self, ScopeHeatmapMark *mark)
{
  gint64 row, column;

  scope_picture_get_pin (self->picture, &row, &column);
  *mark = (ScopeHeatmapMark){ row, row + 1, column, column + 1, FALSE };
  return row >= 0;
}

/* The painter's sources are the picture's by another name: neither layer sees the other. */
G_STATIC_ASSERT (sizeof (ScopeHeatmapSource) == sizeof (ScopeSource));
G_STATIC_ASSERT (offsetof (ScopeHeatmapSource, column) == offsetof (ScopeSource, column));
G_STATIC_ASSERT (offsetof (ScopeHeatmapSource, weight) == offsetof (ScopeSource, weight));

static const ScopeHeatmapSource *
get_sources (ScopeHeatmapView *self, int *count)
{
  guint found;
  const ScopeSource *source = scope_picture_get_sources (self->picture, &found);

  *count = (int)found;
  return (const ScopeHeatmapSource *)(gconstpointer)source;
}

/* ---- the colour bar ------------------------------------------------------------------------- */

/* What the histogram takes beside the bar, where there is room for it. */
static double
histogram_width (ScopeHeatmapView *self)
{
  const ScopePlane *values = scope_picture_get_values (self->picture);
  gboolean room = gtk_widget_get_width (GTK_WIDGET (self)) >= WIDE;

  return room && values != NULL && values->samples > 1 ? HISTOGRAM : 0;
}

double
scope_heatmap_view_bar_width (ScopeHeatmapView *self, const ScopeTheme *theme, cairo_t *cr)
{
  double bar = ceil (scope_colorbar_width (&self->scale, theme, cr));

  return self->show_bar ? bar + histogram_width (self) : 0;
}

graphene_rect_t
scope_heatmap_view_bar (ScopeHeatmapView *self)
{
  const ScopeHeatmapWindow *window = &self->window;
  double room = gtk_widget_get_height (GTK_WIDGET (self));
  double height = MAX (window->height, MIN (BAR_LEAST, room));
  double y = window->y + (window->height - height) / 2;

  return GRAPHENE_RECT_INIT (
      (float)(window->x + window->width + self->right + SCOPE_HEATMAP_BAR_GAP), (float)y,
      (float)self->bar_width, (float)height);
}

/* ---- drawing -------------------------------------------------------------------------------- */

/* The map with its edges and marks. */
static void
paint_map (ScopeHeatmapView *self, const ScopeTheme *theme, cairo_t *cr)
{
  const ScopeView *view = scope_picture_get_view (self->picture);
  ScopeHeatmapDecoration decoration = scope_heatmap_view_decoration (self);
  ScopeHeatmapMark mark[2];
  ScopeHeatmapLayer layer[2] = {
    { self->overview.plane, self->overview.raster },
    { self->detail.plane, self->detail.raster },
  };

  decoration.mark = mark;
  decoration.marks = find_mark (self, view, &mark[0]) ? 1 : 0;
  decoration.marks += find_pin (self, &mark[decoration.marks]) ? 1 : 0;
  decoration.source = get_sources (self, &decoration.sources);
  if (self->overview.raster == NULL)
    scope_heatmap_paint (self->overview.plane, NULL, &self->scale, &self->fit, &decoration, theme,
                         cr);
  else
    scope_heatmap_paint_window (layer, self->detail.plane != NULL ? 2 : 1, &self->scale,
                                &self->window, &decoration, theme, cr);
}

/* What the colour bar is to look like. Its values are the picture's, not a share of them. */
static ScopeHeatmapBar
find_bar (ScopeHeatmapView *self, const ScopeTheme *theme)
{
  ScopeHeatmapBar bar;

  memset (&bar, 0, sizeof bar); /* its padding is compared */
  bar.theme = *theme;
  bar.scale = self->scale;
  bar.place = scope_heatmap_view_bar (self);
  bar.histogram = histogram_width (self);
  if (bar.histogram > 0)
    bar.values = (ScopePlane *)scope_picture_get_values (self->picture);
  return bar;
}

static void
paint_bar (const ScopeHeatmapBar *bar, cairo_t *cr)
{
  const graphene_rect_t *place = &bar->place;

  scope_colorbar_paint (&bar->scale, place->origin.x + bar->histogram, place->origin.y,
                        place->size.width - bar->histogram, place->size.height, &bar->theme, cr);
  if (bar->histogram > 0)
    scope_histogram_paint (&bar->scale, bar->values->sample, bar->values->samples, place->origin.x,
                           place->origin.y, bar->histogram - 4, place->size.height, &bar->theme,
                           cr);
}

void
scope_heatmap_view_paint (ScopeHeatmapView *self, const ScopeTheme *theme, cairo_t *cr)
{
  ScopeHeatmapBar bar = find_bar (self, theme);

  paint_map (self, theme, cr);
  if (self->show_bar)
    paint_bar (&bar, cr);
}

/* ---- what is shown, in words ---------------------------------------------------------------- */

static void
append_part (GString *text, const char *part)
{
  g_string_append_printf (text, text->len > 0 ? " · %s" : "%s", part);
}

/* "2400 %": an element's width in pixels, where the map is enlarged. */
static void
append_zoom (ScopeHeatmapView *self, GString *text)
{
  ScopeText number = { 0 };

  if (!(self->viewport.zoom > 1))
    return;
  scope_number_print (100 * self->window.across, 3, 1e6, &number);
  scope_text_append (&number, " %");
  append_part (text, scope_text_string (&number));
  scope_text_clear (&number);
}

/* Puts `blocks` where a translated text has %s. */
static char *
fill_in (const char *words, const char *blocks)
{
  g_auto (GStrv) part = g_strsplit (words, "%s", 2);

  return g_strjoinv (blocks, part);
}

/* What one cell stands for where it covers several elements. */
static void
append_cell (ScopeHeatmapView *self, GString *text)
{
  const char *const words[SCOPE_N_AGGREGATES] = {
    /* TRANSLATORS: what a cell of a heatmap shows; %s is like 4 × 4 elements */
    [SCOPE_AGGREGATE_MEAN] = _ ("cell: mean of %s"),
    [SCOPE_AGGREGATE_MIN] = _ ("cell: minimum of %s"),
    [SCOPE_AGGREGATE_MAX] = _ ("cell: maximum of %s"),
    [SCOPE_AGGREGATE_EXTREME] = _ ("cell: largest magnitude of %s"),
  };
  const ScopePlane *plane = self->detail.plane != NULL ? self->detail.plane : self->overview.plane;
  g_autofree char *blocks = NULL;
  g_autofree char *part = NULL;

  if (plane->row_block <= 1 && plane->column_block <= 1)
    return;
  blocks = g_strdup_printf ("%" G_GINT64_FORMAT " × %" G_GINT64_FORMAT, plane->row_block,
                            plane->column_block);
  part = fill_in (words[scope_picture_get_view (self->picture)->aggregate], blocks);
  append_part (text, part);
}

/* How many values lie beyond the range; a share where only a sample of them is known. */
static void
append_clipped (ScopeHeatmapView *self, GString *text)
{
  const ScopePlane *values = scope_picture_get_values (self->picture);
  gint64 below = 0, above = 0, finite;
  g_autofree char *part = NULL;

  if (values == NULL || values->samples == 0)
    return;
  for (gint64 i = 0; i < values->samples && values->sample[i] < self->scale.low; i++)
    below++;
  for (gint64 i = values->samples; i > 0 && values->sample[i - 1] > self->scale.high; i--)
    above++;
  if (below + above == 0)
    return;
  finite = values->statistics.count - values->statistics.nans
           - values->statistics.positive_infinities - values->statistics.negative_infinities;
  if (values->samples == finite)
    /* TRANSLATORS: how many values lie below and above a range of colours */
    part = g_strdup_printf (_ ("clipped: %d below, %d above"), (int)below, (int)above);
  else
    part = g_strdup_printf (_ ("clipped: about %.2g %% below, %.2g %% above"),
                            100.0 * (double)below / (double)values->samples,
                            100.0 * (double)above / (double)values->samples);
  append_part (text, part);
}

static void
update_state (ScopeHeatmapView *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->overview.plane != NULL && self->picture != NULL)
    {
      append_zoom (self, text);
      append_cell (self, text);
      append_clipped (self, text);
    }
  if (g_strcmp0 (self->state, text->len > 0 ? text->str : NULL) == 0)
    return;
  g_free (self->state);
  self->state = text->len > 0 ? g_strdup (text->str) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self),
                            scope_heatmap_view_properties[SCOPE_HEATMAP_PROP_ZOOM_TEXT]);
}

/* ---- the finished drawing ------------------------------------------------------------------- */

void
scope_heatmap_view_redraw (ScopeHeatmapView *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  update_state (self);
}

static void
drop_bar (ScopeHeatmapView *self)
{
  g_clear_pointer (&self->bar_node, gsk_render_node_unref);
  g_clear_pointer (&self->drawn_bar.values, scope_plane_free);
}

void
scope_heatmap_view_drop_nodes (ScopeHeatmapView *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  drop_bar (self);
}

static void
make_node (ScopeHeatmapView *self, const ScopeTheme *theme)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget),
                                               (float)gtk_widget_get_height (widget));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  paint_map (self, theme, cr);
  cairo_destroy (cr);
  g_clear_pointer (&self->node, gsk_render_node_unref);
  self->node_theme = *theme;
  self->node = gtk_snapshot_free_to_node (snapshot);
}

static void
make_bar_node (ScopeHeatmapView *self, const ScopeHeatmapBar *bar)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  /* Ticks, triangles and lines reach a little beyond. */
  graphene_rect_t bounds = bar->place;
  cairo_t *cr;

  graphene_rect_inset (&bounds, -8, -8);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  paint_bar (bar, cr);
  cairo_destroy (cr);
  drop_bar (self);
  self->drawn_bar = *bar;
  if (bar->values != NULL)
    scope_plane_ref (bar->values);
  self->bar_node = gtk_snapshot_free_to_node (snapshot);
}

void
scope_heatmap_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);
  ScopeHeatmapBar bar;
  ScopeTheme theme;

  if (self->overview.plane == NULL)
    return;
  theme = scope_widget_theme (widget);
  if (self->node == NULL || memcmp (&theme, &self->node_theme, sizeof theme) != 0)
    make_node (self, &theme);
  if (self->node != NULL)
    gtk_snapshot_append_node (snapshot, self->node);
  bar = find_bar (self, &theme);
  if (self->show_bar
      && (self->bar_node == NULL || memcmp (&bar, &self->drawn_bar, sizeof bar) != 0))
    make_bar_node (self, &bar);
  if (self->show_bar && self->bar_node != NULL)
    gtk_snapshot_append_node (snapshot, self->bar_node);
  gtk_widget_snapshot_child (widget, self->cursor, snapshot);
}
