/* The state of the Teach page: lessons, steps, questions, without a window. */
#include "model/lecture.h"
#include "model/session.h"

#include <string.h>

static char *
get_string (ScopeLecture *lecture, const char *name)
{
  char *value;

  g_object_get (lecture, name, &value, NULL);
  return value;
}

#define assert_string(lecture, name, expected)                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *text = get_string (lecture, name);                                            \
    g_assert_cmpstr (text, ==, expected);                                                          \
  }                                                                                                \
  G_STMT_END

static void
count (GObject *object, GParamSpec *pspec, gpointer data)
{
  (*(int *)data)++;
}

/* The number of the lesson whose title begins like this. */
static guint
find_lesson (ScopeLecture *lecture, const char *begins)
{
  GListModel *lessons = scope_lecture_get_lessons (lecture);

  for (guint i = 0; i < g_list_model_get_n_items (lessons); i++)
    {
      g_autoptr (ScopeLesson) lesson = g_list_model_get_item (lessons, i);

      if (g_str_has_prefix (scope_lesson_get_title (lesson), begins))
        return i;
    }
  g_error ("no lesson begins with %s", begins);
}

/* Every built-in place can be made, and every step of it has something to say. */
static void
test_built_in (void)
{
  g_autoptr (ScopeLecture) lecture = scope_lecture_new ();
  GListModel *lessons = scope_lecture_get_lessons (lecture);
  guint stages = 0;

  for (guint i = 0; i < g_list_model_get_n_items (lessons); i++)
    {
      scope_lecture_set_lesson (lecture, i);
      for (guint k = 0; k < scope_lecture_get_n_places (lecture); k++)
        {
          g_autofree char *problem = NULL;

          scope_lecture_set_place (lecture, k);
          problem = get_string (lecture, "problem");
          if (i + 1 < g_list_model_get_n_items (lessons))
            g_assert_cmpstr (problem, ==, "");
          if (problem[0] != '\0')
            continue;
          g_assert_nonnull (scope_lecture_get_stage (lecture));
          g_assert_cmpint (scope_lecture_get_n_steps (lecture), >=, 2);
          for (int step = 0; step < scope_lecture_get_n_steps (lecture); step++)
            {
              g_autofree char *sentence = NULL;

              scope_lecture_set_step (lecture, step);
              sentence = get_string (lecture, "sentence");
              g_assert_cmpstr (sentence, !=, "");
            }
          stages++;
        }
    }
  g_assert_cmpuint (stages, >=, 30);
}

static void
test_steps (void)
{
  g_autoptr (ScopeLecture) lecture = scope_lecture_new ();
  int notified = 0;

  scope_lecture_set_lesson (lecture, find_lesson (lecture, "Size 1"));
  g_signal_connect (lecture, "notify::step", G_CALLBACK (count), &notified);
  assert_string (lecture, "title", "1 of 5 – Write the shapes");
  scope_lecture_set_step (lecture, 0);
  g_assert_cmpint (notified, ==, 0);
  g_assert_true (scope_lecture_go (lecture, 1, FALSE));
  g_assert_cmpint (notified, ==, 1);
  assert_string (lecture, "title", "2 of 5 – Align from the right");
  scope_lecture_set_step (lecture, 99);
  g_assert_cmpint (scope_lecture_get_step (lecture), ==, 4);
  g_assert_false (scope_lecture_go (lecture, 1, FALSE));
  g_assert_true (scope_lecture_go (lecture, 1, TRUE)); /* to the next example */
  g_assert_cmpuint (scope_lecture_get_place (lecture), ==, 1);
  g_assert_cmpint (scope_lecture_get_step (lecture), ==, 0);
  g_assert_true (scope_lecture_go (lecture, -1, TRUE)); /* to the end of the one before */
  g_assert_cmpuint (scope_lecture_get_place (lecture), ==, 0);
  g_assert_cmpint (scope_lecture_get_step (lecture), ==, 4);
  scope_lecture_set_place (lecture, 99);
  g_assert_cmpuint (scope_lecture_get_place (lecture), ==, 2);
}

