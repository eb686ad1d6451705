/* What the parts of the lesson's reader share; nobody else includes this. */
#pragma once

#include "scene/lesson.h"

/* A line of the text, without its end. */
typedef struct
{
  const char *bytes;
  size_t length;
  int number; /* from 1 */
} ScopeLessonLine;

typedef struct
{
  ScopeLessonText *lesson;
  const char *(*translate) (const char *text);
  const char *at, *end; /* what is not read yet */
  int line;             /* number of the line that was read last */
  bool failed;          /* memory ran out */

  const char *heading; /* that counts now */
  ScopeText words;     /* that wait for their block */
  int words_line;
  bool in_objectives;
} ScopeLessonReader;

/* The next line; false at the end of the text. */
bool scope_lesson_next (ScopeLessonReader *self, ScopeLessonLine *line);
/* Notes what is wrong; `format` is translated first. */
void scope_lesson_complain (ScopeLessonReader *self, int line, const char *format, ...)
    __attribute__ ((format (printf, 3, 4)));
/* A copy that lives as long as the lesson, without blanks around it. */
const char *scope_lesson_keep (ScopeLessonReader *self, const char *bytes, size_t length);
/* Adds a slide that has heading and words already; NULL when memory runs out or there are too
 * many. */
ScopeSlide *scope_lesson_add_slide (ScopeLessonReader *self, ScopeSlideKind kind, int line);

/* Reads a block after its opening fence, to its closing fence or the end. */
void scope_lesson_read_block (ScopeLessonReader *self, const ScopeLessonLine *fence);
/* Checks every `(3, 1) + (4,) → (3, 4)` that stands in backquotes in a line of prose. */
void scope_lesson_check_prose (ScopeLessonReader *self, const ScopeLessonLine *line);

/* A claim about an expression: the shape that comes out, or that it fails and on which axes. */
typedef struct
{
  int line; /* 0: none is made */
  bool fails;
  ScopeShape shape;         /* unless it fails */
  int axes;                 /* named, counted from the end: −1 the last; 0: any */
  int axis[SCOPE_MAX_RANK]; /* as written, from either end */
  const char *says;         /* part of the framework's message, or NULL */
  int says_line;
} ScopeClaim;

/* Reads `3, 4` or `fails` or `fails -2, -1`. False when it is neither; said. */
bool scope_claim_read (ScopeLessonReader *self,
                       const char *bytes,
                       size_t length,
                       int line,
                       ScopeClaim *out);
/* Whether the engine finds what is claimed; what differs is said. */
void
scope_claim_check (ScopeLessonReader *self, const ScopeClaim *claim, const ScopeProgram *program);
