/* The signs of a check as shapes, since fonts may lack them: = → 1 ✗ ⊕ ↔ ? */
#pragma once

#include "advice/alignment.h"
#include "paint/theme.h"

/* Draws a sign into a square of `size` CSS pixels centred on x, y. */
void scope_sign_paint (cairo_t *cr,
                       ScopeMark mark,
                       double x,
                       double y,
                       double size,
                       ScopeColor color,
                       double line);

/* ✓ in the same way: for what fits as a whole. */
void
scope_sign_paint_tick (cairo_t *cr, double x, double y, double size, ScopeColor color, double line);

/* A closed path: a rectangle with round corners. */
void
scope_round_rectangle (cairo_t *cr, double x, double y, double width, double height, double radius);
/* Fills a rectangle with round corners with diagonal lines `step` CSS pixels apart. */
void scope_hatch (cairo_t *cr,
                  double x,
                  double y,
                  double width,
                  double height,
                  double radius,
                  double step,
                  double line,
                  ScopeColor color);
/* An arrow from x0, y0 to x1, y1 with its head at the end. */
void scope_arrow (cairo_t *cr, double x0, double y0, double x1, double y1, double head);
