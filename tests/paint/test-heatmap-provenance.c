/* Marks of what was mixed or made up, lines and names of operands: where they belong, and nowhere
 * else. */
#include "paint/heatmap.h"

#include "core/generator.h"

#include <string.h>

enum
{
  WIDTH = 220,
  HEIGHT = 180
};

static ScopeTensor *
new_tensor (const char *name, const char *text)
{
  ScopeTensorText parsed;
  g_assert_true (scope_tensor_text_parse (text, strlen (text), &parsed, NULL));
  ScopeStorage *storage = scope_generator_new (parsed.fill, parsed.dtype, &parsed.shape, NULL);
  ScopeTensor *tensor = scope_tensor_new (name, parsed.dtype, &parsed.shape, NULL, storage, NULL);
  scope_storage_unref (storage);
  return tensor;
}

/* A result with what is known of it. */
typedef struct
{
  ScopeProgram *program;
  ScopePlane *plane;
  ScopeProvenance *provenance;
  ScopeHeatmapGeometry geometry;
} Result;

static Result
new_result (const char *a, const char *b, const char *source)
{
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeTensor *tensors[] = { new_tensor ("A", a), new_tensor ("B", b) };
  ScopeReading reading = { 0 };
  Result result = { 0 };
  result.program = scope_program_new (source, strlen (source), tensors, 2, &options, NULL);
  scope_tensor_unref (tensors[0]);
  scope_tensor_unref (tensors[1]);
  g_assert_nonnull (result.program);
  int node = result.program->result;
  ScopeView view = scope_view_default (&result.program->node[node]->shape);
  result.plane = scope_plane_read (result.program, node, &view, 150, 150, 0, &reading, NULL);
  result.provenance = scope_provenance_new (result.program, node, &view, NULL);
  g_assert_nonnull (result.plane);
  g_assert_nonnull (result.provenance);
  result.geometry = scope_heatmap_fit (result.plane, 10, 10, 150, 140);
  return result;
}

static void
clear (Result *result)
{
  scope_plane_free (result->plane);
  scope_provenance_free (result->provenance);
  scope_program_unref (result->program);
}

static cairo_surface_t *
paint (const Result *result, const ScopeTheme *theme, gboolean told)
{
  ScopeView view = { .palette = SCOPE_PALETTE_VIRIDIS };
  ScopeColorScale scale = scope_color_scale (&view, &result->plane->statistics);
  ScopeHeatmapDecoration decoration = { .provenance = told ? result->provenance : NULL };
  cairo_surface_t *raster = scope_heatmap_raster (result->plane, &scale);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  scope_color_set (cr, scope_theme_background (theme));
  cairo_paint (cr);
  scope_heatmap_paint (result->plane, raster, &scale, &result->geometry, &decoration, theme, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  cairo_surface_destroy (raster);
  return surface;
}

static guint32
pixel_at (cairo_surface_t *surface, int x, int y)
{
  guint32 pixel;
  memcpy (&pixel,
          cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface)
              + 4 * x,
          4);
  return pixel;
}

/* How many pixels of the middle of an element (all but `border` at each side) are drawn over. */
static int
count_marked (const Result *result, int row, int column, double border)
{
  ScopeTheme theme = scope_theme_default (FALSE);
  const ScopeHeatmapGeometry *geometry = &result->geometry;
  cairo_surface_t *plain = paint (result, &theme, FALSE), *told = paint (result, &theme, TRUE);
  int x0 = (int)(geometry->x + column * geometry->cell_width + border);
  int y0 = (int)(geometry->y + row * geometry->cell_height + border);
  int x1 = (int)(geometry->x + (column + 1) * geometry->cell_width - border);
  int y1 = (int)(geometry->y + (row + 1) * geometry->cell_height - border);
  int marked = 0;
  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++)
      marked += pixel_at (plain, x, y) != pixel_at (told, x, y);
  cairo_surface_destroy (plain);
  cairo_surface_destroy (told);
  return marked;
}

