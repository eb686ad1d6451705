/* The comparison: its properties, its tiles, and when what is done anew. */
#include "model/comparison-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

enum
{
  PROP_0,
  PROP_SOURCE,
  PROP_SOURCE_PROBLEM,
  PROP_SOURCE_SIZE,
  PROP_IS_PATTERN,
  PROP_TYPED,
  PROP_IS_TYPED,
  PROP_SIZE,
  PROP_SIZE_PROBLEM,
  PROP_REFERENCE,
  PROP_VIEW,
  PROP_ONE_RANGE,
  PROP_LINKED,
  PROP_CONVENTIONS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint results_changed;

G_DEFINE_FINAL_TYPE (ScopeComparison, scope_comparison, G_TYPE_OBJECT)

enum
{
  PATTERN_SIZE = 1280,
  TARGET_SIZE = 256,
};

void
scope_comparison_notify (ScopeComparison *self, const char *property)
{
  g_object_notify (G_OBJECT (self), property);
}

void
scope_comparison_results_changed (ScopeComparison *self)
{
  g_signal_emit (self, results_changed, 0);
}

/* ---- source and sizes ----------------------------------------------------------------------- */

GListModel *
scope_comparison_get_sources (ScopeComparison *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), NULL);
  return G_LIST_MODEL (self->sources);
}

void
scope_comparison_set_source (ScopeComparison *self, guint source)
{
  g_autofree char *written = NULL;
  guint before;

  g_return_if_fail (SCOPE_IS_COMPARISON (self));

  if (source >= g_list_model_get_n_items (G_LIST_MODEL (self->sources)) || source == self->source)
    return;
  written = self->typed_text == NULL ? scope_comparison_write_source (self) : NULL;
  before = self->source;
  self->source = source;
  scope_comparison_suit_size (self, before);
  if (written != NULL && scope_comparison_source_kind (self) == SCOPE_SOURCE_TYPED)
    {
      self->typed_text = g_steal_pointer (&written);
      scope_comparison_notify (self, "typed");
    }
  scope_comparison_notify (self, "source");
  scope_comparison_notify (self, "is-pattern");
  scope_comparison_notify (self, "is-typed");
  scope_comparison_restart (self);
}

void
scope_comparison_set_typed (ScopeComparison *self, const char *text)
{
  g_return_if_fail (SCOPE_IS_COMPARISON (self));
  g_return_if_fail (text != NULL);

  if (g_strcmp0 (self->typed_text, text) == 0)
    return;
  g_free (self->typed_text);
  self->typed_text = g_strdup (text);
  scope_comparison_notify (self, "typed");
  if (scope_comparison_source_kind (self) == SCOPE_SOURCE_TYPED)
    scope_comparison_restart (self);
}

const char *
scope_comparison_get_typed (ScopeComparison *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), NULL);
  return self->typed_text != NULL ? self->typed_text : "";
}

gboolean
scope_comparison_get_fault (ScopeComparison *self, int *begin, int *end)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), FALSE);

  *begin = self->fault_begin;
  *end = self->fault_end;
  return self->source_problem != NULL && self->fault_begin >= 0;
}

guint
scope_comparison_get_source (ScopeComparison *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), 0);
  return self->source;
}

