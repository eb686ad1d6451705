/* What the Teach page shows: the lessons, the one that is open, the stage and step it is at, and
 * the question that is asked first. Every setter compares, clamps, stores, then notifies. */
#pragma once

#include "model/lesson.h"
#include "scene/scene.h"

G_BEGIN_DECLS

#define SCOPE_TYPE_LECTURE (scope_lecture_get_type ())
G_DECLARE_FINAL_TYPE (ScopeLecture, scope_lecture, SCOPE, LECTURE, GObject)

/* With practice by level, shapes of one's own, and the window's scene. */
ScopeLecture *scope_lecture_new (void);

GListModel *scope_lecture_get_lessons (ScopeLecture *self); /* of ScopeLesson */
/* The lessons of a folder, in the order of their files' names, before the others; the first one is
 * shown. What cannot be read is left out. */
void scope_lecture_load_folder (ScopeLecture *self, const char *folder);
/* Shows a lesson: in the place of an older one of the same file, else as the first. */
void scope_lecture_put_lesson (ScopeLecture *self, ScopeLesson *lesson);
/* Opens a lesson's file and shows it; it is read again whenever it changes. Errors: G_IO_ERROR. */
gboolean scope_lecture_open (ScopeLecture *self, GFile *file, GError **error);
void scope_lecture_set_lesson (ScopeLecture *self, guint lesson);
guint scope_lecture_get_lesson (ScopeLecture *self);
/* Which slide of the lesson. */
void scope_lecture_set_place (ScopeLecture *self, guint place);
guint scope_lecture_get_place (ScopeLecture *self);
guint scope_lecture_get_n_places (ScopeLecture *self);

/* Of the place that is shown; NULL when it is only words, or cannot be made (the property "problem"
 * says why). Valid
 * until "stage" is notified. */
const ScopeStage *scope_lecture_get_stage (ScopeLecture *self);
const ScopeExercise *scope_lecture_get_exercise (ScopeLecture *self);

/* From 0. As long as the question is open there is only the first. */
void scope_lecture_set_step (ScopeLecture *self, int step);
int scope_lecture_get_step (ScopeLecture *self);
int scope_lecture_get_n_steps (ScopeLecture *self);
/* One step; past the last one, and before the first one, the next or previous place when `across`.
 * FALSE when there is none. */
gboolean scope_lecture_go (ScopeLecture *self, int by, gboolean across);
void scope_lecture_set_playing (ScopeLecture *self, gboolean playing);
gboolean scope_lecture_get_playing (ScopeLecture *self);

/* Shapes of one's own: shown at once. */
void
scope_lecture_set_own (ScopeLecture *self, const char *expression, const char *a, const char *b);
/* The window's scene (a reference is taken): shown at once when `show`. */
void scope_lecture_take_scene (ScopeLecture *self, ScopeScene *scene, gboolean show);

/* ---- predict first ---- */

void scope_lecture_set_predict (ScopeLecture *self, gboolean predict);
gboolean scope_lecture_get_predict (ScopeLecture *self);
/* Whether the answer is still to be given. */
gboolean scope_lecture_get_asking (ScopeLecture *self);
/* What was typed; feedback goes to the property "feedback". */
ScopeAnswerVerdict scope_lecture_answer (ScopeLecture *self, const char *answer);
void scope_lecture_hint (ScopeLecture *self);
void scope_lecture_reveal (ScopeLecture *self);
/* The next exercise, or place. */
void scope_lecture_next_question (ScopeLecture *self);

G_END_DECLS
