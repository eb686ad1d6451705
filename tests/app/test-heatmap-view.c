/* The heatmap: sharp squares, and one cell at a time that says what it holds. */
#include "window-test.h"

#include "app/heatmap-cursor.h"
#include "app/heatmap-view-private.h"
#include "paint/palette.h"

#include <string.h>

static ScopeSession *session;
static ScopePicture *picture;
static GtkWidget *view;

static gboolean
has_plane (gpointer data)
{
  return scope_picture_get_plane (data) != NULL && !scope_picture_get_stale (data);
}

static gboolean
is_allocated (gpointer data)
{
  return gtk_widget_get_width (data) > 1;
}

static GtkWidget *
begin (const char *tensor)
{
  GtkWidget *window;

  session = scope_session_new ();
  scope_session_edit_tensor (session, 0, tensor);
  picture = g_list_model_get_item (scope_session_get_pictures (session), 0);
  g_object_unref (picture);
  view = g_object_new (SCOPE_TYPE_HEATMAP_VIEW, "picture", picture, NULL);
  window = scope_test_window (view, 300, 300);
  scope_test_wait (is_allocated, view);
  scope_test_wait (has_plane, picture);
  scope_test_settle ();
  return window;
}

static void
end (GtkWidget *window)
{
  scope_assert_dies (window, view);
  g_assert_finalize_object (session);
}

static GtkWidget *
get_cursor (void)
{
  return scope_test_find (view, SCOPE_TYPE_HEATMAP_CURSOR);
}

static void
test_roles (void)
{
  GtkWidget *window = begin ("ramp:float32[2, 3]");

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_ROLE_GRID);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (get_cursor ()), GTK_ACCESSIBLE_ROLE_GRID_CELL);
  scope_assert_label (view, "Heatmap of A[:, :]");
  end (window);
}

static const struct
{
  const char *name, *action;
  int rows, columns;
  const char *label;
} moves[] = {
  { "right", "heatmap.move", 0, 1, "row 0, column 1, value 1.0" },
  { "down", "heatmap.move", 1, 0, "row 1, column 0, value 3.0" },
  { "not-beyond", "heatmap.move", -1, -1, "row 0, column 0, value 0.0" },
  { "end", "heatmap.jump", 0, 1, "row 0, column 2, value 2.0" },
  { "last", "heatmap.jump", 1, 1, "row 1, column 2, value 5.0" },
};

static void
test_move (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  GtkWidget *window = begin ("ramp:float32[2, 3]");
  GtkWidget *cursor = get_cursor ();

  gtk_widget_grab_focus (cursor);
  scope_picture_set_cursor (picture, 0, 0);
  gtk_widget_activate_action (cursor, moves[i].action, "(ii)", moves[i].rows, moves[i].columns);
  scope_assert_label (cursor, moves[i].label);
  end (window);
}

/* Tab comes in and shows the first cell. */
static void
test_focus (void)
{
  GtkWidget *window = begin ("ramp:int64[2, 3]");

  g_assert_true (gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD));
  scope_test_settle ();
  g_assert_true (gtk_widget_has_focus (get_cursor ()));
  scope_assert_label (get_cursor (), "row 0, column 0, value 0");
  end (window);
}

/* Every pixel of the map is a colour of a cell: nothing is blurred between them. */
static void
test_sharp (void)
{
  GtkWidget *window = begin ("checkerboard(1):float32[4, 4]");
  cairo_surface_t *surface = scope_test_draw (view);
  const guint32 *row =
      (const guint32 *)(gconstpointer)(cairo_image_surface_get_data (surface)
                                       + cairo_image_surface_get_stride (surface) * 150);
  g_autoptr (GHashTable) colours = g_hash_table_new (NULL, NULL);
  int changes = 0;

  /* A line across the middle, within the map. */
  for (int x = 80; x < 200; x++)
    {
      g_hash_table_add (colours, GUINT_TO_POINTER (row[x]));
      changes += row[x] != row[x - 1];
    }
  g_assert_cmpint (changes, >=, 1);
  g_assert_cmpuint (g_hash_table_size (colours), <=, 40);
  cairo_surface_destroy (surface);
  end (window);
}

