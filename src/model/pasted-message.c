/* A pasted error message: its text, what is understood of it, what the person corrects of that. */
#include "model/pasted-message.h"

#include "ops/registry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _ScopePastedMessage
{
  GObject parent_instance;

  char *text;
  ScopePastedState state;
  gboolean cut;
  gboolean reading; /* the fields are being filled: they are judged once, at the end */

  char *framework;
  char *operation;
  char *axis;
  char *sizes;
  char *quote;
  char *note;

  char *expression;
  gboolean guessed;
  ScopeDialect dialect;
  GListStore *tensors;

  char *verdict;
  ScopeState verdict_state;
  char *problem; /* why the expression cannot be parsed, or NULL */
  gboolean can_replace;
};

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_STATE,
  PROP_CUT,
  PROP_FRAMEWORK,
  PROP_OPERATION,
  PROP_AXIS,
  PROP_SIZES,
  PROP_QUOTE,
  PROP_NOTE,
  PROP_EXPRESSION,
  PROP_GUESSED,
  PROP_DIALECT,
  PROP_TENSORS,
  PROP_VERDICT,
  PROP_VERDICT_STATE,
  PROP_PROBLEM,
  PROP_CAN_REPLACE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopePastedMessage, scope_pasted_message, G_TYPE_OBJECT)

static void
notify (ScopePastedMessage *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Takes `value`. */
static void
store_string (ScopePastedMessage *self, char **field, char *value, int property)
{
  if (g_strcmp0 (*field, value) == 0)
    {
      g_free (value);
      return;
    }
  g_free (*field);
  *field = value;
  notify (self, property);
}

static void
store_flag (ScopePastedMessage *self, gboolean *field, gboolean value, int property)
{
  if (*field == !!value)
    return;
  *field = !!value;
  notify (self, property);
}

static const char *
translate (const char *text)
{
  return g_dgettext (GETTEXT_PACKAGE, text);
}

/* ---- the verdict ---------------------------------------------------------------------------- */

/* Makes the tensors; those that were made when one cannot be. Free with g_ptr_array_unref. */
static GPtrArray *
make_tensors (ScopePastedMessage *self, gboolean *all)
{
  GPtrArray *made = g_ptr_array_new_with_free_func ((GDestroyNotify)scope_tensor_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->tensors));

  *all = TRUE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ScopePastedTensor) item = g_list_model_get_item (G_LIST_MODEL (self->tensors), i);
      ScopeTensor *tensor = scope_pasted_tensor_make (item, NULL);

      if (tensor != NULL)
        g_ptr_array_add (made, tensor);
      *all = *all && tensor != NULL && scope_pasted_tensor_get_problem (item) == NULL;
    }
  return made;
}

static ScopeState
state_of (const ScopeReport *report)
{
  const ScopeProgram *program = report->program;

  if (report->failure != NULL)
    return SCOPE_STATE_FAILS;
  if (program->result >= 0 && !scope_shape_is_known (&program->node[program->result]->shape))
    return SCOPE_STATE_UNKNOWN;
  return SCOPE_STATE_FITS;
}

/* Checks what stands in the fields, right or wrong. */
static void
judge (ScopePastedMessage *self)
{
  ScopeCheckOptions options = { .dialect = self->dialect, .translate = translate };
  gboolean all, something = self->state == SCOPE_PASTED_RECOGNIZED && self->expression[0] != '\0';
  g_autoptr (GPtrArray) tensors = make_tensors (self, &all);
  ScopeError error = { 0 };
  ScopeReport *report = NULL;
  ScopeState state = SCOPE_STATE_UNKNOWN;

  if (something)
    report = scope_report_new (self->expression, strlen (self->expression),
                               (ScopeTensor *const *)tensors->pdata, (int)tensors->len, &options,
                               NULL, &error);
  if (report != NULL)
    state = state_of (report);
  store_string (self, &self->problem,
                something && report == NULL ? g_strdup (error.sentence) : NULL, PROP_PROBLEM);
  store_string (self, &self->verdict,
                g_strdup (report != NULL ? scope_text_string (&report->verdict) : ""),
                PROP_VERDICT);
  if (self->verdict_state != state)
    {
      self->verdict_state = state;
      notify (self, PROP_VERDICT_STATE);
    }
  store_flag (self, &self->can_replace, all && report != NULL, PROP_CAN_REPLACE);
  scope_report_free (report);
}

