/* Checks both expressions, compares them in a worker, keeps the worst cells as a list. */
#include "model/two-tensors-private.h"

#include "files/value-text.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

enum
{
  SHOWN_BUDGET = 64 << 20, /* bytes of a difference that is shown */
};

/* One comparison under way. */
typedef struct
{
  gatomicrefcount references;
  _Atomic int cancelled;
  ScopeTile *actual, *desired;
  ScopeTolerance tolerance;
  ScopeTwoTensors *owner; /* not owned; only looked at when not cancelled */
  ScopeCloseness *result;
  ScopeError error;
} Job;

struct _ScopeTwoTensors
{
  GObject parent_instance;

  ScopeSession *session; /* not a reference */
  ScopeEvaluator *evaluator;
  char *actual, *desired, *rtol, *atol;
  gboolean equal_nan;
  Job *job;
  ScopeCloseness *result;
  GListStore *cells;
  ScopePicture *picture;
  char *verdict, *details, *problem;
  const char *fault; /* the text that is wrong, or NULL */
  int fault_begin, fault_end;
};

enum
{
  PROP_0,
  PROP_ACTUAL,
  PROP_DESIRED,
  PROP_RTOL,
  PROP_ATOL,
  PROP_EQUAL_NAN,
  PROP_VERDICT,
  PROP_DETAILS,
  PROP_PROBLEM,
  PROP_EQUAL,
  PROP_BUSY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeTwoTensors, scope_two_tensors, G_TYPE_OBJECT)

static void
notify (ScopeTwoTensors *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
take (ScopeTwoTensors *self, char **field, char *text, int property)
{
  if (g_strcmp0 (*field, text) == 0)
    {
      g_free (text);
      return;
    }
  g_free (*field);
  *field = text;
  notify (self, property);
}

static const char *
translate (const char *text)
{
  return g_dgettext (GETTEXT_PACKAGE, text);
}

/* ---- the worker ----------------------------------------------------------------------------- */

static void
job_unref (gpointer data)
{
  Job *job = data;

  if (!g_atomic_ref_count_dec (&job->references))
    return;
  scope_tile_unref (job->actual);
  scope_tile_unref (job->desired);
  free (job->result);
  g_free (job);
}

static void
cancel (ScopeTwoTensors *self)
{
  if (self->job == NULL)
    return;
  self->job->cancelled = 1;
  g_clear_pointer (&self->job, job_unref);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  ScopeReading reading = { .cancelled = &job->cancelled };
  ScopeSubject actual = scope_tile_subject (job->actual);
  ScopeSubject desired = scope_tile_subject (job->desired);

  job->result = scope_closeness_read (&actual, &desired, &job->tolerance, &reading, &job->error);
  g_task_return_boolean (task, TRUE);
}

/* ---- what came out -------------------------------------------------------------------------- */

static char *
steal (ScopeText *text)
{
  char *copy = g_strdup (scope_text_string (text));

  scope_text_clear (text);
  return copy;
}

static char *
write_verdict (const ScopeCloseness *result)
{
  ScopeText text = { 0 };

  scope_closeness_print_verdict (result, translate, &text);
  return steal (&text);
}

static char *
write_details (const ScopeCloseness *result)
{
  ScopeText text = { 0 };

  scope_closeness_print_details (result, translate, &text);
  return steal (&text);
}

static void
list_cells (ScopeTwoTensors *self)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_object_unref);
  guint old = g_list_model_get_n_items (G_LIST_MODEL (self->cells));

  for (int i = 0; self->result != NULL && i < self->result->cells; i++)
    g_ptr_array_add (cells,
                     scope_unequal_item_new (&self->result->cell[i], self->result->shape.rank));
  g_list_store_splice (self->cells, 0, old, cells->pdata, cells->len);
}

static void
take_result (ScopeTwoTensors *self, ScopeCloseness *result, const char *problem)
{
  free (self->result);
  self->result = result;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  notify (self, PROP_PROBLEM); /* the place of the same one may be another */
  take (self, &self->verdict, result != NULL ? write_verdict (result) : NULL, PROP_VERDICT);
  take (self, &self->details, result != NULL ? write_details (result) : NULL, PROP_DETAILS);
  list_cells (self);
  notify (self, PROP_EQUAL);
  notify (self, PROP_BUSY);
}

