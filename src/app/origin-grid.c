/* The weights with which a chosen element comes from others, as a small table for each tensor. */
#include "app/origin-grid.h"

#include "scene/number.h"

#include <glib/gi18n.h>
#include <math.h>

enum
{
  MOST = 8,   /* rows and columns of a table */
  LISTED = 6, /* elements told one by one where there is no table */
};

struct _ScopeOriginGrid
{
  GtkWidget parent_instance;

  ScopePicture *picture;
  GSignalGroup *signals;
};

G_DEFINE_FINAL_TYPE (ScopeOriginGrid, scope_origin_grid, GTK_TYPE_WIDGET)

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), css_class == NULL ? 1 : 0.5F);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "monospace");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* "·" for what takes part without a weight. */
static char *
weight_text (double weight)
{
  ScopeText text = { 0 };
  char *copy;

  if (isnan (weight))
    return g_strdup ("·");
  scope_number_print (weight, 3, 1e6, &text);
  copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return copy;
}

static void
attach_index (GtkGrid *grid, GArray *indices, guint i, int column, int row)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, g_array_index (indices, gint64, i));

  gtk_grid_attach (grid, new_label (text, "dim-label"), column, row, 1, 1);
}

static GtkWidget *
new_table (const ScopeOriginTable *table)
{
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());

  gtk_grid_set_column_spacing (grid, 10);
  gtk_grid_set_row_spacing (grid, 2);
  gtk_widget_set_halign (GTK_WIDGET (grid), GTK_ALIGN_START);
  for (guint c = 0; table->column_axis >= 0 && c < table->column->len; c++)
    attach_index (grid, table->column, c, (int)c + 1, 0);
  for (guint r = 0; r < table->row->len; r++)
    {
      if (table->row_axis >= 0)
        attach_index (grid, table->row, r, 0, (int)r + 1);
      for (guint c = 0; c < table->column->len; c++)
        {
          g_autofree char *text = weight_text (table->weight[r * table->column->len + c]);

          gtk_grid_attach (grid, new_label (text, NULL), (int)c + 1, (int)r + 1, 1, 1);
        }
    }
  return GTK_WIDGET (grid);
}

/* `B[0, 0, :, :]`: which elements the table's rows and columns are. */
static char *
table_title (const ScopeOrigins *origins, const ScopeOriginTable *table)
{
  const ScopeNode *node = origins->program->node[table->node];
  g_autoptr (GString) text = g_string_new (NULL);
  const ScopeOrigin *origin = NULL;

  for (guint i = 0; i < origins->leaf->len + origins->step->len && origin == NULL; i++)
    {
      const ScopeOrigin *one =
          i < origins->leaf->len
              ? &g_array_index (origins->leaf, ScopeOrigin, i)
              : &g_array_index (origins->step, ScopeOrigin, i - origins->leaf->len);

      origin = one->node == table->node ? one : NULL;
    }
  if (origin == NULL)
    return NULL;
  g_string_append (text, scope_origins_name (origins, origin));
  for (int axis = 0; axis < node->shape.rank; axis++)
    {
      g_string_append (text, axis == 0 ? "[" : ", ");
      if (axis == table->row_axis || axis == table->column_axis)
        g_string_append_c (text, ':');
      else
        g_string_append_printf (text, "%" G_GINT64_FORMAT, origin->index[axis]);
    }
  if (node->shape.rank > 0)
    g_string_append_c (text, ']');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append (ScopeOriginGrid *self, GtkWidget *child)
{
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

static void
append_text (ScopeOriginGrid *self, const char *text)
{
  GtkWidget *label = new_label (text, "origin");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  append (self, label);
}

/* The table of one tensor or step. FALSE when there is none. */
static gboolean
append_table (ScopeOriginGrid *self, const ScopeOrigins *origins, int node)
{
  ScopeOriginTable *table = scope_origin_table_new (origins, node, MOST);
  g_autofree char *title = NULL;

  if (table == NULL)
    return FALSE;
  title = table_title (origins, table);
  append_text (self, title);
  append (self, new_table (table));
  scope_origin_table_free (table);
  return TRUE;
}

/* Each tensor and step once. */
static void
append_tables (ScopeOriginGrid *self, const ScopeOrigins *origins, const GArray *list)
{
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const ScopeOrigin *origin = &g_array_index (list, ScopeOrigin, i);

      if (scope_origins_name (origins, origin) == NULL
          || !g_hash_table_add (told, GINT_TO_POINTER (origin->node)))
        continue;
      if (!append_table (self, origins, origin->node))
        {
          g_autofree char *summary = scope_origins_summarize (origins, LISTED);

          append_text (self, summary);
          return;
        }
    }
}

static void
rebuild (ScopeOriginGrid *self)
{
  const ScopeOrigins *origins =
      self->picture != NULL ? scope_picture_get_origins (self->picture) : NULL;
  GtkWidget *child;
  gint64 row = -1, column = -1;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  if (self->picture != NULL)
    scope_picture_get_pin (self->picture, &row, &column);
  gtk_widget_set_visible (GTK_WIDGET (self), origins != NULL && row >= 0);
  if (origins == NULL || row < 0)
    return;
  append_text (self, _ ("Pinned: where it comes from"));
  if (origins->leaf->len == 0)
    {
      g_autofree char *summary = scope_origins_summarize (origins, LISTED);

      append_text (self, summary);
    }
  append_tables (self, origins, origins->step);
  append_tables (self, origins, origins->leaf);
}

void
scope_origin_grid_set_picture (ScopeOriginGrid *self, ScopePicture *picture)
{
  g_return_if_fail (SCOPE_IS_ORIGIN_GRID (self));

  if (!g_set_object (&self->picture, picture))
    return;
  g_signal_group_set_target (self->signals, picture);
  rebuild (self);
}

static void
scope_origin_grid_dispose (GObject *object)
{
  ScopeOriginGrid *self = SCOPE_ORIGIN_GRID (object);
  GtkWidget *child;

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->picture);

  G_OBJECT_CLASS (scope_origin_grid_parent_class)->dispose (object);
}

static void
scope_origin_grid_class_init (ScopeOriginGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_origin_grid_dispose;
  gtk_widget_class_set_css_name (widget_class, "origins");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
scope_origin_grid_init (ScopeOriginGrid *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 2);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Where the pinned element comes from"), -1);
  self->signals = g_signal_group_new (SCOPE_TYPE_PICTURE);
  g_signal_group_connect_swapped (self->signals, "notify::origins", G_CALLBACK (rebuild), self);
  g_signal_group_connect_swapped (self->signals, "notify::pin", G_CALLBACK (rebuild), self);
}
