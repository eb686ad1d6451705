/* The rule of matmul, shared by the products that are one. */
#pragma once

#include "ops/contract.h"

/* The plan of a[…, n, k] · b[…, k, m]: batches are broadcast, vectors have no n or m. */
ScopeContraction *
scope_matmul_plan (ScopeArena *arena, const ScopeShape *a, const ScopeShape *b, ScopeDtype dtype);
