/* The page: tiles, plots, views, the wipe's line, what a tile's menu changes; named, small, and it
 * dies. */
#include "window-test.h"

#include "app/axis-slider.h"
#include "app/compare-page.h"
#include "app/heatmap-view.h"
#include "app/name-completion.h"
#include "app/plot-view.h"
#include "app/range-bar.h"
#include "app/source-chooser.h"
#include "app/tile-card.h"
#include "app/tile-editor.h"
#include "app/wipe.h"
#include "app/work-line.h"
#include "model/comparison.h"

static ScopeSession *session;
static GtkWidget *page;

static ScopeComparison *
comparison (void)
{
  ScopeComparison *found;

  g_object_get (page, "comparison", &found, NULL);
  g_object_unref (found);
  return found;
}

static gboolean
is_done (gpointer data)
{
  return !scope_comparison_get_busy (comparison ());
}

static GtkWidget *
begin (int width, int height)
{
  GtkWidget *window;

  session = scope_session_new ();
  page = g_object_new (SCOPE_TYPE_COMPARE_PAGE, "session", session, NULL);
  scope_comparison_set_source_size (comparison (), "60");
  scope_comparison_set_size (comparison (), "12");
  window = scope_test_window (page, width, height);
  scope_test_wait (is_done, NULL);
  scope_test_settle ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return window;
}

static void
end (GtkWidget *window)
{
  scope_assert_dies (window, page);
  g_assert_finalize_object (session);
}

/* Profiles are read after the tiles. */
static gboolean
has_profiles (gpointer plot)
{
  g_autofree char *other = gtk_test_accessible_check_property (plot, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                               "Profile along row 6, 6 lines");

  return other == NULL;
}

static GPtrArray *
cards (void)
{
  return scope_test_find_all (page, SCOPE_TYPE_TILE_CARD);
}

static void
test_parts (void)
{
  GtkWidget *window = begin (1180, 760);
  g_autoptr (GPtrArray) tiles = cards ();
  g_autoptr (GPtrArray) plots = scope_test_find_all (page, SCOPE_TYPE_PLOT_VIEW);

  g_assert_cmpuint (tiles->len, ==, 6);
  g_assert_cmpuint (plots->len, ==, SCOPE_N_PLOTS);
  scope_assert_named (page);
  scope_test_wait (has_profiles, plots->pdata[SCOPE_PLOT_PROFILE]);
  scope_assert_label (plots->pdata[SCOPE_PLOT_SAMPLES],
                      "Where each tile takes its samples, 6 lines");
  for (guint i = 0; i < tiles->len; i++)
    g_assert_cmpint (scope_test_count_drawn (scope_tile_card_get_heatmap (tiles->pdata[i])), >,
                     1000);
  end (window);
}

static void
test_small (void)
{
  GtkWidget *window = begin (720, 460);
  int width, height;

  gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (page, GTK_ORIENTATION_VERTICAL, 720, &height, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 720);
  g_assert_cmpint (height, <=, 460);
  end (window);
}

static void
test_views (void)
{
  static const char *const names[] = { "difference", "absolute", "overshoot",
                                       "wipe",       "flicker",  "values" };
  GtkWidget *window = begin (1180, 760);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *view = NULL;

      gtk_widget_activate_action (page, "compare.view", "s", names[i]);
      scope_test_settle ();
      g_object_get (page, "view", &view, NULL);
      g_assert_cmpstr (view, ==, names[i]);
      scope_assert_named (page);
    }
  /* No view has this name. */
  gtk_widget_activate_action (page, "compare.view", "s", "sideways");
  g_assert_cmpint (scope_comparison_get_view (comparison ()), ==, SCOPE_COMPARE_VALUES);
  end (window);
}

static double
share_of (GtkWidget *card)
{
  return scope_wipe_get_share (SCOPE_WIPE (scope_test_find (card, SCOPE_TYPE_WIPE)));
}

