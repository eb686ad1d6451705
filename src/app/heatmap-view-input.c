/* Looking around in a heatmap: wheel, keys and fingers zoom, drag pans, pointer and keys point out
 * cells. */
#include "app/heatmap-view-private.h"

#include <math.h>

#define ZOOM_STEP    1.25
#define CLICK_SLOP   4.0 /* CSS pixels that a click may move */
#define HANDLE_REACH 9.0 /* around the ends of the colour bar */

/* ---- the viewport --------------------------------------------------------------------------- */

static gboolean
has_cells (ScopeHeatmapView *self)
{
  const ScopePlane *plane = self->overview.plane;

  return plane != NULL && plane->cell_rows > 0 && plane->cell_columns > 0
         && gtk_widget_get_width (GTK_WIDGET (self)) > 1;
}

void
scope_heatmap_view_update_part (ScopeHeatmapView *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  gint64 row_block, column_block;
  ScopePlanePart part;

  /* Another view of the same picture may be the one that is seen. */
  if (self->picture == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (!has_cells (self) || !(self->viewport.zoom > 1))
    {
      scope_picture_set_part (self->picture, NULL, 1, 1);
      return;
    }
  part = scope_heatmap_seen (&self->window, scale, &row_block, &column_block);
  scope_picture_set_part (self->picture, &part, row_block, column_block);
}

static void
apply_viewport (ScopeHeatmapView *self, const ScopeHeatmapViewport *viewport)
{
  ScopeHeatmapViewport wanted = *viewport;

  wanted.zoom =
      has_cells (self)
          ? CLAMP (wanted.zoom, 1, scope_heatmap_most_zoom (self->overview.plane, &self->fit))
          : MAX (wanted.zoom, 1);
  if (!(wanted.zoom > 1))
    wanted.x = wanted.y = 0.5L;
  if (wanted.zoom == self->viewport.zoom && wanted.x == self->viewport.x
      && wanted.y == self->viewport.y)
    return;

  self->viewport = wanted;
  scope_heatmap_view_update_geometry (self);
  scope_heatmap_view_update_part (self);
  scope_heatmap_view_redraw (self);
  scope_heatmap_view_follow (self);
  g_signal_emit_by_name (self, "viewport-changed");
}

void
scope_heatmap_view_set_viewport (ScopeHeatmapView *self, const ScopeHeatmapViewport *viewport)
{
  g_return_if_fail (SCOPE_IS_HEATMAP_VIEW (self));
  apply_viewport (self, viewport);
}

const ScopeHeatmapViewport *
scope_heatmap_view_get_viewport (ScopeHeatmapView *self)
{
  g_return_val_if_fail (SCOPE_IS_HEATMAP_VIEW (self), NULL);
  return &self->viewport;
}

static void
zoom_to (ScopeHeatmapView *self, double zoom, double x, double y)
{
  ScopeHeatmapViewport zoomed;

  if (!has_cells (self))
    return;
  zoomed = scope_heatmap_zoom_at (&self->window, self->overview.plane, &self->fit, &self->viewport,
                                  zoom, x, y);
  apply_viewport (self, &zoomed);
}

/* Where zooming by keys begins: the chosen cell if it is seen, else the middle. */
static void
find_anchor (ScopeHeatmapView *self, double *x, double *y)
{
  const ScopeHeatmapWindow *window = &self->window;
  gint64 row, column;

  *x = window->x + window->width / 2;
  *y = window->y + window->height / 2;
  scope_picture_get_cursor (self->picture, &row, &column);
  if (row < 0 || !gtk_widget_has_focus (self->cursor))
    return;
  *x = CLAMP (window->x + (double)(column + 0.5L - window->left) * window->across, window->x,
              window->x + window->width);
  *y = CLAMP (window->y + (double)(row + 0.5L - window->top) * window->down, window->y,
              window->y + window->height);
}

static void
zoom (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);
  int steps = g_variant_get_int32 (parameter);
  double x, y;

  if (!has_cells (self))
    return;
  find_anchor (self, &x, &y);
  zoom_to (self, self->viewport.zoom * pow (ZOOM_STEP, 2 * steps), x, y);
}

/* An element to so many pixels; 0: all of it. */
static void
zoom_for (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);
  double pixels = g_variant_get_double (parameter);
  double x, y;

  if (!has_cells (self))
    return;
  find_anchor (self, &x, &y);
  zoom_to (self, pixels > 0 ? scope_heatmap_zoom_for (self->overview.plane, &self->fit, pixels) : 1,
           x, y);
}

