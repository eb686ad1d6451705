/* Looking at a part of a plane: what is painted at a pixel is what is picked there, at any zoom. */
#include "paint/heatmap.h"

#include <math.h>
#include <string.h>

enum
{
  WIDTH = 170,
  HEIGHT = 150,
};

static ScopeHeatmapDecoration bare = { 0 };

/* A part of a plane whose cells are the numbers of their first elements. */
static ScopePlane *
new_part (gint64 rows,
          gint64 columns,
          const ScopePlanePart *part,
          gint64 row_block,
          gint64 column_block)
{
  ScopePlane *plane = g_new0 (ScopePlane, 1);
  *plane = (ScopePlane){ .dtype = SCOPE_FLOAT64,
                         .rows = rows,
                         .columns = columns,
                         .row_block = row_block,
                         .column_block = column_block,
                         .row_begin = part->row_begin / row_block * row_block,
                         .column_begin = part->column_begin / column_block * column_block };
  plane->cell_rows = (part->row_end - plane->row_begin + row_block - 1) / row_block;
  plane->cell_columns = (part->column_end - plane->column_begin + column_block - 1) / column_block;
  plane->value = g_new (double, (gsize)(plane->cell_rows * plane->cell_columns));
  for (gint64 r = 0; r < plane->cell_rows; r++)
    for (gint64 c = 0; c < plane->cell_columns; c++)
      plane->value[r * plane->cell_columns + c] =
          (double)((plane->row_begin + r * row_block) * 7 % 251
                   + (plane->column_begin + c * column_block) * 13 % 257);
  plane->statistics = (ScopeStatistics){ .count = 1, .min = 0, .max = 508, .min_positive = 1 };
  return plane;
}

static ScopePlane *
new_whole (gint64 rows, gint64 columns, gint64 row_block, gint64 column_block)
{
  ScopePlanePart all = { 0, rows, 0, columns };
  return new_part (rows, columns, &all, row_block, column_block);
}

static const struct
{
  const char *name;
  gint64 rows, columns, row_block, column_block; /* of the whole plane */
  double zoom, x, y;
  gboolean detail; /* the part that is seen in finer cells over it */
} windows[] = {
  { "fitted", 40, 60, 1, 1, 1, 0.5, 0.5, FALSE },
  { "a-little", 40, 60, 1, 1, 1.3, 0.2, 0.9, FALSE },
  { "closer", 40, 60, 1, 1, 5.7, 0.37, 0.61, FALSE },
  { "one-element", 40, 60, 1, 1, 80, 0.37, 0.61, FALSE },
  { "corner", 40, 60, 1, 1, 9, 1, 1, FALSE },
  { "blocks", 1000, 900, 8, 8, 3.3, 0.4, 0.3, FALSE },
  { "detail", 1000, 900, 8, 8, 13.3, 0.4, 0.3, TRUE },
  { "detail-of-elements", 1000, 900, 8, 8, 60, 0.77, 0.21, TRUE },
  { "strip", 1, 5000, 1, 50, 40, 0.123, 0.5, TRUE },
  { "enormous", 1000000000, 900000000, 10000000, 10000000, 1e9, 0.4, 0.3, TRUE },
};

typedef struct
{
  ScopePlane *plane[2];
  ScopeHeatmapWindow window;
  int layers;
} Scene;

static Scene
new_scene (gsize i, double scale)
{
  Scene scene = { .layers = 1 };
  ScopeHeatmapViewport viewport = { windows[i].zoom, windows[i].x, windows[i].y };
  scene.plane[0] = new_whole (windows[i].rows, windows[i].columns, windows[i].row_block,
                              windows[i].column_block);
  ScopeHeatmapGeometry fit = scope_heatmap_fit (scene.plane[0], 10, 8, 120, 110);
  scene.window = scope_heatmap_window (scene.plane[0], &fit, &viewport, 10, 8, 150, 130, scale);
  if (windows[i].detail)
    {
      gint64 row_block, column_block;
      ScopePlanePart part = scope_heatmap_seen (&scene.window, scale, &row_block, &column_block);
      /* Only a part of what is seen: the rest is the whole plane's. */
      part.column_end -= (part.column_end - part.column_begin) / 4;
      scene.plane[1] =
          new_part (windows[i].rows, windows[i].columns, &part, row_block, column_block);
      scene.layers = 2;
    }
  return scene;
}

