/* A place for a page that is made when it is first shown. */
#include "app/late-page.h"

struct _ScopeLatePage
{
  GtkWidget parent_instance;

  ScopeSession *session;
  GType content;
  GtkWidget *page; /* NULL until it is made */
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeLatePage, scope_late_page, GTK_TYPE_WIDGET)

void
scope_late_page_set_content (ScopeLatePage *self, GType type)
{
  g_return_if_fail (SCOPE_IS_LATE_PAGE (self));
  g_return_if_fail (self->page == NULL);
  self->content = type;
}

void
scope_late_page_set_session (ScopeLatePage *self, ScopeSession *session)
{
  g_return_if_fail (SCOPE_IS_LATE_PAGE (self));

  if (!g_set_object (&self->session, session))
    return;
  if (self->page != NULL)
    g_object_set (self->page, "session", session, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

GtkWidget *
scope_late_page_get_page (ScopeLatePage *self)
{
  g_return_val_if_fail (SCOPE_IS_LATE_PAGE (self), NULL);

  if (self->page == NULL)
    {
      self->page = g_object_new (self->content, "session", self->session, NULL);
      gtk_widget_set_parent (self->page, GTK_WIDGET (self));
    }
  return self->page;
}

static void
scope_late_page_map (GtkWidget *widget)
{
  scope_late_page_get_page (SCOPE_LATE_PAGE (widget));
  GTK_WIDGET_CLASS (scope_late_page_parent_class)->map (widget);
}

static void
scope_late_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SCOPE_LATE_PAGE (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_late_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    scope_late_page_set_session (SCOPE_LATE_PAGE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_late_page_dispose (GObject *object)
{
  ScopeLatePage *self = SCOPE_LATE_PAGE (object);

  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (scope_late_page_parent_class)->dispose (object);
}

static void
scope_late_page_class_init (ScopeLatePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = scope_late_page_get_property;
  object_class->set_property = scope_late_page_set_property;
  object_class->dispose = scope_late_page_dispose;
  GTK_WIDGET_CLASS (klass)->map = scope_late_page_map;

  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SCOPE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
scope_late_page_init (ScopeLatePage *self)
{
}
