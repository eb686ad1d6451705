/* The state of the Teach page. */
#include "model/lecture-private.h"

#include "files/tensor-file.h"
#include "model/lecture-lessons.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum
{
  PLAY_SECONDS = 4 /* a step is looked at for */
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ScopeLecture, scope_lecture, G_TYPE_OBJECT)

const char *
scope_lecture_translate (const char *text)
{
  return g_dgettext (GETTEXT_PACKAGE, text);
}

void
scope_lecture_notify (ScopeLecture *self, int first, int last)
{
  for (int i = first; i <= last; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

ScopeLesson *
scope_lecture_find_lesson (ScopeLecture *self)
{
  ScopeLesson *lesson = g_list_model_get_item (G_LIST_MODEL (self->lessons), self->lesson);

  g_object_unref (lesson); /* the list holds it */
  return lesson;
}

const ScopeSlide *
scope_lecture_find_slide (ScopeLecture *self)
{
  return scope_lesson_get_slide (scope_lecture_find_lesson (self), self->place);
}

/* ---- what is shown -------------------------------------------------------------------------- */

static ScopeExercise *
make_own (ScopeLecture *self, GError **error)
{
  static const char *const names[] = { "A", "B" };
  ScopeTensor *tensors[2];
  ScopeError failed = { 0 };
  ScopeExercise *exercise = NULL;
  int n = 0;

  for (int i = 0; i < 2 && (i == 0 || self->own[2][0] != '\0'); i++)
    {
      tensors[n] = scope_tensor_open (names[i], self->own[1 + i], NULL, NULL, error);
      if (tensors[n] == NULL)
        break;
      n++;
    }
  if (*error == NULL)
    {
      exercise = scope_exercise_new_for (self->own[0], tensors, n, SCOPE_PYTORCH,
                                         scope_lecture_translate, &failed);
      if (exercise == NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, failed.sentence);
    }
  while (n > 0)
    scope_tensor_unref (tensors[--n]);
  return exercise;
}

static ScopeExercise *
make_scene (ScopeLecture *self, GError **error)
{
  ScopeTensor *tensors[SCOPE_EXERCISE_MOST];
  ScopeError failed = { 0 };
  ScopeExercise *exercise = NULL;
  int n = self->scene != NULL ? MIN (self->scene->tensors, SCOPE_EXERCISE_MOST) : 0;

  for (int i = 0; i < n; i++)
    tensors[i] = self->scene->tensor[i].tensor;
  if (n > 0)
    exercise = scope_exercise_new_for (self->scene->expression, tensors, n, self->scene->dialect,
                                       scope_lecture_translate, &failed);
  if (exercise == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         n > 0 ? failed.sentence
                               : _ ("There is no tensor on the Debug page. Add one there."));
  return exercise;
}

/* NULL without an error: words alone. */
static ScopeExercise *
make_exercise (ScopeLecture *self, GError **error)
{
  const ScopeSlide *slide = scope_lecture_find_slide (self);

  switch (scope_lesson_get_kind (scope_lecture_find_lesson (self)))
    {
    case SCOPE_LESSON_PRACTICE:
      return scope_drill_next (&self->drill, scope_lecture_translate);
    case SCOPE_LESSON_OWN:
      return make_own (self, error);
    case SCOPE_LESSON_SCENE:
      return make_scene (self, error);
    case SCOPE_LESSON_READ:
      break;
    }
  if (slide != NULL)
    return slide->kind == SCOPE_SLIDE_DRILL
               ? scope_drill_next (&self->drill, scope_lecture_translate)
               : scope_lesson_make (scope_lecture_find_lesson (self), self->place, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _ ("There is nothing to show in this lesson."));
  return NULL;
}

static void
clear_answers (ScopeLecture *self)
{
  g_free (self->feedback);
  g_free (self->hint);
  self->feedback = g_strdup ("");
  self->hint = g_strdup ("");
  self->verdict = SCOPE_ANSWER_UNREADABLE;
  self->counted = FALSE;
}

/* The next one to be shown is the first of its exercises. */
static void
begin_drill (ScopeLecture *self)
{
  ScopeLesson *lesson = scope_lecture_find_lesson (self);
  const ScopeSlide *slide = scope_lecture_find_slide (self);
  guint64 seed = ((guint64)g_random_int () << 32) | g_random_int ();

  self->drilled = 0;
  if (scope_lesson_get_kind (lesson) == SCOPE_LESSON_PRACTICE)
    scope_drill_begin (&self->drill, scope_lesson_get_level (lesson), seed);
  else if (slide != NULL && slide->kind == SCOPE_SLIDE_DRILL)
    scope_drill_begin (&self->drill, slide->level, slide->seed != 0 ? slide->seed : seed);
}

void
scope_lecture_show (ScopeLecture *self)
{
  g_autoptr (GError) error = NULL;
  ScopeExercise *old = self->exercise;

  self->exercise = make_exercise (self, &error);
  g_free (self->problem);
  self->problem = g_strdup (error != NULL ? error->message : "");
  self->step = 0;
  clear_answers (self);
  g_object_freeze_notify (G_OBJECT (self));
  scope_lecture_notify (self, PROP_LESSON, PROP_N_STEPS);
  scope_lecture_notify (self, PROP_TITLE, PROP_HAS_STAGE);
  scope_lecture_notify (self, PROP_ASKING, PROP_OWN);
  g_object_thaw_notify (G_OBJECT (self));
  scope_exercise_free (old); /* now that nobody looks at it any more */
}

void
scope_lecture_open_place (ScopeLecture *self, guint lesson, guint place)
{
  self->lesson = lesson;
  self->place = place;
  begin_drill (self);
  scope_lecture_show (self);
}

GListModel *
scope_lecture_get_lessons (ScopeLecture *self)
{
  g_return_val_if_fail (SCOPE_IS_LECTURE (self), NULL);
  return G_LIST_MODEL (self->lessons);
}

/* ---- going about ---------------------------------------------------------------------------- */

void
scope_lecture_set_lesson (ScopeLecture *self, guint lesson)
{
  guint n;

  g_return_if_fail (SCOPE_IS_LECTURE (self));
  n = g_list_model_get_n_items (G_LIST_MODEL (self->lessons));
  lesson = MIN (lesson, n - 1);
  if (lesson == self->lesson)
    return;
  scope_lecture_set_playing (self, FALSE);
  scope_lecture_open_place (self, lesson, 0);
}

guint
scope_lecture_get_lesson (ScopeLecture *self)
{
  g_return_val_if_fail (SCOPE_IS_LECTURE (self), 0);
  return self->lesson;
}

guint
scope_lecture_get_n_places (ScopeLecture *self)
{
  g_return_val_if_fail (SCOPE_IS_LECTURE (self), 0);
  return MAX (scope_lesson_get_n_slides (scope_lecture_find_lesson (self)), 1);
}

void
scope_lecture_set_place (ScopeLecture *self, guint place)
{
  g_return_if_fail (SCOPE_IS_LECTURE (self));
  place = MIN (place, scope_lecture_get_n_places (self) - 1);
  if (place != self->place)
    scope_lecture_open_place (self, self->lesson, place);
}

guint
scope_lecture_get_place (ScopeLecture *self)
{
  g_return_val_if_fail (SCOPE_IS_LECTURE (self), 0);
  return self->place;
}

const ScopeExercise *
scope_lecture_get_exercise (ScopeLecture *self)
{
  g_return_val_if_fail (SCOPE_IS_LECTURE (self), NULL);
  return self->exercise;
}

const ScopeStage *
scope_lecture_get_stage (ScopeLecture *self)
{
  g_return_val_if_fail (SCOPE_IS_LECTURE (self), NULL);
  return self->exercise != NULL ? self->exercise->stage : NULL;
}

void
scope_lecture_set_own (ScopeLecture *self, const char *expression, const char *a, const char *b)
{
  const char *const texts[] = { expression, a, b };
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lessons));

  g_return_if_fail (SCOPE_IS_LECTURE (self));
  for (int i = 0; i < 3; i++)
    {
      g_free (self->own[i]);
      self->own[i] = g_strdup (texts[i]);
    }
  scope_lecture_open_place (self, n - 2, 0);
}

