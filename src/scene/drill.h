/* Exercises without end: made by chance from a seed, the same seed gives the same ones, never the
 * same one twice in a row. */
#pragma once

#include "scene/exercise.h"

typedef enum
{
  SCOPE_DRILL_RANKS,    /* axes are missing, everything fits */
  SCOPE_DRILL_ONES,     /* ones stretch, on either side */
  SCOPE_DRILL_FAILURES, /* about half of them do not fit; assignments too */
  SCOPE_DRILL_OPS,      /* joining, products, reshaping, permuting, slicing, reducing */
  SCOPE_N_DRILLS
} ScopeDrillLevel;

typedef struct
{
  ScopeDrillLevel level;
  uint64_t state;
  char last[256]; /* what was asked last */
} ScopeDrill;

void scope_drill_begin (ScopeDrill *drill, ScopeDrillLevel level, uint64_t seed);
/* The next exercise; NULL when memory runs out. */
ScopeExercise *scope_drill_next (ScopeDrill *drill, const char *(*translate) (const char *text));
