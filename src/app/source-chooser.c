/* The list of sources and the entries beside it. */
#include "app/source-chooser.h"

#include "app/entry-fault.h"
#include "app/name-completion.h"
#include "app/template.h"

struct _ScopeSourceChooser
{
  GtkWidget parent_instance;

  ScopeSession *session;
  ScopeComparison *comparison;
  GBindingGroup *bindings;
  GtkDropDown *list;
  GtkWidget *size, *typed;
  GtkEntryCompletion *names;
};

enum
{
  PROP_0,
  PROP_COMPARISON,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeSourceChooser, scope_source_chooser, GTK_TYPE_WIDGET)

static void
source_chosen (ScopeSourceChooser *self)
{
  guint chosen = gtk_drop_down_get_selected (self->list);
  gboolean was_typed, is_typed;

  if (self->comparison == NULL || chosen == GTK_INVALID_LIST_POSITION)
    return;
  g_object_get (self->comparison, "is-typed", &was_typed, NULL);
  scope_comparison_set_source (self->comparison, chosen);
  g_object_get (self->comparison, "is-typed", &is_typed, NULL);
  if (is_typed && !was_typed && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (self->typed);
}

/* The list may be made anew under the drop-down, which then forgets. */
static void
source_changed (ScopeSourceChooser *self)
{
  gtk_drop_down_set_selected (self->list, scope_comparison_get_source (self->comparison));
}

static void
problem_changed (ScopeSourceChooser *self)
{
  g_autofree char *problem = NULL;
  gboolean is_pattern, is_typed;
  int begin, end;

  g_object_get (self->comparison, "source-problem", &problem, "is-pattern", &is_pattern, "is-typed",
                &is_typed, NULL);
  scope_comparison_get_fault (self->comparison, &begin, &end);
  scope_entry_mark_fault (GTK_ENTRY (self->size), problem != NULL && is_pattern, begin, end);
  scope_entry_mark_fault (GTK_ENTRY (self->typed), problem != NULL && is_typed, begin, end);
}

/* A size is taken when it is whole: at Enter, and when the entry is left. */
static void
size_entered (ScopeSourceChooser *self)
{
  if (self->comparison != NULL)
    scope_comparison_set_source_size (self->comparison,
                                      gtk_editable_get_text (GTK_EDITABLE (self->size)));
}

static void
names_changed (ScopeSourceChooser *self)
{
  scope_name_completion_set_scene (self->names, scope_session_get_scene (self->session));
}

static void
drop (ScopeSourceChooser *self)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->comparison != NULL)
    g_signal_handlers_disconnect_by_data (self->comparison, self);
  g_binding_group_set_source (self->bindings, NULL);
  if (self->list != NULL)
    gtk_drop_down_set_model (self->list, NULL);
  g_clear_object (&self->comparison);
  g_clear_object (&self->session);
}

void
scope_source_chooser_set_comparison (ScopeSourceChooser *self,
                                     ScopeSession *session,
                                     ScopeComparison *comparison)
{
  g_return_if_fail (SCOPE_IS_SOURCE_CHOOSER (self));
  g_return_if_fail ((session == NULL) == (comparison == NULL));

  drop (self);
  if (comparison != NULL)
    {
      gtk_drop_down_set_model (self->list, scope_comparison_get_sources (comparison));
      gtk_drop_down_set_selected (self->list, scope_comparison_get_source (comparison));
      self->comparison = g_object_ref (comparison);
      self->session = g_object_ref (session);
      g_binding_group_set_source (self->bindings, comparison);
      g_signal_connect_object (comparison, "notify::source", G_CALLBACK (source_changed), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (comparison, "notify::source-problem", G_CALLBACK (problem_changed),
                               self, G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::report", G_CALLBACK (names_changed), self,
                               G_CONNECT_SWAPPED);
      names_changed (self);
      problem_changed (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPARISON]);
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_source_chooser_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_COMPARISON)
    g_value_set_object (value, SCOPE_SOURCE_CHOOSER (object)->comparison);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_source_chooser_dispose (GObject *object)
{
  ScopeSourceChooser *self = SCOPE_SOURCE_CHOOSER (object);

  if (self->bindings != NULL)
    drop (self);
  self->list = NULL;
  g_clear_object (&self->bindings);
  g_clear_object (&self->names);
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_SOURCE_CHOOSER);

  G_OBJECT_CLASS (scope_source_chooser_parent_class)->dispose (object);
}

static void
scope_source_chooser_class_init (ScopeSourceChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_source_chooser_get_property;
  object_class->dispose = scope_source_chooser_dispose;

  properties[PROP_COMPARISON] = g_param_spec_object (
      "comparison", NULL, NULL, SCOPE_TYPE_COMPARISON, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/source-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeSourceChooser, list);
  gtk_widget_class_bind_template_child (widget_class, ScopeSourceChooser, size);
  gtk_widget_class_bind_template_child (widget_class, ScopeSourceChooser, typed);
  gtk_widget_class_bind_template_callback (widget_class, source_chosen);
  gtk_widget_class_bind_template_callback (widget_class, size_entered);
}

static void
scope_source_chooser_init (ScopeSourceChooser *self)
{
  g_type_ensure (SCOPE_TYPE_COMPARISON);
  g_type_ensure (SCOPE_TYPE_COMPARISON_SOURCE);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->names = scope_name_completion_new ();
  gtk_entry_set_completion (GTK_ENTRY (self->typed), self->names);
  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "source-size", self->size, "text", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->bindings, "is-pattern", self->size, "visible", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->bindings, "is-typed", self->typed, "visible", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->bindings, "typed", self->typed, "text",
                        G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}
