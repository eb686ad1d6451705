/* A picture with its title, its heatmap, the sliders of its other axes and the read-out. */
#include "app/picture-card.h"

#include "app/axis-slider.h"
#include "app/heatmap-view.h"
#include "app/template.h"

#include <glib/gi18n.h>

struct _ScopePictureCard
{
  GtkWidget parent_instance;

  ScopePicture *picture;
  GtkWidget *heatmap;
  GtkWidget *menu_button;
  GtkWidget *sliders_frame;
  GtkWidget *sliders;
  ScopeShape shape; /* what menu and sliders were made for */
  int row_axis, column_axis;
};

enum
{
  PROP_0,
  PROP_PICTURE,
  PROP_ROW_AXIS,
  PROP_COLUMN_AXIS,
  PROP_PALETTE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopePictureCard, scope_picture_card, GTK_TYPE_WIDGET)

/* ---- what the template asks for ------------------------------------------------------------- */

/* The picture's problem while there is nothing else to see. */
static char *
get_empty_text (GtkWidget *widget, gpointer plane, const char *problem)
{
  return g_strdup (plane == NULL && problem != NULL ? problem : "");
}

static gboolean
is_empty (GtkWidget *widget, gpointer plane)
{
  return plane == NULL;
}

/* The read-out, or the statistics while no cell is pointed out. */
static char *
get_footer (GtkWidget *widget, const char *readout, const char *statistics, const char *problem)
{
  if (readout != NULL)
    return g_strdup (readout);
  return g_strdup (problem != NULL || statistics == NULL ? "" : statistics);
}

static double
get_opacity (GtkWidget *widget, gboolean stale)
{
  return stale ? 0.35 : 1;
}

/* ---- actions -------------------------------------------------------------------------------- */

static void
transpose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  scope_picture_transpose (SCOPE_PICTURE_CARD (widget)->picture);
}

static void
cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  scope_picture_cancel (SCOPE_PICTURE_CARD (widget)->picture);
}

/* ---- menu and sliders ----------------------------------------------------------------------- */

static void
append_axes (ScopePictureCard *self, GMenu *menu, const char *title, const char *action)
{
  GMenu *section = g_menu_new ();
  const ScopeShape *shape = scope_picture_get_shape (self->picture);

  for (int axis = 0; shape != NULL && axis < shape->rank; axis++)
    {
      g_autofree char *name = scope_picture_describe_axis (self->picture, axis);
      g_autoptr (GMenuItem) item = g_menu_item_new (name, NULL);

      g_menu_item_set_action_and_target (item, action, "i", axis);
      g_menu_append_item (section, item);
    }
  g_menu_append_submenu (menu, title, G_MENU_MODEL (section));
  g_object_unref (section);
}

static void
append_palettes (GMenu *menu)
{
  /* The palettes' own names are not translated: they are looked up by them. */
  static const char *names[SCOPE_N_PALETTES] = {
    N_ ("Automatic"), "viridis", "cividis",  "magma",          "inferno",
    "plasma",         "gray",    "twilight", N_ ("Diverging"),
  };
  GMenu *section = g_menu_new ();

  for (int i = 0; i < SCOPE_N_PALETTES; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (names[i]), NULL);

      g_menu_item_set_action_and_target (item, "picture.palette", "i", i);
      g_menu_append_item (section, item);
    }
  g_menu_append_submenu (menu, _ ("Colours"), G_MENU_MODEL (section));
  g_object_unref (section);
}

/* The menu is made when it is opened: it names axes, which change with each shape. */
static void
make_menu (GtkMenuButton *button, gpointer data)
{
  ScopePictureCard *self = data;
  g_autoptr (GMenu) menu = g_menu_new ();

  if (self->shape.rank >= 2)
    {
      append_axes (self, menu, _ ("Rows"), "picture.row-axis");
      append_axes (self, menu, _ ("Columns"), "picture.column-axis");
      g_menu_append (menu, _ ("Swap rows and columns"), "picture.transpose");
    }
  append_palettes (menu);
  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}

/* Whether an axis has a slider: it is not shown, and there is a choice. */
static gboolean
has_slider (const ScopeView *view, const ScopeShape *shape, int axis)
{
  return axis != view->row_axis && axis != view->column_axis && shape->size[axis] > 1;
}

static void
rebuild_sliders (ScopePictureCard *self)
{
  const ScopeView *view = scope_picture_get_view (self->picture);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->sliders)) != NULL)
    gtk_box_remove (GTK_BOX (self->sliders), child);
  for (int axis = 0; axis < self->shape.rank; axis++)
    if (has_slider (view, &self->shape, axis))
      gtk_box_append (GTK_BOX (self->sliders), scope_axis_slider_new (self->picture, axis));
  gtk_widget_set_visible (self->sliders_frame, gtk_widget_get_first_child (self->sliders) != NULL);
}

static void
view_changed (ScopePictureCard *self)
{
  const ScopeView *view = scope_picture_get_view (self->picture);
  const ScopeShape *shape = scope_picture_get_shape (self->picture);
  ScopeShape none = { 0 };

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROW_AXIS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLUMN_AXIS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PALETTE]);
  if (shape == NULL)
    shape = &none;
  if (scope_shape_equal (shape, &self->shape) && view->row_axis == self->row_axis
      && view->column_axis == self->column_axis)
    return;
  self->shape = *shape;
  self->row_axis = view->row_axis;
  self->column_axis = view->column_axis;
  rebuild_sliders (self);
}

