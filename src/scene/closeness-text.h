/* What came out of comparing two tensors, in words. */
#pragma once

#include "scene/closeness.h"
#include "scene/metrics-text.h"

/* `3 of 12 elements (25 %) differ by more than the tolerance.` */
void scope_closeness_print_verdict (const ScopeCloseness *result,
                                    ScopeTranslate translate,
                                    ScopeText *out);
/* The largest differences and where, NaN and infinities without a partner; nothing when there is
 * nothing to tell. */
void scope_closeness_print_details (const ScopeCloseness *result,
                                    ScopeTranslate translate,
                                    ScopeText *out);

/* The texts of one cell. */
typedef enum
{
  SCOPE_CELL_INDEX,
  SCOPE_CELL_ACTUAL,
  SCOPE_CELL_DESIRED,
  SCOPE_CELL_DIFFERENCE,
  SCOPE_CELL_RELATIVE,
  SCOPE_N_CELL_TEXTS
} ScopeCellText;

/* Values so that they read back as they are, differences rounded to six digits, `–` for none. */
void scope_closeness_print_cell (const ScopeUnequalCell *cell,
                                 int rank,
                                 ScopeCellText which,
                                 ScopeText *out);
