/* The strip of steps: what it shows, what it says, and what activating a step selects. */
#include "window-test.h"

#include "app/debug-page.h"
#include "app/expression-bar.h"
#include "app/step-card.h"
#include "app/step-strip.h"

static const struct
{
  const char *name, *expression;
  const char *css_class; /* of the second step */
  const char *outcome;   /* what it shows below the statement */
  const char *label;     /* what assistive technology is told of it */
} cases[] = {
  { "fits", "C = A + A; C.mean()", "fits", "[]", "Step 2 of 2, C.mean(), []" },
  { "fails", "C = A; D = C + B; D", "fails", "does not fit",
    "Step 2 of 3, D = C + B, does not fit" },
  { "fails-by-name", "C = A; X", "fails", "fails", "Step 2 of 2, X, fails" },
  { "skipped", "C = A + B; C * 2", "skipped", "skipped", "Step 2 of 2, C * 2, skipped" },
};

static gboolean
shows_text (GtkWidget *root, const char *text)
{
  g_autoptr (GPtrArray) labels = scope_test_find_all (root, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    {
      GtkWidget *label = g_ptr_array_index (labels, i);

      if (gtk_widget_get_mapped (label)
          && strcmp (gtk_label_get_text (GTK_LABEL (label)), text) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
test_case (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeSession *session = scope_session_new ();
  GtkWidget *strip = g_object_new (SCOPE_TYPE_STEP_STRIP, "session", session, NULL);
  GtkWidget *window = scope_test_window (strip, 700, 120);
  g_autoptr (GPtrArray) cards = NULL;
  GtkWidget *card, *button;

  g_assert_false (gtk_widget_get_visible (strip));
  scope_session_set_expression (session, cases[i].expression);
  scope_test_settle ();
  g_assert_true (gtk_widget_get_visible (strip));
  scope_assert_named (strip);
  cards = scope_test_find_all (strip, SCOPE_TYPE_STEP_CARD);
  g_assert_cmpuint (cards->len, >=, 2);
  card = g_ptr_array_index (cards, 1);
  button = scope_test_find (card, GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_has_css_class (button, cases[i].css_class));
  g_assert_true (shows_text (card, cases[i].outcome));
  g_assert_cmpint (shows_text (card, "✗"), ==, strcmp (cases[i].css_class, "fails") == 0);
  g_assert_true (shows_text (card, "→"));
  g_assert_false (shows_text (g_ptr_array_index (cards, 0), "→"));
  scope_assert_label (button, cases[i].label);
  g_clear_pointer (&cards, g_ptr_array_unref);

  scope_session_set_expression (session, "A");
  g_assert_false (gtk_widget_get_visible (strip));
  scope_assert_dies (window, strip);
  g_assert_finalize_object (session);
}

/* Only the first of several failures is framed. */
static void
test_first_failure (void)
{
  ScopeSession *session = scope_session_new ();
  GtkWidget *strip = g_object_new (SCOPE_TYPE_STEP_STRIP, "session", session, NULL);
  GtkWidget *window = scope_test_window (strip, 700, 120);
  g_autoptr (GPtrArray) buttons = NULL;

  scope_session_set_expression (session, "A; A + B; A * B");
  buttons = scope_test_find_all (strip, GTK_TYPE_BUTTON);
  g_assert_cmpuint (buttons->len, ==, 3);
  for (guint i = 0; i < buttons->len; i++)
    g_assert_cmpint (gtk_widget_has_css_class (g_ptr_array_index (buttons, i), "first"), ==,
                     i == 1);
  g_clear_pointer (&buttons, g_ptr_array_unref);
  scope_assert_dies (window, strip);
  g_assert_finalize_object (session);
}

static void
test_more (void)
{
  ScopeSession *session = scope_session_new ();
  GtkWidget *strip = g_object_new (SCOPE_TYPE_STEP_STRIP, "session", session, NULL);
  GtkWidget *window = scope_test_window (strip, 700, 120);
  GString *text = g_string_new ("A");
  g_autoptr (GPtrArray) cards = NULL;

  for (int i = 1; i < SCOPE_MAX_STEPS + 7; i++)
    g_string_append (text, ";A");
  scope_session_set_expression (session, text->str);
  scope_test_settle ();
  cards = scope_test_find_all (strip, SCOPE_TYPE_STEP_CARD);
  g_assert_cmpuint (cards->len, ==, SCOPE_MAX_STEPS);
  g_assert_true (shows_text (strip, "and 7 more"));
  scope_session_set_expression (session, "A; A");
  scope_test_settle ();
  g_assert_false (shows_text (strip, "and 7 more"));
  g_clear_pointer (&cards, g_ptr_array_unref);
  g_string_free (text, TRUE);
  scope_assert_dies (window, strip);
  g_assert_finalize_object (session);
}

/* Activating a step selects its characters in the expression. */
static void
test_select (void)
{
  ScopeSession *session = scope_session_new ();
  GtkWidget *page = g_object_new (SCOPE_TYPE_DEBUG_PAGE, "session", session, NULL);
  GtkWidget *window = scope_test_window (page, 1000, 700);
  GtkWidget *bar = scope_test_find (page, SCOPE_TYPE_EXPRESSION_BAR);
  GtkTextView *view = GTK_TEXT_VIEW (scope_test_find (bar, GTK_TYPE_TEXT_VIEW));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  g_autoptr (GPtrArray) cards = NULL;
  g_autofree char *selected = NULL;
  GtkTextIter begin, end;

  scope_session_set_expression (session, "Äß = A + A; D = Äß + B\nD");
  cards = scope_test_find_all (page, SCOPE_TYPE_STEP_CARD);
  g_signal_emit_by_name (scope_test_find (g_ptr_array_index (cards, 1), GTK_TYPE_BUTTON),
                         "clicked");
  g_assert_true (gtk_text_buffer_get_selection_bounds (buffer, &begin, &end));
  selected = gtk_text_buffer_get_text (buffer, &begin, &end, FALSE);
  g_assert_cmpstr (selected, ==, "D = Äß + B");
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (view)));
  g_clear_pointer (&cards, g_ptr_array_unref);
  scope_assert_dies (window, page);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/step-strip/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/step-strip/first-failure", test_first_failure);
  g_test_add_func ("/step-strip/more", test_more);
  g_test_add_func ("/step-strip/select", test_select);
  return g_test_run ();
}
