/* Three panes side by side: start, content, end. In a narrow window the end pane is hidden, and
 * lies over the content when it is asked for. */
#include "app/panes.h"

enum
{
  WIDE_FROM = 1040, /* CSS pixels: room for all three */
  ROOMY_FROM = 860, /* room for a wider start pane */
  START_WIDTH = 276,
  START_NARROW = 260,
  END_WIDTH = 320,
  END_SHARE = 4, /* of a very wide window the end pane takes a quarter */
};

struct _ScopePanes
{
  GtkWidget parent_instance;

  GtkWidget *start;
  GtkWidget *content;
  GtkWidget *end;
  gboolean narrow;
  gboolean end_beside; /* wanted while there is room beside the content */
  gboolean end_over;   /* wanted while it lies over the content */
};

enum
{
  PROP_0,
  PROP_START,
  PROP_CONTENT,
  PROP_END,
  PROP_SHOW_END,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopePanes, scope_panes, GTK_TYPE_WIDGET)

gboolean
scope_panes_get_show_end (ScopePanes *self)
{
  g_return_val_if_fail (SCOPE_IS_PANES (self), FALSE);
  return self->narrow ? self->end_over : self->end_beside;
}

static void
update_end (ScopePanes *self)
{
  if (self->end == NULL)
    return;
  gtk_widget_set_child_visible (self->end, scope_panes_get_show_end (self));
  if (self->narrow)
    gtk_widget_add_css_class (self->end, "over");
  else
    gtk_widget_remove_css_class (self->end, "over");
}

void
scope_panes_set_show_end (ScopePanes *self, gboolean show_end)
{
  g_return_if_fail (SCOPE_IS_PANES (self));

  show_end = !!show_end;
  if (scope_panes_get_show_end (self) == show_end)
    return;
  if (self->narrow)
    self->end_over = show_end;
  else
    self->end_beside = show_end;
  update_end (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_END]);
}

static gboolean
notify_mode (gpointer data)
{
  ScopePanes *self = data;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_END]);
  return G_SOURCE_REMOVE;
}

static void
set_narrow (ScopePanes *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  self->end_over = FALSE;
  update_end (self);
  /* Found out while sizes are given: whoever listens may want to change them. */
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, notify_mode, g_object_ref (self), g_object_unref);
}

static int
start_width (int width)
{
  return width >= ROOMY_FROM ? START_WIDTH : START_NARROW;
}

static int
end_width (int width)
{
  return MAX (END_WIDTH, width / END_SHARE);
}

static void
measure_child (GtkWidget *child,
               GtkOrientation orientation,
               int for_size,
               int *minimum,
               int *natural)
{
  *minimum = *natural = 0;
  if (child != NULL && gtk_widget_get_visible (child))
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
scope_panes_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  ScopePanes *self = SCOPE_PANES (widget);
  GtkWidget *children[] = { self->start, self->content, self->end };

  *minimum = *natural = 0;
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int child_minimum, child_natural;

      measure_child (children[i], orientation, -1, &child_minimum, &child_natural);
      if (orientation == GTK_ORIENTATION_VERTICAL)
        {
          *minimum = MAX (*minimum, child_minimum);
          *natural = MAX (*natural, child_natural);
        }
      else if (children[i] == self->content)
        {
          *minimum += child_minimum;
          *natural += child_natural;
        }
      else if (children[i] == self->start)
        {
          *minimum += START_NARROW;
          *natural += START_WIDTH;
        }
      else
        *natural += END_WIDTH;
    }
}

static void
allocate_child (GtkWidget *child, int x, int width, int height)
{
  GtkAllocation at = { x, 0, MAX (width, 1), height };

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_size_allocate (child, &at, -1);
}

static void
scope_panes_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ScopePanes *self = SCOPE_PANES (widget);
  gboolean right_to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int start, end, beside;

  set_narrow (self, width < WIDE_FROM);
  start = start_width (width);
  end = MIN (end_width (width), width);
  beside = !self->narrow && self->end_beside ? end : 0;

  if (right_to_left)
    {
      allocate_child (self->start, width - start, start, height);
      allocate_child (self->content, beside, width - start - beside, height);
      allocate_child (self->end, 0, end, height);
    }
  else
    {
      allocate_child (self->start, 0, start, height);
      allocate_child (self->content, start, width - start - beside, height);
      allocate_child (self->end, width - end, end, height);
    }
}

static void
set_child (ScopePanes *self, GtkWidget **child, GtkWidget *widget)
{
  g_clear_pointer (child, gtk_widget_unparent);
  *child = widget;
  if (widget != NULL)
    gtk_widget_insert_before (widget, GTK_WIDGET (self), NULL);
  update_end (self);
}

static void
scope_panes_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopePanes *self = SCOPE_PANES (object);

  switch (id)
    {
    case PROP_START:
      g_value_set_object (value, self->start);
      break;
    case PROP_CONTENT:
      g_value_set_object (value, self->content);
      break;
    case PROP_END:
      g_value_set_object (value, self->end);
      break;
    case PROP_SHOW_END:
      g_value_set_boolean (value, scope_panes_get_show_end (self));
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_panes_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopePanes *self = SCOPE_PANES (object);

  switch (id)
    {
    case PROP_START:
      set_child (self, &self->start, g_value_get_object (value));
      break;
    case PROP_CONTENT:
      set_child (self, &self->content, g_value_get_object (value));
      break;
    case PROP_END:
      set_child (self, &self->end, g_value_get_object (value));
      break;
    case PROP_SHOW_END:
      scope_panes_set_show_end (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_panes_dispose (GObject *object)
{
  ScopePanes *self = SCOPE_PANES (object);

  g_clear_pointer (&self->start, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->end, gtk_widget_unparent);

  G_OBJECT_CLASS (scope_panes_parent_class)->dispose (object);
}

static GParamSpec *
child_property (const char *name)
{
  return g_param_spec_object (name, NULL, NULL, GTK_TYPE_WIDGET,
                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
}

static void
scope_panes_class_init (ScopePanesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_panes_get_property;
  object_class->set_property = scope_panes_set_property;
  object_class->dispose = scope_panes_dispose;
  widget_class->measure = scope_panes_measure;
  widget_class->size_allocate = scope_panes_size_allocate;

  properties[PROP_START] = child_property ("start");
  properties[PROP_CONTENT] = child_property ("content");
  properties[PROP_END] = child_property ("end");
  properties[PROP_SHOW_END] =
      g_param_spec_boolean ("show-end", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "panes");
}

static void
scope_panes_init (ScopePanes *self)
{
  self->end_beside = TRUE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}
