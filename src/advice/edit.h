/* Replacing parts of a text by their spans. */
#pragma once

#include "ops/program.h"

/* Replaces characters span.begin…span.end (empty: inserts) by `text`. */
typedef struct
{
  ScopeSpan span;
  int order;      /* in which it was asked for */
  ScopeText text; /* owned */
} ScopeEdit;

/* Zero-initialise. Spans must not overlap; of insertions at one place the earlier comes first. */
typedef struct
{
  int edits, capacity;
  ScopeEdit *edit;
  bool failed; /* memory ran out: the result is not to be used */
} ScopeEdits;

void scope_edits_replace (ScopeEdits *edits, int32_t begin, int32_t end, const char *text);
/* Appends `source` with the edits made to `out`. */
void scope_edits_apply (ScopeEdits *edits, const char *source, ScopeText *out);
void scope_edits_clear (ScopeEdits *edits);
