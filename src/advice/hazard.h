/* Lines that fit and still deserve a second look. */
#pragma once

#include "ops/program.h"

/* What a reshape does to a small tensor where a permute was meant, as numbers of elements: a
 * picture for the sentence. */
typedef struct
{
  int rows, columns; /* before; 0: there is no picture. Afterwards they are exchanged */
} ScopeScramble;

typedef struct
{
  const char *kind;    /* `outer-product`, `memory` …; static */
  ScopeText sentence;  /* translated */
  int node;            /* of the program */
  ScopeText fix;       /* the whole expression as it may have been meant, checked; "" for none */
  ScopeText snippet;   /* the part of it that differs */
  ScopeScramble order; /* of `reshape-scramble` */
} ScopeHazard;

enum
{
  SCOPE_MAX_HAZARDS = 8
};

/* Hazards of a program's nodes that fit, the most worrying first; returns how many. `tensors` are
 * the program's. Each is cleared with scope_hazard_clear. */
int scope_hazards_find (const ScopeProgram *program,
                        ScopeTensor *const *tensors,
                        int n_tensors,
                        const char *(*translate) (const char *text),
                        ScopeHazard hazard[SCOPE_MAX_HAZARDS]);
void scope_hazard_clear (ScopeHazard *hazard);

/* Appends the picture of a scramble, lines of numbers under three translated headings: before, as
 * reshape orders them, as permute does. Nothing where there is none. */
void scope_hazard_print_order (const ScopeHazard *hazard,
                               const char *(*translate) (const char *text),
                               ScopeText *out);
