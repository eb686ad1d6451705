/* Cells where picking says they are, colours of their values, marks and values on top. */
#include "paint/heatmap.h"
#include "paint/palette.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

/* A plane of given values; freed with scope_plane_free. */
static ScopePlane *
new_plane (int rows, int columns, const double *value)
{
  ScopePlane *plane = g_new0 (ScopePlane, 1);
  gsize cells = (gsize)(rows * columns);
  *plane = (ScopePlane){ .dtype = SCOPE_FLOAT64,
                         .rows = rows,
                         .columns = columns,
                         .row_block = 1,
                         .column_block = 1,
                         .cell_rows = rows,
                         .cell_columns = columns,
                         .value = g_memdup2 (value, cells * sizeof *value),
                         .element = g_memdup2 (value, cells * sizeof *value) };
  ScopeStatistics *statistics = &plane->statistics;
  *statistics =
      (ScopeStatistics){ .count = (gint64)cells, .min = NAN, .max = NAN, .min_positive = NAN };
  for (gsize i = 0; i < cells; i++)
    {
      statistics->nans += isnan (value[i]);
      statistics->positive_infinities += value[i] == INFINITY;
      statistics->negative_infinities += value[i] == -INFINITY;
      if (!isfinite (value[i]))
        continue;
      statistics->min = fmin (statistics->min, value[i]);
      statistics->max = fmax (statistics->max, value[i]);
      if (value[i] > 0)
        statistics->min_positive = fmin (statistics->min_positive, value[i]);
    }
  return plane;
}

static ScopePlane *
new_ramp (int rows, int columns)
{
  g_autofree double *value = g_new (double, (gsize)(rows * columns));
  for (int i = 0; i < rows * columns; i++)
    value[i] = i;
  return new_plane (rows, columns, value);
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

static const ScopeHeatmapDecoration bare = { 0 };

/* The map alone on white, `scale` device pixels a CSS pixel. */
static cairo_surface_t *
paint (const ScopePlane *plane,
       const ScopeView *view,
       const ScopeHeatmapGeometry *geometry,
       const ScopeHeatmapDecoration *decoration,
       int width,
       int height,
       double scale)
{
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeColorScale colors = scope_color_scale (view, &plane->statistics);
  cairo_surface_t *raster = scope_heatmap_raster (plane, &colors);
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)(width * scale), (int)(height * scale));
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  scope_heatmap_paint (plane, raster, &colors, geometry, decoration, &theme, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (raster != NULL)
    cairo_surface_destroy (raster);
  return surface;
}

/* [[0, 1], [1, 0]] is four boxes. */
static void
test_four_boxes (void)
{
  const double value[] = { 0, 1, 1, 0 };
  ScopePlane *plane = new_plane (2, 2, value);
  ScopeView view = { 0 };
  ScopeHeatmapGeometry geometry = scope_heatmap_fit (plane, 10, 20, 100, 100);
  cairo_surface_t *surface = paint (plane, &view, &geometry, &bare, 120, 140, 1);

  cairo_surface_t *expected = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 120, 140);
  cairo_t *cr = cairo_create (expected);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  for (int i = 0; i < 4; i++)
    {
      scope_color_set (cr, scope_color_unpack (scope_palette_viridis[value[i] > 0 ? 255 : 0]));
      cairo_rectangle (cr, 10 + 50 * (i % 2), 20 + 50 * (i / 2), 50, 50);
      cairo_fill (cr);
    }
  cairo_destroy (cr);
  cairo_surface_flush (expected);
  gsize bytes = (gsize)cairo_image_surface_get_stride (expected) * 140;
  g_assert_cmpmem (cairo_image_surface_get_data (surface), bytes,
                   cairo_image_surface_get_data (expected), bytes);
  cairo_surface_destroy (expected);
  cairo_surface_destroy (surface);
  scope_plane_free (plane);
}

