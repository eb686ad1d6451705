/* Edits of one axis of a tensor, as the cells of the alignment make them. */
#include "app/axis-edit.h"

#include "core/checked.h"

#include <string.h>

static const ScopeShape *
get_shape (const ScopeAxisTarget *target)
{
  return &scope_session_get_scene (target->session)->tensor[target->tensor].tensor->shape;
}

gboolean
scope_axis_target_find (ScopeSession *session,
                        const ScopeAlignment *alignment,
                        int row,
                        int column,
                        ScopeAxisTarget *out)
{
  const ScopeScene *scene = scope_session_get_scene (session);
  int tensor = scope_scene_find (scene, scope_text_string (&alignment->row[row].name));
  const ScopeShape *shape;

  if (tensor < 0 || scene->tensor[tensor].file)
    return FALSE;
  shape = &scene->tensor[tensor].tensor->shape;
  out->session = session;
  out->tensor = (guint)tensor;
  out->axis = column - (alignment->rank - shape->rank);
  out->size = out->axis >= 0 ? shape->size[out->axis] : 1;
  return TRUE;
}

/* The tensor's shape with axes of size 1 in front, so that a missing axis exists. FALSE when that
 * are too many. */
static gboolean
complete (const ScopeAxisTarget *target, ScopeShape *shape, int *axis)
{
  const ScopeShape *now = get_shape (target);
  int missing = target->axis < 0 ? -target->axis : 0;

  if (now->rank + missing > SCOPE_MAX_RANK)
    return FALSE;
  shape->rank = now->rank + missing;
  for (int i = 0; i < shape->rank; i++)
    shape->size[i] = i < missing ? 1 : now->size[i - missing];
  *axis = target->axis + missing;
  return TRUE;
}

static gboolean
put (const ScopeAxisTarget *target, const ScopeShape *shape, const char *what)
{
  g_autofree char *tag = g_strdup_printf ("%s:%u:%d", what, target->tensor, target->axis);

  return scope_session_set_tensor_shape (target->session, target->tensor, shape, tag);
}

gboolean
scope_axis_edit_set_size (const ScopeAxisTarget *target, gint64 size)
{
  ScopeShape shape;
  int axis;

  if (size < 0 || !complete (target, &shape, &axis))
    return FALSE;
  shape.size[axis] = size;
  return put (target, &shape, "size");
}

gboolean
scope_axis_edit_resize (const ScopeAxisTarget *target, int by)
{
  gint64 size;

  return scope_size_is_known (target->size) && scope_checked_add (target->size, by, &size)
         && scope_axis_edit_set_size (target, size);
}

gboolean
scope_axis_edit_insert (const ScopeAxisTarget *target)
{
  ScopeShape shape;
  int axis;

  if (!complete (target, &shape, &axis) || shape.rank >= SCOPE_MAX_RANK)
    return FALSE;
  /* After the axis in the row: its place counted from the end is the new one's. */
  memmove (&shape.size[axis + 2], &shape.size[axis + 1],
           (gsize)(shape.rank - axis - 1) * sizeof shape.size[0]);
  shape.size[axis + 1] = 1;
  shape.rank++;
  return put (target, &shape, "insert");
}

gboolean
scope_axis_edit_remove (const ScopeAxisTarget *target)
{
  ScopeShape shape = *get_shape (target);

  if (target->axis < 0)
    return FALSE;
  memmove (&shape.size[target->axis], &shape.size[target->axis + 1],
           (gsize)(shape.rank - target->axis - 1) * sizeof shape.size[0]);
  shape.rank--;
  return put (target, &shape, "remove");
}

gboolean
scope_axis_edit_move (const ScopeAxisTarget *target, int by)
{
  ScopeShape shape = *get_shape (target);
  int to = target->axis + by;
  gint64 size;

  if (target->axis < 0 || to < 0 || to >= shape.rank)
    return FALSE;
  size = shape.size[target->axis];
  shape.size[target->axis] = shape.size[to];
  shape.size[to] = size;
  return put (target, &shape, "move");
}
