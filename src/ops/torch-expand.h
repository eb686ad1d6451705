/* Stretching as Tensor.expand does, and sizes as PyTorch's messages write them. */
#pragma once

#include "ops/op.h"

/* A size below zero that is a number, not an unknown or named size. */
static inline bool
scope_size_is_negative (int64_t size)
{
  return size < 0 && size > INT64_MIN / 2;
}

/* `[2, -1, N]`. */
void scope_torch_sizes_print (const int64_t *size, int sizes, ScopeText *text);

/* The shape that Tensor.expand (sizes) gives, −1 keeping an axis; if there is none, its words (rule
 * BROADCAST with all failing axes, RANK, or SIZE). Unknown sizes fit. */
bool scope_torch_expand_sizes (const ScopeOutput *from,
                               const int64_t *size,
                               int sizes,
                               ScopeShape *out,
                               ScopeFailure *failure);
/* The same to a shape: whether `from` can be stretched to it. */
bool scope_torch_expand (const ScopeOutput *from, const ScopeShape *to, ScopeFailure *failure);
