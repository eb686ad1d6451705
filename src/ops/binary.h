/* Inside the element by element operations of two operands: shared by binary.c, which judges them,
 * and binary-table.c, which lists them; nobody else. */
#pragma once

#include "ops/arithmetic.h"
#include "ops/broadcast.h"

typedef struct
{
  ScopeArithmetic operation;
  const char *ufunc;   /* NumPy's name */
  const char *loops;   /* what NumPy has loops for; NULL: whatever the operands promote to */
  const char *kernel;  /* PyTorch's kernel; NULL: it takes every type */
  const char *refuses; /* the types that the kernel does not take; `y` is bfloat16 */
  bool inexact;        /* PyTorch makes integers floats first */
  ScopeKernelName name;
} ScopeBinary;

/* Parameters by their places in the table. */
enum
{
  INPUT,
  OTHER,
  ALPHA,
  ROUNDING = ALPHA,
};

/* Variants of spellings. */
enum
{
  FUNCTION,
  OPERATOR,
  REVERSED, /* torch.rsub */
};

/* The rules of an operation of scope_ops_binary. */
const ScopeBinary *scope_binary_of (const ScopeOp *op);

bool scope_binary_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure);
