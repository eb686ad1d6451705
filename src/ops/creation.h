/* Inside the making of tensors in expressions: shared by creation.c, which decides shapes,
 * creation-values.c, which makes values up, and creation-table.c; nobody else. */
#pragma once

#include "ops/literal.h"

typedef enum
{
  SCOPE_MAKES_CONSTANT, /* number */
  SCOPE_MAKES_RANGE,    /* start + i · step */
  SCOPE_MAKES_SPACE,    /* steps values from start to stop, both included if `closed` */
  SCOPE_MAKES_POWERS,   /* base to the power of the same */
  SCOPE_MAKES_IDENTITY, /* ones on diagonal number integer[0] */
  SCOPE_MAKES_UNIFORM,  /* in [0, 1) */
  SCOPE_MAKES_NORMAL,   /* mean 0, deviation 1 */
  SCOPE_MAKES_INTEGERS, /* integer[0] ≤ x < integer[1] */
  SCOPE_MAKES_LITERAL,
} ScopeMaking;

/* The plan of a node that makes values up from their places. */
typedef struct
{
  ScopeMaking making;
  ScopeKind kind; /* of the numbers below and of what is made: SIGNED or FLOAT */
  double start, step, stop, base;
  int64_t integer[2]; /* of whole ranges: start and step */
  bool closed;
  bool floors; /* values are rounded down before they are stored */
  uint64_t seed;
  ScopeLiteral literal;
} ScopeCreation;

/* Variants of spellings. */
enum
{
  SCOPE_CREATE_PLAIN,
  SCOPE_CREATE_METHOD, /* A.new_zeros: the type of A */
};

bool scope_fill_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure);
bool scope_like_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure);
bool scope_arange_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure);
bool scope_linspace_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure);
bool scope_eye_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure);
bool scope_random_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure);
bool scope_tensor_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure);

bool scope_creation_read (const ScopeNode *node,
                          ScopeReader *reader,
                          const ScopeRegion *region,
                          const ScopeBuffer *out,
                          ScopeError *error);
/* Nothing made up comes from a cell; a copy of a tensor comes from the same cell of it. */
bool scope_creation_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace);

/* What the parameters of these operations are; each table has those it needs, in this order. */
enum
{
  SCOPE_CREATE_FIRST, /* size, input, start, n, data */
  SCOPE_CREATE_SECOND,
  SCOPE_CREATE_THIRD,
  SCOPE_CREATE_FOURTH,
};
