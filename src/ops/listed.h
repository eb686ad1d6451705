/* Lists where NumPy wants arrays. */
#pragma once

#include "ops/op.h"

/* Makes arrays of the lists and tuples among a call's bound values that NumPy hands to asarray.
 * False with np.array's words when one cannot be. */
bool scope_listed_arrays (const ScopeCall *call, ScopeValue *bound, ScopeFailure *failure);
