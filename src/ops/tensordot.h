/* Products that sum over pairs of axes: the plan of dot, inner and tensordot. */
#pragma once

#include "ops/contract.h"

/* The plan of Σ a·b over the pairs (axis_a[i], axis_b[i]); the result has a's other axes, then b's,
 * whose shape goes to *out. A pair of sizes 1 and n stretches. */
ScopeContraction *scope_tensordot_plan (ScopeArena *arena,
                                        const ScopeShape *a,
                                        const ScopeShape *b,
                                        const int *axis_a,
                                        const int *axis_b,
                                        int pairs,
                                        ScopeDtype dtype,
                                        ScopeShape *out);
/* Whether the ranks leave the result at most SCOPE_MAX_RANK axes; if not, fails with LIMIT. */
bool scope_tensordot_has_room (int rank, ScopeFailure *failure);