/* What is drawn into a recording, as a widget does, at so many device pixels to a CSS pixel. */
static cairo_surface_t *
draw (const Scene *scene, const ScopeColorScale *colors, double scale, gboolean record)
{
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeHeatmapDecoration decoration = bare;
  ScopeHeatmapLayer layer[2] = { { scene->plane[0], NULL }, { scene->plane[1], NULL } };
  cairo_rectangle_t extents = { 0, 0, WIDTH, HEIGHT };
  cairo_surface_t *target = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  cairo_surface_t *screen =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)(WIDTH * scale), (int)(HEIGHT * scale));
  cairo_t *screen_cr = cairo_create (screen);
  cairo_t *cr = record ? cairo_create (target) : cairo_reference (screen_cr);
  cairo_scale (screen_cr, scale, scale);
  decoration.resolution = scale;
  for (int i = 0; i < scene->layers; i++)
    layer[i].raster = scope_heatmap_raster (layer[i].plane, colors);
  scope_heatmap_paint_window (layer, scene->layers, colors, &scene->window, &decoration, &theme,
                              cr);
  cairo_destroy (cr);
  if (record)
    {
      cairo_set_source_surface (screen_cr, target, 0, 0);
      cairo_paint (screen_cr);
    }
  cairo_destroy (screen_cr);
  cairo_surface_destroy (target);
  cairo_surface_flush (screen);
  for (int i = 0; i < scene->layers; i++)
    cairo_surface_destroy (layer[i].raster);
  return screen;
}

/* The value of the cell that is picked: of the finest plane that has one there. */
static gboolean
pick (const Scene *scene, double x, double y, double *value)
{
  const ScopeHeatmapWindow *window = &scene->window;
  if (x < window->x || x >= window->x + window->width || y < window->y
      || y >= window->y + window->height)
    return FALSE;
  for (int i = scene->layers - 1; i >= 0; i--)
    {
      const ScopePlane *plane = scene->plane[i];
      ScopeHeatmapGeometry geometry = scope_heatmap_place (window, plane);
      gint64 row, column;
      if (!scope_heatmap_pick_element (plane, &geometry, x, y, &row, &column))
        continue;
      row = (row - plane->row_begin) / plane->row_block;
      column = (column - plane->column_begin) / plane->column_block;
      *value = plane->value[row * plane->cell_columns + column];
      return TRUE;
    }
  return FALSE;
}

static void
check_pixels (gsize i, double scale, gboolean record)
{
  Scene scene = new_scene (i, scale);
  ScopeView view = { .palette = SCOPE_PALETTE_VIRIDIS };
  ScopeColorScale colors = scope_color_scale (&view, &scene.plane[0]->statistics);
  cairo_surface_t *surface = draw (&scene, &colors, scale, record);
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface), inside = 0;
  for (int y = 0; y < HEIGHT * scale; y++)
    for (int x = 0; x < WIDTH * scale; x++)
      {
        double value;
        guint32 pixel, expected = 0;
        memcpy (&pixel, data + y * stride + 4 * x, 4);
        if (pick (&scene, (x + 0.5) / scale, (y + 0.5) / scale, &value))
          {
            expected = scope_color_scale_map (&colors, value);
            inside++;
          }
        /* Values are written into large cells: their ink is not a colour of the palette. */
        if (pixel != expected && scene.window.across < 30)
          g_error ("%s at %g: pixel %d, %d is %08x, not %08x", windows[i].name, scale, x, y, pixel,
                   expected);
        g_assert_cmpint (pixel >> 24, ==, expected >> 24);
      }
  g_assert_cmpint (inside, >, 1000);
  cairo_surface_destroy (surface);
  for (int k = 0; k < scene.layers; k++)
    scope_plane_free (scene.plane[k]);
}

