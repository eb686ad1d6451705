/* A tensor as a form: its name, shape, contents, type, names of the axes. */
#include "app/tensor-card.h"

#include "app/entry-fault.h"
#include "app/template.h"

#include <glib/gi18n.h>

struct _ScopeTensorCard
{
  GtkWidget parent_instance;

  ScopeSession *session;
  ScopeTensorItem *item;
  GtkWidget *name;
  GtkWidget *shape;
  GtkWidget *problem;
  GtkWidget *fill;
  GtkWidget *dtype;
  GtkWidget *axis_names;
  GtkWidget *open_button;
  GtkWidget *remove_button;
};

enum
{
  PROP_0,
  PROP_ITEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeTensorCard, scope_tensor_card, GTK_TYPE_WIDGET)

/* What a person calls the fills; their names in code stand in core/generator.h. The last kind has
 * no spelling and is not offered. */
static const char *const fill_titles[] = {
  [SCOPE_FILL_RAMP] = NC_ ("fill", "Ramp"),
  [SCOPE_FILL_RANDOM] = NC_ ("fill", "Random"),
  [SCOPE_FILL_ZEROS] = NC_ ("fill", "Zeros"),
  [SCOPE_FILL_ONES] = NC_ ("fill", "Ones"),
  [SCOPE_FILL_IDENTITY] = NC_ ("fill", "Identity"),
  [SCOPE_FILL_CHECKERBOARD] = NC_ ("fill", "Checkerboard"),
  [SCOPE_FILL_ZONEPLATE] = NC_ ("fill", "Zone plate"),
  [SCOPE_FILL_IMPULSE] = NC_ ("fill", "Impulse"),
  [SCOPE_FILL_STEP] = NC_ ("fill", "Step"),
  [SCOPE_FILL_SINE] = NC_ ("fill", "Sine"),
  [SCOPE_FILL_SIEMENS] = NC_ ("fill", "Siemens star"),
  [SCOPE_FILL_TEXT] = NC_ ("fill", "Text"),
};

/* ---- what the template asks for ------------------------------------------------------------- */

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  return text != NULL && text[0] != '\0';
}

static char *
get_origin_page (GtkWidget *widget, gboolean generated)
{
  return g_strdup (generated ? "fill" : "origin");
}

static char *
get_origin (GtkWidget *widget, const char *file_name)
{
  return g_strdup (file_name != NULL ? file_name : _ ("Typed values"));
}

/* ---- the wrong character -------------------------------------------------------------------- */

static void
problem_changed (ScopeTensorCard *self)
{
  int begin, end;

  g_object_get (self->item, "problem-begin", &begin, "problem-end", &end, NULL);
  scope_entry_mark_fault (GTK_ENTRY (self->shape),
                          scope_tensor_item_get_problem (self->item) != NULL, begin, end);
}

/* ---- names for assistive technology --------------------------------------------------------- */

static void
name_control (GtkWidget *control, const char *format, const char *name)
{
  g_autofree char *label = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  label = g_strdup_printf (format, name);
#pragma GCC diagnostic pop
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
name_changed (ScopeTensorCard *self)
{
  const char *name = scope_tensor_item_get_name (self->item);

  name_control (GTK_WIDGET (self), _ ("Tensor %s"), name);
  name_control (self->name, _ ("Name of %s"), name);
  name_control (self->shape, _ ("Shape of %s"), name);
  name_control (self->fill, _ ("Contents of %s"), name);
  name_control (self->dtype, _ ("Type of %s"), name);
  name_control (self->axis_names, _ ("Axis names of %s"), name);
  name_control (self->open_button, _ ("Open a file in %s"), name);
  name_control (self->remove_button, _ ("Remove %s"), name);
}

/* ---- edits ---------------------------------------------------------------------------------- */

/* The name is taken when it is confirmed or left, not at each key: the expression follows it. A
 * name that is refused goes back to what it was. (GtkEditableLabel of GTK 4.8 would do, but it
 * looks at itself 100 ms after it has lost the focus, dead or alive.) */
static void
name_entered (ScopeTensorCard *self)
{
  if (self->item == NULL)
    return;
  g_object_set (self->item, "name", gtk_editable_get_text (GTK_EDITABLE (self->name)), NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->name), scope_tensor_item_get_name (self->item));
}

static void
focus_left (ScopeTensorCard *self)
{
  if (self->session != NULL)
    scope_session_end_step (self->session);
}

static void
remove_tensor (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTensorCard *self = SCOPE_TENSOR_CARD (widget);

  scope_session_remove_tensor (self->session, scope_tensor_item_get_index (self->item));
}

