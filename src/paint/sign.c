/* Signs, hatching and arrows as paths. */
#include "paint/sign.h"

#include <math.h>

void
scope_round_rectangle (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  double r = fmin (radius, fmin (width, height) / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - r, y + r, r, -G_PI_2, 0);
  cairo_arc (cr, x + width - r, y + height - r, r, 0, G_PI_2);
  cairo_arc (cr, x + r, y + height - r, r, G_PI_2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

void
scope_hatch (cairo_t *cr,
             double x,
             double y,
             double width,
             double height,
             double radius,
             double step,
             double line,
             ScopeColor color)
{
  cairo_save (cr);
  scope_round_rectangle (cr, x, y, width, height, radius);
  cairo_clip (cr);
  for (double offset = step / 2; offset < width + height; offset += step)
    {
      cairo_move_to (cr, x + offset, y);
      cairo_line_to (cr, x + offset - height, y + height);
    }
  scope_color_set (cr, color);
  cairo_set_line_width (cr, line);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
scope_arrow (cairo_t *cr, double x0, double y0, double x1, double y1, double head)
{
  double angle = atan2 (y1 - y0, x1 - x0);
  cairo_move_to (cr, x0, y0);
  cairo_line_to (cr, x1, y1);
  cairo_move_to (cr, x1 - head * cos (angle - 0.55), y1 - head * sin (angle - 0.55));
  cairo_line_to (cr, x1, y1);
  cairo_line_to (cr, x1 - head * cos (angle + 0.55), y1 - head * sin (angle + 0.55));
}

static void
path_unknown (cairo_t *cr, double r)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, -0.35 * r, 0.5 * r, G_PI, 0.35 * G_PI);
  cairo_line_to (cr, 0, 0.45 * r);
  cairo_move_to (cr, 0, 0.85 * r);
  cairo_line_to (cr, 0, 0.87 * r);
}

static void
path_padded (cairo_t *cr, double r)
{
  cairo_move_to (cr, -0.25 * r, -0.3 * r);
  cairo_line_to (cr, 0.05 * r, -0.55 * r);
  cairo_line_to (cr, 0.05 * r, 0.55 * r);
}

static void
path_of (cairo_t *cr, ScopeMark mark, double r)
{
  switch (mark)
    {
    case SCOPE_MARK_NONE:
      break;
    case SCOPE_MARK_EQUAL:
      cairo_move_to (cr, -0.8 * r, -0.35 * r);
      cairo_line_to (cr, 0.8 * r, -0.35 * r);
      cairo_move_to (cr, -0.8 * r, 0.35 * r);
      cairo_line_to (cr, 0.8 * r, 0.35 * r);
      break;
    case SCOPE_MARK_STRETCHED:
      scope_arrow (cr, -r, 0, r, 0, 0.8 * r);
      break;
    case SCOPE_MARK_PADDED:
      path_padded (cr, r);
      break;
    case SCOPE_MARK_FAILS:
      cairo_move_to (cr, -0.75 * r, -0.75 * r);
      cairo_line_to (cr, 0.75 * r, 0.75 * r);
      cairo_move_to (cr, 0.75 * r, -0.75 * r);
      cairo_line_to (cr, -0.75 * r, 0.75 * r);
      break;
    case SCOPE_MARK_JOINED:
      cairo_new_sub_path (cr);
      cairo_arc (cr, 0, 0, r, 0, 2 * G_PI);
      cairo_move_to (cr, -0.55 * r, 0);
      cairo_line_to (cr, 0.55 * r, 0);
      cairo_move_to (cr, 0, -0.55 * r);
      cairo_line_to (cr, 0, 0.55 * r);
      break;
    case SCOPE_MARK_CONTRACTED:
      scope_arrow (cr, 0, 0, r, 0, 0.6 * r);
      scope_arrow (cr, 0, 0, -r, 0, 0.6 * r);
      break;
    case SCOPE_MARK_UNKNOWN:
      path_unknown (cr, r);
      break;
    }
}

/* Lines of `line` CSS pixels with round ends, around x, y. */
static void
begin_sign (cairo_t *cr, double x, double y, ScopeColor color, double line)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  scope_color_set (cr, color);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, line);
}

void
scope_sign_paint_tick (cairo_t *cr, double x, double y, double size, ScopeColor color, double line)
{
  double r = size / 2;
  begin_sign (cr, x, y, color, 1.6 * line);
  cairo_move_to (cr, -r, 0.1 * r);
  cairo_line_to (cr, -0.25 * r, 0.8 * r);
  cairo_line_to (cr, r, -0.75 * r);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
scope_sign_paint (cairo_t *cr,
                  ScopeMark mark,
                  double x,
                  double y,
                  double size,
                  ScopeColor color,
                  double line)
{
  double r = size / 2;
  begin_sign (cr, x, y, color, mark == SCOPE_MARK_FAILS ? 1.6 * line : line);
  path_of (cr, mark, r);
  cairo_stroke (cr);
  if (mark == SCOPE_MARK_PADDED)
    {
      const double dash[] = { 0.35 * r, 0.45 * r };
      cairo_set_dash (cr, dash, 2, 0);
      scope_round_rectangle (cr, -r, -r, 2 * r, 2 * r, 0.4 * r);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}
