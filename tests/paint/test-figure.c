/* Pictures as files: text stays text, the same picture gives the same bytes, nothing is torn. */
#include "paint/composition.h"
#include "paint/text.h"
#include "samples.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* ---- SVG is well formed, and its texts can be read --------------------------------------------
 */

typedef struct
{
  gboolean in_text;
  GPtrArray *texts;
  int images, paths;
} Reading;

static void
start (GMarkupParseContext *context,
       const char *element,
       const char **names,
       const char **values,
       gpointer data,
       GError **error)
{
  Reading *reading = data;
  reading->in_text = g_str_equal (element, "text");
  reading->images += g_str_equal (element, "image");
  reading->paths += g_str_equal (element, "path");
  if (reading->in_text)
    g_ptr_array_add (reading->texts, g_strdup (""));
}

static void
end (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  ((Reading *)data)->in_text = FALSE;
}

static void
text (GMarkupParseContext *context, const char *bytes, gsize length, gpointer data, GError **error)
{
  Reading *reading = data;
  if (!reading->in_text)
    return;
  char **last = (char **)&reading->texts->pdata[reading->texts->len - 1];
  g_autofree char *before = *last;
  g_autofree char *more = g_strndup (bytes, length);
  *last = g_strconcat (before, more, NULL);
}

/* The texts of an SVG, NULL-terminated. */
static char **
read_svg (GBytes *bytes, int *images, int *paths)
{
  static const GMarkupParser parser = { .start_element = start, .end_element = end, .text = text };
  Reading reading = { .texts = g_ptr_array_new () };
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, &reading, NULL);
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  gboolean parsed = g_markup_parse_context_parse (context, data, (gssize)length, &error)
                    && g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_assert_true (parsed);
  g_markup_parse_context_free (context);
  g_ptr_array_add (reading.texts, NULL);
  if (images != NULL)
    *images = reading.images;
  if (paths != NULL)
    *paths = reading.paths;
  return (char **)g_ptr_array_free (reading.texts, FALSE);
}

static GBytes *
render (ScopeFigureFormat format,
        double width,
        double height,
        double scale,
        gboolean dark,
        ScopeFigurePaint paint,
        gpointer data)
{
  g_autoptr (GError) error = NULL;
  ScopeTheme theme = scope_theme_default (dark);
  GBytes *bytes = scope_figure_render (format, width, height, scale, &theme, paint, data, &error);
  g_assert_no_error (error);
  return bytes;
}

static const struct
{
  const char *name;
  SampleKind kind;
  const char *title, *a, *b, *sentence;
} alignments[] = {
  { "example", SAMPLE_ASSIGN, "A[...] = B", "1,1,256,256", "1,1,1280,256",
    "Axis 2 (−2) does not fit: A has 256 and B has 1280." },
  { "escaped", SAMPLE_BROADCAST, "A < B && \"C\"", "2,3", "3", "5 < 6 & 7 > 6" },
  { "scalar", SAMPLE_BROADCAST, "A + B", "()", "()", NULL },
};

static ScopeAlignmentFigure
figure_of (int i, const ScopeTheme *theme, const ScopeAlignment *alignment)
{
  return (ScopeAlignmentFigure){ .theme = theme,
                                 .title = alignments[i].title,
                                 .sentence = alignments[i].sentence,
                                 .fails = i == 0,
                                 .alignment = alignment };
}

static void
test_alignment_svg (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeAlignment *alignment =
      sample_new (alignments[i].kind, alignments[i].a, alignments[i].b, NULL);
  ScopeAlignmentFigure figure = figure_of (i, &theme, alignment);
  double width, height;
  scope_alignment_figure_measure (&figure, &width, &height);
  g_autoptr (GBytes) bytes =
      render (SCOPE_FIGURE_SVG, width, height, 1, FALSE, scope_alignment_figure_paint, &figure);
  g_auto (GStrv) texts = read_svg (bytes, NULL, NULL);
  const char *const *words = (const char *const *)texts;

  g_assert_true (g_strv_contains (words, alignments[i].title));
  if (alignments[i].sentence != NULL)
    g_assert_true (g_strv_contains (words, alignments[i].sentence));
  g_assert_true (g_strv_contains (words, "A"));
  g_assert_true (g_strv_contains (words, "result"));
  if (i == 0)
    {
      g_assert_true (g_strv_contains (words, "axis 2 · −2"));
      g_assert_true (g_strv_contains (words, "1280"));
      g_assert_true (g_strv_contains (words, "256 ≠ 1280"));
      g_assert_true (g_strv_contains (words, "target"));
      g_assert_true (g_strv_contains (words, "compared from the trailing end"));
    }
  if (i == 2)
    g_assert_true (g_strv_contains (words, "scalar"));
  sample_free (alignment);
}

