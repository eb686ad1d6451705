/* Squares of a heatmap: pixel by pixel where there are pixels, as shapes where there are none. */
#include "paint/heatmap-map.h"

#include "paint/sign.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

enum
{
  MOST_RECTANGLES = 4096, /* as shapes in an SVG; more become an image */
  MOST_PIXELS = 16384,    /* a side of what is drawn at once */
  MOST_SIGNS = 4096,
};

/* Cells smaller than this show a pattern, larger ones a sign. */
#define SIGN_CELL 12.0

/* A NaN in a cell smaller than this has a ring around it when there are few. */
#define RING_CELL   6.0
#define RING_RADIUS 6.0

gboolean
scope_heatmap_has_special (const ScopeHeatmapPicture *picture)
{
  const ScopeHeatmapSpecials *specials = scope_heatmap_specials (picture->raster);
  return specials != NULL && specials->kind != NULL;
}

static double
cell_value (const ScopeHeatmapPicture *picture, gint64 row, gint64 column)
{
  return picture->plane->value[row * picture->plane->cell_columns + column];
}

static ScopeCellKind
kind_of (const ScopeHeatmapPicture *picture, gint64 row, gint64 column)
{
  const ScopeHeatmapSpecials *specials = scope_heatmap_specials (picture->raster);
  return specials->kind == NULL
             ? SCOPE_CELL_PLAIN
             : (ScopeCellKind)specials->kind[row * picture->plane->cell_columns + column];
}

/* ---- pixel by pixel ------------------------------------------------------------------------- */

/* Whether the pattern of a kind has ink at a pixel: diagonal lines for NaN, dots for infinities,
 * sparse diagonal lines the other way for what is clipped. */
static gboolean
pattern_has_ink (ScopeCellKind kind, int x, int y)
{
  switch (kind)
    {
    case SCOPE_CELL_BAD:
      return ((x + y) & 7) < 2;
    case SCOPE_CELL_POSITIVE_INFINITY:
    case SCOPE_CELL_NEGATIVE_INFINITY:
      return (x & 3) == 0 && (y & 3) == 0;
    case SCOPE_CELL_OVER:
    case SCOPE_CELL_UNDER:
      return ((x - y) & 7) == 0;
    case SCOPE_CELL_PLAIN:
      break;
    }
  return FALSE;
}

static guint32
pattern_ink (ScopeCellKind kind, guint32 color)
{
  if (kind == SCOPE_CELL_BAD)
    return 0xFF6E6E6Eu;
  return scope_color_ink_on (scope_color_unpack (color)).red > 0 ? 0xFFFFFFFFu : 0xFF000000u;
}

/* An image of the pixels that the map covers in the clip, in device pixels. */
typedef struct
{
  int left, top, width, height;
  double scale_x, scale_y, origin_x, origin_y; /* device = user · scale + origin */
} Window;

static void
draw_patterns (const ScopeHeatmapPicture *picture,
               const Window *window,
               const gint64 *column,
               gint64 row,
               int y,
               guint32 *out)
{
  gboolean signs =
      picture->geometry->cell_width >= SIGN_CELL && picture->geometry->cell_height >= SIGN_CELL;
  const guint8 *kinds =
      scope_heatmap_specials (picture->raster)->kind + row * picture->plane->cell_columns;
  for (int x = 0; x < window->width; x++)
    {
      ScopeCellKind kind = (ScopeCellKind)kinds[column[x]];
      if (kind == SCOPE_CELL_PLAIN || (signs && kind != SCOPE_CELL_BAD))
        continue;
      if (pattern_has_ink (kind, x + window->left, y + window->top))
        out[x] = pattern_ink (kind, out[x]);
    }
}

/* The cell of each pixel along one side, −1 beyond the map. */
static gint64 *
cells_of_pixels (int first,
                 int count,
                 double scale,
                 double origin,
                 double start,
                 double cell,
                 gint64 cells)
{
  gint64 *of = g_new (gint64, (gsize)count);
  for (int i = 0; i < count; i++)
    {
      double at = floor (((first + i + 0.5 - origin) / scale - start) / cell);
      of[i] = at >= 0 && at < (double)cells ? (gint64)at : -1;
    }
  return of;
}

/* Whether every pixel has the cell after its neighbour's. */
static gboolean
are_adjoining (const gint64 *cell, int count)
{
  for (int i = 1; i < count; i++)
    if (cell[i] != cell[i - 1] + 1)
      return FALSE;
  return TRUE;
}

