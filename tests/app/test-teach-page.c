/* The Teach page and its presentation: what they show, do by action, export and print. */
#include "window-test.h"

#include "app/lecture-figure.h"
#include "app/presentation.h"
#include "app/stage-view.h"
#include "app/teach-page.h"

#include <glib/gstdio.h>

typedef struct
{
  ScopeSession *session;
  GtkWidget *page, *window;
  ScopeLecture *lecture;
} Fixture;

static const char sample[] = "# Mine\nWords **alone**.\n"
                             "## Ones\nAbout *this*:\n"
                             "```shapescope\nstage: A + B\nA = 3,1\nB = 4\n```\n"
                             "```shapescope\nexercise: A * B\nA = 2,1\nB = 3\n```\n";

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ScopeLesson) lesson = scope_lesson_new_text (sample, strlen (sample), NULL);

  fixture->session = scope_session_new ();
  fixture->page = g_object_new (SCOPE_TYPE_TEACH_PAGE, "session", fixture->session, NULL);
  fixture->window = scope_test_window (fixture->page, 1000, 700);
  fixture->lecture = scope_teach_page_get_lecture (SCOPE_TEACH_PAGE (fixture->page));
  scope_lecture_put_lesson (fixture->lecture, lesson);
  scope_lecture_set_place (fixture->lecture, 1);
  scope_test_settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  scope_assert_dies (fixture->window, fixture->page);
  g_assert_finalize_object (fixture->session);
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  g_autoptr (GPtrArray) labels = scope_test_find_all (fixture->page, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_get_mapped (g_ptr_array_index (labels, i))
        && strcmp (gtk_label_get_text (g_ptr_array_index (labels, i)), text) == 0)
      return TRUE;
  return FALSE;
}

static void
act (Fixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (fixture->page, action, NULL));
  scope_test_settle ();
}

static gboolean
has_arrived (gpointer data)
{
  Fixture *fixture = data;
  ScopeStageView *view = SCOPE_STAGE_VIEW (scope_test_find (fixture->page, SCOPE_TYPE_STAGE_VIEW));

  return scope_stage_view_get_position (view) == scope_lecture_get_step (fixture->lecture);
}

static void
test_shows (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = scope_test_find (fixture->page, SCOPE_TYPE_STAGE_VIEW);

  scope_assert_named (fixture->page);
  g_assert_true (shows (fixture, "Ones"));
  g_assert_true (shows (fixture, "About this:"));
  g_assert_true (shows (fixture, "1 of 5 – Write the shapes"));
  g_assert_true (shows (fixture, "A has shape (3, 1), B has shape (4,)."));
  g_assert_cmpint (scope_test_count_drawn (view), >, 2000);
  scope_assert_label (view, "1 of 5 – Write the shapes. A has shape (3, 1), B has shape (4,).");
  scope_lecture_set_place (fixture->lecture, 0); /* words alone */
  scope_test_settle ();
  g_assert_false (gtk_widget_get_visible (view));
  g_assert_true (shows (fixture, "Words alone."));
}

/* What is drawn moves; what is said is there at once. */
static void
test_steps (Fixture *fixture, gconstpointer data)
{
  ScopeStageView *view = SCOPE_STAGE_VIEW (scope_test_find (fixture->page, SCOPE_TYPE_STAGE_VIEW));
  int first = scope_test_count_drawn (GTK_WIDGET (view));

  g_assert_true (gtk_widget_activate_action (fixture->page, "page.on", NULL));
  g_assert_true (shows (fixture, "2 of 5 – Align from the right"));
  g_assert_cmpfloat (scope_stage_view_get_position (view), <, 1);
  scope_test_wait (has_arrived, fixture);
  act (fixture, "page.last");
  g_assert_true (shows (fixture, "5 of 5 – Stretch and compute"));
  act (fixture, "page.back"); /* while it is still under way */
  scope_test_wait (has_arrived, fixture);
  g_assert_cmpint (scope_lecture_get_step (fixture->lecture), ==, 3);
  g_assert_cmpint (scope_test_count_drawn (GTK_WIDGET (view)), >, first);
  act (fixture, "page.first");
  scope_test_wait (has_arrived, fixture);
  g_assert_true (shows (fixture, "1 of 5 – Write the shapes"));
}

/* Without animations the next step is there at once. */
static void
test_still (Fixture *fixture, gconstpointer data)
{
  GtkSettings *settings = gtk_widget_get_settings (fixture->page);
  ScopeStageView *view = SCOPE_STAGE_VIEW (scope_test_find (fixture->page, SCOPE_TYPE_STAGE_VIEW));

  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  g_assert_true (gtk_widget_activate_action (fixture->page, "page.on", NULL));
  g_assert_cmpfloat (scope_stage_view_get_position (view), ==, 1);
  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
}

static void
test_question (Fixture *fixture, gconstpointer data)
{
  GtkWidget *card = scope_test_find_class (fixture->page, "question");
  GtkEditable *answer = GTK_EDITABLE (scope_test_find (card, GTK_TYPE_ENTRY));

  g_assert_false (gtk_widget_get_mapped (card));
  scope_lecture_set_place (fixture->lecture, 2);
  scope_test_settle ();
  g_assert_true (gtk_widget_get_mapped (card));
  scope_assert_named (fixture->page);
  g_assert_true (shows (fixture, "Predict first"));
  g_assert_true (shows (fixture, "A * B with A (2, 1), B (3,)"));
  gtk_editable_set_text (answer, "2, 1");
  act (fixture, "page.check");
  g_assert_true (shows (fixture,
                        "Not quite.\n✗ Axis −1: you said 1; 3 meets 1, and the 1 stretches "
                        "to 3.\n✓ Axis −2: 2, right."));
  act (fixture, "page.hint");
  gtk_editable_set_text (answer, "2 3");
  gtk_editable_set_text (answer, "2, 3");
  g_signal_emit_by_name (answer, "activate");
  scope_test_settle ();
  g_assert_true (shows (fixture, "Right.\n✓ Axis −1: 3, right.\n✓ Axis −2: 2, right."));
  g_assert_true (shows (fixture, "1 of 1 right, 0 without help, 1 in a row"));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (answer)));
  act (fixture, "page.on"); /* now the steps are open */
  g_assert_cmpint (scope_lecture_get_step (fixture->lecture), ==, 1);
}

