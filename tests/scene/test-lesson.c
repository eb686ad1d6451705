/* Lessons: what is read, what is listed as wrong and where, and that every lesson shipped is right.
 */
#include "scene/lesson.h"

#include <glib.h>
#include <string.h>

static ScopeLessonText *
read_text (const char *text)
{
  ScopeLessonText *lesson = scope_lesson_text_read (text, strlen (text), NULL);
  g_assert_nonnull (lesson);
  return lesson;
}

/* ---- what is read --------------------------------------------------------------------------- */

static const char whole[] = "<!-- shapescope lesson 1 -->\n"
                            "# A title\n"
                            "\n"
                            "## Objectives\n"
                            "\n"
                            "- See.\n"
                            "- Say `(3, 1) + (4,) → (3, 4)`.\n"
                            "\n"
                            "## A part\n"
                            "\n"
                            "Words before,\n"
                            "on two lines.\n"
                            "\n"
                            "```shapescope\n"
                            "stage: A + B\n"
                            "A = [[0], [10]]\n"
                            "B = ramp:int64[3]\n"
                            "result: 2,3\n"
                            "```\n"
                            "\n"
                            "```python\n"
                            "# not a heading\n"
                            "```\n"
                            "\n"
                            "## Another\n"
                            "\n"
                            "```shapescope\n"
                            "exercise: A[...] = B\n"
                            "A = 256\n"
                            "B = 1280\n"
                            "dialect: numpy\n"
                            "question: Does it fit?\n"
                            "hint: Look at the last axis.\n"
                            "result: fails -1\n"
                            "says: could not broadcast\n"
                            "```\n"
                            "```shapescope\n"
                            "drill: failures\n"
                            "count: 3\n"
                            "seed: 7\n"
                            "```\n"
                            "The end.\n";

static void
test_whole (void)
{
  ScopeLessonText *lesson = read_text (whole);
  const ScopeSlide *slide = lesson->slide;

  for (int i = 0; i < lesson->problems; i++)
    g_test_message ("%d: %s", lesson->problem[i].line, lesson->problem[i].sentence);
  g_assert_cmpint (lesson->problems, ==, 0);
  g_assert_cmpstr (lesson->title, ==, "A title");
  g_assert_cmpint (lesson->objectives, ==, 2);
  g_assert_cmpstr (lesson->objective[0], ==, "See.");
  g_assert_cmpint (lesson->claims, ==, 4);
  g_assert_cmpint (lesson->slides, ==, 5);

  g_assert_cmpint (slide[0].kind, ==, SCOPE_SLIDE_STAGE);
  g_assert_cmpstr (slide[0].heading, ==, "A part");
  g_assert_cmpstr (slide[0].words, ==, "Words before,\non two lines.\n\n");
  g_assert_cmpint (slide[0].line, ==, 11);
  g_assert_cmpstr (slide[0].expression, ==, "A + B");
  g_assert_cmpint (slide[0].tensors, ==, 2);
  g_assert_cmpstr (slide[0].tensor[1].name, ==, "B");
  g_assert_cmpstr (slide[0].tensor[1].text, ==, "ramp:int64[3]");

  g_assert_cmpint (slide[1].kind, ==, SCOPE_SLIDE_WORDS);
  g_assert_cmpstr (slide[1].words, ==, "```python\n# not a heading\n```\n\n");

  g_assert_cmpint (slide[2].kind, ==, SCOPE_SLIDE_EXERCISE);
  g_assert_cmpint (slide[2].dialect, ==, SCOPE_NUMPY);
  g_assert_cmpstr (slide[2].question, ==, "Does it fit?");
  g_assert_cmpint (slide[2].hints, ==, 1);

  g_assert_cmpint (slide[3].kind, ==, SCOPE_SLIDE_DRILL);
  g_assert_cmpint (slide[3].level, ==, SCOPE_DRILL_FAILURES);
  g_assert_cmpint (slide[3].count, ==, 3);
  g_assert_cmpuint (slide[3].seed, ==, 7);
  g_assert_cmpstr (slide[4].words, ==, "The end.\n");
  scope_lesson_text_free (lesson);
}

/* ---- what is wrong -------------------------------------------------------------------------- */

/* Each text begins with a sound title (line 1) and stage (lines 2 to 6) that must survive. */
#define SOUND "# T\n```shapescope\nstage: A + A\nA = 3\nresult: 3\n```\n"