/* Planes of every shape and kind are drawn without complaint. */
static const struct
{
  const char *name, *tensor;
} planes[] = {
  { "scalar", "ramp:float32[]" },           { "vector", "ramp:float32[1000]" },
  { "long", "random:float32[3, 100000]" },  { "tall", "random:float32[100000, 3]" },
  { "big", "random:float32[5000, 5000]" },  { "empty", "ramp:float32[0, 5]" },
  { "bool", "checkerboard(1):bool[8, 8]" }, { "complex", "ramp:complex64[8, 8]" },
  { "one-value", "ones:float32[16, 16]" },
};

static void
test_plane (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  GtkWidget *window = begin (planes[i].tensor);

  gtk_widget_grab_focus (get_cursor ());
  scope_test_settle ();
  cairo_surface_destroy (scope_test_draw (view));
  end (window);
}

/* ---- looking around ------------------------------------------------------------------------- */

static gboolean
has_detail (gpointer data)
{
  return scope_picture_get_detail (data) != NULL;
}

static void
count (GObject *object, int *times)
{
  (*times)++;
}

/* Zooming reads a part element by element; two clicks' action gives back the whole. */
static void
test_zoom (void)
{
  GtkWidget *window = begin ("ramp:int64[2000, 2000]");
  g_autofree char *zoomed = NULL;
  g_autofree char *fitted = NULL;
  int changed = 0;

  g_signal_connect (view, "viewport-changed", G_CALLBACK (count), &changed);
  gtk_widget_grab_focus (get_cursor ());
  gtk_widget_activate_action (get_cursor (), "heatmap.zoom-for", "d", 48.0);
  g_assert_cmpint (changed, ==, 1);
  g_assert_cmpfloat (scope_heatmap_view_get_viewport (SCOPE_HEATMAP_VIEW (view))->zoom, >, 10);
  scope_test_wait (has_detail, picture);
  g_assert_nonnull (scope_picture_get_detail (picture)->element);
  g_object_get (view, "zoom-text", &zoomed, NULL);
  g_assert_nonnull (strstr (zoomed, " %"));
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (zoomed, NULL), 4800, 200);
  scope_test_settle ();
  g_assert_cmpint (scope_test_count_drawn (view), >, 1000);

  gtk_widget_activate_action (get_cursor (), "heatmap.zoom", "i", -1);
  g_assert_cmpint (changed, ==, 2);
  gtk_widget_activate_action (get_cursor (), "heatmap.zoom-for", "d", 0.0);
  g_object_get (view, "zoom-text", &fitted, NULL);
  g_assert_true (g_str_has_prefix (fitted, "cell: mean of "));
  g_assert_null (scope_picture_get_detail (picture));
  end (window);
}

/* What the keys choose is brought into view. */
static void
test_follow (void)
{
  GtkWidget *window = begin ("ramp:int64[300, 300]");
  const ScopeHeatmapViewport *viewport =
      scope_heatmap_view_get_viewport (SCOPE_HEATMAP_VIEW (view));

  gtk_widget_grab_focus (get_cursor ());
  gtk_widget_activate_action (get_cursor (), "heatmap.zoom-for", "d", 48.0);
  gtk_widget_activate_action (get_cursor (), "heatmap.jump", "(ii)", 1, 1);
  scope_test_wait (has_detail, picture);
  scope_assert_label (get_cursor (), "row 299, column 299, value 89999");
  g_assert_cmpfloat ((double)viewport->x, >, 0.9);
  g_assert_cmpfloat ((double)viewport->y, >, 0.9);
  end (window);
}

