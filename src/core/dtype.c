/* Element types: names, sizes, kinds, and conversion between any two. Narrow floating-point formats
 * stand in narrow-float.c. */
#include "core/dtype.h"

#include "core/decimal.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const struct
{
  const char *name;
  uint8_t bytes;
  ScopeKind kind;
} dtypes[] = {
  [SCOPE_BOOL] = { "bool", 1, SCOPE_KIND_BOOL },
  [SCOPE_UINT8] = { "uint8", 1, SCOPE_KIND_UNSIGNED },
  [SCOPE_INT8] = { "int8", 1, SCOPE_KIND_SIGNED },
  [SCOPE_UINT16] = { "uint16", 2, SCOPE_KIND_UNSIGNED },
  [SCOPE_INT16] = { "int16", 2, SCOPE_KIND_SIGNED },
  [SCOPE_UINT32] = { "uint32", 4, SCOPE_KIND_UNSIGNED },
  [SCOPE_INT32] = { "int32", 4, SCOPE_KIND_SIGNED },
  [SCOPE_UINT64] = { "uint64", 8, SCOPE_KIND_UNSIGNED },
  [SCOPE_INT64] = { "int64", 8, SCOPE_KIND_SIGNED },
  [SCOPE_FLOAT8_E5M2] = { "float8_e5m2", 1, SCOPE_KIND_FLOAT },
  [SCOPE_FLOAT8_E4M3FN] = { "float8_e4m3fn", 1, SCOPE_KIND_FLOAT },
  [SCOPE_BFLOAT16] = { "bfloat16", 2, SCOPE_KIND_FLOAT },
  [SCOPE_FLOAT16] = { "float16", 2, SCOPE_KIND_FLOAT },
  [SCOPE_FLOAT32] = { "float32", 4, SCOPE_KIND_FLOAT },
  [SCOPE_FLOAT64] = { "float64", 8, SCOPE_KIND_FLOAT },
  [SCOPE_COMPLEX64] = { "complex64", 8, SCOPE_KIND_COMPLEX },
  [SCOPE_COMPLEX128] = { "complex128", 16, SCOPE_KIND_COMPLEX },
};
_Static_assert(sizeof dtypes / sizeof dtypes[0] == SCOPE_N_DTYPES, "a row for every type");

const char *
scope_dtype_name (ScopeDtype dtype)
{
  return dtypes[dtype].name;
}

size_t
scope_dtype_bytes (ScopeDtype dtype)
{
  return dtypes[dtype].bytes;
}

ScopeKind
scope_dtype_kind (ScopeDtype dtype)
{
  return dtypes[dtype].kind;
}

