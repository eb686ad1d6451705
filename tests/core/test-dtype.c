/* Element types: names, conversion between any two against first principles, printing. */
#include "core/dtype.h"
#include "core/narrow-float.h"

#include <float.h>
#include <glib.h>
#include <math.h>
#include <string.h>

static const struct
{
  const char *text;
  ScopeDtype dtype; /* SCOPE_N_DTYPES: there is none */
} names[] = {
  { "float32", SCOPE_FLOAT32 },
  { "torch.float32", SCOPE_FLOAT32 },
  { "torch.float", SCOPE_FLOAT32 },
  { "torch.FloatTensor", SCOPE_FLOAT32 },
  { "np.float32", SCOPE_FLOAT32 },
  { "numpy.float32", SCOPE_FLOAT32 },
  { "jnp.float32", SCOPE_FLOAT32 },
  { "tf.float32", SCOPE_FLOAT32 },
  { "f32", SCOPE_FLOAT32 },
  { "Float", SCOPE_FLOAT32 },
  { "float", SCOPE_FLOAT64 },
  { "double", SCOPE_FLOAT64 },
  { "torch.double", SCOPE_FLOAT64 },
  { "np.float64", SCOPE_FLOAT64 },
  { "half", SCOPE_FLOAT16 },
  { "torch.half", SCOPE_FLOAT16 },
  { "bf16", SCOPE_BFLOAT16 },
  { "torch.bfloat16", SCOPE_BFLOAT16 },
  { "long", SCOPE_INT64 },
  { "int", SCOPE_INT64 },
  { "torch.int", SCOPE_INT32 },
  { "np.int_", SCOPE_INT64 },
  { "i8", SCOPE_INT8 },
  { "u8", SCOPE_UINT8 },
  { "np.uint8", SCOPE_UINT8 },
  { "torch.uint8", SCOPE_UINT8 },
  { "bool", SCOPE_BOOL },
  { "np.bool_", SCOPE_BOOL },
  { "torch.cfloat", SCOPE_COMPLEX64 },
  { "np.cfloat", SCOPE_COMPLEX128 },
  { "complex", SCOPE_COMPLEX128 },
  { "torch.float8_e5m2", SCOPE_FLOAT8_E5M2 },
  { "float33", SCOPE_N_DTYPES },
  { "", SCOPE_N_DTYPES },
  { "torch.", SCOPE_N_DTYPES },
  { "torch", SCOPE_N_DTYPES },
  { "np.torch.float32", SCOPE_N_DTYPES },
  { "FLOAT32", SCOPE_N_DTYPES },
};

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      ScopeDtype dtype = SCOPE_N_DTYPES;
      bool found = scope_dtype_parse (names[i].text, strlen (names[i].text), &dtype);
      g_test_message ("%s", names[i].text);
      g_assert_cmpint (found, ==, names[i].dtype != SCOPE_N_DTYPES);
      g_assert_cmpint (dtype, ==, names[i].dtype);
    }
  for (int i = 0; i < SCOPE_N_DTYPES; i++)
    {
      ScopeDtype dtype = SCOPE_N_DTYPES;
      const char *name = scope_dtype_name ((ScopeDtype)i);
      g_assert_true (scope_dtype_parse (name, strlen (name), &dtype));
      g_assert_cmpint (dtype, ==, i);
    }
}

/* The value of bits of a format by its definition. */
static double
defined_value (guint bits, int exponent, int fraction, bool finite_only)
{
  double sign = bits >> (exponent + fraction) & 1 ? -1 : 1;
  int biased = (int)(bits >> fraction) & ((1 << exponent) - 1);
  int rest = (int)bits & ((1 << fraction) - 1);
  int bias = (1 << (exponent - 1)) - 1;
  bool top = biased == (1 << exponent) - 1;
  if (top && !finite_only)
    return rest == 0 ? sign * INFINITY : NAN;
  if (top && rest == (1 << fraction) - 1)
    return NAN;
  if (biased == 0)
    return sign * ldexp (rest, 1 - bias - fraction);
  return sign * ldexp (1 + ldexp (rest, -fraction), biased - bias);
}

