/* What checking one node found: it fits, or every axis that fails and the rule it breaks. */
#pragma once

#include "core/shape.h"
#include "ops/expression.h"

#include <stdarg.h>

typedef enum
{
  SCOPE_DIALECT_DEFAULT = -1,
  SCOPE_PYTORCH,
  SCOPE_NUMPY,
  SCOPE_TENSORFLOW,
  SCOPE_JAX,
  SCOPE_N_DIALECTS
} ScopeDialect;

/* `pytorch`, `numpy`, `tensorflow`, `jax`. */
const char *scope_dialect_name (ScopeDialect dialect);
/* PyTorch, NumPy, TensorFlow, JAX: as a person writes it. */
const char *scope_dialect_title (ScopeDialect dialect);
bool scope_dialect_parse (const char *name, ScopeDialect *out);

/* The rule a node breaks; its name stands in JSON. */
typedef enum
{
  SCOPE_RULE_NONE,
  SCOPE_RULE_BROADCAST, /* sizes differ and neither (or not the one that may stretch) is 1 */
  SCOPE_RULE_RANK,      /* too many or too few axes */
  SCOPE_RULE_AXIS,      /* no such axis, or an axis twice */
  SCOPE_RULE_MATCH,     /* sizes that must be equal are not (cat, stack, layers) */
  SCOPE_RULE_COUNT,     /* the number of elements differs (reshape) */
  SCOPE_RULE_CONTRACT,  /* the summed sizes of a product differ (matmul, einsum, dot) */
  SCOPE_RULE_DIVIDE,    /* not divisible (split, unflatten, groups) */
  SCOPE_RULE_INDEX,     /* an index out of range, too many indices */
  SCOPE_RULE_STEP,      /* a step of zero, or a negative one where it is refused */
  SCOPE_RULE_SIZE,      /* a size out of its range (negative, zero, a kernel too large) */
  SCOPE_RULE_ARGUMENT,  /* missing, unknown or of the wrong kind */
  SCOPE_RULE_TYPE,      /* an element type that the operation refuses */
  SCOPE_RULE_PATTERN,   /* an einsum equation or einops pattern that is wrong */
  SCOPE_RULE_READ_ONLY, /* assignment where the dialect has none */
  SCOPE_RULE_NAME,      /* a name that is not defined */
  SCOPE_RULE_UNKNOWN,   /* Shapescope does not know it yet */
  SCOPE_RULE_LIMIT,     /* beyond a limit: overflow of the element count, too many parts */
  SCOPE_N_RULES
} ScopeRule;

const char *scope_rule_name (ScopeRule rule);

typedef struct
{
  int axis;        /* in the aligned frame: the longer rank, from the front */
  int from_end;    /* the same from the end: −1 is the last */
  int64_t size[2]; /* what the first and the second operand have there */
  int operand[2];  /* which operands these are (index into the node's operands) */
} ScopeFailingAxis;

enum
{
  SCOPE_VERDICT_OPERANDS = 8
};

/* An operand as the person wrote it. */
typedef struct
{
  ScopeSpan span;   /* its text: `A`, `B[:, 0]` */
  ScopeShape shape; /* as it takes part: for A[i] = B the shape of A[i] */
} ScopeOperand;

/* Why a node does not fit. Filled through the functions below; freed with scope_failure_free. */
typedef struct
{
  ScopeRule rule;
  ScopeSpan span; /* of the node, or of the argument at fault */
  int operands;   /* at most SCOPE_VERDICT_OPERANDS are kept */
  ScopeOperand operand[SCOPE_VERDICT_OPERANDS];
  int axes; /* all failing axes, from the front */
  ScopeFailingAxis axis[SCOPE_MAX_RANK];
  ScopeText sentence;    /* one sentence for a person, translated */
  const char *exception; /* the framework's exception type, static; "" when it has none */
  ScopeText message;     /* the framework's own message, byte for byte, never translated */
  const char *(*translate) (const char *text); /* the caller's gettext, or NULL */
} ScopeFailure;

/* Starts a failure: sets rule, clears the rest but span and operands. */
void scope_failure_begin (ScopeFailure *failure, ScopeRule rule);
/* Adds a failing axis of the aligned frame of `rank` axes. */
void
scope_failure_add_axis (ScopeFailure *failure, int rank, int axis, int64_t size_a, int64_t size_b);
/* The sentence; `format` is translated first (xgettext keyword). Integers, strings only. */
void scope_failure_explain (ScopeFailure *failure, const char *format, ...)
    __attribute__ ((format (printf, 2, 3)));
/* The framework's words; returns false so that infer can `return scope_failure_say (…)`. */
bool scope_failure_say (ScopeFailure *failure, const char *exception, const char *format, ...)
    __attribute__ ((format (printf, 3, 4)));
/* Where the framework's words serve a person too: the sentence is `format` translated, the message
 * `format` itself. Returns false. */
bool scope_failure_both (ScopeFailure *failure, const char *exception, const char *format, ...)
    __attribute__ ((format (printf, 3, 4)));
void scope_failure_both_va (ScopeFailure *failure,
                            const char *exception,
                            const char *format,
                            va_list arguments) __attribute__ ((format (printf, 3, 0)));
void scope_failure_free (ScopeFailure *failure); /* NULL is fine */
