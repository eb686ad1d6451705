/* Text: numbers in and out, without the locale; UTF-8. */
#include "core/text.h"

#include <float.h>
#include <glib.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct
{
  const char *name;
  double value;
  const char *text; /* Python's repr */
} doubles[] = {
  { "zero", 0.0, "0.0" },
  { "minus-zero", -0.0, "-0.0" },
  { "one", 1, "1.0" },
  { "tenth", 0.1, "0.1" },
  { "three-tenths", 0.1 + 0.2, "0.30000000000000004" },
  { "third", 1.0 / 3, "0.3333333333333333" },
  { "minus", -2.5, "-2.5" },
  { "ten-thousandth", 1e-4, "0.0001" },
  { "below-ten-thousandth", 0.00009999999999999999, "9.999999999999999e-05" },
  { "hundred-thousandth", 1e-5, "1e-05" },
  { "below-1e16", 9999999999999998, "9999999999999998.0" },
  { "1e15", 1e15, "1000000000000000.0" },
  { "1e16", 1e16, "1e+16" },
  { "1e22", 1e22, "1e+22" },
  { "1e23", 1e23, "1e+23" },
  { "123456789.125", 123456789.125, "123456789.125" },
  { "largest", 1.7976931348623157e308, "1.7976931348623157e+308" },
  { "smallest", 4.9406564584124654e-324, "5e-324" },
  { "smallest-normal", 2.2250738585072014e-308, "2.2250738585072014e-308" },
  { "largest-subnormal", 2.225073858507201e-308, "2.225073858507201e-308" },
  { "uneven-gap", 5.684341886080802e-14, "5.684341886080802e-14" }, /* 2^−44 */
  { "two-53", 9007199254740992, "9007199254740992.0" },
  { "e100", 1e100, "1e+100" },
  { "hard", 9.5367431640625e-07, "9.5367431640625e-07" },
  { "nan", NAN, "nan" },
  { "minus-nan", -NAN, "nan" },
  { "inf", INFINITY, "inf" },
  { "minus-inf", -INFINITY, "-inf" },
};

static void
test_double (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeText text = { 0 };
  scope_text_append_double (&text, doubles[i].value);
  g_assert_cmpstr (scope_text_string (&text), ==, doubles[i].text);
  scope_text_clear (&text);
}

static const struct
{
  const char *name;
  float value;
  const char *text; /* NumPy's repr of a float32 */
} floats[] = {
  { "tenth", 0.1f, "0.1" },
  { "third", 1.0f / 3, "0.33333334" },
  { "two-24", 16777216, "16777216.0" },
  { "123456792", 123456792, "123456790.0" },
  { "1e16", 1e16f, "1e+16" },
  { "ten-thousandth", 1e-4f, "1e-04" },
  { "hundred-thousandth", 1e-5f, "1e-05" },
  { "largest", 3.4028235e38f, "3.4028235e+38" },
  { "smallest", 1e-45f, "1e-45" },
  { "minus-zero", -0.0f, "-0.0" },
  { "nan", NAN, "nan" },
};

static void
test_float (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeText text = { 0 };
  scope_text_append_float (&text, floats[i].value);
  g_assert_cmpstr (scope_text_string (&text), ==, floats[i].text);
  scope_text_clear (&text);
}

