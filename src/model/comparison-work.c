/* Reading the source and the tiles, measuring them against the reference, as things come in. */
#include "model/comparison-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *
translate (const char *text)
{
  return g_dgettext (GETTEXT_PACKAGE, text);
}

static ScopeTile *
new_tile (ScopeComparison *self, const char *title, const char *call)
{
  g_autofree char *text = g_strconcat (self->source_definition, call, NULL);
  ScopeCheckOptions options = { .translate = translate };

  options.dialect =
      self->session != NULL ? scope_session_get_dialect (self->session) : SCOPE_PYTORCH;
  return scope_tile_new (title, text, (ScopeTensor *const *)self->tensors->pdata,
                         (int)self->tensors->len, &options);
}

/* ---- measuring ------------------------------------------------------------------------------ */

static void
update_conventions (ScopeComparison *self)
{
  ScopeText text = { 0 };
  ScopeComparisonTile *reference = scope_comparison_get_tile (self, self->reference);

  if (self->source_ready && reference != NULL)
    scope_metrics_print_conventions (&self->options, reference->title, translate, &text);
  g_free (self->conventions);
  self->conventions = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  scope_comparison_notify (self, "conventions");
}

static ScopeComparison *
owner_of (ScopeComparisonTile *tile)
{
  return g_object_get_data (G_OBJECT (tile), "comparison");
}

static void
measured (ScopeCompareJob *job, gpointer data)
{
  ScopeComparisonTile *tile = data;
  ScopeComparison *self = owner_of (tile);

  tile->measured = scope_compare_job_get_success (job);
  if (tile->measured)
    tile->metrics = *scope_compare_job_get_metrics (job);
  else
    scope_comparison_tile_take_problem (tile,
                                        g_strdup (scope_compare_job_get_error (job)->sentence));
  g_clear_pointer (&tile->measuring, scope_compare_job_cancel);
  scope_comparison_tile_notify_busy (tile);
  scope_comparison_tile_update_words (tile);
  scope_comparison_update_ranges (self);
  scope_comparison_results_changed (self);
}

/* Forgets what was measured against another reference or source. */
static void
unmeasure (ScopeComparisonTile *tile)
{
  g_clear_pointer (&tile->measuring, scope_compare_job_cancel);
  tile->measured = FALSE;
}

static void
measure_tile (ScopeComparison *self, ScopeComparisonTile *tile, ScopeComparisonTile *reference)
{
  const ScopeShape *shape;
  ScopeView view;
  ScopeMetricsOptions options = self->options;

  if (!tile->ready || tile->measured || tile->measuring != NULL)
    return;
  shape = scope_tile_shape (reference->tile);
  view = scope_view_default (shape);
  options.row_axis = view.row_axis;
  options.column_axis = view.column_axis;
  scope_comparison_tile_take_problem (tile, NULL);
  tile->measuring =
      scope_compare_job_measure (tile->tile, reference->tile, &options, measured, tile);
  scope_comparison_tile_notify_busy (tile);
}

void
scope_comparison_measure (ScopeComparison *self)
{
  ScopeComparisonTile *reference = scope_comparison_get_tile (self, self->reference);

  update_conventions (self);
  if (!self->source_ready || reference == NULL || !reference->ready)
    return;
  for (guint i = 0; i < scope_comparison_count (self); i++)
    measure_tile (self, scope_comparison_get_tile (self, i), reference);
}

/* ---- reading -------------------------------------------------------------------------------- */

static void
tile_read (ScopeCompareJob *job, gpointer data)
{
  ScopeComparisonTile *tile = data;
  ScopeComparison *self = owner_of (tile);

  tile->ready = scope_compare_job_get_success (job);
  scope_comparison_tile_take_problem (
      tile, tile->ready ? NULL : g_strdup (scope_compare_job_get_error (job)->sentence));
  g_clear_pointer (&tile->reading, scope_compare_job_cancel);
  scope_comparison_tile_notify_busy (tile);
  scope_comparison_update_ranges (self);
  /* The others may wait for it to subtract it, or to be compared with it. */
  if (tile->number == self->reference)
    scope_comparison_show_all (self);
  else
    scope_comparison_show_tile (self, tile);
  scope_comparison_measure (self);
  scope_comparison_results_changed (self);
}

/* What a person would write with the library whose conventions are kept. */
static void
write_own_call (ScopeComparison *self,
                ScopeComparisonTile *tile,
                const ScopeShape *shape,
                const char *input)
{
  ScopeText picture = { 0 }, text = { 0 };

  if (scope_recipe_picture (self->source_name, shape, &picture)
      && scope_recipe_own_call (&tile->recipe, input, scope_text_string (&picture), &self->size,
                                &text))
    scope_comparison_tile_take_own_call (tile, g_strdup (scope_text_string (&text)));
  scope_text_clear (&picture);
  scope_text_clear (&text);
}

