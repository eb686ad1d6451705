/* Cairo's SVG, PDF and PNG with what they lack: text that stays text, and the same bytes twice. */
#include "paint/figure.h"

#include "paint/text.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

enum
{
  MOST_PIXELS = 32767 /* a side, Cairo's limit */
};

#define POINTS_PER_PIXEL 0.75

gboolean
scope_figure_format (const char *path, ScopeFigureFormat *out, GError **error)
{
  static const char *const endings[] = {
    [SCOPE_FIGURE_SVG] = ".svg",
    [SCOPE_FIGURE_PDF] = ".pdf",
    [SCOPE_FIGURE_PNG] = ".png",
  };
  gsize length = strlen (path);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (length > 4 && g_ascii_strcasecmp (path + length - 4, endings[i]) == 0)
      {
        *out = (ScopeFigureFormat)i;
        return TRUE;
      }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               _ ("%s: a picture's name ends in .svg, .pdf or .png."), path);
  return FALSE;
}

static cairo_status_t
append (void *closure, const guchar *bytes, guint length)
{
  g_string_append_len (closure, (const char *)bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
paint_all (cairo_surface_t *surface,
           double scale,
           const ScopeTheme *theme,
           ScopeFigurePaint paint,
           gpointer data)
{
  cairo_t *cr = cairo_create (surface);
  scope_color_set (cr, scope_theme_background (theme));
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  paint (cr, data);
  cairo_destroy (cr);
}

/* What Cairo says went wrong with a surface that is done, which is given up. */
static gboolean
finish (cairo_surface_t *surface, GError **error)
{
  cairo_surface_finish (surface);
  cairo_status_t status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, G_IO_ERROR,
               status == CAIRO_STATUS_NO_MEMORY ? G_IO_ERROR_NO_SPACE : G_IO_ERROR_FAILED,
               _ ("The picture could not be drawn: %s."), cairo_status_to_string (status));
  return FALSE;
}

/* ---- SVG ------------------------------------------------------------------------------------ */

/* The numbers in names of elements (`surface559`), which Cairo counts on from picture to picture,
 * become 1, 2, 3 …. A quote or # stands before a name, never inside the data of an image. */
static GString *
renumber (const GString *drawn)
{
  static const char *const kinds[] = { "surface", "image",  "mask",  "clip",  "pattern",
                                       "linear",  "radial", "glyph", "filter" };
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GString *out = g_string_sized_new (drawn->len);
  const char *rest = drawn->str;
  for (const char *at; (at = strpbrk (rest, "\"#")) != NULL;)
    {
      const char *name = at + 1, *digits = NULL;
      g_string_append_len (out, rest, name - rest);
      rest = name;
      for (gsize i = 0; i < G_N_ELEMENTS (kinds) && digits == NULL; i++)
        if (g_str_has_prefix (name, kinds[i]) && g_ascii_isdigit (name[strlen (kinds[i])]))
          digits = name + strlen (kinds[i]);
      if (digits == NULL)
        continue;
      for (rest = digits; g_ascii_isdigit (*rest);)
        rest++;
      char *old = g_strndup (name, (gsize)(rest - name));
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, old));
      if (number == 0)
        {
          number = g_hash_table_size (numbers) + 1;
          g_hash_table_insert (numbers, g_strdup (old), GUINT_TO_POINTER (number));
        }
      g_string_append_len (out, name, digits - name);
      g_string_append_printf (out, "%u", number);
      g_free (old);
    }
  g_string_append (out, rest);
  return out;
}

/* Cairo's SVG with our texts on top. Its images become sharp squares in viewers that would smooth
 * them. */
static GString *
complete_svg (const GString *drawn, const GString *texts)
{
  GString *svg = g_string_sized_new (drawn->len + texts->len + 64);
  const char *end = g_strrstr_len (drawn->str, (gssize)drawn->len, "</svg>");
  const char *rest = drawn->str;
  static const char image[] = "<image ";
  for (const char *found; (found = strstr (rest, image)) != NULL; rest = found + strlen (image))
    {
      g_string_append_len (svg, rest, found - rest);
      g_string_append (svg, "<image style=\"image-rendering:pixelated\" ");
    }
  g_string_append_len (svg, rest, end - rest);
  g_string_append_len (svg, texts->str, (gssize)texts->len);
  g_string_append (svg, "</svg>\n");
  return svg;
}

static GString *
render_svg (double width,
            double height,
            const ScopeTheme *theme,
            ScopeFigurePaint paint,
            gpointer data,
            GError **error)
{
  g_autoptr (GString) drawn = g_string_new (NULL);
  g_autoptr (GString) texts = g_string_new (NULL);
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append, drawn, width, height);
  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  scope_text_collect_svg (surface, texts);
  paint_all (surface, 1, theme, paint, data);
  if (!finish (surface, error))
    return NULL;
  g_autoptr (GString) numbered = renumber (drawn);
  return complete_svg (numbered, texts);
}

/* ---- PDF and PNG ---------------------------------------------------------------------------- */

