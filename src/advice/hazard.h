/* Lines that fit and still deserve a second look. */
#pragma once

#include "ops/program.h"

typedef struct
{
  const char *kind;   /* `outer-product`, `memory`; static */
  ScopeText sentence; /* translated */
} ScopeHazard;

enum
{
  SCOPE_MAX_HAZARDS = 8
};

/* Hazards of a program's nodes that fit, the most worrying first; returns how many. */
int scope_hazards_find (const ScopeProgram *program,
                        const char *(*translate) (const char *text),
                        ScopeHazard hazard[SCOPE_MAX_HAZARDS]);
