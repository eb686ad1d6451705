/* Where an alignment's cells stand, which are left out, and that colour never speaks alone. */
#include "paint/alignment-words.h"
#include "paint/alignment.h"
#include "samples.h"

#include <math.h>

static const struct
{
  const char *name;
  SampleKind kind;
  const char *a, *b, *c;
  double max_width;
  int columns; /* expected to be shown; −1: fewer than all */
  int failing; /* a column that must be among them, or −1 */
} cases[] = {
  { "example", SAMPLE_ASSIGN, "1,1,256,256", "1,1,1280,256", NULL, 0, 4, 2 },
  { "example-narrow", SAMPLE_ASSIGN, "1,1,256,256", "1,1,1280,256", NULL, 420, 4, 2 },
  { "numpy-manual", SAMPLE_BROADCAST, "8,1,6,1", "7,1,5", NULL, 420, 4, -1 },
  { "missing-axis", SAMPLE_BROADCAST, "256", "1,256", NULL, 0, 2, -1 },
  { "three", SAMPLE_BROADCAST, "2,3", "3", "1,3", 0, 2, -1 },
  { "two-fail", SAMPLE_BROADCAST, "2,3,4", "5,3,7", NULL, 300, 3, 0 },
  { "scalars", SAMPLE_BROADCAST, "()", "()", NULL, 420, 0, -1 },
  { "scalar-and-tensor", SAMPLE_BROADCAST, "2,3", "()", NULL, 420, 2, -1 },
  { "zero", SAMPLE_BROADCAST, "0,3", "1,3", NULL, 420, 2, -1 },
  { "long-size", SAMPLE_BROADCAST, "4611686018427387904,1", "4611686018427387903,1", NULL, 420, 2,
    0 },
  { "unknown", SAMPLE_BROADCAST, "N,?,6", "N,3,6", NULL, 420, 3, -1 },
  { "join", SAMPLE_JOIN, "1,1,256,256", "1,1,1280,256", NULL, 420, 4, -1 },
  { "product", SAMPLE_PRODUCT, "3,4", "4,5", NULL, 420, 2, -1 },
  { "rank-8-wide", SAMPLE_BROADCAST, "2,3,4,5,6,7,8,9", "5,1,7,1,9", NULL, 0, 8, -1 },
  { "rank-8-narrow", SAMPLE_BROADCAST, "2,3,4,5,6,7,8,9", "5,1,7,1,9", NULL, 420, -1, -1 },
  { "leading-fails-narrow", SAMPLE_BROADCAST, "2,3,4,5,6,7,8,9,1,1,1,1", "3,3,4,5,6,7,8,9,1,1,1,1",
    NULL, 420, -1, 0 },
  { "rank-64", SAMPLE_BROADCAST,
    "2,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,"
    "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1",
    "3", NULL, 420, -1, -1 },
  { "very-narrow", SAMPLE_ASSIGN, "1,1,256,256", "1,1,1280,256", NULL, 160, -1, 2 },
};

static ScopeAlignment *
sample_of (int i)
{
  return sample_new (cases[i].kind, cases[i].a, cases[i].b, cases[i].c);
}

static cairo_t *
new_scratch (int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  cairo_surface_destroy (surface);
  return cr;
}

static ScopeAlignmentGeometry
measure (const ScopeAlignment *alignment, const ScopeTheme *theme, double max_width)
{
  cairo_t *cr = new_scratch (1, 1);
  ScopeAlignmentGeometry geometry = scope_alignment_measure (alignment, NULL, theme, max_width, cr);
  cairo_destroy (cr);
  return geometry;
}

static void
test_columns (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeAlignment *alignment = sample_of (i);
  ScopeAlignmentGeometry geometry = measure (alignment, &theme, cases[i].max_width);

  if (cases[i].columns >= 0)
    g_assert_cmpint (geometry.columns, ==, cases[i].columns);
  else
    g_assert_cmpint (geometry.columns, <, alignment->rank);
  g_assert_cmpint (geometry.columns, >=, MIN (1, alignment->rank));
  if (cases[i].max_width > 160)
    g_assert_cmpfloat (geometry.width, <=, cases[i].max_width);

  double x, y, width, height;
  if (cases[i].failing >= 0)
    g_assert_true (scope_alignment_cell (&geometry, 0, cases[i].failing, &x, &y, &width, &height));

  /* From the front, apart from each other, inside the picture. */
  for (int c = 0; c < geometry.columns; c++)
    {
      g_assert_cmpfloat (geometry.column_width[c], >, 0);
      double end = geometry.column_x[c] + geometry.column_width[c];
      if (c + 1 < geometry.columns)
        {
          g_assert_cmpint (geometry.column[c], <, geometry.column[c + 1]);
          g_assert_cmpfloat (end, <, geometry.column_x[c + 1]);
        }
      g_assert_cmpfloat (end, <=, geometry.width);
    }
  sample_free (alignment);
}

