/* Draws a plot with the paint layer; a screen reader is told what it is of. */
#include "app/plot-view.h"

#include "app/widget-theme.h"

#include <glib/gi18n.h>
#include <math.h>

struct _ScopePlotView
{
  GtkWidget parent_instance;

  ScopePlotKind kind;
  const ScopeComparePlots *plots;
};

enum
{
  PROP_0,
  PROP_KIND,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopePlotView, scope_plot_view, GTK_TYPE_WIDGET)

enum
{
  EDGE = 4, /* CSS pixels around the plot */
};

static const ScopePlot *
plot_of (ScopePlotView *self)
{
  return self->kind == SCOPE_PLOT_KERNEL     ? &self->plots->kernel
         : self->kind == SCOPE_PLOT_RESPONSE ? &self->plots->response
                                             : &self->plots->profile;
}

static gboolean
has_something (ScopePlotView *self)
{
  if (self->plots == NULL)
    return FALSE;
  return self->kind == SCOPE_PLOT_SAMPLES ? self->plots->samples.rows > 0
                                          : plot_of (self)->n_series > 0;
}

static void
paint_nothing (ScopePlotView *self,
               const ScopeTheme *theme,
               cairo_t *cr,
               double width,
               double height)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (
      GTK_WIDGET (self), self->plots == NULL || self->kind == SCOPE_PLOT_PROFILE
                             ? _ ("No tile has values yet.")
                             : _ ("No tile is a call that resamples, so there is no filter."));
  int text_width, text_height;

  pango_layout_set_width (layout, (int)width * PANGO_SCALE);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  scope_color_set (cr, scope_theme_dim (theme));
  cairo_move_to (cr, 0, (height - text_height) / 2);
  pango_cairo_show_layout (cr, layout);
  g_object_unref (layout);
}

static void
scope_plot_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ScopePlotView *self = SCOPE_PLOT_VIEW (widget);
  ScopeTheme theme = scope_widget_theme (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));

  if (!has_something (self))
    paint_nothing (self, &theme, cr, width, height);
  else if (self->kind == SCOPE_PLOT_SAMPLES)
    scope_samples_paint (&self->plots->samples, EDGE, EDGE, width - 2 * EDGE, height - 2 * EDGE,
                         &theme, cr);
  else
    scope_plot_paint (plot_of (self), EDGE, EDGE, width - 2 * EDGE, height - 2 * EDGE, &theme, cr);
  cairo_destroy (cr);
}

static void
scope_plot_view_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  ScopePlotView *self = SCOPE_PLOT_VIEW (widget);
  ScopeTheme theme = scope_widget_theme (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = 240;
  else if (self->kind == SCOPE_PLOT_SAMPLES && has_something (self))
    *minimum = *natural =
        (int)ceil (scope_samples_height (&self->plots->samples, &theme)) + 2 * EDGE;
  else
    *minimum = *natural = (int)ceil (1.1 * scope_plot_least_height (&theme)) + 2 * EDGE;
}

/* What the picture is of, in words. */
static void
describe (ScopePlotView *self)
{
  static const char *const titles[SCOPE_N_PLOTS] = {
    N_ ("Profile of all tiles"),
    N_ ("Kernel of each tile"),
    N_ ("Frequency response of each tile"),
    N_ ("Where each tile takes its samples"),
  };
  const char *title = _ (titles[self->kind]);
  int lines = 0;
  g_autofree char *label = NULL;

  if (has_something (self))
    {
      lines =
          self->kind == SCOPE_PLOT_SAMPLES ? self->plots->samples.rows : plot_of (self)->n_series;
      if (self->kind == SCOPE_PLOT_PROFILE && self->plots->profile.title != NULL)
        title = self->plots->profile.title;
    }
  /* TRANSLATORS: the first %s is what a plot shows, %d how many lines it has */
  label = g_strdup_printf (_ ("%s, %d lines"), title, lines);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
scope_plot_view_set_plots (ScopePlotView *self, const ScopeComparePlots *plots)
{
  g_return_if_fail (SCOPE_IS_PLOT_VIEW (self));

  self->plots = plots;
  describe (self);
  if (self->kind == SCOPE_PLOT_SAMPLES)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  else
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
scope_plot_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_KIND)
    g_value_set_int (value, (int)SCOPE_PLOT_VIEW (object)->kind);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_plot_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_KIND)
    SCOPE_PLOT_VIEW (object)->kind = (ScopePlotKind)g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_plot_view_constructed (GObject *object)
{
  G_OBJECT_CLASS (scope_plot_view_parent_class)->constructed (object);
  describe (SCOPE_PLOT_VIEW (object));
}

static void
scope_plot_view_class_init (ScopePlotViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_plot_view_get_property;
  object_class->set_property = scope_plot_view_set_property;
  object_class->constructed = scope_plot_view_constructed;
  widget_class->measure = scope_plot_view_measure;
  widget_class->snapshot = scope_plot_view_snapshot;

  properties[PROP_KIND] =
      g_param_spec_int ("kind", NULL, NULL, 0, SCOPE_N_PLOTS - 1, 0,
                        G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "plot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
scope_plot_view_init (ScopePlotView *self)
{
  scope_widget_follow_theme (GTK_WIDGET (self));
}
