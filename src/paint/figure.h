/* A picture as a file: SVG, PDF or PNG by the name's ending. */
#pragma once

#include "paint/theme.h"

#include <gio/gio.h>

/* Draws a picture of width × height CSS pixels to `cr`. */
typedef void (*ScopeFigurePaint) (cairo_t *cr, gpointer data);

typedef enum
{
  SCOPE_FIGURE_SVG,
  SCOPE_FIGURE_PDF,
  SCOPE_FIGURE_PNG,
} ScopeFigureFormat;

/* The format of a file name (`.svg`, `.pdf`, `.png`, in any case). Errors:
 * G_IO_ERROR_NOT_SUPPORTED. */
gboolean scope_figure_format (const char *path, ScopeFigureFormat *out, GError **error);

/* The picture's bytes, on the theme's background. `scale` enlarges PNG pixels (1, 2, 3; between
 * 0.05 and 16). Text in SVG and PDF stays text. The same picture gives the same bytes. Errors:
 * G_IO_ERROR (larger than 32,767 px, no memory). */
GBytes *scope_figure_render (ScopeFigureFormat format,
                             double width,
                             double height,
                             double scale,
                             const ScopeTheme *theme,
                             ScopeFigurePaint paint,
                             gpointer data,
                             GError **error);

/* Renders, writes to a temporary name and renames when whole. Errors: G_IO_ERROR (unknown ending,
 * unwritable, too large). */
gboolean scope_figure_write (const char *path,
                             double width,
                             double height,
                             double scale,
                             const ScopeTheme *theme,
                             ScopeFigurePaint paint,
                             gpointer data,
                             GError **error);

/* Draws page `page`, from 0. */
typedef void (*ScopePagePaint) (cairo_t *cr, int page, gpointer data);

/* Writes a PDF of several pages of width × height CSS pixels, in the same way. Errors: G_IO_ERROR
 * (not a .pdf, unwritable). */
gboolean scope_figure_write_pages (const char *path,
                                   double width,
                                   double height,
                                   int pages,
                                   const ScopeTheme *theme,
                                   ScopePagePaint paint,
                                   gpointer data,
                                   GError **error);
