/* Sliders that follow what a picture shows. */
#include "app/axis-sliders.h"

#include "app/axis-slider.h"

struct _ScopeAxisSliders
{
  GtkWidget parent_instance;

  ScopePicture *picture;
  GSignalGroup *signals;
  ScopeShape shape; /* what the sliders were made for; rank −1: nothing */
  int row_axis, column_axis;
};

G_DEFINE_FINAL_TYPE (ScopeAxisSliders, scope_axis_sliders, GTK_TYPE_WIDGET)

static void
remove_all (ScopeAxisSliders *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->shape.rank = -1;
}

static void
update (ScopeAxisSliders *self)
{
  const ScopeShape *shape = self->picture != NULL ? scope_picture_get_shape (self->picture) : NULL;
  const ScopeView *view = self->picture != NULL ? scope_picture_get_view (self->picture) : NULL;

  if (shape != NULL && scope_shape_equal (shape, &self->shape) && view->row_axis == self->row_axis
      && view->column_axis == self->column_axis)
    return;
  remove_all (self);
  if (shape != NULL)
    {
      self->shape = *shape;
      self->row_axis = view->row_axis;
      self->column_axis = view->column_axis;
    }
  for (int axis = 0; shape != NULL && axis < shape->rank; axis++)
    if (axis != view->row_axis && axis != view->column_axis && shape->size[axis] > 1)
      gtk_widget_set_parent (scope_axis_slider_new (self->picture, axis), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self),
                          gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL);
}

void
scope_axis_sliders_set_picture (ScopeAxisSliders *self, ScopePicture *picture)
{
  g_return_if_fail (SCOPE_IS_AXIS_SLIDERS (self));

  if (!g_set_object (&self->picture, picture))
    return;
  g_signal_group_set_target (self->signals, picture);
  remove_all (self);
  update (self);
}

static void
scope_axis_sliders_dispose (GObject *object)
{
  ScopeAxisSliders *self = SCOPE_AXIS_SLIDERS (object);

  remove_all (self);
  g_clear_object (&self->signals);
  g_clear_object (&self->picture);

  G_OBJECT_CLASS (scope_axis_sliders_parent_class)->dispose (object);
}

static void
scope_axis_sliders_class_init (ScopeAxisSlidersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_axis_sliders_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
scope_axis_sliders_init (ScopeAxisSliders *self)
{
  self->shape.rank = -1;
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->signals = g_signal_group_new (SCOPE_TYPE_PICTURE);
  g_signal_group_connect_swapped (self->signals, "notify::view", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "notify::shape-text", G_CALLBACK (update), self);
}
