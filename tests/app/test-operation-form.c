/* The operation as a form: it writes the expression and follows it. */
#include "window-test.h"

#include "app/operation-form.h"

static ScopeSession *session;
static GtkWidget *form;
static GtkDropDown *operation, *dialect;
static GtkSpinButton *axis;

static GtkWidget *
begin (void)
{
  g_autoptr (GPtrArray) choices = NULL;
  GtkWidget *window;

  session = scope_session_new ();
  form = g_object_new (SCOPE_TYPE_OPERATION_FORM, "session", session, NULL);
  window = scope_test_window (form, 300, 200);
  choices = scope_test_find_all (form, GTK_TYPE_DROP_DOWN);
  operation = g_ptr_array_index (choices, 0);
  dialect = g_ptr_array_index (choices, 1);
  axis = GTK_SPIN_BUTTON (scope_test_find (form, GTK_TYPE_SPIN_BUTTON));
  return window;
}

static void
end (GtkWidget *window)
{
  scope_assert_dies (window, form);
  g_assert_finalize_object (session);
}

static void
test_writes (void)
{
  GtkWidget *window = begin ();

  scope_assert_named (form);
  g_assert_cmpuint (gtk_drop_down_get_selected (operation), ==, 0);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (axis)));
  gtk_drop_down_set_selected (operation, 5);
  g_assert_cmpstr (scope_session_get_expression (session), ==, "torch.cat((A, B), dim=0)");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (axis)));
  gtk_spin_button_set_value (axis, 2);
  g_assert_cmpstr (scope_session_get_expression (session), ==, "torch.cat((A, B), dim=2)");
  scope_session_undo (session);
  g_assert_cmpfloat (gtk_spin_button_get_value (axis), ==, 0);
  scope_session_undo (session);
  g_assert_cmpuint (gtk_drop_down_get_selected (operation), ==, 0);
  end (window);
}

static guint
count_items (void)
{
  return g_list_model_get_n_items (gtk_drop_down_get_model (operation));
}

static void
test_follows (void)
{
  GtkWidget *window = begin ();
  guint forms = count_items ();

  scope_session_set_expression (session, "A @ B");
  g_assert_cmpuint (gtk_drop_down_get_selected (operation), ==, 4);
  /* What is no form has an item of its own, as long as it stands there. */
  scope_session_set_expression (session, "A @ B + 1");
  g_assert_cmpuint (count_items (), ==, forms + 1);
  g_assert_cmpuint (gtk_drop_down_get_selected (operation), ==, forms);
  scope_session_set_expression (session, "A + B");
  g_assert_cmpuint (count_items (), ==, forms);
  g_assert_cmpuint (gtk_drop_down_get_selected (operation), ==, 1);
  end (window);
}

/* A form that needs two tensors cannot be chosen with one. */
static void
test_refused (void)
{
  GtkWidget *window = begin ();

  scope_session_set_expression (session, "A + A");
  scope_session_remove_tensor (session, 1);
  gtk_drop_down_set_selected (operation, 1);
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A + A");
  g_assert_cmpuint (gtk_drop_down_get_selected (operation), ==, count_items () - 1);
  end (window);
}

static void
test_dialect (void)
{
  GtkWidget *window = begin ();

  gtk_drop_down_set_selected (dialect, SCOPE_NUMPY);
  g_assert_cmpint (scope_session_get_dialect (session), ==, SCOPE_NUMPY);
  gtk_drop_down_set_selected (operation, 6);
  g_assert_cmpstr (scope_session_get_expression (session), ==, "np.stack((A, B), axis=0)");
  end (window);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/operation-form/writes", test_writes);
  g_test_add_func ("/operation-form/follows", test_follows);
  g_test_add_func ("/operation-form/refused", test_refused);
  g_test_add_func ("/operation-form/dialect", test_dialect);
  return g_test_run ();
}
