/* The fenced blocks of a lesson: what is shown, asked or drilled. */
#include "scene/lesson-parts.h"

#include <string.h>

typedef struct
{
  ScopeSlide slide; /* without heading and words yet */
  int line;         /* of the fence */
  int kind_line;    /* 0 until the kind is known */
  int tensor_line[SCOPE_EXERCISE_TENSORS];
  ScopeClaim claim;
  bool broken; /* what is wrong keeps it from being shown */
} Block;

/* A `key: value` line. */
typedef struct
{
  const char *key, *value;
  size_t key_length, value_length;
  int line;
} Field;

typedef void (*Take) (ScopeLessonReader *self, Block *block, const Field *field);

/* ---- the kinds ------------------------------------------------------------------------------ */

static void
take_kind (ScopeLessonReader *self, Block *block, const Field *field, ScopeSlideKind kind)
{
  if (block->kind_line > 0)
    {
      scope_lesson_complain (self, field->line,
                             SCOPE_TEXT ("A block shows one thing. Begin another block for this."));
      return;
    }
  block->kind_line = field->line;
  block->slide.kind = kind;
}

static void
take_stage (ScopeLessonReader *self, Block *block, const Field *field)
{
  take_kind (self, block, field, SCOPE_SLIDE_STAGE);
  block->slide.expression = scope_lesson_keep (self, field->value, field->value_length);
}

static void
take_exercise (ScopeLessonReader *self, Block *block, const Field *field)
{
  take_kind (self, block, field, SCOPE_SLIDE_EXERCISE);
  block->slide.expression = scope_lesson_keep (self, field->value, field->value_length);
}

static const char *const level_names[] = {
  [SCOPE_DRILL_RANKS] = "ranks",
  [SCOPE_DRILL_ONES] = "ones",
  [SCOPE_DRILL_FAILURES] = "failures",
  [SCOPE_DRILL_OPS] = "ops",
};

static void
take_drill (ScopeLessonReader *self, Block *block, const Field *field)
{
  const char *name = scope_lesson_keep (self, field->value, field->value_length);
  take_kind (self, block, field, SCOPE_SLIDE_DRILL);
  for (int level = 0; level < SCOPE_N_DRILLS; level++)
    if (strcmp (name, level_names[level]) == 0)
      {
        block->slide.level = (ScopeDrillLevel)level;
        return;
      }
  scope_lesson_complain (self, field->line,
                         SCOPE_TEXT ("There is no drill “%s”. Write ranks, ones, failures or ops."),
                         name);
  block->broken = true;
}

/* ---- the other keys ------------------------------------------------------------------------- */

static void
take_dialect (ScopeLessonReader *self, Block *block, const Field *field)
{
  const char *name = scope_lesson_keep (self, field->value, field->value_length);
  if (!scope_dialect_parse (name, &block->slide.dialect))
    scope_lesson_complain (
        self, field->line,
        SCOPE_TEXT ("There is no dialect “%s”. Write pytorch, numpy, tensorflow or jax."), name);
}

static void
take_result (ScopeLessonReader *self, Block *block, const Field *field)
{
  scope_claim_read (self, field->value, field->value_length, field->line, &block->claim);
}

static void
take_says (ScopeLessonReader *self, Block *block, const Field *field)
{
  block->claim.says = scope_lesson_keep (self, field->value, field->value_length);
  block->claim.says_line = field->line;
}

static void
take_question (ScopeLessonReader *self, Block *block, const Field *field)
{
  block->slide.question = scope_lesson_keep (self, field->value, field->value_length);
}

static void
take_hint (ScopeLessonReader *self, Block *block, const Field *field)
{
  if (block->slide.hints < SCOPE_EXERCISE_HINTS)
    block->slide.hint[block->slide.hints++] =
        scope_lesson_keep (self, field->value, field->value_length);
  else
    scope_lesson_complain (self, field->line, SCOPE_TEXT ("An exercise has %d hints at most."),
                           SCOPE_EXERCISE_HINTS);
}

