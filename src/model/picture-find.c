/* One tensor value looked at: going to an element by its index, or to the next NaN. */
#include "model/picture-private.h"

#include <glib/gi18n-lib.h>

/* ---- the next NaN --------------------------------------------------------------------------- */

static void
search_done (ScopeEvaluation *evaluation, gpointer data)
{
  ScopePicture *self = data;
  gint64 row, column;

  g_object_ref (self);
  scope_evaluation_get_found (evaluation, &row, &column);
  scope_evaluation_cancel (g_steal_pointer (&self->searching));
  if (row >= 0)
    scope_picture_set_cursor (self, row, column);
  g_signal_emit (self, scope_picture_signals[SEARCHED], 0, row, column);
  g_object_unref (self);
}

void
scope_picture_find_nan (ScopePicture *self)
{
  ScopeEvaluatorRequest request = { .what = SCOPE_EVALUATE_NAN };

  g_return_if_fail (SCOPE_IS_PICTURE (self));

  g_clear_pointer (&self->searching, scope_evaluation_cancel);
  if (self->program == NULL || self->plane == NULL || !self->current)
    return;
  /* What has been read whole says at once that there is none. */
  if (!self->plane->sampled && self->plane->statistics.nans == 0)
    {
      g_signal_emit (self, scope_picture_signals[SEARCHED], 0, (gint64)-1, (gint64)-1);
      return;
    }
  request.program = self->program;
  request.node = self->node;
  request.view = self->view;
  request.row = self->cursor_row;
  request.column = self->cursor_column;
  self->searching = scope_evaluator_read (self->evaluator, &request, search_done, self);
}

/* ---- going to an index ---------------------------------------------------------------------- */

/* One index of an axis, from the end when negative. */
static gboolean
read_index (const char *text, gint64 size, int axis, gint64 *out, char **problem)
{
  gint64 index;

  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &index, NULL))
    {
      *problem = g_strdup_printf (_ ("“%s” is not a whole number."), text);
      return FALSE;
    }
  if (index < -size || index >= size)
    {
      g_autofree char *length = g_strdup_printf ("%" G_GINT64_FORMAT, size);

      /* TRANSLATORS: NumPy's own words, which are looked up by them */
      *problem = g_strdup_printf (_ ("index %s is out of bounds for axis %d with size %s"), text,
                                  axis, length);
      return FALSE;
    }
  *out = index < 0 ? index + size : index;
  return TRUE;
}

gboolean
scope_picture_go_to (ScopePicture *self, const char *text, char **problem)
{
  g_autofree char *inside = NULL;
  g_auto (GStrv) item = NULL;
  gint64 index[SCOPE_MAX_RANK] = { 0 };
  int rank = self->shape.rank;

  g_return_val_if_fail (SCOPE_IS_PICTURE (self), FALSE);

  /* With or without brackets. */
  inside = g_strdelimit (g_strdup (text), "[]()", ' ');
  g_strstrip (inside);
  item = inside[0] == '\0' ? g_new0 (char *, 1) : g_strsplit (inside, ",", -1);
  if (self->program == NULL || (int)g_strv_length (item) != MAX (rank, 0))
    {
      /* TRANSLATORS: %d is the number of a tensor's axes */
      *problem = g_strdup_printf (
          ngettext ("Write %d index.", "Write %d indices, such as 0, 2, 5.", (gulong)MAX (rank, 0)),
          MAX (rank, 0));
      return FALSE;
    }
  for (int axis = 0; axis < rank; axis++)
    if (!read_index (g_strstrip (item[axis]), self->shape.size[axis], axis, &index[axis], problem))
      return FALSE;
  for (int axis = 0; axis < rank; axis++)
    if (axis != self->view.row_axis && axis != self->view.column_axis)
      scope_picture_set_index (self, axis, index[axis]);
  scope_picture_set_cursor (self, self->view.row_axis >= 0 ? index[self->view.row_axis] : 0,
                            self->view.column_axis >= 0 ? index[self->view.column_axis] : 0);
  return TRUE;
}
