/* One tensor value looked at: what is shown of it, and the plane that was read for it. */
#include "model/picture.h"

#include "core/text.h"
#include "model/axis-names.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum
{
  BUSY_AFTER = 300,          /* milliseconds until waiting is shown */
  SETTLE = 8000,             /* microseconds that a change of the view may wait for its plane */
  RESOLUTION_AT_FIRST = 256, /* cells, until a widget tells */
  RESOLUTION_MOST = 4096,
};

struct _ScopePicture
{
  GObject parent_instance;

  ScopeEvaluator *evaluator;
  char *name;
  ScopeProgram *program; /* NULL: nothing to show */
  int node;
  ScopeShape shape;
  ScopeView view;
  gint64 max_rows, max_columns;
  gboolean changing; /* another value is about to be read: what is set meanwhile reads nothing */

  ScopeEvaluation *reading; /* under way, else NULL */
  ScopePlane *plane;
  ScopeView plane_view;   /* the view `plane` was read with */
  ScopeShape plane_shape; /* of the tensor then */
  gboolean current;       /* `plane` is what is asked for */
  gboolean outdated;
  gboolean busy;
  guint busy_source;
  char *problem;

  gint64 cursor_row, cursor_column;
  ScopeEvaluation *element; /* the read-out's, when the plane does not have it */
  char *readout;
  char *caption;
  char *statistics;
  char *axis_names;
  ScopeFootprint footprint;
  gboolean has_footprint;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_SHAPE_TEXT,
  PROP_AVAILABLE,
  PROP_VIEW,
  PROP_ROW_AXIS,
  PROP_COLUMN_AXIS,
  PROP_PLANE,
  PROP_STALE,
  PROP_BUSY,
  PROP_PROBLEM,
  PROP_CAPTION,
  PROP_READOUT,
  PROP_STATISTICS,
  PROP_FOOTPRINT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopePicture, scope_picture, G_TYPE_OBJECT)

