/* What one window works on: the object, its history and its notices. */
#include "model/session-private.h"

#include "model/example.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static GParamSpec *properties[N_PROPS];
static guint choose_member;

G_DEFINE_FINAL_TYPE (ScopeSession, scope_session, G_TYPE_OBJECT)

#define SCOPE_TYPE_STATE (scope_state_get_type ())
static G_DEFINE_ENUM_TYPE (ScopeState,
                           scope_state,
                           G_DEFINE_ENUM_VALUE (SCOPE_STATE_FITS, "fits"),
                           G_DEFINE_ENUM_VALUE (SCOPE_STATE_FAILS, "fails"),
                           G_DEFINE_ENUM_VALUE (SCOPE_STATE_UNKNOWN, "unknown"))

    void scope_session_notify (ScopeSession *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

const char *
scope_session_translate (const char *text)
{
  return g_dgettext (GETTEXT_PACKAGE, text);
}

ScopeTensorItem *
scope_session_get_item (ScopeSession *self, guint i)
{
  ScopeTensorItem *item = g_list_model_get_item (G_LIST_MODEL (self->tensors), i);

  /* The list keeps it. */
  if (item != NULL)
    g_object_unref (item);
  return item;
}

void
scope_session_emit_choose (ScopeSession *self, ScopeFileChoice *choice)
{
  g_signal_emit (self, choose_member, 0, choice);
}

/* ---- the scene and its history -------------------------------------------------------------- */

ScopeScene *
scope_session_get_scene (ScopeSession *self)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), NULL);
  return scope_history_get_current (self->history);
}

void
scope_session_update_stale (ScopeSession *self)
{
  gboolean stale = self->problem != NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->tensors));

  for (guint i = 0; i < n; i++)
    {
      gboolean wrong = scope_tensor_item_get_problem (scope_session_get_item (self, i)) != NULL;
      g_autoptr (ScopePicture) picture = g_list_model_get_item (G_LIST_MODEL (self->pictures), i);

      stale = stale || wrong;
      scope_picture_set_outdated (picture, wrong);
    }
  scope_picture_set_outdated (self->result, stale);
  if (self->stale == stale)
    return;
  self->stale = stale;
  scope_session_notify (self, PROP_STALE);
}

/* After the history has moved: every view of the scene follows. */
static void
follow_history (ScopeSession *self, ScopeDialect old_dialect)
{
  ScopeScene *scene = scope_session_get_scene (self);

  g_object_freeze_notify (G_OBJECT (self));
  scope_session_notify (self, PROP_SCENE);
  scope_session_notify (self, PROP_CAN_UNDO);
  scope_session_notify (self, PROP_CAN_REDO);
  if (scene->dialect != old_dialect)
    {
      scope_session_notify (self, PROP_DIALECT);
      scope_session_set_code_dialect (self, scene->dialect);
    }
  /* A wrong text stays to be mended. */
  if (self->problem == NULL)
    scope_session_store_expression (self, scene->expression);
  scope_session_look (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
scope_session_adopt (ScopeSession *self, ScopeScene *scene, const char *tag)
{
  ScopeDialect old_dialect = scope_session_get_scene (self)->dialect;

  if (scene == NULL)
    {
      scope_session_add_notice (self, _ ("There is not enough memory for this step."));
      return;
    }

  scope_history_push (self->history, scene, tag, g_get_monotonic_time ());
  scope_scene_unref (scene);
  follow_history (self, old_dialect);
}

/* Wrong texts are given up first: undo then shows the scene as it is. */
static gboolean
give_up_drafts (ScopeSession *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->tensors));
  gboolean any = self->problem != NULL;

  for (guint i = 0; i < n; i++)
    {
      ScopeTensorItem *item = scope_session_get_item (self, i);

      if (scope_tensor_item_get_problem (item) == NULL)
        continue;
      any = TRUE;
      scope_tensor_item_reset (item);
    }
  scope_session_set_problem (self, NULL);
  scope_session_store_expression (self, scope_session_get_scene (self)->expression);
  return any;
}

