/* Values to colours, exactly as matplotlib's Normalize, LogNorm, SymLogNorm and colormaps. */
#pragma once

#include "core/raster.h"
#include "scene/plane.h"

#include <glib.h>

/* The range of values the colours span, and how. Computed once per picture and shared by the map
 * and its colour bar. */
typedef struct
{
  double low, high;
  double threshold; /* of SYMLOG: linear between −threshold and threshold */
  ScopeNorm norm;
  ScopePalette palette; /* never AUTO */
  gboolean under, over; /* some value is below low, above high */
} ScopeColorScale;

/* What NaN is drawn in, under its hatching. */
#define SCOPE_COLOR_BAD 0xFFA3A3A3u

/* The range of the view: minimum to maximum, the same distance to both sides of 0 for a diverging
 * palette, or as given. AUTO becomes diverging when there are values on both sides of 0, else
 * viridis. */
ScopeColorScale scope_color_scale (const ScopeView *view, const ScopeStatistics *statistics);
/* The same with a sorted sample of the values, which percentiles need (without one they are the
 * minimum and the maximum). */
ScopeColorScale scope_color_scale_sampled (const ScopeView *view,
                                           const ScopeStatistics *statistics,
                                           const double *sample,
                                           gint64 samples);
/* Where a value stands between low (0) and high (1); beyond them less than 0 or more than 1. 0 when
 * low equals high, NaN for what has no place (NaN, and 0 or less on a logarithmic scale). */
double scope_color_scale_place (const ScopeColorScale *scale, double value);
/* The value at a place between 0 and 1. */
double scope_color_scale_value (const ScopeColorScale *scale, double place);
/* Packed 0xAARRGGBB of a value; SCOPE_COLOR_BAD for what has no place. */
guint32 scope_color_scale_map (const ScopeColorScale *scale, double value);
/* The same for many at once, which scope_raster_map gives; outside is what lies beyond low and high
 * or has no place. */
void scope_color_scale_raster (const ScopeColorScale *scale, ScopeRaster *raster);
