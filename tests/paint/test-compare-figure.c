/* Figures of any number of tiles, with and without values: everything stands inside, the reference
 * is framed, and the sample positions are where they are said to be. */
#include "paint/compare-figure.h"

#include "paint/compare-plots.h"

#include "core/generator.h"

#include <math.h>
#include <string.h>

enum
{
  AROUND = 12
};

typedef struct
{
  ScopeTensor *source;
  int tiles;
  ScopeTile *tile[SCOPE_MOST_TILES];
  ScopePlane *plane[SCOPE_MOST_TILES];
  ScopeCompareTile shown[SCOPE_MOST_TILES];
  ScopePlottedTile plotted[SCOPE_MOST_TILES];
  ScopeComparePlots *plots;
  ScopeView view;
  ScopeTheme theme;
} Sample;

static void
add_tile (Sample *sample, const char *expression, const ScopeReading *reading)
{
  int i = sample->tiles++;
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeError error;
  ScopeTile *tile = scope_tile_new ("a title", expression, &sample->source, 1, &options);
  sample->tile[i] = tile;
  sample->plotted[i] = (ScopePlottedTile){ tile, i };
  sample->shown[i] = (ScopeCompareTile){ .title = tile->title,
                                         .call = tile->expression,
                                         .badge = "PSNR 12.3 dB",
                                         .note = "SSIM 0.5 · MSE 0.1 · max |Δ| 1 at [0, 0, 3, 4]",
                                         .problem = tile->error.sentence,
                                         .reference = i == 1 };
  if (!scope_tile_read (tile, reading))
    return;
  ScopeSubject subject = scope_tile_subject (tile);
  sample->view = scope_view_default (scope_tile_shape (tile));
  sample->plane[i] =
      scope_plane_read (subject.program, subject.node, &sample->view, 64, 64, 0, reading, &error);
  g_assert_nonnull (sample->plane[i]);
  sample->shown[i].plane = sample->plane[i];
  sample->shown[i].view = sample->view;
}

/* Tile 3 cannot be read. */
static Sample
new_sample (int tiles, gboolean dark)
{
  static const char *const calls[] = {
    "F.interpolate(A, size=(16, 12), mode=\"nearest\")",
    "F.interpolate(A, size=(16, 12), mode=\"bilinear\", align_corners=True)",
    "F.interpolate(A, size=(16, 12), mode=\"area\")",
    "F.interpolate(A, size=(16, 12), mode=\"sharp\")",
  };
  Sample sample = { .theme = scope_theme_default (dark) };
  ScopeTensorText text;
  ScopeError error;
  ScopeReading reading = { 0 };
  const char *source = "zoneplate:1,1,40,30";
  g_assert_true (scope_tensor_text_parse (source, strlen (source), &text, &error));
  ScopeStorage *storage = scope_generator_new (text.fill, text.dtype, &text.shape, &error);
  sample.source = scope_tensor_new ("A", text.dtype, &text.shape, NULL, storage, &error);
  scope_storage_unref (storage);
  for (int i = 0; i < tiles; i++)
    add_tile (&sample, calls[i % (int)G_N_ELEMENTS (calls)], &reading);
  sample.plots =
      scope_compare_plots_new (sample.plotted, tiles, 1, &sample.view, FALSE, 0.5, &reading);
  return sample;
}

static void
free_sample (Sample *sample)
{
  scope_compare_plots_free (sample->plots);
  for (int i = 0; i < sample->tiles; i++)
    {
      scope_plane_free (sample->plane[i]);
      scope_tile_unref (sample->tile[i]);
    }
  scope_tensor_unref (sample->source);
}

static guint32
pixel_at (cairo_surface_t *surface, int x, int y)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  return ((const guint32 *)(const void *)(data + y * cairo_image_surface_get_stride (surface)))[x];
}

static void
assert_inside (cairo_surface_t *surface, int width, int height)
{
  cairo_surface_flush (surface);
  for (int y = 0; y < height + 2 * AROUND; y++)
    for (int x = 0; x < width + 2 * AROUND; x++)
      if (x < AROUND || y < AROUND || x >= width + AROUND || y >= height + AROUND)
        if (pixel_at (surface, x, y) != 0)
          g_error ("something at %d, %d of %d × %d", x - AROUND, y - AROUND, width, height);
}

