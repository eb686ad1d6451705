/* One way to make it fit, as a list shows it. */
#include "model/remedy-item.h"

struct _ScopeRemedyItem
{
  GObject parent_instance;

  ScopeBadge badge;
  char *title;
  char *result;
  char *snippet;
  char *sentence;
  char *caution;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_RESULT,
  PROP_SNIPPET,
  PROP_SENTENCE,
  PROP_CAUTION,
  PROP_BADGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeRemedyItem, scope_remedy_item, G_TYPE_OBJECT)

static void
scope_remedy_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeRemedyItem *self = SCOPE_REMEDY_ITEM (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_RESULT:
      g_value_set_string (value, self->result);
      break;
    case PROP_SNIPPET:
      g_value_set_string (value, self->snippet);
      break;
    case PROP_SENTENCE:
      g_value_set_string (value, self->sentence);
      break;
    case PROP_CAUTION:
      g_value_set_string (value, self->caution);
      break;
    case PROP_BADGE:
      g_value_set_int (value, (int)self->badge);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_remedy_item_finalize (GObject *object)
{
  ScopeRemedyItem *self = SCOPE_REMEDY_ITEM (object);

  g_free (self->title);
  g_free (self->result);
  g_free (self->snippet);
  g_free (self->sentence);
  g_free (self->caution);

  G_OBJECT_CLASS (scope_remedy_item_parent_class)->finalize (object);
}

static GParamSpec *
string_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
scope_remedy_item_class_init (ScopeRemedyItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = scope_remedy_item_get_property;
  object_class->finalize = scope_remedy_item_finalize;

  properties[PROP_TITLE] = string_property ("title");
  properties[PROP_RESULT] = string_property ("result");
  properties[PROP_SNIPPET] = string_property ("snippet");
  properties[PROP_SENTENCE] = string_property ("sentence");
  properties[PROP_CAUTION] = string_property ("caution");
  properties[PROP_BADGE] = g_param_spec_int ("badge", NULL, NULL, 0, G_MAXINT, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
scope_remedy_item_init (ScopeRemedyItem *self)
{
}

static void
store (ScopeRemedyItem *self, char **field, const ScopeText *text, int property)
{
  const char *value = scope_text_string (text);

  if (g_strcmp0 (*field, value) == 0)
    return;
  g_free (*field);
  *field = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
scope_remedy_item_update (ScopeRemedyItem *self, const ScopeRemedy *remedy)
{
  ScopeText result = { 0 };

  g_return_if_fail (SCOPE_IS_REMEDY_ITEM (self));

  scope_shape_print (&remedy->result, SCOPE_SHAPE_LIST, &result);
  store (self, &self->title, &remedy->title, PROP_TITLE);
  store (self, &self->result, &result, PROP_RESULT);
  store (self, &self->snippet, &remedy->snippet, PROP_SNIPPET);
  store (self, &self->sentence, &remedy->sentence, PROP_SENTENCE);
  store (self, &self->caution, &remedy->caution, PROP_CAUTION);
  scope_text_clear (&result);
  if (self->badge != remedy->badge)
    {
      self->badge = remedy->badge;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BADGE]);
    }
}

ScopeRemedyItem *
scope_remedy_item_new (const ScopeRemedy *remedy)
{
  ScopeRemedyItem *self = g_object_new (SCOPE_TYPE_REMEDY_ITEM, NULL);

  scope_remedy_item_update (self, remedy);
  return self;
}

const char *
scope_remedy_item_get_title (ScopeRemedyItem *self)
{
  g_return_val_if_fail (SCOPE_IS_REMEDY_ITEM (self), NULL);
  return self->title;
}

ScopeBadge
scope_remedy_item_get_badge (ScopeRemedyItem *self)
{
  g_return_val_if_fail (SCOPE_IS_REMEDY_ITEM (self), SCOPE_BADGE_EXACT);
  return self->badge;
}