static const struct
{
  const char *name;
  ScopeDtype dtype;
  int exponent, fraction;
  bool finite_only;
} narrow[] = {
  { "float16", SCOPE_FLOAT16, 5, 10, false },
  { "bfloat16", SCOPE_BFLOAT16, 8, 7, false },
  { "float8_e5m2", SCOPE_FLOAT8_E5M2, 5, 2, false },
  { "float8_e4m3fn", SCOPE_FLOAT8_E4M3FN, 4, 3, true },
};

static guint
stored_bits (ScopeDtype dtype, double value)
{
  guint16 wide = 0;
  guint8 byte = 0;
  bool two = scope_dtype_bytes (dtype) == 2;
  scope_dtype_store (dtype, two ? (void *)&wide : (void *)&byte, SCOPE_KIND_FLOAT,
                     (ScopeNumber){ .f = value });
  return two ? wide : byte;
}

static double
loaded_value (ScopeDtype dtype, guint bits)
{
  guint16 wide = (guint16)bits;
  guint8 byte = (guint8)bits;
  bool two = scope_dtype_bytes (dtype) == 2;
  return scope_dtype_load (dtype, two ? (void *)&wide : (void *)&byte).f;
}

/* Every bit pattern has its value, reads back as itself, and so does what it prints as. */
static void
test_narrow_all (gconstpointer data)
{
  gsize k = GPOINTER_TO_SIZE (data);
  guint patterns = 1u << (1 + narrow[k].exponent + narrow[k].fraction);
  for (guint bits = 0; bits < patterns; bits++)
    {
      double expected =
          defined_value (bits, narrow[k].exponent, narrow[k].fraction, narrow[k].finite_only);
      double value = loaded_value (narrow[k].dtype, bits);
      if (isnan (expected))
        {
          g_assert_true (isnan (value));
          g_assert_true (
              isnan (loaded_value (narrow[k].dtype, stored_bits (narrow[k].dtype, NAN))));
          continue;
        }
      g_assert_true (value == expected && signbit (value) == signbit (expected));
      g_assert_cmpuint (stored_bits (narrow[k].dtype, value), ==, bits);
      if (isinf (value))
        continue;
      ScopeText text = { 0 };
      guint16 wide = (guint16)bits;
      guint8 byte = (guint8)bits;
      scope_dtype_print (narrow[k].dtype, patterns > 256 ? (void *)&wide : (void *)&byte, &text);
      g_assert_cmpuint (stored_bits (narrow[k].dtype, g_ascii_strtod (text.data, NULL)), ==, bits);
      scope_text_clear (&text);
    }
}

/* Between two neighbours: below the middle down, above it up, on it to the even one. */
static void
test_narrow_rounding (gconstpointer data)
{
  gsize k = GPOINTER_TO_SIZE (data);
  ScopeDtype dtype = narrow[k].dtype;
  guint sign = 1u << (narrow[k].exponent + narrow[k].fraction);
  for (guint bits = 0; bits + 1 < sign; bits++)
    {
      double low = loaded_value (dtype, bits);
      double high = loaded_value (dtype, bits + 1);
      if (!isfinite (low))
        break;
      if (!isfinite (high)) /* as if the exponent went on */
        high = 2 * low - loaded_value (dtype, bits - 1);
      double middle = (low + high) / 2;
      guint even = bits % 2 == 0 ? bits : bits + 1;
      g_assert_cmpuint (stored_bits (dtype, middle), ==, even);
      g_assert_cmpuint (stored_bits (dtype, -middle), ==, even | sign);
      /* The next float32, which the formats that round through it see too. */
      g_assert_cmpuint (stored_bits (dtype, nextafterf ((float)middle, 0)), ==, bits);
      g_assert_cmpuint (stored_bits (dtype, nextafterf ((float)middle, INFINITY)), ==, bits + 1);
    }
}

