/* The complaint of a PyTorch function with several signatures when none of them fits. */
#pragma once

#include "ops/op.h"

enum
{
  SCOPE_TORCH_SIGNATURES = 6
};

/* The signatures as PyTorch prints them, "(Tensor input, *, torch.dtype dtype)": of the function
 * (torch.sum) and of the method (.sum), whose object is not printed. */
typedef struct
{
  const char *function[SCOPE_TORCH_SIGNATURES];
  const char *method[SCOPE_TORCH_SIGNATURES];
} ScopeTorchSignatures;

/* "sum() received an invalid combination of arguments - got (Tensor, dim=float), but expected one
 * of: …" (TypeError, rule ARGUMENT). Returns false. */
bool scope_torch_refuse_arguments (const ScopeCall *call,
                                   const ScopeTorchSignatures *signatures,
                                   ScopeFailure *failure);

/* "argmax(): argument 'dim' (position 2) must be int, not tuple", without the position when it was
 * given by name. Returns false. */
bool scope_torch_refuse_argument (const ScopeCall *call,
                                  int parameter,
                                  const char *wanted,
                                  ScopeFailure *failure);
