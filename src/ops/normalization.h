/* Normalisation: what infer decides, and how it is read. */
#pragma once

#include "ops/op.h"

/* out = (input − mean) / √(variance + eps) · weight + bias, where mean and variance are those of a
 * group of elements or given. Input 0 of the node is the tensor. */
typedef struct
{
  int rank;
  bool reduced[SCOPE_MAX_RANK]; /* mean and variance go over this axis */
  int64_t groups;               /* axis 1 is cut into so many groups of their own; 0: it is not */
  int channel; /* parameters have an element for each place of this axis; −1: they
                  have the shape of the last axes */
  int last;    /* of the latter: how many */
  double eps;
  int mean, variance, weight, bias; /* inputs; −1: computed, 1, 0 */
} ScopeNormalization;

bool scope_normalization_read (const ScopeNode *node,
                               ScopeReader *reader,
                               const ScopeRegion *region,
                               const ScopeBuffer *out,
                               ScopeError *error);
bool scope_normalization_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);
