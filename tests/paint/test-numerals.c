/* Numbers written at once look as numbers written one by one. */
#include "paint/numerals.h"

#include <cairo-svg.h>
#include <string.h>

enum
{
  WIDTH = 240,
  HEIGHT = 48
};

static const struct
{
  const char *name, *text[3];
  double size;
  gboolean mono;
  int scale;
} cases[] = {
  { "integers", { "0", "1280", "-9" }, 13, TRUE, 1 },
  { "digits", { "3.14159", "-1e+20", "0.5" }, 13.5, TRUE, 1 },
  { "proportional", { "111", "1.7", "8080" }, 13, FALSE, 1 },
  { "words", { "nan", "True", "inf" }, 11.25, TRUE, 1 },
  { "complex", { "1+2j", "-0.5+0j", "2j" }, 9, TRUE, 1 },
  { "not-ascii", { "∞", "−1", "7" }, 12, TRUE, 1 },
  { "empty", { "", "1", "" }, 12, TRUE, 1 },
  { "two-pixels", { "3.25", "-44", "6" }, 12.75, TRUE, 2 },
};

static void
write_all (gsize i, cairo_surface_t *surface, gboolean at_once)
{
  ScopeTheme theme = scope_theme_default (FALSE);
  cairo_t *cr = cairo_create (surface);
  ScopePen pen;
  scope_pen_init (&pen, cr, &theme);
  ScopeNumerals *numerals = scope_numerals_new (&pen);
  for (int n = 0; n < 3; n++)
    {
      ScopeTextStyle style = { .size = cases[i].size + (n == 2 ? 2 : 0),
                               .mono = cases[i].mono,
                               .color = { n == 0, 0, 0, 1 },
                               .anchor = SCOPE_ANCHOR_MIDDLE };
      double x = 40.5 + 80 * n, y = 24;
      if (at_once)
        scope_numerals_write (numerals, &style, cases[i].text[n], x, y);
      else
        scope_pen_write (&pen, &style, cases[i].text[n], x, y);
    }
  scope_numerals_free (numerals);
  scope_pen_clear (&pen);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
}

static cairo_surface_t *
draw (gsize i, gboolean at_once)
{
  int scale = cases[i].scale;
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH * scale, HEIGHT * scale);
  cairo_surface_set_device_scale (surface, scale, scale);
  write_all (i, surface, at_once);
  return surface;
}

static void
test_looks_alike (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data), drawn = 0;
  cairo_surface_t *one = draw (i, FALSE), *all = draw (i, TRUE);
  const guchar *a = cairo_image_surface_get_data (one), *b = cairo_image_surface_get_data (all);
  gsize bytes = (gsize)cairo_image_surface_get_stride (one) * HEIGHT * (gsize)cases[i].scale;
  for (gsize k = 0; k < bytes; k++)
    drawn += a[k] != 0;
  g_assert_cmpuint (drawn, >, 20);
  g_assert_cmpmem (a, bytes, b, bytes);
  cairo_surface_destroy (one);
  cairo_surface_destroy (all);
}

static cairo_status_t
ignore (void *data, const unsigned char *bytes, unsigned int length)
{
  return CAIRO_STATUS_SUCCESS;
}

/* In a document a number stays a text, which can be searched and copied. */
static void
test_document (void)
{
  g_autoptr (GString) svg = g_string_new (NULL);
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (ignore, NULL, WIDTH, HEIGHT);
  scope_text_collect_svg (surface, svg);
  write_all (0, surface, TRUE);
  cairo_surface_destroy (surface);
  g_assert_nonnull (strstr (svg->str, ">1280</text>"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/numerals/look-alike/%s", cases[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_looks_alike);
    }
  g_test_add_func ("/numerals/document", test_document);
  return g_test_run ();
}
