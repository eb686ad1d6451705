/* The lessons that are there without any file: one rule each, and practice. */
#include "model/lecture-lessons.h"

#include <glib/gi18n-lib.h>

enum
{
  STAGES = 3
};

static const struct
{
  const char *title, *prose;
  struct
  {
    const char *expression, *a, *b;
  } stage[STAGES];
} lessons[] = {
  { N_ ("Shapes and axes"),
    N_ ("A shape lists how many values stand along each axis. Axes count from the front, and from "
        "the end with a minus."),
    { { "A", "2,3", NULL }, { "A", "2,3,4", NULL }, { "A", "()", NULL } } },
  { N_ ("Align from the right"),
    N_ ("Broadcasting compares shapes from the last axis on. Missing axes in front count as 1."),
    { { "A + B", "2,3", "3" }, { "A + B", "4,2,3", "2,3" } } },
  { N_ ("Size 1 stretches"),
    N_ ("Where one has 1 and the other more, the 1 is repeated, on either side."),
    { { "A + B", "[[0], [10], [20]]", "4" },
      { "A * B", "8,1,6,1", "7,1,5" },
      { "A * B", "()", "2,3" } } },
  { N_ ("When it fails: 256 and 1280"),
    N_ ("Two sizes that differ, and neither is 1: nothing can be repeated to make them fit."),
    { { "A[...] = B", "1,1,256,256", "1,1,1280,256" }, { "A + B", "3,4", "3" } } },
  { N_ ("Assignment is one-way"),
    N_ ("A target keeps its shape: only the source stretches."),
    { { "A[...] = B", "3,4", "4" }, { "A[...] = B", "1,4", "3,4" } } },
  { N_ ("Slice"),
    N_ ("A slice keeps its axis, an integer takes it away, None adds one."),
    { { "A[:, 1:3]", "3,5", NULL }, { "A[1]", "3,5", NULL }, { "A[:, None]", "4", NULL } } },
  { N_ ("Concatenate and stack"),
    N_ ("Concatenation makes an axis longer, stacking adds one."),
    { { "torch.cat((A, B), dim=1)", "2,3", "2,2" },
      { "torch.stack((A, B), dim=0)", "4", "4" },
      { "torch.cat((A, B), dim=0)", "2,3", "2,2" } } },
  { N_ ("Reshape is not permute"),
    N_ ("Both give another shape; only one turns the values."),
    { { "A.reshape(3, 2)", "2,3", NULL },
      { "A.permute(1, 0)", "2,3", NULL },
      { "A.permute(2, 0, 1)", "2,3,4", NULL } } },
  { N_ ("Matrix product"),
    N_ ("The inner sizes meet and go away, the outer ones stay."),
    { { "A @ B", "2,3", "3,2" }, { "A @ B", "5,2,3", "3,4" }, { "A @ B", "2,3", "2,3" } } },
  { N_ ("Reductions and keepdim"),
    N_ ("A reduction gathers an axis into one value; keepdim leaves a 1 in its place."),
    { { "A.sum(1)", "3,4", NULL },
      { "A.mean(1, keepdim=True)", "3,4", NULL },
      { "A - A.mean(1, keepdim=True)", "3,4", NULL } } },
  { N_ ("Resample and align_corners"),
    N_ ("New values are made up between old ones; where between, is a convention."),
    { { "F.interpolate(A, size=6, mode='linear')", "1,1,3", NULL },
      { "F.interpolate(A, size=6, mode='linear', align_corners=True)", "1,1,3", NULL } } },
};

static const char *const practice[SCOPE_N_DRILLS] = {
  [SCOPE_DRILL_RANKS] = N_ ("Practice: missing axes"),
  [SCOPE_DRILL_ONES] = N_ ("Practice: ones"),
  [SCOPE_DRILL_FAILURES] = N_ ("Practice: does it fit?"),
  [SCOPE_DRILL_OPS] = N_ ("Practice: other operations"),
};

static const char *
translated (const char *text)
{
  return g_dgettext (GETTEXT_PACKAGE, text);
}

static void
add (GListStore *store, ScopeLesson *lesson)
{
  g_list_store_append (store, lesson);
  g_object_unref (lesson);
}

void
scope_lecture_add_lessons (GListStore *store)
{
  ScopeLesson *lesson;

  for (gsize i = 0; i < G_N_ELEMENTS (lessons); i++)
    {
      lesson = scope_lesson_new (SCOPE_LESSON_STAGES, translated (lessons[i].title));
      scope_lesson_set_prose (lesson, translated (lessons[i].prose));
      for (int k = 0; k < STAGES && lessons[i].stage[k].expression != NULL; k++)
        {
          const char *const names[] = { "A", lessons[i].stage[k].b != NULL ? "B" : NULL, NULL };
          const char *const texts[] = { lessons[i].stage[k].a, lessons[i].stage[k].b, NULL };

          scope_lesson_add_stage (lesson, lessons[i].stage[k].expression, names, texts,
                                  SCOPE_PYTORCH, "");
        }
      add (store, lesson);
    }
  for (int level = 0; level < SCOPE_N_DRILLS; level++)
    {
      lesson = scope_lesson_new (SCOPE_LESSON_PRACTICE, translated (practice[level]));
      scope_lesson_set_level (lesson, (ScopeDrillLevel)level);
      scope_lesson_set_prose (lesson, _ ("Say the shape of the result before you see it, or that "
                                         "it fails and at which axis."));
      add (store, lesson);
    }
  lesson = scope_lesson_new (SCOPE_LESSON_OWN, _ ("Your own shapes"));
  scope_lesson_set_prose (lesson, _ ("Type an expression and the shapes of its tensors."));
  add (store, lesson);
  lesson = scope_lesson_new (SCOPE_LESSON_SCENE, _ ("What is on the Debug page"));
  scope_lesson_set_prose (lesson,
                          _ ("The expression and tensors of the Debug page, step by step."));
  add (store, lesson);
}
