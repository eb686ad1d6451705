/* A picture's plane as a heatmap with its colour bar: the widget, its size and its geometry. */
#include "app/heatmap-view-private.h"

#include "app/frame-memory.h"
#include "app/heatmap-cursor.h"
#include "app/widget-theme.h"

#include <glib/gi18n.h>
#include <math.h>

enum
{
  MIN_SIDE = 96,
  NATURAL_WIDTH = 220,
  NATURAL_HEIGHT = 236, /* at most, unless the width is more */
  LEAST_HEIGHT = 124,
};

GParamSpec *scope_heatmap_view_properties[SCOPE_HEATMAP_N_PROPS];

enum
{
  VIEWPORT_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ScopeHeatmapView, scope_heatmap_view, GTK_TYPE_WIDGET)

/* ---- geometry ------------------------------------------------------------------------------- */

/* The room for edges and colour bar. */
static void
measure_frame (ScopeHeatmapView *self)
{
  ScopeTheme theme = scope_widget_theme (GTK_WIDGET (self));
  ScopeHeatmapDecoration decoration = scope_heatmap_view_decoration (self);
  cairo_t *cr = scope_measuring_context ();

  self->bar_width = scope_heatmap_view_bar_width (self, &theme, cr);
  scope_heatmap_margins (self->overview.plane, &decoration, &theme, cr, &self->left, &self->top);
  scope_heatmap_operands_room (&decoration, &theme, cr, &self->right, &self->bottom);
  cairo_destroy (cr);
}

/* What operands' names, bar and gap take on the right. */
static double
right_of_map (ScopeHeatmapView *self)
{
  return SCOPE_HEATMAP_EDGE + self->right
         + (self->show_bar ? SCOPE_HEATMAP_BAR_GAP + self->bar_width : 0);
}

graphene_rect_t
scope_heatmap_view_room (ScopeHeatmapView *self)
{
  double left = MAX (self->left, SCOPE_HEATMAP_EDGE), top = MAX (self->top, SCOPE_HEATMAP_EDGE);
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - left - right_of_map (self);
  double height =
      gtk_widget_get_height (GTK_WIDGET (self)) - top - SCOPE_HEATMAP_EDGE - self->bottom;

  return GRAPHENE_RECT_INIT ((float)left, (float)top, (float)MAX (width, 1),
                             (float)MAX (height, 1));
}

/* The box that a map of rows × columns elements may fill: no longer than its squares need, so that
 * a square tensor is square in a tall card too. It begins at the top, where its neighbours' do. */
static graphene_rect_t
map_box (ScopeHeatmapView *self, gint64 rows, gint64 columns)
{
  graphene_rect_t room = scope_heatmap_view_room (self);
  double aspect = (double)MAX (rows, 1) / (double)MAX (columns, 1);
  double width = MAX (MIN (room.size.width, room.size.height * MAX (1 / aspect, 1)), 1);
  double height = MAX (MIN (room.size.height, room.size.width * MAX (aspect, 1)), 1);

  return GRAPHENE_RECT_INIT ((float)(room.origin.x + MAX (room.size.width - width, 0) / 2),
                             room.origin.y, (float)width, (float)height);
}

void
scope_heatmap_view_update_geometry (ScopeHeatmapView *self)
{
  const ScopePlane *plane = self->overview.plane;
  graphene_rect_t box, room;

  if (plane == NULL)
    return;
  box = map_box (self, plane->rows, plane->columns);
  room = scope_heatmap_view_room (self);
  self->fit =
      scope_heatmap_fit (plane, box.origin.x, box.origin.y, box.size.width, box.size.height);
  self->window = scope_heatmap_window (plane, &self->fit, &self->viewport, room.origin.x,
                                       room.origin.y, room.size.width, room.size.height,
                                       gtk_widget_get_scale_factor (GTK_WIDGET (self)));
}

