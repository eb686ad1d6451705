/* What a heatmap's menu and keys do beside looking around: going to an index or the next NaN, a
 * range by hand, copying. */
#include "app/heatmap-view-private.h"

#include "app/axis-slider.h"
#include "app/widget-theme.h"
#include "core/text.h"
#include "paint/colorbar.h"

#include <glib/gi18n.h>
#include <math.h>

enum
{
  MOST_COPIED = 1 << 20, /* cells */
};

/* ---- popovers ------------------------------------------------------------------------------- */

/* The popover that is there goes, at the latest with the heatmap. */
void
scope_heatmap_view_drop_popover (ScopeHeatmapView *self)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
}

static gboolean
arrive (gpointer data)
{
  ScopeHeatmapView *self = data;

  if (self->go_row >= 0 && self->cursor != NULL)
    {
      gtk_widget_grab_focus (self->cursor);
      scope_heatmap_view_choose (self, self->go_row, self->go_column);
    }
  self->go_row = -1;
  return G_SOURCE_REMOVE;
}

static void
popover_closed (ScopeHeatmapView *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, arrive, g_object_ref (self), g_object_unref);
}

/* A popover at a place of the heatmap, instead of the one before. */
static GtkWidget *
new_popover (ScopeHeatmapView *self, const GdkRectangle *at, GtkWidget *child)
{
  GtkWidget *popover = gtk_popover_new ();

  scope_heatmap_view_drop_popover (self);
  gtk_popover_set_child (GTK_POPOVER (popover), child);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), at);
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  self->popover = popover;
  self->go_row = -1;
  g_signal_connect_object (popover, "closed", G_CALLBACK (popover_closed), self, G_CONNECT_SWAPPED);
  return popover;
}

static GtkWidget *
new_entry (const char *text, const char *label)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 14);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return entry;
}

static GtkWidget *
new_problem (void)
{
  GtkWidget *problem = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (problem), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (problem), 30);
  gtk_label_set_xalign (GTK_LABEL (problem), 0);
  gtk_widget_add_css_class (problem, "problem");
  gtk_widget_set_visible (problem, FALSE);
  return problem;
}

static void
tell_problem (GtkWidget *entry, const char *text)
{
  GtkWidget *box = gtk_widget_get_parent (entry);
  GtkWidget *problem = gtk_widget_get_last_child (box);

  gtk_label_set_text (GTK_LABEL (problem), text);
  gtk_widget_set_visible (problem, TRUE);
  gtk_widget_error_bell (entry);
}

/* ---- going to an index ---------------------------------------------------------------------- */

static void
go (ScopeHeatmapView *self, GtkWidget *entry)
{
  g_autofree char *problem = NULL;
  gint64 row, column;

  if (!scope_picture_go_to (self->picture, gtk_editable_get_text (GTK_EDITABLE (entry)), &problem))
    {
      tell_problem (entry, problem);
      return;
    }
  scope_picture_get_cursor (self->picture, &row, &column);
  /* When the popover has gone: while it closes it still takes the focus away. */
  self->go_row = row;
  self->go_column = column;
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (entry, GTK_TYPE_POPOVER)));
}

static void
go_to (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);
  GdkRectangle at = { (int)self->window.x, (int)self->window.y, (int)self->window.width, 1 };
  GtkWidget *box, *entry, *popover;
  g_autofree char *place = NULL;
  const char *begin;

  if (self->overview.plane == NULL)
    return;
  place = scope_picture_get_place_text (self->picture);
  begin = place != NULL ? g_strrstr (place, "[") : NULL;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  entry = new_entry (begin != NULL ? begin : "", _ ("Index"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "0, 2, 5");
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("Go to index")));
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), new_problem ());
  g_signal_connect_object (entry, "activate", G_CALLBACK (go), self, G_CONNECT_SWAPPED);
  popover = new_popover (self, &at, box);
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_widget_grab_focus (entry);
}

/* ---- the next NaN --------------------------------------------------------------------------- */

void
scope_heatmap_view_searched (ScopeHeatmapView *self, gint64 row, gint64 column)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (row < 0)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  gtk_widget_grab_focus (self->cursor);
  scope_heatmap_view_choose (self, row, column);
}

static void
next_nan (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);

  if (self->overview.plane != NULL)
    scope_picture_find_nan (self->picture);
}

/* ---- a range by hand ------------------------------------------------------------------------ */

/* Reads both ends; the second entry stands behind the first. */
static void
set_range (ScopeHeatmapView *self, GtkWidget *entry)
{
  GtkWidget *box = gtk_widget_get_parent (entry);
  GtkWidget *low_entry = gtk_widget_get_next_sibling (gtk_widget_get_first_child (box));
  GtkWidget *high_entry = gtk_widget_get_next_sibling (low_entry);
  const char *low = gtk_editable_get_text (GTK_EDITABLE (low_entry));
  const char *high = gtk_editable_get_text (GTK_EDITABLE (high_entry));
  char *low_end, *high_end;
  double from = g_ascii_strtod (low, &low_end), to = g_ascii_strtod (high, &high_end);

  if (low_end == low || *low_end != '\0' || high_end == high || *high_end != '\0'
      || !isfinite (from) || !isfinite (to))
    {
      tell_problem (entry, _ ("Write a number at each end, such as -1.5."));
      return;
    }
  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (entry, GTK_TYPE_POPOVER)));
  scope_picture_set_limits (self->picture, from, to);
}

static char *
number_text (double value)
{
  ScopeText text = { 0 };
  char *copy;

  scope_number_print (value, 9, 1e15, &text);
  copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return copy;
}

