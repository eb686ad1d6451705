/* Filters sampled for plots. */
#include "scene/kernel.h"

#include "core/checked.h"

#include <math.h>

enum
{
  SLICES = 2048, /* of the filter, when it is integrated */
  ALL = 24,      /* elements of an axis that is shown whole */
  LEAST = 6,     /* elements shown at an end */
};

/* The area under the filter. */
static double
area_under (const ScopeResampleAxis *rule, double radius)
{
  double step = 2 * radius / SLICES, sum = 0;
  for (int i = 0; i < SLICES; i++)
    sum += scope_resample_filter (rule, (i + 0.5) * step - radius);
  return sum * step;
}

void
scope_kernel_curve (const ScopeResampleAxis *rule, double radius, ScopeCurve *out)
{
  double area = area_under (rule, scope_resample_radius (rule));
  out->begin = -radius;
  out->step = 2 * radius / (SCOPE_CURVE_POINTS - 1);
  for (int i = 0; i < SCOPE_CURVE_POINTS; i++)
    out->value[i] = scope_resample_filter (rule, out->begin + i * out->step) / area;
}

void
scope_kernel_response (const ScopeResampleAxis *rule, double highest, ScopeCurve *out)
{
  double radius = scope_resample_radius (rule), step = 2 * radius / SLICES;
  double filter[SLICES], sum = 0;
  for (int i = 0; i < SLICES; i++)
    sum += filter[i] = scope_resample_filter (rule, (i + 0.5) * step - radius);

  out->begin = 0;
  out->step = highest / (SCOPE_CURVE_POINTS - 1);
  for (int k = 0; k < SCOPE_CURVE_POINTS; k++)
    {
      /* A phasor turned from slice to slice; where it begins does not change the magnitude. */
      double turn = 2 * M_PI * k * out->step * step, c = cos (turn), s = sin (turn);
      double x = 1, y = 0, real = 0, imaginary = 0;
      for (int i = 0; i < SLICES; i++)
        {
          double turned = x * c - y * s;
          real += filter[i] * x;
          imaginary += filter[i] * y;
          y = x * s + y * c;
          x = turned;
        }
      out->value[k] = hypot (real, imaginary) / fabs (sum);
    }
}

double
scope_kernel_nyquist (const ScopeResampleAxis *rule)
{
  return 0.5 * (double)rule->out / (double)rule->in;
}

/* ---- places --------------------------------------------------------------------------------- */

/* Adds outputs begin…end−1 whose samples are among the elements low…high−1, or less than an element
 * outside the axis. */
static void
add_places (const ScopeResampleAxis *rule,
            int64_t begin,
            int64_t end,
            double low,
            double high,
            int most,
            ScopeSamplePlaces *out)
{
  for (int64_t o = begin; o < end && out->samples < most; o++)
    {
      double place = scope_resample_place (rule, o);
      if (place < low || place > high)
        continue;
      out->output[out->samples] = o;
      out->place[out->samples++] = place;
    }
}

void
scope_sample_places (const ScopeResampleAxis *rule, ScopeSamplePlaces *out)
{
  double scale = (double)rule->in / (double)rule->out;
  int64_t shown = scope_max (LEAST, (int64_t)ceil (2.6 * scale));
  *out = (ScopeSamplePlaces){ .in = rule->in, .out = rule->out, .head = rule->in };
  if (rule->in > ALL && shown < rule->in / 2)
    out->head = out->tail = shown;
  if (out->tail == 0)
    {
      add_places (rule, 0, rule->out, -1, (double)rule->in, SCOPE_SAMPLE_PLACES, out);
      return;
    }
  /* An output's sample is less than two outputs away from where its middle would be. */
  int64_t near = (int64_t)ceil ((double)shown / scale) + 2;
  near = scope_min (near, scope_min (rule->out / 2, SCOPE_SAMPLE_PLACES / 2));
  add_places (rule, 0, near, -1, (double)out->head - 0.5, SCOPE_SAMPLE_PLACES / 2, out);
  add_places (rule, rule->out - near, rule->out, (double)(rule->in - out->tail) - 0.5,
              (double)rule->in, SCOPE_SAMPLE_PLACES, out);
}
