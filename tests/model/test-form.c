/* Every form in every dialect is written, checked and recognised again. */
#include "model/example.h"
#include "model/form.h"
#include "ops/expression.h"

#include <string.h>

static ScopeScene *
scene_in (ScopeDialect dialect)
{
  ScopeScene *example = scope_example_new ();
  ScopeScene *scene = scope_scene_with_dialect (example, dialect);

  scope_scene_unref (example);
  return scene;
}

/* One case for each form and dialect, numbered form · dialects + dialect. */
static void
test_form (gconstpointer data)
{
  guint number = GPOINTER_TO_UINT (data);
  guint form = number / SCOPE_N_DIALECTS;
  ScopeScene *scene = scene_in (number % SCOPE_N_DIALECTS);
  gint64 axis = scope_form_get (form)->axis ? -2 : 0, found;
  g_autofree char *text = scope_form_write (form, scene, axis);
  ScopeScene *written;
  ScopeExpression *parsed;

  g_assert_nonnull (text);
  parsed = scope_expression_parse (text, strlen (text), NULL);
  g_assert_nonnull (parsed);
  scope_expression_free (parsed);

  written = scope_scene_with_expression (scene, text);
  g_assert_cmpint (scope_form_recognise (written, &found), ==, form);
  g_assert_cmpint (found, ==, axis);
  scope_scene_unref (written);
  scope_scene_unref (scene);
}

static const struct
{
  const char *name, *expression;
  int form; /* −1: none */
  gint64 axis;
} texts[] = {
  { "spaces-do-not-matter", "A  [ ... ]=B", 0, 0 },
  { "another-axis", "torch.cat((A, B), dim = 12)", 5, 12 },
  { "negative-axis", "torch.cat((A, B), dim=-1)", 5, -1 },
  { "more-after-it", "A + B + A", -1, 0 },
  { "other-names", "A + C", -1, 0 },
  { "huge-axis", "torch.cat((A, B), dim=99999999999999999999)", -1, 0 },
  { "empty", "", -1, 0 },
};

static void
test_text (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeScene *scene = scene_in (SCOPE_PYTORCH);
  ScopeScene *written = scope_scene_with_expression (scene, texts[i].expression);
  gint64 axis;

  g_assert_cmpint (scope_form_recognise (written, &axis), ==, texts[i].form);
  g_assert_cmpint (axis, ==, texts[i].axis);
  scope_scene_unref (written);
  scope_scene_unref (scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint form = 0; scope_form_get (form) != NULL; form++)
    for (guint dialect = 0; dialect < SCOPE_N_DIALECTS; dialect++)
      {
        g_autofree char *path = g_strdup_printf ("/form/%u/%s", form, scope_dialect_name (dialect));

        g_test_add_data_func (path, GUINT_TO_POINTER (form * SCOPE_N_DIALECTS + dialect),
                              test_form);
      }
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = g_strconcat ("/form/text/", texts[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_text);
    }
  return g_test_run ();
}