static void
notify (ScopePicture *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Replaces a string and notifies when it differs. Takes `value`. */
static void
take_string (ScopePicture *self, char **field, char *value, int property)
{
  if (g_strcmp0 (*field, value) == 0)
    {
      g_free (value);
      return;
    }

  g_free (*field);
  *field = value;
  notify (self, property);
}

static char *
steal_text (ScopeText *text)
{
  char *copy = g_strdup (scope_text_string (text));

  scope_text_clear (text);
  return copy;
}

/* ---- the view ------------------------------------------------------------------------------- */

static gboolean
axis_exists (const ScopeShape *shape, int axis)
{
  return axis >= 0 && axis < shape->rank;
}

static void
update_caption (ScopePicture *self)
{
  ScopeText text = { 0 };

  if (self->program != NULL)
    scope_view_caption (&self->view, self->name, &self->shape, &text);
  take_string (self, &self->caption, steal_text (&text), PROP_CAPTION);
}

static void
set_view (ScopePicture *self, const ScopeView *view)
{
  gboolean rows = view->row_axis != self->view.row_axis;
  gboolean columns = view->column_axis != self->view.column_axis;

  self->view = *view;
  if (rows)
    notify (self, PROP_ROW_AXIS);
  if (columns)
    notify (self, PROP_COLUMN_AXIS);
  notify (self, PROP_VIEW);
  update_caption (self);
}

/* ---- the read-out --------------------------------------------------------------------------- */

/* The place in the tensor of an element of the plane that is shown. */
static void
plane_index (ScopePicture *self, gint64 row, gint64 column, gint64 *index)
{
  for (int axis = 0; axis < self->plane_shape.rank; axis++)
    index[axis] = axis == self->plane_view.row_axis      ? row
                  : axis == self->plane_view.column_axis ? column
                                                         : self->plane_view.index[axis];
}

/* How many elements one cell of the picture stands for. */
static void
append_blocks (const ScopePlane *plane, ScopeText *text)
{
  g_autofree char *blocks = g_strdup_printf ("%" G_GINT64_FORMAT " × %" G_GINT64_FORMAT,
                                             plane->row_block, plane->column_block);

  /* TRANSLATORS: behind an element's value: %s is like 4 × 4 */
  scope_text_printf (text, _ ("  (one cell shows %s)"), blocks);
}

/* `A[0, 2, 5] = 1.25  float32`; the aggregate that the cell shows is told when it covers more. */
static void
write_readout (ScopePicture *self, const char *value)
{
  const ScopePlane *plane = self->plane;
  gint64 index[SCOPE_MAX_RANK];
  ScopeText text = { 0 };

  plane_index (self, self->cursor_row, self->cursor_column, index);
  scope_text_append (&text, self->name);
  if (self->plane_shape.rank > 0)
    scope_text_append (&text, "[");
  for (int axis = 0; axis < self->plane_shape.rank; axis++)
    scope_text_printf (&text, axis > 0 ? ", %" G_GINT64_FORMAT : "%" G_GINT64_FORMAT, index[axis]);
  if (self->plane_shape.rank > 0)
    scope_text_append (&text, "]");
  scope_text_printf (&text, " = %s  %s", value, scope_dtype_name (plane->dtype));
  if (plane->row_block > 1 || plane->column_block > 1)
    append_blocks (plane, &text);

  take_string (self, &self->readout, steal_text (&text), PROP_READOUT);
}

static void
element_done (ScopeEvaluation *evaluation, gpointer data)
{
  ScopePicture *self = data;
  const char *value = scope_evaluation_get_text (evaluation);

  if (self->plane != NULL && self->cursor_row >= 0)
    write_readout (self, value != NULL ? value : "?");
  scope_evaluation_cancel (g_steal_pointer (&self->element));
}

static void
read_element (ScopePicture *self)
{
  ScopeEvaluatorRequest request = { .program = self->program, .node = self->node, .single = TRUE };

  plane_index (self, self->cursor_row, self->cursor_column, request.index);
  self->element = scope_evaluator_read (self->evaluator, &request, element_done, self);
  scope_evaluation_wait (self->element, SETTLE);
}

static void
update_readout (ScopePicture *self)
{
  const ScopePlane *plane = self->plane;

  g_clear_pointer (&self->element, scope_evaluation_cancel);

  if (plane == NULL || self->cursor_row < 0 || self->cursor_column < 0)
    take_string (self, &self->readout, NULL, PROP_READOUT);
  else if (plane->element != NULL)
    {
      ScopeText value = { 0 };
      gsize at = (gsize)(self->cursor_row * plane->cell_columns + self->cursor_column);

      scope_dtype_print (plane->dtype,
                         (const char *)plane->element + at * scope_dtype_bytes (plane->dtype),
                         &value);
      write_readout (self, scope_text_string (&value));
      scope_text_clear (&value);
    }
  else if (self->current && self->program != NULL)
    read_element (self);
}

static void
clamp_cursor (ScopePicture *self)
{
  if (self->cursor_row < 0 || self->cursor_column < 0)
    return;
  if (self->plane == NULL || self->plane->rows < 1 || self->plane->columns < 1)
    {
      self->cursor_row = self->cursor_column = -1;
      return;
    }
  self->cursor_row = MIN (self->cursor_row, self->plane->rows - 1);
  self->cursor_column = MIN (self->cursor_column, self->plane->columns - 1);
}

/* ---- reading -------------------------------------------------------------------------------- */

static void
set_busy (ScopePicture *self, gboolean busy)
{
  g_clear_handle_id (&self->busy_source, g_source_remove);
  if (self->busy == busy)
    return;
  self->busy = busy;
  notify (self, PROP_BUSY);
}

static gboolean
still_waiting (gpointer data)
{
  ScopePicture *self = data;

  self->busy_source = 0;
  set_busy (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
set_current (ScopePicture *self, gboolean current)
{
  gboolean was = scope_picture_get_stale (self);

  self->current = current;
  if (was != scope_picture_get_stale (self))
    notify (self, PROP_STALE);
}

static void
update_statistics (ScopePicture *self)
{
  ScopeText text = { 0 };

  if (self->plane != NULL)
    scope_statistics_print (&self->plane->statistics, &self->plane_shape, &text);
  take_string (self, &self->statistics, steal_text (&text), PROP_STATISTICS);
}

static void
take_plane (ScopePicture *self, ScopePlane *plane)
{
  scope_plane_free (self->plane);
  self->plane = plane;
  self->plane_view = self->view;
  self->plane_shape = self->shape;
  clamp_cursor (self);
  notify (self, PROP_PLANE);
  update_statistics (self);
  update_readout (self);
}

static void
reading_done (ScopeEvaluation *evaluation, gpointer data)
{
  ScopePicture *self = data;
  ScopePlane *plane = scope_evaluation_steal_plane (evaluation);
  const ScopeError *error = scope_evaluation_get_error (evaluation);

  g_object_ref (self);
  set_busy (self, FALSE);
  take_string (self, &self->problem, plane != NULL ? NULL : g_strdup (error->sentence),
               PROP_PROBLEM);
  set_current (self, TRUE);
  take_plane (self, plane);
  scope_evaluation_cancel (g_steal_pointer (&self->reading));
  g_object_unref (self);
}

static void
stop_reading (ScopePicture *self)
{
  g_clear_pointer (&self->reading, scope_evaluation_cancel);
  g_clear_pointer (&self->element, scope_evaluation_cancel);
  set_busy (self, FALSE);
}

static void
show_nothing (ScopePicture *self, const char *reason)
{
  stop_reading (self);
  take_string (self, &self->problem, g_strdup (reason), PROP_PROBLEM);
  set_current (self, TRUE);
  take_plane (self, NULL);
}

static void
start_reading (ScopePicture *self)
{
  ScopeEvaluatorRequest request = { .program = self->program,
                                    .node = self->node,
                                    .view = self->view,
                                    .max_rows = self->max_rows,
                                    .max_columns = self->max_columns };

  stop_reading (self);
  set_current (self, FALSE);
  self->reading = scope_evaluator_read (self->evaluator, &request, reading_done, self);
  self->busy_source = g_timeout_add (BUSY_AFTER, still_waiting, self);
}

void
scope_picture_settle (ScopePicture *self, gint64 deadline)
{
  gint64 now = g_get_monotonic_time ();

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (self->reading != NULL)
    scope_evaluation_wait (self->reading, MAX (deadline - now, 0));
}

/* After a change of the view or the resolution. */
static void
read_again (ScopePicture *self)
{
  if (self->program == NULL || self->changing || !scope_shape_is_known (&self->shape))
    return;
  start_reading (self);
  scope_picture_settle (self, g_get_monotonic_time () + SETTLE);
}

void
scope_picture_cancel (ScopePicture *self)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (self->reading == NULL)
    return;
  stop_reading (self);
  take_string (self, &self->problem, g_strdup (_ ("Cancelled: this picture was not finished.")),
               PROP_PROBLEM);
}

/* ---- what is shown -------------------------------------------------------------------------- */

static void
set_name (ScopePicture *self, const char *name)
{
  take_string (self, &self->name, g_strdup (name), PROP_NAME);
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
    notify (self, PROP_AVAILABLE);
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
  notify (self, PROP_SHAPE_TEXT);
  set_view (self, &view);
  scope_picture_set_outdated (self, FALSE);
  self->changing = FALSE;

  if (scope_shape_is_known (shape))
    start_reading (self);
  else
    show_nothing (self, _ ("A size is not known, so there are no values to show."));
}

void
scope_picture_clear (ScopePicture *self, const char *name, const char *reason)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  set_name (self, name);
  scope_picture_set_outdated (self, FALSE);
  scope_picture_set_footprint (self, NULL);
  set_program (self, NULL, 0);
  notify (self, PROP_SHAPE_TEXT);
  update_caption (self);
  show_nothing (self, reason);
}

void
scope_picture_set_outdated (ScopePicture *self, gboolean outdated)
{
  gboolean was;

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  was = scope_picture_get_stale (self);
  self->outdated = outdated;
  if (was != scope_picture_get_stale (self))
    notify (self, PROP_STALE);
}

/* Elements that one cell covers when `elements` are shown in at most `most` cells. */
static gint64
block_for (gint64 elements, gint64 most)
{
  return elements <= most ? 1 : (elements + most - 1) / most;
}

void
scope_picture_set_resolution (ScopePicture *self, gint64 rows, gint64 columns)
{
  gboolean same;

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  rows = CLAMP (rows, 1, RESOLUTION_MOST);
  columns = CLAMP (columns, 1, RESOLUTION_MOST);
  if (self->max_rows == rows && self->max_columns == columns)
    return;

  same = self->plane != NULL && self->current
         && block_for (self->plane->rows, rows) == self->plane->row_block
         && block_for (self->plane->columns, columns) == self->plane->column_block;
  self->max_rows = rows;
  self->max_columns = columns;
  if (!same)
    read_again (self);
}

void
scope_picture_set_axes (ScopePicture *self, int row_axis, int column_axis)
{
  ScopeView view;

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  view = self->view;
  if (self->shape.rank < 2)
    return;
  if (axis_exists (&self->shape, row_axis))
    view.row_axis = row_axis;
  if (axis_exists (&self->shape, column_axis))
    view.column_axis = column_axis;
  if (view.row_axis == view.column_axis)
    {
      if (view.row_axis != self->view.row_axis)
        view.column_axis = self->view.row_axis;
      else
        view.row_axis = self->view.column_axis;
    }
  if (view.row_axis == self->view.row_axis && view.column_axis == self->view.column_axis)
    return;

  self->cursor_row = self->cursor_column = -1;
  set_view (self, &view);
  read_again (self);
}

void
scope_picture_transpose (ScopePicture *self)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  scope_picture_set_axes (self, self->view.column_axis, self->view.row_axis);
}

