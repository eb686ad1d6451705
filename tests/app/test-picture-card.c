/* The card around a heatmap: sliders, menu, read-out, and what stands there without values. */
#include "window-test.h"

#include "app/facet-grid.h"
#include "app/heatmap-view.h"
#include "app/picture-card.h"
#include "app/range-bar.h"

static ScopeSession *session;
static ScopePicture *picture;
static GtkWidget *card;

static GtkWidget *
begin (const char *tensor)
{
  GtkWidget *window;

  session = scope_session_new ();
  scope_session_edit_tensor (session, 0, tensor);
  picture = g_list_model_get_item (scope_session_get_pictures (session), 0);
  g_object_unref (picture);
  card = scope_picture_card_new (picture);
  window = scope_test_window (card, 300, 400);
  return window;
}

static void
end (GtkWidget *window)
{
  scope_assert_dies (window, card);
  g_assert_finalize_object (session);
}

static const struct
{
  const char *name, *tensor;
  guint sliders;
} cases[] = {
  { "scalar", "[]", 0 },
  { "matrix", "[3, 4]", 0 },
  { "size-1-needs-none", "[1, 1, 3, 4]", 0 },
  { "one-other", "[2, 3, 4]", 1 },
  { "three-others", "[2, 3, 4, 5, 6]", 3 },
};

static void
test_sliders (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  GtkWidget *window = begin (cases[i].tensor);
  g_autoptr (GPtrArray) sliders = scope_test_find_all (card, GTK_TYPE_SCALE);

  g_assert_cmpuint (sliders->len, ==, cases[i].sliders);
  scope_assert_named (card);
  end (window);
}

static void
test_slide (void)
{
  GtkWidget *window = begin ("[4, 3, 5]");
  GtkWidget *scale = scope_test_find (card, GTK_TYPE_SCALE);
  g_autofree char *caption = NULL;

  scope_assert_label (scale, "C, axis 0 (−3)");
  gtk_range_set_value (GTK_RANGE (scale), 2);
  g_assert_cmpint (scope_picture_get_index (picture, 0), ==, 2);
  g_object_get (picture, "caption", &caption, NULL);
  g_assert_cmpstr (caption, ==, "A[2, :, :]");
  scope_picture_set_index (picture, 0, 3);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (scale)), ==, 3);
  end (window);
}

static void
test_actions (void)
{
  GtkWidget *window = begin ("[4, 3, 5]");

  g_assert_true (gtk_widget_activate_action (card, "picture.transpose", NULL));
  g_assert_cmpint (scope_picture_get_view (picture)->row_axis, ==, 2);
  g_assert_true (gtk_widget_activate_action (card, "picture.row-axis", "i", 0));
  g_assert_cmpint (scope_picture_get_view (picture)->row_axis, ==, 0);
  g_assert_true (gtk_widget_activate_action (card, "picture.palette", "i", SCOPE_PALETTE_MAGMA));
  g_assert_cmpint (scope_picture_get_view (picture)->palette, ==, SCOPE_PALETTE_MAGMA);
  end (window);
}

static void
test_footer (void)
{
  GtkWidget *window = begin ("ramp:float32[2, 3]");
  GtkWidget *footer = scope_test_find_class (card, "readout");

  g_assert_true (g_str_has_prefix (gtk_label_get_text (GTK_LABEL (footer)), "tensor[2, 3] n=6"));
  scope_picture_set_cursor (picture, 1, 1);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (footer)), ==, "A[1, 1] = 4.0  float32");
  end (window);
}

/* A tensor of unknown size has no values; the card says so. */
static void
test_unknown (void)
{
  GtkWidget *window = begin ("[?, 3]");
  g_autoptr (GPtrArray) labels = scope_test_find_all (card, GTK_TYPE_LABEL);
  gboolean told = FALSE;

  for (guint i = 0; i < labels->len; i++)
    told = told
           || g_str_equal (gtk_label_get_text (g_ptr_array_index (labels, i)),
                           "A size is not known, so there are no values to show.");
  g_assert_true (told);
  end (window);
}

static GtkWidget *
get_facets (void)
{
  return scope_test_find (card, SCOPE_TYPE_FACET_GRID);
}

static guint
count_facets (void)
{
  g_autoptr (GPtrArray) views = scope_test_find_all (get_facets (), SCOPE_TYPE_HEATMAP_VIEW);

  return views->len;
}