static const struct
{
  const char *name;
  int rows, columns;
  double x, y, width, height; /* the box, or the map when cell_width is set */
  double cell_width, cell_height;
  double scale;
} pickings[] = {
  { "square", 5, 7, 10, 10, 150, 130, 0, 0, 1 },
  { "many", 90, 130, 0, 0, 160, 150, 0, 0, 1 },
  { "one-row", 1, 40, 3, 5, 150, 40, 0, 0, 1 },
  { "tall", 120, 3, 3, 5, 150, 140, 0, 0, 1 },
  { "twice-as-fine", 9, 11, 4, 4, 100, 100, 0, 0, 2 },
  { "fraction-of-a-pixel", 13, 17, 7.3, 9.8, 0, 0, 3.7, 5.1, 1 },
  { "panned-and-zoomed", 40, 40, -700.5, -400.25, 0, 0, 37.25, 41.5, 1 },
  { "far-zoomed", 400, 400, -159000.7, -120000.2, 0, 0, 401.3, 399.9, 1.5 },
};

/* For every pixel: painted there means picked there. */
static void
test_picking (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  enum
  {
    WIDTH = 180,
    HEIGHT = 170
  };
  ScopePlane *plane = new_ramp (pickings[i].rows, pickings[i].columns);
  ScopeView view = { .palette = SCOPE_PALETTE_VIRIDIS };
  ScopeHeatmapGeometry geometry;
  if (pickings[i].cell_width > 0)
    geometry = (ScopeHeatmapGeometry){ .x = pickings[i].x,
                                       .y = pickings[i].y,
                                       .cell_width = pickings[i].cell_width,
                                       .cell_height = pickings[i].cell_height,
                                       .rows = pickings[i].rows,
                                       .columns = pickings[i].columns,
                                       .width = pickings[i].cell_width * pickings[i].columns,
                                       .height = pickings[i].cell_height * pickings[i].rows };
  else
    geometry = scope_heatmap_fit (plane, pickings[i].x, pickings[i].y, pickings[i].width,
                                  pickings[i].height);
  cairo_surface_t *surface =
      paint (plane, &view, &geometry, &bare, WIDTH, HEIGHT, pickings[i].scale);
  ScopeColorScale scale = scope_color_scale (&view, &plane->statistics);

  int inside = 0;
  for (int y = 0; y < HEIGHT * pickings[i].scale; y++)
    for (int x = 0; x < WIDTH * pickings[i].scale; x++)
      {
        gint64 row, column;
        guint32 expected = 0xFFFFFFFFu;
        if (scope_heatmap_pick (&geometry, (x + 0.5) / pickings[i].scale,
                                (y + 0.5) / pickings[i].scale, &row, &column))
          {
            expected =
                scope_color_scale_map (&scale, plane->value[row * plane->cell_columns + column]);
            inside++;
          }
        if (pixel_at (surface, x, y) != expected)
          g_error ("pixel %d, %d is %08x, not %08x", x, y, pixel_at (surface, x, y), expected);
      }
  g_assert_cmpint (inside, >, 100);
  cairo_surface_destroy (surface);
  scope_plane_free (plane);
}

/* Recorded, as a widget does, and shown on a screen of twice the pixels: every cell of half a CSS
 * pixel is there. */
