/* What tiles show: values or differences, in one range of colours, with one cursor. */
#include "model/comparison-private.h"

#include <math.h>

/* ---- pictures ------------------------------------------------------------------------------- */

static ScopeDifference
difference_of (ScopeCompareView view)
{
  return view == SCOPE_COMPARE_DIFFERENCE ? SCOPE_DIFFERENCE_SIGNED
         : view == SCOPE_COMPARE_ABSOLUTE ? SCOPE_DIFFERENCE_ABSOLUTE
                                          : SCOPE_DIFFERENCE_OVERSHOOT;
}

static gboolean
is_difference (ScopeCompareView view)
{
  return view == SCOPE_COMPARE_DIFFERENCE || view == SCOPE_COMPARE_ABSOLUTE
         || view == SCOPE_COMPARE_OVERSHOOT;
}

static void
show_values (ScopePicture *picture, const ScopeTile *tile)
{
  ScopeSubject subject = scope_tile_subject (tile);

  /* Programs are immutable; a picture only takes a reference. */
  scope_picture_show (picture, (ScopeProgram *)subject.program, subject.node, tile->title);
}

static void
show_difference (ScopeComparison *self, ScopeComparisonTile *tile, ScopeTile *reference)
{
  ScopeDifference difference = difference_of (self->view);
  ScopeError error = { 0 };
  ScopeProgram *program;
  g_autofree char *name = NULL;

  /* A few cells among many must not drown in a mean. */
  scope_picture_set_aggregate (tile->picture, SCOPE_AGGREGATE_EXTREME);
  program = scope_tile_difference (tile->tile, reference, difference, self->options.low,
                                   self->options.high, &error);
  if (program == NULL)
    {
      scope_comparison_tile_show (tile, NULL, 0, tile->title, error.sentence);
      return;
    }
  if (difference == SCOPE_DIFFERENCE_OVERSHOOT)
    name = g_strdup (tile->title);
  else if (difference == SCOPE_DIFFERENCE_SIGNED)
    name = g_strdup_printf ("(%s − %s)", tile->title, reference->title);
  else
    name = g_strdup_printf ("|%s − %s|", tile->title, reference->title);
  scope_comparison_tile_show (tile, program, program->result, name, NULL);
  scope_program_unref (program);
}

void
scope_comparison_show_tile (ScopeComparison *self, ScopeComparisonTile *tile)
{
  ScopeComparisonTile *reference = scope_comparison_get_tile (self, self->reference);
  gboolean overshoot = self->view == SCOPE_COMPARE_OVERSHOOT;
  gboolean other = self->view == SCOPE_COMPARE_WIPE || self->view == SCOPE_COMPARE_FLICKER;
  ScopeSubject values;

  if (!tile->ready)
    {
      /* What was shown stays while something new is on its way. */
      if (tile->reading == NULL)
        scope_comparison_tile_show (tile, NULL, 0, tile->title, tile->problem);
      return;
    }
  if (!is_difference (self->view))
    {
      scope_picture_set_aggregate (tile->picture, SCOPE_AGGREGATE_MEAN);
      values = scope_tile_subject (tile->tile);
      scope_comparison_tile_show (tile, (ScopeProgram *)values.program, values.node, tile->title,
                                  NULL);
    }
  else if (overshoot ? self->source_ready : reference != NULL && reference->ready)
    show_difference (self, tile, overshoot ? tile->tile : reference->tile);
  if (other && reference != NULL && reference->ready)
    show_values (tile->other, reference->tile);
  else
    scope_picture_clear (tile->other, tile->title, NULL);
}

void
scope_comparison_show_all (ScopeComparison *self)
{
  for (guint i = 0; i < scope_comparison_count (self); i++)
    scope_comparison_show_tile (self, scope_comparison_get_tile (self, i));
  scope_comparison_update_ranges (self);
}

/* ---- colours -------------------------------------------------------------------------------- */

typedef struct
{
  double low, high;
  ScopePalette palette;
} Colors;

/* The values' range over all tiles, so that nothing is clipped. */
static Colors
colors_of_values (ScopeComparison *self)
{
  Colors colors = { INFINITY, -INFINITY, SCOPE_PALETTE_VIRIDIS };

  for (guint i = 0; i < scope_comparison_count (self); i++)
    {
      ScopeComparisonTile *tile = scope_comparison_get_tile (self, i);

      if (!tile->ready)
        continue;
      colors.low = fmin (colors.low, tile->tile->statistics.min);
      colors.high = fmax (colors.high, tile->tile->statistics.max);
    }
  return colors;
}

/* The largest difference of all tiles on both sides of 0. */
static Colors
colors_of_differences (ScopeComparison *self)
{
  double largest = 0;

  for (guint i = 0; i < scope_comparison_count (self); i++)
    {
      ScopeComparisonTile *tile = scope_comparison_get_tile (self, i);

      if (tile->measured)
        largest = fmax (largest, tile->metrics.max_abs);
    }
  if (self->view == SCOPE_COMPARE_ABSOLUTE)
    return (Colors){ 0, largest, SCOPE_PALETTE_MAGMA };
  return (Colors){ -largest, largest, SCOPE_PALETTE_DIVERGING };
}

