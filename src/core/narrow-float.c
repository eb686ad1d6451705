/* Floating-point formats of 8 and 16 bits: to float exactly, from float or double to nearest even.
 */
#include "core/narrow-float.h"

#include <string.h>

static float
float_of (uint32_t bits)
{
  float value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

static uint32_t
bits_of (float value)
{
  uint32_t bits;
  memcpy (&bits, &value, sizeof bits);
  return bits;
}

/* An IEEE format of a sign, `exponent` and `fraction` bits, infinities and NaN included. */
static inline float
widen (uint32_t bits, int exponent, int fraction)
{
  uint32_t sign = bits >> (exponent + fraction) << 31;
  uint32_t biased = bits >> fraction & ((1u << exponent) - 1);
  uint32_t rest = bits & ((1u << fraction) - 1);
  uint32_t bias = (1u << (exponent - 1)) - 1;
  if (biased == (1u << exponent) - 1)
    return float_of (sign | 0x7F800000u | rest << (23 - fraction));
  if (biased != 0)
    return float_of (sign | (biased + 127 - bias) << 23 | rest << (23 - fraction));
  /* Subnormal: rest · 2^(1 − bias − fraction), exact in a float. */
  float value = (float)rest * float_of ((127 + 1 - bias - (uint32_t)fraction) << 23);
  return float_of (sign | bits_of (value));
}

float
scope_float16_to_float (uint16_t bits)
{
  return widen (bits, 5, 10);
}

float
scope_bfloat16_to_float (uint16_t bits)
{
  return float_of ((uint32_t)bits << 16);
}

float
scope_float8_e5m2_to_float (uint8_t bits)
{
  return widen (bits, 5, 2);
}

float
scope_float8_e4m3fn_to_float (uint8_t bits)
{
  uint32_t sign = (uint32_t)(bits & 0x80) << 24;
  if ((bits & 0x7F) == 0x7F)
    return float_of (sign | 0x7FC00000u);
  if ((bits & 0x78) == 0x78) /* what IEEE keeps for infinity counts here */
    return float_of (sign | (8u + 127) << 23 | (uint32_t)(bits & 7) << 20);
  return widen (bits, 4, 3);
}

/* The bits of |value| in a format of that many exponent and fraction bits, rounded to nearest even;
 * what overflows goes on into the exponent of infinity and beyond, for the caller to cap. The value
 * is a double's magnitude bits and finite. */
static inline uint32_t
narrow (uint64_t magnitude, int exponent, int fraction)
{
  int bias = (1 << (exponent - 1)) - 1;
  int biased = (int)(magnitude >> 52) - 1023 + bias;
  uint64_t mantissa = magnitude & ((UINT64_C (1) << 52) - 1);
  if (magnitude >> 52 == 0)
    return 0; /* a subnormal double is far below half of any smallest number */
  mantissa |= UINT64_C (1) << 52;
  int drop = 52 - fraction;
  if (biased < 1)
    {
      drop += 1 - biased;
      biased = 1;
    }
  if (drop > 54)
    return 0;
  uint64_t kept = mantissa >> drop;
  uint64_t lost = mantissa & ((UINT64_C (1) << drop) - 1);
  uint64_t half = UINT64_C (1) << (drop - 1);
  kept += lost > half || (lost == half && kept % 2 == 1);
  /* The leading one of `kept` adds one to the exponent; so does a carry. */
  uint64_t bits = ((uint64_t)(biased - 1) << fraction) + kept;
  return bits > 0x10000 ? 0x10000 : (uint32_t)bits;
}

#define INFINITE (UINT64_C (0x7FF) << 52)

static inline uint64_t
split (double value, uint32_t *sign)
{
  uint64_t bits;
  memcpy (&bits, &value, sizeof bits);
  *sign = (uint32_t)(bits >> 63);
  return bits & (UINT64_MAX >> 1);
}

uint16_t
scope_float16_from_double (double value)
{
  uint32_t sign;
  uint64_t magnitude = split (value, &sign);
  uint32_t bits = magnitude > INFINITE ? 0x7E00 : 0x7C00;
  if (magnitude < INFINITE)
    {
      bits = narrow (magnitude, 5, 10);
      bits = bits > 0x7C00 ? 0x7C00 : bits;
    }
  return (uint16_t)(sign << 15 | bits);
}

uint16_t
scope_bfloat16_from_double (double value)
{
  uint32_t bits = bits_of ((float)value);
  if ((bits & 0x7FFFFFFFu) > 0x7F800000u)
    return (uint16_t)(bits >> 31 << 15 | 0x7FC0);
  return (uint16_t)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
}

uint8_t
scope_float8_e5m2_from_double (double value)
{
  uint32_t sign;
  uint64_t magnitude = split ((double)(float)value, &sign);
  uint32_t bits = magnitude > INFINITE ? 0x7F : 0x7C;
  if (magnitude < INFINITE)
    {
      bits = narrow (magnitude, 5, 2);
      bits = bits > 0x7C ? 0x7C : bits;
    }
  return (uint8_t)(sign << 7 | bits);
}

uint8_t
scope_float8_e4m3fn_from_double (double value)
{
  uint32_t sign;
  uint64_t magnitude = split ((double)(float)value, &sign);
  uint32_t bits = 0x7F;
  if (magnitude < INFINITE)
    {
      bits = narrow (magnitude, 4, 3);
      bits = bits > 0x7F ? 0x7F : bits;
    }
  return (uint8_t)(sign << 7 | bits);
}