/* The same viewport in two heatmaps shows the same share. */
static void
test_viewport (void)
{
  GtkWidget *window = begin ("ramp:int64[300, 300]");
  ScopeHeatmapViewport wanted = { 7, 0.25L, 0.75L };
  ScopeHeatmapViewport beyond = { 1e9, 0.5L, 0.5L };

  scope_heatmap_view_set_viewport (SCOPE_HEATMAP_VIEW (view), &wanted);
  g_assert_cmpfloat (scope_heatmap_view_get_viewport (SCOPE_HEATMAP_VIEW (view))->zoom, ==, 7);
  scope_heatmap_view_set_viewport (SCOPE_HEATMAP_VIEW (view), &beyond);
  g_assert_cmpfloat (scope_heatmap_view_get_viewport (SCOPE_HEATMAP_VIEW (view))->zoom, <, 1e4);
  end (window);
}

static void
test_pin (void)
{
  GtkWidget *window = begin ("ramp:int64[4, 5]");
  gint64 row, column;

  gtk_widget_grab_focus (get_cursor ());
  scope_picture_set_cursor (picture, 2, 3);
  gtk_widget_activate_action (get_cursor (), "heatmap.pin", NULL);
  scope_picture_set_cursor (picture, -1, -1);
  scope_picture_get_pin (picture, &row, &column);
  g_assert_cmpint (row, ==, 2);
  g_assert_cmpint (column, ==, 3);
  g_assert_cmpstr (scope_picture_get_readout (picture), ==, "A[2, 3] = 13  int64");
  gtk_widget_activate_action (get_cursor (), "heatmap.unpin", NULL);
  scope_picture_get_pin (picture, &row, &column);
  g_assert_cmpint (row, ==, -1);
  g_assert_null (scope_picture_get_readout (picture));
  end (window);
}

static void
take_text (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **)data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static const struct
{
  const char *what, *expected;
} copies[] = {
  { "value", "-9223372036854775808" },
  { "index", "A[1, 0]" },
  { "cells", "9223372036854775807\t0\n-9223372036854775808\t1\n" },
};

static void
test_copy (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  GtkWidget *window = begin ("[[9223372036854775807, 0], [-9223372036854775808, 1]]");
  char *text = NULL;

  scope_picture_set_cursor (picture, 1, 0);
  gtk_widget_activate_action (view, "heatmap.copy", "s", copies[i].what);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (view), NULL, take_text, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (text, ==, copies[i].expected);
  g_free (text);
  end (window);
}

/* An index that is typed is gone to, other axes included; a wrong one says why and stays. */
static void
test_go_to (void)
{
  GtkWidget *window = begin ("ramp:int64[3, 40, 50]");
  GtkWidget *entry;
  gint64 row, column;

  gtk_widget_activate_action (view, "heatmap.go-to", NULL);
  scope_test_settle ();
  entry = scope_test_find (view, GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "2, 40, 1");
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (gtk_widget_get_visible (scope_test_find_class (view, "problem")));
  gtk_editable_set_text (GTK_EDITABLE (entry), "[2, -1, 7]");
  g_signal_emit_by_name (entry, "activate");
  scope_test_settle ();
  scope_test_settle ();
  scope_picture_get_cursor (picture, &row, &column);
  g_assert_cmpint (scope_picture_get_index (picture, 0), ==, 2);
  g_assert_cmpint (row, ==, 39);
  g_assert_cmpint (column, ==, 7);
  end (window);
}

static gboolean
is_set (gpointer data)
{
  return *(int *)data > 0;
}

static void
searched (ScopePicture *found, gint64 row, gint64 column, int *times)
{
  (*times)++;
}

