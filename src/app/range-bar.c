/* A colour bar that stands alone. */
#include "app/range-bar.h"

#include "app/widget-theme.h"
#include "paint/colorbar.h"

#include <math.h>

struct _ScopeRangeBar
{
  GtkWidget parent_instance;

  ScopePicture *picture;
  GSignalGroup *signals;
};

G_DEFINE_FINAL_TYPE (ScopeRangeBar, scope_range_bar, GTK_TYPE_WIDGET)

static gboolean
find_scale (ScopeRangeBar *self, ScopeColorScale *scale)
{
  const ScopePlane *plane = self->picture != NULL ? scope_picture_get_plane (self->picture) : NULL;

  if (plane == NULL)
    return FALSE;
  *scale = scope_color_scale (scope_picture_get_view (self->picture), &plane->statistics);
  return TRUE;
}

static void
scope_range_bar_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  ScopeTheme theme = scope_widget_theme (widget);
  ScopeColorScale scale;

  *minimum = *natural = 60;
  if (orientation == GTK_ORIENTATION_HORIZONTAL && find_scale (SCOPE_RANGE_BAR (widget), &scale))
    {
      cairo_t *cr = scope_measuring_context ();

      *minimum = *natural = (int)ceil (scope_colorbar_width (&scale, &theme, cr));
      cairo_destroy (cr);
    }
}

static void
scope_range_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ScopeTheme theme = scope_widget_theme (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double edge = 0.6 * theme.text_size;
  ScopeColorScale scale;
  cairo_t *cr;

  if (!find_scale (SCOPE_RANGE_BAR (widget), &scale) || height < 4 * edge)
    return;
  cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  scope_colorbar_paint (&scale, 0, edge, width, height - 2 * edge, &theme, cr);
  cairo_destroy (cr);
}

void
scope_range_bar_set_picture (ScopeRangeBar *self, ScopePicture *picture)
{
  g_return_if_fail (SCOPE_IS_RANGE_BAR (self));

  if (!g_set_object (&self->picture, picture))
    return;
  g_signal_group_set_target (self->signals, picture);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
scope_range_bar_dispose (GObject *object)
{
  ScopeRangeBar *self = SCOPE_RANGE_BAR (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->picture);

  G_OBJECT_CLASS (scope_range_bar_parent_class)->dispose (object);
}

static void
scope_range_bar_class_init (ScopeRangeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_range_bar_dispose;
  widget_class->measure = scope_range_bar_measure;
  widget_class->snapshot = scope_range_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "rangebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
scope_range_bar_init (ScopeRangeBar *self)
{
  self->signals = g_signal_group_new (SCOPE_TYPE_PICTURE);
  g_signal_group_connect_swapped (self->signals, "notify::plane",
                                  G_CALLBACK (gtk_widget_queue_resize), self);
  g_signal_group_connect_swapped (self->signals, "notify::view",
                                  G_CALLBACK (gtk_widget_queue_resize), self);
  scope_widget_follow_theme (GTK_WIDGET (self));
}
