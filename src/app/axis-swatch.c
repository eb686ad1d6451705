/* A dot in the colour that an axis has in every view. */
#include "app/axis-swatch.h"

#include "app/widget-theme.h"

#include <math.h>

enum
{
  SIDE = 12
};

struct _ScopeAxisSwatch
{
  GtkWidget parent_instance;

  int from_end;
};

G_DEFINE_FINAL_TYPE (ScopeAxisSwatch, scope_axis_swatch, GTK_TYPE_WIDGET)

void
scope_axis_swatch_set_from_end (ScopeAxisSwatch *self, int from_end)
{
  g_return_if_fail (SCOPE_IS_AXIS_SWATCH (self));

  if (self->from_end == from_end)
    return;
  self->from_end = from_end;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
scope_axis_swatch_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = *natural = SIDE;
}

static void
scope_axis_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ScopeAxisSwatch *self = SCOPE_AXIS_SWATCH (widget);
  ScopeTheme theme = scope_widget_theme (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  cairo_arc (cr, width / 2, height / 2, SIDE / 2.0 - 1, 0, 2 * G_PI);
  scope_color_set (cr, scope_theme_axis_tint (&theme, self->from_end));
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, 1.5);
  scope_color_set (cr, scope_theme_axis (&theme, self->from_end));
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
scope_axis_swatch_class_init (ScopeAxisSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = scope_axis_swatch_measure;
  widget_class->snapshot = scope_axis_swatch_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
scope_axis_swatch_init (ScopeAxisSwatch *self)
{
  self->from_end = -1;
  scope_widget_follow_theme (GTK_WIDGET (self));
}
