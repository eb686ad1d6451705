/* Reading a lesson: its title, objectives and slides. */
#include "scene/lesson-parts.h"

#include "core/arena.h"
#include "core/literal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- lines ---------------------------------------------------------------------------------- */

static bool
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\r';
}

bool
scope_lesson_next (ScopeLessonReader *self, ScopeLessonLine *line)
{
  if (self->at >= self->end)
    return false;
  const char *stop = memchr (self->at, '\n', (size_t)(self->end - self->at));
  const char *next = stop != NULL ? stop + 1 : self->end;
  size_t length = (size_t)((stop != NULL ? stop : self->end) - self->at);
  while (length > 0 && is_blank (self->at[length - 1]))
    length--;
  *line = (ScopeLessonLine){ self->at, length, ++self->line };
  self->at = next;
  return true;
}

static bool
begins (const ScopeLessonLine *line, const char *with)
{
  size_t length = strlen (with);
  return line->length >= length && memcmp (line->bytes, with, length) == 0;
}

const char *
scope_lesson_keep (ScopeLessonReader *self, const char *bytes, size_t length)
{
  while (length > 0 && is_blank (bytes[0]))
    bytes++, length--;
  while (length > 0 && is_blank (bytes[length - 1]))
    length--;
  char *copy = scope_arena_copy (self->lesson->arena, bytes, length);
  self->failed |= copy == NULL;
  return copy != NULL ? copy : "";
}

void
scope_lesson_complain (ScopeLessonReader *self, int line, const char *format, ...)
{
  ScopeLessonText *lesson = self->lesson;
  char sentence[SCOPE_SENTENCE_BYTES];
  if (lesson->problems > SCOPE_LESSON_PROBLEMS)
    return;
  if (lesson->problems == SCOPE_LESSON_PROBLEMS)
    format = SCOPE_TEXT ("There is more that is wrong below. Mend what stands above first.");

  va_list arguments;
  va_start (arguments, format);
  vsnprintf (sentence, sizeof sentence, self->translate != NULL ? self->translate (format) : format,
             arguments);
  va_end (arguments);
  /* A sentence that is cut may end within a character. */
  size_t length = scope_text_valid_utf8 (sentence, strlen (sentence));
  lesson->problem[lesson->problems++] =
      (ScopeLessonProblem){ line, scope_lesson_keep (self, sentence, length) };
}

/* ---- slides --------------------------------------------------------------------------------- */

ScopeSlide *
scope_lesson_add_slide (ScopeLessonReader *self, ScopeSlideKind kind, int line)
{
  ScopeLessonText *lesson = self->lesson;
  bool has_words = self->words.length > 0;
  if (lesson->slides == SCOPE_LESSON_SLIDES)
    {
      scope_lesson_complain (self, line,
                             SCOPE_TEXT ("A lesson has %d slides at most. Make two of it."),
                             SCOPE_LESSON_SLIDES);
      self->at = self->end;
      return NULL;
    }
  ScopeSlide *slide = &lesson->slide[lesson->slides++];
  *slide = (ScopeSlide){ .kind = kind,
                         .line = has_words ? self->words_line : line,
                         .heading = self->heading,
                         .words = scope_lesson_keep (self, scope_text_string (&self->words),
                                                     self->words.length),
                         .expression = "",
                         .question = "",
                         .count = 1 };
  self->failed |= self->words.failed;
  scope_text_clear (&self->words);
  return slide;
}

/* Prose that no block follows before the next heading or the end. */
static void
end_words (ScopeLessonReader *self)
{
  if (self->words.length > 0)
    scope_lesson_add_slide (self, SCOPE_SLIDE_WORDS, self->words_line);
}

static void
add_words (ScopeLessonReader *self, const ScopeLessonLine *line)
{
  if (self->words.length == 0)
    {
      if (line->length == 0)
        return;
      self->words_line = line->number;
    }
  scope_text_append_bytes (&self->words, line->bytes, line->length);
  scope_text_append (&self->words, "\n");
  scope_lesson_check_prose (self, line);
}

