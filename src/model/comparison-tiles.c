/* The tiles of a comparison: adding, moving, changing, removing, and which is the reference. */
#include "model/comparison-private.h"

guint
scope_comparison_count (ScopeComparison *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->tiles));
}

ScopeComparisonTile *
scope_comparison_get_tile (ScopeComparison *self, guint i)
{
  ScopeComparisonTile *tile = g_list_model_get_item (G_LIST_MODEL (self->tiles), i);

  /* The list keeps it. */
  if (tile != NULL)
    g_object_unref (tile);
  return tile;
}

void
scope_comparison_number_tiles (ScopeComparison *self)
{
  for (guint i = 0; i < scope_comparison_count (self); i++)
    {
      ScopeComparisonTile *tile = scope_comparison_get_tile (self, i);

      scope_comparison_tile_set_number (tile, i);
      scope_comparison_tile_set_reference (tile, i == self->reference);
      scope_comparison_tile_update_words (tile);
    }
}

void
scope_comparison_append_tile (ScopeComparison *self, const ScopeRecipe *recipe)
{
  g_autoptr (ScopeComparisonTile) tile = scope_comparison_tile_new (self->evaluator);

  tile->recipe = scope_recipe_valid (*recipe);
  tile->number = scope_comparison_count (self);
  scope_comparison_follow_picture (self, tile);
  g_list_store_append (self->tiles, tile);
}

/* Lets go of a tile that leaves the list. */
void
scope_comparison_forget_tile (ScopeComparisonTile *tile)
{
  scope_comparison_tile_stop (tile);
  g_object_set_data (G_OBJECT (tile), "comparison", NULL);
}

void
scope_comparison_clear_tiles (ScopeComparison *self)
{
  for (guint i = 0; i < scope_comparison_count (self); i++)
    scope_comparison_forget_tile (scope_comparison_get_tile (self, i));
  g_list_store_remove_all (self->tiles);
}

gboolean
scope_comparison_add (ScopeComparison *self, const ScopeRecipe *recipe)
{
  guint i;

  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), FALSE);

  i = scope_comparison_count (self);
  if (i >= SCOPE_COMPARISON_TILES)
    return FALSE;
  scope_comparison_append_tile (self, recipe);
  scope_comparison_number_tiles (self);
  scope_comparison_start_tile (self, scope_comparison_get_tile (self, i));
  return TRUE;
}

/* All are measured against another one. */
static void
change_reference (ScopeComparison *self)
{
  for (guint i = 0; i < scope_comparison_count (self); i++)
    {
      ScopeComparisonTile *tile = scope_comparison_get_tile (self, i);

      g_clear_pointer (&tile->measuring, scope_compare_job_cancel);
      tile->measured = FALSE;
    }
  scope_comparison_number_tiles (self);
  scope_comparison_notify (self, "reference");
  scope_comparison_measure (self);
  scope_comparison_show_all (self);
  scope_comparison_results_changed (self);
}

gboolean
scope_comparison_remove (ScopeComparison *self, guint i)
{
  gboolean reference;

  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), FALSE);

  if (i >= scope_comparison_count (self) || scope_comparison_count (self) <= SCOPE_COMPARISON_LEAST)
    return FALSE;
  reference = i == self->reference;
  scope_comparison_forget_tile (scope_comparison_get_tile (self, i));
  g_list_store_remove (self->tiles, i);
  if (self->reference > i || self->reference >= scope_comparison_count (self))
    self->reference--;
  scope_comparison_number_tiles (self);
  if (reference)
    change_reference (self);
  scope_comparison_update_ranges (self);
  scope_comparison_results_changed (self);
  return TRUE;
}

gboolean
scope_comparison_move (ScopeComparison *self, guint from, guint to)
{
  g_autoptr (GPtrArray) order = NULL;
  ScopeComparisonTile *reference, *tile;
  guint first = MIN (from, to), count = MAX (from, to) - first + 1;

  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), FALSE);

  if (from == to || MAX (from, to) >= scope_comparison_count (self))
    return FALSE;
  tile = scope_comparison_get_tile (self, from);
  reference = scope_comparison_get_tile (self, self->reference);
  order = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = first; i < first + count; i++)
    if (i != from)
      g_ptr_array_add (order, g_object_ref (scope_comparison_get_tile (self, i)));
  g_ptr_array_insert (order, (int)(to - first), g_object_ref (tile));
  g_list_store_splice (self->tiles, first, count, order->pdata, count);
  g_list_store_find (self->tiles, reference, &self->reference);
  scope_comparison_number_tiles (self);
  scope_comparison_notify (self, "reference");
  scope_comparison_results_changed (self);
  return TRUE;
}

/* Another tile stands in its place; what depends on it follows when it has been read. */
static void
change_tile (ScopeComparison *self, ScopeComparisonTile *tile)
{
  scope_comparison_start_tile (self, tile);
  if (tile->number == self->reference)
    change_reference (self);
  scope_comparison_results_changed (self);
}

void
scope_comparison_set_recipe (ScopeComparison *self, guint i, const ScopeRecipe *recipe)
{
  ScopeComparisonTile *tile;
  ScopeRecipe valid = scope_recipe_valid (*recipe);

  g_return_if_fail (SCOPE_IS_COMPARISON (self));

  tile = scope_comparison_get_tile (self, i);
  if (tile == NULL || (!tile->custom && scope_recipe_equal (&tile->recipe, &valid)))
    return;
  tile->recipe = valid;
  tile->custom = FALSE;
  change_tile (self, tile);
}

void
scope_comparison_set_expression (ScopeComparison *self, guint i, const char *expression)
{
  ScopeComparisonTile *tile;

  g_return_if_fail (SCOPE_IS_COMPARISON (self));

  tile = scope_comparison_get_tile (self, i);
  if (tile == NULL || g_strcmp0 (tile->call, expression) == 0)
    return;
  tile->custom = TRUE;
  scope_comparison_tile_take_call (tile, g_strdup (expression));
  change_tile (self, tile);
}

void
scope_comparison_set_reference (ScopeComparison *self, guint i)
{
  g_return_if_fail (SCOPE_IS_COMPARISON (self));

  if (i >= scope_comparison_count (self) || i == self->reference)
    return;
  self->reference = i;
  change_reference (self);
}

guint
scope_comparison_get_reference (ScopeComparison *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), 0);
  return self->reference;
}

GListModel *
scope_comparison_get_tiles (ScopeComparison *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), NULL);
  return G_LIST_MODEL (self->tiles);
}
