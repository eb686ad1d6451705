/* Operations that resample axes: the plan that infer makes, and how it is read and traced. */
#pragma once

#include "core/resample.h"
#include "ops/op.h"

typedef struct ScopeResampling ScopeResampling;

/* A plan for a tensor of `rank` axes that keeps all of them, computing in `compute`: FLOAT32,
 * FLOAT64, or any type when every axis that is added only copies. NULL when memory runs out. */
ScopeResampling *scope_resampling_new (const ScopeCall *call, int rank, ScopeDtype compute);
/* Resamples an axis. */
void scope_resampling_set (ScopeResampling *plan, int axis, const ScopeResampleAxis *rule);
/* How a node resamples an axis; false when it is no resampling, or keeps the axis. */
bool scope_resampling_rule (const ScopeNode *node, int axis, ScopeResampleAxis *out);

/* The type that numbers of a type are mixed in: float64 for it and for integers that float32 does
 * not hold, else float32; complex ones as they are. */
ScopeDtype scope_resampling_compute (ScopeDtype dtype);
/* The same as Pillow has it, with the arithmetic that belongs to it. */
ScopeDtype scope_resampling_compute_pillow (ScopeDtype dtype, ScopeArithmetic *arithmetic);
/* Rounds results to whole numbers, within the node's type, when that is an integer's: halves to
 * even, or (`halves_up`) away from 0. */
void scope_resampling_round (ScopeResampling *plan, bool halves_up);

/* Outputs of axes with SCOPE_GRID_CROP that stand outside the input have this value. */
void scope_resampling_extrapolate (ScopeResampling *plan, double value);
/* The last axis is colours and their alpha, bytes: as Pillow has it, colours are multiplied by
 * alpha before they are mixed, and divided by it afterwards. */
void scope_resampling_alpha (ScopeResampling *plan);

/* ScopeOp.read and ScopeOp.trace of a node whose plan is a ScopeResampling; what is computed is
 * converted to the node's type. The node may lack the plan's last axis when that has one element.
 */
bool scope_resampling_read (const ScopeNode *node,
                            ScopeReader *reader,
                            const ScopeRegion *region,
                            const ScopeBuffer *out,
                            ScopeError *error);
bool scope_resampling_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);
