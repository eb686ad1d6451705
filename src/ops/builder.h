/* Inside the making of a program: shared by program, evaluate, number and query; nobody else. */
#pragma once

#include "core/arena.h"
#include "ops/bind.h"
#include "ops/program.h"

/* A variable and what it stands for now. */
typedef struct
{
  const char *name;
  ScopeValue value;
} ScopeVariable;

enum
{
  SCOPE_KNOWN_SPELLINGS = 64, /* a power of two */
};

/* A spelling that was looked up before: a program says the same few names again and again. */
typedef struct
{
  char written[128]; /* as the registry takes it; "" where nothing is known yet */
  ScopeDialect preferred;
  bool found;
  const ScopeOp *op;
  const ScopeSpelling *spelling;
  ScopeDialect dialect;
} ScopeKnownSpelling;

struct ScopeBuilder
{
  ScopeProgram *program;
  const ScopeCheckOptions *options;
  ScopeTensor *const *tensor;
  int tensors;
  ScopeValue *value;       /* of every syntax node evaluated so far */
  ScopeVariable *variable; /* open addressing, capacity a power of two */
  size_t variables, capacity;
  int statement, syntax; /* being evaluated */
  ScopeKnownSpelling known[SCOPE_KNOWN_SPELLINGS];
};

/* Evaluates all statements. False when memory runs out. */
bool scope_evaluate (ScopeBuilder *builder);

/* A new node, zeroed but for program, number, statement and span; NULL when memory runs out. */
ScopeNode *scope_program_add_node (ScopeProgram *program, ScopeSpan span);
/* The node a number stands for when an operation takes it as a 0-d tensor. */
int scope_program_add_number (ScopeProgram *program, const ScopeValue *value);

/* Binds and infers a call; the result is a TENSOR, a TUPLE of them, or FAILED. */
ScopeValue scope_builder_call (ScopeBuilder *builder,
                               const ScopeOp *op,
                               const ScopeSpelling *spelling,
                               ScopeDialect dialect,
                               ScopeSpan span,
                               bool method,
                               const ScopeArgument *argument,
                               int arguments);
/* The same for arguments that are bound already: `bound` has a value for each parameter, lies in
 * the arena, and its tensors are the operands. */
ScopeValue scope_builder_call_bound (ScopeBuilder *builder,
                                     const ScopeOp *op,
                                     const ScopeSpelling *spelling,
                                     ScopeDialect dialect,
                                     ScopeSpan span,
                                     const ScopeValue *bound);
/* One attempt at a call that has op, spelling, dialect, span, method and arguments: binds (unless
 * call->value is set), infers and makes the nodes. On failure no node is made for it; `failure`,
 * whose operands become those of this call, says why. */
bool
scope_builder_try (ScopeBuilder *builder, ScopeCall *call, ScopeFailure *failure, ScopeValue *out);
/* scope_registry_find, remembering; of a method the name stands without its dot. */
bool scope_builder_find (ScopeBuilder *builder,
                         const char *name,
                         bool method,
                         ScopeDialect preferred,
                         const ScopeOp **op,
                         const ScopeSpelling **spelling,
                         ScopeDialect *dialect);
/* A node that fails for a reason of the language itself; `failure` is to be filled by the caller
 * (it is never NULL: when memory runs out a spare one is handed out). */
ScopeFailure *
scope_builder_fail (ScopeBuilder *builder, ScopeSpan span, ScopeRule rule, ScopeValue *failed);
/* The dialect of an operation on these values: that of the first node made by a spelling with a
 * prefix, else the program's. */
ScopeDialect
scope_builder_dialect (const ScopeBuilder *builder, const ScopeValue *value, int values);

/* number.c: Python's arithmetic on numbers, sizes and tuples. True when the values are such (then
 * *out is set, FAILED included); false when it is an operation on tensors. */
bool scope_number_unary (ScopeBuilder *builder,
                         const char *sign,
                         const ScopeValue *a,
                         ScopeSpan span,
                         ScopeValue *out);
bool scope_number_binary (ScopeBuilder *builder,
                          const char *sign,
                          const ScopeValue *a,
                          const ScopeValue *b,
                          ScopeSpan span,
                          ScopeValue *out);

/* query.c: what a shape answers without an operation: attributes (A.shape, A.ndim), methods
 * (A.size (0), A.numel ()), functions (len, range, math.prod). True when it is one. */
bool scope_query_attribute (ScopeBuilder *builder,
                            const ScopeValue *object,
                            const char *name,
                            ScopeSpan span,
                            ScopeValue *out);
bool scope_query_method (ScopeBuilder *builder,
                         const ScopeValue *object,
                         const char *name,
                         const ScopeArgument *argument,
                         int arguments,
                         ScopeSpan span,
                         ScopeValue *out);
bool scope_query_function (ScopeBuilder *builder,
                           const char *path,
                           const ScopeArgument *argument,
                           int arguments,
                           ScopeSpan span,
                           ScopeValue *out);
/* A dotted name that is a constant: np.newaxis, math.pi, torch.float32. */
bool scope_query_constant (const char *path, ScopeSpan span, ScopeValue *out);
/* An item of a tuple, list or string. */
ScopeValue scope_query_item (ScopeBuilder *builder,
                             const ScopeValue *sequence,
                             const ScopeValue *index,
                             ScopeSpan span);

static inline ScopeValue
scope_value_int (int64_t integer, ScopeSpan span)
{
  return (ScopeValue){ .kind = scope_size_is_known (integer) || integer > INT64_MIN / 2
                                   ? SCOPE_VALUE_INT
                                   : SCOPE_VALUE_SIZE,
                       .integer = integer,
                       .span = span };
}

static inline ScopeValue
scope_value_float (double number, ScopeSpan span)
{
  return (ScopeValue){ .kind = SCOPE_VALUE_FLOAT, .number = number, .span = span };
}

static inline ScopeValue
scope_value_truth (bool truth, ScopeSpan span)
{
  return (ScopeValue){ .kind = SCOPE_VALUE_BOOL, .integer = truth, .span = span };
}

static inline ScopeValue
scope_value_failed (ScopeSpan span)
{
  return (ScopeValue){ .kind = SCOPE_VALUE_FAILED, .span = span };
}