/* ---- headings and objectives ---------------------------------------------------------------- */

static void
read_heading (ScopeLessonReader *self, const ScopeLessonLine *line)
{
  ScopeLessonText *lesson = self->lesson;
  size_t marks = 0;
  while (marks < line->length && line->bytes[marks] == '#')
    marks++;
  const char *text = scope_lesson_keep (self, line->bytes + marks, line->length - marks);
  end_words (self);
  self->in_objectives = false;
  if (marks == 1 && lesson->title[0] != '\0')
    scope_lesson_complain (self, line->number,
                           SCOPE_TEXT ("A lesson has one title. Begin this heading with ##."));
  else if (marks == 1)
    lesson->title = text;
  else if (strcmp (text, "Objectives") == 0)
    self->in_objectives = true;
  if (!self->in_objectives)
    self->heading = text;
}

static void
read_objective (ScopeLessonReader *self, const ScopeLessonLine *line)
{
  enum
  {
    MOST = 20
  };
  ScopeLessonText *lesson = self->lesson;
  if (line->length == 0)
    return;
  if (!begins (line, "- ") && !begins (line, "* "))
    {
      scope_lesson_complain (
          self, line->number,
          SCOPE_TEXT ("An objective begins with “- ”. End the list with a heading."));
      return;
    }
  if (lesson->objective == NULL)
    lesson->objective = scope_arena_alloc (lesson->arena, MOST * sizeof *lesson->objective);
  self->failed |= lesson->objective == NULL;
  if (lesson->objective == NULL || lesson->objectives == MOST)
    return;
  lesson->objective[lesson->objectives++] =
      scope_lesson_keep (self, line->bytes + 2, line->length - 2);
  scope_lesson_check_prose (self, line);
}

/* ---- fences --------------------------------------------------------------------------------- */

/* Other code is prose to us and is shown as it stands. */
static void
read_other_code (ScopeLessonReader *self, const ScopeLessonLine *fence)
{
  ScopeLessonLine line = *fence;
  do
    {
      if (self->words.length == 0)
        self->words_line = line.number;
      scope_text_append_bytes (&self->words, line.bytes, line.length);
      scope_text_append (&self->words, "\n");
      if (line.number > fence->number && begins (&line, "```"))
        return;
    }
  while (scope_lesson_next (self, &line));
  scope_lesson_complain (self, fence->number,
                         SCOPE_TEXT ("This block has no end. Close it with a line of ```."));
}

static bool
opens_block (const ScopeLessonLine *line)
{
  static const char name[] = "shapescope";
  size_t at = 3;
  while (at < line->length && is_blank (line->bytes[at]))
    at++;
  return line->length - at == strlen (name) && memcmp (line->bytes + at, name, strlen (name)) == 0;
}

static void
read_line (ScopeLessonReader *self, const ScopeLessonLine *line)
{
  if (begins (line, "```") && opens_block (line))
    scope_lesson_read_block (self, line);
  else if (begins (line, "```"))
    read_other_code (self, line);
  else if (begins (line, "#"))
    read_heading (self, line);
  else if (self->in_objectives)
    read_objective (self, line);
  else
    add_words (self, line);
}

/* ---- the whole ------------------------------------------------------------------------------ */

/* `<!-- shapescope lesson 1 -->` on the first line; without one it is version 1 too. */
static bool
read_version (ScopeLessonReader *self)
{
  static const char mark[] = "<!-- shapescope lesson ";
  ScopeLessonReader before = *self;
  ScopeLessonLine line;
  if (!scope_lesson_next (self, &line))
    return true;
  if (!begins (&line, mark))
    {
      self->at = before.at;
      self->line = before.line;
      return true;
    }
  int64_t version = 0;
  bool overflow = false;
  size_t digits = scope_text_read_digits (line.bytes + strlen (mark), line.length - strlen (mark),
                                          &version, &overflow);
  if (digits > 0 && !overflow && version == 1)
    return true;
  scope_lesson_complain (self, line.number,
                         SCOPE_TEXT ("This lesson says that it is of another version than 1, which "
                                     "is the one known here. Open it with a newer Shapescope."));
  return false;
}

