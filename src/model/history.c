/* Undo and redo: a list of scenes and a place in it. */
#include "model/history.h"

enum
{
  ONE_STEP_WITHIN = G_USEC_PER_SEC, /* edits with one tag */
  STEPS_AT_MOST = 10000
};

struct _ScopeHistory
{
  GPtrArray *scenes;
  guint at;
  char *tag; /* of the last push, NULL after anything else */
  gint64 time;
};

ScopeHistory *
scope_history_new (ScopeScene *scene)
{
  ScopeHistory *self = g_new0 (ScopeHistory, 1);

  self->scenes = g_ptr_array_new_with_free_func ((GDestroyNotify)scope_scene_unref);
  g_ptr_array_add (self->scenes, scope_scene_ref (scene));
  return self;
}

void
scope_history_free (ScopeHistory *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->scenes);
  g_free (self->tag);
  g_free (self);
}

ScopeScene *
scope_history_get_current (ScopeHistory *self)
{
  return g_ptr_array_index (self->scenes, self->at);
}

void
scope_history_seal (ScopeHistory *self)
{
  g_clear_pointer (&self->tag, g_free);
}

static void
forget_undone (ScopeHistory *self)
{
  guint undone = self->scenes->len - self->at - 1;

  if (undone > 0)
    g_ptr_array_remove_range (self->scenes, self->at + 1, undone);
}

void
scope_history_push (ScopeHistory *self, ScopeScene *scene, const char *tag, gint64 now)
{
  gboolean same_step = tag != NULL && g_strcmp0 (tag, self->tag) == 0
                       && now - self->time < ONE_STEP_WITHIN && self->at > 0;
  char *kept = g_strdup (tag);

  scope_scene_ref (scene);
  forget_undone (self);
  if (same_step)
    g_ptr_array_remove_index (self->scenes, self->at);
  else if (self->scenes->len >= STEPS_AT_MOST)
    g_ptr_array_remove_index (self->scenes, 0);
  g_ptr_array_add (self->scenes, scene);
  self->at = self->scenes->len - 1;
  g_free (self->tag);
  self->tag = kept;
  self->time = now;
}

gboolean
scope_history_can_undo (ScopeHistory *self)
{
  return self->at > 0;
}

gboolean
scope_history_can_redo (ScopeHistory *self)
{
  return self->at + 1 < self->scenes->len;
}

gboolean
scope_history_undo (ScopeHistory *self)
{
  if (!scope_history_can_undo (self))
    return FALSE;
  self->at--;
  scope_history_seal (self);
  return TRUE;
}

gboolean
scope_history_redo (ScopeHistory *self)
{
  if (!scope_history_can_redo (self))
    return FALSE;
  self->at++;
  scope_history_seal (self);
  return TRUE;
}