/* A narrow figure wraps its words: lines of the sentence, joined, are the sentence. */
static void
test_wrapped_svg (void)
{
  const char *sentence = "Axis 2 (−2) does not fit: A has 256 and B has 1280; an assignment can "
                         "only stretch the source, and only from 1.";
  ScopeTheme theme = scope_theme_default (TRUE);
  ScopeAlignmentFigure figure = { .theme = &theme,
                                  .title = "A[...] = B\nC = A + 1",
                                  .sentence = sentence,
                                  .fails = TRUE,
                                  .max_width = 300 };
  double width, height;
  scope_alignment_figure_measure (&figure, &width, &height);
  g_assert_cmpfloat (width, <=, 300);
  g_autoptr (GBytes) bytes =
      render (SCOPE_FIGURE_SVG, width, height, 1, TRUE, scope_alignment_figure_paint, &figure);
  g_auto (GStrv) texts = read_svg (bytes, NULL, NULL);
  g_assert_cmpstr (texts[0], ==, "A[...] = B");
  g_assert_cmpstr (texts[1], ==, "C = A + 1");
  g_assert_cmpuint (g_strv_length (texts), >, 4);
  g_autofree char *joined = g_strjoinv (" ", texts + 2);
  g_assert_cmpstr (joined, ==, sentence);
}

static void
paint_odd_texts (cairo_t *cr, gpointer data)
{
  ScopeTheme theme = scope_theme_default (FALSE);
  theme.font = "A \"quoted\" & <odd> family";
  ScopePen pen;
  scope_pen_init (&pen, cr, &theme);
  ScopeTextStyle style = { .size = 12, .color = { 0, 0, 0, 0.5 } };
  scope_pen_write (&pen, &style, "caf\xE9 \x01 ok", 10, 20);
  style.too_long = SCOPE_TOO_LONG_ENDS;
  style.max_width = 60;
  scope_pen_write (&pen, &style, "a rather long name of a tensor", 10, 40);
  style.too_long = SCOPE_TOO_LONG_OMITS_MIDDLE;
  scope_pen_write (&pen, &style, "4611686018427387904", 10, 60);
  cairo_rotate (cr, 0.5);
  style.max_width = 0;
  scope_pen_write (&pen, &style, "turned", 50, 0);
  scope_pen_clear (&pen);
}

static void
test_odd_texts (void)
{
  g_autoptr (GBytes) bytes = render (SCOPE_FIGURE_SVG, 200, 100, 1, FALSE, paint_odd_texts, NULL);
  g_auto (GStrv) texts = read_svg (bytes, NULL, NULL);
  g_assert_cmpuint (g_strv_length (texts), ==, 4);
  g_assert_cmpstr (texts[0], ==, "caf�   ok");
  g_assert_true (g_str_has_prefix (texts[1], "a "));
  g_assert_true (g_str_has_suffix (texts[1], "…"));
  g_assert_true (g_str_has_prefix (texts[2], "46"));
  g_assert_true (g_str_has_suffix (texts[2], "04"));
  g_assert_cmpstr (texts[3], ==, "turned");
}

/* ---- every format -----------------------------------------------------------------------------
 */

static void
paint_box (cairo_t *cr, gpointer data)
{
  cairo_set_source_rgb (cr, 0, 0, 1);
  cairo_rectangle (cr, 10, 10, 20, 20);
  cairo_fill (cr);
}

static cairo_status_t
read_bytes (void *closure, guchar *out, guint length)
{
  GBytes **bytes = closure;
  if (g_bytes_get_size (*bytes) < length)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (out, g_bytes_get_data (*bytes, NULL), length);
  GBytes *rest = g_bytes_new_from_bytes (*bytes, length, g_bytes_get_size (*bytes) - length);
  g_bytes_unref (*bytes);
  *bytes = rest;
  return CAIRO_STATUS_SUCCESS;
}