/* What a tile's call is now. */
static void
write_call (ScopeComparison *self, ScopeComparisonTile *tile)
{
  const ScopeNode *source;
  ScopeText input = { 0 }, text = { 0 };
  ScopeError error;

  scope_comparison_tile_take_own_call (tile, NULL);
  if (tile->custom)
    {
      scope_comparison_tile_take_title (tile, g_strdup (tile->call));
      return;
    }
  scope_recipe_title (&tile->recipe, &text);
  scope_comparison_tile_take_title (tile, g_strdup (scope_text_string (&text)));
  scope_text_clear (&text);
  if (self->source_tile == NULL || self->source_tile->program == NULL)
    return;
  source = self->source_tile->program->node[self->source_tile->program->result];
  if (!scope_recipe_input (self->source_name, &source->shape,
                           source->dtype == SCOPE_FLOAT32 || source->dtype == SCOPE_FLOAT64, &input,
                           &error))
    scope_text_append (&input, self->source_name);
  scope_recipe_expression (&tile->recipe, scope_text_string (&input), &self->size, &text);
  scope_comparison_tile_take_call (tile, g_strdup (scope_text_string (&text)));
  write_own_call (self, tile, &source->shape, scope_text_string (&input));
  scope_text_clear (&input);
  scope_text_clear (&text);
}

/* Why nothing can be read at all, or NULL. */
static const char *
source_problem (ScopeComparison *self)
{
  if (self->source_problem != NULL)
    return self->source_problem;
  if (self->source_tile != NULL && self->source_tile->program == NULL)
    return self->source_tile->error.sentence;
  return NULL;
}

void
scope_comparison_start_tile (ScopeComparison *self, ScopeComparisonTile *tile)
{
  const char *problem = source_problem (self);

  self->cancelled = FALSE;
  scope_comparison_tile_stop (tile);
  unmeasure (tile);
  tile->ready = FALSE;
  g_clear_pointer (&tile->tile, scope_tile_unref);
  write_call (self, tile);
  if (problem == NULL)
    {
      tile->tile = new_tile (self, tile->title, tile->call);
      if (tile->tile == NULL)
        problem = _ ("There is no memory left to compare.");
      else if (tile->tile->program == NULL)
        problem = tile->tile->error.sentence;
    }
  scope_comparison_tile_take_problem (tile, g_strdup (problem));
  scope_comparison_tile_update_words (tile);
  if (problem == NULL)
    tile->reading = scope_compare_job_read (tile->tile, tile_read, tile);
  else
    scope_comparison_show_tile (self, tile);
  scope_comparison_tile_notify_busy (tile);
}

/* ---- the source ----------------------------------------------------------------------------- */

static void
source_read (ScopeCompareJob *job, gpointer data)
{
  ScopeComparison *self = data;
  const ScopeStatistics *statistics = &self->source_tile->statistics;

  self->source_ready = scope_compare_job_get_success (job);
  if (self->source_ready)
    {
      self->options.low = statistics->min;
      self->options.high = statistics->max;
      self->options.range = statistics->max - statistics->min;
    }
  else
    {
      scope_comparison_set_source_problem (self, scope_compare_job_get_error (job));
    }
  g_clear_pointer (&self->source_job, scope_compare_job_cancel);
  scope_comparison_measure (self);
  scope_comparison_show_all (self);
  scope_comparison_results_changed (self);
}

void
scope_comparison_restart (ScopeComparison *self)
{
  gboolean taken = scope_comparison_take_source (self);

  /* What was typed wrong leaves the last source. */
  if (!taken && scope_comparison_source_kind (self) == SCOPE_SOURCE_TYPED)
    return;
  g_clear_pointer (&self->source_job, scope_compare_job_cancel);
  g_clear_pointer (&self->source_tile, scope_tile_unref);
  self->source_ready = FALSE;
  self->options = (ScopeMetricsOptions){ .range = NAN, .low = NAN, .high = NAN };
  if (taken)
    self->source_tile = new_tile (self, "", self->source_name);
  if (self->source_tile != NULL && self->source_tile->program != NULL)
    self->source_job = scope_compare_job_read (self->source_tile, source_read, self);
  for (guint i = 0; i < scope_comparison_count (self); i++)
    scope_comparison_start_tile (self, scope_comparison_get_tile (self, i));
  update_conventions (self);
  scope_comparison_results_changed (self);
}

/* ---- stopping ------------------------------------------------------------------------------- */

void
scope_comparison_cancel (ScopeComparison *self)
{
  g_return_if_fail (SCOPE_IS_COMPARISON (self));

  if (!scope_comparison_get_busy (self))
    return;
  g_clear_pointer (&self->source_job, scope_compare_job_cancel);
  for (guint i = 0; i < scope_comparison_count (self); i++)
    {
      ScopeComparisonTile *tile = scope_comparison_get_tile (self, i);

      if (tile->reading == NULL && tile->measuring == NULL)
        continue;
      if (tile->reading != NULL)
        scope_comparison_tile_take_problem (tile, g_strdup (_ ("Reading was cancelled.")));
      scope_comparison_tile_stop (tile);
      scope_comparison_tile_notify_busy (tile);
    }
  self->cancelled = TRUE;
  scope_comparison_results_changed (self);
}

void
scope_comparison_go_on (ScopeComparison *self)
{
  g_return_if_fail (SCOPE_IS_COMPARISON (self));

  if (self->cancelled)
    scope_comparison_restart (self);
}

gboolean
scope_comparison_get_cancelled (ScopeComparison *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), FALSE);
  return self->cancelled;
}

guint
scope_comparison_get_done (ScopeComparison *self)
{
  guint done = 0;

  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), 0);

  for (guint i = 0; i < scope_comparison_count (self); i++)
    {
      const ScopeComparisonTile *tile = scope_comparison_get_tile (self, i);

      done += tile->measured || tile->problem != NULL;
    }
  return done;
}
