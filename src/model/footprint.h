/* Which part of a tensor a result uses, and where in a result its operands meet. */
#pragma once

#include "ops/program.h"

#include <glib.h>

enum
{
  SCOPE_MAX_SEAMS = 8,
};

/* In elements, half-open on every axis. */
typedef struct
{
  gboolean used;  /* any of it */
  gboolean whole; /* every index of every axis */
  int rank;
  gint64 begin[SCOPE_MAX_RANK], end[SCOPE_MAX_RANK];
  /* Of a result: where along `seam_axis` the values of one operand end and another's begin, and
   * what the operands are called; `seam` is the first. */
  int seam_axis; /* −1: none */
  gint64 seam;
  int seams;
  gint64 seam_at[SCOPE_MAX_SEAMS];
  const char *seam_name[SCOPE_MAX_SEAMS + 1]; /* interned; NULL for what has none */
  /* Of a result: outside begin…end everything was made up (padding). */
  gboolean invents;
  gboolean mixes; /* values in the middle are mixed from several elements, or scaled */
} ScopeFootprint;

/* The box around the part of `tensor` that node `node` uses. The result is followed back along each
 * of its axes, with the others at their beginning, middle and end; long axes are sampled. FALSE
 * when an operation on the way cannot be followed. */
gboolean scope_footprint_of_tensor (const ScopeProgram *program,
                                    int node,
                                    const ScopeTensor *tensor,
                                    ScopeFootprint *out);
/* Where operands meet in `node`, and what of it comes from no operand. FALSE when neither is so and
 * nothing is mixed, or it cannot be followed. */
gboolean scope_footprint_of_result (const ScopeProgram *program, int node, ScopeFootprint *out);
