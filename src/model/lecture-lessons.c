/* The lessons that need no file: practice, shapes of one's own, the window's scene. */
#include "model/lecture-lessons.h"

#include <glib/gi18n-lib.h>

static const char *const practice[SCOPE_N_DRILLS] = {
  [SCOPE_DRILL_RANKS] = N_ ("Practice: missing axes"),
  [SCOPE_DRILL_ONES] = N_ ("Practice: ones"),
  [SCOPE_DRILL_FAILURES] = N_ ("Practice: does it fit?"),
  [SCOPE_DRILL_OPS] = N_ ("Practice: other operations"),
};

static void
add (GListStore *store, ScopeLesson *lesson)
{
  g_list_store_append (store, lesson);
  g_object_unref (lesson);
}

void
scope_lecture_add_lessons (GListStore *store)
{
  for (int level = 0; level < SCOPE_N_DRILLS; level++)
    add (store, scope_lesson_new_practice (
                    (ScopeDrillLevel)level, g_dgettext (GETTEXT_PACKAGE, practice[level]),
                    _ ("Say the shape of the result before you see it, or that it fails and at "
                       "which axis.")));
  add (store, scope_lesson_new (SCOPE_LESSON_OWN, _ ("Your own shapes"),
                                _ ("Type an expression and the shapes of its tensors.")));
  add (store, scope_lesson_new (SCOPE_LESSON_SCENE, _ ("What is on the Debug page"),
                                _ ("The expression and tensors of the Debug page, step by step.")));
}
