/* A message that stays until it is dealt with. */
#include "app/notice-bar.h"

#include "app/template.h"

struct _ScopeNoticeBar
{
  GtkWidget parent_instance;

  ScopeSession *session;
  ScopeNotice *notice;
};

enum
{
  PROP_0,
  PROP_NOTICE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeNoticeBar, scope_notice_bar, GTK_TYPE_WIDGET)

static void
dismiss (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeNoticeBar *self = SCOPE_NOTICE_BAR (widget);

  scope_session_dismiss_notice (self->session, self->notice);
}

static void
scope_notice_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NOTICE)
    g_value_set_object (value, SCOPE_NOTICE_BAR (object)->notice);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_notice_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NOTICE)
    SCOPE_NOTICE_BAR (object)->notice = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_notice_bar_dispose (GObject *object)
{
  ScopeNoticeBar *self = SCOPE_NOTICE_BAR (object);

  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_NOTICE_BAR);
  g_clear_object (&self->session);
  g_clear_object (&self->notice);

  G_OBJECT_CLASS (scope_notice_bar_parent_class)->dispose (object);
}

static void
scope_notice_bar_class_init (ScopeNoticeBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = scope_notice_bar_get_property;
  object_class->set_property = scope_notice_bar_set_property;
  object_class->dispose = scope_notice_bar_dispose;

  properties[PROP_NOTICE] =
      g_param_spec_object ("notice", NULL, NULL, SCOPE_TYPE_NOTICE,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_install_action (widget_class, "notice.dismiss", NULL, dismiss);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/notice-bar.ui");
}

static void
scope_notice_bar_init (ScopeNoticeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
scope_notice_bar_new (ScopeSession *session, ScopeNotice *notice)
{
  ScopeNoticeBar *self = g_object_new (SCOPE_TYPE_NOTICE_BAR, "notice", notice, NULL);

  self->session = g_object_ref (session);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  scope_notice_get_message (notice), -1);
  return GTK_WIDGET (self);
}
