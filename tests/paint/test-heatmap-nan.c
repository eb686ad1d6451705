/* One NaN among 10^8 values is counted, found, and seen at every zoom. */
#include "paint/heatmap.h"

#include "core/generator.h"
#include "scene/pyramid.h"

#include <math.h>
#include <string.h>

enum
{
  SIDE = 10000,
  ROW = 7777,
  COLUMN = 4242,
  WIDTH = 320,
  HEIGHT = 300
};

/* Zeros, and one NaN that was assigned. */
static ScopeProgram *
new_program (void)
{
  static const char source[] = "A[7777, 4242] = B";
  ScopeShape large = { .rank = 2, .size = { SIDE, SIDE } }, scalar = { 0 };
  ScopeStorage *zeros =
      scope_generator_new ((ScopeFill){ .kind = SCOPE_FILL_ZEROS }, SCOPE_FLOAT32, &large, NULL);
  void *data;
  ScopeStorage *nan = scope_storage_new_owned (SCOPE_FLOAT32, 1, 1 << 10, &data, NULL);
  *(float *)data = NAN;
  ScopeTensor *tensors[] = {
    scope_tensor_new ("A", SCOPE_FLOAT32, &large, NULL, zeros, NULL),
    scope_tensor_new ("B", SCOPE_FLOAT32, &scalar, NULL, nan, NULL),
  };
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeProgram *program = scope_program_new (source, strlen (source), tensors, 2, &options, NULL);
  scope_storage_unref (zeros);
  scope_storage_unref (nan);
  scope_tensor_unref (tensors[0]);
  scope_tensor_unref (tensors[1]);
  g_assert_nonnull (program);
  g_assert_cmpint (program->result, >=, 0);
  return program;
}

/* What the window reads of what it shows: from the pyramid, elements from the tensor. */
static ScopePlane *
read_detail (const ScopeProgram *program,
             const ScopePyramid *pyramid,
             const ScopeView *view,
             const ScopeHeatmapWindow *window)
{
  static const ScopeReading reading;
  ScopePlaneRequest request = { .view = *view };
  ScopePlanePart part = scope_heatmap_seen (window, 1, &request.row_block, &request.column_block);
  request.part = &part;
  if (request.row_block > 1)
    return scope_pyramid_plane (pyramid, &part, request.row_block, request.column_block);
  return scope_plane_make (program, program->result, &request, &reading, NULL);
}

/* Pixels of the map that are not the one colour of zeros. */
static int
count_marks (const ScopeHeatmapLayer *layer,
             int layers,
             const ScopeColorScale *scale,
             const ScopeHeatmapWindow *window)
{
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeHeatmapDecoration decoration = { 0 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  guint32 plain = scope_color_scale_map (scale, 0);
  int marks = 0;
  scope_heatmap_paint_window (layer, layers, scale, window, &decoration, &theme, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int y = (int)ceil (window->y); y < (int)(window->y + window->height); y++)
    {
      const guint32 *line =
          (const guint32 *)(gconstpointer)(cairo_image_surface_get_data (surface)
                                           + y * cairo_image_surface_get_stride (surface));
      for (int x = (int)ceil (window->x); x < (int)(window->x + window->width); x++)
        marks += line[x] != plain;
    }
  cairo_surface_destroy (surface);
  return marks;
}

static void
test_nan (void)
{
  static const ScopeReading reading;
  ScopeProgram *program = new_program ();
  ScopeView view = scope_view_default (&program->node[program->result]->shape);
  ScopePyramid *pyramid = scope_pyramid_new (program, program->result, &view, NULL, &reading, NULL);
  g_assert_nonnull (pyramid);
  ScopePlane *overview = scope_pyramid_plane (pyramid, NULL, 50, 50);
  g_assert_cmpint (overview->statistics.count, ==, 100000000);
  g_assert_cmpint (overview->statistics.nans, ==, 1);
  ScopeColorScale scale = scope_color_scale (&view, &overview->statistics);
  ScopeHeatmapGeometry fit = scope_heatmap_fit (overview, 10, 10, 300, 280);
  cairo_surface_t *raster = scope_heatmap_raster (overview, &scale);
  double most = scope_heatmap_most_zoom (overview, &fit);
  int zooms = 0;
  for (double zoom = 1; zoom < 2 * most; zoom *= 1.7, zooms++)
    {
      ScopeHeatmapViewport viewport = { fmin (zoom, most), (COLUMN + 0.5L) / SIDE,
                                        (ROW + 0.5L) / SIDE };
      ScopeHeatmapWindow window =
          scope_heatmap_window (overview, &fit, &viewport, 10, 10, 300, 280, 1);
      ScopePlane *detail = read_detail (program, pyramid, &view, &window);
      cairo_surface_t *fine = scope_heatmap_raster (detail, &scale);
      ScopeHeatmapLayer layer[2] = { { overview, raster }, { detail, fine } };
      /* Before the detail is there, and with it. */
      for (int layers = 1; layers <= 2; layers++)
        g_assert_cmpint (count_marks (layer, layers, &scale, &window), >=, 16);
      cairo_surface_destroy (fine);
      scope_plane_free (detail);
    }
  g_assert_cmpint (zooms, >, 15);

  gint64 row = -1, column = -1;
  g_assert_true (
      scope_plane_find_nan (program, program->result, &view, &row, &column, &reading, NULL));
  g_assert_cmpint (row, ==, ROW);
  g_assert_cmpint (column, ==, COLUMN);
  cairo_surface_destroy (raster);
  scope_plane_free (overview);
  scope_pyramid_unref (pyramid);
  scope_program_unref (program);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paint/heatmap/one-nan-in-a-hundred-million", test_nan);
  return g_test_run ();
}
