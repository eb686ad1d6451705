/* Judging answers axis by axis. */
#include "scene/exercise.h"

#include "advice/alignment-text.h"
#include "core/literal.h"

#include <stdlib.h>
#include <string.h>

static const char *
translated (const char *(*translate) (const char *), const char *text)
{
  return translate != NULL ? translate (text) : text;
}

/* ---- making --------------------------------------------------------------------------------- */

static ScopeTensor *
make_tensor (const ScopeExerciseTensor *given, ScopeError *error)
{
  ScopeTensor *tensor =
      scope_tensor_from_text (given->name, given->text, strlen (given->text), error);
  if (tensor == NULL || scope_shape_is_known (&tensor->shape))
    return tensor;
  scope_fail (error, SCOPE_ERROR_SHAPE, -1, "The sizes of %s have to be known in an exercise.",
              given->name);
  scope_tensor_unref (tensor);
  return NULL;
}

static void
ask (ScopeExercise *self)
{
  scope_text_printf (&self->question, translated (self->translate, "%s with "),
                     scope_text_string (&self->expression));
  for (int i = 0; i < self->tensors; i++)
    {
      scope_text_printf (&self->question, i > 0 ? ", %s " : "%s ", self->tensor[i]->name);
      scope_shape_print (&self->tensor[i]->shape, SCOPE_SHAPE_TUPLE, &self->question);
    }
}

/* A column whose explanation says most: one that fails, else one that stretches, from the end. */
static int
telling_column (const ScopeAlignment *alignment)
{
  int stretched = -1;
  for (int column = alignment->rank - 1; column >= 0; column--)
    {
      if (alignment->column[column] == SCOPE_MARK_FAILS)
        return column;
      if (stretched < 0 && alignment->column[column] == SCOPE_MARK_STRETCHED)
        stretched = column;
    }
  return stretched;
}

/* The result with one size left out: (3, ?). */
static void
print_all_but_one (const ScopeExercise *self, ScopeText *out)
{
  int column = telling_column (self->alignment);
  int hidden =
      column < 0 ? self->shape.rank - 1 : column - (self->alignment->rank - self->shape.rank);
  ScopeShape shape = self->shape;
  if (hidden < 0 || hidden >= shape.rank)
    hidden = shape.rank - 1;
  shape.size[hidden] = SCOPE_SIZE_UNKNOWN;
  scope_shape_print (&shape, SCOPE_SHAPE_TUPLE, out);
}

static void
give_last_hint (ScopeExercise *self, ScopeText *out)
{
  ScopeText shape = { 0 };
  int column = telling_column (self->alignment);
  if (self->fails && column >= 0)
    {
      scope_text_append (out, translated (self->translate, "Look for this: "));
      scope_alignment_explain (self->alignment, column, self->translate, out);
      scope_text_append (out, ".");
    }
  else if (self->fails)
    scope_text_append (out, translated (self->translate, "It does not fit. Which rule is broken?"));
  else if (self->shape.rank == 0)
    scope_text_append (out, translated (self->translate, "One value alone is left: a scalar."));
  else
    {
      print_all_but_one (self, &shape);
      scope_text_printf (out, translated (self->translate, "All but one size: %s."),
                         scope_text_string (&shape));
    }
  scope_text_clear (&shape);
}

/* The first two hints are what the stage says first, as long as that does not give it away. */
static void
give_hints (ScopeExercise *self)
{
  const ScopeStage *stage = self->stage;
  bool compares = stage->kind == SCOPE_STAGE_BROADCAST || stage->kind == SCOPE_STAGE_ASSIGN;
  const ScopeStageStep *second = &stage->step[stage->steps > 1 && !stage->step[1].fails ? 1 : 0];
  scope_text_append (&self->hint[0], scope_text_string (&second->sentence));
  if (compares)
    scope_text_append (&self->hint[1], scope_text_string (&stage->step[2].sentence));
  else if (stage->kind == SCOPE_STAGE_CONCAT && stage->steps > 2)
    scope_text_append (&self->hint[1], scope_text_string (&stage->step[2].sentence));
  else if (self->fails)
    scope_text_append (&self->hint[1],
                       translated (self->translate, "Something does not fit here."));
  else
    scope_text_printf (&self->hint[1],
                       translated (self->translate, "Number of axes of the result: %d."),
                       self->shape.rank);
  give_last_hint (self, &self->hint[2]);
}

