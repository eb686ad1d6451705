/* One tensor value looked at: the element that is pointed out, in words. */
#include "model/picture-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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

/* What is told: the element under the cursor, else the one that is kept chosen. */
static void
find_told (ScopePicture *self, gint64 *row, gint64 *column)
{
  *row = self->cursor_row >= 0 ? self->cursor_row : self->pin_row;
  *column = self->cursor_row >= 0 ? self->cursor_column : self->pin_column;
}

/* The place in the tensor, as NumPy writes it: `A[0, 2, 5]`, or `A[:, 2, 5].max(0)`. */
static void
append_place (ScopePicture *self, ScopeText *text)
{
  ScopeView place = self->plane_view;
  gint64 row, column;

  find_told (self, &row, &column);
  /* What is shown stands at the cursor now, so no axis is: the caption of a scalar. */
  for (int axis = 0; axis < self->plane_shape.rank; axis++)
    if (axis == place.row_axis)
      place.index[axis] = row;
    else if (axis == place.column_axis)
      place.index[axis] = column;
  place.row_axis = place.column_axis = -1;
  place.facet_axes = 0;
  scope_view_caption (&place, self->name, &self->plane_shape, text);
}

/* The type of what is told: a mean is a double, and so is the magnitude of what is complex. */
static ScopeDtype
told_type (ScopePicture *self)
{
  ScopeDtype dtype = self->plane->dtype;

  if (self->plane_view.over_axes == 0)
    return dtype;
  return self->plane_view.over == SCOPE_AGGREGATE_MEAN
                 || scope_dtype_kind (dtype) == SCOPE_KIND_COMPLEX
             ? SCOPE_FLOAT64
             : dtype;
}

/* `A[0, 2, 5] = 1.25  float32`; the aggregate that the cell shows is told when it covers more. */
static void
write_readout (ScopePicture *self, const char *value)
{
  const ScopePlane *plane = self->plane;
  ScopeText text = { 0 };

  append_place (self, &text);
  scope_text_printf (&text, " = %s  %s", value, scope_dtype_name (told_type (self)));
  if ((plane->row_block > 1 || plane->column_block > 1) && self->detail == NULL)
    append_blocks (plane, &text);

  scope_picture_take_string (self, &self->readout, scope_picture_steal_text (&text), PROP_READOUT);
}

/* The element that is told in a plane that has it exactly, or NULL. */
static const char *
element_in (ScopePicture *self, const ScopePlane *plane)
{
  gint64 row, column;

  if (plane == NULL || plane->element == NULL)
    return NULL;
  find_told (self, &row, &column);
  if (row < 0)
    return NULL;
  row -= plane->row_begin;
  column -= plane->column_begin;
  if (row < 0 || row >= plane->cell_rows || column < 0 || column >= plane->cell_columns)
    return NULL;
  return (const char *)plane->element
         + (gsize)(row * plane->cell_columns + column) * scope_dtype_bytes (plane->dtype);
}

static void
element_done (ScopeEvaluation *evaluation, gpointer data)
{
  ScopePicture *self = data;
  const char *value = scope_evaluation_get_text (evaluation);

  if (self->plane != NULL)
    write_readout (self, value != NULL ? value : "?");
  scope_evaluation_cancel (g_steal_pointer (&self->element));
}

static void
read_element (ScopePicture *self)
{
  gint64 row, column;
  ScopeEvaluatorRequest request = { .program = self->program,
                                    .node = self->node,
                                    .what = SCOPE_EVALUATE_ELEMENT,
                                    .view = self->plane_view };

  find_told (self, &row, &column);
  plane_index (self, row, column, request.index);
  self->element = scope_evaluator_read (self->evaluator, &request, element_done, self);
  scope_evaluation_wait (self->element, SCOPE_PICTURE_SETTLE);
}

void
scope_picture_update_readout (ScopePicture *self)
{
  const ScopePlane *plane = self->plane;
  const char *element = element_in (self, plane);
  gint64 row, column;

  find_told (self, &row, &column);
  if (element == NULL)
    element = element_in (self, self->detail);
  g_clear_pointer (&self->element, scope_evaluation_cancel);

  if (plane == NULL || row < 0)
    scope_picture_take_string (self, &self->readout, NULL, PROP_READOUT);
  else if (element != NULL)
    {
      ScopeText value = { 0 };

      scope_dtype_print (plane->dtype, element, &value);
      write_readout (self, scope_text_string (&value));
      scope_text_clear (&value);
    }
  else if (self->current && self->program != NULL)
    read_element (self);
}

void
scope_picture_clamp_cursor (ScopePicture *self)
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
  scope_picture_clamp_cursor (self);
  scope_picture_update_readout (self);
  scope_picture_notify (self, PROP_CURSOR);
}

void
scope_picture_get_cursor (ScopePicture *self, gint64 *row, gint64 *column)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  *row = self->cursor_row;
  *column = self->cursor_column;
}

const char *
scope_picture_get_readout (ScopePicture *self)
{
  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);
  return self->readout;
}

char *
scope_picture_get_value_text (ScopePicture *self)
{
  const char *begin, *end;

  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);

  /* `place = value  type`: no place has an equals sign with spaces in it behind the last one. */
  begin = self->readout != NULL ? g_strrstr (self->readout, " = ") : NULL;
  if (begin == NULL)
    return NULL;
  begin += 3;
  end = strstr (begin, "  ");
  return end != NULL ? g_strndup (begin, (gsize)(end - begin)) : g_strdup (begin);
}

char *
scope_picture_get_place_text (ScopePicture *self)
{
  const char *end;

  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);

  end = self->readout != NULL ? g_strrstr (self->readout, " = ") : NULL;
  return end != NULL ? g_strndup (self->readout, (gsize)(end - self->readout)) : NULL;
}
