/* Undo and redo, and what counts as one step. */
#include "model/history.h"

#define SECOND ((gint64)G_USEC_PER_SEC)

static void
push (ScopeHistory *history, const char *expression, const char *tag, gint64 now)
{
  ScopeScene *scene = scope_scene_with_expression (scope_history_get_current (history), expression);

  scope_history_push (history, scene, tag, now);
  scope_scene_unref (scene);
}

static ScopeHistory *
begin (void)
{
  ScopeScene *scene = scope_scene_new ();
  ScopeHistory *history = scope_history_new (scene);

  scope_scene_unref (scene);
  push (history, "start", NULL, 0);
  return history;
}

static const char *
now_at (ScopeHistory *history)
{
  return scope_history_get_current (history)->expression;
}

static void
test_walk (void)
{
  ScopeHistory *history = begin ();

  push (history, "a", NULL, 0);
  push (history, "b", NULL, 0);
  g_assert_false (scope_history_can_redo (history));
  g_assert_true (scope_history_undo (history));
  g_assert_cmpstr (now_at (history), ==, "a");
  g_assert_true (scope_history_undo (history));
  g_assert_cmpstr (now_at (history), ==, "start");
  g_assert_true (scope_history_redo (history));
  g_assert_cmpstr (now_at (history), ==, "a");
  g_assert_true (scope_history_can_redo (history));

  push (history, "c", NULL, 0);
  g_assert_false (scope_history_redo (history));
  g_assert_true (scope_history_undo (history));
  g_assert_cmpstr (now_at (history), ==, "a");
  scope_history_free (history);
}

static void
test_ends (void)
{
  ScopeHistory *history = begin ();

  while (scope_history_undo (history))
    ;
  g_assert_false (scope_history_can_undo (history));
  g_assert_false (scope_history_undo (history));
  while (scope_history_redo (history))
    ;
  g_assert_cmpstr (now_at (history), ==, "start");
  scope_history_free (history);
}

static const struct
{
  const char *name, *first_tag, *second_tag;
  gint64 pause;
  gboolean sealed, one_step;
} steps[] = {
  { "same-tag-soon", "x", "x", SECOND / 2, FALSE, TRUE },
  { "same-tag-late", "x", "x", 2 * SECOND, FALSE, FALSE },
  { "other-tag", "x", "y", 0, FALSE, FALSE },
  { "no-tag", NULL, NULL, 0, FALSE, FALSE },
  { "sealed", "x", "x", 0, TRUE, FALSE },
};

static void
test_step (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeHistory *history = begin ();

  push (history, "a", steps[i].first_tag, 0);
  if (steps[i].sealed)
    scope_history_seal (history);
  push (history, "b", steps[i].second_tag, steps[i].pause);
  g_assert_true (scope_history_undo (history));
  g_assert_cmpstr (now_at (history), ==, steps[i].one_step ? "start" : "a");
  scope_history_free (history);
}

/* An edit right after an undo is a step of its own, whatever its tag. */
static void
test_after_undo (void)
{
  ScopeHistory *history = begin ();

  push (history, "a", "x", 0);
  push (history, "b", "y", 0);
  scope_history_undo (history);
  push (history, "c", "x", 0);
  scope_history_undo (history);
  g_assert_cmpstr (now_at (history), ==, "a");
  scope_history_free (history);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/walk", test_walk);
  g_test_add_func ("/history/ends", test_ends);
  g_test_add_func ("/history/after-undo", test_after_undo);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *path = g_strconcat ("/history/step/", steps[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_step);
    }
  return g_test_run ();
}
