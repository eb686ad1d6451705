/* One tensor value looked at: what is shown of it, and the plane that was read for it. */
#include "model/picture-private.h"

#include <glib/gi18n-lib.h>

enum
{
  RESOLUTION_AT_FIRST = 256, /* cells, until a widget tells */
};

GParamSpec *scope_picture_properties[N_PROPS];
guint scope_picture_signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ScopePicture, scope_picture, G_TYPE_OBJECT)

void
scope_picture_notify (ScopePicture *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), scope_picture_properties[property]);
}

void
scope_picture_take_string (ScopePicture *self, char **field, char *value, int property)
{
  if (g_strcmp0 (*field, value) == 0)
    {
      g_free (value);
      return;
    }

  g_free (*field);
  *field = value;
  scope_picture_notify (self, property);
}

char *
scope_picture_steal_text (ScopeText *text)
{
  char *copy = g_strdup (scope_text_string (text));

  scope_text_clear (text);
  return copy;
}

gboolean
scope_picture_has_axis (ScopePicture *self, int axis)
{
  return axis >= 0 && axis < self->shape.rank;
}

/* ---- what is shown -------------------------------------------------------------------------- */

static void
set_name (ScopePicture *self, const char *name)
{
  scope_picture_take_string (self, &self->name, g_strdup (name), PROP_NAME);
}

static void
set_program (ScopePicture *self, ScopeProgram *program, int node)
{
  gboolean available = program != NULL;
  gboolean was_available = self->program != NULL;

  if (program != NULL)
    scope_program_ref (program);
  g_clear_pointer (&self->program, scope_program_unref);
  self->program = program;
  self->node = node;
  if (available != was_available)
    scope_picture_notify (self, PROP_AVAILABLE);
}

void
scope_picture_show (ScopePicture *self, ScopeProgram *program, int node, const char *name)
{
  const ScopeShape *shape = &program->node[node]->shape;
  ScopeView view;

  g_return_if_fail (SCOPE_IS_PICTURE (self));
  g_return_if_fail (node >= 0 && node < program->nodes);

  view = self->shape.rank < 0 ? scope_view_default (shape) : scope_view_fit (&self->view, shape);
  self->changing = TRUE;
  set_name (self, name);
  set_program (self, program, node);
  self->shape = *shape;
  scope_picture_notify (self, PROP_SHAPE_TEXT);
  scope_picture_take_view (self, &view);
  scope_picture_set_outdated (self, FALSE);
  self->changing = FALSE;

  scope_picture_drop_detail (self);
  g_clear_pointer (&self->valuing, scope_evaluation_cancel);
  g_clear_pointer (&self->values, scope_plane_free);
  if (scope_shape_is_known (shape))
    scope_picture_start_reading (self, FALSE);
  else
    scope_picture_show_nothing (self, _ ("A size is not known, so there are no values to show."));
}

void
scope_picture_clear (ScopePicture *self, const char *name, const char *reason)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  set_name (self, name);
  scope_picture_set_outdated (self, FALSE);
  scope_picture_set_footprint (self, NULL);
  set_program (self, NULL, 0);
  scope_picture_notify (self, PROP_SHAPE_TEXT);
  scope_picture_update_caption (self);
  scope_picture_drop_detail (self);
  scope_picture_show_nothing (self, reason);
}

void
scope_picture_set_outdated (ScopePicture *self, gboolean outdated)
{
  gboolean was;

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  was = scope_picture_get_stale (self);
  self->outdated = outdated;
  if (was != scope_picture_get_stale (self))
    scope_picture_notify (self, PROP_STALE);
}

void
scope_picture_set_footprint (ScopePicture *self, const ScopeFootprint *footprint)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (footprint == NULL && !self->has_footprint)
    return;

  self->has_footprint = footprint != NULL;
  if (footprint != NULL)
    self->footprint = *footprint;
  scope_picture_notify (self, PROP_FOOTPRINT);
}

const ScopeFootprint *
scope_picture_get_footprint (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);
  return self->has_footprint ? &self->footprint : NULL;
}

const char *
scope_picture_get_name (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);
  return self->name;
}

const ScopePlane *
scope_picture_get_plane (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);
  return self->plane;
}

const ScopeShape *
scope_picture_get_shape (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);
  return self->program != NULL ? &self->shape : NULL;
}

gboolean
scope_picture_get_stale (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), FALSE);
  return self->plane != NULL && (self->outdated || !self->current);
}

const char *
scope_picture_get_quality (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);
  return self->quality;
}

const char *
scope_picture_get_problem (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);
  return self->problem;
}

/* ---- the object ----------------------------------------------------------------------------- */

static char *
shape_text (ScopePicture *self)
{
  ScopeText text = { 0 };

  if (self->program == NULL)
    return NULL;
  scope_shape_print (&self->shape, SCOPE_SHAPE_LIST, &text);
  return scope_picture_steal_text (&text);
}

