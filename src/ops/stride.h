/* How a framework lays a tensor out in memory. Values are read without it; it decides what `view`
 * accepts, what a copy keeps, and what order 'K' means. All strides are in elements. */
#pragma once

#include "ops/op.h"

/* C order. Unknown sizes make unknown strides. */
void scope_stride_dense (const ScopeShape *shape, int64_t *stride);
/* The strides of a TENSOR value; dense ones for a number. */
void scope_call_stride (const ScopeCall *call, const ScopeValue *value, int64_t *stride);
/* A copy in the arena for ScopeOutput.stride, NULL where they are dense in C order. */
const int64_t *
scope_stride_keep (const ScopeCall *call, const ScopeShape *shape, const int64_t *stride);

/* A stride times a step or a size; unknown when either is, or when it leaves int64. */
int64_t scope_stride_times (int64_t stride, int64_t by);
/* For ScopeOutput.stride, of a TENSOR value stretched to `shape`: what is stretched or new repeats.
 */
const int64_t *
scope_stride_expanded (const ScopeCall *call, const ScopeValue *value, const ScopeShape *shape);

/* The strides of a TENSOR value with axes reversed: PyTorch makes a copy, NumPy a view, the others
 * have no strides to show. `stride` gets them. */
void scope_stride_reversed (const ScopeCall *call,
                            const ScopeValue *value,
                            const bool *reversed,
                            int64_t *stride);

/* Whether a tensor can be seen in another shape of as many elements without a copy; *out then has
 * the strides. Unknown sizes: it can. As PyTorch decides it. */
bool scope_stride_view (const ScopeShape *from,
                        const int64_t *stride,
                        const ScopeShape *to,
                        int64_t *out);
/* Each element has a place of its own and no place is left out, in some order of the axes. */
bool scope_stride_is_dense_in_some_order (const ScopeShape *shape, const int64_t *stride);
/* The strides of a copy that keeps the order of the axes (torch.clone, astype). */
void scope_stride_of_copy (const ScopeShape *shape, const int64_t *stride, int64_t *out);

/* For ScopeOutput.stride, of the TENSOR value itself: an operation in place. */
const int64_t *scope_stride_same (const ScopeCall *call, const ScopeValue *value);
/* The strides of a result computed element by element from TENSOR values and numbers: PyTorch and
 * NumPy keep the order of the operands' axes. For ScopeOutput.stride. */
const int64_t *scope_stride_elementwise (const ScopeCall *call,
                                         const ScopeValue *const *operand,
                                         int operands,
                                         const ScopeShape *out);
