/* What the files of resampling rules share: the filters, and one table row for each library whose
 * rules are not PyTorch's. */
#pragma once

#include "core/resample.h"

/* The rules of one library for one axis; see scope_resample_taps and the functions after it. */
typedef struct
{
  double (*place) (const ScopeResampleAxis *axis, int64_t output);
  ScopeTaps (*taps) (const ScopeResampleAxis *axis, int64_t output);
  /* Not rounded to the axis's arithmetic. */
  void (*weights) (const ScopeResampleAxis *axis, int64_t output, ScopeTaps taps, double *weight);
  int64_t (*most_taps) (const ScopeResampleAxis *axis);
} ScopeResampleRules;

extern const ScopeResampleRules scope_rules_opencv;
extern const ScopeResampleRules scope_rules_pillow;
extern const ScopeResampleRules scope_rules_tensorflow;
extern const ScopeResampleRules scope_rules_onnx;

/* What the filter of a window is `x` elements from its middle, and where it ends. */
double scope_filter_at (ScopeResampleFilter filter, double x);
double scope_filter_radius (ScopeResampleFilter filter);
/* Keys' cubic with coefficient `a`. */
double scope_filter_cubic (double x, double a);

/* Truncates; what no axis can have becomes what every axis ends before. */
static inline int64_t
scope_resample_whole (double value)
{
  return value < 0x1p62 ? (int64_t)value : INT64_C (1) << 62;
}