static void
test_recorded (void)
{
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeView view = { .palette = SCOPE_PALETTE_VIRIDIS };
  ScopePlane *plane = new_ramp (60, 80);
  ScopeColorScale scale = scope_color_scale (&view, &plane->statistics);
  cairo_surface_t *raster = scope_heatmap_raster (plane, &scale);
  for (int half = 1; half <= 4; half *= 2)
    {
      double cell = half / 2.0;
      ScopeHeatmapGeometry geometry = { .x = 3,
                                        .y = 5,
                                        .cell_width = cell,
                                        .cell_height = cell,
                                        .rows = 60,
                                        .columns = 80,
                                        .width = 80 * cell,
                                        .height = 60 * cell };
      cairo_rectangle_t extents = { 0, 0, 200, 200 };
      cairo_surface_t *record =
          cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
      cairo_t *cr = cairo_create (record);
      scope_heatmap_paint (plane, raster, &scale, &geometry, &bare, &theme, cr);
      cairo_destroy (cr);

      cairo_surface_t *screen = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 400, 400);
      cr = cairo_create (screen);
      cairo_scale (cr, 2, 2);
      cairo_set_source_surface (cr, record, 0, 0);
      cairo_paint (cr);
      cairo_destroy (cr);
      cairo_surface_flush (screen);
      for (int row = 0; row < 60; row++)
        for (int column = 0; column < 80; column++)
          g_assert_cmphex (
              pixel_at (screen, 6 + (int)((column + 0.5) * half), 10 + (int)((row + 0.5) * half)),
              ==, scope_color_scale_map (&scale, row * 80 + column));
      cairo_surface_destroy (screen);
      cairo_surface_destroy (record);
    }
  cairo_surface_destroy (raster);
  scope_plane_free (plane);
}

