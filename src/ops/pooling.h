/* Pooling: what infer decides, and how it is read. */
#pragma once

#include "ops/op.h"

/* In the arena of the program. */
typedef struct
{
  int spatial; /* the last 1 to 3 axes are pooled */
  bool maximum, with_indices;
  bool count_padding; /* of means: padding counts as elements */
  int64_t divisor;    /* of means: instead of the number of elements; 0: none */
  bool adaptive;      /* windows share the input out evenly; kernel to dilation mean nothing */
  int64_t in[3], kernel[3], stride[3], padding[3], dilation[3];
  int64_t out[3]; /* of adaptive pooling */
} ScopePool;

/* Values, or for part 1 their places in the pooled axes. */
bool scope_pool_read (const ScopeNode *node,
                      ScopeReader *reader,
                      const ScopeRegion *region,
                      const ScopeBuffer *out,
                      ScopeError *error);
bool scope_pool_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);
