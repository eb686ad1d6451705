/* One cell of the list of the worst, in words. */
#include "model/two-tensors-private.h"

struct _ScopeUnequalItem
{
  GObject parent_instance;

  char *text[SCOPE_N_CELL_TEXTS];
};

static const char *const names[SCOPE_N_CELL_TEXTS] = {
  "index", "actual", "desired", "difference", "relative",
};

G_DEFINE_FINAL_TYPE (ScopeUnequalItem, scope_unequal_item, G_TYPE_OBJECT)

static void
scope_unequal_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id >= 1 && id <= SCOPE_N_CELL_TEXTS)
    g_value_set_string (value, SCOPE_UNEQUAL_ITEM (object)->text[id - 1]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
scope_unequal_item_finalize (GObject *object)
{
  ScopeUnequalItem *self = SCOPE_UNEQUAL_ITEM (object);

  for (int i = 0; i < SCOPE_N_CELL_TEXTS; i++)
    g_free (self->text[i]);

  G_OBJECT_CLASS (scope_unequal_item_parent_class)->finalize (object);
}

static void
scope_unequal_item_class_init (ScopeUnequalItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = scope_unequal_item_get_property;
  object_class->finalize = scope_unequal_item_finalize;
  for (guint i = 0; i < SCOPE_N_CELL_TEXTS; i++)
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

ScopeUnequalItem *
scope_unequal_item_new (const ScopeUnequalCell *cell, int rank)
{
  ScopeUnequalItem *self = g_object_new (SCOPE_TYPE_UNEQUAL_ITEM, NULL);

  for (int i = 0; i < SCOPE_N_CELL_TEXTS; i++)
    {
      ScopeText text = { 0 };

      scope_closeness_print_cell (cell, rank, (ScopeCellText)i, &text);
      self->text[i] = steal (&text);
    }
  return self;
}

const char *
scope_unequal_item_get_text (ScopeUnequalItem *self, int i)
{
  return self->text[i];
}
