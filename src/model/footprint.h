/* Which part of a tensor a result uses. */
#pragma once

#include "ops/program.h"

#include <glib.h>

/* In elements, half-open on every axis. */
typedef struct
{
  gboolean used;  /* any of it */
  gboolean whole; /* every index of every axis */
  int rank;
  gint64 begin[SCOPE_MAX_RANK], end[SCOPE_MAX_RANK];
} ScopeFootprint;

/* The box around the part of `tensor` that node `node` uses. A small result is
 * followed back cell by cell, a large one along each of its axes, with the others at their
 * beginning, middle and end; long axes are sampled. FALSE when an operation on the way cannot be
 * followed. */
gboolean scope_footprint_of_tensor (const ScopeProgram *program,
                                    int node,
                                    const ScopeTensor *tensor,
                                    ScopeFootprint *out);
