/* The form in a tile's menu. */
#include "app/tile-editor.h"

#include "app/template.h"
#include "app/tile-card.h"

#include <glib/gi18n.h>

struct _ScopeTileEditor
{
  GtkWidget parent_instance;

  ScopeComparison *comparison;
  ScopeComparisonTile *tile;
  GtkDropDown *library;
  GtkDropDown *mode;
  GtkWidget *align_corners;
  GtkWidget *antialias;
  GtkWidget *expression;
  int modes_of;     /* the library whose modes are listed; −1: none yet */
  gboolean filling; /* what changes is not the user's doing */
};

G_DEFINE_FINAL_TYPE (ScopeTileEditor, scope_tile_editor, GTK_TYPE_WIDGET)

static void
fill_libraries (ScopeTileEditor *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (int i = 0; i < SCOPE_N_LIBRARIES; i++)
    gtk_string_list_append (list, i == SCOPE_LIBRARY_FILTERS
                                      ? _ ("Other filters")
                                      : scope_library_name ((ScopeLibrary)i));
  gtk_drop_down_set_model (self->library, G_LIST_MODEL (list));
}

static void
fill_modes (ScopeTileEditor *self, ScopeLibrary library)
{
  g_autoptr (GtkStringList) list = NULL;

  if (self->modes_of == (int)library)
    return;
  self->modes_of = (int)library;
  list = gtk_string_list_new (NULL);
  for (int i = 0; i < scope_library_modes (library); i++)
    gtk_string_list_append (list, scope_library_mode (library, i));
  gtk_drop_down_set_model (self->mode, G_LIST_MODEL (list));
}

/* Shows what the tile is. */
static void
fill (ScopeTileEditor *self)
{
  ScopeRecipe recipe;
  gboolean known = scope_comparison_tile_get_recipe (self->tile, &recipe);
  const char *call = scope_comparison_tile_get_call (self->tile);

  self->filling = TRUE;
  gtk_drop_down_set_selected (self->library, (guint)recipe.library);
  fill_modes (self, recipe.library);
  gtk_drop_down_set_selected (self->mode, (guint)recipe.mode);
  gtk_widget_set_sensitive (self->align_corners, known && scope_recipe_can_align (&recipe));
  gtk_widget_set_sensitive (self->antialias, known && scope_recipe_can_antialias (&recipe));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->align_corners), recipe.align_corners);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->antialias), recipe.antialias);
  gtk_editable_set_text (GTK_EDITABLE (self->expression), call != NULL ? call : "");
  self->filling = FALSE;
}

/* Makes the tile what the form says. */
static void
changed (ScopeTileEditor *self)
{
  ScopeRecipe recipe;

  if (self->filling)
    return;
  recipe = (ScopeRecipe){
    .library = (ScopeLibrary)gtk_drop_down_get_selected (self->library),
    .mode = (int)gtk_drop_down_get_selected (self->mode),
    .align_corners = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->align_corners)),
    .antialias = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->antialias)),
  };
  scope_comparison_set_recipe (self->comparison, scope_comparison_tile_get_number (self->tile),
                               &recipe);
  fill (self);
}

static void
library_changed (ScopeTileEditor *self)
{
  if (self->filling)
    return;
  /* A mode of another library means nothing here: the first one. */
  self->filling = TRUE;
  fill_modes (self, (ScopeLibrary)gtk_drop_down_get_selected (self->library));
  gtk_drop_down_set_selected (self->mode, 0);
  self->filling = FALSE;
  changed (self);
}

static void
expression_activated (ScopeTileEditor *self)
{
  scope_comparison_set_expression (self->comparison, scope_comparison_tile_get_number (self->tile),
                                   gtk_editable_get_text (GTK_EDITABLE (self->expression)));
  fill (self);
}

static void
close_menu (ScopeTileEditor *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

/* Whose menu it is, kept alive while it is moved or removed. */
static GtkWidget *
card_of (ScopeTileEditor *self)
{
  GtkWidget *card = gtk_widget_get_ancestor (GTK_WIDGET (self), SCOPE_TYPE_TILE_CARD);

  return card != NULL ? g_object_ref (card) : NULL;
}

static void
make_reference (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTileEditor *self = SCOPE_TILE_EDITOR (widget);

  scope_comparison_set_reference (self->comparison, scope_comparison_tile_get_number (self->tile));
  close_menu (self);
}

static void
remove_tile (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ScopeTileEditor *self = SCOPE_TILE_EDITOR (widget);
  g_autoptr (GtkWidget) card = card_of (self);

  close_menu (self);
  if (card != NULL)
    gtk_widget_activate_action (card, "tile.remove", NULL);
  else
    scope_comparison_remove (self->comparison, scope_comparison_tile_get_number (self->tile));
}

static void
move_tile (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (GtkWidget) card = card_of (SCOPE_TILE_EDITOR (widget));

  close_menu (SCOPE_TILE_EDITOR (widget));
  if (card != NULL)
    gtk_widget_activate_action_variant (card, "tile.move", parameter);
}

static void
scope_tile_editor_dispose (GObject *object)
{
  ScopeTileEditor *self = SCOPE_TILE_EDITOR (object);

  self->filling = TRUE;
  scope_template_dispose (GTK_WIDGET (self), SCOPE_TYPE_TILE_EDITOR);
  g_clear_object (&self->tile);
  g_clear_object (&self->comparison);

  G_OBJECT_CLASS (scope_tile_editor_parent_class)->dispose (object);
}

static void
scope_tile_editor_class_init (ScopeTileEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = scope_tile_editor_dispose;
  gtk_widget_class_install_action (widget_class, "editor.make-reference", NULL, make_reference);
  gtk_widget_class_install_action (widget_class, "editor.remove", NULL, remove_tile);
  gtk_widget_class_install_action (widget_class, "editor.move", "i", move_tile);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shapescope/Shapescope/ui/tile-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, ScopeTileEditor, library);
  gtk_widget_class_bind_template_child (widget_class, ScopeTileEditor, mode);
  gtk_widget_class_bind_template_child (widget_class, ScopeTileEditor, align_corners);
  gtk_widget_class_bind_template_child (widget_class, ScopeTileEditor, antialias);
  gtk_widget_class_bind_template_child (widget_class, ScopeTileEditor, expression);
  gtk_widget_class_bind_template_callback (widget_class, changed);
  gtk_widget_class_bind_template_callback (widget_class, library_changed);
  gtk_widget_class_bind_template_callback (widget_class, expression_activated);
}

static void
scope_tile_editor_init (ScopeTileEditor *self)
{
  self->filling = TRUE;
  self->modes_of = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_libraries (self);
}

GtkWidget *
scope_tile_editor_new (ScopeComparison *comparison, ScopeComparisonTile *tile)
{
  ScopeTileEditor *self = g_object_new (SCOPE_TYPE_TILE_EDITOR, NULL);
  guint tiles = g_list_model_get_n_items (scope_comparison_get_tiles (comparison));

  self->comparison = g_object_ref (comparison);
  self->tile = g_object_ref (tile);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.remove",
                                 tiles > SCOPE_COMPARISON_LEAST);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.make-reference",
                                 !scope_comparison_tile_get_is_reference (tile));
  fill (self);
  return GTK_WIDGET (self);
}
