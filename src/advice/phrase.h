/* Short pieces of code that change one tensor's shape, in each framework's own spelling. */
#pragma once

#include "ops/verdict.h"

typedef enum
{
  SCOPE_PHRASE_INDEX,     /* text: `[:, None]`, alike everywhere */
  SCOPE_PHRASE_RESHAPE,   /* number: the sizes */
  SCOPE_PHRASE_PERMUTE,   /* number: the axes' new order */
  SCOPE_PHRASE_FOLD_MEAN, /* number: sizes to reshape to; axis: the one to average over */
  SCOPE_PHRASE_MEAN_KEPT, /* axis: averaged, and kept with size 1 */
  SCOPE_PHRASE_PAD,       /* number: zeros behind each axis */
  SCOPE_PHRASE_TILE,      /* number: how often along each axis */
  SCOPE_PHRASE_SQUEEZE,   /* axis: an axis of 1 that goes */
  SCOPE_PHRASE_TRANSPOSE, /* rank: axes; the last two are exchanged */
  SCOPE_PHRASE_FLATTEN,   /* number: the sizes that result; axis: the first that is joined */
  SCOPE_PHRASE_EXPAND,    /* number: the sizes */
} ScopePhraseKind;

typedef struct
{
  ScopePhraseKind kind;
  int rank; /* numbers */
  int64_t number[SCOPE_MAX_RANK];
  int axis;
  bool to_end; /* FLATTEN: all axes behind are joined too */
  const char *text;
} ScopePhrase;

/* Appends the phrase on `source` (a primary: a name, a call, or in brackets). */
void scope_phrase_print (const ScopePhrase *phrase,
                         const char *source,
                         ScopeDialect dialect,
                         ScopeText *out);
