/* A lesson as a teacher writes it: Markdown with fenced `shapescope` blocks, version 1 (described
 * in data/lessons/FORMAT.md). It is read into slides; what is wrong is listed by line, and the rest
 * still opens. Every claim a lesson makes about shapes is checked by the engine. */
#pragma once

#include "scene/drill.h"

enum
{
  SCOPE_LESSON_BYTES = 1 << 20, /* of text at most */
  SCOPE_LESSON_SLIDES = 500,
  SCOPE_LESSON_PROBLEMS = 100, /* that are listed; then one line says that there are more */
};

typedef enum
{
  SCOPE_SLIDE_WORDS,    /* prose alone */
  SCOPE_SLIDE_STAGE,    /* an operation told in steps */
  SCOPE_SLIDE_EXERCISE, /* an operation whose result is to be said first */
  SCOPE_SLIDE_DRILL,    /* exercises made by chance */
} ScopeSlideKind;

typedef struct
{
  ScopeSlideKind kind;
  int line;            /* of the text, from 1: where the slide begins */
  const char *heading; /* that stands above it, or the lesson's title */
  const char *words;   /* Markdown before its block, "" when there is none */

  /* Of STAGE and EXERCISE. */
  const char *expression;
  ScopeDialect dialect;
  int tensors;
  ScopeExerciseTensor tensor[SCOPE_EXERCISE_TENSORS];
  const char *question; /* of EXERCISE: instead of the usual one, or "" */
  int hints;
  const char *hint[SCOPE_EXERCISE_HINTS];

  /* Of DRILL. */
  ScopeDrillLevel level;
  int count;     /* how many exercises, 1…100 */
  uint64_t seed; /* 0: another one each time */
} ScopeSlide;

typedef struct
{
  int line; /* of the text, from 1 */
  const char *sentence;
} ScopeLessonProblem;

typedef struct
{
  const char *title; /* "" when the text has none, which is a problem */
  int objectives;
  const char **objective;
  int slides;
  ScopeSlide *slide;
  int claims; /* how many were checked, the wrong ones too */
  int problems;
  ScopeLessonProblem *problem; /* by line */
  ScopeArena *arena;           /* holds all of it */
} ScopeLessonText;

/* Reads bytes[0…length) of a file. Always gives a lesson, be it an empty one with a problem; NULL
 * only when memory runs out. Linear in the length. Freed with scope_lesson_text_free. */
ScopeLessonText *scope_lesson_text_read (const char *bytes,
                                         size_t length,
                                         const char *(*translate) (const char *text));
void scope_lesson_text_free (ScopeLessonText *lesson); /* NULL is fine */

/* The tensors of a slide, made from their texts; *n of them, each the caller's. Fills at most
 * SCOPE_EXERCISE_TENSORS; on failure none is kept, and the error's begin and end mark the text of
 * tensor *n. */
bool
scope_slide_make_tensors (const ScopeSlide *slide, ScopeTensor **out, int *n, ScopeError *error);
