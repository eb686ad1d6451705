/* Everything there is to say about a statement: what `check` prints and the window shows. */
#pragma once

#include "advice/alignment.h"
#include "advice/hazard.h"
#include "advice/remedy.h"

typedef struct
{
  ScopeProgram *program;
  int focus;                   /* the node the alignment shows: the first failure, else the last
                                  operation, else the result; −1 when there is none */
  const ScopeFailure *failure; /* of the first failing node, or NULL; owned by the program */
  ScopeText verdict;           /* one sentence: why it fails, or what comes out */
  ScopeAlignment *alignment;   /* of `focus`, or NULL */
  int hazards;
  ScopeHazard hazard[SCOPE_MAX_HAZARDS];
  ScopeRemedies remedies;
} ScopeReport;

/* Checks, aligns, advises. `advice` NULL: the defaults. NULL when the text does not parse or memory
 * runs out. */
ScopeReport *scope_report_new (const char *source,
                               size_t length,
                               ScopeTensor *const *tensors,
                               int n_tensors,
                               const ScopeCheckOptions *options,
                               const ScopeRemedyOptions *advice,
                               ScopeError *error);
void scope_report_free (ScopeReport *report); /* NULL is fine */

/* The lines a person would write in `dialect` for a program that fits: names kept, spellings
 * translated, imports left out. What the dialect has no spelling for is a comment that says so. */
bool scope_code_write (const ScopeProgram *program, ScopeDialect dialect, ScopeText *out);
