/* Lines over one pair of axes: profiles, kernels, frequency responses. */
#pragma once

#include "paint/theme.h"

enum
{
  SCOPE_PLOT_MARKS = 3,
};

/* Value i stands at x = begin + i·step. A value that is not finite breaks the line. */
typedef struct
{
  const char *name; /* in the legend */
  int color;        /* the same number, the same colour and dashes in every plot */
  const double *value;
  gint64 count;
  double begin, step;
} ScopeSeries;

/* A vertical line that says what stands at an x. */
typedef struct
{
  double x;
  const char *label; /* NULL: none */
} ScopePlotMark;

typedef struct
{
  const char *title;
  const char *x_title; /* below the axis; NULL: none */
  const ScopeSeries *series;
  int n_series;
  double x_low, x_high; /* what is shown; when equal, all of the series */
  double y_low, y_high; /* at least what is shown; when equal, all of the series */
  ScopePlotMark mark[SCOPE_PLOT_MARKS];
  int marks;
  int emphasized;  /* the series drawn heavier and last; −1: none */
  gboolean legend; /* to the right, as wide as its names need */
} ScopePlot;

/* The colour of a series, and the dashes that tell it apart without colours (CSS pixels; none of a
 * full line). */
ScopeColor scope_series_color (const ScopeTheme *theme, int color);
int scope_series_dashes (int color, const double **dashes);

/* Where the lines of a plot are drawn. */
typedef struct
{
  double x, y, width, height; /* CSS pixels */
  double x_low, x_high, y_low, y_high;
} ScopePlotArea;

/* The smallest height that a plot is of use in, in CSS pixels. */
double scope_plot_least_height (const ScopeTheme *theme);
ScopePlotArea scope_plot_area (const ScopePlot *plot,
                               double x,
                               double y,
                               double width,
                               double height,
                               const ScopeTheme *theme,
                               cairo_t *cr);
void scope_plot_paint (const ScopePlot *plot,
                       double x,
                       double y,
                       double width,
                       double height,
                       const ScopeTheme *theme,
                       cairo_t *cr);