static void
test_painted_is_picked (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  for (int scale = 1; scale <= 2; scale++)
    {
      check_pixels (i, scale, FALSE);
      check_pixels (i, scale, TRUE);
    }
}

/* The element under the pointer stays there. */
static void
test_zoom_at (void)
{
  ScopePlane *plane = new_whole (1000, 900, 8, 8);
  ScopeHeatmapGeometry fit = scope_heatmap_fit (plane, 10, 8, 120, 110);
  ScopeHeatmapViewport viewport = { 1, 0.5L, 0.5L };
  ScopeHeatmapWindow window = scope_heatmap_window (plane, &fit, &viewport, 10, 8, 150, 130, 1);
  double x = 70.5, y = 60.5;
  gint64 row = 0, column = 0;
  for (int step = 0; step < 30; step++)
    {
      gint64 r = (gint64)(window.top + (y - window.y) / window.down);
      gint64 c = (gint64)(window.left + (x - window.x) / window.across);
      /* Whole pixels may take an element to its neighbour, no more. */
      if (step > 3)
        {
          g_assert_cmpint (ABS (r - row), <=, 1 + (gint64)(1 / window.down));
          g_assert_cmpint (ABS (c - column), <=, 1 + (gint64)(1 / window.across));
        }
      row = r;
      column = c;
      viewport =
          scope_heatmap_zoom_at (&window, plane, &fit, &viewport, viewport.zoom * 1.25, x, y);
      window = scope_heatmap_window (plane, &fit, &viewport, 10, 8, 150, 130, 1);
    }
  g_assert_cmpfloat (viewport.zoom, <=, scope_heatmap_most_zoom (plane, &fit));
  viewport = scope_heatmap_zoom_at (&window, plane, &fit, &viewport, 1e-9, x, y);
  g_assert_cmpfloat (viewport.zoom, ==, 1);
  viewport.zoom = scope_heatmap_zoom_for (plane, &fit, 48);
  window = scope_heatmap_window (plane, &fit, &viewport, 10, 8, 150, 130, 1);
  g_assert_cmpfloat_with_epsilon (fmin (window.across, window.down), 48, 1.001);
  scope_plane_free (plane);
}

/* Moving goes pixel by pixel, and not beyond the ends. */
static void
test_move (void)
{
  ScopePlane *plane = new_whole (1000, 900, 8, 8);
  ScopeHeatmapGeometry fit = scope_heatmap_fit (plane, 10, 8, 120, 110);
  ScopeHeatmapViewport viewport = { 20, 0.5L, 0.5L };
  ScopeHeatmapWindow window = scope_heatmap_window (plane, &fit, &viewport, 10, 8, 150, 130, 1);
  ScopeHeatmapViewport moved = scope_heatmap_move_by (&window, &viewport, -7, 3);
  ScopeHeatmapWindow then = scope_heatmap_window (plane, &fit, &moved, 10, 8, 150, 130, 1);
  g_assert_cmpfloat_with_epsilon ((double)(then.left - window.left) * window.across, 7, 1e-9);
  g_assert_cmpfloat_with_epsilon ((double)(then.top - window.top) * window.down, -3, 1e-9);
  moved = scope_heatmap_move_by (&window, &viewport, 1e9, 1e9);
  then = scope_heatmap_window (plane, &fit, &moved, 10, 8, 150, 130, 1);
  g_assert_cmpfloat ((double)then.left, ==, 0);
  g_assert_cmpfloat ((double)then.top, ==, 0);
  scope_plane_free (plane);
}

/* At 10^15 elements a pixel is still a pixel. */
static void
test_far (void)
{
  gint64 columns = G_GINT64_CONSTANT (1000000000000000);
  ScopePlane *plane = new_whole (1, columns, 1, columns / 100);
  ScopeHeatmapGeometry fit = scope_heatmap_fit (plane, 10, 8, 120, 110);
  ScopeHeatmapViewport viewport = { scope_heatmap_most_zoom (plane, &fit), 0.987654321L, 0.5L };
  ScopeHeatmapWindow window = scope_heatmap_window (plane, &fit, &viewport, 10, 8, 150, 130, 1);
  ScopeHeatmapViewport moved = scope_heatmap_move_by (&window, &viewport, -5, 0);
  ScopeHeatmapWindow then = scope_heatmap_window (plane, &fit, &moved, 10, 8, 150, 130, 1);
  g_assert_cmpfloat (window.across, ==, 192);
  g_assert_cmpfloat_with_epsilon ((double)((then.left - window.left) * window.across), 5, 0.1);
  scope_plane_free (plane);
}

