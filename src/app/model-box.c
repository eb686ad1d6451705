/* A box whose children follow a list model; how they stand is its layout manager's affair. */
#include "app/model-box.h"

struct _ScopeModelBox
{
  GtkWidget parent_instance;

  GListModel *model;
  gulong changed;
  ScopeMakeChild make;
  gpointer data;
};

G_DEFINE_FINAL_TYPE (ScopeModelBox, scope_model_box, GTK_TYPE_WIDGET)

static GtkWidget *
nth_child (ScopeModelBox *self, guint n)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  while (child != NULL && n-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static void
items_changed (GListModel *model, guint position, guint removed, guint added, ScopeModelBox *self)
{
  GtkWidget *at = nth_child (self, position);

  while (removed-- > 0 && at != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (at);

      gtk_widget_unparent (at);
      at = next;
    }
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, position + i);

      gtk_widget_insert_before (self->make (item, self->data), GTK_WIDGET (self), at);
    }
}

void
scope_model_box_bind (ScopeModelBox *self, GListModel *model, ScopeMakeChild make, gpointer data)
{
  GtkWidget *child;

  g_return_if_fail (SCOPE_IS_MODEL_BOX (self));

  if (self->model != NULL)
    g_clear_signal_handler (&self->changed, self->model);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  g_set_object (&self->model, model);
  self->make = make;
  self->data = data;
  if (model == NULL)
    return;
  self->changed =
      g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed), self, 0);
  items_changed (model, 0, 0, g_list_model_get_n_items (model), self);
}

static void
scope_model_box_dispose (GObject *object)
{
  scope_model_box_bind (SCOPE_MODEL_BOX (object), NULL, NULL, NULL);

  G_OBJECT_CLASS (scope_model_box_parent_class)->dispose (object);
}

static void
scope_model_box_class_init (ScopeModelBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = scope_model_box_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
scope_model_box_init (ScopeModelBox *self)
{
}