/* Whether the wheel could move the page as well. */
static gboolean
is_on_scrolling_page (ScopeHeatmapView *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *place;

  if (page == NULL)
    return FALSE;
  place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page));
  return gtk_adjustment_get_upper (place) - gtk_adjustment_get_lower (place)
         > gtk_adjustment_get_page_size (place) + 0.5;
}

/* A page that is scrolled is not stopped by the pictures that pass under the pointer: the wheel
 * zooms with Ctrl, in the heatmap that has the focus, and where there is nothing to scroll. */
static gboolean
scrolled (ScopeHeatmapView *self, double dx, double dy, GtkEventController *wheel)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (wheel);
  gboolean control = (state & GDK_CONTROL_MASK) != 0;
  double factor = pow (ZOOM_STEP, -dy);

  if (!has_cells (self) || dy == 0)
    return FALSE;
  if (!control && !gtk_widget_has_focus (self->cursor) && is_on_scrolling_page (self))
    return FALSE;
  /* What can go no further leaves the wheel to the page. */
  if (factor < 1 && !(self->viewport.zoom > 1))
    return control;
  zoom_to (self, self->viewport.zoom * factor, self->pointer_x, self->pointer_y);
  return TRUE;
}

/* ---- pinching ------------------------------------------------------------------------------- */

static void
pinch_began (ScopeHeatmapView *self)
{
  self->drag_viewport = self->viewport;
}

