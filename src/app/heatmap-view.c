/* A picture's plane as a heatmap with its colour bar; one cell of it at a time is told. */
#include "app/heatmap-view.h"

#include "app/heatmap-cursor.h"
#include "app/widget-theme.h"
#include "paint/colorbar.h"
#include "paint/heatmap.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

enum
{
  EDGE = 6,       /* CSS pixels around the map, for the axes' colours and the cursor's ring */
  BAR_GAP = 10,   /* between map and colour bar */
  BAR_LEAST = 60, /* as high as a bar is at least, if there is room */
  MIN_SIDE = 96,
  NATURAL_WIDTH = 220,
  NATURAL_HEIGHT = 236, /* at most, unless the width is more */
  LEAST_HEIGHT = 124,
};

struct _ScopeHeatmapView
{
  GtkWidget parent_instance;

  ScopePicture *picture;
  GSignalGroup *signals;
  GtkWidget *cursor;

  const ScopePlane *plane; /* the picture's, NULL for none; what follows is made from it */
  cairo_surface_t *raster;
  ScopeColorScale scale;
  ScopeHeatmapGeometry geometry;
  double bar_width, left, top; /* what the map leaves to colour bar and edges */
  char *row_name, *column_name;
  gint64 rows, columns; /* of the plane that the height was asked for */
  gboolean keyboard;    /* the cursor was moved by keys: the pointer leaving does not hide it */
};

enum
{
  PROP_0,
  PROP_PICTURE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeHeatmapView, scope_heatmap_view, GTK_TYPE_WIDGET)

/* ---- geometry ------------------------------------------------------------------------------- */

/* What stands around the map: edges in the axes' colours with indices and names. */
static ScopeHeatmapDecoration
make_decoration (ScopeHeatmapView *self)
{
  const ScopeView *view = scope_picture_get_view (self->picture);

  return (ScopeHeatmapDecoration){
    .seam_row = -1,
    .seam_column = -1,
    .row_from_end = view->row_axis >= 0 ? view->row_axis - view->rank : 0,
    .column_from_end = view->column_axis >= 0 ? view->column_axis - view->rank : 0,
    .row_name = self->row_name,
    .column_name = self->column_name,
    .values = TRUE,
  };
}

/* The room for edges and colour bar. */
static void
measure_frame (ScopeHeatmapView *self)
{
  ScopeTheme theme = scope_widget_theme (GTK_WIDGET (self));
  ScopeHeatmapDecoration decoration = make_decoration (self);
  cairo_t *cr = scope_measuring_context ();

  self->bar_width = ceil (scope_colorbar_width (&self->scale, &theme, cr));
  scope_heatmap_margins (self->plane, &decoration, &theme, cr, &self->left, &self->top);
  cairo_destroy (cr);
}

/* The box that a map of rows × columns elements may fill: no longer than its squares need, so that
 * a square tensor is square in a tall card too. It begins at the top, where its neighbours' do. */
static graphene_rect_t
map_box (ScopeHeatmapView *self, gint64 rows, gint64 columns)
{
  double left = MAX (self->left, EDGE), top = MAX (self->top, EDGE);
  double room_width =
      gtk_widget_get_width (GTK_WIDGET (self)) - left - EDGE - BAR_GAP - self->bar_width;
  double room_height = gtk_widget_get_height (GTK_WIDGET (self)) - top - EDGE;
  double aspect = (double)MAX (rows, 1) / (double)MAX (columns, 1);
  double width = MAX (MIN (room_width, room_height * MAX (1 / aspect, 1)), 1);
  double height = MAX (MIN (room_height, room_width * MAX (aspect, 1)), 1);

  return GRAPHENE_RECT_INIT ((float)(left + MAX (room_width - width, 0) / 2), (float)top,
                             (float)width, (float)height);
}