/* N goes from one NaN to the next, and round. */
static void
test_nan (void)
{
  GtkWidget *window = begin ("[[0, nan, 1], [2, 3, nan]]");
  static const int expected[][2] = { { 0, 1 }, { 1, 2 }, { 0, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      gint64 row, column;
      int times = 0;
      gulong handler = g_signal_connect (picture, "searched", G_CALLBACK (searched), &times);

      gtk_widget_activate_action (view, "heatmap.next-nan", NULL);
      scope_test_wait (is_set, &times);
      scope_picture_get_cursor (picture, &row, &column);
      g_assert_cmpint (row, ==, expected[i][0]);
      g_assert_cmpint (column, ==, expected[i][1]);
      g_signal_handler_disconnect (picture, handler);
    }
  end (window);
}

/* A range by hand, from its popover. */
static void
test_range (void)
{
  GtkWidget *window = begin ("ramp:int64[4, 5]");
  g_autoptr (GPtrArray) entries = NULL;

  gtk_widget_activate_action (view, "heatmap.edit-range", NULL);
  scope_test_settle ();
  entries = scope_test_find_all (view, GTK_TYPE_ENTRY);
  g_assert_cmpuint (entries->len, ==, 2);
  gtk_editable_set_text (GTK_EDITABLE (entries->pdata[0]), "2");
  gtk_editable_set_text (GTK_EDITABLE (entries->pdata[1]), "many");
  g_signal_emit_by_name (entries->pdata[1], "activate");
  g_assert_cmpint (scope_picture_get_view (picture)->range, ==, SCOPE_RANGE_SLICE);
  gtk_editable_set_text (GTK_EDITABLE (entries->pdata[1]), "7.5");
  g_signal_emit_by_name (entries->pdata[1], "activate");
  g_assert_cmpint (scope_picture_get_view (picture)->range, ==, SCOPE_RANGE_MANUAL);
  g_assert_cmpfloat (scope_picture_get_view (picture)->low, ==, 2);
  g_assert_cmpfloat (scope_picture_get_view (picture)->high, ==, 7.5);
  end (window);
}

/* [[0, 1], [1, 0]] is four boxes of two colours in every style. */
static const struct
{
  const char *name;
  AdwColorScheme scheme;
} styles[] = { { "light", ADW_COLOR_SCHEME_FORCE_LIGHT }, { "dark", ADW_COLOR_SCHEME_FORCE_DARK } };

static void
test_four_boxes (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  GtkWidget *window;
  cairo_surface_t *surface;
  int found[2] = { 0, 0 };

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), styles[i].scheme);
  window = begin ("[[0, 1], [1, 0]]");
  scope_heatmap_view_set_show_bar (SCOPE_HEATMAP_VIEW (view), FALSE);
  scope_test_settle ();
  surface = scope_test_draw (view);
  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      {
        guint32 pixel;

        memcpy (&pixel,
                cairo_image_surface_get_data (surface)
                    + y * cairo_image_surface_get_stride (surface) + 4 * x,
                4);
        found[0] += pixel == scope_palette_viridis[0];
        found[1] += pixel == scope_palette_viridis[255];
      }
  /* As many of both, but for the values' ink. */
  g_assert_cmpint (found[0], >, 5000);
  g_assert_cmpint (ABS (found[0] - found[1]), <, found[0] / 5);
  cairo_surface_destroy (surface);
  end (window);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

/* ---- painted is picked ---------------------------------------------------------------------- */

static const struct
{
  const char *name, *tensor;
  double zoom;
  gboolean transposed, no_bar;
} pictures[] = {
  { "odd-sizes", "random:float32[31, 17]", 1, FALSE, FALSE },
  { "one-row", "random:float32[1, 53]", 1, FALSE, FALSE },
  { "one-column", "random:float32[53, 1]", 1, FALSE, FALSE },
  { "closer", "random:float32[31, 17]", 2.3, FALSE, FALSE },
  { "transposed", "random:float32[31, 17]", 1, TRUE, FALSE },
  { "closer-transposed", "random:float32[31, 17]", 1.7, TRUE, FALSE },
  { "without-bar-as-facets", "random:float32[23, 29]", 1, FALSE, TRUE },
  { "blocks", "random:float32[1001, 777]", 1, FALSE, FALSE },
  { "detail", "random:float32[1001, 777]", 6.1, FALSE, FALSE },
};

