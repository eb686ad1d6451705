/* What one window works on: the chosen element of the result lights up where it comes from. */
#include "model/session-private.h"

#include <string.h>

/* So long (microseconds) the pointer may wait for what is read to tell where an element comes from:
 * most is there in the same frame. */
#define TRACED_WITHIN 8000

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

/* What the result's origins are in each tensor lights up there. */
static void
show_sources (ScopeSession *self)
{
  const ScopeOrigins *origins = scope_picture_get_origins (self->result);

  for (guint i = 0; i < self->pictured->len; i++)
    {
      g_autoptr (ScopePicture) picture = g_list_model_get_item (G_LIST_MODEL (self->pictures), i);
      g_autoptr (GArray) found = sources_in (origins, g_ptr_array_index (self->pictured, i));

      scope_picture_set_sources (picture, (const ScopeOrigin *)(gpointer)found->data, found->len);
    }
}

static void
tracing_done (ScopeEvaluation *evaluation, gpointer data)
{
  ScopeSession *self = data;
  ScopeOrigins *origins = scope_evaluation_steal_origins (evaluation);

  g_object_ref (self);
  scope_evaluation_cancel (g_steal_pointer (&self->tracing));
  if (origins != NULL)
    {
      scope_picture_take_origins (self->result, origins);
      show_sources (self);
    }
  g_object_unref (self);
}

/* Which of several elements a maximum is: their values have to be read for that. */
static void
start_tracing (ScopeSession *self, const gint64 *index)
{
  ScopeEvaluatorRequest request = { .what = SCOPE_EVALUATE_ORIGINS,
                                    .program = self->shown,
                                    .node = self->shown_node };

  memcpy (request.index, index, sizeof request.index);
  self->tracing = scope_evaluator_read (self->evaluator, &request, tracing_done, self);
  scope_evaluation_wait (self->tracing, TRACED_WITHIN);
}

void
scope_session_update_origins (ScopeSession *self)
{
  gint64 index[SCOPE_MAX_RANK] = { 0 };
  ScopeOrigins *origins = NULL;
  gboolean chosen;

  if (self->result == NULL || self->pictures == NULL)
    return;
  chosen = self->shown != NULL && scope_picture_get_chosen (self->result, index);
  if (chosen
      && scope_origins_are_of (scope_picture_get_origins (self->result), self->shown,
                               self->shown_node, index))
    {
      show_sources (self);
      return;
    }
  g_clear_pointer (&self->tracing, scope_evaluation_cancel);
  if (chosen)
    origins = scope_origins_new (self->shown, self->shown_node, index, NULL);
  chosen = origins != NULL && origins->picks;
  scope_picture_take_origins (self->result, origins);
  show_sources (self);
  if (chosen)
    start_tracing (self, index);
}

void
scope_session_follow_result (ScopeSession *self)
{
  static const char *const chosen[] = { "notify::cursor", "notify::pin", "notify::plane" };

  for (guint i = 0; i < G_N_ELEMENTS (chosen); i++)
    g_signal_connect_object (self->result, chosen[i], G_CALLBACK (scope_session_update_origins),
                             self, G_CONNECT_SWAPPED);
}
