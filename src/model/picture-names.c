/* One tensor value looked at: what its axes are called. */
#include "model/axis-names.h"
#include "model/picture-private.h"

#include <glib/gi18n-lib.h>

void
scope_picture_set_axis_names (ScopePicture *self, const char *names)
{
  g_return_if_fail (SCOPE_IS_PICTURE (self));

  if (g_strcmp0 (self->axis_names, names) == 0)
    return;
  g_free (self->axis_names);
  self->axis_names = g_strdup (names);
  scope_picture_notify (self, PROP_SHAPE_TEXT);
}

char *
scope_picture_get_axis_name (ScopePicture *self, int axis)
{
  g_auto (GStrv) names = NULL;

  g_return_val_if_fail (SCOPE_IS_PICTURE (self), NULL);

  if (!scope_picture_has_axis (self, axis))
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