static void
test_scene (Fixture *fixture, gconstpointer data)
{
  scope_teach_page_teach_scene (SCOPE_TEACH_PAGE (fixture->page));
  scope_test_settle ();
  g_assert_true (shows (fixture, "A[...] = B"));
  scope_session_set_expression (fixture->session, "B + B"); /* it follows */
  scope_test_settle ();
  g_assert_true (shows (fixture, "B + B"));
}

static GtkWidget *
find_presentation (void)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (SCOPE_IS_PRESENTATION (window))
        return window;
    }
  return NULL;
}

static void
test_presents (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window, *view;

  act (fixture, "page.present");
  window = find_presentation ();
  g_assert_nonnull (window);
  view = scope_test_find (window, SCOPE_TYPE_STAGE_VIEW);
  g_assert_cmpint (scope_test_count_drawn (view), >, 5000);
  gtk_widget_activate_action (window, "present.on", NULL);
  g_assert_cmpint (scope_lecture_get_step (fixture->lecture), ==, 1);
  gtk_widget_activate_action (window, "present.blank", NULL);
  gtk_widget_activate_action (window, "present.on", NULL); /* only brings the picture back */
  g_assert_cmpint (scope_lecture_get_step (fixture->lecture), ==, 1);
  gtk_widget_activate_action (window, "present.last", NULL);
  gtk_widget_activate_action (window, "present.on", NULL); /* to the next slide, which asks */
  g_assert_cmpuint (scope_lecture_get_place (fixture->lecture), ==, 2);
  gtk_widget_activate_action (window, "present.on", NULL); /* which is answered first */
  g_assert_cmpint (scope_lecture_get_step (fixture->lecture), ==, 0);
  g_assert_false (scope_lecture_get_asking (fixture->lecture));
  gtk_widget_activate_action (window, "present.spotlight", NULL);
  scope_lecture_set_place (fixture->lecture, 0);
  scope_test_settle ();
  g_assert_false (gtk_widget_get_visible (view)); /* words alone */
  g_assert_true (gtk_widget_activate_action (window, "window.close", NULL));
  scope_test_settle ();
  g_assert_null (find_presentation ());
  act (fixture, "page.present"); /* and once more; it goes with the page */
  g_assert_nonnull (find_presentation ());
}

static void
test_exports (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    ScopeLectureFigure figure;
    const char *name, *begins;
  } files[] = {
    { SCOPE_FIGURE_OF_STEP, "step.svg", "<?xml" },
    { SCOPE_FIGURE_OF_STEPS, "steps.pdf", "%PDF" },
    { SCOPE_FIGURE_OF_STEP, "step@3x.png", "\x89PNG" },
    { SCOPE_FIGURE_HANDOUT, "h.pdf", "%PDF" },
    { SCOPE_FIGURE_WORKSHEET, "w.pdf", "%PDF" },
  };
  g_autofree char *folder = g_dir_make_tmp ("shapescope-test-XXXXXX", NULL);
  ScopeTheme theme = scope_theme_default (FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i].name, NULL);
      g_autofree char *bytes = NULL;

      g_assert_true (
          scope_lecture_figure_write (fixture->lecture, files[i].figure, path, &theme, NULL));
      g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
      g_assert_true (g_str_has_prefix (bytes, files[i].begins));
      g_unlink (path);
    }
  {
    g_autofree char *path = g_build_filename (folder, "h.svg", NULL);
    g_autoptr (GError) error = NULL;

    g_assert_false (
        scope_lecture_figure_write (fixture->lecture, SCOPE_FIGURE_HANDOUT, path, &theme, &error));
    g_assert_nonnull (error);
  }
  g_rmdir (folder);
}

/* The same pages on paper: printed into a file. */
static void
test_prints (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("shapescope-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "printed.pdf", NULL);
  g_autofree char *bytes = NULL;
  ScopeTheme theme = scope_theme_default (FALSE);
  g_autoptr (GtkPrintOperation) operation =
      scope_lecture_figure_print_operation (fixture->lecture, &theme);

  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT,
                                            GTK_WINDOW (fixture->window), NULL),
                   ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  g_assert_true (g_str_has_prefix (bytes, "%PDF"));
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_table (Fixture *fixture, gconstpointer data)
{
  g_autofree char *table = scope_lecture_figure_table (fixture->lecture);

  g_assert_cmpstr (table, ==,
                   "A      (2d array):  3 x 1\n"
                   "B      (1d array):      4\n"
                   "Result (2d array):  3 x 4\n");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/teach-page/shows", test_shows },     { "/teach-page/steps", test_steps },
    { "/teach-page/still", test_still },     { "/teach-page/question", test_question },
    { "/teach-page/scene", test_scene },     { "/teach-page/presents", test_presents },
    { "/teach-page/exports", test_exports }, { "/teach-page/prints", test_prints },
    { "/teach-page/table", test_table },
  };

  scope_window_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