/* A plane that begins elsewhere: marks and seams stand where their elements do. */
static void
test_part_of_a_plane (void)
{
  ScopePlane *plane = new_ramp (40, 40);
  plane->rows = plane->columns = 1000;
  plane->row_begin = 100;
  plane->column_begin = 200;
  ScopeView view = { 0 };
  ScopeHeatmapGeometry geometry = scope_heatmap_fit (plane, 0, 0, 160, 160);
  ScopeHeatmapMark mark = {
    .row_begin = 110, .row_end = 120, .column_begin = 0, .column_end = 1000
  };
  gint64 row_at[] = { 0, 130, 1000 }, column_at[] = { 0, 1000 };
  guint8 made[2] = { SCOPE_MADE_COPIED, SCOPE_MADE_COPIED }, operand[2] = { 1, 2 };
  char name[2][SCOPE_PROVENANCE_NAME] = { "A", "B" };
  int same[2] = { 0, 1 };
  ScopeProvenance provenance = { .rows = 1000,
                                 .columns = 1000,
                                 .row_parts = 2,
                                 .column_parts = 1,
                                 .row_at = row_at,
                                 .column_at = column_at,
                                 .made = made,
                                 .operand = operand,
                                 .operands = 2,
                                 .name = name,
                                 .same = same,
                                 .looked = 1 };
  ScopeHeatmapDecoration decoration = { .mark = &mark, .marks = 1, .provenance = &provenance };
  cairo_surface_t *plain = paint (plane, &view, &geometry, &bare, 160, 160, 1);
  cairo_surface_t *marked = paint (plane, &view, &geometry, &decoration, 160, 160, 1);
  static const struct
  {
    int y;
    gboolean line;
  } rows[] = { { 20, FALSE }, { 40, TRUE },   { 60, FALSE },
               { 80, TRUE },  { 100, FALSE }, { 120, TRUE } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (pixel_at (plain, 80, rows[i].y) != pixel_at (marked, 80, rows[i].y), ==,
                     rows[i].line);
  cairo_surface_destroy (plain);
  cairo_surface_destroy (marked);
  scope_plane_free (plane);
}

static const struct
{
  const char *name;
  int rows, columns;
  double width, height;
} fits[] = {
  { "square-in-wide", 256, 256, 400, 200 },
  { "wide-in-square", 10, 100, 300, 300 },
  { "tall", 1280, 256, 300, 300 },
  { "thin", 100000, 2, 300, 300 },
  { "one", 1, 1, 500, 500 },
  { "in-nothing", 5, 5, 0, 0 },
};

static void
test_fit (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  gint64 rows, columns;
  scope_heatmap_room (fits[i].rows, fits[i].columns, fits[i].width, fits[i].height, &rows,
                      &columns);
  g_assert_cmpint (rows, >=, 1);
  g_assert_cmpint (rows, <=, fits[i].rows);
  g_assert_cmpint (columns, <=, fits[i].columns);

  gint64 row_block = (fits[i].rows + rows - 1) / rows;
  gint64 column_block = (fits[i].columns + columns - 1) / columns;
  ScopePlane plane = { .rows = fits[i].rows,
                       .columns = fits[i].columns,
                       .row_block = row_block,
                       .column_block = column_block,
                       .cell_rows = (fits[i].rows + row_block - 1) / row_block,
                       .cell_columns = (fits[i].columns + column_block - 1) / column_block };
  ScopeHeatmapGeometry geometry = scope_heatmap_fit (&plane, 3, 4, fits[i].width, fits[i].height);
  g_assert_cmpfloat (geometry.width, <=, fmax (fits[i].width, 1) + 1e-9);
  g_assert_cmpfloat (geometry.height, <=, fmax (fits[i].height, 1) + 1e-9);
  g_assert_cmpfloat (geometry.x, >=, 2);
  if (fits[i].width > 0)
    {
      g_assert_cmpfloat (geometry.cell_width, >=, 1);
      g_assert_cmpfloat (geometry.cell_height, >=, 1);
    }
  /* No element is more than four times as long as wide, but for rounding to whole pixels and for
   * strips. */
  if (fmin (geometry.width, geometry.height) <= 24)
    return;
  double aspect =
      geometry.cell_width / (double)column_block / (geometry.cell_height / (double)row_block);
  g_assert_cmpfloat (aspect, <, 4.2);
  g_assert_cmpfloat (aspect, >, 1 / 4.2);
}

/* A map of which one cell is special, drawn small and large: not the plain colour of that cell
 * only. */
static const struct
{
  const char *name;
  double value;
  ScopeView view;
} specials[] = {
  { "nan", NAN, { 0 } },
  { "infinity", INFINITY, { 0 } },
  { "minus-infinity", -INFINITY, { 0 } },
  { "over", 9, { .range = SCOPE_RANGE_MANUAL, .low = 0, .high = 1 } },
  { "under", -9, { .range = SCOPE_RANGE_MANUAL, .low = 0, .high = 1 } },
  { "zero-on-a-log-scale", 0, { .norm = SCOPE_NORM_LOG } },
};

static void
test_special (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  const double value[] = { 0.5, specials[i].value, 0.25, 0.5 };
  ScopePlane *plane = new_plane (2, 2, value);
  for (int cell = 8; cell <= 64; cell *= 2)
    {
      ScopeHeatmapGeometry geometry = { .cell_width = cell,
                                        .cell_height = cell,
                                        .rows = 2,
                                        .columns = 2,
                                        .width = 2 * cell,
                                        .height = 2 * cell };
      cairo_surface_t *surface =
          paint (plane, &specials[i].view, &geometry, &bare, 2 * cell, 2 * cell, 1);
      int different[2] = { 0, 0 };
      for (int y = 0; y < cell; y++)
        for (int x = 1; x < cell; x++)
          for (int column = 0; column < 2; column++)
            different[column] += pixel_at (surface, column * cell + x, y)
                                 != pixel_at (surface, column * cell + x - 1, y);
      g_assert_cmpint (different[0], ==, 0);
      g_assert_cmpint (different[1], >, 3);
      cairo_surface_destroy (surface);
    }
  scope_plane_free (plane);
}

/* Values are written where there is room, in black on light and white on dark cells. */
static void
test_values (void)
{
  const double value[] = { 0, 1 };
  ScopePlane *plane = new_plane (1, 2, value);
  ScopeView view = { .palette = SCOPE_PALETTE_GRAY };
  ScopeHeatmapDecoration decoration = { .values = TRUE };
  for (int cell = 20; cell <= 60; cell += 40)
    {
      ScopeHeatmapGeometry geometry = { .cell_width = cell,
                                        .cell_height = cell,
                                        .rows = 1,
                                        .columns = 2,
                                        .width = 2 * cell,
                                        .height = cell };
      cairo_surface_t *surface = paint (plane, &view, &geometry, &decoration, 2 * cell, cell, 1);
      int light_on_dark = 0, dark_on_light = 0;
      for (int y = 0; y < cell; y++)
        for (int x = 0; x < cell; x++)
          {
            light_on_dark += (pixel_at (surface, x, y) & 255) > 200;
            dark_on_light += (pixel_at (surface, cell + x, y) & 255) < 55;
          }
      g_assert_cmpint (light_on_dark > 5, ==, cell == 60);
      g_assert_cmpint (dark_on_light > 5, ==, cell == 60);
      cairo_surface_destroy (surface);
    }
  scope_plane_free (plane);
}

/* What a mark keeps is untouched inside its outline, the rest is not. */
static void
test_mark (void)
{
  ScopePlane *plane = new_ramp (40, 40);
  ScopeView view = { 0 };
  ScopeHeatmapGeometry geometry = scope_heatmap_fit (plane, 0, 0, 160, 160);
  ScopeHeatmapMark mark = {
    .row_begin = 0, .row_end = 20, .column_begin = 0, .column_end = 40, .hatch_rest = TRUE
  };
  ScopeHeatmapDecoration decoration = { .mark = &mark, .marks = 1 };
  cairo_surface_t *plain = paint (plane, &view, &geometry, &bare, 160, 160, 1);
  cairo_surface_t *marked = paint (plane, &view, &geometry, &decoration, 160, 160, 1);
  int kept = 0, hatched = 0;
  for (int y = 5; y < 75; y++)
    for (int x = 5; x < 155; x++)
      {
        kept += pixel_at (plain, x, y) != pixel_at (marked, x, y);
        hatched += pixel_at (plain, x, y + 80) != pixel_at (marked, x, y + 80);
      }
  g_assert_cmpint (kept, ==, 0);
  g_assert_cmpint (hatched, ==, 70 * 150);
  cairo_surface_destroy (plain);
  cairo_surface_destroy (marked);
  scope_plane_free (plane);
}

static void
test_edges (void)
{
  ScopePlane *plane = new_ramp (30, 20);
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeView view = { 0 };
  ScopeHeatmapDecoration decoration = { .row_from_end = -2,
                                        .column_from_end = -1,
                                        .row_name = "H" };
  cairo_surface_t *scratch = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1, 1);
  cairo_t *cr = cairo_create (scratch);
  double left, top;
  scope_heatmap_margins (plane, &decoration, &theme, cr, &left, &top);
  cairo_destroy (cr);
  cairo_surface_destroy (scratch);
  g_assert_cmpfloat (left, >, 10);
  g_assert_cmpfloat (top, >, 10);

  ScopeHeatmapGeometry geometry = scope_heatmap_fit (plane, left, top, 100, 100);
  cairo_surface_t *surface = paint (plane, &view, &geometry, &decoration, 150, 150, 1);
  ScopeColor row = scope_theme_axis (&theme, -2), column = scope_theme_axis (&theme, -1);
  guint32 row_pixel = pixel_at (surface, (int)geometry.x - 4, (int)geometry.y + 40);
  guint32 column_pixel = pixel_at (surface, (int)geometry.x + 40, (int)geometry.y - 4);
  g_assert_cmpint ((int)(row.blue * 255 + 0.5), ==, row_pixel & 255);
  g_assert_cmpint ((int)(column.blue * 255 + 0.5), ==, column_pixel & 255);
  /* Nothing beyond the margins. */
  for (int y = 0; y < 150; y++)
    for (int x = 0; x < (int)(geometry.x - left); x++)
      g_assert_cmphex (pixel_at (surface, x, y), ==, 0xFFFFFFFFu);
  cairo_surface_destroy (surface);
  scope_plane_free (plane);
}

