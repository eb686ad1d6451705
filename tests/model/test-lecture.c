/* The state of the Teach page: lessons, steps, questions, without a window. */
#include "model/lecture.h"
#include "model/session.h"

#include <glib/gstdio.h>
#include <string.h>

/* A lesson with every kind of slide. */
static const char sample[] = "# Mine\n"
                             "Words **alone**.\n\n"
                             "## Ones\n"
                             "About *this*:\n"
                             "```shapescope\nstage: A + B\nA = 3,1\nB = 4\n```\n"
                             "```shapescope\nstage: A * B\nA = 8,1,6,1\nB = 7,1,5\n```\n"
                             "```shapescope\nexercise: A * B\nA = 2,1\nB = 3\n"
                             "question: What comes out?\nhint: Think.\n```\n"
                             "```shapescope\ndrill: ones\ncount: 3\nseed: 5\n```\n";

static ScopeLesson *
make_lesson (const char *text)
{
  return scope_lesson_new_text (text, strlen (text), NULL);
}

/* A lecture that shows slide `place` of the sample. */
static ScopeLecture *
make_lecture (guint place)
{
  ScopeLecture *lecture = scope_lecture_new ();
  g_autoptr (ScopeLesson) lesson = make_lesson (sample);

  scope_lecture_put_lesson (lecture, lesson);
  scope_lecture_set_place (lecture, place);
  return lecture;
}

static char *
get_string (ScopeLecture *lecture, const char *name)
{
  char *value;

  g_object_get (lecture, name, &value, NULL);
  return value;
}

/* Whether GMarkup takes it. */
static gboolean
is_markup (const char *text)
{
  static const GMarkupParser parser = { 0 };
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autofree char *whole = g_strconcat ("<m>", text, "</m>", NULL);
  gboolean taken = g_markup_parse_context_parse (context, whole, -1, NULL)
                   && g_markup_parse_context_end_parse (context, NULL);

  g_markup_parse_context_free (context);
  return taken;
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

/* Every slide of the lessons that are shipped can be made, and every step has something to say. */
static void
test_shipped (void)
{
  g_autoptr (ScopeLecture) lecture = scope_lecture_new ();
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "data", "lessons", NULL);
  GListModel *lessons = scope_lecture_get_lessons (lecture);
  guint stages = 0;

  scope_lecture_load_folder (lecture, folder);
  g_assert_cmpuint (g_list_model_get_n_items (lessons), >=, 12 + SCOPE_N_DRILLS + 2);
  g_assert_cmpuint (scope_lecture_get_lesson (lecture), ==, 0);
  for (guint i = 0; i + 1 < g_list_model_get_n_items (lessons); i++)
    {
      scope_lecture_set_lesson (lecture, i);
      assert_string (lecture, "problems", "");
      for (guint k = 0; k < scope_lecture_get_n_places (lecture); k++)
        {
          g_autofree char *prose = NULL;

          scope_lecture_set_place (lecture, k);
          assert_string (lecture, "problem", "");
          prose = get_string (lecture, "prose");
          g_assert_true (is_markup (prose));
          stages += scope_lecture_get_stage (lecture) != NULL;
          for (int step = 0; step < scope_lecture_get_n_steps (lecture); step++)
            {
              g_autofree char *sentence = NULL;

              scope_lecture_set_step (lecture, step);
              sentence = get_string (lecture, "sentence");
              g_assert_cmpstr (sentence, !=, "");
            }
        }
    }
  g_assert_cmpuint (stages, >=, 30);
}

static void
test_steps (void)
{
  g_autoptr (ScopeLecture) lecture = make_lecture (1);
  int notified = 0;

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
  g_assert_true (scope_lecture_go (lecture, 1, TRUE)); /* to the next slide */
  g_assert_cmpuint (scope_lecture_get_place (lecture), ==, 2);
  g_assert_cmpint (scope_lecture_get_step (lecture), ==, 0);
  g_assert_true (scope_lecture_go (lecture, -1, TRUE)); /* to the end of the one before */
  g_assert_cmpuint (scope_lecture_get_place (lecture), ==, 1);
  g_assert_cmpint (scope_lecture_get_step (lecture), ==, 4);
  scope_lecture_set_place (lecture, 99);
  g_assert_cmpuint (scope_lecture_get_place (lecture), ==, 4);
}

