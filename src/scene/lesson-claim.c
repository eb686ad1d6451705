/* What a lesson says comes out, held against what the engine finds. */
#include "scene/lesson-parts.h"

#include "core/literal.h"

#include <string.h>

/* ---- reading -------------------------------------------------------------------------------- */

/* `-2, 1` after `fails`. */
static bool
read_axes (const char *bytes, size_t length, ScopeClaim *out)
{
  size_t at = 0;
  while (at < length)
    {
      bool negative = false, overflow = false;
      int64_t axis = 0;
      while (at < length && (bytes[at] == ' ' || bytes[at] == ','))
        at++;
      if (at == length)
        break;
      if (bytes[at] == '-')
        negative = true, at++;
      size_t digits = scope_text_read_digits (bytes + at, length - at, &axis, &overflow);
      if (digits == 0 || overflow || axis > SCOPE_MAX_RANK || out->axes == SCOPE_MAX_RANK)
        return false;
      at += digits;
      out->axis[out->axes++] = (int)(negative ? -axis : axis);
    }
  return true;
}

bool
scope_claim_read (ScopeLessonReader *self,
                  const char *bytes,
                  size_t length,
                  int line,
                  ScopeClaim *out)
{
  static const char fails[] = "fails";
  ScopeError error = { 0 };
  const char *says = out->says;
  *out = (ScopeClaim){ .line = line, .says = says, .says_line = out->says_line };
  while (length > 0 && *bytes == ' ')
    bytes++, length--;
  if (length >= strlen (fails) && memcmp (bytes, fails, strlen (fails)) == 0)
    {
      out->fails = true;
      if (read_axes (bytes + strlen (fails), length - strlen (fails), out))
        return true;
    }
  else if (scope_shape_parse (bytes, length, &out->shape, &error)
           && scope_shape_is_known (&out->shape))
    return true;
  scope_lesson_complain (
      self, line,
      SCOPE_TEXT ("“%.*s” is neither a shape nor “fails” with axes. Write 3,4 or fails -2."),
      (int)(length < 60 ? length : 60), bytes);
  out->line = 0;
  return false;
}

/* ---- checking ------------------------------------------------------------------------------- */

static const ScopeFailure *
failure_of (const ScopeProgram *program)
{
  return program->first_failure >= 0 ? program->node[program->first_failure]->failure : NULL;
}

/* Whether the failing axes are those named, each counted from either end. */
static bool
names_axes (const ScopeClaim *claim, const ScopeFailure *failure)
{
  if (claim->axes != failure->axes)
    return false;
  for (int i = 0; i < claim->axes; i++)
    {
      bool found = false;
      for (int k = 0; k < failure->axes; k++)
        found |=
            claim->axis[i] == failure->axis[k].axis || claim->axis[i] == failure->axis[k].from_end;
      if (!found)
        return false;
    }
  return true;
}

static void
check_failure (ScopeLessonReader *self, const ScopeClaim *claim, const ScopeFailure *failure)
{
  ScopeText axes = { 0 };
  if (claim->axes == 0 || names_axes (claim, failure))
    return;
  for (int i = 0; i < failure->axes; i++)
    scope_text_printf (&axes, i > 0 ? ", %d" : "%d", failure->axis[i].from_end);
  if (failure->axes > 0)
    scope_lesson_complain (self, claim->line, SCOPE_TEXT ("It fails, but on other axes: %s."),
                           scope_text_string (&axes));
  else
    scope_lesson_complain (self, claim->line,
                           SCOPE_TEXT ("It fails, but not because of an axis: %s"),
                           scope_text_string (&failure->sentence));
  scope_text_clear (&axes);
}

static void
check_shape (ScopeLessonReader *self, const ScopeClaim *claim, const ScopeProgram *program)
{
  const ScopeNode *node = program->result >= 0 ? program->node[program->result] : NULL;
  if (node == NULL)
    {
      scope_lesson_complain (self, claim->line, SCOPE_TEXT ("The last statement gives no tensor."));
      return;
    }
  if (scope_shape_equal (&node->shape, &claim->shape))
    return;
  ScopeText found = { 0 }, said = { 0 };
  scope_shape_print (&node->shape, SCOPE_SHAPE_TUPLE, &found);
  scope_shape_print (&claim->shape, SCOPE_SHAPE_TUPLE, &said);
  scope_lesson_complain (self, claim->line, SCOPE_TEXT ("The result is %s, not %s."),
                         scope_text_string (&found), scope_text_string (&said));
  scope_text_clear (&found);
  scope_text_clear (&said);
}

static void
check_words (ScopeLessonReader *self, const ScopeClaim *claim, const ScopeFailure *failure)
{
  if (failure == NULL)
    scope_lesson_complain (self, claim->says_line,
                           SCOPE_TEXT ("It fits, so the framework says nothing."));
  else if (strstr (scope_text_string (&failure->message), claim->says) == NULL)
    scope_lesson_complain (self, claim->says_line, SCOPE_TEXT ("The framework says: %s"),
                           scope_text_string (&failure->message));
}