/* What is drawn for an element: its cell in the finest plane that has one. */
static guint32
colour_at (gint64 row, gint64 column)
{
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (view);
  const ScopePlane *plane = self->detail.plane != NULL ? self->detail.plane : self->overview.plane;
  gint64 r = (row - plane->row_begin) / plane->row_block;
  gint64 c = (column - plane->column_begin) / plane->column_block;

  return scope_color_scale_map (&self->scale, plane->value[r * plane->cell_columns + c]);
}

/* Every pixel of the widget: one that picks an element has its colour, within the map every one
 * picks. */
static void
test_painted_is_picked (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  GtkWidget *window = begin (pictures[i].tensor);
  ScopeHeatmapView *self = SCOPE_HEATMAP_VIEW (view);
  ScopeHeatmapViewport viewport = { pictures[i].zoom, 0.4L, 0.7L };
  cairo_surface_t *surface;
  int picked = 0;

  scope_heatmap_view_set_show_bar (self, !pictures[i].no_bar);
  if (pictures[i].transposed)
    scope_picture_transpose (picture);
  scope_test_wait (has_plane, picture);
  scope_test_settle ();
  scope_heatmap_view_set_viewport (self, &viewport);
  scope_test_settle ();
  scope_picture_settle_part (picture, g_get_monotonic_time () + 5 * G_USEC_PER_SEC);
  scope_test_settle ();
  scope_picture_set_cursor (picture, -1, -1);
  scope_test_settle ();
  surface = scope_test_draw (view);
  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      {
        gint64 row, column;
        guint32 pixel;

        if (!scope_heatmap_view_element_at (self, x + 0.5, y + 0.5, &row, &column))
          continue;
        picked++;
        memcpy (&pixel,
                cairo_image_surface_get_data (surface)
                    + y * cairo_image_surface_get_stride (surface) + 4 * x,
                4);
        if (pixel != colour_at (row, column))
          g_error ("%s: pixel %d, %d is %08x, not %08x of %d, %d", pictures[i].name, x, y, pixel,
                   colour_at (row, column), (int)row, (int)column);
      }
  g_assert_cmpint (ABS (picked - self->window.width * self->window.height), <,
                   self->window.width + self->window.height);
  cairo_surface_destroy (surface);
  end (window);
}

/* ---- tensors with little to show ------------------------------------------------------------ */

static const struct
{
  const char *name, *tensor;
  ScopeNorm norm;
  const char *statistics, *readout; /* of the first cell; NULL: none */
  gint64 bad;                       /* cells without a colour of the palette; −1: no cells */
} sparse[] = {
  { "one-row", "ramp:float32[1, 9]", SCOPE_NORM_LINEAR, "tensor[1, 9] n=9 x∈[0, 8] μ=4 σ=2.582",
    "A[0, 0] = 0.0  float32", 0 },
  { "one-column", "ramp:float32[9, 1]", SCOPE_NORM_LINEAR, "tensor[9, 1] n=9 x∈[0, 8] μ=4 σ=2.582",
    "A[0, 0] = 0.0  float32", 0 },
  { "scalar", "ramp:float32[]", SCOPE_NORM_LINEAR, "tensor[] n=1 x=0", "A = 0.0  float32", 0 },
  { "no-rows", "ramp:float32[0, 5]", SCOPE_NORM_LINEAR, "tensor[0, 5] n=0", NULL, -1 },
  { "no-columns", "ramp:float32[5, 0]", SCOPE_NORM_LINEAR, "tensor[5, 0] n=0", NULL, -1 },
  { "all-nan", "[[nan, nan], [nan, nan]]", SCOPE_NORM_LINEAR, "tensor[2, 2] n=4 nan!×4",
    "A[0, 0] = nan  float32", 4 },
  { "constant", "ones:float32[4, 4]", SCOPE_NORM_LINEAR, "tensor[4, 4] n=16 x∈[1, 1] μ=1 σ=0",
    "A[0, 0] = 1.0  float32", 0 },
  { "all-negative", "[[-1, -2], [-3.5, -4]]", SCOPE_NORM_LINEAR,
    "tensor[2, 2] n=4 x∈[-4, -1] μ=-2.625 σ=1.192", "A[0, 0] = -1.0  float32", 0 },
  { "infinities", "[[inf, -inf, nan], [1, 0, -1]]", SCOPE_NORM_LINEAR,
    "tensor[2, 3] n=6 x∈[-1, 1] μ=0 σ=0.8165 nan! +inf! -inf!", "A[0, 0] = inf  float32", 1 },
  { "log-of-none-above-0", "[[-1, -2], [0, -4]]", SCOPE_NORM_LOG,
    "tensor[2, 2] n=4 x∈[-4, 0] μ=-1.75 σ=1.479", "A[0, 0] = -1  int64", 4 },
  { "log-of-some", "[[-1, 2], [0, 100]]", SCOPE_NORM_LOG,
    "tensor[2, 2] n=4 x∈[-1, 100] μ=25.25 σ=43.17", "A[0, 0] = -1  int64", 2 },
  { "extreme-integers", "[[9223372036854775807, -9223372036854775808]]", SCOPE_NORM_LINEAR, NULL,
    "A[0, 0] = 9223372036854775807  int64", 0 },
};

