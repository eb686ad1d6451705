/* The filters of windows, as functions of the distance. */
#include "core/resample-rules.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

double
scope_filter_radius (ScopeResampleFilter filter)
{
  switch (filter)
    {
    case SCOPE_FILTER_LANCZOS3:
      return 3;
    case SCOPE_FILTER_LANCZOS4:
      return 4;
    case SCOPE_FILTER_LANCZOS5:
      return 5;
    case SCOPE_FILTER_CUBIC:
    case SCOPE_FILTER_CATMULL_ROM:
    case SCOPE_FILTER_MITCHELL:
      return 2;
    case SCOPE_FILTER_GAUSSIAN:
      return 1.5;
    case SCOPE_FILTER_STEP:
      return 0.5;
    case SCOPE_FILTER_LINEAR:
    case SCOPE_FILTER_HERMITE:
    case SCOPE_FILTER_HAMMING:
    default:
      return 1;
    }
}

static double
triangle (double x)
{
  x = fabs (x);
  return x < 1 ? 1 - x : 0;
}

double
scope_filter_cubic (double x, double a)
{
  x = fabs (x);
  if (x < 1)
    return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2)
    return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

static double
lanczos (double x, double radius)
{
  x = fabs (x);
  if (x >= radius)
    return 0;
  if (x <= 1e-3)
    return 1;
  return radius * sin (pi * x) * sin (pi * x / radius) / (pi * pi * x * x);
}

static double
mitchell (double x)
{
  x = fabs (x);
  if (x < 1)
    return (7.0 / 6 * x - 2) * x * x + 8.0 / 9;
  if (x < 2)
    return ((-7.0 / 18 * x + 2) * x - 10.0 / 3) * x + 16.0 / 9;
  return 0;
}

static double
hermite (double x)
{
  x = fabs (x);
  return x < 1 ? (2 * x - 3) * x * x + 1 : 0;
}

/* As Pillow's libImaging/Resample.c has it. */
static double
hamming (double x)
{
  x = fabs (x);
  if (x == 0)
    return 1;
  if (x >= 1)
    return 0;
  return sin (pi * x) / (pi * x) * ((double)0.54f + (double)0.46f * cos (pi * x));
}

double
scope_filter_at (ScopeResampleFilter filter, double x)
{
  switch (filter)
    {
    case SCOPE_FILTER_LANCZOS3:
    case SCOPE_FILTER_LANCZOS4:
    case SCOPE_FILTER_LANCZOS5:
      return lanczos (x, scope_filter_radius (filter));
    case SCOPE_FILTER_MITCHELL:
      return mitchell (x);
    case SCOPE_FILTER_GAUSSIAN:
      return fabs (x) < 1.5 ? exp (-2 * x * x) : 0;
    case SCOPE_FILTER_CUBIC:
    case SCOPE_FILTER_CATMULL_ROM:
      return scope_filter_cubic (x, -0.5);
    case SCOPE_FILTER_HERMITE:
      return hermite (x);
    case SCOPE_FILTER_HAMMING:
      return hamming (x);
    case SCOPE_FILTER_STEP:
      return x > -0.5 && x <= 0.5 ? 1 : 0;
    case SCOPE_FILTER_LINEAR:
    default:
      return triangle (x);
    }
}