static void
test_narrow_limits (void)
{
  g_assert_cmpuint (scope_float16_from_double (65504), ==, 0x7BFF);
  g_assert_cmpuint (scope_float16_from_double (65519.99), ==, 0x7BFF);
  g_assert_cmpuint (scope_float16_from_double (65520), ==, 0x7C00);
  g_assert_cmpuint (scope_float16_from_double (-1e300), ==, 0xFC00);
  g_assert_cmpuint (scope_float16_from_double (1e-300), ==, 0);
  g_assert_cmpuint (scope_float16_from_double (-5e-324), ==, 0x8000);
  g_assert_cmpuint (scope_float16_from_double (0x1p-25), ==, 0);
  g_assert_cmpuint (scope_float16_from_double (nextafter (0x1p-25, 1)), ==, 1);
  g_assert_cmpuint (scope_float8_e5m2_from_double (57344), ==, 0x7B);
  g_assert_cmpuint (scope_float8_e5m2_from_double (1e6), ==, 0x7C);
  g_assert_cmpuint (scope_float8_e4m3fn_from_double (448), ==, 0x7E);
  g_assert_cmpuint (scope_float8_e4m3fn_from_double (464), ==, 0x7E);
  g_assert_cmpuint (scope_float8_e4m3fn_from_double (465), ==, 0x7F);
  g_assert_cmpuint (scope_float8_e4m3fn_from_double (-INFINITY), ==, 0xFF);
  g_assert_cmpuint (scope_bfloat16_from_double (1e39), ==, 0x7F80);
  g_assert_cmpuint (scope_bfloat16_from_double (FLT_MAX), ==, 0x7F80);
}

/* Out of range: rows of NumPy 1.24.2 on x86, float64 (and float32 where exact) to integers. */
static const struct
{
  double value;
  gint64 expected[8]; /* uint8 int8 uint16 int16 uint32 int32 uint64 (as signed) int64 */
} out_of_range[] = {
  { 1.5, { 1, 1, 1, 1, 1, 1, 1, 1 } },
  { -1.5, { 255, -1, 65535, -1, 4294967295, -1, -1, -1 } },
  { 300, { 44, 44, 300, 300, 300, 300, 300, 300 } },
  { 70000, { 112, 112, 4464, 4464, 70000, 70000, 70000, 70000 } },
  { -70000, { 144, -112, 61072, -4464, 4294897296, -70000, -70000, -70000 } },
  { 3e9, { 0, 0, 0, 0, 3000000000, G_MININT32, 3000000000, 3000000000 } },
  { -3e9, { 0, 0, 0, 0, 1294967296, G_MININT32, -3000000000, -3000000000 } },
  { 5e9, { 0, 0, 0, 0, 705032704, G_MININT32, 5000000000, 5000000000 } },
  { 1e19, { 0, 0, 0, 0, 0, G_MININT32, -8446744073709551616.0, G_MININT64 } },
  { -1e19, { 0, 0, 0, 0, 0, G_MININT32, G_MININT64, G_MININT64 } },
  { 1.9e19, { 0, 0, 0, 0, 0, G_MININT32, 0, G_MININT64 } },
  { NAN, { 0, 0, 0, 0, 0, G_MININT32, G_MININT64, G_MININT64 } },
  { INFINITY, { 0, 0, 0, 0, 0, G_MININT32, 0, G_MININT64 } },
  { -INFINITY, { 0, 0, 0, 0, 0, G_MININT32, G_MININT64, G_MININT64 } },
  { 2147483647.9, { 255, -1, 65535, -1, 2147483647, 2147483647, 2147483647, 2147483647 } },
  { -2147483648.9, { 0, 0, 0, 0, 2147483648, G_MININT32, -2147483648LL, -2147483648LL } },
};

static void
test_out_of_range (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (out_of_range); i++)
    for (int k = 0; k < 8; k++)
      {
        ScopeDtype dtype = (ScopeDtype)(SCOPE_UINT8 + k);
        gint64 element = 0;
        scope_dtype_store (dtype, &element, SCOPE_KIND_FLOAT,
                           (ScopeNumber){ .f = out_of_range[i].value });
        ScopeNumber number = scope_dtype_load (dtype, &element);
        g_test_message ("%g to %s", out_of_range[i].value, scope_dtype_name (dtype));
        g_assert_cmpint (number.i, ==, out_of_range[i].expected[k]);
      }
}