/* One NaN in a cell of one pixel has a ring around it. */
static void
test_ring (void)
{
  ScopePlane *plane = new_whole (400, 400, 4, 4);
  ScopeView view = { .palette = SCOPE_PALETTE_VIRIDIS };
  ScopeColorScale colors = scope_color_scale (&view, &plane->statistics);
  ScopeHeatmapGeometry fit = scope_heatmap_fit (plane, 10, 8, 100, 100);
  ScopeHeatmapViewport viewport = { 1, 0.5L, 0.5L };
  Scene scene = { .plane = { plane }, .layers = 1 };
  scene.window = scope_heatmap_window (plane, &fit, &viewport, 10, 8, 150, 130, 1);
  cairo_surface_t *before = draw (&scene, &colors, 1, FALSE);
  plane->value[50 * 100 + 30] = NAN;
  cairo_surface_t *after = draw (&scene, &colors, 1, FALSE);
  const guint32 *a = (const guint32 *)(gconstpointer)cairo_image_surface_get_data (before);
  const guint32 *b = (const guint32 *)(gconstpointer)cairo_image_surface_get_data (after);
  int changed = 0;
  for (int i = 0; i < WIDTH * HEIGHT; i++)
    changed += a[i] != b[i];
  g_assert_cmpint (changed, >, 40);
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
  scope_plane_free (plane);
}

/* How many pixels the values that are written change, of a plane with so many elements a cell. */
static int
count_ink (gint64 block, double pitch)
{
  ScopePlane *plane = new_whole (400, 400, block, block);
  ScopeView view = { .palette = SCOPE_PALETTE_VIRIDIS };
  ScopeColorScale colors = scope_color_scale (&view, &plane->statistics);
  ScopeHeatmapGeometry fit = scope_heatmap_fit (plane, 10, 8, 100, 100);
  ScopeHeatmapViewport viewport = { scope_heatmap_zoom_for (plane, &fit, pitch), 0.5L, 0.5L };
  Scene scene = { .plane = { plane }, .layers = 1 };
  cairo_surface_t *picture[2];
  const guint32 *pixel[2];
  int changed = 0;
  scene.window = scope_heatmap_window (plane, &fit, &viewport, 10, 8, 150, 130, 1);
  for (int i = 0; i < 2; i++)
    {
      bare.values = i == 1;
      picture[i] = draw (&scene, &colors, 1, FALSE);
      pixel[i] = (const guint32 *)(gconstpointer)cairo_image_surface_get_data (picture[i]);
    }
  bare.values = FALSE;
  for (int i = 0; i < WIDTH * HEIGHT; i++)
    changed += pixel[0][i] != pixel[1][i];
  cairo_surface_destroy (picture[0]);
  cairo_surface_destroy (picture[1]);
  scope_plane_free (plane);
  return changed;
}

/* Elements have their values written in them; blocks of elements that stand in for them, until they
 * have been read, have not. */
static void
test_values (void)
{
  g_assert_cmpint (count_ink (1, 48), >, 40);
  g_assert_cmpint (count_ink (8, 6), ==, 0);
  g_assert_cmpint (count_ink (4, 12), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      g_autofree char *path = g_strconcat ("/heatmap-window/pixels/", windows[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_painted_is_picked);
    }
  g_test_add_func ("/heatmap-window/zoom-at", test_zoom_at);
  g_test_add_func ("/heatmap-window/move", test_move);
  g_test_add_func ("/heatmap-window/far", test_far);
  g_test_add_func ("/heatmap-window/ring", test_ring);
  g_test_add_func ("/heatmap-window/values", test_values);
  return g_test_run ();
}
