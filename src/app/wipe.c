/* The second widget is clipped at the line; only the first one is clicked. */
#include "app/wipe.h"

#include <math.h>

enum
{
  REACH = 8, /* CSS pixels from the line that still drag it */
};

struct _ScopeWipe
{
  GtkWidget parent_instance;

  GtkWidget *under, *over;
  double share;
  gboolean draggable;
  double drag_from;
};

enum
{
  PROP_0,
  PROP_UNDER,
  PROP_OVER,
  PROP_SHARE,
  PROP_DRAGGABLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeWipe, scope_wipe, GTK_TYPE_WIDGET)

static double
line_at (ScopeWipe *self)
{
  return round (self->share * gtk_widget_get_width (GTK_WIDGET (self)));
}

static void
snapshot_line (ScopeWipe *self, GtkSnapshot *snapshot, double x, float height)
{
  static const GdkRGBA dark = { 0, 0, 0, 1 }, light = { 1, 1, 1, 1 };

  /* White between black: seen on any colour. */
  gtk_snapshot_append_color (snapshot, &dark, &GRAPHENE_RECT_INIT ((float)x - 2, 0, 4, height));
  gtk_snapshot_append_color (snapshot, &light, &GRAPHENE_RECT_INIT ((float)x - 1, 0, 2, height));
}

static void
scope_wipe_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ScopeWipe *self = SCOPE_WIPE (widget);
  float width = (float)gtk_widget_get_width (widget);
  float height = (float)gtk_widget_get_height (widget);
  double line = line_at (self);

  if (self->under != NULL && self->share > 0)
    {
      gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)line, height));
      gtk_widget_snapshot_child (widget, self->under, snapshot);
      gtk_snapshot_pop (snapshot);
    }
  if (self->over != NULL && self->share < 1)
    {
      gtk_snapshot_push_clip (snapshot,
                              &GRAPHENE_RECT_INIT ((float)line, 0, width - (float)line, height));
      gtk_widget_snapshot_child (widget, self->over, snapshot);
      gtk_snapshot_pop (snapshot);
    }
  if (self->draggable)
    snapshot_line (self, snapshot, line, height);
}

/* ---- dragging ------------------------------------------------------------------------------- */

static void
drag_begin (GtkGestureDrag *gesture, double x, double y, ScopeWipe *self)
{
  if (!self->draggable || fabs (x - line_at (self)) > REACH)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->drag_from = line_at (self);
}

static void
drag_update (GtkGestureDrag *gesture, double dx, double dy, ScopeWipe *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (width > 0)
    scope_wipe_set_share (self, (self->drag_from + dx) / width);
}

static void
motion (GtkEventControllerMotion *controller, double x, double y, ScopeWipe *self)
{
  gboolean near = self->draggable && fabs (x - line_at (self)) <= REACH;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), near ? "col-resize" : NULL);
}

/* ---- the object ----------------------------------------------------------------------------- */

/* What is not seen is not there for assistive technology either, and reads nothing. */
static void
update_over (ScopeWipe *self)
{
  if (self->over != NULL)
    gtk_widget_set_visible (self->over, self->share < 1);
}

void
scope_wipe_set_share (ScopeWipe *self, double share)
{
  g_return_if_fail (SCOPE_IS_WIPE (self));

  share = CLAMP (share, 0, 1);
  if (self->share == share)
    return;
  self->share = share;
  update_over (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHARE]);
}

double
scope_wipe_get_share (ScopeWipe *self)
{
  g_return_val_if_fail (SCOPE_IS_WIPE (self), 1);
  return self->share;
}

void
scope_wipe_set_draggable (ScopeWipe *self, gboolean draggable)
{
  g_return_if_fail (SCOPE_IS_WIPE (self));

  draggable = !!draggable;
  if (self->draggable == draggable)
    return;
  self->draggable = draggable;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAGGABLE]);
}

static void
set_child (ScopeWipe *self, GtkWidget **place, GtkWidget *child)
{
  g_clear_pointer (place, gtk_widget_unparent);
  *place = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

static void
scope_wipe_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeWipe *self = SCOPE_WIPE (object);

  switch (id)
    {
    case PROP_UNDER:
      g_value_set_object (value, self->under);
      break;
    case PROP_OVER:
      g_value_set_object (value, self->over);
      break;
    case PROP_SHARE:
      g_value_set_double (value, self->share);
      break;
    case PROP_DRAGGABLE:
      g_value_set_boolean (value, self->draggable);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_wipe_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopeWipe *self = SCOPE_WIPE (object);

  switch (id)
    {
    case PROP_UNDER:
      set_child (self, &self->under, g_value_get_object (value));
      break;
    case PROP_OVER:
      set_child (self, &self->over, g_value_get_object (value));
      if (self->over != NULL)
        gtk_widget_set_can_target (self->over, FALSE);
      update_over (self);
      break;
    case PROP_SHARE:
      scope_wipe_set_share (self, g_value_get_double (value));
      break;
    case PROP_DRAGGABLE:
      scope_wipe_set_draggable (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_wipe_dispose (GObject *object)
{
  ScopeWipe *self = SCOPE_WIPE (object);

  set_child (self, &self->under, NULL);
  set_child (self, &self->over, NULL);

  G_OBJECT_CLASS (scope_wipe_parent_class)->dispose (object);
}

static void
scope_wipe_class_init (ScopeWipeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = scope_wipe_get_property;
  object_class->set_property = scope_wipe_set_property;
  object_class->dispose = scope_wipe_dispose;
  widget_class->snapshot = scope_wipe_snapshot;

  properties[PROP_UNDER] = g_param_spec_object ("under", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_OVER] = g_param_spec_object ("over", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_SHARE] = g_param_spec_double ("share", NULL, NULL, 0, 1, 1, flags);
  properties[PROP_DRAGGABLE] = g_param_spec_boolean ("draggable", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "wipe");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
scope_wipe_init (ScopeWipe *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *pointer = gtk_event_controller_motion_new ();

  self->share = 1;
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update), self);
  g_signal_connect (pointer, "motion", G_CALLBACK (motion), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), pointer);
}
