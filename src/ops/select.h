/* The loops of operations of three operands: choices, limits, mixtures. */
#pragma once

#include "ops/elementwise.h"

/* x, y, z are the operands in order. */
typedef enum
{
  SCOPE_CHOOSE,       /* y where x (bool) is true, else z */
  SCOPE_REPLACE,      /* z where y (bool) is true, else x */
  SCOPE_LIMIT,        /* x, at least y, at most z; NaN stays */
  SCOPE_MIX,          /* x + z · (y − x) */
  SCOPE_ADD_PRODUCT,  /* x + real[0] · y · z */
  SCOPE_ADD_QUOTIENT, /* x + real[0] · y / z */
  SCOPE_N_SELECTIONS
} ScopeSelection;

/* The loop for operands of type `loop` (but the bool of a choice); NULL when it makes no sense. */
ScopeElementwiseRun scope_selection_run (ScopeSelection selection, ScopeDtype loop);
