/* Result types of mixed operands, by dialect. */
#include "ops/promote.h"

#include <math.h>
#include <string.h>

ScopeMixed
scope_mixed_tensor (ScopeDtype dtype, int rank)
{
  return (ScopeMixed){ .dtype = dtype, .scalar = rank == 0 };
}

ScopeMixed
scope_mixed_from_value (const ScopeCall *call, const ScopeValue *value)
{
  switch (value->kind)
    {
    case SCOPE_VALUE_BOOL:
      return (ScopeMixed){ SCOPE_BOOL, true, true, value->integer, 0 };
    case SCOPE_VALUE_INT:
      return (ScopeMixed){ SCOPE_INT64, true, true, value->integer, 0 };
    case SCOPE_VALUE_SIZE:
      return (ScopeMixed){ SCOPE_INT64, true, true, 0, 0 };
    case SCOPE_VALUE_FLOAT:
      return (ScopeMixed){ SCOPE_FLOAT64, true, true, 0, value->number };
    default:
      return scope_mixed_tensor (scope_call_dtype (call, value),
                                 scope_call_shape (call, value)->rank);
    }
}

ScopeDtype
scope_dtype_real (ScopeDtype dtype)
{
  return dtype == SCOPE_COMPLEX64    ? SCOPE_FLOAT32
         : dtype == SCOPE_COMPLEX128 ? SCOPE_FLOAT64
                                     : dtype;
}

ScopeDtype
scope_default_float (ScopeDialect dialect)
{
  return dialect == SCOPE_NUMPY ? SCOPE_FLOAT64 : SCOPE_FLOAT32;
}

ScopeDtype
scope_default_int (ScopeDialect dialect)
{
  return dialect == SCOPE_NUMPY || dialect == SCOPE_PYTORCH ? SCOPE_INT64 : SCOPE_INT32;
}

ScopeDtype
scope_promote_inexact (ScopeDialect dialect, ScopeDtype dtype)
{
  if (dtype != SCOPE_BOOL && !scope_dtype_is_integer (dtype))
    return dtype;
  switch (dialect)
    {
    case SCOPE_NUMPY: /* of true division; the other ufuncs have smaller loops: scope_numpy_loop */
      return SCOPE_FLOAT64;
    case SCOPE_TENSORFLOW: /* math_ops._TRUEDIV_TABLE */
      return scope_dtype_bytes (dtype) <= 2 ? SCOPE_FLOAT32 : SCOPE_FLOAT64;
    case SCOPE_JAX: /* with 64-bit types only where there is one already */
      return scope_dtype_bytes (dtype) == 8 ? SCOPE_FLOAT64 : SCOPE_FLOAT32;
    default:
      return SCOPE_FLOAT32;
    }
}

/* ---- NumPy -------------------------------------------------------------------------------- */

static const struct
{
  char letter;
  ScopeDtype dtype;
} letters[] = {
  { '?', SCOPE_BOOL },      { 'b', SCOPE_INT8 },       { 'B', SCOPE_UINT8 },
  { 'h', SCOPE_INT16 },     { 'H', SCOPE_UINT16 },     { 'i', SCOPE_INT32 },
  { 'I', SCOPE_UINT32 },    { 'l', SCOPE_INT64 },      { 'L', SCOPE_UINT64 },
  { 'e', SCOPE_FLOAT16 },   { 'f', SCOPE_FLOAT32 },    { 'd', SCOPE_FLOAT64 },
  { 'F', SCOPE_COMPLEX64 }, { 'D', SCOPE_COMPLEX128 },
};

static ScopeDtype
dtype_of_letter (char letter)
{
  for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
    if (letters[i].letter == letter)
      return letters[i].dtype;
  return SCOPE_FLOAT64;
}

/* Types that come to NumPy from outside (ml_dtypes). */
static bool
is_foreign (ScopeDtype dtype)
{
  return dtype == SCOPE_BFLOAT16 || dtype == SCOPE_FLOAT8_E5M2 || dtype == SCOPE_FLOAT8_E4M3FN;
}