static void
test_png_scale (void)
{
  for (int dark = 0; dark < 2; dark++)
    for (int scale = 1; scale <= 3; scale++)
      {
        GBytes *bytes = render (SCOPE_FIGURE_PNG, 60, 40, scale, dark, paint_box, NULL);
        cairo_surface_t *surface = cairo_image_surface_create_from_png_stream (read_bytes, &bytes);
        g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 60 * scale);
        g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 40 * scale);
        const guchar *data = cairo_image_surface_get_data (surface);
        guint32 corner, inside;
        memcpy (&corner, data, 4);
        memcpy (&inside,
                data + 15 * scale * cairo_image_surface_get_stride (surface) + 4 * 15 * scale, 4);
        g_assert_cmphex (corner & 0xFFFFFF, ==, dark ? 0x1E1E1E : 0xFFFFFF);
        g_assert_cmphex (inside & 0xFFFFFF, ==, 0x0000FF);
        cairo_surface_destroy (surface);
        g_bytes_unref (bytes);
      }
}

static ScopePlane *
new_plane (int side)
{
  ScopePlane *plane = g_new0 (ScopePlane, 1);
  *plane = (ScopePlane){ .dtype = SCOPE_FLOAT64,
                         .rows = 3 * side,
                         .columns = side,
                         .row_block = 3,
                         .column_block = 1,
                         .cell_rows = side,
                         .cell_columns = side,
                         .sampled = true,
                         .value = g_new (double, (gsize)(side * side)) };
  for (int i = 0; i < side * side; i++)
    plane->value[i] = i;
  plane->statistics = (ScopeStatistics){ .count = 3 * side * side,
                                         .min = 0,
                                         .max = side * side,
                                         .min_positive = 1,
                                         .mean = 1,
                                         .deviation = 1 };
  return plane;
}

static ScopeHeatmapFigure
heatmap_of (const ScopeTheme *theme, const ScopePlane *plane, const ScopeShape *shape)
{
  return (ScopeHeatmapFigure){ .theme = theme,
                               .caption = "A[0, :, :]",
                               .note = "float64",
                               .shape = shape,
                               .plane = plane,
                               .decoration = { .row_from_end = -2, .column_from_end = -1 } };
}

/* The same picture twice gives the same bytes, whatever was drawn in between. */
static void
test_same_bytes (gconstpointer data)
{
  ScopeFigureFormat format = (ScopeFigureFormat)GPOINTER_TO_INT (data);
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeShape shape = { 3, { 1, 300, 100 } };
  ScopePlane *plane = new_plane (100);
  ScopeHeatmapFigure figure = heatmap_of (&theme, plane, &shape);
  double width, height;
  scope_heatmap_figure_measure (&figure, &width, &height);
  g_autoptr (GBytes) first =
      render (format, width, height, 1, FALSE, scope_heatmap_figure_paint, &figure);
  g_autoptr (GBytes) between = render (format, 60, 40, 1, FALSE, paint_box, NULL);
  g_usleep (1100000); /* a date in the file would differ */
  g_autoptr (GBytes) second =
      render (format, width, height, 1, FALSE, scope_heatmap_figure_paint, &figure);
  g_assert_true (g_bytes_equal (first, second));
  g_assert_false (g_bytes_equal (first, between));
  scope_plane_free (plane);
}

static void
test_heatmap_svg (void)
{
  ScopeTheme theme = scope_theme_default (FALSE);
  ScopeShape shape = { 3, { 1, 300, 100 } };
  ScopePlane *plane = new_plane (100);
  ScopeHeatmapFigure figure = heatmap_of (&theme, plane, &shape);
  double width, height;
  scope_heatmap_figure_measure (&figure, &width, &height);
  g_assert_cmpfloat (width, <=, 640);
  g_assert_cmpfloat (height, <=, 521);
  g_autoptr (GBytes) bytes =
      render (SCOPE_FIGURE_SVG, width, height, 1, FALSE, scope_heatmap_figure_paint, &figure);
  int images;
  g_auto (GStrv) texts = read_svg (bytes, &images, NULL);
  const char *const *words = (const char *const *)texts;
  g_assert_cmpint (images, ==, 1);
  g_assert_true (g_strv_contains (words, "A[0, :, :]"));
  g_assert_true (g_strv_contains (words, "float64"));
  g_assert_true (g_strv_contains (words, "299"));
  g_assert_true (g_strv_contains (words, "99"));
  g_assert_true (g_strv_contains (words, "each cell: mean of 3 × 1 elements, from a sample"));
  g_assert_true (g_strv_contains (words, "tensor[1, 300, 100] n=30000 x∈[0, 10000] μ=1 σ=1"));
  scope_plane_free (plane);
}

