/* Short numbers. */
#include "scene/number.h"

#include <math.h>

void
scope_number_print (double value, int digits, double whole, ScopeText *out)
{
  if (value == trunc (value) && fabs (value) < whole)
    scope_text_printf (out, "%lld", (long long)value);
  else
    scope_text_append_rounded (out, value, digits);
}
