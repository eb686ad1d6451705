#include "paint/numerals.h"

#include <string.h>

enum
{
  CHARACTERS = 128,
  MOST_FACES = 16, /* sizes in one picture; what has another one is laid out */
};

/* The characters of one size, as Pango lays them out. */
typedef struct
{
  double size;
  gboolean mono, bold;
  PangoFont *font;         /* of all of them, or NULL when there is not one for all */
  double height, baseline; /* of a line, in CSS pixels */
  gulong glyph[CHARACTERS];
  double advance[CHARACTERS]; /* in CSS pixels; −1: not laid out yet */
} Face;

/* What was written in one font and colour. */
typedef struct
{
  Face *face;
  ScopeColor color;
  GArray *glyphs; /* of cairo_glyph_t */
} Batch;

struct _ScopeNumerals
{
  ScopePen *pen;
  gboolean batches_glyphs; /* else every text goes through the pen */
  Face *face[MOST_FACES];
  int faces;
  GArray *batch; /* of Batch */
};

ScopeNumerals *
scope_numerals_new (ScopePen *pen)
{
  ScopeNumerals *self = g_new0 (ScopeNumerals, 1);
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_target (pen->cr));
  self->pen = pen;
  /* In documents a text stays a text. */
  self->batches_glyphs = type == CAIRO_SURFACE_TYPE_IMAGE || type == CAIRO_SURFACE_TYPE_RECORDING;
  self->batch = g_array_new (FALSE, TRUE, sizeof (Batch));
  return self;
}

/* ---- faces ---------------------------------------------------------------------------------- */

static PangoLayout *
lay_out (ScopePen *pen, const Face *face, const char *text)
{
  ScopeTextStyle style = { .size = face->size, .mono = face->mono, .bold = face->bold };
  scope_pen_set_up (pen, &style, text);
  return pen->layout;
}

/* The glyph that a layout of one character consists of, or NULL. */
static PangoGlyphItem *
only_glyph (PangoLayout *layout)
{
  PangoLayoutLine *line = pango_layout_get_line_readonly (layout, 0);
  if (line == NULL || line->runs == NULL || line->runs->next != NULL)
    return NULL;
  PangoGlyphItem *run = line->runs->data;
  return run->glyphs->num_glyphs == 1 && run->glyphs->glyphs[0].geometry.x_offset == 0
                 && run->glyphs->glyphs[0].geometry.y_offset == 0
             ? run
             : NULL;
}

/* Whether a character is known afterwards. */
static gboolean
learn (ScopePen *pen, Face *face, guchar character)
{
  if (face->advance[character] >= 0)
    return TRUE;
  const char text[2] = { (char)character, '\0' };
  PangoGlyphItem *run = only_glyph (lay_out (pen, face, text));
  if (run == NULL || run->item->analysis.font != face->font)
    return FALSE;
  const PangoGlyphInfo *info = &run->glyphs->glyphs[0];
  face->glyph[character] = info->glyph;
  face->advance[character] = (double)info->geometry.width / PANGO_SCALE;
  return TRUE;
}

static Face *
face_new (ScopePen *pen, const ScopeTextStyle *style)
{
  Face *face = g_new0 (Face, 1);
  face->size = style->size;
  face->mono = style->mono;
  face->bold = style->bold;
  for (int i = 0; i < CHARACTERS; i++)
    face->advance[i] = -1;
  PangoLayout *layout = lay_out (pen, face, "0");
  PangoGlyphItem *run = only_glyph (layout);
  int height;
  pango_layout_get_size (layout, NULL, &height);
  face->height = (double)height / PANGO_SCALE;
  face->baseline = (double)pango_layout_get_baseline (layout) / PANGO_SCALE;
  if (run != NULL)
    face->font = g_object_ref (run->item->analysis.font);
  return face;
}

static void
face_free (Face *face)
{
  g_clear_object (&face->font);
  g_free (face);
}

static Face *
get_face (ScopeNumerals *self, const ScopeTextStyle *style)
{
  for (int i = 0; i < self->faces; i++)
    if (self->face[i]->size == style->size && self->face[i]->mono == style->mono
        && self->face[i]->bold == style->bold)
      return self->face[i];
  if (self->faces == MOST_FACES)
    return NULL;
  return self->face[self->faces++] = face_new (self->pen, style);
}

/* ---- writing -------------------------------------------------------------------------------- */

static GArray *
get_glyphs (ScopeNumerals *self, Face *face, ScopeColor color)
{
  for (guint i = 0; i < self->batch->len; i++)
    {
      Batch *batch = &g_array_index (self->batch, Batch, i);
      if (batch->face == face && memcmp (&batch->color, &color, sizeof color) == 0)
        return batch->glyphs;
    }
  Batch batch = { face, color, g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t)) };
  g_array_append_val (self->batch, batch);
  return batch.glyphs;
}

/* The width of a text all of whose characters are known, else −1. */
static double
text_width (ScopeNumerals *self, Face *face, const char *text)
{
  double width = 0;
  if (face == NULL || face->font == NULL)
    return -1;
  for (const guchar *c = (const guchar *)text; *c != '\0'; c++)
    {
      if (*c >= CHARACTERS || !learn (self->pen, face, *c))
        return -1;
      width += face->advance[*c];
    }
  return width;
}

void
scope_numerals_write (ScopeNumerals *self,
                      const ScopeTextStyle *style,
                      const char *text,
                      double x,
                      double middle)
{
  Face *face = self->batches_glyphs ? get_face (self, style) : NULL;
  double width = text_width (self, face, text);
  if (width < 0)
    {
      scope_pen_write (self->pen, style, text, x, middle);
      return;
    }
  GArray *glyphs = get_glyphs (self, face, style->color);
  double at, top;
  /* Where Cairo's current point would be, which it rounds. */
  cairo_move_to (self->pen->cr, x - width / 2, middle - face->height / 2);
  cairo_get_current_point (self->pen->cr, &at, &top);
  cairo_new_path (self->pen->cr);
  for (const guchar *c = (const guchar *)text; *c != '\0'; c++)
    {
      cairo_glyph_t glyph = { face->glyph[*c], at, top + face->baseline };
      g_array_append_val (glyphs, glyph);
      at += face->advance[*c];
    }
}

void
scope_numerals_free (ScopeNumerals *self)
{
  cairo_t *cr = self->pen->cr;
  cairo_save (cr);
  for (guint i = 0; i < self->batch->len; i++)
    {
      Batch *batch = &g_array_index (self->batch, Batch, i);
      cairo_set_scaled_font (
          cr, pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (batch->face->font)));
      scope_color_set (cr, batch->color);
      cairo_show_glyphs (cr, (cairo_glyph_t *)(void *)batch->glyphs->data, (int)batch->glyphs->len);
      g_array_free (batch->glyphs, TRUE);
    }
  cairo_restore (cr);
  for (int i = 0; i < self->faces; i++)
    face_free (self->face[i]);
  g_array_free (self->batch, TRUE);
  g_free (self);
}