static void
update_geometry (ScopeHeatmapView *self)
{
  graphene_rect_t box;

  if (self->plane == NULL)
    return;
  box = map_box (self, self->plane->rows, self->plane->columns);
  self->geometry =
      scope_heatmap_fit (self->plane, box.origin.x, box.origin.y, box.size.width, box.size.height);
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

  if (shape == NULL || gtk_widget_get_width (GTK_WIDGET (self)) == 0)
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

/* The rectangle of the cell that covers an element of the plane. */
static GdkRectangle
cell_of (ScopeHeatmapView *self, gint64 row, gint64 column)
{
  const ScopeHeatmapGeometry *map = &self->geometry;
  double x = map->x + (double)(column / self->plane->column_block) * map->cell_width;
  double y = map->y + (double)(row / self->plane->row_block) * map->cell_height;
  GdkRectangle at = { (int)floor (x), (int)floor (y), 0, 0 };

  at.width = MAX ((int)ceil (x + map->cell_width) - at.x, 2);
  at.height = MAX ((int)ceil (y + map->cell_height) - at.y, 2);
  return at;
}

static void
allocate_cursor (ScopeHeatmapView *self)
{
  gint64 row = -1, column = -1;
  GdkRectangle at;

  if (self->picture != NULL)
    scope_picture_get_cursor (self->picture, &row, &column);
  if (self->plane == NULL || row < 0)
    at = (GdkRectangle){ (int)self->geometry.x, (int)self->geometry.y, 1, 1 };
  else
    at = cell_of (self, row, column);
  gtk_widget_set_opacity (self->cursor, row >= 0 ? 1 : 0);
  gtk_widget_size_allocate (self->cursor, &at, -1);
}

static void
scope_heatmap_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);

  /* A plane read anew may have other numbers on its edges and so leave another box. */
  for (int i = 0; i < 3; i++)
    {
      double frame = self->bar_width + self->left + self->top;

      update_resolution (self);
      if (self->bar_width + self->left + self->top == frame)
        break;
    }
  update_geometry (self);
  allocate_cursor (self);
}

/* As high as square elements make it in this width, within reason. */
static int
height_for (ScopeHeatmapView *self, int width)
{
  double left = MAX (self->left, EDGE), top = MAX (self->top, EDGE);
  double across = width - left - EDGE - BAR_GAP - self->bar_width;
  double aspect = (double)MAX (self->plane->rows, 1) / (double)MAX (self->plane->columns, 1);

  return (int)CLAMP (MAX (across, 1) * aspect + top + EDGE, LEAST_HEIGHT,
                     MAX (NATURAL_HEIGHT, width));
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
    *natural = self->plane != NULL && for_size > 0 ? height_for (self, for_size) : LEAST_HEIGHT;
}

static GtkSizeRequestMode
scope_heatmap_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* ---- drawing -------------------------------------------------------------------------------- */

/* The part of the plane that the footprint leaves in; FALSE when that is all of it. */
static gboolean
find_mark (ScopeHeatmapView *self, const ScopeView *view, ScopeHeatmapMark *mark)
{
  const ScopeFootprint *footprint = scope_picture_get_footprint (self->picture);
  int row = view->row_axis, column = view->column_axis;
  gboolean outside = FALSE;

  if (footprint == NULL || footprint->seam_axis >= 0 || !footprint->used)
    return FALSE;
  *mark = (ScopeHeatmapMark){ 0, self->plane->rows, 0, self->plane->columns, TRUE };
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
  return outside || mark->row_begin > 0 || mark->column_begin > 0
         || mark->row_end < self->plane->rows || mark->column_end < self->plane->columns;
}

static void
find_seam (ScopeHeatmapView *self, const ScopeView *view, ScopeHeatmapDecoration *decoration)
{
  const ScopeFootprint *footprint = scope_picture_get_footprint (self->picture);

  if (footprint == NULL || footprint->seam_axis < 0)
    return;
  if (footprint->seam_axis == view->row_axis)
    decoration->seam_row = footprint->seam;
  else if (footprint->seam_axis == view->column_axis)
    decoration->seam_column = footprint->seam;
}

static void
paint (ScopeHeatmapView *self, cairo_t *cr)
{
  ScopeTheme theme = scope_widget_theme (GTK_WIDGET (self));
  const ScopeView *view = scope_picture_get_view (self->picture);
  ScopeHeatmapDecoration decoration = make_decoration (self);
  ScopeHeatmapMark mark;
  double bar_x = self->geometry.x + self->geometry.width + BAR_GAP;
  double bar_height =
      MAX (self->geometry.height, MIN (BAR_LEAST, gtk_widget_get_height (GTK_WIDGET (self))));
  double bar_y = self->geometry.y + (self->geometry.height - bar_height) / 2;

  decoration.mark = &mark;
  decoration.marks = find_mark (self, view, &mark) ? 1 : 0;
  find_seam (self, view, &decoration);
  scope_heatmap_paint (self->plane, self->raster, &self->scale, &self->geometry, &decoration,
                       &theme, cr);
  scope_colorbar_paint (&self->scale, bar_x, bar_y, self->bar_width, bar_height, &theme, cr);
}

