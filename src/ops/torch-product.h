/* PyTorch's products of matrices as it checks them: the kernels that matmul, inner, tensordot and
 * einsum end in. Each sets shape and type of the result, or the failure's rule (CONTRACT, MATCH,
 * RANK, TYPE) and PyTorch's words; sentence and axes are the caller's to add, for only it knows
 * what the person wrote. */
#pragma once

#include "ops/op.h"

bool scope_torch_mm (const ScopeOutput *a,
                     const ScopeOutput *b,
                     ScopeOutput *out,
                     ScopeFailure *failure);
bool scope_torch_mv (const ScopeOutput *matrix,
                     const ScopeOutput *vector,
                     ScopeOutput *out,
                     ScopeFailure *failure);
bool scope_torch_dot (const ScopeOutput *a,
                      const ScopeOutput *b,
                      ScopeOutput *out,
                      ScopeFailure *failure);
bool scope_torch_bmm (const ScopeOutput *a,
                      const ScopeOutput *b,
                      ScopeOutput *out,
                      ScopeFailure *failure);

/* The kernel's complaints: a type it is not written for; a second operand of another type. */
bool scope_torch_has_no_kernel (const char *kernel, ScopeDtype dtype, ScopeFailure *failure);
bool scope_torch_expected_type (ScopeDtype expected, ScopeDtype found, ScopeFailure *failure);
/* Whether PyTorch's products of matrices are written for a type: not for bool and float16. */
bool scope_torch_multiplies (ScopeDtype dtype);
/* addmm_impl_cpu_: the kernel of a result of type `dtype` for factors of types a and b. */
bool scope_torch_addmm_types (ScopeDtype dtype, ScopeDtype a, ScopeDtype b, ScopeFailure *failure);
/* The kernel of a batch of products: small ones have one of their own, called `kernel`. */
bool scope_torch_batch_types (const char *kernel,
                              const ScopeShape *a,
                              int64_t columns,
                              ScopeDtype dtype,
                              ScopeDtype a_dtype,
                              ScopeDtype b_dtype,
                              ScopeFailure *failure);
/* What Tensor.sum makes of a type: int64 of any integer. */
ScopeDtype scope_torch_summed_type (ScopeDtype dtype);