static void
test_predict (void)
{
  g_autoptr (ScopeLecture) lecture = scope_lecture_new ();
  int notified = 0;

  scope_lecture_set_lesson (lecture, find_lesson (lecture, "Size 1"));
  scope_lecture_set_step (lecture, 3);
  g_signal_connect (lecture, "notify::asking", G_CALLBACK (count), &notified);
  scope_lecture_set_predict (lecture, TRUE);
  g_assert_cmpint (notified, ==, 1);
  g_assert_true (scope_lecture_get_asking (lecture));
  g_assert_cmpint (scope_lecture_get_step (lecture), ==, 0); /* what was shown is hidden again */
  assert_string (lecture, "title", "Predict first");
  assert_string (lecture, "question", "A + B with A (3, 1), B (4,)");
  g_assert_false (scope_lecture_go (lecture, 1, FALSE));
  scope_lecture_set_playing (lecture, TRUE);
  g_assert_false (scope_lecture_get_playing (lecture));

  g_assert_cmpint (scope_lecture_answer (lecture, "3, 1"), ==, SCOPE_ANSWER_WRONG);
  assert_string (lecture, "feedback",
                 "Not quite.\n✗ Axis −1: you said 1; 4 meets 1, and the 1 stretches to 4.\n"
                 "✓ Axis −2: 3, right.");
  assert_string (lecture, "tally", "");
  scope_lecture_hint (lecture);
  assert_string (
      lecture, "hint",
      "Push the shapes to the right, so that the last axes, −1, stand below each other.");
  g_assert_cmpint (scope_lecture_answer (lecture, "3, 4"), ==, SCOPE_ANSWER_RIGHT);
  g_assert_false (scope_lecture_get_asking (lecture));
  assert_string (lecture, "tally", "1 of 1 right, 0 without help, 1 in a row");
  g_assert_true (scope_lecture_go (lecture, 1, FALSE));

  scope_lecture_next_question (lecture);
  g_assert_true (scope_lecture_get_asking (lecture));
  assert_string (lecture, "feedback", "");
  scope_lecture_reveal (lecture);
  g_assert_false (scope_lecture_get_asking (lecture));
  assert_string (lecture, "feedback", "The result has shape (8, 7, 6, 5).");
  assert_string (lecture, "tally", "1 of 2 right, 0 without help, 0 in a row");
}

static void
test_practice (void)
{
  g_autoptr (ScopeLecture) lecture = scope_lecture_new ();
  g_autofree char *last = g_strdup ("");

  scope_lecture_set_lesson (lecture, find_lesson (lecture, "Practice: does it fit"));
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *question = get_string (lecture, "question");

      g_assert_true (scope_lecture_get_asking (lecture));
      g_assert_cmpstr (question, !=, last);
      g_free (last);
      last = g_strdup (question);
      scope_lecture_next_question (lecture);
    }
}

static void
test_own (void)
{
  g_autoptr (ScopeLecture) lecture = scope_lecture_new ();
  gboolean own;

  scope_lecture_set_own (lecture, "A * B", "5, 1", "[[1, 2, 3]]");
  g_object_get (lecture, "own", &own, NULL);
  g_assert_true (own);
  assert_string (lecture, "question", "A * B with A (5, 1), B (1, 3)");
  scope_lecture_set_own (lecture, "A.sum(0)", "5, 2", "");
  assert_string (lecture, "question", "A.sum(0) with A (5, 2)");
  scope_lecture_set_own (lecture, "A +", "5, 2", "");
  g_assert_null (scope_lecture_get_stage (lecture));
  {
    g_autofree char *problem = get_string (lecture, "problem");
    g_autofree char *sentence = get_string (lecture, "sentence");

    g_assert_cmpstr (problem, !=, "");
    g_assert_cmpstr (sentence, ==, problem);
  }
  scope_lecture_set_own (lecture, "A + B", "/no/such/file.npy", "3");
  g_assert_null (scope_lecture_get_stage (lecture));
  /* Nothing of all this needs a stage to be there. */
  scope_lecture_set_step (lecture, 3);
  scope_lecture_set_predict (lecture, TRUE);
  g_assert_false (scope_lecture_get_asking (lecture));
  g_assert_cmpint (scope_lecture_answer (lecture, "3"), ==, SCOPE_ANSWER_UNREADABLE);
  scope_lecture_hint (lecture);
  scope_lecture_reveal (lecture);
}

