/* Exporting a figure: what is written where, what is said, and nothing is left behind. */
#include "window-test.h"

#include "app/export-dialog.h"
#include "app/window.h"

#include <glib/gstdio.h>

static char *folder;

static void
paint (cairo_t *cr, gpointer data)
{
  cairo_rectangle (cr, 1, 1, 8, 8);
  cairo_fill (cr);
}

static gboolean
write_square (const char *path, const ScopeTheme *theme, gpointer data, GError **error)
{
  g_assert_false (theme->dark);
  ++*(int *)data;
  return scope_figure_write (path, 10, 10, 1, theme, paint, NULL, error);
}

static const struct
{
  const char *name, *file, *written, *begin; /* begin: of the file; NULL: a notice instead */
} cases[] = {
  { "svg", "a.svg", "a.svg", "<?xml" },
  { "pdf", "a.pdf", "a.pdf", "%PDF" },
  { "png", "a.png", "a.png", "\x89PNG" },
  { "no-ending", "bare", "bare.pdf", "%PDF" },
  { "never-replaces", "there", "there-2.pdf", "%PDF" },
  { "replaces-when-asked", "there.pdf", "there.pdf", "%PDF" },
  { "other-ending", "a.jpg", "a.jpg", NULL },
  { "no-folder", "nowhere/a.svg", "nowhere/a.svg", NULL },
};

static void
test_write (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeWindow *window = scope_window_new (NULL, NULL);
  ScopeSession *session = scope_window_get_session (window);
  g_autofree char *path = g_build_filename (folder, cases[i].file, NULL);
  g_autofree char *written = g_build_filename (folder, cases[i].written, NULL);
  g_autofree char *contents = NULL;
  gboolean wanted = cases[i].begin != NULL;
  g_autofree char *there = g_build_filename (folder, "there.pdf", NULL);
  int calls = 0;

  g_assert_true (g_file_set_contents (there, "there", -1, NULL));
  g_assert_true (
      scope_export_write (GTK_WIDGET (window), session, path, "pdf", write_square, &calls)
      == wanted);
  g_assert_cmpint (calls, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (scope_session_get_notices (session)), ==, !wanted);
  g_assert_true (g_file_get_contents (written, &contents, NULL, NULL) == wanted);
  g_assert_true (!wanted || g_str_has_prefix (contents, cases[i].begin));
  g_remove (written);
  g_remove (there);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The dialog goes with its window, opened or not. */
static void
test_dies (void)
{
  GtkWidget *window = GTK_WIDGET (scope_window_new (NULL, NULL));
  gpointer weak = window, weak_session = scope_window_get_session (SCOPE_WINDOW (window));

  g_object_add_weak_pointer (weak_session, &weak_session);
  g_object_add_weak_pointer (weak, &weak);
  gtk_window_present (GTK_WINDOW (window));
  scope_test_settle ();
  gtk_widget_activate_action (window, "win.export", NULL);
  scope_test_settle ();
  gtk_window_destroy (GTK_WINDOW (window));
  scope_test_settle ();
  g_assert_null (weak);
  g_assert_null (weak_session);
}

int
main (int argc, char **argv)
{
  int status;

  scope_window_test_init (&argc, &argv);
  folder = g_dir_make_tmp ("shapescope-export-XXXXXX", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/export-dialog/write/%s", cases[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_write);
    }
  g_test_add_func ("/export-dialog/dies", test_dies);
  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
