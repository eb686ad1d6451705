/* One parameter of the operation under focus, as a form shows and changes it. */
#include "model/parameter-item.h"

struct _ScopeParameterItem
{
  GObject parent_instance;

  int parameter;
  char *name;
  char *about;
  ScopeControl control;
  char *text;
  char *placeholder;
  gboolean active, inconsistent;
  GStrv labels;
  GStrv codes;
  guint selected;
  char *problem;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_TEXT,
  PROP_PLACEHOLDER,
  PROP_ACTIVE,
  PROP_INCONSISTENT,
  PROP_LABELS,
  PROP_SELECTED,
  PROP_PROBLEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint write_signal;

G_DEFINE_FINAL_TYPE (ScopeParameterItem, scope_parameter_item, G_TYPE_OBJECT)

static void
notify (ScopeParameterItem *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
store_string (ScopeParameterItem *self, char **field, const char *value, int property)
{
  if (g_strcmp0 (*field, value) == 0)
    return;
  g_free (*field);
  *field = g_strdup (value);
  notify (self, property);
}

static void
store_flag (ScopeParameterItem *self, gboolean *field, gboolean value, int property)
{
  if (*field == !!value)
    return;
  *field = !!value;
  notify (self, property);
}

static void
store_selected (ScopeParameterItem *self, guint selected)
{
  if (self->selected == selected)
    return;
  self->selected = selected;
  notify (self, PROP_SELECTED);
}

static gboolean
same_strings (GStrv a, const char *const *b)
{
  return a != NULL && g_strv_equal ((const char *const *)a, b);
}

static void
store_choices (ScopeParameterItem *self, const char *const *labels, const char *const *codes)
{
  static const char *const none[] = { NULL };

  labels = labels != NULL ? labels : none;
  codes = codes != NULL ? codes : none;
  if (!same_strings (self->codes, codes))
    {
      g_strfreev (self->codes);
      self->codes = g_strdupv ((char **)codes);
    }
  if (same_strings (self->labels, labels))
    return;
  g_strfreev (self->labels);
  self->labels = g_strdupv ((char **)labels);
  notify (self, PROP_LABELS);
}

void
scope_parameter_item_update (ScopeParameterItem *self, const ScopeParameterState *state)
{
  g_return_if_fail (SCOPE_IS_PARAMETER_ITEM (self));

  g_object_freeze_notify (G_OBJECT (self));
  self->control = state->control;
  store_string (self, &self->text, state->text, PROP_TEXT);
  store_string (self, &self->placeholder, state->placeholder, PROP_PLACEHOLDER);
  store_flag (self, &self->active, state->active, PROP_ACTIVE);
  store_flag (self, &self->inconsistent, state->inconsistent, PROP_INCONSISTENT);
  store_choices (self, state->labels, state->codes);
  store_selected (self, state->selected);
  store_string (self, &self->problem, state->problem, PROP_PROBLEM);
  g_object_thaw_notify (G_OBJECT (self));
}

void
scope_parameter_item_set_problem (ScopeParameterItem *self, const char *problem)
{
  g_return_if_fail (SCOPE_IS_PARAMETER_ITEM (self));
  store_string (self, &self->problem, problem, PROP_PROBLEM);
}

/* ---- a person's changes --------------------------------------------------------------------- */

void
scope_parameter_item_set_text (ScopeParameterItem *self, const char *text)
{
  g_return_if_fail (SCOPE_IS_PARAMETER_ITEM (self));
  g_return_if_fail (text != NULL);

  if (g_strcmp0 (self->text, text) == 0)
    return;
  store_string (self, &self->text, text, PROP_TEXT);
  g_signal_emit (self, write_signal, 0, text);
}

void
scope_parameter_item_set_active (ScopeParameterItem *self, gboolean active)
{
  g_return_if_fail (SCOPE_IS_PARAMETER_ITEM (self));

  if (self->active == !!active && !self->inconsistent)
    return;
  store_flag (self, &self->inconsistent, FALSE, PROP_INCONSISTENT);
  store_flag (self, &self->active, active, PROP_ACTIVE);
  g_signal_emit (self, write_signal, 0, active ? "True" : "False");
}

void
scope_parameter_item_set_selected (ScopeParameterItem *self, guint selected)
{
  g_autofree char *code = NULL;

  g_return_if_fail (SCOPE_IS_PARAMETER_ITEM (self));

  if (self->selected == selected || selected >= g_strv_length (self->codes))
    return;
  code = g_strdup (self->codes[selected]);
  store_selected (self, selected);
  g_signal_emit (self, write_signal, 0, code);
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_parameter_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeParameterItem *self = SCOPE_PARAMETER_ITEM (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_PLACEHOLDER:
      g_value_set_string (value, self->placeholder);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    case PROP_INCONSISTENT:
      g_value_set_boolean (value, self->inconsistent);
      break;
    case PROP_LABELS:
      g_value_set_boxed (value, self->labels);
      break;
    case PROP_SELECTED:
      g_value_set_uint (value, self->selected);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_parameter_item_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  ScopeParameterItem *self = SCOPE_PARAMETER_ITEM (object);

  switch (id)
    {
    case PROP_TEXT:
      scope_parameter_item_set_text (self, g_value_get_string (value));
      break;
    case PROP_ACTIVE:
      scope_parameter_item_set_active (self, g_value_get_boolean (value));
      break;
    case PROP_SELECTED:
      scope_parameter_item_set_selected (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_parameter_item_finalize (GObject *object)
{
  ScopeParameterItem *self = SCOPE_PARAMETER_ITEM (object);

  g_free (self->name);
  g_free (self->about);
  g_free (self->text);
  g_free (self->placeholder);
  g_strfreev (self->labels);
  g_strfreev (self->codes);
  g_free (self->problem);

  G_OBJECT_CLASS (scope_parameter_item_parent_class)->finalize (object);
}

static void
scope_parameter_item_class_init (ScopeParameterItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags writable = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = scope_parameter_item_get_property;
  object_class->set_property = scope_parameter_item_set_property;
  object_class->finalize = scope_parameter_item_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, readable);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, writable);
  properties[PROP_PLACEHOLDER] = g_param_spec_string ("placeholder", NULL, NULL, NULL, readable);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, writable);
  properties[PROP_INCONSISTENT] =
      g_param_spec_boolean ("inconsistent", NULL, NULL, FALSE, readable);
  properties[PROP_LABELS] = g_param_spec_boxed ("labels", NULL, NULL, G_TYPE_STRV, readable);
  properties[PROP_SELECTED] = g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT, 0, writable);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  write_signal = g_signal_new ("write", SCOPE_TYPE_PARAMETER_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
scope_parameter_item_init (ScopeParameterItem *self)
{
  self->text = g_strdup ("");
  self->placeholder = g_strdup ("");
  self->labels = g_new0 (char *, 1);
  self->codes = g_new0 (char *, 1);
}

ScopeParameterItem *
scope_parameter_item_new (int parameter, const char *name, const char *about)
{
  ScopeParameterItem *self = g_object_new (SCOPE_TYPE_PARAMETER_ITEM, NULL);

  self->parameter = parameter;
  self->name = g_strdup (name);
  self->about = g_strdup (about);
  return self;
}

int
scope_parameter_item_get_parameter (ScopeParameterItem *self)
{
  g_return_val_if_fail (SCOPE_IS_PARAMETER_ITEM (self), -1);
  return self->parameter;
}

const char *
scope_parameter_item_get_name (ScopeParameterItem *self)
{
  g_return_val_if_fail (SCOPE_IS_PARAMETER_ITEM (self), NULL);
  return self->name;
}

const char *
scope_parameter_item_get_about (ScopeParameterItem *self)
{
  g_return_val_if_fail (SCOPE_IS_PARAMETER_ITEM (self), NULL);
  return self->about;
}

ScopeControl
scope_parameter_item_get_control (ScopeParameterItem *self)
{
  g_return_val_if_fail (SCOPE_IS_PARAMETER_ITEM (self), SCOPE_CONTROL_ENTRY);
  return self->control;
}

const char *
scope_parameter_item_get_text (ScopeParameterItem *self)
{
  g_return_val_if_fail (SCOPE_IS_PARAMETER_ITEM (self), NULL);
  return self->text;
}

const char *
scope_parameter_item_get_problem (ScopeParameterItem *self)
{
  g_return_val_if_fail (SCOPE_IS_PARAMETER_ITEM (self), NULL);
  return self->problem;
}

const char *const *
scope_parameter_item_get_labels (ScopeParameterItem *self)
{
  g_return_val_if_fail (SCOPE_IS_PARAMETER_ITEM (self), NULL);
  return (const char *const *)self->labels;
}

guint
scope_parameter_item_get_selected (ScopeParameterItem *self)
{
  g_return_val_if_fail (SCOPE_IS_PARAMETER_ITEM (self), 0);
  return self->selected;
}
