/* Words on a picture: what is remembered of their sizes is what Pango says. */
#include "paint/text-sizes.h"
#include "paint/text.h"

#include <math.h>

static const struct
{
  const char *name, *text;
  double size, max_width;
  gboolean mono, bold;
  ScopeTooLong too_long;
} cases[] = {
  { "number", "1280", 15, 0, TRUE, FALSE, SCOPE_TOO_LONG_OVERFLOWS },
  { "bold", "1280", 15, 0, TRUE, TRUE, SCOPE_TOO_LONG_OVERFLOWS },
  { "larger", "1280", 22.5, 0, TRUE, FALSE, SCOPE_TOO_LONG_OVERFLOWS },
  { "words", "compared from the trailing end", 11, 0, FALSE, FALSE, SCOPE_TOO_LONG_OVERFLOWS },
  { "wrapped", "compared from the trailing end", 11, 60, FALSE, FALSE, SCOPE_TOO_LONG_WRAPS },
  { "ended", "compared from the trailing end", 11, 60, FALSE, FALSE, SCOPE_TOO_LONG_ENDS },
  { "has-room", "trailing", 11, 600, FALSE, FALSE, SCOPE_TOO_LONG_WRAPS },
  { "empty", "", 11, 0, FALSE, FALSE, SCOPE_TOO_LONG_OVERFLOWS },
  { "other-script", "形状 → الشكل", 11, 0, FALSE, FALSE, SCOPE_TOO_LONG_OVERFLOWS },
};

static cairo_t *
new_context (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (surface);
  cairo_surface_destroy (surface);
  return cr;
}

static void
measure (gsize i, double *width, double *height)
{
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeTextStyle style = { .size = cases[i].size,
                           .mono = cases[i].mono,
                           .bold = cases[i].bold,
                           .too_long = cases[i].too_long,
                           .max_width = cases[i].max_width };
  ScopePen pen;
  cairo_t *cr = new_context ();
  scope_pen_init (&pen, cr, &theme);
  scope_pen_measure (&pen, &style, cases[i].text, width, height);
  scope_pen_clear (&pen);
  cairo_destroy (cr);
}

typedef struct
{
  gsize i;
  double width, height;
} Measured;

/* A new thread has a font map of its own, which remembers nothing. */
static gpointer
measure_afresh (gpointer data)
{
  Measured *measured = data;
  measure (measured->i, &measured->width, &measured->height);
  return NULL;
}

static void
test_remembered (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  Measured fresh = { .i = i };
  double width, height;

  /* All of the others first: none is taken for another. */
  for (gsize k = 0; k < G_N_ELEMENTS (cases); k++)
    measure (k, &width, &height);
  measure (i, &width, &height);
  g_thread_join (g_thread_new ("fresh", measure_afresh, &fresh));
  g_assert_cmpfloat (width, ==, fresh.width);
  g_assert_cmpfloat (height, ==, fresh.height);
  g_assert_cmpfloat (height, >, 0);
  if (cases[i].max_width > 0)
    g_assert_cmpfloat (width, <=, cases[i].max_width);
}

static void
test_bounded (void)
{
  PangoFontMap *fonts = pango_cairo_font_map_get_default ();
  ScopeTextLine first = { .family = "Sans", .font_size = 10, .text = "first" };
  double width, height;

  scope_text_sizes_add (fonts, &first, 1, 2);
  g_assert_true (scope_text_sizes_find (fonts, &first, &width, &height));
  g_assert_cmpfloat (width, ==, 1);
  g_assert_cmpfloat (height, ==, 2);
  for (int i = 0; i < 5000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%d", i);
      ScopeTextLine line = { .family = "Sans", .font_size = 10, .text = text };
      scope_text_sizes_add (fonts, &line, i, i);
    }
  g_assert_false (scope_text_sizes_find (fonts, &first, &width, &height));
}

static void
test_fonts_change (void)
{
  PangoFontMap *fonts = pango_cairo_font_map_get_default ();
  ScopeTextLine line = { .family = "Sans", .font_size = 10, .text = "changing" };
  double width, height;

  scope_text_sizes_add (fonts, &line, 1, 2);
  pango_font_map_changed (fonts);
  g_assert_false (scope_text_sizes_find (fonts, &line, &width, &height));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/text/remembered/%s", cases[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_remembered);
    }
  g_test_add_func ("/text/bounded", test_bounded);
  g_test_add_func ("/text/fonts-change", test_fonts_change);
  return g_test_run ();
}
