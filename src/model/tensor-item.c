/* One tensor of the session as a card edits it: what stands in its fields, right or wrong. */
#include "model/tensor-item.h"

#include "core/checked.h"
#include "model/session.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

struct _ScopeTensorItem
{
  GObject parent_instance;

  ScopeSession *session; /* not owned; NULL once disowned */
  guint index;
  char *name;
  char *text;
  char *origin; /* what the scene says, of the last sync */
  char *problem;
  int problem_begin, problem_end;
  gboolean generated; /* made up from its index: fill and dtype can be chosen */
  ScopeFill fill;
  ScopeDtype dtype;
  char *axis_names;
  char *facts;
  char *file_name; /* NULL when it is not from a file */
  char *role;
};

enum
{
  PROP_0,
  PROP_INDEX,
  PROP_NAME,
  PROP_TEXT,
  PROP_PROBLEM,
  PROP_PROBLEM_BEGIN,
  PROP_PROBLEM_END,
  PROP_GENERATED,
  PROP_FILL,
  PROP_DTYPE,
  PROP_AXIS_NAMES,
  PROP_FACTS,
  PROP_FILE_NAME,
  PROP_ROLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeTensorItem, scope_tensor_item, G_TYPE_OBJECT)

static void
notify (ScopeTensorItem *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static gboolean
store_string (ScopeTensorItem *self, char **field, const char *value, int property)
{
  if (g_strcmp0 (*field, value) == 0)
    return FALSE;

  g_free (*field);
  *field = g_strdup (value);
  notify (self, property);
  return TRUE;
}

char *
scope_tensor_text_compose (ScopeFill fill, ScopeDtype dtype, const ScopeShape *shape)
{
  ScopeText text = { 0 };
  char *copy;

  scope_text_append (&text, scope_fill_name (fill.kind));
  if (!isnan (fill.parameter))
    {
      scope_text_append (&text, "(");
      if (fill.parameter == floor (fill.parameter) && fabs (fill.parameter) < 1e15)
        scope_text_printf (&text, "%" G_GINT64_FORMAT, (gint64)fill.parameter);
      else
        scope_text_append_double (&text, fill.parameter);
      scope_text_append (&text, ")");
    }
  scope_text_printf (&text, ":%s", scope_dtype_name (dtype));
  scope_shape_print (shape, SCOPE_SHAPE_LIST, &text);
  copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);

  return copy;
}

/* ---- what the scene says -------------------------------------------------------------------- */

static char *
facts_of (const ScopeTensor *tensor)
{
  g_autofree char *number = NULL;
  g_autofree char *count_text = NULL;
  g_autofree char *size_text = NULL;
  gint64 count, bytes;

  if (!scope_shape_is_known (&tensor->shape))
    return g_strdup (_ ("A size is not known"));
  if (!scope_shape_count (&tensor->shape, &count, NULL))
    return g_strdup (_ ("More values than can be counted"));

  number = g_strdup_printf ("%'" G_GINT64_FORMAT, count);
  /* TRANSLATORS: the number of a tensor's elements, its thousands grouped as the language does */
  count_text = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s value", "%s values", (gulong)count), number);
  if (!scope_checked_mul (count, (gint64)scope_dtype_bytes (tensor->dtype), &bytes))
    return g_steal_pointer (&count_text);
  size_text = g_format_size_full ((guint64)bytes, G_FORMAT_SIZE_IEC_UNITS);

  return g_strdup_printf ("%s · %s", count_text, size_text);
}

static char *
file_name_of (const ScopeSceneTensor *tensor)
{
  return tensor->file ? g_path_get_basename (tensor->origin) : NULL;
}

/* Whether what stands in the entry, with the chosen fill and type, already says `origin`. */
static gboolean
text_says (ScopeTensorItem *self, const char *origin)
{
  ScopeTensorText parsed;
  g_autofree char *composed = NULL;

  if (self->text == NULL)
    return FALSE;
  if (strcmp (self->text, origin) == 0)
    return TRUE;
  if (!scope_tensor_text_parse (self->text, strlen (self->text), &parsed, NULL))
    return FALSE;
  composed =
      scope_tensor_text_compose (parsed.has_fill ? parsed.fill : self->fill,
                                 parsed.has_dtype ? parsed.dtype : self->dtype, &parsed.shape);
  return strcmp (composed, origin) == 0;
}

static char *
text_for (const ScopeSceneTensor *tensor, gboolean generated)
{
  ScopeText text = { 0 };
  char *copy;

  if (!generated)
    return g_strdup (tensor->origin);
  scope_shape_print (&tensor->tensor->shape, SCOPE_SHAPE_LIST, &text);
  copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return copy;
}

static void
sync_kind (ScopeTensorItem *self, const ScopeSceneTensor *tensor)
{
  ScopeTensorText parsed;
  gboolean generated =
      !tensor->file
      && scope_tensor_text_parse (tensor->origin, strlen (tensor->origin), &parsed, NULL);

  self->dtype = tensor->tensor->dtype;
  if (generated)
    self->fill = parsed.fill;
  if (self->generated != generated)
    {
      self->generated = generated;
      notify (self, PROP_GENERATED);
    }
  notify (self, PROP_FILL);
  notify (self, PROP_DTYPE);
}

