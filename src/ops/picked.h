/* Reading elements whose place along one axis another tensor says: gather, take, one_hot's like. */
#pragma once

#include "ops/program.h"

typedef enum
{
  SCOPE_INDEX_RAISE, /* an index outside is an error */
  SCOPE_INDEX_WRAP,  /* it counts on from the other end */
  SCOPE_INDEX_CLIP,  /* it is the nearest that there is */
  SCOPE_INDEX_FILL,  /* the element is NaN, or the least integer (JAX) */
} ScopeIndexMode;

/* The words of a framework for an index outside. */
typedef enum
{
  SCOPE_INDEX_WORDS_TORCH, /* index 9 is out of bounds for dimension 0 with size 3 */
  SCOPE_INDEX_WORDS_SELF,  /* index out of range in self */
  SCOPE_INDEX_WORDS_TAKE,  /* out of range: tried to access index 9 on a tensor of 6 elements. */
  SCOPE_INDEX_WORDS_NUMPY, /* index 9 is out of bounds for axis 0 with size 3 */
} ScopeIndexWords;

/* The plan of a node whose inputs are the source and, where there is one, the index.
 * With `along`, index and result have the source's axes, sizes of 1 stretching: element (i, j) of
 * the result is source (index (i, j), j). Else the index's axes take the place of `axis`. */
typedef struct
{
  ScopeShape source;
  ScopeShape index;
  bool along;
  int axis;      /* of the source */
  bool flat;     /* the source is taken as one axis, in C order; the result has the index's shape */
  bool negative; /* indices may count from the end */
  ScopeIndexMode mode;
  ScopeIndexWords words;
  const int64_t *given; /* an index written in the text, in C order; NULL: input 1 */
} ScopePicked;

bool scope_picked_read (const ScopeNode *node,
                        ScopeReader *reader,
                        const ScopeRegion *region,
                        const ScopeBuffer *out,
                        ScopeError *error);
bool scope_picked_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);