static void
walk_history (ScopeSession *self, gboolean (*step) (ScopeHistory *history))
{
  ScopeDialect old_dialect = scope_session_get_scene (self)->dialect;
  gboolean drafts;

  g_object_freeze_notify (G_OBJECT (self));
  drafts = give_up_drafts (self);
  if (drafts || step (self->history))
    {
      scope_session_store_expression (self, scope_session_get_scene (self)->expression);
      follow_history (self, old_dialect);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
scope_session_undo (ScopeSession *self)
{
  g_return_if_fail (SCOPE_IS_SESSION (self));
  walk_history (self, scope_history_undo);
}

void
scope_session_redo (ScopeSession *self)
{
  g_return_if_fail (SCOPE_IS_SESSION (self));
  walk_history (self, scope_history_redo);
}

void
scope_session_replace_scene (ScopeSession *self, ScopeScene *scene)
{
  g_return_if_fail (SCOPE_IS_SESSION (self));
  g_return_if_fail (scene != NULL);

  g_object_freeze_notify (G_OBJECT (self));
  give_up_drafts (self);
  g_clear_pointer (&self->wanted_remedy, g_free);
  scope_session_end_step (self);
  scope_session_adopt (self, scope_scene_ref (scene), NULL);
  scope_session_end_step (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
scope_session_end_step (ScopeSession *self)
{
  g_return_if_fail (SCOPE_IS_SESSION (self));
  scope_history_seal (self->history);
}

/* ---- notices -------------------------------------------------------------------------------- */

void
scope_session_add_notice (ScopeSession *self, const char *message)
{
  g_autoptr (ScopeNotice) notice = scope_notice_new (message);

  g_return_if_fail (SCOPE_IS_SESSION (self));
  g_list_store_append (self->notices, notice);
}

void
scope_session_dismiss_notice (ScopeSession *self, ScopeNotice *notice)
{
  guint position;

  g_return_if_fail (SCOPE_IS_SESSION (self));

  if (g_list_store_find (self->notices, notice, &position))
    g_list_store_remove (self->notices, position);
}

/* ---- the object ----------------------------------------------------------------------------- */

const ScopeReport *
scope_session_get_report (ScopeSession *self)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), NULL);
  return self->report;
}

ScopeProgram *
scope_session_get_shown (ScopeSession *self, int *node)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), NULL);

  if (node != NULL)
    *node = self->shown_node;
  return self->shown;
}

GListModel *
scope_session_get_tensors (ScopeSession *self)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), NULL);
  return G_LIST_MODEL (self->tensors);
}

GListModel *
scope_session_get_remedies (ScopeSession *self)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), NULL);
  return G_LIST_MODEL (self->remedies);
}

GListModel *
scope_session_get_hazards (ScopeSession *self)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), NULL);
  return G_LIST_MODEL (self->hazards);
}

GListModel *
scope_session_get_pictures (ScopeSession *self)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), NULL);
  return G_LIST_MODEL (self->pictures);
}

ScopePicture *
scope_session_get_result (ScopeSession *self)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), NULL);
  return self->result;
}

GListModel *
scope_session_get_notices (ScopeSession *self)
{
  g_return_val_if_fail (SCOPE_IS_SESSION (self), NULL);
  return G_LIST_MODEL (self->notices);
}

static ScopeState
get_state (ScopeSession *self)
{
  const ScopeReport *report = self->report;

  if (report == NULL || report->failure != NULL)
    return SCOPE_STATE_FAILS;
  if (report->program->result >= 0
      && !scope_shape_is_known (&report->program->node[report->program->result]->shape))
    return SCOPE_STATE_UNKNOWN;
  return SCOPE_STATE_FITS;
}

static const char *
get_verdict (ScopeSession *self)
{
  return self->report != NULL ? scope_text_string (&self->report->verdict) : "";
}

/* What the chosen remedy still leaves to be done, or "". */
static const char *
get_caution (ScopeSession *self)
{
  return self->remedy >= 0
             ? scope_text_string (&self->report->remedies.remedy[self->remedy].caution)
             : "";
}

static gboolean
remedy_resamples (ScopeSession *self)
{
  return self->remedy >= 0
         && self->report->remedies.remedy[self->remedy].kind == SCOPE_REMEDY_INTERPOLATE;
}