static void
test_predict (void)
{
  g_autoptr (ScopeLecture) lecture = make_lecture (1);
  int notified = 0;

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

/* Slides of every kind: words alone, stages, exercises that are always asked, drills. */
static void
test_slides (void)
{
  g_autoptr (ScopeLecture) lecture = make_lecture (0);
  g_autofree char *first = NULL;

  g_assert_cmpuint (scope_lecture_get_n_places (lecture), ==, 5);
  g_assert_null (scope_lecture_get_stage (lecture));
  assert_string (lecture, "problem", "");
  assert_string (lecture, "prose", "Words <b>alone</b>.");
  assert_string (lecture, "heading", "");
  g_assert_true (scope_lecture_go (lecture, 1, TRUE)); /* words have no steps to go through */
  assert_string (lecture, "heading", "Ones");
  assert_string (lecture, "prose", "About <i>this</i>:");
  assert_string (lecture, "code", "A + B");
  g_assert_false (scope_lecture_get_asking (lecture));

  scope_lecture_set_place (lecture, 3);
  g_assert_true (scope_lecture_get_asking (lecture));
  assert_string (lecture, "question", "What comes out?\nA * B with A (2, 1), B (3,)");
  scope_lecture_hint (lecture);
  assert_string (lecture, "hint", "Think.");

  scope_lecture_set_place (lecture, 4);
  first = get_string (lecture, "question");
  scope_lecture_next_question (lecture);
  scope_lecture_next_question (lecture);
  g_assert_cmpuint (scope_lecture_get_place (lecture), ==, 4);
  scope_lecture_next_question (lecture); /* three were asked */
  g_assert_cmpuint (scope_lecture_get_place (lecture), ==, 0);
  scope_lecture_set_place (lecture, 4);
  assert_string (lecture, "question", first); /* of the same seed */
}

/* A broken lesson says what is wrong, line by line, and shows the rest. */
static void
test_broken (void)
{
  g_autoptr (ScopeLecture) lecture = scope_lecture_new ();
  g_autoptr (ScopeLesson) lesson =
      make_lesson ("# T\n```shapescope\nstage: A\nA = 2\nresutl: 2\n```\n"
                   "```shapescope\nstage: A + A\nA = 3\n```\n");
  g_autoptr (ScopeLesson) nothing = make_lesson ("");
  g_autofree char *problems = NULL;

  scope_lecture_put_lesson (lecture, lesson);
  problems = get_string (lecture, "problems");
  g_assert_true (g_str_has_prefix (problems, "Line 5: "));
  g_assert_nonnull (strstr (problems, "resutl"));
  g_assert_nonnull (scope_lecture_get_stage (lecture));
  scope_lecture_put_lesson (lecture, nothing);
  g_assert_null (scope_lecture_get_stage (lecture));
  assert_string (lecture, "problem", "There is nothing to show in this lesson.");
}

static gboolean
stop (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

/* A file that is opened is read again when it is saved, and the slide stays. */
static void
test_file (void)
{
  g_autoptr (ScopeLecture) lecture = scope_lecture_new ();
  g_autofree char *folder = g_dir_make_tmp ("shapescope-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "mine.md", NULL);
  g_autofree char *changed = g_strdup (sample);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  guint n = g_list_model_get_n_items (scope_lecture_get_lessons (lecture));
  gboolean over = FALSE;

  g_assert_false (scope_lecture_open (lecture, file, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, sample, -1, NULL));
  g_assert_true (scope_lecture_open (lecture, file, &error));
  g_assert_cmpuint (g_list_model_get_n_items (scope_lecture_get_lessons (lecture)), ==, n + 1);
  scope_lecture_set_place (lecture, 1);
  assert_string (lecture, "code", "A + B");

  memcpy (strstr (changed, "A + B"), "A - B", 5);
  g_assert_true (g_file_set_contents (path, changed, -1, NULL));
  g_timeout_add_seconds (10, stop, &over);
  while (!over)
    {
      g_autofree char *code = get_string (lecture, "code");

      if (strcmp (code, "A - B") == 0)
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  assert_string (lecture, "code", "A - B");
  g_assert_cmpuint (scope_lecture_get_place (lecture), ==, 1);
  g_assert_true (scope_lecture_open (lecture, file, &error)); /* the same one again */
  g_assert_cmpuint (g_list_model_get_n_items (scope_lecture_get_lessons (lecture)), ==, n + 1);

  {
    g_autoptr (GFile) none = g_file_new_for_path (folder);

    g_assert_false (scope_lecture_open (lecture, none, &error));
    g_assert_nonnull (strstr (error->message, "a lesson is a text file"));
  }
  g_unlink (path);
  g_rmdir (folder);
}

static const struct
{
  const char *name, *markdown, *markup;
} markups[] = {
  { "plain", "Words\non two lines.", "Words on two lines." },
  { "paragraphs", "One.\n\n\nTwo.\n", "One.\n\nTwo." },
  { "spans", "a **bold *both*** `x * y`", "a <b>bold *both</b>* <tt>x * y</tt>" },
  { "nested", "**a `b` c**", "<b>a <tt>b</tt> c</b>" },
  { "alone", "2 * 3 ** 4 ` *", "2 * 3 ** 4 ` *" },
  { "escaped", "a < b & `<c>`", "a &lt; b &amp; <tt>&lt;c&gt;</tt>" },
  { "list", "First:\n\n- one\n  more\n- two\n\nEnd.", "First:\n\n• one more\n• two\n\nEnd." },
  { "code", "So:\n```python\nx < 1\n  y\n```\nthen",
    "So:\n\n<tt>x &lt; 1</tt>\n<tt>  y</tt>\n\nthen" },
  { "empty", "", "" },
};

static void
test_markup (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *markup = scope_lesson_markup (markups[i].markdown);

  g_assert_cmpstr (markup, ==, markups[i].markup);
  g_assert_true (is_markup (markup));
}

static void
test_playing (void)
{
  g_autoptr (ScopeLecture) lecture = make_lecture (1);
  int notified = 0;

  g_signal_connect (lecture, "notify::playing", G_CALLBACK (count), &notified);
  scope_lecture_set_playing (lecture, TRUE);
  g_assert_cmpint (scope_lecture_get_step (lecture), ==, 1); /* one sees at once that it goes on */
  g_assert_cmpint (notified, ==, 1);
  scope_lecture_set_playing (lecture, TRUE);
  g_assert_cmpint (notified, ==, 1);
  scope_lecture_set_lesson (lecture, 1); /* another lesson stops it */
  g_assert_false (scope_lecture_get_playing (lecture));
  scope_lecture_set_lesson (lecture, 0);
  scope_lecture_set_place (lecture, 1);
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
  for (gsize i = 0; i < G_N_ELEMENTS (markups); i++)
    {
      g_autofree char *path = g_strconcat ("/lecture/markup/", markups[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_markup);
    }
  g_test_add_func ("/lecture/shipped", test_shipped);
  g_test_add_func ("/lecture/slides", test_slides);
  g_test_add_func ("/lecture/broken", test_broken);
  g_test_add_func ("/lecture/file", test_file);
  g_test_add_func ("/lecture/steps", test_steps);
  g_test_add_func ("/lecture/predict", test_predict);
  g_test_add_func ("/lecture/practice", test_practice);
  g_test_add_func ("/lecture/own", test_own);
  g_test_add_func ("/lecture/scene", test_scene);
  g_test_add_func ("/lecture/playing", test_playing);
  return g_test_run ();
}