/* One line for all tiles, wherever it is moved; and the reference as long as it is held. */
static void
test_wipe_and_flicker (void)
{
  GtkWidget *window = begin (1180, 760);
  g_autoptr (GPtrArray) tiles = cards ();
  double wipe;

  gtk_widget_activate_action (page, "compare.view", "s", "wipe");
  g_assert_cmpfloat (share_of (tiles->pdata[0]), ==, 0.5);
  scope_wipe_set_share (SCOPE_WIPE (scope_test_find (tiles->pdata[2], SCOPE_TYPE_WIPE)), 0.25);
  g_object_get (page, "wipe", &wipe, NULL);
  g_assert_cmpfloat (wipe, ==, 0.25);
  for (guint i = 0; i < tiles->len; i++)
    g_assert_cmpfloat (share_of (tiles->pdata[i]), ==, 0.25);

  gtk_widget_activate_action (page, "compare.view", "s", "flicker");
  g_assert_cmpfloat (share_of (tiles->pdata[0]), ==, 1);
  g_object_set (page, "held", TRUE, NULL);
  g_assert_cmpfloat (share_of (tiles->pdata[0]), ==, 0);
  g_assert_true (gtk_widget_get_visible (scope_tile_card_get_other (tiles->pdata[0])));
  g_object_set (page, "held", FALSE, NULL);
  g_assert_cmpfloat (share_of (tiles->pdata[0]), ==, 1);
  g_assert_false (gtk_widget_get_visible (scope_tile_card_get_other (tiles->pdata[0])));
  end (window);
}

static double
zoom_of (GtkWidget *card)
{
  GtkWidget *heatmap = scope_tile_card_get_heatmap (SCOPE_TILE_CARD (card));

  return scope_heatmap_view_get_viewport (SCOPE_HEATMAP_VIEW (heatmap))->zoom;
}

static void
zoom_to (GtkWidget *card, double zoom)
{
  ScopeHeatmapViewport viewport = { zoom, 0.5L, 0.5L };
  GtkWidget *heatmap = scope_tile_card_get_heatmap (SCOPE_TILE_CARD (card));

  scope_heatmap_view_set_viewport (SCOPE_HEATMAP_VIEW (heatmap), &viewport);
}

/* Zoom goes to all tiles, to none of the others while they are not linked, and back again. */
static void
test_linked (void)
{
  GtkWidget *window = begin (1180, 760);
  g_autoptr (GPtrArray) tiles = cards ();
  GtkWidget *other = scope_tile_card_get_other (tiles->pdata[1]);

  zoom_to (tiles->pdata[1], 2);
  g_assert_cmpfloat (zoom_of (tiles->pdata[4]), ==, 2);
  gtk_widget_activate_action (page, "compare.linked", NULL);
  g_assert_false (scope_comparison_get_linked (comparison ()));
  zoom_to (tiles->pdata[1], 3);
  g_assert_cmpfloat (zoom_of (tiles->pdata[0]), ==, 2);
  g_assert_cmpfloat (zoom_of (tiles->pdata[4]), ==, 2);
  /* The reference of its wipe is the same place all the same. */
  g_assert_cmpfloat (scope_heatmap_view_get_viewport (SCOPE_HEATMAP_VIEW (other))->zoom, ==, 3);
  gtk_widget_activate_action (page, "compare.linked", NULL);
  g_assert_cmpfloat (zoom_of (tiles->pdata[1]), ==, 2);
  end (window);
}

/* Tiles are moved from the keyboard, which stays on them. */
static void
test_move (void)
{
  GtkWidget *window = begin (1180, 760);
  g_autoptr (GPtrArray) before = cards ();
  g_autoptr (GPtrArray) after = NULL;
  GtkWidget *focus;

  gtk_widget_activate_action (before->pdata[1], "tile.move", "i", -1);
  after = cards ();
  focus = gtk_root_get_focus (GTK_ROOT (window));
  g_assert_true (focus != NULL && gtk_widget_is_ancestor (focus, after->pdata[0]));
  g_assert_cmpuint (scope_comparison_get_reference (comparison ()), ==, 3);
  /* There is nothing in front of the first. */
  gtk_widget_activate_action (after->pdata[0], "tile.move", "i", -1);
  gtk_widget_activate_action (after->pdata[0], "tile.remove", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (scope_comparison_get_tiles (comparison ())), ==, 5);
  focus = gtk_root_get_focus (GTK_ROOT (window));
  g_assert_true (focus != NULL && gtk_widget_is_ancestor (focus, page));
  end (window);
}

/* Maps are equally large, however long the words below them are. */
static void
test_equal_maps (void)
{
  GtkWidget *window = begin (1180, 760);
  g_autoptr (GPtrArray) tiles = cards ();
  int height = gtk_widget_get_height (scope_tile_card_get_heatmap (tiles->pdata[0]));

  for (guint i = 1; i < tiles->len; i++)
    g_assert_cmpint (gtk_widget_get_height (scope_tile_card_get_heatmap (tiles->pdata[i])), ==,
                     height);
  end (window);
}

