/* The operation as a form: choosing one rewrites the expression, and so does each argument. */
#include "app/operation-form.h"

#include "app/model-box.h"
#include "app/operation-chooser.h"
#include "app/parameter-row.h"
#include "app/template.h"

#include "model/argument-form.h"

#include <glib/gi18n.h>

struct _ScopeOperationForm
{
  GtkWidget parent_instance;

  ScopeSession *session;
  ScopeArgumentForm *form;
  GBindingGroup *bindings;
  GSignalGroup *signals;
  GtkWidget *operation;
  ScopeOperationChooser *chooser;
  ScopeModelBox *parameters;
  GtkWidget *dialect;
};

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_FORM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeOperationForm, scope_operation_form, GTK_TYPE_WIDGET)

static char *
get_title (GtkWidget *widget, const char *operation)
{
  return g_strdup (operation != NULL ? operation : _ ("Choose an operation"));
}

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  return text != NULL && text[0] != '\0';
}

static void
chosen (ScopeOperationForm *self, gpointer op)
{
  if (self->form != NULL && !scope_argument_form_choose (self->form, op))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
dialect_changed (ScopeOperationForm *self)
{
  scope_operation_chooser_set_dialect (self->chooser, scope_session_get_dialect (self->session));
}

static GtkWidget *
make_parameter (gpointer item, gpointer data)
{
  return scope_parameter_row_new (item);
}

static void
fill_dialects (ScopeOperationForm *self)
{
  g_autoptr (GtkStringList) dialects = gtk_string_list_new (NULL);

  for (guint i = 0; i < SCOPE_N_DIALECTS; i++)
    gtk_string_list_append (dialects, scope_dialect_title (i));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->dialect), G_LIST_MODEL (dialects));
}

static void
set_session (ScopeOperationForm *self, ScopeSession *session)
{
  if (!g_set_object (&self->session, session))
    return;
  g_clear_object (&self->form);
  self->form = session != NULL ? scope_argument_form_new (session) : NULL;
  scope_model_box_bind (self->parameters,
                        self->form != NULL ? scope_argument_form_get_parameters (self->form) : NULL,
                        make_parameter, self);
  g_binding_group_set_source (self->bindings, session);
  g_signal_group_set_target (self->signals, session);
  if (session != NULL)
    dialect_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FORM]);
}

static void
scope_operation_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeOperationForm *self = SCOPE_OPERATION_FORM (object);

  if (id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else if (id == PROP_FORM)
    g_value_set_object (value, self->form);
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
    {
      scope_model_box_bind (self->parameters, NULL, NULL, NULL);
      g_binding_group_set_source (self->bindings, NULL);
      g_signal_group_set_target (self->signals, NULL);
    }
  g_clear_object (&self->bindings);
  g_clear_object (&self->signals);
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_OPERATION_FORM);
  g_clear_object (&self->form);
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
  properties[PROP_FORM] = g_param_spec_object ("form", NULL, NULL, SCOPE_TYPE_ARGUMENT_FORM,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/operation-form.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeOperationForm, operation);
  gtk_widget_class_bind_template_child (widget_class, ScopeOperationForm, chooser);
  gtk_widget_class_bind_template_child (widget_class, ScopeOperationForm, parameters);
  gtk_widget_class_bind_template_child (widget_class, ScopeOperationForm, dialect);
  gtk_widget_class_bind_template_callback (widget_class, chosen);
  gtk_widget_class_bind_template_callback (widget_class, get_title);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
}

static void
scope_operation_form_init (ScopeOperationForm *self)
{
  g_type_ensure (SCOPE_TYPE_MODEL_BOX);
  g_type_ensure (SCOPE_TYPE_OPERATION_CHOOSER);
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_dialects (self);

  self->signals = g_signal_group_new (SCOPE_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::dialect", G_CALLBACK (dialect_changed),
                                  self);
  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "dialect", self->dialect, "selected",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}
