/* Small multiples: a picture for each place of one axis, all in the same colours and looked at in
 * the same way. */
#include "app/facet-grid.h"

#include "app/heatmap-view.h"
#include "app/wrap-layout.h"

#include <glib/gi18n.h>

enum
{
  MOST = 24, /* pictures at once */
};

struct _ScopeFacetGrid
{
  GtkWidget parent_instance;

  ScopePicture *picture;
  GSignalGroup *signals;
  GPtrArray *facets; /* of ScopePicture */
  int axis;          /* −1: none */
  gboolean linking;
};

G_DEFINE_FINAL_TYPE (ScopeFacetGrid, scope_facet_grid, GTK_TYPE_WIDGET)

static int
facet_axis (ScopeFacetGrid *self)
{
  const ScopeShape *shape = self->picture != NULL ? scope_picture_get_shape (self->picture) : NULL;
  const ScopeView *view = shape != NULL ? scope_picture_get_view (self->picture) : NULL;

  for (int axis = 0; shape != NULL && axis < shape->rank; axis++)
    if (scope_axis_in (view->facet_axes, axis))
      return axis;
  return -1;
}

/* The range that all share: the picture's own, of the whole tensor's values. */
static void
share_colours (ScopeFacetGrid *self)
{
  const ScopePlane *values = scope_picture_get_values (self->picture);
  ScopeColorScale scale;

  if (values == NULL)
    return;
  scale = scope_color_scale_sampled (scope_picture_get_view (self->picture), &values->statistics,
                                     values->sample, values->samples);
  for (guint i = 0; i < self->facets->len; i++)
    {
      ScopePicture *facet = g_ptr_array_index (self->facets, i);

      scope_picture_set_norm (facet, scale.norm);
      scope_picture_set_palette (facet, scale.palette);
      scope_picture_set_limits (facet, scale.low, scale.high);
    }
}

/* The others are zoomed and moved with the one that was. */
static void
viewport_changed (ScopeFacetGrid *self, ScopeHeatmapView *changed)
{
  if (self->linking)
    return;
  self->linking = TRUE;
  for (GtkWidget *box = gtk_widget_get_first_child (GTK_WIDGET (self)); box != NULL;
       box = gtk_widget_get_next_sibling (box))
    {
      GtkWidget *view = gtk_widget_get_last_child (box);

      if (SCOPE_IS_HEATMAP_VIEW (view) && view != GTK_WIDGET (changed))
        scope_heatmap_view_set_viewport (SCOPE_HEATMAP_VIEW (view),
                                         scope_heatmap_view_get_viewport (changed));
    }
  self->linking = FALSE;
}

static void
add_facet (ScopeFacetGrid *self, gint64 index)
{
  ScopePicture *facet = scope_picture_new_facet (self->picture, self->axis, index);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *view = g_object_new (SCOPE_TYPE_HEATMAP_VIEW, "picture", facet, "show-bar", FALSE,
                                  "hexpand", TRUE, NULL);
  GtkWidget *label = gtk_label_new (NULL);

  g_object_bind_property (facet, "caption", label, "label", G_BINDING_SYNC_CREATE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "dim-label");
  g_signal_connect_object (view, "viewport-changed", G_CALLBACK (viewport_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), view);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  g_ptr_array_add (self->facets, facet);
}

static void
clear (ScopeFacetGrid *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_ptr_array_set_size (self->facets, 0);
}

static void
rebuild (ScopeFacetGrid *self)
{
  const ScopeShape *shape;
  gint64 size, first;

  clear (self);
  self->axis = facet_axis (self);
  if (self->axis < 0)
    return;
  shape = scope_picture_get_shape (self->picture);
  size = shape->size[self->axis];
  first = CLAMP (scope_picture_get_index (self->picture, self->axis), 0, MAX (size - MOST, 0));
  for (gint64 index = first; index < MIN (first + MOST, size); index++)
    add_facet (self, index);
  /* Pictures side by side mean the same by the same colour. */
  scope_picture_set_whole_tensor (self->picture, TRUE);
  share_colours (self);
}

void
scope_facet_grid_set_picture (ScopeFacetGrid *self, ScopePicture *picture)
{
  g_return_if_fail (SCOPE_IS_FACET_GRID (self));

  if (picture == NULL && self->picture == NULL)
    return;
  g_set_object (&self->picture, picture);
  g_signal_group_set_target (self->signals, picture);
  rebuild (self);
}

static void
scope_facet_grid_dispose (GObject *object)
{
  ScopeFacetGrid *self = SCOPE_FACET_GRID (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  clear (self);
  g_clear_object (&self->picture);

  G_OBJECT_CLASS (scope_facet_grid_parent_class)->dispose (object);
}

static void
scope_facet_grid_finalize (GObject *object)
{
  g_ptr_array_unref (SCOPE_FACET_GRID (object)->facets);

  G_OBJECT_CLASS (scope_facet_grid_parent_class)->finalize (object);
}

static void
scope_facet_grid_class_init (ScopeFacetGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_facet_grid_dispose;
  G_OBJECT_CLASS (klass)->finalize = scope_facet_grid_finalize;
  gtk_widget_class_set_css_name (widget_class, "facets");
  gtk_widget_class_set_layout_manager_type (widget_class, SCOPE_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
scope_facet_grid_init (ScopeFacetGrid *self)
{
  g_object_set (gtk_widget_get_layout_manager (GTK_WIDGET (self)), "column-width", 110, "spacing",
                6, NULL);
  self->axis = -1;
  self->facets = g_ptr_array_new_with_free_func (g_object_unref);
  self->signals = g_signal_group_new (SCOPE_TYPE_PICTURE);
  g_signal_group_connect_swapped (self->signals, "notify::view", G_CALLBACK (rebuild), self);
  g_signal_group_connect_swapped (self->signals, "notify::shape-text", G_CALLBACK (rebuild), self);
  g_signal_group_connect_swapped (self->signals, "notify::values", G_CALLBACK (share_colours),
                                  self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("A picture for each place of an axis"), -1);
}
