/* Values written into a heatmap's cells. */
#include "paint/heatmap-map.h"

#include "paint/numerals.h"
#include "scene/number.h"

#include <math.h>

/* Cells smaller than this, in CSS pixels, show no value. */
#define LEAST_WIDTH  34.0
#define LEAST_HEIGHT 16.0

enum
{
  MOST_VALUES = 8192
};

static void
append_number (double value, int digits, ScopeText *out)
{
  scope_number_print (value, digits, pow (10, digits), out);
}

/* The value of a cell with so many digits; integers, booleans exactly when they are short. */
static void
append_value (const ScopePlane *plane, gint64 cell, int digits, ScopeText *out)
{
  if (plane->element == NULL)
    {
      append_number (plane->value[cell], digits, out);
      return;
    }
  const char *element =
      (const char *)plane->element + (gsize)cell * scope_dtype_bytes (plane->dtype);
  ScopeKind kind = scope_dtype_kind (plane->dtype);
  if (kind == SCOPE_KIND_COMPLEX)
    {
      ScopeNumber number = scope_dtype_load (plane->dtype, element);
      append_number (number.f, digits, out);
      scope_text_append (out, number.imaginary < 0 ? "" : "+");
      append_number (number.imaginary, digits, out);
      scope_text_append (out, "j");
    }
  else if (kind == SCOPE_KIND_FLOAT)
    append_number (plane->value[cell], digits, out);
  else
    scope_dtype_print (plane->dtype, element, out);
}

/* What all cells share. */
typedef struct
{
  ScopeNumerals *numerals;
  ScopeTextStyle style;
  double advance; /* the width of a digit */
  double room;
  int digits;
} Writing;

static void
write_value (ScopeHeatmapPicture *picture, const Writing *writing, gint64 row, gint64 column)
{
  const ScopeHeatmapGeometry *geometry = picture->geometry;
  gint64 cell = row * picture->plane->cell_columns + column;
  guint32 color = scope_color_scale_map (picture->scale, picture->plane->value[cell]);
  ScopeTextStyle style = writing->style;
  style.color = scope_color_ink_on (scope_color_unpack (color));

  /* Fewer digits, then smaller type, then none: a value that is cut would be a wrong one. */
  ScopeText text = { 0 };
  double width;
  for (int digits = writing->digits;; digits--)
    {
      scope_text_clear (&text);
      append_value (picture->plane, cell, digits, &text);
      width = writing->advance * (double)text.length;
      if (width <= writing->room || digits <= 2)
        break;
    }
  /* A few sizes only, so that few fonts are made. */
  if (width > writing->room)
    style.size = floor (4 * style.size * writing->room / width) / 4;
  if (style.size >= 7.5)
    scope_numerals_write (writing->numerals, &style, scope_text_string (&text),
                          geometry->x + ((double)column + 0.5) * geometry->cell_width,
                          geometry->y + ((double)row + 0.5) * geometry->cell_height);
  scope_text_clear (&text);
}

void
scope_heatmap_paint_values (ScopeHeatmapPicture *picture)
{
  const ScopeHeatmapGeometry *geometry = picture->geometry;
  gint64 cells =
      (picture->end_row - picture->first_row) * (picture->end_column - picture->first_column);
  if (!picture->decoration->values || geometry->cell_width < LEAST_WIDTH
      || geometry->cell_height < LEAST_HEIGHT || cells > MOST_VALUES)
    return;

  Writing writing = { .numerals = scope_numerals_new (&picture->pen),
                      .style = { .size = fmin (0.9 * picture->theme->text_size,
                                               0.62 * geometry->cell_height),
                                 .mono = TRUE,
                                 .anchor = SCOPE_ANCHOR_MIDDLE },
                      .room = geometry->cell_width - 4,
                      .digits = picture->decoration->digits > 0 ? picture->decoration->digits : 4 };
  writing.advance = scope_pen_width (&picture->pen, &writing.style, "0000000000") / 10;
  for (gint64 row = picture->first_row; row < picture->end_row; row++)
    for (gint64 column = picture->first_column; column < picture->end_column; column++)
      write_value (picture, &writing, row, column);
  scope_numerals_free (writing.numerals);
}
