/* Inside the functions of one operand: shared by unary.c, which judges them, and unary-table.c,
 * which lists them; nobody else. */
#pragma once

#include "ops/functions.h"

/* How the result's type follows from the operand's. */
typedef enum
{
  SCOPE_UNARY_SAME,    /* the operand's */
  SCOPE_UNARY_INEXACT, /* integers become floats */
  SCOPE_UNARY_REAL,    /* of complex numbers the real type */
  SCOPE_UNARY_SQUARE,  /* PyTorch's x ** 2: bool becomes int64 */
  SCOPE_UNARY_FLOATS,  /* integers but bool become floats (softsign) */
} ScopeUnaryType;

typedef struct
{
  ScopeFunction function;
  ScopeUnaryType type;
  const char *ufunc;   /* NumPy's name; NULL: it has none */
  const char *loops;   /* what NumPy has loops for; NULL: the operand's own type */
  const char *kernel;  /* PyTorch's kernel; NULL: it takes every type */
  const char *refuses; /* the types that the kernel does not take; `y` is bfloat16 */
  const char *truths;  /* PyTorch's words for bool, before it looks for a kernel; or NULL */
  const char *complex; /* PyTorch's words for complex numbers; or NULL */
  const char *tensorflow, *jax;
} ScopeUnary;

/* Variants of spellings. */
enum
{
  SCOPE_UNARY_FUNCTION,
  SCOPE_UNARY_OPERATOR,
};

/* The rules of an operation of scope_ops_unary. */
const ScopeUnary *scope_unary_of (const ScopeOp *op);

bool scope_unary_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure);