static double
random_double (GRand *random)
{
  guint64 bits = (guint64)g_rand_int (random) << 32 | g_rand_int (random);
  double value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

/* The digits of a printed number, without sign, point, exponent and zeros at either end. */
static gsize
significant_digits (const char *text)
{
  gsize first = 0, last = 0, n = 0;
  for (const char *c = text; *c != '\0' && *c != 'e'; c++)
    if (g_ascii_isdigit (*c))
      {
        n++;
        if (*c != '0')
          {
            first = first == 0 ? n : first;
            last = n;
          }
      }
  return first == 0 ? 0 : last - first + 1;
}

/* Shortest: reads back exactly, and one digit less than it has never does. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  for (int i = 0; i < 30000; i++)
    {
      double value = random_double (random);
      if (i % 3 == 1)
        value = g_rand_int (random) / 1000.0;
      else if (i % 3 == 2)
        value = ldexp (1.0 + (i % 2) * DBL_EPSILON, g_rand_int_range (random, -1074, 1024));
      if (!isfinite (value))
        continue;
      ScopeText text = { 0 };
      scope_text_append_double (&text, value);
      g_assert_true (g_ascii_strtod (text.data, NULL) == value);
      double read = 0;
      const char *digits = text.data + (signbit (value) ? 1 : 0);
      g_assert_cmpuint (scope_text_read_double (digits, strlen (digits), &read), ==,
                        strlen (digits));
      g_assert_true (read == fabs (value));

      char shorter[64];
      gsize significant = significant_digits (text.data);
      if (significant > 1)
        {
          char format[16];
          g_snprintf (format, sizeof format, "%%.%de", (int)significant - 2);
          g_ascii_formatd (shorter, sizeof shorter, format, value);
          g_assert_true (g_ascii_strtod (shorter, NULL) != value);
        }
      scope_text_clear (&text);
    }
}

static void
test_round_trip_float (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (12);
  for (int i = 0; i < 30000; i++)
    {
      guint32 bits = g_rand_int (random);
      float value;
      memcpy (&value, &bits, sizeof value);
      if (!isfinite (value))
        continue;
      ScopeText text = { 0 };
      scope_text_append_float (&text, value);
      g_assert_true (strtof (text.data, NULL) == value);
      g_assert_cmpuint (significant_digits (text.data), <=, 9);
      scope_text_clear (&text);
    }
}

static void
test_rounded (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (13);
  static const double special[] = { 0, -0.0, 0.5, 2.5, 99999.5, 999999.5, 1e-5, 0.00012345, 1e300 };
  for (int i = 0; i < 20000; i++)
    {
      double value = i % 2 == 0 ? random_double (random) : g_rand_int_range (random, -99, 99) / 8.0;
      if (i < (int)G_N_ELEMENTS (special))
        value = special[i];
      if (!isfinite (value))
        continue;
      int digits = g_rand_int_range (random, 1, 20);
      char format[16], expected[64];
      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (expected, sizeof expected, format, value);
      ScopeText text = { 0 };
      scope_text_append_rounded (&text, value, digits);
      g_assert_cmpstr (scope_text_string (&text), ==, expected);
      scope_text_clear (&text);
    }
}

static const struct
{
  const char *name, *text;
  gsize length; /* bytes read */
  double value;
} reads[] = {
  { "integer", "12", 2, 12 },
  { "point", "1.5", 3, 1.5 },
  { "no-integer-part", ".5", 2, 0.5 },
  { "no-fraction", "5.", 2, 5 },
  { "second-point", "1.5.2", 3, 1.5 },
  { "point-only", ".", 0, -1 },
  { "exponent", "1e3", 3, 1000 },
  { "exponent-sign", "1E-3x", 4, 0.001 },
  { "exponent-plus", "1e+3", 4, 1000 },
  { "exponent-empty", "1e", 1, 1 },
  { "exponent-sign-only", "1e+", 1, 1 },
  { "sign", "-1", 0, -1 },
  { "letters", "nan", 0, -1 },
  { "empty", "", 0, -1 },
  { "comma", "1,5", 1, 1 },
  { "huge", "1e400", 5, INFINITY },
  { "tiny", "1e-400", 6, 0 },
  { "zero-huge-exponent", "0e999999999999999999999", 23, 0 },
  { "huge-exponent", "1e999999999999999999999", 23, INFINITY },
  { "tiny-exponent", "1e-999999999999999999999", 24, 0 },
  { "largest", "1.7976931348623157e308", 22, 1.7976931348623157e308 },
  { "beyond-largest", "1.7976931348623159e308", 22, INFINITY },
  { "half-smallest", "2.4703282292062327e-324", 23, 0 },
  { "above-half-smallest", "2.4703282292062328e-324", 23, 4.9406564584124654e-324 },
  { "tie-to-even-down", "9007199254740993", 16, 9007199254740992 },
  { "tie-broken-far-away",
    "9007199254740993.00000000000000000000000000000000000000000000000000000001", 73,
    9007199254740994 },
  { "leading-zeros", "000000000000000000000000000000000000001.5", 41, 1.5 },
  { "small-with-zeros", "0.000000000000000000000000000000000000001", 41, 1e-39 },
};

