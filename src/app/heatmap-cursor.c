/* The one cell of a heatmap that has the focus; the heatmap places and names it. */
#include "app/heatmap-cursor.h"

struct _ScopeHeatmapCursor
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (ScopeHeatmapCursor, scope_heatmap_cursor, GTK_TYPE_WIDGET)

static void
add_move (GtkWidgetClass *klass, guint key, guint keypad, int rows, int columns)
{
  gtk_widget_class_add_binding_action (klass, key, 0, "heatmap.move", "(ii)", rows, columns);
  gtk_widget_class_add_binding_action (klass, keypad, 0, "heatmap.move", "(ii)", rows, columns);
}

static void
add_jump (GtkWidgetClass *klass, guint key, GdkModifierType modifiers, int rows, int columns)
{
  gtk_widget_class_add_binding_action (klass, key, modifiers, "heatmap.jump", "(ii)", rows,
                                       columns);
}

static void
scope_heatmap_cursor_class_init (ScopeHeatmapCursorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_css_name (widget_class, "cursor");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
  add_move (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, -1, 0);
  add_move (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, 1, 0);
  add_move (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, 0, -1);
  add_move (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, 0, 1);
  add_jump (widget_class, GDK_KEY_Home, 0, 0, -1);
  add_jump (widget_class, GDK_KEY_End, 0, 0, 1);
  add_jump (widget_class, GDK_KEY_Home, GDK_CONTROL_MASK, -1, -1);
  add_jump (widget_class, GDK_KEY_End, GDK_CONTROL_MASK, 1, 1);
  add_jump (widget_class, GDK_KEY_Page_Up, 0, -1, 0);
  add_jump (widget_class, GDK_KEY_Page_Down, 0, 1, 0);
}

static void
scope_heatmap_cursor_init (ScopeHeatmapCursor *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
scope_heatmap_cursor_new (void)
{
  return g_object_new (SCOPE_TYPE_HEATMAP_CURSOR, NULL);
}