/* ---- files ------------------------------------------------------------------------------------
 */

static const struct
{
  const char *name, *file;
  double width;
  int code; /* G_IO_ERROR_…, −1: written */
  const char *start;
} files[] = {
  { "svg", "a.svg", 60, -1, "<?xml" },
  { "pdf", "a.PDF", 60, -1, "%PDF" },
  { "png", "a.png", 60, -1, "\x89PNG" },
  { "unknown-ending", "a.jpg", 60, G_IO_ERROR_NOT_SUPPORTED, NULL },
  { "no-ending", "svg", 60, G_IO_ERROR_NOT_SUPPORTED, NULL },
  { "no-folder", "none/a.svg", 60, G_IO_ERROR_NOT_FOUND, NULL },
  { "too-large", "b.png", 40000, G_IO_ERROR_INVALID_ARGUMENT, NULL },
  { "not-a-number", "b.svg", NAN, G_IO_ERROR_INVALID_ARGUMENT, NULL },
  { "nothing", "b.pdf", 0, G_IO_ERROR_INVALID_ARGUMENT, NULL },
};

static void
test_file (gconstpointer data)
{
  int i = GPOINTER_TO_INT (data);
  g_autofree char *folder = g_dir_make_tmp ("shapescope-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, files[i].file, NULL);
  g_autoptr (GError) error = NULL;
  ScopeTheme theme = scope_theme_default (FALSE);
  gboolean written =
      scope_figure_write (path, files[i].width, 40, 1, &theme, paint_box, NULL, &error);
  g_assert_cmpint (written, ==, files[i].code < 0);
  g_autoptr (GDir) left = g_dir_open (folder, 0, NULL);
  const char *only = g_dir_read_name (left);
  if (written)
    {
      g_autofree char *bytes = NULL;
      g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
      g_assert_true (g_str_has_prefix (bytes, files[i].start));
      g_assert_cmpstr (only, ==, files[i].file);
      g_assert_null (g_dir_read_name (left));
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  else
    {
      g_assert_error (error, G_IO_ERROR, files[i].code);
      g_assert_null (only);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* A picture that cannot be made leaves the old one. */
static void
test_old_file_stays (void)
{
  g_autofree char *folder = g_dir_make_tmp ("shapescope-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.png", NULL);
  ScopeTheme theme = scope_theme_default (FALSE);
  g_assert_true (g_file_set_contents (path, "old", 3, NULL));
  g_assert_false (scope_figure_write (path, 1e6, 40, 1, &theme, paint_box, NULL, NULL));
  g_autofree char *bytes = NULL;
  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  g_assert_cmpstr (bytes, ==, "old");
  g_assert_true (scope_figure_write (path, 60, 40, 1, &theme, paint_box, NULL, NULL));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (alignments); i++)
    {
      g_autofree char *path = g_strdup_printf ("/paint/figure/alignment/%s", alignments[i].name);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_alignment_svg);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strdup_printf ("/paint/figure/file/%s", files[i].name);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_file);
    }
  static const char *const formats[] = { "svg", "pdf", "png" };
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = g_strdup_printf ("/paint/figure/same-bytes/%s", formats[i]);
      g_test_add_data_func (path, GINT_TO_POINTER ((int)i), test_same_bytes);
    }
  g_test_add_func ("/paint/figure/wrapped-svg", test_wrapped_svg);
  g_test_add_func ("/paint/figure/odd-texts", test_odd_texts);
  g_test_add_func ("/paint/figure/heatmap-svg", test_heatmap_svg);
  g_test_add_func ("/paint/figure/png-scale", test_png_scale);
  g_test_add_func ("/paint/figure/old-file-stays", test_old_file_stays);
  return g_test_run ();
}