static void
scope_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeSession *self = SCOPE_SESSION (object);

  switch (id)
    {
    case PROP_SCENE:
      g_value_set_pointer (value, scope_session_get_scene (self));
      break;
    case PROP_REPORT:
      g_value_set_pointer (value, self->report);
      break;
    case PROP_EXPRESSION:
      g_value_set_string (value, self->expression);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_STALE:
      g_value_set_boolean (value, self->stale);
      break;
    case PROP_STATE:
      g_value_set_enum (value, get_state (self));
      break;
    case PROP_VERDICT:
      g_value_set_string (value, get_verdict (self));
      break;
    case PROP_HAZARDS:
      g_value_set_object (value, self->hazards);
      break;
    case PROP_DIALECT:
      g_value_set_uint (value, scope_session_get_dialect (self));
      break;
    case PROP_CODE_DIALECT:
      g_value_set_uint (value, self->code_dialect);
      break;
    case PROP_FAILING_CODE:
      g_value_set_string (value, self->failing_code);
      break;
    case PROP_FITTING_CODE:
      g_value_set_string (value, self->fitting_code);
      break;
    case PROP_TENSORS:
      g_value_set_object (value, self->tensors);
      break;
    case PROP_STEPS:
      g_value_set_object (value, self->steps);
      break;
    case PROP_HIDDEN_STEPS:
      g_value_set_uint (value, self->hidden_steps);
      break;
    case PROP_REMEDIES:
      g_value_set_object (value, self->remedies);
      break;
    case PROP_REMEDY:
      g_value_set_int (value, self->remedy);
      break;
    case PROP_HAS_REMEDY:
      g_value_set_boolean (value, self->remedy >= 0);
      break;
    case PROP_REMEDY_RESAMPLES:
      g_value_set_boolean (value, remedy_resamples (self));
      break;
    case PROP_CAUTION:
      g_value_set_string (value, get_caution (self));
      break;
    case PROP_RESIZE_MODE:
      g_value_set_uint (value, self->resize_mode);
      break;
    case PROP_ALIGN_CORNERS:
      g_value_set_boolean (value, self->align_corners);
      break;
    case PROP_PICTURES:
      g_value_set_object (value, self->pictures);
      break;
    case PROP_NOTICES:
      g_value_set_object (value, self->notices);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, scope_history_can_undo (self->history));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, scope_history_can_redo (self->history));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopeSession *self = SCOPE_SESSION (object);

  switch (id)
    {
    case PROP_EXPRESSION:
      scope_session_set_expression (self, g_value_get_string (value));
      break;
    case PROP_DIALECT:
      scope_session_set_dialect (self, g_value_get_uint (value));
      break;
    case PROP_CODE_DIALECT:
      scope_session_set_code_dialect (self, g_value_get_uint (value));
      break;
    case PROP_REMEDY:
      scope_session_set_remedy (self, g_value_get_int (value));
      break;
    case PROP_RESIZE_MODE:
      scope_session_set_resize_mode (self, g_value_get_uint (value));
      break;
    case PROP_ALIGN_CORNERS:
      scope_session_set_align_corners (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
disown_items (ScopeSession *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->tensors));

  for (guint i = 0; i < n; i++)
    scope_tensor_item_disown (scope_session_get_item (self, i));
}

static void
scope_session_dispose (GObject *object)
{
  ScopeSession *self = SCOPE_SESSION (object);

  g_cancellable_cancel (self->opening);
  g_clear_pointer (&self->tracing, scope_evaluation_cancel);
  if (self->tensors != NULL)
    disown_items (self);
  g_clear_object (&self->tensors);
  g_clear_object (&self->remedies);
  g_clear_object (&self->hazards);
  g_clear_object (&self->steps);
  g_clear_object (&self->pictures);
  g_clear_object (&self->notices);
  g_clear_object (&self->result);

  G_OBJECT_CLASS (scope_session_parent_class)->dispose (object);
}

static void
scope_session_finalize (GObject *object)
{
  ScopeSession *self = SCOPE_SESSION (object);

  g_object_unref (self->opening);
  scope_program_unref (self->shown);
  scope_report_free (self->report);
  g_ptr_array_unref (self->pictured);
  scope_history_free (self->history);
  scope_evaluator_unref (self->evaluator);
  g_free (self->expression);
  g_free (self->problem);
  g_free (self->wanted_remedy);
  g_free (self->failing_code);
  g_free (self->fitting_code);

  G_OBJECT_CLASS (scope_session_parent_class)->finalize (object);
}

#define READABLE  (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS)
#define READWRITE (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY)

static GParamSpec *
string_property (const char *name, GParamFlags flags)
{
  return g_param_spec_string (name, NULL, NULL, NULL, flags);
}

static GParamSpec *
boolean_property (const char *name)
{
  return g_param_spec_boolean (name, NULL, NULL, FALSE, READABLE);
}

static GParamSpec *
list_property (const char *name)
{
  return g_param_spec_object (name, NULL, NULL, G_TYPE_LIST_MODEL, READABLE);
}

/* An enumeration that a drop-down counts. */
static GParamSpec *
choice_property (const char *name)
{
  return g_param_spec_uint (name, NULL, NULL, 0, G_MAXUINT, 0, READWRITE);
}