static void
pinched (ScopeHeatmapView *self, double scale, GtkGesture *gesture)
{
  double x, y;

  if (gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    zoom_to (self, self->drag_viewport.zoom * scale, x, y);
}

/* ---- pointing out --------------------------------------------------------------------------- */

/* The element under a point in one layer. */
static gboolean
element_in (ScopeHeatmapView *self,
            const ScopePlane *plane,
            double x,
            double y,
            gint64 *row,
            gint64 *column)
{
  ScopeHeatmapGeometry geometry;

  if (plane == NULL)
    return FALSE;
  geometry = scope_heatmap_place (&self->window, plane);
  return scope_heatmap_pick_element (plane, &geometry, x, y, row, column);
}

gboolean
scope_heatmap_view_element_at (ScopeHeatmapView *self,
                               double x,
                               double y,
                               gint64 *row,
                               gint64 *column)
{
  const ScopeHeatmapWindow *window = &self->window;

  if (!has_cells (self) || x < window->x || x >= window->x + window->width || y < window->y
      || y >= window->y + window->height)
    return FALSE;
  return element_in (self, self->detail.plane, x, y, row, column)
         || element_in (self, self->overview.plane, x, y, row, column);
}

/* Which end of the colour bar is under a point. */
static ScopeHeatmapDrag
handle_at (ScopeHeatmapView *self, double x, double y)
{
  graphene_rect_t bar = scope_heatmap_view_bar (self);
  double top = bar.origin.y, bottom = top + bar.size.height;

  if (!self->show_bar || !has_cells (self) || x < bar.origin.x || x > bar.origin.x + bar.size.width
      || self->scale.low == self->scale.high)
    return SCOPE_HEATMAP_DRAG_NONE;
  if (fabs (y - top) <= HANDLE_REACH)
    return SCOPE_HEATMAP_DRAG_HIGH;
  return fabs (y - bottom) <= HANDLE_REACH ? SCOPE_HEATMAP_DRAG_LOW : SCOPE_HEATMAP_DRAG_NONE;
}

static void
show_pointer (ScopeHeatmapView *self, double x, double y)
{
  const char *name = handle_at (self, x, y) != SCOPE_HEATMAP_DRAG_NONE ? "ns-resize"
                     : self->drag == SCOPE_HEATMAP_DRAG_MAP            ? "grabbing"
                                                                       : NULL;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

static void
motion (ScopeHeatmapView *self, double x, double y)
{
  gint64 row, column;

  self->pointer_x = x;
  self->pointer_y = y;
  if (self->picture == NULL || self->drag != SCOPE_HEATMAP_DRAG_NONE)
    return;
  show_pointer (self, x, y);
  self->keyboard = FALSE;
  if (scope_heatmap_view_element_at (self, x, y, &row, &column))
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

/* ---- dragging ------------------------------------------------------------------------------- */

static void
drag_began (ScopeHeatmapView *self, double x, double y)
{
  gint64 row, column;

  self->dragged = FALSE;
  self->drag_viewport = self->viewport;
  self->drag_window = self->window;
  self->drag_scale = self->scale;
  self->drag = handle_at (self, x, y);
  if (self->drag == SCOPE_HEATMAP_DRAG_NONE
      && scope_heatmap_view_element_at (self, x, y, &row, &column))
    self->drag = SCOPE_HEATMAP_DRAG_MAP;
}

/* An end of the range follows the pointer, as if the bar were long enough. */
static void
drag_range (ScopeHeatmapView *self, double dy)
{
  graphene_rect_t bar = scope_heatmap_view_bar (self);
  double moved = -dy / MAX (bar.size.height, 1);
  gboolean high = self->drag == SCOPE_HEATMAP_DRAG_HIGH;
  /* Beyond the other end it would turn over: the least range is a hundredth. */
  double place = high ? MAX (1 + moved, 0.01) : MIN (moved, 0.99);
  double value = scope_color_scale_value (&self->drag_scale, place);

  if (!isfinite (value))
    return;
  scope_picture_set_limits (self->picture, high ? self->drag_scale.low : value,
                            high ? value : self->drag_scale.high);
}

static void
drag_moved (ScopeHeatmapView *self, double dx, double dy, GtkGesture *gesture)
{
  ScopeHeatmapViewport moved;

  if (self->drag == SCOPE_HEATMAP_DRAG_NONE || (!self->dragged && hypot (dx, dy) < CLICK_SLOP))
    return;
  self->dragged = TRUE;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  if (self->drag != SCOPE_HEATMAP_DRAG_MAP)
    {
      drag_range (self, dy);
      return;
    }
  show_pointer (self, -1, -1);
  moved = scope_heatmap_move_by (&self->drag_window, &self->drag_viewport, dx, dy);
  if (self->viewport.zoom > 1)
    apply_viewport (self, &moved);
}

static void
drag_ended (ScopeHeatmapView *self)
{
  self->drag = SCOPE_HEATMAP_DRAG_NONE;
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
}

/* Keeps an element chosen, or lets go of it. */
static void
toggle_pin (ScopeHeatmapView *self, gint64 row, gint64 column)
{
  gint64 pin_row, pin_column;

  scope_picture_get_pin (self->picture, &pin_row, &pin_column);
  if (row == pin_row && column == pin_column)
    scope_picture_set_pin (self->picture, -1, -1);
  else
    scope_picture_set_pin (self->picture, row, column);
}

static void
pin (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);
  gint64 row, column;

  if (!has_cells (self))
    return;
  scope_picture_get_cursor (self->picture, &row, &column);
  toggle_pin (self, row, column);
}

static void
unpin (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);

  if (self->picture != NULL)
    scope_picture_set_pin (self->picture, -1, -1);
}

/* A click pins a cell or lets it go, two fit the map; on the colour bar two give back the range. */
static void
released (ScopeHeatmapView *self, int presses, double x, double y)
{
  gint64 row, column;

  if (self->dragged || self->picture == NULL)
    return;
  if (presses == 2 && handle_at (self, x, y) != SCOPE_HEATMAP_DRAG_NONE)
    {
      scope_picture_set_range (self->picture, SCOPE_RANGE_SLICE);
      return;
    }
  if (!scope_heatmap_view_element_at (self, x, y, &row, &column))
    return;
  self->keyboard = TRUE;
  gtk_widget_grab_focus (self->cursor);
  scope_picture_set_cursor (self->picture, row, column);
  /* The second of two clicks takes the first one's pin back. */
  toggle_pin (self, row, column);
  if (presses == 2)
    zoom_to (self, 1, x, y);
}

/* ---- keys ----------------------------------------------------------------------------------- */

/* Moves the map so that an element is seen. */
static void
bring_into_view (ScopeHeatmapView *self, gint64 row, gint64 column)
{
  const ScopeHeatmapWindow *window = &self->window;
  double x = (double)(column - window->left) * window->across;
  double y = (double)(row - window->top) * window->down;
  double dx = x < 0 ? -x : MIN (window->width - x - window->across, 0);
  double dy = y < 0 ? -y : MIN (window->height - y - window->down, 0);
  ScopeHeatmapViewport moved;

  if (!has_cells (self))
    return;
  if ((dx == 0 && dy == 0) || !(self->viewport.zoom > 1))
    return;
  moved = scope_heatmap_move_by (window, &self->viewport, dx, dy);
  apply_viewport (self, &moved);
}

void
scope_heatmap_view_choose (ScopeHeatmapView *self, gint64 row, gint64 column)
{
  const ScopePlane *plane = self->overview.plane;

  /* It may have the focus before it has a size. */
  if (plane == NULL || plane->cell_rows < 1 || plane->cell_columns < 1)
    return;
  row = CLAMP (row, 0, plane->rows - 1);
  column = CLAMP (column, 0, plane->columns - 1);
  self->keyboard = TRUE;
  self->last_row = row;
  self->last_column = column;
  bring_into_view (self, row, column);
  scope_picture_set_cursor (self->picture, row, column);
}

/* The elements that a cell on the screen covers: a key moves by one of them. */
static void
find_steps (ScopeHeatmapView *self, gint64 *rows, gint64 *columns)
{
  const ScopePlane *plane = self->detail.plane != NULL ? self->detail.plane : self->overview.plane;

  *rows = plane->row_block;
  *columns = plane->column_block;
}

static void
move (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);
  gint64 row, column, row_step, column_step;
  int rows, columns;

  if (!has_cells (self))
    return;
  g_variant_get (parameter, "(ii)", &rows, &columns);
  scope_picture_get_cursor (self->picture, &row, &column);
  find_steps (self, &row_step, &column_step);
  scope_heatmap_view_choose (self, row + rows * row_step, column + columns * column_step);
}