static void
scope_heatmap_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget),
                                               (float)gtk_widget_get_height (widget));
  cairo_t *cr;

  if (self->plane == NULL)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  paint (self, cr);
  cairo_destroy (cr);
  gtk_widget_snapshot_child (widget, self->cursor, snapshot);
}

/* ---- what the picture says ------------------------------------------------------------------ */

static void
forget_plane (ScopeHeatmapView *self)
{
  g_clear_pointer (&self->raster, cairo_surface_destroy);
  self->plane = NULL;
}

/* Makes the pixels anew: of another plane, or in other colours. */
static void
update_raster (ScopeHeatmapView *self)
{
  ScopeColorScale scale =
      scope_color_scale (scope_picture_get_view (self->picture), &self->plane->statistics);

  if (self->raster != NULL && memcmp (&scale, &self->scale, sizeof scale) == 0)
    return;
  g_clear_pointer (&self->raster, cairo_surface_destroy);
  self->scale = scale;
  self->raster = scope_heatmap_raster (self->plane, &self->scale);
}

/* A plane of another aspect wants another height. */
static void
update_height (ScopeHeatmapView *self)
{
  if (self->rows == self->plane->rows && self->columns == self->plane->columns)
    return;
  self->rows = self->plane->rows;
  self->columns = self->plane->columns;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
update_drawing (ScopeHeatmapView *self)
{
  if (self->plane != NULL)
    {
      update_raster (self);
      measure_frame (self);
      update_height (self);
    }
  update_geometry (self);
  gtk_widget_set_can_target (GTK_WIDGET (self), self->plane != NULL);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
plane_changed (ScopeHeatmapView *self)
{
  forget_plane (self);
  self->plane = self->picture != NULL ? scope_picture_get_plane (self->picture) : NULL;
  update_drawing (self);
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

static void
readout_changed (ScopeHeatmapView *self)
{
  const char *readout = scope_picture_get_readout (self->picture);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cursor), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  readout != NULL ? readout : _ ("No cell chosen"), -1);
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

/* ---- the cursor ----------------------------------------------------------------------------- */

static void
set_cursor (ScopeHeatmapView *self, gint64 row, gint64 column)
{
  if (self->plane != NULL && self->plane->rows > 0 && self->plane->columns > 0)
    scope_picture_set_cursor (self->picture, CLAMP (row, 0, self->plane->rows - 1),
                              CLAMP (column, 0, self->plane->columns - 1));
}

/* The element under a point of the map: not only the cell, which may cover several. */
static gboolean
element_at (ScopeHeatmapView *self, double x, double y, gint64 *row, gint64 *column)
{
  const ScopeHeatmapGeometry *map = &self->geometry;
  double down, right;

  if (self->plane == NULL || !scope_heatmap_pick (map, x, y, row, column))
    return FALSE;
  down = (y - map->y) / map->cell_height - (double)*row;
  right = (x - map->x) / map->cell_width - (double)*column;
  *row = *row * self->plane->row_block + (gint64)(down * (double)self->plane->row_block);
  *column =
      *column * self->plane->column_block + (gint64)(right * (double)self->plane->column_block);
  *row = CLAMP (*row, 0, self->plane->rows - 1);
  *column = CLAMP (*column, 0, self->plane->columns - 1);
  return TRUE;
}

static void
motion (ScopeHeatmapView *self, double x, double y)
{
  gint64 row, column;

  if (self->picture == NULL)
    return;
  self->keyboard = FALSE;
  if (element_at (self, x, y, &row, &column))
    scope_picture_set_cursor (self->picture, row, column);
  else
    scope_picture_set_cursor (self->picture, -1, -1);
}

static void
left (ScopeHeatmapView *self)
{
  if (self->picture != NULL && !self->keyboard)
    scope_picture_set_cursor (self->picture, -1, -1);
}

static void
pressed (ScopeHeatmapView *self, int presses, double x, double y)
{
  gint64 row, column;

  if (!element_at (self, x, y, &row, &column))
    return;
  self->keyboard = TRUE;
  gtk_widget_grab_focus (self->cursor);
  scope_picture_set_cursor (self->picture, row, column);
}

static void
move (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);
  gint64 row, column;
  int rows, columns;

  if (self->plane == NULL)
    return;
  g_variant_get (parameter, "(ii)", &rows, &columns);
  scope_picture_get_cursor (self->picture, &row, &column);
  self->keyboard = TRUE;
  set_cursor (self, row + rows, column + columns);
}

static void
jump (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);
  gint64 row, column;
  int rows, columns;

  if (self->plane == NULL)
    return;
  g_variant_get (parameter, "(ii)", &rows, &columns);
  scope_picture_get_cursor (self->picture, &row, &column);
  self->keyboard = TRUE;
  set_cursor (self,
              rows < 0   ? 0
              : rows > 0 ? self->plane->rows - 1
                         : row,
              columns < 0   ? 0
              : columns > 0 ? self->plane->columns - 1
                            : column);
}

