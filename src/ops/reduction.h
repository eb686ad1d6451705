/* What the reductions share when their shapes and types are worked out. */
#pragma once

#include "ops/axis.h"
#include "ops/reduce.h"

/* The first parameters of every reduction. */
enum
{
  SCOPE_REDUCTION_INPUT,
  SCOPE_REDUCTION_DIM,
  SCOPE_REDUCTION_KEEPDIM,
  SCOPE_REDUCTION_OWN /* the first that is the operation's own */
};

/* How an operation reads them. */
typedef struct
{
  bool strict_scalar;     /* NumPy: a scalar has no axis 0, as for mean and var */
  const char *tensorflow; /* the kernel: `Sum` */
} ScopeReductionStyle;

/* The axes that are reduced. */
bool scope_reduction_axes (const ScopeCall *call,
                           const ScopeReductionStyle *style,
                           const ScopeShape *shape,
                           ScopeAxes *axes,
                           ScopeFailure *failure);
/* An element type that may be given; *given says whether it was. */
bool scope_call_element_type (const ScopeCall *call,
                              int parameter,
                              bool *given,
                              ScopeDtype *out,
                              ScopeFailure *failure);

/* A plan that reduces `axes`: all when none were given (in PyTorch also when the tuple is empty).
 * NULL when memory runs out; the program knows. */
ScopeReduce *scope_reduction_plan (const ScopeCall *call,
                                   const ScopeShape *shape,
                                   const ScopeAxes *axes,
                                   ScopeReduction kind,
                                   ScopeDtype cast);
/* Makes the plan's result the only one of the call. */
bool scope_reduction_finish (const ScopeCall *call,
                             ScopeResult *result,
                             ScopeReduce *plan,
                             ScopeDtype dtype);
/* Makes it the results: kind[0] and kind[1] of two types, as a tuple. */
bool scope_reduction_finish_two (const ScopeCall *call,
                                 ScopeResult *result,
                                 ScopeReduce *plan,
                                 const ScopeDtype *dtype,
                                 ScopeFailure *failure);

/* The first reduced axis that has no elements; −1 when there is none. */
int scope_reduction_empty_axis (const ScopeReduce *plan);
/* An extreme of nothing, in the dialect's words; `numpy` is the ufunc, `jax` the function. */
bool scope_reduction_refuse_empty (const ScopeCall *call,
                                   const ScopeReduce *plan,
                                   const char *numpy,
                                   const char *jax,
                                   ScopeFailure *failure);
/* Begins the failure of a reduction over nothing. */
void scope_reduction_explain_empty (const ScopeReduce *plan, ScopeFailure *failure);
