/* Exact conversion between binary floating point and decimal digits, by integers of many words. */
#include "core/decimal.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* 10^(800 + 325) has 3738 bits, and a shift of at most 128 more is made of it. */
enum
{
  BIG_WORDS = 128
};

/* word[0] is the lowest; words from `used` on are meaningless. */
typedef struct
{
  int used;
  uint32_t word[BIG_WORDS];
} Big;

static void
big_set (Big *big, uint64_t value)
{
  big->used = 0;
  for (; value != 0; value >>= 32)
    big->word[big->used++] = (uint32_t)value;
}

static void
big_multiply_add (Big *big, uint32_t factor, uint32_t summand)
{
  uint64_t carry = summand;
  for (int i = 0; i < big->used; i++)
    {
      carry += (uint64_t)big->word[i] * factor;
      big->word[i] = (uint32_t)carry;
      carry >>= 32;
    }
  if (carry != 0)
    {
      assert (big->used < BIG_WORDS);
      big->word[big->used++] = (uint32_t)carry;
    }
}

static void
big_multiply_power_of_ten (Big *big, int power)
{
  for (; power >= 9; power -= 9)
    big_multiply_add (big, 1000000000, 0);
  for (; power > 0; power--)
    big_multiply_add (big, 10, 0);
}

static void
big_shift (Big *big, int bits)
{
  int words = bits / 32;
  int rest = bits % 32;
  if (rest > 0)
    big_multiply_add (big, UINT32_C (1) << rest, 0);
  if (words == 0 || big->used == 0)
    return;
  assert (big->used + words <= BIG_WORDS);
  memmove (big->word + words, big->word, (size_t)big->used * sizeof big->word[0]);
  memset (big->word, 0, (size_t)words * sizeof big->word[0]);
  big->used += words;
}

static int
big_compare (const Big *a, const Big *b)
{
  if (a->used != b->used)
    return a->used < b->used ? -1 : 1;
  for (int i = a->used - 1; i >= 0; i--)
    if (a->word[i] != b->word[i])
      return a->word[i] < b->word[i] ? -1 : 1;
  return 0;
}

static void
big_add (Big *a, const Big *b)
{
  uint64_t carry = 0;
  for (int i = 0; i < b->used || carry != 0; i++)
    {
      if (i == a->used)
        {
          assert (a->used < BIG_WORDS);
          a->word[a->used++] = 0;
        }
      carry += (uint64_t)a->word[i] + (i < b->used ? b->word[i] : 0);
      a->word[i] = (uint32_t)carry;
      carry >>= 32;
    }
}

/* a −= b, where a ≥ b. */
static void
big_subtract (Big *a, const Big *b)
{
  int64_t borrow = 0;
  for (int i = 0; i < a->used; i++)
    {
      borrow += (int64_t)a->word[i] - (i < b->used ? (int64_t)b->word[i] : 0);
      a->word[i] = (uint32_t)borrow;
      borrow >>= 32;
    }
  while (a->used > 0 && a->word[a->used - 1] == 0)
    a->used--;
}

/* a %= b; returns the quotient, which is at most 9. */
static int
big_digit (Big *a, const Big *b)
{
  int digit = 0;
  for (; big_compare (a, b) >= 0; digit++)
    big_subtract (a, b);
  return digit;
}

/* Whether a + b > c (1), = c (0), < c (−1). */
static int
big_compare_sum (const Big *a, const Big *b, const Big *c)
{
  Big sum = *a;
  big_add (&sum, b);
  return big_compare (&sum, c);
}

/* ⌈log10 (mantissa·2^exponent)⌉ or one less; never more. */
static int
estimate_point (uint64_t mantissa, int exponent)
{
  int bits = 64 - __builtin_clzll (mantissa);
  return (int)ceil ((exponent + bits - 1) * 0.30102999566398119521 - 1e-10);
}

/* Sets numerator/denominator = mantissa·2^exponent / 10^point. */
static void
set_fraction (uint64_t mantissa, int exponent, int point, Big *numerator, Big *denominator)
{
  big_set (numerator, mantissa);
  big_set (denominator, 1);
  big_shift (exponent >= 0 ? numerator : denominator, exponent >= 0 ? exponent : -exponent);
  big_multiply_power_of_ten (point >= 0 ? denominator : numerator, point >= 0 ? point : -point);
}