void
scope_picture_set_index (ScopePicture *self, int axis, gint64 index)
{
  ScopeView view;

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (!axis_exists (&self->shape, axis) || self->shape.size[axis] < 1)
    return;
  index = CLAMP (index, 0, self->shape.size[axis] - 1);
  if (self->view.index[axis] == index)
    return;

  view = self->view;
  view.index[axis] = index;
  set_view (self, &view);
  if (axis != view.row_axis && axis != view.column_axis)
    read_again (self);
}

gint64
scope_picture_get_index (ScopePicture *self, int axis)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), 0);

  return axis_exists (&self->shape, axis) ? self->view.index[axis] : 0;
}

void
scope_picture_set_palette (ScopePicture *self, ScopePalette palette)
{
  ScopeView view;

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  palette = CLAMP (palette, SCOPE_PALETTE_AUTO, SCOPE_N_PALETTES - 1);
  if (self->view.palette == palette)
    return;
  view = self->view;
  view.palette = palette;
  set_view (self, &view);
}

void
scope_picture_set_cursor (ScopePicture *self, gint64 row, gint64 column)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (row < 0 || column < 0)
    row = column = -1;
  if (self->cursor_row == row && self->cursor_column == column)
    return;

  self->cursor_row = row;
  self->cursor_column = column;
  clamp_cursor (self);
  update_readout (self);
}