/* Every point of a cell's rectangle picks that cell, and every point that picks a cell lies in its
 * rectangle. */
static void
test_pick (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeAlignment *alignment = sample_of (i);
  ScopeAlignmentGeometry geometry = measure (alignment, &theme, cases[i].max_width);
  int picked = 0, cells = 0;

  for (double y = -3.5; y < geometry.height + 4; y += 3)
    for (double x = -3.5; x < geometry.width + 4; x += 3)
      {
        int row, column;
        double cx, cy, cw, ch;
        if (!scope_alignment_pick (&geometry, x, y, &row, &column))
          continue;
        picked++;
        g_assert_true (scope_alignment_cell (&geometry, row, column, &cx, &cy, &cw, &ch));
        g_assert_true (x >= cx && x < cx + cw && y >= cy && y < cy + ch);
      }
  for (int row = 0; row <= alignment->rows; row++)
    for (int column = 0; column < alignment->rank; column++)
      {
        double x, y, w, h;
        int r, c;
        if (!scope_alignment_cell (&geometry, row, column, &x, &y, &w, &h))
          continue;
        cells++;
        g_assert_true (scope_alignment_pick (&geometry, x, y, &r, &c));
        g_assert_true (r == row && c == column);
        g_assert_true (scope_alignment_pick (&geometry, x + w - 0.01, y + h - 0.01, &r, &c));
        g_assert_true (r == row && c == column);
      }
  g_assert_cmpint (cells, ==, geometry.columns * (alignment->rows + 1));
  g_assert_true (picked > 0 || cells == 0);
  sample_free (alignment);
}

/* The picture in luminance only: what someone without colours sees. */
static cairo_surface_t *
paint_gray (const ScopeAlignment *alignment, const ScopeTheme *theme, ScopeAlignmentGeometry *out)
{
  *out = measure (alignment, theme, 0);
  cairo_t *cr = new_scratch ((int)out->width, (int)out->height);
  scope_color_set (cr, scope_theme_background (theme));
  cairo_paint (cr);
  scope_alignment_paint (alignment, out, NULL, theme, cr);
  cairo_surface_t *surface = cairo_surface_reference (cairo_get_target (cr));
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static double
luminance (cairo_surface_t *surface, int x, int y)
{
  guint32 pixel;
  memcpy (&pixel,
          cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface)
              + 4 * x,
          4);
  return (0.2126 * (pixel >> 16 & 255) + 0.7152 * (pixel >> 8 & 255) + 0.0722 * (pixel & 255))
         / 255;
}

/* How much the pixels of a rectangle differ from their median neighbourly fill: lines, hatching. */
static double
texture (cairo_surface_t *surface, double x, double y, double width, double height)
{
  int steps = 0, changes = 0;
  for (int py = (int)y + 5; py < (int)(y + height) - 5; py++)
    for (int px = (int)x + 6; px < (int)(x + width / 4); px++, steps++)
      if (fabs (luminance (surface, px, py) - luminance (surface, px - 1, py)) > 0.02)
        changes++;
  return (double)changes / steps;
}

static const struct
{
  const char *name;
  gboolean dark, high_contrast;
} themes[] = {
  { "light", FALSE, FALSE },
  { "dark", TRUE, FALSE },
  { "light-high-contrast", FALSE, TRUE },
  { "dark-high-contrast", TRUE, TRUE },
};

static void
test_without_colour (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeTheme theme = scope_theme_default (themes[i].dark);
  theme.high_contrast = themes[i].high_contrast;
  ScopeAlignment *alignment = sample_new (SAMPLE_BROADCAST, "7,7,7", "7,9,7", NULL);
  ScopeAlignmentGeometry geometry;
  cairo_surface_t *surface = paint_gray (alignment, &theme, &geometry);

  double hatched[3];
  for (int column = 0; column < 3; column++)
    {
      double x, y, w, h;
      g_assert_true (scope_alignment_cell (&geometry, 0, column, &x, &y, &w, &h));
      hatched[column] = texture (surface, x, y, w, h);
    }
  g_assert_cmpfloat (hatched[0], <, 0.01);
  g_assert_cmpfloat (hatched[1], >, 0.15);
  g_assert_cmpfloat (hatched[2], <, 0.01);
  cairo_surface_destroy (surface);
  sample_free (alignment);
}

