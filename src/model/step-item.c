/* One statement of several and what it leaves, as the strip shows it. */
#include "model/step-item.h"

struct _ScopeStepItem
{
  GObject parent_instance;

  int number, total;
  int state; /* ScopeStepState */
  gboolean first_failure;
  gboolean misfit;
  ScopeSpan span;
  char *text;
  char *result;
};

enum
{
  PROP_0,
  PROP_NUMBER,
  PROP_TOTAL,
  PROP_STATE,
  PROP_FIRST_FAILURE,
  PROP_MISFIT,
  PROP_BEGIN,
  PROP_END,
  PROP_TEXT,
  PROP_RESULT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeStepItem, scope_step_item, G_TYPE_OBJECT)

static void
scope_step_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeStepItem *self = SCOPE_STEP_ITEM (object);

  switch (id)
    {
    case PROP_NUMBER:
      g_value_set_int (value, self->number);
      break;
    case PROP_TOTAL:
      g_value_set_int (value, self->total);
      break;
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_FIRST_FAILURE:
      g_value_set_boolean (value, self->first_failure);
      break;
    case PROP_MISFIT:
      g_value_set_boolean (value, self->misfit);
      break;
    case PROP_BEGIN:
      g_value_set_int (value, self->span.begin);
      break;
    case PROP_END:
      g_value_set_int (value, self->span.end);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_RESULT:
      g_value_set_string (value, self->result);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_step_item_finalize (GObject *object)
{
  ScopeStepItem *self = SCOPE_STEP_ITEM (object);

  g_free (self->text);
  g_free (self->result);

  G_OBJECT_CLASS (scope_step_item_parent_class)->finalize (object);
}

#define READABLE (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS)

static GParamSpec *
int_property (const char *name)
{
  return g_param_spec_int (name, NULL, NULL, 0, G_MAXINT, 0, READABLE);
}

static void
scope_step_item_class_init (ScopeStepItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = scope_step_item_get_property;
  object_class->finalize = scope_step_item_finalize;

  properties[PROP_NUMBER] = int_property ("number");
  properties[PROP_TOTAL] = int_property ("total");
  properties[PROP_STATE] = int_property ("state");
  properties[PROP_FIRST_FAILURE] =
      g_param_spec_boolean ("first-failure", NULL, NULL, FALSE, READABLE);
  properties[PROP_MISFIT] = g_param_spec_boolean ("misfit", NULL, NULL, FALSE, READABLE);
  properties[PROP_BEGIN] = int_property ("begin");
  properties[PROP_END] = int_property ("end");
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, READABLE);
  properties[PROP_RESULT] = g_param_spec_string ("result", NULL, NULL, NULL, READABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
scope_step_item_init (ScopeStepItem *self)
{
}

static void
store_int (ScopeStepItem *self, int *field, int value, int property)
{
  if (*field == value)
    return;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
store_text (ScopeStepItem *self, char **field, const ScopeText *text, int property)
{
  const char *value = scope_text_string (text);

  if (g_strcmp0 (*field, value) == 0)
    return;
  g_free (*field);
  *field = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
scope_step_item_update (ScopeStepItem *self, const ScopeStep *step, int total)
{
  g_return_if_fail (SCOPE_IS_STEP_ITEM (self));

  g_object_freeze_notify (G_OBJECT (self));
  store_int (self, &self->number, step->number, PROP_NUMBER);
  store_int (self, &self->total, total, PROP_TOTAL);
  store_int (self, &self->state, (int)step->state, PROP_STATE);
  store_int (self, &self->first_failure, step->first_failure, PROP_FIRST_FAILURE);
  store_int (self, &self->misfit, step->misfit, PROP_MISFIT);
  store_int (self, &self->span.begin, step->span.begin, PROP_BEGIN);
  store_int (self, &self->span.end, step->span.end, PROP_END);
  store_text (self, &self->text, &step->text, PROP_TEXT);
  store_text (self, &self->result, &step->result, PROP_RESULT);
  g_object_thaw_notify (G_OBJECT (self));
}

ScopeStepItem *
scope_step_item_new (const ScopeStep *step, int total)
{
  ScopeStepItem *self = g_object_new (SCOPE_TYPE_STEP_ITEM, NULL);

  scope_step_item_update (self, step, total);
  return self;
}

int
scope_step_item_get_number (ScopeStepItem *self)
{
  g_return_val_if_fail (SCOPE_IS_STEP_ITEM (self), 0);
  return self->number;
}

int
scope_step_item_get_total (ScopeStepItem *self)
{
  g_return_val_if_fail (SCOPE_IS_STEP_ITEM (self), 0);
  return self->total;
}

ScopeStepState
scope_step_item_get_state (ScopeStepItem *self)
{
  g_return_val_if_fail (SCOPE_IS_STEP_ITEM (self), SCOPE_STEP_SKIPPED);
  return (ScopeStepState)self->state;
}

gboolean
scope_step_item_get_misfit (ScopeStepItem *self)
{
  g_return_val_if_fail (SCOPE_IS_STEP_ITEM (self), FALSE);
  return self->misfit;
}

const char *
scope_step_item_get_text (ScopeStepItem *self)
{
  g_return_val_if_fail (SCOPE_IS_STEP_ITEM (self), NULL);
  return self->text;
}

const char *
scope_step_item_get_result (ScopeStepItem *self)
{
  g_return_val_if_fail (SCOPE_IS_STEP_ITEM (self), NULL);
  return self->result;
}

ScopeSpan
scope_step_item_get_span (ScopeStepItem *self)
{
  g_return_val_if_fail (SCOPE_IS_STEP_ITEM (self), (ScopeSpan){ 0 });
  return self->span;
}
