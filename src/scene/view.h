/* How a tensor is looked at: which two axes, where on the others, and how values become colours. */
#pragma once

#include "core/shape.h"
#include "core/text.h"

typedef enum
{
  SCOPE_PALETTE_AUTO, /* viridis, or diverging when the data has both signs */
  SCOPE_PALETTE_VIRIDIS,
  SCOPE_PALETTE_CIVIDIS,
  SCOPE_PALETTE_MAGMA,
  SCOPE_PALETTE_INFERNO,
  SCOPE_PALETTE_PLASMA,
  SCOPE_PALETTE_GRAY,
  SCOPE_PALETTE_TWILIGHT,
  SCOPE_PALETTE_DIVERGING,
  SCOPE_N_PALETTES
} ScopePalette;

typedef enum
{
  SCOPE_NORM_LINEAR,
  SCOPE_NORM_LOG,
  SCOPE_NORM_SYMLOG,
  SCOPE_N_NORMS
} ScopeNorm;

typedef enum
{
  SCOPE_RANGE_SLICE,      /* minimum to maximum of what is shown */
  SCOPE_RANGE_MANUAL,     /* low, high */
  SCOPE_RANGE_DEVIATION,  /* mean ± 3σ */
  SCOPE_RANGE_PERCENTILE, /* the first to the 99th percentile */
  SCOPE_N_RANGES
} ScopeRange;

/* How many elements become one cell when zoomed out. */
typedef enum
{
  SCOPE_AGGREGATE_MEAN,
  SCOPE_AGGREGATE_MIN,
  SCOPE_AGGREGATE_MAX,
  SCOPE_AGGREGATE_EXTREME, /* the largest magnitude */
  SCOPE_N_AGGREGATES
} ScopeAggregate;

typedef struct
{
  int rank;                      /* of the shape the view was made for */
  int row_axis;                  /* −1 when the tensor has less than two axes: one row */
  int column_axis;               /* −1 for a scalar */
  int64_t index[SCOPE_MAX_RANK]; /* where the other axes stand; of row and column axis unused */
  ScopeRange range;
  double low, high; /* of RANGE_MANUAL */
  ScopeNorm norm;
  ScopePalette palette;
  ScopeAggregate aggregate;
  bool whole_tensor; /* ranges other than MANUAL follow the whole tensor, not this slice */
  /* Axes that are not shown are sliced at `index`, but for these, a bit each: */
  uint64_t over_axes; /* every place counts: `over` of them all is shown */
  ScopeAggregate over;
  uint64_t facet_axes; /* every place has a picture of its own; at most one axis */
} ScopeView;

/* Whether an axis is in a set of them, as over_axes and facet_axes are. */
static inline bool
scope_axis_in (uint64_t axes, int axis)
{
  return axis >= 0 && (axes >> axis & 1) != 0;
}

/* The last two axes, index 0 on the others. */
ScopeView scope_view_default (const ScopeShape *shape);
/* Keeps what still makes sense of `view` for another shape: axes counted from the end, indices
 * clamped. An axis that is no longer there gives way to the last one not yet shown. */
ScopeView scope_view_fit (const ScopeView *view, const ScopeShape *shape);
/* The view as a NumPy slice of `name`: `A[0, 2, :, :]`, with axes that are looked at as a whole
 * `A[0, :, :, :].max(0)`; a transposed view ends in `.T`. A name that is an expression (`A + B`) is
 * put in parentheses, a scalar is its name alone. */
void scope_view_caption (const ScopeView *view,
                         const char *name,
                         const ScopeShape *shape,
                         ScopeText *out);
