/* Reading a tensor in another shape of as many elements. */
#pragma once

#include "ops/program.h"

/* Which way both shapes are counted through: axes from the slowest to the fastest. */
typedef struct
{
  ScopeShape from;
  int8_t from_order[SCOPE_MAX_RANK]; /* C order: 0, 1, …; Fortran order: …, 1, 0 */
  int8_t to_order[SCOPE_MAX_RANK];
} ScopeRegroup;

void scope_regroup_set (ScopeRegroup *regroup, const ScopeShape *from);

/* Reads a region of the tensor in its own shape; `data` is the caller's. */
typedef bool (*ScopeRegroupRead) (void *data,
                                  const ScopeRegion *region,
                                  const ScopeBuffer *out,
                                  ScopeError *error);

/* Writes a region of the tensor seen in shape `to`, in elements of `bytes`: asks for boxes of the
 * tensor in its own shape, as few as the region allows. No cell of the region is repeated. */
bool scope_regroup_read (const ScopeRegroup *regroup,
                         const ScopeShape *to,
                         const ScopeRegion *region,
                         size_t bytes,
                         const ScopeBuffer *out,
                         ScopeRegroupRead read,
                         void *data,
                         ScopeError *error);
/* The cell `index` of shape `to` as a cell of the tensor's own shape. */
void scope_regroup_index (const ScopeRegroup *regroup,
                          const ScopeShape *to,
                          const int64_t *index,
                          int64_t *from);

/* ScopeOp.read and .trace of a node whose plan is a ScopeRegroup of its only input. */
bool scope_regroup_node_read (const ScopeNode *node,
                              ScopeReader *reader,
                              const ScopeRegion *region,
                              const ScopeBuffer *out,
                              ScopeError *error);
bool scope_regroup_node_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);
