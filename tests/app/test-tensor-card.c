/* The card of a tensor: its fields say and do what they should. */
#include "window-test.h"

#include "app/tensor-card.h"

static ScopeSession *session;
static ScopeTensorItem *item;
static GtkWidget *card;

static GtkWidget *
begin (void)
{
  session = scope_session_new ();
  item = g_list_model_get_item (scope_session_get_tensors (session), 0);
  card = scope_tensor_card_new (session, item);
  g_object_unref (item);
  return scope_test_window (card, 300, 320);
}

static void
end (GtkWidget *window)
{
  scope_assert_dies (window, card);
  g_assert_finalize_object (session);
}

static GtkWidget *
get_shape_entry (void)
{
  g_autoptr (GPtrArray) entries = scope_test_find_all (card, GTK_TYPE_ENTRY);

  return g_ptr_array_index (entries, 1);
}

static void
test_names (void)
{
  GtkWidget *window = begin ();

  scope_assert_named (card);
  scope_assert_label (card, "Tensor A");
  scope_assert_label (get_shape_entry (), "Shape of A");
  scope_session_rename_tensor (session, 0, "image");
  scope_assert_label (get_shape_entry (), "Shape of image");
  end (window);
}

/* A name is taken when it is confirmed; one that is none goes back. */
static void
test_rename (void)
{
  GtkWidget *window = begin ();
  GtkWidget *name = scope_test_find (card, GTK_TYPE_ENTRY);

  scope_assert_label (name, "Name of A");
  gtk_editable_set_text (GTK_EDITABLE (name), "image");
  g_assert_cmpstr (scope_session_get_expression (session), ==, "A[...] = B");
  g_signal_emit_by_name (name, "activate");
  g_assert_cmpstr (scope_session_get_expression (session), ==, "image[...] = B");
  gtk_editable_set_text (GTK_EDITABLE (name), "not a name");
  g_signal_emit_by_name (name, "activate");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "image");
  end (window);
}

static void
test_typing (void)
{
  GtkWidget *window = begin ();
  GtkEditable *entry = GTK_EDITABLE (get_shape_entry ());

  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "[1, 1, 256, 256]");
  gtk_editable_set_text (entry, "2 x 3");
  g_assert_cmpint (scope_session_get_scene (session)->tensor[0].tensor->shape.rank, ==, 2);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "2 x 3");
  scope_session_undo (session);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "[1, 1, 256, 256]");
  end (window);
}

static void
test_wrong_text (void)
{
  GtkWidget *window = begin ();
  GtkWidget *entry = get_shape_entry ();
  GtkWidget *problem = scope_test_find_class (card, "problem");

  g_assert_false (gtk_widget_get_visible (problem));
  gtk_editable_set_text (GTK_EDITABLE (entry), "[1, 1, x!, 256]");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_nonnull (gtk_entry_get_attributes (GTK_ENTRY (entry)));
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_true (gtk_widget_get_visible (problem));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (problem)), !=, "");
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  g_assert_true (gtk_widget_get_visible (problem));
  gtk_editable_set_text (GTK_EDITABLE (entry), "[7]");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_FALSE);
  g_assert_false (gtk_widget_get_visible (problem));
  end (window);
}

static void
test_choices (void)
{
  GtkWidget *window = begin ();
  g_autoptr (GPtrArray) choices = scope_test_find_all (card, GTK_TYPE_DROP_DOWN);
  GtkDropDown *fill = g_ptr_array_index (choices, 0), *dtype = g_ptr_array_index (choices, 1);

  g_assert_cmpuint (gtk_drop_down_get_selected (fill), ==, SCOPE_FILL_CHECKERBOARD);
  gtk_drop_down_set_selected (fill, SCOPE_FILL_RAMP);
  gtk_drop_down_set_selected (dtype, SCOPE_INT16);
  g_assert_cmpstr (scope_session_get_scene (session)->tensor[0].origin, ==,
                   "ramp:int16[1, 1, 256, 256]");
  scope_session_undo (session);
  g_assert_cmpuint (gtk_drop_down_get_selected (dtype), ==, SCOPE_FLOAT32);
  end (window);
}

static void
test_file (void)
{
  GtkWidget *window = begin ();
  g_autoptr (GPtrArray) choices = scope_test_find_all (card, GTK_TYPE_DROP_DOWN);
  ScopeTensor *tensor = scope_session_get_scene (session)->tensor[1].tensor;

  scope_session_put_tensor (session, 0, tensor, "/some/where/weights.npy", TRUE);
  g_assert_false (gtk_widget_get_sensitive (g_ptr_array_index (choices, 1)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_shape_entry ())), ==,
                   "/some/where/weights.npy");
  /* A shape typed over the path makes a tensor up again. */
  gtk_editable_set_text (GTK_EDITABLE (get_shape_entry ()), "[3]");
  g_assert_true (gtk_widget_get_sensitive (g_ptr_array_index (choices, 1)));
  end (window);
}

static void
test_remove (void)
{
  GtkWidget *window = begin ();

  g_assert_true (gtk_widget_activate_action (card, "tensor.remove", NULL));
  g_assert_cmpint (scope_session_get_scene (session)->tensors, ==, 1);
  end (window);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/tensor-card/names", test_names);
  g_test_add_func ("/tensor-card/rename", test_rename);
  g_test_add_func ("/tensor-card/typing", test_typing);
  g_test_add_func ("/tensor-card/wrong-text", test_wrong_text);
  g_test_add_func ("/tensor-card/choices", test_choices);
  g_test_add_func ("/tensor-card/file", test_file);
  g_test_add_func ("/tensor-card/remove", test_remove);
  return g_test_run ();
}
