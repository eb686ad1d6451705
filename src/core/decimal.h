/* Exact conversion between binary floating point and decimal digits; text.c does the writing. */
#pragma once

#include "core/text.h"

enum
{
  SCOPE_DECIMAL_DIGITS = 800 /* more digits than any double has */
};

/* The number 0.d1d2d3… · 10^point, d1 not 0 (no digits at all for zero). */
typedef struct
{
  int digits;
  int point;
  char digit[SCOPE_DECIMAL_DIGITS]; /* '0' … '9' */
} ScopeDecimal;

/* The fewest digits that read back as mantissa·2^exponent among the numbers of its type, and of
 * those the nearest. `narrow_below`: the gap to the next smaller number is half the gap to the next
 * larger one (the mantissa is the smallest of its binade). Steele and White, "How to print
 * floating-point numbers accurately", 1990. */
void scope_decimal_shortest (uint64_t mantissa, int exponent, bool narrow_below, ScopeDecimal *out);

/* mantissa·2^exponent rounded to `digits` significant digits (1 … 40), ties to even. */
void scope_decimal_round (uint64_t mantissa, int exponent, int digits, ScopeDecimal *out);

/* The double nearest to 0.d1d2… · 10^point, ties to even; infinity when it is beyond the largest.
 * `more`: further non-zero digits follow those given. */
double scope_decimal_to_double (const char *digit, int digits, int64_t point, bool more);

/* value = mantissa·2^exponent for a finite `value` ≥ 0; *narrow_below as above. */
void scope_decimal_split (double value, uint64_t *mantissa, int *exponent, bool *narrow_below);
void scope_decimal_split_float (float value, uint64_t *mantissa, int *exponent, bool *narrow_below);

/* Appends the digits of `value` as Python and NumPy write a float: scientific below 1e-4 and from
 * 1e16 on, ".0" behind whole numbers, the sign in front. `value` gives the sign and says which. */
void scope_decimal_print (const ScopeDecimal *decimal, double value, ScopeText *text);