static const struct
{
  const char *name, *text;
  int line;
  const char *says;
} wrong[] = {
  { "unknown-key", SOUND "```shapescope\nstage: A\nA = 2\nresutl: 2\n```\n", 10, "resutl" },
  { "no-key", SOUND "```shapescope\nstage: A\nA = 2\nhello\n```\n", 10, "says nothing" },
  { "no-kind", SOUND "```shapescope\nA = 2\n```\n", 7, "shows nothing" },
  { "two-kinds", SOUND "```shapescope\nstage: A\nexercise: A\nA = 2\n```\n", 9, "one thing" },
  { "no-tensor", SOUND "```shapescope\nstage: A + B\n```\n", 8, "no tensor" },
  { "no-tensor-of-that-name", SOUND "```shapescope\nstage: A + C\nA = 2\nresult: 2\n```\n", 10,
    "C" },
  { "wrong-shape", SOUND "```shapescope\nstage: A\nA = 2,-3\n```\n", 9, "no tensor" },
  { "unparsable", SOUND "```shapescope\nstage: A + (\nA = 2\n```\n", 8, "Expected" },
  { "wrong-result", SOUND "```shapescope\nstage: A\nA = 2\nresult: 3\n```\n", 10, "(2,)" },
  { "no-result", SOUND "```shapescope\nstage: A\nA = 2\nresult: big\n```\n", 10, "neither" },
  { "fits", SOUND "```shapescope\nstage: A\nA = 2\nresult: fails\n```\n", 10, "fits" },
  { "fails", SOUND "```shapescope\nstage: A + B\nA = 2\nB = 3\nresult: 3\n```\n", 11, "not fit" },
  { "other-axis", SOUND "```shapescope\nstage: A + B\nA = 2,2\nB = 2,3\nresult: fails -2\n```\n",
    11, "-1" },
  { "one-of-two-axes",
    SOUND "```shapescope\nstage: A + B\nA = 2,2\nB = 3,3\nresult: fails -2\n```\n", 11, "-2, -1" },
  { "says-otherwise", SOUND "```shapescope\nstage: A + B\nA = 2\nB = 3\nsays: other words\n```\n",
    11, "must match" },
  { "says-of-what-fits", SOUND "```shapescope\nstage: A\nA = 2\nsays: other words\n```\n", 10,
    "says nothing" },
  { "dialect", SOUND "```shapescope\nstage: A\nA = 2\ndialect: lisp\n```\n", 10, "lisp" },
  { "drill", SOUND "```shapescope\ndrill: hard\n```\n", 8, "hard" },
  { "count", SOUND "```shapescope\ndrill: ones\ncount: 0\n```\n", 9, "1 to 100" },
  { "key-of-another-kind", SOUND "```shapescope\ndrill: ones\nresult: 3\n```\n", 9,
    "says nothing" },
  { "five-tensors", SOUND "```shapescope\nstage: A\nA = 1\nB = 1\nC = 1\nD = 1\nE = 1\n```\n", 13,
    "4" },
  { "four-hints",
    SOUND "```shapescope\nexercise: A\nA = 1\nhint: a\nhint: b\nhint: c\nhint: d\n```\n", 13, "3" },
  { "not-closed", SOUND "```shapescope\nstage: A\nA = 2\n", 7, "no end" },
  { "code-not-closed", SOUND "```python\nx = 1\n", 7, "no end" },
  { "second-title", SOUND "# U\nwords\n", 7, "one title" },
  { "objective", SOUND "## Objectives\nwords\n", 8, "begins with" },
  { "prose-shape", SOUND "Then `(3, 1) + (4,) → (4, 3)`.\n", 7, "(3, 4)" },
  { "prose-fits", SOUND "Then `(3, 1) + (4,) → fails`.\n", 7, "fits" },
  { "prose-assign", SOUND "Then `(3, 1) = (3, 4) → (3, 4)`.\n", 7, "not fit" },
  { "prose-nonsense", SOUND "Then `(3, 1) + (4,) → what`.\n", 7, "neither" },
  { "version", "<!-- shapescope lesson 2 -->\n" SOUND, 1, "version" },
  { "no-title", "words\n", 1, "no title" },
  { "empty", "", 1, "no title" },
  { "bytes", "# T\nwords\n\xff\xfe\n", 3, "UTF-8" },
};

static void
test_wrong (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeLessonText *lesson = read_text (wrong[i].text);
  gboolean found = FALSE;

  for (int k = 0; k < lesson->problems; k++)
    {
      g_test_message ("%d: %s", lesson->problem[k].line, lesson->problem[k].sentence);
      found |= lesson->problem[k].line == wrong[i].line
               && strstr (lesson->problem[k].sentence, wrong[i].says) != NULL;
    }
  g_assert_true (found);
  if (g_str_has_prefix (wrong[i].text, SOUND))
    {
      g_assert_cmpint (lesson->slides, >=, 1);
      g_assert_cmpstr (lesson->slide[0].expression, ==, "A + A");
    }
  scope_lesson_text_free (lesson);
}

static void
test_nul (void)
{
  static const char text[] = "# T\nwords\nmore\0words\n";
  ScopeLessonText *lesson = scope_lesson_text_read (text, sizeof text - 1, NULL);

  g_assert_cmpint (lesson->problems, ==, 1);
  g_assert_cmpint (lesson->problem[0].line, ==, 3);
  scope_lesson_text_free (lesson);
}

static void
test_too_long (void)
{
  gsize length = 10 << 20;
  g_autofree char *text = g_malloc (length);
  ScopeLessonText *lesson;

  memset (text, 'a', length);
  lesson = scope_lesson_text_read (text, length, NULL);
  g_assert_cmpint (lesson->slides, ==, 0);
  g_assert_cmpint (lesson->problems, ==, 1);
  scope_lesson_text_free (lesson);
}