/* Integers to integers wrap; to floats they round once. */
static void
test_integers (void)
{
  static const gint64 values[] = { 0,
                                   1,
                                   -1,
                                   127,
                                   128,
                                   255,
                                   256,
                                   -129,
                                   65535,
                                   65537,
                                   2147483648LL,
                                   G_MAXINT64,
                                   G_MININT64,
                                   16777217,
                                   9007199254740993 };
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      gint64 v = values[i];
      ScopeNumber number = { .i = v };
#define STORED(T, DTYPE)                                                                           \
  ({                                                                                               \
    T stored;                                                                                      \
    scope_dtype_store (DTYPE, &stored, SCOPE_KIND_SIGNED, number);                                 \
    stored;                                                                                        \
  })
      g_assert_cmpint (STORED (gint8, SCOPE_INT8), ==, (gint8)v);
      g_assert_cmpint (STORED (guint8, SCOPE_UINT8), ==, (guint8)v);
      g_assert_cmpint (STORED (gint16, SCOPE_INT16), ==, (gint16)v);
      g_assert_cmpint (STORED (guint16, SCOPE_UINT16), ==, (guint16)v);
      g_assert_cmpint (STORED (gint32, SCOPE_INT32), ==, (gint32)v);
      g_assert_cmpuint (STORED (guint32, SCOPE_UINT32), ==, (guint32)v);
      g_assert_cmpuint (STORED (guint64, SCOPE_UINT64), ==, (guint64)v);
      g_assert_cmpint (STORED (guint8, SCOPE_BOOL), ==, v != 0);
      g_assert_true (STORED (float, SCOPE_FLOAT32) == (float)v);
      g_assert_true (STORED (double, SCOPE_FLOAT64) == (double)v);
      float pair[2];
      scope_dtype_store (SCOPE_COMPLEX64, pair, SCOPE_KIND_SIGNED, number);
      g_assert_true (pair[0] == (float)v && pair[1] == 0);
      scope_dtype_store (SCOPE_FLOAT32, pair, SCOPE_KIND_UNSIGNED, number);
      g_assert_true (pair[0] == (float)(guint64)v);
    }
}

