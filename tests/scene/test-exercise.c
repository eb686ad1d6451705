/* Predicting: answers judged axis by axis, hints that do not give it away, exercises without end.
 */
#include "scene/drill.h"

#include <glib.h>
#include <string.h>

static ScopeExercise *
make_exercise (const char *expression, const char *a, const char *b)
{
  const ScopeExerciseTensor tensors[] = { { "A", a }, { "B", b } };
  ScopeError error = { 0 };
  ScopeExercise *exercise =
      scope_exercise_new (expression, tensors, b == NULL ? 1 : 2, SCOPE_PYTORCH, NULL, &error);
  if (exercise == NULL)
    g_error ("%s: %s", expression, error.sentence);
  return exercise;
}

/* `+Axis −1: 4, right.|-Axis −2: …` */
static char *
print_feedback (const ScopeFeedback *feedback)
{
  GString *out = g_string_new (NULL);
  for (int i = 0; i < feedback->lines; i++)
    g_string_append_printf (out, "%s%c%s", i > 0 ? "|" : "", feedback->good[i] ? '+' : '-',
                            scope_text_string (&feedback->line[i]));
  return g_string_free (out, FALSE);
}

static const struct
{
  const char *name, *expression, *a, *b, *answer;
  ScopeAnswerVerdict verdict;
  const char *summary, *lines;
} cases[] = {
  { "right", "A + B", "3,1", "4", "3, 4", SCOPE_ANSWER_RIGHT, "Right.",
    "+Axis −1: 4, right.|+Axis −2: 3, right." },
  { "in-brackets", "A + B", "3,1", "4", " torch.Size([3, 4]) ", SCOPE_ANSWER_RIGHT, "Right.",
    NULL },
  { "stretches", "A + B", "3,1", "1,3", "4, 3", SCOPE_ANSWER_WRONG, "Not quite.",
    "+Axis −1: 3, right.|-Axis −2: you said 4; 3 meets 1, and the 1 stretches to 3." },
  { "axis-missing", "A + B", "3,1", "4", "4", SCOPE_ANSWER_WRONG, "Not quite.",
    "+Axis −1: 4, right.|-Axis −2: an axis is missing here." },
  { "axis-too-many", "A + B", "3", "3", "3, 3", SCOPE_ANSWER_WRONG, "Not quite.",
    "+Axis −1: 3, right.|-Axis −2: the result has no such axis." },
  { "said-fails", "A + B", "3,1", "4", "fails", SCOPE_ANSWER_WRONG, "Not quite: it fits.", NULL },
  { "fails-at", "A[...] = B", "1,1,256,256", "1,1,1280,256", "fails -2", SCOPE_ANSWER_RIGHT,
    "Right, it does not fit.", NULL },
  { "fails-from-the-front", "A[...] = B", "1,1,256,256", "1,1,1280,256", "Fails at axis 2",
    SCOPE_ANSWER_RIGHT, "Right, it does not fit.", NULL },
  { "fails-minus-sign", "A[...] = B", "1,1,256,256", "1,1,1280,256", "fails −2", SCOPE_ANSWER_RIGHT,
    "Right, it does not fit.", NULL },
  { "fails-somewhere", "A[...] = B", "1,1,256,256", "1,1,1280,256", "fails", SCOPE_ANSWER_PARTLY,
    "Right, it does not fit – but at which axis?", "" },
  { "fails-elsewhere", "A + B", "3,4", "3", "fails 0", SCOPE_ANSWER_WRONG, "Not quite.",
    "-Axis −1: 4 meets 3, and neither is 1.|-Axis −2: 3 meets the 1 that was filled in, which "
    "stretches." },
  { "said-a-shape", "A + B", "3,4", "3", "3, 4", SCOPE_ANSWER_WRONG, "Not quite: it does not fit.",
    NULL },
  { "no-axis-at-fault", "A.reshape(4, 2)", "2,3", NULL, "fails", SCOPE_ANSWER_RIGHT,
    "Right, it does not fit.", "" },
  { "joined", "torch.cat((A, B), dim=1)", "2,3", "2,5", "2, 3", SCOPE_ANSWER_WRONG, "Not quite.",
    "-Axis −1: you said 3; here they are joined, so the sizes add up.|+Axis −2: 2, right." },
  { "reshaped", "A.reshape(3, -1)", "2,6", NULL, "3, 6", SCOPE_ANSWER_WRONG, "Not quite.",
    "-Axis −1: you said 6, which is not right.|+Axis −2: 3, right." },
  { "scalar", "A.sum()", "2,6", NULL, "scalar", SCOPE_ANSWER_RIGHT, "Right.", "" },
  { "brackets-of-a-scalar", "A.sum()", "2,6", NULL, "()", SCOPE_ANSWER_RIGHT, "Right.", "" },
  { "nothing", "A + B", "3", "3", "  ", SCOPE_ANSWER_UNREADABLE,
    "Type a shape, such as 3, 4, or fails and the axis, such as fails -2.", "" },
  { "words", "A + B", "3", "3", "three", SCOPE_ANSWER_UNREADABLE, NULL, "" },
  { "far-axis", "A + B", "3", "4", "fails 99999999999999999999", SCOPE_ANSWER_WRONG, NULL, NULL },
  { "long", "A + B", "3", "3", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,3", SCOPE_ANSWER_WRONG, NULL,
    NULL },
};

