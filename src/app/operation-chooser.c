/* A list of all operations, in groups, to search and choose from. */
#include "app/operation-chooser.h"

#include "model/operation-item.h"

#include <glib/gi18n.h>

struct _ScopeOperationChooser
{
  GtkPopover parent_instance;

  GtkEditable *search;
  GtkListBox *list;
  ScopeDialect dialect;
  gboolean made; /* the list shows the dialect's operations */
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (ScopeOperationChooser, scope_operation_chooser, GTK_TYPE_POPOVER)

static ScopeOperationItem *
get_item (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "operation");
}

/* ---- rows ----------------------------------------------------------------------------------- */

static GtkWidget *
make_row (gpointer object, gpointer data)
{
  ScopeOperationItem *item = object;
  const ScopeOp *op = scope_operation_item_get_op (item);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (NULL), *about = gtk_label_new (op->about);
  g_autofree char *title = g_markup_printf_escaped ("<b>%s</b>  <tt>%s</tt>", op->name,
                                                    scope_operation_item_get_spelling (item));
  g_autofree char *label = g_strdup_printf ("%s: %s", op->name, op->about);

  gtk_label_set_markup (GTK_LABEL (name), title);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (about), 0);
  gtk_label_set_ellipsize (GTK_LABEL (about), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (about, "caption");
  gtk_widget_add_css_class (about, "dim-label");
  gtk_widget_set_tooltip_text (row, op->about);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), about);
  gtk_widget_add_css_class (box, "member");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (row), "operation", g_object_ref (item), g_object_unref);
  return row;
}

static gboolean
is_shown (GtkListBoxRow *row, gpointer data)
{
  ScopeOperationChooser *self = data;

  return scope_operation_item_matches (get_item (row), gtk_editable_get_text (self->search));
}

static void
put_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const char *group = scope_operation_item_get_group (get_item (row));
  GtkWidget *header = NULL;

  if (before == NULL || g_strcmp0 (group, scope_operation_item_get_group (get_item (before))) != 0)
    {
      header = gtk_label_new (group);
      gtk_label_set_xalign (GTK_LABEL (header), 0);
      gtk_widget_add_css_class (header, "heading");
      gtk_widget_add_css_class (header, "group");
    }
  gtk_list_box_row_set_header (row, header);
}

/* ---- choosing ------------------------------------------------------------------------------- */

static void
row_activated (ScopeOperationChooser *self, GtkListBoxRow *row)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, chosen_signal, 0, scope_operation_item_get_op (get_item (row)));
}

static void
search_changed (ScopeOperationChooser *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

/* The first that is shown. */
static void
search_activated (ScopeOperationChooser *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (is_shown (row, self))
      {
        row_activated (self, row);
        return;
      }
  gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
make_list (ScopeOperationChooser *self)
{
  g_autoptr (GListModel) operations = scope_operation_list_new (self->dialect);
  guint n = g_list_model_get_n_items (operations);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL
         && GTK_IS_LIST_BOX_ROW (child))
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ScopeOperationItem) item = g_list_model_get_item (operations, i);

      gtk_list_box_append (self->list, make_row (item, self));
    }
  self->made = TRUE;
}

static void
shown (ScopeOperationChooser *self)
{
  if (!self->made)
    make_list (self);
  gtk_editable_set_text (self->search, "");
  gtk_list_box_invalidate_filter (self->list);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

void
scope_operation_chooser_set_dialect (ScopeOperationChooser *self, ScopeDialect dialect)
{
  g_return_if_fail (SCOPE_IS_OPERATION_CHOOSER (self));

  if (self->dialect == dialect)
    return;
  self->dialect = dialect;
  self->made = FALSE;
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_operation_chooser_dispose (GObject *object)
{
  gtk_popover_set_child (GTK_POPOVER (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), SCOPE_TYPE_OPERATION_CHOOSER);

  G_OBJECT_CLASS (scope_operation_chooser_parent_class)->dispose (object);
}

static void
scope_operation_chooser_class_init (ScopeOperationChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_operation_chooser_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/shapescope/Shapescope/ui/operation-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeOperationChooser, search);
  gtk_widget_class_bind_template_child (widget_class, ScopeOperationChooser, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
  gtk_widget_class_bind_template_callback (widget_class, search_changed);
  gtk_widget_class_bind_template_callback (widget_class, search_activated);
  gtk_widget_class_bind_template_callback (widget_class, shown);

  chosen_signal = g_signal_new ("chosen", SCOPE_TYPE_OPERATION_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
scope_operation_chooser_init (ScopeOperationChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, is_shown, self, NULL);
  gtk_list_box_set_header_func (self->list, put_header, NULL, NULL);
}