/* Converting many with steps is storing each loaded element, for every pair of types. */
static void
test_convert (void)
{
  enum
  {
    N = 300
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  static const int steps[][2] = { { 1, 1 }, { 2, 1 }, { 1, 3 }, { -1, 1 }, { 0, 1 }, { 2, -1 } };
  for (int from = 0; from < SCOPE_N_DTYPES; from++)
    for (int to = 0; to < SCOPE_N_DTYPES; to++)
      {
        gsize from_bytes = scope_dtype_bytes ((ScopeDtype)from);
        gsize to_bytes = scope_dtype_bytes ((ScopeDtype)to);
        g_autofree char *source = g_malloc (N * 3 * from_bytes);
        for (gsize i = 0; i < N * 3; i++)
          {
            ScopeNumber number = { .f = ldexp (g_rand_double (random) - 0.5,
                                               g_rand_int_range (random, 0, 12)) };
            number.imaginary = i % 2;
            scope_dtype_store ((ScopeDtype)from, source + i * from_bytes, SCOPE_KIND_COMPLEX,
                               number);
          }
        for (gsize s = 0; s < G_N_ELEMENTS (steps); s++)
          {
            int a = steps[s][0], b = steps[s][1];
            g_autofree char *one = g_malloc0 (N * 3 * to_bytes);
            g_autofree char *many = g_malloc0 (N * 3 * to_bytes);
            gsize first_from = a < 0 ? N - 1 : 0;
            gsize first_to = b < 0 ? N - 1 : 0;
            for (int i = 0; i < N; i++)
              {
                const char *element =
                    source + ((gssize)first_from + (gssize)i * a) * (gssize)from_bytes;
                char *place = one + ((gssize)first_to + (gssize)i * b) * (gssize)to_bytes;
                if (from == to)
                  memcpy (place, element, to_bytes);
                else
                  scope_dtype_store ((ScopeDtype)to, place, scope_dtype_kind ((ScopeDtype)from),
                                     scope_dtype_load ((ScopeDtype)from, element));
              }
            scope_dtype_convert ((ScopeDtype)from, source + first_from * from_bytes, a,
                                 (ScopeDtype)to, many + first_to * to_bytes, b, N);
            g_assert_cmpmem (one, N * 3 * to_bytes, many, N * 3 * to_bytes);
          }
      }
}

/* The same type is copied bit by bit, the payload of a NaN too. */
static void
test_copy_bits (void)
{
  guint32 from[2] = { 0x7F800001u, 0xFFC12345u };
  guint32 to[2] = { 0 };
  scope_dtype_convert (SCOPE_FLOAT32, from, 1, SCOPE_FLOAT32, to, 1, 2);
  g_assert_cmpmem (from, sizeof from, to, sizeof to);
  scope_dtype_convert (SCOPE_FLOAT32, from, 1, SCOPE_FLOAT32, to + 1, -1, 2);
  g_assert_cmpuint (to[0], ==, from[1]);
  scope_dtype_convert (SCOPE_FLOAT32, from, 1, SCOPE_FLOAT32, to, 1, 0);
  g_assert_cmpuint (to[0], ==, from[1]);
}

static const struct
{
  const char *name;
  ScopeDtype dtype;
  union
  {
    guint64 bits;
    gint64 i;
    double f;
    float f4;
    double complex128[2];
    float complex64[2];
  } element;
  const char *text;
} prints[] = {
  { "true", SCOPE_BOOL, { .bits = 1 }, "True" },
  { "false", SCOPE_BOOL, { .bits = 0 }, "False" },
  { "uint8", SCOPE_UINT8, { .bits = 200 }, "200" },
  { "int8", SCOPE_INT8, { .bits = 200 }, "-56" },
  { "uint64", SCOPE_UINT64, { .bits = G_MAXUINT64 }, "18446744073709551615" },
  { "int64", SCOPE_INT64, { .i = G_MININT64 }, "-9223372036854775808" },
  { "float64", SCOPE_FLOAT64, { .f = 1.25 }, "1.25" },
  { "float32", SCOPE_FLOAT32, { .f4 = 0.1f }, "0.1" },
  { "float16", SCOPE_FLOAT16, { .bits = 0x2E66 }, "0.1" },
  { "float16-largest", SCOPE_FLOAT16, { .bits = 0x7BFF }, "65500.0" },
  { "float16-smallest", SCOPE_FLOAT16, { .bits = 1 }, "6e-08" },
  { "float16-inf", SCOPE_FLOAT16, { .bits = 0xFC00 }, "-inf" },
  { "bfloat16", SCOPE_BFLOAT16, { .bits = 0x3DCD }, "0.1" },
  { "complex128", SCOPE_COMPLEX128, { .complex128 = { 1, 2 } }, "(1+2j)" },
  { "complex64", SCOPE_COMPLEX64, { .complex64 = { 0.5f, -0.1f } }, "(0.5-0.1j)" },
  { "complex-imaginary", SCOPE_COMPLEX128, { .complex128 = { 0, 2 } }, "2j" },
  { "complex-minus-zero", SCOPE_COMPLEX128, { .complex128 = { -0.0, 1 } }, "(-0+1j)" },
  { "complex-inf", SCOPE_COMPLEX128, { .complex128 = { 1, INFINITY } }, "(1+infj)" },
  { "complex-nan", SCOPE_COMPLEX64, { .complex64 = { NAN, -1 } }, "(nan-1j)" },
};

static void
test_print (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  ScopeText text = { 0 };
  scope_dtype_print (prints[i].dtype, &prints[i].element, &text);
  g_assert_cmpstr (scope_text_string (&text), ==, prints[i].text);
  scope_text_clear (&text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dtype/names", test_names);
  for (gsize i = 0; i < G_N_ELEMENTS (narrow); i++)
    {
      g_autofree char *all = g_strdup_printf ("/dtype/all/%s", narrow[i].name);
      g_autofree char *rounding = g_strdup_printf ("/dtype/rounding/%s", narrow[i].name);
      g_test_add_data_func (all, GSIZE_TO_POINTER (i), test_narrow_all);
      g_test_add_data_func (rounding, GSIZE_TO_POINTER (i), test_narrow_rounding);
    }
  g_test_add_func ("/dtype/narrow-limits", test_narrow_limits);
  g_test_add_func ("/dtype/out-of-range", test_out_of_range);
  g_test_add_func ("/dtype/integers", test_integers);
  g_test_add_func ("/dtype/convert", test_convert);
  g_test_add_func ("/dtype/copy-bits", test_copy_bits);
  for (gsize i = 0; i < G_N_ELEMENTS (prints); i++)
    {
      g_autofree char *path = g_strdup_printf ("/dtype/print/%s", prints[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_print);
    }
  return g_test_run ();
}