/* Tells the picture how many cells have room, no cell being smaller than a pixel. */
static void
update_resolution (ScopeHeatmapView *self)
{
  const ScopeShape *shape = self->picture != NULL ? scope_picture_get_shape (self->picture) : NULL;
  const ScopeView *view;
  gint64 rows, columns;
  graphene_rect_t box;
  int scale;

  /* Another view of the same picture may be the one that is seen. */
  if (shape == NULL || gtk_widget_get_width (GTK_WIDGET (self)) == 0
      || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  view = scope_picture_get_view (self->picture);
  rows = view->row_axis >= 0 ? shape->size[view->row_axis] : 1;
  columns = view->column_axis >= 0 ? shape->size[view->column_axis] : 1;
  box = map_box (self, rows, columns);
  scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  if (rows > 0 && columns > 0)
    {
      scope_heatmap_room (rows, columns, box.size.width * scale, box.size.height * scale, &rows,
                          &columns);
      scope_picture_set_resolution (self->picture, rows, columns);
    }
}

/* The rectangle of the cell that covers an element of the plane, as far as it is seen. */
static gboolean
cell_of (ScopeHeatmapView *self, gint64 row, gint64 column, GdkRectangle *at)
{
  const ScopeHeatmapWindow *window = &self->window;
  const ScopePlane *plane = self->detail.plane != NULL ? self->detail.plane : self->overview.plane;
  ScopeHeatmapGeometry map = scope_heatmap_place (window, plane);
  double x = map.x
             + floor ((double)(column - plane->column_begin) / (double)plane->column_block)
                   * map.cell_width;
  double y =
      map.y + floor ((double)(row - plane->row_begin) / (double)plane->row_block) * map.cell_height;
  double right = MIN (x + map.cell_width, window->x + window->width);
  double bottom = MIN (y + map.cell_height, window->y + window->height);

  x = MAX (x, window->x);
  y = MAX (y, window->y);
  if (x >= right || y >= bottom)
    return FALSE;
  at->x = (int)floor (x);
  at->y = (int)floor (y);
  at->width = MAX ((int)ceil (right) - at->x, 2);
  at->height = MAX ((int)ceil (bottom) - at->y, 2);
  return TRUE;
}

/* Where the cursor belongs; FALSE when its cell is not seen. */
static gboolean
place_cursor (ScopeHeatmapView *self, GdkRectangle *at)
{
  gint64 row = -1, column = -1;

  *at = (GdkRectangle){ (int)self->window.x, (int)self->window.y, 1, 1 };
  if (self->picture != NULL)
    scope_picture_get_cursor (self->picture, &row, &column);
  return self->overview.plane != NULL && row >= 0 && cell_of (self, row, column, at);
}

static void
allocate_cursor (ScopeHeatmapView *self)
{
  gboolean seen = place_cursor (self, &self->cursor_at);

  gtk_widget_set_opacity (self->cursor, seen ? 1 : 0);
  gtk_widget_size_allocate (self->cursor, &self->cursor_at, -1);
}

void
scope_heatmap_view_follow (ScopeHeatmapView *self)
{
  GdkRectangle at;

  place_cursor (self, &at);
  if (self->popover != NULL || !gdk_rectangle_equal (&at, &self->cursor_at))
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
scope_heatmap_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);

  /* A wider one has room for a histogram. */
  if (width != self->width && self->overview.plane != NULL)
    measure_frame (self);
  /* A plane read anew may have other numbers on its edges and so leave another box. */
  for (int i = 0; i < 3; i++)
    {
      double frame = self->bar_width + self->left + self->top + self->right + self->bottom;

      update_resolution (self);
      if (self->bar_width + self->left + self->top + self->right + self->bottom == frame)
        break;
    }
  scope_heatmap_view_update_geometry (self);
  scope_heatmap_view_update_part (self);
  allocate_cursor (self);
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
  if (width != self->width || height != self->height)
    {
      scope_frame_memory_keep (widget);
      scope_heatmap_view_redraw (self);
    }
  self->width = width;
  self->height = height;
}

/* Seen again: what is read follows this view's size now. */
static void
scope_heatmap_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (scope_heatmap_view_parent_class)->map (widget);
  gtk_widget_queue_allocate (widget);
}

