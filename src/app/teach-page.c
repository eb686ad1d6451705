/* Broadcasting, step by step, for a class: the page of one session. */
#include "app/teach-page.h"

#include "app/template.h"

struct _ScopeTeachPage
{
  GtkWidget parent_instance;

  ScopeSession *session;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeTeachPage, scope_teach_page, GTK_TYPE_WIDGET)

void
scope_teach_page_set_session (ScopeTeachPage *self, ScopeSession *session)
{
  g_return_if_fail (SCOPE_IS_TEACH_PAGE (self));

  if (!g_set_object (&self->session, session))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
scope_teach_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SCOPE_TEACH_PAGE (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_teach_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    scope_teach_page_set_session (SCOPE_TEACH_PAGE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_teach_page_dispose (GObject *object)
{
  ScopeTeachPage *self = SCOPE_TEACH_PAGE (object);

  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_TEACH_PAGE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (scope_teach_page_parent_class)->dispose (object);
}

static void
scope_teach_page_class_init (ScopeTeachPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_teach_page_get_property;
  object_class->set_property = scope_teach_page_set_property;
  object_class->dispose = scope_teach_page_dispose;

  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SCOPE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/teach-page.ui");
}

static void
scope_teach_page_init (ScopeTeachPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
