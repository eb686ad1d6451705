/* One parameter of the operation under focus: its name and the control that fits. */
#include "app/parameter-row.h"

#include "app/template.h"

#include <glib/gi18n.h>

struct _ScopeParameterRow
{
  GtkWidget parent_instance;

  ScopeParameterItem *item;
  GtkLabel *name;
  GtkWidget *place;   /* of the control */
  GtkWidget *control; /* in it */
  GtkWidget *problem;
  gboolean following; /* the control is set by the item */
  guint writing;      /* source that writes what was chosen */
};

G_DEFINE_FINAL_TYPE (ScopeParameterRow, scope_parameter_row, GTK_TYPE_WIDGET)

/* ---- controls ------------------------------------------------------------------------------- */

static void
problem_changed (ScopeParameterRow *self)
{
  const char *problem = scope_parameter_item_get_problem (self->item);
  GtkAccessible *control = GTK_ACCESSIBLE (self->control);

  gtk_label_set_text (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
  if (problem != NULL)
    gtk_widget_add_css_class (self->control, "error");
  else
    gtk_widget_remove_css_class (self->control, "error");
  gtk_accessible_update_state (
      control, GTK_ACCESSIBLE_STATE_INVALID,
      problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (
      control, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      problem != NULL ? problem : scope_parameter_item_get_about (self->item), -1);
}

static GtkWidget *
make_entry (ScopeParameterRow *self)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 4);
  gtk_widget_add_css_class (entry, "monospace");
  g_object_bind_property (self->item, "placeholder", entry, "placeholder-text",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->item, "text", entry, "text",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  return entry;
}

static GtkWidget *
make_check (ScopeParameterRow *self)
{
  GtkWidget *check = gtk_check_button_new ();

  g_object_bind_property (self->item, "inconsistent", check, "inconsistent", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->item, "active", check, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  return check;
}

static void
choices_changed (ScopeParameterRow *self)
{
  g_autoptr (GtkStringList) model =
      gtk_string_list_new (scope_parameter_item_get_labels (self->item));

  self->following = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->control), G_LIST_MODEL (model));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->control),
                              scope_parameter_item_get_selected (self->item));
  self->following = FALSE;
}

static void
selected_changed (ScopeParameterRow *self)
{
  self->following = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->control),
                              scope_parameter_item_get_selected (self->item));
  self->following = FALSE;
}

static gboolean
write_choice (gpointer data)
{
  ScopeParameterRow *self = data;

  self->writing = 0;
  scope_parameter_item_set_selected (self->item,
                                     gtk_drop_down_get_selected (GTK_DROP_DOWN (self->control)));
  return G_SOURCE_REMOVE;
}

/* Not at once: what is written may make another control of it, and this one is still at work. */
static void
chosen (ScopeParameterRow *self)
{
  if (!self->following && self->writing == 0)
    self->writing = g_idle_add (write_choice, self);
}

/* The button's label gives way to the room there is; the list shows all of it. */
static void
setup_label (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
setup_whole_label (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  setup_label (factory, item);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_list_item_get_child (item)), PANGO_ELLIPSIZE_NONE);
}

static void
bind_label (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkListItemFactory *
make_factory (gboolean whole)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (whole ? setup_whole_label : setup_label), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_label), NULL);
  return factory;
}

static GtkWidget *
make_choice (ScopeParameterRow *self)
{
  GtkWidget *choice = gtk_drop_down_new (NULL, NULL);
  g_autoptr (GtkListItemFactory) button = make_factory (FALSE);
  g_autoptr (GtkListItemFactory) list = make_factory (TRUE);

  self->control = choice;
  gtk_drop_down_set_factory (GTK_DROP_DOWN (choice), button);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (choice), list);
  choices_changed (self);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->item, "notify::labels", G_CALLBACK (choices_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->item, "notify::selected", G_CALLBACK (selected_changed), self,
                           G_CONNECT_SWAPPED);
  return choice;
}

static void
make_control (ScopeParameterRow *self)
{
  switch (scope_parameter_item_get_control (self->item))
    {
    case SCOPE_CONTROL_CHECK:
      self->control = make_check (self);
      break;
    case SCOPE_CONTROL_CHOICE:
      self->control = make_choice (self);
      break;
    default:
      self->control = make_entry (self);
    }
  gtk_widget_set_hexpand (self->control, TRUE);
  gtk_widget_set_tooltip_text (self->control, scope_parameter_item_get_about (self->item));
  gtk_box_append (GTK_BOX (self->place), self->control);
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_parameter_row_dispose (GObject *object)
{
  ScopeParameterRow *self = SCOPE_PARAMETER_ROW (object);

  g_clear_handle_id (&self->writing, g_source_remove);
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_PARAMETER_ROW);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (scope_parameter_row_parent_class)->dispose (object);
}

static void
scope_parameter_row_class_init (ScopeParameterRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_parameter_row_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/parameter-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeParameterRow, name);
  gtk_widget_class_bind_template_child (widget_class, ScopeParameterRow, place);
  gtk_widget_class_bind_template_child (widget_class, ScopeParameterRow, problem);
}

static void
scope_parameter_row_init (ScopeParameterRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
scope_parameter_row_new (ScopeParameterItem *item)
{
  ScopeParameterRow *self = g_object_new (SCOPE_TYPE_PARAMETER_ROW, NULL);
  /* TRANSLATORS: the name of an operation's argument, for screen readers */
  g_autofree char *label =
      g_strdup_printf (_ ("Argument %s"), scope_parameter_item_get_name (item));
  g_autofree char *tip = g_strdup_printf ("%s: %s", scope_parameter_item_get_name (item),
                                          scope_parameter_item_get_about (item));

  self->item = g_object_ref (item);
  gtk_label_set_text (self->name, scope_parameter_item_get_name (item));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), tip);
  make_control (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_signal_connect_object (item, "notify::problem", G_CALLBACK (problem_changed), self,
                           G_CONNECT_SWAPPED);
  problem_changed (self);
  return GTK_WIDGET (self);
}
