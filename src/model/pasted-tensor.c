/* A tensor that a pasted message speaks of, as its entry edits it. */
#include "model/pasted-tensor.h"

#include "model/tensor-item.h"

#include <math.h>
#include <string.h>

struct _ScopePastedTensor
{
  GObject parent_instance;

  char *name;
  char *text;
  char *problem;
  ScopeTensorText parsed; /* of the last text that could be read */
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_TEXT,
  PROP_PROBLEM,
  PROP_OPEN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopePastedTensor, scope_pasted_tensor, G_TYPE_OBJECT)

static void
notify (ScopePastedTensor *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

const char *
scope_pasted_tensor_get_name (ScopePastedTensor *self)
{
  g_return_val_if_fail (SCOPE_IS_PASTED_TENSOR (self), NULL);
  return self->name;
}

static void
set_problem (ScopePastedTensor *self, const char *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;

  g_free (self->problem);
  self->problem = g_strdup (problem);
  notify (self, PROP_PROBLEM);
}

/* Reads a text of which a tensor can be made. */
static gboolean
parse (const char *text, ScopeTensorText *out, ScopeError *error)
{
  ScopeTensorText parsed;
  gint64 count;

  if (!scope_tensor_text_parse (text, strlen (text), &parsed, error))
    return FALSE;
  if (scope_shape_is_known (&parsed.shape) && !scope_shape_count (&parsed.shape, &count, error))
    return FALSE;
  *out = parsed;
  return TRUE;
}

void
scope_pasted_tensor_set_text (ScopePastedTensor *self, const char *text)
{
  ScopeError error = { 0 };
  gboolean was_open, parsed;

  g_return_if_fail (SCOPE_IS_PASTED_TENSOR (self));
  g_return_if_fail (text != NULL);

  if (strcmp (self->text, text) == 0)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  g_free (self->text);
  self->text = g_strdup (text);
  was_open = scope_pasted_tensor_get_open (self);
  parsed = parse (text, &self->parsed, &error);
  set_problem (self, parsed ? NULL : error.sentence);
  notify (self, PROP_TEXT);
  if (was_open != scope_pasted_tensor_get_open (self))
    notify (self, PROP_OPEN);
  g_object_thaw_notify (G_OBJECT (self));
}

const char *
scope_pasted_tensor_get_text (ScopePastedTensor *self)
{
  g_return_val_if_fail (SCOPE_IS_PASTED_TENSOR (self), NULL);
  return self->text;
}

const char *
scope_pasted_tensor_get_problem (ScopePastedTensor *self)
{
  g_return_val_if_fail (SCOPE_IS_PASTED_TENSOR (self), NULL);
  return self->problem;
}

gboolean
scope_pasted_tensor_get_open (ScopePastedTensor *self)
{
  g_return_val_if_fail (SCOPE_IS_PASTED_TENSOR (self), FALSE);
  return !scope_shape_is_known (&self->parsed.shape);
}

ScopeTensor *
scope_pasted_tensor_make (ScopePastedTensor *self, char **origin)
{
  const ScopeTensorText *parsed = &self->parsed;
  ScopeStorage *storage = NULL;
  ScopeTensor *tensor = NULL;
  gboolean known = scope_shape_is_known (&parsed->shape);

  g_return_val_if_fail (SCOPE_IS_PASTED_TENSOR (self), NULL);

  if (known)
    storage = scope_generator_new (parsed->fill, parsed->dtype, &parsed->shape, NULL);
  if (!known || storage != NULL)
    tensor = scope_tensor_new (self->name, parsed->dtype, &parsed->shape, NULL, storage, NULL);
  scope_storage_unref (storage);
  if (tensor != NULL && origin != NULL)
    *origin = scope_tensor_text_compose (parsed->fill, parsed->dtype, &parsed->shape);
  return tensor;
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_pasted_tensor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopePastedTensor *self = SCOPE_PASTED_TENSOR (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_OPEN:
      g_value_set_boolean (value, scope_pasted_tensor_get_open (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_pasted_tensor_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TEXT)
    scope_pasted_tensor_set_text (SCOPE_PASTED_TENSOR (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_pasted_tensor_finalize (GObject *object)
{
  ScopePastedTensor *self = SCOPE_PASTED_TENSOR (object);

  g_free (self->name);
  g_free (self->text);
  g_free (self->problem);

  G_OBJECT_CLASS (scope_pasted_tensor_parent_class)->finalize (object);
}

static void
scope_pasted_tensor_class_init (ScopePastedTensorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = scope_pasted_tensor_get_property;
  object_class->set_property = scope_pasted_tensor_set_property;
  object_class->finalize = scope_pasted_tensor_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, readable);
  properties[PROP_TEXT] =
      g_param_spec_string ("text", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, readable);
  properties[PROP_OPEN] = g_param_spec_boolean ("open", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
scope_pasted_tensor_init (ScopePastedTensor *self)
{
}

/* The shape alone where the type is the one that a shape alone has. */
static char *
compose (ScopeDtype dtype, const ScopeShape *shape)
{
  ScopeText text = { 0 };
  char *copy;

  if (dtype != SCOPE_FLOAT32)
    scope_text_append (&text, scope_dtype_name (dtype));
  scope_shape_print (shape, SCOPE_SHAPE_LIST, &text);
  copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return copy;
}

ScopePastedTensor *
scope_pasted_tensor_new (const char *name, ScopeDtype dtype, const ScopeShape *shape)
{
  ScopePastedTensor *self = g_object_new (SCOPE_TYPE_PASTED_TENSOR, NULL);

  self->name = g_strdup (name);
  self->text = compose (dtype, shape);
  self->parsed =
      (ScopeTensorText){ .fill = { SCOPE_FILL_RAMP, NAN }, .dtype = dtype, .shape = *shape };
  return self;
}
