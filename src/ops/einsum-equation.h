/* The equation of einsum: `bij,bjk->bik`, with `...` for axes that have no letter. */
#pragma once

#include "ops/op.h"

enum
{
  SCOPE_EINSUM_ELLIPSIS = '.'
};

/* Letters of one operand or of the result, `.` standing for a whole ellipsis. */
typedef struct
{
  int letters;
  uint8_t *letter; /* in the arena */
} ScopeTerm;

typedef struct
{
  int terms;
  ScopeTerm *term; /* as many as operands */
  bool has_output; /* `->` was written */
  ScopeTerm output;
} ScopeEquation;

/* How many errors of an equation are found and in which order is each dialect's own. `rank[i]` is
 * the rank of operand i. `strict` are the words of NumPy's optimizer, which JAX shares.
 * False (PATTERN, RANK) with the dialect's words. */
bool scope_equation_parse (const ScopeCall *call,
                           int parameter,
                           const char *text,
                           int operands,
                           const int *rank,
                           bool strict,
                           ScopeEquation *out,
                           ScopeFailure *failure);
/* How often `letter` is written before the arrow. */
int scope_equation_count (const ScopeEquation *equation, int letter);
bool scope_term_has (const ScopeTerm *term, int letter);
