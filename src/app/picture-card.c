/* A picture with its title, its heatmap, the sliders of its other axes and the read-out. */
#include "app/picture-card.h"

#include "app/axis-slider.h"
#include "app/facet-grid.h"
#include "app/heatmap-view.h"
#include "app/origin-grid.h"
#include "app/template.h"

#include <glib/gi18n.h>

enum
{
  SUMMARISED = 4, /* sources told in the read-out */
};

struct _ScopePictureCard
{
  GtkWidget parent_instance;

  ScopePicture *picture;
  GtkWidget *heatmap;
  GtkWidget *menu_button;
  GtkWidget *enlarge_button;
  GtkWidget *sliders_frame;
  GtkWidget *sliders;
  ScopeShape shape; /* what menu and sliders were made for */
  int row_axis, column_axis;
  guint64 over_axes, facet_axes;
  GSimpleActionGroup *actions; /* `view.`: what the picture looks like */
  GtkWidget *origins;
  GtkWidget *overlay;
  ScopeFacetGrid *facets;
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

enum
{
  ENLARGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

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

/* The read-out with where it comes from, or the statistics while no cell is pointed out. */
static char *
get_footer (GtkWidget *widget,
            const char *readout,
            const char *statistics,
            const char *problem,
            gpointer origins)
{
  g_autofree char *from = NULL;

  if (readout == NULL)
    return g_strdup (problem != NULL || statistics == NULL ? "" : statistics);
  if (origins == NULL)
    return g_strdup (readout);
  from = scope_origins_summarize (origins, SUMMARISED);
  return g_strconcat (readout, "\n← ", from, NULL);
}

/* How good the picture is, how far it is enlarged, and how many sources are on other slices. */
static char *
get_state (GtkWidget *widget, const char *quality, const char *zoom, guint elsewhere)
{
  g_autoptr (GString) text = g_string_new (quality);

  if (zoom != NULL)
    g_string_append_printf (text, text->len > 0 ? " · %s" : "%s", zoom);
  if (elsewhere > 0)
    {
      g_autofree char *more = g_strdup_printf (
          /* TRANSLATORS: elements that a value comes from which are on slices not shown */
          ngettext ("%u more source on another slice", "%u more sources on other slices",
                    elsewhere),
          elsewhere);

      g_string_append_printf (text, text->len > 0 ? " · %s" : "%s", more);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What the marks mean, and how many there are. */
static char *
get_legend (GtkWidget *widget, ScopePicture *picture, gpointer provenance)
{
  return picture != NULL ? scope_picture_describe_provenance (picture) : NULL;
}

static gboolean
is_text (GtkWidget *widget, const char *text)
{
  return text != NULL && text[0] != '\0';
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
enlarge (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[ENLARGE], 0);
}

/* Two clicks on the title. */
static void
title_pressed (ScopePictureCard *self, int presses)
{
  if (presses == 2)
    g_signal_emit (self, signals[ENLARGE], 0);
}

static void
cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  scope_picture_cancel (SCOPE_PICTURE_CARD (widget)->picture);
}

/* The menu is not inside the heatmap: hands its actions over. */
static void
hand_over (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action_variant (SCOPE_PICTURE_CARD (widget)->heatmap, action, parameter);
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

typedef struct
{
  const char *label, *action;
} Choice;

static void
append_choices (GMenu *menu, const char *title, const Choice *choice, gsize choices)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (gsize i = 0; i < choices; i++)
    g_menu_append (section, _ (choice[i].label), choice[i].action);
  g_menu_append_submenu (menu, title, G_MENU_MODEL (section));
}

static void
append_colours (GMenu *menu)
{
  static const Choice norms[] = {
    { N_ ("Linear"), "view.norm(0)" },
    { N_ ("Logarithmic"), "view.norm(1)" },
    { N_ ("Logarithmic to both sides of 0"), "view.norm(2)" },
  };
  static const Choice ranges[] = {
    { N_ ("Minimum to maximum"), "view.range(0)" },      { N_ ("Mean ± 3σ"), "view.range(2)" },
    { N_ ("1st to 99th percentile"), "view.range(3)" },  { N_ ("By hand…"), "heatmap.edit-range" },
    { N_ ("Of the whole tensor"), "view.whole-tensor" },
  };
  static const Choice cells[] = {
    { N_ ("Mean"), "view.aggregate(0)" },
    { N_ ("Minimum"), "view.aggregate(1)" },
    { N_ ("Maximum"), "view.aggregate(2)" },
    { N_ ("Largest magnitude"), "view.aggregate(3)" },
  };

  append_choices (menu, _ ("Scale"), norms, G_N_ELEMENTS (norms));
  append_choices (menu, _ ("Range"), ranges, G_N_ELEMENTS (ranges));
  append_choices (menu, _ ("One cell for several elements"), cells, G_N_ELEMENTS (cells));
}

static void
append_actions (GMenu *menu)
{
  static const Choice look[] = {
    { N_ ("Fit"), "heatmap.zoom-for(0.0)" },
    { N_ ("Values in cells"), "heatmap.zoom-for(48.0)" },
    { N_ ("Go to index…"), "heatmap.go-to" },
    { N_ ("Next NaN"), "heatmap.next-nan" },
  };
  static const Choice copies[] = {
    { N_ ("Value"), "heatmap.copy('value')" },
    { N_ ("Index"), "heatmap.copy('index')" },
    { N_ ("Cells that are seen"), "heatmap.copy('cells')" },
    { N_ ("Picture"), "heatmap.copy('picture')" },
  };
  g_autoptr (GMenu) section = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (look); i++)
    g_menu_append (section, _ (look[i].label), look[i].action);
  append_choices (section, _ ("Copy"), copies, G_N_ELEMENTS (copies));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/* ---- axes that are not shown ---------------------------------------------------------------- */

static const struct
{
  const char *name, *label;
  ScopeAxisUse use;
  ScopeAggregate aggregate;
} uses[] = {
  { "slice", N_ ("One place of it"), SCOPE_AXIS_SLICE, SCOPE_AGGREGATE_MEAN },
  { "mean", N_ ("Mean over it"), SCOPE_AXIS_OVER, SCOPE_AGGREGATE_MEAN },
  { "min", N_ ("Minimum over it"), SCOPE_AXIS_OVER, SCOPE_AGGREGATE_MIN },
  { "max", N_ ("Maximum over it"), SCOPE_AXIS_OVER, SCOPE_AGGREGATE_MAX },
  { "facets", N_ ("A picture for each place"), SCOPE_AXIS_FACETS, SCOPE_AGGREGATE_MEAN },
};

static const char *
use_of (const ScopeView *view, int axis)
{
  if (scope_axis_in (view->facet_axes, axis))
    return "facets";
  if (!scope_axis_in (view->over_axes, axis))
    return "slice";
  return view->over == SCOPE_AGGREGATE_MIN   ? "min"
         : view->over == SCOPE_AGGREGATE_MAX ? "max"
                                             : "mean";
}

static void
use_axis (ScopePictureCard *self, GVariant *use, GSimpleAction *action)
{
  int axis = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (action), "axis"));

  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
    if (g_strcmp0 (uses[i].name, g_variant_get_string (use, NULL)) == 0)
      scope_picture_set_axis_use (self->picture, axis, uses[i].use, uses[i].aggregate);
}

/* An action that knows what an axis is used for now. */
static void
add_use_action (ScopePictureCard *self, const char *name, int axis)
{
  const char *now = use_of (scope_picture_get_view (self->picture), axis);
  g_autoptr (GSimpleAction) action =
      g_simple_action_new_stateful (name, G_VARIANT_TYPE_STRING, g_variant_new_string (now));

  g_object_set_data (G_OBJECT (action), "axis", GINT_TO_POINTER (axis));
  g_signal_connect_object (action, "activate", G_CALLBACK (use_axis), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
}

static void
append_uses (ScopePictureCard *self, GMenu *menu)
{
  const ScopeShape *shape = scope_picture_get_shape (self->picture);
  const ScopeView *view = scope_picture_get_view (self->picture);
  g_autoptr (GMenu) section = g_menu_new ();

  for (int axis = 0; shape != NULL && axis < shape->rank; axis++)
    {
      g_autofree char *name = g_strdup_printf ("use-%d", axis);
      g_autofree char *title = NULL;
      g_autoptr (GMenu) choices = NULL;

      if (axis == view->row_axis || axis == view->column_axis || shape->size[axis] < 2)
        continue;
      choices = g_menu_new ();
      title = scope_picture_describe_axis (self->picture, axis);
      add_use_action (self, name, axis);
      for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
        {
          g_autofree char *action = g_strdup_printf ("view.%s::%s", name, uses[i].name);

          g_menu_append (choices, _ (uses[i].label), action);
        }
      g_menu_append_submenu (section, title, G_MENU_MODEL (choices));
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/* The menu is made when it is opened: it names axes, which change with each shape. */
static void
make_menu (GtkMenuButton *button, gpointer data)
{
  ScopePictureCard *self = data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) colours = g_menu_new ();

  if (self->shape.rank >= 2)
    {
      append_axes (self, menu, _ ("Rows"), "picture.row-axis");
      append_axes (self, menu, _ ("Columns"), "picture.column-axis");
      g_menu_append (menu, _ ("Swap rows and columns"), "picture.transpose");
    }
  append_uses (self, menu);
  append_palettes (colours);
  append_colours (colours);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (colours));
  append_actions (menu);
  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}

/* Whether an axis has a slider: it is not shown, and there is a choice. */
static gboolean
has_slider (const ScopeView *view, const ScopeShape *shape, int axis)
{
  return axis != view->row_axis && axis != view->column_axis && shape->size[axis] > 1
         && !scope_axis_in (view->over_axes, axis);
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
show_facets (ScopePictureCard *self)
{
  scope_facet_grid_set_picture (self->facets, self->facet_axes != 0 ? self->picture : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->facets), self->facet_axes != 0);
  gtk_widget_set_visible (self->overlay, self->facet_axes == 0);
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
      && view->column_axis == self->column_axis && view->over_axes == self->over_axes
      && view->facet_axes == self->facet_axes)
    return;
  self->shape = *shape;
  self->row_axis = view->row_axis;
  self->column_axis = view->column_axis;
  self->over_axes = view->over_axes;
  self->facet_axes = view->facet_axes;
  rebuild_sliders (self);
  show_facets (self);
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

void
scope_picture_card_set_enlarged (ScopePictureCard *self, gboolean enlarged)
{
  const char *words = enlarged ? _ ("Back to all pictures (Escape)") : _ ("Enlarge");

  g_return_if_fail (SCOPE_IS_PICTURE_CARD (self));

  gtk_widget_set_vexpand (self->overlay, enlarged);
  gtk_button_set_icon_name (GTK_BUTTON (self->enlarge_button),
                            enlarged ? "view-restore-symbolic" : "view-fullscreen-symbolic");
  gtk_widget_set_tooltip_text (self->enlarge_button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->enlarge_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

ScopePicture *
scope_picture_card_get_picture (ScopePictureCard *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE_CARD (self), NULL);
  return self->picture;
}

void
scope_picture_card_focus (ScopePictureCard *self)
{
  g_return_if_fail (SCOPE_IS_PICTURE_CARD (self));
  scope_heatmap_view_focus (SCOPE_HEATMAP_VIEW (self->heatmap));
}

static void
set_picture (ScopePictureCard *self, ScopePicture *picture)
{
  static const char *const looks[] = { "range", "norm", "aggregate", "whole-tensor" };

  self->picture = g_object_ref (picture);
  self->actions = g_simple_action_group_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autoptr (GPropertyAction) action = g_property_action_new (looks[i], picture, looks[i]);

      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "view", G_ACTION_GROUP (self->actions));
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
  scope_origin_grid_set_picture (SCOPE_ORIGIN_GRID (SCOPE_PICTURE_CARD (object)->origins),
                                 SCOPE_PICTURE_CARD (object)->picture);
  name_changed (SCOPE_PICTURE_CARD (object));
  scope_picture_card_set_enlarged (SCOPE_PICTURE_CARD (object), FALSE);
}

static void
scope_picture_card_dispose (GObject *object)
{
  ScopePictureCard *self = SCOPE_PICTURE_CARD (object);

  if (self->heatmap != NULL)
    {
      scope_heatmap_view_set_picture (SCOPE_HEATMAP_VIEW (self->heatmap), NULL);
      scope_origin_grid_set_picture (SCOPE_ORIGIN_GRID (self->origins), NULL);
      scope_facet_grid_set_picture (self->facets, NULL);
    }
  self->heatmap = NULL;
  gtk_widget_insert_action_group (GTK_WIDGET (self), "view", NULL);
  g_clear_object (&self->actions);
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
  gtk_widget_class_install_action (widget_class, "picture.enlarge", NULL, enlarge);
  signals[ENLARGE] = g_signal_new ("enlarge", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "heatmap.go-to", NULL, hand_over);
  gtk_widget_class_install_action (widget_class, "heatmap.next-nan", NULL, hand_over);
  gtk_widget_class_install_action (widget_class, "heatmap.edit-range", NULL, hand_over);
  gtk_widget_class_install_action (widget_class, "heatmap.copy", "s", hand_over);
  gtk_widget_class_install_action (widget_class, "heatmap.zoom-for", "d", hand_over);

  gtk_widget_class_set_css_name (widget_class, "picturecard");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/picture-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopePictureCard, heatmap);
  gtk_widget_class_bind_template_child (widget_class, ScopePictureCard, menu_button);
  gtk_widget_class_bind_template_child (widget_class, ScopePictureCard, sliders_frame);
  gtk_widget_class_bind_template_child (widget_class, ScopePictureCard, sliders);
  gtk_widget_class_bind_template_child (widget_class, ScopePictureCard, enlarge_button);
  gtk_widget_class_bind_template_callback (widget_class, get_empty_text);
  gtk_widget_class_bind_template_callback (widget_class, title_pressed);
  gtk_widget_class_bind_template_callback (widget_class, query_statistics);
  gtk_widget_class_bind_template_callback (widget_class, is_empty);
  gtk_widget_class_bind_template_callback (widget_class, get_footer);
  gtk_widget_class_bind_template_callback (widget_class, get_opacity);
  gtk_widget_class_bind_template_callback (widget_class, get_legend);
  gtk_widget_class_bind_template_callback (widget_class, get_state);
  gtk_widget_class_bind_template_callback (widget_class, is_text);
  gtk_widget_class_bind_template_child (widget_class, ScopePictureCard, origins);
  gtk_widget_class_bind_template_child (widget_class, ScopePictureCard, overlay);
  gtk_widget_class_bind_template_child (widget_class, ScopePictureCard, facets);
}

static void
scope_picture_card_init (ScopePictureCard *self)
{
  g_type_ensure (SCOPE_TYPE_HEATMAP_VIEW);
  g_type_ensure (SCOPE_TYPE_ORIGIN_GRID);
  g_type_ensure (SCOPE_TYPE_FACET_GRID);
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
