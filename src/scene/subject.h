/* Values to be measured or compared: any node of a program that fits. */
#pragma once

#include "ops/program.h"

typedef struct
{
  const ScopeProgram *program;
  int node; /* that fits and whose sizes are known */
} ScopeSubject;

const ScopeShape *scope_subject_shape (const ScopeSubject *subject);
bool scope_subject_is_complex (const ScopeSubject *subject);
/* Writes the elements of a region, dense in C order, as doubles. `imaginary` (NULL: not asked for)
 * is 0 for what is not complex. Errors: those of scope_program_read, MEMORY. */
bool scope_subject_read (const ScopeSubject *subject,
                         const ScopeRegion *region,
                         const ScopeReading *reading,
                         double *real,
                         double *imaginary,
                         ScopeError *error);
