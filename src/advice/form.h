/* An operation as a form: what is written for each of its parameters, and edits of that which leave
 * the rest of the text as it is. Text in, text out: no window. */
#pragma once

#include "ops/bind.h"
#include "ops/program.h"

/* One parameter that the written spelling takes. */
typedef struct
{
  int parameter;  /* of op->parameter */
  bool given;     /* it stands in the text */
  ScopeSpan span; /* of what is written for it, when given */
  ScopeText text; /* what is written, else the default; "" when it must be given and is not */
} ScopeFormField;

typedef struct
{
  const ScopeOp *op; /* NULL: there is no form */
  int node;          /* of the program */
  int fields;
  ScopeFormField field[SCOPE_MAX_PARAMETERS];
} ScopeForm;

/* Reads the operation that makes a node, whether it fits or not. False when the node is none. The
 * form is cleared with scope_form_clear. */
bool scope_form_read (const ScopeProgram *program, int node, ScopeForm *form);
void scope_form_clear (ScopeForm *form);

/* Appends the program's text with `value` written for a parameter: in place of what stands there,
 * else as a further argument. "" takes the argument away. A shape in any spelling is written as a
 * tuple. `tensors` are the program's. On failure `out` is unchanged.
 * Errors: SYNTAX (`value` is no expression; with its span), ARGUMENT (it must be given, or this
 * spelling takes no such argument), MEMORY. */
bool scope_form_write (const ScopeProgram *program,
                       int node,
                       int parameter,
                       const char *value,
                       ScopeTensor *const *tensors,
                       int n_tensors,
                       ScopeText *out,
                       ScopeError *error);

/* The spelling that a line in `dialect` is begun with, or NULL when the dialect has none. */
const ScopeSpelling *scope_form_spelling (const ScopeOp *op, ScopeDialect dialect);

/* Appends a line that does the operation to the tensors, the first ones first, with arguments that
 * are valid for their shapes and types; where several are, with those that make it fit. False when
 * the dialect has no spelling of it, there is no tensor, or memory runs out. */
bool scope_form_example (const ScopeOp *op,
                         ScopeDialect dialect,
                         ScopeTensor *const *tensors,
                         int n_tensors,
                         ScopeText *out);