static const struct
{
  const char *name;
  int rows, columns;
  double value;
} sparse[] = {
  { "no-rows", 0, 4, 0 },
  { "no-columns", 4, 0, 0 },
  { "constant", 3, 3, 7 },
  { "nothing-but-nan", 3, 3, NAN },
  { "nothing-but-infinity", 3, 3, INFINITY },
  { "scalar", 1, 1, 7 },
};

/* Planes with little to show still give a picture. */
static void
test_sparse (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  double value[9];
  for (int k = 0; k < 9; k++)
    value[k] = sparse[i].value;
  ScopePlane *plane = new_plane (sparse[i].rows, sparse[i].columns, value);
  ScopeView view = { 0 };
  ScopeHeatmapDecoration decoration = { .row_from_end = -2, .column_from_end = -1, .values = TRUE };
  ScopeHeatmapGeometry geometry = scope_heatmap_fit (plane, 30, 30, 100, 100);
  cairo_surface_t *surface = paint (plane, &view, &geometry, &decoration, 140, 140, 1);
  int drawn = 0;
  for (int y = 30; y < 130; y++)
    for (int x = 30; x < 130; x++)
      drawn += pixel_at (surface, x, y) != 0xFFFFFFFFu;
  g_assert_cmpint (drawn, >, 200);
  gint64 row, column;
  gboolean picked = scope_heatmap_pick (&geometry, 80, 80, &row, &column);
  g_assert_cmpint (picked, ==, sparse[i].rows * sparse[i].columns > 0);
  cairo_surface_destroy (surface);
  scope_plane_free (plane);
}

