/* Where an axis that is not shown stands: its name, a slider, the index. */
#include "app/axis-slider.h"

#include "app/axis-swatch.h"
#include "app/template.h"

#include <glib/gi18n.h>

struct _ScopeAxisSlider
{
  GtkWidget parent_instance;

  ScopePicture *picture;
  int axis;
  GtkWidget *swatch;
  GtkWidget *name;
  GtkWidget *scale;
  GtkAdjustment *adjustment;
  GtkWidget *value;
};

G_DEFINE_FINAL_TYPE (ScopeAxisSlider, scope_axis_slider, GTK_TYPE_WIDGET)

static void
value_changed (ScopeAxisSlider *self)
{
  g_autofree char *text = NULL;
  gint64 index = (gint64)gtk_adjustment_get_value (self->adjustment);

  text = g_strdup_printf ("%" G_GINT64_FORMAT, index);
  gtk_label_set_text (GTK_LABEL (self->value), text);
  if (self->picture != NULL)
    scope_picture_set_index (self->picture, self->axis, index);
}

static void
view_changed (ScopeAxisSlider *self)
{
  gtk_adjustment_set_value (self->adjustment,
                            (double)scope_picture_get_index (self->picture, self->axis));
}

/* The name can be dragged; the slider's own knob goes on being one. */
static GdkContentProvider *
prepare_drag (ScopeAxisSlider *self, double x, double y)
{
  graphene_point_t at;

  if (gtk_widget_compute_point (GTK_WIDGET (self), self->scale,
                                &GRAPHENE_POINT_INIT ((float)x, (float)y), &at)
      && gtk_widget_contains (self->scale, at.x, at.y))
    return NULL;
  return gdk_content_provider_new_typed (SCOPE_TYPE_AXIS_SLIDER, self);
}

ScopePicture *
scope_axis_slider_get_picture (ScopeAxisSlider *self)
{
  g_return_val_if_fail (SCOPE_IS_AXIS_SLIDER (self), NULL);
  return self->picture;
}

int
scope_axis_slider_get_axis (ScopeAxisSlider *self)
{
  g_return_val_if_fail (SCOPE_IS_AXIS_SLIDER (self), -1);
  return self->axis;
}

static void
scope_axis_slider_dispose (GObject *object)
{
  ScopeAxisSlider *self = SCOPE_AXIS_SLIDER (object);

  g_clear_object (&self->picture);
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_AXIS_SLIDER);

  G_OBJECT_CLASS (scope_axis_slider_parent_class)->dispose (object);
}

static void
scope_axis_slider_class_init (ScopeAxisSliderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_axis_slider_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/axis-slider.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeAxisSlider, swatch);
  gtk_widget_class_bind_template_child (widget_class, ScopeAxisSlider, name);
  gtk_widget_class_bind_template_child (widget_class, ScopeAxisSlider, scale);
  gtk_widget_class_bind_template_child (widget_class, ScopeAxisSlider, adjustment);
  gtk_widget_class_bind_template_child (widget_class, ScopeAxisSlider, value);
  gtk_widget_class_bind_template_callback (widget_class, value_changed);
  gtk_widget_class_bind_template_callback (widget_class, prepare_drag);
}

static void
scope_axis_slider_init (ScopeAxisSlider *self)
{
  g_type_ensure (SCOPE_TYPE_AXIS_SWATCH);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
scope_axis_slider_new (ScopePicture *picture, int axis)
{
  ScopeAxisSlider *self = g_object_new (SCOPE_TYPE_AXIS_SLIDER, NULL);
  const ScopeShape *shape = scope_picture_get_shape (picture);
  g_autofree char *name = scope_picture_describe_axis (picture, axis);
  gint64 size = shape->size[axis];

  self->axis = axis;
  scope_axis_swatch_set_from_end (SCOPE_AXIS_SWATCH (self->swatch), axis - shape->rank);
  gtk_label_set_text (GTK_LABEL (self->name), name);
  gtk_widget_set_tooltip_text (self->name, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_adjustment_configure (self->adjustment, (double)scope_picture_get_index (picture, axis), 0,
                            (double)(size - 1), 1, (double)MAX (size / 10, 1), 0);
  self->picture = g_object_ref (picture);
  g_signal_connect_object (picture, "notify::view", G_CALLBACK (view_changed), self,
                           G_CONNECT_SWAPPED);
  value_changed (self);
  return GTK_WIDGET (self);
}