/* Much that is wrong, many slides, long lines: bounded, and each still ends. */
static void
test_many (void)
{
  GString *text = g_string_new ("# T\n");
  ScopeLessonText *lesson;

  for (int i = 0; i < 2000; i++)
    g_string_append (text, "## H\n```shapescope\nstage: A\nA = 1\nfoo: 1\n```\n");
  lesson = scope_lesson_text_read (text->str, text->len, NULL);
  g_assert_cmpint (lesson->slides, ==, SCOPE_LESSON_SLIDES);
  g_assert_cmpint (lesson->problems, ==, SCOPE_LESSON_PROBLEMS + 1);
  scope_lesson_text_free (lesson);
  g_string_free (text, TRUE);
}

/* Cut off anywhere, a lesson still opens. */
static void
test_cut (void)
{
  for (gsize length = 0; length < sizeof whole; length++)
    {
      g_autofree char *part = g_memdup2 (whole, MAX (length, 1));
      ScopeLessonText *lesson = scope_lesson_text_read (part, length, NULL);

      g_assert_nonnull (lesson);
      scope_lesson_text_free (lesson);
    }
}

/* ---- what is shipped ------------------------------------------------------------------------ */

static void
show (const ScopeSlide *slide)
{
  ScopeTensor *tensor[SCOPE_EXERCISE_TENSORS];
  ScopeError error = { 0 };
  ScopeCheckOptions options = { .dialect = slide->dialect };
  ScopeProgram *program;
  ScopeStage *stage;
  int n;

  g_assert_true (scope_slide_make_tensors (slide, tensor, &n, &error));
  program = scope_program_new (slide->expression, strlen (slide->expression), tensor, n, &options,
                               &error);
  g_assert_nonnull (program);
  stage = scope_stage_new (program, -1, tensor, n, NULL);
  g_assert_nonnull (stage);
  g_assert_cmpint (stage->steps, >=, 2);
  scope_stage_free (stage);
  scope_program_unref (program);
  for (int i = 0; i < n; i++)
    scope_tensor_unref (tensor[i]);
}

static void
ask (const ScopeSlide *slide)
{
  ScopeError error = { 0 };
  ScopeExercise *exercise = scope_exercise_new (slide->expression, slide->tensor, slide->tensors,
                                                slide->dialect, NULL, &error);

  g_test_message ("%s: %s", slide->expression, error.sentence);
  g_assert_nonnull (exercise);
  g_assert_cmpuint (exercise->answer.length, >, 0);
  scope_exercise_free (exercise);
}

/* Every lesson parses, every claim in it is right, every stage and exercise can be made. */
static void
test_shipped (gconstpointer data)
{
  const char *path = data;
  g_autofree char *text = NULL;
  gsize length;
  ScopeLessonText *lesson;
  int stages = 0, exercises = 0;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  lesson = scope_lesson_text_read (text, length, NULL);
  for (int i = 0; i < lesson->problems; i++)
    g_test_message ("%s:%d: %s", path, lesson->problem[i].line, lesson->problem[i].sentence);
  g_assert_cmpint (lesson->problems, ==, 0);
  g_assert_cmpint (lesson->objectives, >=, 2);
  for (int i = 0; i < lesson->slides; i++)
    {
      const ScopeSlide *slide = &lesson->slide[i];

      stages += slide->kind == SCOPE_SLIDE_STAGE;
      exercises += slide->kind == SCOPE_SLIDE_EXERCISE || slide->kind == SCOPE_SLIDE_DRILL;
      if (slide->kind == SCOPE_SLIDE_STAGE)
        show (slide);
      else if (slide->kind == SCOPE_SLIDE_EXERCISE)
        ask (slide);
    }
  g_assert_cmpint (stages + exercises, >=, 4);
  g_assert_cmpint (exercises, >=, 2);
  g_assert_cmpint (lesson->claims, >=, 5);
  scope_lesson_text_free (lesson);
}

static gboolean
add_shipped (void)
{
  g_autofree char *folder = g_build_filename (SCOPE_TESTS, "..", "data", "lessons", NULL);
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;
  int lessons = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".md") && g_ascii_isdigit (name[0]))
      {
        g_autofree char *path = g_strdup_printf ("/lesson/shipped/%s", name);

        g_test_add_data_func_full (path, g_build_filename (folder, name, NULL), test_shipped,
                                   g_free);
        lessons++;
      }
  g_clear_pointer (&dir, g_dir_close);
  return lessons >= 12;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lesson/whole", test_whole);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strdup_printf ("/lesson/wrong/%s", wrong[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_wrong);
    }
  g_test_add_func ("/lesson/nul", test_nul);
  g_test_add_func ("/lesson/too-long", test_too_long);
  g_test_add_func ("/lesson/many", test_many);
  g_test_add_func ("/lesson/cut", test_cut);
  g_assert_true (add_shipped ());
  return g_test_run ();
}
