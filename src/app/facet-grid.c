/* Small multiples: a picture for each place of one axis, all in the same colours and looked at in
 * the same way. */
#include "app/facet-grid.h"

#include "app/heatmap-view.h"
#include "app/model-box.h"
#include "app/range-bar.h"
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
  GtkWidget *pager; /* which of many places are shown */
  GtkWidget *earlier, *later, *label;
  GtkWidget *grid;   /* the pictures */
  GtkWidget *bar;    /* of colours that all share */
  GPtrArray *facets; /* of ScopePicture */
  ScopeView view;    /* that they were made for */
  ScopeShape shape;
  int axis; /* −1: none */
  gint64 first;
  gboolean linking, pinning;
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

/* Whether one range of colours serves all. */
static gboolean
is_shared (ScopeFacetGrid *self)
{
  const ScopeView *view = scope_picture_get_view (self->picture);

  return view->whole_tensor || view->range == SCOPE_RANGE_MANUAL;
}

static void
share_range (ScopePicture *facet, const ScopeColorScale *scale)
{
  scope_picture_set_norm (facet, scale->norm);
  scope_picture_set_palette (facet, scale->palette);
  scope_picture_set_limits (facet, scale->low, scale->high);
}

static void
own_range (ScopePicture *facet, const ScopeView *view)
{
  scope_picture_set_norm (facet, view->norm);
  scope_picture_set_palette (facet, view->palette);
  scope_picture_set_range (facet, view->range);
}

static GtkWidget *
view_of (GtkWidget *box)
{
  return gtk_widget_get_last_child (box);
}

/* One range, the whole tensor's, with one bar; or each its own with its own. */
static void
share_colours (ScopeFacetGrid *self)
{
  const ScopePlane *values =
      self->picture != NULL ? scope_picture_get_values (self->picture) : NULL;
  const ScopeView *view = self->picture != NULL ? scope_picture_get_view (self->picture) : NULL;
  GtkWidget *box = gtk_widget_get_first_child (self->grid);
  ScopeColorScale scale;
  gboolean shared;

  if (values == NULL || self->facets->len == 0)
    return;
  shared = is_shared (self);
  scale = scope_color_scale_sampled (view, &values->statistics, values->sample, values->samples);
  for (guint i = 0; i < self->facets->len; i++, box = gtk_widget_get_next_sibling (box))
    {
      ScopePicture *facet = g_ptr_array_index (self->facets, i);

      if (shared)
        share_range (facet, &scale);
      else
        own_range (facet, view);
      scope_heatmap_view_set_show_bar (SCOPE_HEATMAP_VIEW (view_of (box)), !shared);
    }
  scope_range_bar_set_picture (SCOPE_RANGE_BAR (self->bar), g_ptr_array_index (self->facets, 0));
  gtk_widget_set_visible (self->bar, shared);
}

/* The others are zoomed and moved with the one that was. */
static void
viewport_changed (ScopeFacetGrid *self, ScopeHeatmapView *changed)
{
  if (self->linking)
    return;
  self->linking = TRUE;
  for (GtkWidget *box = gtk_widget_get_first_child (self->grid); box != NULL;
       box = gtk_widget_get_next_sibling (box))
    {
      GtkWidget *view = view_of (box);

      if (view != GTK_WIDGET (changed))
        scope_heatmap_view_set_viewport (SCOPE_HEATMAP_VIEW (view),
                                         scope_heatmap_view_get_viewport (changed));
    }
  self->linking = FALSE;
}

/* ---- where a value comes from --------------------------------------------------------------- */

/* Elements that something else comes from light up in the picture of the place they are at. */
static void
sources_changed (ScopeFacetGrid *self)
{
  guint count;
  const ScopeOrigin *origin = scope_picture_get_given_sources (self->picture, &count);

  for (guint i = 0; i < self->facets->len; i++)
    scope_picture_set_sources (g_ptr_array_index (self->facets, i), origin, count);
}