void
scope_lecture_take_scene (ScopeLecture *self, ScopeScene *scene, gboolean shown)
{
  guint n;
  gboolean open;

  g_return_if_fail (SCOPE_IS_LECTURE (self));
  n = g_list_model_get_n_items (G_LIST_MODEL (self->lessons));
  open = self->lesson == n - 1;
  if (scene == self->scene && (open || !shown))
    return;
  if (scene != self->scene)
    {
      ScopeScene *old = self->scene;

      self->scene = scope_scene_ref (scene);
      scope_scene_unref (old);
    }
  if (!shown && !open)
    return;
  scope_lecture_open_place (self, n - 1, 0);
}

/* ---- steps ---------------------------------------------------------------------------------- */

int
scope_lecture_get_n_steps (ScopeLecture *self)
{
  const ScopeStage *stage = scope_lecture_get_stage (self);

  return stage != NULL ? stage->steps : 0;
}

int
scope_lecture_get_step (ScopeLecture *self)
{
  g_return_val_if_fail (SCOPE_IS_LECTURE (self), 0);
  return self->step;
}

void
scope_lecture_set_step (ScopeLecture *self, int step)
{
  g_return_if_fail (SCOPE_IS_LECTURE (self));
  step = CLAMP (step, 0, MAX (scope_lecture_get_n_steps (self) - 1, 0));
  if (scope_lecture_get_asking (self))
    step = 0;
  if (step == self->step)
    return;
  self->step = step;
  scope_lecture_notify (self, PROP_STEP, PROP_STEP);
  scope_lecture_notify (self, PROP_TITLE, PROP_SENTENCE);
}