void
scope_decimal_shortest (uint64_t mantissa, int exponent, bool narrow_below, ScopeDecimal *out)
{
  out->digits = 0;
  out->point = 0;
  if (mantissa == 0)
    return;

  /* In units of a quarter of the gap: the value is 4·mantissa, half the gap above it is 2, half the
   * gap below it is 2 or 1. A number on the boundary reads back as the value if that is even. */
  bool inclusive = mantissa % 2 == 0;
  int point = estimate_point (mantissa, exponent);
  Big value, one, above, below;
  set_fraction (mantissa << 2, exponent - 2, point, &value, &one);
  set_fraction (2, exponent - 2, point, &above, &one);
  set_fraction (narrow_below ? 1 : 2, exponent - 2, point, &below, &one);
  int over = big_compare_sum (&value, &above, &one);
  if (over > 0 || (over == 0 && inclusive))
    {
      point++;
      big_multiply_add (&one, 10, 0);
    }

  out->point = point;
  for (;;)
    {
      big_multiply_add (&value, 10, 0);
      big_multiply_add (&above, 10, 0);
      big_multiply_add (&below, 10, 0);
      int digit = big_digit (&value, &one);
      int low = big_compare (&value, &below);
      int high = big_compare_sum (&value, &above, &one);
      bool may_stop_low = low < 0 || (low == 0 && inclusive);
      bool may_stop_high = high > 0 || (high == 0 && inclusive);
      if (!may_stop_low && !may_stop_high)
        {
          out->digit[out->digits++] = (char)('0' + digit);
          continue;
        }
      if (may_stop_low && may_stop_high)
        {
          int half = big_compare_sum (&value, &value, &one);
          digit += half > 0 || (half == 0 && digit % 2 == 1);
        }
      else
        digit += may_stop_high;
      assert (digit <= 9);
      out->digit[out->digits++] = (char)('0' + digit);
      return;
    }
}

/* Adds one to the last digit. */
static void
round_up (ScopeDecimal *decimal)
{
  int i = decimal->digits - 1;
  for (; i >= 0 && decimal->digit[i] == '9'; i--)
    decimal->digit[i] = '0';
  if (i >= 0)
    {
      decimal->digit[i]++;
      return;
    }
  decimal->digit[0] = '1';
  decimal->point++;
}

void
scope_decimal_round (uint64_t mantissa, int exponent, int digits, ScopeDecimal *out)
{
  assert (digits >= 1 && digits <= 40);
  out->digits = 0;
  out->point = 0;
  if (mantissa == 0)
    return;

  int point = estimate_point (mantissa, exponent);
  Big value, one;
  set_fraction (mantissa, exponent, point, &value, &one);
  if (big_compare (&value, &one) >= 0)
    {
      point++;
      big_multiply_add (&one, 10, 0);
    }
  out->point = point;
  while (out->digits < digits)
    {
      big_multiply_add (&value, 10, 0);
      out->digit[out->digits++] = (char)('0' + big_digit (&value, &one));
    }
  int half = big_compare_sum (&value, &value, &one);
  if (half > 0 || (half == 0 && (out->digit[digits - 1] - '0') % 2 == 1))
    round_up (out);
}

/* ---- reading -------------------------------------------------------------------------------- */

/* The double nearest to (quotient + something in (0, 1) if `more`)·2^exponent; the quotient has its
 * highest bit set. */
static double
assemble (uint64_t quotient, bool more, int exponent)
{
  int top = exponent + 63; /* the value is in [2^top, 2^(top + 1)) */
  if (top > 1023)
    return HUGE_VAL;
  int drop = top >= -1022 ? 11 : 11 + (-1022 - top);
  if (drop > 64)
    return 0;
  uint64_t kept = drop == 64 ? 0 : quotient >> drop;
  uint64_t lost = drop == 64 ? quotient : quotient << (64 - drop);
  uint64_t half = UINT64_C (1) << 63;
  if (lost > half || (lost == half && (more || kept % 2 == 1)))
    kept++;
  return ldexp ((double)kept, exponent + drop);
}

/* numerator/denominator, both not zero. */
static double
divide (Big *numerator, Big *denominator, bool more)
{
  int bits_up = numerator->used * 32 - __builtin_clz (numerator->word[numerator->used - 1]);
  int bits_down = denominator->used * 32 - __builtin_clz (denominator->word[denominator->used - 1]);
  int exponent = bits_up - bits_down; /* the quotient is in (2^(exponent − 1), 2^(exponent + 1)) */
  big_shift (exponent > 0 ? denominator : numerator, exponent > 0 ? exponent : -exponent);
  if (big_compare (numerator, denominator) < 0)
    {
      exponent--;
      big_shift (numerator, 1);
    }
  uint64_t quotient = 0;
  for (int bit = 0; bit < 64; bit++)
    {
      quotient <<= 1;
      if (big_compare (numerator, denominator) >= 0)
        {
          quotient |= 1;
          big_subtract (numerator, denominator);
        }
      big_shift (numerator, 1);
    }
  return assemble (quotient, more || numerator->used > 0, exponent - 63);
}