/* The bar of colours stays when the first tile has none to show. */
static void
test_bar (void)
{
  GtkWidget *window = begin (1180, 760);
  GtkWidget *bar = scope_test_find (page, SCOPE_TYPE_RANGE_BAR);

  g_assert_cmpint (scope_test_count_drawn (bar), >, 100);
  scope_comparison_set_expression (comparison (), 0, "A @ A @ Q");
  scope_test_wait (is_done, NULL);
  scope_test_settle ();
  g_assert_cmpint (scope_test_count_drawn (bar), >, 100);
  end (window);
}

static void
test_reference (void)
{
  GtkWidget *window = begin (1180, 760);
  g_autoptr (GPtrArray) tiles = cards ();

  gtk_widget_activate_action (tiles->pdata[1], "tile.make-reference", NULL);
  g_assert_cmpuint (scope_comparison_get_reference (comparison ()), ==, 1);
  g_assert_nonnull (scope_test_find_class (tiles->pdata[1], "reference"));
  g_assert_null (scope_test_find_class (tiles->pdata[3], "reference"));
  scope_test_wait (is_done, NULL);
  end (window);
}

static void
test_editor (void)
{
  GtkWidget *window = begin (1180, 760);
  GListModel *tiles = scope_comparison_get_tiles (comparison ());
  g_autoptr (ScopeComparisonTile) tile = g_list_model_get_item (tiles, 0);
  GtkWidget *editor = g_object_ref_sink (scope_tile_editor_new (comparison (), tile));
  g_autoptr (GPtrArray) lists = scope_test_find_all (editor, GTK_TYPE_DROP_DOWN);
  g_autoptr (GPtrArray) checks = scope_test_find_all (editor, GTK_TYPE_CHECK_BUTTON);
  GtkWidget *entry = scope_test_find (editor, GTK_TYPE_ENTRY);

  g_assert_false (gtk_widget_get_sensitive (checks->pdata[0]));
  gtk_drop_down_set_selected (lists->pdata[1], 3);
  g_assert_cmpstr (scope_comparison_tile_get_title (tile), ==, "bicubic");
  g_assert_true (gtk_widget_get_sensitive (checks->pdata[0]));
  gtk_check_button_set_active (checks->pdata[0], TRUE);
  gtk_check_button_set_active (checks->pdata[1], TRUE);
  g_assert_cmpstr (scope_comparison_tile_get_title (tile), ==,
                   "bicubic · antialias · align_corners");
  gtk_drop_down_set_selected (lists->pdata[0], SCOPE_LIBRARY_PILLOW);
  g_assert_cmpstr (scope_comparison_tile_get_title (tile), ==, "Pillow nearest");
  gtk_editable_set_text (GTK_EDITABLE (entry), "A[:, :, ::5, ::5]");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (scope_comparison_tile_get_call (tile), ==, "A[:, :, ::5, ::5]");
  gtk_widget_activate_action (editor, "editor.remove", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (tiles), ==, 5);
  g_assert_finalize_object (editor);
  scope_test_wait (is_done, NULL);
  end (window);
}

static void
test_add (void)
{
  GtkWidget *window = begin (1180, 760);
  g_autoptr (GPtrArray) tiles = NULL;

  for (int i = 0; i < 5; i++)
    gtk_widget_activate_action (page, "compare.add", NULL);
  scope_test_wait (is_done, NULL);
  scope_test_settle ();
  tiles = cards ();
  g_assert_cmpuint (tiles->len, ==, SCOPE_COMPARISON_TILES);
  end (window);
}

/* The axes that are not shown have a slider each, which moves all tiles. */
static void
test_sliders (void)
{
  GtkWidget *window = begin (1180, 760);
  g_autoptr (GPtrArray) none = scope_test_find_all (page, SCOPE_TYPE_AXIS_SLIDER);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (ScopeComparisonTile) first = NULL;
  g_autoptr (ScopeComparisonTile) last = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  scope_session_edit_tensor (session, 0, "random:float32[2,3,40,40]");
  g_assert_true (scope_comparison_set_source_name (comparison (), "A"));
  scope_test_wait (is_done, NULL);
  scope_test_settle ();
  found = scope_test_find_all (page, SCOPE_TYPE_AXIS_SLIDER);
  g_assert_cmpuint (found->len, ==, 2);
  first = g_list_model_get_item (scope_comparison_get_tiles (comparison ()), 0);
  last = g_list_model_get_item (scope_comparison_get_tiles (comparison ()), 5);
  scope_picture_set_index (scope_comparison_tile_get_picture (first), 1, 2);
  g_assert_cmpint (scope_picture_get_index (scope_comparison_tile_get_picture (last), 1), ==, 2);
  scope_assert_named (page);
  end (window);
}

