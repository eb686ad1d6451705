/* Weights of layers. */
#pragma once

#include "ops/module-forward.h"

/* Calls a function that makes a tensor of some sizes (torch.rand, torch.ones): its type is the
 * layer's parameter `dtype`, if there is one. */
bool scope_weights_make (const ScopeCall *call,
                         ScopeFailure *failure,
                         const char *function,
                         const int64_t *size,
                         int sizes,
                         ScopeValue *out);