static void
answer (ScopeExercise *self)
{
  if (self->fails)
    {
      bool worded = self->failure->sentence.length > 0;
      scope_text_append (&self->answer, scope_text_string (worded ? &self->failure->sentence
                                                                  : &self->failure->message));
      return;
    }
  ScopeText shape = { 0 };
  scope_shape_print (&self->shape, SCOPE_SHAPE_TUPLE, &shape);
  scope_text_printf (&self->answer, translated (self->translate, "The result has shape %s."),
                     scope_text_string (&shape));
  scope_text_clear (&shape);
}

/* The first failure, or the operation whose result it is. */
static bool
find_result (ScopeExercise *self, int *focus, ScopeError *error)
{
  const ScopeProgram *program = self->program;
  self->fails = program->first_failure >= 0;
  *focus = self->fails ? program->first_failure : program->result;
  if (*focus < 0)
    return scope_fail (error, SCOPE_ERROR_ARGUMENT, -1,
                       "The result of an exercise has to be a tensor.");
  if (self->fails)
    self->failure = program->node[*focus]->failure;
  else
    self->shape = program->node[*focus]->shape;
  return true;
}

static bool
prepare (ScopeExercise *self, ScopeDialect dialect, ScopeError *error)
{
  ScopeCheckOptions options = { .dialect = dialect, .translate = self->translate };
  int focus;
  self->program = scope_program_new (scope_text_string (&self->expression), self->expression.length,
                                     self->tensor, self->tensors, &options, error);
  if (self->program == NULL || !find_result (self, &focus, error))
    return false;
  self->stage =
      scope_stage_new (self->program, focus, self->tensor, self->tensors, self->translate);
  self->alignment = scope_alignment_new (self->program, focus, self->translate);
  if (self->stage == NULL || self->alignment == NULL)
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for this exercise.");
  ask (self);
  give_hints (self);
  answer (self);
  return true;
}

ScopeExercise *
scope_exercise_new_for (const char *expression,
                        ScopeTensor *const *tensors,
                        int n_tensors,
                        ScopeDialect dialect,
                        const char *(*translate) (const char *text),
                        ScopeError *error)
{
  if (n_tensors < 1 || n_tensors > SCOPE_EXERCISE_MOST)
    {
      scope_fail (error, SCOPE_ERROR_ARGUMENT, -1, "An exercise has 1 to %d tensors.",
                  SCOPE_EXERCISE_MOST);
      return NULL;
    }
  ScopeExercise *self = calloc (1, sizeof *self);
  if (self == NULL)
    {
      scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for this exercise.");
      return NULL;
    }
  self->translate = translate;
  self->askable = true;
  scope_text_append (&self->expression, expression);
  for (int i = 0; i < n_tensors; i++)
    {
      self->tensor[self->tensors++] = scope_tensor_ref (tensors[i]);
      self->askable &= scope_shape_is_known (&tensors[i]->shape);
    }
  if (prepare (self, dialect, error))
    return self;
  scope_exercise_free (self);
  return NULL;
}

ScopeExercise *
scope_exercise_new (const char *expression,
                    const ScopeExerciseTensor *tensors,
                    int n_tensors,
                    ScopeDialect dialect,
                    const char *(*translate) (const char *text),
                    ScopeError *error)
{
  ScopeTensor *made[SCOPE_EXERCISE_TENSORS];
  ScopeExercise *self = NULL;
  int count = 0;
  while (count < n_tensors && count < SCOPE_EXERCISE_TENSORS)
    {
      made[count] = make_tensor (&tensors[count], error);
      if (made[count] == NULL)
        break;
      count++;
    }
  if (count == n_tensors)
    self = scope_exercise_new_for (expression, made, n_tensors, dialect, translate, error);
  else if (n_tensors > SCOPE_EXERCISE_TENSORS)
    scope_fail (error, SCOPE_ERROR_ARGUMENT, -1, "An exercise has 1 to %d tensors.",
                SCOPE_EXERCISE_TENSORS);
  while (count > 0)
    scope_tensor_unref (made[--count]);
  return self;
}

void
scope_exercise_free (ScopeExercise *self)
{
  if (self == NULL)
    return;
  for (int i = 0; i < self->tensors; i++)
    scope_tensor_unref (self->tensor[i]);
  for (int i = 0; i < SCOPE_EXERCISE_HINTS; i++)
    scope_text_clear (&self->hint[i]);
  scope_text_clear (&self->expression);
  scope_text_clear (&self->question);
  scope_text_clear (&self->answer);
  scope_alignment_free (self->alignment);
  scope_stage_free (self->stage);
  scope_program_unref (self->program);
  free (self);
}

/* ---- reading an answer ---------------------------------------------------------------------- */

typedef struct
{
  bool fails;
  bool named; /* an axis was named */
  int64_t axis;
  ScopeShape shape;
} Answer;

