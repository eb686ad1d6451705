/* The operation as a form: choosing one rewrites the expression. */
#include "app/operation-form.h"

#include "app/template.h"

#include "model/form.h"

#include <glib/gi18n.h>

struct _ScopeOperationForm
{
  GtkWidget parent_instance;

  ScopeSession *session;
  GBindingGroup *bindings;
  GSignalGroup *signals;
  GtkWidget *operation;
  GtkWidget *axis;
  GtkWidget *dialect;
  guint forms;        /* the item after them is the person's own expression */
  gboolean following; /* the drop-down is set by the session */
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeOperationForm, scope_operation_form, GTK_TYPE_WIDGET)

/* The drop-down says what the expression is; the item "as written above" is only there while the
 * expression is no form. */
static void
form_changed (ScopeOperationForm *self)
{
  GtkStringList *operations =
      GTK_STRING_LIST (gtk_drop_down_get_model (GTK_DROP_DOWN (self->operation)));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (operations));
  guint form;

  g_object_get (self->session, "form", &form, NULL);
  form = MIN (form, self->forms);
  self->following = TRUE;
  if (form == self->forms && n == self->forms)
    gtk_string_list_append (operations, _ ("As written above"));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->operation), form);
  if (form < self->forms && n > self->forms)
    gtk_string_list_remove (operations, self->forms);
  self->following = FALSE;
}

static void
operation_chosen (ScopeOperationForm *self)
{
  guint item = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->operation));

  if (self->session == NULL || self->following || item >= self->forms)
    return;
  scope_session_set_form (self->session, item);
  /* There may be no such spelling, or too few tensors. */
  form_changed (self);
}

static void
fill_choices (ScopeOperationForm *self)
{
  g_autoptr (GtkStringList) operations = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) dialects = gtk_string_list_new (NULL);
  const ScopeForm *form;

  for (self->forms = 0; (form = scope_form_get (self->forms)) != NULL; self->forms++)
    gtk_string_list_append (operations, _ (form->title));
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
  g_signal_group_set_target (self->signals, session);
  if (session != NULL)
    form_changed (self);
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

  if (self->bindings != NULL)
    g_binding_group_set_source (self->bindings, NULL);
  g_clear_object (&self->bindings);
  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_OPERATION_FORM);
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
  gtk_widget_class_bind_template_callback (widget_class, operation_chosen);
}

static void
scope_operation_form_init (ScopeOperationForm *self)
{
  GBindingFlags both = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  gtk_widget_init_template (GTK_WIDGET (self));
  fill_choices (self);

  self->signals = g_signal_group_new (SCOPE_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::form", G_CALLBACK (form_changed), self);
  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "form-axis", self->axis, "value", both);
  g_binding_group_bind (self->bindings, "dialect", self->dialect, "selected", both);
}