static void
edit_range (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);
  graphene_rect_t bar = scope_heatmap_view_bar (self);
  GdkRectangle at = { (int)bar.origin.x, (int)bar.origin.y, 14, (int)bar.size.height };
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  GtkWidget *box, *from, *to, *popover;

  if (self->overview.plane == NULL)
    return;
  low = number_text (self->scale.low);
  high = number_text (self->scale.high);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  from = new_entry (low, _ ("Lowest value of the range"));
  to = new_entry (high, _ ("Highest value of the range"));
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("Range of the colours")));
  gtk_box_append (GTK_BOX (box), from);
  gtk_box_append (GTK_BOX (box), to);
  gtk_box_append (GTK_BOX (box), new_problem ());
  g_signal_connect_object (from, "activate", G_CALLBACK (set_range), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (to, "activate", G_CALLBACK (set_range), self, G_CONNECT_SWAPPED);
  popover = new_popover (self, &at, box);
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_widget_grab_focus (from);
}

/* ---- copying -------------------------------------------------------------------------------- */

/* The cells of the finest plane that are seen, as tab-separated values: exact where a cell is an
 * element. NULL when they are too many. */
static char *
cells_text (ScopeHeatmapView *self)
{
  const ScopePlane *plane = self->detail.plane != NULL ? self->detail.plane : self->overview.plane;
  gint64 ignored;
  ScopePlanePart seen = scope_heatmap_seen (&self->window, 1, &ignored, &ignored);
  gint64 row = MAX ((seen.row_begin - plane->row_begin) / plane->row_block, 0);
  gint64 column = MAX ((seen.column_begin - plane->column_begin) / plane->column_block, 0);
  gint64 row_end =
      MIN ((seen.row_end - plane->row_begin - 1) / plane->row_block + 1, plane->cell_rows);
  gint64 column_end = MIN ((seen.column_end - plane->column_begin - 1) / plane->column_block + 1,
                           plane->cell_columns);
  ScopeText text = { 0 };
  char *copy;

  if ((row_end - row) * (column_end - column) > MOST_COPIED)
    return NULL;
  for (gint64 r = row; r < row_end; r++)
    for (gint64 c = column; c < column_end; c++)
      {
        gsize cell = (gsize)(r * plane->cell_columns + c);

        if (plane->element != NULL)
          scope_dtype_print (plane->dtype,
                             (const char *)plane->element + cell * scope_dtype_bytes (plane->dtype),
                             &text);
        else
          scope_number_print (plane->value[cell], 9, 1e15, &text);
        scope_text_append (&text, c + 1 < column_end ? "\t" : "\n");
      }
  copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return copy;
}

/* What is drawn now, on the theme's background. */
static GdkTexture *
picture_texture (ScopeHeatmapView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  ScopeTheme theme = scope_widget_theme (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int stride = cairo_format_stride_for_width (CAIRO_FORMAT_ARGB32, width);
  guchar *data = g_malloc0 ((gsize)stride * (gsize)height);
  cairo_surface_t *surface =
      cairo_image_surface_create_for_data (data, CAIRO_FORMAT_ARGB32, width, height, stride);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GBytes) bytes = NULL;

  scope_color_set (cr, scope_theme_background (&theme));
  cairo_paint (cr);
  scope_heatmap_view_paint (self, &theme, cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  bytes = g_bytes_new_take (data, (gsize)stride * (gsize)height);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize)stride);
}

static void
copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (widget);
  const char *what = g_variant_get_string (parameter, NULL);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  g_autofree char *text = NULL;

  if (self->overview.plane == NULL)
    return;
  if (g_str_equal (what, "picture"))
    {
      g_autoptr (GdkTexture) texture = picture_texture (self);

      gdk_clipboard_set_texture (clipboard, texture);
      return;
    }
  text = g_str_equal (what, "value")   ? scope_picture_get_value_text (self->picture)
         : g_str_equal (what, "index") ? scope_picture_get_place_text (self->picture)
                                       : cells_text (self);
  if (text != NULL)
    gdk_clipboard_set_text (clipboard, text);
  else
    gtk_widget_error_bell (widget);
}

/* ---- an axis that is dragged here ----------------------------------------------------------- */

/* Nearer to the left edge it becomes the rows', nearer to the upper one the columns'. */
static gboolean
dropped (ScopeHeatmapView *self, const GValue *value, double x, double y)
{
  ScopeAxisSlider *slider = g_value_get_object (value);
  const ScopeHeatmapWindow *window = &self->window;
  double across = (x - window->x) / MAX (window->width, 1);
  double down = (y - window->y) / MAX (window->height, 1);
  int axis;

  if (slider == NULL || self->picture == NULL
      || scope_axis_slider_get_picture (slider) != self->picture)
    return FALSE;
  axis = scope_axis_slider_get_axis (slider);
  if (across < down)
    scope_picture_set_axes (self->picture, axis, -1);
  else
    scope_picture_set_axes (self->picture, -1, axis);
  return TRUE;
}

void
scope_heatmap_view_add_drop_target (ScopeHeatmapView *self)
{
  GtkDropTarget *target = gtk_drop_target_new (SCOPE_TYPE_AXIS_SLIDER, GDK_ACTION_MOVE);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
scope_heatmap_view_install_find_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "heatmap.go-to", NULL, go_to);
  gtk_widget_class_install_action (widget_class, "heatmap.next-nan", NULL, next_nan);
  gtk_widget_class_install_action (widget_class, "heatmap.edit-range", NULL, edit_range);
  gtk_widget_class_install_action (widget_class, "heatmap.copy", "s", copy);
}