static void
test_case (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeExercise *exercise = make_exercise (cases[i].expression, cases[i].a, cases[i].b);
  ScopeFeedback feedback;
  scope_exercise_judge (exercise, cases[i].answer, &feedback);
  g_autofree char *lines = print_feedback (&feedback);
  if (cases[i].summary != NULL)
    g_assert_cmpstr (scope_text_string (&feedback.summary), ==, cases[i].summary);
  if (cases[i].lines != NULL)
    g_assert_cmpstr (lines, ==, cases[i].lines);
  g_assert_cmpint (feedback.verdict, ==, cases[i].verdict);
  g_assert_cmpint (exercise->tries, ==, cases[i].verdict == SCOPE_ANSWER_WRONG);
  g_assert_cmpint (exercise->solved, ==, cases[i].verdict == SCOPE_ANSWER_RIGHT);
  scope_feedback_clear (&feedback);
  scope_exercise_free (exercise);
}

static void
test_hints (void)
{
  ScopeExercise *exercise = make_exercise ("A + B", "3,1", "4");
  static const char *const expected[] = {
    "Push the shapes to the right, so that the last axes, −1, stand below each other.",
    "B lacks axes in front, which count as 1: it is taken as (1, 4).",
    "All but one size: (3, ?).",
    "All but one size: (3, ?).",
  };
  g_assert_cmpstr (scope_text_string (&exercise->question), ==, "A + B with A (3, 1), B (4,)");
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (scope_exercise_hint (exercise), ==, expected[i]);
  g_assert_cmpint (exercise->hints, ==, SCOPE_EXERCISE_HINTS);
  g_assert_cmpstr (scope_exercise_reveal (exercise), ==, "The result has shape (3, 4).");
  scope_exercise_free (exercise);
}

