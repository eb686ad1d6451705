/* A growing UTF-8 text and numbers in and out of it, without the locale. */
#include "core/text.h"

#include "core/decimal.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
scope_text_clear (ScopeText *text)
{
  free (text->data);
  *text = (ScopeText){ 0 };
}

/* Makes room for `more` bytes and a NUL. */
static bool
reserve (ScopeText *text, size_t more)
{
  if (text->failed)
    return false;
  if (more < text->capacity && text->length < text->capacity - more)
    return true;
  size_t capacity = text->capacity < 64 ? 64 : text->capacity;
  while (capacity <= more || text->length >= capacity - more)
    {
      if (capacity > SIZE_MAX / 2)
        {
          text->failed = true;
          return false;
        }
      capacity *= 2;
    }
  char *data = realloc (text->data, capacity);
  if (data == NULL)
    {
      text->failed = true;
      return false;
    }
  text->data = data;
  text->capacity = capacity;
  return true;
}

void
scope_text_append_bytes (ScopeText *text, const char *bytes, size_t length)
{
  if (!reserve (text, length))
    return;
  if (length > 0)
    memcpy (text->data + text->length, bytes, length);
  text->length += length;
  text->data[text->length] = '\0';
}

void
scope_text_append (ScopeText *text, const char *string)
{
  scope_text_append_bytes (text, string, strlen (string));
}

void
scope_text_printf (ScopeText *text, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  int wanted = vsnprintf (NULL, 0, format, arguments);
  va_end (arguments);
  if (wanted < 0)
    {
      text->failed = true;
      return;
    }
  if (!reserve (text, (size_t)wanted))
    return;
  va_start (arguments, format);
  vsnprintf (text->data + text->length, (size_t)wanted + 1, format, arguments);
  va_end (arguments);
  text->length += (size_t)wanted;
}

static void
append_zeros (ScopeText *text, int count)
{
  for (int i = 0; i < count; i++)
    scope_text_append_bytes (text, "0", 1);
}

/* d.ddde±xx */
static void
append_scientific (ScopeText *text, const ScopeDecimal *decimal)
{
  scope_text_append_bytes (text, decimal->digit, 1);
  if (decimal->digits > 1)
    {
      scope_text_append (text, ".");
      scope_text_append_bytes (text, decimal->digit + 1, (size_t)decimal->digits - 1);
    }
  int exponent = decimal->point - 1;
  scope_text_printf (text, "e%c%02d", exponent < 0 ? '-' : '+',
                     exponent < 0 ? -exponent : exponent);
}

/* ddd.ddd, 0.00ddd or ddd000 */
static void
append_plain (ScopeText *text, const ScopeDecimal *decimal)
{
  int before = decimal->point < 0 ? 0 : decimal->point;
  int whole = before < decimal->digits ? before : decimal->digits;
  if (before == 0)
    scope_text_append (text, "0");
  scope_text_append_bytes (text, decimal->digit, (size_t)whole);
  append_zeros (text, before - whole);
  if (whole == decimal->digits)
    return;
  scope_text_append (text, ".");
  append_zeros (text, decimal->point < 0 ? -decimal->point : 0);
  scope_text_append_bytes (text, decimal->digit + whole, (size_t)(decimal->digits - whole));
}

/* What is not a number with digits. */
static bool
append_special (ScopeText *text, double value)
{
  if (isnan (value))
    scope_text_append (text, "nan");
  else if (isinf (value))
    scope_text_append (text, signbit (value) ? "-inf" : "inf");
  else
    return false;
  return true;
}

void
scope_decimal_print (const ScopeDecimal *decimal, double value, ScopeText *text)
{
  double magnitude = fabs (value);
  bool scientific = magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e16);
  if (signbit (value))
    scope_text_append (text, "-");
  if (scientific)
    append_scientific (text, decimal);
  else
    append_plain (text, decimal);
  if (!scientific && decimal->digits <= decimal->point)
    scope_text_append (text, ".0");
}

void
scope_text_append_double (ScopeText *text, double value)
{
  if (append_special (text, value))
    return;
  uint64_t mantissa;
  int exponent;
  bool narrow_below;
  ScopeDecimal decimal;
  scope_decimal_split (fabs (value), &mantissa, &exponent, &narrow_below);
  scope_decimal_shortest (mantissa, exponent, narrow_below, &decimal);
  scope_decimal_print (&decimal, value, text);
}

void
scope_text_append_float (ScopeText *text, float value)
{
  if (append_special (text, (double)value))
    return;
  uint64_t mantissa;
  int exponent;
  bool narrow_below;
  ScopeDecimal decimal;
  scope_decimal_split_float (fabsf (value), &mantissa, &exponent, &narrow_below);
  scope_decimal_shortest (mantissa, exponent, narrow_below, &decimal);
  scope_decimal_print (&decimal, (double)value, text);
}

