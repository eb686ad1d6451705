/* Where a heatmap's cells stand, and their colours. */
#include "paint/heatmap-map.h"

#include <math.h>
#include <string.h>

/* The largest cell, in CSS pixels: a 2 × 2 map need not fill a window. */
#define LARGEST_CELL 112.0
/* A map's narrower side takes at least this share of its box, if stretching by 4 reaches it. */
#define LEAST_SHARE  0.35
#define MOST_STRETCH 4.0
#define LEAST_SIDE   24.0 /* CSS pixels */

/* Whole pixels where that costs little, so that all cells are alike. */
static double
snap (double cell, gint64 cells)
{
  if (cell >= 3)
    return floor (cell);
  double whole = floor (cell * (double)cells);
  return whole >= 1 ? whole / (double)cells : cell;
}

/* How much longer than square elements become on the narrower side, whose squares take `side` of a
 * box: enough for a share of it, within reason, and never less than a visible strip. */
static double
stretch (double side, double box)
{
  double readable = fmin (MOST_STRETCH, LEAST_SHARE * box / side);
  return fmax (fmax (1, readable), fmin (LEAST_SIDE, box) / side);
}

static void
fit_elements (double rows,
              double columns,
              double width,
              double height,
              double *across,
              double *down)
{
  double element = fmin (width / columns, height / rows);
  *across = element * stretch (element * columns, width);
  *down = element * stretch (element * rows, height);
}

void
scope_heatmap_room (gint64 rows,
                    gint64 columns,
                    double width,
                    double height,
                    gint64 *max_rows,
                    gint64 *max_columns)
{
  double across, down;
  double most_rows = (double)MAX (rows, 1), most_columns = (double)MAX (columns, 1);
  fit_elements (most_rows, most_columns, fmax (width, 1), fmax (height, 1), &across, &down);
  /* A little less, since blocks that reach beyond the plane make elements a little smaller. */
  *max_rows = (gint64)fmax (1, fmin (most_rows, floor (0.97 * most_rows * down)));
  *max_columns = (gint64)fmax (1, fmin (most_columns, floor (0.97 * most_columns * across)));
}

ScopeHeatmapGeometry
scope_heatmap_fit (const ScopePlane *plane, double x, double y, double width, double height)
{
  ScopeHeatmapGeometry geometry = {
    .x = x, .y = y, .rows = plane->cell_rows, .columns = plane->cell_columns
  };
  width = fmax (width, 1);
  height = fmax (height, 1);
  if (plane->cell_rows == 0 || plane->cell_columns == 0)
    {
      geometry.width = width;
      geometry.height = height;
      return geometry;
    }

  /* Elements are square, so a cell of 7 × 1 elements is seven times as high as wide. */
  double across, down;
  fit_elements ((double)plane->cell_rows * (double)plane->row_block,
                (double)plane->cell_columns * (double)plane->column_block, width, height, &across,
                &down);
  double cell_width = across * (double)plane->column_block;
  double cell_height = down * (double)plane->row_block;
  double shrink = fmin (1, LARGEST_CELL / fmax (cell_width, cell_height));

  geometry.cell_width = snap (cell_width * shrink, geometry.columns);
  geometry.cell_height = snap (cell_height * shrink, geometry.rows);
  geometry.width = geometry.cell_width * (double)geometry.columns;
  geometry.height = geometry.cell_height * (double)geometry.rows;
  geometry.x = floor (x + (width - geometry.width) / 2);
  geometry.y = floor (y + (height - geometry.height) / 2);
  return geometry;
}

gboolean
scope_heatmap_pick (const ScopeHeatmapGeometry *geometry,
                    double x,
                    double y,
                    gint64 *row,
                    gint64 *column)
{
  if (geometry->rows == 0 || geometry->columns == 0)
    return FALSE;
  double r = floor ((y - geometry->y) / geometry->cell_height);
  double c = floor ((x - geometry->x) / geometry->cell_width);
  if (!(r >= 0 && r < (double)geometry->rows && c >= 0 && c < (double)geometry->columns))
    return FALSE;
  *row = (gint64)r;
  *column = (gint64)c;
  return TRUE;
}

