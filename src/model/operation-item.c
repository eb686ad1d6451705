/* An operation of the table, as a list to search shows it. */
#include "model/operation-item.h"

#include "advice/form.h"
#include "ops/registry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _ScopeOperationItem
{
  GObject parent_instance;

  const ScopeOp *op;
  const char *spelling;
  const char *group;
  char *words; /* all there is to find, in small letters */
};

G_DEFINE_FINAL_TYPE (ScopeOperationItem, scope_operation_item, G_TYPE_OBJECT)

/* In the order of the list; groups that are not here come last. */
static const struct
{
  const char *name, *title;
} groups[] = {
  { "indexing", N_ ("Index and Assign") },
  { "arithmetic", N_ ("Arithmetic") },
  { "comparison", N_ ("Comparison") },
  { "logic", N_ ("Logic") },
  { "product", N_ ("Products") },
  { "joining", N_ ("Join, Repeat and Split") },
  { "reshaping", N_ ("Shape") },
  { "reordering", N_ ("Order of Axes") },
  { "reduction", N_ ("Reductions") },
  { "resampling", N_ ("Resampling") },
  { "selection", N_ ("Selection") },
  { "einops", N_ ("einops") },
  { "layers", N_ ("Layers") },
  { "pooling", N_ ("Pooling") },
  { "activation", N_ ("Activations") },
  { "losses", N_ ("Losses") },
  { "modules", N_ ("Layers of torch.nn") },
  { "functions", N_ ("Functions") },
  { "rounding", N_ ("Rounding") },
  { "bits", N_ ("Bits") },
  { "types and copies", N_ ("Types and Copies") },
  { "creation", N_ ("New Tensors") },
};

static guint
rank_of_group (const char *name)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (groups) && strcmp (groups[i].name, name) != 0)
    i++;
  return i;
}

static void
scope_operation_item_finalize (GObject *object)
{
  g_free (SCOPE_OPERATION_ITEM (object)->words);

  G_OBJECT_CLASS (scope_operation_item_parent_class)->finalize (object);
}

static void
scope_operation_item_class_init (ScopeOperationItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = scope_operation_item_finalize;
}

static void
scope_operation_item_init (ScopeOperationItem *self)
{
}

static ScopeOperationItem *
operation_item_new (const ScopeOp *op, const char *spelling)
{
  ScopeOperationItem *self = g_object_new (SCOPE_TYPE_OPERATION_ITEM, NULL);
  guint group = rank_of_group (op->group);
  g_autoptr (GString) words = g_string_new (op->name);

  for (const ScopeSpelling *other = op->spelling; other->name != NULL; other++)
    g_string_append_printf (words, " %s", other->name);
  g_string_append_printf (words, " %s %s", op->group, op->about);
  self->op = op;
  self->spelling = spelling;
  self->group = group < G_N_ELEMENTS (groups) ? _ (groups[group].title) : op->group;
  self->words = g_utf8_strdown (words->str, -1);
  return self;
}

static int
compare_items (gconstpointer left, gconstpointer right)
{
  const ScopeOperationItem *a = *(ScopeOperationItem *const *)left;
  const ScopeOperationItem *b = *(ScopeOperationItem *const *)right;
  guint rank_a = rank_of_group (a->op->group), rank_b = rank_of_group (b->op->group);

  if (rank_a != rank_b)
    return rank_a < rank_b ? -1 : 1;
  return strcmp (a->op->group, b->op->group);
}

GListModel *
scope_operation_list_new (ScopeDialect dialect)
{
  GListStore *list = g_list_store_new (SCOPE_TYPE_OPERATION_ITEM);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  const ScopeOp *op;

  for (int i = 0; (op = scope_registry_op (i)) != NULL; i++)
    {
      const ScopeSpelling *spelling = scope_form_spelling (op, dialect);

      if (spelling != NULL)
        g_ptr_array_add (items, operation_item_new (op, spelling->name));
    }
  /* Stable: within a group the table's order. */
  g_ptr_array_sort (items, compare_items);
  g_list_store_splice (list, 0, 0, items->pdata, items->len);
  return G_LIST_MODEL (list);
}

const ScopeOp *
scope_operation_item_get_op (ScopeOperationItem *self)
{
  g_return_val_if_fail (SCOPE_IS_OPERATION_ITEM (self), NULL);
  return self->op;
}

const char *
scope_operation_item_get_spelling (ScopeOperationItem *self)
{
  g_return_val_if_fail (SCOPE_IS_OPERATION_ITEM (self), NULL);
  return self->spelling;
}

const char *
scope_operation_item_get_group (ScopeOperationItem *self)
{
  g_return_val_if_fail (SCOPE_IS_OPERATION_ITEM (self), NULL);
  return self->group;
}

gboolean
scope_operation_item_matches (ScopeOperationItem *self, const char *words)
{
  g_autofree char *small = g_utf8_strdown (words, -1);
  g_auto (GStrv) parts = g_strsplit (small, " ", -1);

  g_return_val_if_fail (SCOPE_IS_OPERATION_ITEM (self), FALSE);

  for (guint i = 0; parts[i] != NULL; i++)
    if (strstr (self->words, parts[i]) == NULL)
      return FALSE;
  return TRUE;
}
