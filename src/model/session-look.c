/* What one window works on: checks the scene and shows what was found. */
#include "model/session-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Pictures may hold up an edit so long (microseconds): a small one is there in the same frame. */
#define SETTLE_WITHIN 12000

/* ---- tensors -------------------------------------------------------------------------------- */

/* The scene's tensors as an array for the checks. Free with g_free. */
static ScopeTensor **
scene_tensors (const ScopeScene *scene)
{
  ScopeTensor **tensors = g_new0 (ScopeTensor *, (gsize)scene->tensors + 1);

  for (int i = 0; i < scene->tensors; i++)
    tensors[i] = scene->tensor[i].tensor;
  return tensors;
}

static ScopeProgram *
check (const ScopeScene *scene, const char *source)
{
  ScopeCheckOptions options = { .dialect = scene->dialect, .translate = scope_session_translate };
  g_autofree ScopeTensor **tensors = scene_tensors (scene);

  return scope_program_new (source, strlen (source), tensors, scene->tensors, &options, NULL);
}

static void
match_item_count (ScopeSession *self, guint wanted)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->tensors));

  for (; n > wanted; n--)
    {
      scope_tensor_item_disown (scope_session_get_item (self, n - 1));
      g_list_store_remove (self->tensors, n - 1);
      g_list_store_remove (self->pictures, n - 1);
      g_ptr_array_remove_index (self->pictured, n - 1);
    }
  for (; n < wanted; n++)
    {
      g_autoptr (ScopeTensorItem) item = scope_tensor_item_new (self, n);
      g_autoptr (ScopePicture) picture = scope_picture_new (self->evaluator);

      scope_session_link_picture (self, picture);
      scope_tensor_item_sync (item, &scope_session_get_scene (self)->tensor[n]);
      g_list_store_append (self->tensors, item);
      g_list_store_insert (self->pictures, n, picture);
      g_ptr_array_add (self->pictured, NULL);
    }
}

/* What the alignment calls the tensor: target, source, or nothing. */
static const char *
role_of (const ScopeAlignment *alignment, const char *name)
{
  for (int i = 0; alignment != NULL && i < alignment->rows; i++)
    if (strcmp (scope_text_string (&alignment->row[i].name), name) == 0)
      return scope_text_string (&alignment->row[i].role);
  return "";
}

static void
look_at_tensors (ScopeSession *self, const ScopeScene *scene)
{
  match_item_count (self, (guint)scene->tensors);
  for (int i = 0; i < scene->tensors; i++)
    {
      ScopeTensorItem *item = scope_session_get_item (self, (guint)i);
      const char *name = scene->tensor[i].tensor->name;

      scope_tensor_item_sync (item, &scene->tensor[i]);
      if (self->report != NULL)
        scope_tensor_item_set_role (item, role_of (self->report->alignment, name));
    }
}

/* Shows a tensor by itself, whatever the expression makes of it. */
static void
picture_tensor (ScopeSession *self, const ScopeScene *scene, guint i)
{
  ScopeTensor *tensor = scene->tensor[i].tensor;
  g_autoptr (ScopePicture) picture = g_list_model_get_item (G_LIST_MODEL (self->pictures), i);
  ScopeProgram *program;

  scope_picture_set_axis_names (picture, scene->tensor[i].axis_names);
  if (g_ptr_array_index (self->pictured, i) == tensor)
    return;

  scope_tensor_unref (g_ptr_array_index (self->pictured, i));
  g_ptr_array_index (self->pictured, i) = scope_tensor_ref (tensor);
  program = check (scene, tensor->name);
  if (program != NULL && program->result >= 0)
    scope_picture_show (picture, program, program->result, tensor->name);
  else
    scope_picture_clear (picture, tensor->name, _ ("This tensor cannot be shown."));
  scope_program_unref (program);
}

/* ---- remedies and the result ---------------------------------------------------------------- */

static int
find_wanted (ScopeSession *self, const ScopeRemedies *remedies)
{
  if (remedies->count == 0 || g_strcmp0 (self->wanted_remedy, "") == 0)
    return -1;
  for (int i = 0; self->wanted_remedy != NULL && i < remedies->count; i++)
    if (strcmp (scope_text_string (&remedies->remedy[i].title), self->wanted_remedy) == 0)
      return i;
  return 0;
}

static void
look_for_remedies (ScopeSession *self)
{
  static const ScopeRemedies none;
  const ScopeRemedies *remedies = self->report != NULL ? &self->report->remedies : &none;
  guint wanted = (guint)remedies->count;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->remedies));
  int chosen = find_wanted (self, remedies);

  if (n > wanted)
    g_list_store_splice (self->remedies, wanted, n - wanted, NULL, 0);
  for (guint i = 0; i < wanted; i++)
    if (i < n)
      {
        g_autoptr (ScopeRemedyItem) item = g_list_model_get_item (G_LIST_MODEL (self->remedies), i);

        scope_remedy_item_update (item, &remedies->remedy[i]);
      }
    else
      {
        g_autoptr (ScopeRemedyItem) item = scope_remedy_item_new (&remedies->remedy[i]);

        g_list_store_append (self->remedies, item);
      }
  scope_session_notify (self, PROP_REMEDY_RESAMPLES);
  scope_session_notify (self, PROP_CAUTION);
  if (self->remedy == chosen)
    return;
  self->remedy = chosen;
  scope_session_notify (self, PROP_REMEDY);
  scope_session_notify (self, PROP_HAS_REMEDY);
}

