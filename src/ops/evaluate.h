/* Inside the evaluation of the parsed tree: shared by evaluate.c and assignment.c; nobody else. */
#pragma once

#include "ops/builder.h"

/* evaluate.c: gives a variable a value; its node shows the name. */
void scope_evaluate_store (ScopeBuilder *builder, const char *name, const ScopeValue *value);
/* `torch` and `cat` to `torch.cat`, in the arena; NULL when memory runs out. */
const char *
scope_evaluate_path (ScopeBuilder *builder, const ScopeValue *object, const ScopeSyntax *syntax);
ScopeValue scope_evaluate_name (ScopeBuilder *builder, const ScopeSyntax *syntax);
ScopeValue scope_evaluate_subscript (ScopeBuilder *builder, const ScopeSyntax *syntax);
/* The operation of an operator, `+` or `[]=`, on its operands. */
ScopeValue scope_evaluate_operator (ScopeBuilder *builder,
                                    const char *sign,
                                    const ScopeValue *operand,
                                    int operands,
                                    ScopeSpan span);

/* assignment.c: gives a target (NAME, ATTRIBUTE, SUBSCRIPT, TUPLE) a value. */
void scope_evaluate_assign (ScopeBuilder *builder,
                            const ScopeSyntax *target,
                            const ScopeValue *value,
                            ScopeSpan span);
/* `A += x`: computed in place, then stored. */
ScopeValue scope_evaluate_augment (ScopeBuilder *builder, const ScopeSyntax *syntax);