static void
finished (GObject *source, GAsyncResult *task, gpointer data)
{
  Job *job = g_task_get_task_data (G_TASK (task));
  ScopeTwoTensors *self = job->owner;

  if (job->cancelled)
    return;
  self->job = NULL;
  take_result (self, g_steal_pointer (&job->result),
               job->result == NULL && job->error.code != SCOPE_ERROR_NONE ? job->error.sentence
                                                                          : NULL);
  job_unref (job);
}

/* ---- comparing ------------------------------------------------------------------------------ */

/* The session's tensors, with those of the values that are none of them. */
static GPtrArray *
list_tensors (ScopeTwoTensors *self, const ScopeValueText *actual, const ScopeValueText *desired)
{
  GPtrArray *tensors = g_ptr_array_new ();
  ScopeScene *scene = scope_session_get_scene (self->session);

  if (actual != NULL && actual->tensor != NULL)
    g_ptr_array_add (tensors, actual->tensor);
  if (desired != NULL && desired->tensor != NULL)
    g_ptr_array_add (tensors, desired->tensor);
  for (int i = 0; i < scene->tensors; i++)
    g_ptr_array_add (tensors, scene->tensor[i].tensor);
  return tensors;
}

static gboolean
read_value (ScopeTwoTensors *self,
            const char *text,
            const char *name,
            ScopeValueText *out,
            ScopeError *error)
{
  g_autoptr (GPtrArray) tensors = list_tensors (self, NULL, NULL);
  ScopeCheckOptions options = { .dialect = scope_session_get_dialect (self->session),
                                .translate = translate };

  return scope_value_text_read (text, name, (ScopeTensor *const *)tensors->pdata, (int)tensors->len,
                                &options, out, error);
}

static gboolean
read_tolerance (const char *text, double *out)
{
  char *end = NULL;

  *out = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && *out >= 0;
}

/* Shows |actual − desired|. */
static void
show_difference (ScopeTwoTensors *self, const ScopeValueText *actual, const ScopeValueText *desired)
{
  g_autoptr (GPtrArray) tensors = list_tensors (self, actual, desired);
  g_autofree char *text =
      g_strdup_printf ("torch.abs((%s).double() - (%s).double())",
                       actual->tensor != NULL ? actual->tensor->name : self->actual,
                       desired->tensor != NULL ? desired->tensor->name : self->desired);
  ScopeCheckOptions options = { .dialect = scope_session_get_dialect (self->session),
                                .translate = translate };
  ScopeTile *tile =
      scope_tile_new ("", text, (ScopeTensor *const *)tensors->pdata, (int)tensors->len, &options);

  if (tile != NULL && tile->program != NULL)
    scope_picture_show (self->picture, tile->program, tile->program->result, "|Δ|");
  else
    scope_picture_clear (self->picture, "|Δ|", NULL);
  scope_tile_unref (tile);
}

static void
start (ScopeTwoTensors *self, ScopeTile *actual, ScopeTile *desired, ScopeTolerance tolerance)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, finished, NULL);
  Job *job = g_new0 (Job, 1);

  g_atomic_ref_count_init (&job->references);
  job->actual = scope_tile_ref (actual);
  job->desired = scope_tile_ref (desired);
  job->tolerance = tolerance;
  job->owner = self;
  self->job = job;
  g_atomic_ref_count_inc (&job->references);
  g_task_set_task_data (task, job, job_unref);
  g_task_run_in_thread (task, work);
  notify (self, PROP_BUSY);
}

/* Why there is nothing to compare, or NULL. */
static const char *
read_all (ScopeTwoTensors *self,
          ScopeValueText *actual,
          ScopeValueText *desired,
          ScopeTolerance *tolerance,
          ScopeError *error)
{
  self->fault = !read_value (self, self->actual, "actual", actual, error)      ? "actual"
                : !read_value (self, self->desired, "desired", desired, error) ? "desired"
                                                                               : NULL;
  self->fault_begin = self->fault != NULL ? (int)error->begin : -1;
  self->fault_end = self->fault != NULL ? (int)error->end : -1;
  if (self->fault != NULL)
    return error->sentence;
  if (!read_tolerance (self->rtol, &tolerance->rtol)
      || !read_tolerance (self->atol, &tolerance->atol))
    return _ ("A tolerance is a number from 0 on, such as 1e-5.");
  return NULL;
}

