/* A tile's card. Clicking it makes it the reference; what its menu says changes its recipe. */
#include "app/tile-card.h"

#include "app/heatmap-view.h"
#include "app/template.h"
#include "app/tile-cards.h"
#include "app/tile-editor.h"
#include "app/wipe.h"

#include <glib/gi18n.h>

struct _ScopeTileCard
{
  GtkWidget parent_instance;

  ScopeComparison *comparison;
  ScopeComparisonTile *tile;
  GtkWidget *title;
  GtkWidget *menu_button;
  GtkWidget *heatmap;
  GtkWidget *other;
  GtkWidget *call, *foot;
  double share;
  gboolean draggable;
};

enum
{
  PROP_0,
  PROP_COMPARISON,
  PROP_TILE,
  PROP_SHARE,
  PROP_DRAGGABLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeTileCard, scope_tile_card, GTK_TYPE_WIDGET)

/* ---- what the template asks for ------------------------------------------------------------- */

static gboolean
is_set (GtkWidget *widget, const char *text)
{
  return text != NULL && text[0] != '\0';
}

/* The library's own call, or else the one that is computed. */
static char *
get_call (GtkWidget *widget, const char *call, const char *own_call)
{
  return g_strdup (own_call != NULL ? own_call : call);
}

/* The value under the cursor, or the metrics while there is none. */
static char *
get_foot (GtkWidget *widget, const char *readout)
{
  return g_strdup (readout != NULL ? "readout" : "note");
}

/* What is not what is asked for is dimmed: something new is on its way, or what was typed as source
 * or size is wrong. */
static double
get_opacity (GtkWidget *widget,
             gboolean busy,
             const char *problem,
             const char *source_problem,
             const char *size_problem)
{
  return busy || problem != NULL || source_problem != NULL || size_problem != NULL ? 0.35 : 1;
}

static char **
get_classes (GtkWidget *widget, gboolean reference)
{
  static const char *const plain[] = { "card", "tile", NULL };
  static const char *const framed[] = { "card", "tile", "reference", NULL };

  return g_strdupv ((char **)(reference ? framed : plain));
}

/* ---- actions -------------------------------------------------------------------------------- */

static void
make_reference (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTileCard *self = SCOPE_TILE_CARD (widget);

  scope_comparison_set_reference (self->comparison, scope_comparison_tile_get_number (self->tile));
}

/* To another place; a new card stands there, which the keyboard goes on with. */
static void
move_tile (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTileCard *self = SCOPE_TILE_CARD (widget);
  GtkWidget *box = gtk_widget_get_parent (widget);
  guint from = scope_comparison_tile_get_number (self->tile);
  guint to = from + (guint)g_variant_get_int32 (parameter);

  if (scope_comparison_move (self->comparison, from, to))
    scope_tile_cards_focus_nth (box, to);
  else
    gtk_widget_error_bell (widget);
}

static void
remove_tile (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTileCard *self = SCOPE_TILE_CARD (widget);
  GtkWidget *box = gtk_widget_get_parent (widget);
  guint number = scope_comparison_tile_get_number (self->tile);

  if (scope_comparison_remove (self->comparison, number))
    scope_tile_cards_focus_nth (box, number);
}

/* The button shows whether it is the reference; pressing the reference's own changes nothing. */
static void
title_toggled (GtkToggleButton *button, ScopeTileCard *self)
{
  if (gtk_toggle_button_get_active (button))
    make_reference (GTK_WIDGET (self), NULL, NULL);
  gtk_toggle_button_set_active (button, scope_comparison_tile_get_is_reference (self->tile));
}

static void
clicked (GtkGestureClick *gesture, int presses, double x, double y, ScopeTileCard *self)
{
  if (presses == 1)
    make_reference (GTK_WIDGET (self), NULL, NULL);
}

/* A drag that pans is no click. */
static void
stopped (GtkGestureClick *gesture, ScopeTileCard *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
}

static void
make_menu (GtkMenuButton *button, gpointer data)
{
  ScopeTileCard *self = data;
  GtkWidget *popover = gtk_popover_new ();

  gtk_popover_set_child (GTK_POPOVER (popover),
                         scope_tile_editor_new (self->comparison, self->tile));
  gtk_menu_button_set_popover (button, popover);
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
name_changed (ScopeTileCard *self)
{
  const char *title = scope_comparison_tile_get_title (self->tile);
  g_autofree char *menu = g_strdup_printf (_ ("Change %s"), title != NULL ? title : "");
  g_autofree char *card = g_strdup_printf (_ ("Tile %s"), title != NULL ? title : "");
  g_autofree char *button = g_strdup_printf (_ ("Reference: %s"), title != NULL ? title : "");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  menu, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, card, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->title), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  button, -1);
}

static void
reference_changed (ScopeTileCard *self)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->title),
                                scope_comparison_tile_get_is_reference (self->tile));
}

GtkWidget *
scope_tile_card_get_heatmap (ScopeTileCard *self)
{
  g_return_val_if_fail (SCOPE_IS_TILE_CARD (self), NULL);
  return self->heatmap;
}

GtkWidget *
scope_tile_card_get_other (ScopeTileCard *self)
{
  g_return_val_if_fail (SCOPE_IS_TILE_CARD (self), NULL);
  return self->other;
}

void
scope_tile_card_align (ScopeTileCard *self, GtkSizeGroup *calls, GtkSizeGroup *feet)
{
  g_return_if_fail (SCOPE_IS_TILE_CARD (self));

  gtk_size_group_add_widget (calls, self->call);
  gtk_size_group_add_widget (feet, self->foot);
}