gboolean
scope_comparison_set_source_name (ScopeComparison *self, const char *name)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), FALSE);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->sources)); i++)
    {
      g_autoptr (ScopeComparisonSource) source =
          g_list_model_get_item (G_LIST_MODEL (self->sources), i);

      if (g_strcmp0 (scope_comparison_source_get_name (source), name) != 0)
        continue;
      scope_comparison_set_source (self, i);
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_pattern (ScopeComparison *self)
{
  return scope_comparison_source_kind (self) == SCOPE_SOURCE_PATTERN;
}

/* Rows and columns; one number is both. */
static gboolean
parse_size (const char *text, ScopeShape *size, ScopeError *error)
{
  ScopeShape shape;

  if (!scope_shape_parse (text, strlen (text), &shape, error))
    return FALSE;
  if (shape.rank == 1)
    shape = (ScopeShape){ .rank = 2, .size = { shape.size[0], shape.size[0] } };
  if (shape.rank != 2 || shape.size[0] < 1 || shape.size[1] < 1)
    return scope_fail (error, SCOPE_ERROR_SHAPE, -1, "%s",
                       _ ("A size is rows × columns, each at least 1, such as 256 × 256."));
  *size = shape;
  return TRUE;
}

char *
scope_comparison_write_size (const ScopeShape *size)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " × %" G_GINT64_FORMAT, size->size[0], size->size[1]);
}

void
scope_comparison_set_size (ScopeComparison *self, const char *text)
{
  ScopeError error = { .begin = -1, .end = -1 };
  ScopeShape size;
  gboolean parsed;

  g_return_if_fail (SCOPE_IS_COMPARISON (self));

  if (g_strcmp0 (self->size_text, text) == 0)
    return;
  g_free (self->size_text);
  self->size_text = g_strdup (text);
  parsed = parse_size (text, &size, &error);
  g_free (self->size_problem);
  self->size_problem = parsed ? NULL : g_strdup (error.sentence);
  self->size_fault_begin = (int)error.begin;
  self->size_fault_end = (int)error.end;
  scope_comparison_notify (self, "size");
  scope_comparison_notify (self, "size-problem");
  if (!parsed || scope_shape_equal (&size, &self->size))
    return;
  self->size = size;
  for (guint i = 0; i < scope_comparison_count (self); i++)
    scope_comparison_start_tile (self, scope_comparison_get_tile (self, i));
  scope_comparison_results_changed (self);
}

gboolean
scope_comparison_get_size_fault (ScopeComparison *self, int *begin, int *end)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), FALSE);

  *begin = self->size_fault_begin;
  *end = self->size_fault_end;
  return self->size_problem != NULL && self->size_fault_begin >= 0;
}

const char *
scope_comparison_get_size (ScopeComparison *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), NULL);
  return self->size_text;
}

void
scope_comparison_set_source_size (ScopeComparison *self, const char *text)
{
  ScopeError error = { 0 };
  ScopeShape size;
  gboolean parsed;

  g_return_if_fail (SCOPE_IS_COMPARISON (self));

  if (g_strcmp0 (self->source_size_text, text) == 0)
    return;
  g_free (self->source_size_text);
  self->source_size_text = g_strdup (text);
  scope_comparison_notify (self, "source-size");
  parsed = parse_size (text, &size, &error);
  if (!parsed)
    {
      scope_comparison_set_source_problem (self, &error);
      return;
    }
  self->pattern_size = size;
  if (is_pattern (self))
    scope_comparison_restart (self);
}

/* The session's tensors have changed: the list follows, and what is shown of them. */
static void
session_changed (ScopeComparison *self)
{
  scope_comparison_list_sources (self);
  scope_comparison_notify (self, "is-pattern");
  if (!is_pattern (self))
    scope_comparison_restart (self);
}

/* ---- how it is shown ------------------------------------------------------------------------ */

void
scope_comparison_set_view (ScopeComparison *self, ScopeCompareView view)
{
  g_return_if_fail (SCOPE_IS_COMPARISON (self));

  view = CLAMP (view, SCOPE_COMPARE_VALUES, SCOPE_N_COMPARE_VIEWS - 1);
  if (self->view == view)
    return;
  self->view = view;
  scope_comparison_show_all (self);
  scope_comparison_notify (self, "view");
}

ScopeCompareView
scope_comparison_get_view (ScopeComparison *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), SCOPE_COMPARE_VALUES);
  return self->view;
}