/* A missing axis is an outline only, with gaps. */
static void
test_padded_is_a_ghost (void)
{
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeAlignment *alignment = sample_new (SAMPLE_BROADCAST, "5,5", "5", NULL);
  ScopeAlignmentGeometry geometry;
  cairo_surface_t *surface = paint_gray (alignment, &theme, &geometry);
  double x, y, w, h;
  int ink[2] = { 0, 0 };
  for (int row = 0; row < 2; row++)
    {
      g_assert_true (scope_alignment_cell (&geometry, row, 0, &x, &y, &w, &h));
      for (int px = (int)(x + 9); px < (int)(x + w - 9); px++)
        ink[row] += luminance (surface, px, (int)y) < 0.7;
      double inside = luminance (surface, (int)x + 8, (int)(y + h / 2));
      if (row == 1)
        g_assert_cmpfloat (inside, >, 0.999);
      else
        g_assert_cmpfloat (inside, <, 0.99);
    }
  g_assert_cmpint (ink[1], >, 0);
  g_assert_cmpint (ink[1], <, ink[0] * 3 / 4);
  cairo_surface_destroy (surface);
  sample_free (alignment);
}

/* Painting leaves the cairo_t as it was, and paints the same each time. */
static void
test_again (void)
{
  ScopeTheme theme = scope_theme_default (TRUE);
  ScopeAlignment *alignment = sample_new (SAMPLE_JOIN, "1,256,4", "1,1280,4", NULL);
  alignment->hidden = 3;
  ScopeAlignmentGeometry geometry, again;
  cairo_surface_t *first = paint_gray (alignment, &theme, &geometry);
  cairo_surface_t *second = paint_gray (alignment, &theme, &again);
  gsize bytes =
      (gsize)cairo_image_surface_get_stride (first) * (gsize)cairo_image_surface_get_height (first);
  g_assert_cmpmem (cairo_image_surface_get_data (first), bytes,
                   cairo_image_surface_get_data (second), bytes);
  cairo_surface_destroy (first);
  cairo_surface_destroy (second);
  sample_free (alignment);
}

static void
assert_words (const ScopeAlignment *alignment, int column, const char *expected)
{
  char **words = scope_alignment_sign_words (alignment, column);

  g_assert_cmpstr (words[0], ==, expected);
  g_strfreev (words);
}

/* A missing axis fails as the 1 that it is taken as; a product names the sizes it compares, which
 * stand in different columns, and no missing axis beside them. */
static void
test_failing_words (void)
{
  ScopeAlignment *assign = sample_new (SAMPLE_ASSIGN, "4", "3,4", NULL);
  ScopeAlignment *product = sample_new (SAMPLE_PRODUCT, "1,256", "1,1280,256", NULL);

  assign->row[0].cell[0].mark = SCOPE_MARK_PADDED;
  assert_words (assign, 0, "1 ≠ 3");
  product->row[0].cell[2].mark = SCOPE_MARK_FAILS;
  product->row[1].cell[1].mark = SCOPE_MARK_FAILS;
  product->column[1] = product->column[2] = SCOPE_MARK_FAILS;
  assert_words (product, 2, "256 ≠ 1280");
  sample_free (assign);
  sample_free (product);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *columns = g_strdup_printf ("/paint/alignment/columns/%s", cases[i].name);
      g_autofree char *pick = g_strdup_printf ("/paint/alignment/pick/%s", cases[i].name);
      g_test_add_data_func (columns, GINT_TO_POINTER ((int)i), test_columns);
      g_test_add_data_func (pick, GINT_TO_POINTER ((int)i), test_pick);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (themes); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/paint/alignment/without-colour/%s", themes[i].name);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_without_colour);
    }
  g_test_add_func ("/paint/alignment/padded-is-a-ghost", test_padded_is_a_ghost);
  g_test_add_func ("/paint/alignment/failing-words", test_failing_words);
  g_test_add_func ("/paint/alignment/again", test_again);
  return g_test_run ();
}
