/* One cell of the alignment: what the keyboard and assistive technology meet; it is drawn by the
 * view. */
#include "app/axis-cell.h"

struct _ScopeAxisCell
{
  GtkWidget parent_instance;

  int row, column;
  char *label;
};

G_DEFINE_FINAL_TYPE (ScopeAxisCell, scope_axis_cell, GTK_TYPE_WIDGET)

void
scope_axis_cell_set_place (ScopeAxisCell *self, int row, int column)
{
  g_return_if_fail (SCOPE_IS_AXIS_CELL (self));

  self->row = row;
  self->column = column;
}

int
scope_axis_cell_get_row (ScopeAxisCell *self)
{
  g_return_val_if_fail (SCOPE_IS_AXIS_CELL (self), -1);
  return self->row;
}

int
scope_axis_cell_get_column (ScopeAxisCell *self)
{
  g_return_val_if_fail (SCOPE_IS_AXIS_CELL (self), -1);
  return self->column;
}

void
scope_axis_cell_describe (ScopeAxisCell *self, const char *label, gboolean fails)
{
  g_return_if_fail (SCOPE_IS_AXIS_CELL (self));

  if (g_strcmp0 (self->label, label) == 0)
    return;
  g_free (self->label);
  self->label = g_strdup (label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID,
                               fails ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

const char *
scope_axis_cell_get_label (ScopeAxisCell *self)
{
  g_return_val_if_fail (SCOPE_IS_AXIS_CELL (self), NULL);
  return self->label;
}

static void
scope_axis_cell_finalize (GObject *object)
{
  g_free (SCOPE_AXIS_CELL (object)->label);
  G_OBJECT_CLASS (scope_axis_cell_parent_class)->finalize (object);
}

static void
add_size_key (GtkWidgetClass *klass, guint key, int by)
{
  gtk_widget_class_add_binding_action (klass, key, 0, "axis.resize", "i", by);
}

static void
scope_axis_cell_class_init (ScopeAxisCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = scope_axis_cell_finalize;

  gtk_widget_class_set_css_name (widget_class, "axiscell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
  /* The actions are the view's: they act on the cell that has the focus. */
  add_size_key (widget_class, GDK_KEY_Up, 1);
  add_size_key (widget_class, GDK_KEY_KP_Up, 1);
  add_size_key (widget_class, GDK_KEY_Down, -1);
  add_size_key (widget_class, GDK_KEY_KP_Down, -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, 0, "axis.insert", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "axis.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "axis.move", "i",
                                       -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "axis.move", "i",
                                       1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "axis.menu",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "axis.menu", NULL);
}

static void
scope_axis_cell_init (ScopeAxisCell *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

GtkWidget *
scope_axis_cell_new (void)
{
  return g_object_new (SCOPE_TYPE_AXIS_CELL, NULL);
}
