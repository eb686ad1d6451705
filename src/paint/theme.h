/* Colours and type sizes of everything that is painted. */
#pragma once

#include <cairo.h>
#include <glib.h>

typedef struct
{
  double red, green, blue, alpha; /* 0…1 */
} ScopeColor;

typedef struct
{
  gboolean dark;
  gboolean high_contrast;
  double text_size; /* of body text, in CSS pixels */
  const char *font; /* Pango family of words */
  const char *mono; /* Pango family of sizes, code, values */
} ScopeTheme;

/* 15 px type in the system's families. */
ScopeTheme scope_theme_default (gboolean dark);

ScopeColor scope_theme_foreground (const ScopeTheme *theme);
ScopeColor scope_theme_dim (const ScopeTheme *theme);          /* secondary text */
ScopeColor scope_theme_background (const ScopeTheme *theme);   /* of exported figures */
ScopeColor scope_theme_failure (const ScopeTheme *theme);      /* red belongs to failure alone */
ScopeColor scope_theme_failure_tint (const ScopeTheme *theme); /* the same as a fill under text */
/* The width of a thin line, in CSS pixels; heavy lines are twice as wide. */
double scope_theme_line (const ScopeTheme *theme);
/* An axis's colour by its distance from the trailing end (−1, −2, …): colour-blind safe, no red. */
ScopeColor scope_theme_axis (const ScopeTheme *theme, int from_end);
/* The same as a fill under text. */
ScopeColor scope_theme_axis_tint (const ScopeTheme *theme, int from_end);
/* The colour of the k-th of what is joined, from 0; of four, since each is named as well. The hues
 * are those that tensors have on the stage. */
ScopeColor scope_theme_operand (const ScopeTheme *theme, int k);
void scope_color_set (cairo_t *cr, ScopeColor color);
/* `share` (0…1) of `a`, the rest of `b`; opaque. */
ScopeColor scope_color_mix (ScopeColor a, ScopeColor b, double share);
/* 0xAARRGGBB, opaque, as a colour; and black or white, whichever stands out from it. */
ScopeColor scope_color_unpack (guint32 packed);
ScopeColor scope_color_ink_on (ScopeColor color);
/* WCAG's relative luminance (0…1) of an opaque colour, and the contrast (1…21) of two. */
double scope_color_luminance (ScopeColor color);
double scope_color_contrast (ScopeColor a, ScopeColor b);