/* A whole number from 1 to `most`. */
static bool
read_number (ScopeLessonReader *self, const Field *field, int64_t most, int64_t *out)
{
  bool overflow = false;
  int64_t number = 0;
  size_t digits = scope_text_read_digits (field->value, field->value_length, &number, &overflow);
  if (digits > 0 && digits == field->value_length && !overflow && number >= 1 && number <= most)
    {
      *out = number;
      return true;
    }
  scope_lesson_complain (self, field->line, SCOPE_TEXT ("“%.*s” is no number from 1 to %lld."),
                         (int)(field->value_length < 60 ? field->value_length : 60), field->value,
                         (long long)most);
  return false;
}

static void
take_count (ScopeLessonReader *self, Block *block, const Field *field)
{
  int64_t count;
  if (read_number (self, field, 100, &count))
    block->slide.count = (int)count;
}

static void
take_seed (ScopeLessonReader *self, Block *block, const Field *field)
{
  int64_t seed;
  if (read_number (self, field, INT64_MAX, &seed))
    block->slide.seed = (uint64_t)seed;
}

enum
{
  OF_STAGE = 1 << SCOPE_SLIDE_STAGE,
  OF_EXERCISE = 1 << SCOPE_SLIDE_EXERCISE,
  OF_DRILL = 1 << SCOPE_SLIDE_DRILL,
  OF_ALL = OF_STAGE | OF_EXERCISE | OF_DRILL,
};

static const struct
{
  const char *key;
  Take take;
  int kinds; /* that it belongs to */
} keys[] = {
  { "stage", take_stage, OF_ALL },
  { "exercise", take_exercise, OF_ALL },
  { "drill", take_drill, OF_ALL },
  { "dialect", take_dialect, OF_STAGE | OF_EXERCISE },
  { "result", take_result, OF_STAGE | OF_EXERCISE },
  { "says", take_says, OF_STAGE | OF_EXERCISE },
  { "question", take_question, OF_EXERCISE },
  { "hint", take_hint, OF_EXERCISE },
  { "count", take_count, OF_DRILL },
  { "seed", take_seed, OF_DRILL },
};

/* ---- lines ---------------------------------------------------------------------------------- */

static void
take_field (ScopeLessonReader *self, Block *block, const Field *field)
{
  for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
    {
      if (strlen (keys[i].key) != field->key_length
          || memcmp (keys[i].key, field->key, field->key_length) != 0)
        continue;
      if (block->kind_line > 0 && (keys[i].kinds & (1 << block->slide.kind)) == 0)
        scope_lesson_complain (self, field->line,
                               SCOPE_TEXT ("“%s” says nothing in a block of this kind."),
                               keys[i].key);
      else
        keys[i].take (self, block, field);
      return;
    }
  scope_lesson_complain (
      self, field->line,
      SCOPE_TEXT (
          "“%.*s” is unknown. Write stage, exercise, drill, dialect, result, says, question, "
          "hint, count or seed, or a tensor as in A = 3,1."),
      (int)(field->key_length < 60 ? field->key_length : 60), field->key);
}

static void
take_tensor (ScopeLessonReader *self, Block *block, const Field *field)
{
  ScopeSlide *slide = &block->slide;
  if (slide->tensors == SCOPE_EXERCISE_TENSORS)
    {
      scope_lesson_complain (self, field->line, SCOPE_TEXT ("A block has %d tensors at most."),
                             SCOPE_EXERCISE_TENSORS);
      block->broken = true;
      return;
    }
  block->tensor_line[slide->tensors] = field->line;
  slide->tensor[slide->tensors++] =
      (ScopeExerciseTensor){ scope_lesson_keep (self, field->key, field->key_length),
                             scope_lesson_keep (self, field->value, field->value_length) };
}

static bool
is_name (const char *bytes, size_t length)
{
  for (size_t i = 0; i < length; i++)
    {
      char c = bytes[i];
      bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!letter && (i == 0 || c < '0' || c > '9'))
        return false;
    }
  return length > 0;
}

static size_t
trim (const char **bytes, size_t length)
{
  while (length > 0 && **bytes == ' ')
    ++*bytes, length--;
  while (length > 0 && (*bytes)[length - 1] == ' ')
    length--;
  return length;
}

