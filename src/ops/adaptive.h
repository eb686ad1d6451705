/* Adaptive average pooling, which interpolation's mode `area` is too. */
#pragma once

#include "ops/resampling.h"

/* One call of torch's adaptive_avg_pool1d, 2d or 3d. */
typedef struct
{
  const ScopeCall *call;
  const ScopeShape *shape; /* of the input, with or without the batch axis */
  ScopeDtype dtype;
  int spatial;                /* 1, 2 or 3 */
  const ScopeValue *argument; /* output_size as it was written */
  const char *container;      /* what Python hands over: `int`, `list`, `tuple` */
  ScopeValue item[3];         /* its items; None keeps the input's size */
} ScopeAdaptive;

/* The result's shape, or torch's refusal. */
bool
scope_adaptive_average (const ScopeAdaptive *request, ScopeShape *shape, ScopeFailure *failure);
/* How to read it. NULL when memory runs out. */
ScopeResampling *scope_adaptive_plan (const ScopeAdaptive *request, const ScopeShape *shape);
/* The same plan for an axis that takes part: `out` means of an axis of `in` elements. */
ScopeResampleAxis scope_adaptive_rule (int64_t in, int64_t out, ScopeDtype dtype);