/* As high as square elements make it in this width, within reason. */
static int
height_for (ScopeHeatmapView *self, int width)
{
  const ScopePlane *plane = self->overview.plane;
  double left = MAX (self->left, SCOPE_HEATMAP_EDGE), top = MAX (self->top, SCOPE_HEATMAP_EDGE);
  double across = width - left - right_of_map (self);
  double aspect = (double)MAX (plane->rows, 1) / (double)MAX (plane->columns, 1);

  return (int)CLAMP (MAX (across, 1) * aspect + top + SCOPE_HEATMAP_EDGE + self->bottom,
                     LEAST_HEIGHT, MAX (NATURAL_HEIGHT, width));
}

static void
scope_heatmap_view_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (scope_heatmap_view_parent_class)->realize (widget);
  scope_frame_memory_keep (widget);
}

static void
scope_heatmap_view_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);
  int ignored;

  gtk_widget_measure (self->cursor, orientation, -1, &ignored, &ignored, NULL, NULL);
  *minimum = MIN_SIDE;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = NATURAL_WIDTH;
  else
    *natural =
        self->overview.plane != NULL && for_size > 0 ? height_for (self, for_size) : LEAST_HEIGHT;
}

static GtkSizeRequestMode
scope_heatmap_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* ---- what the picture says ------------------------------------------------------------------ */