/* Another session takes the place of the first, which dies. */
static void
test_retarget (void)
{
  GtkWidget *window = begin (1180, 760);
  ScopeSession *second = scope_session_new ();

  scope_compare_page_set_session (SCOPE_COMPARE_PAGE (page), second);
  scope_test_settle ();
  g_assert_finalize_object (session);
  session = second;
  scope_test_wait (is_done, NULL);
  end (window);
}

static void
type (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  scope_test_wait (is_done, NULL);
  scope_test_settle ();
}

static double
opacity_of (GtkWidget *card)
{
  return gtk_widget_get_opacity (scope_test_find (card, SCOPE_TYPE_WIPE));
}

/* What is typed as source is followed as long as it is right; what is wrong is marked, and dims
 * what stays of it. */
static void
test_typed (void)
{
  GtkWidget *window = begin (1180, 760);
  GtkWidget *chooser = scope_test_find (page, SCOPE_TYPE_SOURCE_CHOOSER);
  GtkWidget *list = scope_test_find (chooser, GTK_TYPE_DROP_DOWN);
  g_autoptr (GPtrArray) entries = scope_test_find_all (chooser, GTK_TYPE_ENTRY);
  g_autoptr (GPtrArray) tiles = cards ();
  GtkWidget *size = entries->pdata[0], *typed = entries->pdata[1];

  g_assert_true (gtk_widget_get_visible (size));
  g_assert_false (gtk_widget_get_visible (typed));
  gtk_drop_down_set_selected (
      GTK_DROP_DOWN (list),
      g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (list))) - 1);
  scope_test_settle ();
  g_assert_false (gtk_widget_get_visible (size));
  g_assert_true (gtk_widget_get_visible (typed));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (typed)), ==,
                   "zoneplate:float32[1, 1, 60, 60]");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == gtk_widget_get_first_child (typed));

  type (typed, "step:1,1,30,40");
  g_assert_cmpfloat (opacity_of (tiles->pdata[0]), ==, 1);
  type (typed, "step:1,1,30,y x");
  g_assert_true (gtk_widget_has_css_class (typed, "error"));
  g_assert_nonnull (gtk_entry_get_attributes (GTK_ENTRY (typed)));
  g_assert_cmpfloat (opacity_of (tiles->pdata[0]), <, 1);
  g_assert_cmpint (scope_test_count_drawn (scope_tile_card_get_heatmap (tiles->pdata[0])), >, 1000);
  type (typed, "step:1,1,30,40");
  g_assert_false (gtk_widget_has_css_class (typed, "error"));
  g_assert_null (gtk_entry_get_attributes (GTK_ENTRY (typed)));
  g_assert_cmpfloat (opacity_of (tiles->pdata[0]), ==, 1);
  scope_assert_named (page);
  end (window);
}

static void
test_ready (void)
{
  GtkWidget *window = begin (1180, 760);
  g_autoptr (GPtrArray) tiles = NULL;
  GtkWidget *stack = scope_test_find (page, GTK_TYPE_STACK_SWITCHER);
  GtkStack *plots = gtk_stack_switcher_get_stack (GTK_STACK_SWITCHER (stack));

  gtk_widget_activate_action (page, "compare.ready", "s", "corners");
  scope_test_wait (is_done, NULL);
  scope_test_settle ();
  tiles = cards ();
  g_assert_cmpuint (tiles->len, ==, 4);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (plots), ==, "samples");
  scope_assert_named (page);
  /* There is none of this name. */
  gtk_widget_activate_action (page, "compare.ready", "s", "none");
  end (window);
}

static gboolean
is_seen (gpointer widget)
{
  return gtk_widget_get_visible (widget);
}

/* What takes long shows that it does, and can be stopped. */
static void
test_work (void)
{
  GtkWidget *window = begin (1180, 760);
  GtkWidget *line = scope_test_find (page, SCOPE_TYPE_WORK_LINE);

  g_assert_false (gtk_widget_get_visible (line));
  scope_comparison_set_source_size (comparison (), "6000");
  scope_comparison_set_size (comparison (), "4000");
  g_assert_false (gtk_widget_get_visible (line));
  scope_test_wait (is_seen, line);
  gtk_widget_activate_action (line, "work.cancel", NULL);
  g_assert_true (scope_comparison_get_cancelled (comparison ()));
  g_assert_true (gtk_widget_get_visible (line));
  scope_comparison_set_source_size (comparison (), "60");
  scope_comparison_set_size (comparison (), "12");
  scope_test_wait (is_done, NULL);
  g_assert_false (gtk_widget_get_visible (line));
  end (window);
}