/* The one element that is looked at, and whether it bears a mark inside. */
static const struct
{
  const char *name, *a, *b, *source;
  int row, column;
  gboolean marked;
} marks[] = {
  { "copied", "ramp:float32[4, 5]", "[1]", "A[:, :]", 1, 1, FALSE },
  { "joined-first", "ramp:float32[2, 5]", "ramp:float32[2, 5]", "torch.cat((A, B))", 0, 2, FALSE },
  { "joined-second", "ramp:float32[2, 5]", "ramp:float32[2, 5]", "torch.cat((A, B))", 3, 2, FALSE },
  { "padded", "ramp:float32[3, 4]", "[1]", "F.pad(A, (1, 1))", 1, 0, TRUE },
  { "not-padded", "ramp:float32[3, 4]", "[1]", "F.pad(A, (1, 1))", 1, 2, FALSE },
  { "padding-where-operands-meet", "ramp:float32[2, 3]", "ramp:float32[2, 5]",
    "torch.cat((F.pad(A, (1, 1)), B))", 1, 4, TRUE },
  { "mixed", "ramp:float32[1, 1, 3, 3]", "[1]",
    "F.interpolate(A, size=(5, 5), mode='bilinear', align_corners=True)", 1, 1, TRUE },
  { "copied-between-mixed", "ramp:float32[1, 1, 3, 3]", "[1]",
    "F.interpolate(A, size=(5, 5), mode='bilinear', align_corners=True)", 2, 2, FALSE },
  { "all-mixed", "ramp:float32[1, 1, 4, 4]", "[1]",
    "F.interpolate(A, size=(2, 2), mode='bilinear')", 1, 1, FALSE },
  { "all-made-up", "[1]", "[1]", "torch.ones(3, 4)", 1, 1, FALSE },
};

static void
test_mark (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  Result result = new_result (marks[i].a, marks[i].b, marks[i].source);
  int marked = count_marked (&result, marks[i].row, marks[i].column, 3);
  g_assert_cmpint (marked > 0, ==, marks[i].marked);
  clear (&result);
}

/* Every theme: on the map nothing but marks and lines; on its edge each operand's colour, as long
 * as its part is. */
static void
test_bands (gconstpointer data)
{
  int look = GPOINTER_TO_INT (data);
  ScopeTheme theme = scope_theme_default ((look & 1) != 0);
  theme.high_contrast = (look & 2) != 0;
  gboolean across = (look & 4) != 0;
  Result result =
      across ? new_result ("ramp:float32[4, 6]", "ramp:float32[4, 4]", "torch.cat((A, B), 1)")
             : new_result ("ramp:float32[6, 4]", "ramp:float32[4, 4]", "torch.cat((A, B), 0)");
  const ScopeHeatmapGeometry *geometry = &result.geometry;
  cairo_surface_t *told = paint (&result, &theme, TRUE);
  double right, bottom;
  ScopeHeatmapDecoration decoration = { .provenance = result.provenance };
  cairo_t *cr = cairo_create (told);
  scope_heatmap_operands_room (&decoration, &theme, cr, &right, &bottom);
  cairo_destroy (cr);
  g_assert_cmpint (right > 0, ==, !across);
  g_assert_cmpint (bottom > 0, ==, across);
  for (int k = 0; k < 2; k++)
    {
      ScopeColor color = scope_theme_operand (&theme, k);
      double place = k == 0 ? 0.3 : 0.8;
      int x = (int)(geometry->x + (across ? place * geometry->width : geometry->width + 5));
      int y = (int)(geometry->y + (across ? geometry->height + 5 : place * geometry->height));
      guint32 pixel = pixel_at (told, x, y);
      g_assert_cmpfloat_with_epsilon ((double)(pixel >> 16 & 255), color.red * 255, 1);
      g_assert_cmpfloat_with_epsilon ((double)(pixel & 255), color.blue * 255, 1);
      g_assert_cmpfloat (scope_color_contrast (color, scope_theme_background (&theme)), >=, 3);
    }
  cairo_surface_destroy (told);
  clear (&result);
}

/* Too large for a mark in each element, and with many parts: marks stay within the map. */
static void
test_large (void)
{
  Result result = new_result ("ramp:float32[200, 300]", "ramp:float32[3, 350]",
                              "torch.cat((F.pad(A, (0, 50)), B, F.pad(A, (50, 0))))");
  ScopeTheme theme = scope_theme_default (FALSE);
  cairo_surface_t *plain = paint (&result, &theme, FALSE), *told = paint (&result, &theme, TRUE);
  int left = 0, inside = 0;
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        gboolean differs = pixel_at (plain, x, y) != pixel_at (told, x, y);
        left += differs && x < (int)result.geometry.x - 2;
        inside += differs && x > result.geometry.x && x < result.geometry.x + result.geometry.width;
      }
  g_assert_cmpint (left, ==, 0);
  g_assert_cmpint (inside, >, 100);
  cairo_surface_destroy (plain);
  cairo_surface_destroy (told);
  clear (&result);
}

int
main (int argc, char **argv)
{
  static const char *const looks[] = { "light", "dark", "light-high-contrast",
                                       "dark-high-contrast" };
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *path = g_strdup_printf ("/paint/heatmap/mark/%s", marks[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_mark);
    }
  for (int i = 0; i < 8; i++)
    {
      g_autofree char *path = g_strdup_printf ("/paint/heatmap/operands/%s/%s",
                                               i < 4 ? "down" : "across", looks[i % 4]);
      g_test_add_data_func (path, GINT_TO_POINTER (i), test_bands);
    }
  g_test_add_func ("/paint/heatmap/provenance-of-large", test_large);
  return g_test_run ();
}
