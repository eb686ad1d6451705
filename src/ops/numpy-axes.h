/* Axes as NumPy's normalize_axis_tuple takes them. */
#pragma once

#include "ops/axis.h"

/* An int, a tuple or a list. False with NumPy's words for what is none, an axis that is not there,
 * or (unless allowed) one named twice. With duplicates `count` and `axis` may be longer than the
 * rank; more than SCOPE_MAX_RANK are refused. */
bool scope_numpy_axes_find (const ScopeCall *call,
                            int parameter,
                            int rank,
                            bool duplicates,
                            ScopeAxes *out,
                            ScopeFailure *failure);