/* Bytes of the real part. */
static size_t
part_bytes (ScopeDtype dtype)
{
  return scope_dtype_bytes (scope_dtype_real (dtype));
}

bool
scope_numpy_casts_safely (ScopeDtype from, ScopeDtype to)
{
  if (from == to || from == SCOPE_BOOL)
    return true;
  ScopeKind a = scope_dtype_kind (from), b = scope_dtype_kind (to);
  size_t m = part_bytes (from), n = part_bytes (to);
  if (is_foreign (from) || is_foreign (to))
    return b >= SCOPE_KIND_FLOAT && a <= b && m < n && (a != SCOPE_KIND_FLOAT || n > 1);
  switch (b)
    {
    case SCOPE_KIND_UNSIGNED:
      return a == SCOPE_KIND_UNSIGNED && m <= n;
    case SCOPE_KIND_SIGNED:
      return (a == SCOPE_KIND_SIGNED && m <= n) || (a == SCOPE_KIND_UNSIGNED && m < n);
    case SCOPE_KIND_FLOAT:
    case SCOPE_KIND_COMPLEX:
      if (a >= SCOPE_KIND_FLOAT)
        return a <= b && m <= n;
      return m < n || n == 8; /* NumPy counts 64-bit integers to float64 as safe */
    default:
      return false;
    }
}

static int
numpy_category (ScopeDtype dtype)
{
  ScopeKind kind = scope_dtype_kind (dtype);
  return kind == SCOPE_KIND_BOOL ? 0 : kind <= SCOPE_KIND_SIGNED ? 1 : 2;
}

bool
scope_numpy_casts_same_kind (ScopeDtype from, ScopeDtype to)
{
  if (scope_numpy_casts_safely (from, to))
    return true;
  /* b < u < i < f < c, and within a kind in both directions. */
  return scope_dtype_kind (from) <= scope_dtype_kind (to);
}

/* A scalar as value-based casting sees it: the smallest type that holds its value, and whether the
 * signed type of the same width holds it too. */
typedef struct
{
  ScopeDtype dtype;
  bool small_unsigned;
} Smallest;

static Smallest
smallest_unsigned (int64_t value)
{
  if (value <= UINT8_MAX)
    return (Smallest){ SCOPE_UINT8, value <= INT8_MAX };
  if (value <= UINT16_MAX)
    return (Smallest){ SCOPE_UINT16, value <= INT16_MAX };
  if (value <= UINT32_MAX)
    return (Smallest){ SCOPE_UINT32, value <= INT32_MAX };
  return (Smallest){ SCOPE_UINT64, true };
}

static Smallest
smallest_signed (int64_t value)
{
  return (Smallest){ value >= INT8_MIN    ? SCOPE_INT8
                     : value >= INT16_MIN ? SCOPE_INT16
                     : value >= INT32_MIN ? SCOPE_INT32
                                          : SCOPE_INT64,
                     false };
}

/* The bounds are those of NumPy's min_scalar_type_num. */
static Smallest
smallest_float (double value)
{
  if (!isfinite (value) || (value > -65000 && value < 65000))
    return (Smallest){ SCOPE_FLOAT16, false };
  if (value > -3.4e38 && value < 3.4e38)
    return (Smallest){ SCOPE_FLOAT32, false };
  return (Smallest){ SCOPE_FLOAT64, false };
}

static Smallest
smallest (const ScopeMixed *operand)
{
  switch (scope_dtype_kind (operand->dtype))
    {
    case SCOPE_KIND_UNSIGNED:
    case SCOPE_KIND_SIGNED:
      return operand->integer < 0 ? smallest_signed (operand->integer)
                                  : smallest_unsigned (operand->integer);
    case SCOPE_KIND_FLOAT:
      return is_foreign (operand->dtype) ? (Smallest){ operand->dtype, false }
                                         : smallest_float (operand->real);
    case SCOPE_KIND_COMPLEX:
      return (Smallest){ SCOPE_COMPLEX64, false };
    default:
      return (Smallest){ operand->dtype, false };
    }
}

