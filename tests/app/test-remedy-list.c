/* The ways to make it fit: choosing, resampling, hiding. */
#include "window-test.h"

#include "app/remedy-card.h"
#include "app/remedy-list.h"

static ScopeSession *session;
static GtkWidget *list;

static GtkWidget *
begin (void)
{
  session = scope_session_new ();
  list = g_object_new (SCOPE_TYPE_REMEDY_LIST, "session", session, NULL);
  return scope_test_window (list, 640, 400);
}

static void
end_it (GtkWidget *window)
{
  scope_assert_dies (window, list);
  g_assert_finalize_object (session);
}

static void
test_choose (void)
{
  GtkWidget *window = begin ();
  g_autoptr (GPtrArray) cards = scope_test_find_all (list, SCOPE_TYPE_REMEDY_CARD);

  g_assert_cmpuint (cards->len, >=, 3);
  scope_assert_named (list);
  g_assert_true (gtk_toggle_button_get_active (g_ptr_array_index (cards, 0)));
  for (guint i = 1; i < cards->len; i++)
    {
      gtk_toggle_button_set_active (g_ptr_array_index (cards, i), TRUE);
      g_assert_cmpint (scope_session_get_remedy (session), ==, (int)i);
      g_assert_false (gtk_toggle_button_get_active (g_ptr_array_index (cards, i - 1)));
    }
  gtk_toggle_button_set_active (g_ptr_array_index (cards, cards->len - 1), FALSE);
  g_assert_cmpint (scope_session_get_remedy (session), ==, -1);
  end_it (window);
}

static void
test_label (void)
{
  GtkWidget *window = begin ();
  GtkWidget *card = scope_test_find (list, SCOPE_TYPE_REMEDY_CARD);

  scope_assert_label (card, "Slice B, [1, 1, 256, 256], loses data");
  end_it (window);
}

static ScopeRemedyKind
chosen_kind (void)
{
  int remedy = scope_session_get_remedy (session);

  return scope_session_get_report (session)->remedies.remedy[remedy].kind;
}

/* How it interpolates is asked only where something is interpolated. */
static void
test_resampling (void)
{
  GtkWidget *window = begin ();
  GtkWidget *mode = scope_test_find (list, GTK_TYPE_DROP_DOWN);
  GtkWidget *align = scope_test_find (list, GTK_TYPE_CHECK_BUTTON);
  int count = scope_session_get_report (session)->remedies.count;

  g_assert_false (gtk_widget_is_visible (mode));
  for (int i = 0; i < count; i++)
    {
      scope_session_set_remedy (session, i);
      g_assert_cmpint (gtk_widget_is_visible (mode), ==,
                       chosen_kind () == SCOPE_REMEDY_INTERPOLATE);
    }
  for (int i = 0; i < count && chosen_kind () != SCOPE_REMEDY_INTERPOLATE; i++)
    scope_session_set_remedy (session, i);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (mode), SCOPE_RESIZE_CUBIC);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (align), TRUE);
  g_assert_cmpint (chosen_kind (), ==, SCOPE_REMEDY_INTERPOLATE);
  g_assert_nonnull (strstr (scope_session_get_fitting_code (session), "bicubic"));
  g_assert_nonnull (strstr (scope_session_get_fitting_code (session), "align_corners=True"));
  end_it (window);
}

static void
test_hidden_when_it_fits (void)
{
  GtkWidget *window = begin ();
  GtkWidget *content = gtk_widget_get_first_child (list);

  g_assert_true (gtk_widget_get_visible (content));
  scope_session_set_expression (session, "A + A");
  g_assert_false (gtk_widget_get_visible (content));
  scope_session_undo (session);
  g_assert_true (gtk_widget_get_visible (content));
  end_it (window);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/remedy-list/choose", test_choose);
  g_test_add_func ("/remedy-list/label", test_label);
  g_test_add_func ("/remedy-list/resampling", test_resampling);
  g_test_add_func ("/remedy-list/hidden-when-it-fits", test_hidden_when_it_fits);
  return g_test_run ();
}