static cairo_status_t
append (void *closure, const guchar *bytes, guint length)
{
  g_string_append_len (closure, (const char *)bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Few cells become shapes, many an image that is enlarged by whole numbers. */
static void
test_svg (void)
{
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeView view = { 0 };
  for (int side = 3; side <= 300; side *= 100)
    {
      ScopePlane *plane = new_ramp (side, side);
      ScopeColorScale scale = scope_color_scale (&view, &plane->statistics);
      ScopeHeatmapGeometry geometry = scope_heatmap_fit (plane, 0, 0, 300, 300);
      cairo_surface_t *raster = scope_heatmap_raster (plane, &scale);
      g_autoptr (GString) svg = g_string_new (NULL);
      cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append, svg, 300, 300);
      cairo_t *cr = cairo_create (surface);
      scope_heatmap_paint (plane, raster, &scale, &geometry, &bare, &theme, cr);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
      cairo_surface_destroy (raster);
      g_assert_cmpint (strstr (svg->str, "<image") != NULL, ==, side == 300);
      g_assert_cmpint (strstr (svg->str, "<path") != NULL, ==, side == 3);
      if (side == 300)
        g_assert_nonnull (strstr (svg->str, "width=\"600\" height=\"600\""));
      scope_plane_free (plane);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paint/heatmap/four-boxes", test_four_boxes);
  g_test_add_func ("/paint/heatmap/values", test_values);
  g_test_add_func ("/paint/heatmap/mark", test_mark);
  g_test_add_func ("/paint/heatmap/recorded", test_recorded);
  g_test_add_func ("/paint/heatmap/part-of-a-plane", test_part_of_a_plane);
  g_test_add_func ("/paint/heatmap/edges", test_edges);
  g_test_add_func ("/paint/heatmap/svg", test_svg);
  for (gsize i = 0; i < G_N_ELEMENTS (pickings); i++)
    {
      g_autofree char *path = g_strdup_printf ("/paint/heatmap/picking/%s", pickings[i].name);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_picking);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (fits); i++)
    {
      g_autofree char *path = g_strdup_printf ("/paint/heatmap/fit/%s", fits[i].name);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_fit);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (specials); i++)
    {
      g_autofree char *path = g_strdup_printf ("/paint/heatmap/special/%s", specials[i].name);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_special);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (sparse); i++)
    {
      g_autofree char *path = g_strdup_printf ("/paint/heatmap/sparse/%s", sparse[i].name);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_sparse);
    }
  return g_test_run ();
}