static bool
is_text (ScopeLessonReader *self, const char *bytes, size_t length)
{
  if (length > SCOPE_LESSON_BYTES)
    {
      scope_lesson_complain (self, 1,
                             SCOPE_TEXT ("A lesson has %d bytes at most, and this file has more. "
                                         "Make several lessons of it."),
                             SCOPE_LESSON_BYTES);
      return false;
    }
  size_t valid = scope_text_valid_utf8 (bytes, length);
  const char *zero = memchr (bytes, '\0', valid);
  size_t wrong = zero != NULL ? (size_t)(zero - bytes) : valid;
  if (wrong == length)
    return true;
  int line = 1;
  for (size_t i = 0; i < wrong; i++)
    line += bytes[i] == '\n';
  scope_lesson_complain (
      self, line,
      SCOPE_TEXT ("This is not text in UTF-8. A lesson is a plain text file: save it as one."));
  return false;
}

static ScopeLessonText *
new_lesson (void)
{
  ScopeArena *arena = scope_arena_new ();
  if (arena == NULL)
    return NULL;
  ScopeLessonText *lesson = scope_arena_alloc (arena, sizeof *lesson);
  if (lesson != NULL)
    {
      *lesson = (ScopeLessonText){ .title = "", .arena = arena };
      lesson->slide = scope_arena_alloc (arena, SCOPE_LESSON_SLIDES * sizeof *lesson->slide);
      lesson->problem =
          scope_arena_alloc (arena, (SCOPE_LESSON_PROBLEMS + 1) * sizeof *lesson->problem);
    }
  if (lesson != NULL && lesson->slide != NULL && lesson->problem != NULL)
    return lesson;
  scope_arena_free (arena);
  return NULL;
}

static int
compare_problems (const void *a, const void *b)
{
  return ((const ScopeLessonProblem *)a)->line - ((const ScopeLessonProblem *)b)->line;
}

ScopeLessonText *
scope_lesson_text_read (const char *bytes,
                        size_t length,
                        const char *(*translate) (const char *text))
{
  ScopeLessonText *lesson = new_lesson ();
  ScopeLessonReader self = {
    .lesson = lesson, .translate = translate, .at = bytes, .end = bytes + length, .heading = ""
  };
  ScopeLessonLine line;
  if (lesson == NULL)
    return NULL;
  if (length >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0)
    self.at += 3;

  if (is_text (&self, bytes, length) && read_version (&self))
    {
      while (!self.failed && scope_lesson_next (&self, &line))
        read_line (&self, &line);
      end_words (&self);
      if (lesson->title[0] == '\0')
        scope_lesson_complain (
            &self, 1, SCOPE_TEXT ("The lesson has no title. Begin it with a line “# Title”."));
      if (lesson->slides == 0)
        scope_lesson_complain (&self, 1,
                               SCOPE_TEXT ("There is nothing in this lesson but its title."));
    }
  qsort (lesson->problem, (size_t)lesson->problems, sizeof *lesson->problem, compare_problems);
  scope_text_clear (&self.words);
  if (!self.failed)
    return lesson;
  scope_lesson_text_free (lesson);
  return NULL;
}

void
scope_lesson_text_free (ScopeLessonText *lesson)
{
  if (lesson != NULL)
    scope_arena_free (lesson->arena);
}

bool
scope_slide_make_tensors (const ScopeSlide *slide, ScopeTensor **out, int *n, ScopeError *error)
{
  for (*n = 0; *n < slide->tensors; ++*n)
    {
      const ScopeExerciseTensor *given = &slide->tensor[*n];
      out[*n] = scope_tensor_from_text (given->name, given->text, strlen (given->text), error);
      if (out[*n] != NULL)
        continue;
      for (int i = 0; i < *n; i++)
        scope_tensor_unref (out[i]);
      return false;
    }
  return true;
}