static double
read_slowly (const char *digit, int digits, int64_t point, bool more)
{
  /* More digits than this never decide: they only say that something follows. */
  if (digits > SCOPE_DECIMAL_DIGITS - 20)
    {
      for (int i = SCOPE_DECIMAL_DIGITS - 20; i < digits; i++)
        more = more || digit[i] != '0';
      digits = SCOPE_DECIMAL_DIGITS - 20;
    }
  Big numerator, denominator;
  numerator.used = 0;
  for (int i = 0; i < digits; i++)
    {
      uint32_t value = (uint32_t)(digit[i] - '0');
      if (numerator.used == 0)
        big_set (&numerator, value);
      else
        big_multiply_add (&numerator, 10, value);
    }
  big_set (&denominator, 1);
  int power = (int)point - digits;
  big_multiply_power_of_ten (power >= 0 ? &numerator : &denominator, power >= 0 ? power : -power);
  return divide (&numerator, &denominator, more);
}

/* number·10^power where five^|power| fits 64 bits: all in 128-bit integers, exactly. */
static double
read_quickly (uint64_t number, int power)
{
  uint64_t five = 1;
  for (int i = 0; i < (power < 0 ? -power : power); i++)
    five *= 5;
  unsigned __int128 value;
  bool more = false;
  int exponent = power;
  if (power >= 0)
    value = (unsigned __int128)number * five;
  else
    {
      int shift = __builtin_clzll (number);
      unsigned __int128 shifted = (unsigned __int128)(number << shift) << 64;
      value = shifted / five;
      more = shifted % five != 0;
      exponent -= shift + 64;
    }
  uint64_t high = (uint64_t)(value >> 64);
  uint64_t low = (uint64_t)value;
  if (high == 0)
    {
      int shift = __builtin_clzll (low);
      return assemble (low << shift, more, exponent - shift);
    }
  int shift = __builtin_clzll (high);
  value <<= shift;
  return assemble ((uint64_t)(value >> 64), more || (uint64_t)value != 0, exponent + 64 - shift);
}

double
scope_decimal_to_double (const char *digit, int digits, int64_t point, bool more)
{
  for (; digits > 0 && *digit == '0'; digits--, point--)
    digit++;
  while (!more && digits > 0 && digit[digits - 1] == '0')
    digits--;
  if (digits == 0 || point < -330)
    return 0;
  if (point > 310)
    return HUGE_VAL;

  int64_t power = point - digits;
  if (!more && digits <= 19 && power >= -27 && power <= 27)
    {
      uint64_t number = 0;
      for (int i = 0; i < digits; i++)
        number = number * 10 + (uint64_t)(digit[i] - '0');
      return read_quickly (number, (int)power);
    }
  return read_slowly (digit, digits, point, more);
}

/* ---- splitting ------------------------------------------------------------------------------ */

void
scope_decimal_split (double value, uint64_t *mantissa, int *exponent, bool *narrow_below)
{
  uint64_t bits;
  memcpy (&bits, &value, sizeof bits);
  int biased = (int)(bits >> 52 & 0x7FF);
  uint64_t fraction = bits & ((UINT64_C (1) << 52) - 1);
  *mantissa = biased == 0 ? fraction : fraction | UINT64_C (1) << 52;
  *exponent = (biased == 0 ? 1 : biased) - 1075;
  *narrow_below = fraction == 0 && biased > 1;
}

void
scope_decimal_split_float (float value, uint64_t *mantissa, int *exponent, bool *narrow_below)
{
  uint32_t bits;
  memcpy (&bits, &value, sizeof bits);
  int biased = (int)(bits >> 23 & 0xFF);
  uint32_t fraction = bits & ((UINT32_C (1) << 23) - 1);
  *mantissa = biased == 0 ? fraction : fraction | UINT32_C (1) << 23;
  *exponent = (biased == 0 ? 1 : biased) - 150;
  *narrow_below = fraction == 0 && biased > 1;
}
