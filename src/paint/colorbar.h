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
/* The bar itself between the triangles that stand for what lies beyond its ends. */
void scope_colorbar_span (const ScopeColorScale *scale, double *y, double *height);
/* How often values come, beside the bar's span: the sample's values along it, to the left from
 * x + width. */
void scope_histogram_paint (const ScopeColorScale *scale,
                            const double *sample,
                            gint64 samples,
                            double x,
                            double y,
                            double width,
                            double height,
                            const ScopeTheme *theme,
                            cairo_t *cr);
/* At most `most` round values inside low…high; returns how many. */
int scope_ticks (double low, double high, int most, double *out);