void
scope_comparison_set_one_range (ScopeComparison *self, gboolean one_range)
{
  g_return_if_fail (SCOPE_IS_COMPARISON (self));

  one_range = !!one_range;
  if (self->one_range == one_range)
    return;
  self->one_range = one_range;
  scope_comparison_update_ranges (self);
  scope_comparison_notify (self, "one-range");
}

gboolean
scope_comparison_get_one_range (ScopeComparison *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), FALSE);
  return self->one_range;
}

void
scope_comparison_set_linked (ScopeComparison *self, gboolean linked)
{
  g_return_if_fail (SCOPE_IS_COMPARISON (self));

  linked = !!linked;
  if (self->linked == linked)
    return;
  self->linked = linked;
  scope_comparison_notify (self, "linked");
}

gboolean
scope_comparison_get_linked (ScopeComparison *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), FALSE);
  return self->linked;
}

void
scope_comparison_set_profile (ScopeComparison *self, gboolean column, double place)
{
  g_return_if_fail (SCOPE_IS_COMPARISON (self));

  column = !!column;
  place = CLAMP (place, 0, 1);
  if (self->profile_column == column && self->profile_place == place)
    return;
  self->profile_column = column;
  self->profile_place = place;
  scope_comparison_results_changed (self);
}

gboolean
scope_comparison_get_profile (ScopeComparison *self, double *place)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), FALSE);

  *place = self->profile_place;
  return self->profile_column;
}

/* ---- what came out -------------------------------------------------------------------------- */

const ScopeMetricsOptions *
scope_comparison_get_options (ScopeComparison *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), NULL);
  return &self->options;
}

const char *
scope_comparison_get_conventions (ScopeComparison *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), NULL);
  return self->conventions != NULL ? self->conventions : "";
}

/* What is resampled, in words. */
static char *
write_source (ScopeComparison *self)
{
  g_autoptr (ScopeComparisonSource) source =
      g_list_model_get_item (G_LIST_MODEL (self->sources), self->source);
  g_autofree char *label = NULL;
  g_autofree char *size = scope_comparison_write_size (&self->pattern_size);

  g_object_get (source, "label", &label, NULL);
  switch (scope_comparison_source_get_kind (source))
    {
    case SCOPE_SOURCE_PATTERN:
      return g_strdup_printf ("%s %s", label, size);
    case SCOPE_SOURCE_TENSOR:
      return g_strdup (scope_comparison_source_get_name (source));
    case SCOPE_SOURCE_TYPED:
      return g_strdup (scope_comparison_get_typed (self));
    case SCOPE_SOURCE_RESULT:
    default:
      return g_strdup (label);
    }
}

char *
scope_comparison_get_title (ScopeComparison *self)
{
  ScopeComparisonTile *reference;
  ScopeText shape = { 0 };
  g_autofree char *source = NULL;
  char *title;

  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), NULL);

  source = write_source (self);
  reference = scope_comparison_get_tile (self, self->reference);
  scope_shape_print (reference != NULL && reference->ready ? scope_tile_shape (reference->tile)
                                                           : &self->size,
                     SCOPE_SHAPE_LIST, &shape);
  title = g_strdup_printf ("%s → %s", source, scope_text_string (&shape));
  scope_text_clear (&shape);
  return title;
}

char *
scope_comparison_get_table (ScopeComparison *self, ScopeTableStyle style)
{
  ScopeText text = { 0 };
  char *copy;

  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), NULL);

  scope_metrics_print_heads (style, &text);
  for (guint i = 0; i < scope_comparison_count (self); i++)
    {
      ScopeComparisonTile *tile = scope_comparison_get_tile (self, i);
      const ScopeShape *shape = tile->ready ? scope_tile_shape (tile->tile) : NULL;

      scope_metrics_print_row (tile->title, tile->call, tile->measured ? &tile->metrics : NULL,
                               shape != NULL ? shape->rank : 0, tile->reference, style, &text);
    }
  copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return copy;
}