static cairo_surface_t *
new_pdf (double width, double height, GString *pdf)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
      append, pdf, width * POINTS_PER_PIXEL, height * POINTS_PER_PIXEL);
  /* The date would make every file different. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Shapescope");
  return surface;
}

static GString *
render_pdf (double width,
            double height,
            const ScopeTheme *theme,
            ScopeFigurePaint paint,
            gpointer data,
            GError **error)
{
  g_autoptr (GString) pdf = g_string_new (NULL);
  cairo_surface_t *surface = new_pdf (width, height, pdf);
  paint_all (surface, POINTS_PER_PIXEL, theme, paint, data);
  return finish (surface, error) ? g_steal_pointer (&pdf) : NULL;
}

static GString *
render_png (double width,
            double height,
            double scale,
            const ScopeTheme *theme,
            ScopeFigurePaint paint,
            gpointer data,
            GError **error)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, (int)ceil (width * scale), (int)ceil (height * scale));
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    {
      finish (surface, error);
      return NULL;
    }
  g_autoptr (GString) png = g_string_new (NULL);
  paint_all (surface, scale, theme, paint, data);
  cairo_status_t status = cairo_surface_write_to_png_stream (surface, append, png);
  if (!finish (surface, error))
    return NULL;
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The picture could not be drawn: %s."),
                   cairo_status_to_string (status));
      return NULL;
    }
  return g_steal_pointer (&png);
}

/* ---- the whole ------------------------------------------------------------------------------ */

GBytes *
scope_figure_render (ScopeFigureFormat format,
                     double width,
                     double height,
                     double scale,
                     const ScopeTheme *theme,
                     ScopeFigurePaint paint,
                     gpointer data,
                     GError **error)
{
  double factor = format == SCOPE_FIGURE_PNG ? CLAMP (scale, 0.05, 16) : 1;
  if (!(width >= 1 && height >= 1 && width * factor <= MOST_PIXELS
        && height * factor <= MOST_PIXELS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("A picture of %.0f × %.0f pixels cannot be made: its sides are between 1 and "
                      "%d."),
                   width * factor, height * factor, MOST_PIXELS);
      return NULL;
    }
  GString *bytes =
      format == SCOPE_FIGURE_SVG   ? render_svg (width, height, theme, paint, data, error)
      : format == SCOPE_FIGURE_PDF ? render_pdf (width, height, theme, paint, data, error)
                                   : render_png (width, height, factor, theme, paint, data, error);
  return bytes == NULL ? NULL : g_string_free_to_bytes (bytes);
}

/* Writes to a temporary name and renames when whole. */
static gboolean
save (const char *path, GBytes *bytes, GError **error)
{
  gsize length;
  const char *contents = g_bytes_get_data (bytes, &length);
  g_autoptr (GError) failure = NULL;
  if (g_file_set_contents_full (path, contents, (gssize)length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666,
                                &failure))
    return TRUE;

  int code = failure->code == G_FILE_ERROR_ACCES || failure->code == G_FILE_ERROR_PERM
                     || failure->code == G_FILE_ERROR_ROFS
                 ? G_IO_ERROR_PERMISSION_DENIED
             : failure->code == G_FILE_ERROR_NOENT ? G_IO_ERROR_NOT_FOUND
             : failure->code == G_FILE_ERROR_ISDIR ? G_IO_ERROR_IS_DIRECTORY
             : failure->code == G_FILE_ERROR_NOSPC ? G_IO_ERROR_NO_SPACE
                                                   : G_IO_ERROR_FAILED;
  g_set_error_literal (error, G_IO_ERROR, code, failure->message);
  return FALSE;
}

gboolean
scope_figure_write (const char *path,
                    double width,
                    double height,
                    double scale,
                    const ScopeTheme *theme,
                    ScopeFigurePaint paint,
                    gpointer data,
                    GError **error)
{
  ScopeFigureFormat format;
  if (!scope_figure_format (path, &format, error))
    return FALSE;
  g_autoptr (GBytes) bytes =
      scope_figure_render (format, width, height, scale, theme, paint, data, error);
  if (bytes == NULL)
    return FALSE;

  return save (path, bytes, error);
}

/* ---- several pages -------------------------------------------------------------------------- */

gboolean
scope_figure_write_pages (const char *path,
                          double width,
                          double height,
                          int pages,
                          const ScopeTheme *theme,
                          ScopePagePaint paint,
                          gpointer data,
                          GError **error)
{
  ScopeFigureFormat format;
  if (!scope_figure_format (path, &format, error))
    return FALSE;
  if (format != SCOPE_FIGURE_PDF)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _ ("%s: several pages go into a file whose name ends in .pdf."), path);
      return FALSE;
    }
  GString *pdf = g_string_new (NULL);
  cairo_surface_t *surface = new_pdf (width, height, pdf);
  for (int page = 0; page < pages; page++)
    {
      cairo_t *cr = cairo_create (surface);
      scope_color_set (cr, scope_theme_background (theme));
      cairo_paint (cr);
      cairo_scale (cr, POINTS_PER_PIXEL, POINTS_PER_PIXEL);
      paint (cr, page, data);
      cairo_show_page (cr);
      cairo_destroy (cr);
    }
  gboolean drawn = finish (surface, error);
  g_autoptr (GBytes) bytes = g_string_free_to_bytes (pdf);
  return drawn && save (path, bytes, error);
}