static bool
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static char
lower (char c)
{
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether `text` begins with `word`, in any capitals of ASCII. */
static bool
begins_with (const char *text, const char *word)
{
  for (; *word != '\0'; text++, word++)
    if (lower (*text) != lower (*word))
      return false;
  return true;
}

/* The first number in the text, − and - before it. */
static bool
find_number (const char *text, int64_t *out)
{
  bool negative = false, overflow;
  for (; *text != '\0'; text++)
    {
      if (*text == '-' || strncmp (text, "−", strlen ("−")) == 0)
        negative = true;
      else if (*text >= '0' && *text <= '9')
        {
          int64_t value;
          scope_text_read_digits (text, strlen (text), &value, &overflow);
          *out = negative ? -value : value;
          return true;
        }
      else if (is_space (*text))
        negative = false;
    }
  return false;
}

static bool
read_answer (const ScopeExercise *self, const char *text, Answer *out)
{
  /* Translators: what a student types for an operation that does not fit; `fails` works as well */
  const char *words[] = { translated (self->translate, "fails"), "fails", "fail", "error" };
  *out = (Answer){ 0 };
  while (is_space (*text))
    text++;
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (begins_with (text, words[i]))
      {
        out->fails = true;
        out->named = find_number (text, &out->axis);
        return true;
      }
  if (begins_with (text, "scalar"))
    return true; /* of rank 0 */
  return *text != '\0' && scope_shape_parse (text, strlen (text), &out->shape, NULL)
         && scope_shape_is_known (&out->shape);
}

/* ---- feedback ------------------------------------------------------------------------------- */

static ScopeText *
add_line (ScopeFeedback *out, bool good)
{
  int number = out->lines < SCOPE_FEEDBACK_LINES ? out->lines++ : SCOPE_FEEDBACK_LINES - 1;
  scope_text_clear (&out->line[number]);
  out->good[number] = good;
  return &out->line[number];
}

static void
begin_line (const ScopeExercise *self, int from_end, ScopeText *line)
{
  /* Translators: an axis counted from the end, then what happens to it */
  scope_text_printf (line, translated (self->translate, "Axis −%d: "), from_end);
}

/* Why the axis has the size it has; nothing when the operation does not compare it. */
static void
explain (const ScopeExercise *self, int from_end, ScopeText *line)
{
  int column = self->alignment->rank - from_end;
  if (column >= 0)
    scope_alignment_explain (self->alignment, column, self->translate, line);
}

/* One axis of a shape that was said, from_end 1 … */
static bool
judge_axis (const ScopeExercise *self, const ScopeShape *said, int from_end, ScopeFeedback *out)
{
  const ScopeShape *right = &self->shape;
  bool there = from_end <= right->rank, given = from_end <= said->rank;
  int64_t size = there ? right->size[right->rank - from_end] : 0;
  int64_t own = given ? said->size[said->rank - from_end] : 0;
  bool good = there && given && size == own;
  ScopeText *line = add_line (out, good), why = { 0 };
  begin_line (self, from_end, line);
  if (self->stage->kind == SCOPE_STAGE_BROADCAST || self->stage->kind == SCOPE_STAGE_ASSIGN
      || self->stage->kind == SCOPE_STAGE_CONCAT)
    explain (self, from_end, &why); /* elsewhere a column is not one axis of the result */
  if (good)
    scope_text_printf (line, translated (self->translate, "%lld, right."), (long long)own);
  else if (!there)
    scope_text_append (line, translated (self->translate, "the result has no such axis."));
  else if (!given)
    scope_text_append (line, translated (self->translate, "an axis is missing here."));
  else if (why.length > 0)
    scope_text_printf (line, translated (self->translate, "you said %lld; %s."), (long long)own,
                       scope_text_string (&why));
  else
    scope_text_printf (line, translated (self->translate, "you said %lld, which is not right."),
                       (long long)own);
  scope_text_clear (&why);
  return good;
}

static bool
judge_shape (const ScopeExercise *self, const ScopeShape *said, ScopeFeedback *out)
{
  int most = said->rank > self->shape.rank ? said->rank : self->shape.rank;
  bool right = true;
  for (int from_end = 1; from_end <= most; from_end++)
    right &= judge_axis (self, said, from_end, out);
  return right;
}

static bool
is_failing (const ScopeExercise *self, int column)
{
  return column >= 0 && column < self->alignment->rank
         && self->alignment->column[column] == SCOPE_MARK_FAILS;
}

static bool
has_failing_axis (const ScopeExercise *self)
{
  for (int column = 0; column < self->alignment->rank; column++)
    if (is_failing (self, column))
      return true;
  return false;
}

/* Every column and what happens there; good are those that were not claimed to be otherwise. */
static void
explain_columns (const ScopeExercise *self, int claimed, ScopeFeedback *out)
{
  for (int column = self->alignment->rank - 1; column >= 0; column--)
    {
      ScopeText why = { 0 };
      int from_end = self->alignment->rank - column;
      explain (self, from_end, &why);
      if (why.length > 0)
        {
          ScopeText *line = add_line (out, is_failing (self, column) == (column == claimed));
          begin_line (self, from_end, line);
          scope_text_append (line, scope_text_string (&why));
          scope_text_append (line, ".");
        }
      scope_text_clear (&why);
    }
}

static ScopeAnswerVerdict
judge_failure (const ScopeExercise *self, const Answer *said, ScopeFeedback *out)
{
  int rank = self->alignment->rank;
  int64_t column = said->named && said->axis < 0 ? said->axis + rank : said->axis;
  if (!self->fails)
    {
      explain_columns (self, said->named && column >= 0 && column < rank ? (int)column : -1, out);
      return SCOPE_ANSWER_WRONG;
    }
  if (!has_failing_axis (self))
    return SCOPE_ANSWER_RIGHT; /* it breaks a rule that is not about one axis */
  if (!said->named)
    return SCOPE_ANSWER_PARTLY;
  bool right = column >= 0 && column < rank && is_failing (self, (int)column);
  explain_columns (self, column >= 0 && column < rank ? (int)column : -1, out);
  return right ? SCOPE_ANSWER_RIGHT : SCOPE_ANSWER_WRONG;
}

static void
summarize (const ScopeExercise *self, const Answer *said, ScopeFeedback *out)
{
  const char *words = "";
  switch (out->verdict)
    {
    case SCOPE_ANSWER_RIGHT:
      words = self->fails ? translated (self->translate, "Right, it does not fit.")
                          : translated (self->translate, "Right.");
      break;
    case SCOPE_ANSWER_PARTLY:
      words = translated (self->translate, "Right, it does not fit – but at which axis?");
      break;
    case SCOPE_ANSWER_WRONG:
      words = self->fails && !said->fails
                  ? translated (self->translate, "Not quite: it does not fit.")
              : !self->fails && said->fails ? translated (self->translate, "Not quite: it fits.")
                                            : translated (self->translate, "Not quite.");
      break;
    case SCOPE_ANSWER_UNREADABLE:
      words =
          translated (self->translate, "Type a shape, such as 3, 4, or fails and the axis, such "
                                       "as fails -2.");
      break;
    }
  scope_text_append (&out->summary, words);
}

void
scope_exercise_judge (ScopeExercise *self, const char *text, ScopeFeedback *out)
{
  Answer said;
  *out = (ScopeFeedback){ .verdict = SCOPE_ANSWER_UNREADABLE };
  if (read_answer (self, text, &said))
    {
      if (said.fails)
        out->verdict = judge_failure (self, &said, out);
      else if (self->fails)
        {
          explain_columns (self, -1, out);
          out->verdict = SCOPE_ANSWER_WRONG;
        }
      else
        out->verdict =
            judge_shape (self, &said.shape, out) ? SCOPE_ANSWER_RIGHT : SCOPE_ANSWER_WRONG;
    }
  summarize (self, &said, out);
  if (out->verdict == SCOPE_ANSWER_WRONG && !self->solved)
    self->tries++;
  if (out->verdict == SCOPE_ANSWER_RIGHT && !self->revealed)
    self->solved = true;
}

void
scope_feedback_clear (ScopeFeedback *feedback)
{
  scope_text_clear (&feedback->summary);
  for (int i = 0; i < feedback->lines; i++)
    scope_text_clear (&feedback->line[i]);
  *feedback = (ScopeFeedback){ 0 };
}

const char *
scope_exercise_hint (ScopeExercise *self)
{
  int number = self->hints < SCOPE_EXERCISE_HINTS ? self->hints++ : SCOPE_EXERCISE_HINTS - 1;
  return scope_text_string (&self->hint[number]);
}

const char *
scope_exercise_reveal (ScopeExercise *self)
{
  self->revealed = !self->solved;
  return scope_text_string (&self->answer);
}

void
scope_tally_add (ScopeTally *tally, const ScopeExercise *exercise)
{
  tally->asked++;
  tally->right += exercise->solved;
  tally->unaided += exercise->solved && exercise->tries == 0 && exercise->hints == 0;
  tally->streak = exercise->solved ? tally->streak + 1 : 0;
}
