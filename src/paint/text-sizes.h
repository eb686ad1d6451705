/* The sizes of texts, remembered: shaping a number takes Pango longer than drawing it, and pictures
 * measure the same ones over and over. */
#pragma once

#include <pango/pangocairo.h>

/* A line of text as it is set; two alike are equally large. */
typedef struct
{
  const char *family;
  double font_size; /* in CSS pixels */
  gboolean bold;
  const char *text; /* valid UTF-8 */
} ScopeTextLine;

/* The size in CSS pixels of a line that was remembered for this font map. FALSE: it was not. */
gboolean scope_text_sizes_find (PangoFontMap *fonts,
                                const ScopeTextLine *line,
                                double *width,
                                double *height);
/* Remembers it until the font map's fonts change. */
void
scope_text_sizes_add (PangoFontMap *fonts, const ScopeTextLine *line, double width, double height);