gboolean
scope_heatmap_pick_element (const ScopePlane *plane,
                            const ScopeHeatmapGeometry *geometry,
                            double x,
                            double y,
                            gint64 *row,
                            gint64 *column)
{
  gint64 r, c;
  if (!scope_heatmap_pick (geometry, x, y, &r, &c))
    return FALSE;
  double down = (y - geometry->y) / geometry->cell_height - (double)r;
  double right = (x - geometry->x) / geometry->cell_width - (double)c;
  gint64 in_row = CLAMP ((gint64)(down * (double)plane->row_block), 0, plane->row_block - 1);
  gint64 in_column =
      CLAMP ((gint64)(right * (double)plane->column_block), 0, plane->column_block - 1);
  *row = MIN (plane->row_begin + r * plane->row_block + in_row, plane->rows - 1);
  *column = MIN (plane->column_begin + c * plane->column_block + in_column, plane->columns - 1);
  return TRUE;
}

/* ---- colours -------------------------------------------------------------------------------- */

static const cairo_user_data_key_t specials_key;

const ScopeHeatmapSpecials *
scope_heatmap_specials (cairo_surface_t *raster)
{
  return cairo_surface_get_user_data (raster, &specials_key);
}

static void
specials_free (gpointer data)
{
  ScopeHeatmapSpecials *specials = data;
  g_free (specials->kind);
  g_free (specials->in_row);
  g_free (specials);
}

/* The cells as they were read where they are exact, else as numbers. */
static ScopeRasterWindow
window_of (const ScopePlane *plane)
{
  gboolean exact = plane->element != NULL && scope_dtype_kind (plane->dtype) != SCOPE_KIND_COMPLEX;
  return (ScopeRasterWindow){ .dtype = exact ? plane->dtype : SCOPE_FLOAT64,
                              .data = exact ? plane->element : plane->value,
                              .rows = plane->cell_rows,
                              .columns = plane->cell_columns,
                              .row_stride = plane->cell_columns,
                              .column_stride = 1 };
}

/* Sorts a row's cells that need more than their colour. */
static void
note_specials (ScopeHeatmapSpecials *specials,
               const ScopeRaster *raster,
               const ScopeRasterWindow *window,
               gint64 row)
{
  if (specials->kind == NULL)
    specials->kind = g_new0 (guint8, (gsize)(window->rows * window->columns));
  guint8 *kind = specials->kind + row * window->columns;
  scope_raster_sort (raster, window, row, kind);
  specials->in_row[row] = TRUE;
  for (gint64 cell = 0; cell < window->columns; cell++)
    if (kind[cell] == SCOPE_CELL_BAD && specials->bads++ < SCOPE_HEATMAP_FEW)
      specials->bad[specials->bads - 1] = row * window->columns + cell;
}

cairo_surface_t *
scope_heatmap_raster (const ScopePlane *plane, const ScopeColorScale *scale)
{
  if (plane->cell_rows == 0 || plane->cell_columns == 0 || plane->cell_rows > 32767
      || plane->cell_columns > 32767)
    return NULL;
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, (int)plane->cell_columns, (int)plane->cell_rows);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    {
      cairo_surface_destroy (surface);
      return NULL;
    }

  cairo_surface_flush (surface);
  ScopeHeatmapSpecials *specials = g_new0 (ScopeHeatmapSpecials, 1);
  specials->in_row = g_new0 (guint8, (gsize)plane->cell_rows);
  g_autofree bool *outside = g_new (bool, (gsize)plane->cell_rows);
  ScopeRasterWindow window = window_of (plane);
  ScopeRaster raster;
  scope_color_scale_raster (scale, &raster);
  if (scope_raster_map (&raster, &window, (guint32 *)(void *)cairo_image_surface_get_data (surface),
                        cairo_image_surface_get_stride (surface) / 4, outside, NULL))
    for (gint64 row = 0; row < plane->cell_rows; row++)
      if (outside[row])
        note_specials (specials, &raster, &window, row);
  cairo_surface_mark_dirty (surface);
  cairo_surface_set_user_data (surface, &specials_key, specials, specials_free);
  return surface;
}