gboolean
scope_lecture_go (ScopeLecture *self, int by, gboolean across)
{
  int step = self->step + by;

  g_return_val_if_fail (SCOPE_IS_LECTURE (self), FALSE);
  if (step >= 0 && step < scope_lecture_get_n_steps (self) && !scope_lecture_get_asking (self))
    {
      scope_lecture_set_step (self, step);
      return TRUE;
    }
  if (!across || (by > 0 && self->place + 1 >= scope_lecture_get_n_places (self))
      || (by < 0 && self->place == 0))
    return FALSE;
  scope_lecture_set_place (self, by > 0 ? self->place + 1 : self->place - 1);
  if (by < 0)
    scope_lecture_set_step (self, scope_lecture_get_n_steps (self) - 1);
  return TRUE;
}

static gboolean
play_on (gpointer data)
{
  ScopeLecture *self = data;

  if (scope_lecture_go (self, 1, FALSE))
    return G_SOURCE_CONTINUE;
  self->play_source = 0;
  scope_lecture_set_playing (self, FALSE);
  return G_SOURCE_REMOVE;
}

void
scope_lecture_set_playing (ScopeLecture *self, gboolean playing)
{
  g_return_if_fail (SCOPE_IS_LECTURE (self));
  playing = playing && scope_lecture_get_n_steps (self) > 1 && !scope_lecture_get_asking (self);
  if (playing == self->playing)
    return;
  self->playing = playing;
  g_clear_handle_id (&self->play_source, g_source_remove);
  if (playing)
    {
      /* From the end it begins again. */
      if (self->step == scope_lecture_get_n_steps (self) - 1)
        scope_lecture_set_step (self, 0);
      else
        scope_lecture_go (self, 1, FALSE);
      self->play_source = g_timeout_add_seconds (PLAY_SECONDS, play_on, self);
    }
  scope_lecture_notify (self, PROP_PLAYING, PROP_PLAYING);
}

gboolean
scope_lecture_get_playing (ScopeLecture *self)
{
  g_return_val_if_fail (SCOPE_IS_LECTURE (self), FALSE);
  return self->playing;
}

/* ---- texts ---------------------------------------------------------------------------------- */

static char *
get_title (ScopeLecture *self)
{
  const ScopeStage *stage = scope_lecture_get_stage (self);

  if (stage == NULL)
    return g_strdup ("");
  if (scope_lecture_get_asking (self))
    return g_strdup (_ ("Predict first"));
  /* Translators: which step of how many, and what it does: 4 of 5 – Judge each axis */
  return g_strdup_printf (_ ("%d of %d – %s"), self->step + 1, stage->steps,
                          scope_text_string (&stage->step[self->step].title));
}

