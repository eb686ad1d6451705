/* Words on a picture: measured and drawn alike on screen and in PNG, PDF (selectable) and SVG (as
 * `<text>`). Everything that is painted writes through here. */
#pragma once

#include "paint/theme.h"

#include <pango/pangocairo.h>

/* What the x of a text means. */
typedef enum
{
  SCOPE_ANCHOR_START,
  SCOPE_ANCHOR_MIDDLE,
  SCOPE_ANCHOR_END,
} ScopeAnchor;

typedef enum
{
  SCOPE_TOO_LONG_OVERFLOWS,
  SCOPE_TOO_LONG_WRAPS,        /* into lines */
  SCOPE_TOO_LONG_ENDS,         /* in `…` */
  SCOPE_TOO_LONG_OMITS_MIDDLE, /* both ends stay: 4611…7904 */
} ScopeTooLong;

typedef struct
{
  double size; /* in CSS pixels */
  gboolean mono, bold;
  ScopeColor color;
  ScopeAnchor anchor;
  ScopeTooLong too_long;
  double max_width; /* in CSS pixels; 0: no limit */
} ScopeTextStyle;

typedef struct
{
  cairo_t *cr;
  const ScopeTheme *theme;
  PangoLayout *layout;
  double size; /* of the font that the layout has now; 0: none yet */
  gboolean mono, bold;
} ScopePen;

/* Valid while `cr` and `theme` are; freed with scope_pen_clear. */
void scope_pen_init (ScopePen *pen, cairo_t *cr, const ScopeTheme *theme);
void scope_pen_clear (ScopePen *pen);

/* Lays a text out, which must be UTF-8, in the pen's layout. */
void scope_pen_set_up (ScopePen *pen, const ScopeTextStyle *style, const char *text);

/* The size of a text in CSS pixels; either place may be NULL. */
void scope_pen_measure (ScopePen *pen,
                        const ScopeTextStyle *style,
                        const char *text,
                        double *width,
                        double *height);
double scope_pen_width (ScopePen *pen, const ScopeTextStyle *style, const char *text);
/* Draws a text at x (see `anchor`), its lines centred on `middle`. */
void scope_pen_write (ScopePen *pen,
                      const ScopeTextStyle *style,
                      const char *text,
                      double x,
                      double middle);

/* Collects what is written to `surface` as SVG elements instead of drawing it; the elements belong
 * to `svg`, which must outlive the surface's last drawing. */
void scope_text_collect_svg (cairo_surface_t *surface, GString *svg);
