/* An alignment in words: why an axis fits or not, and the whole as NumPy's manual writes it. */
#pragma once

#include "advice/alignment.h"

/* Appends why a column fits or not, without its number: `3 meets 1, and the 1 stretches to 3`,
 * `256 meets 1280, and neither is 1`. Nothing where nothing is compared. */
void scope_alignment_explain (const ScopeAlignment *alignment,
                              int column,
                              const char *(*translate) (const char *text),
                              ScopeText *out);

/* Appends the table of NumPy's broadcasting manual, sizes in columns from the trailing end:
 *   A      (4d array):  8 x 1 x 6 x 1
 *   B      (3d array):      7 x 1 x 5
 *   Result (4d array):  8 x 7 x 6 x 5
 * A result that does not exist is left out and its failing axes are marked. Not translated: it is
 * what one pastes into code. */
void scope_alignment_print_table (const ScopeAlignment *alignment, ScopeText *out);