static const char *
get_sentence (ScopeLecture *self)
{
  const ScopeStage *stage = scope_lecture_get_stage (self);

  return stage != NULL ? scope_text_string (&stage->step[self->step].sentence) : self->problem;
}

/* What stands above the slide, unless it is the lesson's title. */
static const char *
get_heading (ScopeLecture *self)
{
  const ScopeSlide *slide = scope_lecture_find_slide (self);
  const char *title = scope_lesson_get_title (scope_lecture_find_lesson (self));

  return slide != NULL && g_strcmp0 (slide->heading, title) != 0 ? slide->heading : "";
}

/* As Pango's markup. */
static char *
get_prose (ScopeLecture *self)
{
  const ScopeSlide *slide = scope_lecture_find_slide (self);

  return scope_lesson_markup (
      slide != NULL ? slide->words : scope_lesson_get_prose (scope_lecture_find_lesson (self)));
}

static char *
get_tally (ScopeLecture *self)
{
  if (self->tally.asked == 0)
    return g_strdup ("");
  /* Translators: answers of a student: how many were right, of how many, without help, in a row */
  return g_strdup_printf (_ ("%d of %d right, %d without help, %d in a row"), self->tally.right,
                          self->tally.asked, self->tally.unaided, self->tally.streak);
}

/* ---- the object ----------------------------------------------------------------------------- */

