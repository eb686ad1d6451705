/* Names of axes as people write them: `N C H W`, `N, C, H, W`, `NCHW`. */
#include "model/axis-names.h"

#include <string.h>

/* The names in order, a run of capitals taken as one each. */
static GPtrArray *
read_names (const char *names)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) words = g_strsplit_set (names, " ,\t;", -1);
  gboolean run = TRUE;

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_ptr_array_add (out, g_strdup (words[i]));
  if (out->len != 1)
    return out;

  for (const char *c = g_ptr_array_index (out, 0); *c != '\0'; c++)
    run = run && g_ascii_isupper (*c);
  if (run)
    {
      g_autofree char *word = g_ptr_array_steal_index (out, 0);

      for (const char *c = word; *c != '\0'; c++)
        g_ptr_array_add (out, g_strndup (c, 1));
    }
  return out;
}

char **
scope_axis_names_split (const char *names, int rank)
{
  g_autoptr (GPtrArray) read = NULL;
  char **out;

  if (names == NULL)
    return NULL;
  read = read_names (names);
  if (read->len == 0)
    return NULL;

  out = g_new0 (char *, (gsize)rank + 1);
  for (int axis = 0; axis < rank; axis++)
    {
      int at = (int)read->len - rank + axis;

      out[axis] = g_strdup (at >= 0 ? g_ptr_array_index (read, at) : "");
    }
  return out;
}
