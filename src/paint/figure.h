/* A picture as a file: SVG, PDF or PNG by the name's ending. */
#pragma once

#include "paint/theme.h"

/* Draws a picture of width × height CSS pixels to `cr`. */
typedef void (*ScopeFigurePaint) (cairo_t *cr, gpointer data);

/* Writes to a temporary name and renames when whole. `scale` enlarges PNG pixels (1, 2, 3).
 * Text in SVG stays text. Errors: G_IO_ERROR (unknown ending, unwritable, larger than 32,767 px).
 */
gboolean scope_figure_write (const char *path,
                             double width,
                             double height,
                             double scale,
                             const ScopeTheme *theme,
                             ScopeFigurePaint paint,
                             gpointer data,
                             GError **error);