/* ---- names ---------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  ScopeDtype dtype;
} Name;

/* The names that mean the same wherever they stand. `int` and `float` alone are Python's. */
static const Name names[] = {
  { "float8", SCOPE_FLOAT8_E4M3FN },
  { "f8e5m2", SCOPE_FLOAT8_E5M2 },
  { "f8e4m3fn", SCOPE_FLOAT8_E4M3FN },
  { "bool_", SCOPE_BOOL },
  { "bool8", SCOPE_BOOL },
  { "Bool", SCOPE_BOOL },
  { "pred", SCOPE_BOOL },
  { "u8", SCOPE_UINT8 },
  { "ubyte", SCOPE_UINT8 },
  { "Byte", SCOPE_UINT8 },
  { "quint8", SCOPE_UINT8 },
  { "i8", SCOPE_INT8 },
  { "s8", SCOPE_INT8 },
  { "byte", SCOPE_INT8 },
  { "Char", SCOPE_INT8 },
  { "u16", SCOPE_UINT16 },
  { "ushort", SCOPE_UINT16 },
  { "i16", SCOPE_INT16 },
  { "s16", SCOPE_INT16 },
  { "short", SCOPE_INT16 },
  { "Short", SCOPE_INT16 },
  { "u32", SCOPE_UINT32 },
  { "uintc", SCOPE_UINT32 },
  { "i32", SCOPE_INT32 },
  { "s32", SCOPE_INT32 },
  { "intc", SCOPE_INT32 },
  { "Int", SCOPE_INT32 },
  { "u64", SCOPE_UINT64 },
  { "uint", SCOPE_UINT64 },
  { "ulong", SCOPE_UINT64 },
  { "ulonglong", SCOPE_UINT64 },
  { "i64", SCOPE_INT64 },
  { "s64", SCOPE_INT64 },
  { "int", SCOPE_INT64 },
  { "int_", SCOPE_INT64 },
  { "intp", SCOPE_INT64 },
  { "long", SCOPE_INT64 },
  { "longlong", SCOPE_INT64 },
  { "Long", SCOPE_INT64 },
  { "bf16", SCOPE_BFLOAT16 },
  { "BFloat16", SCOPE_BFLOAT16 },
  { "f16", SCOPE_FLOAT16 },
  { "half", SCOPE_FLOAT16 },
  { "Half", SCOPE_FLOAT16 },
  { "f32", SCOPE_FLOAT32 },
  { "single", SCOPE_FLOAT32 },
  { "Float", SCOPE_FLOAT32 },
  { "f64", SCOPE_FLOAT64 },
  { "float", SCOPE_FLOAT64 },
  { "float_", SCOPE_FLOAT64 },
  { "double", SCOPE_FLOAT64 },
  { "Double", SCOPE_FLOAT64 },
  { "c64", SCOPE_COMPLEX64 },
  { "csingle", SCOPE_COMPLEX64 },
  { "cfloat", SCOPE_COMPLEX64 },
  { "ComplexFloat", SCOPE_COMPLEX64 },
  { "c128", SCOPE_COMPLEX128 },
  { "complex", SCOPE_COMPLEX128 },
  { "complex_", SCOPE_COMPLEX128 },
  { "cdouble", SCOPE_COMPLEX128 },
  { "ComplexDouble", SCOPE_COMPLEX128 },
};

/* The names that PyTorch uses otherwise. */
static const Name torch_names[] = {
  { "float", SCOPE_FLOAT32 },       { "int", SCOPE_INT32 },
  { "FloatTensor", SCOPE_FLOAT32 }, { "DoubleTensor", SCOPE_FLOAT64 },
  { "HalfTensor", SCOPE_FLOAT16 },  { "BFloat16Tensor", SCOPE_BFLOAT16 },
  { "ByteTensor", SCOPE_UINT8 },    { "CharTensor", SCOPE_INT8 },
  { "ShortTensor", SCOPE_INT16 },   { "IntTensor", SCOPE_INT32 },
  { "LongTensor", SCOPE_INT64 },    { "BoolTensor", SCOPE_BOOL },
};

/* And NumPy: its complex names are one size up. */
static const Name numpy_names[] = {
  { "cfloat", SCOPE_COMPLEX128 },
};

static const struct
{
  const char *prefix;
  const Name *own;
  size_t owns;
} modules[] = {
  { "torch.", torch_names, sizeof torch_names / sizeof torch_names[0] },
  { "np.", numpy_names, sizeof numpy_names / sizeof numpy_names[0] },
  { "numpy.", numpy_names, sizeof numpy_names / sizeof numpy_names[0] },
  { "jnp.", NULL, 0 },
  { "jax.numpy.", NULL, 0 },
  { "ml_dtypes.", NULL, 0 },
  { "tf.dtypes.", NULL, 0 },
  { "tf.", NULL, 0 },
  { "tensorflow.", NULL, 0 },
};

static bool
equals (const char *bytes, size_t length, const char *name)
{
  return strlen (name) == length && memcmp (bytes, name, length) == 0;
}

static bool
look_up (const Name *table, size_t rows, const char *bytes, size_t length, ScopeDtype *out)
{
  for (size_t i = 0; i < rows; i++)
    if (equals (bytes, length, table[i].name))
      {
        *out = table[i].dtype;
        return true;
      }
  return false;
}

