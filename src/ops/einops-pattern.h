/* Patterns of einops: `b (h w) c -> b h w c`. The words are those of einops 0.8. */
#pragma once

#include "ops/op.h"

typedef enum
{
  SCOPE_EINOPS_REARRANGE,
  SCOPE_EINOPS_REDUCE,
  SCOPE_EINOPS_REPEAT,
} ScopeEinopsKind;

/* What a pattern makes of a tensor: the axes of `from` are split into elementary ones, these are
 * put in another order, some left out and new ones put in, and neighbours joined. */
typedef struct
{
  ScopeShape from;               /* of the tensor, or of the stack of a list of tensors */
  ScopeShape elementary;         /* the left side's axes */
  bool reduced[SCOPE_MAX_RANK];  /* elementary axes that the right side lacks */
  ScopeShape ordered;            /* the right side's axes */
  int8_t source[SCOPE_MAX_RANK]; /* the elementary axis of each of them, −1: a new axis */
  ScopeShape result;
} ScopeEinopsPlan;

/* Works out `plan` for a tensor of shape plan->from. `reduction` is what einops calls the
 * operation: `rearrange`, `repeat` or a reduction. Sizes of axes are the keywords of
 * call->argument. False with the failure filled. */
bool scope_einops_match (const ScopeCall *call,
                         ScopeEinopsKind kind,
                         const char *pattern,
                         const char *reduction,
                         ScopeEinopsPlan *plan,
                         ScopeFailure *failure);
