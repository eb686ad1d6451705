/* What one window works on: the chosen element of the result lights up where it comes from. */
#include "model/session-private.h"

/* Sources of one tensor among the leaves. Free with g_array_unref. */
static GArray *
sources_in (const ScopeOrigins *origins, const ScopeTensor *tensor)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (ScopeOrigin));

  for (guint i = 0; origins != NULL && i < origins->leaf->len; i++)
    {
      const ScopeOrigin *origin = &g_array_index (origins->leaf, ScopeOrigin, i);

      if (origins->program->node[origin->node]->tensor == tensor)
        g_array_append_vals (found, origin, 1);
    }
  return found;
}

void
scope_session_update_origins (ScopeSession *self)
{
  gint64 index[SCOPE_MAX_RANK];
  ScopeOrigins *origins = NULL;

  if (self->result == NULL || self->pictures == NULL)
    return;
  if (self->shown != NULL && scope_picture_get_chosen (self->result, index))
    origins = scope_origins_new (self->shown, self->shown_node, index);
  scope_picture_take_origins (self->result, origins);
  origins = (ScopeOrigins *)scope_picture_get_origins (self->result);
  for (guint i = 0; i < self->pictured->len; i++)
    {
      g_autoptr (ScopePicture) picture = g_list_model_get_item (G_LIST_MODEL (self->pictures), i);
      g_autoptr (GArray) found = sources_in (origins, g_ptr_array_index (self->pictured, i));

      scope_picture_set_sources (picture, (const ScopeOrigin *)(gpointer)found->data, found->len);
    }
}

void
scope_session_follow_result (ScopeSession *self)
{
  static const char *const chosen[] = { "notify::cursor", "notify::pin", "notify::plane" };

  for (guint i = 0; i < G_N_ELEMENTS (chosen); i++)
    g_signal_connect_object (self->result, chosen[i], G_CALLBACK (scope_session_update_origins),
                             self, G_CONNECT_SWAPPED);
}