void
scope_claim_check (ScopeLessonReader *self, const ScopeClaim *claim, const ScopeProgram *program)
{
  const ScopeFailure *failure = failure_of (program);
  if (claim->says != NULL)
    {
      self->lesson->claims++;
      check_words (self, claim, failure);
    }
  if (claim->line == 0)
    return;
  self->lesson->claims++;
  if (claim->fails && failure == NULL)
    scope_lesson_complain (self, claim->line, SCOPE_TEXT ("It fits."));
  else if (claim->fails)
    check_failure (self, claim, failure);
  else if (failure != NULL)
    scope_lesson_complain (self, claim->line, SCOPE_TEXT ("It does not fit: %s"),
                           scope_text_string (&failure->sentence));
  else
    check_shape (self, claim, program);
}

/* ---- claims in prose ------------------------------------------------------------------------ */

static const char arrow[] = "→";

/* `(3, 1) + (4,)` as an expression over tensors a, b … of these shapes. */
typedef struct
{
  ScopeText expression;
  int tensors;
  ScopeTensor *tensor[SCOPE_EXERCISE_TENSORS];
  bool wrong; /* a bracket that is no shape, or too many of them */
} Example;

static bool
is_word (char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
         || c == '.' || c == ')' || c == ']';
}

/* Takes a bracket at bytes[at] as a tensor's shape; gives its length, 0 when it is none. */
static size_t
take_shape (Example *self, const char *bytes, size_t at, size_t length)
{
  char closing = bytes[at] == '(' ? ')' : ']';
  const char *stop = memchr (bytes + at, closing, length - at);
  char before = at > 0 ? bytes[at - 1] : ' ';
  /* The brackets of a call, of an index or of a keyword's value are none. */
  if (stop == NULL || is_word (before) || before == '=' || self->tensors == SCOPE_EXERCISE_TENSORS)
    return 0;
  size_t shape = (size_t)(stop - bytes) + 1 - at;
  char name[2] = { (char)('a' + self->tensors), '\0' };
  ScopeError error = { 0 };
  ScopeTensor *tensor = scope_tensor_from_text (name, bytes + at, shape, &error);
  if (tensor == NULL)
    return 0;
  self->tensor[self->tensors++] = tensor;
  scope_text_append (&self->expression, name);
  return shape;
}

/* ` = ` between two shapes assigns into the first. */
static void
make_example (Example *self, const char *bytes, size_t length)
{
  for (size_t at = 0; at < length;)
    {
      bool bracket = bytes[at] == '(' || bytes[at] == '[';
      size_t taken = bracket ? take_shape (self, bytes, at, length) : 0;
      bool assigns = !bracket && self->tensors == 1 && bytes[at] == '=' && at + 1 < length
                     && bytes[at + 1] == ' ' && at > 0 && bytes[at - 1] == ' ';
      if (assigns)
        scope_text_append (&self->expression, "[...] ");
      if (taken == 0)
        scope_text_append_bytes (&self->expression, bytes + at, 1);
      at += taken > 0 ? taken : 1;
    }
}

static void
check_example (ScopeLessonReader *self, const char *bytes, size_t length, size_t cut, int line)
{
  Example example = { 0 };
  ScopeClaim claim = { 0 };
  ScopeError error = { 0 };
  make_example (&example, bytes, cut);
  const char *after = bytes + cut + strlen (arrow);
  /* `1280 → 256` tells of a size, not of an operation. */
  if (example.tensors > 0
      && scope_claim_read (self, after, length - cut - strlen (arrow), line, &claim))
    {
      ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH, .translate = self->translate };
      ScopeProgram *program =
          scope_program_new (scope_text_string (&example.expression), example.expression.length,
                             example.tensor, example.tensors, &options, &error);
      if (program != NULL)
        scope_claim_check (self, &claim, program);
      else
        scope_lesson_complain (self, line, SCOPE_TEXT ("The example “%.*s” is no expression: %s"),
                               (int)(cut < 60 ? cut : 60), bytes, error.sentence);
      scope_program_unref (program);
    }
  for (int i = 0; i < example.tensors; i++)
    scope_tensor_unref (example.tensor[i]);
  scope_text_clear (&example.expression);
}

void
scope_lesson_check_prose (ScopeLessonReader *self, const ScopeLessonLine *line)
{
  const char *end = line->bytes + line->length;
  for (const char *open = memchr (line->bytes, '`', line->length); open != NULL;)
    {
      const char *begin = open + 1;
      const char *close = memchr (begin, '`', (size_t)(end - begin));
      if (close == NULL)
        return;
      size_t length = (size_t)(close - begin);
      for (size_t at = 0; at + strlen (arrow) <= length; at++)
        if (memcmp (begin + at, arrow, strlen (arrow)) == 0)
          {
            check_example (self, begin, length, at, line->number);
            break;
          }
      open = memchr (close + 1, '`', (size_t)(end - close - 1));
    }
}