/* Every pixel of the window has a cell. */
static void
fill_window (const ScopeHeatmapPicture *picture,
             const Window *window,
             const gint64 *row,
             const gint64 *column,
             cairo_surface_t *image)
{
  g_autofree gint32 *places = g_new (gint32, (gsize)window->width);
  guint32 *to = (guint32 *)(void *)cairo_image_surface_get_data (image);
  int pitch = cairo_image_surface_get_stride (image) / 4;
  for (int x = 0; x < window->width; x++)
    places[x] = (gint32)column[x];
  ScopeRasterSpread spread = {
    .from = (const guint32 *)(const void *)cairo_image_surface_get_data (picture->raster),
    .from_pitch = cairo_image_surface_get_stride (picture->raster) / 4,
    .from_columns = cairo_image_surface_get_width (picture->raster),
    .row = row,
    .column = places,
    .rows = window->height,
    .columns = window->width,
  };
  scope_raster_spread (&spread, to, pitch);
  if (!scope_heatmap_has_special (picture))
    return;
  const guint8 *special = scope_heatmap_specials (picture->raster)->in_row;
  for (int y = 0; y < window->height; y++)
    if (special[row[y]])
      draw_patterns (picture, window, column, row[y], y, to + (gsize)y * (gsize)pitch);
}

/* How many pixels stand for one so that a cell of this width gets one. */
static double
refine (double cell)
{
  return cell >= 1 ? 1 : fmin (ceil (1 / cell - 1e-6), 4);
}

/* The window of device pixels, or false when the target has no upright pixel grid or the window is
 * too large. */
static gboolean
find_window (const ScopeHeatmapPicture *picture, Window *window)
{
  cairo_surface_t *target = cairo_get_target (picture->cr);
  cairo_surface_type_t type = cairo_surface_get_type (target);
  cairo_matrix_t m;
  double device_x, device_y, left, top, right, bottom;
  cairo_get_matrix (picture->cr, &m);
  if (m.xy != 0 || m.yx != 0 || m.xx <= 0 || m.yy <= 0 || type == CAIRO_SURFACE_TYPE_SVG
      || type == CAIRO_SURFACE_TYPE_PDF || type == CAIRO_SURFACE_TYPE_PS)
    return FALSE;

  cairo_surface_get_device_scale (target, &device_x, &device_y);
  if (type == CAIRO_SURFACE_TYPE_RECORDING)
    {
      /* What is recorded may be shown on a screen of twice the pixels: cells smaller than a pixel
       * are there for it. */
      double known = picture->decoration->resolution;
      device_x = known > 0 ? known : refine (picture->geometry->cell_width * m.xx);
      device_y = known > 0 ? known : refine (picture->geometry->cell_height * m.yy);
    }
  *window = (Window){ .scale_x = m.xx * device_x,
                      .scale_y = m.yy * device_y,
                      .origin_x = m.x0 * device_x,
                      .origin_y = m.y0 * device_y };
  const ScopeHeatmapGeometry *geometry = picture->geometry;
  cairo_clip_extents (picture->cr, &left, &top, &right, &bottom);
  left = floor (fmax (left, geometry->x) * window->scale_x + window->origin_x);
  top = floor (fmax (top, geometry->y) * window->scale_y + window->origin_y);
  right = ceil (fmin (right, geometry->x + geometry->width) * window->scale_x + window->origin_x);
  bottom =
      ceil (fmin (bottom, geometry->y + geometry->height) * window->scale_y + window->origin_y);
  if (right - left > MOST_PIXELS || bottom - top > MOST_PIXELS)
    return FALSE;
  window->left = (int)left;
  window->top = (int)top;
  window->width = (int)fmax (right - left, 0);
  window->height = (int)fmax (bottom - top, 0);
  return TRUE;
}

/* Leaves out the pixels at both ends whose middles lie beyond the map. Returns how many there are
 * at the beginning. */
static int
trim (const gint64 *cell, int *count)
{
  int first = 0;
  while (first < *count && cell[first] < 0)
    first++;
  while (*count > first && cell[*count - 1] < 0)
    --*count;
  *count -= first;
  return first;
}

/* An opaque image, which is shown without being mixed with what is behind it, and whose pixels are
 * not set: every one of them will be. NULL without memory. */
static cairo_surface_t *
new_image (int width, int height)
{
  static const cairo_user_data_key_t key;
  int stride = cairo_format_stride_for_width (CAIRO_FORMAT_RGB24, width);
  guchar *data = g_try_malloc ((gsize)stride * (gsize)height);
  if (data == NULL)
    return NULL;
  cairo_surface_t *image =
      cairo_image_surface_create_for_data (data, CAIRO_FORMAT_RGB24, width, height, stride);
  if (cairo_surface_set_user_data (image, &key, data, g_free) == CAIRO_STATUS_SUCCESS)
    return image;
  cairo_surface_destroy (image);
  g_free (data);
  return NULL;
}