static void
scope_picture_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopePicture *self = SCOPE_PICTURE (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_SHAPE_TEXT:
      g_value_take_string (value, shape_text (self));
      break;
    case PROP_AVAILABLE:
      g_value_set_boolean (value, self->program != NULL);
      break;
    case PROP_VIEW:
      g_value_set_pointer (value, &self->view);
      break;
    case PROP_ROW_AXIS:
      g_value_set_int (value, self->view.row_axis);
      break;
    case PROP_COLUMN_AXIS:
      g_value_set_int (value, self->view.column_axis);
      break;
    case PROP_PLANE:
      g_value_set_pointer (value, self->plane);
      break;
    case PROP_STALE:
      g_value_set_boolean (value, scope_picture_get_stale (self));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_CAPTION:
      g_value_set_string (value, self->caption);
      break;
    case PROP_READOUT:
      g_value_set_string (value, self->readout);
      break;
    case PROP_STATISTICS:
      g_value_set_string (value, self->statistics);
      break;
    case PROP_FOOTPRINT:
      g_value_set_pointer (value, self->has_footprint ? &self->footprint : NULL);
      break;
    case PROP_PROVENANCE:
      g_value_set_pointer (value, (gpointer)scope_picture_get_provenance (self));
      break;
    case PROP_DETAIL:
      g_value_set_pointer (value, self->detail);
      break;
    case PROP_VALUES:
      g_value_set_pointer (value, self->values);
      break;
    case PROP_QUALITY:
      g_value_set_string (value, self->quality);
      break;
    case PROP_CURSOR:
      g_value_set_boolean (value, self->cursor_row >= 0);
      break;
    case PROP_PIN:
      g_value_set_boolean (value, self->pin_row >= 0);
      break;
    case PROP_ORIGINS:
      g_value_set_pointer (value, self->origins);
      break;
    case PROP_SOURCES:
      g_value_set_pointer (value, self->source);
      break;
    case PROP_ELSEWHERE:
      g_value_set_uint (value, self->given->len - self->source->len);
      break;
    case PROP_RANGE:
      g_value_set_int (value, (int)self->view.range);
      break;
    case PROP_NORM:
      g_value_set_int (value, (int)self->view.norm);
      break;
    case PROP_PALETTE:
      g_value_set_int (value, (int)self->view.palette);
      break;
    case PROP_AGGREGATE:
      g_value_set_int (value, (int)self->view.aggregate);
      break;
    case PROP_WHOLE_TENSOR:
      g_value_set_boolean (value, self->view.whole_tensor);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_picture_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopePicture *self = SCOPE_PICTURE (object);

  switch (id)
    {
    case PROP_ROW_AXIS:
      scope_picture_set_axes (self, g_value_get_int (value), -1);
      break;
    case PROP_COLUMN_AXIS:
      scope_picture_set_axes (self, -1, g_value_get_int (value));
      break;
    case PROP_RANGE:
      scope_picture_set_range (self, (ScopeRange)g_value_get_int (value));
      break;
    case PROP_NORM:
      scope_picture_set_norm (self, (ScopeNorm)g_value_get_int (value));
      break;
    case PROP_PALETTE:
      scope_picture_set_palette (self, (ScopePalette)g_value_get_int (value));
      break;
    case PROP_AGGREGATE:
      scope_picture_set_aggregate (self, (ScopeAggregate)g_value_get_int (value));
      break;
    case PROP_WHOLE_TENSOR:
      scope_picture_set_whole_tensor (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_picture_dispose (GObject *object)
{
  ScopePicture *self = SCOPE_PICTURE (object);

  scope_picture_stop_reading (self);
  scope_picture_stop_tracing (self);
  g_clear_pointer (&self->searching, scope_evaluation_cancel);
  g_clear_pointer (&self->detailing, scope_evaluation_cancel);
  g_clear_pointer (&self->valuing, scope_evaluation_cancel);
  g_clear_pointer (&self->program, scope_program_unref);

  G_OBJECT_CLASS (scope_picture_parent_class)->dispose (object);
}

static void
scope_picture_finalize (GObject *object)
{
  ScopePicture *self = SCOPE_PICTURE (object);

  scope_plane_free (self->plane);
  scope_plane_free (self->detail);
  scope_plane_free (self->values);
  scope_pyramid_unref (self->pyramid);
  scope_evaluator_unref (self->evaluator);
  scope_origins_free (self->origins);
  scope_provenance_free (self->provenance);
  g_array_unref (self->given);
  g_array_unref (self->source);
  g_free (self->quality);
  g_free (self->name);
  g_free (self->problem);
  g_free (self->readout);
  g_free (self->caption);
  g_free (self->statistics);
  g_free (self->axis_names);

  G_OBJECT_CLASS (scope_picture_parent_class)->finalize (object);
}

static GParamSpec *
string_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
boolean_property (const char *name)
{
  return g_param_spec_boolean (name, NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
pointer_property (const char *name)
{
  return g_param_spec_pointer (name, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
axis_property (const char *name)
{
  return g_param_spec_int (name, NULL, NULL, -1, SCOPE_MAX_RANK - 1, -1,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static GParamSpec *
choice_property (const char *name, int most)
{
  return g_param_spec_int (name, NULL, NULL, 0, most, 0,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static void
scope_picture_class_init (ScopePictureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = scope_picture_get_property;
  object_class->set_property = scope_picture_set_property;
  object_class->dispose = scope_picture_dispose;
  object_class->finalize = scope_picture_finalize;

  scope_picture_properties[PROP_NAME] = string_property ("name");
  scope_picture_properties[PROP_SHAPE_TEXT] = string_property ("shape-text");
  scope_picture_properties[PROP_AVAILABLE] = boolean_property ("available");
  scope_picture_properties[PROP_VIEW] = pointer_property ("view");
  scope_picture_properties[PROP_ROW_AXIS] = axis_property ("row-axis");
  scope_picture_properties[PROP_COLUMN_AXIS] = axis_property ("column-axis");
  scope_picture_properties[PROP_PLANE] = pointer_property ("plane");
  scope_picture_properties[PROP_STALE] = boolean_property ("stale");
  scope_picture_properties[PROP_BUSY] = boolean_property ("busy");
  scope_picture_properties[PROP_PROBLEM] = string_property ("problem");
  scope_picture_properties[PROP_CAPTION] = string_property ("caption");
  scope_picture_properties[PROP_READOUT] = string_property ("readout");
  scope_picture_properties[PROP_STATISTICS] = string_property ("statistics");
  scope_picture_properties[PROP_FOOTPRINT] = pointer_property ("footprint");
  scope_picture_properties[PROP_PROVENANCE] = pointer_property ("provenance");
  scope_picture_properties[PROP_DETAIL] = pointer_property ("detail");
  scope_picture_properties[PROP_VALUES] = pointer_property ("values");
  scope_picture_properties[PROP_QUALITY] = string_property ("quality");
  scope_picture_properties[PROP_CURSOR] = boolean_property ("cursor");
  scope_picture_properties[PROP_PIN] = boolean_property ("pin");
  scope_picture_properties[PROP_ORIGINS] = pointer_property ("origins");
  scope_picture_properties[PROP_SOURCES] = pointer_property ("sources");
  scope_picture_properties[PROP_ELSEWHERE] = g_param_spec_uint (
      "elsewhere", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  scope_picture_properties[PROP_RANGE] = choice_property ("range", SCOPE_N_RANGES - 1);
  scope_picture_properties[PROP_NORM] = choice_property ("norm", SCOPE_N_NORMS - 1);
  scope_picture_properties[PROP_PALETTE] = choice_property ("palette", SCOPE_N_PALETTES - 1);
  scope_picture_properties[PROP_AGGREGATE] = choice_property ("aggregate", SCOPE_N_AGGREGATES - 1);
  scope_picture_properties[PROP_WHOLE_TENSOR] =
      g_param_spec_boolean ("whole-tensor", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, scope_picture_properties);
  scope_picture_signals[SEARCHED] =
      g_signal_new ("searched", SCOPE_TYPE_PICTURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
}

static void
scope_picture_init (ScopePicture *self)
{
  self->cursor_row = self->cursor_column = -1;
  self->pin_row = self->pin_column = -1;
  self->given = g_array_new (FALSE, FALSE, sizeof (ScopeOrigin));
  self->source = g_array_new (FALSE, FALSE, sizeof (ScopeSource));
  self->shape.rank = -1;
  self->view.row_axis = self->view.column_axis = -1;
  self->max_rows = self->max_columns = RESOLUTION_AT_FIRST;
}

ScopePicture *
scope_picture_new (ScopeEvaluator *evaluator)
{
  ScopePicture *self = g_object_new (SCOPE_TYPE_PICTURE, NULL);

  self->evaluator = scope_evaluator_ref (evaluator);
  return self;
}

ScopePicture *
scope_picture_new_facet (ScopePicture *picture, int axis, gint64 index)
{
  ScopePicture *self = scope_picture_new (picture->evaluator);

  g_return_val_if_fail (picture->program != NULL, self);
  self->shape = picture->shape;
  self->view = picture->view;
  self->view.facet_axes = 0;
  self->view.whole_tensor = FALSE;
  if (scope_picture_has_axis (self, axis))
    self->view.index[axis] = index;
  scope_picture_set_axis_names (self, picture->axis_names);
  scope_picture_show (self, picture->program, picture->node, picture->name);
  return self;
}
