/* The form of the operation under focus: it follows the expression, and every control rewrites its
 * argument and nothing else. Every operation of the list can be chosen in every dialect. */
#include "model/argument-form.h"
#include "model/operation-item.h"
#include "ops/registry.h"

#include <string.h>

static ScopeSession *session;
static ScopeArgumentForm *form;

static void
begin (const char *a, const char *b, const char *expression)
{
  session = scope_session_new ();
  scope_session_edit_tensor (session, 0, a);
  scope_session_edit_tensor (session, 1, b);
  scope_session_set_expression (session, expression);
  form = scope_argument_form_new (session);
}

static void
end (void)
{
  g_assert_finalize_object (form);
  g_assert_finalize_object (session);
}

static ScopeParameterItem *
get_item (const char *name)
{
  GListModel *items = scope_argument_form_get_parameters (form);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (ScopeParameterItem) item = g_list_model_get_item (items, i);

      if (strcmp (scope_parameter_item_get_name (item), name) == 0)
        return item; /* the list keeps it */
    }
  g_error ("%s has no %s", scope_session_get_expression (session), name);
}

static void
assert_expression (const char *expected)
{
  g_assert_cmpstr (scope_session_get_expression (session), ==, expected);
}

static const char *
get_label (ScopeParameterItem *item)
{
  return scope_parameter_item_get_labels (item)[scope_parameter_item_get_selected (item)];
}

static void
test_follows (void)
{
  begin ("2,3", "2,3", "A + B");
  g_assert_cmpstr (scope_argument_form_get_op (form)->name, ==, "add");
  scope_session_set_expression (session, "A.sum(dim=1)");
  g_assert_cmpstr (scope_argument_form_get_op (form)->name, ==, "sum");
  g_assert_cmpstr (get_label (get_item ("dim")) + 0, !=, "");
  scope_session_set_expression (session, "A");
  g_assert_null (scope_argument_form_get_op (form));
  g_assert_cmpuint (g_list_model_get_n_items (scope_argument_form_get_parameters (form)), ==, 0);
  end ();
}

/* The same parameters stay the same items, so that an entry keeps the focus. */
static void
test_items_stay (void)
{
  ScopeParameterItem *item;

  begin ("2,3", "2,3", "torch.reshape(A, (3, 2))");
  item = get_item ("shape");
  scope_session_set_expression (session, "torch.reshape(A, (6, 1))");
  g_assert_true (get_item ("shape") == item);
  g_assert_cmpstr (scope_parameter_item_get_text (item), ==, "(6, 1)");
  end ();
}

static void
test_axis (void)
{
  ScopeParameterItem *item;

  begin ("2,3", "2,3", "torch.cat((A, B), dim=0)  # rows");
  scope_session_set_axis_names (session, 0, "H W");
  item = get_item ("dim");
  g_assert_cmpint (scope_parameter_item_get_control (item), ==, SCOPE_CONTROL_CHOICE);
  g_assert_cmpstr (get_label (item), ==, "0 (−2) · H");
  scope_parameter_item_set_selected (item, scope_parameter_item_get_selected (item) + 1);
  assert_expression ("torch.cat((A, B), dim=1)  # rows");
  scope_session_set_expression (session, "torch.cat((A, B), dim=-1)");
  g_assert_cmpstr (get_label (get_item ("dim")), ==, "1 (−1) · W");
  scope_parameter_item_set_selected (get_item ("dim"), 1);
  assert_expression ("torch.cat((A, B), dim=-2)");
  scope_parameter_item_set_selected (get_item ("dim"), 0);
  assert_expression ("torch.cat((A, B))");
  scope_session_set_expression (session, "torch.cat((A, B), dim=7)");
  g_assert_cmpstr (get_label (get_item ("dim")), ==, "7");
  g_assert_nonnull (scope_parameter_item_get_problem (get_item ("dim")));
  end ();
}

/* One of several axes is chosen, several are typed. */
static void
test_axes (void)
{
  ScopeParameterItem *item;

  begin ("2,3,4", "2,3", "A.sum()");
  item = get_item ("dim");
  g_assert_cmpint (scope_parameter_item_get_control (item), ==, SCOPE_CONTROL_CHOICE);
  g_assert_cmpstr (get_label (item), ==, "None (default)");
  scope_parameter_item_set_selected (item, 2);
  assert_expression ("A.sum(dim=1)");
  g_assert_cmpstr (get_label (get_item ("dim")), ==, "1 (−2)");
  scope_parameter_item_set_selected (get_item ("dim"), 4);
  assert_expression ("A.sum(dim=(0, 1))");
  item = get_item ("dim");
  g_assert_cmpint (scope_parameter_item_get_control (item), ==, SCOPE_CONTROL_ENTRY);
  /* It stays an entry while it is typed. */
  scope_parameter_item_set_text (item, "2");
  assert_expression ("A.sum(dim=2)");
  g_assert_true (get_item ("dim") == item);
  scope_session_set_expression (session, "A.permute(0, 2, 1)");
  g_assert_cmpint (scope_parameter_item_get_control (get_item ("dims")), ==, SCOPE_CONTROL_ENTRY);
  end ();
}

static void
test_check (void)
{
  ScopeParameterItem *item;

  begin ("2,3", "2,3", "A.sum(dim=1)");
  item = get_item ("keepdim");
  g_assert_cmpint (scope_parameter_item_get_control (item), ==, SCOPE_CONTROL_CHECK);
  scope_parameter_item_set_active (item, TRUE);
  assert_expression ("A.sum(dim=1, keepdim=True)");
  scope_parameter_item_set_active (item, FALSE);
  assert_expression ("A.sum(dim=1, keepdim=False)");
  scope_session_undo (session);
  end ();
}