bool
scope_numpy_casts_by_value (const ScopeMixed *operand, int operands)
{
  int arrays = -1, scalars = -1;
  for (int i = 0; i < operands; i++)
    {
      int category = numpy_category (operand[i].dtype);
      int *highest = operand[i].scalar ? &scalars : &arrays;
      *highest = category > *highest ? category : *highest;
    }
  return arrays >= 0 && arrays >= scalars;
}

static ScopeDtype
signed_of (ScopeDtype dtype)
{
  return dtype == SCOPE_UINT8    ? SCOPE_INT8
         : dtype == SCOPE_UINT16 ? SCOPE_INT16
         : dtype == SCOPE_UINT32 ? SCOPE_INT32
         : dtype == SCOPE_UINT64 ? SCOPE_INT64
                                 : dtype;
}

ScopeDtype
scope_numpy_smallest (const ScopeMixed *scalar, ScopeDtype to)
{
  Smallest least = smallest (scalar);
  bool is_signed = scope_dtype_kind (to) != SCOPE_KIND_UNSIGNED;
  return least.small_unsigned && is_signed ? signed_of (least.dtype) : least.dtype;
}

static bool
operand_casts (const ScopeMixed *operand, ScopeDtype to, bool by_value)
{
  if (!by_value || !operand->scalar || operand->dtype == to)
    return scope_numpy_casts_safely (operand->dtype, to);
  return scope_numpy_casts_safely (scope_numpy_smallest (operand, to), to);
}

/* The common type when a foreign one takes part. */
static bool
promote_foreign (const ScopeMixed *operand, int operands, ScopeDtype *out)
{
  bool any = false, complex = false, wide = false, same = true;
  ScopeDtype first = SCOPE_N_DTYPES;
  for (int i = 0; i < operands; i++)
    {
      ScopeDtype dtype = operand[i].dtype;
      any = any || is_foreign (dtype);
      if (operand[i].scalar && !is_foreign (dtype) && dtype != SCOPE_COMPLEX128)
        continue;
      complex = complex || scope_dtype_kind (dtype) == SCOPE_KIND_COMPLEX;
      wide = wide || part_bytes (dtype) == 8
             || (scope_dtype_is_integer (dtype) && part_bytes (dtype) == 4);
      same = same && (first == SCOPE_N_DTYPES || first == dtype || scope_dtype_bytes (dtype) == 1);
      first = first == SCOPE_N_DTYPES ? dtype : first;
    }
  if (!any)
    return false;
  *out = complex ? (wide ? SCOPE_COMPLEX128 : SCOPE_COMPLEX64)
         : wide  ? SCOPE_FLOAT64
         : same  ? first
                 : SCOPE_FLOAT32;
  return true;
}

bool
scope_numpy_loop (const char *loops, const ScopeMixed *operand, int operands, ScopeDtype *out)
{
  if (strchr (loops, 'f') != NULL && promote_foreign (operand, operands, out))
    return true;
  bool by_value = scope_numpy_casts_by_value (operand, operands);
  for (const char *loop = loops; *loop != '\0'; loop++)
    {
      ScopeDtype dtype = dtype_of_letter (*loop);
      bool serves = true;
      for (int i = 0; i < operands && serves; i++)
        serves = operand_casts (&operand[i], dtype, by_value);
      if (serves)
        {
          *out = dtype;
          return true;
        }
    }
  return false;
}

static const char all_numpy_types[] = "?bBhHiIlLefdFD";

