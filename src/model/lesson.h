/* A lesson: a title, a few words, stages that are told, exercises that are asked. Filled by whoever
 * reads or makes lessons; the page shows them. */
#pragma once

#include "scene/drill.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_LESSON (scope_lesson_get_type ())
G_DECLARE_FINAL_TYPE (ScopeLesson, scope_lesson, SCOPE, LESSON, GObject)

typedef enum
{
  SCOPE_LESSON_STAGES,   /* stages and exercises as they were added */
  SCOPE_LESSON_PRACTICE, /* exercises without end, of a level */
  SCOPE_LESSON_OWN,      /* what is typed on the page */
  SCOPE_LESSON_SCENE,    /* the scene of the window */
} ScopeLessonKind;

ScopeLesson *scope_lesson_new (ScopeLessonKind kind, const char *title);
/* Prose before the first stage; plain text. */
void scope_lesson_set_prose (ScopeLesson *self, const char *prose);
void scope_lesson_set_level (ScopeLesson *self, ScopeDrillLevel level); /* of PRACTICE */

/* What is told or asked: an expression and the names and texts (`3,1`, `[[1, 2]]`, `random:4`, a
 * path) of its tensors, NULL-terminated. `words`: said with it, or "". */
void scope_lesson_add_stage (ScopeLesson *self,
                             const char *expression,
                             const char *const *names,
                             const char *const *texts,
                             ScopeDialect dialect,
                             const char *words);
void scope_lesson_add_exercise (ScopeLesson *self,
                                const char *expression,
                                const char *const *names,
                                const char *const *texts,
                                ScopeDialect dialect,
                                const char *words);

ScopeLessonKind scope_lesson_get_kind (ScopeLesson *self);
ScopeDrillLevel scope_lesson_get_level (ScopeLesson *self);
const char *scope_lesson_get_title (ScopeLesson *self);
const char *scope_lesson_get_prose (ScopeLesson *self);

/* Stages first, then exercises. */
typedef struct
{
  char *expression;
  char **names, **texts; /* of its tensors, NULL-terminated, alike in number */
  ScopeDialect dialect;
  char *words;
  gboolean asked; /* an exercise */
} ScopeLessonPlace;

guint scope_lesson_get_n_places (ScopeLesson *self);
const ScopeLessonPlace *scope_lesson_get_place (ScopeLesson *self, guint place);
/* A place made ready; free with scope_exercise_free. NULL with an error that says what is wrong. */
ScopeExercise *scope_lesson_make (ScopeLesson *self, guint place, GError **error);

G_END_DECLS
