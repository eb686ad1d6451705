/* Colours for light, dark and high contrast. */
#include "paint/theme.h"

#include <math.h>

#define RGB(hex)                                                                                   \
  {                                                                                                \
    ((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, ((hex)&255) / 255.0, 1                \
  }

enum
{
  AXIS_COLORS = 8
};

/* Found by search: every pair stays apart (OKLab ΔE ≥ 0.065) for normal vision and for protan-,
 * deuter- and tritanopia (Machado et al. 2009, severity 1), neighbours twice as far; hues from 58°
 * to 338° of OKLCH, so none is taken for the red of failure. Beyond eight axes they start again:
 * every axis bears its number as well. */
static const ScopeColor axis_light[AXIS_COLORS] = { RGB (0x147052), RGB (0x0A85F5), RGB (0xB88500),
                                                    RGB (0x5C14AD), RGB (0x147AA3), RGB (0x665C00),
                                                    RGB (0x850A7A), RGB (0x85858F) };
static const ScopeColor axis_dark[AXIS_COLORS] = { RGB (0x99E0B8), RGB (0x1485FF), RGB (0xAD8529),
                                                   RGB (0xCC99E0), RGB (0x66EBFF), RGB (0xE0E00A),
                                                   RGB (0xD647D6), RGB (0xA3A3AD) };

static const ScopeColor white = RGB (0xFFFFFF);
static const ScopeColor black = RGB (0x000000);

ScopeTheme
scope_theme_default (gboolean dark)
{
  return (ScopeTheme){ .dark = dark, .text_size = 15, .font = "Sans", .mono = "Monospace" };
}

ScopeColor
scope_theme_foreground (const ScopeTheme *theme)
{
  if (theme->high_contrast)
    return theme->dark ? white : black;
  return theme->dark ? (ScopeColor)RGB (0xF4F4F4) : (ScopeColor)RGB (0x1F1F24);
}

ScopeColor
scope_theme_dim (const ScopeTheme *theme)
{
  if (theme->high_contrast)
    return theme->dark ? (ScopeColor)RGB (0xEBEBEB) : (ScopeColor)RGB (0x26262B);
  return theme->dark ? (ScopeColor)RGB (0xC0BFC6) : (ScopeColor)RGB (0x56555D);
}

ScopeColor
scope_theme_background (const ScopeTheme *theme)
{
  if (theme->high_contrast)
    return theme->dark ? black : white;
  return theme->dark ? (ScopeColor)RGB (0x1E1E1E) : white;
}

ScopeColor
scope_theme_failure (const ScopeTheme *theme)
{
  if (theme->high_contrast)
    return theme->dark ? (ScopeColor)RGB (0xFF9C8A) : (ScopeColor)RGB (0xA00010);
  return theme->dark ? (ScopeColor)RGB (0xFF7B63) : (ScopeColor)RGB (0xBA1A26);
}

ScopeColor
scope_theme_failure_tint (const ScopeTheme *theme)
{
  return scope_color_mix (scope_theme_failure (theme), scope_theme_background (theme),
                          theme->dark ? 0.20 : 0.13);
}

double
scope_theme_line (const ScopeTheme *theme)
{
  return theme->high_contrast ? 2.0 : 1.25;
}

ScopeColor
scope_theme_axis (const ScopeTheme *theme, int from_end)
{
  int i = (from_end < 0 ? -from_end - 1 : 0) % AXIS_COLORS;
  ScopeColor color = theme->dark ? axis_dark[i] : axis_light[i];
  if (!theme->high_contrast)
    return color;
  return theme->dark ? scope_color_mix (color, white, 0.74) : scope_color_mix (color, black, 0.70);
}

ScopeColor
scope_theme_axis_tint (const ScopeTheme *theme, int from_end)
{
  double share = theme->dark ? 0.26 : 0.14;
  if (theme->high_contrast)
    share *= 0.6;
  return scope_color_mix (scope_theme_axis (theme, from_end), scope_theme_background (theme),
                          share);
}

ScopeColor
scope_theme_operand (const ScopeTheme *theme, int k)
{
  static const ScopeColor light[] = { RGB (0xA66A00), RGB (0x2F6DB3), RGB (0x7B4BA8),
                                      RGB (0x4C8529) };
  static const ScopeColor dark[] = { RGB (0xE8B85C), RGB (0x7FB4EE), RGB (0xC39AEE),
                                     RGB (0x9CCB79) };
  ScopeColor color = (theme->dark ? dark : light)[k % (int)G_N_ELEMENTS (light)];
  if (!theme->high_contrast)
    return color;
  return scope_color_mix (color, theme->dark ? white : black, 0.72);
}

void
scope_color_set (cairo_t *cr, ScopeColor color)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
}

ScopeColor
scope_color_mix (ScopeColor a, ScopeColor b, double share)
{
  return (ScopeColor){
    .red = a.red * share + b.red * (1 - share),
    .green = a.green * share + b.green * (1 - share),
    .blue = a.blue * share + b.blue * (1 - share),
    .alpha = 1,
  };
}

ScopeColor
scope_color_unpack (guint32 packed)
{
  return (ScopeColor){
    .red = (packed >> 16 & 255) / 255.0,
    .green = (packed >> 8 & 255) / 255.0,
    .blue = (packed & 255) / 255.0,
    .alpha = 1,
  };
}

ScopeColor
scope_color_ink_on (ScopeColor color)
{
  /* (1 + 0.05) / (L + 0.05) equals (L + 0.05) / 0.05 at this luminance. */
  return scope_color_luminance (color) > 0.1791 ? black : white;
}

static double
to_linear (double component)
{
  return component <= 0.04045 ? component / 12.92 : pow ((component + 0.055) / 1.055, 2.4);
}

double
scope_color_luminance (ScopeColor color)
{
  return 0.2126 * to_linear (color.red) + 0.7152 * to_linear (color.green)
         + 0.0722 * to_linear (color.blue);
}

double
scope_color_contrast (ScopeColor a, ScopeColor b)
{
  double first = scope_color_luminance (a), second = scope_color_luminance (b);
  return (fmax (first, second) + 0.05) / (fmin (first, second) + 0.05);
}
