/* The colour bar with nice ticks. */
#pragma once

#include "paint/heatmap.h"

/* The width a vertical bar with its labels needs, in CSS pixels. */
double scope_colorbar_width (const ScopeColorScale *scale, const ScopeTheme *theme, cairo_t *cr);
void scope_colorbar_paint (const ScopeColorScale *scale,
                           double x,
                           double y,
                           double width,
                           double height,
                           const ScopeTheme *theme,
                           cairo_t *cr);
/* At most `most` round values inside low…high; returns how many. */
int scope_ticks (double low, double high, int most, double *out);
