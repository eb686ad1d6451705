/* Where an element comes from, in words and as a table of weights. */
#include "model/origins.h"

#include "core/text.h"
#include "scene/number.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

const char *
scope_origins_name (const ScopeOrigins *origins, const ScopeOrigin *origin)
{
  const ScopeNode *node = origins->program->node[origin->node];

  if (scope_node_is_number (node))
    return NULL;
  return node->tensor != NULL ? node->tensor->name : node->name;
}

/* `B[0, 2] × 0.25`; a weight of 1 is not written, one that is none neither. */
static void
print_origin (const ScopeOrigins *origins, const ScopeOrigin *origin, ScopeText *out)
{
  const ScopeNode *node = origins->program->node[origin->node];
  const char *name = scope_origins_name (origins, origin);

  if (name == NULL)
    scope_program_print_span (origins->program, node->span, out);
  else
    scope_text_append (out, name);
  if (node->shape.rank > 0)
    scope_text_append (out, "[");
  for (int axis = 0; axis < node->shape.rank; axis++)
    scope_text_printf (out, axis > 0 ? ", %lld" : "%lld", (long long)origin->index[axis]);
  if (node->shape.rank > 0)
    scope_text_append (out, "]");
  if (isnan (origin->weight) || origin->weight == 1)
    return;
  scope_text_append (out, " × ");
  scope_number_print (origin->weight, 4, 1e6, out);
}

/* Elements of tensors, and numbers that are added; those that multiply are in the others' weights.
 */
static GPtrArray *
find_told (const ScopeOrigins *origins)
{
  GPtrArray *told = g_ptr_array_new ();

  for (guint i = 0; i < origins->leaf->len; i++)
    {
      ScopeOrigin *origin = &g_array_index (origins->leaf, ScopeOrigin, i);

      if (!isnan (origin->weight) || !scope_node_is_number (origins->program->node[origin->node]))
        g_ptr_array_add (told, origin);
    }
  return told;
}

/* Whether some weight says nothing: then commas stand between, not plus signs. */
static gboolean
is_linear (GPtrArray *told)
{
  for (guint i = 0; i < told->len; i++)
    if (isnan (((const ScopeOrigin *)g_ptr_array_index (told, i))->weight))
      return FALSE;
  return TRUE;
}

/* "one of 64 elements: ", where which of them it is was not found out. */
static void
print_choice (const ScopeOrigins *origins, guint count, ScopeText *out)
{
  if (!origins->picks || count < 2)
    return;
  scope_text_printf (
      out,
      origins->complete
          /* TRANSLATORS: a maximum or the like: which of so many it is stays open */
          ? ngettext ("one of %u element: ", "one of %u elements: ", count)
          : ngettext ("one of more than %u element: ", "one of more than %u elements: ", count),
      count);
}

/* What stands there when there is nothing to tell. */
static const char *
nothing_told (const ScopeOrigins *origins)
{
  if (!origins->complete)
    return _ ("it is not known where this comes from");
  /* TRANSLATORS: of an element that padding or the like made up */
  return _ ("invented: it comes from no element");
}

static void
print_rest (const ScopeOrigins *origins, guint count, guint most, ScopeText *out)
{
  if (!origins->complete && count > 0)
    scope_text_append (out, _ (" and more"));
  else if (count > most)
    /* TRANSLATORS: %u more elements that a value comes from */
    scope_text_printf (out, ngettext (" and %u more", " and %u more", count - most), count - most);
}

char *
scope_origins_summarize (const ScopeOrigins *origins, guint most)
{
  g_autoptr (GPtrArray) told = find_told (origins);
  ScopeText text = { 0 };
  const char *between = is_linear (told) ? " + " : ", ";
  char *copy;

  if (told->len == 0)
    scope_text_append (&text, nothing_told (origins));
  print_choice (origins, told->len, &text);
  for (guint i = 0; i < told->len && i < most; i++)
    {
      if (i > 0)
        scope_text_append (&text, between);
      print_origin (origins, g_ptr_array_index (told, i), &text);
    }
  print_rest (origins, told->len, most, &text);
  copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return copy;
}

