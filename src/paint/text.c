/* Text by Pango, or as elements of an SVG. */
#include "paint/text.h"

#include "paint/text-sizes.h"

#include <string.h>

/* The surface's user data under this key is the GString that collects its texts. */
static const cairo_user_data_key_t svg_key;

void
scope_pen_init (ScopePen *pen, cairo_t *cr, const ScopeTheme *theme)
{
  pen->cr = cr;
  pen->theme = theme;
  pen->size = 0;
  pen->layout = pango_cairo_create_layout (cr);

  /* Widths must not depend on what is drawn to: the window, a PNG twice as large, a PDF. */
  PangoContext *context = pango_layout_get_context (pen->layout);
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  pango_layout_context_changed (pen->layout);
}

void
scope_pen_clear (ScopePen *pen)
{
  g_clear_object (&pen->layout);
}

/* Finding a font takes longer than writing a number with it. */
static void
set_font (ScopePen *pen, const ScopeTextStyle *style)
{
  if (pen->size == style->size && pen->mono == style->mono && pen->bold == style->bold)
    return;
  PangoFontDescription *font = pango_font_description_new ();
  pango_font_description_set_family (font, style->mono ? pen->theme->mono : pen->theme->font);
  pango_font_description_set_absolute_size (font, style->size * PANGO_SCALE);
  pango_font_description_set_weight (font,
                                     style->bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (pen->layout, font);
  pango_font_description_free (font);
  pen->size = style->size;
  pen->mono = style->mono;
  pen->bold = style->bold;
}

static gboolean
is_limited (const ScopeTextStyle *style)
{
  return style->max_width > 0 && style->too_long != SCOPE_TOO_LONG_OVERFLOWS;
}

void
scope_pen_set_up (ScopePen *pen, const ScopeTextStyle *style, const char *text)
{
  set_font (pen, style);
  static const PangoEllipsizeMode ellipsis[] = {
    [SCOPE_TOO_LONG_OVERFLOWS] = PANGO_ELLIPSIZE_NONE,
    [SCOPE_TOO_LONG_WRAPS] = PANGO_ELLIPSIZE_NONE,
    [SCOPE_TOO_LONG_ENDS] = PANGO_ELLIPSIZE_END,
    [SCOPE_TOO_LONG_OMITS_MIDDLE] = PANGO_ELLIPSIZE_MIDDLE,
  };
  static const PangoAlignment alignment[] = {
    [SCOPE_ANCHOR_START] = PANGO_ALIGN_LEFT,
    [SCOPE_ANCHOR_MIDDLE] = PANGO_ALIGN_CENTER,
    [SCOPE_ANCHOR_END] = PANGO_ALIGN_RIGHT,
  };
  pango_layout_set_ellipsize (pen->layout, ellipsis[style->too_long]);
  pango_layout_set_wrap (pen->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (pen->layout, alignment[style->anchor]);
  pango_layout_set_width (pen->layout,
                          is_limited (style) ? (int)(style->max_width * PANGO_SCALE) : -1);
  pango_layout_set_text (pen->layout, text, -1);
}

/* What a person typed may stand in a picture, and Pango takes UTF-8 only: `text`, or *owned. */
static const char *
valid_text (const char *text, char **owned)
{
  if (g_utf8_validate (text, -1, NULL))
    return text;
  *owned = g_utf8_make_valid (text, -1);
  return *owned;
}

/* The size of what the layout holds, in CSS pixels. */
static void
layout_size (ScopePen *pen, double *width, double *height)
{
  int w, h;
  pango_layout_get_size (pen->layout, &w, &h);
  *width = (double)w / PANGO_SCALE;
  *height = (double)h / PANGO_SCALE;
}

/* The size of one line without a limit to its width. */
static void
line_size (ScopePen *pen,
           const ScopeTextStyle *style,
           const char *text,
           double *width,
           double *height)
{
  PangoFontMap *fonts = pango_context_get_font_map (pango_layout_get_context (pen->layout));
  ScopeTextStyle free_style = *style;
  ScopeTextLine line = { .family = style->mono ? pen->theme->mono : pen->theme->font,
                         .font_size = style->size,
                         .bold = style->bold,
                         .text = text };
  if (scope_text_sizes_find (fonts, &line, width, height))
    return;
  free_style.max_width = 0;
  scope_pen_set_up (pen, &free_style, text);
  layout_size (pen, width, height);
  scope_text_sizes_add (fonts, &line, *width, *height);
}

void
scope_pen_measure (ScopePen *pen,
                   const ScopeTextStyle *style,
                   const char *text,
                   double *width,
                   double *height)
{
  double w, h;
  g_autofree char *owned = NULL;
  text = valid_text (text, &owned);
  line_size (pen, style, text, &w, &h);
  if (is_limited (style) && w > style->max_width)
    {
      scope_pen_set_up (pen, style, text);
      layout_size (pen, &w, &h);
    }
  if (width != NULL)
    *width = w;
  if (height != NULL)
    *height = h;
}

double
scope_pen_width (ScopePen *pen, const ScopeTextStyle *style, const char *text)
{
  double width;
  scope_pen_measure (pen, style, text, &width, NULL);
  return width;
}

/* ---- SVG ------------------------------------------------------------------------------------ */

void
scope_text_collect_svg (cairo_surface_t *surface, GString *svg)
{
  cairo_surface_set_user_data (surface, &svg_key, svg, NULL);
}

/* A number with at most three decimals, never in the user's locale. */
static void
append_number (GString *svg, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (text, sizeof text, "%.3f", value);
  gsize length = strlen (text);
  while (text[length - 1] == '0')
    length--;
  if (text[length - 1] == '.')
    length--;
  g_string_append_len (svg, text, (gssize)length);
}

static void
append_attribute (GString *svg, const char *name, double value)
{
  g_string_append_printf (svg, " %s=\"", name);
  append_number (svg, value);
  g_string_append_c (svg, '"');
}

/* Families as CSS has them: Pango's Sans and Monospace are generic names there, others get one to
 * fall back to. */
static void
append_family (GString *svg, const char *family, gboolean mono)
{
  const char *generic = mono ? "monospace" : "sans-serif";
  if (g_ascii_strcasecmp (family, "Sans") == 0 || g_ascii_strcasecmp (family, "Sans-Serif") == 0
      || g_ascii_strcasecmp (family, "Monospace") == 0)
    {
      g_string_append_printf (svg, " font-family=\"%s\"", generic);
      return;
    }
  g_autofree char *escaped = g_markup_escape_text (family, -1);
  g_string_append_printf (svg, " font-family=\"%s, %s\"", escaped, generic);
}

/* Characters that XML 1.0 cannot hold, even escaped, become spaces. */
static void
append_escaped (GString *svg, const char *text, gsize length)
{
  g_autofree char *copy = g_strndup (text, length);
  for (char *c = copy; *c != '\0'; c++)
    if ((guchar)*c < 0x20)
      *c = ' ';
  g_autofree char *escaped = g_markup_escape_text (copy, -1);
  g_string_append (svg, escaped);
}

static void
append_look (GString *svg, const ScopePen *pen, const ScopeTextStyle *style)
{
  static const char *const anchor[] = {
    [SCOPE_ANCHOR_START] = "start",
    [SCOPE_ANCHOR_MIDDLE] = "middle",
    [SCOPE_ANCHOR_END] = "end",
  };
  append_family (svg, style->mono ? pen->theme->mono : pen->theme->font, style->mono);
  if (style->bold)
    g_string_append (svg, " font-weight=\"600\"");
  if (style->anchor != SCOPE_ANCHOR_START)
    g_string_append_printf (svg, " text-anchor=\"%s\"", anchor[style->anchor]);
  g_string_append_printf (svg, " fill=\"#%02x%02x%02x\"", (int)(style->color.red * 255 + 0.5),
                          (int)(style->color.green * 255 + 0.5),
                          (int)(style->color.blue * 255 + 0.5));
  if (style->color.alpha < 1)
    append_attribute (svg, "fill-opacity", style->color.alpha);
}

static void
append_transform (GString *svg, const cairo_matrix_t *m)
{
  const double numbers[] = { m->xx, m->yx, m->xy, m->yy, m->x0, m->y0 };
  g_string_append (svg, " transform=\"matrix(");
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      if (i > 0)
        g_string_append_c (svg, ' ');
      append_number (svg, numbers[i]);
    }
  g_string_append (svg, ")\"");
}

static void
append_svg_line (GString *svg,
                 const ScopePen *pen,
                 const ScopeTextStyle *style,
                 const char *text,
                 gsize length,
                 double x,
                 double baseline)
{
  cairo_matrix_t m;
  cairo_get_matrix (pen->cr, &m);
  gboolean upright = m.xy == 0 && m.yx == 0 && m.xx == m.yy && m.xx > 0;
  if (upright)
    cairo_matrix_transform_point (&m, &x, &baseline);

  g_string_append (svg, "<text xml:space=\"preserve\"");
  append_attribute (svg, "x", x);
  append_attribute (svg, "y", baseline);
  append_attribute (svg, "font-size", style->size * (upright ? m.xx : 1));
  append_look (svg, pen, style);
  if (!upright)
    append_transform (svg, &m);
  g_string_append_c (svg, '>');
  append_escaped (svg, text, length);
  g_string_append (svg, "</text>\n");
}

/* An ellipsized text is shortened for SVG too: the longest beginning (or beginning and end) that
 * fits, found by halving. */
static char *
shortened (ScopePen *pen, const ScopeTextStyle *style, const char *text)
{
  ScopeTextStyle whole = *style;
  whole.max_width = 0;
  long low = 0, high = g_utf8_strlen (text, -1);
  g_autofree char *best = g_strdup ("…");
  while (low < high)
    {
      long keep = (low + high + 1) / 2;
      long head = style->too_long == SCOPE_TOO_LONG_ENDS ? keep : (keep + 1) / 2;
      g_autofree char *front = g_utf8_substring (text, 0, head);
      const char *back = g_utf8_offset_to_pointer (text, g_utf8_strlen (text, -1) - (keep - head));
      g_autofree char *candidate = g_strconcat (front, "…", back, NULL);
      if (scope_pen_width (pen, &whole, candidate) <= style->max_width)
        {
          low = keep;
          g_free (best);
          best = g_steal_pointer (&candidate);
        }
      else
        high = keep - 1;
    }
  return g_steal_pointer (&best);
}

/* ---- writing -------------------------------------------------------------------------------- */

static void
write_svg (ScopePen *pen, const ScopeTextStyle *style, GString *svg, double x, double top)
{
  PangoLayoutIter *iter = pango_layout_get_iter (pen->layout);
  const char *text = pango_layout_get_text (pen->layout);
  do
    {
      PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
      gsize length = (gsize)line->length;
      while (length > 0 && text[(gsize)line->start_index + length - 1] == ' ')
        length--;
      append_svg_line (svg, pen, style, text + line->start_index, length, x,
                       top + (double)pango_layout_iter_get_baseline (iter) / PANGO_SCALE);
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

void
scope_pen_write (ScopePen *pen,
                 const ScopeTextStyle *style,
                 const char *text,
                 double x,
                 double middle)
{
  double width, height;
  g_autofree char *owned = NULL;
  text = valid_text (text, &owned);
  scope_pen_set_up (pen, style, text);
  layout_size (pen, &width, &height);
  double top = middle - height / 2;

  GString *svg = cairo_surface_get_user_data (cairo_get_target (pen->cr), &svg_key);
  if (svg != NULL)
    {
      g_autofree char *shorter = NULL;
      if (pango_layout_is_ellipsized (pen->layout))
        {
          ScopeTextStyle whole = *style;
          whole.max_width = 0;
          shorter = shortened (pen, style, text);
          scope_pen_set_up (pen, &whole, shorter);
        }
      write_svg (pen, style, svg, x, top);
      return;
    }

  /* The layout is as wide as max_width when lines are aligned in it: its left edge is the text's
   * left edge only without one. */
  PangoRectangle logical;
  pango_layout_get_extents (pen->layout, NULL, &logical);
  double left = x - (double)logical.x / PANGO_SCALE;
  if (style->anchor == SCOPE_ANCHOR_MIDDLE)
    left -= width / 2;
  else if (style->anchor == SCOPE_ANCHOR_END)
    left -= width;
  cairo_move_to (pen->cr, left, top);
  scope_color_set (pen->cr, style->color);
  pango_cairo_show_layout (pen->cr, pen->layout);
  cairo_new_path (pen->cr);
}