/* np.promote_types, an unsigned scalar that also fits the signed type adapting to the other. */
static ScopeDtype
promote_smallest (Smallest a, Smallest b)
{
  bool a_adapts = a.small_unsigned && scope_dtype_kind (b.dtype) >= SCOPE_KIND_SIGNED;
  bool b_adapts =
      !a.small_unsigned && b.small_unsigned && scope_dtype_kind (a.dtype) >= SCOPE_KIND_SIGNED;
  ScopeMixed pair[2] = { { .dtype = a_adapts ? signed_of (a.dtype) : a.dtype },
                         { .dtype = b_adapts ? signed_of (b.dtype) : b.dtype } };
  ScopeDtype dtype = SCOPE_FLOAT64;
  (void)scope_numpy_loop (all_numpy_types, pair, 2, &dtype);
  return dtype;
}

/* Without value-based casting: each type meets the one that knows most (for NumPy the one with the
 * highest type number, float16 above all), and the results of that meet each other. */
static ScopeDtype
promote_known (const ScopeMixed *operand, int operands)
{
  ScopeDtype main = operand[0].dtype;
  for (int i = 1; i < operands; i++)
    if (operand[i].dtype == SCOPE_FLOAT16 || (operand[i].dtype > main && main != SCOPE_FLOAT16))
      main = operand[i].dtype;
  ScopeDtype result = main;
  for (int i = 0; i < operands; i++)
    {
      ScopeDtype met =
          promote_smallest ((Smallest){ main, false }, (Smallest){ operand[i].dtype, false });
      result = promote_smallest ((Smallest){ result, false }, (Smallest){ met, false });
    }
  return result;
}

/* np.result_type. */
static bool
promote_numpy (const ScopeMixed *operand, int operands, ScopeDtype *out)
{
  if (operands == 0)
    return false;
  if (promote_foreign (operand, operands, out))
    return true;
  bool scalars = false;
  for (int i = 0; i < operands; i++)
    scalars = scalars || operand[i].scalar;
  if (!scalars || !scope_numpy_casts_by_value (operand, operands))
    {
      *out = promote_known (operand, operands);
      return true;
    }
  Smallest result = { SCOPE_BOOL, false };
  for (int i = 0; i < operands; i++)
    {
      Smallest own =
          operand[i].scalar ? smallest (&operand[i]) : (Smallest){ operand[i].dtype, false };
      result = i == 0 ? own
                      : (Smallest){ promote_smallest (own, result),
                                    own.small_unsigned && result.small_unsigned };
    }
  *out = result.dtype;
  return true;
}

/* ---- PyTorch ------------------------------------------------------------------------------ */

bool
scope_torch_casts (ScopeDtype from, ScopeDtype to)
{
  ScopeKind a = scope_dtype_kind (from), b = scope_dtype_kind (to);
  if (a == SCOPE_KIND_COMPLEX && b != SCOPE_KIND_COMPLEX)
    return false;
  if (a == SCOPE_KIND_FLOAT && b < SCOPE_KIND_FLOAT)
    return false;
  return from == SCOPE_BOOL || to != SCOPE_BOOL;
}

/* The largest finite value of a float type. */
static double
largest_float (ScopeDtype dtype)
{
  return dtype == SCOPE_FLOAT16    ? 65504
         : dtype == SCOPE_BFLOAT16 ? 0x1.fep127
         : dtype == SCOPE_FLOAT32  ? 0x1.fffffep127
                                   : HUGE_VAL;
}

bool
scope_torch_overflows (const ScopeMixed *number, ScopeDtype to)
{
  ScopeKind kind = scope_dtype_kind (to);
  bool whole = number->dtype != SCOPE_FLOAT64;
  double value = whole ? (double)number->integer : number->real;
  if (kind == SCOPE_KIND_BOOL)
    return false;
  if (kind >= SCOPE_KIND_FLOAT)
    return isfinite (value) && fabs (value) > largest_float (scope_dtype_real (to));
  if (isnan (value))
    return true;
  double most = ldexp (1, 8 * (int)scope_dtype_bytes (to) - (kind == SCOPE_KIND_SIGNED));
  if (!whole) /* not even a part of one too much */
    return kind == SCOPE_KIND_UNSIGNED ? value < 0 || value > most - 1
                                       : value < -most || value > most - 1;
  if (kind == SCOPE_KIND_UNSIGNED)
    return value >= most || value <= -most;
  return to != SCOPE_INT64 && (value >= most || value < -most);
}