/* The raster itself where its cells are the pixels, from one of them on; it stays while the image
 * does. NULL without memory. */
static cairo_surface_t *
image_of_raster (cairo_surface_t *raster, gint64 row, gint64 column, int width, int height)
{
  static const cairo_user_data_key_t key;
  int stride = cairo_image_surface_get_stride (raster);
  guchar *first = cairo_image_surface_get_data (raster) + row * stride + column * 4;
  cairo_surface_t *image =
      cairo_image_surface_create_for_data (first, CAIRO_FORMAT_RGB24, width, height, stride);
  if (cairo_surface_set_user_data (image, &key, raster, (cairo_destroy_func_t)cairo_surface_destroy)
      == CAIRO_STATUS_SUCCESS)
    {
      cairo_surface_reference (raster);
      return image;
    }
  cairo_surface_destroy (image);
  return NULL;
}

/* The pixels of a window, each of which has a cell. NULL without memory. */
static cairo_surface_t *
make_image (const ScopeHeatmapPicture *picture,
            const Window *window,
            const gint64 *row,
            const gint64 *column)
{
  if (!scope_heatmap_has_special (picture) && are_adjoining (column, window->width)
      && are_adjoining (row, window->height))
    return image_of_raster (picture->raster, row[0], column[0], window->width, window->height);
  cairo_surface_t *image = new_image (window->width, window->height);
  if (image == NULL)
    return NULL;
  fill_window (picture, window, row, column, image);
  cairo_surface_mark_dirty (image);
  return image;
}

/* A pattern of an image that it takes over. A recording shares it, where it would copy a surface
 * that goes before the recording does. */

static cairo_surface_t *
image_acquire (cairo_pattern_t *pattern,
               void *image,
               cairo_surface_t *target,
               const cairo_rectangle_int_t *extents)
{
  return cairo_surface_reference (image);
}

static void
image_release (cairo_pattern_t *pattern, void *image, cairo_surface_t *surface)
{
  cairo_surface_destroy (surface);
}

static cairo_status_t
image_copy (cairo_pattern_t *pattern, void *image, const cairo_pattern_t *other)
{
  cairo_surface_reference (image);
  return CAIRO_STATUS_SUCCESS;
}

static void
image_finish (cairo_pattern_t *pattern, void *image)
{
  cairo_surface_destroy (image);
}

static cairo_pattern_t *
image_pattern (cairo_surface_t *image)
{
  cairo_pattern_t *pattern = cairo_pattern_create_raster_source (
      image, CAIRO_CONTENT_COLOR, cairo_image_surface_get_width (image),
      cairo_image_surface_get_height (image));
  cairo_raster_source_pattern_set_acquire (pattern, image_acquire, image_release);
  cairo_raster_source_pattern_set_copy (pattern, image_copy);
  cairo_raster_source_pattern_set_finish (pattern, image_finish);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_NEAREST);
  return pattern;
}

static gboolean
paint_pixels (ScopeHeatmapPicture *picture)
{
  const ScopeHeatmapGeometry *geometry = picture->geometry;
  Window window;
  if (!find_window (picture, &window))
    return FALSE;
  g_autofree gint64 *column =
      cells_of_pixels (window.left, window.width, window.scale_x, window.origin_x, geometry->x,
                       geometry->cell_width, geometry->columns);
  g_autofree gint64 *row =
      cells_of_pixels (window.top, window.height, window.scale_y, window.origin_y, geometry->y,
                       geometry->cell_height, geometry->rows);
  int left = trim (column, &window.width), top = trim (row, &window.height);
  window.left += left;
  window.top += top;
  if (window.width == 0 || window.height == 0)
    return TRUE;

  cairo_surface_t *image = make_image (picture, &window, row + top, column + left);
  if (image == NULL)
    return FALSE;

  cairo_save (picture->cr);
  cairo_translate (picture->cr, (window.left - window.origin_x) / window.scale_x,
                   (window.top - window.origin_y) / window.scale_y);
  cairo_scale (picture->cr, 1 / window.scale_x, 1 / window.scale_y);
  cairo_pattern_t *pattern = image_pattern (image);
  cairo_set_source (picture->cr, pattern);
  cairo_rectangle (picture->cr, 0, 0, window.width, window.height);
  cairo_fill (picture->cr);
  cairo_restore (picture->cr);
  cairo_pattern_destroy (pattern);
  return TRUE;
}