static Colors
colors_of_overshoots (ScopeComparison *self)
{
  Colors values = colors_of_values (self);
  double largest = fmax (self->options.low - values.low, values.high - self->options.high);

  return (Colors){ -largest, largest, SCOPE_PALETTE_DIVERGING };
}

static void
color_picture (ScopeComparison *self, ScopePicture *picture, const Colors *colors)
{
  if (scope_picture_get_view (picture)->palette == SCOPE_PALETTE_AUTO || is_difference (self->view)
      || scope_picture_get_view (picture)->palette == SCOPE_PALETTE_DIVERGING
      || scope_picture_get_view (picture)->palette == SCOPE_PALETTE_MAGMA)
    scope_picture_set_palette (picture, colors->palette);
  if (self->one_range && colors->low < colors->high)
    scope_picture_set_limits (picture, colors->low, colors->high);
  else
    scope_picture_set_range (picture, SCOPE_RANGE_SLICE);
}

void
scope_comparison_update_ranges (ScopeComparison *self)
{
  Colors colors = self->view == SCOPE_COMPARE_OVERSHOOT ? colors_of_overshoots (self)
                  : is_difference (self->view)          ? colors_of_differences (self)
                                                        : colors_of_values (self);

  self->following = TRUE;
  for (guint i = 0; i < scope_comparison_count (self); i++)
    {
      ScopeComparisonTile *tile = scope_comparison_get_tile (self, i);

      color_picture (self, tile->picture, &colors);
      color_picture (self, tile->other, &colors);
    }
  self->following = FALSE;
}

/* ---- one cursor, one place on the other axes ------------------------------------------------ */

static gint64
scaled (gint64 at, gint64 from, gint64 to)
{
  return from > 0 ? CLAMP ((gint64)(((double)at + 0.5) * (double)to / (double)from), 0, to - 1) : 0;
}

static void
sizes_of (ScopePicture *picture, gint64 *rows, gint64 *columns)
{
  const ScopePlane *plane = scope_picture_get_plane (picture);

  *rows = plane != NULL ? plane->rows : 0;
  *columns = plane != NULL ? plane->columns : 0;
}

static void
point_out (ScopePicture *from, ScopePicture *to)
{
  gint64 row, column, rows, columns, to_rows, to_columns;

  scope_picture_get_cursor (from, &row, &column);
  sizes_of (from, &rows, &columns);
  sizes_of (to, &to_rows, &to_columns);
  if (row < 0 || column < 0 || to_rows == 0 || to_columns == 0)
    scope_picture_set_cursor (to, -1, -1);
  else
    scope_picture_set_cursor (to, scaled (row, rows, to_rows),
                              scaled (column, columns, to_columns));
}

/* The profile goes through the cursor, and stays when that goes. */
static void
follow_cursor (ScopeComparison *self, ScopePicture *picture)
{
  gint64 row, column, rows, columns;

  scope_picture_get_cursor (picture, &row, &column);
  sizes_of (picture, &rows, &columns);
  if (row < 0 || column < 0 || rows == 0 || columns == 0)
    return;
  scope_comparison_set_profile (self, self->profile_column,
                                self->profile_column ? ((double)column + 0.5) / (double)columns
                                                     : ((double)row + 0.5) / (double)rows);
}

static void
cursor_moved (ScopePicture *picture, GParamSpec *pspec, ScopeComparisonTile *tile)
{
  ScopeComparison *self = g_object_get_data (G_OBJECT (tile), "comparison");

  if (self == NULL || self->following)
    return;
  self->following = TRUE;
  for (guint i = 0; self->linked && i < scope_comparison_count (self); i++)
    if (scope_comparison_get_tile (self, i) != tile)
      point_out (picture, scope_comparison_get_tile (self, i)->picture);
  follow_cursor (self, picture);
  self->following = FALSE;
}

static void
copy_view (ScopePicture *from, ScopePicture *to)
{
  const ScopeView *view = scope_picture_get_view (from);
  const ScopeShape *a = scope_picture_get_shape (from), *b = scope_picture_get_shape (to);

  if (a == NULL || b == NULL || a->rank != b->rank)
    return;
  scope_picture_set_axes (to, view->row_axis, view->column_axis);
  for (int axis = 0; axis < a->rank; axis++)
    scope_picture_set_index (to, axis, view->index[axis]);
}

/* The other axes stand at the same place in all tiles. */
static void
view_changed (ScopePicture *picture, GParamSpec *pspec, ScopeComparisonTile *tile)
{
  ScopeComparison *self = g_object_get_data (G_OBJECT (tile), "comparison");

  if (self == NULL || self->following)
    return;
  self->following = TRUE;
  for (guint i = 0; i < scope_comparison_count (self); i++)
    {
      ScopeComparisonTile *other = scope_comparison_get_tile (self, i);

      if (other != tile)
        copy_view (picture, other->picture);
      copy_view (picture, other->other);
    }
  self->following = FALSE;
  scope_comparison_results_changed (self);
}

void
scope_comparison_follow_picture (ScopeComparison *self, ScopeComparisonTile *tile)
{
  g_object_set_data (G_OBJECT (tile), "comparison", self);
  g_signal_connect_object (tile->picture, "notify::cursor", G_CALLBACK (cursor_moved), tile, 0);
  g_signal_connect_object (tile->picture, "notify::view", G_CALLBACK (view_changed), tile, 0);
}