static bool
is_torch_int (ScopeDtype dtype)
{
  return dtype != SCOPE_UINT16 && dtype != SCOPE_UINT32 && dtype != SCOPE_UINT64;
}

static bool
promote_torch_ints (ScopeDtype a, ScopeDtype b, ScopeDtype *out)
{
  if (!is_torch_int (a) || !is_torch_int (b))
    return false;
  size_t m = scope_dtype_bytes (a), n = scope_dtype_bytes (b);
  if (m == n)
    *out = SCOPE_INT16; /* uint8 and int8 */
  else
    *out = m > n ? a : b;
  return true;
}

static bool
promote_torch (ScopeDtype a, ScopeDtype b, ScopeDtype *out)
{
  ScopeKind k = scope_dtype_kind (a), l = scope_dtype_kind (b);
  bool wide = part_bytes (a) == 8 || part_bytes (b) == 8;
  if ((scope_dtype_is_float (a) && scope_dtype_bytes (a) == 1)
      || (scope_dtype_is_float (b) && scope_dtype_bytes (b) == 1))
    return false;
  if (a == SCOPE_BOOL || b == SCOPE_BOOL)
    *out = a == SCOPE_BOOL ? b : a;
  else if (k < SCOPE_KIND_FLOAT && l < SCOPE_KIND_FLOAT)
    return promote_torch_ints (a, b, out);
  else if (k < SCOPE_KIND_FLOAT || l < SCOPE_KIND_FLOAT)
    *out = k < SCOPE_KIND_FLOAT ? b : a;
  else if (k == SCOPE_KIND_COMPLEX || l == SCOPE_KIND_COMPLEX)
    *out = wide ? SCOPE_COMPLEX128 : SCOPE_COMPLEX64;
  else if (part_bytes (a) == part_bytes (b))
    *out = SCOPE_FLOAT32; /* float16 and bfloat16 */
  else
    *out = part_bytes (a) > part_bytes (b) ? a : b;
  return true;
}

/* c10's combine_categories: `lower` counts only where its category is the higher one. */
static ScopeDtype
combine_categories (ScopeDtype higher, ScopeDtype lower)
{
  if (higher == SCOPE_N_DTYPES || lower == SCOPE_N_DTYPES)
    return higher == SCOPE_N_DTYPES ? lower : higher;
  ScopeKind k = scope_dtype_kind (higher), l = scope_dtype_kind (lower);
  if (k == SCOPE_KIND_COMPLEX)
    return higher;
  if (k == SCOPE_KIND_FLOAT)
    return l != SCOPE_KIND_COMPLEX   ? higher
           : higher == SCOPE_FLOAT64 ? SCOPE_COMPLEX128
                                     : SCOPE_COMPLEX64;
  ScopeDtype both = higher;
  if (k == SCOPE_KIND_BOOL || l >= SCOPE_KIND_FLOAT)
    (void)scope_promote_types (SCOPE_PYTORCH, higher, lower, &both);
  return both;
}

/* Three classes, each promoted for itself: tensors with axes, 0-d tensors, numbers. */
static bool
promote_torch_mixed (const ScopeMixed *operand, int operands, ScopeDtype *out)
{
  ScopeDtype class[3] = { SCOPE_N_DTYPES, SCOPE_N_DTYPES, SCOPE_N_DTYPES };
  for (int i = 0; i < operands; i++)
    {
      ScopeDtype dtype = operand[i].dtype;
      if (operand[i].number && dtype == SCOPE_FLOAT64)
        dtype = SCOPE_FLOAT32;
      ScopeDtype *of = &class[operand[i].number ? 2 : operand[i].scalar ? 1 : 0];
      if (*of == SCOPE_N_DTYPES)
        *of = dtype;
      else if (!scope_promote_types (SCOPE_PYTORCH, *of, dtype, of))
        return false;
    }
  *out = combine_categories (class[0], combine_categories (class[1], class[2]));
  return true;
}

