/* The picture of a check in numbers: operands and result, aligned from the trailing end. */
#pragma once

#include "ops/program.h"

/* What happens to an axis of an operand, and to a whole column. */
typedef enum
{
  SCOPE_MARK_NONE,       /* nothing is compared here */
  SCOPE_MARK_EQUAL,      /* = the sizes are equal */
  SCOPE_MARK_STRETCHED,  /* → a size of 1 is repeated */
  SCOPE_MARK_PADDED,     /* a missing axis, taken as 1 (drawn as a dashed ghost) */
  SCOPE_MARK_FAILS,      /* ✗ */
  SCOPE_MARK_JOINED,     /* ⊕ the axis along which operands are joined: sizes add up */
  SCOPE_MARK_CONTRACTED, /* ↔ summed away by a product */
  SCOPE_MARK_UNKNOWN,    /* ? a size is not known, so it is taken to fit */
} ScopeMark;

/* `=`, `→`, `1`, `✗`, `⊕`, `↔`, `?`, or "". */
const char *scope_mark_sign (ScopeMark mark);

typedef struct
{
  int64_t size; /* of a PADDED cell: 1 */
  ScopeMark mark;
  bool present; /* false: nothing to draw */
} ScopeAlignedCell;

typedef struct
{
  ScopeText name; /* `A`, `B[:, 0]`, `result` */
  ScopeText role; /* `target`, `source`, or "" */
  ScopeShape shape;
  ScopeAlignedCell cell[SCOPE_MAX_RANK]; /* by column */
} ScopeAlignedRow;

enum
{
  SCOPE_ALIGNED_ROWS = SCOPE_VERDICT_OPERANDS
};

typedef struct
{
  int rank;      /* columns; column c is axis c and c − rank */
  bool compares; /* the operation compares axes from the trailing end */
  int rows;      /* operands */
  ScopeAlignedRow row[SCOPE_ALIGNED_ROWS];
  ScopeMark column[SCOPE_MAX_RANK];
  bool has_result;        /* the node has been judged at all */
  ScopeAlignedRow result; /* a failing column's cell is present with an unknown size */
  int hidden;             /* operands beyond SCOPE_ALIGNED_ROWS */
} ScopeAlignment;

/* Aligns the operands of a node. Freed with scope_alignment_free. NULL when memory runs out. */
ScopeAlignment *scope_alignment_new (const ScopeProgram *program,
                                     int node,
                                     const char *(*translate) (const char *text));
void scope_alignment_free (ScopeAlignment *alignment);
