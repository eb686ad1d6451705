/* The statement: typed, marked, put back. */
#include "window-test.h"

#include "app/expression-bar.h"

static ScopeSession *session;
static GtkWidget *bar;
static GtkTextBuffer *buffer;

static GtkWidget *
begin (void)
{
  GtkWidget *window;

  session = scope_session_new ();
  bar = g_object_new (SCOPE_TYPE_EXPRESSION_BAR, "session", session, NULL);
  window = scope_test_window (bar, 600, 120);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (scope_test_find (bar, GTK_TYPE_TEXT_VIEW)));
  return window;
}

static void
end (GtkWidget *window)
{
  scope_assert_dies (window, bar);
  g_assert_finalize_object (session);
}

/* The underlined part of the text; free with g_free. */
static char *
get_marked (void)
{
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), "fault");
  GtkTextIter begin_at, end_at;

  gtk_text_buffer_get_start_iter (buffer, &begin_at);
  if (!gtk_text_iter_starts_tag (&begin_at, tag)
      && !gtk_text_iter_forward_to_tag_toggle (&begin_at, tag))
    return g_strdup ("");
  end_at = begin_at;
  gtk_text_iter_forward_to_tag_toggle (&end_at, tag);
  return gtk_text_buffer_get_text (buffer, &begin_at, &end_at, TRUE);
}

static const struct
{
  const char *name, *text, *marked;
  gboolean wrong;
} cases[] = {
  { "fits", "A + A", "", FALSE },
  { "fails", "A + B", "A + B", FALSE },
  { "part-fails", "A; (A + B) * A", "A + B", FALSE },
  { "wrong-character", "A + $", "$", TRUE },
  { "missing-at-the-end", "A + (B", NULL, TRUE },
  { "beyond-ascii", "ü = A; ü + $", "$", TRUE },
};

static void
test_mark (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  GtkWidget *window = begin ();
  GtkWidget *problem = scope_test_find_class (bar, "problem");
  g_autofree char *marked = NULL;

  gtk_text_buffer_set_text (buffer, cases[i].text, -1);
  g_assert_cmpstr (scope_session_get_expression (session), ==, cases[i].text);
  marked = get_marked ();
  if (cases[i].marked != NULL)
    g_assert_cmpstr (marked, ==, cases[i].marked);
  else
    g_assert_cmpstr (marked, !=, "");
  g_assert_cmpint (gtk_widget_get_visible (problem), ==, cases[i].wrong);
  gtk_test_accessible_assert_state (
      GTK_ACCESSIBLE (scope_test_find (bar, GTK_TYPE_TEXT_VIEW)), GTK_ACCESSIBLE_STATE_INVALID,
      cases[i].wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE);
  end (window);
}

static void
test_follows (void)
{
  GtkWidget *window = begin ();
  g_autofree char *text = NULL;
  g_autofree char *marked = NULL;

  scope_assert_named (bar);
  scope_session_set_expression (session, "B + A");
  g_object_get (buffer, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "B + A");
  marked = get_marked ();
  g_assert_cmpstr (marked, ==, "B + A");
  end (window);
}

/* More than the parser takes is not taken. */
static void
test_too_long (void)
{
  GtkWidget *window = begin ();
  g_autofree char *lines = g_strnfill (70000, '\n');

  gtk_text_buffer_set_text (buffer, lines, -1);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), <=, 64 * 1024);
  end (window);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/expression-bar/follows", test_follows);
  g_test_add_func ("/expression-bar/too-long", test_too_long);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/expression-bar/mark/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_mark);
    }
  return g_test_run ();
}