static void
sync_text (ScopeTensorItem *self, const ScopeSceneTensor *tensor)
{
  g_autofree char *text = NULL;

  if (text_says (self, tensor->origin))
    return;
  text = text_for (tensor, self->generated);
  store_string (self, &self->text, text, PROP_TEXT);
}

void
scope_tensor_item_reset (ScopeTensorItem *self)
{
  g_return_if_fail (SCOPE_IS_TENSOR_ITEM (self));

  g_clear_pointer (&self->origin, g_free);
  scope_tensor_item_set_problem (self, NULL);
}

void
scope_tensor_item_sync (ScopeTensorItem *self, const ScopeSceneTensor *tensor)
{
  g_autofree char *facts = facts_of (tensor->tensor);
  g_autofree char *file_name = file_name_of (tensor);

  g_return_if_fail (SCOPE_IS_TENSOR_ITEM (self));

  store_string (self, &self->name, tensor->tensor->name, PROP_NAME);
  sync_kind (self, tensor);
  /* A wrong text stays to be mended when it was something else that changed. */
  if (self->problem == NULL || g_strcmp0 (self->origin, tensor->origin) != 0)
    {
      sync_text (self, tensor);
      scope_tensor_item_set_problem (self, NULL);
    }
  g_free (self->origin);
  self->origin = g_strdup (tensor->origin);
  store_string (self, &self->axis_names, tensor->axis_names, PROP_AXIS_NAMES);
  store_string (self, &self->facts, facts, PROP_FACTS);
  store_string (self, &self->file_name, file_name, PROP_FILE_NAME);
}

/* The sentence as it stands alone: with a capital. Free with g_free. */
static char *
begin_sentence (const char *sentence)
{
  char first[8] = { 0 };

  g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (sentence)), first);
  return g_strconcat (first, sentence[0] != '\0' ? g_utf8_next_char (sentence) : "", NULL);
}

void
scope_tensor_item_set_problem (ScopeTensorItem *self, const ScopeError *error)
{
  g_autofree char *sentence = error != NULL ? begin_sentence (error->sentence) : NULL;

  g_return_if_fail (SCOPE_IS_TENSOR_ITEM (self));

  self->problem_begin = error != NULL ? (int)error->begin : -1;
  self->problem_end = error != NULL ? (int)error->end : -1;
  notify (self, PROP_PROBLEM_BEGIN);
  notify (self, PROP_PROBLEM_END);
  store_string (self, &self->problem, sentence, PROP_PROBLEM);
}

void
scope_tensor_item_set_role (ScopeTensorItem *self, const char *role)
{
  g_return_if_fail (SCOPE_IS_TENSOR_ITEM (self));

  store_string (self, &self->role, role, PROP_ROLE);
}

/* ---- what the card says --------------------------------------------------------------------- */

void
scope_tensor_item_set_text (ScopeTensorItem *self, const char *text)
{
  g_return_if_fail (SCOPE_IS_TENSOR_ITEM (self));

  if (store_string (self, &self->text, text, PROP_TEXT) && self->session != NULL)
    scope_session_edit_tensor (self->session, self->index, text);
}

static void
set_name (ScopeTensorItem *self, const char *name)
{
  if (g_strcmp0 (self->name, name) == 0 || self->session == NULL)
    return;
  /* A name that is refused goes back to what it was. */
  if (!scope_session_rename_tensor (self->session, self->index, name))
    notify (self, PROP_NAME);
}

static void
set_fill (ScopeTensorItem *self, guint kind)
{
  ScopeFill fill = { .kind = kind, .parameter = NAN };

  if (kind >= SCOPE_N_FILLS || self->session == NULL
      || (self->generated && self->fill.kind == kind))
    return;
  scope_session_set_tensor_fill (self->session, self->index, fill);
}

static void
set_dtype (ScopeTensorItem *self, guint dtype)
{
  if (dtype >= SCOPE_N_DTYPES || self->session == NULL || !self->generated || self->dtype == dtype)
    return;
  scope_session_set_tensor_dtype (self->session, self->index, dtype);
}

static void
set_axis_names (ScopeTensorItem *self, const char *names)
{
  if (store_string (self, &self->axis_names, names, PROP_AXIS_NAMES) && self->session != NULL)
    scope_session_set_axis_names (self->session, self->index, names);
}

void
scope_tensor_item_disown (ScopeTensorItem *self)
{
  g_return_if_fail (SCOPE_IS_TENSOR_ITEM (self));
  self->session = NULL;
}

guint
scope_tensor_item_get_index (ScopeTensorItem *self)
{
  g_return_val_if_fail (SCOPE_IS_TENSOR_ITEM (self), 0);
  return self->index;
}