/* ---- shapes --------------------------------------------------------------------------------- */

/* Every run of equal cells reaches to the map's end and is painted over by the next, so that no
 * seams show between neighbours. */
static void
paint_rectangles (ScopeHeatmapPicture *picture)
{
  const ScopeHeatmapGeometry *geometry = picture->geometry;
  const guchar *data = cairo_image_surface_get_data (picture->raster);
  int stride = cairo_image_surface_get_stride (picture->raster);
  for (gint64 row = picture->first_row; row < picture->end_row; row++)
    {
      const guint32 *cell = (const guint32 *)(const void *)(data + row * stride);
      double y = geometry->y + (double)row * geometry->cell_height;
      for (gint64 column = picture->first_column; column < picture->end_column; column++)
        {
          if (column > picture->first_column && cell[column] == cell[column - 1])
            continue;
          double x = geometry->x + (double)column * geometry->cell_width;
          scope_color_set (picture->cr, scope_color_unpack (cell[column]));
          cairo_rectangle (picture->cr, x, y, geometry->x + geometry->width - x,
                           geometry->y + geometry->height - y);
          cairo_fill (picture->cr);
        }
    }
}

/* The raster enlarged by whole numbers, for viewers that smooth what they enlarge. */
static cairo_surface_t *
enlarge (const ScopeHeatmapPicture *picture)
{
  int columns = cairo_image_surface_get_width (picture->raster);
  int rows = cairo_image_surface_get_height (picture->raster);
  int across = CLAMP ((int)ceil (2 * picture->geometry->cell_width), 1, MAX (1, 4096 / columns));
  int down = CLAMP ((int)ceil (2 * picture->geometry->cell_height), 1, MAX (1, 4096 / rows));
  cairo_surface_t *large =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, columns * across, rows * down);
  if (cairo_surface_status (large) != CAIRO_STATUS_SUCCESS)
    return large;

  cairo_surface_flush (large);
  guchar *to = cairo_image_surface_get_data (large);
  const guchar *from = cairo_image_surface_get_data (picture->raster);
  int to_stride = cairo_image_surface_get_stride (large);
  int from_stride = cairo_image_surface_get_stride (picture->raster);
  for (int y = 0; y < rows * down; y++)
    {
      guint32 *line = (guint32 *)(void *)(to + (gsize)y * (gsize)to_stride);
      const guint32 *cell =
          (const guint32 *)(const void *)(from + (gsize)(y / down) * (gsize)from_stride);
      for (int x = 0; x < columns * across; x++)
        line[x] = cell[x / across];
    }
  cairo_surface_mark_dirty (large);
  return large;
}

static void
paint_image (ScopeHeatmapPicture *picture, cairo_surface_t *image)
{
  const ScopeHeatmapGeometry *geometry = picture->geometry;
  cairo_t *cr = picture->cr;
  cairo_save (cr);
  cairo_rectangle (cr, geometry->x, geometry->y, geometry->width, geometry->height);
  cairo_clip (cr);
  cairo_translate (cr, geometry->x, geometry->y);
  cairo_scale (cr, geometry->width / cairo_image_surface_get_width (image),
               geometry->height / cairo_image_surface_get_height (image));
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_restore (cr);
}

/* NaN cells hatched with lines, run by run. */
static void
hatch_bad_cells (ScopeHeatmapPicture *picture)
{
  const ScopeHeatmapGeometry *geometry = picture->geometry;
  int runs = 0;
  cairo_save (picture->cr);
  cairo_new_path (picture->cr);
  for (gint64 row = picture->first_row; row < picture->end_row; row++)
    for (gint64 column = picture->first_column; column < picture->end_column; column++)
      {
        gint64 end = column;
        while (end < picture->end_column && kind_of (picture, row, end) == SCOPE_CELL_BAD)
          end++;
        if (end == column || ++runs > MOST_RECTANGLES)
          continue;
        cairo_rectangle (picture->cr, geometry->x + (double)column * geometry->cell_width,
                         geometry->y + (double)row * geometry->cell_height,
                         (double)(end - column) * geometry->cell_width, geometry->cell_height);
        column = end;
      }
  if (runs > 0 && runs <= MOST_RECTANGLES)
    {
      ScopeColor gray = { 0.43, 0.43, 0.43, 1 };
      cairo_clip (picture->cr);
      scope_hatch (picture->cr, geometry->x, geometry->y, geometry->width, geometry->height, 0, 6,
                   1.2, gray);
    }
  cairo_new_path (picture->cr);
  cairo_restore (picture->cr);
}

