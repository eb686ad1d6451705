/* Where resampling takes its samples: the source's elements as a row of boxes, and the places of
 * the results among them, a row for each way. This is what explains align_corners. */
#pragma once

#include "paint/theme.h"
#include "scene/kernel.h"

typedef struct
{
  const char *name;
  int color; /* as a series of a plot */
  const ScopeSamplePlaces *places;
} ScopeSampleRow;

/* All rows have the same sizes and show the same elements. */
typedef struct
{
  const char *title;
  const ScopeSampleRow *row;
  int rows;
} ScopeSampleDiagram;

/* The height that a diagram needs, in CSS pixels. */
double scope_samples_height (const ScopeSampleDiagram *diagram, const ScopeTheme *theme);
void scope_samples_paint (const ScopeSampleDiagram *diagram,
                          double x,
                          double y,
                          double width,
                          double height,
                          const ScopeTheme *theme,
                          cairo_t *cr);
