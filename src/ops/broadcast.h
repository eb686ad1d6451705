/* The broadcasting rule: shapes are aligned at the last axis, and a size of 1 stretches. */
#pragma once

#include "ops/op.h"

/* The size two sizes stretch to. A missing axis counts as 1. Named sizes: `N` fits `N`; `N` with
 * 256 is taken to be 256. An unknown size fits anything. False when neither is 1 and they differ.
 */
bool scope_broadcast_sizes (int64_t a, int64_t b, int64_t *out);

/* The shape that all of `shape` stretch to; the empty product of none is a scalar. False when some
 * axis does not fit. */
bool scope_broadcast_shapes (const ScopeShape *const *shape, int shapes, ScopeShape *out);

/* Whether `from` can be stretched to `to`: no size of `to` changes. Unknown sizes fit. */
bool scope_broadcast_fits (const ScopeShape *from, const ScopeShape *to);

/* What the frameworks call the operation in their messages. */
typedef struct
{
  const char *tensorflow; /* the kernel: `AddV2` */
  const char *jax;        /* the primitive: `add` */
} ScopeKernelName;

/* The same as scope_broadcast_shapes for the operands of a call: when some axis does not fit,
 * `failure` names all that do not, with the words of the call's dialect for element by element
 * operations. `operand[i]` is the place of shape i among the failure's operands; NULL: its own.
 * `name` may be NULL where an operation has no kernel of its own. */
bool scope_broadcast (const ScopeCall *call,
                      const ScopeShape *const *shape,
                      const int *operand,
                      int shapes,
                      const ScopeKernelName *name,
                      ScopeShape *out,
                      ScopeFailure *failure);

/* The places of values among a failure's operands, for scope_broadcast: found by their spans, −1
 * for what is no operand. */
void scope_broadcast_places (const ScopeFailure *failure,
                             const ScopeValue *const *value,
                             int values,
                             int *operand);

/* The failing axes of stretching operand 1 to the shape of operand 0, which is not stretched
 * itself, as in assignment, expand_as and in-place operations: adds them to `failure` and writes
 * the sentence. `source` is the shape as it takes part (superfluous leading ones removed). */
void scope_broadcast_explain_into (const ScopeCall *call,
                                   const ScopeShape *target,
                                   const ScopeShape *source,
                                   ScopeFailure *failure);

/* Appends the text of an operand as the person wrote it, cut to a readable length. */
void scope_operand_name (const ScopeCall *call,
                         const ScopeFailure *failure,
                         int operand,
                         ScopeText *text);

/* Appends an axis in both numberings: `2 (−2)`. */
void scope_axis_print (int axis, int rank, ScopeText *text);
