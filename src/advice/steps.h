/* A program of several statements, step by step: what each leaves, and which fails first. */
#pragma once

#include "ops/program.h"

enum
{
  SCOPE_MAX_STEPS = 200,       /* listed at most */
  SCOPE_STEP_CHARACTERS = 200, /* of a statement's text or a result at most, the rest is … */
};

typedef enum
{
  SCOPE_STEP_FITS,
  SCOPE_STEP_UNKNOWN, /* it fits as far as the sizes are known */
  SCOPE_STEP_FAILS,
  SCOPE_STEP_SKIPPED, /* something it needs failed */
} ScopeStepState;

typedef struct
{
  int number; /* of the statement, from 1 */
  ScopeStepState state;
  bool first_failure; /* the first step that fails */
  bool misfit;        /* axes are at fault, not a name or an argument */
  ScopeSpan span;     /* the statement's characters */
  ScopeText text;     /* the statement on one line */
  ScopeText result;   /* the shape it leaves as PyTorch writes it, a tuple's one after another; what
                         is no tensor after its Python type; why it fails, in one sentence; ""
                         when skipped */
} ScopeStep;

typedef struct
{
  int total;  /* statements of the program */
  int hidden; /* of them not listed */
  int count;  /* listed: the first ones, the last of them the first failing one if it comes later */
  ScopeStep *step;
} ScopeSteps;

/* Lists the steps of `program`; none when it has fewer than two statements. False when memory runs
 * out: *out is empty then. The result is freed with scope_steps_clear. */
bool scope_steps_list (const ScopeProgram *program, ScopeSteps *out);
void scope_steps_clear (ScopeSteps *steps);
