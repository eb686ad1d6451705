/* Predict first: the question of a lecture, its answers, hints and tally. */
#include "model/lecture-private.h"

gboolean
scope_lecture_is_practice (ScopeLecture *self)
{
  const ScopeSlide *slide = scope_lecture_find_slide (self);

  return scope_lesson_get_kind (scope_lecture_find_lesson (self)) == SCOPE_LESSON_PRACTICE
         || (slide != NULL
             && (slide->kind == SCOPE_SLIDE_EXERCISE || slide->kind == SCOPE_SLIDE_DRILL));
}

gboolean
scope_lecture_get_asking (ScopeLecture *self)
{
  const ScopeExercise *exercise = scope_lecture_get_exercise (self);

  return exercise != NULL && (self->predict || scope_lecture_is_practice (self))
         && exercise->askable && !exercise->solved && !exercise->revealed;
}

void
scope_lecture_set_predict (ScopeLecture *self, gboolean predict)
{
  g_return_if_fail (SCOPE_IS_LECTURE (self));
  predict = predict != FALSE;
  if (predict == self->predict)
    return;
  self->predict = predict;
  g_object_freeze_notify (G_OBJECT (self));
  if (scope_lecture_get_asking (self))
    {
      scope_lecture_set_playing (self, FALSE);
      scope_lecture_set_step (self, 0);
    }
  scope_lecture_notify (self, PROP_TITLE, PROP_SENTENCE);
  scope_lecture_notify (self, PROP_PREDICT, PROP_TALLY);
  g_object_thaw_notify (G_OBJECT (self));
}

gboolean
scope_lecture_get_predict (ScopeLecture *self)
{
  g_return_val_if_fail (SCOPE_IS_LECTURE (self), FALSE);
  return self->predict;
}

/* When an exercise has ended it is counted, once, and its steps can be gone through. */
static void
end_question (ScopeLecture *self)
{
  if (!self->counted && (self->exercise->solved || self->exercise->revealed))
    {
      scope_tally_add (&self->tally, self->exercise);
      self->counted = TRUE;
    }
  g_object_freeze_notify (G_OBJECT (self));
  scope_lecture_notify (self, PROP_TITLE, PROP_SENTENCE);
  scope_lecture_notify (self, PROP_PREDICT, PROP_TALLY);
  g_object_thaw_notify (G_OBJECT (self));
}

static char *
print_feedback (const ScopeFeedback *feedback)
{
  GString *text = g_string_new (scope_text_string (&feedback->summary));

  for (int i = 0; i < feedback->lines; i++)
    g_string_append_printf (text, "\n%s %s", feedback->good[i] ? "✓" : "✗",
                            scope_text_string (&feedback->line[i]));
  return g_string_free (text, FALSE);
}

ScopeAnswerVerdict
scope_lecture_answer (ScopeLecture *self, const char *answer)
{
  ScopeFeedback feedback;

  g_return_val_if_fail (SCOPE_IS_LECTURE (self), SCOPE_ANSWER_UNREADABLE);
  if (self->exercise == NULL)
    return SCOPE_ANSWER_UNREADABLE;
  scope_exercise_judge (self->exercise, answer, &feedback);
  g_free (self->feedback);
  self->feedback = print_feedback (&feedback);
  self->verdict = feedback.verdict;
  scope_feedback_clear (&feedback);
  end_question (self);
  return self->verdict;
}

void
scope_lecture_hint (ScopeLecture *self)
{
  g_return_if_fail (SCOPE_IS_LECTURE (self));
  if (self->exercise == NULL)
    return;
  g_free (self->hint);
  self->hint = g_strdup (scope_exercise_hint (self->exercise));
  scope_lecture_notify (self, PROP_HINT, PROP_HINT);
}

void
scope_lecture_reveal (ScopeLecture *self)
{
  g_return_if_fail (SCOPE_IS_LECTURE (self));
  if (self->exercise == NULL)
    return;
  g_free (self->feedback);
  self->feedback = g_strdup (scope_exercise_reveal (self->exercise));
  self->verdict = SCOPE_ANSWER_UNREADABLE;
  end_question (self);
}

/* Whether the slide asks once more before the next one comes. */
static gboolean
asks_more (ScopeLecture *self)
{
  const ScopeSlide *slide = scope_lecture_find_slide (self);

  if (scope_lesson_get_kind (scope_lecture_find_lesson (self)) == SCOPE_LESSON_PRACTICE)
    return TRUE;
  return slide != NULL && slide->kind == SCOPE_SLIDE_DRILL && ++self->drilled < slide->count;
}

void
scope_lecture_next_question (ScopeLecture *self)
{
  g_return_if_fail (SCOPE_IS_LECTURE (self));
  if (asks_more (self))
    scope_lecture_show (self);
  else
    scope_lecture_set_place (self, (self->place + 1) % scope_lecture_get_n_places (self));
}
