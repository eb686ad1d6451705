/* The statements in a row, each with the shape after it, the first failing one marked. */
#include "app/step-strip.h"

#include "app/model-box.h"
#include "app/step-card.h"
#include "app/template.h"

#include <glib/gi18n.h>

struct _ScopeStepStrip
{
  GtkWidget parent_instance;

  ScopeSession *session;
  GSignalGroup *signals; /* of the list of steps */
  ScopeModelBox *cards;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeStepStrip, scope_step_strip, GTK_TYPE_WIDGET)

static gboolean
has_items (GtkWidget *widget, guint n)
{
  return n > 0;
}

static char *
get_more (GtkWidget *widget, guint n)
{
  return g_strdup_printf (g_dngettext (NULL, "and %u more", "and %u more", n), n);
}

/* In code, because a template's binding of its own widget outlives it in GTK 4.8. */
static void
steps_changed (ScopeStepStrip *self)
{
  GListModel *steps = self->session != NULL ? scope_session_get_steps (self->session) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), steps != NULL && g_list_model_get_n_items (steps) > 0);
}

static GtkWidget *
make_card (gpointer item, gpointer data)
{
  return scope_step_card_new (item);
}

void
scope_step_strip_set_session (ScopeStepStrip *self, ScopeSession *session)
{
  GListModel *steps = session != NULL ? scope_session_get_steps (session) : NULL;

  g_return_if_fail (SCOPE_IS_STEP_STRIP (self));

  if (!g_set_object (&self->session, session))
    return;
  scope_model_box_bind (self->cards, steps, make_card, self);
  g_signal_group_set_target (self->signals, steps);
  steps_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
scope_step_strip_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SCOPE_STEP_STRIP (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_step_strip_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    scope_step_strip_set_session (SCOPE_STEP_STRIP (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_step_strip_dispose (GObject *object)
{
  ScopeStepStrip *self = SCOPE_STEP_STRIP (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  if (self->cards != NULL)
    scope_model_box_bind (self->cards, NULL, NULL, NULL);
  self->cards = NULL;
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_STEP_STRIP);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (scope_step_strip_parent_class)->dispose (object);
}

static void
scope_step_strip_class_init (ScopeStepStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_step_strip_get_property;
  object_class->set_property = scope_step_strip_set_property;
  object_class->dispose = scope_step_strip_dispose;

  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SCOPE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/step-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeStepStrip, cards);
  gtk_widget_class_bind_template_callback (widget_class, has_items);
  gtk_widget_class_bind_template_callback (widget_class, get_more);
}

static void
scope_step_strip_init (ScopeStepStrip *self)
{
  g_type_ensure (SCOPE_TYPE_MODEL_BOX);
  self->signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->signals, "items-changed", G_CALLBACK (steps_changed), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}