void
scope_picture_get_cursor (ScopePicture *self, gint64 *row, gint64 *column)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  *row = self->cursor_row;
  *column = self->cursor_column;
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
  notify (self, PROP_FOOTPRINT);
}

const ScopeFootprint *
scope_picture_get_footprint (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);
  return self->has_footprint ? &self->footprint : NULL;
}

void
scope_picture_set_axis_names (ScopePicture *self, const char *names)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (g_strcmp0 (self->axis_names, names) == 0)
    return;
  g_free (self->axis_names);
  self->axis_names = g_strdup (names);
  notify (self, PROP_SHAPE_TEXT);
}

char *
scope_picture_get_axis_name (ScopePicture *self, int axis)
{
  g_auto (GStrv) names = NULL;

  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);

  if (!axis_exists (&self->shape, axis))
    return NULL;
  names = scope_axis_names_split (self->axis_names, self->shape.rank);
  return names != NULL && names[axis][0] != '\0' ? g_strdup (names[axis]) : NULL;
}

char *
scope_picture_describe_axis (ScopePicture *self, int axis)
{
  g_autofree char *name = NULL;
  int rank;

  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);

  rank = self->shape.rank;
  name = scope_picture_get_axis_name (self, axis);
  if (name != NULL)
    /* TRANSLATORS: an axis: its name and its number from the front and from the end */
    return g_strdup_printf (_ ("%s, axis %d (−%d)"), name, axis, rank - axis);
  return g_strdup_printf (_ ("Axis %d (−%d)"), axis, rank - axis);
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

