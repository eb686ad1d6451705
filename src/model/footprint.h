/* Which part of a tensor a result uses, and where in a result its operands meet. */
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
  /* Of a result: where along `seam_axis` the values of one operand end and another's begin. */
  int seam_axis; /* −1: none */
  gint64 seam;
} ScopeFootprint;

/* The box around the part of `tensor` that node `node` uses. The result is followed back along each
 * of its axes, with the others at their beginning, middle and end; long axes are sampled. FALSE
 * when an operation on the way cannot be followed. */
gboolean scope_footprint_of_tensor (const ScopeProgram *program,
                                    int node,
                                    const ScopeTensor *tensor,
                                    ScopeFootprint *out);
/* Where operands meet in `node`. FALSE when they do not, or it cannot be followed. */
gboolean scope_footprint_of_result (const ScopeProgram *program, int node, ScopeFootprint *out);