/* The program whose result is shown, a reference, or NULL when there is none. */
static ScopeProgram *
choose_shown (ScopeSession *self)
{
  if (self->report == NULL)
    return NULL;
  if (self->report->failure == NULL)
    return scope_program_ref (self->report->program);
  if (self->remedy < 0)
    return NULL;
  return check (scope_session_get_scene (self),
                scope_text_string (&self->report->remedies.remedy[self->remedy].expression));
}

static void
mark_footprints (ScopeSession *self)
{
  guint n = self->pictured->len;
  ScopeFootprint footprint;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ScopePicture) picture = g_list_model_get_item (G_LIST_MODEL (self->pictures), i);
      gboolean partly =
          self->shown != NULL
          && scope_footprint_of_tensor (self->shown, self->shown_node,
                                        g_ptr_array_index (self->pictured, i), &footprint)
          && footprint.used && !footprint.whole;

      scope_picture_set_footprint (picture, partly ? &footprint : NULL);
    }
}

/* The names that the first tensor with names gives to the result's axes. */
static const char *
result_axis_names (const ScopeScene *scene)
{
  for (int i = 0; i < scene->tensors; i++)
    if (scene->tensor[i].axis_names != NULL && scene->tensor[i].axis_names[0] != '\0')
      return scene->tensor[i].axis_names;
  return "";
}

static void
picture_result (ScopeSession *self)
{
  ScopeProgram *program = choose_shown (self);
  int node = program != NULL ? program->result : -1;
  const char *name = self->report != NULL && self->report->failure != NULL
                         ? C_ ("a picture's title", "preview")
                         : C_ ("a picture's title", "result");

  if (node >= 0 && program->node[node]->state != SCOPE_NODE_FITS)
    node = -1;
  scope_program_unref (self->shown);
  self->shown = node >= 0 ? program : NULL;
  self->shown_node = node;
  scope_picture_set_axis_names (self->result, result_axis_names (scope_session_get_scene (self)));
  if (node >= 0)
    scope_picture_show (self->result, program, node, name);
  else
    {
      scope_program_unref (program);
      scope_picture_clear (self->result, name,
                           self->report != NULL && self->report->failure != NULL
                               ? _ ("The shapes do not fit, so there is no result.")
                               : _ ("The last statement gives no tensor."));
    }
  mark_footprints (self);
}

static void
settle (ScopeSession *self)
{
  gint64 deadline = g_get_monotonic_time () + SETTLE_WITHIN;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->pictures));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ScopePicture) picture = g_list_model_get_item (G_LIST_MODEL (self->pictures), i);

      scope_picture_settle_first (picture, deadline);
    }
}

/* ---- all of it ------------------------------------------------------------------------------ */

/* What shows them stays where they are the same. */
static void
look_at_hazards (ScopeSession *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->hazards));
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean same = n == (guint)self->report->hazards;

  for (int i = 0; i < self->report->hazards; i++)
    {
      ScopeHazardItem *item =
          scope_hazard_item_new (&self->report->hazard[i], scope_session_translate);
      g_autoptr (ScopeHazardItem) old =
          g_list_model_get_item (G_LIST_MODEL (self->hazards), (guint)i);

      same = same && scope_hazard_item_equal (item, old);
      g_ptr_array_add (items, item);
    }
  if (!same)
    g_list_store_splice (self->hazards, 0, n, items->pdata, items->len);
}

static void
look_at_report (ScopeSession *self, const ScopeScene *scene)
{
  ScopeCheckOptions options = { .dialect = scene->dialect, .translate = scope_session_translate };
  ScopeRemedyOptions advice = { .translate = scope_session_translate,
                                .mode = self->resize_mode,
                                .align_corners = self->align_corners };
  g_autofree ScopeTensor **tensors = scene_tensors (scene);
  ScopeError error = { 0 };
  ScopeReport *report = scope_report_new (scene->expression, strlen (scene->expression), tensors,
                                          scene->tensors, &options, &advice, &error);

  /* The scene's text has been parsed before: only memory can be missing. */
  if (report == NULL)
    {
      scope_session_add_notice (self, error.sentence);
      return;
    }
  scope_report_free (self->report);
  self->report = report;
  scope_session_notify (self, PROP_REPORT);
  scope_session_notify (self, PROP_STATE);
  scope_session_notify (self, PROP_VERDICT);
  look_at_hazards (self);
}

void
scope_session_look (ScopeSession *self)
{
  const ScopeScene *scene = scope_session_get_scene (self);

  self->linking = TRUE;
  look_at_report (self, scene);
  look_at_tensors (self, scene);
  scope_session_look_at_steps (self);
  look_for_remedies (self);
  for (guint i = 0; i < (guint)scene->tensors; i++)
    picture_tensor (self, scene, i);
  picture_result (self);
  scope_session_update_stale (self);
  scope_session_update_code (self);
  settle (self);
  self->linking = FALSE;
}

void
scope_session_look_at_remedy (ScopeSession *self)
{
  self->linking = TRUE;
  picture_result (self);
  self->linking = FALSE;
  scope_session_update_stale (self);
  scope_session_update_code (self);
  settle (self);
}
