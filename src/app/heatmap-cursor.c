/* The one cell of a heatmap that has the focus; the heatmap places and names it. */
#include "app/heatmap-cursor.h"

#define READABLE 48.0 /* CSS pixels of a cell whose value can be read */

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
add_key (GtkWidgetClass *klass, guint key, GdkModifierType modifiers, const char *action)
{
  gtk_widget_class_add_binding_action (klass, key, modifiers, action, NULL);
}

/* Keys that look closer or from further away. */
static void
add_zooms (GtkWidgetClass *klass)
{
  static const struct
  {
    guint key;
    int steps; /* 0: `pixels` an element */
    double pixels;
  } zooms[] = {
    { GDK_KEY_plus, 1, 0 },         { GDK_KEY_equal, 1, 0 },
    { GDK_KEY_KP_Add, 1, 0 },       { GDK_KEY_minus, -1, 0 },
    { GDK_KEY_KP_Subtract, -1, 0 }, { GDK_KEY_0, 0, 0 },
    { GDK_KEY_KP_0, 0, 0 },         { GDK_KEY_1, 0, 1 },
    { GDK_KEY_KP_1, 0, 1 },         { GDK_KEY_2, 0, READABLE },
    { GDK_KEY_KP_2, 0, READABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (zooms); i++)
    if (zooms[i].steps != 0)
      gtk_widget_class_add_binding_action (klass, zooms[i].key, GDK_CONTROL_MASK, "heatmap.zoom",
                                           "i", zooms[i].steps);
    else
      gtk_widget_class_add_binding_action (klass, zooms[i].key, GDK_CONTROL_MASK,
                                           "heatmap.zoom-for", "d", zooms[i].pixels);
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
  add_zooms (widget_class);
  add_key (widget_class, GDK_KEY_Return, 0, "heatmap.pin");
  add_key (widget_class, GDK_KEY_KP_Enter, 0, "heatmap.pin");
  add_key (widget_class, GDK_KEY_space, 0, "heatmap.pin");
  add_key (widget_class, GDK_KEY_Escape, 0, "heatmap.unpin");
  add_key (widget_class, GDK_KEY_n, 0, "heatmap.next-nan");
  add_key (widget_class, GDK_KEY_e, 0, "picture.enlarge");
  add_key (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "heatmap.go-to");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "heatmap.copy",
                                       "s", "value");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_bracketleft, 0, "heatmap.digits", "i",
                                       -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_bracketright, 0, "heatmap.digits", "i",
                                       1);
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