bool
scope_dtype_parse (const char *bytes, size_t length, ScopeDtype *out)
{
  for (size_t i = 0; i < sizeof modules / sizeof modules[0]; i++)
    {
      size_t prefix = strlen (modules[i].prefix);
      if (length < prefix || memcmp (bytes, modules[i].prefix, prefix) != 0)
        continue;
      bytes += prefix;
      length -= prefix;
      if (look_up (modules[i].own, modules[i].owns, bytes, length, out))
        return true;
      break;
    }
  for (int i = 0; i < SCOPE_N_DTYPES; i++)
    if (equals (bytes, length, dtypes[i].name))
      {
        *out = (ScopeDtype)i;
        return true;
      }
  return look_up (names, sizeof names / sizeof names[0], bytes, length, out);
}

/* ---- printing ------------------------------------------------------------------------------- */

/* A floating-point element in the fewest digits that tell it from its neighbours. */
static void
print_float (ScopeDtype dtype, double value, ScopeText *text)
{
  /* bits of the fraction, least exponent of a fraction's last bit */
  static const struct
  {
    int fraction, least;
  } narrow[] = {
    [SCOPE_FLOAT8_E5M2] = { 2, -16 },
    [SCOPE_FLOAT8_E4M3FN] = { 3, -9 },
    [SCOPE_BFLOAT16] = { 7, -133 },
    [SCOPE_FLOAT16] = { 10, -24 },
  };
  if (dtype == SCOPE_FLOAT64 || !isfinite (value) || value == 0)
    scope_text_append_double (text, value);
  else if (dtype == SCOPE_FLOAT32)
    scope_text_append_float (text, (float)value);
  else
    {
      int exponent;
      frexp (value, &exponent);
      exponent -= narrow[dtype].fraction + 1;
      if (exponent < narrow[dtype].least)
        exponent = narrow[dtype].least;
      uint64_t mantissa = (uint64_t)ldexp (fabs (value), -exponent);
      bool smallest = mantissa == UINT64_C (1) << narrow[dtype].fraction;
      ScopeDecimal decimal;
      scope_decimal_shortest (mantissa, exponent, smallest && exponent > narrow[dtype].least,
                              &decimal);
      scope_decimal_print (&decimal, value, text);
    }
}

/* Python leaves ".0" out inside a complex number. */
static void
print_part (ScopeDtype dtype, double value, ScopeText *text)
{
  print_float (dtype, value, text);
  if (text->length >= 2 && memcmp (text->data + text->length - 2, ".0", 2) == 0)
    {
      text->length -= 2;
      text->data[text->length] = '\0';
    }
}

static void
print_complex (ScopeDtype dtype, double real, double imaginary, ScopeText *text)
{
  ScopeDtype part = dtype == SCOPE_COMPLEX64 ? SCOPE_FLOAT32 : SCOPE_FLOAT64;
  bool bare = real == 0 && !signbit (real);
  if (!bare)
    {
      scope_text_append (text, "(");
      print_part (part, real, text);
      if (isnan (imaginary) || !signbit (imaginary))
        scope_text_append (text, "+");
    }
  print_part (part, imaginary, text);
  scope_text_append (text, bare ? "j" : "j)");
}

void
scope_dtype_print (ScopeDtype dtype, const void *element, ScopeText *text)
{
  ScopeNumber number = scope_dtype_load (dtype, element);
  switch (scope_dtype_kind (dtype))
    {
    case SCOPE_KIND_BOOL:
      scope_text_append (text, number.u != 0 ? "True" : "False");
      break;
    case SCOPE_KIND_UNSIGNED:
      scope_text_printf (text, "%llu", (unsigned long long)number.u);
      break;
    case SCOPE_KIND_SIGNED:
      scope_text_printf (text, "%lld", (long long)number.i);
      break;
    case SCOPE_KIND_FLOAT:
      print_float (dtype, number.f, text);
      break;
    case SCOPE_KIND_COMPLEX:
      print_complex (dtype, number.f, number.imaginary, text);
      break;
    }
}
