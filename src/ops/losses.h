/* What losses share: reductions, and the first checks that Python makes. */
#pragma once

#include "ops/compose.h"

typedef enum
{
  SCOPE_REDUCTION_NONE,
  SCOPE_REDUCTION_MEAN,
  SCOPE_REDUCTION_SUM,
  SCOPE_REDUCTION_BATCH_MEAN, /* of kl_div: the sum over the size of the first axis */
} ScopeLossReduction;

enum
{
  SCOPE_LOSS_INPUT,
  SCOPE_LOSS_TARGET,
};

/* The value of a parameter by name; ABSENT when the operation has none so called. */
const ScopeValue *scope_loss_parameter (const ScopeCall *call, const char *name);
/* What `reduction`, `size_average` and `reduce` say; ValueError for what is none. */
bool scope_loss_reduction (const ScopeCall *call, ScopeFailure *failure, ScopeLossReduction *out);
/* Both must be tensors: AttributeError, for Python asks them for their size. */
bool scope_loss_tensors (const ScopeCall *call, ScopeFailure *failure);
/* loss, its mean or its sum; `loss` is replaced. */
bool scope_loss_reduce (const ScopeCall *call,
                        ScopeFailure *failure,
                        ScopeLossReduction reduction,
                        ScopeValue *loss);
/* `torch.Size([3, 4])`, appended. */
void scope_loss_print_size (const ScopeShape *shape, ScopeText *text);
