/* A lesson on the page: read from a teacher's file, or one of those that make their own questions.
 */
#pragma once

#include "scene/lesson.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define SCOPE_TYPE_LESSON (scope_lesson_get_type ())
G_DECLARE_FINAL_TYPE (ScopeLesson, scope_lesson, SCOPE, LESSON, GObject)

typedef enum
{
  SCOPE_LESSON_READ,     /* read from a text */
  SCOPE_LESSON_PRACTICE, /* exercises without end, of a level */
  SCOPE_LESSON_OWN,      /* what is typed on the page */
  SCOPE_LESSON_SCENE,    /* the scene of the window */
} ScopeLessonKind;

/* One without a text. */
ScopeLesson *scope_lesson_new (ScopeLessonKind kind, const char *title, const char *prose);
ScopeLesson *
scope_lesson_new_practice (ScopeDrillLevel level, const char *title, const char *prose);
/* A text in the format of data/lessons/FORMAT.md; `file` may be NULL. What is wrong in it is
 * listed, the rest is there. */
ScopeLesson *scope_lesson_new_text (const char *bytes, gsize length, GFile *file);
/* The same from a file. Errors: G_IO_ERROR (unreadable, not a file, larger than a lesson may be).
 */
ScopeLesson *scope_lesson_open (GFile *file, GError **error);

ScopeLessonKind scope_lesson_get_kind (ScopeLesson *self);
ScopeDrillLevel scope_lesson_get_level (ScopeLesson *self);
const char *scope_lesson_get_title (ScopeLesson *self);
const char *scope_lesson_get_prose (ScopeLesson *self); /* of one without a text; Markdown */
GFile *scope_lesson_get_file (ScopeLesson *self);       /* or NULL */
/* `Line 12: …`, a line each, "" when nothing is wrong. */
const char *scope_lesson_get_problems (ScopeLesson *self);

guint scope_lesson_get_n_slides (ScopeLesson *self);
const ScopeSlide *scope_lesson_get_slide (ScopeLesson *self, guint slide); /* NULL: there is none */
/* What a slide tells or asks; free with scope_exercise_free. NULL with an error that says what is
 * wrong, or without one for a slide of words or a drill. */
ScopeExercise *scope_lesson_make (ScopeLesson *self, guint slide, GError **error);

/* Markdown as lessons have it (paragraphs, lists, **bold**, *emphasis*, `code`, fenced code) in
 * Pango's markup; always well formed. Free with g_free. */
char *scope_lesson_markup (const char *markdown);

G_END_DECLS