static void
test_read (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  double value = -1;
  g_assert_cmpuint (scope_text_read_double (reads[i].text, strlen (reads[i].text), &value), ==,
                    reads[i].length);
  g_assert_true (value == reads[i].value);
}

/* Correctly rounded: the C library is the oracle. */
static void
test_read_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (14);
  for (int i = 0; i < 100000; i++)
    {
      char text[900];
      int digits = g_rand_int_range (random, 1, i % 100 == 0 ? 850 : i % 2 == 0 ? 20 : 45);
      int n = 0;
      int point = g_rand_int_range (random, 0, digits + 1);
      for (int k = 0; k < digits; k++)
        {
          if (k == point)
            text[n++] = '.';
          text[n++] = (char)('0' + g_rand_int_range (random, 0, 10));
        }
      int range = i % 3 == 0 ? 5 : 340;
      n += g_snprintf (text + n, 20, "e%d", g_rand_int_range (random, -range, range));
      double value = -1;
      g_assert_cmpuint (scope_text_read_double (text, (gsize)n, &value), ==, n);
      g_assert_true (value == g_ascii_strtod (text, NULL));
    }
}

/* Exactly between two doubles, written out in full, and just beside it. */
static void
test_read_ties (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (15);
  for (int i = 0; i < 2000; i++)
    {
      double low = fabs (random_double (random));
      if (!isfinite (low) || low > 1e300 || (i % 2 == 0 && low > 1))
        continue;
      double high = nextafter (low, INFINITY);
      char digits[1200];
      /* low + (high − low)/2 has one bit more than a double: its digits by long double. */
      g_autofree char *text = g_strdup_printf ("%.*Lf", 1100, ((long double)low + high) / 2);
      if (((long double)low + high) / 2 == low || strlen (text) >= sizeof digits)
        continue;
      double value;
      scope_text_read_double (text, strlen (text), &value);
      g_assert_true (value == g_ascii_strtod (text, NULL));
      text[strlen (text) - 1] = '1';
      scope_text_read_double (text, strlen (text), &value);
      g_assert_true (value == g_ascii_strtod (text, NULL));
    }
}

static void
test_locale (void)
{
  static const char *const names[] = { "de_DE.UTF-8", "de_DE.utf8", "de_DE", "fr_FR.UTF-8" };
  bool any = false;
  for (gsize i = 0; i < G_N_ELEMENTS (names) && !any; i++)
    any = setlocale (LC_ALL, names[i]) != NULL;
  if (!any)
    g_test_message ("no locale with a decimal comma is installed");
  ScopeText text = { 0 };
  double value = 0;
  scope_text_append_double (&text, 1234.5);
  scope_text_append (&text, " ");
  scope_text_append_float (&text, 0.1f);
  scope_text_append (&text, " ");
  scope_text_append_rounded (&text, 1234567.891, 9);
  g_assert_cmpstr (scope_text_string (&text), ==, "1234.5 0.1 1234567.89");
  g_assert_cmpuint (scope_text_read_double ("1.5", 3, &value), ==, 3);
  g_assert_true (value == 1.5);
  scope_text_clear (&text);
  setlocale (LC_ALL, "C");
}