/* The axes have other names: the same shape, but made anew. */
static void
shape_changed (ScopePictureCard *self)
{
  self->shape.rank = -1;
  view_changed (self);
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
name_changed (ScopePictureCard *self)
{
  const char *name = scope_picture_get_name (self->picture);
  g_autofree char *menu = g_strdup_printf (_ ("View of %s"), name != NULL ? name : "");
  g_autofree char *card = g_strdup_printf (_ ("Picture of %s"), name != NULL ? name : "");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  menu, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, card, -1);
}

static void
set_picture (ScopePictureCard *self, ScopePicture *picture)
{
  self->picture = g_object_ref (picture);
  g_signal_connect_object (picture, "notify::view", G_CALLBACK (view_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (picture, "notify::name", G_CALLBACK (name_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (picture, "notify::shape-text", G_CALLBACK (shape_changed), self,
                           G_CONNECT_SWAPPED);
}

/* The statistics, whatever the read-out says at the moment. */
static gboolean
query_statistics (GtkWidget *label,
                  int x,
                  int y,
                  gboolean keyboard,
                  GtkTooltip *tooltip,
                  gpointer data)
{
  ScopePictureCard *self = data;
  g_autofree char *statistics = NULL;

  if (self->picture != NULL)
    g_object_get (self->picture, "statistics", &statistics, NULL);
  gtk_tooltip_set_text (tooltip, statistics);
  return statistics != NULL && statistics[0] != '\0';
}

static void
scope_picture_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopePictureCard *self = SCOPE_PICTURE_CARD (object);
  const ScopeView *view = self->picture != NULL ? scope_picture_get_view (self->picture) : NULL;

  switch (id)
    {
    case PROP_PICTURE:
      g_value_set_object (value, self->picture);
      break;
    case PROP_ROW_AXIS:
      g_value_set_int (value, view != NULL ? view->row_axis : -1);
      break;
    case PROP_COLUMN_AXIS:
      g_value_set_int (value, view != NULL ? view->column_axis : -1);
      break;
    case PROP_PALETTE:
      g_value_set_int (value, view != NULL ? (int)view->palette : SCOPE_PALETTE_AUTO);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_picture_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopePictureCard *self = SCOPE_PICTURE_CARD (object);

  switch (id)
    {
    case PROP_PICTURE:
      set_picture (self, g_value_get_object (value));
      break;
    case PROP_ROW_AXIS:
      scope_picture_set_axes (self->picture, g_value_get_int (value), -1);
      break;
    case PROP_COLUMN_AXIS:
      scope_picture_set_axes (self->picture, -1, g_value_get_int (value));
      break;
    case PROP_PALETTE:
      scope_picture_set_palette (self->picture, (ScopePalette)g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_picture_card_constructed (GObject *object)
{
  G_OBJECT_CLASS (scope_picture_card_parent_class)->constructed (object);
  shape_changed (SCOPE_PICTURE_CARD (object));
  name_changed (SCOPE_PICTURE_CARD (object));
}

static void
scope_picture_card_dispose (GObject *object)
{
  ScopePictureCard *self = SCOPE_PICTURE_CARD (object);

  if (self->heatmap != NULL)
    scope_heatmap_view_set_picture (SCOPE_HEATMAP_VIEW (self->heatmap), NULL);
  self->heatmap = NULL;
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_PICTURE_CARD);
  g_clear_object (&self->picture);

  G_OBJECT_CLASS (scope_picture_card_parent_class)->dispose (object);
}

static GParamSpec *
choice_property (const char *name, int least, int most)
{
  return g_param_spec_int (name, NULL, NULL, least, most, least,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static void
scope_picture_card_class_init (ScopePictureCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_picture_card_get_property;
  object_class->set_property = scope_picture_card_set_property;
  object_class->constructed = scope_picture_card_constructed;
  object_class->dispose = scope_picture_card_dispose;

  properties[PROP_PICTURE] =
      g_param_spec_object ("picture", NULL, NULL, SCOPE_TYPE_PICTURE,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ROW_AXIS] = choice_property ("row-axis", -1, SCOPE_MAX_RANK - 1);
  properties[PROP_COLUMN_AXIS] = choice_property ("column-axis", -1, SCOPE_MAX_RANK - 1);
  properties[PROP_PALETTE] = choice_property ("palette", 0, SCOPE_N_PALETTES - 1);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_property_action (widget_class, "picture.row-axis", "row-axis");
  gtk_widget_class_install_property_action (widget_class, "picture.column-axis", "column-axis");
  gtk_widget_class_install_property_action (widget_class, "picture.palette", "palette");
  gtk_widget_class_install_action (widget_class, "picture.transpose", NULL, transpose);
  gtk_widget_class_install_action (widget_class, "picture.cancel", NULL, cancel);

  gtk_widget_class_set_css_name (widget_class, "picturecard");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/picture-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopePictureCard, heatmap);
  gtk_widget_class_bind_template_child (widget_class, ScopePictureCard, menu_button);
  gtk_widget_class_bind_template_child (widget_class, ScopePictureCard, sliders_frame);
  gtk_widget_class_bind_template_child (widget_class, ScopePictureCard, sliders);
  gtk_widget_class_bind_template_callback (widget_class, get_empty_text);
  gtk_widget_class_bind_template_callback (widget_class, query_statistics);
  gtk_widget_class_bind_template_callback (widget_class, is_empty);
  gtk_widget_class_bind_template_callback (widget_class, get_footer);
  gtk_widget_class_bind_template_callback (widget_class, get_opacity);
}

static void
scope_picture_card_init (ScopePictureCard *self)
{
  g_type_ensure (SCOPE_TYPE_HEATMAP_VIEW);
  self->shape.rank = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu_button), make_menu, self,
                                         NULL);
}

GtkWidget *
scope_picture_card_new (ScopePicture *picture)
{
  return g_object_new (SCOPE_TYPE_PICTURE_CARD, "picture", picture, NULL);
}