static void
test_tally (void)
{
  ScopeTally tally = { 0 };
  static const struct
  {
    const char *answers[3]; /* NULL: reveal */
    gboolean hint;
    int asked, right, unaided, streak;
  } steps[] = {
    { { "3, 4", "", "" }, FALSE, 1, 1, 1, 1 },
    { { "4, 4", "3, 4", "" }, FALSE, 2, 2, 1, 2 },
    { { "3, 4", "", "" }, TRUE, 3, 3, 1, 3 },
    { { "4, 4", NULL, "3, 4" }, FALSE, 4, 3, 1, 0 }, /* typed after it was revealed */
    { { "3, 4", "", "" }, FALSE, 5, 4, 2, 1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      ScopeExercise *exercise = make_exercise ("A + B", "3,1", "4");
      if (steps[i].hint)
        scope_exercise_hint (exercise);
      for (gsize k = 0; k < G_N_ELEMENTS (steps[i].answers); k++)
        {
          ScopeFeedback feedback;
          if (steps[i].answers[k] == NULL)
            {
              scope_exercise_reveal (exercise);
              continue;
            }
          scope_exercise_judge (exercise, steps[i].answers[k], &feedback);
          scope_feedback_clear (&feedback);
        }
      scope_tally_add (&tally, exercise);
      scope_exercise_free (exercise);
      g_assert_cmpint (tally.asked, ==, steps[i].asked);
      g_assert_cmpint (tally.right, ==, steps[i].right);
      g_assert_cmpint (tally.unaided, ==, steps[i].unaided);
      g_assert_cmpint (tally.streak, ==, steps[i].streak);
    }
}

static const struct
{
  const char *name, *expression, *a, *sentence;
} refused[] = {
  { "expression", "A +", "3", "" },
  { "shape", "A + A", "3,-1", "" },
  { "unknown-size", "A + A", "?,3", "The sizes of A have to be known in an exercise." },
  { "no-tensor", "3 + 4", "3", "The result of an exercise has to be a tensor." },
};

static void
test_refused (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  const ScopeExerciseTensor tensor = { "A", refused[i].a };
  ScopeError error = { 0 };
  g_assert_null (
      scope_exercise_new (refused[i].expression, &tensor, 1, SCOPE_PYTORCH, NULL, &error));
  g_assert_cmpint (error.code, !=, SCOPE_ERROR_NONE);
  if (refused[i].sentence[0] != '\0')
    g_assert_cmpstr (error.sentence, ==, refused[i].sentence);
}

/* ---- drills --------------------------------------------------------------------------------- */

enum
{
  DRAWN = 250
};

static char *
right_answer (const ScopeExercise *exercise)
{
  if (exercise->fails)
    return exercise->failure->axes > 0
               ? g_strdup_printf ("fails %d", exercise->failure->axis[0].from_end)
               : g_strdup ("fails");
  ScopeText text = { 0 };
  scope_shape_print (&exercise->shape, SCOPE_SHAPE_TUPLE, &text);
  char *copy = g_strdup (scope_text_string (&text));
  scope_text_clear (&text);
  return copy;
}

/* The right answer is right, a wrong one is wrong, and no hint says the right one. */
static void
try_exercise (ScopeExercise *exercise)
{
  g_autofree char *right = right_answer (exercise);
  ScopeFeedback feedback;
  scope_exercise_judge (exercise, "7, 9, 11, 13, 15", &feedback);
  g_assert_cmpint (feedback.verdict, ==, SCOPE_ANSWER_WRONG);
  g_assert_cmpint (feedback.lines, >=, exercise->fails ? 0 : 5);
  scope_feedback_clear (&feedback);
  for (int i = 0; i < SCOPE_EXERCISE_HINTS; i++)
    {
      const char *hint = scope_exercise_hint (exercise);
      g_assert_cmpstr (hint, !=, "");
      if (!exercise->fails && exercise->shape.rank > 0 && exercise->hints == SCOPE_EXERCISE_HINTS)
        g_assert_null (strstr (hint, right));
    }
  scope_exercise_judge (exercise, right, &feedback);
  if (feedback.verdict != SCOPE_ANSWER_RIGHT)
    g_error ("%s: %s is judged: %s", scope_text_string (&exercise->question), right,
             scope_text_string (&feedback.summary));
  scope_feedback_clear (&feedback);
}

static void
test_drill (gconstpointer data)
{
  ScopeDrillLevel level = (ScopeDrillLevel)GPOINTER_TO_INT (data);
  ScopeDrill drill, same;
  int fails = 0, stretches = 0, kinds = 0;
  g_autofree char *last = g_strdup ("");
  scope_drill_begin (&drill, level, 7);
  scope_drill_begin (&same, level, 7);
  for (int i = 0; i < DRAWN; i++)
    {
      ScopeExercise *exercise = scope_drill_next (&drill, NULL);
      ScopeExercise *again = scope_drill_next (&same, NULL);
      g_assert_nonnull (exercise);
      const char *question = scope_text_string (&exercise->question);
      g_assert_cmpstr (question, ==, scope_text_string (&again->question));
      g_assert_cmpstr (question, !=, last);
      g_free (last);
      last = g_strdup (question);
      fails += exercise->fails;
      kinds |= 1 << exercise->stage->kind;
      for (int column = 0; column < exercise->alignment->rank; column++)
        stretches += exercise->alignment->column[column] == SCOPE_MARK_STRETCHED;
      try_exercise (exercise);
      scope_exercise_free (exercise);
      scope_exercise_free (again);
    }
  if (level == SCOPE_DRILL_RANKS || level == SCOPE_DRILL_ONES)
    g_assert_cmpint (fails, ==, 0);
  if (level == SCOPE_DRILL_ONES)
    g_assert_cmpint (stretches, >, DRAWN);
  if (level == SCOPE_DRILL_FAILURES)
    {
      g_assert_cmpint (fails, >, DRAWN / 3);
      g_assert_cmpint (fails, <, 2 * DRAWN / 3);
    }
  if (level == SCOPE_DRILL_OPS)
    for (int kind = SCOPE_STAGE_CONCAT; kind <= SCOPE_STAGE_REDUCE; kind++)
      if (kind != SCOPE_STAGE_RESAMPLE && (kinds >> kind & 1) == 0)
        g_error ("kind %d is never asked", kind);
}

/* Other seeds ask otherwise. */
static void
test_seeds_differ (void)
{
  ScopeDrill one, other;
  int alike = 0;
  scope_drill_begin (&one, SCOPE_DRILL_ONES, 1);
  scope_drill_begin (&other, SCOPE_DRILL_ONES, 2);
  for (int i = 0; i < 50; i++)
    {
      ScopeExercise *a = scope_drill_next (&one, NULL), *b = scope_drill_next (&other, NULL);
      alike += strcmp (scope_text_string (&a->question), scope_text_string (&b->question)) == 0;
      scope_exercise_free (a);
      scope_exercise_free (b);
    }
  g_assert_cmpint (alike, <, 5);
}

int
main (int argc, char **argv)
{
  static const char *const levels[] = { "ranks", "ones", "failures", "ops" };
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/exercise/judge/", cases[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/exercise/refused/", refused[i].name, NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_refused);
    }
  for (int i = 0; i < SCOPE_N_DRILLS; i++)
    {
      g_autofree char *path = g_strconcat ("/exercise/drill/", levels[i], NULL);
      g_test_add_data_func (path, GINT_TO_POINTER (i), test_drill);
    }
  g_test_add_func ("/exercise/hints", test_hints);
  g_test_add_func ("/exercise/tally", test_tally);
  g_test_add_func ("/exercise/seeds-differ", test_seeds_differ);
  return g_test_run ();
}
