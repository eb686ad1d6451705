/* Which tensor of a file is meant: found by name, refused when it cannot be read. */
#include "window-test.h"

#include "app/member-dialog.h"

static ScopeTensorInfo infos[] = {
  { .name = "layer.0.bias", .dtype = "float32", .shape = { 1, { 4 } }, .readable = TRUE },
  { .name = "layer.0.weight", .dtype = "float32", .shape = { 2, { 4, 4 } }, .readable = TRUE },
  { .name = "objects", .dtype = "|O", .shape = { 1, { 2 } }, .note = "pickled" },
};

static ScopeSession *session;
static ScopeFileChoice *choice;
static GtkWidget *dialog;

static void
begin (void)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/model.safetensors");

  for (guint i = 0; i < G_N_ELEMENTS (infos); i++)
    g_ptr_array_add (list, &infos[i]);
  session = scope_session_new ();
  choice = scope_file_choice_new (file, 1, list);
  dialog = scope_member_dialog_new (session, choice);
  gtk_window_present (GTK_WINDOW (dialog));
  scope_test_settle ();
}

static void
end (void)
{
  scope_assert_dies (dialog, dialog);
  g_assert_finalize_object (choice);
  g_assert_finalize_object (session);
}

static GtkWidget *
get_open_button (void)
{
  GtkWidget *button = scope_test_find_class (dialog, "suggested-action");

  g_assert_true (GTK_IS_BUTTON (button));
  return button;
}

static GtkSingleSelection *
get_selection (void)
{
  return GTK_SINGLE_SELECTION (
      gtk_list_view_get_model (GTK_LIST_VIEW (scope_test_find (dialog, GTK_TYPE_LIST_VIEW))));
}

static void
test_search (void)
{
  GtkWidget *search;

  begin ();
  search = scope_test_find (dialog, GTK_TYPE_SEARCH_ENTRY);
  scope_assert_named (dialog);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_selection ())), ==, 3);
  gtk_editable_set_text (GTK_EDITABLE (search), "weight");
  g_signal_emit_by_name (search, "search-changed");
  scope_test_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_selection ())), ==, 1);
  g_assert_true (gtk_widget_get_sensitive (get_open_button ()));
  end ();
}

static void
test_unreadable (void)
{
  begin ();
  gtk_single_selection_set_selected (get_selection (), 2);
  g_assert_false (gtk_widget_get_sensitive (get_open_button ()));
  gtk_single_selection_set_selected (get_selection (), 0);
  g_assert_true (gtk_widget_get_sensitive (get_open_button ()));
  end ();
}

static gboolean
has_notice (gpointer data)
{
  return g_list_model_get_n_items (scope_session_get_notices (session)) > 0;
}

/* Opening goes to the session; here there is no such file, which it says. */
static void
test_open (void)
{
  gpointer weak;

  begin ();
  weak = dialog;
  g_object_add_weak_pointer (G_OBJECT (dialog), &weak);
  gtk_widget_activate_action (dialog, "member.open", NULL);
  scope_test_wait (has_notice, NULL);
  g_assert_null (weak);
  g_assert_finalize_object (choice);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/member-dialog/search", test_search);
  g_test_add_func ("/member-dialog/unreadable", test_unreadable);
  g_test_add_func ("/member-dialog/open", test_open);
  return g_test_run ();
}