static void
corrected (ScopePastedMessage *self)
{
  if (self->reading)
    return;
  g_object_freeze_notify (G_OBJECT (self));
  judge (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/* ---- what is understood --------------------------------------------------------------------- */

static const struct
{
  const char *name, *title;
} frameworks[] = {
  { "pytorch", "PyTorch" },
  { "numpy", "NumPy" },
  { "tensorflow", "TensorFlow" },
  { "keras", "Keras" },
  { "jax", "JAX" },
  { "flax", "Flax" },
  { "onnxruntime", "ONNX Runtime" },
  { "mxnet", "MXNet" },
  { "paddle", "PaddlePaddle" },
  { "matlab", "MATLAB" },
  { "octave", "GNU Octave" },
  { "julia", "Julia" },
  { "scikit-learn", "scikit-learn" },
  { "opencv", "OpenCV" },
  { "scipy", "SciPy" },
  { "cupy", "CuPy" },
  { "theano", "Theano" },
  { "mlx", "MLX" },
  { "tfjs", "TensorFlow.js" },
  { "tensorrt", "TensorRT" },
};

static char *
title_of_framework (const ScopeMessage *message)
{
  for (guint i = 0; i < G_N_ELEMENTS (frameworks); i++)
    if (strcmp (frameworks[i].name, message->framework) == 0)
      return g_strdup (frameworks[i].title);
  return g_strdup (message->framework);
}

/* The name, and what it does where it is an operation of the table. */
static char *
describe_operation (const ScopeMessage *message)
{
  const ScopeOp *op = scope_registry_by_name (message->op);

  if (op == NULL || op->about == NULL)
    return g_strdup (message->op);
  return g_strdup_printf ("%s: %s", message->op, op->about);
}

static char *
describe_axis (const ScopeMessage *message)
{
  g_autofree char *a = g_strdup_printf ("%" G_GINT64_FORMAT, message->axis.value);
  g_autofree char *b = g_strdup_printf ("%" G_GINT64_FORMAT, message->axis_b.value);

  if (!message->axis.given)
    return g_strdup ("?");
  if (message->axis_b.given && message->axis_b.value != message->axis.value)
    /* TRANSLATORS: the failing axis, of the first tensor and of the second */
    return g_strdup_printf (_ ("%s of A, %s of B"), a, b);
  return g_steal_pointer (&a);
}

static char *
describe_sizes (const ScopeMessage *message)
{
  ScopeText a = { 0 }, b = { 0 };
  char *sizes;

  if (!message->sizes.given)
    return g_strdup ("?");
  scope_size_print (message->sizes.value[0], &a);
  scope_size_print (message->sizes.value[1], &b);
  /* TRANSLATORS: the two sizes of an axis that do not fit */
  sizes = g_strdup_printf (_ ("%s and %s"), scope_text_string (&a), scope_text_string (&b));
  scope_text_clear (&a);
  scope_text_clear (&b);
  return sizes;
}

static void
add_tensor (ScopePastedMessage *self, const char *name, ScopeDtype dtype, const ScopeShape *shape)
{
  g_autoptr (ScopePastedTensor) tensor = scope_pasted_tensor_new (name, dtype, shape);

  g_signal_connect_object (tensor, "notify::text", G_CALLBACK (corrected), self, G_CONNECT_SWAPPED);
  g_list_store_append (self->tensors, tensor);
}

/* Shapes that the message gives although no line could be made up from them. */
static void
add_given_shape (ScopePastedMessage *self, const char *name, const ScopeShape *given)
{
  ScopeShape shape = *given;

  for (int i = 0; i < shape.rank; i++)
    if (!scope_size_is_known (shape.size[i]))
      shape.size[i] = SCOPE_SIZE_UNKNOWN;
  add_tensor (self, name, SCOPE_FLOAT32, &shape);
}

static void
fill_tensors (ScopePastedMessage *self, const ScopeMessage *message)
{
  g_list_store_remove_all (self->tensors);
  if (!message->recognized)
    return;
  for (int i = 0; i < message->tensors; i++)
    add_tensor (self, message->tensor[i].name, message->tensor[i].dtype, &message->tensor[i].shape);
  if (message->tensors == 0 && message->has_a)
    add_given_shape (self, "A", &message->a);
  if (message->tensors == 0 && message->has_b)
    add_given_shape (self, message->has_a ? "B" : "A", &message->b);
}

static void
fill_facts (ScopePastedMessage *self, const ScopeMessage *message)
{
  gboolean known = message->recognized;

  store_string (self, &self->framework, g_strdup (known ? message->framework : ""), PROP_FRAMEWORK);
  if (known)
    store_string (self, &self->framework, title_of_framework (message), PROP_FRAMEWORK);
  store_string (self, &self->operation, known ? describe_operation (message) : g_strdup (""),
                PROP_OPERATION);
  store_string (self, &self->axis, known ? describe_axis (message) : g_strdup (""), PROP_AXIS);
  store_string (self, &self->sizes, known ? describe_sizes (message) : g_strdup (""), PROP_SIZES);
  store_string (self, &self->quote, g_strdup (scope_text_string (&message->quote)), PROP_QUOTE);
  store_string (self, &self->note, g_strdup (scope_text_string (&message->note)), PROP_NOTE);
}

static void
fill (ScopePastedMessage *self, const ScopeMessage *message)
{
  gboolean blank = self->text[strspn (self->text, " \t\r\n")] == '\0';
  ScopePastedState state = message->recognized ? SCOPE_PASTED_RECOGNIZED
                           : blank             ? SCOPE_PASTED_NOTHING
                                               : SCOPE_PASTED_UNKNOWN;

  self->reading = TRUE;
  fill_tensors (self, message);
  fill_facts (self, message);
  store_string (self, &self->expression, g_strdup (scope_text_string (&message->expression)),
                PROP_EXPRESSION);
  store_flag (self, &self->guessed,
              message->recognized && !message->from_source && message->expression.length > 0,
              PROP_GUESSED);
  if (message->recognized)
    scope_pasted_message_set_dialect (self, message->dialect);
  if (self->state != state)
    {
      self->state = state;
      notify (self, PROP_STATE);
    }
  self->reading = FALSE;
  judge (self);
}

/* ---- the text ------------------------------------------------------------------------------- */

gboolean
scope_pasted_message_recognizes (const char *text)
{
  ScopeMessage message;
  gboolean recognized;

  if (!scope_message_read (text, strlen (text), &message))
    return FALSE;
  recognized = message.recognized;
  scope_message_clear (&message);
  return recognized;
}

static void
read_text (ScopePastedMessage *self)
{
  ScopeMessage message;

  if (!scope_message_read (self->text, strlen (self->text), &message))
    return; /* no memory: what was understood before stays */
  fill (self, &message);
  scope_message_clear (&message);
}

/* At most SCOPE_MESSAGE_BYTES of valid UTF-8. */
static char *
clean (const char *text, gboolean *cut)
{
  gsize length = strnlen (text, SCOPE_MESSAGE_BYTES + 1);

  *cut = length > SCOPE_MESSAGE_BYTES;
  if (*cut)
    for (length = SCOPE_MESSAGE_BYTES; length > 0 && ((guchar)text[length] & 0xC0) == 0x80;)
      length--;
  return g_utf8_make_valid (text, (gssize)length);
}

void
scope_pasted_message_set_text (ScopePastedMessage *self, const char *text)
{
  g_autofree char *cleaned = NULL;
  gboolean cut;

  g_return_if_fail (SCOPE_IS_PASTED_MESSAGE (self));
  g_return_if_fail (text != NULL);

  cleaned = clean (text, &cut);
  if (strcmp (self->text, cleaned) == 0)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  store_string (self, &self->text, g_steal_pointer (&cleaned), PROP_TEXT);
  store_flag (self, &self->cut, cut || (self->cut && self->text[0] != '\0'), PROP_CUT);
  read_text (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
scope_pasted_message_take (ScopePastedMessage *self, const char *text)
{
  g_return_if_fail (SCOPE_IS_PASTED_MESSAGE (self));
  g_return_if_fail (text != NULL);

  g_object_freeze_notify (G_OBJECT (self));
  scope_pasted_message_set_text (self, "");
  scope_pasted_message_set_text (self, text);
  g_object_thaw_notify (G_OBJECT (self));
}

const char *
scope_pasted_message_get_text (ScopePastedMessage *self)
{
  g_return_val_if_fail (SCOPE_IS_PASTED_MESSAGE (self), NULL);
  return self->text;
}

ScopePastedState
scope_pasted_message_get_state (ScopePastedMessage *self)
{
  g_return_val_if_fail (SCOPE_IS_PASTED_MESSAGE (self), SCOPE_PASTED_NOTHING);
  return self->state;
}

gboolean
scope_pasted_message_get_cut (ScopePastedMessage *self)
{
  g_return_val_if_fail (SCOPE_IS_PASTED_MESSAGE (self), FALSE);
  return self->cut;
}

/* ---- corrections ---------------------------------------------------------------------------- */

void
scope_pasted_message_set_expression (ScopePastedMessage *self, const char *expression)
{
  g_return_if_fail (SCOPE_IS_PASTED_MESSAGE (self));
  g_return_if_fail (expression != NULL);

  if (strcmp (self->expression, expression) == 0)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  store_string (self, &self->expression, g_strdup (expression), PROP_EXPRESSION);
  store_flag (self, &self->guessed, FALSE, PROP_GUESSED);
  corrected (self);
  g_object_thaw_notify (G_OBJECT (self));
}

const char *
scope_pasted_message_get_expression (ScopePastedMessage *self)
{
  g_return_val_if_fail (SCOPE_IS_PASTED_MESSAGE (self), NULL);
  return self->expression;
}

gboolean
scope_pasted_message_get_guessed (ScopePastedMessage *self)
{
  g_return_val_if_fail (SCOPE_IS_PASTED_MESSAGE (self), FALSE);
  return self->guessed;
}

void
scope_pasted_message_set_dialect (ScopePastedMessage *self, ScopeDialect dialect)
{
  g_return_if_fail (SCOPE_IS_PASTED_MESSAGE (self));

  dialect = CLAMP (dialect, SCOPE_PYTORCH, SCOPE_N_DIALECTS - 1);
  if (self->dialect == dialect)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  self->dialect = dialect;
  notify (self, PROP_DIALECT);
  corrected (self);
  g_object_thaw_notify (G_OBJECT (self));
}

ScopeDialect
scope_pasted_message_get_dialect (ScopePastedMessage *self)
{
  g_return_val_if_fail (SCOPE_IS_PASTED_MESSAGE (self), SCOPE_PYTORCH);
  return self->dialect;
}

GListModel *
scope_pasted_message_get_tensors (ScopePastedMessage *self)
{
  g_return_val_if_fail (SCOPE_IS_PASTED_MESSAGE (self), NULL);
  return G_LIST_MODEL (self->tensors);
}

const char *
scope_pasted_message_get_verdict (ScopePastedMessage *self)
{
  g_return_val_if_fail (SCOPE_IS_PASTED_MESSAGE (self), NULL);
  return self->verdict;
}

ScopeState
scope_pasted_message_get_verdict_state (ScopePastedMessage *self)
{
  g_return_val_if_fail (SCOPE_IS_PASTED_MESSAGE (self), SCOPE_STATE_UNKNOWN);
  return self->verdict_state;
}

/* ---- the scene ------------------------------------------------------------------------------ */

/* `scene` (taken) with one more tensor; NULL when memory runs out. */
static ScopeScene *
put_tensor (ScopeScene *scene, ScopePastedTensor *item)
{
  g_autofree char *origin = NULL;
  ScopeTensor *tensor = scope_pasted_tensor_make (item, &origin);
  ScopeScene *more = tensor != NULL
                         ? scope_scene_with_tensor (scene, scene->tensors, tensor, origin, false)
                         : NULL;

  scope_tensor_unref (tensor);
  scope_scene_unref (scene);
  return more;
}

/* Replaces *scene by what one step made of it. */
static void
advance (ScopeScene **scene, ScopeScene *next)
{
  scope_scene_unref (*scene);
  *scene = next;
}

ScopeScene *
scope_pasted_message_make_scene (ScopePastedMessage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->tensors));
  ScopeScene *scene;

  g_return_val_if_fail (SCOPE_IS_PASTED_MESSAGE (self), NULL);

  scene = self->can_replace ? scope_scene_new () : NULL;
  for (guint i = 0; scene != NULL && i < n; i++)
    {
      g_autoptr (ScopePastedTensor) item = g_list_model_get_item (G_LIST_MODEL (self->tensors), i);

      scene = put_tensor (scene, item);
    }
  if (scene != NULL)
    advance (&scene, scope_scene_with_dialect (scene, self->dialect));
  if (scene != NULL)
    advance (&scene, scope_scene_with_expression (scene, self->expression));
  return scene;
}

/* ---- the object ----------------------------------------------------------------------------- */

static const char *
get_string (ScopePastedMessage *self, guint id)
{
  const char *strings[N_PROPS] = {
    [PROP_TEXT] = self->text,           [PROP_FRAMEWORK] = self->framework,
    [PROP_OPERATION] = self->operation, [PROP_AXIS] = self->axis,
    [PROP_SIZES] = self->sizes,         [PROP_QUOTE] = self->quote,
    [PROP_NOTE] = self->note,           [PROP_EXPRESSION] = self->expression,
    [PROP_VERDICT] = self->verdict,     [PROP_PROBLEM] = self->problem,
  };

  return strings[id];
}

static void
scope_pasted_message_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopePastedMessage *self = SCOPE_PASTED_MESSAGE (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_CUT:
      g_value_set_boolean (value, self->cut);
      break;
    case PROP_GUESSED:
      g_value_set_boolean (value, self->guessed);
      break;
    case PROP_DIALECT:
      g_value_set_uint (value, self->dialect);
      break;
    case PROP_TENSORS:
      g_value_set_object (value, self->tensors);
      break;
    case PROP_VERDICT_STATE:
      g_value_set_uint (value, self->verdict_state);
      break;
    case PROP_CAN_REPLACE:
      g_value_set_boolean (value, self->can_replace);
      break;
    default:
      g_value_set_string (value, get_string (self, id));
    }
}

static void
scope_pasted_message_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  ScopePastedMessage *self = SCOPE_PASTED_MESSAGE (object);

  switch (id)
    {
    case PROP_TEXT:
      scope_pasted_message_set_text (self, g_value_get_string (value));
      break;
    case PROP_EXPRESSION:
      scope_pasted_message_set_expression (self, g_value_get_string (value));
      break;
    case PROP_DIALECT:
      scope_pasted_message_set_dialect (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_pasted_message_finalize (GObject *object)
{
  ScopePastedMessage *self = SCOPE_PASTED_MESSAGE (object);

  for (guint id = PROP_0 + 1; id < N_PROPS; id++)
    g_free ((char *)get_string (self, id));
  g_object_unref (self->tensors);

  G_OBJECT_CLASS (scope_pasted_message_parent_class)->finalize (object);
}

static void
scope_pasted_message_class_init (ScopePastedMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags writable = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  static const struct
  {
    int id;
    const char *name;
  } strings[] = {
    { PROP_FRAMEWORK, "framework" }, { PROP_OPERATION, "operation" }, { PROP_AXIS, "axis" },
    { PROP_SIZES, "sizes" },         { PROP_QUOTE, "quote" },         { PROP_NOTE, "note" },
    { PROP_VERDICT, "verdict" },     { PROP_PROBLEM, "problem" },
  };

  object_class->get_property = scope_pasted_message_get_property;
  object_class->set_property = scope_pasted_message_set_property;
  object_class->finalize = scope_pasted_message_finalize;

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[strings[i].id] = g_param_spec_string (strings[i].name, NULL, NULL, NULL, readable);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, writable);
  properties[PROP_EXPRESSION] = g_param_spec_string ("expression", NULL, NULL, NULL, writable);
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_CUT] = g_param_spec_boolean ("cut", NULL, NULL, FALSE, readable);
  properties[PROP_GUESSED] = g_param_spec_boolean ("guessed", NULL, NULL, FALSE, readable);
  properties[PROP_DIALECT] = g_param_spec_uint ("dialect", NULL, NULL, 0, G_MAXUINT, 0, writable);
  properties[PROP_TENSORS] =
      g_param_spec_object ("tensors", NULL, NULL, G_TYPE_LIST_MODEL, readable);
  properties[PROP_VERDICT_STATE] =
      g_param_spec_uint ("verdict-state", NULL, NULL, 0, G_MAXUINT, SCOPE_STATE_UNKNOWN, readable);
  properties[PROP_CAN_REPLACE] = g_param_spec_boolean ("can-replace", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
scope_pasted_message_init (ScopePastedMessage *self)
{
  char **strings[] = { &self->text, &self->framework,  &self->operation,
                       &self->axis, &self->sizes,      &self->quote,
                       &self->note, &self->expression, &self->verdict };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    *strings[i] = g_strdup ("");
  self->verdict_state = SCOPE_STATE_UNKNOWN;
  self->tensors = g_list_store_new (SCOPE_TYPE_PASTED_TENSOR);
}

ScopePastedMessage *
scope_pasted_message_new (void)
{
  return g_object_new (SCOPE_TYPE_PASTED_MESSAGE, NULL);
}
