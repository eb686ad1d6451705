/* What the elements of a plane are: copied from somewhere, mixed from several, made up; and which
 * of the joined operands each comes from. */
#pragma once

#include "ops/program.h"
#include "scene/view.h"

typedef enum
{
  SCOPE_MADE_COPIED,   /* one element, as it was */
  SCOPE_MADE_COMPUTED, /* from one element of each operand, or by what is no weighted sum */
  SCOPE_MADE_MIXED,    /* a weighted sum of several elements of one tensor */
  SCOPE_MADE_INVENTED, /* it comes from no element: padding */
  SCOPE_N_MADE
} ScopeMade;

enum
{
  SCOPE_PROVENANCE_OPERANDS = 250,
  SCOPE_PROVENANCE_NAME = 24, /* bytes of an operand's name, with the end */
};

/* The plane is cut into row_parts × column_parts rectangles of equal elements; rectangle r, c
 * covers rows row_at[r] … row_at[r + 1] and columns column_at[c] … column_at[c + 1], half-open. */
typedef struct
{
  int64_t rows, columns;
  int row_parts, column_parts;
  int64_t *row_at, *column_at; /* one more than there are parts */
  uint8_t *made;               /* of each rectangle: ScopeMade */
  uint8_t *operand; /* of each rectangle: which operand of the join, from 1; 0: none, or several */
  int operands;     /* of the join or assignment that is told; 0: there is none */
  char (*name)[SCOPE_PROVENANCE_NAME]; /* of each: `A`, or the text it is written as; shortened */
  int *same;                           /* of each: the first operand that is the same tensor */
  bool exact;                  /* every element was looked at; else some of many, and the rectangles
                                  were found between them */
  int64_t count[SCOPE_N_MADE]; /* of elements looked at */
  int64_t looked;              /* their sum */
} ScopeProvenance;

/* Of the plane of `view`, fitted, of a node that fits. Values are not read. NULL when an axis is
 * looked at as a whole, the plane is empty, an operation on the way cannot be followed, it is
 * cancelled, or memory runs out. Freed with scope_provenance_free. */
ScopeProvenance *scope_provenance_new (const ScopeProgram *program,
                                       int node,
                                       const ScopeView *view,
                                       const _Atomic int *cancelled);
void scope_provenance_free (ScopeProvenance *provenance); /* NULL is fine */

/* The operand at a rectangle as a colour's number: equal tensors have equal ones. −1: none. */
int scope_provenance_color (const ScopeProvenance *provenance, int row_part, int column_part);
/* Whether there is something to tell: operands, mixed or made up elements (all made up was meant).
 */
bool scope_provenance_tells (const ScopeProvenance *provenance);

/* Whether mixed elements are marked one by one: not where nearly all are. */
static inline bool
scope_provenance_marks_mixed (const ScopeProvenance *provenance)
{
  double mixed = (double)provenance->count[SCOPE_MADE_MIXED];
  return mixed > 0 && mixed <= 0.994 * (double)provenance->looked;
}