/* Cuts a line at its first `:` or `=`, whichever comes first; false when it has none. */
static bool
cut (const ScopeLessonLine *line, Field *field, char *mark)
{
  for (size_t i = 0; i < line->length; i++)
    if (line->bytes[i] == ':' || line->bytes[i] == '=')
      {
        *mark = line->bytes[i];
        *field = (Field){ line->bytes, line->bytes + i + 1, i, line->length - i - 1, line->number };
        field->key_length = trim (&field->key, field->key_length);
        field->value_length = trim (&field->value, field->value_length);
        return is_name (field->key, field->key_length);
      }
  return false;
}

static void
take_line (ScopeLessonReader *self, Block *block, const ScopeLessonLine *line)
{
  Field field;
  char mark;
  if (line->length == 0)
    return;
  if (!cut (line, &field, &mark))
    scope_lesson_complain (
        self, line->number,
        SCOPE_TEXT (
            "This line says nothing. Write a key with a colon, or a tensor as in A = 3,1."));
  else if (mark == '=')
    take_tensor (self, block, &field);
  else
    take_field (self, block, &field);
}

/* ---- checking ------------------------------------------------------------------------------- */

/* What the engine says of the block; false when it cannot be shown. */
static bool
check (ScopeLessonReader *self, Block *block)
{
  ScopeSlide *slide = &block->slide;
  ScopeTensor *tensor[SCOPE_EXERCISE_TENSORS];
  ScopeError error = { 0 };
  ScopeCheckOptions options = { .dialect = slide->dialect, .translate = self->translate };
  int n;
  if (!scope_slide_make_tensors (slide, tensor, &n, &error))
    {
      scope_lesson_complain (self, block->tensor_line[n], SCOPE_TEXT ("%s is no tensor: %s"),
                             slide->tensor[n].name, error.sentence);
      return false;
    }
  ScopeProgram *program = scope_program_new (slide->expression, strlen (slide->expression), tensor,
                                             n, &options, &error);
  if (program != NULL)
    scope_claim_check (self, &block->claim, program);
  else
    scope_lesson_complain (self, block->kind_line, "%s", error.sentence);
  for (int i = 0; i < n; i++)
    scope_tensor_unref (tensor[i]);
  bool good = program != NULL;
  scope_program_unref (program);
  return good;
}

static bool
is_sound (ScopeLessonReader *self, Block *block)
{
  if (block->kind_line == 0)
    {
      scope_lesson_complain (
          self, block->line,
          SCOPE_TEXT ("This block shows nothing. Write “stage: A + B”, “exercise: "
                      "A + B” or “drill: ones” in it."));
      return false;
    }
  if (block->broken)
    return false;
  if (block->slide.kind == SCOPE_SLIDE_DRILL)
    return true;
  if (block->slide.tensors == 0)
    {
      scope_lesson_complain (self, block->kind_line,
                             SCOPE_TEXT ("There is no tensor here. Write one as in A = 3,1."));
      return false;
    }
  return check (self, block);
}

static void
add (ScopeLessonReader *self, const Block *block)
{
  ScopeSlide *slide = scope_lesson_add_slide (self, block->slide.kind, block->line);
  if (slide == NULL)
    return;
  ScopeSlide shown = block->slide;
  shown.line = slide->line;
  shown.heading = slide->heading;
  shown.words = slide->words;
  *slide = shown;
}

void
scope_lesson_read_block (ScopeLessonReader *self, const ScopeLessonLine *fence)
{
  Block block = { .line = fence->number,
                  .slide = { .expression = "", .question = "", .count = 5 } };
  ScopeLessonLine line;
  bool closed = false;
  while (!closed && scope_lesson_next (self, &line))
    if (line.length >= 3 && memcmp (line.bytes, "```", 3) == 0)
      closed = true;
    else
      take_line (self, &block, &line);
  if (!closed)
    scope_lesson_complain (self, fence->number,
                           SCOPE_TEXT ("This block has no end. Close it with a line of ```."));
  if (is_sound (self, &block))
    add (self, &block);
}