static void
scope_lecture_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScopeLecture *self = SCOPE_LECTURE (object);
  const ScopeExercise *exercise = self->exercise;

  switch (id)
    {
    case PROP_LESSON:
      g_value_set_uint (value, self->lesson);
      break;
    case PROP_PLACE:
      g_value_set_uint (value, self->place);
      break;
    case PROP_N_PLACES:
      g_value_set_uint (value, scope_lecture_get_n_places (self));
      break;
    case PROP_STAGE:
      g_value_set_pointer (value, (gpointer)scope_lecture_get_stage (self));
      break;
    case PROP_STEP:
      g_value_set_int (value, self->step);
      break;
    case PROP_N_STEPS:
      g_value_set_int (value, scope_lecture_get_n_steps (self));
      break;
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    case PROP_TITLE:
      g_value_take_string (value, get_title (self));
      break;
    case PROP_SENTENCE:
      g_value_set_string (value, get_sentence (self));
      break;
    case PROP_HEADING:
      g_value_set_string (value, get_heading (self));
      break;
    case PROP_PROSE:
      g_value_take_string (value, get_prose (self));
      break;
    case PROP_CODE:
      g_value_set_string (value, exercise != NULL ? scope_text_string (&exercise->expression) : "");
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_PROBLEMS:
      g_value_set_string (value, scope_lesson_get_problems (scope_lecture_find_lesson (self)));
      break;
    case PROP_HAS_STAGE:
      g_value_set_boolean (value, exercise != NULL);
      break;
    case PROP_PREDICT:
      g_value_set_boolean (value, self->predict);
      break;
    case PROP_ASKING:
      g_value_set_boolean (value, scope_lecture_get_asking (self));
      break;
    case PROP_PRACTICE:
      g_value_set_boolean (value,
                           exercise != NULL && (self->predict || scope_lecture_is_practice (self)));
      break;
    case PROP_QUESTION:
      g_value_set_string (value, exercise != NULL ? scope_text_string (&exercise->question) : "");
      break;
    case PROP_FEEDBACK:
      g_value_set_string (value, self->feedback);
      break;
    case PROP_CORRECT:
      g_value_set_boolean (value, self->verdict == SCOPE_ANSWER_RIGHT);
      break;
    case PROP_HINT:
      g_value_set_string (value, self->hint);
      break;
    case PROP_TALLY:
      g_value_take_string (value, get_tally (self));
      break;
    case PROP_OWN:
      g_value_set_boolean (value, scope_lesson_get_kind (scope_lecture_find_lesson (self))
                                      == SCOPE_LESSON_OWN);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_lecture_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ScopeLecture *self = SCOPE_LECTURE (object);

  switch (id)
    {
    case PROP_LESSON:
      scope_lecture_set_lesson (self, g_value_get_uint (value));
      break;
    case PROP_PLACE:
      scope_lecture_set_place (self, g_value_get_uint (value));
      break;
    case PROP_STEP:
      scope_lecture_set_step (self, g_value_get_int (value));
      break;
    case PROP_PLAYING:
      scope_lecture_set_playing (self, g_value_get_boolean (value));
      break;
    case PROP_PREDICT:
      scope_lecture_set_predict (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
scope_lecture_finalize (GObject *object)
{
  ScopeLecture *self = SCOPE_LECTURE (object);

  g_clear_handle_id (&self->play_source, g_source_remove);
  scope_exercise_free (self->exercise);
  g_ptr_array_unref (self->monitors);
  g_object_unref (self->lessons);
  scope_scene_unref (self->scene);
  for (int i = 0; i < 3; i++)
    g_free (self->own[i]);
  g_free (self->problem);
  g_free (self->feedback);
  g_free (self->hint);
  G_OBJECT_CLASS (scope_lecture_parent_class)->finalize (object);
}

static void
scope_lecture_class_init (ScopeLectureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  static const struct
  {
    int id;
    const char *name;
  } strings[] = { { PROP_TITLE, "title" },       { PROP_SENTENCE, "sentence" },
                  { PROP_PROSE, "prose" },       { PROP_HEADING, "heading" },
                  { PROP_PROBLEMS, "problems" }, { PROP_CODE, "code" },
                  { PROP_PROBLEM, "problem" },   { PROP_QUESTION, "question" },
                  { PROP_FEEDBACK, "feedback" }, { PROP_HINT, "hint" },
                  { PROP_TALLY, "tally" } };
  static const struct
  {
    int id;
    const char *name;
    gboolean writable;
  } booleans[] = { { PROP_PLAYING, "playing", TRUE },  { PROP_PREDICT, "predict", TRUE },
                   { PROP_ASKING, "asking", FALSE },   { PROP_PRACTICE, "practice", FALSE },
                   { PROP_CORRECT, "correct", FALSE }, { PROP_HAS_STAGE, "has-stage", FALSE },
                   { PROP_OWN, "own", FALSE } };
  const GParamFlags reads = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags writes = reads | G_PARAM_WRITABLE | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = scope_lecture_get_property;
  object_class->set_property = scope_lecture_set_property;
  object_class->finalize = scope_lecture_finalize;

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[strings[i].id] = g_param_spec_string (strings[i].name, NULL, NULL, NULL, reads);
  for (gsize i = 0; i < G_N_ELEMENTS (booleans); i++)
    properties[booleans[i].id] = g_param_spec_boolean (booleans[i].name, NULL, NULL, FALSE,
                                                       booleans[i].writable ? writes : reads);
  properties[PROP_LESSON] = g_param_spec_uint ("lesson", NULL, NULL, 0, G_MAXUINT, 0, writes);
  properties[PROP_PLACE] = g_param_spec_uint ("place", NULL, NULL, 0, G_MAXUINT, 0, writes);
  properties[PROP_N_PLACES] = g_param_spec_uint ("n-places", NULL, NULL, 0, G_MAXUINT, 0, reads);
  properties[PROP_STAGE] = g_param_spec_pointer ("stage", NULL, NULL, reads);
  properties[PROP_STEP] =
      g_param_spec_int ("step", NULL, NULL, 0, SCOPE_STAGE_STEPS - 1, 0, writes);
  properties[PROP_N_STEPS] =
      g_param_spec_int ("n-steps", NULL, NULL, 0, SCOPE_STAGE_STEPS, 0, reads);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
scope_lecture_init (ScopeLecture *self)
{
  self->lessons = g_list_store_new (SCOPE_TYPE_LESSON);
  self->monitors = g_ptr_array_new_with_free_func (g_object_unref);
  self->own[0] = g_strdup ("A + B");
  self->own[1] = g_strdup ("3, 1");
  self->own[2] = g_strdup ("4");
  self->problem = g_strdup ("");
  scope_lecture_add_lessons (self->lessons);
  scope_lecture_open_place (self, 0, 0);
}

ScopeLecture *
scope_lecture_new (void)
{
  return g_object_new (SCOPE_TYPE_LECTURE, NULL);
}
