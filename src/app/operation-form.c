/* The operation as a form: choosing one rewrites the expression. */
#include "app/operation-form.h"

#include "model/form.h"

#include <glib/gi18n.h>

struct _ScopeOperationForm
{
  GtkWidget parent_instance;

  ScopeSession *session;
  GBindingGroup *bindings;
  GtkWidget *operation;
  GtkWidget *axis;
  GtkWidget *dialect;
  guint forms; /* the item after them is the person's own expression */
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeOperationForm, scope_operation_form, GTK_TYPE_WIDGET)

static gboolean
form_to_item (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  guint form = g_value_get_uint (from);

  g_value_set_uint (to, MIN (form, SCOPE_OPERATION_FORM (data)->forms));
  return TRUE;
}

static gboolean
item_to_form (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  guint item = g_value_get_uint (from);

  g_value_set_uint (to, item < SCOPE_OPERATION_FORM (data)->forms ? item : G_MAXUINT);
  return TRUE;
}

static void
fill_choices (ScopeOperationForm *self)
{
  g_autoptr (GtkStringList) operations = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) dialects = gtk_string_list_new (NULL);
  const ScopeForm *form;

  for (self->forms = 0; (form = scope_form_get (self->forms)) != NULL; self->forms++)
    gtk_string_list_append (operations, _ (form->title));
  gtk_string_list_append (operations, _ ("As written above"));
  for (guint i = 0; i < SCOPE_N_DIALECTS; i++)
    gtk_string_list_append (dialects, scope_dialect_title (i));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->operation), G_LIST_MODEL (operations));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->dialect), G_LIST_MODEL (dialects));
}

static void
set_session (ScopeOperationForm *self, ScopeSession *session)
{
  if (!g_set_object (&self->session, session))
    return;
  g_binding_group_set_source (self->bindings, session);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
scope_operation_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SCOPE_OPERATION_FORM (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_operation_form_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (SCOPE_OPERATION_FORM (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_operation_form_dispose (GObject *object)
{
  ScopeOperationForm *self = SCOPE_OPERATION_FORM (object);
  GtkWidget *child;

  if (self->bindings != NULL)
    g_binding_group_set_source (self->bindings, NULL);
  g_clear_object (&self->bindings);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (scope_operation_form_parent_class)->dispose (object);
}

static void
scope_operation_form_class_init (ScopeOperationFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_operation_form_get_property;
  object_class->set_property = scope_operation_form_set_property;
  object_class->dispose = scope_operation_form_dispose;

  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SCOPE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/operation-form.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeOperationForm, operation);
  gtk_widget_class_bind_template_child (widget_class, ScopeOperationForm, axis);
  gtk_widget_class_bind_template_child (widget_class, ScopeOperationForm, dialect);
}

static void
scope_operation_form_init (ScopeOperationForm *self)
{
  GBindingFlags both = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  gtk_widget_init_template (GTK_WIDGET (self));
  fill_choices (self);

  self->bindings = g_binding_group_new ();
  g_binding_group_bind_full (self->bindings, "form", self->operation, "selected", both,
                             form_to_item, item_to_form, self, NULL);
  g_binding_group_bind (self->bindings, "form-axis", self->axis, "value", both);
  g_binding_group_bind (self->bindings, "dialect", self->dialect, "selected", both);
}