static void
test_scene (void)
{
  g_autoptr (ScopeSession) session = scope_session_new ();
  g_autoptr (ScopeLecture) lecture = scope_lecture_new ();
  guint first = scope_lecture_get_lesson (lecture);

  scope_lecture_take_scene (lecture, scope_session_get_scene (session), FALSE);
  g_assert_cmpuint (scope_lecture_get_lesson (lecture), ==, first);
  scope_lecture_take_scene (lecture, scope_session_get_scene (session), TRUE);
  assert_string (lecture, "question", "A[...] = B with A (1, 1, 256, 256), B (1, 1, 1280, 256)");
  scope_session_set_expression (session, "A + A");
  scope_lecture_take_scene (lecture, scope_session_get_scene (session), FALSE);
  assert_string (lecture, "code", "A + A");
}

/* A lesson of somebody else's: stages first, then its exercises, which are always asked. */
static void
test_put_lesson (void)
{
  g_autoptr (ScopeLecture) lecture = scope_lecture_new ();
  g_autoptr (ScopeLesson) lesson = scope_lesson_new (SCOPE_LESSON_STAGES, "Mine");
  g_autoptr (ScopeLesson) again = scope_lesson_new (SCOPE_LESSON_STAGES, "Mine");
  const char *const names[] = { "X", "Y", NULL }, *const texts[] = { "2,1", "3", NULL };
  guint n = g_list_model_get_n_items (scope_lecture_get_lessons (lecture));

  scope_lesson_set_prose (lesson, "About X.");
  scope_lesson_add_exercise (lesson, "X * Y", names, texts, SCOPE_NUMPY, "What comes out?");
  scope_lesson_add_stage (lesson, "X + Y", names, texts, SCOPE_NUMPY, "");
  scope_lecture_put_lesson (lecture, lesson);
  g_assert_cmpuint (scope_lecture_get_lesson (lecture), ==, 0);
  g_assert_cmpuint (scope_lecture_get_n_places (lecture), ==, 2);
  assert_string (lecture, "code", "X + Y");
  assert_string (lecture, "prose", "About X.");
  g_assert_false (scope_lecture_get_asking (lecture));
  scope_lecture_set_place (lecture, 1);
  assert_string (lecture, "code", "X * Y");
  assert_string (lecture, "prose", "What comes out?");
  g_assert_true (scope_lecture_get_asking (lecture));

  scope_lecture_put_lesson (lecture, again); /* read again: it takes the old one's place */
  g_assert_cmpuint (g_list_model_get_n_items (scope_lecture_get_lessons (lecture)), ==, n + 1);
  g_assert_null (scope_lecture_get_stage (lecture)); /* it is empty */
}

static void
test_playing (void)
{
  g_autoptr (ScopeLecture) lecture = scope_lecture_new ();
  int notified = 0;

  g_signal_connect (lecture, "notify::playing", G_CALLBACK (count), &notified);
  scope_lecture_set_playing (lecture, TRUE);
  g_assert_cmpint (scope_lecture_get_step (lecture), ==, 1); /* one sees at once that it goes on */
  g_assert_cmpint (notified, ==, 1);
  scope_lecture_set_playing (lecture, TRUE);
  g_assert_cmpint (notified, ==, 1);
  scope_lecture_set_lesson (lecture, 1); /* another lesson stops it */
  g_assert_false (scope_lecture_get_playing (lecture));
  scope_lecture_set_step (lecture, 99);
  scope_lecture_set_playing (lecture, TRUE); /* from the end it begins again */
  g_assert_cmpint (scope_lecture_get_step (lecture), ==, 0);
  scope_lecture_set_playing (lecture, FALSE);
  g_assert_cmpint (notified, ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lecture/built-in", test_built_in);
  g_test_add_func ("/lecture/steps", test_steps);
  g_test_add_func ("/lecture/predict", test_predict);
  g_test_add_func ("/lecture/practice", test_practice);
  g_test_add_func ("/lecture/own", test_own);
  g_test_add_func ("/lecture/scene", test_scene);
  g_test_add_func ("/lecture/put-lesson", test_put_lesson);
  g_test_add_func ("/lecture/playing", test_playing);
  return g_test_run ();
}