/* ---- JAX ---------------------------------------------------------------------------------- */

/* jax._src.dtypes: the promotion lattice, i*, f* and c* being Python's weak numbers. */
enum
{
  B1,
  U1,
  U2,
  U4,
  U8,
  IW,
  I1,
  I2,
  I4,
  I8,
  FW,
  BF,
  F2,
  F4,
  F8,
  CW,
  C8,
  C16,
  LATTICE
};

static const uint32_t lattice_edges[LATTICE] = {
  [B1] = 1u << IW,
  [U1] = 1u << U2 | 1u << I2,
  [U2] = 1u << U4 | 1u << I4,
  [U4] = 1u << U8 | 1u << I8,
  [U8] = 1u << FW,
  [IW] = 1u << U1 | 1u << I1,
  [I1] = 1u << I2,
  [I2] = 1u << I4,
  [I4] = 1u << I8,
  [I8] = 1u << FW,
  [FW] = 1u << BF | 1u << F2 | 1u << CW,
  [BF] = 1u << F4,
  [F2] = 1u << F4,
  [F4] = 1u << F8 | 1u << C8,
  [F8] = 1u << C16,
  [CW] = 1u << C8,
  [C8] = 1u << C16,
};

static const ScopeDtype lattice_dtype[LATTICE] = {
  [B1] = SCOPE_BOOL,      [U1] = SCOPE_UINT8,       [U2] = SCOPE_UINT16,   [U4] = SCOPE_UINT32,
  [U8] = SCOPE_UINT64,    [IW] = SCOPE_N_DTYPES,    [I1] = SCOPE_INT8,     [I2] = SCOPE_INT16,
  [I4] = SCOPE_INT32,     [I8] = SCOPE_INT64,       [FW] = SCOPE_N_DTYPES, [BF] = SCOPE_BFLOAT16,
  [F2] = SCOPE_FLOAT16,   [F4] = SCOPE_FLOAT32,     [F8] = SCOPE_FLOAT64,  [CW] = SCOPE_N_DTYPES,
  [C8] = SCOPE_COMPLEX64, [C16] = SCOPE_COMPLEX128,
};

/* Everything a place of the lattice can become, itself included. */
static uint32_t
lattice_above (int place)
{
  uint32_t above = 1u << place;
  for (int pass = 0; pass < LATTICE; pass++)
    for (int i = 0; i < LATTICE; i++)
      if (above >> i & 1)
        above |= lattice_edges[i];
  return above;
}

static int
lattice_join (int a, int b)
{
  uint32_t common = lattice_above (a) & lattice_above (b);
  for (int i = 0; i < LATTICE; i++)
    if ((common >> i & 1) && lattice_above (i) == common)
      return i;
  return a;
}

static int
lattice_place (const ScopeMixed *operand)
{
  if (operand->number && operand->dtype != SCOPE_BOOL)
    return operand->dtype == SCOPE_FLOAT64 ? FW : IW;
  for (int i = 0; i < LATTICE; i++)
    if (lattice_dtype[i] == operand->dtype)
      return i;
  return -1;
}

static bool
promote_jax (const ScopeMixed *operand, int operands, ScopeDtype *out)
{
  int place = -1;
  bool wide = false, narrow_floats = false, same = true;
  for (int i = 0; i < operands; i++)
    {
      int own = lattice_place (&operand[i]);
      narrow_floats = narrow_floats || own < 0;
      same = same && operand[i].dtype == operand[0].dtype;
      wide = wide || (!operand[i].number && part_bytes (operand[i].dtype) == 8);
      place = own < 0 ? place : place < 0 ? own : lattice_join (place, own);
    }
  if (narrow_floats && !same)
    return false;
  *out = narrow_floats ? operand[0].dtype
         : place == IW ? SCOPE_INT32
         : place == FW ? (wide ? SCOPE_FLOAT64 : SCOPE_FLOAT32)
         : place == CW ? (wide ? SCOPE_COMPLEX128 : SCOPE_COMPLEX64)
                       : lattice_dtype[place];
  return true;
}

