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
ScopeColor scope_theme_dim (const ScopeTheme *theme);        /* secondary text */
ScopeColor scope_theme_background (const ScopeTheme *theme); /* of exported figures */
ScopeColor scope_theme_failure (const ScopeTheme *theme);    /* red belongs to failure alone */
/* An axis's colour by its distance from the trailing end (−1, −2, …): colour-blind safe, no red. */
ScopeColor scope_theme_axis (const ScopeTheme *theme, int from_end);
/* The same as a fill under text. */
ScopeColor scope_theme_axis_tint (const ScopeTheme *theme, int from_end);
void scope_color_set (cairo_t *cr, ScopeColor color);
