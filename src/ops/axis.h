/* Axes as arguments: how each dialect counts them, and what it says of one that is not there. */
#pragma once

#include "ops/op.h"

/* How an operation reads its axes where the dialects leave it a choice. */
typedef struct
{
  bool whole_floats;      /* NumPy's words for a float are those of a C function, as in mean */
  bool scalar_has_one;    /* PyTorch and single axes in NumPy: a 0-d tensor has axis 0 and −1 */
  const char *prefix;     /* before NumPy's complaint: "axis1: "; NULL: nothing */
  const char *tensorflow; /* the kernel: "Sum"; NULL: it has no words of its own */
} ScopeAxisStyle;

/* The axis 0 … rank−1 that `axis` means in a tensor of `rank` axes; 0 where a scalar has one.
 * False (AXIS) with the dialect's words when there is none; `parameter` is where it was given,
 * −1 for the whole call. */
bool scope_axis_find (const ScopeCall *call,
                      int parameter,
                      const ScopeAxisStyle *style,
                      int64_t axis,
                      int rank,
                      int *out,
                      ScopeFailure *failure);

/* Some axes of a tensor, as a reduction names them. */
typedef struct
{
  bool given;               /* an int or a tuple, also an empty one; not None */
  int count;                /* axes named */
  int axis[SCOPE_MAX_RANK]; /* in the order given */
  bool has[SCOPE_MAX_RANK]; /* by axis */
} ScopeAxes;

/* An axis, a tuple of axes, or None; several, repeated ones are refused. */
bool scope_axes_find (const ScopeCall *call,
                      int parameter,
                      const ScopeAxisStyle *style,
                      int rank,
                      ScopeAxes *out,
                      ScopeFailure *failure);

/* NumPy's refusal of a value where an integer must stand. */
bool scope_refuse_integer (const ScopeCall *call,
                           int parameter,
                           const ScopeValue *value,
                           ScopeFailure *failure);