static void
scope_session_class_init (ScopeSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = scope_session_get_property;
  object_class->set_property = scope_session_set_property;
  object_class->dispose = scope_session_dispose;
  object_class->finalize = scope_session_finalize;

  properties[PROP_SCENE] = g_param_spec_pointer ("scene", NULL, NULL, READABLE);
  properties[PROP_REPORT] = g_param_spec_pointer ("report", NULL, NULL, READABLE);
  properties[PROP_EXPRESSION] = string_property ("expression", READWRITE);
  properties[PROP_PROBLEM] = string_property ("problem", READABLE);
  properties[PROP_STALE] = boolean_property ("stale");
  properties[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, SCOPE_TYPE_STATE, SCOPE_STATE_FAILS, READABLE);
  properties[PROP_VERDICT] = string_property ("verdict", READABLE);
  properties[PROP_HAZARDS] = list_property ("hazards");
  properties[PROP_DIALECT] = choice_property ("dialect");
  properties[PROP_CODE_DIALECT] = choice_property ("code-dialect");
  properties[PROP_FAILING_CODE] = string_property ("failing-code", READABLE);
  properties[PROP_FITTING_CODE] = string_property ("fitting-code", READABLE);
  properties[PROP_TENSORS] = list_property ("tensors");
  properties[PROP_STEPS] = list_property ("steps");
  properties[PROP_HIDDEN_STEPS] =
      g_param_spec_uint ("hidden-steps", NULL, NULL, 0, G_MAXUINT, 0, READABLE);
  properties[PROP_REMEDIES] = list_property ("remedies");
  properties[PROP_REMEDY] = g_param_spec_int ("remedy", NULL, NULL, -1, G_MAXINT, -1, READWRITE);
  properties[PROP_HAS_REMEDY] = boolean_property ("has-remedy");
  properties[PROP_REMEDY_RESAMPLES] = boolean_property ("remedy-resamples");
  properties[PROP_CAUTION] = string_property ("caution", READABLE);
  properties[PROP_RESIZE_MODE] = choice_property ("resize-mode");
  properties[PROP_ALIGN_CORNERS] =
      g_param_spec_boolean ("align-corners", NULL, NULL, FALSE, READWRITE);
  properties[PROP_PICTURES] = list_property ("pictures");
  properties[PROP_NOTICES] = list_property ("notices");
  properties[PROP_CAN_UNDO] = boolean_property ("can-undo");
  properties[PROP_CAN_REDO] = boolean_property ("can-redo");
  g_object_class_install_properties (object_class, N_PROPS, properties);

  choose_member = g_signal_new ("choose-member", SCOPE_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, SCOPE_TYPE_FILE_CHOICE);
}

static void
scope_session_init (ScopeSession *self)
{
  ScopeScene *scene = scope_example_new ();

  if (scene == NULL)
    g_error ("not enough memory for an empty scene");

  self->history = scope_history_new (scene);
  scope_scene_unref (scene);
  self->evaluator = scope_evaluator_new ();
  self->opening = g_cancellable_new ();
  self->tensors = g_list_store_new (SCOPE_TYPE_TENSOR_ITEM);
  self->steps = g_list_store_new (SCOPE_TYPE_STEP_ITEM);
  self->remedies = g_list_store_new (SCOPE_TYPE_REMEDY_ITEM);
  self->hazards = g_list_store_new (SCOPE_TYPE_HAZARD_ITEM);
  self->pictures = g_list_store_new (SCOPE_TYPE_PICTURE);
  self->notices = g_list_store_new (SCOPE_TYPE_NOTICE);
  self->pictured = g_ptr_array_new_with_free_func ((GDestroyNotify)scope_tensor_unref);
  self->result = scope_picture_new (self->evaluator);
  scope_picture_set_tells_provenance (self->result, TRUE);
  scope_session_follow_result (self);
  g_list_store_append (self->pictures, self->result);
  scope_session_link_picture (self, self->result);
  self->problem_begin = self->problem_end = -1;
  self->remedy = -1;
  self->resize_mode = SCOPE_RESIZE_LINEAR;
  self->code_dialect = scope_session_get_dialect (self);
  self->expression = g_strdup (scope_session_get_scene (self)->expression);
  self->failing_code = g_strdup ("");
  self->fitting_code = g_strdup ("");

  scope_session_look (self);
}

ScopeSession *
scope_session_new (void)
{
  return g_object_new (SCOPE_TYPE_SESSION, NULL);
}
