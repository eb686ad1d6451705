/* What one window works on: the steps of an expression of several statements. */
#include "model/session-private.h"

void
scope_session_look_at_steps (ScopeSession *self)
{
  GListModel *model = G_LIST_MODEL (self->steps);
  guint n = g_list_model_get_n_items (model);
  ScopeSteps steps = { 0 };
  guint wanted;

  /* Without the memory for it there is no strip; the verdict stands nevertheless. */
  if (self->report != NULL && !scope_steps_list (self->report->program, &steps))
    steps = (ScopeSteps){ 0 };
  wanted = (guint)steps.count;
  if (n > wanted)
    g_list_store_splice (self->steps, wanted, n - wanted, NULL, 0);
  for (guint i = 0; i < wanted; i++)
    if (i < n)
      {
        g_autoptr (ScopeStepItem) item = g_list_model_get_item (model, i);

        scope_step_item_update (item, &steps.step[i], steps.total);
      }
    else
      {
        g_autoptr (ScopeStepItem) item = scope_step_item_new (&steps.step[i], steps.total);

        g_list_store_append (self->steps, item);
      }
  if (self->hidden_steps != (guint)steps.hidden)
    {
      self->hidden_steps = (guint)steps.hidden;
      scope_session_notify (self, PROP_HIDDEN_STEPS);
    }
  scope_steps_clear (&steps);
}

GListModel *
scope_session_get_steps (ScopeSession *self)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), NULL);
  return G_LIST_MODEL (self->steps);
}