static void
focus_entered (ScopeHeatmapView *self)
{
  gint64 row, column;

  if (self->picture == NULL)
    return;
  scope_picture_get_cursor (self->picture, &row, &column);
  self->keyboard = TRUE;
  if (row < 0)
    set_cursor (self, 0, 0);
}

static void
focus_left (ScopeHeatmapView *self)
{
  self->keyboard = FALSE;
  if (self->picture != NULL)
    scope_picture_set_cursor (self->picture, -1, -1);
}

/* ---- the object ----------------------------------------------------------------------------- */

void
scope_heatmap_view_set_picture (ScopeHeatmapView *self, ScopePicture *picture)
{
  g_return_if_fail (SCOPE_IS_HEATMAP_VIEW (self));

  if (self->picture == picture)
    return;
  forget_plane (self);
  g_set_object (&self->picture, picture);
  g_signal_group_set_target (self->signals, picture);
  if (picture != NULL)
    {
      plane_changed (self);
      view_changed (self);
      caption_changed (self);
      readout_changed (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PICTURE]);
}

static void
scope_heatmap_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PICTURE)
    g_value_set_object (value, SCOPE_HEATMAP_VIEW (object)->picture);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_heatmap_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PICTURE)
    scope_heatmap_view_set_picture (SCOPE_HEATMAP_VIEW (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_heatmap_view_dispose (GObject *object)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  forget_plane (self);
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
  widget_class->measure = scope_heatmap_view_measure;
  widget_class->get_request_mode = scope_heatmap_view_get_request_mode;
  widget_class->size_allocate = scope_heatmap_view_size_allocate;
  widget_class->snapshot = scope_heatmap_view_snapshot;

  properties[PROP_PICTURE] =
      g_param_spec_object ("picture", NULL, NULL, SCOPE_TYPE_PICTURE,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "heatmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  gtk_widget_class_install_action (widget_class, "heatmap.move", "(ii)", move);
  gtk_widget_class_install_action (widget_class, "heatmap.jump", "(ii)", jump);
}

static void
add_controllers (ScopeHeatmapView *self)
{
  GtkEventController *pointer = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (pointer, "enter", G_CALLBACK (motion), self);
  g_signal_connect_swapped (pointer, "motion", G_CALLBACK (motion), self);
  g_signal_connect_swapped (pointer, "leave", G_CALLBACK (left), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (focus_entered), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), pointer);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
scope_heatmap_view_init (ScopeHeatmapView *self)
{
  self->signals = g_signal_group_new (SCOPE_TYPE_PICTURE);
  g_signal_group_connect_swapped (self->signals, "notify::plane", G_CALLBACK (plane_changed), self);
  g_signal_group_connect_swapped (self->signals, "notify::view", G_CALLBACK (view_changed), self);
  g_signal_group_connect_swapped (self->signals, "notify::shape-text", G_CALLBACK (view_changed),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::footprint",
                                  G_CALLBACK (gtk_widget_queue_draw), self);
  g_signal_group_connect_swapped (self->signals, "notify::readout", G_CALLBACK (readout_changed),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::caption", G_CALLBACK (caption_changed),
                                  self);
  self->cursor = scope_heatmap_cursor_new ();
  gtk_widget_set_parent (self->cursor, GTK_WIDGET (self));
  add_controllers (self);
  scope_widget_follow_theme (GTK_WIDGET (self));
}