/* ---- TensorFlow --------------------------------------------------------------------------- */

/* A number takes the tensors' type where that can hold its kind. */
static bool
promote_tensorflow (const ScopeMixed *operand, int operands, ScopeDtype *out)
{
  ScopeDtype dtype = SCOPE_N_DTYPES;
  ScopeKind number = SCOPE_KIND_BOOL;
  for (int i = 0; i < operands; i++)
    {
      if (operand[i].number)
        {
          ScopeKind kind = scope_dtype_kind (operand[i].dtype);
          number = kind > number ? kind : number;
          continue;
        }
      if (dtype != SCOPE_N_DTYPES && dtype != operand[i].dtype)
        return false;
      dtype = operand[i].dtype;
    }
  if (dtype == SCOPE_N_DTYPES)
    dtype = number == SCOPE_KIND_FLOAT  ? SCOPE_FLOAT32
            : number == SCOPE_KIND_BOOL ? SCOPE_BOOL
                                        : SCOPE_INT32;
  else if (number == SCOPE_KIND_FLOAT && scope_dtype_kind (dtype) < SCOPE_KIND_FLOAT)
    return false;
  else if (number == SCOPE_KIND_SIGNED && dtype == SCOPE_BOOL)
    return false;
  *out = dtype;
  return true;
}

/* ---- all ---------------------------------------------------------------------------------- */

bool
scope_promote (ScopeDialect dialect, const ScopeMixed *operand, int operands, ScopeDtype *out)
{
  switch (dialect)
    {
    case SCOPE_NUMPY:
      return promote_numpy (operand, operands, out);
    case SCOPE_TENSORFLOW:
      return promote_tensorflow (operand, operands, out);
    case SCOPE_JAX:
      return promote_jax (operand, operands, out);
    default:
      return promote_torch_mixed (operand, operands, out);
    }
}

bool
scope_promote_types (ScopeDialect dialect, ScopeDtype a, ScopeDtype b, ScopeDtype *out)
{
  if (a == b)
    {
      *out = a;
      return true;
    }
  if (dialect == SCOPE_PYTORCH)
    return promote_torch (a, b, out);
  ScopeMixed operand[2] = { { .dtype = a }, { .dtype = b } };
  return dialect >= 0 && scope_promote (dialect, operand, 2, out);
}

static const char *const torch_words[SCOPE_N_DTYPES] = {
  [SCOPE_BOOL] = "Bool",
  [SCOPE_UINT8] = "Byte",
  [SCOPE_INT8] = "Char",
  [SCOPE_UINT16] = "UInt16",
  [SCOPE_INT16] = "Short",
  [SCOPE_UINT32] = "UInt32",
  [SCOPE_INT32] = "Int",
  [SCOPE_UINT64] = "UInt64",
  [SCOPE_INT64] = "Long",
  [SCOPE_FLOAT8_E5M2] = "Float8_e5m2",
  [SCOPE_FLOAT8_E4M3FN] = "Float8_e4m3fn",
  [SCOPE_BFLOAT16] = "BFloat16",
  [SCOPE_FLOAT16] = "Half",
  [SCOPE_FLOAT32] = "Float",
  [SCOPE_FLOAT64] = "Double",
  [SCOPE_COMPLEX64] = "ComplexFloat",
  [SCOPE_COMPLEX128] = "ComplexDouble",
};

const char *
scope_dtype_word (ScopeDialect dialect, ScopeDtype dtype)
{
  if (dialect == SCOPE_PYTORCH)
    return torch_words[dtype];
  if (dialect == SCOPE_TENSORFLOW && dtype >= SCOPE_FLOAT16 && dtype <= SCOPE_FLOAT64)
    return dtype == SCOPE_FLOAT16 ? "half" : dtype == SCOPE_FLOAT32 ? "float" : "double";
  return scope_dtype_name (dtype);
}