/* The words that a text at its end is completed with. */
static const struct
{
  const char *text, *words;
} completions[] = {
  { "w", "weights wide" },
  { "wei", "weights" },
  { "A + wi", "wide" },
  { "weights", "" },
  { "", "" },
  { "A.w", "" },
  { "torch.relu(w", "weights wide" },
  { "zo", "zoneplate:" },
  { "A + zo", "" },
  { "A ", "" },
};

static void
test_completion (void)
{
  GtkWidget *entry = g_object_ref_sink (gtk_entry_new ());
  GtkEntryCompletion *completion = scope_name_completion_new ();
  GtkTreeModel *model = gtk_entry_completion_get_model (completion);
  GtkTreeIter first;
  gboolean taken;

  session = scope_session_new ();
  scope_session_rename_tensor (session, 0, "weights");
  scope_session_rename_tensor (session, 1, "wide");
  scope_name_completion_set_scene (completion, scope_session_get_scene (session));
  gtk_entry_set_completion (GTK_ENTRY (entry), completion);
  for (guint i = 0; i < G_N_ELEMENTS (completions); i++)
    {
      g_autoptr (GString) found = g_string_new (NULL);
      GtkTreeIter iter;

      gtk_editable_set_text (GTK_EDITABLE (entry), completions[i].text);
      gtk_editable_set_position (GTK_EDITABLE (entry), -1);
      for (gboolean more = gtk_tree_model_get_iter_first (model, &iter); more;
           more = gtk_tree_model_iter_next (model, &iter))
        if (scope_name_completion_matches (completion, &iter))
          {
            g_autofree char *word = NULL;

            gtk_tree_model_get (model, &iter, 0, &word, -1);
            g_string_append_printf (found, found->len > 0 ? " %s" : "%s", word);
          }
      g_assert_cmpstr (found->str, ==, completions[i].words);
    }
  gtk_editable_set_text (GTK_EDITABLE (entry), "wei + 1");
  gtk_editable_set_position (GTK_EDITABLE (entry), 3);
  gtk_tree_model_get_iter_first (model, &first);
  g_signal_emit_by_name (completion, "match-selected", model, &first, &taken);
  g_assert_true (taken);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "weights + 1");
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (entry)), ==, 7);
  g_object_unref (completion);
  g_object_unref (entry);
  g_object_unref (session);
}

static void
test_clipboard (void)
{
  GtkWidget *window = begin (1180, 760);
  GdkContentProvider *content;
  g_autofree char *text = NULL;
  g_auto (GValue) value = G_VALUE_INIT;

  gtk_widget_activate_action (page, "compare.copy-metrics", NULL);
  content = gdk_clipboard_get_content (gtk_widget_get_clipboard (page));
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
  g_assert_true (g_str_has_prefix (g_value_get_string (&value), "tile\tcall\t"));
  end (window);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/compare-page/parts", test_parts);
  g_test_add_func ("/compare-page/small", test_small);
  g_test_add_func ("/compare-page/views", test_views);
  g_test_add_func ("/compare-page/wipe-and-flicker", test_wipe_and_flicker);
  g_test_add_func ("/compare-page/linked", test_linked);
  g_test_add_func ("/compare-page/move", test_move);
  g_test_add_func ("/compare-page/equal-maps", test_equal_maps);
  g_test_add_func ("/compare-page/bar", test_bar);
  g_test_add_func ("/compare-page/reference", test_reference);
  g_test_add_func ("/compare-page/editor", test_editor);
  g_test_add_func ("/compare-page/add", test_add);
  g_test_add_func ("/compare-page/sliders", test_sliders);
  g_test_add_func ("/compare-page/typed", test_typed);
  g_test_add_func ("/compare-page/ready", test_ready);
  g_test_add_func ("/compare-page/work", test_work);
  g_test_add_func ("/compare-page/completion", test_completion);
  g_test_add_func ("/compare-page/retarget", test_retarget);
  g_test_add_func ("/compare-page/clipboard", test_clipboard);
  return g_test_run ();
}