gboolean
scope_comparison_get_busy (ScopeComparison *self)
{
  g_return_val_if_fail (SCOPE_IS_COMPARISON (self), FALSE);

  for (guint i = 0; i < scope_comparison_count (self); i++)
    {
      ScopeComparisonTile *tile = scope_comparison_get_tile (self, i);

      if (tile->reading != NULL || tile->measuring != NULL)
        return TRUE;
    }
  return self->source_job != NULL;
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_comparison_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeComparison *self = SCOPE_COMPARISON (object);

  switch (id)
    {
    case PROP_SOURCE:
      g_value_set_uint (value, self->source);
      break;
    case PROP_SOURCE_PROBLEM:
      g_value_set_string (value, self->source_problem);
      break;
    case PROP_SOURCE_SIZE:
      g_value_set_string (value, self->source_size_text);
      break;
    case PROP_IS_PATTERN:
      g_value_set_boolean (value, is_pattern (self));
      break;
    case PROP_TYPED:
      g_value_set_string (value, scope_comparison_get_typed (self));
      break;
    case PROP_IS_TYPED:
      g_value_set_boolean (value, scope_comparison_source_kind (self) == SCOPE_SOURCE_TYPED);
      break;
    case PROP_SIZE:
      g_value_set_string (value, self->size_text);
      break;
    case PROP_SIZE_PROBLEM:
      g_value_set_string (value, self->size_problem);
      break;
    case PROP_REFERENCE:
      g_value_set_uint (value, self->reference);
      break;
    case PROP_VIEW:
      g_value_set_int (value, (int)self->view);
      break;
    case PROP_ONE_RANGE:
      g_value_set_boolean (value, self->one_range);
      break;
    case PROP_LINKED:
      g_value_set_boolean (value, self->linked);
      break;
    case PROP_CONVENTIONS:
      g_value_set_string (value, scope_comparison_get_conventions (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_comparison_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopeComparison *self = SCOPE_COMPARISON (object);

  switch (id)
    {
    case PROP_SOURCE:
      scope_comparison_set_source (self, g_value_get_uint (value));
      break;
    case PROP_SOURCE_SIZE:
      scope_comparison_set_source_size (self, g_value_get_string (value));
      break;
    case PROP_TYPED:
      scope_comparison_set_typed (self, g_value_get_string (value));
      break;
    case PROP_SIZE:
      scope_comparison_set_size (self, g_value_get_string (value));
      break;
    case PROP_REFERENCE:
      scope_comparison_set_reference (self, g_value_get_uint (value));
      break;
    case PROP_VIEW:
      scope_comparison_set_view (self, (ScopeCompareView)g_value_get_int (value));
      break;
    case PROP_ONE_RANGE:
      scope_comparison_set_one_range (self, g_value_get_boolean (value));
      break;
    case PROP_LINKED:
      scope_comparison_set_linked (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_comparison_dispose (GObject *object)
{
  ScopeComparison *self = SCOPE_COMPARISON (object);

  g_clear_pointer (&self->source_job, scope_compare_job_cancel);
  for (guint i = 0; i < scope_comparison_count (self); i++)
    scope_comparison_forget_tile (scope_comparison_get_tile (self, i));
  g_clear_weak_pointer (&self->session);

  G_OBJECT_CLASS (scope_comparison_parent_class)->dispose (object);
}

static void
scope_comparison_finalize (GObject *object)
{
  ScopeComparison *self = SCOPE_COMPARISON (object);

  g_object_unref (self->tiles);
  g_object_unref (self->sources);
  g_ptr_array_unref (self->tensors);
  scope_tile_unref (self->source_tile);
  scope_evaluator_unref (self->evaluator);
  g_free (self->typed_text);
  g_free (self->source_name);
  g_free (self->source_definition);
  g_free (self->source_size_text);
  g_free (self->source_problem);
  g_free (self->size_text);
  g_free (self->size_problem);
  g_free (self->conventions);

  G_OBJECT_CLASS (scope_comparison_parent_class)->finalize (object);
}

static void
scope_comparison_class_init (ScopeComparisonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = scope_comparison_get_property;
  object_class->set_property = scope_comparison_set_property;
  object_class->dispose = scope_comparison_dispose;
  object_class->finalize = scope_comparison_finalize;

  properties[PROP_SOURCE] = g_param_spec_uint ("source", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SOURCE_PROBLEM] =
      g_param_spec_string ("source-problem", NULL, NULL, NULL, readable);
  properties[PROP_SOURCE_SIZE] = g_param_spec_string ("source-size", NULL, NULL, NULL, flags);
  properties[PROP_IS_PATTERN] = g_param_spec_boolean ("is-pattern", NULL, NULL, TRUE, readable);
  properties[PROP_TYPED] = g_param_spec_string ("typed", NULL, NULL, "", flags);
  properties[PROP_IS_TYPED] = g_param_spec_boolean ("is-typed", NULL, NULL, FALSE, readable);
  properties[PROP_SIZE] = g_param_spec_string ("size", NULL, NULL, NULL, flags);
  properties[PROP_SIZE_PROBLEM] = g_param_spec_string ("size-problem", NULL, NULL, NULL, readable);
  properties[PROP_REFERENCE] = g_param_spec_uint ("reference", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_VIEW] =
      g_param_spec_int ("view", NULL, NULL, 0, SCOPE_N_COMPARE_VIEWS - 1, 0, flags);
  properties[PROP_ONE_RANGE] = g_param_spec_boolean ("one-range", NULL, NULL, TRUE, flags);
  properties[PROP_LINKED] = g_param_spec_boolean ("linked", NULL, NULL, TRUE, flags);
  properties[PROP_CONVENTIONS] = g_param_spec_string ("conventions", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* Values, metrics, the profile's place: plots and tables are to be made anew. */
  results_changed = g_signal_new ("results-changed", SCOPE_TYPE_COMPARISON, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
scope_comparison_init (ScopeComparison *self)
{
  self->evaluator = scope_evaluator_new ();
  self->sources = g_list_store_new (SCOPE_TYPE_COMPARISON_SOURCE);
  self->tiles = g_list_store_new (SCOPE_TYPE_COMPARISON_TILE);
  self->tensors = g_ptr_array_new_with_free_func ((GDestroyNotify)scope_tensor_unref);
  self->pattern_size = (ScopeShape){ .rank = 2, .size = { PATTERN_SIZE, PATTERN_SIZE } };
  self->size = (ScopeShape){ .rank = 2, .size = { TARGET_SIZE, TARGET_SIZE } };
  self->source_size_text = scope_comparison_write_size (&self->pattern_size);
  self->size_text = scope_comparison_write_size (&self->size);
  self->source_definition = g_strdup ("");
  self->fault_begin = self->fault_end = -1;
  self->one_range = self->linked = self->suited = TRUE;
  self->profile_place = 0.5;
}

ScopeComparison *
scope_comparison_new (ScopeSession *session)
{
  static const ScopeRecipe area = { .library = SCOPE_LIBRARY_PYTORCH, .mode = 4 };
  ScopeComparison *self = g_object_new (SCOPE_TYPE_COMPARISON, NULL);
  ScopeRecipe recipe[SCOPE_COMPARISON_TILES];
  int count = scope_recipe_defaults (recipe, SCOPE_COMPARISON_TILES);

  g_set_weak_pointer (&self->session, session);
  if (session != NULL)
    g_signal_connect_object (session, "notify::report", G_CALLBACK (session_changed), self,
                             G_CONNECT_SWAPPED);
  for (int i = 0; i < count; i++)
    {
      scope_comparison_append_tile (self, &recipe[i]);
      if (scope_recipe_equal (&recipe[i], &area))
        self->reference = (guint)i;
    }
  scope_comparison_number_tiles (self);
  scope_comparison_list_sources (self);
  scope_comparison_restart (self);
  return self;
}
