/* One cell of the list of the worst, in words. */
#include "model/two-tensors-private.h"

struct _ScopeUnequalItem
{
  GObject parent_instance;

  char *text[SCOPE_N_UNEQUAL_TEXTS];
};

static const char *const names[SCOPE_N_UNEQUAL_TEXTS] = {
  "index", "actual", "desired", "difference", "relative",
};

G_DEFINE_FINAL_TYPE (ScopeUnequalItem, scope_unequal_item, G_TYPE_OBJECT)

static void
scope_unequal_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id >= 1 && id <= SCOPE_N_UNEQUAL_TEXTS)
    g_value_set_string (value, SCOPE_UNEQUAL_ITEM (object)->text[id - 1]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_unequal_item_finalize (GObject *object)
{
  ScopeUnequalItem *self = SCOPE_UNEQUAL_ITEM (object);

  for (int i = 0; i < SCOPE_N_UNEQUAL_TEXTS; i++)
    g_free (self->text[i]);

  G_OBJECT_CLASS (scope_unequal_item_parent_class)->finalize (object);
}

static void
scope_unequal_item_class_init (ScopeUnequalItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = scope_unequal_item_get_property;
  object_class->finalize = scope_unequal_item_finalize;
  for (guint i = 0; i < SCOPE_N_UNEQUAL_TEXTS; i++)
    g_object_class_install_property (
        object_class, i + 1,
        g_param_spec_string (names[i], NULL, NULL, NULL,
                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
scope_unequal_item_init (ScopeUnequalItem *self)
{
}

/* ---- the texts ------------------------------------------------------------------------------ */

static char *
steal (ScopeText *text)
{
  char *copy = g_strdup (scope_text_string (text));

  scope_text_clear (text);
  return copy;
}

char *
scope_unequal_index (const gint64 *index, int rank)
{
  GString *text = g_string_new ("[");

  for (int axis = 0; axis < rank; axis++)
    g_string_append_printf (text, axis > 0 ? ", %" G_GINT64_FORMAT : "%" G_GINT64_FORMAT,
                            index[axis]);
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

/* What a float32 holds as a float32 is written, so that 0.1 is not 0.10000000149011612. */
static void
append_shortest (ScopeText *text, double value)
{
  if ((double)(float)value == value)
    scope_text_append_float (text, (float)value);
  else
    scope_text_append_double (text, value);
}

/* As NumPy writes it: a complex number with its imaginary part. */
static char *
number (double real, double imaginary)
{
  ScopeText text = { 0 };

  append_shortest (&text, real);
  if (imaginary != 0)
    {
      scope_text_append (&text, imaginary < 0 ? " - " : " + ");
      append_shortest (&text, imaginary < 0 ? -imaginary : imaginary);
      scope_text_append (&text, "j");
    }
  return steal (&text);
}

static char *
rounded (double value)
{
  ScopeText text = { 0 };

  if (value != value)
    return g_strdup ("–");
  scope_text_append_rounded (&text, value, 6);
  return steal (&text);
}

ScopeUnequalItem *
scope_unequal_item_new (const ScopeUnequalCell *cell, int rank)
{
  ScopeUnequalItem *self = g_object_new (SCOPE_TYPE_UNEQUAL_ITEM, NULL);
  const ScopeCellPair *pair = &cell->pair;

  self->text[0] = scope_unequal_index (cell->index, rank);
  self->text[1] = number (pair->actual, pair->actual_imaginary);
  self->text[2] = number (pair->desired, pair->desired_imaginary);
  self->text[3] = rounded (pair->difference);
  self->text[4] = rounded (pair->relative);
  return self;
}

const char *
scope_unequal_item_get_text (ScopeUnequalItem *self, int i)
{
  return self->text[i];
}