static void
paint_shapes (ScopeHeatmapPicture *picture)
{
  gint64 cells =
      (picture->end_row - picture->first_row) * (picture->end_column - picture->first_column);
  gboolean svg = cairo_surface_get_type (cairo_get_target (picture->cr)) == CAIRO_SURFACE_TYPE_SVG;
  if (cells <= MOST_RECTANGLES)
    paint_rectangles (picture);
  else if (svg)
    {
      cairo_surface_t *large = enlarge (picture);
      paint_image (picture, large);
      cairo_surface_destroy (large);
    }
  else
    paint_image (picture, picture->raster);
  if (scope_heatmap_has_special (picture))
    hatch_bad_cells (picture);
}

void
scope_heatmap_paint_cells (ScopeHeatmapPicture *picture)
{
  cairo_surface_flush (picture->raster);
  if (!paint_pixels (picture))
    paint_shapes (picture);
}

/* ---- signs ---------------------------------------------------------------------------------- */

/* A filled triangle for infinities, an open one for what is clipped; up for above. */
static void
paint_sign (cairo_t *cr, ScopeCellKind kind, double x, double y, double size, ScopeColor ink)
{
  gboolean up = kind == SCOPE_CELL_POSITIVE_INFINITY || kind == SCOPE_CELL_OVER;
  double tip = up ? -size / 2 : size / 2;
  cairo_move_to (cr, x - size / 2, y - tip);
  cairo_line_to (cr, x, y + tip);
  cairo_line_to (cr, x + size / 2, y - tip);
  scope_color_set (cr, ink);
  if (kind == SCOPE_CELL_POSITIVE_INFINITY || kind == SCOPE_CELL_NEGATIVE_INFINITY)
    {
      cairo_close_path (cr);
      cairo_fill (cr);
      return;
    }
  cairo_set_line_width (cr, fmax (1, size / 6));
  cairo_stroke (cr);
}

/* NaN must not be missed because a cell is a pixel small: a ring around each of the few there are.
 */
void
scope_heatmap_paint_rings (ScopeHeatmapPicture *picture)
{
  const ScopeHeatmapGeometry *geometry = picture->geometry;
  const ScopeHeatmapSpecials *specials = scope_heatmap_specials (picture->raster);
  double side = fmin (geometry->cell_width, geometry->cell_height);
  if (specials == NULL || specials->bads == 0 || specials->bads > SCOPE_HEATMAP_FEW
      || side >= RING_CELL)
    return;
  for (gint64 i = 0; i < specials->bads; i++)
    {
      gint64 row = specials->bad[i] / picture->plane->cell_columns;
      gint64 column = specials->bad[i] % picture->plane->cell_columns;
      double x = geometry->x + ((double)column + 0.5) * geometry->cell_width;
      double y = geometry->y + ((double)row + 0.5) * geometry->cell_height;
      if (row < picture->first_row || row >= picture->end_row || column < picture->first_column
          || column >= picture->end_column)
        continue;
      cairo_new_sub_path (picture->cr);
      cairo_arc (picture->cr, x, y, RING_RADIUS, 0, 2 * G_PI);
    }
  scope_heatmap_stroke_twice (picture);
}

void
scope_heatmap_paint_signs (ScopeHeatmapPicture *picture)
{
  const ScopeHeatmapGeometry *geometry = picture->geometry;
  double side = fmin (geometry->cell_width, geometry->cell_height);
  gint64 cells =
      (picture->end_row - picture->first_row) * (picture->end_column - picture->first_column);
  if (side < SIGN_CELL || cells > 16 * MOST_SIGNS || !scope_heatmap_has_special (picture))
    return;

  double size = fmin (0.5 * side, 9);
  for (gint64 row = picture->first_row; row < picture->end_row; row++)
    for (gint64 column = picture->first_column; column < picture->end_column; column++)
      {
        double value = cell_value (picture, row, column);
        ScopeCellKind kind = kind_of (picture, row, column);
        if (kind == SCOPE_CELL_PLAIN || kind == SCOPE_CELL_BAD)
          continue;
        /* In the top right corner, so that the value has room. */
        double x = geometry->x + (double)(column + 1) * geometry->cell_width;
        double y = geometry->y + (double)row * geometry->cell_height;
        guint32 color = scope_color_scale_map (picture->scale, value);
        double margin = side < 24 ? side / 2 : 0.5 * size + 3;
        paint_sign (picture->cr, kind, x - margin, y + margin, size,
                    scope_color_ink_on (scope_color_unpack (color)));
      }
}
