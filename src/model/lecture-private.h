/* Inside a lecture: shared by lecture*.c; nobody else. */
#pragma once

#include "model/lecture.h"

struct _ScopeLecture
{
  GObject parent_instance;

  GListStore *lessons;
  GPtrArray *monitors; /* of GFileMonitor: files that were opened */
  guint lesson, place;
  ScopeExercise *exercise; /* that is shown, or NULL */
  char *problem;           /* why not, or "" */
  int step;
  gboolean playing;
  guint play_source;

  char *own[3]; /* expression, A, B */
  ScopeScene *scene;
  ScopeDrill drill;
  int drilled; /* exercises of the slide so far */

  gboolean predict;
  gboolean counted; /* the exercise is in the tally */
  ScopeTally tally;
  char *feedback, *hint;
  ScopeAnswerVerdict verdict;
};

enum
{
  PROP_0,
  PROP_LESSON,
  PROP_PLACE,
  PROP_N_PLACES,
  PROP_STAGE,
  PROP_STEP,
  PROP_N_STEPS,
  PROP_PLAYING,
  PROP_TITLE,
  PROP_SENTENCE,
  PROP_HEADING,
  PROP_PROSE,
  PROP_CODE,
  PROP_PROBLEM,
  PROP_PROBLEMS,
  PROP_HAS_STAGE,
  PROP_PREDICT,
  PROP_ASKING,
  PROP_PRACTICE,
  PROP_QUESTION,
  PROP_FEEDBACK,
  PROP_CORRECT,
  PROP_HINT,
  PROP_TALLY,
  PROP_OWN,
  N_PROPS
};

const char *scope_lecture_translate (const char *text);
/* Properties first … last. */
void scope_lecture_notify (ScopeLecture *self, int first, int last);
/* What is open; owned by the lecture. */
ScopeLesson *scope_lecture_find_lesson (ScopeLecture *self);
const ScopeSlide *scope_lecture_find_slide (ScopeLecture *self); /* or NULL */
/* Makes what the lesson and the place say, from its first step on. */
void scope_lecture_show (ScopeLecture *self);
void scope_lecture_open_place (ScopeLecture *self, guint lesson, guint place);
/* Whether the answer is asked for in any case. */
gboolean scope_lecture_is_practice (ScopeLecture *self);
