/* An expression checked against tensors: one node per tensor value, each with shape, type and
 * verdict; and the reading of any region of any of them. */
#pragma once

#include "ops/op.h"

typedef enum
{
  SCOPE_NODE_FITS,
  SCOPE_NODE_FAILS,   /* node->failure says why */
  SCOPE_NODE_SKIPPED, /* something it needs failed; shape and type mean nothing */
} ScopeNodeState;

struct ScopeNode
{
  const ScopeProgram *program;
  int number;
  ScopeNodeState state;
  ScopeSpan span;
  int syntax;        /* number of the expression's node it is made by */
  int statement;     /* number of the statement it stands in */
  const ScopeOp *op; /* NULL for a tensor of the scene or a number */
  const ScopeSpelling *spelling;
  ScopeDialect dialect;
  int variant;               /* of the spelling */
  const ScopeTensor *tensor; /* of a leaf: of the scene, or a number's, without a name; else NULL */
  const char *name;          /* the variable it is or is assigned to, else NULL */
  ScopeShape shape;
  ScopeDtype dtype;
  bool readable;         /* every size it depends on is known, down to the leaves */
  const int64_t *stride; /* as the framework lays it out; NULL: dense in C order */
  int inputs;
  const int *input; /* node numbers */
  int part;         /* which output of the operation */
  const void *plan;
  const ScopeValue *value; /* the bound arguments, op->parameter's order; NULL for leaves */
  int operands;            /* the tensors as they take part: spans and shapes, the first few */
  const ScopeOperand *operand;
  bool inner;            /* a step of an operation that is made of others; nobody wrote it */
  int depth;             /* operations between it and its furthest leaf */
  ScopeFailure *failure; /* of FAILS, else NULL */
};

/* Whether a leaf is a number that stands in the expression, not a tensor of the scene. */
static inline bool
scope_node_is_number (const ScopeNode *node)
{
  return node->tensor != NULL && node->tensor->name[0] == '\0';
}

struct ScopeProgram
{
  _Atomic int references;
  ScopeArena *arena;
  const ScopeExpression *expression; /* owned */
  ScopeDialect dialect;
  int nodes;
  ScopeNode **node;    /* in evaluation order */
  ScopeValue *outcome; /* of each statement: what it evaluated, or the new version of the tensor it
                          assigned into; FAILED when there is none */
  int result;          /* number of the last statement's node, −1 when it is not a tensor */
  int first_failure;   /* node number, −1 when everything fits */
  bool out_of_memory;  /* while it is made */
  ScopeFailure spare;  /* filled in vain when memory runs out */
};

typedef struct
{
  ScopeDialect dialect;                        /* SCOPE_PYTORCH … */
  const char *(*translate) (const char *text); /* for sentences; NULL: English */
} ScopeCheckOptions;

/* Parses `source` and checks it against `tensors` (kept by reference). Fails only when the text
 * does not parse or memory runs out: what does not fit is a node with a failure. The work follows
 * the text's length, never the tensors' sizes. Freed with scope_program_unref. */
ScopeProgram *scope_program_new (const char *source,
                                 size_t length,
                                 ScopeTensor *const *tensors,
                                 int n_tensors,
                                 const ScopeCheckOptions *options,
                                 ScopeError *error);
ScopeProgram *scope_program_ref (ScopeProgram *program);
void scope_program_unref (ScopeProgram *program); /* NULL is fine */

/* The text of a span of the program's source, appended. */
void scope_program_print_span (const ScopeProgram *program, ScopeSpan span, ScopeText *text);

enum
{
  SCOPE_READ_DEPTH = 256, /* deepest chain of operations that can be read */
};

/* How a caller reads. Zero-initialise; a budget of 0 is SCOPE_READ_BUDGET. */
struct ScopeReading
{
  int64_t budget;               /* bytes of scratch memory at most */
  ScopeExecutor *executor;      /* NULL: the caller's thread alone */
  const _Atomic int *cancelled; /* non-zero stops the reading; NULL: never */
};

#define SCOPE_READ_BUDGET (INT64_C (512) << 20)

/* Writes a region of a node that fits, in the node's type. Several threads may read one program.
 * Errors: TOO_BIG (scratch beyond the budget, too deep), DATA, CANCELLED, SHAPE (unknown sizes). */
bool scope_program_read (const ScopeProgram *program,
                         int node,
                         const ScopeRegion *region,
                         const ScopeBuffer *out,
                         const ScopeReading *reading,
                         ScopeError *error);