const ScopeView *
scope_picture_get_view (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);
  return &self->view;
}

gboolean
scope_picture_get_stale (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), FALSE);
  return self->plane != NULL && (self->outdated || !self->current);
}

const char *
scope_picture_get_problem (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);
  return self->problem;
}

const char *
scope_picture_get_readout (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);
  return self->readout;
}

/* ---- the object ----------------------------------------------------------------------------- */

static char *
shape_text (ScopePicture *self)
{
  ScopeText text = { 0 };

  if (self->program == NULL)
    return NULL;
  scope_shape_print (&self->shape, SCOPE_SHAPE_LIST, &text);
  return steal_text (&text);
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
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_picture_dispose (GObject *object)
{
  ScopePicture *self = SCOPE_PICTURE (object);

  g_clear_pointer (&self->reading, scope_evaluation_cancel);
  g_clear_pointer (&self->element, scope_evaluation_cancel);
  g_clear_handle_id (&self->busy_source, g_source_remove);
  g_clear_pointer (&self->program, scope_program_unref);

  G_OBJECT_CLASS (scope_picture_parent_class)->dispose (object);
}

static void
scope_picture_finalize (GObject *object)
{
  ScopePicture *self = SCOPE_PICTURE (object);

  scope_plane_free (self->plane);
  scope_evaluator_unref (self->evaluator);
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

static void
scope_picture_class_init (ScopePictureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = scope_picture_get_property;
  object_class->set_property = scope_picture_set_property;
  object_class->dispose = scope_picture_dispose;
  object_class->finalize = scope_picture_finalize;

  properties[PROP_NAME] = string_property ("name");
  properties[PROP_SHAPE_TEXT] = string_property ("shape-text");
  properties[PROP_AVAILABLE] = boolean_property ("available");
  properties[PROP_VIEW] = pointer_property ("view");
  properties[PROP_ROW_AXIS] = axis_property ("row-axis");
  properties[PROP_COLUMN_AXIS] = axis_property ("column-axis");
  properties[PROP_PLANE] = pointer_property ("plane");
  properties[PROP_STALE] = boolean_property ("stale");
  properties[PROP_BUSY] = boolean_property ("busy");
  properties[PROP_PROBLEM] = string_property ("problem");
  properties[PROP_CAPTION] = string_property ("caption");
  properties[PROP_READOUT] = string_property ("readout");
  properties[PROP_STATISTICS] = string_property ("statistics");
  properties[PROP_FOOTPRINT] = pointer_property ("footprint");
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
scope_picture_init (ScopePicture *self)
{
  self->cursor_row = self->cursor_column = -1;
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