static void
test_tiles (gconstpointer data)
{
  int tiles = GPOINTER_TO_INT (data);
  Sample sample = new_sample (tiles, tiles % 2);
  ScopePlot plot[3] = { sample.plots->profile, sample.plots->kernel, sample.plots->response };
  static const double widths[] = { 0, 500, 1600 };
  for (gsize w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      ScopeCompareFigure figure = { .theme = &sample.theme,
                                    .title = "A → [1, 1, 16, 12]",
                                    .subtitle = w > 0 ? "a line below the title" : NULL,
                                    .conventions = "How the numbers are meant.",
                                    .tile = sample.shown,
                                    .tiles = tiles,
                                    .one_range = w != 1,
                                    .plot = plot,
                                    .plots = (int)w + 1,
                                    .samples = &sample.plots->samples,
                                    .width = widths[w] };
      double width, height;
      scope_compare_figure_measure (&figure, &width, &height);
      g_assert_cmpfloat (width, ==, widths[w] > 0 ? widths[w] : 1120);
      cairo_surface_t *surface = cairo_image_surface_create (
          CAIRO_FORMAT_ARGB32, (int)width + 2 * AROUND, (int)height + 2 * AROUND);
      cairo_t *cr = cairo_create (surface);
      cairo_translate (cr, AROUND, AROUND);
      scope_compare_figure_paint (cr, &figure);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
      assert_inside (surface, (int)width, (int)height);
      cairo_surface_destroy (surface);
    }
  free_sample (&sample);
}

/* What the plots hold: a line for each tile that has values, and the rule of each that resamples.
 */
static void
test_plots (void)
{
  Sample sample = new_sample (4, FALSE);
  ScopeComparePlots *plots = sample.plots;
  g_assert_cmpint (plots->profile.n_series, ==, 3);
  g_assert_cmpint (plots->kernel.n_series, ==, 3);
  g_assert_cmpint (plots->response.n_series, ==, 3);
  g_assert_cmpint (plots->samples.rows, ==, 3);
  g_assert_cmpint (plots->profile.emphasized, ==, 1);
  g_assert_cmpstr (plots->profile.title, ==, "Profile along row 8");
  for (int i = 0; i < 3; i++)
    {
      g_assert_cmpint (plots->profile_series[i].count, ==, 12);
      for (int k = 0; k < 12; k++)
        g_assert_cmpfloat (plots->profile_series[i].value[k], ==,
                           sample.plane[i]->value[8 * 12 + k]);
      g_assert_cmpint (plots->places[i].in, ==, 30);
      g_assert_cmpint (plots->places[i].out, ==, 12);
    }
  g_assert_cmpfloat_with_epsilon (plots->places[1].place[plots->places[1].samples - 1], 29, 1e-4);

  ScopeReading reading = { 0 };
  scope_compare_plots_set_profile (plots, sample.plotted, 4, -1, &sample.view, TRUE, 1, &reading);
  g_assert_cmpint (plots->profile.emphasized, ==, -1);
  g_assert_cmpstr (plots->profile.title, ==, "Profile along column 11");
  g_assert_cmpint (plots->profile_series[0].count, ==, 16);
  g_assert_cmpfloat (plots->profile_series[2].value[15], ==, sample.plane[2]->value[16 * 12 - 1]);
  free_sample (&sample);
}

static void
test_samples_inside (void)
{
  Sample sample = new_sample (3, FALSE);
  ScopeSampleDiagram *diagram = &sample.plots->samples;
  int width = 300, height = (int)ceil (scope_samples_height (diagram, &sample.theme));
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width + 2 * AROUND, height + 2 * AROUND);
  cairo_t *cr = cairo_create (surface);
  scope_samples_paint (diagram, AROUND, AROUND, width, height, &sample.theme, cr);
  cairo_destroy (cr);
  assert_inside (surface, width, height);
  cairo_surface_destroy (surface);
  free_sample (&sample);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int tiles = 1; tiles <= SCOPE_MOST_TILES; tiles++)
    {
      g_autofree char *path = g_strdup_printf ("/paint/compare-figure/tiles/%d", tiles);
      g_test_add_data_func (path, GINT_TO_POINTER (tiles), test_tiles);
    }
  g_test_add_func ("/paint/compare-figure/plots", test_plots);
  g_test_add_func ("/paint/compare-figure/samples", test_samples_inside);
  return g_test_run ();
}