static void
open_file (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTensorCard *self = SCOPE_TENSOR_CARD (widget);

  gtk_widget_activate_action (widget, "win.open-tensor", "u",
                              scope_tensor_item_get_index (self->item));
}

static void
tensors_changed (ScopeTensorCard *self)
{
  GListModel *tensors = scope_session_get_tensors (self->session);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tensor.remove",
                                 tensors != NULL && g_list_model_get_n_items (tensors) > 1);
}

static gboolean
dropped (ScopeTensorCard *self, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);
  guint i = scope_tensor_item_get_index (self->item);

  for (GSList *file = files; file != NULL; file = file->next)
    scope_session_open_file (self->session, i++, file->data, NULL);
  return files != NULL;
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
fill_choices (ScopeTensorCard *self)
{
  g_autoptr (GtkStringList) fills = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) dtypes = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fill_titles); i++)
    gtk_string_list_append (fills, g_dpgettext2 (NULL, "fill", fill_titles[i]));
  for (guint i = 0; i < SCOPE_N_DTYPES; i++)
    gtk_string_list_append (dtypes, scope_dtype_name (i));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->fill), G_LIST_MODEL (fills));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->dtype), G_LIST_MODEL (dtypes));
}

static void
bind_item (ScopeTensorCard *self)
{
  GBindingFlags both = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  g_object_bind_property (self->item, "name", self->name, "text", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->item, "text", self->shape, "text", both);
  g_object_bind_property (self->item, "fill", self->fill, "selected", both);
  g_object_bind_property (self->item, "dtype", self->dtype, "selected", both);
  g_object_bind_property (self->item, "generated", self->dtype, "sensitive", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->item, "axis-names", self->axis_names, "text", both);
  g_signal_connect_object (self->item, "notify::problem", G_CALLBACK (problem_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->item, "notify::problem-end", G_CALLBACK (problem_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->item, "notify::name", G_CALLBACK (name_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
scope_tensor_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ITEM)
    g_value_set_object (value, SCOPE_TENSOR_CARD (object)->item);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_tensor_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ITEM)
    SCOPE_TENSOR_CARD (object)->item = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_tensor_card_dispose (GObject *object)
{
  ScopeTensorCard *self = SCOPE_TENSOR_CARD (object);

  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_TENSOR_CARD);
  g_clear_object (&self->session);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (scope_tensor_card_parent_class)->dispose (object);
}

static void
scope_tensor_card_class_init (ScopeTensorCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_tensor_card_get_property;
  object_class->set_property = scope_tensor_card_set_property;
  object_class->dispose = scope_tensor_card_dispose;

  properties[PROP_ITEM] =
      g_param_spec_object ("item", NULL, NULL, SCOPE_TYPE_TENSOR_ITEM,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "tensorcard");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "tensor.remove", NULL, remove_tensor);
  gtk_widget_class_install_action (widget_class, "tensor.open", NULL, open_file);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/tensor-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeTensorCard, name);
  gtk_widget_class_bind_template_child (widget_class, ScopeTensorCard, shape);
  gtk_widget_class_bind_template_child (widget_class, ScopeTensorCard, problem);
  gtk_widget_class_bind_template_child (widget_class, ScopeTensorCard, fill);
  gtk_widget_class_bind_template_child (widget_class, ScopeTensorCard, dtype);
  gtk_widget_class_bind_template_child (widget_class, ScopeTensorCard, axis_names);
  gtk_widget_class_bind_template_child (widget_class, ScopeTensorCard, open_button);
  gtk_widget_class_bind_template_child (widget_class, ScopeTensorCard, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, get_origin_page);
  gtk_widget_class_bind_template_callback (widget_class, get_origin);
  gtk_widget_class_bind_template_callback (widget_class, focus_left);
  gtk_widget_class_bind_template_callback (widget_class, name_entered);
}

static void
scope_tensor_card_init (ScopeTensorCard *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  fill_choices (self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

GtkWidget *
scope_tensor_card_new (ScopeSession *session, ScopeTensorItem *item)
{
  ScopeTensorCard *self = g_object_new (SCOPE_TYPE_TENSOR_CARD, "item", item, NULL);

  self->session = g_object_ref (session);
  bind_item (self);
  g_signal_connect_object (scope_session_get_tensors (session), "items-changed",
                           G_CALLBACK (tensors_changed), self, G_CONNECT_SWAPPED);
  tensors_changed (self);
  name_changed (self);
  problem_changed (self);
  return GTK_WIDGET (self);
}