/* A plane of another aspect wants another height. */
static void
update_height (ScopeHeatmapView *self)
{
  const ScopePlane *plane = self->overview.plane;

  if (self->rows == plane->rows && self->columns == plane->columns)
    return;
  self->rows = plane->rows;
  self->columns = plane->columns;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
update_drawing (ScopeHeatmapView *self)
{
  scope_heatmap_view_update_rasters (self);
  if (self->overview.plane != NULL)
    {
      measure_frame (self);
      update_height (self);
    }
  scope_heatmap_view_update_geometry (self);
  gtk_widget_set_can_target (GTK_WIDGET (self), self->overview.plane != NULL);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  scope_heatmap_view_redraw (self);
}

void
scope_heatmap_view_shown (ScopeHeatmapView *self)
{
  measure_frame (self);
  update_height (self);
  scope_heatmap_view_update_geometry (self);
  gtk_widget_set_can_target (GTK_WIDGET (self), TRUE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  scope_heatmap_view_redraw (self);
}

/* Another value: it is looked at as a whole first. */
static void
value_changed (ScopeHeatmapView *self)
{
  const ScopePlane *plane = scope_picture_get_plane (self->picture);
  const ScopePlane *shown = self->overview.plane;

  if (plane != NULL && shown != NULL && plane->rows == shown->rows
      && plane->columns == shown->columns)
    return;
  self->viewport = (ScopeHeatmapViewport){ 1, 0.5L, 0.5L };
  self->last_row = self->last_column = -1;
}

static void
plane_changed (ScopeHeatmapView *self)
{
  if (self->picture == NULL)
    return;
  value_changed (self);
  update_drawing (self);
}

/* Names of operands come, go, or take another room. */
static void
provenance_changed (ScopeHeatmapView *self)
{
  if (self->overview.plane != NULL && self->picture != NULL)
    scope_heatmap_view_shown (self);
}

/* Where nothing is pinned the key that lets go is the page's. */
static void
pin_changed (ScopeHeatmapView *self)
{
  gint64 row = -1, column = -1;

  if (self->picture != NULL)
    scope_picture_get_pin (self->picture, &row, &column);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "heatmap.unpin", row >= 0);
  scope_heatmap_view_redraw (self);
}

static void
detail_changed (ScopeHeatmapView *self)
{
  scope_heatmap_view_update_rasters (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Other axes, indices or colours: what has been read stays until there is something new. */
static void
view_changed (ScopeHeatmapView *self)
{
  const ScopeView *view = scope_picture_get_view (self->picture);

  g_free (self->row_name);
  g_free (self->column_name);
  self->row_name = scope_picture_get_axis_name (self->picture, view->row_axis);
  self->column_name = scope_picture_get_axis_name (self->picture, view->column_axis);
  update_drawing (self);
  update_resolution (self);
}

/* "row 1, column 1, value 2.5": what is heard first of a cell; its place in the tensor and its type
 * follow as its description. */
static char *
spoken_cell (ScopeHeatmapView *self)
{
  const ScopeView *view = scope_picture_get_view (self->picture);
  g_autofree char *value = scope_picture_get_value_text (self->picture);
  g_autofree char *row_text = NULL;
  g_autofree char *column_text = NULL;
  gint64 row, column;

  if (value == NULL)
    return g_strdup (_ ("No cell chosen"));
  scope_picture_get_cursor (self->picture, &row, &column);
  if (row < 0)
    scope_picture_get_pin (self->picture, &row, &column);
  row_text = g_strdup_printf ("%" G_GINT64_FORMAT, row);
  column_text = g_strdup_printf ("%" G_GINT64_FORMAT, column);
  if (view->row_axis >= 0)
    /* TRANSLATORS: a cell of a heatmap as it is read out: two indices and a number */
    return g_strdup_printf (_ ("row %s, column %s, value %s"), row_text, column_text, value);
  if (view->column_axis >= 0)
    return g_strdup_printf (_ ("column %s, value %s"), column_text, value);
  return g_strdup_printf (_ ("value %s"), value);
}

static void
readout_changed (ScopeHeatmapView *self)
{
  const char *readout = scope_picture_get_readout (self->picture);
  g_autofree char *spoken = spoken_cell (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cursor), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  readout != NULL ? readout : "", -1);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
caption_changed (ScopeHeatmapView *self)
{
  g_autofree char *caption = NULL;
  g_autofree char *label = NULL;

  g_object_get (self->picture, "caption", &caption, NULL);
  /* TRANSLATORS: %s is a slice as NumPy writes it */
  label = g_strdup_printf (_ ("Heatmap of %s"), caption != NULL ? caption : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* ---- the object ----------------------------------------------------------------------------- */

void
scope_heatmap_view_set_picture (ScopeHeatmapView *self, ScopePicture *picture)
{
  g_return_if_fail (SCOPE_IS_HEATMAP_VIEW (self));

  if (self->picture == picture)
    return;
  scope_heatmap_view_forget (self);
  g_set_object (&self->picture, picture);
  g_signal_group_set_target (self->signals, picture);
  self->viewport = (ScopeHeatmapViewport){ 1, 0.5L, 0.5L };
  if (picture != NULL)
    {
      plane_changed (self);
      view_changed (self);
      caption_changed (self);
      readout_changed (self);
      pin_changed (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self),
                            scope_heatmap_view_properties[SCOPE_HEATMAP_PROP_PICTURE]);
}

void
scope_heatmap_view_set_show_bar (ScopeHeatmapView *self, gboolean show_bar)
{
  g_return_if_fail (SCOPE_IS_HEATMAP_VIEW (self));

  if (self->show_bar == !!show_bar)
    return;
  self->show_bar = show_bar;
  if (self->picture != NULL)
    update_drawing (self);
  g_object_notify_by_pspec (G_OBJECT (self),
                            scope_heatmap_view_properties[SCOPE_HEATMAP_PROP_SHOW_BAR]);
}

static void
scope_heatmap_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (object);

  switch (id)
    {
    case SCOPE_HEATMAP_PROP_PICTURE:
      g_value_set_object (value, self->picture);
      break;
    case SCOPE_HEATMAP_PROP_SHOW_BAR:
      g_value_set_boolean (value, self->show_bar);
      break;
    case SCOPE_HEATMAP_PROP_ZOOM_TEXT:
      g_value_set_string (value, self->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_heatmap_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (object);

  switch (id)
    {
    case SCOPE_HEATMAP_PROP_PICTURE:
      scope_heatmap_view_set_picture (self, g_value_get_object (value));
      break;
    case SCOPE_HEATMAP_PROP_SHOW_BAR:
      scope_heatmap_view_set_show_bar (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_heatmap_view_dispose (GObject *object)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  scope_heatmap_view_forget (self);
  scope_heatmap_view_drop_nodes (self);
  scope_heatmap_view_drop_popover (self);
  g_clear_pointer (&self->cursor, gtk_widget_unparent);
  g_clear_object (&self->picture);

  G_OBJECT_CLASS (scope_heatmap_view_parent_class)->dispose (object);
}

static void
scope_heatmap_view_finalize (GObject *object)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (object);

  g_free (self->row_name);
  g_free (self->column_name);
  g_free (self->state);

  G_OBJECT_CLASS (scope_heatmap_view_parent_class)->finalize (object);
}

static void
scope_heatmap_view_class_init (ScopeHeatmapViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_heatmap_view_get_property;
  object_class->set_property = scope_heatmap_view_set_property;
  object_class->dispose = scope_heatmap_view_dispose;
  object_class->finalize = scope_heatmap_view_finalize;
  widget_class->realize = scope_heatmap_view_realize;
  widget_class->measure = scope_heatmap_view_measure;
  widget_class->get_request_mode = scope_heatmap_view_get_request_mode;
  widget_class->size_allocate = scope_heatmap_view_size_allocate;
  widget_class->map = scope_heatmap_view_map;
  widget_class->snapshot = scope_heatmap_view_snapshot;

  scope_heatmap_view_properties[SCOPE_HEATMAP_PROP_PICTURE] =
      g_param_spec_object ("picture", NULL, NULL, SCOPE_TYPE_PICTURE,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  scope_heatmap_view_properties[SCOPE_HEATMAP_PROP_SHOW_BAR] =
      g_param_spec_boolean ("show-bar", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  scope_heatmap_view_properties[SCOPE_HEATMAP_PROP_ZOOM_TEXT] = g_param_spec_string (
      "zoom-text", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, SCOPE_HEATMAP_N_PROPS,
                                     scope_heatmap_view_properties);
  signals[VIEWPORT_CHANGED] = g_signal_new ("viewport-changed", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "heatmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  scope_heatmap_view_install_actions (widget_class);
  scope_heatmap_view_install_find_actions (widget_class);
}

static void
scope_heatmap_view_init (ScopeHeatmapView *self)
{
  self->viewport = (ScopeHeatmapViewport){ 1, 0.5L, 0.5L };
  self->show_bar = TRUE;
  self->go_row = self->last_row = self->last_column = -1;
  self->signals = g_signal_group_new (SCOPE_TYPE_PICTURE);
  g_signal_group_connect_swapped (self->signals, "notify::plane", G_CALLBACK (plane_changed), self);
  g_signal_group_connect_swapped (self->signals, "notify::view", G_CALLBACK (view_changed), self);
  g_signal_group_connect_swapped (self->signals, "notify::shape-text", G_CALLBACK (view_changed),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::footprint",
                                  G_CALLBACK (scope_heatmap_view_redraw), self);
  g_signal_group_connect_swapped (self->signals, "notify::provenance",
                                  G_CALLBACK (provenance_changed), self);
  g_signal_group_connect_swapped (self->signals, "notify::sources",
                                  G_CALLBACK (scope_heatmap_view_redraw), self);
  g_signal_group_connect_swapped (self->signals, "notify::pin", G_CALLBACK (pin_changed), self);
  g_signal_group_connect_swapped (self->signals, "searched",
                                  G_CALLBACK (scope_heatmap_view_searched), self);
  g_signal_group_connect_swapped (self->signals, "notify::detail", G_CALLBACK (detail_changed),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::values", G_CALLBACK (update_drawing),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::readout", G_CALLBACK (readout_changed),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::caption", G_CALLBACK (caption_changed),
                                  self);
  self->cursor = scope_heatmap_cursor_new ();
  gtk_widget_set_parent (self->cursor, GTK_WIDGET (self));
  scope_heatmap_view_add_controllers (self);
  scope_heatmap_view_add_drop_target (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "heatmap.unpin", FALSE);
  scope_widget_follow_theme (GTK_WIDGET (self));
}