static void
test_sparse (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  GtkWidget *window = begin (sparse[i].tensor);
  const ScopePlane *plane;
  g_autofree char *statistics = NULL;
  gint64 bad = 0;

  scope_picture_set_norm (picture, sparse[i].norm);
  scope_test_settle ();
  plane = scope_picture_get_plane (picture);
  g_assert_nonnull (plane);
  g_object_get (picture, "statistics", &statistics, NULL);
  if (sparse[i].statistics != NULL)
    g_assert_cmpstr (statistics, ==, sparse[i].statistics);
  scope_picture_set_cursor (picture, 0, 0);
  g_assert_cmpstr (scope_picture_get_readout (picture), ==, sparse[i].readout);
  for (gint64 k = 0; k < plane->cell_rows * plane->cell_columns; k++)
    bad += scope_color_scale_map (&SCOPE_HEATMAP_VIEW (view)->scale, plane->value[k])
           == SCOPE_COLOR_BAD;
  g_assert_cmpint (plane->cell_rows * plane->cell_columns > 0 ? bad : -1, ==, sparse[i].bad);
  g_assert_cmpint (scope_test_count_drawn (view), >, 200);
  end (window);
}

int
main (int argc, char **argv)
{
  scope_window_test_init (&argc, &argv);
  g_test_add_func ("/heatmap-view/roles", test_roles);
  g_test_add_func ("/heatmap-view/focus", test_focus);
  g_test_add_func ("/heatmap-view/sharp", test_sharp);
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autofree char *path = g_strconcat ("/heatmap-view/move/", moves[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_move);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (planes); i++)
    {
      g_autofree char *path = g_strconcat ("/heatmap-view/plane/", planes[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_plane);
    }
  g_test_add_func ("/heatmap-view/zoom", test_zoom);
  g_test_add_func ("/heatmap-view/follow", test_follow);
  g_test_add_func ("/heatmap-view/viewport", test_viewport);
  g_test_add_func ("/heatmap-view/pin", test_pin);
  g_test_add_func ("/heatmap-view/go-to", test_go_to);
  g_test_add_func ("/heatmap-view/nan", test_nan);
  g_test_add_func ("/heatmap-view/range", test_range);
  for (gsize i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      g_autofree char *path = g_strconcat ("/heatmap-view/copy/", copies[i].what, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_copy);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      g_autofree char *path = g_strconcat ("/heatmap-view/four-boxes/", styles[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_four_boxes);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autofree char *path = g_strconcat ("/heatmap-view/picked/", pictures[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_painted_is_picked);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (sparse); i++)
    {
      g_autofree char *path = g_strconcat ("/heatmap-view/sparse/", sparse[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_sparse);
    }
  return g_test_run ();
}
