/* Operations that only move, drop or insert axes: their plan, reading and tracing. */
#pragma once

#include "ops/op.h"

/* The plan of a node. */
typedef struct
{
  int input_rank;
  /* The input's axis of each of the result's; −1: a new axis of one place. Axes of the input that
   * are not named have one place. */
  int8_t source[SCOPE_MAX_RANK];
} ScopeReorderPlan;

/* Fills plan, shape, type and strides of one output. */
void scope_reorder_plan (const ScopeCall *call,
                         const ScopeValue *value,
                         const int8_t *source,
                         int rank,
                         ScopeReorderPlan *plan,
                         ScopeOutput *output);
/* Sets result, plan and strides of one output from input `value`. False when memory ran out. */
bool scope_reorder_set (const ScopeCall *call,
                        ScopeResult *result,
                        const ScopeValue *value,
                        const int8_t *source,
                        int rank);
/* The result is the input itself. */
bool scope_reorder_nothing (const ScopeCall *call, ScopeResult *result, const ScopeValue *value);

/* ScopeOp.read and .trace of a node whose plan is a ScopeReorderPlan. A node of several outputs has
 * one plan for each, and as many inputs. */
bool scope_reorder_read (const ScopeNode *node,
                         ScopeReader *reader,
                         const ScopeRegion *region,
                         const ScopeBuffer *out,
                         ScopeError *error);
bool scope_reorder_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);