static void
compare (ScopeTwoTensors *self)
{
  ScopeTolerance tolerance = { .equal_nan = self->equal_nan };
  ScopeValueText actual = { 0 }, desired = { 0 };
  ScopeError error = { .begin = -1, .end = -1 };
  const char *problem;

  cancel (self);
  if (self->session == NULL)
    return;
  problem = read_all (self, &actual, &desired, &tolerance, &error);
  if (problem == NULL)
    start (self, actual.tile, desired.tile, tolerance);
  else
    take_result (self, NULL, problem);
  show_difference (self, &actual, &desired);
  scope_value_text_clear (&actual);
  scope_value_text_clear (&desired);
}

/* ---- for the view --------------------------------------------------------------------------- */

const char *
scope_two_tensors_get_fault (ScopeTwoTensors *self, int *begin, int *end)
{
  g_return_val_if_fail (SCOPE_IS_TWO_TENSORS (self), NULL);

  *begin = self->fault_begin;
  *end = self->fault_end;
  return self->fault;
}

GListModel *
scope_two_tensors_get_cells (ScopeTwoTensors *self)
{
  g_return_val_if_fail (SCOPE_IS_TWO_TENSORS (self), NULL);
  return G_LIST_MODEL (self->cells);
}

ScopePicture *
scope_two_tensors_get_picture (ScopeTwoTensors *self)
{
  g_return_val_if_fail (SCOPE_IS_TWO_TENSORS (self), NULL);
  return self->picture;
}

void
scope_two_tensors_point_out (ScopeTwoTensors *self, guint cell)
{
  const ScopeView *view;
  const gint64 *index;
  int row, column;

  g_return_if_fail (SCOPE_IS_TWO_TENSORS (self));

  if (self->result == NULL || cell >= (guint)self->result->cells)
    return;
  index = self->result->cell[cell].index;
  view = scope_picture_get_view (self->picture);
  row = view->row_axis;
  column = view->column_axis;
  for (int axis = 0; axis < self->result->shape.rank; axis++)
    if (axis != row && axis != column)
      scope_picture_set_index (self->picture, axis, index[axis]);
  scope_picture_set_cursor (self->picture, row < 0 ? 0 : index[row],
                            column < 0 ? 0 : index[column]);
}

char *
scope_two_tensors_get_table (ScopeTwoTensors *self)
{
  GString *table;

  g_return_val_if_fail (SCOPE_IS_TWO_TENSORS (self), NULL);

  table = g_string_new ("index\tactual\tdesired\tabs\trel\n");
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->cells)); i++)
    {
      g_autoptr (ScopeUnequalItem) item = g_list_model_get_item (G_LIST_MODEL (self->cells), i);

      for (int k = 0; k < SCOPE_N_CELL_TEXTS; k++)
        g_string_append_printf (table, k > 0 ? "\t%s" : "%s",
                                scope_unequal_item_get_text (item, k));
      g_string_append_c (table, '\n');
    }
  return g_string_free (table, FALSE);
}

gboolean
scope_two_tensors_get_busy (ScopeTwoTensors *self)
{
  g_return_val_if_fail (SCOPE_IS_TWO_TENSORS (self), FALSE);
  return self->job != NULL;
}

