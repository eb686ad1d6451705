/* What the command line says. */
#include "app/arguments.h"

#include <glib/gstdio.h>
#include <string.h>

static const struct
{
  const char *name;
  const char *arguments[5];
  const char *expression; /* NULL: none */
  const char *names;      /* joined by spaces */
  const char *texts;      /* joined by | */
  guint files;
  gboolean refused;
} cases[] = {
  { "nothing", { NULL }, NULL, "", "", 0, FALSE },
  { "expression", { "A + B" }, "A + B", "", "", 0, FALSE },
  { "definitions",
    { "x + y", "x=2,3", "y=ramp:i64[3]" },
    "x + y",
    "x y",
    "2,3|ramp:i64[3]",
    0,
    FALSE },
  { "assignment-is-an-expression", { "A[...] = B" }, "A[...] = B", "", "", 0, FALSE },
  { "spaced-assignment", { "C = A" }, "C = A", "", "", 0, FALSE },
  { "comparison", { "A==B" }, "A==B", "", "", 0, FALSE },
  { "augmented", { "A += B" }, "A += B", "", "", 0, FALSE },
  { "only-definitions", { "A=2,3" }, NULL, "A", "2,3", 0, FALSE },
  { "file", { "tensor.npy" }, NULL, "", "", 1, FALSE },
  { "two-files", { "tensor.npy", "tensor.npy" }, NULL, "", "", 2, FALSE },
  { "uri", { "file:///nowhere/x.npy" }, NULL, "", "", 1, FALSE },
  { "two-expressions", { "A + B", "nonsense.npy" }, NULL, "", "", 0, TRUE },
};

static char *folder;

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL;
  g_autofree char *texts = NULL;
  ScopeArguments read;

  if (!scope_arguments_read (cases[i].arguments, folder, &read, &error))
    {
      g_assert_true (cases[i].refused);
      g_assert_nonnull (strstr (error->message, cases[i].arguments[1]));
      return;
    }
  g_assert_false (cases[i].refused);
  names = g_strjoinv (" ", (char **)read.names->pdata);
  texts = g_strjoinv ("|", (char **)read.texts->pdata);
  g_assert_cmpstr (read.expression, ==, cases[i].expression);
  g_assert_cmpstr (names, ==, cases[i].names);
  g_assert_cmpstr (texts, ==, cases[i].texts);
  g_assert_cmpuint (read.files->len, ==, cases[i].files);
  scope_arguments_clear (&read);
}

/* A path is of the folder that the caller stands in, with its member kept. */
static void
test_relative (void)
{
  const char *arguments[] = { "A=tensor.npy", "B=tensor.npy::x", NULL };
  g_autofree char *path = g_build_filename (folder, "tensor.npy", NULL);
  g_autofree char *member = g_strconcat (path, "::x", NULL);
  ScopeArguments read;

  g_assert_true (scope_arguments_read (arguments, folder, &read, NULL));
  g_assert_cmpstr (g_ptr_array_index (read.texts, 0), ==, path);
  g_assert_cmpstr (g_ptr_array_index (read.texts, 1), ==, member);
  scope_arguments_clear (&read);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("scope-XXXXXX", NULL);
  path = g_build_filename (folder, "tensor.npy", NULL);
  g_file_set_contents (path, "", 0, NULL);
  g_test_add_func ("/arguments/relative", test_relative);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *test = g_strconcat ("/arguments/", cases[i].name, NULL);

      g_test_add_data_func (test, GSIZE_TO_POINTER (i), test_case);
    }
  status = g_test_run ();
  g_unlink (path);
  g_rmdir (folder);
  g_free (folder);
  return status;
}
