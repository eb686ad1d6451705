/* A message that stays until it is dealt with. */
#include "model/notice.h"

struct _ScopeNotice
{
  GObject parent_instance;
  char *message;
};

enum
{
  PROP_0,
  PROP_MESSAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeNotice, scope_notice, G_TYPE_OBJECT)

static void
scope_notice_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MESSAGE)
    g_value_set_string (value, SCOPE_NOTICE (object)->message);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_notice_finalize (GObject *object)
{
  g_free (SCOPE_NOTICE (object)->message);
  G_OBJECT_CLASS (scope_notice_parent_class)->finalize (object);
}

static void
scope_notice_class_init (ScopeNoticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = scope_notice_get_property;
  object_class->finalize = scope_notice_finalize;

  properties[PROP_MESSAGE] =
      g_param_spec_string ("message", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
scope_notice_init (ScopeNotice *self)
{
}

ScopeNotice *
scope_notice_new (const char *message)
{
  ScopeNotice *self = g_object_new (SCOPE_TYPE_NOTICE, NULL);

  self->message = g_strdup (message);
  return self;
}

const char *
scope_notice_get_message (ScopeNotice *self)
{
  g_return_val_if_fail (SCOPE_IS_NOTICE (self), NULL);
  return self->message;
}
