/* What an expression's node evaluates to while shapes are checked: no element is ever read. */
#pragma once

#include "core/dtype.h"
#include "core/shape.h"
#include "ops/expression.h"

typedef enum
{
  SCOPE_VALUE_NONE,
  SCOPE_VALUE_BOOL,   /* integer 0 or 1 */
  SCOPE_VALUE_INT,    /* integer */
  SCOPE_VALUE_SIZE,   /* integer holds an unknown or named size: A.shape[0] of `N` */
  SCOPE_VALUE_FLOAT,  /* number */
  SCOPE_VALUE_STRING, /* text */
  SCOPE_VALUE_TUPLE,  /* item[0…items) */
  SCOPE_VALUE_LIST,   /* the same, written [ … ] */
  SCOPE_VALUE_SLICE,  /* item[0…3): start, stop, step */
  SCOPE_VALUE_ELLIPSIS,
  SCOPE_VALUE_DTYPE,  /* dtype */
  SCOPE_VALUE_TENSOR, /* node: number of the program's node */
  SCOPE_VALUE_NAME,   /* text: a dotted path not bound to a tensor (torch.nn.functional) */
  SCOPE_VALUE_METHOD, /* text: the method; item[0]: the object */
  SCOPE_VALUE_MODULE, /* a layer of torch.nn: text: its spelling; item[0…items): its parameters, or
                         the layers of a Sequential; integer: it evaluates, it does not train */
  SCOPE_VALUE_ABSENT, /* an argument that was not given */
  SCOPE_VALUE_FAILED, /* something before it failed; everything that uses it is skipped */
} ScopeValueKind;

typedef struct ScopeValue ScopeValue;
struct ScopeValue
{
  ScopeValueKind kind;
  ScopeDtype dtype;
  int node;
  int items;
  ScopeSpan span; /* where it was written */
  int64_t integer;
  double number;
  const char *text;       /* owned by the program */
  const ScopeValue *item; /* owned by the program */
};

static inline bool
scope_value_given (const ScopeValue *value)
{
  return value->kind != SCOPE_VALUE_ABSENT;
}
/* An int, a bool, or an int-valued SIZE: false for anything else. */
static inline bool
scope_value_is_int (const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_INT || value->kind == SCOPE_VALUE_BOOL;
}
static inline bool
scope_value_is_sequence (const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_TUPLE || value->kind == SCOPE_VALUE_LIST;
}