const ScopeCloseness *
scope_two_tensors_get_result (ScopeTwoTensors *self)
{
  g_return_val_if_fail (SCOPE_IS_TWO_TENSORS (self), NULL);
  return self->result;
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_two_tensors_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeTwoTensors *self = SCOPE_TWO_TENSORS (object);

  switch (id)
    {
    case PROP_ACTUAL:
      g_value_set_string (value, self->actual);
      break;
    case PROP_DESIRED:
      g_value_set_string (value, self->desired);
      break;
    case PROP_RTOL:
      g_value_set_string (value, self->rtol);
      break;
    case PROP_ATOL:
      g_value_set_string (value, self->atol);
      break;
    case PROP_EQUAL_NAN:
      g_value_set_boolean (value, self->equal_nan);
      break;
    case PROP_VERDICT:
      g_value_set_string (value, self->verdict);
      break;
    case PROP_DETAILS:
      g_value_set_string (value, self->details);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_EQUAL:
      g_value_set_boolean (value, self->result != NULL && self->result->mismatched == 0);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->job != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
change_text (ScopeTwoTensors *self, char **field, const char *text, int property)
{
  if (g_strcmp0 (*field, text) == 0)
    return;
  g_free (*field);
  *field = g_strdup (text);
  notify (self, property);
  compare (self);
}

static void
set_equal_nan (ScopeTwoTensors *self, gboolean equal_nan)
{
  if (self->equal_nan == equal_nan)
    return;
  self->equal_nan = equal_nan;
  notify (self, PROP_EQUAL_NAN);
  compare (self);
}

static void
scope_two_tensors_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopeTwoTensors *self = SCOPE_TWO_TENSORS (object);

  switch (id)
    {
    case PROP_ACTUAL:
      change_text (self, &self->actual, g_value_get_string (value), PROP_ACTUAL);
      break;
    case PROP_DESIRED:
      change_text (self, &self->desired, g_value_get_string (value), PROP_DESIRED);
      break;
    case PROP_RTOL:
      change_text (self, &self->rtol, g_value_get_string (value), PROP_RTOL);
      break;
    case PROP_ATOL:
      change_text (self, &self->atol, g_value_get_string (value), PROP_ATOL);
      break;
    case PROP_EQUAL_NAN:
      set_equal_nan (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_two_tensors_dispose (GObject *object)
{
  ScopeTwoTensors *self = SCOPE_TWO_TENSORS (object);

  cancel (self);
  g_clear_weak_pointer (&self->session);

  G_OBJECT_CLASS (scope_two_tensors_parent_class)->dispose (object);
}

static void
scope_two_tensors_finalize (GObject *object)
{
  ScopeTwoTensors *self = SCOPE_TWO_TENSORS (object);

  free (self->result);
  g_object_unref (self->cells);
  g_object_unref (self->picture);
  scope_evaluator_unref (self->evaluator);
  g_free (self->actual);
  g_free (self->desired);
  g_free (self->rtol);
  g_free (self->atol);
  g_free (self->verdict);
  g_free (self->details);
  g_free (self->problem);

  G_OBJECT_CLASS (scope_two_tensors_parent_class)->finalize (object);
}

static void
scope_two_tensors_class_init (ScopeTwoTensorsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = scope_two_tensors_get_property;
  object_class->set_property = scope_two_tensors_set_property;
  object_class->dispose = scope_two_tensors_dispose;
  object_class->finalize = scope_two_tensors_finalize;

  properties[PROP_ACTUAL] = g_param_spec_string ("actual", NULL, NULL, NULL, flags);
  properties[PROP_DESIRED] = g_param_spec_string ("desired", NULL, NULL, NULL, flags);
  properties[PROP_RTOL] = g_param_spec_string ("rtol", NULL, NULL, NULL, flags);
  properties[PROP_ATOL] = g_param_spec_string ("atol", NULL, NULL, NULL, flags);
  properties[PROP_EQUAL_NAN] = g_param_spec_boolean ("equal-nan", NULL, NULL, TRUE, flags);
  properties[PROP_VERDICT] = g_param_spec_string ("verdict", NULL, NULL, NULL, readable);
  properties[PROP_DETAILS] = g_param_spec_string ("details", NULL, NULL, NULL, readable);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, readable);
  properties[PROP_EQUAL] = g_param_spec_boolean ("equal", NULL, NULL, FALSE, readable);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
scope_two_tensors_init (ScopeTwoTensors *self)
{
  self->evaluator = scope_evaluator_new ();
  self->picture = scope_picture_new (self->evaluator);
  self->cells = g_list_store_new (SCOPE_TYPE_UNEQUAL_ITEM);
  self->rtol = g_strdup ("1e-7");
  self->atol = g_strdup ("0");
  self->equal_nan = TRUE;
}

ScopeTwoTensors *
scope_two_tensors_new (ScopeSession *session)
{
  ScopeTwoTensors *self = g_object_new (SCOPE_TYPE_TWO_TENSORS, NULL);
  ScopeScene *scene = scope_session_get_scene (session);

  g_set_weak_pointer (&self->session, session);
  self->actual = g_strdup (scene->tensors > 0 ? scene->tensor[0].tensor->name : "A");
  self->desired = g_strdup (scene->tensors > 1 ? scene->tensor[1].tensor->name : self->actual);
  g_signal_connect_object (session, "notify::report", G_CALLBACK (compare), self,
                           G_CONNECT_SWAPPED);
  compare (self);
  return self;
}