/* ---- the table ------------------------------------------------------------------------------ */

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

/* The different indices along an axis, ascending; one for an axis of −1. */
static GArray *
indices_along (GPtrArray *origins, int axis)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint kept = 0;

  for (guint i = 0; i < origins->len; i++)
    {
      const ScopeOrigin *origin = g_ptr_array_index (origins, i);
      gint64 index = axis >= 0 ? origin->index[axis] : 0;

      g_array_append_val (found, index);
    }
  g_array_sort (found, compare);
  for (guint i = 0; i < found->len; i++)
    if (i == 0 || g_array_index (found, gint64, i) != g_array_index (found, gint64, i - 1))
      {
        gint64 index = g_array_index (found, gint64, i);

        g_array_index (found, gint64, kept++) = index;
      }
  g_array_set_size (found, kept);
  return found;
}

static int
place_of (GArray *indices, gint64 index)
{
  for (guint i = 0; i < indices->len; i++)
    if (g_array_index (indices, gint64, i) == index)
      return (int)i;
  return -1;
}

/* The last two axes along which the elements differ. FALSE when there are more. */
static gboolean
find_axes (GPtrArray *origins, int rank, int *row_axis, int *column_axis)
{
  const ScopeOrigin *first = g_ptr_array_index (origins, 0);
  int axes = 0;

  *row_axis = *column_axis = -1;
  for (int axis = rank - 1; axis >= 0; axis--)
    {
      gboolean differ = FALSE;

      for (guint i = 1; i < origins->len; i++)
        differ = differ
                 || ((const ScopeOrigin *)g_ptr_array_index (origins, i))->index[axis]
                        != first->index[axis];
      if (!differ)
        continue;
      if (axes == 0)
        *column_axis = axis;
      else
        *row_axis = axis;
      axes++;
    }
  return axes <= 2;
}

static void
fill_table (ScopeOriginTable *table, GPtrArray *origins)
{
  table->weight = g_new0 (double, (gsize)table->row->len * table->column->len);
  for (guint i = 0; i < origins->len; i++)
    {
      const ScopeOrigin *origin = g_ptr_array_index (origins, i);
      int row = place_of (table->row, table->row_axis >= 0 ? origin->index[table->row_axis] : 0);
      int column =
          place_of (table->column, table->column_axis >= 0 ? origin->index[table->column_axis] : 0);

      table->weight[(guint)row * table->column->len + (guint)column] += origin->weight;
    }
}

static GPtrArray *
origins_of (const ScopeOrigins *origins, int node)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < origins->leaf->len; i++)
    if (g_array_index (origins->leaf, ScopeOrigin, i).node == node)
      g_ptr_array_add (found, &g_array_index (origins->leaf, ScopeOrigin, i));
  for (guint i = 0; i < origins->step->len; i++)
    if (g_array_index (origins->step, ScopeOrigin, i).node == node)
      g_ptr_array_add (found, &g_array_index (origins->step, ScopeOrigin, i));
  return found;
}

ScopeOriginTable *
scope_origin_table_new (const ScopeOrigins *origins, int node, guint most)
{
  g_autoptr (GPtrArray) found = origins_of (origins, node);
  ScopeOriginTable *table;
  int row_axis, column_axis;

  if (found->len == 0
      || !find_axes (found, origins->program->node[node]->shape.rank, &row_axis, &column_axis))
    return NULL;
  table = g_new0 (ScopeOriginTable, 1);
  table->node = node;
  table->row_axis = row_axis;
  table->column_axis = column_axis;
  table->row = indices_along (found, row_axis);
  table->column = indices_along (found, column_axis);
  if (table->row->len <= most && table->column->len <= most)
    {
      fill_table (table, found);
      return table;
    }
  scope_origin_table_free (table);
  return NULL;
}

void
scope_origin_table_free (ScopeOriginTable *table)
{
  if (table == NULL)
    return;
  g_array_unref (table->row);
  g_array_unref (table->column);
  g_free (table->weight);
  g_free (table);
}