void
scope_text_append_rounded (ScopeText *text, double value, int digits)
{
  if (append_special (text, value))
    return;
  digits = digits < 1 ? 1 : digits > 40 ? 40 : digits;
  uint64_t mantissa;
  int exponent;
  bool narrow_below;
  ScopeDecimal decimal;
  scope_decimal_split (fabs (value), &mantissa, &exponent, &narrow_below);
  scope_decimal_round (mantissa, exponent, digits, &decimal);
  while (decimal.digits > 0 && decimal.digit[decimal.digits - 1] == '0')
    decimal.digits--;
  if (signbit (value))
    scope_text_append (text, "-");
  if (decimal.digits > 0 && (decimal.point < -3 || decimal.point > digits))
    append_scientific (text, &decimal);
  else
    append_plain (text, &decimal);
}

const char *
scope_text_string (const ScopeText *text)
{
  return text->data != NULL ? text->data : "";
}

char *
scope_text_steal (ScopeText *text)
{
  if (text->data == NULL)
    scope_text_append (text, "");
  char *data = text->failed ? NULL : text->data;
  if (data == NULL)
    free (text->data);
  *text = (ScopeText){ 0 };
  return data;
}

static bool
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

size_t
scope_text_read_digits (const char *bytes, size_t length, int64_t *value, bool *overflow)
{
  int64_t sum = 0;
  bool over = false;
  size_t i = 0;
  for (; i < length && is_digit (bytes[i]); i++)
    if (__builtin_mul_overflow (sum, 10, &sum)
        || __builtin_add_overflow (sum, bytes[i] - '0', &sum))
      over = true;
  if (i == 0)
    return 0;
  *value = over ? INT64_MAX : sum;
  *overflow = over;
  return i;
}

/* The bytes of an exponent at bytes[0…length), 0 when there is none. */
static size_t
read_exponent (const char *bytes, size_t length, int64_t *exponent)
{
  size_t i = 0;
  if (i >= length || (bytes[i] != 'e' && bytes[i] != 'E'))
    return 0;
  i++;
  bool negative = i < length && bytes[i] == '-';
  if (i < length && (bytes[i] == '-' || bytes[i] == '+'))
    i++;
  bool overflow;
  size_t digits = scope_text_read_digits (bytes + i, length - i, exponent, &overflow);
  if (digits == 0)
    return 0;
  *exponent = *exponent > 1000000000 ? 1000000000 : *exponent;
  *exponent = negative ? -*exponent : *exponent;
  return i + digits;
}

size_t
scope_text_read_double (const char *bytes, size_t length, double *value)
{
  char digit[SCOPE_DECIMAL_DIGITS];
  int digits = 0;
  int64_t point = 0; /* of 0.ddd…·10^point */
  bool more = false, any = false, after_point = false;
  size_t i = 0;
  for (; i < length && (is_digit (bytes[i]) || (bytes[i] == '.' && !after_point)); i++)
    {
      if (bytes[i] == '.')
        {
          after_point = true;
          continue;
        }
      any = true;
      if (digits == 0 && bytes[i] == '0')
        {
          point -= after_point;
          continue;
        }
      point += !after_point;
      if (digits < SCOPE_DECIMAL_DIGITS - 20)
        digit[digits++] = bytes[i];
      else
        more = more || bytes[i] != '0';
    }
  if (!any)
    return 0;

  int64_t exponent = 0;
  i += read_exponent (bytes + i, length - i, &exponent);
  /* A text is shorter than 2^62 bytes, so the sum stays an int64. */
  *value = scope_decimal_to_double (digit, digits, point + exponent, more);
  return i;
}

int64_t
scope_text_characters (const char *bytes, size_t length)
{
  int64_t characters = 0;
  for (size_t i = 0; i < length; i++)
    characters += ((unsigned char)bytes[i] & 0xC0) != 0x80;
  return characters;
}

/* The length of the valid sequence at bytes[0…length), 0 when it is not one. Unicode 15, table 3-7.
 */
static size_t
sequence_length (const unsigned char *bytes, size_t length)
{
  unsigned char first = bytes[0];
  if (first < 0x80)
    return 1;
  size_t wanted = first >= 0xC2 && first <= 0xDF   ? 2
                  : first >= 0xE0 && first <= 0xEF ? 3
                  : first >= 0xF0 && first <= 0xF4 ? 4
                                                   : 0;
  if (wanted == 0 || length < wanted)
    return 0;
  unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (bytes[1] < low || bytes[1] > high)
    return 0;
  for (size_t i = 2; i < wanted; i++)
    if ((bytes[i] & 0xC0) != 0x80)
      return 0;
  return wanted;
}

size_t
scope_text_valid_utf8 (const char *bytes, size_t length)
{
  size_t i = 0;
  while (i < length)
    {
      size_t step = sequence_length ((const unsigned char *)bytes + i, length - i);
      if (step == 0)
        return i;
      i += step;
    }
  return length;
}

void
scope_text_append_bytes_count (ScopeText *text, int64_t bytes)
{
  static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
  double amount = (double)bytes;
  int unit = 0;
  for (; amount >= 1024 && unit < 6; unit++)
    amount /= 1024;
  scope_text_append_rounded (text, amount, unit == 0 ? 4 : 3);
  scope_text_printf (text, " %s", units[unit]);
}
