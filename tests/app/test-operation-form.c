/* The operation as a form: it writes the expression and follows it. */
#include "window-test.h"

#include "app/operation-chooser.h"
#include "app/operation-form.h"
#include "app/parameter-row.h"

static ScopeSession *session;
static GtkWidget *form;

static GtkWidget *
begin (const char *expression)
{
  session = scope_session_new ();
  scope_session_write_expression (session, expression);
  form = g_object_new (SCOPE_TYPE_OPERATION_FORM, "session", session, NULL);
  return scope_test_window (form, 300, 400);
}

static void
end (GtkWidget *window)
{
  scope_assert_dies (window, form);
  g_assert_finalize_object (session);
}

/* The nth control of a type among the arguments. */
static GtkWidget *
get_control (GType type, guint n)
{
  g_autoptr (GPtrArray) rows = scope_test_find_all (form, SCOPE_TYPE_PARAMETER_ROW);
  guint seen = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      GtkWidget *control = scope_test_find (g_ptr_array_index (rows, i), type);

      if (control != NULL && seen++ == n)
        return control;
    }
  g_error ("there is no such argument");
}

static const char *
get_title (void)
{
  return gtk_menu_button_get_label (GTK_MENU_BUTTON (scope_test_find (form, GTK_TYPE_MENU_BUTTON)));
}

static void
test_follows (void)
{
  GtkWidget *window = begin ("A[...] = B");

  scope_assert_named (form);
  g_assert_cmpstr (get_title (), ==, "assign");
  scope_session_set_expression (session, "torch.cat((A, B), dim=0)");
  g_assert_cmpstr (get_title (), ==, "cat");
  scope_assert_named (form);
  scope_session_set_expression (session, "A");
  g_assert_cmpstr (get_title (), ==, "Choose an operation");
  end (window);
}

static void
test_writes (void)
{
  GtkWidget *window = begin ("torch.cat((A, B), dim=0)");
  GtkWidget *axis = get_control (GTK_TYPE_DROP_DOWN, 0);

  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (axis)), ==, 1);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (axis), 3);
  scope_test_settle ();
  g_assert_cmpstr (scope_session_get_expression (session), ==, "torch.cat((A, B), dim=2)");
  scope_session_undo (session);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (axis)), ==, 1);
  end (window);
}

/* A choice that makes an entry of its drop-down. */
static void
test_becomes_entry (void)
{
  GtkWidget *window = begin ("A.sum()");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (get_control (GTK_TYPE_DROP_DOWN, 1)), 5);
  scope_test_settle ();
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A.sum(dim=(0, 1))");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_control (GTK_TYPE_ENTRY, 0))), ==,
                   "(0, 1)");
  end (window);
}

static void
test_entry (void)
{
  GtkWidget *window = begin ("torch.reshape(A, (256, 256))");
  GtkWidget *entry = get_control (GTK_TYPE_ENTRY, 0);

  gtk_editable_set_text (GTK_EDITABLE (entry), "(16, ");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpstr (scope_session_get_expression (session), ==, "torch.reshape(A, (256, 256))");
  gtk_editable_set_text (GTK_EDITABLE (entry), "(16, 4096)");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpstr (scope_session_get_expression (session), ==, "torch.reshape(A, (16, 4096))");
  g_assert_true (get_control (GTK_TYPE_ENTRY, 0) == entry);
  end (window);
}

static void
test_check (void)
{
  GtkWidget *window = begin ("A.sum(dim=1)");
  GtkWidget *check = get_control (GTK_TYPE_CHECK_BUTTON, 0);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A.sum(dim=1, keepdim=True)");
  scope_session_set_expression (session, "A.sum(dim=1, keepdim=False)");
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  end (window);
}

/* Found by what another framework calls it, and chosen by Return. */
static void
test_choose (void)
{
  GtkWidget *window = begin ("A[...] = B");
  GtkWidget *button = scope_test_find (form, GTK_TYPE_MENU_BUTTON);
  GtkWidget *chooser = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
  GtkWidget *search = scope_test_find (chooser, GTK_TYPE_SEARCH_ENTRY);

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  scope_test_settle ();
  scope_assert_named (chooser);
  gtk_editable_set_text (GTK_EDITABLE (search), "np.concatenate");
  g_signal_emit_by_name (search, "search-changed");
  g_signal_emit_by_name (search, "activate");
  scope_test_settle ();
  g_assert_cmpstr (scope_session_get_expression (session), ==, "torch.cat((A, B), 2)");
  g_assert_cmpstr (get_title (), ==, "cat");
  scope_session_undo (session);
  g_assert_cmpstr (get_title (), ==, "assign");
  end (window);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/operation-form/follows", test_follows);
  g_test_add_func ("/operation-form/writes", test_writes);
  g_test_add_func ("/operation-form/becomes-entry", test_becomes_entry);
  g_test_add_func ("/operation-form/entry", test_entry);
  g_test_add_func ("/operation-form/check", test_check);
  g_test_add_func ("/operation-form/choose", test_choose);
  return g_test_run ();
}