const char *
scope_tensor_item_get_name (ScopeTensorItem *self)
{
  g_return_val_if_fail (SCOPE_IS_TENSOR_ITEM (self), NULL);
  return self->name;
}

const char *
scope_tensor_item_get_text (ScopeTensorItem *self)
{
  g_return_val_if_fail (SCOPE_IS_TENSOR_ITEM (self), NULL);
  return self->text;
}

const char *
scope_tensor_item_get_problem (ScopeTensorItem *self)
{
  g_return_val_if_fail (SCOPE_IS_TENSOR_ITEM (self), NULL);
  return self->problem;
}

ScopeFill
scope_tensor_item_get_fill (ScopeTensorItem *self)
{
  return self->fill;
}

ScopeDtype
scope_tensor_item_get_dtype (ScopeTensorItem *self)
{
  return self->dtype;
}

gboolean
scope_tensor_item_get_generated (ScopeTensorItem *self)
{
  return self->generated;
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_tensor_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeTensorItem *self = SCOPE_TENSOR_ITEM (object);

  switch (id)
    {
    case PROP_INDEX:
      g_value_set_uint (value, self->index);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_PROBLEM_BEGIN:
      g_value_set_int (value, self->problem_begin);
      break;
    case PROP_PROBLEM_END:
      g_value_set_int (value, self->problem_end);
      break;
    case PROP_GENERATED:
      g_value_set_boolean (value, self->generated);
      break;
    case PROP_FILL:
      g_value_set_uint (value, self->generated ? self->fill.kind : G_MAXUINT);
      break;
    case PROP_DTYPE:
      g_value_set_uint (value, self->dtype);
      break;
    case PROP_AXIS_NAMES:
      g_value_set_string (value, self->axis_names);
      break;
    case PROP_FACTS:
      g_value_set_string (value, self->facts);
      break;
    case PROP_FILE_NAME:
      g_value_set_string (value, self->file_name);
      break;
    case PROP_ROLE:
      g_value_set_string (value, self->role);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_tensor_item_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopeTensorItem *self = SCOPE_TENSOR_ITEM (object);

  switch (id)
    {
    case PROP_NAME:
      set_name (self, g_value_get_string (value));
      break;
    case PROP_TEXT:
      scope_tensor_item_set_text (self, g_value_get_string (value));
      break;
    case PROP_FILL:
      set_fill (self, g_value_get_uint (value));
      break;
    case PROP_DTYPE:
      set_dtype (self, g_value_get_uint (value));
      break;
    case PROP_AXIS_NAMES:
      set_axis_names (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_tensor_item_finalize (GObject *object)
{
  ScopeTensorItem *self = SCOPE_TENSOR_ITEM (object);

  g_free (self->name);
  g_free (self->text);
  g_free (self->origin);
  g_free (self->problem);
  g_free (self->axis_names);
  g_free (self->facts);
  g_free (self->file_name);
  g_free (self->role);

  G_OBJECT_CLASS (scope_tensor_item_parent_class)->finalize (object);
}

static GParamSpec *
string_property (const char *name, GParamFlags flags)
{
  return g_param_spec_string (name, NULL, NULL, NULL,
                              flags | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static GParamSpec *
choice_property (const char *name)
{
  return g_param_spec_uint (name, NULL, NULL, 0, G_MAXUINT, G_MAXUINT,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static GParamSpec *
place_property (const char *name)
{
  return g_param_spec_int (name, NULL, NULL, -1, G_MAXINT, -1,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
scope_tensor_item_class_init (ScopeTensorItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = scope_tensor_item_get_property;
  object_class->set_property = scope_tensor_item_set_property;
  object_class->finalize = scope_tensor_item_finalize;

  properties[PROP_INDEX] = g_param_spec_uint ("index", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] = string_property ("name", G_PARAM_READWRITE);
  properties[PROP_TEXT] = string_property ("text", G_PARAM_READWRITE);
  properties[PROP_PROBLEM] = string_property ("problem", G_PARAM_READABLE);
  properties[PROP_PROBLEM_BEGIN] = place_property ("problem-begin");
  properties[PROP_PROBLEM_END] = place_property ("problem-end");
  properties[PROP_GENERATED] = g_param_spec_boolean ("generated", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FILL] = choice_property ("fill");
  properties[PROP_DTYPE] = choice_property ("dtype");
  properties[PROP_AXIS_NAMES] = string_property ("axis-names", G_PARAM_READWRITE);
  properties[PROP_FACTS] = string_property ("facts", G_PARAM_READABLE);
  properties[PROP_FILE_NAME] = string_property ("file-name", G_PARAM_READABLE);
  properties[PROP_ROLE] = string_property ("role", G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
scope_tensor_item_init (ScopeTensorItem *self)
{
  self->problem_begin = self->problem_end = -1;
}

ScopeTensorItem *
scope_tensor_item_new (ScopeSession *session, guint index)
{
  ScopeTensorItem *self = g_object_new (SCOPE_TYPE_TENSOR_ITEM, NULL);

  self->session = session;
  self->index = index;
  return self;
}