/* The whole picture stands at the place of the facet that something was chosen in. */
static void
go_to_facet (ScopeFacetGrid *self, ScopePicture *facet)
{
  scope_picture_set_index (self->picture, self->axis, scope_picture_get_index (facet, self->axis));
}

static void
cursor_changed (ScopeFacetGrid *self, GParamSpec *pspec, ScopePicture *facet)
{
  gint64 row, column;

  scope_picture_get_cursor (facet, &row, &column);
  if (row >= 0)
    go_to_facet (self, facet);
  scope_picture_set_cursor (self->picture, row, column);
}

/* One element is pinned, in one of the pictures. */
static void
pin_changed (ScopeFacetGrid *self, GParamSpec *pspec, ScopePicture *facet)
{
  gint64 row, column;

  scope_picture_get_pin (facet, &row, &column);
  if (self->pinning)
    return;
  self->pinning = TRUE;
  for (guint i = 0; i < self->facets->len && row >= 0; i++)
    if (g_ptr_array_index (self->facets, i) != facet)
      scope_picture_set_pin (g_ptr_array_index (self->facets, i), -1, -1);
  self->pinning = FALSE;
  if (row >= 0)
    go_to_facet (self, facet);
  scope_picture_set_pin (self->picture, row, column);
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
  g_signal_connect_object (facet, "notify::cursor", G_CALLBACK (cursor_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (facet, "notify::pin", G_CALLBACK (pin_changed), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), view);
  gtk_widget_set_parent (box, self->grid);
  g_ptr_array_add (self->facets, facet);
}

static void
clear (ScopeFacetGrid *self)
{
  GtkWidget *child;

  scope_range_bar_set_picture (SCOPE_RANGE_BAR (self->bar), NULL);
  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_widget_unparent (child);
  g_ptr_array_set_size (self->facets, 0);
}

/* "25–48 of 100", with the places before and behind. */
static void
update_pager (ScopeFacetGrid *self, gint64 size)
{
  gint64 end = MIN (self->first + MOST, size);
  g_autofree char *shown =
      g_strdup_printf ("%" G_GINT64_FORMAT "–%" G_GINT64_FORMAT, self->first + 1, end);
  g_autofree char *all = g_strdup_printf ("%" G_GINT64_FORMAT, size);
  /* TRANSLATORS: which of many pictures are shown, like “25–48 of 100” */
  g_autofree char *text = g_strdup_printf (_ ("%s of %s"), shown, all);

  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_widget_set_sensitive (self->earlier, self->first > 0);
  gtk_widget_set_sensitive (self->later, end < size);
  gtk_widget_set_visible (self->pager, size > MOST);
}

static void
rebuild (ScopeFacetGrid *self)
{
  int before = self->axis;
  gint64 size;

  clear (self);
  self->axis = facet_axis (self);
  if (self->axis < 0)
    return;
  self->view = *scope_picture_get_view (self->picture);
  self->shape = *scope_picture_get_shape (self->picture);
  size = self->shape.size[self->axis];
  self->first = scope_picture_get_index (self->picture, self->axis) / MOST * MOST;
  for (gint64 index = self->first; index < MIN (self->first + MOST, size); index++)
    add_facet (self, index);
  update_pager (self, size);
  /* Pictures side by side mean the same by the same colour, until something else is chosen. */
  if (before != self->axis)
    scope_picture_set_whole_tensor (self->picture, TRUE);
  share_colours (self);
  sources_changed (self);
}

/* Whether the pictures are of other places or axes than those that are there: their colours and the
 * place within the page do not count. */
static gboolean
is_outdated (ScopeFacetGrid *self)
{
  const ScopeShape *shape = scope_picture_get_shape (self->picture);
  const ScopeView *now = scope_picture_get_view (self->picture);

  if (self->axis != facet_axis (self) || shape == NULL || !scope_shape_equal (shape, &self->shape)
      || now->row_axis != self->view.row_axis || now->column_axis != self->view.column_axis
      || now->over_axes != self->view.over_axes || now->over != self->view.over
      || now->aggregate != self->view.aggregate)
    return TRUE;
  for (int axis = 0; axis < shape->rank; axis++)
    if (axis == self->axis ? now->index[axis] / MOST * MOST != self->first
                           : now->index[axis] != self->view.index[axis])
      return TRUE;
  return FALSE;
}

static void
view_changed (ScopeFacetGrid *self)
{
  if (self->axis < 0 && facet_axis (self) < 0)
    return;
  if (is_outdated (self))
    rebuild (self);
  else
    share_colours (self);
}

static void
turn (ScopeFacetGrid *self, int pages)
{
  scope_picture_set_index (self->picture, self->axis, self->first + (gint64)pages * MOST);
}

static void
go_earlier (ScopeFacetGrid *self)
{
  turn (self, -1);
}

static void
go_later (ScopeFacetGrid *self)
{
  turn (self, 1);
}

void
scope_facet_grid_set_picture (ScopeFacetGrid *self, ScopePicture *picture)
{
  g_return_if_fail (SCOPE_IS_FACET_GRID (self));

  if (picture == NULL && self->picture == NULL)
    return;
  g_set_object (&self->picture, picture);
  g_signal_group_set_target (self->signals, picture);
  if (picture == NULL)
    self->axis = -1;
  rebuild (self);
}

static void
scope_facet_grid_dispose (GObject *object)
{
  ScopeFacetGrid *self = SCOPE_FACET_GRID (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  if (self->grid != NULL)
    clear (self);
  g_clear_pointer (&self->pager, gtk_widget_unparent);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
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
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_GRID_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
new_button (ScopeFacetGrid *self, const char *icon, const char *words, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static void
make_pager (ScopeFacetGrid *self)
{
  self->pager = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->earlier =
      new_button (self, "go-previous-symbolic", _ ("Earlier Places"), G_CALLBACK (go_earlier));
  self->later = new_button (self, "go-next-symbolic", _ ("Later Places"), G_CALLBACK (go_later));
  self->label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->label, "caption");
  gtk_box_append (GTK_BOX (self->pager), self->earlier);
  gtk_box_append (GTK_BOX (self->pager), self->label);
  gtk_box_append (GTK_BOX (self->pager), self->later);
}

/* Puts a part into the layout. */
static void
place (ScopeFacetGrid *self, GtkWidget *child, int column, int row, int columns)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkGridLayoutChild *at;

  gtk_widget_set_parent (child, GTK_WIDGET (self));
  at = GTK_GRID_LAYOUT_CHILD (gtk_layout_manager_get_layout_child (layout, child));
  gtk_grid_layout_child_set_column (at, column);
  gtk_grid_layout_child_set_row (at, row);
  gtk_grid_layout_child_set_column_span (at, columns);
}

static void
scope_facet_grid_init (ScopeFacetGrid *self)
{
  GtkLayoutManager *wrap =
      g_object_new (SCOPE_TYPE_WRAP_LAYOUT, "column-width", 110, "spacing", 6, NULL);

  make_pager (self);
  self->grid = g_object_new (SCOPE_TYPE_MODEL_BOX, "layout-manager", wrap, "hexpand", TRUE, NULL);
  self->bar =
      g_object_new (SCOPE_TYPE_RANGE_BAR, "valign", GTK_ALIGN_START, "height-request", 140, NULL);
  place (self, self->pager, 0, 0, 2);
  place (self, self->grid, 0, 1, 1);
  place (self, self->bar, 1, 1, 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Colours of all the pictures"), -1);
  self->axis = -1;
  self->facets = g_ptr_array_new_with_free_func (g_object_unref);
  self->signals = g_signal_group_new (SCOPE_TYPE_PICTURE);
  g_signal_group_connect_swapped (self->signals, "notify::view", G_CALLBACK (view_changed), self);
  g_signal_group_connect_swapped (self->signals, "notify::shape-text", G_CALLBACK (rebuild), self);
  g_signal_group_connect_swapped (self->signals, "notify::sources", G_CALLBACK (sources_changed),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::values", G_CALLBACK (share_colours),
                                  self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("A picture for each place of an axis"), -1);
}
