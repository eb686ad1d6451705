/* What one window works on: its expression, typed, chosen as a form, or taken from a remedy. */
#include "model/session-private.h"

#include <string.h>

void
scope_session_set_problem (ScopeSession *self, const ScopeError *error)
{
  const char *sentence = error != NULL ? error->sentence : NULL;
  gboolean same_place;

  int begin = error != NULL ? (int)error->begin : -1;
  int end = error != NULL ? (int)error->end : -1;

  same_place = begin == self->problem_begin && end == self->problem_end;
  if (same_place && g_strcmp0 (self->problem, sentence) == 0)
    return;

  self->problem_begin = begin;
  self->problem_end = end;
  g_free (self->problem);
  self->problem = g_strdup (sentence);
  scope_session_notify (self, PROP_PROBLEM);
}

void
scope_session_store_expression (ScopeSession *self, const char *expression)
{
  if (g_strcmp0 (self->expression, expression) == 0)
    return;

  g_free (self->expression);
  self->expression = g_strdup (expression);
  scope_session_notify (self, PROP_EXPRESSION);
}

/* ---- the text ------------------------------------------------------------------------------- */

void
scope_session_set_expression (ScopeSession *self, const char *expression)
{
  ScopeScene *scene;
  ScopeExpression *parsed;
  ScopeError error = { 0 };

  g_return_if_fail (SCOPE_IS_SESSION (self));
  g_return_if_fail (expression != NULL);

  if (g_strcmp0 (self->expression, expression) == 0)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  scope_session_store_expression (self, expression);
  scene = scope_session_get_scene (self);
  parsed = scope_expression_parse (expression, strlen (expression), &error);
  scope_session_set_problem (self, parsed != NULL ? NULL : &error);
  if (parsed != NULL && strcmp (scene->expression, expression) != 0)
    scope_session_adopt (self, scope_scene_with_expression (scene, expression), "expression");
  scope_expression_free (parsed);
  scope_session_update_stale (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
scope_session_write_expression (ScopeSession *self, const char *expression)
{
  g_return_if_fail (SCOPE_IS_SESSION (self));

  scope_session_end_step (self);
  scope_session_set_expression (self, expression);
  scope_session_end_step (self);
}

const char *
scope_session_get_expression (ScopeSession *self)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), NULL);
  return self->expression;
}

const char *
scope_session_get_problem (ScopeSession *self)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), NULL);
  return self->problem;
}

gboolean
scope_session_get_fault (ScopeSession *self, int *begin, int *end)
{
  const ScopeFailure *failure;

  g_return_val_if_fail (SCOPE_IS_SESSION (self), FALSE);

  failure = self->report != NULL ? self->report->failure : NULL;
  if (self->problem != NULL)
    {
      *begin = self->problem_begin;
      *end = self->problem_end;
    }
  else if (failure != NULL)
    {
      *begin = failure->span.begin;
      *end = failure->span.end;
    }
  else
    return FALSE;

  return *begin >= 0;
}

gboolean
scope_session_get_stale (ScopeSession *self)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), FALSE);
  return self->stale;
}

void
scope_session_set_dialect (ScopeSession *self, ScopeDialect dialect)
{
  ScopeScene *scene;

  g_return_if_fail (SCOPE_IS_SESSION (self));

  dialect = CLAMP (dialect, SCOPE_PYTORCH, SCOPE_N_DIALECTS - 1);
  scene = scope_session_get_scene (self);
  if (scene->dialect == dialect)
    return;
  scope_session_adopt (self, scope_scene_with_dialect (scene, dialect), NULL);
}

ScopeDialect
scope_session_get_dialect (ScopeSession *self)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), SCOPE_PYTORCH);
  return scope_session_get_scene (self)->dialect;
}

void
scope_session_set_code_dialect (ScopeSession *self, ScopeDialect dialect)
{
  g_return_if_fail (SCOPE_IS_SESSION (self));

  dialect = CLAMP (dialect, SCOPE_PYTORCH, SCOPE_N_DIALECTS - 1);
  if (self->code_dialect == dialect)
    return;
  self->code_dialect = dialect;
  scope_session_notify (self, PROP_CODE_DIALECT);
  scope_session_update_code (self);
}

ScopeDialect
scope_session_get_code_dialect (ScopeSession *self)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), SCOPE_PYTORCH);
  return self->code_dialect;
}

const char *
scope_session_get_failing_code (ScopeSession *self)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), NULL);
  return self->failing_code;
}

const char *
scope_session_get_fitting_code (ScopeSession *self)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), NULL);
  return self->fitting_code;
}

/* ---- remedies ------------------------------------------------------------------------------- */

void
scope_session_set_remedy (ScopeSession *self, int remedy)
{
  int n;

  g_return_if_fail (SCOPE_IS_SESSION (self));

  n = (int)g_list_model_get_n_items (G_LIST_MODEL (self->remedies));
  remedy = CLAMP (remedy, -1, n - 1);
  if (self->remedy == remedy)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  self->remedy = remedy;
  g_free (self->wanted_remedy);
  self->wanted_remedy = g_strdup (
      remedy >= 0 ? scope_text_string (&self->report->remedies.remedy[remedy].title) : "");
  scope_session_notify (self, PROP_REMEDY);
  scope_session_notify (self, PROP_HAS_REMEDY);
  scope_session_notify (self, PROP_REMEDY_RESAMPLES);
  scope_session_notify (self, PROP_CAUTION);
  scope_session_look_at_remedy (self);
  g_object_thaw_notify (G_OBJECT (self));
}

int
scope_session_get_remedy (ScopeSession *self)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), -1);
  return self->remedy;
}

void
scope_session_set_resize_mode (ScopeSession *self, ScopeResizeMode mode)
{
  g_return_if_fail (SCOPE_IS_SESSION (self));

  mode = CLAMP (mode, SCOPE_RESIZE_NEAREST, SCOPE_RESIZE_CUBIC);
  if (self->resize_mode == mode)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  self->resize_mode = mode;
  scope_session_notify (self, PROP_RESIZE_MODE);
  scope_session_look (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
scope_session_set_align_corners (ScopeSession *self, gboolean align_corners)
{
  g_return_if_fail (SCOPE_IS_SESSION (self));

  align_corners = !!align_corners;
  if (self->align_corners == align_corners)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  self->align_corners = align_corners;
  scope_session_notify (self, PROP_ALIGN_CORNERS);
  scope_session_look (self);
  g_object_thaw_notify (G_OBJECT (self));
}

gboolean
scope_session_apply_remedy (ScopeSession *self)
{
  g_autofree char *expression = NULL;

  g_return_val_if_fail (SCOPE_IS_SESSION (self), FALSE);

  if (self->remedy < 0)
    return FALSE;
  expression =
      g_strdup (scope_text_string (&self->report->remedies.remedy[self->remedy].expression));
  scope_session_write_expression (self, expression);
  return TRUE;
}
