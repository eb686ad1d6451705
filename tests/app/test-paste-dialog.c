/* Paste error: the clipboard's text is taken when it is a message, long lines are broken, every
 * control has a name, Replace writes the scene. */
#include "window-test.h"

#include "app/paste-dialog.h"

#define TORCH                                                                                      \
  "RuntimeError: The size of tensor a (512) must match the size of tensor b (500) at "             \
  "non-singleton dimension 1"

static ScopeSession *session;
static GtkWidget *dialog;
static ScopePastedMessage *message;

static void
begin (const char *text)
{
  session = scope_session_new ();
  dialog = scope_paste_dialog_new (session, text);
  message = scope_paste_dialog_get_message (SCOPE_PASTE_DIALOG (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
  scope_test_settle ();
}

static void
end (void)
{
  scope_assert_dies (dialog, dialog);
  g_assert_finalize_object (session);
}

static GtkTextBuffer *
get_buffer (void)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (scope_test_find (dialog, GTK_TYPE_TEXT_VIEW)));
}

static char *
get_shown (void)
{
  GtkTextIter start, stop;

  gtk_text_buffer_get_bounds (get_buffer (), &start, &stop);
  return gtk_text_buffer_get_text (get_buffer (), &start, &stop, FALSE);
}

static gboolean
is_recognized (gpointer data)
{
  return scope_pasted_message_get_state (message) == SCOPE_PASTED_RECOGNIZED;
}

static gboolean
is_cut (gpointer data)
{
  return scope_pasted_message_get_cut (message);
}

static void
test_typed (void)
{
  GtkWidget *button;

  begin ("");
  button = scope_test_find_class (dialog, "suggested-action");
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_text_buffer_set_text (get_buffer (), TORCH, -1);
  scope_test_wait (is_recognized, NULL);
  g_assert_true (gtk_widget_get_sensitive (button));
  scope_assert_named (dialog);
  end ();
}

static void
test_replace (void)
{
  gpointer weak;

  begin (TORCH);
  weak = dialog;
  g_object_add_weak_pointer (G_OBJECT (dialog), &weak);
  g_assert_true (is_recognized (NULL));
  gtk_widget_activate_action (dialog, "paste.replace", NULL);
  scope_test_settle ();
  g_assert_null (weak);
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A + B");
  g_assert_finalize_object (session);
}

static void
test_clipboard (gconstpointer data)
{
  gboolean is_message = GPOINTER_TO_INT (data);

  gdk_clipboard_set_text (gdk_display_get_clipboard (gdk_display_get_default ()),
                          is_message ? TORCH : "a shopping list");
  begin (NULL);
  if (is_message)
    scope_test_wait (is_recognized, NULL);
  else
    {
      g_autofree char *shown = get_shown ();

      scope_test_settle ();
      g_assert_cmpstr (shown, ==, "");
    }
  end ();
}

/* Whatever way it comes in. */
static void
test_long (void)
{
  GString *text = g_string_new (TORCH "\n");
  g_autofree char *shown = NULL;

  while (text->len < 3 * SCOPE_MESSAGE_BYTES)
    g_string_append_c (text, 'x');
  begin ("");
  gtk_text_buffer_insert_at_cursor (get_buffer (), text->str, -1);
  scope_test_wait (is_cut, NULL);
  g_assert_true (is_recognized (NULL));
  g_assert_cmpuint (strlen (scope_pasted_message_get_text (message)), ==, SCOPE_MESSAGE_BYTES);
  shown = get_shown ();
  for (const char *line = shown, *next; line != NULL; line = next)
    {
      next = strchr (line, '\n');
      g_assert_cmpint (next != NULL ? next - line : (gssize)strlen (line), <=,
                       SCOPE_PASTED_LINE + 3);
      next = next != NULL ? next + 1 : NULL;
    }
  g_string_free (text, TRUE);
  end ();
}

/* A correction in an entry reaches the model, and what is read anew reaches the entries. */
static void
test_entries (void)
{
  g_autoptr (GPtrArray) entries = NULL;

  begin (TORCH);
  entries = scope_test_find_all (dialog, GTK_TYPE_ENTRY);
  g_assert_cmpuint (entries->len, ==, 3);
  gtk_editable_set_text (g_ptr_array_index (entries, 0), "[8, 500]");
  g_assert_cmpint (scope_pasted_message_get_verdict_state (message), ==, SCOPE_STATE_FITS);
  gtk_editable_set_text (g_ptr_array_index (entries, 1), "[8, 5");
  g_assert_true (gtk_widget_has_css_class (g_ptr_array_index (entries, 1), "error"));
  g_assert_false (gtk_widget_get_sensitive (scope_test_find_class (dialog, "suggested-action")));
  scope_pasted_message_take (message, TORCH);
  scope_test_settle ();
  g_ptr_array_unref (entries);
  entries = scope_test_find_all (dialog, GTK_TYPE_ENTRY);
  g_assert_cmpstr (gtk_editable_get_text (g_ptr_array_index (entries, 0)), ==, "[?, 512]");
  end ();
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/paste-dialog/typed", test_typed);
  g_test_add_func ("/paste-dialog/replace", test_replace);
  g_test_add_data_func ("/paste-dialog/clipboard/message", GINT_TO_POINTER (TRUE), test_clipboard);
  g_test_add_data_func ("/paste-dialog/clipboard/other", GINT_TO_POINTER (FALSE), test_clipboard);
  g_test_add_func ("/paste-dialog/long", test_long);
  g_test_add_func ("/paste-dialog/entries", test_entries);
  return g_test_run ();
}
