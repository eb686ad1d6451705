/* Numbers as pictures and statistics write them: short, never in the user's locale. */
#pragma once

#include "core/text.h"

/* A whole number of magnitude below `whole` in full, any other with `digits` significant digits. */
void scope_number_print (double value, int digits, double whole, ScopeText *out);