static gboolean
says (const char *text)
{
  g_autoptr (GPtrArray) labels = scope_test_find_all (get_facets (), GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (g_str_equal (gtk_label_get_text (g_ptr_array_index (labels, i)), text))
      return TRUE;
  return FALSE;
}

/* A hundred places of an axis are seen page by page. */
static void
test_facet_pages (void)
{
  GtkWidget *window = begin ("ramp:float32[100, 3, 4]");
  g_autoptr (GPtrArray) buttons = NULL;

  scope_picture_set_axis_use (picture, 0, SCOPE_AXIS_FACETS, SCOPE_AGGREGATE_MEAN);
  scope_test_settle ();
  g_assert_cmpuint (count_facets (), ==, 24);
  g_assert_true (says ("1–24 of 100"));
  g_assert_true (says ("A[23, :, :]"));
  buttons = scope_test_find_all (get_facets (), GTK_TYPE_BUTTON);
  g_assert_cmpuint (buttons->len, ==, 2);
  scope_assert_named (get_facets ());
  g_assert_false (gtk_widget_get_sensitive (g_ptr_array_index (buttons, 0)));
  for (int i = 0; i < 4; i++)
    g_signal_emit_by_name (g_ptr_array_index (buttons, 1), "clicked");
  scope_test_settle ();
  g_assert_true (says ("97–100 of 100"));
  g_assert_cmpuint (count_facets (), ==, 4);
  g_assert_false (gtk_widget_get_sensitive (g_ptr_array_index (buttons, 1)));
  g_assert_cmpint (scope_picture_get_index (picture, 0), ==, 96);
  scope_picture_set_index (picture, 0, 30);
  g_assert_true (says ("25–48 of 100"));
  end (window);
}

static gboolean
has_values (gpointer data)
{
  return scope_picture_get_values (picture) != NULL
         && scope_picture_get_values (picture)->statistics.count == 24;
}

/* One bar where the range is the whole tensor's; else a bar for each. */
static void
test_facet_colours (void)
{
  GtkWidget *window = begin ("ramp:float32[2, 3, 4]");
  g_autoptr (GPtrArray) views = NULL;
  GtkWidget *bar;
  gboolean own;
  ScopePicture *facet;

  scope_picture_set_axis_use (picture, 0, SCOPE_AXIS_FACETS, SCOPE_AGGREGATE_MEAN);
  scope_test_wait (has_values, NULL);
  scope_test_settle ();
  views = scope_test_find_all (get_facets (), SCOPE_TYPE_HEATMAP_VIEW);
  bar = scope_test_find (get_facets (), SCOPE_TYPE_RANGE_BAR);
  g_assert_cmpuint (views->len, ==, 2);
  g_assert_true (gtk_widget_get_visible (bar));
  g_object_get (views->pdata[1], "show-bar", &own, "picture", &facet, NULL);
  g_assert_false (own);
  g_assert_cmpfloat (scope_picture_get_view (facet)->low, ==, 0);
  g_assert_cmpfloat (scope_picture_get_view (facet)->high, ==, 23);
  scope_picture_set_whole_tensor (picture, FALSE);
  g_assert_false (gtk_widget_get_visible (bar));
  g_object_get (views->pdata[1], "show-bar", &own, NULL);
  g_assert_true (own);
  g_assert_cmpint (scope_picture_get_view (facet)->range, ==, SCOPE_RANGE_SLICE);
  g_object_unref (facet);
  end (window);
}

static ScopePicture *
get_facet (guint i)
{
  g_autoptr (GPtrArray) views = scope_test_find_all (get_facets (), SCOPE_TYPE_HEATMAP_VIEW);
  g_autoptr (ScopePicture) facet = NULL;

  g_object_get (views->pdata[i], "picture", &facet, NULL);
  return facet;
}

static gboolean
facet_has_plane (gpointer data)
{
  return scope_picture_get_plane (get_facet (GPOINTER_TO_UINT (data))) != NULL;
}

/* An element chosen in a facet is chosen in the tensor; what lights up does so where it is. */
static void
test_facet_sources (void)
{
  GtkWidget *window = begin ("ramp:float32[4, 2, 3]");
  ScopeOrigin origin = { .index = { 3, 1, 2 }, .weight = 1 };
  gint64 index[SCOPE_MAX_RANK], row, column;
  guint lit;

  scope_picture_set_axis_use (picture, 0, SCOPE_AXIS_FACETS, SCOPE_AGGREGATE_MEAN);
  scope_test_settle ();
  scope_test_wait (facet_has_plane, GUINT_TO_POINTER (2));
  scope_test_wait (facet_has_plane, GUINT_TO_POINTER (1));
  scope_picture_set_cursor (get_facet (2), 1, 0);
  g_assert_true (scope_picture_get_chosen (picture, index));
  g_assert_cmpint (index[0], ==, 2);
  g_assert_cmpint (index[1], ==, 1);
  g_assert_cmpint (index[2], ==, 0);

  scope_picture_set_pin (get_facet (2), 0, 1);
  scope_picture_set_pin (get_facet (1), 1, 2);
  g_assert_true (scope_picture_get_chosen (picture, index));
  g_assert_cmpint (index[0], ==, 1);
  g_assert_cmpint (index[2], ==, 2);
  scope_picture_get_pin (get_facet (2), &row, &column);
  g_assert_cmpint (row, ==, -1);

  scope_picture_set_sources (picture, &origin, 1);
  scope_picture_get_sources (get_facet (3), &lit);
  g_assert_cmpuint (lit, ==, 1);
  scope_picture_get_sources (get_facet (1), &lit);
  g_assert_cmpuint (lit, ==, 0);
  end (window);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/picture-card/slide", test_slide);
  g_test_add_func ("/picture-card/actions", test_actions);
  g_test_add_func ("/picture-card/footer", test_footer);
  g_test_add_func ("/picture-card/unknown", test_unknown);
  g_test_add_func ("/picture-card/facets/pages", test_facet_pages);
  g_test_add_func ("/picture-card/facets/colours", test_facet_colours);
  g_test_add_func ("/picture-card/facets/sources", test_facet_sources);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/picture-card/sliders/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_sliders);
    }
  return g_test_run ();
}