static void
test_choice (void)
{
  begin ("1,1,4,4", "2,3", "F.interpolate(A, scale_factor=2)");
  g_assert_cmpstr (get_label (get_item ("mode")), ==, "'nearest' (default)");
  for (guint i = 0; scope_parameter_item_get_labels (get_item ("mode"))[i] != NULL; i++)
    if (strcmp (scope_parameter_item_get_labels (get_item ("mode"))[i], "bicubic") == 0)
      {
        scope_parameter_item_set_selected (get_item ("mode"), i);
        break;
      }
  assert_expression ("F.interpolate(A, scale_factor=2, mode='bicubic')");
  g_assert_cmpstr (get_label (get_item ("mode")), ==, "bicubic");
  end ();
}

static void
test_entry (void)
{
  ScopeParameterItem *item;

  begin ("2,3", "2,3", "torch.reshape(A, (3, 2))");
  item = get_item ("shape");
  scope_parameter_item_set_text (item, "6 x 1");
  assert_expression ("torch.reshape(A, (6, 1))");
  /* What is typed stays as it is typed. */
  g_assert_cmpstr (scope_parameter_item_get_text (item), ==, "6 x 1");
  scope_parameter_item_set_text (item, "(6, ");
  assert_expression ("torch.reshape(A, (6, 1))");
  g_assert_nonnull (scope_parameter_item_get_problem (item));
  scope_parameter_item_set_text (item, "(1, 6)");
  assert_expression ("torch.reshape(A, (1, 6))");
  g_assert_null (scope_parameter_item_get_problem (item));
  end ();
}

static void
test_string (void)
{
  begin ("2,3", "2,3", "torch.einsum('ij,ij->i', A, B)");
  g_assert_cmpstr (scope_parameter_item_get_text (get_item ("equation")), ==, "'ij,ij->i'");
  scope_parameter_item_set_text (get_item ("equation"), "ij,ij->j");
  assert_expression ("torch.einsum('ij,ij->j', A, B)");
  end ();
}

static void
test_tensor_and_dialect (void)
{
  begin ("2,3", "2,3", "np.add(A, B)");
  g_assert_cmpstr (get_label (get_item ("other")), ==, "B");
  scope_parameter_item_set_selected (get_item ("other"), 0);
  assert_expression ("np.add(A, A)");
  scope_session_set_expression (session, "np.sum(A)");
  for (guint i = 0; scope_parameter_item_get_labels (get_item ("dtype"))[i] != NULL; i++)
    if (strcmp (scope_parameter_item_get_labels (get_item ("dtype"))[i], "float64") == 0)
      {
        scope_parameter_item_set_selected (get_item ("dtype"), i);
        break;
      }
  assert_expression ("np.sum(A, dtype=np.float64)");
  end ();
}

static void
test_not_while_broken (void)
{
  gboolean editable;

  begin ("2,3", "2,3", "A + B");
  scope_session_set_expression (session, "A + (");
  g_object_get (form, "editable", &editable, NULL);
  g_assert_false (editable);
  scope_session_set_expression (session, "A + B");
  g_object_get (form, "editable", &editable, NULL);
  g_assert_true (editable);
  end ();
}

/* Every row of the list, one dialect a case: the expression is that operation, in that dialect. */
static void
test_choose (gconstpointer data)
{
  ScopeDialect dialect = GPOINTER_TO_UINT (data);
  g_autoptr (GListModel) list = scope_operation_list_new (dialect);

  begin ("4,3,8,8", "4,3,8,8", "A");
  scope_session_set_dialect (session, dialect);
  g_assert_cmpuint (g_list_model_get_n_items (list), >, 100);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (ScopeOperationItem) item = g_list_model_get_item (list, i);
      const ScopeOp *op = scope_operation_item_get_op (item);

      g_assert_true (scope_argument_form_choose (form, op));
      g_assert_null (scope_session_get_problem (session));
      if (scope_argument_form_get_op (form) != op
          && scope_session_get_report (session)->failure == NULL)
        g_error ("%s was chosen, %s written", op->name, scope_session_get_expression (session));
    }
  end ();
}

static void
test_search (void)
{
  g_autoptr (GListModel) list = scope_operation_list_new (SCOPE_PYTORCH);
  guint found = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (ScopeOperationItem) item = g_list_model_get_item (list, i);

      if (!scope_operation_item_matches (item, "np.Concatenate"))
        continue;
      g_assert_cmpstr (scope_operation_item_get_op (item)->name, ==, "cat");
      g_assert_cmpstr (scope_operation_item_get_spelling (item), ==, "torch.cat");
      found++;
    }
  g_assert_cmpuint (found, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/argument-form/follows", test_follows);
  g_test_add_func ("/argument-form/items-stay", test_items_stay);
  g_test_add_func ("/argument-form/axis", test_axis);
  g_test_add_func ("/argument-form/axes", test_axes);
  g_test_add_func ("/argument-form/check", test_check);
  g_test_add_func ("/argument-form/choice", test_choice);
  g_test_add_func ("/argument-form/entry", test_entry);
  g_test_add_func ("/argument-form/string", test_string);
  g_test_add_func ("/argument-form/tensor-and-dialect", test_tensor_and_dialect);
  g_test_add_func ("/argument-form/not-while-broken", test_not_while_broken);
  g_test_add_func ("/argument-form/search", test_search);
  for (guint dialect = 0; dialect < SCOPE_N_DIALECTS; dialect++)
    {
      g_autofree char *path =
          g_strdup_printf ("/argument-form/choose/%s", scope_dialect_name (dialect));

      g_test_add_data_func (path, GUINT_TO_POINTER (dialect), test_choose);
    }
  return g_test_run ();
}