static void
jump (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);
  gint64 row, column;
  int rows, columns;

  if (!has_cells (self))
    return;
  g_variant_get (parameter, "(ii)", &rows, &columns);
  scope_picture_get_cursor (self->picture, &row, &column);
  scope_heatmap_view_choose (self,
                             rows < 0   ? 0
                             : rows > 0 ? self->overview.plane->rows - 1
                                        : row,
                             columns < 0   ? 0
                             : columns > 0 ? self->overview.plane->columns - 1
                                           : column);
}

static void
change_digits (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);
  int digits = self->digits > 0 ? self->digits : 4;

  self->digits = CLAMP (digits + g_variant_get_int32 (parameter), 1, 17);
  scope_heatmap_view_redraw (self);
}

void
scope_heatmap_view_focus (ScopeHeatmapView *self)
{
  g_return_if_fail (SCOPE_IS_HEATMAP_VIEW (self));
  gtk_widget_grab_focus (self->cursor);
}

static void
focus_entered (ScopeHeatmapView *self)
{
  gint64 row, column;

  if (self->picture == NULL)
    return;
  scope_picture_get_cursor (self->picture, &row, &column);
  self->keyboard = TRUE;
  if (row >= 0)
    return;
  if (self->last_row >= 0)
    scope_heatmap_view_choose (self, self->last_row, self->last_column);
  else
    scope_heatmap_view_choose (self, (gint64)ceill (self->window.top),
                               (gint64)ceill (self->window.left));
}

static void
focus_left (ScopeHeatmapView *self)
{
  self->keyboard = FALSE;
  if (self->picture != NULL)
    scope_picture_set_cursor (self->picture, -1, -1);
}

/* ---- wiring --------------------------------------------------------------------------------- */

void
scope_heatmap_view_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "heatmap.move", "(ii)", move);
  gtk_widget_class_install_action (widget_class, "heatmap.jump", "(ii)", jump);
  gtk_widget_class_install_action (widget_class, "heatmap.zoom", "i", zoom);
  gtk_widget_class_install_action (widget_class, "heatmap.zoom-for", "d", zoom_for);
  gtk_widget_class_install_action (widget_class, "heatmap.digits", "i", change_digits);
  gtk_widget_class_install_action (widget_class, "heatmap.pin", NULL, pin);
  gtk_widget_class_install_action (widget_class, "heatmap.unpin", NULL, unpin);
}

static void
add_gestures (ScopeHeatmapView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect_swapped (click, "released", G_CALLBACK (released), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_began), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_moved), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_ended), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_began), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinched), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  gtk_gesture_group (click, drag);
}

void
scope_heatmap_view_add_controllers (ScopeHeatmapView *self)
{
  GtkEventController *pointer = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *wheel =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  g_signal_connect_swapped (pointer, "enter", G_CALLBACK (motion), self);
  g_signal_connect_swapped (pointer, "motion", G_CALLBACK (motion), self);
  g_signal_connect_swapped (pointer, "leave", G_CALLBACK (left), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (focus_entered), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left), self);
  g_signal_connect_swapped (wheel, "scroll", G_CALLBACK (scrolled), self);
  gtk_widget_add_controller (GTK_WIDGET (self), pointer);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), wheel);
  add_gestures (self);
}
