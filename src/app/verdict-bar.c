/* The verdict in one sentence: whether the shapes fit, and why not. */
#include "app/verdict-bar.h"

#include "app/template.h"

#include <glib/gi18n.h>

struct _ScopeVerdictBar
{
  GtkWidget parent_instance;

  ScopeSession *session;
  GSignalGroup *signals;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeVerdictBar, scope_verdict_bar, GTK_TYPE_WIDGET)

static char **
get_classes (GtkWidget *widget, int state)
{
  static const char *names[] = {
    [SCOPE_STATE_FITS] = "fits",
    [SCOPE_STATE_FAILS] = "fails",
    [SCOPE_STATE_UNKNOWN] = "unknown",
  };
  const char *classes[] = { "verdict", names[state], NULL };

  return g_strdupv ((char **)classes);
}

static char *
get_icon (GtkWidget *widget, int state)
{
  static const char *names[] = {
    [SCOPE_STATE_FITS] = "scope-fits-symbolic",
    [SCOPE_STATE_FAILS] = "scope-fails-symbolic",
    [SCOPE_STATE_UNKNOWN] = "scope-unknown-symbolic",
  };

  return g_strdup (names[state]);
}

/* The sentence is also what assistive technology calls the bar. */
static void
verdict_changed (ScopeVerdictBar *self)
{
  g_autofree char *verdict = NULL;

  g_object_get (self->session, "verdict", &verdict, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, verdict,
                                  -1);
}

static void
set_session (ScopeVerdictBar *self, ScopeSession *session)
{
  if (!g_set_object (&self->session, session))
    return;
  g_signal_group_set_target (self->signals, session);
  if (session != NULL)
    verdict_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
scope_verdict_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SCOPE_VERDICT_BAR (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_verdict_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (SCOPE_VERDICT_BAR (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_verdict_bar_dispose (GObject *object)
{
  ScopeVerdictBar *self = SCOPE_VERDICT_BAR (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_VERDICT_BAR);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (scope_verdict_bar_parent_class)->dispose (object);
}

static void
scope_verdict_bar_class_init (ScopeVerdictBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_verdict_bar_get_property;
  object_class->set_property = scope_verdict_bar_set_property;
  object_class->dispose = scope_verdict_bar_dispose;

  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SCOPE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/verdict-bar.ui");
  gtk_widget_class_bind_template_callback (widget_class, get_classes);
  gtk_widget_class_bind_template_callback (widget_class, get_icon);
}

static void
scope_verdict_bar_init (ScopeVerdictBar *self)
{
  self->signals = g_signal_group_new (SCOPE_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::verdict", G_CALLBACK (verdict_changed),
                                  self);
  gtk_widget_init_template (GTK_WIDGET (self));
}