static void
test_digits (void)
{
  static const struct
  {
    const char *text;
    gsize length;
    gint64 value;
    bool overflow;
  } table[] = {
    { "0", 1, 0, false },
    { "0012x", 4, 12, false },
    { "9223372036854775807", 19, G_MAXINT64, false },
    { "9223372036854775808", 19, G_MAXINT64, true },
    { "99999999999999999999999", 23, G_MAXINT64, true },
    { "", 0, -1, false },
    { "-1", 0, -1, false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gint64 value = -1;
      bool overflow = false;
      g_assert_cmpuint (
          scope_text_read_digits (table[i].text, strlen (table[i].text), &value, &overflow), ==,
          table[i].length);
      g_assert_cmpint (value, ==, table[i].value);
      g_assert_cmpint (overflow, ==, table[i].overflow);
    }
}

static void
test_append (void)
{
  ScopeText text = { 0 };
  g_assert_cmpstr (scope_text_string (&text), ==, "");
  scope_text_append (&text, "");
  g_assert_nonnull (text.data);
  for (int i = 0; i < 1000; i++)
    scope_text_printf (&text, "%d,", i);
  g_assert_cmpuint (text.length, ==, 3890);
  g_assert_true (g_str_has_suffix (text.data, ",998,999,"));
  scope_text_append_bytes (&text, "a\0b", 3);
  g_assert_cmpuint (text.length, ==, 3893);
  g_autofree char *large = g_strnfill (100000, 'z');
  scope_text_append (&text, large);
  g_assert_cmpuint (text.length, ==, 103893);
  char *stolen = scope_text_steal (&text);
  g_assert_cmpint (stolen[103892], ==, 'z');
  free (stolen);
  g_assert_null (text.data);
  stolen = scope_text_steal (&text);
  g_assert_cmpstr (stolen, ==, "");
  free (stolen);
}

static void
test_utf8 (void)
{
  static const struct
  {
    const char *bytes;
    gsize valid;
    gint64 characters;
  } table[] = {
    { "axis", 4, 4 },
    { "8 × 1", 6, 5 },
    { "→ 😀", 8, 3 },
    { "a\xC0\x80", 1, 2 },        /* overlong */
    { "a\xE0\x80\x80", 1, 2 },    /* overlong */
    { "\xED\xA0\x80", 0, 1 },     /* surrogate */
    { "\xF4\x90\x80\x80", 0, 1 }, /* beyond U+10FFFF */
    { "\xF4\x8F\xBF\xBF", 4, 1 }, /* U+10FFFF */
    { "\x80", 0, 0 },             /* a continuation alone */
    { "\xE2\x82", 0, 1 },         /* cut */
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gsize length = strlen (table[i].bytes);
      g_assert_cmpuint (scope_text_valid_utf8 (table[i].bytes, length), ==, table[i].valid);
      g_assert_cmpint (scope_text_characters (table[i].bytes, length), ==, table[i].characters);
      const char *end;
      g_utf8_validate (table[i].bytes, (gssize)length, &end);
      g_assert_cmpuint (end - table[i].bytes, ==, table[i].valid);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (doubles); i++)
    {
      g_autofree char *path = g_strdup_printf ("/text/double/%s", doubles[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_double);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (floats); i++)
    {
      g_autofree char *path = g_strdup_printf ("/text/float/%s", floats[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_float);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (reads); i++)
    {
      g_autofree char *path = g_strdup_printf ("/text/read/%s", reads[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_read);
    }
  g_test_add_func ("/text/round-trip", test_round_trip);
  g_test_add_func ("/text/round-trip-float", test_round_trip_float);
  g_test_add_func ("/text/rounded", test_rounded);
  g_test_add_func ("/text/read-random", test_read_random);
  g_test_add_func ("/text/read-ties", test_read_ties);
  g_test_add_func ("/text/locale", test_locale);
  g_test_add_func ("/text/digits", test_digits);
  g_test_add_func ("/text/append", test_append);
  g_test_add_func ("/text/utf8", test_utf8);
  return g_test_run ();
}