static void
scope_tile_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeTileCard *self = SCOPE_TILE_CARD (object);

  switch (id)
    {
    case PROP_COMPARISON:
      g_value_set_object (value, self->comparison);
      break;
    case PROP_TILE:
      g_value_set_object (value, self->tile);
      break;
    case PROP_SHARE:
      g_value_set_double (value, self->share);
      break;
    case PROP_DRAGGABLE:
      g_value_set_boolean (value, self->draggable);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_share (ScopeTileCard *self, double share)
{
  if (self->share == share)
    return;
  self->share = share;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHARE]);
}

static void
set_draggable (ScopeTileCard *self, gboolean draggable)
{
  if (self->draggable == draggable)
    return;
  self->draggable = draggable;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAGGABLE]);
}

static void
scope_tile_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopeTileCard *self = SCOPE_TILE_CARD (object);

  switch (id)
    {
    case PROP_COMPARISON:
      self->comparison = g_value_dup_object (value);
      break;
    case PROP_TILE:
      self->tile = g_value_dup_object (value);
      break;
    case PROP_SHARE:
      set_share (self, g_value_get_double (value));
      break;
    case PROP_DRAGGABLE:
      set_draggable (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_tile_card_constructed (GObject *object)
{
  ScopeTileCard *self = SCOPE_TILE_CARD (object);

  G_OBJECT_CLASS (scope_tile_card_parent_class)->constructed (object);
  scope_heatmap_view_set_picture (SCOPE_HEATMAP_VIEW (self->heatmap),
                                  scope_comparison_tile_get_picture (self->tile));
  scope_heatmap_view_set_picture (SCOPE_HEATMAP_VIEW (self->other),
                                  scope_comparison_tile_get_other (self->tile));
  g_signal_connect_object (self->tile, "notify::title", G_CALLBACK (name_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tile, "notify::reference", G_CALLBACK (reference_changed), self,
                           G_CONNECT_SWAPPED);
  name_changed (self);
  reference_changed (self);
  g_signal_connect_object (self->title, "toggled", G_CALLBACK (title_toggled), self, 0);
}

static void
scope_tile_card_dispose (GObject *object)
{
  ScopeTileCard *self = SCOPE_TILE_CARD (object);

  if (self->heatmap != NULL)
    {
      scope_heatmap_view_set_picture (SCOPE_HEATMAP_VIEW (self->heatmap), NULL);
      scope_heatmap_view_set_picture (SCOPE_HEATMAP_VIEW (self->other), NULL);
    }
  self->heatmap = self->other = NULL;
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_TILE_CARD);
  g_clear_object (&self->tile);
  g_clear_object (&self->comparison);

  G_OBJECT_CLASS (scope_tile_card_parent_class)->dispose (object);
}

static void
scope_tile_card_class_init (ScopeTileCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags once = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = scope_tile_card_get_property;
  object_class->set_property = scope_tile_card_set_property;
  object_class->constructed = scope_tile_card_constructed;
  object_class->dispose = scope_tile_card_dispose;

  properties[PROP_COMPARISON] =
      g_param_spec_object ("comparison", NULL, NULL, SCOPE_TYPE_COMPARISON, once);
  properties[PROP_TILE] =
      g_param_spec_object ("tile", NULL, NULL, SCOPE_TYPE_COMPARISON_TILE, once);
  properties[PROP_SHARE] = g_param_spec_double ("share", NULL, NULL, 0, 1, 1, flags);
  properties[PROP_DRAGGABLE] = g_param_spec_boolean ("draggable", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "tile.make-reference", NULL, make_reference);
  gtk_widget_class_install_action (widget_class, "tile.move", "i", move_tile);
  gtk_widget_class_install_action (widget_class, "tile.remove", NULL, remove_tile);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, 0, "compare.linked", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "tile.move", "i",
                                       -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "tile.move", "i",
                                       1);
  gtk_widget_class_set_css_name (widget_class, "tilecard");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/tile-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeTileCard, title);
  gtk_widget_class_bind_template_child (widget_class, ScopeTileCard, menu_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeTileCard, heatmap);
  gtk_widget_class_bind_template_child (widget_class, ScopeTileCard, other);
  gtk_widget_class_bind_template_child (widget_class, ScopeTileCard, call);
  gtk_widget_class_bind_template_child (widget_class, ScopeTileCard, foot);
  gtk_widget_class_bind_template_callback (widget_class, is_set);
  gtk_widget_class_bind_template_callback (widget_class, get_call);
  gtk_widget_class_bind_template_callback (widget_class, get_foot);
  gtk_widget_class_bind_template_callback (widget_class, get_opacity);
  gtk_widget_class_bind_template_callback (widget_class, get_classes);
}

static void
scope_tile_card_init (ScopeTileCard *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_type_ensure (SCOPE_TYPE_HEATMAP_VIEW);
  g_type_ensure (SCOPE_TYPE_COMPARISON);
  g_type_ensure (SCOPE_TYPE_COMPARISON_TILE);
  g_type_ensure (SCOPE_TYPE_WIPE);
  self->share = 1;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (click, "released", G_CALLBACK (clicked), self);
  g_signal_connect (click, "stopped", G_CALLBACK (stopped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu_button), make_menu, self,
                                         NULL);
}

GtkWidget *
scope_tile_card_new (ScopeComparison *comparison, ScopeComparisonTile *tile)
{
  return g_object_new (SCOPE_TYPE_TILE_CARD, "comparison", comparison, "tile", tile, NULL);
}
