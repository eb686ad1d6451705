/* Floating-point formats of 8 bits; those of 16 bits are declared in core/dtype.h. */
#pragma once

#include "core/dtype.h"

/* From a double each rounds through float32, as the frameworks that have the types do. Beyond the
 * range e5m2 becomes infinity, and e4m3fn, which has none, NaN. */
float scope_float8_e5m2_to_float (uint8_t bits);
float scope_float8_e4m3fn_to_float (uint8_t bits);
uint8_t scope_float8_e5m2_from_double (double value);
uint8_t scope_float8_e4m3fn_from_double (double value);
